"""An audit on the terminal: for each check how far right and wrong lie apart, then what failed."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from autograder.audit.model import AssignmentAudit, AuditReport, Margin

LEGEND = (
    "allowed: relative and absolute error; right use: how much of it the right answers need; nearest wrong: "
    "how many times as much the nearest wrong answer is off; margin: powers of ten to the nearer of the two."
)
LEAST_WIDTH = 40
WIDE = 90  # columns from which on the names of checks are not broken
FEW = 1e-4  # below it a share is shown as "under 0.01 %"
MANY = 1e4  # beyond it a multiple is shown as a power of ten
FEW_TIMES = 10  # below it with a decimal


def render(report: AuditReport, width: int = 100) -> str:
    """The audit as plain text, `width` columns wide: a table for each assignment, then the failures."""
    from rich.console import Console  # noqa: PLC0415 - loaded only where something is printed

    page = io.StringIO()
    console = Console(
        file=page,
        width=max(width, LEAST_WIDTH),
        no_color=True,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=False,
    )
    for assignment in report.assignments:
        _assignment(console, assignment)
    if any(assignment.margins for assignment in report.assignments):
        console.print(LEGEND, end="\n\n")
    if report.warnings:
        _listed(console, "Worth a look:", report.warnings)
    if report.failures:
        _listed(console, "Failures:", report.failures)
    console.print(_verdict(report))
    lines = (line.rstrip() for line in page.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def _assignment(console: Console, assignment: AssignmentAudit) -> None:
    console.print(f"{assignment.name}: {assignment.title}" if assignment.title else assignment.name)
    if assignment.title:
        console.print(
            f"{_count(assignment.functions, 'function')}, {_count(assignment.checks, 'check')}, "
            f"{_count(assignment.misconceptions, 'misconception')}, "
            f"{_count(assignment.alternatives, 'alternative')}; "
            f"the reference earns {assignment.reference}, the stub {assignment.stub}"
        )
    if assignment.mutation:
        console.print(assignment.mutation)
    if assignment.margins:
        console.print(_table(assignment.margins, wide=console.width >= WIDE))
    console.print()


def _table(margins: tuple[Margin, ...], *, wide: bool) -> Table:
    from rich import box  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("check", overflow="fold", no_wrap=wide)
    table.add_column("draws", justify="right")
    table.add_column("allowed")
    table.add_column("right use", justify="right")
    table.add_column("nearest wrong", overflow="fold")
    table.add_column("margin", justify="right")
    function = ""
    for margin in margins:
        of, _, name = margin.check.partition(".")
        if of != function:
            function = of
            table.add_row(f"{function}:", "", "", "", "", "")
        table.add_row(
            f"  {name}",
            str(margin.draws),
            margin.allowance,
            _share(margin.spread),
            _wrong(margin),
            _decades(margin),
        )
    return table


def _share(spread: float) -> str:
    if spread == 0:
        return "nothing"
    if spread < FEW:
        return f"under {FEW:.2%}"
    return "fails" if spread > 1 else f"{spread:.2%}"


def _wrong(margin: Margin) -> str:
    if not margin.caught:
        return "no misconception fails"
    if margin.nearest == math.inf:
        return "beyond measure"
    return f"{_times(margin.nearest)}× {margin.wrong}"


def _times(nearest: float) -> str:
    if nearest >= MANY:
        return f"{nearest:.0e}".replace("e+0", "e")
    return f"{nearest:.0f}" if nearest >= FEW_TIMES else f"{nearest:.2g}"


def _decades(margin: Margin) -> str:
    return "" if math.isinf(margin.decades) else f"{margin.decades:.1f}"


def _listed(console: Console, heading: str, sentences: tuple[str, ...]) -> None:
    console.print(heading)
    for sentence in sentences:
        console.print(f"- {sentence}", soft_wrap=True)  # file:line stays whole, to be clicked on
    console.print()


def _verdict(report: AuditReport) -> str:
    proved = (
        f"{_count(len(report.assignments), 'assignment')}, {_count(report.seeds, 'seed')}, {report.isolation}"
    )
    if report.failures:
        return f"{_count(len(report.failures), 'failure')} ({proved})."
    left = "" if report.isolation != "no jail" else ", except what needs a jail"
    return f"Everything is proved{left} ({proved})."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
