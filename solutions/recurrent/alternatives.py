"""Right answers by another road: each must get full marks."""

import bisect
import math
from itertools import accumulate, pairwise

import numpy as np

from autograder import alternative

from .reference import (
    char_lm_loss,
    encode,
    gradient_norm_through_time,
    gru_step,
    lstm_backward_step,
    lstm_coupled_step,
    lstm_peephole_step,
    lstm_step,
    rnn_bptt,
    rnn_step,
    sample_char,
    truncated_bptt,
)


def _singles(*arrays):
    """Everything in float32."""
    return tuple(np.asarray(array, dtype=np.float32) for array in arrays)


# ---- the simple network ---------------------------------------------------------------------------


@alternative(rnn_step)
def simple_step_joined(x, h, Wxh, Whh, b):
    """One product of [h, x] with both matrices on top of each other."""
    joined = np.concatenate([np.asarray(h, dtype=float), np.asarray(x, dtype=float)], axis=1)
    return np.tanh(joined @ np.concatenate([Whh, Wxh]) + b)


@alternative(rnn_step)
def simple_step_cell_by_cell(x, h, Wxh, Whh, b):
    """Loops over sequences and cells with the math module; nested lists come back."""
    return [
        [
            math.tanh(
                float(b[k])
                + sum(float(x[n][d]) * float(Wxh[d][k]) for d in range(len(x[n])))
                + sum(float(h[n][j]) * float(Whh[j][k]) for j in range(len(b)))
            )
            for k in range(len(b))
        ]
        for n in range(len(x))
    ]


@alternative(rnn_step)
def simple_step_in_single_precision(x, h, Wxh, Whh, b):
    """Everything in float32."""
    x, h, Wxh, Whh, b = _singles(x, h, Wxh, Whh, b)
    return np.tanh(np.einsum("nd,dh->nh", x, Wxh) + np.einsum("nj,jh->nh", h, Whh) + b)


@alternative(rnn_bptt)
def all_sums_at_once(X, h0, Wxh, Whh, b, dH):
    """The deltas of all steps are kept, and the gradients are three sums at the end."""
    X, h0, Wxh, Whh, b, dH = (np.array(array, dtype=float) for array in (X, h0, Wxh, Whh, b, dH))
    states = np.zeros((X.shape[1] + 1, *h0.shape))
    states[0] = h0
    for t, x in enumerate(np.swapaxes(X, 0, 1)):
        states[t + 1] = np.tanh(x @ Wxh + states[t] @ Whh + b)
    for t in range(X.shape[1] - 1, -1, -1):
        if t < X.shape[1] - 1:
            dH[:, t] += dH[:, t + 1] @ Whh.T
        dH[:, t] *= 1 - states[t + 1] ** 2
    dWxh, dWhh = np.einsum("ntd,nth->dh", X, dH), np.einsum("tnj,nth->jh", states[:-1], dH)
    return dWxh, dWhh, dH.sum(axis=(0, 1)), dH[:, 0] @ Whh.T


@alternative(rnn_bptt)
def from_the_end_by_recursion(X, h0, Wxh, Whh, b, dH):
    """The first step, and the rest of the sequence by the function itself; a list comes back."""
    X, h0, dH, Wxh, Whh = (np.asarray(array, dtype=float) for array in (X, h0, dH, Wxh, Whh))
    if X.shape[1] == 0:
        return [np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros(len(Whh)), np.zeros_like(h0)]
    h1 = np.tanh(X[:, 0] @ Wxh + h0 @ Whh + b)
    dWxh, dWhh, db, dh1 = from_the_end_by_recursion(X[:, 1:], h1, Wxh, Whh, b, dH[:, 1:])
    delta = (dh1 + dH[:, 0]) * (1 - h1 * h1)
    grads = dWxh + X[:, 0].T @ delta, dWhh + h0.T @ delta, db + delta.sum(0), delta @ Whh.T
    return list(grads)


