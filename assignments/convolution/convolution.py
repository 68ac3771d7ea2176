"""Convolution as an operation on signals and pictures.

Put a small pattern of weights over a signal, multiply, add up, move on by one. That is correlation; turn the
pattern round first and it is convolution. The turn looks like a whim, and it buys what numbers have under
multiplication: order and brackets no longer matter. On this rest the Fourier transform's shortcut, the
decomposition of large kernels and, without the turn, every convolutional layer.

Lectures: one dimension 001:3931-4078; correlation 001:4080-4107; two dimensions 001:4112-4210; the Fourier
transform 001:4253-4276; kernels 001:4303-4400, 003:300-365 and 004:182-224; decomposition 001:4422-4451;
im2col 004:279.

Symbols: f a signal of n numbers; g a kernel of k numbers; x a picture of H rows and W columns; N pictures of
C channels; a tap is one weight of a kernel.

Conventions: functions called `conv` turn the kernel round, functions called `correlate` do not (lectures 000,
002, 003 and 004, and all libraries of networks, write * or "convolution" for correlation). Outside the signal
there are zeros. Lists and whole numbers are welcome, float64 comes back, no argument is changed.
"""

import numpy as np


def conv1d(f, g, mode):
    """Convolve a signal with a kernel.

        (f * g)[i] = Σ_m f[i - m] g[m]    with f = 0 outside the signal

    Args:
        f: Signal (n,), n >= 1.
        g: Kernel (k,), k >= 1; it may be longer than the signal.
        mode: Which of the positions come back.
            "full": all at which kernel and signal touch, i = 0 … n + k - 2.
            "valid": those at which the kernel lies wholly inside the signal, n - k + 1 of them; an empty
                array where k > n.
            "same": n of the full ones, from i = (k - 1) // 2 on; always as long as f.

    Returns:
        float64 array (n + k - 1,), (max(n - k + 1, 0),) or (n,).

    Source: lecture 001:3931-4078.

    Hint: each tap of the kernel adds a copy of the whole signal, shifted and scaled.

    >>> print(conv1d([0, 1, 2, 3, 4], [1, -1, 2], "full").tolist())
    [0.0, 1.0, 1.0, 3.0, 5.0, 2.0, 8.0]
    >>> print(conv1d([0, 1, 2, 3, 4], [1, -1, 2], "valid").tolist())
    [1.0, 3.0, 5.0]
    >>> print(conv1d([3, 2, 2, -1, -2, -3, -1], [-1, 0, 2, 0, -1], "same").tolist())
    [4.0, 5.0, 3.0, -1.0, -5.0, -5.0, 0.0]
    """
    raise NotImplementedError("write conv1d here")


def correlate1d(f, g, mode):
    """Correlate a signal with a kernel: slide it along without turning it round.

        (f ⋆ g)[i] = Σ_m f[i + m] g[m]    with f = 0 outside the signal

    Args:
        f: Signal (n,), n >= 1.
        g: Kernel (k,), k >= 1; it may be longer than the signal.
        mode: "full", "valid" or "same": the same places of the result as in `conv1d`. The first entry of
            "full" is therefore i = -(k - 1), where only the last tap touches the signal.

    Returns:
        float64 array (n + k - 1,), (max(n - k + 1, 0),) or (n,).

    Source: lecture 001:4080-4095.

    Hint: you have a function that turns the kernel round. What happens if it is turned twice?

    >>> print(correlate1d([0, 1, 2, 3, 4], [1, -1, 2], "full").tolist())
    [0.0, 2.0, 3.0, 5.0, 7.0, -1.0, 4.0]
    >>> print(correlate1d([0, 1, 2, 3, 4], [1, -1, 2], "valid").tolist())
    [3.0, 5.0, 7.0]
    """
    raise NotImplementedError("write correlate1d here")


def conv2d(x, k, mode="valid"):
    """Convolve a picture with a kernel.

        (x * k)[i, j] = Σ_a Σ_b x[i - a, j - b] k[a, b]    with x = 0 outside the picture

    Args:
        x: Picture (H, W).
        k: Kernel (KH, KW); neither need be square, and the kernel may be larger than the picture.
        mode: "valid", "full" or "same", along each axis as in `conv1d`.

    Returns:
        float64 array: (max(H - KH + 1, 0), max(W - KW + 1, 0)) for "valid", (H + KH - 1, W + KW - 1) for
        "full", (H, W) for "same".

    Source: lecture 001:4112-4165.

    Hint: test with a kernel that is its own mirror image along no axis. A symmetric one forgives everything.

    >>> print(conv2d([[1, 3, 1], [0, -1, 1], [2, 2, -1]], [[1, 2], [0, -1]]).tolist())
    [[-2.0, -4.0], [6.0, 4.0]]
    """
    raise NotImplementedError("write conv2d here")


