from __future__ import annotations

import pytest

from autograder.intake.parsing import safe_parse
from autograder.intake.syntax import kindly

MERGE = "x = 1\n<<<<<<< HEAD\ny = 2\n=======\ny = 3\n>>>>>>> theirs\n"


def told(source: str) -> tuple[int, str]:
    with pytest.raises(SyntaxError) as refused:
        safe_parse(source)
    return kindly(refused.value, source)


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("x = 1\ndef f(x)\n    return x", 2, "a colon is missing at the end of this `def` line"),
        ("if x:\n    y\nelse\n    z", 3, "a colon is missing at the end of this `else` line"),
        ("while x\n    y", 1, "`while` line"),
        ("def f():\nreturn 1", 2, "an indented block is missing after the `def` above"),
        ("if x:\n    for i in y:\n    z", 3, "after the `for` above"),
        ("def f():\n    x = 1\n  y = 2", 3, "lines up with none above it"),
        ("x = 1\n  y = 2", 2, "no block begins above it"),
        ("def f():\n\tx = 1\n        y = 2", 3, "tabs and spaces are mixed"),
        ("x = (1,\ny = 2", 1, "the bracket ( that opens here is never closed"),
        ("x = 1\ny = 2)", 2, "the bracket ) closes here, but nothing was opened"),
        ("x = [1)", 1, "but the one that is open is ["),
        ("x = “a”", 1, "curly quote “"),
        ("x = a – b", 1, "the dash – (U+2013) only looks like a minus sign"),
        ("x = a − b", 1, "only looks like a minus sign"),
        ("x =\u00a01", 1, "an invisible character (U+00A0)"),
        ("x = \u200b1", 1, "an invisible character (U+200B)"),
        ("x = 2×3", 1, "the sign × is not Python; type * instead"),
        ("def f(x):\n    print 'x'", 2, "`print` as Python 2 had it"),
        ("raise ValueError, 'x'", 1, "`raise` as Python 2 had it"),
        (MERGE, 2, "a merge was left unfinished"),
        (">>> x = 1", 1, "the prompt >>>"),
        ("In [3]: import x", 1, "the prompt In [ ]"),
        ("%matplotlib inline", 1, "a notebook command, not Python"),
        ("x = 1\nreturn x", 2, "this `return` stands outside a function"),
        ("if x:\n    break", 2, "this `break` stands outside a loop"),
        ("x = 'abc", 1, "no closing quote in this line"),
        ("x = '''abc\n", 1, "never closed"),
        ("y = 2x + 1", 1, "2x, for example, is written 2 * x"),
        ("if x = 1:\n    y", 1, "to compare, write =="),
        ("def f(x):\n    return x +\n", 2, "stops in the middle of an expression"),
        ("x = " + "9" * 5000, 1, "more digits than Python reads"),
        ("def f(a, a): pass", 1, "Python cannot read this: duplicate argument 'a'"),
        ("f(a=1, 2)", 1, "positional argument follows keyword argument"),
        ("x = 1 + \\", 1, "the file ends in the middle of this: x = 1 + \\"),
        ("match x:\n    case 1\n        y", 2, "a colon is missing in this line"),
        ("x = 5€", 1, "the character € (U+20AC) cannot stand in Python code"),
        (
            "\n".join(f"{' ' * i}if x:" for i in range(101)),
            101,
            "the indentation cannot be read: too many levels",
        ),
        ("try:\n    x\nexcept A, B:\n    y", 3, "`except` as Python 2 had it"),
        ("x y", 1, "Python cannot read this line"),
    ],
)
def test_an_error_is_told_with_its_line_and_what_to_do(source: str, line: int, says: str) -> None:
    number, sentence = told(source)

    assert (number, says in sentence) == (line, True), sentence


@pytest.mark.parametrize("source", ["x = (1,\n\n\ny", "def f():\n", "if x:\n    if y:\n"])
def test_no_line_number_stands_in_a_sentence(source: str) -> None:
    _, sentence = told(source)

    assert not any(letter.isdigit() for letter in sentence)


def test_a_line_of_equals_signs_is_not_a_merge_by_itself() -> None:
    _, sentence = told("Title\n=======\n")

    assert "merge" not in sentence


def test_an_error_without_a_line_is_told_of_the_first() -> None:
    number, _ = kindly(SyntaxError("source is odd"), "x\ny")

    assert number == 1
