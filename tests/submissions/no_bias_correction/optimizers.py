import numpy as np


def sgd_step(theta, g, lr):
    return np.array(theta, float) - lr * np.array(g, float)


def momentum_step(theta, v, g, lr, mu):
    theta, v, g = np.array(theta, float), np.array(v, float), np.array(g, float)
    v = mu * v - lr * g
    return theta + v, v


def nesterov_step(theta, v, grad_fn, lr, mu):
    theta, v = np.array(theta, float), np.array(v, float)
    ahead = theta + mu * v
    v = mu * v - lr * np.array(grad_fn(ahead), float)
    return theta + v, v


def adagrad_step(theta, r, g, lr, eps=1e-7):
    theta, r, g = np.array(theta, float), np.array(r, float), np.array(g, float)
    r = r + g * g
    theta = theta - lr * g / (np.sqrt(r) + eps)
    return theta, r


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    theta, r, g = np.array(theta, float), np.array(r, float), np.array(g, float)
    r = rho * r + (1 - rho) * g * g
    theta = theta - lr * g / (np.sqrt(r) + eps)
    return theta, r


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    theta, m, v, g = (np.array(a, float) for a in (theta, m, v, g))
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    theta = theta - lr * m / (np.sqrt(v) + eps)
    return theta, m, v, t + 1


def newton_step(theta, g, H, lr=1.0):
    direction = np.linalg.solve(np.array(H, float), np.array(g, float))
    return np.array(theta, float) - lr * direction


def optimal_step_size(g, H):
    g, H = np.array(g, float), np.array(H, float)
    curvature = g.dot(H).dot(g)
    if curvature > 0:
        return g.dot(g) / curvature
    return float("inf")


def lr_at(kind, t, **p):
    if kind == "linear":
        a = t / p["tau"]
        if a > 1:
            a = 1
        return (1 - a) * p["e0"] + a * p["etau"]
    if kind == "exponential":
        return p["lr0"] * 10 ** (-t / p["r"])
    if kind == "power":
        return p["lr0"] * (1 + t / p["r"]) ** (-p["c"])
    if kind == "piecewise":
        passed = [b for b in p["boundaries"] if b <= t]
        return p["values"][len(passed)]
    raise ValueError("I do not know " + repr(kind))


class PlateauScheduler:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.rate = lr
        self.factor = factor
        self.patience = patience
        self.min_delta = min_delta
        self.best = float("inf")
        self.waiting = 0

    def step(self, val_err):
        better = val_err < self.best - self.min_delta
        if better:
            self.best = val_err
            self.waiting = 0
        else:
            self.waiting = self.waiting + 1
        if self.waiting == self.patience:
            self.rate = self.rate * self.factor
            self.waiting = 0
        return self.rate


def clip_by_norm(grads, c):
    total = 0.0
    for g in grads:
        total += (np.array(g, float) ** 2).sum()
    n = np.sqrt(total)
    factor = 1.0
    if n > c:
        factor = c / n
    return [factor * np.array(g, float) for g in grads]


def alexnet_update(w, v, g, lr):
    w, v, g = np.array(w, float), np.array(v, float), np.array(g, float)
    v = 0.9 * v - 0.0005 * lr * w - lr * g
    return w + v, v


EXPLAIN = """
I think the correction only makes the first steps a little longer, so I left it out.
"""

EXPLAIN_LONG_RUN = """
The steps of AdaGrad shrink with one over the root of t, those of RMSProp stay at lr. So AdaGrad stops before it is
there.
"""
