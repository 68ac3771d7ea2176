"""Activation functions and their derivatives.

Without a bend between them, layers collapse into one: a matrix times a matrix is a matrix. The activation is
that bend, and its slope is all that back-propagation ever sees of it. Where the slope is nearly 0, nothing is
learned; so the history of activations is the history of their slopes, from the sigmoid, which is flat on both
sides, to those that are flat on one side or on none.

Lectures: sigmoid 001:431 (with λ) and 001:1365 (without); its derivative 001:1369-1401; its largest value and
what follows from it for deep networks 002:709-717; tanh 001:1414-1416; ReLU 001:1425-1431; dying ReLUs
001:3046-3065; leaky ReLU 001:3082 and 002:788; PReLU 001:3073 and 002:796; ELU 001:3104 and 002:802; SELU
001:3121; ReLU6 001:3125; softplus 001:3040 and 002:212; piecewise linear 002:208.
Papers: SELU, Klambauer, Unterthiner, Mayr and Hochreiter 2017; PReLU, He, Zhang, Ren and Sun 2015.

Symbols: z the weighted sum before the activation (the slides also write u, v or x); s the sigmoid's output;
lam the steepness λ of the sigmoid; a the size of the negative side of leaky ReLU, PReLU and ELU; dout the
gradient of the loss by an output. In `sigmoid_derivative_from_output` alone, a is that output.

Conventions: z has any shape and the result has the same. Lists, whole numbers and single numbers are welcome;
what comes back is float64. The argument is not changed. There is no NaN, no infinity and no NumPy warning for
any finite z, be it 1000 or -1000. (An underflow to 0 is no warning: NumPy is silent about it.)
"""

import numpy as np


def sigmoid(z, lam=1.0):
    """Squash z into the interval from 0 to 1.

        s(z) = 1 / (1 + exp(-lam z))

    Args:
        z: Weighted sums, array of any shape.
        lam: Steepness λ, a float > 0; the usual sigmoid has 1.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:431.

    Hint: exp overflows above 709, but never where its argument is zero or negative. Multiplying numerator and
    denominator by the same exp(…) gives a second form of the same fraction.

    >>> print(np.round(sigmoid([-2.0, 0.0, 2.0]), 6).tolist())
    [0.119203, 0.5, 0.880797]
    >>> print(round(float(sigmoid(0.5, lam=4.0)), 6))
    0.880797
    >>> print(np.round(sigmoid([-1000.0, 1000.0]), 6).tolist())
    [0.0, 1.0]

    The snowboarder of lecture 002:334, good weather and powder but a long drive:

    >>> print(round(float(sigmoid(1 * 0.3 + 1 * 0.6 + 0 * 0.1)), 6))
    0.71095
    """
    raise NotImplementedError("write sigmoid here")


def sigmoid_derivative(z, lam=1.0):
    """Compute the slope of the sigmoid at z.

        s'(z) = lam s (1 - s)    with s = sigmoid(z, lam)

    z is the input of the sigmoid (the weighted sum), not its output.

    Args:
        z: Weighted sums, array of any shape.
        lam: Steepness λ of the sigmoid whose slope is wanted, a float > 0.

    Returns:
        float64 array of the shape of z: ds/dz, largest at 0, where it is lam / 4.

    Source: lecture 001:1369-1401; λ from 001:431.

    Hint: with λ the chain rule brings a factor down, and λ also stays where it was.

    >>> print(np.round(sigmoid_derivative([-3.0, -0.5, 0.0, 0.7, 2.0]), 6).tolist())
    [0.045177, 0.235004, 0.25, 0.221713, 0.104994]
    >>> print(round(float(sigmoid_derivative(0.0, lam=4.0)), 6))
    1.0
    >>> print(np.round(sigmoid_derivative([-1000.0, 1000.0]), 6).tolist())
    [0.0, 0.0]
    """
    raise NotImplementedError("write sigmoid_derivative here")


def sigmoid_derivative_from_output(a):
    """Compute the slope of the sigmoid (λ = 1) from what it gave.

        ds/dz    as a function of a = s(z)

    The way forward has computed a already; on the way back there is no need for z.

    Args:
        a: Outputs of the sigmoid, array of any shape, from 0 to 1, both included.

    Returns:
        float64 array of the shape of a.

    Source: lecture 001:1401.

    Hint: a has been through the sigmoid. What is left of the formula of `sigmoid_derivative`?

    >>> print(np.round(sigmoid_derivative_from_output([0.0, 0.2, 0.5, 0.8, 1.0]), 6).tolist())
    [0.0, 0.16, 0.25, 0.16, 0.0]
    """
    raise NotImplementedError("write sigmoid_derivative_from_output here")


