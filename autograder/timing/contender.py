"""One side of a duel: a jail that stands still but for its own turns, its memory, and its clock."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

import numpy as np

from autograder.jail import cgroups, host, replies
from autograder.jail.host import Template
from autograder.jail.stopwatch import Stopwatch
from autograder.jail.wire import DTYPES, WireError
from autograder.model import Answer, Died, Limits, Overran, Raised, Reply

from . import clocks
from .clocks import Clock, Restless
from .memory import Place, Shared, read
from .question import Question

ROOM = 1 << 20  # bytes of output beyond what the reference needs, for whoever answers with more
SHAPES = 32
ACCOUNT = 0.002  # seconds of processor time that saying where the output lies may take: many times its need
RESTLESS = Died(0, "it did not stand still when it was told to")
KINDS = frozenset(np.dtype(kind).str for kind in DTYPES if kind[0] != "c")


@dataclass(frozen=True, slots=True)
class Code:
    """A file to be timed: its source, and the name it has in messages."""

    source: str
    filename: str


@dataclass(frozen=True, slots=True)
class Lap:
    """One computation: how long it took, and what it gave or why it gave nothing."""

    wall: float
    cpu: float
    outputs: tuple[np.ndarray, ...] = ()
    gone: Reply | None = None


class Refused(Exception):  # noqa: N818 - a fact about the student's file, not an error
    """The code cannot be timed; `reply` says what it did."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("the code cannot be timed")
        self.reply = reply


class Contender:
    """A jail with one function to be timed; use it as a context.

    Raises:
        Refused: on entering, where the file does not load.
        SandboxFault: the jail, its memory or its clock cannot be had.
    """

    def __init__(
        self,
        template: Template,
        code: Code,
        question: Question,
        output_bytes: int,
        limits: Limits,
        core: int,
    ) -> None:
        self._template = template
        self._code = code
        self._question = question
        self._limits = limits
        self._core = core
        self._output_bytes = output_bytes
        self._used = 0.0  # processor time when its clock was last settled
        self._after = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as after:
            self._inputs = Shared(self._question.size, readonly=True)
            after.callback(self._inputs.close)
            self._outputs = Shared(2 * self._output_bytes + ROOM, readonly=False)
            after.callback(self._outputs.close)
            timed = host.Timed((self._inputs.descriptor, self._outputs.descriptor), self._core)
            worker = after.enter_context(
                self._template.jail(self._code.source, self._code.filename, self._allowed(), timed)
            )
            after.callback(setattr, worker, "overran", True)  # a jail that stands still is not waited for
            refused = worker.load()
            if refused is not None:
                raise Refused(refused)
            started = worker.time(self._question.header, self._question.buffers)
            if not isinstance(started, Stopwatch):
                raise Refused(started)
            self._watch = started
            self.clock = self._clock_of(worker.group.clock if worker.group else None)
            after.callback(self.clock.close)
            after.callback(self.clock.go)
            try:
                self._settle()
            except Restless:
                raise Refused(RESTLESS) from None
            self._after = after.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._after.__exit__(kind, error, trace)

    def _allowed(self) -> Limits:
        """The clock of a process does not count its children: where it is all there is, none may be made."""
        return self._limits if cgroups.clock_parent() else replace(self._limits, processes=1)

    def _clock_of(self, group: Any) -> Clock:
        if group is not None:
            return clocks.GroupClock(group)
        return clocks.ProcessClock(clocks.child_of(self._template.pid))

    def _settle(self) -> float:
        """Stop its clock; what it used since that was last done, wherever it found the time."""
        self.clock.stop()
        before, self._used = self._used, self.clock.seconds()
        return self._used - before

    def lay_out(self, question: Question) -> Reply | None:
        """Ask something else from now on; the arrays must fit where the first question's were."""
        self._question = question
        self.clock.go()
        said = self._watch.lay_out(question.header, question.buffers)
        if not isinstance(said, dict):
            return said
        try:
            self._settle()
        except Restless:
            return RESTLESS
        return _raised(said) if "raised" in said else None

    def lap(self, question: Question, seconds: float) -> Lap:
        """Compute once with the arrays of `question`, within `seconds` on the wall.

        It pays for all processor time from one stop of its clock to the next, so that whoever manages to run
        while standing still pays for that, and for what it does beyond saying where its output lies.
        After a lap with `gone` there is none that could be asked again, or stopped.
        """
        try:
            return self._lap(question, seconds)
        except Restless:
            return Lap(0.0, 0.0, gone=RESTLESS)

    def _lap(self, question: Question, seconds: float) -> Lap:
        self._inputs.put(question.arrays, question.places)
        gone = self._watch.go()  # written while it stands still, and so read when its clock runs
        start = time.perf_counter()
        self.clock.go()
        gone = gone or self._watch.done(seconds)
        wall = time.perf_counter() - start
        if gone is not None:
            return Lap(wall, 0.0, gone=gone)
        cpu = self._settle()
        data = self._outputs.taken()
        self.clock.go()
        said = self._watch.account()
        if not isinstance(said, dict):
            return Lap(wall, cpu, gone=said)
        cpu += max(0.0, self._settle() - ACCOUNT)
        if "raised" in said:
            return Lap(wall, cpu, gone=_raised(said))
        return self._read(said, data, wall, cpu)

    def _read(self, said: dict[str, Any], data: bytes, wall: float, cpu: float) -> Lap:
        try:
            places = [_place(one) for one in said["places"][:SHAPES]]
            return Lap(wall, cpu, tuple(read(data, place) for place in places))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            return Lap(wall, cpu, gone=Died(0, f"what it said of its output cannot be understood: {error}"))


def _raised(said: dict[str, Any]) -> Reply:
    try:
        return replies.raised(said["raised"])
    except WireError as error:
        return Died(0, f"what it said cannot be understood: {error}")


def _place(said: Any) -> Place:
    """Where an output lies, as a jail claims; nothing in it is believed before it fits.

    Raises:
        ValueError, TypeError: it is no such thing.
    """
    dtype, shape, offset = said
    if (
        type(dtype) is not str
        or dtype not in KINDS
        or type(offset) is not int
        or offset < 0
        or type(shape) is not list
        or len(shape) > SHAPES
        or not all(type(side) is int and side >= 0 for side in shape)
    ):
        raise ValueError("no place of an array of numbers")
    return Place(dtype, tuple(shape), offset)


def told(reply: Reply) -> str:
    """What a contender did in place of answering, in a sentence to the student."""
    if isinstance(reply, Raised):
        return f"It raised {reply.kind}: {reply.message[:200]}"
    if isinstance(reply, Overran):
        return f"It went over the limit of {reply.limit}."
    if isinstance(reply, Answer):  # never given for a contender
        return ""
    return f"Its process ended{f': {reply.why}' if reply.why else '.'}"
