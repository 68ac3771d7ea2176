import numpy as np


def sig(z):
    return np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def phi(z, act):
    if act == "sigmoid":
        return sig(z)
    if act == "tanh":
        return np.tanh(z)
    if act == "relu":
        return np.maximum(z, 0)
    return z


def forward(X, Ws, bs, acts):
    a = np.array(X, float)
    zs = []
    as_ = [a]
    for i in range(len(Ws)):
        z = a @ np.array(Ws[i], float) + np.array(bs[i], float)
        a = phi(z, acts[i])
        zs.append(z)
        as_.append(a)
    return zs, as_


def output_delta(a, d, z, act):
    a = np.array(a, float)
    d = np.array(d, float)
    z = np.array(z, float)
    slopes = {"sigmoid": sig(z) * (1 - sig(z)), "tanh": 1 - np.tanh(z) ** 2, "relu": 1.0 * (z > 0), "identity": 1}
    return (a - d) * slopes[act]


def hidden_delta(delta_next, W_next, z, act):
    raise NotImplementedError("write hidden_delta here")


def weight_gradients(a_prev, delta):
    raise NotImplementedError("write weight_gradients here")


def backprop(X, D, Ws, bs, acts):
    raise NotImplementedError("write backprop here")


def ebp_step_threshold(x, y, V, gamma, W, theta, eta):
    raise NotImplementedError("write ebp_step_threshold here")


def numerical_gradient(f, theta, h=1e-5):
    theta = np.array(theta, float)
    grad = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        old = theta[i]
        theta[i] = old + h
        up = f(theta)
        theta[i] = old - h
        down = f(theta)
        theta[i] = old
        grad[i] = (up - down) / (2 * h)
    return grad


def linear_collapse(W1, b1, W2, b2):
    return np.array(W1, float) @ np.array(W2, float), np.array(b1, float) @ np.array(W2, float) + np.array(b2, float)


def step_approximator(edges, values):
    raise NotImplementedError("write step_approximator here")


# Tasks 10 and 11 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_H = """
With 0.1 the curve is not straight any more between the two points, and the error falls with h squared. With 1e-12 the
two values are almost the same number and their difference is mostly rounding.
"""
