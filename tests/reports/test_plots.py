"""The pictures of a time among the bands, of a learning curve, and of the worst slice of a batch."""

import math
import re
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import Curve, Mark, Mismatch, Shown, Status, Verdict
from autograder.reports import band_picture, curve_picture, heat, html, words

from . import samples
from .pages import Page
from .test_html import contrast, palettes

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def drawn(**kept) -> band_picture.Picture:
    return band_picture.picture(samples.timing(**kept))


# ---- times among the bands -------------------------------------------------------------------------


def test_the_bands_fill_the_width_in_order_and_fade_with_their_share():
    strips = drawn().strips

    assert strips[0].x == 0
    assert sum(strip.width for strip in strips) == pytest.approx(100)
    assert [strip.shade for strip in strips] == sorted((strip.shade for strip in strips), reverse=True)
    assert [strip.label for strip in strips][:3] == ["100 %", "70 %", "40 %"]


def test_the_axis_is_logarithmic():
    four, twenty, last = (edge.x for edge in drawn().edges)

    assert (twenty - four) / (last - twenty) == pytest.approx(math.log(20 / 4) / math.log(140 / 20), rel=1e-2)


def test_the_axis_of_exponents_is_linear_and_has_no_reference():
    picture = drawn(clock="growth", measure=1.1, low=1.0, high=1.2, bands=((1.5, 1.0), (2.5, 0.5)), models=())
    first, second = (edge.x for edge in picture.edges)

    assert (picture.measure - first) / (first - second) == pytest.approx(0.4, rel=1e-2)
    assert picture.reference is None
    assert picture.title == "Growth among the bands"


def test_the_measure_lies_within_its_interval_and_its_band():
    picture = drawn(measure=9.3, low=8.8, high=9.9)

    assert picture.low < picture.measure < picture.high
    assert picture.strips[1].x < picture.measure < picture.strips[2].x


def test_the_reference_and_the_model_solutions_are_marked_from_the_fastest_on():
    assert drawn().legend == (
        ("1", "shifted_pictures, 0.85x"),
        ("R", "the reference, 1x"),
        ("2", "pixel_loop, 8.9x"),
        ("3", "plain_einsum, 49x"),
    )


@pytest.mark.parametrize(
    "kept",
    [
        {"verdict": Verdict.PENDING_NO_GPU},
        {"bands": ()},
        {"measure": math.nan},
        {"high": math.inf},
        {"measure": -1.0},
    ],
)
def test_where_there_is_nothing_to_draw_there_is_no_picture(kept):
    assert drawn(**kept) is None


def touching(labels) -> list[tuple[str, str]]:
    spans = [(label, *band_picture._span(label)) for label in labels]
    return [
        (one.text, other.text)
        for (one, start, end), (other, begin, stop) in combinations(spans, 2)
        if one.y == other.y and start < stop and begin < end
    ]


positive = st.floats(1e-3, 1e5)


@given(positive, st.lists(positive, max_size=9), st.lists(positive, min_size=1, max_size=6, unique=True))
def test_no_two_labels_touch_and_all_stand_on_the_page(measure, models, edges):
    picture = drawn(
        measure=measure,
        low=0.9 * measure,
        high=1.1 * measure,
        models=tuple(("m", one) for one in models),
        bands=tuple((edge, 1 / (number + 1)) for number, edge in enumerate(sorted(edges))),
    )
    labels = (*picture.edges, *picture.marks)

    assert touching(labels) == []
    assert all(0 <= label.x <= 100 and label.y <= picture.height for label in labels)
    assert 0 <= picture.low <= picture.measure <= picture.high <= 100


def test_a_label_has_room_or_is_left_out():
    close = drawn(bands=((1.99, 1.0), (2.0, 0.5), (2.01, 0.25)), models=())

    assert [strip.label for strip in close.strips if strip.width < 5] == ["", ""]
    assert len({edge.y for edge in close.edges}) == 3


def test_the_picture_is_told_in_words():
    assert drawn(models=samples.MODELS[:1]).says == (
        "Yours: 1.9x the reference's time [1.8, 2.0]. Bands: 100 % up to 4x, 70 % up to 20x, 40 % up to "
        "140x, nothing beyond. Marked: the reference at 1x, pixel_loop at 8.9x."
    )


# ---- learning curves -------------------------------------------------------------------------------


def curve(values, band=True) -> curve_picture.Picture:
    low = tuple(2.0 / (1 + epoch) for epoch in range(len(values))) if band else ()
    return curve_picture.picture(Curve("loss", tuple(values), low, tuple(1.2 * one for one in low)))


def numbers(picture) -> list[float]:
    paths = NUMBER.findall(picture.band + picture.lines)
    return [*map(float, paths), *(number for dot in picture.dots for number in dot)]


odd = st.floats(allow_nan=True, allow_infinity=True)


@given(st.lists(odd, min_size=1, max_size=60), st.lists(odd, max_size=60), st.lists(odd, max_size=60))
def test_whatever_the_numbers_are_the_picture_stays_on_the_page(values, low, high):
    picture = curve_picture.picture(Curve("loss", tuple(values), tuple(low), tuple(high)))

    if picture:
        assert not re.search("nan|inf", picture.band + picture.lines)
        assert all(0 <= number <= 1000 for number in numbers(picture))
        assert 1 <= len(picture.rows) <= 6


