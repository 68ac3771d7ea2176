"""Hidden checks of the perceptron: inputs only. What is right, the reference says.

Training is asked with small whole numbers and halves, so that every sum is exact: a sum that is exactly 0
stays exactly 0, and right answers in float32 take the same turns as those in float64. Weights that can be
chosen in many ways are asked for by what they do, on all rows of a truth table.
"""

import numpy as np

from autograder import check, close, exact, scenario

from .reference import (
    convergence_bound,
    logic_gate_weights,
    margin,
    neuron,
    perceptron_batch_update,
    perceptron_fit,
    perceptron_update,
    step,
    xor_network,
)

# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(rtol=1e-5, atol=1e-5)


def _eighths(rng, shape, most=2):
    """Numbers between -most and most that are exact in single precision."""
    return rng.integers(-8 * most, 8 * most + 1, size=shape) / 8.0


def _answers(rng):
    """Answers desired of and given by five neurons: two missed a 1, one a 0, two are right.

    The errors do not add up to 0, so that adding them up shows.
    """
    cases = rng.permutation([(1.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)])  # (5, 2)
    return cases[:, 0], cases[:, 1]


def _gate(kind, order):
    """The four rows of a gate, X and d, in some order of 0 to 3."""
    rows = np.array([[0, 0, 0, 0, 1], [0, 1, 0, 1, 1], [1, 0, 0, 1, 1], [1, 1, 1, 0, 0]], dtype=float)[order]
    return rows[:, :2], rows[:, {"and": 2, "xor": 3, "nand": 4}[kind]]


