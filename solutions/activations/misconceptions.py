"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

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


def _float(z):
    """The argument as a float array: how it is read is not what goes wrong here."""
    return np.asarray(z, dtype=float)


def _fall(z):
    """exp(z) - 1 for negative z, and 0 for the others: what the exponential units are made of."""
    return np.expm1(np.minimum(_float(z), 0.0))


def _write_back(z, answer):
    """Put an answer into the array that was given, as an assignment in place does."""
    _float(z)[...] = answer
    return answer


# ---- sigmoid --------------------------------------------------------------------------------------


@misconception(sigmoid)
def exponential_over_exponential(z, lam=1.0):
    """You compute e^z / (1 + e^z), which is ∞/∞ for large z.

    The same fraction without overflow on that side is 1 / (1 + e^-z).
    """
    e = np.exp(lam * np.asarray(z, dtype=float))
    return e / (1 + e)


@misconception(sigmoid)
def overflows_quietly(z, lam=1.0):
    """1 / (1 + e^-z) comes out right even for -1000, but only after e^1000 has overflowed with a warning.

    For negative z multiply both parts of the fraction by e^z.
    """
    return 1 / (1 + np.exp(-lam * np.asarray(z, dtype=float)))


@misconception(sigmoid)
def changes_the_callers_array(z, lam=1.0):
    """The answer is right, but it was computed inside the array you were given.

    np.asarray makes no copy of an array that is float64 already.
    """
    z = np.asarray(z, dtype=float)
    answer = sigmoid(z, lam)
    z[...] = answer
    return answer


@misconception(sigmoid)
def minus_sign_missing(z, lam=1.0):
    """Your curve falls from 1 to 0: the exponent is -λz, with a minus."""
    return sigmoid(-np.asarray(z, dtype=float), lam)


@misconception(sigmoid)
def brackets_missing(z, lam=1.0):
    """1 / 1 + exp(-z) divides first and adds afterwards; the whole sum belongs below the line."""
    return 1 / 1 + np.exp(-lam * np.asarray(z, dtype=float))


@misconception(sigmoid)
def steepness_ignored(z, lam=1.0):
    """Your curve has steepness 1 whatever lam says; λ multiplies z in the exponent."""
    return sigmoid(z)


@misconception(sigmoid)
def steepness_outside(z, lam=1.0):
    """Lam multiplies the output, so the curve ends at λ and not at 1; it belongs in the exponent."""
    return lam * sigmoid(z)


@misconception(sigmoid)
def divided_by_the_steepness(z, lam=1.0):
    """You divide z by lam, as by a temperature; λ is a steepness and multiplies z."""
    return sigmoid(z, 1 / lam)


@misconception(sigmoid)
def tanh_instead(z, lam=1.0):
    """This is the hyperbolic tangent, which goes from -1 to 1; the sigmoid goes from 0 to 1."""
    return np.tanh(lam * np.asarray(z, dtype=float))


@misconception(sigmoid)
def shared_out_like_softmax(z, lam=1.0):
    """Your outputs add up to 1: that is softmax. The sigmoid squashes each number on its own."""
    x = lam * np.asarray(z, dtype=float)
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


@misconception(sigmoid)
def slope_instead(z, lam=1.0):
    """This is already the slope, λ s (1 - s); here the sigmoid itself is wanted."""
    return sigmoid_derivative(z, lam)


@misconception(sigmoid)
def output_kept_off_the_ends(z, lam=1.0):
    """Your output is clipped away from 0 and 1; far out it should arrive there.

    Protecting a logarithm from 0 is the business of the loss.
    """
    return np.clip(sigmoid(z, lam), 1e-7, 1 - 1e-7)


@misconception(sigmoid)
def cut_to_whole_numbers(z, lam=1.0):
    """Your result took its type from whole-number input, so everything below 1 became 0.

    Begin with np.asarray(z, dtype=float).
    """
    return sigmoid(z, lam).astype(np.asarray(z).dtype)


# ---- its slope ------------------------------------------------------------------------------------


@misconception(sigmoid_derivative)
def takes_z_for_the_output(z, lam=1.0):
    """You compute z (1 - z), but z is the input of the sigmoid: first s = sigmoid(z), then s (1 - s)."""
    z = np.asarray(z, dtype=float)
    return lam * z * (1 - z)


@misconception(sigmoid_derivative)
def mixes_input_and_output(z, lam=1.0):
    """One factor uses the output and the other the input, s (1 - z); both need the output, s (1 - s)."""
    return lam * sigmoid(z, lam) * (1 - np.asarray(z, dtype=float))


@misconception(sigmoid_derivative)
def squashed_twice(z, lam=1.0):
    """The sigmoid was applied to its own output before taking s (1 - s); once is enough."""
    s = sigmoid(sigmoid(z, lam), lam)
    return lam * s * (1 - s)


@misconception(sigmoid_derivative)
def returns_the_sigmoid(z, lam=1.0):
    """This is the sigmoid itself; its slope is λ s (1 - s)."""
    return sigmoid(z, lam)


@misconception(sigmoid_derivative)
def forgets_the_second_factor(z, lam=1.0):
    """This is 1 - s, with the factor s missing."""
    return lam * (1 - sigmoid(z, lam))


@misconception(sigmoid_derivative)
def slope_of_the_tanh(z, lam=1.0):
    """You compute 1 - s², the slope of the tanh; for the sigmoid it is s - s²."""
    return lam * (1 - sigmoid(z, lam) ** 2)


@misconception(sigmoid_derivative)
def downhill(z, lam=1.0):
    """The sign is turned round, s (s - 1); the sigmoid rises everywhere, so its slope is positive."""
    return -sigmoid_derivative(z, lam)


