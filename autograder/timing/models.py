"""Model solutions: alternatives of known speed, each made into a file that a jail can load by itself."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from autograder import trees
from autograder.model import Alternative, Assignment, CourseError, Timed

from .contender import Code

OURS = frozenset(
    {"autograder", "reference", "__future__"}
)  # what an alternative's file imports and a jail does not have


def reference_code(timed: Timed, assignment: Assignment) -> Code:
    """Our own file, for its jail.

    Raises:
        CourseError: there is none.
    """
    function = assignment.functions[timed.function]
    try:
        path = Path(inspect.getfile(function))
        return Code(path.read_text(encoding="utf-8"), path.name)
    except (TypeError, OSError) as error:
        raise CourseError(f"{timed.id} cannot be timed: its reference has no file ({error})") from error


def code(alternative: Alternative, assignment: Assignment) -> Code:
    """The reference's file with one function answered by `alternative`.

    The file of the alternatives runs in a namespace of its own in which the reference's functions are there,
    without its imports from there and without the words of authoring.

    Raises:
        CourseError: there is no file, or it cannot be read.
    """
    try:
        right = Path(inspect.getfile(alternative.right))
        reference = Path(inspect.getfile(assignment.functions[alternative.function]))
        texts = [path.read_text(encoding="utf-8") for path in (reference, right)]
        return Code(_joined(texts[0], texts[1], alternative), f"{alternative.name}.py")
    except (TypeError, OSError, SyntaxError) as error:
        raise CourseError(f"the model solution {alternative.name} has no file ({error})") from error


def _joined(reference: str, alternatives: str, alternative: Alternative) -> str:
    tree = trees.parse(alternatives)
    tree.body = [node for node in tree.body if not _of_ours(node)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.decorator_list = []
    return (
        f"{reference}\n\n"
        "_alternatives = dict(globals())\n"
        f"exec({ast.unparse(tree)!r}, _alternatives)\n"
        f"{alternative.function} = _alternatives[{alternative.name!r}]\n"
    )


def _of_ours(node: ast.stmt) -> bool:
    """Whether a statement imports what the jail does not have, or has in another way."""
    if isinstance(node, ast.ImportFrom):
        return bool(node.level) or (node.module or "").partition(".")[0] in OURS
    return isinstance(node, ast.Import) and any(one.name.partition(".")[0] in OURS for one in node.names)
