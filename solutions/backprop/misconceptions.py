"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import _PHI, _PHI_PRIME, forward, hidden_delta, output_delta, weight_gradients


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    read = tuple(np.asarray(array, dtype=float) for array in arrays)
    return read if len(read) > 1 else read[0]


def _walk(X, Ws, bs, acts, weigh=lambda a, W, b: a @ W + b, bend=_PHI):
    """The forward pass with another way to weigh or to bend."""
    zs, as_ = [], [np.asarray(X, dtype=float)]
    for W, b, act in zip(map(_floats, Ws), map(_floats, bs), acts, strict=True):
        zs.append(weigh(as_[-1], W, b))
        as_.append(bend[act](zs[-1]))
    return zs, as_


# ---- forward --------------------------------------------------------------------------------------


@misconception(forward)
def bias_dropped(X, Ws, bs, acts):
    """The biases are never added: z = a_prev @ W + b."""
    return _walk(X, Ws, bs, acts, weigh=lambda a, W, _: a @ W)


@misconception(forward)
def bias_subtracted(X, Ws, bs, acts):
    """The bias is subtracted, like the thresholds θ of lecture 002; in this course it is added."""
    return _walk(X, Ws, bs, acts, weigh=lambda a, W, b: a @ W - b)


@misconception(forward)
def bias_added_after_the_bend(X, Ws, bs, acts):
    """The bias is added to the output, φ(a_prev @ W) + b; it belongs inside: φ(a_prev @ W + b)."""
    zs, as_ = [], [np.asarray(X, dtype=float)]
    for W, b, act in zip(map(_floats, Ws), map(_floats, bs), acts, strict=True):
        zs.append(as_[-1] @ W)
        as_.append(_PHI[act](zs[-1]) + b)
    return zs, as_


@misconception(forward)
def output_without_activation(X, Ws, bs, acts):
    """The last layer returns its sum; the output layer has an activation too, the last name in acts."""
    return _walk(X, Ws, bs, [*acts[:-1], "identity"])


@misconception(forward)
def activation_at_the_output_only(X, Ws, bs, acts):
    """Only the last layer bends its sums.

    Without a bend in the others, all layers together are worth no more than one.
    """
    return _walk(X, Ws, bs, ["identity"] * (len(acts) - 1) + [acts[-1]])


@misconception(forward)
def one_activation_for_all(X, Ws, bs, acts):
    """The first activation is used in every layer; layer l has its own, acts[l]."""
    return _walk(X, Ws, bs, [acts[0]] * len(acts))


@misconception(forward)
def sigmoid_everywhere(X, Ws, bs, acts):
    """Every layer uses the sigmoid, whatever its name in acts says."""
    return _walk(X, Ws, bs, ["sigmoid"] * len(acts))


@misconception(forward)
def sums_passed_on(X, Ws, bs, acts):
    """The next layer is given z; it should be given a = φ(z)."""
    zs, as_, passed = [], [np.asarray(X, dtype=float)], np.asarray(X, dtype=float)
    for W, b, act in zip(map(_floats, Ws), map(_floats, bs), acts, strict=True):
        passed = passed @ W + b
        zs.append(passed)
        as_.append(_PHI[act](passed))
    return zs, as_


@misconception(forward)
def every_layer_sees_the_inputs(X, Ws, bs, acts):
    """Each layer is given X again; it should be given what the layer before it put out."""
    X = np.asarray(X, dtype=float)
    zs = [X @ np.asarray(W, dtype=float) + np.asarray(b) for W, b in zip(Ws, bs, strict=True)]
    return zs, [X] + [_PHI[act](z) for z, act in zip(zs, acts, strict=True)]


@misconception(forward)
def weights_out_by_in(X, Ws, bs, acts):
    """The weights are read as (out, in), as in lecture 001; here they are (in, out): z = a_prev @ W + b."""
    return _walk(X, Ws, bs, acts, weigh=lambda a, W, b: a @ W.T + b)


