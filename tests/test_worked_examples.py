"""Worked examples: how they are found in docstrings, and when a printed answer agrees."""

import doctest

import pytest

from autograder.tryout import worked_examples

STUB = '''
def slope(x, *, step=1):
    """Return a slope.

    Hint: think of
    a hill.

    >>> up = slope(2)
    >>> print(up)
    [0.25, 0.1]
    >>> print(up, up)
    [0.25, 0.1] [0.25, 0.1]

    A loop:

    >>> for x in (1, 2):
    ...     print(slope(x))
    1
    2
    >>> slope(-1)
    Traceback (most recent call last):
    ValueError: x is negative
    """
    raise NotImplementedError("write slope here")


def written(x):
    return x


def _private(x):
    """
    >>> 1
    1
    """


class Net:
    """A net.

    >>> Net().size
    3
    """

    def forward(self):
        """
        >>> 2
        2
        """
        return 1
'''


def tasks():
    return {task.name: task for task in worked_examples.tasks(STUB)}


def test_public_functions_and_classes_are_tasks():
    assert list(tasks()) == ["slope", "written", "Net"]


def test_a_task_knows_its_hint_parameters_and_line():
    slope = tasks()["slope"]

    assert (slope.hint, slope.parameters, slope.line) == ("think of a hill.", ("x", "step"), 2)


def test_only_a_stub_is_unwritten():
    assert [task.unwritten for task in tasks().values()] == [True, False, False]


def test_an_example_is_shown_with_what_prepares_it_and_no_more():
    shown = [example.typed for example in tasks()["slope"].examples]

    assert shown == [
        ">>> up = slope(2)",
        ">>> up = slope(2)\n>>> print(up)",
        ">>> up = slope(2)\n>>> print(up, up)",
        ">>> for x in (1, 2):\n...     print(slope(x))",
        ">>> for x in (1, 2):\n...     print(slope(x))\n>>> slope(-1)",
    ]


def test_an_exception_can_be_the_answer():
    *_, last = tasks()["slope"].examples

    assert (last.raises, last.want) == ("ValueError", "")


def test_examples_of_a_class_include_those_of_its_methods():
    assert [example.want for example in tasks()["Net"].examples] == ["3\n", "2\n"]


def test_examples_that_cannot_be_read_are_named():
    (task,) = worked_examples.tasks('def f():\n    """\n    >>>f()\n    """\n')

    assert "lacks blank" in task.broken


def test_a_skipped_example_is_none():
    (task,) = worked_examples.tasks('def f():\n    """\n    >>> f()  # doctest: +SKIP\n    1\n    """\n')

    assert task.examples == ()


@pytest.mark.parametrize(
    ("want", "got"),
    [
        ("[1. 2.]", "[1.  2.]"),
        ("[[1., 2.],\n [3., 4.]]", "[[1., 2.], [3., 4.]]"),
        ("0.25", "np.float64(0.25)"),
        ("(1.0, 2)", "(np.float32(1.0), np.int64(2))"),
        ("True", "np.True_"),
        ("0.1", "0.10000000149011612"),
        ("0.119203", "0.1192029220"),
        ("0.119203", "0.119202"),
        ("0.0", "-0.0"),
        ("0.0", "1e-17"),
        ("1.0", "1"),
        ("4.5e-05", "0.000045"),
        ("nan inf", "nan inf"),
        ("3 -0.00179503", "3 -0.00179503"),
    ],
)
def test_the_same_numbers_agree_however_they_are_written(want, got):
    assert worked_examples.agrees(want, got)


@pytest.mark.parametrize(
    ("want", "got"),
    [
        ("0.1", "0.14"),
        ("0.119203", "0.1192"),
        ("55", "55.0"),
        ("55", "56"),
        ("1000000000", "1000000001"),
        ("0.0", "nan"),
        ("1.0", "inf"),
        ("inf", "-inf"),
        ("[1, 2]", "(1, 2)"),
        ("[1.0, 2.0]", "[1.0, 2.0, 3.0]"),
        ("1.0", "-1.0"),
        ("right", "left"),
        ("x1", "x2"),
        ("1.5", ""),
        ("True", "False"),
    ],
)
def test_anything_else_differs(want, got):
    assert not worked_examples.agrees(want, got)


def test_an_ellipsis_stands_for_anything_where_it_is_asked_for():
    assert worked_examples.agrees("[1 ... 3]\n", "[1 2 3]\n", frozenset({"ELLIPSIS"}))
    assert not worked_examples.agrees("[1 ... 3]\n", "[1 2 3]\n")


def test_the_example_of_agreement_is_true():
    assert doctest.testmod(worked_examples).failed == 0
