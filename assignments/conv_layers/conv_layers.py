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
    raise NotImplementedError("write conv2d_forward here")


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
    raise NotImplementedError("write conv2d_backward here")


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
    raise NotImplementedError("write maxpool_forward here")


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
    raise NotImplementedError("write maxpool_backward here")


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
    raise NotImplementedError("write avgpool_forward here")


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
    raise NotImplementedError("write avgpool_backward here")


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
    raise NotImplementedError("write max_unpool here")


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
    raise NotImplementedError("write nearest_unpool here")


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
    raise NotImplementedError("write bed_of_nails here")


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
    raise NotImplementedError("write conv_transpose2d here")


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
    raise NotImplementedError("write global_avg_pool here")


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
    raise NotImplementedError("write depth_to_space here")


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
    raise NotImplementedError("write space_to_depth here")


# Tasks 14 and 15 are read by a person. Write your sentences between the quotes.
EXPLAIN_PATTERN = """
"""

EXPLAIN_ORDER = """
"""
