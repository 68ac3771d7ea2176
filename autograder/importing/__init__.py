"""Assignments of nbgrader and otter, turned into ours as far as that can be done honestly.

The notebooks are read as data and as syntax trees; nothing of them is run. `nbgrader` and `otter` read
the two formats into one `Exercise`; `answers` and `translate` make reference and checks of it; `writing`
the files. What cannot be translated goes, with file, cell and reason, into TODO.md beside the reference.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import release, scaffold
from autograder.course import FILE
from autograder.model import Course, CourseError

from . import answers, cells, confirm, context, naming, nbgrader, otter, sources, translate, writing
from .context import Context
from .model import Code, Exercise, Question, Test, Todo

if TYPE_CHECKING:
    from autograder.jail.levels import Isolation

ALWAYS = (
    "misconceptions.py: write the wrong answers that you see every year, four for each function",
    "alternatives.py: write one right answer by another road for each function",
    "handout.md: say why this is worth doing, and what to try when stuck",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """One assignment as it was made: its files (path in the course -> text), and what is left to do."""

    name: str
    files: dict[str, str]
    todos: tuple[str, ...]
    checks: int
    by_hand: int  # criteria

    @property
    def kept(self) -> tuple[str, ...]:
        """The files that are written only where there are none: nothing of the import is in them."""
        return tuple(f"solutions/{self.name}/{part}" for part in writing.EMPTY)


def from_nbgrader(
    folder: Path, names: Iterable[str] = (), isolation: Isolation | None = None
) -> list[Imported]:
    """The assignments of the nbgrader course in `folder`, all of them or those in `names`.

    With an `isolation` the original tests are run on the original solutions too, in a jail.

    Raises:
        CourseError: as for `nbgrader.read`, or there is no assignment of that name.
    """
    there = nbgrader.folders(folder)
    chosen = tuple(names) or tuple(there)
    for name in chosen:
        if name not in there:
            raise CourseError(f"{folder / 'source'}: no assignment {name!r}; there are {', '.join(there)}")
    read = [nbgrader.read(there[name]) for name in chosen]
    for number, one in enumerate(read):
        if one.name in (other.name for other in read[:number]):
            raise CourseError(f"{one.source}: {one.name!r} would be the name of two assignments; rename one")
    return [convert(one, isolation) for one in read]


def from_otter(notebook: Path, name: str = "", isolation: Isolation | None = None) -> list[Imported]:
    """The assignment of a master notebook of otter assign; `name` in place of the notebook's own.

    Raises:
        CourseError: as for `otter.read`.
    """
    exercise = otter.read(notebook)
    if name:
        exercise.name = name
    return [convert(exercise, isolation)]


def convert(exercise: Exercise, isolation: Isolation | None = None) -> Imported:
    """An assignment in our form.

    Raises:
        CourseError: a function defined twice, nothing that can be graded, or code that gives no stub.
    """
    defined = sources.sort(exercise)
    around = Context(defined, {}, {})
    checks = writing.Checks(exercise.name, exercise.source, defined)
    paid: dict[str, dict[str, Fraction]] = {}
    examples: dict[str, list[str]] = {}
    todos = [*exercise.todos]
    if isolation is not None:
        todos += confirm.confirm(exercise, isolation)
    lost: dict[str, list[Test]] = {}
    seen: set[str] = set()
    for part in exercise.parts:
        body = _body(part)
        context.imports_of(body, around.imports, around.foreign)
        if isinstance(part, Code):
            if part.role == "given":
                around.before += body
            continue
        made = translate.translate(part, body, around)
        todos += made.todos
        around.before += body
        for function, shown in made.examples.items():
            examples.setdefault(function, []).extend(shown)
        if not part.points:
            todos.append(Todo(part.place, "is worth no points, so its assertions were not imported"))
            continue
        if not made.checks:
            lost.setdefault(part.question, []).append(part)
            continue
        if part.hidden:
            seen.add(part.question)
        worth = naming.shares(part.points, len(made.checks))
        for one, points in zip(made.checks, worth, strict=True):
            name = checks.add(one, part.question, f"{part.place}, line {one.line}", one.line in part.hidden)
            paid.setdefault(part.question, {})[name] = points
    exercise.questions = list(_settled(exercise.questions, paid, lost, todos))
    open_ = {question for question in paid if question not in seen}
    todos += defined.todos
    chosen = {name: found[:3] for name, found in examples.items()}
    text = answers.text(defined, exercise, chosen)
    todos += [t for t in defined.todos if t not in todos]
    if not any(question.points for question in exercise.questions):
        raise CourseError(f"{exercise.source}: nothing in it is worth points, so there is nothing to grade")
    page, pictures = writing.handout(exercise)
    extra = [f"handout.md: the picture `{one}` was left out; draw it in pictures.py" for one in pictures]
    folder = f"solutions/{exercise.name}"
    needs = ("numpy", "torch") if "torch" in _packages(defined, checks) else ("numpy",)
    files = {
        f"{folder}/reference.py": text,
        f"{folder}/checks.py": checks.text(),
        **{f"{folder}/{part}": content for part, content in writing.EMPTY.items()},
        f"{folder}/handout.md": page,
        f"rubrics/{exercise.name}.yaml": writing.rubric(exercise, paid, needs, open_),
        f"{folder}/TODO.md": writing.todo(exercise, todos, [*extra, *ALWAYS]),
    }
    by_hand = sum(bool(q.points) and q.id not in paid for q in exercise.questions)
    return Imported(exercise.name, files, (*map(str, todos), *extra), len(checks.made), by_hand)


def _body(part: Code | Test) -> list[ast.stmt]:
    try:
        return cells.statements(part.text, part.place)
    except CourseError:
        if isinstance(part, Test):
            raise
        return []  # said already


def _packages(found: sources.Sources, checks: writing.Checks) -> set[str]:
    lines = [*map(ast.unparse, found.imports), *checks.imports]
    return {line.split()[1].partition(".")[0] for line in lines}


def _settled(
    questions: Sequence[Question],
    paid: dict[str, dict[str, Fraction]],
    lost: dict[str, list[Test]],
    todos: list[Todo],
) -> Iterable[Question]:
    """The questions, with nobody's points lost: what no check can earn, a person marks."""
    for question in questions:
        missing = lost.get(question.id, [])
        if question.by == "hand" or not missing:
            if question.by == "hand" and not question.points:
                todos.append(Todo(question.place, "is worth no points, so it is no criterion"))
            yield question
            continue
        tests = "\n\n".join(f"# {test.place}\n{test.text.strip()}" for test in missing)
        guidance = f"Marked by these tests where it was imported from; none could be translated:\n{tests}"
        points = sum((test.points for test in missing), Fraction(0))
        if question.id not in paid:
            todos.append(
                Todo(
                    question.place,
                    f"no assertion of {question.id} could be translated, so what it is worth "
                    f"({naming.decimal(points)}) is marked by hand for now",
                )
            )
            yield replace(question, by="hand", points=points, guidance=guidance)
            continue
        taken = {one.id for one in questions}
        name = naming.unused(f"{question.id}_by_hand", taken)
        todos += [
            Todo(
                test.place,
                f"none of its assertions could be translated, so what they are worth "
                f"({naming.decimal(test.points)}) is marked by hand for now, as {name}",
            )
            for test in missing
        ]
        yield question
        yield replace(question, id=name, by="hand", points=points, guidance=guidance)


def write(course: Course, found: Sequence[Imported], *, force: bool = False) -> list[Path]:
    """Write imported assignments into the course, and derive what students receive; the paths written.

    Nothing is overwritten without `force`, and misconceptions and alternatives not even then.

    Raises:
        CourseError: a file is there already, a name cannot be one, or a file cannot be written.
    """
    new = [one for one in found if one.name not in course.order]
    for one in new:
        scaffold.fit(course, one.name, one.name)
    for one in found:
        there = [path for path in one.files if path not in one.kept and (course.root / path).exists()]
        if there and not force:
            raise CourseError(
                f"{there[0]} is there already; --force overwrites it, or import under another name"
            )
    written = []
    for one in found:
        for path, text in one.files.items():
            if path in one.kept and (course.root / path).exists():
                continue
            release.put(course.root / path, text)
            written.append(course.root / path)
    for one in new:
        release.put(course.root / FILE, scaffold.with_assignment(course, one.name))
        course = replace(course, order=(*course.order, one.name))
    return [*written, *release.write(course, [one.name for one in found])]
