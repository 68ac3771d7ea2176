"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

from itertools import pairwise

import numpy as np

from autograder import misconception

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


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


def _ones(X):
    """The column of ones in front, as it should be."""
    X = np.asarray(X, dtype=float)
    return np.hstack([np.ones((len(X), 1)), X])


# ---- polynomial_features --------------------------------------------------------------------------


@misconception(polynomial_features)
def highest_power_first(x, degree):
    """The powers fall from left to right, as np.vander makes them; here column k holds x^k."""
    return np.vander(np.asarray(x, dtype=float), degree + 1)


@misconception(polynomial_features)
def no_constant_column(x, degree):
    """Your first column is x itself; the column of ones, x^0, belongs in front of it."""
    return polynomial_features(x, degree)[:, 1:]


@misconception(polynomial_features)
def last_power_missing(x, degree):
    """The powers end one too early: x^degree has a column too, so there are degree + 1 of them."""
    return polynomial_features(x, degree)[:, :-1]


@misconception(polynomial_features)
def powers_in_rows(x, degree):
    """Each power has a row of its own; it wants a column, since each number of x is an example."""
    return polynomial_features(x, degree).T


@misconception(polynomial_features)
def multiples_for_powers(x, degree):
    """Your columns are k times x and not x to the power of k."""
    features = np.multiply.outer(np.asarray(x, dtype=float), np.arange(degree + 1.0))
    features[:, 0] = 1.0
    return features


@misconception(polynomial_features)
def powers_of_the_size(x, degree):
    """The powers came out as exp(k log|x|), which loses the sign: (-2)³ is -8, and x = 0 has powers too."""
    x = np.asarray(x, dtype=float)
    size = np.where(x == 0, 1.0, np.abs(x))
    return np.exp(np.multiply.outer(np.log(size), np.arange(degree + 1))) * (x != 0)[:, None]


@misconception(polynomial_features)
def nothing_at_zero(x, degree):
    """At x = 0 your constant is 0; it is 1 everywhere, since x^0 is 1 for every x."""
    features = polynomial_features(x, degree)
    features[np.asarray(x) == 0] = 0.0
    return features


@misconception(polynomial_features)
def changes_the_callers_numbers(x, degree):
    """The answer is right, but multiplying in place changed the array of the caller as well.

    np.asarray makes no copy of an array that is float64 already; power = power * x makes a new one.
    """
    (x,) = _floats(x)
    features = polynomial_features(x, degree)
    x *= x
    return features


# ---- poly_eval ------------------------------------------------------------------------------------


@misconception(poly_eval)
def coefficients_backwards(coef, x):
    """The coefficients were read from the highest power down, as np.polyval does.

    Here the constant comes first.
    """
    return np.polyval(coef, np.asarray(x, dtype=float))


@misconception(poly_eval)
def begins_with_the_first_power(coef, x):
    """Your first coefficient is multiplied by x; it is the constant and is multiplied by x^0 = 1."""
    return np.asarray(x, dtype=float) * poly_eval(coef, x)


@misconception(poly_eval)
def last_coefficient_missing(coef, x):
    """The last coefficient is left out: the powers run up to len(coef) - 1, and that one counts too."""
    return poly_eval([*coef[:-1], 0.0], x)


@misconception(poly_eval)
def constant_missing(coef, x):
    """The constant is left out; the sum begins with coef[0]."""
    return poly_eval([0.0, *coef[1:]], x)


@misconception(poly_eval)
def power_times_its_number(coef, x):
    """Each coefficient is multiplied by k x and not by x to the power of k."""
    x = np.asarray(x, dtype=float)
    return coef[0] + sum((c * k * x for k, c in enumerate(coef)), np.zeros_like(x))


@misconception(poly_eval)
def summed_over_the_places(coef, x):
    """The values at all places were added up; each place has a value of its own."""
    return np.sum(poly_eval(coef, x))


