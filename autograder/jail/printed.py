"""What a student prints, as it comes out of the pipe: the beginning of it, by the question it belongs to."""

from __future__ import annotations

import re

START = -1  # the section of what is printed before the first mark, and between questions


def mark(nonce: str, question: int) -> bytes:
    """What the jail writes behind the output of a question. A claim like everything else it writes."""
    return b"\0%b %d\0" % (nonce.encode(), question)


class Printed:
    """Output by question. No more than `keep` bytes are kept of each; `total` counts all.

    `flooded` is the first question behind whose output there are more than `most` bytes in all; None while
    there is none, or while it is not closed.

    A mark for a question that was not asked is printed text like any other.
    """

    def __init__(self, keep: int, most: int) -> None:
        self.total = 0
        self.most = most
        self.flooded: int | None = None
        self._keep = keep
        self._now = bytearray()  # not yet closed by a mark
        self._sections: dict[int, bytearray] = {}
        self._mark: re.Pattern[bytes] | None = None
        self._questions = 0
        self._tail = b""  # where a mark may have begun

    def expect(self, nonce: str, questions: int) -> None:
        """Look for the marks of the request `nonce`, which asks so many questions, from here on."""
        self._sections.clear()
        self.flooded = None
        self._questions = questions
        self._mark = re.compile(b"\0" + re.escape(nonce.encode()) + rb" (\d{1,6})\0")

    def feed(self, piece: bytes) -> None:
        """Take in what the pipe gave."""
        self.total += len(piece)
        if self._mark is None:
            self._add(piece)
            return
        text = self._tail + piece
        before, at = self.total - len(text), 0
        for found in self._mark.finditer(text):
            if int(found[1]) >= self._questions:
                continue
            self._add(text[at : found.start()])
            self._sections.setdefault(int(found[1]), self._now)
            self._now = bytearray()
            at = found.end()
            if self.flooded is None and before + at > self.most:
                self.flooded = int(found[1])
        rest = text[at:]
        begun = rest.rfind(b"\0", len(rest) - 48 if len(rest) > 48 else 0)  # a mark is shorter
        opened = rest.rfind(b"\0", max(0, begun - 48), begun) if begun >= 0 else -1
        cut = begun if opened < 0 else opened
        cut = len(rest) if cut < 0 else cut
        self._add(rest[:cut])
        self._tail = rest[cut:]

    def _add(self, piece: bytes) -> None:
        self._now += piece[: max(self._keep - len(self._now), 0)]

    def section(self, question: int) -> str:
        """What was printed for a question; once."""
        return _text(self._sections.pop(question, b""))

    def take(self) -> str:
        """What belongs to no closed question; once."""
        self._add(self._tail)
        self._tail, text = b"", _text(self._now)
        self._now.clear()
        return text


def _text(data: bytes | bytearray) -> str:
    return bytes(data).decode("utf-8", "backslashreplace")
