"""How large things are: outputs, parameters, memory, and the field that an output sees.

A network of convolutions is a chain of sizes, and every dense layer at its end needs to know the last of
them before a single weight is made. One formula gives them all. With the sizes known, products give the rest:
how many weights there are to learn, how many multiplications one picture takes, how much memory its maps
fill, and how much of the picture a single output sees.

Lectures: 001:4467-4472 (without the floor); padding 001:4192-4210 and 000:745-765; dilation ("atrous")
001:6975-7024 and 004:284-288; transposed convolution 001:5454-5850; parameters 001:4590-4606; memory and
multiplications 002:1511-1513; receptive fields 003:518-547; the table of AlexNet 002:1651-1664.

Symbols: n the size of the input along one axis; k the size of the kernel along it; s the stride, how far the
kernel moves from one position to the next; p the padding, how many zeros are added at *each* end; d the
dilation, the distance between neighbouring taps of the kernel.

Conventions: sizes are whole numbers, Python ints. Dilation counts from 1, and 1 is the ordinary kernel
without holes (004:287 counts from 0). Positions where the kernel would stick out at the far end are dropped,
so the division rounds down, as in torch. A size that cannot be is a ValueError, not a number. Along height
and width of a picture everything happens twice, each axis for itself.
"""

import math
from itertools import pairwise


def conv_output_size(n, k, s=1, p=0, d=1):
    """Count the positions of a kernel on a padded input, along one axis.

    From its first tap to its last the kernel covers d (k - 1) + 1 cells. It starts at cell 0 of the padded
    input and moves on by s as long as it fits in.

    Args:
        n: Input size, an int >= 1.
        k: Kernel size (number of taps), an int >= 1.
        s: Stride, an int.
        p: Padding at each of the two ends, an int >= 0.
        d: Dilation, an int >= 1; 1 means no holes.

    Returns:
        The output size, an int >= 1.

    Raises:
        ValueError: The stride is below 1, or the kernel does not fit into the padded input even once.

    Source: lecture 001:4467, which has the case d = 1 and no rounding.

    Hint: draw six cells and a kernel of three with stride two, and put a finger on each start.

    The first layer of AlexNet, and a 3-kernel with stride 2 on 8 cells, where one cell is left over:

    >>> print(conv_output_size(227, 11, s=4))
    55
    >>> print(conv_output_size(8, 3, s=2))
    3
    >>> print(conv_output_size(64, 3, p=2, d=2))
    64
    >>> conv_output_size(2, 3)
    Traceback (most recent call last):
      ...
    ValueError: a kernel that covers 3 cells does not fit into 2
    """
    raise NotImplementedError("write conv_output_size here")


def tf_padding(n, k, s, d, mode):
    """Find the size and the zeros that TensorFlow chooses when it is given a word in place of a padding.

        "same"     out = n / s, rounded up, and as many zeros as the last position needs
        "valid"    no zeros at all

    The zeros are shared between the two ends. Where their number is odd, the one left over goes to the right.

    Args:
        n: Input size, an int >= 1.
        k: Kernel size, an int >= 1; for "valid" the kernel fits into the input.
        s: Stride, an int >= 1.
        d: Dilation, an int >= 1; 1 means no holes.
        mode: "same" or "valid".

    Returns:
        (out, left, right): the output size and the zeros before and behind the input, three ints >= 0.

    Source: lecture 000:749-765 and 002:1505, figure 13-7, in which the zeros and their sides are only drawn.

    Hint: with out known, where does the last position start, where does it end, and how far outside is that?

    The figure, 13 cells and a kernel of 6 with stride 5, in both modes:

    >>> print(tf_padding(13, 6, 5, 1, "same"))
    (3, 1, 2)
    >>> print(tf_padding(13, 6, 5, 1, "valid"))
    (2, 0, 0)
    >>> print(tf_padding(224, 11, 4, 1, "same"))
    (56, 3, 4)
    """
    raise NotImplementedError("write tf_padding here")


