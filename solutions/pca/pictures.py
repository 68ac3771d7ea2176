"""The pictures of the handout: the example's points and their component, and the four countries."""

import numpy as np

from autograder.drawing import BLUE, FAINT, INK, ORANGE, Picture, Plane

from .reference import pca_fit, pca_inverse, pca_transform

POINTS = np.array([[1.0, 2.0], [4.0, 6.0], [7.0, 10.0]])


def a_point_and_its_shadow():
    """The three points of the examples, their only component, and where a new point falls on it.

    The points (1, 2), (4, 6) and (7, 10) lie on one line; the middle one is their mean. From the mean an
    arrow runs along (0.6, 0.8) to (7, 10); its length is 5, the root of the variance 25. The point (10,
    2) lies off the line. A dashed line drops from it at a right angle and meets the line at (4.24, 6.32),
    0.4 behind the mean: 0.4 is the coordinate of the point.
    """
    picture = Picture(440, 386)
    model = pca_fit(POINTS, 1)
    mean, direction = model["mean"], model["components"][0]
    new = np.array([10.0, 2.0])
    coordinate = pca_transform(model, [new])
    foot = pca_inverse(model, coordinate)[0]
    plane = Plane(picture, (40, 20), 358, 328, (0, 12), (0, 11))
    plane.axes((0, 2, 4, 6, 8, 10), (0, 2, 4, 6, 8, 10))
    plane.curve(([0, 12], [mean[1] + (x - mean[0]) / direction[0] * direction[1] for x in (0, 12)]), FAINT, 2)
    tip = mean + direction * np.sqrt(model["eigenvalues"][0])
    picture.line(plane.at(*new), plane.at(*foot), colour=ORANGE, dash="5 4")
    along, across = direction * 0.45, np.array([direction[1], -direction[0]]) * 0.45
    corner = [foot + along, foot + along + across, foot + across]
    picture.line(*(plane.at(*point) for point in corner), colour=ORANGE, width=1.1)
    picture.arrow(plane.at(*mean), plane.at(*(tip - direction * 0.17)), BLUE, 2.4)
    for point in POINTS:
        picture.dot(plane.at(*point), INK)
    picture.dot(plane.at(*new), ORANGE)
    picture.dot(plane.at(*foot), ORANGE, 3.5, hollow=True)
    x, y = plane.at(*mean)
    picture.text("mean (4, 6)", (x - 12, y + 4), INK, anchor="end")
    x, y = plane.at(*POINTS[0])
    picture.text("(1, 2)", (x + 12, y + 2), INK, anchor="start")
    x, y = plane.at(*POINTS[2])
    picture.text("(7, 10)", (x + 14, y), INK, anchor="start")
    x, y = plane.at(*(mean + direction * 2.9))
    picture.text("along (0.6, 0.8), length 5", (x + 16, y + 4), BLUE, anchor="start")
    x, y = plane.at(*new)
    picture.text("(10, 2)", (x, y + 16), ORANGE)
    x, y = plane.at(*foot)
    words = f"foot ({foot[0]:.2f}, {foot[1]:.2f}), coordinate {coordinate[0, 0]:.1f}"
    picture.text(words, (x + 26, y - 2), ORANGE, anchor="start")
    return picture


COUNTRIES = {  # grams per person and week, 1997: lecture 001:7536
    "England": "105 245 685 147 193 156 720 253 488 198 360 1102 1472 57 1374 375 54",
    "Wales": "103 227 803 160 235 175 874 265 570 203 365 1137 1582 73 1256 475 64",
    "Scotland": "103 242 750 122 184 147 566 171 418 220 337 957 1462 53 1572 458 62",
    "Northern Ireland": "66 267 586 93 209 139 1033 143 355 187 334 674 1494 47 1506 135 41",
}


def four_countries():
    """The four countries along their first two components.

    Across, the first component: Wales at 241, England at 145 and Scotland at 92 stand close together,
    Northern Ireland at −477 far away from them. Up, the second component: Wales lies at one end, Scotland
    at the other, and England and Northern Ireland in between.
    """
    picture = Picture(640, 300)
    table = np.array([[float(grams) for grams in row.split()] for row in COUNTRIES.values()])
    model = pca_fit(table, 2)
    places = pca_transform(model, table)
    plane = Plane(picture, (70, 22), 530, 226, (-640, 340), (-330, 330))
    shares = [f"{100 * share:.0f} %" for share in model["ratio"]]
    plane.axes(
        (-400, -200, 0, 200),
        (-200, 0, 200),
        f"first component: {shares[0]} of the variance",
        f"second: {shares[1]}",
    )
    for name, place in zip(COUNTRIES, places, strict=True):
        x, y = plane.at(*place)
        picture.dot((x, y), BLUE, 5)
        picture.text(f"{name}: {place[0]:.0f}".replace("-", "\N{MINUS SIGN}"), (x, y - 16), INK)
    return picture
