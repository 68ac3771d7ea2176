"""A rubric is read exactly, and its contradictions are named with both places."""

from fractions import Fraction

import pytest

from autograder.course import rubric
from autograder.model import CourseError, Limits, Shown

TEXT = """\
assignment: toy
title: A toy
needs: [numpy, torch]
limits:
  memory_mb: 2048
criteria:
  - id: half
    asks: >
      Half of it,
      and no more
    rule: all
    checks:
      half.ones: 0.1
      half.twos: 2
    shown: never
  - id: fast
    asks: In time
    checks: {half.fast: 3}
    bands: [[2, 1.0], [4, 0.5]]
  - id: why
    asks: Why
    by: hand
    points: 1.5
    levels: {3: all of it, 1: some}
    guidance: Look twice.
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="toy.yaml"):
        (tmp_path / "rubrics").mkdir(exist_ok=True)
        path = tmp_path / "rubrics" / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(path):
    with pytest.raises(CourseError) as caught:
        rubric.read(path)
    return str(caught.value)


def test_points_are_exact(write):
    got = rubric.read(write(TEXT))

    assert got.criteria[0].checks == {"half.ones": Fraction(1, 10), "half.twos": Fraction(2)}
    assert got.possible == Fraction(66, 10)


def test_the_order_of_criteria_and_checks_is_the_files(write):
    got = rubric.read(write(TEXT))

    assert [criterion.id for criterion in got.criteria] == ["half", "fast", "why"]
    assert list(got.criteria[0].checks) == ["half.ones", "half.twos"]


def test_each_field_arrives(write):
    half, fast, why = rubric.read(write(TEXT)).criteria

    assert (half.asks, half.rule, half.by) == ("Half of it, and no more", "all", "machine")
    assert fast.bands == ((2.0, 1.0), (4.0, 0.5))
    assert (why.by, why.points, why.guidance) == ("hand", Fraction(3, 2), "Look twice.")
    assert why.levels == {"3": "all of it", "1": "some"}


def test_title_and_needs_have_defaults(write):
    got = rubric.read(
        write("assignment: big_toy\ncriteria: [{id: a, asks: A, checks: {f.c: 1}}]\n", "big_toy.yaml")
    )

    assert (got.title, got.needs) == ("Big toy", ("numpy",))


def test_what_is_shown_falls_back_to_the_course(write):
    got = rubric.read(write(TEXT), Shown.ALWAYS)

    assert [criterion.shown for criterion in got.criteria] == [Shown.NEVER, Shown.ALWAYS, Shown.ALWAYS]


def test_limits_change_only_what_they_name(write):
    got = rubric.read(write(TEXT), default_limits=Limits(check_seconds=9.0))

    assert got.limits == Limits(check_seconds=9.0, memory_mb=2048)


def test_a_check_that_is_paid_twice_is_an_error_with_both_places(write):
    said = refusal(write(TEXT.replace("half.fast: 3", "half.ones: 3")))

    assert said.startswith(
        "rubrics/toy.yaml:18:14: criteria[1].checks['half.ones']: 'half.ones' stands already"
    )
    assert "rubrics/toy.yaml:13:7" in said


def test_a_criterion_id_that_stands_twice_is_an_error(write):
    said = refusal(write(TEXT.replace("id: why", "id: half")))

    assert said.startswith(
        "rubrics/toy.yaml:20:5: criteria[2].id: 'half' stands already at rubrics/toy.yaml:7:5"
    )


def test_a_rubric_of_another_assignment_is_an_error(write):
    assert refusal(write(TEXT, "game.yaml")).startswith(
        "rubrics/game.yaml:1:1: assignment: 'toy' does not match the file; write 'game'"
    )


@pytest.mark.parametrize("bands", ["[[4, 1.0], [2, 0.5]]", "[[2, 0.5], [4, 1.0]]", "[[2, 1], [2, 0.5]]"])
def test_bands_go_from_fast_and_dear_to_slow_and_cheap(write, bands):
    said = refusal(write(TEXT.replace("[[2, 1.0], [4, 0.5]]", bands)))

    assert "criteria[1].bands[1]: the bands go from the fastest to the slowest" in said


def test_what_does_not_fit_the_schema_is_an_error(write):
    assert "did you mean 'checks'?" in refusal(write(TEXT.replace("checks: {half.fast", "check: {half.fast")))