@alternative(rnn_bptt)
def sequence_by_sequence(X, h0, Wxh, Whh, b, dH):
    """Each sequence alone, with outer products."""
    X, h0, Wxh, Whh, dH = (np.asarray(array, dtype=float) for array in (X, h0, Wxh, Whh, dH))
    dWxh, dWhh, db, dh0 = np.zeros(Wxh.shape), np.zeros(Whh.shape), np.zeros(len(Whh)), []
    for xs, first, grads in zip(X, h0, dH, strict=True):
        hs = [first]
        for x in xs:
            hs.append(np.tanh(Wxh.T @ x + Whh.T @ hs[-1] + b))
        dh = np.zeros(len(Whh))
        for x, (before, after), grad in reversed(list(zip(xs, pairwise(hs), grads, strict=True))):
            delta = (grad + dh) * (1 - after) * (1 + after)
            dWxh, dWhh, db = dWxh + np.outer(x, delta), dWhh + np.outer(before, delta), db + delta
            dh = Whh @ delta
        dh0.append(dh)
    return dWxh, dWhh, db, np.array(dh0)


@alternative(rnn_bptt)
def back_in_single_precision(X, h0, Wxh, Whh, b, dH):
    """Everything in float32, time first in the loops."""
    X, h0, Wxh, Whh, b, dH = _singles(X, h0, Wxh, Whh, b, dH)
    X, dH, hs = X.transpose(1, 0, 2), dH.transpose(1, 0, 2), [h0]
    for x in X:
        hs.append(np.tanh(x @ Wxh + hs[-1] @ Whh + b))
    dWxh, dWhh, db, dh = 0 * Wxh, 0 * Whh, 0 * b, 0 * h0
    for x, before, after, grad in zip(X[::-1], hs[-2::-1], hs[:0:-1], dH[::-1], strict=True):
        delta = (grad + dh) * (1 - after * after)
        dWxh, dWhh, db = dWxh + x.T @ delta, dWhh + before.T @ delta, db + delta.sum(axis=0)
        dh = delta @ Whh.T
    return dWxh, dWhh, db, dh


@alternative(truncated_bptt)
def cut_while_going_back(X, h0, Wxh, Whh, b, dH, K):
    """One way back through the whole sequence, in which the gradient is set to zero at each border."""
    X, h0, Wxh, Whh, dH = (np.asarray(array, dtype=float) for array in (X, h0, Wxh, Whh, dH))
    hs = [h0]
    for t in range(X.shape[1]):
        hs.append(np.tanh(X[:, t] @ Wxh + hs[t] @ Whh + b))
    dWxh, dWhh, db, dh = np.zeros(Wxh.shape), np.zeros(Whh.shape), np.zeros(len(Whh)), np.zeros(h0.shape)
    for t in range(X.shape[1] - 1, -1, -1):
        if (t + 1) % K == 0:
            dh = np.zeros(h0.shape)
        delta = (dH[:, t] + dh) * (1 - hs[t + 1] ** 2)
        dWxh, dWhh, db = dWxh + X[:, t].T @ delta, dWhh + hs[t].T @ delta, db + delta.sum(axis=0)
        dh = delta @ Whh.T
    return dWxh, dWhh, db, dh


@alternative(truncated_bptt)
def piece_after_piece_by_recursion(X, h0, Wxh, Whh, b, dH, K):
    """The first piece, and the rest by the function itself; a list comes back."""
    X, dH = np.asarray(X, dtype=float), np.asarray(dH, dtype=float)
    *weights, dh0 = sequence_by_sequence(X[:, :K], h0, Wxh, Whh, b, dH[:, :K])
    if X.shape[1] > K:
        h = np.asarray(h0, dtype=float)
        for t in range(K):
            h = np.tanh(X[:, t] @ Wxh + h @ Whh + b)
        later = piece_after_piece_by_recursion(X[:, K:], h, Wxh, Whh, b, dH[:, K:], K)
        weights = [grad + more for grad, more in zip(weights, later[:3], strict=True)]
    return [*weights, dh0]


