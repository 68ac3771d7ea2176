"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import (
    _PHI,
    _PHI_PRIME,
    backprop,
    ebp_step_threshold,
    forward,
    hidden_delta,
    linear_collapse,
    numerical_gradient,
    output_delta,
    step_approximator,
    weight_gradients,
)


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
def switched_on_at_zero(a, d, z, act):
    """At a sum of exactly 0 the slope of your relu is 1; a kink has no slope, and this course takes 0."""
    a, d, z = _floats(a, d, z)
    return (a - d) * (z >= 0) if act == "relu" else output_delta(a, d, z, act)


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


# ---- backprop -------------------------------------------------------------------------------------


def _plain_sigmoid(z):
    """The sigmoid with an exponential that overflows far out."""
    return np.exp(z) / (1 + np.exp(z))


def _hand_back(l, delta, Ws, zs, acts):
    """The deltas of layer l from those of the layer after it, as it should be."""
    return hidden_delta(delta, Ws[l + 1], zs[l], acts[l])


def _back(X, D, Ws, bs, acts, first=output_delta, further=_hand_back):
    """Back-propagation with other deltas: `first` at the output, `further(l, …)` at layer l before it."""
    Ws = [_floats(W) for W in Ws]
    zs, as_ = forward(X, Ws, bs, acts)
    deltas = [first(as_[-1], _floats(D), zs[-1], acts[-1])]
    for l in reversed(range(len(Ws) - 1)):
        deltas.insert(0, further(l, deltas[0], Ws, zs, acts))
    dWs, dbs = zip(*(weight_gradients(a, delta) for a, delta in zip(as_, deltas, strict=False)), strict=True)
    return list(dWs), list(dbs)


def _scaled(gradients, factor):
    """All gradients times a factor."""
    return tuple([factor * part for part in parts] for parts in gradients)


@misconception(backprop)
def slope_at_the_sums_of_the_next_layer(X, D, Ws, bs, acts):
    """φ' is taken at the sums of the layer after this one, as lecture 001 prints it.

    A hidden unit passes blame on by its own slope, at its own sum.
    """

    def further(l, delta, Ws, zs, acts):
        return (delta @ Ws[l + 1].T) * _PHI_PRIME[acts[l]](zs[l + 1])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def activation_of_the_next_layer(X, D, Ws, bs, acts):
    """The slope of a hidden layer is that of the activation after it: an index one too high in acts."""

    def further(l, delta, Ws, zs, acts):
        return hidden_delta(delta, Ws[l + 1], zs[l], acts[l + 1])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def stops_after_one_hidden_layer(X, D, Ws, bs, acts):
    """The deltas reach the last hidden layer and no further, so the layers before it never learn."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    early = max(len(Ws) - 2, 0)
    return [0 * dW for dW in dWs[:early]] + dWs[early:], [0 * db for db in dbs[:early]] + dbs[early:]


@misconception(backprop)
def output_layer_only(X, D, Ws, bs, acts):
    """Only the output layer has a gradient; handing the deltas back to the hidden layers is missing."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    return [0 * dW for dW in dWs[:-1]] + dWs[-1:], [0 * db for db in dbs[:-1]] + dbs[-1:]


@misconception(backprop)
def output_delta_for_every_layer(X, D, Ws, bs, acts):
    """Each layer is handed the delta of the output; it should be that of the layer right after it."""
    zs, as_ = forward(X, Ws, bs, acts)
    last = output_delta(as_[-1], D, zs[-1], acts[-1])

    def further(l, delta, Ws, zs, acts):
        return hidden_delta(last, Ws[l + 1], zs[l], acts[l])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def lists_in_backward_order(X, D, Ws, bs, acts):
    """The gradients stand in the order in which they were found, the output layer first; turn both lists."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    return dWs[::-1], dbs[::-1]


@misconception(backprop)
def bias_gradients_in_backward_order(X, D, Ws, bs, acts):
    """The list of the bias gradients begins with the output layer, that of the weights with the first."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    return dWs, dbs[::-1]


@misconception(backprop)
def a_pair_for_each_layer(X, D, Ws, bs, acts):
    """One list of pairs comes back; wanted are two lists, one of weights and one of biases."""
    return list(zip(*backprop(X, D, Ws, bs, acts), strict=True))


