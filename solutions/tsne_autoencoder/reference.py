"""t-SNE and autoencoders: two ways to find room on paper for points of many dimensions.

t-SNE draws the points on a flat map so that neighbours stay neighbours. In the data every pair of points has
an affinity p_ij, a share of 1 that is large for close neighbours. On the map every pair has an affinity q_ij.
Where p_ij is larger than q_ij the pair is pulled together, where it is smaller it is pushed apart, and the
map moves until the two agree as well as they can. An autoencoder learns a short code instead: one layer of a
network writes it, a second one reads it, and both are right if what comes out is what went in.

Lectures: t-SNE 001:7588-7690 (p 001:7637 and 001:7651, q 001:7653, the cost 001:7655, the gradient 001:7669,
the springs 001:7677), 004:684-711; autoencoders 001:7712-7787 (against PCA 001:7766-7773, denoising
001:7777-7783).
Paper: L. van der Maaten and G. Hinton, "Visualizing data using t-SNE", Journal of Machine Learning Research
9, 2008, equations 1, 4 and 5, section 3.1, algorithm 1 and appendix A.

Symbols: X the data, n points a row each; D2 squared distances; σ the width of a point's bell; P the
affinities of the data, Q those of the map; Y the map, n points in two (or any number of) coordinates; num the
unnormalised affinities of the map (1 + d²)⁻¹; C = KL(P‖Q) = Σ p_ij log(p_ij / q_ij) the cost; G its gradient;
V the velocity of the points. In the autoencoder We and Wd are the weights of encoder and decoder, H the code.

Conventions: all affinities of a map together add up to 1, over all pairs (i, j) with i ≠ j. A point has no
affinity to itself: the diagonals of P, Q and num are 0. The perplexity is counted in neighbours, the cost in
natural logarithms. Lists and whole numbers are welcome, float64 comes back, no argument is changed, and far
or equal points give neither a warning nor nan.
"""

import numpy as np


