"""Forward pass and deltas: how a network learns which of its weights to blame.

A network is a chain of layers. Forward, each layer weighs what it is given, adds a bias and bends the sum.
Backward, the error at the output is handed from layer to layer, each time through the same weights, until
every layer knows its delta: how the error changes with the sum in front of its bend. One more product turns
the deltas into the gradient of every weight.

Lectures: 001:1365-1437 (activations), 001:1728-1782 (deltas), 002:342-361 (the two-layer example),
002:438-527 (the algorithm with its chain of derivatives), 003:411-430.

Symbols: X the inputs, one sample a row; W, b weights and biases of a layer; z = a_prev @ W + b its sums (the
slides write v or u); a = φ(z) its outputs (y); d the wanted outputs (d, in 002 y); delta = ∂E/∂z. N samples,
J units in a layer, K units in the layer after it.

Conventions: batch first, so X is (N, D). Weights are (in, out) and biases (out,), as in lecture 002; lecture
001 has weights (out, in). The error is

    E = 1/N Σ_n E_n    with    E_n = ½ Σ_k (a_nk - d_nk)²

and row n of a delta belongs to E_n alone: the division by N comes last, in `weight_gradients`. A delta has
the sign of the gradient, a - d; the slides' e = d - y is its negative.

The activations go by name: "sigmoid" 1 / (1 + e^-z), "tanh", "relu" max(0, z), "identity" z. The derivative
of relu at exactly 0 is 0. Lists and whole numbers are welcome, float64 comes back, no argument is changed,
and sums of ±1000 give neither a warning nor nan.
"""

import numpy as np


def forward(X, Ws, bs, acts):
    """Run a batch through all layers and keep what each layer computed.

        z = a_prev @ W + b        a = φ(z)        for each layer in turn, starting from a_prev = X

    Args:
        X: Inputs (N, D), one sample a row.
        Ws: List of L weight matrices, each (in, out); the first has D rows.
        bs: List of L bias vectors, each (out,).
        acts: List of L names, the activation of each layer: "sigmoid", "tanh", "relu" or "identity".

    Returns:
        (zs, as_): the list of the L sums z, each (N, out), and the list of L + 1 outputs a. The first entry
        of `as_` is X itself, the last the output of the network. So `as_[l]` goes into layer l, and `zs[l]`
        and `as_[l + 1]` come out of it.

    Source: lecture 001:1770, 002:342.

    Hint: what goes into the next layer is a, not z, and the output layer has an activation like any other.

    The network of lecture 002 decides whether to go snowboarding (it has no biases):

    >>> W1 = [[0.8, 0.2, 0.7], [0.6, 0.9, 0.1]]
    >>> W2 = [[0.2], [0.8], [0.5]]
    >>> zs, as_ = forward([[1, 1]], [W1, W2], [[0, 0, 0], [0]], ["sigmoid", "sigmoid"])
    >>> print(np.round(zs[0], 6).tolist(), np.round(as_[1], 6).tolist())
    [[1.4, 1.1, 0.8]] [[0.802184, 0.75026, 0.689974]]
    >>> print(np.round(zs[1], 6).tolist(), np.round(as_[2], 6).tolist())
    [[1.105632]] [[0.751314]]
    >>> len(zs), len(as_)
    (2, 3)
    """
    raise NotImplementedError("write forward here")


def output_delta(a, d, z, act):
    """Say how the error of each sample changes with the sums of the output layer.

        delta = (a - d) φ'(z)        entry by entry

    Args:
        a: Outputs of the network (N, K), a = φ(z).
        d: Wanted outputs (N, K).
        z: Sums of the output layer (N, K).
        act: Name of the output layer's activation: "sigmoid", "tanh", "relu" or "identity".

    Returns:
        delta (N, K), float64: ∂E_n/∂z, not divided by N.

    Source: lecture 001:1780 (there with the opposite sign, e = d - y), 002:516.

    Hint: φ' is taken at z, the sum before the bend. For the sigmoid it is a (1 - a), not a.

    The snowboarding network said 0.751314 and 1 was right:

    >>> print(np.round(output_delta([[0.751314]], [[1.0]], [[1.105632]], "sigmoid"), 6).tolist())
    [[-0.046465]]
    >>> print(np.round(output_delta([[3.0, 0.0]], [[2.5, -1.0]], [[3.0, -4.0]], "relu"), 6).tolist())
    [[0.5, 0.0]]
    """
    raise NotImplementedError("write output_delta here")


def hidden_delta(delta_next, W_next, z, act):
    """Hand the deltas of a layer back to the layer before it.

        delta_j = φ'(z_j) Σ_k delta_next_k W_next_jk

    Args:
        delta_next: Deltas of the layer after this one (N, K).
        W_next: Weights between the two layers (J, K): from unit j here to unit k there.
        z: Sums of this layer (N, J).
        act: Name of this layer's activation: "sigmoid", "tanh", "relu" or "identity".

    Returns:
        delta (N, J), float64: ∂E_n/∂z of this layer, not divided by N.

    Source: lecture 001:1776 (which prints φ' at the sums of the wrong layer, and then loses the sum over k).

    Hint: forward, W carries J values to K. Which product of the same matrix carries K values back to J?

    The snowboarding network, one layer further back:

    >>> delta = hidden_delta([[-0.0464648]], [[0.2], [0.8], [0.5]], [[1.4, 1.1, 0.8]], "sigmoid")
    >>> print(np.round(delta, 6).tolist())
    [[-0.001475, -0.006965, -0.00497]]
    """
    raise NotImplementedError("write hidden_delta here")


def weight_gradients(a_prev, delta):
    """Turn the deltas of a layer into the gradient of its weights and biases.

        dW_ij = 1/N Σ_n a_prev_ni delta_nj        db_j = 1/N Σ_n delta_nj

    Args:
        a_prev: What went into the layer (N, I).
        delta: Deltas of the layer (N, J).

    Returns:
        (dW, db): ∂E/∂W (I, J) and ∂E/∂b (J,), float64, with the sign of the gradient: uphill.

    Source: lecture 001:1782 (there -η times this, for one sample), 002:527.

    Hint: dW has the shape of W. Both results are means over the batch.

    Two samples, two inputs, one unit:

    >>> dW, db = weight_gradients([[1.0, 2.0], [3.0, 4.0]], [[0.5], [-1.0]])
    >>> print(np.round(dW, 6).tolist(), np.round(db, 6).tolist())
    [[-1.25], [-1.5]] [-0.25]
    """
    raise NotImplementedError("write weight_gradients here")


# Task 5 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
