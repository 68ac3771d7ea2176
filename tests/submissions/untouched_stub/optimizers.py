"""Optimizers: which way a step goes, how long it is, and what it remembers of the steps before.

The gradient says which way is uphill, for steps that are short enough, and nothing else. Plain gradient
descent forgets every gradient as soon as it has used it. Momentum keeps a velocity, so that the weights roll
through small bumps and across narrow valleys; Nesterov asks for the gradient where that velocity is about to
carry them. AdaGrad, RMSProp and Adam remember how large the gradients of each weight have been and divide by
it, so that every weight takes steps of about the same length. Newton's method asks for the curvature as well
and needs to remember nothing. And whatever the rule is, its learning rate may fall in the course of training,
and its gradients may be cut to size.

Lectures: the plain step 001:2404; momentum 001:2440-2451, 000:517-523; Nesterov 001:2507-2509, 002:994-997;
AdaGrad 001:2565; RMSProp 001:2602; Adam 001:2640-2664, 000:560-581, 002:1043-1060; the best step and Newton's
001:2207-2234; learning rates 001:2376-2386, 002:1088-1102, 001:5160; clipping 002:856-871, 001:9005; AlexNet
001:5163.
Paper: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.

Symbols: theta the weights (w in AlexNet's update); g the gradient of the loss at theta, H its second
derivatives; lr the learning rate (the slides write ε or η); mu the momentum (α, λ, β); v the velocity or, in
Adam, the mean of the squared gradients (r, s); r the sum or mean of the squared gradients in AdaGrad and
RMSProp (s); rho how much of that mean is kept (β); m the mean of the gradients (s); t the number of steps
already done; b1, b2 how much of each mean is kept (ρ1, ρ2); eps the small number that keeps us from dividing
by zero (δ); c the largest norm that is allowed, or an exponent.

Conventions: all functions are pure. The state goes in as arguments and comes out in the result; nothing is
remembered between calls, and no argument is changed. Only the one class, `PlateauScheduler`, has a memory of
its own. Weights, gradient and state all have the same shape, whatever it is. Lists and whole numbers are
welcome; what comes back is float64. eps stands outside the root everywhere.
"""

import math

import numpy as np


def sgd_step(theta, g, lr):
    """Take one plain step of gradient descent.

        theta <- theta - lr g

    It is called stochastic when g comes from a few samples, chosen at random, and not from all of them. The
    step is the same.

    Args:
        theta: Weights, array of any shape.
        g: Gradient of the loss at theta, same shape.
        lr: Learning rate, a float > 0.

    Returns:
        theta after the step, a new float64 array.

    Source: lecture 001:2404.

    Hint: the gradient points to where the loss grows.

    >>> print(np.round(sgd_step([1.0, -2.0], [2.0, -1.0], lr=0.1), 6).tolist())
    [0.8, -1.9]
    """
    raise NotImplementedError("write sgd_step here")


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


def nesterov_step(theta, v, grad_fn, lr, mu):
    """Take one step with Nesterov's momentum: look ahead first, then correct the velocity.

        v     <-  mu v - lr ∇f(theta + mu v)
        theta <-  theta + v          (the new v)

    Args:
        theta: Weights, array of any shape.
        v: Velocity before the step, same shape; zeros at the very beginning.
        grad_fn: Function that takes weights, an array of the shape of theta, and returns the gradient there,
            of the same shape. It is expensive: ask it once.
        lr: Learning rate, a float > 0.
        mu: Momentum, a float from 0 to 1.

    Returns:
        (theta, v): weights and velocity after the step, two new float64 arrays.

    Source: lecture 001:2507; lecture 002:994 looks to the wrong side.

    Hint: looking ahead moves nothing. The step begins at theta.

    f(x, y) = x² + 10 y², whose gradient is (2x, 20y):

    >>> def slope(w):
    ...     return np.array([2.0, 20.0]) * w
    >>> theta, v = nesterov_step([1.0, 2.0], [0.3, -0.1], slope, lr=0.05, mu=0.9)
    >>> print(np.round(v, 6).tolist())
    [0.143, -2.0]
    >>> print(np.round(theta, 6).tolist())
    [1.143, 0.0]
    """
    raise NotImplementedError("write nesterov_step here")


