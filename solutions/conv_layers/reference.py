"""Layers of convolutional networks: convolution, pooling, unpooling, forward and back.

A layer sees its input through small windows, does the same in each of them, and puts what comes out where the
window was. That is all of this file: a convolution takes a weighted sum of the window, pooling its largest
number or its mean. On the way back each window hands its gradient to the pixels it has seen, and where
windows overlap, a pixel hears from several and adds up. The layers that enlarge a picture are the same things
walked the other way: a transposed convolution is the way back of a convolution, unpooling that of pooling.

Lectures: the layer 000:630-803, 001:4590-4605; shared weights 003:434; pooling 000:807-829, 001:4532-4571,
002:1527-1549, and its way back 001:4542-4547, 003:560-585; ReLU and pooling 002:1525; unpooling
001:5367-5440; transposed convolution 001:5454-5845; global average pooling 002:1712; depth-to-space 001:6992.
Papers: M. D. Zeiler, G. W. Taylor and R. Fergus, "Adaptive deconvolutional networks for mid and high level
feature learning", ICCV 2011 (max unpooling); M. Lin, Q. Chen and S. Yan, "Network in network", ICLR 2014
(global average pooling); W. Shi et al., "Real-time single image and video super-resolution using an efficient
sub-pixel convolutional neural network", CVPR 2016 (depth-to-space).

Symbols: x the input of a layer and y its output; w, b weights and biases; dx is short for ∂E/∂x, the gradient
of the loss by x, and likewise for other letters; dout is the gradient by y. N pictures of C channels, H rows
and W columns; F filters with KH rows and KW columns; OH, OW rows and columns of the output; k the side of a
square window, s or stride its step.

Conventions: pictures are (N, C, H, W) and filters (F, C, KH, KW), as in torch. Layers do not turn their
kernels round. Sizes are rounded down: pixels at the right and below that no whole window reaches are left
out. Gradients of weights are summed over positions and pictures; what has to be averaged is so in dout
already. Lists and whole numbers are welcome, float64 comes back, no argument is changed.
"""

import numpy as np

### BEGIN SOLUTION


def _padded(x, pad, value=0.0):
    """Pictures (N, C, H, W) with a border of `value` at all four sides."""
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=value)


def _taps(x, KH, KW, stride, dilation=1):
    """What each tap of a window meets, over all positions at once: KH·KW views (N, C, OH, OW) of x.

    Every layer below is built on these. A loop over the taps is a loop over nine things, a loop over
    positions one over thousands. And since they are views, whoever writes into one writes into x.
    """
    OH = (x.shape[2] - dilation * (KH - 1) - 1) // stride + 1
    OW = (x.shape[3] - dilation * (KW - 1) - 1) // stride + 1
    for a in range(KH):
        for b in range(KW):
            top, left = a * dilation, b * dilation
            yield x[:, :, top : top + OH * stride : stride, left : left + OW * stride : stride]


