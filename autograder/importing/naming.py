"""From the names, points and texts of another tool to what our files accept."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Container
from fractions import Fraction
from typing import Any

from .model import Place

LONGEST = 160  # characters of what a criterion asks
SHORTEST = 24  # of a sentence that says something


def identifier(text: str, fallback: str = "") -> str:
    """`text` as a name of small letters, digits and underscores that starts with a letter; or `fallback`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not name:
        return fallback
    if not name[0].isalpha():
        name = f"q{name}" if fallback else f"part_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def unused(name: str, taken: Container[str]) -> str:
    """`name`, or with the first number behind it that makes it one of its own."""
    number, made = 2, name
    while made in taken:
        made, number = f"{name}_{number}", number + 1
    return made


def answer(name: str) -> str:
    """The variable of the student's file that holds the answer to a question."""
    return f"ANSWER_{name.upper()}"


def points(value: Any, place: Place) -> Fraction:
    """Points as they are written in a notebook: 0.1 is a tenth.

    Raises:
        CourseError: no number, or below 0.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise place.fault(f"{value!r} is no number of points; write one from 0 on, and import again")
    return Fraction(str(value))


def shares(total: Fraction, count: int) -> list[Fraction]:
    """`total` in `count` parts, as equal as decimals allow, all above 0 and exactly `total` together."""
    unit = Fraction(1, 100)
    while (total / unit).denominator != 1 or total < count * unit:
        unit /= 10
        if unit < Fraction(1, 10**9):
            return [total / count] * count
    units = int(total / unit)
    return [unit * (units // count + (i < units % count)) for i in range(count)]


def decimal(value: Fraction) -> str:
    """Points as a rubric writes them."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10f}".rstrip("0")


def sentence(markdown: str, fallback: str) -> str:
    """What a text asks, in one line: its first sentence, or its last heading, or `fallback`."""
    lines = [line.strip() for line in markdown.split("\n")]
    headings = [line.lstrip("#").strip(" #") for line in lines if re.match(r"#{1,6} \S", line)]
    prose = " ".join(line for line in lines if line and not re.match(r"[#>|`~]|[-*_]{3,}$", line))
    first, *others = re.split(r"(?<=[.?!:])\s", re.sub(r"[*_]{2}", "", prose))
    while others and len(first) < SHORTEST:  # "Question 1." is a heading too
        first = f"{first} {others.pop(0)}"
    said = first or (headings[-1] if headings else "")
    said = re.sub(r"!\[[^\]]*\]\([^)]*\)|[*_]{2}|<[^>]*>|`", "", said)
    said = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said).split())
    if len(said) > LONGEST:
        said = said[:LONGEST].rsplit(" ", 1)[0] + " …"
    return said or fallback