@misconception(sigmoid_derivative)
def steepness_only_inside(z, lam=1.0):
    """λ is inside the sigmoid but not in front; the chain rule brings it down as a factor."""
    return sigmoid_derivative(z, lam) / lam


@misconception(sigmoid_derivative)
def steepness_only_in_front(z, lam=1.0):
    """λ stands in front but not inside; s has to be the sigmoid with that λ."""
    return lam * sigmoid_derivative(z)


@misconception(sigmoid_derivative)
def steepness_forgotten(z, lam=1.0):
    """This is the slope for λ = 1 whatever lam says."""
    return sigmoid_derivative(z)


@misconception(sigmoid_derivative)
def quotient_that_overflows(z, lam=1.0):
    """You compute e^-z / (1 + e^-z)², right on paper, but ∞/∞ where z is very negative.

    The form s (1 - s) of the same slope has no exponential left.
    """
    e = np.exp(-lam * np.asarray(z, dtype=float))
    return lam * e / (1 + e) ** 2


@misconception(sigmoid_derivative)
def slope_overflows_quietly(z, lam=1.0):
    """The slope comes out right even for -1000, but the sigmoid inside it overflows with a warning.

    Mend sigmoid for large negative z, and this mends itself.
    """
    s = 1 / (1 + np.exp(-lam * np.asarray(z, dtype=float)))
    return lam * s * (1 - s)


@misconception(sigmoid_derivative)
def slope_cut_to_whole_numbers(z, lam=1.0):
    """Your result took its type from whole-number input, so every slope became 0.

    Begin with np.asarray(z, dtype=float).
    """
    return sigmoid_derivative(z, lam).astype(np.asarray(z).dtype)


# ---- its slope, from its output -------------------------------------------------------------------


@misconception(sigmoid_derivative_from_output)
def squashed_again(a):
    """You applied the sigmoid to a, but a is its output already; a (1 - a) is all there is."""
    return sigmoid_derivative(a)


@misconception(sigmoid_derivative_from_output)
def squashed_in_one_factor(a):
    """One factor is a and the other has been through the sigmoid once more; both are made of a itself."""
    return _float(a) * (1 - sigmoid(a))


@misconception(sigmoid_derivative_from_output)
def output_of_a_tanh(a):
    """1 - a² is the slope of the tanh by its output; for the sigmoid it is a - a²."""
    return 1 - _float(a) ** 2


@misconception(sigmoid_derivative_from_output)
def only_what_is_left(a):
    """This is 1 - a, with the factor a missing."""
    return 1 - _float(a)


@misconception(sigmoid_derivative_from_output)
def returns_the_output(a):
    """This is the output itself; the second factor, 1 - a, is missing."""
    return 1.0 * _float(a)


@misconception(sigmoid_derivative_from_output)
def only_the_square(a):
    """You multiplied a by itself; the second factor is 1 - a."""
    return _float(a) ** 2


@misconception(sigmoid_derivative_from_output)
def factors_turned_round(a):
    """The sign is turned round, a (a - 1); the sigmoid rises everywhere, so its slope is positive."""
    return -sigmoid_derivative_from_output(a)


@misconception(sigmoid_derivative_from_output)
def plus_for_minus(a):
    """You have a (1 + a); where the output is 1 the curve is flat, so the second factor is 1 - a."""
    return _float(a) * (1 + _float(a))


@misconception(sigmoid_derivative_from_output)
def differentiated_again(a):
    """1 - 2a is the derivative of a (1 - a); the slope that is wanted is a (1 - a) itself."""
    return 1 - 2 * _float(a)


@misconception(sigmoid_derivative_from_output)
def changes_the_callers_outputs(a):
    """The answer is right, but a *= … changed the array of the caller, who still needs the outputs."""
    return _write_back(a, sigmoid_derivative_from_output(a))


# ---- slope of tanh --------------------------------------------------------------------------------


@misconception(tanh_derivative)
def takes_z_for_tanh(z):
    """You compute 1 - z², but z is the input of tanh: first t = tanh(z), then 1 - t²."""
    return 1 - _float(z) ** 2


@misconception(tanh_derivative)
def square_forgotten(z):
    """This is 1 - tanh(z), with the square missing; it would make the slope 2 on the far left."""
    return 1 - np.tanh(_float(z))


@misconception(tanh_derivative)
def formula_of_the_sigmoid(z):
    """You have t (1 - t), the formula of the sigmoid; the slope of tanh is (1 + t) (1 - t)."""
    t = np.tanh(_float(z))
    return t * (1 - t)


@misconception(tanh_derivative)
def slope_of_the_sigmoid(z):
    """This is the slope of the sigmoid; that of tanh is wanted."""
    return sigmoid_derivative(z)


@misconception(tanh_derivative)
def tanh_taken_twice(z):
    """Tanh was applied to its own output before squaring; once is enough."""
    return tanh_derivative(np.tanh(_float(z)))


@misconception(tanh_derivative)
def returns_tanh(z):
    """This is tanh itself; its slope is wanted."""
    return np.tanh(_float(z))


@misconception(tanh_derivative)
def tanh_downhill(z):
    """The sign is turned round, t² - 1; tanh rises everywhere, so its slope is positive."""
    return -tanh_derivative(z)


@misconception(tanh_derivative)
def square_added(z):
    """You have 1 + t²; far out the curve is flat, so the square is taken off."""
    return 1 + np.tanh(_float(z)) ** 2


@misconception(tanh_derivative)
def only_the_square_of_tanh(z):
    """This is t², which is largest where the curve is flattest; take it off 1."""
    return np.tanh(_float(z)) ** 2


@misconception(tanh_derivative)
def tanh_of_half_the_sum(z):
    """This is the slope at z / 2: the half belongs to the sigmoid written as a tanh."""
    return tanh_derivative(_float(z) / 2)


