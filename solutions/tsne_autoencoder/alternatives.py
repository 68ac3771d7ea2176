"""Right answers by another road: each must get full marks."""

import numpy as np

from autograder import alternative

from .reference import low_dim_q, tsne_gradient


@alternative(low_dim_q)
def pair_by_pair(Y):
    """Two loops; nested lists come back."""
    n = len(Y)
    num = [
        [
            0.0 if i == j else 1 / (1 + sum((a - b) ** 2 for a, b in zip(Y[i], Y[j], strict=True)))
            for j in range(n)
        ]
        for i in range(n)
    ]
    total = sum(map(sum, num))
    return [[value / total for value in row] for row in num], num


@alternative(low_dim_q)
def squares_and_products(Y):
    """‖y_i‖² + ‖y_j‖² - 2 y_i·y_j, with the map centred, and every affinity at least 1e-12."""
    Y = np.asarray(Y, dtype=float)
    Y = Y - Y.mean(axis=0)
    squares = (Y * Y).sum(axis=1)
    num = 1 / (1 + np.maximum(squares[:, None] + squares - 2 * Y @ Y.T, 0))
    num[np.arange(len(Y)), np.arange(len(Y))] = 0
    return np.maximum(num / np.sum(num), 1e-12), num


@alternative(low_dim_q)
def in_single_precision(Y):
    """Norms of differences in float32, and a mask for the diagonal."""
    Y = np.asarray(Y, dtype=np.float32)
    apart = np.linalg.norm(Y[:, None] - Y[None], axis=2)
    num = (1 - np.eye(len(Y), dtype=np.float32)) / (1 + apart**2)
    return num / num.sum(), num


def _affinities(Y):
    """The affinities of a map, from the upper triangle alone."""
    n = len(Y)
    i, j = np.triu_indices(n, k=1)
    num = np.zeros((n, n))
    num[i, j] = 1 / (1 + np.sum((Y[i] - Y[j]) ** 2, axis=1))
    num += num.T
    return num / np.sum(num), num


@alternative(tsne_gradient)
def force_by_force(P, Y):
    """A sum over the pairs, each force added to one point and taken from the other."""
    Y = np.asarray(Y, dtype=float)
    Q, num = _affinities(Y)
    gradient = np.zeros(Y.shape)
    for i in range(len(Y)):
        for j in range(i):
            force = 4 * (P[i][j] - Q[i, j]) * num[i, j] * (Y[i] - Y[j])
            gradient[i] += force
            gradient[j] -= force
    return gradient.tolist()


@alternative(tsne_gradient)
def by_the_laplacian(P, Y):
    """The stiffness matrix as a graph Laplacian: 4 (diag(K 1) - K) Y, with q at least 1e-12."""
    Y = np.asarray(Y, dtype=float)
    Q, num = _affinities(Y)
    K = (np.asarray(P) - np.maximum(Q, 1e-12)) * num
    return 4 * np.einsum("ij,jd->id", np.diag(K.sum(axis=0)) - K, Y)


@alternative(tsne_gradient)
def forces_in_single_precision(P, Y):
    """All differences at once, in float32."""
    P, Y = np.asarray(P, dtype=np.float32), np.asarray(Y, dtype=np.float32)
    apart = Y[:, None] - Y[None]
    num = 1 / (1 + np.square(apart).sum(axis=2))
    num *= 1 - np.eye(len(Y), dtype=np.float32)
    return 4 * (((P - num / num.sum()) * num)[:, :, None] * apart).sum(axis=1)
