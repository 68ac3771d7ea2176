import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


PHI = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "identity": lambda z: z}
SLOPE = {
    "sigmoid": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0) * 1.0,
    "identity": lambda z: np.ones_like(z),
}


def forward(X, Ws, bs, acts):
    zs, as_ = [], [np.asarray(X, dtype=float)]
    for W, b, act in zip(Ws, bs, acts)
        zs.append(as_[-1] @ W + b)
        as_.append(PHI[act](zs[-1]))
    return zs, as_


def output_delta(a, d, z, act):
    z = np.asarray(z, dtype=float)
    return (np.asarray(a) - np.asarray(d)) * SLOPE[act](z)


def hidden_delta(delta_next, W_next, z, act):
    z = np.asarray(z, dtype=float)
    return np.asarray(delta_next) @ np.asarray(W_next).T * SLOPE[act](z)


def weight_gradients(a_prev, delta):
    a_prev, delta = np.asarray(a_prev), np.asarray(delta)
    return a_prev.T @ delta / len(delta), delta.mean(axis=0)


def backprop(X, D, Ws, bs, acts):
    zs, as_ = forward(X, Ws, bs, acts)
    delta = output_delta(as_[-1], D, zs[-1], acts[-1])
    grads = [weight_gradients(as_[-2], delta)]
    for l in range(len(Ws) - 2, -1, -1):
        delta = hidden_delta(delta, Ws[l + 1], zs[l], acts[l])
        grads.append(weight_gradients(as_[l], delta))
    dWs, dbs = zip(*reversed(grads))
    return list(dWs), list(dbs)


def linear_collapse(W1, b1, W2, b2):
    return np.dot(W1, W2), np.dot(b1, W2) + b2
