"""The references of the perceptron agree with torch, scipy, scikit-learn and numpy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from autograder import course

torch = pytest.importorskip("torch")
linalg = pytest.importorskip("scipy.linalg")
linear_model = pytest.importorskip("sklearn.linear_model")

ROOT = Path(__file__).parents[2]
REFERENCE = course.assignment(course.load(ROOT), "perceptron").functions
RTOL = 1e-9

Array = npt.NDArray[Any]
ROWS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def rows(n: int) -> Array:
    """All rows of n zeros and ones."""
    return np.indices((2,) * n).reshape(n, -1).T.astype(float)


def separable(seed: int, n: int = 20, size: int = 3) -> tuple[Array, Array, Array]:
    """Points on either side of a plane [b, w], none near it."""
    rng = np.random.default_rng(seed)
    w = rng.normal(size=size + 1)
    x = 2 * rng.normal(size=(10 * n, size))
    u = x @ w[1:] + w[0]
    x = x[np.abs(u) > 0.5][:n]
    return x, (x @ w[1:] + w[0] > 0).astype(float), w


def stepped(start: tuple[Array, Array], x: Array, errors: Array, eta: float) -> tuple[Array, Array]:
    """One step of torch's gradient descent on -Σ (d - y) u, whose gradient is the perceptron rule."""
    weights, biases = (torch.tensor(part, requires_grad=True) for part in start)
    criterion = -torch.sum(torch.tensor(errors) * (torch.tensor(x) @ weights + biases))
    criterion.backward()
    torch.optim.SGD([weights, biases], lr=eta).step()
    return weights.detach().numpy(), biases.detach().numpy()


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shape", [(), (7,), (3, 4), (0,)])
def test_step_is_the_heaviside_of_numpy_and_torch(at_zero: float, shape: tuple[int, ...]) -> None:
    u = np.asarray(np.random.default_rng(0).choice([-1.5, -0.0, 0.0, 1e-300, 2.0], size=shape))
    got = REFERENCE["step"](u, at_zero)
    values = torch.tensor(at_zero, dtype=torch.float64)

    np.testing.assert_array_equal(got, np.heaviside(u, at_zero))
    np.testing.assert_array_equal(got, torch.heaviside(torch.tensor(u), values).numpy())


@pytest.mark.parametrize(
    ("phi", "theirs"),
    [
        (lambda u: u, torch.nn.Identity()),
        (np.tanh, torch.nn.Tanh()),
        (lambda u: 1 / (1 + np.exp(-u)), torch.nn.Sigmoid()),
        (lambda u: np.maximum(u, 0), torch.nn.ReLU()),
    ],
)
@pytest.mark.parametrize("n", [1, 6])
def test_neuron_is_a_linear_layer_and_an_activation_of_torch(phi: Any, theirs: Any, n: int) -> None:
    rng = np.random.default_rng(n)
    x, w, b = rng.normal(size=(n, 4)), rng.normal(size=4), rng.normal()
    sums = torch.nn.functional.linear(
        torch.tensor(x), torch.tensor(w)[None], torch.tensor([b], dtype=torch.float64)
    )

    np.testing.assert_allclose(REFERENCE["neuron"](x, w, b, phi), theirs(sums)[:, 0].numpy(), rtol=RTOL)


@pytest.mark.parametrize("n", range(1, 9))
@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    ("gate", "theirs"),
    [
        ("and", lambda x: np.logical_and.reduce(x, axis=1)),
        ("or", lambda x: np.logical_or.reduce(x, axis=1)),
        ("nand", lambda x: ~np.logical_and.reduce(x, axis=1)),
        ("nor", lambda x: ~np.logical_or.reduce(x, axis=1)),
    ],
)
def test_gates_have_the_truth_tables_of_numpy(n: int, at_zero: float, gate: str, theirs: Any) -> None:
    w, b = REFERENCE["logic_gate_weights"](gate, n)
    u = rows(n) @ w + b

    np.testing.assert_array_equal(np.heaviside(u, at_zero), theirs(rows(n)))
    assert np.min(np.abs(u)) >= 0.25


