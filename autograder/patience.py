"""Waiting for a disk that may never answer: a network drive that is gone holds its reader for ever."""

from __future__ import annotations

import errno
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

SECONDS = 30.0

Value = TypeVar("Value")


def within(do: Callable[[], Value]) -> Value:
    """What `do` returns or raises, if that comes within `SECONDS`.

    Nothing can interrupt a read from a drive that does not answer, so it is left behind in a thread of its
    own, which ends with the program.

    Raises:
        TimeoutError: it did not come.
    """
    came: queue.SimpleQueue[tuple[Value, None] | tuple[None, BaseException]] = queue.SimpleQueue()

    def work() -> None:
        try:
            came.put((do(), None))
        except BaseException as error:  # noqa: BLE001 - raised again where it can be seen
            came.put((None, error))

    threading.Thread(target=work, name="patience", daemon=True).start()
    try:
        value, error = came.get(timeout=SECONDS)
    except queue.Empty:
        says = f"no answer within {SECONDS:g} seconds; is the drive still there?"
        raise TimeoutError(errno.ETIMEDOUT, says) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # there is a value where there is no error
