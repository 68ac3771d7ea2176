"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

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


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


def _grown(x, top, left, bottom, right, **how):
    """Pictures with a border of these widths, of zeros if nothing else is said."""
    return np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (top, bottom), (left, right)), **how)


def _like(answer, x):
    """The answer cut down to the number type of x."""
    return answer.astype(np.asarray(x).dtype)


# ---- conv2d_forward -------------------------------------------------------------------------------


@misconception(conv2d_forward)
def turns_the_kernel(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The kernels are turned round, which is convolution in mathematics; a layer leaves them as they are."""
    return conv2d_forward(x, np.asarray(w)[:, :, ::-1, ::-1], b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def transposes_the_kernel(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Rows and columns of the kernels are exchanged."""
    return conv2d_forward(x, np.swapaxes(w, 2, 3), b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def no_bias(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The bias is missing; each filter adds its own to all positions."""
    return conv2d_forward(x, w, np.zeros(len(w)), stride, pad, dilation, groups)


@misconception(conv2d_forward)
def bias_once_a_channel(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The bias is added once for each channel of the input; it belongs to the sum over all of them."""
    return conv2d_forward(x, w, np.asarray(b) * np.shape(w)[1], stride, pad, dilation, groups)


@misconception(conv2d_forward)
def bias_in_every_product(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The bias stands inside the sum and is added as often as there are products; it is added once."""
    return conv2d_forward(x, w, np.asarray(b) * np.prod(np.shape(w)[1:]), stride, pad, dilation, groups)


@misconception(conv2d_forward)
def one_bias_for_all(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """All channels get the bias of the first filter; each filter has its own."""
    return conv2d_forward(x, w, np.full(len(w), b[0]), stride, pad, dilation, groups)


@misconception(conv2d_forward)
def channels_averaged(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The channels are averaged; a filter adds them up."""
    return conv2d_forward(x, np.asarray(w) / np.shape(w)[1], b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def first_channel_only(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Only the first channel is looked at; a filter adds up all of its channels."""
    first = np.array(w, dtype=float)
    first[:, 1:] = 0
    return conv2d_forward(x, first, b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def first_filter_everywhere(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """All channels of the output come from the first filter; each filter makes its own."""
    w = np.asarray(w, dtype=float)
    return conv2d_forward(x, np.broadcast_to(w[:1], w.shape), b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def first_picture_everywhere(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """All pictures of the batch come out like the first one."""
    x = np.asarray(x, dtype=float)
    return conv2d_forward(np.broadcast_to(x[:1], x.shape), w, b, stride, pad, dilation, groups)


@misconception(conv2d_forward)
def stride_ignored(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The window moves pixel by pixel whatever stride says."""
    return conv2d_forward(x, w, b, 1, pad, dilation, groups)


@misconception(conv2d_forward)
def stride_in_the_size_only(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The size of the result is right, but the window of position i begins at i and not at i · stride."""
    OH, OW = conv2d_forward(x, w, b, stride, pad, dilation, groups)[0].shape[2:]
    return conv2d_forward(x, w, b, 1, pad, dilation, groups)[0][:, :, :OH, :OW], None


@misconception(conv2d_forward)
def rounds_up(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """A last window that sticks out is counted too; the size is rounded down."""
    spans = [dilation * (size - 1) + 1 for size in np.shape(w)[2:]]
    more = [-(n + 2 * pad - span) % stride for n, span in zip(np.shape(x)[2:], spans, strict=True)]
    wide = _grown(x, pad, pad, pad + more[0], pad + more[1])
    return conv2d_forward(wide, w, b, stride, 0, dilation, groups)


@misconception(conv2d_forward)
def last_window_missing(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The + 1 is missing in the size: a window that fits k times has k + 1 positions."""
    return conv2d_forward(x, w, b, stride, pad, dilation, groups)[0][:, :, :-1, :-1], None


@misconception(conv2d_forward)
def border_ignored(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """There is no border of zeros whatever pad says."""
    return conv2d_forward(x, w, b, stride, 0, dilation, groups)


@misconception(conv2d_forward)
def border_always_one(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The border is one pixel wide whatever pad says."""
    return conv2d_forward(x, w, b, stride, min(pad, 1), dilation, groups)


@misconception(conv2d_forward)
def border_above_and_left_only(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The zeros stand above and at the left only; pad is the width at each of the four sides."""
    return conv2d_forward(_grown(x, pad, pad, 0, 0), w, b, stride, 0, dilation, groups)


@misconception(conv2d_forward)
def border_repeated(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The border repeats the outermost pixels; it should be zeros."""
    return conv2d_forward(_grown(x, pad, pad, pad, pad, mode="edge"), w, b, stride, 0, dilation, groups)


@misconception(conv2d_forward)
def holes_ignored(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The taps lie side by side whatever dilation says."""
    return conv2d_forward(x, w, b, stride, pad, 1, groups)


@misconception(conv2d_forward)
def holes_counted_from_zero(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Your dilation counts the holes between taps; it is their distance, and 1 is the ordinary kernel."""
    return conv2d_forward(x, w, b, stride, pad, dilation + 1, groups)


def _as_one_group(w, channels, sees):
    """Filters (F, C, KH, KW) for all channels; `sees(f, c)` is the channel that w[f, c] belongs to."""
    w = np.asarray(w, dtype=float)
    full = np.zeros((len(w), channels, *w.shape[2:]))
    for f, c in np.ndindex(w.shape[:2]):
        full[f, sees(f, c)] += w[f, c]
    return full


@misconception(conv2d_forward)
def all_groups_see_the_first(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """All filters see the channels of the first group; each group of filters has its own channels."""
    full = _as_one_group(w, np.shape(x)[1], lambda _, c: c)
    return conv2d_forward(x, full, b, stride, pad, dilation)


@misconception(conv2d_forward)
def filters_dealt_out_in_turn(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The filters are dealt out to the groups in turn; the first F / groups belong to the first group."""
    each = np.shape(w)[1]
    full = _as_one_group(w, np.shape(x)[1], lambda f, c: f % groups * each + c)
    return conv2d_forward(x, full, b, stride, pad, dilation)


@misconception(conv2d_forward)
def channels_dealt_out_in_turn(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """The channels are dealt out to the groups in turn; the first C / groups of them are the first group."""
    each = len(w) // groups
    full = _as_one_group(w, np.shape(x)[1], lambda f, c: c * groups + f // each)
    return conv2d_forward(x, full, b, stride, pad, dilation)


@misconception(conv2d_forward)
def cut_to_whole_numbers(x, w, b, stride=1, pad=0, dilation=1, groups=1):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return _like(conv2d_forward(x, w, b, stride, pad, dilation, groups)[0], x), None


# ---- conv2d_backward ------------------------------------------------------------------------------


def _by_position(dout, cache):
    """A position at a time: where it reads the padded picture, and what it hands back."""
    x, w, s, d, groups = (cache[name] for name in ("x", "w", "stride", "dilation", "groups"))
    (_, C, _, _), (F, _, KH, KW), dout = x.shape, w.shape, np.asarray(dout, dtype=float)
    for g in range(groups):
        channels, filters = (slice(g * n // groups, (g + 1) * n // groups) for n in (C, F))
        for i, j in np.ndindex(dout.shape[2:]):
            rows = slice(i * s, i * s + d * (KH - 1) + 1, d)
            columns = slice(j * s, j * s + d * (KW - 1) + 1, d)
            patch = np.einsum("nf,fcuv->ncuv", dout[:, filters, i, j], w[filters])
            yield (slice(None), channels, rows, columns), patch


def _empty(cache):
    """A gradient by the padded pictures, all of it zero."""
    x, pad = cache["x"], cache["pad"]
    return _grown(0 * x, pad, pad, pad, pad)


def _cropped(dx, cache):
    """The part of the padded pictures that is no border."""
    (H, W), pad = cache["x"].shape[2:], cache["pad"]
    return dx[:, :, pad : pad + H, pad : pad + W]


def _uncropped(dout, cache):
    """The gradient by the padded pictures, and the other two."""
    x, pad = cache["x"], cache["pad"]
    return conv2d_backward(dout, {**cache, "x": _grown(x, pad, pad, pad, pad), "pad": 0})


@misconception(conv2d_backward)
def overlaps_overwritten(dout, cache):
    """Where windows overlap, the last one overwrites what the others handed back; it is added up."""
    _, dw, db = conv2d_backward(dout, cache)
    dx = _empty(cache)
    for place, patch in _by_position(dout, cache):
        dx[place] = patch
    return _cropped(dx, cache), dw, db


@misconception(conv2d_backward)
def overlaps_averaged(dout, cache):
    """Where windows overlap, you take the mean of what they hand back; it has to be added up."""
    dx, dw, db = _uncropped(dout, cache)
    seen = _empty(cache)
    for place, _ in _by_position(dout, cache):
        seen[place] += 1
    return _cropped(dx / np.maximum(seen, 1), cache), dw, db


@misconception(conv2d_backward)
def averaged_over_the_batch(dout, cache):
    """The gradients of filters and biases are divided by the number of pictures; that is in dout already."""
    dx, dw, db = conv2d_backward(dout, cache)
    return dx, dw / len(dx), db / len(dx)


@misconception(conv2d_backward)
def averaged_over_positions(dout, cache):
    """The gradients of filters and biases are means over the positions; a shared weight gets the sum."""
    dx, dw, db = conv2d_backward(dout, cache)
    positions = np.prod(np.shape(dout)[2:])
    return dx, dw / positions, db / positions


@misconception(conv2d_backward)
def bias_of_one_position(dout, cache):
    """The gradient of a bias is that of the first position alone; it is summed over all of them."""
    dx, dw, _ = conv2d_backward(dout, cache)
    return dx, dw, np.asarray(dout, dtype=float)[:, :, 0, 0].sum(axis=0)


@misconception(conv2d_backward)
def bias_averaged(dout, cache):
    """The gradient of a bias is a mean; it is the sum over pictures and positions."""
    dx, dw, _ = conv2d_backward(dout, cache)
    return dx, dw, np.mean(np.asarray(dout, dtype=float), axis=(0, 2, 3))


@misconception(conv2d_backward)
def last_picture_only(dout, cache):
    """The gradients of filters and biases are those of the last picture; = in the loop should be +=."""
    dx = conv2d_backward(dout, cache)[0]
    return dx, *conv2d_backward(np.asarray(dout)[-1:], {**cache, "x": cache["x"][-1:]})[1:]


@misconception(conv2d_backward)
def kernel_turned_on_the_way_back(dout, cache):
    """The kernel lies the wrong way round in dx: each window gets back dout · w with w as it is.

    Only whoever writes dx as a sliding window over dout, and not as patches laid down, has to turn it.
    """
    _, dw, db = conv2d_backward(dout, cache)
    return conv2d_backward(dout, {**cache, "w": cache["w"][:, :, ::-1, ::-1]})[0], dw, db


@misconception(conv2d_backward)
def filters_turned(dout, cache):
    """The gradient of the filters is turned by 180 degrees."""
    dx, dw, db = conv2d_backward(dout, cache)
    return dx, dw[:, :, ::-1, ::-1], db


@misconception(conv2d_backward)
def border_left_on(dout, cache):
    """The gradient of the pictures still has the border of zeros on; it has to be cut off."""
    return _uncropped(dout, cache)


@misconception(conv2d_backward)
def cropped_to_nothing(dout, cache):
    """dx[:, :, pad:-pad, pad:-pad] is empty where pad is 0; count from the other end."""
    dx, dw, db = _uncropped(dout, cache)
    pad = cache["pad"]
    return dx[:, :, pad:-pad, pad:-pad], dw, db


@misconception(conv2d_backward)
def always_cropped_by_one(dout, cache):
    """A border of one pixel is cut off whatever pad says."""
    dx, dw, db = _uncropped(dout, cache)
    return dx[:, :, 1:-1, 1:-1], dw, db


@misconception(conv2d_backward)
def cropped_at_the_wrong_end(dout, cache):
    """The border is cut off twice at the end, and not at all at the beginning."""
    dx, dw, db = _uncropped(dout, cache)
    H, W = cache["x"].shape[2:]
    return dx[:, :, :H, :W], dw, db


@misconception(conv2d_backward)
def stride_forgotten_on_the_way_back(dout, cache):
    """On the way back the window of position i begins at i; it begins at i · stride, as on the way there."""
    once = {**cache, "stride": 1}
    OH, OW = conv2d_forward(cache["x"], cache["w"], np.zeros(len(cache["w"])), 1, *_kept(cache))[0].shape[2:]
    h, w = np.shape(dout)[2:]
    wide = _grown(dout, 0, 0, max(OH - h, 0), max(OW - w, 0))
    return conv2d_backward(wide[:, :, :OH, :OW], once)


def _kept(cache):
    return cache["pad"], cache["dilation"], cache["groups"]


@misconception(conv2d_backward)
def holes_forgotten_on_the_way_back(dout, cache):
    """On the way back the taps lie side by side; they have to lie as far apart as on the way there."""
    KH, KW = cache["w"].shape[2:]
    H, W = (
        (size - 1) * cache["stride"] + k - 2 * cache["pad"]
        for size, k in zip(np.shape(dout)[2:], (KH, KW), strict=True)
    )
    dx, dw, db = conv2d_backward(dout, {**cache, "x": cache["x"][:, :, :H, :W], "dilation": 1})
    full = np.zeros_like(cache["x"])
    full[:, :, : dx.shape[2], : dx.shape[3]] = dx
    return full, dw, db


@misconception(conv2d_backward)
def all_groups_through_the_first(dout, cache):
    """All filters hand their gradient to the channels of the first group; each group has its own."""
    x, each, groups = cache["x"], cache["w"].shape[1], cache["groups"]
    dx = np.zeros_like(x)
    dx[:, :each], dw, db = conv2d_backward(dout, {**cache, "x": x[:, :each], "groups": 1})
    return (dx, dw, db) if groups > 1 else conv2d_backward(dout, cache)


@misconception(conv2d_backward)
def filters_before_pictures(dout, cache):
    """The gradients come in another order; asked for are those of the pictures, the filters, the biases."""
    dx, dw, db = conv2d_backward(dout, cache)
    return dw, db, dx


@misconception(conv2d_backward)
def border_not_in_the_filters(dout, cache):
    """The gradient of the filters takes the border to be elsewhere: pad the pictures first."""
    x, pad = cache["x"], cache["pad"]
    dx, _, db = conv2d_backward(dout, cache)
    moved = _grown(x, 0, 0, 2 * pad, 2 * pad)
    return dx, conv2d_backward(dout, {**cache, "x": moved, "pad": 0})[1], db


@misconception(conv2d_backward)
def filters_updated_in_place(dout, cache):
    """The gradients are right, but that of the filters was added into the filters you were given."""
    gradients = conv2d_backward(dout, cache)
    cache["w"] += gradients[1]
    return gradients


@misconception(conv2d_backward)
def biases_over_pictures_only(dout, cache):
    """The gradient of the biases is summed over the pictures and still has a number for each position."""
    dx, dw, _ = conv2d_backward(dout, cache)
    return dx, dw, np.sum(np.asarray(dout, dtype=float), axis=0)


# ---- maxpool_forward ------------------------------------------------------------------------------


def _from_the_end(x, k, s, pad=0):
    """Pooled with the picture turned by 180 degrees, so that of equal numbers the last one counts."""
    x = np.asarray(x, dtype=float)
    y, idx = maxpool_forward(x, k, s, pad)
    W = x.shape[3]
    padded = _grown(x, pad, pad, pad, pad, constant_values=-np.inf)
    last = np.empty_like(idx)
    for place in np.ndindex(idx.shape):
        n, c, i, j = place
        patch = padded[n, c, i * s : i * s + k, j * s : j * s + k]
        a, b = divmod(k * k - 1 - int(np.argmax(patch[::-1, ::-1])), k)
        last[place] = (i * s + a - pad) * W + j * s + b - pad
    return y, last


@misconception(maxpool_forward)
def places_inside_the_window(x, k, s, pad=0):
    """Your places are counted within the window; they are counted within the whole map."""
    y, idx = maxpool_forward(x, k, s, pad)
    OH, OW = y.shape[2:]
    i, j = np.divmod(idx, np.shape(x)[3])
    return y, (i + pad - s * np.arange(OH)[:, None]) * k + j + pad - s * np.arange(OW)


@misconception(maxpool_forward)
def last_of_equal_numbers(x, k, s, pad=0):
    """Of equal numbers you take the last one, as a loop with >= does; the first one counts."""
    return _from_the_end(x, k, s, pad)


@misconception(maxpool_forward)
def border_of_zeros(x, k, s, pad=0):
    """Your border is made of zeros, which beat any negative pixel; a border never wins."""
    y, idx = maxpool_forward(_grown(x, pad, pad, pad, pad), k, s)
    i, j = np.divmod(idx, np.shape(x)[3] + 2 * pad)
    return y, (i - pad) * np.shape(x)[3] + j - pad


@misconception(maxpool_forward)
def filled_up_with_zeros(x, k, s, pad=0):
    """Windows that stick out at the end are counted too; the size is rounded down."""
    x = np.asarray(x, dtype=float)
    more = [-(n + 2 * pad - k) % s for n in x.shape[2:]]
    wide = _grown(x, 0, 0, *more, constant_values=-np.inf)
    y, idx = maxpool_forward(wide, k, s, pad)
    i, j = np.divmod(idx, wide.shape[3])
    return y, i * x.shape[3] + j


@misconception(maxpool_forward)
def starts_from_zero(x, k, s, pad=0):
    """Your search for the largest begins with 0, so nothing negative is ever found."""
    y, idx = maxpool_forward(x, k, s, pad)
    return np.maximum(y, 0.0), idx


@misconception(maxpool_forward)
def step_as_long_as_the_window(x, k, s, pad=0):
    """Your windows stand side by side whatever s says; their distance is s and their size is k."""
    return maxpool_forward(x, k, k, pad)


@misconception(maxpool_forward)
def window_as_long_as_the_step(x, k, s, pad=0):
    """Your windows are s pixels wide; their distance is s and their size is k."""
    return maxpool_forward(x, s, s, min(pad, s // 2))


@misconception(maxpool_forward)
def columns_before_rows(x, k, s, pad=0):
    """Your places are counted column by column, as j · H + i; row by row it is i · W + j."""
    y, idx = maxpool_forward(x, k, s, pad)
    i, j = np.divmod(idx, np.shape(x)[3])
    return y, j * np.shape(x)[2] + i


@misconception(maxpool_forward)
def rows_as_long_as_the_output(x, k, s, pad=0):
    """Your places take a row to be as long as one of the output; a row of the map has W pixels."""
    y, idx = maxpool_forward(x, k, s, pad)
    i, j = np.divmod(idx, np.shape(x)[3])
    return y, i * y.shape[3] + j


@misconception(maxpool_forward)
def rows_as_long_as_columns(x, k, s, pad=0):
    """Your places take a row to be as long as a column: i · H + j in place of i · W + j."""
    y, idx = maxpool_forward(x, k, s, pad)
    i, j = np.divmod(idx, np.shape(x)[3])
    return y, i * np.shape(x)[2] + j


@misconception(maxpool_forward)
def places_with_the_border(x, k, s, pad=0):
    """Your places are counted in the padded map; they are counted without the border."""
    y, idx = maxpool_forward(x, k, s, pad)
    i, j = np.divmod(idx, np.shape(x)[3])
    return y, (i + pad) * (np.shape(x)[3] + 2 * pad) + j + pad


@misconception(maxpool_forward)
def places_in_the_whole_batch(x, k, s, pad=0):
    """Your places are counted through all pictures and channels; each map begins at 0."""
    y, idx = maxpool_forward(x, k, s, pad)
    N, C, H, W = np.shape(x)
    return y, idx + np.arange(N * C).reshape(N, C, 1, 1) * H * W


@misconception(maxpool_forward)
def takes_the_mean(x, k, s, pad=0):
    """This is the mean of each window; asked for is its largest number."""
    return avgpool_forward(x, k, s, pad, count_include_pad=False), maxpool_forward(x, k, s, pad)[1]


@misconception(maxpool_forward)
def takes_the_smallest(x, k, s, pad=0):
    """This is the smallest number of each window; asked for is the largest."""
    y, idx = maxpool_forward(-np.asarray(x, dtype=float), k, s, pad)
    return -y, idx


@misconception(maxpool_forward)
def largest_by_size_alone(x, k, s, pad=0):
    """This is the number of the largest absolute value; -3 is smaller than 1."""
    x = np.asarray(x, dtype=float)
    padded = np.pad(np.abs(x), ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=-1.0)
    _, idx = maxpool_forward(padded, k, s)
    i, j = np.divmod(idx, padded.shape[3])
    idx = (i - pad) * x.shape[3] + j - pad
    flat = x.reshape(*x.shape[:2], -1)
    y = np.take_along_axis(flat, idx.reshape(*idx.shape[:2], -1), axis=-1)
    return y.reshape(idx.shape), idx


@misconception(maxpool_forward)
def winners_struck_out(x, k, s, pad=0):
    """The answer is right, but the largest pixels are struck out of the picture you were given."""
    y, idx = maxpool_forward(x, k, s, pad)
    if isinstance(x, np.ndarray):
        x[...] = np.minimum(x, x.min())
    return y, idx


# ---- maxpool_backward -----------------------------------------------------------------------------


def _each(dout, idx, shape):
    """Place in dx and gradient, one number of dout after the other."""
    dout, idx = np.asarray(dout, dtype=float), np.asarray(idx)
    for place in np.ndindex(dout.shape):
        yield (*place[:2], *divmod(int(idx[place]), shape[3])), dout[place]


@misconception(maxpool_backward)
def several_windows_overwritten(dout, idx, shape):
    """A pixel that was the largest of several windows keeps the last gradient alone; they are added up.

    dx[index] += dout with an array of indices does not add twice where an index occurs twice.
    """
    dx = np.zeros(shape)
    for place, gradient in _each(dout, idx, shape):
        dx[place] = gradient
    return dx


@misconception(maxpool_backward)
def several_windows_averaged(dout, idx, shape):
    """A pixel that was the largest of several windows gets the mean of their gradients; it gets the sum."""
    seen = maxpool_backward(np.ones(np.shape(dout)), idx, shape)
    return maxpool_backward(dout, idx, shape) / np.maximum(seen, 1)


@misconception(maxpool_backward)
def first_window_only(dout, idx, shape):
    """A pixel that was the largest of several windows keeps the first gradient alone; they are added up."""
    dx, seen = np.zeros(shape), np.zeros(shape, dtype=bool)
    for place, gradient in _each(dout, idx, shape):
        if not seen[place]:
            dx[place], seen[place] = gradient, True
    return dx


@misconception(maxpool_backward)
def ones_in_place_of_gradients(dout, idx, shape):
    """The largest pixels are marked with 1; they get the gradient of their window."""
    return maxpool_backward(np.ones(np.shape(dout)), idx, shape)


@misconception(maxpool_backward)
def all_pixels_share(dout, idx, shape):
    """The gradient is spread over the whole map; it goes to one pixel, and the others get nothing."""
    total = np.sum(np.asarray(dout, dtype=float), axis=(2, 3), keepdims=True)
    return np.broadcast_to(total / (shape[2] * shape[3]), shape).copy()


@misconception(maxpool_backward)
def places_column_by_column(dout, idx, shape):
    """The places are read column by column; the place i · W + j is row i, column j."""
    N, C, H, W = shape
    return maxpool_backward(dout, idx, (N, C, W, H)).swapaxes(2, 3)


@misconception(maxpool_backward)
def channels_mixed(dout, idx, shape):
    """Every channel hears the gradients of all channels; each map is by itself."""
    dx = maxpool_backward(dout, idx, shape)
    return np.broadcast_to(dx.sum(axis=1, keepdims=True), dx.shape).copy()


@misconception(maxpool_backward)
def pictures_mixed(dout, idx, shape):
    """Every picture hears the gradients of the whole batch; each map is by itself."""
    dx = maxpool_backward(dout, idx, shape)
    return np.broadcast_to(dx.sum(axis=0), dx.shape).copy()


@misconception(maxpool_backward)
def left_as_one_row(dout, idx, shape):
    """The maps are still long rows of H · W numbers; the shape of the pictures is (N, C, H, W)."""
    return maxpool_backward(dout, idx, shape).reshape(*shape[:2], -1)


# ---- avgpool_forward ------------------------------------------------------------------------------


@misconception(avgpool_forward)
def summed_not_averaged(x, k, s, pad=0, count_include_pad=True):
    """This is the sum of each window; the mean is the sum divided by how many there are."""
    return avgpool_forward(x, k, s, pad) * k * k


@misconception(avgpool_forward)
def divided_by_the_side(x, k, s, pad=0, count_include_pad=True):
    """The sum is divided by k; a window has k · k pixels."""
    return avgpool_forward(x, k, s, pad, count_include_pad) * k


@misconception(avgpool_forward)
def flag_the_wrong_way_round(x, k, s, pad=0, count_include_pad=True):
    """The zeros of the border count where they should not, and the other way round."""
    return avgpool_forward(x, k, s, pad, not count_include_pad)


@misconception(avgpool_forward)
def zeros_always_count(x, k, s, pad=0, count_include_pad=True):
    """The zeros of the border count whatever count_include_pad says."""
    return avgpool_forward(x, k, s, pad)


@misconception(avgpool_forward)
def zeros_never_count(x, k, s, pad=0, count_include_pad=True):
    """The zeros of the border never count, as in TensorFlow; count_include_pad says whether they do."""
    return avgpool_forward(x, k, s, pad, count_include_pad=False)


@misconception(avgpool_forward)
def means_without_a_border(x, k, s, pad=0, count_include_pad=True):
    """There is no border whatever pad says."""
    return avgpool_forward(x, k, s)


@misconception(avgpool_forward)
def means_as_far_apart_as_wide(x, k, s, pad=0, count_include_pad=True):
    """Your windows stand side by side whatever s says; their distance is s and their size is k."""
    return avgpool_forward(x, k, k, pad, count_include_pad)


@misconception(avgpool_forward)
def zero_pixels_not_counted(x, k, s, pad=0, count_include_pad=True):
    """Only windows inside the picture come out right: near a border you divide by one row or column too many.

    A window that sticks out at a corner has fewer rows as well as fewer columns.
    """
    if count_include_pad or not pad:
        return avgpool_forward(x, k, s, pad)
    rows = avgpool_forward(np.ones((1, 1, *np.shape(x)[2:])), k, s, pad)
    return avgpool_forward(x, k, s, pad) / np.maximum(np.sqrt(rows), rows)


# ---- avgpool_backward -----------------------------------------------------------------------------


@misconception(avgpool_backward)
def everyone_gets_everything(dout, shape, k, s, pad=0, count_include_pad=True):
    """Every pixel of a window gets the whole gradient; it gets the share that it had in the mean."""
    return avgpool_backward(dout, shape, k, s, pad) * k * k


@misconception(avgpool_backward)
def shares_of_the_side(dout, shape, k, s, pad=0, count_include_pad=True):
    """The gradient is divided by k; a window has k · k pixels."""
    return avgpool_backward(dout, shape, k, s, pad, count_include_pad) * k


@misconception(avgpool_backward)
def shares_with_the_flag_turned(dout, shape, k, s, pad=0, count_include_pad=True):
    """The zeros of the border take a share where they should not, and the other way round."""
    return avgpool_backward(dout, shape, k, s, pad, not count_include_pad)


@misconception(avgpool_backward)
def shares_always_with_zeros(dout, shape, k, s, pad=0, count_include_pad=True):
    """The zeros of the border take a share whatever count_include_pad says."""
    return avgpool_backward(dout, shape, k, s, pad)


@misconception(avgpool_backward)
def shares_never_with_zeros(dout, shape, k, s, pad=0, count_include_pad=True):
    """The zeros of the border never take a share; count_include_pad says whether they do."""
    return avgpool_backward(dout, shape, k, s, pad, count_include_pad=False)


@misconception(avgpool_backward)
def overlapping_shares_overwritten(dout, shape, k, s, pad=0, count_include_pad=True):
    """Where windows overlap, the last one overwrites the shares of the others; they are added up."""
    dout = np.asarray(dout, dtype=float)
    (_, _, H, W), (OH, OW) = shape, dout.shape[2:]
    dx = np.zeros((*shape[:2], H + 2 * pad, W + 2 * pad))
    for i, j in np.ndindex(OH, OW):
        one = np.zeros_like(dout)
        one[:, :, i, j] = dout[:, :, i, j]
        back = _grown(avgpool_backward(one, shape, k, s, pad, count_include_pad), pad, pad, pad, pad)
        window = np.s_[:, :, i * s : i * s + k, j * s : j * s + k]
        dx[window] = back[window]
    return dx[:, :, pad : pad + H, pad : pad + W]


@misconception(avgpool_backward)
def all_to_the_first_pixel(dout, shape, k, s, pad=0, count_include_pad=True):
    """The first pixel of each window gets everything; all pixels of a window share."""
    dout = np.asarray(dout, dtype=float)
    (_, _, H, W), (OH, OW) = shape, dout.shape[2:]
    dx = np.zeros((*shape[:2], H + 2 * pad, W + 2 * pad))
    dx[:, :, : OH * s : s, : OW * s : s] = dout
    return dx[:, :, pad : pad + H, pad : pad + W]


@misconception(avgpool_backward)
def shares_with_the_border_on(dout, shape, k, s, pad=0, count_include_pad=True):
    """The gradient still has the border on; it has to be cut off."""
    dx = np.zeros((*shape[:2], shape[2] + 2 * pad, shape[3] + 2 * pad))
    return avgpool_backward(dout, dx.shape, k, s)


@misconception(avgpool_backward)
def divided_in_place(dout, shape, k, s, pad=0, count_include_pad=True):
    """The answer is right, but `dout /= …` has divided the array of the caller as well."""
    answer = avgpool_backward(dout, shape, k, s, pad, count_include_pad)
    if isinstance(dout, np.ndarray):
        dout /= k * k
    return answer


# ---- max_unpool -----------------------------------------------------------------------------------


def _steps(y, out_hw):
    """How many pixels of the map there are to one of y, rounded down."""
    return max(out_hw[0] // np.shape(y)[2], 1), max(out_hw[1] // np.shape(y)[3], 1)


@misconception(max_unpool)
def nails_in_the_corners(y, idx, out_hw):
    """The numbers stand in the upper left corners, a bed of nails; each belongs to the place in idx."""
    y = np.asarray(y, dtype=float)
    x, (a, b) = np.zeros((*y.shape[:2], *out_hw)), _steps(y, out_hw)
    x[:, :, : y.shape[2] * a : a, : y.shape[3] * b : b] = y
    return x


@misconception(max_unpool)
def blocks_in_place_of_places(y, idx, out_hw):
    """Every number fills its whole window; it belongs to one place, and all others are zero."""
    y = np.asarray(y, dtype=float)
    x, (a, b) = np.zeros((*y.shape[:2], *out_hw)), _steps(y, out_hw)
    filled = np.repeat(np.repeat(y, a, axis=2), b, axis=3)[:, :, : out_hw[0], : out_hw[1]]
    x[:, :, : filled.shape[2], : filled.shape[3]] = filled
    return x


@misconception(max_unpool)
def added_where_it_occurs_twice(y, idx, out_hw):
    """A place that occurs several times gets the number several times; that is right for gradients only."""
    return maxpool_backward(y, idx, (*np.shape(y)[:2], *out_hw))


@misconception(max_unpool)
def unpooled_column_by_column(y, idx, out_hw):
    """The places are read column by column; the place i · W + j is row i, column j."""
    return max_unpool(y, idx, (out_hw[1], out_hw[0])).swapaxes(2, 3)


@misconception(max_unpool)
def unpooled_within_windows(y, idx, out_hw):
    """The places are read as counted within a window; they are counted within the map."""
    y, idx = np.asarray(y, dtype=float), np.asarray(idx)
    x, (a, b) = np.zeros((*y.shape[:2], *out_hw)), _steps(y, out_hw)
    for n, c, i, j in np.ndindex(y.shape):
        u, v = divmod(int(idx[n, c, i, j]) % (a * b), b)
        x[n, c, i * a + u, j * b + v] = y[n, c, i, j]
    return x


@misconception(max_unpool)
def all_channels_by_the_first(y, idx, out_hw):
    """All maps use the places of the first map; each has its own."""
    idx = np.asarray(idx)
    return max_unpool(y, np.broadcast_to(idx[:1, :1], idx.shape), out_hw)


@misconception(max_unpool)
def height_and_width_exchanged(y, idx, out_hw):
    """Rows and columns of the map are exchanged: out_hw is (H, W)."""
    return max_unpool(y, idx, (out_hw[1], out_hw[0]))


# ---- nearest_unpool -------------------------------------------------------------------------------


@misconception(nearest_unpool)
def tiles(x, r):
    """The whole picture is repeated like tiles (np.tile); each pixel is repeated where it stands."""
    return np.tile(np.asarray(x, dtype=float), (1, 1, r, r))


@misconception(nearest_unpool)
def nails_in_place_of_blocks(x, r):
    """Zeros stand around each pixel, which is a bed of nails; here the pixel fills its whole block."""
    return bed_of_nails(x, r)


@misconception(nearest_unpool)
def repeated_along_rows_only(x, r):
    """The pixels are repeated along the rows only; the rows have to be repeated as well."""
    return np.repeat(np.asarray(x, dtype=float), r, axis=3)


@misconception(nearest_unpool)
def always_twice(x, r):
    """Each pixel becomes 2 × 2 whatever r says."""
    return nearest_unpool(x, 2)


@misconception(nearest_unpool)
def shared_out(x, r):
    """The pixel is shared out among its block; each of the r · r pixels is as bright as it was."""
    return nearest_unpool(x, r) / r**2


# ---- bed_of_nails ---------------------------------------------------------------------------------


@misconception(bed_of_nails)
def nails_in_the_last_corner(x, r):
    """The nails stand in the lower right corner of each block; they stand in the upper left one."""
    y = np.zeros_like(nearest_unpool(x, r))
    y[:, :, r - 1 :: r, r - 1 :: r] = x
    return y


@misconception(bed_of_nails)
def blocks_in_place_of_nails(x, r):
    """Every pixel fills its whole block; here only the upper left corner holds it."""
    return nearest_unpool(x, r)


@misconception(bed_of_nails)
def nails_side_by_side(x, r):
    """The picture stands as it is in a corner of a larger one; its pixels have to stand apart."""
    y = np.zeros_like(nearest_unpool(x, r))
    y[:, :, : np.shape(x)[2], : np.shape(x)[3]] = x
    return y


@misconception(bed_of_nails)
def always_two_apart(x, r):
    """The nails stand two apart whatever r says."""
    return bed_of_nails(x, 2)


@misconception(bed_of_nails)
def no_zeros_behind_the_last(x, r):
    """Behind the last nail there are no zeros; the picture has to become H · r by W · r."""
    y = bed_of_nails(x, r)
    return y[:, :, : y.shape[2] - r + 1, : y.shape[3] - r + 1]


# ---- conv_transpose2d -----------------------------------------------------------------------------


def _copies(x, w, stride, more=0):
    """The empty full result, and each copy with the place where it is laid down."""
    x, w = _floats(x, w)
    (N, _, H, W), (_, F, KH, KW) = x.shape, w.shape
    full = np.zeros((N, F, (H - 1) * stride + KH + more, (W - 1) * stride + KW + more))
    laid = (
        (
            np.s_[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW],
            np.einsum("nc,cfuv->nfuv", x[:, :, i, j], w),
        )
        for i, j in np.ndindex(H, W)
    )
    return full, laid


def _finished(full, b, pad):
    """The full result without its sides, and with the bias."""
    OH, OW = full.shape[2:]
    return full[:, :, pad : OH - pad, pad : OW - pad] + np.asarray(b, dtype=float)[:, None, None]


@misconception(conv_transpose2d)
def copies_overwritten(x, w, b, stride, pad=0, output_padding=0):
    """Where copies overlap, the last one overwrites the others; they are added up."""
    full, laid = _copies(x, w, stride, output_padding)
    for place, copy in laid:
        full[place] = copy
    return _finished(full, b, pad)


@misconception(conv_transpose2d)
def copies_averaged(x, w, b, stride, pad=0, output_padding=0):
    """Where copies overlap, you take their mean; they are added up."""
    full, laid = _copies(x, w, stride, output_padding)
    seen = np.zeros_like(full)
    for place, copy in laid:
        full[place] += copy
        seen[place] += 1
    return _finished(full / np.maximum(seen, 1), b, pad)


@misconception(conv_transpose2d)
def copies_turned(x, w, b, stride, pad=0, output_padding=0):
    """The kernels are turned round before they are laid down; they lie as they are."""
    return conv_transpose2d(x, np.asarray(w)[:, :, ::-1, ::-1], b, stride, pad, output_padding)


@misconception(conv_transpose2d)
def copies_lying(x, w, b, stride, pad=0, output_padding=0):
    """Rows and columns of the kernels are exchanged."""
    return conv_transpose2d(x, np.swapaxes(w, 2, 3), b, stride, pad, output_padding)


@misconception(conv_transpose2d)
def sides_left_on(x, w, b, stride, pad=0, output_padding=0):
    """Nothing is cut off whatever pad says."""
    return conv_transpose2d(x, w, b, stride, 0, output_padding)


@misconception(conv_transpose2d)
def sides_added(x, w, b, stride, pad=0, output_padding=0):
    """A border is put around the result; pad says how much of it is cut off at each side."""
    return conv_transpose2d(_grown(x, pad, pad, pad, pad), w, b, stride, 0, output_padding)


@misconception(conv_transpose2d)
def cut_at_one_end(x, w, b, stride, pad=0, output_padding=0):
    """All that is cut off is cut off above and at the left; pad is what goes at each side."""
    return conv_transpose2d(x, w, b, stride, 0, output_padding)[:, :, 2 * pad :, 2 * pad :]


@misconception(conv_transpose2d)
def nothing_more_at_the_end(x, w, b, stride, pad=0, output_padding=0):
    """There is nothing more at the end whatever output_padding says."""
    return conv_transpose2d(x, w, b, stride, pad)


@misconception(conv_transpose2d)
def more_at_the_beginning(x, w, b, stride, pad=0, output_padding=0):
    """What output_padding adds stands above and at the left; it belongs below and to the right."""
    full = conv_transpose2d(x, w, np.zeros(len(b)), stride)
    return _finished(_grown(full, output_padding, output_padding, 0, 0), b, pad)


@misconception(conv_transpose2d)
def zeros_after_the_cut(x, w, b, stride, pad=0, output_padding=0):
    """What output_padding adds is zero after the cut; copies reach into it, and so does the bias."""
    y = conv_transpose2d(x, w, b, stride, pad)
    return _grown(y, 0, 0, output_padding, output_padding)


@misconception(conv_transpose2d)
def filters_by_output_first(x, w, b, stride, pad=0, output_padding=0):
    """The first axis of w is taken for the channels that come out; here those that come in stand first."""
    w = np.asarray(w, dtype=float)
    same = w.shape[0] == w.shape[1]
    return conv_transpose2d(x, np.swapaxes(w, 0, 1) if same else w, b, stride, pad, output_padding)


@misconception(conv_transpose2d)
def copies_without_bias(x, w, b, stride, pad=0, output_padding=0):
    """The bias is missing; it is added once everywhere, also where no copy lies."""
    return conv_transpose2d(x, w, np.zeros(len(b)), stride, pad, output_padding)


@misconception(conv_transpose2d)
def a_bias_in_every_copy(x, w, b, stride, pad=0, output_padding=0):
    """Each copy brings the bias along, so it is added where copies overlap and missing where none lies."""
    full, laid = _copies(x, w, stride, output_padding)
    for place, copy in laid:
        full[place] += copy + np.asarray(b, dtype=float)[:, None, None]
    return _finished(full, np.zeros(len(b)), pad)


@misconception(conv_transpose2d)
def copies_one_apart(x, w, b, stride, pad=0, output_padding=0):
    """The copies lie one pixel apart whatever stride says."""
    return conv_transpose2d(x, w, b, 1, pad, min(output_padding, 0))


@misconception(conv_transpose2d)
def cut_to_n_times_stride(x, w, b, stride, pad=0, output_padding=0):
    """The result is cut or filled up to stride times the picture; its size takes KH and pad as well."""
    full = conv_transpose2d(x, w, b, stride, pad, output_padding)
    H, W = (n * stride for n in np.shape(x)[2:])
    return _grown(full, 0, 0, max(H - full.shape[2], 0), max(W - full.shape[3], 0))[:, :, :H, :W]


@misconception(conv_transpose2d)
def channels_that_come_in_averaged(x, w, b, stride, pad=0, output_padding=0):
    """The channels that come in are averaged; their copies are added up."""
    return conv_transpose2d(x, np.asarray(w) / len(w), b, stride, pad, output_padding)


# ---- global_avg_pool ------------------------------------------------------------------------------


@misconception(global_avg_pool)
def mean_over_channels(x):
    """The mean is taken over the channels; it is taken over the pixels of each map."""
    return np.mean(np.asarray(x, dtype=float), axis=1)


@misconception(global_avg_pool)
def mean_over_rows_only(x):
    """The mean is taken over the rows alone, so the columns are still there."""
    return np.mean(np.asarray(x, dtype=float), axis=2)


@misconception(global_avg_pool)
def channels_last(x):
    """The mean is taken over the axes of channels and rows, as if the channels came last."""
    return np.mean(np.asarray(x, dtype=float), axis=(1, 2))


@misconception(global_avg_pool)
def largest_of_the_map(x):
    """This is the largest number of each map; asked for is the mean."""
    return np.max(np.asarray(x, dtype=float), axis=(2, 3))


@misconception(global_avg_pool)
def sum_of_the_map(x):
    """This is the sum of each map; the mean is the sum divided by H · W."""
    return np.sum(np.asarray(x, dtype=float), axis=(2, 3))


@misconception(global_avg_pool)
def axes_kept(x):
    """Two axes of length 1 are still there; the result is (N, C)."""
    return np.mean(np.asarray(x, dtype=float), axis=(2, 3), keepdims=True)


# ---- depth_to_space -------------------------------------------------------------------------------


@misconception(depth_to_space)
def blocks_before_channels(x, r):
    """You took the r² for the outer part of the channel axis, as TensorFlow does.

    Here the r² channels of one block stand next to each other: c · r² + u · r + v.
    """
    N, D, H, W = np.shape(x)
    C = D // r**2
    moved = np.asarray(x, dtype=float).reshape(N, r**2, C, H, W).swapaxes(1, 2)
    return depth_to_space(moved.reshape(N, D, H, W), r)


@misconception(depth_to_space)
def reshaped_only(x, r):
    """The numbers are only counted anew; without `transpose` they do not come to lie in blocks."""
    N, D, H, W = np.shape(x)
    return np.asarray(x, dtype=float).reshape(N, D // r**2, H * r, W * r)


@misconception(depth_to_space)
def blocks_column_by_column(x, r):
    """The r² channels fill their block column by column; they fill it row by row."""
    N, D, H, W = np.shape(x)
    moved = np.asarray(x, dtype=float).reshape(N, D // r**2, r, r, H, W).swapaxes(2, 3)
    return depth_to_space(moved.reshape(N, D, H, W), r)


@misconception(depth_to_space)
def channels_side_by_side(x, r):
    """Whole maps are put side by side; the pixels of r² maps have to be mixed, block by block."""
    N, D, H, W = np.shape(x)
    tiled = np.asarray(x, dtype=float).reshape(N, D // r**2, r, r, H, W).transpose(0, 1, 2, 4, 3, 5)
    return tiled.reshape(N, D // r**2, H * r, W * r)


@misconception(depth_to_space)
def always_blocks_of_two(x, r):
    """The blocks are 2 × 2 whatever r says."""
    return depth_to_space(np.asarray(x)[:, : np.shape(x)[1] // 4 * 4], 2)


# ---- space_to_depth -------------------------------------------------------------------------------


@misconception(space_to_depth)
def channels_inside_blocks(x, r):
    """The places of a block are the outer part of your channel axis, as in TensorFlow.

    Here the r² channels of one block stand next to each other: c · r² + u · r + v.
    """
    y = space_to_depth(x, r)
    N, D, H, W = y.shape
    return y.reshape(N, D // r**2, r**2, H, W).swapaxes(1, 2).reshape(N, D, H, W)


@misconception(space_to_depth)
def gathered_by_reshape_only(x, r):
    """The numbers are only counted anew; without `transpose` no block is gathered."""
    return np.asarray(x, dtype=float).reshape(space_to_depth(x, r).shape)


@misconception(space_to_depth)
def gathered_column_by_column(x, r):
    """The pixels of a block are gathered column by column; they are gathered row by row."""
    y = space_to_depth(x, r)
    N, D, H, W = y.shape
    return y.reshape(N, D // r**2, r, r, H, W).swapaxes(2, 3).reshape(N, D, H, W)


@misconception(space_to_depth)
def cut_into_quarters(x, r):
    """Your channels are pieces of the picture; each has to hold one pixel of every block."""
    N, C, H, W = np.shape(x)
    cut = np.asarray(x, dtype=float).reshape(N, C, r, H // r, r, W // r)
    return cut.transpose(0, 1, 2, 4, 3, 5).reshape(N, C * r**2, H // r, W // r)


@misconception(space_to_depth)
def gathered_by_twos(x, r):
    """The blocks are 2 × 2 whatever r says."""
    x = np.asarray(x)
    return space_to_depth(x[:, :, : x.shape[2] // 2 * 2, : x.shape[3] // 2 * 2], 2)