@misconception(forward)
def inputs_missing_in_front(X, Ws, bs, acts):
    """The list of outputs starts with the first layer's; its first entry is X, which is needed for dW."""
    zs, as_ = forward(X, Ws, bs, acts)
    return zs, as_[1:]


@misconception(forward)
def lists_exchanged(X, Ws, bs, acts):
    """The outputs come back before the sums; the order is zs, as_."""
    return forward(X, Ws, bs, acts)[::-1]


@misconception(forward)
def only_the_last_layer(X, Ws, bs, acts):
    """Only the last sum and the last output come back; the backward pass needs those of every layer."""
    zs, as_ = forward(X, Ws, bs, acts)
    return zs[-1], as_[-1]


@misconception(forward)
def exponential_overflows(X, Ws, bs, acts):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""

    def sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    return _walk(X, Ws, bs, acts, bend={**_PHI, "sigmoid": sigmoid})


# ---- output_delta ---------------------------------------------------------------------------------


@misconception(output_delta)
def output_in_place_of_its_slope(a, d, z, act):
    """The error is multiplied by the output itself; it should be by φ'(z), for the sigmoid a (1 - a)."""
    a, d = _floats(a, d)
    return (a - d) * a


@misconception(output_delta)
def slope_left_out(a, d, z, act):
    """The delta is the bare error a - d; φ'(z) is missing. Only with cross-entropy would it cancel."""
    a, d = _floats(a, d)
    return a - d


@misconception(output_delta)
def error_turned_round(a, d, z, act):
    """The error is d - a, as on the slides, where the minus comes later; here delta is ∂E/∂z, so a - d."""
    return -output_delta(a, d, z, act)


@misconception(output_delta)
def sigmoid_slope_for_every_activation(a, d, z, act):
    """The slope is a (1 - a) whatever `act` says; that is the sigmoid's alone."""
    a, d = _floats(a, d)
    return (a - d) * a * (1 - a)


@misconception(output_delta)
def tanh_slope_for_every_activation(a, d, z, act):
    """The slope is 1 - a² whatever `act` says; that is tanh's alone."""
    a, d = _floats(a, d)
    return (a - d) * (1 - a**2)


@misconception(output_delta)
def factor_two(a, d, z, act):
    """Your delta is twice too large: E has a ½ in front of the square, which takes the 2 away."""
    return 2 * output_delta(a, d, z, act)


@misconception(output_delta)
def slope_at_the_output(a, d, z, act):
    """φ' is taken at a, after the bend, so φ is applied twice; take it at z."""
    a, d = _floats(a, d)
    return (a - d) * _PHI_PRIME[act](a)


@misconception(output_delta)
def output_formula_on_the_sum(a, d, z, act):
    """The formula for the output, a (1 - a) or 1 - a², is fed with z; z is the sum before the bend."""
    a, d, z = _floats(a, d, z)
    slope = {"sigmoid": z * (1 - z), "tanh": 1 - z**2, "relu": (z > 0) * 1.0, "identity": 1.0}[act]
    return (a - d) * slope


@misconception(output_delta)
def averaged_too_early(a, d, z, act):
    """The delta is already divided by N; a row belongs to one sample, and the mean is taken for dW and db."""
    return output_delta(a, d, z, act) / len(a)


@misconception(output_delta)
def error_squared(a, d, z, act):
    """The error itself, ½ (a - d)², is multiplied by the slope; the chain rule wants its derivative."""
    a, d, z = _floats(a, d, z)
    return 0.5 * (a - d) ** 2 * _PHI_PRIME[act](z)


@misconception(output_delta)
def errors_added_over_outputs(a, d, z, act):
    """The errors of all outputs are added first; each output has its own error and its own delta."""
    a, d, z = _floats(a, d, z)
    return (a - d).sum(axis=1, keepdims=True) * _PHI_PRIME[act](z)


