"""Wrong answers that students really give, each with the sentence that helps."""

import math
from itertools import pairwise

from autograder import misconception

from .reference import (
    activation_bytes,
    conv_macs,
    conv_output_size,
    conv_params,
    dense_params,
    effective_kernel,
    pool_output_size,
    receptive_field,
    tf_padding,
    transposed_output_size,
)

# ---- conv_output_size -----------------------------------------------------------------------------


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


@misconception(conv_output_size)
def only_the_kernel_is_tested(n, k, s=1, p=0, d=1):
    """You compare k with the padded input; with holes the kernel covers more, d (k - 1) + 1 cells."""
    if s < 1 or n + 2 * p < k:
        raise ValueError("impossible")
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@misconception(conv_output_size)
def stride_not_tested(n, k, s=1, p=0, d=1):
    """A kernel that does not fit is refused, but a stride below 1 is not; a kernel has to move forward."""
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("impossible")
    return room // (s or 1) + 1


@misconception(conv_output_size)
def stride_tested_too_late(n, k, s=1, p=0, d=1):
    """You test after dividing, so a stride of 0 ends in a ZeroDivisionError; test first, raise ValueError."""
    size = (n + 2 * p - d * (k - 1) - 1) // s + 1
    if s < 1 or size < 1:
        raise ValueError("impossible")
    return size


# ---- tf_padding -----------------------------------------------------------------------------------


