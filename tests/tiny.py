"""A course of one small assignment, made in memory: what the engine's own tests grade."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.authoring import check, misconception, scenario
from autograder.model import Assignment, Check, Course, Criterion, Limits, Misconception, Rubric, Submission

LIMITS = Limits(import_seconds=3, check_seconds=1.0, total_seconds=20, memory_mb=256)


def half(x: Any) -> Any:
    """Half of x."""
    return np.asarray(x, dtype=float) / 2


def quarter(x: Any) -> Any:
    """Half of the half of x."""
    return half(half(x))


@check(half)
def some_numbers(rng: np.random.Generator) -> Any:
    """Every number is halved."""
    return rng.normal(size=4)


@check(half, after=some_numbers)
def large_numbers(rng: np.random.Generator) -> Any:
    """Large numbers are halved too."""
    return {"x": 1e6 * rng.normal(size=3)}


@check(half, forbids=("mutation",))
def left_alone(rng: np.random.Generator) -> Any:
    """The argument is left alone."""
    return (rng.normal(size=3),)


@scenario(quarter)
def twice_undone(quarter: Callable[..., Any], rng: np.random.Generator) -> Any:
    """Four quarters make a whole."""
    x = rng.normal(size=3)
    return 4 * np.asarray(quarter(x)) - x


@check(quarter)
def other_numbers(rng: np.random.Generator) -> Any:
    """Every number is quartered."""
    return rng.normal(size=3)


@misconception(half)
def doubles(x: Any) -> Any:
    """This doubles where it should halve."""
    return np.asarray(x, dtype=float) * 2


@misconception(half)
def cuts(x: Any) -> Any:
    """This cuts the fraction off."""
    return np.asarray(x, dtype=float) // 2


def record(function: Any) -> Any:
    """What a decorator hung on a function."""
    return function.graded


CHECKS: tuple[Check, ...] = tuple(
    map(record, (some_numbers, large_numbers, left_alone, twice_undone, other_numbers))
)
MISCONCEPTIONS: tuple[Misconception, ...] = tuple(map(record, (doubles, cuts)))
RUBRIC = Rubric(
    "tiny",
    "Halves",
    (
        Criterion("halves", "Halving", {c.id: Fraction(2) for c in CHECKS[:3]}),
        Criterion("quarters", "Quartering", {c.id: Fraction(1) for c in CHECKS[3:]}),
        Criterion("why", "Why", by="hand", points=Fraction(3)),
    ),
    limits=LIMITS,
)
ASSIGNMENT = Assignment(
    "tiny",
    "Halves",
    {"half": half, "quarter": quarter},
    CHECKS,
    (),
    (),
    MISCONCEPTIONS,
    RUBRIC,
    digest="sha256:tiny",
)
COURSE = Course("Tiny", Path("/nowhere"), ("tiny",))
RIGHT = "def half(x):\n    return x / 2\n\n\ndef quarter(x):\n    return half(half(x))\n"


def submission(source: str, **words: Any) -> Submission:
    """`source` handed in by Ada."""
    given = SimpleNamespace(student="ada", assignment="tiny", path="tiny.py", digest="sha256:0")
    return Submission(**{**vars(given), "source": source, **words})
