"""`autograder try`: the worked examples of a student's file, on any system, with nothing hidden at hand.

The file is read as the grader reads it, but nothing is graded and no wall is built: the code runs in a child
process of the student's own account, as `python -m doctest` would run it, with limits and kinder words.
"""

from __future__ import annotations

import contextlib
import difflib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder import screen
from autograder.model import Crash, Submission, SubmissionError

from . import stub
from .judge import Judge
from .launch import Standby, run
from .result import Tried, Tryout, Word, as_json, render
from .worked_examples import Task

__all__ = [
    "Tried",
    "Tryout",
    "Word",
    "as_json",
    "attempt",
    "attempt_cells",
    "render",
    "undefined",
    "watch",
]

KINDS = (".py", ".ipynb")
LONGEST = 86400.0  # seconds
MENTIONED = 8  # names in one sentence
PAUSE = 0.02  # seconds between two looks at a watched file


def attempt(
    path: Path, *, only: str | None = None, seconds: float = 10.0, standby: Standby | None = None
) -> Tryout:
    """Try the worked examples of the functions in `path`, a .py file or a notebook.

    `only` is the name of a function, or a part of it. Loading the file and each function may take `seconds`.
    Whatever is wrong with the file stands in the result; nothing is raised.
    """
    return _troubled(path, seconds, lambda: _attempt(Path(path), only, seconds, standby or Standby()))


def attempt_cells(
    book: bytes,
    place: Path,
    *,
    names: Sequence[str] = (),
    among: Collection[str] | None = None,
    seconds: float = 10.0,
) -> Tryout:
    """As `attempt`, for a notebook that is open at `place`: `book` holds the cells that have run so far.

    `names` are the functions to try, each by its name or a part of it; without any, all that are defined,
    or those `among` these.
    """
    return _troubled(place, seconds, lambda: _attempt_cells(book, place, names, among, seconds))


def _troubled(path: Path, seconds: float, attempted: Callable[[], Tryout]) -> Tryout:
    if not 0 < seconds <= LONGEST:
        return Tryout(str(path), trouble=f"{seconds:g} is no number of seconds to wait; give one above 0")
    try:
        return attempted()
    except SubmissionError as error:
        return Tryout(str(path), trouble=str(error))
    except OSError as error:
        return Tryout(
            str(path), trouble=f"{error.filename or path} cannot be read: {error.strerror or error}"
        )


def watch(
    path: Path,
    *,
    only: str | None = None,
    seconds: float = 10.0,
    pause: Callable[[float], object] = time.sleep,
) -> Iterator[Tryout]:
    """Try `path` now and again after each time it is saved, for ever.

    While an editor has the file away to replace it, nothing is tried.
    """
    seen: object = ()  # no stamp yet: a file that is missing at first is told, once
    with Standby() as standby:
        while True:
            stamp = _stamp(path)
            if stamp != seen and (stamp or not seen):
                seen = stamp
                yield attempt(path, only=only, seconds=seconds, standby=standby)
                with contextlib.suppress(OSError):  # then the next attempt says so
                    standby.prepare()
            else:
                pause(PAUSE)


def _attempt(path: Path, only: str | None, seconds: float, standby: Standby) -> Tryout:
    _is_file(path)
    start = Path.cwd().resolve()
    submission, asked = stub.read(path, start)
    chosen = _chosen(asked.tasks, only, path) if not submission.unreadable else ()
    left = len(asked.tasks) - len(chosen) if chosen else 0
    notes = (f"only {', '.join(task.name for task in chosen)}; not tried: {left} more",) if left else ()
    return _of(submission, asked, chosen, path, start, seconds, standby, notes)


def _attempt_cells(
    book: bytes, place: Path, names: Sequence[str], among: Collection[str] | None, seconds: float
) -> Tryout:
    start = Path.cwd().resolve()
    submission, asked = stub.read(place, start, book)
    if submission.unreadable:
        raise SubmissionError(submission.unreadable)
    wanted = {task.name for only in names or [""] for task in _meant(asked, only, place)}
    if among is not None:
        wanted &= set(among)
        if not wanted:
            raise SubmissionError("this cell defines none of the functions that have examples")
    missing = [task.name for task in asked.tasks if task.name in wanted and task.line is None]
    if names and missing:
        raise SubmissionError(undefined(missing[0]))
    chosen = [task for task in asked.tasks if task.name in wanted and task.line is not None]
    more = f" and {len(missing) - MENTIONED} more" if len(missing) > MENTIONED else ""
    notes = (f"not defined yet: {', '.join(missing[:MENTIONED])}{more}",) if missing else ()
    result = _of(submission, asked, chosen, place, start, seconds, Standby(), notes)
    return replace(result, partly=result.partly or bool(names) or among is not None)


