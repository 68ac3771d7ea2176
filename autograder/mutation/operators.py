"""What an expression can be mistaken for: each operator yields what could stand in the place of one site.

One change at a time, and only changes that could be somebody's mistake. Left out is what changes nothing by
construction: the order of the arguments of `np.maximum`, `strict=` of `zip`, -1 and -2 in `reshape`.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from .sites import Site, called

COMPARED: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC: Mapping[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
ONE_WAY = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)  # operands that cannot be swapped
LIMITS = frozenset({"range", "arange", "slice"})  # their arguments are bounds
SETTLED = frozenset({"strict", "copy"})  # keywords that change no number
SMALL, LARGER, TWICE = 1e-3, 100, 2

Operator = Callable[[Site, frozenset[str]], Iterator[ast.expr]]


def compared(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """Another comparison."""
    if isinstance(site.node, ast.Compare):
        for i, old in enumerate(site.node.ops):
            for new in COMPARED[type(old)]:
                changed = copy.deepcopy(site.node)
                changed.ops[i] = new()
                yield changed


def arithmetic(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """Another operation, or the operands swapped."""
    node = site.node
    if not isinstance(node, ast.BinOp) or _text(node.left) or _text(node.right):
        return
    for new in ARITHMETIC.get(type(node.op), ()):
        yield ast.BinOp(node.left, new(), node.right)
    if isinstance(node.op, ONE_WAY):
        yield ast.BinOp(node.right, node.op, node.left)


def logic(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """`and` for `or`, and `not` or a minus left out."""
    node = site.node
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.UAdd) and not _is_axis(site):
        yield node.operand


def numbers(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """Another constant; the axes of an array are so few that only a neighbour is taken."""
    node, holder = site.node, site.holder
    if _is_axis(site):
        if (axis := _whole(node)) is not None:
            yield ast.Constant({0: 1, -1: 0, -2: -1}.get(axis, axis - 1))
        return
    negative = isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.USub)
    if not isinstance(node, ast.Constant) or (negative and len(site.trail) > 1 and _of_axis(site.trail[-2])):
        return
    value = node.value
    if isinstance(value, bool):
        if not (isinstance(holder, ast.keyword) and holder.arg in SETTLED):
            yield ast.Constant(not value)
    elif isinstance(value, int):
        if not (negative and len(site.trail) > 1 and called(site.trail[-2]) == "reshape"):
            yield ast.Constant(value + 1)
        if value >= 1 and _is_bound(site):
            yield ast.Constant(value - 1)
    elif isinstance(value, float):
        yield ast.Constant(1.0 if value == 0 else value * (LARGER if abs(value) < SMALL else TWICE))


def bounds(site: Site, counters: frozenset[str]) -> Iterator[ast.expr]:
    """Off by one: where a slice or a range ends, and where an index that is computed points."""
    node, holder = site.node, site.holder
    if not isinstance(node, ast.expr) or _whole(node) is not None or isinstance(node, ast.Starred):
        return
    if (isinstance(holder, ast.Slice) and site.field != "step") or (
        called(holder) in LIMITS and site.field == "args"
    ):
        if not (isinstance(node, ast.Constant) and node.value is None):
            yield _off(node, ast.Add())
            yield _off(node, ast.Sub())
    elif _is_index(site):
        counts = isinstance(node, ast.Name) and node.id in counters
        if counts or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)):
            yield _off(node, ast.Sub())


def branches(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """A condition that always holds, and one that never does."""
    if site.field == "test" and isinstance(site.holder, ast.If | ast.IfExp):
        yield ast.Constant(True)
    if site.field == "ifs":
        yield ast.Constant(True)
    if site.field in ("test", "ifs") and isinstance(
        site.holder, ast.If | ast.IfExp | ast.While | ast.comprehension
    ):
        yield ast.Constant(False)


def transposed(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """A transposition too few, or one too many beside `@`."""
    node = site.node
    if isinstance(node, ast.Attribute) and node.attr == "T" and isinstance(node.ctx, ast.Load):
        yield node.value
    elif called(node) == "transpose" and isinstance(node, ast.Call):
        arguments = [*node.args, *node.keywords]
        if isinstance(node.func, ast.Attribute):
            inner = node.args[0] if len(arguments) == 1 and node.args else node.func.value
            yield inner
    elif isinstance(site.holder, ast.BinOp) and isinstance(site.holder.op, ast.MatMult):
        assert isinstance(node, ast.expr)
        yield ast.Attribute(node, "T", ast.Load())


def _off(node: ast.expr, op: ast.operator) -> ast.expr:
    return ast.BinOp(node, op, ast.Constant(1))


def _text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _whole(node: ast.AST) -> int | None:
    """The whole number that a node spells."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _whole(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _of_axis(holder: ast.AST) -> bool:
    return isinstance(holder, ast.keyword) and holder.arg == "axis"


def _is_axis(site: Site) -> bool:
    return _of_axis(site.holder)


def _is_index(site: Site) -> bool:
    if isinstance(site.holder, ast.Tuple) and len(site.trail) > 1:
        outer = site.trail[-2]
        return isinstance(outer, ast.Subscript) and outer.slice is site.holder
    return isinstance(site.holder, ast.Subscript) and site.field == "slice"


def _is_bound(site: Site) -> bool:
    """Whether a number is, or is part of, an index, a slice or the argument of a range."""
    whole = (*site.trail, site.node)
    return any(
        (isinstance(outer, ast.Subscript) and outer.slice is inner) or called(outer) in LIMITS
        for outer, inner in pairwise(whole)
    )
