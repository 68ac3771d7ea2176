import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.model import Criterion, Mark, Mismatch, Outcome, Shown, Status
from autograder.reports import html

from . import nasty, samples
from .pages import Page, dangerous

SAMPLES = samples.each_edition()
every = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
FOREIGN = {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
STYLE = (Path(html.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")


@every
def test_every_element_is_closed_and_every_id_is_one(report):
    page = Page(html.render(report))

    assert page.faults == []
    assert len(page.values("id")) == len(set(page.values("id")))


@every
def test_every_link_leads_to_a_place_on_the_page(report):
    page = Page(html.render(report))

    assert {href.removeprefix("#") for href in page.values("href")} <= set(page.values("id"))


@every
def test_a_page_has_no_script_and_nothing_from_elsewhere(report):
    text = html.render(report)
    page = Page(text)

    assert not {tag for tag, _ in page.elements} & FOREIGN
    assert not page.values("src")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "@import" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert "url(#waiting)" in text
    assert text.count("url(") == 1


@every
def test_headings_are_in_order(report):
    levels = [int(tag[1]) for tag, _ in Page(html.render(report)).elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
def test_a_page_is_small(report):
    assert len(html.render(report).encode("utf-8")) < 60_000


def test_a_page_with_many_failures_and_full_heat_maps_stays_below_150_kb():
    assert len(html.render(samples.large(8, "short")).encode("utf-8")) < 150_000


def test_a_page_says_who_may_load_what_and_in_which_language():
    page = Page(html.render(samples.half()))
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert page.all("html")[0]["lang"] == "en"


@each
def test_hostile_text_makes_no_element_and_no_attribute(text):
    hostile, tame = Page(html.render(samples.hostile(text))), Page(html.render(samples.hostile("tame")))
    known = {(tag, tuple(attributes)) for tag, attributes in tame.elements} | {
        (tag, tuple(attributes)) for tag, attributes in Page(html.render(samples.half())).elements
    }

    assert hostile.faults == []
    assert {(tag, tuple(attributes)) for tag, attributes in hostile.elements} <= known


@each
def test_hostile_text_is_shown_without_a_control_or_an_invisible_character(text):
    page = Page(html.render(samples.hostile(text)))

    assert dangerous(page.text) == set()
    assert dangerous("".join(page.values("aria-label"))) == set()


@each
def test_links_stay_on_the_page_whatever_the_text(text):
    page = Page(html.render(samples.hostile(text)))

    assert all(re.fullmatch(r"#[a-zA-Z0-9-]+", href) for href in page.values("href"))


def test_a_template_in_a_students_text_is_not_run():
    page = Page(html.render(samples.hostile("{{ 7 * 7 }}")))

    assert "{{ 7 * 7 }}" in page.text
    assert "49" not in page.text


def test_verdicts_are_words_and_signs_not_colours_alone():
    text = Page(html.render(samples.half())).text

    for shown in ("✓ passed", "✗ failed", "! crashed", "– skipped"):
        assert shown in text


def checks(report) -> list[dict]:
    return [a for a in Page(html.render(report)).all("details") if a["class"] == "check"]


def test_checks_that_lost_points_are_open_and_the_others_folded():
    assert ["open" in check for check in checks(samples.half())][:5] == [False, True, True, False, True]


def test_where_nothing_was_run_the_reason_stands_once_and_the_checks_are_folded():
    page = Page(html.render(samples.fatal()))

    assert page.text.count("has a bracket that is never closed") == 1
    assert not any("open" in check for check in checks(samples.fatal()))


def test_a_failure_says_where_got_expected_and_by_how_much():
    text = re.sub(r"\s+", " ", Page(html.render(samples.half())).text)

    assert (
        "where result[0][1, 2] got -0.318 expected 0.318 off by 0.64 allowed 3.2e-08 how many 5 of 12 values"
        in text
    )
    assert "Pattern: the sign is flipped." in text


def test_a_misconception_is_named_and_explained():
    text = Page(html.render(samples.half())).text

    assert "Looks like: eps inside the root" in text
    assert "ε stands outside the root" in text


def test_the_line_that_crashed_is_marked_and_linked_both_ways():
    text = html.render(samples.half())
    page = Page(text)

    assert [a["id"] for a in page.all("div") if a.get("class") == "line hit"] == [f"L{samples.LAST}"]
    assert page.values("href").count(f"#L{samples.LAST}") == 2
    assert "Crashed here in rmsprop_step.first_step" in page.text


def test_the_code_is_shown_line_for_line():
    shown = re.findall(
        r'<div class="line[^>]*><a [^>]*>\d+</a><code>(.*?)</code></div>', html.render(samples.perfect())
    )

    assert shown == samples.SOURCE.replace('"', "&#34;").splitlines()


def test_a_notebook_is_shown_by_its_cells():
    page = Page(html.render(samples.notebook()))

    assert [a.get("class") for a in page.all("div")].count("cell") == 3
    assert f"cell 6, line {samples.LAST - 9}" in page.text


def test_a_crash_of_every_check_is_told_once():
    text = Page(html.render(samples.crash_at_import())).text

    assert text.count("No module named 'tensorflow'") == 1
    assert text.count("The same crash as in") == 8


def test_a_criterion_of_several_functions_names_the_one_that_is_asked():
    criterion = replace(samples.ADAM, checks={"relu.left_alone": samples.ONE, "elu.left_alone": samples.ONE})
    marks = [Mark(criterion, tuple(map(samples.outcome, criterion.checks)))]
    shown = html.render(samples.report(marks))

    assert '<span class="says"><code>relu</code>: …</span>' in shown
    assert '<span class="says"><code>elu</code>: …</span>' in shown


def test_a_heat_map_shows_its_levels_as_numbers():
    text = html.render(samples.half())

    for row in ("0030", "0591", "2000"):
        assert f">{row}</text>" in text
    assert "3 rows by 4 columns: 12 cells, one number each" in text


def test_a_heat_map_of_a_larger_array_says_that_a_cell_covers_several_numbers():
    mismatch = Mismatch("value", "result[50, 3]", 1.0, 2.0, 1.0, 0.1, 9, 6000, heat=samples.HEAT)
    outcome = samples.outcome("adam_step.first_step", Status.FAILED, mismatch=mismatch)

    assert "each the worst of the numbers it covers" in html.render(
        samples.report([Mark(samples.ADAM, (outcome,))])
    )


def test_what_is_hidden_is_said_with_the_reason():
    page = Page(html.render(samples.student(samples.half())))

    assert "shown after the results are released" in page.text
    assert "stay hidden" in page.text
    assert "stable.hidden" not in page.text


def test_pending_points_are_said_and_hatched():
    page = Page(html.render(samples.pending()))

    assert "5 points are pending" in page.text
    assert [a for a in page.all("rect") if a.get("class") == "waiting"]


@pytest.mark.parametrize("secret", ["5eed5eed", "Half the points where", "draw 1 of 3"])
def test_only_the_staff_edition_shows_what_is_for_staff(secret):
    assert secret in html.render(samples.half())
    assert secret not in html.render(samples.student(samples.half(), released=True))


def test_late_points_and_notes_of_intake_are_said():
    text = Page(html.render(samples.half())).text

    assert "10 % of the earned points are taken off" in text
    assert "byte-order mark" in text


def test_what_graded_it_stands_at_the_end():
    text = Page(html.render(samples.half())).text

    assert text.index("How it was graded") < text.index("namespaces+landlock+seccomp") < text.index("2.4.6")


def test_a_source_of_megabytes_is_cut():
    text = html.render(samples.report([Mark(samples.ADAM)], source="x = 1\n" * 500_000))

    assert len(text) < 1_000_000
    assert "[cut]" in text


def test_a_speed_with_part_of_the_points_is_open_and_a_criterion_without_points_divides_by_nothing():
    bare = Criterion("bonus", "…", {"f.x": samples.ONE * 0}, shown=Shown.ALWAYS)
    report = samples.report([Mark(bare, (Outcome("f.x", "…", Status.PASSED, samples.HALF),))])

    assert "0 of 0" in html.render(report)


# ---- the style: readable by everyone ---------------------------------------------------------------


def palettes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    found = {
        name: dict(re.findall(r"--([\w-]+): (#\w{6})", text))
        for name, text in (("light", light), ("dark", dark))
    }
    assert set(found["light"]) == set(found["dark"])
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


STATES = ("passed", "failed", "crashed", "skipped", "pending", "ungraded")
GROUNDS = ("paper", "card", "code", "hit")
TEXT = [
    *(("ink", ground) for ground in (*GROUNDS, "failed-soft", "pending-soft", "skipped-soft")),
    *(("muted", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in (*GROUNDS, "failed-soft")),
    *((state, f"{state}-soft") for state in STATES),
    *(("heat-ink", f"heat{level}") for level in range(10)),
    ("hint", "hint-soft"),
]
SHAPES = [("edge", "card"), ("passed", "card"), ("pending", "card"), ("accent", "card")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_has_the_contrast_of_wcag_aa(scheme, front, ground):
    colours = palettes()[scheme]

    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_shapes_have_the_contrast_of_wcag_aa(scheme, front, ground):
    colours = palettes()[scheme]

    assert contrast(colours[front], colours[ground]) >= 3


def test_paper_shows_folded_checks_too():
    printed = STYLE[STYLE.index("@media print") :]

    assert "details::details-content" in printed
    assert "details:not([open]) > :not(summary)" in printed


def test_the_keyboard_sees_where_it_is():
    assert ":focus-visible" in STYLE
    assert Page(html.render(samples.half())).values("href")[0] == "#criteria"
