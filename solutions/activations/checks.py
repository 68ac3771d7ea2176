"""Hidden checks of the activations: inputs only. What is right, the reference says.

Ordinary inputs stay within ±4, where no form of an exponential overflows; ±1000 has checks of its own, and so
have the corners, where conventions differ. The steepness is 1, and a leak the usual one, except where
something else is asked for, so that forgetting them costs what it is worth. Sums stay clear of 0, where all
activations meet.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import (
    elu,
    elu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    piecewise_linear,
    prelu_backward,
    relu,
    relu6,
    relu_derivative,
    selu,
    sigmoid,
    sigmoid_derivative,
    sigmoid_derivative_from_output,
    softplus,
    tanh_derivative,
)

# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(atol=1e-5)
# Numbers far smaller than 1, of which each has to be right in itself.
EACH_BY_ITSELF = close(atol=0.0)


def _steepness(rng):
    """Either clearly gentler or clearly steeper than 1."""
    return rng.choice([rng.uniform(0.3, 0.6), rng.uniform(1.8, 3.0)])


def _sums(rng, *shape, low=0.3, high=4.0):
    """Numbers of either sign, neither near 0 nor large; at least one positive and one negative."""
    count = int(np.prod(shape))
    signs = np.concatenate([[1.0, -1.0], rng.choice([1.0, -1.0], size=count)])[:count]
    return rng.permutation(signs).reshape(shape) * rng.uniform(low, high, size=shape)


def _whole(rng):
    """Whole numbers on either side of 0, and 0 among them, as a list and, a quarter more, as an array."""
    z = rng.permutation([-3, -2, -1, 0, 1, 2])
    return z.tolist(), z + 0.25


def _far(rng):
    """Numbers up to ±1000, none of them 0."""
    z = np.array([-1000.0, -720.0, -40.0, -1.0, 1.0, 40.0, 720.0, 1000.0])
    return rng.permutation(z) + rng.uniform(-0.5, 0.5)


# ---- sigmoid --------------------------------------------------------------------------------------


@check(sigmoid)
def ordinary_inputs(rng):
    """Inputs between -4 and 4 are squashed into the interval from 0 to 1."""
    return rng.uniform(-4, 4, size=7)


@check(sigmoid)
def a_batch_of_sums(rng):
    """A matrix of sums, one row for each example, keeps its shape and its order."""
    return rng.uniform(-4, 4, size=(3, 5))


@check(sigmoid)
def another_steepness(rng):
    """With λ above 1 the curve is steeper, below 1 gentler; it still ends at 0 and 1."""
    return {"z": rng.uniform(-3, 3, size=7), "lam": _steepness(rng)}


@scenario(sigmoid)
def mirror_image(sigmoid, rng):
    """The curve is its own mirror image: s(z) and s(-z) add up to 1, and the one is the larger."""
    z = rng.uniform(0.2, 4, size=6)
    ahead, behind = sigmoid(z), sigmoid(-z)
    return np.add(ahead, behind), np.greater(ahead, behind)


@check(sigmoid, forbids=("warnings",))
def far_out(rng):
    """Inputs of ±1000 give 0 and 1, with no NaN and no overflow warning."""
    return rng.permutation([-1000.0, -720.0, -40.0, -1.0, 0.0, 1.0, 40.0, 720.0, 1000.0]) + rng.uniform(
        -0.5, 0.5
    )


@check(sigmoid, forbids=("warnings",))
def far_out_because_steep(rng):
    """A steep curve overflows no earlier than a gentle one: λ = 50 and inputs of ±100."""
    return {"z": rng.permutation([-100.0, -30.0, -0.02, 0.01, 30.0, 100.0]), "lam": rng.uniform(40.0, 60.0)}


@check(sigmoid)
def whole_numbers_in_a_list(rng):
    """A list of whole numbers is taken as well as an array, and nothing is rounded to 0 or 1."""
    return rng.permutation([-3, -1, 0, 1, 2]).tolist()


@check(sigmoid)
def one_number(rng):
    """A single number goes in and a single number comes out."""
    return float(rng.uniform(-2, 2))


@check(sigmoid, forbids=("mutation",))
def input_left_alone(rng):
    """The array you are given is the same after the call."""
    return rng.uniform(-4, 4, size=6)


# ---- its slope ------------------------------------------------------------------------------------


@check(sigmoid_derivative)
def slope_at_ordinary_inputs(rng):
    """The slope at inputs between -4 and 4; z is the input of the sigmoid, not its output."""
    return rng.uniform(-4, 4, size=7)


@check(sigmoid_derivative)
def slope_of_a_batch(rng):
    """A matrix of sums, one row for each example, keeps its shape and its order."""
    return rng.uniform(-4, 4, size=(3, 5))


@check(sigmoid_derivative)
def slope_with_another_steepness(rng):
    """λ changes both the height of the slope and where it lies."""
    return {"z": rng.uniform(-3, 3, size=7), "lam": _steepness(rng)}


@check(sigmoid_derivative)
def top_of_the_hill(rng):
    """At z = 0 the slope is at its largest, a quarter of λ."""
    return {"z": np.array([0.0, 0.1, -0.1]), "lam": _steepness(rng)}


@scenario(sigmoid_derivative)
def area_under_the_slope(sigmoid_derivative, rng):
    """Summed up along z, the slope gives the height that the sigmoid climbs."""
    lam = _steepness(rng)
    z = np.linspace(0.0, rng.uniform(1.0, 4.0), 201)
    slope = np.asarray(sigmoid_derivative(z, lam), dtype=float)
    return np.sum((slope[1:] + slope[:-1]) / 2) * (z[1] - z[0])


@check(sigmoid_derivative, forbids=("warnings",))
def slope_far_out(rng):
    """At ±1000 the curve is flat: slope 0, with no NaN and no overflow warning."""
    return rng.permutation([-1000.0, -720.0, -40.0, -1.0, 0.0, 1.0, 40.0, 720.0, 1000.0]) + rng.uniform(
        -0.5, 0.5
    )


@check(sigmoid_derivative)
def slope_at_whole_numbers(rng):
    """A list of whole numbers is taken as well as an array, and nothing is rounded to 0."""
    return rng.permutation([-3, -1, 0, 1, 2]).tolist()


@check(sigmoid_derivative)
def slope_at_one_number(rng):
    """A single number goes in and a single number comes out."""
    return float(rng.uniform(-2, 2))


@check(sigmoid_derivative, forbids=("mutation",))
def sums_left_alone(rng):
    """The array you are given is the same after the call."""
    return rng.uniform(-4, 4, size=6)


# ---- its slope, from its output -------------------------------------------------------------------


@check(sigmoid_derivative_from_output)
def outputs_between_0_and_1(rng):
    """The slope where the sigmoid gave these outputs."""
    return rng.uniform(0.05, 0.95, size=7)


@check(sigmoid_derivative_from_output)
def outputs_of_a_batch(rng):
    """A matrix of outputs, one row for each example, keeps its shape and its order."""
    return rng.uniform(0.05, 0.95, size=(3, 5))


@scenario(sigmoid_derivative_from_output)
def right_behind_the_sigmoid(sigmoid_derivative_from_output, rng):
    """After a sigmoid, this is the slope of the sigmoid at the sum that went in."""
    return sigmoid_derivative_from_output(sigmoid(rng.uniform(-4, 4, size=6)))


@check(sigmoid_derivative_from_output)
def outputs_at_the_ends(rng):
    """At outputs of exactly 0 and 1 the curve is flat."""
    return np.append(rng.permutation([0.0, 1.0, 1.0]), rng.uniform(0.2, 0.4))


@scenario(sigmoid_derivative_from_output, forbids=("mutation",))
def outputs_left_alone(sigmoid_derivative_from_output, rng):
    """A list is as good as an array, and what you are given is the same after the call."""
    a = rng.uniform(0.05, 0.95, size=5)
    return sigmoid_derivative_from_output(a.tolist()), sigmoid_derivative_from_output(a)


# ---- slope of tanh --------------------------------------------------------------------------------


@check(tanh_derivative)
def steepness_of_tanh(rng):
    """The slope at inputs on either side of 0; z is the input of tanh, not its output."""
    return _sums(rng, 7, high=3.0)


@check(tanh_derivative)
def steepness_of_a_batch(rng):
    """A matrix of sums, one row for each example, keeps its shape and its order."""
    return _sums(rng, 3, 5, high=3.0)


@scenario(tanh_derivative)
def area_under_the_bell(tanh_derivative, rng):
    """Summed up along z, the slope gives the height that tanh climbs."""
    z = np.linspace(0.0, rng.uniform(0.5, 2.0), 201)
    slope = np.asarray(tanh_derivative(z), dtype=float)
    return np.sum((slope[1:] + slope[:-1]) / 2) * (z[1] - z[0])


@scenario(tanh_derivative, compare=close(rtol=1e-5))
def beside_the_sigmoid(tanh_derivative, rng):
    """How many times as steep tanh is as the sigmoid at twice the input: everywhere the same."""
    z = _sums(rng, 6, high=1.5)
    return np.divide(tanh_derivative(z), sigmoid_derivative(2 * z))


@check(tanh_derivative)
def top_of_the_bell(rng):
    """At z = 0 the slope is at its largest, and at z and -z it is the same."""
    z = rng.uniform(0.5, 1.5)
    return np.array([0.0, z, -z])


@check(tanh_derivative, forbids=("warnings",))
def tanh_far_out(rng):
    """At ±1000 tanh is flat: slope 0, with no NaN and no overflow warning."""
    return _far(rng)


@scenario(tanh_derivative, forbids=("mutation",))
def inputs_of_tanh_left_alone(tanh_derivative, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return tanh_derivative(z), tanh_derivative(more)


# ---- relu -----------------------------------------------------------------------------------------


@check(relu)
def sums_of_either_sign(rng):
    """Positive numbers pass, whatever their size, and negative ones become 0."""
    return rng.permutation(np.append(_sums(rng, 7), rng.uniform(7, 9)))


@check(relu)
def a_batch_of_pictures(rng):
    """Two pictures of three channels keep their shape, and every number is looked at by itself."""
    return _sums(rng, 2, 3, 4, 5)


@scenario(relu, compare=IN_SINGLE)
def the_two_halves(relu, rng):
    """What z lets pass, less what -z lets pass, is z again."""
    z = _sums(rng, 6)
    return np.subtract(relu(z), relu(-z)) - z


@scenario(relu, forbids=("mutation",))
def negative_sums_left_alone(relu, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return relu(z), relu(more)


# ---- its slope ------------------------------------------------------------------------------------


@check(relu_derivative)
def slopes_on_either_side(rng):
    """The slope on either side of the corner, whatever the size of the number."""
    return rng.permutation(np.concatenate([_sums(rng, 5, high=0.9), _sums(rng, 3, low=2.0, high=9.0)]))


@check(relu_derivative)
def slopes_of_a_batch_of_pictures(rng):
    """Two pictures of three channels keep their shape, and every number is looked at by itself."""
    return _sums(rng, 2, 3, 4, 5)


@check(relu_derivative, forbids=("warnings",))
def right_at_the_corner(rng):
    """At exactly 0 the slope is 0, as the handout says, and without a warning."""
    return rng.permutation(np.concatenate([[0.0, 0.0], _sums(rng, 4, high=0.9)]))


@scenario(relu_derivative)
def slope_times_sum(relu_derivative, rng):
    """A line through 0 is its slope times z, and so the slope times z is what `relu` gives."""
    z = _sums(rng, 6, high=0.9)
    return np.multiply(relu_derivative(z), z)


@scenario(relu_derivative, forbids=("mutation",))
def signs_left_alone(relu_derivative, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z = rng.permutation([-3, -2, -1, 1, 2, 3])
    return relu_derivative(z.tolist()), relu_derivative(z + 0.25)


# ---- leaky relu -----------------------------------------------------------------------------------


@check(leaky_relu)
def the_usual_leak(rng):
    """Where no leak is given, it is 0.01."""
    return _sums(rng, 3, 5)


@check(leaky_relu)
def a_larger_leak(rng):
    """With another leak the positive numbers are as before, and the negative ones follow it."""
    return {"z": _sums(rng, 7), "a": rng.uniform(0.15, 0.25)}


@check(leaky_relu)
def steeper_below_than_above(rng):
    """With a leak above 1 the negative numbers grow in size and the positive ones are still as before."""
    return {"z": _sums(rng, 7), "a": rng.uniform(1.4, 1.8)}


@check(leaky_relu, forbids=("warnings",))
def no_leak_at_all(rng):
    """With a leak of 0 the negative numbers become 0, without a warning."""
    return {"z": _sums(rng, 7), "a": 0.0}


@scenario(leaky_relu, forbids=("mutation",))
def leaking_sums_left_alone(leaky_relu, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return leaky_relu(z, 0.25), leaky_relu(more, 0.25)


# ---- its slope ------------------------------------------------------------------------------------


@check(leaky_relu_derivative)
def slopes_with_the_usual_leak(rng):
    """Where no leak is given, it is 0.01."""
    return _sums(rng, 3, 5)


@check(leaky_relu_derivative)
def slopes_with_a_larger_leak(rng):
    """The slope on either side of the corner with another leak."""
    return {"z": _sums(rng, 7), "a": rng.uniform(0.15, 0.25)}


@check(leaky_relu_derivative)
def slopes_with_a_steep_leak(rng):
    """With a leak above 1 it is still the negative side that follows it."""
    return {"z": _sums(rng, 7), "a": rng.uniform(1.4, 1.8)}


@check(leaky_relu_derivative)
def leak_at_the_corner(rng):
    """At exactly 0 the slope is that of the negative side, as the docstring says."""
    return {"z": rng.permutation(np.concatenate([[0.0, 0.0], _sums(rng, 4)])), "a": rng.uniform(0.15, 0.25)}


@scenario(leaky_relu_derivative, forbids=("mutation",))
def leaking_signs_left_alone(leaky_relu_derivative, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z = rng.permutation([-3, -2, -1, 1, 2, 3])
    return leaky_relu_derivative(z.tolist(), 0.25), leaky_relu_derivative(z + 0.25, 0.25)


# ---- a layer with learned slopes ------------------------------------------------------------------


def _layer(rng, n, c):
    """Sums, slopes and gradients of a layer; every channel has sums of either sign where n allows it.

    No two numbers of a channel have the same size, no slope is 0 or 1, and no gradient is small.
    """
    z = np.stack([_sums(rng, n) for _ in range(c)], axis=1)
    return z, rng.permutation(np.linspace(0.2, 0.7, c)), _sums(rng, n, c, low=0.5, high=2.0)


@check(prelu_backward)
def five_examples_of_three_channels(rng):
    """Five examples of three channels: a gradient for every sum and one for every slope."""
    return _layer(rng, 5, 3)


@check(prelu_backward)
def as_many_examples_as_channels(rng):
    """Four examples of four channels, where a row and a column have the same length."""
    return _layer(rng, 4, 4)


@check(prelu_backward)
def one_example(rng):
    """A batch of a single example, with sums of either sign."""
    return _sums(rng, 1, 5), rng.uniform(0.2, 0.7, size=5), _sums(rng, 1, 5, low=0.5, high=2.0)


@check(prelu_backward)
def one_channel(rng):
    """Six examples of a single channel, and still an array of one slope."""
    return _layer(rng, 6, 1)


@scenario(prelu_backward, compare=IN_SINGLE)
def against_small_pushes(prelu_backward, rng):
    """Pushing the slopes a little changes the loss by gradient times push."""
    z, a, dout = _layer(rng, 4, 3)
    push, h = rng.uniform(0.5, 1.5, size=3), 1e-4
    up, down = (np.sum(dout * np.where(z > 0, z, (a + side * push) * z)) for side in (h, -h))
    return np.sum(np.multiply(prelu_backward(z, a, dout)[1], push)) - (up - down) / (2 * h)


@check(prelu_backward)
def negative_and_steep_slopes(rng):
    """What was learned may be below 0 or above 1."""
    z, _, dout = _layer(rng, 5, 2)
    return {"z": z, "a": rng.permutation([-rng.uniform(0.2, 0.5), rng.uniform(1.4, 1.8)]), "dout": dout}


@check(prelu_backward)
def sums_of_exactly_0(rng):
    """At exactly 0 the slope is that of the negative side."""
    z, a, dout = _layer(rng, 5, 3)
    z[rng.permutation(5)[:3], [0, 1, 2]] = 0.0
    return z, a, dout


@scenario(prelu_backward, forbids=("mutation",))
def gradient_left_alone(prelu_backward, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    z, a, dout = _layer(rng, 4, 3)
    return prelu_backward(z.tolist(), a.tolist(), dout.tolist()), prelu_backward(z, a, dout)


# ---- elu ------------------------------------------------------------------------------------------


def _depth(rng):
    """An a that is neither 1 nor near it."""
    return rng.choice([rng.uniform(0.3, 0.6), rng.uniform(1.6, 2.5)])


@check(elu)
def bent_towards_minus_a(rng):
    """Positive numbers pass, negative ones are bent, with an a other than 1."""
    return _sums(rng, 7), _depth(rng)


@check(elu)
def a_batch_with_a_of_1(rng):
    """A matrix of sums keeps its shape and its order, with the usual a of 1."""
    return {"z": _sums(rng, 3, 5), "a": 1.0}


@check(elu, forbids=("warnings",))
def bent_far_out(rng):
    """1000 stays 1000 and -1000 becomes -a, with neither NaN nor a warning."""
    return _far(rng), _depth(rng)


@check(elu, compare=EACH_BY_ITSELF)
def a_hair_below_0(rng):
    """Near 0 the curve is almost the line a z, and no digit of it is lost."""
    return -1e-12 * rng.uniform(0.1, 0.9, size=6), _depth(rng)


@scenario(elu, forbids=("mutation",))
def bent_sums_left_alone(elu, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return elu(z, 0.5), elu(more, 0.5)


# ---- its slope ------------------------------------------------------------------------------------


@check(elu_derivative)
def slopes_of_the_bend(rng):
    """The slope on either side of 0, with an a other than 1."""
    return _sums(rng, 7), _depth(rng)


@check(elu_derivative)
def slopes_of_a_batch_with_a_of_1(rng):
    """A matrix of sums keeps its shape and its order, with the usual a of 1."""
    return {"z": _sums(rng, 3, 5), "a": 1.0}


@scenario(elu_derivative, compare=IN_SINGLE)
def slopes_against_small_steps(elu_derivative, rng):
    """A small step along z changes the function by slope times step."""
    z, a, h = _sums(rng, 6, high=2.0), _depth(rng), 1e-5
    return np.subtract(elu_derivative(z, a), (elu(z + h, a) - elu(z - h, a)) / (2 * h))


@check(elu_derivative)
def where_the_sides_meet(rng):
    """With a = 1 both sides meet smoothly at 0, with the slope 1."""
    return rng.permutation(np.concatenate([[0.0, 0.0], _sums(rng, 4)])), 1.0


@check(elu_derivative, forbids=("warnings",))
def slopes_of_the_bend_far_out(rng):
    """At 1000 the slope is 1 and at -1000 it is 0, with neither NaN nor a warning."""
    return _far(rng), _depth(rng)


@scenario(elu_derivative, forbids=("mutation",))
def bends_left_alone(elu_derivative, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z = rng.permutation([-3, -2, -1, 1, 2, 3])
    return elu_derivative(z.tolist(), 0.5), elu_derivative(z + 0.25, 0.5)


# ---- selu -----------------------------------------------------------------------------------------


@check(selu)
def scaled_on_both_sides(rng):
    """Numbers on either side of 0, each side with its own factors."""
    return _sums(rng, 7)


@check(selu)
def a_scaled_batch(rng):
    """A matrix of sums, one row for each example, keeps its shape and its order."""
    return _sums(rng, 3, 5)


@scenario(selu)
def mean_and_variance_of_the_bell(selu, rng):
    """Sums from the normal distribution come out with the mean and the mean square that they had."""
    z = np.linspace(-8.0, 8.0, 400) + rng.uniform(-0.01, 0.01)
    share = np.exp(-z * z / 2)
    y = np.asarray(selu(z), dtype=float)
    return 1 + np.sum(share * y) / np.sum(share), np.sum(share * y * y) / np.sum(share)


@check(selu, forbids=("warnings",))
def scaled_far_out(rng):
    """1000 and -1000 give finite numbers, without a warning."""
    return _far(rng)


@scenario(selu, forbids=("mutation",))
def scaled_sums_left_alone(selu, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return selu(z), selu(more)


# ---- relu6 ----------------------------------------------------------------------------------------


@check(relu6)
def below_between_and_above(rng):
    """Numbers below 0, between 0 and 6 and above 6."""
    low, middle, high = rng.uniform(1, 9, size=3), rng.uniform(1.2, 5.5, size=3), rng.uniform(7, 12, size=3)
    return rng.permutation(np.concatenate([-low, middle, high, [1000.0, -1000.0]]))


@check(relu6)
def pictures_under_the_ceiling(rng):
    """Pictures keep their shape, with numbers below 0, between 0 and 6 and above 6 in them."""
    ends = (-9, -1), (0.5, 5.5), (7, 12)
    return rng.permutation(np.concatenate([rng.uniform(*both, size=8) for both in ends])).reshape(2, 3, 4)


@scenario(relu6)
def stairs_in_either_direction(relu6, rng):
    """Seen from the other end it is the same: f(z) and f(6 - z) add up to 6, and never are further apart."""
    z = np.concatenate([rng.uniform(-5, -1, size=2), rng.uniform(1, 5, size=4), rng.uniform(7, 11, size=2)])
    return np.add(relu6(z), relu6(6 - z)), np.ptp(relu6(z))


@scenario(relu6, forbids=("mutation",))
def tall_sums_left_alone(relu6, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z = rng.permutation([-3, -1, 0, 2, 4, 6, 9])
    return relu6(z.tolist()), relu6(z + 0.25)


# ---- softplus -------------------------------------------------------------------------------------


@check(softplus)
def smooth_at_ordinary_sums(rng):
    """Numbers on either side of 0."""
    return _sums(rng, 7)


@check(softplus)
def a_smooth_batch(rng):
    """A matrix of sums, one row for each example, keeps its shape and its order."""
    return _sums(rng, 3, 5)


@scenario(softplus)
def the_two_smooth_halves(softplus, rng):
    """The curve at z less the curve at -z is z, however smooth the bend."""
    z = _sums(rng, 6, low=1.0)
    return np.subtract(softplus(z), softplus(-z))


@scenario(softplus, compare=close(atol=1e-3))
def slope_is_the_sigmoid(softplus, rng):
    """The slope of the smooth curve is a curve that you know."""
    z, h = _sums(rng, 5, high=3.0), 0.01
    return np.subtract(softplus(z + h), softplus(z - h)) / (2 * h)


@check(softplus, forbids=("warnings",))
def smooth_far_out(rng):
    """800 stays 800 and -800 becomes 0, with neither infinity nor a warning."""
    z = np.array([-800.0, -40.0, -1.0, 1.0, 40.0, 800.0])
    return rng.permutation(z) + rng.uniform(-0.5, 0.5)


@check(softplus, compare=EACH_BY_ITSELF)
def small_but_not_nothing(rng):
    """Around -40 the value is tiny, but not 0, and all its digits are right."""
    return rng.uniform(-50, -38, size=5)


@scenario(softplus, forbids=("mutation",))
def smooth_sums_left_alone(softplus, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, more = _whole(rng)
    return softplus(z), softplus(more)


# ---- three straight lines -------------------------------------------------------------------------


@check(piecewise_linear)
def on_the_slope(rng):
    """Numbers on the line between the two corners."""
    return _sums(rng, 7, low=0.1, high=0.45)


@check(piecewise_linear)
def on_either_floor(rng):
    """Numbers beyond the corners, as far out as ±1000."""
    return np.append(_sums(rng, 7, low=0.6, high=0.9), rng.permutation([-1000.0, 1000.0]))


@check(piecewise_linear)
def on_the_corners(rng):
    """The two corners themselves, and numbers on either side of them."""
    step = rng.uniform(0.05, 0.2)
    return rng.permutation([-0.5 - step, -0.5, -0.5 + step, 0.0, 0.5 - step, 0.5, 0.5 + step])


@check(piecewise_linear)
def a_batch_on_three_lines(rng):
    """A matrix of sums, some on each of the three lines, keeps its shape and its order."""
    return rng.permutation(
        np.concatenate([_sums(rng, 8, low=0.1, high=0.45), _sums(rng, 7, low=0.6)])
    ).reshape(3, 5)


@scenario(piecewise_linear)
def turned_about_the_middle(piecewise_linear, rng):
    """Like the sigmoid it is its own mirror image: f(z) and f(-z) add up to 1, and the one is the larger."""
    z = np.concatenate([_sums(rng, 3, low=0.1, high=0.45), _sums(rng, 3, low=0.6)])
    ahead, behind = piecewise_linear(z), piecewise_linear(-z)
    return np.add(ahead, behind), np.greater(ahead, behind)


@scenario(piecewise_linear, forbids=("mutation",))
def lines_left_alone(piecewise_linear, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z = rng.permutation([-2, -1, 0, 1, 2])
    return piecewise_linear(z.tolist()), piecewise_linear(z + 0.25)
