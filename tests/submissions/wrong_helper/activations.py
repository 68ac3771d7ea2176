import numpy as np


def sigmoid(z, lam=1.0):
    # forgot the steepness
    return 0.5 * (1.0 + np.tanh(np.asarray(z, dtype=float) / 2))


def sigmoid_derivative(z, lam=1.0):
    s = sigmoid(z, lam)
    return lam * s * (1.0 - s)


def sigmoid_derivative_from_output(a):
    a = np.asarray(a, dtype=float)
    return a * (1.0 - a)


def tanh_derivative(z):
    return 1.0 - np.square(np.tanh(np.asarray(z, dtype=float)))


def relu(z):
    return np.clip(np.asarray(z, dtype=float), 0.0, None)


def relu_derivative(z):
    return np.heaviside(np.asarray(z, dtype=float), 0.0)


def leaky_relu(z, a=0.01):
    return np.asarray(z, dtype=float) * leaky_relu_derivative(z, a)


def leaky_relu_derivative(z, a=0.01):
    positive = relu_derivative(z)
    return positive + a * (1.0 - positive)


def prelu_backward(z, a, dout):
    z, dout = np.asarray(z, dtype=float), np.asarray(dout, dtype=float)
    dz = dout * leaky_relu_derivative(z, np.asarray(a, dtype=float))
    da = np.einsum("nc,nc->c", dout, np.clip(z, None, 0.0))
    return dz, da


def elu(z, a):
    z = np.asarray(z, dtype=float)
    return relu(z) + a * np.expm1(np.clip(z, None, 0.0))


def elu_derivative(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z < 0.0, a * np.exp(np.clip(z, None, 0.0)), 1.0)


def selu(z):
    return 1.0507009873554805 * elu(z, 1.6732632423543772)


def relu6(z):
    return np.clip(np.asarray(z, dtype=float), 0.0, 6.0)


def softplus(z):
    return np.logaddexp(np.asarray(z, dtype=float), 0.0)


def piecewise_linear(z):
    return np.interp(np.asarray(z, dtype=float), [-0.5, 0.5], [0.0, 1.0])


EXPLAIN = """
The slope of the sigmoid is at most a quarter. Ten layers multiply ten of them, so at most 1e-6 of the gradient comes
to the first layer, and it does not learn.
"""
EXPLAIN_DEAD = """
Its slope is zero everywhere, no gradient comes to its weights and it never fires again. A leak lets a share a of the
gradient through, so it learns slowly and may fire again.
"""
