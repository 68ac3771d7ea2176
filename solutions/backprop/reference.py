"""Forward pass and deltas: how a network learns which of its weights to blame.

A network is a chain of layers. Forward, each layer weighs what it is given, adds a bias and bends the sum.
Backward, the error at the output is handed from layer to layer, each time through the same weights, until
every layer knows its delta: how the error changes with the sum in front of its bend. One more product turns
the deltas into the gradient of every weight. Put together, the four steps are back-propagation; a fifth
function does the same without calculus, slowly, and so tells whether it was right.

Lectures: 001:1365-1437 (activations), 001:1728-1782 (deltas), 002:342-361 (the two-layer example),
002:447-527 (the algorithm with thresholds and its chain of derivatives), 003:411-430; why a bend is needed
001:2953-2970; networks built by hand 001:1552-1600.

Symbols: X the inputs, one sample a row; W, b weights and biases of a layer; z = a_prev @ W + b its sums (the
slides write v or u); a = φ(z) its outputs (y); d the wanted outputs (d, in 002 y), D a batch of them; delta =
∂E/∂z. N samples, L layers, J units in a layer, K units in the layer after it.

Conventions: batch first, so X is (N, D). Weights are (in, out) and biases (out,), as in lecture 002; lecture
001 has weights (out, in). The error is

    E = 1/N Σ_n E_n    with    E_n = ½ Σ_k (a_nk - d_nk)²

and row n of a delta belongs to E_n alone: the division by N comes last, in `weight_gradients`. A delta has
the sign of the gradient, a - d; the slides' e = d - y is its negative. `ebp_step_threshold` alone speaks the
language of lecture 002: one sample at a time, thresholds that are subtracted, and g with the sign of y - ŷ.

The activations go by name: "sigmoid" 1 / (1 + e^-z), "tanh", "relu" max(0, z), "identity" z. The derivative
of relu at exactly 0 is 0. Lists and whole numbers are welcome, float64 comes back, no argument is changed,
and sums of ±1000 give neither a warning nor nan.
"""

import numpy as np

### BEGIN SOLUTION
# ---- the activations and their derivatives, both as functions of the sum z ------------------------


def _sigmoid(z):
    """1 / (1 + e^-z), without ever raising e to a large power."""
    e = np.exp(-np.abs(z))  # in (0, 1]: it may become 0, but never infinite
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def _sigmoid_prime(z):
    """σ (1 - σ) = e^-z / (1 + e^-z)², which is even in z."""
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


_PHI = {
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
    "identity": lambda z: z,
}
_PHI_PRIME = {
    "sigmoid": _sigmoid_prime,
    "tanh": lambda z: 1.0 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
    "identity": np.ones_like,
}
### END SOLUTION


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
    ### BEGIN SOLUTION
    zs, as_ = [], [np.asarray(X, dtype=float)]  # (N, D)
    for W, b, act in zip(Ws, bs, acts, strict=True):
        z = as_[-1] @ np.asarray(W, dtype=float) + np.asarray(b, dtype=float)  # (N, in) (in, out) + (out,)
        zs.append(z)
        as_.append(_PHI[act](z))  # (N, out)
    return zs, as_
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    a, d, z = (np.asarray(array, dtype=float) for array in (a, d, z))  # (N, K) each

    # The chain rule, one sample and one output:  ∂E/∂z = ∂E/∂a · ∂a/∂z.
    # E = ½ Σ_k (a_k - d_k)², so ∂E/∂a = a - d: the ½ is there to swallow the 2.
    # a = φ(z), so ∂a/∂z = φ'(z). Each output has its own z, so nothing is summed.
    return (a - d) * _PHI_PRIME[act](z)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    delta_next, W_next, z = (np.asarray(array, dtype=float) for array in (delta_next, W_next, z))

    # z_j reaches the error through its own output a_j, and a_j through every unit k of the next layer:
    #     ∂E/∂z_j = ∂a_j/∂z_j Σ_k ∂E/∂z_k ∂z_k/∂a_j = φ'(z_j) Σ_k delta_k W_jk.
    # Written for all j at once the sum is delta @ W.T: the same weights, walked the other way.
    blame = delta_next @ W_next.T  # (N, K) (K, J) = (N, J)
    return blame * _PHI_PRIME[act](z)
    ### END SOLUTION


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
    ### BEGIN SOLUTION
    a_prev, delta = np.asarray(a_prev, dtype=float), np.asarray(delta, dtype=float)
    N = len(a_prev)

    # z_j = Σ_i a_i W_ij + b_j, so ∂z_j/∂W_ij = a_i and ∂z_j/∂b_j = 1: the bias is a weight whose input is 1.
    # One sample gives the outer product of a and delta; the matrix product adds these up over the batch.
    dW = a_prev.T @ delta / N  # (I, N) (N, J) = (I, J)
    db = delta.mean(axis=0)  # (J,)
    return dW, db
    ### END SOLUTION


