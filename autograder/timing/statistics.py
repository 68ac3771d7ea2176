"""From times to an interval: two-level percentile bootstraps, the same for the same data.

Processes differ from each other by a few per cent for as long as they live (how memory happened to be
laid out), so repeats within one pair of processes say too little about the next. The bootstrap draws pairs
first and repeats within them second (Davison and Hinkley, Bootstrap Methods and their Application, 1997,
section 3.8). With few pairs such an interval is too narrow; it is widened, on a logarithmic scale, as
Student's t is wider than the normal (Hesterberg, What Teachers Should Know about the Bootstrap, The
American Statistician 69, 2015, section 5).

A ratio is taken within each repeat, where student and reference compute one after the other, and the median
over these. A ratio of medians takes its two numbers from moments when the machine may have been faster or
slower: in 60 runs of a reference against itself its standard deviation was twice as large (top of
`bench/clock.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

DRAWS = 2000
LEVEL = 0.95
SEED = 1  # the same data give the same verdict
NORMAL = 1.960  # the 97.5 % quantile of the normal, and below of Student's t with 1, 2, 3 ... degrees
STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)

Pair = Sequence[tuple[float, float]]  # (student's seconds, reference's seconds) of each repeat


def interval(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """The median over repeats of the ratio student/reference, and the bounds of its 95 % interval.

    Raises:
        ValueError: no repeat, or a time that is not positive.
    """
    times = [np.array(pair, dtype=float) for pair in pairs if len(pair)]
    if not times or any((one <= 0).any() for one in times):
        raise ValueError("an interval needs repeats with positive times")
    ratios = [one[:, 0] / one[:, 1] for one in times]
    ratio = float(np.median(np.concatenate(ratios)))
    wider = _wider(len(times))
    low, high = (ratio * (bound / ratio) ** wider for bound in _bounds(ratios, float))
    return ratio, low, high


def exponent(sizes: Sequence[int], pairs: Sequence[Sequence[Sequence[float]]]) -> tuple[float, float, float]:
    """How fast cost grows: the slope of log seconds over log size, with its 95 % interval.

    `pairs[p][r]` holds the seconds at each of `sizes` in repeat r of process p. 1 means that twice the
    size costs twice the time; the least squares fit is through the medians of the sizes.

    Raises:
        ValueError: no repeat, or a time that is not positive.
    """
    times = [np.array(pair, dtype=float) for pair in pairs if len(pair)]
    if not times or any((one <= 0).any() for one in times):
        raise ValueError("an exponent needs repeats with positive times")
    log_size = np.log(np.array(sizes, dtype=float))
    weight = (log_size - log_size.mean()) / ((log_size - log_size.mean()) ** 2).sum()

    def slope(medians: np.ndarray) -> np.ndarray:  # (..., sizes) -> (...)
        fitted: np.ndarray = np.log(medians) @ weight
        return fitted

    fit = float(slope(np.median(np.concatenate(times), axis=0)))
    low, high = (fit + _wider(len(times)) * (bound - fit) for bound in _bounds(times, slope))
    return fit, low, high


def _wider(pairs: int) -> float:
    """How much wider; one pair says nothing of others, and its interval is of its repeats alone."""
    return STUDENT[min(pairs - 1, len(STUDENT)) - 1] / NORMAL if pairs > 1 else 1.0


def _bounds(
    values: Sequence[np.ndarray], statistic: Callable[[np.ndarray], float | np.ndarray]
) -> tuple[float, float]:
    rng = np.random.default_rng(SEED)
    found = np.empty(DRAWS)
    for draw in range(DRAWS):
        chosen = (values[i] for i in rng.integers(0, len(values), len(values)))
        repeats = [one[rng.integers(0, len(one), len(one))] for one in chosen]
        found[draw] = statistic(np.median(np.concatenate(repeats), axis=0))
    low, high = np.percentile(found, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return float(low), float(high)
