"""What trying a file came to: the types, the page for the terminal, and JSON for editors."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from autograder.model import Crash, Objection, line_name
from autograder.reports import clean

if TYPE_CHECKING:
    from rich.console import Console

VERSION = 1
NARROWEST = 40
ROWS = 12  # of an example, an answer or of what a function printed
PRINTS = "It also prints something, which `python -m doctest` would take for part of the answer."
LONGEST = 2000  # characters of one sentence
LOADING = "The file stops while it is being loaded, so no function can be called."
CAVEAT = "These are the visible examples only; hidden checks with other inputs decide the mark."


class Word(StrEnum):
    """What became of the examples of a function."""

    RIGHT = "right"
    DIFFERS = "differs"
    STOPPED = "stopped"
    UNWRITTEN = "not written yet"
    NO_EXAMPLE = "no example"


SIGNS = {
    Word.RIGHT: ("✓", "green"),
    Word.DIFFERS: ("✗", "red"),
    Word.STOPPED: ("!", "red"),
    Word.UNWRITTEN: ("·", "yellow"),
    Word.NO_EXAMPLE: ("-", "dim"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One function, and the first of its examples that did not come out right."""

    function: str
    word: Word
    says: str = ""  # one sentence; "" where the word says it all
    right: int = 0  # examples that came out right before the first that did not
    examples: int = 0
    line: int | None = None  # of its `def` in the source, 1-based
    example: str = ""  # as typed, with what prepares it
    expected: str = ""
    got: str = ""
    crash: Crash | None = None
    hint: str = ""
    warnings: tuple[str, ...] = ()
    printed: str = ""  # what the function printed by itself; not its answer


@dataclass(frozen=True, slots=True)
class Tryout:
    """One file, tried. `trouble` says why nothing could be; `crash` what stopped the file while it loaded."""

    path: str
    tried: tuple[Tried, ...] = ()
    authority: str = ""  # the file whose docstrings hold the examples, where it is not the file itself
    objections: tuple[Objection, ...] = ()
    notes: tuple[str, ...] = ()
    trouble: str = ""
    crash: Crash | None = None
    source: str = ""
    line_names: tuple[str, ...] = ()
    partly: bool = False  # not every function that is asked for was tried

    @property
    def passed(self) -> bool:
        """Whether every example came out right, and there was one."""
        words = {one.word for one in self.tried}
        stopped = self.trouble or self.crash or any(objection.fatal for objection in self.objections)
        return not stopped and Word.RIGHT in words and words <= {Word.RIGHT, Word.NO_EXAMPLE}


def as_json(tryout: Tryout) -> str:
    """One line of JSON. `line` counts in the source, from 1; `place` is what the student calls it."""
    document = {
        "version": VERSION,
        "path": tryout.path,
        "passed": tryout.passed,
        "trouble": tryout.trouble,
        "examples_from": tryout.authority or tryout.path,
        "notes": list(tryout.notes),
        "objections": [
            {
                "says": one.says,
                "function": one.function,
                "fatal": one.fatal,
                "line": one.line,
                "place": place_of(tryout, one.line),
            }
            for one in tryout.objections
        ],
        "crash": _crash(tryout, tryout.crash),
        "functions": [
            {
                "function": one.function,
                "status": one.word.value,
                "line": one.line,
                "says": one.says,
                "right": one.right,
                "examples": one.examples,
                "example": one.example,
                "expected": one.expected,
                "got": one.got,
                "crash": _crash(tryout, one.crash),
                "hint": one.hint,
                "warnings": list(one.warnings),
                "printed": one.printed,
            }
            for one in tryout.tried
        ],
    }
    return json.dumps(document)


