"""Initialisation, normalisation, dropout: the references agree with torch, scikit-learn, SciPy and NumPy.

Where a library means something else (units in rows, alpha divided by n), the test tells it what we mean.
"""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
stats = pytest.importorskip("scipy.stats")
ndimage = pytest.importorskip("scipy.ndimage")
preprocessing = pytest.importorskip("sklearn.preprocessing")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
init = torch.nn.init
functional = torch.nn.functional


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "init_norm").functions


def fans_of_torch(shape):
    """Connections into and out of one unit, as torch counts them: there a unit of a dense layer is a row."""
    return init._calculate_fan_in_and_fan_out(torch.empty(shape[::-1] if len(shape) == 2 else shape))


class Asked(torch.Tensor):
    """Weights that note between which limits torch draws them."""

    def uniform_(self, low, high, **_):
        """Draw nothing, and keep both limits."""
        self.limits = low, high
        return self

    def normal_(self, mean, std, **_):
        """Draw nothing, and keep the standard deviation."""
        self.limits = mean - std, mean + std
        return self


FILLS = {
    ("glorot", "uniform"): init.xavier_uniform_,
    ("glorot", "normal"): init.xavier_normal_,
    ("he", "uniform"): lambda weights: init.kaiming_uniform_(weights, nonlinearity="relu"),
    ("he", "normal"): lambda weights: init.kaiming_normal_(weights, nonlinearity="relu"),
    ("lecun", "uniform"): lambda weights: init.kaiming_uniform_(weights, nonlinearity="linear"),
    ("lecun", "normal"): lambda weights: init.kaiming_normal_(weights, nonlinearity="linear"),
}


@pytest.mark.parametrize(("scheme", "dist"), list(FILLS))
@pytest.mark.parametrize(("fan_in", "fan_out"), [(784, 256), (3, 50), (1, 1)])
def test_init_scale_is_what_torch_spreads_its_weights_by(ours, fan_in, fan_out, scheme, dist):
    weights = torch.empty(fan_out, fan_in).as_subclass(Asked)
    FILLS[scheme, dist](weights)

    same(ours["init_scale"](scheme, dist, fan_in, fan_out), weights.limits[1], RTOL)


@pytest.mark.parametrize("gain", ["tanh", "relu"])
def test_init_scale_takes_the_gains_of_torch(ours, gain):
    weights = torch.empty(40, 30).as_subclass(Asked)
    init.kaiming_uniform_(weights, nonlinearity=gain)

    same(ours["init_scale"]("lecun", "uniform", 30, 40, init.calculate_gain(gain)), weights.limits[1], RTOL)


@pytest.mark.parametrize(("scheme", "dist"), list(FILLS))
@pytest.mark.parametrize("shape", [(300, 200), (40, 10, 5, 7)])
def test_init_weights_are_spread_by_the_fans_of_torch(ours, shape, scheme, dist):
    drawn = ours["init_weights"](np.random.default_rng(3), shape, scheme, dist)
    scale = ours["init_scale"](scheme, dist, *fans_of_torch(shape))
    expected = stats.norm(scale=scale) if dist == "normal" else stats.uniform(-scale, 2 * scale)

    assert drawn.shape == shape
    assert stats.kstest(drawn.ravel()[:2000], expected.cdf).pvalue > 0.01


def test_standardize_is_standard_scaler(ours):
    rng = np.random.default_rng(0)
    train, test = (10.0 ** np.arange(4) * (rng.normal(size=(n, 4)) + 2) for n in (9, 5))
    train[:, 2] = 3.0
    scaler = preprocessing.StandardScaler().fit(train)
    got = ours["standardize"](train, test)

    same(got[0], scaler.transform(train), RTOL, ATOL)
    same(got[1], scaler.transform(test), RTOL, ATOL)
    same(got[0][:, :2], stats.zscore(train[:, :2]), RTOL, ATOL)


