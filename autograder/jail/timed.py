"""The jail's half of a timed check: it computes when told to, and says when it is done. It keeps no clock.

Inputs are read where the grader has written them, in memory that is read-only here; outputs are laid into
memory that the grader copies as soon as it has stopped this jail. Between the byte that starts the clock
and the byte that ends it lie one call and one copy, nothing else.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from . import allocator, streams
from .wire import Decoder

GO, ACCOUNT, LAYOUT = b"G", b"A", b"L"
DONE = b"D"
ALIGNED = 64


class Conversation(Protocol):
    """What the shim lends: its socket, the student's module, and how it speaks."""

    socket: int
    memory: Sequence[int]

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the student's file."""

    def send(self, header: dict[str, Any], buffers: list[bytes]) -> None:
        """Send a frame."""

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Wait for a frame."""

    def describe(self, error: BaseException) -> dict[str, Any]:
        """An exception as data."""


def serve(shim: Conversation, header: dict[str, Any], payload: bytes) -> None:
    """Lay out the inputs and compute as often as told to; ends with the process."""
    allocator.keep()
    given = _Given(shim.memory[0])
    outputs = mmap.mmap(shim.memory[1], 0)
    while True:
        args, kwargs = given.arguments(header, payload)
        result: dict[str, Any] = {}
        try:
            function = shim.function(header["function"])
        except BaseException as error:
            result = {"raised": shim.describe(error)}
        shim.send({"n": header.get("n"), **(result or {"ready": True})}, [])
        while True:
            told = os.read(shim.socket, 1)
            if told == GO:
                try:
                    value = function(*args, **kwargs)
                    places = _store(value, header, outputs)
                    os.write(shim.socket, DONE)
                    result = {"places": places}
                except BaseException as error:
                    os.write(shim.socket, DONE)
                    result = {"raised": shim.describe(error)}
            elif told == ACCOUNT:
                streams.flush()
                shim.send(result, [])
            elif told == LAYOUT:
                header, payload = shim.receive()
                break
            else:
                os._exit(0)


class _Given:
    """The arguments of a call, made of places in shared memory and of values that have crossed."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._inputs = mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)
        self._own: mmap.mmap | None = None  # torch knows no memory that is only for reading

    def arguments(self, header: dict[str, Any], payload: bytes) -> tuple[list[Any], dict[str, Any]]:
        """Positional arguments and keywords."""
        decoder = Decoder(payload)
        values = [self._value(one, decoder) for one in header["arguments"]]
        return ([], dict(zip(header["names"], values, strict=True))) if header["names"] else (values, {})

    def _value(self, form: dict[str, Any], decoder: Decoder) -> Any:
        ((kind, content),) = form.items()
        if kind == "array":
            return self._array(*content)
        if kind == "dict":
            return {key: self._value(one, decoder) for key, one in content}
        if kind in ("list", "tuple"):
            values = [self._value(one, decoder) for one in content]
            return values if kind == "list" else tuple(values)
        return decoder.value(content)

    def _array(self, dtype: str, shape: list[int], offset: int, tensor: bool) -> Any:
        if not tensor:
            return np.ndarray(shape, np.dtype(dtype), self._inputs, offset)
        import torch  # noqa: PLC0415 - there only where an assignment needs it

        if self._own is None:
            self._own = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_COPY)
        return torch.from_numpy(np.ndarray(shape, np.dtype(dtype), self._own, offset))


def _store(value: Any, header: dict[str, Any], outputs: mmap.mmap) -> list[list[Any]]:
    """Copy the arrays of an answer to where the grader looks; where each lies."""
    if header["takes"] is not None:
        value = value[header["takes"]]
    offset, places = 0, []
    for one in value if header["several"] else (value,):
        array = one if isinstance(one, np.ndarray) else _as_array(one)
        if array.dtype.kind not in "fiub":
            raise TypeError(f"the answer has the type {array.dtype}; numbers are wanted")
        if offset + array.nbytes > len(outputs):
            raise ValueError(f"the answer of shape {array.shape} is larger than what is asked for")
        np.copyto(np.ndarray(array.shape, array.dtype, outputs, offset), array)
        places.append([array.dtype.str, list(array.shape), offset])
        offset += -(-array.nbytes // ALIGNED) * ALIGNED
    return places


def _as_array(value: Any) -> np.ndarray:
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    return np.asarray(value)
