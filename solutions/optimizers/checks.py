"""Hidden checks of the optimizers: inputs only. What is right, the reference says.

The sizes are chosen so that one mistake costs one criterion. Ordinary gradients lie between 0.5 and 2, where
the place of eps cannot be seen, and nearly flat ground has checks of its own. Late in a training the
correction has faded, so whoever left it out still shows that the rest is right.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import (
    PlateauScheduler,
    adagrad_step,
    adam_step,
    alexnet_update,
    clip_by_norm,
    lr_at,
    momentum_step,
    nesterov_step,
    newton_step,
    optimal_step_size,
    rmsprop_step,
    sgd_step,
)

# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(atol=1e-5)


def _slopes(rng, *shape):
    """Gradients uphill and downhill, 0.5 to 2 in size."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 2.0, size=shape)


def _asked_anywhere(slope):
    """A gradient that keeps silent wherever a wrong answer asks for it, even at infinity."""

    def quiet(w):
        with np.errstate(all="ignore"):
            return slope(np.asarray(w, dtype=float))

    return quiet


def _bowl(rng, n):
    """Second derivatives (n, n) of a bowl: curvatures from 0.5 to 4, along axes that lie anyhow."""
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return Q @ np.diag(rng.permutation(np.linspace(0.5, 4.0, n))) @ Q.T


# ---- plain gradient descent -----------------------------------------------------------------------


@check(sgd_step)
def a_matrix_of_weights(rng):
    """Every weight of a matrix goes downhill, the steeper its slope the further."""
    return {"theta": rng.normal(size=(3, 4)), "g": _slopes(rng, 3, 4), "lr": rng.uniform(0.1, 0.3)}


@check(sgd_step)
def a_single_weight(rng):
    """A single number is a weight as well."""
    return float(_slopes(rng)), float(_slopes(rng)), rng.uniform(0.1, 0.3)


@scenario(sgd_step)
def down_a_bowl_in_ten_steps(sgd_step, rng):
    """Ten steps down f(w) = w² land where ours land, shorter and shorter."""
    w, lr = _slopes(rng, 4), rng.uniform(0.05, 0.2)
    for _ in range(10):
        w = sgd_step(w, np.multiply(2.0, w), lr)
    return w


