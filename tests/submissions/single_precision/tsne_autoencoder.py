import numpy as np


def low_dim_q(Y):
    Y = np.asarray(Y, dtype=np.float32)
    diff = Y[:, None, :] - Y[None, :, :]
    num = 1 / (1 + (diff**2).sum(-1))
    np.fill_diagonal(num, 0)
    return num / num.sum(), num


def tsne_gradient(P, Y):
    P = np.asarray(P, dtype=np.float32)
    Y = np.asarray(Y, dtype=np.float32)
    Q, num = low_dim_q(Y)
    W = (P - Q) * num
    return 4 * (W.sum(1)[:, None] * Y - W @ Y)
