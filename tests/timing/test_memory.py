"""Shared memory: what the other side may read it cannot write, and nobody can change its size."""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np
import pytest

from autograder.model import SandboxFault
from autograder.timing import memory
from autograder.timing.memory import Place, Shared

BYTES = 3 * memory.PAGE
LIBC = ctypes.CDLL(None, use_errno=True)


@pytest.fixture
def readable() -> Iterator[Shared]:
    """For the child to read."""
    made = Shared(BYTES, readonly=True)
    yield made
    made.close()


@pytest.fixture
def writable() -> Iterator[Shared]:
    """For the child to write."""
    made = Shared(BYTES, readonly=False)
    yield made
    made.close()


def child(attempt: Callable[[], object]) -> str:
    """What became of `attempt` in a forked child: "done", or the name of the exception."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
            said = "done"
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is asked for
            said = type(error).__name__
        with suppress(BaseException):
            os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(pid, 0)
    said = os.read(ours, 100).decode()
    os.close(ours)
    return said


def protect(descriptor: int) -> None:
    """Map for reading, then ask for more."""
    mapped = mmap.mmap(descriptor, BYTES, prot=mmap.PROT_READ)
    at = np.frombuffer(mapped, np.uint8).ctypes.data
    if LIBC.mprotect(ctypes.c_void_p(at), ctypes.c_size_t(memory.PAGE), 3):
        raise PermissionError


def punch(descriptor: int) -> None:
    """Make a hole."""
    if LIBC.fallocate(descriptor, 3, ctypes.c_long(0), ctypes.c_long(memory.PAGE)):
        raise PermissionError


WRITES = {
    "mapped": lambda n: mmap.mmap(n, BYTES),
    "written": lambda n: os.pwrite(n, b"x", 0),
    "opened_again": lambda n: os.write(os.open(f"/proc/self/fd/{n}", os.O_RDWR), b"x"),
    "protection_taken_away": protect,
    "punched": punch,
}
RESIZES = {
    "shorter": lambda n: os.ftruncate(n, 0),
    "longer": lambda n: os.ftruncate(n, 10 * BYTES),
    "sealed": lambda n: fcntl.fcntl(n, memory.ADD_SEALS, 0x8),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_child_cannot_write_what_it_may_read(readable: Shared, way: str) -> None:
    readable.put([np.full(4, 7.0)], [Place("<f8", (4,), 0)])

    assert child(lambda: WRITES[way](readable.descriptor)) == "PermissionError"
    assert memory.read(readable.taken(), Place("<f8", (4,), 0)).tolist() == [7.0] * 4


@pytest.mark.parametrize("way", RESIZES)
@pytest.mark.parametrize("readonly", [True, False])
def test_a_child_cannot_change_size_or_seals(way: str, *, readonly: bool) -> None:
    made = Shared(BYTES, readonly=readonly)

    assert child(lambda: RESIZES[way](made.descriptor)) == "PermissionError"
    assert len(made.taken()) == BYTES
    made.close()


def test_a_child_reads_what_is_put_after_it_was_forked(readable: Shared) -> None:
    mapped = mmap.mmap(readable.descriptor, BYTES, prot=mmap.PROT_READ)
    readable.put([np.arange(5)], [Place("<i8", (5,), 64)])

    assert np.ndarray((5,), "<i8", mapped, 64).tolist() == [0, 1, 2, 3, 4]


def test_what_a_child_writes_is_taken(writable: Shared) -> None:
    said = child(lambda: mmap.mmap(writable.descriptor, BYTES).__setitem__(slice(0, 4), b"abcd"))

    assert said == "done"
    assert writable.taken()[:4] == b"abcd"


def test_a_copy_that_was_taken_stays_as_it_was(writable: Shared) -> None:
    taken = writable.taken()
    child(lambda: mmap.mmap(writable.descriptor, BYTES).__setitem__(slice(0, 4), b"abcd"))

    assert taken[:4] == bytes(4)


def test_a_hole_reads_as_nought(writable: Shared) -> None:
    assert child(lambda: punch(writable.descriptor)) == "done"
    assert writable.taken() == bytes(BYTES)


def test_arrays_lie_apart_and_aligned() -> None:
    places, size = memory.lay_out(
        [np.zeros(3, np.float32), np.zeros((2, 5)), np.zeros(0)], [False, True, False]
    )

    assert [one.offset for one in places] == [0, 64, 192]
    assert [one.tensor for one in places] == [False, True, False]
    assert size == 192


def test_what_is_put_is_read(readable: Shared) -> None:
    arrays = [np.arange(6, dtype=np.float32).reshape(2, 3), np.arange(4) > 1]
    places, _ = memory.lay_out(arrays, [False, False])
    readable.put(arrays, places)
    data = readable.taken()

    assert all((memory.read(data, place) == array).all() for place, array in zip(places, arrays, strict=True))


@pytest.mark.parametrize("place", [Place("<f8", (10**9,), 0), Place("<f8", (1,), -8)])
def test_there_is_no_array_beyond_the_memory(place: Place) -> None:
    with pytest.raises((ValueError, TypeError)):
        memory.read(bytes(64), place)


def test_a_machine_without_sealed_memory_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create")

    with pytest.raises(SandboxFault, match="no shared memory"):
        Shared(1, readonly=True)
