"""Learning curves: taken out of an answer, never compared, and shown in the band of the reference's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder import grade, play
from autograder.answerkey import AnswerKey
from autograder.authoring import scenario
from autograder.model import Answer, Check, Criterion, Curve, Raised, Report, Rubric, Status
from autograder.session import Bench

from . import tiny


def shrink(x: Any, epochs: int) -> Any:
    """The sizes of x, halved in each epoch."""
    return [float(np.abs(x).sum()) / 2**epoch for epoch in range(epochs)]


@scenario(shrink, draws=4, curve="loss")
def down_it_goes(shrink: Callable[..., Any], rng: np.random.Generator) -> Any:
    """It is smaller in the end than at the beginning."""
    history = shrink(rng.normal(size=3), 3)
    return {"smaller": int(history[-1] < history[0]), "loss": history}


CHECK: Check = down_it_goes.graded  # type: ignore[attr-defined]
RUBRIC = Rubric("tiny", "Tiny", (Criterion("all", "All", {CHECK.id: Fraction(2)}),), limits=tiny.LIMITS)
ASSIGNMENT = replace(
    tiny.ASSIGNMENT, functions={"shrink": shrink}, checks=(CHECK,), misconceptions=(), rubric=RUBRIC
)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    """The answers of the assignment with a curve."""
    return AnswerKey(ASSIGNMENT, "5eed")


def graded(body: str, key: AnswerKey, bench: Bench) -> Report:
    """The report of a student whose function has this body."""
    return grade.grade(tiny.submission(f"def shrink(x, epochs):\n    {body}\n"), key, bench, tiny.COURSE)


def test_a_curve_is_beside_the_answer_and_not_in_it(key: AnswerKey) -> None:
    first = key.wants(CHECK)[0]

    assert isinstance(first, Answer)
    assert first.value == {"smaller": 1}
    assert len(first.curve) == 3


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "a curve",
        [1.0, float("nan")],
        [1.0, float("inf")],
        [[1.0, 2.0]],
        [1.0, [2.0]],
        [1j],
        np.array([1.0, 1j]),
        3.0,
        [0.5] * (play.EPOCHS + 1),
        {"a": 1},
    ],
)
def test_a_curve_of_nonsense_is_none(nonsense: Any) -> None:
    reply = play.without_curve(CHECK, Answer({"smaller": 1, "loss": nonsense}))

    assert reply == Answer({"smaller": 1})


@pytest.mark.parametrize("reply", [Answer(3.0), Answer({"smaller": 1}), Raised("ValueError", "no")])
def test_a_reply_without_a_curve_stays_as_it_is(reply: Answer | Raised) -> None:
    assert play.without_curve(CHECK, reply) == reply


def test_a_check_without_a_curve_keeps_its_entries() -> None:
    reply = Answer({"loss": [1.0]})

    assert play.without_curve(replace(CHECK, curve=""), reply) is reply


@pytest.mark.jail
def test_the_report_has_the_students_curve_in_the_band_of_the_reference(key: AnswerKey, bench: Bench) -> None:
    outcome = graded("return [3.0, 2.0, 1.0, 0.5]", key, bench).marks[0].outcomes[0]
    ours = np.array([want.curve for want in key.wants(CHECK) if isinstance(want, Answer)])

    assert outcome.status == Status.PASSED
    assert outcome.curve == Curve(
        "loss", (3.0, 2.0, 1.0, 0.5), tuple(ours.min(axis=0)), tuple(ours.max(axis=0))
    )
    assert outcome.curve.low[0] < outcome.curve.high[0]


@pytest.mark.jail
def test_a_wrong_answer_shows_the_curve_of_the_draw_that_failed(key: AnswerKey, bench: Bench) -> None:
    body = "shrink.n = getattr(shrink, 'n', 0) + 1; return [1.0, float(shrink.n) - 2]"
    outcome = graded(body, key, bench).marks[0].outcomes[0]

    assert outcome.status == Status.FAILED
    assert outcome.curve is not None
    assert outcome.curve.values[-1] >= 1.0


@pytest.mark.jail
def test_a_curve_that_cannot_be_drawn_is_left_out(key: AnswerKey, bench: Bench) -> None:
    outcome = graded("return [2.0, float('nan'), 1.0]", key, bench).marks[0].outcomes[0]

    assert outcome.status == Status.PASSED
    assert outcome.curve is None
