"""The losses: the references agree with torch, scikit-learn, SciPy and NumPy.

Where a library takes another mean, or stops a logarithm elsewhere, the test tells it what we mean.
"""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
special = pytest.importorskip("scipy.special")
metrics = pytest.importorskip("sklearn.metrics")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
functional = torch.nn.functional
SIZES = [(1, 4), (5, 3), (4, 4), (9, 2)]  # samples, and outputs or classes
SCALES = [1.0, 30.0, 1000.0]


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "losses").functions


def scores(n, c, scale=1.0):
    """Scores of n samples, and their right classes."""
    rng = np.random.default_rng([n, c])
    return scale * rng.normal(size=(n, c)), rng.integers(0, c, size=n)


def leaf(array):
    """A tensor whose gradient is kept."""
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize(("n", "k"), SIZES)
def test_mse_is_that_of_torch_and_of_sklearn_times_the_outputs(ours, n, k):
    outputs, wanted = np.random.default_rng([n, k]).normal(size=(2, n, k))
    by_torch = functional.mse_loss(torch.tensor(outputs), torch.tensor(wanted), reduction="sum") / n

    same(ours["mse"](outputs, wanted), float(by_torch), RTOL)
    same(ours["mse"](outputs, wanted), k * metrics.mean_squared_error(wanted, outputs), RTOL)


@pytest.mark.parametrize(("n", "k"), SIZES)
def test_mse_grad_is_the_slope_that_torch_finds(ours, n, k):
    outputs, wanted = np.random.default_rng([n, k]).normal(size=(2, n, k))
    y = leaf(outputs)
    (functional.mse_loss(y, torch.tensor(wanted), reduction="sum") / n).backward()

    same(ours["mse_grad"](outputs, wanted), y.grad, RTOL)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (3, 3), (2, 3, 4)])
def test_softmax_and_its_logarithm_are_those_of_torch_and_of_scipy(ours, shape, scale):
    v = scale * np.random.default_rng(shape).normal(size=shape)

    same(ours["softmax"](v), torch.softmax(torch.tensor(v), dim=-1), RTOL, 1e-300)
    same(ours["softmax"](v), special.softmax(v, axis=-1), RTOL, 1e-300)
    same(ours["log_softmax"](v), torch.log_softmax(torch.tensor(v), dim=-1), RTOL, ATOL)
    same(ours["log_softmax"](v), special.log_softmax(v, axis=-1), RTOL, ATOL)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("n", "c"), SIZES)
def test_nll_loss_is_the_cross_entropy_of_torch(ours, n, c, scale):
    v, t = scores(n, c, scale)
    logp = ours["log_softmax"](v)

    same(ours["nll_loss"](logp, t), float(functional.nll_loss(torch.tensor(logp), torch.tensor(t))), RTOL)
    same(ours["nll_loss"](logp, t), float(functional.cross_entropy(torch.tensor(v), torch.tensor(t))), RTOL)


@pytest.mark.parametrize(("n", "c"), SIZES)
def test_nll_loss_is_the_log_loss_of_sklearn(ours, n, c):
    v, t = scores(n, c)
    by_sklearn = metrics.log_loss(t, special.softmax(v, axis=1), labels=np.arange(c))

    same(ours["nll_loss"](ours["log_softmax"](v), t), by_sklearn, RTOL)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("n", "c"), SIZES)
def test_softmax_ce_grad_is_the_slope_that_torch_finds(ours, n, c, scale):
    v, t = scores(n, c, scale)
    z = leaf(v)
    functional.cross_entropy(z, torch.tensor(t)).backward()

    same(ours["softmax_ce_grad"](v, t), z.grad, RTOL, ATOL)


@pytest.mark.parametrize("n", [1, 4, 50])
def test_bce_is_that_of_torch_and_of_sklearn_where_nothing_is_clipped(ours, n):
    rng = np.random.default_rng(n)
    p, d = rng.uniform(0.01, 0.99, size=n), rng.integers(0, 2, size=n)
    by_torch = functional.binary_cross_entropy(torch.tensor(p), torch.tensor(d, dtype=torch.float64))

    same(ours["bce"](p, d), float(by_torch), RTOL)
    same(ours["bce"](p, d), metrics.log_loss(d, p, labels=[0, 1]), RTOL)