@pytest.mark.parametrize("epochs", [1, 2, 3, 30, 31, 1000])
@pytest.mark.parametrize("band", [True, False])
def test_one_to_a_thousand_epochs_are_drawn(epochs, band):
    picture = curve([2.0 / (1 + epoch) for epoch in range(epochs)], band)

    assert len(picture.lines) < 8000
    assert len(picture.dots) == (epochs if epochs <= 30 else 1)
    assert picture.columns[-1][1].removeprefix("epoch ") == str(epochs)
    assert bool(picture.band) is band


def test_of_many_epochs_the_highest_stays():
    values = [1.0] * 1000
    values[777] = 3.0
    picture = curve(values, band=False)

    assert min(float(y) for _, y in re.findall(r"[ML](\S+) (\S+?)(?=[ML]|$)", picture.lines)) == 0


def test_a_number_that_is_none_breaks_the_line_and_is_told():
    picture = curve([2.0, 1.0, math.nan, 0.5])

    assert picture.lines.count("M") == 2
    assert "From epoch 3 on there are values that are no numbers" in picture.caption


def test_a_curve_that_leaves_the_picture_is_drawn_at_its_edge_and_leaves_the_band_readable():
    picture = curve([2.0, 1e9, 1e300, 1e300])
    heights = [float(y) for _, y in re.findall(r"[ML](\S+) (\S+?)(?=[MLz]|$)", picture.band)]

    assert "drawn at its edge" in picture.caption
    assert max(heights) - min(heights) > 150


def test_without_a_number_there_is_no_picture_but_with_a_band_there_is():
    assert curve([math.nan] * 3, band=False) is None
    assert curve([math.nan] * 3).lines == ""
    assert curve_picture.picture(Curve("loss", ())) is None


def test_the_curve_is_told_in_words():
    picture = curve_picture.picture(Curve("loss", (2.0, 9.0), (1.0, 1.0), (3.0, 2.0)))

    assert picture.says == (
        "Loss over 2 epochs: 2 at first, 9 at last; the reference ends between 1 and 2. Its lowest is 2, "
        "its highest 9. It lies within the reference's band in 1 of 2 epochs."
    )


# ---- heat maps of a slice --------------------------------------------------------------------------


def test_the_caption_of_a_heat_map_names_its_slice():
    mismatch = Mismatch("value", "result[2, 1, 1]", heat=samples.HEAT, heat_of="result[2, :, :]", total=600)

    assert words.heat_caption(mismatch) == (
        "3 rows by 4 columns: 12 cells, one number each. "
        "Shown is the slice with the worst number: result[2, :, :]."
    )
    assert heat.picture(mismatch).edges


def test_a_slice_that_may_have_been_made_smaller_has_no_indices():
    mismatch = Mismatch("value", "result[2, 1, 1]", heat=((1,) * 24,) * 3, heat_of="result[2, :, :]")

    assert not words.exact_heat(mismatch)


def test_the_named_slice_is_hidden_as_its_map_is():
    outcome = samples.trained().marks[0].outcomes[1]
    marks = [Mark(replace(samples.ADAM, shown=Shown.AFTER_RELEASE), (outcome,))]
    page = html.render(samples.report(marks))
    hidden = html.render(samples.student(samples.report(marks)))

    assert "Shown is the slice with the worst number: [2, 5]." in page
    assert "the slice" not in hidden
    assert '<figure class="heat">' not in hidden


# ---- on the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [samples.timed, samples.trained])
def test_every_plot_is_an_image_with_a_title_and_its_story_in_words(make):
    page = Page(html.render(make()))
    plots = [a for a in page.all("svg") if a.get("class") in ("bands", "curve")]
    named = [name for plot in plots for name in plot["aria-labelledby"].split()]
    told = {a["id"] for tag in ("title", "desc") for a in page.all(tag) if "id" in a}

    assert plots
    assert {plot["role"] for plot in plots} == {"img"}
    assert set(named) == told
    assert len(named) == len(set(named)) == 2 * len(plots)


def test_each_measured_time_has_its_picture_and_no_other():
    measured = [o for m in samples.timed().marks for o in m.outcomes if words.is_measured(o.timing)]

    assert html.render(samples.timed()).count('<svg class="bands"') == len(measured) == 6


def test_a_check_that_a_person_looks_at_is_open_for_staff():
    outcome = samples.clocked(Verdict.DECIDED, Status.PENDING, review=(samples.EVIDENCE,))
    whole = samples.report([Mark(samples.fast(), (outcome,))])

    assert "open" in Page(html.render(whole)).all("details")[0]
    assert samples.EVIDENCE in html.render(whole)
    assert samples.EVIDENCE not in html.render(samples.student(whole, released=True))


def test_a_students_page_names_model_solutions_after_the_release_only():
    assert "pixel_loop" not in html.render(samples.student(samples.timed()))
    assert "a model solution, 8.9x" in html.render(samples.student(samples.timed()))
    assert "pixel_loop, 8.9x" in html.render(samples.student(samples.timed(), released=True))


def mixed(front: str, ground: str, share: float) -> str:
    parts = [
        round(share * int(front[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize(("scheme", "share"), list(product(["light", "dark"], [0.0, 0.1, 0.5, 1.0])))
def test_the_letters_on_a_band_have_the_contrast_of_wcag_aa(scheme, share):
    colours = palettes()[scheme]
    shade = band_picture.LIGHTEST + band_picture.STRONGER * share

    assert contrast(colours["ink"], mixed(colours["accent"], colours["card"], shade)) >= 4.5
