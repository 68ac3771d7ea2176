"""From a submission to its report. The order of this page is the order of what happens."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction

import numpy as np

from . import __version__, arguments, compare, diagnose, score, screen
from .answerkey import AnswerKey
from .diagnose import crashes
from .model import (
    Answer,
    Assignment,
    Check,
    Course,
    CourseError,
    Curve,
    Dates,
    Died,
    Misconception,
    Named,
    Objection,
    Outcome,
    Overran,
    Raised,
    Report,
    SandboxFault,
    Status,
    Submission,
    SubmissionError,
)
from .play import There
from .policy import examine
from .session import Bench, Session
from .timing import judged

UNWRITTEN = "NotImplementedError"  # what a stub raises

OURS = "This could not be graded, for a reason that is ours; nothing is lost, and it will be run again."


@dataclass(slots=True)
class _Played:
    """What is known of one check while its submission is graded."""

    check: Check
    there: There | None = None
    note: str = ""
    staff_note: str = ""
    status: Status | None = None  # where it was decided without asking
    misconception: Misconception | None = None
    failed_draw: int | None = field(default=None)


def grade(submission: Submission, key: AnswerKey, bench: Bench, course: Course) -> Report:
    """Grade one submission. Everything that can go wrong stands in the report; nothing is raised."""
    assignment = key.assignment
    objections: list[Objection] = []
    try:
        objections += screen.look(submission, assignment.functions)
        objections += examine.objections(submission, assignment.rubric)
        outcomes = _outcomes(submission, key, bench, objections)
    except Exception as fault:  # noqa: BLE001 - a mistake of ours must not cost a class its grading
        outcomes = _ungraded(key.assignment, fault)
    notes = submission.notes
    try:
        due = course.dates.get(assignment.name, Dates()).due
        late_share = score.late_share(course.late, due, submission.received)
    except SubmissionError as error:
        late_share, notes = Fraction(0), (*notes, str(error))
    return Report(
        assignment=assignment.name,
        title=assignment.title,
        student=submission.student,
        digest=submission.digest,
        marks=score.marks(assignment.rubric, outcomes),
        seed=key.seed,
        isolation=str(bench.isolation),
        environment=environment(assignment),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        received=submission.received,
        path=submission.path,
        source=submission.source,
        line_names=submission.line_names,
        notes=notes,
        objections=tuple(objections),
        late_share=late_share,
    )


def _outcomes(
    submission: Submission, key: AnswerKey, bench: Bench, objections: Sequence[Objection]
) -> list[Outcome]:
    played = _play(submission, key, bench, objections)
    outcomes = [_outcome(one, key, submission) for one in played]
    right = [(one.check, one.there) for one in played if _passed(one) and one.there and not one.note]
    known = {outcome.check: outcome for outcome in outcomes}
    holds = {check: one for one in key.assignment.rubric.criteria for check in one.checks}
    for timed in key.assignment.timed:
        twin, criterion = known.get(timed.twin), holds[timed.id]
        outcomes.append(judged.outcome(timed, criterion, twin, submission, key.assignment, bench))
    return examine.looked_into(outcomes, right, submission, key, bench)


def _ungraded(assignment: Assignment, fault: Exception) -> list[Outcome]:
    """All checks, as they stand when something of ours has failed."""
    note = f"{type(fault).__name__}: {fault}"
    asked = [(check.id, check.says) for check in assignment.checks]
    asked += [(timed.id, timed.says) for timed in assignment.timed]
    return [Outcome(name, says, Status.UNGRADED, note=OURS, staff_note=note) for name, says in asked]


def environment(assignment: Assignment) -> dict[str, str]:
    """What a report needs so that it can be repeated bit for bit."""
    return {
        "grader": __version__,
        "course": assignment.digest,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "threads": "1",
    }


def _play(
    submission: Submission, key: AnswerKey, bench: Bench, objections: Sequence[Objection]
) -> list[_Played]:
    played = [_Played(check) for check in key.assignment.checks]
    fatal = next((objection for objection in objections if objection.fatal), None)
    absent = {o.function: o for o in objections if o.missing}
    limits = key.assignment.rubric.limits
    with Session(bench, submission, key, limits) as session:
        session.prepare(one.check for one in played if not fatal and one.check.function not in absent)
        for one in played:
            objection = fatal or absent.get(one.check.function)
            if objection is not None:
                one.status, one.note = Status.FAILED, objection.says
                continue
            _ask(one, session, key, played)
        left = session.left
    second_chances(played, submission, key, bench, left)
    _name_misconceptions(played, key)
    return played


def _ask(one: _Played, session: Session, key: AnswerKey, played: Sequence[_Played]) -> None:
    needed = [other for other in played if other.check.id in one.check.after] if one.check.after else []
    missing = next((other for other in needed if not _passed(other)), None)
    if missing is not None and missing.status == Status.UNGRADED:
        one.status, one.note, one.staff_note = Status.UNGRADED, OURS, f"needs {missing.check.id}"
        return
    if missing is not None:
        one.status = Status.SKIPPED
        one.note = f"looked at once this holds: {missing.check.says}"
        return
    try:
        key.wants(one.check)
        one.there = session.ask(one.check)
        one.failed_draw = failed_draw(one.there, one.check, key)
    except (SandboxFault, CourseError) as fault:
        one.status, one.staff_note = Status.UNGRADED, str(fault)
        one.note = OURS


def _passed(one: _Played) -> bool:
    return one.there is not None and one.failed_draw is None and one.status is None


def _failed(one: _Played) -> bool:
    return one.status is None and one.failed_draw is not None


def failed_draw(there: There, check: Check, key: AnswerKey) -> int | None:
    """The first draw on which replies from the jail are not right, counted from 0; None: all are."""
    if not there.asked:  # an exception while importing is no answer, not even where one is wanted
        return 0
    for draw, (reply, want) in enumerate(zip(there.replies, key.wants(check), strict=True)):
        if not isinstance(reply, Answer | Raised) or not compare.passes(reply, want, check):
            return draw
    return None


def second_chances(
    played: Sequence[_Played], submission: Submission, key: AnswerKey, bench: Bench, seconds: float
) -> None:
    """Do not make anyone pay twice for a wrong helper.

    A failed function that calls another graded function which failed too is asked once more with the
    reference in that helper's place; the better result counts. `seconds` are left of the submission's time.
    """
    failing = {one.check.function for one in played if _failed(one)}
    if len(failing) < 2:  # noqa: PLR2004 - a function and its helper
        return
    calls = screen.calls(submission.source, key.assignment.functions)
    for function in failing:
        called = calls.get(function, frozenset()) & failing
        # A helper that needs this function is no help: each would be right with ours in place of the other.
        helpers = sorted(helper for helper in called if function not in _reached(helper, calls))
        again = [one for one in played if _failed(one) and one.check.function == function]
        if not helpers or not again:
            continue
        limits = replace(key.assignment.rubric.limits, total_seconds=seconds)
        with Session(bench, submission, key, limits, bound=helpers) as session:
            for one in again:
                try:
                    there = session.ask(one.check)
                except SandboxFault as fault:
                    one.status, one.note, one.staff_note = Status.UNGRADED, OURS, str(fault)
                    continue
                if failed_draw(there, one.check, key) is None:
                    names = " and ".join(f"`{helper}`" for helper in helpers)
                    one.there, one.failed_draw = there, None
                    one.note = f"With ours in place of your {names}, this is right."
            seconds = session.left


def _reached(function: str, calls: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """`function` and every graded function that it calls, directly or through others."""
    reached, waiting = set[str](), [function]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += calls.get(one, frozenset())
    return frozenset(reached)


def _name_misconceptions(played: Sequence[_Played], key: AnswerKey) -> None:
    candidates: dict[str, list[Misconception]] = {}
    for misconception in key.assignment.misconceptions:
        candidates.setdefault(misconception.function, []).append(misconception)
    for function in {one.check.function for one in played if _failed(one)}:
        asked = [one for one in played if one.check.function == function and one.there is not None]
        named = diagnose.misconceptions(
            [one.check for one in asked],
            {one.check.id: one.there.replies for one in asked if one.there},
            {one.check.id: key.wants(one.check) for one in asked},
            candidates.get(function, []),
            key.wrong,
        )
        _remember(asked, named)


def _remember(asked: Sequence[_Played], named: Mapping[str, Misconception]) -> None:
    for one in asked:
        if _failed(one):
            one.misconception = named.get(one.check.id)


def _outcome(one: _Played, key: AnswerKey, submission: Submission) -> Outcome:
    check, there = one.check, one.there
    if one.status is not None or there is None:
        status = one.status or Status.UNGRADED
        return Outcome(check.id, check.says, status, note=one.note, staff_note=one.staff_note)
    warnings = [
        w for reply in there.replies if isinstance(reply, Answer | Raised) for w in reply.facts.warnings
    ]
    base = Outcome(
        check.id,
        check.says,
        Status.PASSED,
        Fraction(1),
        note=one.note,
        warnings=tuple(dict.fromkeys(warnings)),
        printed=there.printed,
        seconds=there.seconds,
        curve=_curve(one, there, key),
    )
    if one.failed_draw is None:
        return base
    reply, want = there.replies[one.failed_draw], key.wants(check)[one.failed_draw]
    named = one.misconception
    base = replace(
        base,
        share=Fraction(0),
        inputs=arguments.described(there.calls[one.failed_draw], key.names(check.function)),
        misconception=Named(named.name, named.says) if named else None,
    )
    # Where an exception is wanted, another one is a wrong answer; but not writing the function is none.
    unanswered = isinstance(want, Answer) or not there.asked
    if isinstance(reply, Overran | Died) or (
        isinstance(reply, Raised) and (unanswered or reply.kind == UNWRITTEN)
    ):
        return replace(
            base,
            status=Status.CRASHED,
            crash=crashes.explain(reply, submission, check.function, key.names(check.function)),
        )
    mismatch = compare.judge(reply, want, check)
    return replace(
        base,
        status=Status.FAILED,
        mismatch=replace(mismatch, draw=one.failed_draw) if mismatch else None,
    )


def _curve(one: _Played, there: There, key: AnswerKey) -> Curve | None:
    """The student's learning curve, of the draw that failed or else the first, in the reference's band."""
    reply = there.replies[one.failed_draw or 0] if there.replies else None
    if not isinstance(reply, Answer) or not reply.curve:
        return None
    ours = [want.curve for want in key.wants(one.check) if isinstance(want, Answer) and want.curve]
    epochs = min(map(len, ours), default=0)
    columns = list(zip(*(curve[:epochs] for curve in ours), strict=True))
    return Curve(one.check.curve, reply.curve, tuple(map(min, columns)), tuple(map(max, columns)))
