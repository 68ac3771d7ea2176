"""What comes back from the jail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What the shim observed beside the answer; claims, like everything from the jail."""

    warnings: tuple[str, ...] = ()  # "RuntimeWarning: overflow encountered in exp", each once, at most 8
    mutated: tuple[str, ...] = ()  # names or positions of arguments that were changed in place
    forbidden: tuple[str, ...] = ()  # operations that a rule forbids: they were called, and refused
    operations: tuple[str, ...] = ()  # operations of torch that were used; only where a rule is watched


@dataclass(frozen=True, slots=True)
class Answer:
    """The function returned. `value` was rebuilt from plain bytes."""

    value: Any
    seconds: float = 0.0
    facts: Facts = Facts()
    curve: tuple[float, ...] = ()  # taken out of `value` where the check shows a learning curve


@dataclass(frozen=True, slots=True)
class Raised:
    """The function (or the file, while being imported) raised. `line` is of Submission.source."""

    kind: str  # "ValueError"
    message: str
    line: int | None = None
    kinds: tuple[str, ...] = ()  # names of the exception's classes, itself first, for `except` semantics
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Overran:
    """A limit was passed: "seconds", "memory", "output", "reply", "files"."""

    limit: str
    allowed: float


@dataclass(frozen=True, slots=True)
class Died:
    """The process ended without answering: a signal, `os._exit`, or words that were not an answer."""

    signal: int  # 0 where it left by itself
    why: str = ""


Reply = Answer | Raised | Overran | Died
