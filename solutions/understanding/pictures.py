"""The picture of the handout: a square that moves over a picture, and what it takes off the score."""

import numpy as np

from autograder.drawing import BLUE, GREY, INK, ORANGE, PALE, PAPER, SMALL, Picture

from .reference import occlusion_map

SIDE = 30


def covered_place_after_place():
    """A square covers a picture in four places, and each time the score drops.

    The picture has 3 × 3 ones, the square 2 × 2 pixels, and the score is ten times the middle pixel,
    which has a thick rim. The covered pixels are dark and 0. Every square covers the middle, so that the
    score drops from 10 to 0 four times. The map on the right has one number for each place: 10 10 in the
    first row and 10 10 in the second.
    """
    picture = Picture(712, 176)
    image = np.ones((1, 3, 3))
    drops = occlusion_map(lambda x: 10.0 * x[0][1][1], image, 2, 1, 0.0)
    for number, (i, j) in enumerate(np.ndindex(drops.shape)):
        left, top = 20 + 134 * number, 40
        hidden = np.zeros((3, 3), dtype=bool)
        hidden[i : i + 2, j : j + 2] = True
        words = [["0" if cell else "1" for cell in row] for row in hidden]
        fills = [["#b9bfc8" if cell else PAPER for cell in row] for row in hidden]
        picture.cells((left, top), words, SIDE, fills)
        picture.box((left + SIDE, top + SIDE), SIDE, SIDE, ORANGE, line=2.5, round_by=0)
        picture.text(f"row {i}, column {j}", (left + 45, 22), GREY, SMALL)
        picture.text(f"10 − 0 = {drops[i, j]:.0f}", (left + 45, 150), INK)
    picture.arrow((552, 85), (590, 85), GREY)
    cells = [[f"{drop:.0f}" for drop in row] for row in drops]
    picture.cells((606, 49), cells, 36, [[PALE[BLUE]] * 2] * 2, BLUE)
    picture.text("the map", (642, 22), BLUE, SMALL)
    return picture
