"""The map of t-SNE: affinities of its points, and the forces that move them.

t-SNE draws points of many dimensions on a flat map so that neighbours stay neighbours. In the data every
pair of points has an affinity p_ij, a share of 1 that is large for close neighbours. On the map every pair
has an affinity q_ij. Where p_ij is larger than q_ij the pair is pulled together, where it is smaller it is
pushed apart, and the map moves until the two agree as well as they can.

Lectures: 001:7600-7690 (q 001:7653, the cost 001:7655, the gradient 001:7669, the springs 001:7677),
004:684-711.
Paper: L. van der Maaten and G. Hinton, "Visualizing data using t-SNE", Journal of Machine Learning Research
9, 2008, equations 4 and 5 and appendix A.

Symbols: Y the map, n points in two (or any number of) coordinates; P the affinities of the data, Q those
of the map; num the unnormalised affinities of the map (1 + d²)⁻¹; C = KL(P‖Q) = Σ p_ij log(p_ij / q_ij) the
cost.

Conventions: all affinities of a map together add up to 1, over all pairs (i, j) with i ≠ j. A point has no
affinity to itself: the diagonals of P, Q and num are 0. Lists and whole numbers are welcome, float64 comes
back, no argument is changed, and far or equal points give neither a warning nor nan.
"""

import numpy as np


def low_dim_q(Y):
    """Compute the affinity of every pair of points on the map.

        num_ij = 1 / (1 + ‖y_i - y_j‖²)    for i ≠ j,    num_ii = 0
        q_ij   = num_ij / Σ_kl num_kl      the sum over all pairs k ≠ l, not over one row

    Args:
        Y: Map (n, D), one point a row; D is 2 as a rule. n is at least 2.

    Returns:
        (Q, num): the affinities and the unnormalised affinities, two float64 arrays (n, n), symmetric, with
        zeros on the diagonal. Q adds up to 1.

    Source: lecture 001:7653 (001:7639 divides by the sum of one row, as for the data; not so on the map).

    Hint: take the diagonal out before you add up.

    Three points, from the first one unit to the right and two units up. The squared distances are 1, 4 and
    5, so the unnormalised affinities are 1/2, 1/5 and 1/6, and each counts twice:

    >>> Q, num = low_dim_q([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
    >>> print(np.round(num, 6).tolist())
    [[0.0, 0.5, 0.2], [0.5, 0.0, 0.166667], [0.2, 0.166667, 0.0]]
    >>> print(np.round(Q, 6).tolist())
    [[0.0, 0.288462, 0.115385], [0.288462, 0.0, 0.096154], [0.115385, 0.096154, 0.0]]
    """
    ### BEGIN SOLUTION
    Y = np.asarray(Y, dtype=float)  # (n, D)
    apart = Y[:, None, :] - Y[None, :, :]  # (n, n, D): y_i - y_j
    num = 1.0 / (1.0 + (apart**2).sum(axis=-1))  # (n, n), at most 1, also where points are equal

    # Why Student's t. In many dimensions a point has room for many neighbours at about the same distance; on
    # a map it has not. The heavy tail 1 / d² lets those that find no room stand far off at little cost, where
    # a Gaussian would pull them all into the middle.
    np.fill_diagonal(num, 0.0)
    return num / num.sum(), num
    ### END SOLUTION


def tsne_gradient(P, Y):
    """Compute how the cost of a map changes with each of its points.

        ∂C/∂y_i = 4 Σ_j (p_ij - q_ij) num_ij (y_i - y_j)

    Args:
        P: Affinities of the data (n, n), symmetric, with zeros on the diagonal. Used as given, also where
            they do not add up to 1 (at the start of a run they are often made larger on purpose).
        Y: Map (n, D), one point a row.

    Returns:
        The gradient (n, D), float64, uphill: one row for each point.

    Source: van der Maaten & Hinton 2008, equation 5; lecture 001:7669.

    Hint: num_ij appears twice, once inside q_ij and once beside it.

    The map from above. The first two points have more affinity in the data (0.37) than on the map (0.29), so
    the first is pulled to the right: against its gradient.

    >>> P = [[0.0, 0.37, 0.08], [0.37, 0.0, 0.05], [0.08, 0.05, 0.0]]
    >>> gradient = tsne_gradient(P, [[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])
    >>> print(np.round(gradient, 6).tolist())
    [[-0.163077, 0.056615], [0.132308, 0.061538], [0.030769, -0.118154]]
    """
    ### BEGIN SOLUTION
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)  # (n, n), (n, D)
    Q, num = low_dim_q(Y)  # (n, n) each

    # Where the formula comes from. With Z = Σ_kl num_kl the cost is, up to terms without y,
    #     C = -Σ p_kl log num_kl + log Z                       (Σ p_kl = 1).
    # For one pair and its squared distance s: ∂num/∂s = -num², so
    #     ∂C/∂s_ij = p_ij num_ij - num_ij² / Z = (p_ij - q_ij) num_ij.
    # A pair is counted twice, as ij and as ji, and ∂s_ij/∂y_i = 2 (y_i - y_j): 2 · 2 = 4.
    stiffness = (P - Q) * num  # (n, n), symmetric: positive pulls, negative pushes

    # Σ_j k_ij (y_i - y_j) = y_i Σ_j k_ij - Σ_j k_ij y_j: two products in place of an (n, n, D) array. The map
    # is centred first, which changes nothing on paper and keeps the digits when it lies far off.
    Y = Y - Y.mean(axis=0)
    return 4.0 * (stiffness.sum(axis=1)[:, None] * Y - stiffness @ Y)
    ### END SOLUTION


# Task 3 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
