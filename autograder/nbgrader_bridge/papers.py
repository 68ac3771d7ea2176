"""The source notebook of an assignment for nbgrader: that of assignments/, and a cell for each criterion.

It is made of what students receive anyway, so that the nbgrader course holds nothing that is hidden.
"""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

from autograder import course as courses
from autograder import release
from autograder.model import CourseError, Criterion, points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from autograder.model import Course

    Cell = dict[str, Any]

MARKS, ANSWER = "marks-", "answer-"  # what begins the grade_id of a cell marked by the grader, or by hand
_DROPPED = {"the-rest", "where-to-go"}
_WHERE_TO_GO = """## Where to go from here

- Try what you have: run `%load_ext autograder` once in a cell of its own; from then on `%try` runs the
  examples right here. In a terminal `autograder try {name}.ipynb` does the same.
- Hand this notebook in as your course does it with nbgrader. Nothing in it has to be run before."""


def files(course: Course, names: Iterable[str]) -> Mapping[str, str]:
    """The files of source/: for each assignment notebook, handout and pictures; "NAME/NAME.ipynb" -> text.

    Raises:
        CourseError: no such assignment, assignments/NAME is not derived, or something hidden would be shown.
    """
    made = {f"{name}/{path}": text for name in names for path, text in _files(course, name).items()}
    hidden = release.leaks(course, made)
    if hidden:
        raise CourseError(
            "\n".join(["nothing was written, since students would see what is hidden:", *hidden])
        )
    return made


def _files(course: Course, name: str) -> Mapping[str, str]:
    folder = course.root / "assignments" / courses.known(course, name)
    try:
        book = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))
        found = {"README.md": (folder / "README.md").read_text(encoding="utf-8")}
        for picture in sorted((folder / "pictures").glob("*.svg")):
            found[f"pictures/{picture.name}"] = picture.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CourseError(
            f"assignments/{name} is not there as it should be ({error}); "
            "`autograder release --refresh` writes it"
        ) from error
    criteria = courses.rubric_of(course, name).criteria
    cells = [cell for cell in book["cells"] if cell["id"] not in _DROPPED]
    rest = next((_text(cell) for cell in book["cells"] if cell["id"] == "the-rest"), "")
    cells += _asked(rest, [criterion for criterion in criteria if criterion.by == "hand"])
    cells.append(_cell("the-marking", "markdown", "## How it is marked\n\nREADME.md has the whole rubric."))
    cells += [_marks(criterion) for criterion in criteria if criterion.by == "machine"]
    cells.append(_cell("where-to-go", "markdown", _WHERE_TO_GO.format(name=name)))
    text = json.dumps({**book, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {f"{name}.ipynb": text, **found}


def _text(cell: Cell) -> str:
    return "".join(cell["source"])


def _marks(criterion: Criterion) -> Cell:
    count = len(criterion.checks)
    text = (
        f"# {criterion.asks}\n"
        f"# {_worth(criterion)}, for {count} check{'' if count == 1 else 's'}. "
        "The grader fills this cell in; there is nothing to write."
    )
    return _cell(MARKS + criterion.id, "code", text, grade=True, worth=float(criterion.possible))


def _worth(criterion: Criterion) -> str:
    return f"{points(criterion.possible)} point{'' if criterion.possible == 1 else 's'}"


def _asked(rest: str, hand: Sequence[Criterion]) -> Iterator[Cell]:
    """A question and a cell for the answer to each criterion that is marked by hand; then what else there is.

    The answer is where the stub has it: in the cell with the variable of the criterion's name, or that its
    guidance names.
    """
    lines = rest.splitlines()
    variables = {
        node.targets[0].id: (node.lineno - 1, node.end_lineno or node.lineno)
        for node in ast.parse(rest).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    taken: set[int] = set()
    for criterion in hand:
        question = [f"**{criterion.asks}** ({_worth(criterion)}, marked by a person)"]
        question += [f"- *{level}*: {' '.join(text.split())}" for level, text in criterion.levels.items()]
        yield _cell(
            f"question-{criterion.id}", "markdown", "\n\n".join([question[0], "\n".join(question[1:])])
        )
        variable = _variable(criterion, variables)
        worth = float(criterion.possible)
        if variable is None:
            text = "*Write your answer here, in place of this line.*"
            yield _cell(ANSWER + criterion.id, "markdown", text, grade=True, solution=True, worth=worth)
            continue
        start, stop = variables.pop(variable)
        taken |= set(range(start, stop))
        text = "\n".join(lines[start:stop])
        yield _cell(ANSWER + criterion.id, "code", text, grade=True, solution=True, worth=worth)
    left = "\n".join(line for number, line in enumerate(lines) if number not in taken).strip("\n")
    if ast.parse(left).body:
        yield _cell("the-rest", "code", left, solution=True)


def _variable(criterion: Criterion, variables: Iterable[str]) -> str | None:
    """The name of the variable that holds the answer: the criterion's, or one that its guidance speaks of."""
    named = re.findall(r"\b[A-Z][A-Z0-9_]+\b", criterion.guidance)
    return next((name for name in [criterion.id.upper(), *named] if name in set(variables)), None)


def _cell(
    identifier: str,
    kind: str,
    text: str,
    *,
    grade: bool = False,
    solution: bool = False,
    worth: float | None = None,
) -> Cell:
    marked: Cell = {
        "grade": grade,
        "grade_id": identifier,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if worth is not None:
        marked["points"] = worth
    cell: Cell = {
        "cell_type": kind,
        "id": identifier[:64],
        "metadata": {"nbgrader": marked},
        "source": text.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
