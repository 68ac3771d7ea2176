"""Hidden checks of the perceptron: inputs only. What is right, the reference says.

Training is asked with small whole numbers and halves, so that every sum is exact: a sum that is exactly 0
stays exactly 0, and right answers in float32 take the same turns as those in float64.
"""

import numpy as np

from autograder import check, close, exact, scenario

from .reference import perceptron_fit, perceptron_update, step


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


@scenario(perceptron_update, compare=close(rtol=1e-5, atol=1e-5))  # a difference: float32 keeps six digits
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