def _meant(asked: stub.Asked, only: str, place: Path) -> Sequence[Task]:
    """As `_chosen`; without a stub the cells that have run cannot say which names there will be."""
    try:
        return _chosen(asked.tasks, only, place)
    except SubmissionError:
        if asked.authority:
            raise
        near = difflib.get_close_matches(only, [task.name for task in asked.tasks], 1)
        says = f"{undefined(only)}; or is `{near[0]}` meant?" if near else undefined(only)
        raise SubmissionError(says) from None


def undefined(name: str) -> str:
    """What to do about a function that no cell has defined so far."""
    return f"`{name}` is not defined yet; run the cell that defines it first"


def _of(
    submission: Submission,
    asked: stub.Asked,
    chosen: Sequence[Task],
    path: Path,
    start: Path,
    seconds: float,
    standby: Standby,
    notes: tuple[str, ...],
) -> Tryout:
    objections = list(screen.look(submission, [task.name for task in chosen]))
    base = Tryout(
        str(path),
        authority=_short(asked.authority, start) if asked.authority else "",
        objections=tuple(objections),
        notes=(*submission.notes, *notes),
        source=submission.source,
        line_names=submission.line_names,
        partly=len(chosen) < len(asked.tasks),
    )
    if any(objection.fatal for objection in objections):
        return base
    if not any(task.examples or task.broken for task in chosen):
        return replace(base, trouble=_no_examples(path, chosen))
    tried, crash = _tried(submission, path.parent, chosen, seconds, standby)
    objections += [
        objection
        for objection in stub.absent(submission, asked.packages)
        if not (crash and crash.line == objection.line)  # then the advice says so
    ]
    return replace(base, tried=tried, crash=crash, objections=tuple(objections))


def _is_file(path: Path) -> None:
    """Say what is wrong with a path before anything else is said of it."""
    if path.is_dir():
        inside = sorted(one.name for one in path.iterdir() if one.suffix.lower() in KINDS)
        raise SubmissionError(
            f"{path} is a folder; name a file"
            + (f" in it: {', '.join(inside[:MENTIONED])}" if inside else ", a .py or a notebook")
        )
    if not path.exists():
        there = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        near = difflib.get_close_matches(path.name, there, 1)
        raise SubmissionError(
            f"there is no file {path}" + (f"; is it {path.with_name(near[0])}?" if near else "")
        )
    if path.suffix.lower() not in KINDS:
        raise SubmissionError(f"{path} is neither a .py nor a notebook (.ipynb); name one of these")


def _short(path: Path, start: Path) -> str:
    """A path as one would type it from here."""
    resolved = path.resolve()
    return str(resolved.relative_to(start) if resolved.is_relative_to(start) else resolved)


def _chosen(tasks: Sequence[Task], only: str | None, path: Path) -> Sequence[Task]:
    if not only:
        return tasks
    names = [task.name for task in tasks]
    chosen = [task for task in tasks if task.name == only] or [task for task in tasks if only in task.name]
    if names and not chosen:
        near = difflib.get_close_matches(only, names, 1)
        raise SubmissionError(
            f"no function of {path.name} has `{only}` in its name; "
            + (f"is it `{near[0]}`?" if near else f"there are {', '.join(names[:MENTIONED])}")
        )
    return chosen


def _no_examples(path: Path, chosen: Sequence[Task]) -> str:
    if not chosen:
        return f"{path.name} defines no function; is it the file you worked in?"
    return (
        f"no function of {path.name} has a worked example in its docstring. Put the docstrings of the stub "
        f"back, or lay the untouched stub beside your file as {path.stem}.stub.py"
    )


def _tried(
    submission: Submission, folder: Path, tasks: Sequence[Task], seconds: float, standby: Standby
) -> tuple[tuple[Tried, ...], Crash | None]:
    begun = [task for task in tasks if task.examples and not task.unwritten]
    came = run(submission.source, folder, begun, seconds, standby)
    judge = Judge(submission, tuple(tasks), folder)
    tried = []
    for task in tasks:
        one = Tried(task.name, Word.STOPPED)
        if task.unwritten:
            one = Tried(task.name, Word.UNWRITTEN)
        elif not task.examples:
            broken = f"Its example cannot be read: {task.broken}. Copy the docstring of the stub once more."
            one = Tried(task.name, Word.NO_EXAMPLE, broken if task.broken else "")
        elif task.name in came.heard:
            one = judge.judge(task, came.heard[task.name])
        tried.append(replace(one, line=task.line, examples=sum(one.speaks for one in task.examples)))
    return tuple(tried), judge.loading(came.stopped, came.line) if came.stopped else None


def _stamp(path: Path) -> object:
    """What changes when a file is saved; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
