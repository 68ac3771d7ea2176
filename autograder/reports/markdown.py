"""The report as Markdown, for a build's summary page or a grading site; student text stands in code only.

GitHub refuses a summary above 1 MiB altogether, so checks that would lead beyond `LIMIT` bytes are counted
in place of shown. No HTML but comments, no table in a list, no link: it reads the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.model import Crash, Mark, Outcome, Report, Status, points

from . import clean, words

LIMIT = 800_000  # bytes, leaving room for what stands after the checks


def render(report: Report, limit: int = LIMIT) -> str:
    """The page; checks that would lead beyond `limit` bytes are counted, so it stays below 900 KB."""
    page = _Page(limit)
    page.add("\n".join(_heading(report)))
    first = words.first_told(report)
    for mark in report.marks:
        page.add("\n".join(_criterion(mark)), always=True)
        left_out = 0
        for outcome in mark.outcomes:
            left_out += not page.add("\n".join(check(mark, outcome, report, first)))
        if left_out:
            page.add(
                f"{words.count(left_out, 'more check')} left out here; the full report has them.", always=True
            )
    page.add("\n".join(_footer(report)), always=True)
    return page.text


def checks(report: Report, beginning: str, limit: int) -> str:
    """What there is to say of the checks whose ids begin so, up to `limit` bytes; "" where there are none."""
    page = _Page(limit)
    first = words.first_told(report)
    left_out = 0
    for mark in report.marks:
        for outcome in mark.outcomes:
            if outcome.check.startswith(beginning):
                left_out += not page.add("\n".join(check(mark, outcome, report, first)))
    if left_out:
        page.add(f"{words.count(left_out, 'more check')} left out here.", always=True)
    return page.text.strip()


class _Page:
    """Parts with an empty line between them, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._parts: list[str] = []

    def add(self, part: str, *, always: bool = False) -> bool:
        """Add a part if there is room, or if it is short and stands there `always`; whether it was added."""
        size = len(part.encode("utf-8")) + 2
        if size > self._left and not always:
            return False
        self._left -= size
        self._parts.append(part)
        return True

    @property
    def text(self) -> str:
        return "\n\n".join(self._parts) + "\n"


def _heading(report: Report) -> Iterator[str]:
    yield f"# {clean.prose(words.title(report))}: {words.score(report.earned, report.possible)}"
    yield ""
    who = (report.student, report.path, report.received)
    yield " · ".join(clean.inline(one) for one in who if one)
    for sentence in (words.late(report), words.pending(report)):
        if sentence:
            yield ""
            yield sentence
    if report.objections:
        yield ""
        fatal = any(objection.fatal for objection in report.objections)
        yield "**Your file could not be run.**" if fatal else "**Before anything was run:**"
        yield ""
        for objection in report.objections:
            where = words.place(objection.line, report)
            yield f"- {clean.inline(where) + ': ' if where else ''}{clean.prose(objection.says)}"
    for note in report.notes:
        yield ""
        yield f"Note: {clean.prose(note)}"
    yield ""
    yield "| Criterion | Points |"
    yield "|:--|--:|"
    for mark in report.marks:
        waiting = f", {points(mark.pending)} pending" if mark.pending else ""
        asks = clean.prose(clean.line(mark.criterion.asks), cell=True)
        yield f"| {asks} | {points(mark.earned)} of {points(mark.possible)}{waiting} |"


def _criterion(mark: Mark) -> Iterator[str]:
    yield f"## {clean.prose(clean.line(mark.criterion.asks))}: {words.score(mark.earned, mark.possible)}"
    for sentence in (*words.about(mark), words.hidden(mark)):
        if sentence:
            yield ""
            yield sentence


def check(mark: Mark, outcome: Outcome, report: Report, first: Mapping[object, str]) -> Iterator[str]:
    """The lines on one check; `first` is `words.first_told(report)`."""
    sign, word = words.SIGN[outcome.status], words.WORD[outcome.status]
    worth = f"{points(words.earned(mark, outcome))} of {points(mark.worth(outcome))}"
    yield f"**{sign} {word}** ({worth}) {clean.prose(outcome.says)}"
    note = words.note(report, outcome)
    if timed := words.clock(mark, outcome):
        yield f"\n{clean.prose(timed)}"
    if outcome.curve:
        yield f"\n{clean.prose(words.learning(outcome.curve))}"
    if outcome.status in (Status.FAILED, Status.CRASHED) and note != words.NOT_RUN:
        name, says = words.looks_like(outcome, first)
        if name:
            yield f"\n> **Looks like: {clean.prose(name)}.** {clean.prose(says)}"
        if outcome.mismatch:
            pattern = clean.line(outcome.mismatch.pattern).rstrip(".")
            shape = f" **Pattern:** {clean.prose(pattern)}." if pattern else ""
            yield f"\n{words.different(outcome.mismatch)}{shape}"
        if outcome.crash and first[outcome.crash] != outcome.check:
            yield f"\nThe same crash as in {clean.inline(first[outcome.crash])}."
        else:
            yield from _crash(outcome.crash, report)
            yield from _facts(outcome)
    if note:
        yield f"\n{clean.prose(note)}"
    if look := words.to_look_at(outcome):
        yield "\nFor staff to look at:\n"
        yield from (f"- {clean.prose(one)}" for one in look)
    if outcome.staff_note:
        yield f"\nFor staff: {clean.inline(outcome.staff_note)}"


def _crash(crash: Crash | None, report: Report) -> Iterator[str]:
    if crash is None:
        return
    yield f"\n{clean.inline(words.happened(crash))}"
    where = words.place(crash.line, report)
    if where:
        yield f"\n{clean.inline(where)}"
        if crash.code:
            yield f"\n{clean.fence(crash.code, 'python')}"
    if crash.advice:
        yield f"\n{clean.prose(crash.advice)}"


def _facts(outcome: Outcome) -> Iterator[str]:
    yield f"\n- check: {clean.inline(outcome.check)}"
    for label, value in words.facts(outcome.mismatch) if outcome.mismatch else ():
        yield f"- {label}: {clean.inline(value)}"
    for warning in outcome.warnings:
        yield f"- warning: {clean.inline(warning)}"
    if outcome.inputs:
        yield "\nAsked with:\n"
        yield clean.fence("\n".join(f"{name} = {value}" for name, value in outcome.inputs))
    if printed := outcome.printed.rstrip("\n"):
        yield "\nYour code printed:\n"
        yield clean.fence(printed)


def _footer(report: Report) -> Iterator[str]:
    yield "## How it was graded"
    yield ""
    for label, value in words.footer(report):
        yield f"- {clean.prose(label)}: {clean.inline(value)}"
