"""A crash told kindly: what happened, on which of the student's own lines, and what to try.

The exception's name and message were written where the student's code runs, so nothing of them is
believed: an advice quotes only names that occur in the student's source or in our own tables.
"""

from __future__ import annotations

import builtins
import difflib
import importlib
import io
import keyword
import re
import signal
import sys
import tokenize
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.model import Crash, Died, Overran, Raised, Submission

from .advice import general
from .names import ABSENT, ARRAY_METHODS, HABITS, MODULES, REMOVED

MESSAGE = 500
NAME = 80
CODE = 200
NEAR = 0.7  # how alike two names must be to be taken for one (difflib's ratio)


def explain(
    reply: Raised | Overran | Died, submission: Submission, function: str, parameters: Sequence[str] = ()
) -> Crash:
    """The crash of `function`, in words.

    `parameters` are the names that the stub gives to the function's arguments; they are quoted where the
    number or the names of the arguments do not fit. `advice` is "" where nothing helpful is known. The
    message is the student's own text, at most 500 characters of it.
    """
    if isinstance(reply, Overran):
        return Crash("overran", reply.limit, advice=_over(reply))
    if isinstance(reply, Died):
        name = _signal_name(reply.signal)
        return Crash("died", name, reply.why[:MESSAGE], advice=_SIGNALS.get(name, _SIGNALS[""]))
    source = _Source(submission.source)
    line = reply.line if reply.line and 0 < reply.line <= len(source.lines) else None
    message = reply.message[:MESSAGE]
    scene = _Scene(reply.kind, message, source, line, function, tuple(parameters))
    advice = next((said for look in _LOOKS if (said := look(scene))), "")
    advice = advice or general(frozenset((reply.kind, *reply.kinds)), message)
    return Crash("raised", reply.kind[:NAME], message, line, scene.code.strip()[:CODE], advice)


