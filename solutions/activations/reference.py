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
    ### BEGIN SOLUTION
    x = lam * np.asarray(z, dtype=float)  # any shape

    # Two forms of one fraction, each safe on its own side:
    #     x >= 0:   1 / (1 + e^-x)
    #     x <  0:   e^x / (1 + e^x)        (both parts multiplied by e^x)
    # The exponential in both is e^-|x|, which lies between 0 and 1 and cannot overflow.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e) / (1.0 + e)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    s = sigmoid(z, lam=lam)  # any shape

    # s = 1 / (1 + e) with e = exp(-lam z), and de/dz = -lam e. So
    #     s' = lam e / (1 + e)² = lam · 1 / (1 + e) · e / (1 + e) = lam s (1 - s).
    # The forward pass has s already, which makes the slope almost free, and the last form has no exponential
    # left that could overflow.
    return lam * s * (1.0 - s)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    a = np.asarray(a, dtype=float)  # any shape

    # s' = s (1 - s) holds no z: the output says by itself how steep the curve was there.
    return a * (1.0 - a)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    t = np.tanh(np.asarray(z, dtype=float))  # any shape

    # With S = e^z - e^-z and C = e^z + e^-z we have t = S / C, S' = C and C' = S. The quotient rule gives
    #     t' = (C² - S²) / C² = 1 - t².
    # tanh is a sigmoid stretched to -1 … 1, t(z) = 2 s(2z) - 1, so its slope is four times that of s at 2z.
    return 1.0 - t * t
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    # One comparison a number, no exponential: part of its success is that it is cheap.
    return np.maximum(np.asarray(z, dtype=float), 0.0)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # A gradient passes whole or not at all. Behind ten such neurons that fire it is as large as before, where
    # ten sigmoids leave a millionth; but a neuron that never fires never hears that it should.
    return (z > 0).astype(float)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # The slides write max(z, a z), which is the same as long as a z lies above z on the left: for a <= 1. A
    # learned a (PReLU) keeps no such promise.
    return np.where(z > 0, z, a * z)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # A neuron on the negative side still hears a share a of every gradient, so it can come back to life.
    return np.where(z > 0, 1.0, a)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z, dout = np.asarray(z, dtype=float), np.asarray(dout, dtype=float)  # (N, C)
    a = np.asarray(a, dtype=float)  # (C,), lies under every row
    below = z <= 0  # (N, C)

    # ∂y/∂z is 1 above and a below. ∂y/∂a is 0 above, where a does not occur, and z below. Every example
    # went through the same a_c, so a_c hears from all of them: a sum over n, and over n alone.
    dz = dout * np.where(below, a, 1.0)  # (N, C)
    da = np.sum(dout * z * below, axis=0)  # (C,)
    return dz, da
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # The positive part as it is and the negative part bent. Whichever does not count is 0, and e^0 - 1 is 0
    # as well; so the exponential never sees a positive number. Near 0, e^z is 1 + z, and of z = -1e-12 the
    # sum 1 + z keeps four digits; expm1 never adds the 1.
    return np.maximum(z, 0.0) + a * np.expm1(np.minimum(z, 0.0))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # From the left the slope arrives at a e^0 = a, on the right it is 1: smooth at 0 for a = 1 only. The way
    # back can do without the exponential, since a e^z = f(z) + a.
    return np.where(z >= 0, 1.0, a) * np.exp(np.minimum(z, 0.0))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    lam, alpha = 1.0507009873554805, 1.6732632423543772

    # The two numbers solve two equations: for z from N(0, 1), E[f(z)] = 0 and E[f(z)²] = 1. A layer that
    # gets such sums hands on such outputs, and no normalisation is needed in between.
    return lam * elu(z, alpha)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    # A ceiling keeps the numbers in a known range, which helps where they are stored with few bits.
    return np.minimum(relu(z), 6.0)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)  # any shape

    # log(1 + e^z) = z + log(1 + e^-z). The left form is safe for z <= 0, the right one for z >= 0; in both
    # the exponential is e^-|z|, between 0 and 1, and what stands in front is max(z, 0).
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    # The middle line leaves [0, 1] exactly where the outer ones begin, so holding it there is all it takes.
    return np.clip(np.asarray(z, dtype=float) + 0.5, 0.0, 1.0)
    ### END SOLUTION


# Tasks 12 and 13 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_DEAD = """
"""
