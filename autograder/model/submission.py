"""What a student hands in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's source for one assignment, as it will be compiled. Reading it ran nothing.

    `line_names[i]` names line i + 1 of `source` in the student's own terms where these differ from
    "line i + 1 of the file": "cell 4, line 2" for a notebook. Empty for a plain file.
    """

    student: str
    assignment: str  # "" while unknown
    source: str
    path: str  # as the student named it, for messages: never opened again
    digest: str  # "sha256:…" of the bytes handed in
    received: str = ""  # ISO 8601 with offset; "" where unknown
    notes: tuple[str, ...] = ()  # what intake dropped, guessed or mended, in sentences to the student
    line_names: tuple[str, ...] = ()
    unreadable: str = ""  # why nothing could be read; the report says so and a person decides


@dataclass(frozen=True, slots=True)
class Objection:
    """What the screen found before anything ran. `fatal` stops the grading of the whole file."""

    says: str  # a sentence to the student, with what to do
    line: int | None = None  # of Submission.source, 1-based
    function: str | None = None  # the graded function it concerns; None: the whole file
    fatal: bool = False
    missing: bool = False  # the function is not there: nothing that asks for it can be run
