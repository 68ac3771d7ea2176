"""What a report says of an answer that is not the expected one: how it differs, by how much, and where.

A heat map shows, for each cell, the error as a multiple of what is allowed, as a level: 0 is right (at most
the allowance); 1 up to 10 times the allowance, 2 up to 100 times, and so on by powers of ten; 9 is more
than 10⁸ times, or not a number. A map has at most 24 × 24 cells; of a larger array a cell shows the worst
of the numbers it covers, and of more than two axes the map shows the slice that holds the worst number.
"""

from __future__ import annotations

import math
import re

from autograder.model import Mismatch
from autograder.reports import clean

from .marks import count

HEAT = (
    "Each cell is the error as a multiple of what is allowed: 0 is right, 1 up to 10 times too much, "
    "2 up to 100 times, and so on by powers of ten; 9 is more than 10⁸ times, or not a number."
)
SIDE = 24  # cells of a map, at most, along each side
DIGITS = (6, 9, 12, 15, 17)  # 17 tell any two numbers apart
_DIFFERENCES = {
    "type": "The type of the answer is not the expected one.",
    "count": "The number of results is not the expected one.",
    "shape": "The shape is not the expected one.",
    "dtype": "The type of the numbers (dtype) is not the expected one.",
    "nan": "A NaN or an infinity stands where it should not, or is missing where it should stand.",
    "value": "Values differ from the expected ones.",
    "raise": "An exception came where a value was expected.",
    "warning": "The value is right, but computing it gave a warning.",
    "mutation": "The value is right, but an argument was changed in place.",
}
_RAISED = {
    "a value": "A value came where an exception was expected.",
    "no answer": "No answer came where an exception was expected.",
    "NotImplementedError": "This is not written yet.",
}


def different(mismatch: Mismatch) -> str:
    """What kind of difference it is, in a sentence."""
    if mismatch.kind == "raise" and mismatch.want != "a value":
        return _RAISED.get(str(mismatch.got), "Another exception came than the expected one.")
    return _DIFFERENCES.get(mismatch.kind, f"The answer differs ({clean.line(mismatch.kind)}).")


def facts(mismatch: Mismatch) -> tuple[tuple[str, str], ...]:
    """Where, got and expected, off by how much, allowed, how many: (label, value) of those there are."""
    got, want = _pair(mismatch.got, mismatch.want)
    many = f"{mismatch.wrong} of {count(mismatch.total, 'value')}" if mismatch.total > 1 else ""
    rows = (
        ("where", clean.line(mismatch.where)),
        ("got", got),
        ("expected", want),
        ("off by", _size(mismatch.error)),
        ("allowed", _size(mismatch.allowed)),
        ("how many", many),
    )
    return tuple((label, value) for label, value in rows if value)


def heat_caption(mismatch: Mismatch) -> str:
    """The size of a heat map, and what a cell stands for."""
    rows, columns = len(mismatch.heat), len(mismatch.heat[0]) if mismatch.heat else 0
    each = "one number each" if exact_heat(mismatch) else "each the worst of the numbers it covers"
    cells = count(rows * columns, "cell") + ", " + each
    of = (
        f" Shown is the slice with the worst number: {clean.line(mismatch.heat_of)}."
        if mismatch.heat_of
        else ""
    )
    return f"{count(rows, 'row')} by {count(columns, 'column')}: {cells}.{of}"


def exact_heat(mismatch: Mismatch) -> bool:
    """Whether a cell of the heat map is one number, so that its row and column are the array's own."""
    if mismatch.heat_of:  # a slice with fewer rows and columns than a map may have was not made smaller
        return max(len(mismatch.heat), *map(len, mismatch.heat)) < SIDE
    cells = sum(map(len, mismatch.heat))
    axes = re.search(r"\[(\d+(?:, \d+)*)\]$", mismatch.where)
    return cells == mismatch.total and (axes is None or axes[1].count(",") <= 1)


def _pair(got: float | str | None, want: float | str | None) -> tuple[str, str]:
    """Got and wanted, with as many digits as it takes to see that they differ."""
    for digits in DIGITS:
        first, second = _value(got, digits), _value(want, digits)
        if first != second or got == want:
            break
    return first, second


def _value(value: float | str | None, digits: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean.line(value)
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


def _size(size: float | None) -> str:
    if size is None:
        return ""
    if not math.isfinite(size):
        return "no number says how much"
    return f"{size:.2g}"
