import numpy as np


def sigmoid(z, lam=1.0):
    # forgot the minus sign
    return 1 / (1 + np.exp(np.clip(lam * np.asarray(z, dtype=float), -700, 700)))


def sigmoid_derivative(z, lam=1.0):
    s = sigmoid(z, lam)
    return lam * s * (1.0 - s) + 0.0 * np.sign(s)
