"""The cells of a notebook file, read as data. Nothing of it is run."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.intake import magics, parsing
from autograder.model import CourseError, SubmissionError

from .model import Cell, Place, Todo

LARGEST = 50 * 1024 * 1024  # bytes


def read(path: Path, name: str) -> tuple[Cell, ...]:
    """The cells of the notebook at `path`; `name` is what messages call the file.

    Raises:
        CourseError: it cannot be read, is no notebook of nbformat 4, or is not in Python.
    """
    notebook = _load(path, name)
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        kind = "of nbformat 3" if "worksheets" in notebook else "without a list of cells"
        raise CourseError(f"{name}: a notebook {kind}; open it in Jupyter, save it and import it again")
    metadata = _mapping(notebook.get("metadata"))
    for part, key in (("kernelspec", "language"), ("language_info", "name")):
        language = _mapping(metadata.get(part)).get(key)
        if isinstance(language, str) and not language.lower().startswith(("python", "ipython")):
            raise CourseError(f"{name}: the notebook is written in {language}; only Python can be imported")
    return tuple(_cell(cell, Place(name, number)) for number, cell in enumerate(cells, 1))


def _load(path: Path, name: str) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise CourseError(f"{name}: larger than {LARGEST >> 20} MB; clear its outputs and try again")
        notebook = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CourseError(f"{name}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError, MemoryError):
        raise CourseError(f"{name}: not a notebook, its text is not JSON; name an .ipynb file") from None
    if not isinstance(notebook, dict):
        raise CourseError(f"{name}: not a notebook: it holds no cells; name an .ipynb file")
    return notebook


def _cell(cell: object, place: Place) -> Cell:
    entry = _mapping(cell)
    source = _text(entry.get("source", ""))
    outputs = entry.get("outputs")
    shown = "".join(map(_shown, outputs)) if isinstance(outputs, list) else ""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(place, str(entry.get("cell_type")), text, _mapping(entry.get("metadata")), shown)


def _shown(output: object) -> str:
    entry = _mapping(output)
    return _text(entry.get("text", "")) + _text(_mapping(entry.get("data")).get("text/plain", ""))


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def statements(text: str, place: Place) -> list[ast.stmt]:
    """The statements of a cell's Python, once `python` has gone over it.

    Raises:
        CourseError: Python cannot read it; the line is named.
    """
    try:
        return parsing.safe_parse(text).body
    except SyntaxError as error:
        raise CourseError(f"{place}, line {error.lineno}: Python cannot read this: {error.msg}") from None
    except SubmissionError as error:
        raise place.fault(str(error)) from None


def python(text: str, place: Place) -> tuple[str, list[Todo]]:
    """A cell's text without notebook commands, line for line, and what was left out of it."""
    if command := magics.cell_command(text):
        return "", [Todo(place, f"a `%%{command}` cell is not Python; what it does was not imported")]
    try:
        parsing.safe_parse(text)
    except (SyntaxError, SubmissionError):
        plain = magics.without_commands(text)
        lost = [line for _, line in plain.left_out if not line.startswith(("%matplotlib", "%config"))]
        return plain.source, [
            Todo(place, f"the notebook command `{line}` was left out; it does not run here") for line in lost
        ]
    return text, []
