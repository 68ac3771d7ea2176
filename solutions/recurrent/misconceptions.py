"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

from itertools import pairwise

import numpy as np

from autograder import misconception

from .reference import (
    _sigmoid,
    char_lm_loss,
    encode,
    gradient_norm_through_time,
    gru_step,
    lstm_backward_step,
    lstm_coupled_step,
    lstm_peephole_step,
    lstm_step,
    rnn_bptt,
    rnn_step,
    sample_char,
    truncated_bptt,
)


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(array, dtype=float) for array in arrays)


# ---- one simple step ------------------------------------------------------------------------------


@misconception(rnn_step)
def no_bend(x, h, Wxh, Whh, b):
    """The bare sum comes back, as on one slide; it goes through tanh, which keeps the loop in bounds."""
    x, h, Wxh, Whh, b = _floats(x, h, Wxh, Whh, b)
    return x @ Wxh + h @ Whh + b


@misconception(rnn_step)
def sigmoid_for_tanh(x, h, Wxh, Whh, b):
    """The sum goes through a sigmoid; the state of this network is a tanh, between -1 and 1."""
    return _sigmoid(no_bend(x, h, Wxh, Whh, b))


@misconception(rnn_step)
def relu_for_tanh(x, h, Wxh, Whh, b):
    """The sum goes through a ReLU; nothing holds such a state back from above. It is a tanh here."""
    return np.maximum(no_bend(x, h, Wxh, Whh, b), 0.0)


@misconception(rnn_step)
def state_weights_transposed(x, h, Wxh, Whh, b):
    """You used Whh transposed; states are rows and stand on the left: h Whh."""
    return rnn_step(x, h, Wxh, np.transpose(Whh), b)


@misconception(rnn_step)
def input_weights_transposed(x, h, Wxh, Whh, b):
    """You used Wxh transposed; inputs are rows and stand on the left: x Wxh."""
    return rnn_step(x, h, np.transpose(Wxh), Whh, b)


@misconception(rnn_step)
def weights_exchanged(x, h, Wxh, Whh, b):
    """The weights stand with each other's partner: Wxh belongs to x, Whh to h."""
    return rnn_step(x, h, Whh, Wxh, b)


@misconception(rnn_step)
def bias_of_the_state_dropped(x, h, Wxh, Whh, b):
    """The biases are never added."""
    return rnn_step(x, h, Wxh, Whh, np.zeros(np.shape(b)))


@misconception(rnn_step)
def no_memory(x, h, Wxh, Whh, b):
    """The old state is never used; without h Whh this is no recurrent network."""
    return rnn_step(x, np.zeros(np.shape(h)), Wxh, Whh, b)


@misconception(rnn_step)
def input_ignored(x, h, Wxh, Whh, b):
    """The input is never used; x Wxh is missing from the sum."""
    return rnn_step(np.zeros(np.shape(x)), h, Wxh, Whh, b)


@misconception(rnn_step)
def bent_one_by_one(x, h, Wxh, Whh, b):
    """Each product has a tanh of its own; add first, then bend once."""
    x, h, Wxh, Whh, b = _floats(x, h, Wxh, Whh, b)
    return np.tanh(x @ Wxh + b) + np.tanh(h @ Whh)


@misconception(rnn_step)
def old_state_added(x, h, Wxh, Whh, b):
    """The old state is added to the new one; the new one takes its place."""
    (h,) = _floats(h)
    return h + rnn_step(x, h, Wxh, Whh, b)


@misconception(rnn_step)
def tanh_by_exponentials(x, h, Wxh, Whh, b):
    """You wrote tanh with e^z and e^-z, one of which overflows for large sums; np.tanh never does."""
    z = no_bend(x, h, Wxh, Whh, b)
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@misconception(rnn_step)
def state_overwritten(x, h, Wxh, Whh, b):
    """The answer is right, but the caller's h was overwritten with it; return a new array."""
    h2 = rnn_step(x, h, Wxh, Whh, b)
    (h,) = _floats(h)
    h[:] = h2
    return h2


# ---- back through time ----------------------------------------------------------------------------


def _back(
    X,
    h0,
    Wxh,
    Whh,
    b,
    dH,
    slope=lambda after, _before, _z: 1 - after**2,
    meet=lambda direct, later, slope: (direct + later) * slope,
    back=lambda delta, Whh: delta @ Whh.T,
    reached=lambda grad: grad,
    old=lambda h, t: h[t],
    keep=lambda total, new: total + new,
):
    """The way back through time, with one of its parts exchanged."""
    X, h0, Wxh, Whh, b, dH = _floats(X, h0, Wxh, Whh, b, dH)
    h = [h0]
    for t in range(X.shape[1]):
        h.append(rnn_step(X[:, t], h[t], Wxh, Whh, b))
    dWxh, dWhh, db, dh = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(b), np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        z = X[:, t] @ Wxh + h[t] @ Whh + b
        delta = meet(dH[:, t], dh, slope(h[t + 1], h[t], z))
        dWxh = keep(dWxh, X[:, t].T @ delta)
        dWhh = keep(dWhh, old(h, t).T @ delta)
        db = keep(db, delta.sum(axis=0))
        dh = reached(back(delta, Whh))
    return dWxh, dWhh, db, dh


@misconception(rnn_bptt)
def not_through_time(X, h0, Wxh, Whh, b, dH):
    """Nothing goes back from step to step: each state gets its dH alone, and nothing from later steps."""
    return _back(X, h0, Wxh, Whh, b, dH, meet=lambda direct, _, slope: direct * slope)


@misconception(rnn_bptt)
def slope_of_tanh_missing(X, h0, Wxh, Whh, b, dH):
    """The slope of tanh, 1 - h², is missing at every step."""
    return _back(X, h0, Wxh, Whh, b, dH, slope=lambda after, *_: np.ones_like(after))


@misconception(rnn_bptt)
def slope_from_the_sum(X, h0, Wxh, Whh, b, dH):
    """You wrote 1 - z² with the sum z inside tanh; it is 1 - tanh²(z), which is 1 - h²."""
    return _back(X, h0, Wxh, Whh, b, dH, slope=lambda _after, _before, z: 1 - z**2)


@misconception(rnn_bptt)
def slope_of_the_state_before(X, h0, Wxh, Whh, b, dH):
    """The slope is taken at the state that went into the step; it belongs to the one that came out."""
    return _back(X, h0, Wxh, Whh, b, dH, slope=lambda _, before, _z: 1 - before**2)


@misconception(rnn_bptt)
def slope_without_the_square(X, h0, Wxh, Whh, b, dH):
    """The slope is 1 - h; it should be 1 - h²."""
    return _back(X, h0, Wxh, Whh, b, dH, slope=lambda after, *_: 1 - after)


@misconception(rnn_bptt)
def slope_of_a_sigmoid(X, h0, Wxh, Whh, b, dH):
    """The slope is h (1 - h), that of a sigmoid; the state is a tanh, with the slope 1 - h²."""
    return _back(X, h0, Wxh, Whh, b, dH, slope=lambda after, *_: after * (1 - after))


@misconception(rnn_bptt)
def slope_for_the_direct_share_only(X, h0, Wxh, Whh, b, dH):
    """What comes from the later step is added behind the slope of tanh; both meet before it."""
    return _back(X, h0, Wxh, Whh, b, dH, meet=lambda direct, later, slope: direct * slope + later)


@misconception(rnn_bptt)
def state_after_the_step(X, h0, Wxh, Whh, b, dH):
    """Your dWhh is made of the state that came out of the step; h_{t-1}, which went in, met Whh."""
    return _back(X, h0, Wxh, Whh, b, dH, old=lambda h, t: h[t + 1])


@misconception(rnn_bptt)
def back_without_transposing(X, h0, Wxh, Whh, b, dH):
    """On the way back you multiply by Whh; a gradient goes back through the transpose."""
    return _back(X, h0, Wxh, Whh, b, dH, back=lambda delta, Whh: delta @ Whh)


@misconception(rnn_bptt)
def only_the_last_visited_step(X, h0, Wxh, Whh, b, dH):
    """The gradients of the weights are overwritten at each step; all steps share the weights: add them."""
    return _back(X, h0, Wxh, Whh, b, dH, keep=lambda _, new: new)


