import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return 0.5 * (1 + np.tanh(lam * z / 2))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return lam * z * (1 - z)
