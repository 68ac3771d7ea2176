"""Convolution: the references agree with NumPy, SciPy, scikit-learn and torch.

Where a library crops elsewhere ("same" of an even or a long kernel), the test tells it what we mean.
"""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
signal = pytest.importorskip("scipy.signal")
ndimage = pytest.importorskip("scipy.ndimage")
decomposition = pytest.importorskip("sklearn.decomposition")
image = pytest.importorskip("sklearn.feature_extraction.image")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
functional = torch.nn.functional
LENGTHS = [(7, 4), (8, 3), (5, 5), (4, 7), (1, 1), (6, 1)]  # of signal and kernel
PICTURES = [((6, 6), (3, 3)), ((5, 8), (2, 4)), ((4, 5), (1, 2)), ((5, 4), (4, 4))]


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "convolution").functions


def drawn(*shapes):
    """An array of each shape."""
    rng = np.random.default_rng([n + 1 for shape in shapes for n in np.atleast_1d(shape)])
    return [rng.normal(size=shape) for shape in shapes]


@pytest.mark.parametrize(("n", "k"), LENGTHS)
def test_conv1d_is_that_of_numpy_and_of_scipy(ours, n, k):
    f, g = drawn(n, k)
    inside = np.convolve(f, g, "valid") if k <= n else np.zeros(0)
    start = (k - 1) // 2

    same(ours["conv1d"](f, g, "full"), np.convolve(f, g), RTOL, ATOL)
    same(ours["conv1d"](f, g, "full"), signal.oaconvolve(f, g), RTOL, 1e-11)
    same(ours["conv1d"](f, g, "valid"), inside, RTOL, ATOL)
    same(ours["conv1d"](f, g, "same"), np.convolve(f, g)[start : start + n], RTOL, ATOL)


@pytest.mark.parametrize(("n", "k"), LENGTHS)
def test_same_is_that_of_scipy_which_always_has_the_length_of_the_signal(ours, n, k):
    f, g = drawn(n, k)

    same(ours["conv1d"](f, g, "same"), signal.convolve(f, g, "same", "direct"), RTOL, ATOL)


@pytest.mark.parametrize(("n", "k"), LENGTHS)
def test_correlate1d_is_that_of_numpy_and_of_torch(ours, n, k):
    f, g = drawn(n, k)
    by_torch = functional.conv1d(torch.tensor(f)[None, None], torch.tensor(g)[None, None], padding=k - 1)[
        0, 0
    ]
    inside = np.correlate(f, g, "valid") if k <= n else np.zeros(0)
    start = (k - 1) // 2

    same(ours["correlate1d"](f, g, "full"), np.correlate(f, g, "full"), RTOL, ATOL)
    same(ours["correlate1d"](f, g, "full"), by_torch, RTOL, ATOL)
    same(ours["correlate1d"](f, g, "valid"), inside, RTOL, ATOL)
    same(ours["correlate1d"](f, g, "same"), by_torch[start : start + n], RTOL, ATOL)


@pytest.mark.parametrize("mode", ["full", "valid", "same"])
@pytest.mark.parametrize(("size", "kernel"), PICTURES)
def test_conv2d_is_that_of_scipy(ours, size, kernel, mode):
    x, k = drawn(size, kernel)

    same(ours["conv2d"](x, k, mode), signal.convolve2d(x, k, mode), RTOL, ATOL)


def test_conv2d_of_a_kernel_that_never_fits_is_empty(ours):
    x, k = drawn((2, 3), (4, 6))

    assert ours["conv2d"](x, k, "valid").shape == (0, 0)
    same(ours["conv2d"](x, k, "same"), signal.convolve2d(x, k, "same"), RTOL, ATOL)


@pytest.mark.parametrize(
    ("stride", "pad", "dilation"), [(1, (0, 0), 1), (2, (1, 2), 1), (3, (0, 1), 2), (1, (4, 3), 3)]
)
@pytest.mark.parametrize(("size", "kernel"), [((9, 11), (3, 3)), ((10, 8), (2, 3)), ((9, 9), (1, 3))])
def test_correlate2d_is_what_torch_calls_a_convolution(ours, size, kernel, stride, pad, dilation):
    x, k = drawn(size, kernel)
    by_torch = functional.conv2d(
        torch.tensor(x)[None, None], torch.tensor(k)[None, None], None, stride, pad, dilation
    )

    same(ours["correlate2d"](x, k, stride, pad, dilation), by_torch[0, 0], RTOL, ATOL)


@pytest.mark.parametrize(("size", "kernel"), PICTURES)
def test_correlate2d_is_that_of_scipy(ours, size, kernel):
    x, k = drawn(size, kernel)

    same(ours["correlate2d"](x, k), signal.correlate2d(x, k, "valid"), RTOL, ATOL)


@pytest.mark.parametrize("widths", [((1, 2), (3, 4)), ((0, 3), (0, 0)), ((0, 0), (0, 0))])
@pytest.mark.parametrize("value", [0, 2.5])
def test_pad2d_is_that_of_numpy_and_of_torch(ours, widths, value):
    (x,) = drawn((3, 4))
    (top, bottom), (left, right) = widths

    same(ours["pad2d"](x, widths, value), np.pad(x, widths, constant_values=value), RTOL)
    same(
        ours["pad2d"](x, widths, value),
        functional.pad(torch.tensor(x), (left, right, top, bottom), value=value),
    )


