"""What an audit found: sentences for what is wrong, numbers for how far each check is from being wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong under one seed.

    `where` and `says` are the same under every seed, `detail` holds the numbers of this one.
    """

    where: str  # file and line, or an id; "" where `says` is the whole sentence
    says: str
    mend: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """Where the tolerance of one check lies between right and wrong answers, over all seeds and draws.

    `spread` and `nearest` are errors as multiples of what the check allows, so that 1 is the tolerance
    itself: a right answer lies below it, a wrong one above. `nearest` is infinite where every wrong answer
    differs in more than its numbers (shape, type, NaN, an exception), or where no misconception fails here.
    """

    check: str
    draws: int
    allowance: str  # the comparison in words
    spread: float = 0.0
    farthest: str = ""  # the alternative that strays farthest from the reference
    nearest: float = math.inf
    wrong: str = ""  # the misconception that comes nearest to passing
    caught: int = 0  # misconceptions that this check fails

    @property
    def below(self) -> float:
        """Decades from the farthest right answer up to the tolerance."""
        return math.inf if self.spread == 0 else -math.log10(self.spread)

    @property
    def above(self) -> float:
        """Decades from the tolerance up to the nearest wrong answer."""
        return math.log10(self.nearest)

    @property
    def decades(self) -> float:
        """The margin: decades from the tolerance to the nearer of the two."""
        return min(self.below, self.above)


@dataclass(frozen=True, slots=True)
class AssignmentAudit:
    """What was proved of one assignment, and what was not."""

    name: str
    title: str = ""
    functions: int = 0
    checks: int = 0
    misconceptions: int = 0
    alternatives: int = 0
    reference: str = "not proved"  # what the reference earned in the jail: "23 of 23"
    stub: str = "not proved"  # what the untouched stub earned there
    mutation: str = ""  # the mutation score of these files, in words; "" where none is known
    margins: tuple[Margin, ...] = ()
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The whole audit; the course stands if `failures` is empty."""

    course: str
    seeds: int
    isolation: str
    assignments: tuple[AssignmentAudit, ...] = ()
    course_failures: tuple[str, ...] = ()  # of no assignment in particular

    @property
    def failures(self) -> tuple[str, ...]:
        """Every failure once, a sentence each, those of the course first."""
        own = (failure for assignment in self.assignments for failure in assignment.failures)
        return tuple(dict.fromkeys((*self.course_failures, *own)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What deserves a look and fails nothing."""
        return tuple(warning for assignment in self.assignments for warning in assignment.warnings)


def sentences(found: Sequence[Iterable[Finding]]) -> tuple[str, ...]:
    """One sentence for each finding; `found[n]` are those under seed n + 1.

    What is found under some seeds only is a check that flakes, and the sentence says under which.
    """
    under: dict[tuple[str, str], list[int]] = {}
    first: dict[tuple[str, str], Finding] = {}
    for seed, findings in enumerate(found, 1):
        for finding in findings:
            key = (finding.where, finding.says)
            first.setdefault(key, finding)
            seeds = under.setdefault(key, [])
            if seed not in seeds:
                seeds.append(seed)
    return tuple(_sentence(finding, under[key], len(found)) for key, finding in first.items())


def _sentence(finding: Finding, seeds: Sequence[int], of: int) -> str:
    only = "" if len(seeds) == of else f" under {_seeds(seeds)} of {of} only"
    detail = f" ({finding.detail})" if finding.detail else ""
    mend = f"; {finding.mend}" if finding.mend else ""
    where = f"{finding.where}: " if finding.where else ""
    return f"{where}{finding.says}{only}{detail}{mend}"


def _seeds(seeds: Sequence[int]) -> str:
    if len(seeds) == 1:
        return f"seed {seeds[0]}"
    return f"seeds {', '.join(map(str, seeds[:-1]))} and {seeds[-1]}"


def place(made: Callable[..., Any], root: Path) -> str:
    """File and line of a function that an instructor wrote, from the course's folder on."""
    code = getattr(made, "__code__", None)
    if code is None:
        return str(getattr(made, "__name__", made))
    path = Path(code.co_filename)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return f"{shown}:{code.co_firstlineno}"