@alternative(truncated_bptt)
def pieces_in_single_precision(X, h0, Wxh, Whh, b, dH, K):
    """Piece by piece, everything in float32."""
    X, h, Wxh, Whh, b, dH = _singles(X, h0, Wxh, Whh, b, dH)
    grads = []
    for start in range(0, X.shape[1], K):
        xs = X[:, start : start + K]
        grads.append(back_in_single_precision(xs, h, Wxh, Whh, b, dH[:, start : start + K]))
        for x in xs.transpose(1, 0, 2):
            h = np.tanh(x @ Wxh + h @ Whh + b)
    return *(np.sum([piece[k] for piece in grads], axis=0) for k in range(3)), grads[0][3]


# ---- letters --------------------------------------------------------------------------------------


@alternative(encode)
def encoded_letter_by_letter(text, vocab):
    """Lists, with the place of each letter looked up."""
    return [vocab.index(a) for a, _ in pairwise(text)], [vocab.index(b) for _, b in pairwise(text)]


@alternative(encode)
def encoded_by_comparing(text, vocab):
    """A table that says where letter and vocabulary agree."""
    table = np.array(list(text))[:, None] == np.array(list(vocab))
    numbers = table @ np.arange(len(vocab))
    return numbers[:-1], numbers[1:]


@alternative(char_lm_loss)
def guess_by_guess(logits, targets):
    """Two loops and the math module."""
    costs = []
    for rows, right in zip(logits, targets, strict=True):
        for row, t in zip(rows, right, strict=True):
            top = max(float(v) for v in row)
            costs.append(top + math.log(math.fsum(math.exp(float(v) - top) for v in row)) - float(row[t]))
    return math.fsum(costs) / len(costs)


@alternative(char_lm_loss)
def guesses_in_one_long_row(logits, targets):
    """Texts and steps laid end to end, and NumPy's own safe log of a sum."""
    V = np.shape(logits)[-1]
    rows, right = np.reshape(np.asarray(logits, dtype=float), (-1, V)), np.ravel(targets)
    return np.mean(np.logaddexp.reduce(rows, axis=1) - rows[np.arange(len(rows)), right])


@alternative(char_lm_loss)
def guesses_in_single_precision(logits, targets):
    """Everything in float32, the right letters as a table of ones and zeros."""
    (v,) = _singles(logits)
    v = v - v.max(axis=2, keepdims=True)
    logp = v - np.log(np.exp(v).sum(axis=2, keepdims=True))
    return -(logp * np.eye(v.shape[2], dtype=np.float32)[np.asarray(targets)]).sum() / np.size(targets)


@alternative(sample_char)
def letter_by_letter(p, u):
    """A loop that stops at the first piece whose end lies above u, or at the last letter that has a piece."""
    end, last = 0.0, 0
    for k, share in enumerate(p):
        end += float(share)
        if share > 0:
            last = k
        if u < end:
            return k
    return last


@alternative(sample_char)
def letter_by_bisection(p, u):
    """Python's own running sum and bisection; NumPy's whole number comes back."""
    ends = list(accumulate(float(share) for share in p))
    return np.int64(bisect.bisect_right(ends, u * ends[-1]))


# ---- the LSTM -------------------------------------------------------------------------------------


@alternative(lstm_step)
def cell_by_cell(x, h, c, W, b):
    """A loop over sequences and cells with the functions of the math module; nested lists come back."""

    def gate(s):
        return 1 / (1 + math.exp(-s)) if s >= 0 else math.exp(s) / (1 + math.exp(s))

    H = len(h[0])
    h2, c2 = [], []
    for n in range(len(x)):
        joined = [*h[n], *x[n]]
        z = [
            float(b[k]) + sum(float(joined[r]) * float(W[r][k]) for r in range(len(joined)))
            for k in range(4 * H)
        ]
        cell = [gate(z[H + k]) * c[n][k] + gate(z[k]) * math.tanh(z[3 * H + k]) for k in range(H)]
        c2.append(cell)
        h2.append([gate(z[2 * H + k]) * math.tanh(cell[k]) for k in range(H)])
    return h2, c2, None


