"""From the tests of a cell to checks of ours: the same calls, answered in the jail, judged by the reference.

Each assertion becomes a check of every graded function that has a part in it. What it compares is what the
assertion compared, without the literal: where `assert f(3) == 9` stood, `f` is asked about 3, and what is
right the reference says. Nothing is run here. Whatever cannot be said in this way raises
`UntranslatableError` with the reason, and a person is told.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import assertions, context
from .assertions import Asked
from .context import Context, UntranslatableError
from .loops import Collect, sortable, tainted_by
from .model import ANY, Test, Todo
from .randomness import owned
from .scopes import binds, calls, reads, slice_of, terminal
from .sources import Sources
from .unwrapping import asserts, flat

PLAIN = "_plain"  # the function of checks.py that makes numbers of arrays without axes
LARGE = 100_000  # a whole number from which on our tolerance would let the next one pass
ACCIDENTS = frozenset(
    {"TypeError", "IndexError", "KeyError", "AttributeError", "NameError", "AssertionError", "ImportError"}
)


@dataclass(frozen=True, slots=True)
class Made:
    """One check to be: a function of checks.py without its name and docstring."""

    function: str
    scenario: bool
    body: tuple[ast.stmt, ...]
    near: tuple[float, float] | None
    drawn: bool  # whether it uses `rng`
    line: int  # of the test
    original: str
    imports: frozenset[str]
    says: str = ""  # the author's own message
    raises: str = ""  # what has to be raised


@dataclass(slots=True)
class Translated:
    """What became of one test: its checks, what is left for a person, and examples that students may see."""

    checks: list[Made] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)
    examples: dict[str, list[str]] = field(default_factory=dict)


def translate(test: Test, body: Sequence[ast.stmt], around: Context) -> Translated:
    """The checks of one test. `body` are its statements; `around` what stands before it."""
    result = Translated()
    own: list[ast.stmt] = []
    for node in flat(body, around.sources):
        try:
            found = list(_of_statement(node, _shown(node, test, body), around, own))
        except UntranslatableError as why:
            line = getattr(node, "lineno", 0)
            result.todos.append(Todo(test.place, f"line {line}: `{_short(node)}` was not translated: {why}"))
            continue
        result.checks += found
        for made in found:
            if made.function and (note := _note(node)):
                result.todos.append(Todo(test.place, f"line {made.line}: {note}"))
                break
        if not found:
            own.append(node)
        elif not test.hidden:
            _example(node, found, _shown(node, test, body), around.sources, result.examples)
    return result


def _shown(node: ast.stmt, test: Test, body: Sequence[ast.stmt]) -> Test:
    """The test, for one of its statements: what is shown below a cell is the value of its last."""
    return test if not test.output or node is body[-1] else replace(test, output=ANY)


def _note(node: ast.stmt) -> str:
    raised = assertions.raises(node)
    if raised is None:
        return ""
    if raised.kind.split(" or ")[0] in ACCIDENTS:
        return (
            f"the audit takes a {raised.kind} of the reference for an accident; raise ValueError in its place"
        )
    return f"the message of the {raised.kind} is not compared, only its kind" if raised.says else ""


def _of_statement(node: ast.stmt, test: Test, around: Context, own: Sequence[ast.stmt]) -> Iterator[Made]:
    """The checks of one statement of a test; none where it only prepares."""
    before = [*around.before, *own]
    replaced = sorted({name for one in own for name in binds(one)} & set(around.sources.graded))
    if replaced and (asserts(node) or (isinstance(node, ast.Expr) and test.output is not None)):
        raise UntranslatableError(f"a line before it replaces the student's {replaced[0]}")
    raised = assertions.raises(node)
    if raised is not None:
        yield from _raising(node, raised, test, around, before)
        return
    found = _asked(node, test)
    if found is not None:
        for one in found:
            yield from _comparing(node, one, test, around, before)
        return
    if isinstance(node, ast.For | ast.While | ast.With | ast.If) and asserts(node):
        yield from _compound(node, test, around, before)
    elif isinstance(node, ast.Try) and (asserts(node) or reads(node) & set(around.sources.graded)):
        raise UntranslatableError("it catches exceptions in a way that we do not know")
    elif isinstance(node, ast.FunctionDef) and asserts(node):
        raise UntranslatableError(
            "the assertion stands in a function that is called in a way that we do not know"
        )


def _asked(node: ast.stmt, test: Test) -> list[Asked] | None:
    found = assertions.asked(node)
    if found is not None or not isinstance(node, ast.Expr):
        return found
    value = node.value
    name = terminal(value.func) if isinstance(value, ast.Call) else ""
    if name.lower().startswith("assert") or name == "fail":
        raise UntranslatableError(f"{name} is no assertion that we know")
    if not test.output or isinstance(value, ast.Constant):
        return None
    if isinstance(value, ast.Call) and name == "print":
        if not value.args:
            return None
        shown = value.args[0] if len(value.args) == 1 else ast.Tuple(value.args, ast.Load())
        return [_with_output(shown, test.output)]
    plain = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and not hasattr(builtins, name)
    if test.output == "True" and not plain:
        return assertions.of_test(value)
    return [_with_output(value, test.output)]


def _with_output(value: ast.expr, output: str) -> Asked:
    """That an expression has the value that is shown below it."""
    try:
        return Asked((value, ast.parse(output, mode="eval").body))
    except (SyntaxError, ValueError):
        return Asked((value,))


def _comparing(
    node: ast.stmt, one: Asked, test: Test, around: Context, before: Sequence[ast.stmt]
) -> Iterator[Made]:
    sources = around.sources
    parts = [slice_of(before, reads(side), around.fixed, around.sources.graded) for side in one.sides]
    per_side = [_graded(sources, [side, *part]) for side, part in zip(one.sides, parts, strict=True)]
    functions = sorted(set().union(*per_side))
    if not functions:
        wanted = reads(*one.sides)
        if any(calls(node, sources.graded) and reads(node) & wanted - around.fixed for node in before):
            raise UntranslatableError(
                "it looks at what a function did to its argument, but the jail has a copy; let it return it"
            )
        raise UntranslatableError(
            context.no_function(around, [*one.sides, *(n for part in parts for n in part)])
        )
    for function in functions:
        sides = [side for side, names in zip(one.sides, per_side, strict=True) if function in names]
        sides = [sortable(side, one) for side in sides]
        near = one.near
        if near is None and not one.property:
            near = context.near(one.expected(), LARGE)
        wanted = set().union(*map(reads, sides))
        setup = slice_of(before, wanted, around.fixed, around.sources.graded)
        yield _made(function, setup, sides, near, node, test, around)


def _graded(sources: Sources, nodes: Sequence[ast.AST]) -> set[str]:
    return reads(*nodes) & set(sources.graded)


def _made(
    function: str,
    setup: Sequence[ast.stmt],
    sides: Sequence[ast.expr],
    near: tuple[float, float] | None,
    node: ast.stmt,
    test: Test,
    around: Context,
) -> Made:
    """A check where one call is all there is, a scenario otherwise."""
    imports = context.usable(around, [*setup, *sides], function)
    call = sides[0] if len(sides) == 1 else None
    arguments = None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == function:
        others = [*setup, *call.args, *call.keywords]
        if function not in reads(*others):
            arguments = _arguments(call, around.sources.parameters(function))
    if arguments is not None:
        body, scenario = [*setup, ast.Return(arguments)], False
    else:
        value = sides[0] if len(sides) == 1 else ast.Tuple(list(sides), ast.Load())
        body, scenario = [*setup, ast.Return(value)], True
        body = [_Plain(function).visit(copy.deepcopy(part)) for part in body]
        if call is not None and isinstance(body[-1], ast.Return) and body[-1].value is not None:
            body[-1].value = _bare(body[-1].value)
    made, drawn = owned(body)
    return Made(
        function,
        scenario,
        tuple(made),
        near,
        drawn,
        getattr(node, "lineno", 0),
        _short(node),
        imports,
        test.says or _message(node),
    )


def _arguments(call: ast.Call, parameters: list[str] | None) -> ast.expr | None:
    """What a check returns: a tuple of positions or a dict of keywords; None where it is neither."""
    if any(isinstance(value, ast.Starred) for value in call.args) or any(
        w.arg is None for w in call.keywords
    ):
        return None
    if not call.keywords:
        return ast.Tuple(call.args, ast.Load())
    if call.args and (parameters is None or len(parameters) < len(call.args)):
        return None
    names = [*(parameters or [])[: len(call.args)], *(word.arg or "" for word in call.keywords)]
    return ast.Dict(
        [ast.Constant(name) for name in names], [*call.args, *(word.value for word in call.keywords)]
    )


class _Plain(ast.NodeTransformer):
    """Wraps the calls of a function so that its numbers are numbers."""

    def __init__(self, function: str) -> None:
        self.function = function

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == self.function:
            return ast.Call(ast.Name(PLAIN, ast.Load()), [node], [])
        return node


def _bare(value: ast.expr) -> ast.expr:
    """What is returned as it is needs no wrapping."""
    if isinstance(value, ast.Call) and terminal(value.func) == PLAIN:
        return value.args[0]
    return value


def _raising(
    node: ast.stmt, raised: assertions.Raises, test: Test, around: Context, before: Sequence[ast.stmt]
) -> Iterator[Made]:
    *first, last = raised.body
    value = last.value if isinstance(last, ast.Expr | ast.Assign | ast.AnnAssign) else None
    if value is None:
        raise UntranslatableError("what has to raise is more than one call")
    setup = slice_of([*before, *first], reads(value), around.fixed, around.sources.graded)
    functions = _graded(around.sources, [value])
    if len(functions) != 1:
        raise UntranslatableError(
            context.no_function(around, [value]) if not functions else "two functions may raise"
        )
    made = _made(functions.pop(), setup, [value], None, node, test, around)
    yield replace(made, raises=raised.kind, original=_short(value))


def _compound(node: ast.stmt, test: Test, around: Context, before: Sequence[ast.stmt]) -> Iterator[Made]:
    """A loop with assertions in it: the same loop, and everything that they compare, in a list."""
    setup = slice_of(before, reads(node), around.fixed, around.sources.graded)
    names = _graded(around.sources, [*setup, node])
    if not names:
        raise UntranslatableError(context.no_function(around, [*setup, node]))
    tainted = tainted_by([*setup, node], names)
    collecting = Collect(tainted)
    body = collecting.visit(copy.deepcopy(node))
    assert isinstance(body, ast.stmt)
    if not collecting.collected:
        raise UntranslatableError("nothing in it compares what a function returned")
    for function in sorted(names):
        imports = context.usable(around, [*setup, node], function)
        statements: list[ast.stmt] = [
            *setup,
            *ast.parse("answers = []").body,
            body,
            *ast.parse("return answers").body,
        ]
        wrapped = [_Plain(function).visit(copy.deepcopy(part)) for part in statements]
        made, drawn = owned(wrapped)
        yield Made(
            function,
            True,
            tuple(made),
            collecting.near,
            drawn,
            getattr(node, "lineno", 0),
            _short(node),
            imports,
            test.says,
        )


def _example(
    node: ast.stmt, found: Sequence[Made], test: Test, sources: Sources, examples: dict[str, list[str]]
) -> None:
    """A visible assertion of literals as a worked example of the function."""
    if len(found) != 1 or found[0].scenario or found[0].raises or len(found[0].body) != 1:
        return
    said = node.test if isinstance(node, ast.Assert) else None
    if isinstance(node, ast.Expr) and test.output is not None and (asked := _asked(node, test)):
        sides = asked[0].sides
        said = ast.Compare(sides[0], [ast.Eq()], [sides[1]]) if len(sides) > 1 else None
        if any(isinstance(part, float) for part in context.parts(asked[0].expected())):
            return  # what is shown is rounded
    function = found[0].function
    has_numpy = any(alias.asname == "np" for node in sources.imports for alias in node.names)
    if said is not None and reads(said) <= {function, *(["np"] if has_numpy else [])}:
        examples.setdefault(function, []).append(f">>> bool({ast.unparse(said)})\nTrue")


def _message(node: ast.stmt) -> str:
    message = node.msg if isinstance(node, ast.Assert) else None
    return message.value if isinstance(message, ast.Constant) and isinstance(message.value, str) else ""


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 90 else f"{text[:90]}…"  # noqa: PLR2004 - a line