@misconception(backprop)
def gradients_out_by_in(X, D, Ws, bs, acts):
    """Your dWs are (out, in), as in lecture 001; each has the shape of its W, which is (in, out)."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    return [dW.T for dW in dWs], dbs


@misconception(backprop)
def summed_over_the_batch(X, D, Ws, bs, acts):
    """The gradients are sums over the samples; E is a mean, so they are divided by N."""
    return _scaled(backprop(X, D, Ws, bs, acts), len(X))


@misconception(backprop)
def divided_by_the_batch_twice(X, D, Ws, bs, acts):
    """The gradients are divided by N twice, once in the deltas and once in weight_gradients."""
    return _scaled(backprop(X, D, Ws, bs, acts), 1 / len(X))


@misconception(backprop)
def way_down_for_the_gradient(X, D, Ws, bs, acts):
    """The sign is that of a step downhill, -∂E/∂W; return the gradient itself."""
    return _scaled(backprop(X, D, Ws, bs, acts), -1)


@misconception(backprop)
def slope_of_the_output_forgotten(X, D, Ws, bs, acts):
    """The deltas of the output are a - d, as if the loss were cross-entropy; here φ'(z) belongs to them."""
    return _back(X, D, Ws, bs, acts, first=lambda a, d, *_: a - d)


@misconception(backprop)
def slopes_forgotten_on_the_way(X, D, Ws, bs, acts):
    """The deltas come back through the weights alone; each hidden layer multiplies them by its φ'(z)."""
    return _back(X, D, Ws, bs, acts, further=lambda l, delta, Ws, *_: delta @ Ws[l + 1].T)


@misconception(backprop)
def slope_of_the_sigmoid_everywhere(X, D, Ws, bs, acts):
    """Every slope on the way back is the sigmoid's, whatever the names in acts say."""

    def first(a, d, z, act):
        return output_delta(a, d, z, "sigmoid")

    def further(l, delta, Ws, zs, acts):
        return hidden_delta(delta, Ws[l + 1], zs[l], "sigmoid")

    return _back(X, D, Ws, bs, acts, first, further)


@misconception(backprop)
def weights_in_front_of_the_layer(X, D, Ws, bs, acts):
    """The deltas of layer l come back through Ws[l], which lies in front of it; behind it lies Ws[l + 1]."""

    def further(l, delta, Ws, zs, acts):
        return hidden_delta(delta, Ws[l], zs[l], acts[l])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def weights_walked_forwards(X, D, Ws, bs, acts):
    """On the way back the weights are used as on the way there; it takes their transpose."""

    def further(l, delta, Ws, zs, acts):
        return (delta @ Ws[l + 1]) * _PHI_PRIME[acts[l]](zs[l])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def weights_moved_on_the_way(X, D, Ws, bs, acts):
    """A layer is updated before its deltas are handed back, so they come through the new weights.

    The gradient belongs to the old weights, all of them: first all gradients, then the update.
    """
    _, as_ = forward(X, Ws, bs, acts)

    def further(l, delta, Ws, zs, acts):
        moved = Ws[l + 1] - weight_gradients(as_[l + 1], delta)[0]
        return hidden_delta(delta, moved, zs[l], acts[l])

    return _back(X, D, Ws, bs, acts, further=further)


