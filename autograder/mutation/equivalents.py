"""solutions/NAME/equivalents.yaml: the mutants of which an instructor argues that no input can tell them.

The list cannot rot: a name that no mutant bears, and a mutant that a check fails, are errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.course import strict_yaml
from autograder.course.strict_yaml import Located, near
from autograder.model import Course, CourseError

from .trial import Trial


def path(name: str) -> str:
    """The file of one assignment, from the course's folder on."""
    return f"solutions/{name}/equivalents.yaml"


def _located(course: Course, name: str) -> Located | None:
    if not (course.root / path(name)).exists():
        return None
    located = strict_yaml.read(course.root / path(name), path(name))
    strict_yaml.validate(located, "equivalents")
    return located


def _named(located: Located, name: str) -> Mapping[str, tuple[str | int, ...]]:
    if located.value["assignment"] != name:
        raise located.fault(("assignment",), f"the file belongs to {name!r}; write that")
    found: dict[str, tuple[str | int, ...]] = {}
    for i, entry in enumerate(located.value["equivalent"]):
        for j, mutant in enumerate(entry["mutants"]):
            step = ("equivalent", i, "mutants", j)
            if mutant in found:
                first = located.where(found[mutant])
                raise located.fault(step, f"{mutant!r} stands already at {first}; name it once")
            found[mutant] = step
    return found


def check(course: Course, name: str, tried: Sequence[Trial]) -> frozenset[str]:
    """The names of the survivors that are argued equivalent; none without a file.

    Raises:
        CourseError: the file does not fit its schema, is about another assignment, or names a mutant twice;
            or an entry names no mutant, or one that a check fails; one line for each.
    """
    located = _located(course, name)
    if located is None:
        return frozenset()
    killed_by = {trial.mutant.name: trial.killed_by for trial in tried}
    named = _named(located, name)
    faults = []
    for mutant, step in named.items():
        if mutant not in killed_by:
            guess = near(mutant, killed_by)
            faults.append(
                located.fault(
                    step, f"reference.py has no mutant {mutant!r}{guess}; mend the name, or remove it"
                )
            )
        elif killed_by[mutant]:
            faults.append(
                located.fault(step, f"{mutant!r} is not equivalent: it fails {killed_by[mutant]}; remove it")
            )
    if faults:
        raise CourseError("\n".join(map(str, faults)))
    return frozenset(named)
