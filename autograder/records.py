"""The output folder of a class: records, feedback to hand out, and the run they belong to.

    DIR/run.json                             seed of the run: keep it, a regrade needs it
    DIR/<student>/<assignment>.json          the whole record, answers included: for staff
    DIR/feedback/<student>/<assignment>.*    the student's edition: for handing out
    DIR/class.csv, totals.csv, index.html    the class: for staff

Every file is written beside its place and moved there, so that a crash leaves the old one or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

from . import patience
from .model import Report, Submission
from .reports import json as report_json

SEED_BITS = 128
PART = ".nn-autograder.part"
RESERVED = frozenset({"feedback", "con", "prn", "aux", "nul"})
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class OutputError(Exception):
    """The output folder cannot be written or read; the message says which file and what to do."""


def folder(name: str) -> str:
    """A folder name for a student: the name itself where that is harmless, else a digest of it."""
    if PLAIN.fullmatch(name) and name.lower() not in RESERVED and not name.endswith("."):
        return name
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:24]
    return f"{plain or 'student'}-{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:12]}"


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: no space, no permission, not a folder.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PART)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. "
            "What was graded before is kept; make room or choose another --out, and run the command again."
        ) from error


def seed(out: Path | None, given: str | None) -> str:
    """The seed of this run: the one given, the one this folder was graded with before, or a new secret one.

    Raises:
        OutputError: run.json cannot be read or written, or belongs to another seed.
    """
    try:
        return patience.within(lambda: _seed(out, given))
    except TimeoutError as error:
        raise unanswered(out, error) from error


def unanswered(out: Path | None, error: TimeoutError) -> OutputError:
    """What to say of an output folder whose drive does not answer."""
    return OutputError(
        f"{out} cannot be used: {error.strerror} "
        "What was graded before is kept; choose another --out, or run the command again when it is back."
    )


def _seed(out: Path | None, given: str | None) -> str:
    if out:
        _clear_parts(out)
    path = out / "run.json" if out else None
    before = ""
    if path and path.exists():
        try:
            before = str(json.loads(_text(path))["seed"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutputError(f"{path} is not a run of ours; choose another --out or remove it") from error
    chosen = given or before or f"{secrets.randbits(SEED_BITS):032x}"
    if path and chosen != before:
        write(path, json.dumps({"seed": chosen}, indent=1) + "\n")
    return chosen


def _text(path: Path) -> str:
    """The text of an ordinary file; what is none, such as a pipe with a name, is not waited for.

    Raises:
        OSError: it cannot be read, or is no file.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, encoding="utf-8") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a file", str(path))
        return file.read()


def _clear_parts(out: Path) -> None:
    """Remove what a run that was killed while it wrote has left beside the places of its files."""
    for part in out.rglob(f".*{PART}"):
        with contextlib.suppress(OSError):
            part.unlink()


def record_path(out: Path, student: str, assignment: str) -> Path:
    """Where the record of one submission stands."""
    return out / folder(student) / f"{assignment}.json"


def feedback_path(out: Path, student: str, assignment: str, suffix: str) -> Path:
    """Where the student's edition of one report stands."""
    return out / "feedback" / folder(student) / f"{assignment}{suffix}"


def earlier(
    out: Path, submission: Submission, seed_in_force: str, isolation: str, course: str
) -> Report | None:
    """The record of this very submission, graded before in the same way and completely; else None.

    Raises:
        OutputError: the folder does not answer.
    """
    path = record_path(out, submission.student, submission.assignment)
    try:
        report = report_json.parse(patience.within(lambda: _text(path)))
    except TimeoutError as error:
        raise unanswered(out, error) from error
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = (
        report.digest == submission.digest
        and report.student == submission.student
        and report.seed == seed_in_force
        and report.isolation == isolation
        and report.received == submission.received  # the same work, handed in again, may be late now
        and report.environment.get("course") == course
    )
    ungraded = any(o.status == "UNGRADED" for mark in report.marks for o in mark.outcomes)
    return report if same and not ungraded else None


def read(path: Path) -> list[Report]:
    """The reports of one JSON file, or of all records below a folder, in order of student and assignment.

    Raises:
        OutputError: nothing there, or not reports of ours.
    """
    if path.is_dir():
        feedback = path / "feedback"
        files = [
            f for f in sorted(path.rglob("*.json")) if f.name != "run.json" and feedback not in f.parents
        ]
    else:
        files = [path]
    reports = []
    for file in files:
        try:
            reports.append(report_json.parse(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutputError(f"{file} is not a report that this grader can read: {error}") from error
    if not reports:
        raise OutputError(f"{path} holds no reports; grade something with --out {path} first")
    return sorted(reports, key=lambda report: (report.student, report.assignment))
