"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import math

import numpy as np

from autograder import misconception

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


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


# ---- plain gradient descent -----------------------------------------------------------------------


@misconception(sgd_step)
def gradient_added(theta, g, lr):
    """The gradient points uphill; to go downhill it is subtracted."""
    theta, g = _floats(theta, g)
    return theta + lr * g


@misconception(sgd_step)
def learning_rate_left_out(theta, g, lr):
    """The whole gradient is subtracted; it should be lr times the gradient."""
    theta, g = _floats(theta, g)
    return theta - g


@misconception(sgd_step)
def only_the_sign(theta, g, lr):
    """Every weight moves by lr, whatever its slope; the step should be lr times the gradient itself."""
    theta, g = _floats(theta, g)
    return theta - lr * np.sign(g)


@misconception(sgd_step)
def gradient_of_length_one(theta, g, lr):
    """You divided the gradient by its norm; on level ground the steps would then never become shorter."""
    theta, g = _floats(theta, g)
    return theta - lr * g / np.sqrt(np.sum(g * g))


@misconception(sgd_step)
def divided_by_the_number_of_weights(theta, g, lr):
    """You divided by the number of weights; the mean over the samples is in the gradient already."""
    theta, g = _floats(theta, g)
    return theta - lr * g / g.size


@misconception(sgd_step)
def step_for_the_weights(theta, g, lr):
    """You handed back the step; it has to be added to the weights."""
    theta, g = _floats(theta, g)
    return -lr * g


@misconception(sgd_step)
def one_slope_for_all(theta, g, lr):
    """All weights move by the mean of the gradient; each has its own slope."""
    theta, g = _floats(theta, g)
    return theta - lr * np.mean(g)


@misconception(sgd_step)
def changes_the_callers_weights(theta, g, lr):
    """The answer is right, but theta -= lr * g also changed the array of the caller.

    np.asarray makes no copy of an array that is float64 already; theta - lr * g makes a new one.
    """
    theta, g = _floats(theta, g)
    theta -= lr * g
    return theta


@misconception(sgd_step)
def weights_cut_to_whole_numbers(theta, g, lr):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    return sgd_step(theta, g, lr).astype(np.asarray(theta).dtype)


# ---- momentum -------------------------------------------------------------------------------------


@misconception(momentum_step)
def moves_by_the_old_velocity(theta, v, g, lr, mu):
    """The weights moved by the velocity you were given; they move by the new one."""
    theta, v, g = _floats(theta, v, g)
    return theta + v, mu * v - lr * g


@misconception(momentum_step)
def averages_the_gradient(theta, v, g, lr, mu):
    """You weighted the gradient with 1 - mu, as Adam's mean does; here its weight is lr alone."""
    theta, v, g = _floats(theta, v, g)
    v = mu * v - (1 - mu) * lr * g
    return theta + v, v


@misconception(momentum_step)
def learning_rate_outside(theta, v, g, lr, mu):
    """Your velocity adds up bare gradients and lr multiplies it afterwards, as torch.optim.SGD does.

    In our convention lr is inside: v = mu v - lr g. The two part ways as soon as lr changes.
    """
    theta, v, g = _floats(theta, v, g)
    v = mu * v + g
    return theta - lr * v, v


@misconception(momentum_step)
def learning_rate_on_the_velocity(theta, v, g, lr, mu):
    """The learning rate shrinks the old velocity too; it belongs to the gradient only."""
    theta, v, g = _floats(theta, v, g)
    v = mu * v - g
    return theta + lr * v, v


@misconception(momentum_step)
def uphill(theta, v, g, lr, mu):
    """The gradient points uphill, so it is subtracted: v = mu v - lr g."""
    theta, v, g = _floats(theta, v, g)
    v = mu * v + lr * g
    return theta + v, v


@misconception(momentum_step)
def velocity_turned_round(theta, v, g, lr, mu):
    """Your velocity points uphill and is subtracted, the form of lecture 002.

    The road is the same, but our v points downhill and is added.
    """
    theta, v, g = _floats(theta, v, g)
    v = mu * v + lr * g
    return theta - v, v


@misconception(momentum_step)
def looks_ahead(theta, v, g, lr, mu):
    """This is Nesterov's step: the momentum is applied once more to the new velocity."""
    theta, v, g = _floats(theta, v, g)
    v = mu * v - lr * g
    return theta + mu * v - lr * g, v


@misconception(momentum_step)
def forgets_the_velocity(theta, v, g, lr, mu):
    """The old velocity is missing; this is gradient descent without momentum."""
    theta, g = _floats(theta, g)
    return theta - lr * g, -lr * g


@misconception(momentum_step)
def friction_on_the_push_too(theta, v, g, lr, mu):
    """The new push is multiplied by mu as well; only the old velocity is damped."""
    theta, v, g = _floats(theta, v, g)
    v = mu * (v - lr * g)
    return theta + v, v


@misconception(momentum_step)
def velocity_not_stored(theta, v, g, lr, mu):
    """The weights are right, but the old velocity comes back, so the next step knows nothing of this one."""
    theta, v, g = _floats(theta, v, g)
    return theta + (mu * v - lr * g), v


@misconception(momentum_step)
def momentum_always_nine_tenths(theta, v, g, lr, mu):
    """Your momentum is 0.9 whatever mu says."""
    theta, v, g = _floats(theta, v, g)
    v = 0.9 * v - lr * g
    return theta + v, v


@misconception(momentum_step)
def changes_the_callers_arrays(theta, v, g, lr, mu):
    """The answer is right, but v *= mu and theta += v also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; v = mu * v - lr * g makes a new one.
    """
    theta, v, g = _floats(theta, v, g)
    v *= mu
    v -= lr * g
    theta += v
    return theta, v


@misconception(momentum_step)
def velocity_cut_to_whole_numbers(theta, v, g, lr, mu):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    kind = np.asarray(theta).dtype
    theta, v, g = _floats(theta, v, g)
    v = (mu * v - lr * g).astype(kind)
    return (theta + v).astype(kind), v


# ---- Nesterov's momentum --------------------------------------------------------------------------


@misconception(nesterov_step)
def does_not_look_ahead(theta, v, grad_fn, lr, mu):
    """You asked for the gradient at theta, which is plain momentum; ask at theta + mu v."""
    theta, v = _floats(theta, v)
    v = mu * v - lr * np.asarray(grad_fn(theta))
    return theta + v, v


@misconception(nesterov_step)
def looks_back(theta, v, grad_fn, lr, mu):
    """You asked at theta - mu v, behind you.

    Lecture 002 has a velocity that points uphill, and takes it with the wrong sign for its look-ahead; ours
    points to where the weights go.
    """
    theta, v = _floats(theta, v)
    v = mu * v - lr * np.asarray(grad_fn(theta - mu * v))
    return theta + v, v


