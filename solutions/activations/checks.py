"""Hidden checks of the activations: inputs only. What is right, the reference says.

Ordinary inputs stay within ±4, where no form of the sigmoid overflows; ±1000 has checks of its own. The
steepness is 1 except where it is asked for, so that forgetting it costs what it is worth.
"""

import numpy as np

from autograder import check, scenario

from .reference import sigmoid, sigmoid_derivative


def _steepness(rng):
    """Either clearly gentler or clearly steeper than 1."""
    return rng.choice([rng.uniform(0.3, 0.6), rng.uniform(1.8, 3.0)])


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
    """The curve is its own mirror image: s(z) and s(-z) add up to 1."""
    z = rng.uniform(0.2, 4, size=6)
    return np.add(sigmoid(z), sigmoid(-z))


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
