"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import (
    conditional_p,
    denoising_pair,
    find_sigma,
    joint_p,
    kl_divergence,
    linear_autoencoder_grad,
    low_dim_q,
    pairwise_sq_dists,
    perplexity,
    tsne_gradient,
    tsne_step,
)

# ---- affinities of the data -----------------------------------------------------------------------


@alternative(pairwise_sq_dists)
def distances_pair_by_pair(X):
    """Two loops; nested lists come back."""
    return [[math.dist(x, other) ** 2 for other in X] for x in X]


@alternative(pairwise_sq_dists)
def distances_by_products(X):
    """‖x_i‖² + ‖x_j‖² - 2 x_i·x_j of the centred points, with what rounding leaves below 0 taken away."""
    X = np.asarray(X, dtype=float)
    X = X - X.mean(axis=0)
    squares = np.einsum("nd,nd->n", X, X)
    D2 = np.maximum(squares[:, None] + squares - 2 * X @ X.T, 0.0)
    D2[np.diag_indices(len(X))] = 0.0
    return D2


@alternative(pairwise_sq_dists)
def distances_in_single_precision(X):
    """Differences in float32, of points that were centred before."""
    X = np.asarray(X, dtype=float)
    X = (X - X[0]).astype(np.float32)
    return np.square(X[:, None] - X).sum(axis=2)


@alternative(conditional_p)
def choices_row_by_row(D2, sigma):
    """A loop over the points, each with a list of the others; nested lists come back."""
    rows = []
    for i, (row, width) in enumerate(zip(D2, sigma, strict=True)):
        nearest = min(float(d2) for j, d2 in enumerate(row) if j != i)
        e = [0.0 if j == i else math.exp((nearest - d2) / (2 * width**2)) for j, d2 in enumerate(row)]
        rows.append([share / math.fsum(e) for share in e])
    return rows


@alternative(conditional_p)
def choices_by_logarithms(D2, sigma):
    """The exponential of the exponents minus NumPy's own safe log of a sum."""
    exponents = -np.asarray(D2, dtype=float) * (0.5 / np.asarray(sigma, dtype=float) ** 2)[:, None]
    exponents[np.arange(len(exponents)), np.arange(len(exponents))] = -np.inf
    return np.exp(exponents - np.logaddexp.reduce(exponents, axis=1, keepdims=True))


@alternative(conditional_p)
def choices_in_single_precision(D2, sigma):
    """Everything in float32, and a mask for the diagonal."""
    D2, sigma = np.asarray(D2, dtype=np.float32), np.asarray(sigma, dtype=np.float32)
    others = ~np.eye(len(D2), dtype=bool)
    nearest = D2.min(axis=1, where=others, initial=np.inf, keepdims=True)
    e = np.exp(np.minimum((nearest - D2) / (2 * sigma[:, None] ** 2), 0)) * others
    return e / e.sum(axis=1, keepdims=True)


@alternative(perplexity)
def perplexity_by_e(p):
    """The number e raised to the entropy with natural logarithms."""
    p = np.asarray(p, dtype=float)
    return np.exp(-np.sum(p * np.log(np.where(p > 0, p, 1.0))))


@alternative(perplexity)
def perplexity_as_a_product(p):
    """The product of p to the power of -p; in Python, 0 to the power of 0 is 1."""
    return 1 / math.prod(float(share) ** float(share) for share in p)


@alternative(perplexity)
def perplexity_in_single_precision(p):
    """Everything in float32, each share at least 1e-12."""
    p = np.maximum(np.asarray(p, dtype=np.float32), np.float32(1e-12))
    return np.exp2(-np.sum(p * np.log2(p)))


@alternative(find_sigma)
def sigma_by_its_precision(d2_row, perplexity):
    """The search of the paper's authors: β = 1 / 2σ² is doubled or halved until enclosed, then bisected."""
    d2_row = np.asarray(d2_row, dtype=float)
    beta, low, high = 1.0, 0.0, np.inf
    for _ in range(100):
        e = np.exp(-beta * (d2_row - d2_row.min()))
        p = e / e.sum()
        excess = np.sum(beta * p * (d2_row - d2_row.min())) + np.log(e.sum()) - np.log(perplexity)
        if abs(excess) < 1e-6:
            break
        if excess > 0:
            low, beta = beta, 2 * beta if high == np.inf else (beta + high) / 2
        else:
            high, beta = beta, (beta + low) / 2
    return 1 / np.sqrt(2 * beta)


