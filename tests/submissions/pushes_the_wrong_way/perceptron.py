import numpy as np


def step(u, at_zero=1.0):
    u = np.asarray(u, dtype=float)
    out = np.zeros(u.shape)
    out[u > 0] = 1.0
    out[u == 0] = at_zero
    return out


def neuron(X, w, b, phi):
    X = np.asarray(X, dtype=float)
    u = X.dot(w) + b
    return phi(u)


def logic_gate_weights(gate, n=2):
    if gate == "not":
        return np.array([-2.0]), 1.0
    w = np.full(n, 2.0)
    if gate in ("and", "nand"):
        b = -(2.0 * n - 1.0)
    else:
        b = -1.0
    if gate.startswith("n"):
        w, b = -w, -b
    return w, b


def perceptron_update(W, b, x, d, y, eta):
    W, b, x, d, y = (np.asarray(a, dtype=float) for a in (W, b, x, d, y))
    return W + eta * np.outer(x, y - d), b + eta * (y - d)


def perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=True):
    X, w, b = np.asarray(X, float), np.array(w0, float), float(b0)
    trace, updates, converged, epochs = [[b, *w]], 0, False, 0
    for _ in range(max_epochs):
        epochs += 1
        wrong = 0
        for x, target in zip(X, d):
            y = 1.0 if x @ w + b >= 0 else 0.0
            if y != target:
                w = w + eta * (target - y) * x
                b = b + eta * (target - y) * train_bias
                wrong += 1
                updates += 1
                trace.append([b, *w])
        if wrong == 0:
            converged = True
            break
    return dict(w=w, b=b, updates=updates, epochs=epochs, converged=converged, trace=np.array(trace))


def perceptron_batch_update(W, b, X, D, eta):
    # all rows get their answer first, then everything is added up
    W = np.array(W, dtype=float)
    b = np.array(b, dtype=float)
    X = np.asarray(X, dtype=float)
    Y = step(X @ W + b)
    new_W, new_b = W.copy(), b.copy()
    for x, d, y in zip(X, np.asarray(D, dtype=float), Y):
        new_W += eta * np.outer(x, d - y)
        new_b += eta * (d - y)
    return new_W, new_b


def margin(X, d, w, b):
    w = np.asarray(w, dtype=float)
    distances = (np.asarray(X, dtype=float) @ w + b) / np.linalg.norm(w)
    return float(min(t if c == 1 else -t for t, c in zip(distances, d)))


def convergence_bound(X, d, w_opt):
    w_opt = np.asarray(w_opt, dtype=float)
    alpha, beta = np.inf, 0.0
    for x, c in zip(np.asarray(X, dtype=float), d):
        x = np.concatenate(([1.0], x))
        s = 1 if c == 1 else -1
        alpha = min(alpha, s * (w_opt @ x))
        beta = max(beta, x @ x)
    if not alpha > 0:
        raise ValueError("this plane does not separate them")
    return float(beta * (w_opt @ w_opt) / alpha**2)


def xor_network():
    w_or, b_or = logic_gate_weights("or")
    w_nand, b_nand = logic_gate_weights("nand")
    w_and, b_and = logic_gate_weights("and")
    return np.array([w_or, w_nand]).T, np.array([b_or, b_nand]), w_and.reshape(2, 1), np.array([b_and])


EXPLAIN = """
If w1 + b >= 0 and w2 + b >= 0 then w1 + w2 + 2b >= 0. But 00 needs b < 0 and 11 needs w1 + w2 + b < 0, so the sum
w1 + w2 + 2b < 0, and it cannot be both. So every epoch there is a mistake and it goes round and round until
max_epochs.
"""
EXPLAIN_RATE = """
If everything starts at 0, w and b are just eta times as big and all the answers stay the same. If it starts
somewhere else it matters, because the start is not multiplied by eta and a small eta needs many updates to get
away from it.
"""
