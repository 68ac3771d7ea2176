"""What is wrong with an answer, in the order a teacher would say it: type, count, shape, dtype, NaN, values.

`want` comes from the reference and decides what is asked of `got`, which may be anything: nothing that
comes from a student makes these functions raise. The arithmetic is in `values`, the guesses at the cause
in `patterns`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.model import Answer, Check, Comparison, Facts, Mismatch, Raised, Reply

from .patterns import recognise_shape
from .values import Array, Finding, look, plainly_close

ORDER = ("type", "count", "shape", "dtype", "nan", "value")
NUMBERS = (bool, int, float, complex, np.bool_, np.number)
KINDS = {"b": "True or False", "i": "int", "u": "int", "f": "float", "c": "complex"}
DEPTH = 16  # of a list in lists that is still looked into
TEXT = 200  # characters of a student's text that a mismatch keeps


def compare(got: Any, want: Any, comparison: Comparison) -> Mismatch | None:
    """The worst way in which `got` is not `want`, or None where it is right.

    Both are plain values: None, numbers, strings, arrays, and lists, tuples and dicts of these. Where
    several parts of an answer are wrong, the first kind in `ORDER` wins, then the largest error for what
    is allowed. Never raises and never warns, whatever `got` is.
    """
    findings = [finding for finding in _look(got, want, comparison, "result") if finding.mismatch]
    worst = min(findings, key=_severity, default=None)
    return worst.mismatch if worst else None


def right(got: Any, want: Any, comparison: Comparison) -> bool:
    """Whether `got` is `want`, as `compare` would find, without looking for what went wrong."""
    if comparison.kind == "close" and not comparison.fields:
        plain = plainly_close(got, want, comparison)
        if plain is not None:
            return plain
    return not any(finding.mismatch for finding in _look(got, want, comparison, "result", guess=False))


def margin(got: Any, want: Any, comparison: Comparison) -> float:
    """The largest error as a multiple of what is allowed, over all numbers of the answer.

    At most 1 where the answer is right; infinite where it cannot be compared number by number.
    """
    return max((finding.used for finding in _look(got, want, comparison, "result", guess=False)), default=0.0)


def judge(got: Reply, want: Answer | Raised, check: Check) -> Mismatch | None:
    """What is wrong with a reply: the exception or the value first, then the facts the check forbids.

    An exception passes where the wanted one would have caught it: `except ValueError` is content with a
    subclass of ValueError. A function that is not written yet is never right.
    """
    if isinstance(got, Answer) and isinstance(want, Answer):
        mismatch = compare(got.value, want.value, check.compare)
        return mismatch or _forbidden(got.facts, check)
    if isinstance(got, Raised) and isinstance(want, Raised):
        unwritten = got.kind == "NotImplementedError" and want.kind != got.kind
        if want.kind in (got.kind, *got.kinds) and not unwritten:
            return _forbidden(got.facts, check)
    wanted = want.kind if isinstance(want, Raised) else "a value"
    return Mismatch("raise", got=_what_came(got), want=wanted)


def passes(got: Reply, want: Answer | Raised, check: Check) -> bool:
    """Whether a reply is right, as `judge` would find, without looking for what went wrong."""
    if isinstance(got, Answer) and isinstance(want, Answer):
        return right(got.value, want.value, check.compare) and _forbidden(got.facts, check) is None
    return judge(got, want, check) is None


def _severity(finding: Finding) -> tuple[int, float]:
    kind = finding.mismatch.kind if finding.mismatch else ORDER[-1]
    return ORDER.index(kind), -finding.used


def _what_came(reply: Reply) -> str:
    if isinstance(reply, Raised):
        return reply.kind[:TEXT]
    return "a value" if isinstance(reply, Answer) else "no answer"


def _forbidden(facts: Facts, check: Check) -> Mismatch | None:
    if "warnings" in check.forbids and facts.warnings:
        return Mismatch("warning", got=facts.warnings[0][:TEXT], want="no warning", wrong=len(facts.warnings))
    if "mutation" in check.forbids and facts.mutated:
        names = ", ".join(facts.mutated)[:TEXT]
        return Mismatch("mutation", got=names, want="arguments left as they were", wrong=len(facts.mutated))
    return None


def _look(
    got: Any, want: Any, comparison: Comparison, where: str, *, guess: bool = True
) -> Iterator[Finding]:
    if isinstance(want, dict):
        yield from _look_at_entries(got, want, comparison, where, guess)
    elif isinstance(want, list) and _of_one_type(want) and (isinstance(got, list) or _is_array(got)):
        yield _look_at_numbers(got, want, comparison, where, guess)
    elif isinstance(want, list | tuple):
        yield from _look_at_several(got, want, comparison, where, guess)
    elif isinstance(want, NUMBERS) or _is_array(want, least=0):
        yield _look_at_numbers(got, want, comparison, where, guess)
    elif want is None:
        yield Finding(0.0) if got is None else _wrong("type", where, _words(got), "None")
    elif isinstance(got, str) and isinstance(want, str):
        yield Finding(0.0) if got == want else _wrong("value", where, got[:TEXT], want[:TEXT])
    else:
        yield _wrong_type(got, _words(want), where)


def _look_at_entries(
    got: Any, want: Mapping[str, Any], comparison: Comparison, where: str, guess: bool
) -> Iterator[Finding]:
    if not isinstance(got, dict):
        yield _wrong_type(got, f"a dict with {_names(list(want))}", where)
        return
    if missing := [key for key in want if key not in got]:
        pattern = f"the dict has no {_names(missing)}"
        yield _wrong("count", where, f"no {_names(missing)}", _names(list(want)), pattern)
    for key, value in want.items():
        if key in got:
            inner = _inner(comparison, str(key))
            yield from _look(got[key], value, inner, f"{where}[{key!r}]", guess=guess)


def _look_at_several(
    got: Any, want: Sequence[Any], comparison: Comparison, where: str, guess: bool
) -> Iterator[Finding]:
    if not isinstance(got, list | tuple):
        if got is None or isinstance(got, str | dict):
            yield _wrong_type(got, _words(want), where)
        else:
            yield _wrong_count(1, len(want), where, _words(got))
        return
    if len(got) != len(want):
        yield _wrong_count(len(got), len(want), where)
        return
    for index, (item, wanted) in enumerate(zip(got, want, strict=True)):
        yield from _look(item, wanted, _inner(comparison, str(index)), f"{where}[{index}]", guess=guess)


def _look_at_numbers(got: Any, want: Any, comparison: Comparison, where: str, guess: bool) -> Finding:
    wanted = _array(want)
    if wanted is None:
        return _wrong_type(got, _words(want), where)
    array = _array(got)
    several = (
        array is None or not wanted.ndim or any(map(_is_array, got)) if isinstance(got, tuple) else False
    )
    if several and (array is None or array.shape != wanted.shape):
        return _wrong_count(len(got), 1, where)
    if array is None and isinstance(got, list) and _holds_numbers(got):
        pattern = "the rows of the list differ in length, so they make no array"
        return _wrong("shape", where, "a ragged list", _shape(wanted), pattern)
    if array is None:
        return _wrong_type(got, _words(want), where)
    if array.shape != wanted.shape:
        return _wrong_shape(array, wanted, comparison, where, guess)
    kind = "i" if type(got) is int else array.dtype.kind
    if array.size and (odd := _odd_kind(kind, array, wanted.dtype.kind, comparison)):
        name = type(got).__name__ if isinstance(got, NUMBERS) else array.dtype.name
        return _wrong("dtype", where, name, KINDS[wanted.dtype.kind], odd)
    return look(array, wanted, comparison, where, guess=guess)


def _odd_kind(kind: str, got: Array, want: str, comparison: Comparison) -> str:
    """Why numbers of this kind do not do for the wanted kind; "" where they do."""
    if kind == "c" and want != "c":
        real = bool((got.imag == 0).all())
        return "complex numbers where real ones are wanted" + (", and no imaginary part: take `.real`" * real)
    if comparison.kind == "property_holds":
        return ""
    if want == "b" and not (kind == "b" or (kind in "iu" and bool(((got == 0) | (got == 1)).all()))):
        return (
            "True or False is wanted, got a number: compare with `==`, `<` or `>` and return what comes out"
        )
    if want in "iu" and comparison.kind == "exact" and kind not in "iu":
        if kind == "b":
            return "a whole number (int) is wanted, got True or False"
        if not got.ndim:
            return "a whole number (int) is wanted, got a float: `//` divides without a fraction"
        return "whole numbers (int) are wanted, got floats: `//` divides without a fraction"
    return ""


def _wrong_shape(got: Array, want: Array, comparison: Comparison, where: str, guess: bool) -> Finding:
    def fits(other: Array) -> bool:
        return not look(other, want, comparison, where, guess=False).mismatch

    pattern = recognise_shape(got, want, fits) if guess else ""
    return _wrong("shape", where, _shape(got), _shape(want), pattern)


def _wrong_type(got: Any, wanted: str, where: str) -> Finding:
    pattern = ""
    if got is None and where == "result":
        pattern = "the function returns nothing: is there a `return`?"
    elif got is None:
        pattern = "one of the results is None: was it ever computed?"
    elif isinstance(got, list | tuple) and any(item is None for item in got):
        pattern = "there is a None among the numbers: was every entry computed?"
    return _wrong("type", where, _words(got), wanted, pattern)


def _wrong_count(got: int, want: int, where: str, came: str = "") -> Finding:
    results = f"{want} result is" if want == 1 else f"{want} results are"
    if where != "result":
        pattern = f"{results} wanted in this place, there {'is' if got == 1 else 'are'} {got}"
    elif came:
        pattern = f"{results} wanted, the function returned {came}"
    elif got == want:
        pattern = "the result stands in a tuple of one: is there a comma too many after `return`?"
        return _wrong("count", where, "a tuple of 1", "a value", pattern)
    else:
        pattern = f"{results} wanted, the function returned {got}"
    return _wrong("count", where, came or str(got), str(want), pattern)


def _wrong(kind: str, where: str, got: str, want: str, pattern: str = "") -> Finding:
    return Finding(math.inf, Mismatch(kind, where, got, want, pattern=pattern))


def _inner(comparison: Comparison, key: str) -> Comparison:
    """The comparison of one entry: its own where `fields` names it, else that of the whole answer."""
    return comparison.fields.get(key) or replace(comparison, fields={})


def _array(value: Any) -> Array | None:
    """`value` as an array of numbers, or None where it is none."""
    if not isinstance(value, (np.ndarray, list, tuple, *NUMBERS)):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and all(isinstance(item, NUMBERS) for item in array.flat):
            array = np.array([_float(item) for item in array.flat]).reshape(array.shape)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return array if array.dtype.kind in KINDS else None


def _float(number: complex) -> complex:
    try:
        return number if isinstance(number, complex) else float(number)
    except OverflowError:  # an int beyond every float
        return math.inf if number > 0 else -math.inf  # type: ignore[operator]  # a complex never overflows


def _holds_numbers(value: Any, depth: int = 0) -> bool:
    """Whether a list, however ragged, holds numbers only."""
    if isinstance(value, list | tuple):
        return depth < DEPTH and all(_holds_numbers(item, depth + 1) for item in value)
    return isinstance(value, NUMBERS) or (isinstance(value, np.ndarray) and value.dtype.kind in KINDS)


def _of_one_type(items: Sequence[Any]) -> bool:
    """Whether a list is as good as an array: numbers only, all of one type."""
    numbers = all(isinstance(item, NUMBERS) for item in items)
    return numbers and len({type(item) for item in items}) <= 1


def _is_array(value: Any, least: int = 1) -> bool:
    return isinstance(value, np.ndarray) and value.ndim >= least


def _shape(array: Array) -> str:
    return str(tuple(array.shape)) if array.ndim else "a single number"


def _names(keys: Sequence[Any]) -> str:
    return ", ".join(repr(str(key)[:40]) for key in keys)


def _words(value: Any) -> str:
    """What a value is, without saying what it holds; of types we know, since others may be hostile."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "True or False"
    if isinstance(value, NUMBERS):
        return "a number"
    if isinstance(value, np.ndarray):
        return f"an array of shape {tuple(value.shape)}" if value.ndim else "a number"
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return "a string" if isinstance(value, str) else "an object of another type"