def _same(n, k, s, d, *, out=None, covered=None):
    """Size and total of zeros in mode "same", with one of the parts replaced."""
    out = -(-n // s) if out is None else out
    covered = d * (k - 1) + 1 if covered is None else covered
    return out, max((out - 1) * s + covered - n, 0)


@misconception(tf_padding)
def extra_zero_on_the_left(n, k, s, d, mode):
    """Where the zeros cannot be shared equally, you put the extra one on the left; it goes to the right."""
    out, left, right = tf_padding(n, k, s, d, mode)
    return out, right, left


@misconception(tf_padding)
def half_the_kernel_on_both_sides(n, k, s, d, mode):
    """You pad with k // 2 on both sides; that is right for an odd kernel with stride 1 and no holes only."""
    out, left, right = tf_padding(n, k, s, d, mode)
    return (out, k // 2, k // 2) if mode == "same" else (out, left, right)


@misconception(tf_padding)
def fewer_than_no_zeros(n, k, s, d, mode):
    """Your zeros can be fewer than none: where the stride is longer than the kernel, none are needed."""
    if mode != "same":
        return tf_padding(n, k, s, d, mode)
    out = -(-n // s)
    total = (out - 1) * s + d * (k - 1) + 1 - n
    return out, total // 2, total - total // 2


@misconception(tf_padding)
def same_means_n(n, k, s, d, mode):
    """You take n for the size whatever the stride; "same" keeps n with stride 1 only, else it is n / s."""
    if mode != "same":
        return tf_padding(n, k, s, d, mode)
    _, left, right = tf_padding(n, k, 1, d, mode)
    return n, left, right


@misconception(tf_padding)
def padding_of_stride_one(n, k, s, d, mode):
    """Your zeros are those for stride 1, d (k - 1) of them; with a stride fewer may be enough."""
    if mode != "same":
        return tf_padding(n, k, s, d, mode)
    return tf_padding(n, k, s, d, mode)[0], *tf_padding(n, k, 1, d, mode)[1:]


@misconception(tf_padding)
def same_rounded_down(n, k, s, d, mode):
    """For "same" you round n / s down; it is rounded up, so that no cell at the end is left out."""
    if mode != "same":
        return tf_padding(n, k, s, d, mode)
    out, total = _same(n, k, s, d, out=n // s)
    return out, total // 2, total - total // 2


@misconception(tf_padding)
def holes_forgotten(n, k, s, d, mode):
    """The dilation plays no part; with holes the kernel covers d (k - 1) + 1 cells and needs more zeros."""
    return tf_padding(n, k, s, 1, mode)


@misconception(tf_padding)
def rate_times_kernel_covered(n, k, s, d, mode):
    """You let the kernel cover d · k cells; k taps have only k - 1 gaps: d (k - 1) + 1."""
    return tf_padding(n, d * k, s, 1, mode)


@misconception(tf_padding)
def last_tap_not_covered(n, k, s, d, mode):
    """Your last position ends one cell early; with its last tap it covers d (k - 1) + 1 cells."""
    if mode != "same":
        return tf_padding(n, k, s, d, mode)
    out, total = _same(n, k, s, d, covered=d * (k - 1))
    return out, total // 2, total - total // 2


@misconception(tf_padding)
def modes_exchanged(n, k, s, d, mode):
    """You have exchanged the modes: "same" is the one with zeros, "valid" the one without."""
    return tf_padding(n, k, s, d, "valid" if mode == "same" else "same")


@misconception(tf_padding)
def all_zeros_on_the_right(n, k, s, d, mode):
    """All your zeros stand on the right; they are shared, and only the odd one goes to the right."""
    out, left, right = tf_padding(n, k, s, d, mode)
    return out, 0, left + right


@misconception(tf_padding)
def all_zeros_on_each_side(n, k, s, d, mode):
    """You put all the zeros on the left, and all of them once more on the right; they are shared."""
    out, left, right = tf_padding(n, k, s, d, mode)
    return out, left + right, left + right


@misconception(tf_padding)
def valid_rounded_up(n, k, s, d, mode):
    """For "valid" you count a last position that sticks out; without zeros there is nothing for it to see."""
    if mode != "valid":
        return tf_padding(n, k, s, d, mode)
    return math.ceil((n - d * (k - 1) - 1) / s) + 1, 0, 0


@misconception(tf_padding)
def valid_without_the_first(n, k, s, d, mode):
    """For "valid" you round (n - k) / s up; n - k are the moves, and there is a position before the first."""
    return (math.ceil((n - d * (k - 1) - 1) / s), 0, 0) if mode == "valid" else tf_padding(n, k, s, d, mode)


@misconception(tf_padding)
def ceiling_that_stays_a_float(n, k, s, d, mode):
    """np.ceil gives a float, 56.0, and so do the zeros computed from it; math.ceil gives an int."""
    return tuple(float(part) for part in tf_padding(n, k, s, d, mode))


@misconception(tf_padding)
def positions_and_zeros_in_fractions(n, k, s, d, mode):
    """You divide with /, so positions and zeros come in fractions; // divides whole numbers."""
    covered = d * (k - 1) + 1
    if mode == "valid":
        return (n - covered) / s + 1, 0, 0
    out = (n + s - 1) / s
    total = max((out - 1) * s + covered - n, 0)
    return out, total / 2, total / 2


@misconception(tf_padding)
def halves_of_a_zero(n, k, s, d, mode):
    """You halve the zeros with /, so an odd number leaves half a zero on either side; halve with //.

    The half that is left over makes one more on the right.
    """
    out, left, right = tf_padding(n, k, s, d, mode)
    return out, (left + right) / 2, (left + right) / 2


# ---- transposed_output_size -----------------------------------------------------------------------


@misconception(transposed_output_size)
def stride_times_input(n, k, s, p=0, op=0, d=1):
    """You multiply the input by the stride, which is right for kernels side by side only."""
    return n * s


@misconception(transposed_output_size)
def size_of_the_way_there(n, k, s, p=0, op=0, d=1):
    """This is the size after an ordinary convolution; a transposed one goes the other way."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@misconception(transposed_output_size)
def padding_added(n, k, s, p=0, op=0, d=1):
    """You add 2p; on the way back the padding is what is cut off."""
    return transposed_output_size(n, k, s, -p, op, d)


@misconception(transposed_output_size)
def cut_at_one_end_only(n, k, s, p=0, op=0, d=1):
    """You cut off p once; it is cut off at both ends, 2p."""
    return transposed_output_size(n, k, s, p, op, d) + p


@misconception(transposed_output_size)
def nothing_cut_off(n, k, s, p=0, op=0, d=1):
    """The padding plays no part in your size; 2p cells are cut off."""
    return transposed_output_size(n, k, s, 0, op, d)


@misconception(transposed_output_size)
def n_strides_for_n_copies(n, k, s, p=0, op=0, d=1):
    """You move by the stride n times; n copies have n - 1 ways between them."""
    return transposed_output_size(n + 1, k, s, p, op, d)


@misconception(transposed_output_size)
def last_tap_missing(n, k, s, p=0, op=0, d=1):
    """One cell is missing: d (k - 1) is the way from first to last tap, the kernel covers one cell more."""
    return transposed_output_size(n, k, s, p, op, d) - 1


@misconception(transposed_output_size)
def output_padding_ignored(n, k, s, p=0, op=0, d=1):
    """The output padding plays no part in your size; op cells are added at the far end."""
    return transposed_output_size(n, k, s, p, 0, d)


@misconception(transposed_output_size)
def output_padding_at_both_ends(n, k, s, p=0, op=0, d=1):
    """You add the output padding twice; unlike p it stands at the far end only."""
    return transposed_output_size(n, k, s, p, 2 * op, d)


@misconception(transposed_output_size)
def copies_without_holes(n, k, s, p=0, op=0, d=1):
    """The dilation plays no part in your size; each copy covers d (k - 1) + 1 cells."""
    return transposed_output_size(n, k, s, p, op)


@misconception(transposed_output_size)
def copies_of_rate_times_kernel(n, k, s, p=0, op=0, d=1):
    """Your copies cover d · k cells; k taps have only k - 1 gaps: d (k - 1) + 1."""
    return transposed_output_size(n, d * k, s, p, op)


@misconception(transposed_output_size)
def copies_without_a_stride(n, k, s, p=0, op=0, d=1):
    """The stride plays no part in your size; here it is the distance of the copies in the output."""
    return transposed_output_size(n, k, 1, p, op, d)


@misconception(transposed_output_size)
def gaps_filled_as_in_keras(n, k, s, p=0, op=0, d=1):
    """You add the gap behind the last copy where the stride is longer than the kernel, as Keras does.

    Here the output ends with the last copy.
    """
    return transposed_output_size(n, k, s, p, op, d) + max(s - d * (k - 1) - 1, 0)


# ---- pool_output_size -----------------------------------------------------------------------------


@misconception(pool_output_size)
def always_rounded_down(n, k, s, p=0, ceil_mode=False):
    """ceil_mode plays no part in your size; with it, a last window that sticks out counts as well."""
    return pool_output_size(n, k, s, p)


@misconception(pool_output_size)
def always_rounded_up(n, k, s, p=0, ceil_mode=False):
    """You round up in either case; without ceil_mode a window that sticks out is dropped."""
    return pool_output_size(n, k, s, p, ceil_mode=True)


@misconception(pool_output_size)
def flag_turned_round(n, k, s, p=0, ceil_mode=False):
    """You round up where ceil_mode is False, and down where it is True."""
    return pool_output_size(n, k, s, p, not ceil_mode)


def _rounded_up(n, k, s, p):
    """The number of windows rounded up, with nothing dropped."""
    return math.ceil((n + 2 * p - k) / s) + 1


def _dropped_from(limit, n, k, s, p, ceil_mode):
    """The number of windows, rounded up where asked, without a last one that starts at `limit` or later."""
    if not ceil_mode:
        return pool_output_size(n, k, s, p)
    size = _rounded_up(n, k, s, p)
    return size - ((size - 1) * s >= limit)


@misconception(pool_output_size)
def nothing_dropped(n, k, s, p=0, ceil_mode=False):
    """Rounding up, you count a window that starts in the padding on the right or beyond; it is dropped."""
    return _dropped_from(math.inf, n, k, s, p, ceil_mode)


@misconception(pool_output_size)
def dropped_only_beyond_the_border(n, k, s, p=0, ceil_mode=False):
    """You drop a last window only beyond n + 2p; one that starts in the right padding is dropped as well."""
    return _dropped_from(n + 2 * p, n, k, s, p, ceil_mode)


@misconception(pool_output_size)
def left_border_forgotten(n, k, s, p=0, ceil_mode=False):
    """You drop a last window that starts at n or later; the input begins at p, and so it ends at n + p."""
    return _dropped_from(n, n, k, s, p, ceil_mode)


@misconception(pool_output_size)
def dropped_on_the_border_only_after_it(n, k, s, p=0, ceil_mode=False):
    """A last window that starts exactly at n + p stays in yours; the last cell of the input is n + p - 1."""
    return _dropped_from(n + p + 1, n, k, s, p, ceil_mode)


@misconception(pool_output_size)
def border_at_one_end(n, k, s, p=0, ceil_mode=False):
    """You add p once; the padding stands at both ends, 2p."""
    if not ceil_mode:
        return (n + p - k) // s + 1
    size = math.ceil((n + p - k) / s) + 1
    return size - ((size - 1) * s >= n + p)


@misconception(pool_output_size)
def border_ignored(n, k, s, p=0, ceil_mode=False):
    """The padding plays no part in your size; it makes the input 2p longer."""
    return pool_output_size(n, k, s, 0, ceil_mode)


@misconception(pool_output_size)
def window_taken_for_stride(n, k, s, p=0, ceil_mode=False):
    """You move by the window; it moves by the stride, and windows may overlap."""
    return pool_output_size(n, k, k, p, ceil_mode)


@misconception(pool_output_size)
def input_over_stride(n, k, s, p=0, ceil_mode=False):
    """You divide the input by the stride, which is right where windows lie side by side only."""
    return -(-n // s) if ceil_mode else n // s


@misconception(pool_output_size)
def first_window_forgotten(n, k, s, p=0, ceil_mode=False):
    """The + 1 is missing: the fraction counts the moves, and before the first move there is a window."""
    return pool_output_size(n, k, s, p, ceil_mode) - 1


@misconception(pool_output_size)
def windows_as_a_float(n, k, s, p=0, ceil_mode=False):
    """np.floor and np.ceil give floats, 6.0; a number of windows is a whole number: use // or int."""
    return float(pool_output_size(n, k, s, p, ceil_mode))


@misconception(pool_output_size)
def fractions_of_a_window(n, k, s, p=0, ceil_mode=False):
    """You divide with /, so the number of windows has a fraction; // rounds down to whole windows."""
    if not ceil_mode:
        return (n + 2 * p - k) / s + 1
    size = (n + 2 * p - k + s - 1) / s + 1
    return size - ((size - 1) * s >= n + p)


# ---- conv_params ----------------------------------------------------------------------------------


def _in_groups(c_in, c_out, groups):
    """What everybody refuses who refuses at all: this is not what goes wrong here."""
    if c_in % groups or c_out % groups:
        raise ValueError("groups")
    return c_in // groups


@misconception(conv_params)
def biases_forgotten(kh, kw, c_in, c_out, bias=True, groups=1):
    """The biases are missing: every output channel has one."""
    return conv_params(kh, kw, c_in, c_out, False, groups)


@misconception(conv_params)
def biases_always_there(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count the biases even where bias is False."""
    return conv_params(kh, kw, c_in, c_out, True, groups)


@misconception(conv_params)
def one_bias_for_the_layer(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count one bias for the whole layer; every output channel has its own."""
    return conv_params(kh, kw, c_in, c_out, False, groups) + bool(bias)


@misconception(conv_params)
def a_bias_for_each_input_channel(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count one bias for each input channel; they belong to the output channels."""
    return conv_params(kh, kw, c_in, c_out, False, groups) + bool(bias) * c_in


@misconception(conv_params)
def a_bias_for_each_kernel(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count a bias for every pair of channels; all that comes into an output channel shares one."""
    return (kh * kw + bool(bias)) * _in_groups(c_in, c_out, groups) * c_out


@misconception(conv_params)
def channels_not_divided(kh, kw, c_in, c_out, bias=True, groups=1):
    """The groups play no part in your count; an output channel sees the inputs of its own group only."""
    _in_groups(c_in, c_out, groups)
    return conv_params(kh, kw, c_in, c_out, bias)


@misconception(conv_params)
def a_single_group_counted(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count one group only: inputs and outputs are divided, and the groups not added up again."""
    return conv_params(kh, kw, _in_groups(c_in, c_out, groups), c_out // groups, bias)


@misconception(conv_params)
def biases_divided_as_well(kh, kw, c_in, c_out, bias=True, groups=1):
    """You divide weights and biases by the groups; there are still c_out channels, each with its bias."""
    _in_groups(c_in, c_out, groups)
    return conv_params(kh, kw, c_in, c_out, bias) // groups


@misconception(conv_params)
def height_taken_twice(kh, kw, c_in, c_out, bias=True, groups=1):
    """You take the height of the kernel twice; it need not be square."""
    return conv_params(kh, kh, c_in, c_out, bias, groups)


@misconception(conv_params)
def one_side_of_the_kernel(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count the kernel as a row of weights; it has kh · kw of them."""
    return conv_params(kh, 1, c_in, c_out, bias, groups)


@misconception(conv_params)
def input_channels_forgotten(kh, kw, c_in, c_out, bias=True, groups=1):
    """You count one kernel for each output channel; it has one for each input channel that it sees."""
    _in_groups(c_in, c_out, groups)
    return conv_params(kh, kw, 1, c_out, bias)


@misconception(conv_params)
def odd_groups_accepted(kh, kw, c_in, c_out, bias=True, groups=1):
    """You round down where the groups do not divide the channels, and some channels are lost.

    Refuse it with a ValueError: a remainder of % says when.
    """
    return (kh * kw * (c_in // groups) + bool(bias)) * c_out


@misconception(conv_params)
def only_inputs_tested(kh, kw, c_in, c_out, bias=True, groups=1):
    """You test whether the groups divide the input channels; they have to divide the output channels too."""
    if c_in % groups:
        raise ValueError("groups")
    return (kh * kw * (c_in // groups) + bool(bias)) * c_out


@misconception(conv_params)
def only_outputs_tested(kh, kw, c_in, c_out, bias=True, groups=1):
    """You test whether the groups divide the output channels; they have to divide the input channels too."""
    if c_out % groups:
        raise ValueError("groups")
    return (kh * kw * (c_in // groups) + bool(bias)) * c_out


@misconception(conv_params)
def refused_only_if_neither_divides(kh, kw, c_in, c_out, bias=True, groups=1):
    """You refuse only where both leave a remainder; one that does is enough: or, not and."""
    if c_in % groups and c_out % groups:
        raise ValueError("groups")
    return (kh * kw * (c_in // groups) + bool(bias)) * c_out


@misconception(conv_params)
def weights_as_a_float(kh, kw, c_in, c_out, bias=True, groups=1):
    """c_in / groups is a float, and so is your count; // divides whole numbers."""
    return float(conv_params(kh, kw, c_in, c_out, bias, groups))


# ---- conv_macs ------------------------------------------------------------------------------------


@misconception(conv_macs)
def weights_counted_only(kh, kw, c_in, c_out, oh, ow, groups=1):
    """This is the number of weights; each of them is used at every position of the output."""
    return conv_macs(kh, kw, c_in, c_out, 1, 1, groups)


@misconception(conv_macs)
def additions_counted_too(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You count multiplications and additions (FLOPs), which is twice as many."""
    return 2 * conv_macs(kh, kw, c_in, c_out, oh, ow, groups)


@misconception(conv_macs)
def biases_counted_too(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You count the biases too; they are added, and nothing is multiplied."""
    return conv_params(kh, kw, c_in, c_out, groups=groups) * oh * ow


@misconception(conv_macs)
def positions_of_the_input(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You multiply by the size of the input; the kernel is used once for each position of the output."""
    return conv_macs(kh, kw, c_in, c_out, oh + kh - 1, ow + kw - 1, groups)


@misconception(conv_macs)
def a_square_output(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You take the height of the output twice; it need not be square."""
    return conv_macs(kh, kw, c_in, c_out, oh, oh, groups)


@misconception(conv_macs)
def a_square_kernel(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You take the height of the kernel twice; it need not be square."""
    return conv_macs(kh, kh, c_in, c_out, oh, ow, groups)


@misconception(conv_macs)
def a_single_output_channel(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You count one output channel only; all c_out of them do the same work."""
    return kh * kw * (c_in // groups) * oh * ow


@misconception(conv_macs)
def a_single_input_channel(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You count one input channel only; an output channel has a kernel for each that it sees."""
    return kh * kw * c_out * oh * ow


@misconception(conv_macs)
def work_not_divided(kh, kw, c_in, c_out, oh, ow, groups=1):
    """The groups play no part in your count; an output channel sees the inputs of its own group only."""
    return conv_macs(kh, kw, c_in, c_out, oh, ow)


@misconception(conv_macs)
def work_of_a_single_group(kh, kw, c_in, c_out, oh, ow, groups=1):
    """You count one group only: inputs and outputs are divided, and the groups not added up again."""
    return conv_macs(kh, kw, c_in, c_out, oh, ow, groups) // groups


@misconception(conv_macs)
def work_in_32_bits(kh, kw, c_in, c_out, oh, ow, groups=1):
    """Large counts come out small or negative: a NumPy int of 32 bits holds about two billion."""
    count = conv_macs(kh, kw, c_in, c_out, oh, ow, groups)
    return (count + 2**31) % 2**32 - 2**31


@misconception(conv_macs)
def work_as_a_float(kh, kw, c_in, c_out, oh, ow, groups=1):
    """c_in / groups is a float, and so is your count; // divides whole numbers."""
    return float(conv_macs(kh, kw, c_in, c_out, oh, ow, groups))


# ---- activation_bytes -----------------------------------------------------------------------------


@misconception(activation_bytes)
def bits_for_bytes(shape, bits=32):
    """This is the number of bits; eight bits are a byte."""
    return 8 * activation_bytes(shape, bits)


@misconception(activation_bytes)
def numbers_for_bytes(shape, bits=32):
    """This is how many numbers there are; each of them fills bits / 8 bytes."""
    return activation_bytes(shape, 8)


@misconception(activation_bytes)
def mebibytes_for_bytes(shape, bits=32):
    """You return MiB, which is 2^20 bytes; here bytes are asked for."""
    return activation_bytes(shape, bits) / 2**20


@misconception(activation_bytes)
def megabytes_for_bytes(shape, bits=32):
    """You return MB, which is a million bytes; here bytes are asked for."""
    return activation_bytes(shape, bits) / 1e6


@misconception(activation_bytes)
def batch_left_out(shape, bits=32):
    """You count the last three axes only; every axis counts, the batch too."""
    return activation_bytes(shape[-3:], bits)


@misconception(activation_bytes)
def first_axis_left_out(shape, bits=32):
    """You leave the first axis out, as if it were always the batch; every axis counts, the batch too."""
    return activation_bytes(shape[1:], bits)


@misconception(activation_bytes)
def always_four_bytes(shape, bits=32):
    """You count four bytes for each number whatever bits says."""
    return activation_bytes(shape)


@misconception(activation_bytes)
def axes_added_up(shape, bits=32):
    """You add the sizes of the axes; an array holds their product."""
    return sum(shape) * bits // 8


@misconception(activation_bytes)
def counted_in_32_bits(shape, bits=32):
    """Large counts come out small or negative: a NumPy int of 32 bits holds about two billion."""
    return (activation_bytes(shape, bits) + 2**31) % 2**32 - 2**31


@misconception(activation_bytes)
def bytes_as_a_float(shape, bits=32):
    """Your count is a float: bits / 8 has a fraction even where it is zero; // divides whole numbers."""
    return float(activation_bytes(shape, bits))


# ---- dense_params ---------------------------------------------------------------------------------


@misconception(dense_params)
def units_without_biases(sizes, bias=True):
    """The biases are missing: every unit has one."""
    return dense_params(sizes, bias=False)


@misconception(dense_params)
def units_always_with_biases(sizes, bias=True):
    """You count the biases even where bias is False."""
    return dense_params(sizes)


@misconception(dense_params)
def biases_on_the_inputs(sizes, bias=True):
    """You count a bias for everything that goes into a layer; they belong to the units of the layer."""
    return sum(a * b + bool(bias) * a for a, b in pairwise(sizes))


@misconception(dense_params)
def inputs_taken_for_a_layer(sizes, bias=True):
    """You count biases for the inputs as well; the inputs are no layer."""
    return dense_params(sizes, bias) + bool(bias) * sizes[0]


@misconception(dense_params)
def one_bias_for_each_layer(sizes, bias=True):
    """You count one bias for each layer; every unit of it has its own."""
    return dense_params(sizes, bias=False) + bool(bias) * (len(sizes) - 1)


@misconception(dense_params)
def last_layer_forgotten(sizes, bias=True):
    """Your count stops one layer early: the outputs have weights as well."""
    return dense_params(sizes[:-1], bias)


@misconception(dense_params)
def first_layer_forgotten(sizes, bias=True):
    """Your count begins one layer late: the weights from the inputs to the first layer are missing."""
    return dense_params(sizes[1:], bias)


@misconception(dense_params)
def units_added_up(sizes, bias=True):
    """You add up units; every unit has a weight for each number that comes in."""
    return sum(sizes[1:]) * (1 + bool(bias))


@misconception(dense_params)
def widths_used_up(sizes, bias=True):
    """The count is right, but the list that you were given is empty now: pop takes from the caller's list."""
    count = dense_params(sizes, bias)
    while sizes:
        sizes.pop()
    return count


# ---- effective_kernel -----------------------------------------------------------------------------


@misconception(effective_kernel)
def rate_times_taps(k, rate):
    """This is rate · k; k taps have only k - 1 gaps between them, and behind the last there is none."""
    return rate * k


@misconception(effective_kernel)
def rate_from_zero(k, rate):
    """You count the rate from 0, as lecture 004 does; here 1 is the ordinary kernel without holes."""
    return effective_kernel(k, rate + 1)


@misconception(effective_kernel)
def holes_ignored(k, rate):
    """This is the number of taps; the cells between them count as well."""
    return k


@misconception(effective_kernel)
def holes_only(k, rate):
    """This is the number of cells between the taps; the taps are covered as well."""
    return (k - 1) * (rate - 1)


@misconception(effective_kernel)
def way_to_the_last_tap(k, rate):
    """This is the way from the first tap to the last; the kernel covers one cell more."""
    return rate * (k - 1)


@misconception(effective_kernel)
def a_single_gap(k, rate):
    """You count the holes of one gap; there are k - 1 gaps."""
    return k + rate - 1


# ---- receptive_field ------------------------------------------------------------------------------


def _grown(layers, grow):
    """The field and the jump, where `grow(rf, jump, k, s, d)` gives the next two."""
    rf, jump = 1, 1
    for k, s, d in layers:
        rf, jump = grow(rf, jump, k, s, d)
    return rf, jump


@misconception(receptive_field)
def own_stride_first(layers):
    """You multiply by a layer's stride before its kernel grows the field; it matters for later layers only.

    Its own taps stand on the outputs of the layer before.
    """
    return _grown(layers, lambda rf, jump, k, s, d: (rf + (k - 1) * d * jump * s, jump * s))


@misconception(receptive_field)
def kernels_added_up(layers):
    """You add up the kernels; they overlap, and each adds only k - 1 gaps."""
    return _grown(layers, lambda rf, jump, k, s, d: (rf * (jump > 1 or rf > 1) + k * d * jump, jump * s))


@misconception(receptive_field)
def strides_ignored(layers):
    """The strides do not make your field grow; behind a stride of 2, taps stand twice as far apart."""
    return _grown(layers, lambda rf, jump, k, s, d: (rf + (k - 1) * d, jump * s))


@misconception(receptive_field)
def only_the_stride_before(layers):
    """You multiply by the stride of the layer before only; those of all earlier layers work together."""
    before = [1] + [s for _, s, _ in layers]
    field = 1 + sum((k - 1) * d * s for (k, _, d), s in zip(layers, before, strict=False))
    return field, math.prod(before)


@misconception(receptive_field)
def dilations_ignored(layers):
    """The dilations play no part in your field; a gap between two taps is d jumps wide."""
    return receptive_field([(k, s, 1) for k, s, _ in layers])


@misconception(receptive_field)
def dilations_from_zero(layers):
    """You count dilation from 0, as lecture 004 does; here 1 is the ordinary kernel without holes."""
    return receptive_field([(k, s, d + 1) for k, s, d in layers])


@misconception(receptive_field)
def a_gap_for_each_tap(layers):
    """You take d · k - 1 gaps for a kernel with holes; k taps have k - 1 gaps, each d wide."""
    return receptive_field([(d * k, s, 1) for k, s, d in layers])


@misconception(receptive_field)
def dilations_carried_on(layers):
    """You let a dilation move the outputs apart as well; only strides do that."""
    return _grown(layers, lambda rf, jump, k, s, d: (rf + (k - 1) * d * jump, jump * s * d))


@misconception(receptive_field)
def field_from_zero(layers):
    """Your field starts at 0; an output that no layer lies before sees one cell, itself."""
    rf, jump = receptive_field(layers)
    return rf - 1, jump


@misconception(receptive_field)
def fields_multiplied(layers):
    """You multiply the kernels; fields of neighbouring taps overlap, and each layer adds to the field."""
    return math.prod(d * (k - 1) + 1 for k, _, d in layers), math.prod(s for _, s, _ in layers)


@misconception(receptive_field)
def strides_added_up(layers):
    """You add the strides to the jump; each multiplies it."""
    return _grown(layers, lambda rf, jump, k, s, d: (rf + (k - 1) * d * jump, jump + s - 1))


@misconception(receptive_field)
def layers_from_the_end(layers):
    """You go through the layers from the last to the first; the list begins at the input."""
    return receptive_field(layers[::-1])


@misconception(receptive_field)
def jump_before_the_last_layer(layers):
    """Your jump is that of the outputs on which the last layer stands; its own stride counts as well."""
    return receptive_field(layers)[0], math.prod(s for _, s, _ in layers[:-1])


@misconception(receptive_field)
def jump_in_front(layers):
    """The two numbers have changed places: first the field, then the jump."""
    return receptive_field(layers)[::-1]


@misconception(receptive_field)
def layers_used_up(layers):
    """The field is right, but the list that you were given is empty now: pop takes from the caller's list."""
    found = receptive_field(layers)
    while layers:
        layers.pop()
    return found
