"""The picture of the handout: one step of an LSTM, with the numbers of the example."""

import numpy as np

from autograder.drawing import BLUE, GREY, INK, ORANGE, PALE, SMALL, Picture

from .reference import lstm_step

OLD = [-0.5, 0.2]
GATES = {"i": [0.8, 0.0], "f": [0.1, 1.0], "o": [0.5, 0.1], "g": [0.9, -0.75]}


def one_step_of_an_lstm():
    """One step of an LSTM as a circuit, with the numbers of the example about James.

    Along the top runs the cell, from (−0.5, 0.2) on the left to (0.67, 0.2) on the right. Only two things
    happen to it: it is multiplied by the forget gate f = (0.1, 1), which leaves (−0.05, 0.2), and (0.72,
    0) is added, the product of the input gate i = (0.8, 0) and the candidate g = (0.9, −0.75). Below, one
    line with the old hidden state and the input, [h, x], feeds the four layers f, i, g and o. On the
    right a copy of the new cell goes through tanh and is multiplied by the output gate o = (0.5, 0.1):
    that is the new hidden state, (0.2925, 0.0197).
    """
    picture = Picture(712, 312)
    h2, c2 = _step()
    line, low = 54, 292
    picture.arrow((30, line), (182, line), BLUE, 2.4)
    picture.arrow((218, line), (322, line), BLUE, 2.4)
    picture.arrow((358, line), (690, line), BLUE, 2.4)
    picture.text("c", (20, line), BLUE, bold=True)
    picture.text(_pair(OLD), (90, line - 16), BLUE)
    picture.text(_pair(np.multiply(GATES["f"], OLD)), (270, line - 16), BLUE, SMALL)
    picture.text(f"c2 = {_pair(c2)}", (480, line - 16), BLUE)
    picture.line((40, low), (510, low), colour=GREY)
    picture.text("[h, x]", (22, low - 14), GREY, anchor="start")
    blocks = (
        ("f", 200, "keep", BLUE),
        ("i", 294, "write", BLUE),
        ("g", 386, "what", INK),
        ("o", 510, "show", BLUE),
    )
    for name, x, role, colour in blocks:
        picture.arrow((x, low), (x, 264), GREY)
        picture.box((x - 43, 206), 86, 56, colour, PALE[colour])
        kind = "tanh" if name == "g" else "σ"
        picture.text(f"{name}: {kind}, {role}", (x, 222), colour, SMALL, rim=False)
        picture.text(_pair(GATES[name]), (x, 244), colour, rim=False)
    picture.arrow((200, 206), (200, line + 18), INK)
    picture.line((294, 206), (294, 142), colour=INK)
    picture.arrow((294, 142), (322, 142), INK)
    picture.line((386, 206), (386, 142), colour=INK)
    picture.arrow((386, 142), (358, 142), INK)
    picture.arrow((340, 124), (340, line + 18), INK)
    picture.text(_pair(np.multiply(GATES["i"], GATES["g"])), (350, 106), INK, SMALL, "start")
    picture.arrow((600, line), (600, 102), ORANGE)
    picture.box((574, 104), 52, 28, ORANGE, PALE[ORANGE])
    picture.text("tanh", (600, 118), ORANGE, SMALL, rim=False)
    picture.arrow((600, 132), (600, 216), ORANGE)
    picture.arrow((553, 234), (580, 234), INK)
    picture.arrow((618, 234), (690, 234), ORANGE, 2.4)
    picture.text("h2", (652, 218), ORANGE, bold=True)
    picture.text(_pair(h2, 4), (640, 262), ORANGE)
    for point, sign, colour in (
        ((200, line), "×", BLUE),
        ((340, line), "+", BLUE),
        ((340, 142), "×", INK),
        ((600, 234), "×", ORANGE),
    ):
        picture.node(point, sign, colour, 17, 18)
    return picture


def _step():
    """The step itself: with no weights at all, biases set every gate to the example's numbers."""
    with np.errstate(divide="ignore"):
        sums = [np.log(GATES[name]) - np.log1p(-np.array(GATES[name])) for name in "ifo"]
    biases = np.concatenate([*(np.clip(z, -1000, 1000) for z in sums), np.arctanh(GATES["g"])])
    h2, c2, _ = lstm_step([[0.0]], [[0.0, 0.0]], [OLD], np.zeros((3, 8)), biases)
    return h2[0], c2[0]


def _pair(numbers, digits=2):
    return f"({', '.join(_short(number, digits) for number in numbers)})"


def _short(number, digits):
    text = f"{number + 0.0:.{digits}f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace("-", "\N{MINUS SIGN}")
