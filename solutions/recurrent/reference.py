"""Recurrent networks: one set of weights, used again at every step of a sequence.

A recurrent network reads a sequence element by element and keeps a state. Unrolled in time it is an ordinary
deep network whose layers share their weights, and the gradient travels back through all of them: that is all
there is to back-propagation through time. On that way it is multiplied by the same matrix again and again,
and fades or grows. A simple network also rewrites its whole state at every step, so that what it read a while
ago is soon written over. An LSTM keeps a second state, the cell c, that is only ever scaled and added to.
Three gates, numbers between 0 and 1 for each entry of the cell, decide how much of the old content stays, how
much of the new is written, and how much of the cell is shown to the outside.

Lectures: the feedback loop 001:8198-8252; back-propagation through time 001:8417-8451; the letters of "hello"
001:8286-8413; why gradients vanish 001:8936-9025; the LSTM 001:9060-9370, its four formulas in one line
001:9346, the worked cell 001:9160-9262, the output gate 001:9270-9309; its variants 001:9401-9463.
Papers: S. Hochreiter and J. Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; the forget
gate F. A. Gers, J. Schmidhuber and F. Cummins, "Learning to forget", Neural Computation 12, 2000; peepholes
F. A. Gers and J. Schmidhuber, "Recurrent nets that time and count", IJCNN 2000; the GRU K. Cho et al.,
"Learning phrase representations using RNN encoder-decoder", EMNLP 2014.

Symbols: x the input of one step, X of all; h the hidden state, what the network shows (h_{t-1} before, h2
after the step); Wxh, Whh the weights from input and from state to state; E the loss, and dA short for ∂E/∂A
whatever A is; c the cell (C_{t-1}, c2); i, f, o the input, forget and output gate; g the candidate, the new
content (C̃); r, z the reset and update gate of a GRU, n its candidate; W, b the weights and biases of all
gates together; p the peepholes, or probabilities; t the right letters. N sequences side by side, T steps, D
inputs, H cells, V letters.

Conventions: batch first, then time: a sequence is (N, T, D), a state (N, H). Where state and input are
joined, the hidden state stands first, [h, x], as in the lecture, and the four blocks of an LSTM stand in the
lecture's order i, f, o, g, each H columns wide (torch stores i, f, g, o). All functions are pure: state in,
state out, no argument changed. Lists and whole numbers are welcome, float64 comes back, and sums of ±1000
give neither a warning nor nan.
"""

import numpy as np


def rnn_step(x, h, Wxh, Whh, b):
    """Take one step of a simple recurrent network.

        h2 = tanh(x Wxh + h Whh + b)

    Args:
        x: Inputs of this step (N, D).
        h: Hidden state before the step (N, H).
        Wxh: Weights from the input to the state (D, H).
        Whh: Weights from the state to the state (H, H): row j holds what leaves the old state j.
        b: Biases (H,).

    Returns:
        float64 array (N, H), the hidden state after the step.

    Source: lecture 001:8315, with a bias.

    Hint: two products of matrices, one sum, one function. Rows are sequences, so the state stands on the
    left.

    One sequence, one input, two cells:

    >>> h2 = rnn_step([[0.5]], [[0.1, -0.2]], [[1.0, -2.0]], [[0.5, 1.0], [-1.0, 0.25]], [0.0, 0.5])
    >>> print(np.round(h2, 6).tolist())
    [[0.635149, -0.421899]]
    """
    ### BEGIN SOLUTION
    x, h, Wxh, Whh, b = (np.asarray(array, dtype=float) for array in (x, h, Wxh, Whh, b))

    # Without tanh the loop would be h Whh, again and again: a state that grows or dies geometrically. With it
    # every entry stays between -1 and 1, whatever comes in.
    return np.tanh(x @ Wxh + h @ Whh + b)  # (N, D) (D, H) + (N, H) (H, H) + (H,)
    ### END SOLUTION


