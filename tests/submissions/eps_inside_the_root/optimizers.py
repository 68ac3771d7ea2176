import numpy as np


def momentum_step(theta, v, g, lr, mu):
    # like in pytorch, the learning rate comes last
    v = mu * np.asarray(v, float) + np.asarray(g, float)
    return np.asarray(theta, float) - lr * v, v


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    theta, m, v, g = (np.asarray(a, float) for a in (theta, m, v, g))
    t += 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    mh = m / (1 - b1**t)
    vh = v / (1 - b2**t)
    return theta - lr * mh / np.sqrt(vh + eps), m, v, t
