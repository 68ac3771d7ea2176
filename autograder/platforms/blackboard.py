"""Blackboard's grade centre as it exports it: tab-delimited UTF-16 named .xls, or quoted CSV.

A column is `Title [Total Pts: 5 Score] |123456`. The number after the bar decides; a column without it would
become a new one that holds text and is worth nothing: so one of the export is filled, and never one made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import layout
from .layout import Layout, Person
from .table import Table

USER = "Username"
KEYS = (USER, "Student ID")
COLUMN = re.compile(r"(.*?)\s*\[Total Pts: (?:up to )?([\d.,]+)[^\]]*\]\s*\|\s*(\d+)")


def is_one(table: Table) -> bool:
    """Whether a table is Blackboard's."""
    header = [cell.value.strip() for cell in table.rows[0]]
    return USER in header and any(COLUMN.fullmatch(one) for one in header)


def find(table: Table, asked: str, otherwise: Sequence[str]) -> Layout:
    """The layout of the export; `asked` is a header, a title or an id, `otherwise` titles where it is "".

    Raises:
        CourseError: no such column, or several.
    """
    header = [cell.value.strip() for cell in table.rows[0]]
    found = {index: COLUMN.fullmatch(text) for index, text in enumerate(header)}
    names = {index: (header[index], match[1], match[3]) for index, match in found.items() if match}
    column = layout.column(table, asked, names, otherwise)
    match = found[column]
    assert match is not None
    people = tuple(_people(table, header))
    return Layout(
        "blackboard", column, people, match[2], finds=_finds, open_cells=("Needs Grading", "In Progress")
    )


def _people(table: Table, header: Sequence[str]) -> Iterator[Person]:
    keys = [header.index(key) for key in KEYS if key in header]
    for row in range(1, len(table.rows)):
        if table.rows[row]:
            yield Person(
                row,
                layout.words(*(table.value(row, key) for key in keys)),
                number=layout.plain(table.value(row, keys[0])),
            )


def _finds(student: str, person: Person) -> bool:
    """A download is called TITLE_USERNAME_attempt_DATE; both title and user may hold the separator."""
    user = re.escape(person.number)
    return bool(person.number) and re.search(rf"(?:^|_){user}_attempt_\d{{4}}-", student) is not None
