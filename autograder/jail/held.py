"""Objects that the student's code made and that stay in the jail, as the grader sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.model import Reply

from . import modules


class Held:
    """An object that the student's code made and that stays in the jail; methods are called through it."""

    def __init__(self, number: int, call: Callable[[str, tuple[Any, ...], dict[str, Any]], Any]) -> None:
        self._number = number
        self._call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object itself, such as a network."""
        return self._call("__call__", args, kwargs)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        marked = f"{modules.MARK}{name}" if name in modules.OPERATIONS else name
        return lambda *args, **kwargs: self._call(marked, args, kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Held:
        """What it stands for is in the jail, whoever speaks of it."""
        return self


class NotAnswered(Exception):  # noqa: N818 - carries the student's reply out of a scenario
    """A call inside a scenario had no value; `reply` says what came instead."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("the graded function did not answer")
        self.reply = reply
