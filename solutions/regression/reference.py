"""Fitting: least squares, likelihood, penalties, and how to choose between models.

A curve that passes through every point has learnt the noise as well. This assignment fits curves, says what a
good fit means (the data should be likely), keeps weights small by a price on them, and then asks the only
question that counts: how does it do on data that it has not seen?

Lectures: polynomials, likelihood and penalties 000:29-95; penalties 001:3547-3554 and 002:1155-1165; bagging
001:4874; linear regression 002:150-172; search for hyperparameters 002:632-642; bias and variance 002:658.

Symbols: x the inputs, y the targets; m (or N, n) the number of examples, D the number of features; theta the
parameters, the bias first; mu the mean, sigma the standard deviation, var = sigma²; lam the strength λ of a
penalty.

Conventions: X has a row for each example, (m, D), and no column of ones; the functions that want a bias add
that column themselves, as the first one. Lists and whole numbers are welcome; what comes back is float64. No
argument is changed. Nothing draws from NumPy's global generator: where chance is wanted, a generator made by
np.random.default_rng comes in as `rng`.
"""

import numpy as np

### BEGIN SOLUTION


def _with_ones(X):
    """X with a column of ones in front, so that the bias is a weight like the others."""
    X = np.asarray(X, dtype=float)  # (m, D)
    return np.hstack([np.ones((len(X), 1)), X])


### END SOLUTION


def polynomial_features(x, degree):
    """Make the powers of x into columns, so that a linear model can draw a curve.

        column k  =  x^k        for k = 0 … degree

    Args:
        x: N numbers, shape (N,).
        degree: The highest power, an int >= 0.

    Returns:
        float64 array (N, degree + 1); the first column is all ones, also where x is 0.

    Source: lecture 000:29.

    Hint: `x[:, None] ** k` with an array k makes every power of every number at once.

    >>> print(polynomial_features([2, 0, -1], 3).tolist())
    [[1.0, 2.0, 4.0, 8.0], [1.0, 0.0, 0.0, 0.0], [1.0, -1.0, 1.0, -1.0]]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)  # (N,)
    powers = np.arange(degree + 1)  # (degree + 1,)

    # (N, 1) against (degree + 1,) is stretched to (N, degree + 1). In floating point 0.0 ** 0 is 1, as the
    # formula wants it: the constant of a polynomial is there at x = 0 too.
    return x[:, None] ** powers
    ### END SOLUTION


def poly_eval(coef, x):
    """Evaluate a polynomial whose coefficients stand in ascending order.

        f(x)  =  coef[0] + coef[1] x + coef[2] x² + …

    Args:
        coef: At least one coefficient, shape (degree + 1,), the constant first.
        x: Where to evaluate, an array of any shape or a single number.

    Returns:
        float64 array of the shape of x.

    Source: lecture 000:29, whose list of coefficients is ascending too.

    Hint: at x = 1 the order cannot be seen. Test somewhere else.

    >>> slide = [0.5423, -3.2648, -16.5311, 43.3645, 25.6159, -51.2418]
    >>> print(np.round(poly_eval(slide, [-1.0, 0.0, 0.5, 1.0]), 6).tolist())
    [20.7692, 0.5423, 0.197375, -1.515]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)  # any shape

    # Horner: c0 + x (c1 + x (c2 + …)). One product and one sum for each coefficient, and no powers at all.
    f = np.zeros_like(x)
    for c in reversed(list(coef)):
        f = f * x + c
    return f
    ### END SOLUTION