@alternative(find_sigma)
def sigma_by_secants(d2_row, perplexity):
    """Regula falsi in the Illinois form, on the logarithm of σ, in the unit of the mean distance."""
    d2 = np.array(d2_row, dtype=float)
    unit = d2.mean() - d2.min()
    d2 = (d2 - d2.min()) / unit

    def excess(exponent):
        e = np.exp(-d2 / (2 * math.exp(2 * exponent)))
        return -np.sum(e / e.sum() * np.log(np.maximum(e / e.sum(), 1e-300))) - math.log(perplexity)

    low, high = -12.0, 12.0
    below, above = excess(low), excess(high)
    for _ in range(300):
        middle = (low * above - high * below) / (above - below)
        here = excess(middle)
        if abs(here) < 1e-9:
            break
        if here < 0:
            low, below, above = middle, here, above / 2
        else:
            high, above, below = middle, here, below / 2
    return math.sqrt(unit) * math.exp(middle)


@alternative(find_sigma)
def sigma_with_plain_lists(d2_row, perplexity):
    """Two widths, one doubled and one halved until they enclose it, then the middle."""

    def neighbours(sigma):
        nearest = float(min(d2_row))
        e = [math.exp((nearest - float(d2)) / (2 * sigma**2)) for d2 in d2_row]
        shares = [part / math.fsum(e) for part in e]
        return 2 ** -sum(share * math.log2(share) for share in shares if share > 0)

    low = high = 1.0
    while neighbours(low) > perplexity:
        low /= 2
    while neighbours(high) < perplexity:
        high *= 2
    while high / low > 1 + 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if neighbours(middle) < perplexity else (low, middle)
    return low


@alternative(joint_p)
def pairs_in_two_loops(P_cond):
    """Two loops; nested lists come back."""
    n = len(P_cond)
    return [[(float(P_cond[i][j]) + float(P_cond[j][i])) / (2 * n) for j in range(n)] for i in range(n)]


@alternative(joint_p)
def pairs_by_their_sum(P_cond):
    """The sum with the transpose, divided by what it adds up to, and at least 1e-12."""
    P = np.add(P_cond, np.transpose(P_cond))
    return np.maximum(P / np.sum(P), 1e-12)


@alternative(joint_p)
def pairs_in_single_precision(P_cond):
    """Everything in float32."""
    P = np.asarray(P_cond, dtype=np.float32) / np.float32(len(P_cond))
    return np.float32(0.5) * (P + P.T)


# ---- the map --------------------------------------------------------------------------------------


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


@alternative(kl_divergence)
def divergence_entry_by_entry(P, Q):
    """A loop over all entries, the empty ones passed over."""
    entries = zip(np.ravel(P).tolist(), np.ravel(Q).tolist(), strict=True)
    return math.fsum(p * math.log(p / q) for p, q in entries if p > 0)


@alternative(kl_divergence)
def divergence_of_two_entropies(P, Q):
    """The cross-entropy of the map minus the entropy of the data, with p and q at least 1e-12."""
    P, Q = np.maximum(P, 1e-12), np.maximum(Q, 1e-12)
    return np.sum(P * np.log(P)) - np.sum(P * np.log(Q))


@alternative(kl_divergence)
def divergence_in_single_precision(P, Q):
    """Everything in float32, with ones put in where nothing counts."""
    P, Q = np.asarray(P, dtype=np.float32), np.asarray(Q, dtype=np.float32)
    return np.sum(P * np.log(np.where(P > 0, P, 1) / np.where(P > 0, Q, 1)))


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


