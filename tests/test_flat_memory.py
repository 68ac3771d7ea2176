"""A class of any size takes little memory: of a report nothing is kept but what tables and overview show."""

from __future__ import annotations

import gc
import weakref
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from autograder import batch
from autograder.commands import grading as command
from autograder.jail.levels import Isolation
from autograder.model import (
    Crash,
    Criterion,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Status,
    Submission,
)
from autograder.reports import csv, overview, summary, tally
from autograder.reports.brief import Shortening

CHECKS = 40


class Text(str):
    """A text whose end can be seen."""

    __slots__ = ("__weakref__",)


def report(number: int, source: str = "") -> Report:
    """A report with something of each kind in it, and much that is long."""
    outcomes = [
        Outcome(
            f"half.check{check}",
            f"Check {check}",
            (Status.PASSED, Status.FAILED, Status.CRASHED, Status.UNGRADED)[check % 4],
            Fraction(check % 4 == 0),
            Mismatch("value", got=1.0 / (number + 1), want=2.0, pattern="transposed", heat=((1, 2),) * 9),
            Crash("raised", "ValueError", f"{number}" * 99, number) if check % 4 == 2 else None,
            Named("doubles", "This doubles where it should halve.") if check % 4 == 1 else None,
            note=f"note {number % 3}",
            inputs=(("x", f"{number}" * 500),),
            printed=f"{number}" * 5000,
            seconds=0.0001 * (1 + number % 7),
            staff_note="killed" if check % 4 == 3 else "",
        )
        for check in range(CHECKS)
    ]
    checks = {one.check: Fraction(1) for one in outcomes}
    return Report(
        "tiny",
        "Halves",
        f"student {number}",
        f"sha256:{number}",
        (Mark(Criterion("halves", "Halving", checks), tuple(outcomes)),),
        seed="5eed",
        source=source,
        objections=(Objection("the file is cut off", fatal=True),) if number % 5 == 0 else (),
        late_share=Fraction(1, 10),
    )


def graded(count: int) -> tuple[list[Report], list[Any]]:
    """What a class run keeps of so many submissions, and references to their sources."""
    seen: list[Any] = []

    def grade_one(submission: Submission, _: object) -> Report:
        source = Text(f"{submission.student}" * 1000)
        seen.append(weakref.ref(source))
        return report(int(submission.student), source)

    def grading(submissions: list[Submission], jobs: int) -> Any:
        return batch.grade_all(submissions, grade_one, Isolation("none"), jobs)

    submissions = [Submission(str(number), "tiny", "", "", "") for number in range(count)]
    run: Any = SimpleNamespace(grade=grading)
    kept = command._graded(run, submissions, 2, quiet=False, brief=True)
    gc.collect()
    return kept, seen


def distinct_outcomes(reports: list[Report]) -> int:
    """How many outcomes are in memory for these reports."""
    return len({id(one) for each in reports for mark in each.marks for one in mark.outcomes})


def test_nothing_long_is_kept_and_what_is_equal_is_kept_once() -> None:
    few, _ = graded(42)
    many, sources = graded(420)

    assert len(many) == len(sources) == 420
    assert not [source for source in sources if source() is not None]
    assert distinct_outcomes(many) == distinct_outcomes(few)
    assert len({id(mark.criterion) for one in many for mark in one.marks}) == 1
    assert not any(one.printed or one.inputs for each in many for mark in each.marks for one in mark.outcomes)


@pytest.mark.parametrize("count", [1, 7])
def test_tables_and_overview_of_short_reports_are_those_of_whole_ones(count: int) -> None:
    whole = [report(number, "x = 1") for number in range(count)]
    shortening = Shortening()
    short = [shortening.brief(one) for one in whole]
    unlike = [one for one in short if one.source]

    assert unlike == []
    assert csv.tidy(short) == csv.tidy(whole)
    assert csv.totals(short) == csv.totals(whole)
    assert overview.render(short, {}) == overview.render(whole, {})
    assert summary.render(short, 100) == summary.render(whole, 100)
    assert tally.unjudged(short) == tally.unjudged(whole)
    assert [one.earned for one in short] == [one.earned for one in whole]
    assert [command._status([one], 50) for one in short] == [command._status([one], 50) for one in whole]
