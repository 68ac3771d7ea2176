"""The sigmoid and its slope.

A step has no slope to learn from. The sigmoid is a step with the corners rubbed off: it goes from 0 to 1, and
it tells at each point how much a little more input would change the output. Back-propagation lives on that
slope.

Lectures: sigmoid 001:431 (with λ) and 001:1365 (without); its derivative 001:1371-1401; its largest value and
what follows from it for deep networks 002:709-717.

Symbols: z the weighted sum before the activation (the slides also write u, v or x); s the sigmoid's output;
lam the steepness λ.

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

    Source: lecture 001:1371-1401; λ from 001:431.

    Hint: with λ the chain rule brings a factor down, and λ also stays where it was.

    >>> print(np.round(sigmoid_derivative([-3.0, -0.5, 0.0, 0.7, 2.0]), 6).tolist())
    [0.045177, 0.235004, 0.25, 0.221713, 0.104994]
    >>> print(round(float(sigmoid_derivative(0.0, lam=4.0)), 6))
    1.0
    >>> print(np.round(sigmoid_derivative([-1000.0, 1000.0]), 6).tolist())
    [0.0, 0.0]
    """
    raise NotImplementedError("write sigmoid_derivative here")


# Task 3 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
