"""The submissions: right and wrong files, made of the course's reference, alternatives and misconceptions.

Nothing is written down here, so nothing goes stale: a misconception that is added to the course may be
handed in by the next run.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.model import Course, Submission

from .cut import Module

FOUR = {  # assignment: the function of it that everybody grades
    "activations": "sigmoid_derivative",
    "optimizers": "adam_step",
    "conv_arithmetic": "conv_output_size",
    "pca": "pca_fit",
}
NAMES = ("ada", "emmy", "alan", "grace", "kurt", "sofia")
RIGHT = 3  # of six: the reference and two alternatives; the others are misconceptions


@dataclass(frozen=True, slots=True)
class Parts:
    """The modules of one assignment."""

    reference: Module
    checks: Module
    alternatives: Module
    misconceptions: Module


@dataclass(frozen=True, slots=True)
class Student:
    """One submission, and whether its mathematics is right."""

    name: str
    assignment: str
    source: str
    made_of: tuple[str, ...]  # for each function "reference" or the name of what stands in its place
    right: bool

    @property
    def submission(self) -> Submission:
        """As the grader sees it."""
        digest = f"sha256:{hashlib.sha256(self.source.encode()).hexdigest()}"
        return Submission(
            self.name, self.assignment, self.source, f"{self.name}/{self.assignment}.py", digest
        )


def parts(course: Course, assignment: str) -> Parts:
    """The modules of an assignment, read and not run."""
    folder = course.root / "solutions" / assignment
    return Parts(
        *(
            Module.of((folder / f"{name}.py").read_text(encoding="utf-8"))
            for name in ("reference", "checks", "alternatives", "misconceptions")
        )
    )


def six(course: Course, assignment: str, function: str) -> list[Student]:
    """Six students who handed in `function`: three of them right, in different ways, and three wrong."""
    of = parts(course, assignment)
    right = of.alternatives.about([function])[function]
    wrong = of.misconceptions.about([function])[function]
    ways = ["", *_spread(right, RIGHT - 1), *_spread(wrong, len(NAMES) - RIGHT)]
    return [
        Student(name, assignment, file(of, {function: way}), (way or "reference",), way not in wrong)
        for name, way in zip(NAMES, ways, strict=True)
    ]


def four_times_six(course: Course) -> list[Student]:
    """The 24 submissions that all graders are given."""
    return [one for assignment, function in FOUR.items() for one in six(course, assignment, function)]


def whole(course: Course, assignment: str, functions: Sequence[str], count: int) -> Iterator[Student]:
    """`count` files with all of `functions`; no two of the first few hundred alike.

    The first is the reference; in the others each function is the reference's, an alternative or a
    misconception, in about the shares of a class that has learnt something.
    """
    of = parts(course, assignment)
    right, wrong = of.alternatives.about(functions), of.misconceptions.about(functions)
    for number in range(count):
        chosen = {}
        for place, function in enumerate(functions):
            turn = number * (place + 3) + number // 7 + place if number else 0
            ways = ["", *right[function], *wrong[function][:2], "", *wrong[function][2:4]] if number else [""]
            chosen[function] = ways[turn % len(ways)]
        text = of.reference.cut(functions) if not number else file(of, chosen)
        bad = any(way in wrong[function] for function, way in chosen.items())
        yield Student(
            f"student_{number:05}",
            assignment,
            text,
            tuple(way or "reference" for way in chosen.values()),
            not bad,
        )


def file(of: Parts, chosen: Mapping[str, str]) -> str:
    """A student's file: each function as the reference has it where nothing is chosen, or as it is chosen."""
    imports = {
        ast.unparse(one): None
        for module in (of.reference, of.alternatives, of.misconceptions)
        for one in module.imports
        if not (isinstance(one, ast.ImportFrom) and one.module == "autograder")
    }
    imports["import numpy as np"] = None  # everybody does, needed or not
    blocks = [block(of, function, way) for function, way in chosen.items()]
    return "\n\n\n".join(["\n".join(imports), *blocks]) + "\n"


def block(of: Parts, function: str, way: str = "", name: str = "") -> str:
    """The text of one function and of all that it needs, under names that no other function uses."""
    name = name or function
    if not way:
        return _block_of(of.reference, function, {function: name}, function)
    module = of.alternatives if way in of.alternatives.bound else of.misconceptions
    borrowed = module.borrowed([way])
    theirs = {one: f"_{function}_model_{one.strip('_')}" for one in of.reference.needed(borrowed)}
    model = of.reference.renamed(borrowed, theirs) if borrowed else ""
    own = _block_of(module, way, {**_only(theirs, borrowed), way: name}, function)
    return "\n\n\n".join(filter(None, (model, own)))


def _only(names: Mapping[str, str], wanted: Sequence[str]) -> dict[str, str]:
    """Those of `names` that are wanted: a helper of the reference may be called as one of the others is."""
    return {old: new for old, new in names.items() if old in wanted}


def _block_of(module: Module, root: str, names: Mapping[str, str], prefix: str) -> str:
    helpers = {one: f"_{prefix}_{one.strip('_')}" for one in module.needed([root])}
    return module.renamed([root], {**helpers, **names})


def _spread(ways: Sequence[str], count: int) -> list[str]:
    """`count` of the ways, from all over the list; some of them twice where there are fewer."""
    step = max(1, len(ways) // count)
    return list(itertools.islice(itertools.cycle(ways[::step]), count)) if ways else [""] * count
