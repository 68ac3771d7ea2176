"""What a statement can be mistaken for: left out, or another step of the kind; and how it is shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .operators import ARITHMETIC
from .sites import Site


def statements(unit: Site) -> Iterator[ast.AST]:
    """What could stand in the place of a whole statement."""
    node = unit.node
    if isinstance(node, ast.AugAssign):
        for new in ARITHMETIC.get(type(node.op), ()):
            yield ast.AugAssign(node.target, new(), node.value)
        yield ast.Pass()
    elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield ast.Pass()
    elif isinstance(node, ast.Continue):
        yield from (ast.Pass(), ast.Break())
    elif isinstance(node, ast.Break):
        yield from (ast.Pass(), ast.Continue())
    elif isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Subscript | ast.Attribute) for target in node.targets
    ):
        yield ast.Pass()


def shown(unit: Site) -> str:
    """A unit as it stands now, for a person: the statement, or the head of it."""
    held, holder = unit.get(), unit.holder
    text = ast.unparse(held)
    if isinstance(held, ast.stmt):
        return text
    if isinstance(holder, ast.For):
        return f"for {ast.unparse(holder.target)} in {text}:"
    if isinstance(holder, ast.If | ast.While):
        return f"{type(holder).__name__.lower()} {text}:"
    if isinstance(holder, ast.arguments) and unit.index is not None:
        named = holder.kwonlyargs
        if unit.field == "defaults":
            every = [*holder.posonlyargs, *holder.args]
            named = every[len(every) - len(holder.defaults) :]
        return f"{named[unit.index].arg}={text}"
    return text