@alternative(lstm_step)
def two_products(x, h, c, W, b):
    """One product for h and one for x, the gates through tanh: σ(z) = (1 + tanh(z / 2)) / 2."""
    x, h, c = (np.asarray(array, dtype=float) for array in (x, h, c))
    W = np.asarray(W, dtype=float)
    H = h.shape[-1]
    z = h @ W[:H] + x @ W[H:] + np.asarray(b)
    z_i, z_f, z_o, z_g = np.split(z, 4, axis=-1)
    i, f, o = (0.5 * (1 + np.tanh(0.5 * part)) for part in (z_i, z_f, z_o))
    c2 = c * f + np.tanh(z_g) * i
    return [np.tanh(c2) * o, c2, (x, h, c, i, f, o)]


@alternative(lstm_step)
def four_small_layers(x, h, c, W, b):
    """Each gate a layer of its own, everything in float32, the exponent clipped where σ is 0 or 1 anyway."""
    x, h, c, W, b = (np.asarray(array, dtype=np.float32) for array in (x, h, c, W, b))
    N, H = h.shape
    joined = np.hstack([h, x])

    def layer(k):
        return joined @ W.reshape(len(W), 4, H)[:, k] + b.reshape(4, H)[k]

    def sigmoid(z):
        return np.float32(1) / (np.float32(1) + np.exp(-np.clip(z, -80, 80)))

    c2 = sigmoid(layer(1)) * c + sigmoid(layer(0)) * np.tanh(layer(3))
    return sigmoid(layer(2)) * np.tanh(c2), c2, {"batch": N}


@alternative(lstm_backward_step)
def gate_by_gate(dh, dc, cache):
    """Each gate has its own piece of W, and the gradients are collected piece by piece."""
    x, h, W = cache["x"], cache["h"], cache["W"]
    i, f, o, g, c = (cache[name] for name in "ifogc")
    t, H = np.tanh(cache["c2"]), h.shape[1]
    total = np.multiply(dh, o) * (1 - t) * (1 + t) + np.asarray(dc)
    deltas = (total * g * (i - i * i), total * c * (f - f * f), np.multiply(dh, t) * (o - o * o))
    dx, dh_prev, dW, db = 0.0, 0.0, np.zeros(W.shape), np.zeros(4 * H)
    for k, delta in enumerate((*deltas, total * i * (1 - g * g))):
        block = slice(k * H, (k + 1) * H)
        dh_prev, dx = dh_prev + delta @ W[:H, block].T, dx + delta @ W[H:, block].T
        dW[:H, block], dW[H:, block], db[block] = h.T @ delta, x.T @ delta, delta.sum(axis=0)
    return dx, dh_prev, total * f, dW, db


@alternative(lstm_backward_step)
def sequences_one_at_a_time(dh, dc, cache):
    """A loop over the batch, with outer products; a list comes back."""
    W, H = cache["W"], cache["h"].shape[1]
    rows, dW, db = [], np.zeros(W.shape), np.zeros(4 * H)
    for n in range(len(cache["x"])):
        x, h, c, i, f, o, g, c2 = (cache[name][n] for name in ("x", "h", "c", "i", "f", "o", "g", "c2"))
        up, t = np.asarray(dh[n], dtype=float), np.tanh(c2)
        cell = np.asarray(dc[n], dtype=float) + up * o / np.cosh(c2) ** 2
        dz = np.hstack(
            [cell * g * i * (1 - i), cell * c * f * (1 - f), up * t * o * (1 - o), cell * i * (1 - g * g)]
        )
        dW, db = dW + np.outer(np.hstack([h, x]), dz), db + dz
        both = W @ dz
        rows.append((both[H:], both[:H], cell * f))
    dx, dh_prev, dc_prev = (np.array(part) for part in zip(*rows, strict=True))
    return [dx, dh_prev, dc_prev, dW, db]


