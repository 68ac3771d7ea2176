"""The pictures of the handout: where a kernel can lie, and how much two layers see."""

from autograder.drawing import BLUE, GREY, INK, ORANGE, PALE, PAPER, SMALL, Picture

from .reference import conv_output_size, receptive_field

SIDE = 22
ZERO = "#c9ced6"  # the ground of a cell of padding


def where_a_kernel_can_lie():
    """The positions of a kernel with three taps over a row of cells, for three settings.

    On the left 8 cells and stride 2: the kernel starts at the cells 0, 2 and 4; from 6 it would stick
    out, so that the size is 3 and the last cell is never looked at. In the middle 8 cells, stride 1 and
    dilation 2: every second cell is touched, each position covers 5 cells, and there are 4 of them. On
    the right 7 cells with one zero at each end, stride 2 and dilation 2: 9 cells in all, and the 3
    positions start at the cells 0, 2 and 4 of them.
    """
    picture = Picture(712, 234)
    _row(picture, 16, 8, 2, 0, 1)
    _row(picture, 236, 8, 1, 0, 2)
    _row(picture, 462, 7, 2, 1, 2)
    return picture


def _row(picture, left, n, s, p, d):
    k, size = 3, conv_output_size(n, 3, s, p, d)
    says = f"n = {n}, k = {k}, s = {s}" + (f", p = {p}" if p else "") + (f", d = {d}" if d > 1 else "")
    picture.text(says, (left, 20), INK, anchor="start", bold=True)
    padded = n + 2 * p
    for cell in range(padded):
        fill = PAPER if p <= cell < n + p else ZERO
        picture.cells((left + cell * SIDE, 40), [[str(cell)]], SIDE, [[fill]])
    for position in range(size + 1):
        fits, y = position < size, 88 + 26 * position
        colour = BLUE if fits else ORANGE
        taps = [left + (position * s + tap * d + 0.5) * SIDE for tap in range(k)]
        picture.line((taps[0], y), (taps[-1], y), colour=colour, dash="" if fits else "4 3")
        for x in taps:
            picture.dot((x, y), colour, 4, hollow=not fits)
    picture.text(f"{size} positions", (left, 216), BLUE, anchor="start")
    picture.text("this would stick out", (left + 84, 216), ORANGE, SMALL, "start")
    if p:
        picture.text("grey: zeros", (left + padded * SIDE, 74), GREY, SMALL, "end")


def seven_cells_seen():
    """What one output of two layers sees of the input.

    At the bottom lie nine cells of the input. Above them are three outputs of a first layer with a kernel
    of 3 and stride 2, and on top one output of a second layer with a kernel of 3. Lines go from that one
    to the three outputs, and from each of them to the three cells that it sees. Neighbours begin 2 cells
    apart and share one cell: together they see 3 + 4 = 7 cells.
    """
    picture = Picture(560, 216)
    sees, apart = receptive_field([(3, 2, 1), (3, 1, 1)])
    xs = [200 + 38 * cell for cell in range(9)]
    first = 1
    middles = [first + 1 + apart * tap for tap in range(3)]
    for middle in middles:
        picture.line((xs[middles[1]], 34), (xs[middle], 106), colour=BLUE)
        for cell in (middle - 1, middle, middle + 1):
            picture.line((xs[middle], 106), (xs[cell], 172), colour=GREY)
    for cell, x in enumerate(xs):
        seen = first <= cell < first + sees
        picture.box((x - 11, 161), 22, 22, BLUE if seen else GREY, PALE[BLUE] if seen else PAPER)
    for middle in middles:
        picture.dot((xs[middle], 106), GREY, 7)
    picture.dot((xs[middles[1]], 34), BLUE, 8)
    for words, y in (("second layer: k = 3", 34), ("first layer: k = 3, s = 2", 106), ("input", 172)):
        picture.text(words, (20, y), INK, SMALL, "start")
    picture.line((xs[first] - 11, 194), (xs[first + sees - 1] + 11, 194), colour=BLUE)
    picture.text(f"{sees} cells", ((xs[first] + xs[first + sees - 1]) / 2, 205), BLUE, SMALL)
    return picture
