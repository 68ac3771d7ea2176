"""One submission's way through its jails: a fresh fork when one is spent, and one budget for all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from . import play
from .answerkey import AnswerKey
from .jail.host import Denied, Template
from .jail.levels import Isolation
from .jail.nodes import NONE, Access
from .jail.worker import REPLIES, Worker
from .model import Check, Died, Limits, Overran, Raised, Reply, SandboxFault, Submission
from .script import Script
from .timing import machine

REQUEST_HEADER, REQUEST_PAYLOAD = 1 << 19, 1 << 23  # bytes of one request that asks several checks
FAULTS = 2  # faults of ours before the rest of a submission is left for another run


class Bench:
    """One worker slot: the templates it keeps warm, one for each set of packages, renewed when one dies.

    `core` is where its timed checks run; with `timed` false they stay pending. `device` is the GPU, if any.
    """

    def __init__(
        self, isolation: Isolation, *, core: int | None = None, timed: bool = True, device: Any = None
    ) -> None:
        self.isolation = isolation
        self.core = machine.cores()[0] if core is None else core
        self.timed = timed
        self.device = device
        self._templates: dict[tuple[object, ...], Template] = {}

    def template(self, needs: tuple[str, ...], role: str = "", access: Access = NONE) -> Template:
        """A warm template; `role` tells apart several that are needed at once, `access` is that to a GPU.

        Raises:
            SandboxFault: it does not start.
        """
        wanted = (*needs, role, access)
        if wanted in self._templates and not self._templates[wanted].alive:
            self.renew(needs, role, access)
        if wanted not in self._templates:
            self._templates[wanted] = Template(self.isolation, needs, access)
        return self._templates[wanted]

    def renew(self, needs: tuple[str, ...], role: str = "", access: Access = NONE) -> None:
        """Throw a template away after a fault; the next question starts another."""
        template = self._templates.pop((*needs, role, access), None)
        if template:
            template.close()

    def close(self) -> None:
        """End every template."""
        for template in self._templates.values():
            template.close()
        self._templates.clear()


@dataclass(slots=True)
class _Played:
    """A script, and what came back."""

    script: Script
    replies: tuple[Reply, ...]
    ended: bool  # the jail, with this
    printed: str = ""

    def known(self) -> list[play.Known]:
        """For each play of a scenario the calls that were made, with their replies."""
        by_draw = self.script.by_draw(self.replies)
        return [list(zip(*one, strict=True)) for one in zip(self.script.calls, by_draw, strict=True)]


class Session:
    """Asks checks of one submission; each is answered, or explained by what the student's code did."""

    def __init__(
        self,
        bench: Bench,
        submission: Submission,
        key: AnswerKey,
        limits: Limits,
        bound: Iterable[str] = (),
        denied: Denied | None = None,
    ) -> None:
        self._bench = bench
        self._submission = submission
        self._key = key
        self._limits = limits
        self._denied = denied  # what its jails refuse
        self._handles = {name: key.handle(name) for name in bound}
        self._end = time.monotonic() + limits.total_seconds
        self._jail = contextlib.ExitStack()
        self._worker: Worker | None = None
        self._room = REPLIES * (limits.reply_mb << 20)
        self._refused: Reply | None = None  # what importing the file ended in
        self._faults: list[SandboxFault] = []
        self._scripts: dict[str, Script] = {}  # what waits to be asked
        self._played: dict[str, _Played] = {}  # what was asked and waits to be looked at
        self.printed = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    @property
    def left(self) -> float:
        """The seconds that are left of the submission's time."""
        return max(self._end - time.monotonic(), 0.0)

    def ask(self, check: Check) -> play.There:
        """The replies to one check, whatever happens to the jail meanwhile.

        Raises:
            SandboxFault: no jail could be built, or jails were killed from outside, twice in this session.
                Nothing more is tried then, so that no submission can hold a class up by it.
        """
        while len(self._faults) < FAULTS:
            began = time.monotonic()
            try:
                return self._ask(check)
            except SandboxFault as fault:
                self._faults.append(fault)
                self._leave()
                self._bench.renew(self._key.assignment.needs)
                self._end += time.monotonic() - began  # what we lost is not the student's time
        raise self._faults[-1]

    def prepare(self, checks: Iterable[Check]) -> None:
        """Say which checks will be asked: what can be is then put to the jail in one request.

        Nothing else is different: each check has its own time, and what ends the jail costs one of them.
        """
        scripts = ((check.id, self._key.script(check)) for check in checks)
        self._scripts = {name: script for name, script in scripts if script is not None}

    def _ask(self, check: Check) -> play.There:
        left = self.left
        limits = check.limits or self._limits
        if not left and check.id not in self._played:  # what was answered in time counts
            return self._nothing(check, Overran("seconds", self._limits.total_seconds))
        if check.id in self._scripts:
            ended = self._play_on(check.id, left)
            if ended is not None:
                return self._nothing(check, ended)
        seconds = min(limits.check_seconds, left)
        played = self._played.pop(check.id, None)
        done = self._done(check, limits, seconds, played)
        done.replies = tuple(play.without_curve(check, reply) for reply in done.replies)
        if played:
            done.printed = played.printed
        if self._worker:
            done.printed += self._worker.take_printed()
            if not self._worker.open:
                self._leave()
        return done

    def _done(self, check: Check, limits: Limits, seconds: float, played: _Played | None) -> play.There:
        if not check.scenario:
            if played:
                calls = [call for draw in played.script.calls for call in draw]
                return play.answered(calls, played.replies)
            worker = self._jail_for(limits)
            if not isinstance(worker, Worker):
                return self._nothing(check, worker)
            return play.asked(check, worker, self._key.generators(check), seconds, self._handles)
        if played and played.ended:
            return self._nothing(check, played.replies[0])
        return play.played(
            check,
            lambda: self._jail_for(limits),
            self._key.generators(check),
            self._key.names(check.function),
            seconds,
            self._handles,
            played.known() if played else (),
        )

    def _play_on(self, first: str, seconds: float) -> Reply | None:
        """Ask the script of `first`, and after it those that wait; what importing the file ended in, or None.

        Raises:
            SandboxFault: the jail was not to be had, or ended by something that is not in it.
        """
        worker = self._jail_for(self._limits)
        if not isinstance(worker, Worker):
            return worker
        names = [first, *(name for name in self._scripts if name != first)]
        scripts = [self._scripts[name] for name in _affordable(names, self._scripts)]
        questions = [script.question for script in scripts]
        limit = min(self._limits.check_seconds, seconds)
        done = []
        try:
            for script, replies in zip(scripts, worker.play(questions, limit), strict=False):
                del self._scripts[script.check.id]
                self._played[script.check.id] = _Played(script, replies, ended=not worker.open)
                done.append(script.check.id)
        finally:
            rest = worker.take_printed()
            for number, name in enumerate(done):
                self._played[name].printed = worker.printed_for(number)
            if done:
                self._played[done[-1]].printed += rest
        if not worker.open:
            self._leave()
        return None

    def _jail_for(self, limits: Limits) -> Worker | Reply:
        """A jail with the file imported; or what the import ended in."""
        if self._worker is not None and not self._worker.open:
            self._leave()
        if self._worker is not None:
            return self._worker
        if self._refused is not None:
            return self._refused
        template = self._bench.template(self._key.assignment.needs)
        filename = f"{self._submission.assignment}.py"
        worker = self._jail.enter_context(
            template.jail(self._submission.source, filename, limits, denied=self._denied)
        )
        worker.end_by(self._end)
        worker.room = min(worker.room, self._room)
        reply: Raised | Overran | Died | None = worker.load()
        self.printed = self.printed or worker.take_printed()
        if reply is None:
            for name in self._handles:
                reply = reply or worker.bind(name, name)
        if reply is not None:
            self._refused = reply
            self._leave()
            return reply
        self._worker = worker
        return worker

    def _nothing(self, check: Check, reply: Reply) -> play.There:
        return play.There((reply,) * check.draws, ((),) * check.draws, asked=False)

    def _leave(self) -> None:
        if self._worker is not None:
            self._room = self._worker.room
        self._worker = None
        self._jail.close()
        self._jail = contextlib.ExitStack()


def _affordable(names: Sequence[str], scripts: Mapping[str, Script]) -> Iterator[str]:
    """The first of `names` whose scripts fit into one request, and never less than one."""
    header, payload = 0, 0
    for number, name in enumerate(names):
        question = scripts[name].question
        header += len(question.header)
        payload += len(question.payload)
        if number and (header > REQUEST_HEADER or payload > REQUEST_PAYLOAD):
            return
        yield name
