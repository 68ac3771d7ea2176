"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import low_dim_q, tsne_gradient


def _squares(Y):
    """Squared distances of all pairs."""
    Y = np.asarray(Y, dtype=float)
    return ((Y[:, None] - Y[None]) ** 2).sum(axis=-1)


def _off_diagonal(A):
    """A copy with zeros on the diagonal."""
    return A * (1 - np.eye(len(A)))


def _forces(stiffness, Y, factor=4.0):
    """The sum over j of stiffness_ij (y_i - y_j), times a factor."""
    Y = np.asarray(Y, dtype=float)
    return factor * (stiffness[:, :, None] * (Y[:, None] - Y[None])).sum(axis=1)


# ---- low_dim_q ------------------------------------------------------------------------------------


@misconception(low_dim_q)
def each_row_adds_up_to_one(Y):
    """Each row is divided by its own sum, as on one slide; divide by the sum over all pairs."""
    num = low_dim_q(Y)[1]
    return num / num.sum(axis=1, keepdims=True), num


@misconception(low_dim_q)
def each_column_adds_up_to_one(Y):
    """Each column is divided by its own sum; divide by the sum over all pairs."""
    num = low_dim_q(Y)[1]
    return num / num.sum(axis=0), num


@misconception(low_dim_q)
def rows_first_then_symmetrised(Y):
    """Rows are normalised and then symmetrised, (Q + Qᵀ) / 2n; P is made like that, Q needs one sum only."""
    num = low_dim_q(Y)[1]
    Q = num / num.sum(axis=1, keepdims=True)
    return (Q + Q.T) / (2 * len(Q)), num


@misconception(low_dim_q)
def diagonal_kept(Y):
    """Every point has an affinity of 1 to itself, and the sum includes it; both diagonals should be 0."""
    num = 1 / (1 + _squares(Y))
    return num / num.sum(), num


@misconception(low_dim_q)
def diagonal_removed_too_late(Y):
    """The diagonal is set to 0 after dividing, so Q does not add up to 1; take it out before you add up."""
    num = 1 / (1 + _squares(Y))
    return _off_diagonal(num / num.sum()), _off_diagonal(num)


@misconception(low_dim_q)
def diagonal_kept_in_num(Y):
    """Your Q is right, but num still has ones on its diagonal; they are 0 there too."""
    Q, num = low_dim_q(Y)
    return Q, num + np.eye(len(num))


@misconception(low_dim_q)
def gaussian_affinities(Y):
    """The affinities are Gaussian, exp(-d²), as for the data; on the map they are 1 / (1 + d²)."""
    with np.errstate(all="ignore"):  # far points underflow
        num = _off_diagonal(np.exp(-_squares(Y)))
        return num / num.sum(), num


@misconception(low_dim_q)
def distances_not_squared(Y):
    """The affinities are 1 / (1 + d); the distance is squared, 1 / (1 + d²)."""
    num = _off_diagonal(1 / (1 + np.sqrt(_squares(Y))))
    return num / num.sum(), num


@misconception(low_dim_q)
def one_missing(Y):
    """The affinities are 1 / d²; it is 1 / (1 + d²), which stays finite where two points meet."""
    num = np.where(np.eye(len(Y)) > 0, 0.0, 1 / _squares(Y))
    return num / num.sum(), num


@misconception(low_dim_q)
def not_inverted(Y):
    """The affinities are 1 + d², which grows with the distance; it is the inverse."""
    num = _off_diagonal(1 + _squares(Y))
    return num / num.sum(), num


@misconception(low_dim_q)
def tail_squared(Y):
    """The affinities are 1 / (1 + d²)²; the square is one too many."""
    num = low_dim_q(Y)[1] ** 2
    return num / num.sum(), num


@misconception(low_dim_q)
def not_normalised(Y):
    """Q is never divided by its sum, so the affinities do not add up to 1."""
    num = low_dim_q(Y)[1]
    return num, num


@misconception(low_dim_q)
def every_pair_counted_once(Y):
    """The sum counts every pair once, so Q adds up to 2; ij and ji both count."""
    Q, num = low_dim_q(Y)
    return 2 * Q, num


@misconception(low_dim_q)
def results_exchanged(Y):
    """The unnormalised affinities come back first; the order is Q, num."""
    return low_dim_q(Y)[::-1]


@misconception(low_dim_q)
def coordinates_taken_for_points(Y):
    """The columns of Y are taken for points; a point is a row."""
    return low_dim_q(np.asarray(Y).T)


# ---- tsne_gradient --------------------------------------------------------------------------------