@alternative(tsne_step)
def step_coordinate_by_coordinate(Y, V, G, lr, mu):
    """Two loops; nested lists come back."""
    moved = [
        [mu * float(v) - lr * float(g) for v, g in zip(v_row, g_row, strict=True)]
        for v_row, g_row in zip(V, G, strict=True)
    ]
    return [
        [float(y) + v for y, v in zip(y_row, v_row, strict=True)]
        for y_row, v_row in zip(Y, moved, strict=True)
    ], moved


@alternative(tsne_step)
def step_and_what_came_of_it(Y, V, G, lr, mu):
    """The map first; the velocity is how far it has come."""
    Y, V, G = (np.array(array, dtype=float) for array in (Y, V, G))
    there = Y + mu * V - lr * G
    return there, there - Y


@alternative(tsne_step)
def step_in_single_precision(Y, V, G, lr, mu):
    """Everything in float32."""
    Y, V, G = (np.asarray(array, dtype=np.float32) for array in (Y, V, G))
    V = np.float32(mu) * V - np.float32(lr) * G
    return [Y + V, V]


# ---- autoencoders ---------------------------------------------------------------------------------


@alternative(linear_autoencoder_grad)
def autoencoder_sample_by_sample(X, We, Wd):
    """A loop over the samples, with outer products."""
    X, We, Wd = (np.asarray(array, dtype=float) for array in (X, We, Wd))
    loss, dWe, dWd = 0.0, np.zeros(We.shape), np.zeros(Wd.shape)
    for x in X:
        h = x @ We
        difference = h @ Wd - x
        loss += difference @ difference / len(X)
        dWd += np.outer(h, difference) * 2 / len(X)
        dWe += np.outer(x, Wd @ difference) * 2 / len(X)
    return loss, dWe, dWd


@alternative(linear_autoencoder_grad)
def autoencoder_by_second_moments(X, We, Wd):
    """All from S = XᵀX / N and what We Wd lacks of the identity."""
    X, We, Wd = (np.asarray(array, dtype=float) for array in (X, We, Wd))
    S = X.T @ X / len(X)
    lacks = We @ Wd - np.eye(len(We))
    slope = 2 * S @ lacks
    return np.trace(lacks.T @ S @ lacks), slope @ Wd.T, We.T @ slope


@alternative(linear_autoencoder_grad)
def autoencoder_with_einsum(X, We, Wd):
    """Sums over named axes; a list comes back."""
    X, We, Wd = (np.asarray(array, dtype=float) for array in (X, We, Wd))
    E = np.einsum("nd,dk,ke->ne", X, We, Wd) - X
    dWe = np.einsum("nd,ne,ke->dk", X, E, Wd) / (0.5 * len(X))
    dWd = np.einsum("nd,dk,ne->ke", X, We, E) / (0.5 * len(X))
    return [np.einsum("ne,ne->", E, E) / len(X), dWe.tolist(), dWd.tolist()]


@alternative(linear_autoencoder_grad)
def autoencoder_in_single_precision(X, We, Wd):
    """Everything in float32."""
    X, We, Wd = (np.asarray(array, dtype=np.float32) for array in (X, We, Wd))
    H = X @ We
    E = H @ Wd - X
    G = E * np.float32(2 / len(X))
    return np.mean(np.sum(E * E, axis=1)), X.T @ (G @ Wd.T), H.T @ G


@alternative(denoising_pair)
def noise_on_a_copy(X, noise):
    """A copy of the data, and the noise added into that."""
    inputs = np.array(X, dtype=float)
    inputs += np.asarray(noise, dtype=float)
    return inputs, np.array(X, dtype=float)


@alternative(denoising_pair)
def noise_in_plain_lists(X, noise):
    """Number by number, down through the nested lists."""

    def added(x, e):
        if np.ndim(x):
            return [added(*pair) for pair in zip(x, e, strict=True)]
        return float(x) + float(e)

    return [added(X, noise), added(X, np.zeros(np.shape(X)))]


@alternative(denoising_pair)
def noise_in_single_precision(X, noise):
    """Everything in float32."""
    X = np.asarray(X, dtype=np.float32)
    return X + np.asarray(noise, dtype=np.float32), X
