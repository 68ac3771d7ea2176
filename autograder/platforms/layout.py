"""Where the cells of an export are: what each platform's module finds out, and `lms` works with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.model import CourseError

from .table import Table


@dataclass(frozen=True, slots=True)
class Person:
    """One row: the words by which the platform knows the student, and what they are called."""

    row: int
    words: frozenset[str]
    name: str = ""
    number: str = ""  # Moodle's participant number
    locked: str = ""  # why the platform would not take a grade


@dataclass(frozen=True, slots=True)
class Layout:
    """The column to fill, its maximum where the export says it, and who stands in which row.

    `finds(student, person)` recognises a folder or file name that the platform itself gives to downloads.
    `open_cells` are texts that stand where no grade was given yet.
    """

    kind: str
    column: int
    people: tuple[Person, ...]
    maximum: str = ""
    comments: int = -1
    finds: Callable[[str, Person], bool] = field(default=lambda _student, _person: False)
    open_cells: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A word for comparing: composed characters, no space around it. Case counts."""
    return unicodedata.normalize("NFC", text).strip()


def words(*texts: str) -> frozenset[str]:
    """The words among `texts` that are not empty."""
    return frozenset(filter(None, map(plain, texts)))


def number(text: str) -> Fraction | None:
    """A number with a point or a comma; None where it is none.

    >>> number("5,50"), number("EX")
    (Fraction(11, 2), None)
    """
    found = re.fullmatch(r"\s*(\d+)(?:[.,](\d+))?\s*", text, re.ASCII)
    return Fraction(f"{found[1]}.{found[2] or 0}") if found else None


def column(table: Table, asked: str, names: Mapping[int, Sequence[str]], otherwise: Sequence[str]) -> int:
    """The column whose names include `asked`; or, where nothing is asked, one of `otherwise`.

    Raises:
        CourseError: none, or several; the message lists those there are.
    """
    for wanted in [asked] if asked else otherwise:
        found = [index for index, its in names.items() if plain(wanted) in map(plain, its)]
        if len(found) == 1:
            return found[0]
        if found:
            raise CourseError(
                f"{table.name}: {len(found)} columns are called {wanted!r}; say --column with its id"
            )
    there = ", ".join(repr(table.value(0, index)) for index in names) or "none"
    wanted = asked or " or ".join(otherwise)
    raise CourseError(f"{table.name}: no column {wanted!r}; say --column and one of: {there}")
