"""Which statements of a notebook cell are graded: definitions, imports and constants.

A notebook is where students experiment; its plots, prints and training loops would run before anything is
graded, and the first that fails would take all marks with it. So of an ordinary cell only those statements
stay that define something and cannot do much else.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from .parsing import bindings, blocks, is_main_guard, names_bound

# fmt: off
# Builtins, and modules all of whose functions, compute a value from values.
HARMLESS = frozenset({
    "abs", "all", "any", "bool", "bytes", "complex", "dict", "divmod", "enumerate", "filter", "float",
    "frozenset", "int", "isinstance", "len", "list", "map", "max", "min", "object", "pow", "range",
    "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
})
COMPUTING = frozenset({
    "numpy", "torch", "math", "cmath", "functools", "itertools", "collections", "operator", "random",
    "fractions", "decimal", "typing", "dataclasses", "enum", "types", "string", "re",
})
# fmt: on
INSTALLED = frozenset({"numpy", "torch", "__future__"}) | sys.stdlib_module_names
OUTSIDE = (
    "load",
    "read",
    "open",
    "from",
    "gen",
    "save",
    "fetch",
    "urlretrieve",
)  # functions that need a file


class Kind(Enum):
    """What a name that is bound stands for, as far as it matters to whether it may be called here."""

    COMPUTING = auto()  # a module, or a function of it, that only computes
    INSTALLED = auto()  # another module that is sure to be there
    FOREIGN = auto()  # a module that may be missing
    VALUE = auto()
    DEFINITION = auto()  # the student's own


@dataclass(slots=True)
class Names:
    """What the cells so far have bound, and what was left out."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    anything: bool = False  # after `from numpy import *`

    def bind(self, node: ast.stmt) -> None:
        """Take note of what a statement that stays binds."""
        for inner in bindings(ast.Module([node], [])):
            kind = Kind.DEFINITION if inner.defines else Kind.VALUE
            if isinstance(inner.node, ast.Import | ast.ImportFrom):
                kind = _module_kind(inner.node)
            self.kinds[inner.name] = kind
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            self.anything = self.anything or _module_kind(node) is Kind.COMPUTING

    def drop(self, node: ast.stmt) -> None:
        """Take note of what a statement that is left out would have bound."""
        self.dropped.update(inner.name for inner in bindings(ast.Module([node], [])))

    def kind(self, name: str) -> Kind | None:
        """What the name stands for; None where nothing that stays binds it."""
        if name in self.kinds:
            return self.kinds[name]
        return Kind.COMPUTING if self.anything and name not in self.dropped else None


def left_out(body: Iterable[ast.stmt], names: Names, graded: Collection[str]) -> list[ast.stmt]:
    """The top-level statements of a cell that are not graded. `names` is brought up to date with the rest."""
    dropped = []
    for node in body:
        if _stays(node, names, graded):
            names.bind(node)
        else:
            names.drop(node)
            dropped.append(node)
    return dropped


def unused_imports(kept: Sequence[ast.stmt], graded: Collection[str]) -> list[ast.stmt]:
    """Imports of packages that may not be installed here, of which nothing that stays makes use."""
    imports = [node for node in kept if isinstance(node, ast.Import | ast.ImportFrom)]
    used = set(graded)
    for node in kept:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            used.update(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
    return [
        node
        for node in imports
        if _module_kind(node) is Kind.FOREIGN and names_bound(node) and used.isdisjoint(names_bound(node))
    ]


def without(source: str, dropped: Iterable[ast.stmt]) -> str:
    """The cell, line for line, with these statements replaced by nothing, or by `pass` beside others."""
    lines = source.split("\n")
    for node in sorted(dropped, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        before = lines[first].encode()[: node.col_offset].decode()  # `ast` counts columns in bytes of UTF-8
        after = lines[last].encode()[node.end_col_offset :].decode()
        lines[first : last + 1] = [""] * (last + 1 - first)
        joined = first > 0 and lines[first - 1].endswith("\\")
        if joined or before.strip() or after.strip(" \t\f;").partition("#")[0]:
            lines[first] = f"{before}pass{after}"
    return "\n".join(lines)


def _module_kind(node: ast.Import | ast.ImportFrom) -> Kind:
    """The kind of what an import binds; of several modules in one line, the most doubtful."""
    if isinstance(node, ast.ImportFrom):
        modules = {"." if node.level else (node.module or "").partition(".")[0]}
    else:
        modules = {alias.name.partition(".")[0] for alias in node.names}
    if modules <= COMPUTING:
        return Kind.COMPUTING
    return Kind.INSTALLED if modules <= INSTALLED else Kind.FOREIGN


def _stays(node: ast.stmt, names: Names, graded: Collection[str]) -> bool:
    waiting = [node]
    while waiting:  # a stack: `elif` can nest deeper than Python calls
        inner = waiting.pop()
        if isinstance(inner, ast.If | ast.Try) and not is_main_guard(inner):  # try: import ..., except: ...
            if isinstance(inner, ast.If) and not _is_plain(inner.test, names):
                return False
            waiting += [child for block in blocks(inner) for child in block]
        elif not _is_simple(inner, names, graded):
            return False
    return True


def _is_simple(node: ast.stmt, names: Names, graded: Collection[str]) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a text that serves as a comment
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if not all(isinstance(part, ast.Name | ast.Tuple | ast.List) for part in targets):
            return False
        wanted = not set(graded).isdisjoint(names_bound(node))  # adam_step = jit(adam_step)
        return wanted or node.value is None or _is_plain(node.value, names)
    kept = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Pass
    return isinstance(node, kept)


def _is_plain(value: ast.expr, names: Names) -> bool:
    """Whether an expression only computes, from what the kept statements have bound."""
    parts: list[ast.AST] = []
    waiting: list[ast.AST] = [value]
    while waiting:  # like ast.walk, but what a lambda will do is not done yet
        part = waiting.pop()
        parts.append(part)
        if not isinstance(part, ast.Lambda):
            waiting += ast.iter_child_nodes(part)
    local = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    for part in parts:
        if isinstance(part, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
            return False
        if isinstance(part, ast.Name) and part.id not in local:
            kind = names.kind(part.id)
            if kind is Kind.FOREIGN or (kind is None and not hasattr(builtins, part.id)):
                return False
        elif isinstance(part, ast.Call) and not _may_be_called(part.func, names):
            return False
    return True


def _may_be_called(function: ast.expr, names: Names) -> bool:
    if isinstance(function, ast.Name):
        kind = names.kind(function.id)
        return kind is Kind.COMPUTING or (function.id in HARMLESS and function.id not in names.kinds)
    if isinstance(function, ast.Attribute) and function.attr.startswith(OUTSIDE):
        return False
    root: ast.expr = function
    while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
        root = root.func if isinstance(root, ast.Call) else root.value
    if isinstance(root, ast.Name):
        return names.kind(root.id) in {Kind.COMPUTING, Kind.VALUE}
    return isinstance(root, ast.Constant)
