"""The pictures of the handout: two affinities by distance, and the springs of the example."""

import numpy as np

from autograder.drawing import BLUE, GREY, INK, ORANGE, SMALL, Picture, Plane

from .reference import tsne_gradient

P = np.array([[0.0, 0.37, 0.08], [0.37, 0.0, 0.05], [0.08, 0.05, 0.0]])
Y = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])


def two_affinities():
    """Affinity by distance, from 0 to 5: in the data, and on the map.

    Both curves begin at 1 for the distance 0. The Gaussian of the data, exp(−d²/2), stays high at first
    and then falls steeply; the curve of the map, 1/(1 + d²), falls earlier and then slowly. The affinity
    0.05 is met by the Gaussian at the distance 2.45, and on the map only at 4.36.
    """
    picture = Picture(560, 286)
    plane = Plane(picture, (58, 22), 470, 212, (0, 5), (0, 1.02))
    plane.axes((0, 1, 2, 3, 4, 5), (0, 0.5, 1), "distance d", "affinity")
    plane.curve(lambda d: np.exp(-(d**2) / 2), BLUE)
    plane.curve(lambda d: 1 / (1 + d**2), ORANGE, dash="7 3")
    plane.level(0.05, INK, width=1)
    for d, colour in ((np.sqrt(2 * np.log(20)), BLUE), (np.sqrt(19), ORANGE)):
        x, y = plane.at(d, 0.05)
        picture.dot((x, y), colour)
        picture.text(f"{d:.2f}", (x + 5, y - 10), colour, SMALL, "start")
    picture.text("0.05", (plane.at(0, 0)[0] - 6, plane.at(0, 0.05)[1] - 3), INK, SMALL, "end")
    picture.text("data: exp(−d²/2), with σ = 1", plane.at(1.12, 0.62), BLUE, anchor="start")
    picture.text("map: 1/(1 + d²)", plane.at(1.95, 0.3), ORANGE, anchor="start")
    return picture


def springs_of_the_example():
    """The three points of the example on their map, and where gradient descent sends them.

    The points are at (0, 0), (1, 0) and (0, 2). The spring between the first two pulls: they should be
    neighbours with 0.37 and are with 0.29. The springs from the third point to the two others push, since
    it is nearer to them than it should be. The arrows, against the gradient, are (0.163, −0.057) for the
    first point, (−0.132, −0.062) for the second and (−0.031, 0.118) for the third. Together they are (0,
    0).
    """
    picture = Picture(520, 350)
    plane = Plane(picture, (30, 14), 300, 322, (-0.75, 1.75), (-0.3, 2.4))
    down = -tsne_gradient(P, Y)
    for i, j, pulls in ((0, 1, True), (0, 2, False), (1, 2, False)):
        _spring(picture, plane.at(*Y[i]), plane.at(*Y[j]), pulls=pulls)
    picture.text("pulls", plane.at(0.5, -0.17), BLUE, SMALL)
    picture.text("pushes", plane.at(-0.13, 1.0), ORANGE, SMALL, "end")
    picture.text("pushes", plane.at(0.63, 1.1), ORANGE, SMALL, "start")
    labels = ((-0.16, -0.16, "end"), (1.14, -0.16, "start"), (0.14, 2.08, "start"))
    for number, (y, arrow, (x, up, anchor)) in enumerate(zip(Y, down, labels, strict=True), 1):
        picture.dot(plane.at(*y), INK, 5)
        picture.arrow(plane.at(*y), plane.at(*(y + 2.2 * arrow)), INK, 2.4)
        picture.text(f"{number}", plane.at(x, up), INK, anchor=anchor, bold=True)
    picture.text("Arrows, against the gradient", (500, 60), INK, SMALL, "end")
    for number, arrow in enumerate(down):
        picture.text(f"{number + 1}:  {_pair(arrow)}", (500, 84 + 20 * number), INK, anchor="end")
    picture.line((388, 132 + 3), (500, 132 + 3), colour=GREY, width=1)
    picture.text("sum:  (0, 0)", (500, 149), INK, anchor="end")
    return picture


def _pair(arrow):
    return f"({arrow[0]:.3f}, {arrow[1]:.3f})".replace("-", "\N{MINUS SIGN}")


def _spring(picture, start, end, *, pulls):
    """A zigzag from point to point: tight where it pushes, long where it pulls."""
    start, end = np.array(start), np.array(end)
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([-along[1], along[0]]) * (5 if pulls else 8)
    turns = 10 if pulls else 16
    path = [start, start + 14 * along]
    for turn in range(turns):
        share = (turn + 0.5) / turns
        path.append(path[1] + share * (end - start - 28 * along) + across * (1 if turn % 2 else -1))
    path += [end - 14 * along, end]
    picture.line(*(tuple(point) for point in path), colour=BLUE if pulls else ORANGE, width=1.2)
