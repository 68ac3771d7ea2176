"""Forbidden operations by the names they have in a student's source. Nothing runs.

Only what a function under a rule can reach is looked at: its own lines, and those of the student's functions,
classes and variables that it uses. A name counts where it stands for a library's: `F.conv2d` after
`import torch.nn.functional as F`, and not a function of the student's own that is called conv2d. Words in
comments, docstrings and messages are no names. What is put together while the program runs is not seen here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.intake.parsing import bindings, safe_parse
from autograder.model import OwnWork, SubmissionError

from . import groups

LONGEST = 200  # characters of a name that is put together
DEEPEST = 30  # evaluated texts inside evaluated texts, and the like
Names = Mapping[str, str]  # what a name of the file stands for: "F" for "torch.nn.functional"


@dataclass(frozen=True, slots=True)
class Hit:
    """One use of a forbidden name."""

    function: str  # under the rule
    line: int
    written: str  # as it stands in the source
    dotted: str  # as the library calls it
    title: str  # of the group


def hits(source: str, rule: OwnWork) -> tuple[Hit, ...]:
    """Every use of a name that `rule` forbids, in the order of the source; none where it cannot be read."""
    try:
        tree = safe_parse(source)
    except (SyntaxError, SubmissionError):
        return ()
    nodes: dict[str, list[ast.AST]] = {}
    for binding in bindings(tree):
        if not isinstance(binding.node, ast.Import | ast.ImportFrom):
            nodes.setdefault(binding.name, []).append(binding.node)
    names = _imported(tree, nodes)
    found: dict[tuple[str, int, str], Hit] = {}
    for function in rule.functions:
        for node in _reached(function, nodes):
            for line, written, dotted in _uses(node, names):
                group = groups.group_of(rule, dotted)
                if group:
                    hit = Hit(function, line, written, dotted, group.title)
                    found.setdefault((function, line, dotted), hit)
    return tuple(sorted(found.values(), key=lambda hit: (hit.line, hit.dotted)))


def _reached(function: str, nodes: Mapping[str, Sequence[ast.AST]]) -> Iterator[ast.AST]:
    seen, waiting = {function}, [function]
    while waiting:
        for node in nodes.get(waiting.pop(), ()):
            yield node
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and part.id in nodes and part.id not in seen:
                    seen.add(part.id)
                    waiting.append(part.id)


def _imported(tree: ast.Module, own: Mapping[str, object]) -> dict[str, str]:
    """What names stand for by imports anywhere in the file, and by plain assignments (`conv = F.conv2d`)."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                names[name] = alias.name if alias.asname else name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name != "*":
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                elif node.module.partition(".")[0] in groups.LIBRARIES:
                    names |= {name: f"{node.module}.{name}" for name in _free(tree) - set(own) - set(names)}
    defined = {name for name, made in own.items() if _defines(made)}
    names = {name: dotted for name, dotted in names.items() if name not in defined}
    for _ in range(2):  # an alias of an alias
        for node in ast.walk(tree):
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(node, ast.Assign) and isinstance(target, ast.Name) and target.id not in defined:
                dotted = _dotted(node.value, names)
                if dotted:
                    names.setdefault(target.id, dotted)
    return names


def _defines(made: object) -> bool:
    return isinstance(made, list) and any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in made
    )


