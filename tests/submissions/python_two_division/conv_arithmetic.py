# I learned this in Python 2, where / between whole numbers is a whole number
def conv_output_size(n, k, s=1, p=0, d=1):
    size = (n + 2 * p - d * (k - 1) - 1) / s + 1
    if size < 1:
        raise ValueError("does not fit")
    return size


def tf_padding(n, k, s, d, mode):
    e = effective_kernel(k, d)
    if mode == "valid":
        return (n - e) / s + 1, 0, 0
    out = (n + s - 1) / s
    pad = (out - 1) * s + e - n
    if pad < 0:
        pad = 0
    return out, pad / 2, pad - pad / 2


def transposed_output_size(n, k, s, p=0, op=0, d=1):
    return s * (n - 1) + effective_kernel(k, d) - 2 * p + op


def pool_output_size(n, k, s, p=0, ceil_mode=False):
    if not ceil_mode:
        return (n + 2 * p - k) / s + 1
    out = (n + 2 * p - k + s - 1) / s + 1
    if (out - 1) * s >= n + p:
        out = out - 1
    return out


def conv_params(kh, kw, c_in, c_out, bias=True, groups=1):
    if c_in % groups != 0 or c_out % groups != 0:
        raise ValueError("groups do not divide the channels")
    params = kh * kw * (c_in / groups) * c_out
    if bias:
        params = params + c_out
    return params


def conv_macs(kh, kw, c_in, c_out, oh, ow, groups=1):
    return kh * kw * (c_in / groups) * c_out * oh * ow


def activation_bytes(shape, bits=32):
    numbers = 1
    for axis in shape:
        numbers = numbers * axis
    return numbers * bits / 8


def dense_params(sizes, bias=True):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
        if bias:
            total += sizes[i + 1]
    return total


def effective_kernel(k, rate):
    return rate * (k - 1) + 1


def receptive_field(layers):
    rf, jump = 1, 1
    for k, s, d in layers:
        rf += (k - 1) * d * jump
        jump *= s
    return rf, jump


EXPLAIN = """
With padding (224 - 11 + 2 * p) / 4 + 1, which is 54.25 for p = 0, and so 54. For p = 2 it is 55.25, so 55, that must be
what they did. "same" would be 56.
"""

EXPLAIN_STACK = """
Three small ones have 27 weights and the big one 49.
"""
