"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import (
    backprop,
    ebp_step_threshold,
    forward,
    hidden_delta,
    linear_collapse,
    numerical_gradient,
    output_delta,
    step_approximator,
    weight_gradients,
)


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


# ---- backprop -------------------------------------------------------------------------------------


@alternative(backprop)
def backprop_sample_by_sample(X, D, Ws, bs, acts):
    """One sample after the other, with vectors; the gradients are added up, lists come back."""
    N, L = len(X), len(Ws)
    Ws, bs = [np.asarray(W, dtype=float) for W in Ws], [np.asarray(b, dtype=float) for b in bs]
    dWs, dbs = [np.zeros(W.shape) for W in Ws], [np.zeros(b.shape) for b in bs]
    for x, d in zip(np.asarray(X, dtype=float), np.asarray(D, dtype=float), strict=True):
        a, zs = [x], []
        for W, b, act in zip(Ws, bs, acts, strict=True):
            zs.append(W.T @ a[-1] + b)
            a.append(_bend_all(act, zs[-1]))
        blame = a[-1] - d
        for l in range(L - 1, -1, -1):
            delta = blame * _slope_all(acts[l], zs[l])
            dWs[l] += np.outer(a[l], delta) / N
            dbs[l] += delta / N
            blame = Ws[l] @ delta
    return [dW.tolist() for dW in dWs], dbs


def _slopes(X, D, Ws, bs, acts):
    """The gradients of all layers from here on, and the slope by the inputs X of the first of them."""
    X = np.asarray(X, dtype=float)
    if not Ws:
        return (), (), X - np.asarray(D, dtype=float)
    W, act = np.asarray(Ws[0], dtype=float), acts[0]
    z = X @ W + np.asarray(bs[0], dtype=float)
    dWs, dbs, blame = _slopes(_bend_all(act, z), D, Ws[1:], bs[1:], acts[1:])
    delta = blame * _slope_all(act, z)
    return (X.T @ (delta / len(X)), *dWs), (np.mean(delta, axis=0), *dbs), delta @ W.T


@alternative(backprop)
def backprop_by_calling_itself(X, D, Ws, bs, acts):
    """Each layer asks the layers after it for the slope by its outputs; tuples come back."""
    return _slopes(X, D, Ws, bs, acts)[:2]


@alternative(backprop)
def backprop_in_columns(X, D, Ws, bs, acts):
    """Samples in columns, weights (out, in), everything in float32, the lists filled from behind."""
    single = np.float32
    a = [np.asarray(X, dtype=single).T]
    zs = []
    for W, b, act in zip(Ws, bs, acts, strict=True):
        zs.append(np.asarray(W, dtype=single).T @ a[-1] + np.asarray(b, dtype=single)[:, None])
        a.append(_bend_all(act, zs[-1]).astype(single))
    blame = a.pop() - np.asarray(D, dtype=single).T
    dWs, dbs = [], []
    for W, act in zip(reversed(Ws), reversed(acts), strict=True):
        delta = blame * _slope_all(act, zs.pop()).astype(single) / single(len(X))
        dWs.insert(0, a.pop() @ delta.T)
        dbs.insert(0, delta.sum(axis=1))
        blame = np.asarray(W, dtype=single) @ delta * single(len(X))
    return dWs, dbs


# ---- ebp_step_threshold ---------------------------------------------------------------------------


@alternative(ebp_step_threshold)
def ebp_number_by_number(x, y, V, gamma, W, theta, eta):
    """Loops over inputs, hidden units and outputs; nested lists come back."""
    ins, hidden, outs = range(len(x)), range(len(gamma)), range(len(theta))
    b = [_bend("sigmoid", sum(x[i] * V[i][h] for i in ins) - gamma[h]) for h in hidden]
    y_hat = [_bend("sigmoid", sum(b[h] * W[h][j] for h in hidden) - theta[j]) for j in outs]
    g = [(y[j] - y_hat[j]) * y_hat[j] * (1 - y_hat[j]) for j in outs]
    e = [b[h] * (1 - b[h]) * sum(W[h][j] * g[j] for j in outs) for h in hidden]
    return (
        [[V[i][h] + eta * x[i] * e[h] for h in hidden] for i in ins],
        [gamma[h] - eta * e[h] for h in hidden],
        [[W[h][j] + eta * b[h] * g[j] for j in outs] for h in hidden],
        [theta[j] - eta * g[j] for j in outs],
    )


@alternative(ebp_step_threshold)
def ebp_as_gradient_descent(x, y, V, gamma, W, theta, eta):
    """A threshold is minus a bias: one step of gradient descent with a batch of one; a list comes back."""
    acts, thresholds = ["sigmoid", "sigmoid"], [np.asarray(t, dtype=float) for t in (gamma, theta)]
    (dV, dW), (dgamma, dtheta) = backprop([x], [y], [V, W], [-t for t in thresholds], acts)
    return [V - eta * dV, thresholds[0] + eta * dgamma, W - eta * dW, thresholds[1] + eta * dtheta]


