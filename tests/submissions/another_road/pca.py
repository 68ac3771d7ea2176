import numpy as np


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
