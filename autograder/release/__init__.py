"""What students receive: assignments/ derived from solutions/ and rubrics/, and the bundle made of it."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import TYPE_CHECKING

from autograder import course as courses
from autograder.model import CourseError

from . import handout, notebook, pictures, secrecy, stubs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from autograder.model import Course

leaks = secrecy.leaks
REFRESH = "`autograder release --refresh` writes it anew"


def derive(course: Course, name: str) -> Mapping[str, str]:
    """The files of assignments/NAME, as they should be: path from the course's folder on -> text.

    Raises:
        CourseError: no such assignment; its reference, handout or rubric is missing or wrong; or the handout
            and the pictures do not fit together.
    """
    marks = courses.rubric_of(course, name)
    source, written = f"solutions/{name}/reference.py", f"solutions/{name}/handout.md"
    reference, text = _text(course, source), _text(course, written)
    folder = f"assignments/{name}"
    drawn = pictures.drawn(course, name)
    pictures.joined(text, drawn, written, f"solutions/{name}/pictures.py")
    return {
        f"{folder}/README.md": handout.render(pictures.beside(text, drawn), marks, written),
        f"{folder}/{name}.py": stubs.stub(reference, source),
        f"{folder}/{name}.ipynb": notebook.notebook(reference, pictures.inside(text, drawn), name, source),
        **{f"{folder}/pictures/{shown}.svg": picture.svg for shown, picture in sorted(drawn.items())},
    }


def _text(course: Course, path: str) -> str:
    try:
        return (course.root / path).read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path}: is not UTF-8; save it as UTF-8 and try again") from error


def write(course: Course, names: Iterable[str]) -> list[Path]:
    """Refresh the files of the assignments `names`; the paths of those that changed, or went.

    Pictures that nobody draws any more are removed; other files of nobody are left for `stale` to tell.
    Everything is derived before the first file is written, and each file is written whole or not at all.

    Raises:
        CourseError: as for `derive`, or a file cannot be written.
    """
    chosen = tuple(names)
    files = {path: text for name in chosen for path, text in derive(course, name).items()}
    changed = [path for path, text in files.items() if _committed(course.root / path) != text]
    for path in changed:
        put(course.root / path, files[path])
    gone = [
        path
        for name in chosen
        for path in sorted((course.root / "assignments" / name / "pictures").glob("*.svg"))
        if path.relative_to(course.root).as_posix() not in files
    ]
    for picture in gone:
        _remove(picture)
    return [*(course.root / path for path in changed), *gone]


def _remove(path: Path) -> None:
    """Remove a picture, and its folder if it was the last."""
    try:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    except OSError as error:
        raise CourseError(f"{path} cannot be removed: {error.strerror}") from error


def _committed(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()  # as bytes: other line ends are not fresh either
    except (OSError, UnicodeDecodeError):
        return None


def stale(course: Course, name: str) -> list[str]:
    """One sentence for each file of assignments/NAME that is missing, not as derived, or of nobody.

    Raises:
        CourseError: as for `derive`.
    """
    files = derive(course, name)
    found = []
    for path, text in files.items():
        there = _committed(course.root / path)
        if there is None:
            found.append(f"{path}: missing; {REFRESH}")
        elif there != text:
            pairs = itertools.zip_longest(there.splitlines(keepends=True), text.splitlines(keepends=True))
            line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
            found.append(f"{path}:{line}: not what solutions/{name} and its rubric give; {REFRESH}")
    folder = course.root / "assignments" / name
    found += [
        f"{path.relative_to(course.root).as_posix()}: derived from nothing; remove it"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(course.root).as_posix() not in files
    ]
    return found


def bundle(course: Course, names: Iterable[str], to: Path, *, force: bool = False) -> list[Path]:
    """Write the students' bundle into the folder `to`: the general README.md and the assignments `names`.

    The files are derived anew and searched for anything hidden before the first is written. With `force`
    files of an earlier bundle are replaced; nothing is ever deleted.

    Raises:
        CourseError: as for `derive`; something hidden would be handed out; or `to` holds other files, or any
            without `force`.
    """
    files = {"README.md": _text(course, "assignments/README.md")}
    for name in names:
        files |= {path.removeprefix("assignments/"): text for path, text in derive(course, name).items()}
    hidden = leaks(course, files)
    if hidden:
        raise CourseError(
            "\n".join(["nothing was written, since students would see what is hidden:", *hidden])
        )
    _vacant(to, files, force)
    for path, text in files.items():
        put(to / path, text)
    return [to / path for path in files]


def _vacant(to: Path, files: Mapping[str, str], force: bool) -> None:
    if to.exists() and not to.is_dir():
        raise CourseError(f"{to} is a file; name a folder for the bundle")
    there = sorted(path.relative_to(to).as_posix() for path in to.rglob("*") if not path.is_dir())
    strange = [path for path in there if path not in files]
    if there and not force:
        raise CourseError(
            f"{to} is not empty ({there[0]}); name a new folder, or replace its files with --force"
        )
    if strange:
        raise CourseError(
            f"{to} holds {strange[0]}, which belongs to no bundle; move it away, or name a new folder"
        )


def put(path: Path, text: str) -> None:
    """Write a file whole or not at all, making its folders.

    Raises:
        CourseError: no space, no permission, or something else is in the way.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise CourseError(f"{path} cannot be written: {error.strerror}") from error
