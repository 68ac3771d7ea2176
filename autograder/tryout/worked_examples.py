"""The worked examples of graded functions: the doctests in their docstrings, and when an answer agrees.

Nothing here runs, or needs anything that is hidden.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.intake.parsing import is_stub, safe_parse

RELATIVE = 1e-6
ABSOLUTE = 1e-9  # what rounding leaves of a zero
MANY = 6  # digits shown, from which on the last one may be rounded either way

_NUMPY = re.compile(r"\b(?:np|numpy)\.(?:float|int|uint|complex|bool|longdouble)\w*\(([^()]*)\)")
_TRUTH = re.compile(r"\b(?:np|numpy)\.(True|False)_\b")
_TOKEN = re.compile(
    r"(?P<number>(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))|(?P<word>\w+)|(?P<sign>\S)"
)
_HINT = re.compile(r"^[ \t]*Hint:[ \t]*(.+?)(?=\n[ \t]*(?:\n|>>>)|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One `>>>` statement of a docstring, and what it should print."""

    source: str  # as it is compiled
    want: str  # "" where nothing is printed
    raises: str  # "ValueError" where an exception is the answer
    typed: str  # with its prompts, after those of the same paragraph that prepare it
    options: frozenset[str] = frozenset()  # "ELLIPSIS": asked for by a comment `# doctest: +…`

    @property
    def speaks(self) -> bool:
        """Whether there is an answer to agree with; the other statements only prepare one."""
        return bool(self.want or self.raises)


@dataclass(frozen=True, slots=True)
class Task:
    """A function to write, as its stub describes it."""

    name: str
    parameters: tuple[str, ...]  # their names, in order
    line: int | None  # of the `def`; None where it stands in another file
    examples: tuple[Example, ...] = ()
    hint: str = ""
    broken: str = ""  # why its examples could not be read
    documented: bool = False
    unwritten: bool = False  # nothing stands in it but what a stub holds


def tasks(source: str) -> tuple[Task, ...]:
    """The public functions and classes of a file that parses, in its order; of two of a name the last.

    Raises:
        SyntaxError: the file does not parse.
        SubmissionError: it is too large or too deeply nested to be parsed.
    """
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in safe_parse(source).body if isinstance(node, kinds)]
    found = {node.name: _task(node) for node in nodes if not node.name.startswith("_")}
    return tuple(found.values())


def agrees(want: str, got: str, options: frozenset[str] = frozenset()) -> bool:
    """Whether `got` is what a docstring prints, up to spacing, NumPy's names and the last digits of numbers.

    A number with a decimal point may be off by 1e-6 of itself or, where six digits or more are shown, by
    one in the last. A whole number has to be the same whole number.

    >>> agrees("[0.25, 0.1]", "[0.25,0.10000000149]"), agrees("3", "3.0"), agrees("0.1", "0.14")
    (True, False, False)
    """
    flags = sum(doctest.OPTIONFLAGS_BY_NAME[name] for name in options)
    if doctest.OutputChecker().check_output(want, got, flags):
        return True
    wanted, given = list(_tokens(want)), list(_tokens(got))
    return len(wanted) == len(given) and all(map(_alike, wanted, given))


def numbers(text: str) -> list[str]:
    """The numbers a text shows, in order, as it shows them."""
    return [token for kind, token in _tokens(text) if kind == "number"]


def is_whole(number: str) -> bool:
    """Whether a number is written without point and exponent."""
    return number.lstrip("+-").isdigit()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    plain = _TRUTH.sub(r"\1", _NUMPY.sub(r"\1", text))
    for found in _TOKEN.finditer(plain):
        yield found.lastgroup or "", found.group()


def _alike(want: tuple[str, str], got: tuple[str, str]) -> bool:
    if want[0] != got[0] or want[0] != "number":
        return want == got
    if is_whole(want[1]):
        return is_whole(got[1]) and int(want[1]) == int(got[1])
    wanted = float(want[1])
    mantissa, _, exponent = want[1].lower().partition("e")
    digits = mantissa.lstrip("+-").replace(".", "").lstrip("0")
    allowed = max(ABSOLUTE, RELATIVE * abs(wanted))
    if len(digits) >= MANY:
        decimals = len(mantissa.partition(".")[2])
        allowed = max(allowed, 1.000001 * 10.0 ** (int(exponent or 0) - decimals))
    return wanted == float(got[1]) or abs(float(got[1]) - wanted) <= allowed


def _task(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Task:
    inner = ast.walk(node) if isinstance(node, ast.ClassDef) else [node]
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    texts = [ast.get_docstring(one) or "" for one in inner if isinstance(one, documented)]
    hint = _HINT.search(texts[0])
    broken = ""
    try:
        examples = tuple(example for text in texts for example in _examples(text))
    except ValueError as error:
        examples, broken = (), str(error)
    return Task(
        node.name,
        _parameters(node),
        node.lineno,
        examples,
        " ".join(hint[1].split()) if hint else "",
        broken,
        bool(texts[0]),
        is_stub(node),
    )


def _examples(text: str) -> Iterator[Example]:
    """The examples of a docstring. What a paragraph prepares is shown with what it prints.

    Raises:
        ValueError: a prompt without a blank behind it, or a line that is indented less than its prompt.
    """
    preparing: list[str] = []
    for part in doctest.DocTestParser().parse(text.expandtabs(), "it"):
        if isinstance(part, str):
            preparing = [] if part.strip() else preparing
            continue
        first, *more = part.source.rstrip("\n").split("\n")
        typed = "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)])
        raises = re.match(r"[\w.]+", part.exc_msg or "")
        options = {name for name, flag in doctest.OPTIONFLAGS_BY_NAME.items() if part.options.get(flag)}
        if "SKIP" in options:
            continue
        yield Example(
            part.source,
            "" if raises else part.want,
            raises[0].rpartition(".")[2] if raises else "",
            "\n".join([*preparing, typed]),
            frozenset(options),
        )
        if not _only_shows(part.source):
            preparing.append(typed)


def _only_shows(statement: str) -> bool:
    """Whether a statement is an expression: nothing that follows can rest on a name it has bound."""
    try:
        return all(isinstance(one, ast.Expr) for one in ast.parse(statement).body)
    except SyntaxError:
        return False


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> tuple[str, ...]:
    if isinstance(node, ast.ClassDef):
        return ()
    arguments = node.args
    return tuple(one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
