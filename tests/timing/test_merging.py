"""A later run fills in what was pending, and nothing else ever changes a report."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.model import Clocking, Criterion, Mark, Outcome, Report, Status, Timing, Verdict
from autograder.timing import judged, merging, seals
from autograder.timing.merging import MergeError, merge

KEY = bytes(range(32))
BANDS = ((4.0, 1.0), (20.0, 0.5))
CRITERION = Criterion("speed", "Fast", {"conv.fast": Fraction(4)}, bands=BANDS, clocking=Clocking("gpu"))


def timing(
    verdict: Verdict, measure: float = 2.0, spread: float = 0.1, hardware: str = "H200", **more: str
) -> Timing:
    fields = {"submission": "sha256:work", "rubric": "sha256:course", **more}
    record = Timing(
        "conv.fast",
        verdict,
        "cuda",
        measure,
        measure - spread,
        measure + spread,
        BANDS,
        hardware=hardware,
        **fields,  # type: ignore[arg-type]
    )
    return seals.seal(record, KEY)


def report(record: Timing | None, criterion: Criterion = CRITERION) -> Report:
    outcome = (
        judged.judge("conv.fast", "It is fast.", criterion, record)
        if record
        else Outcome("conv.fast", "It is fast.", Status.PENDING)
    )
    right = Mark(
        Criterion("right", "Right", {"conv.right": Fraction(1)}),
        (Outcome("conv.right", "Right.", Status.PASSED, Fraction(1)),),
    )
    return Report(
        "conv",
        "Convolution",
        "ada",
        "sha256:work",
        (right, Mark(criterion, (outcome,))),
        environment={"course": "sha256:course"},
    )


PENDING = report(timing(Verdict.PENDING_NO_GPU, 0.0, 0.0))
DECIDED = report(timing(Verdict.DECIDED))


def speed(merged: Report) -> Timing | None:
    return merged.marks[1].outcomes[0].timing


def test_a_decided_record_takes_the_place_of_a_pending_one() -> None:
    merged = merge(PENDING, DECIDED, KEY)

    assert (PENDING.pending, merged.pending) == (4, 0)
    assert (PENDING.earned, merged.earned) == (1, 5)


def test_a_pending_record_never_takes_the_place_of_a_decided_one() -> None:
    assert merge(DECIDED, PENDING, KEY) == DECIDED


def test_a_check_that_was_not_timed_at_all_is_filled_in_too() -> None:
    assert merge(report(None), DECIDED, KEY).earned == 5


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_on_the_same_hardware_the_narrower_interval_stays(turned: bool) -> None:
    wide, narrow = report(timing(Verdict.DECIDED, 2.2, 0.5)), report(timing(Verdict.DECIDED, 2.0, 0.1))
    merged = merge(narrow, wide, KEY) if turned else merge(wide, narrow, KEY)

    assert merged == narrow


def test_of_two_classes_that_which_the_rubric_prefers_stays_and_the_other_is_named() -> None:
    prefers = replace(CRITERION, clocking=Clocking("gpu", device="H200"))
    other = report(timing(Verdict.DECIDED, 8.0, hardware="A100"), prefers)
    merged = merge(other, report(timing(Verdict.DECIDED), prefers), KEY)

    assert merged.earned == 5
    assert "A100: 8.00" in merged.marks[1].outcomes[0].staff_note


def test_without_a_preference_the_first_report_stays() -> None:
    merged = merge(DECIDED, report(timing(Verdict.DECIDED, 8.0, hardware="A100")), KEY)

    assert speed(merged) == speed(DECIDED)


def test_points_are_judged_anew_and_not_read_from_the_other_report() -> None:
    forged = report(timing(Verdict.DECIDED, 10.0))
    outcome = replace(forged.marks[1].outcomes[0], share=Fraction(1), status=Status.PASSED)
    forged = replace(forged, marks=(forged.marks[0], replace(forged.marks[1], outcomes=(outcome,))))

    assert merge(PENDING, forged, KEY).marks[1].earned == 2


def test_only_timed_checks_are_joined() -> None:
    better = replace(DECIDED.marks[0].outcomes[0], share=Fraction(0), status=Status.FAILED)
    other = replace(DECIDED, marks=(replace(DECIDED.marks[0], outcomes=(better,)), DECIDED.marks[1]))

    assert merge(PENDING, other, KEY).marks[0] == PENDING.marks[0]


def test_a_function_that_waits_for_a_person_waits_with_its_time() -> None:
    right = replace(PENDING.marks[0], criterion=Criterion("right", "Right", {"conv.right": Fraction(1)}))
    waits = replace(right.outcomes[0], status=Status.PENDING, share=Fraction(0), review=("it called",))
    merged = merge(
        replace(PENDING, marks=(replace(right, outcomes=(waits,)), PENDING.marks[1])), DECIDED, KEY
    )

    assert merged.pending == 5
    assert merged.marks[1].outcomes[0].review == ("it called",)


def refused(first: Report, second: Report) -> str:
    with pytest.raises(MergeError) as caught:
        merge(first, second, KEY)
    return str(caught.value)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("digest", "sha256:other", "submission"),
        ("student", "bob", "student"),
        ("assignment", "pca", "assignment"),
        ("environment", {"course": "sha256:other"}, "course"),
    ],
)
def test_reports_that_do_not_belong_together_are_refused(field: str, value: object, named: str) -> None:
    assert f"not of the same {named}" in refused(PENDING, replace(DECIDED, **{field: value}))  # type: ignore[arg-type]


def test_a_record_that_was_changed_is_refused() -> None:
    outcome = DECIDED.marks[1].outcomes[0]
    assert outcome.timing is not None
    changed = replace(outcome, timing=replace(outcome.timing, measure=0.5))
    forged = replace(DECIDED, marks=(DECIDED.marks[0], replace(DECIDED.marks[1], outcomes=(changed,))))

    assert "no seal of this grader's key" in refused(PENDING, forged)


def test_a_record_of_other_work_is_refused_even_when_it_is_sealed() -> None:
    stolen = report(timing(Verdict.DECIDED, submission="sha256:of bob"))

    assert "another submission or course" in refused(PENDING, stolen)


def test_every_verdict_is_either_joined_or_left() -> None:
    left = set(Verdict) - merging.DECIDED

    assert left == {
        Verdict.PENDING_NO_GPU,
        Verdict.PENDING_NOISY,
        Verdict.INTERFERENCE,
        Verdict.INDICATIVE,
    }
