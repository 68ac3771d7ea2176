"""How the numbers of a wrong answer follow from the right ones where they stand: a factor, a sign, a root.

Each look takes a `Case` and gives a sentence, or "" where the relation does not explain every number or
too few different numbers support it: one number alone fits every factor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

ENOUGH = 3  # different numbers, before an arrangement is more than chance
DECIMALS = 6
SAMPLES = 200  # the largest n for which n / (n - 1) is told from 1
COARSE = 0.01  # an allowance so wide that a factor can be taken for its neighbour
EXACT = 1e-7  # relative: how near a factor is to the number it is taken for


@dataclass(frozen=True, slots=True)
class Case:
    """Two arrays of one shape, in double precision, with what an error may be at each size of number."""

    got: Array
    want: Array
    wrong: Array
    rtol: float
    atol: float
    whole: bool  # whether `got` is of an integer type

    def is_(self, other: Array, got: Array | None = None) -> bool:
        """Whether the answer (or the part of it given) is `other` within the allowance."""
        mine = self.got if got is None else got
        return mine.shape == other.shape and bool(
            np.all(np.abs(mine - other) <= self.atol + self.rtol * np.abs(other))
        )

    @property
    def support(self) -> Array:
        """The wanted numbers that stand out of the allowance: zero supports no factor."""
        return self.want[np.abs(self.want) > 10 * self.atol]

    @property
    def varied(self) -> bool:
        """Whether enough different numbers are wanted for an arrangement to be recognised."""
        return different(self.want, ENOUGH) and self.tells(self.want)

    def tells(self, other: Array) -> bool:
        """Whether the numbers of `other` differ by much more than the allowance hides."""
        spread = float(np.ptp(other)) if other.size else 0.0
        return spread > 10 * (self.atol + self.rtol * float(np.abs(other).max(initial=0.0)))


def case_of(got: Array, want: Array, allowed: Array) -> Case:
    """Reads rtol and atol back from the allowance, so that moved numbers can be judged where they land."""
    given, wanted = got.astype(float), want.astype(float)
    size = np.abs(wanted)
    low, high = int(size.argmin()), int(size.argmax())
    spread = size.flat[high] - size.flat[low]
    rtol = float((allowed.flat[high] - allowed.flat[low]) / spread) if spread > 0 else 0.0
    atol = float(allowed.flat[low] - rtol * size.flat[low])
    rtol, atol = max(rtol, 1e-9), max(atol, 1e-12 * float(size.flat[high]))
    wrong = ~(np.abs(given - wanted) <= allowed)
    return Case(given, wanted, wrong, rtol, atol, got.dtype.kind in "iu")


def different(array: Array, least: int) -> bool:
    """Whether at least so many numbers of the array differ clearly from each other."""
    scale = float(np.abs(array).max(initial=0.0))
    return bool(scale) and len(np.unique(np.round(array / scale, 6))) >= least


def _cut(case: Case) -> str:
    if not case.whole or not different(case.want, 1):
        return ""
    cut = any(np.array_equal(case.got, to_whole(case.want)) for to_whole in (np.trunc, np.floor, np.rint))
    if cut and (case.got.size > 1 or np.abs(case.got).max() > 1):
        return "the results were cut to whole numbers: an integer array, or // where / is meant"
    return ""


def _zero(case: Case) -> str:
    if case.got.size > 1 and not case.got.any():
        return "every value is zero: is the result ever filled in?"
    return ""


def _sign(case: Case) -> str:
    fraction = bool((case.support != np.rint(case.support)).any())
    if case.is_(-case.want) and (fraction or different(case.support, 2)):
        return "every value has the wrong sign" if case.got.size > 1 else "the sign is wrong"
    return ""


def _factor(case: Case) -> str:
    if not different(case.support, 2):
        return ""
    largest = int(np.abs(case.want).argmax())
    factor = float(case.got.flat[largest] / case.want.flat[largest])
    # Numbers so much alike that a constant would explain them as well, or a result of mere noise.
    if not (case.tells((factor - 1) * case.support) and case.tells(factor * case.support)):
        return ""
    allowed = (case.atol + case.rtol * np.abs(case.want)) * max(1.0, abs(factor))
    if not np.all(np.abs(case.got - factor * case.want) <= allowed):
        return ""
    said = _named(abs(factor), case.want.shape, max(EXACT, case.rtol)) or "is off by the same factor"
    return f"every value {'has the wrong sign and ' * (factor < 0)}{said}"


def _named(factor: float, shape: tuple[int, ...], near: float) -> str:
    """What a factor is, where it is one that the structure of the problem explains."""

    def is_(number: float) -> bool:
        return abs(factor - number) <= near * number

    for number, said in _FACTORS:
        if is_(number):
            return said
    for axis, n in enumerate(shape):
        if n > 1 and is_(n):
            return f"is n = {n} times too large, the length of axis {axis}: a sum where a mean belongs?"
        if n > 1 and is_(1 / n):
            return f"is n = {n} times too small, the length of axis {axis}: a mean where a sum belongs?"
    for n in range(3, SAMPLES):
        if near * n * n > COARSE:  # the next n would be as near as this one
            break
        if is_(n / (n - 1)):
            return "is too large by n / (n - 1): divided by n - 1 where n belongs?"
        if is_((n - 1) / n):
            return "is too small by (n - 1) / n: divided by n where n - 1 belongs?"
    if near < COARSE and factor > 1 and is_(round(factor)):
        return "is too large by the same whole number: is a division by the number of examples missing?"
    if near < COARSE and 0 < factor < 1 and is_(1 / round(1 / factor)):
        return (
            "is too small by the same whole number: is there one division by the number of examples too many?"
        )
    return ""


_FACTORS = (
    (2.0, "is twice the wanted one"),
    (0.5, "is half the wanted one"),
    (4.0, "is four times the wanted one"),
    (0.25, "is a quarter of the wanted one"),
    (1 / np.log(2), "is off by 1 / ln 2: the logarithm to base 2 where the natural one belongs?"),
    (1 / np.log(10), "is off by 1 / ln 10: the logarithm to base 10 where the natural one belongs?"),
    (np.log(2), "is off by ln 2: the natural logarithm where the one to base 2 belongs?"),
    (np.log(10), "is off by ln 10: the natural logarithm where the one to base 10 belongs?"),
)


def _constant(case: Case) -> str:
    step = case.got - case.want
    share = float(step.flat[0] / np.abs(case.want).max(initial=0.0))
    if different(case.want, 2) and case.tells(share * case.want) and case.is_(case.want + step.flat[0]):
        size = abs(float(step.flat[0]))
        by = "1" if abs(size - 1) <= EXACT else "the same amount"
        return f"every value is too {'large' if step.flat[0] > 0 else 'small'} by {by}"
    return ""


def _formula(case: Case) -> str:
    want = case.want
    if case.is_(1 - want) and np.ptp(want) > 0:
        return "every value is one minus the wanted one"
    if not different(case.support[np.abs(case.support) != 1], 2):
        return ""
    for other, said in (
        (np.abs(want), "the sign is lost: every value is the absolute value of the wanted one"),
        (np.maximum(want, 0), "the negative values became zero"),
        (want**2, "every value is the square of the wanted one: is a root missing?"),
        (np.sqrt(want), "every value is the square root of the wanted one"),
        (1 / want, "every value is one over the wanted one"),
        (np.exp(want), "every value is `exp` of the wanted one: is a logarithm missing?"),
        (np.log(want), "every value is the logarithm of the wanted one"),
    ):
        if np.isfinite(other).all() and case.tells(other) and case.is_(other):
            return said
    return ""


def _rounded(case: Case) -> str:
    for decimals in range(DECIMALS + 1):
        # Python and NumPy round to neighbours of each other.
        if np.allclose(np.round(case.got, decimals), case.got, rtol=1e-15, atol=0):
            several = different(case.got, 2)
            if not (several or decimals >= ENOUGH):
                return ""
            if np.all(np.abs(case.got - case.want) <= 0.5 * 10.0**-decimals * (1 + EXACT)):
                to = f"{decimals} decimal{'s' * (decimals > 1)}" if decimals else "whole numbers"
                return f"every value is rounded to {to}: return it unrounded"
            if not decimals and several and np.array_equal(case.got, np.trunc(case.want)):
                return "the results were cut to whole numbers"
            return ""
    return ""


def _same(case: Case) -> str:
    if case.got.size >= ENOUGH and different(case.want, 2) and np.ptp(case.got) == 0:
        return "every value is the same"
    return ""


RELATIONS: tuple[Callable[[Case], str], ...] = (
    _cut,
    _zero,
    _sign,
    _factor,
    _constant,
    _formula,
    _rounded,
)
LEFT_OVER: tuple[Callable[[Case], str], ...] = (_same,)  # true of much, and says little: asked last
