"""Hidden checks of recurrent networks: inputs only. What is right, the reference says.

Sequences, steps, inputs and cells differ in number unless a check makes them equal on purpose. Biases
differ from block to block, and states are not zero unless the check says so. Every check of the LSTM leaves
the cache aside, and its backward step is given the cache of the reference. A sum of 50 opens a gate
completely (1 - 2e-22) and overflows in no form of the sigmoid; ±1000 has checks of its own.

Libraries disagree on whether o or g comes first, and who follows another one has it wrong everywhere.
So that one such mistake does not cost all the rest as well, many checks tie these two blocks: their weights
and biases are equal, and which is which makes no difference.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import (
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

# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(atol=1e-5)


def _biases_of(rng, size):
    """Biases of either sign, none of them small."""
    return rng.choice([-1.0, 1.0], size=size) * rng.uniform(0.2, 1.0, size=size)


def _simple(rng, N, D, H):
    """Arguments of one simple step: x, h, Wxh, Whh and b."""
    h = np.tanh(rng.normal(size=(N, H)))
    Wxh, Whh = rng.normal(size=(D, H)) / np.sqrt(D), rng.normal(size=(H, H)) / np.sqrt(H)
    return rng.normal(size=(N, D)), h, Wxh, Whh, 0.5 * _biases_of(rng, H)


def _sequence(rng, N, T, D, H):
    """Arguments of a way back: X, h0, Wxh, Whh, b and dH."""
    _, h0, Wxh, Whh, b = _simple(rng, N, D, H)
    return rng.normal(size=(N, T, D)), h0, Wxh, Whh, b, rng.normal(size=(N, T, H))


def _loss(X, h0, Wxh, Whh, b, dH):
    """A loss with the gradient dH by the hidden states: their sum, weighted with dH."""
    E, h = 0.0, h0
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, Wxh, Whh, b)
        E += np.sum(dH[:, t] * h)
    return E


def _cell(rng, N, D, H):
    """Arguments of one step of an LSTM: x, h, c, W and b."""
    h = np.tanh(rng.normal(size=(N, H)))
    W = rng.normal(size=(H + D, 4 * H)) / np.sqrt(H + D)
    b = rng.choice([-1.0, 1.0], size=4 * H) * rng.uniform(0.2, 1.0, size=4 * H)
    return rng.normal(size=(N, D)), h, rng.normal(size=(N, H)), W, b


def _coupled(rng, N, D, H):
    """The same with three blocks."""
    x, h, c, W, b = _cell(rng, N, D, H)
    return x, h, c, W[:, H:], b[H:]


def _tied(arguments):
    """The same arguments, the last two blocks of W and b being equal: o and g, whichever comes first."""
    x, h, c, W, b = arguments
    H, W, b = np.shape(h)[1], np.array(W), np.array(b)
    W[:, -H:], b[-H:] = W[:, -2 * H : -H], b[-2 * H : -H]
    return x, h, c, W, b


def _gru(rng, N, D, H):
    """Arguments of one step of a GRU: x, h, Wr, Wz and Wc."""
    Wr, Wz, Wc = 1.5 * rng.normal(size=(3, H + D, H)) / np.sqrt(H + D)
    return rng.normal(size=(N, D)), np.tanh(rng.normal(size=(N, H))), Wr, Wz, Wc


def _way_back(rng, N, D, H):
    """Arguments of one step back: dh, dc and the cache of a step forward."""
    return rng.normal(size=(N, H)), rng.normal(size=(N, H)), lstm_step(*_cell(rng, N, D, H))[2]


def _tied_way_back(rng, N, D, H):
    """The same after a step with o and g tied."""
    return rng.normal(size=(N, H)), rng.normal(size=(N, H)), lstm_step(*_tied(_cell(rng, N, D, H)))[2]


def _in_either_order(answer):
    """Gradients of a step back; of the blocks of o and g in dW and db the sum, whichever comes first."""
    *states, dW, db = answer
    blocks = [np.split(np.asarray(grad), 4, axis=-1) for grad in (dW, db)]
    return states, [(i, f, np.add(o, g)) for i, f, o, g in blocks]


def _biases(i, f, o, g):
    """The four blocks in the order of the course."""
    return np.concatenate([i, f, o, g])


def _logit(p):
    """The sum for which a gate opens as far as p."""
    return np.log(p / (1 - p))


# ---- one simple step ------------------------------------------------------------------------------


@check(rnn_step)
def a_simple_step(rng):
    """One step of a few sequences."""
    return _simple(rng, N=5, D=3, H=4)


@check(rnn_step)
def a_square_step(rng):
    """As many inputs as cells as sequences: nothing is transposed or exchanged."""
    return _simple(rng, N=3, D=3, H=3)


@check(rnn_step)
def a_step_of_a_single_cell(rng):
    """One sequence, one input and one cell keep two axes."""
    return _simple(rng, N=1, D=1, H=1)


@check(rnn_step)
def a_step_from_nothing(rng):
    """From the state 0 only the input and the biases speak."""
    x, h, Wxh, Whh, b = _simple(rng, N=4, D=2, H=3)
    return {"x": x, "h": 0 * h, "Wxh": Wxh, "Whh": Whh, "b": b}


@check(rnn_step)
def a_step_without_input(rng):
    """With the input 0 only the state and the biases speak."""
    x, *rest = _simple(rng, N=4, D=2, H=3)
    return 0 * x, *rest


@scenario(rnn_step)
def steps_in_a_row(rnn_step, rng):
    """Six steps, each from the state that the one before it left."""
    x, h, Wxh, Whh, b = _simple(rng, N=3, D=2, H=4)
    shown = []
    for _ in range(6):
        h = rnn_step(x, h, Wxh, Whh, b)
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown


@check(rnn_step, forbids=("warnings",))
def a_simple_step_with_large_sums(rng):
    """Sums of ±1000 give states of ±1, without a warning and without nan; the other cells go on as ever."""
    x, h, Wxh, Whh, b = _simple(rng, N=4, D=3, H=5)
    return x, h, Wxh, Whh, np.concatenate([rng.permutation([1e3, -1e3]), b[2:]])


@scenario(rnn_step, forbids=("mutation",))
def simple_state_left_alone(rnn_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    x, h, Wxh, Whh, b = _simple(rng, N=3, D=2, H=2)
    whole = [rng.integers(-2, 3, size=array.shape).tolist() for array in (x, h, Wxh, Whh)]
    return rnn_step(*whole, b), rnn_step(x, h, Wxh, Whh, b)


# ---- back through time ----------------------------------------------------------------------------


@check(rnn_bptt)
def a_single_step_back(rng):
    """Sequences of one step: there is no time to go through yet."""
    return _sequence(rng, N=4, T=1, D=3, H=2)


@check(rnn_bptt)
def two_steps_back(rng):
    """Sequences of two steps: two gradients meet at the first state."""
    return _sequence(rng, N=4, T=2, D=3, H=5)


@check(rnn_bptt)
def several_steps_back(rng):
    """Sequences of five steps."""
    return _sequence(rng, N=3, T=5, D=2, H=4)


@check(rnn_bptt)
def as_many_steps_as_sequences(rng):
    """As many sequences as steps as inputs as cells: nothing is transposed or exchanged."""
    return _sequence(rng, N=3, T=3, D=3, H=3)


@check(rnn_bptt)
def loss_at_the_end_only(rng):
    """Only the last state stands in the loss, and the weights of all steps hear of it."""
    *rest, dH = _sequence(rng, N=3, T=4, D=2, H=3)
    dH[:, :-1] = 0
    return *rest, dH


@check(rnn_bptt)
def loss_at_the_beginning_only(rng):
    """Only the first state stands in the loss, and no later step matters."""
    *rest, dH = _sequence(rng, N=3, T=4, D=2, H=3)
    dH[:, 1:] = 0
    return *rest, dH


@check(rnn_bptt)
def one_sequence_of_one_cell(rng):
    """One sequence, one input, one cell, four steps, from the state 0."""
    X, h0, *rest = _sequence(rng, N=1, T=4, D=1, H=1)
    return X, 0 * h0, *rest


@scenario(rnn_bptt, compare=IN_SINGLE)
def sequences_added_up(rnn_bptt, rng):
    """The gradients of a batch are the sums of those of its sequences; each first state has its own."""
    X, h0, Wxh, Whh, b, dH = _sequence(rng, N=3, T=3, D=2, H=2)
    alone = [rnn_bptt(X[n : n + 1], h0[n : n + 1], Wxh, Whh, b, dH[n : n + 1]) for n in range(3)]
    return alone, rnn_bptt(X, h0, Wxh, Whh, b, dH)


@scenario(rnn_bptt, compare=IN_SINGLE)
def small_pushes(rnn_bptt, rng):
    """Pushing weights, biases or first states a little changes the loss by gradient times push."""
    X, *variables, dH = _sequence(rng, N=3, T=4, D=2, H=3)  # h0, Wxh, Whh, b
    dWxh, dWhh, db, dh0 = rnn_bptt(X, *variables, dH)
    off, small = [], 1e-5
    for k, grad in enumerate((dh0, dWxh, dWhh, db)):
        push = rng.uniform(-1, 1, size=variables[k].shape)
        ends = []
        for side in (small, -small):
            moved = list(variables)
            moved[k] = moved[k] + side * push
            ends.append(_loss(X, *moved, dH))
        off.append(np.sum(np.multiply(grad, push)) - (ends[0] - ends[1]) / (2 * small))
    return off


@scenario(rnn_bptt, forbids=("mutation",))
def sequence_left_alone(rnn_bptt, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, h0, Wxh, Whh, b, dH = _sequence(rng, N=2, T=3, D=2, H=2)
    whole = rng.integers(-1, 2, size=X.shape).tolist()
    signs = rng.integers(-2, 3, size=dH.shape).tolist()
    ones = rng.integers(-1, 2, size=Whh.shape).tolist()
    return rnn_bptt(whole, h0, Wxh, ones, b, signs), rnn_bptt(X, h0, Wxh, Whh, b, dH)


# ---- cut every K steps ----------------------------------------------------------------------------


@check(truncated_bptt)
def pieces_of_one_length(rng):
    """Six steps in pieces of two."""
    return *_sequence(rng, N=3, T=6, D=2, H=4), 2


@check(truncated_bptt)
def a_shorter_last_piece(rng):
    """Seven steps in pieces of three: the last piece has one step only, and it counts."""
    return *_sequence(rng, N=3, T=7, D=2, H=4), 3


@check(truncated_bptt)
def one_step_a_piece(rng):
    """With K = 1 nothing goes back in time, but the state goes on."""
    return *_sequence(rng, N=3, T=4, D=2, H=3), 1


@check(truncated_bptt)
def a_piece_as_long_as_the_sequence(rng):
    """With K = T nothing is cut."""
    return *_sequence(rng, N=3, T=4, D=2, H=3), 4


@check(truncated_bptt)
def a_piece_longer_than_the_sequence(rng):
    """With K larger than T nothing is cut either."""
    names = ("X", "h0", "Wxh", "Whh", "b", "dH")
    return {**dict(zip(names, _sequence(rng, N=3, T=4, D=2, H=3), strict=True)), "K": int(rng.integers(5, 9))}


@check(truncated_bptt)
def loss_behind_the_border(rng):
    """Only the last piece stands in the loss: the first state hears nothing of it."""
    *rest, dH = _sequence(rng, N=3, T=5, D=2, H=3)
    dH[:, :3] = 0
    return *rest, dH, 3


@check(truncated_bptt)
def loss_before_the_border(rng):
    """Only the first piece stands in the loss."""
    *rest, dH = _sequence(rng, N=3, T=5, D=2, H=3)
    dH[:, 2:] = 0
    return *rest, dH, 2


@scenario(truncated_bptt, forbids=("mutation",))
def pieces_left_alone(truncated_bptt, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, h0, Wxh, Whh, b, dH = _sequence(rng, N=2, T=3, D=2, H=2)
    whole = rng.integers(-1, 2, size=X.shape).tolist()
    signs = rng.integers(-2, 3, size=dH.shape).tolist()
    zeros = np.zeros(h0.shape, dtype=int).tolist()
    return truncated_bptt(whole, zeros, Wxh, Whh, b, signs, 2), truncated_bptt(X, h0, Wxh, Whh, b, dH, 2)


# ---- letters --------------------------------------------------------------------------------------


def _letters(rng, letters, size):
    """A text of so many letters, each of the alphabet at least once where there is room."""
    more = rng.choice(list(letters), size=max(size - len(letters), 0))
    return "".join(rng.permutation([*letters, *more])[:size])


@check(encode)
def a_word(rng):
    """A word over the four letters of the lecture, in any order."""
    return _letters(rng, "helo", 7), "".join(rng.permutation(list("helo")))


@check(encode)
def a_sentence(rng):
    """Small and capital letters, a blank and a full stop are letters like any other."""
    return {"text": _letters(rng, "aAbB .", 30), "vocab": "".join(rng.permutation(list("aAbBcC .")))}


@check(encode)
def letters_never_used(rng):
    """A vocabulary with many letters that the text does not have."""
    return _letters(rng, "tune", 6), "".join(rng.permutation(list("abcdefghijklmnopqrstuvwxyz")))


@check(encode)
def two_letters(rng):
    """A text of two letters is one guess."""
    return "".join(rng.choice(list("xyz"), size=2, replace=False)), "".join(rng.permutation(list("wxyz")))


@check(encode)
def one_letter(rng):
    """After a single letter there is nothing to guess: both arrays are empty."""
    return str(rng.choice(list("abc"))), "abc"


def _guesses(rng, N, T, V):
    """Scores and right letters, every letter right at least once where there is room."""
    letters = np.concatenate([np.arange(V), rng.integers(0, V, size=N * T)])[: N * T]
    return rng.uniform(-3, 3, size=(N, T, V)), rng.permutation(letters).reshape(N, T)


@check(char_lm_loss)
def a_batch_of_texts(rng):
    """Three texts of five letters: the mean of what each guess costs."""
    return _guesses(rng, N=3, T=5, V=4)


@check(char_lm_loss)
def as_many_texts_as_letters(rng):
    """As many texts as steps as letters of the vocabulary: each axis has its own meaning."""
    return _guesses(rng, N=4, T=4, V=4)


@check(char_lm_loss)
def a_single_guess(rng):
    """One text, one step."""
    return {"logits": rng.uniform(-3, 3, size=(1, 1, 5)), "targets": rng.integers(0, 5, size=(1, 1))}


@scenario(char_lm_loss)
def texts_of_any_length(char_lm_loss, rng):
    """The same texts a second time, below or behind, change nothing: all guesses count alike."""
    logits, targets = _guesses(rng, N=2, T=3, V=4)
    pairs = [([logits] * 2, [targets] * 2, axis) for axis in (0, 1)]
    twice = [char_lm_loss(np.concatenate(v, axis), np.concatenate(t, axis)) for v, t, axis in pairs]
    return twice, char_lm_loss(logits, targets)


@scenario(char_lm_loss)
def who_knows_nothing(char_lm_loss, rng):
    """Who gives every letter the same score pays log V, whatever is right."""
    V = int(rng.integers(5, 30))
    return char_lm_loss(np.full((2, 3, V), rng.normal()), rng.integers(0, V, size=(2, 3)))


@scenario(char_lm_loss)
def scores_raised_step_by_step(char_lm_loss, rng):
    """Raising all scores of one step by the same number changes nothing."""
    logits, targets = _guesses(rng, N=2, T=3, V=4)
    return char_lm_loss(logits + rng.uniform(-2, 2, size=(2, 3, 1)), targets), char_lm_loss(logits, targets)


@check(char_lm_loss, forbids=("warnings",))
def guesses_with_scores_of_a_thousand(rng):
    """Scores around 1000 at one step, around -1000 at another: no nan and no warning."""
    logits = rng.integers(-16, 17, size=(2, 3, 4)) / 8.0 + rng.permutation([1e3, 0.0, -1e3])[:, None]
    return logits, rng.integers(0, 4, size=(2, 3))


@check(char_lm_loss, forbids=("warnings",))
def sure_of_the_wrong_letter(rng):
    """A right letter 1000 below the best one costs 1000, and no warning."""
    logits, targets = np.zeros((2, 2, 3)), rng.integers(0, 3, size=(2, 2))
    logits[1, 0, targets[1, 0]] = -1000 + rng.integers(-16, 17) / 8.0
    return logits, targets


@scenario(char_lm_loss, forbids=("mutation",))
def guesses_left_alone(char_lm_loss, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    logits, targets = _guesses(rng, N=2, T=3, V=4)
    whole = rng.integers(-3, 4, size=(2, 3, 4)).tolist()
    return char_lm_loss(whole, targets.tolist()), char_lm_loss(logits, targets)


def _sixteenths(rng, V, zeros=()):
    """Probabilities in sixteenths, so that their sums are exact; those in `zeros` are 0."""
    p = np.zeros(V)
    some = [k for k in range(V) if k not in zeros]
    p[some] = 1.0 + rng.multinomial(16 - len(some), np.full(len(some), 1 / len(some)))
    return p / 16.0


@scenario(sample_char)
def numbers_from_0_to_1(sample_char, rng):
    """Twelve random numbers, from small to large, draw letters from the first to the last."""
    p = _sixteenths(rng, 5)
    return [sample_char(p, (k + 0.5 * rng.uniform()) / 12 + 1e-4) for k in range(12)]


@scenario(sample_char, compare=close(rtol=0, atol=1e-9))
def as_often_as_it_should(sample_char, rng):
    """Of 32 evenly spread numbers, each letter gets its share."""
    p = _sixteenths(rng, 4)
    drawn = [int(sample_char(p, (k + 0.5) / 32)) for k in range(32)]
    return np.bincount(drawn, minlength=4) / 32 - p


@scenario(sample_char)
def numbers_on_a_border(sample_char, rng):
    """A number exactly at the end of one letter's piece belongs to the next letter."""
    p = _sixteenths(rng, 5)
    return [sample_char(p, float(end)) for end in np.cumsum(p)[:-1]]