def normal_equation(X, y):
    """Fit a linear model with a bias by least squares.

        prediction  =  theta[0] + X theta[1:]

    theta makes the sum of squared errors as small as it can be. Where several do (two equal features, or
    fewer examples than parameters), it is the shortest of them: the one with the least theta·theta, bias
    included.

    Args:
        X: Features, shape (m, D), without a column of ones.
        y: Targets, shape (m,).

    Returns:
        theta, float64 array (D + 1,): the bias first.

    Source: lecture 002:165, which inverts XᵀX; here it need not have an inverse.

    Hint: NumPy solves least squares itself, or offers an inverse for matrices that have none.

    >>> print(np.round(normal_equation([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0]), 6).tolist())
    [1.0, 2.0]

    The same feature twice: the slope is shared.

    >>> print(np.round(normal_equation([[0, 0], [1, 1], [2, 2]], [1, 3, 5]), 6).tolist())
    [1.0, 1.0, 1.0]
    """
    ### BEGIN SOLUTION
    X1 = _with_ones(X)  # (m, D + 1)

    # At the minimum the residual stands at right angles to every column: X1ᵀ (X1 theta - y) = 0, the normal
    # equation. lstsq solves it from the singular values of X1 without ever forming X1ᵀ X1. Directions in
    # which X1 has no extent get no part of theta, and that is what makes it the shortest.
    return np.linalg.lstsq(X1, np.asarray(y, dtype=float), rcond=None)[0]
    ### END SOLUTION


def mse_cost_and_grad(theta, X, y):
    """Compute the mean squared error of a linear model, and its gradient.

        r     =  theta[0] + X theta[1:] - y        the residuals, one for each example
        J     =  1/m Σ r²
        grad  =  dJ/dtheta

    Args:
        theta: Parameters, shape (D + 1,), the bias first.
        X: Features, shape (m, D), without a column of ones.
        y: Targets, shape (m,).

    Returns:
        (J, grad): a float, and a float64 array (D + 1,).

    Source: lecture 002:160.

    Hint: differentiate r² first, then r. What is the derivative of r with respect to the bias?

    >>> J, grad = mse_cost_and_grad([1.0, 2.0], [[1.0], [3.0]], [2.0, 9.0])
    >>> print(float(J), grad.tolist())
    2.5 [-1.0, -5.0]
    """
    ### BEGIN SOLUTION
    X1 = _with_ones(X)  # (m, D + 1)
    r = X1 @ np.asarray(theta, dtype=float) - np.asarray(y, dtype=float)  # (m,)

    # dJ/dtheta_j = 1/m Σ 2 r_i dr_i/dtheta_j, and dr_i/dtheta_j is the entry (i, j) of X1. The sum over the
    # examples is a matrix product with X1 transposed.
    m = len(r)
    return r @ r / m, 2.0 / m * (X1.T @ r)
    ### END SOLUTION


def gaussian_nll(x, mu, sigma):
    """Compute the negative log-likelihood of numbers under a normal distribution.

        -log p(x_1) - log p(x_2) - …      with p(x) = exp(-(x - mu)² / (2 sigma²)) / (sigma √(2π))

    The smaller it is, the better mu and sigma explain the numbers. It is a sum over the numbers, not a
    mean, and it is finite for every finite x, however improbable.

    Args:
        x: n numbers, shape (n,).
        mu: Mean, a float.
        sigma: Standard deviation (not the variance), a float > 0.

    Returns:
        The negative log-likelihood, a float.

    Source: lecture 000:54, with the factor 1/2 and the constants that are dropped there.

    Hint: take the logarithm of p on paper. The exponential is then gone, and with it what could underflow.

    >>> print(round(float(gaussian_nll([0.0], 0.0, 1.0)), 6))
    0.918939
    >>> print(round(float(gaussian_nll([1.0, 3.0], 2.0, 2.0)), 6))
    3.474171
    >>> print(round(float(gaussian_nll([1000.0], 0.0, 1.0)), 6))
    500000.918939
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)  # (n,)
    z = (x - mu) / sigma  # how many standard deviations from the mean

    # -log p = z²/2 + log sigma + log(2π)/2, and the logarithm of a product is the sum of the logarithms. p
    # itself is 0 in the computer from 39 standard deviations on, so it must never be computed.
    return 0.5 * np.sum(z**2) + x.size * (np.log(sigma) + 0.5 * np.log(2.0 * np.pi))
    ### END SOLUTION


def gaussian_mle(x):
    """Find the normal distribution under which the numbers are most likely.

    Args:
        x: n numbers, shape (n,), at least one.

    Returns:
        (mu, var): the mean and the variance (not the standard deviation) that maximise the likelihood, two
        floats.

    Source: lecture 000:50.

    Hint: set the derivatives of the negative log-likelihood to zero. The number that the variance is
    divided by follows from that; there is nothing to choose.

    >>> mu, var = gaussian_mle([1.0, 2.0, 6.0])
    >>> print(float(mu), round(float(var), 6))
    3.0 4.666667
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)  # (n,)
    mu = np.sum(x) / x.size

    # d/dvar of  Σ (x - mu)² / (2 var) + n/2 log var  is zero at var = Σ (x - mu)² / n. It is a little too
    # small on average, since mu was fitted to the same numbers; n - 1 would mend that, but is not the most
    # likely value. Centring first keeps the digits: Σ x²/n - mu² subtracts two huge numbers where mu is far
    # from zero.
    return mu, np.sum((x - mu) ** 2) / x.size
    ### END SOLUTION


