"""The notebook is the stub in cells: valid, stable, and writable only where students write."""

import ast
import json
import re

import nbformat
import pytest

from autograder.model import CourseError
from autograder.release import notebook, stubs

REFERENCE = '''\
"""The right answers."""

import numpy as np


# Halving is dividing by two.
@np.errstate(all="raise")
def half(x):
    """Half of x.

    >>> y = half(3)
    >>> y
    1.5
    >>> print(half(2))
    1.0
    >>> half("a")
    Traceback (most recent call last):
        ...
    TypeError: no
    >>> half(0)
    0.0
    """
    ### BEGIN SOLUTION
    return np.asarray(x) / 2
    ### END SOLUTION


SCALE = 2


def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return x * SCALE
    ### END SOLUTION


# Write your sentences here.
EXPLAIN = ""
'''
HANDOUT = """\
# Halves

## Why

Because größer.

## Write

Write it.

## Try

Try it.

## If you are stuck

Divide.
"""


@pytest.fixture
def book():
    return nbformat.reads(notebook.notebook(REFERENCE, HANDOUT, "toy"), as_version=4)


def source(book, identifier):
    return next(cell.source for cell in book.cells if cell.id == identifier)


def test_the_notebook_is_valid_as_nbformat_writes_it(book):
    nbformat.validate(book)

    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert nbformat.writes(book) + "\n" == notebook.notebook(REFERENCE, HANDOUT, "toy")


def test_the_cells_come_in_reading_order(book):
    assert [cell.id for cell in book.cells] == [
        "the-handout",
        "the-imports",
        "heading-half",
        "half",
        "example-half",
        "heading-double",
        "double",
        "the-rest",
        "where-to-go",
    ]


def test_the_first_two_parts_of_the_handout_open_it(book):
    text = source(book, "the-handout")

    assert text == "# Halves\n\n## Why\n\nBecause größer.\n\n## Write\n\nWrite it."


def test_a_solution_cell_is_the_functions_stub_with_its_comment_and_decorator(book):
    text = source(book, "half")

    assert text.startswith(
        '# Halving is dividing by two.\n@np.errstate(all="raise")\ndef half(x):\n    """Half'
    )
    assert text.endswith('raise NotImplementedError("write half here")')


def test_module_text_stands_before_the_functions_and_what_follows_them_behind(book):
    assert source(book, "the-imports") == '"""The right answers."""\n\nimport numpy as np\n\n\nSCALE = 2'
    assert source(book, "the-rest") == '# Write your sentences here.\nEXPLAIN = ""'


def test_the_code_cells_students_write_in_hold_the_whole_stub(book):
    code = "\n\n".join(cell.source for cell in book.cells if cell.metadata.nbgrader.solution)

    def parts(text):
        return sorted(ast.dump(node) for node in ast.parse(text).body)

    assert parts(code) == parts(stubs.stub(REFERENCE))


def test_examples_are_plain_code_with_what_should_come_out(book):
    assert source(book, "example-half").splitlines() == [
        "y = half(3)",
        "display(y)",
        "# 1.5",
        "print(half(2))",
        "# 1.0",
        '# half("a")',
        "# raises TypeError: no",
        "half(0)",
        "# 0.0",
    ]


def test_only_solution_cells_can_be_written_in(book):
    for cell in book.cells:
        marks = cell.metadata.nbgrader

        assert marks.schema_version == 3
        assert marks.locked is not marks.solution
        assert (marks.grade, marks.grade_id) == (False, cell.id)
        assert re.fullmatch(r"[A-Za-z0-9_-]+", marks.grade_id)

    assert [cell.id for cell in book.cells if cell.metadata.nbgrader.solution] == [
        "the-imports",
        "half",
        "double",
        "the-rest",
    ]


def test_the_same_input_gives_the_same_bytes():
    assert notebook.notebook(REFERENCE, HANDOUT, "toy") == notebook.notebook(REFERENCE, HANDOUT, "toy")


def test_a_function_with_a_very_long_name_gets_an_id_that_nbformat_allows():
    name = "h" * 70
    book = nbformat.reads(notebook.notebook(REFERENCE.replace("half", name), HANDOUT, "toy"), as_version=4)

    nbformat.validate(book)

    assert name in [cell.metadata.nbgrader.grade_id for cell in book.cells]


def test_a_stub_of_functions_alone_has_no_cell_around_them():
    text = 'def f(x):\n    """F."""\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n'
    cells = json.loads(notebook.notebook(text, HANDOUT, "toy"))["cells"]

    assert [cell["id"] for cell in cells] == ["the-handout", "heading-f", "f", "where-to-go"]


def test_a_handout_without_its_parts_is_an_error():
    with pytest.raises(CourseError, match="'## Why' is missing"):
        notebook.notebook(REFERENCE, "# Halves\n", "toy")