def test_not_has_the_truth_table_of_numpy() -> None:
    w, b = REFERENCE["logic_gate_weights"]("not")

    np.testing.assert_array_equal(rows(1) @ w + b > 0, np.logical_not(rows(1)[:, 0]))


@pytest.mark.parametrize(("inputs", "neurons"), [(1, 1), (4, 1), (3, 5), (4, 4)])
def test_an_update_is_a_step_down_the_perceptron_criterion_in_torch(inputs: int, neurons: int) -> None:
    rng = np.random.default_rng(10 * inputs + neurons)
    w, b, x = rng.normal(size=(inputs, neurons)), rng.normal(size=neurons), rng.normal(size=inputs)
    d, y = rng.integers(0, 2, size=(2, neurons)).astype(float)

    got = REFERENCE["perceptron_update"](w, b, x, d, y, 0.3)

    for ours, theirs in zip(got, stepped((w, b), x[None], (d - y)[None], 0.3), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=RTOL)


@pytest.mark.parametrize(("examples", "inputs", "neurons"), [(1, 3, 2), (8, 3, 2), (5, 5, 5), (30, 2, 1)])
def test_a_batch_is_a_step_down_the_perceptron_criterion_in_torch(
    examples: int, inputs: int, neurons: int
) -> None:
    rng = np.random.default_rng(100 * examples + 10 * inputs + neurons)
    w, b, x = (
        rng.normal(size=(inputs, neurons)),
        rng.normal(size=neurons),
        rng.normal(size=(examples, inputs)),
    )
    d = rng.integers(0, 2, size=(examples, neurons)).astype(float)

    got = REFERENCE["perceptron_batch_update"](w, b, x, d, 0.3)

    errors = d - np.heaviside(x @ w + b, 1.0)
    for ours, theirs in zip(got, stepped((w, b), x, errors, 0.3), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=RTOL)


