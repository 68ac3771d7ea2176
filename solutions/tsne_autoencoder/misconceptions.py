"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

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


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


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


# ---- pairwise_sq_dists ----------------------------------------------------------------------------


def _by_products(X):
    """‖x_i‖² + ‖x_j‖² - 2 x_i·x_j, with all its rounding."""
    (X,) = _floats(X)
    squares = (X**2).sum(axis=1)
    return squares[:, None] + squares - 2 * X @ X.T


@misconception(pairwise_sq_dists)
def root_taken(X):
    """These are the distances; their squares are wanted, so leave the root out."""
    return np.sqrt(pairwise_sq_dists(X))


@misconception(pairwise_sq_dists)
def rounding_below_zero(X):
    """The formula with products rounds: equal points get distances a little off 0, some of them below.

    Subtract the points first and square afterwards, or set what is below 0, and the diagonal, to 0.
    """
    return _by_products(X)


@misconception(pairwise_sq_dists)
def digits_lost_far_away(X):
    """The formula with products takes a large number off another; far from the origin its digits are lost.

    Subtract the points, or at least their mean, before anything is multiplied.
    """
    return _off_diagonal(np.maximum(_by_products(X), 0.0))


@misconception(pairwise_sq_dists)
def columns_taken_for_points(X):
    """You compared the columns of X; a point is a row."""
    return pairwise_sq_dists(np.asarray(X).T)


@misconception(pairwise_sq_dists)
def along_the_streets(X):
    """You added up the sizes of the differences; here it is their squares."""
    (X,) = _floats(X)
    return np.abs(X[:, None] - X[None]).sum(axis=-1)


@misconception(pairwise_sq_dists)
def sum_before_the_square(X):
    """The differences are added first and squared afterwards; square each one, then add."""
    (X,) = _floats(X)
    return (X[:, None] - X[None]).sum(axis=-1) ** 2


@misconception(pairwise_sq_dists)
def mean_over_the_features(X):
    """You took the mean over the coordinates; a squared distance is their sum."""
    return pairwise_sq_dists(X) / np.shape(X)[1]


@misconception(pairwise_sq_dists)
def largest_difference_only(X):
    """Only the coordinate with the largest difference counts in yours; all are added up."""
    (X,) = _floats(X)
    return ((X[:, None] - X[None]) ** 2).max(axis=-1)


@misconception(pairwise_sq_dists)
def products_of_points(X):
    """These are the dot products of the points; the distances need the points subtracted."""
    (X,) = _floats(X)
    return X @ X.T


@misconception(pairwise_sq_dists)
def upper_half_only(X):
    """Only the pairs with j > i are filled in; the distance from j to i is the same one."""
    return np.triu(pairwise_sq_dists(X))


@misconception(pairwise_sq_dists)
def changes_the_callers_points(X):
    """The answer is right, but X -= … changed the array of the caller; X - … makes a new one."""
    (X,) = _floats(X)
    answer = pairwise_sq_dists(X)
    X -= X.mean(axis=0)
    return answer


# ---- conditional_p --------------------------------------------------------------------------------


def _bells(D2, sigma):
    """The bells before anything is normalised, with zeros on the diagonal, and without a shift."""
    D2, sigma = _floats(D2, sigma)
    return _off_diagonal(np.exp(-D2 / (2 * sigma[:, None] ** 2)))


