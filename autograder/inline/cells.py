"""From the cells that have run to one notebook, as if the student had saved what is defined right now.

A kernel remembers every cell that was run, with all the versions it went through. Of a function only the
version counts that its name stands for now, and nothing counts whose name is gone.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.intake.magics import cell_command, without_commands
from autograder.intake.parsing import names_bound, safe_parse
from autograder.intake.slicing import without
from autograder.model import SubmissionError

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
UNSAVED = "notebook.ipynb"  # the name of a notebook whose file is not known
FILES = 20  # notebooks in one folder that are looked at
LARGEST = 10 << 20  # bytes of one


@dataclass(slots=True)
class _Cell:
    number: int  # as it stands beside the cell: [7]
    source: str  # Python, without notebook commands
    body: list[ast.stmt]
    dropped: list[ast.stmt] = field(default_factory=list)

    def text(self, node: ast.stmt) -> str:
        """The statement as it was written, decorators included."""
        lines = self.source.split("\n")
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        return "\n".join(lines[first - 1 : node.end_lineno]).strip()


def book(history: Sequence[str], namespace: Mapping[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    """The cells of `history` as a notebook, and the names of the functions and classes that they define now.

    `history[n]` is the cell that ran as number n. In the notebook it is cell n, so that whatever is said of
    a cell can be found by the number beside it.
    """
    cells = [cell for number, raw in enumerate(history) if raw.strip() and (cell := _cell(number, raw))]
    kept = _kept(cells, namespace)
    for place, cell in enumerate(cells):
        cell.dropped = [node for node in cell.body if _is_past(node, (place, node.lineno), kept, namespace)]
    there = {cell.number: cell for cell in cells if len(cell.dropped) < len(cell.body)}
    written = [
        _written(there[number]) if number in there else {"cell_type": "raw", "metadata": {}, "source": ""}
        for number in range(1, max(there, default=0) + 1)
    ]
    document = {"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document).encode(), tuple(kept)


def place(namespace: Mapping[str, Any], names: Sequence[str]) -> Path:
    """The file of the notebook, as far as a kernel can know; else one of no such file, in this folder.

    Front ends leave its path in a variable or in the environment. Otherwise it is the notebook here that
    speaks of most of `names`.
    """
    here = Path.cwd()
    for said in (namespace.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        for path in (Path(said), here / Path(said).name) if isinstance(said, str) and said else ():
            if path.suffix == ".ipynb" and path.is_file():
                return path
    found = [(sum(f"def {name}(" in text for name in names), path) for path, text in _notebooks(here)]
    most = max((count for count, _ in found), default=0)
    return next((path for count, path in found if count == most > 0), here / UNSAVED)


def _notebooks(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.ipynb"))[:FILES]:
        try:
            if path.stat().st_size <= LARGEST:
                yield path, path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue


def _cell(number: int, raw: str) -> _Cell | None:
    """A cell that Python can read; one that it cannot has not run either."""
    if cell_command(raw):
        return None
    try:
        try:
            return _Cell(number, raw, safe_parse(raw).body)
        except SyntaxError:
            source = without_commands(raw).source
            return _Cell(number, source, safe_parse(source).body)
    except (SyntaxError, SubmissionError):
        return None


def _kept(cells: Sequence[_Cell], namespace: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """For each function and class that is there: which cell, and which line of it, holds what it is now."""
    found: dict[str, list[tuple[int, ast.stmt]]] = {}
    for index, cell in enumerate(cells):
        for node in cell.body:
            if isinstance(node, Definition) and node.name in namespace:
                found.setdefault(node.name, []).append((index, node))
    kept = {}
    for name, versions in found.items():
        now = _source(namespace[name])
        # A version that did not come to run, since its cell stopped above it, does not count.
        same = [version for version in versions if cells[version[0]].text(version[1]) == now]
        index, node = (same or versions)[-1]
        kept[name] = (index, node.lineno)
    return kept


def _source(value: object) -> str:
    try:
        return inspect.getsource(value).strip()  # type: ignore[arg-type]  # what has none raises TypeError
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return ""


def _is_past(
    node: ast.stmt, here: tuple[int, int], kept: Mapping[str, tuple[int, int]], namespace: Mapping[str, Any]
) -> bool:
    """Whether a statement defines what is gone, or what has been defined anew since."""
    if isinstance(node, Definition):
        return kept.get(node.name) != here
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom):
        bound = names_bound(node)
        return bool(bound) and all(
            name != "*" and (name not in namespace or kept.get(name, (-1, 0)) > here) for name in bound
        )
    return False


def _written(cell: _Cell) -> dict[str, Any]:
    kept = [node for node in cell.body if node not in cell.dropped]
    # The cells of a handout that hold a function are the answer, and graded as they stand; see `intake`.
    answers = any(isinstance(node, Definition) and ">>>" in (ast.get_docstring(node) or "") for node in kept)
    return {
        "cell_type": "code",
        "metadata": {"nbgrader": {"solution": True}} if answers else {},
        "source": without(cell.source, cell.dropped),
        "outputs": [],
        "execution_count": cell.number,
    }
