"""The notebook of an assignment: the same stub, cut into cells that nbgrader understands.

Students write in the solution cells (and may add imports); handout, headings and examples are read-only. Cell
ids come from names, so that the same course gives the same bytes.
"""

from __future__ import annotations

import ast
import doctest
import hashlib
import json
from typing import TYPE_CHECKING, Any

from . import handout, stubs

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ids of our own cells hold a hyphen, which no function name does.
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(reference_text: str, handout_markdown: str, name: str, source: str = "reference.py") -> str:
    """The notebook of assignment `name` as nbformat 4.5 JSON, byte for byte the same for the same input.

    `handout_markdown` is the author's handout; its first two parts open the notebook.

    Raises:
        CourseError: no stub can be derived, or a part of the handout is missing.
    """
    text = stubs.stub(reference_text, source)
    worked = stubs.examples(reference_text, source)
    before, functions, after = _pieces(text)
    head, parts = handout.split(handout_markdown)
    opening = [head, *(f"## {part}\n\n{parts[part]}" for part in handout.WRITTEN[:2])]
    cells = [_locked("the-handout", "markdown", "\n\n".join(opening).strip())]
    if before:
        cells.append(_solution("the-imports", before))
    for function, code in functions:
        cells.append(_locked(f"heading-{function}", "markdown", f"## {function}"))
        cells.append(_solution(function, code))
        if worked[function]:
            cells.append(_locked(f"example-{function}", "code", _plain(worked[function])))
    if after:
        cells.append(_solution("the-rest", after))
    cells.append(_locked("where-to-go", "markdown", _where_to_go(name)))
    book = {"cells": cells, "metadata": _KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _pieces(text: str) -> tuple[str, list[tuple[str, str]], str]:
    """The stub as module text, graded functions by name, and what stands behind the last of them."""
    lines = text.splitlines()
    functions = []
    shared: list[str] = []
    done = 0
    for node in stubs.graded(ast.parse(text)):
        start = stubs.first_line(node) - 1
        while start > done and lines[start - 1].startswith("#"):  # a comment right above belongs to it
            start -= 1
        shared += lines[done:start]
        done = stubs.last_line(node)
        functions.append((node.name, "\n".join(lines[start:done])))
    return _tidy(shared), functions, _tidy(lines[done:])


def _tidy(lines: Sequence[str]) -> str:
    """Module text without the holes that functions left in it."""
    text = "\n".join(lines).strip("\n")
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text


def _plain(examples: Sequence[doctest.Example]) -> str:
    """Doctest examples as code: what should come out stands behind as a comment.

    A notebook shows only the last value of a cell, so earlier ones are shown by `display`. An example that
    should raise is a comment whole: it would stop the cell.
    """
    lines: list[str] = []
    for index, example in enumerate(examples):
        code, last = example.source.rstrip("\n"), index == len(examples) - 1
        if example.exc_msg is not None:
            lines += [f"# {line}" for line in code.splitlines()]
            lines.append(f"# raises {example.exc_msg.strip()}")
            continue
        lines.append(code if last or not _is_value(example) else f"display({code})")
        lines += [f"# {line}".rstrip() for line in example.want.rstrip("\n").splitlines()]
    return "\n".join(lines)


def _is_value(example: doctest.Example) -> bool:
    """Whether an example is an expression that shows its value, and not one that prints."""
    body = ast.parse(example.source).body
    if not example.want or len(body) != 1 or not isinstance(body[0], ast.Expr):
        return False
    call = body[0].value
    return not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print")


def _where_to_go(name: str) -> str:
    return (
        "## Where to go from here\n\n"
        "- Try what you have: run `%load_ext autograder` once in a cell of its own; from then on `%try` runs "
        f"the\n  examples right here. In a terminal `autograder try {name}.ipynb` does the same.\n"
        "- `README.md`, beside this notebook, says how it is marked and what to do if you are stuck.\n"
        f"- Hand in this notebook or `{name}.py`, whichever you worked in."
    )


def _solution(identifier: str, code: str) -> dict[str, Any]:
    return _cell(identifier, "code", code, solution=True)


def _locked(identifier: str, kind: str, text: str) -> dict[str, Any]:
    return _cell(identifier, kind, text, solution=False)


def _cell(identifier: str, kind: str, text: str, *, solution: bool) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        # nbformat allows 64 characters
        "id": identifier if len(identifier) <= 64 else hashlib.sha256(identifier.encode()).hexdigest(),  # noqa: PLR2004
        "metadata": {
            "nbgrader": {
                "grade": False,
                "grade_id": identifier,
                "locked": not solution,
                "schema_version": 3,
                "solution": solution,
                "task": False,
            }
        },
        "source": text.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
