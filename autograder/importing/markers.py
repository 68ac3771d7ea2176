"""Taking the markers of nbgrader and otter out of a cell, and remembering what stood between them."""

from __future__ import annotations

import re
from collections.abc import Callable

from .model import Place

HIDDEN_TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
SCHEME = ("BEGIN MARK SCHEME", "END MARK SCHEME")
_AUTOTEST = re.compile(r"(\s*)#+\s*(HASHED\s+)?AUTOTEST\s+(.*?)\s*;?\s*$")
_LINE = re.compile(r"\s*#\s*SOLUTION(?: NO PROMPT)?\s*$")
_SEED = re.compile(r"\s*# SEED\s*$")


def nbgrader(text: str, pair: tuple[str, str], place: Place) -> tuple[str, frozenset[int]]:
    """The text without the lines that hold a marker of `pair`, and the numbers of the lines between them.

    Raises:
        CourseError: a marker without its partner.
    """
    return _between(text, place, pair, lambda line: pair[0] in line, lambda line: pair[1] in line)


def _between(
    text: str,
    place: Place,
    names: tuple[str, str],
    begins: Callable[[str], bool],
    ends: Callable[[str], bool],
) -> tuple[str, frozenset[int]]:
    kept: list[str] = []
    hidden = set()
    since = 0
    for number, line in enumerate(text.split("\n"), 1):
        if begins(line):
            if since:
                raise place.fault(f"line {number}: {names[0]}, but that of line {since} is still open")
            since = number
        elif ends(line):
            if not since:
                raise place.fault(f"line {number}: {names[1]} without a {names[0]} before it")
            since = 0
        else:
            kept.append(line)
            if since:
                hidden.add(len(kept))
    if since:
        raise place.fault(f"line {since}: {names[0]} without an {names[1]} after it")
    return "\n".join(kept), frozenset(hidden)


def autotests(text: str) -> tuple[str, bool]:
    """The `### AUTOTEST f(1); f(2)` of nbgrader as statements, and whether there were any."""
    lines = text.split("\n")
    found = False
    for i, line in enumerate(lines):
        if match := _AUTOTEST.fullmatch(line):
            lines[i], found = match[1] + match[3], True
    return "\n".join(lines), found


def otter(text: str, place: Place) -> tuple[str, frozenset[int]]:
    """A cell of otter's master notebook as its author runs it, and the lines that students do not get.

    Prompts and what is marked `# IGNORE` are taken out, the markers too.

    Raises:
        CourseError: a marker without its partner.
    """
    for name in ("IGNORE", "PROMPT"):
        begin, end = re.compile(rf".*#\s*BEGIN {name}\s*$"), re.compile(rf".*# END {name}\s*$")
        text, within = _between(text, place, (f"# BEGIN {name}", f"# END {name}"), _is(begin), _is(end))
        lines = text.split("\n")
        text = "\n".join(line for i, line in enumerate(lines, 1) if i not in within)
    text = "\n".join(line for line in text.split("\n") if not line.rstrip().endswith("# IGNORE"))
    begin, end = re.compile(r"\s*# BEGIN SOLUTION\b.*"), re.compile(r".*# END SOLUTION\s*$")
    pair = ("# BEGIN SOLUTION", "# END SOLUTION")
    text, hidden = _between(text, place, pair, _is(begin), _is(end))
    lines = text.split("\n")
    marked = {i for i, line in enumerate(lines, 1) if _LINE.search(line)}
    text = "\n".join(_SEED.sub("", _LINE.sub("", line)) for line in lines)
    return text, hidden | marked


def _is(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda line: pattern.match(line) is not None


def without_scheme(text: str) -> tuple[str, str]:
    """A text without its mark scheme, and the scheme, which goes to the end where no marker ends it."""
    kept: list[str] = []
    scheme: list[str] = []
    within = False
    for line in text.split("\n"):
        if SCHEME[0] in line:
            within = True
        elif SCHEME[1] in line:
            within = False
        else:
            (scheme if within else kept).append(line)
    return "\n".join(kept).strip(), "\n".join(scheme).strip()
