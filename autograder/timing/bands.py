"""Bands: what a measure is worth, and whether an interval has decided it."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.model import Band


def share(bands: Sequence[Band], measure: float) -> float:
    """The share of the points that `measure` earns: that of the first band it does not exceed, else 0."""
    return next((worth for edge, worth in bands if measure <= edge), 0.0)


def decide(bands: Sequence[Band], low: float, high: float) -> tuple[float, bool]:
    """The share of the best band inside the interval, and whether the interval lies in that one alone."""
    best = share(bands, low)
    return best, best == share(bands, high)


def edge(bands: Sequence[Band], low: float, high: float) -> float | None:
    """The edge that an undecided interval lies across, the lowest where there are several."""
    return next((at for at, _ in bands if low <= at < high), None)


def hopeless(bands: Sequence[Band]) -> float:
    """The measure beyond which nobody needs to look twice: five times the last edge."""
    return 5 * bands[-1][0]
