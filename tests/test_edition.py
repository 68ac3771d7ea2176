from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import edition
from autograder.model import (
    Clocking,
    Crash,
    Criterion,
    Curve,
    Dates,
    Gates,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Shown,
    Status,
    Timing,
    Verdict,
)

SECRET = "0.7483190277"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = "import numpy as np\n\ndef adam_step(w, g):\n    return w / 0\n\nclass Odd(Exception):\n    pass\n"


def nothing(shown: Shown) -> bool:
    return shown is Shown.ALWAYS


def everything(shown: Shown) -> bool:
    return shown is not Shown.NEVER


def failed(**kept) -> Outcome:
    return Outcome(
        "adam_step.first_step",
        "The first step is about lr long.",
        Status.FAILED,
        mismatch=Mismatch("value", f"result['{SECRET}']", SECRET, 0.5, pattern=SECRET, heat=((1, 2),)),
        inputs=(("w", SECRET),),
        warnings=(f"UserWarning: {SECRET}",),
        printed=SECRET,
        seconds=0.7483190277,
        staff_note=f"draw 2 {SECRET}",
        **kept,
    )


def timed(verdict: Verdict = Verdict.DECIDED, **kept) -> Timing:
    numbers = dict.fromkeys(("measure", "low", "high", "student_seconds", "compile_seconds"), float(SECRET))
    return Timing(
        "adam_step.first_step",
        verdict,
        "cgroup",
        **numbers | {"reason": f"ValueError: {SECRET}"} | kept,
        bands=((4, 1.0),),
        dropped=2,
        reference_seconds=0.5,
        crowding=1.7,
        hardware="secret machine",
        host={"secret load": 0.3},
        models=(("secret_pixels", 8.9), ("secret_shift", 0.9)),
        flags=("secret flag",),
        rubric="sha256:secret",
        seal="secret seal",
    )


def watched(**kept) -> Outcome:
    return replace(
        failed(),
        timing=timed(Verdict.CRASHED),
        curve=Curve("loss", (float(SECRET),), (0.1,), (0.2,)),
        review=("secret evidence",),
        **kept,
    )


def crashed(name: str, **kept) -> Outcome:
    return replace(
        failed(), status=Status.CRASHED, mismatch=None, crash=Crash("raised", name, SECRET, **kept)
    )


def report(*outcomes: Outcome, shown: Shown = Shown.AFTER_RELEASE, **kept) -> Report:
    checks = {outcome.check: Fraction(2) for outcome in outcomes}
    criterion = Criterion("adam", "Adam's update", checks, shown=shown, guidance="be kind")
    mark = Mark(criterion, outcomes)
    return Report("optimizers", "Optimizers", "ada", "sha256:0", (mark,), seed="5eed", source=SOURCE, **kept)


def only(seen: Report) -> Outcome:
    return seen.marks[0].outcomes[0]


def test_a_students_edition_holds_neither_seed_nor_guidance_nor_notes_for_staff():
    seen = edition.student_edition(report(failed(), shown=Shown.ALWAYS), everything)

    assert seen.edition == "student"
    assert (seen.seed, seen.marks[0].criterion.guidance, only(seen).staff_note) == ("", "", "")


def test_what_may_be_shown_stays_as_it_was():
    seen = edition.student_edition(report(failed()), everything)

    assert only(seen) == replace(failed(), staff_note="")
    assert not seen.marks[0].hidden


def test_what_may_not_be_shown_is_nowhere_in_the_report():
    outcomes = (failed(note="Skipped."), replace(crashed("ValueError"), check="adam_step.other"))
    seen = edition.student_edition(report(*outcomes), nothing)

    assert SECRET not in repr(seen)
    assert seen.marks[0].hidden


def test_verdict_sentence_misconception_and_note_stay():
    named = Named("eps_inside_the_root", "ε stands outside the root.")
    seen = edition.student_edition(
        report(failed(misconception=named, note="With ours this is right.")), nothing
    )

    assert only(seen) == Outcome(
        "adam_step.first_step",
        "The first step is about lr long.",
        Status.FAILED,
        misconception=named,
        note="With ours this is right.",
    )


def test_of_a_crash_the_students_own_line_and_our_advice_stay():
    outcome = crashed("ZeroDivisionError", line=4, code="return w / 0", advice="Do not divide by zero.")
    seen = only(edition.student_edition(report(outcome), nothing))

    assert seen.crash == Crash("raised", "ZeroDivisionError", "", 4, "return w / 0", "Do not divide by zero.")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("ValueError", "ValueError"), ("Odd", "Odd"), ("Odd2", "Exception"), ("x1_5_2_7", "Exception"),
     ("print", "Exception"), ("w / 0", "Exception"), ("", "Exception")],
)  # fmt: skip
def test_the_name_of_an_exception_is_shown_where_it_cannot_spell_out_an_input(name, shown):
    assert only(edition.student_edition(report(crashed(name)), nothing)).crash.name == shown


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [("overran", "seconds", "seconds"), ("overran", SECRET, "limit"),
     ("died", "SIGSEGV", "SIGSEGV"), ("died", SECRET, "")],
)  # fmt: skip
def test_a_limit_or_a_signal_is_named_only_where_it_is_one(kind, name, shown):
    outcome = replace(crashed(""), crash=Crash(kind, name))

    assert only(edition.student_edition(report(outcome), nothing)).crash.name == shown