def rnn_bptt(X, h0, Wxh, Whh, b, dH):
    """Propagate a gradient back through all steps of a simple recurrent network.

    Forward, h_t = rnn_step(x_t, h_{t-1}, Wxh, Whh, b) for t = 1 … T, starting from h0. Each hidden state may
    stand in the loss E directly; dH says how. What reaches E through later states comes on top.

    Args:
        X: Inputs (N, T, D), one sequence a row; X[:, 0] is the first step.
        h0: Hidden state before the first step (N, H).
        Wxh: Weights from the input to the state (D, H).
        Whh: Weights from the state to the state (H, H).
        b: Biases (H,).
        dH: Gradient of the loss by each hidden state on the direct way alone (N, T, H); dH[:, 0] belongs to
            h_1.

    Returns:
        (dWxh, dWhh, db, dh0): gradients of the loss by the weights, the biases and the first state, four
        float64 arrays of the shapes of Wxh, Whh, b and h0. Sequences and steps are summed; what has to be
        averaged is so in dH already.

    Source: lecture 001:8417-8432, and 001:8972 for the transposed matrix.

    Hint: run forward and keep every state. Then go backwards; two gradients meet at each state, one from dH
    and one from the step after it. Only then comes the slope of tanh, which is 1 - h².

    One sequence of two steps, one input, one cell, the loss is h_2 alone:

    >>> grads = rnn_bptt([[[1.0], [2.0]]], [[0.0]], [[0.5]], [[-0.5]], [0.0], [[[0.0], [1.0]]])
    >>> print([round(float(np.ravel(grad)[0]), 6) for grad in grads])
    [0.935592, 0.269081, 0.353313, 0.114483]
    """
    ### BEGIN SOLUTION
    X, h0, Wxh, Whh, b, dH = (np.asarray(array, dtype=float) for array in (X, h0, Wxh, Whh, b, dH))
    T = X.shape[1]

    h = [h0]  # h[t] after t steps, (N, H) each; so X[:, t] leads from h[t] to h[t + 1]
    for t in range(T):
        h.append(rnn_step(X[:, t], h[t], Wxh, Whh, b))

    # Unrolled, this is a network of T layers with the same weights in each: the gradient of a shared weight
    # is the sum over the places where it stands. A state is used twice, by the loss and by the next step, and
    # gradients that come by two ways are added, before the slope of tanh, since tanh made that one state.
    dWxh, dWhh, db = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(b)
    dh = np.zeros_like(h0)  # (N, H): what comes back from the future; behind the last step there is none
    for t in reversed(range(T)):
        delta = (dH[:, t] + dh) * (1.0 - h[t + 1] ** 2)  # (N, H), the gradient by the sum inside tanh
        dWxh += X[:, t].T @ delta  # (D, N) (N, H)
        dWhh += h[t].T @ delta  # (H, N) (N, H): the state that went in, not the one that came out
        db += np.sum(delta, axis=0)  # (H,)
        dh = delta @ Whh.T  # (N, H) (H, H): forward h Whh, backward times its transpose
    return dWxh, dWhh, db, dh
    ### END SOLUTION


def truncated_bptt(X, h0, Wxh, Whh, b, dH, K):
    """Propagate a gradient back through time, but never across the border of a piece of K steps.

    The sequence is cut into pieces of K steps, from its beginning; the last one may be shorter. The hidden
    state is carried from each piece into the next. The gradient is not: at the border it is taken as zero, as
    if the state that a piece begins with were a given number.

    Args:
        X: Inputs (N, T, D).
        h0: Hidden state before the first step (N, H).
        Wxh: Weights from the input to the state (D, H).
        Whh: Weights from the state to the state (H, H).
        b: Biases (H,).
        dH: Gradient of the loss by each hidden state on the direct way alone (N, T, H).
        K: Steps in a piece, an int > 0; it may be larger than T.

    Returns:
        (dWxh, dWhh, db, dh0): as in `rnn_bptt`, summed over the pieces; dh0 comes from the first piece, the
        only one that h0 belongs to.

    Source: lecture 001:8439-8451.

    Hint: `rnn_bptt` does a piece, if you hand it that piece and the state it begins with.

    The example of `rnn_bptt`, one step a piece; the loss hangs on h_2, so nothing reaches h0:

    >>> grads = truncated_bptt([[[1.0], [2.0]]], [[0.0]], [[0.5]], [[-0.5]], [0.0], [[[0.0], [1.0]]], 1)
    >>> print([round(float(np.ravel(grad)[0]), 6) for grad in grads])
    [1.164558, 0.269081, 0.582279, 0.0]
    """
    ### BEGIN SOLUTION
    X, h0, Wxh, Whh, b, dH = (np.asarray(array, dtype=float) for array in (X, h0, Wxh, Whh, b, dH))
    T = X.shape[1]

    # A long text cannot be kept in memory as a whole, and nobody wants to wait for its end before the first
    # step downhill. What is given up is knowledge: the weights do not learn from a dependence that crosses a
    # border, although the network, which carries its state on, may still use it.
    pieces = []  # the four gradients of each
    h = h0  # (N, H), the state at the border
    for start in range(0, T, K):
        piece = slice(start, min(start + K, T))
        pieces.append(rnn_bptt(X[:, piece], h, Wxh, Whh, b, dH[:, piece]))
        for t in range(start, piece.stop):
            h = rnn_step(X[:, t], h, Wxh, Whh, b)

    # The weights stand in every piece, h0 in the first alone; what the later pieces have to say to the state
    # they began with is the gradient that is thrown away.
    dWxh, dWhh, db, dh = zip(*pieces, strict=True)
    return sum(dWxh), sum(dWhh), sum(db), dh[0]
    ### END SOLUTION


