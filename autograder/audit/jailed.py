"""What only the real grading path can prove: the reference earns everything, the untouched stub nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import (
    Course,
    IsolationError,
    Outcome,
    Report,
    Status,
    Submission,
    points,
)
from autograder.session import Bench

from .model import Finding

NOT_PROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Jailed:
    """What reference and stub earned when they were graded like a student's file."""

    reference: str = NOT_PROVED
    stub: str = NOT_PROVED
    findings: tuple[Finding, ...] = ()


def prove(key: AnswerKey, course: Course, isolation: Isolation | IsolationError | None) -> Jailed:
    """Grade reference and stub as a student's file is graded; leave it out where `isolation` is None."""
    if isolation is None:
        return Jailed()
    if isinstance(isolation, IsolationError):
        reason = str(isolation).rstrip(".")
        why = "that the reference earns everything and the stub nothing is not proved here"
        return Jailed(
            findings=(
                Finding(
                    key.assignment.name, why, "audit where a jail can be built, or say --no-jail", reason
                ),
            )
        )
    bench = Bench(isolation, timed=False)  # what the clock says, `autograder calibrate` proves
    try:
        reference = _graded(f"solutions/{key.assignment.name}/reference.py", key, course, bench)
        stub = _graded(f"assignments/{key.assignment.name}/{key.assignment.name}.py", key, course, bench)
    finally:
        bench.close()
    return Jailed(
        _earned(reference),
        _earned(stub),
        (*_short_of_everything(reference, key), *_more_than_nothing(stub, key)),
    )


def _graded(path: str, key: AnswerKey, course: Course, bench: Bench) -> Report | Finding:
    try:
        source = (course.root / path).read_bytes()
        text = source.decode()
    except (OSError, UnicodeDecodeError) as error:
        mend = (
            "derive it with `autograder release --refresh`" if path.startswith("assignments") else "write it"
        )
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Finding(path, "it cannot be read, so it cannot be graded", mend, why or "")
    digest = f"sha256:{hashlib.sha256(source).hexdigest()}"
    return grade.grade(Submission("audit", key.assignment.name, text, path, digest), key, bench, course)


def _earned(graded: Report | Finding) -> str:
    if isinstance(graded, Finding):
        return NOT_PROVED
    return f"{points(graded.earned)} of {points(graded.possible - graded.pending)}"


def _outcomes(report: Report) -> list[Outcome]:
    return [outcome for mark in report.marks for outcome in mark.outcomes]


def _short_of_everything(graded: Report | Finding, key: AnswerKey) -> Iterator[Finding]:
    if isinstance(graded, Finding):
        yield graded
        return
    yield from _ungraded(graded)
    short = False
    for outcome in _outcomes(graded):
        if outcome.status in (Status.PASSED, Status.PENDING):
            continue
        short = True
        if outcome.status != Status.UNGRADED:
            yield Finding(
                graded.path,
                f"graded like a student's file, the reference does not pass {outcome.check}",
                "let the reference need nothing but its own file and the packages of the rubric",
                _why(outcome),
            )
    if not short and graded.earned + graded.pending != graded.possible:
        yield Finding(
            graded.path,
            f"graded like a student's file, the reference earns {_earned(graded)} points",
            f"mend rubrics/{key.assignment.name}.yaml",
        )


def _more_than_nothing(graded: Report | Finding, key: AnswerKey) -> Iterator[Finding]:
    if isinstance(graded, Finding):
        yield graded
        return
    yield from _ungraded(graded)
    for outcome in _passed(graded):
        yield Finding(
            graded.path,
            f"the untouched stub passes {outcome.check}",
            f"ask for something that the stub of {key.assignment.name} cannot answer",
        )
    if graded.earned and not _passed(graded):
        yield Finding(
            graded.path, f"the untouched stub earns {points(graded.earned)} points", "mend the rubric"
        )


def _passed(report: Report) -> list[Outcome]:
    return [outcome for outcome in _outcomes(report) if outcome.status == Status.PASSED]


def _ungraded(report: Report) -> Iterator[Finding]:
    left = [outcome for outcome in _outcomes(report) if outcome.status == Status.UNGRADED]
    if left:
        yield Finding(
            report.path,
            f"{len(left)} checks could not be graded, for a reason that is ours",
            "see `autograder doctor`, and audit again",
            left[0].staff_note,
        )


def _why(outcome: Outcome) -> str:
    if outcome.crash:
        return f"{outcome.crash.name}: {outcome.crash.message[:120]}".removesuffix(": ")
    return outcome.note or (outcome.mismatch.where if outcome.mismatch else outcome.status.lower())
