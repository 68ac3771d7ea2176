import numpy as np


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
    return (np.asarray(X, dtype=float) / model["scale"]) @ model["components"].T
