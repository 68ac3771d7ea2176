"""The report as one HTML page: no script, nothing from elsewhere, readable without colour and on paper.

The template decides nothing: what it shows is put together here, clean, and Jinja escapes every value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from autograder.model import Crash, Mark, Outcome, Report, Shown, Status, points

from . import band_picture, clean, curve_picture, heat, words

SOURCE = 200_000  # characters of a student's code that a page shows
SOURCE_ROWS = 4000
NAMED_LINE = re.compile(r"(.+), line (\d+)")  # a line of a notebook: "cell 4, line 2"


@dataclass(frozen=True, slots=True)
class CrashView:
    """A crash on a page: what happened, where (with a link into the code), and what to try."""

    sentence: str
    place: str
    href: str
    code: str
    advice: str
    same_as: str  # the check that tells it already, and a link to that one; "" where it is told here
    same_href: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check on a page, every text of it clean."""

    anchor: str
    status: Status
    unfolded: bool
    id: str
    says: str
    points: str
    seconds: str
    misconception: tuple[str, str]
    different: str
    facts: Sequence[tuple[str, str]]
    pattern: str
    heat: heat.Picture | None
    crash: CrashView | None
    inputs: Sequence[tuple[str, str]]
    warnings: Sequence[str]
    printed: str
    note: str
    staff_note: str
    timed: str
    bands: band_picture.Picture | None
    clock: Sequence[tuple[str, str]]
    learning: str
    curve: curve_picture.Picture | None
    look: Sequence[str]
    begins: int | None  # the line on which the student's function begins


@dataclass(frozen=True, slots=True)
class MarkView:
    """A criterion on a page."""

    anchor: str
    mark: Mark
    asks: str
    about: Sequence[str]
    hidden: str
    levels: Sequence[tuple[str, str]]
    guidance: str
    checks: Sequence[CheckView]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the student's code; `opens` is the heading of the notebook cell that begins here."""

    number: int
    label: str
    opens: str
    code: str
    remarks: Sequence[tuple[str, str]]  # (what happened here, link to it)


def render(report: Report) -> str:
    """The page, complete in itself."""
    marks = _marks(report)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            marks=marks,
            lines=_lines(report, marks),
            student=clean.line(report.student),
            objections=[
                (words.place(objection.line, report), _href(objection.line, report), objection.says)
                for objection in report.objections
            ],
            stopped=any(objection.fatal for objection in report.objections),
        )
    )


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of this folder, every value escaped, an unknown name an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals.update(words=words, clean=clean, points=points, percent=percent)
    return made


def percent(part: float, whole: float) -> str:
    """A share for a bar, such as "32.14%"; of nothing, "0%"."""
    return f"{100 * float(part) / float(whole):.4g}%" if whole else "0%"


def _marks(report: Report) -> list[MarkView]:
    first: dict[Crash, tuple[str, str]] = {}
    named = words.first_told(report)
    found = []
    for number, mark in enumerate(report.marks, 1):
        checks = []
        for index, outcome in enumerate(mark.outcomes, 1):
            anchor = f"c{number}-{index}"
            told = first.setdefault(outcome.crash, (outcome.check, anchor)) if outcome.crash else None
            checks.append(_check(anchor, mark, outcome, report, told, named))
        found.append(
            MarkView(
                f"c{number}",
                mark,
                clean.line(mark.criterion.asks, words.SENTENCE),
                [sentence for sentence in words.about(mark) if sentence],
                words.hidden(mark),
                [(clean.line(k), clean.line(v, words.SENTENCE)) for k, v in mark.criterion.levels.items()],
                clean.block(mark.criterion.guidance),
                checks,
            )
        )
    return found


