"""Hidden checks of sizes and counts: inputs only. What is right, the reference says.

Each check brings in one more argument, so that a slip in dilation does not cost the points of padding.
Strides that come out even and strides that do not are asked apart, and so are the type of the result and
impossible sizes. One number says little, hence the many draws, most where few of them show a mistake. No
two arguments that could be mixed up are equal. Where something is to be refused, the points lie where
possible and impossible inputs come mixed.
"""

from autograder import check, close, exact, scenario

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

# Of millions, one too many is wrong.
TO_THE_LAST = close(rtol=0.0)


# ---- conv_output_size -----------------------------------------------------------------------------


def _layer(rng, *, stride=1, padding=0, dilation=1, spare=0, k=None):
    """A layer whose kernel, at its last position, leaves `spare` cells over; n, k, s, p, d."""
    k, moves = k or int(rng.integers(3, 8)), int(rng.integers(4, 30))
    covered = dilation * (k - 1) + 1
    return covered + moves * stride + spare - 2 * padding, k, stride, padding, dilation


@check(conv_output_size, draws=6)
def kernel_alone(rng):
    """A kernel that moves cell by cell, without padding or holes."""
    return _layer(rng)[:2]


@check(conv_output_size)
def kernel_as_large_as_the_input(rng):
    """A kernel that covers the whole input has one position, whatever the stride."""
    n = int(rng.integers(5, 40))
    return n, n, int(rng.integers(2, 5))


@check(conv_output_size, draws=6)
def a_stride_that_comes_out_even(rng):
    """With a stride, where the last position ends exactly at the last cell."""
    return _layer(rng, stride=int(rng.integers(2, 6)))[:3]


@check(conv_output_size, draws=6)
def one_cell_left_over(rng):
    """With a stride, where one cell at the end is never reached."""
    stride = int(rng.integers(3, 7))
    return _layer(rng, stride=stride, spare=1, k=2 * stride - 1)[:3]


@check(conv_output_size, draws=6)
def all_but_one_cell_left_over(rng):
    """With a stride, where one more cell would make one more position."""
    stride = int(rng.integers(3, 7))
    return _layer(rng, stride=stride, spare=stride - 1, k=2 * stride - 1)[:3]


@check(conv_output_size, draws=6)
def zeros_at_both_ends(rng):
    """With padding, which is added at each end."""
    return _layer(rng, padding=int(rng.integers(1, 4)))[:4]


@check(conv_output_size, draws=6)
def kernel_with_holes(rng):
    """With dilation, where 1 means no holes."""
    n, k, _, _, d = _layer(rng, dilation=int(rng.integers(2, 5)))
    return {"n": n, "k": k, "d": d}


@check(conv_output_size, draws=12)
def everything_at_once(rng):
    """Stride, padding and dilation together, with no, few or many cells left over."""
    stride = int(rng.integers(3, 7))
    n, k, s, p, d = _layer(
        rng,
        stride=stride,
        padding=int(rng.integers(1, 4)),
        dilation=int(rng.integers(2, 4)),
        spare=int(rng.choice([0, 1, stride - 1])),
    )
    return {"n": n, "k": k, "s": s, "p": p, "d": d}


@scenario(conv_output_size)
def a_chain_of_layers(conv_output_size, rng):
    """Sizes through a small network, each layer taking what the one before it gave."""
    size, sizes = int(rng.integers(180, 260)), []
    for k, s, p in [(11, 4, 2), (3, 2, 0), (5, 1, 2), (3, 2, 0), (3, 1, 1), (3, 2, 0)]:
        size = int(conv_output_size(size, k, s, p))  # int: whoever returns 31.0 goes on with 31
        sizes.append(size)
    return sizes


@check(conv_output_size, compare=exact)
def a_size_to_make_arrays_of(rng):
    """The size is a whole number (int), as np.zeros and range want it, never a float."""
    return 5 + 2 * int(rng.integers(4, 30)), 4, 2


@check(conv_output_size)
def a_kernel_far_too_large(rng):
    """A kernel much larger than the padded input is refused with a ValueError."""
    n = int(rng.integers(3, 8))
    return n, n + int(rng.integers(9, 13)), 1, 1


