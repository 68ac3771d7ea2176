"""The references of t-SNE and autoencoders agree with SciPy, scikit-learn and torch."""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
distance = pytest.importorskip("scipy.spatial.distance")
optimize = pytest.importorskip("scipy.optimize")
special = pytest.importorskip("scipy.special")
stats = pytest.importorskip("scipy.stats")
decomposition = pytest.importorskip("sklearn.decomposition")
manifold = pytest.importorskip("sklearn.manifold._t_sne")

ROOT = Path(__file__).parents[2]
TIGHT = {"rtol": 1e-9, "atol": 1e-12}
SIZES = [(2, 1), (5, 2), (7, 3), (12, 12), (30, 4)]


@pytest.fixture(scope="module")
def ours():
    """The references, by name."""
    return course.assignment(course.load(ROOT), "tsne_autoencoder").functions


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def choices(ours, rng, n):
    d2 = ours["pairwise_sq_dists"](rng.normal(size=(n, 4)))
    return ours["conditional_p"](d2, rng.uniform(0.5, 1.5, size=n))


def tensors(*arrays):
    return [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_squared_distances_are_those_of_scipy(ours, rng, n, d):
    data = rng.normal(size=(n, d))

    np.testing.assert_allclose(
        ours["pairwise_sq_dists"](data), distance.cdist(data, data, "sqeuclidean"), **TIGHT
    )


@pytest.mark.parametrize("n", [2, 5, 30])
def test_choices_are_a_softmax_over_the_others(ours, rng, n):
    d2, sigma = ours["pairwise_sq_dists"](rng.normal(size=(n, 3))), rng.uniform(0.3, 2.0, size=n)
    theirs = special.softmax(np.where(np.eye(n) > 0, -np.inf, -d2 / (2 * sigma[:, None] ** 2)), axis=1)

    np.testing.assert_allclose(ours["conditional_p"](d2, sigma), theirs, **TIGHT)


@pytest.mark.parametrize("m", [1, 2, 7, 100])
@pytest.mark.parametrize("empty", [0, 3])
def test_the_perplexity_is_two_to_scipys_entropy(ours, rng, m, empty):
    p = np.concatenate([rng.dirichlet(np.ones(m)), np.zeros(empty)])

    np.testing.assert_allclose(ours["perplexity"](p), 2 ** stats.entropy(p, base=2), **TIGHT)


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("asked", [1.5, 4.0, 10.0])
def test_a_width_is_the_root_that_scipy_finds(ours, rng, unit, asked):
    d2 = unit * (1.0 + rng.chisquare(3, size=12))

    def excess(exponent):
        return stats.entropy(special.softmax(-d2 / (2 * np.exp(2 * exponent)))) - np.log(asked)

    theirs = np.exp(optimize.brentq(excess, -15, 15, xtol=1e-13, rtol=1e-14))

    np.testing.assert_allclose(ours["find_sigma"](d2, asked), theirs, **TIGHT)


@pytest.mark.parametrize("n", [2, 6, 25])
def test_affinities_of_the_data_are_a_sum_with_the_mirror_image_made_to_add_up_to_one(ours, rng, n):
    chosen = choices(ours, rng, n)
    theirs = chosen + chosen.T

    np.testing.assert_allclose(ours["joint_p"](chosen), theirs / np.sum(theirs), **TIGHT)


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_affinities_of_a_map_follow_students_t(ours, rng, n, d):
    layout = rng.normal(size=(n, d))
    density = stats.t.pdf(distance.pdist(layout), df=1)
    q, num = ours["low_dim_q"](layout)

    np.testing.assert_allclose(num, np.pi * distance.squareform(density), **TIGHT)
    np.testing.assert_allclose(q, distance.squareform(density / (2 * density.sum())), **TIGHT)


@pytest.mark.parametrize("n", [3, 6, 25])
def test_the_divergence_is_that_of_scipy_and_torch(ours, rng, n):
    joint, q = ours["joint_p"](choices(ours, rng, n)), ours["low_dim_q"](rng.normal(size=(n, 2)))[0]
    others = ~np.eye(n, dtype=bool)
    logq, p = torch.tensor(np.log(q[others])), torch.tensor(joint[others])
    theirs = torch.nn.functional.kl_div(logq, p, reduction="sum").item()

    np.testing.assert_allclose(ours["kl_divergence"](joint, q), special.rel_entr(joint, q).sum(), **TIGHT)
    np.testing.assert_allclose(ours["kl_divergence"](joint, q), theirs, **TIGHT)


@pytest.mark.parametrize(("n", "d"), SIZES)
def test_the_gradient_of_a_map_is_that_of_torch(ours, rng, n, d):
    joint, layout = ours["joint_p"](choices(ours, rng, n)), rng.normal(size=(n, d))
    (y,) = tensors(layout)
    others = ~torch.eye(n, dtype=torch.bool)
    num = 1 / (1 + ((y[:, None] - y[None]) ** 2).sum(dim=-1))
    logq = torch.log(num[others] / num[others].sum())
    torch.nn.functional.kl_div(logq, torch.tensor(joint)[others], reduction="sum").backward()

    np.testing.assert_allclose(ours["tsne_gradient"](joint, layout), y.grad.numpy(), **TIGHT)


@pytest.mark.parametrize(("n", "d"), [(5, 2), (20, 2), (12, 3)])
def test_cost_and_gradient_of_a_map_are_those_of_scikit_learn(ours, rng, n, d):
    joint, layout = ours["joint_p"](choices(ours, rng, n)), rng.normal(size=(n, d))
    cost, gradient = manifold._kl_divergence(
        layout.ravel(), distance.squareform(joint, checks=False), 1, n, d
    )

    np.testing.assert_allclose(ours["kl_divergence"](joint, ours["low_dim_q"](layout)[0]), cost, **TIGHT)
    np.testing.assert_allclose(ours["tsne_gradient"](joint, layout).ravel(), gradient, **TIGHT)


@pytest.mark.parametrize("mu", [0.0, 0.5, 0.9])
def test_steps_with_a_steady_rate_are_those_of_torch(ours, rng, mu):
    layout, velocity = rng.normal(size=(6, 2)), np.zeros((6, 2))
    (y,) = tensors(layout)
    sgd = torch.optim.SGD([y], lr=0.3, momentum=mu)
    for _ in range(5):
        slope = rng.normal(size=(6, 2))
        y.grad = torch.tensor(slope)
        sgd.step()
        layout, velocity = ours["tsne_step"](layout, velocity, slope, 0.3, mu)

    np.testing.assert_allclose(layout, y.detach().numpy(), **TIGHT)


@pytest.mark.parametrize(("n", "d", "k"), [(1, 3, 1), (7, 4, 2), (4, 4, 4), (20, 3, 5)])
def test_the_autoencoder_is_that_of_torch(ours, rng, n, d, k):
    data, encoder, decoder = rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=(k, d))
    we, wd = tensors(encoder, decoder)
    x = torch.tensor(data)
    theirs = torch.nn.functional.mse_loss(x @ we @ wd, x, reduction="sum") / n
    theirs.backward()
    loss, by_encoder, by_decoder = ours["linear_autoencoder_grad"](data, encoder, decoder)

    np.testing.assert_allclose(loss, theirs.item(), **TIGHT)
    np.testing.assert_allclose(by_encoder, we.grad.numpy(), **TIGHT)
    np.testing.assert_allclose(by_decoder, wd.grad.numpy(), **TIGHT)


