"""One worked example, and whether numbers agree with it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "worked_examples.json"
TO_REPRODUCE = ("ok", "rounding", "not_stated")
CLOSE = 1e-11  # the numbers of the file have twelve digits


@dataclass(frozen=True, slots=True)
class Example:
    """One entry of worked_examples.json.

    `printed` is what the lecture shows, `gives` what comes out. A number stands for itself, a text for all
    numbers that round to it. Where `gives` is None, `reason` says why nothing is worked out.
    """

    id: str
    source: str  # lecture and line
    about: str
    assignment: str
    status: str
    functions: tuple[str, ...]
    inputs: Mapping[str, Any]
    printed: Any = None
    gives: Any = None
    reason: str = ""
    note: str = field(default="")


def read() -> Mapping[str, Example]:
    """All examples, by id."""
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    found = [Example(**{**entry, "functions": tuple(entry["functions"])}) for entry in entries]

    assert len({example.id for example in found}) == len(found), "two examples share an id"
    return {example.id: example for example in found}


def differences(want: Any, got: Any, where: str = "") -> Iterator[str]:
    """Where `got` is not what was wanted, one sentence each.

    Of a dict only the wanted keys are looked at. What was wanted is made of dicts, lists, numbers, texts that
    show a number's digits, words, True and False.
    """
    if isinstance(want, dict):
        for key in want:
            if key in got:
                yield from differences(want[key], got[key], f"{where}[{key}]")
            else:
                yield f"{where}: no {key}"
        return
    got = got.tolist() if hasattr(got, "tolist") else got
    if isinstance(want, list):
        if not isinstance(got, list | tuple) or len(got) != len(want):
            yield f"{where} is {got}, not the {len(want)} of {want}"
            return
        for place, (one, other) in enumerate(zip(want, got, strict=True)):
            yield from differences(one, other, f"{where}[{place}]")
    elif not _agree(want, got):
        yield f"{where} is {got}, not {want}"


def _agree(want: Any, got: Any) -> bool:
    if isinstance(want, bool) or isinstance(got, bool | str):
        return bool(want == got)
    if isinstance(want, str):
        shown = Decimal(want)
        half = Decimal(5).scaleb(int(shown.as_tuple().exponent) - 1)
        return abs(Decimal(repr(float(got))) - shown) <= half
    return math.isclose(want, got, rel_tol=CLOSE, abs_tol=CLOSE)