@check(conv_output_size)
def a_kernel_one_cell_too_large(rng):
    """A kernel one cell larger than the padded input is refused with a ValueError."""
    n, p = int(rng.integers(6, 15)), int(rng.integers(3))
    return n, n + 2 * p + 1, 1, p


@check(conv_output_size)
def too_large_by_less_than_the_stride(rng):
    """A kernel two cells larger than the padded input is refused, however large the stride."""
    n, s = int(rng.integers(6, 15)), int(rng.integers(3, 7))
    return n, n + 4, s, 1


@check(conv_output_size)
def holes_that_make_it_too_large(rng):
    """A kernel that fits without its holes, but not with them, is refused with a ValueError."""
    k = int(rng.integers(4, 7))
    return {"n": 2 * k - 3, "k": k, "d": int(rng.integers(2, 4))}


@check(conv_output_size)
def a_stride_of_zero(rng):
    """A stride of zero is refused with a ValueError."""
    return {"n": int(rng.integers(20, 40)), "k": 3, "s": 0}


@check(conv_output_size)
def a_stride_backwards(rng):
    """A negative stride is refused with a ValueError."""
    return {"n": int(rng.integers(20, 40)), "k": 3, "s": -int(rng.integers(1, 4))}


@check(conv_output_size, draws=48)
def kernels_around_the_limit(rng):
    """Kernels that just fit have a size, and those that just do not are refused, all in one."""
    k, s, p, d = (int(rng.integers(*ends)) for ends in ((5, 9), (3, 6), (0, 3), (1, 4)))
    room = int(rng.choice([-2, -1, 0, s - 1]))
    return d * (k - 1) + 1 + room - 2 * p, k, s, p, d


@check(conv_output_size, draws=48)
def strides_around_zero(rng):
    """Strides from 1 on have a size, those below are refused, all in one."""
    k = int(rng.integers(3, 7))
    return k + 2 * int(rng.integers(6, 20)), k, int(rng.choice([-1, 0, 1, 2]))


# ---- tf_padding -----------------------------------------------------------------------------------


@check(tf_padding, draws=4)
def same_with_an_odd_kernel(rng):
    """Mode "same" with stride 1 and an odd kernel: as many zeros on either side."""
    return int(rng.integers(10, 40)), 2 * int(rng.integers(2, 6)) + 1, 1, 1, "same"


@check(tf_padding, draws=4)
def same_with_an_even_kernel(rng):
    """Mode "same" with stride 1 and an even kernel: the zeros cannot be shared equally."""
    return int(rng.integers(10, 40)), 2 * int(rng.integers(2, 6)), 1, 1, "same"


@check(tf_padding, draws=8)
def same_with_a_stride(rng):
    """Mode "same" with a stride that does not divide the input."""
    s = int(rng.integers(3, 7))
    n = s * int(rng.integers(4, 12)) + int(rng.integers(1, s))
    return n, s + int(rng.integers(1, 7)), s, 1, "same"


@check(tf_padding, draws=4)
def same_with_a_stride_that_divides(rng):
    """Mode "same" with a stride that divides the input."""
    s = int(rng.integers(2, 6))
    return s * int(rng.integers(4, 12)), s + 2 * int(rng.integers(1, 4)), s, 1, "same"


@check(tf_padding, draws=4)
def same_with_a_stride_over_the_kernel(rng):
    """Mode "same" with a stride longer than the kernel, where the last position needs no zeros."""
    s = int(rng.integers(5, 9))
    return s * int(rng.integers(3, 9)), int(rng.integers(1, 5)), s, 1, "same"


@check(tf_padding)
def same_where_the_last_cell_is_a_start(rng):
    """Mode "same" with a stride longer than the kernel, where the last position starts on the last cell."""
    s = int(rng.integers(6, 9))
    return s * int(rng.integers(3, 9)) + 1, int(rng.choice([3, 5])), s, 1, "same"


