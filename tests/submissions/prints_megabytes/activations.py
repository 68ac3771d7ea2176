import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    for i in range(2000):
        print("debug: we are in the sigmoid now, round", i, "of the loop" + "." * 500)
    return 0.5 * (1 + np.tanh(0.5 * lam * z))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(lam * z))
    return lam * e / (1 + e) ** 2
