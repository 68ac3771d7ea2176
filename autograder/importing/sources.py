"""What stands in the cells that are no tests: functions to be graded, what is given, what is in the way."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.intake import slicing
from autograder.model import CourseError
from autograder.release import stubs

from . import cells
from .model import Code, Exercise, Place, Todo
from .randomness import global_draws
from .scopes import binds, reads, terminal

FILES = frozenset({"open", "input", "read_csv", "loadtxt", "genfromtxt", "read_text", "savefig", "imread"})


@dataclass(frozen=True, slots=True)
class Definition:
    """One top-level statement of a cell: where it stands, and its lines."""

    node: ast.stmt
    code: Code

    @property
    def lines(self) -> range:
        """Its lines in the cell, from 1."""
        return range(stubs.first_line(self.node), stubs.last_line(self.node) + 1)

    @property
    def hidden(self) -> bool:
        """Whether students do not get all of it."""
        return not self.code.hidden.isdisjoint(self.lines)


@dataclass(slots=True)
class Sources:
    """What stands in the cells that are no tests, by what it is."""

    graded: dict[str, Definition] = field(default_factory=dict)
    given: dict[str, Definition] = field(default_factory=dict)  # functions and classes that are given
    values: dict[str, Definition] = field(default_factory=dict)  # constants
    imports: list[ast.Import | ast.ImportFrom] = field(default_factory=list)
    foreign: dict[str, str] = field(default_factory=dict)  # name -> the package that is not there
    students: dict[str, Place] = field(default_factory=dict)  # variables that students set
    unusable: dict[str, str] = field(default_factory=dict)  # graded function -> why it cannot be asked
    todos: list[Todo] = field(default_factory=list)

    def parameters(self, name: str) -> list[str] | None:
        """The names of a graded function's arguments; None where it takes any number."""
        node = self.graded[name].node
        if not isinstance(node, ast.FunctionDef) or node.args.vararg or node.args.posonlyargs:
            return None
        return [one.arg for one in node.args.args]


def sort(exercise: Exercise) -> Sources:
    """What the cells define, told apart.

    Raises:
        CourseError: with file and cell: a function defined twice, a name that is no plain one, or nothing
            that could be graded.
    """
    found = Sources()
    names = slicing.Names()
    for code in exercise.codes():
        try:
            body = cells.statements(code.text, code.place)
        except CourseError as error:  # of a cell that is given: the others were read before
            found.todos.append(Todo(code.place, f"was left out: {str(error).partition(': ')[2]}"))
            continue
        dropped = {id(node) for node in slicing.left_out(body, names, ())}
        before = len(found.graded)
        for node in body:
            _take(found, Definition(node, code), kept=id(node) not in dropped)
        if code.role == "solution" and len(found.graded) == before:
            _only_variables(found, code, body)
    if not found.graded:
        first = next(code for code in exercise.codes() if code.role == "solution")
        raise first.place.fault(
            "students write no function here, and nowhere else; we grade functions: write one around it"
        )
    for name, definition in found.graded.items():
        if why := _unusable(found, name, definition):
            found.unusable[name] = why
    return found


def _take(found: Sources, one: Definition, *, kept: bool) -> None:
    node, place = one.node, one.code.place
    if isinstance(node, ast.Import | ast.ImportFrom):
        _import(found, node)
    elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        _define(found, one, node)
    elif one.code.role == "solution":
        bound = [name for name in binds(node) if name.isidentifier()]
        found.students |= dict.fromkeys(bound, place)
        if kept:
            found.values |= dict.fromkeys(bound, one)
    elif kept and not global_draws(node):
        found.values |= dict.fromkeys(binds(node), one)


def _import(found: Sources, node: ast.Import | ast.ImportFrom) -> None:
    for alias in node.names:
        full = node.module or "." if isinstance(node, ast.ImportFrom) else alias.name
        package = full.partition(".")[0]
        if package in slicing.INSTALLED and not (isinstance(node, ast.ImportFrom) and node.level):
            one = (
                ast.ImportFrom(full, [alias], 0) if isinstance(node, ast.ImportFrom) else ast.Import([alias])
            )
            if ast.unparse(one) not in map(ast.unparse, found.imports):
                found.imports.append(one)
        else:
            found.foreign[alias.asname or alias.name.partition(".")[0]] = package


def _define(
    found: Sources, one: Definition, node: ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef
) -> None:
    place, name = one.code.place, node.name
    graded = one.code.role == "solution" and one.hidden and not name.startswith("_")
    if graded and not name.isascii():
        raise place.fault(f"{name!r} is not written in plain letters; rename it there and import again")
    first = found.graded.get(name)
    if first is not None and graded:
        raise place.fault(
            f"{name} is defined in cell {first.code.place.cell} of {first.code.place.file} too; rename one "
            "of the two and import again"
        )
    if first is not None:
        found.todos.append(Todo(place, f"this {name} was left out: students write one of the same name"))
    elif graded:
        found.graded[name] = one
        found.given.pop(name, None)
    else:
        found.given[name] = one


def _only_variables(found: Sources, code: Code, body: Sequence[ast.stmt]) -> None:
    names = sorted({name for node in body for name in binds(node)} & set(found.students))
    if names:
        found.todos.append(
            Todo(
                code.place,
                f"students set {', '.join(map(repr, names))} here, and we grade functions; "
                "let a function return it",
            )
        )


def _unusable(found: Sources, name: str, one: Definition) -> str:
    """Why no test of a function can be translated; "" where nothing is in the way."""
    node = one.node
    if isinstance(node, ast.ClassDef):
        return f"{name} is a class; write a scenario that makes an object and calls its methods"
    if not isinstance(node, ast.FunctionDef):
        return f"{name} is a coroutine, which the jail does not run"
    if any(isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(node)):
        return f"{name} is a generator, which cannot leave the jail; let it return a list"
    for part in closure(found, {name}):
        inner = of(found, part)
        if inner is None:
            continue
        if foreign := sorted(reads(inner.node) & set(found.foreign)):
            return f"{name} needs {found.foreign[foreign[0]]}, which the jail does not offer"
        if global_draws(inner.node):
            return f"{name} draws random numbers of its own; let it take them, or a generator, as an argument"
        for call in ast.walk(inner.node):
            if isinstance(call, ast.Call) and terminal(call.func) in FILES:
                return f"{name} reads or writes files ({terminal(call.func)}), and the jail holds none"
    return ""


def of(found: Sources, name: str) -> Definition | None:
    """What defines a name in the cells; None where nothing does."""
    return found.graded.get(name) or found.given.get(name) or found.values.get(name)


def closure(found: Sources, names: set[str]) -> set[str]:
    """`names`, and all that they make use of in turn."""
    seen: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        one = of(found, name)
        waiting |= (reads(one.node) if one else set()) - seen
    return seen