def correlate2d(x, k, stride=1, pad=(0, 0), dilation=1):
    """Slide a kernel over a picture as a layer of a network does, without turning it round.

        y[i, j] = Σ_a Σ_b x[i·stride + a·dilation, j·stride + b·dilation] k[a, b]

    where x is the picture with its border of zeros. Only positions at which every tap lies on the padded
    picture count: y has (H + 2·pad[0] - dilation (KH - 1) - 1) // stride + 1 rows, and columns likewise.

    Args:
        x: Picture (H, W).
        k: Kernel (KH, KW); it fits into the padded picture.
        stride: How far the kernel moves, along both axes, an int >= 1.
        pad: (rows, columns): rows of zeros above as well as below, columns of zeros left as well as right.
        dilation: Distance of neighbouring taps, along both axes, an int >= 1; 1 is the ordinary kernel.

    Returns:
        float64 array (OH, OW).

    Source: lecture 000:640-665 (both examples); dilation 001:6975-7024.

    Hint: the tap (a, b) meets, over all positions, one regular grid of the picture: a slice with a step.

    >>> x = [[0, 1, 2, 1, 0], [4, 1, 0, 1, 0], [2, 0, 1, 1, 1], [1, 2, 3, 1, 0], [0, 4, 3, 2, 0]]
    >>> print(correlate2d(x, [[0, 1, 0], [1, 0, 1], [2, 1, 0]]).tolist())
    [[9.0, 5.0, 4.0], [8.0, 8.0, 10.0], [8.0, 15.0, 12.0]]
    >>> print(correlate2d(x, [[0, 1, 0], [1, 0, 1], [2, 1, 0]], stride=2, pad=(1, 1)).tolist())
    [[5.0, 4.0, 3.0], [5.0, 8.0, 3.0], [5.0, 9.0, 2.0]]
    >>> print(correlate2d(x, [[1, 0], [0, 2]], dilation=3).tolist())
    [[2.0, 1.0], [8.0, 1.0]]
    """
    raise NotImplementedError("write correlate2d here")


def pad2d(x, widths, value=0):
    """Put a border around a picture.

    Args:
        x: Picture (H, W).
        widths: ((top, bottom), (left, right)), four whole numbers >= 0.
        value: What the border is filled with, a float.

    Returns:
        float64 array (top + H + bottom, left + W + right).

    Source: lecture 001:4192-4210; asymmetric borders 001:4066.

    Hint: make the large picture first, full of the value, and put the small one where it belongs.

    >>> print(pad2d([[1, 2], [3, 4]], ((1, 0), (0, 2)), value=9).tolist())
    [[9.0, 9.0, 9.0, 9.0], [1.0, 2.0, 9.0, 9.0], [3.0, 4.0, 9.0, 9.0]]
    """
    raise NotImplementedError("write pad2d here")


def fft_conv1d(f, g):
    """Convolve a signal with a kernel by way of the Fourier transform.

        F{f * g} = F{f} · F{g}

    The transform of n numbers treats them as one turn of a wheel, so its convolution runs round in a circle.
    The result has to be the ordinary one, "full" of `conv1d`, with nothing wrapped round.

    Args:
        f: Signal (n,), n >= 1.
        g: Kernel (k,), k >= 1; it may be longer than the signal.

    Returns:
        float64 array (n + k - 1,), real numbers.

    Source: lecture 001:4253-4276.

    Hint: np.fft.fft(f, length) appends zeros up to `length`. How long must the wheel be for all to fit?

    >>> print(np.round(fft_conv1d([1, 2, 3, 4], [1, 1]), 6).tolist())
    [1.0, 3.0, 5.0, 7.0, 4.0]
    """
    raise NotImplementedError("write fft_conv1d here")


def separable(k, tol=1e-10):
    """Find out whether a kernel is a column times a row, and which.

    A kernel u vᵀ need not be applied at once: first the column u, then the row v, with KH + KW
    multiplications a pixel in place of KH · KW. A kernel is of that form if its rank is at most 1, that is,
    if of its singular values only the first differs from zero.

    Args:
        k: Kernel (KH, KW).
        tol: The second singular value may be up to tol times the first.

    Returns:
        (ok, u, v): True, a column (KH,) and a row (KW,) with u vᵀ = k; or (False, None, None). How the size
        and the sign of k are shared out between u and v is up to you. The zero kernel is separable: u and v
        are zeros (or one of them).

    Source: decomposition of kernels, lecture 001:4422-4451.

    Hint: np.linalg.svd gives k = U · diag(s) · Vt, and the rows of Vt are the right-hand vectors.

    >>> ok, u, v = separable([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    >>> print(ok, np.abs(np.round(np.outer(u, v), 6)).tolist())
    True [[1.0, 0.0, 1.0], [2.0, 0.0, 2.0], [1.0, 0.0, 1.0]]
    >>> ok, u, v = separable([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    >>> print(ok, u, v)
    False None None
    """
    raise NotImplementedError("write separable here")


def compose_kernels(g, h):
    """Make one kernel of two, so that convolving with it is convolving with both, one after the other.

        x * (g * h) = (x * g) * h

    Args:
        g: Kernel (GH, GW).
        h: Kernel (HH, HW).

    Returns:
        float64 array (GH + HH - 1, GW + HW - 1).

    Source: lecture 001:4424.

    Hint: which mode keeps every place that a pixel can reach in two steps?

    A difference of a difference is the second difference:

    >>> print(compose_kernels([[1, -1]], [[1, -1]]).tolist())
    [[1.0, -2.0, 1.0]]
    """
    raise NotImplementedError("write compose_kernels here")


