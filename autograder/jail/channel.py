"""The grader's end of a jail's two ways out: frames through a socket, printed text through a pipe.

Everything is read without blocking against an absolute deadline, so that neither a flood nor a drip nor
silence can hold the grader up.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from typing import Any

from .printed import Printed
from .wire import HEAD, header_of, lengths

FLOOD = 256  # times the output that is kept: beyond it the jail is stopped
PIECE = 1 << 18


class HungUp(Exception):  # noqa: N818 - what the other side did, not an error
    """The other end is closed."""


class TooLate(Exception):  # noqa: N818 - the same
    """The deadline passed."""


class Flooded(Exception):  # noqa: N818 - the same
    """More was printed than anyone will read."""


class Channel:
    """Both ways out of one jail."""

    def __init__(self, conversation: socket.socket, output: int, keep: int, reply_bytes: int) -> None:
        self._socket = conversation
        self._socket.setblocking(False)
        self._output = output
        os.set_blocking(output, False)
        self._reply_bytes = reply_bytes
        self._came = bytearray()
        self._speaks = True  # until every writer of the pipe has closed it
        self._poll = select.poll()
        self._poll.register(output, select.POLLIN)
        self.printed = Printed(keep, keep * FLOOD)

    def send(self, data: bytes, deadline: float) -> None:
        """Write a frame.

        Raises:
            HungUp, TooLate, Flooded: it cannot be written.
        """
        view = memoryview(data)
        while view:
            try:
                view = view[self._socket.send(view[:PIECE]) :]
            except BlockingIOError:
                self._wait(deadline, select.POLLOUT)
            except OSError:
                raise HungUp from None

    def receive(self, deadline: float) -> tuple[dict[str, Any], bytes]:
        """The next frame: its header and its payload.

        Raises:
            HungUp, TooLate, Flooded: there is none.
            WireError: it breaks the rules of the wire.
        """
        self._gather(HEAD.size, deadline)
        header, payload = lengths(bytes(self._came[: HEAD.size]), self._reply_bytes)
        self._gather(HEAD.size + header, deadline)
        said = header_of(bytes(self._came[HEAD.size : HEAD.size + header]))
        end = HEAD.size + header + payload
        self._gather(end, deadline)
        data = bytes(self._came[HEAD.size + header : end])
        del self._came[:end]
        return said, data

    def byte(self, deadline: float) -> bytes:
        """The next single byte.

        Raises:
            HungUp, TooLate, Flooded: there is none.
        """
        self._gather(1, deadline)
        said = bytes(self._came[:1])
        del self._came[:1]
        return said

    def spoke_unasked(self) -> bool:
        """Whether there are words that nobody asked for.

        Raises:
            HungUp: there is nobody any more.
        """
        if self._came:
            return True
        try:
            if not self._socket.recv(1, socket.MSG_PEEK):
                raise HungUp
        except BlockingIOError:
            return False
        except OSError:
            raise HungUp from None
        return True

    def drain(self) -> None:
        """Take in what has been printed so far."""
        for _ in range(64):
            try:
                piece = os.read(self._output, PIECE) if self._speaks else b""
            except (BlockingIOError, OSError):
                return
            if not piece:
                if self._speaks:
                    self._speaks = False
                    self._poll.unregister(self._output)
                return
            self.printed.feed(piece)

    def stop_flood(self, question: int | None = None) -> None:
        """See to it that a question that was answered did not print too much; None: the only one there is.

        What it printed came before its answer, so the same question is to blame in every run.

        Raises:
            Flooded: it did.
        """
        if self.printed.total > self.printed.most // 2:  # far from it, the pipe cannot hold the rest
            self.drain()
        first = 0 if question is None else self.printed.flooded
        if self.printed.total > self.printed.most and first is not None and first <= (question or 0):
            raise Flooded

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
        with contextlib.suppress(OSError):
            os.close(self._output)

    def _gather(self, count: int, deadline: float) -> None:
        while len(self._came) < count:
            try:
                piece = self._socket.recv(PIECE)
            except BlockingIOError:
                self._wait(deadline, select.POLLIN)
                continue
            except OSError:
                piece = b""
            if not piece:
                raise HungUp
            self._came += piece

    def _wait(self, deadline: float, event: int) -> None:
        """Wait until the socket is ready, drinking up what the student prints meanwhile."""
        self._poll.register(self._socket, event)
        while True:
            left = max(deadline - time.monotonic(), 0.0)
            ready = dict(self._poll.poll(left * 1000))
            if self._socket.fileno() in ready:  # what was said comes before what was printed after it
                return
            if self._output in ready:
                self.drain()
                over = self.printed.total > self.printed.most
                if over and self._socket.fileno() not in dict(self._poll.poll(0)):
                    raise Flooded
            if time.monotonic() >= deadline:
                raise TooLate
