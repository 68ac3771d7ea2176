"""The curse of dimensionality, and principal components: the directions in which a cloud of points is long.

Seventeen numbers for each of four countries cannot be drawn, and far worse: in many dimensions a cube is
nearly all corners, so that what we know of nearness and of volume is no guide there. But most clouds are
flat: they are long in a few directions and thin in all others. PCA finds the directions, the longest first,
and gives each point its coordinates along them. Two of those can be drawn.

Lectures: 001:7126-7289 (the curse: cells 001:7204-7233, spheres 001:7241-7246, intrinsic dimension
001:7266-7289), 001:7345-7570 (the algorithm in seven steps 001:7466-7474, covariance 001:7380-7447,
proportion of variance 001:7523, the four countries 001:7536-7570), colours of pictures 001:5032-5036,
004:658.
Paper: K. Pearson, "On lines and planes of closest fit to systems of points in space", 1901.

Symbols: X the data, n points in d features; k how many components are kept; the rows of `components` are the
eigenvectors of the covariance matrix (Σ), `eigenvalues` (λ) the variance of the data along each; Z the
coordinates along the components, often called scores.

Conventions: samples are rows, X is (n, d); the slides have it the other way round. Every component has length
one and is turned so that its entry of largest absolute value is positive. The covariance is divided by
n - ddof: ddof = 1 is what np.cov and most libraries do, ddof = 0 the 1/n of the slides. An eigenvalue is a
variance, not a standard deviation. The model is a plain dict, no argument is changed, lists and whole numbers
are welcome, float64 comes back.
"""

import math

import numpy as np

### BEGIN SOLUTION


def _spread(X, ddof):
    """Standard deviation of each feature of X (n, d), and 1 for a feature that is the same everywhere."""
    spread = np.ones(X.shape[1])
    varies = np.ptp(X, axis=0) > 0  # asked of X itself: about its mean, rounding may leave a spread of 1e-17
    spread[varies] = X[:, varies].std(axis=0, ddof=ddof)
    return spread


def _turned(components):
    """Each row (k, d) with the sign that makes its entry of largest absolute value positive."""
    largest = np.abs(components).argmax(axis=1)  # (k,)
    return components * np.sign(components[np.arange(len(components)), largest])[:, None]


### END SOLUTION


def center(X):
    """Move a cloud so that its mean lies at the origin.

    Args:
        X: Data (n, d), one sample a row.

    Returns:
        float64 array (n, d): what each number has above the mean of its feature.

    Source: lecture 001:7366.

    Hint: there are d means, one for each column.

    Three points whose mean is (4, 6):

    >>> print(center([[1, 2], [4, 6], [7, 10]]).tolist())
    [[-3.0, -4.0], [0.0, 0.0], [3.0, 4.0]]
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)  # (n, d)

    # The mean over the samples, axis 0, is (d,); NumPy lays it under each of the n rows. Then every column
    # adds up to Σ_n x_n - n · mean = 0.
    return X - X.mean(axis=0)
    ### END SOLUTION


def zscore(X, ddof=1):
    """Bring every feature to mean 0 and standard deviation 1.

        (x_ni - mean_i) / spread_i    with    spread_i² = 1/(n - ddof) Σ_n (x_ni - mean_i)²

    Args:
        X: Data (n, d), one sample a row, n of at least 2.
        ddof: What is subtracted from n in the standard deviation, 0 or 1.

    Returns:
        float64 array (n, d). A feature that is the same everywhere becomes zeros.

    Source: lecture 001:7367.

    Hint: np.std has an argument `ddof`, and it is 0 unless you say otherwise.

    The three points again: the spreads are √((9 + 0 + 9) / 2) = 3 and √((16 + 0 + 16) / 2) = 4.

    >>> print(np.round(zscore([[1, 2], [4, 6], [7, 10]]), 6).tolist())
    [[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]]
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)  # (n, d)

    # A number without a unit is left: how many standard deviations above the mean. Where all are equal there
    # is no deviation to count in; divided by 1, the zeros stay zeros (or what rounding makes of them).
    return center(X) / _spread(X, ddof)
    ### END SOLUTION


