import numpy as np


def center(X):
    # a projection: taking the mean off is multiplying by 1 - 1/n
    X = np.array(X, dtype=float)
    n = len(X)
    return X - np.ones((n, n)) @ X / n


def zscore(X, ddof=1):
    A = center(X)
    n = len(A)
    columns = []
    for column, raw in zip(A.T, np.array(X, dtype=float).T):
        if raw.max() == raw.min():
            columns.append(np.zeros(n))
        else:
            columns.append(column / np.sqrt(column @ column / (n - ddof)))
    return np.stack(columns, axis=1)


def covariance(X, ddof):
    # the mean of the products less the product of the means, about the first point
    X = np.array(X, dtype=float)
    n = len(X)
    Y = X - X[0]
    m = Y.sum(axis=0)
    return (np.einsum("ni,nj->ij", Y, Y) - np.outer(m, m) / n) / (n - ddof)


def pca_fit(X, k, standardize=False, ddof=1):
    # by the singular values of the centred data; the covariance is never formed
    X = np.array(X, dtype=float)
    n, d = X.shape
    mean = X.sum(axis=0) / n
    A = X - mean
    scale = np.ones(d)
    if standardize:
        scale = np.sqrt((A * A).sum(axis=0) / (n - ddof))
        scale[scale < 1e-12 * np.abs(mean).max()] = 1
        scale[scale == 0] = 1
    A = A / scale
    _, s, Vt = np.linalg.svd(A, full_matrices=True)
    values = np.zeros(d)
    values[: len(s)] = s**2 / (n - ddof)
    biggest = np.abs(Vt).argmax(axis=1)
    Vt = Vt * np.where(Vt[np.arange(d), biggest] < 0, -1, 1)[:, None]
    total = values.sum()
    return {
        "mean": mean,
        "scale": scale,
        "components": Vt[:k],
        "eigenvalues": values[:k],
        "ratio": values[:k] / total,
    }


def pca_transform(model, X):
    rows = [[float(np.dot((x - model["mean"]) / model["scale"], c)) for c in model["components"]] for x in np.asarray(X, float)]
    return rows


def pca_inverse(model, Z):
    # solve for the point, in place of multiplying
    C = np.array(model["components"], dtype=float)
    A = np.linalg.lstsq(C, np.array(Z, dtype=float).T, rcond=None)[0].T
    return np.array(model["mean"], dtype=float) + np.array(model["scale"], dtype=float) * A


def choose_k(ratio, threshold):
    sums = np.cumsum(ratio)
    if sums[-1] < threshold:
        return len(sums)
    return int(np.argmax(sums >= threshold)) + 1


def whiten(model, X):
    Z = np.array(pca_transform(model, X))
    return (np.diag(np.array(model["eigenvalues"], dtype=float) ** -0.5) @ Z.T).T


def intrinsic_dimension(X, tol=1e-10):
    # Gram and Schmidt, always with the longest row that is left
    X = np.array(X, dtype=float)
    limit = tol * np.abs(X).max()
    A = center(X)
    dimension = 0
    while dimension < min(A.shape):
        lengths = np.sqrt((A * A).sum(axis=1))
        i = lengths.argmax()
        if lengths[i] <= limit:
            break
        q = A[i] / lengths[i]
        A = A - np.outer(A @ q, q)
        dimension += 1
    return dimension


def sphere_cube_ratio(d):
    # from two dimensions to the next two: pi / (2 d) times as much
    share = 1.0 if d % 2 else np.pi / 4
    for i in range(3 if d % 2 else 4, d + 1, 2):
        share *= np.pi / (2 * i)
    return float(share)


def cell_distance_ratio(d, parts):
    return float(np.exp(-np.log(parts) / d))


def pca_colour(img, P, lam, alpha):
    out = np.array(img, dtype=float)
    for i in range(3):
        out = out + alpha[i] * lam[i] * np.array(P, dtype=float)[:, i]
    return out


EXPLAIN = """
Grams are the larger numbers, so the first direction is the weight and nothing else: the variance is measured in the
unit squared. Standardised, both count the same. I would leave it off if all features are in the same unit, e.g. pixels,
because a pixel which hardly changes would be blown up.
"""
EXPLAIN_DISTANCE = """
It compares the diagonal of a cell with that of the cube, so the farthest two points of one cell can be apart. It says
nothing about where the neighbours of a sample are: in my experiment 100 points in 100 dimensions had their nearest
neighbour at about a third of the diagonal.
"""
