"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

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


def _each(f, z):
    """A function of one number, applied to every number of nested lists; nested lists come back."""
    return [_each(f, part) for part in z] if np.ndim(z) else f(float(z))


# ---- sigmoid --------------------------------------------------------------------------------------


@alternative(sigmoid)
def sigmoid_by_tanh(z, lam=1.0):
    """The sigmoid is a tanh of half the width, moved up: (1 + tanh(x / 2)) / 2."""
    return 0.5 * (1.0 + np.tanh(0.5 * lam * np.asarray(z, dtype=float)))


@alternative(sigmoid)
def sigmoid_with_clipped_input(z, lam=1.0):
    """The textbook form, with the input kept within ±500, where exp still holds."""
    return 1.0 / (1.0 + np.exp(-np.clip(lam * np.asarray(z, dtype=float), -500, 500)))


@alternative(sigmoid)
def sigmoid_number_by_number(z, lam=1.0):
    """A loop over the single numbers with two branches; nested lists come back."""
    if np.ndim(z):
        return [sigmoid_number_by_number(part, lam) for part in z]
    x = lam * float(z)
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


@alternative(sigmoid)
def sigmoid_by_logaddexp(z, lam=1.0):
    """By NumPy's own safe log of a sum: -log s = log(1 + e^-x)."""
    return np.exp(-np.logaddexp(0.0, -lam * np.asarray(z, dtype=float)))


@alternative(sigmoid)
def sigmoid_in_single_precision(z, lam=1.0):
    """Everything in float32, with a mask for either side."""
    x = np.float32(lam) * np.asarray(z, dtype=np.float32)
    right = x >= 0
    e = np.exp(np.where(right, -x, x))
    return np.where(right, 1 / (1 + e), e / (1 + e))


# ---- its slope ------------------------------------------------------------------------------------


@alternative(sigmoid_derivative)
def slope_by_tanh(z, lam=1.0):
    """By the hyperbolic tangent: lam (1 - tanh²(x / 2)) / 4."""
    return lam * (1.0 - np.tanh(0.5 * lam * np.asarray(z, dtype=float)) ** 2) / 4.0


@alternative(sigmoid_derivative)
def slope_of_the_mirrored_side(z, lam=1.0):
    """The slope is the same at -z, so the quotient form is safe with |z|."""
    e = np.exp(-lam * np.abs(np.asarray(z, dtype=float)))
    return lam * e / (1.0 + e) ** 2


@alternative(sigmoid_derivative)
def slope_number_by_number(z, lam=1.0):
    """A loop over the single numbers; nested lists come back."""
    if np.ndim(z):
        return [slope_number_by_number(part, lam) for part in z]
    s = sigmoid_number_by_number(z, lam)
    return lam * (s - s * s)


@alternative(sigmoid_derivative)
def slope_in_single_precision(z, lam=1.0):
    """Everything in float32."""
    s = sigmoid_in_single_precision(z, lam)
    return np.float32(lam) * s * (1 - s)


# ---- its slope, from its output -------------------------------------------------------------------


@alternative(sigmoid_derivative_from_output)
def output_less_its_square(a):
    """The output less its square, a - a²."""
    a = np.asarray(a, dtype=float)
    return a - a**2


@alternative(sigmoid_derivative_from_output)
def below_the_top(a):
    """A quarter less the square of the distance from ½, in single precision."""
    a = np.asarray(a, dtype=np.float32)
    return np.float32(0.25) - (a - np.float32(0.5)) ** 2


@alternative(sigmoid_derivative_from_output)
def output_by_output(a):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: one * (1 - one), a)


# ---- slope of tanh --------------------------------------------------------------------------------


@alternative(tanh_derivative)
def tanh_slope_by_the_sigmoid(z):
    """Four times the slope of the sigmoid at twice the input."""
    return 4 * sigmoid_derivative(2 * np.asarray(z, dtype=float))


@alternative(tanh_derivative)
def tanh_slope_of_the_mirrored_side(z):
    """1 / cosh² with exponentials of -2|z| only."""
    e = np.exp(-2 * np.abs(np.asarray(z, dtype=float)))
    return 4 * e / (1 + e) ** 2


@alternative(tanh_derivative)
def tanh_slope_number_by_number(z):
    """A loop over the single numbers, as a product; nested lists come back."""
    return _each(lambda one: (1 - math.tanh(one)) * (1 + math.tanh(one)), z)


@alternative(tanh_derivative)
def tanh_slope_in_single_precision(z):
    """Everything in float32."""
    return 1 - np.tanh(np.asarray(z, dtype=np.float32)) ** 2


