"""Do the original tests pass on the original solutions? Answered in a jail, as a student's file would be.

Our checks ask the reference what is right and never look at the literals of the tests. Where the two
disagree, somebody was wrong, and the instructor should hear of it before students do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from autograder.model import Answer, CourseError, Limits, SandboxFault

from . import cells
from .model import ANY, Exercise, Place, Test, Todo

if TYPE_CHECKING:
    from autograder.jail.levels import Isolation

LONGEST = 90  # characters that are quoted
LIMITS = Limits(import_seconds=20, check_seconds=60, total_seconds=60)
FUNCTION = "original_tests_that_fail"
# In the jail: the cells in order, each statement by itself, so that one that fails hides no other.
_PROGRAM = f"""\
import ast as _ast
import builtins as _builtins


def {FUNCTION}():
    names = {{"__name__": "__main__", "__builtins__": _builtins}}
    failed = []
    for number, (is_test, lines) in enumerate(_CELLS):
        for line, source, shown in lines:
            body = _ast.parse(source)
            try:
                if is_test and shown is not None and isinstance(body.body[-1], _ast.Expr):
                    value = eval(compile(source.strip(), "cell", "eval"), names)
                    if value is not None and shown not in (repr(value), str(value)):
                        failed.append([number, line, "it gives " + repr(value)[:200]])
                else:
                    exec(compile(body, "cell", "exec"), names)
            except BaseException as error:
                kind = type(error).__name__
                if is_test and kind not in ("NameError", "ModuleNotFoundError", "ImportError"):
                    failed.append([number, line, kind + (": " + str(error)[:200] if str(error) else "")])
    return failed
"""


def confirm(exercise: Exercise, isolation: Isolation) -> list[Todo]:
    """One entry for each line of the tests that fails on the course's own solutions.

    What fails because a package or a variable is not there says nothing and is passed over.

    Raises:
        SandboxFault: no jail could be opened.
    """
    from autograder.jail.host import Template  # noqa: PLC0415 - nobody needs a jail to read a notebook

    entries, places = _cells(exercise)
    source = f"_CELLS = {entries!r}\n\n{_PROGRAM}"
    with Template(isolation, ("numpy",)) as template, template.jail(source, "original.py", LIMITS) as worker:
        wrong = worker.load()
        if wrong is not None:
            raise SandboxFault(f"the original tests of {exercise.name} could not be run: {wrong}")
        (reply,) = worker.ask(FUNCTION, [()], LIMITS.check_seconds)
    if not isinstance(reply, Answer):
        place = places[0]
        return [Todo(place, f"whether the original tests pass on the solutions is not known: {reply}")]
    return list(_said(reply.value, entries, places))


_Entry = tuple[bool, list[tuple[int, str, str | None]]]


def _cells(exercise: Exercise) -> tuple[list[_Entry], list[Place]]:
    """Whether each cell is a test, and its statements with their lines and what the last one shows."""
    entries: list[_Entry] = []
    places = []
    for part in exercise.parts:
        is_test = isinstance(part, Test)
        try:
            body = cells.statements(part.text, part.place)
        except CourseError:
            continue  # said already
        shown = part.output if isinstance(part, Test) else None
        alone = sum(isinstance(node, ast.Expr) for node in body) == 1  # or the output is that of several
        last = body[-1] if body and shown and shown != ANY and alone else None
        rows = [(node.lineno, ast.unparse(node), shown if node is last else None) for node in body]
        entries.append((is_test, rows))
        places.append(part.place)
    return entries, places


def _said(value: object, entries: list[_Entry], places: list[Place]) -> Iterator[Todo]:
    for entry in value if isinstance(value, list) else []:
        if not (isinstance(entry, list | tuple) and len(entry) == 3):  # noqa: PLR2004 - as the program makes it
            continue
        number, line, says = entry
        source = next((text for at, text, _ in entries[int(number)][1] if at == line), "")
        short = " ".join(source.split())[:LONGEST]
        why = " ".join(str(says).split())[:LONGEST]
        yield Todo(
            places[int(number)],
            f"line {line}: `{short}` fails on the solution of the course itself ({why}); the check that was "
            "made of it asks for what the solution gives, so see which of the two is right",
        )