def encode(text, vocab):
    """Turn a text into numbers, and into the task of guessing each next letter.

    Args:
        text: A string of one letter or more, all of them from `vocab`.
        vocab: A string of different letters; the number of a letter is its place in it, from 0 on.

    Returns:
        (x, t): the numbers of all letters but the last, and the numbers of the letters that follow them, two
        integer arrays, each one shorter than the text.

    Source: lecture 001:8286-8297.

    Hint: `vocab.index(letter)` is the place of one letter. Both arrays come from the same list.

    >>> x, t = encode("hello", "helo")
    >>> print(x.tolist(), t.tolist())
    [0, 1, 2, 2] [1, 2, 2, 3]
    """
    ### BEGIN SOLUTION
    place = {letter: number for number, letter in enumerate(vocab)}
    numbers = np.array([place[letter] for letter in text], dtype=int)  # (T + 1,)

    # Nobody has to label a text: it is its own teacher. What is right after letter k is letter k + 1.
    return numbers[:-1], numbers[1:]
    ### END SOLUTION


def char_lm_loss(logits, targets):
    """Compute what a language model pays for its guesses: the mean of -log p of the right letters.

        E = -1/(N T) Σ_n Σ_t log softmax(logits[n, t])[targets[n, t]]

    Args:
        logits: Scores (N, T, V), one for each letter of the vocabulary at each step of each sequence.
        targets: Numbers of the right letters (N, T), from 0 to V - 1. They are shifted already, as `encode`
            gives them: targets[n, t] is the right answer at step t.

    Returns:
        The loss, a float.

    Source: lecture 001:8409-8413, the likelihood of 001:3431.

    Hint: log softmax is v - log Σ exp(v); shift the scores of each step by their largest first. The letters
    lie along the last axis.

    Who knows nothing about four letters pays log 4 a letter:

    >>> print(round(float(char_lm_loss(np.zeros((1, 4, 4)), [[1, 2, 2, 3]])), 6))
    1.386294
    """
    ### BEGIN SOLUTION
    logits, targets = np.asarray(logits, dtype=float), np.asarray(targets, dtype=int)  # (N, T, V), (N, T)

    # Every step of every sequence is one guess among V letters, and all guesses count alike: exp(E) is the
    # number of letters among which the network is, on average, still undecided.
    shifted = logits - np.max(logits, axis=-1, keepdims=True)  # (N, T, V), <= 0: nothing overflows
    logp = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))  # (N, T, V)
    return float(-np.mean(np.take_along_axis(logp, targets[:, :, None], axis=-1)))
    ### END SOLUTION


