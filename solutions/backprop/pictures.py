"""The picture of the handout: numbers that go forward, and deltas that come back along the same edges."""

from autograder.drawing import BLUE, GREY, INK, ORANGE, SMALL, Picture

from .reference import forward, hidden_delta, output_delta

# The network of lecture 002 that decides about a weekend in the snow.
W1 = [[0.8, 0.2, 0.7], [0.6, 0.9, 0.1]]
W2 = [[0.2], [0.8], [0.5]]


def forward_and_back():
    """The network of the example with all its numbers: two inputs, three hidden units, one output.

    Forward, from left to right: both inputs are 1. The sums of the hidden units are 1.4, 1.1 and 0.8,
    their outputs 0.8022, 0.7503 and 0.6900. Times the weights 0.2, 0.8 and 0.5 they add up to 1.1056 at
    the output, which says 0.7513. Back, along the same edges: the output should have said 1 and has the
    delta −0.0465. It goes back to each hidden unit through the weight that carried its output forward;
    the first unit gets −0.0465 · 0.2 = −0.0093, and, times the slope 0.1587 at its own sum, has the delta
    −0.00147. The others have −0.00696 and −0.00497.
    """
    picture = Picture(712, 396)
    zs, outputs = forward([[1, 1]], [W1, W2], [[0, 0, 0], [0]], ["sigmoid", "sigmoid"])
    last = output_delta(outputs[2], [[1]], zs[1], "sigmoid")
    hidden = hidden_delta(last, W2, zs[0], "sigmoid")
    inputs = [(64.0, 124.0), (64.0, 248.0)]
    middle = [(290.0, 62.0), (290.0, 186.0), (290.0, 310.0)]
    output = (570.0, 186.0)
    for i, start in enumerate(inputs):
        for j, end in enumerate(middle):
            picture.arrow(*_between(start, end, 27), colour=BLUE, width=1.3)
            picture.text(
                f"{W1[i][j]:g}",
                _along(start, end, (0.22, 0.3, 0.3)[j] if i else (0.3, 0.3, 0.22)[j]),
                BLUE,
                SMALL,
            )
    for j, start in enumerate(middle):
        picture.arrow(*_between(start, output, 27, -5), colour=BLUE, width=1.3)
        picture.arrow(*_between(output, start, 27, -5), colour=ORANGE, width=1.3, dash="5 3")
        x, y = _along(start, output, 0.3)
        picture.text(f"{W2[j][0]:g}", (x, y - (9 if j < 2 else 8)), BLUE, SMALL)
    for point in inputs:
        picture.node(point, "1", BLUE, 24)
    for j, point in enumerate(middle):
        picture.node(point, f"{outputs[1][0, j]:.4f}", BLUE, 24, SMALL)
        picture.text(f"z = {zs[0][0, j]:.1f}", (point[0], point[1] - 36), BLUE)
        picture.text(f"delta = {_minus(hidden[0, j], 5)}", (point[0], point[1] + 36), ORANGE)
    picture.node(output, f"{outputs[2][0, 0]:.4f}", BLUE, 24, SMALL)
    picture.text(f"z = {zs[1][0, 0]:.4f}", (output[0], output[1] - 36), BLUE)
    picture.text("wanted: 1", (output[0] + 32, output[1]), INK, anchor="start")
    picture.text(f"delta = {_minus(last[0, 0], 4)}", (output[0], output[1] + 36), ORANGE)
    back = f"{_minus(last[0, 0], 4)} · 0.2 = {_minus(last[0, 0] * W2[0][0], 4)}"
    picture.text(back, (419, 155), ORANGE, SMALL, turn=23.9)
    picture.arrow((24, 374), (104, 374), BLUE)
    picture.text("forward: sums and outputs", (112, 374), BLUE, SMALL, "start")
    picture.arrow((460, 374), (380, 374), ORANGE, dash="5 3")
    picture.text("back: deltas, through the same weights", (468, 374), ORANGE, SMALL, "start")
    picture.text("inputs", (64, 294), GREY, SMALL)
    return picture


def _along(start, end, share):
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _between(start, end, gap, aside=0.0):
    """The edge from disc to disc, moved aside so that two can lie next to each other."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / length, dy / length
    shift = (-uy * aside, ux * aside)
    return (
        (start[0] + gap * ux + shift[0], start[1] + gap * uy + shift[1]),
        (end[0] - gap * ux + shift[0], end[1] - gap * uy + shift[1]),
    )


def _minus(value, digits):
    return f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
