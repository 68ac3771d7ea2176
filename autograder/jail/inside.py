"""What runs in the jail, in the same process as the student's code. It holds no secret and is not trusted.

It imports the source it is given, calls functions by name, watches what a call did beside returning
(warnings, arguments changed in place) and sends the value back. `observe` is also how the trusted side
runs the reference, so that both are watched in the same way.
"""

from __future__ import annotations

import contextlib
import copy
import os
import sys
import time
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import device, lent, modules, streams, tensors, timed
from .printed import mark
from .wire import HEAD, Decoder, WireError, encode, frame, header_of, lengths

UNCHANGING = frozenset((int, float, bool, str, type(None), complex))
MESSAGE = 2000
WARNINGS = 8
PAYLOAD = 1 << 31


class NotSendable(Exception):  # noqa: N818 - a fact about an answer, told to the student in its own words
    """The function returned something that cannot be an answer."""


def observe(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, dict[str, list[str]]]:
    """Call `function`; its value, and the facts: `warnings` (category: message) and `mutated` (arguments).

    Raises:
        BaseException: whatever the function raises.
    """
    given = (*args, *kwargs.values())
    before = [_keep(value) for value in given]
    tensors.seed()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = function(*args, **kwargs)
    seen = list(dict.fromkeys(f"{w.category.__name__}: {str(w.message)[:200]}" for w in caught))
    changed = [i for i, old in enumerate(before) if not _same(old, given[i])]
    names = [*_parameters(function, len(args)), *kwargs] if changed else []
    return value, {"warnings": seen[:WARNINGS], "mutated": [names[i] for i in changed]}


def _keep(value: Any) -> Any:
    kind = type(value)
    if kind in UNCHANGING:
        return value
    if kind is np.ndarray:
        return value.copy()
    if tensors.is_tensor(value):
        return value.detach().clone()
    return None if callable(value) else copy.deepcopy(value)


def _same(old: Any, new: Any) -> bool:
    if type(old) in UNCHANGING and old is new:
        return True
    if callable(new) or isinstance(new, np.random.Generator):  # drawing from a generator is what it is for
        return True
    if tensors.is_tensor(old):
        return tensors.is_tensor(new) and tensors.equal(old, new)
    if isinstance(old, np.ndarray):
        return (
            isinstance(new, np.ndarray)
            and old.shape == new.shape
            and old.dtype == new.dtype
            and old.tobytes() == new.tobytes()
        )
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old)
    return bool(old is new or old == new or (old != old and new != new))  # noqa: PLR0124 - NaN stays NaN


def _parameters(function: Callable[..., Any], count: int) -> list[str]:
    code = getattr(function, "__code__", None)
    names = list(code.co_varnames[: code.co_argcount]) if code else []
    if hasattr(function, "__self__"):
        del names[:1]
    return [names[i] if i < len(names) else f"argument {i + 1}" for i in range(count)]


