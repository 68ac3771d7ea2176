import numpy as np


def pairwise_sq_dists(X):
    X = np.asarray(X, dtype=float)
    D = np.zeros((len(X), len(X)))
    for i in range(len(X)):
        for j in range(i):
            D[i, j] = D[j, i] = np.sum((X[i] - X[j]) ** 2)
    return D


def conditional_p(D2, sigma):
    D2, sigma = np.asarray(D2, dtype=float), np.asarray(sigma, dtype=float)
    n = len(D2)
    P = np.zeros((n, n))
    for i in range(n):
        others = [j for j in range(n) if j != i]
        d = D2[i, others]
        e = np.exp(-(d - d.min()) / (2 * sigma[i] ** 2))
        P[i, others] = e / e.sum()
    return P


def perplexity(p):
    H = 0.0
    for share in np.asarray(p, dtype=float):
        if share > 0:
            H -= share * np.log2(share)
    return float(2**H)


perp = perplexity


def find_sigma(d2_row, perplexity):
    d = np.asarray(d2_row, dtype=float)
    d = d - d.min()

    def how_many(sigma):
        e = np.exp(-d / (2 * sigma**2))
        return perp(e / e.sum())

    low, high = 1e-30, 1e30
    while high / low > 1 + 1e-12:
        mid = np.sqrt(low * high)
        if how_many(mid) < perplexity:
            low = mid
        else:
            high = mid
    return float(np.sqrt(low * high))


def joint_p(P_cond):
    P = np.asarray(P_cond, dtype=float)
    return (P + P.T) / (2 * len(P))


def low_dim_q(Y):
    Y = np.asarray(Y, dtype=float)
    D = ((Y[:, None] - Y[None]) ** 2).sum(-1)
    num = 1 / (1 + D)
    num[np.arange(len(Y)), np.arange(len(Y))] = 0
    return num / num.sum(), num


def kl_divergence(P, Q):
    total = 0.0
    for p, q in zip(np.ravel(P), np.ravel(Q)):
        if p > 0:
            total += p * np.log(p / q)
    return float(total)


def tsne_gradient(P, Y):
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    Q, _ = low_dim_q(Y)
    G = np.zeros_like(Y)
    for i in range(len(Y)):
        for j in range(len(Y)):
            G[i] += 4 * (P[i, j] - Q[i, j]) * (Y[i] - Y[j])
    return G


def tsne_step(Y, V, G, lr, mu):
    V = mu * np.asarray(V, dtype=float) - lr * np.asarray(G, dtype=float)
    return np.asarray(Y, dtype=float) + V, V


def linear_autoencoder_grad(X, We, Wd):
    X, We, Wd = np.asarray(X, dtype=float), np.asarray(We, dtype=float), np.asarray(Wd, dtype=float)
    n = len(X)
    code = X @ We
    wrong = code @ Wd - X
    loss = (wrong**2).sum() / n
    dWd = 2 / n * code.T @ wrong
    dWe = 2 / n * X.T @ wrong @ Wd.T
    return float(loss), dWe, dWd


def denoising_pair(X, noise):
    X = np.asarray(X, dtype=float)
    return X + np.asarray(noise, dtype=float), X.copy()


EXPLAIN = """
On a plane there is not enough room for all the neighbours that a point has in many dimensions, with a Gaussian they
would all be pressed into the middle. The heavy tail lets them be far away without costing much. How far two clusters
are from each other means nothing.
"""
