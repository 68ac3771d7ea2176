"""Hidden checks of initialisation and normalisation: inputs only. What is right, the reference says.

fan_in and fan_out differ, p is never one half, the kernels are not square and the batches are small: in large
ones the two variances are hardly to be told apart. Where numbers are drawn, statistics are compared, of so
many numbers that chance plays no part.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import (
    batchnorm_backward,
    batchnorm_forward,
    classic_dropout_test,
    dropout_forward,
    early_stopping,
    init_scale,
    init_weights,
    lrn,
    max_norm,
    pixel_norm,
    standardize,
    ten_crop,
    variance_after_layer,
)

ALMOST = close(rtol=1e-5, atol=2e-5)  # where the usual eps must not be seen: it has a check of its own


def _coarse(statistic):
    """To steps of 0.05, so that chance cannot be seen: of 100 000 numbers it makes about 0.002."""
    return float(np.round(20 * statistic)) / 20 + 0.0


# ---- how widely -----------------------------------------------------------------------------------


def _fans(rng):
    """Two fans that no formula can mix up."""
    return int(rng.integers(300, 900)), int(rng.integers(20, 200))


@check(init_scale)
def lecun_from_a_bell(rng):
    """LeCun's scheme with normal weights: the standard deviation."""
    return "lecun", "normal", *_fans(rng)


@check(init_scale)
def glorot_from_a_bell(rng):
    """Glorot's scheme with normal weights."""
    return "glorot", "normal", *_fans(rng)


@check(init_scale)
def he_from_a_bell(rng):
    """He's scheme with normal weights."""
    return "he", "normal", *_fans(rng)


@check(init_scale)
def glorot_from_an_interval(rng):
    """Glorot's scheme with uniform weights: the limit."""
    return "glorot", "uniform", *_fans(rng)


@check(init_scale)
def he_from_an_interval(rng):
    """He's scheme with uniform weights."""
    return "he", "uniform", *_fans(rng)


@check(init_scale)
def a_gain(rng):
    """A gain of its own multiplies the weights."""
    fan_in, fan_out = _fans(rng)
    return {
        "scheme": "lecun",
        "dist": "normal",
        "fan_in": fan_in,
        "fan_out": fan_out,
        "gain": rng.uniform(1.4, 1.7),
    }


# ---- drawn weights --------------------------------------------------------------------------------


def _scaled(W, expected, shape):
    """Shape, spread and mean of drawn weights, in units of the expected spread."""
    W = np.asarray(W, dtype=float)
    return np.shape(W) == shape, _coarse(W.std() / expected), _coarse(W.mean() / expected)


@scenario(init_weights, draws=1)
def a_dense_layer(init_weights, rng):
    """100 000 normal weights of a dense layer have the right spread about 0."""
    return _scaled(init_weights(rng, (500, 200), "he", "normal"), (2 / 500) ** 0.5, (500, 200))


@scenario(init_weights, draws=1)
def kernels_from_a_bell(init_weights, rng):
    """100 000 normal weights of a convolutional layer have the right spread about 0."""
    W = init_weights(rng, (200, 20, 5, 5), "he", "normal")
    return _scaled(W, (2 / 500) ** 0.5, (200, 20, 5, 5))


@scenario(init_weights, draws=1)
def kernels_by_both_fans(init_weights, rng):
    """With Glorot's scheme both fans of the kernels count."""
    W = init_weights(rng, (80, 40, 5, 7), "glorot", "normal")
    return _scaled(W, (2 / (120 * 35)) ** 0.5, (80, 40, 5, 7))


@scenario(init_weights, draws=1)
def an_interval_filled_evenly(init_weights, rng):
    """Uniform weights fill their interval up to the limit, and no more."""
    W = np.asarray(init_weights(rng, (400, 300), "lecun", "uniform"), dtype=float) / (3 / 400) ** 0.5
    return [_coarse(s) for s in (W.min(), W.max(), W.mean(), np.mean(np.abs(W) < 0.5))]


@scenario(init_weights, draws=1)
def the_tails_of_the_bell(init_weights, rng):
    """Of normal weights as many lie far out as belong there."""
    W = np.asarray(init_weights(rng, (300, 400), "lecun", "normal"), dtype=float)
    W = np.abs(W) / (W.std() or 1.0)
    return bool(W.max() > 3), _coarse(11 * np.mean(W > 2))  # elevenfold, to be seen: 11 · 0.0455 = 0.5


@scenario(init_weights, draws=1)
def same_generator_same_weights(init_weights, _rng):
    """Two generators alike give the same weights, two others do not."""
    a, b, c = (np.asarray(init_weights(np.random.default_rng(s), (6, 4), "he", "normal")) for s in (5, 5, 7))
    return bool(np.array_equal(a, b)), bool(np.array_equal(a, c))