@alternative(lstm_backward_step)
def backwards_in_single_precision(dh, dc, cache):
    """Everything in float32."""
    dh, dc = _singles(dh, dc)
    x, h, c, W, i, f, o, g, c2 = _singles(*(cache[k] for k in ("x", "h", "c", "W", "i", "f", "o", "g", "c2")))
    t = np.tanh(c2)
    dc = dc + dh * o * (1 - t * t)
    dz = np.hstack([dc * g * i * (1 - i), dc * c * f * (1 - f), dh * t * o * (1 - o), dc * i * (1 - g * g)])
    both = np.einsum("nk,rk->nr", dz, W)
    dW = np.einsum("nr,nk->rk", np.hstack([h, x]), dz)
    return both[:, h.shape[1] :], both[:, : h.shape[1]], dc * f, dW, dz.sum(axis=0)


# ---- its relatives --------------------------------------------------------------------------------


def _half(z):
    """The sigmoid through tanh."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def _sigmoid_of(z):
    """The sigmoid of one number, with two branches."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


@alternative(lstm_peephole_step)
def peepholes_as_a_matrix(x, h, c, W, b, p):
    """The peepholes as diagonal matrices, one product for each, the gates through tanh."""
    x, h, c, W, b, p = (np.asarray(array, dtype=float) for array in (x, h, c, W, b, p))
    H = h.shape[1]
    z = h @ W[:H] + x @ W[H:] + b
    i, f = (_half(z[:, k * H : (k + 1) * H] + c @ np.diag(p[k])) for k in (0, 1))
    c2 = f * c + i * np.tanh(z[:, 3 * H :])
    return [_half(z[:, 2 * H : 3 * H] + c2 @ np.diag(p[2])) * np.tanh(c2), c2]


@alternative(lstm_peephole_step)
def peepholes_cell_by_cell(x, h, c, W, b, p):
    """Loops over sequences and cells with the math module; nested lists come back."""
    H, h2, c2 = len(c[0]), [], []
    for n in range(len(x)):
        joined = [float(v) for v in (*h[n], *x[n])]
        z = [
            float(b[k]) + sum(v * float(row[k]) for v, row in zip(joined, W, strict=True))
            for k in range(4 * H)
        ]
        cell, shown = [], []
        for k in range(H):
            old = float(c[n][k])
            i, f = _sigmoid_of(z[k] + p[0][k] * old), _sigmoid_of(z[H + k] + p[1][k] * old)
            cell.append(f * old + i * math.tanh(z[3 * H + k]))
            shown.append(_sigmoid_of(z[2 * H + k] + p[2][k] * cell[k]) * math.tanh(cell[k]))
        c2.append(cell)
        h2.append(shown)
    return h2, c2


@alternative(lstm_peephole_step)
def peepholes_in_single_precision(x, h, c, W, b, p):
    """Everything in float32."""
    x, h, c, W, b, p = _singles(x, h, c, W, b, p)
    z_i, z_f, z_o, z_g = np.split(np.hstack([h, x]) @ W + b, 4, axis=-1)
    c2 = _half(z_f + c * p[1]) * c + _half(z_i + c * p[0]) * np.tanh(z_g)
    return _half(z_o + c2 * p[2]) * np.tanh(c2), c2


@alternative(lstm_coupled_step)
def a_step_towards_the_candidate(x, h, c, W, b):
    """The cell moves from the candidate towards what it was: g + f (c - g)."""
    x, h, c, W = (np.asarray(array, dtype=float) for array in (x, h, c, W))
    H = h.shape[1]
    z = h @ W[:H] + x @ W[H:] + np.asarray(b)
    g = np.tanh(z[:, 2 * H :])
    c2 = g + _half(z[:, :H]) * (c - g)
    return [_half(z[:, H : 2 * H]) * np.tanh(c2), c2]