def backprop(X, D, Ws, bs, acts):
    """Compute the gradient of the error by all weights and biases of a network.

    Args:
        X: Inputs (N, D), one sample a row.
        D: Wanted outputs (N, K).
        Ws: List of L weight matrices, each (in, out).
        bs: List of L bias vectors, each (out,).
        acts: List of L names, the activation of each layer.

    Returns:
        (dWs, dbs): two lists of L arrays each, in the order of the layers: dWs[l] is ∂E/∂Ws[l] and has its
        shape, dbs[l] likewise. With the sign of the gradient: uphill.

    Source: lecture 001:1770-1782 and 002:494-527.

    Hint: you have all four steps. On the way back, which weights lie between layer l and the layer after it,
    and at which sums is the slope of layer l taken?

    The snowboarding network, when 1 was right:

    >>> W1 = [[0.8, 0.2, 0.7], [0.6, 0.9, 0.1]]
    >>> W2 = [[0.2], [0.8], [0.5]]
    >>> dWs, dbs = backprop([[1, 1]], [[1]], [W1, W2], [[0, 0, 0], [0]], ["sigmoid", "sigmoid"])
    >>> print(np.round(dWs[1], 6).tolist(), np.round(dbs[1], 6).tolist())
    [[-0.037273], [-0.034861], [-0.03206]] [-0.046465]
    >>> print(np.round(dWs[0], 6).tolist())
    [[-0.001475, -0.006965, -0.00497], [-0.001475, -0.006965, -0.00497]]
    """
    ### BEGIN SOLUTION
    zs, as_ = forward(X, Ws, bs, acts)  # as_[l] goes into layer l, zs[l] and as_[l + 1] come out
    L = len(Ws)
    dWs, dbs = [None] * L, [None] * L

    # Every weight reaches the error through the sum of its own layer, and that sum only through the layers
    # after it. So one walk from the back serves them all: what was found for a layer is used for the one
    # before, and nothing is computed twice. The weights stay as they are until the walk is over.
    delta = output_delta(as_[L], D, zs[L - 1], acts[L - 1])  # (N, K)
    for l in reversed(range(L)):
        dWs[l], dbs[l] = weight_gradients(as_[l], delta)
        if l > 0:
            # Ws[l] lies between layer l - 1 and layer l. The slope is that of layer l - 1, at its own sums.
            delta = hidden_delta(delta, Ws[l], zs[l - 1], acts[l - 1])  # (N, in of layer l)
    return dWs, dbs
    ### END SOLUTION


def ebp_step_threshold(x, y, V, gamma, W, theta, eta):
    """Learn from a single sample as lecture 002 does: sigmoid units, each with a threshold.

        b_h = f(Σ_i v_ih x_i - gamma_h)        ŷ_j = f(Σ_h w_hj b_h - theta_j)        f the sigmoid

    One step of gradient descent on E = ½ Σ_j (ŷ_j - y_j)² moves all weights and thresholds:

        g_j = (y_j - ŷ_j) ŷ_j (1 - ŷ_j)        e_h = b_h (1 - b_h) Σ_j w_hj g_j
        w_hj += eta b_h g_j                    v_ih += eta x_i e_h
        theta_j -= eta g_j                     gamma_h -= eta e_h

    with the old w in e_h.

    Args:
        x: Inputs of the sample (d,).
        y: Wanted outputs (l,).
        V: Weights from the inputs to the hidden units (d, q).
        gamma: Thresholds of the hidden units (q,).
        W: Weights from the hidden units to the outputs (q, l).
        theta: Thresholds of the outputs (l,).
        eta: Learning rate, a float >= 0.

    Returns:
        (V, gamma, W, theta) after the step: four new float64 arrays.

    Source: lecture 002:447-527.

    Hint: compute g and e first, and move nothing before you have both. Mind the sign of the thresholds: what
    does a larger threshold do to a sum?

    The snowboarding network once more, with eta = 1:

    >>> V, W = [[0.8, 0.2, 0.7], [0.6, 0.9, 0.1]], [[0.2], [0.8], [0.5]]
    >>> V, gamma, W, theta = ebp_step_threshold([1, 1], [1], V, [0, 0, 0], W, [0], 1.0)
    >>> print(np.round(W, 6).tolist(), np.round(theta, 6).tolist())
    [[0.237273], [0.834861], [0.53206]] [-0.046465]
    >>> print(np.round(V[0], 6).tolist(), np.round(gamma, 6).tolist())
    [0.801475, 0.206965, 0.70497] [-0.001475, -0.006965, -0.00497]
    """
    ### BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)  # (d,), (l,)
    V, gamma = np.asarray(V, dtype=float), np.asarray(gamma, dtype=float)  # (d, q), (q,)
    W, theta = np.asarray(W, dtype=float), np.asarray(theta, dtype=float)  # (q, l), (l,)

    b = _sigmoid(x @ V - gamma)  # (q,)
    y_hat = _sigmoid(b @ W - theta)  # (l,)

    # g = -∂E/∂(sum of an output): the slides go downhill from the start, so the changes are added. f (1 - f)
    # is the slope of the sigmoid, and W @ g hands the blame back, through the weights that made the mistake:
    # the old ones.
    g = (y - y_hat) * y_hat * (1.0 - y_hat)  # (l,)
    e = b * (1.0 - b) * (W @ g)  # (q,)

    # ∂(sum)/∂w is what went in, but ∂(sum)/∂theta = -1: a threshold is a weight whose input is -1. To raise
    # the sum, it has to fall.
    return V + eta * np.outer(x, e), gamma - eta * e, W + eta * np.outer(b, g), theta - eta * g
    ### END SOLUTION


