"""Timed checks: how fast an answer is, by a clock that the answer cannot touch.

Theory of operation. Two jails of the same make stand side by side, one with our reference, one with the
student's file, on the same core, with one thread. Both are frozen. For each repeat the grader draws inputs
that nobody has seen, lays them into memory that both may only read, and lets one of them run: from then
until it says that it is done its processor time is counted, by the kernel, outside. Then it is frozen
again and the whole output copied. The other gets the same inputs; who goes first alternates. Every output
that was timed is compared in full with the reference's for the same inputs.

So there is nothing to gain inside. A patched clock is not read, a cached answer belongs to other inputs,
half an answer or one of half the precision is a wrong answer, what is left to a thread is not there when
the jail is frozen, what a thread or a child process does is counted, and while the reference has its turn
there is nobody who could slow it down.

What counts is the ratio of the medians, with an interval from a bootstrap over pairs of fresh processes
and repeats within them (`statistics`), and the points are those of the band of the rubric in which that
interval lies (`bands`). Bands belong into the wide gaps between kinds of solution, never near 1.

    memory, clocks      what a jail shares with the grader; when it may run, and for how long it did
    contender           one jail of a duel
    duel                one pair of processes: the repeats, and the comparison of what came out
    contest             pairs until the verdict
    growth              how cost grows with the size, for which no reference needs to be clocked
    gates               whether an output is right, and in which precision it was computed
    calibration         whether the model solutions lie in their own bands on this machine
    gpu                 the same on a device, where the clock is the wall's
"""

from __future__ import annotations

from .check import time_check

__all__ = ["time_check"]
