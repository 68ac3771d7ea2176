"""Hidden checks of the optimizers: inputs only. What is right, the reference says.

The sizes are chosen so that one mistake costs one criterion. Ordinary gradients lie between 0.5 and 2, where
the place of eps cannot be seen, and nearly flat ground has checks of its own. Late in a training the
correction has faded, so whoever left it out still shows that the rest is right.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import adam_step, momentum_step


def _slopes(rng, *shape):
    """Gradients uphill and downhill, 0.5 to 2 in size."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 2.0, size=shape)


# ---- momentum -------------------------------------------------------------------------------------


@check(momentum_step)
def from_rest(rng):
    """A ball at rest starts downhill with the plain gradient step, and that step is its velocity."""
    w = rng.normal(size=5)
    return w, 0 * w, _slopes(rng, 5), rng.uniform(0.05, 0.2), rng.uniform(0.6, 0.9)


@check(momentum_step)
def already_rolling(rng):
    """A matrix of weights that is already moving keeps a share of its velocity and is pushed downhill."""
    return {
        "theta": rng.normal(size=(3, 4)),
        "v": _slopes(rng, 3, 4),
        "g": _slopes(rng, 3, 4),
        "lr": rng.uniform(0.1, 0.3),
        "mu": rng.uniform(0.6, 0.8),
    }


@check(momentum_step)
def without_momentum(rng):
    """With mu = 0 nothing of the old velocity is left: plain gradient descent."""
    return rng.normal(size=5), _slopes(rng, 5), _slopes(rng, 5), rng.uniform(0.05, 0.2), 0.0


@scenario(momentum_step)
def terminal_speed(momentum_step, rng):
    """On a steady slope the steps settle at one length."""
    g, lr, mu = _slopes(rng, 4), rng.uniform(0.05, 0.1), rng.uniform(0.5, 0.6)
    before = after = np.zeros(4)
    v = np.zeros(4)
    for _ in range(40):  # mu^40 < 2e-9: settled
        before = after
        after, v = momentum_step(before, v, g, lr, mu)
    return np.subtract(after, before)  # not after - before: a student may hand back lists


@scenario(momentum_step)
def shrinking_learning_rate(momentum_step, rng):
    """When the learning rate shrinks, the velocity gathered before is not shrunk with it."""
    w, v = rng.normal(size=4), np.zeros(4)
    for k in range(5):
        w, v = momentum_step(w, v, _slopes(rng, 4), 0.4 / 2**k, 0.8)
    return w  # the weights alone: how the velocity is stored is asked by the other checks


@scenario(momentum_step)
def narrow_valley(momentum_step, rng):
    """Fifteen steps down the valley f(x, y) = x² + 10 y² end where ours end, with our velocity."""
    w, v = rng.uniform(0.5, 2.0, size=2), np.zeros(2)
    for _ in range(15):
        w, v = momentum_step(w, v, np.multiply([2.0, 20.0], w), 0.03, 0.8)
    return w, v


@check(momentum_step)
def whole_numbers_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    w, v, g = rng.integers(1, 9, size=(3, 4)).tolist()
    return w, v, g, 0.15, 0.7


@check(momentum_step, forbids=("mutation",))
def inputs_left_alone(rng):
    """The weights, the velocity and the gradient you are given are the same after the call."""
    return rng.normal(size=5), _slopes(rng, 5), _slopes(rng, 5), 0.1, 0.75


# ---- Adam -----------------------------------------------------------------------------------------


@check(adam_step)
def first_step(rng):
    """The first step moves each weight by almost exactly lr, whatever the size of its gradient."""
    w = 0.01 * rng.normal(size=6)
    g = _slopes(rng, 6) * 10.0 ** np.arange(1, 7)
    return w, 0 * w, 0 * w, 0, g


@check(adam_step)
def in_the_middle_of_training(rng):
    """A matrix of weights with a history takes the next step, with settings other than the usual ones."""
    return {
        "theta": 3 * _slopes(rng, 3, 4),
        "m": _slopes(rng, 3, 4),
        "v": rng.uniform(0.5, 2.0, size=(3, 4)),
        "t": int(rng.integers(2, 9)),
        "g": _slopes(rng, 3, 4),
        "lr": rng.uniform(0.1, 0.3),
        "b1": rng.uniform(0.7, 0.85),
        "b2": rng.uniform(0.9, 0.97),
    }


@check(adam_step)
def late_in_training(rng):
    """After fifty thousand steps the correction has faded, and the step is still right."""
    return 3 * _slopes(rng, 5), _slopes(rng, 5), rng.uniform(0.5, 2.0, size=5), 50_000, _slopes(rng, 5), 0.2


@scenario(adam_step)
def ten_steps_down_a_bowl(adam_step, rng):
    """Ten steps down f(w) = w² land where ours land, with our state."""
    w, t = rng.uniform(1.0, 3.0, size=4), 0
    m, v = np.zeros(4), np.zeros(4)
    for _ in range(10):
        w, m, v, t = adam_step(w, m, v, t, np.multiply(2.0, w), 0.05)
    return w, m, v, t


@scenario(adam_step, compare=close(atol=1e-6))
def gradients_in_another_unit(adam_step, rng):
    """With all gradients a thousand times larger the weights walk the same road, downhill."""
    start, slopes = rng.normal(size=4), _slopes(rng, 4)
    ends = []
    for unit in (1e2, 1e5):  # both so large that eps plays no part
        w, m, v, t = start, np.zeros(4), np.zeros(4), 0
        for k in range(1, 5):
            w, m, v, t = adam_step(w, m, v, t, unit * slopes / k, 0.1)
        ends.append(w)
    return np.subtract(*ends), np.sign(np.subtract(ends[0], start))


@check(adam_step)
def nearly_flat_ground(rng):
    """Where the gradients are as small as a millionth, the first step is still almost lr long."""
    w = 0.1 * rng.normal(size=6)
    return w, 0 * w, 0 * w, 0, 1e-6 * _slopes(rng, 6), 0.05


@check(adam_step)
def eps_as_large_as_the_gradients(rng):
    """An eps of the size of the gradients shortens the step as it should."""
    return {
        "theta": 0.1 * rng.normal(size=5),
        "m": 1e-7 * _slopes(rng, 5),
        "v": 1e-14 * rng.uniform(0.5, 2.0, size=5),
        "t": 5,
        "g": 1e-7 * _slopes(rng, 5),
        "lr": 0.2,
        "eps": rng.uniform(1e-7, 3e-7),
    }


@check(adam_step, forbids=("warnings",))
def weights_that_are_never_pushed(rng):
    """A weight whose gradient is zero from the beginning stays where it is; the others move."""
    w = _slopes(rng, 6)
    return w, 0 * w, 0 * w, 0, _slopes(rng, 6) * np.array([0, 100, 0, 100, 100, 0]), 0.1


@check(adam_step)
def whole_numbers_in_plain_lists(rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    m, v, g = rng.integers(1, 9, size=(3, 4)).tolist()
    return rng.integers(10, 30, size=4).tolist(), m, v, 50_000, g, 0.15


@check(adam_step, forbids=("mutation",))
def state_left_alone(rng):
    """The weights, the means and the gradient you are given are the same after the call."""
    return 3 * _slopes(rng, 5), _slopes(rng, 5), rng.uniform(0.5, 2.0, size=5), 50_000, _slopes(rng, 5), 0.1