def gaussian_posterior(mu0, var0, x, var):
    """Update what we believe about a mean, after seeing numbers.

    The numbers are normal with an unknown mean and the known variance var. Before seeing them we believe
    that the mean is normal with mean mu0 and variance var0 (the prior). Afterwards it is normal again (the
    posterior), with

        1 / var_n     =  1 / var0  +  n / var
        mu_n / var_n  =  mu0 / var0  +  Σ x / var

    Args:
        mu0: Mean of the prior, a float.
        var0: Variance of the prior, a float > 0.
        x: n numbers, shape (n,); there may be none.
        var: Variance of each number around the unknown mean, a float > 0.

    Returns:
        (mu_n, var_n): mean and variance of the posterior, two floats.

    Source: Bayes' rule, lecture 000:60.

    Hint: 1/variance is a precision: how much somebody knows. Precisions add up, and means are averaged by
    them.

    >>> mu, var = gaussian_posterior(0.0, 1.0, [4.0, 2.0], 2.0)
    >>> print(round(float(mu), 6), round(float(var), 6))
    1.5 0.5
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)  # (n,)

    # -log posterior = (mu - mu0)² / (2 var0) + Σ (x - mu)² / (2 var) + constant. That is a parabola in mu:
    # its curvature is the precision, and its lowest point the mean. With no numbers it is the prior, with
    # very many the prior no longer matters.
    precision = 1.0 / var0 + x.size / var
    return (mu0 / var0 + np.sum(x) / var) / precision, 1.0 / precision
    ### END SOLUTION


def weight_penalty(weights, lam, n=1, kind="l2"):
    """Compute the price of large weights, and its gradient.

        "l1":   value = lam / n Σ |w|            grad = lam / n sign(w), and 0 where w is 0
        "l2":   value = lam / (2 n) Σ w²         grad = lam / n w

    The sums run over all weights of all matrices. Biases are not penalised, so they are never passed.

    Args:
        weights: List of float arrays, each of any shape.
        lam: Strength λ of the penalty, a float >= 0.
        n: Number of examples that the loss is averaged over; 1 leaves lam as it is.
        kind: "l1" or "l2".

    Returns:
        (value, grads): a float, and a list of float64 arrays with the shapes of the weights.

    Source: lecture 001:3547-3554.

    Hint: write the value down, differentiate with respect to one weight, and compare with the grad above.

    >>> value, grads = weight_penalty([[[1.0, -2.0]], [3.0]], 0.5)
    >>> print(float(value), [g.tolist() for g in grads])
    3.5 [[[0.5, -1.0]], [1.5]]
    >>> value, grads = weight_penalty([[1.0, -2.0, 0.0]], 0.5, n=10, kind="l1")
    >>> print(round(float(value), 6), np.round(grads[0], 6).tolist())
    0.15 [0.05, -0.05, 0.0]
    """
    ### BEGIN SOLUTION
    weights = [np.asarray(W, dtype=float) for W in weights]
    share = lam / n

    # l1 pulls every weight with the same force, so small ones reach 0 and stay there: a sparse model. l2
    # pulls a weight the harder the larger it is, so large ones shrink and none is quite 0. np.sign(0) is 0.
    if kind == "l1":
        return share * sum(np.sum(np.abs(W)) for W in weights), [share * np.sign(W) for W in weights]
    return share / 2.0 * sum(np.sum(W**2) for W in weights), [share * W for W in weights]
    ### END SOLUTION


def ridge_fit(X, y, lam):
    """Fit a linear model by least squares with a price on its slopes.

    theta minimises

        1/(2m) Σ (theta[0] + X theta[1:] - y)²  +  lam/(2m) Σ theta[j]²     with j = 1 … D: no bias

    Args:
        X: Features, shape (m, D), without a column of ones.
        y: Targets, shape (m,).
        lam: Strength of the penalty, a float >= 0. With 0 the columns of X are independent.

    Returns:
        theta, float64 array (D + 1,): the bias first.

    Source: lecture 002:1160 (the penalty), 002:165 (the normal equation).

    Hint: set the gradient to zero. It is the normal equation with something added to the diagonal, almost
    everywhere.

    >>> print(np.round(ridge_fit([[-1.0], [0.0], [1.0]], [8.0, 10.0, 12.0], 0.0), 6).tolist())
    [10.0, 2.0]
    >>> print(np.round(ridge_fit([[-1.0], [0.0], [1.0]], [8.0, 10.0, 12.0], 2.0), 6).tolist())
    [10.0, 1.0]
    """
    ### BEGIN SOLUTION
    X1 = _with_ones(X)  # (m, D + 1)

    # Gradient zero: X1ᵀ (X1 theta - y) / m + lam/m theta' = 0, where theta' has a 0 in place of the bias.
    # The two m cancel. The bias only says where the data lies; a price on it would pull every prediction
    # towards 0.
    price = lam * np.eye(X1.shape[1])
    price[0, 0] = 0.0
    return np.linalg.solve(X1.T @ X1 + price, X1.T @ np.asarray(y, dtype=float))
    ### END SOLUTION


def resample_indices(n, k, kind, rng=None):
    """Choose which examples are used when, for cross-validation or for bagging.

    "kfold": the examples 0 … n - 1 are cut into k blocks, in order, whose sizes differ by one at most; the
    first n % k blocks are the longer ones. Each block is the validation set once, and all others are then
    the training set.

    "bagging": k samples of n examples each, drawn with replacement, so that some examples come twice and
    some never.

    Args:
        n: Number of examples, an int.
        k: Number of folds (2 … n) or of samples (>= 1), an int.
        kind: "kfold" or "bagging".
        rng: For bagging, the generator to draw from (np.random.default_rng); kfold needs none.

    Returns:
        For "kfold" a list of k tuples (train, val); for "bagging" a list of k samples. train, val and each
        sample are int arrays of indices; train and val are ascending.

    Source: lecture 002:578 (cross-validation), 001:4874 (bagging).

    Hint: for kfold, n // k and n % k say how long each block is.

    >>> for train, val in resample_indices(5, 2, "kfold"):
    ...     print(train.tolist(), val.tolist())
    [3, 4] [0, 1, 2]
    [0, 1, 2] [3, 4]
    >>> samples = resample_indices(6, 3, "bagging", np.random.default_rng(0))
    >>> print(len(samples), [len(sample) for sample in samples])
    3 [6, 6, 6]
    """
    ### BEGIN SOLUTION
    if kind == "bagging":
        return [rng.integers(0, n, size=n) for _ in range(k)]

    everything = np.arange(n)
    folds = []
    start = 0
    for i in range(k):
        stop = start + n // k + (1 if i < n % k else 0)  # the remainder is handed out one by one
        train = np.concatenate([everything[:start], everything[stop:]])
        folds.append((train, everything[start:stop]))
        start = stop
    return folds
    ### END SOLUTION


def diagnose(train_err, val_err, human_err=0, bias_thr=5, var_thr=5):
    """Say what a model suffers from: bias (it fits too little), variance (too much), both, or neither.

        "bias"      where the training error is more than bias_thr above the human error
        "variance"  where the validation error is more than var_thr above the training error

    Args:
        train_err: Error on the training set, in percent.
        val_err: Error on the validation set, in percent.
        human_err: Error of a person at the same task, in percent: nobody expects less of the model.
        bias_thr: From where on the distance between training and human error counts; exactly that much does
            not.
        var_thr: The same for the distance between validation and training error.

    Returns:
        A list: [], ["bias"], ["variance"] or ["bias", "variance"], in this order.

    Source: lecture 002:658.

    Hint: two questions, independent of each other.

    >>> for train, val in ((1, 11), (15, 16), (15, 30), (0.5, 1)):
    ...     print(diagnose(train, val))
    ['variance']
    ['bias']
    ['bias', 'variance']
    []
    """
    ### BEGIN SOLUTION
    # Each distance has a remedy of its own. Too far above the human: a larger model, or longer training.
    # Too far above the training error: more data, or regularisation.
    found = []
    if train_err - human_err > bias_thr:
        found.append("bias")
    if val_err - train_err > var_thr:
        found.append("variance")
    return found
    ### END SOLUTION


def coarse_to_fine(f, lo, hi, n, rounds, log=True):
    """Search for the smallest value of f on a grid, and then on finer and finer grids around the best point.

    Each round looks at n points from lo to hi, both ends included: with log=True at equal ratios, otherwise
    at equal distances. The next round goes from the left neighbour of this round's best point to its right
    neighbour. If the best point is an end of the grid, the interval ends there too. The best of equally
    good points is the first.

    Args:
        f: Function of one number that returns one number, the smaller the better.
        lo: Lower end, a float; > 0 with log=True.
        hi: Upper end, a float > lo.
        n: Points in each round, an int >= 3.
        rounds: How many rounds, an int >= 1.
        log: Whether the points stand at equal ratios.

    Returns:
        (best_x, history): the best of all points that were looked at in any round, a float; and a float64
        array (rounds, n) with the points of each round, ascending.

    Source: lecture 002:640.

    Hint: np.geomspace and np.linspace include both ends. What is the neighbour on the left of the first
    point, and what does Python think that xs[-1] is?

    >>> best, history = coarse_to_fine(lambda x: (x - 4) ** 2, 0, 10, 6, 2, log=False)
    >>> print(round(float(best), 6), np.round(history, 6).tolist())
    4.0 [[0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [2.0, 2.8, 3.6, 4.4, 5.2, 6.0]]
    >>> best, history = coarse_to_fine(lambda x: x, 0.01, 100, 5, 2)
    >>> print(round(float(best), 6), np.round(history, 6).tolist())
    0.01 [[0.01, 0.1, 1.0, 10.0, 100.0], [0.01, 0.017783, 0.031623, 0.056234, 0.1]]
    """
    ### BEGIN SOLUTION
    grid = np.geomspace if log else np.linspace
    history = np.empty((rounds, n))
    best_x, best_value = lo, np.inf
    for k in range(rounds):
        xs = history[k] = grid(lo, hi, n)
        values = [f(x) for x in xs]
        i = int(np.argmin(values))

        # A finer grid need not contain the best point of the last one, so the best so far is kept.
        if values[i] < best_value:
            best_x, best_value = xs[i], values[i]
        lo, hi = xs[max(i - 1, 0)], xs[min(i + 1, n - 1)]
    return best_x, history
    ### END SOLUTION


def random_search(f, lo, hi, n, rng):
    """Search for the smallest value of f at n points drawn at random.

    Each point is drawn from all numbers between lo and hi alike (the uniform distribution), whatever f is.

    Args:
        f: Function of one number that returns one number, the smaller the better.
        lo: Lower end, a float.
        hi: Upper end, a float > lo.
        n: How many points, an int >= 1.
        rng: The generator to draw from (np.random.default_rng).

    Returns:
        (best_x, history): the best point, a float; and a float64 array (n,) of all points in the order in
        which they were drawn.

    Source: lecture 002:582.

    Hint: draw all points first; `rng` has a method for it.

    >>> best, history = random_search(abs, -1.0, 3.0, 50, np.random.default_rng(0))
    >>> print(history.shape, bool(np.all(abs(best) <= abs(history))))
    (50,) True
    """
    ### BEGIN SOLUTION
    # A grid tries each value of a setting many times, once for every value of the others. Random points never
    # repeat themselves, which is why they win where only one of several settings matters.
    history = rng.uniform(lo, hi, size=n)
    return history[np.argmin([f(x) for x in history])], history
    ### END SOLUTION


# Tasks 14 and 15 are read by a person. Write your sentences between the quotes.
EXPLAIN_LIKELIHOOD = """
"""

EXPLAIN_PENALTY = """
"""
