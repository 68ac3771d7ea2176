import re

import pytest
from markdown_it import MarkdownIt

from autograder.reports import markdown

from . import nasty, samples
from .pages import dangerous

SAMPLES = samples.each_edition()
every = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())


def tokens(text: str) -> list:
    found = MarkdownIt("commonmark").enable("table").parse(text)
    return [*found, *(child for token in found for child in token.children or [])]


def headings(text: str) -> int:
    return sum(token.type == "heading_open" for token in tokens(text))


@every
def test_a_page_has_a_heading_for_the_report_each_criterion_and_the_end(report):
    assert headings(markdown.render(report)) == 2 + len(report.marks)


@each
def test_hostile_text_makes_no_heading_link_picture_or_element(text):
    shown = markdown.render(samples.hostile(text))
    kinds = {token.type for token in tokens(shown)}

    assert headings(shown) == headings(markdown.render(samples.hostile("tame")))
    assert not kinds & {"link_open", "image", "html_block", "hr"}
    assert {t.content for t in tokens(shown) if t.type == "html_inline"} <= {"<!-- -->"}


@each
def test_hostile_text_holds_no_control(text):
    assert dangerous(markdown.render(samples.hostile(text))) == set()


@each
def test_a_row_of_the_table_stays_a_row(text):
    rows = [token for token in tokens(markdown.render(samples.hostile(text))) if token.type == "tr_open"]
    cells = [token for token in tokens(markdown.render(samples.hostile(text))) if token.type == "td_open"]

    assert (len(rows), len(cells)) == (3, 4)


@each
def test_nobody_is_mentioned_outside_of_code(text):
    outside = [t.content for t in tokens(markdown.render(samples.hostile(text))) if t.type == "text"]

    assert not re.search(r"@\w", " ".join(outside).replace("@ ", ""))


def test_500_long_checks_stay_below_900_kb_and_say_what_is_left_out():
    shown = markdown.render(samples.large(500))

    assert 700_000 < len(shown.encode("utf-8")) < 900_000
    assert re.search(r"\d+ more checks left out here", shown)
    assert "## How it was graded" in shown


def test_500_usual_checks_are_all_there():
    shown = markdown.render(samples.large(500, "short"))

    assert shown.count("**✗ failed**") == 500
    assert "left out" not in shown


def test_a_failure_says_what_why_and_where():
    shown = markdown.render(samples.half())

    assert "> **Looks like: eps inside the root.** ε stands outside the root: `√v̂ + ε`" in shown
    assert "- where: `result[0][1, 2]`\n- got: `-0.318`\n- expected: `0.318`" in shown
    assert "**Pattern:** the sign is flipped." in shown
    assert "```python\nreturn w - lr * g / np.sqrt(s_hat) + eps, s\n```" in shown


def test_totals_stand_in_heading_and_table():
    shown = markdown.render(samples.pending())

    assert shown.startswith("# Optimizers: 16 of 21 points\n")
    assert "| 0 of 3, 3 pending |" in shown


def test_what_stops_the_file_is_told_once():
    shown = markdown.render(samples.fatal())

    assert shown.count("is never closed") == 1
    assert "could not be run" in shown


@pytest.mark.parametrize("secret", ["5eed5eed", "draw 1 of 3"])
def test_only_the_staff_edition_shows_what_is_for_staff(secret):
    assert secret in markdown.render(samples.half())
    assert secret not in markdown.render(samples.student(samples.half(), released=True))
