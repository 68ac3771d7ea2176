"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import perceptron_fit, perceptron_update, step


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


# ---- the step -------------------------------------------------------------------------------------


@misconception(step)
def no_at_zero(u, at_zero=1.0):
    """You test u > 0, so a sum of exactly zero is answered with 0; the answer there is at_zero."""
    return np.where(np.asarray(u) > 0, 1.0, 0.0)


@misconception(step)
def always_yes_at_zero(u, at_zero=1.0):
    """A sum of exactly zero is answered with 1 whatever at_zero says."""
    return np.where(np.asarray(u) >= 0, 1.0, 0.0)


@misconception(step)
def always_a_half_at_zero(u, at_zero=1.0):
    """You compute sign(u)/2 + 1/2, as on the slide, which gives a half at zero whatever at_zero says."""
    return np.sign(np.asarray(u, dtype=float)) / 2 + 0.5


@misconception(step)
def answers_with_the_sign(u, at_zero=1.0):
    """Negative sums are answered with -1; the two answers of this neuron are 0 and 1."""
    u = np.asarray(u, dtype=float)
    return np.where(u == 0, at_zero, np.sign(u))


@misconception(step)
def takes_at_zero_for_the_threshold(u, at_zero=1.0):
    """You compare u with at_zero; the threshold is 0, and at_zero is the answer given there."""
    return np.where(np.asarray(u) >= at_zero, 1.0, 0.0)


@misconception(step)
def turned_round(u, at_zero=1.0):
    """Yes and no are exchanged: 1 is the answer to a positive sum."""
    return step(-np.asarray(u, dtype=float), at_zero)


@misconception(step)
def nearly_zero_counts_as_zero(u, at_zero=1.0):
    """You treat sums close to zero as zero (np.isclose); only 0 itself is zero here."""
    u = np.asarray(u, dtype=float)
    return np.where(np.isclose(u, 0), at_zero, u > 0)


@misconception(step)
def half_cut_to_a_whole_number(u, at_zero=1.0):
    """Your result took its type from whole-number input, so a half became 0.

    Begin with np.asarray(u, dtype=float).
    """
    return step(u, at_zero).astype(np.asarray(u).dtype)


# ---- one update -----------------------------------------------------------------------------------


@misconception(perceptron_update)
def error_turned_round(W, b, x, d, y, eta):
    """Your error is y - d, as printed in lecture 002; it pushes the sum the wrong way. It is d - y."""
    return perceptron_update(W, b, x, y, d, eta)


@misconception(perceptron_update)
def bias_left_behind(W, b, x, d, y, eta):
    """The bias does not move; it is the weight of an input that is always 1, and learns like the others."""
    return perceptron_update(W, b, x, d, y, eta)[0], _floats(b)[0]


@misconception(perceptron_update)
def learning_rate_left_out(W, b, x, d, y, eta):
    """Eta is missing: both changes are multiplied by it."""
    return perceptron_update(W, b, x, d, y, 1.0)


@misconception(perceptron_update)
def learning_rate_on_the_weights_only(W, b, x, d, y, eta):
    """The weights move by η times the error, but the bias by the whole error; η belongs to both."""
    return perceptron_update(W, b, x, d, y, eta)[0], perceptron_update(W, b, x, d, y, 1.0)[1]


@misconception(perceptron_update)
def learns_without_a_mistake(W, b, x, d, y, eta):
    """You add η x d whatever the neuron answered, which is Hebb's rule.

    The perceptron learns from the error d - y, so a right answer changes nothing.
    """
    return perceptron_update(W, b, x, d, np.zeros(len(d)), eta)


@misconception(perceptron_update)
def learns_from_its_own_answer(W, b, x, d, y, eta):
    """You add η x y, so the neuron strengthens whatever it said; it has to learn from d - y."""
    return perceptron_update(W, b, x, y, np.zeros(len(y)), eta)


@misconception(perceptron_update)
def compares_with_a_half(W, b, x, d, y, eta):
    """Your error is d - 0.5 and not d - y, so weights move after right answers too."""
    return perceptron_update(W, b, x, d, np.full(len(d), 0.5), eta)


@misconception(perceptron_update)
def targets_as_signs(W, b, x, d, y, eta):
    """You turned 0 and 1 into -1 and +1 first, which doubles every error; here the classes are 0 and 1."""
    return perceptron_update(W, b, x, d, y, 2 * eta)


@misconception(perceptron_update)
def always_adds(W, b, x, d, y, eta):
    """A mistake always adds the input, whichever way it went.

    It is added where the neuron should have said 1, and subtracted where it should have said 0.
    """
    d, y = _floats(d, y)
    return perceptron_update(W, b, x, np.abs(d - y), np.zeros(len(d)), eta)