@misconception(tanh_derivative)
def quotient_of_exponentials(z):
    """You compute (e^z - e^-z) / (e^z + e^-z), right on paper, but ∞/∞ at ±1000; np.tanh bears both."""
    up, down = np.exp(_float(z)), np.exp(-_float(z))
    return 1 - ((up - down) / (up + down)) ** 2


@misconception(tanh_derivative)
def cosh_overflows_quietly(z):
    """1 / cosh² comes out right even at ±1000, but only after cosh has overflowed with a warning.

    With np.tanh nothing overflows.
    """
    return 1 / np.cosh(_float(z)) ** 2


@misconception(tanh_derivative)
def changes_the_inputs_of_tanh(z):
    """The answer is right, but it was computed inside the array you were given."""
    return _write_back(z, tanh_derivative(z))


# ---- relu -----------------------------------------------------------------------------------------


@misconception(relu)
def takes_the_size(z):
    """This takes the size of every number; a negative one should become 0, not positive."""
    return np.abs(_float(z))


@misconception(relu)
def keeps_the_negative_side(z):
    """You kept the smaller of z and 0, which is the negative side; keep the larger."""
    return np.minimum(_float(z), 0.0)


@misconception(relu)
def negative_side_turned_up(z):
    """This is relu of -z: the negative numbers come out, turned round."""
    return relu(-_float(z))


@misconception(relu)
def slope_for_the_function(z):
    """This is the slope, 0 or 1; where z is positive, z itself should come out."""
    return relu_derivative(z)


@misconception(relu)
def nothing_cut_off(z):
    """Everything comes out as it went in; negative numbers should become 0."""
    return 1.0 * _float(z)


@misconception(relu)
def leaks(z):
    """Your negative side has a slope, as a leaky ReLU's; here it is 0."""
    return leaky_relu(z)


@misconception(relu)
def ceiling_at_1(z):
    """You cut off above 1 as well; relu has no ceiling."""
    return np.clip(_float(z), 0.0, 1.0)


@misconception(relu)
def ceiling_at_6(z):
    """You cut off above 6, as ReLU6 does; relu has no ceiling."""
    return relu6(z)


@misconception(relu)
def smooth_relative(z):
    """This is softplus, the smooth relative of relu, which is nowhere exactly 0."""
    return softplus(z)


@misconception(relu)
def largest_along_an_axis(z):
    """np.max(z, 0) looks for the largest number along axis 0; np.maximum compares each number with 0."""
    return np.max(_float(z), axis=0)


@misconception(relu)
def smallest_becomes_zero(z):
    """You took the smallest number off all of them; only the negative ones should change, and become 0."""
    return _float(z) - np.min(_float(z))


@misconception(relu)
def cuts_in_the_callers_array(z):
    """The answer is right, but z[z < 0] = 0 cut inside the array of the caller, who may still need it."""
    return _write_back(z, relu(z))


# ---- its slope ------------------------------------------------------------------------------------


@misconception(relu_derivative)
def one_at_the_corner(z):
    """At exactly 0 your slope is 1, from z >= 0; the lecture has z > 0, so 0 belongs to the flat side."""
    return (_float(z) >= 0).astype(float)


@misconception(relu_derivative)
def half_at_the_corner(z):
    """At exactly 0 your slope is a half, between the two sides; the lecture takes 0 there."""
    return np.heaviside(_float(z), 0.5)


@misconception(relu_derivative)
def function_for_its_slope(z):
    """This is relu itself; its slope on the positive side is 1, whatever the number."""
    return relu(z)


@misconception(relu_derivative)
def sign_of_the_sum(z):
    """This is the sign of z, with -1 on the negative side; relu is flat there, so the slope is 0."""
    return np.sign(_float(z))


@misconception(relu_derivative)
def sides_of_the_corner_exchanged(z):
    """Your slope is 1 where z is negative; it is the positive side that passes."""
    return (_float(z) < 0).astype(float)


@misconception(relu_derivative)
def slope_of_a_leaky_relu(z):
    """On the negative side your slope is 0.01, that of a leaky ReLU; here it is 0."""
    return leaky_relu_derivative(z)


@misconception(relu_derivative)
def slope_of_softplus(z):
    """This is the sigmoid, the slope of the smooth relative; that of relu jumps from 0 to 1."""
    return sigmoid(z)


@misconception(relu_derivative)
def one_everywhere(z):
    """Your slope is 1 everywhere; on the negative side relu is flat."""
    return np.ones_like(_float(z))


@misconception(relu_derivative)
def from_1_on(z):
    """Your slope is 1 from z = 1 on; the corner is at 0."""
    return (_float(z) >= 1).astype(float)


@misconception(relu_derivative)
def relu_over_z(z):
    """You divided relu(z) by z, which is right except at 0, where it is 0/0."""
    return relu(z) / _float(z)


@misconception(relu_derivative)
def changes_the_signs(z):
    """The answer is right, but z[z > 0] = 1 wrote into the array of the caller."""
    return _write_back(z, relu_derivative(z))


# ---- leaky relu -----------------------------------------------------------------------------------


@misconception(leaky_relu)
def larger_of_both(z, a=0.01):
    """You take the larger of z and a z, as the slides do; with a above 1 that exchanges the two sides."""
    return np.maximum(_float(z), a * _float(z))


@misconception(leaky_relu)
def smaller_of_both(z, a=0.01):
    """You take the smaller of z and a z; with the usual small leak that is the wrong one on both sides."""
    return np.minimum(_float(z), a * _float(z))


@misconception(leaky_relu)
def divided_by_the_leak(z, a=0.01):
    """You divide negative numbers by a, so a small leak makes them huge; a is a factor."""
    return np.where(_float(z) > 0, _float(z), _float(z) / a)


