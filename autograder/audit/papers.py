"""What students read is right: worked examples, stubs, notebooks and handouts, and nothing that is hidden."""

from __future__ import annotations

import doctest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder import release
from autograder.model import Assignment, Course, CourseError

from .model import Finding, place


class _Listener(doctest.DocTestRunner):
    """Runs examples and keeps what went wrong in place of printing it."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.wrong: list[tuple[doctest.Example, str]] = []

    def report_start(self, *_: Any) -> None:
        """Say nothing."""

    def report_failure(self, _out: Any, _test: Any, example: doctest.Example, got: str) -> None:
        """Keep what came out in place of what should."""
        self.wrong.append((example, f"gives {_short(got)}, the docstring says {_short(example.want)}"))

    def report_unexpected_exception(
        self, _out: Any, _test: Any, example: doctest.Example, exc_info: Any
    ) -> None:
        """Keep the exception."""
        self.wrong.append((example, f"raises {exc_info[0].__name__}: {exc_info[1]}"))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= 120 else f"{line[:120]}…")  # noqa: PLR2004 - a line


def doctests(assignment: Assignment, root: Path) -> Iterator[Finding]:
    """The worked examples come out on the reference, and each graded function has one."""
    for name, function in assignment.functions.items():
        tests = _examples(name, function)
        if not any(example.want or example.exc_msg for test in tests for example in test.examples):
            yield Finding(
                place(function, root),
                f"the docstring of {name} holds no worked example",
                "add one with >>>, since it is what students can try",
            )
        for test in tests:
            yield from _run(test, name, function, root)


def _examples(name: str, function: Callable[..., Any]) -> list[doctest.DocTest]:
    scope = getattr(function, "__globals__", None)
    if scope is None:  # a class: its methods know the module
        methods = (getattr(value, "__globals__", None) for value in vars(function).values())
        scope = next((found for found in methods if found is not None), {})
    return doctest.DocTestFinder().find(function, name, module=False, globs=dict(scope))


def _run(test: doctest.DocTest, name: str, function: Callable[..., Any], root: Path) -> Iterator[Finding]:
    listener = _Listener()
    listener.run(test, clear_globs=True)
    for example, says in listener.wrong[:1]:
        statement = _short(example.source)
        yield Finding(
            place(function, root), f"the worked example {statement} of {name} {says}", "mend the docstring"
        )


def derived(course: Course, name: str) -> Iterator[Finding]:
    """What stands in assignments/NAME is what solutions/ and the rubric give, and gives nothing away."""
    try:
        yield from (Finding("", sentence) for sentence in release.stale(course, name))
        yield from (Finding("", sentence) for sentence in release.leaks(course, release.derive(course, name)))
    except CourseError as error:
        yield from (Finding("", line) for line in str(error).splitlines())


def general(course: Course) -> Iterator[Finding]:
    """The README that every student receives is there, and gives nothing away."""
    path = "assignments/README.md"
    try:
        text = (course.root / path).read_text(encoding="utf-8")
        yield from (Finding("", sentence) for sentence in release.leaks(course, {path: text}))
    except (OSError, UnicodeDecodeError) as error:
        yield Finding(path, "students receive it, and it cannot be read", "write it", str(error))
    except CourseError as error:
        yield from (Finding("", line) for line in str(error).splitlines())