def _cloud(rng, n, size):
    """Points with whole coordinates on either side of a plane, none close to it; X, d and the plane w, b."""
    w = rng.choice([-1.0, 1.0], size=size) * rng.integers(1, 4, size=size)
    b = float(rng.integers(-1, 2))
    X = rng.integers(-4, 5, size=(40 * n, size)).astype(float)
    u = X @ w + b
    above, below = X[u >= 2][: n // 2], X[u <= -2][: n - n // 2]
    order = rng.permutation(n)
    return np.vstack([above, below])[order], np.repeat([1.0, 0.0], [n // 2, n - n // 2])[order], w, b


# ---- the step -------------------------------------------------------------------------------------


@check(step)
def either_side(rng):
    """A matrix of sums: 0 for each negative one, 1 for each positive one."""
    return rng.permutation(np.linspace(-3, 3, 12)).reshape(3, 4) * rng.uniform(0.7, 1.2)


@check(step)
def exactly_at_zero(rng):
    """A sum of exactly zero is answered with 1 unless something else is asked for."""
    return rng.permutation([-1.5, -0.0, 0.0, 0.0, 2.0, 0.3]) * rng.uniform(0.5, 2.0)


@scenario(step)
def another_answer_at_zero(step, rng):
    """At zero the answer is at_zero, be it 0, a half or 1; elsewhere at_zero plays no part."""
    u = rng.permutation([-2.0, -0.2, 0.0, 0.2, 0.7, 3.0])
    return [np.asarray(step(u, at_zero)) for at_zero in (0.0, 0.5, 1.0)]


@check(step)
def a_hair_beside_zero(rng):
    """A sum that is almost zero is not zero."""
    return {"u": rng.permutation([-1e-300, -1e-12, 0.0, 1e-12, 1e-300]), "at_zero": 0.5}


@scenario(step)
def whole_sums(step, rng):
    """A list of whole numbers is taken as well as an array, and a half stays a half."""
    u = rng.permutation([-3, -1, 0, 0, 2, 5]).tolist()
    return [np.asarray(step(u, at_zero)) for at_zero in (0.5, 1.0)]


@check(step, forbids=("mutation",))
def sums_left_alone(rng):
    """The array you are given is the same after the call."""
    return rng.permutation([-2.0, -0.5, 0.4, 0.7, 2.5]) * rng.uniform(0.7, 1.2)


# ---- one neuron -----------------------------------------------------------------------------------


def _slope(u):
    """An activation that is different on either side of zero, and nowhere the identity."""
    return np.tanh(u) + 0.25 * np.square(u)


def _identity(u):
    return u


def _yes_or_no(u):
    return np.where(np.greater_equal(u, 0), 1.0, 0.0)


@check(neuron)
def several_inputs_a_row(rng):
    """Five inputs of three numbers each: one answer for each row."""
    return rng.normal(size=(5, 3)), rng.normal(size=3), rng.uniform(0.5, 1.5), _slope


@check(neuron)
def as_many_rows_as_numbers(rng):
    """Four inputs of four numbers each: rows are still the inputs."""
    return rng.normal(size=(4, 4)), rng.normal(size=4), -rng.uniform(0.5, 1.5), _slope


@check(neuron)
def a_single_row(rng):
    """A single input gives an array of one answer."""
    return {"X": rng.normal(size=(1, 4)), "w": rng.normal(size=4), "b": rng.uniform(0.5, 1.5), "phi": _slope}


@check(neuron)
def nothing_but_the_sum(rng):
    """With φ(u) = u the answer is the weighted sum plus the bias."""
    return rng.normal(size=(6, 3)), rng.normal(size=3), rng.uniform(0.5, 1.5), _identity


@check(neuron)
def a_step_behind_the_sum(rng):
    """With a step for φ each row is answered with 0 or 1."""
    w = rng.permutation([-1.5, 0.5, 1.25])
    return _eighths(rng, (24, 3)), w, 0.75 * float(rng.choice([-1.0, 1.0])), _yes_or_no


@scenario(neuron, forbids=("mutation",))
def rows_in_lists_and_left_alone(neuron, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, w = rng.integers(1, 6, size=(4, 3)), rng.integers(1, 4, size=3)
    return neuron(X.tolist(), w.tolist(), 0.25, _identity), neuron(X + 0.5, w + 0.25, -0.75, _identity)


# ---- gates ----------------------------------------------------------------------------------------


def _table(answer, n):
    """What a gate answers to all 2ⁿ rows, for three kinds of step, and whether it keeps its distance.

    Of the weights only the shape is shown, as zeros; where it is not (n,), there is nothing to answer with.
    """
    w, b = answer
    w = np.asarray(w, dtype=float)
    u = np.zeros(2**n)
    if w.shape == (n,):
        u = np.indices((2,) * n).reshape(n, -1).T @ w + np.asarray(b, dtype=float)  # (2ⁿ,)
    return {
        "w": np.zeros_like(w),
        "answers": np.array([step(u, at_zero) for at_zero in (0.0, 0.5, 1.0)]),
        "far enough": bool(np.min(np.abs(u)) >= 0.25),
    }


def _tables(logic_gate_weights, gate):
    return [_table(logic_gate_weights(gate, n), n) for n in range(1, 9)]


@scenario(logic_gate_weights, draws=1)
def and_of_two(logic_gate_weights, _rng):
    """AND of two inputs, with no n given, on all four rows, with room on either side of the boundary."""
    return _table(logic_gate_weights("and"), 2)


@scenario(logic_gate_weights, draws=1)
def and_of_one_to_eight(logic_gate_weights, _rng):
    """AND of one, two, … eight inputs, on all rows, with room on either side of the boundary."""
    return _tables(logic_gate_weights, "and")


@scenario(logic_gate_weights, draws=1)
def or_of_two(logic_gate_weights, _rng):
    """OR of two inputs, with no n given, on all four rows, with room on either side of the boundary."""
    return _table(logic_gate_weights("or"), 2)


@scenario(logic_gate_weights, draws=1)
def or_of_one_to_eight(logic_gate_weights, _rng):
    """OR of one, two, … eight inputs, on all rows, with room on either side of the boundary."""
    return _tables(logic_gate_weights, "or")


@scenario(logic_gate_weights, draws=1)
def nand_of_two(logic_gate_weights, _rng):
    """NAND of two inputs, with no n given: 1 unless both are 1."""
    return _table(logic_gate_weights("nand"), 2)


@scenario(logic_gate_weights, draws=1)
def nand_of_one_to_eight(logic_gate_weights, _rng):
    """NAND of one, two, … eight inputs, on all rows, with room on either side of the boundary."""
    return _tables(logic_gate_weights, "nand")


@scenario(logic_gate_weights, draws=1)
def nor_of_two(logic_gate_weights, _rng):
    """NOR of two inputs, with no n given: 1 only if neither is 1."""
    return _table(logic_gate_weights("nor"), 2)


@scenario(logic_gate_weights, draws=1)
def nor_of_one_to_eight(logic_gate_weights, _rng):
    """NOR of one, two, … eight inputs, on all rows, with room on either side of the boundary."""
    return _tables(logic_gate_weights, "nor")


@scenario(logic_gate_weights, draws=1)
def not_of_one(logic_gate_weights, _rng):
    """NOT answers 1 to 0 and 0 to 1, with room on either side of the boundary."""
    return _table(logic_gate_weights("not", 1), 1)


@scenario(logic_gate_weights, draws=1)
def not_with_no_n_given(logic_gate_weights, _rng):
    """NOT has a single input, even where no n is given."""
    return _table(logic_gate_weights("not"), 1)


# ---- one update -----------------------------------------------------------------------------------


@check(perceptron_update)
def should_have_said_one(rng):
    """A neuron that missed a 1 moves its weights towards the input."""
    d, y = np.array([1.0, 1.0]), np.array([0.0, 1.0])
    return rng.normal(size=(4, 2)), rng.normal(size=2), rng.normal(size=4), d, y, rng.uniform(0.2, 0.8)


@check(perceptron_update)
def should_have_said_zero(rng):
    """A neuron that said 1 too much moves its weights away from the input."""
    d, y = np.array([0.0, 1.0]), np.array([1.0, 1.0])
    return rng.normal(size=(4, 2)), rng.normal(size=2), rng.normal(size=4), d, y, rng.uniform(0.2, 0.8)


@check(perceptron_update)
def a_single_neuron(rng):
    """With one neuron W is still a matrix, of one column."""
    return {
        "W": rng.normal(size=(4, 1)),
        "b": rng.normal(size=1),
        "x": rng.normal(size=4),
        "d": np.array([0.0]),
        "y": np.array([1.0]),
        "eta": rng.uniform(0.2, 0.8),
    }


@check(perceptron_update)
def several_neurons(rng):
    """Each neuron learns from its own mistake: one misses a 1, one a 0, and the others stay as they are."""
    d, y = _answers(rng)
    return {
        "W": rng.normal(size=(3, 5)),
        "b": rng.normal(size=5),
        "x": rng.normal(size=3),
        "d": d,
        "y": y,
        "eta": rng.uniform(0.2, 0.8),
    }


@check(perceptron_update)
def as_many_inputs_as_neurons(rng):
    """With a square matrix of weights, columns are still the neurons."""
    d, y = _answers(rng)
    return rng.normal(size=(5, 5)), rng.normal(size=5), rng.normal(size=5), d, y, rng.uniform(0.2, 0.8)


@check(perceptron_update, compare=exact)
def nothing_to_learn(rng):
    """Right answers leave weights and biases exactly as they were."""
    # Eighths, because they are the same in float32.
    W, b, x = (rng.integers(-20, 21, size=size) / 8 for size in ((4, 3), 3, 4))
    d = rng.permutation([1.0, 0.0, 1.0])
    return W, b, x, d, d.copy(), rng.uniform(0.2, 0.8)


@scenario(perceptron_update, compare=IN_SINGLE)
def the_sum_moves_towards_the_target(perceptron_update, rng):
    """After the update each sum for the same input has moved by η (|x|² + 1), up, down or not at all."""
    W, b, x = rng.normal(size=(3, 5)), rng.normal(size=5), rng.normal(size=3)
    d, y = _answers(rng)
    W2, b2 = perceptron_update(W, b, x, d, y, rng.uniform(0.2, 0.8))
    return x @ np.subtract(W2, W) + np.subtract(b2, b)


@check(perceptron_update)
def whole_numbers_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    W = rng.integers(-3, 4, size=(4, 3)).tolist()
    x = rng.permutation([1, -2, 3, 5]).tolist()
    return W, [1, -1, 2], x, [1, 0, 1], [0, 1, 0], 0.25


@check(perceptron_update, forbids=("mutation",))
def weights_left_alone(rng):
    """The weights, the biases and the example you are given are the same after the call."""
    d, y = _answers(rng)
    return rng.normal(size=(4, 5)), rng.normal(size=5), rng.normal(size=4), d, y, 0.3


# ---- training -------------------------------------------------------------------------------------


@check(perceptron_fit)
def a_gate_from_zero(rng):
    """AND or NAND is learnt from zero weights, with our number of updates and epochs."""
    X, d = _gate(rng.choice(["and", "nand"]), rng.permutation(4))
    return X, d, np.zeros(2), 0.0, 1.0, 40


@check(perceptron_fit)
def a_cloud_cut_in_two(rng):
    """A cloud of points is separated from a start other than zero, in half steps."""
    X, d, w, _ = _cloud(rng, 12, 3)
    return {
        "X": X,
        "d": d,
        "w0": -w,  # turned the wrong way round: there is much to learn
        "b0": float(rng.choice([-2.25, 2.25])),  # quarters that halves never take to zero
        "eta": 0.5,
        "max_epochs": 60,
    }


@check(perceptron_fit)
def a_bias_that_is_not_trained(rng):
    """With train_bias=False the bias stays where it started, and only the weights learn."""
    X, d, w, _ = _cloud(rng, 12, 3)
    return {
        "X": X,
        "d": d,
        "w0": -w,
        "b0": float(rng.choice([-0.5, 0.5])),
        "eta": 1.0,
        "max_epochs": 15,
        "train_bias": False,
    }


@check(perceptron_fit)
def exclusive_or(rng):
    """XOR is never learnt: training ends with the last epoch allowed and says so."""
    X, d = _gate("xor", range(4))
    return X, d, rng.integers(-1, 2, size=2).astype(float), 0.0, 1.0, int(rng.integers(4, 10))


@check(perceptron_fit)
def already_separated(rng):
    """Where the first weights are right, one epoch shows it, and nothing is updated."""
    X, d, w, b = _cloud(rng, 10, 3)
    return X, d, w, b, 0.5, 20


@check(perceptron_fit)
def no_epoch_allowed(rng):
    """With max_epochs = 0 nothing is presented, nothing is learnt and nothing is proved."""
    X, d, w, b = _cloud(rng, 6, 2)
    return X, d, w, b, 1.0, 0


@check(perceptron_fit)
def just_enough_epochs(rng):
    """If the last epoch allowed is the first without an update, training has converged."""
    X, d = _gate("nand", rng.permutation(4))
    start = rng.integers(-2, 3, size=2).astype(float)
    needed = perceptron_fit(X, d, start, 0.0, 1.0, 100)["epochs"]
    return X, d, start, 0.0, 1.0, needed


@check(perceptron_fit)
def one_epoch_short(rng):
    """If there was an update in the last epoch allowed, training has not converged."""
    X, d = _gate("and", rng.permutation(4))
    start = rng.integers(-2, 0, size=2).astype(float)  # below zero: there is something to learn
    needed = perceptron_fit(X, d, start, 0.0, 1.0, 100)["epochs"]
    return X, d, start, 0.0, 1.0, needed - 1


@check(perceptron_fit)
def examples_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    X, d = _gate("and", rng.permutation(4))
    return X.astype(int).tolist(), d.astype(int).tolist(), rng.integers(-1, 2, size=2).tolist(), 0, 0.25, 30


@check(perceptron_fit, forbids=("mutation",))
def start_left_alone(rng):
    """The examples and the weights at the start are the same after the training."""
    X, d = _gate("nand", rng.permutation(4))
    return X, d, rng.integers(-2, 3, size=2).astype(float), 1.0, 1.0, 40


# ---- a batch at once ------------------------------------------------------------------------------


def _batch(rng, n, m, k):
    """Weights close to zero and inputs that are not: a change on the way would turn many later answers."""
    X = _eighths(rng, (n, m))
    X[0] = np.abs(X[0]) + 0.5
    D = rng.permuted(np.tile((np.arange(n) % 3 > 0).astype(float)[:, None], (1, k)), axis=0)
    return {
        "W": _eighths(rng, (m, k), 1) / 4,
        "b": _eighths(rng, k, 1) / 4 + 1 / 512,  # so that no sum is exactly zero
        "X": X,
        "D": D,
        "eta": rng.uniform(0.2, 0.8),
    }


@check(perceptron_batch_update)
def nine_rows_two_neurons(rng):
    """Nine examples of three inputs for two neurons: the changes of all rows are added up."""
    return _batch(rng, 9, 3, 2)


@check(perceptron_batch_update)
def rows_inputs_and_neurons_alike(rng):
    """As many examples as inputs and neurons: rows of X are examples, columns of W are neurons."""
    return tuple(_batch(rng, 5, 5, 5).values())


@check(perceptron_batch_update)
def one_row_only(rng):
    """A batch of one example, of which every neuron misses something."""
    x = _eighths(rng, (1, 4)) + 0.5
    W, y = _eighths(rng, (4, 3), 1), rng.permutation([[1.0], [0.0], [0.0]])[:, 0]
    b = 2.0 * y - 1.0 - (x @ W)[0]  # the sums are 1 and -1
    return W, b, x, 1.0 - y[None, :], rng.uniform(0.2, 0.8)


@check(perceptron_batch_update)
def sums_of_zero(rng):
    """From zero weights every sum is exactly 0, and so every row is answered with 1."""
    batch = _batch(rng, 6, 3, 2)
    return batch | {"W": np.zeros((3, 2)), "b": np.zeros(2)}


@check(perceptron_batch_update, compare=exact)
def no_row_answered_wrongly(rng):
    """Where all rows are answered well, weights and biases come back exactly as they were."""
    batch = _batch(rng, 6, 3, 2)
    right = step(batch["X"] @ batch["W"] + batch["b"])
    return batch | {"D": right}


@scenario(perceptron_batch_update, compare=IN_SINGLE)
def the_same_row_twice(perceptron_batch_update, rng):
    """The same missed row twice in a batch moves the weights and the biases twice as far as once."""
    x, W = _eighths(rng, (1, 3)) + 3.0, _eighths(rng, (3, 2), 1)
    b = -0.25 - (x @ W)[0]  # both sums are just below zero, and both neurons should have said 1
    eta = rng.uniform(0.5, 0.8)
    once = perceptron_batch_update(W, b, x, np.ones((1, 2)), eta)
    twice = perceptron_batch_update(W, b, np.vstack([x, x]), np.ones((2, 2)), eta)
    return [
        np.subtract(far, start) - 2 * np.subtract(near, start)
        for far, near, start in zip(twice, once, (W, b), strict=True)
    ]


@check(perceptron_batch_update)
def a_batch_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    X = [[0, 0], *rng.integers(-3, 4, size=(5, 2)).tolist()]  # the first sum of the first row is exactly zero
    D = rng.permuted([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0], [1, 0]], axis=0).tolist()
    return rng.integers(-1, 2, size=(2, 2)).tolist(), [0, -1], X, D, 0.3


@check(perceptron_batch_update, forbids=("mutation",))
def batch_left_alone(rng):
    """The weights, the biases and the examples you are given are the same after the call."""
    return _batch(rng, 9, 4, 2)


# ---- the margin -----------------------------------------------------------------------------------


def _led(rng, leads, nearest=0.0, size=3, length=2.0, bias=None):
    """Points whose distances from a plane are `leads`, negative on the wrong side; X, d, w and b.

    The first one is of the class `nearest`, then they take turns. `length` is that of w.
    """
    w = rng.choice([-1.0, 1.0], size=size) * rng.uniform(0.5, 1.5, size=size)
    w *= length / np.linalg.norm(w)
    b = rng.choice([-1.0, 1.0]) * rng.uniform(1.0, 2.0) if bias is None else bias
    d = np.abs(nearest - np.arange(len(leads)) % 2)
    P = rng.normal(size=(len(leads), size))
    P -= np.outer((P @ w + b) / (w @ w), w)  # into the plane, then straight away from it
    X = P + np.outer((2 * d - 1) * leads, w) / length
    order = rng.permutation(len(leads))
    return X[order], d[order], w, b


def _spread(rng, nearest, n):
    """Distances from `nearest` on, the first the smallest."""
    return np.append(nearest, nearest + rng.uniform(0.3, 2.0, size=n - 1))


@check(margin)
def a_long_vector_of_weights(rng):
    """Seven points on their right sides, and weights that are longer than 1."""
    return _led(rng, _spread(rng, rng.uniform(0.4, 0.9), 7), length=rng.uniform(2.0, 4.0))


@check(margin)
def a_short_vector_of_weights(rng):
    """Six points on their right sides, and weights that are shorter than 1."""
    X, d, w, b = _led(rng, _spread(rng, rng.uniform(0.4, 0.9), 6), size=2, length=rng.uniform(0.2, 0.5))
    return {"X": X, "d": d, "w": w, "b": b}


@check(margin)
def one_point_on_the_wrong_side(rng):
    """One point lies on the wrong side: the margin is negative."""
    leads = np.append(-rng.uniform(0.2, 0.4), rng.uniform(0.7, 2.5, size=6))
    return _led(rng, leads, nearest=1.0, length=rng.uniform(2.0, 4.0))


@check(margin)
def several_on_the_wrong_side(rng):
    """Of several points on the wrong side the farthest one counts."""
    leads = np.append([-2.0, -1.2, -0.3], [0.1, 0.6]) * rng.uniform(0.8, 1.2)
    return _led(rng, leads, length=rng.uniform(2.0, 4.0))


@check(margin)
def points_on_a_line(rng):
    """Inputs of a single number: the plane is a point between them."""
    return _led(rng, _spread(rng, rng.uniform(0.4, 0.9), 5), size=1, length=rng.uniform(2.0, 4.0))


@scenario(margin, compare=IN_SINGLE)
def the_same_plane_scaled(margin, rng):
    """Weights and bias multiplied by the same positive number are the same plane with the same margin."""
    X, d, w, b = _led(rng, _spread(rng, 0.6, 6))
    c = rng.uniform(3.0, 5.0)
    return np.subtract(margin(X, d, c * w, c * b), margin(X, d, w, b))


@scenario(margin, compare=IN_SINGLE)
def everything_moved_along(margin, rng):
    """Points and plane moved together keep their distance."""
    X, d, w, b = _led(rng, _spread(rng, 0.6, 6))
    t = w * rng.uniform(1.0, 2.0) + 0.1 * rng.normal(size=3)
    return np.subtract(margin(X + t, d, w, b - t @ w), margin(X, d, w, b))


@scenario(margin, forbids=("mutation",))
def points_in_lists_and_left_alone(margin, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, d, w, b = _cloud(rng, 8, 2)
    lists = margin(X.astype(int).tolist(), d.astype(int).tolist(), w.astype(int).tolist(), int(b))
    return lists, margin(*_led(rng, _spread(rng, 0.6, 6)))


# ---- the bound ------------------------------------------------------------------------------------


def _optimal(rng, nearest=0.0, n=7, size=3, length=0.5, bias=None):
    """Points that a plane separates, its weights shorter than 1, as X, d and [b, w]."""
    X, d, w, b = _led(rng, _spread(rng, rng.uniform(0.6, 0.9), n), nearest, size, length, bias)
    return X, d, np.array([b, *w])


@check(convergence_bound)
def seven_points(rng):
    """Seven points of three numbers each, and a plane between their classes."""
    return _optimal(rng)


@check(convergence_bound)
def a_plane_through_the_middle(rng):
    """A plane that passes close to the origin, with a small bias."""
    return _optimal(rng, 1.0, length=rng.uniform(2.0, 3.0), bias=rng.choice([-1.0, 1.0]) * 0.1)


@check(convergence_bound)
def as_many_points_as_weights(rng):
    """As many points as weights, the bias counted in."""
    X, d, w_opt = _optimal(rng, n=4)
    return {"X": X, "d": d, "w_opt": w_opt}


@check(convergence_bound)
def one_point_far_away(rng):
    """One point lies far away from all others, and not the one that is nearest to the plane."""
    X, d, w_opt = _optimal(rng, 1.0, n=6, size=2)
    b, *w = w_opt
    w, along = np.array(w), np.array([-w[1], w[0]])
    on_the_plane = -b * w / (w @ w)
    far = on_the_plane + 6.0 * w + rng.uniform(20.0, 30.0) * along
    return np.vstack([X, far]), np.append(d, 1.0), w_opt


@scenario(convergence_bound, compare=IN_SINGLE)
def the_plane_scaled(convergence_bound, rng):
    """The same plane with all its weights multiplied gives the same bound."""
    X, d, w_opt = _optimal(rng)
    c = rng.uniform(3.0, 5.0)
    return np.divide(convergence_bound(X, d, c * w_opt), convergence_bound(X, d, w_opt))


@check(convergence_bound)
def a_point_behind_the_plane(rng):
    """A plane with one point on its wrong side proves nothing and is refused with a ValueError."""
    leads = np.append(-rng.uniform(0.2, 0.5), rng.uniform(1.0, 2.0, size=5))
    X, d, w, b = _led(rng, leads, nearest=float(rng.integers(2)), bias=0.1)
    return X, d, np.array([b, *w])


@check(convergence_bound)
def a_point_on_the_plane(rng):
    """A plane that passes exactly through one of the points is refused with a ValueError."""
    # All weights are 1 or -1 and four in number: scaled to length 1 they are halves, and 0 is 0 still.
    X, w = rng.integers(-4, 5, size=(6, 3)).astype(float), rng.choice([-1.0, 1.0], size=3)
    X[0, 0] = -w[0] * (1.0 + X[0, 1:] @ w[1:])
    return X, step(X @ w + 1.0), np.array([1.0, *w])


@scenario(convergence_bound, forbids=("mutation",))
def a_plane_in_lists_and_left_alone(convergence_bound, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, d, w, b = _cloud(rng, 8, 2)
    w_opt = [int(b), *w.astype(int).tolist()]
    lists = convergence_bound(X.astype(int).tolist(), d.astype(int).tolist(), w_opt)
    return lists, convergence_bound(*_optimal(rng))


# ---- XOR ------------------------------------------------------------------------------------------


def _answered(network, at_zero):
    """What a network answers to the rows 00, 01, 10 and 11; how W2 and b2 are laid out is not looked at."""
    W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in network)
    X, _ = _gate("xor", range(4))
    H = step(X @ np.reshape(W1, (2, 2)) + np.reshape(b1, 2), at_zero)  # (4, 2)
    return step(H @ np.reshape(W2, 2) + np.reshape(b2, 1), at_zero)  # (4,)


@scenario(xor_network, draws=1)
def four_rows_with_one_at_zero(xor_network, _rng):
    """The rows 00, 01, 10 and 11 are answered with 0, 1, 1 and 0, by steps that answer 1 at zero."""
    return _answered(xor_network(), 1.0)


@scenario(xor_network, draws=1)
def four_rows_with_zero_at_zero(xor_network, _rng):
    """The rows 00, 01, 10 and 11 are answered with 0, 1, 1 and 0, by steps that answer 0 at zero."""
    return _answered(xor_network(), 0.0)


@scenario(xor_network, draws=1)
def shapes_of_both_layers(xor_network, _rng):
    """The four parts have the shapes (2, 2), (2,), (2, 1) and (1,)."""
    return [list(np.shape(part)) for part in xor_network()]
