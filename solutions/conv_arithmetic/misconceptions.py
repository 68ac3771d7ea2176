"""Wrong answers that students really give, each with the sentence that helps."""

import math

from autograder import misconception

from .reference import conv_output_size


def _refused(room, s):
    """What everybody refuses who refuses at all: this is not what goes wrong here."""
    if s < 1 or room < 0:
        raise ValueError("impossible")


@misconception(conv_output_size)
def forgets_the_first_position(n, k, s=1, p=0, d=1):
    """The + 1 is missing: the fraction counts the moves, and before the first move there is a position."""
    return conv_output_size(n, k, s, p, d) - 1


@misconception(conv_output_size)
def one_inside_the_fraction(n, k, s=1, p=0, d=1):
    """Your + 1 is divided by the stride too; it is added after the division."""
    room = n + 2 * p - d * (k - 1) - 1
    _refused(room, s)
    return (room + 1) // s


@misconception(conv_output_size)
def rounds_up(n, k, s=1, p=0, d=1):
    """You round up, which counts a position where the kernel sticks out; it is dropped: round down."""
    room = n + 2 * p - d * (k - 1) - 1
    _refused(room, s)
    return math.ceil(room / s) + 1


@misconception(conv_output_size)
def rounds_to_the_nearest(n, k, s=1, p=0, d=1):
    """You round to the nearest number; a position that does not fit completely is dropped: round down."""
    room = n + 2 * p - d * (k - 1) - 1
    _refused(room, s)
    return math.floor(room / s + 0.5) + 1


@misconception(conv_output_size)
def keeps_the_fraction(n, k, s=1, p=0, d=1):
    """Your size has a fraction or is a float; a size is a whole number: divide with //."""
    room = n + 2 * p - d * (k - 1) - 1
    _refused(room, s)
    return room / s + 1


@misconception(conv_output_size)
def floor_that_stays_a_float(n, k, s=1, p=0, d=1):
    """np.floor gives a float, 55.0, and no array can be made of that size; // or int gives 55."""
    return float(conv_output_size(n, k, s, p, d))


@misconception(conv_output_size)
def floor_of_each_part(n, k, s=1, p=0, d=1):
    """You divide n, 2p and the kernel by the stride one by one; subtract first and round once."""
    room = n + 2 * p - d * (k - 1) - 1
    _refused(room, s)
    return n // s + 2 * p // s - (d * (k - 1) + 1) // s + 1


@misconception(conv_output_size)
def padding_at_one_end(n, k, s=1, p=0, d=1):
    """You add p once; the padding stands at both ends, 2p."""
    room = n + p - d * (k - 1) - 1
    _refused(room, s)
    return room // s + 1


@misconception(conv_output_size)
def padding_ignored(n, k, s=1, p=0, d=1):
    """The padding plays no part in your size; it makes the input 2p longer."""
    return conv_output_size(n, k, s, 0, d)


@misconception(conv_output_size)
def stride_ignored(n, k, s=1, p=0, d=1):
    """The stride plays no part in your size; only every s-th position is taken."""
    _refused(0, s)
    return conv_output_size(n, k, 1, p, d)


@misconception(conv_output_size)
def dilation_ignored(n, k, s=1, p=0, d=1):
    """The dilation plays no part in your size; with holes the kernel covers d (k - 1) + 1 cells."""
    return conv_output_size(n, k, s, p)


@misconception(conv_output_size)
def dilation_from_zero(n, k, s=1, p=0, d=1):
    """You count dilation from 0, as lecture 004 does; here 1 is the ordinary kernel without holes."""
    return conv_output_size(n, k, s, p, d + 1)


@misconception(conv_output_size)
def dilation_times_kernel(n, k, s=1, p=0, d=1):
    """You take d · k cells for the kernel; k taps have only k - 1 gaps: d (k - 1) + 1."""
    return conv_output_size(n, d * k, s, p)


@misconception(conv_output_size)
def dilation_without_the_last_tap(n, k, s=1, p=0, d=1):
    """You take d (k - 1) cells for the kernel, the way from first to last tap; it covers one cell more."""
    room = n + 2 * p - d * (k - 1)
    _refused(room, s)
    return room // s + 1


@misconception(conv_output_size)
def size_of_same_padding(n, k, s=1, p=0, d=1):
    """This is n / s, the size with "same" padding; here the padding is given by p."""
    _refused(n + 2 * p - d * (k - 1) - 1, s)
    return -(-n // s)


@misconception(conv_output_size)
def transposed_convolution(n, k, s=1, p=0, d=1):
    """This is the size after a transposed convolution, which goes the other way."""
    _refused(n + 2 * p - d * (k - 1) - 1, s)
    return (n - 1) * s - 2 * p + d * (k - 1) + 1


@misconception(conv_output_size)
def rounds_towards_zero(n, k, s=1, p=0, d=1):
    """int(-0.5) is 0, so a kernel that is a little too large still gets one position in your formula.

    Test whether it fits before you divide; // rounds down below zero as well.
    """
    if s < 1:
        raise ValueError("stride")
    size = int((n + 2 * p - d * (k - 1) - 1) / s) + 1
    if size < 1:
        raise ValueError("size")
    return size


@misconception(conv_output_size)
def nothing_is_refused(n, k, s=1, p=0, d=1):
    """Your formula goes on computing where no size exists, and gives zero or less.

    Refuse it with a ValueError, so that the mistake is noticed here and not three layers later.
    """
    return (n + 2 * p - d * (k - 1) - 1) // (s or 1) + 1  # dividing by zero speaks for itself


@misconception(conv_output_size)
def zero_where_nothing_fits(n, k, s=1, p=0, d=1):
    """You answer 0 where the kernel does not fit; raise a ValueError, so that the mistake is noticed here."""
    room = n + 2 * p - d * (k - 1) - 1
    return 0 if s < 1 or room < 0 else room // s + 1


@misconception(conv_output_size)
def none_where_nothing_fits(n, k, s=1, p=0, d=1):
    """You return None, or only print, where the size is impossible; the word is raise ValueError(…)."""
    room = n + 2 * p - d * (k - 1) - 1
    return None if s < 1 or room < 0 else room // s + 1