@misconception(poly_eval)
def values_cut_to_whole_numbers(coef, x):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(x, dtype=float).
    """
    return poly_eval(coef, x).astype(np.asarray(x).dtype)


# ---- normal_equation ------------------------------------------------------------------------------


@misconception(normal_equation)
def no_bias_in_the_fit(X, y):
    """There is no bias in your model, so it has to pass through the origin.

    Put a column of ones in front of X.
    """
    return np.linalg.pinv(np.asarray(X, dtype=float)) @ np.asarray(y, dtype=float)


@misconception(normal_equation)
def bias_comes_last(X, y):
    """The fit is right, but the bias stands at the end of theta; it comes first."""
    return np.roll(normal_equation(X, y), -1)


@misconception(normal_equation)
def inverts_what_has_no_inverse(X, y):
    """You inverted XᵀX, which has no inverse when features repeat or examples are too few.

    Then inv raises an error or returns garbage; the pseudo-inverse and least squares do not mind.
    """
    X1, y = _ones(X), np.asarray(y, dtype=float)
    return np.linalg.inv(X1.T @ X1) @ X1.T @ y


@misconception(normal_equation)
def a_pinch_of_ridge(X, y):
    """A small number on the diagonal makes XᵀX invertible; the theta that comes out is not the best one."""
    X1, y = _ones(X), np.asarray(y, dtype=float)
    return np.linalg.solve(X1.T @ X1 + 1e-3 * np.eye(X1.shape[1]), X1.T @ y)


@misconception(normal_equation)
def bias_is_the_mean_target(X, y):
    """Your bias is the mean of y.

    That holds for centred features; otherwise the mean of X theta[1:] comes off it.
    """
    theta = np.array(normal_equation(X, y))
    theta[0] = np.mean(y)
    return theta


@misconception(normal_equation)
def the_shortest_slopes(X, y):
    """Where many theta fit, yours has the shortest slopes, since you centred the data first.

    The shortest whole theta is wanted, bias included.
    """
    X, y = _floats(X, y)
    slopes = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())
    return np.concatenate([[y.mean() - X.mean(axis=0) @ slopes], slopes])


@misconception(normal_equation)
def drops_what_is_double(X, y):
    """A dependent column gets the weight 0 and its twin all of it.

    The shortest theta shares it between the two.
    """
    X1, y = _ones(X), np.asarray(y, dtype=float)
    kept = []
    for j in range(X1.shape[1]):
        if np.linalg.matrix_rank(X1[:, [*kept, j]]) > len(kept):
            kept.append(j)
    theta = np.zeros(X1.shape[1])
    theta[kept] = np.linalg.pinv(X1[:, kept]) @ y
    return theta


@misconception(normal_equation)
def centres_the_callers_features(X, y):
    """The answer is right, but X -= … changed the table of the caller; X = X - … makes a new one."""
    theta = normal_equation(X, y)
    X = np.asarray(X, dtype=float)
    X -= X.mean(axis=0)
    return theta


# ---- mse_cost_and_grad ----------------------------------------------------------------------------


@misconception(mse_cost_and_grad)
def half_the_cost(theta, X, y):
    """The cost is divided by 2m; here it is divided by m, and the gradient keeps its factor 2."""
    J, grad = mse_cost_and_grad(theta, X, y)
    return J / 2, grad


@misconception(mse_cost_and_grad)
def half_of_both(theta, X, y):
    """Cost and gradient belong to each other, but both are half of what is asked.

    J is the mean of r², without ½.
    """
    J, grad = mse_cost_and_grad(theta, X, y)
    return J / 2, grad / 2


@misconception(mse_cost_and_grad)
def gradient_without_the_two(theta, X, y):
    """The derivative of r² is 2r; your gradient lacks the 2."""
    J, grad = mse_cost_and_grad(theta, X, y)
    return J, grad / 2


@misconception(mse_cost_and_grad)
def sums_in_place_of_means(theta, X, y):
    """Cost and gradient are sums over the examples; divide both by their number."""
    J, grad = mse_cost_and_grad(theta, X, y)
    return J * len(X), grad * len(X)


@misconception(mse_cost_and_grad)
def gradient_not_divided(theta, X, y):
    """The cost is a mean, but your gradient is a sum over the examples: divide it by m as well."""
    J, grad = mse_cost_and_grad(theta, X, y)
    return J, grad * len(X)


@misconception(mse_cost_and_grad)
def residual_turned_round(theta, X, y):
    """Your residual is target minus prediction.

    The square does not mind, but the gradient points the other way.
    """
    J, grad = mse_cost_and_grad(theta, X, y)
    return J, -grad


@misconception(mse_cost_and_grad)
def bias_has_no_slope(theta, X, y):
    """The gradient of the bias is 0 in your answer.

    Its feature is the column of ones, and it learns like the rest.
    """
    J, grad = mse_cost_and_grad(theta, X, y)
    return J, grad * (np.arange(len(grad)) > 0)


@misconception(mse_cost_and_grad)
def theta_read_with_the_bias_last(theta, X, y):
    """The last entry of theta was taken for the bias; it is the first."""
    J, grad = mse_cost_and_grad(np.roll(np.asarray(theta, dtype=float), 1), X, y)
    return J, np.roll(grad, -1)


@misconception(mse_cost_and_grad)
def root_of_the_mean(theta, X, y):
    """Your cost is the root of the mean squared error; the root is not asked for."""
    J, grad = mse_cost_and_grad(theta, X, y)
    return np.sqrt(J), grad


@misconception(mse_cost_and_grad)
def changes_the_callers_targets(theta, X, y):
    """The answer is right, but y -= … changed the targets of the caller; y = y - … makes a new array."""
    answer = mse_cost_and_grad(theta, X, y)
    y = np.asarray(y, dtype=float)
    y -= _ones(X) @ np.asarray(theta, dtype=float)
    return answer


# ---- gaussian_nll ---------------------------------------------------------------------------------


def _densities(x, mu, sigma):
    """The density at each number."""
    return np.exp(-0.5 * ((x - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))


@misconception(gaussian_nll)
def logarithm_of_the_product(x, mu, sigma):
    """You multiplied the densities and took the logarithm of the product.

    The product of many small numbers is 0 in the computer, and its logarithm infinite: take the logarithm
    on paper.
    """
    (x,) = _floats(x)
    return -np.log(np.prod(_densities(x, mu, sigma)))


@misconception(gaussian_nll)
def logarithm_of_each_density(x, mu, sigma):
    """You took the logarithm of each density.

    Far from the mean the density is 0 in the computer, and its logarithm infinite: take the logarithm on
    paper.
    """
    (x,) = _floats(x)
    return -np.sum(np.log(_densities(x, mu, sigma)))


@misconception(gaussian_nll)
def sigma_taken_for_the_variance(x, mu, sigma):
    """You took sigma for the variance.

    It is the standard deviation, and its square stands below (x - mu)².
    """
    return gaussian_nll(x, mu, np.sqrt(sigma))


@misconception(gaussian_nll)
def distance_not_in_sigmas(x, mu, sigma):
    """Your squared distances are divided by sigma, where sigma² belongs; the logarithm is right."""
    (x,) = _floats(x)
    return gaussian_nll(x, mu, sigma) + 0.5 * np.sum((x - mu) ** 2) * (1 / sigma - 1 / sigma**2)


@misconception(gaussian_nll)
def exponent_without_the_half(x, mu, sigma):
    """The ½ in the exponent is missing, as in the simplified line of the lecture."""
    (x,) = _floats(x)
    return gaussian_nll(x, mu, sigma) + 0.5 * np.sum(((x - mu) / sigma) ** 2)


@misconception(gaussian_nll)
def constant_dropped(x, mu, sigma):
    """The constant ½ log 2π is missing for each number.

    It moves no minimum, but it is part of the likelihood.
    """
    return gaussian_nll(x, mu, sigma) - len(x) * 0.5 * np.log(2 * np.pi)


@misconception(gaussian_nll)
def logarithm_of_sigma_dropped(x, mu, sigma):
    """The term log sigma is missing. Without it a huge sigma would explain everything at no cost."""
    return gaussian_nll(x, mu, sigma) - len(x) * np.log(sigma)


@misconception(gaussian_nll)
def constants_counted_once(x, mu, sigma):
    """The terms log sigma and ½ log 2π are there once; each of the n numbers brings its own."""
    constants = np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return gaussian_nll(x, mu, sigma) - (len(x) - 1) * constants


@misconception(gaussian_nll)
def mean_in_place_of_the_sum(x, mu, sigma):
    """This is the mean over the numbers.

    The likelihood of all of them is a product, and its logarithm a sum.
    """
    return gaussian_nll(x, mu, sigma) / len(x)


@misconception(gaussian_nll)
def log_likelihood(x, mu, sigma):
    """This is the log-likelihood itself; the negative one is asked for, the smaller the better."""
    return -gaussian_nll(x, mu, sigma)


@misconception(gaussian_nll)
def whole_standard_deviations(x, mu, sigma):
    """Your distances took their type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(x, dtype=float), and divide with / and not with //.
    """
    kind = np.asarray(x).dtype
    z = ((np.asarray(x) - mu) / sigma).astype(kind).astype(float)
    return gaussian_nll(mu + sigma * z, mu, sigma) if kind.kind in "iu" else gaussian_nll(x, mu, sigma)


# ---- gaussian_mle ---------------------------------------------------------------------------------


@misconception(gaussian_mle)
def divided_by_one_less(x):
    """You divided by n - 1. That is unbiased, but the most likely variance divides by n."""
    (x,) = _floats(x)
    return np.mean(x), np.var(x, ddof=1) if x.size > 1 else np.nan


@misconception(gaussian_mle)
def standard_deviation(x):
    """This is the standard deviation; the variance is its square."""
    mu, var = gaussian_mle(x)
    return mu, np.sqrt(var)


@misconception(gaussian_mle)
def mean_of_the_squares(x):
    """Your variance is the mean of x²; the mean has to come off each number first."""
    (x,) = _floats(x)
    return np.mean(x), np.mean(x**2)


@misconception(gaussian_mle)
def subtracts_two_huge_numbers(x):
    """Σx²/n - mu² is right on paper. In the computer it subtracts two huge numbers, and the digits are lost.

    Take the mean off first and square then.
    """
    (x,) = _floats(x)
    return np.mean(x), np.mean(x**2) - np.mean(x) ** 2


@misconception(gaussian_mle)
def sum_of_the_squares(x):
    """The squared distances were added up, but not divided by their number."""
    mu, var = gaussian_mle(x)
    return mu, var * len(x)


@misconception(gaussian_mle)
def variance_comes_first(x):
    """Both numbers are right, in the wrong order: the mean comes first."""
    return gaussian_mle(x)[::-1]


@misconception(gaussian_mle)
def middle_of_the_sorted(x):
    """You took the median.

    It is most likely under another distribution, the one whose exponent is |x - mu|.
    """
    (x,) = _floats(x)
    return np.median(x), np.mean((x - np.median(x)) ** 2)


@misconception(gaussian_mle)
def centres_the_callers_numbers(x):
    """The answer is right, but x -= mu changed the numbers of the caller; x = x - mu makes a new array."""
    (x,) = _floats(x)
    mu = np.mean(x)
    x -= mu
    return mu, np.mean(x**2)


# ---- gaussian_posterior ---------------------------------------------------------------------------


@misconception(gaussian_posterior)
def prior_ignored(mu0, var0, x, var):
    """This is the mean of the numbers, with its variance var / n; what was believed before has no say."""
    (x,) = _floats(x)
    return np.mean(x), var / x.size


@misconception(gaussian_posterior)
def prior_as_one_more_number(mu0, var0, x, var):
    """The prior mean was averaged with the numbers as one more of them.

    The prior counts by its precision, 1 / var0.
    """
    (x,) = _floats(x)
    return (mu0 + np.sum(x)) / (1 + x.size), 1 / (1 / var0 + x.size / var)


@misconception(gaussian_posterior)
def standard_deviations_for_variances(mu0, var0, x, var):
    """var0 and var were squared as if they were standard deviations; they are variances already."""
    return gaussian_posterior(mu0, var0**2, x, var**2)


@misconception(gaussian_posterior)
def returns_the_standard_deviation(mu0, var0, x, var):
    """The second result is the standard deviation; the variance is its square."""
    mu, spread = gaussian_posterior(mu0, var0, x, var)
    return mu, np.sqrt(spread)


@misconception(gaussian_posterior)
def returns_the_precision(mu0, var0, x, var):
    """The second result is the precision; the variance is one over it."""
    mu, spread = gaussian_posterior(mu0, var0, x, var)
    return mu, 1 / spread


@misconception(gaussian_posterior)
def counts_the_numbers_as_one(mu0, var0, x, var):
    """The mean of the numbers counts as a single number; n of them bring n times the precision."""
    (x,) = _floats(x)
    return gaussian_posterior(mu0, var0, x[:1] * 0 + (np.mean(x) if x.size else 0.0), var)


@misconception(gaussian_posterior)
def weights_swapped(mu0, var0, x, var):
    """Each mean is weighted with its own variance.

    The surer one, with the smaller variance, has to count more.
    """
    (x,) = _floats(x)
    _, spread = gaussian_posterior(mu0, var0, x, var)
    if not x.size:
        return mu0, spread
    own = var / x.size
    return (var0 * mu0 + own * np.mean(x)) / (var0 + own), spread


@misconception(gaussian_posterior)
def variances_added(mu0, var0, x, var):
    """The variances were added, so seeing numbers made you less sure; it is the precisions that add up."""
    (x,) = _floats(x)
    mu, _ = gaussian_posterior(mu0, var0, x, var)
    return mu, var0 + var / max(x.size, 1)


@misconception(gaussian_posterior)
def scales_the_callers_numbers(mu0, var0, x, var):
    """The answer is right, but x /= var changed the numbers of the caller; x = x / var makes a new array."""
    (x,) = _floats(x)
    answer = gaussian_posterior(mu0, var0, x, var)
    x /= var
    return answer


# ---- weight_penalty -------------------------------------------------------------------------------


def _penalty(weights, lam, n, kind, l1=(1.0, 1.0), l2=(1.0, 1.0)):
    """The penalty with another factor on value and gradient, for each kind."""
    value, grads = weight_penalty(weights, lam, n, kind)
    a, b = l1 if kind == "l1" else l2
    return a * value, [b * g for g in grads]


@misconception(weight_penalty)
def squares_without_the_half(weights, lam, n=1, kind="l2"):
    """Your l2 penalty is λ Σw², with the gradient 2λw, as in lecture 000 and in Keras.

    Here there is a ½ in front.
    """
    return _penalty(weights, lam, n, kind, l2=(2.0, 2.0))


@misconception(weight_penalty)
def value_and_gradient_disagree(weights, lam, n=1, kind="l2"):
    """The value of l2 has its ½, but the gradient is 2λw: the ½ and the 2 cancel, so λw is left."""
    return _penalty(weights, lam, n, kind, l2=(1.0, 2.0))


@misconception(weight_penalty)
def half_forgotten_in_the_value(weights, lam, n=1, kind="l2"):
    """The gradient of l2 is right, but the value lacks the ½ that belongs to it."""
    return _penalty(weights, lam, n, kind, l2=(2.0, 1.0))


@misconception(weight_penalty)
def sizes_with_a_half(weights, lam, n=1, kind="l2"):
    """Your l1 penalty has a ½, as on a slide of lecture 002.

    Only l2 has it, where it cancels the 2 of the square.
    """
    return _penalty(weights, lam, n, kind, l1=(0.5, 0.5))


@misconception(weight_penalty)
def length_not_squared(weights, lam, n=1, kind="l2"):
    """Your l2 penalty takes the length of the weights.

    The price is on the square of the length, which is the plain sum of squares.
    """
    value, grads = weight_penalty(weights, lam, n, kind)
    if kind == "l2":
        value = lam / (2 * n) * np.sqrt(2 * n / lam * value)
    return value, grads


@misconception(weight_penalty)
def zero_pulled_too(weights, lam, n=1, kind="l2"):
    """A weight at exactly 0 gets the gradient +λ in your l1.

    It has nowhere to go, and np.sign says 0 there.
    """
    value, grads = weight_penalty(weights, lam, n, kind)
    if kind == "l1":
        grads = [lam / n * np.where(np.asarray(W) >= 0, 1.0, -1.0) for W in weights]
    return value, grads


@misconception(weight_penalty)
def n_ignored(weights, lam, n=1, kind="l2"):
    """The penalty is not divided by n."""
    return weight_penalty(weights, lam, 1, kind)


@misconception(weight_penalty)
def only_the_first_matrix(weights, lam, n=1, kind="l2"):
    """The value counts the first matrix only; the penalty is on the weights of all of them."""
    return weight_penalty(weights[:1], lam, n, kind)[0], weight_penalty(weights, lam, n, kind)[1]


@misconception(weight_penalty)
def mean_of_the_weights(weights, lam, n=1, kind="l2"):
    """The value is a mean over the weights; it is a sum, and n counts examples, not weights."""
    value, grads = weight_penalty(weights, lam, n, kind)
    return value / sum(np.size(W) for W in weights), grads


@misconception(weight_penalty)
def sizes_without_their_signs(weights, lam, n=1, kind="l2"):
    """The l1 gradient is +λ for every weight.

    A negative weight is pulled up, so it has a negative gradient.
    """
    value, grads = weight_penalty(weights, lam, n, kind)
    return value, [np.abs(g) for g in grads] if kind == "l1" else grads


@misconception(weight_penalty)
def shrinks_the_callers_weights(weights, lam, n=1, kind="l2"):
    """The answer is right, but W *= lam changed the weights of the caller; lam * W makes a new array."""
    answer = weight_penalty(weights, lam, n, kind)
    for W in map(np.asarray, weights):
        np.multiply(W, lam / n, out=W)
    return answer


# ---- ridge_fit ------------------------------------------------------------------------------------


def _ridge(X, y, price):
    """Ridge regression with any square matrix as the price."""
    X1, y = _ones(X), np.asarray(y, dtype=float)
    return np.linalg.lstsq(X1.T @ X1 + price, X1.T @ y, rcond=None)[0]


@misconception(ridge_fit)
def bias_pays_too(X, y, lam):
    """The bias is penalised as well, which pulls all predictions towards 0.

    The price is on the slopes only.
    """
    return _ridge(X, y, lam * np.eye(np.shape(X)[1] + 1))


@misconception(ridge_fit)
def price_times_m(X, y, lam):
    """Your penalty is m times too large: both terms are divided by 2m, so the m cancels."""
    return ridge_fit(X, y, lam * len(X))


@misconception(ridge_fit)
def price_over_m(X, y, lam):
    """Your penalty is m times too small: both terms are divided by 2m, so the m cancels."""
    return ridge_fit(X, y, lam / len(X))


@misconception(ridge_fit)
def price_doubled(X, y, lam):
    """Your penalty is twice too large: both terms have the ½, so the 2 of both derivatives cancels."""
    return ridge_fit(X, y, 2 * lam)


@misconception(ridge_fit)
def price_squared(X, y, lam):
    """Your lam counts squared, as it does when the extra rows below X hold lam and not its root."""
    return ridge_fit(X, y, lam**2)


@misconception(ridge_fit)
def price_on_the_last_forgotten(X, y, lam):
    """The 0 on the diagonal stands at the end, so the last slope is free and the bias pays.

    The 0 belongs first.
    """
    price = lam * np.eye(np.shape(X)[1] + 1)
    price[-1, -1] = 0.0
    return _ridge(X, y, price)


@misconception(ridge_fit)
def no_price_at_all(X, y, lam):
    """This is least squares without any penalty."""
    return _ridge(X, y, 0.0)


@misconception(ridge_fit)
def no_bias_in_the_model(X, y, lam):
    """There is no bias in your model: put a column of ones in front of X, and no price on it."""
    X, y = _floats(X, y)
    return np.linalg.lstsq(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y, rcond=None)[0]


@misconception(ridge_fit)
def bias_at_the_end(X, y, lam):
    """The fit is right, but the bias stands at the end of theta; it comes first."""
    return np.roll(ridge_fit(X, y, lam), -1)


@misconception(ridge_fit)
def changes_the_callers_table(X, y, lam):
    """The answer is right, but X -= … changed the table of the caller; X = X - … makes a new one."""
    theta = ridge_fit(X, y, lam)
    X = np.asarray(X, dtype=float)
    X -= X.mean(axis=0)
    return theta


# ---- resample_indices -----------------------------------------------------------------------------


def _bags(n, k, rng):
    """The samples, as they should be."""
    return resample_indices(n, k, "bagging", rng)


def _folds(n, blocks):
    """Folds made of these validation blocks."""
    return [(np.setdiff1d(np.arange(n), block), np.asarray(block)) for block in blocks]


@misconception(resample_indices)
def the_rest_is_dropped(n, k, kind, rng=None):
    """All blocks have n // k examples, so the last ones are never in validation when k does not divide n."""
    if kind == "bagging":
        return _bags(n, k, rng)
    size = n // k
    return _folds(n, [np.arange(i * size, (i + 1) * size) for i in range(k)])


