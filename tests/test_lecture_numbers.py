"""The lectures' worked examples come out of the references; where a lecture is wrong, it is shown to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder import course as courses
from autograder.model import Course

from .lecture_numbers import convolutions, costs, examples, neurons, representations, training

MODULES = (neurons, training, convolutions, costs, representations)
EXAMPLES = examples.read()
WORKED = {
    name.removeprefix("example_").replace("_", "-"): work
    for module in MODULES
    for name, work in vars(module).items()
    if name.startswith("example_")
}
SHOWN = [name for name in EXAMPLES if name.lower() in WORKED]
PRINTED = [name for name in SHOWN if EXAMPLES[name].printed is not None]
WRONG = [name for name in PRINTED if EXAMPLES[name].status == "wrong"]
RIGHT = [name for name in PRINTED if EXAMPLES[name].status in ("ok", "rounding")]
MISTAKEN_IN_PART = {  # of what these print only this part is wrong
    "002-gates": ["NOT"],
    "001-conv1d-padded": [2, 3],
    "001-normalise": [1],
    "001-lstm-output": [10],
}


class Used:
    """The graded functions of a course as attributes; `names` are those that were asked for."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        self.names: set[str] = set()
        self._find = find

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return self._find(name)


@pytest.fixture(scope="module")
def course() -> Course:
    return courses.load(courses.find(Path(__file__).parent))


@pytest.fixture(scope="module")
def homes(course: Course) -> dict[str, str]:
    """The assignment of each graded function."""
    return {name: home for home, names in courses.functions(course).items() for name in names}


@pytest.fixture(scope="module")
def worked(course: Course, homes: dict[str, str]) -> Callable[[str], tuple[Any, set[str]]]:
    """What comes out of an example, and the functions that it took."""
    assignment = cache(lambda name: courses.assignment(course, name))

    @cache
    def work(name: str) -> tuple[Any, set[str]]:
        def find(function: str) -> Any:
            assert function in homes, f"{name} takes {function}, which no assignment of the course has"
            return assignment(homes[function]).functions[function]

        of = Used(find)
        return WORKED[name.lower()](of, EXAMPLES[name].inputs), of.names

    return work


def parts(value: Any) -> Iterator[tuple[Any, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value)


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_comes_out_of_the_references(name, worked):
    got, _ = worked(name)

    assert list(examples.differences(EXAMPLES[name].gives, got)) == []


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_lecture_prints_comes_out(name, worked):
    got, _ = worked(name)

    assert list(examples.differences(EXAMPLES[name].printed, got)) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_the_lecture_gets_wrong_does_not_come_out(name, worked):
    got, _ = worked(name)

    assert list(examples.differences(EXAMPLES[name].printed, got)) != []


@pytest.mark.parametrize("name", MISTAKEN_IN_PART)
def test_the_rest_of_a_wrong_example_is_right(name, worked):
    got, _ = worked(name)
    wrong = [
        place for place, want in parts(EXAMPLES[name].printed) if list(examples.differences(want, got[place]))
    ]

    assert wrong == MISTAKEN_IN_PART[name]


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_names_the_functions_it_takes(name, worked):
    _, used = worked(name)

    assert used == set(EXAMPLES[name].functions)


def test_every_example_is_worked_out_or_says_why_not():
    neither = [name for name, one in EXAMPLES.items() if (name in SHOWN) == bool(one.reason)]

    assert neither == []


def test_all_that_is_worked_out_is_an_example():
    assert sorted(WORKED) == sorted(name.lower() for name in SHOWN)


def test_what_can_be_reproduced_is_reproduced():
    missing = {
        name: one.reason
        for name, one in EXAMPLES.items()
        if one.status in examples.TO_REPRODUCE and name not in SHOWN
    }

    assert set(missing) == {"001-speedup-146", "001-10pct", "001-nas"}, missing  # no function computes these


def test_every_wrong_example_is_shown_to_be_wrong():
    assert sorted(WRONG) == sorted(name for name, one in EXAMPLES.items() if one.status == "wrong")


def test_no_two_assignments_share_the_name_of_a_function(course, homes):
    assert len(homes) == sum(len(names) for names in courses.functions(course).values())


@pytest.mark.parametrize(
    ("want", "got"), [(0.5, 0.5 + 1e-13), ("0.80", 0.802), ("2.5E-8", 2.46e-8), ("AF", "AF"), (0, -0.0)]
)
def test_numbers_agree_to_the_digits_shown(want, got):
    assert list(examples.differences([want], [got])) == []


@pytest.mark.parametrize(
    ("want", "got"),
    [(0.5, 0.5 + 1e-9), ("0.80", 0.806), ("1.06", 1.0696), (1, float("nan")), (True, False), ("1", "one")],
)
def test_other_numbers_differ(want, got):
    assert len(list(examples.differences([want], [got]))) == 1


def test_a_list_of_another_length_and_a_missing_part_are_differences():
    assert list(examples.differences({"a": [1, 2], "b": 1}, {"a": [1]})) == [
        "[a] is [1], not the 2 of [1, 2]",
        ": no b",
    ]


def test_every_source_is_a_lecture_and_a_line():
    assert [one.id for one in EXAMPLES.values() if not re.fullmatch(r"00[0-4]:\d+", one.source)] == []
