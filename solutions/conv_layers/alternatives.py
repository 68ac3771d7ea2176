"""Right answers by another road: each must get full marks."""

import numpy as np

from autograder import alternative

from .reference import (
    avgpool_backward,
    avgpool_forward,
    bed_of_nails,
    conv2d_backward,
    conv2d_forward,
    conv_transpose2d,
    depth_to_space,
    global_avg_pool,
    max_unpool,
    maxpool_backward,
    maxpool_forward,
    nearest_unpool,
    space_to_depth,
)


def _framed(x, pad, value=0.0, dtype=float):
    """Pictures with a border."""
    widths = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return np.pad(np.asarray(x, dtype=dtype), widths, constant_values=value)


def _size(n, k, stride, dilation=1):
    """How many windows fit along an axis of n pixels."""
    return (n - dilation * (k - 1) - 1) // stride + 1


def _windows(x, KH, KW, stride, dilation=1):
    """A view (N, C, OH, OW, KH, KW) of all windows."""
    spans = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    view = np.lib.stride_tricks.sliding_window_view(x, spans, axis=(2, 3))
    return view[:, :, ::stride, ::stride, ::dilation, ::dilation]


# ---- conv2d_forward -------------------------------------------------------------------------------


@alternative(conv2d_forward)
def conv2d_forward_by_columns(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Patches side by side as columns of all pictures, one product of matrices for each group."""
    w, x = np.asarray(w, dtype=float), _framed(x, pad)
    F, each, KH, KW = w.shape
    out = []
    for g, filters in enumerate(np.split(w, groups)):
        windows = _windows(x[:, g * each : (g + 1) * each], KH, KW, stride, dilation)
        N, _, OH, OW, _, _ = windows.shape
        cols = windows.transpose(1, 4, 5, 0, 2, 3).reshape(each * KH * KW, N * OH * OW)
        out.append((filters.reshape(F // groups, -1) @ cols).reshape(F // groups, N, OH, OW).swapaxes(0, 1))
    return np.concatenate(out, axis=1) + np.reshape(b, (1, F, 1, 1)), None


@alternative(conv2d_forward)
def conv2d_forward_tap_by_tap(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """A loop over the KH·KW taps, each a mixture of channels, in single precision."""
    x, w = _framed(x, pad, dtype=np.float32), np.asarray(w, dtype=np.float32)
    (N, _, H, W), (F, each, KH, KW) = x.shape, w.shape
    OH, OW = _size(H, KH, stride, dilation), _size(W, KW, stride, dilation)
    y = np.zeros((N, groups, F // groups, OH * OW), dtype=np.float32)
    for a in range(KH):
        for c in range(KW):
            rows, columns = (
                slice(d * dilation, d * dilation + (n - 1) * stride + 1, stride)
                for d, n in ((a, OH), (c, OW))
            )
            seen = x[:, :, rows, columns].reshape(N, groups, each, OH * OW)
            y += w[:, :, a, c].reshape(groups, F // groups, each) @ seen
    return y.reshape(N, F, OH, OW) + np.asarray(b, dtype=np.float32)[:, None, None], (x, w, [stride, pad])


@alternative(conv2d_forward)
def conv2d_forward_position_by_position(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """A loop over positions; all pictures and filters at once."""
    x, w = _framed(x, pad), np.asarray(w, dtype=float)
    F, each, KH, KW = w.shape
    OH, OW = _size(x.shape[2], KH, stride, dilation), _size(x.shape[3], KW, stride, dilation)
    y = np.empty((len(x), F, OH, OW))
    high, wide = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    for i in range(OH):
        for j in range(OW):
            top, left = i * stride, j * stride
            patch = x[:, :, top : top + high : dilation, left : left + wide : dilation]
            for g, filters in enumerate(np.split(w, groups)):
                share = slice(g * F // groups, (g + 1) * F // groups)
                seen = patch[:, g * each : (g + 1) * each]
                y[:, share, i, j] = np.tensordot(seen, filters, axes=([1, 2, 3], [1, 2, 3]))
    return y + np.asarray(b, dtype=float)[None, :, None, None], {"x": x}


@alternative(conv2d_forward)
def conv2d_forward_by_one_sum_of_products(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """All windows and all filters in one einsum, which goes through the six sums in a single loop."""
    w, x = np.asarray(w, dtype=float), _framed(x, pad)
    F, _, KH, KW = w.shape
    out = [
        np.einsum("ncijab,fcab->nfij", _windows(seen, KH, KW, stride, dilation), filters)
        for seen, filters in zip(np.split(x, groups, axis=1), np.split(w, groups), strict=True)
    ]
    return np.concatenate(out, axis=1) + np.reshape(b, (1, F, 1, 1)), None


@alternative(conv2d_forward)
def conv2d_forward_number_by_number(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Loops over pictures, filters and positions: right, and slow."""
    x, w = _framed(x, pad), np.asarray(w, dtype=float)
    F, each, KH, KW = w.shape
    OH, OW = _size(x.shape[2], KH, stride, dilation), _size(x.shape[3], KW, stride, dilation)
    y = np.empty((len(x), F, OH, OW))
    high, wide = dilation * (KH - 1) + 1, dilation * (KW - 1) + 1
    for n, f, i, j in np.ndindex(y.shape):
        first, top, left = f // (F // groups) * each, i * stride, j * stride
        seen = x[n, first : first + each, top : top + high : dilation, left : left + wide : dilation]
        y[n, f, i, j] = np.sum(seen * w[f]) + b[f]
    return y, None


# ---- conv2d_backward ------------------------------------------------------------------------------


@alternative(conv2d_backward)
def conv2d_backward_by_sums_of_products(dout, cache):
    """By np.einsum on a view of all windows, and a loop over the taps for the pictures."""
    x, w, stride, pad, d, groups = (cache[name] for name in ("x", "w", "stride", "pad", "dilation", "groups"))
    dout, (F, each, KH, KW) = np.asarray(dout, dtype=float), w.shape
    N, _, OH, OW = dout.shape
    by_group = dout.reshape(N, groups, F // groups, OH, OW)
    windows = _windows(_framed(x, pad), KH, KW, stride, d).reshape(N, groups, each, OH, OW, KH, KW)
    dw = np.einsum("ngfij,ngcijuv->gfcuv", by_group, windows, optimize=True).reshape(w.shape)
    filters = w.reshape(groups, F // groups, each, KH, KW)
    dx = np.zeros_like(_framed(x, pad))
    for u, v in np.ndindex(KH, KW):
        share = np.einsum("gfc,ngfij->ngcij", filters[..., u, v], by_group, optimize=True)
        grid = np.s_[:, :, u * d : u * d + OH * stride : stride, v * d : v * d + OW * stride : stride]
        dx[grid] += share.reshape(N, groups * each, OH, OW)
    return dx[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]], dw, np.einsum("nfij->f", dout)


@alternative(conv2d_backward)
def conv2d_backward_tap_by_tap(dout, cache):
    """A loop over the KH·KW taps for pictures and filters alike, in single precision."""
    x, w = (np.asarray(cache[name], dtype=np.float32) for name in ("x", "w"))
    stride, pad, d, groups = (cache[name] for name in ("stride", "pad", "dilation", "groups"))
    dout = np.asarray(dout, dtype=np.float32)
    (N, C, H, W), (F, each, KH, KW), (OH, OW) = x.shape, w.shape, dout.shape[2:]
    padded = _framed(x, pad, dtype=np.float32)
    dx, dw = np.zeros_like(padded), np.zeros_like(w)
    parts = dout.reshape(N, groups, F // groups, OH * OW)
    for u, v in np.ndindex(KH, KW):
        grid = np.s_[:, :, u * d : u * d + OH * stride : stride, v * d : v * d + OW * stride : stride]
        seen = padded[grid].reshape(N, groups, each, OH * OW)
        tap = w[:, :, u, v].reshape(groups, F // groups, each)
        dx[grid] += (tap.swapaxes(1, 2) @ parts).reshape(N, C, OH, OW)
        dw[:, :, u, v] = (parts @ seen.swapaxes(2, 3)).sum(axis=0).reshape(F, each)
    return dx[:, :, pad : pad + H, pad : pad + W], dw, dout.sum(axis=(0, 2, 3))


@alternative(conv2d_backward)
def conv2d_backward_position_by_position(dout, cache):
    """A loop over positions; all pictures and filters at once."""
    x, w, stride, pad, d, groups = (cache[name] for name in ("x", "w", "stride", "pad", "dilation", "groups"))
    dout, padded = np.asarray(dout, dtype=float), _framed(x, pad)
    (F, each, KH, KW), (H, W) = w.shape, x.shape[2:]
    dx, dw = np.zeros_like(padded), np.zeros_like(w)
    high, wide = d * (KH - 1) + 1, d * (KW - 1) + 1
    for i, j in np.ndindex(dout.shape[2:]):
        rows, columns = slice(i * stride, i * stride + high, d), slice(j * stride, j * stride + wide, d)
        for g in range(groups):
            channels, filters = slice(g * each, (g + 1) * each), slice(g * F // groups, (g + 1) * F // groups)
            here = dout[:, filters, i, j]
            dx[:, channels, rows, columns] += np.tensordot(here, w[filters], axes=1)
            dw[filters] += np.tensordot(here.T, padded[:, channels, rows, columns], axes=1)
    return (
        dx[:, :, pad : H + pad, pad : W + pad],
        dw,
        sum(dout[:, :, i, j].sum(axis=0) for i, j in np.ndindex(dout.shape[2:])),
    )


@alternative(conv2d_backward)
def conv2d_backward_number_by_number(dout, cache):
    """Loops over pictures, filters and positions: right, and slow."""
    x, w, stride, pad, d, groups = (cache[name] for name in ("x", "w", "stride", "pad", "dilation", "groups"))
    dout, padded = np.asarray(dout, dtype=float), _framed(x, pad)
    (F, each, KH, KW), (H, W) = w.shape, x.shape[2:]
    dx, dw, db = np.zeros_like(padded), np.zeros_like(w), np.zeros(F)
    high, wide = d * (KH - 1) + 1, d * (KW - 1) + 1
    for n, f, i, j in np.ndindex(dout.shape):
        first, top, left = f // (F // groups) * each, i * stride, j * stride
        place = np.s_[n, first : first + each, top : top + high : d, left : left + wide : d]
        dx[place] += w[f] * dout[n, f, i, j]
        dw[f] += padded[place] * dout[n, f, i, j]
        db[f] += dout[n, f, i, j]
    return dx[:, :, pad : H + pad, pad : W + pad], dw, db


# ---- pooling --------------------------------------------------------------------------------------


@alternative(maxpool_forward)
def maxpool_forward_number_by_number(x, k, s, pad=0):
    """Loops over pictures, channels and positions, and over the pixels of a window."""
    x = np.asarray(x, dtype=float)
    N, C, H, W = x.shape
    y = np.full((N, C, _size(H + 2 * pad, k, s), _size(W + 2 * pad, k, s)), -np.inf)
    idx = np.zeros(y.shape, dtype=int)
    for n, c, i, j in np.ndindex(y.shape):
        for u in range(max(i * s - pad, 0), min(i * s - pad + k, H)):
            for v in range(max(j * s - pad, 0), min(j * s - pad + k, W)):
                if x[n, c, u, v] > y[n, c, i, j]:
                    y[n, c, i, j], idx[n, c, i, j] = x[n, c, u, v], u * W + v
    return y.tolist(), idx.tolist()


@alternative(maxpool_forward)
def maxpool_forward_on_a_map_of_places(x, k, s, pad=0):
    """The places themselves are cut into windows as well, and picked from, in single precision."""
    x = np.asarray(x, dtype=np.float32)
    H, W = x.shape[2:]
    places = _framed(np.arange(H * W).reshape(1, 1, H, W), pad)
    windows, numbers = (_windows(a, k, k, s) for a in (_framed(x, pad, -np.inf, np.float32), places))
    windows = windows.reshape(*windows.shape[:4], -1)
    numbers = np.broadcast_to(numbers.reshape(1, 1, *windows.shape[2:]), windows.shape)
    best = np.argmax(windows, axis=-1)[..., None]
    chosen = np.take_along_axis(numbers, best, axis=-1)[..., 0].astype(np.int32)
    return np.take_along_axis(windows, best, axis=-1)[..., 0], chosen


@alternative(maxpool_forward)
def maxpool_forward_tap_by_tap(x, k, s, pad=0):
    """A running maximum over the k·k taps; only a larger number takes the place of one found before."""
    padded = _framed(x, pad, -np.inf)
    H, W = np.shape(x)[2:]
    OH, OW = _size(H + 2 * pad, k, s), _size(W + 2 * pad, k, s)
    y = np.full((*padded.shape[:2], OH, OW), -np.inf)
    idx = np.zeros(y.shape, dtype=int)
    for u, v in np.ndindex(k, k):
        seen = padded[:, :, u : u + OH * s : s, v : v + OW * s : s]
        place = (np.arange(OH)[:, None] * s + u - pad) * W + np.arange(OW) * s + v - pad
        y, idx = np.where(seen > y, seen, y), np.where(seen > y, place, idx)
    return y, idx


@alternative(maxpool_backward)
def maxpool_backward_number_by_number(dout, idx, shape):
    """A loop over all of dout; nested lists come back."""
    dx = np.zeros(shape)
    for n, c, i, j in np.ndindex(np.shape(dout)):
        row, column = divmod(int(idx[n][c][i][j]), shape[3])
        dx[n, c, row, column] += dout[n][c][i][j]
    return dx.tolist()


@alternative(maxpool_backward)
def maxpool_backward_by_counting(dout, idx, shape):
    """By np.bincount with weights, over places in the whole batch."""
    N, C, H, W = shape
    start = np.arange(N * C)[:, None] * H * W
    places = (np.reshape(idx, (N * C, -1)) + start).ravel()
    return np.bincount(places, np.ravel(dout), N * C * H * W).reshape(shape)


@alternative(maxpool_backward)
def maxpool_backward_position_by_position(dout, idx, shape):
    """A loop over positions, in single precision: within one position no pixel occurs twice."""
    dout, idx = np.asarray(dout, dtype=np.float32), np.asarray(idx)
    N, C, H, W = shape
    dx = np.zeros((N, C, H * W), dtype=np.float32)
    n, c = np.ogrid[:N, :C]
    for i, j in np.ndindex(dout.shape[2:]):
        dx[n, c, idx[:, :, i, j]] += dout[:, :, i, j]
    return dx.reshape(shape)


@alternative(avgpool_forward)
def avgpool_forward_window_by_window(x, k, s, pad=0, count_include_pad=True):
    """A loop over positions; a window that does not count the border is cut down to the picture first."""
    padded = _framed(x, pad)
    H, W = np.shape(x)[2:]
    y = np.empty((*padded.shape[:2], _size(H + 2 * pad, k, s), _size(W + 2 * pad, k, s)))
    inner = padded[:, :, pad : pad + H, pad : pad + W]
    for i, j in np.ndindex(y.shape[2:]):
        if count_include_pad:
            window = padded[:, :, i * s : i * s + k, j * s : j * s + k]
        else:
            top, left = i * s - pad, j * s - pad
            window = inner[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
        y[:, :, i, j] = window.mean(axis=(2, 3))
    return y


@alternative(avgpool_forward)
def avgpool_forward_without_nan(x, k, s, pad=0, count_include_pad=True):
    """A view of all windows, a border of nan where it does not count, in single precision."""
    border = 0.0 if count_include_pad else np.nan
    windows = _windows(_framed(x, pad, border, np.float32), k, k, s)
    return np.nanmean(windows, axis=(4, 5), dtype=np.float32)


@alternative(avgpool_backward)
def avgpool_backward_window_by_window(dout, shape, k, s, pad=0, count_include_pad=True):
    """A loop over positions; a window that does not count the border is cut down to the picture first."""
    dout = np.asarray(dout, dtype=float)
    (N, C, H, W), dx = shape, np.zeros(shape)
    for i, j in np.ndindex(dout.shape[2:]):
        top, left = i * s - pad, j * s - pad
        rows, columns = slice(max(top, 0), min(top + k, H)), slice(max(left, 0), min(left + k, W))
        size = k * k if count_include_pad else (rows.stop - rows.start) * (columns.stop - columns.start)
        dx[:, :, rows, columns] += dout[:, :, i, j].reshape(N, C, 1, 1) / size
    return dx


@alternative(avgpool_backward)
def avgpool_backward_by_a_matrix(dout, shape, k, s, pad=0, count_include_pad=True):
    """The means written out as a matrix, pixel by pixel, whose transpose leads back, in single precision."""
    N, C, H, W = shape
    pictures = np.eye(H * W).reshape(1, H * W, H, W)
    means = avgpool_forward(pictures, k, s, pad, count_include_pad).reshape(H * W, -1)  # (H·W, OH·OW)
    dx = means.astype(np.float32) @ np.reshape(dout, (N * C, -1)).T.astype(np.float32)
    return dx.T.reshape(shape)


# ---- unpooling ------------------------------------------------------------------------------------


@alternative(max_unpool)
def max_unpool_number_by_number(y, idx, out_hw):
    """A loop over all numbers; nested lists come back."""
    N, C, OH, OW = np.shape(y)
    x = np.zeros((N, C, *out_hw))
    for n, c, i, j in np.ndindex(N, C, OH, OW):
        x[n, c].flat[int(idx[n][c][i][j])] = y[n][c][i][j]
    return x.tolist()


@alternative(max_unpool)
def max_unpool_by_one_index(y, idx, out_hw):
    """One long row for the whole batch, in single precision."""
    N, C, *_ = np.shape(y)
    H, W = out_hw
    x = np.zeros(N * C * H * W, dtype=np.float32)
    x[np.asarray(idx) + (np.arange(N * C) * H * W).reshape(N, C, 1, 1)] = y
    return x.reshape(N, C, H, W)


@alternative(nearest_unpool)
def nearest_unpool_by_a_product(x, r):
    """The Kronecker product with a block of ones."""
    return np.kron(np.asarray(x, dtype=float), np.ones((1, 1, r, r)))


@alternative(nearest_unpool)
def nearest_unpool_by_an_index(x, r):
    """Pixel (i, j) is taken from (i // r, j // r), in single precision."""
    x = np.asarray(x, dtype=np.float32)
    H, W = x.shape[2:]
    return x[:, :, (np.arange(H * r) // r)[:, None], np.arange(W * r) // r]


@alternative(bed_of_nails)
def bed_of_nails_by_a_product(x, r):
    """The Kronecker product with a block that holds a single 1."""
    nail = np.zeros((1, 1, r, r))
    nail[0, 0, 0, 0] = 1.0
    return np.kron(np.asarray(x, dtype=float), nail)


@alternative(bed_of_nails)
def bed_of_nails_pixel_by_pixel(x, r):
    """A loop over all pixels; nested lists come back."""
    N, C, H, W = np.shape(x)
    y = np.zeros((N, C, H * r, W * r))
    for n, c, i, j in np.ndindex(N, C, H, W):
        y[n, c, i * r, j * r] = x[n][c][i][j]
    return y.tolist()


# ---- transposed convolution -----------------------------------------------------------------------


@alternative(conv_transpose2d)
def conv_transpose2d_tap_by_tap(x, w, b, stride, pad=0, output_padding=0):
    """A loop over the KH·KW taps, in single precision."""
    x, w = np.asarray(x, dtype=np.float32), np.asarray(w, dtype=np.float32)
    (N, C, H, W), (_, F, KH, KW) = x.shape, w.shape
    OH, OW = ((n - 1) * stride + k + output_padding for n, k in ((H, KH), (W, KW)))
    full = np.zeros((N, F, OH, OW), dtype=np.float32)
    for u, v in np.ndindex(KH, KW):
        mixed = (w[:, :, u, v].T @ x.reshape(N, C, H * W)).reshape(N, F, H, W)
        full[:, :, u : u + H * stride : stride, v : v + W * stride : stride] += mixed
    return full[:, :, pad : OH - pad, pad : OW - pad] + np.asarray(b, dtype=np.float32)[:, None, None]


@alternative(conv_transpose2d)
def conv_transpose2d_position_by_position(x, w, b, stride, pad=0, output_padding=0):
    """A loop over pixels; all pictures and channels at once."""
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    (N, _, H, W), (_, F, KH, KW) = x.shape, w.shape
    OH, OW = ((n - 1) * stride + k + output_padding for n, k in ((H, KH), (W, KW)))
    full = np.zeros((N, F, OH, OW))
    for i, j in np.ndindex(H, W):
        window = np.s_[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
        full[window] += np.tensordot(x[:, :, i, j], w, axes=1)
    return full[:, :, pad : OH - pad, pad : OW - pad] + np.reshape(b, (F, 1, 1))


@alternative(conv_transpose2d)
def conv_transpose2d_by_nails(x, w, b, stride, pad=0, output_padding=0):
    """A bed of nails, a border, and an ordinary convolution with the kernels turned round."""
    nails = bed_of_nails(x, stride)
    KH, KW = np.shape(w)[2:]
    nails = nails[:, :, : nails.shape[2] - stride + 1, : nails.shape[3] - stride + 1]
    more = output_padding
    wide = np.pad(nails, ((0, 0), (0, 0), (KH - 1, KH - 1 + more), (KW - 1, KW - 1 + more)))
    turned = np.asarray(w)[:, :, ::-1, ::-1].swapaxes(0, 1)
    y = conv2d_forward(wide, turned, b)[0]
    return y[:, :, pad : y.shape[2] - pad, pad : y.shape[3] - pad]


def conv_transpose2d_number_by_number(x, w, b, stride, pad=0, output_padding=0):
    """Loops over pictures, channels and pixels: right, but too slow for the large batch."""
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    (N, _, H, W), (_, F, KH, KW) = x.shape, w.shape
    OH, OW = ((n - 1) * stride + k + output_padding for n, k in ((H, KH), (W, KW)))
    full = np.zeros((N, F, OH, OW))
    for n, c, i, j in np.ndindex(x.shape):
        full[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW] += x[n, c, i, j] * w[c]
    return full[:, :, pad : OH - pad, pad : OW - pad] + np.reshape(b, (F, 1, 1))


# ---- maps and channels ----------------------------------------------------------------------------


@alternative(global_avg_pool)
def global_avg_pool_map_by_map(x):
    """A loop over the maps; nested lists come back."""
    return [[float(np.mean(one)) for one in picture] for picture in x]


@alternative(global_avg_pool)
def global_avg_pool_by_a_product(x):
    """The maps as long rows, times a column of equal weights, in single precision."""
    x = np.asarray(x, dtype=np.float32)
    N, C, H, W = x.shape
    return x.reshape(N, C, H * W) @ np.full(H * W, 1 / (H * W), dtype=np.float32)


@alternative(depth_to_space)
def depth_to_space_by_slices(x, r):
    """One slice with a step for each place of a block."""
    x = np.asarray(x, dtype=float)
    N, D, H, W = x.shape
    y = np.empty((N, D // r**2, H * r, W * r))
    for u in range(r):
        for v in range(r):
            y[:, :, u::r, v::r] = x[:, u * r + v :: r**2]
    return y


@alternative(depth_to_space)
def depth_to_space_pixel_by_pixel(x, r):
    """A loop over all pixels of the result; nested lists come back."""
    N, D, H, W = np.shape(x)
    y = np.empty((N, D // r**2, H * r, W * r))
    for n, c, i, j in np.ndindex(y.shape):
        y[n, c, i, j] = x[n][c * r * r + i % r * r + j % r][i // r][j // r]
    return y.tolist()


@alternative(space_to_depth)
def space_to_depth_by_slices(x, r):
    """One slice with a step for each place of a block, stacked behind the channels, in single precision."""
    x = np.asarray(x, dtype=np.float32)
    stacked = np.stack([x[:, :, u::r, v::r] for u in range(r) for v in range(r)], axis=2)
    N, C, places, H, W = stacked.shape
    return stacked.reshape(N, C * places, H, W)


@alternative(space_to_depth)
def space_to_depth_pixel_by_pixel(x, r):
    """A loop over all pixels of the result; nested lists come back."""
    N, C, H, W = np.shape(x)
    y = np.empty((N, C * r * r, H // r, W // r))
    for n, d, i, j in np.ndindex(y.shape):
        c, place = divmod(d, r * r)
        y[n, d, i, j] = x[n][c][i * r + place // r][j * r + place % r]
    return y.tolist()
