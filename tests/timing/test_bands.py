"""Bands: which share a measure earns, and when an interval has decided it."""

from __future__ import annotations

import math

import pytest

from autograder.timing import bands

BANDS = ((4.0, 1.0), (20.0, 0.7), (140.0, 0.4))


@pytest.mark.parametrize(
    ("measure", "share"),
    [(0.1, 1.0), (4.0, 1.0), (4.001, 0.7), (20.0, 0.7), (140.0, 0.4), (141.0, 0.0), (math.inf, 0.0)],
)
def test_a_measure_earns_the_first_band_that_it_does_not_exceed(measure: float, share: float) -> None:
    assert bands.share(BANDS, measure) == share


def test_what_is_no_number_earns_nothing() -> None:
    assert bands.share(BANDS, math.nan) == 0


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (1.0, 3.9, (1.0, True)),
        (3.9, 4.1, (1.0, False)),
        (3.9, 25.0, (1.0, False)),
        (5.0, 19.0, (0.7, True)),
        (150.0, 900.0, (0.0, True)),
    ],
)
def test_the_best_band_inside_an_interval_counts(low: float, high: float, found: tuple[float, bool]) -> None:
    assert bands.decide(BANDS, low, high) == found


def test_bands_of_equal_worth_are_one() -> None:
    assert bands.decide(((1.0, 0.5), (2.0, 0.5)), 0.5, 1.5) == (0.5, True)


@pytest.mark.parametrize(
    ("low", "high", "edge"), [(3.0, 5.0, 4.0), (3.0, 500.0, 4.0), (4.0, 5.0, 4.0), (5.0, 30.0, 20.0)]
)
def test_an_undecided_interval_names_the_lowest_edge(low: float, high: float, edge: float) -> None:
    assert bands.edge(BANDS, low, high) == edge


def test_an_interval_within_a_band_lies_across_no_edge() -> None:
    assert bands.edge(BANDS, 5.0, 19.0) is None


def test_nobody_looks_twice_beyond_five_times_the_last_edge() -> None:
    assert bands.hopeless(BANDS) == 700
