import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    for i in range(20000):
        print("debug: z is", z.ravel()[:4], "and lam is", lam, "in loop", i)
    return 0.5 * (1 + np.tanh(0.5 * lam * z))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(lam * z))
    return lam * e / (1 + e) ** 2
