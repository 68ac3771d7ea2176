"""Curse of dimensionality and PCA: the references agree with NumPy, SciPy, scikit-learn and torch.

Where a library means something else (1/n, another sign, features in rows), the test tells it what we mean.
"""

import math
from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
special = pytest.importorskip("scipy.special")
stats = pytest.importorskip("scipy.stats")
decomposition = pytest.importorskip("sklearn.decomposition")
preprocessing = pytest.importorskip("sklearn.preprocessing")

RTOL, ATOL = 1e-9, 1e-12
CLOUDS = [(12, 4), (9, 9), (4, 17), (2, 3)]  # samples and features
FOODS = [  # of England, Wales, Scotland and Northern Ireland, lecture 001:7552-7569
    [105, 245, 685, 147, 193, 156, 720, 253, 488, 198, 360, 1102, 1472, 57, 1374, 375, 54],
    [103, 227, 803, 160, 235, 175, 874, 265, 570, 203, 365, 1137, 1582, 73, 1256, 475, 64],
    [103, 242, 750, 122, 184, 147, 566, 171, 418, 220, 337, 957, 1462, 53, 1572, 458, 62],
    [66, 267, 586, 93, 209, 139, 1033, 143, 355, 187, 334, 674, 1494, 47, 1506, 135, 41],
]


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "pca").functions


def cloud(n, d, seed=0):
    """Correlated points off the origin."""
    rng = np.random.default_rng([n, d, seed])
    return rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.uniform(2.0, 5.0, size=d)


def fitted_by_sklearn(x, k, **options):
    """PCA of scikit-learn, which divides by n - 1."""
    return decomposition.PCA(k, svd_solver="full", **options).fit(x)


def turned(components, like):
    """Each row with the sign of the row beside it: a direction has two."""
    return components * np.sign(np.sum(components * like, axis=1, keepdims=True))


@pytest.mark.parametrize(("n", "d"), [*CLOUDS, (1, 3)])
def test_center_is_standard_scaler_without_a_spread(ours, n, d):
    x = cloud(n, d)
    theirs = preprocessing.StandardScaler(with_std=False).fit_transform(x)

    np.testing.assert_allclose(ours["center"](x), theirs, RTOL, ATOL)


@pytest.mark.parametrize("ddof", [0, 1])
@pytest.mark.parametrize(("n", "d"), CLOUDS)
def test_zscore_is_that_of_scipy(ours, n, d, ddof):
    x = cloud(n, d)

    np.testing.assert_allclose(ours["zscore"](x, ddof), stats.zscore(x, ddof=ddof), RTOL, ATOL)


def test_zscore_is_standard_scaler_with_one_over_n_and_a_constant_feature(ours):
    x = np.column_stack([cloud(6, 3), np.full(6, 7.0)])

    theirs = preprocessing.StandardScaler().fit_transform(x)

    np.testing.assert_allclose(ours["zscore"](x, ddof=0), theirs, RTOL, ATOL)


@pytest.mark.parametrize("ddof", [0, 1])
@pytest.mark.parametrize(("n", "d"), [*CLOUDS, (5, 1)])
def test_covariance_is_that_of_numpy_and_of_torch_with_samples_in_rows(ours, n, d, ddof):
    x = cloud(n, d)
    got = ours["covariance"](x, ddof)
    by_torch = torch.cov(torch.from_numpy(x).T, correction=ddof).reshape(d, d).numpy()

    np.testing.assert_allclose(got, np.cov(x, rowvar=False, ddof=ddof).reshape(d, d), RTOL, ATOL)
    np.testing.assert_allclose(got, by_torch, RTOL, ATOL)


@pytest.mark.parametrize(("n", "d"), CLOUDS)
def test_pca_fit_is_that_of_sklearn_up_to_sign(ours, n, d):
    x, k = cloud(n, d), min(n - 1, d)
    model, theirs = ours["pca_fit"](x, k), fitted_by_sklearn(x, k)

    np.testing.assert_allclose(model["mean"], theirs.mean_, RTOL, ATOL)
    np.testing.assert_array_equal(model["scale"], np.ones(d))
    np.testing.assert_allclose(model["eigenvalues"], theirs.explained_variance_, RTOL, ATOL)
    np.testing.assert_allclose(model["ratio"], theirs.explained_variance_ratio_, RTOL, ATOL)
    np.testing.assert_allclose(
        model["components"], turned(theirs.components_, model["components"]), RTOL, 1e-10
    )


