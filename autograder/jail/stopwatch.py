"""The grader's end of a timed conversation (`timed` is the other): single bytes, then an account."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from autograder.model import Died, Overran

from .channel import Channel, Flooded, HungUp, TooLate
from .timed import ACCOUNT, DONE, GO, LAYOUT
from .wire import WireError, frame

Gone = Overran | Died
ACCOUNT_SECONDS = 5.0


class Stopwatch:
    """Starts one computation after the other in a jail that has agreed to be timed."""

    def __init__(self, channel: Channel, gone: Callable[[Exception, float], Gone]) -> None:
        self._channel = channel
        self._gone = gone

    def go(self) -> Gone | None:
        """Say that the computation may begin."""
        return self._tried(lambda: self._channel.send(GO, time.monotonic() + ACCOUNT_SECONDS), 0.0)

    def done(self, seconds: float) -> Gone | None:
        """Wait for the word that it is done, within `seconds`."""

        def listen() -> None:
            if self._channel.byte(time.monotonic() + seconds) != DONE:
                raise WireError("it said something else than that it is done")

        return self._tried(listen, seconds)

    def account(self) -> dict[str, Any] | Gone:
        """Where the output lies, or which exception came in its place."""
        said: list[dict[str, Any]] = []

        def ask() -> None:
            deadline = time.monotonic() + ACCOUNT_SECONDS
            self._channel.send(ACCOUNT, deadline)
            said.append(self._channel.receive(deadline)[0])
            self._channel.stop_flood()

        return self._tried(ask, ACCOUNT_SECONDS) or said[0]

    def lay_out(self, header: dict[str, Any], buffers: list[bytes]) -> dict[str, Any] | Gone:
        """Another function or other inputs."""
        said: list[dict[str, Any]] = []

        def ask() -> None:
            deadline = time.monotonic() + ACCOUNT_SECONDS
            self._channel.send(LAYOUT + frame(header, buffers), deadline)
            said.append(self._channel.receive(deadline)[0])

        return self._tried(ask, ACCOUNT_SECONDS) or said[0]

    def _tried(self, attempt: Callable[[], None], seconds: float) -> Gone | None:
        try:
            attempt()
        except (HungUp, TooLate, Flooded, WireError) as gone:
            return self._gone(gone, seconds)
        return None
