"""Contests: pairs until the interval lies in one band; what is made of one that never does."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.model import Clocking, CourseError, Died, Overran, Raised, SandboxFault, Timing, Verdict
from autograder.timing import contest

from .scripted import MATTER, RING, STUDENT, Stage, by_turns, steady

BANDS = ((4.0, 1.0), (20.0, 0.7), (140.0, 0.4))
LONG = Clocking(budget_seconds=1e9)
SPENT = Clocking(budget_seconds=-1.0)


@pytest.fixture(autouse=True)
def _no_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.timing.statistics.DRAWS", 200)


def held(
    monkeypatch: pytest.MonkeyPatch, stage: Stage, clocking: Clocking = LONG, matter: Any = MATTER
) -> Timing:
    """A contest on a stage."""
    monkeypatch.setattr(contest, "Contender", stage)
    return contest.hold(matter, STUDENT, RING, clocking, BANDS, np.random.default_rng(0))


@pytest.mark.parametrize(("times", "share"), [(1.0, 1.0), (9.0, 0.7), (50.0, 0.4)])
def test_three_pairs_are_enough_where_all_say_the_same(
    monkeypatch: pytest.MonkeyPatch, times: float, share: float
) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", times)))

    assert (timing.verdict, timing.pairs, timing.measure) == (Verdict.DECIDED, 3, times)
    assert contest.banding.decide(BANDS, timing.low, timing.high) == (share, True)
    assert timing.flags == ()
    assert timing.clock == "scripted"


def test_each_pair_is_of_fresh_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(lambda _: steady("S", 1.0))
    held(monkeypatch, stage)

    assert len({id(side) for side in stage.sides}) == 6
    assert [entry for entry in stage.log if "closed" in entry] == ["S closed", "R closed"] * 3


def test_pairs_are_added_until_the_interval_lies_in_one_band(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda pair: steady("S", 3.7 if pair == 2 else 3.0)))

    assert timing.verdict == Verdict.DECIDED
    assert 3 < timing.pairs < 8
    assert timing.high < 4


@pytest.mark.parametrize("times", [701.0, 101.0 * 3])
def test_one_pair_is_enough_for_the_hopeless(monkeypatch: pytest.MonkeyPatch, times: float) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", times)))

    assert (timing.verdict, timing.pairs) == (Verdict.DECIDED, 1)


def test_slow_but_near_an_edge_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", 130.0)))

    assert timing.pairs == 3


def test_across_an_edge_the_better_band_counts_and_the_edge_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    timing = held(monkeypatch, Stage(lambda pair: by_turns("S", [3.8, 4.2 + 0.1 * (pair % 2)])))

    assert (timing.verdict, timing.pairs) == (Verdict.INCONCLUSIVE, contest.MOST)
    assert timing.low < 4 < timing.high
    assert contest.banding.decide(BANDS, timing.low, timing.high) == (1.0, False)
    assert "lies across the edge 4; the better band counts" in timing.flags[0]


def test_when_the_budget_is_spent_there_is_no_further_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: by_turns("S", [3.8, 4.2])), SPENT)

    assert (timing.verdict, timing.pairs) == (Verdict.DECIDED, 1)


def test_the_budget_ends_between_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(contest, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    stage = Stage(lambda pair: by_turns("S", [3.0, 5.0] if pair % 2 else [5.0, 3.0]))
    timing = held(monkeypatch, stage, Clocking(budget_seconds=8))

    assert timing.verdict == Verdict.INCONCLUSIVE
    assert 1 < timing.pairs < contest.MOST


def test_nobody_is_held_to_be_faster_than_in_the_fastest_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(lambda pair: steady("S", 9.0 if pair == 0 else 19.0))
    monkeypatch.setattr(contest, "MOST", 2)
    timing = held(monkeypatch, stage)

    assert timing.pairs == 2
    assert timing.low >= 9
    assert contest.banding.decide(BANDS, timing.low, timing.high)[0] == 0.7


def test_a_student_who_is_slow_by_turns_is_not_the_machines_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda pair: steady("S", 5.0 if pair % 2 else 100.0)))

    assert timing.verdict == Verdict.INCONCLUSIVE
    assert timing.low >= 5


@pytest.mark.parametrize("crowding", [1.0, 3.0])
def test_an_unsteady_machine_says_nothing(monkeypatch: pytest.MonkeyPatch, crowding: float) -> None:
    stage = Stage(
        lambda pair: steady("S", 1.0 if pair % 2 else 100.0),
        lambda pair: steady("R", 1.0 if crowding > 1 or pair % 3 else 5.0, crowding=crowding),
    )

    assert held(monkeypatch, stage).verdict == Verdict.PENDING_NOISY


def test_a_crowded_machine_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", 1.0), lambda _: steady("R", 1.0, crowding=2.5)))

    assert timing.verdict == Verdict.DECIDED
    assert timing.crowding == 2.5
    assert timing.flags == (
        "others wanted the processor too: the reference took 2.5 times its processor time",
    )


def test_who_sleeps_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", 1.0, crowding=9.0)))

    assert timing.verdict == Verdict.DECIDED
    assert timing.crowding == 1
    assert "it took 9 times its processor time" in timing.flags[0]


@pytest.mark.parametrize("pair", [0, 2])
def test_a_wrong_output_ends_it_without_a_measure(monkeypatch: pytest.MonkeyPatch, pair: int) -> None:
    def student(now: int) -> Any:
        return steady("S", 1.0 + now, answer=lambda x, _: x if now == pair else 2 * x)

    timing = held(monkeypatch, Stage(student))

    assert (timing.verdict, timing.pairs) == (Verdict.WRONG_OUTPUT, pair + 1)
    assert (timing.measure, timing.low, timing.high) == (0, 0, 0)
    assert timing.reason


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [(Overran("seconds", 1.0), Verdict.TIMEOUT), (Died(11), Verdict.CRASHED)],
)
def test_who_gives_no_answer_has_no_measure(
    monkeypatch: pytest.MonkeyPatch, reply: Any, verdict: Verdict
) -> None:
    timing = held(monkeypatch, Stage(lambda _: steady("S", 1.0, gone={3: reply})))

    assert (timing.verdict, timing.measure) == (verdict, 0)


def test_a_file_that_does_not_load_has_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    timing = held(monkeypatch, Stage(lambda _: Raised("NameError", "x", 1, ("NameError",))))

    assert (timing.verdict, timing.reason) == (Verdict.CRASHED, "It raised NameError: x")


def test_our_own_failure_is_never_the_students(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(lambda _: steady("S", 1.0), lambda _: steady("R", 1.0, gone={1: Died(9)}))

    with pytest.raises(SandboxFault):
        held(monkeypatch, stage)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: (rng.normal(size=3), rng.normal()),
        lambda rng: (rng.normal(size=rng.integers(2, 2000)),),
        lambda _rng: ([1.0, 2.0],),
    ],
    ids=["a value", "a shape", "no array"],
)
def test_what_could_be_known_before_the_clock_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch, draw: Any
) -> None:
    timed = contest.replace(MATTER.timed, draw=draw)
    matter = contest.Matter(timed, lambda *given: 2 * np.asarray(given[0]), MATTER.code)

    with pytest.raises(CourseError, match="draw"):
        held(monkeypatch, Stage(lambda _: steady("S", 1.0)), matter=matter)


def test_a_draw_that_fails_is_the_courses_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CourseError, match=r"double\.numbers cannot draw its arguments: TypeError"):
        held(monkeypatch, Stage(lambda _: steady("S", 1.0)), Clocking(sizes={"m": 3}))