def _normalised(exponents, axis=1):
    """Softmax of the exponents off the diagonal, along an axis or over everything."""
    exponents = exponents.copy()
    np.fill_diagonal(exponents, -np.inf)
    e = np.exp(exponents - exponents.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@misconception(conditional_p)
def sigma_not_squared(D2, sigma):
    """The squared distance is divided by 2σ; it is 2σ²."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / (2 * sigma[:, None]))


@misconception(conditional_p)
def two_left_out(D2, sigma):
    """The squared distance is divided by σ²; a Gaussian has 2σ² there."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / sigma[:, None] ** 2)


@misconception(conditional_p)
def brackets_left_out(D2, sigma):
    """D2 / 2 * sigma**2 divides by 2 and then multiplies by σ²; put 2 * sigma**2 in brackets."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / 2 * sigma[:, None] ** 2)


@misconception(conditional_p)
def own_choice_kept(D2, sigma):
    """Every point counts as its own nearest neighbour and takes most of its row; its share should be 0."""
    D2, sigma = _floats(D2, sigma)
    e = np.exp(-D2 / (2 * sigma[:, None] ** 2))
    return e / e.sum(axis=1, keepdims=True)


@misconception(conditional_p)
def own_choice_removed_too_late(D2, sigma):
    """The diagonal is set to 0 after dividing, so the rows no longer add up to 1; do it before the sum."""
    return _off_diagonal(own_choice_kept(D2, sigma))


@misconception(conditional_p)
def divided_by_the_sum_of_all(D2, sigma):
    """Everything is divided by one sum, as on one slide; each row has its own, and adds up to 1."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / (2 * sigma[:, None] ** 2), axis=None)


@misconception(conditional_p)
def columns_add_up_to_one(D2, sigma):
    """Your columns add up to 1; the choices of a point lie along its row."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / (2 * sigma[:, None] ** 2), axis=0)


@misconception(conditional_p)
def sums_laid_across_the_columns(D2, sigma):
    """Without keepdims=True the sums of the rows lie down as a row, and each divides a column."""
    D2, sigma = _floats(D2, sigma)
    exponents = -D2 / (2 * sigma[:, None] ** 2)
    np.fill_diagonal(exponents, -np.inf)
    e = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


@misconception(conditional_p)
def width_of_the_other_point(D2, sigma):
    """D2 / sigma takes the width of the chosen point; it is that of the choosing one: sigma[:, None]."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / (2 * sigma**2))


@misconception(conditional_p)
def one_bell_for_all(D2, sigma):
    """Every point gets the first width, as on the slides with their single σ; row i has sigma[i]."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-D2 / (2 * sigma[0] ** 2))


@misconception(conditional_p)
def squared_once_more(D2, sigma):
    """The squared distances are squared again; they come in as squares."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-(D2**2) / (2 * sigma[:, None] ** 2))


@misconception(conditional_p)
def distances_with_a_root(D2, sigma):
    """You took the root of the squared distances; the Gaussian falls with the square."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(-np.sqrt(D2) / (2 * sigma[:, None] ** 2))


@misconception(conditional_p)
def heavy_tail_in_the_data(D2, sigma):
    """You used 1 / (1 + d²/σ²), which belongs to the map; in the data it is a Gaussian."""
    D2, sigma = _floats(D2, sigma)
    num = _off_diagonal(1 / (1 + D2 / sigma[:, None] ** 2))
    return num / num.sum(axis=1, keepdims=True)


@misconception(conditional_p)
def outlier_lost(D2, sigma):
    """The formula is right on paper, but far from all others every exponential is 0, and 0/0 is nan.

    Take the largest exponent of a row off all of them first: the shares stay the same.
    """
    e = _bells(D2, sigma)
    return e / e.sum(axis=1, keepdims=True)


@misconception(conditional_p)
def same_place_left_out(D2, sigma):
    """You left out everybody at distance 0; only the point itself is left out, that is, the diagonal."""
    D2, sigma = _floats(D2, sigma)
    return _normalised(np.where(D2 > 0, -D2 / (2 * sigma[:, None] ** 2), -1e300))


@misconception(conditional_p)
def changes_the_callers_distances(D2, sigma):
    """The answer is right, but the diagonal was filled in the array of the caller; fill it in a new one."""
    answer = conditional_p(D2, sigma)
    (D2,) = _floats(D2)
    np.fill_diagonal(D2, np.inf)
    return answer


# ---- perplexity -----------------------------------------------------------------------------------


def _nats(p):
    """The entropy with natural logarithms."""
    (p,) = _floats(p)
    return -np.sum(p[p > 0] * np.log(p[p > 0]))


@misconception(perplexity)
def two_to_the_nats(p):
    """You raised 2 to an entropy with natural logarithms; 2 goes with log2, and e with log."""
    return float(2 ** _nats(p))


@misconception(perplexity)
def e_to_the_bits(p):
    """You raised e to an entropy in bits; e goes with log, and 2 with log2."""
    return float(np.exp(_nats(p) / np.log(2)))


@misconception(perplexity)
def entropy_in_bits(p):
    """This is the entropy; the perplexity is 2 raised to it."""
    return float(_nats(p) / np.log(2))


@misconception(perplexity)
def entropy_in_nats(p):
    """This is the entropy, with natural logarithms; the perplexity is e raised to that."""
    return float(_nats(p))


@misconception(perplexity)
def nan_for_a_share_of_zero(p):
    """A share of 0 has become nan: 0 times the logarithm of 0 should count as 0."""
    (p,) = _floats(p)
    return float(2.0 ** -np.sum(p * np.log2(p)))


@misconception(perplexity)
def minus_left_out(p):
    """The minus of the entropy is missing, so this is one over the perplexity."""
    return float(1 / perplexity(p))


@misconception(perplexity)
def one_over_the_sum_of_squares(p):
    """You counted by 1 / Σ p², another effective number; the perplexity is made of the entropy."""
    (p,) = _floats(p)
    return float(1 / np.sum(p**2))


@misconception(perplexity)
def counted_one_by_one(p):
    """You counted the shares above 0; small ones count for less than one neighbour."""
    return float(np.sum(np.asarray(p) > 0))


@misconception(perplexity)
def entropy_averaged(p):
    """You took the mean of the terms; the entropy is their sum."""
    return float(perplexity(p) ** (1 / len(p)))


@misconception(perplexity)
def shares_left_out(p):
    """You added up the logarithms alone; each is weighted with its share."""
    (p,) = _floats(p)
    return float(2.0 ** -np.mean(np.log2(p[p > 0])))


@misconception(perplexity)
def writes_into_the_shares(p):
    """The answer is right, but p[p == 0] = … changed the array of the caller; choose p[p > 0]."""
    answer = perplexity(p)
    (p,) = _floats(p)
    p[p == 0] = 1.0
    return answer


# ---- find_sigma -----------------------------------------------------------------------------------


def _search(reached, asked, low=-100.0, high=100.0, steps=60):
    """The width at which the rising function `reached` is what is asked, by halving its exponent."""
    for _ in range(steps):
        middle = (low + high) / 2
        if reached(2.0**middle) < asked:
            low = middle
        else:
            high = middle
    return 2.0**middle


def _choice(d2_row, sigma):
    """The shares of a row under a width."""
    d2_row = np.asarray(d2_row, dtype=float)
    e = np.exp((d2_row.min() - d2_row) / (2 * sigma**2))
    return e / e.sum()


def _count(p):
    """The perplexity: in `find_sigma` its name is the number asked for."""
    return np.exp(_nats(p))


@misconception(find_sigma)
def variance_returned(d2_row, perplexity):
    """You return σ²; take the root."""
    return find_sigma(d2_row, perplexity) ** 2


@misconception(find_sigma)
def precision_returned(d2_row, perplexity):
    """You return β = 1 / 2σ², the factor of the squared distance; σ is one over the root of 2β."""
    return 1 / (2 * find_sigma(d2_row, perplexity) ** 2)


@misconception(find_sigma)
def entropy_for_the_perplexity(d2_row, perplexity):
    """You made the entropy what the perplexity should be; compare with its logarithm, or raise 2 to it."""
    return _search(lambda sigma: _nats(_choice(d2_row, sigma)) / np.log(2), perplexity)


@misconception(find_sigma)
def nats_taken_for_bits(d2_row, perplexity):
    """Your search raises 2 to an entropy with natural logarithms; 2 goes with log2, and e with log."""
    return _search(lambda sigma: 2 ** _nats(_choice(d2_row, sigma)), perplexity)


@misconception(find_sigma)
def own_distance_counted(d2_row, perplexity):
    """You counted the point itself among its neighbours, at distance 0; it is not in the row."""
    return find_sigma([*d2_row, 0.0], perplexity)


@misconception(find_sigma)
def nobody_at_distance_zero(d2_row, perplexity):
    """You left out a distance of 0 as the point's own; the row holds the others only."""
    (d2_row,) = _floats(d2_row)
    return find_sigma(d2_row[d2_row > 0], perplexity)


@misconception(find_sigma)
def bell_without_the_two(d2_row, perplexity):
    """Your bell is exp(-d² / σ²); with the 2 of a Gaussian, exp(-d² / 2σ²), σ becomes smaller."""
    return find_sigma(d2_row, perplexity) * np.sqrt(2)


@misconception(find_sigma)
def row_squared_again(d2_row, perplexity):
    """You squared the distances; they come in as squares."""
    (d2_row,) = _floats(d2_row)
    return find_sigma(d2_row**2, perplexity)


@misconception(find_sigma)
def search_stops_early(d2_row, perplexity):
    """Your search stops after ten steps, with two digits; go on until the perplexity is right."""
    return _search(lambda sigma: _count(_choice(d2_row, sigma)), perplexity, -5.0, 5.0, 10)


@misconception(find_sigma)
def search_between_fixed_widths(d2_row, perplexity):
    """You search between 0.01 and 100 only; in another unit the width may lie far outside."""
    low, high = np.log2([0.01, 100.0])
    return float(_search(lambda sigma: _count(_choice(d2_row, sigma)), perplexity, low, high))


@misconception(find_sigma)
def search_turned_round(d2_row, perplexity):
    """Your search goes the wrong way: with too few neighbours the bell has to become wider."""
    return _search(lambda sigma: -_count(_choice(d2_row, sigma)), -perplexity)


@misconception(find_sigma)
def lost_far_from_all(d2_row, perplexity):
    """Far from all others every exponential is 0 and the shares are nan, which misleads your search.

    Take the smallest squared distance off all of them first: the shares stay the same.
    """

    def reached(sigma):
        e = np.exp(-np.asarray(d2_row, dtype=float) / (2 * sigma**2))
        return _count(e / e.sum())

    return _search(reached, perplexity, -20.0, 20.0)


@misconception(find_sigma)
def distance_of_the_last_neighbour(d2_row, perplexity):
    """You took the distance of the neighbour with that number; the width follows from the perplexity."""
    return float(np.sqrt(np.sort(_floats(d2_row)[0])[int(perplexity) - 1]))


@misconception(find_sigma)
def changes_the_callers_row(d2_row, perplexity):
    """The answer is right, but d2_row -= … changed the array of the caller; d2_row - … makes a new one."""
    answer = find_sigma(d2_row, perplexity)
    (d2_row,) = _floats(d2_row)
    d2_row -= d2_row.min() + 1.0
    return answer


# ---- joint_p --------------------------------------------------------------------------------------


@misconception(joint_p)
def not_shared_out(P_cond):
    """This is the mean of both choices; it still has to be divided by n, so that all adds up to 1."""
    (P,) = _floats(P_cond)
    return (P + P.T) / 2


@misconception(joint_p)
def two_forgotten(P_cond):
    """You divided by n alone, so all adds up to 2; p_j|i and p_i|j both count, so it is 2n."""
    return 2 * joint_p(P_cond)


@misconception(joint_p)
def merely_added(P_cond):
    """You added both choices and divided by nothing; all together should be 1."""
    return 2 * len(P_cond) * joint_p(P_cond)


@misconception(joint_p)
def not_mutual(P_cond):
    """You divided by n, but what i thinks of j is not yet what j thinks of i; add the transpose first."""
    return np.asarray(P_cond, dtype=float) / len(P_cond)


@misconception(joint_p)
def transposed_only(P_cond):
    """You turned the choices round, which makes them no more mutual; add both."""
    return np.asarray(P_cond, dtype=float).T / len(P_cond)


@misconception(joint_p)
def choices_multiplied(P_cond):
    """You multiplied the two choices; they are added, so that the kinder of the two counts."""
    (P,) = _floats(P_cond)
    return P * P.T / np.sum(P * P.T)


@misconception(joint_p)
def matrices_multiplied(P_cond):
    """P @ P.T is a product of matrices; what is wanted is a sum, P + P.T."""
    (P,) = _floats(P_cond)
    return P @ P.T / (2 * len(P))


@misconception(joint_p)
def larger_choice_taken(P_cond):
    """You took the larger of the two choices; it is their mean that counts."""
    (P,) = _floats(P_cond)
    return np.maximum(P, P.T) / len(P)


@misconception(joint_p)
def divided_by_all_pairs(P_cond):
    """You divided by the number of pairs; all is as much as the rows, n, and 2n with the mirror image."""
    (P,) = _floats(P_cond)
    return (P + P.T) / (2 * len(P) ** 2)


@misconception(joint_p)
def divided_twice(P_cond):
    """P is divided by its sum and then by 2n once more; one of the two is enough."""
    return joint_p(P_cond) / (2 * len(P_cond))


@misconception(joint_p)
def changes_the_callers_choices(P_cond):
    """The answer is right, but P += P.T changed the array of the caller; P + P.T makes a new one."""
    answer = joint_p(P_cond)
    (P,) = _floats(P_cond)
    P += P.T.copy()
    return answer


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


# ---- kl_divergence --------------------------------------------------------------------------------


@misconception(kl_divergence)
def data_and_map_exchanged(P, Q):
    """This is KL(Q‖P), which asks how well the data tells the map; it is p log(p / q)."""
    P, Q = _floats(P, Q)
    some = (P > 0) & (Q > 0)
    return float(np.sum(Q[some] * np.log(Q[some] / P[some])))


@misconception(kl_divergence)
def divergence_in_bits(P, Q):
    """These are logarithms to the base 2; ours are natural ones, np.log."""
    return kl_divergence(P, Q) / np.log(2)


@misconception(kl_divergence)
def nan_on_the_diagonal(P, Q):
    """0 log(0 / 0) has become nan; take only the entries with p > 0."""
    P, Q = _floats(P, Q)
    return float(np.sum(P * np.log(P / Q)))


@misconception(kl_divergence)
def quotient_upside_down(P, Q):
    """The logarithm is that of q / p, so your divergence is negative; it is p / q."""
    return -kl_divergence(P, Q)


@misconception(kl_divergence)
def cross_entropy_only(P, Q):
    """This is the cross-entropy, -Σ p log q; the entropy of P has to be taken off, Σ p log p added."""
    P, Q = _floats(P, Q)
    return float(-np.sum(P[P > 0] * np.log(Q[P > 0])))


@misconception(kl_divergence)
def logarithm_divided(P, Q):
    """P * np.log(P) / Q divides the logarithm by q; the quotient stands inside of it."""
    P, Q = _floats(P, Q)
    return float(np.sum(P[P > 0] * np.log(P[P > 0]) / Q[P > 0]))


@misconception(kl_divergence)
def not_weighted(P, Q):
    """The logarithms are added up without their weight p."""
    P, Q = _floats(P, Q)
    some = (P > 0) & (Q > 0)
    return float(np.sum(np.log(P[some] / Q[some])))


@misconception(kl_divergence)
def mean_of_all_pairs(P, Q):
    """You took the mean over all entries; it is their sum, p is weight enough."""
    return kl_divergence(P, Q) / np.size(P)


@misconception(kl_divergence)
def squares_of_the_differences(P, Q):
    """These are squared differences; the divergence compares by quotients, p log(p / q)."""
    P, Q = _floats(P, Q)
    return float(np.sum((P - Q) ** 2))


@misconception(kl_divergence)
def both_directions_averaged(P, Q):
    """You averaged KL(P‖Q) and KL(Q‖P); only the first is wanted."""
    return (kl_divergence(P, Q) + data_and_map_exchanged(P, Q)) / 2


@misconception(kl_divergence)
def masses_taken_off(P, Q):
    """Your terms are p log(p / q) - p + q, as in SciPy's kl_div; the last two do not belong here."""
    P, Q = _floats(P, Q)
    return kl_divergence(P, Q) - np.sum(P) + np.sum(Q)


@misconception(kl_divergence)
def p_made_to_add_up_to_one(P, Q):
    """You made P and Q add up to 1 first; use them as they come, they may be larger on purpose."""
    P, Q = _floats(P, Q)
    return kl_divergence(P / P.sum(), Q / Q.sum())


@misconception(kl_divergence)
def tiny_numbers_added(P, Q):
    """You add 0.0001 to p and q against log 0, which moves every answer; take only the entries with p > 0."""
    P, Q = _floats(P, Q)
    return float(np.sum((P + 1e-4) * np.log((P + 1e-4) / (Q + 1e-4))))


@misconception(kl_divergence)
def fills_the_callers_zeros(P, Q):
    """The answer is right, but zeros were filled in the array of the caller; np.maximum makes a new one."""
    answer = kl_divergence(P, Q)
    (P,) = _floats(P)
    P[P == 0] = 1e-12
    return answer


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


# ---- tsne_step ------------------------------------------------------------------------------------


@misconception(tsne_step)
def uphill(Y, V, G, lr, mu):
    """The gradient is added, as it is printed in the paper; it points uphill and is subtracted."""
    return tsne_step(Y, V, -np.asarray(G, dtype=float), lr, mu)


@misconception(tsne_step)
def rate_outside_the_velocity(Y, V, G, lr, mu):
    """You have V' = mu V + G and Y' = Y - lr V', as torch does; here the velocity holds -lr G already."""
    Y, V, G = _floats(Y, V, G)
    V = mu * V + G
    return Y - lr * V, V


@misconception(tsne_step)
def moved_by_the_old_velocity(Y, V, G, lr, mu):
    """The points move with the old velocity; the new one is ready, and meant."""
    Y, V, G = _floats(Y, V, G)
    return Y + V, mu * V - lr * G


@misconception(tsne_step)
def velocity_without_effect(Y, V, G, lr, mu):
    """The points move by -lr G alone, and the velocity is computed in vain; they move by V'."""
    Y, V, G = _floats(Y, V, G)
    return Y - lr * G, mu * V - lr * G


@misconception(tsne_step)
def shares_of_old_and_new(Y, V, G, lr, mu):
    """The gradient is multiplied by 1 - mu as well; here it enters in full."""
    return tsne_step(Y, V, np.asarray(G, dtype=float) * (1 - mu), lr, mu)


@misconception(tsne_step)
def gradient_damped_as_well(Y, V, G, lr, mu):
    """You multiplied V - lr G by mu; only the old velocity is."""
    return tsne_step(Y, V, np.asarray(G, dtype=float) * mu, lr, mu)


@misconception(tsne_step)
def velocity_not_damped(Y, V, G, lr, mu):
    """The old velocity is kept in full; only the share mu of it is."""
    return tsne_step(Y, V, G, lr, 1.0)


@misconception(tsne_step)
def rest_of_mu(Y, V, G, lr, mu):
    """You kept the share 1 - mu of the velocity; mu is what is kept."""
    return tsne_step(Y, V, G, lr, 1 - mu)


@misconception(tsne_step)
def old_velocity_returned(Y, V, G, lr, mu):
    """The velocity comes back as it was, so that it never builds up; return the new one."""
    return tsne_step(Y, V, G, lr, mu)[0], np.asarray(V, dtype=float)


@misconception(tsne_step)
def gradient_twice(Y, V, G, lr, mu):
    """The gradient is subtracted in the velocity and once more from the points; once is enough."""
    Y, V = tsne_step(Y, V, G, lr, mu)
    return Y - lr * np.asarray(G, dtype=float), V


@misconception(tsne_step)
def map_centred(Y, V, G, lr, mu):
    """You moved the map back to its middle afterwards; here the step is all."""
    Y, V = tsne_step(Y, V, G, lr, mu)
    return Y - Y.mean(axis=0), V


@misconception(tsne_step)
def velocity_first(Y, V, G, lr, mu):
    """The velocity comes back first; the order is map, velocity."""
    return tsne_step(Y, V, G, lr, mu)[::-1]


@misconception(tsne_step)
def changes_the_callers_map(Y, V, G, lr, mu):
    """The answer is right, but V *= mu and Y += V changed the arrays of the caller; make new ones."""
    answer = tsne_step(Y, V, G, lr, mu)
    Y, V = _floats(Y, V)
    V *= mu
    Y += V
    return answer


# ---- linear_autoencoder_grad ----------------------------------------------------------------------


def _through(X, We, Wd):
    """Data, weights, code and difference of an autoencoder."""
    X, We, Wd = _floats(X, We, Wd)
    return X, We, Wd, X @ We, X @ We @ Wd - X


@misconception(linear_autoencoder_grad)
def decoder_skipped(X, We, Wd):
    """The encoder's gradient lacks the decoder: the error first goes back through Wd, then meets X."""
    loss, _, dWd = linear_autoencoder_grad(X, We, Wd)
    X, _, _, _, difference = _through(X, We, Wd)
    return loss, 2 * X.T @ difference / len(X), dWd


@misconception(linear_autoencoder_grad)
def two_of_the_square_left_out(X, We, Wd):
    """The 2 is missing, which the derivative of a square brings down; the loss has no ½ to cancel it."""
    loss, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return loss, dWe / 2, dWd / 2


@misconception(linear_autoencoder_grad)
def half_the_loss(X, We, Wd):
    """You put ½ in front of the loss; here there is none, and its gradients are twice yours."""
    return tuple(part / 2 for part in linear_autoencoder_grad(X, We, Wd))


@misconception(linear_autoencoder_grad)
def samples_added_up(X, We, Wd):
    """Loss and gradients are summed over the samples; divide all three by their number."""
    return tuple(len(X) * part for part in linear_autoencoder_grad(X, We, Wd))


@misconception(linear_autoencoder_grad)
def slopes_not_averaged(X, We, Wd):
    """The loss is a mean over the samples, so its gradients are divided by their number as well."""
    loss, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return loss, len(X) * dWe, len(X) * dWd


@misconception(linear_autoencoder_grad)
def mean_over_all_numbers(X, We, Wd):
    """You took the mean over all numbers, as torch's mse_loss does; only the samples are averaged."""
    return tuple(part / np.shape(X)[1] for part in linear_autoencoder_grad(X, We, Wd))


@misconception(linear_autoencoder_grad)
def target_minus_output(X, We, Wd):
    """Your gradients point downhill: the error grows with X̂ where X̂ is above X, so it is X̂ - X."""
    loss, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return loss, -dWe, -dWd


@misconception(linear_autoencoder_grad)
def data_in_place_of_the_code(X, We, Wd):
    """The decoder's gradient was made with the data; what the decoder multiplies is the code."""
    loss, dWe, _ = linear_autoencoder_grad(X, We, Wd)
    X, _, _, _, difference = _through(X, We, Wd)
    return loss, dWe, 2 * X.T @ difference / len(X)


@misconception(linear_autoencoder_grad)
def decoder_not_transposed(X, We, Wd):
    """On its way back the error meets the encoder; it came through the decoder, so it is Wdᵀ."""
    loss, _, dWd = linear_autoencoder_grad(X, We, Wd)
    X, We, _, _, difference = _through(X, We, Wd)
    return loss, 2 * X.T @ (difference @ We) / len(X), dWd


@misconception(linear_autoencoder_grad)
def gradients_exchanged(X, We, Wd):
    """The decoder's gradient comes first; the order is loss, dWe, dWd."""
    loss, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return loss, dWd, dWe


@misconception(linear_autoencoder_grad)
def gradients_transposed(X, We, Wd):
    """Your gradients lie on their side; each has the shape of its weights."""
    loss, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return loss, dWe.T, dWd.T


@misconception(linear_autoencoder_grad)
def code_as_the_target(X, We, Wd):
    """You encoded the output again and compared it with the code; the target is the data itself."""
    X, We, Wd, H, difference = _through(X, We, Wd)
    G = 2 * (difference @ We) @ We.T / len(X)
    return float(np.sum((difference @ We) ** 2) / len(X)), X.T @ G @ Wd.T, H.T @ G


@misconception(linear_autoencoder_grad)
def decoder_tied_to_the_encoder(X, We, Wd):
    """You decoded with Weᵀ; the decoder has weights of its own, Wd."""
    return linear_autoencoder_grad(X, We, np.asarray(We, dtype=float).T)


@misconception(linear_autoencoder_grad)
def code_squashed(X, We, Wd):
    """Your code goes through a sigmoid; this autoencoder is linear, the code is X We."""
    X, We, Wd = _floats(X, We, Wd)
    H = 1 / (1 + np.exp(-X @ We))
    G = 2 * (H @ Wd - X) / len(X)
    return float(np.sum((H @ Wd - X) ** 2) / len(X)), X.T @ (G @ Wd.T * H * (1 - H)), H.T @ G


@misconception(linear_autoencoder_grad)
def data_centred_first(X, We, Wd):
    """You took the mean off the data, as PCA does; here it is used as it comes."""
    (X,) = _floats(X)
    return linear_autoencoder_grad(X - X.mean(axis=0), We, Wd)


@misconception(linear_autoencoder_grad)
def learns_at_once(X, We, Wd):
    """The answer is right, but the weights of the caller have changed; the step is made elsewhere."""
    answer = linear_autoencoder_grad(X, We, Wd)
    We, Wd = _floats(We, Wd)
    We -= 0.1 * answer[1]
    Wd -= 0.1 * answer[2]
    return answer


# ---- denoising_pair -------------------------------------------------------------------------------


@misconception(denoising_pair)
def noise_on_both(X, noise):
    """Your targets are noisy, too (with X += noise that happens by itself); they are the clean data."""
    X, noise = _floats(X, noise)
    return X + noise, X + noise


@misconception(denoising_pair)
def noise_on_neither(X, noise):
    """Your inputs are clean, so there is nothing to be learned from them; add the noise."""
    X, _ = _floats(X, noise)
    return X, X


@misconception(denoising_pair)
def noise_on_the_targets(X, noise):
    """You put the noise on the targets; the network is shown noise and should answer without."""
    return denoising_pair(X, noise)[::-1]


@misconception(denoising_pair)
def noise_as_the_target(X, noise):
    """Your targets are the noise, as in diffusion models; a denoising autoencoder answers with the data."""
    X, noise = _floats(X, noise)
    return X + noise, noise


@misconception(denoising_pair)
def noise_alone_shown(X, noise):
    """Your inputs are the noise alone; it is added to the data."""
    X, noise = _floats(X, noise)
    return noise, X


@misconception(denoising_pair)
def noise_subtracted(X, noise):
    """The noise is subtracted; it is added."""
    X, noise = _floats(X, noise)
    return X - noise, X


@misconception(denoising_pair)
def noise_multiplied(X, noise):
    """The data is multiplied by the noise, like a mask; it is added."""
    X, noise = _floats(X, noise)
    return X * noise, X


@misconception(denoising_pair)
def cut_off_at_zero_and_one(X, noise):
    """You cut the inputs off at 0 and 1; nothing is cut off here."""
    X, noise = _floats(X, noise)
    return np.clip(X + noise, 0, 1), X


@misconception(denoising_pair)
def adds_into_the_noise(X, noise):
    """The answer is right, but noise += X changed the array of the caller; X + noise makes a new one."""
    answer = denoising_pair(X, noise)
    X, noise = _floats(X, noise)
    noise += X + 1.0
    return answer
