"""Hidden checks of the regression assignment: inputs only. What is right, the reference says.

Data sets are small and well conditioned, except where a singular matrix is the question. sigma, lam and n
are far from 1, where a factor too many or a missing square could not be seen, and forgetting one of them
costs what it is worth. "The same after the call" looks at the arguments and at the shape of the answer, not
at its numbers, which have checks of their own. What is drawn from `rng` is asked for its properties, never
number by number: any way of drawing is right.
"""

import numpy as np

from autograder import check, close, exact, scenario

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


def _away_from_zero(rng, *shape):
    """Numbers of either sign, 0.5 to 2 in size."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 2.0, size=shape)


def _both_signs(rng, n):
    """Numbers 0.5 to 2 in size, of which some are negative and some are not."""
    signs = rng.permutation([-1.0, 1.0, *rng.choice([-1.0, 1.0], size=n - 2)])
    return signs * rng.uniform(0.5, 2.0, size=n)


def _examples(rng, m, d):
    """Features off the origin, and targets around 5 that no plane explains."""
    X = rng.normal(size=(m, d)) + rng.uniform(0.5, 1.5, size=d)
    return X, rng.uniform(4.0, 6.0) + X @ _away_from_zero(rng, d) + rng.normal(size=m)


# ---- polynomial_features --------------------------------------------------------------------------


@check(polynomial_features)
def powers_up_to_four(rng):
    """Five numbers and their powers, from the constant on the left to the fourth on the right."""
    return _both_signs(rng, 5), 4


@check(polynomial_features)
def as_many_powers_as_numbers(rng):
    """Where the table is square, the numbers still go down and the powers to the right."""
    return _both_signs(rng, 4), 3


@check(polynomial_features)
def degree_zero(rng):
    """Of degree 0 there is one column, of ones."""
    return _both_signs(rng, 4), 0


@check(polynomial_features)
def zero_among_the_numbers(rng):
    """At x = 0 the constant is 1 and every other power is 0."""
    x = _both_signs(rng, 5)
    x[rng.integers(5)] = 0.0
    return x, 3


@scenario(polynomial_features, forbids=("mutation",))
def numbers_left_alone(polynomial_features, rng):
    """The numbers whose powers are taken are the same after the call."""
    return np.shape(polynomial_features(_both_signs(rng, 6), 2))


# ---- poly_eval ------------------------------------------------------------------------------------


@check(poly_eval)
def a_cubic(rng):
    """A polynomial of degree three, at six places."""
    return _away_from_zero(rng, 4), _both_signs(rng, 6)


@check(poly_eval)
def degree_five_in_a_table(rng):
    """A polynomial of degree five, at a table of places: the values stand in the same table."""
    return _away_from_zero(rng, 6), _away_from_zero(rng, 2, 3)


@check(poly_eval)
def at_zero(rng):
    """At x = 0 only the constant is left."""
    return _away_from_zero(rng, 4), np.zeros(2)


@check(poly_eval)
def a_constant(rng):
    """A constant has the same value at each of the places, and the result has their shape."""
    return _away_from_zero(rng, 1), _both_signs(rng, 4)


@check(poly_eval)
def whole_places_in_a_list(rng):
    """A list of whole numbers is taken as well as an array, and nothing is rounded to whole numbers."""
    return _away_from_zero(rng, 4).tolist(), rng.permutation([-3, -2, 1, 2, 3]).tolist()


# ---- normal_equation ------------------------------------------------------------------------------


@check(normal_equation)
def more_examples_than_parameters(rng):
    """Twelve examples and three features: the plane that comes nearest to all of them."""
    return _examples(rng, 12, 3)


@check(normal_equation)
def a_line(rng):
    """One feature: bias and slope of a straight line."""
    return _examples(rng, 7, 1)


@scenario(normal_equation)
def nothing_left_to_explain(normal_equation, rng):
    """The errors that remain add up to zero and have nothing in common with any feature."""
    X, y = _examples(rng, 9, 2)
    theta = np.asarray(normal_equation(X, y), dtype=float)
    left = theta[0] + X @ theta[1:] - y
    return np.sum(left), left @ X


@check(normal_equation, compare=close(atol=1e-7))
def the_same_feature_twice(rng):
    """Where a feature comes twice, both get the same slope, and there is no crash."""
    X, y = _examples(rng, 10, 2)
    return X[:, [0, 1, 0]], y


@check(normal_equation, compare=close(atol=1e-7))
def fewer_examples_than_parameters(rng):
    """Three houses with four features fit exactly in many ways; the shortest theta is wanted."""
    return _examples(rng, 3, 4)


@check(normal_equation, compare=close(atol=1e-6))
def three_houses(rng):
    """The three houses of the lecture, with size, bedrooms, floors and age, and prices of other years."""
    X = [[2104, 5, 1, 45], [1416, 3, 2, 40], [1534, 3, 2, 30]]
    return X, np.array([460.0, 232.0, 315.0]) * rng.uniform(0.5, 2.0, size=3)


@scenario(normal_equation, forbids=("mutation",))
def examples_left_alone(normal_equation, rng):
    """The features and the targets of the least-squares fit are the same after the call."""
    return np.shape(normal_equation(*_examples(rng, 8, 2)))


# ---- mse_cost_and_grad ----------------------------------------------------------------------------


@check(mse_cost_and_grad)
def cost_and_gradient(rng):
    """Cost and gradient for nine examples with three features."""
    X, y = _examples(rng, 9, 3)
    return _away_from_zero(rng, 4), X, y


@check(mse_cost_and_grad)
def a_single_example(rng):
    """With one example the mean is over one."""
    X, _ = _examples(rng, 1, 2)
    theta = _away_from_zero(rng, 3)
    return theta, X, theta[0] + X @ theta[1:] + _away_from_zero(rng, 1)


@scenario(mse_cost_and_grad)
def the_cost_alone(mse_cost_and_grad, rng):
    """The cost is the mean of the squared residuals; the gradient is not looked at here."""
    X, y = _examples(rng, 8, 2)
    return mse_cost_and_grad(_away_from_zero(rng, 3), X, y)[0]


@scenario(mse_cost_and_grad, compare=close(rtol=1e-5, atol=1e-5))
def gradient_of_your_cost(mse_cost_and_grad, rng):
    """The gradient is the slope of the cost, as small steps in each direction show; and it is not flat."""
    X, y = _examples(rng, 6, 2)
    theta, h = _away_from_zero(rng, 3), 1e-4
    grad = np.asarray(mse_cost_and_grad(theta, X, y)[1], dtype=float)
    steps = h * np.eye(3)
    slope = [
        (mse_cost_and_grad(theta + s, X, y)[0] - mse_cost_and_grad(theta - s, X, y)[0]) / (2 * h)
        for s in steps
    ]
    return np.subtract(grad, slope), np.ptp(grad) > 1e-9


@scenario(mse_cost_and_grad)
def rolling_down(mse_cost_and_grad, rng):
    """Twenty steps of gradient descent with your gradient end where ours end."""
    X, y = _examples(rng, 8, 2)
    theta = np.zeros(3)
    for _ in range(20):
        theta = np.subtract(theta, np.multiply(0.02, mse_cost_and_grad(theta, X, y)[1]))
    return theta


@scenario(mse_cost_and_grad, forbids=("mutation",))
def parameters_left_alone(mse_cost_and_grad, rng):
    """The parameters, the features and the targets you are given are the same after the call."""
    return np.shape(mse_cost_and_grad(_away_from_zero(rng, 3), *_examples(rng, 8, 2))[1])


# ---- gaussian_nll ---------------------------------------------------------------------------------


def _spread(rng):
    """A standard deviation that is clearly not 1, and not 0.4 either: there log sigma is -½ log 2π."""
    return rng.choice([rng.uniform(0.15, 0.25), rng.uniform(1.8, 3.0)])


@check(gaussian_nll)
def numbers_near_the_mean(rng):
    """Six numbers within two standard deviations, with a standard deviation that is not 1."""
    mu, sigma = rng.uniform(1.0, 3.0), _spread(rng)
    return mu + sigma * _both_signs(rng, 6), mu, sigma


@check(gaussian_nll)
def a_single_number(rng):
    """One number alone."""
    mu, sigma = rng.uniform(1.0, 3.0), _spread(rng)
    return mu + sigma * _away_from_zero(rng, 1), mu, sigma


@scenario(gaussian_nll)
def the_price_of_being_off(gaussian_nll, rng):
    """How much more it is with the mean in the wrong place; no constant matters here."""
    mu, sigma = rng.uniform(1.0, 3.0), _spread(rng)
    x = mu + sigma * _both_signs(rng, 5)
    return np.subtract(gaussian_nll(x, mu - 2 * sigma, sigma), gaussian_nll(x, mu, sigma))


@scenario(gaussian_nll)
def two_halves(gaussian_nll, rng):
    """The numbers in two groups, added up, give what all of them give together."""
    mu, sigma = rng.uniform(1.0, 3.0), _spread(rng)
    x = mu + sigma * _both_signs(rng, 7)
    halves = np.add(gaussian_nll(x[:3], mu, sigma), gaussian_nll(x[3:], mu, sigma))
    return np.subtract(halves, gaussian_nll(x, mu, sigma))


@check(gaussian_nll, compare=close(rtol=1e-9), forbids=("warnings",))  # half a million, and 1 matters
def a_thousand_away(rng):
    """A number as far off as a thousand is improbable, but not impossible: finite, and without a warning."""
    return np.array([1.5, -0.5, 1000.0 + rng.uniform()]), 0.5, _spread(rng)


@check(gaussian_nll, forbids=("warnings",))
def two_thousand_numbers(rng):
    """Two thousand ordinary numbers together are a small probability, but not zero."""
    return 2.0 + 3.0 * _away_from_zero(rng, 2000), 2.0, 3.0


@check(gaussian_nll)
def whole_numbers_in_the_list(rng):
    """The likelihood takes a list of whole numbers as well as an array."""
    return rng.integers(-4, 5, size=5).tolist(), 1, 2


# ---- gaussian_mle ---------------------------------------------------------------------------------


@check(gaussian_mle)
def mean_and_variance(rng):
    """Mean and variance of five numbers, under which they are most likely."""
    return rng.uniform(2.0, 4.0) + 3.0 * _both_signs(rng, 5)


@check(gaussian_mle)
def one_number(rng):
    """A single number is its own mean, and its variance is 0."""
    return rng.uniform(2.0, 4.0, size=1)


@scenario(gaussian_mle)
def in_another_unit(gaussian_mle, rng):
    """In a unit ten times smaller the mean is ten times as large, and the variance a hundred times."""
    x = rng.uniform(2.0, 4.0) + 3.0 * _both_signs(rng, 4)
    return np.divide(gaussian_mle(10 * x), gaussian_mle(x))


@check(gaussian_mle)
def far_from_zero(rng):
    """Numbers around ten million keep their variance."""
    return 1e7 + rng.uniform(2.0, 4.0) + 3.0 * _both_signs(rng, 6)


@scenario(gaussian_mle, forbids=("mutation",))
def data_left_alone(gaussian_mle, rng):
    """The numbers whose mean and variance are found are the same after the call."""
    return len(gaussian_mle(rng.uniform(2.0, 4.0) + _both_signs(rng, 6)))


# ---- gaussian_posterior ---------------------------------------------------------------------------


def _belief(rng):
    """A prior away from the data, and variances that are neither 1 nor equal."""
    return {
        "mu0": rng.uniform(-3.0, -1.0),
        "var0": rng.uniform(0.3, 0.6),
        "var": rng.uniform(2.0, 4.0),
    }


@check(gaussian_posterior)
def after_five_numbers(rng):
    """The belief after five numbers lies between the prior and their mean."""
    return {**_belief(rng), "x": rng.uniform(4.0, 8.0, size=5)}


@check(gaussian_posterior)
def after_one_number(rng):
    """The belief after a single number."""
    return {**_belief(rng), "x": rng.uniform(4.0, 8.0, size=1)}


@check(gaussian_posterior, forbids=("warnings",))
def after_nothing(rng):
    """Where there are no numbers, the prior is all that is known."""
    return {**_belief(rng), "x": np.zeros(0)}


@scenario(gaussian_posterior)
def one_after_the_other(gaussian_posterior, rng):
    """Whether the numbers come together or one by one, the belief afterwards is the same."""
    start = _belief(rng)
    x, var = rng.uniform(4.0, 8.0, size=4), start["var"]
    mu, spread = start["mu0"], start["var0"]
    for one in x:
        mu, spread = gaussian_posterior(mu, spread, [float(one)], var)
    return np.subtract((mu, spread), gaussian_posterior(start["mu0"], start["var0"], x, var))


@scenario(gaussian_posterior, forbids=("mutation",))
def observations_left_alone(gaussian_posterior, rng):
    """The numbers that change the belief are the same after the call."""
    return len(gaussian_posterior(**_belief(rng), x=rng.uniform(4.0, 8.0, size=3)))


# ---- weight_penalty -------------------------------------------------------------------------------


def _matrices(rng):
    """Weights of two layers."""
    return [_away_from_zero(rng, 3, 4), _away_from_zero(rng, 4, 2)]


@check(weight_penalty)
def squares(rng):
    """The l2 penalty of two matrices, and its gradient, as it comes without n."""
    return _matrices(rng), rng.uniform(2.0, 4.0)


@check(weight_penalty)
def squares_over_n(rng):
    """The l2 penalty of one matrix, shared among n examples."""
    return [_away_from_zero(rng, 3, 3)], rng.uniform(2.0, 4.0), int(rng.integers(5, 20)), "l2"


@check(weight_penalty)
def sizes(rng):
    """The l1 penalty of two matrices, and its gradient."""
    return {"weights": _matrices(rng), "lam": rng.uniform(2.0, 4.0), "kind": "l1"}


@check(weight_penalty)
def sizes_over_n(rng):
    """The l1 penalty of one matrix, shared among n examples."""
    return [_away_from_zero(rng, 2, 5)], rng.uniform(2.0, 4.0), int(rng.integers(5, 20)), "l1"


@check(weight_penalty)
def weights_at_zero(rng):
    """A weight that is exactly 0 is pulled nowhere by l1."""
    W = _away_from_zero(rng, 3, 3)
    W[rng.integers(3), rng.integers(3)] = 0.0
    return [W], rng.uniform(2.0, 4.0), 1, "l1"


@scenario(weight_penalty, compare=close(rtol=1e-5, atol=1e-5))
def slope_of_the_penalty(weight_penalty, rng):
    """The gradient is the slope of the value, for l1 and for l2."""
    W, push, h = _away_from_zero(rng, 2, 3), rng.uniform(0.5, 1.5, size=(2, 3)), 1e-4
    off = []
    for kind in ("l1", "l2"):
        up, down = (weight_penalty([W + s * push], 3.0, 2, kind)[0] for s in (h, -h))
        along = np.sum(push * weight_penalty([W], 3.0, 2, kind)[1][0])
        off.append((up - down) / (2 * h) - along)
    return off


@scenario(weight_penalty, forbids=("mutation",))
def weights_left_alone(weight_penalty, rng):
    """The weights that the price is on are the same after the call."""
    return [np.shape(grad) for grad in weight_penalty(_matrices(rng), rng.uniform(2.0, 4.0))[1]]


# ---- ridge_fit ------------------------------------------------------------------------------------


def _centred(X, y):
    """The same examples around the origin: here the bias is 0, whether or not there is a price on it."""
    return X - X.mean(axis=0), y - y.mean()


@check(ridge_fit)
def with_a_price(rng):
    """Ten examples with three centred features and centred targets: only the slopes matter."""
    return *_centred(*_examples(rng, 10, 3)), rng.uniform(2.0, 4.0)


@check(ridge_fit)
def with_a_small_price(rng):
    """A price far below 1, on centred examples again."""
    return *_centred(*_examples(rng, 8, 2)), rng.uniform(0.1, 0.3)


@check(ridge_fit)
def for_nothing(rng):
    """With lam = 0 it is ordinary least squares."""
    return *_examples(rng, 9, 2), 0.0


@check(ridge_fit)
def more_features_than_examples(rng):
    """With a price there is one best theta, also for three examples with five features."""
    return *_examples(rng, 3, 5), rng.uniform(2.0, 4.0)


@scenario(ridge_fit)
def targets_ten_higher(ridge_fit, rng):
    """Targets that are all ten higher raise the bias by ten and leave the slopes as they are."""
    X, y = _examples(rng, 9, 2)
    lam = rng.uniform(2.0, 4.0)
    return np.subtract(ridge_fit(X, y + 10, lam), ridge_fit(X, y, lam))


@check(ridge_fit, compare=close(atol=1e-7))
def at_any_price(rng):
    """At a price of a million million the slopes vanish, and the bias is the mean of the targets."""
    return *_examples(rng, 9, 2), 1e12


@scenario(ridge_fit, forbids=("mutation",))
def table_left_alone(ridge_fit, rng):
    """The features and the targets of the ridge fit are the same after the call."""
    return np.shape(ridge_fit(*_examples(rng, 8, 2), 1.5))


# ---- resample_indices -----------------------------------------------------------------------------


@check(resample_indices, compare=exact)
def blocks_of_one_size(rng):
    """Where k divides n, all blocks have the same size, and they come in order."""
    k = int(rng.integers(3, 6))
    return k * int(rng.integers(3, 6)), k, "kfold"


@check(resample_indices, compare=exact)
def a_remainder(rng):
    """Where k does not divide n, the first blocks have one example more and none is left out."""
    k = int(rng.integers(4, 7))
    return k * int(rng.integers(3, 5)) + int(rng.integers(2, k - 1)), k, "kfold"


@check(resample_indices, compare=exact)
def leave_one_out(rng):
    """With k = n each example is alone in validation once."""
    n = int(rng.integers(4, 9))
    return n, n, "kfold"


def _samples(resample_indices, rng, n, k):
    """Bags drawn from a generator of their own, as lists."""
    source = np.random.default_rng(int(rng.integers(1_000_000)))
    return [np.asarray(sample).tolist() for sample in resample_indices(n, k, "bagging", source)]


@scenario(resample_indices, compare=exact)
def sizes_of_the_bags(resample_indices, rng):
    """There are k samples, and each has n indices."""
    n, k = int(rng.integers(20, 30)), int(rng.integers(3, 8))
    return [len(sample) for sample in _samples(resample_indices, rng, n, k)]


@scenario(resample_indices, compare=exact)
def what_is_in_the_bags(resample_indices, rng):
    """Every index is one of 0 … n - 1, and over thirty samples each of them comes."""
    n = int(rng.integers(6, 10))
    return np.unique(np.concatenate(_samples(resample_indices, rng, n, 30)))


@scenario(resample_indices, compare=exact)
def some_come_twice(resample_indices, rng):
    """In each sample some indices come more than once."""
    n = int(rng.integers(40, 80))
    return [len(set(sample)) < len(sample) for sample in _samples(resample_indices, rng, n, 4)]


@scenario(resample_indices, compare=exact)
def bags_differ(resample_indices, rng):
    """The samples differ from each other, and another generator draws others."""
    n = int(rng.integers(30, 60))
    one, other = (_samples(resample_indices, rng, n, 3) for _ in range(2))
    return one[0] != one[1], one[1] != one[2], one[0] != other[0]


# ---- diagnose -------------------------------------------------------------------------------------


@check(diagnose)
def fits_too_much(rng):
    """Fine in training, bad in validation."""
    train = rng.uniform(0.5, 4.0)
    return train, train + rng.uniform(7.0, 15.0)


@check(diagnose)
def fits_too_little(rng):
    """Bad in training, hardly worse in validation."""
    train = rng.uniform(12.0, 20.0)
    return train, train + rng.uniform(1.0, 3.0)


@check(diagnose)
def both_at_once(rng):
    """Both distances are a little larger than five, which is the usual threshold."""
    train = rng.uniform(5.2, 5.8)
    return train, train + rng.uniform(5.2, 5.8)


@check(diagnose)
def nothing_wrong(rng):
    """Fine in training and hardly worse in validation, though the two distances add up to more than five."""
    train = rng.uniform(3.0, 4.5)
    return train, train + rng.uniform(3.0, 4.5)


@check(diagnose)
def hard_for_people_too(rng):
    """Where people err as often, a large training error is no bias; variance is measured from training."""
    human = rng.uniform(14.0, 18.0)
    train = human + rng.uniform(1.0, 2.0)
    return train, train + rng.uniform(8.0, 10.0), human


@check(diagnose)
def as_hard_for_the_model(rng):
    """A model that errs hardly more often than people, in training and in validation, has nothing wrong."""
    human = rng.uniform(14.0, 18.0)
    train = human + rng.uniform(1.0, 2.0)
    return train, train + rng.uniform(1.0, 2.0), human


@check(diagnose)
def exactly_at_the_threshold(rng):
    """A distance of exactly the threshold does not count yet."""
    human = int(rng.integers(1, 9))
    return human + 5, human + 10, human


@scenario(diagnose)
def thresholds_of_their_own(diagnose, rng):
    """Each distance has its own threshold: one model with 2 and 10, another with 10 and 2."""
    train = rng.uniform(3.0, 4.0)
    strict = diagnose(train, train + 8.0, 0.0, 2.0, 10.0)
    return strict, diagnose(train, train + 3.0, bias_thr=10.0, var_thr=2.0)


# ---- coarse_to_fine -------------------------------------------------------------------------------


def _valley(place):
    """A function whose lowest point lies at `place`, seen on a logarithmic scale."""
    return lambda x: np.square(np.log(np.divide(x, place)))


def _bowl(place):
    """A function whose lowest point lies at `place`."""
    return lambda x: np.square(np.subtract(x, place))


@check(coarse_to_fine)
def three_rounds_of_ratios(rng):
    """Three rounds over six powers of ten, with the best point somewhere inside."""
    return _valley(10 ** rng.uniform(-3.4, -1.6)), 1e-5, 10.0, 7, 3


@check(coarse_to_fine)
def three_rounds_of_distances(rng):
    """Three rounds with log=False: points at equal distances."""
    return {
        "f": _bowl(rng.uniform(3.2, 4.2)),
        "lo": -1.0,
        "hi": 9.0,
        "n": 7,
        "rounds": 3,
        "log": False,
    }


@check(coarse_to_fine)
def best_at_the_lower_end(rng):
    """Where f falls towards the lower end, the interval ends there in every round."""
    return _bowl(-rng.uniform(3.0, 5.0)), 0.5, 4.0 + rng.uniform(), 5, 3, False


@check(coarse_to_fine)
def best_at_the_upper_end(rng):
    """Where f falls towards the upper end, the interval ends there in every round."""
    return _valley(10 ** rng.uniform(3.5, 4.5)), 0.01, 10.0 + rng.uniform(), 5, 3


@check(coarse_to_fine)
def a_single_round(rng):
    """One round is one grid, with both ends in it."""
    return _valley(10 ** rng.uniform(-1.2, 0.2)), 1e-3, 10.0 + rng.uniform(), 6, 1


@check(coarse_to_fine)
def a_finer_grid_misses_it(rng):
    """Where the finer grid steps over the best point of the coarser one, that point is still the answer."""
    step = rng.uniform(1.0, 2.0)
    return _bowl(2 * step), 0.0, 5 * step, 6, 2, False


@check(coarse_to_fine)
def a_flat_bottom(rng):
    """Of equally good points, also of different rounds, the first that was looked at is the answer."""
    place = rng.uniform(4.8, 5.2)
    return lambda x: np.maximum(np.abs(np.subtract(x, place)) - 1.5, 0.0), 0.0, 10.0, 6, 3, False


# ---- random_search --------------------------------------------------------------------------------


def _searched(random_search, rng, f, lo, hi, n):
    """One search with a generator of its own: the best point, and all points as a flat array."""
    source = np.random.default_rng(int(rng.integers(1_000_000)))
    best, history = random_search(f, lo, hi, n, source)
    return best, np.asarray(history, dtype=float)


@scenario(random_search)
def points_tried(random_search, rng):
    """The history has n points, and they lie between lo and hi."""
    n, lo = int(rng.integers(12, 18)), rng.uniform(20.0, 30.0)
    _, points = _searched(random_search, rng, _bowl(lo + 1), lo, lo + 3.0, n)
    return points.size, np.all((lo <= points) & (points <= lo + 3.0))


@scenario(random_search)
def best_of_those_tried(random_search, rng):
    """The best point is one of those tried, and f is nowhere lower among them."""
    lo, place = rng.uniform(1.0, 3.0), rng.uniform(4.0, 5.0)
    best, points = _searched(random_search, rng, _bowl(place), lo, lo + 6.0, 15)
    return np.min(np.abs(points - best)), np.abs(best - place) - np.min(np.abs(points - place))


@scenario(random_search)
def points_everywhere(random_search, rng):
    """Of sixty points between about 1 and 100001, neither half has more than four fifths."""
    lo = rng.uniform(0.5, 1.5)
    _, points = _searched(random_search, rng, _bowl(200.0), lo, lo + 100_000.0, 60)
    return 0.2 <= np.mean(points < lo + 50_000.0) <= 0.8  # 4.6 standard deviations


@scenario(random_search)
def drawn_not_planned(random_search, rng):
    """The points do not stand in a row, and another generator draws others."""
    lo = rng.uniform(1.0, 2.0)
    (_, one), (_, other) = (_searched(random_search, rng, _bowl(3.0), lo, 9.0, 15) for _ in range(2))
    return np.any(np.diff(one) < 0), np.any(np.diff(one) > 0), np.all(one != other)


@scenario(random_search)
def as_lucky_as_the_draw(random_search, rng):
    """Where f falls everywhere, the largest point is the best; where it rises, the smallest."""
    ends, lo = [], -rng.uniform(1.0, 3.0)
    for slope, end in ((-1.0, np.max), (1.0, np.min)):
        best, points = _searched(random_search, rng, lambda x, s=slope: s * x, lo, 4.0, 14)
        ends.append(end(points) - best)
    return ends
