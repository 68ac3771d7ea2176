"""Filling an instructor's own export of a gradebook from the records of a grading run.

Only the cells of one column are filled; every other byte stays as it was. A student who is not found exactly
is left out and listed, as is a report that is not complete, a cell that the platform would not take, and
whatever else a person has to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder import records, run
from autograder.model import Course, CourseError, Report, Status, points
from autograder.reports import clean

from . import blackboard, canvas, layout, matching, moodle, table
from .layout import Layout, Person
from .matching import Matches
from .table import Table

KINDS = ("canvas", "moodle", "blackboard")


@dataclass(frozen=True, slots=True)
class Task:
    """What to fill, and how. `column` is a header, a title or the platform's id; "" looks for the title."""

    export: Path
    results: Path
    assignment: str = ""
    column: str = ""
    kind: str = ""
    names: Path | None = None
    scale: bool = False
    pending: bool = False
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled export, and what there is to say of it."""

    kind: str
    header: str
    data: bytes
    filled: tuple[tuple[str, str, str], ...]  # student, what stood there, what stands there now
    left: tuple[tuple[str, str], ...]  # student, why
    without: tuple[str, ...]  # people of the export for whom there is no report
    feedback: bytes = b""  # Moodle's zip of pages


def fill(task: Task, of: Course) -> Filled:
    """Fill an export; nothing is written.

    Raises:
        CourseError: the export is none of a kind that is known, has no such column, is worth other points
            than the reports (unless `task.scale`), or the reports are of several assignments.
        OutputError: the results cannot be read.
    """
    reports = _reports(task)
    given = _read(task.export)
    place = _layout(given, task, reports[0])
    names = matching.names(_read(task.names)) if task.names else {}
    matches = matching.match((report.student for report in reports), place, names)
    factor = _factor(given, place, reports[0], task)
    values: dict[tuple[int, int], str] = {}
    filled, left, pages = [], list(matches.unmatched.items()), []
    for report, person in _pairs(reports, matches):
        before = given.value(person.row, place.column)
        objection = _objection(report, person, before, place, task)
        if objection:
            left.append((report.student, objection))
            continue
        now = _number(Fraction(points(report.earned)) * factor, place)
        if layout.number(before) != layout.number(now):
            values[person.row, place.column] = now
        filled.append((report.student, before, now))
        seen = run.student_edition(report, of)
        if task.comments:
            values[person.row, _comments(given, place)] = moodle.comment(seen)
        if place.kind == "moodle":
            pages.append((person, *moodle.page(seen)))
    matched = {person.row for people in matches.rows.values() for person in people}
    return Filled(
        place.kind,
        given.value(0, place.column),
        table.filled(given, values),
        tuple(filled),
        tuple(left),
        tuple(_named(person, given) for person in place.people if person.row not in matched),
        moodle.feedback(pages) if pages else b"",
    )


def lines(done: Filled) -> Iterator[str]:
    """What a person reads of it, line by line."""
    yield f"{done.kind}, column {clean.line(done.header)}: {len(done.filled)} filled"
    for student, before, now in done.filled:
        if before.strip() and layout.number(before) != layout.number(now):
            yield f"  changed  {clean.line(student)}: {clean.line(before)} → {now}"
    for student, why in done.left:
        yield f"  left out {clean.line(student)}: {clean.line(why)}"
    if done.without:
        yield f"  no report for {len(done.without)} in the export: {', '.join(map(clean.line, done.without))}"


def _reports(task: Task) -> list[Report]:
    found = records.read(task.results)
    names = sorted({report.assignment for report in found})
    if task.assignment:
        found = [report for report in found if report.assignment == task.assignment]
    elif len(names) > 1:
        raise CourseError(f"{task.results} holds {', '.join(names)}; say which with --assignment")
    if not found:
        raise CourseError(
            f"{task.results} holds no report of {task.assignment!r}, only of {', '.join(names)}"
        )
    staff = [report for report in found if report.edition == "staff"]
    if len(staff) != len(found):
        raise CourseError(f"{task.results} holds students' editions; give the folder of the records")
    return found


def _read(path: Path) -> Table:
    try:
        return table.read(path.read_bytes(), path.name)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror or error}") from error


def _layout(given: Table, task: Task, report: Report) -> Layout:
    titles = [one for one in (report.title, report.assignment) if one]
    kind = task.kind or next(
        (
            name
            for name, one in (("canvas", canvas), ("blackboard", blackboard), ("moodle", moodle))
            if one.is_one(given)
        ),
        "",
    )
    if kind == "canvas":
        if not canvas.is_one(given):
            raise CourseError(
                f"{given.name}: this is not Canvas's export: Student, ID and Section are missing"
            )
        return canvas.find(given, task.column, titles)
    if kind == "blackboard":
        if not blackboard.is_one(given):
            raise CourseError(f"{given.name}: this is not Blackboard's export: Username is missing")
        return blackboard.find(given, task.column, titles)
    if kind == "moodle":
        return moodle.find(given, task.column)
    raise CourseError(
        f"{given.name}: the first line is of no export known here; if it is Moodle's in another language, "
        "say --kind moodle and --column with the header of the grades"
    )


def _factor(given: Table, place: Layout, report: Report, task: Task) -> Fraction:
    there = layout.number(place.maximum)
    if there is None or there == report.possible:
        return Fraction(1)
    if task.scale and report.possible:
        return there / report.possible
    raise CourseError(
        f"{given.name}: {given.value(0, place.column)!r} is worth {place.maximum} points there, and "
        f"{points(report.possible)} in the rubric; change one of them, or say --scale"
    )


def _pairs(reports: Sequence[Report], matches: Matches) -> Iterator[tuple[Report, Person]]:
    for report in reports:
        for person in matches.rows.get(report.student, ()):
            yield report, person


def _objection(report: Report, person: Person, before: str, place: Layout, task: Task) -> str:
    """Why a cell is not filled; "" where it is."""
    statuses = {outcome.status for mark in report.marks for outcome in mark.outcomes}
    if Status.UNGRADED in statuses:
        return "not graded in part, for a reason of ours; grade again"
    if report.pending and not task.pending:
        return f"{points(report.pending)} points are pending; --pending fills in what is earned so far"
    if person.locked:
        return person.locked
    text = before.strip()
    if text and layout.number(text) is None and not text.startswith(place.open_cells or ("\0",)):
        return f"the export says {text!r} there"
    return ""


def _number(value: Fraction, place: Layout) -> str:
    """Two decimals, with the mark that the export itself writes."""
    written = f"{float(points(value)):.2f}"
    return written.replace(".", ",") if "," in place.maximum else written


def _comments(given: Table, place: Layout) -> int:
    if place.comments < 0:
        raise CourseError(f"{given.name}: there is no column {moodle.COMMENTS!r}; leave --comments out")
    return place.comments


def _named(person: Person, given: Table) -> str:
    return person.name or given.value(person.row, 0) or person.number


def write(done: Filled, task: Task, to: Path | None, feedback: Path | None) -> list[Path]:
    """Write what was filled, never over the export itself; the files written.

    Raises:
        CourseError: `to` is the export, a file cannot be written, or there is no feedback to write.
    """
    target = to or task.export.with_name(f"{task.export.stem}-filled{task.export.suffix}")
    if target.resolve() == task.export.resolve():
        raise CourseError(f"{target} is the export itself, which is kept as it is; choose another --to")
    if feedback and not done.feedback:
        raise CourseError("--feedback is Moodle's zip of pages; here is no page for it")
    written = {target: done.data} | ({feedback: done.feedback} if feedback else {})
    for path, data in written.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise CourseError(f"{path} cannot be written: {error.strerror or error}") from error
    return list(written)
