"""What a jail claims, or how it ended, read as replies: every field is checked, what is too long is cut."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from typing import Any

from autograder.model import Answer, Died, Facts, Limits, Overran, Raised, Reply, SandboxFault

from . import ends, lent
from .crowding import FILES
from .wire import Decoder, WireError


def read(
    header: dict[str, Any],
    payload: bytes,
    count: int,
    memory_mb: int,
    unhold: Callable[[Any], Any],
    models: Sequence[Sequence[Any]] = (),
) -> tuple[Reply, ...]:
    """The `count` replies of one frame; `unhold` turns the number of an object in the jail into a stand-in.

    `models[i]` are the models that were lent to call i; they are given the state that came back.

    Raises:
        WireError: anything out of the rules.
    """
    results = header.get("results")
    if type(results) is not list or len(results) != count:
        raise WireError("not one result for each question")
    decoder = Decoder(payload, unhold)
    replies: list[Reply] = []
    for number, result in enumerate(results):
        if type(result) is not dict:
            raise WireError("a malformed result")
        if "raised" in result:
            said = raised(result["raised"])
            replies.append(Overran("memory", memory_mb) if _out_of_memory(said) else said)
            continue
        seconds = result.get("seconds")
        took = seconds if type(seconds) is float and 0 <= seconds < 1e6 else 0.0
        answer = Answer(decoder.value(result.get("value")), took, _facts(result.get("facts")))
        replies.append(_returned(answer, models[number] if models else (), result.get("models"), decoder))
    decoder.finish()
    return tuple(replies)


def _returned(answer: Answer, models: Sequence[Any], said: Any, decoder: Decoder) -> Answer | Raised:
    """The answer, once the lent models have the state that came with it."""
    if not models:
        return answer
    if type(said) is not list or len(said) != len(models):
        raise WireError("not one state for each model")
    states = [decoder.value(tag) for tag in said]
    try:
        for model, state in zip(models, states, strict=True):
            lent.restore(model, state)
    except lent.Changed as changed:
        return Raised("NotSendable", str(changed), None, ("NotSendable", "Exception"), answer.facts)
    return answer


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
    place = line if type(line) is int and line > 0 else None
    return Raised(names[0], text, place, names, _facts(said.get("facts")))


def _facts(said: Any) -> Facts:
    if not said:
        return Facts()

    def texts(key: str) -> tuple[str, ...]:
        values = said.get(key) if type(said) is dict else None
        return tuple(v[:300] for v in values[:16] if type(v) is str) if type(values) is list else ()

    return Facts(texts("warnings"), texts("mutated"), texts("forbidden"), texts("operations"))


def ended(status: int, limits: Limits, *, short_of_memory: bool, walled: bool) -> Overran | Died:
    """What became of a jail that hung up: its own exit, a signal, or a limit.

    `walled` says that nothing in the jail can kill its process 1.

    Raises:
        SandboxFault: it was killed by something that is not in the jail.
    """
    if short_of_memory:
        return Overran("memory", limits.memory_mb)
    if walled and ends.from_outside(status):
        raise SandboxFault("the jail was killed from outside: by a person, or by a machine short of memory")
    if status == ends.CROWDED:
        return Overran("files", FILES)
    if status == ends.FORCED:
        return Died(signal.SIGKILL)
    number = ends.signal_of(status)
    return Overran("seconds", limits.total_seconds) if number == signal.SIGXCPU else Died(number)