@scenario(sgd_step, forbids=("mutation",))
def weights_left_alone(sgd_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, g = rng.integers(1, 9, size=(2, 4))
    return sgd_step(w.tolist(), g.tolist(), 0.15), sgd_step(w + 0.5, g + 0.25, 0.15)


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


# ---- Nesterov's momentum --------------------------------------------------------------------------


@check(nesterov_step)
def looking_ahead_from_rest(rng):
    """Without a velocity there is nothing to look ahead to: the first step is the plain one."""
    H, w = _bowl(rng, 3), _slopes(rng, 3)
    return w, 0 * w, _asked_anywhere(lambda w: H @ w), rng.uniform(0.1, 0.2), rng.uniform(0.6, 0.9)


@check(nesterov_step)
def rolling_through_a_bowl(rng):
    """In a bowl, at full speed, the slope ahead corrects the velocity."""
    H, b = _bowl(rng, 3), _slopes(rng, 3)
    slope = _asked_anywhere(lambda w: H @ w - b)
    return _slopes(rng, 3), _slopes(rng, 3), slope, 0.2, rng.uniform(0.6, 0.8)


@check(nesterov_step)
def rolling_over_waves(rng):
    """A matrix of weights rolls over waves, where the slope ahead may point to the other side."""
    return {
        "theta": 3 * _slopes(rng, 2, 3),
        "v": _slopes(rng, 2, 3),
        "grad_fn": _asked_anywhere(lambda w: 2 * np.cos(w)),
        "lr": rng.uniform(0.2, 0.4),
        "mu": rng.uniform(0.6, 0.8),
    }


@check(nesterov_step)
def ahead_without_momentum(rng):
    """With mu = 0 there is neither looking ahead nor rolling on: plain gradient descent."""
    slope = _asked_anywhere(lambda w: np.array([1.0, 2.0, 3.0, 4.0]) * w)
    return _slopes(rng, 4), _slopes(rng, 4), slope, 0.1, 0.0


@scenario(nesterov_step, compare=IN_SINGLE)
def where_the_slope_is_asked_for(nesterov_step, rng):
    """The gradient is asked for once in a step, where the velocity alone would lead."""
    asked = []

    def slope(w):
        asked.append(np.array(w, dtype=float))
        return np.multiply(2.0, w)

    nesterov_step(_slopes(rng, 4), _slopes(rng, 4), slope, 0.2, rng.uniform(0.6, 0.8))
    return asked


@scenario(nesterov_step)
def narrow_valley_looking_ahead(nesterov_step, rng):
    """Ten steps down the valley f(x, y) = x² + 10 y² end where ours end, with our velocity."""
    w, v = rng.uniform(0.5, 2.0, size=2), np.zeros(2)
    for _ in range(10):
        w, v = nesterov_step(w, v, lambda w: np.multiply([2.0, 20.0], w), 0.03, 0.8)
    return w, v


@scenario(nesterov_step, forbids=("mutation",))
def rolling_weights_left_alone(nesterov_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, v = rng.integers(1, 9, size=(2, 4))
    lists = nesterov_step(w.tolist(), v.tolist(), lambda w: np.multiply(2.0, w), 0.15, 0.7)
    return lists, nesterov_step(w + 0.5, v + 0.25, lambda w: np.multiply(2.0, w), 0.15, 0.7)


# ---- AdaGrad --------------------------------------------------------------------------------------


@check(adagrad_step)
def first_stride(rng):
    """The first step moves each weight by almost exactly lr, whatever the size of its gradient."""
    w = 0.01 * rng.normal(size=5)
    return w, 0 * w, _slopes(rng, 5) * 10.0 ** np.arange(1, 6), rng.uniform(0.1, 0.3)


@check(adagrad_step)
def weights_with_a_history(rng):
    """A matrix of weights that has seen gradients before adds the new squares to the old ones."""
    return {
        "theta": _slopes(rng, 3, 4),
        "r": rng.uniform(0.5, 2.0, size=(3, 4)),
        "g": _slopes(rng, 3, 4),
        "lr": rng.uniform(0.1, 0.3),
    }


@scenario(adagrad_step, compare=IN_SINGLE)
def a_weight_seldom_pushed(adagrad_step, rng):
    """Of two weights, the one that is pushed at every fourth step only keeps taking long steps."""
    w, r = np.zeros(2), np.zeros(2)
    for k in range(12):
        w, r = adagrad_step(w, r, _slopes(rng, 2) * [1.0, k % 4 == 3], 0.2)
    return w, r


@scenario(adagrad_step, compare=IN_SINGLE)
def shorter_and_shorter(adagrad_step, rng):
    """On a steady slope step number t is as long as the first one divided by the root of t."""
    w, r, g = np.zeros(3), np.zeros(3), _slopes(rng, 3)
    places = [w]
    for _ in range(16):
        w, r = adagrad_step(w, r, g, 0.2)
        places.append(w)
    lengths = np.diff(np.array([np.asarray(place, dtype=float) for place in places]), axis=0)
    return lengths[[0, 3, 8, 15]]


@check(adagrad_step)
def ground_nearly_flat(rng):
    """Where the gradients are as small as some millionths, the first step is still almost lr long."""
    w = 0.1 * rng.normal(size=5)
    return w, 0 * w, 3e-6 * _slopes(rng, 5), 0.2


@check(adagrad_step)
def an_eps_like_the_gradients(rng):
    """An eps of the size of the gradients shortens the step as it should."""
    w = 0.1 * rng.normal(size=5)
    r = 1e-6 * rng.uniform(0.5, 2.0, size=5)
    return {"theta": w, "r": r, "g": 1e-3 * _slopes(rng, 5), "lr": 0.2, "eps": rng.uniform(1e-3, 3e-3)}


@check(adagrad_step, forbids=("warnings",))
def weights_never_pushed(rng):
    """A weight whose gradient has been zero from the beginning stays where it is; the others move."""
    w = _slopes(rng, 6)
    return w, 0 * w, _slopes(rng, 6) * np.array([0, 100, 0, 100, 100, 0]), 0.1


@scenario(adagrad_step, forbids=("mutation",))
def sums_left_alone(adagrad_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, r, g = rng.integers(1, 9, size=(3, 4))
    return adagrad_step(w.tolist(), r.tolist(), g.tolist(), 0.15), adagrad_step(
        w + 0.5, r + 0.5, g + 0.25, 0.15
    )


# ---- RMSProp --------------------------------------------------------------------------------------


@check(rmsprop_step)
def stride_from_the_start(rng):
    """With the usual settings the first step is as long for each weight, whatever its gradient."""
    w = 0.01 * rng.normal(size=5)
    return w, 0 * w, _slopes(rng, 5) * 10.0 ** np.arange(2, 7), rng.uniform(0.1, 0.3)


@check(rmsprop_step)
def weights_with_a_running_mean(rng):
    """A matrix of weights with a history takes the next step, with a rho other than the usual one."""
    return {
        "theta": _slopes(rng, 3, 4),
        "r": 1e4 * rng.uniform(1.0, 2.0, size=(3, 4)),
        "g": 100 * _slopes(rng, 3, 4),  # so large that eps plays no part
        "lr": rng.uniform(0.1, 0.3),
        "rho": rng.uniform(0.65, 0.8),
    }


@scenario(rmsprop_step)
def a_cliff_forgotten(rmsprop_step, rng):
    """One gradient a hundred times as large as the others is forgotten after some dozens of steps."""
    w, r = np.zeros(3), np.zeros(3)
    strides = []
    for k in range(40):
        before = w
        w, r = rmsprop_step(before, r, _slopes(rng, 3) * (1e4 if k == 0 else 100), 0.1)
        strides.append(np.subtract(w, before))
    return strides[1], strides[20], strides[39], r


@scenario(rmsprop_step, compare=IN_SINGLE)
def one_length_in_the_end(rmsprop_step, rng):
    """On a steady slope the steps come to the length lr, whatever the slope."""
    g, lr = _slopes(rng, 3) * [1.0, 10.0, 100.0], rng.uniform(0.05, 0.2)
    before = after = np.zeros(3)
    r = np.zeros(3)
    for _ in range(30):  # 0.5^30 < 1e-9: settled
        before = after
        after, r = rmsprop_step(before, r, g, lr, 0.5)
    return np.subtract(after, before)


@check(rmsprop_step)
def ground_nearly_level(rng):
    """Where the gradients are as small as a thousandth, the steps are nearly as long as anywhere else."""
    w = 0.1 * rng.normal(size=5)
    return w, 1e-6 * rng.uniform(0.5, 2.0, size=5), 1e-3 * _slopes(rng, 5), 0.2


@check(rmsprop_step)
def an_eps_of_ones_own(rng):
    """An eps of the size of the gradients shortens the step as it should."""
    w = 0.1 * rng.normal(size=5)
    r = 1e-6 * rng.uniform(0.5, 2.0, size=5)
    return {"theta": w, "r": r, "g": 1e-3 * _slopes(rng, 5), "lr": 0.2, "eps": rng.uniform(1e-3, 3e-3)}


@check(rmsprop_step, forbids=("warnings",))
def weights_at_rest(rng):
    """A weight whose gradient has been zero from the beginning stays where it is; the others move."""
    w = _slopes(rng, 6)
    return w, 0 * w, _slopes(rng, 6) * np.array([0, 100, 0, 100, 100, 0]), 0.1


@scenario(rmsprop_step, forbids=("mutation",))
def means_left_alone(rmsprop_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, r, g = rng.integers(1, 9, size=(3, 4)) * [[1], [10_000], [100]]
    lists = rmsprop_step(w.tolist(), r.tolist(), g.tolist(), 0.15)
    return lists, rmsprop_step(w + 0.5, r + 0.5, g + 0.25, 0.15)


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


# ---- Newton's step --------------------------------------------------------------------------------


@check(newton_step)
def a_bowl_of_four_weights(rng):
    """In a bowl that lies askew to the weights, a whole step goes to where the slope would vanish."""
    return _slopes(rng, 4), _slopes(rng, 4), _bowl(rng, 4)


@check(newton_step)
def part_of_the_way(rng):
    """With lr below 1 only that share of the way is gone."""
    return {"theta": _slopes(rng, 4), "g": _slopes(rng, 4), "H": _bowl(rng, 4), "lr": rng.uniform(0.3, 0.7)}


@scenario(newton_step, compare=IN_SINGLE)
def the_bottom_at_once(newton_step, rng):
    """One step from anywhere in a quadratic bowl, and no slope is left."""
    H, b, x = _bowl(rng, 4), _slopes(rng, 4), 3 * _slopes(rng, 4)
    return H @ np.asarray(newton_step(x, H @ x - b, H), dtype=float) - b


@check(newton_step)
def a_saddle(rng):
    """On a saddle the step leads to the level place in the middle, uphill where it has to."""
    Q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    return _slopes(rng, 3), _slopes(rng, 3), Q @ np.diag([2.0, -1.0, 0.5]) @ Q.T


@check(newton_step)
def one_weight_alone(rng):
    """With one weight it is Newton's method of school, for the zero of the slope."""
    return rng.normal(size=1), _slopes(rng, 1), rng.uniform(2.0, 4.0, size=(1, 1))


@check(newton_step)
def a_level_direction(rng):
    """Where one direction has no curvature at all there is no step to take: LinAlgError."""
    a = 2.0 ** rng.integers(-3, 4)  # so that elimination comes to exactly zero, on every machine
    return rng.normal(size=2), _slopes(rng, 2), np.array([[a, 2 * a], [2 * a, 4 * a]])


@scenario(newton_step, forbids=("mutation",))
def slopes_and_curvatures_left_alone(newton_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, g, H = (
        rng.integers(1, 9, size=3),
        rng.integers(1, 9, size=3),
        np.array([[5, 1, 2], [1, 7, 1], [2, 1, 3]]),
    )
    return newton_step(w.tolist(), g.tolist(), H.tolist()), newton_step(w + 0.5, g + 0.25, H + 0.0, 0.5)


# ---- the best step along the gradient -------------------------------------------------------------


@check(optimal_step_size)
def one_bowl(rng):
    """In a bowl with several curvatures, the step is the one that ends lowest."""
    return 2 * _slopes(rng, 4), _bowl(rng, 4)


@scenario(optimal_step_size, compare=IN_SINGLE)
def level_at_the_end(optimal_step_size, rng):
    """Where the best step ends, the ground neither falls nor rises in the direction you came."""
    H, b, x = _bowl(rng, 4), _slopes(rng, 4), _slopes(rng, 4)
    g = H @ x - b
    return float(g @ (H @ (x - optimal_step_size(g, H) * g) - b)) / float(g @ g)


@scenario(optimal_step_size)
def the_gradient_in_another_unit(optimal_step_size, rng):
    """However long the gradient is, along the same line the best step is the same."""
    g, H = 0.1 * _slopes(rng, 3), _bowl(rng, 3)
    return optimal_step_size(g, H), optimal_step_size(100 * g, H)


@check(optimal_step_size)
def bent_downwards(rng):
    """Where the ground bends downwards along the slope, no step is too far: the answer is infinity."""
    return _slopes(rng, 3), -_bowl(rng, 3)


@check(optimal_step_size, forbids=("warnings",))
def no_curvature_along_the_slope(rng):
    """Where the ground does not bend along the slope, the answer is infinity as well, without a warning."""
    a, b = float(rng.integers(1, 9)), float(rng.integers(1, 9))
    return np.array([a, 0.0, b]), np.array([[0.0, b, 0.0], [b, 2.0, 1.0], [0.0, 1.0, 0.0]])


@scenario(optimal_step_size, forbids=("mutation",))
def curvatures_left_alone(optimal_step_size, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    g, H = rng.integers(1, 9, size=3), np.array([[5, 1, 2], [1, 7, 1], [2, 1, 3]])
    return optimal_step_size(g.tolist(), H.tolist()), optimal_step_size(g + 0.5, H + 0.0)


# ---- schedules ------------------------------------------------------------------------------------


@check(lr_at)
def linear_on_the_way(rng):
    """Between the beginning and tau the linear schedule lies on the line between its two rates."""
    t, tau = int(rng.integers(11, 40)), int(rng.integers(50, 90))
    return {"kind": "linear", "t": t, "e0": rng.uniform(0.3, 0.9), "etau": rng.uniform(0.05, 0.1), "tau": tau}


@scenario(lr_at)
def linear_at_both_ends(lr_at, rng):
    """The linear schedule begins with e0, and reaches etau at tau."""
    e0, etau, tau = rng.uniform(0.3, 0.9), rng.uniform(0.05, 0.1), int(rng.integers(50, 90))
    return [lr_at("linear", t, e0=e0, etau=etau, tau=tau) for t in (0, tau)]


@check(lr_at)
def linear_long_after_its_end(rng):
    """After tau the linear schedule stays where it is."""
    t, tau = int(rng.integers(100, 400)), int(rng.integers(50, 90))
    return {"kind": "linear", "t": t, "e0": rng.uniform(0.3, 0.9), "etau": rng.uniform(0.05, 0.1), "tau": tau}


@check(lr_at)
def exponential_within_a_decade(rng):
    """The exponential schedule falls at every step, also between two multiples of r."""
    t, r = int(rng.integers(12, 19)), 10
    return {"kind": "exponential", "t": t, "lr0": rng.uniform(0.3, 0.9), "r": r}


@scenario(lr_at)
def a_tenth_after_every_r_steps(lr_at, rng):
    """The exponential schedule begins with lr0; r steps later a tenth is left, r more, a hundredth."""
    lr0, r = rng.uniform(0.3, 0.9), int(rng.integers(4, 9))
    return [lr_at("exponential", t, lr0=lr0, r=r) / lr0 for t in (0, r, 2 * r)]


@check(lr_at)
def power_of_any_exponent(rng):
    """The power schedule with an exponent other than 1."""
    t, c = int(rng.integers(12, 19)), rng.choice([rng.uniform(0.4, 0.7), rng.uniform(1.4, 2.0)])
    return {"kind": "power", "t": t, "lr0": rng.uniform(0.3, 0.9), "r": 10, "c": c}


@scenario(lr_at)
def power_of_one(lr_at, rng):
    """With c = 1 the power schedule has halved after r steps, and has a third left after 2 r."""
    lr0, r = rng.uniform(0.3, 0.9), int(rng.integers(4, 9))
    return [lr_at("power", t, lr0=lr0, r=r, c=1) / lr0 for t in (0, r, 2 * r)]


def _stairs(rng):
    """Three boundaries and four values that fall unevenly."""
    boundaries = np.cumsum(rng.integers(4, 20, size=3)).tolist()
    return boundaries, (rng.uniform(0.6, 0.9) * np.array([1.0, 0.4, 0.1, 0.03])).tolist()


@scenario(lr_at)
def stairs_between_their_edges(lr_at, rng):
    """A piecewise schedule has a value of its own between any two boundaries."""
    boundaries, values = _stairs(rng)
    return [lr_at("piecewise", b + 2, boundaries=boundaries, values=values) for b in boundaries[:2]]


@scenario(lr_at)
def stairs_on_their_edges(lr_at, rng):
    """On a boundary the new value counts, one step before it the old one."""
    boundaries, values = _stairs(rng)
    times = [t for b in boundaries for t in (b - 1, b)]
    return [lr_at("piecewise", t, boundaries=boundaries, values=values) for t in times]


@scenario(lr_at)
def stairs_before_the_first_and_after_the_last_edge(lr_at, rng):
    """A piecewise schedule begins with its first value and ends with its last."""
    boundaries, values = _stairs(rng)
    return [lr_at("piecewise", t, boundaries=boundaries, values=values) for t in (0, 1000)]


@check(lr_at)
def a_schedule_nobody_knows(rng):
    """A kind of schedule that does not exist is refused with a ValueError."""
    kind = rng.choice(["cosine", "step", "Linear", "pow"]).item()
    t = int(rng.integers(1, 9))
    return {"kind": kind, "t": t, "lr0": 0.1, "r": 10, "c": 1, "e0": 1.0, "etau": 0.1, "tau": 10}


@scenario(lr_at, forbids=("mutation",))
def settings_left_alone(lr_at, rng):
    """The lists you are given are the same after the call, and whole numbers among the rates are welcome."""
    boundaries, _ = _stairs(rng)
    stairs = lr_at("piecewise", boundaries[1], boundaries=boundaries, values=[4, 3, 2, 1])
    return stairs, lr_at("linear", 3, e0=2, etau=1, tau=int(rng.integers(5, 9)))


# ---- a schedule that watches ----------------------------------------------------------------------


def _rates(scheduler, errors):
    """The learning rate after each of the validation errors."""
    return [scheduler.step(float(error)) for error in errors]


@scenario(PlateauScheduler)
def a_plateau_after_progress(PlateauScheduler, rng):
    """While the error falls the rate stays; after `patience` steps without progress it is lowered."""
    lr, factor, best = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7), rng.uniform(0.2, 0.4)
    errors = [best + 0.5, best + 0.3, best + 0.1, best, *best + rng.uniform(0.15, 0.2, size=2)]
    return _rates(PlateauScheduler(lr, factor, 3), [*errors, best + 0.11, best - 0.1, best - 0.2])


@scenario(PlateauScheduler)
def a_long_plateau(PlateauScheduler, rng):
    """An error that stays as it is brings the rate down again and again, with full patience each time."""
    lr, factor, error = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7), rng.uniform(0.2, 0.9)
    return _rates(PlateauScheduler(lr=lr, factor=factor, patience=2), [error] * 8)


@scenario(PlateauScheduler)
def one_good_epoch_in_between(PlateauScheduler, rng):
    """A better error in between makes the count begin anew."""
    lr, factor, best = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7), rng.uniform(0.3, 0.5)
    errors = [best, best + 0.1, best + 0.2, best - 0.1, best + 0.1, best + 0.2, best, best - 0.2]
    return _rates(PlateauScheduler(lr, factor, 3), errors)


@scenario(PlateauScheduler)
def to_and_fro(PlateauScheduler, rng):
    """An error that goes to and fro above its best is no progress, though every other step goes down."""
    lr, factor, best = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7), rng.uniform(0.3, 0.5)
    return _rates(
        PlateauScheduler(lr, factor, 4), best + np.array([0, 0.3, 0.1, 0.4, 0.2, 0.3, 0.1, 0.2, 0.05])
    )


@scenario(PlateauScheduler)
def progress_in_crumbs(PlateauScheduler, rng):
    """Gains of less than min_delta are none, until they add up to more than it."""
    lr, factor, best = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7), rng.uniform(0.5, 0.6)
    errors = best - np.array([0.0, 0.03, 0.06, 0.09, 0.12, 0.15, 0.18, 0.21, 0.24, 0.24, 0.2, 0.22])
    return _rates(PlateauScheduler(lr, factor, 2, min_delta=0.1), errors)


@scenario(PlateauScheduler)
def two_trainings_at_once(PlateauScheduler, rng):
    """Two schedulers know nothing of each other."""
    lr, factor = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7)
    one, other = PlateauScheduler(lr, factor, 2), PlateauScheduler(2 * lr, factor, 3)
    falling, rising = np.array([0.9, 0.7, 0.5, 0.4, 0.3]), np.array([0.2, 0.3, 0.4, 0.5, 0.6])
    pairs = zip(falling.tolist(), rising.tolist(), strict=True)
    return [(one.step(low), other.step(high)) for low, high in pairs]


