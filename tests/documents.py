"""The pages that tell people to type something, and how their fenced blocks are run.

A page is read from top to bottom, as a person would, in a fresh folder of its own: what one block makes, the
next one finds. A comment right above a block (it is not shown) says what a block needs, or how it ends:

    <!-- test: begins in student -->        once on a page: where it is read; without it, in `course`
    <!-- test: needs class/ export.csv -->  what to lay there first; the names are the keys of PREPARED
    <!-- test: exits 1 -->                  the exit status of the last command
    <!-- test: into solutions/relu/checks.py -->  the block becomes that file
    <!-- test: end of solutions/relu/checks.py -->  the block is written at its end
    <!-- test: fragment -->                 Python that stands in the middle of a file: it has to be Python
    <!-- test: back -->                     from here on in the folder where the page began
    <!-- test: nbgrader -->                 only where the extra `nbgrader` is installed
    <!-- test: skip: why -->                not run, but its commands have to exist

Several stand behind one another, with a `;` between them. What happens to a block depends on its language:

    sh        is run by bash; every command has to succeed
    console   `$ command` is run, and what stands below it has to come; … stands for anything in a line, and
              alone in a line for any lines
    python    is run by itself, unless it goes into a file
    ipython   is run in IPython, line by line
    yaml      has to be strict YAML: a rubric or a course by its schema, a workflow by the schema of GitHub's
    text      is for people only
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = tuple(
    sorted(
        [
            *(ROOT / "docs").glob("*.md"),
            ROOT / "README.md",
            ROOT / "CONTRIBUTING.md",
            *(ROOT / name / "README.md" for name in ("assignments", "solutions", "rubrics")),
        ]
    )
)
LANGUAGES = ("sh", "console", "python", "ipython", "yaml", "text", "json", "css")
FENCE = re.compile(r"^ *(```+)(\w*)")
NOTE = re.compile(r"<!-- test: (.+?) -->")
MUCH = 3000  # characters of what came, the last ones
LONGEST = 120.0  # seconds for one block


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, the line of its fence, its language and text, and what is noted above it."""

    page: Path
    line: int
    language: str
    text: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As editors take it: page and line."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    def note(self, word: str) -> str | None:
        """What stands behind `word` in a note; None where there is no such note."""
        return next((one.removeprefix(word).strip(" :") for one in self.notes if one.startswith(word)), None)


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    notes: list[str] = []
    fence, start, language, inside = "", 0, "", []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        found = FENCE.match(line)
        if fence and found and found[1] == fence and not found[2]:
            yield Block(page, start, language, "\n".join(inside) + "\n", tuple(notes))
            fence, notes = "", []
        elif fence:
            inside.append(line)
        elif found:
            fence, language, start, inside = found[1], found[2], number, []
        elif said := NOTE.findall(line):
            notes += [part.strip() for one in said for part in one.split(";")]
        elif line.strip():
            notes = []


def begins(page: Path) -> str:
    """Where a page is read: the name of one of the places of `tests.prepared`."""
    found = re.search(r"<!-- test: begins in (\w+) -->", page.read_text(encoding="utf-8"))
    return found[1] if found else "course"


@dataclass(slots=True)
class Reader:
    """Types what a page says. `folder` is where it is now: a block may change into another."""

    folder: Path
    home: Path

    def run(self, block: Block) -> None:
        """Run one block of commands.

        Raises:
            AssertionError: it does not do what the page says; names page and line.
        """
        wanted = int(block.note("exits") or 0)
        if block.language == "console":
            for command, expected in _typed(block.text):
                status, said = self.shell(command)
                assert agrees(expected, said), f"{block}: `{command}` says\n{said[-MUCH:]}"
        else:
            status, said = self.shell(block.text)
        assert status == wanted, f"{block}: exit status {status}\n{said[-MUCH:]}"

    def shell(self, commands: str) -> tuple[int, str]:
        """Exit status, and all that was printed."""
        kept = self.home / "where"
        script = f"set -eo pipefail\ntrap 'pwd > {kept}' EXIT\n{commands}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        self.folder = Path(kept.read_text(encoding="utf-8").strip())
        return done.returncode, done.stdout

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
        return kept | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "IPYTHONDIR": str(self.home / "ipython"),
            # What is installed goes into a folder of its own, and comes from nowhere else.
            "PIP_TARGET": str(self.home / "installed"),
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
        }


def _typed(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what should come."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command.partition("  #")[0], expected


def agrees(expected: str, said: str) -> bool:
    r"""Whether `said` is what a page shows, up to empty lines at the ends and what … stands for.

    >>> agrees("took … s\n…\nend", "took 3.1 s\nx\ny\nend\n"), agrees("a", "b")
    (True, False)
    """
    pattern = ""
    for line in expected.strip("\n").split("\n"):
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
    return re.fullmatch(pattern, said.strip("\n") + "\n") is not None
