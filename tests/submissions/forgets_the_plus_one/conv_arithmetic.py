def conv_output_size(n, k, s=1, p=0, d=1):
    size = (n + 2 * p - d * (k - 1) - 1) // s
    if size < 1 or s < 1:
        raise ValueError("does not fit")
    return size
