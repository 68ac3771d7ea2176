"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import sigmoid, sigmoid_derivative


@alternative(sigmoid)
def sigmoid_by_tanh(z, lam=1.0):
    """The sigmoid is a tanh of half the width, moved up: (1 + tanh(x / 2)) / 2."""
    return 0.5 * (1.0 + np.tanh(0.5 * lam * np.asarray(z, dtype=float)))


@alternative(sigmoid)
def sigmoid_with_clipped_input(z, lam=1.0):
    """The textbook form, with the input kept within ±500, where exp still holds."""
    return 1.0 / (1.0 + np.exp(-np.clip(lam * np.asarray(z, dtype=float), -500, 500)))


@alternative(sigmoid)
def sigmoid_number_by_number(z, lam=1.0):
    """A loop over the single numbers with two branches; nested lists come back."""
    if np.ndim(z):
        return [sigmoid_number_by_number(part, lam) for part in z]
    x = lam * float(z)
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


@alternative(sigmoid)
def sigmoid_by_logaddexp(z, lam=1.0):
    """By NumPy's own safe log of a sum: -log s = log(1 + e^-x)."""
    return np.exp(-np.logaddexp(0.0, -lam * np.asarray(z, dtype=float)))


@alternative(sigmoid)
def sigmoid_in_single_precision(z, lam=1.0):
    """Everything in float32, with a mask for either side."""
    x = np.float32(lam) * np.asarray(z, dtype=np.float32)
    right = x >= 0
    e = np.exp(np.where(right, -x, x))
    return np.where(right, 1 / (1 + e), e / (1 + e))


@alternative(sigmoid_derivative)
def slope_by_tanh(z, lam=1.0):
    """By the hyperbolic tangent: lam (1 - tanh²(x / 2)) / 4."""
    return lam * (1.0 - np.tanh(0.5 * lam * np.asarray(z, dtype=float)) ** 2) / 4.0


@alternative(sigmoid_derivative)
def slope_of_the_mirrored_side(z, lam=1.0):
    """The slope is the same at -z, so the quotient form is safe with |z|."""
    e = np.exp(-lam * np.abs(np.asarray(z, dtype=float)))
    return lam * e / (1.0 + e) ** 2


@alternative(sigmoid_derivative)
def slope_number_by_number(z, lam=1.0):
    """A loop over the single numbers; nested lists come back."""
    if np.ndim(z):
        return [slope_number_by_number(part, lam) for part in z]
    s = sigmoid_number_by_number(z, lam)
    return lam * (s - s * s)


@alternative(sigmoid_derivative)
def slope_in_single_precision(z, lam=1.0):
    """Everything in float32."""
    s = sigmoid_in_single_precision(z, lam)
    return np.float32(lam) * s * (1 - s)
