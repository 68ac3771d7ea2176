"""The code of a notebook, put together into one module that can be imported. Nothing of it is run.

What is graded, cell by cell:

- a cell that nbgrader marks as the answer (`solution`): as it stands, without notebook commands;
- a cell that nbgrader marks as a test (`grade` without `solution`): not at all, it is the instructor's;
- any other code cell: its definitions, imports and constants (see `slicing`), and the student is told what
  else was there, unless nbgrader has locked the cell and it is the instructor's;
- a cell that Python cannot read: not at all, and the student is told where and why.

Cells are counted from 1, texts included, as editors count them. Every line of the result knows the cell and
line it came from.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from autograder.model import SubmissionError

from .decoding import plain_cookie, plain_line_ends, printable
from .magics import cell_command, without_commands
from .parsing import MAX_SOURCE, safe_parse
from .slicing import Names, left_out, unused_imports, without
from .syntax import kindly

MAX_NOTEBOOK = 10 * 1024 * 1024  # bytes, outputs and pictures included
MAX_CELLS = 1_000  # with code
MAX_NOTES = 20
WORTH = 60  # characters of a statement that are quoted


@dataclass(frozen=True, slots=True)
class NotebookCode:
    """One module made of a notebook. `line_names[i]` says where line i + 1 stood: "cell 4, line 2"."""

    source: str
    line_names: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Cell:
    number: int  # from 1, cells of text included
    source: str
    solution: bool = False
    given: bool = False  # locked by nbgrader: the instructor wrote it, so the student is told nothing of it
    kept: list[ast.stmt] = field(default_factory=list)
    dropped: list[ast.stmt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def code(data: bytes, graded: Collection[str] = ()) -> NotebookCode:
    """The code of a notebook of nbformat 3 or 4. Assignments to a name in `graded` always stay.

    Raises:
        SubmissionError: not a notebook, not in Python, or too large.
    """
    cells = list(islice(_code_cells(_load(data)), MAX_CELLS + 1))
    if len(cells) > MAX_CELLS:
        raise SubmissionError(
            f"the notebook holds more than {MAX_CELLS} code cells; hand in only your functions"
        )
    if sum(len(cell.source) for cell in cells) > MAX_SOURCE:
        raise SubmissionError(
            f"the notebook holds more than {MAX_SOURCE // 1024} kB of code; leave out the data"
        )
    names = Names()
    for cell in cells:
        cell.kept = _statements(cell)
        if cell.solution:
            for node in cell.kept:
                names.bind(node)
        else:
            _drop(
                cell, left_out(cell.kept, names, graded), "only definitions, imports and constants are graded"
            )
    unused = unused_imports([node for cell in cells for node in cell.kept], graded)
    for cell in cells:
        _drop(cell, unused, "nothing that is graded uses it")
    return _assembled(cells)


def _drop(cell: _Cell, nodes: Collection[ast.stmt], why: str) -> None:
    """Move those of `nodes` that stand in the cell from what is kept to what is dropped, and say so."""
    there = set(map(id, nodes))
    here = [node for node in cell.kept if id(node) in there]
    cell.kept = [node for node in cell.kept if id(node) not in there]
    cell.dropped += here
    lines = cell.source.split("\n")
    quoted = []
    for node in here:
        data = lines[node.lineno - 1].encode()  # `ast` counts columns in bytes of UTF-8
        end = node.end_col_offset if node.end_lineno == node.lineno else None
        quoted.append((node.lineno, data[node.col_offset : end].decode()))
    _quote(cell, quoted, why)


def _quote(cell: _Cell, lines: Sequence[tuple[int, str]], why: str) -> None:
    """Note the first of the lines that were left out, and how many others there are: one note for a cell."""
    if lines and not cell.given:
        line, text = lines[0]
        what = f"`{printable(text, WORTH)}`" + (f" and {len(lines) - 1} more" if len(lines) > 1 else "")
        were = "were" if len(lines) > 1 else "was"
        cell.notes.append(f"cell {cell.number}, line {line}: {what} {were} left out: {why}")


def _load(data: bytes) -> Mapping[str, Any]:
    if len(data) > MAX_NOTEBOOK:
        raise SubmissionError(
            f"the notebook is larger than {MAX_NOTEBOOK >> 20} MB; clear its outputs and hand it in again"
        )
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError, MemoryError):
        raise SubmissionError(
            "this is not a notebook: its text is not JSON; open it in Jupyter, save it and hand it in again"
        ) from None
    if not isinstance(notebook, dict) or not isinstance(
        notebook.get("cells", notebook.get("worksheets")), list
    ):
        raise SubmissionError("this is not a notebook: it holds no list of cells; save it from Jupyter again")
    metadata = _mapping(notebook.get("metadata"))
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        language = _mapping(metadata.get(part)).get(key)
        if isinstance(language, str) and not language.lower().startswith(("python", "ipython")):
            raise SubmissionError(
                f"the notebook is written in {printable(language, 30)}; Python is graded here"
            )
    return notebook


def _code_cells(notebook: Mapping[str, Any]) -> Iterator[_Cell]:
    """The code cells that are the student's, in order; whatever has the wrong type is no cell."""
    cells = notebook.get("cells")
    if not isinstance(cells, list):  # nbformat 3
        sheets = [_mapping(sheet).get("cells") for sheet in notebook["worksheets"]]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        nbgrader = _mapping(_mapping(cell.get("metadata")).get("nbgrader"))
        solution = nbgrader.get("solution") is True
        if nbgrader.get("grade") is True and not solution:
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str) and source.strip():
            # JSON can spell half of a surrogate pair, which no file in UTF-8 can hold.
            text = plain_line_ends(source.encode("utf-8", "replace").decode())
            yield _Cell(number, text.rstrip("\n"), solution, not solution and nbgrader.get("locked") is True)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _statements(cell: _Cell) -> list[ast.stmt]:
    """The statements of a cell, once its notebook commands are out of it; none where it cannot be read."""
    if command := cell_command(cell.source):
        cell.notes.append(
            f"cell {cell.number} was left out: a `%%{printable(command, 20)}` cell is not Python"
        )
        cell.source = ""
        return []
    try:
        try:
            return safe_parse(cell.source).body
        except SyntaxError:
            plain = without_commands(cell.source)
            body = safe_parse(plain.source).body
            cell.source = plain.source
            _quote(cell, plain.left_out, "notebook commands do not run here")
            return body
    except SubmissionError as error:
        cell.notes.append(f"cell {cell.number} was left out: {error}")
    except SyntaxError as error:
        line, says = kindly(error, without_commands(cell.source).source)
        cell.notes.append(f"cell {cell.number} was left out because of its line {line}: {says}")
    cell.source = ""
    return []


def _assembled(cells: Sequence[_Cell]) -> NotebookCode:
    lines: list[str] = []
    line_names: list[str] = []
    notes: list[str] = []
    for cell in cells:
        futures = [
            node for node in cell.kept if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        ]
        for node in futures:  # these must come first, wherever the student wrote them
            lines.insert(0, ast.unparse(node))
            line_names.insert(0, f"cell {cell.number}, line {node.lineno}")
        text = without(cell.source, [*cell.dropped, *futures])
        if not text.rstrip().endswith("\\"):  # which needs the empty line below it
            text = text.rstrip()
        if text.strip():
            here = [*text.split("\n"), ""]
            lines += here
            line_names += [f"cell {cell.number}, line {i + 1}" for i in range(len(here))]
        notes += cell.notes
    if not any(cell.kept for cell in cells):
        notes.append("the notebook holds no code that can be graded")
    if len(notes) > MAX_NOTES:
        notes[MAX_NOTES:] = [f"{len(notes) - MAX_NOTES} more notes of this kind were left out"]
    source = plain_cookie("\n".join(lines))
    return NotebookCode(source, tuple(line_names), tuple(notes))
