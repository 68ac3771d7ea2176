"""What a test may make use of where our checks run, and why not where it may not."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.intake.slicing import INSTALLED

from .scopes import RANDOM, binds, reads, root, terminal
from .sources import FILES, Sources

# fmt: off
MODULES = {
    **dict.fromkeys(("io", "contextlib"), "it looks at what is printed, not at what a function returns"),
    **dict.fromkeys(("os", "pathlib", "shutil", "tempfile", "csv", "pickle", "glob"),
                    "it reads or writes files"),
    **dict.fromkeys(("inspect", "ast", "dis", "types", "sys", "importlib"),
                    "it looks at the student's source, not at what a function returns"),
    **dict.fromkeys(("time", "timeit"), "it measures time; write a @timed check"),
    "unittest": "it replaces parts of the student's program",
}
NAMES = {
    **dict.fromkeys(("globals", "locals", "dir", "vars", "eval", "exec", "get_ipython", "_", "In", "Out"),
                    "it looks into the notebook, which is not there when we grade"),
    **dict.fromkeys(("display", "plt"), "it draws or shows something, which nobody can compare"),
    **dict.fromkeys(("capsys", "redirect_stdout"),
                    "it looks at what is printed, not at what a function returns"),
    **dict.fromkeys(("grader", "otter"), "it uses the other grader"),
}
TYPES = frozenset({
    "int", "float", "bool", "str", "list", "tuple", "dict", "complex", "ndarray", "Number", "Real",
    "Integral",
    "number", "floating", "integer", "generic", "NoneType", "Iterable", "Sequence", "float64", "int64",
    "bool_",
})
# fmt: on


class UntranslatableError(Exception):
    """Why an assertion cannot be said as a check."""


@dataclass(slots=True)
class Context:
    """What stands before a test: given cells and earlier tests, statement by statement."""

    sources: Sources
    imports: dict[str, str]  # name -> the line that imports it, of packages that are there
    foreign: dict[str, str]  # name -> the package that is not there
    before: list[ast.stmt] = field(default_factory=list)

    @property
    def fixed(self) -> set[str]:
        """The names whose values no statement changes: modules and graded functions."""
        return {*self.imports, *self.foreign, *self.sources.graded}


def imports_of(body: Sequence[ast.stmt], imports: dict[str, str], foreign: dict[str, str]) -> None:
    """Take note of what the statements import."""
    for node in (part for one in body for part in ast.walk(one)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for alias in node.names:
            module = (node.module or ".") if isinstance(node, ast.ImportFrom) else alias.name
            name = alias.asname or alias.name.partition(".")[0]
            if module.partition(".")[0] not in INSTALLED or (isinstance(node, ast.ImportFrom) and node.level):
                foreign[name] = module.partition(".")[0]
            elif isinstance(node, ast.ImportFrom):
                imports[name] = ast.unparse(ast.ImportFrom(module, [alias], 0))
            else:
                imports[name] = ast.unparse(ast.Import([alias]))


def usable(around: Context, nodes: Sequence[ast.AST], function: str) -> frozenset[str]:
    """The import lines that code in checks.py needs.

    Raises:
        UntranslatableError: it needs something that is not there when we grade.
    """
    sources = around.sources
    names = reads(*nodes)
    for name in sorted(names & set(sources.graded)):
        if why := sources.unusable.get(name):
            raise UntranslatableError(why)
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    bound = set().union(*map(binds, statements)) if statements else set()
    bound |= {part.id for n in nodes for part in ast.walk(n)
              if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}  # fmt: skip
    if replaced := sorted(bound & set(sources.graded)):
        raise UntranslatableError(f"it replaces the student's {replaced[0]}, and we have no hold on that")
    _allowed_parts(nodes, sources)
    needed = set()
    for name in sorted(names - bound - {RANDOM}):
        if name in sources.graded:
            continue
        if name in NAMES:
            raise UntranslatableError(NAMES[name])
        if name in around.imports:
            line = around.imports[name]
            if why := MODULES.get(line.split()[1].partition(".")[0]):
                raise UntranslatableError(why)
            if line.startswith(("from numpy.random", "from random")):
                raise UntranslatableError(
                    f"it draws with {name}, imported from {line.split()[1]}; draw from rng"
                )
            needed.add(line)
        elif name in around.foreign:
            raise UntranslatableError(f"it needs {around.foreign[name]}, which is not there when we grade")
        elif name in sources.students:
            place = sources.students[name]
            raise UntranslatableError(
                f"it looks at {name!r}, a variable that students set in cell {place.cell}"
            )
        elif not hasattr(builtins, name):
            raise UntranslatableError(
                f"it looks at {name!r}, a variable of the notebook that no cell before it sets"
            )
    if RANDOM in names:
        needed |= {"import numpy as np"} | ({"import random"} if _python_random(nodes) else set())
    _ = function
    return frozenset(needed)


def _python_random(nodes: Sequence[ast.AST]) -> bool:
    return any(
        isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "random"
        for node in nodes
        for part in ast.walk(node)
    )


def _allowed_parts(nodes: Sequence[ast.AST], sources: Sources) -> None:
    for part in (inner for node in nodes for inner in ast.walk(node)):
        if isinstance(part, ast.Call) and terminal(part.func) in FILES:
            raise UntranslatableError(f"it reads or writes files ({terminal(part.func)})")
        if isinstance(part, ast.Call) and terminal(part.func) == "isinstance" and len(part.args) > 1:
            _known_type(part.args[1])
        if (
            isinstance(part, ast.Attribute)
            and isinstance(part.value, ast.Name)
            and part.value.id in sources.graded
        ):
            raise UntranslatableError(
                f"it looks at {part.value.id}.{part.attr}, not at what {part.value.id} returns"
            )
        if isinstance(part, ast.Call) and terminal(part.func) in ("hasattr", "callable", "type", "signature"):
            first = part.args[0] if part.args else None
            if isinstance(first, ast.Name) and first.id in sources.graded:
                raise UntranslatableError(f"it looks at {first.id} itself, not at what it returns")
        if isinstance(part, ast.Try):
            raise UntranslatableError("it catches exceptions in a way that we do not know")
        if isinstance(part, ast.Await | ast.Yield | ast.YieldFrom | ast.Global | ast.Nonlocal):
            raise UntranslatableError("it holds await, yield, global or nonlocal")


def _known_type(node: ast.expr) -> None:
    for one in node.elts if isinstance(node, ast.Tuple) else [node]:
        if terminal(one) not in TYPES:
            raise UntranslatableError(
                f"it asks for the type {ast.unparse(one)}, which does not leave the jail as such"
            )


def no_function(around: Context, nodes: Sequence[ast.AST]) -> str:
    """Why an assertion asks no graded function anything."""
    sources = around.sources
    names = reads(*nodes)
    for name in sorted(names):
        if name in NAMES:
            return NAMES[name]
        if name in sources.students:
            return f"it looks at {name!r}, a variable that students set in cell {sources.students[name].cell}"
        if name in around.foreign:
            return f"it needs {around.foreign[name]}, which is not there when we grade"
    called = {root(part.func) for n in nodes for part in ast.walk(n) if isinstance(part, ast.Call)}
    known = {*around.imports, *dir(builtins), *sources.given}
    if unknown := sorted(called - known - {""}):
        return f"it calls {unknown[0]}, which is no function that students write"
    return "it calls no function that students write"


def near(expected: object, large: int) -> tuple[float, float] | None:
    """How near an answer has to be to what `==` was said of; None: as near as ours are by default.

    Raises:
        UntranslatableError: what is expected cannot leave the jail as it is.
    """
    numbers = list(parts(expected))
    for part in numbers:
        if isinstance(part, bytes):
            raise UntranslatableError("bytes do not leave the jail as such; compare a list of them")
    if any(isinstance(part, int) and not isinstance(part, bool) and abs(part) >= large for part in numbers):
        return 0.0, 0.0
    return None


def parts(value: object) -> list[object]:
    """The numbers and texts that a literal holds.

    Raises:
        UntranslatableError: a dict with keys that are no text.
    """
    if isinstance(value, dict):
        if any(not isinstance(key, str) for key in value):
            raise UntranslatableError("the keys of a dict leave the jail as text; compare sorted(….items())")
        return [part for one in value.values() for part in parts(one)]
    if isinstance(value, list | tuple | set | frozenset):
        return [part for one in value for part in parts(one)]
    return [value]
