"""Where the time of one warm submission goes: a watch on each stage, and the processor time of the jails.

The stages are found by name. One that has been renamed is left out, and what it took counts to the stage
around it; the table says so.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import meter
from .ours import Warm
from .students import Student

REST = "the rest of grading (session, records of replies)"
STAGES = (  # what a reader calls it, where it stands
    (REST, "autograder.grade:grade"),
    ("screen: syntax, names", "autograder.screen:look"),
    ("jail: order a fork, hand over its ends", "autograder.jail.host:Template._build"),
    ("jail: wait until its walls stand", "autograder.jail.worker:Worker.wait_until_ready"),
    ("file: send it, wait for its import", "autograder.jail.worker:Worker.load"),
    ("calls: send all, wait for replies", "autograder.jail.worker:Worker.play"),
    ("calls: those that depend on replies", "autograder.jail.worker:Worker.ask"),
    ("wire: read replies into arrays", "autograder.jail.worker:Worker._results"),
    ("jail: end and collect it", "autograder.session:Session._leave"),
    ("comparison: right or not", "autograder.compare:passes"),
    ("comparison: where and by how much", "autograder.compare:judge"),
    ("diagnosis: misconceptions", "autograder.diagnose:misconceptions"),
    ("diagnosis: second chances", "autograder.grade:second_chances"),
    ("scoring", "autograder.score:marks"),
    ("environment of the report", "autograder.grade:environment"),
    ("JSON report", "autograder.reports.json:render"),
)


@dataclass(slots=True)
class Watch:
    """Seconds of each stage, those of the stages inside it left out: on the clock, and of this thread."""

    wall: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _since: tuple[float, float] = (0.0, 0.0)

    def enter(self, stage: str) -> None:
        """From now on time counts to `stage`."""
        self._count()
        self._open.append(stage)

    def leave(self) -> None:
        """From now on time counts to the stage around the one that ends."""
        self._count()
        self._open.pop()

    def _count(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        if self._open:
            stage = self._open[-1]
            self.wall[stage] = self.wall.get(stage, 0.0) + now[0] - self._since[0]
            self.cpu[stage] = self.cpu.get(stage, 0.0) + now[1] - self._since[1]
        self._since = now

    def around(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """`function`, watched."""

        @functools.wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            self.enter(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self.leave()

        @functools.wraps(function)
        def generated(*args: Any, **kwargs: Any) -> Iterator[Any]:
            items = function(*args, **kwargs)
            while True:
                self.enter(stage)
                try:
                    item = next(items)
                except StopIteration:
                    return
                finally:
                    self.leave()
                yield item

        return generated if inspect.isgeneratorfunction(function) else watched


@dataclass(frozen=True, slots=True)
class Stage:
    """Milliseconds for one submission."""

    name: str
    wall: float | None  # None: that of another process, beside what the grader waits for
    cpu: float


@dataclass(frozen=True, slots=True)
class Profile:
    """All stages in their order, and the places where a stage was not found."""

    stages: tuple[Stage, ...]
    missing: tuple[str, ...]


def profile(warm: Warm, handed_in: Sequence[Student], times: int) -> Profile:
    """Grade `handed_in` `times` times on the only slot of `warm`, which is warm already."""
    watch, missing = Watch(), list[str]()
    with contextlib.ExitStack() as after:
        for stage, place in STAGES:
            if not _watched(watch, stage, place, after):
                missing.append(place)
        before, count = _jails(), len(handed_in) * times
        for _ in range(times):
            warm.grade(handed_in)
        spent = [later - earlier for earlier, later in zip(before, _jails(), strict=True)]
    each = 1000 / count
    stages = [
        Stage(stage, watch.wall[stage] * each, watch.cpu[stage] * each)
        for stage, _ in STAGES
        if stage in watch.wall
    ]
    beside = (
        "template: fork and collect, in Python",
        "template: fork and collect, in the kernel",
        "jails: confine, import, calls, in user mode",
        "jails: confine, import, calls, in the kernel",
    )
    stages += [Stage(name, None, seconds * each) for name, seconds in zip(beside, spent, strict=True)]
    return Profile(tuple(stages), tuple(missing))


def _jails() -> list[float]:
    """Seconds of all templates, then of the jails that they have collected."""
    spent = [meter.ticks(pid) for pid in meter.descendants(os.getpid())]
    return [sum(one[i] for one in spent) for i in range(4)]


def _watched(watch: Watch, stage: str, place: str, after: contextlib.ExitStack) -> bool:
    """Put `watch` on the function at `place` until `after`; whether there is one."""
    module, _, path = place.partition(":")
    try:
        owner: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for one in outer:
            owner = getattr(owner, one)
        function = vars(owner)[name]
    except (ImportError, AttributeError, KeyError):
        return False
    setattr(owner, name, watch.around(function, stage))
    after.callback(setattr, owner, name, function)
    return True