def im2col(x, kh, kw, stride, pad):
    """Lay the patches under a kernel side by side, each as one column.

    Then a convolutional layer is one product of matrices: W (F, C·kh·kw) times each picture's columns.

    Args:
        x: Pictures (N, C, H, W).
        kh: Rows of a patch, an int >= 1.
        kw: Columns of a patch, an int >= 1.
        stride: How far the patch moves, along both axes, an int >= 1.
        pad: How many zeros stand at each of the four sides, an int >= 0.

    Returns:
        float64 array (N, C·kh·kw, L) with L = OH·OW the number of positions,
        OH = (H + 2 pad - kh) // stride + 1 and OW likewise. Down a column: channel by channel, in each the
        rows of the patch one after the other. From column to column: along the first row of positions, then
        along the second.

    Source: lecture 004:279 (there rows, columns, channels); torch.nn.functional.unfold has our order.

    Hint: an array (N, C, kh, kw, OH, OW) has the wanted order already; `reshape` does the rest.

    >>> x = [[[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]]
    >>> for row in im2col(x, 2, 2, 1, 0)[0].tolist():
    ...     print(row)
    [0.0, 1.0, 3.0, 4.0]
    [1.0, 2.0, 4.0, 5.0]
    [3.0, 4.0, 6.0, 7.0]
    [4.0, 5.0, 7.0, 8.0]
    >>> print(im2col(np.zeros((1, 3, 227, 227)), 11, 11, 4, 0).shape)
    (1, 363, 3025)
    """
    raise NotImplementedError("write im2col here")


def col2im(cols, shape, kh, kw, stride, pad):
    """Put columns back where `im2col` took them from, and add up where patches overlap.

    This is the way back of a gradient: a pixel that went into several patches hears from all of them.

    Args:
        cols: Columns (N, C·kh·kw, L), ordered as `im2col` orders them.
        shape: (N, C, H, W), the shape of the pictures without padding.
        kh: Rows of a patch.
        kw: Columns of a patch.
        stride: How far the patch moves, along both axes.
        pad: How many zeros stood at each side; what falls on them is dropped.

    Returns:
        float64 array (N, C, H, W); 0 at pixels that no patch reaches.

    Source: the adjoint of im2col, Σ im2col(x) · c = Σ x · col2im(c) for all x and c (004:279).

    Hint: the same slices as in `im2col`, on the other side of the assignment. Mind what = and += do.

    Every pixel comes back as often as it was taken:

    >>> print(col2im(np.ones((1, 4, 4)), (1, 1, 3, 3), 2, 2, 1, 0)[0, 0].tolist())
    [[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]
    """
    raise NotImplementedError("write col2im here")


def named_kernel(name):
    """Look up a kernel of three rows and three columns.

        "sobel_x"   a smoothing 1, 2, 1 down, times a difference 1, 0, -1 across
        "sobel_y"   the difference 1, 0, -1 down, times the smoothing 1, 2, 1 across
        "edge8"     8 in the middle, -1 at all eight neighbours
        "sharpen"   5 in the middle, -1 at the four nearest neighbours, 0 at the corners
        "box"       the mean of all nine

    Args:
        name: One of the five names.

    Returns:
        float64 array (3, 3).

    Source: lectures 001:4353-4400 (with a misprint in sobel_y) and 003:300-345.

    Hint: on a picture of one colour a derivative has to be 0, and the others have to change nothing. What
    does that say about the sum of a kernel?

    >>> print(named_kernel("sobel_x").tolist())
    [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]
    """
    raise NotImplementedError("write named_kernel here")


def gabor(size, sigma, freq, theta):
    """Make a kernel that answers to stripes of one width and one direction: a wave under a bell.

        k[i, j] = exp(-(x² + y²) / (2 sigma²)) · cos(2π freq (x cos theta + y sin theta))

    x and y are counted from the middle of the kernel, x to the right along a row and y downwards.

    Args:
        size: Rows and columns of the kernel, an int >= 1. If it is even, the middle lies between two pixels.
        sigma: Width of the bell in pixels, a float > 0.
        freq: Waves per pixel, a float >= 0.
        theta: Direction in which the wave runs, in radians; 0 is to the right.

    Returns:
        float64 array (size, size), not scaled in any way.

    Source: the real part of lecture 004:207-224, with a round bell in the middle.

    Hint: np.arange and np.newaxis make a row of x and a column of y.

    >>> print(np.round(gabor(3, 1.0, 0.25, 0.0), 4).tolist())
    [[0.0, 0.6065, 0.0], [0.0, 1.0, 0.0], [0.0, 0.6065, 0.0]]
    """
    raise NotImplementedError("write gabor here")


# Tasks 12 and 13 are read by a person. Write your sentences between the quotes.
EXPLAIN_FLIP = """
"""

EXPLAIN_COST = """
"""
