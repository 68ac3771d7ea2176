"""Where in a student's own file something went wrong, for platforms that point at a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from autograder.model import Mark, Objection, Outcome, Report, Status
from autograder.reports import clean, words


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to point at. `line` is 0 where no line of the file is known, as in a notebook."""

    report: Report
    lost: Fraction
    says: str  # what should hold
    why: tuple[str, ...]  # what is known of the reason, clean sentences
    check: str = ""
    misconception: str = ""
    crashed: bool = False
    line: int = 0
    place: str = ""  # the line in the student's terms


def troubles(report: Report) -> list[Trouble]:
    """What cost points in one report, the most expensive first; whatever stops the whole file before it."""
    fatal = [one for one in report.objections if one.fatal]
    if fatal:
        lost = report.possible - report.pending
        return [_objection(report, one, lost) for one in fatal]
    found = [
        _outcome(report, mark, outcome)
        for mark in report.marks
        for outcome in mark.outcomes
        if words.lost(mark, outcome)
    ]
    return sorted(found, key=lambda one: -one.lost)  # a stable sort: of the same price, the first first


def prefix(path: Path) -> str:
    """What stands before the path of a file that was found in `path`, seen from the top of its repository.

    >>> prefix(Path("/nowhere/at/all"))
    ''
    """
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    for top in (folder, *folder.parents):
        if (top / ".git").exists():
            below = folder.relative_to(top).as_posix()
            return "" if below == "." else f"{below}/"
    here = Path.cwd()
    return f"{folder.relative_to(here).as_posix()}/" if folder != here and folder.is_relative_to(here) else ""


def _objection(report: Report, one: Objection, lost: Fraction) -> Trouble:
    line, place = _line(one.line or 0, report)
    return Trouble(
        report, lost, clean.line(one.says, words.SENTENCE), (), crashed=True, line=line, place=place
    )


def _outcome(report: Report, mark: Mark, outcome: Outcome) -> Trouble:
    name, says = words.looks_like(outcome)
    why = [f"Looks like: {name}. {says}"] if name else []
    if outcome.mismatch:
        why += [words.different(outcome.mismatch), clean.line(outcome.mismatch.pattern)]
        why += [f"{label}: {value}" for label, value in words.facts(outcome.mismatch)]
    crash = outcome.crash
    if crash:
        why += [words.happened(crash), clean.line(crash.advice, words.SENTENCE)]
    why += [words.note(report, outcome), words.hidden(mark)]
    line, place = _line(crash.line if crash and crash.line else _definition(report, outcome.check), report)
    return Trouble(
        report,
        mark.worth(outcome) - words.earned(mark, outcome),
        clean.line(outcome.says, words.SENTENCE),
        tuple(filter(None, why)),
        clean.line(outcome.check),
        clean.line(outcome.misconception.name) if outcome.misconception else "",
        outcome.status is Status.CRASHED,
        line,
        place,
    )


def _line(line: int, report: Report) -> tuple[int, str]:
    """The line of the file, and as the student calls it. Lines of a notebook's file are nobody's."""
    return (0 if report.line_names else line), words.place(line, report)


def _definition(report: Report, check: str) -> int:
    """The line in which the function of a check is defined: of several the last, as Python has it."""
    function = check.partition(".")[0]
    found = 0
    for number, text in _definitions(report.source):
        found = number if text == function else found
    return found


def _definitions(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(clean.source_lines(source), 1):
        start = re.match(r"(?:async[ \t]+def|def|class)[ \t]+(\w+)", line)
        if start:
            yield number, start[1]