def _columns(x, w, stride, pad, dilation, groups):
    """The patches of each group as columns (N, groups, C/groups·KH·KW, OH·OW), and (OH, OW)."""
    C, (*_, KH, KW) = x.shape[1], w.shape
    cols = np.stack(list(_taps(_padded(x, pad), KH, KW, stride, dilation)), axis=2)  # (N, C, KH·KW, OH, OW)
    *_, OH, OW = cols.shape
    return cols.reshape(len(x), groups, C * KH * KW // groups, OH * OW), (OH, OW)


def _add_patches(x, patches, KH, KW, stride, dilation=1):
    """Add patches (N, C, KH·KW, OH, OW) to the places of x (N, C, H, W) that they belong to."""
    # Within one tap no pixel occurs twice, so += loses nothing; overlaps lie in different taps.
    for tap, pixels in enumerate(_taps(x, KH, KW, stride, dilation)):
        pixels[...] += patches[:, :, tap]


### END SOLUTION


def conv2d_forward(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Compute a convolutional layer.

        y[n, f, i, j] = b[f] + Σ_c Σ_u Σ_v x[n, c, i·stride + u·dilation, j·stride + v·dilation] w[f, c, u, v]

    where x has its border of zeros already, and the kernel is not turned round. With groups, the C channels
    are cut into as many pieces, and so are the F filters; a filter of piece g sees the channels of piece g
    alone, and c counts within the piece.

    Args:
        x: Pictures (N, C, H, W).
        w: Filters (F, C / groups, KH, KW); they fit into the padded pictures.
        b: Biases (F,), one for each filter.
        stride: How far the window moves, along both axes, an int >= 1.
        pad: How many zeros stand at each of the four sides, an int >= 0.
        dilation: Distance of neighbouring taps, along both axes, an int >= 1; 1 is the ordinary kernel.
        groups: Pieces of channels that do not see each other, an int >= 1 that divides C and F.

    Returns:
        (y, cache): the float64 array (N, F, OH, OW) with OH = (H + 2 pad - dilation (KH - 1) - 1) // stride +
        1 and OW likewise, and whatever you would like to find again on the way back: a dict, tuple or list of
        arrays and numbers, or None. The cache is not looked at.

    Source: lecture 000:630-803; channels and biases 001:4590-4605; dilation 001:6975-7024; groups
    001:10100-10115.

    Hint: no loop over pictures, filters or positions is needed. Either lay the patches side by side as
    columns and multiply by all filters at once, or loop over the KH·KW taps only.

    One picture of two channels, one filter, which adds the pixel of the first channel to twice its right-hand
    neighbour in the second, and 0.5 on top:

    >>> x = [[[[1, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]]]
    >>> y, cache = conv2d_forward(x, [[[[1, 0]], [[0, 2]]]], [0.5])
    >>> print(y.tolist())
    [[[[41.5, 62.5], [104.5, 125.5]]]]
    >>> y, cache = conv2d_forward(np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3)), [0], stride=2, pad=1)
    >>> print(y.tolist())
    [[[[4.0, 6.0], [6.0, 9.0]]]]
    """
    ### BEGIN SOLUTION
    x, w, b = (np.asarray(array, dtype=float) for array in (x, w, b))
    F = len(w)

    # Each group is one product of matrices: its filters, flattened, times its patches. What takes the time is
    # thus left to a library that multiplies matrices as fast as the machine can.
    cols, (OH, OW) = _columns(x, w, stride, pad, dilation, groups)  # (N, groups, C/groups·KH·KW, OH·OW)
    filters = w.reshape(groups, F // groups, -1)  # (groups, F/groups, C/groups·KH·KW)
    y = (filters @ cols).reshape(len(x), F, OH, OW) + b[:, None, None]
    return y, {"x": x, "w": w, "stride": stride, "pad": pad, "dilation": dilation, "groups": groups}
    ### END SOLUTION


def conv2d_backward(dout, cache):
    """Propagate a gradient back through a convolutional layer.

    Args:
        dout: Gradient of the loss by the output of the layer (N, F, OH, OW).
        cache: Dict, what the forward step was given: "x" (N, C, H, W) without its border, "w" (F, C / groups,
            KH, KW), both float64, and the ints "stride", "pad", "dilation" and "groups". You are always given
            this one, whatever your `conv2d_forward` keeps.

    Returns:
        (dx, dw, db): gradients of the loss by x (N, C, H, W), by w (F, C / groups, KH, KW) and by b (F,),
        float64. Pixels that no window has reached have the gradient 0.

    Source: lecture 003:434 (gradients of a shared weight are summed), applied to the sum in `conv2d_forward`.

    Hint: one number of dout, at [n, f, i, j], hands dout · w to the patch that it was computed from, and dout
    · patch to its filter. Do that for all numbers, then find the loops that a product of matrices can do.

    One picture of 2 × 3 pixels under a kernel of 2 × 2, two positions; the middle column lies under both:

    >>> cache = {"x": np.array([[[[1.0, 2, 3], [4, 5, 6]]]]), "w": np.array([[[[1.0, 2], [3, 4]]]])}
    >>> cache |= {"stride": 1, "pad": 0, "dilation": 1, "groups": 1}
    >>> dx, dw, db = conv2d_backward([[[[1, 10]]]], cache)
    >>> print(dx.tolist())
    [[[[1.0, 12.0, 20.0], [3.0, 34.0, 40.0]]]]
    >>> print(dw.tolist(), db.tolist())
    [[[[21.0, 32.0], [54.0, 65.0]]]] [11.0]
    """
    ### BEGIN SOLUTION
    dout, x, w = (np.asarray(array, dtype=float) for array in (dout, cache["x"], cache["w"]))
    stride, pad, dilation, groups = (cache[name] for name in ("stride", "pad", "dilation", "groups"))
    (N, C, H, W), (F, _, KH, KW) = x.shape, w.shape

    # Forward, each group is y = filters @ cols + b: back, it is the rule of every dense layer, one factor
    # transposed and multiplied by dout on the side where it stood. The filters are shared by all positions
    # and all pictures, so their gradients are summed over both: over positions by the product, over pictures
    # here.
    cols, (OH, OW) = _columns(x, w, stride, pad, dilation, groups)  # (N, groups, C/groups·KH·KW, OH·OW)
    filters = w.reshape(groups, F // groups, -1)  # (groups, F/groups, C/groups·KH·KW)
    by_group = dout.reshape(N, groups, F // groups, OH * OW)
    dw = np.sum(by_group @ cols.transpose(0, 1, 3, 2), axis=0).reshape(w.shape)
    dcols = filters.transpose(0, 2, 1) @ by_group  # (N, groups, C/groups·KH·KW, OH·OW)

    # Each column goes back to the pixels it was copied from; what falls on the border of zeros is dropped.
    dx = np.zeros_like(_padded(x, pad))
    _add_patches(dx, dcols.reshape(N, C, KH * KW, OH, OW), KH, KW, stride, dilation)
    return dx[:, :, pad : pad + H, pad : pad + W], dw, np.sum(dout, axis=(0, 2, 3))
    ### END SOLUTION


def maxpool_forward(x, k, s, pad=0):
    """Take the largest number of each window, and remember where it was.

    Args:
        x: Pictures (N, C, H, W).
        k: Rows and columns of the window, an int >= 1.
        s: How far the window moves, along both axes, an int >= 1; windows overlap where s < k.
        pad: Width of a border at each of the four sides, an int from 0 to k // 2. A number of the border is
            never the largest, even where all pixels are negative.

    Returns:
        (y, idx), both (N, C, OH, OW) with OH = (H + 2 pad - k) // s + 1 and OW likewise: the largest numbers,
        float64, and their places, integers. A place is counted within the map of the channel, without the
        border, row by row: the pixel (i, j) has i·W + j. Of equal numbers the first one counts, row by row.

    Source: lecture 001:4532-4539; with places 001:5405-5427; example 000:827.

    Hint: np.argmax takes the first of equal numbers, and gives a place inside the window. From there to the
    map it takes the row and the column of both.

    >>> x = [[[[1, 2, 6, 3], [3, 5, 2, 1], [1, 2, 2, 1], [7, 3, 4, 8]]]]
    >>> y, idx = maxpool_forward(x, 2, 2)
    >>> print(y.tolist(), idx.tolist())
    [[[[5.0, 6.0], [7.0, 8.0]]]] [[[[5, 2], [12, 15]]]]
    >>> y, idx = maxpool_forward([[[[0, 1, 2, 1], [4, 1, 0, 1], [2, 0, 1, 1], [1, 2, 3, 1]]]], 2, 1)
    >>> print(y.tolist())
    [[[[4.0, 2.0, 2.0], [4.0, 1.0, 1.0], [2.0, 3.0, 3.0]]]]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)

    # A border of zeros would win wherever all pixels are negative. Minus infinity never does.
    windows = np.stack(list(_taps(_padded(x, pad, -np.inf), k, k, s)), axis=-1)  # (N, C, OH, OW, k·k)
    *_, OH, OW, _ = windows.shape
    i, j = np.divmod(np.argmax(windows, axis=-1), k)  # (N, C, OH, OW) each, row and column inside the window
    rows = s * np.arange(OH)[:, None] + i - pad
    columns = s * np.arange(OW) + j - pad
    return np.max(windows, axis=-1), rows * x.shape[3] + columns
    ### END SOLUTION


