"""A notebook made of a plain .py file: each function in the cell that was released for it, to be read there.

It is for whoever looks at it. What is graded is the file.
"""

from __future__ import annotations

import ast
import copy
import json
from typing import TYPE_CHECKING, Any

from autograder.intake.parsing import safe_parse
from autograder.model import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MADE = "autograder_made_of"  # in the notebook's metadata: the digest of the file it was made of
_ELSEWHERE = "*A plain file was handed in. If this is answered, the answer stands there.*"


def filled(released: Mapping[str, Any], source: str, digest: str) -> dict[str, Any]:
    """The released notebook with what `source` defines in its cells; the rest of it in the first of them."""
    book: dict[str, Any] = copy.deepcopy(dict(released))
    book["metadata"][MADE] = digest
    places = _places(source)
    lines = source.split("\n")
    first: dict[str, Any] | None = None
    for cell in book["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if not about.get("solution"):
            continue
        if cell["cell_type"] != "code":
            cell["source"] = _ELSEWHERE
            continue
        first = first or cell
        name = about["grade_id"]
        if about.get("grade"):  # the answer to a question, in the variable that the stub has there
            name = next(iter(_places(_text(cell))), name)
        start, stop = places.pop(name, (0, 0))
        if stop:
            cell["source"] = "\n".join(lines[start:stop])
            lines[start:stop] = [""] * (stop - start)
        elif not about.get("grade"):
            cell["source"] = "# There is nothing of this in the file that was handed in."
    rest = _tidy("\n".join(lines))
    if first is not None and rest:
        own = first["source"] if first["metadata"]["nbgrader"]["grade_id"] in _places(source) else ""
        first["source"] = f"{rest}\n\n\n{own}".rstrip()
    return book


def is_ours(notebook: Path) -> bool:
    """Whether the notebook at `notebook` says that it was made of the plain file beside it."""
    return bool(made_of(notebook))


def made_of(notebook: Path) -> str:
    """The digest of the file that a notebook was made of; "" where it was not, or is no notebook."""
    try:
        metadata = json.loads(notebook.read_bytes())["metadata"]
        return str(metadata.get(MADE, ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _places(source: str) -> dict[str, tuple[int, int]]:
    """The lines (first, from 0, and one past the last) of what a module binds; of two of a name the last."""
    try:
        body = safe_parse(source).body
    except (SyntaxError, SubmissionError):
        return {}
    found = {}
    for node in body:
        stop = node.end_lineno or node.lineno
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            start = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            found[node.name] = (start - 1, stop)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = (node.lineno - 1, stop)
    return found


def _text(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _tidy(text: str) -> str:
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text.strip("\n")