# ---- clipping -------------------------------------------------------------------------------------


def _parts(rng):
    """Gradients of three shapes: a matrix, its biases and a long one, with norms of roughly 9, 3 and 12."""
    return [2.5 * _slopes(rng, 3, 4), 1.5 * _slopes(rng, 4), 3.5 * _slopes(rng, 2, 3, 2)]


def _norm(grads):
    """The norm of all gradients together, whatever a student hands back."""
    return float(np.sqrt(sum(np.sum(np.square(np.asarray(g, dtype=float))) for g in grads)))


@check(clip_by_norm)
def one_long_gradient(rng):
    """A single gradient that is too long is brought to the length allowed."""
    return [4 * _slopes(rng, 5)], rng.uniform(0.5, 2.0)


@check(clip_by_norm)
def weights_and_biases_together(rng):
    """Gradients of several shapes have one norm together and are scaled by one factor."""
    return {"grads": _parts(rng), "c": rng.uniform(3.0, 6.0)}


@check(clip_by_norm)
def short_enough(rng):
    """Gradients that are short enough stay as they are."""
    return _parts(rng), rng.uniform(40.0, 60.0)


@check(clip_by_norm)
def just_long_enough(rng):
    """Gradients that are exactly as long as allowed stay as they are."""
    k = float(rng.integers(2, 9))
    return [np.array([3 * k]), np.array([[0.0, -4 * k]])], 5 * k