def tanh_derivative(z):
    """Compute the slope of the hyperbolic tangent at z.

        t'(z)    with    t(z) = tanh(z) = (exp(z) - exp(-z)) / (exp(z) + exp(-z))

    z is the input of tanh, not its output.

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z, largest at 0, where it is 1.

    Source: lecture 001:1416.

    Hint: NumPy has a tanh that bears ±1000. Written with t, the slope has no exponential left.

    >>> print(np.round(tanh_derivative([-2.0, -0.5, 0.0, 0.5, 2.0]), 6).tolist())
    [0.070651, 0.786448, 1.0, 0.786448, 0.070651]
    >>> print(np.round(tanh_derivative([-1000.0, 1000.0]), 6).tolist())
    [0.0, 0.0]
    """
    raise NotImplementedError("write tanh_derivative here")


def relu(z):
    """Let positive numbers pass and cut off the negative ones.

        r(z) = max(0, z)

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:1425 and 002:211.

    Hint: np.max looks for the largest number of one array. Which function compares two, number by number?

    >>> print(relu([-2.0, -0.5, 0.0, 0.25, 2.0]).tolist())
    [0.0, 0.0, 0.0, 0.25, 2.0]
    """
    raise NotImplementedError("write relu here")


def relu_derivative(z):
    """Compute the slope of `relu` at z.

        r'(z) = 1 where z > 0, and 0 elsewhere

    At z = 0 there is a corner, and no slope; the lecture, and we, take 0 there.

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:1431.

    Hint: a comparison gives True and False; what are they as numbers?

    >>> print(relu_derivative([-2.0, -0.5, 0.0, 0.25, 2.0]).tolist())
    [0.0, 0.0, 0.0, 1.0, 1.0]
    """
    raise NotImplementedError("write relu_derivative here")


def leaky_relu(z, a=0.01):
    """Let positive numbers pass and multiply the others by a.

        f(z) = z      where z > 0
        f(z) = a z    elsewhere

    Args:
        z: Weighted sums, array of any shape.
        a: Slope of the negative side, a float >= 0; it may be larger than 1.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:3082 and 002:788, both for a < 1.

    Hint: the side is chosen by the sign of z, whatever a is. `np.where` chooses number by number.

    >>> print(leaky_relu([-2.0, -0.5, 0.0, 3.0]).tolist())
    [-0.02, -0.005, 0.0, 3.0]
    >>> print(leaky_relu([-2.0, 2.0], a=1.5).tolist())
    [-3.0, 2.0]
    """
    raise NotImplementedError("write leaky_relu here")


def leaky_relu_derivative(z, a=0.01):
    """Compute the slope of `leaky_relu` at z.

    At z = 0 there is a corner; as torch does, we take the slope of the negative side, a.

    Args:
        z: Weighted sums, array of any shape.
        a: Slope of the negative side, a float >= 0; it may be larger than 1.

    Returns:
        float64 array of the shape of z: df/dz.

    Source: the derivative of lecture 001:3082.

    Hint: two straight lines have two slopes, and neither depends on how far from 0 z is.

    >>> print(leaky_relu_derivative([-2.0, 0.0, 3.0]).tolist())
    [0.01, 0.01, 1.0]
    >>> print(leaky_relu_derivative([-2.0, 2.0], a=1.5).tolist())
    [1.5, 1.0]
    """
    raise NotImplementedError("write leaky_relu_derivative here")


def prelu_backward(z, a, dout):
    """Lead a gradient back through a layer of leaky ReLUs whose slopes are learned, one for each channel.

        forward:  y_nc = z_nc          where z_nc > 0
                  y_nc = a_c z_nc      elsewhere
        back:     dz_nc = ∂E/∂z_nc  and  da_c = ∂E/∂a_c    from    dout_nc = ∂E/∂y_nc

    At z = 0 the slope is that of the negative side, as in `leaky_relu_derivative`.

    Args:
        z: Weighted sums (N, C), one example a row.
        a: Slopes of the negative sides (C,), any numbers, below 0 and above 1 as well.
        dout: Gradient of the loss by the outputs (N, C).

    Returns:
        (dz, da): float64 arrays (N, C) and (C,). Nothing is averaged here: the loss has done so already.

    Source: lecture 001:3073-3076 and 002:796; He et al. 2015.

    Hint: one a_c has a hand in N outputs. Write down ∂y_nc/∂a_c for either sign of z_nc, then the chain rule.

    >>> dz, da = prelu_backward([[2.0, -1.0], [-3.0, -2.0]], [0.5, 0.1], [[1.0, 10.0], [2.0, 20.0]])
    >>> print(dz.tolist())
    [[1.0, 1.0], [1.0, 2.0]]
    >>> print(da.tolist())
    [-6.0, -50.0]
    """
    raise NotImplementedError("write prelu_backward here")


