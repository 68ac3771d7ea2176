"""The references of conv_arithmetic agree with torch, scipy and scikit-learn where these compute the same."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
signal = pytest.importorskip("scipy.signal")
neural_network = pytest.importorskip("sklearn.neural_network")
flop_counter = pytest.importorskip("torch.utils.flop_counter")

REFERENCES = course.assignment(course.load(Path(__file__).parents[2]), "conv_arithmetic").functions
F = torch.nn.functional
LAYERS = [
    (1, 1, 4, 3, 1),
    (5, 3, 3, 8, 1),
    (2, 7, 4, 6, 2),
    (3, 3, 6, 6, 6),
    (1, 4, 8, 12, 4),
]
STACKS = [
    [(3, 1, 1)],
    [(3, 1, 1), (3, 1, 1)],
    [(3, 2, 1), (3, 1, 1)],
    [(2, 3, 2), (5, 1, 1), (3, 2, 3)],
    [(5, 1, 1), (2, 2, 1), (5, 1, 1), (2, 2, 1), (5, 1, 1)],
]


def row(n: int) -> Any:
    """One picture of one channel and one row, of n ones."""
    return torch.ones(1, 1, n, dtype=torch.float64)


def refused(function: str, *args: Any) -> Any:
    """What the reference answers, or None where it raises a ValueError."""
    try:
        return REFERENCES[function](*args)
    except ValueError:
        return None


@pytest.mark.parametrize(("k", "s", "p", "d"), list(product((1, 2, 5), (1, 2, 3), (0, 1, 2), (1, 2, 4))))
def test_a_size_is_what_torch_makes_and_what_torch_refuses_is_refused(k: int, s: int, p: int, d: int) -> None:
    for n in range(1, 25):
        try:
            want = F.conv1d(row(n), row(k), stride=s, padding=p, dilation=d).shape[-1]
        except RuntimeError:
            want = None

        assert refused("conv_output_size", n, k, s, p, d) == want, n


@pytest.mark.parametrize("s", [0, -1, -3])
def test_a_stride_that_torch_refuses_is_refused(s: int) -> None:
    with pytest.raises(RuntimeError):
        F.conv1d(row(9), row(3), stride=s)
    with pytest.raises(ValueError, match="stride"):
        REFERENCES["conv_output_size"](9, 3, s)


@pytest.mark.parametrize(("n", "k"), [(9, 3), (9, 4), (5, 5), (12, 1)])
def test_valid_is_the_size_that_scipy_calls_valid(n: int, k: int) -> None:
    want = len(signal.correlate(np.ones(n), np.ones(k), mode="valid"))

    assert REFERENCES["conv_output_size"](n, k) == want
    assert REFERENCES["tf_padding"](n, k, 1, 1, "valid") == (want, 0, 0)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")  # only slow
@pytest.mark.parametrize(("n", "k", "d"), list(product((7, 12), (1, 2, 3, 4, 5), (1, 2, 3))))
def test_same_puts_the_zeros_where_torch_puts_them(n: int, k: int, d: int) -> None:
    rng = np.random.default_rng([n, k, d])
    x, w = torch.tensor(rng.normal(size=(1, 1, n))), torch.tensor(rng.normal(size=(1, 1, k)))
    out, left, right = REFERENCES["tf_padding"](n, k, 1, d, "same")
    got = F.conv1d(F.pad(x, (left, right)), w, dilation=d)

    assert out == n
    np.testing.assert_allclose(got, F.conv1d(x, w, padding="same", dilation=d), rtol=1e-9)


@pytest.mark.parametrize(("s", "d"), list(product((1, 2, 3, 5), (1, 2, 3))))
def test_same_with_a_stride_has_the_fewest_zeros_that_give_the_size_in_torch(s: int, d: int) -> None:
    for n, k in product(range(1, 20), range(1, 7)):
        out, left, right = REFERENCES["tf_padding"](n, k, s, d, "same")
        sizes = [
            F.conv1d(row(n + zeros), row(k), stride=s, dilation=d).shape[-1] if n + zeros > d * (k - 1) else 0
            for zeros in (left + right, max(left + right - 1, 0))
        ]

        assert out == len(range(0, n, s))
        assert sizes[0] == out
        assert left + right == 0 or sizes[1] < out
        assert right - left in (0, 1)


@pytest.mark.parametrize(("k", "s", "p", "d"), list(product((1, 2, 5), (1, 2, 4), (0, 1), (1, 3))))
def test_a_transposed_size_is_what_torch_makes(k: int, s: int, p: int, d: int) -> None:
    for n, op in product(range(3, 8), range(s)):
        want = F.conv_transpose1d(row(n), row(k), stride=s, padding=p, output_padding=op, dilation=d)

        assert REFERENCES["transposed_output_size"](n, k, s, p, op, d) == want.shape[-1]


@pytest.mark.parametrize(("n", "k"), [(1, 4), (5, 3), (6, 1)])
def test_a_transposed_size_without_a_stride_is_what_scipy_calls_full(n: int, k: int) -> None:
    want = len(signal.convolve(np.ones(n), np.ones(k), mode="full"))

    assert REFERENCES["transposed_output_size"](n, k, 1) == want


@pytest.mark.parametrize(("k", "s", "ceil_mode"), list(product(range(1, 7), range(1, 7), (False, True))))
@pytest.mark.parametrize("pool", [F.max_pool1d, F.avg_pool1d])
def test_a_number_of_windows_is_that_of_torch(k: int, s: int, ceil_mode: bool, pool: Any) -> None:
    for p, n in product(range(k // 2 + 1), range(k, 30)):
        want = pool(row(n), k, s, p, ceil_mode=ceil_mode).shape[-1]

        assert REFERENCES["pool_output_size"](n, k, s, p, ceil_mode) == want, (n, p)


@pytest.mark.parametrize(("kh", "kw", "c_in", "c_out", "groups"), LAYERS)
@pytest.mark.parametrize("bias", [True, False])
def test_parameters_are_those_that_torch_makes(
    kh: int, kw: int, c_in: int, c_out: int, groups: int, bias: bool
) -> None:
    layer = torch.nn.Conv2d(c_in, c_out, (kh, kw), bias=bias, groups=groups)
    want = sum(part.numel() for part in layer.parameters())

    assert REFERENCES["conv_params"](kh, kw, c_in, c_out, bias, groups) == want


@pytest.mark.parametrize(("c_in", "c_out"), [(8, 6), (6, 8), (6, 6), (1, 4)])
def test_groups_that_torch_refuses_are_refused(c_in: int, c_out: int) -> None:
    with pytest.raises(ValueError, match="divisible"):
        torch.nn.Conv2d(c_in, c_out, 3, groups=4)
    with pytest.raises(ValueError, match="groups"):
        REFERENCES["conv_params"](3, 3, c_in, c_out, groups=4)


@pytest.mark.parametrize(("kh", "kw", "c_in", "c_out", "groups"), LAYERS)
def test_multiplications_are_half_the_operations_that_torch_counts(
    kh: int, kw: int, c_in: int, c_out: int, groups: int
) -> None:
    x, layer = torch.ones(1, c_in, 11, 14), torch.nn.Conv2d(c_in, c_out, (kh, kw), stride=2, groups=groups)
    with flop_counter.FlopCounterMode(display=False) as counter:
        oh, ow = layer(x).shape[2:]

    assert 2 * REFERENCES["conv_macs"](kh, kw, c_in, c_out, oh, ow, groups) == counter.get_total_flops()


@pytest.mark.parametrize("shape", [(), (5,), (2, 3, 4), (3, 2, 5, 7)])
@pytest.mark.parametrize(("bits", "dtype"), [(8, "int8"), (16, "float16"), (32, "float32"), (64, "float64")])
def test_bytes_are_those_of_numpy_and_torch(shape: tuple[int, ...], bits: int, dtype: str) -> None:
    got = REFERENCES["activation_bytes"](shape, bits)

    assert got == np.zeros(shape, dtype).nbytes
    assert got == torch.zeros(shape, dtype=getattr(torch, dtype)).nbytes


@pytest.mark.parametrize("sizes", [[5], [4, 3], [3, 7, 2], [10, 100, 100, 1]])
@pytest.mark.parametrize("bias", [True, False])
def test_a_chain_has_the_parameters_that_torch_makes(sizes: list[int], bias: bool) -> None:
    layers = [torch.nn.Linear(a, b, bias=bias) for a, b in pairwise(sizes)]
    want = sum(part.numel() for layer in layers for part in layer.parameters())

    assert REFERENCES["dense_params"](sizes, bias) == want


@pytest.mark.parametrize("sizes", [[4, 5, 1], [3, 7, 6, 2]])
def test_a_chain_has_the_parameters_of_scikit_learn(sizes: list[int]) -> None:
    model = neural_network.MLPRegressor(hidden_layer_sizes=sizes[1:-1], solver="sgd", batch_size=4)
    model.partial_fit(np.ones((4, sizes[0])), np.ones((4, sizes[-1])).squeeze())
    weights, biases = (sum(part.size for part in parts) for parts in (model.coefs_, model.intercepts_))

    assert REFERENCES["dense_params"](sizes) == weights + biases
    assert REFERENCES["dense_params"](sizes, bias=False) == weights


@pytest.mark.parametrize(("k", "rate"), list(product((1, 2, 3, 5), (1, 2, 3, 7))))
def test_a_kernel_covers_what_an_impulse_becomes_in_torch(k: int, rate: int) -> None:
    impulse = torch.zeros(1, 1, 81, dtype=torch.float64)
    impulse[..., 40] = 1.0
    touched = np.flatnonzero(F.conv1d(impulse, row(k), dilation=rate).numpy())

    assert REFERENCES["effective_kernel"](k, rate) == touched[-1] - touched[0] + 1


@pytest.mark.parametrize("layers", STACKS)
def test_an_output_sees_the_cells_that_torch_sends_a_gradient_to(layers: list[tuple[int, int, int]]) -> None:
    x = row(80).requires_grad_()
    y = x
    for k, s, d in layers:
        y = F.conv1d(y, row(k), stride=s, dilation=d)
    spans = [np.flatnonzero(torch.autograd.grad(y[0, 0, i], x, retain_graph=True)[0].numpy()) for i in (0, 1)]
    rf, jump = REFERENCES["receptive_field"](layers)

    assert rf == spans[0][-1] - spans[0][0] + 1
    assert jump == spans[1][0] - spans[0][0]
