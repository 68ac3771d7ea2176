"""The child process of `autograder try`: runs one file and its worked examples, and records what came.

    python -I -X utf8 child.py JOB RECORD TRACE

It loads NumPy and waits for a line on standard input. Then JOB is read, RECORD gets a line of JSON for each
thing that happened, TRACE is written by `faulthandler` when a limit is passed or the process breaks. It
stands alone: standard library and, where installed, NumPy. It is a kindness to the student, not a wall
around them: the code runs as it would with `python -m doctest`.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import io
import json
import os
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

FILENAME = "submission.py"
TEXT = 4000  # characters of one answer that are kept
PRINTED = 2000  # bytes of what one function prints that are kept
WARNINGS = 4


class Kept(io.RawIOBase):
    """A stream that remembers how it began; an endless print fills nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Take it all, keep what there is room for."""
        came = bytes(data)
        self._kept += came[: PRINTED - len(self._kept)]
        return len(came)

    def take(self) -> str:
        """What was kept since the last time."""
        text = self._kept.decode("utf-8", "replace")
        self._kept.clear()
        return text


class Child:
    """One run of a file: load it, then the examples of each function in turn."""

    def __init__(self, job: dict[str, Any], record: str, trace: Any) -> None:
        self._job = job
        self._record = record
        self._trace = trace
        self._printed = Kept()
        self._warnings: list[dict[str, Any]] = []
        self._module = types.ModuleType("submission")
        self._module.__file__ = FILENAME

    def run(self) -> None:
        """Load the file and answer every example, unless loading fails."""
        numpy = self._prepare()
        self._say({"ready": True})
        with self._watched():
            raised = self._load()
        self._say({"loaded": raised is None, "raised": raised, **self._seen()})
        if raised is not None:
            return
        for task in self._job["tasks"]:
            name = task["name"]
            missing = name not in vars(self._module)
            self._say({"function": name, "begun": True})
            with self._watched():
                names = {"np": numpy} if numpy else {}
                names.update(vars(self._module))
                for source in task["examples"] if not missing else ():
                    self._say({"function": name, **self._answer(source, names)})
            self._say({"function": name, "done": True, "missing": missing, **self._seen()})

    def _prepare(self) -> Any:
        sys.path += [entry for entry in self._job["path"] if entry not in sys.path]
        sys.argv = [FILENAME]
        sys.stdout = io.TextIOWrapper(self._printed, "utf-8", "backslashreplace", write_through=True)
        sys.stderr = io.TextIOWrapper(Kept(), "utf-8", "backslashreplace", write_through=True)
        warnings.simplefilter("default")
        warnings.showwarning = self._keep_warning  # type: ignore[assignment]  # no `file`, no `line`
        faulthandler.enable(self._trace, all_threads=False)
        sys.modules[self._module.__name__] = self._module
        try:
            import numpy  # noqa: ICN001, PLC0415 - before the file can change how it prints
        except ImportError:
            return None  # the file's own import will say so
        return numpy

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        """End the process, saying where it was, when this takes too long; works while a C loop runs, too."""
        faulthandler.dump_traceback_later(self._job["seconds"], exit=True, file=self._trace)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _load(self) -> dict[str, Any] | None:
        try:
            code = compile(self._job["source"], FILENAME, "exec", dont_inherit=True)
            exec(code, vars(self._module))  # noqa: S102 - the student's own file, on the student's own machine
        except BaseException as error:  # noqa: BLE001 - SystemExit and their kin are answers too
            return _described(error)
        return None

    def _answer(self, source: str, names: dict[str, Any]) -> dict[str, Any]:
        """Run one example as it would be typed.

        What the example shows is its answer; what the functions print on the way is kept apart, so that a
        `print` left in to look at a value spoils nothing.
        """
        shown: list[str] = []
        names["print"] = _showing(shown)
        sys.displayhook = lambda value: None if value is None else shown.append(f"{value!r}\n")
        _reset_printing()
        try:
            code = compile(source, "<example>", "single", dont_inherit=True)
            exec(code, names)  # noqa: S102 - an example of the course
        except BaseException as error:  # noqa: BLE001 - as above
            return {"got": "".join(shown)[:TEXT], "raised": _described(error)}
        return {"got": "".join(shown)[:TEXT], "raised": None}

    def _keep_warning(self, message: Any, category: type, filename: str, lineno: int, *_: Any) -> None:
        if len(self._warnings) < WARNINGS:
            line = lineno if filename == FILENAME else None
            self._warnings.append({"kind": category.__name__, "says": str(message)[:TEXT], "line": line})

    def _seen(self) -> dict[str, Any]:
        warned, self._warnings = self._warnings, []
        return {"printed": self._printed.take(), "warnings": warned}

    def _say(self, line: dict[str, Any]) -> None:
        # Opened anew each time, so that no descriptor lies around for the student's code to close.
        with open(self._record, "a", encoding="utf-8") as file:  # noqa: PTH123 - without loading pathlib
            file.write(f"{json.dumps(line)}\n")


def _showing(shown: list[str]) -> Callable[..., None]:
    def show(*values: Any, file: Any = None, **how: Any) -> None:
        written = io.StringIO()
        builtins.print(*values, file=file or written, **how)
        shown.append(written.getvalue())

    return show


def _reset_printing() -> None:
    """Print numbers as NumPy does by itself, whatever the file has set for its own experiments."""
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.set_printoptions(
            edgeitems=3,
            floatmode="maxprec",
            formatter=None,
            infstr="inf",
            legacy=False,
            linewidth=75,
            nanstr="nan",
            precision=8,
            sign="-",
            suppress=False,
            threshold=1000,
        )


def _described(error: BaseException) -> dict[str, Any]:
    """What was raised, and the innermost line of the file that it came through."""
    try:
        message = str(error)[:TEXT]
    except Exception:  # noqa: BLE001 - a __str__ of the student's own
        message = ""
    line, function = None, ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == FILENAME:
            line, function = number, frame.f_code.co_name
    return {
        "kind": type(error).__name__,
        "kinds": [kind.__name__ for kind in type(error).__mro__],
        "message": message,
        "line": line,
        "function": function,
    }


def main() -> None:
    """Do the job named on the command line, and end at once, whatever threads the file has left running."""
    _, job, record, trace = sys.argv
    with contextlib.suppress(ImportError):  # the file's own import will say so
        import numpy  # noqa: F401, ICN001, PLC0415 - while there is nothing else to do
    if not sys.stdin.readline():
        os._exit(0)  # nobody is there any more
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # to the student's code there is nothing to read
    with open(job, encoding="utf-8") as file:  # noqa: PTH123 - without loading pathlib
        todo = json.load(file)
    with open(trace, "wb") as dump:  # noqa: PTH123
        Child(todo, record, dump).run()
        os._exit(0)


if __name__ == "__main__":
    main()