def sample_char(p, u):
    """Draw a letter, given a random number.

    Lay the probabilities end to end on the line from 0 to 1: letter 0 owns [0, p_0), letter 1 owns
    [p_0, p_0 + p_1), and so on. The letter that owns u is drawn. So a letter of probability 0 never is.

    Args:
        p: Probabilities of the letters (V,), which add up to 1 but for rounding.
        u: A random number, 0 <= u < 1.

    Returns:
        The number of the letter, an int. Where the sum of p falls short of u by rounding, it is the last
        letter that has a probability.

    Source: lecture 001:8350-8356.

    Hint: `np.cumsum`. Compare with < or with <=? Try u = 0 when letter 0 has probability 0.

    >>> print([int(sample_char([0.25, 0.5, 0.25], u)) for u in (0.0, 0.2, 0.25, 0.7, 0.9)])
    [0, 0, 1, 1, 2]
    """
    ### BEGIN SOLUTION
    ends = np.cumsum(np.asarray(p, dtype=float))  # (V,), where the piece of each letter ends

    # The first piece whose end lies above u. Its end does not belong to it: a piece of length 0 has no point.
    # Ten times 0.1 is 0.9999999999999999 here; over their last one, the ends reach 1, which no u does.
    return int(np.searchsorted(ends / ends[-1], u, side="right"))
    ### END SOLUTION


### BEGIN SOLUTION


def _sigmoid(z):
    """1 / (1 + e^-z), without ever raising e to a large power."""
    e = np.exp(-np.abs(z))  # in (0, 1]: it may become 0, but never infinite
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


### END SOLUTION


def lstm_step(x, h, c, W, b):
    """Take one step of an LSTM.

        z  = [h, x] @ W + b                      all four blocks at once
        i, f, o = σ(z_i), σ(z_f), σ(z_o)         the gates
        g  = tanh(z_g)                           the candidate
        c2 = f c + i g                           entry by entry
        h2 = o tanh(c2)

    Args:
        x: Inputs of this step (N, D).
        h: Hidden state before the step (N, H).
        c: Cell before the step (N, H).
        W: Weights (H + D, 4H). The first H rows belong to h, the last D to x. Columns 0 to H - 1 belong to i,
            the next H to f, the next H to o, the last H to g.
        b: Biases (4H,), in the same order.

    Returns:
        (h2, c2, cache): hidden state and cell after the step, two new float64 arrays (N, H), and whatever you
        would like to find again in a backward step: a dict, tuple or list of arrays and numbers, or None.
        The cache is not looked at.

    Source: lecture 001:9346; biases as in 001:9140-9287.

    Hint: cut z into four pieces of H columns each; the first is i. Only the last goes through tanh.

    One sequence, one input, two cells. W counts up in steps of 0.1, and so does b:

    >>> W, b = (np.arange(24).reshape(3, 8) - 11) / 10, (np.arange(8) - 4) / 10
    >>> h2, c2, cache = lstm_step([[0.5]], [[0.1, -0.2]], [[-0.5, 0.2]], W, b)
    >>> print(np.round(c2, 6).tolist())
    [[-0.005696, 0.427522]]
    >>> print(np.round(h2, 6).tolist())
    [[-0.003355, 0.251005]]

    Without weights the biases alone set the gates. Large ones open them, so that one cell is kept whole
    (f = 1, i = 0) while the other is written over (f = 0, i = 1) with g = tanh(1) = 0.761594:

    >>> b = [-1000, 1000, 1000, -1000, 0, 0, 1, 1]
    >>> h2, c2, cache = lstm_step([[3.0]], [[0.0, 0.0]], [[0.25, 0.25]], np.zeros((3, 8)), b)
    >>> print(np.round(c2, 6).tolist(), np.round(h2, 6).tolist())
    [[0.25, 0.761594]] [[0.122459, 0.321007]]
    """
    ### BEGIN SOLUTION
    x, h, c, W, b = (np.asarray(array, dtype=float) for array in (x, h, c, W, b))
    H = h.shape[1]

    z = np.concatenate([h, x], axis=1) @ W + b  # (N, H + D) (H + D, 4H) + (4H,)
    i, f, o = (_sigmoid(z[:, k * H : (k + 1) * H]) for k in range(3))  # (N, H) each, between 0 and 1
    g = np.tanh(z[:, 3 * H :])  # (N, H), between -1 and 1: content has a sign, a gate has none

    # The cell is a conveyor belt. Nothing squashes it and no matrix stands on it: where f = 1 and i = 0 it
    # passes unchanged, and ∂c2/∂c = f entry by entry along this path. That is why a gradient survives here
    # where it dies in h = tanh(W h + …), which multiplies it by Wᵀ and by a slope below 1 at every step.
    c2 = f * c + i * g  # (N, H)
    h2 = o * np.tanh(c2)  # (N, H): what is shown, always between -1 and 1
    return h2, c2, {"x": x, "h": h, "c": c, "i": i, "f": f, "o": o, "g": g, "c2": c2, "W": W}
    ### END SOLUTION


