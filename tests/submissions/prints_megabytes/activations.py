import numpy as np


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    for i in range(2000):
        print("debug: we are in the sigmoid now, round", i, "of the loop" + "." * 500)
    return 0.5 * (1 + np.tanh(0.5 * lam * z))


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(lam * z))
    return lam * e / (1 + e) ** 2


def sigmoid_derivative_from_output(a):
    a = np.asarray(a, dtype=float)
    print("debug: output", a)
    return a * (1 - a)


def tanh_derivative(z):
    z = np.asarray(z, dtype=float)
    print("debug: tanh derivative of", z)
    return 1 - np.tanh(z) * np.tanh(z)


def relu(z):
    return np.maximum(np.asarray(z, dtype=float), 0)


def relu_derivative(z):
    return np.where(np.asarray(z, dtype=float) > 0, 1.0, 0.0)


def leaky_relu(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1, a) * z


def leaky_relu_derivative(z, a=0.01):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, 1.0, a)


def prelu_backward(z, a, dout):
    z = np.asarray(z, dtype=float)
    dout = np.asarray(dout, dtype=float)
    print("debug: shapes", z.shape, dout.shape)
    dz = dout * leaky_relu_derivative(z, np.asarray(a, dtype=float))
    da = np.sum(dout * np.minimum(z, 0), axis=0)
    return dz, da


def elu(z, a):
    z = np.asarray(z, dtype=float)
    negative = np.minimum(z, 0)
    print("debug: the negative part is", negative)
    return np.maximum(z, 0) + a * np.expm1(negative)


def elu_derivative(z, a):
    z = np.asarray(z, dtype=float)
    return np.where(z < 0, a * np.exp(np.minimum(z, 0)), 1)


def selu(z):
    lam, alpha = 1.0507009873554805, 1.6732632423543772
    print("debug: selu")
    return lam * elu(z, alpha)


def relu6(z):
    return np.minimum(6, relu(z))


def softplus(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 0, z, 0) + np.log1p(np.exp(-abs(z)))


def piecewise_linear(z):
    z = np.asarray(z, dtype=float)
    return np.minimum(np.maximum(z + 0.5, 0), 1)