def _free(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _uses(node: ast.AST, names: Names, depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """(line, as written, dotted) of each library name in `node`, the longest form of each only."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        names = {name: dotted for name, dotted in names.items() if name not in _own_names(node, names)}
    if isinstance(node, ast.expr):
        dotted = _dotted(node, names)
        if dotted:
            yield node.lineno, ast.unparse(node)[:LONGEST], dotted
            return
        yield from _evaluated(node, names, depth)
    for child in ast.iter_child_nodes(node):
        yield from _uses(child, names, depth)


def _own_names(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, names: Names) -> set[str]:
    """Parameters, and what is assigned in a function and is not itself a library's: they hide other names."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    arguments += [one for one in (node.args.vararg, node.args.kwarg) if one]
    hidden = {argument.arg for argument in arguments}
    if isinstance(node, ast.Lambda):
        return hidden
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and part is not node:
            hidden.add(part.name)
        elif isinstance(part, ast.Assign) and not _dotted(part.value, names):
            hidden |= {target.id for target in part.targets if isinstance(target, ast.Name)}
    return hidden


def _evaluated(node: ast.expr, names: Names, depth: int) -> Iterator[tuple[int, str, str]]:
    """Names in a text that is evaluated: `eval("F.conv2d")`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
        return
    text = _text(node.args[0]) if node.func.id in ("eval", "exec") else None
    if text is None or depth > DEEPEST:
        return
    try:
        inner = safe_parse(text)
    except (SyntaxError, SubmissionError):
        return
    for _, written, dotted in _uses(inner, {**_imported(inner, {}), **names}, depth + 1):
        yield node.lineno, written, dotted


def _dotted(node: ast.expr, names: Names, depth: int = 0) -> str | None:
    """The library's name that an expression stands for: by attribute, `getattr`, `__dict__`, or an import."""
    if depth > DEEPEST:
        return None
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, names, depth + 1)
        return f"{owner}.{node.attr}" if owner else None
    if isinstance(node, ast.Subscript):
        return _looked_up(node, names, depth)
    if isinstance(node, ast.Call):
        return _called(node, names, depth)
    return None


def _looked_up(node: ast.Subscript, names: Names, depth: int) -> str | None:
    """`F.__dict__["conv2d"]`, `vars(F)["conv2d"]`, `sys.modules["torch"]`."""
    text = _text(node.slice)
    if not text:
        return None
    held = node.value
    if isinstance(held, ast.Call) and held.args and ast.unparse(held.func) == "vars":
        owner = _dotted(held.args[0], names, depth + 1)
    elif isinstance(held, ast.Attribute) and held.attr == "__dict__":
        owner = _dotted(held.value, names, depth + 1)
    elif _dotted(held, names, depth + 1) == "sys.modules":
        return text
    else:
        return None
    return f"{owner}.{text}" if owner else None


def _called(node: ast.Call, names: Names, depth: int) -> str | None:
    """`getattr(F, "con" + "v2d")`, `importlib.import_module("torch.nn")`, `__import__("torch")`."""
    texts = [_text(argument) for argument in node.args]
    if isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(texts) > 1 and texts[1]:
        owner = _dotted(node.args[0], names, depth + 1)
        return f"{owner}.{texts[1]}" if owner else None
    if not texts or not texts[0]:
        return None
    if isinstance(node.func, ast.Name) and node.func.id == "__import__":
        return texts[0].partition(".")[0]
    if _dotted(node.func, names, depth + 1) == "importlib.import_module":
        return texts[0]
    return None


def _text(node: ast.expr, depth: int = 0) -> str | None:
    """A text that stands in the source, also in pieces: "con" + "v2d", f"conv{2}d", "".join([...])."""
    if depth > DEEPEST:
        return None
    parts: list[str | None]
    if isinstance(node, ast.Constant):
        return str(node.value)[:LONGEST] if isinstance(node.value, str | int) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts, between = [_text(node.left, depth + 1), _text(node.right, depth + 1)], ""
    elif isinstance(node, ast.JoinedStr):
        parts, between = [_text(part, depth + 1) for part in node.values], ""
    elif isinstance(node, ast.FormattedValue):
        return _text(node.value, depth + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        held = _text(node.func.value, depth + 1)
        if held is None or len(node.args) != 1 or not isinstance(node.args[0], ast.List | ast.Tuple):
            return None
        parts, between = [_text(part, depth + 1) for part in node.args[0].elts], held
    else:
        return None
    known = [part for part in parts if part is not None]
    return between.join(known)[:LONGEST] if len(known) == len(parts) else None
