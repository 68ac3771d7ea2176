"""Hidden checks of the losses: inputs only. What is right, the reference says.

Samples, outputs and classes differ in number, so that dividing by the wrong one shows, except where a square
table is asked for. Ordinary scores stay within ±5, where nothing overflows; ±1000 has checks of its own, in
eighths, so that single precision loses no digit of them.
"""

import numpy as np

from autograder import check, close, scenario

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

# The clipping of `bce` cuts 1 - 1e-12 to the nearest float64: some digits of 1 - p are lost on the way.
ROUGHLY = close(rtol=1e-4)
# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(atol=1e-5)


def _eighths(rng, shape):
    """Numbers between -2 and 2 that are exact in single precision."""
    return rng.integers(-16, 17, size=shape) / 8.0


def _classes(rng, n, c):
    """Right classes of n samples: every class at least once where there are enough samples."""
    return rng.permutation(np.concatenate([np.arange(c), rng.integers(0, c, size=n)])[:n])


def _labels(rng, n):
    """Zeros and ones in random order, at least one of either, more ones than zeros."""
    return rng.permutation((np.arange(n) % 3 > 0).astype(float))


def _log_rows(rng, n, c):
    """Logarithms of n rows of probabilities."""
    return log_softmax(rng.normal(size=(n, c)))


# ---- mse ------------------------------------------------------------------------------------------


@check(mse)
def several_outputs(rng):
    """Seven samples with three outputs each: squares are summed for each sample, then averaged."""
    Y = rng.normal(size=(7, 3))
    return Y, Y + rng.uniform(-2, 2, size=(7, 3))


@check(mse)
def one_sample(rng):
    """One sample with five outputs: the sum of its squared errors, not divided by anything."""
    return rng.normal(size=(1, 5)), rng.normal(size=(1, 5))


@check(mse)
def one_output(rng):
    """Six samples with a single output each, and errors in both directions."""
    return rng.uniform(-1, 1, size=(6, 1)), rng.permutation([-3.0, -2.5, 0.3, 2.2, 3.1, 4.0])[:, None]


@scenario(mse)
def every_sample_twice(mse, rng):
    """The same samples a second time change nothing: an error does not grow with the size of the batch."""
    Y, D = rng.normal(size=(2, 4, 3))
    return mse(np.vstack([Y, Y]), np.vstack([D, D])), mse(Y, D)