def lstm_backward_step(dh, dc, cache):
    """Propagate a gradient back through one step of an LSTM.

    Args:
        dh: Gradient of the loss by the hidden state after the step, ∂E/∂h2 (N, H).
        dc: Gradient of the loss by the cell after the step (N, H), as the next step hands it back. The way
            from c2 through h2 is not in it.
        cache: Dict of float64 arrays, what the forward step knew: "x" (N, D), "h" and "c" (N, H) before the
            step, "W" (H + D, 4H), the gates "i", "f", "o" and the candidate "g" (N, H) each, and "c2" (N, H),
            the cell after the step. You are always given this one, whatever your `lstm_step` keeps.

    Returns:
        (dx, dh_prev, dc_prev, dW, db): gradients of the loss by x (N, D), by h and c before the step (N, H),
        by W (H + D, 4H) and by b (4H,), float64. The sequences of the batch are summed in dW and db.

    Source: lecture 001:9352-9363.

    Hint: c2 goes two ways, into h2 and into the next step: add what comes back from both. A gate that is σ(z)
    has the slope i (1 - i) by its sum, the candidate 1 - g². Undo the joining of h and x last.

    One sequence, one input, one cell. All gates are 0.5, g and the old cell are 0.5, too; the loss is h2:

    >>> half = {name: np.array([[0.5]]) for name in ("i", "f", "o", "g", "c", "c2", "x", "h")}
    >>> back = lstm_backward_step([[1.0]], [[0.0]], {**half, "W": np.ones((2, 4))})
    >>> print([np.round(grad, 6).tolist() for grad in back[:3]])
    [[[0.361294]], [[0.361294]], [[0.196612]]]
    """
    ### BEGIN SOLUTION
    dh, dc = np.asarray(dh, dtype=float), np.asarray(dc, dtype=float)  # (N, H)
    x, h, c, W, i, f, o, g, c2 = (cache[name] for name in ("x", "h", "c", "W", "i", "f", "o", "g", "c2"))
    H = h.shape[1]

    # h2 = o tanh(c2): one share goes to the gate, the other through tanh to the cell, where it meets what the
    # next step has handed back.
    shown = np.tanh(c2)  # (N, H)
    dc2 = dc + dh * o * (1.0 - shown**2)  # (N, H)

    # c2 = f c + i g: each factor gets the other. Then the slope of what made it, σ or tanh, leads to the
    # sums.
    dz_i = dc2 * g * i * (1.0 - i)  # (N, H) each
    dz_f = dc2 * c * f * (1.0 - f)  # the cell that was kept is the one before the step
    dz_o = dh * shown * o * (1.0 - o)
    dz_g = dc2 * i * (1.0 - g**2)
    dz = np.concatenate([dz_i, dz_f, dz_o, dz_g], axis=1)  # (N, 4H)

    # z = [h, x] W + b, the rule of every dense layer.
    dW = np.concatenate([h, x], axis=1).T @ dz  # (H + D, N) (N, 4H)
    joined = dz @ W.T  # (N, 4H) (4H, H + D)

    # Here is the promise of the LSTM: the way from c2 to c is f, entry by entry, and nothing else.
    return joined[:, H:], joined[:, :H], dc2 * f, dW, np.sum(dz, axis=0)
    ### END SOLUTION


