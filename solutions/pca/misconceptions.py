"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import math

import numpy as np

from autograder import misconception

from .reference import (
    _spread,
    _turned,
    cell_distance_ratio,
    center,
    choose_k,
    covariance,
    intrinsic_dimension,
    pca_colour,
    pca_fit,
    pca_inverse,
    pca_transform,
    sphere_cube_ratio,
    whiten,
    zscore,
)

# ---- center ---------------------------------------------------------------------------------------


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


@misconception(center)
def one_mean_of_all_numbers(X):
    """One mean of all numbers is subtracted; each feature has its own, the mean along axis 0."""
    (X,) = _floats(X)
    return X - X.mean()


@misconception(center)
def each_sample_by_its_own_mean(X):
    """Each row has lost its own mean; it is the features, the columns, that are centred."""
    (X,) = _floats(X)
    return X - X.mean(axis=1, keepdims=True)


@misconception(center)
def means_of_rows_under_columns(X):
    """The means are those of the rows, laid under the columns, which only fits where X is square."""
    (X,) = _floats(X)
    return X - X.mean(axis=1)


@misconception(center)
def means_alone(X):
    """These are the means; subtract them from the data."""
    (X,) = _floats(X)
    return X.mean(axis=0)


@misconception(center)
def mean_added(X):
    """The mean is added, so the cloud lies twice as far from the origin; subtract it."""
    (X,) = _floats(X)
    return X + X.mean(axis=0)


@misconception(center)
def medians_subtracted(X):
    """The median of each feature is subtracted; it is the mean."""
    (X,) = _floats(X)
    return X - np.median(X, axis=0)


@misconception(center)
def divided_by_the_spread_too(X):
    """The features are divided by their standard deviations as well, which is `zscore`; subtract only."""
    return zscore(X)


@misconception(center)
def means_of_whole_numbers_cut(X):
    """The result took its type from whole-number data; begin with np.asarray(X, dtype=float)."""
    return center(X).astype(np.asarray(X).dtype)


@misconception(center)
def changes_the_callers_cloud(X):
    """The answer is right, but X -= … changed the array of the caller; X - … makes a new one."""
    (X,) = _floats(X)
    X -= X.mean(axis=0)
    return X


# ---- zscore ---------------------------------------------------------------------------------------


@misconception(zscore)
def only_centred(X, ddof=1):
    """The means are gone, but every feature still has its own spread; divide by it."""
    return center(X)


@misconception(zscore)
def only_divided(X, ddof=1):
    """The data is divided by its spread, but not centred; the mean comes off first."""
    X = np.asarray(X, dtype=float)
    return X / _spread(X, ddof)


@misconception(zscore)
def divided_by_the_variance(X, ddof=1):
    """The features are divided by their variances; divide by the root, the standard deviation."""
    return center(X) / _spread(np.asarray(X, dtype=float), ddof) ** 2


@misconception(zscore)
def spread_always_by_n(X, ddof=1):
    """The spread is divided by n whatever ddof says, the default of np.std; give it `ddof`."""
    return zscore(X, 0)


@misconception(zscore)
def spread_always_by_n_minus_one(X, ddof=1):
    """The spread is divided by n - 1 whatever ddof says; give `ddof` to np.std."""
    return zscore(X, 1)


@misconception(zscore)
def one_spread_for_all(X, ddof=1):
    """One spread of all numbers divides every feature; each has its own, along axis 0."""
    A = center(X)
    return A / A.std(ddof=ddof)


@misconception(zscore)
def rows_standardised(X, ddof=1):
    """The rows are standardised; it is the features, the columns, that get mean 0 and spread 1."""
    return zscore(np.asarray(X, dtype=float).T, ddof).T


@misconception(zscore)
def divided_by_a_spread_of_zero(X, ddof=1):
    """A feature that is the same everywhere is divided by 0, or by what rounding left; divide it by 1."""
    A = center(X)
    spread = np.std(A, axis=0, ddof=ddof)
    return A / np.where(np.ptp(np.asarray(X, dtype=float), axis=0) == 0, 0.0, spread)


