"""Whether a timed output is right: near the reference's in the norm, and nowhere far from it.

The norm names the precision that an answer was computed in, because rounding errors of the formats lie
decades apart: measured on two sizes of convolution against float64, float32 gives 2e-7 to 6e-7 of the norm,
TF32 or half precision inputs 3e-4, bfloat16 2.4e-3. Each gate lies in the wide gap above its own format, so
that no order of summation fails and no lower precision passes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.model import Gates

GATES = {
    "float64": Gates(norm=1e-11, worst=1e-9),
    "float32": Gates(norm=2e-5, worst=2e-4),
    "float16": Gates(norm=1e-2, worst=1e-1),
}
PRECISIONS = (  # (error in the norm from, to, what computes with it)
    (1e-9, 5e-6, "single precision (float32)"),
    (1e-4, 1.2e-3, "half precision (float16) or TF32"),
    (1.2e-3, 8e-3, "bfloat16"),
)
BITS = {"f": 0, "i": 1, "u": 1, "b": 1}


def gates_for(want: np.ndarray) -> Gates:
    """The gates for the precision of a reference's output; whole numbers must be equal."""
    return GATES.get(str(want.dtype), Gates(0.0, 0.0))


def judge(got: Any, want: np.ndarray, gates: Gates | None = None) -> str:
    """What is wrong with the output `got`, in a sentence to the student; empty where nothing is."""
    if not isinstance(got, np.ndarray) or got.dtype.kind not in BITS:
        return "The answer is not an array of numbers."
    if got.shape != want.shape:
        return f"The answer has the shape {got.shape}; the inputs ask for another."
    if (
        gates is None
        and want.dtype.kind == "f"
        and got.dtype.kind == "f"
        and got.dtype.itemsize < want.dtype.itemsize
    ):
        return f"The answer has the type {got.dtype}; the inputs have {want.dtype}, and so must the answer."
    if gates is None and want.dtype.kind in "iub":  # as float64, large whole numbers would be rounded
        wrong = int((got != want).sum())
        return f"The answer is wrong: {wrong} of {want.size} numbers differ." if wrong else ""
    allowed = gates or gates_for(want)
    with np.errstate(all="ignore"):  # an answer may hold anything, and what it holds is said below
        difference = got.astype(np.float64) - want
        size = float(np.linalg.norm(want.astype(np.float64)))
        error = float(np.linalg.norm(difference)) / (size or 1.0)
    if not np.isfinite(difference).all():
        return "The answer contains numbers that are not finite."
    if error > allowed.norm:
        return _named(error, want)
    rms = size / max(want.size, 1) ** 0.5
    if difference.size and float(np.abs(difference).max()) > allowed.worst * (rms or 1.0):
        return "The answer is near everywhere but for single numbers, which are far from right."
    return ""


def _named(error: float, want: np.ndarray) -> str:
    for least, most, precision in PRECISIONS:
        if want.dtype.kind == "f" and least <= error <= most:
            return (
                f"The answer is off by {error:.1e} of its size, which is the rounding error of {precision}; "
                f"the inputs have {want.dtype}, and the computation must keep that precision."
            )
    return f"The answer is wrong: it is off by {100 * min(error, 9.99):.2g} % of its size."
