import numpy as np


def momentum_step(theta, v, g, lr, mu):
    v2 = mu * np.asarray(v, float) - lr * np.asarray(g, float)
    return np.asarray(theta, float) + v2, v2


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    g = np.asarray(g, float)
    t = t + 1
    m = b1 * np.asarray(m, float) + (1 - b1) * g
    v = b2 * np.asarray(v, float) + (1 - b2) * g * g
    mhat = m / (1 - b1**t)
    vhat = v / (1 - b2**t)
    return np.asarray(theta, float) - lr * mhat / (np.sqrt(vhat) + eps), m, v, t
