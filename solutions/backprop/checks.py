"""Hidden checks of the deltas: inputs only. What is right, the reference says.

No layer is square unless the check is about squares, where a missing transpose runs without a crash. Biases
are never zero, and targets stay away from the outputs, so that nothing is right by accident.
"""

from itertools import pairwise

import numpy as np

from autograder import check, close, scenario

from .reference import forward, hidden_delta, output_delta, weight_gradients


def _away_from_zero(rng, *shape):
    """Sums or errors of both signs, 0.3 to 2 in size: off the kink of relu, on the bend of the others."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.3, 2.0, size=shape)


def _layers(rng, *widths):
    """Weights and biases of a network with these widths."""
    Ws = [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(widths)]
    return Ws, [_away_from_zero(rng, width) for width in widths[1:]]


def _output(rng, shape, act):
    """Outputs a = φ(z), wanted outputs and sums of an output layer."""
    z = _away_from_zero(rng, *shape)
    a = forward(z, [np.eye(shape[1])], [np.zeros(shape[1])], [act])[1][1]
    return a, a + _away_from_zero(rng, *shape), z, act


def _error(X, D, Ws, bs, acts):
    """E = 1/N Σ ½ |a - d|², by the reference's forward pass."""
    return 0.5 * np.sum((forward(X, Ws, bs, acts)[1][-1] - D) ** 2) / len(X)


def _slope(f, x, h=1e-5):
    """∂f/∂x by central differences."""
    slope = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        push = np.zeros_like(x)
        push[i] = h
        slope[i] = (f(x + push) - f(x - push)) / (2 * h)
    return slope


def _off(slope, pushed):
    """How far a gradient is off; the gradient itself where already its shape is wrong."""
    return np.subtract(slope, pushed) if np.shape(slope) == np.shape(pushed) else slope


# ---- forward --------------------------------------------------------------------------------------


@check(forward)
def one_sigmoid_layer(rng):
    """One layer weighs, adds its bias and bends: sums and outputs both come back."""
    return rng.normal(size=(5, 3)), *_layers(rng, 3, 4), ["sigmoid"]


@check(forward)
def four_layers_four_activations(rng):
    """Each of four layers bends its sums by the activation with its own name."""
    acts = [*rng.permutation(["tanh", "relu", "identity"]).tolist(), "sigmoid"]
    return rng.normal(size=(4, 3)), *_layers(rng, 3, 5, 6, 4, 2), acts


@check(forward)
def linear_output_for_regression(rng):
    """With "identity" at the output, the output of the network is the last sum."""
    return rng.normal(size=(4, 3)), *_layers(rng, 3, 5, 2), ["tanh", "identity"]


@check(forward)
def rectified_output(rng):
    """Outputs are never negative where the last layer is "relu"; their sums still are."""
    return rng.normal(size=(6, 2)), *_layers(rng, 2, 4, 3), ["sigmoid", "relu"]


@check(forward)
def one_sample_alone(rng):
    """A batch of one sample keeps two axes everywhere."""
    return rng.normal(size=(1, 4)), *_layers(rng, 4, 3, 2), ["tanh", "sigmoid"]


@check(forward)
def square_layers_in_the_forward_pass(rng):
    """As many samples as inputs as units: nothing is turned the wrong way round."""
    return rng.normal(size=(3, 3)), *_layers(rng, 3, 3, 3), ["sigmoid", "tanh"]


@check(forward, forbids=("warnings",))
def sums_of_a_thousand(rng):
    """Sums of ±1000 give 0, 1 or ±1 at the output, without a warning and without nan."""
    W1 = 1000.0 * rng.permutation([-1.0, 1.0, -1.0, 1.0]) * rng.uniform(0.8, 1.2, size=4)
    W2 = rng.permutation([-1000.0, 1000.0]) * rng.uniform(0.8, 1.2, size=(4, 2))
    return np.array([[1.0], [-1.0]]), [W1[None], W2], [np.zeros(4), np.zeros(2)], ["sigmoid", "tanh"]