@misconception(zscore)
def tiny_number_added_to_the_spread(X, ddof=1):
    """A tiny number is added to every spread, which is not tiny for a feature that is; mend zeros only."""
    return center(X) / (np.std(np.asarray(X, dtype=float), axis=0, ddof=ddof) + 1e-8)


@misconception(zscore)
def between_zero_and_one(X, ddof=1):
    """Every feature runs from 0 to 1; here its mean becomes 0 and its standard deviation 1."""
    (X,) = _floats(X)
    reach = np.ptp(X, axis=0)
    return (X - X.min(axis=0)) / np.where(reach == 0, 1, reach)


@misconception(zscore)
def changes_the_callers_units(X, ddof=1):
    """The answer is right, but X -= … changed the array of the caller; X - … makes a new one."""
    answer = zscore(X, ddof)
    (X,) = _floats(X)
    X -= X.mean(axis=0)
    return answer


# ---- covariance -----------------------------------------------------------------------------------


@misconception(covariance)
def meanings_of_ddof_swapped(X, ddof):
    """With ddof = 1 this divides by n and with ddof = 0 by n - 1; ddof is what is subtracted from n."""
    return covariance(X, 1 - ddof)


@misconception(covariance)
def ddof_added(X, ddof):
    """The sum is divided by n + ddof; ddof is subtracted from n."""
    return covariance(X, -ddof)


@misconception(covariance)
def always_by_n(X, ddof):
    """The sum is divided by n whatever ddof says, as on the slides; divide by n - ddof."""
    return covariance(X, 0)


@misconception(covariance)
def always_by_n_minus_one(X, ddof):
    """The sum is divided by n - 1 whatever ddof says, the default of np.cov; divide by n - ddof."""
    return covariance(X, 1)


@misconception(covariance)
def products_never_divided(X, ddof):
    """The products are summed and never divided; divide by n - ddof."""
    return covariance(X, ddof) * (len(X) - ddof)


@misconception(covariance)
def means_left_in(X, ddof):
    """The means are still in the products; centre every feature first."""
    (X,) = _floats(X)
    return X.T @ X / (len(X) - ddof)


@misconception(covariance)
def centred_along_the_rows(X, ddof):
    """Each sample has lost its own mean; it is the features, the columns, that are centred."""
    (X,) = _floats(X)
    A = X - X.mean(axis=1, keepdims=True)
    return A.T @ A / (len(X) - ddof)


@misconception(covariance)
def a_table_of_samples(X, ddof):
    """A Aᵀ is (n, n), a table of samples with samples; features with features are Aᵀ A, (d, d)."""
    A = center(X)
    return A @ A.T / (len(A) - ddof)


@misconception(covariance)
def features_in_rows(X, ddof):
    """The rows are taken for features, as on the slides and by np.cov; they are samples (rowvar=False)."""
    X = np.asarray(X, dtype=float).T
    A = center(X)
    return A.T @ A / max(len(X) - ddof, 1)


@misconception(covariance)
def divided_by_the_features(X, ddof):
    """The sum is divided by the number of features; it runs over the samples."""
    A = center(X)
    return A.T @ A / A.shape[1]


@misconception(covariance)
def correlations(X, ddof):
    """The diagonal is all ones: these are correlations, of features divided by their spreads; leave those."""
    S = covariance(X, ddof)
    spread = np.sqrt(np.diag(S))
    return S / np.outer(spread, spread)


@misconception(covariance)
def variances_only(X, ddof):
    """Only the variances of the features come back; wanted is every feature with every other one, (d, d)."""
    return np.diag(covariance(X, ddof))


@misconception(covariance)
def nothing_beside_the_diagonal(X, ddof):
    """Beside the diagonal there are zeros; different features vary together, too."""
    return np.diag(np.diag(covariance(X, ddof)))


@misconception(covariance)
def one_feature_loses_its_axes(X, ddof):
    """A single feature comes back as a plain number, as np.cov does it; np.atleast_2d keeps (1, 1)."""
    return np.squeeze(covariance(X, ddof)) if np.shape(X)[1] == 1 else covariance(X, ddof)


@misconception(covariance)
def changes_the_callers_table(X, ddof):
    """The answer is right, but X -= … changed the array of the caller; X - … makes a new one."""
    answer = covariance(X, ddof)
    (X,) = _floats(X)
    X -= X.mean(axis=0)
    return answer