@misconception(backprop)
def sums_that_came_in(X, D, Ws, bs, acts):
    """The gradients are made with the sums z of the layer before; what went into a layer is a = φ(z)."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    zs, as_ = forward(X, Ws, bs, acts)
    delta = output_delta(as_[-1], D, zs[-1], acts[-1])
    for l in reversed(range(len(Ws))):
        dWs[l] = weight_gradients(zs[l - 1] if l else as_[0], delta)[0]
        if l:
            delta = hidden_delta(delta, Ws[l], zs[l - 1], acts[l - 1])
    return dWs, dbs


@misconception(backprop)
def outputs_of_the_layer_itself(X, D, Ws, bs, acts):
    """The gradient of a layer is made with what came out of it; it takes what went in, as_[l]."""
    zs, as_ = forward(X, Ws, bs, acts)
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    delta = output_delta(as_[-1], D, zs[-1], acts[-1])
    for l in reversed(range(len(Ws))):
        dWs[l] = weight_gradients(as_[l + 1], delta)[0]
        if l:
            delta = hidden_delta(delta, Ws[l], zs[l - 1], acts[l - 1])
    return dWs, dbs


@misconception(backprop)
def sigmoid_that_overflows(X, D, Ws, bs, acts):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    zs, as_ = _walk(X, Ws, bs, acts, bend={**_PHI, "sigmoid": _plain_sigmoid})
    delta = output_delta(as_[-1], D, zs[-1], acts[-1])
    gradients = [weight_gradients(as_[-2], delta)]
    for l in reversed(range(1, len(Ws))):
        delta = hidden_delta(delta, Ws[l], zs[l - 1], acts[l - 1])
        gradients.insert(0, weight_gradients(as_[l - 1], delta))
    return tuple(map(list, zip(*gradients, strict=True)))


@misconception(backprop)
def learns_right_away(X, D, Ws, bs, acts):
    """The gradients are right, but the weights of the caller were changed; the update has its own place."""
    dWs, dbs = backprop(X, D, Ws, bs, acts)
    for W, dW in zip(Ws, dWs, strict=True):
        if isinstance(W, np.ndarray) and W.dtype == float:
            W[...] -= 0.1 * dW
    return dWs, dbs


# ---- ebp_step_threshold ---------------------------------------------------------------------------


def _blame(x, y, V, gamma, W, theta, bend=_PHI["sigmoid"], sign=-1):
    """The outputs b of the hidden units, and g and e, as they should be."""
    b = bend(x @ V + sign * gamma)
    y_hat = bend(b @ W + sign * theta)
    g = (y - y_hat) * y_hat * (1 - y_hat)
    return b, g, b * (1 - b) * (W @ g)


def _moved(x, V, gamma, W, theta, eta, b, g, e):
    """The step itself."""
    return V + eta * np.outer(x, e), gamma - eta * e, W + eta * np.outer(b, g), theta - eta * g


@misconception(ebp_step_threshold)
def blamed_through_the_new_weights(x, y, V, gamma, W, theta, eta):
    """W was updated first and then used to hand the blame back, in the order of a sentence of lecture 002.

    The mistake was made by the old weights: compute g and e, then move everything.
    """
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, _ = _blame(x, y, V, gamma, W, theta)
    e = b * (1 - b) * ((W + eta * np.outer(b, g)) @ g)
    return _moved(x, V, gamma, W, theta, eta, b, g, e)


@misconception(ebp_step_threshold)
def thresholds_moved_like_biases(x, y, V, gamma, W, theta, eta):
    """Both thresholds move by +eta, like biases; they are subtracted, so one has to fall to raise a sum."""
    V1, gamma1, W1, theta1 = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    gamma, theta = _floats(gamma, theta)
    return V1, 2 * gamma - gamma1, W1, 2 * theta - theta1


@misconception(ebp_step_threshold)
def hidden_thresholds_moved_like_biases(x, y, V, gamma, W, theta, eta):
    """The thresholds gamma are moved by +eta e; like theta they are subtracted from a sum, so it is minus."""
    V1, gamma1, W1, theta1 = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return V1, 2 * _floats(gamma) - gamma1, W1, theta1


@misconception(ebp_step_threshold)
def output_thresholds_moved_like_biases(x, y, V, gamma, W, theta, eta):
    """The thresholds theta are moved by +eta g; like gamma they are subtracted from a sum, so it is minus."""
    V1, gamma1, W1, theta1 = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return V1, gamma1, W1, 2 * _floats(theta) - theta1


@misconception(ebp_step_threshold)
def error_climbed(x, y, V, gamma, W, theta, eta):
    """Every step goes uphill: g has the sign of y - ŷ here, so weights move by plus, thresholds by minus."""
    return ebp_step_threshold(x, y, V, gamma, W, theta, -eta)


@misconception(ebp_step_threshold)
def thresholds_added_to_the_sums(x, y, V, gamma, W, theta, eta):
    """The thresholds are added to the sums, like biases; what a sum has to exceed is subtracted from it."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, *_blame(x, y, V, gamma, W, theta, sign=1))


