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
    raise NotImplementedError("write pairwise_sq_dists here")


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
    raise NotImplementedError("write conditional_p here")


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
    raise NotImplementedError("write perplexity here")


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
    raise NotImplementedError("write find_sigma here")


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
    raise NotImplementedError("write joint_p here")


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
    raise NotImplementedError("write low_dim_q here")


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
    raise NotImplementedError("write kl_divergence here")


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
    raise NotImplementedError("write tsne_gradient here")


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
    raise NotImplementedError("write tsne_step here")


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
    raise NotImplementedError("write linear_autoencoder_grad here")


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
    raise NotImplementedError("write denoising_pair here")


# Task 12 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