# ---- pca_fit --------------------------------------------------------------------------------------


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


# ---- pca_fit: preparing the data ------------------------------------------------------------------


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


# ---- pca_fit: the covariance ----------------------------------------------------------------------


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


# ---- pca_fit: which eigenvectors ------------------------------------------------------------------


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


# ---- pca_fit: shares ------------------------------------------------------------------------------


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


# ---- pca_fit: signs -------------------------------------------------------------------------------


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


# ---- pca_inverse ----------------------------------------------------------------------------------


@misconception(pca_inverse)
def mean_not_added(model, Z):
    """The points are back in the features, but around the origin; the mean is still missing."""
    return pca_inverse(model, Z) - np.asarray(model["mean"], dtype=float)


@misconception(pca_inverse)
def mean_subtracted(model, Z):
    """The mean is subtracted once more; `pca_transform` subtracted it, so here it is added."""
    return pca_inverse(model, Z) - 2 * np.asarray(model["mean"], dtype=float)


@misconception(pca_inverse)
def scale_not_undone(model, Z):
    """The points are still standardised; multiply by the scale of the model before the mean is added."""
    mean, _, components = _parts(model)
    return np.asarray(Z, dtype=float) @ components + mean


@misconception(pca_inverse)
def divided_by_the_scale_again(model, Z):
    """The points are divided by the scale once more; `pca_transform` divided, so here you multiply."""
    mean, scale, components = _parts(model)
    return np.asarray(Z, dtype=float) @ components / scale + mean


@misconception(pca_inverse)
def mean_added_before_scaling(model, Z):
    """The mean is added first and then scaled with the rest; undo the steps backwards: scale, then mean."""
    mean, scale, components = _parts(model)
    return (np.asarray(Z, dtype=float) @ components + mean) * scale


@misconception(pca_inverse)
def components_transposed_again(model, Z):
    """The coordinates are multiplied by the transposed components; on the way back nothing is transposed."""
    mean, scale, components = _parts(model)
    return np.asarray(Z, dtype=float) @ components.T * scale + mean


@misconception(pca_inverse)
def stretched_by_the_roots(model, Z):
    """The coordinates are multiplied by the roots of the eigenvalues first; nothing had divided them."""
    return pca_inverse(
        model, np.asarray(Z, dtype=float) * np.sqrt(np.asarray(model["eigenvalues"], dtype=float))
    )


@misconception(pca_inverse)
def first_component_only(model, Z):
    """Only the first coordinate is used; every coordinate is a step along a component of its own."""
    mean, scale, components = _parts(model)
    return np.asarray(Z, dtype=float)[:, :1] @ components[:1] * scale + mean


@misconception(pca_inverse)
def features_in_columns(model, Z):
    """The points stand in columns, (d, m); one point is a row, (m, d)."""
    return pca_inverse(model, Z).T


@misconception(pca_inverse)
def changes_the_model(model, Z):
    """The answer is right, but components *= scale changed the model of the caller; write a new name."""
    answer = pca_inverse(model, Z)
    _, scale, components = _parts(model)
    components *= scale
    return answer


# ---- choose_k -------------------------------------------------------------------------------------


@misconception(choose_k)
def counted_from_zero(ratio, threshold):
    """This is the index of the last component that is needed; as a count it is one more."""
    return choose_k(ratio, threshold) - 1


@misconception(choose_k)
def one_more_for_safety(ratio, threshold):
    """This is one component more than needed; the one that crosses the threshold is the last."""
    return choose_k(ratio, threshold) + 1


@misconception(choose_k)
def equal_is_not_enough(ratio, threshold):
    """A sum equal to the threshold is taken for too small; reached exactly is reached: >=, not >."""
    carried = np.cumsum(np.asarray(ratio, dtype=float))
    return min(int(np.sum(carried <= threshold)) + 1, len(carried))


@misconception(choose_k)
def shares_above_the_rest(ratio, threshold):
    """You count the single shares above 1 - threshold; add them up until the threshold is reached."""
    return max(int(np.sum(np.asarray(ratio, dtype=float) > 1 - threshold)), 1)


