import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return 1 / (1 + np.exp(-lam * z))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return lam * np.exp(-lam * z) / (1 + np.exp(-lam * z)) ** 2
