import math

import numpy as np


def arrays(*things):
    # so that lists work too
    return [np.asarray(thing, dtype=float) for thing in things]


def sgd_step(theta, g, lr):
    theta, g = arrays(theta, g)
    theta -= lr * g
    return theta


def momentum_step(theta, v, g, lr, mu):
    theta, v, g = arrays(theta, v, g)
    v *= mu
    v -= lr * g
    theta += v
    return theta, v


def nesterov_step(theta, v, grad_fn, lr, mu):
    theta, v = arrays(theta, v)
    g = grad_fn(theta + mu * v)
    v *= mu
    v -= lr * g
    theta += v
    return theta, v


def adagrad_step(theta, r, g, lr, eps=1e-7):
    theta, r, g = arrays(theta, r, g)
    r += g * g
    theta -= lr * g / (np.sqrt(r) + eps)
    return theta, r


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    theta, r, g = arrays(theta, r, g)
    r *= rho
    r += (1 - rho) * g * g
    theta -= lr * g / (np.sqrt(r) + eps)
    return theta, r


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    theta, m, v, g = arrays(theta, m, v, g)
    t += 1
    m *= b1
    m += (1 - b1) * g
    v *= b2
    v += (1 - b2) * g * g
    theta -= lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return theta, m, v, t


def newton_step(theta, g, H, lr=1.0):
    theta, g, H = arrays(theta, g, H)
    theta -= lr * np.linalg.solve(H, g)
    return theta


def optimal_step_size(g, H):
    bottom = np.dot(g, np.dot(H, g))
    return float(np.dot(g, g) / bottom) if bottom > 0 else math.inf


def lr_at(kind, t, **p):
    if kind == "linear":
        a = min(1, t / p["tau"])
        return (1 - a) * p["e0"] + a * p["etau"]
    if kind == "exponential":
        return p["lr0"] * 10 ** (-t / p["r"])
    if kind == "power":
        return p["lr0"] * (1 + t / p["r"]) ** (-p["c"])
    if kind == "piecewise":
        i = 0
        while i < len(p["boundaries"]) and t >= p["boundaries"][i]:
            i += 1
        return p["values"][i]
    raise ValueError(kind)


class PlateauScheduler:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.lr, self.factor, self.patience, self.min_delta = lr, factor, patience, min_delta
        self.best, self.count = math.inf, 0

    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.best, self.count = val_err, 0
        else:
            self.count += 1
            if self.count == self.patience:
                self.lr *= self.factor
                self.count = 0
        return self.lr


def clip_by_norm(grads, c):
    grads = arrays(*grads)
    n = math.sqrt(sum(np.sum(np.square(g)) for g in grads))
    if n > c:
        for g in grads:
            g *= c / n
    return grads


def alexnet_update(w, v, g, lr):
    w, v, g = arrays(w, v, g)
    v *= 0.9
    v -= 0.0005 * lr * w
    v -= lr * g
    w += v
    return w, v


EXPLAIN = """
m is 0.1 g and v is 0.001 g² after the first step, so without the corrections the step would be 0.1 / sqrt(0.001), about
3.2 times too long. 1 - b^t goes to 1, so after some thousand steps there is no difference.
"""

EXPLAIN_LONG_RUN = """
AdaGrad: lr / sqrt(t), it becomes slower and slower. RMSProp: lr.
"""
