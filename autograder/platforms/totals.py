"""The one way in which points become a number for another platform."""

from __future__ import annotations

from fractions import Fraction

from autograder.model import points


def rounded(value: Fraction) -> float:
    """Points as a number with at most two decimals, the same that every report shows.

    >>> rounded(Fraction(1, 3)), rounded(Fraction(7, 2))
    (0.33, 3.5)
    """
    return float(points(value))
