"""Losses: one number that says how wrong a network is, and the slope that teaches it.

A network learns what its loss asks for, and only as fast as the slope of the loss lets it. Output unit and
loss are therefore chosen together: linear outputs with the squared error, a sigmoid with cross-entropy,
softmax with the negative log-likelihood. In each pair the slope at the sums is output minus target, up to a
constant.

Lectures: squared error 001:1929; likelihood and cross-entropy 001:3167 and 001:3223; why the squared error is
slow behind a sigmoid 001:3190-3208; softmax 001:3300; its loss, with the worked example, 001:3431-3470;
logits 004:297-308; SVM or softmax as the last layer 004:24; errors of one and of five guesses 001:4957-4960.

Symbols: Y the outputs of a network, D the desired ones, d a desired output of 0 or 1; V or z the sums before
the output unit (logits); p a probability; logp the logarithm of one; t the numbers of the right classes; S
scores of any kind. N samples, K outputs, C classes. All logarithms are natural.

Conventions: batch first, one sample a row. Classes are whole numbers from 0 to C - 1, and t is (N,). A loss
is the mean over the samples of the sum over the outputs, and comes back as a float; a gradient has the shape
of what it is a gradient by. Lists and whole numbers are welcome, arrays come back as float64, no argument is
changed. Finite sums, be they 1000 or -1000, give neither a warning nor nan.
"""

import numpy as np


def mse(Y, D):
    """Compute the squared error: the mean over the samples of the sum over the outputs.

        E = 1/N Σ_n Σ_k (Y_nk - D_nk)²

    Args:
        Y: Outputs (N, K), one sample a row.
        D: Desired outputs (N, K).

    Returns:
        The error, a float.

    Source: lecture 001:1929, where K counts the samples.

    Hint: divide by the number of rows only.

    Two samples with two outputs each, errors 1, 2 and 1, 3: (1 + 4 + 1 + 9) / 2.

    >>> print(float(mse([[1.0, 2.0], [5.0, 3.0]], [[0.0, 0.0], [4.0, 0.0]])))
    7.5
    """
    raise NotImplementedError("write mse here")


def mse_grad(Y, D):
    """Compute the gradient of `mse` by the outputs.

        G_nk = ∂E/∂Y_nk

    Args:
        Y: Outputs (N, K).
        D: Desired outputs (N, K).

    Returns:
        float64 array (N, K): how much the error grows with each output.

    Source: the derivative of lecture 001:1929.

    Hint: differentiate a single term of the double sum. Two constants stay in front.

    >>> print(np.round(mse_grad([[1.0, 2.0], [5.0, 3.0]], [[0.0, 0.0], [4.0, 0.0]]), 6).tolist())
    [[1.0, 2.0], [1.0, 3.0]]
    """
    raise NotImplementedError("write mse_grad here")


def softmax(V):
    """Turn scores into probabilities, along the last axis.

        y_i = exp(v_i) / Σ_j exp(v_j)

    Args:
        V: Scores, array (..., C): one row (C,), a batch (N, C), or more axes in front.

    Returns:
        float64 array of the shape of V. The numbers along the last axis are positive and add up to 1.

    Source: lecture 001:3300.

    Hint: exp overflows above 709. What happens to the fraction if the same number is taken off every score of
    a row? `keepdims=True` keeps an axis of length one, so that the result fits under the rows.

    The three pictures of the lecture (cat, dog, horse):

    >>> print(np.round(softmax([[5, 4, 2], [4, 2, 8], [4, 4, 1]]), 4).tolist())
    [[0.7054, 0.2595, 0.0351], [0.0179, 0.0024, 0.9796], [0.4879, 0.4879, 0.0243]]
    >>> print(np.round(softmax([1000.0, 1001.0, 999.0]), 4).tolist())
    [0.2447, 0.6652, 0.09]
    """
    raise NotImplementedError("write softmax here")


