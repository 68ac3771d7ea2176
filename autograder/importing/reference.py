"""From the cells that students write to the text of reference.py."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.intake import slicing
from autograder.model import CourseError
from autograder.release import stubs

from . import cells
from .model import Code, Exercise, Place, Todo
from .randomness import global_draws
from .scopes import binds, reads, terminal

BEGIN, END = stubs.BEGIN, stubs.END
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
    helpers: dict[str, Definition] = field(default_factory=dict)  # functions and classes that are given
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
        if package in slicing.INSTALLED and not getattr(node, "level", 0):
            one = ast.ImportFrom(full, [alias], 0) if isinstance(node, ast.ImportFrom) else ast.Import([alias])
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
        raise place.fault(f"{name} is defined in cell {first.code.place.cell} of {first.code.place.file} too; "
                          "rename one of the two and import again")  # fmt: skip
    if first is not None:
        found.todos.append(Todo(place, f"this {name} was left out: students write one of the same name"))
    elif graded:
        found.graded[name] = one
        found.helpers.pop(name, None)
    else:
        found.helpers[name] = one


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
    for part in _closure(found, {name}):
        inner = _of(found, part)
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


def _of(found: Sources, name: str) -> Definition | None:
    return found.graded.get(name) or found.helpers.get(name) or found.values.get(name)


def _closure(found: Sources, names: set[str]) -> set[str]:
    """`names`, and all of ours that they make use of."""
    seen: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        one = _of(found, name)
        waiting |= (reads(one.node) if one else set()) - seen
    return seen


def text(found: Sources, exercise: Exercise, examples: Mapping[str, Sequence[str]]) -> str:
    """The text of reference.py, with worked `examples` at the end of docstrings.

    Raises:
        CourseError: no stub can be made of it, or a helper's name means two things.
    """
    needed = _closure(found, set(found.graded))
    renamed = _private(found, needed)
    kept: dict[int, Definition] = {}
    for name in needed:
        one = _of(found, name)
        if one is not None:
            kept[id(one.node)] = one
    for name, one in found.helpers.items():
        if name.startswith("_") and one.code.role == "solution":
            kept[id(one.node)] = one
    order = [node for code in exercise.codes() for node in kept.values() if node.code is code]
    used = set().union(*(reads(one.node) for one in order)) | ({"np"} if examples else set())
    head = [node for node in found.imports if _bound(node) & used or _bound(node) == {"*"}]
    first = [node for node in head if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    pieces = [f'"""The right answers of {exercise.name}, imported from {exercise.source}."""']
    pieces += ["\n".join(ast.unparse(node) for node in [*first, *(n for n in head if n not in first)])]
    pieces += [_piece(one, renamed, examples) for one in order]
    pieces += [_answer(question.answer) for question in exercise.questions if question.answer]
    made = "\n\n\n".join(piece for piece in pieces if piece) + "\n"
    stubs.stub(made, f"solutions/{exercise.name}/reference.py")
    return made


def _answer(name: str) -> str:
    return f'{name} = """\n"""'


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _private(found: Sources, needed: set[str]) -> dict[str, str]:
    """Helpers that students are given, and the names that keep them from being graded."""
    renamed = {}
    for name in sorted(needed & set(found.helpers)):
        one = found.helpers[name]
        if name.startswith("_"):
            continue
        for other in [*found.graded.values(), *found.helpers.values()]:
            local = {part.arg for part in ast.walk(other.node) if isinstance(part, ast.arg)}
            local |= {p.id for p in ast.walk(other.node) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}
            if name in local:
                raise one.code.place.fault(
                    f"{name!r} is a function here and a variable in cell {other.code.place.cell}; rename one "
                    "of the two and import again"
                )
        renamed[name] = f"_{name}"
        found.todos.append(
            Todo(one.code.place, f"{name} is given and not graded, so reference.py calls it _{name}")
        )
    return renamed


def _piece(one: Definition, renamed: Mapping[str, str], examples: Mapping[str, Sequence[str]]) -> str:
    """One statement as reference.py holds it."""
    node = one.node
    source = one.code.text.split("\n")
    lines = [source[number - 1] for number in one.lines]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        made = ast.get_source_segment(one.code.text, node) or ast.unparse(node)
        made = _renamed(made, renamed)
        return f"{BEGIN}\n{made}\n{END}" if one.hidden else made
    if not one.hidden:
        return _renamed("\n".join(lines), renamed)
    whole = one.lines[0] in one.code.hidden
    hidden = {number - one.lines[0] for number in one.code.hidden if number in one.lines}
    shown = examples.get(node.name, ())
    trials = [] if whole else [lambda: _in_part(lines, hidden, shown)]
    trials += [lambda: _whole(lines, shown), lambda: _whole(ast.unparse(node).split("\n"), shown)]
    says: CourseError | None = None
    for trial in trials:
        made = _renamed(trial(), renamed)
        try:
            stubs.stub(made, str(one.code.place))
        except (CourseError, IndexError) as error:
            says = error if isinstance(error, CourseError) else one.code.place.fault(str(error))
        else:
            return made
    raise says or one.code.place.fault(f"no stub can be made of {node.name}")


def _in_part(lines: Sequence[str], hidden: set[int], examples: Sequence[str]) -> str:
    """A function whose solution regions are where they were."""
    made: list[str] = []
    for i, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        if i in hidden and i - 1 not in hidden:
            made.append(f"{indent or '    '}{BEGIN}")
        made.append(line)
        if i in hidden and i + 1 not in hidden:
            opened = next(entry for entry in reversed(made) if entry.strip() == BEGIN)
            made.append(f"{opened[: len(opened) - len(opened.lstrip())]}{END}")
    return _documented("\n".join(made), examples)


def _whole(lines: Sequence[str], examples: Sequence[str]) -> str:
    """A function of which students get signature and docstring alone."""
    documented = _documented("\n".join(lines), examples)
    rows = documented.split("\n")
    node = ast.parse(documented).body[0]
    assert isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    if isinstance(node, ast.ClassDef):
        return "\n".join(_methods(rows, node))
    return "\n".join(_emptied(rows, node))


def _methods(rows: list[str], node: ast.ClassDef) -> list[str]:
    for method in reversed([part for part in node.body if isinstance(part, ast.FunctionDef)]):
        rows = _emptied(rows, method)
    return rows


def _emptied(rows: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    first = node.body[0]
    start = first.lineno - 1
    if ast.get_docstring(node, clean=False) is not None:
        start = first.end_lineno or first.lineno
    end = node.end_lineno or node.lineno
    if start == node.lineno - 1:
        raise IndexError("its body stands on the line of its name")
    indent = " " * first.col_offset
    body = rows[start:end] if any(row.strip() for row in rows[start:end]) else [f"{indent}pass"]
    return [*rows[:start], f"{indent}{BEGIN}", *body, f"{indent}{END}", *rows[end:]]


def _documented(source: str, examples: Sequence[str]) -> str:
    """The function with a docstring, and the worked examples at its end."""
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    there = ast.get_docstring(node)
    if there is not None and (not examples or ">>>" in there):
        return source
    rows = source.split("\n")
    said = (there or f"Imported: {node.name}({', '.join(_names(node))}).").rstrip()
    said = "\n\n".join([said, *(["\n".join(examples)] if examples else [])])
    quote = "'''" if '"""' in said else '"""'
    indent = " " * node.body[0].col_offset
    raw = "r" if "\\" in said else ""
    body = said.split("\n")
    long = len(body) > 1 or said.endswith('"')
    text_rows = [f"{indent}{raw}{quote}{body[0]}", *(f"{indent}{row}".rstrip() for row in body[1:])]
    if long:
        text_rows.append(f"{indent}{quote}")
    else:
        text_rows[-1] += quote
    first = node.body[0]
    if there is not None:
        return "\n".join([*rows[: first.lineno - 1], *text_rows, *rows[first.end_lineno :]])
    at = _after_header(node)
    if at is None:
        return source
    return "\n".join([*rows[:at], *text_rows, *rows[at:]])


def _names(node: ast.AST) -> list[str]:
    return [one.arg for one in node.args.args] if isinstance(node, ast.FunctionDef) else []


def _after_header(node: ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) -> int | None:
    """The line behind `def f(…):`, before markers and comments; None where the body stands on it."""
    parts: list[ast.AST] = [node]
    if not isinstance(node, ast.ClassDef):
        parts += [*ast.walk(node.args), *([node.returns] if node.returns else [])]
    else:
        parts += [*node.bases, *node.keywords]
    last = max(getattr(part, "end_lineno", 0) or 0 for part in parts[1:]) if len(parts) > 1 else 0
    at = max(node.lineno, last)
    return None if node.body[0].lineno <= at else at


def _renamed(source: str, renamed: Mapping[str, str]) -> str:
    """The source with other names for some functions; texts and attributes stay."""
    if not renamed:
        return source
    rows = source.split("\n")
    places = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in renamed:
            places.append((node.lineno, node.col_offset, node.id))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in renamed:
            offset = rows[node.lineno - 1].encode().index(node.name.encode(), node.col_offset)
            places.append((node.lineno, offset, node.name))
    for line, offset, name in sorted(places, reverse=True):
        data = rows[line - 1].encode()
        rows[line - 1] = (data[:offset] + renamed[name].encode() + data[offset + len(name.encode()) :]).decode()
    return "\n".join(rows)
