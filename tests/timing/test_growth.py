"""Growth: the exponent of the cost, without a reference's clock."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.model import Clocking, CourseError, Died, Overran, Raised, Timing, Verdict
from autograder.timing import contest, growth

from .scripted import MATTER, RING, STUDENT, Fake, Stage

BANDS = ((0.5, 1.0), (1.5, 0.5))
LONG = Clocking(clock="growth", sizes={"n": 100}, grows="n", budget_seconds=1e9)
SIZE: dict[str, int] = {}


class Growing(Fake):
    """A side whose time is a power of the size it was last asked about."""

    power = 1.0
    unit = 1e-6
    pair = 0

    def lay_out(self, question: Any) -> Any:
        """It learns the size."""
        self.size = question.arrays[0].size
        return super().lay_out(question)


def growing(power: float, unit: float = 1e-4, **words: Any) -> Growing:
    """Takes `unit` · n^`power` seconds."""
    side = Growing("S", lambda _: 0.0, **words)
    side.seconds = lambda _: unit * side.size**power
    return side


def held(monkeypatch: pytest.MonkeyPatch, stage: Stage, clocking: Clocking = LONG) -> Timing:
    """A growth on a stage."""
    monkeypatch.setattr(growth, "Contender", stage)
    monkeypatch.setattr("autograder.timing.statistics.DRAWS", 100)
    return growth.hold(MATTER, STUDENT, RING, clocking, BANDS, np.random.default_rng(0))


@pytest.mark.parametrize(("power", "share"), [(0.1, 1.0), (1.0, 0.5), (2.0, 0.0)])
def test_the_exponent_decides(monkeypatch: pytest.MonkeyPatch, power: float, share: float) -> None:
    timing = held(monkeypatch, Stage(lambda _: growing(power)))

    assert (timing.verdict, timing.clock, timing.pairs) == (Verdict.DECIDED, "growth", 3)
    assert timing.measure == pytest.approx(power)
    assert contest.banding.decide(BANDS, timing.low, timing.high) == (share, True)


def test_all_three_sizes_are_asked_up_and_down(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(lambda _: growing(1.0))
    held(monkeypatch, stage)
    sizes = [int(entry.split()[-1]) for entry in stage.log if "laid out" in entry]

    assert sizes[:9] == [400, 200, 100, 100, 200, 400, 400, 200, 100]


def test_no_reference_has_a_jail(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(lambda _: growing(1.0))
    held(monkeypatch, stage)

    assert {side.name for side in stage.sides} == {"S"}


def test_across_an_edge_when_the_budget_is_spent_is_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = Clocking(clock="growth", sizes={"n": 100}, grows="n", budget_seconds=-1.0)
    stage = Stage(lambda _: growing(0.5, answer=lambda x, _: 2 * x))
    monkeypatch.setattr(growth.statistics, "exponent", lambda *_: (0.5, 0.3, 0.7))
    timing = held(monkeypatch, stage, spent)

    assert (timing.verdict, timing.pairs) == (Verdict.INCONCLUSIVE, 1)


@pytest.mark.parametrize("lap", [0, 4])
def test_every_answer_is_compared(monkeypatch: pytest.MonkeyPatch, lap: int) -> None:
    timing = held(monkeypatch, Stage(lambda _: growing(1.0, answer=lambda x, now: x * (2 + (now == lap)))))

    assert timing.verdict == Verdict.WRONG_OUTPUT
    assert "off by" in timing.reason


def test_the_number_of_arrays_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: growing(1.0, answer=lambda x, _: (2 * x, x))))

    assert timing.reason == "The answer holds 2 arrays; 1 are asked for."


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Overran("seconds", 1.0), Verdict.TIMEOUT),
        (Overran("memory", 1), Verdict.CRASHED),
        (Died(9), Verdict.CRASHED),
    ],
)
def test_who_gives_no_answer_has_ended(monkeypatch: pytest.MonkeyPatch, reply: Any, verdict: Verdict) -> None:
    assert held(monkeypatch, Stage(lambda _: growing(1.0, gone={2: reply}))).verdict == verdict


def test_a_file_that_does_not_load_has_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: Raised("NameError", "x", 1, ("NameError",))))

    assert timing.verdict == Verdict.CRASHED


def test_who_was_made_slower_at_small_sizes_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: growing(0.0, unit=10.0)))

    assert timing.verdict == Verdict.DECIDED
    assert "look whether it was made slower at small sizes" in timing.flags[0]


def test_values_that_change_from_repeat_to_repeat_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    timed = contest.replace(MATTER.timed, draw=lambda rng, n: (rng.normal(size=n), rng.normal()))
    matter = contest.Matter(timed, lambda x, _: 2 * x, MATTER.code)
    monkeypatch.setattr(growth, "Contender", Stage(lambda _: growing(1.0)))

    with pytest.raises(CourseError, match="draws other shapes, or other values"):
        growth.hold(matter, STUDENT, RING, LONG, BANDS, np.random.default_rng(0))
