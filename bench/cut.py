"""Cut a module of the course to what some of its functions need."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

FROM_REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Module:
    """The text of a module, and its statements by the names that they bind."""

    source: str
    tree: ast.Module

    @classmethod
    def of(cls, source: str) -> Module:
        """The module of a text."""
        return cls(source, ast.parse(source))

    @property
    def bound(self) -> dict[str, ast.stmt]:
        """Each name that the module itself defines, with the statement that does it, in order."""
        return {name: statement for statement in self.tree.body for name in _binds(statement)}

    @property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """The imports at the top of the module, those of the reference left out."""
        found = [one for one in self.tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
        return [one for one in found if not _of_reference(one)]

    def about(self, functions: Collection[str]) -> dict[str, list[str]]:
        """For each of `functions` what is said of it: the names under `@check(function)` and the like."""
        said: dict[str, list[str]] = {function: [] for function in functions}
        for name, statement in self.bound.items():
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                for function in _decorated(statement):
                    if function in said:
                        said[function].append(name)
        return said

    def needed(self, roots: Iterable[str], *, bare: bool = True) -> list[str]:
        """The names of the module that `roots` need, themselves included, in the order of the module.

        `bare`: without the decorators that say of which function they speak.
        """
        bound, found, ahead = self.bound, set[str](), list(roots)
        while ahead:
            name = ahead.pop()
            if name in bound and name not in found:
                found.add(name)
                ahead += _used(bound[name], bare)
        return [name for name in bound if name in found]

    def borrowed(self, roots: Iterable[str], *, bare: bool = True) -> list[str]:
        """The names that `roots` take from the reference; `bare` as in `needed`."""
        used = {one for name in self.needed(roots, bare=bare) for one in _used(self.bound[name], bare)}
        return [name for name in self._from_reference() if name in used]

    def cut(self, roots: Iterable[str]) -> str:
        """The module with nothing but its docstring, its imports, and what `roots` need; comments stay."""
        roots = list(roots)
        keep = {id(self.bound[name]) for name in self.needed(roots, bare=False)}
        parts = [f'"""{ast.get_docstring(self.tree) or "Cut."}"""', *map(ast.unparse, self.imports)]
        borrowed = self.borrowed(roots, bare=False)
        if borrowed:
            parts.append(f"from .{FROM_REFERENCE} import {', '.join(borrowed)}")
        lines = self.source.splitlines()
        parts += [
            "\n".join(lines[_first(one) - 1 : one.end_lineno]) for one in self.tree.body if id(one) in keep
        ]
        return "\n\n\n".join(parts) + "\n"

    def renamed(self, roots: Iterable[str], names: Mapping[str, str]) -> str:
        """What `roots` need, without decorators, and with `names` in place of those it has."""
        kept = dict.fromkeys(self.bound[name] for name in self.needed(roots))
        return "\n\n\n".join(ast.unparse(_Renamed(names).visit(_copy(one))) for one in kept)

    def _from_reference(self) -> Iterator[str]:
        for one in self.tree.body:
            if _of_reference(one):
                assert isinstance(one, ast.ImportFrom)
                yield from (alias.name for alias in one.names)


class _Renamed(ast.NodeTransformer):
    """Gives definitions and uses of names other names; a parameter of the same name stays what it is."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = self.names.get(node.name, node.name)
        node.decorator_list = [one for one in node.decorator_list if not _said_of(one)]
        arguments = node.args
        own = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        inner = _Renamed({old: new for old, new in self.names.items() if old not in own})
        node.body = [inner.visit(one) for one in node.body]
        node.args = self.visit(arguments)
        return node


def _copy(statement: ast.stmt) -> ast.stmt:
    return ast.parse(ast.unparse(statement)).body[0]


def _first(statement: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


def _binds(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def _of_reference(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.ImportFrom) and statement.level == 1 and statement.module == FROM_REFERENCE
    )


def _said_of(decorator: ast.expr) -> str:
    """The function that `@word(function, …)` speaks of; "" for any other decorator."""
    if isinstance(decorator, ast.Call) and decorator.args and isinstance(decorator.args[0], ast.Name):
        return decorator.args[0].id
    return ""


def _decorated(statement: ast.FunctionDef | ast.ClassDef) -> Iterator[str]:
    yield from filter(None, map(_said_of, statement.decorator_list))


def _used(statement: ast.stmt, bare: bool) -> list[str]:
    said = [one for one in getattr(statement, "decorator_list", ()) if bare and _said_of(one)]
    left_out = {id(name) for one in said for name in ast.walk(one)}
    return [one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and id(one) not in left_out]
