"""Initialisation, normalisation, dropout and early stopping: what keeps a deep network trainable.

A layer multiplies and adds. If it makes its numbers a little larger, twenty layers make them enormous; if a
little smaller, nothing is left. Good starting weights keep the size of the numbers, normalisation restores it
on the way. The rest of the assignment is about fitting no more than there is to learn: dropout, weights of
bounded size, and stopping in time.

Lectures: initialisation 000:300-470 and 003; scaling of the inputs 001:3492-3508 and 003:210; batch
normalisation 001:3592-3610; dropout 001:3624; local response normalisation 001:5083; ten crops 001:5013-5024;
bounded weights 002:1223.
Papers: Glorot and Bengio 2010; He, Zhang, Ren and Sun 2015; Ioffe and Szegedy 2015.

Symbols: N examples of D features; fan_in and fan_out the numbers of connections into and out of one unit;
xhat the normalised x; p the probability of DROPPING a unit; eps a small number inside the root.

Conventions: batch first, X (N, D); dense weights (in, out), weights of convolutions (F, C, KH, KW), pictures
channels first. Randomness comes in as an argument, a mask or a generator. Lists and whole numbers are
welcome, float64 comes back, no argument is changed.
"""

import numpy as np


def init_scale(scheme, dist, fan_in, fan_out, gain=1.0):
    """Say how widely the starting weights of a layer should be spread.

        variance of the weights = gain² · v    with v = 1 / fan_in              (lecun)
                                                    v = 2 / (fan_in + fan_out)  (glorot)
                                                    v = 2 / fan_in              (he)

    Args:
        scheme: "lecun", "glorot" or "he".
        dist: "normal", weights from N(0, std²), or "uniform", weights evenly from -limit to limit.
        fan_in: Connections into one unit, an int >= 1.
        fan_out: Connections out of one unit, an int >= 1.
        gain: Factor on the weights, a float > 0.

    Returns:
        float: the standard deviation std for "normal", the limit for "uniform". The variance is the same for
        both.

    Source: lectures 000:362-470 and 003; He et al. 2015.

    Hint: numbers spread evenly over -L … L have the variance L² / 3.

    >>> print([round(init_scale(s, "normal", 784, 256), 6) for s in ("lecun", "glorot", "he")])
    [0.035714, 0.043853, 0.050508]
    >>> print([round(init_scale(s, "uniform", 784, 256), 6) for s in ("lecun", "glorot", "he")])
    [0.061859, 0.075955, 0.087482]
    """
    raise NotImplementedError("write init_scale here")


def init_weights(rng, shape, scheme, dist):
    """Draw the starting weights of a layer.

    Args:
        rng: NumPy generator (np.random.Generator) from which every number is drawn.
        shape: (in, out) for a dense layer; (F, C, KH, KW) for F kernels over C channels.
        scheme: "lecun", "glorot" or "he", as in `init_scale`.
        dist: "normal" (the whole bell, nothing cut off) or "uniform".

    Returns:
        float64 array of that shape, gain 1. In which order the numbers are drawn is up to you.

    Source: lectures 000:362-470 and 003.

    Hint: how many numbers does one unit of a convolution look at, and into how many does one number go?

    >>> W = init_weights(np.random.default_rng(0), (300, 200), "he", "normal")
    >>> print(W.shape, bool(abs(W.std() / (2 / 300) ** 0.5 - 1) < 0.02))
    (300, 200) True
    >>> K = init_weights(np.random.default_rng(0), (64, 3, 5, 5), "lecun", "uniform")
    >>> print(K.shape, bool(abs(K).max() <= (3 / 75) ** 0.5))
    (64, 3, 5, 5) True
    """
    raise NotImplementedError("write init_weights here")


def standardize(X_train, X_test):
    """Shift and scale every feature so that it has mean 0 and standard deviation 1 in training.

    What is known of the test data is nothing: they are shifted and scaled by the numbers of the training
    data. A feature that is the same in all training examples is shifted only (divided by 1).

    Args:
        X_train: Training data (N, D).
        X_test: Test data (M, D).

    Returns:
        (A, B): both after the change, float64 arrays (N, D) and (M, D). The standard deviation divides by N.

    Source: lecture 001:3492-3508.

    Hint: one mean and one standard deviation for each column.

    >>> A, B = standardize([[1, 5], [3, 5]], [[4, 7]])
    >>> print(A.tolist(), B.tolist())
    [[-1.0, 0.0], [1.0, 0.0]] [[2.0, 2.0]]
    """
    raise NotImplementedError("write standardize here")


def pixel_norm(x):
    """Bring brightnesses from 0 … 255 to -0.5 … 0.5, without looking at any data.

        y = x / 255 - 1/2

    Args:
        x: Brightnesses, an array of any shape, as whole numbers, bytes (uint8) or floats.

    Returns:
        float64 array of the same shape.

    Source: lecture 003:210.

    Hint: try 0, 255 and what lies half-way.

    >>> print(pixel_norm([0, 51, 255]).tolist())
    [-0.5, -0.3, 0.5]
    """
    raise NotImplementedError("write pixel_norm here")


