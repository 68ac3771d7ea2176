"""Whose row is whose: exactly, or not at all. Nothing is guessed from likeness, and every doubt is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.model import CourseError

from .layout import Layout, Person, plain
from .table import Table


@dataclass(frozen=True, slots=True)
class Matches:
    """For each student the rows that are theirs (several for a group), or why there is none."""

    rows: Mapping[str, tuple[Person, ...]]
    unmatched: Mapping[str, str]


def match(students: Iterable[str], layout: Layout, names: Mapping[str, Sequence[str]]) -> Matches:
    """Match students of reports with rows of an export.

    `names` says, where they differ, which words of the export are meant by a student of the reports.
    """
    found: dict[str, tuple[Person, ...]] = {}
    unmatched: dict[str, str] = {}
    for student in dict.fromkeys(students):
        people: list[Person] = []
        for word in names.get(student, (student,)):
            fitting = _fitting(word, layout)
            if len(fitting) != 1:
                unmatched[student] = _why(word, fitting)
                break
            people.append(fitting[0])
        else:
            found[student] = tuple(people)
    claimed: dict[int, list[str]] = {}
    for student, theirs in found.items():
        for person in theirs:
            claimed.setdefault(person.row, []).append(student)
    for row, several in claimed.items():
        if len(several) > 1:
            for student in several:
                others = ", ".join(other for other in several if other != student)
                unmatched[student] = f"line {row + 1} of the export is also that of {others}"
                found.pop(student, None)
    return Matches(found, unmatched)


def names(table: Table) -> dict[str, tuple[str, ...]]:
    """What a file with the columns `student` and `identifier` says; a student may have several lines.

    Raises:
        CourseError: it has no such columns, or a line lacks one of the two.
    """
    header = [plain(cell.value) for cell in table.rows[0]]
    if "student" not in header or "identifier" not in header:
        raise CourseError(f"{table.name}: the first line has to name the columns student and identifier")
    student, identifier = header.index("student"), header.index("identifier")
    read: dict[str, tuple[str, ...]] = {}
    for row in range(1, len(table.rows)):
        if not table.rows[row]:
            continue
        who, word = table.value(row, student), table.value(row, identifier)
        if not who or not word:
            raise CourseError(f"{table.name}, line {row + 1}: give both the student and the identifier")
        read[who] = (*read.get(who, ()), word)
    return read


def _fitting(word: str, layout: Layout) -> list[Person]:
    wanted = plain(word)
    return [one for one in layout.people if wanted in one.words or layout.finds(wanted, one)]


def _why(word: str, fitting: Sequence[Person]) -> str:
    if not fitting:
        return f"nobody in the export is called {word!r}"
    lines = ", ".join(str(person.row + 1) for person in fitting)
    return f"{word!r} fits several lines of the export: {lines}"
