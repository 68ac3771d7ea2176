"""The perceptron: a weighted sum, a step, and a rule that learns from mistakes only.

One neuron cuts the space of its inputs in two with a plane. Rosenblatt's rule turns that plane: whenever a
point lies on the wrong side, the weights move by that very point, towards it or away from it. If any plane
does, the rule finds one after finitely many mistakes; and how many these can be, the plane itself tells.
What no plane can do, such as XOR, two layers of planes can.

Lectures: the neuron 001:390; the step 001:486, 002:205; gates 001:554-600, 002:226; the margin 001:839; the
rule 001:1056-1096, 002:392; the algorithm 001:919-929 and its worked example 001:933-1048; rows in batches
001:1105-1110; the convergence theorem 001:1112-1241; XOR 001:610, 002:276.

Symbols: x an input, X one input a row; w the weights (W one column for each output neuron); b the bias;
u the weighted sum x·w + b; phi the activation function φ; y the neuron's answer and d the desired one (D one
row for each example), both 0 or 1; eta the learning rate η; N the number of examples, D of inputs (M where D
holds the desired answers), K of output neurons.

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


def neuron(X, w, b, phi):
    """Answer a batch of inputs: the weighted sum of each one, plus the bias, through the activation function.

        y_n = φ(Σ_i w_i x_ni + b)

    Args:
        X: Inputs, array (N, D), one input a row.
        w: Weights, array (D,).
        b: Bias, a float.
        phi: Activation function φ. It takes an array, treats each number by itself and answers with an array
            of the same shape.

    Returns:
        float64 array (N,), one answer for each row.

    Source: lecture 001:390.

    Hint: `X @ w` makes all N weighted sums at once. Keep phi for the end: it is asked once, about whole sums.

    Skiing or not, after lecture 002:260: good weather and much snow, then nothing but a bad road.

    >>> print(neuron([[1, 1, 0], [0, 0, 1]], [2, 6, 1], 0.0, lambda u: u).tolist())
    [8.0, 1.0]
    >>> print(neuron([[1, 1, 0], [0, 0, 1]], [2, 6, 1], -5.0, step).tolist())
    [1.0, 0.0]
    """
    raise NotImplementedError("write neuron here")


def logic_gate_weights(gate, n=2):
    """Choose weights and a bias with which one step neuron is a logic gate of n inputs.

        step(x·w + b) = gate(x_1, …, x_n)    for all 2ⁿ rows of zeros and ones

    No row may come near the boundary: |x·w + b| is at least 0.25 for every row. So the gate works whatever
    the step answers at zero.

    Args:
        gate: "and" (1 if all inputs are 1), "or" (1 if at least one is), "nand" (not and), "nor" (not or), or
            "not", which has a single input: its n is 1, whatever stands there.
        n: Number of inputs, an int from 1 to 8.

    Returns:
        (w, b): weights (n,) and the bias, a float. Many choices are right.

    Source: lecture 001:554-600; 002:226-228 has signs and a bias that fit no single step.

    Hint: with weights of 1, x·w counts the ones. Between which two counts does the gate change its mind?

    >>> rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    >>> w, b = logic_gate_weights("and")
    >>> print((rows @ w + b > 0).tolist())
    [False, False, False, True]
    >>> w, b = logic_gate_weights("nor")
    >>> print((rows @ w + b > 0).tolist())
    [True, False, False, False]
    """
    raise NotImplementedError("write logic_gate_weights here")


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


def perceptron_batch_update(W, b, X, D, eta):
    """Learn from a whole batch at once: answer every row with the old weights, then add up all changes.

        Y  = step(X W + b)
        W <- W + eta Σ_n x_n (d_n - y_n)ᵀ
        b <- b + eta Σ_n (d_n - y_n)

    Args:
        W: Weights, array (M, K), one row for each of the M inputs, one column for each output neuron.
        b: Biases, array (K,).
        X: Inputs, array (N, M), one example a row.
        D: Desired answers, array (N, K) of 0 and 1.
        eta: Learning rate, a float > 0.

    Returns:
        (W, b): two new float64 arrays (M, K) and (K,).

    Source: lecture 001:1105-1110. The changes are added up, not averaged.

    Hint: X is (N, M), the errors are (N, K), and the change of W has to be (M, K).

    One step on AND. From zero all four rows are answered with 1, and three of them wrongly:

    >>> X, D = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [0], [0], [1]]
    >>> W, b = perceptron_batch_update([[0], [0]], [0], X, D, 1.0)
    >>> print(W.tolist(), b.tolist())
    [[-1.0], [-1.0]] [-3.0]
    """
    raise NotImplementedError("write perceptron_batch_update here")


def margin(X, d, w, b):
    """Measure how far the nearest example lies from the plane x·w + b = 0, on its right side.

        margin = min_n s_n (x_n·w + b) / |w|    with s_n = 1 for the class 1 and s_n = -1 for the class 0

    Args:
        X: Inputs, array (N, D), one example a row.
        d: Desired answers, array (N,) of 0 and 1.
        w: Weights, array (D,), not all zero.
        b: Bias, a float.

    Returns:
        The margin, a float: negative if an example lies on the wrong side.

    Source: lecture 001:839.

    Hint: how long is w? Twice the weights and twice the bias are the same plane.

    >>> X, d = [[3.0, 4.0], [0.0, 0.0]], [1, 0]
    >>> print(round(float(margin(X, d, [3.0, 4.0], -10.0)), 6))
    2.0
    >>> print(round(float(margin(X, d, [3.0, 4.0], -30.0)), 6))
    -1.0
    """
    raise NotImplementedError("write margin here")


def convergence_bound(X, d, w_opt):
    """Compute how many updates the perceptron rule needs at most, from one plane that separates the classes.

        α = min_n s_n (w_opt·x̃_n)    β = max_n |x̃_n|²    bound = β |w_opt|² / α²

    with x̃ = [1, x], a 1 in front of each input for the bias, and s = 1 for the class 1, -1 for the class 0.

    Args:
        X: Inputs, array (N, D), one example a row.
        d: Desired answers, array (N,) of 0 and 1.
        w_opt: A separating plane, array (D + 1,), the bias first: [b, w_1, …, w_D].

    Returns:
        The bound, a float. It need not be a whole number.

    Raises:
        ValueError: w_opt does not separate the classes: an example lies on the plane or on its wrong side, so
            α is not positive.

    Source: lecture 001:1112-1241.

    Hint: put the column of ones in front of X first, and forget afterwards that one of the weights is a bias.

    AND with the plane of the lecture. Training from zero took 11 updates:

    >>> print(float(convergence_bound([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1], [-1.5, 1.0, 1.0])))
    51.0
    """
    raise NotImplementedError("write convergence_bound here")


def xor_network():
    """Choose weights for a network of two layers of step neurons that computes XOR, 1 if the inputs differ.

        H = step(X W1 + b1)    two hidden neurons
        Y = step(H W2 + b2)    one output

    It has to be right whether a step answers 0 or 1 to a sum of exactly zero.

    Returns:
        (W1, b1, W2, b2): four arrays (2, 2), (2,), (2, 1) and (1,). A column of W1 is a hidden neuron. Many
        choices are right.

    Source: lectures 001:610 and 002:276.

    Hint: say in words what XOR is, with AND and OR, and give each word a neuron.

    >>> W1, b1, W2, b2 = xor_network()
    >>> H = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) @ W1 + b1 > 0
    >>> print((H @ W2 + b2 > 0).ravel().tolist())
    [False, True, True, False]
    """
    raise NotImplementedError("write xor_network here")


# Tasks 10 and 11 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
EXPLAIN_RATE = """
"""