def log_softmax(V):
    """Compute the logarithm of softmax, along the last axis, without losing small probabilities.

        log y_i = v_i - log Σ_j exp(v_j)

    Args:
        V: Scores, array (..., C).

    Returns:
        float64 array of the shape of V, all numbers <= 0.

    Source: lecture 001:3300 and 001:3431, one put into the other.

    Hint: a probability of e^-1000 is 0 in the computer, and its logarithm is lost. Do not compute it: take
    the logarithm on paper first, then shift the scores as in `softmax`.

    >>> print(np.round(log_softmax([5, 4, 2]), 6).tolist())
    [-0.349012, -1.349012, -3.349012]
    >>> print(round(float(log_softmax([0.0, -1000.0])[1]), 6))
    -1000.0
    """
    raise NotImplementedError("write log_softmax here")


def nll_loss(logp, t):
    """Compute the negative log-likelihood of the right classes: their mean over the samples.

        E = -1/N Σ_n logp[n, t_n]

    Args:
        logp: Logarithms of probabilities (N, C), for example from `log_softmax`.
        t: Right classes (N,), whole numbers from 0 to C - 1.

    Returns:
        The loss, a float.

    Source: lecture 001:3167 for the mean, 001:3431 for the right classes.

    Hint: `logp[rows, columns]` with two lists of equal length picks one number for each pair.

    The lecture's three pictures show a cat, a horse and a dog:

    >>> print(round(float(nll_loss(log_softmax([[5, 4, 2], [4, 2, 8], [4, 4, 1]]), [0, 2, 1])), 6))
    0.362443
    """
    raise NotImplementedError("write nll_loss here")


def softmax_ce_grad(V, t):
    """Compute the gradient of softmax with the negative log-likelihood, by the scores.

        G = ∂E/∂V    with    E = nll_loss(log_softmax(V), t)

    Args:
        V: Scores (N, C).
        t: Right classes (N,), whole numbers from 0 to C - 1.

    Returns:
        float64 array (N, C).

    Source: lecture 001:3437, which has the entry of the right class.

    Hint: the right class and the other classes differ by a single 1. And the loss is a mean.

    >>> print(np.round(softmax_ce_grad([[5, 4, 2], [4, 2, 8]], [0, 1]), 4).tolist())
    [[-0.1473, 0.1297, 0.0176], [0.009, -0.4988, 0.4898]]
    """
    raise NotImplementedError("write softmax_ce_grad here")


def bce(p, d, eps=1e-12):
    """Compute the binary cross-entropy of probabilities.

        E = -1/N Σ_n [d_n log p_n + (1 - d_n) log(1 - p_n)]

    where every p is first brought into the interval from eps to 1 - eps.

    Args:
        p: Probabilities of the class 1 (N,), from 0 to 1, both included.
        d: Right classes (N,), each 0 or 1.
        eps: Nearest that a p may come to 0 and 1, a float > 0.

    Returns:
        The loss, a float.

    Source: lecture 001:3223.

    Hint: 0 times the logarithm of 0 is nan in the computer, so p has to be looked after even where its term
    does not count.

    >>> print(round(float(bce([0.9, 0.2, 0.5], [1, 0, 1])), 6))
    0.34055
    >>> print(round(float(bce([0.0], [1])), 2))
    27.63
    """
    raise NotImplementedError("write bce here")


def bce_with_logits(z, d):
    """Compute the binary cross-entropy of a sigmoid from its input, without clipping anything.

        E = 1/N Σ_n [max(z_n, 0) - z_n d_n + log(1 + exp(-|z_n|))]

    On paper this is `bce` of the sigmoid of z. In the computer it stays right where the sigmoid has become 0
    or 1.

    Args:
        z: Sums before the sigmoid (N,), any finite numbers.
        d: Right classes (N,), each 0 or 1.

    Returns:
        The loss, a float.

    Source: lecture 001:3223 with 004:305.

    Hint: `np.log1p(x)` is log(1 + x) and keeps what is left of a tiny x.

    >>> print(round(float(bce_with_logits([2.0, -1.0], [1, 1])), 6))
    0.720095
    >>> print(float(bce_with_logits([-900.0], [1])))
    900.0
    """
    raise NotImplementedError("write bce_with_logits here")


