"""Right answers by another road: each must get full marks."""

import math
import statistics

import numpy as np

from autograder import alternative

from .reference import (
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


def _spread(X, standardize, ddof):
    """Standard deviations by np.std, 1 where there is none."""
    if not standardize:
        return np.ones(X.shape[1])
    scale = np.std(X, axis=0, ddof=ddof)
    return np.where(np.ptp(X, axis=0) == 0, 1.0, scale)


# ---- center, zscore, covariance -------------------------------------------------------------------


@alternative(center)
def center_number_by_number(X):
    """Loops over lists; lists come back."""
    means = [math.fsum(column) / len(X) for column in zip(*X, strict=True)]
    return [[float(x) - mean for x, mean in zip(row, means, strict=True)] for row in X]


@alternative(center)
def center_by_a_matrix(X):
    """Multiplied from the left by 1 - 1/n, the matrix that takes means off."""
    n = len(X)
    return (np.eye(n) - np.full((n, n), 1 / n)) @ np.asarray(X, dtype=float)


@alternative(center)
def center_in_single_precision(X):
    """Everything in float32."""
    X = np.asarray(X, dtype=np.float32)
    return X - np.add.reduce(X) / np.float32(len(X))


@alternative(zscore)
def zscore_feature_by_feature(X, ddof=1):
    """The statistics module, feature by feature; lists come back."""
    spread_of = statistics.stdev if ddof else statistics.pstdev
    columns = []
    for column in zip(*X, strict=True):
        numbers = [float(x) for x in column]
        mean = statistics.fmean(numbers)
        spread = spread_of(numbers) if max(numbers) > min(numbers) else 1.0
        columns.append([(x - mean) / spread for x in numbers])
    return [list(row) for row in zip(*columns, strict=True)]


@alternative(zscore)
def zscore_by_lengths(X, ddof=1):
    """Each centred column brought to the length √(n - ddof)."""
    A = np.array(X, dtype=float)
    A -= A.mean(axis=0)
    A[:, np.ptp(np.asarray(X), axis=0) == 0] = 0
    lengths = np.linalg.norm(A, axis=0)
    return np.sqrt(len(A) - ddof) * A / np.where(lengths == 0, 1, lengths)


@alternative(zscore)
def zscore_in_single_precision(X, ddof=1):
    """In float32 after centring."""
    X = np.asarray(X, dtype=float)
    A = (X - X.mean(axis=0)).astype(np.float32)
    return A / _spread(X, True, ddof).astype(np.float32)


@alternative(covariance)
def covariance_by_numpy(X, ddof):
    """NumPy's own, told that samples are rows, and kept two-dimensional."""
    return np.atleast_2d(np.cov(np.asarray(X, dtype=float), rowvar=False, ddof=ddof))


@alternative(covariance)
def covariance_pair_by_pair(X, ddof):
    """A loop over pairs of features; lists come back."""
    columns = [[float(x) for x in column] for column in zip(*X, strict=True)]
    centred = [[x - math.fsum(column) / len(column) for x in column] for column in columns]
    n = len(X) - ddof
    return [[sum(a * b for a, b in zip(p, q, strict=True)) / n for q in centred] for p in centred]


@alternative(covariance)
def covariance_as_means_of_products(X, ddof):
    """The mean of the products minus the product of the means."""
    X = np.asarray(X, dtype=float)
    mean, n = X.mean(axis=0), len(X)
    return (np.einsum("ni,nj->ij", X, X) - n * np.outer(mean, mean)) / (n - ddof)


@alternative(covariance)
def covariance_in_single_precision(X, ddof):
    """In float32 after centring, as a sum of outer products."""
    X = np.asarray(X, dtype=float)
    A = (X - X.mean(axis=0)).astype(np.float32)
    return sum(np.outer(a, a) for a in A) / np.float32(len(A) - ddof)


# ---- pca_fit, pca_transform -----------------------------------------------------------------------


@alternative(pca_fit)
def by_singular_values(X, k, standardize=False, ddof=1):
    """Singular values of the centred data; the covariance matrix is never formed."""
    X = np.array(X, dtype=float)
    mean, scale = X.mean(axis=0), _spread(X, standardize, ddof)
    _, s, Vt = np.linalg.svd((X - mean) / scale, full_matrices=False)
    variances = s**2 / (len(X) - ddof)
    components = [row if row[np.argmax(abs(row))] > 0 else -row for row in Vt[:k]]
    return {
        "mean": mean,
        "scale": scale,
        "components": np.array(components),
        "eigenvalues": variances[:k],
        "ratio": (variances / variances.sum())[:k],
        "k": k,
    }


@alternative(pca_fit)
def by_eig_and_argsort(X, k, standardize=False, ddof=1):
    """np.cov and np.linalg.eig, sorted by hand; lists come back."""
    X = np.asarray(X, dtype=float)
    mean, scale = np.average(X, axis=0), _spread(X, standardize, ddof)
    S = np.cov(((X - mean) / scale).T, ddof=ddof)
    values, V = np.linalg.eig(S)
    values, V = values.real, V.real
    order = np.argsort(-values)[:k]
    chosen = [V[:, j] / np.linalg.norm(V[:, j]) for j in order]
    chosen = [v * np.sign(max(v.min(), v.max(), key=abs)) for v in chosen]
    return {
        "mean": mean.tolist(),
        "scale": scale.tolist(),
        "components": [v.tolist() for v in chosen],
        "eigenvalues": values[order].tolist(),
        "ratio": (values[order] / np.trace(S)).tolist(),
    }


@alternative(pca_fit)
def rounded_to_single_precision(X, k, standardize=False, ddof=1):
    """The covariance as a sum of outer products; float32 comes back."""
    X = np.asarray(X, dtype=float)
    n, d = X.shape
    mean = sum(X) / n
    scale = _spread(X, standardize, ddof)
    S = np.zeros((d, d))
    for row in X:
        a = (row - mean) / scale
        S += np.outer(a, a) / (n - ddof)
    values, V = np.linalg.eigh(S)
    components = np.flip(V, axis=1)[:, :k].T
    tops = np.take_along_axis(components, np.abs(components).argmax(axis=1, keepdims=True), axis=1)
    model = {
        "mean": mean,
        "scale": scale,
        "components": components * np.where(tops < 0, -1, 1),
        "eigenvalues": np.sort(values)[::-1][:k],
        "ratio": np.sort(values)[::-1][:k] / np.sum(values),
    }
    return {key: value.astype(np.float32) for key, value in model.items()}


@alternative(pca_transform)
def point_by_point(model, X):
    """A dot product for each point and component; nested lists come back."""
    mean, scale = model["mean"], model["scale"]
    return [
        [sum((x[j] - mean[j]) / scale[j] * row[j] for j in range(len(x))) for row in model["components"]]
        for x in X
    ]


@alternative(pca_transform)
def shifted_afterwards(model, X):
    """Project first, then subtract the projection of the mean."""
    axes = np.asarray(model["components"], dtype=float) / np.asarray(model["scale"], dtype=float)
    return np.einsum("md,kd->mk", np.asarray(X, dtype=float), axes) - axes @ np.asarray(model["mean"])


@alternative(pca_transform)
def in_single_precision(model, X):
    """Components times points in columns, in float32 after centring."""
    centred = np.asarray(X, dtype=float) - np.asarray(model["mean"])
    A = (centred / np.asarray(model["scale"])).astype(np.float32)
    return (np.asarray(model["components"], dtype=np.float32) @ A.T).T


# ---- pca_inverse, choose_k, whiten ----------------------------------------------------------------


@alternative(pca_inverse)
def back_step_by_step(model, Z):
    """From the mean along each component in turn; a list of arrays comes back."""
    mean, scale = np.asarray(model["mean"], dtype=float), np.asarray(model["scale"], dtype=float)
    points = []
    for z in Z:
        point = mean.copy()
        for step, component in zip(z, model["components"], strict=True):
            point += step * scale * np.asarray(component, dtype=float)
        points.append(point)
    return points


@alternative(pca_inverse)
def back_with_the_scale_in_the_axes(model, Z):
    """The components are scaled first."""
    axes = np.asarray(model["components"], dtype=float) * np.asarray(model["scale"], dtype=float)
    return np.einsum("mk,kd->md", np.asarray(Z, dtype=float), axes) + np.asarray(model["mean"])


@alternative(pca_inverse)
def back_in_single_precision(model, Z):
    """In float32, points in columns."""
    mean, scale, components = (
        np.asarray(model[key], dtype=np.float32) for key in ("mean", "scale", "components")
    )
    return ((components.T @ np.asarray(Z, dtype=np.float32).T) * scale[:, None] + mean[:, None]).T


@alternative(choose_k)
def choose_by_adding_up(ratio, threshold):
    """A loop that stops as soon as there is enough."""
    carried = 0.0
    for k, share in enumerate(ratio, 1):
        carried += float(share)
        if carried >= threshold:
            return k
    return len(ratio)


@alternative(choose_k)
def choose_by_searching(ratio, threshold):
    """A search in the sorted sums."""
    sums = np.cumsum(np.asarray(ratio, dtype=float))
    return np.minimum(np.searchsorted(sums, threshold, side="left") + 1, sums.size)


@alternative(whiten)
def whiten_with_shorter_axes(model, X):
    """The components are divided by the standard deviations first."""
    roots = np.sqrt(np.asarray(model["eigenvalues"], dtype=float))
    axes = (
        np.asarray(model["components"], dtype=float)
        / roots[:, None]
        / np.asarray(model["scale"], dtype=float)
    )
    return np.einsum("md,kd->mk", np.asarray(X, dtype=float) - np.asarray(model["mean"]), axes)


@alternative(whiten)
def whiten_point_by_point(model, X):
    """A loop over points and components; lists come back."""
    return [
        [z / math.sqrt(value) for z, value in zip(row, model["eigenvalues"], strict=True)]
        for row in point_by_point(model, X)
    ]


@alternative(whiten)
def whiten_in_single_precision(model, X):
    """In float32 after projecting."""
    roots = np.asarray(model["eigenvalues"], dtype=np.float32) ** np.float32(-0.5)
    return np.asarray(pca_transform(model, X), dtype=np.float32) * roots


# ---- intrinsic_dimension --------------------------------------------------------------------------


@alternative(intrinsic_dimension)
def dimension_by_matrix_rank(X, tol=1e-10):
    """NumPy's own rank of the centred data."""
    X = np.asarray(X, dtype=float)
    return np.linalg.matrix_rank(X - X.mean(axis=0), tol=tol * np.abs(X).max())


@alternative(intrinsic_dimension)
def dimension_by_differences(X, tol=1e-10):
    """Directions from the first point to all others, one after the other taken out of the rest."""
    X = np.asarray(X, dtype=float)
    rest, least, count = X - X[0], tol * np.abs(X).max(), 0
    while True:
        lengths = np.linalg.norm(rest, axis=1)
        if lengths.max() <= least:
            return count
        axis = rest[lengths.argmax()] / lengths.max()
        rest = rest - np.outer(rest @ axis, axis)
        rest = rest - np.outer(rest @ axis, axis)  # once more, against rounding
        count += 1


# ---- the curse ------------------------------------------------------------------------------------


@alternative(sphere_cube_ratio)
def ratio_two_dimensions_at_a_time(d):
    """Each two dimensions more multiply the share by π / 2d."""
    ratio = 1.0
    for e in range(d, 1, -2):
        ratio *= math.pi / (2 * e)
    return ratio


@alternative(sphere_cube_ratio)
def ratio_by_the_gamma_function(d):
    """The formula itself, and 0 where it is below every float."""
    return math.pi ** (d / 2) / (2**d * math.gamma(d / 2 + 1)) if d < 330 else 0.0


@alternative(cell_distance_ratio)
def cell_by_logarithms(d, parts):
    """The exponential of a share of the logarithm."""
    return math.exp(-math.log(parts) / d)


@alternative(cell_distance_ratio)
def cell_by_its_diagonal(d, parts):
    """Both diagonals as lengths of vectors."""
    side = np.power(1 / parts, 1 / d)
    return np.linalg.norm(np.full(d, side)) / np.linalg.norm(np.ones(d))


# ---- pca_colour -----------------------------------------------------------------------------------


@alternative(pca_colour)
def colour_pixel_by_pixel(img, P, lam, alpha):
    """Loops over rows, pixels and colours; nested lists come back."""
    change = [sum(float(P[c][i]) * float(alpha[i]) * float(lam[i]) for i in range(3)) for c in range(3)]
    return [[[float(pixel[c]) + change[c] for c in range(3)] for pixel in row] for row in img]


@alternative(pca_colour)
def colour_component_by_component(img, P, lam, alpha):
    """One component after the other is added to a copy."""
    out = np.array(img, dtype=float)
    for p, value, number in zip(np.asarray(P, dtype=float).T, lam, alpha, strict=True):
        out += number * value * p
    return out


@alternative(pca_colour)
def colour_in_single_precision(img, P, lam, alpha):
    """Everything in float32, by einsum."""
    img, P, lam, alpha = (np.asarray(a, dtype=np.float32) for a in (img, P, lam, alpha))
    return img + np.einsum("ci,i,i->c", P, lam, alpha)
