"""Hidden checks of the sizes: inputs only. What is right, the reference says.

Each check brings in one more argument, so that a slip in dilation does not cost the points of padding.
Strides that come out even and strides that do not are asked apart, and so are the type of the result and
impossible sizes. One number says little, hence the many draws.
"""

from autograder import check, exact, scenario

from .reference import conv_output_size


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
