"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import (
    bce,
    bce_with_logits,
    hinge_loss,
    log_softmax,
    logit,
    mse,
    mse_grad,
    nll_loss,
    quadratic_vs_ce_gradient,
    softmax,
    softmax_ce_grad,
    topk_error,
)

# ---- squared error --------------------------------------------------------------------------------


@alternative(mse)
def mse_sample_by_sample(Y, D):
    """A loop over the samples and their outputs."""
    total = 0.0
    for y_row, d_row in zip(Y, D, strict=True):
        for y, d in zip(y_row, d_row, strict=True):
            total += (float(y) - float(d)) ** 2
    return total / len(Y)


@alternative(mse)
def mse_as_a_mean_of_lengths(Y, D):
    """The mean of the squared lengths of the error vectors."""
    return np.mean(np.linalg.norm(np.subtract(Y, D), axis=1) ** 2)


@alternative(mse)
def mse_in_single_precision(Y, D):
    """Everything in float32."""
    E = np.asarray(Y, dtype=np.float32) - np.asarray(D, dtype=np.float32)
    return np.einsum("nk,nk->", E, E) / np.float32(len(E))


@alternative(mse_grad)
def mse_grad_output_by_output(Y, D):
    """A loop over the single numbers; nested lists come back."""
    n = len(Y)
    return [
        [2 * (float(y) - float(d)) / n for y, d in zip(y_row, d_row, strict=True)]
        for y_row, d_row in zip(Y, D, strict=True)
    ]


@alternative(mse_grad)
def mse_grad_in_single_precision(Y, D):
    """Everything in float32."""
    E = np.asarray(Y, dtype=np.float32) - np.asarray(D, dtype=np.float32)
    return E * np.float32(2 / len(E))


# ---- softmax --------------------------------------------------------------------------------------


@alternative(softmax)
def softmax_by_its_logarithm(V):
    """The exponential of the scores minus NumPy's own safe log of a sum."""
    V = np.asarray(V, dtype=float)
    return np.exp(V - np.logaddexp.reduce(V, axis=-1, keepdims=True))


@alternative(softmax)
def softmax_row_by_row(V):
    """A loop down to the single row; nested lists come back."""
    if np.ndim(V) > 1:
        return [softmax_row_by_row(row) for row in V]
    top = max(float(v) for v in V)
    e = [math.exp(float(v) - top) for v in V]
    return [part / math.fsum(e) for part in e]


@alternative(softmax)
def softmax_against_every_rival(V):
    """One over the sum of exp(v_j - v_i), all differences at once, kept below the overflow."""
    V = np.asarray(V, dtype=float)
    return 1.0 / np.sum(np.exp(np.minimum(V[..., None, :] - V[..., :, None], 600.0)), axis=-1)


