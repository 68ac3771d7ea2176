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
    """The misconceptions most often met, and a table of the class, at most `width` columns wide."""
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
    leaders = sorted(
        ((one, spread.assignment) for spread in tally.spreads(reports) for one in spread.believed),
        key=lambda pair: -pair[0].students,
    )
    board = [
        Text(f"{one.students} of {one.of}  {assignment}.{one.name}", no_wrap=True, overflow="ellipsis")
        for one, assignment in leaders[:LEADERS]
    ]
    parts: list[RenderableType] = []
    if board:
        parts.append(terminal.Margin(terminal.below("Misconceptions most often met", board)))
    parts.append(terminal.Margin(table))
    return terminal.to_text(parts, width, colour=colour)