def covariance(X, ddof):
    """Compute how much every feature varies together with every other one.

        S_ij = 1/(n - ddof) Σ_n (x_ni - mean_i) (x_nj - mean_j)

    Args:
        X: Data (n, d), one sample a row, n of at least 2.
        ddof: What is subtracted from n, 0 or 1.

    Returns:
        float64 array (d, d), symmetric, the variances of the features on its diagonal. One feature gives
        (1, 1).

    Source: lecture 001:7388 for two features, 001:7440 for all, both with 1/n.

    Hint: a sum over the samples of products of two features is a product of two matrices.

    >>> print(covariance([[1, 2], [4, 6], [7, 10]], ddof=1).tolist())
    [[9.0, 12.0], [12.0, 16.0]]
    >>> print(np.round(covariance([[1, 2], [4, 6], [7, 10]], ddof=0), 6).tolist())
    [[6.0, 8.0], [8.0, 10.666667]]
    """
    ### BEGIN SOLUTION
    A = center(X)  # (n, d)

    # The sum runs over the first index of both factors: (Aᵀ A)_ij = Σ_n a_ni a_nj. The slides keep one
    # feature in a row and so write A Aᵀ; here that would be (n, n), a table of samples.
    # Why n - 1: the mean was made from the same numbers and lies as near to them as can be, so the squares
    # about it are too small, by (n - 1) / n on average.
    return A.T @ A / (len(A) - ddof)  # (d, n) (n, d) = (d, d)
    ### END SOLUTION


