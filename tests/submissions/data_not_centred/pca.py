import math

import numpy as np


def center(X):
    X = np.asarray(X, dtype=float)
    return X - X.mean(axis=0)


def zscore(X, ddof=1):
    X = np.asarray(X, dtype=float)
    std = X.std(axis=0, ddof=ddof)
    std[np.ptp(X, axis=0) == 0] = 1
    return center(X) / std


def covariance(X, ddof):
    A = center(X)
    return A.T @ A / (len(A) - ddof)


def pca_fit(X, k, standardize=False, ddof=1):
    X = np.asarray(X, dtype=float)
    n = len(X)
    mean = X.mean(axis=0)
    scale = np.ones(X.shape[1])
    if standardize:
        scale = X.std(axis=0, ddof=ddof)
        scale[scale == 0] = 1
    Y = X / scale
    C = Y.T @ Y / (n - ddof)
    vals, vecs = np.linalg.eigh(C)
    vals, vecs = vals[::-1], vecs[:, ::-1].T
    for i in range(len(vecs)):
        if vecs[i, np.argmax(np.abs(vecs[i]))] < 0:
            vecs[i] = -vecs[i]
    return dict(mean=mean, scale=scale, components=vecs[:k], eigenvalues=vals[:k], ratio=vals[:k] / vals.sum())


def pca_transform(model, X):
    return (np.asarray(X, dtype=float) / model["scale"]) @ np.asarray(model["components"], dtype=float).T


def pca_inverse(model, Z):
    A = np.asarray(Z, dtype=float) @ np.asarray(model["components"], dtype=float)
    return A * model["scale"] + model["mean"]


def choose_k(ratio, threshold):
    total = 0.0
    for k, share in enumerate(ratio, start=1):
        total += share
        if total >= threshold:
            break
    return k


def whiten(model, X):
    return pca_transform(model, X) / np.sqrt(model["eigenvalues"])


def intrinsic_dimension(X, tol=1e-10):
    singular = np.linalg.svd(center(X), compute_uv=False)
    return int((singular > tol * np.abs(X).max()).sum())


def sphere_cube_ratio(d):
    return math.exp(d / 2 * math.log(math.pi) - d * math.log(2) - math.lgamma(d / 2 + 1))


def cell_distance_ratio(d, parts):
    return parts ** (-1 / d)


def pca_colour(img, P, lam, alpha):
    shift = np.asarray(P, dtype=float) @ (np.asarray(alpha, dtype=float) * np.asarray(lam, dtype=float))
    return np.asarray(img, dtype=float) + shift


EXPLAIN = """
The gram has by far the larger numbers so everything goes along the weight. With standardising both are equal. Always
standardise.
"""
EXPLAIN_DISTANCE = """
"""
