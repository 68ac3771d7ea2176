"""Taking off what only wraps assertions: functions called once, `try` that reports, loops over exceptions."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence

from . import assertions
from .sources import Sources


def flat(body: Sequence[ast.stmt], sources: Sources) -> Iterator[ast.stmt]:
    """The statements of a test, with what only wraps assertions taken off."""
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef) and asserts(node)}
    called = {
        node.value.func.id
        for node in body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    }
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            given = {one.arg for one in node.args.args}
            if node.name not in called:
                # Otter calls it with what the notebook has.
                yield from flat(node.body, sources) if given <= {*sources.graded, "env"} else [node]
            continue
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in functions:
            yield from flat(_inlined(functions[call.func.id], call, sources), sources)
        elif isinstance(node, ast.Try) and _only_reports(node):
            yield from flat(node.body, sources)
        elif _of_raises(node):
            yield from _unrolled(node)
        else:
            yield node


def _inlined(function: ast.FunctionDef, call: ast.Call, sources: Sources) -> list[ast.stmt]:
    """The body of a function of the test's own, with its arguments set before it."""
    names = [one.arg for one in function.args.args]
    values = dict(zip(names, call.args, strict=False)) | {w.arg: w.value for w in call.keywords if w.arg}
    defaults = dict(zip(names[::-1], function.args.defaults[::-1], strict=False))
    setting: list[ast.stmt] = []
    for name in names:
        value = values.get(name, defaults.get(name))
        same = isinstance(value, ast.Name) and value.id == name
        if value is not None and not same and not (name in sources.graded and value is None):
            made = ast.Assign([ast.Name(name, ast.Store())], value)
            setting.append(ast.copy_location(made, call))
    return [*map(ast.fix_missing_locations, setting), *copy.deepcopy(function.body)]


def _only_reports(node: ast.Try) -> bool:
    """`try: assert … except …: raise AssertionError(…)`: the same assertion with another message."""
    return bool(
        node.handlers
        and not node.orelse
        and not node.finalbody
        and all(assertions.fails(handler.body) for handler in node.handlers)
        and not assertions.fails(node.body)
    )


def _of_raises(node: ast.stmt) -> bool:
    """`for bad in (0, -4): with raises(ValueError): f(bad)`, over a literal."""
    return (
        isinstance(node, ast.For)
        and isinstance(node.iter, ast.List | ast.Tuple)
        and isinstance(node.target, ast.Name)
        and len(node.body) == 1
        and assertions.raises(node.body[0]) is not None
    )


def _unrolled(node: ast.stmt) -> Iterator[ast.stmt]:
    assert isinstance(node, ast.For)
    assert isinstance(node.target, ast.Name)
    assert isinstance(node.iter, ast.List | ast.Tuple)
    for value in node.iter.elts:
        yield _Put({node.target.id: value}).visit(copy.deepcopy(node.body[0]))


class _Put(ast.NodeTransformer):
    """Replaces names by expressions."""

    def __init__(self, values: Mapping[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if isinstance(node.ctx, ast.Load) and node.id in self.values:
            return copy.deepcopy(self.values[node.id])
        return node


def asserts(node: ast.AST) -> bool:
    """Whether an assertion of any kind stands in the code."""
    return any(
        isinstance(part, ast.stmt)
        and (assertions.asked(part) is not None or assertions.raises(part) is not None)
        for part in ast.walk(node)
    )
