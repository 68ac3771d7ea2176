"""The files one student handed in, as bytes: from a file, a folder or an archive.

Everything is read into memory within bounds. Links are not followed, nothing but ordinary files is opened,
and nothing is ever written.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.model import SubmissionError

from . import archives
from .decoding import printable
from .notebooks import MAX_NOTEBOOK
from .parsing import MAX_SOURCE

SOURCES = (".py", ".ipynb", ".py.txt", ".ipynb.txt")  # Windows hides the .txt it appends
ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
NOT_SOURCES = frozenset({"__init__.py", "conftest.py", "setup.py"})  # Python's own, or a test runner's
RUBBISH = archives.RUBBISH | {"site-packages"}
UNKNOWN_KIND = "files of this kind are not read; hand in a .py, a .ipynb, or a .zip of them"
TIMESTAMP = "timestamp.txt"  # nbgrader writes it beside what it collected
MAX_DEPTH = 8
MAX_ENTRIES = 5_000
MAX_FILES = 200
MAX_BYTES = 40 * 1024 * 1024  # of all files together


@dataclass(frozen=True, slots=True)
class File:
    """One file that may hold code. `path` is below what was handed in; `problem` says why `data` is empty."""

    path: str
    data: bytes = b""
    problem: str = ""


@dataclass(slots=True)
class HandedIn:
    """All that one student handed in and that may be graded."""

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # names of files of other kinds, to tell what is there
    times: dict[str, str] = field(default_factory=dict)  # folder -> its timestamp, as ISO 8601

    def received(self, path: str) -> str:
        """When the file at `path` came in: by the timestamp beside it, or that of a folder above."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self.times:
                return self.times[folder]
        return ""


def is_source(name: str) -> bool:
    """Whether a file of this name may hold a student's code."""
    return name.lower().endswith(SOURCES) and name not in NOT_SOURCES and not name.startswith(".")


def is_archive(name: str) -> bool:
    """Whether a file of this name may be an archive that we open."""
    return name.lower().endswith(ARCHIVES) and not name.startswith(".")


def is_rubbish(name: str) -> bool:
    """Whether a file or folder of this name belongs to a tool rather than to a student."""
    return name.startswith(".") or name in RUBBISH


def collect(path: Path) -> HandedIn:
    """Everything at `path`, which exists: a folder, an archive, or a file of code."""
    if not path.is_dir():
        return collect_files(path.parent, [path.name])
    handed = HandedIn()
    for below, entry in walk(path, handed.notes):
        _take(handed, below, Path(entry))
    return handed


def collect_files(folder: Path, names: Iterable[str]) -> HandedIn:
    """The files of these names in `folder`, with the timestamp beside them, and nothing else of it."""
    handed = HandedIn()
    for name in names:
        if (folder / name).is_symlink():
            handed.files.append(File(name, problem="it is a link; hand in the file itself"))
        elif is_source(name) or is_archive(name):
            _take(handed, name, folder / name)
        else:
            handed.files.append(File(name, problem=UNKNOWN_KIND))
    if (folder / TIMESTAMP).is_file():
        _take(handed, TIMESTAMP, folder / TIMESTAMP)
    return handed


