"""The handout in five parts: four the author writes, and "How it is marked", made from the rubric."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model import CourseError, Criterion, Rubric, Shown, points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MARKED = "How it is marked"
WRITTEN = ("Why", "Write", "Try", "If you are stuck")  # by the author, in this order
_RULES = {
    "share": "each of its {n} checks earns its own points",
    "all": "all of its {n} checks must pass",
    "worst": "the worst of its {n} checks decides",
}
_SHOWN = {
    Shown.ALWAYS: "at once",
    Shown.AFTER_DUE: "after the due date",
    Shown.AFTER_RELEASE: "when results are released",
    Shown.NEVER: "never",
}


def render(markdown: str, rubric: Rubric, source: str = "handout.md") -> str:
    """The handout that students read: the author's four parts with the rubric in words before the last.

    `source` is the name of the author's file in messages. Without a title of its own the handout takes the
    rubric's.

    Raises:
        CourseError: a part is missing, empty, unknown or out of order.
    """
    head, parts = split(markdown, source)
    if not re.search(r"^# ", head, re.MULTILINE):
        head = f"# {rubric.title}\n\n{head}".strip()
    sections = [(name, parts[name]) for name in WRITTEN]
    sections.insert(-1, (MARKED, marking(rubric)))
    return "\n\n".join([head, *(f"## {name}\n\n{text}" for name, text in sections)]) + "\n"


def split(markdown: str, source: str = "handout.md") -> tuple[str, Mapping[str, str]]:
    """What stands before the first part, and the text of each of the author's parts.

    Raises:
        CourseError: as for `render`.
    """
    head: list[str] = []
    parts: dict[str, list[str]] = {}
    current = head
    for number, (line, is_code) in enumerate(lines(markdown), 1):
        heading = None if is_code else re.fullmatch(r"## +(.*?)\s*#*", line)
        if heading is None:
            current.append(line)
            continue
        name = heading[1]
        _expected(name, list(parts), f"{source}:{number}")
        current = parts[name] = []
    for name in WRITTEN:
        if not "".join(parts.get(name, ())).strip():
            state = "empty" if name in parts else "missing"
            raise CourseError(f"{source}: the part '## {name}' is {state}; write it")
    return "\n".join(head).strip(), {
        name: "\n".join(text).strip("\n").rstrip() for name, text in parts.items()
    }


def lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a fenced block of code."""
    fence = ""
    for line in markdown.splitlines():
        mark = re.match(r" {0,3}(```+|~~~+)", line)
        if mark and not fence:
            fence = mark[1]
        elif fence and line.strip().startswith(fence):
            fence = ""
            yield line, True
            continue
        yield line, bool(fence)


def _expected(name: str, before: list[str], place: str) -> None:
    if name == MARKED:
        raise CourseError(f"{place}: '## {MARKED}' is made from the rubric; leave it out")
    if name not in WRITTEN:
        wanted = ", ".join(f"'## {part}'" for part in WRITTEN)
        raise CourseError(f"{place}: '## {name}' is no part of a handout; they are {wanted} (### inside)")
    if name in before:
        raise CourseError(f"{place}: the part '## {name}' is there already")
    if before and WRITTEN.index(name) < WRITTEN.index(before[-1]):
        raise CourseError(f"{place}: the part '## {name}' comes before '## {before[-1]}'; move it up")


def marking(rubric: Rubric) -> str:
    """The rubric in words: a table of its criteria, then bands and levels. Guidance stays with us."""
    rows = [
        "| What is asked | Points | Marked by | How they are earned | Details shown |",
        "|---|---:|---|---|---|",
        *(_row(criterion) for criterion in rubric.criteria),
    ]
    text = [f"{points(rubric.possible)} point{'' if rubric.possible == 1 else 's'} in all.", "\n".join(rows)]
    if any(criterion.shown != Shown.ALWAYS and criterion.by == "machine" for criterion in rubric.criteria):
        text.append(
            "Until its details are shown you learn of each check what it asks for, whether it passed and, "
            "where we recognise it, what went wrong; not the numbers it used."
        )
    return "\n\n".join([*text, *_notes(rubric)])


def _row(criterion: Criterion) -> str:
    count = len(criterion.checks)
    rule = "its one check must pass" if count == 1 else _RULES[criterion.rule].format(n=count)
    if criterion.bands:
        rule = f"{rule}; the time it takes counts, see below"
    hand = criterion.by == "hand"
    cells = (
        criterion.asks,
        points(criterion.possible),
        "a person" if hand else "the grader",
        "as that person judges" if hand else rule,
        _SHOWN[criterion.shown],
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _notes(rubric: Rubric) -> Iterator[str]:
    for criterion in rubric.criteria:
        if criterion.bands:
            steps = ", ".join(
                f"up to {times:g} times as long as our own solution earns {share * 100:g} % of the points"
                for times, share in criterion.bands
            )
            yield f"**{criterion.asks}**, by time: {steps}; slower earns none."
        if criterion.levels:
            levels = "\n".join(
                f"- *{level}*: {' '.join(text.split())}" for level, text in criterion.levels.items()
            )
            yield f"**{criterion.asks}**, by level:\n\n{levels}"
