import math


def conv_output_size(n, k, s=1, p=0, d=1):
    size = (n + 2 * p - d * (k - 1) - 1) // s
    if size < 1 or s < 1:
        raise ValueError("does not fit")
    return size


def tf_padding(n, k, s, d, mode):
    keff = d * (k - 1) + 1
    if mode == "same":
        out = math.ceil(n / s)
        total = max((out - 1) * s + keff - n, 0)
        left = total // 2
        return out, left, total - left
    return math.ceil((n - keff + 1) / s), 0, 0


def transposed_output_size(n, k, s, p=0, op=0, d=1):
    return s * (n - 1) + d * (k - 1) + 1 - 2 * p + op


def pool_output_size(n, k, s, p=0, ceil_mode=False):
    # I just count them
    count = 0
    start = 0
    while start + k <= n + 2 * p or (ceil_mode and start < n + p and start - s + k < n + 2 * p):
        count += 1
        start += s
    return count


def conv_params(kh, kw, c_in, c_out, bias=True, groups=1):
    if c_in % groups != 0 or c_out % groups != 0:
        raise ValueError("groups")
    params = kh * kw * c_in * c_out // groups
    if bias:
        params += c_out
    return params


def conv_macs(kh, kw, c_in, c_out, oh, ow, groups=1):
    return kh * kw * c_in * c_out // groups * oh * ow


def activation_bytes(shape, bits=32):
    return math.prod(shape) * bits // 8


def dense_params(sizes, bias=True):
    return sum(sizes[i] * sizes[i + 1] + (sizes[i + 1] if bias else 0) for i in range(len(sizes) - 1))


def effective_kernel(k, rate):
    return rate * (k - 1) + 1


def receptive_field(layers):
    rf = 1
    jump = 1
    for k, s, d in layers:
        rf += (effective_kernel(k, d) - 1) * jump
        jump *= s
    return rf, jump


EXPLAIN = """
The slides say 55, but with 224 it is 53.
"""

EXPLAIN_STACK = """
They see the same 7 x 7 cells but have only 27 weights and not 49 for each pair of channels, 110784 against 200768 in
all. And there are three activation functions in between and not one.
"""
