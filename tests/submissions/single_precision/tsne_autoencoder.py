import numpy as np

f32 = np.float32


def pairwise_sq_dists(X):
    X = np.asarray(X, dtype=f32)
    diff = X[:, None, :] - X[None, :, :]
    return (diff**2).sum(-1)


def conditional_p(D2, sigma):
    logits = -np.asarray(D2, dtype=f32) / (2 * np.asarray(sigma, dtype=f32)[:, None] ** 2)
    np.fill_diagonal(logits, -np.inf)
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def perplexity(p):
    p = np.asarray(p, dtype=f32)
    p = p[p > 0]
    return float(np.prod(p**-p))


count_neighbours = perplexity


def find_sigma(d2_row, perplexity):
    d2 = np.asarray(d2_row, dtype=f32)
    d2 = d2 - d2.min()
    exponent, jump = 0.0, 16.0  # of two
    while jump > 1e-8:
        e = np.exp(-d2 / f32(2 * 4.0**exponent))
        exponent += jump if count_neighbours(e / e.sum()) < perplexity else -jump
        jump /= 2
    return 2.0**exponent


def joint_p(P_cond):
    P = np.asarray(P_cond, dtype=f32)
    return (P + P.T) / f32(2 * len(P))


def low_dim_q(Y):
    Y = np.asarray(Y, dtype=np.float32)
    diff = Y[:, None, :] - Y[None, :, :]
    num = 1 / (1 + (diff**2).sum(-1))
    np.fill_diagonal(num, 0)
    return num / num.sum(), num


def kl_divergence(P, Q):
    P, Q = np.asarray(P, dtype=f32), np.asarray(Q, dtype=f32)
    on = P > 0
    return (P[on] * np.log(P[on] / Q[on])).sum()


def tsne_gradient(P, Y):
    P = np.asarray(P, dtype=np.float32)
    Y = np.asarray(Y, dtype=np.float32)
    Q, num = low_dim_q(Y)
    W = (P - Q) * num
    return 4 * (W.sum(1)[:, None] * Y - W @ Y)


def tsne_step(Y, V, G, lr, mu):
    Y, V, G = (np.asarray(a, dtype=f32) for a in (Y, V, G))
    V = f32(mu) * V - f32(lr) * G
    return Y + V, V


def linear_autoencoder_grad(X, We, Wd):
    X, We, Wd = (np.asarray(a, dtype=f32) for a in (X, We, Wd))
    H = X @ We
    E = H @ Wd - X
    G = E * f32(2 / len(X))
    return (E * E).sum() / f32(len(X)), X.T @ (G @ Wd.T), H.T @ G


def denoising_pair(X, noise):
    X = np.asarray(X, dtype=f32)
    return X + np.asarray(noise, dtype=f32), X


EXPLAIN = """
t has a heavier tail than a Gaussian, so points that are moderately far away in the data can be far away on the map.
Otherwise they would crowd in the middle because there is less room in two dimensions. One should not read the size of
the clusters.
"""
