"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import lstm_step


@alternative(lstm_step)
def cell_by_cell(x, h, c, W, b):
    """A loop over sequences and cells with the functions of the math module; nested lists come back."""

    def gate(s):
        return 1 / (1 + math.exp(-s)) if s >= 0 else math.exp(s) / (1 + math.exp(s))

    H = len(h[0])
    h2, c2 = [], []
    for n in range(len(x)):
        joined = [*h[n], *x[n]]
        z = [
            float(b[k]) + sum(float(joined[r]) * float(W[r][k]) for r in range(len(joined)))
            for k in range(4 * H)
        ]
        cell = [gate(z[H + k]) * c[n][k] + gate(z[k]) * math.tanh(z[3 * H + k]) for k in range(H)]
        c2.append(cell)
        h2.append([gate(z[2 * H + k]) * math.tanh(cell[k]) for k in range(H)])
    return h2, c2, None


@alternative(lstm_step)
def two_products(x, h, c, W, b):
    """One product for h and one for x, the gates through tanh: σ(z) = (1 + tanh(z / 2)) / 2."""
    x, h, c = (np.asarray(array, dtype=float) for array in (x, h, c))
    W = np.asarray(W, dtype=float)
    H = h.shape[-1]
    z = h @ W[:H] + x @ W[H:] + np.asarray(b)
    z_i, z_f, z_o, z_g = np.split(z, 4, axis=-1)
    i, f, o = (0.5 * (1 + np.tanh(0.5 * part)) for part in (z_i, z_f, z_o))
    c2 = c * f + np.tanh(z_g) * i
    return [np.tanh(c2) * o, c2, (x, h, c, i, f, o)]


@alternative(lstm_step)
def four_small_layers(x, h, c, W, b):
    """Each gate a layer of its own, everything in float32, the exponent clipped where σ is 0 or 1 anyway."""
    x, h, c, W, b = (np.asarray(array, dtype=np.float32) for array in (x, h, c, W, b))
    N, H = h.shape
    joined = np.hstack([h, x])

    def layer(k):
        return joined @ W.reshape(len(W), 4, H)[:, k] + b.reshape(4, H)[k]

    def sigmoid(z):
        return np.float32(1) / (np.float32(1) + np.exp(-np.clip(z, -80, 80)))

    c2 = sigmoid(layer(1)) * c + sigmoid(layer(0)) * np.tanh(layer(3))
    return sigmoid(layer(2)) * np.tanh(c2), c2, {"batch": N}