# ---- inputs of one size ---------------------------------------------------------------------------


def _features(rng, n, d):
    """Features of very different size and place."""
    return 10.0 ** np.arange(d) * (rng.normal(size=(n, d)) + 2)


@scenario(standardize)
def training_data(standardize, rng):
    """The training data, every feature by its own mean and spread."""
    return standardize(_features(rng, 6, 3), _features(rng, 2, 3))[0]


@scenario(standardize)
def mean_and_spread_afterwards(standardize, rng):
    """Afterwards every feature of the training data has mean 0 and standard deviation 1."""
    A = np.asarray(standardize(_features(rng, 5, 4), _features(rng, 2, 4))[0])
    return A.mean(axis=0), A.std(axis=0)


@scenario(standardize)
def test_data(standardize, rng):
    """The test data, of which there are fewer and which lie elsewhere."""
    return standardize(_features(rng, 7, 3), 3 * _features(rng, 4, 3) + 1)[1]


@scenario(standardize)
def a_single_test_example(standardize, rng):
    """A single test example is standardised as it would be among others."""
    return standardize(_features(rng, 6, 3), _features(rng, 1, 3))[1]


@check(standardize, forbids=("warnings",))
def a_feature_that_never_changes(rng):
    """A feature that is the same in all training examples and another one in the test data."""
    X, T = _features(rng, 5, 3), _features(rng, 3, 3)
    X[:, 1] = 4.0
    return X, T


@check(standardize, forbids=("mutation",))
def both_data_left_alone(rng):
    """The data you are given are the same after the call."""
    return _features(rng, 5, 3), _features(rng, 4, 3)


@check(standardize)
def features_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    X = rng.permuted(np.arange(1, 10).reshape(3, 3), axis=0)
    return X.tolist(), rng.integers(1, 40, size=(2, 3)).tolist()


@check(pixel_norm)
def all_shades(rng):
    """Bytes (uint8) from black to white, in a picture of three channels."""
    shades = np.concatenate([[0, 255], rng.integers(0, 256, size=22)]).astype(np.uint8)
    return (rng.permutation(shades).reshape(3, 2, 4),)


@check(pixel_norm)
def between_two_shades(rng):
    """Brightnesses that are no whole numbers, as they come out when a picture is made smaller."""
    return (rng.uniform(0.0, 255.0, size=(4, 5)),)


@check(pixel_norm, forbids=("mutation",))
def shades_left_alone(rng):
    """The brightnesses you are given are the same after the call."""
    return (rng.uniform(0.0, 255.0, size=6),)


# ---- batch normalisation, forward -----------------------------------------------------------------


def _batch(rng, n, d, spread=60.0):
    """A batch with its parameters and running numbers, nothing at its usual start.

    The spread is so large that the usual eps plays no part.
    """
    return {
        "x": spread * (rng.normal(size=(n, d)) * rng.uniform(0.5, 1.5, size=d) + rng.normal(size=d)),
        "gamma": rng.uniform(0.5, 2, size=d),
        "beta": rng.normal(size=d),
        "run_mean": spread * rng.normal(size=d),
        "run_var": spread**2 * rng.uniform(0.5, 3, size=d),
    }


@scenario(batchnorm_forward, compare=ALMOST)
def a_batch_in_training(batchnorm_forward, rng):
    """The normalised, scaled and shifted batch in training."""
    return batchnorm_forward(**_batch(rng, 5, 3))[0]


@scenario(batchnorm_forward, compare=ALMOST)
def any_unit_will_do(batchnorm_forward, rng):
    """In training a feature measured in another unit and from another zero gives the same."""
    b = _batch(rng, 6, 3)
    first = batchnorm_forward(**b)[0]
    b["x"] = 5 * b["x"] + 7
    return np.subtract(first, batchnorm_forward(**b)[0]), np.mean(first, axis=0)


@scenario(batchnorm_forward)
def running_mean(batchnorm_forward, rng):
    """The running mean moves towards the mean of the batch."""
    return batchnorm_forward(**_batch(rng, 6, 3), momentum=rng.uniform(0.2, 0.3))[1]


@scenario(batchnorm_forward)
def running_variance(batchnorm_forward, rng):
    """The running variance moves towards the variance of a small batch."""
    return batchnorm_forward(**_batch(rng, 4, 3), momentum=rng.uniform(0.2, 0.3))[2]


