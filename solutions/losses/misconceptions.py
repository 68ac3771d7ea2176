"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import (
    bce,
    bce_with_logits,
    hinge_loss,
    log_softmax,
    logit,
    mse,
    mse_grad,
    nll_loss,
    quadratic_vs_ce_gradient,
    softmax,
    softmax_ce_grad,
    topk_error,
)


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


def _scored(S, t):
    """Scores as floats, classes as whole numbers, and the numbers of the rows."""
    return np.asarray(S, dtype=float), np.asarray(t, dtype=int), np.arange(len(t))


def _sigmoid(z):
    """The sigmoid as it should be."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


# ---- mse ------------------------------------------------------------------------------------------


@misconception(mse)
def averaged_over_the_outputs_too(Y, D):
    """You divided by the number of all numbers, as torch's mse_loss does.

    Here the squares of one sample are summed, and only the samples are averaged.
    """
    Y, D = _floats(Y, D)
    return float(np.mean((Y - D) ** 2))


@misconception(mse)
def halved(Y, D):
    """This is half the error; the lecture's ½ belongs to another of its losses."""
    return mse(Y, D) / 2


@misconception(mse)
def summed_over_the_samples(Y, D):
    """The squares are summed but never divided by the number of samples."""
    return mse(Y, D) * len(Y)


@misconception(mse)
def averaged_over_the_wrong_axis(Y, D):
    """You divided by the number of outputs; rows are samples, so divide by the number of rows."""
    return mse(Y, D) * len(Y) / np.shape(Y)[1]


@misconception(mse)
def not_squared(Y, D):
    """The errors are added without squaring, so those of opposite sign cancel."""
    Y, D = _floats(Y, D)
    return float(np.sum(Y - D) / len(Y))


@misconception(mse)
def sizes_for_squares(Y, D):
    """You added the sizes of the errors; here it is their squares."""
    Y, D = _floats(Y, D)
    return float(np.sum(np.abs(Y - D)) / len(Y))


@misconception(mse)
def root_of_the_error(Y, D):
    """This is the root of the error; leave the root out."""
    return float(np.sqrt(mse(Y, D)))


@misconception(mse)
def added_before_squared(Y, D):
    """The errors of a sample are added first and squared afterwards; square each one, then add."""
    Y, D = _floats(Y, D)
    return float(np.mean(np.sum(Y - D, axis=1) ** 2))


@misconception(mse)
def one_error_for_each_sample(Y, D):
    """You return one number for each sample; the loss is their mean."""
    Y, D = _floats(Y, D)
    return np.sum((Y - D) ** 2, axis=1)


@misconception(mse)
def changes_the_callers_outputs(Y, D):
    """The answer is right, but Y -= D changed the array of the caller.

    np.asarray makes no copy of an array that is float64 already; Y - D makes a new one.
    """
    Y, D = _floats(Y, D)
    error = mse(Y, D)
    Y -= D
    return error


# ---- its gradient ---------------------------------------------------------------------------------


@misconception(mse_grad)
def desired_minus_actual(Y, D):
    """The sign is turned round: the error grows with Y where Y is above D, so it is Y - D."""
    return -mse_grad(Y, D)


@misconception(mse_grad)
def two_forgotten(Y, D):
    """The 2 is missing, which the derivative of a square brings down."""
    return mse_grad(Y, D) / 2


@misconception(mse_grad)
def divided_by_the_outputs_too(Y, D):
    """You divided by the number of all numbers; `mse` divides by the number of samples only."""
    return mse_grad(Y, D) / np.shape(Y)[1]


@misconception(mse_grad)
def samples_not_averaged(Y, D):
    """The loss is a mean over the samples, so its gradient is divided by their number as well."""
    return mse_grad(Y, D) * len(Y)


@misconception(mse_grad)
def divided_by_the_outputs_instead(Y, D):
    """You divided by the number of outputs; rows are samples, so divide by the number of rows."""
    return mse_grad(Y, D) * len(Y) / np.shape(Y)[1]


@misconception(mse_grad)
def squares_kept(Y, D):
    """These are the squared errors themselves; the derivative of a square is no square."""
    Y, D = _floats(Y, D)
    return (Y - D) ** 2 / len(Y)


@misconception(mse_grad)
def signs_only(Y, D):
    """Only the sign of each error is left, which is the gradient of a sum of sizes, not of squares."""
    Y, D = _floats(Y, D)
    return np.sign(Y - D) / len(Y)


@misconception(mse_grad)
def summed_to_one_row(Y, D):
    """You summed over the samples; every single output has its own slope, so the shape is that of Y."""
    return np.sum(mse_grad(Y, D), axis=0)


@misconception(mse_grad)
def changes_the_callers_predictions(Y, D):
    """The answer is right, but Y -= D changed the array of the caller; Y - D makes a new one."""
    Y, D = _floats(Y, D)
    answer = mse_grad(Y, D)
    Y -= D
    return answer


