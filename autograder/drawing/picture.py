"""A picture: paper, and the few things that the course draws on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import drawsvg

from .style import CORNER, FONT, GREY, HEAD, INK, LINE, PALE, PAPER, TEXT

Point = tuple[float, float]  # pixels to the right and downwards from the upper left corner


class Picture:
    """White paper with round corners. What is drawn later lies on top."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._drawing = drawsvg.Drawing(width, height, font_family=FONT)
        self.add(drawsvg.Rectangle(0, 0, width, height, rx=CORNER, fill=PAPER))

    def as_svg(self) -> str:
        """The picture as drawsvg writes it."""
        return str(self._drawing.as_svg())

    def add(self, element: Any) -> None:
        """Draw an element of drawsvg itself, where the words below do not suffice."""
        self._drawing.append(element)

    def line(
        self,
        *points: Point,
        colour: str = INK,
        width: float = LINE,
        dash: str = "",
        fill: str = "none",
        close: bool = False,
        clip: Any = None,
    ) -> None:
        """A line through points; with `close` and `fill` an area. `dash` is as in SVG: "5 4"."""
        path = drawsvg.Path(
            stroke=colour,
            stroke_width=width,
            fill=fill,
            stroke_linejoin="round",
            stroke_linecap="butt" if dash else "round",
            **({"stroke_dasharray": dash} if dash else {}),
            **({"clip_path": clip} if clip else {}),
        )
        path.M(*points[0])
        for point in points[1:]:
            path.L(*point)
        if close:
            path.Z()
        self.add(path)

    def arrow(
        self,
        start: Point,
        end: Point,
        colour: str = INK,
        width: float = LINE,
        dash: str = "",
        head: float = HEAD,
    ) -> None:
        """An arrow whose tip touches `end`."""
        length = math.dist(start, end)
        head = min(head, length)
        along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        neck = (end[0] - head * along[0], end[1] - head * along[1])
        side = (-along[1] * head * 0.45, along[0] * head * 0.45)
        if length > head:
            self.line(start, neck, colour=colour, width=width, dash=dash)
        wings = ((neck[0] + side[0], neck[1] + side[1]), (neck[0] - side[0], neck[1] - side[1]))
        self.line(end, *wings, colour=colour, width=0.5, fill=colour, close=True)

    def text(
        self,
        words: str,
        point: Point,
        colour: str = INK,
        size: float = TEXT,
        anchor: str = "middle",
        *,
        bold: bool = False,
        rim: bool = True,
        turn: float = 0.0,
    ) -> None:
        """Words at a point: `anchor` is start, middle or end. A white rim keeps them readable over lines."""
        marks: dict[str, Any] = {}
        if rim:
            marks |= {"stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
        if bold:
            marks["font_weight"] = "bold"
        if turn:
            marks["transform"] = f"rotate({turn},{point[0]:.2f},{point[1]:.2f})"
        self.add(
            drawsvg.Text(
                words,
                size,
                *point,
                fill=colour,
                text_anchor=anchor,
                dominant_baseline="central",
                **marks,
            )
        )

    def dot(self, point: Point, colour: str = INK, radius: float = 4.0, *, hollow: bool = False) -> None:
        """A point, filled or hollow."""
        self.add(
            drawsvg.Circle(*point, radius, fill=PAPER if hollow else colour, stroke=colour, stroke_width=LINE)
        )

    def square(self, point: Point, colour: str = INK, radius: float = 4.0, *, hollow: bool = False) -> None:
        """A point of another kind."""
        x, y = point
        self.box(
            (x - radius, y - radius),
            2 * radius,
            2 * radius,
            colour,
            PAPER if hollow else colour,
            round_by=0,
        )

    def ring(self, point: Point, colour: str = INK, radius: float = 9.0, dash: str = "3 2") -> None:
        """A ring around a point that matters."""
        self.add(
            drawsvg.Circle(
                *point, radius, fill="none", stroke=colour, stroke_width=LINE, stroke_dasharray=dash
            )
        )

    def box(
        self,
        corner: Point,
        width: float,
        height: float,
        colour: str = GREY,
        fill: str = "none",
        *,
        line: float = LINE,
        dash: str = "",
        round_by: float = 3.0,
    ) -> None:
        """A box from its upper left corner on."""
        self.add(
            drawsvg.Rectangle(
                *corner,
                width,
                height,
                fill=fill,
                stroke=colour,
                stroke_width=line,
                **({"rx": round_by} if round_by else {}),
                **({"stroke_dasharray": dash} if dash else {}),
            )
        )

    def node(
        self, point: Point, words: str = "", colour: str = INK, radius: float = 16.0, size: float = TEXT
    ) -> None:
        """A unit of a network, or an operation: a pale disc with a word in it."""
        self.add(drawsvg.Circle(*point, radius, fill=PALE[colour], stroke=colour, stroke_width=LINE))
        if words:
            self.add(
                drawsvg.Text(
                    words, size, *point, fill=colour, text_anchor="middle", dominant_baseline="central"
                )
            )

    def cells(
        self,
        corner: Point,
        rows: Sequence[Sequence[str]],
        side: float = 28.0,
        fills: Sequence[Sequence[str]] = (),
        colour: str = GREY,
    ) -> None:
        """A table of square cells with words in them; `fills` gives the colour of each cell's ground."""
        for i, row in enumerate(rows):
            for j, words in enumerate(row):
                at = (corner[0] + j * side, corner[1] + i * side)
                fill = fills[i][j] if fills else PAPER
                self.add(drawsvg.Rectangle(*at, side, side, fill=fill, stroke=colour, stroke_width=1))
                if words:
                    self.add(
                        drawsvg.Text(
                            words,
                            TEXT,
                            at[0] + side / 2,
                            at[1] + side / 2,
                            fill=INK,
                            text_anchor="middle",
                            dominant_baseline="central",
                        )
                    )
