import numpy as np


def phi(z, act):
    z = np.asarray(z, float)
    if act == "sigmoid":
        return 0.5 * (1 + np.tanh(z / 2))
    return {"tanh": np.tanh(z), "relu": np.maximum(z, 0), "identity": z}[act]


def dphi(z, act):
    z = np.asarray(z, float)
    if act == "sigmoid":
        return phi(z, act) * (1 - phi(z, act))
    return {"tanh": 1 - np.tanh(z) ** 2, "relu": (z > 0) * 1.0, "identity": np.ones_like(z)}[act]


def forward(X, Ws, bs, acts):
    zs, as_ = [], [np.asarray(X, float)]
    for W, b, act in zip(Ws, bs, acts):
        zs.append(as_[-1] @ np.asarray(W, float) + np.asarray(b, float))
        as_.append(phi(zs[-1], act))
    return zs, as_


def output_delta(a, d, z, act):
    return (np.asarray(a, float) - np.asarray(d, float)) * dphi(z, act)


def hidden_delta(delta_next, W_next, z, act):
    delta_next = np.asarray(delta_next, float)
    W_next = np.asarray(W_next, float)
    return (delta_nxt @ W_next.T) * dphi(z, act)


def weight_gradients(a_prev, delta):
    a_prev, delta = np.asarray(a_prev, float), np.asarray(delta, float)
    # added up over the batch, not averaged
    return a_prev.T @ delta, delta.sum(axis=0)


def backprop(X, D, Ws, bs, acts):
    zs, as_ = forward(X, Ws, bs, acts)
    delta = output_delta(as_[-1], D, zs[-1], acts[-1])
    dWs, dbs = [], []
    for l in range(len(Ws) - 1, -1, -1):
        dW, db = weight_gradients(as_[l], delta)
        dWs.insert(0, dW)
        dbs.insert(0, db)
        if l > 0:
            delta = hidden_delta(delta, Ws[l], zs[l - 1], acts[l - 1])
    return dWs, dbs


def ebp_step_threshold(x, y, V, gamma, W, theta, eta):
    x, y, V, gamma, W, theta = (np.asarray(a, float) for a in (x, y, V, gamma, W, theta))
    b = phi(x @ V - gamma, "sigmoid")
    yhat = phi(b @ W - theta, "sigmoid")
    g = (y - yhat) * yhat * (1 - yhat)
    e = b * (1 - b) * (W @ g)
    return V + eta * x[:, None] * e, gamma - eta * e, W + eta * b[:, None] * g, theta - eta * g


def numerical_gradient(f, theta, h=1e-5):
    theta = np.asarray(theta, float)
    flat = theta.ravel()
    slopes = []
    for i in range(flat.size):
        push = np.zeros(flat.size)
        push[i] = h
        up, down = (flat + push).reshape(theta.shape), (flat - push).reshape(theta.shape)
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes).reshape(theta.shape)


def linear_collapse(W1, b1, W2, b2):
    W1, b1, W2, b2 = (np.asarray(a, float) for a in (W1, b1, W2, b2))
    return W1 @ W2, b1 @ W2 + b2


def step_approximator(edges, values):
    edges, values = np.asarray(edges, float), np.asarray(values, float)
    K = len(edges)
    jumps = values[1:] - values[:-1]
    return np.ones((1, K)), -edges, jumps.reshape(K, 1), values[0:1]


EXPLAIN = """
All hidden units get the same weights, so the same output, and the same delta as their weights to the output are the
same too. So they stay equal in every step and the layer is only as good as one unit.
"""

EXPLAIN_H = """
Large h: the error of the formula, about h squared times the third derivative. Small h: the difference of two nearly
equal numbers has no digits left. 1e-5 was best for me.
"""
