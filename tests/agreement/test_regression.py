"""Fitting and choosing: the references agree with NumPy, SciPy, scikit-learn and torch.

Where a library means something else (another factor on the penalty), the test tells it what we mean.
"""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
linalg = pytest.importorskip("scipy.linalg")
stats = pytest.importorskip("scipy.stats")
linear_model = pytest.importorskip("sklearn.linear_model")
model_selection = pytest.importorskip("sklearn.model_selection")
preprocessing = pytest.importorskip("sklearn.preprocessing")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
TABLES = [(12, 3), (9, 1), (5, 4)]  # examples and features


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "regression").functions


def examples(m, d):
    """Features off the origin, and targets that no plane explains."""
    rng = np.random.default_rng([m, d])
    x = rng.normal(size=(m, d)) + rng.uniform(0.5, 1.5, size=d)
    return x, 5 + x @ rng.normal(size=d) + rng.normal(size=m)


@pytest.mark.parametrize("degree", [0, 1, 3, 6])
def test_polynomial_features_are_those_of_sklearn_and_of_numpy(ours, degree):
    x = np.append(np.random.default_rng(degree).normal(size=5), 0.0)
    by_sklearn = preprocessing.PolynomialFeatures(degree).fit_transform(x[:, None])

    same(ours["polynomial_features"](x, degree), by_sklearn, RTOL)
    same(ours["polynomial_features"](x, degree), np.polynomial.polynomial.polyvander(x, degree), RTOL)


@pytest.mark.parametrize("shape", [(), (6,), (2, 3)])
@pytest.mark.parametrize("degree", [0, 1, 5])
def test_poly_eval_is_that_of_numpy(ours, shape, degree):
    rng = np.random.default_rng(degree)
    coef, x = rng.normal(size=degree + 1), rng.normal(size=shape)

    same(ours["poly_eval"](coef, x), np.polynomial.Polynomial(coef)(x), RTOL, ATOL)


@pytest.mark.parametrize(("m", "d"), TABLES)
def test_normal_equation_is_linear_regression_of_sklearn(ours, m, d):
    x, y = examples(m, d)
    fit = linear_model.LinearRegression().fit(x, y)

    same(ours["normal_equation"](x, y), [fit.intercept_, *fit.coef_], RTOL)


@pytest.mark.parametrize(("m", "d"), [*TABLES, (3, 4), (3, 2)])
@pytest.mark.parametrize("doubled", [False, True])
def test_normal_equation_is_the_shortest_solution_of_scipy_and_of_torch(ours, m, d, doubled):
    x, y = examples(m, d)
    x = np.hstack([x, x[:, :1]]) if doubled else x
    table = np.insert(x, 0, 1.0, axis=1)
    by_torch = torch.linalg.pinv(torch.tensor(table)) @ torch.tensor(y)

    same(ours["normal_equation"](x, y), linalg.lstsq(table, y, 1e-12, lapack_driver="gelsy")[0], RTOL, 1e-11)
    same(ours["normal_equation"](x, y), by_torch, RTOL, 1e-11)


@pytest.mark.parametrize(("m", "d"), [*TABLES, (1, 2)])
def test_mse_cost_and_grad_are_what_torch_finds(ours, m, d):
    x, y = examples(m, d)
    theta = torch.tensor(np.random.default_rng(m).normal(size=d + 1), requires_grad=True)
    cost = torch.nn.functional.mse_loss(theta[0] + torch.tensor(x) @ theta[1:], torch.tensor(y))
    cost.backward()
    got = ours["mse_cost_and_grad"](theta.detach().numpy(), x, y)

    same(got[0], cost.item(), RTOL)
    same(got[1], theta.grad, RTOL)


@pytest.mark.parametrize(("mu", "sigma"), [(0.0, 1.0), (2.0, 0.2), (-3.0, 7.0)])
def test_gaussian_nll_is_that_of_scipy_and_of_torch(ours, mu, sigma):
    x = np.append(np.random.default_rng(0).normal(size=9), 1000.0)
    t, centre, var = (torch.tensor(part, dtype=torch.float64) for part in (x, [mu] * 10, [sigma**2] * 10))
    by_torch = torch.nn.functional.gaussian_nll_loss(t, centre, var, full=True, reduction="sum")

    same(ours["gaussian_nll"](x, mu, sigma), -np.sum(stats.norm(mu, sigma).logpdf(x)), RTOL)
    same(ours["gaussian_nll"](x, mu, sigma), float(by_torch), RTOL)


@pytest.mark.parametrize("n", [2, 5, 100])
def test_gaussian_mle_is_the_fit_of_scipy(ours, n):
    x = 40 + 3 * np.random.default_rng(n).normal(size=n)
    mu, sigma = stats.norm.fit(x)

    same(ours["gaussian_mle"](x), [mu, sigma**2], RTOL)
    same(ours["gaussian_mle"](x)[1], float(torch.var(torch.tensor(x), correction=0)), RTOL)


