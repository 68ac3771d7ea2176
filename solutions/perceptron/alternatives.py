"""Right answers by another road: each must get full marks."""

import numpy as np

from autograder import alternative

from .reference import perceptron_fit, perceptron_update, step


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
