"""Two arrays of one shape: how much of the allowance the error uses up, and where it is largest.

Everything is written so that NaN loses: a number is right where `error <= allowed` holds, and NaN holds
nowhere. The freedoms of the mathematics (signs of eigenvectors, bases of a subspace) are taken away from
both sides first; what is left is compared number by number.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.model import Comparison, Mismatch

from .patterns import recognise

Array = npt.NDArray[Any]

SINGLE = frozenset({"float32", "complex64"})
SINGLE_RTOL = 1e-4  # what a right answer in single precision may be off by, after a few hundred operations
SINGLE_ATOL = 1e-6  # of the largest wanted number: what cancellation leaves of it
CELLS = 24  # of a heat map, along each side
HOTTEST = 9
PLANE = 2  # axes of a picture


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of an answer, looked at: the share of its allowance that it used, and what is wrong.

    `used` is error / allowed where that is largest: at most 1 where the part is right, infinite where
    the two cannot be compared at all.
    """

    used: float
    mismatch: Mismatch | None = None


def look(got: Array, want: Array, comparison: Comparison, where: str, *, guess: bool = True) -> Finding:
    """Compare two arrays of numbers or truth values of the same shape; no warning of NumPy escapes.

    `guess` says whether the pattern of the error and its picture are looked for, which takes longer.
    """
    if not want.size:
        return Finding(0.0)
    with np.errstate(all="ignore"):
        if comparison.kind == "property_holds":
            return _look_at_properties(got, want, where, guess)
        if lost := _look_for_nan(got, want, where):
            return lost
        finite = np.isfinite(want)
        wanted = np.where(finite, want, 0)
        given = np.where(finite, got, 0)
        if comparison.kind == "exact" or want.dtype.kind == "b":
            wrong = given != wanted
            error = np.where(wrong, np.abs(_wide(given) - _wide(wanted)), 0.0)
            return _finding(got, want, wrong, error, np.zeros(want.shape), where, guess)
        rtol, atol = _tolerance(got, want, wanted, comparison)
        if comparison.kind == "same_span" and want.ndim:
            return _look_at_span(_wide(given), _wide(wanted), rtol + atol, where)
        given, wanted = _wide(given), _wide(wanted)
        if comparison.kind == "up_to_sign" and want.ndim:
            given = _turned(given, wanted, comparison.axis)
            got = np.where(finite, given, got)
        error = np.abs(given - wanted)
        allowed = atol + rtol * np.abs(wanted)
        wrong = ~(error <= allowed)
        return _finding(got, want, wrong, error, allowed, where, guess)


def plainly_close(got: Any, want: Any, comparison: Comparison) -> bool | None:
    """Whether two values are close, where that is plain: the same make, finite numbers, double precision.

    Nearly every answer is of that kind. None where it is not plain: `look` finds it out.
    """
    kind = type(want)
    if type(got) is not kind:
        return None
    if kind is float:
        if not math.isfinite(want):
            return None
        return bool(abs(got - want) <= comparison.atol + comparison.rtol * abs(want))
    if kind is int or kind is bool or kind is str or want is None:
        return True if got == want else None
    if kind is list or kind is tuple:
        if len(got) != len(want):
            return None
        parts = [plainly_close(one, other, comparison) for one, other in zip(got, want, strict=True)]
        return False if False in parts else (None if None in parts else True)
    if kind is not np.ndarray or got.shape != want.shape:
        return None
    if got.dtype != np.float64 or want.dtype != np.float64:
        return None
    with np.errstate(all="ignore"):
        close = np.abs(got - want) <= comparison.atol + comparison.rtol * np.abs(want)
        return bool(close.all()) if np.isfinite(want).all() else None


def heat(used: Array) -> tuple[tuple[int, ...], ...]:
    """A picture of error / allowed on at most 24 x 24 cells: 0 right, 1 to 9 by powers of ten.

    `used` has one or two axes; a cell shows the worst of what it covers.
    """
    rows = np.atleast_2d(used)
    levels = np.where(rows <= 1, 0, 1 + np.clip(np.floor(np.log10(rows)), 0, HOTTEST - 1))
    for axis in (0, 1):
        length = levels.shape[axis]
        starts = np.unique(np.linspace(0, length, min(length, CELLS) + 1).astype(int)[:-1])
        levels = np.maximum.reduceat(levels, starts, axis=axis)
    return tuple(tuple(int(level) for level in row) for row in levels)


def place(where: str, index: tuple[int, ...]) -> str:
    """The name of one number of an answer: "result[0][2, 1]"."""
    return f"{where}[{', '.join(map(str, index))}]" if index else where


def _look_for_nan(got: Array, want: Array, where: str) -> Finding | None:
    """NaN and infinities must stand exactly where the wanted ones stand, with the same sign."""
    same = (np.isfinite(got) & np.isfinite(want)) | (np.isnan(got) & np.isnan(want)) | (got == want)
    if same.all():
        return None
    index = _first(~same)
    here = got[index]
    if np.isnan(here):
        pattern = (
            "NaN is no number: it comes from 0/0, inf - inf, or the root or logarithm of a negative number"
        )
    elif np.isinf(here):
        pattern = "an infinity: a division by zero, the logarithm of zero, or an `exp` of a large number"
    else:
        pattern = "an ordinary number stands where the right answer is infinite or NaN"
    mismatch = Mismatch(
        "nan",
        place(where, index),
        _shown(here),
        _shown(want[index]),
        wrong=int((~same).sum()),
        total=int(want.size),
        pattern=pattern,
    )
    return Finding(np.inf, mismatch)