@misconception(choose_k)
def single_shares_above(ratio, threshold):
    """You count the single shares above the threshold; add them up and ask when the sum has reached it."""
    return int(np.sum(np.asarray(ratio, dtype=float) >= threshold))


@misconception(choose_k)
def smallest_shares_first(ratio, threshold):
    """The shares are added up from the smallest; the first components carry most and are kept."""
    return choose_k(np.asarray(ratio, dtype=float)[::-1], threshold)


@misconception(choose_k)
def first_where_none_reaches(ratio, threshold):
    """Where the threshold is never reached you answer 1, since np.argmax finds no True; take them all."""
    enough = np.cumsum(np.asarray(ratio, dtype=float)) >= threshold
    return int(np.argmax(enough)) + 1


@misconception(choose_k)
def more_than_there_are(ratio, threshold):
    """Where the threshold is never reached you ask for more components than there are; take them all."""
    return int(np.searchsorted(np.cumsum(np.asarray(ratio, dtype=float)), threshold)) + 1


@misconception(choose_k)
def shares_of_what_is_there(ratio, threshold):
    """The shares are divided by their sum first; they are shares of all variance, kept or not."""
    (ratio,) = _floats(ratio)
    return choose_k(ratio / ratio.sum(), threshold)


@misconception(choose_k)
def the_sum_itself(ratio, threshold):
    """You return the share that is carried; wanted is how many components carry it."""
    return float(np.cumsum(np.asarray(ratio, dtype=float))[choose_k(ratio, threshold) - 1])


@misconception(choose_k)
def changes_the_callers_shares(ratio, threshold):
    """The answer is right, but the sums were written into the caller's array; np.cumsum makes a new one."""
    answer = choose_k(ratio, threshold)
    (ratio,) = _floats(ratio)
    np.cumsum(ratio, out=ratio)
    return answer


# ---- whiten ---------------------------------------------------------------------------------------


@misconception(whiten)
def not_divided_at_all(model, X):
    """These are the coordinates of `pca_transform`; each is still to be divided by its standard deviation."""
    return pca_transform(model, X)


@misconception(whiten)
def divided_by_the_eigenvalue(model, X):
    """The coordinates are divided by the eigenvalues; those are variances, and the root is wanted."""
    return pca_transform(model, X) / np.asarray(model["eigenvalues"], dtype=float)


@misconception(whiten)
def multiplied_by_the_root(model, X):
    """The coordinates are multiplied by the roots of the eigenvalues, which stretches the cloud; divide."""
    return pca_transform(model, X) * np.sqrt(np.asarray(model["eigenvalues"], dtype=float))


@misconception(whiten)
def features_standardised_instead(model, X):
    """The features are standardised and then projected; it is the coordinates that get variance 1."""
    mean, _, components = _parts(model)
    X = np.asarray(X, dtype=float)
    return (X - mean) / X.std(axis=0, ddof=1) @ components.T


@misconception(whiten)
def divided_by_their_own_spread(model, X):
    """The coordinates are divided by the spread of the points given; the model knows that of the fit."""
    Z = pca_transform(model, X)
    return Z / Z.std(axis=0, ddof=1)


@misconception(whiten)
def whitened_around_their_own_mean(model, X):
    """The points are centred by their own mean; a new point is measured from the mean of the model."""
    return whiten(
        model, np.asarray(X, dtype=float) - np.mean(X, axis=0) + np.asarray(model["mean"], dtype=float)
    )


@misconception(whiten)
def whitened_without_centring(model, X):
    """The points are projected as they are; subtract the mean of the model first."""
    _, scale, components = _parts(model)
    return (
        np.asarray(X, dtype=float)
        / scale
        @ components.T
        / np.sqrt(np.asarray(model["eigenvalues"], dtype=float))
    )


@misconception(whiten)
def whitened_without_the_scale(model, X):
    """The points are centred but not divided by the scale of the model."""
    mean, _, components = _parts(model)
    Z = (np.asarray(X, dtype=float) - mean) @ components.T
    return Z / np.sqrt(np.asarray(model["eigenvalues"], dtype=float))


