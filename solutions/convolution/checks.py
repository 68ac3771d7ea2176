"""Hidden checks of convolution: inputs only. What is right, the reference says.

A symmetric kernel forgives every turn. Kernels are therefore drawn without symmetry where the turn is asked
for, and with it where the border is, so that one slip costs one criterion. No picture or kernel is square
where height and width can be mixed up.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import (
    col2im,
    compose_kernels,
    conv1d,
    conv2d,
    correlate1d,
    correlate2d,
    fft_conv1d,
    gabor,
    im2col,
    named_kernel,
    pad2d,
    separable,
)


def _impulse(rng, *shape):
    """Zeros with a single 1, not at the border."""
    x = np.zeros(shape)
    x[tuple(int(rng.integers(1, n - 1)) for n in shape)] = 1.0
    return x


def _symmetric(k):
    """The kernel added to itself turned round: convolution and correlation with it are the same."""
    return k + np.flip(k)


# ---- one dimension --------------------------------------------------------------------------------


@check(conv1d)
def all_positions(rng):
    """All positions at which the kernel touches the signal."""
    return rng.normal(size=7), rng.normal(size=4), "full"


@check(conv1d)
def positions_inside(rng):
    """Only the positions at which the kernel lies wholly inside the signal."""
    return rng.normal(size=8), rng.normal(size=3), "valid"


@check(conv1d)
def as_long_as_before_odd_kernel(rng):
    """As long as the signal, with a kernel of five, whose middle is clear."""
    return rng.normal(size=8), _symmetric(rng.normal(size=5)), "same"


@check(conv1d)
def as_long_as_before_even_kernel(rng):
    """As long as the signal, with a kernel of four, which has no middle."""
    return {"f": rng.normal(size=7), "g": _symmetric(rng.normal(size=4)), "mode": "same"}


@check(conv1d)
def as_long_as_before_long_kernel(rng):
    """As long as the signal, even where the kernel is longer."""
    return rng.normal(size=4), _symmetric(rng.normal(size=7)), "same"


@check(conv1d)
def a_kernel_that_never_fits(rng):
    """A kernel longer than the signal lies nowhere wholly inside: an empty array comes back."""
    return rng.normal(size=3), rng.normal(size=6), "valid"


@check(conv1d)
def an_impulse(rng):
    """A single 1 among zeros gives back the kernel as it is, at the place of the 1."""
    return _impulse(rng, 6), rng.normal(size=4), "full"


@scenario(conv1d, compare=close(atol=1e-5))
def signal_and_kernel_exchanged(conv1d, rng):
    """Signal and kernel may change places: f * g and g * f are the same."""
    f, g = rng.normal(size=6), rng.normal(size=4)
    return np.subtract(conv1d(f, g, "full"), conv1d(g, f, "full"))


@scenario(conv1d, compare=close(rtol=1e-5, atol=1e-5))
def two_signals_at_once(conv1d, rng):
    """A sum of two signals, one of them scaled, is answered by the sum of both answers, scaled alike.

    Another kernel gives another answer.
    """
    (a, b), g = rng.normal(size=(2, 6)), rng.normal(size=3)
    alone = conv1d(a, g, "same")
    rest = np.subtract(conv1d(a + 2.5 * b, g, "same"), alone) - np.multiply(2.5, conv1d(b, g, "same"))
    return rest, np.ptp(np.subtract(conv1d(a, 2 * g, "same"), alone)) > 1e-9


@check(conv1d)
def whole_numbers_in_a_list(rng):
    """A list of whole numbers is taken as well as an array, and nothing is rounded to whole numbers."""
    return rng.integers(1, 9, size=6).tolist(), _symmetric(rng.uniform(0.1, 0.9, size=3)).tolist(), "valid"


@check(conv1d, forbids=("mutation",))
def signal_and_kernel_left_alone(rng):
    """The signal and the kernel you are given are the same after the call."""
    return rng.normal(size=7), rng.normal(size=3), "valid"


@check(correlate1d)
def all_lags(rng):
    """All lags at which kernel and signal touch, the negative ones first."""
    return rng.normal(size=7), rng.normal(size=4), "full"


@check(correlate1d)
def lags_inside(rng):
    """Only the lags at which the kernel lies wholly inside the signal."""
    return rng.normal(size=8), rng.normal(size=3), "valid"


@check(correlate1d)
def lags_as_many_as_before_odd_kernel(rng):
    """As many lags as the signal has numbers, with a kernel of five."""
    return rng.normal(size=8), _symmetric(rng.normal(size=5)), "same"


@check(correlate1d)
def lags_as_many_as_before_even_kernel(rng):
    """As many lags as the signal has numbers, with a kernel of four, which has no middle."""
    return {"f": rng.normal(size=7), "g": _symmetric(rng.normal(size=4)), "mode": "same"}


@check(correlate1d)
def lags_as_many_as_before_long_kernel(rng):
    """As many lags as the signal has numbers, even where the kernel is longer."""
    return rng.normal(size=4), _symmetric(rng.normal(size=7)), "same"


@check(correlate1d)
def a_pattern_that_never_fits(rng):
    """A kernel longer than the signal lies nowhere wholly inside: an empty array comes back."""
    return rng.normal(size=3), rng.normal(size=6), "valid"


@scenario(correlate1d, compare=close(atol=1e-5))
def with_itself(correlate1d, rng):
    """Correlated with itself, a signal gives its own mirror image, with the sum of squares in the middle."""
    f = rng.normal(size=6)
    c = np.asarray(correlate1d(f, f, "full"), dtype=float)
    return c - c[::-1], c[5] - np.sum(f * f)


@check(correlate1d)
def whole_numbers_in_plain_lists(rng):
    """A list of whole numbers is taken as well as an array, and nothing is rounded to whole numbers."""
    return rng.integers(1, 9, size=6).tolist(), _symmetric(rng.uniform(0.1, 0.9, size=3)).tolist(), "valid"


# ---- two dimensions -------------------------------------------------------------------------------


@check(conv2d)
def positions_inside_a_picture(rng):
    """A kernel of 3 × 3, only where it lies wholly inside the picture; no mode is given."""
    return rng.normal(size=(6, 6)), rng.normal(size=(3, 3))


@check(conv2d)
def neither_is_square(rng):
    """Neither the picture nor the kernel is square."""
    return rng.normal(size=(5, 8)), rng.normal(size=(2, 4)), "valid"


@check(conv2d)
def all_positions_of_a_picture(rng):
    """All positions at which the kernel touches the picture."""
    return rng.normal(size=(4, 5)), rng.normal(size=(3, 2)), "full"


@check(conv2d)
def as_large_as_before(rng):
    """As large as the picture, with a kernel of 3 × 5."""
    return rng.normal(size=(6, 7)), _symmetric(rng.normal(size=(3, 5))), "same"


@check(conv2d)
def as_large_as_before_even_kernel(rng):
    """As large as the picture, with a kernel of 4 × 2, which has no middle."""
    return {"x": rng.normal(size=(6, 5)), "k": _symmetric(rng.normal(size=(4, 2))), "mode": "same"}


@check(conv2d)
def as_large_as_before_large_kernel(rng):
    """As large as the picture, even where the kernel is larger."""
    return rng.normal(size=(2, 3)), _symmetric(rng.normal(size=(4, 5))), "same"


@check(conv2d)
def a_kernel_too_large(rng):
    """A kernel larger than the picture lies nowhere wholly inside: an array of shape (0, 0) comes back."""
    return rng.normal(size=(2, 3)), rng.normal(size=(4, 6)), "valid"


@check(conv2d)
def one_bright_pixel(rng):
    """A single bright pixel gives back the kernel as it is, at the place of the pixel."""
    return _impulse(rng, 4, 5), rng.normal(size=(2, 3)), "full"


@scenario(conv2d, compare=close(atol=1e-5))
def a_picture_moved(conv2d, rng):
    """A picture that is moved down and to the right has an answer that is moved as far."""
    x, k = rng.normal(size=(4, 5)), rng.normal(size=(2, 3))
    moved = np.pad(x, ((1, 0), (2, 0)))
    return np.subtract(np.asarray(conv2d(moved, k, "full"))[1:, 2:], conv2d(x, k, "full"))


@check(conv2d)
def a_picture_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    k = _symmetric(rng.uniform(0.1, 0.9, size=(2, 3)))
    return rng.integers(1, 9, size=(4, 5)).tolist(), k.tolist(), "valid"


@check(conv2d, forbids=("mutation",))
def picture_and_kernel_left_alone(rng):
    """The picture and the kernel you are given are the same after the call."""
    return rng.normal(size=(5, 6)), rng.normal(size=(3, 3)), "valid"


@check(correlate2d)
def kernel_alone(rng):
    """A kernel of 3 × 3 on a picture, pixel by pixel, without padding or holes."""
    return rng.normal(size=(6, 6)), rng.normal(size=(3, 3))


@check(correlate2d)
def neither_picture_nor_kernel_square(rng):
    """Neither the picture nor the kernel is square."""
    return rng.normal(size=(5, 8)), rng.normal(size=(2, 4))


@check(correlate2d)
def a_stride(rng):
    """With stride 2, where the last position ends exactly at the last pixel."""
    return rng.normal(size=(7, 9)), _symmetric(rng.normal(size=(3, 3))), 2


@check(correlate2d)
def a_stride_with_pixels_left_over(rng):
    """With stride 3, where pixels at the end are never reached."""
    return {"x": rng.normal(size=(10, 9)), "k": _symmetric(rng.normal(size=(2, 2))), "stride": 3}


@check(correlate2d)
def a_border_of_zeros(rng):
    """With one row of zeros above and below and two columns of zeros left and right."""
    return {"x": rng.normal(size=(5, 5)), "k": _symmetric(rng.normal(size=(3, 3))), "pad": (1, 2)}


@check(correlate2d)
def a_kernel_with_holes(rng):
    """With dilation 2 on a picture, where 1 means no holes."""
    return {"x": rng.normal(size=(8, 9)), "k": _symmetric(rng.normal(size=(3, 2))), "dilation": 2}


@check(correlate2d)
def everything_at_once(rng):
    """Stride, border and holes together."""
    return rng.normal(size=(9, 11)), rng.normal(size=(3, 2)), 2, (2, 1), 3


@scenario(correlate2d, compare=close(atol=1e-5))
def with_a_turned_kernel(correlate2d, rng):
    """With a kernel turned by 180 degrees, correlation is convolution."""
    x, k = rng.normal(size=(5, 6)), rng.normal(size=(3, 3))
    return np.asarray(correlate2d(x, k[::-1, ::-1]), dtype=float)


@scenario(correlate2d, compare=close(atol=1e-5))
def moved_by_the_stride(correlate2d, rng):
    """A picture that is moved by the stride has an answer that is moved by one place."""
    x, k = rng.normal(size=(9, 10)), rng.normal(size=(3, 2))
    here, there = (np.asarray(correlate2d(p, k, 2), dtype=float) for p in (x, x[2:, 2:]))
    return here[1:, 1:] - there


@check(correlate2d)
def pixels_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    k = _symmetric(rng.uniform(0.1, 0.9, size=(2, 3)))
    return rng.integers(1, 9, size=(4, 5)).tolist(), k.tolist()


@check(pad2d)
def four_different_sides(rng):
    """A border of another width at each side."""
    top, bottom, left, right = rng.permutation([1, 2, 3, 4]).tolist()
    return rng.normal(size=(3, 4)), ((top, bottom), (left, right))


@check(pad2d)
def one_side_only(rng):
    """A border below and nowhere else."""
    return rng.normal(size=(3, 4)), ((0, int(rng.integers(1, 4))), (0, 0))


@check(pad2d)
def another_value(rng):
    """A border of the same width all around, of another value than zero."""
    return {
        "x": rng.normal(size=(3, 4)),
        "widths": ((2, 2), (2, 2)),
        "value": float(rng.uniform(1.0, 3.0)),
    }


@check(pad2d)
def no_border(rng):
    """With four zeros the picture comes back as it was."""
    return rng.normal(size=(3, 4)), ((0, 0), (0, 0)), 1.0


@check(pad2d)
def a_broken_value_around_whole_numbers(rng):
    """Around a picture of whole numbers in lists, a border of 0.5 is 0.5."""
    return rng.integers(1, 9, size=(2, 3)).tolist(), ((1, 1), (1, 1)), 0.5


# ---- the Fourier transform ------------------------------------------------------------------------


@check(fft_conv1d)
def a_short_kernel(rng):
    """A long signal and a short kernel; nothing is wrapped round, nothing is cut off."""
    return rng.normal(size=11), rng.normal(size=4)


@check(fft_conv1d)
def a_kernel_longer_than_the_signal(rng):
    """A kernel that is longer than the signal."""
    return rng.normal(size=4), rng.normal(size=9)


@check(fft_conv1d)
def an_even_number_of_results(rng):
    """A signal and a kernel whose convolution has an even number of entries."""
    return rng.normal(size=8), rng.normal(size=5)


@check(fft_conv1d)
def an_odd_number_of_results(rng):
    """Signal and kernel of the same length, whose convolution has an odd number of entries."""
    return rng.normal(size=6), rng.normal(size=6)


@check(fft_conv1d)
def something_at_the_end(rng):
    """An impulse at the end of the signal does not come back at its beginning."""
    return np.eye(7)[6], rng.normal(size=3)


@scenario(fft_conv1d, compare=close(atol=1e-5))
def number_by_number(fft_conv1d, rng):
    """The way by the transform gives what the sums give, also where all numbers are whole."""
    f, g = rng.integers(-9, 10, size=9), rng.integers(-9, 10, size=4)
    return np.subtract(fft_conv1d(f, g), conv1d(f, g, "full"))


@check(fft_conv1d)
def a_kernel_of_one_number(rng):
    """A kernel of a single number scales the signal and leaves its length."""
    return rng.normal(size=7), rng.uniform(-2.0, -1.0, size=1)


# ---- large kernels of small ones ------------------------------------------------------------------


def _put_together(answer):
    """What `separable` found, without the freedom of sharing out size and sign."""
    ok, u, v = answer
    return ok, None if u is None or v is None else np.outer(u, v)


@scenario(separable)
def a_column_times_a_row(separable, rng):
    """A kernel made of a column and a row is recognised, and your factors make it again."""
    return _put_together(separable(np.outer(rng.uniform(1.0, 3.0, size=5), rng.uniform(1.0, 3.0, size=3))))


@scenario(separable)
def a_negative_kernel(separable, rng):
    """A kernel all of whose numbers are negative is recognised, and your factors make it again."""
    return _put_together(separable(-np.outer(rng.uniform(1.0, 3.0, size=3), rng.uniform(1.0, 3.0, size=4))))


@scenario(separable)
def a_kernel_that_sums_to_zero(separable, rng):
    """A difference times a smoothing, whose numbers add up to zero, is recognised."""
    a, b = rng.uniform(1.0, 3.0, size=2)
    return _put_together(separable(np.outer([a, 2 * b, b], [a, 0.0, -a])))


@scenario(separable, draws=1)
def the_zero_kernel(separable, _rng):
    """The kernel of zeros is a column of zeros times a row of zeros."""
    return _put_together(separable(np.zeros((3, 4))))


@scenario(separable)
def a_single_row(separable, rng):
    """A kernel of a single row is a column of one number times that row."""
    return _put_together(separable(rng.uniform(1.0, 3.0, size=(1, 4))))


@check(separable)
def a_kernel_that_is_not(rng):
    """A kernel that is no column times a row is refused: False, None, None."""
    a, b, c = rng.uniform(1.0, 2.0, size=3)
    return (np.array([[a, b, c], [b, -a, b], [c, b, a]]),)


@check(separable)
def a_sum_of_two_products(rng):
    """A kernel made of two columns and two rows is refused, although its determinant is zero."""
    u, v = rng.uniform(1.0, 2.0, size=(2, 3))
    return (np.outer(u, v) + np.outer([1.0, -1.0, 2.0], [2.0, 1.0, -1.0]),)


@scenario(separable)
def very_faint_and_very_strong(separable, rng):
    """A kernel of tiny numbers is not separable for that, one of huge numbers not inseparable."""
    u, v = rng.uniform(1.0, 2.0, size=(2, 3))
    faint = 1e-14 * (np.outer(u, v) + np.outer([1.0, -1.0, 2.0], [2.0, 1.0, -1.0]))
    strong = 1e9 * np.outer(u, v) + 1e-3 * np.eye(3)  # a product up to one part in 1e12
    return [bool(separable(k)[0]) for k in (faint, strong)]


@scenario(separable)
def almost_separable(separable, rng):
    """Whether a slightly disturbed kernel passes depends on the tolerance: large, small or the usual one."""
    k = np.outer(*rng.uniform(1.0, 2.0, size=(2, 3)))
    disturbed, hardly = (k + size * np.diag([1.0, -1.0, 1.0]) for size in (1e-5, 1e-8))
    passes = [bool(separable(disturbed, tol)[0]) for tol in (1e-2, 1e-9)]
    return [*passes, bool(separable(hardly)[0])]


@check(separable, forbids=("mutation",))
def kernel_left_alone(rng):
    """The kernel you are given is the same after the call."""
    return (rng.permutation(np.diag([2.0, 3.0, 4.0])) + rng.uniform(0.1, 0.5, size=(3, 3)),)


@check(compose_kernels)
def kernels_of_one_size(rng):
    """Two kernels of the same size make a larger one."""
    return rng.normal(size=(3, 3)), rng.normal(size=(3, 3))


@check(compose_kernels)
def kernels_of_two_sizes(rng):
    """A kernel of 2 × 3 and one of 4 × 3."""
    return rng.normal(size=(2, 3)), rng.normal(size=(4, 3))


@check(compose_kernels)
def a_column_and_a_row(rng):
    """A column and a row make the kernel that is their product."""
    return rng.normal(size=(4, 1)), rng.normal(size=(1, 3))


@scenario(compose_kernels, compare=close(atol=1e-5))
def both_at_once(compose_kernels, rng):
    """The composed kernel does to a picture what the two do one after the other."""
    x, g, h = rng.normal(size=(7, 8)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    return conv2d(x, compose_kernels(g, h))


@scenario(compose_kernels, compare=close(atol=1e-5))
def three_in_either_order(compose_kernels, rng):
    """Of three kernels it does not matter which two are composed first."""
    a, b, c = rng.normal(size=(3, 2, 2))
    return np.subtract(compose_kernels(compose_kernels(a, b), c), compose_kernels(a, compose_kernels(b, c)))


@check(compose_kernels)
def kernels_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    return rng.integers(1, 9, size=(2, 2)).tolist(), rng.uniform(0.1, 0.9, size=(2, 2)).tolist()


# ---- patches and columns --------------------------------------------------------------------------


@check(im2col)
def one_small_picture(rng):
    """The patches of 2 × 2 of one picture of one channel, each a column."""
    return rng.normal(size=(1, 1, 4, 5)), 2, 2, 1, 0


@check(im2col)
def three_channels(rng):
    """One picture of three channels: down a column comes channel after channel."""
    return rng.normal(size=(1, 3, 4, 5)), 2, 2, 1, 0


@check(im2col)
def a_batch_of_pictures(rng):
    """Three pictures of two channels stay apart."""
    return rng.normal(size=(3, 2, 3, 4)), 2, 2, 1, 0


@check(im2col)
def patches_that_are_not_square(rng):
    """Patches of 2 × 3 pixels."""
    return rng.normal(size=(1, 1, 5, 6)), 2, 3, 1, 0


@check(im2col)
def patches_with_a_stride(rng):
    """Patches two pixels apart, with pixels left over at the end."""
    return {"x": rng.normal(size=(1, 1, 6, 8)), "kh": 3, "kw": 3, "stride": 2, "pad": 0}


@check(im2col)
def patches_with_a_border(rng):
    """Patches of a picture with two rows and columns of zeros around it."""
    return rng.normal(size=(1, 1, 3, 4)), 3, 3, 1, 2


@check(im2col)
def a_whole_layer(rng):
    """Several pictures and channels, oblong patches, stride and border together."""
    return rng.normal(size=(2, 3, 6, 7)), 3, 2, 2, 1


@scenario(im2col, compare=close(atol=1e-5))
def a_layer_as_one_product(im2col, rng):
    """Weights times columns is what the layer gives, channel by channel and position by position."""
    x, w = rng.normal(size=(2, 2, 5, 6)), rng.normal(size=(3, 2, 2, 3))
    y = np.matmul(w.reshape(3, -1), np.asarray(im2col(x, 2, 3, 1, 0), dtype=float)).reshape(2, 3, 4, 4)
    layer = [[correlate2d(p[0], v[0]) + correlate2d(p[1], v[1]) for v in w] for p in x]
    return y - np.array(layer)


@check(col2im)
def patches_side_by_side(rng):
    """Patches that do not overlap go back to where they were."""
    return rng.normal(size=(1, 4, 6)), (1, 1, 4, 6), 2, 2, 2, 0


@check(col2im)
def patches_that_overlap(rng):
    """Where patches overlap, what comes back is added up."""
    return rng.normal(size=(1, 4, 12)), (1, 1, 4, 5), 2, 2, 1, 0


@check(col2im)
def patches_from_a_border(rng):
    """What falls on the border of zeros is dropped."""
    return rng.normal(size=(1, 9, 30)), (1, 1, 3, 4), 3, 3, 1, 2


@check(col2im)
def oblong_patches(rng):
    """Patches of 2 × 3 pixels go back with their rows as rows."""
    return rng.normal(size=(1, 6, 16)), (1, 1, 5, 6), 2, 3, 1, 0


@check(col2im)
def pixels_never_reached(rng):
    """Pixels at the end that no patch reached are there, and are zero."""
    return {
        "cols": rng.normal(size=(1, 4, 6)),
        "shape": (1, 1, 6, 9),
        "kh": 2,
        "kw": 2,
        "stride": 3,
        "pad": 0,
    }


@check(col2im)
def back_to_a_batch(rng):
    """Several pictures and channels, oblong patches, stride and border together."""
    return rng.normal(size=(2, 18, 12)), (2, 3, 6, 7), 3, 2, 2, 1


@scenario(col2im, compare=close(atol=1e-5))
def the_way_there_and_back(col2im, rng):
    """There and back belong together: Σ im2col(x) · c equals Σ x · col2im(c)."""
    x, c = rng.normal(size=(2, 2, 5, 6)), rng.normal(size=(2, 12, 16))
    there = np.sum(im2col(x, 2, 3, 1, 0) * c)
    return there - np.sum(x * np.asarray(col2im(c, x.shape, 2, 3, 1, 0), dtype=float))


# ---- kernels by name ------------------------------------------------------------------------------


@check(named_kernel, draws=1)
def difference_across(_rng):
    """The kernel "sobel_x"."""
    return "sobel_x"


@check(named_kernel, draws=1)
def difference_down(_rng):
    """The kernel "sobel_y"."""
    return "sobel_y"


@check(named_kernel, draws=1)
def edges_all_around(_rng):
    """The kernel "edge8"."""
    return "edge8"


@check(named_kernel, draws=1)
def sharper(_rng):
    """The kernel "sharpen"."""
    return "sharpen"


@check(named_kernel, draws=1)
def smoother(_rng):
    """The kernel "box"."""
    return "box"


@scenario(named_kernel, draws=1)
def a_picture_of_one_colour(named_kernel, _rng):
    """On a picture of one colour three of the kernels answer 0, and two give the colour back."""
    x = np.full((3, 3), 7.0)
    return [conv2d(x, named_kernel(n)) for n in ("sobel_x", "sobel_y", "edge8", "sharpen", "box")]


@check(gabor)
def stripes_from_top_to_bottom(rng):
    """A wave that runs to the right, in a kernel of nine rows and columns."""
    return 9, rng.uniform(1.5, 2.5), rng.uniform(0.12, 0.2), 0.0


@check(gabor)
def slanting_stripes(rng):
    """A wave that runs to the right and, less steeply, downwards."""
    return {
        "size": 7,
        "sigma": rng.uniform(1.5, 2.5),
        "freq": rng.uniform(0.12, 0.2),
        "theta": rng.uniform(0.3, 0.6),
    }


@check(gabor)
def a_middle_between_pixels(rng):
    """A kernel of an even size, whose middle is no pixel."""
    return 6, rng.uniform(1.0, 2.0), rng.uniform(0.12, 0.2), rng.uniform(0.9, 1.2)


@check(gabor)
def no_wave_at_all(rng):
    """With the frequency 0 the bell alone is left."""
    return 5, rng.uniform(0.7, 0.9), 0.0, rng.uniform(0.3, 1.2)


@scenario(gabor, compare=close(atol=1e-5))
def turned_by_a_right_angle(gabor, rng):
    """A wave that runs downwards is the one to the right, lying; half a turn changes nothing."""
    sigma, freq, theta = rng.uniform(1.5, 2.5), rng.uniform(0.12, 0.2), rng.uniform(0.3, 0.6)
    k, turned = (np.asarray(gabor(5, sigma, freq, angle)) for angle in (theta, theta + np.pi / 2))
    return turned - np.rot90(k, -1), k - np.flip(k)
