"""How large the output of a convolution is.

A network of convolutions is a chain of sizes, and every dense layer at its end needs to know the last of them
before a single weight is made. One formula gives them all.

Lectures: 001:4467-4472 (without the floor); padding 001:4192-4210; dilation ("atrous") 001:6975-7024 and
004:284-288; the table of AlexNet 002:1651-1664.

Symbols: n the size of the input along one axis; k the size of the kernel along it; s the stride, how far the
kernel moves from one position to the next; p the padding, how many zeros are added at *each* end; d the
dilation, the distance between neighbouring taps of the kernel.

Conventions: sizes are whole numbers, Python ints. Dilation counts from 1, and 1 is the ordinary kernel
without holes (004:287 counts from 0). Positions where the kernel would stick out at the far end are dropped,
so the division rounds down, as in torch. A size that cannot be is a ValueError, not a number.
"""


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


# Task 2 is read by a person. Write your sentences between the quotes.
EXPLAIN = """
"""
