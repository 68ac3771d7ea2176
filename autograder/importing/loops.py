"""Loops with assertions in them: the same loop, and everything that they compare, in a list."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from . import assertions
from .assertions import Asked
from .context import UntranslatableError
from .scopes import reads, terminal


def sortable(side: ast.expr, one: Asked) -> ast.expr:
    """A set has no order, and leaves the jail as a list."""
    sets = isinstance(side, ast.Call) and terminal(side.func) in ("set", "frozenset")
    if sets or isinstance(one.expected(), set | frozenset):
        return ast.parse(f"sorted({ast.unparse(side)}, key=str)", mode="eval").body
    return side


def tainted_by(nodes: Sequence[ast.stmt], graded: set[str]) -> set[str]:
    """The names whose values come from what graded functions return."""
    found = set(graded)
    before = -1
    while before != len(found):
        before = len(found)
        for part in (inner for node in nodes for inner in ast.walk(node)):
            if isinstance(part, ast.Assign | ast.AugAssign | ast.For) and found & reads(
                part.iter if isinstance(part, ast.For) else part.value
            ):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                found |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return found


class Collect(ast.NodeTransformer):
    """Turns assertions into `answers.append(…)`."""

    def __init__(self, tainted: set[str]) -> None:
        self.tainted = tainted
        self.collected = 0
        self.near: tuple[float, float] | None = None

    def visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:
        """The node, or what takes its place.

        Raises:
            UntranslatableError: an exception is waited for, or an assertion is not known.
        """
        if isinstance(node, ast.Try) or (isinstance(node, ast.stmt) and assertions.raises(node) is not None):
            raise UntranslatableError("a loop that waits for exceptions; write one check for each of them")
        found = assertions.asked(node) if isinstance(node, ast.stmt) else None
        if found is None:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                name = terminal(node.value.func)
                if name.lower().startswith("assert"):
                    raise UntranslatableError(f"{name} is no assertion that we know")
            return self.generic_visit(node)
        sides = []
        for one in found:
            kept = [sortable(side, one) for side in one.sides if self.tainted & reads(side)]
            sides += kept
            if one.near is not None and kept:
                widest = self.near or one.near
                self.near = max(widest[0], one.near[0]), max(widest[1], one.near[1])
        self.collected += len(sides)
        source = "\n".join(f"answers.append({ast.unparse(side)})" for side in sides) or "pass"
        return list(ast.parse(source).body)
