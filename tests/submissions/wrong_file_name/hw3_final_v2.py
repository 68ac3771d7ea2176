import numpy as np


def sgd_step(theta, g, lr):
    return np.asarray(theta, float) - lr * np.asarray(g, float)


def momentum_step(theta, v, g, lr, mu):
    v2 = mu * np.asarray(v, float) - lr * np.asarray(g, float)
    return np.asarray(theta, float) + v2, v2


def nesterov_step(theta, v, grad_fn, lr, mu):
    theta, v = np.asarray(theta, float), np.asarray(v, float)
    v2 = mu * v - lr * grad_fn(theta + mu * v)
    return theta + v2, v2


def adagrad_step(theta, r, g, lr, eps=1e-7):
    g = np.asarray(g, float)
    r2 = np.asarray(r, float) + g * g
    return np.asarray(theta, float) - lr * g / (np.sqrt(r2) + eps), r2


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    g = np.asarray(g, float)
    r2 = rho * np.asarray(r, float) + (1 - rho) * g * g
    return np.asarray(theta, float) - lr * g / (np.sqrt(r2) + eps), r2


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    g = np.asarray(g, float)
    t = t + 1
    m = b1 * np.asarray(m, float) + (1 - b1) * g
    v = b2 * np.asarray(v, float) + (1 - b2) * g * g
    mhat = m / (1 - b1**t)
    vhat = v / (1 - b2**t)
    return np.asarray(theta, float) - lr * mhat / (np.sqrt(vhat) + eps), m, v, t


def newton_step(theta, g, H, lr=1.0):
    s = np.linalg.solve(np.asarray(H, float), np.asarray(g, float))
    return np.asarray(theta, float) - lr * s


def optimal_step_size(g, H):
    g, H = np.asarray(g, float), np.asarray(H, float)
    below = float(g @ (H @ g))
    return float(g @ g) / below if below > 0 else np.inf


SCHEDULES = {
    "linear": lambda t, e0, etau, tau: e0 + min(t / tau, 1) * (etau - e0),
    "exponential": lambda t, lr0, r: lr0 * 10 ** (-t / r),
    "power": lambda t, lr0, r, c: lr0 * (1 + t / r) ** -c,
    "piecewise": lambda t, boundaries, values: values[sum(b <= t for b in boundaries)],
}


def lr_at(kind, t, **p):
    if kind not in SCHEDULES:
        raise ValueError(f"{kind!r} is none of {', '.join(SCHEDULES)}")
    return float(SCHEDULES[kind](t, **p))


class PlateauScheduler:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.lr, self.factor, self.patience, self.min_delta = lr, factor, patience, min_delta
        self.best = np.inf
        self.since = 0

    def step(self, val_err):
        self.since += 1
        if val_err < self.best - self.min_delta:
            self.best, self.since = val_err, 0
        elif self.since == self.patience:
            self.lr, self.since = self.lr * self.factor, 0
        return self.lr


def clip_by_norm(grads, c):
    grads = [np.asarray(g, float) for g in grads]
    n = np.sqrt(sum(np.vdot(g, g) for g in grads))
    return [g * (c / n) if n > c else g for g in grads]


def alexnet_update(w, v, g, lr):
    w = np.asarray(w, float)
    v2 = 0.9 * np.asarray(v, float) - lr * (np.asarray(g, float) + 0.0005 * w)
    return w + v2, v2
