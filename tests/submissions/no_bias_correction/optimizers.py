import numpy as np


def momentum_step(theta, v, g, lr, mu):
    theta, v, g = np.array(theta, float), np.array(v, float), np.array(g, float)
    v = mu * v - lr * g
    return theta + v, v


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    theta, m, v, g = (np.array(a, float) for a in (theta, m, v, g))
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    theta = theta - lr * m / (np.sqrt(v) + eps)
    return theta, m, v, t + 1