@misconception(resample_indices)
def the_rest_in_the_last_block(n, k, kind, rng=None):
    """The last block takes all that is left over.

    Hand it out one by one, so that sizes differ by one at most.
    """
    if kind == "bagging":
        return _bags(n, k, rng)
    size = n // k
    return _folds(n, [np.arange(i * size, n if i == k - 1 else (i + 1) * size) for i in range(k)])


@misconception(resample_indices)
def blocks_that_overlap(n, k, kind, rng=None):
    """Your blocks are n // k + 1 long but start n // k apart, so some examples are in validation twice."""
    if kind == "bagging":
        return _bags(n, k, rng)
    size = n // k
    return _folds(n, [np.arange(i * size, min((i + 1) * size + 1, n)) for i in range(k)])


@misconception(resample_indices)
def every_kth_example(n, k, kind, rng=None):
    """Your fold i takes every k-th example; the blocks are to be contiguous."""
    if kind == "bagging":
        return _bags(n, k, rng)
    return _folds(n, [np.arange(i, n, k) for i in range(k)])


@misconception(resample_indices)
def long_blocks_last(n, k, kind, rng=None):
    """The longer blocks stand at the end; the first n % k are the longer ones."""
    if kind == "bagging":
        return _bags(n, k, rng)
    cuts = [n // k * i + max(0, i - (k - n % k)) for i in range(k + 1)]
    return _folds(n, [np.arange(a, b) for a, b in pairwise(cuts)])


@misconception(resample_indices)
def trains_on_everything(n, k, kind, rng=None):
    """The training sets hold all examples, those of the validation set too, so nothing is unseen."""
    if kind == "bagging":
        return _bags(n, k, rng)
    return [(np.arange(n), val) for _, val in resample_indices(n, k, kind)]


@misconception(resample_indices)
def validation_comes_first(n, k, kind, rng=None):
    """Each fold is (val, train); the order is (train, val)."""
    if kind == "bagging":
        return _bags(n, k, rng)
    return [(val, train) for train, val in resample_indices(n, k, kind)]


@misconception(resample_indices)
def without_replacement(n, k, kind, rng=None):
    """Your samples are shuffles: each index comes exactly once. Drawn with replacement, some come twice."""
    if kind == "bagging":
        return [rng.permutation(n) for _ in range(k)]
    return resample_indices(n, k, kind)


@misconception(resample_indices)
def one_bag_for_all(n, k, kind, rng=None):
    """One sample is drawn and handed out k times; each is to be drawn anew."""
    if kind == "bagging":
        return _bags(n, 1, rng) * k
    return resample_indices(n, k, kind)


@misconception(resample_indices)
def bags_of_size_k(n, k, kind, rng=None):
    """There are n samples of k indices; k samples of n are wanted."""
    if kind == "bagging":
        return [rng.integers(0, n, size=k) for _ in range(n)]
    return resample_indices(n, k, kind)


@misconception(resample_indices)
def last_index_never_drawn(n, k, kind, rng=None):
    """The upper end of rng.integers is left out already, so with n - 1 the last example never comes."""
    if kind == "bagging":
        return [rng.integers(0, n - 1, size=n) for _ in range(k)]
    return resample_indices(n, k, kind)


@misconception(resample_indices)
def a_generator_of_its_own(n, k, kind, rng=None):
    """You made a generator with a fixed seed, so all calls draw the same; draw from `rng`."""
    if kind == "bagging":
        return _bags(n, k, np.random.default_rng(0))
    return resample_indices(n, k, kind)


# ---- diagnose -------------------------------------------------------------------------------------


def _names(bias, variance):
    """The list, from two answers."""
    return ["bias"] * bool(bias) + ["variance"] * bool(variance)


@misconception(diagnose)
def variance_from_the_human(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """Variance is measured from the human error; it is the distance between validation and training."""
    return _names(train_err - human_err > bias_thr, val_err - human_err > var_thr)


@misconception(diagnose)
def validation_alone(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """A large validation error alone is taken for variance.

    What counts is how far it lies above the training error.
    """
    return _names(train_err - human_err > bias_thr, val_err > var_thr)


@misconception(diagnose)
def human_ignored(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """The training error alone is taken for bias; what counts is how far it lies above the human error."""
    return _names(train_err > bias_thr, val_err - train_err > var_thr)


@misconception(diagnose)
def bias_from_validation(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """Bias is measured with the validation error; it shows in the training error already."""
    return _names(val_err - human_err > bias_thr, val_err - train_err > var_thr)


@misconception(diagnose)
def threshold_included(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """A distance of exactly the threshold counts in your answer; it has to be larger."""
    return _names(train_err - human_err >= bias_thr, val_err - train_err >= var_thr)


@misconception(diagnose)
def one_thing_at_a_time(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """After bias, variance is no longer asked for (an elif, or an early return).

    A model can suffer from both.
    """
    found = diagnose(train_err, val_err, human_err, bias_thr, var_thr)
    return found[:1]


@misconception(diagnose)
def names_swapped(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """The two names are swapped: bias shows in training, variance in what validation adds to it."""
    return _names(val_err - train_err > var_thr, train_err - human_err > bias_thr)


@misconception(diagnose)
def thresholds_swapped(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """The two thresholds are swapped."""
    return diagnose(train_err, val_err, human_err, var_thr, bias_thr)


@misconception(diagnose)
def threshold_always_five(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """Your thresholds are 5, whatever the arguments say."""
    return diagnose(train_err, val_err, human_err)


# ---- coarse_to_fine -------------------------------------------------------------------------------


def _search(f, lo, hi, n, rounds, grid, narrow, *, best_of_all=True, pick=np.argmin):
    """The search with another grid, another next interval, or another choice at the end."""
    history, seen = [], []
    for _ in range(rounds):
        xs = grid(lo, hi, n)
        values = [f(x) for x in xs]
        i = int(pick(values))
        history.append(xs)
        seen.append((values[i], xs[i]))
        lo, hi = narrow(xs, i)
    best = seen[int(pick([value for value, _ in seen]))] if best_of_all else seen[-1]
    return best[1], np.array(history)


def _grid(log):
    """The right grid."""
    return np.geomspace if log else np.linspace


def _neighbours(xs, i):
    """The right interval."""
    return xs[max(i - 1, 0)], xs[min(i + 1, len(xs) - 1)]


@misconception(coarse_to_fine)
def always_equal_distances(f, lo, hi, n, rounds, log=True):
    """The points stand at equal distances although log is True; np.geomspace puts them at equal ratios."""
    return _search(f, lo, hi, n, rounds, np.linspace, _neighbours)


@misconception(coarse_to_fine)
def always_equal_ratios(f, lo, hi, n, rounds, log=True):
    """The points stand at equal ratios although log is False; np.linspace puts them at equal distances."""
    if lo <= 0:
        raise ValueError("Geometric sequence cannot include zero")
    return _search(f, lo, hi, n, rounds, np.geomspace, _neighbours)


@misconception(coarse_to_fine)
def largest_value(f, lo, hi, n, rounds, log=True):
    """You searched for the largest value; the smaller f is, the better."""
    return _search(f, lo, hi, n, rounds, _grid(log), _neighbours, pick=np.argmax)


@misconception(coarse_to_fine)
def half_of_the_interval(f, lo, hi, n, rounds, log=True):
    """The next interval is half of this one, around its middle.

    It goes between the neighbours of the best point.
    """

    def middle(xs, _):
        return tuple(_grid(log)(xs[0], xs[-1], 5)[[1, 3]])

    return _search(f, lo, hi, n, rounds, _grid(log), middle)


@misconception(coarse_to_fine)
def wraps_round_at_the_lower_end(f, lo, hi, n, rounds, log=True):
    """When the best point is the first, xs[i - 1] is xs[-1], the last point.

    Stop at the end: max(i - 1, 0).
    """
    return _search(f, lo, hi, n, rounds, _grid(log), lambda xs, i: (xs[i - 1], xs[min(i + 1, n - 1)]))


@misconception(coarse_to_fine)
def best_of_the_last_round(f, lo, hi, n, rounds, log=True):
    """The best point of the last round is returned; an earlier round may have seen a better one."""
    return _search(f, lo, hi, n, rounds, _grid(log), _neighbours, best_of_all=False)


@misconception(coarse_to_fine)
def ends_left_out(f, lo, hi, n, rounds, log=True):
    """Your grid leaves out the upper end; both ends belong to it."""

    def open_grid(lo, hi, n):
        return _grid(log)(lo, hi, n, endpoint=False)

    return _search(f, lo, hi, n, rounds, open_grid, _neighbours)


@misconception(coarse_to_fine)
def never_any_finer(f, lo, hi, n, rounds, log=True):
    """The interval stays the same in every round, so each round looks at the same points again."""
    return _search(f, lo, hi, n, rounds, _grid(log), lambda xs, _: (xs[0], xs[-1]))


@misconception(coarse_to_fine)
def value_in_place_of_the_point(f, lo, hi, n, rounds, log=True):
    """You returned the smallest value of f; the point where it is smallest is wanted."""
    best, history = coarse_to_fine(f, lo, hi, n, rounds, log)
    return f(best), history


# ---- random_search --------------------------------------------------------------------------------


def _pick(f, points, best=np.argmin):
    """The best of these points, and all of them."""
    points = np.asarray(points, dtype=float)
    return points[best([f(x) for x in points])], points


@misconception(random_search)
def a_grid_after_all(f, lo, hi, n, rng):
    """These points stand at equal distances; they are to be drawn at random."""
    return _pick(f, np.linspace(lo, hi, n))


@misconception(random_search)
def keeps_the_largest(f, lo, hi, n, rng):
    """The point with the largest value was kept; the smaller f is, the better."""
    return _pick(f, rng.uniform(lo, hi, size=n), np.argmax)


@misconception(random_search)
def keeps_the_last_point(f, lo, hi, n, rng):
    """The point drawn last is returned, whether or not f is lowest there."""
    points = rng.uniform(lo, hi, size=n)
    return points[-1], points


@misconception(random_search)
def returns_the_smallest_value(f, lo, hi, n, rng):
    """You returned the smallest value of f; the point where it is smallest is wanted."""
    best, points = random_search(f, lo, hi, n, rng)
    return f(best), points


@misconception(random_search)
def between_zero_and_one(f, lo, hi, n, rng):
    """Your points lie between 0 and 1, as rng.random makes them.

    Stretch them to the length hi - lo and add lo.
    """
    return _pick(f, rng.random(size=n))


@misconception(random_search)
def lower_end_not_added(f, lo, hi, n, rng):
    """Your points lie between 0 and hi - lo: add lo."""
    return _pick(f, (hi - lo) * rng.random(size=n))


@misconception(random_search)
def a_fixed_seed(f, lo, hi, n, rng):
    """You made a generator with a fixed seed, so every search tries the same points; draw from `rng`."""
    return _pick(f, np.random.default_rng(0).uniform(lo, hi, size=n))


@misconception(random_search)
def sorted_history(f, lo, hi, n, rng):
    """The history is sorted; it is to keep the order in which the points were drawn."""
    return _pick(f, np.sort(rng.uniform(lo, hi, size=n)))


@misconception(random_search)
def drawn_on_the_logarithmic_scale(f, lo, hi, n, rng):
    """Your points are drawn at equal ratios, so most of them are small.

    Here all numbers are equally likely.
    """
    return _pick(
        f, np.exp(rng.uniform(np.log(lo), np.log(hi), size=n)) if lo > 0 else rng.uniform(lo, hi, size=n)
    )
