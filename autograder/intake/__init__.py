"""From what students handed in to `Submission`s: found, decoded, named. Nothing of it is run or imported.

`read` is for one student, `read_class` for a folder of students; `is_class` tells which it is. What cannot
be read becomes a submission all the same, which says why: a person decides, and the next student is read.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder import patience
from autograder.model import Submission, SubmissionError

from .choosing import choose
from .collecting import HandedIn, collect, collect_files, holds_submission, is_archive, is_rubbish, is_source
from .decoding import printable
from .matching import How, by_name, is_named_after, stem_of, student_in

Known = Mapping[str, Collection[str]]  # assignment -> names of its graded functions
NOBODY = "student"
COLLECTED = "submitted"  # where nbgrader puts what it collects: submitted/<student>/<assignment>/x.ipynb


def read(
    path: Path, known: Known, *, assignment: str | None = None, student: str | None = None
) -> tuple[Submission, ...]:
    """What one student handed in: a .py, a .ipynb, an archive, or a folder of these.

    `known` maps each assignment to its graded functions. There is one submission for each assignment found,
    in the order of `known`; only one if `assignment` is given. Where nothing could be read there is one that
    says so: its assignment is `assignment` or "", and `unreadable` says what to do.

    Raises:
        SubmissionError: there is nothing at `path`, or no such assignment.
    """
    real = _existing(path)
    _check(assignment, known)
    name = student or _student_at(real, known)
    folder = real.name if real.is_dir() else real.parent.name
    try:
        handed = patience.within(lambda: collect(real))
    except TimeoutError as error:
        raise SubmissionError(f"{printable(str(path))} cannot be read: {error.strerror}") from None
    return choose(handed, known, assignment=assignment, student=name, folder=folder)


def read_class(folder: Path, known: Known, *, assignment: str | None = None) -> tuple[Submission, ...]:
    """What a class handed in, student by student: each has at least one submission.

    A student is a sub-folder, an archive, or, where no sub-folder holds submissions, the files whose names
    begin with the student's: ada.py, ada_optimizers.py. nbgrader's folder `submitted` is found by itself.

    Raises:
        SubmissionError: there is no such folder, no such assignment, or nobody's work in it.
    """
    real = _existing(folder)
    _check(assignment, known)
    if not real.is_dir():
        raise SubmissionError(
            f"{printable(str(folder))} is a file; a class is a folder with one for each student"
        )
    real = real / COLLECTED if (real / COLLECTED).is_dir() else real
    entries = _entries(real)
    if _is_one_student(real, entries, known):
        return read(real, known, assignment=assignment)
    students = _students(real, entries, known)
    if not students:
        raise SubmissionError(
            f"{printable(str(folder))} holds no submissions; put a folder or a file for each student into it"
        )
    return tuple(
        submission
        for student, names in students.items()
        for submission in _read_student(real, _named(student), names, known, assignment)
    )


def is_class(folder: Path, known: Known) -> bool:
    """Whether a folder holds a class rather than the work of one student."""
    try:
        real = _existing(folder)
        if not real.is_dir():
            return False
        if (real / COLLECTED).is_dir():
            return True
        entries = _entries(real)
    except SubmissionError:
        return False
    if _is_one_student(real, entries, known):
        return False
    if any(_holds_submission(real / name) for name in entries.folders):
        return True
    return len(entries.archives) > 1 or _are_students(real, entries.files, known)


@dataclass(frozen=True, slots=True)
class _Entries:
    """The names in a folder that may matter, each kind in order."""

    folders: Sequence[str]
    archives: Sequence[str]
    files: Sequence[str]
    links: Sequence[str]


def _entries(folder: Path) -> _Entries:
    try:
        return patience.within(lambda: _scan(folder))
    except OSError as error:
        raise SubmissionError(f"{printable(str(folder))} cannot be opened ({error.strerror})") from None


def _scan(folder: Path) -> _Entries:
    folders, archives, files, links = [], [], [], []
    with os.scandir(folder) as inside:
        for entry in sorted(inside, key=lambda entry: entry.name):
            if is_rubbish(entry.name):
                continue
            if entry.is_symlink():
                links.append(entry.name)
            elif entry.is_dir():
                folders.append(entry.name)
            elif is_archive(entry.name):
                archives.append(entry.name)
            elif is_source(entry.name):
                files.append(entry.name)
    return _Entries(folders, archives, files, links)


def _holds_submission(folder: Path) -> bool:
    """Whether there is something to grade in a folder, or it does not answer: then reading it will say so."""
    try:
        return patience.within(lambda: holds_submission(folder))
    except TimeoutError:
        return True


def _is_one_student(folder: Path, entries: _Entries, known: Known) -> bool:
    """Whether the names are assignments' where a class has students': optimizers.py, or optimizers/."""
    stems = [stem_of(name) for name in (*entries.archives, *entries.files)]
    if any(is_named_after(stem, known) for stem in stems):
        return not any(by_name(stem, known)[0] and student_in(stem, known) for stem in stems)
    holding = [name for name in entries.folders if _holds_submission(folder / name)]
    named = [name for name in holding if by_name(name, known)[1] is How.NAME]
    return bool(named) and 2 * len(named) >= len(holding)


def _are_students(folder: Path, files: Sequence[str], known: Known) -> bool:
    """Whether loose files are several students': two for one assignment, each with a student's name."""
    students: dict[str, set[str]] = {}
    for name in files:
        stem = stem_of(name)
        student = student_in(stem, known)
        try:
            found = patience.within(partial(collect_files, folder, [name]))
        except TimeoutError:
            continue
        handed = choose(found, known, assignment=None, student=student, folder="")
        if student and handed[0].assignment:
            students.setdefault(handed[0].assignment, set()).add(student)
    return any(len(names) > 1 for names in students.values())


def _students(folder: Path, entries: _Entries, known: Known) -> Mapping[str, Sequence[str]]:
    """Each student's name with the entries that are theirs, a folder before an archive before a file."""
    loose = [*entries.archives, *entries.files]
    in_folders = any(_holds_submission(folder / name) for name in entries.folders)
    if in_folders or not loose:
        loose = list(entries.archives)
        students = {name: [name] for name in entries.folders}
    else:
        students = {}
    for name in [*loose, *entries.links]:
        stem = stem_of(name)
        students.setdefault(student_in(stem, known) or stem, []).append(name)
    return dict(sorted(students.items()))


