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
