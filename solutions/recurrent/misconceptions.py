"""Wrong answers that students really give, each with the sentence that helps.

A wrong function is named when it reproduces a student's answers; it is also the proof that the checks can
see the mistake at all.
"""

import numpy as np

from autograder import misconception

from .reference import _sigmoid, lstm_step


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


# ---- which block is which -------------------------------------------------------------------------


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


# ---- sums and bends -------------------------------------------------------------------------------


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


# ---- the cell -------------------------------------------------------------------------------------


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


# ---- what is shown --------------------------------------------------------------------------------


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