# ---- relu -----------------------------------------------------------------------------------------


@alternative(relu)
def relu_by_a_mask(z):
    """A copy in which what is negative was set to 0."""
    z = np.array(z, dtype=float)
    z[z < 0] = 0
    return z


@alternative(relu)
def relu_by_sizes(z):
    """Half of z and its size."""
    z = np.asarray(z, dtype=float)
    return (z + np.abs(z)) / 2


@alternative(relu)
def relu_number_by_number(z):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: max(0, one), z)


@alternative(relu)
def relu_in_single_precision(z):
    """Everything in float32, times 0 or 1."""
    z = np.asarray(z, dtype=np.float32)
    return z * (z > 0)


@alternative(relu_derivative)
def corner_by_heaviside(z):
    """NumPy's own step, 0 at 0."""
    return np.heaviside(np.asarray(z, dtype=np.float32), np.float32(0))


@alternative(relu_derivative)
def corner_by_truth(z):
    """The comparison as it is: True counts as 1."""
    return np.asarray(z) > 0


@alternative(relu_derivative)
def corner_number_by_number(z):
    """A loop over the single numbers; nested lists of whole numbers come back."""
    return _each(lambda one: 1 if one > 0 else 0, z)


# ---- leaky relu -----------------------------------------------------------------------------------


@alternative(leaky_relu)
def leaky_in_two_parts(z, a=0.01):
    """The positive part and a times the negative part."""
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) + a * np.minimum(z, 0)


@alternative(leaky_relu)
def leaky_number_by_number(z, a=0.01):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: one if one > 0 else a * one, z)


@alternative(leaky_relu)
def leaky_in_single_precision(z, a=0.01):
    """Everything in float32, z times its slope."""
    z = np.asarray(z, dtype=np.float32)
    return z * np.where(z < 0, np.float32(a), np.float32(1))


@alternative(leaky_relu_derivative)
def leaky_slope_by_a_mask(z, a=0.01):
    """Ones, and a where z is not positive."""
    z = np.asarray(z)
    slope = np.ones(z.shape)
    slope[z <= 0] = a
    return slope


@alternative(leaky_relu_derivative)
def leaky_slope_number_by_number(z, a=0.01):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: 1 if one > 0 else a, z)


@alternative(leaky_relu_derivative)
def leaky_slope_on_top_of_the_leak(z, a=0.01):
    """The leak everywhere, and on the positive side what is missing to 1, in single precision."""
    return np.float32(a) + np.float32(1 - a) * (np.asarray(z, dtype=np.float32) > 0)


# ---- a layer with learned slopes ------------------------------------------------------------------


@alternative(prelu_backward)
def prelu_by_einsum(z, a, dout):
    """The negative part of z first, then one sum of products."""
    z, a, dout = np.asarray(z, dtype=float), np.asarray(a, dtype=float), np.asarray(dout, dtype=float)
    return dout * (a + (1 - a) * (z > 0)), np.einsum("nc,nc->c", dout, np.minimum(z, 0))


@alternative(prelu_backward)
def prelu_number_by_number(z, a, dout):
    """Two loops over plain lists."""
    dz = [[0.0] * len(a) for _ in z]
    da = [0.0] * len(a)
    for n, row in enumerate(z):
        for c, one in enumerate(row):
            if one > 0:
                dz[n][c] = float(dout[n][c])
            else:
                dz[n][c] = float(a[c]) * float(dout[n][c])
                da[c] += float(one) * float(dout[n][c])
    return dz, da


@alternative(prelu_backward)
def prelu_in_single_precision(z, a, dout):
    """Everything in float32, on copies that are written into."""
    z, dout = np.asarray(z, dtype=np.float32), np.asarray(dout, dtype=np.float32)
    dz, part = dout.copy(), dout * z
    dz[z <= 0] *= np.broadcast_to(np.asarray(a, dtype=np.float32), z.shape)[z <= 0]
    part[z > 0] = 0
    return dz, part.sum(axis=0)


# ---- elu ------------------------------------------------------------------------------------------


@alternative(elu)
def elu_by_choice(z, a):
    """Chosen by np.where, with the exponential kept from positive numbers."""
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, z, a * np.expm1(np.where(z < 0, z, 0.0)))


@alternative(elu)
def elu_by_a_mask(z, a):
    """A copy in which only the negative numbers were sent through the exponential."""
    z = np.array(z, dtype=float)
    z[z < 0] = a * np.expm1(z[z < 0])
    return z


@alternative(elu)
def elu_number_by_number(z, a):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: one if one >= 0 else a * math.expm1(one), z)