@misconception(output_delta)
def targets_bent_too(a, d, z, act):
    """The error is a - φ(d); d is already a wanted output and is used as it is."""
    a, d, z = _floats(a, d, z)
    return (a - _PHI[act](d)) * _PHI_PRIME[act](z)


@misconception(output_delta)
def sum_in_place_of_the_output(a, d, z, act):
    """The error is z - d; what is compared with d is the output a = φ(z)."""
    d, z = _floats(d, z)
    return (z - d) * _PHI_PRIME[act](z)


@misconception(output_delta)
def slope_is_nan_far_out(a, d, z, act):
    """The sigmoid's slope is e^-z / (1 + e^-z)², which is ∞/∞ at z = -1000; use a (1 - a)."""
    a, d, z = _floats(a, d, z)
    if act != "sigmoid":
        return output_delta(a, d, z, act)
    return (a - d) * np.exp(-z) / (1 + np.exp(-z)) ** 2


# ---- hidden_delta ---------------------------------------------------------------------------------


@misconception(hidden_delta)
def hidden_slope_left_out(delta_next, W_next, z, act):
    """The deltas come back through the weights, but are not multiplied by φ'(z) of this layer."""
    delta_next, W_next = _floats(delta_next, W_next)
    return delta_next @ W_next.T


@misconception(hidden_delta)
def weights_not_transposed(delta_next, W_next, z, act):
    """The deltas are multiplied by W as in the forward pass; on the way back it is W.T."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return (delta_next @ W_next) * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def weights_reshaped(delta_next, W_next, z, act):
    """W was brought into shape with reshape, which mixes up its numbers; W.T exchanges rows and columns."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return (delta_next @ W_next.reshape(W_next.shape[::-1])) * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def sum_taken_for_the_output(delta_next, W_next, z, act):
    """The formula for the output, a (1 - a) or 1 - a², is fed with z; bend z first, or use a formula in z."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    slope = {"sigmoid": z * (1 - z), "tanh": 1 - z**2, "relu": (z > 0) * 1.0, "identity": 1.0}[act]
    return (delta_next @ W_next.T) * slope


@misconception(hidden_delta)
def activation_in_place_of_its_slope(delta_next, W_next, z, act):
    """The blame is multiplied by φ(z); it should be by the slope φ'(z)."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return (delta_next @ W_next.T) * _PHI[act](z)


@misconception(hidden_delta)
def hidden_slope_at_the_output(delta_next, W_next, z, act):
    """φ' is taken at a = φ(z), so φ is applied twice; take it at z."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return (delta_next @ W_next.T) * _PHI_PRIME[act](_PHI[act](z))


@misconception(hidden_delta)
def sigmoid_slope_whatever_the_name(delta_next, W_next, z, act):
    """The slope is the sigmoid's whatever `act` says."""
    return hidden_delta(delta_next, W_next, z, "sigmoid")


@misconception(hidden_delta)
def samples_added_up(delta_next, W_next, z, act):
    """The deltas are added over the batch before they are handed back; each sample keeps its own row."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return (delta_next.sum(axis=0, keepdims=True) @ W_next.T) * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def first_unit_only(delta_next, W_next, z, act):
    """Only the first unit of the next layer hands its delta back, as the slide reads; sum over all k."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    return delta_next[:, :1] * W_next[:, 0] * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def deltas_without_weights(delta_next, W_next, z, act):
    """The deltas of the next layer are added without their weights, so every unit gets the same blame."""
    delta_next, z = _floats(delta_next, z)
    return delta_next.sum(axis=1, keepdims=True) * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def blame_turned_round(delta_next, W_next, z, act):
    """The sign is turned once more on the way back; delta_next has the sign of the gradient already."""
    return -hidden_delta(delta_next, W_next, z, act)


@misconception(hidden_delta)
def averaged_over_the_batch(delta_next, W_next, z, act):
    """The delta is divided by N; a row belongs to one sample, and the mean is taken for the weights."""
    return hidden_delta(delta_next, W_next, z, act) / len(delta_next)