@misconception(rnn_bptt)
def averaged_over_the_steps(X, h0, Wxh, Whh, b, dH):
    """You divided by the number of steps; shared weights collect the sum."""
    dWxh, dWhh, db, dh0 = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    T = np.shape(X)[1]
    return dWxh / T, dWhh / T, db / T, dh0


@misconception(rnn_bptt)
def averaged_over_the_sequences(X, h0, Wxh, Whh, b, dH):
    """You divided by the number of sequences; whatever is averaged is so in dH already."""
    dWxh, dWhh, db, dh0 = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    N = len(X)
    return dWxh / N, dWhh / N, db / N, dh0


@misconception(rnn_bptt)
def loss_of_the_last_step_only(X, h0, Wxh, Whh, b, dH):
    """Only the last row of dH is used; each state may stand in the loss, and dH has a row for each."""
    dH = np.array(dH, dtype=float)
    dH[:, :-1] = 0
    return rnn_bptt(X, h0, Wxh, Whh, b, dH)


@misconception(rnn_bptt)
def last_sums_for_the_first_state(X, h0, Wxh, Whh, b, dH):
    """Your dh0 is the gradient by the first sum; to reach h0 it has to go back through Whh once more."""
    X, h0, Wxh, Whh, b, dH = _floats(X, h0, Wxh, Whh, b, dH)
    grads = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    h1 = rnn_step(X[:, 0], h0, Wxh, Whh, b)
    later = rnn_bptt(X[:, 1:], h1, Wxh, Whh, b, dH[:, 1:])[3]
    return *grads[:3], (dH[:, 0] + later) * (1 - h1**2)


@misconception(rnn_bptt)
def first_state_taken_as_zero(X, h0, Wxh, Whh, b, dH):
    """You begin with a state of zeros; h0 is given, and need not be 0."""
    return rnn_bptt(X, np.zeros(np.shape(h0)), Wxh, Whh, b, dH)


@misconception(rnn_bptt)
def first_state_at_every_step(X, h0, Wxh, Whh, b, dH):
    """Forward, every step begins with h0; each begins with the state that the one before it left."""
    X, h0, Wxh, Whh, b, dH = _floats(X, h0, Wxh, Whh, b, dH)
    dWxh, dWhh, db, dh = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(b), np.zeros_like(h0)
    for t in reversed(range(X.shape[1])):
        delta = (dH[:, t] + dh) * (1 - rnn_step(X[:, t], h0, Wxh, Whh, b) ** 2)
        dWxh, dWhh, db = dWxh + X[:, t].T @ delta, dWhh + h0.T @ delta, db + delta.sum(axis=0)
        dh = delta @ Whh.T
    return dWxh, dWhh, db, dh


@misconception(rnn_bptt)
def steps_turned_round(X, h0, Wxh, Whh, b, dH):
    """You read dH from its last row to its first; its row t belongs to step t."""
    return rnn_bptt(X, h0, Wxh, Whh, b, np.asarray(dH, dtype=float)[:, ::-1])


@misconception(rnn_bptt)
def dwhh_transposed(X, h0, Wxh, Whh, b, dH):
    """Your dWhh is transposed: it is h_{t-1}ᵀ delta, with the rows of Whh for the old state."""
    dWxh, dWhh, db, dh0 = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    return dWxh, dWhh.T, db, dh0


@misconception(rnn_bptt)
def time_before_batch(X, h0, Wxh, Whh, b, dH):
    """You read X as (T, N, D); sequences come first here, then steps: (N, T, D)."""
    X, dH = _floats(X, dH)
    return rnn_bptt(np.swapaxes(X, 0, 1), h0, Wxh, Whh, b, np.swapaxes(dH, 0, 1))


@misconception(rnn_bptt)
def state_weights_before_input_weights(X, h0, Wxh, Whh, b, dH):
    """You return dWhh first; the order is dWxh, dWhh, db, dh0."""
    dWxh, dWhh, db, dh0 = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    return dWhh, dWxh, db, dh0


@misconception(rnn_bptt)
def given_gradients_changed(X, h0, Wxh, Whh, b, dH):
    """The answer is right, but `dH *= …` changed the array of the caller; `dH * …` makes a new one."""
    grads = rnn_bptt(X, h0, Wxh, Whh, b, dH)
    (dH,) = _floats(dH)
    dH *= 0.5
    return grads


# ---- cut every K steps ----------------------------------------------------------------------------


def _pieces(X, h0, Wxh, Whh, b, dH, borders, carry=lambda h, _: h):
    """The gradients of each piece between the borders; `carry` is what the next piece begins with."""
    X, h, Wxh, Whh, b, dH = _floats(X, h0, Wxh, Whh, b, dH)
    found = []
    for start, stop in pairwise(borders):
        found.append(rnn_bptt(X[:, start:stop], h, Wxh, Whh, b, dH[:, start:stop]))
        for t in range(start, stop):
            h = rnn_step(X[:, t], h, Wxh, Whh, b)
        h = carry(h, found[-1])
    return found


def _every(K, T):
    """The borders of pieces of K steps."""
    return [*range(0, T, K), T]


def _added(found):
    """The gradients of all pieces, dh0 from the first."""
    dWxh, dWhh, db, dh = zip(*found, strict=True)
    return sum(dWxh), sum(dWhh), sum(db), dh[0]


@misconception(truncated_bptt)
def never_cut(X, h0, Wxh, Whh, b, dH, K):
    """Nothing is cut: this is the whole way back. At the border of a piece the gradient is dropped."""
    return rnn_bptt(X, h0, Wxh, Whh, b, dH)


@misconception(truncated_bptt)
def state_not_carried(X, h0, Wxh, Whh, b, dH, K):
    """Each piece begins with a state of zeros; only the gradient is cut, the state is carried on."""
    borders = _every(K, np.shape(X)[1])
    return _added(_pieces(X, h0, Wxh, Whh, b, dH, borders, carry=lambda h, _: np.zeros_like(h)))


@misconception(truncated_bptt)
def first_state_for_every_piece(X, h0, Wxh, Whh, b, dH, K):
    """Each piece begins with h0 again; it begins with the state that the piece before it ended with."""
    (first,) = _floats(h0)
    borders = _every(K, np.shape(X)[1])
    return _added(_pieces(X, h0, Wxh, Whh, b, dH, borders, carry=lambda *_: first))


@misconception(truncated_bptt)
def last_piece_only(X, h0, Wxh, Whh, b, dH, K):
    """Only the last piece gives gradients for the weights; all pieces do, and they are added up."""
    found = _pieces(X, h0, Wxh, Whh, b, dH, _every(K, np.shape(X)[1]))
    return *found[-1][:3], found[0][3]


@misconception(truncated_bptt)
def first_piece_only(X, h0, Wxh, Whh, b, dH, K):
    """Only the first K steps are used; after them the next piece begins."""
    return _pieces(X, h0, Wxh, Whh, b, dH, _every(K, np.shape(X)[1]))[0]


@misconception(truncated_bptt)
def last_k_steps_only(X, h0, Wxh, Whh, b, dH, K):
    """Only the last K steps give gradients; each piece of K steps does."""
    T = np.shape(X)[1]
    found = _pieces(X, h0, Wxh, Whh, b, dH, [0, max(T - K, 0), T])
    return *found[-1][:3], 0 * found[0][3] if T > K else found[-1][3]


@misconception(truncated_bptt)
def pieces_averaged(X, h0, Wxh, Whh, b, dH, K):
    """You took the mean of the pieces; gradients of shared weights are added up."""
    found = _pieces(X, h0, Wxh, Whh, b, dH, _every(K, np.shape(X)[1]))
    *weights, dh0 = _added(found)
    return *(grad / len(found) for grad in weights), dh0


@misconception(truncated_bptt)
def remaining_steps_dropped(X, h0, Wxh, Whh, b, dH, K):
    """The steps that do not fill a last piece are left out; a shorter piece counts as well."""
    T = np.shape(X)[1]
    borders = list(range(0, T + 1, K))
    if len(borders) < 2:
        return tuple(np.zeros(np.shape(array)) for array in (Wxh, Whh, b, h0))
    return _added(_pieces(X, h0, Wxh, Whh, b, dH, borders))


