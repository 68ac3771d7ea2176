"""Looking into networks: the references agree with torch, scikit-learn, SciPy and NumPy.

A small network of torch gives scores and slopes; the references are asked about it.
"""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
spatial = pytest.importorskip("scipy.spatial")
neighbors = pytest.importorskip("sklearn.neighbors")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
functional = torch.nn.functional


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "understanding").functions


@pytest.fixture(scope="module")
def network():
    """Three channels in, scores of four classes out."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        layers = torch.nn.Conv2d(3, 5, 3, dtype=torch.float64), torch.nn.Linear(5, 4, dtype=torch.float64)
    return torch.nn.Sequential(
        layers[0], torch.nn.Tanh(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), layers[1]
    )


def picture(c=3, h=7, w=8, seed=0):
    """A picture with values from 0 to 1."""
    return np.random.default_rng([c, h, w, seed]).uniform(size=(c, h, w))


def slope(network, x, c):
    """The score of class c, and its slope with respect to the picture."""
    leaf = torch.tensor(x)[None].requires_grad_()
    score = network(leaf)[0, c]
    score.backward()
    return leaf.grad[0].numpy()


@pytest.mark.parametrize(("k", "stride"), [(2, 1), (3, 2), (7, 1)])
@pytest.mark.parametrize("fill", [0.0, 0.4])
def test_occlusion_map_is_what_torch_says_of_a_batch_of_covered_pictures(ours, network, k, stride, fill):
    x = picture()
    with torch.no_grad():
        got = ours["occlusion_map"](
            lambda img: float(network(torch.tensor(img)[None])[0, 2]), x, k, stride, fill
        )
        columns = functional.unfold(torch.ones(1, 1, 7, 8, dtype=torch.float64), k, stride=stride).shape[-1]
        spots = functional.fold(
            torch.eye(columns, dtype=torch.float64)[:, None].expand(-1, k * k, -1), (7, 8), k, stride=stride
        )
        covered = torch.where(spots > 0, torch.tensor(fill, dtype=torch.float64), torch.tensor(x))
        expected = network(torch.tensor(x)[None])[0, 2] - network(covered)[:, 2]

    same(got.ravel(), expected, RTOL, ATOL)


@pytest.mark.parametrize("c", range(4))
def test_saliency_is_that_of_torch_before_the_softmax(ours, network, c):
    grad = slope(network, picture(), c)
    expected = torch.linalg.vector_norm(torch.tensor(grad), float("inf"), dim=0)

    same(ours["saliency"](grad), expected, RTOL)


@pytest.mark.parametrize(("lo", "hi"), [(0.0, 1.0), (0.2, 0.7)])
def test_fgsm_is_the_step_that_torch_takes(ours, network, lo, hi):
    x = picture()
    leaf = torch.tensor(x).requires_grad_()
    functional.cross_entropy(network(leaf[None]), torch.tensor([1])).backward()
    expected = torch.clamp(leaf.detach() + 0.1 * leaf.grad.sign(), lo, hi)

    same(ours["fgsm"](x, leaf.grad.numpy(), 0.1, lo, hi), expected, RTOL)


@pytest.mark.parametrize("clip", [None, (0.0, 1.0)])
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_gradient_ascent_step_is_a_step_of_sgd_with_weight_decay(ours, network, l2, clip):
    x = picture()
    leaf = torch.tensor(x).requires_grad_()
    (-network(leaf[None])[0, 3]).backward()
    grad = -leaf.grad.numpy()
    torch.optim.SGD([leaf], lr=0.5, weight_decay=2 * l2).step()
    expected = leaf.detach() if clip is None else torch.clamp(leaf.detach(), *clip)

    same(ours["gradient_ascent_step"](x, grad, 0.5, l2, clip), expected, RTOL)


@pytest.mark.parametrize("shape", [(3, 4, 5), (1, 2, 3), (6, 1, 1)])
def test_gram_matrix_is_the_product_of_torch(ours, shape):
    features = torch.tensor(np.random.default_rng(shape).normal(size=shape))
    flat = features.flatten(1)

    same(ours["gram_matrix"](features.numpy()), flat.matmul(flat.T) / features.numel(), RTOL, ATOL)
    same(
        ours["gram_matrix"](features.numpy()),
        np.einsum("aij,bij->ab", features, features) / features.numel(),
        RTOL,
        ATOL,
    )


def test_style_and_content_loss_are_those_of_torch(ours):
    f, g = (torch.tensor(picture(seed=seed)) for seed in (0, 1))
    gram = [torch.einsum("aij,bij->ab", part, part) / part.numel() for part in (f, g)]

    same(ours["style_loss"](f.numpy(), g.numpy()), float(functional.mse_loss(*gram, reduction="sum")), RTOL)
    same(
        ours["content_loss"](f.numpy(), g.numpy()),
        float(functional.mse_loss(f, g, reduction="sum")) / 2,
        RTOL,
    )


@pytest.mark.parametrize("k", [1, 3, 9])
def test_nearest_neighbours_are_those_of_sklearn_and_of_scipy(ours, k):
    rng = np.random.default_rng(k)
    features, q = rng.normal(size=(9, 5)), rng.normal(size=5)
    by_sklearn = neighbors.NearestNeighbors(n_neighbors=k).fit(features).kneighbors(q[None])[1][0]
    by_scipy = spatial.KDTree(features).query(q, k=[*range(1, k + 1)])[1]

    np.testing.assert_array_equal(ours["nearest_neighbours"](features, q, k), by_sklearn)
    np.testing.assert_array_equal(ours["nearest_neighbours"](features, q, k), by_scipy)


@pytest.mark.parametrize("channel", range(3))
def test_top_activating_and_dead_units_are_what_pooling_of_torch_says(ours, channel):
    acts = torch.tensor(np.random.default_rng(channel).normal(size=(8, 3, 4, 5)))
    acts[:, channel] = torch.where(acts[:, channel] > 0, -acts[:, channel], acts[:, channel])
    peaks = functional.adaptive_max_pool2d(acts, 1).flatten(1)
    alive = torch.relu(acts).sum(dim=(0, 2, 3)) > 0

    for one in range(3):
        best = torch.topk(peaks[:, one], 4).indices.numpy()
        np.testing.assert_array_equal(ours["top_activating"](acts.numpy(), one, 4), best)
    np.testing.assert_array_equal(ours["dead_units"](acts.numpy()), torch.nonzero(~alive).flatten())


@pytest.mark.parametrize(("x", "y", "w", "h"), [(2, 1, 3, 2), (0, 0, 8, 7), (6, 5, 5, 4), (3, 2, 0, 2)])
def test_apply_stickers_is_masked_fill_of_torch(ours, x, y, w, h):
    img = picture()
    rows, columns = torch.arange(7)[:, None], torch.arange(8)
    expected = torch.tensor(img).masked_fill(
        (rows >= y) & (rows < y + h) & (columns >= x) & (columns < x + w), -2.0
    )

    same(ours["apply_stickers"](img, [(x, y, w, h, -2.0)]), expected, RTOL)
    same(ours["apply_stickers"](img, [(x, y, w, h, 5.0), (x, y, w, h, -2.0)]), expected, RTOL)
