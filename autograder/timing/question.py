"""What a timed check asks, taken apart: arrays that lie in shared memory, and the rest that crosses once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.jail.wire import encode
from autograder.model import CourseError, Timed

from .memory import Place, lay_out

Call = tuple[Any, ...] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One drawn call: its arrays, where they lie, and the words that tell the jail so."""

    call: Call
    arrays: tuple[np.ndarray, ...]
    places: tuple[Place, ...]
    size: int  # bytes of all arrays
    header: dict[str, Any]
    buffers: list[bytes]


def drawn(timed: Timed, rng: np.random.Generator, sizes: dict[str, int]) -> Call:
    """The arguments of one repeat.

    Raises:
        CourseError: the check failed, with its `sizes` from the rubric.
    """
    try:
        call = timed.draw(rng, **sizes)
    except Exception as error:
        raise CourseError(f"{timed.id} cannot draw its arguments: {type(error).__name__}: {error}") from error
    return call if isinstance(call, tuple | dict) else (call,)


def question(timed: Timed, call: Call, *, several: bool = False) -> Question:
    """Take a call apart; `several` says that the answer is a tuple of arrays.

    Raises:
        WireError: an argument that cannot cross, such as a function.
    """
    names = list(call) if isinstance(call, dict) else []
    values: Sequence[Any] = list(call.values()) if isinstance(call, dict) else call
    found: list[Any] = []
    for value in values:
        _arrays(value, found)
    tensors = [_is_tensor(one) for one in found]
    arrays = [
        np.ascontiguousarray(one.numpy() if is_one else one)
        for one, is_one in zip(found, tensors, strict=True)
    ]
    places, size = lay_out(arrays, tensors)
    left, buffers = iter(places), list[bytes]()
    arguments = [_form(value, left, buffers) for value in values]
    header = {
        "function": timed.function,
        "takes": timed.takes,
        "several": several,
        "arguments": arguments,
        "names": names,
    }
    return Question(call, tuple(arrays), tuple(places), size, header, buffers)


def alike(timed: Timed, first: Question, other: Question) -> Question:
    """`other`, which differs from `first` in the numbers of its arrays alone: nothing else is laid out anew.

    Raises:
        CourseError: it has other shapes or other values besides, or there is no array.
    """
    if not other.arrays:
        raise CourseError(
            f"{timed.id} draws no array, so every repeat could be answered from memory; draw one"
        )
    if other.header != first.header or other.buffers != first.buffers:
        raise CourseError(
            f"{timed.id} draws other shapes, or other values besides its arrays, from repeat to repeat; "
            "draw those from the sizes alone"
        )
    return other


def _arrays(value: Any, found: list[Any]) -> None:
    """Every array of an argument, in order, however deep it lies."""
    if isinstance(value, np.ndarray) or _is_tensor(value):
        found.append(value)
    elif type(value) in (list, tuple, dict):
        for one in value.values() if type(value) is dict else value:
            _arrays(one, found)


def _form(value: Any, places: Iterator[Place], buffers: list[bytes]) -> dict[str, Any]:
    """An argument as the jail is told of it: arrays by their places, the rest as it crosses."""
    if isinstance(value, np.ndarray) or _is_tensor(value):
        place = next(places)
        return {"array": [place.dtype, list(place.shape), place.offset, place.tensor]}
    if type(value) is dict:
        return {"dict": [[str(key), _form(one, places, buffers)] for key, one in value.items()]}
    if type(value) in (list, tuple):
        return {type(value).__name__: [_form(one, places, buffers) for one in value]}
    return {"value": encode(value, buffers)}


def several(value: Any, takes: int | None) -> bool:
    """Whether what is compared of a reference's answer is more than one array."""
    return type(value if takes is None else value[takes]) is tuple


def outputs(value: Any, takes: int | None) -> tuple[np.ndarray, ...]:
    """The arrays of a reference's answer that are compared."""
    taken = value if takes is None else value[takes]
    alone = taken if type(taken) is tuple else (taken,)
    return tuple(np.asarray(one.detach().numpy() if _is_tensor(one) else one) for one in alone)


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach")
