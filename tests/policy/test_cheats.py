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
REFUSED, OTHER_BITS = "operations refused, it called", "its numbers have other bits"
RAISED, TWINS = "it raised ForbiddenOperation", "agree in every bit with torch.nn.functional.conv2d"
WITNESSES = {  # who sees what the source hides, or hides nothing but itself
    "by_pieces_of_its_name": {REFUSED, TWINS},
    "by_a_script": {REFUSED, TWINS},
    "behind_the_guards_back": {OTHER_BITS, TWINS},
    "with_the_account_erased": {OTHER_BITS, TWINS, "line 8"},
    "with_a_kernel_taken_earlier": {RAISED, TWINS},
    "without_onednn": {REFUSED, "line 10"},
    "by_one_axis": {REFUSED, "line 11"},
    "by_numpys_frequencies": {"line 12", "line 13"},
}


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

        assert outcome.status is Status.PENDING, outcome
        assert outcome.review
        assert toy.SAYS in outcome.note
    assert (report.earned, report.pending) == (1, 4), "the function that no rule is about is paid"


@pytest.mark.parametrize("name", WITNESSES)
def test_each_witness_says_what_it_has_seen(name: str, graded: Grade) -> None:
    said = outcomes(graded(LIBRARY[name]))["conv2d.two_pictures"].review

    for witness in WITNESSES[name]:
        assert any(witness in sentence for sentence in said), (witness, said)
    for absent in {REFUSED, OTHER_BITS, RAISED, TWINS} - WITNESSES[name]:
        assert not any(absent in sentence for sentence in said), (absent, said)


def test_the_student_reads_the_line_and_the_rule(graded: Grade) -> None:
    (objection,) = graded(LIBRARY["by_name"]).objections

    assert (objection.line, objection.function, objection.fatal) == (9, None, False)
    assert objection.says == (
        f"`F.conv2d` in `conv2d` is a convolution or correlation of the library. {toy.SAYS}"
    )


def test_a_wrong_answer_is_wrong_whoever_computed_it(graded: Grade) -> None:
    report = graded(LIBRARY["by_name"].replace("stride, pad)", "1, pad)"))
    found = outcomes(report)

    assert found["conv2d.steps_of_two"].status is Status.FAILED
    assert found["conv2d.steps_of_two"].review == ()
    assert found["conv2d.two_pictures"].status is Status.PENDING


def test_a_copy_with_one_bit_changed_is_seen_by_the_other_witnesses(graded: Grade) -> None:
    source = LIBRARY["by_pieces_of_its_name"].replace("stride, pad)", "stride, pad) * (1 + 2e-7)")
    said = outcomes(graded(source))["conv2d.two_pictures"].review

    assert [REFUSED in sentence for sentence in said] == [True]


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_convolution_is_paid_at_once(name: str, graded: Grade) -> None:
    report = graded(HONEST[name])

    assert {check: outcome.review for check, outcome in outcomes(report).items() if outcome.review} == {}
    assert report.earned == report.possible == 5
    assert report.objections == ()
