import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return 0.5 * (1 + np.tanh(lam * z / 2))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    return lam * z * (1 - z)


def sigmoid_derivative_from_output(a):
    return sigmoid_derivative(a)


def tanh_derivative(z):
    z = np.asarray(z, dtype=float)
    return 1 - z**2


def relu(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, 0.0)


def relu_derivative(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, a * z)


def leaky_relu_derivative(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1.0, a)


def prelu_backward(z, a, dout):
    z = np.asarray(z, dtype=float)
    a = np.asarray(a, dtype=float)
    dout = np.asarray(dout, dtype=float)
    negative = z <= 0
    dz = np.where(negative, a * dout, dout)
    da = np.where(negative, z * dout, 0.0).sum(axis=0)
    return dz, da


def elu(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, a * np.expm1(np.where(z >= 0, 0.0, z)))


def elu_derivative(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1.0, a * np.exp(np.where(z >= 0, 0.0, z)))


def selu(z):
    return 1.0507009873554805 * elu(z, 1.6732632423543772)


def relu6(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 6, 6.0, np.where(z > 0, z, 0.0))


def softplus(z):
    z = np.asarray(z, dtype=float)
    # log(1 + e^z) = z + log(1 + e^-z), whichever does not overflow
    return np.where(z > 0, z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def piecewise_linear(z):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0.5, 1.0, np.where(z > -0.5, z + 0.5, 0.0))


EXPLAIN = """
Ten slopes of at most 1/4 multiply to about one millionth, so the first layers learn nothing.
"""
EXPLAIN_DEAD = """
It gives 0 and its gradient is 0, so it can never change. With the leak some gradient (one hundredth) gets through.
"""