def _read_student(
    folder: Path, student: str, names: Sequence[str], known: Known, assignment: str | None
) -> tuple[Submission, ...]:
    """One student's submissions; whatever is wrong with them is theirs alone."""
    try:
        handed, within = patience.within(lambda: _collect(folder, names))
        if within:
            handed.notes += [
                f"{printable(name)} was left out: the folder {student} was read" for name in names[1:]
            ]
        return choose(handed, known, assignment=assignment, student=student, folder=within)
    except (SubmissionError, OSError, RecursionError) as error:
        why = error.strerror if isinstance(error, TimeoutError) else str(error)
        says = f"{printable(names[0])} cannot be read: {printable(why or '', 200)}"
        return (Submission(student, assignment or "", "", printable(names[0]), "", unreadable=says),)


def _collect(folder: Path, names: Sequence[str]) -> tuple[HandedIn, str]:
    """What one student handed in, and the folder that it is in: "" for loose files."""
    first = folder / names[0]
    if first.is_symlink() or not first.is_dir():
        return collect_files(folder, names), ""
    return collect(first), names[0]


def _student_at(path: Path, known: Known) -> str:
    """The best guess at who handed in `path`."""
    parts = path.parts
    if COLLECTED in parts[:-1]:
        place = len(parts) - 1 - parts[::-1].index(COLLECTED)
        if not (path.is_file() and place + 2 == len(parts)):
            return _named(parts[place + 1])
    stem = stem_of(path.name)
    if path.is_dir():
        return NOBODY if by_name(path.name, known)[1] is How.NAME else _named(path.name)
    student = student_in(stem, known)
    if is_archive(path.name):
        return NOBODY if is_named_after(stem, known) else _named(student or stem)
    return _named(student) if by_name(stem, known)[0] else NOBODY


def _named(student: str) -> str:
    """A student's name that can be shown, and be a folder's name: never empty, never dots alone."""
    return printable(student, 100).lstrip(".").strip() or NOBODY


def _existing(path: Path) -> Path:
    try:
        real = patience.within(lambda: path.resolve(strict=True))
    except TimeoutError as error:
        raise SubmissionError(f"{printable(str(path))} cannot be read: {error.strerror}") from None
    except (OSError, RuntimeError, ValueError):
        raise SubmissionError(f"there is nothing at {printable(str(path))}; check the path") from None
    return real


def _check(assignment: str | None, known: Known) -> None:
    if assignment is not None and assignment not in known:
        near = difflib.get_close_matches(assignment, known, 1)
        hint = f"is {near[0]} meant?" if near else f"there are: {', '.join(known)}"
        raise SubmissionError(f"there is no assignment {printable(assignment)}; {hint}")
