"""The class as one HTML page, for staff: points, distributions, pass rates, misconceptions, crashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from autograder.model import Report, Submission

from . import clean, html, tally, words

HEIGHT = 90  # of the highest bar of a histogram, in the picture's own units
STEP = 50  # from bar to bar


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the table of the class."""

    student: str
    assignment: str
    href: str
    report: Report
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a histogram."""

    x: int
    y: float
    height: float
    count: int
    label: str


def render(
    reports: Sequence[Report],
    links: Mapping[tuple[str, str], str],
    left_out: Sequence[Submission] = (),
) -> str:
    """The page; `links` leads from (student, assignment) to that report, relative to the page.

    `left_out` are submissions of which nobody can say what they are meant to be: they have no report.
    """
    spreads = tally.spreads(reports)
    rows = [
        Row(
            clean.line(report.student),
            words.title(report),
            _relative(links.get((report.student, report.assignment), "")),
            report,
            words.state(report),
        )
        for report in reports
    ]
    return (
        html.environment()
        .get_template("class.html.j2")
        .render(
            rows=rows,
            submissions=words.count(len(reports), "submission"),
            students=words.count(len({report.student for report in reports}), "student"),
            spreads=[(spread, histogram(spread.bins)) for spread in spreads],
            crashes=tally.crashes(reports),
            reasons=tally.unjudged(reports),
            left_out=[(clean.line(one.student), clean.line(one.unreadable, 500)) for one in left_out],
        )
    )


def histogram(bins: Sequence[int]) -> tuple[Bar, ...]:
    """Bars for the students in each tenth of the points."""
    most = max(bins, default=0)
    bars = []
    for index, count in enumerate(bins):
        height = HEIGHT * count / most if most else 0.0
        label = f"{100 * index // len(bins)}–{100 * (index + 1) // len(bins)}"
        bars.append(Bar(STEP * index + 4, round(HEIGHT + 16 - height, 1), round(height, 1), count, label))
    return tuple(bars)


def _relative(link: str) -> str:
    """The link where it stays beside this page; a link to elsewhere is none of ours."""
    parts = urlsplit(link)
    return "" if parts.scheme or parts.netloc or link.startswith("/") else link
