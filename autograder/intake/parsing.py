"""Parsing source that nobody has vouched for, in the process that holds the answers.

`ast.parse` runs nothing, but it is written in C and recurses: a hostile file could use up the C stack, or
the memory, before Python notices. So a scan in linear time looks first at size, nesting and length of
chains; only what no person would write is turned away. Everything that reads a student's code with `ast`
goes through `safe_parse`.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder import trees
from autograder.model import SubmissionError

MAX_SOURCE = 256 * 1024  # bytes of UTF-8
MAX_LINE = 20_000  # characters
MAX_BRACKETS = 100  # open at once; Python itself gives up at 200
MAX_PREFIXES = 200  # - - - - x, not not not x
MAX_CHAIN = 2_000  # words and operators without a comma or bracket between them

PREFIXES = frozenset({"+", "-", "~", "*", "not", "await", "lambda", ":"})
# Possessive quantifiers: what was matched is never tried again, so the scan is linear for every input.
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*+)
    |(?P<string>\"\"\"(?:[^"\\]++|\\.|"(?!""))*+(?:\"\"\")?+
               |'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?+
               |"(?:[^"\\\n]++|\\.)*+"?+
               |'(?:[^'\\\n]++|\\.)*+'?+)
    |(?P<name>\w++)
    |(?P<open>[(\[{])
    |(?P<close>[)\]}])
    |(?P<comma>[,;])
    |(?P<newline>\n)
    |(?P<space>[^\S\n]++|\\\n)
    |(?P<operator>.)""",
    re.VERBOSE | re.DOTALL,
)
CLOSING = {
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+"""', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+'''", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Binding:
    """One place where a module binds a name. `direct`: not inside an `if`, `try`, `for` or `with`."""

    name: str
    line: int
    node: ast.stmt
    direct: bool

    @property
    def defines(self) -> bool:
        """Whether this is a `def` or a `class`, rather than an assignment or an import."""
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def safe_parse(source: str) -> ast.Module:
    """The syntax tree of `source`, which is neither compiled nor run.

    Beyond `ast.parse` it finds what only the compiler would object to: a `return` outside a function, an
    argument named twice.

    Raises:
        SyntaxError: as Python would say it; `lineno` is of `source`.
        SubmissionError: too large, too deeply nested, or not text at all; the sentence says which.
    """
    guard(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a string is no reason to refuse a file
            tree = trees.parse(source)
            symtable.symtable(source, "<submission>", "exec")
    except (RecursionError, MemoryError, ValueError, OverflowError):
        raise SubmissionError(
            "the code is nested too deeply for Python to read; write it in shorter, simpler statements"
        ) from None
    _nothing_misplaced(tree, source)
    return tree


def guard(source: str) -> None:
    """Look at size and nesting, in linear time, before anything recursive does.

    Raises:
        SubmissionError: naming the line and what is too much of it.
    """
    if len(source) > MAX_SOURCE or len(source.encode("utf-8", "replace")) > MAX_SOURCE:
        raise SubmissionError(f"the code is larger than {MAX_SOURCE // 1024} kB; hand in only your functions")
    if "\0" in source:
        line = source[: source.index("\0")].count("\n") + 1
        raise SubmissionError(
            f"line {line} holds a NUL byte, so this is not a text file; save it again as text"
        )
    for number, text in enumerate(source.split("\n"), 1):
        if len(text) > MAX_LINE:
            raise SubmissionError(
                f"line {number} is {len(text)} characters long; break lines, at most {MAX_LINE} are read"
            )
    _guard_nesting(source)


def _guard_nesting(source: str) -> None:
    brackets = prefixes = chain = 0
    before = ""  # the name that touches this token on its left
    for token in TOKEN.finditer(source):
        kind = token.lastgroup
        touching, before = before, ""
        if kind in {"space", "comment"}:
            continue
        text = token.group()
        if kind == "open":
            brackets, chain = brackets + 1, 0
        elif kind == "close":
            brackets, chain, prefixes = max(0, brackets - 1), 0, 0
        elif kind == "comma" or (kind == "newline" and not brackets):
            chain = prefixes = 0
        elif kind == "string" and re.search("[ft]", touching, re.IGNORECASE):
            # An f-string holds expressions; which of its characters are code, versions of Python disagree.
            if brackets + _deepest(text) > MAX_BRACKETS or _longest_run(text) > MAX_PREFIXES:
                raise _too_deep(source, token.start())
            prefixes, chain = 0, chain + 1
        elif kind != "newline":
            prefixes, chain = (prefixes + 1 if text in PREFIXES else 0), chain + 1
            before = text if kind == "name" else ""
        if brackets > MAX_BRACKETS or prefixes > MAX_PREFIXES or chain > MAX_CHAIN:
            raise _too_deep(source, token.start())


def _too_deep(source: str, at: int) -> SubmissionError:
    line = source.count("\n", 0, at) + 1
    return SubmissionError(
        f"line {line} is nested deeper, or chained longer, than can be read; break it into shorter statements"
    )


def _deepest(text: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[(\[{]|[)\]}]", text):
        depth = depth + 1 if bracket.group() in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"(?:[-+~]\s*+|\bnot\s++)++", text)), default=0)


def continues(line: str, depth: int, quote: str) -> tuple[int, str, bool]:
    """How a line of Python leaves things: brackets open, the triple quote that is open, a trailing backslash.

    `depth` and `quote` are what the line before left; `line` has no line end.
    """
    start = 0
    if quote:
        closing = CLOSING[quote].match(line)
        if closing is None:
            return depth, quote, False
        start, quote = closing.end(), ""
    for token in TOKEN.finditer(line, start):
        kind, text = token.lastgroup, token.group()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "string" and text[:3] in CLOSING and not CLOSING[text[:3]].match(text, 3):
            quote = text[:3]
        elif kind == "operator" and text == "\\" and token.end() == len(line):
            return depth, quote, True
    return depth, quote, False


def bindings(tree: ast.Module) -> tuple[Binding, ...]:
    """Every name that importing the module binds at its left margin, in order.

    What stands under `if __name__ == "__main__":` is not bound, since a graded file is imported.
    """
    found = []
    waiting = [
        (node, True) for node in reversed(tree.body)
    ]  # a stack: `elif` can nest deeper than Python calls
    while waiting:
        node, direct = waiting.pop()
        found += [Binding(name, first_line(node), node, direct) for name in names_bound(node)]
        if not is_main_guard(node):
            inner = [child for block in blocks(node) for child in block]
            waiting += [(child, False) for child in reversed(inner)]
    return tuple(found)


def names_bound(node: ast.stmt) -> list[str]:
    """The names one statement binds by itself, without those of the statements inside it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names if alias.name != "*"]
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif (isinstance(node, ast.AnnAssign) and node.value) or isinstance(node, ast.For):
        targets = [node.target]
    elif isinstance(node, ast.With):
        targets = [item.optional_vars for item in node.items if item.optional_vars]
    return [
        part.id
        for target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]


BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def blocks(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The blocks of a compound statement that run when it runs: not those of a `def` or `class`."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for field in ("body", "orelse", "finalbody"):
        yield getattr(node, field, [])
    for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
        yield part.body


def is_main_guard(node: ast.stmt) -> bool:
    """Whether this is `if __name__ == "__main__":`."""
    if not (isinstance(node, ast.If) and isinstance(node.test, ast.Compare)):
        return False
    sides = [node.test.left, *node.test.comparators]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides) and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def first_line(node: ast.stmt) -> int:
    """The line a statement begins on, its decorators included."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return min([node.lineno, *(part.lineno for part in node.decorator_list)])
    return node.lineno


def is_stub(node: ast.stmt) -> bool:
    """Whether a `def` or `class` holds nothing but docstring, `pass`, `...` and NotImplementedError."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return all(is_stub(inner) for inner in node.body)
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _nothing_misplaced(tree: ast.Module, source: str) -> None:
    """Find a `return`, `yield`, `await`, `break` or `continue` where the compiler would refuse it."""
    expressions = "yield" in source or "await" in source  # the others are statements
    waiting: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]  # node, in a function, in a loop
    while waiting:
        node, in_function, in_loop = waiting.pop()
        word = type(node).__name__.lower()
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom | ast.Await) and not in_function:
            raise _syntax_error(f"'{word.removesuffix('from')}' outside function", node)
        if isinstance(node, ast.Break | ast.Continue) and not in_loop:
            raise _syntax_error(f"'{word}' outside loop", node)
        within = {"body": (in_function, in_loop)}
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            within["body"] = (True, False)
        elif isinstance(node, ast.ClassDef):
            within["body"] = (False, False)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
            within["body"] = (in_function, True)
        for field in node._fields if expressions else BLOCKS:
            value = getattr(node, field, None)
            if value:
                inside = within.get(field, (in_function, in_loop))
                children = value if isinstance(value, list) else [value]
                waiting += [(child, *inside) for child in children if isinstance(child, ast.AST)]


def _syntax_error(message: str, node: ast.stmt | ast.expr) -> SyntaxError:
    return SyntaxError(message, ("<submission>", node.lineno, node.col_offset + 1, None))
