"""Hidden checks of the curse of dimensionality and of PCA: inputs only. What is right, the reference says.

The clouds lie off the origin, and their eigenvalues differ by a third at least, so that every eigenvector is
well defined up to its sign. The sign has a check of its own: everywhere else v and -v are the same answer.
One check looks at the whole model; the others at one part of it, so that a wrong share costs no direction.
"""

import numpy as np

from autograder import by_field, check, close, exact, scenario, up_to_sign

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

EITHER_SIGN = by_field(components=up_to_sign(axis=-1))
ROUGHLY = close(atol=1e-5)  # for what should be 0 but for rounding
IN_SINGLE = close(atol=1e-4)  # the same, where single precision leaves more
RELATIVE = close(atol=0.0)  # for numbers as small as 1e-28, of which every digit counts


def _offset(rng, n, d):
    """Draw n correlated points in d features, each feature with a mean and a spread of its own."""
    X = rng.permuted(np.tile(np.arange(n) - (n - 1) / 2, (d, 1)), axis=1).T + rng.uniform(
        -0.3, 0.3, size=(n, d)
    )
    return X * rng.uniform(0.5, 1.5, size=d) + rng.permutation(np.arange(1, d + 1)) * 3.0


def _cloud(rng, n, d, standardize=False, points=None, directions=None):
    """Draw n correlated points in d features, off the origin, with eigenvalues that differ clearly."""
    while True:
        X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.uniform(2.0, 5.0, size=d)
        X = X if points is None else points(X)
        values = pca_fit(X, directions or min(n - 1, d), standardize)["eigenvalues"]
        if np.all(values[:-1] > 1.3 * values[1:]) and values[-1] > 1e-3:
            return X


def _in_pairs(X):
    """The same points and their mirror images: the mean is 0, and whoever forgets it is right here."""
    return np.vstack([X, -X])


def _in_other_units(X):
    """The same features in tens, hundreds and thousands."""
    return X * 10.0 ** np.arange(1, X.shape[1] + 1)


def _telling_cloud(rng):
    """Draw until no two entries of a component compete, and going by the first one or the sum shows."""
    while True:
        X = _cloud(rng, 12, 4)
        C = pca_fit(X, 4)["components"]
        tops = np.sort(np.abs(C), axis=1)
        shows = np.any(C[:, 0] < -0.1) and np.any(C.sum(axis=1) < -0.1)
        if shows and np.all(tops[:, -1] > 1.05 * tops[:, -2]):
            return X


def _parts(model, *names):
    """Some parts of a model."""
    return {name: model[name] for name in names}


# ---- center and zscore ----------------------------------------------------------------------------


@check(center)
def a_cloud_off_the_origin(rng):
    """Seven points in three features: each feature has a mean of its own."""
    return _offset(rng, 7, 3)


@check(center)
def as_many_samples_as_columns(rng):
    """In a square X it is still the columns that are centred."""
    return _offset(rng, 4, 4)


@check(center)
def a_lonely_point(rng):
    """A single point is its own mean and lands on the origin."""
    return _offset(rng, 1, 4)


@scenario(center, compare=IN_SINGLE)
def nothing_left_of_the_mean(center, rng):
    """Centred, every feature adds up to 0, and centring once more changes nothing."""
    A = center(_offset(rng, 6, 3))
    return np.sum(A, axis=0), np.subtract(center(A), A)