def adagrad_step(theta, r, g, lr, eps=1e-7):
    """Take one step of AdaGrad.

        r     <-  r + g²                          sum of the squared gradients, weight by weight
        theta <-  theta - lr g / (√r + eps)       (the new r)

    Args:
        theta: Weights, array of any shape.
        r: Sum of the squared gradients so far, same shape; zeros at the very beginning.
        g: Gradient of the loss at theta, same shape.
        lr: Learning rate, a float > 0.
        eps: Small float > 0 that keeps the denominator from zero.

    Returns:
        (theta, r): weights and sum after the step, two new float64 arrays.

    Source: lecture 001:2565.

    Hint: the gradient of this step belongs to its own history.

    Two steps with the same gradient. The first is lr long whatever the gradient, the second shorter:

    >>> theta, r = adagrad_step([0.0, 0.0], [0.0, 0.0], [0.5, -40.0], lr=0.1)
    >>> print(np.round(theta, 6).tolist(), r.tolist())
    [-0.1, 0.1] [0.25, 1600.0]
    >>> theta, r = adagrad_step(theta, r, [0.5, -40.0], lr=0.1)
    >>> print(np.round(theta, 6).tolist())
    [-0.170711, 0.170711]
    """
    raise NotImplementedError("write adagrad_step here")


