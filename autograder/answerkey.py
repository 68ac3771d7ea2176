"""The answers of the trusted side, computed once for each seed and reused for every student."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from . import play, script
from .model import Answer, Assignment, Check, CourseError, Misconception, Raised, Reply
from .script import Script

TRUSTED = threading.RLock()  # around all trusted computing: warnings are caught in state of the whole process


class AnswerKey:
    """What reference and misconceptions answer to each check of one assignment under one seed.

    Safe to share between threads.
    """

    def __init__(self, assignment: Assignment, seed: str) -> None:
        self.assignment = assignment
        self.seed = seed
        self._entropy: dict[str, list[np.random.SeedSequence]] = {}
        self._wants: dict[str, tuple[Answer | Raised, ...]] = {}
        self._wrong: dict[tuple[str, str], tuple[Reply, ...]] = {}
        self._scripts: dict[str, Script | None] = {}
        self._names = {name: play.parameters(function) for name, function in assignment.functions.items()}

    def generators(self, check: Check) -> list[np.random.Generator]:
        """A fresh generator for each draw of `check`."""
        if check.id not in self._entropy:
            words = self.seed, self.assignment.name, check.id
            self._entropy[check.id] = [play.entropy(*words, number) for number in range(check.draws)]
        return [np.random.default_rng(one) for one in self._entropy[check.id]]

    def names(self, function: str) -> tuple[str, ...]:
        """The parameters of a graded function."""
        return self._names[function]

    def wants(self, check: Check) -> tuple[Answer | Raised, ...]:
        """The reference's replies.

        Raises:
            CourseError: the check cannot draw, or cannot go on with what the reference answers.
        """
        with TRUSTED:
            if check.id not in self._wants:
                replies = self.replies(check, self.assignment.functions[check.function])
                for reply in replies:
                    if isinstance(reply, Raised) and reply.kind == play.UNUSABLE:
                        why = f"{reply.kinds[1]}: {reply.message}"
                        raise CourseError(f"{check.id} fails on the reference's own answers: {why}")
                self._wants[check.id] = tuple(r for r in replies if isinstance(r, Answer | Raised))
            return self._wants[check.id]

    def wrong(self, misconception: Misconception, check: Check) -> tuple[Reply, ...]:
        """A misconception's replies."""
        key = (misconception.name, check.id)
        with TRUSTED:
            if key not in self._wrong:
                self._wrong[key] = self.replies(check, misconception.wrong)
            return self._wrong[key]

    def replies(self, check: Check, function: Callable[..., Any]) -> tuple[Reply, ...]:
        """The replies of any trusted function to `check`, uncached."""
        with TRUSTED, np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"):
            return play.here(check, function, self.generators(check))

    def script(self, check: Check) -> Script | None:
        """What of `check` can be asked beforehand; None where nothing can, or the check cannot draw."""
        with TRUSTED:
            if check.id not in self._scripts:
                reference = self.assignment.functions[check.function]
                with np.errstate(all="ignore"):
                    try:
                        made = script.write(check, reference, lambda: self.generators(check))
                    except CourseError:
                        made = None
                self._scripts[check.id] = made
            return self._scripts[check.id]

    def handle(self, function: str) -> Callable[..., Any]:
        """The reference as a stand-in for a student's helper.

        Raises:
            CourseError: there is no such function.
        """
        reference = self.assignment.functions.get(function)
        if reference is None:
            raise CourseError(f"{self.assignment.name} has no function {function}")

        def answered(*args: Any, **kwargs: Any) -> Any:
            with TRUSTED, np.errstate(all="ignore"):
                return reference(*args, **kwargs)

        return answered
