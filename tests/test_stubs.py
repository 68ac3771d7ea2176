"""The stub is the reference without its solution regions, and nothing that should stay is lost."""

import ast
import subprocess
import sys

import pytest

from autograder.model import CourseError
from autograder.release import stubs

REFERENCE = '''\
"""The right answers."""

import numpy as np

### BEGIN SOLUTION
SECRET = 3


def _helper(x):
    return x + SECRET


### END SOLUTION


def half(x):
    """Half of x.

    Hint: ### BEGIN SOLUTION inside a docstring is no marker.

    >>> half(3)
    1.5
    >>> half("a")
    Traceback (most recent call last):
        ...
    TypeError: no
    """
    x = np.asarray(x)  # public
    ### BEGIN SOLUTION
    if x.any():
        x = _helper(x)

    return x / 2
    ### END SOLUTION


def _given(x):
    return x


class Net:
    """A net."""

    ### BEGIN SOLUTION
    def _secret(self):
        return 1

    ### END SOLUTION
    def __init__(self):
        """Make it."""
        ### BEGIN SOLUTION
        self.w = 1
        ### END SOLUTION

    def given(self):
        return self


### BEGIN SOLUTION
print("checked")
### END SOLUTION

ANSWER = ""
'''
STUB = '''\
"""The right answers."""

import numpy as np


def half(x):
    """Half of x.

    Hint: ### BEGIN SOLUTION inside a docstring is no marker.

    >>> half(3)
    1.5
    >>> half("a")
    Traceback (most recent call last):
        ...
    TypeError: no
    """
    x = np.asarray(x)  # public
    raise NotImplementedError("write half here")


def _given(x):
    return x


class Net:
    """A net."""

    def __init__(self):
        """Make it."""
        raise NotImplementedError("write Net.__init__ here")

    def given(self):
        return self


ANSWER = ""
'''


def refusal(text):
    with pytest.raises(CourseError) as caught:
        stubs.stub(text, "solutions/toy/reference.py")
    return str(caught.value).removeprefix("solutions/toy/")


def test_regions_go_and_everything_else_stays():
    assert stubs.stub(REFERENCE) == STUB


def ruff_format(text):
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "110", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def test_the_stub_of_a_formatted_reference_is_formatted():
    assert ruff_format(REFERENCE) == REFERENCE
    assert ruff_format(stubs.stub(REFERENCE)) == stubs.stub(REFERENCE)


def test_the_stub_parses_and_raises_by_name():
    space = {}
    exec(compile(ast.parse(stubs.stub(REFERENCE)), "stub", "exec"), space)

    with pytest.raises(NotImplementedError, match="write half here"):
        space["half"](1)


def test_a_region_in_a_loop_keeps_the_loop():
    text = (
        'def f(x):\n    """F."""\n    for i in x:\n        ### BEGIN SOLUTION\n        x += i\n'
        "        ### END SOLUTION\n    return x\n"
    )

    assert "    for i in x:\n        raise NotImplementedError" in stubs.stub(text)
    assert stubs.stub(text).endswith("    return x\n")


def test_two_regions_of_one_function_are_both_replaced():
    text = (
        'def f(x):\n    """F."""\n    ### BEGIN SOLUTION\n    x += 1\n    ### END SOLUTION\n    x = x\n'
        "    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n"
    )

    assert stubs.stub(text).count("raise NotImplementedError") == 2
    assert "x += 1" not in stubs.stub(text)


def test_a_region_at_the_very_top_leaves_no_blank_lines():
    text = "### BEGIN SOLUTION\nA = 1\n### END SOLUTION\n\nB = 2\n"

    assert stubs.stub(text) == "B = 2\n"