@pytest.mark.parametrize("k", [1, 2, 4])
def test_the_autoencoder_rests_at_the_components_of_scikit_learn(ours, rng, k):
    data = rng.normal(size=(15, 5)) * [5.0, 4.0, 3.0, 2.0, 1.0]
    data -= data.mean(axis=0)
    components = decomposition.PCA(k).fit(data).components_
    left = np.linalg.svd(data, compute_uv=False)[k:]
    loss, by_encoder, by_decoder = ours["linear_autoencoder_grad"](data, components.T, components)

    np.testing.assert_allclose(loss, np.sum(left**2) / 15, **TIGHT)
    np.testing.assert_allclose(by_encoder, 0.0, atol=1e-12)
    np.testing.assert_allclose(by_decoder, 0.0, atol=1e-12)


@pytest.mark.parametrize("shape", [(6,), (5, 3), (2, 3, 4, 4)])
def test_noise_is_added_as_torch_adds_it(ours, rng, shape):
    data, noise = rng.normal(size=shape), rng.normal(size=shape)
    inputs, targets = ours["denoising_pair"](data, noise)

    np.testing.assert_array_equal(inputs, torch.add(torch.tensor(data), torch.tensor(noise)).numpy())
    np.testing.assert_array_equal(targets, data)


def test_the_worked_example_of_the_gradient_is_reproduced(ours):
    joint = np.array(
        [
            [0.0, 0.368062362156, 0.0821258138125],
            [0.368062362156, 0.0, 0.0498118240312],
            [0.0821258138125, 0.0498118240312, 0.0],
        ]
    )
    layout = [[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]]
    want = [
        [-0.15920164739, 0.0532140825153],
        [0.128306965974, 0.0617893628302],
        [0.0308946814151, -0.115003445346],
    ]

    np.testing.assert_allclose(ours["tsne_gradient"](joint, layout), want, rtol=1e-9)
    np.testing.assert_allclose(
        ours["kl_divergence"](joint, ours["low_dim_q"](layout)[0]), 0.0580158952192, rtol=1e-9
    )
