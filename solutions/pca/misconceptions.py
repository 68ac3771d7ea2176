"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import _turned, pca_fit, pca_transform


def _prepared(X, standardize, ddof):
    """Centred and scaled data, with the mean and the scale."""
    X = np.asarray(X, dtype=float)
    model = pca_fit(X, 1, standardize, ddof)
    return (X - model["mean"]) / model["scale"], model["mean"], model["scale"]


def _model(mean, scale, S, k):
    """The model of a covariance matrix that may be wrong."""
    values, V = np.linalg.eigh(S)
    values, V = values[::-1], V[:, ::-1]
    return {
        "mean": mean,
        "scale": scale,
        "components": _turned(V[:, :k].T),
        "eigenvalues": values[:k],
        "ratio": values[:k] / values.sum(),
    }


# ---- preparing the data ---------------------------------------------------------------------------


@misconception(pca_fit)
def not_centred(X, k, standardize=False, ddof=1):
    """The covariance is computed from X itself; subtract the mean of each feature first."""
    _, mean, scale = _prepared(X, standardize, ddof)
    A = np.asarray(X, dtype=float) / scale
    return _model(mean, scale, A.T @ A / (len(A) - ddof), k)


@misconception(pca_fit)
def one_mean_for_all_features(X, k, standardize=False, ddof=1):
    """One mean of all numbers is subtracted; each feature has its own, the mean along axis 0."""
    X = np.asarray(X, dtype=float)
    _, mean, scale = _prepared(X, standardize, ddof)
    A = (X - X.mean()) / scale
    return _model(np.full_like(mean, X.mean()), scale, A.T @ A / (len(A) - ddof), k)


@misconception(pca_fit)
def rows_centred(X, k, standardize=False, ddof=1):
    """Each sample is centred by its own mean; it is the features, the columns, that are centred."""
    X = np.asarray(X, dtype=float)
    _, mean, scale = _prepared(X, standardize, ddof)
    A = (X - X.mean(axis=1, keepdims=True)) / scale
    return _model(mean, scale, A.T @ A / (len(A) - ddof), k)


@misconception(pca_fit)
def samples_taken_for_features(X, k, standardize=False, ddof=1):
    """Rows and columns have changed places, as on the slides; here samples are rows and features columns."""
    return pca_fit(np.asarray(X, dtype=float).T, k, standardize, ddof)


@misconception(pca_fit)
def always_standardised(X, k, standardize=False, ddof=1):
    """Every feature is divided by its standard deviation; do that only where `standardize` asks for it."""
    return pca_fit(X, k, True, ddof)


@misconception(pca_fit)
def never_standardised(X, k, standardize=False, ddof=1):
    """The argument `standardize` is not looked at."""
    return pca_fit(X, k, False, ddof)


@misconception(pca_fit)
def scale_ignores_ddof(X, k, standardize=False, ddof=1):
    """The standard deviation is divided by n, the default of np.std; give it `ddof`, like the covariance."""
    A, mean, scale = _prepared(X, standardize, ddof)
    if not standardize:
        return pca_fit(X, k, standardize, ddof)
    spread = A.std(axis=0)
    spread[spread == 0] = 1
    A = A / spread
    return _model(mean, scale * spread, A.T @ A / (len(A) - ddof), k)


@misconception(pca_fit)
def scaled_by_the_variance(X, k, standardize=False, ddof=1):
    """The features are divided by their variance; divide by its root, the standard deviation."""
    _, mean, scale = _prepared(X, standardize, ddof)
    A = (np.asarray(X, dtype=float) - mean) / scale**2
    return _model(mean, scale**2, A.T @ A / (len(A) - ddof), k)


@misconception(pca_fit)
def scale_not_reported(X, k, standardize=False, ddof=1):
    """The data is standardised, but the scale that comes back is all ones; new points need the real one."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "scale": np.ones_like(model["scale"])}


@misconception(pca_fit)
def scale_of_zero(X, k, standardize=False, ddof=1):
    """A feature that is the same everywhere has scale 0, by which no point can be divided; give it 1."""
    model = pca_fit(X, k, standardize, ddof)
    constant = np.ptp(np.asarray(X, dtype=float), axis=0) == 0
    return {**model, "scale": np.where(constant & standardize, 0.0, model["scale"])}


@misconception(pca_fit)
def small_number_added_to_the_scale(X, k, standardize=False, ddof=1):
    """A small number is added to every standard deviation; only a constant feature needs care, and gets 1."""
    model = pca_fit(X, k, standardize, ddof)
    spread = np.std(np.asarray(X, dtype=float), axis=0, ddof=ddof)
    return {**model, "scale": spread + 1e-8 if standardize else model["scale"]}


# ---- the covariance -------------------------------------------------------------------------------


@misconception(pca_fit)
def always_divided_by_n(X, k, standardize=False, ddof=1):
    """The variances are divided by n whatever ddof says, as on the slides; divide by n - ddof."""
    A, mean, scale = _prepared(X, standardize, ddof)
    return _model(mean, scale, A.T @ A / len(A), k)


@misconception(pca_fit)
def always_divided_by_n_minus_one(X, k, standardize=False, ddof=1):
    """The variances are divided by n - 1 whatever ddof says, the default of np.cov; divide by n - ddof."""
    A, mean, scale = _prepared(X, standardize, ddof)
    return _model(mean, scale, A.T @ A / (len(A) - 1), k)


@misconception(pca_fit)
def not_divided(X, k, standardize=False, ddof=1):
    """The eigenvalues belong to Aᵀ A, and are no variances yet; divide by n - ddof."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "eigenvalues": model["eigenvalues"] * (len(X) - ddof)}


