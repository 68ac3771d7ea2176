"""The picture of the handout: two ways down a narrow valley."""

import numpy as np

from autograder.drawing import BLUE, FAINT, GREY, INK, ORANGE, SMALL, Picture, Plane

from .reference import momentum_step, sgd_step

CURVATURES = np.array([1.0, 30.0])
START = np.array([-9.0, 1.5])
LR, MU, STEPS = 0.06, 0.6, 20


def two_ways_down_a_valley():
    """Twenty steps of plain gradient descent and twenty of momentum, down the same long and narrow valley.

    Seen from above the valley is thirty times as steep across as along, and its contours are long
    ellipses. Both paths start at its left end, high up on one wall, with the learning rate 0.06. Plain
    descent jumps from wall to wall and has not come three quarters of the way after twenty steps.
    Momentum with mu = 0.6 jumps as well at first, then its steps along the valley grow, and after twenty
    it lies at the lowest point.
    """
    picture = Picture(712, 250)
    plane = Plane(picture, (16, 42), 680, 192, (-10.2, 1.8), (-2.1, 2.1))
    around = np.linspace(0, 2 * np.pi, 97)
    for level in (0.5, 4.0, 12.0, 24.0, 40.0):
        radii = np.sqrt(2 * level / CURVATURES)
        plane.curve((radii[0] * np.cos(around), radii[1] * np.sin(around)), FAINT, 1.5)
    plain, rolling, v = [START], [START], np.zeros(2)
    for _ in range(STEPS):
        plain.append(sgd_step(plain[-1], CURVATURES * plain[-1], LR))
        theta, v = momentum_step(rolling[-1], v, CURVATURES * rolling[-1], LR, MU)
        rolling.append(theta)
    for path, colour, dash in ((plain, ORANGE, "5 3"), (rolling, BLUE, "")):
        points = [plane.at(*theta) for theta in path]
        picture.line(*points, colour=colour, width=1.3, dash=dash)
        for point in points[1:]:
            (picture.dot if colour == BLUE else picture.square)(point, colour, 2.6)
    picture.dot(plane.at(*START), INK, 5)
    picture.text("start", (plane.at(*START)[0] + 12, plane.at(*START)[1] - 8), INK, SMALL, "start")
    x, y = plane.at(0, 0)
    picture.line((x - 5, y), (x + 5, y), colour=INK, width=1)
    picture.line((x, y - 5), (x, y + 5), colour=INK, width=1)
    picture.text("lowest point", (x, y + 26), INK, SMALL)
    picture.square((30, 20), ORANGE, 3.5)
    picture.text(f"gradient descent, lr = {LR:g}", (42, 20), ORANGE, anchor="start")
    picture.dot((300, 20), BLUE, 3.5)
    picture.text(f"momentum, lr = {LR:g} and mu = {MU:g}", (312, 20), BLUE, anchor="start")
    picture.text(f"{STEPS} steps each", (694, 20), GREY, SMALL, "end")
    return picture
