"""The report on a terminal: every verdict a sign and a word, every line behind a margin.

The margin is more than looks: no line begins with a student's text, so that none can pose as a command to
a build server or as a verdict of ours. Text from outside is never rich's markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from autograder.model import Crash, Mark, Outcome, Report, Status, points

from . import clean, words

STYLE: Mapping[Status, str] = {
    Status.PASSED: "green",
    Status.FAILED: "red",
    Status.CRASHED: "bold red",
    Status.SKIPPED: "dim",
    Status.PENDING: "yellow",
    Status.UNGRADED: "magenta",
}
BAR = 40  # columns of the bar in the heading
NARROWEST = 40


def render(report: Report, width: int = 100, colour: bool = True) -> str:
    """The report as text, at most `width` columns wide (at least 40), with ANSI colours where `colour`."""
    first = words.first_told(report)
    parts: list[RenderableType] = [Margin(_heading(report))]
    if report.objections:
        parts.append(Margin(_objections(report)))
    parts.extend(Margin(_criterion(mark, report, first)) for mark in report.marks)
    if report.notes:
        parts.append(Margin(_notes(report)))
    parts.append(Margin(_footer(report)))
    return to_text(parts, width, colour=colour)


def to_text(parts: Iterable[RenderableType], width: int, *, colour: bool) -> str:
    """Draw renderables, an empty line after each; nothing of the machine's settings has a say."""
    console = Console(
        file=io.StringIO(),
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as drawn:
        for part in parts:
            console.print(part)
            console.print()
    return "\n".join(line.rstrip() for line in drawn.get().split("\n")).rstrip("\n") + "\n"


def bar(earned: Fraction, pending: Fraction, possible: Fraction, width: int) -> Text:
    """A bar in three shades, readable without colour: earned, pending, the rest."""
    full = round(width * earned / possible) if possible else 0
    waiting = min(width - full, round(width * pending / possible)) if possible else 0
    text = Text("█" * full, "green")
    text.append("▒" * waiting, "yellow")
    text.append("░" * (width - full - waiting), "dim")
    return text


def below(heading: str, said: Iterable[Text]) -> RenderableType:
    """Sentences, indented below a heading."""
    return Group(Text(heading, "bold"), *(Padding(one, (0, 0, 0, 2)) for one in said))


@dataclass(frozen=True, slots=True)
class Margin:
    """A renderable behind a rule that runs down its left side."""

    inside: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self.inside, options.update_width(options.max_width - 2), pad=False)
        for number, line in enumerate(lines):
            yield Segment("╭ " if number == 0 else "│ ", Style(dim=True))
            yield from line
            yield Segment.line()


def _heading(report: Report) -> RenderableType:
    possible, earned = report.possible, report.earned
    rows: list[RenderableType] = [
        _split(Text(words.title(report), "bold"), Text(words.score(earned, possible), "bold")),
        bar(earned, report.pending, possible, BAR),
    ]
    who = (report.student, report.path, f"received {report.received}" if report.received else "")
    rows.append(Text(" · ".join(clean.line(one) for one in who if one), "dim"))
    rows.extend(_said(sentence) for sentence in (words.late(report), words.pending(report)) if sentence)
    return Group(*rows)


def _objections(report: Report) -> RenderableType:
    fatal = any(objection.fatal for objection in report.objections)
    said = []
    for objection in report.objections:
        where = words.place(objection.line, report)
        said.append(_said(f"{where}: {objection.says}" if where else objection.says))
    return below("Your file could not be run" if fatal else "Before anything was run", said)


def _notes(report: Report) -> RenderableType:
    return below("While reading your file", map(_said, report.notes))


def _criterion(mark: Mark, report: Report, first: Mapping[object, str]) -> RenderableType:
    asks = Text(clean.line(mark.criterion.asks, words.SENTENCE), "bold")
    rows: list[RenderableType] = [_split(asks, Text(words.score(mark.earned, mark.possible), "bold"))]
    rows.extend(Text(sentence, "dim") for sentence in (*words.about(mark), words.hidden(mark)) if sentence)
    if words.nothing_to_tell(mark):
        rows.append(_check(mark, mark.outcomes, f"All {len(mark.outcomes)} checks."))
        return Group(*rows)
    for (_, above), run in groupby(
        mark.outcomes, lambda one: (one.status, words.told_above(report, one, first))
    ):
        alike = tuple(run)
        if above and len(alike) > 1:
            rows.append(_check(mark, alike, f"{len(alike)} checks. {above}"))
            continue
        for outcome in alike:
            rows.append(_check(mark, (outcome,), words.asks(mark, outcome)))
            rows.extend(Padding(part, (0, 0, 0, 4)) for part in _details(mark, outcome, report, first))
    return Group(*rows)


