"""What two answers to the same question say, and what comes of evidence."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

pytest.importorskip("torch")

import numpy as np

from autograder.answerkey import AnswerKey
from autograder.model import Answer, Died, Facts, Outcome, Overran, Raised, Reply, Status, Timing, Verdict
from autograder.play import There
from autograder.policy import examine

from . import toy

KEY = AnswerKey(toy.ASSIGNMENT, "5eed")
CHECK = toy.CHECKS[1]
RIGHT = np.asarray(KEY.wants(CHECK)[0].value)  # type: ignore[union-attr]
REFUSED = Facts(forbidden=("aten::conv2d", "aten::convolution"))


def there(reply: Reply) -> There:
    """What came back for one draw."""
    return There((reply,), ((),))


def word(reply: Reply) -> str:
    """What is said of a second reply where the first was right."""
    return examine._different(CHECK, there(Answer(RIGHT)), there(reply), KEY)


def test_the_same_bits_say_nothing() -> None:
    assert word(Answer(RIGHT.copy(), 3.0, Facts(warnings=("slow",), operations=("aten::mm",)))) == ""


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Answer(RIGHT, facts=REFUSED), "it called aten::conv2d, aten::convolution"),
        (Raised("ForbiddenOperation", "", facts=REFUSED), "it called aten::conv2d, aten::convolution"),
        (Answer(np.nextafter(RIGHT, np.float32(9))), "its numbers have other bits"),
        (Answer(RIGHT + 1), "with them refused, its answer was wrong"),
        (Answer("<script>"), "with them refused, its answer was wrong"),
        (Raised("TypeError", "secret"), "with them refused, it raised TypeError"),
        (Raised("<b>", "secret"), "with them refused, it raised an exception"),
        (Overran("seconds", 40.0), "with them refused, it did not end within its limit (seconds)"),
        (Died(9), "with them refused, its process ended"),
    ],
)
def test_another_reply_says_what_was_different(reply: Reply, says: str) -> None:
    assert word(reply).endswith(says)


def test_names_from_a_jail_are_names_or_nothing() -> None:
    assert word(Answer(RIGHT, facts=Facts(forbidden=("<img src=x>", "a b")))) == ""


PASSED = Outcome("conv2d.two_pictures", "Two", Status.PASSED, Fraction(1), note="So it is.")
SIGNS = {"conv2d": ("line 3: `F.conv2d`",)}


def test_what_has_earned_points_waits_with_the_evidence() -> None:
    (outcome,) = examine.withheld([PASSED], SIGNS, toy.RUBRIC)

    assert (outcome.status, outcome.share, outcome.review) == (Status.PENDING, 0, SIGNS["conv2d"])
    assert outcome.note.startswith("So it is. There are signs")
    assert outcome.note.endswith(toy.SAYS)


def test_a_timed_check_of_that_function_waits_too() -> None:
    timing = Timing("conv2d.fast", Verdict.DECIDED, "process", 5.0, 4.9, 5.1)
    timed = Outcome("conv2d.fast", "Fast", Status.FAILED, Fraction(7, 10), timing=timing)
    (outcome,) = examine.withheld([timed], SIGNS, toy.RUBRIC)

    assert (outcome.status, outcome.timing) == (Status.PENDING, timing)


@pytest.mark.parametrize(
    "outcome",
    [
        replace(PASSED, check="smallest.one_window"),
        replace(PASSED, status=Status.FAILED, share=Fraction(0)),
        replace(PASSED, status=Status.UNGRADED, share=Fraction(0)),
    ],
)
def test_everything_else_stays_as_it_is(outcome: Outcome) -> None:
    assert examine.withheld([outcome], SIGNS, toy.RUBRIC) == [outcome]
    assert examine.withheld([PASSED], {}, toy.RUBRIC) == [PASSED]