@alternative(elu)
def elu_in_single_precision(z, a):
    """Everything in float32, with sizes in the exponent."""
    z = np.asarray(z, dtype=np.float32)
    return np.where(z > 0, z, np.float32(a) * np.expm1(-np.abs(z)))


@alternative(elu_derivative)
def elu_slope_from_its_output(z, a):
    """On the negative side the output and a together."""
    return np.where(np.asarray(z) >= 0, 1.0, np.asarray(elu(z, a)) + a)


@alternative(elu_derivative)
def elu_slope_by_a_mask(z, a):
    """Ones, and the exponential where z is negative."""
    z = np.asarray(z, dtype=float)
    slope = np.ones(z.shape)
    slope[z < 0] = a * np.exp(z[z < 0])
    return slope


@alternative(elu_derivative)
def elu_slope_with_the_other_side_at_0(z, a):
    """At exactly 0 the slope of the negative side, as torch has it: the same where a is 1."""
    return _each(lambda one: 1.0 if one > 0 else a * math.exp(one), z)


@alternative(elu_derivative)
def elu_slope_in_single_precision(z, a):
    """Everything in float32."""
    z = np.asarray(z, dtype=np.float32)
    return np.where(z >= 0, np.float32(1), np.float32(a) * np.exp(-np.abs(z)))


# ---- selu -----------------------------------------------------------------------------------------


@alternative(selu)
def selu_written_out(z):
    """With λ α as one number, as the slide has it, and the 1 taken off."""
    z = np.asarray(z, dtype=float)
    both = 1.0507009873554805 * 1.6732632423543772
    return np.where(z > 0, 1.0507009873554805 * z, both * np.exp(np.minimum(z, 0)) - both)


@alternative(selu)
def selu_number_by_number(z):
    """A loop over the single numbers; nested lists come back."""
    lam, alpha = 1.0507009873554805, 1.6732632423543772
    return _each(lambda one: lam * one if one > 0 else lam * alpha * (math.exp(one) - 1), z)


@alternative(selu)
def selu_in_single_precision(z):
    """Everything in float32, the numbers with it."""
    z = np.asarray(z, dtype=np.float32)
    lam, alpha = np.float32(1.050701), np.float32(1.6732632)
    return lam * (np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0)))


# ---- relu6 ----------------------------------------------------------------------------------------


@alternative(relu6)
def relu6_by_clipping(z):
    """By np.clip, in single precision."""
    return np.clip(np.asarray(z, dtype=np.float32), 0, 6)


@alternative(relu6)
def relu6_as_a_difference(z):
    """What passes 0, less what passes 6."""
    z = np.asarray(z, dtype=float)
    return np.maximum(z, 0) - np.maximum(z - 6, 0)


@alternative(relu6)
def relu6_number_by_number(z):
    """A loop over the single numbers; nested lists come back."""
    return _each(lambda one: min(max(one, 0.0), 6.0), z)


# ---- softplus -------------------------------------------------------------------------------------


@alternative(softplus)
def softplus_by_logaddexp(z):
    """By NumPy's own safe log of a sum: log(e^0 + e^z)."""
    return np.logaddexp(0.0, np.asarray(z, dtype=float))


@alternative(softplus)
def softplus_number_by_number(z):
    """A loop over the single numbers with a branch for either sign; nested lists come back."""
    return _each(
        lambda one: one + math.log1p(math.exp(-one)) if one > 0 else math.log1p(math.exp(one)),
        z,
    )


@alternative(softplus)
def softplus_in_single_precision(z):
    """Everything in float32."""
    z = np.asarray(z, dtype=np.float32)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


@alternative(softplus)
def softplus_straight_far_out(z):
    """Far out on the right the line itself, with the exponential kept from it."""
    z = np.asarray(z, dtype=float)
    return np.where(z > 40, z, np.log1p(np.exp(np.minimum(z, 40))))


# ---- three straight lines -------------------------------------------------------------------------


@alternative(piecewise_linear)
def lines_by_interpolation(z):
    """By np.interp between the two corners."""
    return np.interp(np.asarray(z, dtype=float), [-0.5, 0.5], [0.0, 1.0])


@alternative(piecewise_linear)
def lines_of_two_corners(z):
    """Two ReLUs, one for each corner, in single precision."""
    z = np.asarray(z, dtype=np.float32)
    return np.maximum(z + np.float32(0.5), 0) - np.maximum(z - np.float32(0.5), 0)


@alternative(piecewise_linear)
def lines_number_by_number(z):
    """A loop over the single numbers with three branches; nested lists come back."""
    return _each(lambda one: 0.0 if one <= -0.5 else 1.0 if one >= 0.5 else one + 0.5, z)
