# I learned this in Python 2, where / between whole numbers is a whole number
def conv_output_size(n, k, s=1, p=0, d=1):
    size = (n + 2 * p - d * (k - 1) - 1) / s + 1
    if size < 1:
        raise ValueError("does not fit")
    return size