@check(tf_padding, draws=16)
def same_with_holes(rng):
    """Mode "same" with dilation, with and without a stride."""
    n, k = int(rng.integers(40, 80)), int(rng.integers(3, 7))
    return n, k, int(rng.integers(1, 4)), int(rng.integers(2, 5)), "same"


@check(tf_padding)
def nothing_added(rng):
    """Mode "valid" with stride 1."""
    return int(rng.integers(20, 40)), int(rng.integers(3, 9)), 1, 1, "valid"


@check(tf_padding, draws=8)
def nothing_added_with_a_stride(rng):
    """Mode "valid" with a stride, with no, few or many cells left over."""
    s = int(rng.integers(3, 6))
    n, k, *_ = _layer(rng, stride=s, spare=int(rng.choice([0, 1, s - 1])), k=int(rng.integers(3, 8)))
    return {"n": n, "k": k, "s": s, "d": 1, "mode": "valid"}


@check(tf_padding)
def nothing_added_with_holes(rng):
    """Mode "valid" with stride and dilation."""
    n, k, s, _, d = _layer(rng, stride=2, dilation=int(rng.integers(2, 5)))
    return n, k, s, d, "valid"


@scenario(tf_padding)
def as_many_positions_as_promised(tf_padding, rng):
    """With the zeros in place, an ordinary convolution has exactly the size that was promised."""
    off = []
    for _ in range(20):
        n, k, s, d = (int(rng.integers(*ends)) for ends in ((30, 50), (1, 7), (1, 6), (1, 4)))
        out, left, right = tf_padding(n, k, s, d, "same")
        off.append(conv_output_size(n + int(left) + int(right), k, s, 0, d) - out)
    return off


@check(tf_padding, compare=exact)
def whole_zeros(rng):
    """Size and zeros are whole numbers (int), never floats."""
    return 2 * int(rng.integers(10, 20)) + 1, 5, 2, 1, "same"


# ---- transposed_output_size -----------------------------------------------------------------------


@check(transposed_output_size)
def a_single_input(rng):
    """One input puts one copy of the kernel into the output."""
    return 1, int(rng.integers(6, 12)), int(rng.integers(2, 6))


@check(transposed_output_size, draws=4)
def copies_that_overlap(rng):
    """Copies of the kernel that overlap."""
    s = int(rng.integers(2, 5))
    return int(rng.integers(6, 20)), s + int(rng.integers(1, 5)), s


@check(transposed_output_size, draws=4)
def copies_with_gaps_between(rng):
    """Copies of the kernel with gaps between them, since the stride is longer."""
    k = int(rng.integers(2, 5))
    return int(rng.integers(6, 20)), k, k + int(rng.integers(1, 4))


@check(transposed_output_size)
def copies_side_by_side(rng):
    """Copies of the kernel side by side, with neither overlap nor gap."""
    k = int(rng.integers(2, 6))
    return int(rng.integers(6, 20)), k, k


@check(transposed_output_size, draws=4)
def cut_at_both_ends(rng):
    """With padding, which here is cut off, at both ends."""
    s = int(rng.integers(2, 4))
    return int(rng.integers(6, 20)), s + int(rng.integers(3, 7)), s, int(rng.integers(1, 4))


@check(transposed_output_size, draws=4)
def cells_added_at_the_far_end(rng):
    """With output padding, which is added at the far end."""
    s = int(rng.integers(3, 6))
    op = int(rng.integers(1, s))
    return {"n": int(rng.integers(6, 20)), "k": s + int(rng.integers(1, 5)), "s": s, "op": op}


@check(transposed_output_size, draws=4)
def copies_with_holes(rng):
    """With dilation, where 1 means no holes."""
    n, k, d = int(rng.integers(6, 20)), int(rng.integers(3, 7)), int(rng.integers(2, 5))
    return {"n": n, "k": k, "s": int(rng.integers(2, 4)), "d": d}


@check(transposed_output_size, draws=6)
def everything_on_the_way_back(rng):
    """Stride, padding, output padding and dilation together."""
    s = int(rng.integers(3, 6))
    n, k, p, op, d = (int(rng.integers(*ends)) for ends in ((9, 20), (4, 8), (1, 4), (1, s), (2, 4)))
    return n, k, s, p, op, d


