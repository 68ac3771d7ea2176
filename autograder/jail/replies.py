"""What a jail claims, read as replies: every field is checked, and what is too long is cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.model import Answer, Facts, Overran, Raised, Reply

from .wire import Decoder, WireError


def read(
    header: dict[str, Any], payload: bytes, count: int, memory_mb: int, unhold: Callable[[Any], Any]
) -> tuple[Reply, ...]:
    """The `count` replies of one frame; `unhold` turns the number of an object in the jail into a stand-in.

    Raises:
        WireError: anything out of the rules.
    """
    results = header.get("results")
    if type(results) is not list or len(results) != count:
        raise WireError("not one result for each question")
    decoder = Decoder(payload, unhold)
    replies: list[Reply] = []
    for result in results:
        if type(result) is not dict:
            raise WireError("a malformed result")
        if "raised" in result:
            said = raised(result["raised"])
            replies.append(Overran("memory", memory_mb) if _out_of_memory(said) else said)
            continue
        seconds = result.get("seconds")
        took = seconds if type(seconds) is float and 0 <= seconds < 1e6 else 0.0
        replies.append(Answer(decoder.value(result.get("value")), took, _facts(result.get("facts"))))
    decoder.finish()
    return tuple(replies)


def _out_of_memory(said: Raised) -> bool:
    """Whether it is how Python, or torch, says that there was no memory."""
    return said.kind == "MemoryError" or "DefaultCPUAllocator: can't allocate memory" in said.message


def raised(said: Any) -> Raised:
    """An exception as the jail describes it.

    Raises:
        WireError: a malformed description.
    """
    if type(said) is not dict:
        raise WireError("a malformed exception")
    kinds, message, line = said.get("kinds"), said.get("message"), said.get("line")
    if type(kinds) is not list or not kinds or not all(type(kind) is str for kind in kinds):
        raise WireError("a malformed exception")
    names = tuple(kind[:80] for kind in kinds[:12])
    text = message[:2000] if type(message) is str else ""
    return Raised(names[0], text, line if type(line) is int and line > 0 else None, names)


def _facts(said: Any) -> Facts:
    if not said:
        return Facts()

    def texts(key: str) -> tuple[str, ...]:
        values = said.get(key) if type(said) is dict else None
        return tuple(v[:300] for v in values[:16] if type(v) is str) if type(values) is list else ()

    return Facts(texts("warnings"), texts("mutated"))
