"""What can be said of a submission before anything of it runs: is it Python, and is everything there?"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from .intake.parsing import BLOCKS, Binding, bindings, is_main_guard, is_stub, safe_parse
from .intake.syntax import kindly
from .model import Objection, Submission, SubmissionError, line_name

NEAR = 0.75  # of difflib's ratio: adam_steps is near adam_step, momentum_step is not

MAX_CANDIDATES = 500  # names that are compared; a file has more only by malice
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def look(submission: Submission, functions: Collection[str]) -> tuple[Objection, ...]:
    """Every objection to a submission that is asked for `functions`, in their order.

    Fatal ones (nothing could be read, empty, not Python) come alone: nothing of the file can be graded.
    The others concern one function each; whatever else is there is graded.
    """
    if submission.unreadable:
        return (Objection(submission.unreadable, fatal=True),)
    try:
        tree = safe_parse(submission.source)
    except SubmissionError as error:
        return (Objection(str(error), fatal=True),)
    except SyntaxError as error:
        line, says = kindly(error, submission.source)
        return (Objection(says, line, fatal=True),)
    if not tree.body:
        return (Objection(_empty(submission), fatal=True),)
    bound = bindings(tree)
    others = [binding for binding in bound if binding.name not in functions]
    objections = []
    for name in functions:
        mine = [binding for binding in bound if binding.name == name]
        if not mine:
            objections.append(_missing(name, _defined_elsewhere(tree), others))
        elif twice := _defined_twice(name, mine, submission.line_names):
            objections.append(twice)
    return tuple(objections)


def calls(source: str, functions: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each graded function that `source` defines, which of the other graded functions it uses.

    Directly, or through the student's own functions in between. Empty where the source cannot be read.
    """
    try:
        bound = bindings(safe_parse(source))
    except (SyntaxError, SubmissionError):
        return {}
    uses = {  # the last binding of a name counts
        binding.name: {part.id for part in ast.walk(binding.node) if isinstance(part, ast.Name)}
        for binding in bound
        if not isinstance(binding.node, ast.Import | ast.ImportFrom)
    }
    return {name: frozenset(_reached(name, uses, functions)) for name in functions if name in uses}


def _reached(name: str, uses: Mapping[str, set[str]], functions: Collection[str]) -> set[str]:
    found: set[str] = set()
    seen = {name}
    waiting = [name]
    while waiting:
        for used in uses[waiting.pop()] - seen:
            seen.add(used)
            if used in functions:
                found.add(used)  # what a graded function uses in turn is its own affair
            elif used in uses:
                waiting.append(used)
    return found


def _empty(submission: Submission) -> str:
    if submission.line_names or submission.path.lower().endswith(".ipynb"):
        return "the notebook holds no code that can be graded; check that your functions stand in code cells"
    if submission.source.strip():
        return "the file holds only comments; check that it is the file you worked in, and that it was saved"
    return "the file is empty; check that you handed in the file you worked in, and that it was saved"


def _missing(name: str, hidden: Iterable[tuple[Definition, str]], others: Sequence[Binding]) -> Objection:
    """Why a function cannot be found at the left margin, as far as one can tell."""
    for node, where in hidden:
        if node.name == name:
            return Objection(
                f"`{name}` is defined inside {where}; move it to the left margin",
                node.lineno,
                name,
                missing=True,
            )
    candidates = {other.name: other for other in others[:MAX_CANDIDATES]}
    plain = {_plain(other): other for other in reversed(candidates)}
    near = plain.get(_plain(name)) or next(iter(difflib.get_close_matches(name, candidates, 1, NEAR)), None)
    if near is not None:
        says = f"`{name}` is not defined; is `{near}` meant? Rename it to `{name}`"
        return Objection(says, candidates[near].line, name, missing=True)
    return Objection(
        f"`{name}` is not defined; without it, nothing that asks for it can be graded",
        None,
        name,
        missing=True,
    )


def _plain(name: str) -> str:
    """adamStep, Adam_Step and adam_step are one name to a reader."""
    return name.replace("_", "").casefold()


def _defined_elsewhere(tree: ast.Module) -> Iterator[tuple[Definition, str]]:
    """Definitions that importing the file does not bind, outermost first, with the place that hides them."""
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    for node, where in waiting:  # grows while it is read
        inside = where
        if isinstance(node, Definition):
            if where:
                yield node, where
            inside = f"`{'class' if isinstance(node, ast.ClassDef) else 'def'} {node.name}`"
        elif isinstance(node, ast.stmt) and is_main_guard(node):
            inside = '`if __name__ == "__main__"`, which does not run when your file is graded'
        waiting += [(child, inside) for block in BLOCKS for child in getattr(node, block, ())]


def _defined_twice(name: str, mine: Sequence[Binding], line_names: Sequence[str]) -> Objection | None:
    """An objection where a later definition replaces an earlier one without using it."""
    direct = [binding for binding in mine if binding.direct]
    if not direct or direct[-1] is not mine[-1]:
        return None
    *earlier, last = direct
    replaced = [binding for binding in earlier if binding.defines]
    if not replaced or (not last.defines and _names(last.node, name)):  # sigmoid = np.vectorize(sigmoid)
        return None
    before = ", ".join(line_name(binding.line, line_names) for binding in replaced)
    says = (
        f"`{name}` is defined {_times(len(replaced) + 1)} ({before} and {line_name(last.line, line_names)})"
    )
    stub = is_stub(last.node) and not all(is_stub(binding.node) for binding in replaced)
    advice = ", and it is still unfinished: delete it" if stub else ": delete what you do not want"
    return Objection(f"{says}; the last one counts{advice}", last.line, name)


def _times(count: int) -> str:
    return {2: "twice"}.get(count, f"{count} times")


def _names(node: ast.AST, name: str) -> bool:
    return any(
        isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Load)
        for part in ast.walk(node)
    )
