"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

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

# ---- the step -------------------------------------------------------------------------------------


@alternative(step)
def step_by_heaviside(u, at_zero=1.0):
    """NumPy has the function under the name of Heaviside."""
    return np.heaviside(np.asarray(u, dtype=float), at_zero)


@alternative(step)
def step_by_sign(u, at_zero=1.0):
    """By the sign: half of sign + 1, and the zeros filled in."""
    s = np.sign(np.asarray(u, dtype=float))
    return (s + 1) / 2 + (s == 0) * (at_zero - 0.5)


@alternative(step)
def step_number_by_number(u, at_zero=1.0):
    """A loop with three branches; nested lists come back."""
    if np.ndim(u):
        return [step_number_by_number(part, at_zero) for part in u]
    return 1.0 if u > 0 else 0.0 if u < 0 else float(at_zero)


# ---- one neuron -----------------------------------------------------------------------------------


@alternative(neuron)
def neuron_with_the_bias_as_a_weight(X, w, b, phi):
    """A column of ones in front of X, and the bias in front of the weights."""
    X1 = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
    return phi(X1 @ np.concatenate([[b], np.asarray(w, dtype=float)]))


@alternative(neuron)
def neuron_row_by_row(X, w, b, phi):
    """Two loops, φ asked about one number at a time; a list comes back."""
    return [float(phi(float(b) + sum(float(p) * float(q) for p, q in zip(x, w, strict=True)))) for x in X]


@alternative(neuron)
def neuron_in_single_precision(X, w, b, phi):
    """Everything in float32, by einsum."""
    X, w = np.asarray(X, dtype=np.float32), np.asarray(w, dtype=np.float32)
    return phi(np.einsum("nd,d->n", X, w) + np.float32(b))


# ---- gates ----------------------------------------------------------------------------------------


@alternative(logic_gate_weights)
def gates_in_whole_numbers(gate, n=2):
    """All weights doubled, so that whole numbers do; a list comes back."""
    return {
        "and": ([2] * n, 1 - 2 * n),
        "or": ([2] * n, -1),
        "nand": ([-2] * n, 2 * n - 1),
        "nor": ([-2] * n, 1),
        "not": ([-2], 1),
    }[gate]


@alternative(logic_gate_weights)
def gates_by_the_laws_of_de_morgan(gate, n=2):
    """OR and its like from AND with every input turned round, and the boundary nearer to one side."""
    if gate == "not":
        return np.array([-0.6]), 0.3
    turned = gate in ("or", "nor")
    w, b = np.ones(n), 0.3 - n
    if turned:  # x -> 1 - x
        w, b = -w, b + n
    if gate in ("nand", "or"):
        w, b = -w, -b
    return w, b


@alternative(logic_gate_weights)
def gates_with_unequal_weights(gate, n=2):
    """Weights that differ, in float32: what counts is on which side every row lies."""
    w = np.linspace(1, 2, n, dtype=np.float32)
    if gate == "not":
        return -w[:1], np.float32(0.5)
    b = np.float32(-0.5) if gate in ("or", "nor") else np.float32(0.5) - w.sum()
    return (-w, -b) if gate[0] == "n" else (w, b)


# ---- one update -----------------------------------------------------------------------------------


@alternative(perceptron_update)
def update_column_by_column(W, b, x, d, y, eta):
    """A loop over the neurons, with the two rules of the lecture: add the input, or subtract it."""
    W, b, x = np.array(W, dtype=float), np.array(b, dtype=float), np.asarray(x, dtype=float)
    for k, (wanted, answered) in enumerate(zip(d, y, strict=True)):
        if wanted > answered:
            W[:, k] += eta * x
            b[k] += eta
        elif wanted < answered:
            W[:, k] -= eta * x
            b[k] -= eta
    return W, b


@alternative(perceptron_update)
def update_by_broadcasting(W, b, x, d, y, eta):
    """A column of inputs times a row of errors."""
    push = eta * (np.asarray(d, dtype=float) - np.asarray(y))
    return np.asarray(W) + np.asarray(x)[:, None] * push[None, :], np.asarray(b) + push


@alternative(perceptron_update)
def update_in_single_precision(W, b, x, d, y, eta):
    """Everything in float32."""
    W, b, x, d, y = (np.asarray(a, dtype=np.float32) for a in (W, b, x, d, y))
    push = np.float32(eta) * (d - y)
    return W + np.outer(x, push), b + push