@scenario(transposed_output_size)
def there_and_back(transposed_output_size, rng):
    """The convolution with the same numbers leads back to n, with any output padding below the stride."""
    s, p = int(rng.integers(3, 6)), int(rng.integers(1, 3))
    n, k = int(rng.integers(6, 20)), s + 2 * p + int(rng.integers(1, 4))
    return [conv_output_size(int(transposed_output_size(n, k, s, p, op)), k, s, p) - n for op in range(s)]


# ---- pool_output_size -----------------------------------------------------------------------------


@check(pool_output_size)
def windows_side_by_side(rng):
    """Windows side by side that cover the input exactly."""
    k = int(rng.integers(2, 6))
    return k * int(rng.integers(3, 12)), k, k


@check(pool_output_size, draws=4)
def windows_that_overlap(rng):
    """Windows that overlap, since the stride is shorter."""
    s = int(rng.integers(2, 5))
    n, k, *_ = _layer(rng, stride=s, k=2 * s + int(rng.integers(0, 3)))
    return n, k, s


@check(pool_output_size, draws=6)
def windows_and_cells_left_over(rng):
    """Windows with one cell, or as many as possible, left over at the end."""
    s = int(rng.integers(3, 6))
    n, k, *_ = _layer(rng, stride=s, spare=int(rng.choice([1, s - 1])), k=s + int(rng.integers(1, 4)))
    return n, k, s


@check(pool_output_size, draws=4)
def windows_on_a_border(rng):
    """Windows on an input with padding at both ends."""
    p = int(rng.integers(2, 5))
    return 2 * int(rng.integers(10, 25)) + 1, 2 * p + 1, 2, p


@check(pool_output_size, draws=6)
def a_last_window_cut_short(rng):
    """Rounded up: the cells left over get a window of their own."""
    s = int(rng.integers(3, 6))
    n, k, *_ = _layer(rng, stride=s, spare=int(rng.choice([1, s - 1])), k=2 * s + int(rng.integers(0, 3)))
    return {"n": n, "k": k, "s": s, "ceil_mode": True}


@check(pool_output_size, draws=4)
def rounded_up_on_a_border(rng):
    """Rounded up, with windows that overlap and padding at both ends."""
    k = int(rng.integers(8, 11))
    return k + 2 * int(rng.integers(9, 25)) + 1, k, 2, 2, True


@check(pool_output_size)
def nothing_to_round_up(rng):
    """Rounded up where nothing is left over: no window more."""
    s = int(rng.integers(2, 5))
    n, k, *_ = _layer(rng, stride=s, k=s + int(rng.integers(0, 4)))
    return {"n": n, "k": k, "s": s, "ceil_mode": True}