@pytest.mark.parametrize("line", [0, -3, 9, 748319])
def test_a_line_that_the_source_does_not_have_is_not_shown(line):
    outcome = crashed("ValueError", line=line, code=SECRET)
    seen = only(edition.student_edition(report(outcome), nothing))

    assert (seen.crash.line, seen.crash.code) == (None, "")


def test_the_shown_line_is_read_from_the_source_again():
    outcome = crashed("ValueError", line=4, code=SECRET)

    assert only(edition.student_edition(report(outcome), nothing)).crash.code == "return w / 0"


def test_without_a_source_no_line_is_shown():
    seen = edition.student_edition(report(crashed("Odd", line=4, code="x")).without_source(), nothing)

    assert only(seen).crash == Crash("raised", "Exception")


def test_never_leaves_only_a_count_and_the_points():
    outcomes = (failed(), replace(failed(), check="adam_step.other", status=Status.PASSED, share=Fraction(1)))
    seen = edition.student_edition(report(*outcomes, shown=Shown.NEVER), lambda _: True)

    assert [outcome.says for outcome in seen.marks[0].outcomes] == ["(2 hidden checks)"]
    assert "adam_step" not in repr(seen.marks)
    assert (seen.earned, seen.possible) == (2, 4)


def test_never_keeps_pending_points_apart():
    waiting = Outcome("conv.speed", "Fast.", Status.PENDING)
    seen = edition.student_edition(report(failed(), waiting, shown=Shown.NEVER), nothing)

    assert [outcome.status for outcome in seen.marks[0].outcomes] == [Status.FAILED, Status.PENDING]
    assert seen.pending == 2


def test_notes_objections_and_source_are_the_students_own():
    whole = report(failed(), notes=("A magic was dropped.",), objections=(Objection("No function.", 3),))
    seen = edition.student_edition(whole, nothing)

    assert (seen.notes, seen.objections, seen.source) == (whole.notes, whole.objections, whole.source)


def test_a_hand_mark_keeps_its_points_and_loses_its_guidance():
    criterion = Criterion("why", "Why?", by="hand", points=Fraction(2), shown=Shown.NEVER, guidance="be kind")
    whole = replace(report(), marks=(Mark(criterion, hand=Fraction(1)),))
    seen = edition.student_edition(whole, nothing)

    assert seen.earned == 1
    assert seen.marks[0].criterion.guidance == ""


# ---- times -----------------------------------------------------------------------------------------

CLOCKING = Clocking("cpu", 25.0, {"H": 112}, Gates(2e-5, 2e-4), models={"secret_pixels": 0.7})


def timing_of(whole: Report, may_show) -> Timing:
    return only(edition.student_edition(whole, may_show)).timing


@pytest.mark.parametrize("may_show", [nothing, everything, lambda _: True])
@pytest.mark.parametrize("shown", Shown)
def test_nothing_of_the_machine_the_seal_or_the_evidence_goes_out(shown, may_show):
    whole = report(watched(), shown=shown)
    mark = replace(whole.marks[0], criterion=replace(whole.marks[0].criterion, clocking=CLOCKING))
    seen = repr(edition.student_edition(replace(whole, marks=(mark,)), may_show))

    for word in ("machine", "load", "flag", "seal", "evidence", "sha256:secret"):
        assert f"secret {word}" not in seen
    assert "sha256:secret" not in seen
    assert "Gates" not in seen


def test_a_time_is_shown_before_its_criterion_is_to_three_digits():
    seen = timing_of(report(replace(failed(), timing=timed())), nothing)

    assert (seen.verdict, seen.measure, seen.low, seen.high) == (Verdict.DECIDED, 0.748, 0.748, 0.748)
    assert (seen.bands, seen.student_seconds, seen.reference_seconds) == (((4, 1.0),), 0.748, 0.5)


def test_after_the_release_a_time_has_all_its_digits():
    assert timing_of(report(replace(failed(), timing=timed())), everything).measure == float(SECRET)


def test_landmarks_are_shown_at_once_and_named_after_the_release():
    whole = report(replace(failed(), timing=timed()))

    assert timing_of(whole, nothing).models == (("a model solution", 0.9), ("a model solution", 8.9))
    assert timing_of(whole, everything).models == (("secret_pixels", 8.9), ("secret_shift", 0.9))


@pytest.mark.parametrize("shown", [Shown.ALWAYS, Shown.AFTER_DUE])
def test_a_criterion_that_opens_before_the_release_names_no_model_solution(shown):
    whole = report(watched(), shown=shown)
    mark = replace(whole.marks[0], criterion=replace(whole.marks[0].criterion, clocking=CLOCKING))
    due = edition.policy(Dates(due=NOW, release=NOW + timedelta(days=1)), NOW)
    seen = edition.student_edition(replace(whole, marks=(mark,)), due)

    assert not seen.marks[0].hidden
    assert "secret_" not in repr(seen)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_reason_of_a_time_that_does_not_count_is_hidden_where_it_may_quote_the_code(verdict):
    seen = timing_of(report(replace(failed(), timing=timed(verdict))), nothing)

    assert (seen.reason == "") is (verdict in {Verdict.CRASHED, Verdict.PROTOCOL_ERROR})


