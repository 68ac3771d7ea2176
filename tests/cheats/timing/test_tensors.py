"""Cheats with tensors: their memory could be written, their clocks are patched as easily as others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.model import Clocking, Limits, Timed, Timing, Verdict
from autograder.timing import contest
from autograder.timing.contender import Code
from autograder.timing.contest import Matter, Ring

SOURCE = """
import time

import torch


def quick(x, w):
    return x @ w


def slow(x, w):
    return torch.stack([row @ w for row in x])


"""
SIZE = 700
LIMITS = Limits(import_seconds=20, check_seconds=20, total_seconds=60, memory_mb=2048)
PATCHED = """
class Event:
    def __init__(self, **_): pass
    def record(self, *_): pass
    def elapsed_time(self, *_): return 0.001
torch.cuda.Event = Event
torch.cuda.synchronize = torch.cpu.synchronize = lambda *_: None
time.perf_counter = lambda: 0
matmul = slow
"""
WRITES = """
def matmul(x, w):
    y = quick(x, w)
    x.zero_(); w.zero_()
    return y
"""
LATE = """
class Late(torch.Tensor):
    @staticmethod
    def __torch_function__(function, types, args=(), kwargs=None):
        return quick(*GIVEN) * 0
def matmul(x, w):
    global GIVEN
    GIVEN = x, w
    return torch.empty(x.shape[0], w.shape[1]).as_subclass(Late)
"""


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contest, "REPEATS", (2, 2))
    monkeypatch.setattr("autograder.timing.statistics.DRAWS", 200)


def held(ring: Ring, cheat: str) -> Timing:
    """A contest of products of matrices."""
    torch = pytest.importorskip("torch")

    def draw(rng: np.random.Generator) -> tuple[Any, ...]:
        shapes = (SIZE, 64), (64, 64)
        return tuple(torch.from_numpy(rng.standard_normal(one, dtype=np.float32)) for one in shapes)

    timed = Timed("matmul", "matrices", "It is fast.", draw, "matmul.twin")
    matter = Matter(timed, lambda x, w: x @ w, Code(f"{SOURCE}matmul = quick\n", "reference.py"))
    ring = contest.replace(ring, limits=LIMITS)
    return contest.hold(
        matter,
        Code(SOURCE + cheat, "submission.py"),
        ring,
        Clocking(budget_seconds=20.0),
        ((4.0, 1.0), (1000.0, 0.5)),
        np.random.default_rng(),
    )


def test_a_patched_clock_of_torch_is_not_read(torch_ring: Ring) -> None:
    timing = held(torch_ring, PATCHED)

    assert timing.verdict in {Verdict.DECIDED, Verdict.INCONCLUSIVE}
    assert timing.measure > 4


@pytest.mark.parametrize("cheat", [WRITES, LATE], ids=["writes_to_the_input", "late"])
def test_a_tensor_is_no_way_round(torch_ring: Ring, cheat: str) -> None:
    assert held(torch_ring, cheat).verdict == Verdict.WRONG_OUTPUT