@misconception(perceptron_update)
def sums_up_the_input(W, b, x, d, y, eta):
    """All weights of a neuron move by the same amount, the sum of x; each moves by its own input x[i]."""
    W, b, x, d, y = _floats(W, b, x, d, y)
    return W + eta * x.sum() * (d - y), b + eta * (d - y)


@misconception(perceptron_update)
def outer_product_turned_round(W, b, x, d, y, eta):
    """Your outer product has the neurons in its rows; W has a row for each input: np.outer(x, error)."""
    W, b, x, d, y = _floats(W, b, x, d, y)
    return W + eta * np.outer(d - y, x), b + eta * (d - y)


@misconception(perceptron_update)
def one_error_for_all(W, b, x, d, y, eta):
    """You added up the errors of all neurons and gave each the sum; every column learns from its own."""
    W, b, x, d, y = _floats(W, b, x, d, y)
    error = np.full(len(d), np.sum(d - y))
    return W + eta * np.outer(x, error), b + eta * error


@misconception(perceptron_update)
def multiplies_by_a_slope(W, b, x, d, y, eta):
    """You multiply the error by y (1 - y), the slope of a sigmoid.

    A step has none, and for answers of 0 and 1 the product is 0: nothing would ever be learnt.
    """
    return _floats(W, b)


@misconception(perceptron_update)
def bias_moves_with_the_input(W, b, x, d, y, eta):
    """The bias moved by the error times the sum of the inputs; its own input is 1."""
    W2, _ = perceptron_update(W, b, x, d, y, eta)
    b, x, d, y = _floats(b, x, d, y)
    return W2, b + eta * x.sum() * (d - y)


@misconception(perceptron_update)
def changes_the_callers_weights(W, b, x, d, y, eta):
    """The answer is right, but W += … also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; W = W + … makes a new one.
    """
    W, b, x, d, y = _floats(W, b, x, d, y)
    W += eta * np.outer(x, d - y)
    b += eta * (d - y)
    return W, b


@misconception(perceptron_update)
def update_cut_to_whole_numbers(W, b, x, d, y, eta):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(W, dtype=float).
    """
    W2, b2 = perceptron_update(W, b, x, d, y, eta)
    return W2.astype(np.asarray(W).dtype), b2.astype(np.asarray(b).dtype)


# ---- training -------------------------------------------------------------------------------------


def _train(X, d, w0, b0, eta, max_epochs, train_bias, *, says=None, errs=None, quiet=None, every_row=False):
    """The training loop with one part exchanged.

    says(u): the answer to a sum; errs(d, y): what is learnt from; quiet(mistakes): whether an epoch with
    these mistakes, one truth value a row, ends the training; every_row: the trace gets a row for every row.
    """
    says = says or (lambda u: float(u >= 0))
    errs = errs or (lambda wanted, answered: wanted - answered)
    quiet = quiet or (lambda mistakes: not any(mistakes))
    X, d, w = _floats(X, d, w0)
    b, epochs, updates, converged = float(b0), 0, 0, False
    trace = [[b, *w]]
    while not converged and epochs < max_epochs:
        epochs += 1
        mistakes = []
        for x_n, d_n in zip(X, d, strict=True):
            error = errs(d_n, says(x_n @ w + b))
            mistakes.append(error != 0)
            w, b = w + eta * error * x_n, b + eta * error * train_bias
            updates += mistakes[-1]
            if mistakes[-1] or every_row:
                trace.append([b, *w])
        converged = quiet(mistakes)
    return {
        "w": w,
        "b": b,
        "updates": int(updates),
        "epochs": epochs,
        "converged": converged,
        "trace": np.array(trace),
    }


@misconception(perceptron_fit)
def says_no_at_zero(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your neuron answers 0 to a sum of exactly zero; it has to answer 1 there.

    From zero weights this concerns the very first row.
    """
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, says=lambda u: float(u > 0))


@misconception(perceptron_fit)
def says_minus_one(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your neuron answers -1 in place of 0, so it never agrees with a desired 0 and never stops learning."""
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, says=lambda u: 1.0 if u >= 0 else -1.0)


@misconception(perceptron_fit)
def pushes_the_wrong_way(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your error is y - d, so every update pushes the sum further the wrong way; it is d - y."""
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, errs=lambda wanted, answered: answered - wanted)


@misconception(perceptron_fit)
def learns_from_right_answers_too(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You add η x d whatever the neuron answered; only mistakes change the weights."""
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, errs=lambda *pair: pair[0])


@misconception(perceptron_fit)
def last_row_decides(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You stop when the last row of an epoch was right; an epoch is clean when all of its rows were.

    Look at where the flag is set back: before the loop over the rows, not inside it.
    """
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, quiet=lambda mistakes: not mistakes[-1])