@misconception(whiten)
def turned_back_into_the_features(model, X):
    """The round cloud is turned back into the features (that is ZCA); the k coordinates are wanted."""
    _, _, components = _parts(model)
    return whiten(model, X) @ components


@misconception(whiten)
def something_added_to_the_eigenvalues(model, X):
    """A small number is added to the eigenvalues, as for pictures; no eigenvalue is 0 here, so leave them."""
    return pca_transform(model, X) / np.sqrt(np.asarray(model["eigenvalues"], dtype=float) + 1e-2)


@misconception(whiten)
def every_point_of_length_one(model, X):
    """Every point is brought to length one; it is the spread of each coordinate that becomes one."""
    Z = pca_transform(model, X)
    return Z / np.linalg.norm(Z, axis=1, keepdims=True)


@misconception(whiten)
def points_divided_by_the_roots(model, X):
    """Each point is divided by a root; the roots belong to the coordinates, the columns."""
    return pca_transform(model, X) / np.sqrt(np.asarray(model["eigenvalues"], dtype=float))[:, None]


# ---- intrinsic_dimension --------------------------------------------------------------------------


def _values(X):
    """The singular values of the centred data, and the largest number in it."""
    X = np.asarray(X, dtype=float)
    return np.linalg.svd(center(X), compute_uv=False), np.max(np.abs(X))


@misconception(intrinsic_dimension)
def rank_of_the_raw_data(X, tol=1e-10):
    """This is the rank of the data as it came; the way from the origin to the cloud is no direction of it."""
    (X,) = _floats(X)
    return int(np.sum(np.linalg.svd(X, compute_uv=False) > tol * np.max(np.abs(X))))


@misconception(intrinsic_dimension)
def features_counted(X, tol=1e-10):
    """This is the number of features; some of them say nothing that others have not said."""
    return np.shape(X)[1]


@misconception(intrinsic_dimension)
def smaller_side_counted(X, tol=1e-10):
    """This is the smaller number of samples and features: the most there could be, not what there is."""
    return min(np.shape(X))


@misconception(intrinsic_dimension)
def features_that_vary(X, tol=1e-10):
    """Only constant features are left out; one that follows from others is no new direction either."""
    X = np.asarray(X, dtype=float)
    return int(np.sum(np.ptp(X, axis=0) > tol * np.max(np.abs(X))))


@misconception(intrinsic_dimension)
def samples_less_one(X, tol=1e-10):
    """You assume that nothing is dependent: the smaller of n - 1 and d; count singular values."""
    return min(len(X) - 1, np.shape(X)[1])


@misconception(intrinsic_dimension)
def rank_with_centred_rows(X, tol=1e-10):
    """Each sample has lost its own mean; it is the features, the columns, that are centred."""
    (X,) = _floats(X)
    s = np.linalg.svd(X - X.mean(axis=1, keepdims=True), compute_uv=False)
    return int(np.sum(s > tol * np.max(np.abs(X))))


@misconception(intrinsic_dimension)
def tolerance_ignored(X, tol=1e-10):
    """The argument `tol` is not looked at."""
    return intrinsic_dimension(X)


@misconception(intrinsic_dimension)
def tolerance_in_plain_numbers(X, tol=1e-10):
    """The singular values are compared with tol itself; compare with tol times the largest number of X."""
    return int(np.sum(_values(X)[0] > tol))


@misconception(intrinsic_dimension)
def compared_with_the_longest_direction(X, tol=1e-10):
    """The singular values are compared with the largest of them, which may itself be nothing but rounding.

    Compare with tol times the largest number of X.
    """
    s, _ = _values(X)
    return int(np.sum(s > tol * s[0]))


@misconception(intrinsic_dimension)
def variances_against_the_tolerance(X, tol=1e-10):
    """You compare eigenvalues of the covariance, which are squares: what is small becomes far too small."""
    s, largest = _values(X)
    return int(np.sum(s**2 / max(len(s), 1) > tol * largest**2))


@misconception(intrinsic_dimension)
def whatever_differs_from_zero(X, tol=1e-10):
    """You count what is not exactly 0; rounding leaves a little everywhere."""
    return int(np.sum(_values(X)[0] > 1e-30))


