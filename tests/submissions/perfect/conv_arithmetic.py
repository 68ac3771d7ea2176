def conv_output_size(n, k, s=1, p=0, d=1):
    if s < 1 or k < 1 or d < 1 or p < 0 or n < 1:
        raise ValueError("sizes and strides are at least 1, the padding at least 0")
    room = n + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // s + 1
