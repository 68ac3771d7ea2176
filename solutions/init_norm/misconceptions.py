"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

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


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.array(a, dtype=float) for a in arrays)


# ---- init_scale -----------------------------------------------------------------------------------


@misconception(init_scale)
def variance_for_spread(scheme, dist, fan_in, fan_out, gain=1.0):
    """This hands back the variance, or what follows from it; the root is still to be taken."""
    std = init_scale(scheme, "normal", fan_in, fan_out, gain)
    return std**2 if dist == "normal" else np.sqrt(3) * std**2


@misconception(init_scale)
def limit_is_the_spread(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your limit is the standard deviation itself; numbers spread over -L … L have less spread than L."""
    return init_scale(scheme, "normal", fan_in, fan_out, gain)


@misconception(init_scale)
def width_for_limit(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your limit is the width of the whole interval; it reaches from -limit to limit."""
    return init_scale(scheme, dist, fan_in, fan_out, gain) * (2 if dist == "uniform" else 1)


@misconception(init_scale)
def four_times_glorot(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your Glorot is four times too wide, as in the table of lecture 002; here the factor is 1."""
    return init_scale(scheme, dist, fan_in, fan_out, gain) * (4 if scheme == "glorot" else 1)


@misconception(init_scale)
def he_from_glorot(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your He is Glorot times √2, as in lecture 002; He's formula looks at fan_in only."""
    if scheme == "he":
        return init_scale("glorot", dist, fan_in, fan_out, gain) * np.sqrt(2)
    return init_scale(scheme, dist, fan_in, fan_out, gain)


@misconception(init_scale)
def he_with_fan_out(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your He divides by fan_out; what a unit adds up are its inputs."""
    return init_scale(scheme, dist, fan_out if scheme == "he" else fan_in, fan_out, gain)


@misconception(init_scale)
def lecun_with_fan_out(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your LeCun divides by fan_out; what a unit adds up are its inputs."""
    return init_scale(scheme, dist, fan_out if scheme == "lecun" else fan_in, fan_out, gain)


@misconception(init_scale)
def glorot_with_the_sum(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your Glorot divides by the sum of both fans; it divides by their mean."""
    return init_scale(scheme, dist, fan_in, fan_out, gain) / (np.sqrt(2) if scheme == "glorot" else 1)


@misconception(init_scale)
def gain_ignored(scheme, dist, fan_in, fan_out, gain=1.0):
    """The gain is not used."""
    return init_scale(scheme, dist, fan_in, fan_out)


@misconception(init_scale)
def gain_under_the_root(scheme, dist, fan_in, fan_out, gain=1.0):
    """Your gain multiplies the variance; it multiplies the weights, so outside the root."""
    return init_scale(scheme, dist, fan_in, fan_out, np.sqrt(gain))


# ---- init_weights ---------------------------------------------------------------------------------


def _drawn(rng, shape, scheme, dist, fan_in, fan_out):
    """Weights for given fans."""
    scale = init_scale(scheme, dist, fan_in, fan_out)
    return scale * (rng.standard_normal(shape) if dist == "normal" else rng.uniform(-1, 1, size=shape))


@misconception(init_weights)
def first_axis_is_fan_in(rng, shape, scheme, dist):
    """Your fans are the first two numbers of the shape; kernels have F first, and their area counts too."""
    return _drawn(rng, shape, scheme, dist, shape[0], shape[1])


@misconception(init_weights)
def kernel_area_forgotten(rng, shape, scheme, dist):
    """Your fans count the channels only; a unit sees KH · KW numbers in each of them."""
    fans = shape if len(shape) == 2 else (shape[1], shape[0])
    return _drawn(rng, shape, scheme, dist, *fans)


@misconception(init_weights)
def fan_out_without_the_area(rng, shape, scheme, dist):
    """Your fan_out of a convolution is F; every number goes into F units at each of KH · KW places."""
    fans = shape if len(shape) == 2 else (int(np.prod(shape[1:])), shape[0])
    return _drawn(rng, shape, scheme, dist, *fans)


@misconception(init_weights)
def dense_fans_exchanged(rng, shape, scheme, dist):
    """You read a dense shape as (out, in); here it is (in, out)."""
    if len(shape) == 2:
        return _drawn(rng, shape, scheme, dist, shape[1], shape[0])
    return init_weights(rng, shape, scheme, dist)


@misconception(init_weights)
def tails_cut_off(rng, shape, scheme, dist):
    """Your normal weights end at two standard deviations; here the whole bell is wanted."""
    if dist == "uniform":
        return init_weights(rng, shape, scheme, dist)
    W = rng.standard_normal(shape)
    while np.any(far := np.abs(W) > 2):
        W[far] = rng.standard_normal(int(far.sum()))
    return W * _drawn(_Ones(), shape, scheme, dist, *_fans_of(shape))


class _Ones:
    """A generator whose every number is 1, to read off a scale."""

    def standard_normal(self, shape):
        return np.ones(shape)


def _fans_of(shape):
    area = int(np.prod(shape[2:]))
    return (shape[0], shape[1]) if len(shape) == 2 else (shape[1] * area, shape[0] * area)


@misconception(init_weights)
def all_zeros(rng, shape, scheme, dist):
    """All your weights are zero; then all units stay alike, and those with ReLU never learn."""
    return np.zeros(shape)


@misconception(init_weights)
def all_the_same(rng, shape, scheme, dist):
    """All your weights are the same number; then all units of a layer stay alike for ever."""
    return np.full(shape, init_scale(scheme, dist, *_fans_of(shape)))


@misconception(init_weights)
def a_seed_of_its_own(rng, shape, scheme, dist):
    """The generator you are given is not used; with a seed of your own every layer gets the same numbers."""
    return init_weights(np.random.default_rng(0), shape, scheme, dist)


@misconception(init_weights)
def positive_weights_only(rng, shape, scheme, dist):
    """Your uniform weights begin at 0; they reach from -limit to limit."""
    return (
        np.abs(init_weights(rng, shape, scheme, dist))
        if dist == "uniform"
        else init_weights(rng, shape, scheme, dist)
    )


@misconception(init_weights)
def always_a_bell(rng, shape, scheme, dist):
    """Your weights are normal whatever dist says."""
    return init_weights(rng, shape, scheme, "normal")


# ---- standardize ----------------------------------------------------------------------------------


def _numbers(X):
    """Mean and spread of every feature, a constant one with spread 1."""
    return X.mean(axis=0), np.where(np.ptp(X, axis=0) == 0, 1.0, X.std(axis=0))


@misconception(standardize)
def test_data_by_their_own_numbers(X_train, X_test):
    """The test data are standardised by their own mean and spread; use those of the training data."""
    X_test = np.asarray(X_test, dtype=float)
    mean, std = _numbers(X_test)
    return standardize(X_train, X_test)[0], (X_test - mean) / std


@misconception(standardize)
def both_data_together(X_train, X_test):
    """Mean and spread were taken over training and test data together; only the training may be used."""
    X_train, X_test = _floats(X_train, X_test)
    mean, std = _numbers(np.concatenate([X_train, X_test]))
    return (X_train - mean) / std, (X_test - mean) / std


@misconception(standardize)
def spread_with_one_less(X_train, X_test):
    """Your standard deviation divides by N - 1; here it divides by N."""
    X_train, X_test = _floats(X_train, X_test)
    mean, std = _numbers(X_train)
    std = np.where(np.ptp(X_train, axis=0) == 0, 1.0, X_train.std(axis=0, ddof=1))
    return (X_train - mean) / std, (X_test - mean) / std


@misconception(standardize)
def one_mean_for_all(X_train, X_test):
    """There is one mean and one spread for all your features; each feature has its own."""
    X_train, X_test = _floats(X_train, X_test)
    return (X_train - X_train.mean()) / X_train.std(), (X_test - X_train.mean()) / X_train.std()


@misconception(standardize)
def example_by_example(X_train, X_test):
    """You standardised every example by itself; mean and spread belong to a feature, down a column."""
    return tuple(
        (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True) for X in _floats(X_train, X_test)
    )


@misconception(standardize)
def divides_by_zero_spread(X_train, X_test):
    """A feature that never changes has spread 0, and you divide by it; divide by 1 there."""
    X_train, X_test = _floats(X_train, X_test)
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / std, (X_test - mean) / std


@misconception(standardize)
def a_little_more_spread(X_train, X_test):
    """A small number is added to every spread; a feature that never changes is then blown up in the test."""
    X_train, X_test = _floats(X_train, X_test)
    mean, std = X_train.mean(axis=0), X_train.std(axis=0) + 1e-8
    return (X_train - mean) / std, (X_test - mean) / std


@misconception(standardize)
def divides_by_the_variance_of_a_feature(X_train, X_test):
    """You divided by the variance; its root is the spread."""
    X_train, X_test = _floats(X_train, X_test)
    mean, std = _numbers(X_train)
    return (X_train - mean) / std**2, (X_test - mean) / std**2


@misconception(standardize)
def shrinks_to_an_interval(X_train, X_test):
    """You moved every feature to the interval from 0 to 1; mean 0 and spread 1 are wanted."""
    X_train, X_test = _floats(X_train, X_test)
    low, width = X_train.min(axis=0), np.ptp(X_train, axis=0)
    width = np.where(width == 0, 1.0, width)
    return (X_train - low) / width, (X_test - low) / width


@misconception(standardize)
def centres_in_place(X_train, X_test):
    """The answer is right, but X -= mean also changed the data of the caller."""
    X_train, X_test = np.asarray(X_train, dtype=float), np.asarray(X_test, dtype=float)
    mean, std = _numbers(X_train)
    X_train -= mean
    X_test -= mean
    return X_train / std, X_test / std


@misconception(standardize)
def features_cut_to_whole_numbers(X_train, X_test):
    """Your results took their type from whole-number data, so the fractions were cut off."""
    A, B = standardize(X_train, X_test)
    return A.astype(np.asarray(X_train).dtype), B.astype(np.asarray(X_test).dtype)


@misconception(pixel_norm)
def from_zero_to_one(x):
    """This runs from 0 to 1; a half is taken off, so that the inputs lie around 0."""
    return np.asarray(x, dtype=float) / 255


@misconception(pixel_norm)
def from_minus_one_to_one(x):
    """This runs from -1 to 1, as some libraries have it; here it runs from -0.5 to 0.5."""
    return np.asarray(x, dtype=float) / 127.5 - 1


@misconception(pixel_norm)
def divided_by_256(x):
    """There are 256 shades, but the brightest is 255: divide by that, or white is not 0.5."""
    return np.asarray(x, dtype=float) / 256 - 0.5


@misconception(pixel_norm)
def half_taken_off_first(x):
    """The half is taken off the brightness before the division, where it is next to nothing."""
    return (np.asarray(x, dtype=float) - 0.5) / 255


@misconception(pixel_norm)
def shades_divided_as_whole_numbers(x):
    """Whole numbers are divided by `//`, and only black and white are left."""
    return np.asarray(x) // 255 - 0.5


@misconception(pixel_norm)
def by_the_range_of_the_picture(x):
    """The darkest and brightest pixel of this picture set the scale; it is 0 to 255 for all of them."""
    x = np.asarray(x, dtype=float)
    return (x - x.min()) / np.ptp(x) - 0.5


@misconception(pixel_norm)
def by_the_mean_of_the_picture(x):
    """The mean of this picture is taken off; one half is, whatever the picture."""
    x = np.asarray(x, dtype=float) / 255
    return x - x.mean()


@misconception(pixel_norm)
def picture_overwritten(x):
    """The answer is right, but the caller's picture has been overwritten; `x /= 255` changes it."""
    answer = pixel_norm(x)
    x[...] = answer
    return answer


# ---- batchnorm_forward ----------------------------------------------------------------------------


def _norm(x, gamma, beta, run_mean, run_var, momentum, training, root, ddof=0, running_ddof=1):
    """Batch normalisation with a `root` of its own and other variances."""
    x, gamma, beta, run_mean, run_var = _floats(x, gamma, beta, run_mean, run_var)
    if not training:
        return gamma * (x - run_mean) / root(run_var) + beta, run_mean, run_var, None
    std = root(x.var(axis=0, ddof=ddof))
    xhat = (x - x.mean(axis=0)) / std
    run_mean = (1 - momentum) * run_mean + momentum * x.mean(axis=0)
    run_var = (1 - momentum) * run_var + momentum * x.var(axis=0, ddof=running_ddof)
    return gamma * xhat + beta, run_mean, run_var, (xhat, gamma, std)


@misconception(batchnorm_forward)
def unbiased_to_normalise(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """The batch is normalised by the variance divided by N - 1; that one belongs to the running variance."""
    root = lambda v: np.sqrt(v + eps)  # noqa: E731 - one line is enough
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, root, ddof=1)


@misconception(batchnorm_forward)
def biased_running_variance(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your running variance gathers the variance divided by N; for all data it is the one by N - 1."""
    root = lambda v: np.sqrt(v + eps)  # noqa: E731 - one line is enough
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, root, running_ddof=0)


@misconception(batchnorm_forward)
def eps_outside(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your eps is added to the root; in batch normalisation it stands inside, √(var + eps)."""
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, lambda v: np.sqrt(v) + eps)


@misconception(batchnorm_forward)
def no_eps(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """There is no eps, so a feature without variance is divided by zero."""
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, np.sqrt)


@misconception(batchnorm_forward)
def eps_always_the_same(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your eps is 1e-5 whatever the argument says."""
    return batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, 1e-5, training)


@misconception(batchnorm_forward)
def divides_by_the_variance(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """You divided by the variance; its root is what measures the spread."""
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, lambda v: v + eps)


@misconception(batchnorm_forward)
def spread_of_the_variances(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """You wrote np.std(var + eps), which measures how the variances differ; np.sqrt is meant."""
    root = lambda v: np.std(v + eps) + 0 * v  # noqa: E731 - one line is enough
    return _norm(x, gamma, beta, run_mean, run_var, momentum, training, root)


@misconception(batchnorm_forward)
def momentum_on_the_old(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your momentum weighs the old value, as in Keras; here it weighs the new one."""
    return batchnorm_forward(x, gamma, beta, run_mean, run_var, 1 - momentum, eps, training)


@misconception(batchnorm_forward)
def batch_numbers_at_test_time(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """At test time the batch is normalised by its own numbers; the running ones are meant for that."""
    y, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps)
    return (y, mean, var, cache) if training else (y, *_floats(run_mean, run_var), None)


@misconception(batchnorm_forward)
def running_numbers_in_training(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """In training the batch is normalised by the running numbers; it should be by its own."""
    _, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    return (
        batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training=False)[0],
        mean,
        var,
        cache,
    )


@misconception(batchnorm_forward)
def moves_at_test_time(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your running numbers move at test time, too; nothing may be learned there."""
    y, _, _, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    return y, *batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps)[1:3], cache


@misconception(batchnorm_forward)
def parameters_forgotten_at_test_time(
    x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True
):
    """At test time gamma and beta are missing; they were learned for it."""
    if not training:
        gamma, beta = np.ones_like(run_mean), np.zeros_like(run_mean)
    return batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)


@misconception(batchnorm_forward)
def normalises_every_example(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """You normalised every example over its features (layer normalisation); here it is each feature."""
    _, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    x, gamma, beta = _floats(x, gamma, beta)
    xhat = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + eps)
    return gamma * xhat + beta, mean, var, cache


@misconception(batchnorm_forward)
def gamma_and_beta_exchanged(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """The scale is gamma, the shift is beta; here they have changed places."""
    return batchnorm_forward(x, beta, gamma, run_mean, run_var, momentum, eps, training)


@misconception(batchnorm_forward)
def running_spread(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your running variance gathers standard deviations; the root is taken only when it is used."""
    y, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    if training:
        var = (1 - momentum) * np.asarray(run_var) + momentum * np.std(x, axis=0, ddof=1)
    return y, mean, var, cache


@misconception(batchnorm_forward)
def x_in_the_cache(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Your cache holds x itself; the way back needs the normalised xhat."""
    y, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    return y, mean, var, (np.asarray(x), *cache[1:]) if training else None


@misconception(batchnorm_forward)
def running_numbers_in_place(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """The answer is right, but *= and += changed the running numbers of the caller as well."""
    y, mean, var, cache = batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum, eps, training)
    run_mean[...], run_var[...] = mean, var
    return y, run_mean, run_var, cache


# ---- batchnorm_backward ---------------------------------------------------------------------------


def _roads(dout, cache):
    """Dxhat and what the mean and the variance take away from it."""
    xhat, gamma, std = _floats(*cache)
    dxhat = gamma * np.asarray(dout, dtype=float)
    return dxhat, dxhat.mean(axis=0), xhat * np.mean(dxhat * xhat, axis=0), std


@misconception(batchnorm_backward)
def numbers_as_constants(dout, cache):
    """Mean and variance are treated as constants; both depend on x and lead gradients of their own."""
    dxhat, _, _, std = _roads(dout, cache)
    return dxhat / std, *batchnorm_backward(dout, cache)[1:]


@misconception(batchnorm_backward)
def road_through_the_variance_missing(dout, cache):
    """The road through the variance is missing; a stretch of x must change nothing."""
    dxhat, mean, _, std = _roads(dout, cache)
    return (dxhat - mean) / std, *batchnorm_backward(dout, cache)[1:]


@misconception(batchnorm_backward)
def road_through_the_mean_missing(dout, cache):
    """The road through the mean is missing; a shift of x must change nothing."""
    dxhat, _, stretch, std = _roads(dout, cache)
    return (dxhat - stretch) / std, *batchnorm_backward(dout, cache)[1:]


@misconception(batchnorm_backward)
def gamma_forgotten(dout, cache):
    """The factor gamma is missing on the way back to x; y changes gamma times as much as xhat does."""
    return batchnorm_backward(dout, (cache[0], np.ones_like(cache[1], dtype=float), cache[2]))[0], *(
        batchnorm_backward(dout, cache)[1:]
    )


@misconception(batchnorm_backward)
def std_forgotten(dout, cache):
    """The division by std is missing in dx; a feature of large spread feels a step of 1 the less."""
    return batchnorm_backward(dout, (cache[0], cache[1], np.ones_like(cache[2], dtype=float)))


@misconception(batchnorm_backward)
def std_squared(dout, cache):
    """Your dx is divided by the variance; the third entry of the cache is a spread and divides once."""
    return batchnorm_backward(dout, (cache[0], cache[1], np.asarray(cache[2], dtype=float) ** 2))


@misconception(batchnorm_backward)
def gradient_of_gamma_with_x(dout, cache):
    """Your dgamma multiplies dout by x less its mean; gamma was multiplied by xhat."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma * np.asarray(cache[2], dtype=float), dbeta


@misconception(batchnorm_backward)
def mean_for_sum(dout, cache):
    """Your dgamma and dbeta are averaged over the batch; every example adds its share, so they are sums."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma / len(dx), dbeta / len(dx)


@misconception(batchnorm_backward)
def gamma_and_beta_gradients_exchanged(dout, cache):
    """Your dgamma and dbeta come back in the wrong order."""
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dbeta, dgamma


@misconception(batchnorm_backward)
def works_in_the_cache(dout, cache):
    """The answer is right, but dout was multiplied in place and has changed for the caller."""
    answer = batchnorm_backward(dout, cache)
    dout *= np.asarray(cache[1])
    return answer


# ---- dropout --------------------------------------------------------------------------------------


@misconception(dropout_forward)
def p_as_keeping(x, keep_mask, p, training):
    """The kept units are divided by p; p is the probability of dropping, and they were kept with 1 - p."""
    x, keep = _floats(x, keep_mask)
    return x * keep / np.float64(p) if training else x


@misconception(dropout_forward)
def kept_units_not_scaled(x, keep_mask, p, training):
    """The kept units are not scaled up, so the sums in training are smaller than at test time."""
    x, keep = _floats(x, keep_mask)
    return x * keep if training else x


@misconception(dropout_forward)
def scaled_at_test_time_only(x, keep_mask, p, training):
    """This is the classic dropout, which scales at test time; here all scaling is done in training."""
    x, keep = _floats(x, keep_mask)
    return x * keep if training else x * (1 - p)


@misconception(dropout_forward)
def scaled_twice(x, keep_mask, p, training):
    """Training scales up, and at test time you scale down as well; one of them is enough, in training."""
    x, keep = _floats(x, keep_mask)
    return x * keep / (1 - p) if training else x * (1 - p)


@misconception(dropout_forward)
def times_p_at_test_time(x, keep_mask, p, training):
    """At test time you multiply by p; x passes as it is there."""
    x, keep = _floats(x, keep_mask)
    return x * keep / (1 - p) if training else x * p


@misconception(dropout_forward)
def mask_turned_round(x, keep_mask, p, training):
    """You drop the units that should be kept; True in the mask means kept."""
    x, keep = _floats(x, keep_mask)
    return x * (1 - keep) / (1 - p) if training else x


@misconception(dropout_forward)
def scaled_down(x, keep_mask, p, training):
    """The kept units are multiplied by 1 - p; they have to speak for the dropped ones, so they get louder."""
    x, keep = _floats(x, keep_mask)
    return x * keep * (1 - p) if training else x


@misconception(dropout_forward)
def drops_at_test_time_too(x, keep_mask, p, training):
    """Units are dropped at test time, too; there all of them speak."""
    x, keep = _floats(x, keep_mask)
    return x * keep / (1 - p)


@misconception(dropout_forward)
def dropped_in_place(x, keep_mask, p, training):
    """The answer is right, but x *= mask changed the caller's array."""
    x = np.asarray(x, dtype=float)
    if training:
        x *= np.asarray(keep_mask, dtype=float)
        x /= 1 - p
    return x


@misconception(dropout_forward)
def signal_cut_to_whole_numbers(x, keep_mask, p, training):
    """Your result took its type from whole numbers, so the fractions were cut off."""
    return dropout_forward(x, keep_mask, p, training).astype(np.asarray(x).dtype)


@misconception(classic_dropout_test)
def times_p(x, p):
    """You multiply by p, as a slide of lecture 001 says; but p is the share that was dropped."""
    return np.asarray(x, dtype=float) * p


@misconception(classic_dropout_test)
def nothing_done(x, p):
    """Your x comes back as it is, which belongs to inverted dropout; the classic one scales now."""
    return np.array(x, dtype=float)


@misconception(classic_dropout_test)
def divided_by_keeping(x, p):
    """You divide by 1 - p; at test time more units speak than in training, so each must be quieter."""
    return np.asarray(x, dtype=float) / (1 - p)


@misconception(classic_dropout_test)
def root_of_keeping(x, p):
    """You multiply by the root of 1 - p; it is the mean that has to fit, not the spread."""
    return np.asarray(x, dtype=float) * np.sqrt(1 - p)


# ---- lrn ------------------------------------------------------------------------------------------


@misconception(lrn)
def alpha_divided_by_n(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your alpha is divided by n, as in torch; here it multiplies the sum as it is."""
    return lrn(a, k, n, alpha / n, beta)


@misconception(lrn)
def n_as_radius(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your window reaches n channels to either side; n is the width of the whole window."""
    return lrn(a, k, 2 * n + 1, alpha, beta)


@misconception(lrn)
def within_one_channel(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your window lies in the picture, within one channel; it should run across the channels."""
    (a,) = _floats(a)
    total, half = np.zeros_like(a), n // 2
    for i, j in np.ndindex(a.shape[2:]):
        patch = a[:, :, max(0, i - half) : i + half + 1, max(0, j - half) : j + half + 1]
        total[:, :, i, j] = np.sum(patch**2, axis=(2, 3))
    return a / (k + alpha * total) ** beta


def _window(a, n, of, after=1):
    """Sums of `of` over the channels of the window."""
    (a,) = _floats(a)
    half, v = n // 2, of(a)
    sums = [v[:, max(0, i - half) : i + half + after].sum(axis=1) for i in range(a.shape[1])]
    return a, np.stack(sums, axis=1)


@misconception(lrn)
def always_the_root(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """You take the square root of the bracket; the exponent is beta."""
    return lrn(a, k, n, alpha, 0.5)


@misconception(lrn)
def sizes_for_squares(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """You add up the sizes |a|; their squares are wanted."""
    a, total = _window(a, n, np.abs)
    return a / (k + alpha * total) ** beta


@misconception(lrn)
def last_channel_left_out(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your window ends before channel i + n // 2; a slice leaves its end out, so add one."""
    a, total = _window(a, n, np.square, after=0)
    return a / (k + alpha * total) ** beta


@misconception(lrn)
def round_the_corner(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your window goes round from the first channel to the last; it ends where the channels end."""
    (a,) = _floats(a)
    total = sum(np.roll(a**2, s, axis=1) for s in range(-(n // 2), n // 2 + 1))
    return a / (k + alpha * total) ** beta


@misconception(lrn)
def k_ignored(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your k is 2 whatever the argument says."""
    return lrn(a, 2, n, alpha, beta)


@misconception(lrn)
def multiplies(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """You multiply by the bracket; strong neighbours should make a unit weaker."""
    return lrn(a, k, n, alpha, -beta)


@misconception(lrn)
def pictures_cut_to_whole_numbers(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Your result took its type from whole-number pictures, so the fractions were cut off."""
    return lrn(a, k, n, alpha, beta).astype(np.asarray(a).dtype)


# ---- max_norm -------------------------------------------------------------------------------------


def _shorten(W, r, length):
    """All shortened to r whose length is more."""
    return W * np.where(length > r, r / np.where(length > 0, length, 1), 1.0)


@misconception(max_norm)
def rows_for_columns(W, r):
    """You measured rows, the weights out of a unit, as axes=1 in lecture 002 does; columns lead into one."""
    (W,) = _floats(W)
    return _shorten(W, r, np.linalg.norm(W, axis=1, keepdims=True))


@misconception(max_norm)
def length_of_the_whole_matrix(W, r):
    """You measured all weights together; each unit has its own bound."""
    (W,) = _floats(W)
    return _shorten(W, r, np.linalg.norm(W))


@misconception(max_norm)
def always_length_r(W, r):
    """Short columns are made longer; those that are short enough stay as they are."""
    (W,) = _floats(W)
    length = np.linalg.norm(W, axis=0)
    return W * (r / np.where(length > 0, length, 1))


@misconception(max_norm)
def number_by_number(W, r):
    """Every weight is cut off at r by itself; it is the length of a column that is bounded."""
    return np.clip(np.asarray(W, dtype=float), -r, r)


@misconception(max_norm)
def length_without_the_root(W, r):
    """Your length is the sum of squares; its root is missing."""
    (W,) = _floats(W)
    return _shorten(W, r, np.sum(W**2, axis=0))


@misconception(max_norm)
def sum_of_sizes(W, r):
    """Your length is the sum of |w|; the ordinary length is wanted, the root of the sum of squares."""
    (W,) = _floats(W)
    return _shorten(W, r, np.sum(np.abs(W), axis=0))


@misconception(max_norm)
def divides_by_zero_length(W, r):
    """A unit whose weights are all zero is divided by its length 0; take care that this cannot happen."""
    (W,) = _floats(W)
    return W * np.minimum(1, r / np.linalg.norm(W, axis=0))


@misconception(max_norm)
def shortened_in_place(W, r):
    """The answer is right, but the caller's weights were shortened as well."""
    W = np.asarray(W, dtype=float)
    W *= r / np.maximum(np.linalg.norm(W, axis=0), r)
    return W


@misconception(max_norm)
def weights_cut_to_whole_numbers(W, r):
    """Your result took its type from whole-number weights, so the fractions were cut off."""
    return max_norm(W, r).astype(np.asarray(W).dtype)


# ---- early_stopping -------------------------------------------------------------------------------


def _stop(val, patience, better, out=lambda i, best, patience: i - best >= patience):
    """Early stopping with another idea of better, or of enough."""
    best = 0
    for i, loss in enumerate(val):
        if i and better(loss, val[best]):
            best = i
        if out(i, best, patience):
            return best, i
    return best, len(val) - 1


@misconception(early_stopping)
def last_for_best(val, patience, min_delta=0):
    """You hand back the last epoch as the best; the best one lies patience epochs before it."""
    _, stopped = early_stopping(val, patience, min_delta)
    return stopped, stopped


@misconception(early_stopping)
def one_epoch_too_long(val, patience, min_delta=0):
    """You stop one epoch too late: i - best = patience is enough."""
    return _stop(val, patience, lambda new, old: new < old - min_delta, lambda i, b, p: i - b > p)


@misconception(early_stopping)
def one_epoch_too_short(val, patience, min_delta=0):
    """You stop one epoch too early: i - best has to reach patience."""
    return early_stopping(val, patience - 1, min_delta)


@misconception(early_stopping)
def equal_is_better(val, patience, min_delta=0):
    """An equal loss counts as a new best; it has to be lower."""
    return _stop(val, patience, lambda new, old: new <= old - min_delta)


@misconception(early_stopping)
def min_delta_ignored(val, patience, min_delta=0):
    """Any gain counts; it has to be more than min_delta."""
    return early_stopping(val, patience)


@misconception(early_stopping)
def min_delta_the_other_way(val, patience, min_delta=0):
    """min_delta is added to the best loss, so a worse epoch counts as better; it is subtracted."""
    return early_stopping(val, patience, -min_delta) if min_delta else early_stopping(val, patience)


@misconception(early_stopping)
def looks_at_the_end_first(val, patience, min_delta=0):
    """Your best is the lowest loss of all; after the stop no epoch is trained any more."""
    return int(np.argmin(val)), early_stopping(val, patience, min_delta)[1]


@misconception(early_stopping)
def compared_with_the_epoch_before(val, patience, min_delta=0):
    """Each loss is compared with the one before; it should be compared with the best so far."""
    best = 0
    for i in range(1, len(val)):
        if val[i] < val[i - 1] - min_delta:
            best = i
        if i - best >= patience:
            return best, i
    return best, len(val) - 1


@misconception(early_stopping)
def counted_from_one(val, patience, min_delta=0):
    """Your epochs are counted from 1; here the first one is 0."""
    best, stopped = early_stopping(val, patience, min_delta)
    return best + 1, stopped + 1


# ---- ten_crop -------------------------------------------------------------------------------------


@misconception(ten_crop)
def upside_down(img, size):
    """The second five are turned upside down; they are mirrored left to right."""
    five = ten_crop(img, size)[:5]
    return np.concatenate([five, five[:, :, ::-1]])


@misconception(ten_crop)
def five_only(img, size):
    """There are five pieces only; the same five mirrored come after them."""
    return ten_crop(img, size)[:5]


@misconception(ten_crop)
def centre_rounded_up(img, size):
    """Your centre begins half a pixel too late; where it does not come out even, round down."""
    img = np.asarray(img, dtype=float)
    crops = ten_crop(img, size).copy()
    i, j = (img.shape[1] - size + 1) // 2, (img.shape[2] - size + 1) // 2
    crops[4] = img[:, i : i + size, j : j + size]
    crops[9] = crops[4, :, :, ::-1]
    return crops


@misconception(ten_crop)
def mirrored_in_pairs(img, size):
    """Each piece is followed by its mirror image; first come the five, then their mirror images."""
    return ten_crop(img, size)[[0, 5, 1, 6, 2, 7, 3, 8, 4, 9]]


@misconception(ten_crop)
def clockwise(img, size):
    """You go round clockwise; bottom left comes before bottom right."""
    return ten_crop(img, size)[[0, 1, 3, 2, 4, 5, 6, 8, 7, 9]]


@misconception(ten_crop)
def corners_of_the_mirror_image(img, size):
    """The second five were cut from the mirrored picture, so left and right have changed places in them."""
    return ten_crop(img, size)[[0, 1, 2, 3, 4, 6, 5, 8, 7, 9]]


@misconception(ten_crop)
def down_before_across(img, size):
    """Bottom left and top right have changed places."""
    return ten_crop(img, size)[[0, 2, 1, 3, 4, 5, 7, 6, 8, 9]]


# ---- variance_after_layer -------------------------------------------------------------------------


@misconception(variance_after_layer)
def variance_after_relu(var_x, fan_in, var_w, relu=False):
    """After ReLU you took the variance, 0.34 of what came in; the mean of the squares is wanted."""
    return fan_in * var_w * var_x * (0.5 - 0.5 / np.pi if relu else 1.0)


@misconception(variance_after_layer)
def relu_ignored(var_x, fan_in, var_w, relu=False):
    """ReLU is ignored; it throws the negative outputs away."""
    return fan_in * var_w * var_x


@misconception(variance_after_layer)
def relu_by_a_root(var_x, fan_in, var_w, relu=False):
    """You divide by √2 after ReLU, which is what happens to the root of the mean square."""
    return fan_in * var_w * var_x / (np.sqrt(2) if relu else 1.0)


@misconception(variance_after_layer)
def inputs_not_counted(var_x, fan_in, var_w, relu=False):
    """fan_in is missing; a unit adds up fan_in products."""
    return variance_after_layer(var_x, 1, var_w, relu)


@misconception(variance_after_layer)
def root_handed_back(var_x, fan_in, var_w, relu=False):
    """You hand back the root; the mean of the squares itself is wanted."""
    return np.sqrt(variance_after_layer(var_x, fan_in, var_w, relu))