def test_a_learning_curve_is_a_detail():
    whole = report(watched())

    assert only(edition.student_edition(whole, nothing)).curve is None
    assert only(edition.student_edition(whole, everything)).curve == watched().curve


@pytest.mark.parametrize("may_show", [nothing, everything])
def test_the_student_is_told_that_a_person_will_look(may_show):
    seen = only(edition.student_edition(report(watched(note="Pending.")), may_show))

    assert seen.note == f"Pending. {edition.LOOKED_AT}"
    assert seen.review == ()


def test_a_criterion_that_is_never_shown_says_only_that_a_person_will_look():
    waiting = watched(status=Status.PENDING)
    seen = edition.student_edition(report(waiting, shown=Shown.NEVER), lambda _: True)

    assert only(seen).note == edition.LOOKED_AT
    assert (only(seen).timing, only(seen).curve, only(seen).review) == (None, None, ())


# ---- the policy ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "due", "release", "may"),
    [
        (Shown.ALWAYS, None, None, True),
        (Shown.NEVER, -1, -1, False),
        (Shown.AFTER_DUE, -1, None, True),
        (Shown.AFTER_DUE, 0, None, True),
        (Shown.AFTER_DUE, 1, -1, False),
        (Shown.AFTER_DUE, None, -1, False),
        (Shown.AFTER_RELEASE, -1, 1, False),
        (Shown.AFTER_RELEASE, None, 0, True),
        (Shown.AFTER_RELEASE, -1, None, False),
    ],
)
def test_details_are_shown_from_their_date_on(shown, due, release, may):
    dates = Dates(*(None if days is None else NOW + timedelta(days=days) for days in (due, release)))

    assert edition.policy(dates, NOW)(shown) is may


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        edition.policy(Dates(), datetime(2026, 11, 21))  # noqa: DTZ001 - a time without zone is the subject


# ---- whatever the report: the points are those of the staff edition --------------------------------

shares = st.fractions(0, 1, max_denominator=7)
worths = st.fractions(0, 20, max_denominator=3)
statuses = st.sampled_from(Status)


@st.composite
def marks(draw):
    number = draw(st.integers(0, 9))
    if draw(st.booleans()) and draw(st.booleans()):
        points = draw(worths)
        given_points = draw(st.none() | st.fractions(0, points, max_denominator=4))
        criterion = Criterion(
            f"hand{number}", "…", by="hand", points=points, shown=draw(st.sampled_from(Shown))
        )
        return Mark(criterion, hand=given_points)
    names = draw(st.lists(st.text("abc_.", min_size=1, max_size=5), unique=True, max_size=5))
    checks = {name: draw(worths) for name in names}
    judged = names if draw(st.booleans()) else names[: draw(st.integers(0, len(names)))]
    outcomes = []
    for name in judged:
        status = draw(statuses)
        share = {Status.PASSED: Fraction(1)}.get(
            status, draw(shares) if status is Status.FAILED else Fraction(0)
        )
        base = draw(st.sampled_from([failed(), watched()]))
        outcomes.append(replace(base, check=name, status=status, share=share))
    criterion = Criterion(
        f"c{number}",
        "…",
        checks,
        rule=draw(st.sampled_from(["share", "all", "worst"])),
        shown=draw(st.sampled_from(Shown)),
    )
    return Mark(criterion, tuple(outcomes))


reports = st.builds(
    Report,
    st.just("optimizers"),
    st.just("Optimizers"),
    st.just("ada"),
    st.just("sha256:0"),
    st.lists(marks(), max_size=5).map(tuple),
    source=st.just(SOURCE),
    late_share=shares,
)
policies = st.sets(st.sampled_from(Shown)).map(lambda shown: shown.__contains__)


def account(seen: Report) -> list[tuple[Fraction, ...]]:
    per_mark = [(mark.earned, mark.possible, mark.pending) for mark in seen.marks]
    return [*per_mark, (seen.earned, seen.possible, seen.pending)]


@given(reports, policies)
def test_every_edition_adds_up_to_the_same_points(whole, may_show):
    assert account(edition.student_edition(whole, may_show)) == account(whole)


@given(reports, policies)
def test_the_edition_of_an_edition_is_the_same_edition(whole, may_show):
    once = edition.student_edition(whole, may_show)

    assert edition.student_edition(once, may_show) == once


@given(reports)
def test_with_nothing_shown_no_number_of_an_input_goes_out(whole):
    hidden = replace(whole, marks=tuple(m for m in whole.marks if m.criterion.shown is not Shown.ALWAYS))

    seen = repr(edition.student_edition(hidden, nothing))

    assert SECRET not in seen
    assert "secret" not in seen