@misconception(nesterov_step)
def looks_too_far_ahead(theta, v, grad_fn, lr, mu):
    """You asked at theta + v; only the share mu of v is left in this step, so ask at theta + mu v."""
    theta, v = _floats(theta, v)
    v = mu * v - lr * np.asarray(grad_fn(theta + v))
    return theta + v, v


@misconception(nesterov_step)
def starts_from_the_point_ahead(theta, v, grad_fn, lr, mu):
    """The new velocity was added to the point ahead, so mu v counts twice; the step begins at theta."""
    theta, v = _floats(theta, v)
    ahead = theta + mu * v
    v = mu * v - lr * np.asarray(grad_fn(ahead))
    return ahead + v, v


@misconception(nesterov_step)
def climbs_from_ahead(theta, v, grad_fn, lr, mu):
    """The gradient points uphill, so it is subtracted: v = mu v - lr times the gradient ahead."""
    theta, v = _floats(theta, v)
    v = mu * v + lr * np.asarray(grad_fn(theta + mu * v))
    return theta + v, v


@misconception(nesterov_step)
def as_torch_and_keras_do(theta, v, grad_fn, lr, mu):
    """You took the gradient at theta and applied the momentum once more to the new velocity.

    That is the form of torch and Keras, whose weights are the points ahead; here they are the points
    themselves, and grad_fn lets you ask anywhere.
    """
    theta, v = _floats(theta, v)
    g = np.asarray(grad_fn(theta))
    v = mu * v - lr * g
    return theta + mu * v - lr * g, v


@misconception(nesterov_step)
def velocity_turned_uphill(theta, v, grad_fn, lr, mu):
    """Your velocity points uphill and is subtracted, the form of lecture 002; ours points downhill."""
    theta, v = _floats(theta, v)
    v = mu * v + lr * np.asarray(grad_fn(theta - mu * v))
    return theta - v, v


@misconception(nesterov_step)
def velocity_ahead_not_stored(theta, v, grad_fn, lr, mu):
    """The weights are right, but the old velocity comes back, so the next step knows nothing of this one."""
    return nesterov_step(theta, v, grad_fn, lr, mu)[0], np.asarray(v, dtype=float)


@misconception(nesterov_step)
def follows_the_old_velocity(theta, v, grad_fn, lr, mu):
    """The weights moved by the velocity you were given; they move by the new one."""
    return np.add(theta, v), nesterov_step(theta, v, grad_fn, lr, mu)[1]


@misconception(nesterov_step)
def slope_weighted_with_the_rest(theta, v, grad_fn, lr, mu):
    """You weighted the gradient with 1 - mu, as Adam's mean does; here its weight is lr alone."""
    theta, v = _floats(theta, v)
    v = mu * v - (1 - mu) * lr * np.asarray(grad_fn(theta + mu * v))
    return theta + v, v


@misconception(nesterov_step)
def asks_twice(theta, v, grad_fn, lr, mu):
    """The answer is right, but grad_fn is called twice in one step, and it is what costs the time."""
    theta, v = _floats(theta, v)
    new = mu * v - lr * np.asarray(grad_fn(theta + mu * v))
    return theta + mu * v - lr * np.asarray(grad_fn(theta + mu * v)), new


@misconception(nesterov_step)
def moves_the_callers_weights_ahead(theta, v, grad_fn, lr, mu):
    """The answer is right, but v *= mu or theta += v changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; v = mu * v - … makes a new one.
    """
    theta, v = _floats(theta, v)
    v *= mu
    v -= lr * np.asarray(grad_fn(theta + v))
    theta += v
    return theta, v


@misconception(nesterov_step)
def velocity_in_whole_numbers(theta, v, grad_fn, lr, mu):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    kind = np.asarray(theta).dtype
    theta, v = nesterov_step(theta, v, grad_fn, lr, mu)
    return theta.astype(kind), v.astype(kind)


# ---- AdaGrad --------------------------------------------------------------------------------------


@misconception(adagrad_step)
def adagrad_with_eps_inside(theta, r, g, lr, eps=1e-7):
    """Your eps is inside the root, √(r + eps), as in lecture 002; it stands outside: √r + eps.

    Inside, it works like an eps three thousand times larger, and nearly flat ground is hardly crossed.
    """
    theta, r, g = _floats(theta, r, g)
    r = r + g * g
    return theta - lr * g / np.sqrt(r + eps), r


@misconception(adagrad_step)
def divides_by_the_old_sum(theta, r, g, lr, eps=1e-7):
    """The step is divided by the root of the sum as it came in; add the new square first."""
    theta, r, g = _floats(theta, r, g)
    return theta - lr * g / (np.sqrt(r) + eps), r + g * g


@misconception(adagrad_step)
def root_of_the_sum_left_out(theta, r, g, lr, eps=1e-7):
    """The step is divided by r; it has to be divided by its square root."""
    theta, r, g = _floats(theta, r, g)
    r = r + g * g
    return theta - lr * g / (r + eps), r


@misconception(adagrad_step)
def no_memory(theta, r, g, lr, eps=1e-7):
    """Your r is the square of the last gradient alone; all earlier ones belong to the sum."""
    theta, r, g = _floats(theta, r, g)
    return theta - lr * g / (np.abs(g) + eps), g * g


@misconception(adagrad_step)
def sum_not_stored(theta, r, g, lr, eps=1e-7):
    """The step is right, but r comes back as it was, so the next step knows nothing of this gradient."""
    return adagrad_step(theta, r, g, lr, eps)[0], np.asarray(r, dtype=float)


@misconception(adagrad_step)
def sum_of_sizes(theta, r, g, lr, eps=1e-7):
    """Your r adds up the sizes of the gradients; it should add up their squares."""
    theta, r, g = _floats(theta, r, g)
    r = r + np.abs(g)
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(adagrad_step)
def root_stored_for_the_sum(theta, r, g, lr, eps=1e-7):
    """You handed back √r; the sum itself is the state, and its root is taken for the step only."""
    theta, r = adagrad_step(theta, r, g, lr, eps)
    return theta, np.sqrt(r)