@check(clip_by_norm)
def a_table_of_slopes(rng):
    """A matrix has as many numbers as it has, and all of them count."""
    return [rng.permutation(np.arange(2.0, 14.0)).reshape(4, 3)], rng.uniform(1.0, 2.0)


@scenario(clip_by_norm)
def shorter_in_the_same_direction(clip_by_norm, rng):
    """What comes back has the length allowed, and all numbers have been multiplied by the same factor."""
    grads, c = _parts(rng), rng.uniform(3.0, 6.0)
    clipped = clip_by_norm(grads, c)
    factors = [np.divide(new, old) for new, old in zip(clipped, grads, strict=True)]
    return _norm(clipped), max(map(np.max, factors)) / min(map(np.min, factors))


@check(clip_by_norm, forbids=("warnings",))
def nothing_to_clip(rng):
    """Gradients of zero stay zero, with no nan and no warning."""
    return [np.zeros((int(rng.integers(2, 5)), 3)), np.zeros(int(rng.integers(2, 9)))], rng.uniform(0.5, 2.0)


@scenario(clip_by_norm, forbids=("mutation",))
def gradients_left_alone(clip_by_norm, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    a, b = rng.integers(3, 9, size=(2, 3)), rng.integers(3, 9, size=4)
    return clip_by_norm([a.tolist(), b.tolist()], 7), clip_by_norm([a + 0.5, b + 0.25], 4.0)


# ---- AlexNet --------------------------------------------------------------------------------------


@check(alexnet_update)
def layer_already_moving(rng):
    """A matrix of large weights that is already moving is damped, pulled towards zero and pushed downhill."""
    return {
        "w": 20 * _slopes(rng, 3, 4),
        "v": _slopes(rng, 3, 4),
        "g": _slopes(rng, 3, 4),
        "lr": rng.uniform(0.1, 0.3),
    }


@check(alexnet_update)
def nothing_but_decay(rng):
    """Where there is neither a slope nor a velocity, the weights still shrink a little."""
    w = 20 * _slopes(rng, 5)
    return w, 0 * w, 0 * w, rng.uniform(0.1, 0.3)


@check(alexnet_update)
def nothing_to_decay(rng):
    """Weights of zero are moved by momentum and gradient alone."""
    w = np.zeros(5)
    return w, _slopes(rng, 5), _slopes(rng, 5), rng.uniform(0.1, 0.3)


@scenario(alexnet_update)
def rate_divided_by_ten(alexnet_update, rng):
    """Six updates, after three of which the learning rate is divided by ten, end where ours end."""
    w, v = 20 * _slopes(rng, 4), np.zeros(4)
    for k in range(6):
        w, v = alexnet_update(w, v, _slopes(rng, 4), 0.3 if k < 3 else 0.03)
    return w  # the weights alone: how the velocity is stored is asked by the other checks


@scenario(alexnet_update, forbids=("mutation",))
def layer_left_alone(alexnet_update, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    w, v, g = rng.integers(1, 9, size=(3, 4))
    return alexnet_update(w.tolist(), v.tolist(), g.tolist(), 0.2), alexnet_update(
        w + 0.5, v + 0.25, g + 0.5, 0.2
    )