def rmsprop_step(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Take one step of RMSProp.

        r     <-  rho r + (1 - rho) g²            mean of the squared gradients, weight by weight
        theta <-  theta - lr g / (√r + eps)       (the new r)

    eps stands outside the root.

    Args:
        theta: Weights, array of any shape.
        r: Mean of the squared gradients so far, same shape; zeros at the very beginning.
        g: Gradient of the loss at theta, same shape.
        lr: Learning rate, a float > 0.
        rho: Share of r that is kept, a float from 0 to below 1.
        eps: Small float > 0 that keeps the denominator from zero.

    Returns:
        (theta, r): weights and mean after the step, two new float64 arrays.

    Source: lecture 001:2602 (which has eps inside the root).

    Hint: the weights of the old mean and of the new square add up to 1.

    The very first step is not corrected as in Adam: it is 1/√0.1 = 3.16 times lr long.

    >>> theta, r = rmsprop_step([0.0, 0.0], [0.0, 0.0], [0.5, -40.0], lr=0.01)
    >>> print(np.round(theta, 6).tolist())
    [-0.031623, 0.031623]
    >>> print(np.round(r, 6).tolist())
    [0.025, 160.0]
    """
    raise NotImplementedError("write rmsprop_step here")


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


def newton_step(theta, g, H, lr=1.0):
    """Take one step of Newton's method.

        theta <- theta - lr H⁻¹ g

    Args:
        theta: Weights (n,).
        g: Gradient of the loss at theta (n,).
        H: Second derivatives of the loss at theta (n, n), a symmetric matrix; H_ij = ∂²f / ∂theta_i ∂theta_j.
        lr: Share of the way that is gone, a float > 0.

    Returns:
        theta after the step, a new float64 array (n,).

    Raises:
        numpy.linalg.LinAlgError: H is singular.

    Source: lecture 001:2221.

    Hint: H⁻¹ g is the s that solves H s = g. NumPy finds it without any inverse.

    f(x) = ½ x·A x - b·x has the gradient A x - b. From (5, 5) a single step leads to the bottom:

    >>> A, b, x = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([1.0, -2.0]), np.array([5.0, 5.0])
    >>> print(np.round(newton_step(x, A @ x - b, A), 6).tolist())
    [0.8, -1.4]
    """
    raise NotImplementedError("write newton_step here")


def optimal_step_size(g, H):
    """Compute how far to go against the gradient, where the loss is known to second order.

        ε* = g·g / g·H g        if g·H g > 0
        ε* = inf                otherwise: as far as anyone can see, the loss falls for ever

    Args:
        g: Gradient (n,).
        H: Second derivatives (n, n), a symmetric matrix.

    Returns:
        ε*, a float > 0 or inf.

    Source: lecture 001:2207.

    Hint: both products are single numbers. Look at the lower one before you divide.

    A valley ten times as steep across as it is along:

    >>> print(round(optimal_step_size([1.0, 1.0], [[1.0, 0.0], [0.0, 10.0]]), 6))
    0.181818
    >>> print(optimal_step_size([1.0, 1.0], [[1.0, 0.0], [0.0, -10.0]]))
    inf
    """
    raise NotImplementedError("write optimal_step_size here")


def lr_at(kind, t, **p):
    """Compute the learning rate at time t.

        "linear"        (1 - a) e0 + a etau with a = t / tau; from t = tau on it stays etau
        "exponential"   lr0 · 10^(-t / r)
        "power"         lr0 (1 + t / r)^-c
        "piecewise"     values[0] before boundaries[0], values[1] from boundaries[0] on, and so forth

    Args:
        kind: One of the four names.
        t: Time, an int or float >= 0: steps or epochs, whatever you count.
        **p: The settings of that kind, under the names above: e0, etau, tau; or lr0, r; or lr0, r, c; or
            boundaries, a list in increasing order, and values, a list with one entry more.

    Returns:
        The learning rate, a float.

    Raises:
        ValueError: there is no such kind.

    Source: lecture 001:2384-2386 and 002:1088-1102.

    Hint: p is a dict. A new value counts from its boundary on, the boundary included.

    >>> print([round(lr_at("linear", t, e0=0.1, etau=0.001, tau=100), 6) for t in (0, 50, 100, 150)])
    [0.1, 0.0505, 0.001, 0.001]
    >>> print([round(lr_at("exponential", t, lr0=0.1, r=10), 6) for t in (0, 10, 20)])
    [0.1, 0.01, 0.001]
    >>> print([round(lr_at("power", t, lr0=0.1, r=10, c=1), 6) for t in (0, 10, 20, 90)])
    [0.1, 0.05, 0.033333, 0.01]
    >>> print([lr_at("piecewise", t, boundaries=[50], values=[0.1, 0.001]) for t in (49, 50)])
    [0.1, 0.001]
    """
    raise NotImplementedError("write lr_at here")


class PlateauScheduler:
    """Lower the learning rate when the validation error stops falling.

    An error is better if it is below the best one so far by more than min_delta. After `patience` steps in a
    row that are not better, the learning rate is multiplied by `factor`, and the counting begins again; the
    best error stays the best. The very first error is always better.

    Args:
        lr: Learning rate at the beginning, a float > 0.
        factor: What it is multiplied by, a float between 0 and 1.
        patience: Number of steps in a row without a better error, an int > 0.
        min_delta: Smallest gain that counts, a float >= 0.

    Source: lecture 002:1092-1094 and, with a factor of 0.1, 001:5160.

    Hint: a scheduler remembers three numbers that change. Which?

    The best error is 0.7; 0.8 and 0.75 are not better, and after two of them the learning rate falls:

    >>> scheduler = PlateauScheduler(lr=0.1, factor=0.1, patience=2)
    >>> print([round(scheduler.step(error), 6) for error in (0.9, 0.7, 0.8, 0.75, 0.6)])
    [0.1, 0.1, 0.1, 0.01, 0.01]
    """

    def __init__(self, lr, factor, patience, min_delta=0):
        raise NotImplementedError("write PlateauScheduler.__init__ here")

    def step(self, val_err):
        """Take note of the next validation error, and return the learning rate to go on with, a float."""
        raise NotImplementedError("write PlateauScheduler.step here")


def clip_by_norm(grads, c):
    """Scale gradients down that are longer than c, all together.

        n = √(sum of the squares of all numbers in all arrays)
        each array is multiplied by c / n if n > c, and stays as it is otherwise

    Args:
        grads: List of arrays of any shapes, the gradients of all parts of a network.
        c: Largest norm allowed, a float > 0.

    Returns:
        List of as many float64 arrays, each of its own shape.

    Source: lecture 002:862-871; 001:9005 for recurrent networks.

    Hint: one norm, one factor. What happens where every gradient is zero?

    A norm of 5, to be 1 at most; and two arrays that have the norm 5 together:

    >>> print([np.round(g, 6).tolist() for g in clip_by_norm([[3.0, 4.0]], 1.0)])
    [[0.6, 0.8]]
    >>> print([g.tolist() for g in clip_by_norm([[3.0], [[0.0, 4.0]]], 2.5)])
    [[1.5], [[0.0, 2.0]]]
    """
    raise NotImplementedError("write clip_by_norm here")


def alexnet_update(w, v, g, lr):
    """Take one step as AlexNet was trained: momentum 0.9, weight decay 0.0005.

        v <- 0.9 v - 0.0005 lr w - lr g
        w <- w + v          (the new v)

    Args:
        w: Weights, array of any shape.
        v: Velocity before the step, same shape; zeros at the very beginning.
        g: Gradient of the loss at w, without the penalty for large weights, same shape.
        lr: Learning rate, a float > 0.

    Returns:
        (w, v): weights and velocity after the step, two new float64 arrays.

    Source: lecture 001:5163.

    Hint: the weight in the decay is the one from before the step.

    >>> w, v = alexnet_update([1.0, -2.0], [0.5, 0.0], [2.0, -1.0], lr=0.1)
    >>> print(np.round(v, 6).tolist())
    [0.24995, 0.1001]
    >>> print(np.round(w, 6).tolist())
    [1.24995, -1.8999]
    """
    raise NotImplementedError("write alexnet_update here")


# Tasks 13 and 14 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_LONG_RUN = """
"""
