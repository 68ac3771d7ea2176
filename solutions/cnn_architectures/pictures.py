"""The pictures of the handout: the two kinds of residual block, and channels dealt out like cards."""

import torch

from autograder.drawing import BLUE, GREEN, GREY, INK, ORANGE, PALE, SMALL, VIOLET, Picture

from .reference import channel_shuffle

WIDTH, HEIGHT = 116.0, 26.0  # of a box with a layer in it


def _layer(picture, middle, words, colour):
    """A box with the name of a layer."""
    x, y = middle
    picture.box((x - WIDTH / 2, y - HEIGHT / 2), WIDTH, HEIGHT, colour, PALE[colour])
    picture.text(words, middle, INK, SMALL, rim=False)


def _block(picture, x, first, shortcut):
    """One block from above to below, its middle at x, with layers or with nothing in its shortcut."""
    down = (30, 66, 106, 142, 182, 218, 264, 312)
    words = ("", first, "batch norm", "ReLU", "3 × 3", "batch norm", "", "")
    colours = ("", BLUE, GREEN, ORANGE, BLUE, GREEN)
    aside = x + 136
    picture.line((x, down[0]), (aside, down[0]), (aside, down[6]), colour=VIOLET)
    picture.arrow((aside, down[6]), (x + 13, down[6]), VIOLET)
    picture.arrow((x, 16), (x, down[6] - 13))
    for at, word, colour in zip(down[1:6], words[1:6], colours[1:], strict=True):
        _layer(picture, (x, at), word, colour)
    for at, word in zip((106, 142), shortcut, strict=False):
        _layer(picture, (aside, at), word, BLUE if "×" in word else GREEN)
    picture.node((x, down[6]), "+", INK, 13)
    picture.arrow((x, down[6] + 13), (x, 346))
    _layer(picture, (x, down[7] - 8), "ReLU", ORANGE)
    picture.text("x", (x, 8), GREY, SMALL)
    picture.text("y", (x, 356), GREY, SMALL)


def two_residual_blocks():
    """Two residual blocks, where size and channels stay, and where they do not.

    In both, x goes down through five layers: 3 × 3, batch norm, ReLU, 3 × 3, batch norm. What comes out is
    added to what the shortcut brings, and a ReLU follows the sum. On the left the shortcut is a line with
    nothing in it. On the right the first layer has a stride s, and in the shortcut stand a convolution of
    1 × 1 with the same stride and a batch norm.
    """
    picture = Picture(560, 368)
    _block(picture, 80, "3 × 3", ())
    _block(picture, 350, "3 × 3, stride s", ("1 × 1, stride s", "batch norm"))
    return picture


def cards_dealt_out():
    """Six channels in two groups, numbered 0 to 5, and the order in which they stand after the shuffle.

    Above, the channels 0 1 2 of the first group and 3 4 5 of the second. Below, in the order 0 3 1 4 2 5: the
    first channel of each group, then the second of each, then the third. Each channel keeps the colour of its
    group, and a line leads from its old place to its new one.
    """
    picture = Picture(420, 168)
    order = [int(k) for k in channel_shuffle(torch.arange(6.0).reshape(1, 6, 1, 1), 2).flatten()]
    side, left = 44.0, 120.0
    colours = [BLUE] * 3 + [ORANGE] * 3
    picture.cells((left, 12), [[str(k) for k in range(6)]], side, [[PALE[colour] for colour in colours]])
    for place, k in enumerate(order):
        start, end = left + (k + 0.5) * side, left + (place + 0.5) * side
        picture.arrow((start, 12 + side), (end, 112), colours[k])
    picture.cells((left, 112), [[str(k) for k in order]], side, [[PALE[colours[k]] for k in order]])
    picture.text("two groups", (56, 34), GREY, SMALL)
    picture.text("shuffled", (56, 134), GREY, SMALL)
    return picture