@misconception(ebp_step_threshold)
def thresholds_left_out_of_the_sums(x, y, V, gamma, W, theta, eta):
    """The thresholds move, but the sums are taken without them."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, *_blame(x, y, V, gamma, W, theta, sign=0))


@misconception(ebp_step_threshold)
def thresholds_never_moved(x, y, V, gamma, W, theta, eta):
    """The weights learn and the thresholds do not; both belong to the network."""
    V1, _, W1, _ = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return V1, _floats(gamma), W1, _floats(theta)


@misconception(ebp_step_threshold)
def slope_forgotten_in_g(x, y, V, gamma, W, theta, eta):
    """Your g is the bare error y - ŷ; the slope of the output, ŷ (1 - ŷ), belongs to it."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, _, _ = _blame(x, y, V, gamma, W, theta)
    g = y - _PHI["sigmoid"](b @ W - theta)
    return _moved(x, V, gamma, W, theta, eta, b, g, b * (1 - b) * (W @ g))


@misconception(ebp_step_threshold)
def slope_forgotten_in_e(x, y, V, gamma, W, theta, eta):
    """Your e is the blame alone; the slope of the hidden unit, b (1 - b), belongs to it."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, _ = _blame(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, b, g, W @ g)


@misconception(ebp_step_threshold)
def learning_rate_forgotten(x, y, V, gamma, W, theta, eta):
    """The step is taken as if eta were 1."""
    return ebp_step_threshold(x, y, V, gamma, W, theta, 1.0)


@misconception(ebp_step_threshold)
def learning_rate_used_twice(x, y, V, gamma, W, theta, eta):
    """Your g contains eta already, so the hidden layer is multiplied by it twice."""
    V1, gamma1, W1, theta1 = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    V, gamma = _floats(V, gamma)
    return V + eta * (V1 - V), gamma + eta * (gamma1 - gamma), W1, theta1


@misconception(ebp_step_threshold)
def only_the_changes(x, y, V, gamma, W, theta, eta):
    """The changes come back; wanted are the weights and thresholds after the step."""
    old = _floats(V, gamma, W, theta)
    new = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return tuple(after - before for after, before in zip(new, old, strict=True))


@misconception(ebp_step_threshold)
def output_layer_first(x, y, V, gamma, W, theta, eta):
    """The answers are right and in the wrong order: V and gamma of the hidden layer come first."""
    V, gamma, W, theta = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return W, theta, V, gamma


@misconception(ebp_step_threshold)
def blamed_by_the_first_output_only(x, y, V, gamma, W, theta, eta):
    """A hidden unit hears from the first output alone; its e is a sum over all outputs j."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, _ = _blame(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, b, g, b * (1 - b) * W[:, 0] * g[0])


@misconception(ebp_step_threshold)
def blame_without_weights(x, y, V, gamma, W, theta, eta):
    """The g of all outputs are added without their weights, so every hidden unit gets the same blame."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, _ = _blame(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, b, g, b * (1 - b) * g.sum())


@misconception(ebp_step_threshold)
def weights_used_the_way_they_came(x, y, V, gamma, W, theta, eta):
    """The blame is g @ W, which sums over the hidden units; it is W @ g, a sum over the outputs."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, _ = _blame(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, b, g, b * (1 - b) * (g @ W))


