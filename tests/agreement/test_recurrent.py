"""The recurrent networks agree with torch and NumPy wherever these compute the same thing."""

from pathlib import Path

import numpy as np
import pytest

from autograder.course import loading

torch = pytest.importorskip("torch")
special = pytest.importorskip("scipy.special")

ROOT = Path(__file__).resolve().parents[2]
recurrent = loading.modules(ROOT / "solutions" / "recurrent", ["reference"], ROOT)["reference"]

# Sequences, steps, inputs and cells: different from each other, all the same, and as few as there can be.
SIZES = [(5, 4, 3, 2), (2, 7, 1, 4), (3, 3, 3, 3), (1, 1, 1, 1)]
STEPS = [(5, 3, 2), (2, 1, 4), (3, 3, 3), (1, 1, 1), (4, 6, 2)]


def equal(got, want):
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-13)


def tensor(array):
    return torch.tensor(np.asarray(array), dtype=torch.float64)


def leaves(*arrays):
    """Tensors that collect gradients."""
    return tuple(tensor(array).requires_grad_() for array in arrays)


def simple(batch, steps, inputs, cells, seed=0):
    """xs, h0, wxh, whh, b and dhs."""
    rng = np.random.default_rng(seed)
    sizes = (
        (batch, steps, inputs),
        (batch, cells),
        (inputs, cells),
        (cells, cells),
        (cells,),
        (batch, steps, cells),
    )
    return tuple(rng.normal(size=size) for size in sizes)


def cell(batch, inputs, cells, blocks=4, seed=0):
    """x, h, c, w and b."""
    rng = np.random.default_rng(seed)
    sizes = (
        (batch, inputs),
        (batch, cells),
        (batch, cells),
        (cells + inputs, blocks * cells),
        (blocks * cells,),
    )
    return tuple(rng.normal(size=size) for size in sizes)


def load(module, **parameters):
    """A module of torch with these parameters, in double precision."""
    module = module.double()
    with torch.no_grad():
        for name, value in parameters.items():
            getattr(module, name).copy_(tensor(value))
    return module


def in_torchs_order(blocks, cells):
    """Blocks i, f, o, g along the last axis, put into torch's order i, f, g, o."""
    i, f, o, g = (blocks[..., k * cells : (k + 1) * cells] for k in range(4))
    return np.concatenate([i, f, g, o], axis=-1)


def torchs_rnn(wxh, whh, b):
    inputs, cells = wxh.shape
    parameters = {"weight_ih_l0": wxh.T, "weight_hh_l0": whh.T, "bias_ih_l0": b, "bias_hh_l0": 0 * b}
    return load(torch.nn.RNN(inputs, cells, batch_first=True), **parameters)


@pytest.mark.parametrize(("batch", "steps", "inputs", "cells"), SIZES)
def test_simple_steps_are_those_of_rnn(batch, steps, inputs, cells):
    xs, h0, wxh, whh, b, _ = simple(batch, steps, inputs, cells)
    want, _ = torchs_rnn(wxh, whh, b)(tensor(xs), tensor(h0)[None])
    h = h0

    for t in range(steps):
        h = recurrent.rnn_step(xs[:, t], h, wxh, whh, b)
        equal(h, want[:, t].detach())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("batch", "steps", "inputs", "cells"), SIZES)
def test_the_way_back_is_that_of_rnn(batch, steps, inputs, cells, seed):
    xs, h0, wxh, whh, b, dhs = simple(batch, steps, inputs, cells, seed)
    network = torchs_rnn(wxh, whh, b)
    (first,) = leaves(h0[None])
    network(tensor(xs), first)[0].backward(tensor(dhs))
    want = (network.weight_ih_l0.grad.T, network.weight_hh_l0.grad.T, network.bias_ih_l0.grad, first.grad[0])

    for got, there in zip(recurrent.rnn_bptt(xs, h0, wxh, whh, b, dhs), want, strict=True):
        equal(got, there)


@pytest.mark.parametrize("length", [1, 2, 3, 7, 9])
def test_truncated_gradients_are_those_of_detached_states(length):
    xs, h0, wxh, whh, b, dhs = simple(3, 7, 2, 4, seed=1)
    network = torchs_rnn(wxh, whh, b)
    (first,) = leaves(h0[None])
    h = first
    for start in range(0, 7, length):
        shown, last = network(tensor(xs[:, start : start + length]), h)
        shown.backward(tensor(dhs[:, start : start + length]))
        h = last.detach()
    want = (network.weight_ih_l0.grad.T, network.weight_hh_l0.grad.T, network.bias_ih_l0.grad, first.grad[0])

    for got, there in zip(recurrent.truncated_bptt(xs, h0, wxh, whh, b, dhs, length), want, strict=True):
        equal(got, there)