@alternative(lstm_coupled_step)
def by_the_ordinary_step(x, h, c, W, b):
    """An LSTM of four blocks whose input block is minus its forget block: σ(-z) = 1 - σ(z)."""
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    H = len(c[0])
    four_W, four_b = np.concatenate([-W[:, :H], W], axis=1), np.concatenate([-b[:H], b])
    return lstm_step(x, h, c, four_W, four_b)[:2]


@alternative(lstm_coupled_step)
def coupled_in_single_precision(x, h, c, W, b):
    """Everything in float32."""
    x, h, c, W, b = _singles(x, h, c, W, b)
    z_f, z_o, z_g = np.split(np.hstack([h, x]) @ W + b, 3, axis=-1)
    f = _half(z_f)
    c2 = f * c + (1 - f) * np.tanh(z_g)
    return _half(z_o) * np.tanh(c2), c2


@alternative(gru_step)
def gated_with_split_weights(x, h, Wr, Wz, Wc):
    """Two products for each gate; the state moves towards the candidate: h + z (n - h)."""
    x, h, Wr, Wz, Wc = (np.asarray(array, dtype=float) for array in (x, h, Wr, Wz, Wc))
    H = h.shape[1]
    r, z = (_half(h @ W[:H] + x @ W[H:]) for W in (Wr, Wz))
    return h + z * (np.tanh((h * r) @ Wc[:H] + x @ Wc[H:]) - h)


@alternative(gru_step)
def gated_cell_by_cell(x, h, Wr, Wz, Wc):
    """Loops over sequences and cells with the math module; nested lists come back."""
    H, states = len(h[0]), []
    for old, new in zip(h, x, strict=True):
        joined = [float(v) for v in (*old, *new)]
        r, z = (
            [_sigmoid_of(sum(v * float(row[k]) for v, row in zip(joined, W, strict=True))) for k in range(H)]
            for W in (Wr, Wz)
        )
        joined[:H] = [a * v for a, v in zip(r, joined[:H], strict=True)]
        n = [math.tanh(sum(v * float(row[k]) for v, row in zip(joined, Wc, strict=True))) for k in range(H)]
        states.append([(1 - z[k]) * float(old[k]) + z[k] * n[k] for k in range(H)])
    return states


@alternative(gru_step)
def gated_in_single_precision(x, h, Wr, Wz, Wc):
    """Everything in float32, both gates in one product."""
    x, h, Wr, Wz, Wc = _singles(x, h, Wr, Wz, Wc)
    r, z = np.split(_half(np.hstack([h, x]) @ np.hstack([Wr, Wz])), 2, axis=1)
    return (1 - z) * h + z * np.tanh(np.hstack([r * h, x]) @ Wc)


@alternative(gradient_norm_through_time)
def gradients_carried_back(Whh, hs):
    """The rows of the unit matrix go back like gradients; the largest singular value of what arrives."""
    grads = np.eye(len(Whh))
    for h in np.asarray(hs, dtype=float)[::-1]:
        grads = (grads * (1 - h) * (1 + h)) @ np.asarray(Whh, dtype=float).T
    return np.linalg.svd(grads, compute_uv=False)[0]


@alternative(gradient_norm_through_time)
def root_of_an_eigenvalue(Whh, hs):
    """The root of the largest eigenvalue of P Pᵀ, with P the product of the transposed matrices."""
    P = np.eye(len(Whh))
    for h in hs:
        P = P @ (np.asarray(Whh, dtype=float) * (1 - np.asarray(h, dtype=float) ** 2))
    return math.sqrt(np.linalg.eigvalsh(P @ P.T)[-1])
