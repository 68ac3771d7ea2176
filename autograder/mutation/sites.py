"""Where a reference can be changed: its statements, the expressions in them, and what each name uses.

A unit is what is written anew for a mutant: a whole simple statement, or one expression in the head of a
compound one (a condition, what a loop runs over, a default argument). A site is one expression in a unit.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.release import stubs

_COUNTING = frozenset({"range", "enumerate", "ndindex"})


@dataclass(frozen=True, slots=True)
class Site:
    """A node and the place that holds it, so that another can be put there and the first put back."""

    node: ast.AST
    holder: ast.AST
    field: str
    index: int | None = None
    trail: tuple[ast.AST, ...] = ()  # from the unit down to the holder

    def get(self) -> ast.AST:
        """What stands there now."""
        held = getattr(self.holder, self.field)
        found: ast.AST = held if self.index is None else held[self.index]
        return found

    def put(self, node: ast.AST) -> None:
        """Put a node there."""
        if self.index is None:
            setattr(self.holder, self.field, node)
        else:
            getattr(self.holder, self.field)[self.index] = node


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level definition of a reference."""

    name: str
    units: tuple[Site, ...]
    counters: frozenset[str]  # variables that count: of loops over range, enumerate, ndindex
    affects: tuple[str, ...]  # the graded functions that it can change, itself first


def blocks(source: str, name: str = "reference.py") -> tuple[Block, ...]:
    """The definitions of a reference that can be changed: graded functions and what these use.

    Of a graded function that is what stands between the markers, and its default arguments.

    Raises:
        CourseError: its markers are wrong, or it is not Python.
    """
    tree = stubs.parse(source, name)
    regions = stubs.solution_regions(source, name)
    defined = {name: (i, node) for i, node in enumerate(tree.body) for name in _names(node)}
    uses = {name: _used(node) & defined.keys() for name, (_, node) in defined.items()}
    graded = [node.name for node in stubs.graded(tree)]
    reached = {name: _reached(name, uses) for name in graded}
    found = []
    for one, (i, node) in defined.items():
        affects = tuple(sorted((g for g in graded if one in reached[g]), key=lambda g: g != one))
        if affects and isinstance(node, stubs.Graded):
            units = [unit for unit in _inside(node) if one not in graded or _free(unit, node, regions)]
            found.append(Block(one, tuple(units), _counters(node), affects))
        elif affects:
            found.append(Block(one, (Site(node, tree, "body", i),), frozenset(), affects))
    return tuple(found)


def _free(unit: Site, definition: stubs.Graded, regions: Sequence[stubs.Region]) -> bool:
    """Whether a unit of a graded function is the student's to write, or a default argument."""
    if not isinstance(definition, ast.ClassDef) and unit.holder is definition.args:
        return True
    own = [r for r in regions if definition.lineno < r.end and r.begin <= stubs.last_line(definition)]
    return not own or any(region.begin < _line(unit) < region.end for region in own)


def _line(unit: Site) -> int:
    return int(getattr(unit.node, "lineno", 0))


def _names(node: ast.stmt) -> list[str]:
    """What a top-level statement defines; imports are nobody's to change."""
    if isinstance(node, stubs.Graded):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [target.id for target in targets if isinstance(target, ast.Name)][:1]
    return []


def _used(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _reached(name: str, uses: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = {name}, [name]
    while waiting:
        new = uses[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def _counters(node: ast.AST) -> frozenset[str]:
    found: set[str] = set()
    for loop in ast.walk(node):
        if isinstance(loop, ast.For | ast.comprehension) and called(loop.iter) in _COUNTING:
            targets = [loop.target]
            if called(loop.iter) == "enumerate" and isinstance(loop.target, ast.Tuple):
                targets = loop.target.elts[:1]
            found.update(*map(_used, targets))
    return frozenset(found)


def called(node: ast.AST) -> str:
    """The name of the function or method that a node calls; "" where it calls none."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def _inside(node: ast.AST) -> Iterator[Site]:
    """The units in a compound statement, in order, without docstrings."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        for field in ("defaults", "kw_defaults"):
            for i, default in enumerate(getattr(node.args, field)):
                if default is not None:
                    yield Site(default, node.args, field, i)
    for field in ("test", "iter", "subject"):
        if (head := getattr(node, field, None)) is not None:
            yield Site(head, node, field)
    for item in getattr(node, "items", ()):
        yield Site(item.context_expr, item, "context_expr")
    for field in ("body", "handlers", "orelse", "finalbody"):
        for i, child in enumerate(getattr(node, field, ())):
            if hasattr(child, "body"):
                yield from _inside(child)
            elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
                yield Site(child, node, field, i)


def sites(unit: Site) -> Iterator[Site]:
    """The expressions of a unit; not those in an exception that is raised, nor in text or annotations."""
    if isinstance(unit.node, ast.expr):
        yield unit
    yield from _below(unit.node, ())


def _below(node: ast.AST, trail: tuple[ast.AST, ...]) -> Iterator[Site]:
    if isinstance(node, ast.Raise | ast.JoinedStr):
        return
    trail = (*trail, node)
    for field, value in ast.iter_fields(node):
        if field == "annotation":
            continue
        for i, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.expr):
                yield Site(child, node, field, i, trail)
            if isinstance(child, ast.expr | ast.keyword | ast.comprehension | ast.arguments):
                yield from _below(child, trail)