def render(tryout: Tryout, width: int, colour: bool) -> str:
    """The result for a terminal of `width` columns: a sign and a word for each function, colour besides."""
    from rich.console import Console  # noqa: PLC0415 - only where a page is drawn
    from rich.text import Text  # noqa: PLC0415

    page = io.StringIO()
    console = Console(
        file=page,
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        force_jupyter=False,  # `%try` asks for text inside of a notebook
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    _say(console, tryout.path, indent=0, style="bold")
    if tryout.authority:
        _say(console, f"examples of {tryout.authority}", style="dim")
    for note in tryout.notes:
        _say(console, note, style="dim")
    for objection in tryout.objections:
        _say(console, objected(tryout, objection), style="yellow")
    if tryout.crash:
        _say(console, LOADING, style="red")
        for sentence in told(tryout, tryout.crash):
            _say(console, sentence)
    if tryout.trouble:
        _say(console, tryout.trouble)
    longest = max((len(one.function) for one in tryout.tried), default=0)
    for one in tryout.tried:
        sign, style = SIGNS[one.word]
        row = Text(f"  {sign} ", style=style)
        row.append(one.function.ljust(longest + 2), style="default" if one.word == Word.RIGHT else "bold")
        row.append(one.word.value.ljust(len(Word.UNWRITTEN) + 2), style=style)
        if one.examples and not tryout.crash:
            row.append(f"{one.right} of {one.examples} example{'s' * (one.examples != 1)}", style="dim")
        row.rstrip()
        console.print(row)
        _details(console, tryout, one)
    console.print()
    _say(console, next_step(tryout), indent=0, style="bold")
    if tryout.tried:
        _say(console, CAVEAT, indent=0)
    return page.getvalue()


def _details(console: Console, tryout: Tryout, one: Tried) -> None:
    if one.example:
        _block(console, "", one.example)
        if one.expected:
            _block(console, "expected", one.expected)
        if one.got or one.word == Word.DIFFERS:
            _block(console, "got", one.got or "nothing")
    if one.says:
        _say(console, one.says, indent=6)
    if one.crash:
        for sentence in told(tryout, one.crash):
            _say(console, sentence, indent=6)
    if one.printed and one.word != Word.RIGHT:
        _block(console, "printed", one.printed)
    elif one.printed:
        _say(console, PRINTS, indent=6)
    for warning in one.warnings:
        _say(console, f"On the way: {warning}", indent=6, style="yellow")
    if one.hint and one.word in {Word.DIFFERS, Word.STOPPED}:
        _say(console, f"Hint: {one.hint}", indent=6, style="cyan")


def objected(tryout: Tryout, objection: Objection) -> str:
    """What the screen says, behind the line that it says it of."""
    place = place_of(tryout, objection.line)
    code = clean.line(_code(tryout, objection.line).strip())
    where = f"{place}{f', `{code}`' if code else ''}: " if place else ""
    return f"{where}{objection.says}"


def told(tryout: Tryout, crash: Crash) -> Iterator[str]:
    """What happened and where, in one sentence, and what may help, in another."""
    what = {"overran": "not finished", "died": "the program ended"}.get(crash.kind, crash.name)
    if crash.message:
        what += f": {clean.line(crash.message).rstrip('.')}"
    place = place_of(tryout, crash.line)
    if place:
        code = f", `{clean.line(crash.code)}`" if crash.code else ""
        what = f"{place}{code}: {what}"
    if place or not crash.advice or crash.kind == "raised":
        yield f"{what[0].upper()}{what[1:]}."
    if crash.advice:
        yield crash.advice


def next_step(tryout: Tryout) -> str:
    """What to do now."""
    words = {word: [one.function for one in tryout.tried if one.word == word] for word in Word}
    if tryout.passed and tryout.objections:
        return "Every example comes out right; but read what is said above before you hand in."
    if tryout.passed and tryout.partly:
        return "Every example that was tried comes out right."
    if tryout.passed:
        return "Every example comes out right. Hand in when you are content with it."
    if tryout.trouble or any(objection.fatal for objection in tryout.objections):
        return "Nothing was run. Mend this first, then try again."
    if tryout.crash:
        place = place_of(tryout, tryout.crash.line)
        return f"Next: mend {place or 'the file'}, then try again."
    if wrong := [one.function for one in tryout.tried if one.word in {Word.DIFFERS, Word.STOPPED}]:
        return f"Next: {wrong[0]}. Work through its example by hand, then compare."
    if words[Word.UNWRITTEN]:
        return f"Next: write {words[Word.UNWRITTEN][0]}."
    return "There was no example to run."


def _say(console: Console, sentence: str, indent: int = 2, style: str = "") -> None:
    """A sentence, wrapped; each of its lines begins under the first."""
    from rich.text import Text  # noqa: PLC0415

    for line in Text(clean.line(sentence, LONGEST), style).wrap(console, console.width - indent):
        line.rstrip()
        console.print(Text(" " * indent) + line)


def _block(console: Console, label: str, text: str) -> None:
    """Lines as they were written, behind a label that is not part of them."""
    from rich.text import Text  # noqa: PLC0415

    for number, line in enumerate(clean.block(text.rstrip("\n"), rows=ROWS).split("\n")):
        row = Text(f"      {label if not number else '':<10}", style="dim") if label else Text("      ")
        console.print(row.append(line), soft_wrap=True)


def _crash(tryout: Tryout, crash: Crash | None) -> dict[str, Any] | None:
    if crash is None:
        return None
    return {
        "kind": crash.kind,
        "name": crash.name,
        "message": crash.message,
        "line": crash.line,
        "place": place_of(tryout, crash.line),
        "code": crash.code,
        "advice": crash.advice,
    }


def _code(tryout: Tryout, line: int | None) -> str:
    lines = clean.source_lines(tryout.source)
    return lines[line - 1] if line and line <= len(lines) else ""


def place_of(tryout: Tryout, line: int | None) -> str:
    """How the student calls a line of the source; "" for none."""
    return line_name(line, tryout.line_names) if line else ""
