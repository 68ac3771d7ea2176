"""Hidden checks of the principal components: inputs only. What is right, the reference says.

The clouds lie off the origin, and their eigenvalues differ by a third at least, so that every eigenvector is
well defined up to its sign. The sign has a check of its own: everywhere else v and -v are the same answer.
One check looks at the whole model; the others at one part of it, so that a wrong share costs no direction.
"""

import numpy as np

from autograder import by_field, check, close, scenario, up_to_sign

from .reference import pca_fit, pca_transform

EITHER_SIGN = by_field(components=up_to_sign(axis=-1))


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