@pytest.mark.parametrize("ddof", [0, 1])
@pytest.mark.parametrize("standardize", [False, True])
def test_pca_fit_is_the_eigenvectors_that_torch_finds(ours, standardize, ddof):
    x = cloud(10, 4)
    model = ours["pca_fit"](x, 3, standardize, ddof)
    centred = torch.from_numpy(stats.zscore(x, ddof=ddof) if standardize else x)
    values, vectors = torch.linalg.eigh(torch.cov(centred.T, correction=ddof))
    values, components = values.numpy()[::-1], vectors.numpy().T[::-1]

    np.testing.assert_allclose(model["eigenvalues"], values[:3], RTOL)
    np.testing.assert_allclose(model["ratio"], values[:3] / values.sum(), RTOL)
    np.testing.assert_allclose(model["components"], turned(components[:3], model["components"]), RTOL, 1e-11)


@pytest.mark.parametrize("ddof", [0, 1])
def test_pca_fit_reports_the_spread_of_numpy_as_its_scale(ours, ddof):
    x = np.column_stack([cloud(8, 3), np.full(8, 0.3)])
    scale = ours["pca_fit"](x, 2, standardize=True, ddof=ddof)["scale"]

    np.testing.assert_allclose(scale, [*np.std(x[:, :3], axis=0, ddof=ddof), 1.0], RTOL)


def test_each_component_has_its_largest_entry_positive(ours):
    components = ours["pca_fit"](cloud(20, 6), 6)["components"]

    assert np.all(np.max(components, axis=1) == np.max(np.abs(components), axis=1))


@pytest.mark.parametrize(("n", "d"), CLOUDS)
def test_pca_transform_is_that_of_sklearn_up_to_sign_for_new_points_too(ours, n, d):
    x, new, k = cloud(n, d), cloud(5, d, seed=1), min(n - 1, d)
    model, theirs = ours["pca_fit"](x, k), fitted_by_sklearn(x, k)
    signs = np.sign(np.sum(theirs.components_ * model["components"], axis=1))

    np.testing.assert_allclose(ours["pca_transform"](model, new), theirs.transform(new) * signs, RTOL, 1e-9)


def test_pca_transform_of_a_standardised_model_is_a_pipeline_of_sklearn(ours):
    x, new = cloud(9, 4), cloud(5, 4, seed=1)
    model = ours["pca_fit"](x, 2, standardize=True, ddof=0)
    scaler = preprocessing.StandardScaler().fit(x)
    theirs = fitted_by_sklearn(scaler.transform(x), 2)
    signs = np.sign(np.sum(theirs.components_ * model["components"], axis=1))

    scores = theirs.transform(scaler.transform(new)) * signs

    np.testing.assert_allclose(ours["pca_transform"](model, new), scores, RTOL, ATOL)


@pytest.mark.parametrize(("n", "d"), CLOUDS)
def test_pca_inverse_is_that_of_sklearn(ours, n, d):
    x, k = cloud(n, d), min(n - 1, d, 2)
    model, theirs = ours["pca_fit"](x, k), fitted_by_sklearn(x, k)

    got = ours["pca_inverse"](model, ours["pca_transform"](model, x))

    np.testing.assert_allclose(got, theirs.inverse_transform(theirs.transform(x)), RTOL, 1e-11)


def test_pca_inverse_of_a_standardised_model_is_a_pipeline_of_sklearn(ours):
    x = cloud(9, 4)
    model = ours["pca_fit"](x, 2, standardize=True, ddof=0)
    scaler = preprocessing.StandardScaler().fit(x)
    theirs = fitted_by_sklearn(scaler.transform(x), 2)
    back = theirs.inverse_transform(theirs.transform(scaler.transform(x)))

    got = ours["pca_inverse"](model, ours["pca_transform"](model, x))

    np.testing.assert_allclose(got, scaler.inverse_transform(back), RTOL, ATOL)


@pytest.mark.parametrize("threshold", [0.3, 0.6, 0.8, 0.9, 0.95, 0.99, 0.9999])
def test_choose_k_is_what_sklearn_keeps(ours, threshold):
    x = cloud(30, 10)
    ratio = ours["pca_fit"](x, 10)["ratio"]

    assert ours["choose_k"](ratio, threshold) == fitted_by_sklearn(x, threshold).n_components_


