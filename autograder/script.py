"""What is known of a check before anyone is asked: the calls whose arguments do not depend on an answer.

They are encoded once and put to every jail in one request. Of a plain check that is all there is to ask;
of a scenario it is the beginning of each play, and where a student's answers lead it elsewhere, the rest
is asked live. So a script saves time and never decides anything.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import play
from .jail import tensors
from .jail.question import Call, Question, question
from .jail.wire import WireError, encode, same
from .model import Check, Reply

LARGEST = 1 << 22  # bytes of arguments: a check with more is asked live


@dataclass(frozen=True, slots=True)
class Script:
    """One check, ready to be asked. `calls[draw]` are the calls known of that draw, in order."""

    check: Check
    calls: tuple[tuple[Call, ...], ...]
    question: Question

    def by_draw(self, replies: Sequence[Reply]) -> list[list[Reply]]:
        """The replies to the question, one list for each draw."""
        found, at = [], 0
        for calls in self.calls:
            found.append(list(replies[at : at + len(calls)]))
            at += len(calls)
        return found


def write(
    check: Check, reference: Callable[..., Any], generators: Callable[[], Sequence[np.random.Generator]]
) -> Script | None:
    """The script of a check; None where nothing of it can be asked beforehand.

    `generators` gives fresh generators, one for each draw.

    Raises:
        CourseError: the check cannot draw its arguments.
    """
    if check.limits is not None or isinstance(reference, type):
        return None
    if check.scenario:
        plays = zip(*(generators() for _ in ANSWERS), strict=True)
        calls = tuple(_beginning(check, reference, rngs) for rngs in plays)
    else:
        calls = tuple((play.draw(check, rng),) for rng in generators())
    flat = [call for draw in calls for call in draw]
    try:
        made = question(check.function, flat)
    except WireError:  # a function among the arguments: it is called back, so it is asked live
        return None
    if not flat or len(made.payload) > LARGEST:
        return None
    return Script(check, calls, made)


def _beginning(
    check: Check, reference: Callable[..., Any], rngs: Sequence[np.random.Generator]
) -> tuple[Call, ...]:
    """The calls of one play that are the same whether the answers are right or wrong, and wrong in what way.

    A call that depended on an answer would carry something of the reference's into the jail.
    """
    right, *others = (_calls(check, reference, *pair) for pair in zip(rngs, ANSWERS, strict=True))
    for wrong in others:
        pairs = zip(right, wrong, strict=False)
        right = right[: next((i for i, pair in enumerate(pairs) if not same(*pair)), len(wrong))]
    return tuple(right)


def _calls(
    check: Check,
    reference: Callable[..., Any],
    rng: np.random.Generator,
    answer: Callable[[Any], Any],
) -> list[Call]:
    made: list[Call] = []
    names = play.parameters(reference)

    def heard(*args: Any, **kwargs: Any) -> Any:
        call = play.call_of(args, kwargs, names)
        value = tensors.plain(reference(*play.own(args), **play.own(kwargs)))
        encode(value, [])  # an object that stays in the jail belongs to the jail that made it
        made.append(play.own(call))
        return answer(value)

    with warnings.catch_warnings(), contextlib.suppress(Exception):  # where the play ends, the script ends
        warnings.simplefilter("ignore")
        check.draw(heard, rng)
    return made


def _moved(value: Any) -> Any:
    """Another value of the same form, in the same order of size."""
    if isinstance(value, bool | np.bool_):
        return not value
    if value is None or isinstance(value, int):
        return (value or 0) + 1
    if isinstance(value, float):
        return 1.3 * value + 0.7
    if isinstance(value, str):
        return f"not {value}"
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.dtype.kind in "fc":
            return (1.3 * array + 0.7).astype(array.dtype)
        return ~array if array.dtype.kind == "b" else (array + 1).astype(array.dtype)
    return _each(value, _moved)


def _turned(value: Any) -> Any:
    """Another value of the same form, with other signs and in another order."""
    if isinstance(value, bool | np.bool_):
        return not value
    if value is None or isinstance(value, int | float):
        return -(value or 2)
    if isinstance(value, str):
        return f"{value} turned"
    if isinstance(value, np.ndarray | np.generic):
        array = np.flip(np.asarray(value))
        return ~array if array.dtype.kind == "b" else (-array).astype(array.dtype)
    return _each(value, _turned)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: change(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(change, value))
    return value


ANSWERS: tuple[Callable[[Any], Any], ...] = (lambda value: value, _moved, _turned)
