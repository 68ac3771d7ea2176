"""The picture of a heat map: squares by level, and their numbers as text, so that it reads without colour.

What a level means is said in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.model import Mismatch

from . import words

CELL = 20  # side of a cell, in the picture's own units
EDGE = 26  # room for the numbers of rows and columns


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG in parts: a path for each level, a line of digits for each row, indices along the edges."""

    width: int
    height: int
    paths: Mapping[int, str]  # level -> path data
    rows: tuple[tuple[float, str, str], ...]  # (y, x of each digit, digits)
    edges: tuple[tuple[float, float, str], ...]  # (x, y, index); empty where a cell covers several numbers
    caption: str


def picture(mismatch: Mismatch) -> Picture | None:
    """The picture of a mismatch's heat map, or None where there is none to draw."""
    heat = mismatch.heat
    if not heat or not heat[0]:
        return None
    named = words.exact_heat(mismatch)
    left = EDGE if named else 0
    columns = max(map(len, heat))
    middles = [left + CELL * (column + 0.5) for column in range(columns)]
    baselines = [left + CELL * (row + 0.5) + 4.5 for row in range(len(heat))]
    return Picture(
        width=left + CELL * columns,
        height=left + CELL * len(heat),
        paths=_paths(heat, left),
        rows=tuple(
            (baseline, " ".join(f"{x:g}" for x in middles), "".join(map(str, row)))
            for baseline, row in zip(baselines, heat, strict=True)
        ),
        edges=_edges(middles, baselines) if named else (),
        caption=words.heat_caption(mismatch),
    )


def _paths(heat: Sequence[Sequence[int]], left: int) -> dict[int, str]:
    """Path data by level; cells of one level side by side are one rectangle, which keeps the page small."""
    paths: dict[int, list[str]] = {}
    for y, row in enumerate(heat):
        x = 0
        while x < len(row):
            end = next((column for column in range(x, len(row)) if row[column] != row[x]), len(row))
            corner = f"M{left + CELL * x} {left + CELL * y}"
            paths.setdefault(row[x], []).append(f"{corner}h{CELL * (end - x)}v{CELL}h-{CELL * (end - x)}z")
            x = end
    return {level: "".join(parts) for level, parts in sorted(paths.items())}


def _edges(middles: Sequence[float], baselines: Sequence[float]) -> tuple[tuple[float, float, str], ...]:
    above = [(x, EDGE - 8.0, str(column)) for column, x in enumerate(middles)]
    beside = [(EDGE / 2, y, str(row)) for row, y in enumerate(baselines)]
    return (*above, *beside)
