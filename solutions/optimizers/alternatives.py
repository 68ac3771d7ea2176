"""Right answers by another road: each must get full marks."""

import bisect
import math

import numpy as np

from autograder import alternative

from .reference import (
    PlateauScheduler,
    adagrad_step,
    adam_step,
    alexnet_update,
    clip_by_norm,
    lr_at,
    momentum_step,
    nesterov_step,
    newton_step,
    optimal_step_size,
    rmsprop_step,
    sgd_step,
)

# ---- plain gradient descent -----------------------------------------------------------------------


@alternative(sgd_step)
def sgd_weight_by_weight(theta, g, lr):
    """A loop over the single weights."""
    theta, g = np.array(theta, dtype=float), np.array(g, dtype=float)
    for i in np.ndindex(theta.shape):
        theta[i] -= lr * g[i]
    return theta


@alternative(sgd_step)
def sgd_in_single_precision(theta, g, lr):
    """Everything in float32."""
    return np.asarray(theta, dtype=np.float32) - np.float32(lr) * np.asarray(g, dtype=np.float32)


@alternative(sgd_step)
def sgd_as_nested_lists(theta, g, lr):
    """NumPy's functions on whatever comes, and lists back."""
    return np.subtract(theta, np.multiply(lr, g)).tolist()


# ---- momentum -------------------------------------------------------------------------------------


@alternative(momentum_step)
def momentum_weight_by_weight(theta, v, g, lr, mu):
    """A loop over the single weights."""
    v = np.array(v, dtype=float)
    theta = np.array(theta, dtype=float)
    g = np.array(g, dtype=float)
    for i in np.ndindex(theta.shape):
        v[i] = mu * v[i] - lr * g[i]
        theta[i] += v[i]
    return theta, v


@alternative(momentum_step)
def momentum_in_single_precision(theta, v, g, lr, mu):
    """Everything in float32."""
    theta, v, g = (np.asarray(a, dtype=np.float32) for a in (theta, v, g))
    v = np.float32(mu) * v - np.float32(lr) * g
    return theta + v, v


@alternative(momentum_step)
def momentum_written_out(theta, v, g, lr, mu):
    """Both pushes on the weights first, the velocity as what they moved by; nested lists come back."""
    old = np.asarray(theta, dtype=float)
    new = old - lr * np.asarray(g) + mu * np.asarray(v)
    return new.tolist(), (mu * np.asarray(v) - lr * np.asarray(g)).tolist()


# ---- Nesterov's momentum --------------------------------------------------------------------------


@alternative(nesterov_step)
def nesterov_as_two_moves(theta, v, grad_fn, lr, mu):
    """First the weights roll on, then they are corrected there; the velocity is what they moved by."""
    theta = np.asarray(theta, dtype=float)
    ahead = theta + mu * np.asarray(v, dtype=float)
    new = ahead - lr * np.asarray(grad_fn(ahead))
    return new, new - theta


@alternative(nesterov_step)
def nesterov_weight_by_weight(theta, v, grad_fn, lr, mu):
    """A loop over the single weights, on copies."""
    theta, v = np.array(theta, dtype=float), np.array(v, dtype=float)
    g = grad_fn(np.array([a + mu * b for a, b in zip(theta.flat, v.flat, strict=True)]).reshape(theta.shape))
    for i in np.ndindex(theta.shape):
        v[i] = mu * v[i] - lr * g[i]
        theta[i] += v[i]
    return theta, v


@alternative(nesterov_step)
def nesterov_in_single_precision(theta, v, grad_fn, lr, mu):
    """Everything in float32, as far as it is in our hands."""
    theta, v, mu = np.asarray(theta, dtype=np.float32), np.asarray(v, dtype=np.float32), np.float32(mu)
    v = mu * v - np.float32(lr) * np.asarray(grad_fn(theta + mu * v), dtype=np.float32)
    return theta + v, v


# ---- AdaGrad --------------------------------------------------------------------------------------


@alternative(adagrad_step)
def adagrad_weight_by_weight(theta, r, g, lr, eps=1e-7):
    """A loop over the single weights with the square root of the math module."""
    theta, r, g = (np.array(a, dtype=float) for a in (theta, r, g))
    for i in np.ndindex(theta.shape):
        r[i] += g[i] ** 2
        theta[i] -= lr / (math.sqrt(r[i]) + eps) * g[i]
    return theta, r


