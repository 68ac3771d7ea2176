"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import (
    convergence_bound,
    logic_gate_weights,
    margin,
    neuron,
    perceptron_batch_update,
    perceptron_fit,
    perceptron_update,
    step,
    xor_network,
)


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


# ---- one neuron -----------------------------------------------------------------------------------


@misconception(neuron)
def bias_subtracted(X, w, b, phi):
    """You subtract b like a threshold; in this course the bias is added."""
    return neuron(X, w, -b, phi)


@misconception(neuron)
def bias_left_out(X, w, b, phi):
    """The bias is missing: φ is asked about the weighted sum plus b."""
    return neuron(X, w, 0.0, phi)


@misconception(neuron)
def phi_on_each_product(X, w, b, phi):
    """You apply φ to each product and add afterwards; first comes the whole sum, then φ, once."""
    X, w = _floats(X, w)
    return np.sum(phi(X * w), axis=1) + b


@misconception(neuron)
def bias_behind_phi(X, w, b, phi):
    """You add the bias to the answer; it belongs to the sum, before φ."""
    return neuron(X, w, 0.0, phi) + b


@misconception(neuron)
def phi_left_out(X, w, b, phi):
    """You return the weighted sums; φ turns each of them into an answer."""
    X, w = _floats(X, w)
    return X @ w + b


@misconception(neuron)
def bias_with_each_product(X, w, b, phi):
    """The bias is added to every product, and so counts D times; it is added once, to their sum."""
    X, w = _floats(X, w)
    return phi(np.sum(X * w + b, axis=1))


@misconception(neuron)
def columns_taken_for_inputs(X, w, b, phi):
    """You compute w @ X, which adds up the columns; an input is a row, so it is X @ w."""
    X, w = _floats(X, w)
    return phi(w @ X + b)


@misconception(neuron)
def one_answer_for_the_batch(X, w, b, phi):
    """You added up the sums of all rows; each row has an answer of its own."""
    X, w = _floats(X, w)
    return phi(np.sum(X @ w) + b)


@misconception(neuron)
def answers_of_one_column(X, w, b, phi):
    """Your answers are a column (N, 1); the array has the shape (N,)."""
    return neuron(X, w, b, phi)[:, None]


@misconception(neuron)
def sums_cut_to_whole_numbers(X, w, b, phi):
    """Your sums took their type from whole-number input, so the fraction of the bias was cut off.

    Begin with np.asarray(X, dtype=float).
    """
    sums = np.zeros(len(X), dtype=np.asarray(X).dtype)
    sums[:] = np.asarray(X) @ np.asarray(w) + b
    return phi(sums)


@misconception(neuron)
def changes_the_callers_rows(X, w, b, phi):
    """The answer is right, but X *= w also changed the rows of the caller; X * w makes a new array."""
    answers = neuron(X, w, b, phi)
    rows, w = _floats(X, w)
    rows *= w
    return answers


# ---- gates ----------------------------------------------------------------------------------------


def _other_bias(gate, n, **biases):
    """The gate as it should be, but with another bias where one is given."""
    w, b = logic_gate_weights(gate, n)
    return w, biases.get(gate, b)


@misconception(logic_gate_weights)
def and_on_the_boundary(gate, n=2):
    """Your AND has the bias -n, as in lecture 002, so the row of all ones has the sum 0.

    Then the step at zero decides in place of the gate; move the boundary half way towards n - 1 ones.
    """
    return _other_bias(gate, n, **{"and": -float(n)})


@misconception(logic_gate_weights)
def and_one_too_low(gate, n=2):
    """Your AND has the bias -(n - 1), so n - 1 ones have the sum 0, and a step may answer 1 there."""
    return _other_bias(gate, n, **{"and": 1.0 - n})


@misconception(logic_gate_weights)
def or_on_the_boundary(gate, n=2):
    """Your OR has the bias -1, so a single one has the sum 0, and a step may answer 0 there."""
    return _other_bias(gate, n, **{"or": -1.0})


@misconception(logic_gate_weights)
def not_always_no(gate, n=2):
    """Your NOT has the bias -0.5, as in lecture 002, and so answers 0 to both inputs; make it positive."""
    return _other_bias(gate, n, **{"not": -0.5})


