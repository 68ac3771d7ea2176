"""Convolutions: the numbers that come out, how many, and what they cost."""

import numpy as np
import torch
from torch import nn


def example_001_conv1d_padded(of, given):
    return of.conv1d(given["f"], given["g"], "same")


example_001_conv1d_unpadded6 = example_001_conv1d_padded


def example_001_conv2d_ex2(of, given):
    y = of.conv2d(given["x"], given["k"])
    return {"first": y[0, 0], "all": y}


def example_000_conv_5x5(of, given):
    return {
        "correlation": of.correlate2d(given["x"], given["k"]),
        "convolution": of.conv2d(given["x"], given["k"]),
    }


def example_000_conv_tf(of, given):
    x, k = given["x"], given["k"]
    found = {}
    for stride in (1, 2):
        _, *pad = of.tf_padding(len(x), len(k), stride, 1, "same")
        found[f"valid, stride {stride}"] = of.correlate2d(x, k, stride)
        found[f"same, stride {stride}"] = of.correlate2d(of.pad2d(x, (pad, pad)), k, stride)
    return found


def example_001_sobel(of, given):
    ours = of.named_kernel("sobel_y")
    grey = np.full((3, 3), given["grey"])
    return {
        "kernel": ours,
        "on grey": of.correlate2d(grey, ours),
        "printed on grey": of.correlate2d(grey, given["k"]),
    }


def example_001_diff_kernels(of, given):
    y = np.square(given["n"])
    return {
        "first": of.conv1d(y, [1, -1], "valid"),
        "second": of.conv1d(y, [1, -2, 1], "valid"),
        "printed first": of.conv1d(y, given["k1"], "valid"),
        "printed second": of.conv1d(y, given["k2"], "valid"),
    }


def example_001_log_decomp(of, given):
    return of.compose_kernels(given["g"], given["h"])


def example_001_log_ops(of, _given):
    before, after = (sum(of.conv_macs(k, k, 1, 1, 1, 1) for k in sizes) for sizes in ((7,), (3, 5)))
    return {"before": before, "after": after, "percent": 100 * (before - after) / before}


def example_001_fft(of, given):
    return of.fft_conv1d(given["f"], given["g"])


def example_000_lengths(of, given):
    return {
        str(k): {mode: len(of.conv1d(np.ones(given["n"]), np.ones(k), mode)) for mode in given["modes"]}
        for k in given["k"]
    }


def example_004_gabor_ft(_of, given):
    """The integral as a sum over a fine grid."""
    x0, a, k0 = (given[name] for name in ("x0", "a", "k0"))
    x = x0 + np.linspace(-12 * a, 12 * a, given["grid"])
    wavelet = np.exp(-((x - x0) ** 2) / a**2 - 1j * k0 * (x - x0))
    return [abs(np.sum(wavelet * np.exp(-1j * k * x))) * (x[1] - x[0]) for k in given["k"]]


def example_004_dilation(of, given):
    return {str(d): of.correlate2d([given["x"]], [given["w"]], dilation=d)[0, 0] for d in given["dilation"]}


def example_x_conv_output_size(of, given):
    return [of.conv_output_size(*case) for case in given["cases"]]


def example_002_conv_fig(of, given):
    return [of.conv_output_size(n, given["k"], given["s"], given["p"]) for n in given["n"]]


def example_004_32_5(of, given):
    size = of.conv_output_size(given["n"], given["k"])
    return {
        "size": size,
        "positions": size**2,
        "products": of.conv_params(given["k"], given["k"], given["channels"], 1, bias=False),
    }


def example_004_volumes(of, given):
    size = of.conv_output_size(given["n"], given["k"], 1, given["p"])
    return [size, size, of.pool_output_size(size, given["pool"], given["pool"])]


def example_002_pool25(of, given):
    return of.pool_output_size(given["n"], 2, 2) ** 2 / given["n"] ** 2


def example_001_tconv_1d_crop(of, given):
    n, k, s = (given[name] for name in "nks")
    return {
        "full": of.transposed_output_size(n, k, s),
        "cropped": of.transposed_output_size(n, k, s, p=1, op=1),
    }


def example_001_atrous(of, given):
    return [of.effective_kernel(given["k"], rate) for rate in given["r"]]


def example_003_rf(of, given):
    return {str(n): of.receptive_field([(3, 1, 1)] * n)[0] for n in given["layers"]}


def example_004_rf(of, given):
    return of.receptive_field([(k, 1, 1) for k in given["k"]])[0]


def example_003_rf_stride(of, given):
    first, second = given["layers"]
    return {
        "stride 2": of.receptive_field([first, second])[0],
        "stride 1": of.receptive_field([second, second])[0],
    }


def example_002_alexnet_sizes(of, given):
    n = given["n"]
    after, found = of.conv_output_size(227, 11, 4), {}
    found["C1 same"], *_ = of.tf_padding(n, 11, 4, 1, "same")
    found["C1 valid"], *_ = of.tf_padding(n, 11, 4, 1, "valid")
    found |= {"C1 of 227": after, "C1 with padding 2": of.conv_output_size(n, 11, 4, 2)}
    for name, size, (k, s, p) in given["after C1"]:
        after = of.pool_output_size(after, k, s) if size == "pool" else of.conv_output_size(after, k, s, p)
        found[name] = after
    found["AlexNet of 227"] = [size for _, size, _ in _maps_of(of.AlexNet(), 3, 227)]
    return found


def _maps_of(network, channels, size):
    """The maps (C, H, W) behind each convolution and each pooling; on the device "meta" they cost nothing."""
    found, counted = [], (nn.Conv2d, nn.MaxPool2d)
    for layer in network.modules():
        if isinstance(layer, counted):
            layer.register_forward_hook(lambda _layer, _given, y: found.append(tuple(y.shape[1:])))
    network.to("meta")(torch.zeros(1, channels, size, size, device="meta"))
    return found


def example_001_pool5(of, given):
    *_, conv5, pool5 = ((h, w, c) for c, h, w in _maps_of(of.AlexNet(), 3, given["n"]))
    return {"conv5": conv5, "pool5": pool5}


def example_000_pool_code(of, given):
    return {f"stride {s}": of.maxpool_forward([[given["x"]]], 2, s)[0][0, 0] for s in (1, 2)}


def example_001_nn_unpool(of, given):
    return of.nearest_unpool([[given["x"]]], 2)[0, 0]


def example_001_bed_of_nails(of, given):
    return of.bed_of_nails([[given["x"]]], 2)[0, 0]


def example_001_tconv(of, given):
    w = np.ones((1, 1, *given["k"]))
    return of.conv_transpose2d([[given["x"]]], w, [0], given["stride"])[0, 0]


example_001_tconv_full = example_001_tconv


def example_002_relu_maxpool(of, given):
    """Any picture will do; this one is made of sines."""
    height, width = given["shape"]
    x = np.sin(1 + np.arange(height * width)).reshape(1, 1, height, width)
    first = {"largest": of.maxpool_forward(of.relu(x), 2, 2)[0], "mean": of.avgpool_forward(of.relu(x), 2, 2)}
    last = {"largest": of.relu(of.maxpool_forward(x, 2, 2)[0]), "mean": of.relu(of.avgpool_forward(x, 2, 2))}
    return {name: bool(np.array_equal(first[name], last[name])) for name in first}