@scenario(sample_char)
def letters_that_cannot_be(sample_char, rng):
    """Letters of probability 0, the first one and one in the middle, are never drawn, nor by u = 0."""
    p = _sixteenths(rng, 5, zeros=(0, int(rng.integers(2, 4))))
    return [sample_char(p, u) for u in (0.0, *(float(end) for end in np.cumsum(p)[:-1]))]


@scenario(sample_char)
def hardly_below_one(sample_char, rng):
    """Ten times 0.1 falls short of 1 by rounding: the largest number below 1 draws the last of the ten."""
    p = np.concatenate([np.zeros(rng.integers(1, 6)), np.full(10, 0.1)])
    return sample_char(p, float(np.nextafter(1.0, 0.0)))


@scenario(sample_char, forbids=("mutation",))
def probabilities_left_alone(sample_char, rng):
    """A list is as good as an array, and what you are given is the same after the call."""
    p = rng.permutation([8, 3, 2, 1, 1, 1]) / 16
    return [sample_char(given, (k + 0.5) / 8) for given in (p.tolist(), p) for k in range(8)]


# ---- the LSTM, ordinary steps ---------------------------------------------------------------------


@scenario(lstm_step)
def one_step(lstm_step, rng):
    """One step of a few sequences: hidden state and cell are both right."""
    return lstm_step(*_cell(rng, N=5, D=3, H=4))[:2]


