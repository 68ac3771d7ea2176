"""Memory that the grader and one jail both see: inputs cross into it, outputs out of it, at no cost.

It is sealed before the jail exists: what is for reading cannot be written from inside, and neither can be
made shorter, which would kill the grader at its next look.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.model import SandboxFault

PAGE = 4096
ALIGNED = 64  # bytes: where arrays begin, as in memory that NumPy gives out itself
ADD_SEALS = 1033
SEAL, SHRINK, GROW, FUTURE_WRITE = 0x1, 0x2, 0x4, 0x10


@dataclass(frozen=True, slots=True)
class Place:
    """Where an array lies: plain data, so that it can cross."""

    dtype: str
    shape: tuple[int, ...]
    offset: int
    tensor: bool = False


class Shared:
    """A piece of shared memory of at least `size` bytes; `readonly` for the other side."""

    def __init__(self, size: int, *, readonly: bool) -> None:
        self.size = -(-max(size, 1) // PAGE) * PAGE
        try:
            self.descriptor = os.memfd_create("timed", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
            os.ftruncate(self.descriptor, self.size)
            self._map = mmap.mmap(self.descriptor, self.size)
            seals = SEAL | SHRINK | GROW | (FUTURE_WRITE if readonly else 0)
            fcntl.fcntl(self.descriptor, ADD_SEALS, seals)
        except (OSError, ValueError, AttributeError) as error:
            raise SandboxFault(f"no shared memory for a timed check: {error}") from error
        if not readonly:
            self._map[:] = bytes(self.size)  # every page is there, and the grader's, before a clock runs

    def put(self, arrays: Sequence[np.ndarray], places: Sequence[Place]) -> None:
        """Write `arrays` where `places` says."""
        for array, place in zip(arrays, places, strict=True):
            np.copyto(self._view(place), array, casting="no")

    def taken(self) -> bytes:
        """A copy of everything, made while the other side stands still."""
        return bytes(self._map)

    def close(self) -> None:
        """Let go of it."""
        self._map.close()
        os.close(self.descriptor)

    def _view(self, place: Place) -> np.ndarray:
        return np.ndarray(place.shape, np.dtype(place.dtype), self._map, place.offset)


def lay_out(arrays: Sequence[Any], tensors: Sequence[bool]) -> tuple[list[Place], int]:
    """Places for `arrays` one after the other, and the bytes they take."""
    places, end = [], 0
    for array, tensor in zip(arrays, tensors, strict=True):
        places.append(Place(array.dtype.str, array.shape, end, tensor))
        end += -(-array.nbytes // ALIGNED) * ALIGNED
    return places, end


def read(data: bytes, place: Place) -> np.ndarray:
    """The array at `place` in a copy of shared memory.

    Raises:
        ValueError, TypeError: there is none.
    """
    if place.offset < 0:  # of a copy, NumPy would give what lies before it
        raise ValueError("no place in the memory")
    return np.ndarray(place.shape, np.dtype(place.dtype), data, place.offset)