def numerical_gradient(f, theta, h=1e-5):
    """Compute a gradient by small pushes, one number at a time: the check of every formula.

        ∂f/∂theta_i ≈ (f(theta + h e_i) - f(theta - h e_i)) / (2 h)        e_i: 1 in place i, else 0

    Args:
        f: Function that takes an array of the shape of theta and returns a float.
        theta: Array of any shape, or a single number.
        h: Size of a push, a float > 0.

    Returns:
        float64 array of the shape of theta.

    Source: the definition of the derivative, taken to both sides.

    Hint: every push starts from theta as it was given. `np.ndindex(shape)` runs through all places of an
    array, however many axes it has.

    >>> print(np.round(numerical_gradient(lambda t: t[0] ** 2 * t[1], [3.0, 5.0]), 6).tolist())
    [30.0, 9.0]
    >>> print(np.round(numerical_gradient(lambda t: np.sum(t**3), [[1.0, 2.0]], h=0.5), 6).tolist())
    [[3.25, 12.25]]
    """
    ### BEGIN SOLUTION
    theta = np.asarray(theta, dtype=float)
    gradient = np.zeros(theta.shape)

    # f(t ± h) = f ± h f′ + h²/2 f″ ± h³/6 f‴ … by Taylor's series: in the difference of the two
    # sides the even terms cancel. The error that is left is h²/6 f‴, against h/2 f″ for a push to one side
    # only. A much smaller h helps no further: the difference of two nearly equal numbers loses digits, and
    # the error of rounding is about 1e-16 |f| / h.
    for i in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2.0 * h)
    return gradient
    ### END SOLUTION


def linear_collapse(W1, b1, W2, b2):
    """Make one layer of two that have no bend between them.

        x @ W + b = (x @ W1 + b1) @ W2 + b2    for every x

    Args:
        W1: Weights of the first layer (D, J).
        b1: Biases of the first layer (J,).
        W2: Weights of the second layer (J, K).
        b2: Biases of the second layer (K,).

    Returns:
        (W, b): weights (D, K) and biases (K,) of the one layer, float64.

    Source: lecture 001:2953-2970 (there without biases).

    Hint: multiply the right-hand side out. What comes of b1?

    >>> W, b = linear_collapse([[1, 2], [0, 1]], [1, -1], [[3], [4]], [10])
    >>> print(W.tolist(), b.tolist())
    [[11.0], [4.0]] [9.0]
    """
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in (W1, b1, W2, b2))

    # (x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2). A second linear layer adds weights to be learned and
    # nothing that can be said with them; with fewer units than inputs and outputs, it even takes some away.
    return W1 @ W2, b1 @ W2 + b2  # (D, J) (J, K) = (D, K), (J,) (J, K) = (K,)
    ### END SOLUTION


def step_approximator(edges, values):
    """Build a network that is a given staircase: no learning, the weights are written down.

    One input x, a hidden layer of K step units, one linear output:

        net(x) = Σ_k w2_k s(w1_k x + b1_k) + b2        s(u) = 1 for u >= 0, else 0

    It has to be values[0] for x < edges[0], values[k] for edges[k - 1] <= x < edges[k], and values[K] from
    edges[K - 1] on.

    Args:
        edges: Places of the K steps, strictly increasing (K,); there may be none.
        values: Heights between them (K + 1,).

    Returns:
        (w1, b1, w2, b2): weights (1, K) and biases (K,) of the hidden layer, weights (K, 1) and bias (1,) of
        the output, float64. Any four arrays of these shapes that give this staircase are right.

    Source: the construction of Blum and Li, lecture 001:1565-1590, in one dimension.

    Hint: let hidden unit k switch on at edges[k] and stay on. What does it have to add at that moment?

    >>> w1, b1, w2, b2 = step_approximator([1, 3], [2, 5, 4])
    >>> x = np.array([[0.5], [1.0], [2.9], [3.0]])
    >>> print(((x @ w1 + b1 >= 0) @ w2 + b2).ravel().tolist())
    [2.0, 5.0, 5.0, 4.0]
    """
    ### BEGIN SOLUTION
    edges, values = np.asarray(edges, dtype=float), np.asarray(values, dtype=float)  # (K,), (K + 1,)

    # Unit k is on from its edge onwards: s(x - edges[k]). At x, all units up to the last edge passed are on,
    # and values[0] + (values[1] - values[0]) + … + (values[k] - values[k - 1]) is values[k]: what a unit
    # adds is the height of its step. The lecture builds each column of its own two edges, and so needs two
    # units for each; neighbours can share an edge.
    w1 = np.ones((1, len(edges)))
    return w1, -edges, np.diff(values)[:, None], values[:1]
    ### END SOLUTION


# Tasks 10 and 11 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_H = """
"""
