"""Principal components: the directions in which a cloud of points is long.

Seventeen numbers for each of four countries cannot be drawn. But most clouds are flat: they are long in a few
directions and thin in all others. PCA finds the directions, the longest first, and gives each point its
coordinates along them. Two of those can be drawn.

Lectures: 001:7353-7570 (the algorithm in seven steps 001:7466-7474, covariance 001:7380-7447, proportion of
variance 001:7523, the four countries 001:7536-7570), 004:658.
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

import numpy as np


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
    raise NotImplementedError("write pca_fit here")


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
    raise NotImplementedError("write pca_transform here")


# Task 3 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
