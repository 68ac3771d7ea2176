"""The words an instructor writes a course with: `check`, `scenario`, `timed`, `misconception`, `alternative`.

A decorator leaves the function as it is and hangs the finished record on it as the attribute `graded`;
`collect(module)` picks the records up in the order they were written. No module remembers anything.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, TypeVar

from .model import Alternative, Check, Comparison, CourseError, Limits, Misconception, Timed

F = TypeVar("F", bound=Callable[..., Any])
Record = Check | Timed | Misconception | Alternative
FACTS = frozenset({"warnings", "mutation"})


def close(rtol: float = 1e-6, atol: float = 1e-9) -> Comparison:
    """Each number within `atol + rtol * |wanted|`. A float32 answer gets float32's own slack."""
    return Comparison("close", rtol, atol)


exact = Comparison("exact", 0.0, 0.0)
property_holds = Comparison("property_holds", 0.0, 0.0)


def up_to_sign(axis: int = -1, rtol: float = 1e-6, atol: float = 1e-9) -> Comparison:
    """Vectors along `axis` may each be turned round: v and -v are the same answer (eigenvectors)."""
    return Comparison("up_to_sign", rtol, atol, axis)


def same_span(rtol: float = 1e-6, atol: float = 1e-9) -> Comparison:
    """The rows need only span the same subspace (eigenvectors of equal eigenvalues)."""
    return Comparison("same_span", rtol, atol)


def by_field(otherwise: Comparison | None = None, **fields: Comparison) -> Comparison:
    """For an answer that is a dict: its own comparison for each named entry, `otherwise` for the rest."""
    base = otherwise or Comparison()
    return Comparison(base.kind, base.rtol, base.atol, base.axis, fields)


def check(
    function: Callable[..., Any],
    *,
    compare: Comparison | None = None,
    draws: int = 3,
    after: Callable[..., Any] | Iterable[Callable[..., Any]] = (),
    forbids: Iterable[str] = (),
    limits: Limits | None = None,
    curve: str = "",
) -> Callable[[F], F]:
    """Ask `function` (the reference) about the arguments that the decorated `draw(rng)` returns.

    A tuple is positional arguments, a dict keywords, anything else the only argument. The docstring is
    the sentence the student reads. `after` names checks (the decorated functions themselves) that must
    pass first; `forbids` facts ("warnings", "mutation") that fail the check although the value is right.
    `curve` names the entry of the answer, a dict, that holds one number an epoch: the report draws it
    beside the reference's, and it is not compared.

    Raises:
        CourseError: no docstring, `draws` below 1, an unknown fact, or `after` something not a check.
    """
    return _asking(function, False, compare, draws, after, forbids, limits, curve)


def scenario(
    function: Callable[..., Any],
    *,
    compare: Comparison | None = None,
    draws: int = 3,
    after: Callable[..., Any] | Iterable[Callable[..., Any]] = (),
    forbids: Iterable[str] = (),
    limits: Limits | None = None,
    curve: str = "",
) -> Callable[[F], F]:
    """Like `check`, but the decorated function receives the graded function and a generator.

    It may call it as often as it likes and returns what is compared: a loop, a chain, or a property
    ("the gradient equals finite differences"); the reference answers what it should be.
    """
    return _asking(function, True, compare, draws, after, forbids, limits, curve)


def _asking(
    function: Callable[..., Any],
    is_scenario: bool,
    compare: Comparison | None,
    draws: int,
    after: Callable[..., Any] | Iterable[Callable[..., Any]],
    forbids: Iterable[str],
    limits: Limits | None,
    curve: str,
) -> Callable[[F], F]:
    def hang(draw: F) -> F:
        where = _where(draw)
        if draws < 1:
            raise CourseError(f"{where}: draws is {draws}; a check needs at least one draw")
        unknown = sorted(set(forbids) - FACTS)
        if unknown:
            raise CourseError(f"{where}: forbids {unknown[0]!r}; it can forbid {sorted(FACTS)}")
        earlier = [after] if callable(after) else list(after)
        ids = []
        for other in earlier:
            record = getattr(other, "graded", None)
            if not isinstance(record, Check):
                raise CourseError(f"{where}: after= takes checks (the decorated functions), not {other!r}")
            ids.append(record.id)
        draw.graded = Check(  # type: ignore[attr-defined]  # the record travels on the function
            _name(function),
            _name(draw),
            _says(draw),
            draw,
            is_scenario,
            compare or Comparison(),
            draws,
            tuple(ids),
            frozenset(forbids),
            limits,
            curve,
        )
        return draw

    return hang


def timed(
    function: Callable[..., Any],
    *,
    twin: Callable[..., Any],
    compare: Comparison | None = None,
    takes: int | None = None,
) -> Callable[[F], F]:
    """A question scored on speed; the bands stand in the rubric. `twin` is the check of its correctness.

    The decorated function is `draw(rng, **sizes)`, with the sizes of the rubric as keywords. `takes` is the
    entry of the answer that is compared, where the answer also holds something else, such as a cache.
    """

    def hang(draw: F) -> F:
        record = getattr(twin, "graded", None)
        if not isinstance(record, Check):
            raise CourseError(f"{_where(draw)}: twin= takes the check that proves the answer right")
        draw.graded = Timed(  # type: ignore[attr-defined]
            _name(function), _name(draw), _says(draw), draw, record.id, compare or Comparison(), takes
        )
        return draw

    return hang


def misconception(
    function: Callable[..., Any], *, same_as: Callable[..., Any] | None = None
) -> Callable[[F], F]:
    """A wrong answer that students really give; the docstring says what was done and why it is wrong."""

    def hang(wrong: F) -> F:
        twin = getattr(same_as, "graded", None)
        wrong.graded = Misconception(  # type: ignore[attr-defined]
            _name(function),
            _name(wrong),
            _says(wrong),
            wrong,
            twin.name if isinstance(twin, Misconception) else None,
        )
        return wrong

    return hang


def alternative(function: Callable[..., Any]) -> Callable[[F], F]:
    """A right answer by another road; the docstring says which."""

    def hang(right: F) -> F:
        right.graded = Alternative(_name(function), _name(right), _says(right), right)  # type: ignore[attr-defined]
        return right

    return hang


def collect(module: ModuleType) -> tuple[Record, ...]:
    """The records written in `module`, in order."""
    records = [
        value.graded
        for value in vars(module).values()
        if callable(value)
        and getattr(value, "__module__", None) == module.__name__
        and hasattr(value, "graded")
    ]
    return tuple(records)


def public_functions(module: ModuleType) -> Mapping[str, Callable[..., Any]]:
    """The graded functions of a reference: those defined in it whose name has no leading underscore."""
    return {
        name: value
        for name, value in vars(module).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }


def _name(thing: Callable[..., Any]) -> str:
    return str(getattr(thing, "__name__", thing))


def _where(thing: Callable[..., Any]) -> str:
    code = getattr(thing, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}: {_name(thing)}" if code else _name(thing)


def _says(thing: Callable[..., Any]) -> str:
    text = " ".join((inspect.getdoc(thing) or "").split())
    if not text:
        raise CourseError(f"{_where(thing)} has no docstring; it is the sentence the student reads")
    return text
