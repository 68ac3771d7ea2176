"""Do the checks have teeth? Each reference is changed in one place, and graded: a change should cost points.

`mutants` makes the changes (`sites` are where, `operators`, `calls` and `statements` what), `trial` grades
them, `equivalents` are those of which an instructor argues that nothing can tell them, `record` keeps the
score, and `page` shows it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from autograder import course as courses
from autograder.jail.levels import Isolation
from autograder.model import Course

from . import equivalents, record
from .mutants import Mutant
from .record import Record
from .trial import Trial, trials

__all__ = ["LEAST", "Mutant", "Record", "Scored", "score"]

LEAST = 99.0  # percent of the mutants that have to lose points


@dataclass(frozen=True, slots=True)
class Scored:
    """The mutation score of one assignment, and the mutants that nothing tells from the reference."""

    record: Record
    survivors: tuple[Mutant, ...]
    seconds: float = 0.0  # since the assignment before it was done

    @property
    def enough(self) -> bool:
        """Whether the checks tell enough mutants from the reference."""
        return self.record.score >= LEAST


def score(
    course: Course, names: Sequence[str] = (), *, seeds: int = 3, isolation: Isolation, jobs: int = 2
) -> Iterator[Scored]:
    """Grade the mutants of the assignments `names`, of all where none is named, and keep each score.

    The mutants of one assignment are dealt out to `jobs` processes; assignments come in their order.

    Raises:
        CourseError: no such assignment, one that does not load or whose reference loses points, or an
            equivalents.yaml that is wrong. What was scored before it stands.
        SandboxFault: a jail failed twice on one mutant.
    """
    chosen = tuple(courses.known(course, name) for name in names) or course.order
    if jobs <= 1:
        for name in chosen:
            began = time.perf_counter()
            done = trials(course, name, seeds, isolation)
            yield _scored(course, name, done, time.perf_counter() - began)
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: list[tuple[str, list[Future[list[Trial]]]]] = [
            (name, [pool.submit(trials, course, name, seeds, isolation, i, jobs) for i in range(jobs)])
            for name in chosen
        ]
        try:
            for name, parts in waiting:
                began = time.perf_counter()
                done = [trial for part in parts for trial in part.result()]
                yield _scored(course, name, done, time.perf_counter() - began)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _scored(course: Course, name: str, tried: Sequence[Trial], seconds: float) -> Scored:
    argued = equivalents.check(course, name, tried)
    in_order = sorted(tried, key=lambda trial: trial.number)
    left = [one.mutant for one in in_order if not one.killed_by and one.mutant.name not in argued]
    made = Record(
        name,
        record.fingerprint(course, name),
        len(tried),
        sum(bool(one.killed_by) for one in tried),
        len(argued),
        tuple(mutant.name for mutant in left),
    )
    record.write(course, made)
    return Scored(made, tuple(left), seconds)
