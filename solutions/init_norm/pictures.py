"""The picture of the handout: how large the numbers are after twenty layers."""

import numpy as np

from autograder.drawing import BLUE, GREY, ORANGE, VIOLET, Picture, Plane

from .reference import init_scale, variance_after_layer

UNITS, LAYERS = 100, 20


def three_sizes_of_weights():
    """How large the outputs of twenty layers are, for three sizes of weights.

    Drawn is the mean square after each of twenty ReLU layers with 100 units, on a logarithmic scale. All
    three lines start at 1. With weights of variance 4/100 the line climbs to about a million; with 2/100,
    which is He's, it stays level; with 1/100, which is LeCun's, it falls to about a millionth.
    """
    picture = Picture(600, 292)
    plane = Plane(picture, (64, 20), 420, 220, (0, LAYERS), (-7, 7))
    ticks = {-6: "10⁻⁶", -3: "10⁻³", 0: "1", 3: "10³", 6: "10⁶"}
    plane.axes((0, 5, 10, 15, 20), ticks, "layers", "", cross=False)
    picture.text("mean square", (66, 12), GREY, 11.5, "start")
    he = init_scale("he", "normal", UNITS, UNITS) ** 2
    lecun = init_scale("lecun", "normal", UNITS, UNITS) ** 2
    for variance, says, colour, dash in (
        (2 * he, "4/100", ORANGE, "8 3"),
        (he, "2/100: He", BLUE, ""),
        (lecun, "1/100: LeCun", VIOLET, "3 3"),
    ):
        sizes = [1.0]
        for _ in range(LAYERS):
            sizes.append(variance_after_layer(sizes[-1], UNITS, variance, relu=True))
        plane.curve((range(LAYERS + 1), np.log10(sizes)), colour, 2.4, dash)
        x, y = plane.at(LAYERS, np.log10(sizes[-1]))
        picture.text(says, (x + 10, y), colour, anchor="start")
    return picture
