"""Calls made ready for the wire."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .wire import encode

Call = tuple[Any, ...] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Calls of one function, made ready for the wire once and put to any number of jails."""

    function: str
    count: int
    header: bytes
    payload: bytes


def question(function: str, calls: Sequence[Call]) -> Question:
    """Make a question of `calls`.

    Raises:
        WireError: an argument that cannot cross by itself, such as a function.
    """
    buffers: list[bytes] = []
    tags = [encode(call, buffers) for call in calls]
    header = json.dumps({"function": function, "calls": tags}, allow_nan=False, separators=(",", ":"))
    return Question(function, len(calls), header.encode(), b"".join(buffers))
