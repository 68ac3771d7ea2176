"""The references of `activations` agree with torch, SciPy and NumPy wherever these compute the same thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
special = pytest.importorskip("scipy.special")

ROOT = Path(__file__).parents[2]
FUNCTIONS = course.assignment(course.load(ROOT), "activations").functions
F = torch.nn.functional
EXACTLY = {"rtol": 1e-9, "atol": 0.0}
NEARLY = {"rtol": 1e-9, "atol": 1e-15}  # 1 - t² and its like lose digits where the curve is flat

Z = np.random.default_rng(0).normal(scale=3.0, size=(4, 3, 5))
FAR = np.array([-1000.0, -700.0, -40.0, -3.0, -0.5, -1e-12, 1e-12, 0.5, 3.0, 40.0, 700.0, 1000.0])
SHAPES = pytest.mark.parametrize("z", [Z, FAR], ids=["ordinary", "far"])


def slope(f: Callable[..., Any], z: np.ndarray) -> np.ndarray:
    """The slope of an elementwise torch function at z, by autograd."""
    leaf = torch.tensor(z, requires_grad=True)
    f(leaf).sum().backward()
    return leaf.grad.numpy()


@SHAPES
@pytest.mark.parametrize("lam", [0.4, 1.0, 3.0])
def test_sigmoid_agrees_with_scipy(z: np.ndarray, lam: float) -> None:
    assert np.allclose(FUNCTIONS["sigmoid"](z, lam), special.expit(lam * z), **EXACTLY)


@SHAPES
@pytest.mark.parametrize("lam", [0.4, 1.0, 3.0])
def test_slope_of_sigmoid_agrees_with_torch(z: np.ndarray, lam: float) -> None:
    wanted = slope(lambda leaf: torch.sigmoid(lam * leaf), z)

    assert np.allclose(FUNCTIONS["sigmoid_derivative"](z, lam), wanted, **NEARLY)


@SHAPES
def test_slope_from_the_output_agrees_with_torch(z: np.ndarray) -> None:
    got = FUNCTIONS["sigmoid_derivative_from_output"](special.expit(z))

    assert np.allclose(got, slope(torch.sigmoid, z), **NEARLY)


VALUES: dict[str, Callable[..., Any]] = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "selu": F.selu,
    "relu6": F.relu6,
    "softplus": lambda z: -F.logsigmoid(-z),  # torch's own softplus turns into a straight line above 20
    "piecewise_linear": lambda z: F.hardsigmoid(6 * z),
}


@SHAPES
@pytest.mark.parametrize("name", VALUES)
def test_value_agrees_with_torch(name: str, z: np.ndarray) -> None:
    assert np.allclose(FUNCTIONS[name](z), VALUES[name](torch.tensor(z)).numpy(), **EXACTLY)


def test_softplus_agrees_with_numpy_and_scipy() -> None:
    got = FUNCTIONS["softplus"](FAR)

    assert np.allclose(got, np.logaddexp(0.0, FAR), **EXACTLY)
    assert np.allclose(got, -special.log_expit(-FAR), **EXACTLY)


def test_piecewise_linear_agrees_with_numpy() -> None:
    assert np.allclose(
        FUNCTIONS["piecewise_linear"](Z), np.interp(Z, [-0.5, 0.5], [0.0, 1.0]), rtol=1e-9, atol=0.0
    )


SLOPES: dict[str, Callable[..., Any]] = {
    "tanh_derivative": torch.tanh,
    "relu_derivative": F.relu,
    "leaky_relu_derivative": F.leaky_relu,
}


@SHAPES
@pytest.mark.parametrize("name", SLOPES)
def test_slope_agrees_with_torch(name: str, z: np.ndarray) -> None:
    assert np.allclose(FUNCTIONS[name](z), slope(SLOPES[name], z), **NEARLY)


@pytest.mark.parametrize("name", ["relu_derivative", "leaky_relu_derivative"])
def test_slope_at_the_corner_agrees_with_torch(name: str) -> None:
    corner = np.zeros(3)

    assert np.array_equal(FUNCTIONS[name](corner), slope(SLOPES[name], corner))


@SHAPES
@pytest.mark.parametrize("a", [0.0, 0.2, 1.5])
def test_leaky_relu_and_its_slope_agree_with_torch(z: np.ndarray, a: float) -> None:
    assert np.allclose(FUNCTIONS["leaky_relu"](z, a), F.leaky_relu(torch.tensor(z), a).numpy(), **EXACTLY)
    assert np.allclose(
        FUNCTIONS["leaky_relu_derivative"](z, a), slope(lambda leaf: F.leaky_relu(leaf, a), z), **EXACTLY
    )


@SHAPES
@pytest.mark.parametrize("a", [0.3, 1.0, 2.5])
def test_elu_and_its_slope_agree_with_torch(z: np.ndarray, a: float) -> None:
    """Away from 0, where torch takes the slope of the negative side for any a."""
    assert np.allclose(FUNCTIONS["elu"](z, a), F.elu(torch.tensor(z), a).numpy(), **EXACTLY)
    assert np.allclose(FUNCTIONS["elu_derivative"](z, a), slope(lambda leaf: F.elu(leaf, a), z), **EXACTLY)


@pytest.mark.parametrize(("n", "c"), [(7, 3), (4, 4), (1, 5), (6, 1)])
@pytest.mark.parametrize("corner", [False, True])
def test_prelu_backward_agrees_with_torch(n: int, c: int, corner: bool) -> None:
    rng = np.random.default_rng(n)
    z, a, dout = rng.normal(size=(n, c)), rng.normal(size=c), rng.normal(size=(n, c))
    if corner:
        z[0, 0] = 0.0
    sums, slopes = torch.tensor(z, requires_grad=True), torch.tensor(a, requires_grad=True)
    F.prelu(sums, slopes).backward(torch.tensor(dout))
    dz, da = FUNCTIONS["prelu_backward"](z, a, dout)

    assert np.allclose(dz, sums.grad.numpy(), **EXACTLY)
    assert np.allclose(da, slopes.grad.numpy(), **NEARLY)
