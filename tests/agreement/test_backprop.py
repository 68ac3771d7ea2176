"""The references of backprop agree with torch, scikit-learn, scipy and numpy where these compute the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
differentiate = pytest.importorskip("scipy.differentiate")
neural_network = pytest.importorskip("sklearn.neural_network")

REFERENCES = course.assignment(course.load(Path(__file__).parents[2]), "backprop").functions
BENDS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": torch.clone}
NETWORKS = [
    (1, (4, 3), ("sigmoid",)),
    (6, (3, 5, 2), ("tanh", "sigmoid")),
    (5, (3, 5, 4, 6, 2), ("relu", "sigmoid", "tanh", "identity")),
    (3, (3, 3, 3, 3), ("sigmoid", "tanh", "relu")),
    (4, (2, 7, 1), ("relu", "sigmoid")),
]
each_network = pytest.mark.parametrize(("n", "widths", "acts"), NETWORKS)


def same(got: Any, want: Any) -> None:
    """Fail unless both are equal to nine digits, and in shape."""
    want = want.detach().numpy() if isinstance(want, torch.Tensor) else np.asarray(want)

    assert np.shape(got) == want.shape
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-15)


def network(n: int, widths: tuple[int, ...]) -> tuple[Any, ...]:
    """Inputs, wanted outputs, weights and biases."""
    rng = np.random.default_rng([n, *widths])
    weights = [rng.normal(size=shape) for shape in pairwise(widths)]
    biases = [rng.normal(size=width) for width in widths[1:]]
    return rng.normal(size=(n, widths[0])), rng.normal(size=(n, widths[-1])), weights, biases


def leaves(arrays: Sequence[Any]) -> list[Any]:
    """Tensors whose gradient is kept."""
    return [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]


def in_torch(
    inputs: Any, weights: Sequence[Any], biases: Sequence[Any], acts: Sequence[str]
) -> tuple[list[Any], list[Any]]:
    """The sums and outputs of all layers, by torch."""
    sums, outputs = [], [torch.as_tensor(inputs, dtype=torch.float64)]
    for weight, bias, act in zip(weights, biases, acts, strict=True):
        sums.append(torch.nn.functional.linear(outputs[-1], weight.T, bias))
        sums[-1].retain_grad()
        outputs.append(BENDS[act](sums[-1]))
    return sums, outputs


def half_square(outputs: Any, wanted: Any) -> Any:
    """The error summed over samples and outputs."""
    return 0.5 * torch.nn.functional.mse_loss(outputs, torch.tensor(wanted), reduction="sum")


@each_network
def test_forward_is_the_forward_pass_of_torch(n: int, widths: tuple[int, ...], acts: tuple[str, ...]) -> None:
    inputs, _, weights, biases = network(n, widths)
    ours = REFERENCES["forward"](inputs, weights, biases, list(acts))
    theirs = in_torch(inputs, leaves(weights), leaves(biases), acts)
    for got, want in zip(ours[0] + ours[1], theirs[0] + theirs[1], strict=True):
        same(got, want)


@pytest.mark.parametrize("act", BENDS)
def test_output_delta_is_the_slope_that_torch_finds(act: str) -> None:
    rng = np.random.default_rng(3)
    wanted = rng.normal(size=(5, 3))
    (z,) = leaves([rng.normal(size=(5, 3))])
    a = BENDS[act](z)
    half_square(a, wanted).backward()

    same(REFERENCES["output_delta"](a.detach().numpy(), wanted, z.detach().numpy(), act), z.grad)


def test_the_slope_of_relu_at_zero_is_that_of_torch() -> None:
    (z,) = leaves([[[0.0, -1.0, 2.0]]])
    torch.relu(z).sum().backward()

    same(REFERENCES["output_delta"](np.ones((1, 3)), np.zeros((1, 3)), z.detach().numpy(), "relu"), z.grad)


@each_network
def test_deltas_are_the_slopes_that_torch_finds(
    n: int, widths: tuple[int, ...], acts: tuple[str, ...]
) -> None:
    inputs, wanted, weights, biases = network(n, widths)
    sums, outputs = in_torch(inputs, leaves(weights), leaves(biases), acts)
    half_square(outputs[-1], wanted).backward()
    deltas, zs = [z.grad.numpy() for z in sums], [z.detach().numpy() for z in sums]
    last = REFERENCES["output_delta"](outputs[-1].detach().numpy(), wanted, zs[-1], acts[-1])
    hidden = [
        REFERENCES["hidden_delta"](after, weight, z, act)
        for after, weight, z, act in zip(deltas[1:], weights[1:], zs[:-1], acts[:-1], strict=True)
    ]
    for got, want in zip([*hidden, last], deltas, strict=True):
        same(got, want)


@pytest.mark.parametrize(("n", "i", "j"), [(7, 3, 4), (3, 3, 3), (1, 2, 5), (6, 4, 1)])
def test_weight_gradients_are_those_of_a_linear_layer_of_torch(n: int, i: int, j: int) -> None:
    rng = np.random.default_rng([n, i, j])
    inputs, delta = rng.normal(size=(n, i)), rng.normal(size=(n, j))
    layer = torch.nn.Linear(i, j, dtype=torch.float64)
    layer(torch.tensor(inputs)).backward(torch.tensor(delta) / n)
    of_weights, of_biases = REFERENCES["weight_gradients"](inputs, delta)

    same(of_weights, layer.weight.grad.T)
    same(of_biases, layer.bias.grad)


@each_network
def test_backprop_finds_the_gradients_that_torch_finds(
    n: int, widths: tuple[int, ...], acts: tuple[str, ...]
) -> None:
    inputs, wanted, weights, biases = network(n, widths)
    theirs = leaves(weights), leaves(biases)
    (half_square(in_torch(inputs, *theirs, acts)[1][-1], wanted) / n).backward()
    ours = REFERENCES["backprop"](inputs, wanted, weights, biases, list(acts))
    for got, want in zip(ours[0] + ours[1], theirs[0] + theirs[1], strict=True):
        same(got, want.grad)


@pytest.mark.parametrize(("theirs", "ours"), [("logistic", "sigmoid"), ("tanh", "tanh"), ("relu", "relu")])
def test_a_step_of_scikit_learn_is_a_step_against_the_gradient(theirs: str, ours: str) -> None:
    rng = np.random.default_rng(8)
    inputs, wanted = rng.normal(size=(6, 3)), rng.normal(size=6)
    model = neural_network.MLPRegressor(
        hidden_layer_sizes=(5, 4),
        activation=theirs,
        solver="sgd",
        alpha=0.0,
        batch_size=6,
        learning_rate_init=0.5,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=False,
        random_state=1,
    )
    model.partial_fit(inputs, wanted)  # makes the weights
    weights, biases = ([part.copy() for part in parts] for parts in (model.coefs_, model.intercepts_))
    model.partial_fit(inputs, wanted)
    slopes = REFERENCES["backprop"](inputs, wanted[:, None], weights, biases, [ours, ours, "identity"])
    moved = model.coefs_ + model.intercepts_
    for old, slope, new in zip(weights + biases, slopes[0] + slopes[1], moved, strict=True):
        same(old - 0.5 * slope, new)


@pytest.mark.parametrize(("ins", "hidden", "outs"), [(4, 3, 2), (3, 3, 3), (2, 5, 1)])
def test_a_step_with_thresholds_is_a_step_of_torch(ins: int, hidden: int, outs: int) -> None:
    rng = np.random.default_rng([ins, hidden, outs])
    x, y = rng.normal(size=ins), rng.uniform(size=outs)
    before = [rng.normal(size=shape) for shape in ((ins, hidden), hidden, (hidden, outs), outs)]
    first, gamma, second, theta = moved = leaves(before)
    output = torch.sigmoid(torch.sigmoid(torch.tensor(x) @ first - gamma) @ second - theta)
    half_square(output, y).backward()
    torch.optim.SGD(moved, lr=0.7).step()
    for got, want in zip(REFERENCES["ebp_step_threshold"](x, y, *before, 0.7), moved, strict=True):
        same(got, want)


@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (2, 1, 3)])
def test_the_slope_of_a_parabola_is_exact_for_any_push(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    scale = rng.uniform(1.0, 2.0, size=shape)
    (theta,) = leaves([rng.uniform(1.0, 2.0, size=shape)])
    (torch.tensor(scale) * theta**2).sum().backward()
    got = REFERENCES["numerical_gradient"](lambda t: np.sum(scale * t**2), theta.detach().numpy(), h=0.5)

    same(got, theta.grad)


@pytest.mark.parametrize("f", [np.exp, np.sin, np.tanh, np.log])
def test_a_numerical_gradient_is_the_derivative_of_scipy(f: Callable[[Any], Any]) -> None:
    theta = np.linspace(0.8, 1.2, 5)
    got = REFERENCES["numerical_gradient"](lambda t: np.sum(f(t)), theta)

    same(got, differentiate.derivative(f, theta).df)


@pytest.mark.parametrize(("ins", "between", "outs"), [(3, 4, 2), (3, 3, 3), (4, 1, 5)])
def test_one_layer_says_what_two_of_torch_say(ins: int, between: int, outs: int) -> None:
    inputs, _, weights, biases = network(6, (ins, between, outs))
    weight, bias = REFERENCES["linear_collapse"](weights[0], biases[0], weights[1], biases[1])
    _, outputs = in_torch(inputs, leaves(weights), leaves(biases), ("identity", "identity"))

    same(inputs @ weight + bias, outputs[-1])


@pytest.mark.parametrize("k", [0, 1, 4, 9])
def test_a_staircase_is_where_numpy_sorts_a_number_in(k: int) -> None:
    rng = np.random.default_rng(k)
    edges, values = np.cumsum(rng.uniform(0.5, 2.0, size=k)) - 3.0, rng.normal(size=k + 1)
    x = np.concatenate([edges, rng.uniform(-6.0, 12.0, size=50)])
    w1, b1, w2, b2 = REFERENCES["step_approximator"](edges, values)
    got = ((x[:, None] @ w1 + b1 >= 0) @ w2 + b2)[:, 0]

    same(got, values[np.digitize(x, edges)])
