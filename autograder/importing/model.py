"""What an assignment of another tool holds, in our words: code given, code to write, tests, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from autograder.model import CourseError

ANY = "…"  # the output of a line of tests whose value is compared, whatever it is


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a notebook, counted from 1, texts included, as editors count them."""

    file: str
    cell: int

    def __str__(self) -> str:
        return f"{self.file}, cell {self.cell}"

    def fault(self, says: str) -> CourseError:
        """An error at this place."""
        return CourseError(f"{self}: {says}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the file."""

    place: Place
    kind: str  # code, markdown, raw
    source: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    output: str = ""  # what running it showed, as text


@dataclass(frozen=True, slots=True)
class Code:
    """Python of one cell without the other tool's markers. `hidden` are the lines that stood between them."""

    place: Place
    text: str
    hidden: frozenset[int] = frozenset()
    role: Literal["given", "solution"] = "given"


@dataclass(frozen=True, slots=True)
class Test:
    """One cell of tests. `output` is what its last line shows, where that is part of the test (otter)."""

    place: Place
    text: str
    question: str
    hidden: frozenset[int] = frozenset()
    points: Fraction = Fraction(0)
    output: str | None = None  # ANY: each line's value is compared; "": the last one shows nothing
    says: str = ""  # what the author tells whoever fails it


@dataclass(frozen=True, slots=True)
class Question:
    """What earns points: by the tests that name it, or by a person's judgement."""

    id: str
    place: Place
    asks: str
    points: Fraction
    by: Literal["machine", "hand"] = "machine"
    rule: Literal["share", "all"] = "share"
    guidance: str = ""
    answer: str = ""  # the variable of reference.py that holds what students write, where it is text


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that a person must finish: where it stands, and what is to be done."""

    place: Place
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


@dataclass(slots=True)
class Exercise:
    """One assignment as it was read. `parts` are in the order of the notebook."""

    name: str
    title: str
    source: str
    parts: list[Code | Test] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # markdown for students
    todos: list[Todo] = field(default_factory=list)

    def codes(self) -> Iterator[Code]:
        """The cells of code that are no tests."""
        return (part for part in self.parts if isinstance(part, Code))

    def tests(self) -> Iterator[Test]:
        """The cells of tests."""
        return (part for part in self.parts if isinstance(part, Test))