@misconception(hidden_delta)
def gate_on_the_blame(delta_next, W_next, z, act):
    """The gate of relu was put on the sign of the blame; it opens where the sum z was positive."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    blame = delta_next @ W_next.T
    return np.maximum(blame, 0) if act == "relu" else blame * _PHI_PRIME[act](z)


@misconception(hidden_delta)
def hidden_slope_is_nan_far_out(delta_next, W_next, z, act):
    """The sigmoid's slope is e^-z / (1 + e^-z)², which is ∞/∞ at z = -1000; use s (1 - s)."""
    delta_next, W_next, z = _floats(delta_next, W_next, z)
    if act != "sigmoid":
        return hidden_delta(delta_next, W_next, z, act)
    return (delta_next @ W_next.T) * np.exp(-z) / (1 + np.exp(-z)) ** 2


# ---- weight_gradients -----------------------------------------------------------------------------


@misconception(weight_gradients)
def added_up_over_the_batch(a_prev, delta):
    """Both gradients are sums over the batch; E is a mean, so both are divided by N."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta, delta.sum(axis=0)


@misconception(weight_gradients)
def bias_gradient_not_averaged(a_prev, delta):
    """The weights have a mean over the batch, the biases a sum; both dW and db are means."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta / len(delta), delta.sum(axis=0)


@misconception(weight_gradients)
def weight_gradient_not_averaged(a_prev, delta):
    """The biases have a mean over the batch, the weights a sum; both dW and db are means."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta, delta.mean(axis=0)


@misconception(weight_gradients)
def out_by_in(a_prev, delta):
    """Your dW is (out, in), as in lecture 001; here it has the shape of W, which is (in, out)."""
    dW, db = weight_gradients(a_prev, delta)
    return dW.T, db


@misconception(weight_gradients)
def bias_gradient_over_units(a_prev, delta):
    """Your db averages over the units, one number for each sample; average over the samples instead."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta / len(delta), delta.mean(axis=1)


@misconception(weight_gradients)
def one_bias_gradient_for_the_layer(a_prev, delta):
    """Your db is a single number, the mean of all deltas; each unit has its own bias and its own mean."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta / len(delta), delta.mean()


@misconception(weight_gradients)
def averaged_over_units_too(a_prev, delta):
    """Both gradients are divided by the number of deltas, N times J; the mean is over the batch alone."""
    dW, db = weight_gradients(a_prev, delta)
    return dW / len(db), db / len(db)


@misconception(weight_gradients)
def downhill_already(a_prev, delta):
    """The sign is that of the weight change on the slides, -∂E/∂W; return the gradient itself."""
    dW, db = weight_gradients(a_prev, delta)
    return -dW, -db


@misconception(weight_gradients)
def product_of_the_means(a_prev, delta):
    """Inputs and deltas are averaged first and multiplied then; multiply for each sample, then average."""
    a_prev, delta = _floats(a_prev, delta)
    return np.outer(a_prev.mean(axis=0), delta.mean(axis=0)), delta.mean(axis=0)


@misconception(weight_gradients)
def inputs_reshaped(a_prev, delta):
    """The inputs were reshaped, which mixes samples; a_prev.T exchanges rows and columns."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.reshape(a_prev.shape[::-1]) @ delta / len(delta), delta.mean(axis=0)


@misconception(weight_gradients)
def last_sample_only(a_prev, delta):
    """Only the last sample counts: each one overwrites what the one before it gave. Add them up."""
    a_prev, delta = _floats(a_prev, delta)
    N = len(delta)
    return np.outer(a_prev[-1], delta[-1]) / N, delta[-1] / N


@misconception(weight_gradients)
def bias_gradient_from_the_inputs(a_prev, delta):
    """Your db is the mean of the inputs; the input of a bias is 1, so it is the mean of the deltas."""
    a_prev, delta = _floats(a_prev, delta)
    return a_prev.T @ delta / len(delta), a_prev.mean(axis=0)