def walk(folder: Path, notes: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The ordinary files below `folder`, each with its path from there, in order of their names.

    Links and folders that cannot be opened are left out, with a note.
    """
    waiting = [(folder, "")]
    seen = 0
    while waiting:
        here, prefix = waiting.pop()
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            notes.append(
                f"the folder {printable(prefix or folder.name)} could not be opened and was left out"
            )
            continue
        deeper = []
        for entry in inside:
            seen += 1
            if seen > MAX_ENTRIES:
                notes.append(
                    f"only the first {MAX_ENTRIES} files were looked at; hand in only your own files"
                )
                return
            below = prefix + entry.name
            if is_rubbish(entry.name):
                continue
            if entry.is_symlink():
                notes.append(f"{printable(below)} is a link and was left out: hand in the file itself")
            elif entry.is_dir(follow_symlinks=False):
                if below.count("/") < MAX_DEPTH:
                    deeper.append((Path(entry), f"{below}/"))
            elif entry.is_file(follow_symlinks=False):
                yield below, entry
        waiting += reversed(deeper)


def holds_submission(folder: Path) -> bool:
    """Whether anywhere below `folder` lies a file that may hold code, or an archive."""
    return any(is_source(entry.name) or is_archive(entry.name) for _, entry in walk(folder, []))


def _take(handed: HandedIn, below: str, path: Path) -> None:
    """Add the file at `path` to what was handed in, under the name `below`."""
    try:
        if is_source(path.name):
            limit = (
                MAX_NOTEBOOK if ".ipynb" in path.name.lower() else 4 * MAX_SOURCE
            )  # UTF-32 takes four bytes
            _add(handed, File(below, _bytes(path, limit)))
        elif is_archive(path.name):
            files, notes = archives.members(_bytes(path, archives.MAX_TOTAL), below, _is_wanted)
            handed.notes += notes
            for name, data in files:
                _add(handed, File(f"{below}/{name}", data))
            if not files:
                handed.notes.append(f"{printable(below)} holds no .py or .ipynb file")
        elif path.name == TIMESTAMP:
            when = moment(_bytes(path, 200).decode("ascii", "replace"))
            handed.times[below.rpartition("/")[0]] = when
            if not when:
                handed.notes.append(
                    f"{printable(below)} holds no date that can be read, so the time is not known"
                )
        else:
            handed.others.append(below)
    except (SubmissionError, OSError) as error:
        says = (
            str(error)
            if isinstance(error, SubmissionError)
            else f"it cannot be opened ({error.strerror or 'no reason given'})"
        )
        handed.files.append(File(below, problem=says))


def _add(handed: HandedIn, file: File) -> None:
    total = sum(len(other.data) for other in handed.files)
    if len(handed.files) >= MAX_FILES or total + len(file.data) > MAX_BYTES:
        raise SubmissionError(
            "more files were handed in than are read; hand in only your own .py or .ipynb files"
        )
    handed.files.append(file)


def _is_wanted(member: str) -> bool:
    return is_source(member.rpartition("/")[2])


def _bytes(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file.

    Raises:
        SubmissionError: it is larger than `limit`, or not an ordinary file.
        OSError: it cannot be opened, or became a link since we looked.
    """
    flags = os.O_RDONLY
    for name in (
        "O_NOFOLLOW",
        "O_NONBLOCK",
        "O_CLOEXEC",
        "O_BINARY",
    ):  # each system has some; a FIFO must not wait
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise SubmissionError("it is not an ordinary file")
        data = stream.read(limit + 1)
    if len(data) > limit:
        size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit >> 10} kB"
        raise SubmissionError(f"it is larger than {size}; hand in your code without outputs and data")
    return data


def moment(text: str) -> str:
    """A time as nbgrader writes it, or ISO 8601, as ISO 8601 with offset; "" where it is neither.

    >>> moment("2026-11-20 12:00:00.000000 UTC")
    '2026-11-20T12:00:00+00:00'
    """
    found = re.fullmatch(
        r"\s*(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s*([\w/+:-]*)\s*", text, re.ASCII
    )
    if not found:
        return ""
    try:
        when = datetime.fromisoformat(found[1])
        if found[2].upper() in {"", "Z", "UTC", "GMT"}:  # nbgrader means UTC where it writes no zone
            return when.replace(tzinfo=UTC).isoformat()
        if found[2][0] in "+-":
            return datetime.fromisoformat(when.isoformat() + found[2]).isoformat()
        return when.replace(tzinfo=ZoneInfo(found[2])).isoformat()
    except (ValueError, LookupError, OSError):
        return ""
