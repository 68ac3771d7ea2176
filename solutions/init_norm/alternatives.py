"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

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


@alternative(init_scale)
def scale_case_by_case(scheme, dist, fan_in, fan_out, gain=1.0):
    """The limits with the six under the root, as they stand in the papers."""
    factor = {"normal": 1.0, "uniform": 3.0}[dist]
    if scheme == "lecun":
        return gain * math.sqrt(factor / fan_in)
    if scheme == "glorot":
        return gain * math.sqrt(2 * factor / (fan_in + fan_out))
    return gain * math.sqrt(2 * factor / fan_in)


@alternative(init_scale)
def scale_by_the_mean_fan(scheme, dist, fan_in, fan_out, gain=1.0):
    """The variance first, with the mean of both fans."""
    fan = (fan_in + fan_out) / 2 if scheme == "glorot" else fan_in
    variance = gain**2 * (2 if scheme == "he" else 1) / fan
    return np.sqrt(variance * 3) if dist == "uniform" else np.sqrt(variance)


@alternative(init_weights)
def weights_by_the_generators_own_scale(rng, shape, scheme, dist):
    """rng.normal with a scale, drawn in the transposed order."""
    area = math.prod(shape[2:])
    fans = (shape[0], shape[1]) if len(shape) == 2 else (shape[1] * area, shape[0] * area)
    scale = init_scale(scheme, dist, *fans)
    turned = tuple(reversed(shape))
    return (rng.normal(0, scale, turned) if dist == "normal" else rng.uniform(-scale, scale, turned)).T


@alternative(init_weights)
def weights_one_output_at_a_time(rng, shape, scheme, dist):
    """Row by row, uniform numbers made of random() between 0 and 1."""
    area = math.prod(shape[2:])
    fans = (shape[0], shape[1]) if len(shape) == 2 else (shape[1] * area, shape[0] * area)
    scale = init_scale(scheme, dist, *fans)
    rows = [
        rng.normal(size=shape[1:]) if dist == "normal" else 2 * rng.random(shape[1:]) - 1
        for _ in range(shape[0])
    ]
    return scale * np.array(rows)


@alternative(standardize)
def standardize_column_by_column(X_train, X_test):
    """A loop over the features; lists come back."""
    A, B = np.array(X_train, dtype=float), np.array(X_test, dtype=float)
    for j in range(A.shape[1]):
        mean, std = np.mean(A[:, j]), np.std(A[:, j])
        if std == 0:
            std = 1
        A[:, j], B[:, j] = (A[:, j] - mean) / std, (B[:, j] - mean) / std
    return A.tolist(), B.tolist()


@alternative(standardize)
def standardize_by_the_centred_squares(X_train, X_test):
    """The spread from the centred data, tiny ones taken as zero."""
    A, B = np.asarray(X_train, dtype=float), np.asarray(X_test, dtype=float)
    mean = np.mean(A, axis=0)
    A, B = A - mean, B - mean
    std = np.sqrt(np.mean(A**2, axis=0))
    std[std < 1e-12] = 1
    return A / std, B / std


@alternative(pixel_norm)
def pixels_over_one_denominator(x):
    """Twice the brightness less 255, over 510; nested lists come back."""
    return ((2 * np.asarray(x, dtype=float) - 255) / 510).tolist()


@alternative(pixel_norm)
def pixels_in_single_precision(x):
    """Everything in float32."""
    return np.asarray(x, dtype=np.float32) * np.float32(1 / 255) - np.float32(0.5)