def elu(z, a):
    """Let positive numbers pass and bend the others towards -a.

        f(z) = z                 where z >= 0
        f(z) = a (exp(z) - 1)    elsewhere

    Args:
        z: Weighted sums, array of any shape.
        a: How far down the negative side goes, a float >= 0.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:3104 and 002:802.

    Hint: exp overflows above 709, also where `np.where` will not use it, and 0 times infinity is NaN. For a z
    very near 0, exp(z) - 1 loses its digits; NumPy has a function that keeps them.

    >>> print(np.round(elu([-1000.0, -1.0, 0.0, 1000.0], 2.0), 6).tolist())
    [-2.0, -1.264241, 0.0, 1000.0]
    """
    raise NotImplementedError("write elu here")


def elu_derivative(z, a):
    """Compute the slope of `elu` at z.

    At z = 0 the slope is 1, that of the positive side.

    Args:
        z: Weighted sums, array of any shape.
        a: The a of `elu`, a float >= 0.

    Returns:
        float64 array of the shape of z: df/dz.

    Source: the derivative of lecture 001:3104.

    Hint: a constant falls away, a factor stays. And 1000 must not meet exp.

    >>> print(np.round(elu_derivative([-1000.0, -1.0, 1000.0], 2.0), 6).tolist())
    [0.0, 0.735759, 1.0]
    """
    raise NotImplementedError("write elu_derivative here")


def selu(z):
    """Compute the scaled ELU, which keeps mean 0 and variance 1 from layer to layer.

        f(z) = λ z                 where z > 0
        f(z) = λ α (exp(z) - 1)    elsewhere
        λ = 1.0507009873554805,  α = 1.6732632423543772

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:3121; the two numbers from Klambauer et al. 2017.

    Hint: only the factor λ is new.

    >>> print(np.round(selu([-1000.0, -1.0, 0.0, 2.0]), 6).tolist())
    [-1.758099, -1.111331, 0.0, 2.101402]
    """
    raise NotImplementedError("write selu here")


def relu6(z):
    """Cut off below 0 and above 6.

        f(z) = min(max(0, z), 6)

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z.

    Source: lecture 001:3125.

    Hint: two comparisons, number by number.

    >>> print(relu6([-2.0, 0.5, 6.0, 7.5]).tolist())
    [0.0, 0.5, 6.0, 6.0]
    """
    raise NotImplementedError("write relu6 here")


def softplus(z):
    """Compute the smooth relative of `relu`.

        f(z) = log(1 + exp(z))

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z, correct to many digits at -40 and at 800 as well.

    Source: lecture 001:3040 and 002:212.

    Hint: take the large part out of the logarithm, so that what is left in exp is never positive. For a tiny
    x the sum 1 + x is 1; NumPy has a function for log(1 + x) that keeps the x.

    >>> print(np.round(softplus([-2.0, -0.5, 0.0, 0.5, 2.0]), 6).tolist())
    [0.126928, 0.474077, 0.693147, 0.974077, 2.126928]
    >>> print(float(softplus(800.0)), f"{float(softplus(-40.0)):.5e}")
    800.0 4.24835e-18
    """
    raise NotImplementedError("write softplus here")


def piecewise_linear(z):
    """Replace the sigmoid by three straight lines.

        f(z) = 0          where z <= -1/2
        f(z) = z + 1/2    between
        f(z) = 1          where z >= 1/2

    Args:
        z: Weighted sums, array of any shape.

    Returns:
        float64 array of the shape of z, from 0 to 1.

    Source: lecture 002:208.

    Hint: three lines, one call.

    >>> print(piecewise_linear([-2.0, -0.5, -0.25, 0.0, 0.25, 0.5, 2.0]).tolist())
    [0.0, 0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """
    raise NotImplementedError("write piecewise_linear here")


# Tasks 12 and 13 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_DEAD = """
"""
