"""Putting a check's questions: to trusted functions here, to a student's functions in the jail.

Both sides go through the same check with the same generators, so that what comes back can be compared.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import inspect
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .jail import lent, modules, tensors
from .jail.held import NotAnswered
from .jail.inside import observe
from .jail.question import Call
from .jail.wire import same
from .jail.worker import Worker
from .model import Answer, Check, CourseError, Facts, Overran, Raised, Reply, SandboxFault

Known = Sequence[tuple[Call, Reply]]  # calls of one play that were made already
UNUSABLE = "UnusableAnswer"  # what ends a scenario that cannot go on with an answer
EPOCHS = 1000  # of a learning curve that is shown


def entropy(seed: str, assignment: str, check: str, draw: int) -> np.random.SeedSequence:
    """Where the randomness of one draw comes from: the same for everyone graded under `seed`."""
    words = "\0".join((seed, assignment, check, str(draw)))
    return np.random.SeedSequence(int.from_bytes(hashlib.sha256(words.encode()).digest()))


def draw(check: Check, rng: np.random.Generator) -> Call:
    """The arguments of one draw of a plain check: a tuple of positions or a dict of keywords.

    Raises:
        CourseError: the check itself failed.
    """
    try:
        drawn = check.draw(rng)
    except Exception as error:
        raise CourseError(f"{check.id} cannot draw its arguments: {type(error).__name__}: {error}") from error
    return drawn if isinstance(drawn, tuple | dict) else (drawn,)


def here(
    check: Check, function: Callable[..., Any], generators: Sequence[np.random.Generator]
) -> tuple[Reply, ...]:
    """The replies of a trusted function, one for each generator, observed as the jail would observe them."""
    return tuple(without_curve(check, _one_here(check, function, rng)) for rng in generators)


def without_curve(check: Check, reply: Reply) -> Reply:
    """The reply with its learning curve beside the value and not in it, where the check has one.

    A curve is shown and not compared. One that is too long, or not of finite numbers, is left out.
    """
    if not check.curve or not isinstance(reply, Answer) or not isinstance(reply.value, dict):
        return reply
    value = {key: item for key, item in reply.value.items() if key != check.curve}
    return replace(reply, value=value, curve=_curve(reply.value.get(check.curve)))


def _curve(said: Any) -> tuple[float, ...]:
    try:
        numbers = np.asarray(said)
    except ValueError:  # lists of different lengths
        return ()
    if numbers.dtype.kind not in "fiu" or numbers.ndim != 1 or numbers.size > EPOCHS:
        return ()
    return tuple(numbers.astype(float).tolist()) if np.isfinite(numbers).all() else ()


def _one_here(check: Check, function: Callable[..., Any], rng: np.random.Generator) -> Reply:
    seen = Facts()
    raised: list[Exception] = []

    def called(what: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        # Copies, as in the jail: what a function does to its arguments stays its own affair.
        try:
            value, facts = observe(what, own(args), own(kwargs))
        except Exception as error:
            raised.append(error)
            raise
        seen = _joined(seen, Facts(tuple(facts["warnings"]), tuple(facts["mutated"])))
        return tensors.plain(value, lambda module: modules.Reached(module, called))

    observed = _Here(function, called)
    try:
        if check.scenario:
            value = check.draw(observed, rng)  # first: it is what fills `seen`
            return Answer(tensors.plain(value), facts=seen)
        arguments = draw(check, rng)
        value = observed(**arguments) if isinstance(arguments, dict) else observed(*arguments)
        return Answer(value, facts=seen)
    except CourseError:
        raise
    except Exception as error:  # noqa: BLE001 - an exception may be the right answer
        return _raised(error, seen) if any(error is one for one in raised) else _unusable(error, seen)


def _raised(error: Exception, facts: Facts) -> Raised:
    kinds = tuple(kind.__name__ for kind in type(error).__mro__)
    return Raised(kinds[0], str(error), None, kinds, facts)


def _unusable(error: Exception, facts: Facts) -> Raised:
    """What a scenario comes to that cannot go on with what the function answered."""
    kinds = (UNUSABLE, *(kind.__name__ for kind in type(error).__mro__))
    return Raised(UNUSABLE, str(error)[:500], None, kinds, facts)


@dataclass(frozen=True, slots=True)
class _Here:
    """A trusted function as a scenario sees it."""

    function: Callable[..., Any]
    call: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(self.function, *args, **kwargs)

    def sketched(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(functools.partial(modules.sketched, self.function), *args, **kwargs)


def own(values: Any) -> Any:
    """A copy of arguments that nobody else holds, but for models: what becomes of them is looked at."""
    return copy.deepcopy(values, {id(model): model for model in _models(values)})


def _models(values: Any) -> list[Any]:
    if isinstance(values, list | tuple):
        return [model for value in values for model in _models(value)]
    if isinstance(values, dict):
        return _models(list(values.values()))
    return [values] if lent.is_model(values) else []


def call_of(args: tuple[Any, ...], kwargs: dict[str, Any], names: Sequence[str]) -> Call:
    """One call as it crosses to the jail: positions, or keywords for all."""
    return {**dict(zip(names, args, strict=False)), **kwargs} if kwargs else args


def _joined(one: Facts, other: Facts) -> Facts:
    return Facts(
        tuple(dict.fromkeys(one.warnings + other.warnings)), tuple(dict.fromkeys(one.mutated + other.mutated))
    )


@dataclass(slots=True)
class There:
    """What came back from the jail for one check: a reply for each draw, and how it was asked."""

    replies: tuple[Reply, ...]
    calls: tuple[Call, ...]  # the arguments of each draw; of a scenario, those of its last call
    printed: str = ""
    seconds: float = 0.0
    asked: bool = True  # False where it never came to a question: the file could not be imported


@dataclass(slots=True)
class _Asker:
    """The graded function as a scenario sees it: each call goes to the jail."""

    open_jail: Callable[[], Worker | Reply]
    function: str
    deadline: float
    handles: Mapping[str, Callable[..., Any]]
    names: Sequence[str]
    facts: Facts = field(default_factory=Facts)
    last: Call = ()
    known: deque[tuple[Call, Reply]] = field(default_factory=deque)
    ended: Reply | None = None  # what the jail has come to
    seconds: float = 0.0
    fault: SandboxFault | None = None  # kept: a scenario might swallow it
    worker: Worker | None = None  # the jail that was asked last

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call = self.last = call_of(args, kwargs, self.names)
        return self._value(self._known(call) or self._live(call, self.function))

    def sketched(self, *args: Any, **kwargs: Any) -> Any:
        """What the function makes, as sizes without numbers: a network too large to be filled."""
        self.known.clear()
        call = self.last = call_of(args, kwargs, self.names)
        return self._value(self._live(call, f"{modules.MARK}sketched {self.function}"))

    def heard(self) -> Facts:
        """What was observed, also of objects that stayed in the jail."""
        for facts in self.worker.take_facts() if self.worker else ():
            self.facts = _joined(self.facts, facts)
        return self.facts

    def _value(self, reply: Reply) -> Any:
        if not isinstance(reply, Answer):
            raise NotAnswered(reply)
        self.facts = _joined(self.facts, reply.facts)
        self.seconds += reply.seconds
        return reply.value

    def _known(self, call: Call) -> Reply | None:
        """The reply to a call that was made already, as long as the play goes as it was foreseen."""
        if not self.known:
            return None
        foreseen, reply = self.known.popleft()
        if same(call, foreseen):
            return reply
        self.known.clear()
        return None

    def _live(self, call: Call, function: str) -> Reply:
        try:
            worker = self.open_jail()
            if not isinstance(worker, Worker):
                self.ended = worker
                return worker
            self.worker = worker
            left = max(self.deadline - time.monotonic(), 0.0)
            (reply,) = worker.ask(function, [call], left, self.handles)
        except SandboxFault as fault:
            self.fault = fault
            raise
        if not worker.open:
            self.ended = reply
        return reply


def asked(
    check: Check,
    worker: Worker,
    generators: Sequence[np.random.Generator],
    seconds: float,
    handles: Mapping[str, Callable[..., Any]],
) -> There:
    """The student's replies to a plain check, one for each generator, within `seconds` for all of them."""
    calls = [draw(check, rng) for rng in generators]
    return answered(calls, worker.ask(check.function, calls, seconds, handles))


