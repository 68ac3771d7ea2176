"""Parameters, multiplications and memory."""

from itertools import pairwise


def example_000_params_41601(of, given):
    sizes = given["sizes"]
    return {
        "layers": [of.dense_params(list(pair)) for pair in pairwise(sizes)],
        "total": of.dense_params(sizes),
    }


example_002_mnist_mlp = example_000_params_41601


def example_000_75k(of, given):
    batch, *image = given["shape"]
    return {"image": of.activation_bytes(image, 8), "batch": of.activation_bytes([batch, *image], 8)}


def example_004_fc_weights(of, given):
    return [of.dense_params([of.activation_bytes(shape, 8), 1], bias=False) for shape in given["shapes"]]


def example_004_forest(of, given):
    return {
        "pixels": of.activation_bytes(given["shape"][:2], 8),
        "features": of.activation_bytes(given["shape"], 8),
    }


def example_004_96(of, given):
    large, small = (of.dense_params([n * n, given["features"]], bias=False) for n in given["n"])
    return {"inputs": given["n"][0] ** 2, "params": large, "ratio": large / small}


def example_004_local(of, given):
    return [of.conv_params(*kernel, 1, bias=False) for kernel in given["kernels"]]


def example_003_params(of, given):
    n, k = given["n"], given["k"]
    return {
        "conv": of.conv_params(k, k, 1, 1),
        "dense": of.dense_params([n * n, n * n], bias=False),
        "dense with biases": of.dense_params([n * n, n * n]),
    }


def example_002_memory(of, given):
    k, c_in, c_out, h, w = (given[name] for name in ("k", "c_in", "c_out", "h", "w"))
    size = of.activation_bytes((c_out, h, w))
    return {
        "params": of.conv_params(k, k, c_in, c_out),
        "products": of.conv_macs(k, k, c_in, c_out, h, w),
        "bits": 8 * size,
        "MiB": size / 2**20,
        "GiB of 100": of.activation_bytes((100, c_out, h, w)) / 2**30,
    }


def example_002_256(of, given):
    n = given["n"]
    return {
        "pixels": of.activation_bytes((n, n), 8),
        "weights": of.dense_params([n * n, given["units"]], bias=False),
    }


def example_002_mnist_fc(of, given):
    return of.dense_params(given["sizes"], bias=False)


def example_001_5248(of, given):
    return of.conv_params(given["k"], given["k"], given["c_in"], given["c_out"])


example_001_1327360 = example_001_5248


def example_001_groupconv(of, given):
    kernel = 1, 1, given["c_in"], given["c_out"]
    return {
        "grouped": of.conv_params(*kernel, bias=False, groups=given["groups"]),
        "ordinary": of.conv_params(*kernel, bias=False),
    }


def example_001_5x5_to_3x3(of, given):
    c = given["channels"]
    return {
        name: sum(of.conv_params(kh, kw, c, c, bias=False) for kh, kw in kernels)
        for name, kernels in given["kernels"].items()
    }


def example_001_resnet_filters(of, given):
    return [of.conv_params(k, k, c_in, c_out, bias=False) for c_out, c_in, k, _ in given["shapes"]]


def _parameters(of, convolutions, dense):
    """Of each layer: convolutions as (k, c_in, c_out), dense layers as (inputs, outputs)."""
    return [of.conv_params(k, k, c_in, c_out) for k, c_in, c_out in convolutions] + [
        of.dense_params(list(sizes)) for sizes in dense
    ]


def example_002_lenet_params(of, given):
    """S2 and S4 have one factor and one bias a map; in C3, each entry is maps times maps looked at."""
    counts = [weights.numel() for weights in of.LeNet5().parameters()]
    layers = [sum(pair) for pair in zip(counts[::2], counts[1::2], strict=True)]
    table = sum(maps * of.conv_params(5, 5, looked_at, 1) for maps, looked_at in given["C3 table"])
    return {
        "C1, dense C3, C5, F6, output": layers,
        "C3 by table": table,
        "without subsampling": sum(layers),
    }


def example_004_mnist_cnn_params(of, given):
    layers = _parameters(of, given["convolutions"], given["dense"])
    return {"layers": layers, "total": sum(layers)}


def example_001_vgg_180m(of, given):
    """Kernels of 3 × 3; blocks as (maps, layers), a pooling behind each."""
    found = {}
    for name, blocks in given["blocks"].items():
        widths = [3] + [maps for maps, layers in blocks for _ in range(layers)]
        found[name] = sum(_parameters(of, [(3, *pair) for pair in pairwise(widths)], given["dense"]))
    return found