@scenario(lstm_step)
def as_many_inputs_as_cells(lstm_step, rng):
    """As many inputs as cells as sequences: the hidden state still comes first, and nothing is transposed."""
    return lstm_step(*_tied(_cell(rng, N=3, D=3, H=3)))[:2]


@scenario(lstm_step)
def more_inputs_than_cells(lstm_step, rng):
    """A wide input drives a few cells."""
    return lstm_step(*_tied(_cell(rng, N=4, D=7, H=2)))[:2]


@scenario(lstm_step)
def a_single_cell(lstm_step, rng):
    """One sequence, one input and one cell keep two axes."""
    return lstm_step(*_tied(_cell(rng, N=1, D=1, H=1)))[:2]


@scenario(lstm_step)
def the_first_step(lstm_step, rng):
    """From an empty state, h = 0 and c = 0, only the input and the biases speak."""
    x, h, c, W, b = _tied(_cell(rng, N=4, D=3, H=2))
    return lstm_step(x, 0 * h, 0 * c, W, b)[:2]


@scenario(lstm_step, compare=close(rtol=1e-5))
def a_sequence(lstm_step, rng):
    """Seven steps, each from the state that the one before it left, end where ours end."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=4))
    shown = []
    for _ in range(7):
        h, c = lstm_step(x, h, c, W, b)[:2]
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown, c


@scenario(lstm_step)
def sequences_side_by_side(lstm_step, rng):
    """The sequences of a batch do not see each other: alone, the second one takes the same step."""
    x, h, c, W, b = _tied(_cell(rng, N=4, D=2, H=3))
    return lstm_step(x, h, c, W, b)[:2], lstm_step(x[1:2], h[1:2], c[1:2], W, b)[:2]


# ---- the LSTM, its gates --------------------------------------------------------------------------


@scenario(lstm_step)
def gates_set_by_the_biases(lstm_step, rng):
    """Without weights, each gate opens exactly as far as its own bias says."""
    x, h, c, W, _ = _cell(rng, N=2, D=2, H=3)
    i, f, o = rng.permutation(np.linspace(0.1, 0.9, 9)).reshape(3, 3)
    b = _biases(_logit(i), _logit(f), _logit(o), rng.uniform(0.5, 1.5, size=3))
    return lstm_step(x, h, c, 0 * W, b)[:2]


@scenario(lstm_step)
def memory_kept(lstm_step, rng):
    """Twenty steps with the forget gate open and the input gate shut leave the cell exactly as it was."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=4))
    b[:8] = np.repeat([-50.0, 50.0], 4)  # i, f
    for _ in range(20):
        h, c = lstm_step(x, h, c, W, b)[:2]
        x = rng.normal(size=(3, 2))
    return h, c


