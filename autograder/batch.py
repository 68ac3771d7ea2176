"""A class: many submissions on a few worker slots, each slot with its own warm jail."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable
from typing import Any

from .jail.levels import Isolation
from .model import Report, Submission
from .session import Bench
from .timing import machine


def grade_all(
    submissions: Iterable[Submission],
    grade_one: Callable[[Submission, Bench], Report],
    isolation: Isolation,
    jobs: int = 1,
    *,
    timed: bool = True,
    device: Any = None,
) -> Generator[Report, None, None]:
    """Yield reports as they are finished, graded on `jobs` slots.

    A consumer that stops (an exception, Ctrl-C) lets the submissions in progress finish and loses none
    that it was given.
    """
    waiting: queue.SimpleQueue[Submission] = queue.SimpleQueue()
    for submission in submissions:
        waiting.put(submission)
    finished: queue.SimpleQueue[Report | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()

    cores = machine.cores()

    def work(slot: int) -> None:
        bench = Bench(isolation, core=cores[slot % len(cores)], timed=timed, device=device)
        try:
            while not stop.is_set():
                try:
                    submission = waiting.get_nowait()
                except queue.Empty:
                    break
                finished.put(grade_one(submission, bench))
        except BaseException as error:  # noqa: BLE001 - raised again where it can be seen
            finished.put(error)
        finally:
            bench.close()
            finished.put(None)

    # Daemons: an impatient second Ctrl-C may leave them behind; a record is written whole or not at all.
    slots = [
        threading.Thread(target=work, args=(i,), name=f"slot {i}", daemon=True) for i in range(max(1, jobs))
    ]
    for slot in slots:
        slot.start()
    ended = 0
    try:
        while ended < len(slots):
            result = finished.get()
            if result is None:
                ended += 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result
    finally:
        stop.set()
        for slot in slots:
            slot.join()