def test_pixel_norm_is_a_scaler_that_knows_the_range(ours):
    shades = np.arange(256, dtype=np.uint8)[:, None]
    scaler = preprocessing.MinMaxScaler((-0.5, 0.5)).fit([[0.0], [255.0]])

    same(ours["pixel_norm"](shades), scaler.transform(shades), RTOL, ATOL)


def batch(n, d, seed=0):
    """A batch, its parameters and its running numbers."""
    rng = np.random.default_rng([n, d, seed])
    x = 3 * rng.normal(size=(n, d)) + rng.normal(size=d)
    return x, rng.uniform(0.5, 2, size=d), rng.normal(size=d), rng.normal(size=d), rng.uniform(0.5, 3, size=d)


@pytest.mark.parametrize(("n", "d"), [(2, 3), (6, 4), (5, 5)])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(("momentum", "eps"), [(0.1, 1e-5), (0.3, 0.7)])
def test_batchnorm_forward_is_that_of_torch(ours, n, d, training, momentum, eps):
    given = batch(n, d)
    x, gamma, beta, mean, var = (torch.tensor(part) for part in given)
    y = functional.batch_norm(x, mean, var, gamma, beta, training, momentum, eps)
    got = ours["batchnorm_forward"](*given, momentum, eps, training)

    same(got[0], y, RTOL, ATOL)
    same(got[1], mean, RTOL, ATOL)
    same(got[2], var, RTOL, ATOL)


def test_batchnorm_forward_uses_the_defaults_of_torch(ours):
    given = batch(5, 3)
    layer = torch.nn.BatchNorm1d(3, dtype=torch.float64)
    for part, start in zip(
        (layer.weight, layer.bias, layer.running_mean, layer.running_var), given[1:], strict=True
    ):
        part.data.copy_(torch.tensor(start))
    got = ours["batchnorm_forward"](*given)

    same(got[0], layer(torch.tensor(given[0])).detach(), RTOL, ATOL)
    same(got[1], layer.running_mean, RTOL)
    same(got[2], layer.running_var, RTOL)


@pytest.mark.parametrize(("n", "d"), [(2, 3), (6, 4), (5, 5)])
@pytest.mark.parametrize("eps", [1e-5, 0.7])
def test_batchnorm_backward_finds_the_slopes_that_torch_finds(ours, n, d, eps):
    given = batch(n, d)
    dout = np.random.default_rng(n).normal(size=(n, d))
    leaves = [torch.tensor(part, requires_grad=True) for part in given[:3]]
    functional.batch_norm(leaves[0], None, None, leaves[1], leaves[2], True, 0.1, eps).backward(
        torch.tensor(dout)
    )
    got = ours["batchnorm_backward"](dout, ours["batchnorm_forward"](*given, eps=eps)[3])
    for part, leaf in zip(got, leaves, strict=True):
        same(part, leaf.grad, RTOL, 1e-11)


@pytest.mark.parametrize("p", [0.2, 0.7])
def test_dropout_forward_is_that_of_torch_with_its_mask(ours, p):
    x = np.random.default_rng(1).normal(size=(20, 30))
    with torch.random.fork_rng():
        torch.manual_seed(0)
        dropped = functional.dropout(torch.tensor(x), p).numpy()

    same(ours["dropout_forward"](x, dropped != 0, p, True), dropped, RTOL)
    same(
        ours["dropout_forward"](x, dropped != 0, p, False),
        functional.dropout(torch.tensor(x), p, False),
        RTOL,
    )


@pytest.mark.parametrize("p", [0.0, 0.2, 0.7])
def test_classic_dropout_test_is_the_mean_that_a_coin_of_scipy_leaves(ours, p):
    x = np.random.default_rng(1).normal(size=7)

    same(ours["classic_dropout_test"](x, p), x * stats.bernoulli(1 - p).mean(), RTOL)


