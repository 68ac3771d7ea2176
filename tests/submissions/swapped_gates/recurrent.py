import numpy as np


def sigma(u):
    return 0.5 * (1 + np.tanh(u / 2))


def rnn_step(x, h, Wxh, Whh, b):
    x, h, Wxh, Whh, b = (np.asarray(a, dtype=float) for a in (x, h, Wxh, Whh, b))
    return np.tanh(x @ Wxh + h @ Whh + b)


def rnn_bptt(X, h0, Wxh, Whh, b, dH):
    X, h0, Wxh, Whh, b, dH = (np.asarray(a, dtype=float) for a in (X, h0, Wxh, Whh, b, dH))
    T = X.shape[1]
    hs = [h0]
    for t in range(T):
        hs.append(rnn_step(X[:, t], hs[t], Wxh, Whh, b))
    dWxh, dWhh, db = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(b)
    dh = np.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        dh = dh + dH[:, t]
        du = dh * (1 - hs[t + 1] ** 2)
        dWxh += X[:, t].T @ du
        dWhh += hs[t].T @ du
        db += du.sum(axis=0)
        dh = du @ Whh.T
    return dWxh, dWhh, db, dh


def truncated_bptt(X, h0, Wxh, Whh, b, dH, K):
    X, dH = np.asarray(X, dtype=float), np.asarray(dH, dtype=float)
    h = np.asarray(h0, dtype=float)
    sums = None
    for start in range(0, X.shape[1], K):
        piece = slice(start, start + K)
        grads = rnn_bptt(X[:, piece], h, Wxh, Whh, b, dH[:, piece])
        sums = list(grads) if sums is None else [s + g for s, g in zip(sums[:3], grads[:3])] + [sums[3]]
        for t in range(start, min(start + K, X.shape[1])):
            h = rnn_step(X[:, t], h, Wxh, Whh, b)
    return tuple(sums)


def encode(text, vocab):
    numbers = np.array([vocab.index(letter) for letter in text])
    return numbers[:-1], numbers[1:]


def char_lm_loss(logits, targets):
    v = np.asarray(logits, dtype=float)
    v = v - v.max(axis=-1, keepdims=True)
    logp = v - np.log(np.exp(v).sum(axis=-1, keepdims=True))
    picked = np.take_along_axis(logp, np.asarray(targets)[..., None], axis=-1)
    return float(-picked.mean())


def sample_char(p, u):
    p = np.asarray(p, dtype=float)
    owner = int(np.searchsorted(np.cumsum(p), u, side="right"))
    return min(owner, int(np.flatnonzero(p)[-1]))


def lstm_step(x, h, c, W, b):
    x, h, c, W, b = (np.asarray(a, dtype=float) for a in (x, h, c, W, b))
    H = h.shape[1]
    z = np.concatenate([h, x], axis=1) @ W + b
    i = sigma(z[:, :H])
    f = sigma(z[:, H : 2 * H])
    g = np.tanh(z[:, 2 * H : 3 * H])  # the order of torch
    o = sigma(z[:, 3 * H :])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return h2, c2, (i, f, g, o)


def lstm_backward_step(dh, dc, cache):
    dh, dc = np.asarray(dh, dtype=float), np.asarray(dc, dtype=float)
    x, h, c, W, i, f, o, g, c2 = (cache[k] for k in ("x", "h", "c", "W", "i", "f", "o", "g", "c2"))
    t = np.tanh(c2)
    dc = dc + dh * o * (1 - t**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * t
    dz = np.concatenate([di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)], axis=1)
    joined = np.concatenate([h, x], axis=1)
    back = dz @ W.T
    H = h.shape[1]
    return back[:, H:], back[:, :H], dc * f, joined.T @ dz, dz.sum(axis=0)


def lstm_peephole_step(x, h, c, W, b, p):
    x, h, c, W, b, p = (np.asarray(a, dtype=float) for a in (x, h, c, W, b, p))
    z = np.concatenate([h, x], axis=1) @ W + b
    zi, zf, zg, zo = np.split(z, 4, axis=1)
    i = sigma(zi + p[0] * c)
    f = sigma(zf + p[1] * c)
    c2 = f * c + i * np.tanh(zg)
    o = sigma(zo + p[2] * c2)
    return o * np.tanh(c2), c2


def lstm_coupled_step(x, h, c, W, b):
    x, h, c, W, b = (np.asarray(a, dtype=float) for a in (x, h, c, W, b))
    z = np.concatenate([h, x], axis=1) @ W + b
    zf, zo, zg = np.split(z, 3, axis=1)  # as the docstring says; torch has no such thing
    f = sigma(zf)
    c2 = f * c + (1 - f) * np.tanh(zg)
    return sigma(zo) * np.tanh(c2), c2


def gru_step(x, h, Wr, Wz, Wc):
    x, h, Wr, Wz, Wc = (np.asarray(a, dtype=float) for a in (x, h, Wr, Wz, Wc))
    hx = np.concatenate([h, x], axis=1)
    r, z = sigma(hx @ Wr), sigma(hx @ Wz)
    n = np.tanh(np.concatenate([r * h, x], axis=1) @ Wc)
    return (1 - z) * h + z * n


def gradient_norm_through_time(Whh, hs):
    Whh, hs = np.asarray(Whh, dtype=float), np.asarray(hs, dtype=float)
    total = np.eye(len(Whh))
    for h in hs:
        total = np.diag(1 - h**2) @ Whh.T @ total
    return float(np.linalg.norm(total, 2))


EXPLAIN = """
Along the cell the gradient is only multiplied by f in each step, number by number. In a simple network it goes through
the same matrix and the slope of tanh a hundred times and is gone. f must be nearly 1 for it.
"""