class _Source:
    """The student's source, as lines and as names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = re.split(r"\r\n|\r|\n", text)  # Python's lines; str.splitlines knows more of them

    def holds(self, name: str) -> bool:
        """Whether the name occurs in the source as a word."""
        return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text))

    def names(self) -> list[str]:
        """The names used in the code, not those in comments and strings."""
        try:
            tokens = list(tokenize.generate_tokens(io.StringIO(self.text).readline))
        except (tokenize.TokenError, SyntaxError, ValueError):
            return sorted(set(re.findall(r"[^\W\d]\w*", self.text)))
        return sorted({token.string for token in tokens if token.type == tokenize.NAME})

    def around(self, line: int) -> tuple[str, str]:
        """Name and text of the function in which a line stands; empty outside of every function."""
        depth = len(self.lines[line - 1]) - len(self.lines[line - 1].lstrip())
        for start in range(line - 1, 0, -1):
            head = re.match(r"(\s*)(?:async\s+)?def\s+(\w+)", self.lines[start - 1])
            if head and len(head[1]) < depth:
                return head[2], "\n".join(self.lines[start - 1 : line])
        return "", ""


@dataclass(frozen=True, slots=True)
class _Scene:
    kind: str
    message: str
    source: _Source
    line: int | None
    function: str
    parameters: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.source.lines[self.line - 1] if self.line else ""

    def word(self, pattern: str) -> str:
        """The name that the message holds at this place, if the source holds it too; else ""."""
        found = re.search(pattern, self.message)
        return found[1] if found and found[1].isidentifier() and self.source.holds(found[1]) else ""


def _nearest(name: str, among: Iterable[str]) -> str:
    """The name that `name` was probably meant to be, or ""."""
    others = [other for other in among if other != name]
    if same := [other for other in others if other.lower() == name.lower()]:
        return same[0]
    return next(iter(difflib.get_close_matches(name[:NAME], others, 1, NEAR)), "")


def _public(owner: object) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


def _unwritten(scene: _Scene) -> str:
    if scene.kind != "NotImplementedError":
        return ""
    where = scene.source.around(scene.line)[0] if scene.line else ""
    if where and where != scene.function:
        return f"`{where}` is not written yet, and `{scene.function}` needs it."
    return f"`{scene.function}` is not written yet."


def _unknown_name(scene: _Scene) -> str:
    name = scene.word(r"name '(\w+)' is not defined") or scene.word(r"free variable '(\w+)'")
    if scene.kind != "NameError" or not name:
        return ""
    if name in HABITS:
        return HABITS[name]
    words = [word for word in dir(builtins) if word.islower()]
    known = [other for other in scene.source.names() if other not in (*words, *keyword.kwlist)]
    if near := _nearest(name, known) or _nearest(name, words):
        return f"Nothing is called `{name}` here. Is it `{near}`?"
    return (
        f"Nothing is called `{name}` here. Is it the name of an argument in another function, or a variable "
        "that was never given a value?"
    )


def _too_early(scene: _Scene) -> str:
    name = scene.word(r"local variable '(\w+)'")
    if scene.kind != "UnboundLocalError" or not name:
        return ""
    return (
        f"`{name}` is used before this function has given it a value: the line that does so comes later, or "
        "stands in an `if` or a loop that was not run."
    )


def _module_attribute(scene: _Scene) -> str:
    found = re.match(r"module '([\w.]+)' has no attribute '(\w+)'", scene.message)
    if scene.kind != "AttributeError" or not found:
        return ""
    module, name = found[1], found[2]
    if removed := REMOVED.get(f"{module}.{name}"):
        short = f"{module}.{name}".replace("numpy", "np", 1)
        return f"NumPy has no `{short}` any more: write {removed}."
    if module in MODULES and scene.source.holds(name):
        short = module.replace("numpy", "np", 1)
        if near := _nearest(name, _public(importlib.import_module(module))):
            return f"There is no `{short}.{name}`. Is it `{short}.{near}`?"
        return f"There is no `{short}.{name}`. Is it a function of your own, or of another module?"
    if name == scene.function:
        near = _nearest(name, re.findall(r"(?m)^(?:def|class)\s+(\w+)", scene.source.text))
        return f"Your file defines no `{name}`." + (f" Is it `{near}`?" if near else "")
    return ""


def _array_attribute(scene: _Scene) -> str:
    name = scene.word(r"'numpy\.\w+' object has no attribute '(\w+)'")
    if scene.kind != "AttributeError" or not name:
        return ""
    if name in ARRAY_METHODS:
        return ARRAY_METHODS[name]
    near = _nearest(name, _public(importlib.import_module("numpy").ndarray))
    return f"An array has no `.{name}`. Is it `.{near}`?" if near else f"An array has no `.{name}`."


def _missing_module(scene: _Scene) -> str:
    if scene.kind not in {"ModuleNotFoundError", "ImportError"}:
        return ""
    if removed := re.search(r"cannot import name '(\w+)' from '(numpy[\w.]*)'", scene.message):
        instead = REMOVED.get(f"{removed[2]}.{removed[1]}")
        return f"NumPy has no `{removed[1]}` any more: write {instead}." if instead else ""
    found = re.search(r"No module named '(\w+)", scene.message)
    name = found[1] if found else ""
    if name in ABSENT:
        return (
            f"`{name}` is not there when your code is marked; only what the assignment names is. "
            f"{ABSENT[name]}"
        )
    near = _nearest(name, ("numpy", "torch", *sorted(sys.stdlib_module_names))) if name else ""
    if near and scene.source.holds(name):
        return f"There is no module `{name}`. Is it `{near}`?"
    return (
        "Only the modules that the assignment names, and those of Python itself, are there: take this "
        "import out."
    )


def _empty_crop(scene: _Scene) -> str:
    """`x[p:-p]` with p = 0: -0 is 0, so the slice is empty."""
    shapes = re.search(r"zero-size|empty sequence|\(0,|, ?0[,)]", scene.message)
    if not shapes or not scene.line:
        return ""
    text = f"{scene.source.around(scene.line)[1]}\n{scene.code}"
    crop = re.search(r"([^\W\d]\w*)\s*:\s*-\s*\1(?!\w)", text) or re.search(
        r":\s*-\s*([^\W\d]\w*)\s*[],]", text
    )
    if not crop:
        return ""
    return (
        f"A slice that ends at `-{crop[1]}` is empty where `{crop[1]}` is 0, because -0 is 0. Count from the "
        f"start instead: `x[{crop[1]}:{crop[1]} + n]` with n the length that should remain."
    )


def _arguments(scene: _Scene) -> str:
    """The call of the graded function itself does not fit its `def`."""
    if scene.kind != "TypeError":
        return ""
    found = re.match(r"(?:\w+\.)*(\w+)\(\) (takes|missing|got an unexpected|got multiple)", scene.message)
    if not found:
        return ""
    if scene.word(r"unexpected keyword argument '(newshape)'"):
        return "NumPy has no `newshape=` any more: write `np.reshape(x, shape)`, without the name."
    if found[1] != scene.function or not scene.function:
        return ""
    known = f": {', '.join(scene.parameters)}" if scene.parameters else ", in its order"
    return (
        f"The arguments of `{scene.function}` do not fit its `def` line. Keep the parameters of the "
        f"stub{known}."
    )


def _missing_key(scene: _Scene) -> str:
    found = re.fullmatch(r"'(\w+)'", scene.message)
    if scene.kind != "KeyError":
        return ""
    name = found[1] if found and scene.source.holds(found[1]) else ""
    words = set(re.findall(r"""['"](\w+)['"]""", scene.source.text))
    if name and (near := _nearest(name, sorted(words))):
        return f"The dict has no entry '{name}'. Is it '{near}'?"
    entry = f" '{name}'" if name else " of that name"
    return f"The dict has no entry{entry}. Look where the dict is filled, and at how the name is spelt there."


