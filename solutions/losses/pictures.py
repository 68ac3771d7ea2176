"""The picture of the handout: what two losses look like to the neuron."""

import numpy as np

from autograder.drawing import BLUE, INK, ORANGE, Picture, Plane

from .reference import bce_with_logits, mse

CASES = {"A": 1.5, "B": 4.0}  # the sums of the two neurons of the lecture, both of which should say 0


def two_losses_and_two_neurons():
    """Two losses of one sigmoid neuron that should say 0, by its sum z from −4 to 6.

    The quadratic loss rises a little around z = 0 and then levels off: it is never more than one half.
    Cross-entropy keeps rising, in the end as fast as z itself. Two neurons are marked on both curves: A
    at z = 1.5, where both losses still rise, and B at z = 4, where the quadratic loss is flat and
    cross-entropy is steep.
    """
    picture = Picture(560, 316)
    plane = Plane(picture, (58, 22), 470, 242, (-4, 6), (0, 6))
    plane.axes((-4, -2, 0, 2, 4, 6), (0, 0.5, 2, 4, 6), "sum z", "loss", cross=False)
    for name, z in CASES.items():
        x = plane.at(z, 0)[0]
        picture.line((x, 22), (x, 264), colour=INK, width=1, dash="3 3")
        picture.text(name, (x, 12), INK, bold=True)
    curves = (
        (BLUE, "", lambda z: bce_with_logits([z], [0])),
        (ORANGE, "7 3", lambda z: mse([[1 / (1 + np.exp(-z))]], [[0]]) / 2),
    )
    for colour, dash, loss in curves:
        zs = np.linspace(-4, 6, 65)
        plane.curve((zs, [float(loss(z)) for z in zs]), colour, dash=dash)
        for z in CASES.values():
            picture.dot(plane.at(z, float(loss(z))), colour)
    picture.text("cross-entropy", plane.at(4.15, 2.9), BLUE, anchor="start")
    picture.text("½ (y − d)²", plane.at(5.1, 0.86), ORANGE)
    return picture