@misconception(ebp_step_threshold)
def sums_in_the_step_of_w(x, y, V, gamma, W, theta, eta):
    """W is moved by the sums of the hidden units times g; it is their outputs b that went through W."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    b, g, e = _blame(x, y, V, gamma, W, theta)
    V1, gamma1, _, theta1 = _moved(x, V, gamma, W, theta, eta, b, g, e)
    return V1, gamma1, W + eta * np.outer(x @ V - gamma, g), theta1


@misconception(ebp_step_threshold)
def twice_the_step(x, y, V, gamma, W, theta, eta):
    """Every step is twice too long: the ½ in E takes away the 2 of the square."""
    return ebp_step_threshold(x, y, V, gamma, W, theta, 2 * eta)


@misconception(ebp_step_threshold)
def weights_cut_to_whole_numbers(x, y, V, gamma, W, theta, eta):
    """Your weights kept the type of the whole numbers they came as, and no step is as long as 1.

    Begin with np.asarray(V, dtype=float).
    """
    new = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    return tuple(n.astype(np.asarray(o).dtype) for n, o in zip(new, (V, gamma, W, theta), strict=True))


@misconception(ebp_step_threshold)
def exponential_of_a_thousand(x, y, V, gamma, W, theta, eta):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    x, y, V, gamma, W, theta = _floats(x, y, V, gamma, W, theta)
    return _moved(x, V, gamma, W, theta, eta, *_blame(x, y, V, gamma, W, theta, bend=_plain_sigmoid))


@misconception(ebp_step_threshold)
def moves_the_callers_weights(x, y, V, gamma, W, theta, eta):
    """The answer is right, but W += … changed the arrays of the caller; W = W + … makes new ones."""
    new = ebp_step_threshold(x, y, V, gamma, W, theta, eta)
    for old, after in zip((V, gamma, W, theta), new, strict=True):
        if isinstance(old, np.ndarray) and old.dtype == float:
            old[...] = after
    return new


# ---- numerical_gradient ---------------------------------------------------------------------------


def _slopes(f, theta, quotient):
    """`quotient(i, theta)` for every place i."""
    theta = _floats(theta)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        gradient[i] = quotient(i, theta)
    return gradient


def _pushed(theta, i, by):
    """A copy of theta, pushed in one place."""
    pushed = theta.copy()
    pushed[i] += by
    return pushed


@misconception(numerical_gradient)
def pushed_to_one_side(f, theta, h=1e-5):
    """You push to one side only, (f(θ + h) - f(θ)) / h, whose error falls with h and not with h²."""
    return _slopes(f, theta, lambda i, t: (f(_pushed(t, i, h)) - f(t)) / h)


@misconception(numerical_gradient)
def pushed_to_the_other_side(f, theta, h=1e-5):
    """You push to one side only, (f(θ) - f(θ - h)) / h, whose error falls with h and not with h²."""
    return _slopes(f, theta, lambda i, t: (f(t) - f(_pushed(t, i, -h))) / h)


@misconception(numerical_gradient)
def divided_by_half_the_way(f, theta, h=1e-5):
    """You divide by h; from θ - h to θ + h it is 2h."""
    return 2 * numerical_gradient(f, theta, h)


@misconception(numerical_gradient)
def h_outside_the_denominator(f, theta, h=1e-5):
    """You wrote / 2 * h, which divides by 2 and multiplies by h; it takes brackets: / (2 * h)."""
    return numerical_gradient(f, theta, h) * h * h


@misconception(numerical_gradient)
def left_minus_right(f, theta, h=1e-5):
    """The sign is turned round: it is the value at θ + h minus that at θ - h."""
    return -numerical_gradient(f, theta, h)


@misconception(numerical_gradient)
def pushes_that_pile_up(f, theta, h=1e-5):
    """Each number is pushed and never put back, so the later slopes are taken at another place."""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        above = f(theta.copy())
        theta[i] -= 2 * h
        gradient[i] = (above - f(theta.copy())) / (2 * h)
    return gradient


@misconception(numerical_gradient)
def all_pushed_at_once(f, theta, h=1e-5):
    """All numbers are pushed together, which gives the sum of all slopes; push one at a time."""
    theta = _floats(theta)
    return np.full(theta.shape, (f(theta + h) - f(theta - h)) / (2 * h))


@misconception(numerical_gradient)
def only_the_first_axis(f, theta, h=1e-5):
    """Your loop runs over the first axis and pushes whole rows; every single number has its own slope."""
    theta = _floats(theta)
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        gradient[i] = (f(_pushed(theta, i, h)) - f(_pushed(theta, i, -h))) / (2 * h)
    return gradient


@misconception(numerical_gradient)
def shape_not_restored(f, theta, h=1e-5):
    """The slopes come back in a row; they have the shape of theta."""
    return numerical_gradient(f, theta, h).ravel()


@misconception(numerical_gradient)
def h_of_its_own(f, theta, h=1e-5):
    """The push is 0.00001 whatever h says."""
    return numerical_gradient(f, theta)


@misconception(numerical_gradient)
def another_h_by_default(f, theta, h=1e-6):
    """Without an h you push by 0.000001; it should be 0.00001."""
    return numerical_gradient(f, theta, h)


@misconception(numerical_gradient)
def push_in_proportion(f, theta, h=1e-5):
    """The push is h times the number, and nothing where that is 0; every number is pushed by h itself."""
    return _slopes(
        f, theta, lambda i, t: (f(_pushed(t, i, h * t[i])) - f(_pushed(t, i, -h * t[i]))) / (2 * h * t[i])
    )


@misconception(numerical_gradient)
def bend_in_place_of_the_slope(f, theta, h=1e-5):
    """(f(θ + h) - 2 f(θ) + f(θ - h)) / h² is the second derivative; the first was asked for."""
    return _slopes(f, theta, lambda i, t: (f(_pushed(t, i, h)) - 2 * f(t) + f(_pushed(t, i, -h))) / h**2)


@misconception(numerical_gradient)
def slopes_cut_to_whole_numbers(f, theta, h=1e-5):
    """np.zeros_like(theta) is an array of whole numbers where theta holds such, and every slope was cut.

    Begin with np.asarray(theta, dtype=float).
    """
    return numerical_gradient(f, theta, h).astype(np.asarray(theta).dtype)


@misconception(numerical_gradient)
def pushes_lost_in_whole_numbers(f, theta, h=1e-5):
    """An array of whole numbers cannot be pushed by 0.00001: 3.00001 becomes 3 again, and 2.99999 becomes 2.

    Begin with np.asarray(theta, dtype=float).
    """
    kept = np.asarray(theta)
    gradient = np.zeros(kept.shape)
    for i in np.ndindex(kept.shape):
        up, down = kept.copy(), kept.copy()
        up[i], down[i] = kept[i] + h, kept[i] - h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@misconception(numerical_gradient)
def put_back_by_adding(f, theta, h=1e-5):
    """You push the caller's own array to and fro; added and subtracted, h leaves rounding behind.

    Push a copy.
    """
    answer, theta = numerical_gradient(f, theta, h), _floats(theta)
    for i in np.ndindex(theta.shape):
        theta[i] += h
        theta[i] -= 2 * h
        theta[i] += h
    return answer


# ---- linear_collapse ------------------------------------------------------------------------------


@misconception(linear_collapse)
def second_layer_first(W1, b1, W2, b2):
    """The product is W2 @ W1, as lecture 001 writes layers; where samples are rows, W1 comes first."""
    W1, W2 = _floats(W1, W2)
    return W2 @ W1, linear_collapse(np.eye(len(W2)), b1, W2, b2)[1]


@misconception(linear_collapse)
def first_bias_lost(W1, b1, W2, b2):
    """The bias of the first layer is gone; it goes through the second layer like everything else."""
    return linear_collapse(W1, np.zeros(len(b1)), W2, b2)


@misconception(linear_collapse)
def second_bias_lost(W1, b1, W2, b2):
    """The bias of the second layer is missing; it is added at the end."""
    return linear_collapse(W1, b1, W2, np.zeros(len(b2)))


@misconception(linear_collapse)
def biases_only_added(W1, b1, W2, b2):
    """The two biases are added as they are; that of the first layer has to go through W2."""
    return linear_collapse(W1, b1, W2, b2)[0], np.add(b1, b2)


@misconception(linear_collapse)
def bias_through_the_first_layer(W1, b1, W2, b2):
    """The bias b1 is sent through both layers; it is added after the first and goes through W2 only."""
    W1, b1, W2, b2 = _floats(W1, b1, W2, b2)
    return W1 @ W2, b1 @ W1 @ W2 + b2


@misconception(linear_collapse)
def both_biases_weighed(W1, b1, W2, b2):
    """Both biases are sent through W2; that of the second layer is added after it."""
    W1, b1, W2, b2 = _floats(W1, b1, W2, b2)
    return W1 @ W2, (b1 + b2) @ W2


@misconception(linear_collapse)
def entry_by_entry(W1, b1, W2, b2):
    """W1 * W2 multiplies entry by entry; one layer after the other is the product of matrices, @."""
    return np.multiply(W1, W2), linear_collapse(W1, b1, W2, b2)[1]


@misconception(linear_collapse)
def bias_through_the_transpose(W1, b1, W2, b2):
    """The bias is W2 @ b1, which sums over the wrong index; with rows as samples it is b1 @ W2."""
    W1, b1, W2, b2 = _floats(W1, b1, W2, b2)
    return W1 @ W2, W2 @ b1 + b2


@misconception(linear_collapse)
def collapsed_out_by_in(W1, b1, W2, b2):
    """Your W is (out, in); weights are (in, out) here, so it is (D, K)."""
    W, b = linear_collapse(W1, b1, W2, b2)
    return W.T, b


@misconception(linear_collapse)
def bias_in_front(W1, b1, W2, b2):
    """The bias comes back before the weights; the order is W, b."""
    return linear_collapse(W1, b1, W2, b2)[::-1]


@misconception(linear_collapse)
def adds_into_the_callers_bias(W1, b1, W2, b2):
    """The answer is right, but b2 += … changed the array of the caller; b2 = b2 + … makes a new one."""
    W, b = linear_collapse(W1, b1, W2, b2)
    if isinstance(b2, np.ndarray) and b2.dtype == float:
        b2[...] = b
    return W, b


# ---- step_approximator ----------------------------------------------------------------------------


@misconception(step_approximator)
def heights_for_steps(edges, values):
    """Each unit adds the whole height behind its edge, but all units before it are still on.

    What a unit adds is the difference of the heights on its two sides.
    """
    w1, b1, _, b2 = step_approximator(edges, values)
    return w1, b1, _floats(values)[1:, None], b2


@misconception(step_approximator)
def heights_from_the_ground(edges, values):
    """Each unit adds the whole height behind its edge and the lowest stair is left out.

    Below the first edge the height is values[0], and a unit adds a difference of two heights.
    """
    w1, b1, _, _ = step_approximator(edges, values)
    return w1, b1, _floats(values)[1:, None], np.zeros(1)


@misconception(step_approximator)
def heights_added_up(edges, values):
    """The heights are added up along the way; the units do that by themselves, they need the differences."""
    w1, b1, _, b2 = step_approximator(edges, values)
    return w1, b1, np.cumsum(_floats(values))[1:, None], b2


@misconception(step_approximator)
def nothing_below_the_first_edge(edges, values):
    """The steps are right, but the bias of the output is missing: below the first edge it is values[0]."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1, b1, w2, 0 * b2


