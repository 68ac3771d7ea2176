"""The acceptance test of a course: proofs that its checks are right, before any student sees them.

`audit` runs them all. `evidence` holds every answer, computed once for each seed; `right`, `wrong` and
`margins` read it, `jailed` grades the reference and the stub as a student's file is graded, `papers` looks
at what students read, and `enough` at what is missing or too much. A proof yields a `Finding` for each
failure; `model` makes them sentences.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from autograder import course as courses
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import Course, CourseError, IsolationError
from autograder.mutation import record

from . import enough, jailed, margins, papers, right, timed, wrong
from .evidence import Evidence, gather
from .model import AssignmentAudit, AuditReport, Finding, Margin, sentences

__all__ = ["AssignmentAudit", "AuditReport", "Finding", "Margin", "audit", "audit_assignment"]


def audit(
    course: Course,
    names: Sequence[str] = (),
    *,
    seeds: int = 3,
    isolation: Isolation | IsolationError | None,
    jobs: int = 2,
) -> AuditReport:
    """Prove the assignments `names` of a course, all where none is named, under `seeds` seeds.

    `isolation` is the jail for the two proofs that need one. None leaves them out; the IsolationError of a
    machine that can build none makes them failures. Assignments are proved in `jobs` processes.

    Raises:
        CourseError: the course has no assignment of that name.
    """
    chosen = tuple(courses.known(course, name) for name in names) or course.order
    whole = [*enough.strays(course), *papers.general(course)]
    if not chosen:
        whole.append(
            Finding(
                courses.FILE,
                "the course has no assignment, so there is nothing to prove",
                "start one with `autograder new NAME`, and name it in order",
            )
        )
    tasks = [(course, name, seeds, isolation) for name in chosen]
    if jobs <= 1 or len(tasks) <= 1:
        audited = [audit_assignment(*task) for task in tasks]
    else:
        audited = _side_by_side(tasks, min(jobs, len(tasks)))
    return AuditReport(course.title, seeds, _isolation(isolation), tuple(audited), sentences([whole]))


def _isolation(isolation: Isolation | IsolationError | None) -> str:
    return str(isolation) if isinstance(isolation, Isolation) else "no jail"


def _side_by_side(
    tasks: Sequence[tuple[Course, str, int, Isolation | IsolationError | None]], jobs: int
) -> list[AssignmentAudit]:
    """A process for each assignment: warnings are caught through state of the whole process."""
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(audit_assignment, *task) for task in tasks]
        audited = []
        for future, (_, name, _, _) in zip(waiting, tasks, strict=True):
            try:
                audited.append(future.result())
            except BrokenProcessPool:
                ended = "the process that audited it, or the one beside it, ended without a word"
                audited.append(AssignmentAudit(name, failures=(f"{name}: {ended}; audit it alone",)))
    return audited


def audit_assignment(
    course: Course, name: str, seeds: int, isolation: Isolation | IsolationError | None
) -> AssignmentAudit:
    """Prove one assignment; one that does not load is a failure for each line of what is wrong with it."""
    try:
        assignment = courses.assignment(course, name)
    except CourseError as error:
        return AssignmentAudit(name, failures=tuple(str(error).splitlines()))
    keys = [AnswerKey(assignment, f"{seed:032x}") for seed in range(seeds)]
    evidences = [gather(key, course.root) for key in keys]
    measured = margins.margins(evidences)
    in_jail = jailed.prove(keys[0], course, isolation)
    mutation, unmeasured = record.standing(course, name)
    once = [
        *enough.counts(assignment),
        *right.draws_differ(evidences),
        *margins.too_near(evidences, measured),
        *timed.clocks(assignment, course.root),
        *papers.doctests(assignment, course.root),
        *papers.derived(course, name),
        *in_jail.findings,
    ]
    return AssignmentAudit(
        name,
        assignment.title,
        len(assignment.functions),
        len(assignment.checks) + len(assignment.timed),
        len(assignment.misconceptions),
        len(assignment.alternatives),
        in_jail.reference,
        in_jail.stub,
        mutation,
        measured,
        (*sentences([_under_one_seed(evidence) for evidence in evidences]), *sentences([once])),
        (
            *sentences([[*margins.hanging(evidences), *timed.thin(assignment, course.root)]]),
            *unmeasured,
        ),
    )


def _under_one_seed(evidence: Evidence) -> list[Finding]:
    return [
        *evidence.broken,
        *right.reference(evidence),
        *right.alternatives(evidence),
        *wrong.misconceptions(evidence),
    ]
