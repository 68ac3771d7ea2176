def conv_output_size(n, k, s=1, p=0, d=1):
    if s < 1 or k < 1 or d < 1 or p < 0 or n < 1:
        raise ValueError("sizes and strides are at least 1, the padding at least 0")
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // s + 1


def tf_padding(n, k, s, d, mode):
    covered = effective_kernel(k, d)
    if mode == "valid":
        return (n - covered) // s + 1, 0, 0
    out = (n + s - 1) // s
    zeros = max(0, (out - 1) * s + covered - n)
    return out, zeros // 2, zeros - zeros // 2


def transposed_output_size(n, k, s, p=0, op=0, d=1):
    return (n - 1) * s + effective_kernel(k, d) - 2 * p + op


def pool_output_size(n, k, s, p=0, ceil_mode=False):
    windows = (n + 2 * p - k) // s + 1
    if ceil_mode and (n + 2 * p - k) % s and windows * s < n + p:
        windows += 1
    return windows


def conv_params(kh, kw, c_in, c_out, bias=True, groups=1):
    if c_in % groups or c_out % groups:
        raise ValueError("the channels cannot be shared out among the groups")
    weights_of_one = kh * kw * (c_in // groups)
    return c_out * (weights_of_one + bool(bias))


def conv_macs(kh, kw, c_in, c_out, oh, ow, groups=1):
    return conv_params(kh, kw, c_in, c_out, False, groups) * oh * ow


def activation_bytes(shape, bits=32):
    total = bits
    for axis in shape:
        total *= axis
    return total // 8


def dense_params(sizes, bias=True):
    total = 0
    for before, units in zip(sizes[:-1], sizes[1:]):
        total += before * units
        if bias:
            total += units
    return total


def effective_kernel(k, rate):
    return k + (k - 1) * (rate - 1)


def receptive_field(layers):
    rf, jump = 1, 1
    for k, s, d in layers:
        rf = rf + (k - 1) * d * jump
        jump = jump * s
    return rf, jump


EXPLAIN = """
With padding "same" 224 / 4 = 56 come out, without any padding (224 - 11) // 4 + 1 = 54. To get 55 take pictures of 227
without padding, or 224 with p = 2.
"""

EXPLAIN_STACK = """
Three layers of 3 x 3 see 7 x 7 as well and have 110784 parameters where the one has 200768 (with 64 channels), so
45 % less. But there are three maps to keep in memory for the backward pass and not one.
"""
