import numpy as np


def sigmoid(z, lam=1.0):
    u = lam * np.asarray(z, dtype=float)
    small = np.exp(-abs(u))
    return np.where(u < 0, small / (1 + small), 1 / (1 + small))


def sigmoid_derivative(z, lam=1.0):
    s = sigmoid(z, lam)
    return lam * s * sigmoid(-np.asarray(z, dtype=float), lam)
