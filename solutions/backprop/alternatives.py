"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import forward, hidden_delta, output_delta, weight_gradients


def _bend(act, z):
    """The activation of one number."""
    if act == "sigmoid":
        return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    return {"tanh": math.tanh(z), "relu": max(0.0, z), "identity": z}[act]


def _slope(act, z):
    """Its derivative, from the value of the activation where that is shorter."""
    a = _bend(act, z)
    return {"sigmoid": a * (1 - a), "tanh": (1 - a) * (1 + a), "relu": float(z > 0), "identity": 1.0}[act]


_bend_all = np.vectorize(_bend, otypes=[float])
_slope_all = np.vectorize(_slope, otypes=[float])


# ---- forward --------------------------------------------------------------------------------------


@alternative(forward)
def forward_sum_by_sum(X, Ws, bs, acts):
    """One sample, one unit and one input at a time; nested lists come back."""
    zs, as_ = [], [[[float(x) for x in row] for row in X]]
    for W, b, act in zip(Ws, bs, acts, strict=True):
        z = [
            [float(b[j]) + sum(a[i] * float(W[i][j]) for i in range(len(W))) for j in range(len(b))]
            for a in as_[-1]
        ]
        zs.append(z)
        as_.append([[_bend(act, s) for s in row] for row in z])
    return zs, as_


@alternative(forward)
def forward_with_the_bias_as_a_weight(X, Ws, bs, acts):
    """A column of ones goes in, the bias is one more row of the weights; tuples come back."""
    zs, as_ = [], [np.asarray(X, dtype=float)]
    for k in range(len(Ws)):
        with_one = np.column_stack([as_[k], np.ones(len(as_[k]))])
        zs.append(with_one @ np.vstack([Ws[k], bs[k]]))
        as_.append(_bend_all(acts[k], zs[k]))
    return tuple(zs), tuple(as_)


@alternative(forward)
def forward_in_single_precision(X, Ws, bs, acts):
    """Everything in float32, with samples in columns inside."""
    a = np.asarray(X, dtype=np.float32)
    zs, as_ = [], [a]
    for W, b, act in zip(Ws, bs, acts, strict=True):
        z = (np.asarray(W, dtype=np.float32).T @ a.T).T + np.asarray(b, dtype=np.float32)
        a = _bend_all(act, z).astype(np.float32)
        zs.append(z)
        as_.append(a)
    return zs, as_


# ---- output_delta ---------------------------------------------------------------------------------


@alternative(output_delta)
def output_delta_from_the_output(a, d, z, act):
    """The slope from the output alone: a (1 - a), 1 - a², a > 0."""
    a = np.asarray(a, dtype=float)
    slope = {"sigmoid": a * (1 - a), "tanh": 1 - a**2, "relu": 1.0 * (a > 0), "identity": 1.0}[act]
    return slope * (a - np.asarray(d))


@alternative(output_delta)
def output_delta_entry_by_entry(a, d, z, act):
    """A loop over samples and outputs; nested lists come back."""
    return [
        [(a[n][k] - d[n][k]) * _slope(act, float(z[n][k])) for k in range(len(a[n]))] for n in range(len(a))
    ]


@alternative(output_delta)
def output_delta_in_single_precision(a, d, z, act):
    """Everything in float32."""
    a, d = np.asarray(a, dtype=np.float32), np.asarray(d, dtype=np.float32)
    return -(d - a) * _slope_all(act, np.asarray(z, dtype=np.float32)).astype(np.float32)


# ---- hidden_delta ---------------------------------------------------------------------------------


@alternative(hidden_delta)
def hidden_delta_by_indices(delta_next, W_next, z, act):
    """The sum over k as an einsum."""
    return np.einsum("nk,jk,nj->nj", delta_next, W_next, _slope_all(act, np.asarray(z, dtype=float)))


@alternative(hidden_delta)
def hidden_delta_unit_by_unit(delta_next, W_next, z, act):
    """Three loops: sample, unit of this layer, unit of the next."""
    z = np.asarray(z, dtype=float)
    out = np.zeros(z.shape)
    for n, j in np.ndindex(z.shape):
        for k in range(len(W_next[j])):
            out[n, j] += delta_next[n][k] * W_next[j][k]
        out[n, j] *= _slope(act, z[n, j])
    return out


@alternative(hidden_delta)
def hidden_delta_in_columns(delta_next, W_next, z, act):
    """Samples in columns inside, W @ delta, everything in float32."""
    D = np.asarray(delta_next, dtype=np.float32).T
    slope = _slope_all(act, np.asarray(z, dtype=np.float32)).astype(np.float32)
    return (np.asarray(W_next, dtype=np.float32) @ D).T * slope


# ---- weight_gradients -----------------------------------------------------------------------------


@alternative(weight_gradients)
def weight_gradients_sample_by_sample(a_prev, delta):
    """The outer products of the single samples, added up; a list comes back."""
    N = len(a_prev)
    dW = sum(np.outer(a_prev[n], delta[n]) for n in range(N)) / N
    return [dW, np.sum(delta, axis=0) / N]


@alternative(weight_gradients)
def weight_gradients_with_the_bias_as_a_weight(a_prev, delta):
    """A column of ones goes in; the last row of the gradient is the bias's."""
    both = np.column_stack([a_prev, np.ones(len(a_prev))]).T @ (np.asarray(delta) / len(delta))
    return both[:-1], both[-1]


@alternative(weight_gradients)
def weight_gradients_in_single_precision(a_prev, delta):
    """A mean of all outer products in float32."""
    a_prev, delta = np.asarray(a_prev, dtype=np.float32), np.asarray(delta, dtype=np.float32)
    return np.mean(a_prev[:, :, None] * delta[:, None, :], axis=0), np.mean(delta, axis=0)
