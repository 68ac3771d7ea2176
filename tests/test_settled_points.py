"""The table of settled points in solutions/README.md: whole, and true to the course."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder import course as courses
from autograder.model import Course

HEADING = "## The 98 points on which the lectures differ or err"


class Point(NamedTuple):
    """One row of the table."""

    number: str
    where: str
    said: str
    settled: str
    graded: str


@pytest.fixture(scope="module")
def course() -> Course:
    return courses.load(courses.find(Path(__file__).parent))


@pytest.fixture(scope="module")
def text(course: Course) -> str:
    return (course.root / "solutions" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def points(text: str) -> list[Point]:
    rows = [line for line in text.split(HEADING)[1].splitlines() if line.startswith("| C")]
    return [Point(*(cell.strip() for cell in row.strip("|").split("|"))) for row in rows]


@pytest.fixture(scope="module")
def graded(points: list[Point]) -> list[tuple[str, str, list[str], list[str]]]:
    """Number, assignment (or "not yet"), functions and criteria of each part of the last column."""
    return [
        (
            point.number,
            part.partition(":")[0],
            re.findall(r"`(\w+)`", part),
            re.findall(r"\*(\w+)\*", part),
        )
        for point in points
        if point.graded != "not graded"
        for part in point.graded.split("; ")
    ]


def test_every_point_stands_in_the_table_once_and_in_order(points):
    assert [point.number for point in points] == [f"C{number:02}" for number in range(1, 99)]


def test_every_point_says_where_what_and_how(points):
    assert [point.number for point in points if not all(point)] == []
    assert [point.number for point in points if not re.match(r"00[0-4]", point.where)] == []


def test_the_last_column_names_functions_and_criteria_and_nothing_else(points):
    name = r"(?:`\w+`|\*\w+\*)"
    part = rf"(?:\w+|not yet): {name}(?:, {name})*"

    assert [
        point.number for point in points if not re.fullmatch(rf"not graded|{part}(?:; {part})*", point.graded)
    ] == []


def test_every_function_named_is_graded_in_that_assignment(course, graded):
    functions = courses.functions(course)

    assert [
        f"{number}: {home} has no {function}"
        for number, home, names, _ in graded
        if home != "not yet"
        for function in names
        if function not in functions.get(home, ())
    ] == []


def test_every_criterion_named_is_marked_by_hand(course, graded):
    by_hand = {
        (name, criterion.id)
        for name in course.order
        for criterion in courses.rubric_of(course, name).criteria
        if criterion.by == "hand"
    }

    assert [
        f"{number}: {home} has no {criterion}"
        for number, home, _, criteria in graded
        for criterion in criteria
        if (home, criterion) not in by_hand
    ] == []


def test_what_is_not_there_yet_is_not_there(course, graded):
    here = {function for names in courses.functions(course).values() for function in names}

    assert [
        f"{number}: {function} has come: say in which assignment"
        for number, home, names, _ in graded
        if home == "not yet"
        for function in names
        if function in here
    ] == []


def test_the_beginning_of_the_readme_points_to_the_table(text):
    anchor = re.sub(r"[^a-z0-9 ]", "", HEADING.lower()).strip().replace(" ", "-")

    assert f"(#{anchor})" in text.split("## 1.")[0]
