"""Which misconceptions could be taken for which: a cheap test that says no only where it is sure.

Naming a misconception compares its answers with those of every candidate, number by number and with all
the freedoms of the mathematics. Most candidates are nowhere near, and that is seen at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.model import Answer, Check, Comparison, Misconception, Raised, Reply

from .evidence import Evidence

GLANCE = 1e-3  # far more than single precision and any other rounding can explain
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Glance:
    """What one reply looks like from afar: an exception, or the sizes of its numbers."""

    raised: str
    keys: tuple[str, ...]  # of the dicts in it
    sizes: Numbers  # absolute values, since a sign may be a matter of freedom
    room: Numbers  # how far off each may be


class Suspects:
    """The misconceptions of one function, and what their answers under one seed look like from afar."""

    def __init__(self, candidates: Sequence[Misconception], evidence: Evidence) -> None:
        self._key = evidence.key
        self._seen = {
            (one.name, check.id): [_glance(reply) for reply in evidence.key.wrong(one, check)]
            for one in candidates
            for check in evidence.of(one.function)
        }

    def answers(self, student: Misconception) -> Callable[[Misconception, Check], Sequence[Reply]]:
        """The candidates' replies, as `diagnose` asks for them where a student answers as `student` does.

        Whoever is nowhere near on a check has no replies to it, and so does not agree. The student's own
        misconception agrees everywhere, so that nobody else's place depends on agreeing in part.
        """
        return lambda one, check: self._key.wrong(one, check) if self.near(student, one, check) else ()

    def near(self, one: Misconception, other: Misconception, check: Check) -> bool:
        """Whether the two could be found to answer `check` alike."""
        if one is other or _leaves_bases_free(check.compare):
            return True
        return all(map(_alike, self._seen[one.name, check.id], self._seen[other.name, check.id]))


def _leaves_bases_free(comparison: Comparison) -> bool:
    return comparison.kind == "same_span" or any(map(_leaves_bases_free, comparison.fields.values()))


def _alike(one: _Glance, other: _Glance) -> bool:
    if one.raised or other.raised:
        return one.raised == other.raised
    if one.sizes.shape != other.sizes.shape:
        return one.keys != other.keys  # entries beside those wanted are left to the real comparison
    with np.errstate(all="ignore"):
        near = np.abs(one.sizes - other.sizes) <= one.room + other.room
        equal = (one.sizes == other.sizes) | (np.isnan(one.sizes) & np.isnan(other.sizes))
        return bool((near | equal).all())


def _glance(reply: Reply) -> _Glance:
    if not isinstance(reply, Answer):
        raised = reply.kind if isinstance(reply, Raised) else "nothing"
        return _Glance(raised, (), np.zeros(0), np.zeros(0))
    with np.errstate(all="ignore"):
        leaves = [np.abs(leaf).ravel() for leaf in _leaves(reply.value)]
        sizes = np.concatenate([np.zeros(0), *leaves])
        largest = [np.max(leaf, where=np.isfinite(leaf), initial=0.0) for leaf in leaves]
        room = np.repeat(np.asarray(largest, dtype=float), [leaf.size for leaf in leaves])
        room = GLANCE * (room + np.where(np.isfinite(sizes), sizes, 0.0)) + GLANCE**2
        return _Glance("", tuple(_keys(reply.value)), sizes, room)


def _inside(value: Any) -> Iterator[Any]:
    """What an answer is made of, one level down; nothing where it is made of nothing else."""
    if isinstance(value, dict):
        yield from (value[key] for key in sorted(value, key=str))
    elif isinstance(value, list | tuple):
        yield from value
    elif isinstance(value, np.ndarray) and value.dtype.hasobject:
        yield from value.ravel().tolist()


def _leaves(value: Any) -> Iterator[npt.NDArray[np.complex128]]:
    """The arrays of an answer, and its lone numbers as arrays of one."""
    if isinstance(value, np.ndarray | np.generic | bool | int | float | complex):
        array = np.asarray(value)
        if array.dtype.kind in "biufc":
            yield array.astype(np.complex128)
    for item in _inside(value):
        yield from _leaves(item)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from sorted(map(str, value))
    for item in _inside(value):
        yield from _keys(item)