@scenario(lstm_step)
def memory_overwritten(lstm_step, rng):
    """With the forget gate shut and the input gate open, the candidate takes the place of the old content."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=4))
    b[:8] = np.repeat([50.0, -50.0], 4)  # i, f
    return lstm_step(x, h, c, W, b)[:2]


@scenario(lstm_step)
def memory_hidden(lstm_step, rng):
    """With the output gate shut nothing is shown, and the cell goes on all the same."""
    x, h, c, W, _ = _cell(rng, N=3, D=2, H=4)
    i, f = rng.uniform(0.2, 0.8, size=(2, 4))
    b = _biases(_logit(i), _logit(f), np.full(4, -50.0), rng.normal(size=4))
    return lstm_step(x, h, c, W, b)[:2]


@scenario(lstm_step)
def large_content(lstm_step, rng):
    """The cell may grow far beyond 1; what is shown of it stays between -1 and 1."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=4))
    return lstm_step(x, h, 6 * c, W, b)[:2]


@scenario(lstm_step, forbids=("warnings",))
def sums_of_a_thousand(lstm_step, rng):
    """Sums of ±1000 open or shut the gates completely, without a warning and without nan."""
    _, h, c, _, b = _cell(rng, N=4, D=1, H=2)
    W = np.zeros((3, 8))
    f, o = rng.permuted([[1e3, -1e3]] * 2, axis=1)  # g is tied to o
    W[2] = rng.choice([-1, 1]) * rng.uniform(0.9, 1.1) * np.concatenate([[1e3, 1e3], f, o, o])
    return lstm_step(np.array([[1.0], [-1.0], [1.0], [-1.0]]), h, c, W, b)[:2]


