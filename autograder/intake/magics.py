"""What a notebook cell holds beside Python: `%` and `%%` commands, `!` shell escapes, `?` questions.

None of it is run. A line is looked at only where a statement can begin, so a `%` that goes on with the
calculation of the line above stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .parsing import continues

TRANSPARENT = frozenset(
    {"time", "timeit", "capture", "prun", "memit", "memray_flamegraph", "mprun", "lprun", "try"}
)
LINE = re.compile(
    r"""(?P<indent>\s*)
    (?: [%!?,;/](?!=)                                         # %matplotlib inline, !pip install, ?np.dot
      | (?:[\w.\[\]]+(?:\s*,\s*[\w.]+)*\s*=\s*)(?:!|%(?=[A-Za-z]))   # files = !ls, t = %timeit -o f()
      | (?:pip3?|conda|mamba)\s+(?:install|list|uninstall|show)\b    # IPython takes these without %
      | (?:cd|ls|pwd|cat|mkdir)(?:\s+[\w./~*-]+)*\s*$
      | [\w.\[\]'"]+\s*\?{1,2}\s*$                            # np.dot?
    )""",
    re.VERBOSE,
)
OURS = re.compile(r"\s*(?:%?%try\b|%(?:re)?load_ext\s+autograder\b)")  # of these a student need not be told
ORDINARY = re.compile(r"\s*[\w.]+\s*$")  # a name alone is Python


@dataclass(frozen=True, slots=True)
class Python:
    """The Python of a cell, line for line: what was left out is an empty line, or `pass` in a block."""

    source: str
    left_out: tuple[tuple[int, str], ...]  # (line of the cell, what stood there), but for our own `%try`


def cell_command(source: str) -> str:
    """The name of a `%%` command that takes the whole cell away from Python, or "".

    `%%time` and its like only watch the cell run, so the cell stays.
    """
    found = re.match(r"\s*%%(\w*)", source)
    return "" if found is None or found[1] in TRANSPARENT else found[1] or "%%"


def without_commands(source: str) -> Python:
    """The cell with its notebook commands taken out."""
    lines = _dedented(source.split("\n"))
    left_out = []
    depth, quote, joined, in_command = 0, "", False, False
    for i, line in enumerate(lines):
        begins = not (depth or quote or joined)
        found = LINE.match(line) if begins and not ORDINARY.match(line) else None
        if in_command or found:
            if line.strip() and not OURS.match(line):
                left_out.append((i + 1, line.strip()))
            in_command = line.endswith("\\")
            indent = found["indent"] if found else ""
            lines[i] = f"{indent}pass" if indent else ""
        else:
            depth, quote, joined = continues(line, depth, quote)
    return Python("\n".join(lines), tuple(left_out))


def _dedented(lines: list[str]) -> list[str]:
    """IPython accepts a cell that is indented as a whole, as code pasted from inside a function is."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines] if indent else lines
