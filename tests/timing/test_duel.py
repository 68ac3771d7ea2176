"""A duel: turns on the same inputs, everything compared, a warm-up that does not count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.model import Died, Overran, Raised, SandboxFault, Verdict
from autograder.timing import duel
from autograder.timing.duel import Bout
from autograder.timing.question import Question, drawn, question

from .scripted import MATTER, TIMED, Fake, by_turns, steady


def fought(reference: Fake, student: Fake, repeats: tuple[int, int] = (4, 16), **words: Any) -> Bout:
    """A duel on random arrays."""
    log: list[str] = []
    reference.log = student.log = log
    rng = np.random.default_rng(0)

    def ask() -> Question:
        return question(TIMED, drawn(TIMED, rng, {}))

    defaults = {"takes": None, "tolerance": None, "patience": lambda wall: 7 * wall}
    return duel.fight(reference, student, ask, MATTER.answer, repeats=repeats, **{**defaults, **words})


def test_who_goes_first_alternates() -> None:
    student = steady("S", 1.0)
    fought(steady("R", 1.0), student)

    assert "".join(student.log) == "RS" * 2 + "SRRS" * 2


def test_both_get_the_same_inputs_and_each_repeat_has_its_own() -> None:
    reference, student = steady("R", 1.0), steady("S", 1.0)
    fought(reference, student)
    inputs = [one.arrays[0].tobytes() for one in reference.asked]

    assert inputs == [one.arrays[0].tobytes() for one in student.asked]
    assert len(set(inputs)) == 6


def test_the_warm_ups_do_not_count() -> None:
    bout = fought(by_turns("R", [9.0, 3, 1, 1, 1, 1]), by_turns("S", [50.0, 6, 2, 2, 2, 2]))

    assert bout.times == [(2.0, 1.0)] * 4


def test_who_is_slow_beyond_hope_computes_twice_beside_a_reference_as_warm_as_ever() -> None:
    student = steady("S", 600.0)
    bout = fought(by_turns("R", [5.0, 3.0, 1.0]), student)

    assert bout.times == [(600.0, 1.0)]
    assert len(student.asked) == 2


def test_the_warm_up_is_checked() -> None:
    bout = fought(steady("R", 1.0), steady("S", 1.0, answer=lambda x, lap: x if lap == 0 else 2 * x))

    assert bout.ended == Verdict.WRONG_OUTPUT
    assert bout.times == []


@pytest.mark.parametrize("lap", range(6))
def test_every_repeat_is_checked(lap: int) -> None:
    bout = fought(steady("R", 1.0), steady("S", 1.0, answer=lambda x, now: 2 * x + (now == lap)))

    assert bout.ended == Verdict.WRONG_OUTPUT
    assert "off by" in bout.reason


@pytest.mark.parametrize("count", [0, 2])
def test_the_number_of_arrays_is_checked(count: int) -> None:
    bout = fought(steady("R", 1.0), steady("S", 1.0, answer=lambda x, _: (2 * x,) * count))

    assert bout.ended == Verdict.WRONG_OUTPUT
    assert bout.reason == f"The answer holds {count} arrays; 1 are asked for."


def test_quick_answers_are_repeated_more_often() -> None:
    student = steady("S", 0.01)
    bout = fought(steady("R", 0.01), student)

    assert len(bout.times) == 16


@pytest.mark.parametrize(
    ("reply", "verdict", "said"),
    [
        (Overran("seconds", 2.0), Verdict.TIMEOUT, "It went over the limit of seconds."),
        (Overran("memory", 64), Verdict.CRASHED, "It went over the limit of memory."),
        (Died(11, "why"), Verdict.CRASHED, "Its process ended: why"),
        (Died(9), Verdict.CRASHED, "Its process ended."),
        (Raised("KeyError", "'x'", 3, ("KeyError",)), Verdict.CRASHED, "It raised KeyError: 'x'"),
    ],
)
@pytest.mark.parametrize("lap", [0, 1, 2])
def test_who_gives_no_answer_has_ended(reply: Any, verdict: Verdict, said: str, lap: int) -> None:
    bout = fought(steady("R", 1.0), steady("S", 1.0, gone={lap: reply}))

    assert (bout.ended, bout.reason) == (verdict, said)


def test_the_reference_has_no_turn_beside_a_student_that_cannot_be_stopped_any_more() -> None:
    student = steady("S", 1.0, gone={2: Overran("seconds", 2.0)})
    fought(steady("R", 1.0), student)

    assert student.log[-1] == "S"


@pytest.mark.parametrize("lap", [0, 2])
def test_a_reference_that_does_not_answer_is_our_fault(lap: int) -> None:
    with pytest.raises(SandboxFault, match="the reference could not be timed"):
        fought(steady("R", 1.0, gone={lap: Died(9)}), steady("S", 1.0))


def test_a_reference_that_answers_otherwise_in_its_jail_is_our_fault() -> None:
    wrong = lambda x, _: 3 * x  # noqa: E731 - both sides agree on it

    with pytest.raises(SandboxFault, match="otherwise in its jail"):
        fought(steady("R", 1.0, answer=wrong), steady("S", 1.0, answer=wrong))


def test_a_student_may_take_so_many_times_what_the_reference_took() -> None:
    student = steady("S", 1.0)
    fought(by_turns("R", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), student)

    assert student.allowed == [7.0, 14.0, 14.0, 28.0, 28.0, 42.0]


def test_no_repeat_is_begun_when_the_time_is_spent() -> None:
    bout = fought(steady("R", 0.01), steady("S", 0.01), spent=lambda: True)

    assert len(bout.times) == 1
    assert bout.ended is None


def test_no_time_is_nought() -> None:
    times = fought(by_turns("R", [1.0, 1.0, 0.0]), by_turns("S", [1.0, 1.0, 0.0])).times

    assert min(min(one) for one in times) == duel.TICK
