"""One conversation with one jail. What comes back is a `Reply`; what is ours to blame is `SandboxFault`."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from autograder.model import Answer, Died, Facts, Limits, Overran, Raised, Reply, SandboxFault

from . import cgroups, lent, replies, tensors
from .channel import FLOOD, Channel, Flooded, HungUp, TooLate
from .held import Held, NotAnswered
from .question import Call, Question
from .stopwatch import Stopwatch
from .wire import Decoder, WireError, encode, frame, framed

READY_SECONDS = 20.0
CALLBACKS = 100_000
REPLIES = 4  # times one reply's limit: what all replies to one submission may hold, as they wait together


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
        self._channel = Channel(conversation, output, limits.output_kb << 10, limits.reply_mb << 20)
        self._source = source.encode("utf-8", "backslashreplace")
        self._limits = limits
        self._collect = collect
        self.group = group
        self._walled = walled  # whether nothing in the jail can kill its process 1
        self._end = time.monotonic() + limits.total_seconds
        self._open = True
        self._facts: list[Facts] = []
        self.overran = False
        self.room = REPLIES * (limits.reply_mb << 20)  # bytes for all answers together

    def wait_until_ready(self) -> None:
        """Wait for the jail's word that all walls stand.

        Raises:
            SandboxFault: it was never given.
        """
        try:
            header, _ = self._channel.receive(time.monotonic() + READY_SECONDS)
        except (HungUp, TooLate, Flooded, WireError) as gone:
            self.overran = not isinstance(gone, HungUp)
            status = self._collect()
            said = self.take_printed().strip()
            raise SandboxFault(f"the jail could not be built: {said or f'status {status}'}") from gone
        if header != {"ready": True}:
            raise SandboxFault("the jail could not be built: its first word was not that it is ready")
        self._end = time.monotonic() + self._limits.total_seconds

    def end_by(self, end: float) -> None:
        """Let no answer be waited for beyond `end`, on the clock `time.monotonic`."""
        self._end = min(self._end, end)

    def load(self) -> Raised | Overran | Died | None:
        """Import the student's file; None when it went well."""
        reply = self._exchange({"op": "load"}, [self._source], self._limits.import_seconds, {})
        if isinstance(reply, Overran | Died):
            return reply
        header, _ = reply
        if "raised" in header:
            return replies.raised(header["raised"])
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
        calls: Sequence[Call],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]] | None = None,
        held: int | None = None,
    ) -> tuple[Reply, ...]:
        """One reply for each of `calls`, made in order within `seconds` altogether.

        `handles` answers the functions bound with `bind`; functions among the arguments become handles by
        themselves. `held` calls a method of an object in the jail in place of a function of the module.
        """
        known: dict[str, Callable[..., Any]] = dict(handles or {})
        models: list[list[Any]] = []

        def hold(value: Any) -> Any:
            if isinstance(value, Held):
                return value._number  # noqa: SLF001 - a public name could be one of the object's
            if lent.is_model(value):
                models[-1].append(value)
                return encode(lent.packed(value), buffers)
            if not callable(value):
                return None
            known[name := f"argument {len(known)}"] = value
            return name

        buffers: list[bytes] = []
        tags = []
        for call in calls:
            models.append([])
            tags.append(encode(call, buffers, hold))
        request = {"op": "call", "function": function, "object": held, "calls": tags}
        reply = self._exchange(request, buffers, seconds, known)
        if isinstance(reply, Overran | Died):
            return (reply,) * len(calls)
        header, payload = reply
        try:
            return self._results(header, payload, len(calls), seconds, models)
        except WireError as error:
            self._open = False
            return (Died(0, f"its answer could not be read: {error}"),) * len(calls)

    def play(self, questions: Sequence[Question], seconds: float) -> Iterator[tuple[Reply, ...]]:
        """The replies to each of `questions` in turn, each within `seconds` of the one before.

        All are put at once, so nothing waits for the grader. Where the jail ends, the replies to the
        question it was at are the last that come.

        Raises:
            SandboxFault: the jail was ended by something that is not in it.
        """
        nonce = secrets.token_hex(16)
        self._channel.printed.expect(nonce, len(questions))
        head = b'{"n":"%b","op":"play","groups":[%b]}' % (
            nonce.encode(),
            b",".join(one.header for one in questions),
        )
        data = framed(head, [one.payload for one in questions])
        for number, one in enumerate(questions):
            deadline, allowed = self._deadline(seconds)
            try:
                if number == 0:
                    self._put(data, deadline)
                header, payload = self._channel.receive(deadline)
                if header.get("n") != nonce or header.get("i") != number:
                    raise WireError("it answered a question that was not asked")
                self._channel.stop_flood(number)
                result = self._results(header, payload, one.count, seconds)
            except (HungUp, TooLate, Flooded, WireError) as gone:
                result = (self._gone(gone, allowed),) * one.count
            yield result
            if not self._open:
                return

    def time(self, request: Mapping[str, Any], buffers: list[bytes]) -> Stopwatch | Reply:
        """Hand the conversation over to a stopwatch for good; a reply says why that cannot be.

        Raises:
            SandboxFault: the jail was ended by something that is not in it.
        """
        reply = self._exchange({"op": "time", **request}, buffers, self._limits.check_seconds, {})
        if isinstance(reply, Overran | Died):
            return reply
        raised = reply[0].get("raised")
        return replies.raised(raised) if raised else Stopwatch(self._channel, self._gone)

    def order(
        self,
        request: Mapping[str, Any],
        buffers: list[bytes],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]] | None = None,
    ) -> tuple[dict[str, Any], bytes] | Overran | Died:
        """Header and payload of the answer to a request to the shim, as they came, unchecked.

        Raises:
            SandboxFault: the jail was ended by something that is not in it.
        """
        return self._exchange(dict(request), buffers, seconds, handles or {})

    def take_printed(self) -> str:
        """What was printed since the last call, but for what `printed_for` gives; its beginning only."""
        self._channel.drain()
        return self._channel.printed.take()

    def printed_for(self, question: int) -> str:
        """The beginning of what was printed for a question of `play`, as far as `take_printed` has come."""
        return self._channel.printed.section(question)

    @property
    def open(self) -> bool:
        """Whether another question can be asked."""
        return self._open

    def close(self) -> None:
        """Hang up."""
        self._open = False
        self._channel.close()

    def _results(
        self,
        header: dict[str, Any],
        payload: bytes,
        count: int,
        seconds: float,
        models: Sequence[Sequence[Any]] = (),
    ) -> tuple[Reply, ...]:
        def unhold(number: Any) -> Held:
            return self._held(number, seconds)

        if len(payload) > self.room:
            raise WireError("all its answers together are too large")
        self.room -= len(payload)
        return replies.read(header, payload, count, self._limits.memory_mb, unhold, models)

    def _held(self, number: Any, seconds: float) -> Held:
        if type(number) is not int or not 0 <= number < 1 << 20:
            raise WireError("a malformed object")

        def call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if args and kwargs:
                raise TypeError(f"{name} of an object in the jail takes positions or keywords, not both")
            (reply,) = self.ask(name, [kwargs or args], seconds, held=number)
            if isinstance(reply, Answer):
                self._facts.append(reply.facts)
                return reply.value
            raise NotAnswered(reply)

        return Held(number, call)

    def take_facts(self) -> list[Facts]:
        """What was observed of objects in the jail since the last call."""
        taken, self._facts = self._facts, []
        return taken

    def _deadline(self, seconds: float) -> tuple[float, float]:
        now = time.monotonic()
        allowed = min(seconds, max(self._end - now, 0.0))
        return now + allowed, allowed

    def _put(self, data: bytes, deadline: float) -> None:
        if not self._open:
            raise SandboxFault("a question was put to a jail that had ended")
        if self._channel.spoke_unasked():
            raise WireError("it wrote an answer before it was asked")
        self._channel.send(data, deadline)

    def _exchange(
        self,
        header: dict[str, Any],
        buffers: list[bytes],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]],
    ) -> tuple[dict[str, Any], bytes] | Overran | Died:
        deadline, allowed = self._deadline(seconds)
        nonce = secrets.token_hex(16)
        try:
            self._put(frame({"n": nonce, **header}, buffers), deadline)
            for _ in range(CALLBACKS):
                answer, payload = self._channel.receive(deadline)
                if answer.get("n") != nonce:
                    raise WireError("it answered a question that was not asked")
                if "ask" not in answer:
                    self._channel.stop_flood()
                    return answer, payload
                self._channel.send(self._answered(nonce, answer, payload, handles), deadline)
            raise WireError("it asked back without end")
        except (HungUp, TooLate, Flooded, WireError) as gone:
            return self._gone(gone, allowed)

    def _gone(self, gone: Exception, allowed: float) -> Overran | Died:
        """What a jail that can answer no more has come to; it is spent.

        Raises:
            SandboxFault: it was ended by something that is not in it.
        """
        self._open = False
        self.overran = not isinstance(gone, HungUp)
        if isinstance(gone, TooLate):
            return Overran("seconds", round(allowed, 3))
        if isinstance(gone, Flooded):
            return Overran("output", self._limits.output_kb * FLOOD)
        if isinstance(gone, HungUp):
            status = self._collect()
            short_of_memory = self.group is not None and self.group.out_of_memory()
            return replies.ended(status, self._limits, short_of_memory=short_of_memory, walled=self._walled)
        return Died(0, f"what it sent is not an answer: {gone}")

    def _answered(
        self, nonce: str, answer: dict[str, Any], payload: bytes, handles: Mapping[str, Callable[..., Any]]
    ) -> bytes:
        """Our answer to a call that came back out."""
        function = handles.get(answer["ask"]) if type(answer["ask"]) is str else None
        if function is None:
            raise WireError("it called a function that it was not given")
        arguments = Decoder(payload, tensor=tensors.maker()).value(answer.get("arguments"))
        try:
            args, kwargs = arguments
            buffers: list[bytes] = []
            tag = encode(function(*args, **kwargs), buffers)
        except Exception as error:
            return frame({"n": nonce, "raised": type(error).__name__}, [])
        return frame({"n": nonce, "value": tag}, buffers)