# ---- softmax --------------------------------------------------------------------------------------


def _softmax(V, axis=-1):
    """Softmax along any axis, or over everything with axis=None."""
    (V,) = _floats(V)
    e = np.exp(V - np.max(V, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@misconception(softmax)
def over_the_first_axis(V):
    """Your columns add up to 1; the classes of a sample lie along the last axis."""
    return _softmax(V, axis=0)


@misconception(softmax)
def over_the_whole_array(V):
    """The whole array adds up to 1; each row should, so the sum needs an axis."""
    return _softmax(V, axis=None)


@misconception(softmax)
def always_the_second_axis(V):
    """You sum along axis 1, which is the last one only where there are two; axis=-1 is always the last."""
    return _softmax(V, axis=1)


@misconception(softmax)
def without_a_shift(V):
    """The formula is right on paper, but exp overflows above 709, and far below 0 every exponential is 0.

    Take the largest score of the row off all its scores first: the fraction stays the same.
    """
    e = np.exp(np.asarray(V, dtype=float))
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(softmax)
def shifted_by_the_largest_of_all(V):
    """You take off the largest score of the whole batch; a row far below it is left with 0/0.

    Each row needs its own largest score.
    """
    (V,) = _floats(V)
    e = np.exp(V - np.max(V))
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(softmax)
def scores_clipped(V):
    """You keep the scores within ±500, which makes all larger ones equal; a shift keeps their differences."""
    return _softmax(np.clip(np.asarray(V, dtype=float), -500, 500))


@misconception(softmax)
def shares_of_the_scores(V):
    """You divided the scores by their sum; the exponential comes first, of each score."""
    (V,) = _floats(V)
    return V / np.sum(V, axis=-1, keepdims=True)


@misconception(softmax)
def lowest_score_wins(V):
    """The lowest score gets the largest probability: there is a minus too many in the exponent."""
    return _softmax(-np.asarray(V, dtype=float))


@misconception(softmax)
def each_score_on_its_own(V):
    """This is the sigmoid of each score; softmax divides by the sum over the classes: they compete."""
    return _sigmoid(np.asarray(V, dtype=float))


@misconception(softmax)
def divided_by_the_length(V):
    """You divided by the root of the sum of squares; then the squares add up to 1, not the numbers."""
    p = _softmax(V)
    return p / np.sqrt(np.sum(p * p, axis=-1, keepdims=True))


@misconception(softmax)
def sums_across_the_columns(V):
    """Without keepdims=True the sums of the rows lie down as a row, and each divides a column."""
    (V,) = _floats(V)
    e = np.exp(V - np.max(V, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1)


@misconception(softmax)
def powers_of_two(V):
    """You raised 2 to the scores; np.exp raises e to them."""
    return _softmax(np.log(2) * np.asarray(V, dtype=float))


@misconception(softmax)
def changes_the_callers_scores(V):
    """The answer is right, but V -= … changed the array of the caller; V - … makes a new one."""
    (V,) = _floats(V)
    answer = softmax(V)
    V -= np.max(V, axis=-1, keepdims=True)
    return answer


@misconception(softmax)
def cut_to_whole_numbers(V):
    """Your result took its type from whole-number scores, so every probability below 1 became 0.

    Begin with np.asarray(V, dtype=float).
    """
    return softmax(V).astype(np.asarray(V).dtype)


# ---- its logarithm --------------------------------------------------------------------------------


@misconception(log_softmax)
def logarithm_of_softmax(V):
    """You take the logarithm of a probability that has already become 0, which gives minus infinity.

    Take the logarithm of the formula on paper; the exponential of v_i then disappears.
    """
    return np.log(softmax(V))


@misconception(log_softmax)
def tiny_number_in_the_logarithm(V):
    """A tiny number inside the logarithm hides the infinity, and every hopeless class gets the same -27.6.

    Take the logarithm of the formula on paper; then there is nothing to hide.
    """
    return np.log(softmax(V) + 1e-12)


@misconception(log_softmax)
def logarithm_to_the_base_two(V):
    """These are logarithms to the base 2; ours are natural ones, np.log."""
    return log_softmax(V) / np.log(2)


@misconception(log_softmax)
def logarithm_to_the_base_ten(V):
    """These are logarithms to the base 10; ours are natural ones, np.log."""
    return log_softmax(V) / np.log(10)


@misconception(log_softmax)
def sum_that_overflows(V):
    """You compute v - log Σ exp(v), right on paper, but exp overflows above 709 and vanishes below -745.

    Shift the scores of each row by their largest first.
    """
    (V,) = _floats(V)
    return V - np.log(np.sum(np.exp(V), axis=-1, keepdims=True))


@misconception(log_softmax)
def one_shift_for_all_rows(V):
    """You take off the largest score of the whole batch; far below it, a row has only zeros left to sum."""
    V = np.asarray(V, dtype=float) - np.max(V)
    return V - np.log(np.sum(np.exp(V), axis=-1, keepdims=True))


@misconception(log_softmax)
def shift_in_one_term_only(V):
    """The largest score is taken off inside the logarithm, but not off v_i, so it does not cancel."""
    (V,) = _floats(V)
    return log_softmax(V) + np.max(V, axis=-1, keepdims=True)


@misconception(log_softmax)
def only_shifted(V):
    """This is v minus the largest score; the logarithm of the sum is missing."""
    (V,) = _floats(V)
    return V - np.max(V, axis=-1, keepdims=True)


@misconception(log_softmax)
def logs_along_the_first_axis(V):
    """Your columns make up 1; the classes of a sample lie along the last axis."""
    (V,) = _floats(V)
    return V - np.logaddexp.reduce(V, axis=0, keepdims=True)


@misconception(log_softmax)
def logs_over_the_whole_array(V):
    """The whole array makes up 1; each row should, so maximum and sum need an axis."""
    (V,) = _floats(V)
    return V - np.logaddexp.reduce(V, axis=None)


@misconception(log_softmax)
def minus_in_front(V):
    """These are the negative logarithms; the minus belongs to the loss."""
    return -log_softmax(V)


@misconception(log_softmax)
def probabilities_themselves(V):
    """These are the probabilities; their logarithms are wanted."""
    return softmax(V)


@misconception(log_softmax)
def changes_the_callers_logits(V):
    """The answer is right, but V -= … changed the array of the caller; V - … makes a new one."""
    (V,) = _floats(V)
    answer = log_softmax(V)
    V -= np.max(V, axis=-1, keepdims=True)
    return answer


# ---- likelihood -----------------------------------------------------------------------------------


@misconception(nll_loss)
def likelihood_summed(logp, t):
    """You added up the samples, as one slide of the lecture does; here it is their mean."""
    return nll_loss(logp, t) * len(t)


@misconception(nll_loss)
def two_minus_signs(logp, t):
    """Your loss is negative: the logarithms are so already, and one minus turns them, two turn them back."""
    return -nll_loss(logp, t)


@misconception(nll_loss)
def divided_by_the_classes(logp, t):
    """You divided by the number of classes; the mean is over the samples, the rows."""
    return nll_loss(logp, t) * len(t) / np.shape(logp)[1]


@misconception(nll_loss)
def mean_over_all_entries(logp, t):
    """You averaged over all samples and classes; only the right class of each sample counts."""
    logp, _, _ = _scored(logp, t)
    return float(-np.mean(logp))


@misconception(nll_loss)
def right_ones_among_all_entries(logp, t):
    """You picked the right classes with ones and zeros, but took the mean of the zeros too."""
    return nll_loss(logp, t) / np.shape(logp)[1]


@misconception(nll_loss)
def every_column_for_every_row(logp, t):
    """logp[:, t] takes all the columns in t for each sample; logp[np.arange(N), t] takes one for each."""
    logp, t, _ = _scored(logp, t)
    return float(-np.mean(logp[:, t]))


@misconception(nll_loss)
def classes_counted_from_one(logp, t):
    """You took the class before the right one; here classes are counted from 0, as Python does."""
    logp, t, rows = _scored(logp, t)
    return float(-np.mean(logp[rows, t - 1]))


@misconception(nll_loss)
def best_class_for_the_right_one(logp, t):
    """You took the most likely class of each sample; the loss asks about the right one, which t tells."""
    logp, _, _ = _scored(logp, t)
    return float(-np.mean(np.max(logp, axis=1)))


@misconception(nll_loss)
def logarithm_taken_twice(logp, t):
    """You took the logarithm once more; what comes in are logarithms already, and negative."""
    logp, t, rows = _scored(logp, t)
    return float(-np.mean(np.log(logp[rows, t])))


@misconception(nll_loss)
def probabilities_averaged(logp, t):
    """You turned the logarithms back into probabilities; the loss is made of the logarithms."""
    logp, t, rows = _scored(logp, t)
    return float(-np.mean(np.exp(logp[rows, t])))


@misconception(nll_loss)
def one_loss_for_each_sample(logp, t):
    """You return one number for each sample; the loss is their mean."""
    logp, t, rows = _scored(logp, t)
    return -logp[rows, t]


@misconception(nll_loss)
def changes_the_callers_log_probabilities(logp, t):
    """The answer is right, but logp *= -1 changed the array of the caller; -logp makes a new one."""
    answer = nll_loss(logp, t)
    (logp,) = _floats(logp)
    logp *= -1
    return answer


# ---- gradient of softmax and likelihood -----------------------------------------------------------


def _onehot(t, shape):
    """A row of zeros for each sample, with a 1 at its right class."""
    onehot = np.zeros(shape)
    onehot[np.arange(len(t)), np.asarray(t, dtype=int)] = 1.0
    return onehot


@misconception(softmax_ce_grad)
def minus_one_for_every_class(V, t):
    """You took 1 off every class, as the slide literally says; it is taken off the right class only."""
    return (softmax(V) - 1.0) / len(t)


@misconception(softmax_ce_grad)
def batch_not_averaged(V, t):
    """The loss is a mean over the samples, so its gradient is divided by their number as well."""
    return softmax_ce_grad(V, t) * len(t)


@misconception(softmax_ce_grad)
def target_minus_probability(V, t):
    """The sign is turned round; this is the direction in which the loss falls, not its gradient."""
    return -softmax_ce_grad(V, t)


@misconception(softmax_ce_grad)
def slope_of_a_sigmoid_too_many(V, t):
    """You multiplied by p (1 - p) as well; behind the logarithm that factor has cancelled."""
    p = softmax(V)
    return softmax_ce_grad(V, t) * p * (1.0 - p)


@misconception(softmax_ce_grad)
def averaged_over_the_classes_too(V, t):
    """You divided by the number of classes as well; the loss divides by the number of samples only."""
    return softmax_ce_grad(V, t) / np.shape(V)[1]


@misconception(softmax_ce_grad)
def nothing_taken_off(V, t):
    """These are the probabilities over N; at the right class a 1 has still to be taken off."""
    return softmax(V) / len(t)


@misconception(softmax_ce_grad)
def right_class_only(V, t):
    """Only the right class has a slope; the others have theirs too, since they share the denominator."""
    return softmax_ce_grad(V, t) * _onehot(t, np.shape(V))


@misconception(softmax_ce_grad)
def one_off_whole_columns(V, t):
    """The 1 was taken off whole columns: p[:, t] means all rows of each class in t.

    p[np.arange(N), t] means one place in each row.
    """
    p, t = softmax(V), np.asarray(t, dtype=int)
    p[:, t] -= 1.0
    return p / len(t)


@misconception(softmax_ce_grad)
def scores_minus_targets(V, t):
    """You took the targets off the scores; softmax has to turn the scores into probabilities first."""
    return (np.asarray(V, dtype=float) - _onehot(t, np.shape(V))) / len(t)


@misconception(softmax_ce_grad)
def softmax_down_the_columns(V, t):
    """Your softmax runs down the columns; the classes of a sample lie along its row."""
    return (_softmax(V, axis=0) - _onehot(t, np.shape(V))) / len(t)


@misconception(softmax_ce_grad)
def gradient_that_overflows(V, t):
    """The formula is right, but the softmax in it overflows for scores around 1000.

    Mend softmax by a shift of each row, and this mends itself.
    """
    return (without_a_shift(V) - _onehot(t, np.shape(V))) / len(t)


@misconception(softmax_ce_grad)
def gradient_with_one_shift_for_all(V, t):
    """The softmax in it takes the largest score of the whole batch off every row; each row needs its own."""
    return (shifted_by_the_largest_of_all(V) - _onehot(t, np.shape(V))) / len(t)


@misconception(softmax_ce_grad)
def changes_the_scores_given(V, t):
    """The answer is right, but V -= … changed the array of the caller; V - … makes a new one."""
    (V,) = _floats(V)
    answer = softmax_ce_grad(V, t)
    V -= np.max(V, axis=-1, keepdims=True)
    return answer


# ---- binary cross-entropy -------------------------------------------------------------------------


@misconception(bce)
def not_clipped(p, d, eps=1e-12):
    """Nothing keeps p away from 0 and 1, so the logarithm of 0 gives infinity, and 0 times it gives nan."""
    p, d = _floats(p, d)
    return float(-np.mean(d * np.log(p) + (1 - d) * np.log(1 - p)))


@misconception(bce)
def clipped_from_below_only(p, d, eps=1e-12):
    """You keep p away from 0 but not from 1, where the logarithm of 1 - p is lost."""
    p, d = _floats(p, d)
    p = np.maximum(p, eps)
    return float(-np.mean(d * np.log(p) + (1 - d) * np.log(1 - p)))


@misconception(bce)
def tiny_number_added(p, d, eps=1e-12):
    """You add 1e-7 inside the logarithms; that moves every answer a little. Clip p to [eps, 1 - eps]."""
    p, d = _floats(p, d)
    return float(-np.mean(d * np.log(p + 1e-7) + (1 - d) * np.log(1 - p + 1e-7)))


@misconception(bce)
def eps_added(p, d, eps=1e-12):
    """You add eps inside the logarithms, which moves every answer; clipping moves only those near 0 and 1."""
    p, d = _floats(p, d)
    return float(-np.mean(d * np.log(p + eps) + (1 - d) * np.log(1 - p + eps)))


@misconception(bce)
def eps_ignored(p, d, eps=1e-12):
    """You clip at 1e-12 whatever eps says."""
    return bce(p, d)


@misconception(bce)
def logarithm_stopped_at_minus_a_hundred(p, d, eps=1e-12):
    """You stop the logarithm at -100, as torch does; here p itself is clipped, to [eps, 1 - eps]."""
    p, d = _floats(p, d)
    tiny = np.exp(-200.0)
    yes, no = (np.maximum(np.log(np.maximum(q, tiny)), -100.0) for q in (p, 1 - p))
    return float(-np.mean(d * yes + (1 - d) * no))


@misconception(bce)
def only_the_ones_count(p, d, eps=1e-12):
    """Only the samples of class 1 cost anything; for class 0 the term (1 - d) log(1 - p) is missing."""
    p, d = _floats(p, d)
    return float(-np.mean(d * np.log(np.clip(p, eps, 1 - eps))))


@misconception(bce)
def cross_entropy_summed(p, d, eps=1e-12):
    """You added up the samples; the loss is their mean."""
    return bce(p, d, eps) * len(p)


@misconception(bce)
def minus_forgotten(p, d, eps=1e-12):
    """Your loss is negative: logarithms of probabilities are, and the minus in front is missing."""
    return -bce(p, d, eps)


@misconception(bce)
def classes_swapped(p, d, eps=1e-12):
    """The two logarithms stand with each other's label: class 1 goes with log p, class 0 with log(1 - p)."""
    return bce(p, 1 - np.asarray(d, dtype=float), eps)


@misconception(bce)
def arguments_swapped(p, d, eps=1e-12):
    """You weighted logarithms of the labels with the probabilities; it is the other way round."""
    return bce(d, p, eps)


@misconception(bce)
def squashed_once_more(p, d, eps=1e-12):
    """You put p through a sigmoid; it is a probability already."""
    return bce(_sigmoid(np.asarray(p, dtype=float)), d, eps)


@misconception(bce)
def entropy_in_bits(p, d, eps=1e-12):
    """These are logarithms to the base 2; ours are natural ones, np.log."""
    return bce(p, d, eps) / np.log(2)


@misconception(bce)
def changes_the_callers_probabilities(p, d, eps=1e-12):
    """The answer is right, but p was clipped in the array of the caller; a plain np.clip makes a new one."""
    p, d = _floats(p, d)
    answer = bce(p, d, eps)
    np.clip(p, eps, 1 - eps, out=p)
    return answer


# ---- the same from logits -------------------------------------------------------------------------


@misconception(bce_with_logits)
def sigmoid_then_logarithm(z, d):
    """You compute the sigmoid first; far out it is exactly 0 or 1, and its logarithm is lost.

    Put the two formulas together on paper, as in the docstring.
    """
    z, d = _floats(z, d)
    y = 1 / (1 + np.exp(-z))
    return float(-np.mean(d * np.log(y) + (1 - d) * np.log(1 - y)))


@misconception(bce_with_logits)
def sigmoid_then_clipped(z, d):
    """You clip the sigmoid of z, so that no mistake costs more than 27.6; a sum of -900 should cost 900."""
    return bce(_sigmoid(np.asarray(z, dtype=float)), d)


@misconception(bce_with_logits)
def exponential_that_overflows(z, d):
    """You compute log(1 + e^z) - z d, right on paper, but e^900 overflows; use the form with -|z|."""
    z, d = _floats(z, d)
    return float(np.mean(np.log1p(np.exp(z)) - z * d))


@misconception(bce_with_logits)
def plus_z_d(z, d):
    """The term z d is subtracted, not added: a large sum is good news where d is 1."""
    z, d = _floats(z, d)
    return float(np.mean(np.maximum(z, 0) + z * d + np.log1p(np.exp(-np.abs(z)))))


@misconception(bce_with_logits)
def maximum_left_out(z, d):
    """The term max(z, 0) is missing."""
    z, d = _floats(z, d)
    return float(np.mean(-z * d + np.log1p(np.exp(-np.abs(z)))))


@misconception(bce_with_logits)
def logarithm_left_out(z, d):
    """The term log(1 + exp(-|z|)) is missing; it counts where z is near 0."""
    z, d = _floats(z, d)
    return float(np.mean(np.maximum(z, 0) - z * d))


@misconception(bce_with_logits)
def only_class_one_counts(z, d):
    """Only the samples of class 1 cost anything; those of class 0 should cost log(1 + e^z)."""
    z, d = _floats(z, d)
    return float(np.mean(d * np.logaddexp(0.0, -z)))


@misconception(bce_with_logits)
def labels_of_plus_and_minus_one(z, d):
    """You compute log(1 + exp(-z d)), which is meant for labels of -1 and 1; ours are 0 and 1."""
    z, d = _floats(z, d)
    return float(np.mean(np.logaddexp(0.0, -z * d)))


@misconception(bce_with_logits)
def logits_summed(z, d):
    """You added up the samples; the loss is their mean."""
    return bce_with_logits(z, d) * len(z)


@misconception(bce_with_logits)
def labels_swapped(z, d):
    """The classes are swapped: a large sum should be cheap where d is 1."""
    return bce_with_logits(z, 1 - np.asarray(d, dtype=float))


@misconception(bce_with_logits)
def taken_for_probabilities(z, d):
    """You treat z as a probability; it is the sum before the sigmoid and can be any number."""
    return bce(z, d)


@misconception(bce_with_logits)
def changes_the_callers_sums(z, d):
    """The answer is right, but the array of the caller was changed on the way; compute in a new one."""
    z, d = _floats(z, d)
    answer = bce_with_logits(z, d)
    np.abs(z, out=z)
    return answer


# ---- two losses behind one sigmoid ----------------------------------------------------------------


@misconception(quadratic_vs_ce_gradient)
def twice_the_quadratic(w, b, x, d):
    """Your quadratic slope is twice too large; the ½ in the loss cancels the 2."""
    g_quad, g_ce = quadratic_vs_ce_gradient(w, b, x, d)
    return 2 * g_quad, g_ce


@misconception(quadratic_vs_ce_gradient)
def input_left_out(w, b, x, d):
    """The input x is missing in both; by the chain rule, z = w x + b changes with w as fast as x says."""
    return tuple(g / x for g in quadratic_vs_ce_gradient(w, b, x, d))


@misconception(quadratic_vs_ce_gradient)
def input_left_out_of_one(w, b, x, d):
    """The input x is missing in the slope of the cross-entropy; the chain rule brings it into both."""
    g_quad, g_ce = quadratic_vs_ce_gradient(w, b, x, d)
    return g_quad, g_ce / x


@misconception(quadratic_vs_ce_gradient)
def squashed_a_second_time(w, b, x, d):
    """You took the slope of the sigmoid at y; it is y (1 - y), the slope at the sum z."""
    _, g_ce = quadratic_vs_ce_gradient(w, b, x, d)
    again = _sigmoid(_sigmoid(np.float64(w * x + b)))
    return float(g_ce * again * (1 - again)), g_ce


@misconception(quadratic_vs_ce_gradient)
def downhill_not_up(w, b, x, d):
    """The signs are turned round: with ½ (d - y)² the slope is (y - d) …, since y stands behind a minus."""
    return tuple(-g for g in quadratic_vs_ce_gradient(w, b, x, d))


@misconception(quadratic_vs_ce_gradient)
def the_wrong_order(w, b, x, d):
    """The two slopes are exchanged: the quadratic one comes first."""
    return quadratic_vs_ce_gradient(w, b, x, d)[::-1]


@misconception(quadratic_vs_ce_gradient)
def slope_of_the_sigmoid_in_both(w, b, x, d):
    """The slope of the sigmoid is in both; in the cross-entropy the logarithm's derivative cancels it."""
    g_quad, _ = quadratic_vs_ce_gradient(w, b, x, d)
    return g_quad, g_quad


@misconception(quadratic_vs_ce_gradient)
def slope_of_the_sigmoid_in_neither(w, b, x, d):
    """The slope of the sigmoid is in neither; nothing cancels it in the quadratic loss."""
    _, g_ce = quadratic_vs_ce_gradient(w, b, x, d)
    return g_ce, g_ce


@misconception(quadratic_vs_ce_gradient)
def bias_left_out(w, b, x, d):
    """The bias is missing in the sum: z = w x + b."""
    return quadratic_vs_ce_gradient(w, 0.0, x, d)


@misconception(quadratic_vs_ce_gradient)
def sum_in_place_of_the_output(w, b, x, d):
    """You used z (1 - z) for the slope of the sigmoid; it is y (1 - y), made of the output."""
    _, g_ce = quadratic_vs_ce_gradient(w, b, x, d)
    z = w * x + b
    return g_ce * z * (1 - z), g_ce


@misconception(quadratic_vs_ce_gradient)
def sigmoid_that_overflows(w, b, x, d):
    """Both slopes are right, but the sigmoid in them overflows for a sum of -1000 and warns.

    Multiply both parts of its fraction by e^z where z is negative.
    """
    y = float(1 / (1 + np.exp(-np.float64(w * x + b))))
    return (y - d) * y * (1 - y) * x, (y - d) * x


@misconception(quadratic_vs_ce_gradient)
def the_other_fraction_overflows(w, b, x, d):
    """You compute e^z / (1 + e^z), which is ∞/∞ for a sum of 1000; there 1 / (1 + e^-z) is safe."""
    e = np.exp(np.float64(w * x + b))
    y = float(e / (1 + e))
    return (y - d) * y * (1 - y) * x, (y - d) * x


# ---- logit ----------------------------------------------------------------------------------------


@misconception(logit)
def logarithm_of_p(p):
    """This is log p; the odds are p / (1 - p)."""
    return np.log(np.asarray(p, dtype=float))


@misconception(logit)
def decimal_logarithm(p):
    """This is the logarithm to the base 10; ours is the natural one, np.log."""
    return logit(p) / np.log(10)


@misconception(logit)
def binary_logarithm(p):
    """This is the logarithm to the base 2; ours is the natural one, np.log."""
    return logit(p) / np.log(2)


@misconception(logit)
def odds_upside_down(p):
    """The fraction is upside down, so the sign is wrong; a likely p has a positive logit."""
    return -logit(p)


@misconception(logit)
def odds_without_a_logarithm(p):
    """These are the odds p / (1 - p); their logarithm is wanted."""
    (p,) = _floats(p)
    return p / (1 - p)


@misconception(logit)
def sigmoid_instead(p):
    """This is the sigmoid of p; the logit is its inverse and leads the other way."""
    return _sigmoid(np.asarray(p, dtype=float))


@misconception(logit)
def brackets_forgotten(p):
    """Without brackets p / 1 - p divides first and is always 0; the whole of 1 - p belongs below."""
    (p,) = _floats(p)
    return np.log(p / 1 - p)


@misconception(logit)
def quotient_of_logarithms(p):
    """You divided two logarithms; the logarithm of a quotient is their difference."""
    (p,) = _floats(p)
    return np.log(p) / np.log(1 - p)


@misconception(logit)
def kept_off_the_ends(p):
    """You clip p away from 0 and 1, so that small probabilities all become equal; nothing is clipped here."""
    return logit(np.clip(np.asarray(p, dtype=float), 1e-7, 1 - 1e-7))


@misconception(logit)
def changes_the_callers_odds(p):
    """The answer is right, but p /= 1 - p changed the array of the caller; p / (1 - p) makes a new one."""
    (p,) = _floats(p)
    answer = logit(p)
    if p.ndim:
        p /= 1 - p
    return answer


# ---- hinge loss -----------------------------------------------------------------------------------


def _lacking(S, t, margin):
    """What each rival lacks to be beaten by the margin, below zero where it is; and a mask of the rivals."""
    S, t, rows = _scored(S, t)
    rivals = np.ones(S.shape, dtype=bool)
    rivals[rows, t] = False
    return S - S[rows, t][:, None] + margin, rivals


@misconception(hinge_loss)
def right_class_among_its_rivals(S, t, margin=1.0):
    """The right class is counted as its own rival, which adds the margin to every sample."""
    return hinge_loss(S, t, margin) + margin


@misconception(hinge_loss)
def worst_rival_only(S, t, margin=1.0):
    """Only the strongest rival costs; here every rival that is too near does."""
    lacking, rivals = _lacking(S, t, margin)
    return float(np.mean(np.max(np.where(rivals, np.maximum(0, lacking), 0), axis=1)))


@misconception(hinge_loss)
def rivals_averaged_over_all_classes(S, t, margin=1.0):
    """You divided by the number of classes too, as torch's multi_margin_loss does; rivals are summed here."""
    return hinge_loss(S, t, margin) / np.shape(S)[1]


@misconception(hinge_loss)
def rivals_averaged(S, t, margin=1.0):
    """You averaged over the rivals; they are summed, and only the samples are averaged."""
    return hinge_loss(S, t, margin) / (np.shape(S)[1] - 1)


@misconception(hinge_loss)
def hinge_summed(S, t, margin=1.0):
    """You added up the samples; the loss is their mean."""
    return hinge_loss(S, t, margin) * len(t)


@misconception(hinge_loss)
def beaten_rivals_pay_back(S, t, margin=1.0):
    """Nothing stops at 0: a rival that is beaten clearly should cost nothing, not less than nothing."""
    lacking, rivals = _lacking(S, t, margin)
    return float(np.sum(lacking * rivals) / len(t))


@misconception(hinge_loss)
def winning_is_punished(S, t, margin=1.0):
    """The difference is turned round: it is the rival's score minus that of the right class."""
    S = -np.asarray(S, dtype=float)
    return hinge_loss(S, t, margin)


@misconception(hinge_loss)
def margin_always_one(S, t, margin=1.0):
    """Your margin is 1 whatever margin says."""
    return hinge_loss(S, t)


@misconception(hinge_loss)
def margin_taken_off(S, t, margin=1.0):
    """The margin is subtracted; then a rival may even be ahead without costing anything."""
    return hinge_loss(S, t, -margin)


@misconception(hinge_loss)
def no_margin(S, t, margin=1.0):
    """The margin is missing: a rival costs already when it is nearer than that."""
    return hinge_loss(S, t, 0.0)


@misconception(hinge_loss)
def margin_outside_the_maximum(S, t, margin=1.0):
    """The margin is added behind the maximum, so that every rival costs; it belongs inside."""
    return hinge_loss(S, t, 0.0) + margin * (np.shape(S)[1] - 1)


@misconception(hinge_loss)
def hinge_squared(S, t, margin=1.0):
    """You squared what each rival lacks; here it counts as it is."""
    lacking, rivals = _lacking(S, t, margin)
    return float(np.sum(np.maximum(0, lacking) ** 2 * rivals) / len(t))


@misconception(hinge_loss)
def one_machine_for_each_class(S, t, margin=1.0):
    """You compare each score with ±margin, as separate SVMs do; compare rivals with the right class."""
    S, t, rows = _scored(S, t)
    side = -np.ones(S.shape)
    side[rows, t] = 1.0
    return float(np.sum(np.maximum(0, margin - side * S)) / len(t))


@misconception(hinge_loss)
def changes_the_scores_of_the_caller(S, t, margin=1.0):
    """The answer is right, but scores were struck out in the array of the caller; do that in a copy."""
    answer = hinge_loss(S, t, margin)
    S, t, rows = _scored(S, t)
    S[rows, t] = -np.inf
    return answer


# ---- top-k error ----------------------------------------------------------------------------------


def _miss(S, t, k):
    """Whether each sample's right class is missing from its k guesses."""
    S, t, _ = _scored(S, t)
    return ~np.any(np.argsort(-S, axis=1, kind="stable")[:, :k] == t[:, None], axis=1)


@misconception(topk_error)
def accuracy_for_error(S, t, k):
    """This is the share of samples that are right; the error is the share of the others."""
    return float(np.mean(~_miss(S, t, k)))


@misconception(topk_error)
def lowest_scores_guessed(S, t, k):
    """You looked among the k lowest scores; argsort puts the lowest first."""
    return topk_error(-np.asarray(S, dtype=float), t, k)


@misconception(topk_error)
def always_one_guess(S, t, k):
    """Only the highest score counts, whatever k says."""
    return topk_error(S, t, 1)


@misconception(topk_error)
def one_guess_too_many(S, t, k):
    """You allow k + 1 guesses; [:k] takes the first k."""
    return topk_error(S, t, k + 1)


@misconception(topk_error)
def kth_guess_only(S, t, k):
    """You looked at the k-th guess alone; all of the first k count."""
    S, t, _ = _scored(S, t)
    place = min(k, S.shape[1]) - 1
    return float(np.mean(np.argsort(-S, axis=1, kind="stable")[:, place] != t))


@misconception(topk_error)
def in_percent(S, t, k):
    """This is the error in percent; a share between 0 and 1 is wanted."""
    return 100.0 * topk_error(S, t, k)


@misconception(topk_error)
def counted_not_averaged(S, t, k):
    """This is the number of samples that are wrong; divide it by the number of all samples."""
    return float(np.sum(_miss(S, t, k)))


@misconception(topk_error)
def later_class_first(S, t, k):
    """Of two equal scores you guess the class with the higher number first.

    Reading an upward argsort backwards does that; sort the negative scores upwards instead.
    """
    S, t, _ = _scored(S, t)
    return float(np.mean(~np.any(np.argsort(S, axis=1, kind="stable")[:, ::-1][:, :k] == t[:, None], axis=1)))


@misconception(topk_error)
def order_of_equals_left_open(S, t, k):
    """Where scores are equal your order is left to chance: np.argsort keeps it only with kind="stable"."""
    S, t, _ = _scored(S, t)
    return float(np.mean(~np.any(np.argsort(-S, axis=1)[:, :k] == t[:, None], axis=1)))


@misconception(topk_error)
def backwards_and_left_open(S, t, k):
    """Where scores are equal your order is left to chance, and then read backwards.

    np.argsort keeps the order of equals only with kind="stable"; sort the negative scores upwards.
    """
    S, t, _ = _scored(S, t)
    return float(np.mean(~np.any(np.argsort(S, axis=1)[:, ::-1][:, :k] == t[:, None], axis=1)))


@misconception(topk_error)
def every_tie_is_a_hit(S, t, k):
    """Whoever is as high as the k-th score counts as guessed; with ties that can be more than k classes."""
    S, t, rows = _scored(S, t)
    return float(np.mean(np.sum(S[rows, t][:, None] < S, axis=1) >= k))


@misconception(topk_error)
def every_tie_is_a_miss(S, t, k):
    """Equal scores count against the right class; the one with the lower number should come first."""
    S, t, rows = _scored(S, t)
    return float(np.mean(np.sum(S[rows, t][:, None] <= S, axis=1) > k))


@misconception(topk_error)
def changes_the_callers_ranking(S, t, k):
    """The answer is right, but the array of the caller was sorted; np.sort makes a new one."""
    answer = topk_error(S, t, k)
    np.asarray(S, dtype=float).sort(axis=1)
    return answer