@misconception(pca_fit)
def singular_values(X, k, standardize=False, ddof=1):
    """The eigenvalues are the singular values of the data; square them and divide by n - ddof."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "eigenvalues": np.sqrt(model["eigenvalues"] * (len(X) - ddof))}


@misconception(pca_fit)
def standard_deviations(X, k, standardize=False, ddof=1):
    """The eigenvalues come back as standard deviations, as lecture 001 says; an eigenvalue is a variance."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "eigenvalues": np.sqrt(model["eigenvalues"])}


# ---- which eigenvectors ---------------------------------------------------------------------------


@misconception(pca_fit)
def shortest_directions_first(X, k, standardize=False, ddof=1):
    """The first k columns of eigh are kept, which belong to the smallest eigenvalues; it counts upwards."""
    A, mean, scale = _prepared(X, standardize, ddof)
    values, V = np.linalg.eigh(A.T @ A / (len(A) - ddof))
    return {
        "mean": mean,
        "scale": scale,
        "components": _turned(V[:, :k].T),
        "eigenvalues": values[:k],
        "ratio": values[:k] / values.sum(),
    }


@misconception(pca_fit)
def kept_but_not_turned_round(X, k, standardize=False, ddof=1):
    """The right k directions are kept, but in rising order; the longest comes first."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, **{key: model[key][::-1] for key in ("components", "eigenvalues", "ratio")}}


@misconception(pca_fit)
def rows_of_the_eigenvector_matrix(X, k, standardize=False, ddof=1):
    """The rows of the eigenvector matrix are taken; NumPy gives the eigenvectors in its columns."""
    A, mean, scale = _prepared(X, standardize, ddof)
    S = A.T @ A / (len(A) - ddof)
    V = np.linalg.eigh(S)[1][:, ::-1]
    return {**_model(mean, scale, S, k), "components": _turned(V[:k])}


@misconception(pca_fit)
def components_in_columns(X, k, standardize=False, ddof=1):
    """The components stand in columns, (d, k); each is to be a row, (k, d)."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "components": model["components"].T}


@misconception(pca_fit)
def components_stretched(X, k, standardize=False, ddof=1):
    """Each component is multiplied by the root of its eigenvalue, as in load plots; its length is one."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "components": model["components"] * np.sqrt(model["eigenvalues"])[:, None]}


@misconception(pca_fit)
def k_ignored(X, k, standardize=False, ddof=1):
    """All d components come back; only the first k were asked for."""
    A, mean, scale = _prepared(X, standardize, ddof)
    return _model(mean, scale, A.T @ A / (len(A) - ddof), A.shape[1])


# ---- shares ---------------------------------------------------------------------------------------


@misconception(pca_fit)
def share_of_the_kept(X, k, standardize=False, ddof=1):
    """The shares are of the k eigenvalues that are kept; they are of the sum of all d eigenvalues."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "ratio": model["ratio"] / model["ratio"].sum()}