# ---- the LSTM, its manners ------------------------------------------------------------------------


@scenario(lstm_step)
def whole_numbers_in_lists(lstm_step, rng):
    """Lists of whole numbers are taken as well as arrays, and nothing is rounded to whole numbers."""
    x, h, c = rng.integers(1, 4, size=(3, 3, 2)).tolist()
    W, b = np.zeros((4, 8), dtype=int).tolist(), [50] * 8  # all gates open: c2 is c + 1, whatever the order
    return lstm_step(x, h, c, W, b)[:2]


@scenario(lstm_step, forbids=("mutation",))
def state_left_alone(lstm_step, rng):
    """The input, both states, the weights and the biases are the same after the call."""
    x, h, c, W, _ = _cell(rng, N=3, D=2, H=2)
    return lstm_step(x, h, c, W, np.full(8, 50.0))[:2]


# ---- the LSTM, backwards --------------------------------------------------------------------------


@check(lstm_backward_step)
def one_step_back(rng):
    """One step back for a few sequences."""
    return _way_back(rng, N=5, D=3, H=4)


@check(lstm_backward_step)
def a_square_step_back(rng):
    """As many inputs as cells as sequences: nothing is transposed or exchanged."""
    return _way_back(rng, N=3, D=3, H=3)


@scenario(lstm_backward_step)
def many_inputs_back(lstm_backward_step, rng):
    """A wide input and a few cells."""
    return _in_either_order(lstm_backward_step(*_tied_way_back(rng, N=2, D=6, H=2)))


