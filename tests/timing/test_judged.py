"""From a timing to an outcome: what counts, what waits, and whose fault it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.model import (
    CourseError,
    Criterion,
    Outcome,
    SandboxFault,
    Status,
    Submission,
    Timing,
    Verdict,
)
from autograder.timing import judged

from .scripted import TIMED

BANDS = ((4.0, 1.0), (20.0, 0.7))
CRITERION = Criterion("fast", "Fast", {TIMED.id: Fraction(6)}, bands=BANDS)
TWIN = Outcome("double.twin", "Doubling is right.", Status.PASSED, Fraction(1))
SUBMISSION = Submission("ada", "toy", "", "toy.py", "sha256:0")
ASSIGNMENT: Any = SimpleNamespace(digest="sha256:1", rubric=SimpleNamespace(own_work=()))
BENCH: Any = SimpleNamespace(timed=True)


def judge(verdict: Verdict, low: float = 0.0, high: float = 0.0, **words: Any) -> Outcome:
    """The outcome of a timing."""
    timing = Timing(TIMED.id, verdict, "cgroup", measure=low, low=low, high=high, bands=BANDS, **words)
    return judged.judge(TIMED.id, TIMED.says, CRITERION, timing)


@pytest.mark.parametrize(
    ("verdict", "low", "high", "status", "share"),
    [
        (Verdict.DECIDED, 1.0, 2.0, Status.PASSED, Fraction(1)),
        (Verdict.DECIDED, 8.0, 9.0, Status.FAILED, Fraction(7, 10)),
        (Verdict.DECIDED, 80.0, 90.0, Status.FAILED, Fraction(0)),
        (Verdict.INCONCLUSIVE, 3.9, 4.1, Status.PASSED, Fraction(1)),
        (Verdict.INCONCLUSIVE, 19.0, 21.0, Status.FAILED, Fraction(7, 10)),
    ],
)
def test_a_time_that_counts_earns_the_best_band_inside_the_interval(
    verdict: Verdict, low: float, high: float, status: Status, share: Fraction
) -> None:
    outcome = judge(verdict, low, high)

    assert (outcome.status, outcome.share) == (status, share)
    assert outcome.timing is not None


def test_without_a_gpu_the_points_wait_in_these_words() -> None:
    outcome = judge(Verdict.PENDING_NO_GPU)

    assert outcome.status == Status.PENDING
    assert outcome.note == "GPU check not run: no GPU here. 6 points pending (not lost)."


@pytest.mark.parametrize("verdict", [Verdict.PENDING_NOISY, Verdict.INTERFERENCE, Verdict.INDICATIVE])
def test_what_says_nothing_waits(verdict: Verdict) -> None:
    outcome = judge(verdict, 1.0, 9.0)

    assert outcome.status == Status.PENDING
    assert outcome.timing is not None, "in which the report finds why"


@pytest.mark.parametrize("verdict", [Verdict.WRONG_OUTPUT, Verdict.TIMEOUT, Verdict.PROTOCOL_ERROR])
def test_what_is_wrong_earns_nothing_and_says_why(verdict: Verdict) -> None:
    outcome = judge(verdict, reason="Why.")

    assert (outcome.status, outcome.share) == (Status.FAILED, 0)
    assert outcome.timing is not None
    assert outcome.timing.reason == "Why."


def test_a_crash_is_a_crash() -> None:
    outcome = judge(Verdict.CRASHED, reason="Why.")

    assert outcome.status == Status.CRASHED
    assert outcome.share == 0
    assert outcome.timing is not None
    assert outcome.timing.reason == "Why."


def test_every_verdict_has_an_outcome() -> None:
    statuses = {verdict: judge(verdict, 1.0, 1.0).status for verdict in Verdict}

    assert Status.UNGRADED not in statuses.values()
    assert {one for one, status in statuses.items() if status == Status.PASSED} == {
        Verdict.DECIDED,
        Verdict.INCONCLUSIVE,
    }


def outcome(
    monkeypatch: pytest.MonkeyPatch, found: Any, twin: Outcome | None = TWIN, bench: Any = BENCH
) -> Outcome:
    """The outcome where `time_check` gives `found` or raises it."""

    def time_check(*_: object) -> Timing:
        if isinstance(found, Exception):
            raise found
        return found  # type: ignore[no-any-return]

    monkeypatch.setattr(judged, "time_check", time_check)
    monkeypatch.setattr(judged.calibration, "kept", lambda *_: None)
    monkeypatch.setattr(judged.seals, "grader_key", lambda: b"")
    return judged.outcome(TIMED, CRITERION, twin, SUBMISSION, ASSIGNMENT, bench)


def test_a_right_answer_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = Timing(TIMED.id, Verdict.DECIDED, "cgroup", measure=1.0, low=1.0, high=1.0, bands=BANDS)

    assert outcome(monkeypatch, timing).status == Status.PASSED


@pytest.mark.parametrize("status", [Status.FAILED, Status.CRASHED, Status.SKIPPED])
def test_a_wrong_answer_is_not_timed(monkeypatch: pytest.MonkeyPatch, status: Status) -> None:
    found = outcome(monkeypatch, AssertionError("timed"), replace(TWIN, status=status))

    assert found.status == Status.SKIPPED
    assert found.note == "timed once this holds: Doubling is right."


@pytest.mark.parametrize("status", [Status.UNGRADED, Status.PENDING])
def test_what_is_not_known_of_the_answer_is_not_known_of_its_speed(
    monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    found = outcome(monkeypatch, AssertionError("timed"), replace(TWIN, status=status, note="Why."))

    assert (found.status, found.note) == (status, "Why.")


def test_a_check_without_a_twin_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, AssertionError("timed"), None).status == Status.SKIPPED


def test_a_bench_that_does_not_time_leaves_the_points_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcome(monkeypatch, AssertionError("timed"), bench=SimpleNamespace(timed=False))

    assert found.status == Status.PENDING
    assert found.note == "Not timed in this run. 6 points pending (not lost)."


@pytest.mark.parametrize(
    "fault", [SandboxFault("no jail"), CourseError("no draw"), ZeroDivisionError("no mistake is fatal")]
)
def test_our_faults_cost_nothing_and_end_nothing(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    found = outcome(monkeypatch, fault)

    assert found.status == Status.UNGRADED
    assert str(fault) in found.staff_note
    assert str(fault) not in found.note
