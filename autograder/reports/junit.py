"""The report as JUnit XML, for build servers: a suite for the assignment, a test case for each check.

Points have no place in the format, so a case passes only with all its points, and its properties hold
`earned`, `possible` and `misconception`. Lost points are a failure, our fault an error, and what nobody
judged yet is skipped. What went wrong stands in the body of these elements, which every reader shows, and
its first sentence in the `message` attribute. Names are unique within a class name: some readers keep only
the first of two alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from junitparser import Error, Failure, JUnitXml, Properties, Property, Skipped, TestCase, TestSuite

from autograder.model import Mark, Outcome, Report, Status, points

from . import clean, words

BODY = 8000  # characters of one element


def render(report: Report) -> str:
    """The document, with its XML declaration; every character one that XML 1.0 may hold."""
    suite = TestSuite(_text(report.assignment))
    if report.made:
        suite.timestamp = _text(report.made)
    for name, value in (
        ("student", report.student),
        ("earned", points(report.earned)),
        ("possible", points(report.possible)),
        ("pending", points(report.pending)),
        *words.footer(report),
    ):
        suite.add_property(_text(name), _text(value))
    taken: set[tuple[str, str]] = set()
    suite.add_testcases([case for mark in report.marks for case in _cases(mark, report, taken)])
    document = JUnitXml()
    document.add_testsuite(suite)
    document.update_statistics()  # type: ignore[no-untyped-call]  # junitparser is typed in part
    written = document.tostring()  # type: ignore[no-untyped-call]  # junitparser is typed in part
    return (written.decode("utf-8") if isinstance(written, bytes) else written).rstrip() + "\n"


def _cases(mark: Mark, report: Report, taken: set[tuple[str, str]]) -> Iterator[TestCase]:
    group = _text(f"{report.assignment}.{mark.criterion.id}")
    if mark.criterion.by == "hand":
        case = _case(group, "by hand", mark.earned, mark.possible, taken)
        if mark.hand is None:
            case.result = Skipped(_text(words.hand(mark)))
        elif mark.earned < mark.possible:
            case.result = _result(Failure, [words.score(mark.earned, mark.possible), words.hand(mark)])
        yield case
        return
    for outcome in mark.outcomes:
        case = _case(group, outcome.check, words.earned(mark, outcome), mark.worth(outcome), taken)
        case.time = max(0.0, outcome.seconds)
        if outcome.misconception:
            _property(case, "misconception", outcome.misconception.name)
        told = list(_told(mark, outcome, report))
        if words.lost(mark, outcome):
            case.result = _result(Failure, told)
        elif outcome.status is Status.UNGRADED:
            case.result = _result(Error, told)
        elif outcome.status is not Status.PASSED:
            case.result = _result(Skipped, [_waits(mark, outcome), *told])
        yield case
    if not mark.outcomes:
        case = _case(group, "not run", mark.earned, mark.possible, taken)
        case.result = _result(Failure, list(words.about(mark)))
        yield case


def _case(
    group: str, name: str, earned: Fraction, possible: Fraction, taken: set[tuple[str, str]]
) -> TestCase:
    base = unique = _text(name)
    number = 2
    while (group, unique) in taken:
        unique, number = f"{base} ({number})", number + 1
    taken.add((group, unique))
    case = TestCase(unique, group)
    _property(case, "earned", points(earned))
    _property(case, "possible", points(possible))
    return case


def _property(case: TestCase, name: str, value: str) -> None:
    properties = case.child(Properties)  # type: ignore[no-untyped-call]  # junitparser is typed in part
    if properties is None:
        properties = Properties()  # type: ignore[no-untyped-call]  # junitparser is typed in part
        case.append(properties)  # type: ignore[no-untyped-call]  # junitparser is typed in part
    properties.add_property(Property(name, _text(value)))


def _result(kind: type[Failure | Error | Skipped], told: list[str]) -> Failure | Error | Skipped:
    sentences = [sentence for sentence in told if sentence]
    result: Failure | Error | Skipped = kind(_text(sentences[0] if sentences else ""))
    result.text = clean.xml("\n".join(sentences)[:BODY])
    return result


def _waits(mark: Mark, outcome: Outcome) -> str:
    """Why a timed check waits: "GPU check not run: no GPU here"; "" where it was not timed."""
    said = words.clock(mark, outcome) or (outcome.note if outcome.note.startswith(words.NO_GPU) else "")
    return clean.line(said, words.SENTENCE).partition(". ")[0].removesuffix(".")


def _told(mark: Mark, outcome: Outcome, report: Report) -> Iterator[str]:
    yield clean.line(outcome.says, words.SENTENCE)
    yield f"{words.WORD[outcome.status]}, {words.score(words.earned(mark, outcome), mark.worth(outcome))}"
    name, says = words.looks_like(outcome)
    if name:
        yield f"Looks like: {name}. {says}"
    yield words.clock(mark, outcome)
    if outcome.curve:
        yield words.learning(outcome.curve)
    if outcome.mismatch:
        yield words.different(outcome.mismatch)
        yield clean.line(outcome.mismatch.pattern)
        yield from (f"{label}: {value}" for label, value in words.facts(outcome.mismatch))
    if outcome.crash:
        yield words.happened(outcome.crash)
        where = words.place(outcome.crash.line, report)
        if where:
            yield f"{where}: {clean.line(outcome.crash.code)}"
        yield clean.line(outcome.crash.advice, words.SENTENCE)
    yield from (f"with {clean.line(argument)}: {clean.line(value)}" for argument, value in outcome.inputs)
    yield from (f"warning: {clean.line(warning)}" for warning in outcome.warnings)
    yield words.note(report, outcome)
    yield words.hidden(mark)
    yield from (f"to look at: {one}" for one in words.to_look_at(outcome))
    if outcome.staff_note:
        yield f"for staff: {clean.line(outcome.staff_note)}"


def _text(text: str) -> str:
    return clean.xml(clean.line(text))