@check(pool_output_size, draws=24)
def a_last_window_in_the_border(rng):
    """Rounded up, where the last window would start in the padding on the right."""
    k = int(rng.integers(4, 9))
    p = int(rng.integers(1, k // 2 + 1))
    return k * int(rng.integers(4, 9)) + int(rng.integers(1, p + 1)) - 2 * p, k, k, p, True


@check(pool_output_size, draws=4)
def a_last_window_on_the_last_cell(rng):
    """Rounded up, where the last window starts on the last cell of the input."""
    k = int(rng.integers(5, 9))
    p = int(rng.integers(1, k // 2 + 1))
    return k * int(rng.integers(4, 9)) + p + 1 - 2 * p, k, k, p, True


@check(pool_output_size, draws=24)
def windows_far_apart(rng):
    """Rounded up with gaps between the windows: the last one may start inside the input or beyond it."""
    k = int(rng.integers(2, 5))
    s = k + int(rng.integers(3, 6))
    n, *_ = _layer(rng, stride=s, spare=s - k + int(rng.choice([0, 1])), k=k)
    return n, k, s, 0, True


@check(pool_output_size, compare=exact, draws=8)
def whole_windows(rng):
    """The number of windows is a whole number (int), rounded down or up."""
    return 2 * int(rng.integers(8, 20)), 4, 2, 0, bool(rng.integers(2))


# ---- conv_params ----------------------------------------------------------------------------------


def _kernel(rng):
    """Height and width of a kernel, never equal."""
    kh, kw = rng.choice([2, 3, 4, 5, 7], size=2, replace=False).tolist()
    return kh, kw


@check(conv_params)
def a_single_kernel(rng):
    """One channel in, one channel out."""
    return *_kernel(rng), 1, 1


@check(conv_params)
def kernels_on_a_grey_picture(rng):
    """One channel in, several out."""
    return *_kernel(rng), 1, int(rng.integers(5, 30))


@check(conv_params, draws=4)
def a_layer_of_a_network(rng):
    """Several channels in, several out, and a kernel that is not square."""
    return *_kernel(rng), int(rng.integers(3, 12)), int(rng.integers(13, 40))


@check(conv_params)
def a_layer_without_biases(rng):
    """The same without biases."""
    return *_kernel(rng), int(rng.integers(3, 12)), int(rng.integers(13, 40)), False


@check(conv_params, draws=4)
def channels_in_groups(rng):
    """Channels in two to four groups, each output channel with its bias."""
    g = int(rng.integers(2, 5))
    c_in, c_out = g * int(rng.integers(2, 6)), g * int(rng.integers(6, 12))
    return *_kernel(rng), c_in, c_out, True, g


@check(conv_params)
def a_kernel_for_each_channel(rng):
    """As many groups as channels: every channel has a kernel of its own."""
    kh, kw = _kernel(rng)
    c = int(rng.integers(5, 30))
    return {"kh": kh, "kw": kw, "c_in": c, "c_out": c, "groups": c}


@scenario(conv_params)
def small_layers_side_by_side(conv_params, rng):
    """Groups are so many small layers side by side: in one piece or one by one, the count is the same."""
    (kh, kw), (g, a, b) = _kernel(rng), rng.choice(range(2, 7), size=3, replace=False).tolist()
    return conv_params(kh, kw, g * a, g * b, groups=g), g * conv_params(kh, kw, a, b)


@check(conv_params, draws=48)
def groups_that_divide_or_do_not(rng):
    """Groups that divide inputs and outputs have a count; those that do not divide both are refused."""
    g, kind = int(rng.integers(3, 6)), int(rng.integers(4))
    over_in, over_out = int(rng.integers(1, g)), int(rng.integers(1, g))
    c_in, c_out = g * int(rng.integers(3, 6)), g * int(rng.integers(6, 9))
    return *_kernel(rng), c_in + over_in * (kind % 2), c_out + over_out * (kind // 2), True, g


@check(conv_params, compare=exact)
def whole_weights(rng):
    """The number of parameters is a whole number (int), with groups as well."""
    return *_kernel(rng), 4, 6, True, 2


# ---- conv_macs ------------------------------------------------------------------------------------


def _map(rng):
    """Height and width of an output, never equal."""
    oh, ow = rng.choice(range(20, 60), size=2, replace=False).tolist()
    return oh, ow


@check(conv_macs, compare=TO_THE_LAST, draws=4)
def work_of_a_layer(rng):
    """Several channels in, several out, and neither kernel nor output square."""
    return *_kernel(rng), int(rng.integers(3, 12)), int(rng.integers(13, 19)), *_map(rng)


@check(conv_macs, compare=TO_THE_LAST)
def work_of_a_single_position(rng):
    """A kernel as large as its input has one position: as much work as a dense layer."""
    return *_kernel(rng), int(rng.integers(3, 12)), int(rng.integers(13, 40)), 1, 1


@check(conv_macs, compare=TO_THE_LAST)
def work_of_mixing_channels(rng):
    """A kernel of 1 × 1, which only mixes channels."""
    return 1, 1, int(rng.integers(3, 12)), int(rng.integers(13, 19)), *_map(rng)


@check(conv_macs, compare=TO_THE_LAST, draws=4)
def work_in_groups(rng):
    """Channels in two to four groups."""
    g = int(rng.integers(2, 5))
    c_in, c_out = g * int(rng.integers(2, 5)), g * int(rng.integers(5, 9))
    return *_kernel(rng), c_in, c_out, *_map(rng), g


@check(conv_macs, compare=TO_THE_LAST)
def work_channel_by_channel(rng):
    """As many groups as channels: every channel has a kernel of its own."""
    (kh, kw), (oh, ow), c = _kernel(rng), _map(rng), int(rng.integers(5, 19))
    return {"kh": kh, "kw": kw, "c_in": c, "c_out": c, "oh": oh, "ow": ow, "groups": c}


@check(conv_macs, compare=TO_THE_LAST)
def more_than_two_to_the_32(rng):
    """A large layer, whose work is a number of ten digits or more."""
    return 7, 5, 512, 256 * int(rng.integers(2, 5)), 112, int(rng.integers(90, 120))


@scenario(conv_macs, compare=TO_THE_LAST)
def a_picture_in_two_halves(conv_macs, rng):
    """Upper and lower half of an output make as much work as the whole."""
    layer, (oh, ow), cut = (*_kernel(rng), 3, 8), _map(rng), int(rng.integers(4, 15))
    return conv_macs(*layer, oh, ow), conv_macs(*layer, cut, ow) + conv_macs(*layer, oh - cut, ow)


@check(conv_macs, compare=exact)
def whole_multiplications(rng):
    """The number of multiplications is a whole number (int), with groups as well."""
    return *_kernel(rng), 4, 6, *_map(rng), 2


# ---- activation_bytes -----------------------------------------------------------------------------


def _shape(rng, axes):
    """A shape, every axis of another size."""
    return tuple(rng.choice(range(5, 40), size=axes, replace=False).tolist())


@check(activation_bytes, compare=TO_THE_LAST)
def maps_of_one_picture(rng):
    """Channels, height and width of one picture."""
    return (_shape(rng, 3),)


@check(activation_bytes, compare=TO_THE_LAST)
def maps_of_a_batch(rng):
    """Samples, channels, height and width, given as a list."""
    return list(_shape(rng, 4))


@check(activation_bytes, compare=TO_THE_LAST)
def half_precision(rng):
    """Numbers of 16 bits."""
    return _shape(rng, 3), 16


@check(activation_bytes, compare=TO_THE_LAST, draws=24)
def other_precisions(rng):
    """Numbers of 8 to 64 bits, in arrays with one to five axes."""
    return {"shape": _shape(rng, int(rng.integers(1, 6))), "bits": int(rng.choice([8, 24, 64]))}


@check(activation_bytes, draws=2)
def a_single_number(rng):
    """An array without any axis is one number."""
    return (), int(rng.choice([16, 64]))


@check(activation_bytes, compare=TO_THE_LAST)
def more_than_four_gigabytes(rng):
    """Feature maps of a large batch, more bytes than 32 bits can count."""
    return (int(rng.integers(300, 600)), 64, 224, 224), 32


@check(activation_bytes, compare=exact)
def whole_bytes(rng):
    """The number of bytes is a whole number (int)."""
    return _shape(rng, 2), 8


# ---- dense_params ---------------------------------------------------------------------------------


def _widths(rng, count):
    """Widths of layers, no two equal."""
    return rng.choice(range(3, 40), size=count, replace=False).tolist()


@check(dense_params)
def one_layer_of_units(rng):
    """One layer: the inputs and one number of units."""
    return _widths(rng, 2)


@check(dense_params)
def two_layers_of_units(rng):
    """Two layers of different widths."""
    return _widths(rng, 3)


@check(dense_params, draws=4)
def many_layers_of_units(rng):
    """Four to six layers of different widths."""
    return _widths(rng, int(rng.integers(5, 8)))


@check(dense_params)
def layers_without_biases(rng):
    """Three layers without biases."""
    return {"sizes": _widths(rng, 4), "bias": False}


@check(dense_params)
def inputs_without_a_layer(rng):
    """Only the inputs and no layer: nothing to learn."""
    return _widths(rng, 1)


@scenario(dense_params)
def layer_by_layer(dense_params, rng):
    """The layers counted one by one make the same sum, with biases and without."""
    a, b, c = _widths(rng, 3)
    return [
        (dense_params([a, b, c], bias), dense_params([a, b], bias) + dense_params([b, c], bias))
        for bias in (True, False)
    ]


@check(dense_params, forbids=("mutation",))
def widths_left_alone(rng):
    """The list of widths is the same after the call."""
    return _widths(rng, 4)


# ---- effective_kernel -----------------------------------------------------------------------------


@check(effective_kernel)
def a_kernel_without_holes(rng):
    """With rate 1 the kernel covers as many cells as it has taps."""
    return int(rng.integers(3, 12)), 1


@check(effective_kernel, draws=6)
def a_kernel_full_of_holes(rng):
    """With larger rates the gaps count as well."""
    return int(rng.integers(3, 9)), int(rng.integers(2, 7))


@check(effective_kernel)
def a_single_tap(rng):
    """A single tap covers one cell, whatever the rate."""
    return 1, int(rng.integers(2, 9))


@scenario(effective_kernel, draws=4)
def an_ordinary_kernel_of_that_size(effective_kernel, rng):
    """An ordinary kernel of that many cells has exactly as many positions."""
    n, k, rate = int(rng.integers(50, 80)), int(rng.integers(3, 7)), int(rng.integers(2, 6))
    return conv_output_size(n, int(effective_kernel(k, rate))) - conv_output_size(n, k, d=rate)


# ---- receptive_field ------------------------------------------------------------------------------


def _stack(rng, count, *, strides=(1,), dilations=(1,)):
    """Layers of kernels of 2 to 7."""
    return [
        (int(rng.integers(2, 8)), int(rng.choice(strides)), int(rng.choice(dilations))) for _ in range(count)
    ]


@check(receptive_field)
def one_layer_alone(rng):
    """A single layer with stride and holes."""
    return _stack(rng, 1, strides=(2, 3), dilations=(2, 3))


@check(receptive_field)
def the_same_layer_many_times(rng):
    """Many layers of the same odd kernel, with stride 1."""
    return [(2 * int(rng.integers(1, 4)) + 1, 1, 1)] * int(rng.integers(3, 20))


@check(receptive_field)
def kernels_of_all_sizes(rng):
    """Five layers of different kernels, with stride 1."""
    return _stack(rng, 5)


@check(receptive_field, draws=6)
def layers_with_strides(rng):
    """Layers with strides of 2 to 4."""
    return _stack(rng, 4, strides=(2, 3, 4))


@check(receptive_field, draws=4)
def layers_with_holes(rng):
    """Layers with dilations of 2 to 5, with stride 1."""
    return _stack(rng, 4, dilations=(2, 3, 5))


@check(receptive_field, draws=6)
def layers_with_strides_and_holes(rng):
    """Strides and dilations together."""
    return _stack(rng, 5, strides=(1, 2, 3), dilations=(1, 2, 4))


@check(receptive_field, draws=4)
def convolutions_and_pooling(rng):
    """Convolutions and pooling layers in turn, as in LeNet."""
    pool, (k, last) = int(rng.integers(2, 4)), rng.choice(range(3, 8), size=2, replace=False).tolist()
    return [(k, 1, 1), (pool, pool, 1)] * 2 + [(last, 1, 1)]


@check(receptive_field, draws=1)
def not_a_single_layer(_rng):
    """Without a layer an output is an input."""
    return []


@scenario(receptive_field)
def the_same_stack_in_two_parts(receptive_field, rng):
    """Of two parts of a stack, the second grows by the jump of the first."""
    low, high = (_stack(rng, 3, strides=(1, 2, 3), dilations=(1, 2)) for _ in range(2))
    (rf, jump), (more, jumps) = receptive_field(low), receptive_field(high)
    return receptive_field(low + high), (rf + (more - 1) * jump, jump * jumps)


@check(receptive_field, forbids=("mutation",))
def layers_left_alone(rng):
    """The list of layers is the same after the call."""
    return _stack(rng, 3, strides=(2, 3))