@pytest.mark.parametrize(("n", "d"), [(12, 4), (9, 9), (4, 17)])
def test_whiten_is_that_of_sklearn_up_to_sign(ours, n, d):
    x, new, k = cloud(n, d), cloud(5, d, seed=1), min(n - 1, d, 3)
    model, theirs = ours["pca_fit"](x, k), fitted_by_sklearn(x, k, whiten=True)
    signs = np.sign(np.sum(theirs.components_ * model["components"], axis=1))

    np.testing.assert_allclose(ours["whiten"](model, new), theirs.transform(new) * signs, RTOL, 1e-11)


@pytest.mark.parametrize("rank", [0, 1, 2, 3, 5])
@pytest.mark.parametrize(("n", "d"), [(12, 5), (6, 9)])
def test_intrinsic_dimension_is_the_rank_of_numpy_and_of_torch_after_centring(ours, n, d, rank):
    rng = np.random.default_rng([n, d, rank])
    x = rng.normal(size=(n, rank)) @ rng.normal(size=(rank, d)) + rng.uniform(4.0, 6.0, size=d)
    centred = x - x.mean(axis=0)
    by_torch = int(torch.linalg.matrix_rank(torch.from_numpy(centred), atol=1e-10, rtol=0.0))

    assert ours["intrinsic_dimension"](x) == np.linalg.matrix_rank(centred, tol=1e-10) == by_torch == rank


def test_the_table_of_the_lecture_has_rank_three_and_dimension_two(ours):
    table = [[1, 2, 1, 1], [2, 4, 3.5, 1], [3, 6, 17, 1]]

    assert (np.linalg.matrix_rank(table), ours["intrinsic_dimension"](table)) == (3, 2)


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5, 10, 20, 30, 50, 101, 300])
def test_sphere_cube_ratio_is_the_formula_with_the_gamma_function_of_scipy(ours, d):
    expected = math.pi ** (d / 2) / special.gamma(d / 2 + 1) / 2.0**d

    assert ours["sphere_cube_ratio"](d) == pytest.approx(expected, rel=RTOL, abs=0.0)


@pytest.mark.parametrize("d", [2, 3])
def test_sphere_cube_ratio_is_the_share_of_a_fine_grid(ours, d):
    ticks = (np.arange(400) + 0.5) / 200 - 1
    inside = sum(x * x for x in np.meshgrid(*[ticks] * d, sparse=True)) <= 1

    assert ours["sphere_cube_ratio"](d) == pytest.approx(np.mean(inside), rel=1e-4)


@pytest.mark.parametrize(("d", "parts"), [(1, 7), (2, 100), (3, 8), (10, 1024), (100, 100), (5, 1)])
def test_cell_distance_ratio_is_that_of_two_diagonals(ours, d, parts):
    side = np.exp(-np.log(parts) / d)
    expected = np.linalg.norm(np.full(d, side)) / np.linalg.norm(np.ones(d))

    assert ours["cell_distance_ratio"](d, parts) == pytest.approx(expected, rel=RTOL)


def test_pca_colour_is_the_sum_of_torch(ours):
    rng = np.random.default_rng(0)
    img, vectors = rng.uniform(0.0, 255.0, size=(4, 5, 3)), np.linalg.qr(rng.normal(size=(3, 3)))[0]
    lam, alpha = np.array([60.0, 20.0, 5.0]), rng.normal(0.0, 0.1, size=3)
    change = torch.einsum("ci,i,i->c", *map(torch.from_numpy, (vectors, alpha, lam)))

    expected = (torch.from_numpy(img) + change).numpy()

    np.testing.assert_allclose(ours["pca_colour"](img, vectors, lam, alpha), expected, RTOL)


def test_the_four_countries_of_the_lecture(ours):
    model, theirs = ours["pca_fit"](FOODS, 3), fitted_by_sklearn(np.array(FOODS, dtype=float), 3)
    scores = ours["pca_transform"](model, FOODS)

    np.testing.assert_allclose(model["eigenvalues"], theirs.explained_variance_, RTOL)
    np.testing.assert_allclose(model["eigenvalues"], [105073.3, 45261.6, 5457.7], rtol=1e-6)
    np.testing.assert_allclose(model["ratio"], [0.674443, 0.290525, 0.035032], rtol=1e-4)
    np.testing.assert_allclose(np.abs(scores[:, 0]), [144.99, 240.53, 91.87, 477.39], rtol=1e-4)
    np.testing.assert_allclose(ours["pca_inverse"](model, scores), FOODS, RTOL)