@alternative(perceptron_update)
def update_in_lists(W, b, x, d, y, eta):
    """Nothing but lists."""
    push = [float(eta * (d_k - y_k)) for d_k, y_k in zip(d, y, strict=True)]
    rows = [
        [float(w) + float(x_i) * p for w, p in zip(row, push, strict=True)]
        for x_i, row in zip(x, W, strict=True)
    ]
    return rows, [float(b_k) + p for b_k, p in zip(b, push, strict=True)]


# ---- training -------------------------------------------------------------------------------------


def _result(trace, epochs, converged):
    return {
        "w": trace[-1][1:],
        "b": trace[-1][0],
        "updates": len(trace) - 1,
        "epochs": epochs,
        "converged": converged,
        "trace": trace,
    }


@alternative(perceptron_fit)
def fit_with_the_bias_as_a_weight(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """A column of ones in front of X makes the bias one weight among the others."""
    X = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
    theta = np.concatenate([[float(b0)], np.asarray(w0, dtype=float)])
    learns = np.ones_like(theta)
    learns[0] = float(train_bias)
    trace = [theta.copy()]
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for row, wanted in zip(X, d, strict=True):
            error = wanted - (row @ theta >= 0)
            if error != 0:
                mistakes += 1
                theta += eta * error * row * learns
                trace.append(theta.copy())
        if mistakes == 0:
            return _result(np.array(trace), epoch, True)
    return _result(np.array(trace), max_epochs, False)


@alternative(perceptron_fit)
def fit_by_the_update(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Each mistake is handed to perceptron_update, with one column of weights."""
    W, b = np.reshape(np.asarray(w0, dtype=float), (-1, 1)), np.array([float(b0)])
    trace, epochs, quiet = [[b[0], *W[:, 0]]], 0, False
    while epochs < max_epochs and not quiet:
        epochs, quiet = epochs + 1, True
        for n in range(len(X)):
            y = step(np.asarray(X[n]) @ W + b)
            if y[0] != d[n]:
                W, moved = perceptron_update(W, b, X[n], [d[n]], y, eta)
                b = moved if train_bias else b
                trace.append([b[0], *W[:, 0]])
                quiet = False
    return _result(np.array(trace), epochs, quiet)


@alternative(perceptron_fit)
def fit_in_lists(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Nothing but lists and loops, with a count of right answers in a row."""
    w, b, n = [float(a) for a in w0], float(b0), len(X)
    trace, seen, last = [[b, *w]], 0, 0
    converged = False
    while seen < n * max_epochs and not converged:
        x, wanted = X[seen % n], int(d[seen % n])
        answer = int(b + sum(p * q for p, q in zip(x, w, strict=True)) >= 0)
        seen += 1
        if answer != wanted:
            sign = wanted - answer
            w = [float(p + eta * sign * q) for p, q in zip(w, x, strict=True)]
            b = b + eta * sign if train_bias else b
            trace.append([b, *w])
            last = seen
        converged = seen % n == 0 and seen - last >= n
    return _result(trace, seen // n, converged)


@alternative(perceptron_fit)
def fit_in_single_precision(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Everything in float32."""
    X, w, b = np.asarray(X, dtype=np.float32), np.array(w0, dtype=np.float32), np.float32(b0)
    trace = [np.array([b, *w], dtype=np.float32)]
    for epoch in range(max_epochs):
        before = len(trace)
        for x, wanted in zip(X, d, strict=True):
            push = np.float32(eta * (wanted - float(x @ w + b >= 0)))
            if push:
                w = w + push * x
                b = b + push if train_bias else b
                trace.append(np.array([b, *w], dtype=np.float32))
        if len(trace) == before:
            return _result(np.array(trace), epoch + 1, True)
    return _result(np.array(trace), max_epochs, False)


# ---- a batch at once ------------------------------------------------------------------------------


@alternative(perceptron_batch_update)
def batch_row_by_row(W, b, X, D, eta):
    """A loop over the rows; all are answered with the old weights, a copy takes the changes."""
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    W2, b2 = W.copy(), b.copy()
    for x, d in zip(X, D, strict=True):
        W2, b2 = perceptron_update(W2, b2, x, d, step(np.asarray(x) @ W + b), eta)
    return W2, b2


@alternative(perceptron_batch_update)
def batch_with_the_bias_as_a_weight(W, b, X, D, eta):
    """A column of ones behind X and the biases as a row below W: one product for both."""
    X1 = np.column_stack([np.asarray(X, dtype=float), np.ones(len(X))])
    W1 = np.vstack([np.asarray(W, dtype=float), np.asarray(b, dtype=float)])
    W1 = W1 + eta * X1.T @ (np.asarray(D) - (X1 @ W1 >= 0))
    return W1[:-1], W1[-1]


@alternative(perceptron_batch_update)
def batch_in_single_precision(W, b, X, D, eta):
    """Everything in float32, all outer products made and then summed."""
    W, b, X, D = (np.asarray(a, dtype=np.float32) for a in (W, b, X, D))
    push = np.float32(eta) * (D - (X @ W + b >= 0))
    return W + np.sum(X[:, :, None] * push[:, None, :], axis=0, dtype=np.float32), b + push.sum(axis=0)


@alternative(perceptron_batch_update)
def batch_in_lists(W, b, X, D, eta):
    """Nothing but lists and loops over neurons, rows and inputs."""
    columns, biases = [], []
    for k in range(len(b)):
        column, bias = [float(row[k]) for row in W], float(b[k])
        for x, d in zip(X, D, strict=True):
            u = b[k] + sum(float(x[i]) * float(W[i][k]) for i in range(len(x)))
            push = float(eta) * (float(d[k]) - (u >= 0))
            column, bias = [p + push * float(q) for p, q in zip(column, x, strict=True)], bias + push
        columns.append(column)
        biases.append(bias)
    return [list(row) for row in zip(*columns, strict=True)], biases


# ---- the margin -----------------------------------------------------------------------------------


@alternative(margin)
def margin_class_by_class(X, d, w, b):
    """The nearest of one class and the nearest of the other, with a unit vector for w."""
    X, d, w = np.asarray(X, dtype=float), np.asarray(d), np.asarray(w, dtype=float)
    length = np.sqrt(w @ w)
    t = X @ (w / length) + b / length
    return min(np.min(t[d == 1], initial=np.inf), np.min(-t[d == 0], initial=np.inf))


@alternative(margin)
def margin_point_by_point(X, d, w, b):
    """A loop with two branches and the math module."""
    length = math.hypot(*(float(p) for p in w))
    nearest = math.inf
    for x, label in zip(X, d, strict=True):
        t = (sum(float(p) * float(q) for p, q in zip(x, w, strict=True)) + float(b)) / length
        nearest = min(nearest, t if label == 1 else -t)
    return nearest


@alternative(margin)
def margin_in_single_precision(X, d, w, b):
    """Everything in float32."""
    X, w = np.asarray(X, dtype=np.float32), np.asarray(w, dtype=np.float32)
    t = (X @ w + np.float32(b)) / np.linalg.norm(w)
    return np.min(np.where(np.asarray(d) == 1, t, -t))


# ---- the bound ------------------------------------------------------------------------------------


@alternative(convergence_bound)
def bound_from_a_unit_vector(X, d, w_opt):
    """With w_opt of length 1 only two numbers are left: the longest input and the nearest one."""
    Z = np.column_stack([np.ones(len(X)), np.asarray(X, dtype=float)])
    Z = np.where(np.asarray(d)[:, None] == 1, Z, -Z)  # each on the positive side
    alpha = np.min(Z @ (np.asarray(w_opt, dtype=float) / np.linalg.norm(w_opt)))
    if not alpha > 0:
        raise ValueError("this plane separates nothing")
    return (np.max(np.linalg.norm(Z, axis=1)) / alpha) ** 2


@alternative(convergence_bound)
def bound_point_by_point(X, d, w_opt):
    """A loop over the points, the bias treated apart."""
    b, *w = (float(p) for p in w_opt)
    alpha, beta = math.inf, 0.0
    for x, label in zip(X, d, strict=True):
        u = b + sum(float(p) * q for p, q in zip(x, w, strict=True))
        alpha = min(alpha, u if label else -u)
        beta = max(beta, 1.0 + sum(float(p) ** 2 for p in x))
    if alpha <= 0:
        raise ValueError("this plane separates nothing")
    return beta * (b * b + sum(p * p for p in w)) / (alpha * alpha)


# ---- XOR ------------------------------------------------------------------------------------------


@alternative(xor_network)
def xor_of_one_without_the_other():
    """Hidden neurons for the one input without the other; the output is OR. Lists come back."""
    return [[1, -1], [-1, 1]], [-0.5, -0.5], [[1], [1]], [-0.5]


@alternative(xor_network)
def xor_of_nand_and_or():
    """Hidden neurons for NAND and OR; the output is AND."""
    columns = [logic_gate_weights(gate) for gate in ("nand", "or")]
    w2, b2 = logic_gate_weights("and")
    return (
        np.column_stack([w for w, _ in columns]),
        np.array([b for _, b in columns]),
        w2[:, None],
        np.array([b2]),
    )
