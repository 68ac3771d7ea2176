"""`autograder try`: the worked examples of a student's file, on any system, with nothing hidden at hand.

The file is read as the grader reads it, but nothing is graded and no wall is built: the code runs in a child
process of the student's own account, as `python -m doctest` would run it, with limits and kinder words.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import intake, screen, worked_examples
from .model import Submission, SubmissionError
from .tryout_judge import Judge
from .tryout_result import Tried, Tryout, Word, as_json, render
from .tryout_run import run
from .worked_examples import Task

__all__ = ["Tried", "Tryout", "Word", "as_json", "attempt", "render", "watch"]

KINDS = (".py", ".ipynb")
LONGEST = 86400.0  # seconds
MENTIONED = 8  # names in one sentence
PAUSE = 0.5  # seconds between two looks at a watched file


def attempt(path: Path, *, only: str | None = None, seconds: float = 10.0) -> Tryout:
    """Try the worked examples of the functions in `path`, a .py file or a notebook.

    `only` is the name of a function, or a part of it. Loading the file and each function may take `seconds`.
    Whatever is wrong with the file stands in the result; nothing is raised.
    """
    if not 0 < seconds <= LONGEST:
        return Tryout(str(path), trouble=f"{seconds:g} is no number of seconds to wait; give one above 0")
    try:
        return _attempt(Path(path), only, seconds)
    except SubmissionError as error:
        return Tryout(str(path), trouble=str(error))


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
    seen: object = None
    yielded = False
    while True:
        stamp = _stamp(path)
        if stamp != seen and (stamp or not yielded):
            seen, yielded = stamp, True
            yield attempt(path, only=only, seconds=seconds)
        else:
            pause(PAUSE)


def _attempt(path: Path, only: str | None, seconds: float) -> Tryout:
    _is_file(path)
    start = Path.cwd().resolve()
    known = _known(path, start)
    submission = _read(path, known)
    own = _tasks(submission.source)
    described, authority = _described(path, submission, own, known, start)
    chosen = _chosen(described, only, path) if not submission.unreadable else ()
    base = Tryout(
        str(path),
        authority=authority,
        objections=tuple(screen.look(submission, [task.name for task in chosen])),
        notes=submission.notes,
        source=submission.source,
        line_names=submission.line_names,
    )
    if any(objection.fatal for objection in base.objections):
        return base
    if not any(task.examples or task.broken for task in chosen):
        return replace(base, trouble=_no_examples(path, chosen))
    return _tried(base, submission, path, chosen, own, seconds)


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


def _read(path: Path, known: Mapping[str, Collection[str]]) -> Submission:
    """The file as the grader reads it; where no stub nearby has its name or functions, its name counts."""
    named = path.stem if path.stem in known else None
    submission = intake.read(path, known, assignment=named)[0] if known else None
    if submission and submission.assignment:
        return submission
    return intake.read(path, {path.stem: ()}, assignment=path.stem)[0]


def _known(path: Path, start: Path) -> Mapping[str, Mapping[str, Task]]:
    """What the stubs nearby describe: assignment -> function -> its task."""
    found = {}
    for name in dict.fromkeys((path.stem, *worked_examples.names_near(path, start))):
        stub = worked_examples.find_stub(path, name, start)
        if stub and (tasks := _tasks(_text(stub))):
            found[name] = {task.name: task for task in tasks}
    return found


def _described(
    path: Path,
    submission: Submission,
    own: Sequence[Task],
    known: Mapping[str, Mapping[str, Task]],
    start: Path,
) -> tuple[Sequence[Task], str]:
    """The functions asked for, and the file that says so; "" where it is the student's own."""
    if tasks := known.get(submission.assignment):
        stub = worked_examples.find_stub(path, submission.assignment, start)
        return tuple(tasks.values()), _short(stub, start) if stub else ""
    twin = worked_examples.find_twin(path)
    if twin:
        tasks = {task.name: task for task in _tasks(_text(twin)) if task.examples}
        # The other file may hold experiments of the student's as well: only what both have is sure.
        shared = [tasks.get(task.name, task) for task in own]
        if shared and any(task.name in tasks for task in own):
            return shared, _short(twin, start)
    return own, ""


def _short(path: Path, start: Path) -> str:
    resolved = path.resolve()
    return str(resolved.relative_to(start) if resolved.is_relative_to(start) else resolved)


def _tasks(source: str) -> Sequence[Task]:
    try:
        return worked_examples.tasks(source)
    except (SyntaxError, SubmissionError):
        return ()  # the screen says why


def _text(path: Path) -> str:
    """The code of a stub, or "" where it cannot be read."""
    try:
        return _read(path, {}).source
    except SubmissionError:
        return ""


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
    base: Tryout,
    submission: Submission,
    path: Path,
    chosen: Sequence[Task],
    own: Sequence[Task],
    seconds: float,
) -> Tryout:
    mine = {task.name: task for task in own}
    begun = [task for task in chosen if task.examples and not _is_unwritten(mine.get(task.name))]
    came = run(submission.source, path.parent, begun, seconds)
    judge = Judge(submission, tuple(chosen), path.parent)
    crash = judge.loading(came.stopped, came.line) if came.stopped else None
    tried = []
    for task in chosen:
        line = mine[task.name].line if task.name in mine else None
        if task in begun:
            heard = came.heard.get(task.name)
            one = judge.judge(task, heard) if heard else Tried(task.name, Word.STOPPED)
        elif _is_unwritten(mine.get(task.name)):
            one = Tried(task.name, Word.UNWRITTEN)
        else:
            broken = f"Its example cannot be read: {task.broken}. Copy the docstring of the stub once more."
            one = Tried(task.name, Word.NO_EXAMPLE, broken if task.broken else "")
        tried.append(replace(one, line=line, examples=sum(example.speaks for example in task.examples)))
    return replace(base, tried=tuple(tried), crash=crash)


def _is_unwritten(task: Task | None) -> bool:
    return task is not None and task.unwritten


def _stamp(path: Path) -> object:
    """What changes when a file is saved; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
