"""What a timed check asks, taken apart: arrays that lie in shared memory, and the rest that crosses once."""

from __future__ import annotations

from collections.abc import Sequence
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


def question(timed: Timed, call: Call) -> Question:
    """Take a call apart.

    Raises:
        WireError: an argument that cannot cross, such as a function.
    """
    names = list(call) if isinstance(call, dict) else []
    values: Sequence[Any] = list(call.values()) if isinstance(call, dict) else call
    tensors = [_is_tensor(value) for value in values]
    lying = [isinstance(value, np.ndarray) or tensor for value, tensor in zip(values, tensors, strict=True)]
    arrays = [
        np.ascontiguousarray(value.numpy() if tensor else value)
        for value, tensor, lies in zip(values, tensors, lying, strict=True)
        if lies
    ]
    places, size = lay_out(arrays, [tensor for tensor, lies in zip(tensors, lying, strict=True) if lies])
    left = iter(places)
    buffers: list[bytes] = []
    arguments: list[dict[str, Any]] = []
    for value, lies in zip(values, lying, strict=True):
        if lies:
            place = next(left)
            arguments.append({"array": [place.dtype, list(place.shape), place.offset, place.tensor]})
        else:
            arguments.append({"value": encode(value, buffers)})
    header = {"function": timed.function, "takes": timed.takes, "arguments": arguments, "names": names}
    return Question(call, tuple(arrays), tuple(places), size, header, buffers)


def outputs(value: Any, takes: int | None) -> tuple[np.ndarray, ...]:
    """The arrays of an answer that are compared."""
    if takes is not None:
        value = value[takes]
    several = value if type(value) in (tuple, list) else (value,)
    return tuple(np.asarray(one.detach().numpy() if _is_tensor(one) else one) for one in several)


def _is_tensor(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach")
