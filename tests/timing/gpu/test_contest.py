"""Pairs until a verdict, with everything that could be a matter of luck written down."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from autograder.model import Clocking, SandboxFault, Timing, Verdict
from autograder.timing.gpu import contest
from autograder.timing.gpu.device import Fake
from autograder.timing.gpu.pair import Bout, Match, warmed
from autograder.timing.gpu.rules import Rules
from autograder.timing.gpu.side import Lost, Trusted

from .scripted import Scripted, Watched, World

BANDS = ((3.0, 1.0), (30.0, 0.5))
BASE = Timing("f.a_picture", Verdict.DECIDED, "fake", bands=BANDS, hardware="scripted device")
CLOCKING = Clocking("gpu", budget_seconds=100.0)
Hold = Callable[..., Timing]


def hold(world: World, device: Watched | None = None, **changes: object) -> Timing:
    """A contest in which each look at the clock finds a second gone."""
    match = Match(device or Watched(world), Rules(), None, 150.0, lambda: False)
    clocking = replace(CLOCKING, **changes)  # type: ignore[arg-type]
    return contest.hold(
        BASE, world.ours, world.theirs, match, clocking, map(float, itertools.count()).__next__
    )


def test_three_pairs_decide_what_lies_in_one_band() -> None:
    world = World(student=0.002)
    timing = hold(world)

    assert (timing.verdict, timing.pairs, timing.dropped) == (Verdict.DECIDED, 3, 0)
    assert timing.measure == pytest.approx(2.0)
    assert timing.low == pytest.approx(2.0)
    assert timing.reference_seconds == pytest.approx(0.001)
    assert timing.student_seconds == pytest.approx(0.002)
    assert timing.host["drawing_share"] == pytest.approx(0.25)
    assert timing.host["device_mb"] == pytest.approx(250.0)
    assert timing.flags == ()


def test_a_window_has_as_many_links_as_it_takes_and_all_windows_have_the_same() -> None:
    world = World(reference=0.001)
    hold(world)

    assert set(world.links) == {1, 30}


def test_a_quick_reference_has_no_endless_chain() -> None:
    world = World(reference=1e-6)
    side = Scripted(world, "reference", lambda: 1e-6)
    match = Match(Watched(world), Rules(), None, 150.0, lambda: False)

    assert warmed(side, match, 0, heat=False, now=lambda: 0.0) == Rules().most_links


def test_only_a_cold_device_is_heated_and_only_by_the_reference() -> None:
    heated = []

    class Warm(Scripted):
        def heat(self, seconds: float) -> None:
            heated.append(seconds)

    side = Warm(World(), "reference", lambda: 0.001)
    clock = map(float, itertools.count(0, 1))
    match = Match(Fake(), Rules(heat_seconds=3.5), None, 150.0, lambda: False)
    warmed(side, match, 0, heat=True, now=clock.__next__)

    assert len(heated) == 3
    warmed(side, match, 5, heat=False, now=clock.__next__)
    assert len(heated) == 3


def test_slower_beside_than_before_and_after_is_interference() -> None:
    timing = hold(World(beside=1.2))

    assert timing.verdict == Verdict.INTERFERENCE
    assert (timing.measure, timing.student_seconds) == (0.0, 0.0), "its times are worth nothing"
    assert timing.dropped == 2
    assert "slower beside" in timing.flags[0]
    assert timing.reason


def test_one_pair_with_interference_is_dropped_and_a_person_is_told() -> None:
    world = World(beside=1.2)
    opened = world.theirs

    def theirs() -> object:
        world.beside = 1.2 if world.opened == 0 else 1.0
        return opened()

    match = Match(Watched(world), Rules(), None, 150.0, lambda: False)
    timing = contest.hold(BASE, world.ours, theirs, match, CLOCKING, map(float, itertools.count()).__next__)  # type: ignore[arg-type]

    assert (timing.verdict, timing.pairs, timing.dropped) == (Verdict.DECIDED, 3, 1)
    assert len(timing.flags) == 1


@pytest.mark.parametrize(
    ("beside", "after", "found"), [(1.04, 1.0, False), (1.06, 1.0, True), (1.06, 1.05, False)]
)
def test_both_brackets_must_be_quicker(beside: float, after: float, found: bool) -> None:
    bout = Bout(times=[(2.0, beside)] * 4, alone=([1.0] * 3, [after] * 3))

    assert bout.interfered(1.05) == found


def test_pairs_under_different_clocks_are_dropped_and_counted() -> None:
    world = World()
    timing = hold(world, Watched(world, mhz={"reference": 1980.0, "student": 1700.0}))

    assert (timing.verdict, timing.pairs, timing.dropped) == (Verdict.PENDING_NOISY, 0, Rules().most)


def test_a_clock_that_drifts_a_little_counts() -> None:
    world = World()
    timing = hold(world, Watched(world, mhz={"reference": 1980.0, "student": 1935.0}))

    assert (timing.verdict, timing.dropped) == (Verdict.DECIDED, 0)


def test_a_device_that_is_held_back_decides_nothing() -> None:
    world = World()
    timing = hold(world, Watched(world, throttled=("it was too hot (hardware)",)))

    assert timing.verdict == Verdict.PENDING_NOISY
    assert timing.pairs == 0


def test_on_a_device_with_strangers_times_are_indicative() -> None:
    world = World()
    timing = hold(world, Watched(world, strangers=1))

    assert timing.verdict == Verdict.INDICATIVE
    assert timing.measure == pytest.approx(2.0)
    assert "Another process" in timing.reason


def test_on_a_shared_device_times_are_indicative() -> None:
    world = World()
    timing = hold(world, Watched(world, shared="The GPU is shared with others by MPS."))

    assert (timing.verdict, timing.reason) == (Verdict.INDICATIVE, "The GPU is shared with others by MPS.")


def test_bands_for_another_class_of_device_are_not_applied() -> None:
    match = Match(Watched(World()), Rules(), None, 150.0, lambda: False)
    found = {}
    for meant in ("NVIDIA H200", "scripted device"):
        world = World()
        match = replace(match, device=Watched(world))
        clock = map(float, itertools.count()).__next__
        clocking = replace(CLOCKING, device=meant)
        found[meant] = contest.hold(BASE, world.ours, world.theirs, match, clocking, clock).verdict

    assert found == {"NVIDIA H200": Verdict.INDICATIVE, "scripted device": Verdict.DECIDED}


def test_who_is_hopelessly_slow_is_looked_at_once() -> None:
    world = World(reference=0.01, student=2.0)
    timing = hold(world)

    assert (timing.verdict, timing.pairs) == (Verdict.DECIDED, 1)
    assert timing.measure == pytest.approx(200.0)


def test_a_single_call_is_not_held_against_brackets_of_chains() -> None:
    bout = Bout(times=[(400.0, 2.0)], alone=([1.0] * 3, [1.0] * 3), hopeless=True)

    assert not bout.interfered(1.05)


def test_beyond_five_times_the_last_edge_one_pair_is_enough() -> None:
    timing = hold(World(student=0.16))

    assert (timing.verdict, timing.pairs) == (Verdict.DECIDED, 1)


def test_an_interval_across_an_edge_is_undecided_and_flagged() -> None:
    world = World()
    times = itertools.cycle([0.0028, 0.0033])

    def vary() -> object:
        world.student = next(times)
        return World.theirs(world)

    match = Match(Watched(world), Rules(), None, 150.0, lambda: False)
    clock = map(float, itertools.count())
    timing = contest.hold(BASE, world.ours, vary, match, CLOCKING, clock.__next__)  # type: ignore[arg-type]

    assert (timing.verdict, timing.pairs) == (Verdict.INCONCLUSIVE, Rules().most)
    assert "edge 3" in timing.flags[0]


def test_the_budget_ends_what_is_undecided() -> None:
    world = World()
    timing = hold(world, budget_seconds=2.0)

    assert timing.pairs < 3
    assert timing.verdict == Verdict.DECIDED


def test_more_than_three_times_as_fast_as_the_reference_is_looked_at() -> None:
    timing = hold(World(student=0.0002))

    assert timing.verdict == Verdict.DECIDED
    assert "5.0 times as fast" in timing.flags[0]


def test_what_ends_a_submission_ends_the_contest() -> None:
    timing = hold(World(lost=Lost(Verdict.CRASHED, "It raised KeyError: 'x'")))

    assert (timing.verdict, timing.reason) == (Verdict.CRASHED, "It raised KeyError: 'x'")
    assert timing.measure == 0


def test_what_ends_the_reference_is_no_fault_of_the_submission() -> None:
    class Broken(Scripted):
        def window(self, *_: object, **__: object) -> object:  # type: ignore[override]
            raise Lost(Verdict.CRASHED, "out of memory")

    with pytest.raises(SandboxFault, match="out of memory"):
        Trusted(Broken(World(), "reference", lambda: 1.0)).window(1, 1, 1.0)
