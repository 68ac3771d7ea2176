"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import (
    col2im,
    compose_kernels,
    conv1d,
    conv2d,
    correlate1d,
    correlate2d,
    fft_conv1d,
    gabor,
    im2col,
    named_kernel,
    pad2d,
    separable,
)

# ---- one dimension --------------------------------------------------------------------------------


@alternative(conv1d)
def conv1d_by_numpy(f, g, mode):
    """By np.convolve, "full", and cut by hand."""
    full = np.convolve(np.asarray(f, dtype=float), np.asarray(g, dtype=float))
    n, k = len(f), len(g)
    if mode == "valid":
        return full[k - 1 : n] if k <= n else np.array([])
    return full[(k - 1) // 2 :][:n] if mode == "same" else full


@alternative(conv1d)
def conv1d_number_by_number(f, g, mode):
    """Two loops over plain lists, as the sum is written; a list comes back."""
    n, k = len(f), len(g)
    full = [sum(float(f[i - m]) * float(g[m]) for m in range(k) if 0 <= i - m < n) for i in range(n + k - 1)]
    first = {"full": 0, "valid": k - 1, "same": (k - 1) // 2}[mode]
    count = {"full": n + k - 1, "valid": max(n - k + 1, 0), "same": n}[mode]
    return full[first : first + count]


@alternative(conv1d)
def conv1d_in_single_precision(f, g, mode):
    """Everything in float32, with the turned kernel slid along a padded signal."""
    f, g = np.asarray(f, dtype=np.float32), np.asarray(g, dtype=np.float32)[::-1]
    n, k = len(f), len(g)
    if mode == "valid" and k > n:
        return np.zeros(0, dtype=np.float32)
    before, after = {"full": (k - 1, k - 1), "valid": (0, 0), "same": (k // 2, (k - 1) // 2)}[mode]
    padded = np.concatenate([np.zeros(before, np.float32), f, np.zeros(after, np.float32)])
    return np.array([padded[i : i + k] @ g for i in range(len(padded) - k + 1)])


@alternative(correlate1d)
def correlate1d_by_sliding(f, g, mode):
    """The kernel slid along the padded signal, without a turn anywhere."""
    f, g = np.asarray(f, dtype=float), np.asarray(g, dtype=float)
    n, k = len(f), len(g)
    padded = np.pad(f, k - 1)
    full = [float(np.dot(padded[i : i + k], g)) for i in range(n + k - 1)]
    if mode == "valid":
        return np.array(full[k - 1 : n], dtype=float)
    return full if mode == "full" else full[(k - 1) // 2 : (k - 1) // 2 + n]


@alternative(correlate1d)
def correlate1d_by_numpy(f, g, mode):
    """By np.correlate, "full", and cut by hand, in single precision."""
    full = np.correlate(np.asarray(f, dtype=np.float32), np.asarray(g, dtype=np.float32), "full")
    n, k = len(f), len(g)
    if mode == "full":
        return full
    return full[k - 1 : n] if mode == "valid" else full[(k - 1) // 2 :][:n]


# ---- two dimensions -------------------------------------------------------------------------------


@alternative(conv2d)
def conv2d_pixel_by_pixel(x, k, mode="valid"):
    """Four loops, as the sum is written."""
    x, k = np.asarray(x, dtype=float), np.asarray(k, dtype=float)
    (H, W), (KH, KW) = x.shape, k.shape
    full = np.zeros((H + KH - 1, W + KW - 1))
    for i, j in np.ndindex(full.shape):
        for a, b in np.ndindex(KH, KW):
            if 0 <= i - a < H and 0 <= j - b < W:
                full[i, j] += x[i - a, j - b] * k[a, b]
    if mode == "valid":
        return full[KH - 1 : H, KW - 1 : W]
    top, left = ((KH - 1) // 2, (KW - 1) // 2) if mode == "same" else (0, 0)
    return full[top : top + H, left : left + W] if mode == "same" else full


@alternative(conv2d)
def conv2d_by_windows(x, k, mode="valid"):
    """Windows of a padded picture times the turned kernel, in single precision."""
    x, k = np.asarray(x, dtype=np.float32), np.asarray(k, dtype=np.float32)[::-1, ::-1]
    if mode == "full":
        x = np.pad(x, [(size - 1, size - 1) for size in k.shape])
    if mode == "same":
        x = np.pad(x, [(size // 2, (size - 1) // 2) for size in k.shape])
    if x.shape[0] < k.shape[0] or x.shape[1] < k.shape[1]:
        return np.zeros([max(n - m + 1, 0) for n, m in zip(x.shape, k.shape, strict=True)])
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(x, k.shape), k)


@alternative(conv2d)
def conv2d_by_fourier(x, k, mode="valid"):
    """By the Fourier transform in both directions."""
    x, k = np.asarray(x, dtype=float), np.asarray(k, dtype=float)
    size = [n + m - 1 for n, m in zip(x.shape, k.shape, strict=True)]
    full = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(k, size), size)
    (H, W), (KH, KW) = x.shape, k.shape
    if mode == "valid":
        return full[KH - 1 : H, KW - 1 : W]
    return full[(KH - 1) // 2 :, (KW - 1) // 2 :][:H, :W] if mode == "same" else full


@alternative(correlate2d)
def correlate2d_position_by_position(x, k, stride=1, pad=(0, 0), dilation=1):
    """A loop over the positions, with a patch cut out at each; nested lists come back."""
    x = np.pad(np.asarray(x, dtype=float), ((pad[0], pad[0]), (pad[1], pad[1])))
    k = np.asarray(k, dtype=float)
    high, wide = (dilation * (size - 1) + 1 for size in k.shape)
    return [
        [
            float(np.sum(x[i : i + high : dilation, j : j + wide : dilation] * k))
            for j in range(0, x.shape[1] - wide + 1, stride)
        ]
        for i in range(0, x.shape[0] - high + 1, stride)
    ]


@alternative(correlate2d)
def correlate2d_by_a_kernel_with_zeros(x, k, stride=1, pad=(0, 0), dilation=1):
    """The holes filled with zeros, all positions computed, and every stride-th kept, in single precision."""
    x, k = np.asarray(x, dtype=np.float32), np.asarray(k, dtype=np.float32)
    wide = np.zeros([dilation * (size - 1) + 1 for size in k.shape], dtype=np.float32)
    wide[::dilation, ::dilation] = k
    x = np.pad(x, ((pad[0], pad[0]), (pad[1], pad[1])))
    windows = np.lib.stride_tricks.sliding_window_view(x, wide.shape)
    return np.tensordot(windows, wide, axes=2)[::stride, ::stride]


@alternative(pad2d)
def pad2d_by_numpy(x, widths, value=0):
    """By np.pad."""
    return np.pad(np.asarray(x, dtype=float), widths, constant_values=value)


@alternative(pad2d)
def pad2d_stuck_together(x, widths, value=0):
    """Rows and columns stuck on one after the other; nested lists come back."""
    (top, bottom), (left, right) = widths
    rows = [[value] * left + [float(pixel) for pixel in row] + [value] * right for row in x]
    blank = [value] * len(rows[0])
    return [blank] * top + rows + [blank] * bottom


# ---- the Fourier transform ------------------------------------------------------------------------


@alternative(fft_conv1d)
def fft_conv1d_of_real_numbers(f, g):
    """By the transform for real signals, told the length on the way back."""
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)


@alternative(fft_conv1d)
def fft_conv1d_by_a_power_of_two(f, g):
    """On a wheel of the next power of two, and the empty places cut off."""
    length = len(f) + len(g) - 1
    wheel = 1 << length.bit_length()
    return np.real(np.fft.ifft(np.fft.fft(f, wheel) * np.fft.fft(g, wheel)))[:length]


@alternative(fft_conv1d)
def fft_conv1d_by_hand(f, g):
    """With the matrix of the transform written out."""
    length = len(f) + len(g) - 1
    j = np.arange(length)
    F = np.exp(-2j * np.pi * np.outer(j, j) / length)
    padded = [np.concatenate([np.asarray(a, dtype=float), np.zeros(length - len(a))]) for a in (f, g)]
    return (np.conj(F) @ ((F @ padded[0]) * (F @ padded[1])) / length).real


# ---- large kernels of small ones ------------------------------------------------------------------


@alternative(separable)
def separable_by_the_largest_entry(k, tol=1e-10):
    """Row and column through the largest entry, and a look at what is left."""
    k = np.asarray(k, dtype=float)
    i, j = np.unravel_index(np.argmax(np.abs(k)), k.shape)
    if k[i, j] == 0:
        return True, np.zeros(k.shape[0]), np.zeros(k.shape[1])
    u, v = k[:, j] / k[i, j], k[i].copy()
    left = np.abs(k - np.outer(u, v)).max() / np.abs(k).max()
    return (True, u.tolist(), v.tolist()) if left <= tol else (False, None, None)


@alternative(separable)
def separable_by_the_rank(k, tol=1e-10):
    """By np.linalg.matrix_rank with a relative tolerance; all of the size on the column."""
    k = np.asarray(k, dtype=float)
    U, s, Vt = np.linalg.svd(k)
    if np.linalg.matrix_rank(k, tol=tol * s[0]) > 1:
        return False, None, None
    return True, -s[0] * U[:, 0], -Vt[0]


@alternative(compose_kernels)
def composed_tap_by_tap(g, h):
    """Each tap of one kernel puts down a copy of the other; nested lists come back."""
    (GH, GW), (HH, HW) = np.shape(g), np.shape(h)
    out = [[0.0] * (GW + HW - 1) for _ in range(GH + HH - 1)]
    for a, b in np.ndindex(GH, GW):
        for c, d in np.ndindex(HH, HW):
            out[a + c][b + d] += float(g[a][b]) * float(h[c][d])
    return out


@alternative(compose_kernels)
def composed_by_sliding(g, h):
    """The second kernel turned and slid over the padded first one, in single precision."""
    g, h = np.asarray(g, dtype=np.float32), np.asarray(h, dtype=np.float32)[::-1, ::-1]
    padded = np.pad(g, [(size - 1, size - 1) for size in h.shape])
    return np.tensordot(np.lib.stride_tricks.sliding_window_view(padded, h.shape), h, axes=2)


# ---- patches and columns --------------------------------------------------------------------------


@alternative(im2col)
def im2col_patch_by_patch(x, kh, kw, stride, pad):
    """A loop over the positions, each patch flattened."""
    x = np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, _, H, W = x.shape
    columns = [
        x[:, :, i : i + kh, j : j + kw].reshape(N, -1)
        for i in range(0, H - kh + 1, stride)
        for j in range(0, W - kw + 1, stride)
    ]
    return np.stack(columns, axis=-1)


@alternative(im2col)
def im2col_by_indices(x, kh, kw, stride, pad):
    """By one large index, in single precision."""
    x = np.pad(np.asarray(x, dtype=np.float32), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, C, H, W = x.shape
    OH, OW = (H - kh) // stride + 1, (W - kw) // stride + 1
    i = np.repeat(np.arange(kh), kw)[:, None] + stride * np.repeat(np.arange(OH), OW)
    j = np.tile(np.arange(kw), kh)[:, None] + stride * np.tile(np.arange(OW), OH)
    return x[:, :, i, j].reshape(N, C * kh * kw, OH * OW)


@alternative(im2col)
def im2col_by_windows(x, kh, kw, stride, pad):
    """By a view of all windows, with the axes moved into place."""
    x = np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    views = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    N, C, OH, OW = views.shape[:4]
    return views.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, OH * OW)


@alternative(col2im)
def col2im_patch_by_patch(cols, shape, kh, kw, stride, pad):
    """A loop over the positions, each column put back as a patch."""
    N, C, H, W = shape
    x = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    corners = [
        (i, j) for i in range(0, H + 2 * pad - kh + 1, stride) for j in range(0, W + 2 * pad - kw + 1, stride)
    ]
    for number, (i, j) in enumerate(corners):
        x[:, :, i : i + kh, j : j + kw] += np.asarray(cols)[:, :, number].reshape(N, C, kh, kw)
    return x[:, :, pad : H + pad, pad : W + pad]


@alternative(col2im)
def col2im_by_indices(cols, shape, kh, kw, stride, pad):
    """By one large index with np.add.at, in single precision."""
    N, C, H, W = shape
    OH, OW = (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1
    i = np.repeat(np.arange(kh), kw)[:, None] + stride * np.repeat(np.arange(OH), OW)
    j = np.tile(np.arange(kw), kh)[:, None] + stride * np.tile(np.arange(OW), OH)
    x = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=np.float32)
    np.add.at(x, (slice(None), slice(None), i, j), np.reshape(cols, (N, C, kh * kw, OH * OW)))
    return x[:, :, pad : H + pad, pad : W + pad]


# ---- kernels by name ------------------------------------------------------------------------------


@alternative(named_kernel)
def named_kernel_in_lists(name):
    """Typed out number by number; nested lists of whole numbers come back where that is all it takes."""
    ninth = 1 / 9
    return {
        "sobel_x": [[1, 0, -1], [2, 0, -2], [1, 0, -1]],
        "sobel_y": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
        "edge8": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "box": [[ninth] * 3] * 3,
    }[name]


@alternative(named_kernel)
def named_kernel_built_up(name):
    """Built from the picture itself, its mean and differences, in single precision."""
    itself = np.zeros((3, 3), dtype=np.float32)
    itself[1, 1] = 1.0
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], dtype=np.float32)
    column = np.array([[1.0], [2.0], [1.0]], dtype=np.float32)
    across = column @ np.array([[1.0, 0.0, -1.0]], dtype=np.float32)
    if name == "sharpen":
        return 6 * itself - cross
    if name == "edge8":
        return 9 * itself - 1
    if name == "box":
        return np.ones((3, 3), dtype=np.float32) / 9
    return across if name == "sobel_x" else across.T


@alternative(gabor)
def gabor_pixel_by_pixel(size, sigma, freq, theta):
    """Two loops with the math module; nested lists come back."""
    middle = (size - 1) / 2
    rows = []
    for i in range(size):
        y = i - middle
        rows.append([])
        for j in range(size):
            x = j - middle
            along = math.cos(theta) * x + math.sin(theta) * y
            rows[-1].append(math.exp(-0.5 * (x * x + y * y) / sigma**2) * math.cos(math.tau * freq * along))
    return rows


@alternative(gabor)
def gabor_of_complex_rows_and_columns(size, sigma, freq, theta):
    """A complex column times a complex row, of which the real part is taken: the wavelet is separable."""
    x = np.linspace(-(size - 1) / 2, (size - 1) / 2, size)
    bell = np.exp(-((x / sigma) ** 2) / 2)
    row, column = (bell * np.exp(2j * np.pi * freq * part * x) for part in (np.cos(theta), np.sin(theta)))
    return np.outer(column, row).real


@alternative(gabor)
def gabor_in_single_precision(size, sigma, freq, theta):
    """By np.mgrid, everything in float32."""
    y, x = np.mgrid[:size, :size].astype(np.float32) - np.float32((size - 1) / 2)
    along = x * np.float32(np.cos(theta)) + y * np.float32(np.sin(theta))
    return np.exp(-(np.hypot(x, y) ** 2) / np.float32(2 * sigma**2)) * np.cos(
        np.float32(2 * np.pi * freq) * along
    )
