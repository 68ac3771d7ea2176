"""What a call can be mistaken for: another function of the kind, or its arguments in another order."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .operators import (
    Operator,
    arithmetic,
    bounds,
    branches,
    compared,
    logic,
    numbers,
    transposed,
)
from .sites import Site

# Of NumPy, of math and of arrays themselves: np.sum(x) and x.sum() alike.
ARRAYS: Mapping[str, str] = {
    "maximum": "minimum",
    "minimum": "maximum",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "sum": "mean",
    "mean": "sum",
    "prod": "sum",
    "cumsum": "cumprod",
    "cumprod": "cumsum",
    "median": "mean",
    "std": "var",
    "var": "std",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "floor": "ceil",
    "ceil": "floor",
    "round": "floor",
    "rint": "floor",
    "exp": "expm1",
    "expm1": "exp",
    "log": "log1p",
    "log1p": "log",
    "log2": "log",
    "log10": "log",
    "sqrt": "square",
    "square": "abs",
    "tanh": "arctan",
    "sin": "cos",
    "cos": "sin",
    "any": "all",
    "all": "any",
    "triu": "tril",
    "tril": "triu",
    "vstack": "hstack",
    "hstack": "vstack",
    "logical_and": "logical_or",
    "logical_or": "logical_and",
    "isnan": "isinf",
    "nanmean": "mean",
    "nansum": "sum",
    "nanmax": "nanmin",
    "nanmin": "nanmax",
}
BUILTINS: Mapping[str, str] = {
    "max": "min",
    "min": "max",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "reversed": "list",
    "set": "list",
    "round": "int",
}
UNWRAPPED = frozenset({"abs", "absolute", "fabs"})  # a size: the number itself in its place
EITHER_WAY = frozenset(
    {"maximum", "minimum", "max", "min", "fmax", "fmin", "add", "multiply", "hypot", "gcd", "logaddexp"}
    | {"allclose", "isclose", "array_equal", "logical_and", "logical_or", "logical_xor", "isinstance"}
)


def replaced(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """Another function of the same kind."""
    node = site.node
    if not isinstance(node, ast.Call):
        return
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr in ARRAYS:
        other = ast.Attribute(func.value, ARRAYS[func.attr], func.ctx)
        yield ast.Call(other, node.args, node.keywords)
    if isinstance(func, ast.Name) and func.id in BUILTINS:
        yield ast.Call(ast.Name(BUILTINS[func.id], func.ctx), node.args, node.keywords)
    if _name(func) in UNWRAPPED and len(node.args) == 1:
        yield node.args[0]


def swapped(site: Site, _: frozenset[str]) -> Iterator[ast.expr]:
    """Two neighbouring arguments swapped."""
    node = site.node
    if not isinstance(node, ast.Call) or _name(node.func) in EITHER_WAY:
        return
    for i in range(len(node.args) - 1):
        pair = node.args[i : i + 2]
        if any(isinstance(one, ast.Starred) or _is_text(one) for one in pair):
            continue
        yield ast.Call(node.func, [*node.args[:i], *pair[::-1], *node.args[i + 2 :]], node.keywords)


def _name(func: ast.expr) -> str:
    return getattr(func, "attr", "") or getattr(func, "id", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


OPERATORS: tuple[Operator, ...] = (
    compared,
    arithmetic,
    logic,
    numbers,
    bounds,
    branches,
    transposed,
    replaced,
    swapped,
)
