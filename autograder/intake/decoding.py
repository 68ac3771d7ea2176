"""From the bytes of a file to the text that Python will compile, and names that are safe to show."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from autograder.model import SubmissionError

from .parsing import MAX_SOURCE

COOKIE = re.compile(r"^([ \t\f]*#.*?coding[:=][ \t]*)([-\w.]+)")  # PEP 263, in one of the first two lines
BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Codecs that map bytes to letters and nothing else. Python has more (rot13, utf-7, unicode_escape), in which
# the text that is read would not be the text that is shown.
LETTERS = re.compile(r"(utf-8|ascii|iso8859-\d+|cp125\d|mac-\w+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+)")
MAGIC = (
    (b"PK\x03\x04", "a zip archive (or an Office document)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a compiled program"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"{\\rtf", "a word processor's document"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Source with plain line ends, and what was mended on the way, in sentences to the student."""

    source: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Text:
    """The text of a Python file: UTF-8 with or without mark, UTF-16 with mark, or as its cookie says.

    A cookie that names another encoding is rewritten to utf-8, since the text travels on as UTF-8.

    Raises:
        SubmissionError: not text, undecodable, or larger than 256 kB.
    """
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise SubmissionError(f"this is not a text file but {what}; hand in the .py file itself")
    notes = []
    wide = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "")
    encoding = wide or _cookie(data)
    if not wide and b"\0" in data:
        raise SubmissionError("this is not a text file: it holds NUL bytes; hand in the .py file itself")
    try:
        source = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SubmissionError(
            f"this is not a text file in {encoding.removesuffix('-sig').upper()}: line {line} holds the byte "
            f"0x{error.object[error.start]:02x}; open it in an editor and save it as UTF-8"
        ) from None
    if "\0" in source:
        raise SubmissionError("this is not a text file: it holds NUL bytes; hand in the .py file itself")
    if wide or encoding not in {"utf-8-sig", "ascii"}:
        notes.append(f"the file was saved as {encoding.upper()} and was read as such; UTF-8 is safer")
    source = plain_cookie(plain_line_ends(source.removeprefix("\ufeff")))
    if len(source.encode()) > MAX_SOURCE:
        raise SubmissionError(
            f"the file holds more than {MAX_SOURCE // 1024} kB of code; hand in your functions without data"
        )
    if not source.strip():
        notes.append("the file is empty")
    return Text(source, tuple(notes))


def plain_line_ends(text: str) -> str:
    r"""The text with `\n` at the end of each line, whichever system it was written on."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain_cookie(source: str) -> str:
    """The source with any encoding cookie set to utf-8, so that compiling its bytes gives the text shown."""
    lines = source.split("\n", 2)
    for i, line in enumerate(lines[:2]):
        if found := COOKIE.match(line):
            if found[2].lower().replace("_", "-") not in {"utf-8", "utf8"}:
                lines[i] = f"{found[1]}utf-8{line[found.end() :]}"
        elif line.strip() and not line.lstrip().startswith("#"):
            break  # a cookie in line 2 counts only below a comment or a blank line
    return "\n".join(lines)


def printable(text: str, limit: int = 100) -> str:
    r"""`text` fit to stand in a sentence: what cannot be printed as `\x..`, cut with a visible mark."""
    short = text if len(text) <= limit else text[:limit] + "…"
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in short
    )


def _cookie(data: bytes) -> str:
    """The encoding that the first two lines name; UTF-8 where they name none.

    Raises:
        SubmissionError: an encoding that is unknown, or that maps bytes to more than letters.
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for line in re.split(rb"\r\n?|\n", data[:4096], maxsplit=2)[:2]:
        text = line.decode("latin-1")
        if found := COOKIE.match(text):
            try:
                name = codecs.lookup(found[2]).name
            except LookupError:
                name = ""
            if not LETTERS.fullmatch(name):
                raise SubmissionError(
                    f"the file says it is encoded as {printable(found[2], 30)}, which is not read; "
                    "save it as UTF-8"
                )
            return "utf-8-sig" if name == "utf-8" else name
        if text.strip() and not text.lstrip().startswith("#"):
            break
    return "utf-8-sig"
