"""Which assignment a file was handed in for: told by its name, by what it defines, or by its folder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum

from autograder.model import SubmissionError

from .parsing import bindings, is_stub, safe_parse

# Words in a file name that name neither a student nor an assignment.
# fmt: off
DRAFT = frozenset({
    "my", "the", "new", "old", "final", "copy", "of", "draft", "solution", "solutions", "answer", "answers",
    "hw", "homework", "assignment", "assignments", "submission", "submissions", "submit", "exercise",
    "exercises", "ex", "test", "tests", "backup", "bak", "lab", "task", "week", "version", "v", "done",
    "complete", "completed", "fixed", "notebook", "untitled", "main", "code", "nn", "stub", "late", "project",
    "helper", "helpers", "utils",
})
# fmt: on
SEPARATORS = " _-.()[]"


class How(IntEnum):
    """How surely a file belongs to an assignment, the surest last."""

    NOT = 0
    FOLDER = 1  # it lies in a folder of that name
    FUNCTIONS = 2  # it defines its functions
    PART = 3  # its name holds the assignment's: ada_optimizers, optimizers (1)
    NAME = 4  # its name is the assignment's


@dataclass(frozen=True, slots=True)
class Outline:
    """The names a file defines at its left margin, and those of them that are more than a stub."""

    defined: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """The assignment a file is taken for, and how one could tell. `among`: it fits each of these equally."""

    assignment: str = ""
    how: How = How.NOT
    because: tuple[str, ...] = ()  # the graded functions it defines
    among: tuple[str, ...] = ()


def outline(source: str) -> Outline:
    """What `source` defines; by pattern where it is not Python (yet)."""
    try:
        bound = bindings(safe_parse(source))
    except (SyntaxError, SubmissionError):
        names = frozenset(
            re.findall(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)[ \t]*[(:]", source, re.MULTILINE)
        )
        return Outline(names, names)
    last = {binding.name: binding.node for binding in bound}
    return Outline(frozenset(last), frozenset(name for name, node in last.items() if not is_stub(node)))


def claim(path: str, defines: Outline, known: Mapping[str, Collection[str]]) -> Claim:
    """The assignment that the file at `path` ("folder/file.py") was handed in for."""
    *folders, name = path.split("/")
    stem = stem_of(name)
    named, how = by_name(stem, known)
    fitting, because = by_functions(defines, known)
    if named and (how is How.NAME or len(fitting) != 1 or set(known[named]) & defines.defined):
        return Claim(named, how)
    if len(fitting) == 1:
        return Claim(fitting[0], How.FUNCTIONS, because)
    for folder in reversed(folders):
        inside, how = by_name(folder, known)
        if how is How.NAME and (not fitting or inside in fitting):
            return Claim(inside, How.FOLDER)
    return Claim(among=fitting)


def by_name(stem: str, known: Collection[str]) -> tuple[str, How]:
    """The assignment that a file name without its ending names, and how exactly; ("", NOT) if none or two."""
    for name in known:
        if _squashed(stem) == _squashed(name):
            return name, How.NAME
    held = [name for name in known if _place(stem, name)]
    # conv_arithmetic holds conv too: the longest name wins, unless the file names two different things.
    held.sort(key=len, reverse=True)
    if held and all(_place(held[0], other) for other in held[1:]):
        return held[0], How.PART
    return "", How.NOT


def by_functions(
    defines: Outline, known: Mapping[str, Collection[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The assignments most of whose functions are defined (several: a tie), and those of the first."""
    there = {name: [f for f in functions if f in defines.defined] for name, functions in known.items()}
    fits = {name: (len(found), len(found) / len(known[name])) for name, found in there.items() if found}
    best = max(fits.values(), default=None)
    fitting = tuple(name for name, fit in fits.items() if fit == best)
    return fitting, tuple(there[fitting[0]]) if fitting else ()


def student_in(stem: str, known: Collection[str]) -> str:
    """The student a file name begins with: "ada" in ada_optimizers and in ada; "" in optimizers and hw3."""
    named, _ = by_name(stem, known)
    place = _place(stem, named) if named else None
    student = (stem[: place.start()] if place else stem).strip(SEPARATORS)
    words = re.findall(r"[^\W\d_]+", student.casefold())
    return "" if all(word in DRAFT for word in words) and not _is_id(student) else student


def is_named_after(stem: str, known: Collection[str]) -> bool:
    """Whether a file name is an assignment's and no student's: optimizers, optimizers (1), hw3-optimizers."""
    return bool(by_name(stem, known)[0]) and not student_in(stem, known)


def stem_of(name: str) -> str:
    """A file name without its ending; "x.py.txt", which Windows makes of x.py and hides, has two."""
    return re.sub(
        r"(?:\.py|\.ipynb)?(?:\.txt)?$|\.tar\.gz$|\.(?:tgz|tar|zip)$", "", name, count=1, flags=re.IGNORECASE
    )


def _is_id(text: str) -> bool:
    """Whether digits alone name a student, as a matriculation number does and a version does not."""
    return re.search(r"\d{4}", text) is not None


def _squashed(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _place(stem: str, name: str) -> re.Match[str] | None:
    """Where an assignment's name stands in a file name, as words of its own."""
    words = [re.escape(word) for word in re.split(r"[\W_]+", name) if word]
    if not words:
        return None
    phrase = r"[\W_]*".join(words)
    after = r"(?!\d)" if name[-1].isdigit() else r"(?![^\W\d_])"
    return re.search(rf"(?<![^\W\d_]){phrase}{after}", stem, re.IGNORECASE)
