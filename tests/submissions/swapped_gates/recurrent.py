import numpy as np


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def lstm_step(x, h, c, W, b):
    x, h, c, W, b = (np.asarray(a, dtype=float) for a in (x, h, c, W, b))
    H = h.shape[1]
    z = np.concatenate([h, x], axis=1) @ W + b
    i = sigma(z[:, :H])
    f = sigma(z[:, H : 2 * H])
    g = np.tanh(z[:, 2 * H : 3 * H])  # the order of torch
    o = sigma(z[:, 3 * H :])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return h2, c2, (i, f, g, o)
