"""The class on a terminal: one line for each submission."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from autograder.model import Report, points

from . import clean, tally, terminal, words

BAR = 20  # columns of a student's bar
LEADERS = 5  # misconceptions that are named below the table


def render(reports: Sequence[Report], width: int = 100, colour: bool = False) -> str:
    """A table of the class, at most `width` columns wide, and the misconceptions most often met."""
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    table.add_row(*(Text(heading, "dim") for heading in ("Student", "Assignment", "", "Points", "State")))
    for report in reports:
        table.add_row(
            Text(clean.line(report.student, 60), "bold"),
            Text(clean.line(report.assignment, 60)),
            terminal.bar(report.earned, report.pending, report.possible, BAR),
            Text(f"{points(report.earned)} of {points(report.possible)}"),
            Text(words.state(report)),
        )
    parts: list[RenderableType] = [terminal.Margin(table)]
    board = [
        Text(f"{one.students} of {one.of}: {spread.assignment}.{one.name} — {one.says}")
        for spread in tally.spreads(reports)
        for one in spread.believed[:LEADERS]
    ]
    if board:
        parts.append(terminal.Margin(terminal.below("Misconceptions", board)))
    return terminal.to_text(parts, width, colour=colour)
