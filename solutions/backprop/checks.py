"""Hidden checks of back-propagation: inputs only. What is right, the reference says.

No layer is square unless the check is about squares, where a missing transpose runs without a crash. Biases
are never zero, and targets stay away from the outputs, so that nothing is right by accident.
"""

from itertools import pairwise

import numpy as np

from autograder import check, close, scenario

from .reference import (
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

IN_SINGLE = close(atol=1e-5)  # differences that should be 0: single precision leaves this much


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
def sums_of_exactly_zero(rng):
    """A rectified unit whose sum is exactly 0 counts as switched off."""
    z = rng.permutation([[0.0, -1.0, 2.0], [1.0, 0.0, 0.0]])
    a = np.maximum(z, 0.0)
    return a, a - rng.uniform(2.5, 4.0, size=(2, 3)), z, "relu"


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


# ---- backprop -------------------------------------------------------------------------------------


def _network(rng, n, *widths):
    """Inputs, wanted outputs, weights and biases for a batch of n samples."""
    return rng.normal(size=(n, widths[0])), rng.normal(size=(n, widths[-1])), *_layers(rng, *widths)


@check(backprop)
def no_hidden_layer(rng):
    """A network of a single layer."""
    return *_network(rng, 5, 4, 3), ["sigmoid"]


@check(backprop)
def one_hidden_layer(rng):
    """One hidden layer, with several samples and several outputs."""
    return *_network(rng, 6, 3, 5, 2), ["tanh", "sigmoid"]


@check(backprop)
def four_layers(rng):
    """The deltas come back to the first of four layers, each with its own activation."""
    acts = [*rng.permutation(["tanh", "sigmoid", "identity"]).tolist(), "tanh"]
    return *_network(rng, 5, 3, 5, 4, 6, 2), acts


@check(backprop)
def four_square_layers(rng):
    """As many samples as inputs as units in every layer: nothing is mixed up where every shape fits."""
    return *_network(rng, 3, 3, 3, 3, 3, 3), ["sigmoid", "tanh", "sigmoid", "tanh"]


@check(backprop)
def rectified_hidden_layers(rng):
    """Units that are switched off learn nothing, and what lies behind them hears nothing through them."""
    return *_network(rng, 4, 3, 6, 5, 2), ["relu", "relu", "identity"]


@check(backprop)
def one_sample_through_the_network(rng):
    """A batch of one sample, and a single output."""
    return *_network(rng, 1, 2, 3, 1), ["sigmoid", "sigmoid"]


@scenario(backprop)
def the_batch_in_another_order(backprop, rng):
    """Neither the order of the samples nor having each of them twice changes a gradient."""
    X, D, Ws, bs = _network(rng, 4, 3, 5, 2)
    acts, order = ["tanh", "sigmoid"], rng.permutation(4)
    return (
        backprop(X[order], D[order], Ws, bs, acts),
        backprop(np.tile(X, (2, 1)), np.tile(D, (2, 1)), Ws, bs, acts),
    )


@scenario(backprop, compare=IN_SINGLE)
def network_against_small_pushes(backprop, rng):
    """The gradients are what a small push on each weight and each bias does to the error."""
    X, D, Ws, bs = _network(rng, 3, 2, 4, 3, 2)
    acts = ["tanh", "sigmoid", "identity"]
    dWs, dbs = backprop(X, D, Ws, bs, acts)

    def error_with(parts, l, part):
        pushed = [*parts[:l], part, *parts[l + 1 :]]
        return _error(X, D, pushed, bs, acts) if parts is Ws else _error(X, D, Ws, pushed, acts)

    return [
        _off(gradient, _slope(lambda part, parts=parts, l=l: error_with(parts, l, part), parts[l]))
        for parts, gradients in ((Ws, dWs), (bs, dbs))
        for l, gradient in enumerate(gradients)
    ]


@scenario(backprop)
def ten_steps_downhill(backprop, rng):
    """Ten steps against your gradient lead to the weights they should lead to."""
    X, D, Ws, bs = _network(rng, 4, 2, 3, 2)
    for _ in range(10):
        dWs, dbs = backprop(X, D, Ws, bs, ["tanh", "identity"])
        Ws = [W - 0.1 * np.asarray(dW, dtype=float) for W, dW in zip(Ws, dWs, strict=True)]
        bs = [b - 0.1 * np.asarray(db, dtype=float) for b, db in zip(bs, dbs, strict=True)]
    return Ws, bs


@check(backprop, forbids=("warnings",))
def saturated_network(rng):
    """Sums of ±1000 in two layers stop the gradient there and nowhere else; no warning, no nan."""
    W1 = 1000.0 * rng.permutation([-1.0, 1.0, -1.0, 1.0]) * rng.uniform(0.8, 1.2, size=4)
    W2 = np.column_stack([rng.permutation([-900.0, 400.0, 300.0, -1000.0]), rng.normal(size=4)])
    X, D = np.array([[1.0], [-1.0]]), rng.uniform(0.2, 0.8, size=(2, 2))
    return X, D, [W1[None], W2], [np.zeros(4), np.array([1000.0, 0.3])], ["sigmoid", "sigmoid"]


@check(backprop)
def a_network_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays."""
    shapes = ((2, 2), (2, 1), (2, 3), (3, 1), (3,), (1,))
    X, D, W1, W2, b1, b2 = (rng.integers(1, 4, size=shape).tolist() for shape in shapes)
    return X, D, [W1, W2], [b1, b2], ["relu", "identity"]


@check(backprop, forbids=("mutation",))
def the_network_stays_as_it_was(rng):
    """Inputs, wanted outputs, weights and biases are the same after the call."""
    return *_network(rng, 3, 2, 2), ["identity"]


# ---- ebp_step_threshold ---------------------------------------------------------------------------


def _sample(rng, d, q, l):
    """One sample and a network with thresholds, none of them zero."""
    x, y = _away_from_zero(rng, d), rng.uniform(0.0, 1.0, size=l)
    V, W = rng.normal(size=(d, q)), rng.normal(size=(q, l))
    return x, y, V, _away_from_zero(rng, q), W, _away_from_zero(rng, l)


@check(ebp_step_threshold)
def one_sample_one_step(rng):
    """One step moves all weights and all thresholds."""
    return *_sample(rng, 4, 3, 2), float(rng.uniform(0.3, 0.9))


@check(ebp_step_threshold)
def a_single_output(rng):
    """With one output, each hidden unit is blamed through one weight."""
    return *_sample(rng, 2, 5, 1), float(rng.uniform(0.3, 0.9))


@check(ebp_step_threshold)
def a_large_step(rng):
    """A large learning rate: the hidden units are still blamed through the weights that were used."""
    return *_sample(rng, 3, 2, 4), float(rng.uniform(5, 9))


@check(ebp_step_threshold)
def as_many_of_everything(rng):
    """As many inputs as hidden units as outputs: nothing is mixed up where every shape fits."""
    return *_sample(rng, 3, 3, 3), float(rng.uniform(0.3, 0.9))


@check(ebp_step_threshold)
def nothing_comes_in(rng):
    """Where all inputs are zero the weights V stay, and the thresholds behind them learn."""
    _, *others = _sample(rng, 3, 4, 2)
    return np.zeros(3), *others, float(rng.uniform(0.3, 0.9))


@scenario(ebp_step_threshold, compare=IN_SINGLE)
def nothing_to_correct(ebp_step_threshold, rng):
    """An output that is right already leaves all weights and thresholds where they are."""
    x, _, V, gamma, W, theta = _sample(rng, 3, 4, 2)
    y = forward(x[None], [V, W], [-gamma, -theta], ["sigmoid", "sigmoid"])[1][2][0]
    moved = ebp_step_threshold(x, y, V, gamma, W, theta, 2.0)
    return [np.subtract(new, old) for new, old in zip(moved, (V, gamma, W, theta), strict=True)]


@scenario(ebp_step_threshold)
def thirty_steps_in_turn(ebp_step_threshold, rng):
    """Thirty steps, with three samples in turn, end where they should."""
    _, _, *network = _sample(rng, 2, 3, 2)
    X, Y = rng.normal(size=(3, 2)), rng.uniform(0.1, 0.9, size=(3, 2))
    for n in range(30):
        network = ebp_step_threshold(X[n % 3], Y[n % 3], *network, 1.0)
    return network


@scenario(ebp_step_threshold, compare=IN_SINGLE)
def thresholds_against_small_pushes(ebp_step_threshold, rng):
    """With eta = 1 each change is minus what a small push on that number does to the error of the sample."""
    x, y, *network = _sample(rng, 2, 3, 2)

    def error_with(i, part):
        V, gamma, W, theta = [*network[:i], part, *network[i + 1 :]]
        return _error(x[None], y[None], [V, W], [-gamma, -theta], ["sigmoid", "sigmoid"])

    moved = ebp_step_threshold(x, y, *network, 1.0)
    return [
        _off(np.subtract(old, new), _slope(lambda part, i=i: error_with(i, part), old))
        for i, (old, new) in enumerate(zip(network, moved, strict=True))
    ]


@check(ebp_step_threshold, forbids=("warnings",))
def thresholds_of_a_thousand(rng):
    """Sums of ±1000 in some hidden units: these stay, the others learn; no warning, no nan."""
    x, y, V, gamma, W, theta = _sample(rng, 3, 4, 2)
    gamma[:2] = rng.permutation([-1000.0, 1000.0])
    return x, y, V, gamma, W, theta, float(rng.uniform(0.3, 0.9))


@check(ebp_step_threshold)
def a_sample_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    signs = (rng.choice([-1, 1], size=shape).tolist() for shape in ((2, 3), (3,), (3, 1), (1,)))
    return [1, -1], [1], *signs, 1


@check(ebp_step_threshold, forbids=("mutation",))
def old_weights_left_alone(rng):
    """The sample, the weights and the thresholds you are given are the same after the call."""
    return *_sample(rng, 3, 2, 2), float(rng.uniform(0.3, 0.9))


# ---- numerical_gradient ---------------------------------------------------------------------------


FINELY = close(rtol=1e-7)


def _sum_of_exponentials(theta):
    """Σ e^(3t): bent strongly enough for a push to one side only to be seen."""
    return float(np.sum(np.exp(3 * np.asarray(theta, dtype=float))))


def _entangled(weights):
    """A function whose slope by each number depends on the others: the exponential of a weighted sum."""
    return lambda theta: float(np.exp(np.sum(weights * np.asarray(theta, dtype=float))))


@check(numerical_gradient, compare=FINELY)
def a_sum_of_exponentials(rng):
    """The slope of each e^(3t) in a sum, to seven digits."""
    return _sum_of_exponentials, rng.uniform(-0.5, 0.9, size=6)


@check(numerical_gradient, compare=FINELY)
def numbers_that_depend_on_each_other(rng):
    """Where all numbers work together, each is pushed while the others stay where they were."""
    return _entangled(rng.uniform(0.5, 2.0, size=5)), rng.uniform(0.3, 0.9, size=5)


@check(numerical_gradient, compare=FINELY)
def a_matrix_of_numbers(rng):
    """By a matrix, the gradient is a matrix of the same shape."""
    return _entangled(rng.uniform(0.5, 1.5, size=(2, 4))), rng.uniform(-0.5, 0.5, size=(2, 4))


@check(numerical_gradient, compare=FINELY)
def an_array_with_three_axes(rng):
    """By an array with three axes."""
    return _entangled(rng.uniform(0.5, 1.5, size=(2, 1, 3))), rng.uniform(-0.5, 0.5, size=(2, 1, 3))


@check(numerical_gradient, compare=FINELY)
def by_a_single_number(rng):
    """By a single number, which has no axis at all."""
    return _sum_of_exponentials, float(rng.uniform(0.3, 0.9))


@check(numerical_gradient)
def a_push_you_can_see(rng):
    """With a large h the error of the method is there, and it is the right one."""
    weights, h = rng.uniform(1, 2, size=3), float(rng.uniform(0.3, 0.9))

    def f(theta):
        return float(np.sum(weights * np.asarray(theta, dtype=float) ** 3))

    return {"f": f, "theta": rng.uniform(1.2, 2.0, size=3), "h": h}


@check(numerical_gradient)
def the_push_that_is_not_given(rng):
    """Without an h the push is 0.00001."""
    scale = rng.uniform(1, 9, size=3)

    def f(theta):
        return 1e10 * float(np.sum(scale * np.asarray(theta, dtype=float) ** 3))

    return f, np.zeros(3)


@scenario(numerical_gradient, compare=close(atol=1e-8))
def the_error_of_a_network(numerical_gradient, rng):
    """By the weights of a hidden layer it finds what back-propagation finds."""
    X, D, (_, W2), bs = _network(rng, 3, 2, 3, 2)
    W1, acts = _away_from_zero(rng, 2, 3), ["tanh", "sigmoid"]
    found = numerical_gradient(lambda W: _error(X, D, [np.asarray(W, dtype=float), W2], bs, acts), W1)
    return _off(found, backprop(X, D, [W1, W2], bs, acts)[0][0])


@check(numerical_gradient, compare=FINELY)
def pushes_on_whole_numbers(rng):
    """A list of whole numbers is taken as well as an array, and pushed like any other number."""
    scale = rng.uniform(0.3, 0.9, size=3)

    def f(theta):
        return float(np.sum(scale * np.asarray(theta, dtype=float) ** 2))

    return f, rng.integers(1, 5, size=3).tolist()


@check(numerical_gradient, compare=FINELY, forbids=("mutation",))
def parameters_left_alone(rng):
    """The array you are given is the same after the call, to the last digit."""
    return _sum_of_exponentials, rng.uniform(-0.5, 0.9, size=6)


# ---- linear_collapse ------------------------------------------------------------------------------


def _pair(rng, d, j, k):
    """Two linear layers."""
    return rng.normal(size=(d, j)), _away_from_zero(rng, j), rng.normal(size=(j, k)), _away_from_zero(rng, k)


@check(linear_collapse)
def two_layers_in_one(rng):
    """Two layers of different widths."""
    return _pair(rng, 3, 4, 2)


@check(linear_collapse)
def square_layers_in_one(rng):
    """Two square layers: the order of the product counts."""
    return _pair(rng, 3, 3, 3)


@check(linear_collapse)
def through_a_single_unit(rng):
    """Three inputs, one unit, four outputs."""
    return _pair(rng, 3, 1, 4)


@scenario(linear_collapse, compare=IN_SINGLE)
def the_same_outputs_as_before(linear_collapse, rng):
    """For every input, one layer says what the two of them said."""
    W1, b1, W2, b2 = _pair(rng, 2, 5, 3)
    W, b = linear_collapse(W1, b1, W2, b2)
    X = rng.normal(size=(6, 2))
    return X @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float) - ((X @ W1 + b1) @ W2 + b2)


@scenario(linear_collapse)
def three_layers_in_one(linear_collapse, rng):
    """Of three layers it does not matter which two are joined first."""
    W1, b1, W2, b2 = _pair(rng, 4, 2, 3)
    W3, b3 = rng.normal(size=(3, 5)), _away_from_zero(rng, 5)
    return (
        linear_collapse(*linear_collapse(W1, b1, W2, b2), W3, b3),
        linear_collapse(W1, b1, *linear_collapse(W2, b2, W3, b3)),
    )


@scenario(linear_collapse, forbids=("mutation",))
def both_layers_left_alone(linear_collapse, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    layers = [rng.integers(1, 9, size=shape) for shape in ((2, 3), (3,), (3, 2), (2,))]
    return linear_collapse(*(part.tolist() for part in layers)), linear_collapse(*_pair(rng, 2, 3, 4))


# ---- step_approximator ----------------------------------------------------------------------------


def _heights(net, x):
    """What the network of step units says at each x, whichever way its vectors lie."""
    w1, b1, w2, b2 = (np.asarray(part, dtype=float).ravel() for part in net)
    on = x[:, None] * w1 + b1 >= 0  # (len(x), K)
    return on @ w2 + b2


def _staircase(rng, k):
    """Edges and heights in eighths, of both signs, no two neighbours equal."""
    edges = np.cumsum(rng.integers(5, 20, size=k)) / 8.0 - 3.0
    steps = rng.choice([-1, 1], size=k + 1) * rng.integers(3, 17, size=k + 1)
    return edges, np.cumsum(steps) / 8.0 + rng.choice([-10.0, 10.0])


def _between(edges):
    """A place below all edges, one between each two, and one above."""
    return np.concatenate([[edges[0] - 1.0], (edges[:-1] + edges[1:]) / 2, [edges[-1] + 1.0]])


@scenario(step_approximator)
def between_the_edges(step_approximator, rng):
    """Below, between and above the edges the network has the given heights."""
    edges, values = _staircase(rng, 5)
    return _heights(step_approximator(edges, values), _between(edges))


@scenario(step_approximator)
def exactly_on_the_edges(step_approximator, rng):
    """Exactly on an edge the height on its right counts."""
    edges, values = _staircase(rng, 4)
    return _heights(step_approximator(edges, values), edges)


@scenario(step_approximator)
def a_single_step(step_approximator, rng):
    """One edge, two heights, and neither of them zero."""
    edges, values = _staircase(rng, 1)
    return _heights(step_approximator(edges, values), edges[0] + np.array([-9.0, -0.125, 0.125, 9.0]))


@scenario(step_approximator)
def no_step_at_all(step_approximator, rng):
    """Without an edge the network says the same everywhere."""
    return _heights(step_approximator(np.array([]), rng.uniform(1, 3, size=1)), np.array([-2.0, 0.5, 7.0]))


@scenario(step_approximator)
def arrays_that_fit(step_approximator, rng):
    """The four arrays have the shapes of a layer of K units and of one output."""
    edges, values = _staircase(rng, int(rng.integers(2, 6)))
    return [list(np.shape(part)) for part in step_approximator(edges, values)]


@scenario(step_approximator, forbids=("mutation",))
def edges_and_heights_left_alone(step_approximator, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    edges, values = _staircase(rng, 3)
    whole = [np.cumsum(rng.integers(1, 5, size=3)).tolist(), rng.permutation([2, 3, 5, 8]).tolist()]
    return [
        _heights(step_approximator(whole[0], whole[1]), _between(np.array(whole[0]))),
        _heights(step_approximator(edges, values), _between(edges)),
    ]
