"""One side of a pair as the grader sees it: a jail that computes windows, and a clock that is out here."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from autograder.jail import replies
from autograder.jail.hashing import PROJECTIONS
from autograder.jail.wire import Decoder, WireError
from autograder.jail.worker import Worker
from autograder.model import Died, Overran, SandboxFault, Verdict
from autograder.timing.clocks import Clock
from autograder.timing.contender import told

Table = np.ndarray[Any, np.dtype[np.float64]]
Kinds = tuple[tuple[str, tuple[int, ...]], ...]  # dtype and shape of each output
OUTPUTS = 32


class Lost(Exception):  # noqa: N818 - what a jail did, not an error of ours
    """No more windows from this side: the verdict it would mean for a student, and why."""

    def __init__(self, verdict: Verdict, reason: str) -> None:
        super().__init__(reason)
        self.verdict = verdict
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Window:
    """One window: how long it took, and the projections of each link's outputs, as the jail claims them."""

    seconds: float
    seed: int
    nonce: int
    table: Table  # (links, outputs · projections)
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Replay:
    """What a side makes of given seeds: the projections and the norms of the outputs of each."""

    table: Table
    norms: Table  # (links, outputs)
    kinds: Kinds


class Side(Protocol):
    """What a pair asks of each of its sides; any of it raises `Lost`."""

    def begin(self, question: Mapping[str, Any], buffers: list[bytes], seconds: float) -> None:
        """Take in what is asked."""

    def window(self, seed: int, links: int, seconds: float, *, idle: bool = False) -> Window:
        """Compute one chain, which must end within `seconds`; `idle` leaves the function out."""

    def replay(self, seeds: Sequence[int], signs: Sequence[int], seconds: float) -> Replay:
        """Compute the links of somebody's chain."""

    def outputs(self, seconds: float) -> tuple[np.ndarray[Any, Any], ...]:
        """The outputs of the last link, in full."""

    def heat(self, seconds: float) -> None:
        """Some work for the device."""


class JailedSide:
    """A side in a jail. `clock`, where there is one, keeps the jail frozen between its turns."""

    def __init__(self, worker: Worker, clock: Clock | None, now: Callable[[], float]) -> None:
        self._worker = worker
        self._clock = clock
        self._now = now

    def begin(self, question: Mapping[str, Any], buffers: list[bytes], seconds: float) -> None:
        """Say which function is asked, on which device, with arguments of which form."""
        self._ask({"do": "begin", **question}, buffers, seconds)

    def window(self, seed: int, links: int, seconds: float, *, idle: bool = False) -> Window:
        """One chain between two looks at the clock; the nonce is drawn when it is asked for."""
        nonces: list[int] = []

        def nonce() -> int:
            if nonces:
                raise ValueError("the nonce was asked for twice")
            nonces.append(secrets.randbits(63))
            return nonces[0]

        request = {"do": "window", "seed": seed, "links": links, "idle": idle}
        header, payload, took = self._ask(request, [], seconds, {"nonce": nonce})
        if not nonces:
            raise Lost(Verdict.PROTOCOL_ERROR, "It answered before it was asked for its result.")
        kinds = _kinds(header.get("kinds"))
        (table,) = _tables(header, payload, {"table": (links, PROJECTIONS * len(kinds))})
        return Window(took, seed, nonces[0], table, kinds)

    def replay(self, seeds: Sequence[int], signs: Sequence[int], seconds: float) -> Replay:
        """The projections and norms of the links of a chain."""
        request = {"do": "again", "seeds": list(seeds), "signs": list(signs)}
        header, payload, _ = self._ask(request, [], seconds)
        kinds = _kinds(header.get("kinds"))
        shapes = {"table": (len(seeds), PROJECTIONS * len(kinds)), "norms": (len(seeds), len(kinds))}
        table, norms = _tables(header, payload, shapes)
        return Replay(table, norms, kinds)

    def outputs(self, seconds: float) -> tuple[np.ndarray[Any, Any], ...]:
        """The outputs of the last link."""
        header, payload, _ = self._ask({"do": "output"}, [], seconds)
        try:
            decoder = Decoder(payload)
            values = decoder.value(header.get("outputs"))
            decoder.finish()
        except WireError as error:
            raise Lost(Verdict.PROTOCOL_ERROR, f"Its output cannot be read: {error}.") from error
        if not isinstance(values, list) or not all(isinstance(one, np.ndarray) for one in values):
            raise Lost(Verdict.PROTOCOL_ERROR, "Its output is no list of arrays.")
        return tuple(values)

    def heat(self, seconds: float) -> None:
        """One turn of heating."""
        self._ask({"do": "heat"}, [], seconds)

    def _ask(
        self,
        request: Mapping[str, Any],
        buffers: list[bytes],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]] | None = None,
    ) -> tuple[dict[str, Any], bytes, float]:
        """Header and payload of the answer, and the seconds from the question until it was there."""
        if self._clock:
            self._clock.go()
        start = self._now()
        reply = self._worker.order({"op": "device", **request}, buffers, seconds, handles)
        took = self._now() - start
        if self._clock and self._worker.open:
            self._clock.stop()
        if isinstance(reply, Overran | Died):
            raise Lost(_verdict(reply), told(reply))
        if "raised" in reply[0]:
            try:
                said = replies.raised(reply[0]["raised"])
            except WireError as error:
                raise Lost(Verdict.PROTOCOL_ERROR, f"It sent {error}.") from error
            raise Lost(Verdict.CRASHED, told(said))
        return *reply, took


