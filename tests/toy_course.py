"""A small course on disk, for the tests of whatever reads or writes a course."""

from __future__ import annotations

from pathlib import Path

COURSE = """\
title: Toys
order: [toy, game]
dates:
  toy:
    due: 2027-02-21T23:59:00+01:00
    release: 2027-03-01T08:00:00Z
late: {per_day: 0.1, at_most: 0.5, grace_minutes: 15}
limits: {check_seconds: 1.5}
isolation: uid
shown: after_due
"""
RUBRIC = """\
assignment: toy
criteria:
  - id: half
    asks: Half of it
    checks:
      half.ones: 2
  - id: both
    asks: The loop
    checks:
      half.loop: 1
"""
REFERENCE = '''\
"""The right answers."""


def half(x):
    """Half of x.

    >>> half(3)
    1.5
    """
    ### BEGIN SOLUTION
    # Halving is multiplying by one half.
    return x / 2 if x != 0 else 0 * x
    ### END SOLUTION


def _private(x):
    return x
'''
CHECKS = '''\
from autograder import check, scenario

from .reference import _private, half


@check(half)
def ones(rng):
    """Half of one is a half."""
    return 1


@scenario(half)
def loop(half, rng):
    """Half of half is a quarter."""
    return half(half(1))
'''
MISCONCEPTIONS = '''\
from autograder import misconception

from .reference import half


@misconception(half)
def doubles(x):
    """Doubled in place of halved."""
    return 2 * x
'''
ALTERNATIVES = '''\
from autograder import alternative

from .reference import half


@alternative(half)
def by_product(x):
    """Times a half."""
    return x * 0.5
'''
HANDOUT = """\
# Halves

## Why

Halves are everywhere.

## Write

One function, `half`.

## Try

Run the example.

## If you are stuck

Divide.
"""
FILES = {
    "rubrics/course.yaml": COURSE,
    "rubrics/toy.yaml": RUBRIC,
    "solutions/toy/reference.py": REFERENCE,
    "solutions/toy/checks.py": CHECKS,
    "solutions/toy/misconceptions.py": MISCONCEPTIONS,
    "solutions/toy/alternatives.py": ALTERNATIVES,
    "solutions/toy/handout.md": HANDOUT,
    "assignments/README.md": "# For students\n",
}


def write(root: Path) -> Path:
    """The course in the folder `root`, which it returns."""
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must be there, in a file."""
    text = path.read_text(encoding="utf-8")

    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
