"""Moodle's grading worksheet, and its zip of feedback files.

The worksheet's headers are in the language of whoever downloaded it, so a column has to be named where they
are not English; the identifier is the first column in every language, and the maximum follows the grade.
A participant's number holds for one assignment only: a download is recognised by number and name together.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from autograder.model import Report, Status
from autograder.reports import clean, words

from . import layout, wheel
from .layout import Layout, Person
from .table import Table

GRADE, COMMENTS, CHANGEABLE = "Grade", "Feedback comments", "Grade can be changed"
KEYS = ("Full name", "Email address", "ID number", "Username")
DOWNLOAD = re.compile(r"(.+)_(\d+)_assignsubmission_\w+")
NUMBER = re.compile(r"\D*(\d+)", re.ASCII)


def is_one(table: Table) -> bool:
    """Whether a table is a worksheet in English."""
    header = [cell.value for cell in table.rows[0]]
    return header[0] == "Identifier" and GRADE in header


def find(table: Table, asked: str) -> Layout:
    """The layout of the worksheet; `asked` is the header of the grades, "Grade" where it is "".

    Raises:
        CourseError: no such column.
    """
    header = [cell.value for cell in table.rows[0]]
    grades = {index: (text,) for index, text in enumerate(header) if index}
    column = layout.column(table, asked, grades, (GRADE,))
    people = tuple(_people(table, header))
    maxima = {table.value(person.row, column + 1).strip() for person in people}
    one = next(iter(maxima)) if len(maxima) == 1 else ""
    comments = header.index(COMMENTS) if COMMENTS in header else -1
    maximum = one if layout.number(one) is not None else ""
    return Layout("moodle", column, people, maximum, comments, finds=_finds)


def comment(report: Report) -> str:
    """A few words on a report as HTML, for the column of comments; `report` is the student's edition."""
    said = [words.score(report.earned, report.possible), words.late(report), words.pending(report)]
    named = {
        words.looks_like(outcome)
        for mark in report.marks
        for outcome in mark.outcomes
        if outcome.misconception and outcome.status is Status.FAILED
    }
    wrong = [f"<li>{html.escape(name)}: {html.escape(says)}</li>" for name, says in sorted(named)]
    paragraph = f"<p>{html.escape(' '.join(filter(None, said)))}</p>"
    return paragraph + (f"<ul>{''.join(wrong)}</ul>" if wrong else "")


def feedback(pages: Iterable[tuple[Person, str, str]]) -> bytes:
    """The zip of feedback files: for each person a file's name and its text."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for person, name, text in pages:
            wheel.add(archive, f"{_folder(person)}/{name}", text.encode())
    return packed.getvalue()


def _people(table: Table, header: list[str]) -> Iterator[Person]:
    keys = [header.index(key) for key in KEYS if key in header]
    name = header.index(KEYS[0]) if KEYS[0] in header else -1
    changeable = header.index(CHANGEABLE) if CHANGEABLE in header else -1
    for row in range(1, len(table.rows)):
        if not table.rows[row]:
            continue
        identifier = table.value(row, 0)
        found = NUMBER.fullmatch(identifier.strip())
        locked = (
            "Moodle says that this grade cannot be changed" if table.value(row, changeable) == "No" else ""
        )
        yield Person(
            row,
            layout.words(identifier, *(table.value(row, key) for key in keys)),
            table.value(row, name),
            found[1] if found else "",
            locked,
        )


def _finds(student: str, person: Person) -> bool:
    found = DOWNLOAD.fullmatch(student)
    if found is None or found[2] != person.number:
        return False
    # Without names on the worksheet marking is blind, and the number is all there is.
    return layout.plain(found[1]) == _in_a_path(person.name) if person.name else True


def _folder(person: Person) -> str:
    return f"{_in_a_path(person.name) or 'Participant'}_{person.number}_assignfeedback_file"


def _in_a_path(name: str) -> str:
    """A name as Moodle writes it into a path: its own separator, and what no path may hold, left out."""
    return re.sub(r'[\x00-\x1f/\\:*?"<>|]', "", layout.plain(name).replace("_", " ")).strip(". ")


def page(report: Report) -> tuple[str, str]:
    """The name and the text of the file that a student receives."""
    from autograder.reports import html as pages  # noqa: PLC0415 - jinja2 is loaded only where a page is made

    return f"{clean.line(report.assignment)}.html", pages.render(report)