def answered(calls: Sequence[Call], replies: Sequence[Reply]) -> There:
    """What came back for the calls of a plain check."""
    took = sum(reply.seconds for reply in replies if isinstance(reply, Answer))
    return There(tuple(replies), tuple(calls), seconds=took)


def played(
    check: Check,
    open_jail: Callable[[], Worker | Reply],
    generators: Sequence[np.random.Generator],
    names: Sequence[str],
    seconds: float,
    handles: Mapping[str, Callable[..., Any]],
    known: Sequence[Known] = (),
) -> There:
    """What becomes of a scenario with the student's function in it, played once for each generator.

    `known` holds for each play the replies to calls that were made already; for the others `open_jail`
    gives a jail, or what became of the attempt to open one.
    """
    asker = _Asker(open_jail, check.function, time.monotonic() + seconds, handles, names)
    replies: list[Reply] = []
    calls: list[Call] = []
    for number, rng in enumerate(generators):
        asker.facts, asker.last = Facts(), ()
        asker.known = deque(known[number] if known else ())
        if asker.ended is not None:
            replies.append(replies[-1])
            calls.append(calls[-1])
            continue
        replies.append(_play_scenario(check, asker, rng, seconds))
        calls.append(asker.last)
    return There(tuple(replies), tuple(calls), seconds=asker.seconds)


def _play_scenario(check: Check, asker: _Asker, rng: np.random.Generator, seconds: float) -> Reply:
    try:
        with np.errstate(all="ignore"):  # a wrong answer may overflow in what we compute from it
            value = check.draw(asker, rng)
        reply: Reply = Answer(tensors.plain(value), asker.seconds, asker.heard())
    except NotAnswered as none:
        late = isinstance(none.reply, Overran) and none.reply.limit == "seconds"
        reply = Overran("seconds", seconds) if late else none.reply
    except SandboxFault:  # of a method of an object that stayed in the jail
        raise
    except Exception as error:  # noqa: BLE001 - the reference plays this through, so the answers were unusable
        reply = _unusable(error, asker.heard())
    if asker.fault is not None:
        raise asker.fault
    return reply


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a reference's parameters, in order."""
    return tuple(inspect.signature(function).parameters)