_LOOKS = (
    _unwritten,
    _unknown_name,
    _too_early,
    _module_attribute,
    _array_attribute,
    _missing_module,
    _empty_crop,
    _arguments,
    _missing_key,
)


def _over(reply: Overran) -> str:
    allowed = f"{reply.allowed:g}"
    return {
        "seconds": (
            f"No answer within {allowed} seconds: an endless loop? a loop over every element where NumPy "
            "could work on the whole array?"
        ),
        "memory": (
            f"More than {allowed} MB of memory: a list that grows without end? an array with an axis too "
            "many?"
        ),
        "output": f"More than {allowed} kB were printed: take the `print` out of the loop.",
        "files": f"More than {allowed} files were made: a function that is graded needs none.",
        "reply": (
            f"The answer is larger than {allowed} MB: compare the shape of what you return with the "
            "docstring."
        ),
    }.get(reply.limit, "")


def _signal_name(number: int) -> str:
    if not number:
        return "exit"
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


_SIGNALS = {
    "exit": (
        "The program ended before the function answered. Take `os._exit`, `exit()` and the like out of your"
        " code."
    ),
    "SIGKILL": (
        "The program was stopped from outside, usually for using too much memory or too many processes."
    ),
    "SIGXCPU": "The program was stopped for using too much time: an endless loop?",
    "SIGXFSZ": "The program was stopped for writing too large a file. Nothing here needs a file.",
    "SIGSYS": (
        "The program asked the system for something that is not allowed here: another program, a file, the "
        "network. Nothing here needs these."
    ),
    "SIGSEGV": (
        "The program broke down inside compiled code: usually a recursion without end, or a call through "
        "`ctypes`."
    ),
    "SIGBUS": "The program broke down inside compiled code: usually for want of memory.",
    "SIGABRT": "The program ended itself inside compiled code: usually for want of memory.",
    "SIGFPE": "A division by zero inside compiled code.",
    "": "The program ended before the function answered.",
}
