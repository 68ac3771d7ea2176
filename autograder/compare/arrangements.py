"""How the numbers of a wrong answer are the right ones in the wrong place: transposed, reversed, one late.

Each look takes a `Case` and gives a sentence, or "" where it does not fit. Small whole numbers such as
labels coincide too easily: an arrangement needs at least three different numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .relations import ENOUGH, Array, Case, different

MATRIX = 2  # axes of one
MOST = 1_000_000  # comparisons of one row with another


def place(axes: int, axis: int, many: str = "") -> str:
    """What stands along an axis: "value", "rows" where `many` is "s", "slice along axis 3"."""
    if axes == 1:
        return f"value{many}"
    return ("row", "column")[axis] + many if axes == MATRIX else f"slice{many} along axis {axis}"


def _axes(case: Case) -> str:
    if not case.varied:
        return ""
    for first in range(case.want.ndim):
        for second in range(first + 1, case.want.ndim):
            moved = np.swapaxes(case.want, first, second)
            if moved.shape == case.want.shape and case.is_(moved):
                return "transposed" if case.want.ndim == MATRIX else f"axes {first} and {second} are swapped"
    if case.want.ndim > 1 and case.is_(case.want.T.reshape(case.want.shape)):
        return "the right numbers in another order: `reshape` where the axes should be transposed"
    return ""


def _reversed(case: Case) -> str:
    if not case.varied:
        return ""
    axes = case.want.ndim
    for axis in range(axes):
        if case.is_(np.flip(case.want, axis)):
            return f"the {place(axes, axis, 's')} are in reverse order"
    if axes > 1 and case.is_(np.flip(case.want, (-2, -1))):
        return "turned by 180 degrees, both axes reversed: is the kernel flipped, or not flipped?"
    return ""


def _late(case: Case) -> str:
    """Shifted by one place, whatever stands in the place that became free."""
    if not case.varied:
        return ""
    for axis in range(case.want.ndim):
        length = case.want.shape[axis]
        if length < ENOUGH:
            continue
        ends = [np.take(array, range(1, length), axis) for array in (case.got, case.want, case.wrong)]
        starts = [np.take(array, range(length - 1), axis) for array in (case.got, case.want, case.wrong)]
        for got, want, wrong, word in (
            (ends[0], starts[1], ends[2], "late: each holds what belongs one place earlier"),
            (starts[0], ends[1], starts[2], "early: each holds what belongs one place later"),
        ):
            if wrong.sum() > 1 and different(want, 2) and case.is_(want, got):
                return f"one {place(case.want.ndim, axis)} {word}"
    return ""


def _ordered(case: Case) -> str:
    """The right rows, columns or numbers in another order."""
    want, got = case.want, case.got
    if not case.varied:
        return ""
    if want.ndim == MATRIX:
        for axis, name in ((0, "rows"), (1, "columns")):
            rows = [np.moveaxis(array, axis, 0) for array in (got, want)]
            n = len(rows[0])
            if n * n * rows[0][0].size > MOST:
                continue
            near = np.abs(rows[0][:, None] - rows[1]) <= case.atol + case.rtol * np.abs(rows[1])
            fits = near.all(axis=2)
            if (fits.sum(axis=0) == 1).all() and (fits.sum(axis=1) == 1).all():
                return f"the right {name}, but in another order"
    many = len(np.unique(want)) > max(ENOUGH, want.size // 2)
    if (many or want.size == ENOUGH) and case.is_(np.sort(want, axis=None), np.sort(got, axis=None)):
        return "the right numbers, but in another order"
    return ""


def _part(case: Case) -> str:
    """Right but for one number, row, column, the diagonal or the border."""
    wrong, axes = case.wrong, case.wrong.ndim
    if not axes or wrong.all() or not wrong.any() or wrong.size < ENOUGH:
        return ""
    for axis in range(axes):
        if wrong.shape[axis] < ENOUGH:
            continue
        others = tuple(other for other in range(axes) if other != axis)
        lines = np.flatnonzero(wrong.any(axis=others))
        if len(lines) == 1 and (axes == 1 or wrong.sum() > 1):
            which = {0: "first", wrong.shape[axis] - 1: "last"}.get(int(lines[0]))
            if which:
                return f"only the {which} {place(axes, axis)} is wrong"
            if axes > 1:
                return f"only one {place(axes, axis)} is wrong"
    if wrong.sum() == 1:
        return "only one value is wrong"
    if axes > 1 and min(wrong.shape[-2:]) >= ENOUGH:
        if not wrong[..., 1:-1, 1:-1].any() and _all_sides(wrong):
            return "only the border is wrong: look at the padding"
        if (
            axes == MATRIX
            and wrong.shape[0] == wrong.shape[1]
            and not wrong[~np.eye(len(wrong), dtype=bool)].any()
        ):
            return "only the diagonal is wrong"
    return ""


def _all_sides(wrong: Array) -> bool:
    sides = (wrong[..., 0, :], wrong[..., -1, :], wrong[..., 0], wrong[..., -1])
    return all(bool(side.any()) for side in sides)


def _each(case: Case) -> str:
    """One factor or one constant for each row or column."""
    if case.want.ndim != MATRIX or min(case.want.shape) < MATRIX:
        return ""
    for axis, name in ((0, "column"), (1, "row")):
        if not all(different(line, 2) for line in np.moveaxis(case.want, axis, -1)):
            continue
        if case.is_(case.want + (case.got - case.want).mean(axis=axis, keepdims=True)):
            return f"each {name} is off by a constant of its own: a bias or a mean missing?"
        top = np.abs(case.want).argmax(axis=axis, keepdims=True)
        ratio = np.take_along_axis(case.got, top, axis) / np.take_along_axis(case.want, top, axis)
        if np.isfinite(ratio).all() and case.is_(ratio * case.want) and case.got.any():
            return f"each {name} is off by a factor of its own: normalised along another axis, or not at all?"
    return ""


ARRANGEMENTS: tuple[Callable[[Case], str], ...] = (_axes, _reversed, _late, _ordered, _part, _each)
