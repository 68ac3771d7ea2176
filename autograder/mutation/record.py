"""solutions/NAME/mutants.json: the mutation score as it was last measured, and of which files.

The fingerprint is of everything that decides the score. Where it no longer fits, the score is of other
files than these, and an audit says so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from autograder import course as courses
from autograder.model import Course

from . import equivalents

VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """The mutation score of one assignment."""

    assignment: str
    fingerprint: str
    mutants: int
    killed: int
    argued: int
    survivors: tuple[str, ...] = ()  # names of the mutants that pass every check and that nobody argues for

    @property
    def counted(self) -> int:
        """The mutants that checks ought to tell from the reference."""
        return self.mutants - self.argued

    @property
    def score(self) -> float:
        """The percentage of them that lose points; 100 where there is none."""
        return 100 * self.killed / self.counted if self.counted else 100.0

    def __str__(self) -> str:
        # Cut, not rounded: 100 % is said only where nothing survives.
        shown = f"{int(self.score * 10) / 10:.1f}".removesuffix(".0")
        argued = f", {self.argued} argued equivalent" if self.argued else ""
        return f"mutation score {shown} % ({self.killed} of {self.counted}{argued})"


def path(name: str) -> str:
    """The file of one assignment, from the course's folder on."""
    return f"solutions/{name}/mutants.json"


def fingerprint(course: Course, name: str) -> str:
    """Of reference, checks, the points of each check, and the equivalent mutants.

    Raises:
        CourseError: the rubric cannot be read.
        OSError: one of the files cannot be read.
    """
    folder = course.root / "solutions" / name
    total = hashlib.sha256()
    for file in (folder / "reference.py", folder / "checks.py", course.root / equivalents.path(name)):
        content = file.read_bytes() if file.exists() else b""
        total.update(f"{file.name}\0{len(content)}\0".encode() + content)
    for criterion in courses.rubric_of(course, name).criteria:
        for check, points in criterion.checks.items():
            total.update(f"{check}\0{points}\0".encode())
    return f"sha256:{total.hexdigest()}"


def write(course: Course, record: Record) -> None:
    """Keep a score beside the files that it is of."""
    kept = {
        "version": VERSION,
        "assignment": record.assignment,
        "fingerprint": record.fingerprint,
        "score": round(record.score, 2),
        "mutants": record.mutants,
        "killed": record.killed,
        "argued": record.argued,
        "survivors": list(record.survivors),
    }
    text = json.dumps(kept, indent=2, ensure_ascii=False)
    (course.root / path(record.assignment)).write_text(f"{text}\n", encoding="utf-8")


def read(course: Course, name: str) -> Record | None:
    """The score that was kept; None where none was, or where it cannot be read."""
    try:
        kept: dict[str, Any] = json.loads((course.root / path(name)).read_text(encoding="utf-8"))
        return Record(
            kept["assignment"],
            kept["fingerprint"],
            int(kept["mutants"]),
            int(kept["killed"]),
            int(kept["argued"]),
            tuple(kept["survivors"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def standing(course: Course, name: str) -> tuple[str, tuple[str, ...]]:
    """The score in words, "" where none is known of these files; and what then deserves a look.

    Raises:
        CourseError: the rubric cannot be read.
        OSError: a file of the assignment cannot be read.
    """
    kept = read(course, name)
    if kept is None:
        return "", (f"{name}: no mutation score is recorded; run `autograder mutants {name}`",)
    if kept.fingerprint != fingerprint(course, name):
        return "", (f"{name}: the mutation score is older than the files; run `autograder mutants {name}`",)
    return str(kept), ()
