"""Every way to the library's convolution that we know ends before a person; no honest convolution does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("torch")

from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.model import Outcome, Report, Status
from autograder.session import Bench

from . import toy

pytestmark = pytest.mark.jail

FOLDER = Path(__file__).parents[1] / "cheats" / "own_work"
Grade = Callable[[str], Report]


def read(folder: str) -> dict[str, str]:
    """The sources of one folder by name."""
    return {
        path.name.removesuffix(".py.txt"): path.read_text(encoding="utf-8")
        for path in sorted((FOLDER / folder).glob("*.py.txt"))
    }


LIBRARY, HONEST = read("library"), read("honest")
UNNAMED = (  # what the source does not show
    "by_pieces_of_its_name",
    "behind_the_guards_back",
)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    """The answers of the toy."""
    return AnswerKey(toy.ASSIGNMENT, "5eed")


@pytest.fixture
def graded(key: AnswerKey, bench: Bench) -> Grade:
    """Grade a source; nothing may be left ungraded."""

    def grading(source: str) -> Report:
        report = grade.grade(toy.submission(source), key, bench, toy.COURSE)
        assert Status.UNGRADED not in {one.status for one in outcomes(report).values()}
        return report

    return grading


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcomes by check."""
    return {outcome.check: outcome for mark in report.marks for outcome in mark.outcomes}


@pytest.mark.parametrize("name", LIBRARY)
def test_the_librarys_convolution_waits_for_a_person(name: str, graded: Grade) -> None:
    report = graded(LIBRARY[name])

    for check in ("conv2d.two_pictures", "conv2d.steps_of_two"):
        outcome = outcomes(report)[check]
        if name in REFUSED and outcome.status is not Status.PENDING:
            assert outcome.status in {Status.FAILED, Status.CRASHED}, "the route does not even work"
            continue

        assert outcome.status is Status.PENDING, outcome
        assert outcome.review
        assert "Nothing is lost" in outcome.note
    assert report.earned == 1, "for the function that no rule is about"


REFUSED: tuple[str, ...] = ()


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_convolution_is_paid_at_once(name: str, graded: Grade) -> None:
    report = graded(HONEST[name])

    assert {check: outcome.review for check, outcome in outcomes(report).items() if outcome.review} == {}
    assert report.earned == report.possible == 5
    assert report.objections == ()