@misconception(logic_gate_weights)
def not_changes_nothing(gate, n=2):
    """Your NOT lets its input through; with a negative weight, 1 makes the sum smaller."""
    w, b = logic_gate_weights(gate, n)
    return (-w, -b) if gate == "not" else (w, b)


@misconception(logic_gate_weights)
def not_with_n_weights(gate, n=2):
    """Your NOT has a weight for each of n inputs; it has one input, so one weight."""
    w, b = logic_gate_weights(gate, n)
    return (-np.ones(n), b) if gate == "not" else (w, b)


@misconception(logic_gate_weights)
def thresholds_for_biases(gate, n=2):
    """You return the threshold that the sum has to pass; the bias is added, so it has the opposite sign."""
    w, b = logic_gate_weights(gate, n)
    return w, -b


@misconception(logic_gate_weights)
def and_exchanged_with_or(gate, n=2):
    """AND and OR are exchanged: AND needs all ones, OR a single one."""
    return logic_gate_weights({"and": "or", "or": "and"}.get(gate, gate), n)


@misconception(logic_gate_weights)
def nand_exchanged_with_nor(gate, n=2):
    """NAND and NOR are exchanged: NAND is 0 only where all are 1, NOR is 1 only where all are 0."""
    return logic_gate_weights({"nand": "nor", "nor": "nand"}.get(gate, gate), n)


@misconception(logic_gate_weights)
def only_the_weights_turned(gate, n=2):
    """For NAND and NOR you turned the signs of the weights, but not that of the bias; the sum has both."""
    w, b = logic_gate_weights(gate, n)
    return (w, -b) if gate in ("nand", "nor") else (w, b)


@misconception(logic_gate_weights)
def not_turned_at_all(gate, n=2):
    """Your NAND and NOR are AND and OR still; turn the signs of the weights and of the bias."""
    return logic_gate_weights({"nand": "and", "nor": "or"}.get(gate, gate), n)


@misconception(logic_gate_weights)
def made_for_two_inputs(gate, n=2):
    """Your bias of AND and NAND is that of two inputs, whatever n is; with more ones it has to grow."""
    return _other_bias(gate, n, **{"and": -1.5, "nand": 1.5})


@misconception(logic_gate_weights)
def average_of_the_inputs(gate, n=2):
    """You divided the weights and the bias by n, so the room beside the boundary shrinks below 0.25."""
    w, b = logic_gate_weights(gate, n)
    return (w, b) if gate == "not" else (w / n, b / n)


