"""The picture of the handout: six activation functions above their slopes."""

import numpy as np

from autograder.drawing import BLUE, INK, ORANGE, Picture, Plane

from .reference import (
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softplus,
    tanh_derivative,
)


def functions_above_their_slopes():
    """Six activation functions, and below each of them its slope, for z from −4 to 4.

    The sigmoid rises from 0 to 1 and its slope is a hill of height 1/4; tanh rises from −1 to 1, with a
    hill of height 1. ReLU is 0 up to z = 0 and then z itself: its slope jumps from 0 to 1, and at the
    corner 0 is chosen. Leaky ReLU with a = 0.1 has the slope 0.1 on the left, and 0.1 at the corner. ELU
    with a = 1 bends down to −1, and its slope climbs to 1 and stays there. Softplus is a ReLU with a
    round corner, and its slope is the sigmoid.
    """
    picture = Picture(712, 336)
    columns = (
        (("sigmoid", sigmoid, sigmoid_derivative), ("tanh", np.tanh, tanh_derivative)),
        (
            ("ReLU", relu, relu_derivative),
            (
                "leaky ReLU, a = 0.1",
                lambda z: leaky_relu(z, 0.1),
                lambda z: leaky_relu_derivative(z, 0.1),
            ),
        ),
        (
            ("ELU, a = 1", lambda z: elu(z, 1.0), lambda z: elu_derivative(z, 1.0)),
            ("softplus", softplus, sigmoid),
        ),
    )
    for number, pair in enumerate(columns):
        left = 46 + 232 * number
        low, high = ((-1.2, 1.2), (-1.2, 4.2), (-1.2, 4.2))[number]
        above = Plane(picture, (left, 46), 184, 118, (-4, 4), (low, high))
        above.axes((), (-1, 1) if not number else (-1, 0, 4), y_says="" if number else "function")
        below = Plane(picture, (left, 192), 184, 102, (-4, 4), (-0.1, 1.15))
        below.axes((-4, 0, 4), (0, 1) if number else {0.25: "¼", 1: "1"}, "z", "" if number else "slope")
        for (name, f, slope), colour, dash, at in zip(
            pair, (BLUE, ORANGE), ("", "6 3"), (left, left + 184), strict=True
        ):
            above.curve(f, colour, dash=dash)
            _slope(picture, below, slope, colour, dash, jumps=number == 1)
            picture.text(name, (at, 22), colour, anchor="start" if at == left else "end")
    return picture


def _slope(picture, plane, slope, colour, dash, *, jumps):
    if not jumps:
        plane.curve(slope, colour, dash=dash)
        return
    left, corner, right = (float(slope(np.array(z))) for z in (-1.0, 0.0, 1.0))
    plane.curve(([-4, 0], [left, left]), colour, dash=dash)
    plane.curve(([0, 4], [right, right]), colour, dash=dash)
    picture.dot(plane.at(0, right), INK, 3.5, hollow=True)
    picture.dot(plane.at(0, corner), colour, 3.5)