def batchnorm_forward(x, gamma, beta, run_mean, run_var, momentum=0.1, eps=1e-5, training=True):
    """Normalise every feature over the batch, then scale and shift it.

        std  = √(var + eps)
        xhat = (x - mean) / std
        y    = gamma xhat + beta

    In training mean and var are those of the batch, var divided by N. They also move the running ones:

        run  <-  (1 - momentum) run + momentum (new)

    where the new variance is the one divided by N - 1. At test time mean and var are the running ones, and
    these stay as they are.

    Args:
        x: Batch (N, D), N >= 2 in training.
        gamma: Scale (D,).
        beta: Shift (D,).
        run_mean: Running mean (D,) before the call.
        run_var: Running variance (D,) before the call.
        momentum: Weight of the new value, a float from 0 to 1.
        eps: Small float > 0, inside the root.
        training: True or False.

    Returns:
        (y, run_mean, run_var, cache): y (N, D), both running numbers after the call (D,), and what
        `batchnorm_backward` needs: the tuple (xhat, gamma, std) in training, None at test time.

    Source: lecture 001:3592-3610; Ioffe and Szegedy 2015, algorithms 1 and 2.

    Hint: np.var has an argument ddof. Which of the two variances needs it?

    >>> x = [[1, 2], [3, 6], [5, 10]]
    >>> y, mean, var, cache = batchnorm_forward(x, [1, 2], [0, 1], [0, 0], [1, 1])
    >>> print(np.round(y, 4).tolist())
    [[-1.2247, -1.4495], [0.0, 1.0], [1.2247, 3.4495]]
    >>> print(np.round(mean, 6).tolist(), np.round(var, 6).tolist())
    [0.3, 0.6] [1.3, 2.5]
    """
    raise NotImplementedError("write batchnorm_forward here")


def batchnorm_backward(dout, cache):
    """Lead the gradient back through batch normalisation in training.

    Mean and variance were computed from x, so x reaches the loss on three roads: directly, through the mean
    and through the variance.

    Args:
        dout: Gradient of the loss with respect to y (N, D).
        cache: (xhat (N, D), gamma (D,), std (D,)) as `batchnorm_forward` hands it out; std = √(var + eps).

    Returns:
        (dx, dgamma, dbeta): gradients (N, D), (D,) and (D,), summed over the batch and not averaged.

    Source: Ioffe and Szegedy 2015, section 3.

    Hint: begin with dxhat = gamma dout. What does a shift of all x of a feature do to y, and what a stretch?

    >>> xhat = np.array([[-1.5], [0.5], [0.5], [0.5]])
    >>> dx, dgamma, dbeta = batchnorm_backward([[1], [2], [3], [4]], (xhat, [2], [0.5]))
    >>> print(np.round(dx, 6).tolist(), dgamma.tolist(), dbeta.tolist())
    [[-1.5], [-3.5], [0.5], [4.5]] [3.0] [10.0]
    """
    raise NotImplementedError("write batchnorm_backward here")


def dropout_forward(x, keep_mask, p, training):
    """Switch units off at random in training, and make the others so much stronger that the mean stays.

    This is inverted dropout: all the scaling is done in training, and at test time x passes as it is.

    Args:
        x: Array of any shape.
        keep_mask: Same shape, True (or 1) where a unit is kept, False (or 0) where it is dropped.
        p: Probability with which units were dropped, a float from 0 to below 1.
        training: True or False.

    Returns:
        float64 array of the same shape.

    Source: lecture 001:3624; the scaling in training 003.

    Hint: of ten units with p = 0.2 eight are left. By what do they have to be multiplied?

    >>> print(dropout_forward([1, 2, 3, 4], [1, 0, 1, 1], 0.2, True).tolist())
    [1.25, 0.0, 3.75, 5.0]
    >>> print(dropout_forward([1, 2, 3, 4], [1, 0, 1, 1], 0.2, False).tolist())
    [1.0, 2.0, 3.0, 4.0]
    """
    raise NotImplementedError("write dropout_forward here")


def classic_dropout_test(x, p):
    """Scale what a unit says at test time, for a network that was trained with the classic dropout.

    The classic dropout switches off in training and does not scale; the scaling is left for the test.

    Args:
        x: Outputs of the units with nothing switched off, any shape.
        p: Probability with which units were dropped in training, a float from 0 to 1.

    Returns:
        float64 array of the same shape, as large as x was on average in training.

    Source: lecture 003; 001:3624 multiplies by p, which fits only where p is the probability of keeping.

    Hint: with p = 0 nothing was ever dropped.

    >>> print(classic_dropout_test([1.0, 2.0], 0.25).tolist())
    [0.75, 1.5]
    """
    raise NotImplementedError("write classic_dropout_test here")


