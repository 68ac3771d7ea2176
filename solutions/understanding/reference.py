"""What a trained network looks at, and how to fool it.

A network that answers "dog" does not say why. One can ask it: cover a part of the picture and see whether the
answer suffers; look at the slope of the answer with respect to each pixel; follow that slope and let the
network paint what it likes best; compare pictures by what they stir in an inner layer. The same slope,
followed in tiny steps, turns a dog into an ostrich for the network and for nobody else.

Lectures: nearest neighbours and typical examples 001:11067-11130; gradient ascent 001:11201-11290; style
transfer 001:11328-11440; adversarial noise and stickers 001:11448-11614; occlusion 001:11636-11653; saliency
001:11655-11672.

Symbols: a picture or the activations of one layer are (C, H, W): channel, row, column; a batch of them is
(N, C, H, W); g is the slope of one score with respect to each pixel.

Conventions: a score is the number of a class before the softmax. Nothing here needs a network: scores come in
as a function, slopes as arrays. Lists and whole numbers are welcome, float64 comes back, no argument is
changed.
"""

import numpy as np


def occlusion_map(score_fn, img, k, stride, fill):
    """Cover the picture with a square, place after place, and write down how much the score drops.

        map[i, j] = score(picture) - score(picture with the square i, j covered)

    The square of k × k pixels covers all channels. Square i, j begins in row i·stride and column j·stride.
    Only squares that lie wholly on the picture count.

    Args:
        score_fn: A function; it takes a picture (C, H, W) and returns one number, the score of the class.
        img: Picture (C, H, W).
        k: Side of the square in pixels, an int from 1 to min(H, W).
        stride: From one square to the next, an int >= 1.
        fill: The number that stands in every covered pixel.

    Returns:
        float64 array ((H - k) // stride + 1, (W - k) // stride + 1); large where
        something important was covered.

    Source: lecture 001:11636-11653.

    Hint: before each square the picture has to be whole again.

    >>> def middle(x):
    ...     return 10.0 * x[0][1][1]
    >>> print(occlusion_map(middle, [[[1, 1, 1], [1, 1, 1], [1, 1, 1]]], 1, 1, 0.5).tolist())
    [[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]
    """
    ### BEGIN SOLUTION
    img = np.asarray(img, dtype=float)
    H, W = img.shape[1:]
    drop = np.zeros(((H - k) // stride + 1, (W - k) // stride + 1))

    base = float(score_fn(img.copy()))  # once: a network is slow, and this number does not change
    for i, j in np.ndindex(drop.shape):
        covered = img.copy()  # a fresh copy for each square, or the squares would add up
        covered[:, i * stride : i * stride + k, j * stride : j * stride + k] = fill
        drop[i, j] = base - float(score_fn(covered))
    return drop
    ### END SOLUTION


def saliency(grad):
    """How strongly each pixel moves the score: the largest slope among its channels, whatever its sign.

        map[i, j] = max_c |g[c, i, j]|

    Args:
        grad: Slope of the score before the softmax with respect to the picture, (C, H, W).

    Returns:
        float64 array (H, W), not scaled in any way.

    Source: lecture 001:11655-11672.

    Hint: a pixel that lowers the score matters as much as one that raises it.

    >>> print(saliency([[[1.0, -2.0]], [[0.5, 1.5]], [[-3.0, 0.0]]]).tolist())
    [[3.0, 2.0]]
    """
    ### BEGIN SOLUTION
    return np.abs(np.asarray(grad, dtype=float)).max(axis=0)
    ### END SOLUTION


def fgsm(x, grad, eps, lo=0, hi=1):
    """The fast gradient sign method: move every pixel by eps in the direction in which the loss grows.

        x' = clip(x + eps · sign(g), lo, hi)

    A pixel whose slope is exactly 0 stays where it is.

    Args:
        x: Picture of any shape, with values from lo to hi.
        grad: Slope of the loss with respect to each pixel, same shape.
        eps: How far a pixel moves, a float >= 0.
        lo: Darkest allowed value.
        hi: Brightest allowed value.

    Returns:
        float64 array of the shape of x.

    Source: lecture 001:11481-11566; Goodfellow and others, 2015.

    Hint: how steep the slope is plays no part, only its direction.

    >>> print(fgsm([0.5, 0.5, 0.5, 1.0], [0.001, -40.0, 0.0, 2.0], 0.25).tolist())
    [0.75, 0.25, 0.5, 1.0]
    """
    ### BEGIN SOLUTION
    x, g = np.asarray(x, dtype=float), np.asarray(grad, dtype=float)
    # Among all changes of at most eps in every pixel, this one raises a linear loss most: by eps · Σ |g|.
    return np.clip(x + eps * np.sign(g), lo, hi)
    ### END SOLUTION


def gradient_ascent_step(img, grad, lr, l2, clip):
    """One step towards the picture that a neuron likes best, and yet not too glaring a picture.

        maximise f(I) + R(I)    with R(I) = -l2 · Σ I²

    One step uphill with learning rate lr; after it, values outside the bounds are set to the nearer bound.

    Args:
        img: Picture I of any shape.
        grad: Slope of f alone at I, same shape. The slope of R is yours to add.
        lr: Learning rate.
        l2: Weight of the regulariser, >= 0.
        clip: The bounds (lo, hi), or None for none.

    Returns:
        float64 array of the shape of img.

    Source: lecture 001:11231-11260.

    Hint: differentiate R by one pixel, with pen and paper.

    >>> print(gradient_ascent_step([1.0, -2.0, 0.0], [2.0, 0.0, 8.0], 0.5, 0.25, None).tolist())
    [1.75, -1.5, 4.0]
    >>> print(gradient_ascent_step([1.0, -2.0, 0.0], [2.0, 0.0, 8.0], 0.5, 0.25, (-1, 3)).tolist())
    [1.75, -1.0, 3.0]
    """
    ### BEGIN SOLUTION
    I, g = np.asarray(img, dtype=float), np.asarray(grad, dtype=float)
    I = I + lr * (g - 2 * l2 * I)  # dR/dI = -2 l2 I: the regulariser pulls every pixel towards 0
    return I if clip is None else np.clip(I, clip[0], clip[1])
    ### END SOLUTION


def gram_matrix(F):
    """Which channels of a layer are active together, wherever on the picture that is.

        G[a, b] = 1 / (C H W) · Σ_i Σ_j F[a, i, j] F[b, i, j]

    Args:
        F: Activations of a layer (C, H, W).

    Returns:
        float64 array (C, C), symmetric.

    Source: lecture 001:11378-11390, which leaves the scale open; 1 / (C H W) is this course's choice.

    Hint: with each channel laid out as one long row, the double sum is a product of two matrices.

    >>> print(gram_matrix([[[1, 2]], [[3, -1]]]).tolist())
    [[1.25, 0.25], [0.25, 2.5]]
    """
    ### BEGIN SOLUTION
    F = np.asarray(F, dtype=float)
    rows = F.reshape(len(F), -1)  # (C, H W)
    return rows @ rows.T / F.size
    ### END SOLUTION


def style_loss(F, G):
    """How far two pictures are apart in style: the sum of all squared differences of their Gram matrices.

        L = Σ_a Σ_b (gram(F)[a, b] - gram(G)[a, b])²

    Args:
        F: Activations (C, H, W) of the picture that is painted.
        G: Activations (C, H', W') of the picture whose style is wanted; it may be of another size.

    Returns:
        A float >= 0.

    Source: lecture 001:11386-11390.

    Hint: compare what the channels have in common, not the pixels.

    >>> print(style_loss([[[1, 2]], [[3, -1]]], [[[2]], [[0]]]))
    6.9375
    """
    ### BEGIN SOLUTION
    return float(np.sum((gram_matrix(F) - gram_matrix(G)) ** 2))
    ### END SOLUTION


def content_loss(F, P):
    """How far two pictures are apart in content: half the sum of squared differences of their activations.

        L = ½ Σ (F - P)²

    Args:
        F: Activations of the picture that is painted, of any shape.
        P: Activations of the picture whose content is wanted, same shape.

    Returns:
        A float >= 0.

    Source: lecture 001:11384; the factor ½ as in Gatys and others, 2016.

    Hint: place by place this time.

    >>> print(content_loss([[1, 2], [3, -1]], [[1, 0], [0, -1]]))
    6.5
    """
    ### BEGIN SOLUTION
    difference = np.asarray(F, dtype=float) - np.asarray(P, dtype=float)
    return float(0.5 * np.sum(difference**2))  # the half makes the slope F - P, without a 2
    ### END SOLUTION


def nearest_neighbours(F, q, k):
    """The k pictures whose features are nearest to those of a given picture, by Euclidean distance.

    Args:
        F: Features of N pictures, one a row, (N, D).
        q: Features of the picture that is asked about, (D,). It may be one of the N; then it is found, too.
        k: How many, an int from 1 to N.

    Returns:
        int array (k,): numbers of rows, the nearest first; of equally near ones the smaller number first.

    Source: lecture 001:11067-11085.

    Hint: NumPy can put numbers in order so that equal ones stay as they stood.

    >>> print(nearest_neighbours([[0, 5], [3, 0], [0, 0], [0, 3]], [0, 1], 3).tolist())
    [2, 3, 1]
    """
    ### BEGIN SOLUTION
    difference = np.asarray(F, dtype=float) - np.asarray(q, dtype=float)  # (N, D)
    squares = np.sum(difference**2, axis=1)  # (N,); the root would change no order
    return np.argsort(squares, kind="stable")[:k]
    ### END SOLUTION


def top_activating(acts, channel, k):
    """The k pictures that stir one channel most, each judged by the place where it stirs it most.

    Args:
        acts: Activations of one layer for N pictures, (N, C, H, W).
        channel: Number of the channel, from 0 to C - 1.
        k: How many, an int from 1 to N.

    Returns:
        int array (k,): numbers of pictures, the strongest first; of equally strong ones the smaller
            number first.

    Source: lecture 001:11119-11130.

    Hint: one number for each picture first, then the order.

    >>> print(top_activating([[[[2, 2]]], [[[0, 3]]], [[[1, 0]]]], 0, 2).tolist())
    [1, 0]
    """
    ### BEGIN SOLUTION
    peaks = np.asarray(acts, dtype=float)[:, channel].max(axis=(1, 2))  # (N,)
    return np.argsort(-peaks, kind="stable")[
        :k
    ]  # the minus, not a reversed order: that would turn ties round
    ### END SOLUTION


def dead_units(acts):
    """The channels that no picture stirs anywhere: their activations are 0 or less at every place.

    Args:
        acts: Activations of one layer for N pictures, (N, C, H, W).

    Returns:
        int array of the numbers of these channels, in rising order; empty if all are alive.

    Source: lecture 001:11119-11130, turned round.

    Hint: a channel is alive as soon as one place of one picture is above 0.

    >>> print(dead_units([[[[0, 0]], [[0, 2]], [[0, 0]]], [[[0, 0]], [[0, 0]], [[1, 0]]]]).tolist())
    [0]
    """
    ### BEGIN SOLUTION
    return np.flatnonzero(np.asarray(acts, dtype=float).max(axis=(0, 2, 3)) <= 0)
    ### END SOLUTION


def apply_stickers(img, stickers):
    """Put stickers of one colour on a picture, in the order given.

    A later sticker hides an earlier one. What sticks out over the edge of the picture is cut off.

    Args:
        img: Picture (C, H, W).
        stickers: A list of (x, y, w, h, value): column and row of the upper left corner (ints, below 0 where
            the sticker begins outside), width, height (ints >= 0), and the value that it gives to every pixel
            below it, in all channels. The value may be negative.

    Returns:
        float64 array (C, H, W).

    Source: lecture 001:11577-11593.

    Hint: x counts columns, y counts rows. What does a negative number mean to a slice?

    >>> print(apply_stickers([[[0, 0, 0], [0, 0, 0]]], [(1, 0, 9, 1, 5), (-1, -1, 3, 2, -2)]).tolist())
    [[[-2.0, -2.0, 5.0], [0.0, 0.0, 0.0]]]
    """
    ### BEGIN SOLUTION
    out = np.array(img, dtype=float)  # np.array copies, np.asarray might not
    for x, y, w, h, value in stickers:
        # An end beyond the edge is harmless to a slice; a beginning or an end below 0 counts from behind.
        out[:, max(y, 0) : max(y + h, 0), max(x, 0) : max(x + w, 0)] = value
    return out
    ### END SOLUTION


# Tasks 12 and 13 are read by a person. Write your sentences between the quotes.
EXPLAIN_SCORE = """
"""

EXPLAIN_STICKERS = """
"""
