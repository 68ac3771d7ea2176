"""What GitHub Actions shows of a grading run: annotations, a summary, outputs; each a text to be written.

GitHub shows ten annotations of a kind for each step, refuses a summary above 1 MiB altogether, and takes any
line of the log that looks like a command of its own for one. So the ten most expensive troubles are pointed
at, the summary stays below 900 KB, and what students or their code wrote stands between `fence` lines.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from fractions import Fraction

from autograder.model import Report, points
from autograder.reports import clean, markdown, words

from .places import Trouble, troubles

ANNOTATIONS = 10  # of one kind that GitHub shows for a step
MESSAGE, TITLE = 2000, 120  # characters
SUMMARY = 900_000  # bytes


def fence() -> tuple[str, str]:
    """Two lines between which GitHub looks for no command; nobody can guess the word that ends it."""
    token = secrets.token_hex(16)
    return f"::stop-commands::{token}", f"::{token}::"


def pointers(reports: Sequence[Report], prefix: str = "") -> list[str]:
    """A command for each of the most expensive troubles, and one that says the totals.

    `prefix` is the folder of the files, seen from the top of their repository.
    """
    found = sorted((one for report in reports for one in troubles(report)), key=lambda one: -one.lost)
    lines = [_annotation(one, prefix) for one in found[:ANNOTATIONS]]
    return [*lines, *_totals(reports, len(found) - len(lines))]


def fault(message: str) -> str:
    """The command that shows an error of ours, or of what was given."""
    return f"::error title=Not graded::{_data(clean.line(message, MESSAGE))}"


def summary(reports: Sequence[Report], limit: int = SUMMARY) -> str:
    """The page of a job, in Markdown, at most `limit` bytes."""
    share = max(0, min(markdown.LIMIT, (limit - 100_000) // max(1, len(reports))))
    pages = [markdown.render(report, share) for report in reports]
    table = "\n".join(_table(reports)) + "\n"
    text = "\n".join([table, *pages] if len(pages) > 1 else pages)
    if len(text.encode()) <= limit:
        return text
    return table if len(table.encode()) <= limit else "Too many reports for this page; the log has them.\n"


def outputs(reports: Sequence[Report]) -> str:
    """Lines `name=value` for later steps; all values are numbers or JSON of ours in one line."""
    earned, possible, pending = _sum(reports)
    judged = possible - pending
    values = {
        "earned": points(earned),
        "possible": points(possible),
        "pending": points(pending),
        "percent": points(100 * earned / judged if judged else Fraction(0)),
        "complete": json.dumps(all(report.complete for report in reports)),
        "assignments": json.dumps(
            {r.assignment: [float(points(r.earned)), float(points(r.possible))] for r in reports}
        ),
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _annotation(one: Trouble, prefix: str) -> str:
    path = f"{prefix}{clean.line(one.report.path)}" if one.report.path else ""
    title = f"{points(one.lost)} {'point' if one.lost == 1 else 'points'} lost: {one.check or 'all of it'}"
    where = f"{one.place}: " if one.place and not one.line else ""
    told = "\n".join((where + one.says, *one.why))
    properties = {
        "file": path,
        "line": str(one.line) if path and one.line else "",
        "title": _short(title, TITLE),
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::error {given}::{_data(_short(told, MESSAGE))}"


def _totals(reports: Sequence[Report], more: int) -> Iterator[str]:
    if not reports:
        return
    told = [
        f"{clean.line(report.assignment)}: {words.score(report.earned, report.possible)}"
        + (f", {points(report.pending)} pending" if report.pending else "")
        for report in reports
    ]
    if more:
        told.append(f"{words.count(more, 'more check')} lost points; the summary has them.")
    message = _short("\n".join(told), MESSAGE)
    yield f"::notice title=Graded::{_data(message)}"


def _table(reports: Sequence[Report]) -> Iterator[str]:
    yield "| Assignment | Points |"
    yield "|:--|--:|"
    for report in reports:
        title = clean.prose(words.title(report), cell=True)
        yield f"| {title} | {words.score(report.earned, report.possible)} |"


def _sum(reports: Sequence[Report]) -> tuple[Fraction, Fraction, Fraction]:
    none = Fraction(0)
    return (
        sum((report.earned for report in reports), none),
        sum((report.possible for report in reports), none),
        sum((report.pending for report in reports), none),
    )


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
