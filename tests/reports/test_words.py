import math
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.model import Crash, Criterion, Mark, Mismatch, Outcome, Status
from autograder.reports import words

from . import samples

KINDS = ("type", "count", "shape", "dtype", "nan", "value", "raise", "warning", "mutation")


def facts(**kept) -> dict[str, str]:
    return dict(words.facts(Mismatch("value", **kept)))


def test_got_and_expected_get_as_many_digits_as_tell_them_apart():
    near, far = facts(got=0.1, want=0.1 + 1e-11), facts(got=1.23456789, want=2.5)

    assert (near["got"], near["expected"]) == ("0.1", "0.10000000001")
    assert (far["got"], far["expected"]) == ("1.23457", "2.5")


@pytest.mark.parametrize("error", [math.inf, math.nan])
def test_an_error_without_size_is_said_in_words(error):
    assert facts(error=error)["off by"] == "no number says how much"


def test_one_value_is_not_counted():
    assert "how many" not in facts(wrong=1, total=1)
    assert facts(wrong=1, total=3)["how many"] == "1 of 3 values"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_difference_has_its_sentence(kind):
    assert "answer differs (" not in words.different(Mismatch(kind))


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        ("ValueError", "a value", "An exception came where a value was expected."),
        ("a value", "ValueError", "A value came where an exception was expected."),
        ("no answer", "ValueError", "No answer came where an exception was expected."),
        ("ZeroDivisionError", "ValueError", "Another exception came than the expected one."),
        ("NotImplementedError", "ValueError", "This is not written yet."),
    ],
)
def test_an_exception_in_the_wrong_place_is_told_for_what_it_is(got, want, says):
    assert words.different(Mismatch("raise", got=got, want=want)) == says


def test_inputs_are_shown_unless_nothing_is_written_yet():
    asked = {"inputs": (("lr", "0.1"),)}
    crashed = samples.outcome("a.b", Status.CRASHED, crash=Crash("raised", "ValueError"), **asked)
    unwritten = samples.outcome("a.b", Status.CRASHED, crash=Crash("raised", "NotImplementedError"), **asked)

    assert words.inputs(crashed) == (("lr", "0.1"),)
    assert words.inputs(unwritten) == ()


def test_an_unknown_kind_is_named():
    assert words.different(Mismatch("odd")) == "The answer differs (odd)."


@pytest.mark.parametrize(
    ("crash", "sentence"),
    [
        (Crash("raised", "ValueError", "no"), "ValueError: no"),
        (Crash("raised", "ValueError"), "ValueError"),
        (Crash("overran", "memory"), "It asked for more memory than allowed."),
        (Crash("overran", "odd"), "It went over a limit (odd)."),
        (Crash("died", "SIGKILL"), "It ended without an answer (SIGKILL)."),
        (Crash("died", "", "why"), "It ended without an answer. why"),
    ],
)
def test_a_crash_is_told_in_a_sentence(crash, sentence):
    assert words.happened(crash) == sentence


@pytest.mark.parametrize("rule", ["share", "all", "worst"])
def test_the_points_of_outcomes_add_up_under_every_rule(rule):
    base = samples.half().marks[0]
    outcomes = tuple(replace(o, share=Fraction(1, n + 1)) for n, o in enumerate(base.outcomes))
    mark = Mark(replace(base.criterion, rule=rule), outcomes)

    assert sum(words.earned(mark, outcome) for outcome in outcomes) == mark.earned


def test_a_criterion_without_points_earns_nothing_by_any_rule():
    mark = Mark(
        Criterion("bonus", "…", {"f.x": Fraction(0)}, rule="all"), (Outcome("f.x", "…", Status.PASSED),)
    )

    assert words.earned(mark, mark.outcomes[0]) == 0


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (samples.perfect, "complete"),
        (samples.pending, "5 pending"),
        (samples.ungraded, "not graded"),
        (samples.fatal, "could not be run"),
    ],
)
def test_a_report_has_a_state_in_words(make, state):
    assert words.state(make()) == state


def test_a_report_of_which_only_part_failed_to_be_graded_says_so():
    outcomes = (samples.outcome("adam_step.first_step"), samples.outcome("f.x", Status.UNGRADED))

    assert words.state(samples.report([Mark(samples.ADAM, outcomes)])) == "not graded in part"


def test_one_point_is_one_point():
    assert words.score(Fraction(1), Fraction(1)) == "1 of 1 point"
    one = samples.report([Mark(replace(samples.WHY, points=Fraction(1)))])
    assert words.pending(one) == "1 point is pending: not earned yet, and not lost."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, ""),
        (0.00041, "0.41 ms"),
        (0.1234, "123 ms"),
        (2.04, "2.0 s"),
        (math.inf, ""),
        (-1.0, ""),
        (math.nan, ""),
    ],
)
def test_a_time_is_said_as_people_say_it(seconds, said):
    assert words.duration(seconds) == said


def test_a_note_begins_like_a_sentence():
    outcome = Outcome("f.x", "…", Status.SKIPPED, note="looked at once this holds: x.")

    assert words.note(samples.perfect(), outcome) == "Looked at once this holds: x."


@pytest.mark.parametrize(
    ("where", "total", "exact"),
    [
        ("result[1, 2]", 12, True),
        ("result[3]", 12, True),
        ("result[0][1, 2, 3]", 12, False),
        ("result", 99, False),
    ],
)
def test_a_heat_map_is_exact_where_a_cell_is_one_number(where, total, exact):
    mismatch = Mismatch("value", where, total=total, heat=samples.HEAT)

    assert words.exact_heat(mismatch) is exact
