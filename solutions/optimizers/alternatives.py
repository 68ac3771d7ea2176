"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import adam_step, momentum_step


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
