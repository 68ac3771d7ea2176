"""A notebook that can be trusted, made of whatever was handed in and of the notebook that was released.

The student's texts and code stay, in their order; outputs go. All metadata are ours: a cell of the student's
takes the place of a released one if it bears that one's name (of several the last, as nbgrader has it) and if
the released one is there to be edited. Locked texts read as released. Cells with marks are always ours, and
so is a cell for an answer that was deleted.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Cell = dict[str, Any]

MAX_CELLS = 2000
MAX_BYTES = 10 * 1024 * 1024  # of the file, as for grading
MAX_SOURCE = 200_000  # characters of one cell that are kept
PUT_BACK = "This cell was missing from what was handed in, and was put back."


def handed_in(data: bytes) -> list[Cell]:
    """The cells of a notebook of nbformat 3 or 4: `cell_type`, `source` and `name` (its grade_id, or "").

    Whatever is not a notebook has no cells.
    """
    try:
        book = json.loads(data[: MAX_BYTES + 1].decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError, MemoryError):
        return []
    sheets = _mapping(book).get("worksheets")
    found = _mapping(book).get("cells")
    if not isinstance(found, list):
        several = [_mapping(sheet).get("cells") for sheet in (sheets if isinstance(sheets, list) else [])]
        found = [cell for cells in several if isinstance(cells, list) for cell in cells]
    return [_plain(cell) for cell in found[:MAX_CELLS] if isinstance(cell, dict)]


def rebuilt(cells: Sequence[Cell], released: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook of nbformat 4.5 made of `cells`, as `handed_in` gives them, and of the released one."""
    ours = {_name(cell): cell for cell in released["cells"] if _name(cell)}
    last = {cell["name"]: number for number, cell in enumerate(cells)}
    placed: list[Cell] = []
    for number, cell in enumerate(cells):
        known = ours.get(cell["name"])
        if known is None or last[cell["name"]] != number or _is_marked(known):
            if known is None or cell["source"] != _text(known):
                placed.append(_theirs(cell, len(placed)))
        elif known["metadata"]["nbgrader"].get("solution"):
            placed.append({**_fresh(known), "source": cell["source"]})
        else:
            placed.append(_fresh(known))
    _complete(placed, ours)
    names = {_name(cell) for cell in placed}
    for number, cell in enumerate(placed):
        cell["id"] = cell["id"] if _name(cell) in names and _name(cell) else f"handed-in-{number}"
    metadata = {
        key: released["metadata"][key]
        for key in ("kernelspec", "language_info")
        if key in released["metadata"]
    }
    return {"cells": placed, "metadata": copy.deepcopy(metadata), "nbformat": 4, "nbformat_minor": 5}


def _complete(placed: list[Cell], ours: Mapping[str, Cell]) -> None:
    """Put in what has to be there and is not, each behind the nearest cell before it that is."""
    before = -1
    for name, known in ours.items():
        there = next((number for number, cell in enumerate(placed) if _name(cell) == name), None)
        if there is not None:
            before = there
            continue
        marked = known["metadata"]["nbgrader"]
        if not (marked.get("grade") or marked.get("solution")):
            continue
        cell = _fresh(known)
        if marked.get("solution"):
            note = f"# {PUT_BACK}\n" if cell["cell_type"] == "code" else f"*{PUT_BACK}*\n\n"
            cell["source"] = note + cell["source"]
        before += 1
        placed.insert(before, cell)


def _plain(cell: Cell) -> Cell:
    kind = cell.get("cell_type")
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    # JSON can spell half of a surrogate pair, which no file in UTF-8 can hold.
    text = source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""
    name = _mapping(_mapping(cell.get("metadata")).get("nbgrader")).get("grade_id")
    return {
        "cell_type": "code" if kind == "code" else "markdown",  # raw cells would reach a page as they are
        "source": text[:MAX_SOURCE],
        "name": name if isinstance(name, str) else "",
    }


def _theirs(cell: Cell, number: int) -> Cell:
    return _with_outputs(
        {"cell_type": cell["cell_type"], "id": f"cell-{number}", "metadata": {}, "source": cell["source"]}
    )


def _fresh(known: Cell) -> Cell:
    kept = {"cell_type": known["cell_type"], "id": known.get("id", ""), "source": _text(known)}
    return _with_outputs({**kept, "metadata": {"nbgrader": copy.deepcopy(known["metadata"]["nbgrader"])}})


def _with_outputs(cell: Cell) -> Cell:
    return {**cell, "execution_count": None, "outputs": []} if cell["cell_type"] == "code" else cell


def _is_marked(known: Cell) -> bool:
    marked = known["metadata"]["nbgrader"]
    return bool(marked.get("grade") and not marked.get("solution"))


def _name(cell: Cell) -> str:
    return str(_mapping(_mapping(cell["metadata"]).get("nbgrader")).get("grade_id", ""))


def _text(cell: Cell) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
