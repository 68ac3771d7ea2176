"""A new assignment that loads, passes and waits to be filled: one small function and all that it needs."""

from __future__ import annotations

import json
import keyword
import re
import string
import sys
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from . import release
from .course import FILE, strict_yaml
from .model import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from .model import Course

PARTS = ("reference.py", "checks.py", "misconceptions.py", "alternatives.py", "handout.md")


def new(course: Course, name: str, title: str) -> list[Path]:
    """Begin the assignment `name`: solutions, rubric, its place in course.yaml, and what students get.

    Nothing that is there is overwritten, and rubrics/course.yaml keeps its comments. Returns the files that
    were written, in the order in which one works on them.

    Raises:
        CourseError: the name cannot be one, is taken, or a file cannot be written.
    """
    fit(course, name, title)
    words = {"name": name, "title": title, "quoted": json.dumps(title, ensure_ascii=False)}
    files = {f"solutions/{name}/{part}": _filled(part, words) for part in PARTS}
    files[f"rubrics/{name}.yaml"] = _filled("rubric.yaml", words)
    for path in (*files, f"solutions/{name}", f"assignments/{name}"):
        if (course.root / path).exists():
            raise CourseError(f"{path} is there already, and nothing is overwritten; choose another name")
    files[FILE] = with_assignment(course, name)
    for path, text in files.items():
        release.put(course.root / path, text)
    derived = release.write(replace(course, order=(*course.order, name)), [name])
    return [*(course.root / path for path in files), *derived]


def fit(course: Course, name: str, title: str) -> None:
    """See that a new assignment can have this name: a folder, a module, and an entry of course.yaml.

    Raises:
        CourseError: it cannot, or the title is not one line of text.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise CourseError(
            f"{name!r} cannot name an assignment; use small letters, digits and underscores, a letter first"
        )
    if name in sys.stdlib_module_names | {"numpy", "torch", "autograder"}:
        raise CourseError(f"{name!r} is a module of Python's that {name}.py would hide; choose another name")
    if name in course.order:
        raise CourseError(f"the course has an assignment {name!r} already; choose another name")
    if not title.isprintable() or not title.strip():
        raise CourseError("a title is one line of text")


def _filled(part: str, words: dict[str, str]) -> str:
    template = resources.files(__package__).joinpath("templates", "assignment", f"{part}.txt")
    return string.Template(template.read_text(encoding="utf-8")).substitute(words)


def with_assignment(course: Course, name: str) -> str:
    """The text of course.yaml with `name` at the end of `order`; everything else as it was.

    Raises:
        CourseError: `order` is written in a way that cannot be added to.
    """
    path = course.root / FILE
    located = strict_yaml.read(path, FILE)
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read().splitlines(keepends=True)
    order = located.value["order"]
    line, column = located.position(("order", len(order) - 1) if order else ("order",))
    text = lines[line - 1]
    before = text[: column - 1]
    if not order:
        lines[line - 1] = re.sub(r"\[\s*\]", f"[{name}]", text, count=1)
    elif before.strip() == "-":
        end = text[len(text.rstrip("\r\n")) :] or "\n"
        lines[line - 1] = text.rstrip("\r\n") + end
        lines.insert(line, f"{before}{name}{end}")
    else:
        last = re.compile(rf"['\"]?{order[-1]}['\"]?").match(text, column - 1)
        stop = last.end() if last else len(text)
        lines[line - 1] = f"{text[:stop]}, {name}{text[stop:]}"
    made = "".join(lines)
    if strict_yaml.load(made, FILE).value != {**located.value, "order": [*order, name]}:
        raise CourseError(
            f"{FILE}:{line}: {name!r} could not be added to order; write one name a line and try again"
        )
    return made
