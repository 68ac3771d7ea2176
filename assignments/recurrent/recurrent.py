"""One step of an LSTM: a memory cell with three gates.

A simple recurrent network rewrites its whole state at every step, so that what it read a while ago is soon
written over. An LSTM keeps a second state, the cell c, that is only ever scaled and added to. Three gates,
numbers between 0 and 1 for each entry of the cell, decide how much of the old content stays, how much of the
new is written, and how much of the cell is shown to the outside.

Lectures: 001:9060-9370; the four formulas in one line 001:9346, the worked cell 001:9160-9262, the output
gate 001:9270-9309.
Paper: S. Hochreiter and J. Schmidhuber, "Long short-term memory", Neural Computation 9, 1997; the forget gate
F. A. Gers, J. Schmidhuber and F. Cummins, "Learning to forget", Neural Computation 12, 2000.

Symbols: x the input of this step; h the hidden state, what the cell shows (h_{t-1} before, h2 after the
step); c the cell (C_{t-1}, c2); i, f, o the input, forget and output gate; g the candidate, the new content
(C̃); W, b weights and biases of all four together. N sequences side by side, D inputs, H cells.

Conventions: batch first. The hidden state stands before the input, [h, x], as in the lecture, and the four
blocks of W and b stand in the lecture's order i, f, o, g, each H columns wide (torch stores i, f, g, o). The
function is pure: state in, state out, no argument changed. Lists and whole numbers are welcome, float64 comes
back, and sums of ±1000 give neither a warning nor nan.
"""

import numpy as np


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
        would like to find again in the backward step: a dict, tuple or list of arrays and numbers, or None.
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
    raise NotImplementedError("write lstm_step here")


# Task 2 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