@misconception(perceptron_fit)
def one_right_row_is_enough(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You stop as soon as one row is answered well; a whole epoch has to pass without a mistake."""
    X, d, w = _floats(X, d, w0)
    b, trace, epochs = float(b0), [[float(b0), *w]], 0
    while epochs < max_epochs:
        epochs += 1
        for x_n, d_n in zip(X, d, strict=True):
            error = d_n - float(x_n @ w + b >= 0)
            if error == 0:
                return _ended(trace, epochs, True)
            w, b = w + eta * error * x_n, b + eta * error * train_bias
            trace.append([b, *w])
    return _ended(trace, epochs, False)


@misconception(perceptron_fit)
def one_update_an_epoch(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """All rows are answered with the old weights and the changes added up: that is the batch rule.

    Here every mistake changes the weights before the next row is looked at.
    """
    X, d, w = _floats(X, d, w0)
    b, trace, epochs, converged = float(b0), [[float(b0), *w]], 0, False
    while not converged and epochs < max_epochs:
        epochs += 1
        errors = d - (X @ w + b >= 0)
        converged = not errors.any()
        if not converged:
            w, b = w + eta * X.T @ errors, b + eta * errors.sum() * train_bias
            trace.append([b, *w])
    return _ended(trace, epochs, converged)


def _ended(trace, epochs, converged):
    trace = np.array(trace)
    w, b = trace[-1, 1:], trace[-1, 0]
    return {
        "w": w,
        "b": b,
        "updates": len(trace) - 1,
        "epochs": epochs,
        "converged": converged,
        "trace": trace,
    }


@misconception(perceptron_fit)
def bias_never_trained(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your bias stays where it started; unless train_bias is False it learns like a weight."""
    return perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=False)


@misconception(perceptron_fit)
def bias_always_trained(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your bias learns even when train_bias is False; then it stays at b0."""
    return perceptron_fit(X, d, w0, b0, eta, max_epochs)


@misconception(perceptron_fit)
def learning_rate_ignored(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your updates add the whole input; they add η times the input."""
    return perceptron_fit(X, d, w0, b0, 1.0, max_epochs, train_bias)


@misconception(perceptron_fit)
def starts_at_zero(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your training starts from zero; it starts from w0 and b0."""
    return perceptron_fit(X, d, np.zeros(len(w0)), 0.0, eta, max_epochs, train_bias)


@misconception(perceptron_fit)
def clean_epoch_not_counted(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your count of epochs leaves out the last one, without an update; it was presented, so it counts."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    return fit | {"epochs": fit["epochs"] - fit["converged"]}


@misconception(perceptron_fit)
def runs_to_the_end(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your training goes on to max_epochs although an epoch has passed without an update."""
    return perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias) | {"epochs": max_epochs}


@misconception(perceptron_fit)
def converged_if_epochs_are_left(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You call it converged when epochs were left over; the clean epoch may also be the last one allowed."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    return fit | {"converged": fit["epochs"] < max_epochs}


@misconception(perceptron_fit)
def converged_whenever_it_ends(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You report convergence however the training ended; it needs an epoch without an update."""
    return perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias) | {"converged": True}


@misconception(perceptron_fit)
def counts_epochs_as_updates(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """You count an epoch with mistakes as one update; each mistake is an update of its own."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    return fit | {"updates": fit["epochs"] - fit["converged"]}


@misconception(perceptron_fit)
def trace_without_the_start(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your trace begins after the first update; its first row is the start, so it has updates + 1 rows."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    return fit | {"trace": fit["trace"][1:]}


@misconception(perceptron_fit)
def trace_of_every_row(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Your trace has a row for every example presented; only updates add one."""
    return _train(X, d, w0, b0, eta, max_epochs, train_bias, every_row=True)


@misconception(perceptron_fit)
def trace_with_the_bias_last(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """The rows of your trace end with the bias; they begin with it: [b, w]."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    return fit | {"trace": np.roll(fit["trace"], -1, axis=1)}


@misconception(perceptron_fit)
def trace_of_one_array(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """All rows of your trace show the final weights: they hold one array that went on changing.

    Store a copy, or make a new w at each update with w = w + …
    """
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    trace = fit["trace"].copy()
    trace[:, 1:] = fit["w"]
    return fit | {"trace": trace}


@misconception(perceptron_fit)
def changes_the_callers_start(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """The answer is right, but w += … also changed the start weights of the caller; begin with a copy."""
    fit = perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias)
    np.asarray(w0, dtype=float)[...] = fit["w"]
    return fit
