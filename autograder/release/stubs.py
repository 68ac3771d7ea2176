"""The student's stub, derived from reference.py by the markers that nbgrader knows.

Between `### BEGIN SOLUTION` and `### END SOLUTION` stands what students must not see. In a function the
region becomes `raise NotImplementedError`; outside functions it vanishes. Everything else, docstrings with
their examples and hints included, is the stub.
"""

from __future__ import annotations

import ast
import doctest
import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.model import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
Function = ast.FunctionDef | ast.AsyncFunctionDef
Graded = Function | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Region:
    """A solution region: the lines of its two markers, from 1."""

    begin: int
    end: int


def stub(reference_text: str, source: str = "reference.py") -> str:
    """The stub of a reference; `source` is the name of the file in messages.

    Raises:
        CourseError: markers that do not pair or cut a statement in two, a region that swallows a docstring
            or leaves a block empty, a public function without a region, or a relative import outside one.
    """
    tree = parse(reference_text, source)
    regions = solution_regions(reference_text, source)
    lines = reference_text.splitlines()
    for region in reversed(regions):
        line = _replacement(tree, region, source)
        if line is None:
            _vanish(lines, region)
        else:
            lines[region.begin - 1 : region.end] = [line]
    _covered(tree, regions, source)
    text = "\n".join(lines).rstrip("\n") + "\n"
    try:
        made = ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"{source}: without its solutions it does not parse: {error.msg}") from error
    for node in ast.walk(made):
        if isinstance(node, ast.ImportFrom) and node.level:
            raise CourseError(
                f"{source}: the stub would import from .{node.module or ''}, which students do not have; put "
                "the import into a solution region"
            )
    return text


def examples(reference_text: str, source: str = "reference.py") -> Mapping[str, tuple[doctest.Example, ...]]:
    """The worked examples in the docstring of each graded function, in order.

    Raises:
        CourseError: the text does not parse, or an example is not written as doctest wants it.
    """
    found = {}
    for node in graded(parse(reference_text, source)):
        try:
            found[node.name] = tuple(
                doctest.DocTestParser().get_examples(ast.get_docstring(node) or "", node.name)
            )
            for example in found[node.name]:
                ast.parse(example.source)
        except (ValueError, SyntaxError) as error:
            raise CourseError(f"{source}:{node.lineno}: the examples of {node.name}: {error}") from error
    return found


def parse(text: str, source: str) -> ast.Module:
    """The syntax tree of a module of ours.

    Raises:
        CourseError: it does not parse.
    """
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"{source}:{error.lineno}: {error.msg}") from error


def graded(tree: ast.Module) -> list[Graded]:
    """The graded functions (and classes) of a module: those without a leading underscore, in order."""
    return [node for node in tree.body if isinstance(node, Graded) and not node.name.startswith("_")]


def solution_regions(text: str, source: str = "reference.py") -> list[Region]:
    """The solution regions of a module, in order.

    Raises:
        CourseError: a marker without its partner, within another region, or not written exactly.
    """
    regions = []
    begin = 0
    for number, comment, alone in _comments(text):
        if comment not in {BEGIN, END}:
            if re.match(r"#+ *(BEGIN|END) SOLUTION\b", comment, re.IGNORECASE):
                raise CourseError(f"{source}:{number}: {comment!r} is no marker; write {BEGIN!r} or {END!r}")
            continue
        if not alone:
            raise CourseError(f"{source}:{number}: {comment} stands behind code; give it its own line")
        if comment == BEGIN:
            if begin:
                raise CourseError(f"{source}:{number}: {BEGIN}, but the region of line {begin} is still open")
            begin = number
        else:
            if not begin:
                raise CourseError(f"{source}:{number}: {END} without a {BEGIN} before it")
            regions.append(Region(begin, number))
            begin = 0
    if begin:
        raise CourseError(f"{source}:{begin}: {BEGIN} without an {END} after it")
    return regions


