"""Chance that a test shares with everything else (`np.random.rand`) becomes a generator of the check's own.

A check is drawn more than once, for the reference and for each student, and all must get the same numbers.
`np.random.RandomState` has the same methods as `np.random`, so a seeded test draws the very numbers it drew.
"""

from __future__ import annotations

import ast
import copy

from .scopes import draws

NUMPY, PYTHON = "random_state", "python_random"
_OWN = frozenset({"default_rng", "RandomState", "Generator", "SeedSequence", "PCG64", "MT19937", "Random"})


class _Rewriter(ast.NodeTransformer):
    """Replaces `np.random.x` by `random_state.x`, and seeds by new generators."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.unseeded = False

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        value = node.value
        if isinstance(value, ast.Call) and draws(value.func) and getattr(value.func, "attr", "") == "seed":
            name, maker = self._which(value.func)
            self.used.add(name)
            return ast.Assign([ast.Name(name, ast.Store())], ast.Call(maker, value.args, value.keywords))
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if draws(node.func) and getattr(node.func, "attr", "") == "default_rng" and not node.args:
            self.unseeded = True
            return ast.Name("rng", ast.Load())
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if draws(node) and node.attr not in _OWN:
            name, _ = self._which(node)
            if name not in self.used:
                self.unseeded = True
            self.used.add(name)
            return ast.Attribute(ast.Name(name, ast.Load()), node.attr, node.ctx)
        return self.generic_visit(node)

    def _which(self, node: ast.expr) -> tuple[str, ast.expr]:
        numpy = isinstance(getattr(node, "value", None), ast.Attribute)
        source = "np.random.RandomState" if numpy else "random.Random"
        return (NUMPY if numpy else PYTHON), ast.parse(source, mode="eval").body


def owned(body: list[ast.stmt]) -> tuple[list[ast.stmt], bool]:
    """The statements with generators of their own, and whether they need chance from outside (`rng`)."""
    rewriter = _Rewriter()
    made = [rewriter.visit(copy.deepcopy(node)) for node in body]
    if not rewriter.unseeded:
        return made, False
    first = []
    if NUMPY in rewriter.used:
        first.append(f"{NUMPY} = np.random.RandomState(rng.integers(2**32))")
    if PYTHON in rewriter.used:
        first.append(f"{PYTHON} = random.Random(int(rng.integers(2**32)))")
    return [*ast.parse("\n".join(first)).body, *made], True


def global_draws(node: ast.AST) -> bool:
    """Whether the code draws from the generators that everything shares, without seeding them."""
    uses = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute) and draws(part)}
    return bool(uses - _OWN) and "seed" not in uses
