"""One submission's way through its jails: a fresh fork when one is spent, and one budget for all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from . import play
from .answerkey import AnswerKey
from .jail.host import Template
from .jail.levels import Isolation
from .jail.worker import Worker
from .model import Check, Died, Limits, Overran, Raised, Reply, SandboxFault, Submission

FAULTS = 2  # faults of ours before the rest of a submission is left for another run


class Bench:
    """One worker slot: the templates it keeps warm, one for each set of packages, renewed when one dies."""

    def __init__(self, isolation: Isolation) -> None:
        self.isolation = isolation
        self._templates: dict[tuple[str, ...], Template] = {}

    def template(self, needs: tuple[str, ...]) -> Template:
        """A warm template.

        Raises:
            SandboxFault: it does not start.
        """
        if needs in self._templates and not self._templates[needs].alive:
            self.renew(needs)
        if needs not in self._templates:
            self._templates[needs] = Template(self.isolation, needs)
        return self._templates[needs]

    def renew(self, needs: tuple[str, ...]) -> None:
        """Throw a template away after a fault; the next question starts another."""
        template = self._templates.pop(needs, None)
        if template:
            template.close()

    def close(self) -> None:
        """End every template."""
        for needs in list(self._templates):
            self.renew(needs)


class Session:
    """Asks checks of one submission; each is answered, or explained by what the student's code did."""

    def __init__(
        self, bench: Bench, submission: Submission, key: AnswerKey, limits: Limits, bound: Iterable[str] = ()
    ) -> None:
        self._bench = bench
        self._submission = submission
        self._key = key
        self._limits = limits
        self._handles = {name: key.handle(name) for name in bound}
        self._end = time.monotonic() + limits.total_seconds
        self._jail = contextlib.ExitStack()
        self._worker: Worker | None = None
        self._refused: Reply | None = None  # what importing the file ended in
        self._faults: list[SandboxFault] = []
        self.printed = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

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

    def _ask(self, check: Check) -> play.There:
        left = self._end - time.monotonic()
        limits = check.limits or self._limits
        if left <= 0:
            return self._nothing(check, Overran("seconds", self._limits.total_seconds))
        ended = self._enter(limits)
        if ended is not None:
            return self._nothing(check, ended)
        assert self._worker is not None
        done = play.there(
            check,
            self._worker,
            self._key.generators(check),
            self._key.names(check.function),
            min(limits.check_seconds, left),
            self._handles,
        )
        if not self._worker.open:
            self._leave()
        return done

    def _enter(self, limits: Limits) -> Reply | None:
        """Make sure that a jail stands with the file imported; otherwise what the import ended in."""
        if self._refused is not None or self._worker is not None:
            return self._refused
        template = self._bench.template(self._key.assignment.needs)
        filename = f"{self._submission.assignment}.py"
        worker = self._jail.enter_context(template.jail(self._submission.source, filename, limits))
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
        return None

    def _nothing(self, check: Check, reply: Reply) -> play.There:
        return play.There((reply,) * check.draws, ((),) * check.draws)

    def _leave(self) -> None:
        self._worker = None
        self._jail.close()
        self._jail = contextlib.ExitStack()