@check(forward)
def whole_numbers_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays."""
    X, W, b = (rng.integers(1, 5, size=shape).tolist() for shape in ((4, 2), (2, 3), (3,)))
    return X, [W], [b], ["relu"]


@check(forward, forbids=("mutation",))
def network_left_alone(rng):
    """Inputs, weights, biases and the lists that hold them are the same after the call."""
    return rng.normal(size=(4, 2)), *_layers(rng, 2, 3), ["tanh"]


# ---- output_delta ---------------------------------------------------------------------------------


@check(output_delta)
def sigmoid_output(rng):
    """The error of a sigmoid unit is multiplied by the slope of the sigmoid."""
    return _output(rng, (5, 3), "sigmoid")


@check(output_delta)
def tanh_output(rng):
    """The error of a tanh unit is multiplied by the slope of tanh."""
    return _output(rng, (4, 3), "tanh")


@check(output_delta)
def relu_output(rng):
    """A rectified unit passes its error on where its sum is positive, and nothing elsewhere."""
    return _output(rng, (4, 5), "relu")


@check(output_delta)
def linear_output(rng):
    """A linear unit passes its error on as it is."""
    return _output(rng, (4, 2), "identity")


@check(output_delta)
def one_sample_one_output(rng):
    """One sample and one output make a delta of one row and one column."""
    return _output(rng, (1, 1), "sigmoid")


@check(output_delta)
def some_outputs_already_right(rng):
    """An output that is what it should be has no delta, and the others keep theirs."""
    a, d, z, act = _output(rng, (4, 3), "tanh")
    return a, np.where(rng.permutation(12).reshape(4, 3) < 5, a, d), z, act


@check(output_delta, forbids=("warnings",))
def saturated_output(rng):
    """At sums of ±1000 the slope is 0 and so is the delta, however wrong the output; no warning, no nan."""
    z = 1000.0 * rng.choice([-1.0, 1.0], size=(3, 2))
    return (z > 0) * 1.0, (z < 0) * rng.uniform(0.8, 1.0, size=(3, 2)), z, "sigmoid"


@scenario(output_delta, compare=close(atol=1e-5))
def output_against_small_pushes(output_delta, rng):
    """The delta is what a small push on each sum does to the error of its sample."""
    D, z, act = rng.normal(size=(3, 2)), _away_from_zero(rng, 3, 2), "sigmoid"
    eye, zero = [np.eye(2)], [np.zeros(2)]
    pushed = _slope(lambda z: 3 * _error(z, D, eye, zero, [act]), z)  # 3 samples: delta is not divided by N
    return _off(output_delta(forward(z, eye, zero, [act])[1][1], D, z, act), pushed)


@check(output_delta)
def whole_targets_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays."""
    z, d = rng.integers(1, 9, size=(2, 4, 3))
    return z.tolist(), (d - 5).tolist(), z.tolist(), "identity"


@check(output_delta, forbids=("mutation",))
def outputs_left_alone(rng):
    """Outputs, targets and sums are the same after the call."""
    return _output(rng, (3, 2), "identity")


# ---- hidden_delta ---------------------------------------------------------------------------------


@check(hidden_delta)
def sigmoid_hidden_layer(rng):
    """Each hidden unit gathers the deltas of all units it feeds, times the slope of its sigmoid."""
    return rng.normal(size=(6, 3)), rng.normal(size=(4, 3)), _away_from_zero(rng, 6, 4), "sigmoid"


@check(hidden_delta)
def tanh_hidden_layer(rng):
    """The same with tanh, and with more units in the next layer than in this one."""
    return rng.normal(size=(3, 6)), rng.normal(size=(2, 6)), _away_from_zero(rng, 3, 2), "tanh"


@check(hidden_delta)
def relu_hidden_layer(rng):
    """A unit that is switched off gets no blame; one that is on gets all of it."""
    return rng.normal(size=(4, 2)), rng.normal(size=(5, 2)), _away_from_zero(rng, 4, 5), "relu"


@check(hidden_delta)
def linear_hidden_layer(rng):
    """Through a linear layer the blame goes unchanged."""
    return rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), _away_from_zero(rng, 4, 3), "identity"


@check(hidden_delta)
def square_layers(rng):
    """As many samples as units in both layers: the weights are walked the right way."""
    return rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), _away_from_zero(rng, 4, 4), "sigmoid"


@check(hidden_delta)
def one_output_unit(rng):
    """With a single unit in the next layer, each hidden unit gets its share through one weight."""
    return rng.normal(size=(4, 1)), rng.normal(size=(5, 1)), _away_from_zero(rng, 4, 5), "sigmoid"


@check(hidden_delta)
def one_sample_on_its_way_back(rng):
    """A batch of one sample keeps its axis."""
    return rng.normal(size=(1, 2)), rng.normal(size=(3, 2)), _away_from_zero(rng, 1, 3), "tanh"