@pytest.mark.parametrize("scale", [1.0, 1000.0])
@pytest.mark.parametrize(("batch", "steps", "letters"), [(3, 5, 4), (1, 1, 2), (4, 4, 4)])
def test_the_loss_of_guesses_is_cross_entropy(batch, steps, letters, scale):
    rng = np.random.default_rng(2)
    logits, targets = (
        scale * rng.normal(size=(batch, steps, letters)),
        rng.integers(0, letters, size=(batch, steps)),
    )
    rows = tensor(logits).reshape(-1, letters)
    want = torch.nn.functional.cross_entropy(rows, torch.tensor(targets.reshape(-1)))

    equal(recurrent.char_lm_loss(logits, targets), want)
    equal(recurrent.char_lm_loss(logits, targets), -np.mean(_right(special.log_softmax(logits, -1), targets)))


def _right(table, targets):
    return np.take_along_axis(table, targets[..., None], -1)


@pytest.mark.parametrize(("text", "vocab"), [("hello", "helo"), ("a rose is a rose", "eiorsa "), ("x", "xy")])
def test_a_text_is_told_by_where_its_letters_stand(text, vocab):
    places = np.argmax(np.array(list(text))[:, None] == np.array(list(vocab)), axis=1)
    x, t = recurrent.encode(text, vocab)

    np.testing.assert_array_equal(x, places[:-1])
    np.testing.assert_array_equal(t, places[1:])


@pytest.mark.parametrize("seed", range(5))
def test_letters_are_drawn_as_by_choice(seed):
    p = np.random.default_rng(seed).dirichlet(np.ones(6))
    drawn = np.random.default_rng(seed).choice(6, size=500, p=p)
    numbers = np.random.default_rng(seed).random(500)

    np.testing.assert_array_equal([recurrent.sample_char(p, u) for u in numbers], drawn)


def torchs_lstm(w, b, inputs, cells):
    both = in_torchs_order(w, cells).T
    parameters = {
        "weight_hh": both[:, :cells],
        "weight_ih": both[:, cells:],
        "bias_ih": in_torchs_order(b, cells),
    }
    return load(torch.nn.LSTMCell(inputs, cells), **parameters, bias_hh=0 * b)


@pytest.mark.parametrize("scale", [1.0, 100.0])
@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_a_step_is_that_of_lstm_cell(batch, inputs, cells, scale):
    x, h, c, w, b = cell(batch, inputs, cells)
    want = torchs_lstm(scale * w, b, inputs, cells)(tensor(x), (tensor(h), tensor(c)))

    for got, there in zip(recurrent.lstm_step(x, h, c, scale * w, b)[:2], want, strict=True):
        equal(got, there.detach())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_a_step_back_is_that_of_lstm_cell(batch, inputs, cells, seed):
    arguments = cell(batch, inputs, cells, seed=seed)
    x, h, c, w, b = arguments
    dh, dc = np.random.default_rng(seed + 10).normal(size=(2, batch, cells))
    network, (tx, th, tc) = torchs_lstm(w, b, inputs, cells), leaves(x, h, c)
    torch.autograd.backward(network(tx, (th, tc)), (tensor(dh), tensor(dc)))
    dw = np.concatenate([network.weight_hh.grad, network.weight_ih.grad], axis=1).T

    got = recurrent.lstm_backward_step(dh, dc, recurrent.lstm_step(*arguments)[2])

    for mine, there in zip(got[:3], (tx.grad, th.grad, tc.grad), strict=True):
        equal(mine, there)
    equal(in_torchs_order(got[3], cells), dw)
    equal(in_torchs_order(got[4], cells), network.bias_ih.grad)


@pytest.mark.parametrize("steps", [2, 6])
def test_steps_back_in_a_row_are_those_of_lstm(steps):
    batch, inputs, cells = 3, 2, 4
    _, h, c, w, b = cell(batch, inputs, cells)
    xs, dhs = (
        np.random.default_rng(5).normal(size=(batch, steps, inputs)),
        np.random.default_rng(6).normal(size=(batch, steps, cells)),
    )
    both = in_torchs_order(w, cells).T
    parameters = {"weight_hh_l0": both[:, :cells], "weight_ih_l0": both[:, cells:], "bias_hh_l0": 0 * b}
    network = load(
        torch.nn.LSTM(inputs, cells, batch_first=True), **parameters, bias_ih_l0=in_torchs_order(b, cells)
    )
    first = leaves(h[None], c[None])
    network(tensor(xs), first)[0].backward(tensor(dhs))
    caches = []
    for t in range(steps):
        h, c, cache = recurrent.lstm_step(xs[:, t], h, c, w, b)
        caches.append(cache)
    dh, dc, dw, db = np.zeros((batch, cells)), np.zeros((batch, cells)), 0 * w, 0 * b
    for t in reversed(range(steps)):
        _, dh, dc, dw_t, db_t = recurrent.lstm_backward_step(dh + dhs[:, t], dc, caches[t])
        dw, db = dw + dw_t, db + db_t

    equal(dh, first[0].grad[0])
    equal(dc, first[1].grad[0])
    equal(
        in_torchs_order(dw, cells),
        np.concatenate([network.weight_hh_l0.grad, network.weight_ih_l0.grad], axis=1).T,
    )
    equal(in_torchs_order(db, cells), network.bias_ih_l0.grad)


