"""Reading an assignment of an nbgrader course: source/ASSIGNMENT/*.ipynb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.model import CourseError

from . import cells, markers, naming
from .model import ANY, Cell, Code, Exercise, Question, Test, Todo

SCHEMA = 3


def folders(course: Path) -> dict[str, Path]:
    """The assignments of the course: name -> folder.

    Raises:
        CourseError: no such folder, or it holds no assignment.
    """
    source = course / "source"
    if not source.is_dir():
        raise CourseError(f"{source}: there is no such folder; name an nbgrader course, which has source/")
    found = {path.name: path for path in sorted(source.iterdir()) if any(path.glob("*.ipynb"))}
    if not found:
        raise CourseError(f"{source}: holds no ASSIGNMENT/*.ipynb; there is nothing to import")
    return found


def read(folder: Path) -> Exercise:
    """The assignment in `folder`, all of its notebooks put together. Nothing of them is run.

    Raises:
        CourseError: with file and cell: no notebook, metadata that does not fit, an id that stands twice, a
            marker without its partner, no cell that students write.
    """
    name = naming.identifier(folder.name)
    if not name:
        raise CourseError(f"{folder}: no name of an assignment can be made of {folder.name!r}; rename it")
    paths = sorted(folder.glob("*.ipynb"))
    exercise = Exercise(name, folder.name.replace("_", " "), f"nbgrader's source/{folder.name}")
    for path in paths:
        _Notebook(exercise, f"{folder.name}/{path.name}", len(paths) > 1).take(
            cells.read(path, f"{folder.name}/{path.name}")
        )
    if not any(code.role == "solution" for code in exercise.codes()):
        raise CourseError(
            f"{', '.join(path.name for path in paths)} in {folder}: no cell is marked as a solution "
            "(`### BEGIN SOLUTION`, or an answer cell of nbgrader's), so there is nothing that students write"
        )
    return exercise


class _Notebook:
    """One notebook, cell after cell, into the exercise."""

    def __init__(self, exercise: Exercise, file: str, prefixed: bool) -> None:
        self.exercise = exercise
        self.prefix = f"{naming.identifier(Path(file).stem, 'part')}_" if prefixed else ""
        self.ids: dict[str, Cell] = {}
        self.text = ""  # the last one for students

    def take(self, found: tuple[Cell, ...]) -> None:
        """Take note of all cells."""
        for cell in found:
            grading = self._grading(cell)
            if grading.get("task") or (grading.get("grade") and grading.get("solution")):
                self._by_hand(cell, grading)
            elif cell.kind == "code":
                self._code(cell, grading)
            elif cell.kind == "markdown":
                self.text = cell.source
                self.exercise.texts.append(cell.source)

    def _grading(self, cell: Cell) -> dict[str, Any]:
        """The entry that nbgrader makes in a cell; empty where it has none."""
        entry = cell.metadata.get("nbgrader")
        if not isinstance(entry, dict) or not any(
            entry.get(flag) for flag in ("grade", "solution", "task", "locked")
        ):
            return {}
        schema = entry.get("schema_version", 1)
        if schema != SCHEMA:
            raise cell.place.fault(
                f"its nbgrader metadata is of schema {schema!r}, this reads {SCHEMA}; run `nbgrader update` "
                "on the course and import again"
            )
        name = entry.get("grade_id")
        if not isinstance(name, str) or not name:
            raise cell.place.fault("graded by nbgrader, but without an id; give it one in Create Assignment")
        if name in self.ids:
            raise cell.place.fault(
                f"the id {name!r} stands already on cell {self.ids[name].place.cell}; give each its own"
            )
        self.ids[name] = cell
        return entry

    def _by_hand(self, cell: Cell, grading: dict[str, Any]) -> None:
        text, scheme = markers.without_scheme(cell.source)
        if grading.get("task"):
            self.exercise.texts.append(text)
            self._ask(cell, grading, text, f"Mark scheme: {scheme}" if scheme else "")
            return
        plain, _ = markers.nbgrader(text, markers.SOLUTION, cell.place)
        model = f"The answer of the course it was imported from:\n{plain}" if plain.strip() else ""
        self._ask(cell, grading, self.text, "\n".join(filter(None, (scheme, model))))

    def _ask(self, cell: Cell, grading: dict[str, Any], text: str, guidance: str) -> None:
        self._question(cell, grading, naming.sentence(text, _words(grading["grade_id"])), "hand", guidance)

    def _question(
        self, cell: Cell, grading: dict[str, Any], asks: str, by: str, guidance: str = ""
    ) -> Question:
        if "points" not in grading or grading["points"] is None:
            raise cell.place.fault(f"{grading['grade_id']!r} is graded but has no points; give it some")
        worth = naming.points(grading["points"], cell.place)
        taken = {question.id for question in self.exercise.questions}
        name = naming.unused(self.prefix + naming.identifier(grading["grade_id"], "q"), taken)
        made = Question(
            name,
            cell.place,
            asks,
            worth,
            "hand" if by == "hand" else "machine",
            "all",  # nbgrader gives a cell's points whole or not at all
            guidance,
            naming.answer(name) if by == "hand" and cell.kind == "markdown" else "",
        )
        self.exercise.questions.append(made)
        if by == "hand" and cell.kind == "code":
            says = f"students write code here that a person marks ({name}); say in handout.md where it goes"
            self.exercise.todos.append(Todo(cell.place, says))
        return made

    def _code(self, cell: Cell, grading: dict[str, Any]) -> None:
        if grading.get("grade"):
            self._test(cell, grading)
            return
        text, hidden = markers.nbgrader(cell.source, markers.SOLUTION, cell.place)
        text, lost = cells.python(text, cell.place)
        self.exercise.todos += lost
        solution = bool(grading.get("solution") or hidden)
        if solution and not hidden:  # then nbgrader clears the whole cell
            hidden = frozenset(range(1, text.count("\n") + 2))
        if solution:
            cells.statements(text, cell.place)
        if text.strip():
            self.exercise.parts.append(Code(cell.place, text, hidden, "solution" if solution else "given"))

    def _test(self, cell: Cell, grading: dict[str, Any]) -> None:
        text, hidden = markers.nbgrader(cell.source, markers.HIDDEN_TESTS, cell.place)
        text, automatic = markers.autotests(text)
        text, lost = cells.python(text, cell.place)
        self.exercise.todos += lost
        cells.statements(text, cell.place)
        asks = naming.sentence(_docstring(text), "") or naming.sentence(
            self.text, _words(grading["grade_id"])
        )
        question = self._question(cell, grading, asks, "machine")
        shown = ANY if automatic else None
        self.exercise.parts.append(Test(cell.place, text, question.id, hidden, question.points, shown))


def _words(name: str) -> str:
    return " ".join(re.split(r"[_\-]+", name)).strip().capitalize() or "This part"


def _docstring(text: str) -> str:
    first = next(_strings(text), "")
    return first.strip()


def _strings(text: str) -> Iterator[str]:
    found = re.match(r"\s*(?:#[^\n]*\n\s*)*(\"\"\"|'''|\"|')(.*?)\1", text, re.DOTALL)
    if found:
        yield found[2]
