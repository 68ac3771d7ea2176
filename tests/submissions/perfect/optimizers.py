import numpy as np


def f8(x):
    return np.array(x, dtype=float)


def sgd_step(theta, g, lr):
    return f8(theta) - lr * f8(g)


def momentum_step(theta, v, g, lr, mu):
    new_v = mu * f8(v) - lr * f8(g)
    return f8(theta) + new_v, new_v


def nesterov_step(theta, v, grad_fn, lr, mu):
    slope = grad_fn(f8(theta) + mu * f8(v))
    return momentum_step(theta, v, slope, lr, mu)


def adagrad_step(theta, r, g, lr, eps=1e-7):
    r = f8(r) + f8(g) ** 2
    return f8(theta) - lr * f8(g) / (r**0.5 + eps), r


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    r = rho * f8(r) + (1 - rho) * f8(g) ** 2
    return f8(theta) - lr * f8(g) / (r**0.5 + eps), r


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    g = f8(g)
    t = t + 1
    m = b1 * f8(m) + (1 - b1) * g
    v = b2 * f8(v) + (1 - b2) * g**2
    step = (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return f8(theta) - lr * step, m, v, t


def newton_step(theta, g, H, lr=1.0):
    return f8(theta) - lr * np.linalg.solve(f8(H), f8(g))


def optimal_step_size(g, H):
    g, H = f8(g), f8(H)
    bend = g @ H @ g
    if not bend > 0:
        return float("inf")
    return float(g @ g / bend)


def lr_at(kind, t, **p):
    if kind == "linear":
        if t >= p["tau"]:
            return float(p["etau"])
        return p["e0"] + (p["etau"] - p["e0"]) * t / p["tau"]
    elif kind == "exponential":
        return p["lr0"] / 10 ** (t / p["r"])
    elif kind == "power":
        return p["lr0"] / (1 + t / p["r"]) ** p["c"]
    elif kind == "piecewise":
        rate = p["values"][0]
        for boundary, value in zip(p["boundaries"], p["values"][1:]):
            if t >= boundary:
                rate = value
        return float(rate)
    raise ValueError("unknown schedule: " + str(kind))


class PlateauScheduler:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.lr = lr
        self.factor = factor
        self.patience = patience
        self.min_delta = min_delta
        self.best = None
        self.bad = 0

    def step(self, val_err):
        if self.best is None or self.best - val_err > self.min_delta:
            self.best = val_err
            self.bad = 0
            return self.lr
        self.bad += 1
        if self.bad == self.patience:
            self.lr = self.lr * self.factor
            self.bad = 0
        return self.lr


def clip_by_norm(grads, c):
    grads = [f8(g) for g in grads]
    n = np.sqrt(sum((g**2).sum() for g in grads))
    if n <= c:
        return grads
    return [g * (c / n) for g in grads]


def alexnet_update(w, v, g, lr):
    return momentum_step(w, v, f8(g) + 0.0005 * f8(w), lr, 0.9)


EXPLAIN = """
Both means begin at zero, so after one step they hold only a tenth of g and a thousandth of its square.
The root makes a thirtieth of the thousandth, so the step would be about three times too long.
The factors 1 - b**t grow to one, and then it no longer matters.
"""

EXPLAIN_LONG_RUN = """
On a steady slope r of AdaGrad is t g², so a step is lr / sqrt(t) long, after 100 steps a tenth of lr, and it gets ever
slower even if it is far from the bottom. RMSProp's r settles at g², its steps stay lr long, and at the bottom it
jumps to and fro.
"""