@misconception(leaky_relu)
def leak_turned_up(z, a=0.01):
    """Your negative side rises to the left: it gives -a z. The leak keeps the sign of z."""
    return np.where(_float(z) > 0, _float(z), -a * _float(z))


@misconception(leaky_relu)
def leak_ignored(z, a=0.01):
    """Your leak is 0.01 whatever a says."""
    return leaky_relu(z)


@misconception(leaky_relu)
def leak_of_another_library(z, a=0.3):
    """Where no a is given you take 0.3, as Keras does; ours is 0.01, as torch's."""
    return leaky_relu(z, a)


@misconception(leaky_relu)
def nothing_leaks(z, a=0.01):
    """This is relu: the negative side is cut off, where it should be multiplied by a."""
    return relu(z)


@misconception(leaky_relu)
def leak_on_both_sides(z, a=0.01):
    """You multiply every number by a; the positive ones should pass as they are."""
    return a * _float(z)


@misconception(leaky_relu)
def sides_exchanged(z, a=0.01):
    """You multiply the positive numbers by a and let the negative ones pass; it is the other way round."""
    return np.where(_float(z) > 0, a * _float(z), _float(z))


@misconception(leaky_relu)
def leak_alone(z, a=0.01):
    """On the negative side you return a itself, the slope; the function there is a z."""
    return np.where(_float(z) > 0, _float(z), a)


@misconception(leaky_relu)
def leak_added(z, a=0.01):
    """You add relu(z) and a z, so the positive side has the slope 1 + a; only one of the two counts."""
    return relu(z) + a * _float(z)


@misconception(leaky_relu)
def bent_leak(z, a=0.01):
    """This is an ELU, whose negative side is bent; that of a leaky ReLU is a straight line."""
    return np.where(_float(z) > 0, _float(z), a * _fall(z))


@misconception(leaky_relu)
def leaks_into_the_callers_array(z, a=0.01):
    """The answer is right, but z[z < 0] *= a wrote into the array of the caller."""
    return _write_back(z, leaky_relu(z, a))


# ---- its slope ------------------------------------------------------------------------------------


@misconception(leaky_relu_derivative)
def flat_below(z, a=0.01):
    """On the negative side your slope is 0, that of relu; a leaky ReLU has the slope a there."""
    return relu_derivative(z)


@misconception(leaky_relu_derivative)
def one_at_the_leaky_corner(z, a=0.01):
    """At exactly 0 your slope is 1, from z >= 0; here 0 belongs to the negative side."""
    return np.where(_float(z) >= 0, 1.0, a)


@misconception(leaky_relu_derivative)
def nothing_at_the_leaky_corner(z, a=0.01):
    """At exactly 0 your slope is 0: z > 0 and z < 0 both leave it out, so neither part counts there."""
    return 1.0 * (_float(z) > 0) + a * (_float(z) < 0)


@misconception(leaky_relu_derivative)
def leaky_function_for_its_slope(z, a=0.01):
    """This is the leaky ReLU itself; its slope is 1 or a, whatever the number."""
    return leaky_relu(z, a)


@misconception(leaky_relu_derivative)
def leak_times_the_sum(z, a=0.01):
    """On the negative side you return a z, the function; its slope there is a."""
    return np.where(_float(z) > 0, 1.0, a * _float(z))


@misconception(leaky_relu_derivative)
def leak_upside_down(z, a=0.01):
    """On the negative side you return 1 / a; the slope of a z is a."""
    return np.where(_float(z) > 0, 1.0, 1 / a)


@misconception(leaky_relu_derivative)
def minus_the_leak(z, a=0.01):
    """On the negative side you return -a; the line a z rises as well, only more slowly."""
    return np.where(_float(z) > 0, 1.0, -a)


@misconception(leaky_relu_derivative)
def slope_ignores_the_leak(z, a=0.01):
    """Your leak is 0.01 whatever a says."""
    return leaky_relu_derivative(z)


@misconception(leaky_relu_derivative)
def slope_of_another_library(z, a=0.3):
    """Where no a is given you take 0.3, as Keras does; ours is 0.01, as torch's."""
    return leaky_relu_derivative(z, a)


@misconception(leaky_relu_derivative)
def slopes_exchanged(z, a=0.01):
    """Your slope is a on the positive side and 1 on the negative one; it is the other way round."""
    return np.where(_float(z) > 0, a, 1.0)


@misconception(leaky_relu_derivative)
def slope_of_the_larger(z, a=0.01):
    """You ask whether z is larger than a z; with a above 1 that exchanges the sides. Ask for its sign."""
    return np.where(_float(z) > a * _float(z), 1.0, a)


@misconception(leaky_relu_derivative)
def leak_on_top(z, a=0.01):
    """On the positive side your slope is 1 + a; there the leak does not count."""
    return relu_derivative(z) + a


@misconception(leaky_relu_derivative)
def changes_the_leaking_signs(z, a=0.01):
    """The answer is right, but z[z > 0] = 1 wrote into the array of the caller."""
    return _write_back(z, leaky_relu_derivative(z, a))


# ---- a layer with learned slopes ------------------------------------------------------------------


def _given(z, a, dout):
    """The three arguments as float arrays, and where the negative side counts."""
    return _float(z), _float(a), _float(dout), _float(z) <= 0


@misconception(prelu_backward)
def slopes_averaged(z, a, dout):
    """You averaged da over the examples; the loss has been averaged already, so here it is a sum."""
    dz, da = prelu_backward(z, a, dout)
    return dz, da / len(z)


