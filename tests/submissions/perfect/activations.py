import numpy as np


def arr(z):
    return np.array(z, dtype=float)


def sigmoid(z, lam=1.0):
    u = lam * arr(z)
    small = np.exp(-abs(u))
    return np.where(u < 0, small / (1 + small), 1 / (1 + small))


def sigmoid_derivative(z, lam=1.0):
    s = sigmoid(z, lam)
    return lam * s * sigmoid(-arr(z), lam)


def sigmoid_derivative_from_output(a):
    a = arr(a)
    return a - a**2


def tanh_derivative(z):
    return 4 * sigmoid_derivative(2 * arr(z))


def relu(z):
    z = arr(z)
    z[z < 0] = 0
    return z


def relu_derivative(z):
    return np.where(arr(z) > 0, 1.0, 0.0)


def leaky_relu(z, a=0.01):
    return relu(z) - a * relu(-arr(z))


def leaky_relu_derivative(z, a=0.01):
    on = relu_derivative(z)
    return on + a * (1 - on)


def prelu_backward(z, a, dout):
    z, a, dout = arr(z), arr(a), arr(dout)
    dz = dout.copy()
    da = np.zeros(a.shape)
    for c in range(z.shape[1]):
        low = z[:, c] <= 0
        dz[low, c] *= a[c]
        da[c] = dout[low, c] @ z[low, c]
    return dz, da


def elu(z, a):
    z = arr(z)
    low = z < 0
    z[low] = a * np.expm1(z[low])
    return z


def elu_derivative(z, a):
    z = arr(z)
    slope = np.ones(z.shape)
    slope[z < 0] = a * np.exp(z[z < 0])
    return slope


def selu(z):
    return 1.0507009873554805 * elu(z, 1.6732632423543772)


def relu6(z):
    return 6 - relu(6 - relu(z))


def softplus(z):
    return np.logaddexp(0, arr(z))


def piecewise_linear(z):
    return relu(arr(z) + 0.5) - relu(arr(z) - 0.5)


EXPLAIN = """
The slope of a sigmoid is never more than 1/4, and that only where z is 0. Behind ten layers the gradient has been
multiplied by ten such slopes, so at most 0.25 to the power of 10 is left, about a millionth (the weights come in as
well). The first layers therefore hardly learn anything.
"""
EXPLAIN_DEAD = """
Its slope is 0 for every example, so its weights and its bias get the gradient 0 and never move again: it is dead.
With a leak the slope is a, small but not 0, so the weights go on moving and the neuron can come back.
"""
