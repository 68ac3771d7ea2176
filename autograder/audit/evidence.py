"""Every answer that the proofs look at, computed once for each seed.

The reference is asked twice, so that it can be compared with itself; what each draw asked is kept as a
digest, so that draws can be compared with each other without keeping their arrays.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder import compare
from autograder.answerkey import AnswerKey
from autograder.jail import tensors
from autograder.model import Answer, Check, CourseError, Misconception, Raised, Reply

from .model import Finding, place

DEEP = 6  # how far a digest looks into functions and objects


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answers of one assignment under one seed."""

    key: AnswerKey
    root: Path
    checks: tuple[Check, ...]  # those that could be asked
    again: Mapping[str, tuple[Reply, ...]]  # the reference's second replies, by check
    questions: Mapping[str, tuple[bytes, ...]]  # a digest of what each draw asked, by check
    right: Mapping[tuple[str, str], tuple[Reply, ...]]  # by alternative and check
    broken: tuple[Finding, ...] = ()  # checks that cannot be asked
    _used: dict[tuple[str, str], float] = field(default_factory=dict)

    def of(self, function: str) -> tuple[Check, ...]:
        """The checks of one function."""
        return tuple(check for check in self.checks if check.function == function)

    def used(self, misconception: Misconception, check: Check) -> float:
        """How far a wrong function is off on its worst draw, as a multiple of what `check` allows."""
        key = (misconception.name, check.id)
        if key not in self._used:
            replies = self.key.wrong(misconception, check)
            pairs = zip(replies, self.key.wants(check), strict=True)
            self._used[key] = max((used(reply, want, check) for reply, want in pairs), default=0.0)
        return self._used[key]


def gather(key: AnswerKey, root: Path) -> Evidence:
    """Ask everyone everything; a check that cannot be asked is a finding, and left out of the rest."""
    askable: list[Check] = []
    broken: list[Finding] = []
    again: dict[str, tuple[Reply, ...]] = {}
    questions: dict[str, tuple[bytes, ...]] = {}
    for check in key.assignment.checks:
        try:
            key.wants(check)
            again[check.id], questions[check.id] = _ask_again(key, check)
        except CourseError as error:
            broken.append(Finding(place(check.draw, root), str(error), "mend the check"))
            continue
        askable.append(check)
    right = {
        (alternative.name, check.id): key.replies(check, alternative.right)
        for alternative in key.assignment.alternatives
        for check in askable
        if check.function == alternative.function
    }
    return Evidence(key, root, tuple(askable), again, questions, right, tuple(broken))


def _ask_again(key: AnswerKey, check: Check) -> tuple[tuple[Reply, ...], tuple[bytes, ...]]:
    """The reference's replies once more, and what each draw asked of it."""
    reference = key.assignment.functions[check.function]
    asked: list[list[bytes]] = []

    def draw(*args: Any) -> Any:
        asked.append([])
        return check.draw(*args)

    @functools.wraps(reference)
    def overheard(*args: Any, **kwargs: Any) -> Any:
        asked[-1].append(digest((args, kwargs)))
        return reference(*args, **kwargs)

    replies = key.replies(replace(check, draw=draw), overheard)
    # Of an object that the function makes only the answers show what else it was asked.
    return replies, tuple(
        digest([*one, digest(_said(reply))]) for one, reply in zip(asked, replies, strict=True)
    )


def _said(reply: Reply) -> Any:
    return reply.value if isinstance(reply, Answer) else None


def askable(evidences: Sequence[Evidence]) -> tuple[Check, ...]:
    """The checks that could be asked under every seed."""
    known = [{check.id for check in evidence.checks} for evidence in evidences]
    return tuple(check for check in evidences[0].checks if all(check.id in ids for ids in known))


def used(reply: Reply, want: Answer | Raised, check: Check) -> float:
    """The error of a reply as a multiple of what is allowed: at most 1 where it is right.

    Infinite where it is wrong in another way than by its numbers.
    """
    if not (isinstance(reply, Answer) and isinstance(want, Answer)):
        wrong = not isinstance(reply, Answer | Raised) or not compare.passes(reply, want, check)
        return math.inf if wrong else 0.0
    share = compare.margin(reply.value, want.value, check.compare)
    if share <= 1 and check.forbids and not compare.passes(reply, want, check):
        return math.inf
    return share


def digest(value: Any) -> bytes:
    """Equal for values that are equal bit for bit; functions are equal where code and closure are."""
    total = hashlib.sha256()
    for piece in _pieces(value, DEEP):
        total.update(piece)
    return total.digest()


def _pieces(value: Any, deep: int) -> Iterator[bytes]:
    if isinstance(value, np.ndarray | np.generic) or tensors.is_tensor(value):
        array = tensors.as_array(value) if tensors.is_tensor(value) else np.asarray(value)
        yield f"array {array.dtype.str} {array.shape} ".encode()
        if array.dtype.hasobject:
            yield from _pieces(array.tolist(), deep)
        else:
            yield array.tobytes()
    elif isinstance(value, dict):
        yield f"dict {len(value)} ".encode()
        for key, item in value.items():
            yield from _pieces(key, deep)
            yield from _pieces(item, deep)
    elif isinstance(value, list | tuple):
        yield f"{type(value).__name__} {len(value)} ".encode()
        for item in value:
            yield from _pieces(item, deep)
    elif isinstance(value, int | float | complex | str | bytes | None):
        yield f"{type(value).__name__} {value!r} ".encode("utf-8", "backslashreplace")
    else:
        yield f"{type(value).__name__} {getattr(value, '__qualname__', '')} ".encode()
        if deep:
            yield from _pieces(_inner(value), deep - 1)


def _inner(value: Any) -> list[Any]:
    """What makes a function or an object differ from another of its kind."""
    if isinstance(value, functools.partial):
        return [value.func, value.args, value.keywords]
    if callable(value):
        return [_code(value), _closed_over(value), getattr(value, "__defaults__", None)]
    return [getattr(value, "__dict__", None)]


def _code(function: Callable[..., Any]) -> list[Any]:
    code = getattr(function, "__code__", None)
    if code is None:
        return [getattr(function, "__self__", None)]
    return [code.co_code, [constant for constant in code.co_consts if not hasattr(constant, "co_code")]]


def _closed_over(function: Callable[..., Any]) -> list[Any]:
    cells = getattr(function, "__closure__", None) or ()
    return [cell.cell_contents for cell in cells]
