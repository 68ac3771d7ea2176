"""Which misconceptions could be taken for which: a cheap test that says no only where it is sure.

Naming a misconception compares its answers with those of every candidate, number by number and with all
the freedoms of the mathematics. Most candidates are nowhere near, and that is seen at a glance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    sizes: Numbers  # absolute values, since a sign may be a matter of freedom
    room: Numbers  # how far off each may be


def suspects(
    candidates: Sequence[Misconception], evidence: Evidence
) -> Mapping[str, tuple[Misconception, ...]]:
    """For each of one function's misconceptions itself, and all that answer a check nearly as it does."""
    if not candidates:
        return {}
    checks = evidence.of(candidates[0].function)
    seen = {
        (one.name, check.id): [_glance(reply) for reply in evidence.key.wrong(one, check)]
        for one in candidates
        for check in checks
    }

    def near(one: Misconception, other: Misconception, check: Check) -> bool:
        if evidence.used(one, check) <= 1 or evidence.used(other, check) <= 1:
            return False  # what passes is named after nobody
        if _leaves_bases_free(check.compare):
            return True
        return all(map(_alike, seen[one.name, check.id], seen[other.name, check.id]))

    return {
        one.name: tuple(
            other for other in candidates if other is one or any(near(one, other, check) for check in checks)
        )
        for one in candidates
    }


def _leaves_bases_free(comparison: Comparison) -> bool:
    return comparison.kind == "same_span" or any(map(_leaves_bases_free, comparison.fields.values()))


def _alike(one: _Glance, other: _Glance) -> bool:
    if one.raised or other.raised:
        return one.raised == other.raised
    if one.sizes.shape != other.sizes.shape:
        return True  # entries beside those wanted: left to the real comparison
    with np.errstate(all="ignore"):
        near = np.abs(one.sizes - other.sizes) <= one.room + other.room
        equal = (one.sizes == other.sizes) | (np.isnan(one.sizes) & np.isnan(other.sizes))
        return bool((near | equal).all())


def _glance(reply: Reply) -> _Glance:
    if not isinstance(reply, Answer):
        return _Glance(reply.kind if isinstance(reply, Raised) else "nothing", np.zeros(0), np.zeros(0))
    with np.errstate(all="ignore"):
        leaves = [np.abs(leaf).ravel() for leaf in _leaves(reply.value)]
        sizes = np.concatenate([np.zeros(0), *leaves])
        largest = [np.max(leaf, where=np.isfinite(leaf), initial=0.0) for leaf in leaves]
        room = np.repeat(np.asarray(largest, dtype=float), [leaf.size for leaf in leaves])
        return _Glance("", sizes, GLANCE * (room + np.where(np.isfinite(sizes), sizes, 0.0)) + GLANCE**2)


def _leaves(value: Any) -> Iterator[npt.NDArray[np.complex128]]:
    """The arrays of an answer, and its lone numbers as arrays of one."""
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _leaves(value[key])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, np.ndarray | np.generic | bool | int | float | complex):
        array = np.asarray(value)
        if array.dtype.kind in "biufc":
            yield array.astype(np.complex128)
