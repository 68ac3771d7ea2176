import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return 1 / (1 + np.exp(-lam * z))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return lam * np.exp(-lam * z) / (1 + np.exp(-lam * z)) ** 2


def sigmoid_derivative_from_output(a):
    a = np.asarray(a, dtype=float)
    return a * (1 - a)


def tanh_derivative(z):
    z = np.asarray(z, dtype=float)
    tanh = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return 1 - tanh**2


def relu(z):
    z = np.asarray(z, dtype=float)
    return z * (z > 0)


def relu_derivative(z):
    z = np.asarray(z, dtype=float)
    return (z > 0).astype(float)


def leaky_relu(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return z * (z > 0) + a * z * (z <= 0)


def leaky_relu_derivative(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return (z > 0) + a * (z <= 0)


def prelu_backward(z, a, dout):
    z = np.asarray(z, dtype=float)
    a = np.asarray(a, dtype=float)
    dout = np.asarray(dout, dtype=float)
    dz = dout * (z > 0) + a * dout * (z <= 0)
    da = (dout * z * (z <= 0)).sum(axis=0)
    return dz, da


def elu(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, a * (np.exp(z) - 1))


def elu_derivative(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1, a * np.exp(z))


def selu(z):
    return 1.0507009873554805 * elu(z, 1.6732632423543772)


def relu6(z):
    z = np.asarray(z, dtype=float)
    return np.minimum(np.maximum(z, 0), 6)


def softplus(z):
    z = np.asarray(z, dtype=float)
    return np.log(1 + np.exp(z))


def piecewise_linear(z):
    z = np.asarray(z, dtype=float)
    return np.where(z <= -0.5, 0, np.where(z >= 0.5, 1, z + 0.5))


EXPLAIN = """
Each sigmoid has a slope of at most 0.25. After ten of them at most 0.25^10 = 0.00000095 of the gradient is left, so
the front layers learn next to nothing.
"""
EXPLAIN_DEAD = """
The slope is 0 for all examples, the gradient of its weights is 0, it stays off for ever. With a leak there is still
the slope a and the weights can move until the sum is positive again.
"""
