"""One conversation with one jail. What comes back is a `Reply`; what is ours to blame is `SandboxFault`.

Everything is read without blocking against one absolute deadline for each question, so that neither a
flood nor a drip nor silence can hold the grader up.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.model import Answer, Died, Facts, Limits, Overran, Raised, Reply, SandboxFault

from . import cgroups, ends
from .wire import HEAD, Decoder, WireError, encode, frame, header_of, lengths

READY_SECONDS = 20.0
FLOOD = 256  # times the output that is kept: beyond it the jail is stopped
CALLBACKS = 100_000
PIECE = 1 << 18


class _Gone(Exception):  # noqa: N818 - carries a verdict, not an error
    """The jail can answer no more; `reply` says why."""

    def __init__(self, reply: Overran | Died) -> None:
        self.reply = reply


class Held:
    """An object that the student's code made and that stays in the jail; methods are called through it."""

    def __init__(self, call: Callable[[str, tuple[Any, ...], dict[str, Any]], Any]) -> None:
        self._call = call

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(name, args, kwargs)


class Worker:
    """A jail as the grader sees it. After a reply `Overran` or `Died` it is spent; open another."""

    def __init__(
        self,
        conversation: socket.socket,
        output: int,
        source: str,
        limits: Limits,
        collect: Callable[[], int],
        group: cgroups.Group | None,
        *,
        walled: bool = False,
    ) -> None:
        self._socket = conversation
        self._socket.setblocking(False)
        self._output = output
        os.set_blocking(output, False)
        self._source = source.encode("utf-8", "backslashreplace")
        self._limits = limits
        self._collect = collect
        self._group = group
        self._walled = walled  # whether nothing in the jail can kill its process 1
        self._end = time.monotonic() + limits.total_seconds
        self._printed = bytearray()
        self._printed_in_all = 0
        self._open = True
        self.overran = False

    def wait_until_ready(self) -> None:
        """Wait for the jail's word that all walls stand.

        Raises:
            SandboxFault: it was never given.
        """
        try:
            header, _ = self._read(time.monotonic() + READY_SECONDS)
        except (_Gone, WireError) as gone:
            self.overran = True
            status = self._collect()
            self._drain()
            said = bytes(self._printed).decode(errors="replace").strip()
            raise SandboxFault(f"the jail could not be built: {said or f'status {status}'}") from gone
        if header != {"ready": True}:
            raise SandboxFault("the jail could not be built: its first word was not that it is ready")
        self._end = time.monotonic() + self._limits.total_seconds

    def load(self) -> Raised | Overran | Died | None:
        """Import the student's file; None when it went well."""
        reply = self._exchange({"op": "load"}, [self._source], self._limits.import_seconds, {})
        if isinstance(reply, Overran | Died):
            return reply
        header, _ = reply
        if "raised" in header:
            return self._raised(header["raised"])
        return None

    def bind(self, name: str, handle: str) -> Overran | Died | None:
        """Put a function that is answered on this side in the place of the student's `name`."""
        reply = self._exchange(
            {"op": "bind", "name": name, "handle": handle}, [], self._limits.check_seconds, {}
        )
        return reply if isinstance(reply, Overran | Died) else None

    def ask(
        self,
        function: str,
        calls: Sequence[tuple[Any, ...] | dict[str, Any]],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]] | None = None,
        held: int | None = None,
    ) -> tuple[Reply, ...]:
        """One reply for each of `calls`, made in order within `seconds` altogether.

        `handles` answers the functions bound with `bind`; functions among the arguments become handles by
        themselves. `held` calls a method of an object in the jail in place of a function of the module.
        """
        known: dict[str, Callable[..., Any]] = dict(handles or {})

        def hold(value: Any) -> str | None:
            if not callable(value):
                return None
            known[name := f"argument {len(known)}"] = value
            return name

        buffers: list[bytes] = []
        tags = [encode(call, buffers, hold) for call in calls]
        request = {"op": "call", "function": function, "object": held, "calls": tags}
        reply = self._exchange(request, buffers, seconds, known)
        if isinstance(reply, Overran | Died):
            return (reply,) * len(calls)
        header, payload = reply
        try:
            return self._results(header, payload, len(calls), seconds)
        except WireError as error:
            self._open = False
            return (Died(0, f"its answer could not be read: {error}"),) * len(calls)

    def take_printed(self) -> str:
        """What was printed since the last call, its beginning only."""
        with contextlib.suppress(_Gone):
            self._drain()
        text = bytes(self._printed).decode("utf-8", "backslashreplace")
        self._printed.clear()
        return text

    @property
    def open(self) -> bool:
        """Whether another question can be asked."""
        return self._open

    def close(self) -> None:
        """Hang up."""
        self._open = False
        self._socket.close()
        with contextlib.suppress(OSError):
            os.close(self._output)

    def _results(
        self, header: dict[str, Any], payload: bytes, count: int, seconds: float
    ) -> tuple[Reply, ...]:
        results = header.get("results")
        if type(results) is not list or len(results) != count:
            raise WireError("not one result for each question")
        decoder = Decoder(payload, lambda number: self._held(number, seconds))
        replies: list[Reply] = []
        for result in results:
            if type(result) is not dict:
                raise WireError("a malformed result")
            if "raised" in result:
                raised = self._raised(result["raised"])
                memory = raised.kind == "MemoryError"
                replies.append(Overran("memory", self._limits.memory_mb) if memory else raised)
                continue
            seconds_said = result.get("seconds")
            took = seconds_said if type(seconds_said) is float and 0 <= seconds_said < 1e6 else 0.0
            replies.append(Answer(decoder.value(result.get("value")), took, _facts(result.get("facts"))))
        decoder.finish()
        return tuple(replies)

    def _held(self, number: Any, seconds: float) -> Held:
        if type(number) is not int or not 0 <= number < 1 << 20:
            raise WireError("a malformed object")

        def call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            (reply,) = self.ask(name, [kwargs or args], seconds, held=number)
            if isinstance(reply, Answer):
                return reply.value
            raise NotAnswered(reply)

        return Held(call)

    @staticmethod
    def _raised(said: Any) -> Raised:
        if type(said) is not dict:
            raise WireError("a malformed exception")
        kinds, message, line = said.get("kinds"), said.get("message"), said.get("line")
        if type(kinds) is not list or not kinds or not all(type(kind) is str for kind in kinds):
            raise WireError("a malformed exception")
        names = tuple(kind[:80] for kind in kinds[:12])
        text = message[:2000] if type(message) is str else ""
        return Raised(names[0], text, line if type(line) is int and line > 0 else None, names)

    def _exchange(
        self,
        header: dict[str, Any],
        buffers: list[bytes],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]],
    ) -> tuple[dict[str, Any], bytes] | Overran | Died:
        if not self._open:
            raise SandboxFault("a question was put to a jail that had ended")
        now = time.monotonic()
        allowed = min(seconds, max(self._end - now, 0.0))
        deadline = now + allowed
        nonce = secrets.token_hex(16)
        try:
            if select.select([self._socket], [], [], 0)[0]:
                # Either words that nobody asked for, or the end of a process that has left.
                self._read(now)
                raise WireError("it wrote an answer before it was asked")
            self._write(frame({"n": nonce, **header}, buffers), deadline)
            for _ in range(CALLBACKS):
                answer, payload = self._read(deadline)
                if answer.get("n") != nonce:
                    raise WireError("it answered a question that was not asked")
                if "ask" not in answer:
                    return answer, payload
                self._write(self._answered(nonce, answer, payload, handles), deadline)
            raise WireError("it asked back without end")
        except _Gone as gone:
            reply: Overran | Died = gone.reply
        except WireError as error:
            reply = Died(0, f"what it sent is not an answer: {error}")
        self._open = False
        self.overran = isinstance(reply, Overran) or (isinstance(reply, Died) and bool(reply.why))
        if isinstance(reply, Overran) and reply.limit == "seconds":
            reply = Overran("seconds", round(allowed, 3))
        return reply

    def _answered(
        self, nonce: str, answer: dict[str, Any], payload: bytes, handles: Mapping[str, Callable[..., Any]]
    ) -> bytes:
        """Our answer to a call that came back out."""
        function = handles.get(answer["ask"]) if type(answer["ask"]) is str else None
        if function is None:
            raise WireError("it called a function that it was not given")
        arguments = Decoder(payload).value(answer.get("arguments"))
        try:
            args, kwargs = arguments
            buffers: list[bytes] = []
            tag = encode(function(*args, **kwargs), buffers)
        except Exception as error:
            return frame({"n": nonce, "raised": type(error).__name__}, [])
        return frame({"n": nonce, "value": tag}, buffers)

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(deadline, writing=True)
            try:
                view = view[self._socket.send(view[:PIECE]) :]
            except BlockingIOError:
                continue
            except OSError:
                raise _Gone(self._ended()) from None

    def _read(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        header, payload = lengths(self._bytes(HEAD.size, deadline), self._limits.reply_mb << 20)
        return header_of(self._bytes(header, deadline)), self._bytes(payload, deadline)

    def _bytes(self, count: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            self._wait(deadline, writing=False)
            try:
                piece = self._socket.recv(min(count - len(data), PIECE))
            except BlockingIOError:
                continue
            except OSError:
                piece = b""
            if not piece:
                raise _Gone(self._ended())
            data += piece
        return bytes(data)

    def _wait(self, deadline: float, *, writing: bool) -> None:
        """Wait until the socket is ready, drinking up what the student prints meanwhile."""
        reading = [self._socket]
        while True:
            left = max(deadline - time.monotonic(), 0.0)
            readers: list[Any] = [self._output] if writing else [*reading, self._output]
            if self._printed_in_all < 0:
                readers = [] if writing else [*reading]
            ready, can_write, _ = select.select(readers, reading if writing else [], [], left)
            if self._output in ready:
                self._drain()
            if can_write or self._socket in ready:
                return
            if time.monotonic() >= deadline:
                raise _Gone(Overran("seconds", 0.0))

    def _drain(self) -> None:
        keep = self._limits.output_kb << 10
        for _ in range(64):
            try:
                piece = os.read(self._output, PIECE) if self._printed_in_all >= 0 else b""
            except (BlockingIOError, OSError):
                return
            if not piece:
                self._printed_in_all = -1  # every writer has closed it
                return
            self._printed_in_all += len(piece)
            room = keep - len(self._printed)
            self._printed += piece[: max(room, 0)]
            if self._printed_in_all > keep * FLOOD:
                raise _Gone(Overran("output", self._limits.output_kb * FLOOD))

    def _ended(self) -> Overran | Died:
        """What became of a process that hung up: its own exit, a signal, or a limit.

        Raises:
            SandboxFault: it was killed by something that is not in the jail.
        """
        self._open = False
        status = self._collect()
        if self._group and self._group.out_of_memory():
            return Overran("memory", self._limits.memory_mb)
        if self._walled and ends.from_outside(status):
            raise SandboxFault(
                "the jail was killed from outside: by a person, or by a machine short of memory"
            )
        if status == ends.FORCED:
            return Died(signal.SIGKILL)
        number = ends.signal_of(status)
        if number == signal.SIGXCPU:
            return Overran("seconds", self._limits.total_seconds)
        return Died(number)


class NotAnswered(Exception):  # noqa: N818 - carries the student's reply out of a scenario
    """A call inside a scenario had no value; `reply` says what came instead."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("the graded function did not answer")
        self.reply = reply


def _facts(said: Any) -> Facts:
    def texts(key: str) -> tuple[str, ...]:
        values = said.get(key) if type(said) is dict else None
        return tuple(v[:300] for v in values[:16] if type(v) is str) if type(values) is list else ()

    return Facts(texts("warnings"), texts("mutated"))