@misconception(pca_fit)
def shares_added_up(X, k, standardize=False, ddof=1):
    """The shares are added up from the first on; each is the share of one component alone."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "ratio": np.cumsum(model["ratio"])}


@misconception(pca_fit)
def shares_of_standard_deviations(X, k, standardize=False, ddof=1):
    """The shares are those of the roots of the eigenvalues; variances are what adds up."""
    A, mean, scale = _prepared(X, standardize, ddof)
    S = A.T @ A / (len(A) - ddof)
    roots = np.sqrt(np.maximum(np.linalg.eigvalsh(S)[::-1], 0))
    return {**_model(mean, scale, S, k), "ratio": roots[:k] / roots.sum()}


@misconception(pca_fit)
def shares_in_percent(X, k, standardize=False, ddof=1):
    """The shares are in percent; they are numbers from 0 to 1."""
    model = pca_fit(X, k, standardize, ddof)
    return {**model, "ratio": 100 * model["ratio"]}


# ---- signs ----------------------------------------------------------------------------------------


@misconception(pca_fit)
def sign_left_to_the_library(X, k, standardize=False, ddof=1):
    """The signs are as the library gave them; turn each component so that its largest |entry| is positive."""
    A, mean, scale = _prepared(X, standardize, ddof)
    S = A.T @ A / (len(A) - ddof)
    V = np.linalg.eigh(S)[1][:, ::-1]
    return {**_model(mean, scale, S, k), "components": V[:, :k].T}


@misconception(pca_fit)
def first_entry_positive(X, k, standardize=False, ddof=1):
    """The first entry of each component is made positive; it is the entry of largest absolute value."""
    model = pca_fit(X, k, standardize, ddof)
    sign = np.where(model["components"][:, :1] < 0, -1, 1)
    return {**model, "components": model["components"] * sign}


@misconception(pca_fit)
def sum_positive(X, k, standardize=False, ddof=1):
    """The sum of each component is made positive; it is the entry of largest absolute value."""
    model = pca_fit(X, k, standardize, ddof)
    sign = np.where(model["components"].sum(axis=1, keepdims=True) < 0, -1, 1)
    return {**model, "components": model["components"] * sign}


@misconception(pca_fit)
def sign_by_the_scores(X, k, standardize=False, ddof=1):
    """The signs make the largest coordinate of a point positive, as in some libraries; use the component."""
    A, *_ = _prepared(X, standardize, ddof)
    model = pca_fit(X, k, standardize, ddof)
    Z = A @ model["components"].T
    farthest = Z[np.abs(Z).argmax(axis=0), np.arange(Z.shape[1])]
    return {**model, "components": model["components"] * np.where(farthest < 0, -1, 1)[:, None]}


# ---- pca_transform --------------------------------------------------------------------------------


def _parts(model):
    """Mean, scale and components of a model, as float arrays."""
    return (np.asarray(model[key], dtype=float) for key in ("mean", "scale", "components"))


@misconception(pca_transform)
def points_not_centred(model, X):
    """The points are multiplied as they are, as lecture 001 says; subtract the mean of the model first."""
    _, scale, components = _parts(model)
    return (np.asarray(X, dtype=float) / scale) @ components.T


@misconception(pca_transform)
def centred_by_their_own_mean(model, X):
    """The points are centred by their own mean; a new point is measured from the mean of the model."""
    _, scale, components = _parts(model)
    X = np.asarray(X, dtype=float)
    return ((X - X.mean(axis=0)) / scale) @ components.T


@misconception(pca_transform)
def components_not_transposed(model, X):
    """The points are multiplied by the components as they stand; each is a row, so transpose them."""
    mean, scale, components = _parts(model)
    return ((np.asarray(X, dtype=float) - mean) / scale) @ components


@misconception(pca_transform)
def scale_forgotten(model, X):
    """The points are centred but not divided by the scale of the model."""
    mean, _, components = _parts(model)
    return (np.asarray(X, dtype=float) - mean) @ components.T


@misconception(pca_transform)
def scale_multiplied(model, X):
    """The centred points are multiplied by the scale; the model divided by it, and so should you."""
    mean, scale, components = _parts(model)
    return ((np.asarray(X, dtype=float) - mean) * scale) @ components.T


@misconception(pca_transform)
def scaled_before_centring(model, X):
    """The points are divided first and centred then; the mean is of the undivided data: centre first."""
    mean, scale, components = _parts(model)
    return (np.asarray(X, dtype=float) / scale - mean) @ components.T


@misconception(pca_transform)
def whitened(model, X):
    """The coordinates are divided by their standard deviations, which is whitening; leave them so."""
    return pca_transform(model, X) / np.sqrt(np.asarray(model["eigenvalues"], dtype=float))


@misconception(pca_transform)
def multiplied_by_the_eigenvalues(model, X):
    """The coordinates are multiplied by the eigenvalues; the components alone are enough."""
    return pca_transform(model, X) * np.asarray(model["eigenvalues"], dtype=float)


@misconception(pca_transform)
def points_in_columns(model, X):
    """The coordinates of a point stand in a column, as on the slides; one point is a row, (m, k)."""
    return pca_transform(model, X).T


@misconception(pca_transform)
def back_in_the_features(model, X):
    """The points are projected and turned back into d features; the k coordinates themselves are wanted."""
    mean, scale, components = _parts(model)
    return pca_transform(model, X) @ components * scale + mean