@alternative(adagrad_step)
def adagrad_in_single_precision(theta, r, g, lr, eps=1e-7):
    """Everything in float32."""
    theta, r, g = (np.asarray(a, dtype=np.float32) for a in (theta, r, g))
    r = r + np.square(g)
    return theta - np.float32(lr) * g / (np.sqrt(r) + np.float32(eps)), r


@alternative(adagrad_step)
def adagrad_with_hypot(theta, r, g, lr, eps=1e-7):
    """The root of the new sum as a hypotenuse; a list of the two results."""
    theta, r, g = (np.asarray(a, dtype=float) for a in (theta, r, g))
    return [theta - lr * g / (np.hypot(np.sqrt(r), g) + eps), r + g**2]


# ---- RMSProp --------------------------------------------------------------------------------------


@alternative(rmsprop_step)
def rmsprop_weight_by_weight(theta, r, g, lr, rho=0.9, eps=1e-6):
    """A loop over the single weights with the square root of the math module."""
    theta, r, g = (np.array(a, dtype=float) for a in (theta, r, g))
    for i in np.ndindex(theta.shape):
        r[i] = rho * r[i] + (1 - rho) * g[i] ** 2
        theta[i] -= lr / (math.sqrt(r[i]) + eps) * g[i]
    return theta, r