@scenario(batchnorm_forward)
def three_batches_one_after_the_other(batchnorm_forward, rng):
    """After three batches both running numbers are ours, with the usual momentum."""
    b = _batch(rng, 4, 2, spread=2.0)
    for _ in range(3):
        b["x"] = rng.normal(size=(4, 2)) + 3
        _, b["run_mean"], b["run_var"], _ = batchnorm_forward(**b)
    return b["run_mean"], b["run_var"]


@scenario(batchnorm_forward, compare=ALMOST)
def at_test_time(batchnorm_forward, rng):
    """At test time the running numbers normalise the batch."""
    return batchnorm_forward(**_batch(rng, 5, 3), training=False)[0]


@scenario(batchnorm_forward)
def running_numbers_at_test_time(batchnorm_forward, rng):
    """At test time the running numbers stay as they are, and there is no cache."""
    return batchnorm_forward(**_batch(rng, 5, 3), training=False)[1:]


@scenario(batchnorm_forward, compare=ALMOST, forbids=("warnings",))
def a_feature_without_variance(batchnorm_forward, rng):
    """A feature that is the same in the whole batch gives its shift beta, without a division by zero."""
    b = _batch(rng, 4, 3)
    b["x"][:, 1] = 2.0
    return batchnorm_forward(**b)[0]


@scenario(batchnorm_forward)
def a_large_eps(batchnorm_forward, rng):
    """An eps as large as the variance, or the usual eps for tiny numbers, works from inside the root."""
    b, eps = _batch(rng, 5, 3, spread=1.0), rng.uniform(1, 2)
    large = batchnorm_forward(**b, eps=eps)[0], batchnorm_forward(**b, eps=eps, training=False)[0]
    b["x"] = b["x"] / 256
    return *large, batchnorm_forward(**b)[0]


@scenario(batchnorm_forward, compare=ALMOST)
def what_the_way_back_needs(batchnorm_forward, rng):
    """The cache holds xhat, gamma and std, in this order."""
    return tuple(batchnorm_forward(**_batch(rng, 5, 3))[3])


@scenario(batchnorm_forward, forbids=("mutation",))
def running_numbers_left_alone(batchnorm_forward, rng):
    """The batch, its parameters and the running numbers you are given are the same after the call."""
    return np.shape(batchnorm_forward(**_batch(rng, 5, 3))[0])


# ---- batch normalisation, backward ----------------------------------------------------------------


def _cache(rng, n, d):
    """What the way forward leaves behind for a batch of random numbers."""
    return batchnorm_forward(**_batch(rng, n, d, spread=2.0))[3]


@scenario(batchnorm_backward)
def gradient_of_gamma(batchnorm_backward, rng):
    """The gradient with respect to gamma."""
    return batchnorm_backward(rng.normal(size=(5, 3)), _cache(rng, 5, 3))[1]


@scenario(batchnorm_backward)
def gradient_of_beta(batchnorm_backward, rng):
    """The gradient with respect to beta."""
    return batchnorm_backward(rng.normal(size=(5, 3)), _cache(rng, 5, 3))[2]


@scenario(batchnorm_backward)
def gradient_of_x(batchnorm_backward, rng):
    """The gradient with respect to x, over all three roads."""
    return batchnorm_backward(rng.normal(size=(6, 3)), _cache(rng, 6, 3))[0]


@scenario(batchnorm_backward)
def nothing_for_a_shift(batchnorm_backward, rng):
    """A shift of all examples changes nothing, so the gradient of every feature adds up to zero."""
    return np.sum(batchnorm_backward(rng.normal(size=(5, 4)), _cache(rng, 5, 4))[0], axis=0)


@scenario(batchnorm_backward)
def nothing_for_a_stretch(batchnorm_backward, rng):
    """A stretch of all examples changes nothing: with eps = 0 the sum of dx · xhat is 0, though dx is not."""
    x = rng.normal(size=(5, 4))
    xhat = (x - x.mean(axis=0)) / x.std(axis=0)
    cache = xhat, rng.uniform(0.5, 2, size=4), rng.uniform(0.5, 2, size=4)
    dx = batchnorm_backward(rng.normal(size=(5, 4)), cache)[0]
    return np.sum(np.multiply(dx, xhat), axis=0), np.ptp(dx, axis=0) > 1e-9


