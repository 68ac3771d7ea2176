"""Which names a statement reads and binds, and which of the statements before it its values come from."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Sequence

RANDOM = "<random>"  # stands for the state that the functions of np.random and random share
_QUIET = frozenset({"print", "display", "len", "repr", "str"})
Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def reads(*nodes: ast.AST) -> set[str]:
    """The names read that are not local to a function, lambda or comprehension inside."""
    found: set[str] = set()
    for node in nodes:
        found |= _reads(node)
    return found


def _reads(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, Function):
        outer = reads(*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults))
        outer |= reads(*filter(None, [node.returns, *(one.annotation for one in _all(node.args))]))
        local = _arguments(node.args) | set().union(*map(binds, node.body))
        return outer | (reads(*node.body) - local)
    if isinstance(node, ast.Lambda):
        defaults = reads(*node.args.defaults, *filter(None, node.args.kw_defaults))
        return defaults | (reads(node.body) - _arguments(node.args))
    found = reads(*ast.iter_child_nodes(node))
    if isinstance(node, _Comprehension):
        found -= {name for part in node.generators for name in _stored(part.target)}
    if isinstance(node, ast.AugAssign):
        found |= _stored(node.target)
    return found | ({RANDOM} if draws(node) else set())


def _arguments(arguments: ast.arguments) -> set[str]:
    return {one.arg for one in _all(arguments)}


def _all(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *filter(None, (arguments.vararg, arguments.kwarg))]


def _stored(target: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}


def draws(node: ast.AST) -> bool:
    """Whether the node is a use of `np.random.…` or of the module `random`."""
    if not isinstance(node, ast.Attribute):
        return False
    base = node.value
    if isinstance(base, ast.Attribute):
        return base.attr == "random" and isinstance(base.value, ast.Name) and base.value.id in ("np", "numpy")
    return isinstance(base, ast.Name) and base.id == "random"


def binds(node: ast.stmt) -> set[str]:
    """The names that a statement binds or changes in its own scope."""
    found: set[str] = set()
    for part in _own(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            found.add(part.id)
        elif isinstance(part, Function | ast.ClassDef):
            found.add(part.name)
        elif isinstance(part, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in part.names}
        elif isinstance(part, ast.ExceptHandler) and part.name:
            found.add(part.name)
        elif isinstance(part, ast.Subscript | ast.Attribute) and not isinstance(part.ctx, ast.Load):
            found |= set(filter(None, [root(part)]))
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            found |= _changed(part.value)
        if draws(part):
            found.add(RANDOM)
    return found


def _changed(call: ast.Call) -> set[str]:
    """What a call that stands alone may change: the object it is a method of, and its arguments."""
    name = terminal(call.func)
    if name in _QUIET or name.lower().startswith("assert"):
        return set()
    changed = {part.id for part in call.args if isinstance(part, ast.Name)}
    if isinstance(call.func, ast.Attribute):
        changed |= set(filter(None, [root(call.func)]))
    return changed


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is in it, without what functions, lambdas and comprehensions keep to themselves."""
    yield node
    if not isinstance(node, Function | ast.Lambda | ast.ClassDef | _Comprehension):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)


def root(node: ast.AST) -> str:
    """The name at the left end of `a.b[c].d`; "" where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def terminal(node: ast.AST) -> str:
    """The last name of `a.b.c`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.stmt, names: Container[str]) -> bool:
    """Whether a statement is a call of one of these functions and nothing else."""
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in names


def slice_of(
    before: Sequence[ast.stmt],
    wanted: Iterable[str],
    fixed: Container[str] = (),
    pure: Container[str] = (),
) -> list[ast.stmt]:
    """Those of the statements `before` that the names `wanted` get their values from, in order.

    The names in `fixed` (modules, functions) have their value from elsewhere. Calls of functions in `pure`
    change nothing here: they work on copies of their arguments.
    """
    names, kept = set(wanted), []
    for node in reversed(before):
        bound = {name for name in binds(node) if name not in fixed}
        if not bound & names or isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
            continue
        if calls(node, pure):
            continue
        kept.append(node)
        if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
            names -= bound - {RANDOM}
        names |= reads(node)
    return kept[::-1]