@misconception(intrinsic_dimension)
def at_least_one(X, tol=1e-10):
    """You never answer less than 1; points that are all equal extend nowhere, and that is 0."""
    return max(intrinsic_dimension(X, tol), 1)


@misconception(intrinsic_dimension)
def directions_without_extent(X, tol=1e-10):
    """You count the directions in which the cloud does not extend; the others are wanted."""
    return np.shape(X)[1] - intrinsic_dimension(X, tol)


@misconception(intrinsic_dimension)
def changes_the_callers_flat(X, tol=1e-10):
    """The answer is right, but X -= … changed the array of the caller; X - … makes a new one."""
    answer = intrinsic_dimension(X, tol)
    (X,) = _floats(X)
    X -= X.mean(axis=0)
    return answer


# ---- the curse ------------------------------------------------------------------------------------


@misconception(sphere_cube_ratio)
def gamma_of_half_the_dimension(d):
    """The gamma function is taken at d/2; it is d/2 + 1."""
    return sphere_cube_ratio(d) * d / 2


@misconception(sphere_cube_ratio)
def volume_of_the_ball_alone(d):
    """This is the volume of the ball of radius 1; the cube around it has the side 2 and the volume 2^d."""
    return math.exp(d / 2 * math.log(math.pi) - math.lgamma(d / 2 + 1))