FUNCTION = 'def f(x):\n    """F."""\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            FUNCTION.replace("    ### END SOLUTION\n", ""),
            "reference.py:3: ### BEGIN SOLUTION without an ### END",
        ),
        (
            FUNCTION.replace("    ### BEGIN SOLUTION\n", ""),
            "reference.py:4: ### END SOLUTION without a ### BEGIN",
        ),
        (
            FUNCTION.replace("    return x", "    ### BEGIN SOLUTION"),
            "reference.py:4: ### BEGIN SOLUTION, but the region of line 3",
        ),
        (
            FUNCTION.replace("### BEGIN SOLUTION", "# begin solution"),
            "reference.py:3: '# begin solution' is no marker",
        ),
        (FUNCTION.replace("###", "##"), "reference.py:3: '## BEGIN SOLUTION' is no marker"),
        (
            FUNCTION.replace("return x", "return x  ### END SOLUTION"),
            "reference.py:4: ### END SOLUTION stands behind code",
        ),
        ("def f(x):\n    return x\n", "reference.py:1: f has no solution region"),
        (FUNCTION + "\n\ndef g(x):\n    return x\n", "reference.py:8: g has no solution region"),
        (FUNCTION.replace("return x", "# nothing"), "reference.py:3: the region holds no code"),
        (
            'def f(x):\n    ### BEGIN SOLUTION\n    """F."""\n    return x\n    ### END SOLUTION\n',
            "reference.py:2: the region holds the docstring of f",
        ),
        (
            "def f(x):\n    x = 1\n    ### BEGIN SOLUTION\n    return x\n\n\ny = 1\n### END SOLUTION\n",
            "reference.py:3: the region reaches from one block into another",
        ),
        (
            (
                "def f(x):\n    x = 1\n    ### BEGIN SOLUTION\n    return x\n\n\n"
                "def g(x):\n    y = x\n    ### END SOLUTION\n    return y\n"
            ),
            "reference.py:3: a marker of the region cuts the statement of line 7 in two",
        ),
        (
            (
                "def f(x):\n    x = (\n        ### BEGIN SOLUTION\n        1\n    )\n    return x\n"
                "    ### END SOLUTION\n"
            ),
            "reference.py:3: a marker of the region cuts the statement of line 2 in two",
        ),
        (
            "class _C:\n    ### BEGIN SOLUTION\n    x = 1\n    ### END SOLUTION\n",
            "reference.py:2: without the region _C has no body",
        ),
        (
            "if True:\n    ### BEGIN SOLUTION\n    x = 1\n    ### END SOLUTION\n",
            "reference.py:2: without the region a block has no",
        ),
        ("from .other import thing\n\n\n" + FUNCTION, "the stub would import from .other"),
        ("def f(:\n", "reference.py:1: "),
    ],
)
def test_a_reference_that_gives_no_stub_says_where_and_why(text, says):
    assert says in refusal(text)


def test_a_relative_import_inside_a_region_is_ours_alone():
    text = "### BEGIN SOLUTION\nfrom .other import thing\n\n### END SOLUTION\n\n\n" + FUNCTION

    assert "import" not in stubs.stub(text)


def test_examples_are_collected_by_graded_function():
    got = stubs.examples(REFERENCE)

    assert list(got) == ["half", "Net"]
    assert (got["half"][0].source, got["half"][0].want) == ("half(3)\n", "1.5\n")
    assert got["half"][1].exc_msg == "TypeError: no\n"
    assert got["Net"] == ()


@pytest.mark.parametrize("broken", [">>> half(3", ">>>half(3)"])
def test_an_example_that_is_not_python_is_an_error(broken):
    with pytest.raises(CourseError, match=r"^reference\.py:1: the examples of f: "):
        stubs.examples(FUNCTION.replace('"""F."""', f'"""F.\n\n    {broken}\n    """'))


def test_a_region_that_starts_in_the_head_of_a_function_is_an_error():
    text = "def f(\n    ### BEGIN SOLUTION\n    x,\n):\n    return x\n    ### END SOLUTION\n"

    assert refusal(text).startswith("reference.py: without its solutions it does not parse")
