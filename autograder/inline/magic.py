"""The command itself: what is typed behind `%try`, and what is shown below the cell."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from types import FunctionType
from typing import Any

from autograder import tryout
from autograder.tryout import Tryout

from . import cells
from .page import Page

COMMAND = "try"
SECONDS = "--seconds"
USAGE = "type the names of functions, or none for all of them; --seconds 30 lets each of them take longer"
_CELL = re.compile(r"\bcell (\d+)")


class Stopped(KeyboardInterrupt):
    """The student has interrupted the kernel: the cells below do not run, and one line says so."""

    def _render_traceback_(self) -> list[str]:
        return ["Stopped; nothing of it is left running."]


class Trying:
    """`%try` for one shell."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def run(self, line: str, cell: str | None = None) -> None:
        """Run the worked examples of functions in this notebook.

        ::

            %try                    every function that is defined so far
            %try adam_step          one function, or all with this in their names
            %try adam_step --seconds 30

            %%try                   above a cell: run it, then try the functions that it defines
            def adam_step(...):
                ...

        The functions are taken from the cells that have run, and run in a process of their own: an endless
        loop is stopped after 10 seconds and does not hurt the notebook.
        """
        try:
            names, seconds = _words(line)
        except ValueError:
            self._show(Tryout(f"%{COMMAND} {line}", trouble=USAGE))
            return
        if cell is not None and not self._ran(cell):
            return
        among = _defined(cell) if cell is not None else None
        try:
            self._show(self._tried(names, among, seconds))
        except KeyboardInterrupt:
            raise Stopped from None

    def complete(self, _: Any, event: Any) -> list[str]:
        """The names that can stand behind the command."""
        typed = str(getattr(event, "symbol", ""))
        known = cells.book(self._history(), self._shell.user_ns)[1]
        return sorted(name for name in known if name.startswith(typed) and not name.startswith("_"))

    def _ran(self, cell: str) -> bool:
        # The comment stands where `%%try` stood, so that lines are counted as the student sees them.
        return bool(self._shell.run_cell(f"# %%{COMMAND}\n{cell}", store_history=False).success)

    def _history(self) -> Sequence[str]:
        return list(self._shell.history_manager.input_hist_raw)

    def _tried(self, names: Sequence[str], among: Collection[str] | None, seconds: float) -> Tryout:
        namespace = self._shell.user_ns
        book, known = cells.book(self._history(), namespace)
        place = cells.place(namespace, (*known, *names))
        for name in names:
            if name not in known and (module := _imported(namespace.get(name))):
                says = f"`{name}` comes from {module}, not from a cell"
                trouble = f"{says}; `autograder try` in a terminal tries a file"
                return Tryout("this notebook", trouble=trouble)
        if not known:
            says = tryout.undefined(names[0]) if names else "no function is defined yet; run your cells first"
            return Tryout("this notebook", trouble=says)
        result = tryout.attempt_cells(
            book, place, names=names, among=None if names else among, seconds=seconds
        )
        return _as_beside_the_cells(result, place)

    def _show(self, result: Tryout) -> None:
        page = Page(result, colour=_is_terminal(self._shell))
        self._shell.display_pub.publish(page.bundle())


def _words(line: str) -> tuple[list[str], float]:
    """Names and seconds.

    Raises:
        ValueError: it is neither.
    """
    words, seconds = shlex.split(line.replace(",", " ")), 10.0
    if SECONDS in words:
        at = words.index(SECONDS)
        if len(words) == at + 1:
            raise ValueError(line)
        seconds = float(words[at + 1])
        del words[at : at + 2]
    names = [word.partition("(")[0] for word in words]
    if not all(name.isidentifier() for name in names):
        raise ValueError(line)
    return names, seconds


def _defined(cell: str) -> list[str]:
    """The public functions and classes that a cell defines at its left margin."""
    names = re.findall(r"^(?:async\s+def|def|class)\s+([^\W_]\w*)", cell, re.MULTILINE)
    return list(dict.fromkeys(names))


def _imported(value: object) -> str:
    """The module that a function was imported from; "" for what stands in a cell."""
    module = value.__module__ if isinstance(value, FunctionType) else ""
    return "" if module in {"__main__", "", None} else module


def _as_beside_the_cells(result: Tryout, place: Any) -> Tryout:
    """The result with the numbers that stand beside cells, and without notes on what is not handed in.

    What was left out of a cell is only worth a word where it may be what is missing.
    """
    stopped = result.crash or any(one.crash for one in result.tried)
    left_out = [note for note in result.notes if not note.startswith("not defined yet")]
    there = place.is_file()
    return replace(
        result,
        path=place.name if there else "this notebook",
        trouble=_numbered(result.trouble if there else result.trouble.replace(place.name, "this notebook")),
        notes=tuple(_numbered(note) for note in result.notes if stopped or note not in left_out),
        line_names=tuple(map(_numbered, result.line_names)),
        objections=tuple(replace(one, says=_numbered(one.says)) for one in result.objections),
    )


def _numbered(text: str) -> str:
    return _CELL.sub(r"cell [\1]", text)


def _is_terminal(shell: Any) -> bool:
    return type(shell).__name__ == "TerminalInteractiveShell" and sys.stdout.isatty()