@pytest.mark.parametrize("eps", [1e-12, 1e-3])
def test_bce_of_certain_answers_is_that_of_torch_after_clipping(ours, eps):
    p, d = np.array([0.0, 1.0, 0.0, 1.0, 0.4]), np.array([1.0, 0.0, 0.0, 1.0, 1.0])
    clipped = torch.clamp(torch.tensor(p), eps, 1 - eps)

    same(ours["bce"](p, d, eps), float(functional.binary_cross_entropy(clipped, torch.tensor(d))), RTOL)


def test_bce_of_a_certain_mistake_costs_less_than_in_torch(ours):
    by_torch = functional.binary_cross_entropy(torch.zeros(1), torch.ones(1))

    assert float(by_torch) == 100
    assert round(ours["bce"]([0.0], [1.0]), 2) == 27.63


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("n", [1, 4, 50])
def test_bce_with_logits_is_that_of_torch(ours, n, scale):
    rng = np.random.default_rng(n)
    z, d = scale * rng.normal(size=n), rng.integers(0, 2, size=n).astype(float)
    by_torch = functional.binary_cross_entropy_with_logits(torch.tensor(z), torch.tensor(d))

    same(ours["bce_with_logits"](z, d), float(by_torch), RTOL)
    same(ours["bce_with_logits"](z, d), np.mean(-special.log_expit((2 * d - 1) * z)), RTOL)


@pytest.mark.parametrize("d", [0.0, 1.0])
@pytest.mark.parametrize(
    ("w", "b", "x"), [(0.6, 0.9, 1.0), (2.0, 2.0, 1.0), (-0.7, 0.2, -2.5), (3.0, -20.0, 0.3)]
)
def test_quadratic_vs_ce_gradient_is_what_torch_finds(ours, w, b, x, d):
    slopes = []
    for quadratic in (True, False):
        weight = leaf(w)
        z, target = weight * x + b, torch.tensor(d, dtype=torch.float64)
        loss = functional.mse_loss(torch.sigmoid(z), target) / 2
        (loss if quadratic else functional.binary_cross_entropy_with_logits(z, target)).backward()
        slopes.append(float(weight.grad))

    same(ours["quadratic_vs_ce_gradient"](w, b, x, d), slopes, RTOL)


@pytest.mark.parametrize("shape", [(), (7,), (2, 3)])
def test_logit_is_that_of_torch_and_of_scipy(ours, shape):
    p = np.random.default_rng(4).uniform(0.001, 0.999, size=shape)

    same(ours["logit"](p), torch.logit(torch.tensor(p)), RTOL, ATOL)
    same(ours["logit"](p), special.logit(p), RTOL, ATOL)


@pytest.mark.parametrize("margin", [1.0, 0.3, 2.5])
@pytest.mark.parametrize(("n", "c"), SIZES)
def test_hinge_loss_is_the_multi_margin_loss_of_torch_times_the_classes(ours, n, c, margin):
    s, t = scores(n, c)
    by_torch = functional.multi_margin_loss(torch.tensor(s), torch.tensor(t), margin=margin)

    same(ours["hinge_loss"](s, t, margin), c * float(by_torch), RTOL)


def test_hinge_loss_has_the_margin_of_torch(ours):
    s, t = scores(6, 3)

    same(
        ours["hinge_loss"](s, t),
        3 * float(functional.multi_margin_loss(torch.tensor(s), torch.tensor(t))),
        RTOL,
    )


def test_hinge_loss_of_two_classes_is_that_of_sklearn(ours):
    s, t = scores(20, 2)
    lead = s[:, 1] - s[:, 0]

    same(ours["hinge_loss"](s, t), metrics.hinge_loss(t, lead, labels=[0, 1]), RTOL)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_topk_error_is_what_is_left_of_the_accuracy_of_sklearn(ours, k):
    s, t = scores(40, 6)
    accuracy = metrics.top_k_accuracy_score(t, s, k=k, labels=np.arange(6))
    by_torch = (torch.topk(torch.tensor(s), k).indices == torch.tensor(t)[:, None]).any(dim=1)

    same(ours["topk_error"](s, t, k), 1 - accuracy, RTOL)
    same(ours["topk_error"](s, t, k), 1 - float(by_torch.double().mean()), RTOL)
