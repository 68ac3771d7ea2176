"""From the cells that students write to the text of reference.py."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from autograder.model import CourseError
from autograder.release import stubs

from .model import Exercise, Question, Todo
from .scopes import reads
from .sources import Definition, Sources, closure, of

BEGIN, END = stubs.BEGIN, stubs.END


def text(found: Sources, exercise: Exercise, examples: Mapping[str, Sequence[str]]) -> str:
    """The text of reference.py, with worked `examples` at the end of docstrings.

    Raises:
        CourseError: no stub can be made of it, or a helper's name means two things.
    """
    needed = closure(found, set(found.graded))
    renamed = _private(found, needed)
    kept: dict[int, Definition] = {}
    for name in needed:
        one = of(found, name)
        if one is not None:
            kept[id(one.node)] = one
    for name, one in found.given.items():
        if name.startswith("_") and one.code.role == "solution":
            kept[id(one.node)] = one
    places = {id(code): number for number, code in enumerate(exercise.codes())}
    order = sorted(kept.values(), key=lambda one: (places[id(one.code)], one.node.lineno))
    used = set().union(*(reads(one.node) for one in order)) | ({"np"} if examples else set())
    first = [
        node for node in found.imports if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    head = [*first, *(node for node in found.imports if _bound(node) & used or _bound(node) == {"*"})]
    pieces = [f'"""The right answers of {exercise.name}, imported from {exercise.source}."""']
    pieces += ["\n".join(ast.unparse(node) for node in [*first, *(n for n in head if n not in first)])]
    pieces += [_piece(one, renamed, examples) for one in order]
    pieces += [_answer(question) for question in exercise.questions if question.answer and question.points]
    made = "\n\n\n".join(piece for piece in pieces if piece) + "\n"
    stubs.stub(made, f"solutions/{exercise.name}/reference.py")
    return made


def _answer(question: Question) -> str:
    """Where students write the answer to a question in words."""
    return f'# {question.asks}\n{question.answer} = """\n"""'


def _bound(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _private(found: Sources, needed: set[str]) -> dict[str, str]:
    """Helpers that students are given, and the names that keep them from being graded."""
    renamed = {}
    for name in sorted(needed & set(found.given)):
        one = found.given[name]
        if name.startswith("_"):
            continue
        for other in [*found.graded.values(), *found.given.values()]:
            local = {part.arg for part in ast.walk(other.node) if isinstance(part, ast.arg)}
            local |= {
                p.id for p in ast.walk(other.node) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)
            }
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
    trials: list[Callable[[], str]] = [] if whole else [lambda: _in_part(lines, hidden, shown)]
    trials += [lambda: _whole(lines, shown), lambda: _whole(ast.unparse(node).split("\n"), shown)]
    says: CourseError | None = None
    for trial in trials:
        try:
            made = _renamed(trial(), renamed)
            stubs.stub(made, str(one.code.place))
        except (CourseError, IndexError, SyntaxError) as error:
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
        rows[line - 1] = (
            data[:offset] + renamed[name].encode() + data[offset + len(name.encode()) :]
        ).decode()
    return "\n".join(rows)
