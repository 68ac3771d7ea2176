"""Momentum and Adam: what to remember from the gradients already seen.

Plain gradient descent forgets every gradient as soon as it has used it. Momentum keeps a velocity, so that
the weights roll through small bumps and across narrow valleys. Adam keeps two running means, one of the
gradient and one of its square, and divides one by the root of the other, so that every weight takes steps of
about the same length.

Lectures: momentum 001:2440-2451, 000:517-523; Adam 001:2640-2664, 000:560-581, 002:1043-1060.
Paper: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

Symbols: theta the weights; g the gradient of the loss at theta; lr the learning rate (the slides write ε or
η); mu the momentum (α, λ, β); v the velocity or, in Adam, the mean of the squared gradients (r, s); m the
mean of the gradients (s); t the number of steps already done; b1, b2 how much of each mean is kept (ρ1, ρ2);
eps the small number that keeps us from dividing by zero (δ).

Conventions: both functions are pure. The state goes in as arguments and comes out in the result; nothing is
remembered between calls, and no argument is changed. Weights, gradient and state all have the same shape,
whatever it is. Lists and whole numbers are welcome; what comes back is float64.
"""

import numpy as np


def momentum_step(theta, v, g, lr, mu):
    """Take one step of gradient descent with momentum.

        v     <-  mu v - lr g
        theta <-  theta + v          (the new v)

    The velocity points where the weights go: downhill. The learning rate is inside it.

    Args:
        theta: Weights, array of any shape.
        v: Velocity before the step, same shape; zeros at the very beginning.
        g: Gradient of the loss at theta, same shape.
        lr: Learning rate, a float > 0.
        mu: Momentum, a float from 0 (none) to 1 (no friction).

    Returns:
        (theta, v): weights and velocity after the step, two new float64 arrays.

    Source: lecture 001:2444.

    Hint: the weights move by the velocity you have just computed, not by the one you were given.

    >>> theta, v = momentum_step([1.0, -2.0], [0.5, 0.0], [2.0, -1.0], lr=0.1, mu=0.9)
    >>> print(np.round(v, 6).tolist())
    [0.25, 0.1]
    >>> print(np.round(theta, 6).tolist())
    [1.25, -1.9]
    """
    raise NotImplementedError("write momentum_step here")


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Take one step of Adam.

        t     <-  t + 1
        m     <-  b1 m + (1 - b1) g            mean of the gradients
        v     <-  b2 v + (1 - b2) g²           mean of their squares, weight by weight
        m_hat  =  m / (1 - b1^t)               both corrected for having started at zero
        v_hat  =  v / (1 - b2^t)
        theta <-  theta - lr m_hat / (√v_hat + eps)

    eps stands outside the root. The m and v that come back are the means themselves; the corrected ones are
    used for this step and then forgotten.

    Args:
        theta: Weights, array of any shape.
        m: Mean of the gradients so far, same shape; zeros at the very beginning.
        v: Mean of the squared gradients so far, same shape; zeros at the very beginning.
        t: Number of steps done before this one, an int; 0 at the very beginning.
        g: Gradient of the loss at theta, same shape.
        lr: Learning rate, a float > 0.
        b1: Share of m that is kept, a float from 0 to below 1.
        b2: Share of v that is kept, a float from 0 to below 1.
        eps: Small float > 0 that keeps the denominator from zero.

    Returns:
        (theta, m, v, t): weights, the two uncorrected means (three new float64 arrays), and t + 1.

    Source: Kingma & Ba 2015, algorithm 1; lecture 001:2660 (which has eps inside the root).

    Hint: raise t first. At the first step 1 - b1^t has to be 1 - b1, not zero.

    The very first step is lr long whatever the gradient, here 0.001 downhill for both weights:

    >>> theta, m, v, t = adam_step([0.0, 0.0], [0.0, 0.0], [0.0, 0.0], 0, [0.5, -40.0])
    >>> print(np.round(theta, 6).tolist(), t)
    [-0.001, 0.001] 1
    >>> print(np.round(m, 6).tolist(), np.round(v, 6).tolist())
    [0.05, -4.0] [0.00025, 1.6]

    One weight, three steps with the gradients 0.5, -0.3 and 0.8:

    >>> w, m, v, t = 0.0, 0.0, 0.0, 0
    >>> for g in (0.5, -0.3, 0.8):
    ...     w, m, v, t = adam_step(w, m, v, t, g)
    ...     print(t, round(float(w), 8))
    1 -0.001
    2 -0.0011915
    3 -0.00179503
    """
    raise NotImplementedError("write adam_step here")


# Task 3 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
