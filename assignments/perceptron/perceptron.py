"""The perceptron: a weighted sum, a step, and a rule that learns from mistakes only.

One neuron cuts the space of its inputs in two with a plane. Rosenblatt's rule turns that plane: whenever a
point lies on the wrong side, the weights move by that very point, towards it or away from it. If any plane
does, the rule finds one after finitely many mistakes.

Lectures: the step 001:486, 002:205; the rule 001:1056-1096, 002:392; the algorithm 001:919-929 and its worked
example 001:933-1048.

Symbols: x an input, X one input a row; w the weights (W one column for each output neuron); b the bias;
u the weighted sum x·w + b; y the neuron's answer and d the desired one, both 0 or 1; eta the learning rate η;
N the number of examples, D of inputs, K of output neurons.

Conventions: the bias is added, u = x·w + b. A neuron whose sum is exactly 0 answers 1. Classes are 0 and 1,
never -1. Lists and whole numbers are welcome; arrays that come back are float64. No argument is changed.
"""

import numpy as np


def step(u, at_zero=1.0):
    """Answer 0 below zero and 1 above; at zero itself the answer is at_zero.

    Args:
        u: Weighted sums, array of any shape.
        at_zero: The answer where u is exactly 0 (-0.0 is 0 too), a float; the course uses 1 unless it says
            otherwise.

    Returns:
        float64 array of the shape of u.

    Source: lecture 001:486 (1 at zero); 002:205 has 0.5 there.

    Hint: three cases, not two. np.where can stand inside np.where.

    >>> print(step([-2.0, 0.0, 0.5]).tolist())
    [0.0, 1.0, 1.0]
    >>> print(step([-2.0, 0.0, 0.5], at_zero=0.5).tolist())
    [0.0, 0.5, 1.0]
    """
    raise NotImplementedError("write step here")


def perceptron_update(W, b, x, d, y, eta):
    """Learn from one example: move the weights of every output neuron that answered wrongly.

        W[i, k]  <-  W[i, k] + eta x[i] (d[k] - y[k])
        b[k]     <-  b[k]    + eta (d[k] - y[k])

    The bias is the weight of an input that is always 1.

    Args:
        W: Weights, array (D, K), one column for each output neuron.
        b: Biases, array (K,).
        x: One input, array (D,).
        d: Desired answers, array (K,) of 0 and 1.
        y: The answers that the neurons gave to x, array (K,) of 0 and 1. They are given: nothing has to be
            computed from W and x.
        eta: Learning rate, a float > 0.

    Returns:
        (W, b): two new float64 arrays (D, K) and (K,). Where the answer was right, they are unchanged.

    Source: lecture 001:1085-1096; 002:392 has the sign turned round.

    Hint: np.outer(p, q)[i, k] is p[i] * q[k].

    Two inputs, two neurons; the first should have said 1, the second was right:

    >>> W, b = perceptron_update([[1.0, 0.0], [-0.8, 0.0]], [0.0, 0.5], [1.0, 2.0], [1, 1], [0, 1], eta=0.5)
    >>> print(np.round(W, 6).tolist())
    [[1.5, 0.0], [0.2, 0.0]]
    >>> print(b.tolist())
    [0.5, 0.5]
    """
    raise NotImplementedError("write perceptron_update here")


def perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=True):
    """Train one neuron with the perceptron rule, example after example, until an epoch brings no mistake.

    An epoch presents the rows 0, 1, …, N-1 in this order. To each row the neuron answers with the weights of
    that moment, step(x·w + b) with 1 at zero, and if the answer is wrong the weights (and the bias) are
    updated at once. Training ends after the first epoch without an update, or after max_epochs epochs.

    Args:
        X: Inputs, array (N, D), one example a row.
        d: Desired answers, array (N,) of 0 and 1.
        w0: Weights at the start, array (D,).
        b0: Bias at the start, a float.
        eta: Learning rate, a float > 0.
        max_epochs: Number of epochs at most, an int >= 0.
        train_bias: Whether the bias is updated; if not, it stays b0.

    Returns:
        A dict with

        - w: final weights, float64 array (D,);
        - b: final bias, a float;
        - updates: number of updates made, an int;
        - epochs: number of epochs presented, an int; the last one counts too if it brought no update;
        - converged: True if an epoch without an update was seen, else False;
        - trace: float64 array (updates + 1, D + 1), the bias and weights [b, w] at the start and after each
          update.

    Source: lecture 001:919-929 and, for the trace, 001:1031-1048.

    Hint: a row of the trace has to be a copy. If w changes in place, every row that holds w changes with it.

    The example of the lecture, where the bias stays at zero:

    >>> X, d = [[1.0, 2.0], [-1.0, 2.0], [0.0, -1.0]], [1, 0, 0]
    >>> fit = perceptron_fit(X, d, [1.0, -0.8], 0.0, 1.0, 10, train_bias=False)
    >>> print(np.round(fit["trace"], 6).tolist())
    [[0.0, 1.0, -0.8], [0.0, 2.0, 1.2], [0.0, 3.0, -0.8], [0.0, 3.0, 0.2]]
    >>> print(fit["updates"], fit["epochs"], fit["converged"])
    3 2 True

    Learning AND from zero:

    >>> fit = perceptron_fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1], [0, 0], 0, 1, 20)
    >>> print(fit["w"].tolist(), float(fit["b"]), fit["updates"], fit["epochs"])
    [2.0, 1.0] -3.0 11 6
    """
    raise NotImplementedError("write perceptron_fit here")


# Task 4 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
