"""Right answers by another road: each must get full marks."""

import math
from statistics import fmean

import numpy as np

from autograder import alternative

from .reference import (
    coarse_to_fine,
    diagnose,
    gaussian_mle,
    gaussian_nll,
    gaussian_posterior,
    mse_cost_and_grad,
    normal_equation,
    poly_eval,
    polynomial_features,
    random_search,
    resample_indices,
    ridge_fit,
    weight_penalty,
)


@alternative(polynomial_features)
def by_vander(x, degree):
    """NumPy's Vandermonde matrix, with the powers rising."""
    return np.vander(np.asarray(x, dtype=float), degree + 1, increasing=True)


@alternative(polynomial_features)
def rows_of_python_numbers(x, degree):
    """A list of rows, number by number."""
    return [[float(number) ** k for k in range(degree + 1)] for number in x]


@alternative(poly_eval)
def polyval_turned_round(coef, x):
    """np.polyval with the coefficients reversed."""
    return np.polyval(np.asarray(coef)[::-1], np.asarray(x, dtype=float))


@alternative(poly_eval)
def sum_of_powers(coef, x):
    """The powers along a new last axis, times the coefficients."""
    x = np.asarray(x, dtype=float)
    return (x[..., None] ** np.arange(len(coef))) @ np.asarray(coef, dtype=float)


@alternative(normal_equation)
def by_the_pseudo_inverse(X, y):
    """The pseudo-inverse of the table with its column of ones."""
    return np.linalg.pinv(np.column_stack([np.ones(len(X)), X])) @ y


@alternative(normal_equation)
def by_the_singular_values(X, y):
    """The singular values, of which the tiny ones are left out."""
    U, s, Vt = np.linalg.svd(np.insert(np.asarray(X, dtype=float), 0, 1.0, axis=1), full_matrices=False)
    kept = s > 1e-12 * s[0]
    return Vt[kept].T @ ((U[:, kept].T @ np.asarray(y)) / s[kept])


@alternative(normal_equation)
def pseudo_inverse_of_the_square(X, y):
    """The formula of the lecture, with the pseudo-inverse of XᵀX in place of its inverse."""
    X1 = np.c_[np.ones(len(X)), X]
    return np.linalg.pinv(X1.T @ X1) @ X1.T @ y


@alternative(mse_cost_and_grad)
def example_by_example(theta, X, y):
    """A loop over the examples."""
    m, J, grad = len(X), 0.0, [0.0] * len(theta)
    for row, target in zip(np.asarray(X).tolist(), np.asarray(y).tolist(), strict=True):
        features = [1.0, *row]
        r = sum(t * f for t, f in zip(theta, features, strict=True)) - target
        J += r * r / m
        grad = [g + 2 * r * f / m for g, f in zip(grad, features, strict=True)]
    return J, grad


@alternative(mse_cost_and_grad)
def bias_and_slopes_apart(theta, X, y):
    """Bias and slopes on their own, without a column of ones."""
    X = np.asarray(X)
    r = X @ theta[1:] + theta[0] - y
    return np.mean(r**2), np.array([2 * np.mean(r), *(2 * np.mean(r[:, None] * X, axis=0))])


@alternative(gaussian_nll)
def number_by_number(x, mu, sigma):
    """A loop with the logarithm of the math module."""
    return math.fsum(
        (float(one) - mu) ** 2 / (2 * sigma**2) + math.log(sigma * math.sqrt(2 * math.pi)) for one in x
    )


@alternative(gaussian_nll)
def with_the_variance(x, mu, sigma):
    """The variance throughout, and one logarithm of 2π var."""
    x, var = np.asarray(x, dtype=float), sigma**2
    return 0.5 * np.sum(np.square(x - mu) / var + np.log(2 * np.pi * var))


@alternative(gaussian_mle)
def by_numpy(x):
    """np.mean and np.var, whose default is 1/n."""
    return np.mean(x), np.var(x)


@alternative(gaussian_mle)
def by_statistics(x):
    """A list of Python numbers and the mean of the statistics module."""
    x = np.asarray(x, dtype=float).tolist()
    mu = fmean(x)
    return [mu, fmean((one - mu) ** 2 for one in x)]


@alternative(gaussian_posterior)
def belief_after_belief(mu0, var0, x, var):
    """One number after the other: each moves the mean by its share of the surprise."""
    mu, spread = mu0, var0
    for one in np.asarray(x, dtype=float):
        gain = spread / (spread + var)
        mu, spread = mu + gain * (one - mu), (1 - gain) * spread
    return mu, spread


@alternative(gaussian_posterior)
def over_one_denominator(mu0, var0, x, var):
    """Both fractions multiplied by var0 times var."""
    n = len(x)
    below = var + n * var0
    return (mu0 * var + var0 * np.sum(x)) / below, var0 * var / below


@alternative(weight_penalty)
def all_weights_in_a_row(weights, lam, n=1, kind="l2"):
    """All weights in one vector for the value; np.where for the signs."""
    flat = np.concatenate([np.ravel(W) for W in weights]).astype(float)
    if kind == "l1":
        signs = [np.where(W > 0, 1.0, np.where(W < 0, -1.0, 0.0)) for W in map(np.asarray, weights)]
        return lam * np.linalg.norm(flat, 1) / n, [lam / n * s for s in signs]
    return lam * (flat @ flat) / 2 / n, [lam * np.asarray(W, dtype=float) / n for W in weights]


