import numpy as np


def low_dim_q(Y):
    Y = np.asarray(Y, dtype=float)
    D = ((Y[:, None] - Y[None]) ** 2).sum(-1)
    num = 1 / (1 + D)
    num[np.arange(len(Y)), np.arange(len(Y))] = 0
    return num / num.sum(), num


def tsne_gradient(P, Y):
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    Q, _ = low_dim_q(Y)
    G = np.zeros_like(Y)
    for i in range(len(Y)):
        for j in range(len(Y)):
            G[i] += 4 * (P[i, j] - Q[i, j]) * (Y[i] - Y[j])
    return G