class Trusted:
    """The reference's side: what goes wrong there is ours, and never a student's.

    Each of its words raises `SandboxFault` where that of another side raises `Lost`.
    """

    def __init__(self, side: Side) -> None:
        self._side = side

    def begin(self, question: Mapping[str, Any], buffers: list[bytes], seconds: float) -> None:
        """Say what is asked."""
        with _ours():
            self._side.begin(question, buffers, seconds)

    def window(self, seed: int, links: int, seconds: float, *, idle: bool = False) -> Window:
        """One chain."""
        with _ours():
            return self._side.window(seed, links, seconds, idle=idle)

    def replay(self, seeds: Sequence[int], signs: Sequence[int], seconds: float) -> Replay:
        """The links of somebody's chain."""
        with _ours():
            return self._side.replay(seeds, signs, seconds)

    def outputs(self, seconds: float) -> tuple[np.ndarray[Any, Any], ...]:
        """The outputs of the last link."""
        with _ours():
            return self._side.outputs(seconds)

    def heat(self, seconds: float) -> None:
        """Some work for the device."""
        with _ours():
            self._side.heat(seconds)


@contextlib.contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except Lost as lost:
        raise SandboxFault(f"the reference could not be timed on the device: {lost.reason}") from lost


def _verdict(reply: Overran | Died) -> Verdict:
    if isinstance(reply, Overran):
        return Verdict.TIMEOUT if reply.limit == "seconds" else Verdict.CRASHED
    return Verdict.PROTOCOL_ERROR if reply.why else Verdict.CRASHED


def _kinds(said: Any) -> Kinds:
    """Dtype and shape of each output, as a jail claims them.

    Raises:
        Lost: it is no such list.
    """
    if type(said) is not list or not 0 < len(said) <= OUTPUTS:
        raise Lost(Verdict.PROTOCOL_ERROR, "It did not say of which kind its output is.")
    kinds = []
    for one in said:
        dtype, shape = one if type(one) is list and len(one) == 2 else ("", None)  # noqa: PLR2004 - a pair
        if (
            type(dtype) is not str
            or type(shape) is not list
            or len(shape) > OUTPUTS
            or not all(type(side) is int and 0 <= side < 1 << 40 for side in shape)
        ):
            raise Lost(Verdict.PROTOCOL_ERROR, "It did not say of which kind its output is.")
        kinds.append((dtype[:80], tuple(shape)))
    return tuple(kinds)


def _tables(header: dict[str, Any], payload: bytes, shapes: Mapping[str, tuple[int, int]]) -> list[Table]:
    """The tables of an answer, in the order in which they stand in its payload.

    Raises:
        Lost: one is missing, or of another shape.
    """
    decoder = Decoder(payload)
    found = []
    try:
        for name, shape in shapes.items():
            table = decoder.value(header.get(name))
            if not isinstance(table, np.ndarray) or table.dtype != np.float64 or table.shape != shape:
                raise WireError(f"its {name} has another form")  # noqa: TRY301 - read like what cannot be decoded
            found.append(table)
        decoder.finish()
    except WireError as error:
        raise Lost(Verdict.PROTOCOL_ERROR, f"Its answer cannot be read: {error}.") from error
    return found