@alternative(weight_penalty)
def matrix_by_matrix(weights, lam, n=1, kind="l2"):
    """A loop over the matrices, with the gradients as nested lists."""
    value, grads = 0.0, []
    for W in (np.array(matrix, dtype=float) for matrix in weights):
        if kind == "l1":
            value += lam * abs(W).sum() / n
            grads.append((lam * np.sign(W) / n).tolist())
        else:
            value += lam * (W * W).sum() / (2 * n)
            grads.append((lam * W / n).tolist())
    return value, grads


@alternative(ridge_fit)
def extra_rows(X, y, lam):
    """Extra rows with √lam below X, one for each slope, and zeros below y: then plain least squares."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    d = X.shape[1]
    table = np.vstack([np.insert(X, 0, 1.0, axis=1), np.insert(np.sqrt(lam) * np.eye(d), 0, 0.0, axis=1)])
    return np.linalg.lstsq(table, np.concatenate([y, np.zeros(d)]), rcond=None)[0]


@alternative(ridge_fit)
def centred_first(X, y, lam):
    """Slopes of the centred data, and the bias from the means."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    A = X - X.mean(axis=0)
    slopes = np.linalg.solve(A.T @ A + lam * np.eye(A.shape[1]), A.T @ (y - y.mean()))
    return np.array([y.mean() - X.mean(axis=0) @ slopes, *slopes])


@alternative(resample_indices)
def by_array_split(n, k, kind, rng=None):
    """np.array_split makes the blocks, np.setdiff1d the rest; the bags are drawn all at once."""
    if kind == "kfold":
        return [(np.setdiff1d(np.arange(n), val), val) for val in np.array_split(np.arange(n), k)]
    return list(rng.integers(n, size=(k, n)))


@alternative(resample_indices)
def with_lists(n, k, kind, rng=None):
    """Lists of Python numbers, and rng.choice for the bags."""
    if kind == "bagging":
        return [rng.choice(n, size=n, replace=True).tolist() for _ in range(k)]
    folds, start = [], 0
    for i in range(k):
        stop = start + (n + k - 1 - i) // k
        folds.append([[j for j in range(n) if not start <= j < stop], list(range(start, stop))])
        start = stop
    return folds


@alternative(resample_indices)
def from_uniform_numbers(n, k, kind, rng=None):
    """Uniform numbers, stretched and cut, give the bags; a mask gives the folds."""
    if kind == "bagging":
        return np.floor(n * rng.random((k, n))).astype(int)
    of = np.sort(np.arange(n) % k)  # to which block each example belongs
    return [(np.flatnonzero(of != i), np.flatnonzero(of == i)) for i in range(k)]


@alternative(diagnose)
def four_cases(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """The four cases one after the other."""
    bias, variance = train_err - human_err > bias_thr, val_err - train_err > var_thr
    if bias and variance:
        return ["bias", "variance"]
    if bias:
        return ["bias"]
    return ["variance"] if variance else []


@alternative(diagnose)
def from_a_table(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """A table of distances and thresholds; a tuple comes back."""
    table = {"bias": (train_err - human_err, bias_thr), "variance": (val_err - train_err, var_thr)}
    return tuple(name for name, (distance, threshold) in table.items() if distance > threshold)


@alternative(coarse_to_fine)
def in_logarithms(f, lo, hi, n, rounds, log=True):
    """Equal steps of the logarithm, written out; lists throughout."""
    best, best_value, history = None, math.inf, []
    for _ in range(rounds):
        a, b = (math.log(lo), math.log(hi)) if log else (lo, hi)
        xs = [a + (b - a) * i / (n - 1) for i in range(n)]
        xs = [math.exp(x) for x in xs] if log else xs
        values = [f(x) for x in xs]
        i = values.index(min(values))
        if values[i] < best_value:
            best, best_value = xs[i], values[i]
        history.append(xs)
        lo, hi = xs[i - 1 if i else 0], xs[i + 1 if i + 1 < n else i]
    return best, history


@alternative(coarse_to_fine)
def best_from_the_history(f, lo, hi, n, rounds, log=True):
    """The best point looked up in the whole history at the end."""
    history, values = [], []
    for _ in range(rounds):
        xs = np.logspace(np.log10(lo), np.log10(hi), n) if log else np.linspace(lo, hi, n)
        row = np.array([f(float(x)) for x in xs])
        history.append(xs)
        values.append(row)
        near = np.clip([row.argmin() - 1, row.argmin() + 1], 0, n - 1)
        lo, hi = xs[near]
    return np.ravel(history)[np.argmin(values)], np.array(history)


@alternative(random_search)
def point_by_point(f, lo, hi, n, rng):
    """One point after the other, with the best so far; a list comes back."""
    best, best_value, history = None, math.inf, []
    for _ in range(n):
        x = rng.uniform(lo, hi)
        value = f(x)
        history.append(x)
        if value < best_value:
            best, best_value = x, value
    return best, history


@alternative(random_search)
def stretched(f, lo, hi, n, rng):
    """Numbers between 0 and 1, stretched to the interval; min with a key."""
    points = lo + (hi - lo) * rng.random(n)
    return min(points, key=f), points