@scenario(center, forbids=("mutation",))
def cloud_left_alone(center, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X = rng.permutation(np.arange(1, 13)).reshape(4, 3)
    return center(X.tolist()), center(X + 0.25)


@check(zscore)
def features_of_all_sizes(rng):
    """Seven points whose features are tiny, ordinary and large: all end up with the same spread."""
    return _offset(rng, 7, 3) * [1e-5, 1.0, 1e3]


@check(zscore)
def spread_divided_by_n(rng):
    """With ddof = 0 the spread is divided by n."""
    return {"X": _offset(rng, 5, 3), "ddof": 0}


@check(zscore)
def square_and_standardised(rng):
    """In a square X it is still the columns that are standardised."""
    return _offset(rng, 4, 4)


@scenario(zscore, compare=ROUGHLY)
def mean_zero_and_variance_one(zscore, rng):
    """Standardised, every feature has mean 0 and variance 1, by n - 1 or by n as asked."""
    X, means, variances = _offset(rng, 6, 4), [], []
    for ddof in (0, 1):
        A = np.asarray(zscore(X, ddof))
        means.append(A.mean(axis=0))
        variances.append(np.sum(A * A, axis=0) / (6 - ddof))
    return means, variances


@check(zscore, compare=ROUGHLY, forbids=("warnings",))
def a_column_that_never_changes(rng):
    """A feature that is the same everywhere becomes zeros: no warning, no nan, no infinity."""
    column, value = int(rng.integers(3)), float(rng.integers(1, 9))
    return np.where(np.arange(3) == column, value, _offset(rng, 6, 3))


@scenario(zscore, forbids=("mutation",))
def units_left_alone(zscore, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X = rng.permutation(np.arange(1, 13)).reshape(4, 3)
    return zscore(X.tolist()), zscore(X + 0.25 * np.eye(4, 3))


# ---- covariance -----------------------------------------------------------------------------------


@check(covariance)
def seven_points_in_three_features(rng):
    """Seven points in three features, divided by n - 1: every feature with every other one."""
    return _offset(rng, 7, 3), 1


@check(covariance)
def with_one_over_n(rng):
    """With ddof = 0 it is divided by n, as on the slides."""
    return {"X": _offset(rng, 5, 4), "ddof": 0}


@check(covariance)
def a_square_table(rng):
    """In a square X samples are still rows and features columns."""
    return _offset(rng, 4, 4), 1


@check(covariance)
def two_points_only(rng):
    """Two points are enough."""
    return _offset(rng, 2, 3), 1


@check(covariance)
def a_single_feature(rng):
    """A single feature gives its variance, in an array (1, 1)."""
    return _offset(rng, 6, 1), 0


@check(covariance)
def more_columns_than_rows(rng):
    """Three points in eight features give an array (8, 8)."""
    return _offset(rng, 3, 8), 0


@scenario(covariance)
def variance_of_a_mixture(covariance, rng):
    """The variance of any mixture X @ v of the features is vᵀ S v."""
    X, v = _offset(rng, 8, 3), rng.uniform(0.5, 2.0, size=3)
    S = np.asarray(covariance(X, 1))
    return v @ S @ v, np.sum(covariance((X @ v)[:, None], 1))


@scenario(covariance)
def cloud_moved_and_turned_round(covariance, rng):
    """Moving the whole cloud changes nothing; turning one feature round turns its covariances round."""
    X = _offset(rng, 6, 3)
    return covariance(X + rng.uniform(5.0, 9.0, size=3), 1), covariance(X * [1.0, 1.0, -1.0], 1)


@scenario(covariance, forbids=("mutation",))
def table_left_alone(covariance, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X = rng.permutation(np.arange(1, 13)).reshape(4, 3)
    return covariance(X.tolist(), 1), covariance(X + 0.25 * np.eye(4, 3), 0)


# ---- pca_fit: the model ---------------------------------------------------------------------------


@check(pca_fit, compare=EITHER_SIGN)
def a_tilted_cloud(rng):
    """Mean, scale, directions, variances and shares of a cloud of twelve points in four features."""
    return _cloud(rng, 12, 4), 2


@check(pca_fit, compare=EITHER_SIGN)
def one_component(rng):
    """With k = 1 each part of the model keeps its axis."""
    return _cloud(rng, 10, 5), 1


# ---- pca_fit: directions --------------------------------------------------------------------------


@scenario(pca_fit, compare=EITHER_SIGN)
def all_directions(pca_fit, rng):
    """With k = d every direction is kept, the longest first."""
    return _parts(pca_fit(_cloud(rng, 9, 3), 3), "components")


@scenario(pca_fit, compare=EITHER_SIGN)
def as_many_points_as_features(pca_fit, rng):
    """In a square X samples are still rows and features columns."""
    return _parts(pca_fit(_cloud(rng, 4, 4), 2), "components")


@scenario(pca_fit, compare=EITHER_SIGN)
def more_features_than_points(pca_fit, rng):
    """Four countries with seventeen foods have three directions, and they are found."""
    return _parts(pca_fit(_cloud(rng, 4, 17), 3), "components")


@scenario(pca_fit, compare=EITHER_SIGN)
def two_points(pca_fit, rng):
    """Two points have one direction, the line through both."""
    return _parts(pca_fit(_cloud(rng, 2, 3), 1), "components")


@scenario(pca_fit)
def lengths_and_angles(pca_fit, rng):
    """The components have length one and stand at right angles."""
    C = np.asarray(pca_fit(_cloud(rng, 8, 5), 3)["components"])
    return C @ C.T


@scenario(pca_fit, compare=close(atol=1e-5))
def spread_along_the_components(pca_fit, rng):
    """Along its components the data is uncorrelated, and spread the more the earlier the component."""
    X = _cloud(rng, 11, 4)
    return np.cov((X - X.mean(axis=0)) @ np.asarray(pca_fit(X, 3)["components"]).T, rowvar=False)


@scenario(pca_fit)
def sign_of_the_components(pca_fit, rng):
    """Each component is turned so that its entry of largest absolute value is positive."""
    return pca_fit(_telling_cloud(rng), 4)["components"]


# ---- pca_fit: variances and shares ----------------------------------------------------------------


@scenario(pca_fit)
def variances_divided_by_n_minus_one(pca_fit, rng):
    """With ddof = 1, the default, the eigenvalues are variances divided by n - 1."""
    return _parts(pca_fit(_cloud(rng, 7, 3), 2), "eigenvalues")


@scenario(pca_fit)
def variances_divided_by_n(pca_fit, rng):
    """With ddof = 0 they are divided by n, as on the slides."""
    return _parts(pca_fit(_cloud(rng, 6, 3), 2, ddof=0), "eigenvalues")


@scenario(pca_fit)
def shares_of_the_whole(pca_fit, rng):
    """Each share is of the variance of all five components, not only of the three that are kept."""
    return _parts(pca_fit(_cloud(rng, 9, 5), 3), "ratio")


# ---- pca_fit: standardised ------------------------------------------------------------------------


@scenario(pca_fit, compare=EITHER_SIGN)
def features_in_different_units(pca_fit, rng):
    """Standardised, a feature in grams counts no more than one in tons, and the scale is reported."""
    X = _cloud(rng, 9, 4, standardize=True, points=_in_other_units)
    return _parts(pca_fit(X, 2, standardize=True), "scale", "components")


@scenario(pca_fit)
def different_units_divided_by_n(pca_fit, rng):
    """With ddof = 0 the standard deviations are divided by n as well."""
    X = _cloud(rng, 6, 3, standardize=True, points=_in_other_units)
    return _parts(pca_fit(X, 2, standardize=True, ddof=0), "scale", "eigenvalues")


@scenario(pca_fit, compare=EITHER_SIGN, forbids=("warnings",))
def a_constant_feature(pca_fit, rng):
    """A feature that is the same everywhere has scale 1 and no part in any direction: no warning, no nan."""
    value, column = float(rng.integers(1, 9)), int(rng.integers(4))

    def with_constant(X):
        return np.where(np.arange(4) == column, value, X)

    X = _cloud(rng, 8, 4, standardize=True, points=with_constant, directions=3)
    return _parts(pca_fit(X, 2, standardize=True), "scale", "components")


# ---- pca_fit: manners -----------------------------------------------------------------------------


@scenario(pca_fit, compare=EITHER_SIGN)
def whole_numbers_in_lists(pca_fit, rng):
    """A list of lists of whole numbers is taken as well as an array, and nothing is rounded."""
    X = _cloud(rng, 6, 2, points=np.round).astype(int).tolist()
    return _parts(pca_fit(X, 1), "mean", "components")


@scenario(pca_fit, compare=EITHER_SIGN, forbids=("mutation",))
def data_left_alone(pca_fit, rng):
    """The data is the same after the call: centre a copy."""
    return _parts(pca_fit(_cloud(rng, 4, 3, points=_in_pairs), 1), "components")


# ---- pca_transform --------------------------------------------------------------------------------


@check(pca_transform)
def the_points_of_the_fit(rng):
    """The points the model was fitted to get their coordinates, one point a row."""
    X = _cloud(rng, 8, 4)
    return pca_fit(X, 2), X


@check(pca_transform)
def new_points(rng):
    """New points are measured from the mean of the model, wherever their own mean is."""
    return pca_fit(_cloud(rng, 8, 4), 2), _cloud(rng, 5, 4) + rng.uniform(1.0, 2.0, size=4)


@check(pca_transform)
def one_new_point(rng):
    """A single new point has coordinates like any other, and keeps its axis."""
    return pca_fit(_cloud(rng, 8, 3), 2), rng.uniform(2.0, 5.0, size=(1, 3))


@check(pca_transform)
def as_many_components_as_features(rng):
    """With k = d and as many points, the right axes are multiplied."""
    return pca_fit(_cloud(rng, 8, 3), 3), rng.uniform(2.0, 5.0, size=(3, 3))


@check(pca_transform)
def a_standardised_model(rng):
    """A model with a scale divides new points by it, after centring them."""
    model = pca_fit(_cloud(rng, 8, 4, standardize=True), 2, standardize=True)
    return model, _cloud(rng, 5, 4)


@scenario(pca_transform)
def the_same_point_in_another_batch(pca_transform, rng):
    """The coordinates of a point do not depend on which other points come with it."""
    model, X = pca_fit(_cloud(rng, 8, 3), 2), _cloud(rng, 6, 3)
    return pca_transform(model, X), pca_transform(model, X[4:])


@check(pca_transform)
def a_model_of_lists(rng):
    """A model and points that hold lists and whole numbers are taken as well as arrays."""
    model = pca_fit(_cloud(rng, 4, 3, points=_in_pairs), 2)
    return {key: value.tolist() for key, value in model.items()}, rng.integers(1, 9, size=(4, 3)).tolist()


@check(pca_transform, forbids=("mutation",))
def model_left_alone(rng):
    """The model and the points are the same after the call."""
    return pca_fit(_cloud(rng, 4, 3, points=_in_pairs), 2), rng.uniform(2.0, 5.0, size=(4, 3))


# ---- pca_inverse ----------------------------------------------------------------------------------


@check(pca_inverse)
def a_few_coordinates(rng):
    """Five points with two coordinates each return to four features."""
    return pca_fit(_cloud(rng, 8, 4), 2), rng.normal(size=(5, 2))


@check(pca_inverse)
def coordinates_of_one_point(rng):
    """A single point with a single coordinate keeps its axes."""
    return pca_fit(_cloud(rng, 8, 3), 1), rng.uniform(1.0, 2.0, size=(1, 1))


@check(pca_inverse)
def every_axis_of_the_same_length(rng):
    """With as many points as components and features, the right axes are multiplied."""
    return pca_fit(_cloud(rng, 8, 3), 3), rng.normal(size=(3, 3))


@check(pca_inverse)
def back_to_the_units(rng):
    """A model with a scale returns the points in their own units."""
    X = _cloud(rng, 9, 3, standardize=True, points=_in_other_units)
    return pca_fit(X, 2, standardize=True), rng.normal(size=(4, 2))


@scenario(pca_inverse)
def there_and_back_again(pca_inverse, rng):
    """With all components kept, points come back from their coordinates as they were, scaled or not."""
    X = _cloud(rng, 7, 3, standardize=True)
    models = [pca_fit(X, 3, standardize) for standardize in (False, True)]
    return [pca_inverse(model, pca_transform(model, X)) for model in models]


@scenario(pca_inverse, compare=ROUGHLY)
def nearest_in_the_plane(pca_inverse, rng):
    """What two of four components leave out stands at right angles to both of them."""
    X = _cloud(rng, 8, 4)
    model = pca_fit(X, 2)
    left_out = X - np.asarray(pca_inverse(model, pca_transform(model, X)))
    return left_out @ model["components"].T


@scenario(pca_inverse, forbids=("mutation",))
def coordinates_left_alone(pca_inverse, rng):
    """Lists are as good as arrays, and the model and the coordinates are the same after the call."""
    model = pca_fit(_cloud(rng, 8, 3, standardize=True), 2, standardize=True)
    Z = rng.integers(1, 9, size=(4, 2))
    lists = {key: value.tolist() for key, value in model.items()}
    return pca_inverse(lists, Z.tolist()), pca_inverse(model, Z + 0.25)


# ---- choose_k -------------------------------------------------------------------------------------


def _scree(rng, k, length=8, quotient=0.6):
    """Draw falling shares, and a threshold that the first k of them reach and k - 1 do not, by far."""
    falling = quotient ** np.arange(length) * rng.uniform(0.95, 1.05, size=length)
    ratio = falling / falling.sum()
    return ratio, float(ratio[: k - 1].sum() + rng.uniform(0.4, 0.6) * ratio[k - 1])


@check(choose_k, compare=exact)
def reached_half_way(rng):
    """The sum crosses the threshold between two components, and the later one is needed."""
    return _scree(rng, int(rng.integers(4, 7)))


@check(choose_k, compare=exact)
def reached_exactly(rng):
    """A sum equal to the threshold has reached it."""
    k = int(rng.integers(2, 5))
    ratio = np.array([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125])  # sums without rounding
    return {"ratio": ratio, "threshold": float(ratio[:k].sum())}


@check(choose_k, compare=exact)
def first_one_is_enough(rng):
    """Where the first share alone is enough, the answer is 1."""
    first = rng.uniform(0.82, 0.9)
    return np.array([first, 0.6 * (1 - first), 0.4 * (1 - first)]), rng.uniform(0.7, 0.8)


@check(choose_k, compare=exact)
def every_one_is_needed(rng):
    """Where the last share too is needed, all are kept."""
    return _scree(rng, 6, length=6)


@scenario(choose_k, compare=exact)
def a_model_that_kept_four(choose_k, rng):
    """Of a model that kept four of eight components, all four are taken where even they are not enough."""
    ratio, within_reach = _scree(rng, 3, quotient=0.75)
    return [choose_k(ratio[:4], threshold) for threshold in (within_reach, 0.99)]


@scenario(choose_k, compare=exact)
def more_and_more_is_asked(choose_k, rng):
    """Asking for more and more needs as many components or more, at least one and at most all."""
    ratio = _scree(rng, 2, length=6)[0]
    middles = np.cumsum(ratio) - 0.5 * ratio
    return [choose_k(ratio, float(threshold)) for threshold in middles]


@scenario(choose_k, compare=exact, forbids=("mutation",))
def shares_left_alone(choose_k, rng):
    """A list is as good as an array, and what you are given is the same after the call."""
    ratio, threshold = _scree(rng, 5)
    return choose_k(ratio.tolist(), threshold), choose_k(ratio, threshold)


# ---- whiten ---------------------------------------------------------------------------------------


@check(whiten)
def the_cloud_made_round(rng):
    """The points of the fit, each coordinate in units of its own spread."""
    X = _cloud(rng, 8, 4)
    return pca_fit(X, 2), X


@check(whiten)
def newcomers(rng):
    """New points are measured by the spread of the points of the fit, wherever they lie themselves."""
    return pca_fit(_cloud(rng, 8, 4), 2), _cloud(rng, 5, 4) + rng.uniform(1.0, 2.0, size=4)


@check(whiten)
def newcomers_in_their_units(rng):
    """A model with a scale divides by that, too."""
    X = _cloud(rng, 9, 3, standardize=True, points=_in_other_units)
    return pca_fit(X, 2, standardize=True), X[:4] * 1.5


@check(whiten)
def as_many_points_as_components(rng):
    """With as many points as components and features, each column has its own spread."""
    return pca_fit(_cloud(rng, 8, 3), 3), rng.uniform(2.0, 5.0, size=(3, 3))


@scenario(whiten, compare=ROUGHLY)
def round_indeed(whiten, rng):
    """Whitened, the points of the fit are uncorrelated and have variance 1, by n - 1 or by n as fitted."""
    X = _cloud(rng, 9, 4)
    clouds = [np.asarray(whiten(pca_fit(X, 3, ddof=ddof), X)) for ddof in (0, 1)]
    return [A.T @ A / (9 - ddof) for ddof, A in enumerate(clouds)]


@scenario(whiten, forbids=("mutation",))
def spreads_left_alone(whiten, rng):
    """Lists are as good as arrays, and the model and the points are the same after the call."""
    model = pca_fit(_cloud(rng, 8, 3), 2)
    X = rng.integers(1, 9, size=(4, 3))
    lists = {key: value.tolist() for key, value in model.items()}
    return whiten(lists, X.tolist()), whiten(model, X + 0.25)


# ---- intrinsic_dimension --------------------------------------------------------------------------


def _flat(rng, n, d, rank, tops=(1.0, 2.0)):
    """Draw n points on a flat of `rank` dimensions through the origin, well spread along each of them."""
    U = np.linalg.qr(center(rng.normal(size=(n, rank))))[0]
    V = np.linalg.qr(rng.normal(size=(d, rank)))[0]
    return np.sqrt(n) * (U * rng.uniform(*tops, size=rank)) @ V.T


@check(intrinsic_dimension, compare=exact)
def a_dependent_and_a_constant_feature(rng):
    """One feature is a multiple of another, one is the same everywhere: neither counts."""
    X = _offset(rng, 7, 4)
    X[:, 1] = rng.uniform(2.0, 3.0) * X[:, 0]
    X[:, 3] = rng.uniform(0.1, 0.9)
    return X[:, rng.permutation(4)]


@check(intrinsic_dimension, compare=exact)
def a_plane_off_the_origin(rng):
    """A flat that does not pass through the origin has as many dimensions as one that does."""
    return _flat(rng, 9, 7, int(rng.integers(2, 5))) + rng.uniform(4.0, 6.0, size=7)


@check(intrinsic_dimension, compare=exact)
def fewer_points_than_features(rng):
    """Four points in seven features extend in three directions at most, and here in two."""
    return _flat(rng, 4, 7, 2) + rng.uniform(4.0, 6.0, size=7)


@check(intrinsic_dimension, compare=exact)
def a_cloud_that_fills_its_room(rng):
    """A cloud that extends in all directions, in a corner where all numbers are negative."""
    return _flat(rng, 8, 3, 3) - rng.uniform(9.0, 12.0, size=3)


@scenario(intrinsic_dimension, compare=exact)
def all_points_equal(intrinsic_dimension, rng):
    """Points that are all equal have dimension 0, and so has a single one, at the origin or not."""
    row = rng.uniform(0.1, 0.9, size=3)
    clouds = (np.tile(row, (7, 1)), -np.tile(row, (6, 1)), row[None], np.zeros((4, 3)))
    return [intrinsic_dimension(X) for X in clouds]


@scenario(intrinsic_dimension, compare=exact)
def almost_flat(intrinsic_dimension, rng):
    """Whether a slight bulge counts depends on the tolerance that is given."""
    X = _flat(rng, 8, 4, 2)
    bulge = np.outer(X[rng.permutation(8), 0] ** 2, [0.0, 1e-7, 0.0, -1e-7])
    X = np.column_stack([X, np.zeros(8)]) + np.pad(bulge, ((0, 0), (0, 1)))
    return intrinsic_dimension(X), intrinsic_dimension(X, tol=1e-4), intrinsic_dimension(X, 1e-13)


@scenario(intrinsic_dimension, compare=exact)
def in_millimetres_and_in_lightyears(intrinsic_dimension, rng):
    """The dimension does not depend on the unit in which all features are measured."""
    X = _flat(rng, 7, 5, int(rng.integers(2, 4))) + rng.uniform(4.0, 6.0, size=5)
    return [intrinsic_dimension(factor * X) for factor in (1e-14, 1e14)]


@scenario(intrinsic_dimension, compare=exact, forbids=("mutation",))
def flat_left_alone(intrinsic_dimension, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X = np.outer(rng.permutation([1, 2, 4, 7, 9]), rng.permutation([1, 2, 3])) + rng.permutation([4, 5, 7])
    return intrinsic_dimension(X.tolist()), intrinsic_dimension(X + 0.5)


# ---- the curse ------------------------------------------------------------------------------------


@check(sphere_cube_ratio, compare=RELATIVE)
def even_dimensions(rng):
    """An even number of dimensions."""
    return int(rng.choice([4, 6, 8, 12]))


@check(sphere_cube_ratio, compare=RELATIVE)
def odd_dimensions(rng):
    """An odd number of dimensions, where Γ is no factorial."""
    return {"d": int(rng.choice([5, 7, 9, 11]))}


@scenario(sphere_cube_ratio, compare=RELATIVE, draws=1)
def the_first_dimensions(sphere_cube_ratio, _rng):
    """A line, a disc in its square, a ball in its cube."""
    return [sphere_cube_ratio(d) for d in (1, 2, 3)]


@scenario(sphere_cube_ratio, compare=RELATIVE)
def two_dimensions_more(sphere_cube_ratio, rng):
    """Tens of dimensions, where the share is tiny but not 0, and how it falls from each to the next."""
    d = int(rng.integers(20, 60))
    shares = [sphere_cube_ratio(e) for e in (d, d + 1, d + 2)]
    return shares, np.divide(shares[1:], shares[:-1])


@check(sphere_cube_ratio, compare=RELATIVE, forbids=("warnings",))
def a_thousand_dimensions(rng):
    """In many hundreds of dimensions the share is 0 for every computer: no error and no nan."""
    return int(rng.integers(900, 1500))


@check(cell_distance_ratio)
def a_square_cut_up(rng):
    """A square cut into 9, 16 or more smaller ones."""
    return 2, int(rng.integers(3, 9)) ** 2


@check(cell_distance_ratio)
def a_cube_of_many_dimensions(rng):
    """A cube of many dimensions, cut into some hundred parts."""
    return {"d": int(rng.integers(20, 100)), "parts": int(rng.integers(50, 200))}


@check(cell_distance_ratio)
def a_line_cut_up(rng):
    """A line cut into pieces."""
    return 1, int(rng.integers(3, 20))


@check(cell_distance_ratio)
def a_cube_left_whole(rng):
    """A single part is the cube itself, in any dimension."""
    return int(rng.integers(2, 9)), 1


@scenario(cell_distance_ratio)
def more_and_more_dimensions(cell_distance_ratio, rng):
    """With the same number of parts, the cell grows with every dimension until it is nearly the cube."""
    parts = int(rng.integers(50, 200))
    return [cell_distance_ratio(d, parts) for d in (3, 4, 5, 10, 1000)]


# ---- pca_colour -----------------------------------------------------------------------------------


def _colours(rng, height, width):
    """A picture whose colours stay between 0 and 255 whatever is added, and what to add to it."""
    P = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    lam = np.sort(rng.uniform(5.0, 60.0, size=3))[::-1]
    alpha = rng.permutation([-1.0, 1.0, 1.0]) * rng.uniform(0.1, 0.3, size=3)
    return rng.uniform(70.0, 180.0, size=(height, width, 3)), P, lam, alpha


@check(pca_colour)
def a_small_picture(rng):
    """A picture of four rows and five columns."""
    return _colours(rng, 4, 5)


@check(pca_colour)
def three_rows_and_three_columns(rng):
    """In a picture of 3 × 3 pixels the colours are still on the last axis."""
    return dict(zip(("img", "P", "lam", "alpha"), _colours(rng, 3, 3), strict=True))


@scenario(pca_colour, compare=IN_SINGLE)
def the_same_for_every_pixel(pca_colour, rng):
    """What is added is the same for all pixels, and half of it with half the alpha."""
    img, P, lam, alpha = _colours(rng, 2, 3)
    return [np.subtract(pca_colour(img, P, lam, share * alpha), img) for share in (0.5, 1.0)]


@check(pca_colour)
def darkest_and_brightest(rng):
    """Colours near 0 and near 255 may leave that range: nothing is cut off."""
    img, P, lam, alpha = _colours(rng, 2, 4)
    dark = np.arange(4)[:, None] % 2 == 0
    return np.where(dark, rng.uniform(0.0, 0.1, size=img.shape), 255.0 - 0.01 * img), P, lam, alpha


@check(pca_colour)
def bytes_of_a_picture(rng):
    """A picture of whole numbers, as files hold them, is not rounded."""
    img, P, lam, alpha = _colours(rng, 2, 3)
    return img.astype(np.uint8), P, lam, alpha


@scenario(pca_colour, forbids=("mutation",))
def colours_left_alone(pca_colour, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    parts = _colours(rng, 2, 3)
    return pca_colour(*(part.tolist() for part in parts)), pca_colour(*parts)
