"""The usual shapes of error, recognised from the numbers: transposed, a factor, a sign, one row late.

A sentence is given only where it explains *all* the numbers (or says exactly which it leaves out), and
only where enough different numbers support it: one number alone fits every factor. Sentences may be shown
while the values are hidden. They therefore name what follows from shapes (2, n, an axis) and never a
number that could only be read off the wanted values.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np

from .arrangements import ARRANGEMENTS, MATRIX, place
from .relations import LEFT_OVER, RELATIONS, Array, case_of

MOST = 1_000_000  # numbers; beyond, fifty looks at the array would cost more than the sentence is worth
AXES = 5  # of arrays whose axes are tried in every order


def recognise(got: Array, want: Array, allowed: Array | float) -> str:
    """A sentence on how `got` differs from `want`, two arrays of one shape; "" where none fits.

    `allowed` is the error allowed at each number, an array of the same shape or one number for all.
    """
    kinds = got.dtype.kind + want.dtype.kind
    if got.shape != want.shape or not 0 < got.size <= MOST or not set(kinds) <= set("biuf"):
        return ""
    if not (np.isfinite(got).all() and np.isfinite(want).all()):
        return ""
    with np.errstate(all="ignore"):
        case = case_of(got, want, np.broadcast_to(np.asarray(allowed, float), want.shape))
        return next(
            (sentence for look in (*RELATIONS, *ARRANGEMENTS, *LEFT_OVER) if (sentence := look(case))), ""
        )


def recognise_shape(got: Array, want: Array, right: Callable[[Array], bool]) -> str:
    """A sentence on why `got` has another shape than `want`; `right` judges an array of the wanted shape."""
    if not 0 < want.size <= MOST or not 0 < got.size <= MOST:
        return "an empty array stands where numbers are wanted" if want.size and not got.size else ""
    if got.size == want.size:
        return _reshaped(got, want, right)
    if not got.ndim:
        return "one number stands where an array is wanted: was a sum or a mean taken over every axis?"
    if got.ndim == want.ndim:
        for axis in range(got.ndim):
            rest = [shape[:axis] + shape[axis + 1 :] for shape in (got.shape, want.shape)]
            if got.shape[axis] == want.shape[axis] + 1 and rest[0] == rest[1]:
                one = place(got.ndim, axis)
                if right(np.take(got, range(want.shape[axis]), axis)):
                    return f"the right numbers, but one {one} too many at the end"
                if right(np.take(got, range(1, got.shape[axis]), axis)):
                    return f"the right numbers, but one {one} too many at the start"
    return ""


def _reshaped(got: Array, want: Array, right: Callable[[Array], bool]) -> str:
    if got.size == 1:
        if not right(got.reshape(want.shape)):
            return ""
        if not want.ndim:
            return "the right number, but inside an array: take it out with `.item()` or an index"
        return "the right number, but in another shape than wanted"
    if tuple(n for n in got.shape if n > 1) == tuple(n for n in want.shape if n > 1):
        if not right(got.reshape(want.shape)):
            return ""
        if got.ndim > want.ndim:
            return "the right numbers, but with an axis of length 1 too many: `keepdims`, or `squeeze` it"
        if got.ndim < want.ndim:
            return "the right numbers, but an axis of length 1 is missing: `keepdims=True` keeps it"
        return "the right numbers, but the axis of length 1 stands in another place"
    if got.T.shape == want.shape and right(got.T):
        return "the right numbers, but transposed"
    if MATRIX < got.ndim <= AXES:
        for order in permutations(range(got.ndim)):
            moved = got.transpose(order)
            if moved.shape == want.shape and right(moved):
                return "the right numbers, but with the axes in another order"
    if right(got.reshape(want.shape)):
        return "the right numbers in the right order, but in another shape"
    return ""
