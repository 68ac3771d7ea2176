"""What to say of the answers that a function's examples gave: the word, the sentence, the advice."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.model import Comparison, Crash, Died, Overran, Raised, Submission
from autograder.reports import clean

from .launch import Given, Heard
from .result import ROWS, Tried, Word
from .worked_examples import Example, Task, agrees, is_whole, numbers

SHOWN = 1000  # characters of an answer
SEVERAL = 4  # numbers, from which on it helps to say which one differs
UNWRITTEN = "NotImplementedError"

_TOO_FEW = re.compile(r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)")
_TOO_MANY = re.compile(r"too many values to unpack \(expected (\d+)")
_NO_MODULE = re.compile(r"No module named '(\w+)")


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the functions of one submission. `tasks` are the functions asked for, `folder` its place."""

    submission: Submission
    tasks: tuple[Task, ...]
    folder: Path

    def loading(self, stopped: Raised | Overran | Died, line: int | None) -> Crash:
        """Why the file does not load; `line` is where it was, if the exception does not say."""
        crash = self._crash(stopped, line, "")
        if isinstance(stopped, Raised) and stopped.kind == UNWRITTEN:
            advice = (
                "The file calls a function that is not written yet. Put your own experiments under "
                '`if __name__ == "__main__":`, which does not run when your functions are marked.'
            )
            return replace(crash, advice=advice)
        return crash

    def judge(self, task: Task, heard: Heard) -> Tried:
        """The first example of `task` that did not come out right, or that all of them did."""
        base = Tried(task.name, Word.RIGHT, hint=task.hint, printed=heard.printed, warnings=heard.warnings)
        if heard.missing:
            return replace(base, word=Word.UNWRITTEN, says="The file defines nothing of this name.")
        right = 0
        for example, given in zip(task.examples, heard.given, strict=False):
            failed = self._failed(example, given, replace(base, right=right), heard)
            if failed:
                return failed
            right += example.speaks
        if len(heard.given) >= len(task.examples):
            return replace(base, right=right)
        stopped = _showing(replace(base, word=Word.STOPPED, right=right), task.examples[len(heard.given)], "")
        ended = heard.ended or Died(0)
        return replace(stopped, crash=self._crash(ended, heard.line, task.name))

    def _failed(self, example: Example, given: Given, base: Tried, heard: Heard) -> Tried | None:
        raised = given.raised
        if raised is None:
            if example.raises:
                return _showing(replace(base, word=Word.DIFFERS), example, given.got or "no exception")
            if agrees(example.want, given.got, example.options):
                return None
            says = _difference(example.want, given.got, base.function, heard.printed)
            return _showing(replace(base, word=Word.DIFFERS, says=says), example, given.got)
        unwritten = raised.kind == UNWRITTEN
        if unwritten and given.inside in {base.function, ""}:
            return replace(base, word=Word.UNWRITTEN)
        if example.raises and example.raises in (raised.kind, *raised.kinds) and not unwritten:
            return None
        crash = self._crash(raised, None, base.function)
        if not raised.line:
            crash = replace(crash, advice=_unusable(raised, base.function) or crash.advice)
        return replace(_showing(replace(base, word=Word.STOPPED), example, given.got), crash=crash)

    def _crash(self, stopped: Raised | Overran | Died, line: int | None, function: str) -> Crash:
        parameters = next((task.parameters for task in self.tasks if task.name == function), ())
        from autograder.diagnose import crashes  # noqa: PLC0415 - it loads NumPy, and most answers are right

        crash = crashes.explain(stopped, self.submission, function, parameters)
        lines = clean.source_lines(self.submission.source)
        if crash.line is None and line and 0 < line <= len(lines):
            crash = replace(crash, line=line, code=lines[line - 1].strip())
        missing = _NO_MODULE.match(stopped.message) if isinstance(stopped, Raised) else None
        if missing and (self.folder / f"{missing[1]}.py").is_file():
            advice = (
                f"`{missing[1]}.py` lies beside your file, but only one file is handed in: copy what you "
                "need from it into this one."
            )
            return replace(crash, advice=advice)
        return crash


def _showing(one: Tried, example: Example, got: str) -> Tried:
    expected = example.want or (f"{example.raises} is raised" if example.raises else "")
    return replace(
        one,
        example=clean.block(example.typed, SHOWN, ROWS),
        expected=clean.block(expected.rstrip("\n"), SHOWN, ROWS),
        got=clean.block(got.rstrip("\n"), SHOWN, ROWS),
    )


def _unusable(raised: Raised, function: str) -> str:
    """Why the example itself could not go on with what the function returned."""
    if "NoneType" in raised.message:
        return (
            f"`{function}` returned None, or None among its results: is there a `return` on every way "
            "through it, and is every result computed?"
        )
    if few := _TOO_FEW.search(raised.message):
        return (
            f"`{function}` should return {few[1]} results and returned {few[2]}: compare with its docstring."
        )
    if many := _TOO_MANY.search(raised.message):
        return f"`{function}` should return {many[1]} results and returned more: compare with its docstring."
    if "cannot unpack non-iterable" in raised.message:
        return f"`{function}` should return several results and returned one: compare with its docstring."
    return ""


def _difference(want: str, got: str, function: str, printed: str) -> str:
    """One sentence on how an answer differs; "" where showing both says it all."""
    if (re.search(r"\bNone\b", got) and "None" not in want) or not got.strip():
        says = f"`{function}` returned None: is there a `return` on every way through it?"
        return f"{says} What it prints is not its answer." if printed else says
    wanted, given = numbers(want), numbers(got)
    wrong = [i for i, pair in enumerate(zip(wanted, given, strict=False)) if not agrees(*pair)]
    if len(wrong) != 1 and (pattern := _pattern(want, got)):
        return f"{pattern[0].upper()}{pattern[1:]}."
    if len(wanted) != len(given):
        return f"{len(wanted)} numbers are expected, {len(given)} came." if wanted and given else ""
    if not wrong:
        return "The numbers are right; something else in the answer differs." if wanted else ""
    expected, came = wanted[wrong[0]], given[wrong[0]]
    if is_whole(expected) and not is_whole(came) and float(expected) == float(came):
        return f"A whole number is expected, and {came} is a float: `//` divides without a fraction."
    if len(wanted) < SEVERAL:
        return ""
    differ = "numbers differ" if len(wrong) > 1 else "numbers differs"
    return f"{len(wrong)} of {len(wanted)} {differ}: number {wrong[0] + 1} is {came}, expected {expected}."


def _pattern(want: str, got: str) -> str:
    """A recognised shape of error: transposed, a sign, a factor."""
    from autograder import compare  # noqa: PLC0415 - NumPy is only loaded where something differs

    wanted, given = _value(want), _value(got)
    if wanted is None or given is None:  # several things are printed in one line
        wanted, given = ([float(number) for number in numbers(text)] for text in (want, got))
        if len(wanted) != len(given):
            return ""
    mismatch = compare.compare(given, wanted, Comparison(rtol=1e-5, atol=1e-6))
    return mismatch.pattern if mismatch else ""


def _value(text: str) -> Any:
    """A printed list of numbers as an array; None where it is none."""
    import numpy as np  # noqa: PLC0415 - as above

    try:
        return np.array(ast.literal_eval(text.strip()), dtype=float)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
