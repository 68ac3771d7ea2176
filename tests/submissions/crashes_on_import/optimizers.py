import numpy as np
import matplotlib.pyplot as plt

losses = np.loadtxt("training_losses.csv")
plt.plot(losses)


def sgd_step(theta, g, lr):
    return np.asarray(theta) - lr * np.asarray(g)


def momentum_step(theta, v, g, lr, mu):
    v = mu * v - lr * g
    return theta + v, v


def nesterov_step(theta, v, grad_fn, lr, mu):
    v = mu * v - lr * grad_fn(theta + mu * v)
    return theta + v, v


def adagrad_step(theta, r, g, lr, eps=1e-7):
    r = r + g**2
    return theta - lr * g / (np.sqrt(r) + eps), r


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    r = rho * r + (1 - rho) * g**2
    return theta - lr * g / (np.sqrt(r) + eps), r


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    return theta - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


def newton_step(theta, g, H, lr=1.0):
    return theta - lr * np.linalg.inv(H) @ g


def optimal_step_size(g, H):
    return g @ g / (g @ H @ g) if g @ H @ g > 0 else np.inf


def clip_by_norm(grads, c):
    n = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * min(1, c / n) for g in grads]


def alexnet_update(w, v, g, lr):
    v = 0.9 * v - 0.0005 * lr * w - lr * g
    return w + v, v