@pytest.mark.parametrize("epochs", [1, 2, 500])
@pytest.mark.parametrize("eta", [0.25, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_training_ends_where_that_of_scikit_learn_ends(seed: int, eta: float, epochs: int) -> None:
    # A start from which no sum is exactly zero: there scikit-learn calls either answer a mistake.
    x, d, _ = separable(seed)
    w0, b0 = np.array([0.3, -0.2, 0.1]), 0.125
    ours = REFERENCE["perceptron_fit"](x, d, w0, b0, eta, epochs)
    theirs = linear_model.Perceptron(eta0=eta, shuffle=False, tol=None, max_iter=ours["epochs"])
    theirs.fit(x, d, coef_init=w0[None], intercept_init=np.array([b0]))

    assert ours["converged"] or epochs < 500
    np.testing.assert_allclose(ours["w"], theirs.coef_[0], rtol=RTOL)
    np.testing.assert_allclose(ours["b"], theirs.intercept_[0], rtol=RTOL)


@pytest.mark.parametrize("epochs", [1, 5])
@pytest.mark.parametrize("seed", range(4))
def test_training_without_a_bias_ends_where_that_of_scikit_learn_ends(seed: int, epochs: int) -> None:
    x, d, _ = separable(seed)
    w0 = np.array([0.3, -0.2, 0.1])
    ours = REFERENCE["perceptron_fit"](x, d, w0, 0.0, 0.5, epochs, train_bias=False)
    theirs = linear_model.Perceptron(
        eta0=0.5, shuffle=False, tol=None, max_iter=ours["epochs"], fit_intercept=False
    )
    theirs.fit(x, d, coef_init=w0[None])

    np.testing.assert_allclose(ours["w"], theirs.coef_[0], rtol=RTOL)
    assert ours["b"] == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_a_trained_neuron_answers_as_that_of_scikit_learn_predicts(seed: int) -> None:
    x, d, _ = separable(seed)
    theirs = linear_model.Perceptron(shuffle=False, tol=None, max_iter=200).fit(x, d)
    fit = REFERENCE["perceptron_fit"](x, d, theirs.coef_[0], theirs.intercept_[0], 1.0, 10)

    assert (fit["updates"], fit["epochs"], fit["converged"]) == (0, 1, True)
    np.testing.assert_array_equal(
        REFERENCE["neuron"](x, fit["w"], fit["b"], REFERENCE["step"]), theirs.predict(x)
    )


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("turned", [0, 3])
def test_the_margin_is_the_shortest_way_to_the_plane_that_scipy_finds(size: int, turned: int) -> None:
    x, d, (b, *w) = separable(size, size=size)
    d[:turned] = 1 - d[:turned]
    s = 2 * d - 1

    # The least-norm solution of w·δ = -(w·x + b) leads from a point x straight to the plane.
    ways = [linalg.lstsq(np.array([w]), [-(point @ w + b)])[0] for point in x]
    leads = s * np.sign(x @ w + b) * linalg.norm(ways, axis=1)

    np.testing.assert_allclose(REFERENCE["margin"](x, d, w, b), min(leads), rtol=RTOL)


@pytest.mark.parametrize("seed", range(4))
def test_the_margin_is_the_smallest_decision_of_scikit_learn_over_the_length_of_torch(seed: int) -> None:
    x, d, _ = separable(seed)
    theirs = linear_model.Perceptron(shuffle=False, tol=None, max_iter=3).fit(x, d)
    decisions = torch.tensor((2 * d - 1) * theirs.decision_function(x))
    wanted = torch.min(decisions) / torch.linalg.vector_norm(torch.tensor(theirs.coef_[0]))

    got = REFERENCE["margin"](x, d, theirs.coef_[0], theirs.intercept_[0])

    np.testing.assert_allclose(got, wanted.item(), rtol=RTOL)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_bound_is_the_largest_length_over_the_margin_of_inputs_with_a_one(size: int) -> None:
    x, d, plane = separable(size, size=size)
    with_one = torch.nn.functional.pad(torch.tensor(x), (1, 0), value=1.0)
    unit = torch.nn.functional.normalize(torch.tensor(plane), dim=0)
    alpha = torch.min(torch.tensor(2 * d - 1) * (with_one @ unit))
    beta = torch.max(torch.linalg.vector_norm(with_one, dim=1) ** 2)

    got = REFERENCE["convergence_bound"](x, d, plane)

    np.testing.assert_allclose(got, (beta / alpha**2).item(), rtol=RTOL)


@pytest.mark.parametrize("eta", [0.1, 1.0])
@pytest.mark.parametrize("seed", range(6))
def test_no_training_from_zero_needs_more_updates_than_the_bound(seed: int, eta: float) -> None:
    x, d, plane = separable(seed)
    fit = REFERENCE["perceptron_fit"](x, d, np.zeros(3), 0.0, eta, 1000)

    assert fit["converged"]
    assert 0 < fit["updates"] <= REFERENCE["convergence_bound"](x, d, plane)


def test_a_plane_that_separates_nothing_has_no_bound() -> None:
    x, d, plane = separable(0)

    with pytest.raises(ValueError, match="does not separate"):
        REFERENCE["convergence_bound"](x, 1 - d, plane)


@pytest.mark.parametrize("at_zero", [0.0, 1.0])
def test_the_network_is_the_exclusive_or_of_numpy_in_layers_of_torch(at_zero: float) -> None:
    w1, b1, w2, b2 = map(torch.tensor, REFERENCE["xor_network"]())
    values = torch.tensor(at_zero, dtype=torch.float64)
    hidden = torch.heaviside(torch.nn.functional.linear(torch.tensor(ROWS), w1.T, b1), values)
    answers = torch.heaviside(torch.nn.functional.linear(hidden, w2.T, b2), values)

    np.testing.assert_array_equal(answers[:, 0].numpy(), np.logical_xor(*ROWS.T))
