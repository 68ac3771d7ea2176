import re
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.model import Mark, Outcome, Status, Submission
from autograder.reports import overview, tally

from . import nasty, samples
from .pages import Page, dangerous

each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())


def page_of(reports, links=None) -> Page:
    return Page(overview.render(reports, links or {}))


def flat(page: Page) -> str:
    return re.sub(r"\s+", " ", page.text)


def test_the_page_of_a_class_is_well_formed_and_its_links_lead_somewhere():
    page = page_of(samples.class_of_12())

    assert page.faults == []
    assert len(page.values("id")) == len(set(page.values("id")))
    assert {href.removeprefix("#") for href in page.values("href")} <= set(page.values("id"))


def test_the_page_of_nobody_is_well_formed():
    page = page_of([])

    assert page.faults == []
    assert "0 submissions by 0 students" in page.text


def test_a_student_links_to_their_report():
    page = page_of([samples.half()], {("ada", "optimizers"): "feedback/ada/optimizers.html"})

    assert "feedback/ada/optimizers.html" in page.values("href")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//a.example/x", "http://a.example", "/etc/passwd"])
def test_a_link_to_elsewhere_is_left_out(link):
    page = page_of([samples.half()], {("ada", "optimizers"): link})

    assert link not in page.values("href")


def test_a_row_says_points_and_state_in_words():
    text = flat(page_of(samples.class_of_12()))

    for state in ("complete", "5 pending", "could not be run", "not graded"):
        assert state in text
    assert "16 of 21" in text


def test_the_leaderboard_counts_students():
    text = flat(page_of(samples.class_of_12()))

    assert "5 of 11: eps_inside_the_root — ε stands outside the root" in text


def test_crashes_are_counted_by_kind():
    found = [(one.kind, one.students, one.checks) for one in tally.crashes(samples.class_of_12())]

    assert found == [
        ("NameError", 5, 5),
        ("ModuleNotFoundError", 1, 9),
        ("died (SIGSEGV)", 1, 1),
        ("left without an answer", 1, 1),
        ("over the limit of seconds", 1, 1),
    ]


def test_what_was_not_graded_is_listed_with_its_reason():
    text = flat(page_of(samples.class_of_12()))

    assert "SandboxFault: no space left on device 1 submission: eve (optimizers)" in text
    assert "no GPU here" in text
    assert "waits for a person to mark it" in text


def test_the_pass_rate_leaves_out_what_nobody_judged():
    rates = {rate.check: (rate.passed, rate.judged) for rate in tally.spreads([samples.pending()])[0].rates}

    assert rates["adam_step.first_step"] == (1, 1)
    assert rates["adam_step.a_million_weights"] == (0, 0)


def test_checks_that_everybody_passed_are_folded_away():
    right, wrong = samples.outcome("adam_step.first_step"), samples.outcome("adam_step.edges", Status.FAILED)
    page = overview.render([samples.report([Mark(samples.ADAM, (right, wrong))])], {})
    open_part, folded = page.split("<details>")

    assert "1 check that everybody passed" in folded
    assert "adam_step.edges" in open_part
    assert "adam_step.first_step" not in open_part
    assert "adam_step.first_step" in folded


def test_part_of_the_points_is_no_pass():
    partly = Outcome("adam_step.first_step", "…", Status.PASSED, Fraction(1, 2))
    rate = tally.spreads([samples.report([Mark(samples.ADAM, (partly,))])])[0].rates[0]

    assert (rate.passed, rate.judged) == (0, 1)


def test_the_distribution_is_over_the_points_judged_so_far():
    spread = tally.spreads([samples.pending(), samples.half(), samples.fatal(), samples.ungraded()])[0]

    assert spread.bins == (1, 0, 1, 0, 0, 0, 0, 0, 0, 1)
    assert spread.middle == Fraction(9, 42)


def test_nothing_judged_has_no_median():
    spread = tally.spreads([samples.ungraded()])[0]

    assert spread.middle is None
    assert "Nothing was judged yet" in page_of([samples.ungraded()]).text


def test_a_histogram_shows_its_counts_and_scales_to_the_highest():
    bars = overview.histogram([0, 4, 2, 0, 0, 0, 0, 0, 0, 0])

    assert [bar.height for bar in bars[:3]] == [0, overview.HEIGHT, overview.HEIGHT / 2]
    assert bars[9].label == "90–100"


def test_each_assignment_has_a_section_of_its_own():
    assert [spread.assignment for spread in tally.spreads(samples.class_of_12())] == ["optimizers", "pca"]


@each
def test_hostile_text_makes_no_element_and_is_shown_without_controls(text):
    page = page_of(
        [samples.hostile(text), replace(samples.hostile(text), student=text + "2")], {(text, text): text}
    )

    assert page.faults == []
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "b"}
    assert dangerous(page.text + "".join(page.values("aria-label"))) == set()


def test_a_class_of_300_stays_readable_in_size():
    reports = [replace(samples.half(), student=f"student{number}") for number in range(300)]

    assert len(overview.render(reports, {})) < 300_000


def test_a_submission_without_a_report_is_still_named():
    lost = Submission("dora <b>", "", "", "dora.py", "sha256:0", unreadable="it holds NUL bytes")
    page = overview.render([], {}, [lost])

    assert "dora &lt;b&gt;" in page
    assert "it holds NUL bytes" in page
    assert "Everything was graded" not in page