@misconception(step_approximator)
def steps_the_wrong_way(edges, values):
    """Every step goes down where it should go up: it is the height on its right minus that on its left."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1, b1, -w2, b2


@misconception(step_approximator)
def edges_added(edges, values):
    """The biases are the edges themselves, so the steps are at minus the edges: x - edge is wanted."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1, -b1, w2, b2


@misconception(step_approximator)
def edges_as_weights(edges, values):
    """The edges are weights and the biases -1, so a unit switches on at 1 / edge; let its sum be x - edge."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return -b1[None], -w1[0], w2, b2


@misconception(step_approximator)
def units_that_switch_off(edges, values):
    """Your units are on below their edges and go off there; with these steps they have to go on."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return -w1, -b1, w2, b2


@misconception(step_approximator)
def begins_on_the_right(edges, values):
    """The bias of the output is the last height; far on the left no unit is on, and it is values[0]."""
    w1, b1, w2, _ = step_approximator(edges, values)
    return w1, b1, w2, _floats(values)[-1:]


@misconception(step_approximator)
def edge_belongs_to_the_left(edges, values):
    """Between the edges all is right; exactly on an edge your network still has the height on its left."""
    w1, b1, w2, _ = step_approximator(edges, values)
    return -w1, -b1, -w2, _floats(values)[-1:]


@misconception(step_approximator)
def one_edge_late(edges, values):
    """Every step happens one edge too late, since the first edge has no unit of its own."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1, np.append(b1[1:], b1[-1:] - 1), w2, b2


@misconception(step_approximator)
def rows_without_columns(edges, values):
    """The numbers are right, but the weights are plain rows (K,); a layer has weights (in, out)."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1[0], b1, w2[:, 0], b2


@misconception(step_approximator)
def weights_of_the_layers_turned(edges, values):
    """The numbers are right, but the weights are (out, in): w1 is (1, K) and w2 is (K, 1)."""
    w1, b1, w2, b2 = step_approximator(edges, values)
    return w1.T, b1, w2.T, b2


@misconception(step_approximator)
def turns_the_callers_edges(edges, values):
    """The answer is right, but the edges of the caller have changed their sign; -edges makes a new array."""
    net = step_approximator(edges, values)
    if isinstance(edges, np.ndarray):
        edges *= -1
    return net
