"""The pictures of the handout: the rule turning a line, and what one line can do and cannot."""

import numpy as np

from autograder.drawing import BLUE, GREY, INK, ORANGE, PALE, SMALL, Picture, Plane

from .reference import margin, perceptron_fit

X = np.array([[1.0, 2.0], [-1.0, 2.0], [0.0, -1.0]])  # the example of the lecture, without a bias
D = np.array([1, 0, 0])


def the_rule_turns_the_line():
    """Three corrections of a perceptron without bias, in four panels.

    The plane is cut by a line through the origin at right angles to the weights w, an arrow; on the side
    to which w points the neuron answers 1. A filled dot at (1, 2) should be answered with 1, two hollow
    squares at (−1, 2) and (0, −1) with 0. First w is (1, −0.8) and the dot lies on the wrong side: it is
    added to w, which becomes (2, 1.2). Now the square at (−1, 2) is on the wrong side and taken off: (3,
    −0.8). Then the square at (0, −1), which is taken off: (3, 0.2). In the last panel all three are
    right.
    """
    picture = Picture(712, 252)
    trace = perceptron_fit(X, D, [1.0, -0.8], 0.0, 1.0, 10, train_bias=False)["trace"][:, 1:]
    for number, w in enumerate(trace):
        plane = Plane(picture, (14 + 174 * number, 36), 162, 150, (-1.9, 3.5), (-2.0, 3.0))
        plane.side(w, 0, PALE[BLUE])
        plane.axes()
        plane.border(w, 0, BLUE)
        wrong = [i for i in range(3) if (X[i] @ w >= 0) != D[i]]
        for i in wrong[:1]:
            sign = 1 if D[i] else -1
            picture.ring(plane.at(*X[i]), ORANGE, 10)
            picture.arrow(plane.at(*w), plane.at(*(w + sign * X[i])), ORANGE, dash="4 3")
            says = f"wrong: {'add' if D[i] else 'take off'} {_point(X[i])}"
            picture.text(says, (95 + 174 * number, 202), ORANGE, SMALL)
        if not wrong:
            picture.text("all three are right", (95 + 174 * number, 202), INK, SMALL)
        picture.arrow(plane.at(0, 0), plane.at(*w), BLUE, 2.2)
        for x, d in zip(X, D, strict=True):
            (picture.dot if d else picture.square)(plane.at(*x), INK, hollow=not d)
        picture.text(f"w = {_point(w)}", (95 + 174 * number, 20), BLUE)
    picture.box((24, 224), 14, 14, BLUE, PALE[BLUE], line=1)
    picture.text("answered with 1", (46, 231), GREY, SMALL, "start")
    picture.dot((196, 231))
    picture.text("should be 1", (208, 231), GREY, SMALL, "start")
    picture.square((326, 231), hollow=True)
    picture.text("should be 0", (338, 231), GREY, SMALL, "start")
    return picture


def one_line_and_two():
    """What one line can do, and what it cannot.

    On the left the four corners of a square are the inputs of AND. Only (1, 1) is to be 1, and the line
    x₁ + x₂ = 1.5 cuts it off; the corners nearest to the line are 0.354 away from it. On the right the
    same corners for XOR: (0, 1) and (1, 0) are to be 1, and they lie across from each other. No line has
    them on one side and the other two on the other side. Two parallel lines, one for OR and one for AND,
    have them in the strip between.
    """
    picture = Picture(560, 262)
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    for left, name, d in ((50, "AND", [0, 0, 0, 1]), (320, "XOR", [0, 1, 1, 0])):
        plane = Plane(picture, (left, 36), 190, 190, (-0.4, 1.5), (-0.4, 1.5))
        if name == "AND":
            plane.side((1, 1), -1.5, PALE[BLUE])
        else:
            plane.side((1, 1), -0.5, PALE[BLUE])
            plane.side((1, 1), -1.5, "#ffffff")
        plane.axes((0, 1), (0, 1), grid=False)
        plane.border((1, 1), -1.5, BLUE)
        if name == "AND":
            near = corners[3] - 0.25
            picture.line(plane.at(*near), plane.at(1, 1), colour=ORANGE, width=2)
            distance = margin(corners, d, [1.0, 1.0], -1.5)
            picture.text(f"{distance:.3f}", plane.at(1.06, 0.8), ORANGE, SMALL, "start")
        else:
            plane.border((1, 1), -0.5, BLUE, dash="6 4")
            picture.text("AND says 1", plane.at(1.3, 1.32), BLUE, SMALL)
            picture.text("only OR says 1", plane.at(0.5, 0.5), BLUE, SMALL, turn=45)
            picture.text("OR says 0", plane.at(-0.05, -0.22), BLUE, SMALL)
        for x, wanted in zip(corners, d, strict=True):
            (picture.dot if wanted else picture.square)(plane.at(*x), INK, 5, hollow=not wanted)
        picture.text(name, (left + 95, 18), INK, bold=True)
        picture.text("x₁", (left + 200, plane.at(0, 0)[1]), GREY, SMALL)
        picture.text("x₂", (plane.at(0, 0)[0], 28), GREY, SMALL)
    return picture


def _point(x):
    return f"({x[0]:g}, {round(x[1], 3):g})".replace("-", "\N{MINUS SIGN}")