@misconception(prelu_backward)
def summed_over_the_channels(z, a, dout):
    """You summed da over the channels; each channel has its own slope, so sum over the examples, axis 0."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), np.sum(dout * z * below, axis=1)


@misconception(prelu_backward)
def one_slope_for_all(z, a, dout):
    """You summed da over everything, as for a single slope; here each channel has its own."""
    dz, da = prelu_backward(z, a, dout)
    return dz, np.full(da.shape, np.sum(da))


@misconception(prelu_backward)
def slopes_not_summed(z, a, dout):
    """Your da has one row for each example; a slope is shared by all of them, so their parts are summed."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), dout * z * below


@misconception(prelu_backward)
def slopes_without_the_gradient(z, a, dout):
    """Your da adds up the negative sums alone; by the chain rule each is multiplied by its dout."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), np.sum(z * below, axis=0)


@misconception(prelu_backward)
def sums_without_the_gradient(z, a, dout):
    """Your dz holds the slopes alone; by the chain rule each is multiplied by its dout."""
    z, a, dout, below = _given(z, a, dout)
    return np.where(below, a, 1.0), np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def slopes_without_the_sums(z, a, dout):
    """Your da adds up dout alone; the derivative of a z by a is z, and that is a factor."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), np.sum(dout * below, axis=0)


@misconception(prelu_backward)
def positive_side_counted_too(z, a, dout):
    """Your da counts all sums; where z is positive, a does not occur in the output, so nothing is added."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), np.sum(dout * z, axis=0)


@misconception(prelu_backward)
def positive_side_counted_instead(z, a, dout):
    """Your da counts the positive sums; a occurs in the outputs of the negative ones."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a, 1.0), np.sum(dout * z * ~below, axis=0)


@misconception(prelu_backward)
def outputs_for_sums(z, a, dout):
    """In da you multiply by the output a z; its derivative by a is z."""
    dz, da = prelu_backward(z, a, dout)
    return dz, da * _float(a)


@misconception(prelu_backward)
def slopes_turned_round(z, a, dout):
    """The sign of da is turned round; a gradient points uphill, the minus belongs to the step."""
    dz, da = prelu_backward(z, a, dout)
    return dz, -da


@misconception(prelu_backward)
def nothing_comes_back_below(z, a, dout):
    """Your dz is 0 where z is negative, as for relu; here a share a of the gradient comes back."""
    z, a, dout, below = _given(z, a, dout)
    return dout * ~below, np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def sides_of_the_gradient_exchanged(z, a, dout):
    """In dz you multiply by a where z is positive; it belongs to the negative side."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, 1.0, a), np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def side_by_the_gradient(z, a, dout):
    """You ask for the sign of dout; which side counted was decided on the way forward, by the sign of z."""
    z, a, dout, _ = _given(z, a, dout)
    return dout * np.where(dout > 0, 1.0, a), np.sum(dout * z * (dout <= 0), axis=0)


@misconception(prelu_backward)
def passes_at_the_corner(z, a, dout):
    """At exactly 0 you let the gradient pass whole, from z >= 0; here 0 belongs to the negative side."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(z >= 0, 1.0, a), np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def blocks_at_the_corner(z, a, dout):
    """At exactly 0 nothing comes back: z > 0 and z < 0 both leave it out, so neither part counts there."""
    z, a, dout, below = _given(z, a, dout)
    return dout * (z > 0) + dout * a * (z < 0), np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def results_exchanged(z, a, dout):
    """Your two results are exchanged: dz comes first, then da."""
    dz, da = prelu_backward(z, a, dout)
    return da, dz


@misconception(prelu_backward)
def slopes_given_to_the_examples(z, a, dout):
    """You gave each example a slope of its own, by a[:, None]; a lies along the channels."""
    z, a, dout, below = _given(z, a, dout)
    return dout * np.where(below, a[:, None], 1.0), np.sum(dout * z * below, axis=0)


@misconception(prelu_backward)
def changes_the_gradient(z, a, dout):
    """The answer is right, but dout[z <= 0] *= a wrote into the array of the caller."""
    dz, da = prelu_backward(z, a, dout)
    _write_back(dout, dz)
    return dz, da


# ---- elu ------------------------------------------------------------------------------------------


@misconception(elu)
def one_not_taken_off(z, a):
    """On the negative side you have a exp(z), which jumps at 0; 1 is taken off before a multiplies."""
    return np.where(_float(z) >= 0, _float(z), a * (_fall(z) + 1))


@misconception(elu)
def one_taken_off_after_a(z, a):
    """You have a exp(z) - 1, which jumps at 0 unless a is 1; the brackets are a (exp(z) - 1)."""
    return np.where(_float(z) >= 0, _float(z), a * np.exp(np.minimum(z, 0.0)) - 1)


@misconception(elu)
def a_in_the_exponent(z, a):
    """You have exp(a z) - 1; a is a factor in front and says how far down the curve goes."""
    return np.where(_float(z) >= 0, _float(z), _fall(a * _float(z)))


@misconception(elu)
def a_ignored(z, a):
    """Your curve goes down to -1 whatever a says."""
    return elu(z, 1.0)


@misconception(elu)
def a_on_both_sides(z, a):
    """You multiply the positive side by a as well; it passes as it is."""
    return a * elu(z, 1.0)


@misconception(elu)
def exponent_turned_round(z, a):
    """You have exp(-z), which explodes on the negative side; the exponent is z."""
    return np.where(_float(z) >= 0, _float(z), a * np.expm1(np.maximum(-_float(z), 0.0)))


@misconception(elu)
def curve_turned_up(z, a):
    """You have a (1 - exp(z)), which is positive on the negative side; it is exp(z) - 1."""
    return np.where(_float(z) >= 0, _float(z), -a * _fall(z))


@misconception(elu)
def a_straight_side(z, a):
    """Your negative side is the straight line a z, a leaky ReLU; that of ELU is bent."""
    return leaky_relu(z, a)


