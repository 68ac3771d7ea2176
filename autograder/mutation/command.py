"""The body of `autograder mutants`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from autograder.jail import levels
from autograder.model import Course

from . import LEAST, page, score


def run(
    course: Course, names: Sequence[str], seeds: int, jobs: int, jail: bool, show: Callable[[str], object]
) -> bool:
    """Score the assignments, show each as it is done, and say whether every score is high enough.

    Raises:
        CourseError: as `score`.
        IsolationError: this machine cannot build the jail that the course asks for.
        SandboxFault: as `score`.
    """
    isolation = levels.choose(course.isolation) if jail else levels.choose("none", trust=True)
    began = time.perf_counter()
    poor, counted, killed = [], 0, 0
    for scored in score(course, names, seeds=seeds, isolation=isolation, jobs=jobs):
        show(page.render(scored))
        counted += scored.record.counted
        killed += scored.record.killed
        if not scored.enough:
            poor.append(scored.record.assignment)
    show(f"{killed} of {counted} mutants lose points ({time.perf_counter() - began:.0f} s, {isolation}).")
    if poor:
        show(f"Less than {LEAST:.0f} % in {', '.join(poor)}: sharpen checks, or argue in equivalents.yaml.")
    return not poor
