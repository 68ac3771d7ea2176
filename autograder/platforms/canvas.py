"""Canvas's gradebook as it exports it.

A header; perhaps a row that says which columns are posted by hand; a row of points possible; the students. A
column is `Title (id)`, and a column whose id Canvas does not find would become a new assignment: so one of
the export is filled, and never one made. Canvas finds a student by its own id, then by the ids of the school.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.model import CourseError

from . import layout
from .layout import Layout, Person
from .table import Table

KEYS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
POSSIBLE = "Points Possible"
DOWNLOAD = re.compile(r"[^_]+_(?:LATE_)?(\d+)_\d+(?:_.*)?")  # lovelaceada_LATE_101_2002_hw1.py


def is_one(table: Table) -> bool:
    """Whether a table is Canvas's."""
    header = [cell.value for cell in table.rows[0]]
    return "Student" in header[0] and "Section" in header and any("ID" in one for one in header[1:3])


def find(table: Table, asked: str, otherwise: Sequence[str]) -> Layout:
    """The layout of the export; `asked` is a header, a title or an id, `otherwise` titles where it is "".

    Raises:
        CourseError: no such column, one that Canvas computes itself, or no row of points possible.
    """
    header = [cell.value for cell in table.rows[0]]
    section = header.index("Section")
    names = {}
    for index, text in enumerate(header[section + 1 :], section + 1):
        found = re.fullmatch(r"(.*) \((\d+)\)", text.strip())
        if found:
            names[index] = (text, found[1], found[2])
    column = layout.column(table, asked, names, otherwise)
    top = next((i for i, row in enumerate(table.rows) if row and row[0].value.strip() == POSSIBLE), 0)
    if not top:
        raise CourseError(f"{table.name}: there is no row {POSSIBLE!r}; give the file as Canvas exported it")
    if "read only" in table.value(top, column):
        raise CourseError(f"{table.name}: Canvas computes {header[column]!r} itself; name another --column")
    return Layout(
        "canvas", column, tuple(_people(table, header, top)), table.value(top, column).strip(), finds=_finds
    )


def _people(table: Table, header: Sequence[str], top: int) -> Iterator[Person]:
    keys = {key: header.index(key) for key in KEYS if key in header}
    for row in range(top + 1, len(table.rows)):
        if not table.rows[row]:
            continue
        name = table.value(row, 0)
        last, _, first = name.partition(", ")
        ids = [table.value(row, index) for index in keys.values()]
        number = table.value(row, keys["ID"]) if "ID" in keys else ""
        yield Person(row, layout.words(*ids, name, f"{first} {last}" if first else ""), name, number)


def _finds(student: str, person: Person) -> bool:
    found = DOWNLOAD.fullmatch(student)
    return found is not None and found[1] == person.number