def _look_at_properties(got: Array, want: Array, where: str, guess: bool) -> Finding:
    """Truth against truth; NaN holds nothing."""
    lost = np.isnan(got)
    truth = np.where(lost, np.nan, got.astype(bool)) if lost.any() else got.astype(bool)
    wrong = lost | (got.astype(bool) != want.astype(bool))
    return _finding(truth, want.astype(bool), wrong, wrong * 1.0, np.zeros(want.shape), where, guess)


def _look_at_span(got: Array, want: Array, allowed: float, where: str) -> Finding:
    """The rows span the same subspace where no wanted direction sticks out of the given ones.

    The error is the sine of the largest angle between the two; any basis of the subspace will do.
    """
    worst, outside, total, rank = 0.0, 0, 0, ""
    length = want.shape[-1]
    height = want.shape[-2] if want.ndim > 1 else 1
    for given, wanted in zip(got.reshape(-1, height, length), want.reshape(-1, height, length), strict=True):
        try:
            here, there = _basis(given), _basis(wanted)
        except np.linalg.LinAlgError:  # no convergence: no directions that one could trust
            here, there = given[:0], np.eye(height, length)
        sines = np.nan_to_num(np.linalg.norm(there - (there @ here.conj().T) @ here, axis=1), nan=1.0)
        if len(here) != len(there):
            rank = "fewer" if len(here) < len(there) else "more"
            sines = np.ones(max(len(there), 1))
        worst = max(worst, float(sines.max(initial=0.0)))
        outside += int((~(sines <= allowed)).sum())
        total += height
    used = worst / allowed if allowed else (np.inf if worst else 0.0)
    if not outside:
        return Finding(used)
    pattern = (
        f"the rows span {rank} directions than they should"
        if rank
        else "the rows span another subspace than they should"
    )
    return Finding(
        used,
        Mismatch("value", where, None, None, worst, allowed, min(outside, total), total, pattern),
    )


def _basis(rows: Array) -> Array:
    """Orthonormal rows that span what `rows` (k, d) span."""
    largest = np.abs(rows).max(initial=0.0)
    if not largest:
        return rows[:0]
    _, sizes, basis = np.linalg.svd(rows / largest, full_matrices=False)
    return np.asarray(basis[sizes > sizes[0] * max(rows.shape) * np.finfo(float).eps * 8])


def _turned(got: Array, want: Array, axis: int) -> Array:
    """`got` with each vector along `axis` turned to the side on which the wanted one lies."""
    along: int | None = axis if -want.ndim <= axis < want.ndim else None
    # Only the sign counts: scaled, so that it cannot overflow.
    scale = [np.abs(array).max(initial=0.0) or 1.0 for array in (got, want)]
    side = (got / scale[0] * (want / scale[1]).conj()).sum(axis=along, keepdims=True).real
    return np.where(side < 0, -got, got)


def _tolerance(got: Array, want: Array, wanted: Array, comparison: Comparison) -> tuple[float, float]:
    """Both tolerances; a side in single precision brings its own slack. Half precision brings none."""
    rtol, atol = comparison.rtol, comparison.atol
    if {got.dtype.name, want.dtype.name} & SINGLE:
        rtol = max(rtol, SINGLE_RTOL)
        atol = max(atol, SINGLE_ATOL * float(np.abs(_wide(wanted)).max(initial=0.0)))
    return rtol, atol


def _finding(
    got: Array, want: Array, wrong: Array, error: Array, allowed: Array, where: str, guess: bool
) -> Finding:
    used = np.where(error > 0, error / allowed, 0.0)
    used = np.where(wrong, np.fmax(used, np.nextafter(1.0, 2.0)), np.fmin(used, 1.0))
    largest = float(used.max(initial=0.0))
    if not wrong.any():
        return Finding(largest)
    error = np.where(np.isfinite(error), error, sys.float_info.max)
    index = _first(np.where(used == largest, error, -1.0))
    pattern = recognise(got, want, allowed) if guess else ""
    if not pattern and got.dtype.name == "float16":
        pattern = "float16 keeps three digits only: compute in float64"
    mismatch = Mismatch(
        "value",
        place(where, index),
        _shown(got[index]),
        _shown(want[index]),
        float(error[index]),
        float(allowed[index]),
        int(wrong.sum()),
        int(want.size),
        pattern,
        _picture(used, index) if guess else (),
        heat_of=_slice_name(where, index) if guess and len(index) > PLANE else "",
    )
    return Finding(largest, mismatch)


def _picture(used: Array, worst: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The heat map of one or two axes; of more, that of the slice in which the worst number lies."""
    if used.size < 2:  # noqa: PLR2004 - one number is no picture
        return ()
    return heat(used[worst[:-PLANE]] if used.ndim > PLANE else used)


def _slice_name(where: str, worst: tuple[int, ...]) -> str:
    """What the heat map of more than two axes shows. Four axes are, most often, those of pictures."""
    *outer, _, _ = worst
    name = f"{where}[{', '.join([*map(str, outer), ':', ':'])}]"
    if len(outer) != PLANE:
        return name
    return f"{name}; of a batch of pictures that is picture {outer[0]}, channel {outer[1]}, counted from 0"


def _first(array: Array) -> tuple[int, ...]:
    """The index of the first largest entry: of a mask, the first that is true."""
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(array)), np.shape(array)))


def _wide(array: Array) -> Array:
    """In double precision: no wrap-around of small integers, no rounding of half precision."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _shown(number: Any) -> float | str:
    """A number as a report can hold it: words for what JSON has no number for."""
    value = number.item()
    if isinstance(value, bool | complex) or not np.isfinite(value):
        return str(value)
    return float(value)
