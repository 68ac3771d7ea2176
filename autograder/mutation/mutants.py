"""Every mutant of a reference: the whole file with one change, and a name for that change.

A mutant is written into the text of the file, so that all lines keep their numbers and comments stay.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .calls import OPERATORS
from .sites import Block, Site, blocks, sites
from .statements import shown, statements

LONG = 44  # characters of a change that are named whole
AROUND = 14  # characters on each side of it that are named where it is longer


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a reference. `start` and `stop` are places in its UTF-8 bytes."""

    function: str  # the top-level definition that it stands in
    change: str  # "axis=-1 -> axis=0", with a number where the function has several of that name
    line: int
    before: str  # the statement as it is, and as it becomes
    after: str
    affects: tuple[str, ...]  # the graded functions that it can change
    start: int
    stop: int
    text: str

    @property
    def name(self) -> str:
        """The name that survives moved lines: `softmax axis=-1 -> axis=0`."""
        return f"{self.function} {self.change}"

    @property
    def id(self) -> str:
        """The name with its line: `softmax:12 axis=-1 -> axis=0`."""
        return f"{self.function}:{self.line} {self.change}"

    def applied(self, source: str) -> str:
        """The reference with the change in it."""
        whole = source.encode()
        return (whole[: self.start] + self.text.encode() + whole[self.stop :]).decode()


def mutants(source: str, name: str = "reference.py") -> tuple[Mutant, ...]:
    """The mutants of a reference, in the order of its lines; no two, and none and the reference, are alike.

    Raises:
        CourseError: its markers are wrong, or it is not Python.
    """
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found: list[Mutant] = []
    for block in blocks(source, name):
        named = Counter[str]()
        for mutant in _of(block, starts):
            named[mutant.change] += 1
            again = f" ({named[mutant.change]})" if named[mutant.change] > 1 else ""
            found.append(replace(mutant, change=mutant.change + again))
    return tuple(found)


def _of(block: Block, starts: list[int]) -> Iterator[Mutant]:
    for unit in block.units:
        node = unit.node
        assert isinstance(node, ast.stmt | ast.expr)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        before = ast.unparse(node)
        there = shown(unit)
        seen = {before}
        for site, other, around in _changes(unit, block.counters):
            was = ast.unparse(around)
            site.put(other)
            text = ast.unparse(unit.get())
            becomes = ast.unparse(other if around is site.node else around)
            after = shown(unit)
            site.put(site.node)
            if text in seen:
                continue
            seen.add(text)
            yield Mutant(
                function=block.name,
                change=_named(was, becomes),
                line=getattr(around, "lineno", node.lineno),
                before=there,
                after=after,
                affects=block.affects,
                start=starts[node.lineno - 1] + node.col_offset,
                stop=starts[node.end_lineno - 1] + node.end_col_offset,
                text=text,
            )


def _changes(unit: Site, counters: frozenset[str]) -> Iterator[tuple[Site, ast.AST, ast.AST]]:
    """A place, what is put there, and the node around it by which the change is named."""
    for other in statements(unit):
        yield unit, other, unit.node
    for site in sites(unit):
        for operator in OPERATORS:
            for other in operator(site, counters):
                yield site, other, _around(site)


def _around(site: Site) -> ast.AST:
    """A lone number says little: what it is a part of is shown with it."""
    small = ast.Constant | ast.Name | ast.UnaryOp | ast.Slice | ast.Tuple | ast.Attribute
    around, outwards = site.node, list(site.trail)
    while isinstance(around, small) and outwards:
        outer = outwards.pop()
        if isinstance(outer, ast.arguments | ast.comprehension):
            break
        around = outer
    return around


def _named(was: str, becomes: str) -> str:
    was, becomes = " ".join(was.split()), " ".join(becomes.split())
    if max(len(was), len(becomes)) <= LONG:
        return f"{was} -> {becomes}"
    least = min(len(was), len(becomes))
    head = next((i for i in range(least) if was[i] != becomes[i]), least)
    tail = next((i for i in range(least - head) if was[-1 - i] != becomes[-1 - i]), least - head)
    return f"{_cut(was, head, tail)} -> {_cut(becomes, head, tail)}"


def _cut(text: str, head: int, tail: int) -> str:
    """The part that differs, with a little of what stands around it."""
    start, stop = max(head - AROUND, 0), min(len(text) - tail + AROUND, len(text))
    return f"{'…' * (start > 0)}{text[start:stop]}{'…' * (stop < len(text))}"
