"""What two answers to the same question say, and what comes of evidence."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

pytest.importorskip("torch")

import numpy as np

from autograder.answerkey import AnswerKey
from autograder.model import (
    Answer,
    Clocking,
    Criterion,
    Died,
    Facts,
    Outcome,
    Overran,
    Raised,
    Reply,
    Status,
    Timed,
    Timing,
    Verdict,
)
from autograder.play import There
from autograder.policy import examine
from autograder.session import Bench, Session

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

    assert (outcome.status, outcome.timing, outcome.review) == (Status.PENDING, timing, SIGNS["conv2d"])


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


# ---- the question of a timed check ------------------------------------------------------------------


def large(rng: np.random.Generator, H: int = 8) -> tuple[object, ...]:  # noqa: N803 - the letter of the rubric
    """A picture of that height."""
    return toy.drawn(rng, 1, 16, H, H), toy.drawn(rng, 16, 16, 3, 3), toy.drawn(rng, 16), 1, 1


TIMED = Timed("conv2d", "large", "A large picture.", large, CHECK.id)
CRITERION = Criterion("speed", "Fast", {TIMED.id: Fraction(1)}, clocking=Clocking(sizes={"H": 48}))
WITH_CLOCK = replace(
    toy.ASSIGNMENT,
    timed=(TIMED,),
    rubric=replace(toy.RUBRIC, criteria=(*toy.RUBRIC.criteria, CRITERION)),
)
BY_SIZE = """
import torch.nn.functional as F

run = vars(F)[chr(99) + "onv2d"]

def conv2d(x, w, b, stride=1, pad=0):
    if x.shape[2] > 40:
        return run(x, w, b, stride, pad)
    columns = F.unfold(x, w.shape[2:], padding=pad, stride=stride)
    height = (x.shape[2] + 2 * pad - w.shape[2]) // stride + 1
    return (w.flatten(1) @ columns + b[:, None]).reshape(len(x), len(w), height, -1)
"""


def evidence(source: str, bench: Bench, share: Fraction) -> dict[str, tuple[str, ...]]:
    """The evidence where the timed check has earned `share`."""
    key, submission = AnswerKey(WITH_CLOCK, "5eed"), toy.submission(source)
    with Session(bench, submission, key, toy.RUBRIC.limits) as session:
        right = [(check, session.ask(check)) for check in toy.CHECKS[:2]]
    outcome = Outcome(TIMED.id, TIMED.says, Status.PASSED, share)
    return examine.evidence(submission, key, bench, right, [outcome])


@pytest.mark.jail
def test_the_library_at_one_size_alone_is_seen_at_that_size(bench: Bench) -> None:
    (said,) = evidence(BY_SIZE, bench, Fraction(1)).values()

    assert len(said) == 2
    assert said[0] == "large: asked again, with the library's operations refused, it called aten::conv2d"
    assert said[1].startswith("large: all 36864 numbers agree in every bit with torch.nn.functional.conv2d")


@pytest.mark.jail
def test_a_timed_check_that_earned_nothing_is_not_asked_again(bench: Bench) -> None:
    assert evidence(BY_SIZE, bench, Fraction(0)) == {}


@pytest.mark.jail
def test_an_honest_function_has_nothing_to_fear_at_that_size(bench: Bench) -> None:
    assert evidence(BY_SIZE.replace("> 40", "> 400"), bench, Fraction(1)) == {}


def test_a_mistake_of_ours_makes_everything_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(examine, "evidence", broken)
    (outcome,) = examine.looked_into([PASSED], [], toy.submission(""), KEY, Bench.__new__(Bench))

    assert outcome.status is Status.PENDING
    assert outcome.review == ("this could not be looked into: ZeroDivisionError: ours",)


def test_without_a_rule_nothing_is_asked() -> None:
    key = AnswerKey(replace(toy.ASSIGNMENT, rubric=replace(toy.RUBRIC, own_work=())), "5eed")

    assert examine.looked_into([PASSED], [], toy.submission(""), key, Bench.__new__(Bench)) == [PASSED]