@misconception(sphere_cube_ratio)
def half_dimension_rounded_down(d):
    """Odd dimensions are rounded down by d // 2; d / 2 keeps the half, and Γ takes it."""
    return math.exp((d // 2) * math.log(math.pi) - d * math.log(2) - math.lgamma(d // 2 + 1))


@misconception(sphere_cube_ratio)
def factorial_of_the_dimension(d):
    """You divide by the factorial of d; it is Γ(d/2 + 1), the factorial of half the dimension."""
    return math.exp(d / 2 * math.log(math.pi) - d * math.log(2) - math.lgamma(d + 1))


@misconception(sphere_cube_ratio)
def factorial_for_gamma(d):
    """Γ(m + 1) is m!, so Γ(d/2 + 1) is the factorial of d/2, not of d/2 + 1."""
    return sphere_cube_ratio(d) / (d / 2 + 1)


@misconception(sphere_cube_ratio)
def pi_to_the_whole_dimension(d):
    """You raise π to the d; it is the power d/2."""
    return math.exp(d * math.log(math.pi) - d * math.log(2) - math.lgamma(d / 2 + 1))


@misconception(sphere_cube_ratio)
def cube_over_sphere(d):
    """This is the cube as a multiple of the ball; turn the fraction round."""
    return 1 / sphere_cube_ratio(d)


@misconception(sphere_cube_ratio)
def surface_for_volume(d):
    """This is the surface of the ball over the volume of the cube; the volume is radius over d times it."""
    return sphere_cube_ratio(d) * d


@misconception(sphere_cube_ratio)
def approximate_factorial(d):
    """Stirling's formula is used for the gamma function; `math` has it to every digit."""
    half = d / 2
    log_gamma = half * math.log(half) - half + 0.5 * math.log(2 * math.pi * half)
    return math.exp(half * math.log(math.pi) - d * math.log(2) - log_gamma)


@misconception(cell_distance_ratio)
def one_over_the_parts(d, parts):
    """This is the volume of a part; its side is the d-th root of it."""
    return 1 / parts


@misconception(cell_distance_ratio)
def always_the_square_root(d, parts):
    """You take the square root in every dimension; in d dimensions it is the d-th root."""
    return parts**-0.5


@misconception(cell_distance_ratio)
def large_over_small(d, parts):
    """This is the cube as a multiple of the part; turn the fraction round."""
    return parts ** (1 / d)


@misconception(cell_distance_ratio)
def diagonal_itself(d, parts):
    """This is the length of the small diagonal; divide it by that of the cube, which is not 1."""
    return cell_distance_ratio(d, parts) * math.sqrt(d)


@misconception(cell_distance_ratio)
def diagonal_of_the_cube_taken_for_d(d, parts):
    """The diagonal of the cube is √d, not d."""
    return cell_distance_ratio(d, parts) / math.sqrt(d)


@misconception(cell_distance_ratio)
def dimension_and_parts_swapped(d, parts):
    """Dimension and number of parts have changed places: it is the d-th root of 1/parts."""
    return d ** (-1 / parts)


@misconception(cell_distance_ratio)
def what_is_missing_to_the_whole(d, parts):
    """This is what the cell lacks to be as long as the cube; the share itself is wanted."""
    return 1 - cell_distance_ratio(d, parts)


# ---- pca_colour -----------------------------------------------------------------------------------


def _colour(img, P, lam, alpha):
    """Everything as floats."""
    return _floats(img, P, lam, alpha)


@misconception(pca_colour)
def eigenvectors_taken_from_rows(img, P, lam, alpha):
    """The rows of P are taken for eigenvectors (Pᵀ in place of P); they stand in its columns."""
    return pca_colour(img, np.asarray(P, dtype=float).T, lam, alpha)


@misconception(pca_colour)
def roots_of_the_eigenvalues(img, P, lam, alpha):
    """The roots of the eigenvalues are used; AlexNet multiplies by the eigenvalues themselves."""
    return pca_colour(img, P, np.sqrt(np.asarray(lam, dtype=float)), alpha)


@misconception(pca_colour)
def eigenvalues_left_out(img, P, lam, alpha):
    """The eigenvalues are left out; they make the change largest where colours vary most."""
    return pca_colour(img, P, [1.0, 1.0, 1.0], alpha)


@misconception(pca_colour)
def random_numbers_left_out(img, P, lam, alpha):
    """The random numbers are left out, so every picture is changed in the same way."""
    return pca_colour(img, P, lam, [1.0, 1.0, 1.0])


@misconception(pca_colour)
def eigenvalues_added(img, P, lam, alpha):
    """Random numbers and eigenvalues are added; they are multiplied, one by one."""
    return pca_colour(img, P, np.add(lam, alpha), [1.0, 1.0, 1.0])


@misconception(pca_colour)
def each_pixel_stretched(img, P, lam, alpha):
    """Each pixel is changed by its own colour times the random numbers; the same is added to all pixels."""
    img, P, lam, alpha = _colour(img, P, lam, alpha)
    return img + (img @ P * alpha * lam) @ P.T


@misconception(pca_colour)
def taken_off(img, P, lam, alpha):
    """The change is subtracted; it is added."""
    return pca_colour(img, P, lam, -np.asarray(alpha, dtype=float))


@misconception(pca_colour)
def not_turned_into_colours(img, P, lam, alpha):
    """The numbers along the components are added to red, green and blue; P turns them into colours first."""
    return pca_colour(img, np.eye(3), lam, alpha)


@misconception(pca_colour)
def the_same_for_every_colour(img, P, lam, alpha):
    """One number is added to red, green and blue alike; each colour has its own."""
    img, P, lam, alpha = _colour(img, P, lam, alpha)
    return img + np.sum(P @ (alpha * lam))


@misconception(pca_colour)
def added_along_the_rows(img, P, lam, alpha):
    """The three numbers are added to three rows of pixels; colours lie along the last axis."""
    img, P, lam, alpha = _colour(img, P, lam, alpha)
    return img + (P @ (alpha * lam))[:, None, None]


@misconception(pca_colour)
def cut_to_the_range_of_bytes(img, P, lam, alpha):
    """What is below 0 or above 255 is cut off; here nothing is."""
    return np.clip(pca_colour(img, P, lam, alpha), 0, 255)


@misconception(pca_colour)
def cut_to_whole_colours(img, P, lam, alpha):
    """The result took its type from a picture of whole numbers; begin with np.asarray(img, dtype=float)."""
    return pca_colour(img, P, lam, alpha).astype(np.asarray(img).dtype)


@misconception(pca_colour)
def only_what_is_added(img, P, lam, alpha):
    """This is the change alone; add it to the picture."""
    return pca_colour(img, P, lam, alpha) - np.asarray(img, dtype=float)


@misconception(pca_colour)
def changes_the_callers_picture(img, P, lam, alpha):
    """The answer is right, but img += … changed the array of the caller; img + … makes a new one."""
    answer = pca_colour(img, P, lam, alpha)
    (img,) = _floats(img)
    img += 1.0
    return answer
