"""Layers: the references agree with torch, forward and by its automatic differentiation, and with SciPy."""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
signal = pytest.importorskip("scipy.signal")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
functional = torch.nn.functional
LAYERS = [  # x, w, stride, pad, dilation, groups
    ((1, 1, 5, 6), (1, 1, 2, 3), 1, 0, 1, 1),
    ((2, 3, 7, 8), (4, 3, 3, 2), 2, 1, 1, 1),
    ((3, 2, 6, 6), (2, 2, 3, 3), 3, 0, 1, 1),
    ((1, 2, 9, 8), (3, 2, 3, 3), 1, 2, 2, 1),
    ((2, 4, 6, 5), (6, 2, 2, 2), 1, 0, 1, 2),
    ((2, 3, 6, 5), (3, 1, 3, 3), 2, 1, 1, 3),
    ((2, 6, 11, 12), (4, 3, 3, 2), 2, 1, 3, 2),
    ((1, 2, 4, 3), (2, 2, 4, 3), 1, 0, 1, 1),
]
ENLARGERS = [  # x, w, stride, pad, output_padding
    ((1, 1, 1, 1), (1, 1, 2, 3), 2, 0, 0),
    ((2, 3, 3, 4), (3, 2, 3, 3), 1, 0, 0),
    ((2, 3, 3, 4), (3, 2, 3, 2), 2, 1, 1),
    ((1, 2, 3, 2), (2, 2, 2, 2), 3, 0, 2),
    ((1, 2, 4, 3), (2, 3, 4, 4), 2, 1, 0),
]
POOLS = [  # x, k, s, pad
    ((2, 3, 4, 8), 2, 2, 0),
    ((1, 2, 7, 9), 3, 2, 0),
    ((1, 1, 8, 5), 2, 3, 0),
    ((2, 2, 6, 5), 3, 1, 1),
    ((1, 2, 7, 6), 5, 2, 2),
    ((1, 1, 5, 7), 1, 1, 0),
]


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "conv_layers").functions


def drawn(*shapes):
    """An array of each shape."""
    rng = np.random.default_rng([n + 1 for shape in shapes for n in np.atleast_1d(shape)])
    return [rng.normal(size=shape) for shape in shapes]


def leaves(*arrays):
    """The same as tensors that gather gradients."""
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def layer(x, w, stride, pad, dilation, groups):
    """A layer of torch with its arguments, and ours: arrays, tensors, settings."""
    arrays = drawn(x, w, (w[0],))
    return arrays, leaves(*arrays), (stride, pad, dilation, groups)


@pytest.mark.parametrize("shape", LAYERS)
def test_a_convolutional_layer_is_that_of_torch(ours, shape):
    arrays, tensors, settings = layer(*shape)
    y, _ = ours["conv2d_forward"](*arrays, *settings)

    same(y, functional.conv2d(*tensors, *settings).detach(), RTOL, ATOL)


@pytest.mark.parametrize("shape", LAYERS)
def test_the_way_back_through_a_layer_is_that_of_torch(ours, shape):
    arrays, tensors, settings = layer(*shape)
    y, cache = ours["conv2d_forward"](*arrays, *settings)
    (dout,) = drawn(y.shape)
    functional.conv2d(*tensors, *settings).backward(torch.tensor(dout))

    for grad, tensor in zip(ours["conv2d_backward"](dout, cache), tensors, strict=True):
        same(grad, tensor.grad, RTOL, ATOL)


def test_the_cache_is_the_documented_one(ours):
    x, w, b = drawn((2, 4, 6, 7), (4, 2, 3, 2), (4,))
    _, cache = ours["conv2d_forward"](x, w, b, 2, 1, 3, 2)

    assert {name: value for name, value in cache.items() if name not in "xw"} == {
        "stride": 2,
        "pad": 1,
        "dilation": 3,
        "groups": 2,
    }
    same(cache["x"], x)
    same(cache["w"], w)


@pytest.mark.parametrize(("size", "kernel"), [((6, 7), (3, 2)), ((5, 5), (1, 4))])
def test_a_layer_of_one_channel_is_the_correlation_of_scipy(ours, size, kernel):
    x, w = drawn((1, 1, *size), (1, 1, *kernel))
    y, _ = ours["conv2d_forward"](x, w, [0])

    same(y[0, 0], signal.correlate2d(x[0, 0], w[0, 0], "valid"), RTOL, ATOL)


@pytest.mark.parametrize(("x", "k", "s", "pad"), POOLS)
def test_the_largest_of_windows_and_their_places_are_those_of_torch(ours, x, k, s, pad):
    (x,) = drawn(x)
    y, idx = functional.max_pool2d(torch.tensor(x), k, s, pad, return_indices=True)
    found = ours["maxpool_forward"](x, k, s, pad)

    same(found[0], y)
    assert found[1].tolist() == idx.tolist()