def lstm_peephole_step(x, h, c, W, b, p):
    """Take one step of an LSTM whose gates look into the cell.

        z  = [h, x] @ W + b                      as in `lstm_step`
        i  = σ(z_i + p_i c)                      these two see the cell before the step
        f  = σ(z_f + p_f c)
        g  = tanh(z_g)                           the candidate sees no cell
        c2 = f c + i g
        o  = σ(z_o + p_o c2)                     this one sees the cell after it
        h2 = o tanh(c2)

    Args:
        x: Inputs of this step (N, D).
        h: Hidden state before the step (N, H).
        c: Cell before the step (N, H).
        W: Weights (H + D, 4H), blocks i, f, o, g as in `lstm_step`.
        b: Biases (4H,), in the same order.
        p: Peepholes (3, H): rows i, f and o, one number for each cell. A gate sees its own cell only.

    Returns:
        (h2, c2): hidden state and cell after the step, two float64 arrays (N, H).

    Source: lecture 001:9410-9415 for which gate sees which cell; Gers and Schmidhuber, 2000, for one number a
    cell.

    Hint: mind the order; one gate can only be computed after the cell.

    The example of `lstm_step`, with peepholes:

    >>> W, b = (np.arange(24).reshape(3, 8) - 11) / 10, (np.arange(8) - 4) / 10
    >>> p = [[1.0, 2.0], [-1.0, 0.5], [3.0, -2.0]]
    >>> h2, c2 = lstm_peephole_step([[0.5]], [[0.1, -0.2]], [[-0.5, 0.2]], W, b, p)
    >>> print(np.round(c2, 6).tolist())
    [[-0.133093, 0.49717]]
    >>> print(np.round(h2, 6).tolist())
    [[-0.064857, 0.174239]]
    """
    ### BEGIN SOLUTION
    x, h, c, W, b, p = (np.asarray(array, dtype=float) for array in (x, h, c, W, b, p))

    # In the plain LSTM a gate hears of the cell only through h, and where the output gate was shut it hears
    # nothing. A peephole lets it look. The lecture joins C to [h, x], a full matrix; the paper keeps one
    # number a cell, 3 H weights in place of 3 H².
    z_i, z_f, z_o, z_g = np.split(np.concatenate([h, x], axis=1) @ W + b, 4, axis=1)  # (N, H) each
    i = _sigmoid(z_i + p[0] * c)
    f = _sigmoid(z_f + p[1] * c)
    c2 = f * c + i * np.tanh(z_g)  # (N, H)
    o = _sigmoid(z_o + p[2] * c2)
    return o * np.tanh(c2), c2
    ### END SOLUTION


def lstm_coupled_step(x, h, c, W, b):
    """Take one step of an LSTM that writes exactly as much as it forgets.

        z  = [h, x] @ W + b                      three blocks
        f, o = σ(z_f), σ(z_o),  g = tanh(z_g)
        c2 = f c + (1 - f) g
        h2 = o tanh(c2)

    Args:
        x: Inputs of this step (N, D).
        h: Hidden state before the step (N, H).
        c: Cell before the step (N, H).
        W: Weights (H + D, 3H), the first H rows for h. There is no block i: columns 0 to H - 1 belong to f,
            the next H to o, the last H to g.
        b: Biases (3H,), in the same order.

    Returns:
        (h2, c2): hidden state and cell after the step, two float64 arrays (N, H).

    Source: lecture 001:9419-9427.

    Hint: it is `lstm_step` with one gate fewer.

    The forget gate is 0.8 (its sum is log 4), so the new cell is 0.8 · 0.5 + 0.2 · tanh(-1):

    >>> b = np.log([4.0, 1.0, 1.0]) - [0.0, 0.0, 1.0]
    >>> h2, c2 = lstm_coupled_step([[3.0]], [[0.0]], [[0.5]], np.zeros((2, 3)), b)
    >>> print(np.round(c2, 6).tolist(), np.round(h2, 6).tolist())
    [[0.247681]] [[0.121369]]
    """
    ### BEGIN SOLUTION
    x, h, c, W, b = (np.asarray(array, dtype=float) for array in (x, h, c, W, b))

    z_f, z_o, z_g = np.split(np.concatenate([h, x], axis=1) @ W + b, 3, axis=1)  # (N, H) each
    f, o = _sigmoid(z_f), _sigmoid(z_o)

    # A mean of old and new with the weights f and 1 - f: the cell stays between the two, and so can never
    # grow beyond 1 if it began below. The plain LSTM can count; this one cannot.
    c2 = f * c + (1.0 - f) * np.tanh(z_g)  # (N, H)
    return o * np.tanh(c2), c2
    ### END SOLUTION


