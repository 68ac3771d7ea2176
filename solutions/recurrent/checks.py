"""Hidden checks of the LSTM step: inputs only. What is right, the reference says.

Every check leaves the cache aside. Biases differ from block to block, h and c are not zero unless the check
says so, and the input is as wide as the hidden state only where that is asked. A sum of 50 opens a gate
completely (1 - 2e-22) and overflows in no form of the sigmoid; ±1000 has a check of its own.
"""

import numpy as np

from autograder import close, scenario

from .reference import lstm_step


def _cell(rng, N, D, H):
    """Arguments of one step: x, h, c, W and b."""
    h = np.tanh(rng.normal(size=(N, H)))
    W = rng.normal(size=(H + D, 4 * H)) / np.sqrt(H + D)
    b = rng.choice([-1.0, 1.0], size=4 * H) * rng.uniform(0.2, 1.0, size=4 * H)
    return rng.normal(size=(N, D)), h, rng.normal(size=(N, H)), W, b


def _biases(i, f, o, g):
    """The four blocks in the order of the course."""
    return np.concatenate([i, f, o, g])


def _logit(p):
    """The sum for which a gate opens as far as p."""
    return np.log(p / (1 - p))


# ---- ordinary steps -------------------------------------------------------------------------------


@scenario(lstm_step)
def one_step(lstm_step, rng):
    """One step of a few sequences: hidden state and cell are both right."""
    return lstm_step(*_cell(rng, N=5, D=3, H=4))[:2]


@scenario(lstm_step)
def as_many_inputs_as_cells(lstm_step, rng):
    """As many inputs as cells as sequences: the hidden state still comes first, and nothing is transposed."""
    return lstm_step(*_cell(rng, N=3, D=3, H=3))[:2]


@scenario(lstm_step)
def more_inputs_than_cells(lstm_step, rng):
    """A wide input drives a few cells."""
    return lstm_step(*_cell(rng, N=4, D=7, H=2))[:2]


@scenario(lstm_step)
def a_single_cell(lstm_step, rng):
    """One sequence, one input and one cell keep two axes."""
    return lstm_step(*_cell(rng, N=1, D=1, H=1))[:2]


@scenario(lstm_step)
def the_first_step(lstm_step, rng):
    """From an empty state, h = 0 and c = 0, only the input and the biases speak."""
    x, h, c, W, b = _cell(rng, N=4, D=3, H=2)
    return lstm_step(x, 0 * h, 0 * c, W, b)[:2]


@scenario(lstm_step, compare=close(rtol=1e-5))
def a_sequence(lstm_step, rng):
    """Seven steps, each from the state that the one before it left, end where ours end."""
    x, h, c, W, b = _cell(rng, N=3, D=2, H=4)
    shown = []
    for _ in range(7):
        h, c = lstm_step(x, h, c, W, b)[:2]
        shown.append(h)
        x = rng.normal(size=(3, 2))
    return shown, c


@scenario(lstm_step)
def sequences_side_by_side(lstm_step, rng):
    """The sequences of a batch do not see each other: alone, the second one takes the same step."""
    x, h, c, W, b = _cell(rng, N=4, D=2, H=3)
    return lstm_step(x, h, c, W, b)[:2], lstm_step(x[1:2], h[1:2], c[1:2], W, b)[:2]


# ---- gates ----------------------------------------------------------------------------------------


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
    x, h, c, W, _ = _cell(rng, N=3, D=2, H=4)
    b = _biases(np.full(4, -50.0), np.full(4, 50.0), _logit(rng.uniform(0.2, 0.8, 4)), rng.normal(size=4))
    for _ in range(20):
        h, c = lstm_step(x, h, c, W, b)[:2]
        x = rng.normal(size=(3, 2))
    return h, c


@scenario(lstm_step)
def memory_overwritten(lstm_step, rng):
    """With the forget gate shut and the input gate open, the candidate takes the place of the old content."""
    x, h, c, W, _ = _cell(rng, N=3, D=2, H=4)
    b = _biases(np.full(4, 50.0), np.full(4, -50.0), _logit(rng.uniform(0.2, 0.8, 4)), rng.normal(size=4))
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
    x, h, c, W, b = _cell(rng, N=3, D=2, H=4)
    return lstm_step(x, h, 6 * c, W, b)[:2]


@scenario(lstm_step, forbids=("warnings",))
def sums_of_a_thousand(lstm_step, rng):
    """Sums of ±1000 open or shut the gates completely, without a warning and without nan."""
    _, h, c, _, b = _cell(rng, N=4, D=1, H=2)
    W = np.zeros((3, 8))
    W[2] = rng.permutation([-1e3, 1e3] * 4) * rng.uniform(0.9, 1.1)
    return lstm_step(np.array([[1.0], [-1.0], [1.0], [-1.0]]), h, c, W, b)[:2]


# ---- manners --------------------------------------------------------------------------------------


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