def maxpool_backward(dout, idx, shape):
    """Hand each gradient to the one pixel that was the largest of its window.

    Args:
        dout: Gradient of the loss by the output of the pooling (N, C, OH, OW).
        idx: Places of the largest numbers (N, C, OH, OW), as `maxpool_forward` gives them. A place occurs
            several times where one pixel was the largest of several windows.
        shape: (N, C, H, W), the shape of the pictures.

    Returns:
        dx, the gradient of the loss by the pictures, float64 array (N, C, H, W): at each pixel the sum of
        what its windows hand back, and 0 where it was the largest of none.

    Source: lecture 001:4542-4547, 003:560-585.

    Hint: a loop over all of dout is right, and slow. `np.add.at` does what it does; a[index] += b does not,
    where an index occurs twice.

    The pixel 3 of this row was the largest of two windows:

    >>> print(maxpool_backward([[[[1, 10, 100]]]], [[[[0, 3, 3]]]], (1, 1, 1, 5)).tolist())
    [[[[1.0, 0.0, 0.0, 110.0, 0.0]]]]
    """
    ### BEGIN SOLUTION
    dout, idx = np.asarray(dout, dtype=float), np.asarray(idx)
    N, C, H, W = shape

    # The largest number is passed on as it is and the others are not, so the slope is 1 at one pixel of a
    # window and 0 at all others: pooling works as a switch, and idx says how the switches stood.
    dx = np.zeros((N, C, H * W))
    n, c = np.arange(N)[:, None, None], np.arange(C)[:, None]  # (N, 1, 1) and (C, 1), beside (N, C, OH·OW)
    np.add.at(dx, (n, c, idx.reshape(N, C, -1)), dout.reshape(N, C, -1))
    return dx.reshape(N, C, H, W)
    ### END SOLUTION


