"""The files of an imported assignment, as text: checks, rubric, handout, and what a person must finish."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from autograder.release.handout import lines as handout_lines

from . import naming
from .model import Exercise, Question, Todo
from .sources import Sources
from .translate import PLAIN, Made

_PLAIN = f'''

def {PLAIN}(value):
    """A NumPy number leaves the jail as an array without axes; here it is a number again."""
    if isinstance(value, list | tuple):
        return type(value)(map({PLAIN}, value))
    return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
'''


class Checks:
    """checks.py as it grows: each check gets a name of its own."""

    def __init__(self, name: str, source: str, sources: Sources) -> None:
        self.name, self.source = name, source
        self.taken = {*sources.graded, *keyword.kwlist, *dir(builtins), "np", "check", "scenario", "close"}
        self.made: list[str] = []
        self.functions: set[str] = set()
        self.imports: set[str] = set()
        self.words: set[str] = set()
        self._graded = frozenset(sources.graded)

    def add(self, one: Made, stem: str, place: str, hidden: bool) -> str:
        """Write one check; its id as a rubric names it."""
        name = naming.unused(stem, self.taken)
        self.taken.add(name)
        imported = [re.split(r" as | import ", line)[-1].split(".")[0] for line in one.imports]
        self.taken.update(imported)
        word = "scenario" if one.scenario else "check"
        self.words.add(word)
        options = [one.function]
        if one.near is not None:
            self.words.add("close")
            options.append(f"compare=close(rtol={one.near[0]!r}, atol={one.near[1]!r})")
        if not one.drawn:
            options.append("draws=1")
        arguments = f"{one.function}, rng" if one.scenario else "rng"
        says = ast.Expr(ast.Constant(_says(one, hidden)))
        function = ast.parse(f"def {name}({arguments}):\n    pass").body[0]
        assert isinstance(function, ast.FunctionDef)
        function.body = [says, *one.body]
        text = ast.unparse(ast.fix_missing_locations(function))
        self.made.append(f"# {place}: {one.original}\n@{word}({', '.join(options)})\n{text}")
        self.imports |= one.imports
        self.functions.add(one.function)
        self.functions |= {
            part.id
            for node in one.body
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and part.id in self._graded
        }
        return f"{one.function}.{name}"

    def text(self) -> str:
        """The whole module."""
        plain = any(PLAIN in made for made in self.made)
        imports = self.imports | ({"import numpy as np"} if plain else set())
        head = [
            (
                f'"""Hidden checks of {self.name}: the tests of {self.source}, asked anew.\n\nWhat is right, '
                'the reference says. Above each check stands the assertion that it was made of.\n"""'
            )
        ]
        if imports:
            head.append("\n".join(sorted(imports, key=lambda line: (line.startswith("from"), line))))
        if self.words:
            head.append(f"from autograder import {', '.join(sorted(self.words))}")
            head.append(f"from .reference import {', '.join(sorted(self.functions))}")
        return (
            "\n\n".join(head)
            + (f"\n{_PLAIN}" if plain else "\n")
            + "".join(f"\n\n{made}\n" for made in self.made)
        )


def _says(one: Made, hidden: bool) -> str:
    """The sentence that students read: the author's message, or what is asked where that is no secret."""
    said = " ".join(one.says.split())
    if said:
        return said if said.endswith((".", "!", "?")) else f"{said}."
    if hidden:
        return f"{one.function} is right in a case that is not shown."
    original = re.sub(r"^assert ", "", one.original)
    if one.raises:
        return f"`{original}` raises {one.raises}."
    return f"In the notebook's words: `{original}`."


def rubric(
    exercise: Exercise, paid: Mapping[str, Mapping[str, Fraction]], needs: Sequence[str], open_: Iterable[str]
) -> str:
    """rubrics/NAME.yaml: a criterion for each question, its points exactly as they were.

    `paid` holds for each question its checks with their points; `open_` are the questions whose tests
    students saw.
    """
    shown = set(open_)
    rows = [
        "# yaml-language-server: $schema=../autograder/schemas/rubric.schema.json",
        f"# Imported from {exercise.source}.",
        f"assignment: {exercise.name}",
        f"title: {_quoted(exercise.title)}",
    ]
    if tuple(needs) != ("numpy",):
        rows.append(f"needs: [{', '.join(needs)}]")
    rows += ["", "criteria:"]
    for question in exercise.questions:
        if not question.points:
            continue
        rows += [f"  - id: {question.id}", f"    asks: {_quoted(question.asks)}"]
        checks = paid.get(question.id, {})
        if checks:
            rows += _by_machine(question, checks, question.id in shown)
        else:
            rows += ["    by: hand", f"    points: {naming.decimal(question.points)}"]
            where = (
                f"The answer stands in {question.answer} at the end of the file." if question.answer else ""
            )
            if guidance := "\n".join(filter(None, (where, question.guidance))):
                rows += ["    guidance: |", *_block(guidance)]
        rows.append("")
    return "\n".join(rows).rstrip() + "\n"


def _by_machine(question: Question, checks: Mapping[str, Fraction], open_: bool) -> list[str]:
    rows = []
    if question.rule == "all" and len(checks) > 1:
        rows.append("    rule: all")
    if open_:
        rows.append("    shown: always")
    return [
        *rows,
        "    checks:",
        *(f"      {name}: {naming.decimal(worth)}" for name, worth in checks.items()),
    ]


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _block(text: str) -> list[str]:
    clean = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text.expandtabs(4))
    rows = clean.strip("\n").split("\n")
    rows[0] = rows[0].lstrip()
    return [f"      {row}".rstrip() for row in rows]


def handout(exercise: Exercise) -> tuple[str, list[str]]:
    """handout.md, and the pictures that were left out of it."""
    kept: list[str] = []
    pictures: list[str] = []
    for text in exercise.texts:
        rows: list[str] = []
        for line, is_code in handout_lines(text):
            found = [] if is_code else re.findall(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>", line)
            pictures += found
            for picture in found:
                line = line.replace(picture, "")  # noqa: PLW2901 - the rest of the line stays
            heading = None if is_code else re.match(r"(#{1,3})( .*)", line)
            rows.append(f"###{heading[2]}" if heading else line)
        kept.append("\n".join(rows).strip())
    body = "\n\n".join(text for text in kept if text)
    name = exercise.name
    return (
        f"# {exercise.title}\n\n## Why\n\nImported from {exercise.source}.\n\n## Write\n\n"
        f"Open `{name}.py` (or the notebook; they hold the same).\n\n{body}\n\n## Try\n\n"
        f"    autograder try {name}.py\n\n## If you are stuck\n\n"
        "Work one example by hand, and compare each step with what your function computes.\n"
    ), pictures


EMPTY = {  # nothing of an import stands in these
    f"{part}.py": f'"""{says}"""\n'
    for part, says in (
        ("misconceptions", "Wrong answers that students really give, each with the explanation they read."),
        ("alternatives", "Right answers by other roads. They must get full marks, or a check is too narrow."),
    )
}


def todo(exercise: Exercise, todos: Sequence[Todo], always: Sequence[str]) -> str:
    """TODO.md: what a person must finish before students see the assignment."""
    rows = [
        f"# {exercise.title}: to be finished by hand",
        "",
        f"Imported from {exercise.source}. Everything that could not be said as a check of ours stands here;",
        "nothing was dropped without a line. Remove this file when the list is done: until then the audit",
        "reports it.",
        "",
    ]
    rows += [f"- [ ] {entry}" for entry in [*map(str, todos), *always]]
    return "\n".join(rows) + "\n"
