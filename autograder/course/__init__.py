"""A course as it lies in its folder: rubrics/course.yaml, and for each name its solutions and its rubric.

`assignment` runs the instructor's own code (reference, checks, misconceptions, alternatives) and proves that
it and the rubric speak of the same checks; everything else here only reads.
"""

from __future__ import annotations

import ast
import hashlib
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Any

from autograder import authoring, trees
from autograder.model import (
    Alternative,
    Assignment,
    Check,
    Course,
    CourseError,
    Dates,
    Late,
    Limits,
    Misconception,
    Rubric,
    Shown,
    Timed,
)

from . import joins, loading, rubric, strict_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .strict_yaml import Located

    Record = Check | Timed | Misconception | Alternative

FILE = "rubrics/course.yaml"


def find(start: Path) -> Path:
    """The folder of the course around `start`: the nearest one upwards that holds rubrics/course.yaml.

    Raises:
        CourseError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder
    raise CourseError(
        f"no course at {start}: looked for {FILE} there and in every folder above; start inside a course"
    )


def load(root: Path) -> Course:
    """What rubrics/course.yaml of the course at `root` says.

    Raises:
        CourseError: it cannot be read, does not fit its schema, or contradicts itself.
    """
    located = strict_yaml.read(root / FILE, FILE)
    strict_yaml.validate(located, "course")
    fields = located.value
    late = fields.get("late", {})
    return Course(
        title=fields["title"],
        root=root,
        order=tuple(fields["order"]),
        dates=_dates(located),
        late=Late(
            **{
                share: Fraction(located.texts["late", share])
                for share in ("per_day", "at_most")
                if share in late
            },
            grace_minutes=late.get("grace_minutes", 0),
        ),
        limits=replace(Limits(), **fields.get("limits", {})),
        isolation=fields.get("isolation", "namespaces"),
        shown=Shown(fields.get("shown", Shown.AFTER_RELEASE)),
    )


def _dates(located: Located) -> Mapping[str, Dates]:
    order, dates = located.value["order"], {}
    for name, entry in located.value.get("dates", {}).items():
        if name not in order:
            raise located.fault(
                ("dates", name), f"no such assignment in order{strict_yaml.near(name, order)}"
            )
        moments = {}
        for which, text in entry.items():
            try:
                moments[which] = datetime.fromisoformat(text)
            except ValueError as error:
                raise located.fault(("dates", name, which), f"{text} is no date: {error}") from error
        dates[name] = Dates(**moments)
        due, release = dates[name].due, dates[name].release
        if due and release and release < due:
            raise located.fault(
                ("dates", name, "release"), "results would be released before the work is due"
            )
    return dates


def functions(course: Course) -> Mapping[str, tuple[str, ...]]:
    """The names of the graded functions of each assignment, read from the text of its reference.

    Nothing is imported. An assignment whose reference is missing or does not parse has none here;
    `assignment` says why.
    """
    return {name: _public(course.root / "solutions" / name / "reference.py") for name in course.order}


def _public(path: Path) -> tuple[str, ...]:
    try:
        body = trees.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return ()
    named = (node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return tuple(name for name in named if not name.startswith("_"))


def known(course: Course, name: str) -> str:
    """`name`, if the course has such an assignment.

    Raises:
        CourseError: it has not.
    """
    if name in course.order:
        return name
    guess = strict_yaml.near(name, course.order)
    raise CourseError(f"no assignment {name!r}; the course has {', '.join(course.order)}{guess}")


def rubric_of(course: Course, name: str) -> Rubric:
    """The rubric of one assignment, with the course's defaults; no code is run.

    Raises:
        CourseError: no such assignment, or its rubric is missing or wrong.
    """
    return rubric.read(_file(course, f"rubrics/{known(course, name)}.yaml"), course.shown, course.limits)


def _file(course: Course, path: str) -> Path:
    if (course.root / path).is_file():
        return course.root / path
    raise CourseError(f"{path} is missing; write it, or start an assignment with `autograder new`")


def assignment(course: Course, name: str) -> Assignment:
    """Everything about one assignment; runs the course's own code.

    Raises:
        CourseError: no such assignment, a missing file, code that does not import, or a rubric and checks
            that do not fit together; one line for each fault, with its place.
    """
    known(course, name)
    located = rubric.locate(_file(course, f"rubrics/{name}.yaml"))
    marks = rubric.build(located, course.shown, course.limits)
    parts = ("reference", *joins.HOLDS)
    for part in parts:
        _file(course, f"solutions/{name}/{part}.py")
    loaded = loading.modules(course.root / "solutions" / name, parts, course.root)
    graded = authoring.public_functions(loaded["reference"])
    records = {part: authoring.collect(loaded[part]) for part in joins.HOLDS}
    places = {id(record): _place(name, part, record) for part in joins.HOLDS for record in records[part]}
    faults = [
        *chain.from_iterable(joins.hidden(course, name, part) for part in joins.HOLDS),
        *chain.from_iterable(joins.strays(part, records[part], graded, places) for part in joins.HOLDS),
        *joins.unjoined(located, marks, [*records["checks"], *records["alternatives"]], places),
        *joins.nobodys_work(located, marks, graded),
    ]
    if faults:
        raise CourseError("\n".join(faults))
    return Assignment(
        name=name,
        title=marks.title,
        functions=graded,
        checks=tuple(record for record in records["checks"] if isinstance(record, Check)),
        timed=tuple(record for record in records["checks"] if isinstance(record, Timed)),
        alternatives=tuple(record for record in records["alternatives"] if isinstance(record, Alternative)),
        misconceptions=tuple(
            record for record in records["misconceptions"] if isinstance(record, Misconception)
        ),
        rubric=marks,
        needs=marks.needs,
        digest=_digest(course, name),
    )


def _digest(course: Course, name: str) -> str:
    """Of all that decides marks: the rubric, and every module but the alternatives and the pictures."""
    folder = course.root / "solutions" / name
    files = [course.root / "rubrics" / f"{name}.yaml"]
    files += sorted(path for path in folder.glob("*.py") if path.stem not in {"alternatives", "pictures"})
    total = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return f"sha256:{total.hexdigest()}"


def _place(name: str, part: str, record: Record) -> str:
    made: Any = next(getattr(record, at) for at in ("draw", "wrong", "right") if hasattr(record, at))
    code = getattr(made, "__code__", None)
    return f"solutions/{name}/{part}.py:{code.co_firstlineno}" if code else f"solutions/{name}/{part}.py"
