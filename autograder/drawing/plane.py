"""Axes: numbers become points of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import drawsvg
import numpy as np

from .picture import Picture, Point
from .style import BLUE, FAINT, GREY, LINE, SMALL

Ticks = Iterable[float] | Mapping[float, str]


class Plane:
    """A part of a picture with two axes: `x` runs across its box, `y` up; `corner` is the upper left one."""

    def __init__(
        self,
        picture: Picture,
        corner: Point,
        width: float,
        height: float,
        x: tuple[float, float],
        y: tuple[float, float],
    ) -> None:
        self.picture, self.corner, self.width, self.height, self.x, self.y = (
            picture,
            corner,
            width,
            height,
            x,
            y,
        )
        self._clip = drawsvg.ClipPath()
        self._clip.append(drawsvg.Rectangle(*corner, width, height))

    def at(self, x: float, y: float) -> Point:
        """Where (x, y) lies in the picture."""
        across = (float(x) - self.x[0]) / (self.x[1] - self.x[0])
        up = (float(y) - self.y[0]) / (self.y[1] - self.y[0])
        return self.corner[0] + across * self.width, self.corner[1] + (1 - up) * self.height

    def axes(
        self,
        x_ticks: Ticks = (),
        y_ticks: Ticks = (),
        x_says: str = "",
        y_says: str = "",
        *,
        grid: bool = True,
        cross: bool = True,
    ) -> None:
        """Axes through zero (with `cross`) or along the border, with ticks and what they measure.

        Ticks are numbers, or numbers and what is written there.
        """
        left, top = self.corner
        right, bottom = left + self.width, top + self.height
        zero_x = self.at(0, 0)[0] if cross and self.x[0] <= 0 <= self.x[1] else left
        zero_y = self.at(0, 0)[1] if cross and self.y[0] <= 0 <= self.y[1] else bottom
        for value, words in _labelled(x_ticks):
            x = self.at(value, self.y[0])[0]
            if grid:
                self.picture.line((x, top), (x, bottom), colour=FAINT, width=1)
            self.picture.text(words, (x, bottom + 11), GREY, SMALL)
        for value, words in _labelled(y_ticks):
            y = self.at(self.x[0], value)[1]
            if grid:
                self.picture.line((left, y), (right, y), colour=FAINT, width=1)
            self.picture.text(words, (left - 6, y), GREY, SMALL, "end")
        self.picture.line((left, zero_y), (right, zero_y), colour=GREY, width=1.2)
        self.picture.line((zero_x, top), (zero_x, bottom), colour=GREY, width=1.2)
        if x_says:
            below = bottom + (27 if tuple(x_ticks) else 12)
            self.picture.text(x_says, ((left + right) / 2, below), GREY, SMALL)
        if y_says:
            self.picture.text(
                y_says, (left - (34 if tuple(y_ticks) else 10), (top + bottom) / 2), GREY, SMALL, turn=-90
            )

    def curve(
        self,
        f: Callable[[Any], Any] | tuple[Sequence[float], Sequence[float]],
        colour: str = BLUE,
        width: float = 2.0,
        dash: str = "",
        between: tuple[float, float] | None = None,
        points: int = 65,
    ) -> None:
        """A function of an array, or given points (xs, ys); what leaves the box is cut off."""
        if callable(f):
            xs = np.linspace(*(between or self.x), points)
            ys = np.asarray(f(xs), dtype=float)
        else:
            xs, ys = np.asarray(f[0], dtype=float), np.asarray(f[1], dtype=float)
        path = [self.at(x, y) for x, y in zip(xs, ys, strict=True)]
        self.picture.line(*path, colour=colour, width=width, dash=dash, clip=self._clip)

    def side(self, normal: Point, offset: float, fill: str) -> None:
        """The half of the plane in which normal · (x, y) + offset is above 0, as an area."""
        one, other, out = self._far(normal, offset)
        corners = (one, other, other + out, one + out)
        self.picture.line(
            *(self.at(*corner) for corner in corners), colour="none", fill=fill, close=True, clip=self._clip
        )

    def level(self, y: float, colour: str = GREY, dash: str = "4 3", width: float = LINE) -> None:
        """A line across at the height y."""
        self.picture.line(self.at(self.x[0], y), self.at(self.x[1], y), colour=colour, dash=dash, width=width)

    def border(self, normal: Point, offset: float, colour: str, width: float = 2.0, dash: str = "") -> None:
        """The line on which normal · (x, y) + offset is 0."""
        one, other, _ = self._far(normal, offset)
        self.curve(([one[0], other[0]], [one[1], other[1]]), colour, width, dash)

    def _far(self, normal: Point, offset: float) -> tuple[Any, Any, Any]:
        """Two points of the line normal · (x, y) + offset = 0 beyond the box, and a long step off it."""
        long = np.array(normal, dtype=float) / np.hypot(*normal)
        foot = -long * offset / np.hypot(*normal)
        step = long * 4 * (self.x[1] - self.x[0] + self.y[1] - self.y[0])
        along = np.array([-step[1], step[0]])
        return foot - along, foot + along, step


def _labelled(ticks: Ticks) -> list[tuple[float, str]]:
    if isinstance(ticks, Mapping):
        return list(ticks.items())
    return [(value, f"{value:g}".replace("-", "\N{MINUS SIGN}")) for value in ticks]
