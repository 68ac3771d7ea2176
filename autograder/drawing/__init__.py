"""The words that solutions/NAME/pictures.py draws with, so that all pictures look as if one person drew them.

A public function there takes nothing and returns a `Picture`; its docstring is the text alternative. Points
are pairs of pixels, from the upper left corner on; a `Plane` turns numbers into them. It needs drawsvg, which
neither students nor a grader ever install: only whoever derives assignments/ imports this package.
"""

from .picture import Picture, Point
from .plane import Plane
from .style import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PALE, PAPER, SMALL, TEXT, VIOLET

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "PALE",
    "PAPER",
    "SMALL",
    "TEXT",
    "VIOLET",
    "Picture",
    "Plane",
    "Point",
]
