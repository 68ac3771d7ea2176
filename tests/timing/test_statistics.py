"""Intervals: the same for the same data, and wide enough for what processes differ by."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.timing import statistics

TRUTH = 2.0
PROCESS, REPEAT = 0.03, 0.02  # standard deviations of logarithms, as measured on two machines
DRIFT = 0.2  # of the machine's speed from one repeat to the next


def simulated(
    rng: np.random.Generator, pairs: int, repeats: int = 6, drift: float = 0.0
) -> list[list[tuple[float, float]]]:
    """Times of pairs of processes whose true ratio is `TRUTH`."""
    found = []
    for _ in range(pairs):
        student, reference = np.exp(PROCESS * rng.normal(size=2)) * (TRUTH, 1.0)
        noise = np.exp(REPEAT * rng.normal(size=(repeats, 2)))
        noise *= np.exp(drift * rng.normal(size=(repeats, 1)))  # of both alike
        found.append([(student * one, reference * other) for one, other in noise])
    return found


@pytest.mark.parametrize("drift", [0.0, DRIFT])
def test_the_interval_covers_the_truth(drift: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "DRAWS", 120)
    rng = np.random.default_rng(2026)
    runs = [simulated(rng, 3 + run % 6, drift=drift) for run in range(200)]
    covered = sum(low <= TRUTH <= high for _, low, high in map(statistics.interval, runs))

    assert covered >= 0.93 * len(runs)


def test_the_interval_is_no_wider_than_it_must_be() -> None:
    _, low, high = statistics.interval(simulated(np.random.default_rng(7), 8))

    assert high / low < 1.15


def test_a_machine_that_is_now_fast_and_now_slow_makes_it_no_wider() -> None:
    drifting, steady = (
        statistics.interval(simulated(np.random.default_rng(7), 8, drift=drift)) for drift in (DRIFT, 0.0)
    )

    assert drifting == pytest.approx(steady)


def test_the_same_data_give_the_same_interval() -> None:
    pairs = simulated(np.random.default_rng(3), 3)

    assert statistics.interval(pairs) == statistics.interval(pairs)


def test_the_measure_is_the_median_of_the_ratios() -> None:
    pairs = [[(3.0, 1.0), (4.0, 2.0), (90.0, 3.0)], [(5.0, 2.0), (5.0, 90.0)]]

    assert statistics.interval(pairs)[0] == 2.5


def test_times_without_spread_have_no_width() -> None:
    assert statistics.interval([[(2.0, 1.0)] * 4] * 3) == (2.0, 2.0, 2.0)


def test_fewer_pairs_make_a_wider_interval_of_the_same_times() -> None:
    pairs = [[(2.0, 1.0)] * 4, [(2.2, 1.0)] * 4]
    _, low, high = statistics.interval(pairs)
    _, narrower_low, narrower_high = statistics.interval(pairs * 4)

    assert low < narrower_low < narrower_high < high


@pytest.mark.parametrize("pairs", [[], [[]], [[(1.0, 0.0)]], [[(-1.0, 1.0)]]])
def test_an_interval_needs_positive_times(pairs: list[list[tuple[float, float]]]) -> None:
    with pytest.raises(ValueError, match="positive times"):
        statistics.interval(pairs)


@pytest.mark.parametrize("power", [0.0, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    sizes = (100, 200, 400)
    rng = np.random.default_rng(5)
    times = [
        [[size**power * float(np.exp(REPEAT * rng.normal())) for size in sizes] for _ in range(5)]
        for _ in range(4)
    ]
    fit, low, high = statistics.exponent(sizes, times)

    assert low <= fit <= high
    assert abs(fit - power) < 0.05
    assert high - low < 0.2


@pytest.mark.parametrize("pairs", [[], [[[1.0, 2.0, 0.0]]]])
def test_an_exponent_needs_positive_times(pairs: list[list[list[float]]]) -> None:
    with pytest.raises(ValueError, match="positive times"):
        statistics.exponent((1, 2, 4), pairs)
