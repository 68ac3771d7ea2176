"""The picture of the handout: one kernel, turned and not turned, over the same signal."""

from autograder.drawing import BLUE, GREY, INK, ORANGE, PALE, PAPER, SMALL, Picture

from .reference import conv1d, correlate1d

SIGNAL, KERNEL = [0, 1, 2, 3, 4], [1, -1, 2]
SIDE = 34


def turned_and_not_turned():
    """One kernel over one signal, turned for a convolution and not for a correlation.

    The kernel is 1 −1 2, the signal 0 1 2 3 4, with two zeros thought in front of it. For the
    convolution, on the left, the kernel is turned to 2 −1 1. At its first position only its last number
    touches the signal and the sum is 0; at the second it is 1, and at the third, where the kernel lies
    wholly inside, 1. For the correlation, on the right, the kernel stays 1 −1 2, and the sums are 0, 2
    and 3.
    """
    picture = Picture(712, 264)
    _slide(
        picture, 22, "convolution: the kernel is turned", KERNEL[::-1], conv1d(SIGNAL, KERNEL, "full"), BLUE
    )
    _slide(picture, 376, "correlation: the kernel stays", KERNEL, correlate1d(SIGNAL, KERNEL, "full"), ORANGE)
    return picture


def _slide(picture, left, says, kernel, sums, colour):
    picture.text(says, (left, 20), colour, anchor="start", bold=True)
    before = len(kernel) - 1
    row = [*("0" * before), *(str(number) for number in SIGNAL)]
    for j, words in enumerate(row):
        fill = PALE[GREY] if j < before else PAPER
        picture.cells((left + j * SIDE, 42), [[words]], SIDE, [[fill]])
    for position in range(3):
        top = 96 + 50 * position
        words = [_sign(number) for number in kernel]
        picture.cells((left + position * SIDE, top), [words], SIDE, [[PALE[colour]] * len(kernel)], colour)
        inside = position >= before
        terms = " + ".join(
            f"{row[position + tap]}·{_sign(kernel[tap]) if kernel[tap] >= 0 else f'({_sign(kernel[tap])})'}"
            for tap in range(len(kernel))
            if position + tap >= before
        )
        right = left + (position + len(kernel)) * SIDE + 10
        picture.text(f"{terms} = {_sign(int(sums[position]))}", (right, top + SIDE / 2), INK, anchor="start")
        if inside:
            picture.text("the first valid position", (left + position * SIDE, top + 46), GREY, SMALL, "start")


def _sign(number):
    return str(number).replace("-", "\N{MINUS SIGN}")