def pairwise_sq_dists(X):
    """Compute the squared distance of every two points.

        D2_ij = ‖x_i - x_j‖² = Σ_k (x_ik - x_jk)²

    Args:
        X: Points (n, d), one a row, n >= 1.

    Returns:
        float64 array (n, n), symmetric, no entry below 0, the diagonal exactly 0.

    Source: the exponents of lecture 001:7637.

    Hint: `X[:, None, :]` and `X[None, :, :]` are the same points, once down and once across. There is a
    formula with ‖x_i‖² + ‖x_j‖² - 2 x_i·x_j, too; look at its diagonal before you trust it.

    >>> print(pairwise_sq_dists([[0, 0], [1, 0], [0, 2]]).tolist())
    [[0.0, 1.0, 4.0], [1.0, 0.0, 5.0], [4.0, 5.0, 0.0]]
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)  # (n, d)

    # Subtract first, square afterwards. The formula with three products is faster, but it takes the
    # difference of two large numbers that are nearly equal: of a distance of 1 at a million from the origin
    # hardly four digits are left, and of a distance of 0 often a number below 0.
    apart = X[:, None, :] - X[None, :, :]  # (n, n, d): x_i - x_j
    return (apart**2).sum(axis=-1)  # (n, n)
    ### END SOLUTION


def conditional_p(D2, sigma):
    """Compute with what share each point would choose each other one as its neighbour.

        p_j|i = exp(-D2_ij / 2σ_i²) / Σ_k≠i exp(-D2_ik / 2σ_i²)    for j ≠ i,    p_i|i = 0

    Args:
        D2: Squared distances (n, n), n >= 2.
        sigma: Width of the bell around each point (n,), all > 0: that of row i is sigma[i].

    Returns:
        P_cond (n, n), float64: the choices of point i in row i. Every row adds up to 1, the diagonal is 0.

    Source: van der Maaten & Hinton 2008, equation 1; lecture 001:7637 (with a single σ for all points).

    Hint: a point that is far from all others still has a nearest one. Which number can be taken off all
    exponents of a row without changing its shares? And who must not take part in the row at all?

    Two bells of width 1, and one of width 2 around the third point:

    >>> P_cond = conditional_p([[0, 1, 4], [1, 0, 5], [4, 5, 0]], [1, 1, 2])
    >>> for row in np.round(P_cond, 6).tolist():
    ...     print(row)
    [0.0, 0.817574, 0.182426]
    [0.880797, 0.0, 0.119203]
    [0.531209, 0.468791, 0.0]
    """
    ### BEGIN SOLUTION
    D2, sigma = np.asarray(D2, dtype=float), np.asarray(sigma, dtype=float)  # (n, n), (n,)
    exponents = -D2 / (2.0 * sigma[:, None] ** 2)  # (n, n): a column of widths, one for each row
    np.fill_diagonal(exponents, -np.inf)  # e^-∞ = 0: nobody chooses himself

    # This is a softmax over the others. As there, the largest exponent is taken off each row: numerator and
    # denominator shrink alike, and the nearest neighbour gets e⁰ = 1, so that no row is left with 0/0.
    e = np.exp(exponents - exponents.max(axis=1, keepdims=True))  # (n, n), in [0, 1]
    return e / e.sum(axis=1, keepdims=True)
    ### END SOLUTION


def perplexity(p):
    """Count how many neighbours a point has in effect.

        Perp(p) = 2^H    with the entropy in bits    H = -Σ_j p_j log₂ p_j    and    0 log 0 = 0

    Args:
        p: Shares (m,), none below 0, that add up to 1.

    Returns:
        The perplexity, a float from 1 (all is one neighbour's) to m (all have the same).

    Source: van der Maaten & Hinton 2008, section 2.

    Hint: what must the term of a share of 0 be, and what does the computer say to it?

    One half and two quarters: H = ½ · 1 + ¼ · 2 + ¼ · 2 = 1.5 bits.

    >>> print(round(perplexity([0.5, 0.25, 0.25, 0.0]), 6))
    2.828427
    >>> print(round(perplexity([0.2, 0.2, 0.2, 0.2, 0.2]), 6))
    5.0
    """
    ### BEGIN SOLUTION
    p = np.asarray(p, dtype=float)  # (m,)
    some = p[p > 0]  # x log x goes to 0 with x: what never happens adds nothing

    # Base and logarithm belong together. Of m equal shares each has log₂(1/m) = -log₂ m, so H = log₂ m and
    # 2^H = m: the entropy is turned back into a number of neighbours.
    return float(2.0 ** -np.sum(some * np.log2(some)))
    ### END SOLUTION


### BEGIN SOLUTION


def _perplexity_at(d2_row, sigma):
    """The perplexity of a point's choices among others at squared distances (m,), with a bell of width σ."""
    e = np.exp((d2_row.min() - d2_row) / (2.0 * sigma**2))  # (m,): the nearest has 1
    return perplexity(e / e.sum())


### END SOLUTION


def find_sigma(d2_row, perplexity):
    """Find the width at which a point has as many neighbours as asked for.

        perplexity of p = the number given    with    p_j = exp(-d2_j / 2σ²) / Σ_k exp(-d2_k / 2σ²)

    Args:
        d2_row: Squared distances (m,) from one point to all others, m >= 2. The point itself is not among
            them; a 0 is another point in the same place.
        perplexity: Number of neighbours, a number above 1 and below m. (Where several points are nearest,
            above their number.)

    Returns:
        σ > 0, a float, so good that its perplexity is the one asked for to within a part in 100 000.

    Source: van der Maaten & Hinton 2008, section 2: a binary search.

    Hint: the wider the bell, the more neighbours. So keep two widths, one too narrow and one too wide, and
    try the middle. Distances may be measured in millimetres or in kilometres: how do you find the first two?
    Within this function `perplexity` is the number; give your function of task 3 a second name outside.

    Two others at the squared distances 1 and 4. With the shares 0.9 and 0.1 the perplexity is 1.384145, and
    these shares need exp(3 / 2σ²) = 9:

    >>> print(round(find_sigma([1.0, 4.0], 1.384145), 3), round(float(np.sqrt(3 / (2 * np.log(9)))), 3))
    0.826 0.826
    """
    ### BEGIN SOLUTION
    d2_row = np.asarray(d2_row, dtype=float)  # (m,)

    # The perplexity rises with σ, from the number of nearest points to m, so there is one σ, and halving
    # finds it. What is halved is not σ but its exponent: 2^-100 and 2^100 enclose whatever unit the data has,
    # and after 60 halvings the exponent is known to 200 · 2^-60, more digits than a float has.
    low, high = -100.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        if _perplexity_at(d2_row, 2.0**middle) < perplexity:
            low = middle
        else:
            high = middle
    return 2.0**middle
    ### END SOLUTION


def joint_p(P_cond):
    """Turn the choices of single points into affinities of pairs.

        p_ij = (p_j|i + p_i|j) / 2n

    Args:
        P_cond: Choices (n, n), those of point i in row i, every row adding up to 1.

    Returns:
        P (n, n), float64, symmetric, with zeros on the diagonal. All of it together adds up to 1.

    Source: van der Maaten & Hinton 2008, section 3.1. (Lecture 001:7651 divides by a sum over all pairs.)

    Hint: how much do the n rows add up to? And how much do they with their mirror image?

    >>> P = joint_p([[0.0, 0.75, 0.25], [0.9, 0.0, 0.1], [0.6, 0.4, 0.0]])
    >>> print(np.round(P, 6).tolist())
    [[0.0, 0.275, 0.141667], [0.275, 0.0, 0.083333], [0.141667, 0.083333, 0.0]]
    """
    ### BEGIN SOLUTION
    P_cond = np.asarray(P_cond, dtype=float)  # (n, n)

    # Why not one sum over all pairs, as for q. A point far from everybody would get next to no affinity, and
    # its place on the map would not matter. Here its own row gives it at least 1/2n, wherever it lies.
    return (P_cond + P_cond.T) / (2 * len(P_cond))
    ### END SOLUTION


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
    num = 1.0 / (1.0 + pairwise_sq_dists(Y))  # (n, n), at most 1, also where points are equal

    # Why Student's t. In many dimensions a point has room for many neighbours at about the same distance; on
    # a map it has not. The heavy tail 1 / d² lets those that find no room stand far off at little cost, where
    # a Gaussian would pull them all into the middle.
    np.fill_diagonal(num, 0.0)
    return num / num.sum(), num
    ### END SOLUTION


def kl_divergence(P, Q):
    """Compute how badly the map tells what the data says: the Kullback-Leibler divergence.

        KL(P‖Q) = Σ p log(p / q)    with natural logarithms and    0 log 0 = 0

    Args:
        P: Affinities of the data, an array of any shape, no entry below 0. Used as given, also where they do
            not add up to 1.
        Q: Affinities of the map, of the same shape; above 0 wherever P is.

    Returns:
        The divergence, a float: never below 0 for P and Q that add up to 1, and 0 only where they are equal.

    Source: lecture 001:7655.

    Hint: both diagonals are 0, and 0/0 is no number in the computer. Which entries count at all?

    Three points, from the first one unit to the right and two units up, whose affinities in the data are a
    little different:

    >>> P = [[0.0, 0.368062, 0.082126], [0.368062, 0.0, 0.049812], [0.082126, 0.049812, 0.0]]
    >>> Q = [[0.0, 0.288462, 0.115385], [0.288462, 0.0, 0.096154], [0.115385, 0.096154, 0.0]]
    >>> print(round(kl_divergence(P, Q), 4))
    0.058
    """
    ### BEGIN SOLUTION
    P, Q = np.asarray(P, dtype=float), np.asarray(Q, dtype=float)  # of one shape
    some = P > 0  # pairs without affinity in the data cost nothing, wherever they lie on the map

    # The price is p, so it is near pairs of the data that have to be near on the map. The other direction,
    # Σ q log(q / p), would make far pairs of the data keep their distance and let neighbours be torn apart.
    return float(np.sum(P[some] * (np.log(P[some]) - np.log(Q[some]))))
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


def tsne_step(Y, V, G, lr, mu):
    """Move the map one step downhill, with momentum.

        V' = mu V - lr G
        Y' = Y + V'

    Args:
        Y: Map (n, D).
        V: Velocity of the points (n, D), zeros before the first step.
        G: Gradient of the cost (n, D), uphill, as `tsne_gradient` gives it.
        lr: Learning rate, a float > 0.
        mu: Share of the velocity that is kept, a float from 0 to 1.

    Returns:
        (Y', V'): map and velocity after the step, two float64 arrays (n, D).

    Source: van der Maaten & Hinton 2008, algorithm 1 (which prints + before the gradient); lecture 001:7671.

    Hint: the points move with the new velocity.

    >>> Y, V = tsne_step([[0.0, 0.0]], [[1.0, 0.0]], [[-2.0, 4.0]], lr=0.5, mu=0.8)
    >>> print(np.round(Y, 6).tolist(), np.round(V, 6).tolist())
    [[1.8, -2.0]] [[1.8, -2.0]]
    """
    ### BEGIN SOLUTION
    Y, V, G = (np.asarray(array, dtype=float) for array in (Y, V, G))  # (n, D) each

    # Under a steady force the velocity settles where mu V - lr G = V, at -lr G / (1 - mu): with mu = 0.8 five
    # times as fast. Forces that change their sign from step to step cancel in V instead.
    V = mu * V - lr * G
    return Y + V, V
    ### END SOLUTION


def linear_autoencoder_grad(X, We, Wd):
    """Compute the loss of a linear autoencoder and its gradients.

        H = X We                     the code
        X̂ = H Wd                     what is made of it again
        E = 1/N Σ_n Σ_d (X̂_nd - X_nd)²

    Args:
        X: Data (N, D), input and target alike.
        We: Weights of the encoder (D, K).
        Wd: Weights of the decoder (K, D).

    Returns:
        (loss, dWe, dWd): a float, ∂E/∂We (D, K) and ∂E/∂Wd (K, D), float64.

    Source: lecture 001:7766-7773 (one hidden layer, linear output, squared error).

    Hint: go back the way you came, one product at a time. The shapes leave hardly a choice.

    Two points, a code of one number, and a decoder that writes it into both coordinates:

    >>> loss, dWe, dWd = linear_autoencoder_grad([[1.0, 2.0], [3.0, 0.0]], [[1.0], [0.0]], [[1.0, 1.0]])
    >>> print(round(float(loss), 6), np.round(dWe, 6).tolist(), np.round(dWd, 6).tolist())
    5.0 [[8.0], [-2.0]] [[0.0, 8.0]]
    """
    ### BEGIN SOLUTION
    X, We, Wd = (np.asarray(array, dtype=float) for array in (X, We, Wd))  # (N, D), (D, K), (K, D)
    N = len(X)
    H = X @ We  # (N, K)
    difference = H @ Wd - X  # (N, D)
    loss = np.sum(difference**2) / N

    # Back through the two products. For X̂ = H Wd a gradient G by X̂ is Hᵀ G by Wd and G Wdᵀ by H; then
    # H = X We in the same way. So the encoder learns of its error only through the decoder.
    G = 2.0 * difference / N  # (N, D): ∂E/∂X̂
    dWd = H.T @ G  # (K, N) (N, D) = (K, D)
    dWe = X.T @ (G @ Wd.T)  # (D, N) (N, K) = (D, K)

    # Where it ends. X̂ = X We Wd, a matrix of rank K, and of all those the one that keeps most of centred
    # data is the projection on the first K principal components. Only the subspace is found, not the
    # components: for any A with an inverse, We A and A⁻¹ Wd do the same.
    return float(loss), dWe, dWd
    ### END SOLUTION


def denoising_pair(X, noise):
    """Make what a denoising autoencoder is trained with: its inputs and its targets.

        inputs = X + noise        targets = X

    Args:
        X: Clean data, an array of any shape.
        noise: Random numbers of the same shape.

    Returns:
        (inputs, targets): two float64 arrays of that shape. Nothing is cut off at 0 or 1.

    Source: lecture 001:7777-7783.

    Hint: there are two places where noise could go, and it belongs in one of them.

    >>> inputs, targets = denoising_pair([[0.0, 1.0]], [[0.25, -0.5]])
    >>> print(inputs.tolist(), targets.tolist())
    [[0.25, 0.5]] [[0.0, 1.0]]
    """
    ### BEGIN SOLUTION
    X, noise = np.asarray(X, dtype=float), np.asarray(noise, dtype=float)

    # A code that is wide enough could copy its input and learn nothing. It cannot copy what it is not shown:
    # to undo the noise, the network has to know what clean data looks like.
    return X + noise, X
    ### END SOLUTION


# Task 12 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
