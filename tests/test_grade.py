"""From a submission to its report: what each kind of code earns, and that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np
import pytest

from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.authoring import check
from autograder.jail.levels import Isolation
from autograder.model import Assignment, Check, Criterion, Outcome, Report, Rubric, SandboxFault, Status
from autograder.session import Bench

from . import tiny

pytestmark = pytest.mark.jail


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    """The answers of the tiny assignment."""
    return AnswerKey(tiny.ASSIGNMENT, "5eed")


def graded(source: str, key: AnswerKey, bench: Bench) -> Report:
    """The report of Ada's `source`."""
    return grade.grade(tiny.submission(source), key, bench, tiny.COURSE)


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcomes by check."""
    return {outcome.check: outcome for mark in report.marks for outcome in mark.outcomes}


def test_right_answers_earn_everything_a_machine_can_give(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT, key, bench)

    assert (report.earned, report.possible, report.pending) == (8, 11, 3)
    assert not report.complete


def test_a_report_can_be_repeated(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT, key, bench)

    assert report.seed == "5eed"
    assert report.isolation == str(bench.isolation)
    assert {"grader", "python", "numpy", "course", "threads"} <= report.environment.keys()


def test_a_misconception_is_named(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("x / 2", "x * 2"), key, bench)
    wrong = outcomes(report)["half.some_numbers"]

    assert wrong.status == Status.FAILED
    assert wrong.misconception is not None
    assert wrong.misconception.name == "doubles"
    assert wrong.mismatch is not None
    assert wrong.inputs[0][0] == "x"


def test_a_check_that_needs_another_is_skipped_while_that_fails(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("x / 2", "x * 2"), key, bench)
    skipped = outcomes(report)["half.large_numbers"]

    assert skipped.status == Status.SKIPPED
    assert "Every number is halved." in skipped.note


def test_a_wrong_helper_is_paid_for_once(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("x / 2", "x * 2"), key, bench)
    caller = outcomes(report)["quarter.other_numbers"]

    assert caller.status == Status.PASSED
    assert caller.note == "With ours in place of your `half`, this is right."


def test_an_endless_loop_costs_one_check(key: AnswerKey, bench: Bench) -> None:
    source = "import numpy as np\n" + tiny.RIGHT.replace(
        "    return x / 2", "    while np.max(np.abs(x)) > 1e4:\n        pass\n    return x / 2"
    )
    report = graded(source, key, bench)
    statuses = {name: outcome.status for name, outcome in outcomes(report).items()}

    assert statuses.pop("half.large_numbers") == Status.CRASHED
    assert set(statuses.values()) == {Status.PASSED}


def test_changing_the_argument_costs_the_check_that_asks_for_it(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("return x / 2", "x /= 2\n    return x"), key, bench)
    left_alone = outcomes(report)["half.left_alone"]

    assert outcomes(report)["half.some_numbers"].status == Status.PASSED
    assert left_alone.status == Status.FAILED
    assert left_alone.mismatch is not None
    assert left_alone.mismatch.kind == "mutation"


def test_a_crash_is_told_with_the_students_line(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("return x / 2", "return y / 2"), key, bench)
    crash = outcomes(report)["half.some_numbers"].crash

    assert crash is not None
    assert (crash.name, crash.line, crash.code) == ("NameError", 2, "return y / 2")


@pytest.mark.parametrize(
    "source", ["import os\nos._exit(0)\n", "raise SystemExit\n", "1 / 0\n", "while True: pass\n"]
)
def test_a_file_that_does_not_import_earns_nothing_and_says_so(
    key: AnswerKey, bench: Bench, source: str
) -> None:
    report = graded(source + tiny.RIGHT, key, bench)

    assert report.earned == 0
    assert {outcome.status for outcome in outcomes(report).values()} <= {Status.CRASHED, Status.SKIPPED}


def test_a_missing_function_does_not_cost_the_others(key: AnswerKey, bench: Bench) -> None:
    report = graded("def half(x):\n    return x / 2\n", key, bench)

    assert outcomes(report)["half.some_numbers"].status == Status.PASSED
    assert outcomes(report)["quarter.other_numbers"].status == Status.FAILED
    assert "quarter" in outcomes(report)["quarter.other_numbers"].note


def test_of_a_function_defined_twice_the_last_one_is_graded(key: AnswerKey, bench: Bench) -> None:
    report = graded(f"def half(x):\n    return 0\n\n\n{tiny.RIGHT}", key, bench)

    assert "defined twice" in report.objections[0].says
    assert outcomes(report)["half.some_numbers"].status == Status.PASSED


def test_a_syntax_error_is_an_objection_and_not_an_exception(key: AnswerKey, bench: Bench) -> None:
    report = graded("def half(x:\n    return x\n", key, bench)

    assert report.earned == 0
    assert report.objections[0].line == 1


def test_a_printed_text_is_kept_with_its_check(key: AnswerKey, bench: Bench) -> None:
    report = graded(tiny.RIGHT.replace("    return x / 2", "    print('here')\n    return x / 2"), key, bench)

    assert outcomes(report)["half.some_numbers"].printed == "here\n" * 3


@pytest.mark.parametrize("where", ["screen.look", "examine.objections", "examine.looked_into"])
def test_a_mistake_of_ours_costs_nobody_anything(
    where: str, key: AnswerKey, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> NoReturn:
        raise SystemError("not what anybody thought of")

    monkeypatch.setattr(f"autograder.grade.{where}", broken)
    report = graded(tiny.RIGHT, key, bench)

    assert {outcome.status for outcome in outcomes(report).values()} == {Status.UNGRADED}
    assert report.pending == report.possible
    assert "not what anybody thought of" in outcomes(report)["half.left_alone"].staff_note


def test_a_fault_of_the_jail_costs_nothing(key: AnswerKey, isolation: Isolation) -> None:
    class Broken(Bench):
        def template(self, needs: tuple[str, ...]) -> NoReturn:
            raise SandboxFault(f"no namespaces today for {needs}")

    report = graded(tiny.RIGHT, key, Broken(isolation))

    assert {outcome.status for outcome in outcomes(report).values()} == {Status.UNGRADED}
    assert report.pending == report.possible
    assert "no namespaces today" in outcomes(report)["half.left_alone"].staff_note


def test_a_mistake_of_ours_costs_nothing_either(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(grade, "_play", broken)
    report = graded(tiny.RIGHT, AnswerKey(tiny.ASSIGNMENT, "5eed"), bench)

    assert report.pending == report.possible


def test_a_check_that_cannot_draw_is_ungraded_and_the_rest_is_not(bench: Bench) -> None:
    def broken(_: object) -> None:
        raise KeyError("oops")

    checks = (replace(tiny.CHECKS[0], draw=broken), *tiny.CHECKS[1:])
    broken_course: Assignment = replace(tiny.ASSIGNMENT, checks=checks)
    report = graded(tiny.RIGHT, AnswerKey(broken_course, "5eed"), bench)

    assert outcomes(report)["half.some_numbers"].status == Status.UNGRADED
    assert outcomes(report)["half.left_alone"].status == Status.PASSED
    assert report.pending >= Fraction(2)


@check(tiny.half)
def words_are_refused(rng: np.random.Generator) -> Any:
    """What is no number is refused."""
    return f"{rng.integers(9)} words"


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("raise ValueError('not today')\n" + tiny.RIGHT, Status.CRASHED),
        ("def half(x):\n    raise NotImplementedError\n\n\ndef quarter(x):\n    return x\n", Status.CRASHED),
        ("def half(x):\n    raise KeyError\n\n\ndef quarter(x):\n    return x\n", Status.FAILED),
        ("def half(x):\n    raise ValueError\n\n\ndef quarter(x):\n    return x\n", Status.PASSED),
        ("def half(x):\n    while True: pass\n\n\ndef quarter(x):\n    return x\n", Status.CRASHED),
    ],
    ids=["while importing", "unwritten", "another exception", "the right one", "without end"],
)
def test_only_an_answer_may_be_an_exception(bench: Bench, source: str, status: Status) -> None:
    checks = (tiny.record(words_are_refused),)
    key = AnswerKey(replace(tiny.ASSIGNMENT, checks=checks, rubric=worth(checks)), "5eed")
    report = grade.grade(tiny.submission(source), key, bench, tiny.COURSE)

    assert [outcome.status for mark in report.marks for outcome in mark.outcomes] == [status]


def worth(checks: Sequence[Check]) -> Rubric:
    """A rubric in which each check is worth a point."""
    return replace(tiny.RUBRIC, criteria=(Criterion("all", "All", {one.id: Fraction(1) for one in checks}),))
