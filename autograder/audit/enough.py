"""The course is whole: enough of everything, and no stray file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder import course as courses
from autograder.model import Assignment, Course

from .model import Finding

CHECKS = 1  # for each graded function
MISCONCEPTIONS = 4
ALTERNATIVES = 1

IGNORED = frozenset({"__pycache__", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache"})
SOLUTION = (
    "reference.py",
    "alternatives.py",
    "misconceptions.py",
    "checks.py",
    "handout.md",
    "pictures.py",
    "equivalents.yaml",
    "mutants.json",
)


def counts(assignment: Assignment) -> Iterator[Finding]:
    """Each function has its checks, its wrong answers and its other roads."""
    where = f"solutions/{assignment.name}"
    if not assignment.functions:
        yield Finding(f"{where}/reference.py", "it defines no public function", "write what students write")
    if not assignment.checks:
        yield Finding(
            f"{where}/checks.py", "there are no checks at all", "an audit of nothing proves nothing"
        )
    for function in assignment.functions:
        for file, least, words, there in (
            ("checks", CHECKS, "check", sum(c.function == function for c in assignment.checks)),
            (
                "misconceptions",
                MISCONCEPTIONS,
                "misconception",
                sum(m.function == function for m in assignment.misconceptions),
            ),
            (
                "alternatives",
                ALTERNATIVES,
                "alternative",
                sum(a.function == function for a in assignment.alternatives),
            ),
        ):
            if there < least:
                yield Finding(
                    f"{where}/{file}.py",
                    f"{function} has {there} {words}{'s' * (there != 1)}, and needs at least {least}",
                    f"write {least - there} more",
                )


def strays(course: Course) -> Iterator[Finding]:
    """No file stands in the three trees that the course does not know: students would get it, or nobody.

    What stands in assignments/NAME is derived, and whoever proves that it is fresh knows what belongs there.
    """
    known = {
        "assignments/README.md",
        "solutions/README.md",
        "rubrics/README.md",
        courses.FILE,
        *(f"rubrics/{name}.yaml" for name in course.order),
        *(f"solutions/{name}/{file}" for name in course.order for file in SOLUTION),
    }
    folders = tuple(f"assignments/{name}/" for name in course.order)
    unfinished = {f"solutions/{name}/TODO.md" for name in course.order}
    for tree in ("assignments", "solutions", "rubrics"):
        for path in _files(course.root / tree):
            inner = path.relative_to(course.root).as_posix()
            if inner in unfinished:
                yield Finding(
                    inner, "an import left things to be finished here", "finish them, then remove the file"
                )
            elif inner not in known and not inner.startswith(folders):
                yield Finding(inner, "this file belongs to no assignment", _home(inner, course))


def _home(path: str, course: Course) -> str:
    tree, _, inner = path.partition("/")
    name = inner.partition("/")[0].removesuffix(".yaml")
    if name in course.order or (tree != "rubrics" and "/" not in inner):
        return "remove it"
    return f"remove it, or name {name} in the order of {courses.FILE}"


def _files(folder: Path) -> Iterator[Path]:
    """Everything below `folder` that is not a folder, in order; what tools leave behind is passed over."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name in IGNORED:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path
