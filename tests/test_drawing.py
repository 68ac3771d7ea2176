"""The words that pictures are drawn with."""

import math
import re
from xml.etree import ElementTree as ET

import pytest

from autograder.drawing import BLUE, GREEN, GREY, INK, ORANGE, PALE, PAPER, VIOLET, Picture, Plane

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def picture():
    return Picture(200, 100)


def drawn(picture, tag):
    text = picture.as_svg()
    return list(ET.fromstring(text[text.find("<svg") :]).iter(f"{SVG}{tag}"))


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]


def brightness(colour):
    """The relative luminance of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [INK, GREY, BLUE, ORANGE, GREEN, VIOLET])
def test_every_colour_of_words_can_be_read_on_paper_and_on_its_own_pale(colour):
    for ground, least in ((PAPER, 4.5), (PALE[colour], 4)):
        contrast = (brightness(ground) + 0.05) / (brightness(colour) + 0.05)

        assert contrast >= least


def test_the_paper_lies_below_everything(picture):
    picture.dot((1, 1))
    text = picture.as_svg()

    assert drawn(picture, "rect")[0].get("fill") == PAPER
    assert text.index("<rect") < text.index("<circle")


def test_the_tip_of_an_arrow_touches_its_end(picture):
    picture.arrow((10, 10), (40, 50), dash="4 3")
    shaft, head = drawn(picture, "path")

    assert numbers(head)[:2] == [40, 50]
    assert math.dist(numbers(shaft)[2:], (40, 50)) == pytest.approx(8)
    assert (shaft.get("stroke-dasharray"), head.get("stroke-dasharray")) == ("4 3", None)


def test_a_short_arrow_is_a_head_alone(picture):
    picture.arrow((10, 10), (13, 14))
    (head,) = drawn(picture, "path")

    assert numbers(head)[:2] == [13, 14]
    assert len(numbers(head)) == 6


def test_an_area_is_closed_and_filled(picture):
    picture.line((0, 0), (9, 0), (9, 9), fill=PALE[BLUE], close=True)
    (path,) = drawn(picture, "path")

    assert path.get("d").endswith("Z")
    assert path.get("fill") == PALE[BLUE]


def test_words_have_a_rim_unless_told_otherwise(picture):
    picture.text("a < b", (50, 50), bold=True, turn=-90)
    picture.text("c", (50, 50), rim=False)
    first, second = drawn(picture, "text")

    assert first.text == "a < b"
    assert (first.get("font-weight"), first.get("stroke"), first.get("paint-order")) == (
        "bold",
        PAPER,
        "stroke",
    )
    assert first.get("transform") == "rotate(-90,50.00,50.00)"
    assert second.get("stroke") is None


def test_points_are_filled_or_hollow(picture):
    picture.dot((1, 2), BLUE)
    picture.dot((1, 2), BLUE, hollow=True)
    picture.square((10, 20), BLUE)
    picture.square((10, 20), BLUE, hollow=True)
    picture.ring((1, 2))

    assert [circle.get("fill") for circle in drawn(picture, "circle")] == [BLUE, PAPER, "none"]
    assert [box.get("fill") for box in drawn(picture, "rect")[1:]] == [BLUE, PAPER]
    assert (drawn(picture, "rect")[1].get("x"), drawn(picture, "rect")[1].get("width")) == ("6.0", "8.0")


def test_a_node_may_be_empty(picture):
    picture.node((10, 10), "", BLUE)
    picture.node((50, 10), "h", BLUE)

    assert [words.text for words in drawn(picture, "text")] == ["h"]


def test_cells_stand_in_rows(picture):
    picture.cells((10, 20), [["1", ""], ["3", "4"]], 30, [[PAPER, PALE[BLUE]], [PAPER, PAPER]])
    boxes = drawn(picture, "rect")[1:]

    assert [(box.get("x"), box.get("y")) for box in boxes] == [
        ("10", "20"),
        ("40", "20"),
        ("10", "50"),
        ("40", "50"),
    ]
    assert boxes[1].get("fill") == PALE[BLUE]
    assert [words.text for words in drawn(picture, "text")] == ["1", "3", "4"]


def test_a_box_may_be_dashed(picture):
    picture.box((1, 1), 5, 5, dash="2 2")

    assert drawn(picture, "rect")[1].get("stroke-dasharray") == "2 2"


@pytest.fixture
def plane(picture):
    return Plane(picture, (20, 10), 100, 50, (-1, 1), (0, 5))


def test_numbers_become_points_and_up_is_up(plane):
    assert plane.at(-1, 0) == (20, 60)
    assert plane.at(1, 5) == (120, 10)
    assert plane.at(0, 2.5) == (70, 35)


def test_ticks_are_numbers_or_say_something_else(picture, plane):
    plane.axes((-1, 0, 0.5), {0: "none", 5: "all"}, "time", "rate")

    assert [words.text for words in drawn(picture, "text")] == [
        "−1",
        "0",
        "0.5",
        "none",
        "all",
        "time",
        "rate",
    ]


def test_axes_cross_at_zero_or_follow_the_border(picture, plane):
    plane.axes(grid=False)
    plane.axes((0,), grid=False, cross=False)
    across, up, below, beside = (numbers(path) for path in drawn(picture, "path"))

    assert (across, up) == ([20, 60, 120, 60], [70, 10, 70, 60])
    assert (below, beside) == ([20, 60, 120, 60], [20, 10, 20, 60])


def test_a_curve_is_a_function_or_points_and_is_cut_off_at_the_box(picture, plane):
    plane.curve(lambda x: 10 * x, points=3)
    plane.curve(([-1, 1], [0, 5]))
    plane.curve(abs, between=(0, 1), points=2)
    paths = drawn(picture, "path")[1:]  # the first is within the clip

    assert drawn(picture, "clipPath")
    assert [numbers(path) for path in drawn(picture, "path")] == [
        [20, 160, 70, 60, 120, -40],
        [20, 60, 120, 10],
        [70, 60, 120, 50],
    ]
    assert {path.get("clip-path") for path in paths} == {"url(#d0)"}


def test_a_border_is_where_the_sum_is_zero_and_a_side_where_it_is_positive(picture):
    plane = Plane(picture, (0, 0), 100, 100, (0, 10), (0, 10))
    plane.border((1, 1), -10, BLUE)
    plane.side((1, 1), -10, PALE[BLUE])
    border, side = (numbers(path) for path in drawn(picture, "path"))
    corners = list(zip(side[::2], side[1::2], strict=True))

    assert border[0] - border[2] == pytest.approx(border[1] - border[3])  # falls at 45 degrees
    assert border[0] == pytest.approx(border[1])  # through (5, 5), and as long on either side
    assert [x + (100 - y) > 100.001 for x, y in corners] == [False, False, True, True]


def test_a_level_runs_across(picture, plane):
    plane.level(2.5)

    assert numbers(drawn(picture, "path")[0]) == [20, 35, 120, 35]
