"""Whether solutions and rubric speak of the same things; where they do not, a sentence with the place."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from typing import TYPE_CHECKING, Any

from autograder import trees
from autograder.model import Alternative, Check, Course, Criterion, Misconception, Rubric, Timed

from . import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .strict_yaml import Located

    Record = Check | Timed | Misconception | Alternative

HOLDS: Mapping[str, tuple[type, ...]] = {
    "checks": (Check, Timed),
    "misconceptions": (Misconception,),
    "alternatives": (Alternative,),
}


def hidden(course: Course, name: str, part: str) -> Iterator[str]:
    """Functions that a later one of the same name has replaced: Python keeps the last and says nothing."""
    path = f"solutions/{name}/{part}.py"
    first: dict[str, int] = {}
    for node in trees.parse((course.root / path).read_bytes()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if node.name in first:
                yield (
                    f"{path}:{node.lineno}: {node.name} is defined in line {first[node.name]} already, and "
                    "that one would be lost; give one of them another name"
                )
            first.setdefault(node.name, node.lineno)


def strays(
    part: str, records: Sequence[Record], graded: Mapping[str, object], places: Mapping[int, str]
) -> Iterator[str]:
    """Records in the wrong file, about a function that is not graded, or of an id that is taken."""
    ids = Counter((record.function, record.name) for record in records)
    for record in records:
        kind, place = type(record).__name__.lower(), places[id(record)]
        if not isinstance(record, HOLDS[part]):
            home = next(file for file, kinds in HOLDS.items() if isinstance(record, kinds))
            yield f"{place}: {record.name} is a {kind}; move it to {home}.py"
        if record.function not in graded:
            guess = strict_yaml.near(record.function, graded)
            yield (
                f"{place}: the {kind} {record.name} is about {record.function!r}, which reference.py does "
                f"not define as a public function{guess}"
            )
        if ids[record.function, record.name] > 1:
            ids[record.function, record.name] = 0
            yield f"{place}: {record.function}.{record.name} is there twice; give each its own name"


def _untimed(
    located: Located, index: int, criterion: Criterion, timed: Sequence[Any], records: Sequence[Record]
) -> Iterator[str]:
    """Where what the rubric says of the clock does not fit the timed checks."""
    path = ("criteria", index, "timing")
    clocking = criterion.clocking
    if not timed and "timing" in located.value["criteria"][index]:
        yield f"{located.where(path)}: timing belongs to timed checks; here is none"
    for check in timed:
        sizes = list(inspect.signature(check.draw).parameters)[1:]
        for size in clocking.sizes:
            if size not in sizes:
                place = located.where((*path, "sizes", size))
                yield f"{place}: {check.id} draws by no size {size!r}{strict_yaml.near(size, sizes)}"
        models = [r.name for r in records if isinstance(r, Alternative) and r.function == check.function]
        for model, share in clocking.models.items():
            place = located.where((*path, "models", model))
            if model not in models:
                guess = strict_yaml.near(model, models)
                yield f"{place}: {check.function} has no alternative {model!r}{guess}"
            if share and share not in {worth for _, worth in criterion.bands}:
                yield f"{place}: no band is worth {share:g}; write the share of one of the bands, or 0"


def unjoined(
    located: Located, marks: Rubric, records: Sequence[Record], places: Mapping[int, str]
) -> Iterator[str]:
    """Where the rubric and checks.py do not speak of the same checks."""
    asked = {record.id: record for record in records if isinstance(record, Check | Timed)}
    paid = {check for criterion in marks.criteria for check in criterion.checks}
    for index, criterion in enumerate(marks.criteria):
        for check in criterion.checks:
            if check not in asked:
                guess = strict_yaml.near(check, asked)
                place = located.where(("criteria", index, "checks", check))
                yield f"{place}: no check {check!r} in checks.py{guess}"
        timed = [check for check in criterion.checks if isinstance(asked.get(check), Timed)]
        if timed and not criterion.bands:
            yield f"{located.where(('criteria', index))}: {timed[0]!r} is timed; give the criterion bands"
        if criterion.bands and not timed:
            yield f"{located.where(('criteria', index, 'bands'))}: bands belong to timed checks; here is none"
        yield from _untimed(located, index, criterion, [asked[one] for one in timed], records)
    for check, record in asked.items():
        if check not in paid:
            place = places[id(record)]
            yield f"{place}: no criterion of {located.source} holds {check!r}; add it with its points"
        needed = record.after if isinstance(record, Check) else (record.twin,)
        for other in needed:
            if other not in asked:
                place = places[id(record)]
                yield f"{place}: {check!r} waits for {other!r}, which is no check of checks.py"


def nobodys_work(located: Located, marks: Rubric, graded: Mapping[str, object]) -> Iterator[str]:
    """Rules of `own_work` about functions that are not graded, or about one function twice."""
    seen: set[str] = set()
    for index, rule in enumerate(marks.own_work):
        for number, function in enumerate(rule.functions):
            place = located.where(("own_work", index, "functions", number))
            if function not in graded:
                yield f"{place}: no graded function {function!r}{strict_yaml.near(function, graded)}"
            if function in seen:
                yield f"{place}: {function!r} has a rule already; put both into one"
            seen.add(function)