@scenario(batchnorm_backward, compare=close(atol=2e-5, rtol=2e-5))
def finite_differences(batchnorm_backward, rng):
    """The gradient is the one that a small change of x shows; your answer less the measured one."""
    b, dout, h = _batch(rng, 4, 2, spread=2.0), rng.normal(size=(4, 2)), 1e-5
    got = batchnorm_backward(dout, batchnorm_forward(**b)[3])[0]
    measured = np.zeros((4, 2))
    for i in np.ndindex(4, 2):
        step = np.zeros((4, 2))
        step[i] = h
        up, down = (batchnorm_forward(**{**b, "x": b["x"] + s})[0] for s in (step, -step))
        measured[i] = np.sum(dout * (up - down)) / (2 * h)
    return np.subtract(got, measured)


@check(batchnorm_backward, forbids=("mutation",))
def gradient_and_cache_left_alone(rng):
    """The gradient and the cache you are given are the same after the call."""
    return rng.normal(size=(5, 3)), _cache(rng, 5, 3)


# ---- dropout --------------------------------------------------------------------------------------


def _mask(rng, *shape):
    """About a third dropped, but at least one dropped and one kept."""
    mask = rng.random(shape) > 1 / 3
    mask.flat[0], mask.flat[1] = True, False
    return mask


@check(dropout_forward)
def few_are_dropped(rng):
    """In training, with p = 0.2."""
    return rng.normal(size=(4, 5)), _mask(rng, 4, 5), 0.2, True


@check(dropout_forward)
def most_are_dropped(rng):
    """In training, with p = 0.7."""
    return rng.normal(size=(2, 3, 4)), _mask(rng, 2, 3, 4), 0.7, True


@check(dropout_forward)
def passes_at_test_time(rng):
    """At test time, with p = 0.3."""
    return rng.normal(size=(3, 4)), _mask(rng, 3, 4), 0.3, False


@scenario(dropout_forward, draws=1)
def the_mean_over_all_masks(dropout_forward, rng):
    """Over all sixteen masks, each weighted as often as it comes, the mean is what passes at test time.

    And each number is dropped by some of them.
    """
    x, p = rng.normal(size=4), 0.25
    masks = [[bool(i >> j & 1) for j in range(4)] for i in range(16)]
    passed = [np.asarray(dropout_forward(x, m, p, True), dtype=float) for m in masks]
    mean = sum(y * (1 - p) ** sum(m) * p ** (4 - sum(m)) for y, m in zip(passed, masks, strict=True))
    return mean - np.asarray(dropout_forward(x, masks[5], p, False)), np.ptp(passed, axis=0) > 1e-9


@check(dropout_forward)
def nothing_to_drop(rng):
    """With p = 0 and a mask that keeps everything, x comes back in training."""
    return rng.normal(size=6), np.ones(6), 0.0, True


@check(dropout_forward, forbids=("mutation",))
def signal_and_mask_left_alone(rng):
    """The numbers and the mask you are given are the same after the call."""
    return rng.normal(size=6), _mask(rng, 6), 0.2, True