@misconception(tsne_gradient)
def tail_factor_left_out(P, Y):
    """The factor (1 + d²)⁻¹ is missing beside p - q; without it this is symmetric SNE, a Gaussian map."""
    Q, _ = low_dim_q(Y)
    return _forces(np.asarray(P) - Q, Y)


@misconception(tsne_gradient)
def factor_two(P, Y):
    """The factor is 2, as in SNE; every pair counts twice and every square gives a 2, so it is 4."""
    return tsne_gradient(P, Y) / 2


@misconception(tsne_gradient)
def factor_one(P, Y):
    """The factor 4 is missing: every pair counts twice and every square gives a 2."""
    return tsne_gradient(P, Y) / 4


@misconception(tsne_gradient)
def downhill(P, Y):
    """Your forces point downhill: q - p, y_j - y_i, or a sum over the wrong index; the gradient is uphill."""
    return -tsne_gradient(P, Y)


@misconception(tsne_gradient)
def rows_of_q_normalised(P, Y):
    """Each row of q was divided by its own sum; divide by the sum over all pairs, or it is no gradient."""
    _, num = low_dim_q(Y)
    return _forces((np.asarray(P) - num / num.sum(axis=1, keepdims=True)) * num, Y)


@misconception(tsne_gradient)
def diagonal_of_q_kept(P, Y):
    """The affinity of a point to itself counts in the sum under q; take the diagonal out first."""
    num = 1 / (1 + _squares(Y))
    return _forces((np.asarray(P) - num / num.sum()) * num, Y)


@misconception(tsne_gradient)
def q_beside_the_difference(P, Y):
    """The difference p - q is multiplied by q; it is multiplied by the unnormalised (1 + d²)⁻¹."""
    Q, _ = low_dim_q(Y)
    return _forces((np.asarray(P) - Q) * Q, Y)


@misconception(tsne_gradient)
def tail_factor_twice(P, Y):
    """The factor (1 + d²)⁻¹ beside p - q is squared; once is enough."""
    Q, num = low_dim_q(Y)
    return _forces((np.asarray(P) - Q) * num**2, Y)


@misconception(tsne_gradient)
def tail_factor_inverted(P, Y):
    """The difference p - q is multiplied by 1 + d²; it is divided by it."""
    Q, _ = low_dim_q(Y)
    return _forces((np.asarray(P) - Q) * (1 + _squares(Y)), Y)


@misconception(tsne_gradient)
def each_pair_moves_one_point(P, Y):
    """Only the pairs with j > i are summed, so each pair moves one of its points; sum over all j."""
    Q, num = low_dim_q(Y)
    return _forces(np.triu((np.asarray(P) - Q) * num), Y)


@misconception(tsne_gradient)
def gaussian_map(P, Y):
    """Your q and the factor beside p - q come from exp(-d²); on the map both come from 1 / (1 + d²)."""
    with np.errstate(all="ignore"):  # far points underflow
        num = _off_diagonal(np.exp(-_squares(Y)))
        return _forces((np.asarray(P) - num / num.sum()) * num, Y)


@misconception(tsne_gradient)
def attraction_only(P, Y):
    """Points are only pulled together, by p; without q nothing pushes them apart."""
    return _forces(np.asarray(P) * low_dim_q(Y)[1], Y)


@misconception(tsne_gradient)
def quotient_in_place_of_the_difference(P, Y):
    """The forces grow with p log(p / q), the cost of a pair; its derivative is the difference p - q."""
    P = np.asarray(P, dtype=float)
    Q, num = low_dim_q(Y)
    some = P * Q > 0
    cost = np.zeros_like(P)
    cost[some] = P[some] * np.log(P[some] / Q[some])
    return _forces(cost * num, Y)


@misconception(tsne_gradient)
def directions_of_length_one(P, Y):
    """Each difference y_i - y_j is divided by its length; springs pull the harder the longer they are."""
    Q, num = low_dim_q(Y)
    apart = np.sqrt(_squares(Y))
    return _forces((np.asarray(P) - Q) * num / np.where(apart > 0, apart, 1.0), Y)


@misconception(tsne_gradient)
def averaged_over_the_points(P, Y):
    """The sum over j is divided by n; it is a sum."""
    return tsne_gradient(P, Y) / len(Y)


@misconception(tsne_gradient)
def p_normalised_again(P, Y):
    """P is made to add up to 1 once more; use it as it comes, it may be larger on purpose."""
    P = np.asarray(P, dtype=float)
    return tsne_gradient(P / P.sum(), Y)