def transposed_output_size(n, k, s, p=0, op=0, d=1):
    """Compute the output size of a transposed convolution, along one axis.

    Each of the n inputs puts a copy of the kernel, scaled by its value, into the output; the copies start s
    cells apart and are added where they overlap. Of the result p cells are cut off at each end, and op cells
    are added at the far end.

    Args:
        n: Input size, an int >= 1.
        k: Kernel size, an int >= 1.
        s: Stride, an int >= 1: here the distance of neighbouring copies in the *output*.
        p: Cells cut off at each of the two ends, an int >= 0, so few that something remains.
        op: Output padding, cells added at the far end only, an int >= 0.
        d: Dilation of the kernel, an int >= 1.

    Returns:
        The output size, an int.

    Source: lecture 001:5454-5850, as drawings.

    Hint: where does the last copy start, and where does it end?

    >>> print(transposed_output_size(4, 3, 2))
    9
    >>> print(transposed_output_size(4, 3, 2, p=1, op=1))
    8
    """
    raise NotImplementedError("write transposed_output_size here")


def pool_output_size(n, k, s, p=0, ceil_mode=False):
    """Count the windows of a pooling layer, along one axis.

    Without `ceil_mode` these are the positions of a kernel. With it the division rounds up: a last window
    that sticks out at the far end counts as well, provided that it starts inside the input or inside the
    padding on the left. One that would start in the padding on the right, or beyond it, is dropped.

    Args:
        n: Input size, an int >= 1.
        k: Window size, an int >= 1; it fits into the padded input.
        s: Stride, an int >= 1; equal to k where windows lie side by side.
        p: Padding at each of the two ends, an int from 0 to k / 2.
        ceil_mode: Whether the number is rounded up.

    Returns:
        The number of windows, an int >= 1.

    Source: lecture 002:1651-1664 for the sizes without `ceil_mode`; with it, the rule of torch.

    Hint: in the padded input the cells of the input are those from p to p + n - 1.

    >>> print(pool_output_size(13, 3, 2))
    6
    >>> print(pool_output_size(6, 3, 2), pool_output_size(6, 3, 2, ceil_mode=True))
    2 3
    >>> print(pool_output_size(3, 2, 2, p=1, ceil_mode=True))
    2
    """
    raise NotImplementedError("write pool_output_size here")


def conv_params(kh, kw, c_in, c_out, bias=True, groups=1):
    """Count the weights and biases of a convolutional layer.

    Every output channel has a kernel of kh times kw for each input channel that it sees, and one bias. With
    groups, the input channels and the output channels are divided into as many parts, and an output channel
    sees the inputs of its own part only.

    Args:
        kh: Height of the kernel, an int >= 1.
        kw: Width of the kernel, an int >= 1.
        c_in: Number of input channels.
        c_out: Number of output channels (feature maps).
        bias: Whether there are biases.
        groups: Number of groups, an int >= 1.

    Returns:
        The number of parameters, an int.

    Raises:
        ValueError: The input channels or the output channels cannot be divided into `groups` equal parts.

    Source: lecture 001:4602 for square kernels; 002:1511; groups 001:10097-10104.

    Hint: count for one output channel, then multiply.

    >>> print(conv_params(9, 9, 1, 64), conv_params(9, 9, 64, 256))
    5248 1327360
    >>> print(conv_params(5, 5, 3, 200), conv_params(5, 5, 1, 1))
    15200 26
    >>> conv_params(3, 3, 8, 6, groups=4)
    Traceback (most recent call last):
      ...
    ValueError: 8 inputs and 6 outputs cannot both be divided into 4 groups
    """
    raise NotImplementedError("write conv_params here")