@misconception(adagrad_step)
def one_sum_for_all_weights(theta, r, g, lr, eps=1e-7):
    """Your r adds up the squares of all weights; each weight has a sum of its own, over the steps only."""
    theta, r, g = _floats(theta, r, g)
    r = r + np.sum(g * g)
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(adagrad_step)
def mean_for_the_sum(theta, r, g, lr, eps=1e-7):
    """Your r is a running mean, which is RMSProp; AdaGrad remembers all squares alike, in a sum."""
    theta, r, g = _floats(theta, r, g)
    r = 0.9 * r + 0.1 * g * g
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(adagrad_step)
def adagrad_uphill(theta, r, g, lr, eps=1e-7):
    """The gradient points uphill; to go downhill the step is subtracted."""
    down, r = adagrad_step(theta, r, g, lr, eps)
    return 2 * np.asarray(theta) - down, r


@misconception(adagrad_step)
def adagrad_without_eps(theta, r, g, lr, eps=1e-7):
    """There is no eps in the denominator, so a gradient that was always zero gives 0/0."""
    theta, r, g = _floats(theta, r, g)
    r = r + g * g
    return theta - lr * g / np.sqrt(r), r


@misconception(adagrad_step)
def adagrad_eps_hard_coded(theta, r, g, lr, eps=1e-7):
    """Your eps is 1e-7 whatever the argument says."""
    return adagrad_step(theta, r, g, lr)


@misconception(adagrad_step)
def eps_of_torch(theta, r, g, lr, eps=1e-10):
    """Your eps is 1e-10 where none is given, as in torch; here it is 1e-7."""
    return adagrad_step(theta, r, g, lr, eps)


@misconception(adagrad_step)
def changes_the_callers_sum(theta, r, g, lr, eps=1e-7):
    """The answer is right, but r += g * g or theta -= … also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; r = r + g * g makes a new one.
    """
    theta, r, g = _floats(theta, r, g)
    r += g * g
    theta -= lr * g / (np.sqrt(r) + eps)
    return theta, r


@misconception(adagrad_step)
def adagrad_in_whole_numbers(theta, r, g, lr, eps=1e-7):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    kind = np.asarray(theta).dtype
    theta, r = adagrad_step(theta, r, g, lr, eps)
    return theta.astype(kind), r.astype(kind)


# ---- RMSProp --------------------------------------------------------------------------------------