@alternative(softmax)
def softmax_in_single_precision(V):
    """Everything in float32."""
    V = np.asarray(V, dtype=np.float32)
    e = np.exp(V - V.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@alternative(log_softmax)
def log_softmax_by_logaddexp(V):
    """By NumPy's own safe log of a sum."""
    V = np.asarray(V, dtype=float)
    return V - np.logaddexp.reduce(V, axis=-1, keepdims=True)


@alternative(log_softmax)
def log_softmax_row_by_row(V):
    """A loop down to the single row; nested lists come back."""
    if np.ndim(V) > 1:
        return [log_softmax_row_by_row(row) for row in V]
    top = max(float(v) for v in V)
    log_sum = top + math.log(math.fsum(math.exp(float(v) - top) for v in V))
    return [float(v) - log_sum for v in V]


@alternative(log_softmax)
def log_softmax_in_single_precision(V):
    """Everything in float32."""
    V = np.asarray(V, dtype=np.float32)
    V = V - V.max(axis=-1, keepdims=True)
    return V - np.log(np.exp(V).sum(axis=-1, keepdims=True))


# ---- likelihood -----------------------------------------------------------------------------------


@alternative(nll_loss)
def nll_sample_by_sample(logp, t):
    """A loop over the samples."""
    return sum(-float(row[c]) for row, c in zip(logp, t, strict=True)) / len(t)


@alternative(nll_loss)
def nll_by_ones_and_zeros(logp, t):
    """The right classes as a table of ones and zeros, multiplied in."""
    logp = np.asarray(logp, dtype=float)
    onehot = np.eye(logp.shape[1])[np.asarray(t)]
    return np.mean(-np.sum(onehot * logp, axis=1))


@alternative(softmax_ce_grad)
def ce_grad_by_ones_and_zeros(V, t):
    """The right classes as a table of ones and zeros, subtracted."""
    V = np.asarray(V, dtype=float)
    return (softmax(V) - np.eye(V.shape[1])[np.asarray(t)]) / len(V)


@alternative(softmax_ce_grad)
def ce_grad_class_by_class(V, t):
    """Two loops, with a branch for the right class; nested lists come back."""
    n = len(V)
    return [
        [(math.exp(logp) - 1) / n if j == right else math.exp(logp) / n for j, logp in enumerate(row)]
        for row, right in zip(log_softmax_row_by_row(V), t, strict=True)
    ]


@alternative(softmax_ce_grad)
def ce_grad_in_single_precision(V, t):
    """Everything in float32; the gradient comes from exp of the log-probabilities."""
    V = np.asarray(V, dtype=np.float32)
    P = np.exp(V - V.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    P[range(len(t)), list(t)] -= 1
    return P / np.float32(len(t))


# ---- binary cross-entropy -------------------------------------------------------------------------


@alternative(bce)
def bce_of_the_true_side(p, d, eps=1e-12):
    """One logarithm for each sample: of the probability that was given to what is true."""
    p, d = np.asarray(p, dtype=float), np.asarray(d)
    return -np.mean(np.log(np.clip(np.where(d == 1, p, 1 - p), eps, 1 - eps)))


@alternative(bce)
def bce_sample_by_sample(p, d, eps=1e-12):
    """A loop with two branches."""
    total = 0.0
    for one, label in zip(p, d, strict=True):
        kept = min(max(float(one), eps), 1 - eps)
        total -= math.log(kept) if label else math.log1p(-kept)
    return total / len(p)


@alternative(bce_with_logits)
def bce_by_logaddexp(z, d):
    """By NumPy's own safe log of a sum: log(1 + e^z) - z d."""
    z, d = np.asarray(z, dtype=float), np.asarray(d, dtype=float)
    return np.mean(np.logaddexp(0.0, z) - z * d)


@alternative(bce_with_logits)
def bce_with_signs(z, d):
    """Labels turned into signs: the mean of log(1 + exp(-s z)) with s = 2 d - 1."""
    s = 2 * np.asarray(d, dtype=float) - 1
    return np.mean(np.logaddexp(0.0, -s * np.asarray(z, dtype=float)))


@alternative(bce_with_logits)
def bce_from_logits_sample_by_sample(z, d):
    """A loop with two branches and the math module."""
    total = 0.0
    for one, label in zip(z, d, strict=True):
        wrong_way = -float(one) if label else float(one)
        total += max(wrong_way, 0.0) + math.log1p(math.exp(-abs(wrong_way)))
    return total / len(z)


@alternative(bce_with_logits)
def bce_from_logits_in_single_precision(z, d):
    """Everything in float32."""
    z, d = np.asarray(z, dtype=np.float32), np.asarray(d, dtype=np.float32)
    return np.mean(np.maximum(z, 0) - z * d + np.log1p(np.exp(-np.abs(z))))


# ---- two losses behind one sigmoid ----------------------------------------------------------------


@alternative(quadratic_vs_ce_gradient)
def both_slopes_by_tanh(w, b, x, d):
    """The sigmoid as a tanh of half the width, its slope as a quarter of 1 - tanh²."""
    half = math.tanh((w * x + b) / 2)
    g_ce = ((1 + half) / 2 - d) * x
    return g_ce * (1 - half * half) / 4, g_ce


@alternative(quadratic_vs_ce_gradient)
def both_slopes_with_two_branches(w, b, x, d):
    """The sigmoid with a branch for either sign; a list of two comes back."""
    z = w * x + b
    y = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    return [(y - d) * y * (1 - y) * x, (y - d) * x]


# ---- logit, hinge, top-k --------------------------------------------------------------------------


@alternative(logit)
def logit_as_a_difference(p):
    """The difference of two logarithms."""
    p = np.asarray(p, dtype=float)
    return np.log(p) - np.log1p(-p)


@alternative(logit)
def logit_by_artanh(p):
    """By the inverse of tanh for likely p, by the odds against for the others; lists come back."""
    if np.ndim(p):
        return [logit_by_artanh(part) for part in p]
    return 2 * math.atanh(2 * p - 1) if p > 0.25 else -math.log(1 / p - 1)


@alternative(hinge_loss)
def hinge_rival_by_rival(S, t, margin=1.0):
    """Two loops."""
    total = 0.0
    for row, right in zip(S, t, strict=True):
        for j, score in enumerate(row):
            if j != right:
                total += max(0.0, float(score) - float(row[right]) + margin)
    return total / len(t)


@alternative(hinge_loss)
def hinge_with_the_margin_taken_off(S, t, margin=1.0):
    """The right class counted in, and its margin taken off at the end."""
    S = np.asarray(S, dtype=float)
    right = np.take_along_axis(S, np.asarray(t)[:, None], axis=1)
    return np.mean(np.sum(np.maximum(0.0, S - right + margin), axis=1)) - margin


@alternative(hinge_loss)
def hinge_in_single_precision(S, t, margin=1.0):
    """Everything in float32, over the rivals alone."""
    S = np.asarray(S, dtype=np.float32)
    rivals = np.arange(S.shape[1]) != np.asarray(t)[:, None]
    lead = S - S[~rivals][:, None] + np.float32(margin)
    return np.sum(np.maximum(lead[rivals], 0)) / np.float32(len(S))


@alternative(topk_error)
def topk_by_counting_who_is_ahead(S, t, k):
    """The rank of the right class: how many are higher, or equal with a lower number."""
    S, t = np.asarray(S, dtype=float), np.asarray(t)
    own = S[np.arange(len(t)), t][:, None]
    ahead = (own < S) | ((own == S) & (np.arange(S.shape[1]) < t[:, None]))
    return np.mean(ahead.sum(axis=1) >= k)


@alternative(topk_error)
def topk_by_sorted_lists(S, t, k):
    """Python's own sort, which is stable too."""
    missed = 0
    for row, right in zip(S, t, strict=True):
        order = sorted(range(len(row)), key=lambda j, row=row: -row[j])
        missed += int(right) not in order[:k]
    return missed / len(t)