class Inside:
    """The conversation, seen from the jail: one socket, one module, the objects the student has made."""

    def __init__(self, socket: int, filename: str, memory: Sequence[int] = (), denial: Any = None) -> None:
        self.socket = socket
        self.memory = memory  # shared with the grader, for timed checks: to read, to write
        self._filename = filename
        self._denial = denial  # a `denial.Denial`, where a rule forbids operations
        self._module = types.ModuleType(filename.removesuffix(".py"))
        self._objects: list[Any] = []
        self._device = device.DeviceShim(self)
        self._lent: list[Any] = []  # models, of the call at work
        self._nonce = ""

    def serve(self) -> None:
        """Answer requests until the grader hangs up."""
        self.send({"ready": True}, [])
        while True:
            try:
                header, payload = self.receive()
            except (EOFError, OSError):
                os._exit(0)
            self._nonce = header["n"]
            if header["op"] == "play":
                self._play(header["groups"], payload)
                continue
            if header["op"] == "time":
                timed.serve(self, header, payload)
            buffers: list[bytes] = []
            answer = self._handle(header, payload, buffers)
            streams.flush()
            self.send({"n": self._nonce, **answer}, buffers)

    def _play(self, groups: list[dict[str, Any]], payload: bytes) -> None:
        """Answer each group as soon as it is done, so that what ends this process costs only one."""
        decoder = Decoder(payload, tensor=tensors.maker())
        for number, group in enumerate(groups):
            buffers: list[bytes] = []
            results = [self._call(group, decoder.value(call), buffers) for call in group["calls"]]
            if streams.flush():
                with contextlib.suppress(OSError):
                    os.write(1, mark(self._nonce, number))
            self.send({"n": self._nonce, "i": number, "results": results}, buffers)

    def _handle(self, header: dict[str, Any], payload: bytes, buffers: list[bytes]) -> dict[str, Any]:
        if header["op"] == "load":
            return self._load(payload)
        if header["op"] == "bind":
            setattr(self._module, header["name"], self._callback(header["handle"]))
            return {"ok": True}
        if header["op"] == "device":
            return self._device.answer(header, payload, buffers, self._callback("nonce"))

        def given(held: Any) -> Any:
            if type(held) is int:
                return self._objects[held]
            if type(held) is not dict:
                return self._callback(held)
            self._lent.append(lent.unpacked(decoder.value(held)))
            return self._lent[-1]

        decoder = Decoder(payload, given, tensors.maker())
        results = []
        for call in header["calls"]:
            results.append(self._call(header, decoder.value(call), buffers))
            self._lent.clear()  # what a later call is lent is its own
        return {"results": results}

    def _load(self, source: bytes) -> dict[str, Any]:
        sys.modules[self._module.__name__] = self._module
        self._module.__file__ = self._filename
        try:
            code = compile(source, self._filename, "exec", dont_inherit=True)
            exec(code, self._module.__dict__)
            if self._denial:
                self._denial.install()
        except BaseException as error:
            return {"raised": self.describe(error)}
        return {"ok": True}

    def _call(self, header: dict[str, Any], arguments: Any, buffers: list[bytes]) -> dict[str, Any]:
        args, kwargs = ((), arguments) if type(arguments) is dict else (tuple(arguments), {})
        mark = len(buffers)
        try:
            owner = self._module if header.get("object") is None else self._objects[header["object"]]
            name = header["function"]
            function = modules.found(name, owner) if name[0] == modules.MARK else getattr(owner, name)
            if self._denial:
                function = self._denial.watched(function)
            start = time.perf_counter()
            value, facts = observe(function, args, kwargs)
            seconds = time.perf_counter() - start
            try:
                tag = encode(value, buffers, self._hold)
                models = [encode(lent.state(model), buffers) for model in self._lent]
            except WireError as error:
                raise NotSendable(str(error)) from None
        except BaseException as error:
            del buffers[mark:]
            return {"raised": {**self.describe(error), "facts": self._denial.facts() if self._denial else {}}}
        if self._denial:
            facts |= self._denial.facts()
        return {"value": tag, "seconds": seconds, "facts": facts, **({"models": models} if models else {})}

    def _hold(self, value: Any) -> int | None:
        if type(value).__module__ != self._module.__name__ and not lent.is_model(value):
            return None
        self._objects.append(value)
        return len(self._objects) - 1

    def _callback(self, handle: Any) -> Callable[..., Any]:
        def answered_outside(*args: Any, **kwargs: Any) -> Any:
            buffers: list[bytes] = []
            arguments = encode([list(args), kwargs], buffers)
            self.send({"n": self._nonce, "ask": handle, "arguments": arguments}, buffers)
            header, payload = self.receive()
            if "raised" in header:
                raise ValueError(header["raised"])
            return Decoder(payload, tensor=tensors.maker()).value(header["value"])

        return answered_outside

    def describe(self, error: BaseException) -> dict[str, Any]:
        """The exception as data, put into words here and not by the grader: its methods may be hostile."""
        try:
            message = str(error)[:MESSAGE]
        except BaseException:
            message = "(its message cannot be read)"
        kinds = [str(kind.__name__)[:80] for kind in type(error).__mro__[:12]]
        return {
            "kinds": kinds,
            "message": message.encode("utf-8", "backslashreplace").decode(),
            "line": self._line(error),
        }

    def _line(self, error: BaseException) -> int | None:
        """The innermost line of the student's file that the exception passed through."""
        if isinstance(error, SyntaxError) and error.filename == self._filename:
            return error.lineno if type(error.lineno) is int else None
        line, trace = None, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self._filename:
                line = trace.tb_lineno
            trace = trace.tb_next
        return line

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the student's file."""
        found: Callable[..., Any] = getattr(self._module, name)
        return found

    def send(self, header: dict[str, Any], buffers: list[bytes]) -> None:
        """Send a frame."""
        data = memoryview(frame(header, buffers))
        while data:
            data = data[os.write(self.socket, data) :]

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Wait for a frame."""
        header, payload = lengths(self._read(HEAD.size), PAYLOAD)
        return header_of(self._read(header)), self._read(payload)

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = os.read(self.socket, min(count - len(data), 1 << 20))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)
