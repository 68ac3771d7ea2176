"""The house style: colours, type and widths.

Colour-blind readers tell the four colours apart, and each has a contrast of at least 4.5 to 1 on white; even
so, no colour says anything alone: shape, dashes or a label say it too. The paper is part of a picture, so
that a dark page shows the same.
"""

INK = "#1f2328"  # text and what is there
GREY = "#626a75"  # axes, and what is only thought of
FAINT = "#d5d9df"  # grids
PAPER = "#ffffff"

BLUE = "#0069a5"
ORANGE = "#bd4a00"
GREEN = "#007a58"
VIOLET = "#8a4499"
PALE = {  # the same, to fill areas with
    INK: "#e6e8eb",
    GREY: "#f0f2f4",
    BLUE: "#d9eaf7",
    ORANGE: "#fce4d4",
    GREEN: "#d5efe5",
    VIOLET: "#eee0f2",
}

FONT = "Helvetica, Arial, sans-serif"  # what every system has; widths differ, so leave room
TEXT = 13.0  # pixels
SMALL = 11.5
LINE = 1.5
HEAD = 8.0  # the length of an arrow's head
CORNER = 8.0  # the radius of the paper's corners