@misconception(elu)
def negative_side_cut_off(z, a):
    """This is relu: the negative side is cut off, where it should bend towards -a."""
    return relu(z)


@misconception(elu)
def bent_on_the_wrong_side(z, a):
    """You bend the positive numbers and let the negative ones pass; it is the other way round."""
    return np.where(_float(z) >= 0, a * np.expm1(_float(z)), _float(z))


@misconception(elu)
def scaled_as_well(z, a):
    """Your result carries the factor 1.05 of SELU; ELU has none."""
    return 1.0507009873554805 * elu(z, a)


@misconception(elu)
def nought_times_infinity(z, a):
    """You multiply each branch by 0 or 1 and add them; at 1000 that is 0 times infinity, NaN.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    z = _float(z)
    return (z >= 0) * z + (z < 0) * a * np.expm1(z)


@misconception(elu)
def branch_not_taken_overflows(z, a):
    """The result is right even at 1000, but np.where computes both branches, and the unused one overflows.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    return np.where(_float(z) >= 0, _float(z), a * np.expm1(_float(z)))


@misconception(elu)
def digits_lost_near_0(z, a):
    """For a z very near 0, exp(z) - 1 has lost most of its digits; np.expm1(z) keeps them."""
    return np.where(_float(z) >= 0, _float(z), a * (np.exp(np.minimum(z, 0.0)) - 1))


@misconception(elu)
def bends_the_callers_array(z, a):
    """The answer is right, but z[z < 0] = … wrote into the array of the caller."""
    return _write_back(z, elu(z, a))


# ---- its slope ------------------------------------------------------------------------------------


@misconception(elu_derivative)
def a_forgotten(z, a):
    """On the negative side you have exp(z); the factor a stays when a (exp(z) - 1) is differentiated."""
    return elu_derivative(z, 1.0)


@misconception(elu_derivative)
def one_kept(z, a):
    """On the negative side you have a (exp(z) - 1), the function; the 1 falls away in the derivative."""
    return np.where(_float(z) >= 0, 1.0, a * _fall(z))


@misconception(elu_derivative)
def bend_for_its_slope(z, a):
    """This is ELU itself; its slope is wanted."""
    return elu(z, a)


@misconception(elu_derivative)
def one_added_for_a(z, a):
    """You add 1 to the output on the negative side; what has to be added to a (exp(z) - 1) is a."""
    return np.where(_float(z) >= 0, 1.0, a * _fall(z) + 1)


@misconception(elu_derivative)
def a_in_the_exponent_too(z, a):
    """You have a exp(a z), the derivative of exp(a z) - 1; the exponent of ELU is z alone."""
    return np.where(_float(z) >= 0, 1.0, a * np.exp(a * np.minimum(z, 0.0)))


@misconception(elu_derivative)
def exponential_on_both_sides(z, a):
    """You have a exp(z) on both sides, which explodes at 1000; the positive side has the slope 1."""
    return a * np.exp(_float(z))


@misconception(elu_derivative)
def flat_negative_side(z, a):
    """On the negative side your slope is 0, that of relu; ELU goes on falling there."""
    return np.where(_float(z) >= 0, 1.0, 0.0)


@misconception(elu_derivative)
def slope_of_a_straight_side(z, a):
    """On the negative side your slope is a throughout, that of a leaky ReLU; ELU becomes flat far out."""
    return np.where(_float(z) >= 0, 1.0, a)


@misconception(elu_derivative)
def a_on_the_positive_side(z, a):
    """On the positive side your slope is a; there a does not occur, and the slope is 1."""
    return a * elu_derivative(z, 1.0)


@misconception(elu_derivative)
def slope_with_the_exponent_turned_round(z, a):
    """You have exp(-z), which explodes on the negative side; the exponent stays z."""
    return np.where(_float(z) >= 0, 1.0, a * np.exp(np.maximum(-_float(z), 0.0)))


@misconception(elu_derivative)
def rule_for_powers(z, a):
    """You have z exp(z - 1), by the rule for powers of z; the derivative of exp(z) is exp(z)."""
    z = np.minimum(_float(z), 0.0)
    return np.where(z >= 0, 1.0, a * z * np.exp(z - 1))


@misconception(elu_derivative)
def minus_on_the_negative_side(z, a):
    """Your slope is negative on the negative side; ELU rises there as well."""
    return np.where(_float(z) >= 0, 1.0, -elu_derivative(z, a))


@misconception(elu_derivative)
def left_out_at_0(z, a):
    """At exactly 0 your slope is 0: z > 0 and z < 0 both leave it out; 0 belongs to the positive side."""
    return elu_derivative(z, a) * (_float(z) != 0)


@misconception(elu_derivative)
def nought_times_an_infinite_slope(z, a):
    """You multiply each branch by 0 or 1 and add them; at 1000 that is 0 times infinity, NaN.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    z = _float(z)
    return (z >= 0) * 1.0 + (z < 0) * a * np.exp(z)


@misconception(elu_derivative)
def unused_slope_overflows(z, a):
    """The result is right even at 1000, but np.where computes both branches, and the unused one overflows.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    return np.where(_float(z) >= 0, 1.0, a * np.exp(_float(z)))


@misconception(elu_derivative)
def changes_the_bends(z, a):
    """The answer is right, but it was written into the array of the caller."""
    return _write_back(z, elu_derivative(z, a))


# ---- selu -----------------------------------------------------------------------------------------

LAM, ALPHA = 1.0507009873554805, 1.6732632423543772


@misconception(selu)
def scaled_on_one_side_only(z):
    """λ multiplies your positive side only; it stands in front of both branches."""
    return np.where(_float(z) > 0, LAM * _float(z), ALPHA * _fall(z))