def conv_macs(kh, kw, c_in, c_out, oh, ow, groups=1):
    """Count the multiplications of a convolutional layer for one picture.

    Each comes with an addition, hence "multiply-accumulate" (MAC); biases are not counted.

    Args:
        kh: Height of the kernel.
        kw: Width of the kernel.
        c_in: Number of input channels, a multiple of `groups`.
        c_out: Number of output channels, a multiple of `groups`.
        oh: Height of the *output*.
        ow: Width of the output.
        groups: Number of groups, as in `conv_params`.

    Returns:
        The number of multiplications, an int.

    Source: lecture 002:1511.

    Hint: how many weights take part in one number of the output, and how many such numbers are there?

    >>> print(conv_macs(5, 5, 3, 200, 150, 100))
    225000000
    """
    raise NotImplementedError("write conv_macs here")


def activation_bytes(shape, bits=32):
    """Compute the memory that an array of activations fills.

    Args:
        shape: The shape of the array, a tuple or list of ints; () is a single number. Every axis counts, the
            batch too.
        bits: Bits of one number, a multiple of 8.

    Returns:
        The number of bytes, an int.

    Source: lecture 002:1513, which counts bits and then "MB", meaning MiB.

    Hint: eight bits are a byte.

    Two hundred maps of 150 × 100 as float32, in bytes and in MiB:

    >>> print(activation_bytes((200, 150, 100)))
    12000000
    >>> print(round(activation_bytes((200, 150, 100)) / 2**20, 2))
    11.44
    """
    raise NotImplementedError("write activation_bytes here")


def dense_params(sizes, bias=True):
    """Count the weights and biases of a chain of dense layers.

    Args:
        sizes: Widths, a list of ints: the inputs first, then the units of each layer.
        bias: Whether there are biases, one for each unit.

    Returns:
        The number of parameters of all layers together, an int; 0 where there is no layer.

    Source: lecture 000:165-175; 002:538-542.

    Hint: the inputs are no layer.

    >>> print(dense_params([10, 100, 100, 100, 100, 100, 1]))
    41601
    >>> print(dense_params([784, 300, 100, 10]))
    266610
    """
    raise NotImplementedError("write dense_params here")


def effective_kernel(k, rate):
    """Count the cells that a kernel with holes covers, from its first tap to its last.

    Args:
        k: Kernel size (number of taps), an int >= 1.
        rate: Dilation, here called the atrous rate, an int >= 1; 1 means no holes.

    Returns:
        The number of cells, an int.

    Source: lecture 001:7010.

    Hint: rate - 1 cells are skipped in each gap. How many gaps are there?

    >>> print([effective_kernel(3, rate) for rate in (1, 2, 3, 4)])
    [3, 5, 7, 9]
    """
    raise NotImplementedError("write effective_kernel here")


def receptive_field(layers):
    """Find how many cells of the input one output of a stack of layers sees, and how far apart outputs look.

    Neighbouring outputs of a layer look at places of the input that lie some distance apart: the jump. The
    taps of the next layer stand on these outputs.

    Args:
        layers: List of (k, s, d), kernel, stride and dilation of each layer, from the input on. Pooling
            layers are layers like any other.

    Returns:
        (rf, jump): the receptive field, in cells of the input along one axis, and the jump from one output
        of the last layer to the next; two ints. Without a layer an output is an input: (1, 1).

    Source: lecture 003:518-547; 004:288.

    Hint: draw two layers of kernel 3 with one line for each tap, once with stride 1 in the first and once
    with stride 2.

    Two and then 150 layers of kernel 3; a stride of 2 before another layer; LeNet down to its last
    convolution:

    >>> print(receptive_field([(3, 1, 1)] * 2), receptive_field([(3, 1, 1)] * 150))
    (5, 1) (301, 1)
    >>> print(receptive_field([(3, 2, 1), (3, 1, 1)]))
    (7, 2)
    >>> print(receptive_field([(5, 1, 1), (2, 2, 1), (5, 1, 1), (2, 2, 1), (5, 1, 1)]))
    (32, 4)
    """
    raise NotImplementedError("write receptive_field here")


# Tasks 11 and 12 are read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""

EXPLAIN_STACK = """
"""
