"""The files inside a .zip or .tar.gz, read in memory: nothing is written to disk, under no name at all.

An archive is a program for filling a disk. So nothing it says of itself is believed: sizes are measured
while unpacking, within bounds; names are only compared, never opened; links and devices are left out.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO

from autograder.model import SubmissionError

from .decoding import printable

MAX_MEMBERS = 200  # files that could be a student's own
MAX_ENTRIES = 5_000  # of any kind, folders and rubbish included
MAX_MEMBER = 10 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 20 * 1024 * 1024  # bytes, unpacked, what is left out included
MAX_STREAM = 200 * 1024 * 1024  # bytes of a tar between which the files we want may lie
MAX_NAME = 500  # characters
MAX_RATIO = 200  # of unpacked to packed; text reaches 20
MAX_NOTES = 20
CHUNK = 64 * 1024

RUBBISH = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv"})
NESTED = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # zipfile: a password is needed; also RecursionError, from a tar of headers on headers
    ValueError,
    LookupError,
    OverflowError,
    MemoryError,
    AssertionError,
)


@dataclass(frozen=True, slots=True)
class _Member:
    """One entry of an archive as its directory describes it; only `open` touches the contents."""

    name: str
    refused: str  # why it is left out; "" if nothing speaks against it yet
    open: Callable[[], IO[bytes] | None]
    packed: int = 0  # bytes; 0 where unknown


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """What came out of one member, and how many bytes had to be unpacked to know."""

    content: bytes
    refused: str
    size: int


def members(
    data: bytes, name: str, wanted: Callable[[str], bool] = lambda _name: True
) -> tuple[list[tuple[str, bytes]], list[str]]:
    """The regular files of an archive that are `wanted`, as (path, bytes), and notes on what was left out.

    `name` is what the archive is called in messages. Paths use "/" and never begin with it. Hidden files
    and rubbish of operating systems are left out silently. Of two members with one name the last counts.

    Raises:
        SubmissionError: not an archive, broken as a whole, or too much of anything.
    """
    shown = printable(name)
    found: dict[str, bytes] = {}
    notes: list[str] = []
    total = 0
    try:
        for member in _own_files(data, shown):
            path = _plain(member.name)
            where = f"{printable(member.name)} in {shown}"
            if refused := member.refused or _refused_name(member.name):
                notes.append(f"{where} was left out: {refused}")
            elif wanted(path):
                unpacked = _unpack(member)
                total += unpacked.size
                if total > MAX_TOTAL:
                    raise SubmissionError(_too_large(shown, MAX_TOTAL))
                if unpacked.refused:
                    notes.append(f"{where} was left out: {unpacked.refused}")
                    continue
                if path in found:
                    notes.append(f"{where} is there twice; the last one was read")
                found[path] = unpacked.content
    except BROKEN as error:
        raise SubmissionError(
            f"{shown} is damaged or cut short ({printable(str(error), 80)}); pack it again and try to open it"
        ) from None
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES:] = [f"{len(notes) - MAX_NOTES} more files in {shown} were left out"]
    return list(found.items()), notes


def _own_files(data: bytes, shown: str) -> Iterator[_Member]:
    """The members that could be a student's own, at most MAX_MEMBERS of them."""
    # The directory of a zip is read whole before its first member: count its entries before that.
    if data.count(b"PK\x01\x02") > 2 * MAX_ENTRIES:
        raise SubmissionError(_too_many(shown))
    count = 0
    for entries, member in enumerate(_zip_members(data) if data[:2] == b"PK" else _tar_members(data, shown)):
        if member is not None and not _is_rubbish(member.name):
            count += 1
            yield member
        if count >= MAX_MEMBERS + 1 or entries >= MAX_ENTRIES:
            raise SubmissionError(_too_many(shown))


def _zip_members(data: bytes) -> Iterator[_Member | None]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            kind = info.external_attr >> 16
            refused = ""
            if info.flag_bits & 0x1:
                refused = "it is locked with a password; pack it again without one"
            elif stat.S_IFMT(kind) not in {0, stat.S_IFREG}:
                refused = _not_regular(stat.S_ISLNK(kind))
            elif info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                # The standard library cannot unpack bzip2 and LZMA in bounded steps.
                refused = "it is packed in an unusual way; pack it again as an ordinary zip"
            yield (
                None
                if info.is_dir()
                else _Member(info.filename, refused, partial(archive.open, info), info.compress_size)
            )


def _tar_members(data: bytes, shown: str) -> Iterator[_Member | None]:
    stream: IO[bytes] | gzip.GzipFile = io.BytesIO(data)
    if data[:2] == b"\x1f\x8b":
        stream = gzip.GzipFile(fileobj=io.BytesIO(data))
    elif data[257:262] != b"ustar":
        raise SubmissionError(
            f"{shown} is neither a .zip nor a .tar.gz; pack your files as a .zip, or hand in the .py file"
        )
    # Mode "r|": strictly forwards, so that no header can send the reader back to where it was.
    with tarfile.open(fileobj=_Bounded(stream, shown), mode="r|") as archive:
        for info in archive:
            ordinary = info.isreg() and not info.issparse()
            refused = "" if ordinary else _not_regular(info.issym() or info.islnk())
            yield None if info.isdir() else _Member(info.name, refused, partial(archive.extractfile, info))


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than MAX_STREAM bytes."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, shown: str) -> None:
        self._stream, self._shown, self._left = stream, shown, MAX_STREAM

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(min(size, CHUNK) if size >= 0 else CHUNK)
        self._left -= len(block)
        if self._left < 0:
            raise SubmissionError(_too_large(self._shown, MAX_STREAM))
        return block


def _unpack(member: _Member) -> _Unpacked:
    content = bytearray()
    refused = ""
    try:
        stream = member.open()
        while not refused and stream is not None and (block := stream.read(CHUNK)):
            content += block
            if len(content) > MAX_MEMBER:
                refused = f"it is larger than {MAX_MEMBER >> 20} MB"
            elif member.packed and len(content) > max(1 << 20, MAX_RATIO * member.packed):
                refused = "it unpacks to far more than code does"
    except BROKEN:
        refused = "it is damaged; pack it again and try to open it"
    return _Unpacked(b"" if refused else bytes(content), refused, len(content))


def _plain(name: str) -> str:
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", "."})


def _is_rubbish(name: str) -> bool:
    parts = _plain(name).split("/")
    return any((part.startswith(".") and part != "..") or part in RUBBISH for part in parts)


def _refused_name(name: str) -> str:
    path = name.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "its name begins at the root of a disk; pack it again from within its folder"
    if ".." in path.split("/"):
        return "its name leads out of the archive; pack it again from within its folder"
    if not _plain(path) or len(path) > MAX_NAME or not path.isprintable():
        return "its name cannot be used; rename the file and pack it again"
    if path.lower().endswith(NESTED):
        return "it is an archive inside an archive; hand in the files themselves"
    return ""


def _not_regular(link: bool) -> str:
    return "it is a link; pack the file that it points to" if link else "it is not an ordinary file"


def _too_many(shown: str) -> str:
    return f"{shown} holds more than {MAX_MEMBERS} files; hand in only your own .py or .ipynb files"


def _too_large(shown: str, limit: int) -> str:
    return f"{shown} unpacks to more than {limit >> 20} MB; hand in your code without data"
