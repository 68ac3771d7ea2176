"""What a person decided about work that was waiting for one: `reviews.yaml` in the folder of a class.

    ada:
      cnn_architectures:
        conv2d_layer: {accept: She derived it at the blackboard.}
    bob:
      cnn_architectures:
        conv2d_layer.a_large_picture: {refuse: The layer of the library; he said so himself.}

A function stands for all its checks; a check by its whole name goes before its function. Records stay as they
were graded: a decision is applied whenever reports are made of them, so changing the file changes the marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.course import strict_yaml
from autograder.model import CourseError, Mark, Outcome, Report, Status

FILE = "reviews.yaml"
ACCEPTED = "A person looked at this and accepted it: {why}"
REFUSED = "A person looked at this and did not accept it as your own work: {why}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; `why` is for the student to read."""

    accepted: bool
    why: str


Decisions = Mapping[tuple[str, str, str], Decision]  # (student, assignment, function or check)


def settled(reports: Iterable[Report], place: Path | None) -> list[Report]:
    """The reports with what was decided; `place` is their class folder, or one record in it.

    Raises:
        CourseError: reviews.yaml cannot be read, or speaks of what is not there.
    """
    known = list(reports)
    decisions = _beside(place)
    _join(decisions, known)
    return [settle(report, decisions) for report in known]


def strangers(reports: Sequence[Report], place: Path) -> list[str]:
    """A sentence for each decision in the class folder `place` about somebody who has no report in it.

    Raises:
        CourseError: reviews.yaml cannot be read.
    """
    here = {(report.student, report.assignment) for report in reports}
    said = []
    for student, assignment in dict.fromkeys(where[:2] for where in _beside(place)):
        if (student, assignment) not in here:
            guess = strict_yaml.near(student, [who for who, what in here if what == assignment])
            said.append(f"{FILE}: {student} has no report on {assignment} here{guess}")
    return said


def _beside(place: Path | None) -> Decisions:
    folder = place if place is None or place.is_dir() else place.parent.parent
    return read(folder / FILE) if folder is not None and (folder / FILE).is_file() else {}


def read(path: Path) -> Decisions:
    """The decisions in the file at `path`.

    Raises:
        CourseError: it cannot be read; with file, line and column.
    """
    located = strict_yaml.read(path, path.name)
    decisions: dict[tuple[str, str, str], Decision] = {}
    for student, assignments in _mapping(located, located.value, ()).items():
        for assignment, names in _mapping(located, assignments, (student,)).items():
            for name, said in _mapping(located, names, (student, assignment)).items():
                where = (student, assignment, name)
                decisions[where] = _decision(located, _mapping(located, said, where), where)
    return decisions


def _mapping(located: strict_yaml.Located, value: Any, path: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise located.fault(path, "write student: {assignment: {function: {accept: why}}}")


def _decision(located: strict_yaml.Located, said: Mapping[str, Any], path: tuple[str, ...]) -> Decision:
    if len(said) != 1 or not said.keys() <= {"accept", "refuse"}:
        raise located.fault(path, "a decision is {accept: why} or {refuse: why}")
    ((word, why),) = said.items()
    if not isinstance(why, str) or not why.strip():
        raise located.fault((*path, word), "say why in a sentence; the student reads it")
    return Decision(word == "accept", " ".join(why.split()))


def _join(decisions: Decisions, reports: Sequence[Report]) -> None:
    """Nothing may be decided about a function that a report of that student does not have."""
    for student, assignment, name in decisions:
        for report in reports:
            if (report.student, report.assignment) != (student, assignment):
                continue
            checks = [outcome.check for mark in report.marks for outcome in mark.outcomes]
            names = list(dict.fromkeys([*(check.partition(".")[0] for check in checks), *checks]))
            if name not in names:
                guess = strict_yaml.near(name, names)
                raise CourseError(
                    f"{FILE}: {student}: {assignment}: {name!r} is no function or check of that report{guess}"
                )


def settle(report: Report, decisions: Decisions) -> Report:
    """The report with what was decided about its student; other outcomes stay as they are."""
    if not any(where[:2] == (report.student, report.assignment) for where in decisions):
        return report
    return replace(report, marks=tuple(_mark(mark, report, decisions) for mark in report.marks))


def _mark(mark: Mark, report: Report, decisions: Decisions) -> Mark:
    return replace(mark, outcomes=tuple(_outcome(outcome, report, decisions) for outcome in mark.outcomes))


def _outcome(outcome: Outcome, report: Report, decisions: Decisions) -> Outcome:
    if outcome.status != Status.PENDING or not outcome.review:
        return outcome
    for name in (outcome.check, outcome.check.partition(".")[0]):
        decision = decisions.get((report.student, report.assignment, name))
        if decision is None:
            continue
        if not decision.accepted:
            note = REFUSED.format(why=decision.why)
            return replace(outcome, status=Status.FAILED, share=Fraction(0), review=(), note=note)
        share = _share(outcome)
        status = Status.PASSED if share == 1 else Status.FAILED
        note = ACCEPTED.format(why=decision.why)
        return replace(outcome, status=status, share=share, review=(), note=note)
    return outcome


def _share(outcome: Outcome) -> Fraction:
    """What the outcome was worth before it waited: a check was right, a timed one lay in a band."""
    if outcome.timing is None:
        return Fraction(1)
    from autograder.timing import bands  # noqa: PLC0415 - loads jails, which making reports does not need

    return Fraction(str(bands.decide(outcome.timing.bands, outcome.timing.low, outcome.timing.high)[0]))