@misconception(rmsprop_step)
def rmsprop_with_eps_inside(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your eps is inside the root, √(r + eps), as in lecture 001; it stands outside: √r + eps.

    Inside, it works like an eps a thousand times larger, and nearly flat ground is hardly crossed.
    """
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * g * g
    return theta - lr * g / np.sqrt(r + eps), r


@misconception(rmsprop_step)
def rho_on_the_new_square(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Here rho weights the new square and 1 - rho the old mean; it is the other way round."""
    return rmsprop_step(theta, r, g, lr, 1 - rho, eps)


@misconception(rmsprop_step)
def new_square_at_full_weight(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The factor 1 - rho is missing, so r is no mean: on a steady slope it comes to ten times g²."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + g * g
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(rmsprop_step)
def old_mean_at_full_weight(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The old mean is not multiplied by rho, so nothing is ever forgotten, as in AdaGrad."""
    theta, r, g = _floats(theta, r, g)
    r = r + (1 - rho) * g * g
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(rmsprop_step)
def sum_as_in_adagrad(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your r is the sum of all squares, which is AdaGrad; here it is a mean that forgets."""
    theta, r, g = _floats(theta, r, g)
    r = r + g * g
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(rmsprop_step)
def divides_by_the_old_mean(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The step is divided by the root of the mean as it came in; update it with g first."""
    theta, r, g = _floats(theta, r, g)
    return theta - lr * g / (np.sqrt(r) + eps), rho * r + (1 - rho) * g * g


@misconception(rmsprop_step)
def root_of_the_mean_left_out(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The step is divided by r; it has to be divided by its square root."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * g * g
    return theta - lr * g / (r + eps), r


@misconception(rmsprop_step)
def mean_of_sizes(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your r is the mean of the sizes |g|; it should be the mean of g squared."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * np.abs(g)
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(rmsprop_step)
def mean_not_stored(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The step is right, but r comes back as it was, so the next step knows nothing of this gradient."""
    return rmsprop_step(theta, r, g, lr, rho, eps)[0], np.asarray(r, dtype=float)


@misconception(rmsprop_step)
def corrected_as_in_adam(theta, r, g, lr, rho=0.9, eps=1e-6):
    """You divided the mean by 1 - rho to make up for its start at zero; RMSProp does not correct it."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * g * g
    return theta - lr * g / (np.sqrt(r / (1 - rho)) + eps), r


@misconception(rmsprop_step)
def one_mean_for_all_weights(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your r averages g² over all weights; each weight has its own mean, over the steps only."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * np.mean(g * g)
    return theta - lr * g / (np.sqrt(r) + eps), r


@misconception(rmsprop_step)
def rmsprop_uphill(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The gradient points uphill; to go downhill the step is subtracted."""
    down, r = rmsprop_step(theta, r, g, lr, rho, eps)
    return 2 * np.asarray(theta) - down, r


@misconception(rmsprop_step)
def rmsprop_without_eps(theta, r, g, lr, rho=0.9, eps=1e-6):
    """There is no eps in the denominator, so a gradient that was always zero gives 0/0."""
    theta, r, g = _floats(theta, r, g)
    r = rho * r + (1 - rho) * g * g
    return theta - lr * g / np.sqrt(r), r


@misconception(rmsprop_step)
def rmsprop_eps_hard_coded(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your eps is 1e-6 whatever the argument says."""
    return rmsprop_step(theta, r, g, lr, rho)


@misconception(rmsprop_step)
def rho_always_nine_tenths(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your rho is 0.9 whatever the argument says."""
    return rmsprop_step(theta, r, g, lr, eps=eps)


@misconception(rmsprop_step)
def defaults_of_torch(theta, r, g, lr, rho=0.99, eps=1e-8):
    """Your rho is 0.99 and your eps 1e-8 where none are given, as in torch; here they are 0.9 and 1e-6."""
    return rmsprop_step(theta, r, g, lr, rho, eps)


@misconception(rmsprop_step)
def changes_the_callers_mean(theta, r, g, lr, rho=0.9, eps=1e-6):
    """The answer is right, but r *= rho or theta -= … also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; r = rho * r + … makes a new one.
    """
    theta, r, g = _floats(theta, r, g)
    r *= rho
    r += (1 - rho) * g * g
    theta -= lr * g / (np.sqrt(r) + eps)
    return theta, r


@misconception(rmsprop_step)
def rmsprop_in_whole_numbers(theta, r, g, lr, rho=0.9, eps=1e-6):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    kind = np.asarray(theta).dtype
    theta, r = rmsprop_step(theta, r, g, lr, rho, eps)
    return theta.astype(kind), r.astype(kind)


# ---- Adam -----------------------------------------------------------------------------------------


def _means(m, v, g, b1, b2):
    """Both running means, as they should be."""
    return b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g


@misconception(adam_step)
def no_bias_correction(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The means are used uncorrected, as on the slide of lecture 000.

    They start at zero and are too small at first: divide m by 1 - b1^t and v by 1 - b2^t.
    """
    theta, m, v, g = _floats(theta, m, v, g)
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (np.sqrt(v) + eps), m, v, t + 1


@misconception(adam_step)
def corrects_only_m(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Only m is corrected; v starts at zero too and needs its own correction, with b2."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1**t) / (np.sqrt(v) + eps), m, v, t


@misconception(adam_step)
def corrects_only_v(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Only v is corrected; m starts at zero too and needs its own correction, with b1."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def one_correction_for_both(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Both means are divided by 1 - b1^t; v fades with b2 and is divided by 1 - b2^t."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b1**t)) + eps), m, v, t


@misconception(adam_step)
def same_correction_at_every_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your correction is 1 - b1 at every step; it is 1 - b1 to the power t and fades as t grows."""
    theta, m, v, g = _floats(theta, m, v, g)
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1) / (np.sqrt(v / (1 - b2)) + eps), m, v, t + 1


@misconception(adam_step)
def correction_with_the_old_t(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The correction uses t before it is raised, which divides by zero at the first step."""
    theta, m, v, g = _floats(theta, m, v, g)
    m, v = _means(m, v, g, b1, b2)
    m_hat, v_hat = m / np.float64(1 - b1**t), v / np.float64(1 - b2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t + 1


@misconception(adam_step)
def correction_one_step_ahead(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The exponent is one too large: t is raised, and then t + 1 is used once more."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    m_hat, v_hat = m / (1 - b1 ** (t + 1)), v / (1 - b2 ** (t + 1))
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t


@misconception(adam_step)
def t_comes_back_unchanged(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The step is right, but t comes back as it was, so every step believes it is the first."""
    theta, m, v, g = _floats(theta, m, v, g)
    m, v = _means(m, v, g, b1, b2)
    m_hat, v_hat = m / (1 - b1 ** (t + 1)), v / (1 - b2 ** (t + 1))
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), m, v, t


@misconception(adam_step)
def corrected_means_written_back(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The corrected means come back as the state, as steps 3 and 4 of lecture 002 read.

    They would then be corrected again at the next step: keep m and v, and correct copies.
    """
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    m, v = m / (1 - b1**t), v / (1 - b2**t)
    return theta - lr * m / (np.sqrt(v) + eps), m, v, t


@misconception(adam_step)
def eps_inside_the_root(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your eps is inside the root, √(v_hat + eps), as in lecture 001; it stands outside: √v_hat + eps.

    Inside, it works like an eps ten thousand times larger, and nearly flat ground is hardly crossed.
    """
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + eps), m, v, t


@misconception(adam_step)
def eps_beside_the_uncorrected_root(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """You added eps to √v before the correction, the shortcut at the end of the paper's section 2.

    There eps means something else; in algorithm 1, and here, it is added to √v_hat.
    """
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    rate = lr * np.sqrt(1 - b2**t) / (1 - b1**t)
    return theta - rate * m / (np.sqrt(v) + eps), m, v, t


@misconception(adam_step)
def eps_left_out(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """There is no eps in the denominator, so a gradient that was always zero gives 0/0."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1**t) / np.sqrt(v / (1 - b2**t)), m, v, t


@misconception(adam_step)
def eps_hard_coded(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your eps is 1e-8 whatever the argument says."""
    return adam_step(theta, m, v, t, g, lr, b1, b2, 1e-8)


@misconception(adam_step)
def betas_hard_coded(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your b1 and b2 are 0.9 and 0.999 whatever the arguments say."""
    return adam_step(theta, m, v, t, g, lr, 0.9, 0.999, eps)


@misconception(adam_step)
def betas_exchanged(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """b1 belongs to m and b2 to v; here they have changed places."""
    return adam_step(theta, m, v, t, g, lr, b2, b1, eps)


@misconception(adam_step)
def climbs(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The step is added, as the formula of lecture 000 reads; it has to be subtracted to go downhill."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta + lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def mean_of_absolute_values(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your v is the mean of |g|; it should be the mean of g squared."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * np.abs(g)
    return theta - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def no_root(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The step is divided by v_hat; it has to be divided by its square root."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * m / (1 - b1**t) / (v / (1 - b2**t) + eps), m, v, t


@misconception(adam_step)
def adds_up_without_weights(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The factors 1 - b1 and 1 - b2 are missing, so m and v are sums that grow and not means."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = b1 * m + g, b2 * v + g * g
    return theta - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def steps_by_the_old_means(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The step uses m and v as they came in; update both with g first."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    theta = theta - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps)
    return theta, *_means(m, v, g, b1, b2), t


@misconception(adam_step)
def gradient_in_place_of_m(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The step is g / √v_hat, which is RMSProp with a correction; the numerator is m_hat."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = _means(m, v, g, b1, b2)
    return theta - lr * g / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def one_v_for_all_weights(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your v averages g² over all weights; each weight has its own mean, over the steps only."""
    theta, m, v, g = _floats(theta, m, v, g)
    t = t + 1
    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * np.mean(g * g)
    return theta - lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t


@misconception(adam_step)
def changes_the_callers_state(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """The answer is right, but *= and += also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; m = b1 * m + … makes a new one.
    """
    theta, m, v, g = _floats(theta, m, v, g)
    t += 1
    m *= b1
    m += (1 - b1) * g
    v *= b2
    v += (1 - b2) * g * g
    theta -= lr * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + eps)
    return theta, m, v, t


@misconception(adam_step)
def means_cut_to_whole_numbers(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    kind = np.asarray(theta).dtype
    theta, m, v, t = adam_step(theta, m, v, t, g, lr, b1, b2, eps)
    return theta.astype(kind), m.astype(kind), v.astype(kind), t


# ---- Newton's step --------------------------------------------------------------------------------


@misconception(newton_step)
def times_the_curvature(theta, g, H, lr=1.0):
    """The gradient is multiplied by H; it should be by its inverse. Where it is steepest, steps are short."""
    theta, g, H = _floats(theta, g, H)
    return theta - lr * H @ g


@misconception(newton_step)
def diagonal_only(theta, g, H, lr=1.0):
    """Each slope is divided by its own curvature on the diagonal of H; the others couple the weights."""
    theta, g, H = _floats(theta, g, H)
    return theta - lr * g / np.diag(H)


@misconception(newton_step)
def inverse_number_by_number(theta, g, H, lr=1.0):
    """1 / H is the inverse of every number, not of the matrix."""
    theta, g, H = _floats(theta, g, H)
    return theta - lr * (1 / H) @ g


@misconception(newton_step)
def newton_uphill(theta, g, H, lr=1.0):
    """The step is added; it has to be subtracted: H s = -g, and s is added."""
    return 2 * np.asarray(theta) - newton_step(theta, g, H, lr)


@misconception(newton_step)
def always_the_whole_way(theta, g, H, lr=1.0):
    """Your step ignores lr; only that share of the way is gone."""
    return newton_step(theta, g, H)


@misconception(newton_step)
def rate_beside_the_curvature(theta, g, H, lr=1.0):
    """Here lr multiplies H, which divides the step by it; it has to multiply the step."""
    return newton_step(theta, g, H, 1 / lr)


@misconception(newton_step)
def curvature_ignored(theta, g, H, lr=1.0):
    """This is plain gradient descent; H is not used."""
    theta, g = _floats(theta, g)
    return theta - lr * g


@misconception(newton_step)
def best_step_along_the_gradient(theta, g, H, lr=1.0):
    """This is the best step along the gradient; Newton's step turns away from it, towards the bottom."""
    theta, g, H = _floats(theta, g, H)
    return theta - lr * (g @ g) / (g @ H @ g) * g


@misconception(newton_step)
def pseudo_inverse(theta, g, H, lr=1.0):
    """Both pinv and lstsq answer where H is singular, too, and nobody learns that there is no such step."""
    theta, g, H = _floats(theta, g, H)
    return theta - lr * np.linalg.pinv(H) @ g


@misconception(newton_step)
def away_from_the_saddle(theta, g, H, lr=1.0):
    """You divided by the sizes of the curvatures, which leads away from a saddle; Newton's leads to it."""
    theta, g, H = _floats(theta, g, H)
    values, Q = np.linalg.eigh(H)
    if np.min(np.abs(values)) < 1e-9:
        raise np.linalg.LinAlgError("Singular matrix")
    return theta - lr * Q @ ((Q.T @ g) / np.abs(values))


@misconception(newton_step)
def a_little_on_the_diagonal(theta, g, H, lr=1.0):
    """You added a little to the diagonal of H so that it can always be solved; that is another step.

    Where H is singular the caller should hear of it.
    """
    return newton_step(theta, g, np.asarray(H) + 1e-4 * np.eye(len(g)), lr)


@misconception(newton_step)
def step_without_a_start(theta, g, H, lr=1.0):
    """You handed back the step; it has to be added to the weights."""
    return newton_step(theta, g, H, lr) - np.asarray(theta)


@misconception(newton_step)
def newton_changes_the_callers_weights(theta, g, H, lr=1.0):
    """The answer is right, but theta -= … also changed the array of the caller.

    np.asarray makes no copy of an array that is float64 already; theta - … makes a new one.
    """
    theta, g, H = _floats(theta, g, H)
    theta -= lr * np.linalg.solve(H, g)
    return theta


@misconception(newton_step)
def newton_in_whole_numbers(theta, g, H, lr=1.0):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(theta, dtype=float).
    """
    return newton_step(theta, g, H, lr).astype(np.asarray(theta).dtype)


# ---- the best step along the gradient -------------------------------------------------------------


def _products(g, H):
    """g·g and g·H g, as they should be."""
    g, H = _floats(g, H)
    return float(g @ g), float(g @ H @ g)


@misconception(optimal_step_size)
def one_over_the_curvature(g, H):
    """The numerator is 1; it is g·g. With 1, a longer gradient has a shorter best step."""
    _, curvature = _products(g, H)
    return 1 / curvature if curvature > 0 else math.inf


@misconception(optimal_step_size)
def upside_down(g, H):
    """The fraction is upside down: g·g stands above, g·H g below."""
    square, curvature = _products(g, H)
    return curvature / square if curvature > 0 else math.inf


@misconception(optimal_step_size)
def backwards_where_it_bends_down(g, H):
    """Where g·H g is negative you go backwards, to the highest point of the parabola; the answer is inf."""
    square, curvature = _products(g, H)
    return square / curvature if curvature else math.inf


@misconception(optimal_step_size)
def size_of_the_curvature(g, H):
    """You took the size of g·H g; where it is negative the loss falls for ever, and the answer is inf."""
    square, curvature = _products(g, H)
    return square / abs(curvature) if curvature else math.inf


@misconception(optimal_step_size)
def stays_where_it_bends_down(g, H):
    """Where g·H g is not positive you answer 0, and nothing moves; the answer is inf."""
    square, curvature = _products(g, H)
    return square / curvature if curvature > 0 else 0.0


@misconception(optimal_step_size)
def length_for_its_square(g, H):
    """The numerator is the length of g; it is the square of the length, g·g."""
    square, curvature = _products(g, H)
    return math.sqrt(square) / curvature if curvature > 0 else math.inf


@misconception(optimal_step_size)
def half_lost(g, H):
    """You lost the ½ of the parabola: the derivative of ½ ε² is ε, so the step is twice what you found."""
    return optimal_step_size(g, H) / 2


@misconception(optimal_step_size)
def diagonal_curvatures_only(g, H):
    """You used the diagonal of H alone; g·H g has a term for every pair of weights."""
    g, H = _floats(g, H)
    return optimal_step_size(g, np.diag(np.diag(H)))


@misconception(optimal_step_size)
def steepest_curvature(g, H):
    """You divided by the largest curvature of H; what counts is the curvature along g."""
    _, curvature = _products(g, H)
    return 1 / float(np.max(np.linalg.eigvalsh(np.asarray(H)))) if curvature > 0 else math.inf


@misconception(optimal_step_size)
def divides_before_looking(g, H):
    """You divided first and looked at g·H g afterwards, so NumPy warns where it is zero."""
    g, H = _floats(g, H)
    step = (g @ g) / (g @ H @ g)
    return step if step > 0 else math.inf


@misconception(optimal_step_size)
def multiplied_number_by_number(g, H):
    """Written g * H * g, it multiplies number by number and adds up g_j² H_ij; use @, row by column."""
    g, H = _floats(g, H)
    curvature = float(np.sum(g * H * g))
    return float(g @ g) / curvature if curvature > 0 else math.inf


@misconception(optimal_step_size)
def gradient_made_unit_in_place(g, H):
    """The answer is right, but g /= … also changed the array of the caller."""
    g, H = _floats(g, H)
    square = np.sqrt(g @ g)
    g /= square
    curvature = float(g @ H @ g)
    return 1 / curvature if curvature > 0 else math.inf


# ---- schedules ------------------------------------------------------------------------------------


@misconception(lr_at)
def falls_below_the_last_rate(kind, t, **p):
    """Your linear schedule goes on after tau, and in the end below zero; from tau on it stays etau."""
    if kind == "linear":
        a = t / p["tau"]
        return float((1 - a) * p["e0"] + a * p["etau"])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def ends_exchanged(kind, t, **p):
    """Your linear schedule begins with etau and ends with e0; it is the other way round."""
    if kind == "linear":
        return lr_at(kind, t, e0=p["etau"], etau=p["e0"], tau=p["tau"])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def zero_after_tau(kind, t, **p):
    """After tau your linear schedule is zero, and nothing is learned any more; it stays etau."""
    if kind == "linear" and t > p["tau"]:
        return 0.0
    return lr_at(kind, t, **p)


@misconception(lr_at)
def last_rate_left_out(kind, t, **p):
    """Your linear schedule falls to zero at tau; the second term, a · etau, is missing."""
    if kind == "linear":
        return lr_at(kind, t, e0=p["e0"], etau=0, tau=p["tau"])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def base_e(kind, t, **p):
    """Your exponential has the base e, so r steps leave a share of 0.37; with the base 10 they leave 0.1."""
    if kind == "exponential":
        return float(p["lr0"] * np.exp(-t / p["r"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def base_two(kind, t, **p):
    """Your exponential has the base 2, so r steps leave one half; with the base 10 they leave a tenth."""
    if kind == "exponential":
        return float(p["lr0"] * 2.0 ** (-t / p["r"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def exponential_that_grows(kind, t, **p):
    """The minus of the exponent is missing, so your exponential grows."""
    if kind == "exponential":
        return float(p["lr0"] * 10.0 ** (t / p["r"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def exponential_in_stairs(kind, t, **p):
    """With t // r your exponential waits r steps and then jumps; with t / r it falls at every step."""
    if kind == "exponential":
        return float(p["lr0"] * 10.0 ** -(t // p["r"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def power_of_the_bare_time(kind, t, **p):
    """Your power has 1 + t; it has 1 + t / r, so that r is the time in which something happens."""
    if kind == "power":
        return float(p["lr0"] * (1.0 + t) ** -p["c"])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def power_that_grows(kind, t, **p):
    """The minus of the exponent is missing, so your power schedule grows."""
    if kind == "power":
        return float(p["lr0"] * (1.0 + t / p["r"]) ** p["c"])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def exponent_beside_the_time(kind, t, **p):
    """Here c multiplies t / r; it is the exponent of the whole bracket. With c = 1 the two are the same."""
    if kind == "power":
        return float(p["lr0"] / (1.0 + p["c"] * t / p["r"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def power_without_the_one(kind, t, **p):
    """Your power has t / r without the 1, which is infinite at t = 0."""
    if kind == "power":
        return float(p["lr0"] * np.power(t / p["r"], -float(p["c"]))) if t else math.inf
    return lr_at(kind, t, **p)


@misconception(lr_at)
def power_in_stairs(kind, t, **p):
    """With t // r your power schedule waits r steps and then jumps; with t / r it falls at every step."""
    if kind == "power":
        return float(p["lr0"] * (1.0 + t // p["r"]) ** -float(p["c"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def stairs_one_step_late(kind, t, **p):
    """On a boundary your schedule still has the old value; the new one counts from t = boundary on."""
    if kind == "piecewise":
        return float(p["values"][sum(t > b for b in p["boundaries"])])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def stairs_one_value_ahead(kind, t, **p):
    """Your schedule is one value ahead: values[0] is the one before the first boundary."""
    if kind == "piecewise":
        reached = sum(t >= b for b in p["boundaries"])
        return float(p["values"][min(reached + 1, len(p["values"]) - 1)])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def first_boundary_only(kind, t, **p):
    """Your loop stops at the first boundary that has been passed, so the third value never comes."""
    if kind == "piecewise":
        return float(p["values"][int(t >= p["boundaries"][0])])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def straight_lines_between_the_values(kind, t, **p):
    """You drew lines between the values; a piecewise schedule jumps at its boundaries and is flat between."""
    if kind == "piecewise":
        return float(np.interp(t, [0, *p["boundaries"]], p["values"]))
    return lr_at(kind, t, **p)


@misconception(lr_at)
def boundaries_eaten(kind, t, **p):
    """The answer is right, but pop took the boundaries out of the caller's list."""
    if kind == "piecewise":
        reached = 0
        while p["boundaries"] and t >= p["boundaries"][0]:
            p["boundaries"].pop(0)
            reached += 1
        return float(p["values"][reached])
    return lr_at(kind, t, **p)


@misconception(lr_at)
def first_rate_for_the_unknown(kind, t, **p):
    """A kind that does not exist got an answer all the same; a misspelt name deserves a ValueError."""
    try:
        return lr_at(kind, t, **p)
    except ValueError:
        return p["lr0"]


@misconception(lr_at)
def nothing_for_the_unknown(kind, t, **p):
    """A kind that does not exist gets None, which fails much later; raise a ValueError at once."""
    try:
        return lr_at(kind, t, **p)
    except ValueError:
        return None


@misconception(lr_at)
def rates_in_whole_numbers(kind, t, **p):
    """Your rates are cut to whole numbers where the settings are such; divide with /, not with //."""
    rate = lr_at(kind, t, **p)
    return float(int(rate)) if isinstance(p.get("e0"), int) else rate


# ---- a schedule that watches ----------------------------------------------------------------------


class _ComparesWithThePrevious(PlateauScheduler):
    def step(self, val_err):
        rate = super().step(val_err)
        self.best = val_err
        return rate


@misconception(PlateauScheduler)
def compares_with_the_previous(lr, factor, patience, min_delta=0):
    """You compare with the previous error; an error that goes to and fro would pass for progress for ever.

    Compare with the best one so far.
    """
    return _ComparesWithThePrevious(lr, factor, patience, min_delta)


class _KeepsCountingAfterTheCut(PlateauScheduler):
    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.best, self.waited = val_err, 0
        else:
            self.waited += 1
            if self.waited >= self.patience:
                self.lr *= self.factor
        return self.lr


@misconception(PlateauScheduler)
def keeps_counting_after_the_cut(lr, factor, patience, min_delta=0):
    """The counter is not set back when the rate is lowered, so every further step lowers it again."""
    return _KeepsCountingAfterTheCut(lr, factor, patience, min_delta)


class _CutsOnlyOnce(PlateauScheduler):
    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.best, self.waited = val_err, 0
        else:
            self.waited += 1
            if self.waited == self.patience:
                self.lr *= self.factor
        return self.lr


@misconception(PlateauScheduler)
def cuts_only_once(lr, factor, patience, min_delta=0):
    """On one plateau your rate is lowered only once; the count begins again, and the next cut follows."""
    return _CutsOnlyOnce(lr, factor, patience, min_delta)


class _CountsInAll(PlateauScheduler):
    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.best = val_err
        else:
            self.waited += 1
        if self.waited >= self.patience:
            self.lr *= self.factor
            self.waited = 0
        return self.lr


@misconception(PlateauScheduler)
def counts_in_all(lr, factor, patience, min_delta=0):
    """The counter is not set back by a better error; the steps without one have to be in a row."""
    return _CountsInAll(lr, factor, patience, min_delta)


@misconception(PlateauScheduler)
def one_step_too_patient(lr, factor, patience, min_delta=0):
    """The rate is lowered one step too late: `patience` steps are enough, where torch waits for one more."""
    return PlateauScheduler(lr, factor, patience + 1, min_delta)


@misconception(PlateauScheduler)
def one_step_too_impatient(lr, factor, patience, min_delta=0):
    """The rate is lowered one step too early; count the steps without a better error, and no others."""
    return PlateauScheduler(lr, factor, patience - 1, min_delta)


@misconception(PlateauScheduler)
def min_delta_ignored(lr, factor, patience, min_delta=0):
    """Every gain counts, however small; it has to be more than min_delta."""
    return PlateauScheduler(lr, factor, patience)


@misconception(PlateauScheduler)
def min_delta_with_the_wrong_sign(lr, factor, patience, min_delta=0):
    """min_delta is added to the best error, so that worse ones count as better; it is subtracted."""
    return PlateauScheduler(lr, factor, patience, -min_delta)


class _BestCreepsDown(PlateauScheduler):
    def step(self, val_err):
        rate = super().step(val_err)
        self.best = min(self.best, val_err)
        return rate


@misconception(PlateauScheduler)
def best_creeps_down(lr, factor, patience, min_delta=0):
    """Gains too small to count still lower your best error, so slow progress never adds up to enough."""
    return _BestCreepsDown(lr, factor, patience, min_delta)


class _TiesAreProgress(PlateauScheduler):
    def step(self, val_err):
        return super().step(val_err - 1e-12 if val_err == self.best else val_err)


@misconception(PlateauScheduler)
def ties_are_progress(lr, factor, patience, min_delta=0):
    """An error equal to the best one counts as better, with <=; a level plateau would never end."""
    return _TiesAreProgress(lr, factor, patience, min_delta)


@misconception(PlateauScheduler)
def divides_by_the_factor(lr, factor, patience, min_delta=0):
    """The rate is divided by factor, and grows; factor is below 1 and multiplies it."""
    return PlateauScheduler(lr, 1 / factor, patience, min_delta)


class _ForgetsTheCut(PlateauScheduler):
    def step(self, val_err):
        before = self.lr
        rate = super().step(val_err)
        self.lr = before
        return rate


@misconception(PlateauScheduler)
def forgets_the_cut(lr, factor, patience, min_delta=0):
    """The lower rate is handed back once and not kept, so the next step has the old one again."""
    return _ForgetsTheCut(lr, factor, patience, min_delta)


class _OneStepLate(PlateauScheduler):
    def step(self, val_err):
        before = self.lr
        super().step(val_err)
        return before


@misconception(PlateauScheduler)
def hands_back_the_old_rate(lr, factor, patience, min_delta=0):
    """You hand back the rate from before the cut; the new one counts at once."""
    return _OneStepLate(lr, factor, patience, min_delta)


class _BestForgottenAtTheCut(PlateauScheduler):
    def step(self, val_err):
        before = self.lr
        rate = super().step(val_err)
        if rate != before:
            self.best = math.inf
        return rate


@misconception(PlateauScheduler)
def best_forgotten_at_the_cut(lr, factor, patience, min_delta=0):
    """The cut wipes out the best error, so the next one counts as better; only the count starts anew."""
    return _BestForgottenAtTheCut(lr, factor, patience, min_delta)


class _RestoresTheRate(PlateauScheduler):
    def __init__(self, lr, factor, patience, min_delta):
        super().__init__(lr, factor, patience, min_delta)
        self.first = self.lr

    def step(self, val_err):
        if val_err < self.best - self.min_delta:
            self.lr = self.first
        return super().step(val_err)


@misconception(PlateauScheduler)
def rate_restored_by_progress(lr, factor, patience, min_delta=0):
    """A better error brings your old rate back; once lowered, it stays lowered."""
    return _RestoresTheRate(lr, factor, patience, min_delta)


class _Shared(PlateauScheduler):
    memory = PlateauScheduler(1.0, 1.0, 1)  # one for all objects; the latest of them begins it anew

    def __init__(self, lr, factor, patience, min_delta):
        super().__init__(lr, factor, patience, min_delta)
        self.memory.best, self.memory.waited = math.inf, 0

    def step(self, val_err):
        self.best, self.waited = self.memory.best, self.memory.waited
        rate = super().step(val_err)
        self.memory.best, self.memory.waited = self.best, self.waited
        return rate


@misconception(PlateauScheduler)
def one_memory_for_all(lr, factor, patience, min_delta=0):
    """Two of your schedulers share their best error and their counter.

    They stand in the class, or outside of it, where all objects find the same ones; put them on self.
    """
    return _Shared(lr, factor, patience, min_delta)


# ---- clipping -------------------------------------------------------------------------------------


@misconception(clip_by_norm)
def each_for_itself(grads, c):
    """Every array is clipped by its own norm, which turns the step; all have one norm together."""
    return [clip_by_norm([g], c)[0] for g in grads]


@misconception(clip_by_norm)
def number_by_number(grads, c):
    """You cut every number to the interval from -c to c, which turns the step; scale all by one factor."""
    return [np.clip(g, -c, c) for g in _floats(*grads)]


@misconception(clip_by_norm)
def always_rescaled(grads, c):
    """Short gradients are made longer, and those of zero give 0/0; scale only where n > c."""
    grads = _floats(*grads)
    n = np.sqrt(sum(np.sum(g * g) for g in grads))
    return [g * (c / n) for g in grads]


@misconception(clip_by_norm)
def the_other_way_round(grads, c):
    """You scale where n is below c, and leave alone what is too long; turn the comparison round."""
    grads = _floats(*grads)
    n = math.sqrt(sum(np.sum(g * g) for g in grads))
    return [g * (c / n) if 0 < n < c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def norms_added_up(grads, c):
    """You added up the norms of the arrays; add up their squares, and take one root."""
    grads = _floats(*grads)
    n = sum(math.sqrt(np.sum(g * g)) for g in grads)
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def root_of_the_norm_left_out(grads, c):
    """You compared and divided by the sum of the squares; the norm is its root."""
    grads = _floats(*grads)
    n = sum(float(np.sum(g * g)) for g in grads)
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def sum_of_absolute_values(grads, c):
    """Your norm is the sum of the sizes; it is the root of the sum of the squares."""
    grads = _floats(*grads)
    n = sum(float(np.sum(np.abs(g))) for g in grads)
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def largest_number_for_the_norm(grads, c):
    """Your norm is the largest number; it is the root of the sum of all squares."""
    grads = _floats(*grads)
    n = max(float(np.max(np.abs(g))) for g in grads)
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def longest_array_for_all(grads, c):
    """Your norm is that of the longest array; the others count as well, squared and added up."""
    grads = _floats(*grads)
    n = max(math.sqrt(np.sum(g * g)) for g in grads)
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def first_array_for_all(grads, c):
    """Your norm is that of the first array alone: does a return or an = stand where += should?"""
    grads = _floats(*grads)
    n = math.sqrt(np.sum(grads[0] * grads[0]))
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def last_array_for_all(grads, c):
    """Your norm is that of the last array alone; add up over the loop, with +=."""
    grads = _floats(*grads)
    n = math.sqrt(np.sum(grads[-1] * grads[-1]))
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def spectral_norm(grads, c):
    """Of a matrix, norm(g, 2) is the largest stretching and not the root of the sum of its squares."""
    grads = _floats(*grads)
    n = math.sqrt(sum((np.linalg.norm(g, 2) if g.ndim == 2 else np.linalg.norm(g)) ** 2 for g in grads))
    return [g * (c / n) if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def to_length_one(grads, c):
    """What is too long comes back with the length 1; it should come back with the length c."""
    grads = _floats(*grads)
    n = math.sqrt(sum(np.sum(g * g) for g in grads))
    return [g / n if n > c else 1.0 * g for g in grads]


@misconception(clip_by_norm)
def one_long_vector(grads, c):
    """You handed back one long vector; every array keeps its own shape."""
    return np.concatenate([g.ravel() for g in clip_by_norm(grads, c)])


@misconception(clip_by_norm)
def changes_the_callers_gradients(grads, c):
    """The answer is right, but g *= … also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; scale * g makes a new one.
    """
    grads = [np.asarray(g, dtype=float) for g in grads]
    n = math.sqrt(sum(np.sum(g * g) for g in grads))
    if n > c:
        for i in range(len(grads)):
            grads[i] *= c / n
    return grads


@misconception(clip_by_norm)
def gradients_in_whole_numbers(grads, c):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(g, dtype=float).
    """
    clipped = clip_by_norm(grads, c)
    return [new.astype(np.asarray(g).dtype) for new, g in zip(clipped, grads, strict=True)]


# ---- AlexNet --------------------------------------------------------------------------------------


@misconception(alexnet_update)
def decay_without_the_rate(w, v, g, lr):
    """The decay is not multiplied by lr, so it stays as strong when the learning rate falls."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - 0.0005 * w - lr * g
    return w + v, v


@misconception(alexnet_update)
def decay_doubled(w, v, g, lr):
    """Your decay is twice as strong: the penalty carries a ½, so its gradient is 0.0005 w, without a 2."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - 2 * 0.0005 * lr * w - lr * g
    return w + v, v


@misconception(alexnet_update)
def grows_in_place_of_decay(w, v, g, lr):
    """The decay is added, so weights grow without end; it pulls them towards zero."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v + 0.0005 * lr * w - lr * g
    return w + v, v


@misconception(alexnet_update)
def decay_left_out(w, v, g, lr):
    """This is momentum without decay; the term 0.0005 lr w is missing."""
    return momentum_step(w, v, g, lr, 0.9)


@misconception(alexnet_update)
def decay_beside_the_velocity(w, v, g, lr):
    """The decay shrinks the weights directly, as AdamW does; AlexNet's goes through the velocity."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - lr * g
    return w + v - 0.0005 * lr * w, v


@misconception(alexnet_update)
def layer_uphill(w, v, g, lr):
    """The gradient points uphill, so it is subtracted: v = 0.9 v - 0.0005 lr w - lr g."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - 0.0005 * lr * w + lr * g
    return w + v, v


@misconception(alexnet_update)
def layer_moves_by_the_old_velocity(w, v, g, lr):
    """The weights moved by the velocity you were given; they move by the new one."""
    return np.add(w, v), alexnet_update(w, v, g, lr)[1]


@misconception(alexnet_update)
def layer_velocity_not_stored(w, v, g, lr):
    """The weights are right, but the old velocity comes back, so the next step knows nothing of this one."""
    return alexnet_update(w, v, g, lr)[0], np.asarray(v, dtype=float)


@misconception(alexnet_update)
def rate_outside_the_velocity(w, v, g, lr):
    """Here lr multiplies the velocity afterwards, as in torch; it belongs inside.

    The two part ways as soon as lr is divided by ten.
    """
    w, v, g = _floats(w, v, g)
    v = 0.9 * v + 0.0005 * w + g
    return w - lr * v, v


@misconception(alexnet_update)
def decays_the_moved_weights(w, v, g, lr):
    """The decay is taken from the weights after the step; it belongs to those before it."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - lr * g
    v = v - 0.0005 * lr * (w + v)
    return w + v, v


@misconception(alexnet_update)
def pulled_by_the_sign(w, v, g, lr):
    """Your decay pulls all weights with one force, as a penalty on |w| does; it is in proportion to w."""
    w, v, g = _floats(w, v, g)
    v = 0.9 * v - 0.0005 * lr * np.sign(w) - lr * g
    return w + v, v


@misconception(alexnet_update)
def changes_the_callers_layer(w, v, g, lr):
    """The answer is right, but v *= 0.9 or w += v also changed the arrays of the caller.

    np.asarray makes no copy of an array that is float64 already; v = 0.9 * v - … makes a new one.
    """
    w, v, g = _floats(w, v, g)
    v *= 0.9
    v -= lr * (g + 0.0005 * w)
    w += v
    return w, v


@misconception(alexnet_update)
def layer_in_whole_numbers(w, v, g, lr):
    """Your result took its type from whole-number input, so the fractions were cut off.

    Begin with np.asarray(w, dtype=float).
    """
    kind = np.asarray(w).dtype
    w, v = alexnet_update(w, v, g, lr)
    return w.astype(kind), v.astype(kind)
