from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.model import Submission
from autograder.screen import calls, look

PLAIN = Submission("ada", "optimizers", "", "optimizers.py", "sha256:0")
ASKED = ("adam_step", "momentum_step")
BOTH = "def adam_step(): return 1\ndef momentum_step(): return 2\n"


def seen(source: str, *functions: str, **more: object) -> list[tuple[str, int | None, str | None, bool]]:
    submission = replace(PLAIN, source=source, **more)
    return [(o.says, o.line, o.function, o.fatal) for o in look(submission, functions or ("adam_step",))]


def test_a_complete_file_meets_no_objection() -> None:
    assert look(replace(PLAIN, source=BOTH), ASKED) == ()


def test_what_could_not_be_read_is_fatal_and_says_why() -> None:
    assert seen("x = (", unreadable="hw.zip is damaged") == [("hw.zip is damaged", None, None, True)]


@pytest.mark.parametrize(
    ("source", "more", "says"),
    [
        ("", {}, "the file is empty"),
        ("\n  \n", {}, "the file is empty"),
        ("# adam_step\n", {}, "the file holds only comments"),
        ("", {"path": "optimizers.ipynb"}, "the notebook holds no code"),
    ],
)
def test_an_empty_file_is_fatal(source: str, more: dict[str, object], says: str) -> None:
    ((sentence, line, function, fatal),) = seen(source, **more)

    assert (says in sentence, line, function, fatal) == (True, None, None, True)


def test_a_syntax_error_is_fatal_with_its_line() -> None:
    expected = ("a colon is missing at the end of this `def` line", 2, None, True)

    assert seen("x = 1\ndef adam_step()\n    return 1", *ASKED) == [expected]


@pytest.mark.parametrize(
    "source", ["x = " + "(" * 5000, "x = " + "-" * 9000 + "1", "x = 1" + "+\\\n1" * 9000, "\0"]
)
def test_what_would_break_the_parser_is_fatal(source: str) -> None:
    ((sentence, _, _, fatal),) = seen(source)

    assert fatal
    assert sentence.startswith(("line ", "the code is nested"))


@pytest.mark.parametrize(
    "source",
    [
        "from mine import adam_step",
        "import mine as adam_step",
        "adam_step = lambda t: t",
        "adam_step: object = print",
        "adam_step = other = print",
        "class adam_step: pass",
        "async def adam_step(): pass",
        "try:\n    import torch\n    def adam_step(): pass\nexcept ImportError:\n    def adam_step(): pass",
        "if True:\n    def adam_step(): pass",
        "@wrap\ndef adam_step(): pass",
        "def adam_step(): pass\nadam_step = wrap(adam_step)",
        "import re\nx = re.compile('\\d')\ndef adam_step(): pass",
    ],
)
def test_a_function_may_be_bound_in_many_ways(source: str) -> None:
    assert seen(source) == []


@pytest.mark.parametrize(
    ("source", "near", "line"),
    [
        ("x = 1\ndef adam_steps(): pass", "adam_steps", 2),
        ("def adamStep(): pass", "adamStep", 1),
        ("def Adam_Step(): pass", "Adam_Step", 1),
        ("adm_step = lambda: 1", "adm_step", 1),
    ],
)
def test_a_misspelt_function_is_recognised(source: str, near: str, line: int) -> None:
    says = f"`adam_step` is not defined; is `{near}` meant? Rename it to `adam_step`"

    assert seen(source) == [(says, line, "adam_step", False)]


def test_another_graded_function_is_no_misspelling() -> None:
    ((says, line, function, fatal),) = seen("def pca_fit(): pass", "pca_fit", "pca_fits")

    assert "meant" not in says
    assert (line, function, fatal) == (None, "pca_fits", False)


def test_each_missing_function_is_named_in_the_order_asked() -> None:
    assert [function for _, _, function, _ in seen("x = 1", *ASKED)] == list(ASKED)


@pytest.mark.parametrize(
    ("source", "where", "line"),
    [
        ("class Optimizer:\n    def adam_step(self): pass", "`class Optimizer`", 2),
        ("def main():\n    def adam_step(): pass", "`def main`", 2),
        ("class A:\n    class B:\n        def adam_step(self): pass", "`class B`", 3),
        ("def momentum_step(v):\n    return v\n    def adam_step(): pass", "`def momentum_step`", 3),
        ("def f():\n    if x:\n        def adam_step(): pass", "`def f`", 3),
    ],
)
def test_a_function_inside_something_is_found_there(source: str, where: str, line: int) -> None:
    says = f"`adam_step` is defined inside {where}; move it to the left margin"

    assert seen(source) == [(says, line, "adam_step", False)]


def test_what_stands_under_the_main_guard_is_not_there() -> None:
    ((says, line, _, _),) = seen('if __name__ == "__main__":\n    def adam_step(): pass')

    assert "which does not run when your file is graded" in says
    assert line == 2


def test_of_two_definitions_the_last_counts_and_both_lines_are_said() -> None:
    ((says, line, function, fatal),) = seen("def adam_step(): return 1\n\ndef adam_step(): return 2")

    assert says.startswith("`adam_step` is defined twice (line 1 and line 3); the last one counts")
    assert (line, function, fatal) == (3, "adam_step", False)


def test_lines_of_a_notebook_are_called_by_their_cells() -> None:
    names = ("cell 2, line 1", "cell 5, line 1")
    ((says, _, _, _),) = seen("def adam_step(): return 1\ndef adam_step(): return 2", line_names=names)

    assert "(cell 2, line 1 and cell 5, line 1)" in says


def test_an_untouched_stub_that_hides_the_work_is_pointed_out() -> None:
    ((says, _, _, _),) = seen("def adam_step(): return 1\ndef adam_step(): raise NotImplementedError")

    assert "still unfinished: delete it" in says


def test_a_definition_replaced_by_an_assignment_is_defined_twice() -> None:
    ((says, line, _, _),) = seen("def adam_step(): return 1\nadam_step = None")

    assert "twice" in says
    assert line == 2


def test_what_a_function_calls_is_known() -> None:
    source = "def a(): return b(c)\ndef b(): return d()\ndef c(): pass\nd = lambda: a()\n"

    assert calls(source, ["a", "b", "c", "d"]) == {
        "a": frozenset({"b", "c"}),
        "b": frozenset({"d"}),
        "c": frozenset(),
        "d": frozenset({"a"}),
    }


def test_a_call_through_a_helper_of_ones_own_counts() -> None:
    source = "def a(): return _h()\ndef _h(): return _g() + _h()\ndef _g(): return b()\ndef b(): return a()"

    assert calls(source, ["a", "b"]) == {"a": frozenset({"b"}), "b": frozenset({"a"})}


def test_the_last_definition_is_the_one_that_calls() -> None:
    assert calls("def a(): return b()\ndef b(): pass\ndef a(): pass", ["a", "b"])["a"] == frozenset()


def test_a_function_that_is_only_imported_calls_nothing() -> None:
    assert calls("from m import a", ["a"]) == {}


@pytest.mark.parametrize("source", ["def a(:", "x = " + "(" * 5000])
def test_what_cannot_be_read_calls_nothing(source: str) -> None:
    assert calls(source, ["a"]) == {}
