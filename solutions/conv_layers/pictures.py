"""The pictures of the handout: pooling with its places and unpooling, and copies that are laid down."""

import numpy as np

from autograder.drawing import BLUE, GREEN, GREY, INK, ORANGE, PALE, PAPER, SMALL, VIOLET, Picture

from .reference import conv_transpose2d, max_unpool, maxpool_forward

COLOURS = (BLUE, ORANGE, GREEN, VIOLET)
MAP = [[1, 2, 6, 3], [3, 5, 2, 1], [1, 2, 2, 1], [7, 3, 4, 8]]  # of lecture 001:5408


def pooled_and_put_back():
    """The lecture's map of 4 × 4, pooled by windows of 2 × 2, and other numbers put back to the same places.

    On the left the map 1 2 6 3 / 3 5 2 1 / 1 2 2 1 / 7 3 4 8 in four windows. Their largest numbers are
    ringed: 5 at place 5, 6 at place 2, 7 at place 12 and 8 at place 15; places count row by row from 0. In
    the middle what comes out of the pooling, 5 6 / 7 8, and its places, 5 2 / 12 15. On the right the numbers
    1 2 / 3 4 have been put back to these places in a map of 4 × 4, with zeros everywhere else.
    """
    picture = Picture(712, 232)
    y, idx = maxpool_forward([[MAP]], 2, 2)
    numbers = np.array([[1, 2], [3, 4]])
    back = max_unpool([[numbers]], idx, (4, 4))[0, 0]
    side = 34.0
    windows = [[PALE[COLOURS[2 * (i // 2) + j // 2]] for j in range(4)] for i in range(4)]
    small = [[PALE[COLOURS[2 * i + j]] for j in range(2)] for i in range(2)]
    picture.cells((28, 52), [[str(n) for n in row] for row in MAP], side, windows)
    for place, colour in zip(idx.ravel(), COLOURS, strict=True):
        i, j = divmod(int(place), 4)
        picture.ring((28 + (j + 0.5) * side, 52 + (i + 0.5) * side), colour, 13, dash="")
    picture.arrow((176, 120), (226, 120))
    picture.text("pool", (199, 106), INK, SMALL)
    picture.cells((240, 52), [[f"{n:.0f}" for n in row] for row in y[0, 0]], side, small)
    picture.cells((240, 140), [[str(n) for n in row] for row in idx[0, 0]], side, small)
    picture.cells((384, 52), [[str(n) for n in row] for row in numbers], side, small)
    picture.arrow((318, 174), (530, 174))
    picture.arrow((462, 86), (530, 86))
    picture.text("unpool", (496, 130), INK, SMALL)
    taken = [[windows[i][j] if 4 * i + j in idx else PAPER for j in range(4)] for i in range(4)]
    picture.cells((542, 52), [[f"{n:.0f}" for n in row] for row in back], side, taken)
    for words, x in (("map", 96), ("largest", 274), ("other numbers", 418), ("map", 610)):
        picture.text(words, (x, 34), GREY, SMALL)
    picture.text("places", (274, 222), GREY, SMALL)
    return picture


def copies_laid_down():
    """A transposed convolution: four pixels lay down copies of a kernel of nine ones, two places apart.

    On the left the pixels 1 2 / 3 4. Each lays down a square of 3 × 3 with its own value, two rows or columns
    after the one before it. On the right the result of 5 × 5: 1 1 3 2 2 / 1 1 3 2 2 / 4 4 10 6 6 /
    3 3 7 4 4 / 3 3 7 4 4. Where two squares overlap, the two values are added up, 1 + 2 = 3 and 1 + 3 = 4; in
    the middle all four meet: 10. Each square is outlined in the colour of its pixel.
    """
    picture = Picture(560, 260)
    x = np.array([[1, 2], [3, 4]])
    y = conv_transpose2d([[x]], np.ones((1, 1, 3, 3)), [0], 2)[0, 0]
    covered = conv_transpose2d(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), [0], 2)[0, 0]
    side, corner = 40.0, (324.0, 40.0)
    small = [[PALE[COLOURS[2 * i + j]] for j in range(2)] for i in range(2)]
    picture.cells((56, 100), [[str(n) for n in row] for row in x], side, small)
    picture.text("pixels", (96, 82), GREY, SMALL)
    picture.arrow((160, 140), (300, 140))
    picture.text("a square of ones,", (230, 124), INK, SMALL)
    picture.text("times the pixel,", (230, 158), INK, SMALL)
    picture.text("stride 2", (230, 174), INK, SMALL)
    grey = {1.0: PAPER, 2.0: PALE[GREY], 4.0: PALE[INK]}
    picture.cells(
        corner, [[f"{n:.0f}" for n in row] for row in y], side, [[grey[n] for n in row] for row in covered]
    )
    for number, colour in enumerate(COLOURS):
        i, j = divmod(number, 2)
        inset = 2.0 + 2.0 * ((number + 1) % 3)
        at = (corner[0] + 2 * j * side + inset, corner[1] + 2 * i * side + inset)
        picture.box(at, 3 * side - 2 * inset, 3 * side - 2 * inset, colour, line=2)
    return picture
