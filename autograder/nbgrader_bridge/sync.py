"""Plain .py files into an nbgrader course, beside a notebook that nbgrader treats like any other."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from autograder import course as courses
from autograder import records, release, run
from autograder.model import CourseError

from . import filling, needed
from .init import CONFIG

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model import Submission

GRADED, UNCHANGED = "graded", "unchanged since it was graded"


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of one submission: `GRADED`, `UNCHANGED`, or a sentence on why it was left out."""

    student: str
    assignment: str
    says: str


def sync(to: Path, path: Path, *, assignment: str | None = None, force: bool = False) -> list[Synced]:
    """Grade the plain .py files at `path`, one or a class, and write the marks into the nbgrader course `to`.

    A file becomes submitted/<student>/<assignment>/<assignment>.py, with a notebook beside it that shows the
    same code; from there on it is nbgrader's, which keeps the marks a person gave. A student who handed in a
    notebook keeps that one; with `force` the file counts instead.

    Raises:
        CourseError: nbgrader is not installed, `to` is no course of ours, an assignment was not released, or
            nbgrader could not grade some of them.
        SubmissionError: there is nothing at `path`.
    """
    needed()
    if not (to / CONFIG).is_file():
        raise CourseError(f"{to} holds no {CONFIG}; `autograder nbgrader init {to}` makes a course there")
    from .autograde import Chosen, config  # noqa: PLC0415 - loads nbgrader

    found = config(to)
    course = courses.load(to / found.JailedExporter.course)
    gradable, unknown = run.submissions(path, course, assignment)
    done = [Synced(one.student, "", one.unreadable or "nobody knows for which assignment") for one in unknown]
    waiting: list[tuple[str, str]] = []
    for one in gradable:
        says = _staged(one, to, force=force)
        if says == GRADED:
            waiting.append((records.folder(one.student), one.assignment))
        done.append(Synced(one.student, one.assignment, says))
    if waiting:
        Chosen(found, waiting).grade()
    return done


def _staged(one: Submission, to: Path, *, force: bool) -> str:
    """Lay one submission where nbgrader looks for it; `GRADED` if it is to be graded, else why not."""
    student, name = records.folder(one.student), one.assignment
    folder = to / "submitted" / student / name
    notebook = folder / f"{name}.ipynb"
    if one.unreadable:
        return one.unreadable
    if one.line_names:
        return f"{one.path} is a notebook; collect it with `nbgrader zip_collect`"
    made_of = filling.made_of(notebook)
    if notebook.exists() and not made_of and not force:
        return f"{student} handed in a notebook, which stays; with --force {one.path} counts instead"
    digest = f"sha256:{hashlib.sha256(f'{one.received} {one.source}'.encode()).hexdigest()}"
    if digest == made_of and (to / "autograded" / student / name / f"{name}.ipynb").exists() and not force:
        return UNCHANGED
    released = to / "release" / name / f"{name}.ipynb"
    try:
        book = filling.filled(json.loads(released.read_text(encoding="utf-8")), one.source, digest)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{released} is not there as it should be; run `nbgrader generate_assignment {name}`"
        ) from error
    release.put(folder / f"{name}.py", one.source)
    release.put(notebook, json.dumps(book, ensure_ascii=False, indent=1) + "\n")
    stamp = folder / "timestamp.txt"
    if one.received:
        came = datetime.fromisoformat(one.received).astimezone(UTC)
        release.put(stamp, f"{came:%Y-%m-%d %H:%M:%S.%f} UTC\n")
    else:
        stamp.unlink(missing_ok=True)
    return GRADED