@check(dropout_forward)
def signals_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, the mask included."""
    return rng.integers(1, 9, size=5).tolist(), [1, 0, 1, 1, 0], 0.3, True


@check(classic_dropout_test)
def scaled_for_the_test(rng):
    """Outputs of units that were dropped with p = 0.2."""
    return rng.normal(size=(3, 4)), 0.2


@check(classic_dropout_test)
def scaled_for_the_test_most_dropped(rng):
    """Outputs of units that were mostly dropped."""
    return rng.normal(size=5), rng.uniform(0.7, 0.9)


@check(classic_dropout_test)
def never_dropped(rng):
    """Outputs of units that were never dropped."""
    return rng.normal(size=5), 0.0


# ---- across the channels --------------------------------------------------------------------------


@check(lrn)
def a_window_of_five(rng):
    """Eight channels under a window of five."""
    return {"a": rng.normal(size=(2, 8, 3, 2)), "alpha": 1.0}


@check(lrn)
def a_window_of_three(rng):
    """Six channels under a window of three, with other constants."""
    return rng.normal(size=(1, 6, 2, 3)), 1.0, 3, rng.uniform(0.5, 1.5), rng.uniform(0.4, 0.9)


@check(lrn)
def a_window_of_one(rng):
    """Under a window of one every number is normalised by itself alone."""
    return rng.normal(size=(2, 3, 2, 2)), 2.0, 1, 1.0, 0.75


@check(lrn)
def a_window_wider_than_the_channels(rng):
    """Three channels under a window of nine, cut off on both sides."""
    return rng.normal(size=(1, 3, 3, 2)), 2.0, 9, 1.0, 0.75


@check(lrn)
def usual_constants(rng):
    """The usual constants, with numbers large enough to see them."""
    return (100 * rng.normal(size=(1, 7, 2, 2)),)


@check(lrn)
def pictures_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    return {"a": rng.integers(1, 9, size=(1, 4, 2, 2)).tolist(), "n": 3, "alpha": 0.1}


# ---- bounded weights ------------------------------------------------------------------------------


@check(max_norm)
def all_too_long(rng):
    """Weights into four units, all too long."""
    return rng.choice([-1.0, 1.0], size=(6, 4)) * rng.uniform(1, 3, size=(6, 4)), 1.5


@check(max_norm)
def some_too_long(rng):
    """Two of the units have weights that are too long."""
    return rng.uniform(1, 2, size=(5, 4)) * np.array([0.1, 1.0, 0.2, 2.0]), 1.2


@check(max_norm)
def short_enough(rng):
    """Weights that are short enough stay as they are."""
    return rng.uniform(0.1, 0.3, size=(4, 3)), 5.0


@check(max_norm, forbids=("warnings",))
def a_unit_without_weights(rng):
    """A unit whose weights are all zero keeps them."""
    return rng.uniform(1, 2, size=(4, 3)) * np.array([1.0, 0.0, 0.1]), 1.0


@check(max_norm, forbids=("mutation",))
def weights_left_alone(rng):
    """The weights you are given are the same after the call."""
    return rng.uniform(1, 2, size=(4, 3)), 0.5


@check(max_norm)
def weights_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    return rng.integers(2, 9, size=(3, 4)).tolist(), 2


# ---- early stopping -------------------------------------------------------------------------------


def _in_some_unit(rng, *losses):
    """The losses times a random number: what counts is which is lower."""
    return (rng.uniform(0.5, 2) * np.array(losses)).tolist()


@check(early_stopping)
def a_valley(rng):
    """The loss falls and rises again for good."""
    n = int(rng.integers(3, 6))
    return [*np.linspace(5, 2, n).tolist(), 2.4, 2.9, 2.7, 3.1, 3.3, 3.6], 3


@check(early_stopping)
def a_better_one_too_late(rng):
    """A better epoch comes when the training has stopped already."""
    return [4.0, 3.0, 3.4, 3.5, 3.6, *rng.uniform(0.5, 1, size=3).tolist()], int(rng.integers(2, 4))


@check(early_stopping)
def a_better_one_just_in_time(rng):
    """A better epoch comes one before patience would have run out."""
    return _in_some_unit(rng, 4.0, 3.0, 3.5, 3.6, 2.0, 2.5, 2.6, 2.7, 2.8), 3


@check(early_stopping)
def a_loss_twice(rng):
    """The same loss several times, and never a better one."""
    return _in_some_unit(rng, 3.0, 3.0, 3.5, 3.0, 3.2, 3.1, 3.6, 3.7), 4


@check(early_stopping)
def small_gains(rng):
    """Gains smaller than min_delta do not count, added up they do."""
    *losses, min_delta = _in_some_unit(rng, 4, 3, 2.8, 2.95, 2.4, 2.5, 2.3, 2.6, 2.55, 2.7, 2.65, 2.6, 0.5)
    return losses, 4, min_delta


@check(early_stopping)
def never_stopped(rng):
    """The losses end before patience does."""
    return [*np.sort(rng.uniform(1, 4, size=5))[::-1].tolist(), 5.0, 6.0], 4


# ---- ten crops ------------------------------------------------------------------------------------


@check(ten_crop)
def an_oblong_picture(rng):
    """An oblong picture of three colours."""
    return rng.normal(size=(3, 9, 7)), 3


@check(ten_crop)
def no_exact_centre(rng):
    """A picture in which the centre does not come out even."""
    return rng.normal(size=(2, 6, 9)), 3


@check(ten_crop)
def as_large_as_the_picture(rng):
    """Pieces as large as the picture."""
    return rng.normal(size=(2, 4, 4)), 4


# ---- from layer to layer --------------------------------------------------------------------------


@check(variance_after_layer)
def without_relu(rng):
    """Outputs without ReLU."""
    return rng.uniform(0.5, 3), int(rng.integers(50, 300)), rng.uniform(0.005, 0.02)


@check(variance_after_layer)
def with_relu(rng):
    """Outputs after ReLU."""
    return rng.uniform(0.5, 3), int(rng.integers(50, 300)), rng.uniform(0.005, 0.02), True


@scenario(variance_after_layer)
def twenty_layers(variance_after_layer, rng):
    """Twenty layers with ReLU and He's weights keep the size of the numbers; half that variance does not."""
    he = half = rng.uniform(0.5, 3)
    for fan_in in [100, 50] * 10:
        he = variance_after_layer(he, fan_in, 2 / fan_in, relu=True)
        half = variance_after_layer(half, fan_in, 1 / fan_in, relu=True)
    return he, half
