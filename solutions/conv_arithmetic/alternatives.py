"""Right answers by another road: each must get full marks."""

import math
from fractions import Fraction

import numpy as np

from autograder import alternative

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


@alternative(conv_output_size)
def counting_the_starts(n, k, s=1, p=0, d=1):
    """Every start at which the last tap still lies in the padded input is counted."""
    if s < 1:
        raise ValueError("stride")
    count, start = 0, 0
    while start + d * (k - 1) < n + 2 * p:
        count, start = count + 1, start + s
    if count == 0:
        raise ValueError("the kernel is too large")
    return count


@alternative(conv_output_size)
def length_of_a_range(n, k, s=1, p=0, d=1):
    """The starts are a range, and Python knows its length; a range refuses a step of zero by itself."""
    starts = range(0, n + 2 * p - d * (k - 1), s)
    if s < 0 or not starts:
        raise ValueError("nothing fits")
    return len(starts)


@alternative(conv_output_size)
def formula_of_torch(n, k, s=1, p=0, d=1):
    """The formula as torch prints it, with math.floor, and the result tested; floor is safe below zero."""
    if s <= 0:
        raise ValueError("stride")
    size = math.floor((n + 2 * p - d * (k - 1) - 1) / s + 1)
    if size < 1:
        raise ValueError("size")
    return size