@scenario(lstm_backward_step)
def a_single_cell_back(lstm_backward_step, rng):
    """One sequence, one input and one cell keep two axes."""
    return _in_either_order(lstm_backward_step(*_tied_way_back(rng, N=1, D=1, H=1)))


@scenario(lstm_backward_step)
def nothing_from_the_next_step(lstm_backward_step, rng):
    """At the last step of a sequence, dc is 0 and all comes through h2."""
    dh, dc, cache = _tied_way_back(rng, N=4, D=2, H=3)
    return _in_either_order(lstm_backward_step(dh=dh, dc=0 * dc, cache=cache))


@scenario(lstm_backward_step)
def nothing_shown(lstm_backward_step, rng):
    """With dh = 0, all comes through the cell."""
    dh, dc, cache = _tied_way_back(rng, N=4, D=2, H=3)
    return _in_either_order(lstm_backward_step(0 * dh, dc, cache))


@scenario(lstm_backward_step, compare=IN_SINGLE)
def the_conveyor_belt(lstm_backward_step, rng):
    """Forget gate open, the others shut: ten steps back, the gradient by the cell is what it was."""
    x, h, c, W, _ = _cell(rng, N=3, D=2, H=2)
    gates = np.full(2, -50.0), np.full(2, 50.0), np.full(2, -50.0)
    cache = lstm_step(x, h, c, 0 * W, _biases(*gates, rng.normal(size=2)))[2]
    dc = begin = rng.normal(size=(3, 2))
    for _ in range(10):
        dc = lstm_backward_step(np.zeros((3, 2)), dc, cache)[2]
    return np.subtract(dc, begin)


@scenario(lstm_backward_step)
def three_steps_back(lstm_backward_step, rng):
    """Three steps back, each with what the one before it handed on, and a share for the weights each time."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=3))
    caches = []
    for _ in range(3):
        h, c, cache = lstm_step(x, h, c, W, b)
        caches.append(cache)
        x = rng.normal(size=(3, 2))
    dh, dc, shares = rng.normal(size=(3, 3)), np.zeros((3, 3)), []
    for cache in reversed(caches):
        back = lstm_backward_step(dh, dc, cache)
        _, dh, dc, *_ = back
        shares.append(_in_either_order(back))
    return shares


@scenario(lstm_backward_step, compare=IN_SINGLE)
def small_pushes_of_a_step(lstm_backward_step, rng):
    """Pushing input, states, weights or biases a little changes the loss by gradient times push."""
    arguments = _cell(rng, N=3, D=2, H=2)
    dh, dc = rng.normal(size=(2, 3, 2))
    off, small = [], 1e-5
    for k, grad in enumerate(lstm_backward_step(dh, dc, lstm_step(*arguments)[2])):
        push = rng.uniform(-1, 1, size=arguments[k].shape)
        ends = []
        for side in (small, -small):
            h2, c2, _ = lstm_step(*(a + side * push if j == k else a for j, a in enumerate(arguments)))
            ends.append(np.sum(h2 * dh) + np.sum(c2 * dc))
        off.append(np.sum(np.multiply(grad, push)) - (ends[0] - ends[1]) / (2 * small))
    return off


@scenario(lstm_backward_step, forbids=("mutation",))
def gradients_left_alone(lstm_backward_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    dh, dc, cache = _tied_way_back(rng, N=3, D=2, H=2)
    whole = rng.integers(-3, 4, size=(2, 3, 2)).tolist()
    return [_in_either_order(lstm_backward_step(*given, cache)) for given in (whole, (dh, dc))]


# ---- peepholes ------------------------------------------------------------------------------------


@check(lstm_peephole_step)
def a_step_with_peepholes(rng):
    """One step of a few sequences."""
    return *_cell(rng, N=5, D=3, H=4), rng.normal(size=(3, 4))


@check(lstm_peephole_step)
def as_many_cells_as_gates(rng):
    """Three gates, three cells, three inputs, three sequences: the rows of p are gates."""
    return *_tied(_cell(rng, N=3, D=3, H=3)), rng.normal(size=(3, 3))


@check(lstm_peephole_step)
def a_single_cell_with_peepholes(rng):
    """One sequence, one input and one cell keep two axes."""
    return *_tied(_cell(rng, N=1, D=1, H=1)), rng.normal(size=(3, 1))


@check(lstm_peephole_step)
def peepholes_closed(rng):
    """With p = 0 it is an ordinary LSTM."""
    return *_cell(rng, N=4, D=3, H=2), np.zeros((3, 2))


@check(lstm_peephole_step)
def gates_that_see_before_the_step(rng):
    """Peepholes of the input and the forget gate alone."""
    names = ("x", "h", "c", "W", "b")
    p = np.vstack([rng.normal(size=(2, 3)), np.zeros(3)])
    return {**dict(zip(names, _tied(_cell(rng, N=4, D=2, H=3)), strict=True)), "p": p}


@check(lstm_peephole_step)
def the_gate_that_sees_after_the_step(rng):
    """The peephole of the output gate alone."""
    return *_tied(_cell(rng, N=4, D=2, H=3)), np.vstack([np.zeros((2, 3)), rng.uniform(1, 2, size=3)])


@scenario(lstm_peephole_step, compare=close(rtol=1e-5))
def a_sequence_through_peepholes(lstm_peephole_step, rng):
    """Five steps, each from the state that the one before it left."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=4))
    p, shown = rng.normal(size=(3, 4)), []
    for _ in range(5):
        h, c = lstm_peephole_step(x, h, c, W, b, p)
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown, c


