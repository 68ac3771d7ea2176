"""The line that a report has for each timed check, and the facts behind it."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.model import Curve, Mark, Outcome, Status, Verdict
from autograder.reports import brief, markdown, tally, terminal, words

from . import samples

ONE, NONE = Fraction(1), Fraction(0)


def line(verdict: Verdict, status: Status, share: Fraction = NONE, points: int = 6, **kept) -> str:
    outcome = samples.clocked(verdict, status, share, **kept)
    return words.clock(Mark(samples.fast(points), (outcome,)), outcome)


def test_the_line_without_a_gpu_and_the_line_of_a_time_are_those_that_were_agreed():
    lines = (
        line(Verdict.PENDING_NO_GPU, Status.PENDING, points=4, clock="cuda"),
        line(Verdict.DECIDED, Status.PASSED, ONE),
    )

    assert " ".join(lines) == (
        "GPU check not run: no GPU here. 4 points pending (not lost). "
        "CPU check: 6/6, 1.9x the reference's time [1.8, 2.0], full credit up to 4x."
    )


@pytest.mark.parametrize(
    ("verdict", "status", "kept", "said"),
    [
        (
            Verdict.INCONCLUSIVE,
            Status.PASSED,
            {"measure": 4.02, "low": 3.97, "high": 4.06},
            (
                "CPU check: 6/6, 4.02x the reference's time [3.97, 4.06], full credit up to 4x. "
                "The interval spans the edge at 4x, so the best share within it counts."
            ),
        ),
        (
            Verdict.INCONCLUSIVE,
            Status.PASSED,
            {"measure": 9.0, "low": 3.0, "high": 25.0},
            (
                "CPU check: 6/6, 9.0x the reference's time [3.0, 25.0], full credit up to 4x. "
                "The interval spans the edges at 4x and 20x, so the best share within it counts."
            ),
        ),
        (
            Verdict.INCONCLUSIVE,
            Status.PASSED,
            {},
            (
                "CPU check: 6/6, 1.9x the reference's time [1.8, 2.0], full credit up to 4x. "
                "The interval is wider than it should be, so the best share within it counts."
            ),
        ),
        (
            Verdict.WRONG_OUTPUT,
            Status.FAILED,
            {"reason": "Its error is that of half precision"},
            (
                "CPU check: 0/6. An answer that was timed is not the reference's, so its time does not "
                "count. Its error is that of half precision."
            ),
        ),
        (
            Verdict.PROTOCOL_ERROR,
            Status.FAILED,
            {},
            "CPU check: 0/6. Your code did not keep to the exchange with the clock, so no time counts.",
        ),
        (Verdict.TIMEOUT, Status.FAILED, {}, "CPU check: 0/6. It was not finished in the time allowed."),
        (Verdict.CRASHED, Status.CRASHED, {}, "CPU check: 0/6. Your code broke off while it was timed."),
        (
            Verdict.PENDING_NOISY,
            Status.PENDING,
            {},
            (
                "CPU check not decided: this machine is too busy to measure anything. "
                "6 points pending (not lost)."
            ),
        ),
        (
            Verdict.INTERFERENCE,
            Status.PENDING,
            {"clock": "cuda"},
            (
                "GPU check not decided: the reference was slower beside this code than before and after it, "
                "so no time counts. 6 points pending (not lost)."
            ),
        ),
        (
            Verdict.INDICATIVE,
            Status.PENDING,
            {"clock": "cuda"},
            (
                "GPU check: 1.9x the reference's time [1.8, 2.0], full credit up to 4x. It was measured on a "
                "device shared with others: shown, not counted. 6 points pending (not lost)."
            ),
        ),
    ],
)
def test_every_verdict_has_its_sentence(verdict, status, kept, said):
    share = ONE if status is Status.PASSED else NONE

    assert line(verdict, status, share, **kept) == said


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("status", Status)
def test_no_verdict_is_without_words(verdict, status):
    assert line(verdict, status).endswith(".")


def test_growth_is_told_as_what_twice_the_size_costs():
    kept = {"measure": 1.07, "low": 1.02, "high": 1.12, "bands": ((1.3, 1.0), (1.7, 0.5))}

    assert line(Verdict.DECIDED, Status.PASSED, ONE, clock="growth", **kept) == (
        "Growth check: 6/6, twice the size costs 2.1 times the time (exponent 1.07 [1.02, 1.12]), "
        "full credit up to an exponent of 1.3."
    )


def test_a_time_that_a_person_looks_at_says_that_its_points_are_pending():
    said = line(Verdict.DECIDED, Status.PENDING, points=1, measure=0.41, low=0.4, high=0.43)

    assert said == (
        "CPU check: 0.41x the reference's time [0.40, 0.43], full credit up to 4x. "
        "1 point pending (not lost)."
    )


def test_a_decided_time_whose_criterion_waits_for_another_is_not_told_as_lost():
    criterion = replace(samples.fast(), rule="all", checks={samples.PICTURE: ONE * 2, "conv2d.gpu": ONE * 2})
    decided = samples.clocked(Verdict.DECIDED, Status.PASSED, ONE)
    mark = Mark(criterion, (decided, Outcome("conv2d.gpu", "…", Status.PENDING)))

    assert "2 points pending (not lost)." in words.clock(mark, decided)
    assert "0/2" not in words.clock(mark, decided)


def test_an_outcome_that_was_not_timed_has_no_line():
    mark = samples.half().marks[0]

    assert words.clock(mark, mark.outcomes[0]) == ""


def test_a_note_that_says_it_already_is_not_said_twice():
    note = "GPU check not run: no GPU here. 6 points pending (not lost)."
    outcome = replace(samples.clocked(Verdict.PENDING_NO_GPU, Status.PENDING), note=note)
    report = samples.report([Mark(samples.fast(), (outcome,))])

    assert terminal.render(report, colour=False).count("no GPU here") == 1
    assert markdown.render(report).count("no GPU here") == 1


def test_where_the_best_band_does_not_earn_everything_its_share_is_said():
    said = line(Verdict.DECIDED, Status.PASSED, ONE / 2, bands=((4, 0.5),))

    assert said.endswith(", 50 % up to 4x.")


def test_without_bands_the_measure_stands_alone():
    assert line(Verdict.DECIDED, Status.PASSED, ONE, bands=()).endswith("[1.8, 2.0].")


@pytest.mark.parametrize("odd", [math.nan, math.inf])
def test_a_measure_that_is_no_number_is_not_told(odd):
    assert line(Verdict.DECIDED, Status.PASSED, ONE, measure=odd) == "CPU check: 6/6, full credit up to 4x."


def test_the_facts_hold_times_pairs_and_the_machine():
    facts = dict(words.clock_facts(samples.timing()))

    assert facts == {
        "your time": "8.67 ms",
        "the reference's time": "4.56 ms",
        "measured in": "3 pairs of fresh processes, 1 more dropped",
        "compiling": "500 ms",
        "measured on": "Model 7",
        "crowding": "1.25",
        "pressure": "0.31",
    }


def test_bands_of_growth_are_told_as_exponents():
    assert words.bands(replace(samples.fast(clock="growth"), bands=((1.3, 1.0), (1.7, 0.5)))) == (
        "Measured by how the time grows with the size: 100 % up to an exponent of 1.3, "
        "50 % up to an exponent of 1.7."
    )


def test_all_checks_of_a_criterion_are_not_one_line_where_one_was_timed():
    outcomes = (samples.clocked(Verdict.DECIDED, Status.PASSED, ONE), samples.outcome("conv2d.other"))

    assert not words.nothing_to_tell(Mark(samples.fast(), outcomes))


# ---- learning curves -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        (Curve("loss", (2.3, 0.125)), "Loss over 2 epochs: 2.3 at first, 0.125 at last."),
        (Curve("loss", (2.3, math.nan)), "Loss over 2 epochs: 2.3 at first, no number at last."),
        (Curve("loss", (2.3,)), "Loss over 1 epoch: 2.3."),
        (Curve("loss", ()), "Loss: no epoch was finished."),
        (
            Curve("loss", (2.3, 1.0), (2.0, 0.1), (2.4, 0.2)),
            "Loss over 2 epochs: 2.3 at first, 1 at last; the reference ends between 0.1 and 0.2.",
        ),
    ],
)
def test_a_curve_is_told_in_a_sentence(curve, said):
    assert words.learning(curve) == said


def test_terminal_and_markdown_tell_the_curve():
    said = "Training loss over 4 epochs: 2.2 at first, 0.4 at last"

    assert said in terminal.render(samples.trained(), width=200, colour=False)
    assert said in markdown.render(samples.trained())


# ---- what a person looks at ------------------------------------------------------------------------


@pytest.mark.parametrize("render", [markdown.render, lambda one: terminal.render(one, 200, colour=False)])
def test_evidence_and_flags_are_in_the_staff_edition_only(render):
    whole, seen = render(samples.timed()), render(samples.student(samples.timed(), released=True))

    assert "bit for bit" in whole
    assert "Look at the clock" in whole
    assert "bit for bit" not in seen
    assert "Look at the clock" not in seen
    assert seen.count("A person will look at this") == 2


def test_the_overview_says_what_waits_for_a_person_and_what_for_a_gpu():
    reasons = [one.says for one in tally.unjudged([samples.timed()])]

    assert f"`{samples.PICTURE}` waits for a person: {samples.EVIDENCE}" in reasons
    assert "GPU check not run: no GPU here. 6 points pending (not lost)." in reasons


def test_what_is_kept_of_a_class_holds_the_measure_and_its_points():
    whole = samples.timed()
    kept = brief.Shortening().brief(whole)
    timing = kept.marks[0].outcomes[0].timing

    assert (timing.measure, timing.low, timing.high) == (1.9012, 1.8023, 2.0034)
    assert (timing.models, timing.seal) == ((), "")
    assert [one.says for one in tally.unjudged([kept])] == [one.says for one in tally.unjudged([whole])]
    assert kept.pending == whole.pending