def gru_step(x, h, Wr, Wz, Wc):
    """Take one step of a gated recurrent unit.

        r  = σ([h, x] @ Wr)                      the reset gate
        z  = σ([h, x] @ Wz)                      the update gate
        n  = tanh([r h, x] @ Wc)                 the candidate; r h entry by entry, before the product
        h2 = (1 - z) h + z n

    Args:
        x: Inputs of this step (N, D).
        h: Hidden state before the step (N, H).
        Wr: Weights of the reset gate (H + D, H). The first H rows belong to h, the last D to x.
        Wz: Weights of the update gate, the same.
        Wc: Weights of the candidate, the same. There are no biases.

    Returns:
        float64 array (N, H), the hidden state after the step.

    Source: lecture 001:9457-9463. The paper and torch give z and 1 - z each other's places, and torch
    multiplies by r after the product.

    Hint: there are two things that could be joined to x: h and r h.

    One sequence, one input, two cells; all weights count up in steps of 0.1:

    >>> Wr, Wz, Wc = ((np.arange(6).reshape(3, 2) + first) / 10 for first in (-8, -2, 4))
    >>> print(np.round(gru_step([[0.5]], [[0.1, -0.2]], Wr, Wz, Wc), 6).tolist())
    [[0.228424, 0.110608]]
    """
    ### BEGIN SOLUTION
    x, h, Wr, Wz, Wc = (np.asarray(array, dtype=float) for array in (x, h, Wr, Wz, Wc))

    joined = np.concatenate([h, x], axis=1)  # (N, H + D)
    r, z = _sigmoid(joined @ Wr), _sigmoid(joined @ Wz)  # (N, H) each, between 0 and 1

    # r shuts out what of the old state the candidate shall not see; z decides how far the state moves towards
    # the candidate. There is no cell: like the coupled LSTM, h2 lies between h and n.
    n = np.tanh(np.concatenate([r * h, x], axis=1) @ Wc)  # (N, H)
    return (1.0 - z) * h + z * n
    ### END SOLUTION


def gradient_norm_through_time(Whh, hs):
    """Compute by how much a gradient can grow, at most, on its way back from the last state to the first.

    For one sequence of a simple network, h_t = tanh(… + h_{t-1} Whh + b), the states h_1 … h_T are given. One
    step has the matrix of derivatives

        J_t = ∂h_t/∂h_{t-1} = diag(1 - h_t²) Whhᵀ        row j, column k: ∂(h_t)_j / ∂(h_{t-1})_k

    and all of them together ∂h_T/∂h_0 = J_T … J_2 J_1. Its norm is the largest singular value.

    Args:
        Whh: Weights from the state to the state (H, H).
        hs: Hidden states of one sequence (T, H), h_1 in the first row; h_0 is not among them.

    Returns:
        The norm, a float. For no steps at all it is 1.

    Source: lecture 001:8972-9008.

    Hint: `np.linalg.norm(P, 2)` is the largest singular value of a matrix P. Which matrix stands on the left?

    Two cells that copy each other, three steps with the states at 0.5 and 0, so with the slopes 0.75 and 1:

    >>> Whh = [[0.0, 2.0], [0.5, 0.0]]
    >>> print(round(float(gradient_norm_through_time(Whh, [[0.5, 0.0]] * 3)), 6))
    1.5
    """
    ### BEGIN SOLUTION
    Whh, hs = np.asarray(Whh, dtype=float), np.asarray(hs, dtype=float)  # (H, H), (T, H)

    # The chain rule puts later steps on the left, as in every chain of functions. The norm of a product is at
    # most the product of the norms, and every slope is at most 1: if the largest singular value of Whh is
    # below 1 the gradient must fade. Above 1 it may grow, but need not: the slopes may be small, and what one
    # step stretches the next may shrink. So the lecture's "> 1 explodes" (001:8999) is no more than a
    # possibility.
    product = np.eye(len(Whh))  # (H, H)
    for h in hs:
        product = ((1.0 - h**2)[:, None] * Whh.T) @ product  # J_t on the left of all before it
    return float(np.linalg.norm(product, 2))
    ### END SOLUTION


# Task 13 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
