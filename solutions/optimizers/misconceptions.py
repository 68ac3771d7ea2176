"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import adam_step, momentum_step


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


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
