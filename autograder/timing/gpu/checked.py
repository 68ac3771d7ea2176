"""Whether what was timed is right: every link of every window, and now and then an output in full.

The submission has claimed the projections of each link's outputs, and by them chosen the seeds of the links
after. The reference computes the same links in its own jail, untimed, and projects them on the same signs.
An honest difference of the size e (as a share of the norm) moves a projection by about e; the allowance is
`PROJECTION` times the gate. A wrong output with an error of ten times the allowance is missed by both
projections of one link in about 6 of 1000 cases, by all links of a chain never.

The output of the last link is compared in full where that is wanted, and must have the projections that were
given for it: whoever answered with the right projections of another output, or the wrong ones of this, is
wrong. Full outputs are also looked at for a sentence that says what is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.jail import hashing
from autograder.model import CourseError, Gates, Verdict
from autograder.timing import gates as gating

from .rules import COMMITMENT, PROJECTION
from .side import Kinds, Lost, Replay, Side, Window

BFLOAT16 = Gates(norm=1e-2, worst=1e-1)  # timing.md 2.6; numpy has no name for it
SMALLEST = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}


def gates_of(kind: str, tolerance: Gates | None) -> Gates:
    """The gates for an output of the dtype `kind`."""
    return tolerance or (BFLOAT16 if kind == "bfloat16" else gating.GATES.get(kind, Gates(0.0, 0.0)))


def seeds_of(window: Window) -> tuple[list[int], list[int]]:
    """The seed of each link, and the seed of the signs that it is projected on."""
    seeds = [window.seed]
    for row in window.table[:-1]:
        seeds.append(hashing.next_seed(seeds[-1], row))
    return seeds, [*seeds[:-1], window.nonce]


def check(
    window: Window, ours: Side, theirs: Side, *, full: bool, tolerance: Gates | None, seconds: float
) -> None:
    """Compare a window of `theirs` with what `ours` makes of it.

    Raises:
        Lost: with `WRONG_OUTPUT` where it is not right, or whatever ended `theirs` meanwhile.
        CourseError: the reference's answer is not finite.
    """
    seeds, signs = seeds_of(window)
    want = ours.replay(seeds, signs, seconds)
    if not np.isfinite(want.norms).all():
        raise CourseError("the reference's answer to a timed check contains numbers that are not finite")
    said = different(window.kinds, want.kinds)
    if said:
        raise Lost(Verdict.WRONG_OUTPUT, said)
    right = near(window, want, tolerance)
    if right and not full:
        return
    gates = [gates_of(kind, tolerance) for kind, _ in want.kinds]
    expected = ours.outputs(seconds)
    got = theirs.outputs(seconds)
    with np.errstate(all="ignore"):  # what is claimed may be as large as can be
        for one, other, gate in zip(got, expected, gates, strict=False):
            said = said or gating.judge(one, other, gate)
    if len(got) != len(expected):
        said = f"The answer holds {len(got)} arrays; {len(expected)} are asked for."
    if not said and not committed(window, got):
        said = "The output that was handed in afterwards is not the one that was timed."
    if not said and not right:
        said = "One of the outputs that were timed is not right, or is not the output that was claimed."
    if said:
        raise Lost(Verdict.WRONG_OUTPUT, said)


def different(got: Kinds, want: Kinds) -> str:
    """How dtypes and shapes differ from those that are asked for, in a sentence; empty where they do not."""
    if len(got) != len(want):
        return f"The answer holds {len(got)} arrays; {len(want)} are asked for."
    for (dtype, shape), (wanted, other) in zip(got, want, strict=True):
        if shape != other:
            return f"The answer has the shape {shape}; {other} is asked for."
        if SMALLEST.get(dtype, 8) < SMALLEST.get(wanted, 0):
            return (
                f"The answer has the type {dtype}; the inputs ask for {wanted}, so it was rounded to a "
                "lower precision."
            )
    return ""


def near(window: Window, want: Replay, tolerance: Gates | None) -> bool:
    """Whether all projections of all links are near enough; what is not finite is not."""
    share = np.array([gates_of(kind, tolerance).norm for kind, _ in want.kinds])
    allowed = np.repeat(want.norms * share * PROJECTION, hashing.PROJECTIONS, axis=1)
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.abs(window.table - want.table) <= allowed).all())


def committed(window: Window, outputs: tuple[np.ndarray[Any, Any], ...]) -> bool:
    """Whether outputs have the projections that were claimed for the last link."""
    with np.errstate(invalid="ignore", over="ignore"):
        table, norms = hashing.project(outputs, window.nonce)
        allowed = np.repeat(norms, hashing.PROJECTIONS) * COMMITMENT
        return bool((np.abs(window.table[-1] - table) <= allowed).all())