@pytest.mark.parametrize(("x", "k", "s", "pad"), POOLS)
def test_of_equal_numbers_torch_takes_the_first_too(ours, x, k, s, pad):
    x = np.random.default_rng(len(x) + k).integers(0, 3, size=x).astype(float)
    _, idx = functional.max_pool2d(torch.tensor(x), k, s, pad, return_indices=True)

    assert ours["maxpool_forward"](x, k, s, pad)[1].tolist() == idx.tolist()


@pytest.mark.parametrize(("x", "k", "s", "pad"), POOLS)
def test_the_way_back_through_pooling_is_that_of_torch(ours, x, k, s, pad):
    (x,) = drawn(x)
    (leaf,) = leaves(x)
    y, idx = ours["maxpool_forward"](x, k, s, pad)
    (dout,) = drawn(y.shape)
    functional.max_pool2d(leaf, k, s, pad).backward(torch.tensor(dout))

    same(ours["maxpool_backward"](dout, idx, x.shape), leaf.grad, RTOL, ATOL)


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize(("x", "k", "s", "pad"), POOLS)
def test_means_of_windows_are_those_of_torch_there_and_back(ours, x, k, s, pad, counts):
    (x,) = drawn(x)
    (leaf,) = leaves(x)
    by_torch = functional.avg_pool2d(leaf, k, s, pad, count_include_pad=counts)
    (dout,) = drawn(tuple(by_torch.shape))
    by_torch.backward(torch.tensor(dout))

    same(ours["avgpool_forward"](x, k, s, pad, counts), by_torch.detach(), RTOL, ATOL)
    same(ours["avgpool_backward"](dout, x.shape, k, s, pad, counts), leaf.grad, RTOL, ATOL)


@pytest.mark.parametrize(("x", "k", "s", "pad"), [pool for pool in POOLS if pool[2] >= pool[1]])
def test_max_unpool_is_that_of_torch(ours, x, k, s, pad):
    (x,) = drawn(x)
    y, idx = functional.max_pool2d(torch.tensor(x), k, s, pad, return_indices=True)
    back = functional.max_unpool2d(y, idx, k, s, pad, output_size=x.shape)

    same(ours["max_unpool"](y.numpy(), idx.numpy(), x.shape[2:]), back)


@pytest.mark.parametrize("r", [1, 2, 3])
def test_blocks_and_nails_are_layers_of_torch(ours, r):
    (x,) = drawn((2, 3, 3, 4))
    nail = torch.zeros((3, 1, r, r), dtype=torch.float64)
    nail[:, :, 0, 0] = 1

    same(ours["nearest_unpool"](x, r), functional.interpolate(torch.tensor(x), scale_factor=r))
    same(ours["bed_of_nails"](x, r), functional.conv_transpose2d(torch.tensor(x), nail, stride=r, groups=3))


@pytest.mark.parametrize(("x", "w", "stride", "pad", "more"), ENLARGERS)
def test_a_transposed_convolution_is_that_of_torch(ours, x, w, stride, pad, more):
    x, w, b = drawn(x, w, (w[1],))
    by_torch = functional.conv_transpose2d(*(torch.tensor(a) for a in (x, w, b)), stride, pad, more)

    same(ours["conv_transpose2d"](x, w, b, stride, pad, more), by_torch, RTOL, ATOL)


@pytest.mark.parametrize(("x", "w", "stride", "pad", "more"), ENLARGERS)
def test_a_transposed_convolution_is_the_way_back_of_a_convolution(ours, x, w, stride, pad, more):
    x, w = drawn(x, w)
    there = ours["conv_transpose2d"](x, w, np.zeros(w.shape[1]), stride, pad, more)
    cache = {"x": 0 * there, "w": w, "stride": stride, "pad": pad, "dilation": 1, "groups": 1}

    same(there, ours["conv2d_backward"](x, cache)[0], RTOL, ATOL)


def test_a_transposed_convolution_of_one_channel_is_the_full_convolution_of_scipy(ours):
    x, w = drawn((1, 1, 4, 5), (1, 1, 3, 2))

    same(ours["conv_transpose2d"](x, w, [0], 1)[0, 0], signal.convolve2d(x[0, 0], w[0, 0]), RTOL, ATOL)


@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (1, 1, 1, 1), (3, 2, 7, 7)])
def test_the_mean_of_a_map_is_that_of_torch(ours, shape):
    (x,) = drawn(shape)

    same(
        ours["global_avg_pool"](x), functional.adaptive_avg_pool2d(torch.tensor(x), 1)[:, :, 0, 0], RTOL, ATOL
    )


@pytest.mark.parametrize(
    ("shape", "r"), [((1, 4, 2, 3), 2), ((2, 12, 3, 2), 2), ((1, 18, 2, 3), 3), ((2, 2, 3, 3), 1)]
)
def test_channels_and_blocks_are_exchanged_as_in_torch(ours, shape, r):
    (x,) = drawn(shape)
    laid_out = functional.pixel_shuffle(torch.tensor(x), r)

    same(ours["depth_to_space"](x, r), laid_out)
    same(ours["space_to_depth"](laid_out.numpy(), r), functional.pixel_unshuffle(laid_out, r))
    same(ours["space_to_depth"](laid_out.numpy(), r), x)