def _check(
    anchor: str,
    mark: Mark,
    outcome: Outcome,
    report: Report,
    told: tuple[str, str] | None,
    named: Mapping[object, str],
) -> CheckView:
    mismatch, note = outcome.mismatch, words.note(report, outcome)
    timing, curve = outcome.timing, outcome.curve
    reason = mismatch or outcome.crash or outcome.misconception or note or timing or curve
    told_here = bool(reason) and note != words.NOT_RUN
    summed = mark.hidden and mark.criterion.shown is Shown.NEVER  # an outcome of the edition, not a check
    facts = list(words.facts(mismatch)) if mismatch else []
    if mismatch and report.edition == "staff":
        facts.append(("draw", str(mismatch.draw + 1)))
    return CheckView(
        anchor=anchor,
        status=outcome.status,
        unfolded=(words.lost(mark, outcome) and told_here) or bool(outcome.review),
        id="" if summed else clean.line(outcome.check),
        says=clean.line(words.asks(mark, outcome), words.SENTENCE),
        points=f"{points(words.earned(mark, outcome))} of {points(mark.worth(outcome))}",
        seconds=words.duration(outcome.seconds),
        misconception=words.looks_like(outcome, named),
        different=words.different(mismatch) if mismatch else "",
        facts=facts,
        pattern=clean.line(mismatch.pattern).rstrip(".") if mismatch else "",
        heat=heat.picture(mismatch) if mismatch else None,
        crash=_crash(outcome.crash, anchor, report, told) if outcome.crash and told else None,
        inputs=[(clean.line(name), clean.block(value)) for name, value in words.inputs(outcome)],
        warnings=[clean.line(warning) for warning in outcome.warnings],
        printed=clean.block(outcome.printed.rstrip("\n")),
        note=note,
        staff_note=clean.block(outcome.staff_note),
        timed=words.clock(mark, outcome),
        bands=band_picture.picture(timing) if timing else None,
        clock=list(words.clock_facts(timing)) if timing else [],
        learning=words.learning(curve) if curve else "",
        curve=curve_picture.picture(curve) if curve else None,
        look=words.to_look_at(outcome),
        begins=_begins(outcome.check, report.source) if words.lost(mark, outcome) else None,
    )


def _crash(crash: Crash, anchor: str, report: Report, told: tuple[str, str]) -> CrashView:
    check, told_at = told
    again = told_at != anchor
    return CrashView(
        words.happened(crash),
        words.place(crash.line, report),
        _href(crash.line, report),
        clean.line(crash.code),
        clean.line(crash.advice, words.SENTENCE),
        clean.line(check) if again else "",
        f"#{told_at}" if again else "",
    )


def _begins(check: str, source: str) -> int | None:
    function = check.partition(".")[0]
    found = re.search(
        rf"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+{re.escape(function)}\b", source, re.MULTILINE
    )
    return len(clean.source_lines(source[: found.end()])) if found and function.isidentifier() else None


def _href(line: int | None, report: Report) -> str:
    """A link to a line of the code, where the page shows it."""
    shown = min(len(clean.source_lines(report.source[:SOURCE])), SOURCE_ROWS)
    return f"#L{line}" if line and 0 < line <= shown else ""


def _lines(report: Report, marks: Sequence[MarkView]) -> list[LineView]:
    remarks = _remarks(report, marks)
    found: list[LineView] = []
    cell = ""
    for number, code in enumerate(clean.source_lines(report.source[:SOURCE])[:SOURCE_ROWS], 1):
        name = words.place(number, report)
        named = NAMED_LINE.fullmatch(name) if number <= len(report.line_names) else None
        opens = named[1] if named and named[1] != cell else ""
        cell = named[1] if named else cell
        label = named[2] if named else (name if number <= len(report.line_names) else str(number))
        shown = clean.block(code, 1000, 1)
        found.append(LineView(number, label, opens, shown, remarks.get(number, ())))
    if len(report.source) > SOURCE or len(clean.source_lines(report.source)) > SOURCE_ROWS:
        found.append(LineView(len(found) + 1, "", "", clean.CUT, ()))
    return found


def _remarks(report: Report, marks: Sequence[MarkView]) -> Mapping[int, list[tuple[str, str]]]:
    remarks: dict[int, list[tuple[str, str]]] = {}
    for objection in report.objections:
        if objection.line:
            remarks.setdefault(objection.line, []).append(("Objection", "#objections"))
    for view in marks:
        for check, outcome in zip(view.checks, view.mark.outcomes, strict=True):
            if outcome.crash and outcome.crash.line and check.crash and not check.crash.same_as:
                remarks.setdefault(outcome.crash.line, []).append(
                    (f"Crashed here in {check.id}", f"#{check.anchor}")
                )
    return remarks
