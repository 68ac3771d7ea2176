"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import conv_output_size


@alternative(conv_output_size)
def counting_the_starts(n, k, s=1, p=0, d=1):
    """Every start at which the last tap still lies in the padded input is counted."""
    if s < 1:
        raise ValueError("stride")
    count, start = 0, 0
    while start + d * (k - 1) < n + 2 * p:
        count, start = count + 1, start + s
    if count == 0:
        raise ValueError("the kernel is too large")
    return count


@alternative(conv_output_size)
def length_of_a_range(n, k, s=1, p=0, d=1):
    """The starts are a range, and Python knows its length; a range refuses a step of zero by itself."""
    starts = range(0, n + 2 * p - d * (k - 1), s)
    if s < 0 or not starts:
        raise ValueError("nothing fits")
    return len(starts)


@alternative(conv_output_size)
def formula_of_torch(n, k, s=1, p=0, d=1):
    """The formula as torch prints it, with math.floor, and the result tested; floor is safe below zero."""
    if s <= 0:
        raise ValueError("stride")
    size = math.floor((n + 2 * p - d * (k - 1) - 1) / s + 1)
    if size < 1:
        raise ValueError("size")
    return size


@alternative(conv_output_size)
def numpy_integers(n, k, s=1, p=0, d=1):
    """Whole numbers of NumPy are whole numbers."""
    n, k, s, p, d = np.array([n, k, s, p, d], dtype=np.int64)
    if s < 1 or n + 2 * p < d * (k - 1) + 1:
        raise ValueError("impossible")
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


@alternative(conv_output_size)
def rounding_up_first(n, k, s=1, p=0, d=1):
    """Positions with stride 1 first, then every s-th of them, rounded up: the first one is always taken."""
    if s < 1:
        raise ValueError("stride")
    dense = n + 2 * p - (k + (k - 1) * (d - 1)) + 1
    if dense < 1:
        raise ValueError("size")
    return -(-dense // s)
