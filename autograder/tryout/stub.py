"""What is asked of a file: by the untouched stub of its assignment where one is at hand, else by itself."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import intake
from autograder.intake.choosing import choose
from autograder.intake.collecting import File, HandedIn
from autograder.intake.parsing import safe_parse
from autograder.model import Objection, Submission, SubmissionError

from . import worked_examples
from .worked_examples import Task

# What an assignment may need; the imports of its stub say whether it does.
PACKAGES = frozenset({"numpy", "torch"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The functions asked for, the file that says so, and the packages it imports."""

    tasks: tuple[Task, ...]
    authority: Path | None = None  # None: the student's own file
    packages: frozenset[str] = PACKAGES


def read(path: Path, start: Path, data: bytes | None = None) -> tuple[Submission, Asked]:
    """The file as the grader reads it, and what is asked of it; `start` is where to look for stubs as well.

    `data` is what to read in place of the file: a notebook that is open, and may not be saved yet.

    A stub is `<name>.stub.py` beside the file, or, in a folder above it or above `start`,
    `assignments/<name>/<name>.py` or `<name>/<name>.py` as in a bundle. Where there is none, but the same
    assignment lies beside the file in the other format, the docstrings of that are the better authority:
    a student works in one and leaves the other as it was.

    Raises:
        SubmissionError: the file cannot be read at all.
    """
    stubs = dict(_stubs(path, start))
    known = {name: [task.name for task in stub.tasks] for name, stub in stubs.items()}
    submission = _read(path, known, data)
    own = _tasks(submission.source)
    asked = stubs.get(submission.assignment)
    if asked is None:
        asked = _beside(path, own, growing=data is not None) or Asked(
            tuple(task for task in own if task.documented) or own
        )
    written = {task.name: task for task in own}
    mine = [written.get(task.name) for task in asked.tasks]
    return submission, replace(
        asked,
        tasks=tuple(
            replace(task, line=one.line if one else None, unwritten=bool(one and one.unwritten))
            for task, one in zip(asked.tasks, mine, strict=True)
        ),
    )


def absent(submission: Submission, packages: Collection[str]) -> Iterator[Objection]:
    """The imports that work here, perhaps, but not where the file is marked."""
    there = sys.stdlib_module_names | {"__future__", *packages}
    for line, name in _imports(submission.source):
        if name not in there:
            from autograder.diagnose import names  # noqa: PLC0415 - it loads NumPy

            advice = names.ABSENT.get(name, "Only what the assignment names is.")
            yield Objection(f"`{name}` is not there when your code is marked. {advice}", line)


def _read(path: Path, known: Mapping[str, Sequence[str]], data: bytes | None = None) -> Submission:
    """Where no stub nearby has the name or the functions of a file, its own name counts."""
    if known:
        submission = _taken(path, known, path.stem if path.stem in known else None, data)
        if submission.assignment:
            return submission
    return _taken(path, {path.stem: ()}, path.stem, data)


def _taken(
    path: Path, known: Mapping[str, Sequence[str]], assignment: str | None, data: bytes | None
) -> Submission:
    if data is None:
        return intake.read(path, known, assignment=assignment)[0]
    handed = HandedIn([File(path.name, data)])
    return choose(
        handed, known, assignment=assignment, student=intake.NOBODY, folder=path.resolve().parent.name
    )[0]


def _stubs(path: Path, start: Path) -> Iterator[tuple[str, Asked]]:
    """The stubs nearby, with the names of their assignments; that of the file's own name first."""
    above = (*path.resolve().parents, start, *start.parents)
    for name in dict.fromkeys((path.stem, *_names(above))):
        places = [path.with_name(f"{name}.stub.py")]
        for folder in above:
            places += [folder / "assignments" / name / f"{name}.py", folder / name / f"{name}.py"]
        place = next((place for place in places if _is_another_file(place, path)), None)
        source = _text(place) if place else ""
        if tasks := _tasks(source):
            yield name, Asked(tasks, place, frozenset(package for _, package in _imports(source)))


def _names(above: Sequence[Path]) -> Sequence[str]:
    for folder in above:
        try:
            found = [inner.name for inner in (folder / "assignments").iterdir() if inner.is_dir()]
        except OSError:
            continue
        if found:
            return sorted(found)
    return ()


def _beside(path: Path, own: Sequence[Task], *, growing: bool) -> Asked | None:
    """What the same assignment in the other format asks.

    It may hold experiments of the student's as well, so only what both files have is sure; but a notebook
    whose cells have not all run yet is `growing`, and what has examples there is still to come here.
    """
    twin = path.with_suffix(".py" if path.suffix.lower() == ".ipynb" else ".ipynb")
    source = _text(twin) if _is_another_file(twin, path) else ""
    theirs = {task.name: task for task in _tasks(source) if task.examples}
    if not any(task.name in theirs for task in own):
        return None
    shared = tuple(theirs.get(task.name, task) for task in own if task.documented or task.name in theirs)
    if growing:
        shared = tuple({task.name: task for task in (*theirs.values(), *shared)}.values())
    return Asked(shared, twin)


def _is_another_file(place: Path, path: Path) -> bool:
    try:
        return place.is_file() and not (path.exists() and place.samefile(path))
    except OSError:
        return False


def _text(path: Path) -> str:
    """The code of a stub, or "" where it cannot be read."""
    try:
        return _read(path, {}).source
    except (SubmissionError, OSError):
        return ""


def _tasks(source: str) -> tuple[Task, ...]:
    try:
        return worked_examples.tasks(source)
    except (SyntaxError, SubmissionError):
        return ()  # the screen says why


def _imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and package of each import that loading the file depends on."""
    try:
        body = safe_parse(source).body
    except (SyntaxError, SubmissionError):
        return
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]
