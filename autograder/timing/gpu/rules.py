"""The numbers by which checks are timed on a device, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Seconds are those of the wall clock.

    A check on a device is decided by `fewest` to `most` pairs of fresh processes with `repeats` windows each.
    """

    fewest: int = 3
    most: int = 8
    repeats: int = 4
    brackets: int = 3  # windows of the reference alone, before the submission exists and after it is dead
    window_seconds: float = 0.03  # of the reference: long beside the conversation, which takes 0.2 to 0.3 ms
    most_links: int = 256
    slower: float = 1.05  # the reference beside the submission, over the slower of its two brackets
    interfered: int = 2  # pairs in which that happened before it is the verdict
    drift: float = 0.05  # between the clock of the device in the one's turns and in the other's
    compile_seconds: float = 120.0  # for the first, checked call: torch.compile, Triton, autotuning
    reference_seconds: float = 120.0  # for any window of ours
    quickest: float = 2.0  # that anybody may take for a window
    heat_seconds: float = 1.0
    one_in: int = 3  # windows has its output compared in full; which ones is drawn after the answer
    too_fast: float = 1 / 3  # of the reference's time: a person looks at it


PROJECTION = 2.0  # times the gate in the norm: what a projection may be off by; see `checked`
COMMITMENT = 1e-9  # of the norm: what the same sum may be off by when it is added up in another order
