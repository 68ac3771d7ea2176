import numpy as np


def sgd_step(theta, g, lr):
    return np.asarray(theta, float) - lr * np.asarray(g, float)


def momentum_step(theta, v, g, lr, mu):
    # like in pytorch, the learning rate comes last
    v = mu * np.asarray(v, float) + np.asarray(g, float)
    return np.asarray(theta, float) - lr * v, v


def nesterov_step(theta, v, grad_fn, lr, mu):
    theta, v = np.asarray(theta, float), np.asarray(v, float)
    v = mu * v - lr * grad_fn(theta + mu * v)
    return theta + v, v


def adagrad_step(theta, r, g, lr, eps=1e-7):
    theta, r, g = (np.asarray(a, float) for a in (theta, r, g))
    r = r + g**2
    return theta - lr * g / (np.sqrt(r) + eps), r


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    theta, r, g = (np.asarray(a, float) for a in (theta, r, g))
    r = rho * r + (1 - rho) * g**2
    return theta - lr * g / np.sqrt(r + eps), r


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    theta, m, v, g = (np.asarray(a, float) for a in (theta, m, v, g))
    t += 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    mh = m / (1 - b1**t)
    vh = v / (1 - b2**t)
    return theta - lr * mh / np.sqrt(vh + eps), m, v, t


def newton_step(theta, g, H, lr=1.0):
    return np.asarray(theta, float) - lr * np.linalg.solve(np.asarray(H, float), np.asarray(g, float))


def optimal_step_size(g, H):
    g = np.asarray(g, float)
    gHg = g @ np.asarray(H, float) @ g
    if gHg <= 0:
        return np.inf
    return (g @ g) / gHg


def lr_at(kind, t, **p):
    match kind:
        case "linear":
            a = min(t / p["tau"], 1)
            return (1 - a) * p["e0"] + a * p["etau"]
        case "exponential":
            return p["lr0"] * 10 ** (-t / p["r"])
        case "power":
            return p["lr0"] * (1 + t / p["r"]) ** -p["c"]
        case "piecewise":
            return p["values"][np.searchsorted(p["boundaries"], t, side="right")]
        case _:
            raise ValueError(f"{kind} is not a schedule")


class PlateauScheduler:
    """Like ReduceLROnPlateau."""

    def __init__(self, lr, factor, patience, min_delta=0):
        self.lr = lr
        self.factor = factor
        self.patience = patience
        self.min_delta = min_delta
        self.best = np.inf
        self.bad_epochs = 0

    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.best = val_err
            self.bad_epochs = 0
        else:
            self.bad_epochs += 1
        if self.bad_epochs >= self.patience:
            self.lr *= self.factor
            self.bad_epochs = 0
        return self.lr


def clip_by_norm(grads, c):
    grads = [np.asarray(g, float) for g in grads]
    total = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
    return [g * c / total for g in grads] if total > c else grads


def alexnet_update(w, v, g, lr):
    w, v, g = (np.asarray(a, float) for a in (w, v, g))
    v = 0.9 * v - 0.0005 * lr * w - lr * g
    return w + v, v


EXPLAIN = """
At t = 1 the mean of g is 0.1 g and the mean of the squares 0.001 g², so the step is 0.1 / 0.0316 = 3.16 lr, too long.
Later the powers of b1 and b2 vanish and the correction with them.
"""

EXPLAIN_LONG_RUN = """
AdaGrad takes steps of lr / sqrt(t), because the sum grows, so it gets slow for no reason but its age. RMSProp takes
steps of lr, so it is just as fast at the end.
"""