@misconception(truncated_bptt)
def counted_from_the_end(X, h0, Wxh, Whh, b, dH, K):
    """Your pieces are counted from the end, with a short one first; count from the beginning."""
    T = np.shape(X)[1]
    return _added(_pieces(X, h0, Wxh, Whh, b, dH, [0, *range((T - 1) % K + 1, T + 1, K)]))


@misconception(truncated_bptt)
def k_pieces(X, h0, Wxh, Whh, b, dH, K):
    """You cut the sequence into K pieces; K is the number of steps in a piece."""
    T = np.shape(X)[1]
    return _added(_pieces(X, h0, Wxh, Whh, b, dH, _every(-(-T // K), T)))


@misconception(truncated_bptt)
def one_step_too_long(X, h0, Wxh, Whh, b, dH, K):
    """Your pieces have K + 1 steps, one too many."""
    return truncated_bptt(X, h0, Wxh, Whh, b, dH, K + 1)


@misconception(truncated_bptt)
def each_step_looks_k_back(X, h0, Wxh, Whh, b, dH, K):
    """Every step sends its gradient back over K steps; here it stops at the border of its piece."""
    X, h0, Wxh, Whh, b, dH = _floats(X, h0, Wxh, Whh, b, dH)
    found, T, h = [], X.shape[1], [h0]
    for t in range(T):
        start = max(t + 1 - K, 0)
        alone = np.zeros_like(dH[:, start : t + 1])
        alone[:, -1] = dH[:, t]
        *weights, dh = rnn_bptt(X[:, start : t + 1], h[start], Wxh, Whh, b, alone)
        found.append((*weights, dh if start == 0 else 0 * dh))
        h.append(rnn_step(X[:, t], h[t], Wxh, Whh, b))
    dWxh, dWhh, db, dh = zip(*found, strict=True)
    return sum(dWxh), sum(dWhh), sum(db), sum(dh)


@misconception(truncated_bptt)
def first_state_from_the_last_piece(X, h0, Wxh, Whh, b, dH, K):
    """Your dh0 is what comes out of the last piece; h0 belongs to the first."""
    found = _pieces(X, h0, Wxh, Whh, b, dH, _every(K, np.shape(X)[1]))
    return *_added(found)[:3], found[-1][3]


@misconception(truncated_bptt)
def first_states_added_up(X, h0, Wxh, Whh, b, dH, K):
    """Your dh0 is the sum over all pieces; only the first begins with h0."""
    found = _pieces(X, h0, Wxh, Whh, b, dH, _every(K, np.shape(X)[1]))
    return *_added(found)[:3], sum(piece[3] for piece in found)


@misconception(truncated_bptt)
def given_state_changed(X, h0, Wxh, Whh, b, dH, K):
    """The answer is right, but the state was carried in the caller's h0; `h[:] = …` writes into it."""
    grads = truncated_bptt(X, h0, Wxh, Whh, b, dH, K)
    (h,) = _floats(h0)
    h[:] = rnn_step(np.asarray(X, dtype=float)[:, 0], h, Wxh, Whh, b)
    return grads


# ---- letters --------------------------------------------------------------------------------------


def _numbers(text, vocab):
    """The numbers of all letters."""
    return np.array([vocab.index(letter) for letter in text], dtype=int)


@misconception(encode)
def targets_not_shifted(text, vocab):
    """The targets are the letters themselves; what is to be guessed is the letter that follows."""
    x, _ = encode(text, vocab)
    return x, x


@misconception(encode)
def inputs_and_targets_exchanged(text, vocab):
    """Inputs and targets have changed places: the network sees a letter and guesses the one after it."""
    x, t = encode(text, vocab)
    return t, x


@misconception(encode)
def last_letter_kept(text, vocab):
    """The last letter is among the inputs; nothing follows it, so there is nothing to guess."""
    return _numbers(text, vocab), encode(text, vocab)[1]


@misconception(encode)
def first_letter_follows_the_last(text, vocab):
    """Your targets are rolled round, so that the first letter follows the last; nothing follows it."""
    numbers = _numbers(text, vocab)
    return numbers, np.roll(numbers, -1)


@misconception(encode)
def vocabulary_sorted(text, vocab):
    """You sorted the vocabulary; the number of a letter is its place in vocab as it is given."""
    return encode(text, "".join(sorted(vocab)))


@misconception(encode)
def vocabulary_of_the_text(text, vocab):
    """You numbered the letters as they appear in the text; their numbers are their places in vocab."""
    return encode(text, "".join(dict.fromkeys(text)))


@misconception(encode)
def letters_counted_from_one(text, vocab):
    """You count the letters from 1; the first letter of vocab has the number 0."""
    x, t = encode(text, vocab)
    return x + 1, t + 1


@misconception(encode)
def codes_of_the_computer(text, vocab):
    """These are the codes that the computer gives its letters; ours are the places in vocab."""
    numbers = np.array([ord(letter) for letter in text], dtype=int)
    return numbers[:-1], numbers[1:]


@misconception(encode)
def small_letters_only(text, vocab):
    """You turned the text into small letters; capital ones have numbers of their own."""
    return encode(text.lower(), vocab)


@misconception(encode)
def rows_of_zeros_and_a_one(text, vocab):
    """You return a row of zeros and a one for each input; here the numbers are wanted."""
    x, t = encode(text, vocab)
    return np.eye(len(vocab))[x], t


def _costs(logits, targets):
    """What each guess costs (N, T)."""
    logits = np.asarray(logits, dtype=float)
    logp = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
    return -np.take_along_axis(logp, np.asarray(targets, dtype=int)[:, :, None], axis=-1)[:, :, 0]


@misconception(char_lm_loss)
def guesses_summed(logits, targets):
    """You added up all guesses; their mean is wanted."""
    return float(np.sum(_costs(logits, targets)))


@misconception(char_lm_loss)
def steps_summed(logits, targets):
    """You added up the steps and averaged over the texts only; the mean runs over both."""
    return float(np.mean(np.sum(_costs(logits, targets), axis=1)))


@misconception(char_lm_loss)
def texts_summed(logits, targets):
    """You averaged over the steps but added up the texts; the mean runs over both."""
    return float(np.sum(np.mean(_costs(logits, targets), axis=1)))


@misconception(char_lm_loss)
def last_guess_only(logits, targets):
    """Only the last step of each text counts; every letter is a guess."""
    return float(np.mean(_costs(logits, targets)[:, -1]))


@misconception(char_lm_loss)
def targets_shifted_again(logits, targets):
    """You shifted the targets by one; they are shifted already, targets[n, t] is right at step t."""
    return float(np.mean(_costs(np.asarray(logits)[:, :-1], np.asarray(targets)[:, 1:])))


@misconception(char_lm_loss)
def targets_not_wanted(logits, targets):
    """You took the likeliest letter at each step; the loss asks about the right one, which targets tells."""
    return char_lm_loss(logits, np.argmax(logits, axis=-1))


@misconception(char_lm_loss)
def averaged_over_the_letters_too(logits, targets):
    """You divided by the size of the vocabulary as well; there are N T guesses."""
    return char_lm_loss(logits, targets) / np.shape(logits)[2]


@misconception(char_lm_loss)
def softmax_along_time(logits, targets):
    """Your softmax runs along the steps; the letters of one guess lie along the last axis."""
    logits = np.asarray(logits, dtype=float)
    logp = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return float(-np.mean(np.take_along_axis(logp, np.asarray(targets, dtype=int)[:, :, None], axis=-1)))


@misconception(char_lm_loss)
def softmax_over_everything(logits, targets):
    """Your softmax runs over the whole array; every step of every text has its own."""
    logits = np.asarray(logits, dtype=float)
    logp = logits - np.logaddexp.reduce(logits, axis=None)
    return float(-np.mean(np.take_along_axis(logp, np.asarray(targets, dtype=int)[:, :, None], axis=-1)))


@misconception(char_lm_loss)
def loss_negative(logits, targets):
    """Your loss is negative: logarithms of probabilities are, and the minus in front is missing."""
    return -char_lm_loss(logits, targets)


@misconception(char_lm_loss)
def loss_in_bits(logits, targets):
    """These are logarithms to the base 2; ours are natural ones, np.log."""
    return char_lm_loss(logits, targets) / np.log(2)


@misconception(char_lm_loss)
def perplexity_returned(logits, targets):
    """This is e to the power of the loss, the perplexity; the loss itself is wanted."""
    with np.errstate(over="ignore"):
        return float(np.exp(char_lm_loss(logits, targets)))


@misconception(char_lm_loss)
def letters_numbered_from_one(logits, targets):
    """You took the letter before the right one; letters are counted from 0, as Python does."""
    return char_lm_loss(logits, (np.asarray(targets, dtype=int) - 1) % np.shape(logits)[2])


@misconception(char_lm_loss)
def softmax_that_overflows(logits, targets):
    """The exponential of 1000 overflows; take the largest score of each step off all of its scores first."""
    e = np.exp(np.asarray(logits, dtype=float))
    p = e / np.sum(e, axis=-1, keepdims=True)
    picked = np.take_along_axis(p, np.asarray(targets, dtype=int)[:, :, None], axis=-1)
    return float(-np.mean(np.log(picked)))


@misconception(char_lm_loss)
def tiny_number_in_the_logarithm(logits, targets):
    """A tiny number is added inside the logarithm, so that no mistake costs more than 27.6.

    Take the logarithm of the softmax on paper; then there is nothing to hide.
    """
    return float(-np.mean(np.log(np.exp(-_costs(logits, targets)) + 1e-12)))


@misconception(char_lm_loss)
def scores_shifted_in_place(logits, targets):
    """The answer is right, but `logits -= …` changed the caller's array; `logits - …` makes a new one."""
    answer = char_lm_loss(logits, targets)
    (logits,) = _floats(logits)
    logits -= np.max(logits, axis=-1, keepdims=True)
    return answer


@misconception(sample_char)
def likeliest_letter(p, u):
    """You always take the likeliest letter; u decides which one is drawn."""
    return int(np.argmax(p))


@misconception(sample_char)
def border_to_the_left(p, u):
    """A number exactly on a border goes to the letter on the left; it belongs to the next one.

    Otherwise u = 0 draws a letter of probability 0.
    """
    ends = np.cumsum(np.asarray(p, dtype=float))
    return int(np.searchsorted(ends / ends[-1], u, side="left"))


@misconception(sample_char)
def probability_against_the_number(p, u):
    """You compare u with each probability; compare it with their running sum."""
    return int(np.argmax(np.asarray(p, dtype=float) > u))


@misconception(sample_char)
def all_letters_alike(p, u):
    """You take letter number u V, which draws all alike; p decides how long the piece of a letter is."""
    return int(u * len(p))


@misconception(sample_char)
def one_letter_too_far(p, u):
    """You return the letter after the right one."""
    return sample_char(p, u) + 1


@misconception(sample_char)
def one_letter_too_early(p, u):
    """You return the letter before the right one: none of the pieces passed means letter 0."""
    return sample_char(p, u) - 1


@misconception(sample_char)
def pieces_from_the_other_end(p, u):
    """Your pieces lie in reverse order; letter 0 owns the piece that begins with 0."""
    turned = np.asarray(p, dtype=float)[::-1]
    return len(turned) - 1 - sample_char(turned, u)


@misconception(sample_char)
def falls_off_the_end(p, u):
    """Where the sum of p falls short of u by rounding, your answer is no letter at all, or the first one.

    Divide the running sum by its last entry.
    """
    return int(np.argmax(u < np.cumsum(np.asarray(p, dtype=float))))


@misconception(sample_char)
def number_after_the_last(p, u):
    """Where the sum of p falls short of u by rounding, your answer is V, and no letter has that number.

    Divide the running sum by its last entry.
    """
    return int(np.searchsorted(np.cumsum(np.asarray(p, dtype=float)), u, side="right"))


@misconception(sample_char)
def row_with_a_one(p, u):
    """You return a row of zeros with a one; the number of the letter is wanted."""
    return np.eye(len(p))[sample_char(p, u)]


@misconception(sample_char)
def running_sum_in_place(p, u):
    """The answer is right, but the running sum was written into the caller's p; make a new array."""
    answer = sample_char(p, u)
    (p,) = _floats(p)
    np.cumsum(p, out=p)
    return answer


# ---- the LSTM: its parts --------------------------------------------------------------------------


def _blocks(x, h, W, b, first="h"):
    """The four blocks of sums, in the order in which they are stored; [x, h] where x is to come first."""
    x, h, W, b = (np.asarray(array, dtype=float) for array in (x, h, W, b))
    joined = np.concatenate([h, x] if first == "h" else [x, h], axis=1)
    return np.split(joined @ W + b, 4, axis=1)


def _gates(x, h, W, b, first="h"):
    """The gates i, f, o and the candidate g."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b, first)
    return _sigmoid(z_i), _sigmoid(z_f), _sigmoid(z_o), np.tanh(z_g)


def _step(i, f, o, g, c):
    """The rest of a step, from gates that may be wrong."""
    c2 = f * np.asarray(c, dtype=float) + i * g
    return o * np.tanh(c2), c2, None


# ---- the LSTM: which block is which ---------------------------------------------------------------


@misconception(lstm_step)
def input_and_forget_exchanged(x, h, c, W, b):
    """The first block is used as the forget gate; the order is i, f, o, g, so the first is the input gate."""
    f, i, o, g = _gates(x, h, W, b)
    return _step(i, f, o, g, c)


@misconception(lstm_step)
def order_of_torch(x, h, c, W, b):
    """Your blocks are i, f, g, o, as torch stores them; in this course they are i, f, o, g."""
    z_i, z_f, z_g, z_o = _blocks(x, h, W, b)
    return _step(_sigmoid(z_i), _sigmoid(z_f), _sigmoid(z_o), np.tanh(z_g), c)


@misconception(lstm_step)
def order_of_the_slides(x, h, c, W, b):
    """Your blocks are f, i, g, o, as the slides explain the steps one by one; in W they are i, f, o, g."""
    z_f, z_i, z_g, z_o = _blocks(x, h, W, b)
    return _step(_sigmoid(z_i), _sigmoid(z_f), _sigmoid(z_o), np.tanh(z_g), c)


@misconception(lstm_step)
def blocks_interleaved(x, h, c, W, b):
    """Every fourth column is taken for one gate; each gate has H columns side by side."""
    z = np.concatenate(_blocks(x, h, W, b), axis=1)
    i, f, o = (_sigmoid(z[:, k::4]) for k in range(3))
    return _step(i, f, o, np.tanh(z[:, 3::4]), c)


@misconception(lstm_step)
def input_before_hidden_state(x, h, c, W, b):
    """The input stands before the hidden state, [x, h]; the first H rows of W belong to h: [h, x]."""
    return _step(*_gates(x, h, W, b, first="x"), c)


@misconception(lstm_step)
def results_exchanged(x, h, c, W, b):
    """The cell comes back first; the order is h2, c2, cache."""
    h2, c2, cache = lstm_step(x, h, c, W, b)
    return c2, h2, cache


# ---- the LSTM: sums and bends ---------------------------------------------------------------------


@misconception(lstm_step)
def bias_dropped(x, h, c, W, b):
    """The biases are never added."""
    return lstm_step(x, h, c, W, np.zeros(np.shape(b)))


@misconception(lstm_step)
def hidden_state_ignored(x, h, c, W, b):
    """The gates see the input only; they see the hidden state as well, [h, x]."""
    return lstm_step(x, np.zeros(np.shape(h)), c, W, b)


@misconception(lstm_step)
def candidate_through_a_sigmoid(x, h, c, W, b):
    """The candidate goes through σ like a gate; it goes through tanh, so that content can be negative."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    return _step(_sigmoid(z_i), _sigmoid(z_f), _sigmoid(z_o), _sigmoid(z_g), c)


@misconception(lstm_step)
def gates_through_tanh(x, h, c, W, b):
    """All four blocks go through tanh; gates lie between 0 and 1, so i, f and o go through σ."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    return _step(np.tanh(z_i), np.tanh(z_f), np.tanh(z_o), np.tanh(z_g), c)


@misconception(lstm_step)
def candidate_without_tanh(x, h, c, W, b):
    """The candidate is the bare sum; it goes through tanh."""
    i, f, o, _ = _gates(x, h, W, b)
    return _step(i, f, o, _blocks(x, h, W, b)[3], c)


@misconception(lstm_step)
def forget_bias_of_one(x, h, c, W, b):
    """1 is added in front of the forget gate, as some libraries do; here all biases are in b."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    return _step(_sigmoid(z_i), _sigmoid(z_f + 1), _sigmoid(z_o), np.tanh(z_g), c)


@misconception(lstm_step)
def exponential_overflows(x, h, c, W, b):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    i, f, o = (np.exp(z) / (1 + np.exp(z)) for z in (z_i, z_f, z_o))
    return _step(i, f, o, np.tanh(z_g), c)


# ---- the LSTM: the cell ---------------------------------------------------------------------------


@misconception(lstm_step)
def nothing_forgotten(x, h, c, W, b):
    """The old cell is added whole; it is multiplied by the forget gate."""
    i, _, o, g = _gates(x, h, W, b)
    return _step(i, 1.0, o, g, c)


@misconception(lstm_step)
def everything_written(x, h, c, W, b):
    """The candidate is added whole; it is multiplied by the input gate."""
    _, f, o, g = _gates(x, h, W, b)
    return _step(1.0, f, o, g, c)


@misconception(lstm_step)
def input_gate_added(x, h, c, W, b):
    """The cell is f c + i + g; the input gate multiplies the candidate: f c + i g."""
    i, f, o, g = _gates(x, h, W, b)
    return _step(1.0, f, o, i + g, c)


@misconception(lstm_step)
def gates_coupled(x, h, c, W, b):
    """What is written is (1 - f) g, a variant with coupled gates; here the input gate decides by itself."""
    _, f, o, g = _gates(x, h, W, b)
    return _step(1 - f, f, o, g, c)


@misconception(lstm_step)
def forget_gate_reversed(x, h, c, W, b):
    """The old cell is multiplied by 1 - f; a forget gate of 1 keeps everything, whatever its name says."""
    i, f, o, g = _gates(x, h, W, b)
    return _step(i, 1 - f, o, g, c)


@misconception(lstm_step)
def hidden_state_in_place_of_the_cell(x, h, c, W, b):
    """The forget gate is applied to h; what it keeps is the cell c."""
    return _step(*_gates(x, h, W, b), h)


@misconception(lstm_step)
def cell_squashed(x, h, c, W, b):
    """The cell itself went through tanh and was kept so; only what is shown of it goes through tanh."""
    i, f, o, g = _gates(x, h, W, b)
    c2 = np.tanh(f * np.asarray(c, dtype=float) + i * g)
    return o * c2, c2, None


# ---- the LSTM: what is shown ----------------------------------------------------------------------


@misconception(lstm_step)
def shown_without_tanh(x, h, c, W, b):
    """The hidden state is o c2; it is o tanh(c2)."""
    o = _gates(x, h, W, b)[2]
    _, c2, cache = lstm_step(x, h, c, W, b)
    return o * c2, c2, cache


@misconception(lstm_step)
def shown_from_the_old_cell(x, h, c, W, b):
    """The hidden state shows the cell before the step, o tanh(c); it shows the new one, o tanh(c2)."""
    o = _gates(x, h, W, b)[2]
    _, c2, cache = lstm_step(x, h, c, W, b)
    return o * np.tanh(np.asarray(c, dtype=float)), c2, cache


@misconception(lstm_step)
def output_gate_not_used(x, h, c, W, b):
    """The output gate is never used: the hidden state is tanh(c2); it is o tanh(c2)."""
    _, c2, cache = lstm_step(x, h, c, W, b)
    return np.tanh(c2), c2, cache


@misconception(lstm_step)
def output_gate_inside_tanh(x, h, c, W, b):
    """The hidden state is tanh(o c2); the gate stands outside: o tanh(c2)."""
    o = _gates(x, h, W, b)[2]
    _, c2, cache = lstm_step(x, h, c, W, b)
    return np.tanh(o * c2), c2, cache


@misconception(lstm_step)
def candidate_shown(x, h, c, W, b):
    """The hidden state shows the candidate, o g; it shows the whole cell, o tanh(c2)."""
    _, _, o, g = _gates(x, h, W, b)
    _, c2, cache = lstm_step(x, h, c, W, b)
    return o * g, c2, cache


# ---- the LSTM, backwards --------------------------------------------------------------------------


def _sums_back(dh, dc, cache):
    """What a right step back goes through: tanh(c2), the gradient by c2, the slopes of the four blocks."""
    dh, dc = _floats(dh, dc)
    i, f, o, g = (cache[name] for name in "ifog")
    shown = np.tanh(cache["c2"])
    dc2 = dc + dh * o * (1 - shown**2)
    slopes = {"i": i * (1 - i), "f": f * (1 - f), "o": o * (1 - o), "g": 1 - g**2}
    by = {"i": dc2 * g, "f": dc2 * cache["c"], "o": dh * shown, "g": dc2 * i}
    return dc2, by, slopes


def _finish(by, slopes, dc_prev, cache, order="ifog", first="h", mean=1):
    """The rest of the way back, from gradients by the gates that may be wrong."""
    x, h, W = cache["x"], cache["h"], cache["W"]
    dz = np.concatenate([by[name] * slopes[name] for name in order], axis=1)
    joined = np.concatenate([h, x] if first == "h" else [x, h], axis=1)
    back, k = dz @ W.T, h.shape[1] if first == "h" else x.shape[1]
    dx, dh_prev = (back[:, k:], back[:, :k]) if first == "h" else (back[:, :k], back[:, k:])
    return dx, dh_prev, dc_prev, joined.T @ dz / mean, dz.sum(axis=0) / mean


def _from_cell(dc2, dh, cache):
    """The way back with a gradient by c2 that may be wrong."""
    _, by, slopes = _sums_back(dh, 0 * np.asarray(dh, dtype=float), cache)
    by = {"i": dc2 * cache["g"], "f": dc2 * cache["c"], "o": by["o"], "g": dc2 * cache["i"]}
    return _finish(by, slopes, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def cell_of_the_next_step_dropped(dh, dc, cache):
    """The argument dc is never used; what the next step hands back belongs to the gradient by c2."""
    return lstm_backward_step(dh, np.zeros(np.shape(dc)), cache)


@misconception(lstm_backward_step)
def cell_not_reached_from_what_is_shown(dh, dc, cache):
    """The way from h2 to the cell is missing: the gradient by c2 is dc + dh o (1 - tanh²(c2))."""
    dh, dc = _floats(dh, dc)
    return _from_cell(dc, dh, cache)


@misconception(lstm_backward_step)
def tanh_of_the_cell_without_slope(dh, dc, cache):
    """The slope 1 - tanh²(c2) is missing on the way from h2 to the cell."""
    dh, dc = _floats(dh, dc)
    return _from_cell(dc + dh * cache["o"], dh, cache)


@misconception(lstm_backward_step)
def slope_from_the_cell_itself(dh, dc, cache):
    """You wrote 1 - c2² for the slope; the cell goes through tanh there: 1 - tanh²(c2)."""
    dh, dc = _floats(dh, dc)
    return _from_cell(dc + dh * cache["o"] * (1 - cache["c2"] ** 2), dh, cache)


@misconception(lstm_backward_step)
def output_gate_left_out(dh, dc, cache):
    """The output gate is missing on the way from h2 to the cell: dh o (1 - tanh²(c2))."""
    dh, dc = _floats(dh, dc)
    return _from_cell(dc + dh * (1 - np.tanh(cache["c2"]) ** 2), dh, cache)


@misconception(lstm_backward_step)
def forget_gate_with_the_new_cell(dh, dc, cache):
    """The forget gate gets the cell after the step; it kept the one before: dc2 c."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish({**by, "f": dc2 * cache["c2"]}, slopes, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def output_gate_with_the_bare_cell(dh, dc, cache):
    """The output gate gets the cell itself; what it multiplies is tanh(c2)."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish({**by, "o": np.asarray(dh) * cache["c2"]}, slopes, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def factors_not_exchanged(dh, dc, cache):
    """Input gate and candidate each get themselves; in a product each factor gets the other one."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish({**by, "i": dc2 * cache["i"], "g": dc2 * cache["g"]}, slopes, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def candidate_with_the_slope_of_a_sigmoid(dh, dc, cache):
    """The candidate has the slope g (1 - g) of a sigmoid; it is a tanh: 1 - g²."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    g = cache["g"]
    return _finish(by, {**slopes, "g": g * (1 - g)}, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def gates_with_the_slope_of_tanh(dh, dc, cache):
    """The gates have the slope 1 - i² of a tanh; they are sigmoids: i (1 - i)."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    wrong = {name: 1 - cache[name] ** 2 for name in "ifo"}
    return _finish(by, {**slopes, **wrong}, dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def gates_without_slopes(dh, dc, cache):
    """The slopes of σ and tanh are missing; these are gradients by the gates, not by the sums in them."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, dict.fromkeys(slopes, 1.0), dc2 * cache["f"], cache)


@misconception(lstm_backward_step)
def forget_gate_left_out(dh, dc, cache):
    """Your dc_prev is the gradient by c2; on its way to the old cell it is multiplied by the forget gate."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, dc2, cache)


@misconception(lstm_backward_step)
def only_what_was_handed_back_goes_on(dh, dc, cache):
    """Your dc_prev is dc f; what came into the cell from h2 goes on to the old cell as well."""
    _, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, np.asarray(dc, dtype=float) * cache["f"], cache)


@misconception(lstm_backward_step)
def blocks_as_in_torch(dh, dc, cache):
    """Your blocks of sums are joined as i, f, g, o, the order of torch; here it is i, f, o, g."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, dc2 * cache["f"], cache, order="ifgo")


@misconception(lstm_backward_step)
def forget_block_first(dh, dc, cache):
    """Your blocks of sums are joined as f, i, o, g; the input gate comes first."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, dc2 * cache["f"], cache, order="fiog")


@misconception(lstm_backward_step)
def input_before_state_in_the_weights(dh, dc, cache):
    """You take the rows of W as [x, h]; the first H rows belong to h."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, dc2 * cache["f"], cache, first="x")


@misconception(lstm_backward_step)
def input_and_state_exchanged(dh, dc, cache):
    """dh_prev comes back first; the order is dx, dh_prev, dc_prev, dW, db."""
    dx, dh_prev, *rest = lstm_backward_step(dh, dc, cache)
    return dh_prev, dx, *rest


@misconception(lstm_backward_step)
def batch_averaged(dh, dc, cache):
    """You divided dW and db by the number of sequences; whatever is averaged is so in dh and dc already."""
    dc2, by, slopes = _sums_back(dh, dc, cache)
    return _finish(by, slopes, dc2 * cache["f"], cache, mean=len(cache["x"]))


@misconception(lstm_backward_step)
def biases_sequence_by_sequence(dh, dc, cache):
    """Your db has a row for each sequence; all sequences share the biases, so their gradients are summed."""
    _, by, slopes = _sums_back(dh, dc, cache)
    dz = np.concatenate([by[name] * slopes[name] for name in "ifog"], axis=1)
    return *lstm_backward_step(dh, dc, cache)[:4], dz


@misconception(lstm_backward_step)
def gradient_of_the_cell_changed(dh, dc, cache):
    """The answer is right, but `dc += …` changed the array of the caller; `dc = dc + …` makes a new one."""
    answer = lstm_backward_step(dh, dc, cache)
    dh, dc = _floats(dh, dc)
    dc += dh * cache["o"] * (1 - np.tanh(cache["c2"]) ** 2)
    return answer


# ---- peepholes ------------------------------------------------------------------------------------


def _peeped(x, h, c, W, b, p, seen_by_o=None, first="h"):
    """A step with peepholes in which the output gate sees what `seen_by_o` makes of c and c2."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b, first)
    c, p = _floats(c, p)
    i, f = _sigmoid(z_i + p[0] * c), _sigmoid(z_f + p[1] * c)
    c2 = f * c + i * np.tanh(z_g)
    o = _sigmoid(z_o + p[2] * (seen_by_o(c, c2) if seen_by_o else c2))
    return o * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def all_gates_see_the_old_cell(x, h, c, W, b, p):
    """The output gate sees the cell before the step, as one slide says; it sees the new one, c2."""
    return _peeped(x, h, c, W, b, p, seen_by_o=lambda c, _: c)


@misconception(lstm_peephole_step)
def sees_what_would_be_shown(x, h, c, W, b, p):
    """The output gate sees tanh(c2); it sees the cell itself, c2."""
    return _peeped(x, h, c, W, b, p, seen_by_o=lambda _, c2: np.tanh(c2))


@misconception(lstm_peephole_step)
def no_peepholes(x, h, c, W, b, p):
    """The peepholes are never used: this is an ordinary LSTM."""
    return lstm_step(x, h, c, W, b)[:2]


@misconception(lstm_peephole_step)
def output_gate_without_peephole(x, h, c, W, b, p):
    """The output gate has no peephole; its row of p is the last."""
    p = np.array(p, dtype=float)
    p[2] = 0
    return lstm_peephole_step(x, h, c, W, b, p)


@misconception(lstm_peephole_step)
def candidate_with_a_peephole(x, h, c, W, b, p):
    """The last row of p goes to the candidate, which sees no cell; it belongs to the output gate."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    c2 = _sigmoid(z_f + p[1] * c) * c + _sigmoid(z_i + p[0] * c) * np.tanh(z_g + p[2] * c)
    return _sigmoid(z_o) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def candidate_peeps_too(x, h, c, W, b, p):
    """The candidate has a peephole as well; only the three gates have one."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    c2 = _sigmoid(z_f + p[1] * c) * c + _sigmoid(z_i + p[0] * c) * np.tanh(z_g + p[1] * c)
    return _sigmoid(z_o + p[2] * c2) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def every_gate_sees_all_cells(x, h, c, W, b, p):
    """Each gate sees a sum over all cells, c times p as a product of matrices; it sees its own cell only."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    i, f = _sigmoid(z_i + (c @ p[0])[:, None]), _sigmoid(z_f + (c @ p[1])[:, None])
    c2 = f * c + i * np.tanh(z_g)
    return _sigmoid(z_o + (c2 @ p[2])[:, None]) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def peepholes_of_input_and_forget_exchanged(x, h, c, W, b, p):
    """The first row of p is used for the forget gate; the rows are i, f, o."""
    return lstm_peephole_step(x, h, c, W, b, np.asarray(p, dtype=float)[[1, 0, 2]])


@misconception(lstm_peephole_step)
def rows_for_columns(x, h, c, W, b, p):
    """You took the columns of p for the gates; a row belongs to a gate, a column to a cell."""
    return lstm_peephole_step(x, h, c, W, b, np.transpose(p))


@misconception(lstm_peephole_step)
def peephole_behind_the_sigmoid(x, h, c, W, b, p):
    """The product p c is added behind the sigmoid, and a gate can leave 0 to 1; add it to the sum."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    c2 = (_sigmoid(z_f) + p[1] * c) * c + (_sigmoid(z_i) + p[0] * c) * np.tanh(z_g)
    return (_sigmoid(z_o) + p[2] * c2) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def peephole_without_the_cell(x, h, c, W, b, p):
    """The peepholes are added like a bias; each one multiplies the cell that it looks at."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    c2 = _sigmoid(z_f + p[1]) * c + _sigmoid(z_i + p[0]) * np.tanh(z_g)
    return _sigmoid(z_o + p[2]) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def peephole_on_the_hidden_state(x, h, c, W, b, p):
    """The peepholes of i and f look at h, which the gates know already; they look at the cell c."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    h, c, p = _floats(h, c, p)
    c2 = _sigmoid(z_f + p[1] * h) * c + _sigmoid(z_i + p[0] * h) * np.tanh(z_g)
    return _sigmoid(z_o + p[2] * c2) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def input_joined_first(x, h, c, W, b, p):
    """The input stands before the hidden state, [x, h]; the first H rows of W belong to h: [h, x]."""
    return _peeped(x, h, c, W, b, p, first="x")


@misconception(lstm_peephole_step)
def candidate_before_output(x, h, c, W, b, p):
    """Your blocks are i, f, g, o, as in torch; in this course they are i, f, o, g."""
    z_i, z_f, z_g, z_o = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    c2 = _sigmoid(z_f + p[1] * c) * c + _sigmoid(z_i + p[0] * c) * np.tanh(z_g)
    return _sigmoid(z_o + p[2] * c2) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def peephole_overflows(x, h, c, W, b, p):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    z_i, z_f, z_o, z_g = _blocks(x, h, W, b)
    c, p = _floats(c, p)
    i, f = (np.exp(z) / (1 + np.exp(z)) for z in (z_i + p[0] * c, z_f + p[1] * c))
    c2 = f * c + i * np.tanh(z_g)
    e = np.exp(z_o + p[2] * c2)
    return e / (1 + e) * np.tanh(c2), c2


@misconception(lstm_peephole_step)
def cell_changed_in_place(x, h, c, W, b, p):
    """The answer is right, but the new cell was written into the caller's c; make a new array."""
    h2, c2 = lstm_peephole_step(x, h, c, W, b, p)
    (c,) = _floats(c)
    c[:] = c2
    return h2, c2


# ---- coupled gates --------------------------------------------------------------------------------


def _three(x, h, W, b, first="h"):
    """The three blocks of sums, in the order in which they are stored."""
    x, h, W, b = _floats(x, h, W, b)
    return np.split(np.concatenate([h, x] if first == "h" else [x, h], axis=1) @ W + b, 3, axis=1)


def _mixed(z_f, z_o, z_g, c):
    """A coupled step from three sums."""
    f = _sigmoid(z_f)
    c2 = f * np.asarray(c, dtype=float) + (1 - f) * np.tanh(z_g)
    return _sigmoid(z_o) * np.tanh(c2), c2


def _shown(x, h, W, b, c2):
    """The rest of a coupled step, from a cell that may be wrong."""
    return _sigmoid(_three(x, h, W, b)[1]) * np.tanh(c2), c2


@misconception(lstm_coupled_step)
def coupling_turned_round(x, h, c, W, b):
    """The old cell is multiplied by 1 - f; f is what is kept, 1 - f is what is written."""
    z_f, z_o, z_g = _three(x, h, W, b)
    return _mixed(-z_f, z_o, z_g, c)


@misconception(lstm_coupled_step)
def written_whole(x, h, c, W, b):
    """The candidate is added whole; it is multiplied by 1 - f."""
    z_f, _, z_g = _three(x, h, W, b)
    return _shown(x, h, W, b, _sigmoid(z_f) * np.asarray(c, dtype=float) + np.tanh(z_g))


@misconception(lstm_coupled_step)
def written_by_the_forget_gate(x, h, c, W, b):
    """Both are multiplied by f; the candidate gets what is left over, 1 - f."""
    z_f, _, z_g = _three(x, h, W, b)
    return _shown(x, h, W, b, _sigmoid(z_f) * (np.asarray(c, dtype=float) + np.tanh(z_g)))


@misconception(lstm_coupled_step)
def written_by_the_output_gate(x, h, c, W, b):
    """The second block decides what is written, as in an LSTM with four; here it is the output gate."""
    z_f, z_o, z_g = _three(x, h, W, b)
    c2 = _sigmoid(z_f) * np.asarray(c, dtype=float) + _sigmoid(z_o) * np.tanh(z_g)
    return _shown(x, h, W, b, c2)


@misconception(lstm_coupled_step)
def old_cell_kept_whole(x, h, c, W, b):
    """The old cell is added whole; it is multiplied by f."""
    z_f, _, z_g = _three(x, h, W, b)
    return _shown(x, h, W, b, np.asarray(c, dtype=float) + (1 - _sigmoid(z_f)) * np.tanh(z_g))


@misconception(lstm_coupled_step)
def output_before_forget(x, h, c, W, b):
    """You read the blocks as o, f, g; they are f, o, g."""
    z_o, z_f, z_g = _three(x, h, W, b)
    return _mixed(z_f, z_o, z_g, c)


@misconception(lstm_coupled_step)
def candidate_in_the_middle(x, h, c, W, b):
    """You read the blocks as f, g, o, in the order of the slides' steps; they are f, o, g."""
    z_f, z_g, z_o = _three(x, h, W, b)
    return _mixed(z_f, z_o, z_g, c)


@misconception(lstm_coupled_step)
def coupled_candidate_through_a_sigmoid(x, h, c, W, b):
    """The candidate goes through σ like a gate; it goes through tanh, so that content can be negative."""
    z_f, _, z_g = _three(x, h, W, b)
    f = _sigmoid(z_f)
    return _shown(x, h, W, b, f * np.asarray(c, dtype=float) + (1 - f) * _sigmoid(z_g))


@misconception(lstm_coupled_step)
def bare_cell_shown(x, h, c, W, b):
    """The hidden state is o c2; it is o tanh(c2)."""
    _, c2 = lstm_coupled_step(x, h, c, W, b)
    return _sigmoid(_three(x, h, W, b)[1]) * c2, c2


@misconception(lstm_coupled_step)
def state_mixed_for_the_cell(x, h, c, W, b):
    """The forget gate is applied to h; what it keeps is the cell c."""
    return _mixed(*_three(x, h, W, b), h)


@misconception(lstm_coupled_step)
def coupled_input_joined_first(x, h, c, W, b):
    """The input stands before the hidden state, [x, h]; the first H rows of W belong to h: [h, x]."""
    return _mixed(*_three(x, h, W, b, first="x"), c)


@misconception(lstm_coupled_step)
def coupled_bias_dropped(x, h, c, W, b):
    """The biases are never added."""
    return lstm_coupled_step(x, h, c, W, np.zeros(np.shape(b)))


@misconception(lstm_coupled_step)
def coupled_exponential_overflows(x, h, c, W, b):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    z_f, z_o, z_g = _three(x, h, W, b)
    f, o = (np.exp(z) / (1 + np.exp(z)) for z in (z_f, z_o))
    c2 = f * np.asarray(c, dtype=float) + (1 - f) * np.tanh(z_g)
    return o * np.tanh(c2), c2


@misconception(lstm_coupled_step)
def coupled_cell_changed_in_place(x, h, c, W, b):
    """The answer is right, but `c *= f` changed the array of the caller; `f * c` makes a new one."""
    h2, c2 = lstm_coupled_step(x, h, c, W, b)
    (c,) = _floats(c)
    c[:] = c2
    return h2, c2


# ---- the GRU --------------------------------------------------------------------------------------


def _two_gates(x, h, Wr, Wz, Wc, first="h"):
    """Everything as float arrays, [h, x], r and z."""
    x, h, Wr, Wz, Wc = _floats(x, h, Wr, Wz, Wc)
    joined = np.concatenate([h, x] if first == "h" else [x, h], axis=1)
    return x, h, Wc, _sigmoid(joined @ Wr), _sigmoid(joined @ Wz)


def _candidate(x, h, Wc):
    """The candidate of a state that has been reset."""
    return np.tanh(np.concatenate([h, x], axis=1) @ Wc)


@misconception(gru_step)
def update_as_in_torch(x, h, Wr, Wz, Wc):
    """Old state and candidate have each other's share, as in torch; here it is (1 - z) h + z n."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return z * h + (1 - z) * _candidate(x, r * h, Wc)


@misconception(gru_step)
def reset_behind_the_product(x, h, Wr, Wz, Wc):
    """You apply r to the product of h and its weights, as in torch; here r h goes into the product."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    H = h.shape[1]
    return (1 - z) * h + z * np.tanh(r * (h @ Wc[:H]) + x @ Wc[H:])


@misconception(gru_step)
def exactly_as_in_torch(x, h, Wr, Wz, Wc):
    """This is the GRU of torch in both respects: z keeps the old state, and r comes after the product.

    Here it is (1 - z) h + z n, and r h goes into the product.
    """
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    H = h.shape[1]
    return z * h + (1 - z) * np.tanh(r * (h @ Wc[:H]) + x @ Wc[H:])


@misconception(gru_step)
def never_reset(x, h, Wr, Wz, Wc):
    """The reset gate is never used; the candidate sees r h, not h."""
    x, h, Wc, _, z = _two_gates(x, h, Wr, Wz, Wc)
    return (1 - z) * h + z * _candidate(x, h, Wc)


@misconception(gru_step)
def reset_and_update_exchanged(x, h, Wr, Wz, Wc):
    """The two gates have changed places: r belongs into the candidate, z into the last line."""
    return gru_step(x, h, Wz, Wr, Wc)


@misconception(gru_step)
def reset_turned_round(x, h, Wr, Wz, Wc):
    """The candidate sees (1 - r) h; a reset gate of 1 lets everything through, whatever its name says."""
    return gru_step(x, h, -np.asarray(Wr, dtype=float), Wz, Wc)


@misconception(gru_step)
def input_in_front(x, h, Wr, Wz, Wc):
    """The input stands before the hidden state; the first H rows of the weights belong to h: [h, x]."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc, first="x")
    return (1 - z) * h + z * np.tanh(np.concatenate([x, r * h], axis=1) @ Wc)


@misconception(gru_step)
def new_candidate_through_a_sigmoid(x, h, Wr, Wz, Wc):
    """The candidate goes through σ like a gate; it goes through tanh."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return (1 - z) * h + z * _sigmoid(np.concatenate([r * h, x], axis=1) @ Wc)


@misconception(gru_step)
def new_candidate_without_tanh(x, h, Wr, Wz, Wc):
    """The candidate is the bare sum; it goes through tanh."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return (1 - z) * h + z * (np.concatenate([r * h, x], axis=1) @ Wc)


@misconception(gru_step)
def old_state_forgotten(x, h, Wr, Wz, Wc):
    """Only z n comes back; the share of the old state, (1 - z) h, is missing."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return z * _candidate(x, r * h, Wc)


@misconception(gru_step)
def old_state_added_whole(x, h, Wr, Wz, Wc):
    """The old state is added whole; it is multiplied by 1 - z."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return h + z * _candidate(x, r * h, Wc)


@misconception(gru_step)
def reset_state_carried_on(x, h, Wr, Wz, Wc):
    """The last line mixes the candidate with r h; it has h, only the candidate sees the reset state."""
    x, h, Wc, r, z = _two_gates(x, h, Wr, Wz, Wc)
    return (1 - z) * r * h + z * _candidate(x, r * h, Wc)


@misconception(gru_step)
def shown_through_tanh(x, h, Wr, Wz, Wc):
    """The new state goes through tanh once more; a GRU has no output to bend."""
    return np.tanh(gru_step(x, h, Wr, Wz, Wc))


@misconception(gru_step)
def both_gates_through_tanh(x, h, Wr, Wz, Wc):
    """The gates go through tanh; they lie between 0 and 1, so they go through σ."""
    x, h, Wr, Wz, Wc = _floats(x, h, Wr, Wz, Wc)
    joined = np.concatenate([h, x], axis=1)
    r, z = np.tanh(joined @ Wr), np.tanh(joined @ Wz)
    return (1 - z) * h + z * _candidate(x, r * h, Wc)


@misconception(gru_step)
def gates_that_overflow(x, h, Wr, Wz, Wc):
    """The sigmoid is e^z / (1 + e^z), which is ∞/∞ for large z; write it so that e is raised to -|z| only."""
    x, h, Wr, Wz, Wc = _floats(x, h, Wr, Wz, Wc)
    joined = np.concatenate([h, x], axis=1)
    r, z = (np.exp(a) / (1 + np.exp(a)) for a in (joined @ Wr, joined @ Wz))
    return (1 - z) * h + z * _candidate(x, r * h, Wc)


@misconception(gru_step)
def state_reset_in_place(x, h, Wr, Wz, Wc):
    """The answer is right, but `h *= r` changed the array of the caller; `r * h` makes a new one."""
    answer = gru_step(x, h, Wr, Wz, Wc)
    _, h, _, r, _ = _two_gates(x, h, Wr, Wz, Wc)
    h *= r
    return answer


# ---- gradients that fade --------------------------------------------------------------------------


def _jacobians(Whh, hs):
    """The matrix of each step, in the order of the steps."""
    Whh, hs = _floats(Whh, hs)
    return [np.diag(1 - h**2) @ Whh.T for h in hs]


def _chained(matrices, size):
    """Their product, later ones on the left."""
    product = np.eye(size)
    for matrix in matrices:
        product = matrix @ product
    return product


@misconception(gradient_norm_through_time)
def later_steps_on_the_right(Whh, hs):
    """Your product has the first step on the left; the chain rule puts the last one there."""
    return float(np.linalg.norm(_chained(_jacobians(Whh, hs)[::-1], len(Whh)), 2))


@misconception(gradient_norm_through_time)
def slopes_left_out(Whh, hs):
    """The slopes of tanh are missing: this is the norm of a power of Whh."""
    return float(np.linalg.norm(np.linalg.matrix_power(np.asarray(Whh, dtype=float), len(hs)), 2))


@misconception(gradient_norm_through_time)
def slopes_not_squared(Whh, hs):
    """Your slopes are 1 - h; the slope of tanh is 1 - h²."""
    Whh, hs = _floats(Whh, hs)
    return float(np.linalg.norm(_chained([np.diag(1 - h) @ Whh.T for h in hs], len(Whh)), 2))


@misconception(gradient_norm_through_time)
def matrix_not_transposed(Whh, hs):
    """You multiply the slopes into Whh; it is Whhᵀ whose row j makes the entry j of the new state."""
    Whh, hs = _floats(Whh, hs)
    return float(np.linalg.norm(_chained([np.diag(1 - h**2) @ Whh for h in hs], len(Whh)), 2))


@misconception(gradient_norm_through_time)
def root_of_all_squares(Whh, hs):
    """This is the root of the sum of all squares, NumPy's norm unless told otherwise; we want norm(P, 2)."""
    return float(np.linalg.norm(_chained(_jacobians(Whh, hs), len(Whh))))


@misconception(gradient_norm_through_time)
def norms_multiplied(Whh, hs):
    """You multiplied the norms of the steps, which is a bound; the norm of the product is wanted."""
    return float(np.prod([np.linalg.norm(J, 2) for J in _jacobians(Whh, hs)]))


@misconception(gradient_norm_through_time)
def largest_eigenvalue(Whh, hs):
    """This is the largest eigenvalue; how far a vector can be stretched is the largest singular value."""
    return float(np.max(np.abs(np.linalg.eigvals(_chained(_jacobians(Whh, hs), len(Whh))))))


@misconception(gradient_norm_through_time)
def smallest_singular_value(Whh, hs):
    """This is the smallest singular value; the norm is the largest."""
    return float(np.linalg.norm(_chained(_jacobians(Whh, hs), len(Whh)), -2))


@misconception(gradient_norm_through_time)
def first_row_taken_for_h0(Whh, hs):
    """You left out the first row of hs, as if it were h_0; it is h_1 and has a step of its own."""
    return float(np.linalg.norm(_chained(_jacobians(Whh, hs)[1:], len(Whh)), 2))


@misconception(gradient_norm_through_time)
def last_row_left_out(Whh, hs):
    """The last row of hs is left out; every row is one step."""
    return float(np.linalg.norm(_chained(_jacobians(Whh, hs)[:-1], len(Whh)), 2))


@misconception(gradient_norm_through_time)
def columns_taken_for_steps(Whh, hs):
    """You took the columns of hs for the steps; a row holds the state of one step."""
    return gradient_norm_through_time(Whh, np.transpose(hs))


@misconception(gradient_norm_through_time)
def states_squared_in_place(Whh, hs):
    """The answer is right, but the slopes were written into the caller's hs; make a new array."""
    answer = gradient_norm_through_time(Whh, hs)
    (hs,) = _floats(hs)
    hs *= -hs
    hs += 1
    return answer