@misconception(selu)
def scaled_below_only(z):
    """λ multiplies your negative side only; it stands in front of both branches."""
    return np.where(_float(z) > 0, _float(z), LAM * ALPHA * _fall(z))


@misconception(selu)
def numbers_exchanged(z):
    """λ and α are exchanged: λ, the 1.05, stands in front of everything."""
    return ALPHA * elu(z, LAM)


@misconception(selu)
def scale_forgotten(z):
    """This is an ELU with the α of SELU; the factor λ is missing on both sides."""
    return elu(z, ALPHA)


@misconception(selu)
def depth_forgotten(z):
    """This is λ times an ELU with a of 1; the factor α of the negative side is missing."""
    return LAM * elu(z, 1.0)


@misconception(selu)
def one_kept_below(z):
    """On the negative side you have λ α exp(z), which jumps at 0; it is exp(z) - 1."""
    return LAM * np.where(_float(z) > 0, _float(z), ALPHA * (_fall(z) + 1))


@misconception(selu)
def one_taken_off_after_alpha(z):
    """You have α exp(z) - 1, which jumps at 0; what is taken off is α."""
    return LAM * np.where(_float(z) > 0, _float(z), ALPHA * np.exp(np.minimum(z, 0.0)) - 1)


@misconception(selu)
def alpha_on_both_sides(z):
    """Your positive side carries α as well; it has the factor λ alone."""
    return LAM * ALPHA * elu(z, 1.0)


@misconception(selu)
def alpha_in_the_exponent(z):
    """You have exp(α z) - 1; α is a factor in front."""
    return LAM * np.where(_float(z) > 0, _float(z), _fall(ALPHA * _float(z)))


@misconception(selu)
def straight_below(z):
    """Your negative side is a straight line; that of SELU is bent."""
    return LAM * leaky_relu(z, ALPHA)


@misconception(selu)
def scaled_twice(z):
    """The factor λ stands in front of your result twice."""
    return LAM * selu(z)


@misconception(selu)
def rounded_numbers(z):
    """You rounded λ and α to two digits, so mean and variance drift from layer to layer; take all of them."""
    return 1.05 * elu(z, 1.67)