@pytest.mark.parametrize(("n", "k"), [*LENGTHS, (400, 90)])
def test_fft_conv1d_is_that_of_scipy_and_the_sum_itself(ours, n, k):
    f, g = drawn(n, k)

    same(ours["fft_conv1d"](f, g), signal.fftconvolve(f, g), RTOL, 1e-11)
    same(ours["fft_conv1d"](f, g), np.convolve(f, g), RTOL, 1e-11)


@pytest.mark.parametrize("shape", [(3, 3), (5, 2), (1, 4), (4, 1)])
@pytest.mark.parametrize("rank", [0, 1, 2])
def test_separable_kernels_are_those_of_rank_one_in_numpy_and_in_torch(ours, shape, rank):
    columns, rows = drawn((shape[0], rank), (rank, shape[1]))
    k = columns @ rows
    ok, u, v = ours["separable"](k)

    assert ok == (np.linalg.matrix_rank(k) <= 1) == bool(torch.linalg.matrix_rank(torch.tensor(k)) <= 1)
    if ok:
        by_sklearn = decomposition.TruncatedSVD(1, algorithm="arpack") if min(shape) > 1 and rank else None
        expected = by_sklearn.inverse_transform(by_sklearn.fit_transform(k)) if by_sklearn else k
        same(np.outer(u, v), expected, RTOL, ATOL)
    else:
        assert u is v is None


@pytest.mark.parametrize(("g", "h"), [((3, 3), (3, 3)), ((2, 3), (4, 3)), ((1, 5), (5, 1))])
def test_compose_kernels_does_at_once_what_scipy_does_twice(ours, g, h):
    g, h, x = drawn(g, h, (6, 7))
    composed = ours["compose_kernels"](g, h)

    same(composed, signal.convolve2d(g, h), RTOL, ATOL)
    same(signal.convolve2d(x, composed), signal.convolve2d(signal.convolve2d(x, g), h), RTOL, 1e-11)


LAYERS = [
    (1, 1, 5, 6, 2, 3, 1, 0),
    (2, 3, 7, 8, 3, 2, 2, 1),
    (2, 2, 6, 6, 3, 3, 3, 0),
    (1, 4, 5, 5, 1, 1, 1, 2),
]


@pytest.mark.parametrize(("n", "c", "h", "w", "kh", "kw", "stride", "pad"), LAYERS)
def test_im2col_and_col2im_are_unfold_and_fold_of_torch(ours, n, c, h, w, kh, kw, stride, pad):
    (x,) = drawn((n, c, h, w))
    cols = functional.unfold(torch.tensor(x), (kh, kw), padding=pad, stride=stride)
    back = functional.fold(cols, (h, w), (kh, kw), padding=pad, stride=stride)

    same(ours["im2col"](x, kh, kw, stride, pad), cols, RTOL)
    same(ours["col2im"](cols.numpy(), x.shape, kh, kw, stride, pad), back, RTOL)


def test_im2col_holds_the_patches_of_sklearn(ours):
    (x,) = drawn((1, 1, 6, 7))
    patches = image.extract_patches_2d(x[0, 0], (3, 2))

    same(ours["im2col"](x, 3, 2, 1, 0)[0].T, patches.reshape(len(patches), -1), RTOL)


@pytest.mark.parametrize(("name", "axis"), [("sobel_x", 1), ("sobel_y", 0)])
def test_the_sobel_kernels_are_those_of_scipy(ours, name, axis):
    (x,) = drawn((6, 7))
    expected = ndimage.sobel(x, axis=axis)[1:-1, 1:-1]

    same(ours["conv2d"](x, ours["named_kernel"](name)), expected, RTOL, ATOL)


def test_the_other_kernels_are_filters_of_scipy(ours):
    (x,) = drawn((6, 7))
    inner = np.s_[1:-1, 1:-1]
    mean, cross = ndimage.uniform_filter(x, 3)[inner], ndimage.laplace(x)[inner]

    same(ours["conv2d"](x, ours["named_kernel"]("box")), mean, RTOL, ATOL)
    same(ours["conv2d"](x, ours["named_kernel"]("edge8")), 9 * (x[inner] - mean), RTOL, ATOL)
    same(ours["conv2d"](x, ours["named_kernel"]("sharpen")), x[inner] - cross, RTOL, ATOL)


@pytest.mark.parametrize(
    ("size", "sigma", "freq", "theta"), [(9, 2.0, 0.15, 0.0), (6, 1.3, 0.2, 0.5), (1, 1.0, 0.3, 1.0)]
)
def test_gabor_is_a_bell_of_scipy_times_a_wave_of_torch(ours, size, sigma, freq, theta):
    bell = signal.windows.gaussian(size, sigma)
    place = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    phase = 2 * torch.pi * freq * (place * np.cos(theta) + place[:, None] * np.sin(theta))
    wave = torch.polar(torch.ones_like(phase), phase).real.numpy()

    same(ours["gabor"](size, sigma, freq, theta), np.outer(bell, bell) * wave, RTOL, ATOL)