def first_line(node: ast.stmt) -> int:
    """The line on which a statement starts, its decorators included."""
    marks: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(mark.lineno for mark in marks)])


def last_line(node: ast.stmt) -> int:
    """The line on which a statement ends."""
    return node.end_lineno or node.lineno


def _comments(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line, text, and whether it stands alone, of each comment; text inside strings is none."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.strip(), not token.line[: token.start[1]].strip()


def _covered(tree: ast.Module, regions: Sequence[Region], source: str) -> None:
    """Every public function hides something; one that does not is a solution handed out."""
    for node in graded(tree):
        if not any(first_line(node) <= region.begin <= last_line(node) for region in regions):
            raise CourseError(
                f"{source}:{node.lineno}: {node.name} has no solution region, so students would receive it "
                "whole; mark one, or let the name start with an underscore"
            )


def _replacement(tree: ast.Module, region: Region, source: str) -> str | None:
    """The line that takes the region's place; None where it vanishes."""
    place = f"{source}:{region.begin}"
    owner, block, inside = _block(tree, region, place)
    names = _around(tree, owner)
    if names:
        first = inside[0]
        if first is block[0] and isinstance(first, ast.Expr) and isinstance(owner, Function):
            value = first.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                raise CourseError(
                    f"{place}: the region holds the docstring of {owner.name}; students need it"
                )
        return f'{" " * first.col_offset}raise NotImplementedError("write {".".join(names)} here")'
    if len(inside) == len(block) and not isinstance(owner, ast.Module):
        name = getattr(owner, "name", "a block")
        raise CourseError(f"{place}: without the region {name} has no body; move a marker")
    return None


def _block(tree: ast.Module, region: Region, place: str) -> tuple[ast.AST, list[ast.stmt], list[ast.stmt]]:
    """The one block the region lies in: its owner, its statements, and those of them in the region."""
    found = []
    nested: set[int] = set()
    for owner in ast.walk(tree):
        for block in (getattr(owner, field, None) for field in ("body", "orelse", "finalbody")):
            if not isinstance(block, list) or id(owner) in nested:
                continue
            for node in block:
                _uncut(node, region, place)
            inside = [
                node for node in block if region.begin < first_line(node) and last_line(node) < region.end
            ]
            nested.update(id(part) for node in inside for part in ast.walk(node))
            if inside:
                found.append((owner, block, inside))
    if not found:
        raise CourseError(f"{place}: the region holds no code")
    if len(found) > 1:
        raise CourseError(f"{place}: the region reaches from one block into another; make it two regions")
    return found[0]


def _uncut(node: ast.stmt, region: Region, place: str) -> None:
    first, last = first_line(node), last_line(node)
    starts_before = first < region.begin <= last and not hasattr(node, "body")
    if starts_before or region.begin < first < region.end <= last:
        raise CourseError(f"{place}: a marker of the region cuts the statement of line {first} in two")


def _around(tree: ast.Module, owner: ast.AST) -> list[str]:
    """The names of class and function around a block; none outside functions."""
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    names: list[str] = []
    while not isinstance(owner, ast.Module):
        if isinstance(owner, Function) and not names:
            names = [owner.name]
        elif isinstance(owner, ast.ClassDef) and names:
            names.insert(0, owner.name)
        owner = parents[id(owner)]
    return names


def _vanish(lines: list[str], region: Region) -> None:
    """Take a region out and leave the blank lines that ruff's format wants there."""
    start, stop = region.begin - 1, region.end
    while start and not lines[start - 1].strip():
        start -= 1
    while stop < len(lines) and not lines[stop].strip():
        stop += 1
    blanks = max(region.begin - 1 - start, stop - region.end)
    if stop == len(lines) or not start:
        blanks = 0
    else:
        most = 1 if lines[stop].startswith(" ") else 2  # in a class, between its parts
        heads = re.match(r" *(?:def |class |async def |@)", lines[stop])
        blanks = most if heads else min(blanks, most)
    lines[start:stop] = [""] * blanks
