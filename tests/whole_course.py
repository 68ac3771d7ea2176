"""A small course on disk that passes its audit: tests break one thing of it and see what is said."""

from __future__ import annotations

from pathlib import Path

from autograder import course, release
from autograder.mutation import record

COURSE = """\
title: Parts
order: [parts]
isolation: uid
limits: {check_seconds: 1, total_seconds: 20, memory_mb: 256}
"""
RUBRIC = """\
assignment: parts
title: Parts of numbers
criteria:
  - id: halves
    asks: Half of every number
    checks:
      half.some_numbers: 2
      half.numbers_kept: 1
  - id: thirds
    asks: A third of every number
    checks:
      third.other_numbers: 2
      third.added_up: 1.5
  - id: why
    asks: Why thirds have no end
    by: hand
    points: 1
"""
REFERENCE = '''\
"""Halves and thirds."""

import numpy as np


def half(x):
    """Divide by two.

    >>> print(half([1.0, 3.0]).tolist())
    [0.5, 1.5]
    """
    ### BEGIN SOLUTION
    return np.asarray(x, dtype=float) / 2
    ### END SOLUTION


def third(x):
    """Divide by three.

    >>> print(third([3.0, -6.0]).tolist())
    [1.0, -2.0]
    """
    ### BEGIN SOLUTION
    return np.asarray(x, dtype=float) / 3
    ### END SOLUTION
'''
CHECKS = '''\
"""What is asked."""

import numpy as np

from autograder import check, scenario

from .reference import half, third


@check(half)
def some_numbers(rng):
    """Every number is halved."""
    return rng.normal(size=4)


@check(half, forbids=("mutation",))
def numbers_kept(rng):
    """What you are given stays as it was."""
    return rng.normal(size=3)


@check(third)
def other_numbers(rng):
    """Every number is divided by three."""
    return {"x": rng.normal(size=4)}


@scenario(third)
def added_up(third, rng):
    """Three thirds and one more."""
    x = rng.uniform(1, 2, size=3)
    return np.add(3 * np.asarray(third(x)), third(x))
'''
MISCONCEPTIONS = '''\
"""What is got wrong."""

import numpy as np

from autograder import misconception

from .reference import half, third


@misconception(half)
def doubles(x):
    """Doubled in place of halved."""
    return 2 * np.asarray(x)


@misconception(half)
def turns_round(x):
    """The sign is the wrong one."""
    return -half(x)


@misconception(half)
def adds_one(x):
    """One is added, which nobody asked for."""
    return half(x) + 1


@misconception(half)
def writes_into_it(x):
    """The array you were given was changed in place."""
    x /= 2
    return x


@misconception(third)
def triples(x):
    """Multiplied in place of divided."""
    return 3 * np.asarray(x)


@misconception(third)
def halves(x):
    """This divides by two."""
    return half(x)


@misconception(third)
def quarters(x):
    """This divides by four."""
    return half(half(x))


@misconception(third)
def takes_three_off(x):
    """This subtracts three."""
    return np.asarray(x) - 3
'''
ALTERNATIVES = '''\
"""Other roads."""

import numpy as np

from autograder import alternative

from .reference import half, third


@alternative(half)
def half_in_single_precision(x):
    """In float32."""
    return np.asarray(x, dtype=np.float32) / 2


@alternative(third)
def third_by_product(x):
    """Times a third."""
    return np.asarray(x) * (1 / 3)
'''
HANDOUT = """\
# Parts

## Why

Parts are everywhere.

## Write

Two functions, `half` and `third`.

## Try

Run the examples.

## If you are stuck

Divide.
"""
FILES = {
    "rubrics/course.yaml": COURSE,
    "rubrics/parts.yaml": RUBRIC,
    "solutions/parts/reference.py": REFERENCE,
    "solutions/parts/checks.py": CHECKS,
    "solutions/parts/misconceptions.py": MISCONCEPTIONS,
    "solutions/parts/alternatives.py": ALTERNATIVES,
    "solutions/parts/handout.md": HANDOUT,
    "assignments/README.md": "# For students\n",
}
RIGHT = """\
def half(x):
    return x / 2


def third(x):
    return x / 3
"""


def write(root: Path) -> Path:
    """The course in the folder `root`, which it returns, with everything derived from it."""
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    refresh(root)
    keep_score(root)
    return root


def keep_score(root: Path) -> None:
    """Keep a mutation score of the files as they are now."""
    of = course.load(root)
    record.write(of, record.Record("parts", record.fingerprint(of, "parts"), 9, 8, 1))


def refresh(root: Path) -> None:
    """Derive assignments/ anew."""
    of = course.load(root)
    release.write(of, of.order)


def edit(root: Path, part: str, old: str, new: str) -> None:
    """Replace `old`, which must be there, in solutions/parts/`part`.py."""
    path = root / "solutions" / "parts" / f"{part}.py"
    text = path.read_text(encoding="utf-8")

    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path, part: str, more: str) -> None:
    """Write `more` at the end of solutions/parts/`part`.py."""
    path = root / "solutions" / "parts" / f"{part}.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{more}", encoding="utf-8")