@pytest.mark.parametrize("n", [1, 3, 5, 11])
def test_lrn_is_that_of_torch_with_alpha_times_n(ours, n):
    a = np.random.default_rng(n).normal(size=(2, 6, 3, 4))
    expected = functional.local_response_norm(torch.tensor(a), n, alpha=0.8 * n, beta=0.6, k=1.5)

    same(ours["lrn"](a, 1.5, n, 0.8, 0.6), expected, RTOL, ATOL)


def test_lrn_has_the_constants_of_alexnet(ours):
    a = 30 * np.random.default_rng(0).normal(size=(1, 8, 2, 3))
    total = ndimage.convolve1d(a**2, np.ones(5), axis=1, mode="constant")

    same(ours["lrn"](a), a / (2 + 1e-4 * total) ** 0.75, RTOL)


@pytest.mark.parametrize("r", [0.5, 1.5, 100.0])
def test_max_norm_is_renorm_of_torch_along_the_units(ours, r):
    weights = np.random.default_rng(2).normal(size=(4, 6))
    expected = torch.renorm(torch.tensor(weights), 2, 1, r).numpy()
    length = np.linalg.norm(weights, axis=0)
    exactly = expected * np.where(length > r, (length + 1e-7) / length, 1.0)  # torch adds 1e-7 to the length

    same(ours["max_norm"](weights, r), exactly, RTOL)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("patience", [1, 2, 4])
@pytest.mark.parametrize("min_delta", [0.0, 0.3])
def test_early_stopping_waits_as_the_plateau_scheduler_of_torch_does(ours, seed, patience, min_delta):
    losses = (np.random.default_rng(seed).normal(size=15) - 0.15 * np.arange(15)).tolist()
    steps = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
        steps, patience=patience - 1, threshold=min_delta, threshold_mode="abs"
    )
    seen = []
    for loss in losses:
        seen.append(loss)
        plateau.step(loss)
        if plateau.get_last_lr() != [1.0]:
            break

    assert ours["early_stopping"](losses, patience, min_delta) == (losses.index(plateau.best), len(seen) - 1)


@pytest.mark.parametrize(("c", "h", "w", "size"), [(3, 7, 9, 4), (1, 5, 5, 5), (2, 6, 4, 3)])
def test_ten_crop_is_what_torch_narrows_and_flips(ours, c, h, w, size):
    img = np.random.default_rng(size).normal(size=(c, h, w))
    t = torch.tensor(img)
    starts = [(0, 0), (0, w - size), (h - size, 0), (h - size, w - size), ((h - size) // 2, (w - size) // 2)]
    five = torch.stack([t.narrow(1, i, size).narrow(2, j, size) for i, j in starts])

    same(ours["ten_crop"](img, size), torch.cat([five, torch.flip(five, [3])]), RTOL)


@pytest.mark.parametrize("relu", [False, True])
def test_variance_after_layer_is_the_second_moment_of_scipy(ours, relu):
    fan_in, var_w, var_x = 100, 0.03, 1.7
    out = stats.norm(scale=math.sqrt(fan_in * var_w * var_x))
    lower = 0.0 if relu else -math.inf

    same(
        ours["variance_after_layer"](var_x, fan_in, var_w, relu),
        out.expect(lambda z: z**2, lb=lower, epsabs=1e-13, epsrel=1e-13),
        RTOL,
    )


def test_he_keeps_the_second_moment_and_lecun_halves_it(ours):
    moments = {"he": [1.0], "lecun": [1.0]}
    for scheme, path in moments.items():
        for fan_in, fan_out in pairwise([100] * 6):
            var_w = ours["init_scale"](scheme, "normal", fan_in, fan_out) ** 2
            path.append(ours["variance_after_layer"](path[-1], fan_in, var_w, relu=True))

    same(moments["he"], np.ones(6), RTOL)
    same(moments["lecun"], 0.5 ** np.arange(6), RTOL)