@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_closed_peepholes_leave_lstm_cell(batch, inputs, cells):
    x, h, c, w, b = cell(batch, inputs, cells)
    want = torchs_lstm(w, b, inputs, cells)(tensor(x), (tensor(h), tensor(c)))

    for got, there in zip(
        recurrent.lstm_peephole_step(x, h, c, w, b, np.zeros((3, cells))), want, strict=True
    ):
        equal(got, there.detach())


@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_peepholes_move_the_biases_of_lstm_cell(batch, inputs, cells):
    # torch has no peepholes. Seen from one sequence, they are biases that depend on its cell: those of i and
    # f are known before the step, that of o once the cell is.
    x, h, c, w, b = cell(batch, inputs, cells)
    p = np.random.default_rng(7).normal(size=(3, cells))
    h2, c2 = recurrent.lstm_peephole_step(x, h, c, w, b, p)

    for n in range(batch):
        moved = b + np.concatenate([p[0] * c[n], p[1] * c[n], p[2] * c2[n], np.zeros(cells)])
        row = slice(n, n + 1)
        there = torchs_lstm(w, moved, inputs, cells)(tensor(x[row]), (tensor(h[row]), tensor(c[row])))
        equal(h2[row], there[0].detach())
        equal(c2[row], there[1].detach())


@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_coupled_gates_are_lstm_cell_with_an_input_gate_turned_round(batch, inputs, cells):
    x, h, c, w, b = cell(batch, inputs, cells, blocks=3)
    four_w, four_b = np.concatenate([-w[:, :cells], w], axis=1), np.concatenate([-b[:cells], b])
    want = torchs_lstm(four_w, four_b, inputs, cells)(tensor(x), (tensor(h), tensor(c)))

    for got, there in zip(recurrent.lstm_coupled_step(x, h, c, w, b), want, strict=True):
        equal(got, there.detach())


@pytest.mark.parametrize(("batch", "inputs"), [(5, 3), (2, 1), (1, 4)])
def test_a_gated_step_of_one_cell_is_that_of_gru_cell(batch, inputs):
    # torch keeps z of the old state where the course keeps 1 - z, so wz changes its sign. It resets behind
    # the product, which for a single cell is the same as before it.
    rng = np.random.default_rng(8)
    x, h = rng.normal(size=(batch, inputs)), rng.normal(size=(batch, 1))
    wr, wz, wc = rng.normal(size=(3, 1 + inputs, 1))
    rows = np.concatenate([wr, -wz, wc], axis=1).T
    network = load(torch.nn.GRUCell(inputs, 1, bias=False), weight_hh=rows[:, :1], weight_ih=rows[:, 1:])

    equal(recurrent.gru_step(x, h, wr, wz, wc), network(tensor(x), tensor(h)).detach())


@pytest.mark.parametrize(("batch", "inputs", "cells"), STEPS)
def test_a_gated_step_is_that_of_gru_cell_where_the_state_is_reset_beforehand(batch, inputs, cells):
    # With the reset gate's share already taken off the state, the candidate of torch is that of the course.
    # Zero weights leave torch's own r at 1/2, so its matrix is doubled, and its z at 1/2, so its new state is
    # half of what came in and half of the candidate.
    rng = np.random.default_rng(9)
    x, h = rng.normal(size=(batch, inputs)), rng.normal(size=(batch, cells))
    wr, wz, wc = rng.normal(size=(3, cells + inputs, cells))
    joined = np.concatenate([h, x], axis=1)
    r, z = special.expit(joined @ wr), special.expit(joined @ wz)
    doubled = np.concatenate([2 * wc[:cells], wc[cells:]])
    rows = np.concatenate([0 * wr, 0 * wz, doubled], axis=1).T
    network = load(
        torch.nn.GRUCell(inputs, cells, bias=False), weight_hh=rows[:, :cells], weight_ih=rows[:, cells:]
    )
    half = network(tensor(x), tensor(r * h)).detach().numpy()
    n = 2 * half - r * h

    equal(recurrent.gru_step(x, h, wr, wz, wc), (1 - z) * h + z * n)


@pytest.mark.parametrize(("steps", "cells"), [(1, 3), (4, 2), (3, 3), (12, 5)])
def test_the_norm_is_that_of_the_matrix_of_derivatives(steps, cells):
    xs, h0, wxh, whh, b, _ = simple(1, steps, 2, cells, seed=4)
    network = torchs_rnn(wxh, whh, b)
    shown = network(tensor(xs), tensor(h0)[None])[0][0].detach()
    derivatives = torch.autograd.functional.jacobian(
        lambda h: network(tensor(xs), h[None, None])[0][0, -1], tensor(h0[0])
    )

    equal(recurrent.gradient_norm_through_time(whh, shown), torch.linalg.matrix_norm(derivatives, 2))
