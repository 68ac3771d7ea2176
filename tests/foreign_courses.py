"""A small nbgrader course and a small otter notebook, written here in the formats of the two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Cell = dict[str, Any]


def notebook(*cells: Cell) -> str:
    """A notebook of nbformat 4.5."""
    book = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells, 1)],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book)


def text(source: str, **metadata: Any) -> Cell:
    """A cell of Markdown."""
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def raw(source: str) -> Cell:
    """A raw cell, as otter's markers are."""
    return {"cell_type": "raw", "metadata": {}, "source": source}


def code(source: str, output: str = "", **metadata: Any) -> Cell:
    """A cell of code, and what it shows."""
    shown = [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": output},
        }
    ]
    outputs = shown if output else []
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": outputs,
        "source": source,
    }


def grading(name: str, points: float | None = None, **flags: bool) -> dict[str, Any]:
    """The metadata that nbgrader gives a cell."""
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    entry = {**plain, "grade_id": name, **flags}
    return {"nbgrader": entry | ({} if points is None else {"points": points})}


def solution(source: str, name: str = "answer") -> Cell:
    """A cell that students fill in."""
    return code(source, **grading(name, solution=True))


def graded(source: str, points: float | None = 1, name: str = "tests") -> Cell:
    """A locked cell of tests."""
    return code(source, **grading(name, points, grade=True, locked=True))


SQUARES = '''\
def squares(n):
    """The squares of 1 to n."""
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n is at least 1")
    return [i**2 for i in range(1, n + 1)]
    ### END SOLUTION
'''
MEAN = """\
def centred(x):
    ### BEGIN SOLUTION
    return x - np.mean(x, axis=0)
    ### END SOLUTION
"""
NBGRADER = notebook(
    text("# Sums\n\n![a picture](sum.png)"),
    code("import numpy as np\nimport matplotlib.pyplot as plt\n%matplotlib inline"),
    text("## Part A\n\nReturn the squares of the numbers from 1 to n."),
    solution(SQUARES, "squares"),
    code("squares(3)"),
    graded(
        '"""The squares come out."""\n'
        "assert squares(1) == [1]\n"
        "assert squares(3) == [1, 4, 9], 'squares of 1, 2, 3'\n"
        "### BEGIN HIDDEN TESTS\n"
        "for n in range(2, 6):\n"
        "    assert len(squares(n)) == n\n"
        "### END HIDDEN TESTS\n",
        2,
        "right_squares",
    ),
    graded(
        "try:\n    squares(0)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('passed')\n",
        0.5,
        "refuses_zero",
    ),
    solution(MEAN, "centred"),
    graded(
        "np.random.seed(1)\n"
        "X = np.random.rand(5, 2)\n"
        "got = centred(X)\n"
        "assert isinstance(got, np.ndarray)\n"
        "np.testing.assert_allclose(got.mean(axis=0), 0, atol=1e-12)\n"
        "assert np.allclose(got + X.mean(axis=0), X)\n",
        3,
        "right-centre",
    ),
    solution("### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION", "a_number"),
    graded("assert answer == 42", 1, "right_number"),
    text("Why is the mean taken off?"),
    text("Because it hides the rest.", **grading("why", 2, grade=True, solution=True)),
)


def nbgrader_course(folder: Path, book: str = NBGRADER) -> Path:
    """The course with one assignment, `sums`, of one notebook."""
    path = folder / "source" / "sums" / "sums.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(book, encoding="utf-8")
    return folder


SOFTMAX = '''\
def softmax(z):
    """Shares that add up to one."""
    """ # BEGIN PROMPT
    shares = ...
    """; # END PROMPT
    # BEGIN SOLUTION NO PROMPT
    e = np.exp(z - np.max(z))
    shares = e / np.sum(e)
    # END SOLUTION
    return shares
'''
CONFIG = """\
\"\"\" # BEGIN TEST CONFIG
hidden: true
points: 1
failure_message: Add a constant
\"\"\" # END TEST CONFIG
"""
OTTER = notebook(
    raw("# ASSIGNMENT CONFIG\nname: Hw Softmax\ninit_cell: false"),
    code("import numpy as np\n\n\ndef double(v):\n    return 2 * v\n"),
    text("**Question 1.** Write the softmax of a vector."),
    raw("# BEGIN QUESTION\nname: q1\npoints: 3"),
    raw("# BEGIN SOLUTION"),
    code(SOFTMAX),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code("float(softmax(np.array([0.0, 0.0]))[0])", "0.5"),
    code("# HIDDEN\nbool(np.isclose(softmax(np.array([1.0, 2.0])).sum(), 1))", "True"),
    code(CONFIG + "z = np.arange(4.0)\nbool(np.allclose(softmax(z + 100), softmax(z)))", "True"),
    raw("# END TESTS"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q2\npoints: 2\nall_or_nothing: true"),
    raw("# BEGIN SOLUTION"),
    code("def total(a, b=0):\n    c = double(a) # SOLUTION\n    return c + b # SOLUTION\n"),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code("total(2)", "4"),
    code("total(2, b=3)", "8"),  # which is wrong, and only a run finds it out
    raw("# END TESTS"),
    raw("# END QUESTION"),
    text("```otter\n# BEGIN QUESTION\nname: q3\nmanual: true\npoints: 1.5\n```"),
    text("Explain why the largest number is taken off first."),
    raw("# BEGIN SOLUTION"),
    text("So that nothing overflows."),
    raw("# END SOLUTION"),
    raw("# END QUESTION"),
)


def otter_notebook(folder: Path, book: str = OTTER) -> Path:
    """The master notebook."""
    path = folder / "softmax.ipynb"
    path.write_text(book, encoding="utf-8")
    return path


def empty_course(folder: Path) -> Path:
    """A course of ours without assignments."""
    for tree in ("solutions", "rubrics", "assignments"):
        (folder / tree).mkdir(parents=True)
    (folder / "rubrics" / "course.yaml").write_text("title: New\norder: []\n", encoding="utf-8")
    (folder / "assignments" / "README.md").write_text("# For students\n", encoding="utf-8")
    return folder