@alternative(ebp_step_threshold)
def ebp_with_an_input_of_minus_one(x, y, V, gamma, W, theta, eta):
    """The threshold as a weight whose input is -1, everything in float32."""
    x, y = np.append(x, -1).astype(np.float32), np.asarray(y, dtype=np.float32)
    V, W = np.vstack([V, gamma]).astype(np.float32), np.vstack([W, theta]).astype(np.float32)
    b = np.append(_bend_all("sigmoid", x @ V), -1).astype(np.float32)
    y_hat = _bend_all("sigmoid", b @ W).astype(np.float32)
    g = (y - y_hat) * y_hat * (1 - y_hat)
    e = (b * (1 - b) * (W @ g))[:-1]
    V, W = V + np.float32(eta) * x[:, None] * e, W + np.float32(eta) * b[:, None] * g
    return V[:-1], V[-1], W[:-1], W[-1]


# ---- numerical_gradient ---------------------------------------------------------------------------


@alternative(numerical_gradient)
def numerical_gradient_in_a_row(f, theta, h=1e-5):
    """All numbers laid in a row, a push as a row of a matrix; nested lists come back."""
    theta = np.array(theta, dtype=float)
    pushes = h * np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + push) - f(theta - push)) / (2 * h) for push in pushes]
    return np.reshape(slopes, theta.shape).tolist()


@alternative(numerical_gradient)
def numerical_gradient_with_numbers_put_back(f, theta, h=1e-5):
    """Pushed in place on a copy, and every number put back before the next one's turn."""
    theta = np.array(theta, dtype=float)
    flat, gradient = theta.reshape(-1), np.empty(theta.size)
    for i in range(theta.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(theta.copy())
        flat[i] = kept - h
        gradient[i] = (above - f(theta.copy())) / (2 * h)
        flat[i] = kept
    return gradient.reshape(theta.shape)


@alternative(numerical_gradient)
def numerical_gradient_as_a_mean(f, theta, h=1e-5):
    """The mean of the slopes to either side."""
    theta = np.asarray(theta, dtype=float)
    here, gradient = f(theta), np.zeros_like(theta)
    for i in np.ndindex(theta.shape):
        push = np.zeros_like(theta)
        push[i] = h
        gradient[i] = 0.5 * ((f(theta + push) - here) / h + (here - f(theta - push)) / h)
    return gradient


# ---- linear_collapse ------------------------------------------------------------------------------


@alternative(linear_collapse)
def linear_collapse_with_the_bias_as_a_weight(W1, b1, W2, b2):
    """The biases as one more row, and a column that hands the 1 on: one product does it all."""
    first = np.column_stack([np.vstack([W1, b1]), [0.0] * len(W1) + [1.0]])  # (D + 1, J + 1)
    both = first @ np.vstack([W2, b2])
    return both[:-1], both[-1]


@alternative(linear_collapse)
def linear_collapse_by_asking(W1, b1, W2, b2):
    """What the two layers say to zeros is the bias, what they add for a single 1 is a row of weights."""

    def say(X):
        return (X @ np.asarray(W1, dtype=float) + b1) @ np.asarray(W2, dtype=float) + b2

    b = say(np.zeros((1, len(W1))))
    return say(np.eye(len(W1))) - b, b[0]


@alternative(linear_collapse)
def linear_collapse_in_loops(W1, b1, W2, b2):
    """Sums by hand; nested lists come back."""
    J, K = range(len(b1)), range(len(b2))
    W = [[sum(row[j] * W2[j][k] for j in J) for k in K] for row in W1]
    return W, [sum(b1[j] * W2[j][k] for j in J) + b2[k] for k in K]


@alternative(linear_collapse)
def linear_collapse_in_single_precision(W1, b1, W2, b2):
    """By einsum in float32."""
    W1, b1, W2, b2 = (np.asarray(array, dtype=np.float32) for array in (W1, b1, W2, b2))
    return [np.einsum("dj,jk->dk", W1, W2), np.einsum("j,jk->k", b1, W2) + b2]


# ---- step_approximator ----------------------------------------------------------------------------


@alternative(step_approximator)
def steep_steps(edges, values):
    """Weights of 8 in place of 1: the sum is 0 at the same place; nested lists come back."""
    w2 = [[float(values[k + 1]) - float(values[k])] for k in range(len(edges))]
    return [[8.0 for _ in edges]], [-8.0 * float(e) for e in edges], w2, [float(values[0])]


@alternative(step_approximator)
def steps_from_right_to_left(edges, values):
    """The units in the reverse order, everything in float32."""
    e, v = np.asarray(edges, dtype=np.float32)[::-1], np.asarray(values, dtype=np.float32)
    return np.ones_like(e)[None], -e, -np.diff(v[::-1])[:, None], v[:1]


@alternative(step_approximator)
def steps_from_columns(edges, values):
    """Every column of the staircase adds its height at its left edge and takes it away at its right one."""
    edges, values = np.asarray(edges, dtype=float), np.asarray(values, dtype=float)
    w2 = np.zeros(len(edges))
    for k, height in enumerate(values[1:]):
        w2[k] += height - values[0]
        if k + 1 < len(edges):
            w2[k + 1] -= height - values[0]
    return np.full((1, len(edges)), 2.0), -2.0 * edges, w2.reshape(-1, 1), values[[0]]
