"""Where the student's `print` goes, and whether anything was printed at all."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Any


class Stream(io.TextIOWrapper):
    """A text stream into a descriptor that remembers whether it was written to."""

    written = False

    def write(self, text: str) -> int:
        """Write `text`, as any text stream does."""
        self.written = True
        return super().write(text)


def install() -> None:
    """Put streams into descriptors 1 and 2 in the place of this process's own."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        raw = open(number, "wb", closefd=False)  # noqa: SIM115 - it is never closed
        stream = Stream(raw, encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def flush() -> bool:
    """Let everything out that was printed; whether there was anything."""
    spoke = False
    streams: tuple[Any, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        with contextlib.suppress(BaseException):
            if type(stream) is not Stream or stream.written:
                stream.flush()
                stream.written = False
                spoke = True
    return spoke