@scenario(mse, forbids=("mutation",))
def outputs_left_alone(mse, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    Y, D = rng.integers(-5, 6, size=(2, 4, 3))
    return mse(Y.tolist(), (D + 1).tolist()), mse(Y + 0.5, D.astype(float))


# ---- its gradient ---------------------------------------------------------------------------------


@check(mse_grad)
def slope_for_several_outputs(rng):
    """Seven samples with three outputs each: one slope for each output, in its place."""
    return rng.normal(size=(7, 3)), rng.normal(size=(7, 3))


@check(mse_grad)
def slope_for_one_sample(rng):
    """One sample with five outputs."""
    return rng.normal(size=(1, 5)), rng.normal(size=(1, 5))


@check(mse_grad)
def slope_for_one_output(rng):
    """Six samples with a single output each."""
    return rng.normal(size=(6, 1)), rng.normal(size=(6, 1))


@scenario(mse_grad, compare=IN_SINGLE)
def one_step_to_the_bottom(mse_grad, rng):
    """The error is a bowl: N/2 times the slope, taken off the outputs, lands exactly on the targets."""
    Y, D = rng.normal(size=(2, 5, 3))
    return np.subtract(Y, np.multiply(5 / 2, mse_grad(Y, D)))


@scenario(mse_grad, compare=IN_SINGLE)
def slope_against_small_pushes(mse_grad, rng):
    """Pushing the outputs a little changes the error by slope times push."""
    Y, D, push = rng.normal(size=(3, 4, 3))
    h = 1e-5
    change = (mse(Y + h * push, D) - mse(Y - h * push, D)) / (2 * h)
    return np.sum(np.multiply(mse_grad(Y, D), push)) - change


@scenario(mse_grad, forbids=("mutation",))
def targets_left_alone(mse_grad, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    Y, D = rng.integers(-5, 6, size=(2, 4, 3))
    return mse_grad(Y.tolist(), (D + 1).tolist()), mse_grad(Y + 0.5, D.astype(float))


# ---- softmax --------------------------------------------------------------------------------------


@check(softmax)
def one_row_of_scores(rng):
    """A single row of five scores."""
    return rng.uniform(-3, 3, size=5)


@check(softmax)
def a_batch_of_scores(rng):
    """A batch: every row is a sample and gets probabilities of its own."""
    return rng.uniform(-3, 3, size=(4, 3))


@check(softmax)
def as_many_samples_as_classes(rng):
    """A square batch, where a row and a column have the same length."""
    return rng.uniform(-3, 3, size=(3, 3))


@check(softmax)
def scores_with_three_axes(rng):
    """An array of three axes: the classes lie along the last."""
    return rng.uniform(-3, 3, size=(2, 3, 4))


@scenario(softmax, compare=IN_SINGLE)
def raised_row_by_row(softmax, rng):
    """Raising all scores of a row by the same number changes none of its probabilities, and they differ."""
    V = rng.normal(size=(4, 3))
    p = softmax(V)
    return np.subtract(softmax(V + rng.uniform(-3, 3, size=(4, 1))), p), np.ptp(p, axis=1) > 1e-9


@scenario(softmax)
def shares_of_one(softmax, rng):
    """The probabilities of each sample add up to 1."""
    return np.sum(softmax(rng.uniform(-3, 3, size=(5, 4))), axis=-1)


@check(softmax, forbids=("warnings",))
def scores_of_a_thousand(rng):
    """Scores of a thousand and more, above or below 0, give probabilities, with no nan and no warning."""
    return (
        rng.permutation([1000.0, 1001.0, -2000.0])
        + rng.permutation([[0.0], [-11000.0]])
        + _eighths(rng, (2, 3))
    )


@check(softmax, forbids=("warnings",))
def rows_far_from_each_other(rng):
    """One sample has scores around 1000, another around -1000; both get their probabilities."""
    return rng.permutation([[1000.0], [0.0], [-1000.0]]) + _eighths(rng, (3, 4))


@scenario(softmax, forbids=("mutation",))
def scores_left_alone(softmax, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    V = rng.integers(-3, 4, size=(3, 4))
    return softmax(V.tolist()), softmax(V + 0.25)


# ---- its logarithm --------------------------------------------------------------------------------


@check(log_softmax)
def logs_of_one_row(rng):
    """A single row of five scores."""
    return rng.uniform(-3, 3, size=5)


@check(log_softmax)
def logs_of_a_batch(rng):
    """A batch: every row is a sample of its own."""
    return rng.uniform(-3, 3, size=(4, 3))


@check(log_softmax)
def logs_with_three_axes(rng):
    """An array of three axes: the classes lie along the last."""
    return rng.uniform(-3, 3, size=(2, 3, 4))


@scenario(log_softmax)
def back_to_probabilities(log_softmax, rng):
    """Raised to the exponent again, each row adds up to 1."""
    return np.sum(np.exp(log_softmax(rng.uniform(-3, 3, size=(5, 4)))), axis=-1)


@check(log_softmax, forbids=("warnings",))
def a_hopeless_class(rng):
    """A class 1000 below the best has the log-probability -1000, not minus infinity."""
    return rng.permutation([0.0, -1000.0]) + _eighths(rng, (3, 1)) + [0.0, 0.125]


@check(log_softmax, forbids=("warnings",))
def logs_of_scores_of_a_thousand(rng):
    """Scores around 1000 in one row and around -1000 in another: no nan and no warning."""
    return rng.permutation([[1000.0], [-1000.0]]) + _eighths(rng, (2, 4))


@scenario(log_softmax, forbids=("mutation",))
def logits_left_alone(log_softmax, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    V = rng.integers(-3, 4, size=(3, 4))
    return log_softmax(V.tolist()), log_softmax(V + 0.25)


# ---- likelihood -----------------------------------------------------------------------------------


@check(nll_loss)
def log_probabilities_of_a_batch(rng):
    """Seven samples, four classes: the mean of what each sample's right class costs."""
    return _log_rows(rng, 7, 4), _classes(rng, 7, 4)


@check(nll_loss)
def as_many_rows_as_classes(rng):
    """Four samples and four classes."""
    return _log_rows(rng, 4, 4), _classes(rng, 4, 4)


@check(nll_loss)
def one_sample_among_five_classes(rng):
    """A single sample, whose right class was thought the least likely."""
    logp = _log_rows(rng, 1, 5)
    return logp, np.argmin(logp, axis=1)


@scenario(nll_loss)
def batch_of_twice_the_size(nll_loss, rng):
    """The same samples a second time change nothing."""
    logp, t = _log_rows(rng, 4, 3), _classes(rng, 4, 3)
    return nll_loss(np.vstack([logp, logp]), np.concatenate([t, t])), nll_loss(logp, t)


@scenario(nll_loss)
def all_classes_equal(nll_loss, rng):
    """Who gives C classes the same probability pays log C, whatever is right."""
    c = int(rng.integers(5, 12))
    return nll_loss(np.full((3, c), -np.log(c)), rng.integers(0, c, size=3))


@scenario(nll_loss, forbids=("mutation",))
def log_probabilities_left_alone(nll_loss, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    logp, t = _log_rows(rng, 5, 3), _classes(rng, 5, 3)
    return nll_loss(logp.tolist(), t.tolist()), nll_loss(logp, t)


# ---- gradient of softmax and likelihood -----------------------------------------------------------


@check(softmax_ce_grad)
def slopes_of_a_batch(rng):
    """Seven samples, four classes: right and wrong classes alike have their slope."""
    return rng.uniform(-3, 3, size=(7, 4)), _classes(rng, 7, 4)


@check(softmax_ce_grad)
def slopes_of_a_square_batch(rng):
    """Four samples and four classes, one of which is right twice."""
    return rng.uniform(-3, 3, size=(4, 4)), rng.permutation(4)[[0, 0, 1, 2]]


@check(softmax_ce_grad)
def slopes_of_one_sample(rng):
    """A single sample."""
    return rng.uniform(-3, 3, size=(1, 5)), _classes(rng, 1, 5)


@scenario(softmax_ce_grad, compare=IN_SINGLE)
def nothing_gained_in_total(softmax_ce_grad, rng):
    """The slopes of each sample add up to 0, and are not all 0: what one class gains, the others lose."""
    slopes = softmax_ce_grad(rng.uniform(-3, 3, size=(5, 3)), _classes(rng, 5, 3))
    return np.sum(slopes, axis=1), np.ptp(slopes, axis=1) > 1e-9


@scenario(softmax_ce_grad, compare=IN_SINGLE)
def slopes_against_small_pushes(softmax_ce_grad, rng):
    """Pushing the scores a little changes the loss by slope times push."""
    V, push = rng.uniform(-2, 2, size=(2, 5, 3))
    t, h = _classes(rng, 5, 3), 1e-5
    up, down = (nll_loss(log_softmax(V + side * push), t) for side in (h, -h))
    return np.sum(np.multiply(softmax_ce_grad(V, t), push)) - (up - down) / (2 * h)


@check(softmax_ce_grad, forbids=("warnings",))
def slopes_at_scores_of_a_thousand(rng):
    """Scores around 1000 and around -1000: no nan and no warning."""
    return rng.permutation([[1000.0], [0.0], [-1000.0]]) + _eighths(rng, (3, 4)), _classes(rng, 3, 4)


@scenario(softmax_ce_grad, forbids=("mutation",))
def scores_and_classes_left_alone(softmax_ce_grad, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    V, t = rng.integers(-3, 4, size=(5, 3)), _classes(rng, 5, 3)
    return softmax_ce_grad(V.tolist(), t.tolist()), softmax_ce_grad(V + 0.25, t)


# ---- binary cross-entropy -------------------------------------------------------------------------


@check(bce, compare=ROUGHLY)
def probabilities_of_a_batch(rng):
    """Seven samples, neither too sure: the mean of what each one costs."""
    return rng.uniform(0.05, 0.95, size=7), _labels(rng, 7)


@scenario(bce, compare=ROUGHLY)
def classes_renamed(bce, rng):
    """Calling class 1 class 0 and the reverse, in probabilities and labels, leaves the loss as it is."""
    p, d = rng.uniform(0.05, 0.95, size=5), _labels(rng, 5)
    return bce(p, d), bce(1 - p, 1 - d)


@scenario(bce, compare=ROUGHLY)
def batch_seen_twice(bce, rng):
    """The same samples a second time change nothing."""
    p, d = rng.uniform(0.05, 0.95, size=5), _labels(rng, 5)
    return bce(np.tile(p, 2), np.tile(d, 2)), bce(p, d)


@check(bce, compare=ROUGHLY, forbids=("warnings",))
def certain_and_wrong(rng):
    """A probability of exactly 0 or 1 on the wrong side costs much, not infinitely much, and no warning."""
    d = _labels(rng, 6)
    return np.concatenate([1 - d, rng.uniform(0.2, 0.8, size=2)]), np.concatenate([d, [0.0, 1.0]])


@check(bce, compare=ROUGHLY, forbids=("warnings",))
def held_impossible(rng):
    """A probability of exactly 0 where the answer is 1, among answers that are not sure."""
    return np.append(rng.uniform(0.2, 0.8, size=3), 0.0), np.array([1.0, 0.0, 0.0, 1.0])


@check(bce, forbids=("warnings",))
def certain_and_right(rng):
    """A probability of exactly 0 or 1 on the right side costs nothing, and is no nan."""
    d = _labels(rng, int(rng.integers(3, 9)))
    return d, d


@check(bce, compare=ROUGHLY)
def another_eps(rng):
    """A large eps holds certain answers back, and leaves the others as they are."""
    d = _labels(rng, 4)
    p, labels = np.concatenate([1 - d, rng.uniform(0.2, 0.8, size=4)]), np.concatenate([d, _labels(rng, 4)])
    return {"p": p, "d": labels, "eps": rng.uniform(0.01, 0.03)}


@scenario(bce, compare=ROUGHLY, forbids=("mutation",))
def probabilities_left_alone(bce, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    p, d = rng.uniform(0.2, 0.8, size=5), _labels(rng, 5)
    certain = np.concatenate([p, [0.0, 1.0]])
    return bce(p.tolist(), d.astype(int).tolist()), bce(certain, np.concatenate([d, [0.0, 1.0]]))


# ---- the same from logits -------------------------------------------------------------------------


@check(bce_with_logits)
def logits_of_a_batch(rng):
    """Seven sums on either side of 0, with labels of either kind."""
    return rng.permutation([-1.0, 1.0, -1.0, 1.0, -1.0, 1.0, 1.0]) * rng.uniform(0.3, 4, size=7), _labels(
        rng, 7
    )


@scenario(bce_with_logits)
def logits_turned_round(bce_with_logits, rng):
    """Calling class 1 class 0 turns the sign of every sum and leaves the loss as it is."""
    z, d = rng.uniform(-4, 4, size=5), _labels(rng, 5)
    return bce_with_logits(z, d), bce_with_logits(-z, 1 - d)


@scenario(bce_with_logits)
def logits_seen_twice(bce_with_logits, rng):
    """The same samples a second time change nothing."""
    z, d = rng.uniform(-4, 4, size=5), _labels(rng, 5)
    return bce_with_logits(np.tile(z, 2), np.tile(d, 2)), bce_with_logits(z, d)


@scenario(bce_with_logits, compare=close(atol=1e-3))
def slope_is_output_minus_target(bce_with_logits, rng):
    """For one sample the loss rises with its sum by output minus target, be the target 0 or 1."""
    z, h = rng.uniform(0.5, 3), 0.01
    cases = [(-z, 0.0), (z, 0.0), (-z, 1.0), (z, 1.0)]
    ends = [[bce_with_logits([z + side], [d]) for side in (h, -h)] for z, d in cases]
    return [np.subtract(up, down) / (2 * h) for up, down in ends]


@check(bce_with_logits, forbids=("warnings",))
def far_out_and_wrong(rng):
    """Sums of ±900 on the wrong side cost 900 each: neither infinite nor held back, and no warning."""
    d = _labels(rng, 6)
    return 900 * (1 - 2 * d) + _eighths(rng, 6), d


@check(bce_with_logits, forbids=("warnings",))
def far_out_and_right(rng):
    """Sums of ±900 on the right side cost nothing, and are no nan; the others count as ever."""
    d = _labels(rng, 6)
    return np.append(900 * (2 * d - 1), rng.uniform(-3, -1)), np.append(d, 0.0)


@scenario(bce_with_logits, forbids=("mutation",))
def sums_left_alone(bce_with_logits, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    z, d = rng.permutation([-3, -2, -1, 1, 2]), _labels(rng, 5)
    return bce_with_logits(z.tolist(), d.astype(int).tolist()), bce_with_logits(z + 0.25, d)


# ---- two losses behind one sigmoid ----------------------------------------------------------------


@check(quadratic_vs_ce_gradient)
def a_fresh_neuron(rng):
    """A neuron whose sum is small, with an input other than 1 and a target of 1."""
    return rng.uniform(0.3, 0.9), rng.uniform(-0.9, -0.3), rng.uniform(1.3, 2.5), 1.0


@check(quadratic_vs_ce_gradient)
def certain_and_wrong_neuron(rng):
    """A neuron with a large sum and a target of 0, such as case B of the lecture."""
    return rng.uniform(1.5, 2.5), rng.uniform(1.5, 2.5), rng.uniform(0.6, 0.9), 0.0


@check(quadratic_vs_ce_gradient)
def a_negative_input(rng):
    """A negative input turns both slopes round."""
    return {
        "w": rng.normal(),
        "b": rng.uniform(0.3, 0.9),
        "x": -rng.uniform(1.3, 2.5),
        "d": float(rng.integers(2)),
    }


@scenario(quadratic_vs_ce_gradient)
def what_slows_it_down(quadratic_vs_ce_gradient, rng):
    """The slower slope as a share of the faster one."""
    g_quad, g_ce = quadratic_vs_ce_gradient(rng.normal(), rng.normal(), 1.0, float(rng.integers(2)))
    return np.divide(g_quad, g_ce)


@check(quadratic_vs_ce_gradient, forbids=("warnings",))
def a_thousand_and_wrong(rng):
    """A sum of 1000 where no is right: neither a warning nor nan."""
    return rng.uniform(300, 400), rng.uniform(-1, 1), 3.0, 0.0


@check(quadratic_vs_ce_gradient, forbids=("warnings",))
def minus_a_thousand_and_wrong(rng):
    """A sum of -1000 where yes is right: cross-entropy lets the neuron learn at full speed."""
    return -rng.uniform(400, 500), rng.uniform(-1, 1), 2.0, 1.0


# ---- logit ----------------------------------------------------------------------------------------


@check(logit)
def a_table_of_probabilities(rng):
    """A matrix of probabilities keeps its shape."""
    return rng.uniform(0.05, 0.95, size=(3, 4))


@check(logit)
def a_single_probability(rng):
    """A single number goes in and a single number comes out."""
    return float(rng.uniform(0.6, 0.95))


@scenario(logit)
def sigmoid_undone(logit, rng):
    """Whatever went into the sigmoid comes out again."""
    z = rng.uniform(-4, 4, size=6)
    return np.subtract(logit(1 / (1 + np.exp(-z))), z)


@check(logit)
def nearly_impossible(rng):
    """Probabilities of one in ten thousand million are as good as any."""
    return 1e-10 * rng.uniform(0.5, 2.0, size=4)


@scenario(logit, forbids=("mutation",))
def odds_left_alone(logit, rng):
    """A list is as good as an array, and what you are given is the same after the call."""
    p = rng.uniform(0.05, 0.95, size=5)
    return logit(p.tolist()), logit(p)


# ---- hinge loss -----------------------------------------------------------------------------------


@check(hinge_loss)
def scores_of_seven_samples(rng):
    """Seven samples, four classes: every rival that comes too near costs, beaten ones cost nothing."""
    return rng.normal(size=(7, 4)), _classes(rng, 7, 4)


@check(hinge_loss)
def a_square_table_of_scores(rng):
    """Four samples and four classes, one of which is right twice."""
    return 2 * rng.normal(size=(4, 4)), rng.permutation(4)[[0, 0, 1, 2]]


@check(hinge_loss)
def one_sample_many_rivals(rng):
    """A single sample whose right class leads, but by too little over all its rivals."""
    S = rng.uniform(-0.4, 0.4, size=(1, 5))
    return S, np.argmax(S, axis=1)


@check(hinge_loss)
def another_margin(rng):
    """A margin other than 1."""
    margin = rng.choice([rng.uniform(0.3, 0.6), rng.uniform(1.8, 2.5)])
    return {"S": rng.normal(size=(7, 4)), "t": _classes(rng, 7, 4), "margin": margin}


@check(hinge_loss)
def everybody_beaten(rng):
    """Who beats every rival by more than the margin pays nothing."""
    t = _classes(rng, 5, 3)
    return rng.uniform(-1, 1, size=(5, 3)) + 4.0 * np.eye(3)[t], t


@scenario(hinge_loss)
def scores_raised_together(hinge_loss, rng):
    """Only differences count: raising all scores of a sample changes nothing."""
    S, t = rng.normal(size=(5, 3)), _classes(rng, 5, 3)
    return hinge_loss(S + rng.uniform(2, 5, size=(5, 1)), t), hinge_loss(S, t)


@scenario(hinge_loss, forbids=("mutation",))
def rivals_left_alone(hinge_loss, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    S, t = rng.integers(-3, 4, size=(5, 3)), _classes(rng, 5, 3)
    return hinge_loss(S.tolist(), t.tolist()), hinge_loss(S + 0.25 * rng.integers(4, size=(5, 3)), t)


# ---- top-k error ----------------------------------------------------------------------------------


def _ranked(rng, ranks, c):
    """Scores without ties and the right classes, which have the given ranks, 0 the highest."""
    S = rng.permuted(np.tile(np.arange(c) / 8.0, (len(ranks), 1)), axis=1)
    t = np.argsort(-S, axis=1)[np.arange(len(ranks)), rng.permutation(ranks)]
    return S + _eighths(rng, (len(ranks), 1)), t


def _tied(rng, rival):
    """One sample of five classes: one winner and two classes tied behind it, one of which is right.

    It is the one with the lower number, or the one with the higher where `rival` is true.
    """
    order = rng.permutation(5)
    low, high = sorted(order[1:3])
    S = np.zeros(5)
    S[order] = [2.0, 1.0, 1.0, 0.5, 0.25]
    return S, high if rival else low


RANKS = np.repeat([0, 1, 2, 3, 4], [8, 5, 3, 2, 1])  # uneven, so that every wrong count is another number


@check(topk_error)
def the_first_guesses(rng):
    """Nineteen samples of five classes, two or three guesses, no two scores equal."""
    return *_ranked(rng, RANKS, 5), int(rng.integers(2, 4))


@check(topk_error)
def one_guess_only(rng):
    """With k = 1 only the highest score counts."""
    return *_ranked(rng, RANKS, 5), 1


@scenario(topk_error)
def more_and_more_guesses(topk_error, rng):
    """With every guess more the error falls or stays."""
    S, t = _ranked(rng, rng.permutation(np.repeat([0, 1, 3, 4, 6], [2, 4, 3, 5, 6])), 7)
    return [topk_error(S, t, k) for k in range(1, 7)]


@check(topk_error)
def as_many_guesses_as_classes(rng):
    """With as many guesses as classes, or more, nobody can be wrong."""
    return *_ranked(rng, RANKS, 5), int(rng.integers(5, 8))


@scenario(topk_error)
def equal_scores(topk_error, rng):
    """Of two classes with the same score the one with the lower number is guessed first."""
    errors = []
    for rival in (False, True):
        clear, t = _ranked(rng, np.repeat([0, 1, 2, 3], [5, 2, 1, 3]), 5)
        ties = [_tied(rng, rival) for _ in range(30)]
        S = np.vstack([clear, *(scores for scores, _ in ties)])
        errors.append(topk_error(S, np.array([*t, *(right for _, right in ties)]), 2))
    return errors


@scenario(topk_error)
def crowds_of_equal_scores(topk_error, rng):
    """Forty classes share four different scores: of equal ones, the lower numbers come first."""
    S, k = rng.integers(0, 4, size=(60, 40)) / 2.0, int(rng.integers(12, 18))
    return [topk_error(S, rng.integers(first, first + 10, size=60), k) for first in (0, 30)]


@scenario(topk_error, forbids=("mutation",))
def guesses_left_alone(topk_error, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    S, t = _ranked(rng, RANKS, 5)
    return topk_error((8 * S).astype(int).tolist(), t.tolist(), 2), topk_error(S, t, 3)