### BEGIN SOLUTION


def _divisors(H, W, k, s, pad, count_include_pad):
    """By how much each window divides, (1, 1, OH, OW)."""
    counted = _padded(np.ones((1, 1, H, W)), pad, float(count_include_pad))
    return sum(_taps(counted, k, k, s))


### END SOLUTION


def avgpool_forward(x, k, s, pad=0, count_include_pad=True):
    """Take the mean of each window.

    Args:
        x: Pictures (N, C, H, W).
        k: Rows and columns of the window, an int >= 1.
        s: How far the window moves, along both axes, an int >= 1.
        pad: How many zeros stand at each of the four sides, an int from 0 to k // 2.
        count_include_pad: Whether the zeros of the border count as numbers of the window. If not, the mean is
            that of the pixels of the picture alone.

    Returns:
        float64 array (N, C, OH, OW) with OH = (H + 2 pad - k) // s + 1 and OW likewise.

    Source: lecture 001:4557-4571; what counts is True in torch and False in TensorFlow.

    Hint: the sum is the same in both cases. How would you count the pixels of the picture in each window?

    >>> print(avgpool_forward([[[[1, 2, 6, 3], [3, 5, 2, 1], [1, 2, 2, 1], [7, 3, 4, 8]]]], 2, 2).tolist())
    [[[[2.75, 3.0], [3.25, 3.75]]]]
    >>> print(avgpool_forward([[[[4, 8], [12, 16]]]], 2, 2, pad=1).tolist())
    [[[[1.0, 2.0], [3.0, 4.0]]]]
    >>> print(avgpool_forward([[[[4, 8], [12, 16]]]], 2, 2, pad=1, count_include_pad=False).tolist())
    [[[[4.0, 8.0], [12.0, 16.0]]]]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    H, W = x.shape[2:]

    # A mean is a convolution with equal weights, for each channel by itself. Counting needs no formula
    # either: the sum of a window over a picture of ones is the number of pixels in it.
    return sum(_taps(_padded(x, pad), k, k, s)) / _divisors(H, W, k, s, pad, count_include_pad)
    ### END SOLUTION


def avgpool_backward(dout, shape, k, s, pad=0, count_include_pad=True):
    """Hand each gradient in equal parts to all pixels of its window.

    Args:
        dout: Gradient of the loss by the output of the pooling (N, C, OH, OW).
        shape: (N, C, H, W), the shape of the pictures without the border.
        k: Rows and columns of the window.
        s: How far the window moves.
        pad: How many zeros stood at each of the four sides.
        count_include_pad: As in `avgpool_forward`.

    Returns:
        dx, the gradient of the loss by the pictures, float64 array (N, C, H, W); windows that overlap add up.

    Source: the way back of 001:4557-4571.

    Hint: who was divided by four on the way there receives a quarter on the way back.

    >>> print(avgpool_backward([[[[4, 8]]]], (1, 1, 2, 3), 2, 1).tolist())
    [[[[1.0, 3.0, 2.0], [1.0, 3.0, 2.0]]]]
    """
    ### BEGIN SOLUTION
    dout = np.asarray(dout, dtype=float)
    N, C, H, W = shape

    parts = dout / _divisors(H, W, k, s, pad, count_include_pad)  # (N, C, OH, OW), alike for all taps
    dx = _padded(np.zeros((N, C, H, W)), pad)
    _add_patches(dx, np.repeat(parts[:, :, None], k * k, axis=2), k, k, s)
    return dx[:, :, pad : pad + H, pad : pad + W]
    ### END SOLUTION


def max_unpool(y, idx, out_hw):
    """Put numbers back to the places they were taken from, and zeros everywhere else.

    Args:
        y: Numbers (N, C, OH, OW).
        idx: Where they belong (N, C, OH, OW), counted within the map as by `maxpool_forward`. Where windows
            overlapped a place may occur several times, and then with the same number: it stands there once.
        out_hw: (H, W), rows and columns of the map.

    Returns:
        float64 array (N, C, H, W).

    Source: lecture 001:5429-5450.

    Hint: with the map as one long row of H·W numbers, idx says all. Is it = or += this time?

    >>> print(max_unpool([[[[1, 2], [3, 4]]]], [[[[5, 2], [12, 15]]]], (4, 4))[0, 0].tolist())
    [[0.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [3.0, 0.0, 0.0, 4.0]]
    """
    ### BEGIN SOLUTION
    y, idx = np.asarray(y, dtype=float), np.asarray(idx)
    N, C, *_ = y.shape
    H, W = out_hw

    # A gradient that comes back twice counts twice; a number that was seen by two windows is still one
    # number. That is the only difference from `maxpool_backward`.
    x = np.zeros((N, C, H * W))
    np.put_along_axis(x, idx.reshape(N, C, -1), y.reshape(N, C, -1), axis=-1)
    return x.reshape(N, C, H, W)
    ### END SOLUTION


def nearest_unpool(x, r):
    """Enlarge pictures by making r × r equal pixels of each.

    Args:
        x: Pictures (N, C, H, W).
        r: How many times as many rows and columns, an int >= 1.

    Returns:
        float64 array (N, C, H·r, W·r).

    Source: lecture 001:5371-5385.

    Hint: `np.repeat` has an axis.

    >>> for row in nearest_unpool([[[[1, 2], [3, 4]]]], 2)[0, 0].tolist():
    ...     print(row)
    [1.0, 1.0, 2.0, 2.0]
    [1.0, 1.0, 2.0, 2.0]
    [3.0, 3.0, 4.0, 4.0]
    [3.0, 3.0, 4.0, 4.0]
    """
    ### BEGIN SOLUTION
    return np.repeat(np.repeat(np.asarray(x, dtype=float), r, axis=2), r, axis=3)
    ### END SOLUTION


def bed_of_nails(x, r):
    """Enlarge pictures by putting each pixel into the upper left corner of r × r, and zeros around it.

    Args:
        x: Pictures (N, C, H, W).
        r: How many times as many rows and columns, an int >= 1.

    Returns:
        float64 array (N, C, H·r, W·r).

    Source: lecture 001:5387-5402.

    Hint: a slice with a step chooses the places of the nails.

    >>> for row in bed_of_nails([[[[1, 2], [3, 4]]]], 2)[0, 0].tolist():
    ...     print(row)
    [1.0, 0.0, 2.0, 0.0]
    [0.0, 0.0, 0.0, 0.0]
    [3.0, 0.0, 4.0, 0.0]
    [0.0, 0.0, 0.0, 0.0]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    N, C, H, W = x.shape

    # Wherever a kernel is laid over a bed of nails, it meets few of them. Turned round and slid over it, with
    # a border wide enough, it gives what `conv_transpose2d` does by laying down copies.
    y = np.zeros((N, C, H * r, W * r))
    y[:, :, ::r, ::r] = x
    return y
    ### END SOLUTION


def conv_transpose2d(x, w, b, stride, pad=0, output_padding=0):
    """Enlarge pictures by a transposed convolution: each pixel lays down a copy of its filters.

        full[n, f, p, q] = Σ x[n, c, i, j] w[c, f, u, v]

    over all channels c, pixels (i, j) and taps (u, v) with i·stride + u = p and j·stride + v = q. Of the full
    result, `pad` rows and columns are cut off at each side, and b[f] is added everywhere.

    Args:
        x: Pictures (N, C, H, W).
        w: Filters (C, F, KH, KW): the channels that come in stand first.
        b: Biases (F,), one for each channel that comes out.
        stride: How far apart the copies lie, along both axes, an int >= 1.
        pad: How many rows and columns are cut off at each of the four sides, an int >= 0.
        output_padding: How many rows more come back below, and columns at the right, an int below stride.
            Copies that were cut off there reach into them; where there is none, they hold 0, and the bias.

    Returns:
        float64 array (N, F, OH, OW) with OH = (H - 1) stride - 2 pad + KH + output_padding and OW likewise.

    Source: lecture 001:5454-5845, torch for pad and output_padding.

    Hint: forward, a convolution reads a window and writes one number; here one number is read and a window
    written. You have a function that does this already.

    >>> y = conv_transpose2d([[[[1, 2], [3, 4]]]], np.ones((1, 1, 3, 3)), [0], 2)
    >>> for row in y[0, 0].tolist():
    ...     print(row)
    [1.0, 1.0, 3.0, 2.0, 2.0]
    [1.0, 1.0, 3.0, 2.0, 2.0]
    [4.0, 4.0, 10.0, 6.0, 6.0]
    [3.0, 3.0, 7.0, 4.0, 4.0]
    [3.0, 3.0, 7.0, 4.0, 4.0]
    >>> y = conv_transpose2d([[[[1, 2], [3, 4]]]], np.ones((1, 1, 3, 3)), [0], 2, pad=1, output_padding=1)
    >>> print(y.tolist())
    [[[[1.0, 3.0, 2.0, 2.0], [4.0, 10.0, 6.0, 6.0], [3.0, 7.0, 4.0, 4.0], [3.0, 7.0, 4.0, 4.0]]]]
    """
    ### BEGIN SOLUTION
    x, w, b = (np.asarray(array, dtype=float) for array in (x, w, b))
    (N, C, H, W), (_, F, KH, KW) = x.shape, w.shape

    # This is dx of `conv2d_backward` with x in the place of dout: the convolution from F channels to C whose
    # matrix is transposed here, which gives the layer its name. It undoes the shape of a convolution, not
    # what the convolution did.
    copies = w.reshape(C, F * KH * KW).T @ x.reshape(N, C, H * W)  # (N, F·KH·KW, H·W)
    OH, OW = (H - 1) * stride + KH + output_padding, (W - 1) * stride + KW + output_padding
    full = np.zeros((N, F, OH, OW))
    _add_patches(full, copies.reshape(N, F, KH * KW, H, W), KH, KW, stride)
    return full[:, :, pad : OH - pad, pad : OW - pad] + b[:, None, None]
    ### END SOLUTION


def global_avg_pool(x):
    """Take the mean of each map.

    Args:
        x: Pictures (N, C, H, W).

    Returns:
        float64 array (N, C): one number for each channel of each picture, whatever its size.

    Source: lecture 002:1712; Lin, Chen and Yan, 2014.

    Hint: which two axes are gone from the result?

    >>> print(global_avg_pool([[[[1, 2], [3, 6]], [[0, 0], [0, 2]]]]).tolist())
    [[3.0, 0.5]]
    """
    ### BEGIN SOLUTION
    # A map that is trained to be large where a cat is becomes one number that says how much cat there is: no
    # dense layer is needed behind it, and none of its weights.
    return np.mean(np.asarray(x, dtype=float), axis=(2, 3))
    ### END SOLUTION


def depth_to_space(x, r):
    """Enlarge pictures by laying r² channels out as blocks of r × r pixels.

        y[n, c, i·r + u, j·r + v] = x[n, c·r² + u·r + v, i, j]

    Args:
        x: Pictures (N, C·r², H, W). The r² channels of one block stand next to each other.
        r: Rows and columns of a block, an int >= 1.

    Returns:
        float64 array (N, C, H·r, W·r).

    Source: lecture 001:6992; Shi et al., 2016. This is the order of `torch.nn.functional.pixel_shuffle`.

    Hint: cut the axis of channels into three with `reshape`, bring the six axes into the order of the result,
    and join what belongs together.

    >>> print(depth_to_space([[[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]]], 2).tolist())
    [[[[1.0, 3.0, 2.0, 4.0], [5.0, 7.0, 6.0, 8.0]]]]
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    N, D, H, W = x.shape
    C = D // r**2
    blocks = x.reshape(N, C, r, r, H, W)  # n, c, u, v, i, j
    return blocks.transpose(0, 1, 4, 2, 5, 3).reshape(N, C, H * r, W * r)  # n, c, i, u, j, v
    ### END SOLUTION


def space_to_depth(x, r):
    """Undo `depth_to_space`: gather each block of r × r pixels in r² channels.

        y[n, c·r² + u·r + v, i, j] = x[n, c, i·r + u, j·r + v]

    Args:
        x: Pictures (N, C, H·r, W·r).
        r: Rows and columns of a block, an int >= 1.

    Returns:
        float64 array (N, C·r², H, W).

    Source: the way back of lecture 001:6992.

    Hint: the steps of `depth_to_space`, from the last to the first.

    >>> print(space_to_depth([[[[1, 3, 2, 4], [5, 7, 6, 8]]]], 2).tolist())
    [[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]], [[7.0, 8.0]]]]
    """
    ### BEGIN SOLUTION
    # Nothing is computed and nothing lost: a resolution is exchanged for channels. A layer of stride r after
    # this sees all pixels, where a pooling would have thrown most of them away.
    x = np.asarray(x, dtype=float)
    N, C, H, W = x.shape
    blocks = x.reshape(N, C, H // r, r, W // r, r)  # n, c, i, u, j, v
    return blocks.transpose(0, 1, 3, 5, 2, 4).reshape(N, C * r**2, H // r, W // r)  # n, c, u, v, i, j
    ### END SOLUTION


# Tasks 14 and 15 are read by a person. Write your sentences between the quotes.
EXPLAIN_PATTERN = """
"""

EXPLAIN_ORDER = """
"""
