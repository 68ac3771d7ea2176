"""The picture of the handout: one set of points, fitted three times."""

import numpy as np

from autograder.drawing import BLUE, FAINT, GREY, INK, Picture, Plane

from .reference import normal_equation, poly_eval, polynomial_features

X = np.linspace(0.04, 0.96, 10)
NOISE = np.array([0.11, -0.24, 0.19, 0.05, -0.22, 0.27, -0.08, -0.18, 0.22, -0.07])
Y = np.sin(2 * np.pi * X) + NOISE


def degrees_one_three_nine():
    """Ten noisy points of a sine wave, fitted with polynomials of degree 1, 3 and 9.

    A thin line is the sine itself. Degree 1 is a straight line that misses the bend altogether. Degree 3
    follows the sine and passes between the points. Degree 9 passes exactly through all ten points, and
    swings far away from the sine between them, most of all near both ends. The mean squared errors on the
    points are 0.23, 0.04 and 0.
    """
    picture = Picture(712, 232)
    for number, degree in enumerate((1, 3, 9)):
        left = 40 + 228 * number
        plane = Plane(picture, (left, 36), 202, 160, (0, 1), (-1.9, 1.9))
        plane.axes((0, 0.5, 1), (-1, 0, 1) if not number else ())
        plane.curve(lambda x: np.sin(2 * np.pi * x), FAINT, 3)
        # x from -1 to 1: the same polynomial, and numbers that a computer can solve for
        theta = normal_equation(polynomial_features(2 * X - 1, degree)[:, 1:], Y)
        plane.curve(lambda x, theta=theta: poly_eval(theta, 2 * x - 1), BLUE, points=97)
        for x, y in zip(X, Y, strict=True):
            picture.dot(plane.at(x, y), INK, 3.2)
        seen = np.mean((poly_eval(theta, 2 * X - 1) - Y) ** 2)
        words = f"degree {degree}"
        picture.text(words, (left, 18), BLUE, anchor="start", bold=True)
        picture.text(f"error {seen:.2f}", (left + 202, 18), GREY, 11.5, "end")
    return picture