@alternative(rmsprop_step)
def rmsprop_in_single_precision(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Everything in float32."""
    theta, r, g = (np.asarray(a, dtype=np.float32) for a in (theta, r, g))
    r = np.float32(rho) * r + np.float32(1 - rho) * np.square(g)
    return theta - np.float32(lr) * g / (np.sqrt(r) + np.float32(eps)), r


@alternative(rmsprop_step)
def rmsprop_moved_towards_the_new(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The mean moves a little towards the newest square: r + (1 - rho)(g² - r) is the same mean."""
    theta, r, g = (np.asarray(a, dtype=float) for a in (theta, r, g))
    r = r + (1 - rho) * (g**2 - r)
    return theta - lr * g / (r**0.5 + eps), r


# ---- Adam -----------------------------------------------------------------------------------------


@alternative(adam_step)
def adam_weight_by_weight(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """A loop over the single weights with the square root of the math module."""
    theta, m, v = (np.array(a, dtype=float) for a in (theta, m, v))
    g = np.array(g, dtype=float)
    t += 1
    for i in np.ndindex(theta.shape):
        m[i] = b1 * m[i] + (1 - b1) * g[i]
        v[i] = b2 * v[i] + (1 - b2) * g[i] ** 2
        theta[i] -= lr * (m[i] / (1 - b1**t)) / (math.sqrt(v[i] / (1 - b2**t)) + eps)
    return theta, m, v, t


@alternative(adam_step)
def adam_in_single_precision(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Everything in float32."""
    theta, m, v, g = (np.asarray(a, dtype=np.float32) for a in (theta, m, v, g))
    t += 1
    m = np.float32(b1) * m + np.float32(1 - b1) * g
    v = np.float32(b2) * v + np.float32(1 - b2) * np.square(g)
    m_hat = m / np.float32(1 - b1**t)
    v_hat = v / np.float32(1 - b2**t)
    return theta - np.float32(lr) * m_hat / (np.sqrt(v_hat) + np.float32(eps)), m, v, t


@alternative(adam_step)
def adam_moved_towards_the_new(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Each mean moves a little towards the newest value: m + (1 - b1)(g - m) is the same mean."""
    theta, m, v, g = (np.asarray(a, dtype=float) for a in (theta, m, v, g))
    m = m + (1 - b1) * (g - m)
    v = v + (1 - b2) * (g**2 - v)
    step = (m / (1 - b1 ** (t + 1))) / ((v / (1 - b2 ** (t + 1))) ** 0.5 + eps)
    return theta - lr * step, m, v, t + 1


@alternative(adam_step)
def adam_with_one_factor(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Both corrections drawn into the learning rate, with eps rescaled so that it means the same."""
    theta, m, v, g = (np.asarray(a, dtype=float) for a in (theta, m, v, g))
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    root = np.sqrt(1 - b2**t)
    return theta - lr * root / (1 - b1**t) * m / (np.sqrt(v) + eps * root), m, v, t


# ---- Newton's step --------------------------------------------------------------------------------


@alternative(newton_step)
def newton_by_the_inverse(theta, g, H, lr=1.0):
    """The inverse matrix, which costs more and is right as well."""
    return np.asarray(theta, dtype=float) - lr * np.linalg.inv(np.asarray(H, dtype=float)) @ np.asarray(g)


@alternative(newton_step)
def newton_along_the_axes(theta, g, H, lr=1.0):
    """In the coordinates of the eigenvectors each slope is divided by its own curvature."""
    theta, g, H = (np.asarray(a, dtype=float) for a in (theta, g, H))
    curvatures, Q = np.linalg.eigh(H)
    if np.min(np.abs(curvatures)) <= 1e-12 * np.max(np.abs(curvatures)):
        raise np.linalg.LinAlgError("Singular matrix")
    return theta - lr * np.einsum("ij,j,kj,k->i", Q, 1 / curvatures, Q, g)


@alternative(newton_step)
def newton_by_elimination(theta, g, H, lr=1.0):
    """Gauss's elimination with lists; a list comes back."""
    rows = [[float(h) for h in row] + [float(slope)] for row, slope in zip(H, g, strict=True)]
    n = len(rows)
    for i in range(n):
        best = max(range(i, n), key=lambda j: abs(rows[j][i]))
        rows[i], rows[best] = rows[best], rows[i]
        if rows[i][i] == 0:
            raise np.linalg.LinAlgError("Singular matrix")
        for j in range(n):
            if j != i:
                factor = rows[j][i] / rows[i][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [float(theta[i]) - lr * rows[i][n] / rows[i][i] for i in range(n)]


# ---- the best step along the gradient -------------------------------------------------------------


@alternative(optimal_step_size)
def best_step_by_sums(g, H):
    """Both products as sums over the single numbers."""
    square = sum(float(a) ** 2 for a in g)
    curvature = sum(
        float(a) * float(h) * float(b)
        for a, row in zip(g, H, strict=True)
        for h, b in zip(row, g, strict=True)
    )
    return square / curvature if curvature > 0 else float("inf")


@alternative(optimal_step_size)
def best_step_by_the_direction(g, H):
    """One over the curvature along the direction of length one; a NumPy number comes back."""
    g, H = np.asarray(g, dtype=float), np.asarray(H, dtype=float)
    if g @ H @ g <= 0:
        return np.inf
    u = g / np.linalg.norm(g)
    return 1 / np.einsum("i,ij,j->", u, H, u)


@alternative(optimal_step_size)
def best_step_in_single_precision(g, H):
    """Everything in float32."""
    g, H = np.asarray(g, dtype=np.float32), np.asarray(H, dtype=np.float32)
    curvature = g @ H @ g
    return np.dot(g, g) / curvature if curvature > 0 else np.float32(np.inf)


# ---- schedules ------------------------------------------------------------------------------------


@alternative(lr_at)
def schedules_by_match(kind, t, **p):
    """A match statement, with interpolation, logarithms and bisection."""
    match kind:
        case "linear":
            return np.interp(t, [0, p["tau"]], [p["e0"], p["etau"]])
        case "exponential":
            return p["lr0"] * math.exp(-math.log(10) * t / p["r"])
        case "power":
            return p["lr0"] * math.exp(-p["c"] * math.log1p(t / p["r"]))
        case "piecewise":
            return p["values"][bisect.bisect_right(p["boundaries"], t)] * 1.0
        case _:
            raise ValueError(kind)


def _stairs(t, boundaries, values):
    rate = values[0]
    for boundary, value in zip(boundaries, values[1:], strict=True):
        if t >= boundary:
            rate = value
    return float(rate)


@alternative(lr_at)
def schedules_in_a_table(kind, t, **p):
    """A table of functions, each with its own settings."""
    table = {
        "linear": lambda e0, etau, tau: e0 + (etau - e0) * min(t, tau) / tau,
        "exponential": lambda lr0, r: lr0 / 10 ** (t / r),
        "power": lambda lr0, r, c: lr0 / (1 + t / r) ** c,
        "piecewise": lambda boundaries, values: _stairs(t, boundaries, values),
    }
    if kind not in table:
        raise ValueError(f"{kind} is none of {', '.join(table)}")
    return table[kind](**p)


# ---- a schedule that watches ----------------------------------------------------------------------


class _WithAHistory:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.rates = [lr]
        self.settings = factor, patience, min_delta
        self.errors = []
        self.since = 0  # the number of the error from which on we wait

    def step(self, val_err):
        factor, patience, min_delta = self.settings
        self.errors.append(val_err)
        best = float("inf")
        for number, error in enumerate(self.errors, 1):
            if error < best - min_delta:
                best = error
                self.since = max(self.since, number)
        late = len(self.errors) - self.since == patience
        if late:
            self.since = len(self.errors)
        self.rates.append(self.rates[-1] * (factor if late else 1))
        return self.rates[-1]


@alternative(PlateauScheduler)
def scheduler_with_a_history(lr, factor, patience, min_delta=0):
    """Keeps all errors and looks through them from the beginning at each step."""
    return _WithAHistory(lr, factor, patience, min_delta)


class _CountingDown:
    def __init__(self, lr, factor, patience, min_delta=0):
        self.start, self.factor, self.patience, self.min_delta = lr, factor, patience, min_delta
        self.best, self.left, self.cuts = None, patience, 0

    def step(self, val_err):
        if self.best is None or self.best - val_err > self.min_delta:
            self.best, self.left = val_err, self.patience
        else:
            self.left -= 1
            if not self.left:
                self.cuts, self.left = self.cuts + 1, self.patience
        return np.float32(self.start * self.factor**self.cuts)


@alternative(PlateauScheduler)
def scheduler_counting_down(lr, factor, patience, min_delta=0):
    """Counts the patience that is left, and the cuts; the rates are float32."""
    return _CountingDown(lr, factor, patience, min_delta)


# ---- clipping -------------------------------------------------------------------------------------


@alternative(clip_by_norm)
def clipped_as_torch_does(grads, c):
    """As torch: divided by n + 1e-6, and never multiplied by more than 1."""
    grads = [np.asarray(g, dtype=float) for g in grads]
    n = np.linalg.norm([np.linalg.norm(g.ravel()) for g in grads])
    factor = min(1.0, c / (n + 1e-6))
    return [g * factor for g in grads]


@alternative(clip_by_norm)
def clipped_number_by_number(grads, c):
    """A loop over all numbers for the norm; a tuple comes back, and short gradients as they were."""
    n = math.hypot(*(float(x) for g in grads for x in np.asarray(g).flat))
    return tuple(np.array(g, dtype=float) if n <= c else np.array(g, dtype=float) / n * c for g in grads)


@alternative(clip_by_norm)
def clipped_in_single_precision(grads, c):
    """Everything in float32."""
    grads = [np.asarray(g, dtype=np.float32) for g in grads]
    n = np.sqrt(np.float32(sum(np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads)))
    return [g * np.float32(c) / max(n, np.float32(c)) for g in grads]


# ---- AlexNet --------------------------------------------------------------------------------------


@alternative(alexnet_update)
def alexnet_with_the_penalty_in_the_gradient(w, v, g, lr):
    """Momentum with the gradient of loss and penalty together."""
    w = np.asarray(w, dtype=float)
    return momentum_step(w, v, g + 0.0005 * w, lr, 0.9)


@alternative(alexnet_update)
def alexnet_weight_by_weight(w, v, g, lr):
    """A loop over the single weights."""
    w, v, g = (np.array(a, dtype=float) for a in (w, v, g))
    for i in np.ndindex(w.shape):
        v[i] = 0.9 * v[i] - 5e-4 * lr * w[i] - lr * g[i]
        w[i] += v[i]
    return w, v


@alternative(alexnet_update)
def alexnet_in_single_precision(w, v, g, lr):
    """Everything in float32."""
    w, v, g = (np.asarray(a, dtype=np.float32) for a in (w, v, g))
    v = np.float32(0.9) * v - np.float32(lr) * (np.float32(0.0005) * w + g)
    return w + v, v