@misconception(logic_gate_weights)
def too_near_the_boundary(gate, n=2):
    """Your boundary passes nearer than 0.25 to a row; put it half way between yes and no."""
    return _other_bias(gate, n, **{"and": 0.1 - n, "or": -0.9})


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
def trains_as_long_as_it_takes(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """max_epochs plays no part in your training; it ends after so many epochs at the latest.

    XOR is never learnt, and a loop that waits for it goes on for ever.
    """
    return perceptron_fit(X, d, w0, b0, eta, 400, train_bias)  # our loop has to end nevertheless


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


# ---- a batch at once ------------------------------------------------------------------------------


def _pushed(W, b, X, D, eta, answered):
    """The batch rule with other answers than those of the step."""
    W, b, X, D = _floats(W, b, X, D)
    error = D - answered(X @ W + b)
    return W + eta * X.T @ error, b + eta * error.sum(axis=0)


@misconception(perceptron_batch_update)
def mean_of_the_changes(W, b, X, D, eta):
    """You averaged the changes over the batch; this rule adds them up."""
    return perceptron_batch_update(W, b, X, D, eta / len(X))


@misconception(perceptron_batch_update)
def changed_row_after_row(W, b, X, D, eta):
    """You changed the weights after each row; in a batch all rows are answered with the old ones."""
    W, b, X = _floats(W, b, X)
    for x, d in zip(X, D, strict=True):
        W, b = perceptron_update(W, b, x, d, step(x @ W + b), eta)
    return W, b


@misconception(perceptron_batch_update)
def batch_turned_round(W, b, X, D, eta):
    """Your errors are Y - D, so the batch pushes every sum the wrong way; they are D - Y."""
    return perceptron_batch_update(W, b, X, D, -eta)


@misconception(perceptron_batch_update)
def batch_without_the_bias(W, b, X, D, eta):
    """The biases do not move; each one learns from the sum of the errors of its neuron."""
    return perceptron_batch_update(W, b, X, D, eta)[0], _floats(b)[0]


@misconception(perceptron_batch_update)
def batch_without_eta(W, b, X, D, eta):
    """Eta is missing: both changes are multiplied by it."""
    return perceptron_batch_update(W, b, X, D, 1.0)


@misconception(perceptron_batch_update)
def biases_at_full_speed(W, b, X, D, eta):
    """The weights move by η times the errors, but the biases by the whole errors; η belongs to both."""
    return perceptron_batch_update(W, b, X, D, eta)[0], perceptron_batch_update(W, b, X, D, 1.0)[1]


@misconception(perceptron_batch_update)
def no_to_a_sum_of_zero(W, b, X, D, eta):
    """A sum of exactly zero is answered with 0; it has to be 1. From zero weights this concerns every row."""
    return _pushed(W, b, X, D, eta, lambda U: (U > 0).astype(float))


@misconception(perceptron_batch_update)
def answers_without_a_step(W, b, X, D, eta):
    """You compare D with the sums themselves; the neurons answer with the step of them."""
    return _pushed(W, b, X, D, eta, lambda U: U)


@misconception(perceptron_batch_update)
def batch_by_hebb(W, b, X, D, eta):
    """You add up x d whatever the neurons answered, which is Hebb's rule; here only errors count."""
    return _pushed(W, b, X, D, eta, np.zeros_like)


@misconception(perceptron_batch_update)
def answers_of_minus_one(W, b, X, D, eta):
    """Your neurons answer -1 in place of 0, so they never agree with a desired 0."""
    return _pushed(W, b, X, D, eta, lambda U: np.where(U >= 0, 1.0, -1.0))


@misconception(perceptron_batch_update)
def transpose_forgotten(W, b, X, D, eta):
    """You compute X @ errors; rows of the change are inputs, so X has to be transposed."""
    W, b, X, D = _floats(W, b, X, D)
    error = D - step(X @ W + b)
    return W + eta * X @ error, b + eta * error.sum(axis=0)


@misconception(perceptron_batch_update)
def change_lies_on_its_side(W, b, X, D, eta):
    """Your change has the neurons in its rows, errors.T @ X; W has a row for each input: X.T @ errors."""
    W, b, X, D = _floats(W, b, X, D)
    error = D - step(X @ W + b)
    return W + eta * error.T @ X, b + eta * error.sum(axis=0)


@misconception(perceptron_batch_update)
def errors_added_across(W, b, X, D, eta):
    """Your biases learn from the errors of one row, added over its neurons; add over the rows: axis=0."""
    W, b, X, D = _floats(W, b, X, D)
    error = D - step(X @ W + b)
    return W + eta * X.T @ error, b + eta * error.sum(axis=1)


@misconception(perceptron_batch_update)
def one_sum_for_all_biases(W, b, X, D, eta):
    """Every bias moves by the sum of all errors; each one learns from those of its own neuron."""
    W, b, X, D = _floats(W, b, X, D)
    error = D - step(X @ W + b)
    return W + eta * X.T @ error, b + eta * error.sum()


@misconception(perceptron_batch_update)
def changes_the_callers_batch(W, b, X, D, eta):
    """The answer is right, but W += … also changed the weights of the caller; W = W + … makes a new array."""
    W2, b2 = perceptron_batch_update(W, b, X, D, eta)
    W, b = _floats(W, b)
    W[...], b[...] = W2, b2
    return W, b


@misconception(perceptron_batch_update)
def batch_cut_to_whole_numbers(W, b, X, D, eta):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(W, dtype=float).
    """
    W2, b2 = perceptron_batch_update(W, b, X, D, eta)
    return W2.astype(np.asarray(W).dtype), b2.astype(np.asarray(b).dtype)


# ---- the margin -----------------------------------------------------------------------------------


def _leads(X, d, w, b):
    """The weighted sums, positive where the answer is right."""
    X, d, w = _floats(X, d, w)
    return (2 * d - 1) * (X @ w + b)


def _length(w):
    return np.linalg.norm(np.asarray(w, dtype=float))


@misconception(margin)
def length_left_out(X, d, w, b):
    """This is the smallest weighted sum; divided by the length of w it becomes a distance."""
    return np.min(_leads(X, d, w, b))


@misconception(margin)
def bias_in_the_length(X, d, w, b):
    """Your length of w has the bias in it; the bias moves the plane and does not count."""
    return np.min(_leads(X, d, w, b)) / _length([b, *w])


@misconception(margin)
def squared_length(X, d, w, b):
    """You divided by |w|²; a distance has |w| below the line."""
    return margin(X, d, w, b) / _length(w)


@misconception(margin)
def length_by_adding(X, d, w, b):
    """You added up the sizes of the weights; the length of w is the root of the sum of their squares."""
    return np.min(_leads(X, d, w, b)) / np.sum(np.abs(w))


@misconception(margin)
def distances_without_a_side(X, d, w, b):
    """You took the sizes of the distances; on the wrong side of the plane a distance is negative."""
    return np.min(np.abs(_leads(X, d, w, b))) / _length(w)


@misconception(margin)
def only_points_on_the_right_side(X, d, w, b):
    """Points on the wrong side were left out; it is they that make the margin negative."""
    leads = _leads(X, d, w, b)
    return np.min(leads[leads > 0]) / _length(w)


@misconception(margin)
def zeros_and_ones_for_signs(X, d, w, b):
    """You multiplied by d itself, which makes every point of the class 0 a zero; its sign is -1."""
    X, d, w = _floats(X, d, w)
    return np.min(d * (X @ w + b)) / _length(w)


@misconception(margin)
def sides_exchanged(X, d, w, b):
    """The sides are exchanged: the class 1 lies where the sum is positive."""
    return np.min(-_leads(X, d, w, b)) / _length(w)


@misconception(margin)
def classes_forgotten(X, d, w, b):
    """You took the smallest distance without a look at d; for the class 0 its sign has to be turned."""
    X, w = _floats(X, w)
    return np.min(X @ w + b) / _length(w)


@misconception(margin)
def bias_left_out_of_the_distance(X, d, w, b):
    """The bias is missing: a distance is measured from the plane, which need not pass through the origin."""
    return margin(X, d, w, 0.0)


@misconception(margin)
def threshold_for_a_bias(X, d, w, b):
    """You subtract b; in this course the bias is added."""
    return margin(X, d, w, -b)


@misconception(margin)
def mean_distance(X, d, w, b):
    """You averaged the distances; the margin is the smallest of them."""
    return np.mean(_leads(X, d, w, b)) / _length(w)


@misconception(margin)
def farthest_point(X, d, w, b):
    """You took the largest distance; the margin is the smallest of them."""
    return np.max(_leads(X, d, w, b)) / _length(w)


@misconception(margin)
def both_sides_together(X, d, w, b):
    """This is the width of the whole street; the margin is measured from the plane to one side."""
    return 2 * margin(X, d, w, b)


@misconception(margin)
def a_distance_for_each_point(X, d, w, b):
    """You return all distances; the margin is the smallest of them, one number."""
    return _leads(X, d, w, b) / _length(w)


@misconception(margin)
def changes_the_callers_points(X, d, w, b):
    """The answer is right, but w /= … also changed the weights of the caller; w / … makes a new array."""
    smallest = margin(X, d, w, b)
    w = np.asarray(w)
    w[...] = w / _length(w)
    return smallest


# ---- the bound ------------------------------------------------------------------------------------


def _parts(X, d, w_opt):
    """The inputs with a 1 in front, the sums on their right sides, and the weights."""
    X, d, w_opt = _floats(X, d, w_opt)
    X1 = np.column_stack([np.ones(len(X)), X])
    return X1, (2 * d - 1) * (X1 @ w_opt), w_opt


def _refused(alpha):
    """What everybody refuses who refuses at all: this is not what goes wrong here."""
    if alpha <= 0:
        raise ValueError("no separating plane")
    return alpha


@misconception(convergence_bound)
def alpha_not_squared(X, d, w_opt):
    """You divided by α; the bound has α² below the line."""
    return convergence_bound(X, d, w_opt) * np.min(_parts(X, d, w_opt)[1])


@misconception(convergence_bound)
def beta_not_squared(X, d, w_opt):
    """Your β is the largest length of an input; the bound has its square."""
    X1, leads, w = _parts(X, d, w_opt)
    return np.max(np.linalg.norm(X1, axis=1)) * (w @ w) / _refused(np.min(leads)) ** 2


@misconception(convergence_bound)
def weights_not_squared(X, d, w_opt):
    """You multiplied by the length of w_opt; the bound has its square."""
    return convergence_bound(X, d, w_opt) / _length(w_opt)


@misconception(convergence_bound)
def ones_left_out_of_beta(X, d, w_opt):
    """Your β measures the inputs without the 1 in front of them; the rule learns a bias too, so it counts."""
    X1, leads, w = _parts(X, d, w_opt)
    return np.max(np.sum(X1[:, 1:] ** 2, axis=1)) * (w @ w) / _refused(np.min(leads)) ** 2


@misconception(convergence_bound)
def bias_left_out_of_the_weights(X, d, w_opt):
    """Your length of w_opt leaves out its first number; here the bias is a weight among the others."""
    X1, leads, w = _parts(X, d, w_opt)
    return np.max(np.sum(X1**2, axis=1)) * (w[1:] @ w[1:]) / _refused(np.min(leads)) ** 2


@misconception(convergence_bound)
def no_bias_at_all(X, d, w_opt):
    """You left the bias out everywhere; put a 1 in front of every input, and keep the first weight."""
    X1, _, w = _parts(X, d, w_opt)
    X, w = X1[:, 1:], w[1:]
    alpha = _refused(np.min((2 * np.asarray(d, dtype=float) - 1) * (X @ w)))
    return np.max(np.sum(X**2, axis=1)) * (w @ w) / alpha**2


@misconception(convergence_bound)
def mean_for_the_longest(X, d, w_opt):
    """You averaged the squared lengths; β is the largest of them, or it is no bound."""
    X1, leads, w = _parts(X, d, w_opt)
    return np.mean(np.sum(X1**2, axis=1)) * (w @ w) / _refused(np.min(leads)) ** 2


@misconception(convergence_bound)
def all_lengths_together(X, d, w_opt):
    """Your β adds up the squared lengths of all inputs; it is the largest of them."""
    X1, leads, w = _parts(X, d, w_opt)
    return np.sum(X1**2) * (w @ w) / _refused(np.min(leads)) ** 2


@misconception(convergence_bound)
def mean_for_the_nearest(X, d, w_opt):
    """You averaged the sums; α is the smallest of them, or it is no bound."""
    X1, leads, w = _parts(X, d, w_opt)
    _refused(np.min(leads))
    return np.max(np.sum(X1**2, axis=1)) * (w @ w) / np.mean(leads) ** 2


@misconception(convergence_bound)
def alpha_as_a_distance(X, d, w_opt):
    """You divided α by the length of w_opt, as for the margin, and the bound multiplies by it once more."""
    return convergence_bound(X, d, w_opt) * _length(w_opt) ** 2


@misconception(convergence_bound)
def alpha_of_one_class(X, d, w_opt):
    """Your α looks at the class 1 alone; the points of the class 0, with their sign turned, count as well."""
    X1, leads, w = _parts(X, d, w_opt)
    _refused(np.min(leads))
    return np.max(np.sum(X1**2, axis=1)) * (w @ w) / np.min(leads[np.asarray(d) == 1]) ** 2


@misconception(convergence_bound)
def turned_upside_down(X, d, w_opt):
    """Your fraction stands on its head: α² belongs below the line."""
    return 1 / convergence_bound(X, d, w_opt)


@misconception(convergence_bound)
def rounded_up(X, d, w_opt):
    """You rounded the bound up; return it as it is."""
    return float(np.ceil(convergence_bound(X, d, w_opt)))


@misconception(convergence_bound)
def never_refuses(X, d, w_opt):
    """Squaring hides the sign of α, so you have a bound even for a plane that separates nothing.

    Look at α before you square it.
    """
    X1, leads, w = _parts(X, d, w_opt)
    with np.errstate(divide="ignore"):
        return float(np.max(np.sum(X1**2, axis=1)) * (w @ w) / np.min(leads) ** 2)


@misconception(convergence_bound)
def sizes_of_the_sums(X, d, w_opt):
    """Your α is the smallest size of a sum, so a point behind the plane is not noticed; keep the signs."""
    X1, leads, w = _parts(X, d, w_opt)
    alpha = _refused(np.min(np.abs(leads)))
    return np.max(np.sum(X1**2, axis=1)) * (w @ w) / alpha**2


@misconception(convergence_bound)
def infinity_for_a_point_on_the_plane(X, d, w_opt):
    """You refuse α < 0, but α = 0 gives infinity, which bounds nothing; α has to be positive."""
    X1, leads, w = _parts(X, d, w_opt)
    if np.min(leads) < 0:
        raise ValueError("no separating plane")
    with np.errstate(divide="ignore"):
        return float(np.max(np.sum(X1**2, axis=1)) * (w @ w) / np.min(leads) ** 2)


@misconception(convergence_bound)
def changes_the_callers_plane(X, d, w_opt):
    """The answer is right, but w_opt /= … also changed the plane of the caller; w_opt / … makes a new one."""
    bound = convergence_bound(X, d, w_opt)
    w_opt = np.asarray(w_opt)
    w_opt[...] = w_opt / _length(w_opt)
    return bound


# ---- XOR ------------------------------------------------------------------------------------------


def _network(first, second, out, bias):
    """A network from two hidden neurons, each its weights and its bias, and the output."""
    W1 = np.column_stack([first[0], second[0]]).astype(float)
    return W1, np.array([first[1], second[1]]), np.array(out, dtype=float)[:, None], np.array([bias])


OR, AND, NOR = ([1, 1], -0.5), ([1, 1], -1.5), ([-1, -1], 0.5)


@misconception(xor_network)
def inputs_passed_through():
    """Your hidden neurons repeat the inputs, so the output is a single neuron; no plane separates XOR."""
    return _network(([1, 0], -0.5), ([0, 1], -0.5), [1, -1], -0.5)


@misconception(xor_network)
def output_is_or():
    """Your output joins OR and AND by OR, which is OR again; it has to be OR but not AND."""
    return _network(OR, AND, [1, 1], -0.5)


@misconception(xor_network)
def output_is_and():
    """Your output joins OR and AND by AND, which is AND again; it has to be OR but not AND."""
    return _network(OR, AND, [1, 1], -1.5)


@misconception(xor_network)
def nor_for_nand():
    """Your hidden neurons are OR and NOR, which are never 1 together; OR and NAND are what AND can join."""
    return _network(OR, NOR, [1, 1], -1.5)


@misconception(xor_network)
def equal_inputs():
    """Your network answers 1 where the inputs are equal; turn all signs of the output neuron."""
    return _network(OR, AND, [-1, 1], 0.5)


@misconception(xor_network)
def sums_on_the_boundary():
    """Some of your sums are exactly 0, so a step that answers 0 at zero spoils the network.

    Move each boundary half way between yes and no.
    """
    return _network(([1, 1], -1.0), ([1, 1], -2.0), [1, -1], -1.0)


@misconception(xor_network)
def sums_on_the_other_boundary():
    """Some of your sums are exactly 0, so a step that answers 1 at zero spoils the network.

    Move each boundary half way between yes and no.
    """
    return _network(([1, 1], 0.0), ([1, 1], -1.0), [1, -1], 0.0)


@misconception(xor_network)
def network_without_biases():
    """Your biases are zero, so every plane passes through the origin; each neuron needs one of its own."""
    return _network(([1, 1], 0.0), ([1, 1], 0.0), [1, -1], 0.0)


@misconception(xor_network)
def network_of_thresholds():
    """Your biases are thresholds; a bias is added, so it has the opposite sign."""
    return _network(([1, 1], 0.5), ([1, 1], 1.5), [1, -1], 0.5)


@misconception(xor_network)
def flat_output_layer():
    """Your network is right, but its output layer is flat: W2 is a column (2, 1), and b2 an array (1,)."""
    W1, b1, W2, _ = xor_network()
    return W1, b1, W2[:, 0], -0.5


@misconception(xor_network)
def output_layer_in_a_row():
    """Your network is right, but W2 lies on its side, (1, 2); a column for each neuron makes it (2, 1)."""
    W1, b1, W2, b2 = xor_network()
    return W1, b1, W2.T, b2