def pca_fit(X, k, standardize=False, ddof=1):
    """Find the k directions in which the data varies most.

        A = (X - mean) / scale                   scale is 1 unless standardize
        S = Aᵀ A / (n - ddof)                    the covariance matrix
        S v = λ v                                its eigenvectors, by falling eigenvalue

    Args:
        X: Data (n, d), one sample a row, n of at least 2.
        k: How many components to keep, an int from 1 to min(n, d).
        standardize: Whether each feature is divided by its standard deviation first.
        ddof: What is subtracted from n in the covariance and in the standard deviation, 0 or 1.

    Returns:
        A dict of float64 arrays:
        "mean" (d,), the mean of each feature;
        "scale" (d,), what each centred feature is divided by: ones without `standardize`; with it, the
        standard deviation (with `ddof`), and 1 for a feature that is the same everywhere;
        "components" (k, d), one eigenvector a row, length one, entry of largest absolute value positive;
        "eigenvalues" (k,), the variance along each, largest first;
        "ratio" (k,), each eigenvalue as a share of the sum of all d eigenvalues.

    Source: lecture 001:7466-7474; ratio 001:7523.

    Hint: np.linalg.eigh gives the eigenvalues in rising order and the eigenvectors in columns.

    Three points on a line with the direction (3, 4). Centred they are (-3, -4), (0, 0) and (3, 4), five units
    apart, so the variance along the line is (25 + 0 + 25) / 2 = 25, and there is none beside it:

    >>> model = pca_fit([[1, 2], [4, 6], [7, 10]], 1)
    >>> print(np.round(model["mean"], 6).tolist(), np.round(model["scale"], 6).tolist())
    [4.0, 6.0] [1.0, 1.0]
    >>> print(np.round(model["components"], 6).tolist())
    [[0.6, 0.8]]
    >>> print(np.round(model["eigenvalues"], 6).tolist(), np.round(model["ratio"], 6).tolist())
    [25.0] [1.0]

    The corners of a box 4 wide and 2 high, with 1/n:

    >>> model = pca_fit([[0, 0], [4, 0], [0, 2], [4, 2]], 1, ddof=0)
    >>> print(np.round(model["eigenvalues"], 6).tolist(), np.round(model["ratio"], 6).tolist())
    [4.0] [0.8]
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)  # (n, d)
    n, d = X.shape

    mean = X.mean(axis=0)  # (d,)
    A = X - mean  # (n, d): without this, the longest direction is the one from the origin to the cloud
    scale = _spread(X, ddof) if standardize else np.ones(d)  # (d,)
    A = A / scale
    S = A.T @ A / (n - ddof)  # (d, d): `covariance`, of data that is centred already

    # Why eigenvectors. The variance along a unit vector v is vᵀ S v. Its largest value under vᵀ v = 1, by a
    # Lagrange multiplier: 2 S v = 2 λ v. So v is an eigenvector, and the variance there is vᵀ S v = λ. The
    # next direction, at right angles to the first, is the next eigenvector, and so on.
    values, V = np.linalg.eigh(S)  # rising; eigenvectors in the columns of V (d, d)
    values, components = np.maximum(values[::-1], 0.0), V[:, ::-1].T  # rounding may leave a -1e-17

    # The eigenvalues add up to the trace of S, the sum of all variances: a share of that is a share of all.
    return {
        "mean": mean,
        "scale": scale,
        "components": _turned(components[:k]),  # v and -v are the same direction: agree on one
        "eigenvalues": values[:k],
        "ratio": values[:k] / values.sum(),
    }
    ### END SOLUTION


def pca_transform(model, X):
    """Give points their coordinates along the components of a fitted model.

        Z = ((X - mean) / scale) @ componentsᵀ

    Args:
        model: What `pca_fit` returned: a dict with "mean" (d,), "scale" (d,), "components" (k, d),
            "eigenvalues" (k,) and "ratio" (k,).
        X: Points (m, d), those the model was fitted to or new ones, any number m of at least 1.

    Returns:
        Z (m, k), float64: the coordinates of each point, one point a row.

    Source: lecture 001:7474 (which multiplies the original data; the centred data is meant).

    Hint: a new point is measured from the mean of the model, not from its own.

    The point (10, 2) on the axis of the three points above, whose mean is (4, 6): it is (6, -4) away, and
    0.6 · 6 + 0.8 · (-4) = 0.4 along:

    >>> model = pca_fit([[1, 2], [4, 6], [7, 10]], 1)
    >>> print(np.round(pca_transform(model, [[7, 10], [10, 2]]), 6).tolist())
    [[5.0], [0.4]]
    """
    ### BEGIN SOLUTION
    mean, scale, components = (np.asarray(model[key], dtype=float) for key in ("mean", "scale", "components"))
    A = (np.asarray(X, dtype=float) - mean) / scale  # (m, d): the same steps as the model took with its data

    # The components are at right angles and of length one, so a coordinate is a plain dot product.
    return A @ components.T  # (m, d) (d, k) = (m, k)
    ### END SOLUTION


def pca_inverse(model, Z):
    """Put points back into the room of the features, from their coordinates along the components.

        X = (Z @ components) · scale + mean

    Args:
        model: What `pca_fit` returned, as in `pca_transform`.
        Z: Coordinates (m, k), one point a row, any number m of at least 1.

    Returns:
        X (m, d), float64: the points that have these coordinates, and none along the components that were
        not kept. With k = d it is `pca_transform` undone.

    Source: lecture 001:7474 turned round.

    Hint: three steps led to the coordinates; undo the last one first.

    The points with the coordinates 5 and 0.4 along (0.6, 0.8), from the mean (4, 6):

    >>> model = pca_fit([[1, 2], [4, 6], [7, 10]], 1)
    >>> print(np.round(pca_inverse(model, [[5.0], [0.4]]), 6).tolist())
    [[7.0, 10.0], [4.24, 6.32]]
    """
    ### BEGIN SOLUTION
    mean, scale, components = (np.asarray(model[key], dtype=float) for key in ("mean", "scale", "components"))

    # z_1 steps along the first component, z_2 along the second: Σ_j z_j c_j. No matrix has to be inverted:
    # the rows of C are at right angles and of length one, so C Cᵀ = 1, and Cᵀ C leaves everything in their
    # plane as it is. What stood out of that plane is lost: X is the nearest point in it.
    A = np.asarray(Z, dtype=float) @ components  # (m, k) (k, d) = (m, d)
    return A * scale + mean
    ### END SOLUTION


def choose_k(ratio, threshold):
    """Find the smallest number of components that together carry a share of the variance.

        smallest k with    ratio_1 + ... + ratio_k >= threshold

    Args:
        ratio: Shares (K,), such as the "ratio" of `pca_fit`, the largest first. Their sum may be less than 1.
        threshold: The share to be reached, a float above 0 and at most 1. Reached exactly is reached.

    Returns:
        k, an int from 1 to K. Where all K together do not reach the threshold, K.

    Source: lecture 001:7516-7529.

    Hint: np.cumsum adds up from the left. Python counts from 0, components count from 1.

    The lecture's shares: three of them make 87 %, four 94 %.

    >>> print(choose_k([0.55, 0.22, 0.10, 0.07, 0.02, 0.01], 0.9))
    4
    """
    ### BEGIN SOLUTION
    carried = np.cumsum(np.asarray(ratio, dtype=float))  # (K,): by the first one, the first two, ...

    # As many sums lie below the threshold as there are k that are too few; the next k is enough.
    return min(int(np.sum(carried < threshold)) + 1, len(carried))
    ### END SOLUTION


def whiten(model, X):
    """Give points their coordinates along the components, each in units of its own standard deviation.

    For the points of the fit the new coordinates are uncorrelated and have variance 1: the cloud has become
    round.

    Args:
        model: What `pca_fit` returned, as in `pca_transform`, with no eigenvalue equal to 0.
        X: Points (m, d), those the model was fitted to or new ones.

    Returns:
        float64 array (m, k), one point a row.

    Source: lecture 001:7456, by which each axis has a standard deviation of its own.

    Hint: an eigenvalue is a variance.

    Along the line of the three points the variance is 25, so five units are one standard deviation:

    >>> model = pca_fit([[1, 2], [4, 6], [7, 10]], 1)
    >>> print(np.round(whiten(model, [[7, 10], [10, 2]]), 6).tolist())
    [[1.0], [0.08]]
    """
    ### BEGIN SOLUTION
    eigenvalues = np.asarray(model["eigenvalues"], dtype=float)  # (k,)

    # The variance of z / √λ is λ / λ = 1. `zscore` does the same to the features themselves and leaves them
    # as correlated as they were.
    return pca_transform(model, X) / np.sqrt(eigenvalues)  # (m, k)
    ### END SOLUTION


def intrinsic_dimension(X, tol=1e-10):
    """Count the independent directions in which a cloud extends.

    Centre the data and take its singular values: each one that is larger than tol times the largest absolute
    number of X is a direction. The others are rounding.

    Args:
        X: Data (n, d), one sample a row, n of at least 1.
        tol: How small, compared with the numbers of X, is nothing; a float > 0.

    Returns:
        The dimension, an int from 0 (all points equal) to min(n - 1, d).

    Source: lecture 001:7266-7289.

    Hint: np.linalg.svd(A, compute_uv=False) gives the singular values alone. Why must the data be centred?

    The lecture's table: the second feature is twice the first, the fourth is the same everywhere.

    >>> print(intrinsic_dimension([[1, 2, 1, 1], [2, 4, 3.5, 1], [3, 6, 17, 1]]))
    2
    """
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)  # (n, d)

    # Without centring, the way from the origin to the cloud would count as a direction of its own, be the
    # cloud a single point. A singular value is √(Σ_n z_n²) along its axis: 0 where nobody leaves the plane.
    # The numbers of X are known to some 16 digits, so what they leave of a 0 grows with them, as does tol.
    s = np.linalg.svd(center(X), compute_uv=False)  # (min(n, d),)
    return int(np.sum(s > tol * np.max(np.abs(X))))
    ### END SOLUTION


def sphere_cube_ratio(d):
    """Compute which share of a cube is filled by the largest ball inside it.

        π^(d/2) / (2^d Γ(d/2 + 1))

    Γ is the gamma function: Γ(m + 1) = m! for whole m, and Γ(x + 1) = x Γ(x) for all others too.

    Args:
        d: Dimension, an int >= 1, and it may be a thousand.

    Returns:
        The share, a float from 0 to 1. Far below 1e-308 it is 0.

    Source: lecture 001:7241-7246.

    Hint: `math` has the gamma function, and the logarithm of it, which never overflows.

    >>> print([round(sphere_cube_ratio(d), 6) for d in (1, 2, 3, 5, 10)])
    [1.0, 0.785398, 0.523599, 0.164493, 0.00249]
    """
    ### BEGIN SOLUTION
    # A ball of radius r has the volume π^(d/2) r^d / Γ(d/2 + 1), the cube around it (2 r)^d: r cancels.
    # Γ(172) is too large for a float, and the share by then too small: subtract logarithms instead.
    log_ratio = d / 2 * math.log(math.pi) - d * math.log(2.0) - math.lgamma(d / 2 + 1.0)
    return math.exp(log_ratio)
    ### END SOLUTION


def cell_distance_ratio(d, parts):
    """Compare the diagonal of a small cell with that of the cube it is cut from.

    A cube of side 1 in d dimensions is cut into equal small cubes. How long is the diagonal of one of them,
    as a share of the diagonal of the whole?

    Args:
        d: Dimension, an int >= 1.
        parts: How many small cubes there are in all, an int >= 1.

    Returns:
        The share, a float above 0 and at most 1.

    Source: lecture 001:7204-7233.

    Hint: all small cubes together have the volume 1. What is the side of one?

    The lecture's square and its cube of 100 dimensions, cut into 100 parts:

    >>> print(round(cell_distance_ratio(2, 100), 6), round(cell_distance_ratio(100, 100), 6))
    0.1 0.954993
    """
    ### BEGIN SOLUTION
    # s^d = 1/parts. The diagonals are √(d s²) = s √d and √d, so the share is the side s itself.
    return float(parts) ** (-1.0 / d)
    ### END SOLUTION


def pca_colour(img, P, lam, alpha):
    """Change the colour of a whole picture along the principal components of colours, as AlexNet was trained.

        every pixel + P · (α_1 λ_1, α_2 λ_2, α_3 λ_3)ᵀ

    Args:
        img: Picture (H, W, 3): row, column, colour.
        P: (3, 3), the eigenvectors of the covariance of colours in its columns. (The `components` of
            `pca_fit` are rows: P would be their transpose.)
        lam: Eigenvalues (3,), in the order of the columns.
        alpha: Random numbers (3,), one for each component, drawn once for the picture.

    Returns:
        float64 array (H, W, 3). No number is rounded or cut off.

    Source: lecture 001:5036.
    Paper: A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural
    networks", 2012.

    Hint: the three numbers to add are the same for all pixels.

    Two pixels. α λ is (10, -5, 0), and that is 10 (0.6, 0.8, 0) - 5 (-0.8, 0.6, 0) = (10, 5, 0):

    >>> P = [[0.6, -0.8, 0.0], [0.8, 0.6, 0.0], [0.0, 0.0, 1.0]]
    >>> changed = pca_colour([[[90, 80, 70], [0, 0, 250]]], P, lam=[100, 25, 4], alpha=[0.1, -0.2, 0.0])
    >>> print(np.round(changed, 6).tolist())
    [[[100.0, 85.0, 70.0], [10.0, 5.0, 250.0]]]
    """
    ### BEGIN SOLUTION
    img, P = np.asarray(img, dtype=float), np.asarray(P, dtype=float)  # (H, W, 3), (3, 3)
    along = np.asarray(alpha, dtype=float) * np.asarray(lam, dtype=float)  # (3,): steps along each

    # P times a column adds up its columns: along_1 p_1 + along_2 p_2 + along_3 p_3. Colours are changed where
    # colours do vary: mostly along p_1, which is brightness. What the picture shows stays what it was.
    return img + P @ along  # (H, W, 3) + (3,)
    ### END SOLUTION


# Tasks 13 and 14 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
EXPLAIN_DISTANCE = """
"""