@misconception(selu)
def scaled_nought_times_infinity(z):
    """You multiply each branch by 0 or 1 and add them; at 1000 that is 0 times infinity, NaN.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    z = _float(z)
    return LAM * ((z > 0) * z + (z <= 0) * ALPHA * np.expm1(z))


@misconception(selu)
def scaled_branch_overflows(z):
    """The result is right even at 1000, but np.where computes both branches, and the unused one overflows.

    Keep the positive numbers away from exp, for example with np.minimum(z, 0).
    """
    return LAM * np.where(_float(z) > 0, _float(z), ALPHA * np.expm1(_float(z)))


@misconception(selu)
def scales_the_callers_array(z):
    """The answer is right, but it was written into the array of the caller."""
    return _write_back(z, selu(z))


# ---- relu6 ----------------------------------------------------------------------------------------


@misconception(relu6)
def ceiling_forgotten(z):
    """This is relu: nothing is cut off above 6."""
    return relu(z)


@misconception(relu6)
def floor_forgotten(z):
    """You cut off above 6, but negative numbers pass; they should become 0."""
    return np.minimum(_float(z), 6.0)


@misconception(relu6)
def ceiling_of_1(z):
    """You cut off above 1; the ceiling is 6."""
    return np.clip(_float(z), 0.0, 1.0)


@misconception(relu6)
def floor_below_0(z):
    """You cut off below -6, where the floor is 0."""
    return np.clip(_float(z), -6.0, 6.0)


@misconception(relu6)
def divided_by_6(z):
    """You divided by 6, which brings the result to 0 … 1; here it goes up to 6."""
    return relu6(z) / 6


@misconception(relu6)
def hard_sigmoid(z):
    """This is relu6(z + 3) / 6, a sigmoid of straight lines made of ReLU6; ReLU6 alone is wanted."""
    return relu6(_float(z) + 3) / 6


@misconception(relu6)
def nothing_above_6(z):
    """Numbers above 6 become 0 with you; they should become 6."""
    return relu(z) * (_float(z) <= 6)


@misconception(relu6)
def six_for_all_that_is_positive(z):
    """Every positive number becomes 6 with you; those up to 6 pass as they are."""
    return 6.0 * (_float(z) > 0)


@misconception(relu6)
def six_or_more(z):
    """You took the larger of the result and 6; a ceiling needs the smaller."""
    return np.maximum(relu(z), 6.0)


@misconception(relu6)
def size_up_to_6(z):
    """You take the size of negative numbers; they should become 0."""
    return np.minimum(np.abs(_float(z)), 6.0)


@misconception(relu6)
def cuts_off_the_callers_numbers(z):
    """The answer is right, but it was written into the array of the caller, perhaps by np.clip with out=z."""
    return _write_back(z, relu6(z))


# ---- softplus -------------------------------------------------------------------------------------


@misconception(softplus)
def as_it_is_written(z):
    """The formula is right on paper, but exp(800) is infinite, and far below 0 the sum 1 + exp(z) is just 1.

    Take max(z, 0) out of the logarithm, and np.log1p for what is left.
    """
    return np.log(1 + np.exp(_float(z)))


@misconception(softplus)
def grows_too_large_inside(z):
    """np.log1p keeps the small numbers, but exp(800) is infinite; take the larger of z and 0 out first."""
    return np.log1p(np.exp(_float(z)))


@misconception(softplus)
def small_numbers_lost(z):
    """800 is safe, but far below 0 the sum 1 + exp(z) is just 1 and its logarithm 0; np.log1p keeps more."""
    return np.maximum(z, 0.0) + np.log(1 + np.exp(-np.abs(_float(z))))


@misconception(softplus)
def line_chosen_after_the_overflow(z):
    """The result is right, but np.where computes both branches, and exp(800) overflows in the unused one."""
    return np.where(_float(z) > 36, _float(z), np.log1p(np.exp(_float(z))))


@misconception(softplus)
def held_below_500(z):
    """You keep z below 500 so that exp does not overflow, and so 800 becomes 500."""
    return np.log1p(np.exp(np.clip(_float(z), -500, 500)))


@misconception(softplus)
def logarithm_to_base_10(z):
    """This is the logarithm to base 10; np.log is the natural one."""
    return softplus(z) / np.log(10)


@misconception(softplus)
def logarithm_to_base_2(z):
    """This is the logarithm to base 2; np.log is the natural one."""
    return softplus(z) / np.log(2)


@misconception(softplus)
def corner_left_in(z):
    """This is relu, with its corner; softplus is smooth and nowhere exactly 0."""
    return relu(z)


@misconception(softplus)
def slope_of_the_curve(z):
    """This is the sigmoid, the slope of softplus; the function itself is wanted."""
    return sigmoid(z)


@misconception(softplus)
def mirror_image_of_the_curve(z):
    """Your curve falls: you have exp(-z) where exp(z) belongs."""
    return softplus(-_float(z))


@misconception(softplus)
def logarithm_of_the_sigmoid(z):
    """This is log s(z), which is minus softplus of -z; two signs are turned round."""
    return -softplus(-_float(z))


@misconception(softplus)
def one_outside_the_logarithm(z):
    """You have 1 + log(exp(z)), which is just 1 + z; the 1 stands inside the logarithm."""
    return 1 + _float(z)


@misconception(softplus)
def large_part_missing(z):
    """This is log(1 + exp(-|z|)) alone; the larger of z and 0, which was taken out, has to be added again."""
    return softplus(-np.abs(_float(z)))


@misconception(softplus)
def z_in_front_on_both_sides(z):
    """You have z + log(1 + exp(-|z|)), right for positive z only; for negative z nothing stands in front."""
    return _float(z) + softplus(-np.abs(_float(z)))


@misconception(softplus)
def changes_the_smooth_sums(z):
    """The answer is right, but it was written into the array of the caller."""
    return _write_back(z, softplus(z))


# ---- three straight lines -------------------------------------------------------------------------


@misconception(piecewise_linear)
def corners_at_0_and_1(z):
    """You cut z itself off at 0 and 1; the half that moves the line to the middle is missing."""
    return np.clip(_float(z), 0.0, 1.0)


@misconception(piecewise_linear)
def line_of_keras(z):
    """Your line is 0.2 z + 0.5, the hard sigmoid of older Keras; here its slope is 1."""
    return np.clip(0.2 * _float(z) + 0.5, 0.0, 1.0)


@misconception(piecewise_linear)
def line_of_torch(z):
    """Your line is z / 6 + 0.5, the hard sigmoid of torch; here its slope is 1."""
    return np.clip(_float(z) / 6 + 0.5, 0.0, 1.0)


@misconception(piecewise_linear)
def tangent_of_the_sigmoid(z):
    """Your line is z / 4 + 0.5, the tangent of the sigmoid; here its slope is 1."""
    return np.clip(_float(z) / 4 + 0.5, 0.0, 1.0)


@misconception(piecewise_linear)
def no_corners(z):
    """Your line has no corners; below 0 and above 1 it should stop."""
    return _float(z) + 0.5


@misconception(piecewise_linear)
def upper_line_forgotten(z):
    """Your line does not stop at 1."""
    return np.maximum(_float(z) + 0.5, 0.0)


@misconception(piecewise_linear)
def lower_line_forgotten(z):
    """Your line does not stop at 0."""
    return np.minimum(_float(z) + 0.5, 1.0)


@misconception(piecewise_linear)
def cut_off_before_raised(z):
    """You cut off at 0 and 1 first and added the half afterwards; add first."""
    return np.clip(_float(z), 0.0, 1.0) + 0.5


@misconception(piecewise_linear)
def middle_not_raised(z):
    """Between the corners you return z; the middle line is z + 1/2, so that it meets the others."""
    z = _float(z)
    return np.where(z >= 0.5, 1.0, np.where(z <= -0.5, 0.0, z))


@misconception(piecewise_linear)
def half_taken_off(z):
    """You took the half off where it is added, so your corners lie at 1/2 and 3/2."""
    return np.clip(_float(z) - 0.5, 0.0, 1.0)


@misconception(piecewise_linear)
def from_minus_1_to_1(z):
    """Your lines go from -1 to 1, as those of a tanh; these go from 0 to 1."""
    return np.clip(_float(z), -1.0, 1.0)


@misconception(piecewise_linear)
def around_0(z):
    """Your lines go from -1/2 to 1/2; raise them by a half."""
    return np.clip(_float(z), -0.5, 0.5)


@misconception(piecewise_linear)
def step_for_a_line(z):
    """This is the step; between -1/2 and 1/2 a line leads up."""
    return np.heaviside(_float(z), 0.5)


@misconception(piecewise_linear)
def bent_lines(z):
    """This is the sigmoid, which the three lines replace."""
    return sigmoid(z)


@misconception(piecewise_linear)
def changes_the_callers_lines(z):
    """The answer is right, but it was written into the array of the caller."""
    return _write_back(z, piecewise_linear(z))


@misconception(piecewise_linear)
def lines_cut_to_whole_numbers(z):
    """Your result took its type from whole-number input, so a half became 0.

    Begin with np.asarray(z, dtype=float).
    """
    return piecewise_linear(z).astype(np.asarray(z).dtype)
