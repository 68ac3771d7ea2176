"""A class on several slots: everyone is graded once, whatever happens to one of them."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from autograder import batch
from autograder.jail.levels import Isolation
from autograder.model import Report, Submission
from autograder.session import Bench

from . import tiny

LEVEL = Isolation("none")


def _report(submission: Submission, _: Bench) -> Report:
    return Report("tiny", "Halves", submission.student, submission.digest, ())


def _class(size: int) -> list[Submission]:
    return [tiny.submission("", student=f"s{i}") for i in range(size)]


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_everyone_is_graded_once(jobs: int) -> None:
    done = batch.grade_all(_class(20), _report, LEVEL, jobs)

    assert Counter(report.student for report in done) == Counter(f"s{i}" for i in range(20))


def test_nobody_is_no_problem() -> None:
    assert list(batch.grade_all([], _report, LEVEL, 3)) == []


def test_an_error_of_ours_is_raised_where_it_can_be_seen() -> None:
    def fails(submission: Submission, bench: Bench) -> Report:
        if submission.student == "s3":
            raise OSError(28, "No space left on device")
        return _report(submission, bench)

    with pytest.raises(OSError, match="No space"):
        list(batch.grade_all(_class(6), fails, LEVEL, 2))


def test_stopping_early_ends_the_slots() -> None:
    running = batch.grade_all(_class(200), _report, LEVEL, 3)
    next(running)
    running.close()  # type: ignore[attr-defined]  # a generator is what it is

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("slot ")]