@check(lstm_peephole_step, forbids=("warnings",))
def peepholes_of_a_thousand(rng):
    """Peepholes of ±1000 open or shut the gates completely, without a warning and without nan."""
    x, h, c, W, b = _cell(rng, N=4, D=2, H=2)
    side = rng.permutation([1.0, -1.0])
    p = 1e3 * np.array([side, -side, rng.permutation(side)])  # what is written is not kept
    c = rng.permutation([[1.0], [-1.0], [1.0], [-1.0]]) * rng.uniform(1.5, 2.5, size=c.shape)
    W[:, 6:], b[6:] = 0, -side * rng.uniform(0.5, 1.0, size=2)  # and has the other sign
    W[:, 4:6], b[4:6] = W[:, 6:], b[6:]  # tied
    return x, h, c, W, b, p


@scenario(lstm_peephole_step, forbids=("mutation",))
def cell_left_alone(lstm_peephole_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    x, h, c, W, b = _tied(_cell(rng, N=3, D=2, H=2))
    p = rng.normal(size=(3, 2))
    whole = [rng.integers(-2, 3, size=array.shape) for array in (x, h, c, W, b, p)]
    whole = [array.tolist() for array in (*_tied(whole[:5]), whole[5])]
    return lstm_peephole_step(*whole), lstm_peephole_step(x, h, c, W, b, p)


# ---- coupled gates --------------------------------------------------------------------------------


@check(lstm_coupled_step)
def a_coupled_step(rng):
    """One step of a few sequences."""
    return _coupled(rng, N=5, D=3, H=4)


@check(lstm_coupled_step)
def a_square_coupled_step(rng):
    """As many inputs as cells as sequences: nothing is transposed or exchanged."""
    return _tied(_coupled(rng, N=3, D=3, H=3))


@check(lstm_coupled_step)
def a_single_coupled_cell(rng):
    """One sequence, one input and one cell keep two axes."""
    return dict(zip(("x", "h", "c", "W", "b"), _tied(_coupled(rng, N=1, D=1, H=1)), strict=True))


@check(lstm_coupled_step)
def coupled_gates_set_by_the_biases(rng):
    """Without weights, each gate opens exactly as far as its own bias says."""
    x, h, c, W, _ = _coupled(rng, N=2, D=2, H=3)
    f, o = rng.permutation([0.1, 0.25, 0.35, 0.6, 0.7, 0.85]).reshape(2, 3)
    return x, h, c, 0 * W, np.concatenate([_logit(f), _logit(o), rng.uniform(0.5, 1.5, size=3)])


@scenario(lstm_coupled_step)
def coupled_memory(lstm_coupled_step, rng):
    """An open forget gate keeps the cell, a shut one writes the whole candidate."""
    x, h, c, W, b = _tied(_coupled(rng, N=3, D=2, H=4))
    both = (np.concatenate([np.full(4, side), b[4:]]) for side in (50.0, -50.0))
    return [lstm_coupled_step(x, h, c, W, bias) for bias in both]


@scenario(lstm_coupled_step, compare=close(rtol=1e-5))
def a_coupled_sequence(lstm_coupled_step, rng):
    """Five steps, each from the state that the one before it left."""
    x, h, c, W, b = _tied(_coupled(rng, N=3, D=2, H=4))
    shown = []
    for _ in range(5):
        h, c = lstm_coupled_step(x, h, c, W, b)
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown, c


@check(lstm_coupled_step, forbids=("warnings",))
def coupled_sums_of_a_thousand(rng):
    """Sums of ±1000 open or shut the gates completely, without a warning and without nan."""
    x, h, c, W, b = _coupled(rng, N=4, D=2, H=2)
    side = rng.permutation([-1e3, 1e3])
    b[:4] = np.concatenate([side, -side])
    return _tied((x, h, c, W, b))


@scenario(lstm_coupled_step, forbids=("mutation",))
def coupled_state_left_alone(lstm_coupled_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    x, h, c, W, b = _tied(_coupled(rng, N=3, D=2, H=2))
    whole = [rng.integers(-2, 3, size=array.shape) for array in (x, h, c, W, b)]
    whole = [array.tolist() for array in _tied(whole)]
    return lstm_coupled_step(*whole), lstm_coupled_step(x, h, c, W, b)


# ---- the GRU --------------------------------------------------------------------------------------


@check(gru_step)
def a_gated_step(rng):
    """One step of a few sequences."""
    return _gru(rng, N=5, D=3, H=4)


@check(gru_step)
def a_square_gated_step(rng):
    """As many inputs as cells as sequences: nothing is transposed or exchanged."""
    return _gru(rng, N=3, D=3, H=3)


@check(gru_step)
def a_single_gated_cell(rng):
    """One sequence, one input and one cell keep two axes."""
    return dict(zip(("x", "h", "Wr", "Wz", "Wc"), _gru(rng, N=1, D=1, H=1), strict=True))


@check(gru_step)
def the_first_gated_step(rng):
    """From the state 0 there is nothing to reset."""
    x, h, *weights = _gru(rng, N=4, D=3, H=2)
    return x, 0 * h, *weights


def _driven(like, sums):
    """Weights of a gate whose sums are `sums` wherever the first input is 1."""
    W = np.zeros_like(like)
    W[like.shape[1]] = sums
    return W


@check(gru_step)
def old_state_reset(rng):
    """With the reset gate shut the candidate sees the input alone."""
    x, h, _, Wz, Wc = _gru(rng, N=4, D=3, H=2)
    x[:, 0] = 1.0
    return x, h, _driven(Wz, -50.0), Wz, Wc


@check(gru_step)
def reset_by_halves(rng):
    """Each cell is reset by another share, before the product mixes the cells."""
    x, h, _, Wz, Wc = _gru(rng, N=4, D=2, H=3)
    x[:, 0] = 1.0
    return x, h, _driven(Wz, _logit(rng.permutation([0.1, 0.5, 0.9]))), Wz, Wc


@scenario(gru_step)
def update_shut_or_open(gru_step, rng):
    """With the update gate shut the state stays, with the gate open the candidate takes its place."""
    x, h, Wr, _, Wc = _gru(rng, N=4, D=3, H=2)
    x[:, 0] = 1.0
    return [gru_step(x, h, Wr, _driven(Wr, side), Wc) for side in (-50.0, 50.0)]


@scenario(gru_step, compare=close(rtol=1e-5))
def a_gated_sequence(gru_step, rng):
    """Six steps, each from the state that the one before it left."""
    x, h, Wr, Wz, Wc = _gru(rng, N=3, D=2, H=4)
    shown = []
    for _ in range(6):
        h = gru_step(x, h, Wr, Wz, Wc)
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown


@check(gru_step, forbids=("warnings",))
def gated_sums_of_a_thousand(rng):
    """Sums of ±1000 open or shut both gates completely, without a warning and without nan."""
    x, h, Wr, Wz, Wc = _gru(rng, N=4, D=3, H=2)
    x[:, 0] = rng.permutation([1.0, -1.0, 1.0, -1.0])
    Wr[2] = rng.permutation([1e3, -1e3])
    Wz[2] = -Wr[2]
    return x, h, Wr, Wz, Wc


@scenario(gru_step, forbids=("mutation",))
def gated_state_left_alone(gru_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    arguments = _gru(rng, N=3, D=2, H=2)
    whole = [rng.integers(-2, 3, size=array.shape).tolist() for array in arguments]
    return gru_step(*whole), gru_step(*arguments)


# ---- gradients that fade --------------------------------------------------------------------------


def _states(rng, T, H):
    """A matrix whose gradients neither fade nor explode at once, and states of moderate size."""
    return 1.3 * rng.normal(size=(H, H)) / np.sqrt(H), rng.uniform(-0.8, 0.8, size=(T, H))


@check(gradient_norm_through_time)
def one_step_of_gradient(rng):
    """A single step: one matrix, one row of slopes."""
    return _states(rng, T=1, H=3)


@check(gradient_norm_through_time)
def a_few_steps_of_gradient(rng):
    """Five steps, four cells."""
    return _states(rng, T=5, H=4)


@check(gradient_norm_through_time)
def as_many_steps_as_cells(rng):
    """Three steps, three cells: a row of hs is a step."""
    Whh, hs = _states(rng, T=3, H=3)
    return {"Whh": Whh, "hs": hs}


@check(gradient_norm_through_time)
def no_step_at_all(rng):
    """Without a step a gradient is what it was."""
    Whh, _ = _states(rng, T=1, H=int(rng.integers(2, 6)))
    return Whh, np.zeros((0, len(Whh)))


@scenario(gradient_norm_through_time)
def only_turned(gradient_norm_through_time, rng):
    """A matrix that only turns, at states of 0, leaves the length of every gradient as it is."""
    Q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    return [gradient_norm_through_time(Q, np.zeros((T, 3))) for T in (1, 2, 10)]


@scenario(gradient_norm_through_time)
def forty_steps(gradient_norm_through_time, rng):
    """Over forty steps, the logarithm of the norm says how fast it fades."""
    Q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    norm = gradient_norm_through_time(rng.uniform(0.8, 0.95) * Q, rng.uniform(-0.5, 0.5, size=(40, 3)))
    return np.log(np.maximum(norm, 1e-300))


@scenario(gradient_norm_through_time, forbids=("mutation",))
def states_left_alone(gradient_norm_through_time, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    Whh, hs = _states(rng, T=2, H=2)
    whole = rng.integers(1, 4, size=(2, 2)).tolist()
    return gradient_norm_through_time(whole, hs.tolist()), gradient_norm_through_time(Whh, hs)
