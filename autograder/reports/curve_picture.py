"""The picture of a learning curve: the student's numbers, epoch by epoch, before the reference's band.

The curve is stretched to the width of the page, the letters are not. A number that is none breaks the line;
one far beyond the reference's band is drawn at the edge; of many epochs the highs and lows are kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.model import Curve

from . import clean, words

SIDE = 1000  # of the stretched square
COLUMNS = 240  # pieces of a long curve, of each of which the lowest and the highest are drawn
DOTTED = 30  # values that have a dot each
BEYOND = 1.5  # how far the picture goes beyond the reference's band, in multiples of its largest number
NEAR = 0.25  # of the highest: a lowest nearer to zero than this shows the zero too
LARGEST = 1e100  # drawn as that
LEFT, WIDTH = 10.0, 88.0  # of the curve, in percent of the page
TOP, HEIGHT = 8, 150  # of it, in pixels
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG in parts: paths in a square of 1000 that is stretched; dots and labels in percent and pixels."""

    title: str
    says: str
    band: str  # path data; "" where the reference has none
    lines: str
    dots: tuple[Point, ...]
    rows: tuple[tuple[float, str], ...]  # (y, number) of each line across
    columns: tuple[tuple[float, str, str], ...]  # (x, epoch, anchor)
    caption: str


def picture(curve: Curve) -> Picture | None:
    """The picture of a curve, or None where it holds no number."""
    known = [value for value in curve.values if math.isfinite(value)]
    both = [
        (low, high)
        for low, high in zip(curve.low, curve.high, strict=False)
        if math.isfinite(low) and math.isfinite(high)
    ]
    if not known and not both:
        return None
    epochs = max(len(curve.values), len(both) and len(curve.low))
    first, last = _range(known, [value for pair in both for value in pair])

    def at(epoch: int, value: float) -> Point:
        share = (min(max(value, first), last) - first) / (last - first)
        x = (epoch - 1) / (epochs - 1) if epochs > 1 else 0.5
        return round(SIDE * x, 1), round(SIDE * (1 - share), 1)

    runs = [[at(*one) for one in _thinned(run)] for run in _runs(curve.values)]
    dotted = (
        [point for run in runs for point in run]
        if len(curve.values) <= DOTTED
        else [run[-1] for run in runs[-1:]]
    )
    return Picture(
        title=f"Learning curve: {clean.line(curve.name)}",
        says=_says(curve),
        band="".join(
            _path(
                [
                    *(at(epoch, curve.low[epoch - 1]) for epoch, _ in _thinned(run)),
                    *reversed([at(epoch, curve.high[epoch - 1]) for epoch, _ in _thinned(run)]),
                ]
            )
            + "z"
            for run in _runs([low + 0 * high for low, high in zip(curve.low, curve.high, strict=False)])
        ),
        lines="".join(_path(run) for run in runs),
        dots=tuple((round(LEFT + WIDTH * x / SIDE, 2), round(TOP + HEIGHT * y / SIDE, 1)) for x, y in dotted),
        rows=tuple(
            (round(TOP + HEIGHT * at(1, tick)[1] / SIDE, 1), f"{tick:.3g}") for tick in _ticks(first, last)
        ),
        columns=_epochs(epochs),
        caption=_caption(curve, first, last),
    )


def _range(known: Sequence[float], reference: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest that is drawn."""
    near = [min(max(value, -LARGEST), LARGEST) for value in (*known, *reference)]
    first, last = min(near), max(near)
    size = max(map(abs, reference), default=0.0)
    if 0 < size < LARGEST:
        first = max(first, min(reference) - BEYOND * size)
        last = min(last, max(reference) + BEYOND * size)
    if 0 < first < NEAR * last:
        first = 0.0
    if last - first <= 1e-9 * max(abs(first), abs(last)):
        room = 0.5 * max(abs(first), abs(last)) or 0.5
        first, last = first - room, last + room
    return first, last


def _runs(values: Sequence[float]) -> list[list[tuple[int, float]]]:
    """(epoch, value), epochs from 1, in runs without a number that is none."""
    runs: list[list[tuple[int, float]]] = [[]]
    for epoch, value in enumerate(values, 1):
        if math.isfinite(value):
            runs[-1].append((epoch, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _thinned(run: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """At most two points of each column, its lowest and highest; the last one always."""
    size = math.ceil(len(run) / COLUMNS)
    if size <= 2:  # noqa: PLR2004 - two points of two are all there are
        return list(run)
    kept: set[tuple[int, float]] = {run[-1]}
    for start in range(0, len(run), size):
        piece = run[start : start + size]
        kept |= {min(piece, key=lambda one: one[1]), max(piece, key=lambda one: one[1])}
    return sorted(kept)


def _path(points: Sequence[Point]) -> str:
    return "".join(f"{'L' if number else 'M'}{x:g} {y:g}" for number, (x, y) in enumerate(points))


def _ticks(first: float, last: float) -> Iterator[float]:
    """Two to five round numbers from `first` to `last`."""
    rough = (last - first) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(round_ for round_ in (1, 2, 5, 10) if power * round_ >= rough)
    number = math.ceil(first / step)
    while number * step <= last:
        yield number * step
        number += 1


def _epochs(epochs: int) -> tuple[tuple[float, str, str], ...]:
    """The first epoch, the middle one and the last."""
    if epochs == 1:
        return ((LEFT + WIDTH / 2, "epoch 1", "middle"),)
    shown = [(1, "start"), *([((epochs + 1) // 2, "middle")] if epochs > 4 else []), (epochs, "end")]  # noqa: PLR2004 - enough to have a middle
    return tuple(
        (
            round(LEFT + WIDTH * (epoch - 1) / (epochs - 1), 2),
            f"epoch {epoch}" if epoch == 1 else str(epoch),
            anchor,
        )
        for epoch, anchor in shown
    )


def _says(curve: Curve) -> str:
    """The curve in words, for who cannot see it."""
    said = words.learning(curve)
    known = [value for value in curve.values if math.isfinite(value)]
    if known:
        said += f" Its lowest is {min(known):.3g}, its highest {max(known):.3g}."
    pairs = list(zip(curve.values, curve.low, curve.high, strict=False))
    if pairs:
        inside = sum(low <= value <= high for value, low, high in pairs)
        said += f" It lies within the reference's band in {inside} of {words.count(len(pairs), 'epoch')}."
    return said


def _caption(curve: Curve, first: float, last: float) -> str:
    known = any(map(math.isfinite, curve.values))
    said = "The line is yours." if known else "Of yours there is nothing to draw."
    if curve.low and curve.high:
        said += " The shaded band is between the lowest and the highest that the reference had."
    lost = next((epoch for epoch, value in enumerate(curve.values, 1) if not math.isfinite(value)), None)
    if lost:
        said += f" From epoch {lost} on there are values that are no numbers (NaN or infinite)."
    if any(math.isfinite(value) and not first <= value <= last for value in curve.values):
        said += " Values beyond the picture are drawn at its edge."
    return said
