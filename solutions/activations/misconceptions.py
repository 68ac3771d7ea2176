"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import sigmoid, sigmoid_derivative

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