def lrn(a, k=2, n=5, alpha=1e-4, beta=0.75):
    """Normalise each pixel by its neighbours in the channels before and after: local response normalisation.

        b[i] = a[i] / (k + alpha Σ_j a[j]²)^beta    with j from i - n // 2 to i + n // 2

    as far as there are such channels; all at one and the same pixel.

    Args:
        a: Pictures (N, C, H, W).
        k: Float > 0.
        n: Width of the window in channels, an odd int; it may be wider than C.
        alpha: Weight of the sum, a float >= 0; it is not divided by n.
        beta: Exponent, a float.

    Returns:
        float64 array (N, C, H, W).

    Source: lecture 001:5083; Krizhevsky, Sutskever and Hinton 2012.

    Hint: from channel max(0, i - n // 2) up to and with i + n // 2. A slice may end beyond the end.

    >>> a = np.array([1, 2, 3, 4]).reshape(1, 4, 1, 1)
    >>> print(np.round(lrn(a, k=1, n=3, alpha=1, beta=1), 4).ravel().tolist())
    [0.1667, 0.1333, 0.1, 0.1538]
    """
    raise NotImplementedError("write lrn here")


def max_norm(W, r):
    """Shorten the weights into each unit to length r where they are longer.

    Args:
        W: Dense weights (in, out); column j holds the weights into unit j.
        r: Largest allowed length, a float > 0.

    Returns:
        float64 array (in, out). Columns of length r or less are as they were.

    Source: lecture 002:1223.

    Hint: work out one factor for each column, 1 for those that are short enough.

    >>> print(np.round(max_norm([[3, 0.1], [4, 0.2]], 2), 6).tolist())
    [[1.2, 0.1], [1.6, 0.2]]
    """
    raise NotImplementedError("write max_norm here")


def early_stopping(val, patience, min_delta=0):
    """Find out when a training would have been stopped, and which epoch was the best until then.

    An epoch is the new best if its loss lies below the best one so far by more than min_delta. Training stops
    after the first epoch i with i - best >= patience, or after the last epoch there is.

    Args:
        val: Validation losses, one for each epoch, at least one.
        patience: Number of epochs without a new best that are borne, an int >= 1.
        min_delta: Float >= 0.

    Returns:
        (best, stopped): two ints, counted from 0: the best epoch, and the last one that was trained.

    Source: lectures 001 and 002 on regularisation.

    Hint: go through the losses one by one, as if the later ones were not known yet.

    >>> print(early_stopping([5, 4, 4.5, 4.2, 3, 2], patience=2))
    (1, 3)
    >>> print(early_stopping([5, 4, 4.5, 4.2, 3, 2], patience=3))
    (5, 5)
    """
    raise NotImplementedError("write early_stopping here")


def ten_crop(img, size):
    """Cut ten square pieces out of a picture, over which a network's answers can be averaged.

    Args:
        img: Picture (C, H, W), H and W at least `size`.
        size: Side of the pieces, an int >= 1.

    Returns:
        float64 array (10, C, size, size): top left, top right, bottom left, bottom right, centre; then the
        same five mirrored left to right. The centre begins at row (H - size) // 2 and column (W - size) // 2.

    Source: lecture 001:5013-5024.

    Hint: the bottom pieces begin at row H - size, also when that is 0.

    >>> crops = ten_crop(np.arange(9).reshape(1, 3, 3), 2)
    >>> print(crops.shape, crops[:5, 0, 0, 0].tolist(), crops[5].tolist())
    (10, 1, 2, 2) [0.0, 1.0, 3.0, 4.0, 0.0] [[[1.0, 0.0], [4.0, 3.0]]]
    """
    raise NotImplementedError("write ten_crop here")


def variance_after_layer(var_x, fan_in, var_w, relu=False):
    """Predict how large the outputs of a layer are, from its inputs and its weights.

    Inputs and weights are independent of each other, the weights are symmetric about zero, the bias is zero,
    and var_x is the mean of x². What is wanted is the mean of the squared outputs; without ReLU that is their
    variance.

    Args:
        var_x: Mean of the squared inputs, a float >= 0.
        fan_in: Inputs of one unit, an int >= 1.
        var_w: Variance of the weights, a float >= 0.
        relu: Whether the outputs pass through ReLU.

    Returns:
        float: the mean of the squared outputs.

    Source: lecture 000:440-470; He et al. 2015.

    Hint: what share of the sum of squares does ReLU throw away if positive and negative are equally frequent?

    >>> print(variance_after_layer(1.0, 100, 0.02), variance_after_layer(1.0, 100, 0.02, relu=True))
    2.0 1.0
    """
    raise NotImplementedError("write variance_after_layer here")


# Tasks 13 and 14 are read by a person. Write your sentences between the quotes.
EXPLAIN_ZERO = """
"""

EXPLAIN_BATCHNORM = """
"""