@alternative(batchnorm_forward)
def batchnorm_with_a_corrected_variance(
    x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True
):
    """One variance, multiplied by N / (N - 1) for the running one, which move by the difference."""
    x, gamma, beta, run_mean, run_var = (
        np.asarray(a, dtype=float) for a in (x, gamma, beta, run_mean, run_var)
    )
    N = len(x)
    mean, var = (x.sum(0) / N, ((x - x.sum(0) / N) ** 2).sum(0) / N) if training else (run_mean, run_var)
    std = (var + eps) ** 0.5
    xhat = (x - mean) / std
    y = xhat * gamma + beta
    if not training:
        return y, run_mean.copy(), run_var.copy(), None
    run_mean = run_mean + momentum * (mean - run_mean)
    run_var = run_var + momentum * (var * N / (N - 1) - run_var)
    return y, run_mean, run_var, [xhat, gamma, std]


@alternative(batchnorm_forward)
def batchnorm_feature_by_feature(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """A loop over the features with a scale and a shift for each."""
    x = np.asarray(x, dtype=float)
    y, xhat = np.empty_like(x), np.empty_like(x)
    means, variances = np.array(run_mean, dtype=float), np.array(run_var, dtype=float)
    std = np.empty(x.shape[1])
    for d in range(x.shape[1]):
        mean, var = (np.mean(x[:, d]), np.var(x[:, d])) if training else (means[d], variances[d])
        std[d] = math.sqrt(var + eps)
        xhat[:, d] = (x[:, d] - mean) / std[d]
        y[:, d] = gamma[d] * xhat[:, d] + beta[d]
        if training:
            means[d] = (1 - momentum) * means[d] + momentum * mean
            variances[d] = (1 - momentum) * variances[d] + momentum * np.var(x[:, d], ddof=1)
    return y, means, variances, (xhat, np.asarray(gamma, dtype=float), std) if training else None


@alternative(batchnorm_backward)
def backward_in_one_line(dout, cache):
    """The compact form with N in front."""
    xhat, gamma, std = (np.asarray(a, dtype=float) for a in cache)
    dout = np.asarray(dout, dtype=float)
    N, dbeta, dgamma = len(dout), dout.sum(0), (dout * xhat).sum(0)
    return gamma / (N * std) * (N * dout - dbeta - xhat * dgamma), dgamma, dbeta


@alternative(batchnorm_backward)
def backward_road_by_road(dout, cache):
    """The gradients of variance and mean, one after the other, as in the paper."""
    xhat, gamma, std = (np.asarray(a, dtype=float) for a in cache)
    dout = np.asarray(dout, dtype=float)
    N = len(dout)
    dxhat, centred = dout * gamma, xhat * std
    dvar = np.sum(dxhat * centred, axis=0) * -0.5 * std**-3
    dmean = -np.sum(dxhat, axis=0) / std - 2 * dvar * np.mean(centred, axis=0)
    dx = dxhat / std + dvar * 2 * centred / N + dmean / N
    return dx, np.einsum("nd,nd->d", dout, xhat), np.einsum("nd->d", dout)


@alternative(dropout_forward)
def dropout_by_a_scaled_mask(x, keep_mask, p, training):
    """The mask divided by 1 - p, then one product."""
    x = np.asarray(x, dtype=float)
    return x * (np.asarray(keep_mask, dtype=float) / (1 - p)) if training else x


@alternative(dropout_forward)
def dropout_by_assignment(x, keep_mask, p, training):
    """A copy in which the dropped units are set to zero."""
    out = np.array(x, dtype=float)
    if training:
        out[~np.asarray(keep_mask, dtype=bool)] = 0
        out *= 1 / (1 - p)
    return out


@alternative(classic_dropout_test)
def dropout_less_its_share(x, p):
    """Less the share that was dropped."""
    x = np.asarray(x, dtype=float)
    return x - p * x


@alternative(classic_dropout_test)
def dropout_in_single_precision(x, p):
    """Everything in float32."""
    return np.asarray(x, dtype=np.float32) * np.float32(1 - p)


@alternative(lrn)
def lrn_by_running_sums(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Windows over the channels with a border of zeros."""
    a = np.asarray(a, dtype=float)
    half, C = n // 2, a.shape[1]
    squares = np.pad(a**2, ((0, 0), (half, half), (0, 0), (0, 0)))
    total = sum(squares[:, s : s + C] for s in range(n))
    return a * (k + alpha * total) ** -beta


@alternative(lrn)
def lrn_by_a_band_matrix(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """The window as a matrix of zeros and ones, and logarithms for the power."""
    a = np.asarray(a, dtype=float)
    i = np.arange(a.shape[1])
    band = (np.abs(i[:, None] - i) <= n // 2).astype(float)
    return a * np.exp(-beta * np.log(k + alpha * np.einsum("ij,njhw->nihw", band, a * a)))


@alternative(max_norm)
def max_norm_column_by_column(W, r):
    """A loop over the columns that are too long."""
    W = np.array(W, dtype=float)
    for j in range(W.shape[1]):
        length = np.linalg.norm(W[:, j])
        if length > r:
            W[:, j] = W[:, j] / length * r
    return W


@alternative(max_norm)
def max_norm_with_a_small_number(W, r):
    """The clipped length divided by the length, with a tiny number against a division by zero."""
    W = np.asarray(W, dtype=float)
    length = np.linalg.norm(W, axis=0, keepdims=True)
    return W * np.clip(length, 0, r) / (length + 1e-12)


@alternative(early_stopping)
def stopping_with_a_counter(val, patience, min_delta=0):
    """A counter of epochs without a new best."""
    best, lowest, waited, epoch = 0, math.inf, 0, 0
    while epoch < len(val):
        if lowest - val[epoch] > min_delta:
            best, lowest, waited = epoch, val[epoch], 0
        else:
            waited += 1
        if waited >= patience:
            break
        epoch += 1
    return best, min(epoch, len(val) - 1)


@alternative(early_stopping)
def stopping_by_the_list_of_bests(val, patience, min_delta=0):
    """First all epochs that would be a new best, then the first gap that is too long."""
    bests = [0]
    for i in range(1, len(val)):
        if val[i] + min_delta < val[bests[-1]]:
            bests.append(i)
    for now, following in zip(bests, [*bests[1:], math.inf], strict=True):
        if following - now > patience and now + patience < len(val):
            return now, now + patience
    return bests[-1], len(val) - 1


@alternative(ten_crop)
def crops_from_the_end(img, size):
    """Corners by slices, the bottom and right ones counted from the end."""
    img, s = np.asarray(img, dtype=float), size
    i, j = int((img.shape[1] - s) / 2), int((img.shape[2] - s) / 2)
    five = [img[:, :s, :s], img[:, :s, -s:], img[:, -s:, :s], img[:, -s:, -s:], img[:, i : i + s, j : j + s]]
    return np.array(five + [np.flip(c, axis=2) for c in five])


@alternative(ten_crop)
def crops_from_a_mirrored_picture(img, size):
    """The mirrored pieces cut out of the mirrored picture."""
    img = np.asarray(img, dtype=float)
    (_, H, W), s = img.shape, size
    mirrored, out = np.fliplr(img.transpose(1, 2, 0)).transpose(2, 0, 1), []
    starts = [(0, 0), (0, W - s), (H - s, 0), (H - s, W - s), ((H - s) // 2, (W - s) // 2)]
    out += [img[:, i : i + s, j : j + s] for i, j in starts]
    out += [mirrored[:, i : i + s, W - s - j : W - j] for i, j in starts]
    return np.stack(out)


@alternative(variance_after_layer)
def variance_by_a_factor(var_x, fan_in, var_w, relu=False):
    """One factor of a half."""
    return (0.5 if relu else 1.0) * var_x * (var_w * fan_in)


@alternative(variance_after_layer)
def variance_by_adding_up(var_x, fan_in, var_w, relu=False):
    """The sum over all inputs, one by one."""
    total = sum(var_x * var_w for _ in range(fan_in))
    return total * 0.5 if relu else total
