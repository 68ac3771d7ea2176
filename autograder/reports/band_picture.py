"""The picture of a measured time: where it lies among the bands, between its landmarks.

Across, everything is a share of the width, so that letters keep their size on a phone and on paper. Labels
that would touch on the narrowest page go one row down. What the picture shows is said in words beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model import Band, Timing

from . import clean, words

NARROWEST = 290  # width in pixels at which no two labels may touch
CHARACTER = 6.6  # width of one at most, in pixels
ROOM = 1.35  # beyond the outermost landmark: a factor, and on an axis of exponents a tenth of it as a sum
STRIP = (26, 78)  # top and bottom of the bands
LIGHTEST, STRONGER = 0.08, 0.34  # shade of a band that earns hardly anything, and what all points add
ROW = 17  # height of a row of labels


@dataclass(frozen=True, slots=True)
class Strip:
    """One band: its place in percent of the width, how strong its shade is, and its share of the points."""

    x: float
    width: float
    shade: float
    label: str  # "" where there is no room for it


@dataclass(frozen=True, slots=True)
class Label:
    """A few letters at x percent; `anchor` keeps them on the page."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG in parts. All x and widths are percentages, all y and heights pixels."""

    title: str
    says: str  # the whole picture in words
    axis: str
    height: float
    strips: tuple[Strip, ...]
    edges: tuple[Label, ...]
    marks: tuple[Label, ...]  # the reference, "R", and the model solutions by number
    reference: float | None  # where its line stands
    low: float
    high: float
    measure: float
    own: Label
    legend: tuple[tuple[str, str], ...]  # (letter in the picture, what it stands for)


@dataclass(frozen=True, slots=True)
class Axis:
    """From measures to percent of the width: by their logarithm, or for exponents as they are."""

    first: float
    last: float
    logarithmic: bool

    def at(self, measure: float) -> float:
        """The place of a measure, kept on the page."""
        if self.logarithmic:
            measure = math.log(max(measure, 1e-300))
        share = (measure - self.first) / (self.last - self.first)
        return round(100 * min(1.0, max(0.0, share)), 2)


def picture(timing: Timing) -> Picture | None:
    """The picture of a timing, or None where nothing was measured or no band says what that earns."""
    if not timing.bands or not words.is_measured(timing):
        return None
    grows = timing.clock == "growth"
    if not grows and timing.measure <= 0:
        return None
    models = sorted(
        ((name, at) for name, at in timing.models if math.isfinite(at) and (grows or at > 0)),
        key=lambda model: model[1],
    )
    axis = _axis(timing, [at for _, at in models], grows)
    landmarks = [] if grows else [("R", "the reference", 1.0)]
    landmarks += [(str(number), clean.line(name, 60), at) for number, (name, at) in enumerate(models, 1)]
    landmarks.sort(key=lambda landmark: landmark[2])
    edges, below = _rows([(axis.at(most), _edge(most, grows)) for most, _ in timing.bands], STRIP[1] + 14)
    marks, bottom = _rows([(axis.at(at), letter) for letter, _, at in landmarks], below + ROW + 2)
    x = axis.at(timing.measure)
    return Picture(
        title="Growth among the bands" if grows else "Time among the bands",
        says=_says(timing, landmarks),
        axis="exponent of growth" if grows else "times the reference's time, each step a factor",
        height=(bottom if landmarks else below) + 10,
        strips=_strips(timing.bands, axis),
        edges=edges,
        marks=marks,
        reference=None if grows else axis.at(1.0),
        low=axis.at(timing.low),
        high=axis.at(timing.high),
        measure=x,
        own=_label(x, 16, f"yours {words.interval(timing)[1]}{'' if grows else 'x'}"),
        legend=tuple((letter, f"{name}, {_number(at, grows)}") for letter, name, at in landmarks),
    )


def _axis(timing: Timing, models: Sequence[float], grows: bool) -> Axis:
    shown = [timing.low, timing.measure, timing.high, *models, *(most for most, _ in timing.bands)]
    shown = [value for value in shown if math.isfinite(value)]
    if grows:
        room = max(0.15, (max(shown) - min(shown)) * (ROOM - 1) / 2)
        return Axis(min(shown) - room, max(shown) + room, logarithmic=False)
    shown = [value for value in (1.0, *shown) if value > 0]
    return Axis(math.log(min(shown) / ROOM), math.log(max(shown) * ROOM), logarithmic=True)


def _strips(bands: Sequence[Band], axis: Axis) -> tuple[Strip, ...]:
    strips, start = [], 0.0
    for most, share in (*bands, (math.inf, 0.0)):
        end = axis.at(most) if math.isfinite(most) else 100.0
        label = f"{share * 100:g} %"
        width = round(end - start, 2)
        fits = width / 100 * NARROWEST >= len(label) * CHARACTER
        strips.append(
            Strip(start, width, round(0.08 + 0.34 * share, 3) if share else 0.0, label if fits else "")
        )
        start = max(start, end)
    return tuple(strip for strip in strips if strip.width > 0)


def _rows(places: Sequence[tuple[float, str]], y: float) -> tuple[tuple[Label, ...], float]:
    """Labels, each in the first row in which it touches none before it; and the height of the last row."""
    ends: list[float] = []  # of each row, in pixels of the narrowest page
    labels = []
    for x, text in places:
        label = _label(x, y, text)
        start, end = _span(label)
        row = next((row for row, taken in enumerate(ends) if start > taken), len(ends))
        ends[row : row + 1] = [end]
        labels.append(_label(x, y + ROW * row, text))
    return tuple(labels), y + ROW * max(0, len(ends) - 1)


def _label(x: float, y: float, text: str) -> Label:
    half = len(text) * CHARACTER / 2 / NARROWEST * 100
    anchor = "start" if x < half else ("end" if x > 100 - half else "middle")
    return Label(x, y, text, anchor)


def _span(label: Label) -> tuple[float, float]:
    width, x = (len(label.text) + 1) * CHARACTER, label.x / 100 * NARROWEST
    start = x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return start, start + width


def _number(measure: float, grows: bool) -> str:
    return f"{measure:.2f}" if grows else words.times(measure)


def _edge(most: float, grows: bool) -> str:
    return f"{most:g}" if grows else f"{most:g}x"


def _says(timing: Timing, landmarks: Sequence[tuple[str, str, float]]) -> str:
    steps = [f"{share * 100:g} % up to {words.edge(timing, most)}" for most, share in timing.bands]
    grows = timing.clock == "growth"
    others = [f"{name} at {_number(at, grows)}" for _, name, at in landmarks]
    known = f" Marked: {', '.join(others)}." if others else ""
    return f"Yours: {words.measured(timing)}. Bands: {', '.join(steps)}, nothing beyond.{known}"
