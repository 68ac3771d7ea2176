"""The map of the course in assignments/README.md says what the course holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder import course as courses
from autograder.model import Course, points

STAGES = ("at once", "then")


@pytest.fixture(scope="module")
def course() -> Course:
    return courses.load(courses.find(Path(__file__).parent))


@pytest.fixture(scope="module")
def text(course: Course) -> str:
    return (course.root / "assignments" / "README.md").read_text(encoding="utf-8")


def table(text: str, heading: str) -> list[dict[str, str]]:
    """The first table below a heading: a dict for each row, from the heads of its columns."""
    section = text.split(f"## {heading}\n")[1].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def titles(text: str) -> list[dict[str, str]]:
    return table(text, "The assignments")


@pytest.fixture(scope="module")
def numbers(text: str) -> list[dict[str, str]]:
    return table(text, "The map of the course")


@pytest.fixture(scope="module")
def builds_on(numbers: list[dict[str, str]]) -> dict[str, list[str]]:
    """The assignments that each one builds on."""
    return {row["assignment"]: re.findall(r"\w+", row["builds on"]) for row in numbers}


def test_both_tables_hold_the_assignments_in_the_order_of_the_course(course, titles, numbers):
    places = [(str(place), name) for place, name in enumerate(course.order, 1)]

    assert [(row[""], row["assignment"]) for row in numbers] == places
    assert [(row[""], row["assignment"]) for row in titles] == [
        (place, f"[{name}]({name}/README.md)") for place, name in places
    ]


def test_the_titles_are_those_of_the_rubrics(course, titles):
    assert [row["title"] for row in titles] == [
        courses.rubric_of(course, name).title for name in course.order
    ]


def test_the_numbers_of_functions_are_right(course, numbers):
    functions = courses.functions(course)

    assert {row["assignment"]: int(row["functions"]) for row in numbers} == {
        name: len(functions[name]) for name in course.order
    }


def test_the_points_are_those_of_the_rubrics(course, numbers):
    assert {row["assignment"]: row["points"] for row in numbers} == {
        name: points(courses.rubric_of(course, name).possible) for name in course.order
    }


def test_what_an_assignment_builds_on_comes_before_it(course, builds_on):
    assert [
        f"{name} before {needed}"
        for name, all_needed in builds_on.items()
        for needed in all_needed
        if needed not in course.order[: course.order.index(name)]
    ] == []


def test_nothing_that_follows_from_the_rest_is_named_twice(builds_on):
    """Who builds on losses builds on activations without saying so."""

    def all_below(name: str) -> set[str]:
        return {deep for needed in builds_on[name] for deep in (needed, *all_below(needed))}

    assert [
        f"{name}: {needed}"
        for name, all_needed in builds_on.items()
        for needed in all_needed
        if any(needed in all_below(other) for other in all_needed)
    ] == []


def test_the_stages_follow_from_what_builds_on_what(text, builds_on):
    stages = [
        line.removeprefix(word).strip().split(" · ")
        for line in text.split("What can be begun when")[1]
        .split("```text\n")[1]
        .split("```\n")[0]
        .splitlines()
        for word in STAGES
        if line.startswith(word)
    ]
    stage = {name: place for place, names in enumerate(stages) for name in names}

    assert stage == {
        name: max((stage[needed] + 1 for needed in all_needed), default=0)
        for name, all_needed in builds_on.items()
    }


def test_every_assignment_says_its_lectures_its_difficulty_and_its_hours(numbers):
    assert [
        row["assignment"]
        for row in numbers
        if not re.match(r"00[0-4]", row["lectures"])
        or not re.fullmatch("(easy|medium|hard)( to (medium|hard))?", row["difficulty"])
        or not 1 <= int(row["hours"]) <= 12
    ] == []