@pytest.mark.parametrize("n", [0, 1, 6])
def test_gaussian_posterior_is_the_normal_of_scipy_given_the_numbers(ours, n):
    mu0, var0, var = -2.0, 0.4, 3.0
    x = np.random.default_rng(n).uniform(4.0, 8.0, size=n)
    joint = var0 * np.ones((n + 1, n + 1)) + np.diag([0.0, *[var] * n])  # of the mean and the numbers
    gain = linalg.solve(joint[1:, 1:], joint[1:, 0], assume_a="pos") if n else np.zeros(0)

    expected = mu0 + gain @ (x - mu0), joint[0, 0] - gain @ joint[1:, 0]

    same(ours["gaussian_posterior"](mu0, var0, x, var), expected, RTOL)


@pytest.mark.parametrize("n", [1, 10])
@pytest.mark.parametrize("kind", ["l1", "l2"])
def test_weight_penalty_and_its_slopes_are_those_of_torch(ours, kind, n):
    rng = np.random.default_rng(n)
    weights = [rng.normal(size=shape) for shape in ((3, 4), (4, 2), (5,))]
    weights[0][1, 2] = 0.0
    leaves = [torch.tensor(w, requires_grad=True) for w in weights]
    flat = torch.nn.utils.parameters_to_vector(leaves)
    value = 1.7 / n * torch.linalg.vector_norm(flat, 1) if kind == "l1" else 1.7 / n * flat.dot(flat) / 2
    value.backward()
    got = ours["weight_penalty"](weights, 1.7, n, kind)

    same(got[0], value.item(), RTOL)
    for grad, leaf in zip(got[1], leaves, strict=True):
        same(grad, leaf.grad, RTOL)


def test_the_slope_of_the_usual_penalty_is_the_weight_decay_of_torch(ours):
    weights = np.random.default_rng(0).normal(size=(3, 2))
    leaf = torch.tensor(weights, requires_grad=True)
    leaf.grad = torch.zeros_like(leaf)
    torch.optim.SGD([leaf], lr=1.0, weight_decay=0.3).step()

    same(weights - ours["weight_penalty"]([weights], 0.3)[1][0], leaf.detach(), RTOL)


@pytest.mark.parametrize("lam", [0.0, 0.1, 20.0])
@pytest.mark.parametrize(("m", "d"), TABLES)
def test_ridge_fit_is_that_of_sklearn(ours, m, d, lam):
    x, y = examples(m, d)
    fit = linear_model.Ridge(alpha=lam, solver="cholesky").fit(x, y)

    same(ours["ridge_fit"](x, y, lam), [fit.intercept_, *fit.coef_], RTOL, 1e-11)


@pytest.mark.parametrize(("n", "k"), [(10, 5), (11, 4), (7, 7), (5, 2)])
def test_folds_are_those_of_sklearn(ours, n, k):
    folds = list(model_selection.KFold(k).split(np.zeros(n)))
    got = ours["resample_indices"](n, k, "kfold")

    assert len(got) == len(folds)
    for ours_here, theirs in zip(got, folds, strict=True):
        np.testing.assert_array_equal(ours_here[0], theirs[0])
        np.testing.assert_array_equal(ours_here[1], theirs[1])


def test_bags_are_drawn_as_scipy_expects_it(ours):
    n, bags = 30, 400
    counts = np.bincount(
        np.concatenate(ours["resample_indices"](n, bags, "bagging", np.random.default_rng(5))), minlength=n
    )

    assert counts.sum() == n * bags
    assert stats.chisquare(counts).pvalue > 0.01


@pytest.mark.parametrize(
    ("errors", "expected"), [((1, 11), 2), ((15, 16), 1), ((15, 30), 3), ((0.5, 1), 0), ((5, 10), 0)]
)
def test_diagnose_is_two_bits(ours, errors, expected):
    train, val = errors
    bits = np.array([train > 5, val - train > 5])

    assert ours["diagnose"](*errors) == np.array(["bias", "variance"])[bits].tolist()
    assert bits @ [1, 2] == expected


@pytest.mark.parametrize("log", [True, False])
def test_coarse_to_fine_is_a_grid_search_of_sklearn_round_after_round(ours, log):
    best, history = ours["coarse_to_fine"](lambda x: (np.log(x) - 1.3) ** 2, 0.1, 50.0, 7, 4, log)
    lo, hi, tried = 0.1, 50.0, []
    for row in history:
        grid = (
            torch.linspace(np.log(lo), np.log(hi), 7, dtype=torch.float64).exp()
            if log
            else torch.linspace(lo, hi, 7, dtype=torch.float64)
        )
        points = [p["x"] for p in model_selection.ParameterGrid({"x": grid.tolist()})]
        same(row, points, RTOL)
        tried += points
        i = int(np.argmin([(np.log(p) - 1.3) ** 2 for p in points]))
        lo, hi = points[max(i - 1, 0)], points[min(i + 1, 6)]

    same(best, min(tried, key=lambda x: (np.log(x) - 1.3) ** 2), RTOL)


def test_random_search_draws_from_the_uniform_distribution_of_scipy(ours):
    best, history = ours["random_search"](lambda x: abs(x - 1), -2.0, 5.0, 2000, np.random.default_rng(1))

    assert stats.kstest(history, stats.uniform(-2, 7).cdf).pvalue > 0.01
    assert best == history[np.argmin(np.abs(history - 1))]