def _check(mark: Mark, alike: Sequence[Outcome], says: str) -> RenderableType:
    """A row for a check, or for several with one verdict."""
    status = alike[0].status
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(no_wrap=True, width=12)
    row.add_column(ratio=1, overflow="fold")
    row.add_column(no_wrap=True, justify="right")
    verdict = Text(f"{words.SIGN[status]} {words.WORD[status]}", STYLE[status])
    earned = sum((words.earned(mark, one) for one in alike), Fraction(0))
    worth = sum((mark.worth(one) for one in alike), Fraction(0))
    row.add_row(verdict, _said(says), Text(f"{points(earned)} of {points(worth)}", "dim"))
    return row


def _details(
    mark: Mark, outcome: Outcome, report: Report, first: Mapping[object, str]
) -> Iterator[RenderableType]:
    note, rows = words.note(report, outcome), []
    if timed := words.clock(mark, outcome):
        yield _said(timed)
    if outcome.curve:
        yield _said(words.learning(outcome.curve))
    if outcome.status in (Status.FAILED, Status.CRASHED) and note != words.NOT_RUN:
        name, says = words.looks_like(outcome, first)
        again = words.explained_above(outcome, first)
        if name:
            yield Group(Text(f"Looks like: {name}", "bold yellow"), Padding(_said(says), (0, 0, 0, 2)))
        if outcome.mismatch and not again:
            yield _said(words.different(outcome.mismatch))
        rows.append(("check", clean.line(outcome.check)))
        if outcome.crash and first[outcome.crash] != outcome.check:
            yield Text(words.told_above(report, outcome, first))
        elif outcome.mismatch and again:
            rows.extend(words.facts(outcome.mismatch)[:3])  # where, got and expected; the rest is told above
        else:
            if outcome.crash:
                yield from _crash(outcome.crash, report)
            rows.extend(_facts(outcome, report))
    if outcome.timing and report.edition == "staff":
        rows.extend(words.clock_facts(outcome.timing))
    rows.extend(("to look at", one) for one in words.to_look_at(outcome))
    if outcome.staff_note:
        rows.append(("for staff", clean.block(outcome.staff_note, 500, 5)))
    if rows:
        yield _rows(rows)
    if note:
        yield _said(note)


def _facts(outcome: Outcome, report: Report) -> Iterator[tuple[str, str]]:
    if outcome.mismatch:
        yield from words.facts(outcome.mismatch)
        if outcome.mismatch.pattern:
            yield "pattern", clean.line(outcome.mismatch.pattern)
        if report.edition == "staff":
            yield "draw", str(outcome.mismatch.draw + 1)
    for name, value in words.inputs(outcome):
        yield f"with {clean.line(name)}", clean.block(value, 500, 8)
    for warning in outcome.warnings:
        yield "warning", clean.line(warning)
    if printed := outcome.printed.rstrip("\n"):
        yield "printed", clean.block(printed, 1000, 12)


def _crash(crash: Crash, report: Report) -> Iterator[RenderableType]:
    yield _said(words.happened(crash))
    where = words.place(crash.line, report)
    if where:
        yield Text(f"{where} │ {clean.line(crash.code)}" if crash.code else where, "cyan")
    if crash.advice:
        yield _said(crash.advice)


def _footer(report: Report) -> RenderableType:
    edition = "staff edition" if report.edition == "staff" else "student's edition"
    return Group(Text(f"How it was graded ({edition})", "dim"), _rows(words.footer(report)))


def _rows(rows: Iterable[tuple[str, str]]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=24, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for label, value in rows:
        grid.add_row(Text(label, "dim"), Text(value))
    return grid


def _split(left: Text, right: Text) -> RenderableType:
    row = Table.grid(padding=(0, 2), expand=True)
    row.add_column(ratio=1, overflow="fold")
    row.add_column(no_wrap=True, justify="right")
    row.add_row(left, right)
    return row


def _said(sentence: str) -> Text:
    text = Text()
    for part, code in clean.pieces(sentence):
        text.append(f"`{part}`" if code else part, "cyan" if code else None)
    return text
