import numpy as np


def momentum_step(theta, v, g, lr, mu):
    new_v = mu * np.array(v, dtype=float) - lr * np.array(g, dtype=float)
    return np.array(theta, dtype=float) + new_v, new_v


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    g = np.array(g, dtype=float)
    t = t + 1
    m = b1 * np.array(m, dtype=float) + (1 - b1) * g
    v = b2 * np.array(v, dtype=float) + (1 - b2) * g**2
    step = (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return np.array(theta, dtype=float) - lr * step, m, v, t


EXPLAIN = """
Both means begin at zero, so after one step they hold only a tenth of g and a thousandth of its square.
The root makes a thirtieth of the thousandth, so the step would be about three times too long.
The factors 1 - b**t grow to one, and then it no longer matters.
"""