@check(hidden_delta, forbids=("warnings",))
def saturated_hidden_layer(rng):
    """At sums of ±1000 nothing gets through a sigmoid; the other units still learn; no warning, no nan."""
    z = rng.choice([-1000.0, 1000.0], size=(4, 3))
    z[:, 0] = rng.uniform(0.3, 1.0, size=4)
    return rng.normal(size=(4, 2)), rng.normal(size=(3, 2)), z, "sigmoid"


@scenario(hidden_delta)
def two_layers_further_back(hidden_delta, rng):
    """The deltas handed back through two hidden layers are right in both."""
    near = hidden_delta(
        rng.normal(size=(4, 2)), rng.normal(size=(5, 2)), _away_from_zero(rng, 4, 5), "sigmoid"
    )
    far = hidden_delta(near, rng.normal(size=(3, 5)), _away_from_zero(rng, 4, 3), "tanh")
    return near, far


@scenario(hidden_delta, compare=close(atol=1e-5))
def hidden_against_small_pushes(hidden_delta, rng):
    """The delta is what a small push on each hidden bias does to the error."""
    (W1, W2), (b1, b2) = _layers(rng, 3, 4, 2)
    X, D, acts = rng.normal(size=(1, 3)), rng.normal(size=(1, 2)), ["tanh", "sigmoid"]
    pushed = _slope(lambda b: _error(X, D, [W1, W2], [b, b2], acts), b1)
    zs, as_ = forward(X, [W1, W2], [b1, b2], acts)
    delta = hidden_delta(output_delta(as_[2], D, zs[1], "sigmoid"), W2, zs[0], "tanh")
    return _off(delta[0], pushed)


@check(hidden_delta)
def whole_deltas_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays."""
    shapes = ((4, 1), (3, 1), (4, 3))
    return *(rng.integers(1, 5, size=shape).tolist() for shape in shapes), "identity"


@check(hidden_delta, forbids=("mutation",))
def weights_left_alone(rng):
    """The deltas, weights and sums you are given are the same after the call."""
    return rng.normal(size=(4, 1)), rng.normal(size=(3, 1)), _away_from_zero(rng, 4, 3), "identity"


# ---- weight_gradients -----------------------------------------------------------------------------


@check(weight_gradients)
def seven_samples(rng):
    """Both gradients are means over the batch, and dW has the shape of W."""
    return rng.normal(size=(7, 3)), rng.normal(size=(7, 4))


@check(weight_gradients)
def square_batch(rng):
    """As many samples as inputs as units: each gradient lies the right way round."""
    return rng.normal(size=(3, 3)), rng.normal(size=(3, 3))


@check(weight_gradients)
def one_sample_only(rng):
    """One sample gives the outer product of input and delta."""
    return rng.normal(size=(1, 3)), rng.normal(size=(1, 2))


@check(weight_gradients)
def one_unit(rng):
    """A layer of one unit: dW is a column, db a single number in an array."""
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 1))


@scenario(weight_gradients)
def every_sample_twice(weight_gradients, rng):
    """A batch that holds every sample twice has the gradient of the batch itself."""
    a, delta = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    return weight_gradients(np.vstack([a, a]), np.vstack([delta, delta]))


@scenario(weight_gradients, compare=close(atol=1e-5))
def weights_against_small_pushes(weight_gradients, rng):
    """The gradients are what a small push on each weight and bias does to the error."""
    X, D = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    (W,), (b,) = _layers(rng, 3, 2)
    zs, as_ = forward(X, [W], [b], ["tanh"])
    dW, db = weight_gradients(X, output_delta(as_[1], D, zs[0], "tanh"))
    return (
        _off(dW, _slope(lambda W: _error(X, D, [W], [b], ["tanh"]), W)),
        _off(db, _slope(lambda b: _error(X, D, [W], [b], ["tanh"]), b)),
    )


@check(weight_gradients)
def whole_inputs_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays."""
    return rng.integers(1, 9, size=(1, 3)).tolist(), rng.integers(1, 9, size=(1, 2)).tolist()


@check(weight_gradients, forbids=("mutation",))
def inputs_left_alone(rng):
    """The inputs and the deltas you are given are the same after the call."""
    return rng.normal(size=(1, 3)), rng.normal(size=(1, 2))