@alternative(conv_output_size)
def numpy_integers(n, k, s=1, p=0, d=1):
    """Whole numbers of NumPy are whole numbers."""
    n, k, s, p, d = np.array([n, k, s, p, d], dtype=np.int64)
    if s < 1 or n + 2 * p < d * (k - 1) + 1:
        raise ValueError("impossible")
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@alternative(conv_output_size)
def rounding_up_first(n, k, s=1, p=0, d=1):
    """Positions with stride 1 first, then every s-th of them, rounded up: the first one is always taken."""
    if s < 1:
        raise ValueError("stride")
    dense = n + 2 * p - (k + (k - 1) * (d - 1)) + 1
    if dense < 1:
        raise ValueError("size")
    return -(-dense // s)


# ---- tf_padding -----------------------------------------------------------------------------------


@alternative(tf_padding)
def ceilings_of_tensorflow(n, k, s, d, mode):
    """Both modes as TensorFlow writes them, with math.ceil; a list comes back."""
    covered = effective_kernel(k, d)
    if mode == "valid":
        return [math.ceil((n - covered + 1) / s), 0, 0]
    out = math.ceil(n / s)
    total = max((out - 1) * s + covered - n, 0)
    return [out, total // 2, -(-total // 2)]


@alternative(tf_padding)
def remainder_of_the_stride(n, k, s, d, mode):
    """The total by the remainder of n / s, as older code has it."""
    covered = k + (k - 1) * (d - 1)
    if mode.lower() != "same":
        return (n - covered) // s + 1, 0, 0
    total = max(covered - (n % s or s), 0)
    return (n + s - 1) // s, total // 2, (total + 1) // 2


@alternative(tf_padding)
def zeros_one_by_one(n, k, s, d, mode):
    """Zeros are added one by one, right first, until as many positions fit as there should be."""
    if mode == "valid":
        return len(range(0, n - d * (k - 1), s)), 0, 0
    out, left, right = len(range(0, n, s)), 0, 0
    while len(range(0, n + left + right - d * (k - 1), s)) < out:
        left, right = (left + 1, right) if right > left else (left, right + 1)
    return np.int64(out), np.int64(left), np.int64(right)


# ---- transposed_output_size -----------------------------------------------------------------------


@alternative(transposed_output_size)
def formula_in_the_manual_of_torch(n, k, s, p=0, op=0, d=1):
    """The terms in the order in which torch prints them."""
    return (n - 1) * s - 2 * p + d * (k - 1) + op + 1


@alternative(transposed_output_size)
def cells_that_are_touched(n, k, s, p=0, op=0, d=1):
    """The last cell that the copies touch is found by looking at all of them."""
    return max(i * s + a * d for i in range(n) for a in range(k)) + 1 - p - p + op


@alternative(transposed_output_size)
def zeros_put_between(n, k, s, p=0, op=0, d=1):
    """An ordinary convolution of the input with s - 1 zeros between its numbers and a wide border."""
    covered = effective_kernel(k, d)
    return conv_output_size(n + (n - 1) * (s - 1) + 2 * (covered - 1) - 2 * p + op, covered)


# ---- pool_output_size -----------------------------------------------------------------------------


@alternative(pool_output_size)
def formula_of_the_source_of_torch(n, k, s, p=0, ceil_mode=False):
    """Rounded up by adding s - 1 first, and dropped in the same expression, as torch computes it."""
    size = (n + 2 * p - k + (s - 1) * ceil_mode) // s + 1
    return size - (ceil_mode and (size - 1) * s >= n + p)


@alternative(pool_output_size)
def counting_the_windows(n, k, s, p=0, ceil_mode=False):
    """Every start is tried: the window must end in time, or, after the full ones, only start in time."""
    count, start = 0, 0
    while start + k <= n + 2 * p:
        count, start = count + 1, start + s
    more = ceil_mode and start - s + k < n + 2 * p and start < n + p
    return count + 1 if more else count


@alternative(pool_output_size)
def exact_fractions(n, k, s, p=0, ceil_mode=False):
    """With fractions, rounded by math.floor or math.ceil; rounding up stops at the starts there are."""
    moves = Fraction(n + 2 * p - k, s)
    if not ceil_mode:
        return math.floor(moves) + 1
    return min(math.ceil(moves) + 1, math.ceil(Fraction(n + p, s)))


# ---- conv_params ----------------------------------------------------------------------------------


@alternative(conv_params)
def group_by_group(kh, kw, c_in, c_out, bias=True, groups=1):
    """The groups are layers of their own, and are added up."""
    (a, rest_in), (b, rest_out) = divmod(c_in, groups), divmod(c_out, groups)
    if rest_in or rest_out:
        raise ValueError("groups")
    return sum(kh * kw * a * b + (b if bias else 0) for _ in range(groups))


@alternative(conv_params)
def sizes_of_the_arrays(kh, kw, c_in, c_out, bias=True, groups=1):
    """The arrays themselves are made, and NumPy counts."""
    if c_in % groups != 0:
        raise ValueError("inputs")
    if c_out % groups != 0:
        raise ValueError("outputs")
    count = np.zeros((c_out, c_in // groups, kh, kw)).size
    if bias:
        count += np.zeros(c_out).size
    return count


@alternative(conv_params)
def every_kernel_then_fewer(kh, kw, c_in, c_out, bias=True, groups=1):
    """All the kernels that there would be without groups, divided by the groups, exactly."""
    if any(c % groups for c in (c_in, c_out)):
        raise ValueError("groups")
    return int(kh * kw * c_in * c_out / groups) + int(bias) * c_out


# ---- conv_macs ------------------------------------------------------------------------------------


@alternative(conv_macs)
def product_of_everything(kh, kw, c_in, c_out, oh, ow, groups=1):
    """One product, and one division that comes out even."""
    return math.prod([kh, kw, c_in, c_out, oh, ow]) // groups


@alternative(conv_macs)
def output_by_output(kh, kw, c_in, c_out, oh, ow, groups=1):
    """The work of one output, times the number of outputs, in NumPy's whole numbers."""
    outputs = np.prod([c_out, oh, ow], dtype=np.int64)
    return outputs * kh * kw * (c_in // groups)


@alternative(conv_macs)
def weights_without_biases(kh, kw, c_in, c_out, oh, ow, groups=1):
    """The parameters minus the biases, times the positions."""
    return (conv_params(kh, kw, c_in, c_out, groups=groups) - c_out) * (oh * ow)


# ---- activation_bytes -----------------------------------------------------------------------------


@alternative(activation_bytes)
def axis_by_axis(shape, bits=32):
    """A loop over the axes, beginning with the bytes of one number."""
    count = bits // 8
    for size in shape:
        count *= size
    return count


@alternative(activation_bytes)
def counted_by_numpy(shape, bits=32):
    """By np.prod in whole numbers of 64 bits."""
    return int(np.prod(np.asarray(shape), dtype=np.int64)) * bits // 8


@alternative(activation_bytes)
def division_at_the_end(shape, bits=32):
    """Bits first, divided with a fraction and turned back into a whole number."""
    return int(math.prod(shape) * bits / 8)


# ---- dense_params ---------------------------------------------------------------------------------


@alternative(dense_params)
def with_an_index(sizes, bias=True):
    """A loop over the layers with an index."""
    total = 0
    for l in range(len(sizes) - 1):
        total += sizes[l] * sizes[l + 1]
        if bias:
            total += sizes[l + 1]
    return total


@alternative(dense_params)
def weights_and_biases_apart(sizes, bias=True):
    """The weights by a scalar product, the biases as the sum of all units."""
    a = np.array(sizes)
    return int(a[:-1] @ a[1:]) + int(bias) * int(np.sum(a[1:]))


@alternative(dense_params)
def convolutions_of_one_pixel(sizes, bias=True):
    """A dense layer is a convolution with a kernel of 1 × 1."""
    return sum(conv_params(1, 1, *sizes[l : l + 2], bias) for l in range(len(sizes) - 1))


# ---- effective_kernel -----------------------------------------------------------------------------


@alternative(effective_kernel)
def from_first_tap_to_last(k, rate):
    """The place of the last tap, and one more."""
    return rate * (k - 1) + 1


@alternative(effective_kernel)
def taps_and_holes(k, rate):
    """The kernel is written out with its holes, and measured."""
    cells = [1] + ([0] * (rate - 1) + [1]) * (k - 1)
    return len(cells)


# ---- receptive_field ------------------------------------------------------------------------------


@alternative(receptive_field)
def from_the_output_backwards(layers):
    """From one output back to the input: rf cells of a layer are seen through (rf - 1) s + d (k - 1) + 1."""
    rf, jump = 1, 1
    for k, s, d in reversed(layers):
        rf = (rf - 1) * s + effective_kernel(k, d)
        jump *= s
    return rf, jump


@alternative(receptive_field)
def sum_over_the_layers(layers):
    """All terms at once, each with the product of the strides before it; a list comes back."""
    strides = [s for _, s, _ in layers]
    terms = [(k - 1) * d * math.prod(strides[:i]) for i, (k, _, d) in enumerate(layers)]
    return [1 + sum(terms), math.prod(strides)]


@alternative(receptive_field)
def cells_followed_one_by_one(layers):
    """The first and the last cell that outputs 0 and 1 see are followed through the layers, from the end."""
    ends = [[0, 0], [1, 1]]
    for k, s, d in layers[::-1]:
        ends = [[first * s, last * s + d * (k - 1)] for first, last in ends]
    return ends[0][1] - ends[0][0] + 1, ends[1][0] - ends[0][0]