def quadratic_vs_ce_gradient(w, b, x, d):
    """Compare how fast one sigmoid neuron learns from two losses.

        y = σ(w x + b)
        quadratic loss       ½ (d - y)²                         its slope ∂/∂w is g_quad
        cross-entropy        -[d log y + (1 - d) log(1 - y)]    its slope ∂/∂w is g_ce

    Args:
        w: Weight, a float.
        b: Bias, a float.
        x: Input, a float.
        d: Desired output, 0 or 1.

    Returns:
        (g_quad, g_ce): the two slopes by w, two floats.

    Source: lecture 001:3190-3208.

    Hint: go step by step, from the loss to y, from y to the sum, from the sum to w, and simplify both
    products on paper. The sigmoid has to bear sums of ±1000.

    Case A of the lecture, which learns well, and case B, which hardly does:

    >>> g_quad, g_ce = quadratic_vs_ce_gradient(0.6, 0.9, 1.0, 0.0)
    >>> print(round(float(g_quad), 6), round(float(g_ce), 6))
    0.121938 0.817574
    >>> g_quad, g_ce = quadratic_vs_ce_gradient(2.0, 2.0, 1.0, 0.0)
    >>> print(round(float(g_quad), 6), round(float(g_ce), 6))
    0.017345 0.982014
    """
    raise NotImplementedError("write quadratic_vs_ce_gradient here")


def logit(p):
    """Compute the log-odds of a probability: the sum that a sigmoid would turn into p.

        z = log(p / (1 - p))

    Args:
        p: Probabilities, array of any shape or a single number, above 0 and below 1.

    Returns:
        float64 array of the shape of p.

    Source: lecture 004:305.

    Hint: the fraction is made first, then its natural logarithm.

    >>> print(np.round(logit([0.25, 0.75, 0.9]), 6).tolist())
    [-1.098612, 1.098612, 2.197225]
    """
    raise NotImplementedError("write logit here")


def hinge_loss(S, t, margin=1.0):
    """Compute the multi-class hinge loss: every rival that comes too near the right class costs.

        E = 1/N Σ_n Σ_{j ≠ t_n} max(0, S_nj - S_{n t_n} + margin)

    Args:
        S: Scores (N, C).
        t: Right classes (N,), whole numbers from 0 to C - 1.
        margin: Lead that the right class should have over each other class, a float >= 0.

    Returns:
        The loss, a float.

    Source: the SVM of lecture 004:24 and 001:6369.

    Hint: the right class is not its own rival. What would its term be?

    One sample whose right class 0 has the score 3: the rival with 2.5 is too near by 0.5, the one with 1 not.

    >>> print(float(hinge_loss([[3.0, 2.5, 1.0]], [0])))
    0.5
    """
    raise NotImplementedError("write hinge_loss here")


def topk_error(S, t, k):
    """Compute the share of samples whose right class is not among the k highest scores.

    Where scores are equal, the class with the lower number comes first.

    Args:
        S: Scores (N, C).
        t: Right classes (N,), whole numbers from 0 to C - 1.
        k: How many guesses are allowed, an int > 0; it may be larger than C.

    Returns:
        The error, a float from 0 (always among them) to 1 (never).

    Source: lecture 001:4957-4960.

    Hint: `np.argsort` has `kind="stable"`, which keeps the order of what is equal. It sorts upwards.

    Two pictures, right classes 2 and 0. The second has its right class in the second place:

    >>> S = [[0.1, 0.2, 0.7], [0.3, 0.5, 0.2]]
    >>> print(float(topk_error(S, [2, 0], 1)), float(topk_error(S, [2, 0], 2)))
    0.5 0.0
    """
    raise NotImplementedError("write topk_error here")


# Task 13 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
