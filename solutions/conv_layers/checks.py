"""Hidden checks of conv_layers: inputs only. What is right, the reference says.

No picture and no kernel is square where height and width can be mixed up, and stride, border, holes and
groups come one at a time before they come together, so that one slip costs one line.

The forward step may keep whatever it likes for the way back, so its cache is not looked at, and the backward
step is given one that is documented: as with the LSTM, who got the one wrong can still get the other right,
and nothing that a student invents has to leave the jail and come back.

Four checks look at the clock (bands in the rubric). The classes of solutions they tell apart stand in
alternatives.py: patches as columns and one product of matrices, `…_by_columns` (the reference does the same);
a loop over the KH·KW taps, `…_tap_by_tap`; a loop over positions, `…_position_by_position`; loops over
pictures, filters and positions, `…_number_by_number`. One picture, and a large one: in a batch a loop over
positions hides behind large products of matrices, and no clock can tell it from columns.
"""

import numpy as np

from autograder import check, close, scenario, timed

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

# Differences of numbers around 1: what single precision leaves of them.
IN_SINGLE = close(atol=1e-5)


def _biases_of(rng, F):
    """Biases of either sign, none of them small."""
    return rng.choice([-1.0, 1.0], size=F) * rng.uniform(0.5, 1.5, size=F)


def _layer(rng, x, w):
    """Arguments of a layer of these shapes: x, w and b."""
    return rng.normal(size=x), rng.normal(size=w), _biases_of(rng, w[0])


def _way_back(rng, x, w, stride=1, pad=0, dilation=1, groups=1):
    """Arguments of a way back: dout, and the cache of such a layer."""
    y, cache = conv2d_forward(*_layer(rng, x, w), stride, pad, dilation, groups)
    return rng.normal(size=y.shape), cache


def _settings(cache):
    return {name: cache[name] for name in ("stride", "pad", "dilation", "groups")}


def _pooled(rng, shape, k, s, pad=0):
    """Arguments of the way back of a pooling: dout, idx and the shape."""
    y, idx = maxpool_forward(rng.normal(size=shape), k, s, pad)
    return rng.normal(size=y.shape), idx, shape


def _whole(rng, *shape):
    """Whole numbers in nested lists."""
    return rng.integers(1, 9, size=shape).tolist()


# ---- convolution, forward -------------------------------------------------------------------------


@scenario(conv2d_forward)
def one_channel_one_filter(conv2d_forward, rng):
    """One kernel of 3 × 3 over a picture of one channel, with neither stride nor border."""
    return conv2d_forward(*_layer(rng, (1, 1, 6, 6), (1, 1, 3, 3)))[0]


@scenario(conv2d_forward)
def three_channels_added_up(conv2d_forward, rng):
    """One filter over three channels, which are added up."""
    return conv2d_forward(*_layer(rng, (1, 3, 5, 5), (1, 3, 3, 3)))[0]


@scenario(conv2d_forward)
def four_filters(conv2d_forward, rng):
    """Four filters give four channels, each with its own bias."""
    return conv2d_forward(*_layer(rng, (1, 1, 4, 4), (4, 1, 2, 2)))[0]


@scenario(conv2d_forward)
def a_batch_of_pictures(conv2d_forward, rng):
    """Three pictures stay apart."""
    return conv2d_forward(*_layer(rng, (3, 1, 4, 4), (1, 1, 2, 2)))[0]


@scenario(conv2d_forward)
def nothing_is_square(conv2d_forward, rng):
    """Neither pictures nor kernels are square, and no two sizes are the same."""
    return conv2d_forward(*_layer(rng, (4, 3, 6, 9), (5, 3, 2, 4)))[0]


@scenario(conv2d_forward)
def a_stride(conv2d_forward, rng):
    """With stride 2, where the last window ends exactly at the last pixel."""
    return conv2d_forward(*_layer(rng, (1, 1, 7, 9), (1, 1, 3, 3)), stride=2)[0]


@scenario(conv2d_forward)
def a_stride_with_pixels_left_over(conv2d_forward, rng):
    """With stride 3, where pixels at the end are never reached."""
    return conv2d_forward(*_layer(rng, (1, 1, 10, 9), (1, 1, 2, 2)), 3)[0]


@scenario(conv2d_forward)
def a_border_of_zeros(conv2d_forward, rng):
    """With two rows and columns of zeros at each side."""
    return conv2d_forward(*_layer(rng, (1, 1, 4, 5), (1, 1, 3, 3)), pad=2)[0]


@scenario(conv2d_forward)
def a_kernel_with_holes(conv2d_forward, rng):
    """With dilation 2, where 1 means no holes."""
    return conv2d_forward(*_layer(rng, (1, 1, 8, 9), (1, 1, 3, 2)), dilation=2)[0]


@scenario(conv2d_forward)
def two_groups(conv2d_forward, rng):
    """Two groups of two channels and three filters each, which do not see each other."""
    return conv2d_forward(*_layer(rng, (2, 4, 4, 5), (6, 2, 2, 2)), groups=2)[0]


@scenario(conv2d_forward)
def each_channel_by_itself(conv2d_forward, rng):
    """As many groups as channels: each filter sees one channel."""
    return conv2d_forward(*_layer(rng, (1, 3, 4, 5), (3, 1, 3, 3)), groups=3)[0]


@scenario(conv2d_forward)
def everything_at_once(conv2d_forward, rng):
    """Stride, border, holes and groups together."""
    return conv2d_forward(*_layer(rng, (2, 6, 9, 12), (4, 3, 3, 2)), 2, 1, 3, 2)[0]


@scenario(conv2d_forward)
def nothing_but_biases(conv2d_forward, rng):
    """With filters of zeros, each channel is its bias everywhere, the border included."""
    x, w, b = _layer(rng, (2, 2, 4, 3), (3, 2, 3, 3))
    return conv2d_forward(x, 0 * w, b, pad=1)[0]


@scenario(conv2d_forward, compare=close(atol=1e-4))
def two_pictures_mixed(conv2d_forward, rng):
    """Without biases, a mixture of two pictures is answered by the same mixture of the two answers."""
    (p, q), w, _ = _layer(rng, (2, 2, 5, 6), (3, 2, 2, 3))
    y, one, other = (np.asarray(conv2d_forward(x[None], w, np.zeros(3))[0]) for x in (p - 2.5 * q, p, q))
    return y - one + 2.5 * other


@scenario(conv2d_forward, compare=IN_SINGLE)
def a_picture_moved_by_the_stride(conv2d_forward, rng):
    """A picture that is moved by the stride has an answer that is moved by one place."""
    x, w, b = _layer(rng, (1, 2, 9, 10), (2, 2, 3, 2))
    here, there = (np.asarray(conv2d_forward(p, w, b, 2)[0]) for p in (x, x[:, :, 2:, 2:]))
    return here[:, :, 1:, 1:] - there


@scenario(conv2d_forward, forbids=("mutation",))
def layer_left_alone(conv2d_forward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    x, w, b = _layer(rng, (2, 1, 3, 4), (2, 1, 2, 2))
    whole = conv2d_forward(_whole(rng, 2, 1, 3, 4), w.tolist(), b.tolist())[0]
    return whole, conv2d_forward(x, w, b, pad=1)[0]


@timed(conv2d_forward, twin=a_border_of_zeros, takes=0)
def one_large_picture(rng, C=32, H=160, F=32):
    """One picture of 32 channels and 160 × 160 pixels through 32 filters, by the clock."""
    return *_layer(rng, (1, C, H, H), (F, C, 3, 3)), 1, 1


# ---- convolution, back ----------------------------------------------------------------------------


@scenario(conv2d_backward)
def back_to_the_biases(conv2d_backward, rng):
    """The gradient by each bias, for three pictures and four filters."""
    return conv2d_backward(*_way_back(rng, (3, 2, 4, 5), (4, 2, 2, 2)))[2]


@scenario(conv2d_backward)
def back_to_the_filters(conv2d_backward, rng):
    """The gradient by the filters, without stride and border."""
    return conv2d_backward(*_way_back(rng, (3, 2, 5, 6), (4, 2, 2, 3)))[1]


@scenario(conv2d_backward)
def back_to_the_pictures(conv2d_backward, rng):
    """The gradient by the pictures, without stride and border, under windows that overlap."""
    return conv2d_backward(*_way_back(rng, (3, 2, 5, 6), (4, 2, 2, 3)))[0]


@check(conv2d_backward)
def a_single_window_back(rng):
    """One filter that covers the whole picture of one channel: a single number comes back."""
    return _way_back(rng, (1, 1, 3, 4), (1, 1, 3, 4))


@check(conv2d_backward)
def windows_side_by_side_back(rng):
    """Windows that touch but do not overlap."""
    return _way_back(rng, (1, 1, 4, 6), (1, 1, 2, 2), stride=2)


@check(conv2d_backward)
def a_stride_back(rng):
    """Stride 2 under windows that overlap, with pixels at the end that none has reached."""
    return _way_back(rng, (1, 2, 8, 6), (3, 2, 3, 3), stride=2)


@check(conv2d_backward)
def a_border_back(rng):
    """Two rows and columns of zeros at each side; what falls on them is dropped."""
    return _way_back(rng, (2, 1, 4, 5), (2, 1, 3, 3), pad=2)


@check(conv2d_backward)
def a_narrow_border_back(rng):
    """A border of one, which leaves the size of the pictures as it is."""
    dout, cache = _way_back(rng, (1, 2, 5, 4), (1, 2, 3, 3), pad=1)
    return {"dout": dout, "cache": cache}


@check(conv2d_backward)
def holes_back(rng):
    """Dilation 2."""
    return _way_back(rng, (1, 1, 7, 8), (2, 1, 3, 2), dilation=2)


@check(conv2d_backward)
def two_groups_back(rng):
    """Two groups of two channels and three filters each."""
    return _way_back(rng, (2, 4, 4, 5), (6, 2, 2, 2), groups=2)


@check(conv2d_backward)
def everything_back(rng):
    """Stride, border, holes and groups together."""
    return _way_back(rng, (2, 6, 9, 12), (4, 3, 3, 2), 2, 1, 3, 2)


@scenario(conv2d_backward, compare=close(atol=1e-4))
def small_pushes(conv2d_backward, rng):
    """Pushing pictures, filters or biases a little changes the loss by gradient times push."""
    arguments = _layer(rng, (2, 2, 5, 6), (3, 2, 2, 3))
    y, cache = conv2d_forward(*arguments, stride=2, pad=1)
    dout, off, small = rng.normal(size=y.shape), [], 1e-5
    for k, grad in enumerate(conv2d_backward(dout, cache)):
        push = rng.uniform(-1, 1, size=arguments[k].shape)
        ends = []
        for side in (small, -small):
            pushed = (a + side * push if j == k else a for j, a in enumerate(arguments))
            ends.append(np.sum(dout * conv2d_forward(*pushed, stride=2, pad=1)[0]))
        off.append(np.sum(np.multiply(grad, push)) - (ends[0] - ends[1]) / (2 * small))
    return off


@scenario(conv2d_backward, compare=close(atol=1e-4))
def there_and_back(conv2d_backward, rng):
    """There and back belong together: without biases, Σ y · dout equals Σ x · dx, and equals Σ w · dw."""
    dout, cache = _way_back(rng, (2, 4, 6, 7), (2, 2, 2, 3), stride=2, pad=1, groups=2)
    y = conv2d_forward(cache["x"], cache["w"], np.zeros(2), **_settings(cache))[0]
    dx, dw, _ = conv2d_backward(dout, cache)
    return np.sum(np.multiply(cache["x"], dx)) - np.sum(y * dout), np.sum(cache["w"] * dw) - np.sum(y * dout)


@scenario(conv2d_backward, compare=IN_SINGLE)
def pictures_one_by_one(conv2d_backward, rng):
    """Picture by picture the same comes back, and the gradients of filters and biases add up."""
    dout, cache = _way_back(rng, (3, 1, 4, 5), (2, 1, 2, 2))
    dx, *together = conv2d_backward(dout, cache)
    alone = [conv2d_backward(dout[n : n + 1], {**cache, "x": cache["x"][n : n + 1]}) for n in range(3)]
    apart = [np.concatenate([back[0] for back in alone]), *(sum(back[k] for back in alone) for k in (1, 2))]
    return [np.subtract(one, other) for one, other in zip((dx, *together), apart, strict=True)]


@scenario(conv2d_backward, forbids=("mutation",))
def way_back_left_alone(conv2d_backward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    dout, cache = _way_back(rng, (1, 1, 3, 4), (2, 1, 2, 2))
    return conv2d_backward(_whole(rng, *dout.shape), cache), conv2d_backward(dout, cache)


@timed(conv2d_backward, twin=a_border_back)
def one_large_picture_back(rng, C=32, H=160, F=32):
    """One picture of 32 channels and 160 × 160 pixels, back through 32 filters, by the clock."""
    return _way_back(rng, (1, C, H, H), (F, C, 3, 3), 1, 1)


# ---- the largest of a window ----------------------------------------------------------------------


@check(maxpool_forward)
def windows_side_by_side(rng):
    """Windows of 2 × 2 side by side, one picture of one channel."""
    return rng.normal(size=(1, 1, 6, 6)), 2, 2


@check(maxpool_forward)
def maps_that_are_not_square(rng):
    """Several pictures and channels, which are not square."""
    return rng.normal(size=(2, 3, 4, 8)), 2, 2


@check(maxpool_forward)
def windows_that_overlap(rng):
    """Windows of 3 × 3 two pixels apart, as in AlexNet."""
    return rng.normal(size=(1, 1, 7, 9)), 3, 2


@check(maxpool_forward)
def windows_far_apart(rng):
    """Windows of 2 × 2 three pixels apart: some pixels lie between them."""
    return {"x": rng.normal(size=(1, 1, 8, 5)), "k": 2, "s": 3}


@check(maxpool_forward)
def pixels_at_the_end(rng):
    """Positive pixels at the right and below that no whole window reaches are left out."""
    return rng.uniform(1.0, 2.0, size=(1, 1, 5, 7)), 2, 2


@check(maxpool_forward)
def nothing_but_negative_pixels(rng):
    """Where all pixels are negative, so is the largest of them."""
    return rng.uniform(-2.0, -1.0, size=(1, 2, 5, 6)), 2, 2


@check(maxpool_forward)
def a_border_that_never_wins(rng):
    """With a border of one around negative pixels, places are counted without it."""
    return rng.uniform(-2.0, -1.0, size=(1, 2, 5, 7)), 3, 2, 1


@check(maxpool_forward)
def equal_numbers(rng):
    """Of equal numbers the first one counts, row by row."""
    return rng.integers(0, 3, size=(2, 2, 6, 9)), 3, 3


@scenario(maxpool_forward)
def one_window_for_all(maxpool_forward, rng):
    """One window over the whole map finds the largest pixel, and its place."""
    return maxpool_forward(rng.normal(size=(3, 2, 5, 5)), 5, 1)


@scenario(maxpool_forward)
def what_stands_there(maxpool_forward, rng):
    """At the place that is named stands the number that is given."""
    x = rng.normal(size=(2, 2, 6, 5))
    y, idx = maxpool_forward(x, 2, 1)
    there = np.take_along_axis(x.reshape(4, -1), np.asarray(idx).astype(int).reshape(4, -1), axis=1)
    return there - np.reshape(y, (4, -1)) < 1e-6, there - np.reshape(y, (4, -1)) > -1e-6


@scenario(maxpool_forward, compare=IN_SINGLE)
def relu_before_or_after(maxpool_forward, rng):
    """It makes no difference whether ReLU comes before the pooling or after it."""
    x = rng.normal(size=(2, 2, 6, 8))
    return np.subtract(maxpool_forward(np.maximum(x, 0), 2, 2)[0], np.maximum(maxpool_forward(x, 2, 2)[0], 0))


@scenario(maxpool_forward, forbids=("mutation",))
def maps_left_alone(maxpool_forward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    whole = rng.permutation(16).reshape(1, 1, 4, 4).tolist()
    return maxpool_forward(whole, 2, 2), maxpool_forward(rng.normal(size=(1, 2, 4, 5)), 2, 2)


@timed(maxpool_forward, twin=maps_that_are_not_square)
def large_maps(rng, C=4, H=512):
    """Four maps of 512 × 512 pixels in windows of 2 × 2, by the clock."""
    return rng.integers(0, 1 << 20, size=(1, C, H, H)).astype(float), 2, 2  # exact in single precision too


@check(maxpool_backward)
def back_to_windows_side_by_side(rng):
    """Windows of 2 × 2 side by side: each gradient goes to one pixel."""
    return _pooled(rng, (1, 1, 6, 6), 2, 2)


@check(maxpool_backward)
def back_to_maps_that_are_not_square(rng):
    """Several pictures and channels, which are not square."""
    return _pooled(rng, (2, 3, 4, 8), 2, 2)


@check(maxpool_backward)
def back_to_windows_that_overlap(rng):
    """A pixel that was the largest of several windows hears from all of them."""
    x = rng.normal(size=(1, 2, 7, 9))
    x[:, :, 2, 2::2] += 10  # in up to four windows each
    y, idx = maxpool_forward(x, 3, 2)
    return {"dout": rng.normal(size=y.shape), "idx": idx, "shape": x.shape}


@check(maxpool_backward)
def one_pixel_for_all(rng):
    """One pixel is the largest of every window: it gets everything, and the others nothing."""
    dout = rng.normal(size=(1, 1, 2, 2))
    return dout, np.full(dout.shape, int(rng.integers(0, 9))), (1, 1, 3, 3)


@check(maxpool_backward)
def back_to_pixels_left_out(rng):
    """Pixels at the end that no window has reached get zero."""
    return _pooled(rng, (1, 1, 7, 5), 3, 3)


@check(maxpool_backward)
def back_from_a_border(rng):
    """With a border there are more windows than fit into the map; places count within the map."""
    return _pooled(rng, (1, 2, 4, 5), 3, 2, 1)


@scenario(maxpool_backward, compare=IN_SINGLE)
def nothing_is_lost(maxpool_backward, rng):
    """What comes back to a map is together as much as was handed in, spread over a map of the right size."""
    dout, idx, shape = _pooled(rng, (2, 3, 5, 6), 3, 1)
    dx = np.asarray(maxpool_backward(dout, idx, shape), dtype=float)
    return dx.sum(axis=(2, 3)) - dout.sum(axis=(2, 3)), dx.shape


@scenario(maxpool_backward, compare=IN_SINGLE)
def small_pushes_of_a_pooling(maxpool_backward, rng):
    """Pushing all pixels a little changes the loss by gradient times push."""
    x = rng.permutation(60).reshape(1, 2, 6, 5) / 10.0  # no two alike, so no push changes who is the largest
    y, idx = maxpool_forward(x, 3, 1)
    dout, push, small = rng.normal(size=y.shape), rng.uniform(-1, 1, size=x.shape), 1e-5
    ends = [np.sum(dout * maxpool_forward(x + side * push, 3, 1)[0]) for side in (small, -small)]
    return np.sum(push * np.asarray(maxpool_backward(dout, idx, x.shape))) - (ends[0] - ends[1]) / (2 * small)


@scenario(maxpool_backward, forbids=("mutation",))
def way_back_of_a_pooling_left_alone(maxpool_backward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    dout, idx, shape = _pooled(rng, (1, 2, 4, 6), 2, 2)
    whole = maxpool_backward(_whole(rng, *dout.shape), idx.tolist(), list(shape))
    return whole, maxpool_backward(dout, idx, shape)


# ---- the mean of a window -------------------------------------------------------------------------


@check(avgpool_forward)
def means_side_by_side(rng):
    """Windows of 2 × 2 side by side in several pictures and channels, which are not square."""
    return rng.normal(size=(2, 3, 4, 8)), 2, 2


@check(avgpool_forward)
def means_that_overlap(rng):
    """Windows of 3 × 3 two pixels apart, with pixels left over at the end."""
    return rng.normal(size=(1, 1, 8, 6)), 3, 2


@check(avgpool_forward)
def zeros_that_count(rng):
    """With a border whose zeros count, which is what happens when nothing is said."""
    return rng.uniform(1.0, 2.0, size=(1, 2, 5, 7)), 3, 2, 1


@check(avgpool_forward)
def zeros_that_do_not_count(rng):
    """With a border whose zeros do not count."""
    return {
        "x": rng.uniform(1.0, 2.0, size=(1, 2, 5, 7)),
        "k": 3,
        "s": 2,
        "pad": 1,
        "count_include_pad": False,
    }


@check(avgpool_forward)
def a_wide_border_that_does_not_count(rng):
    """Windows of 5 × 5 with a border of two: near a corner nine, twelve, fifteen or more pixels count."""
    return rng.normal(size=(1, 1, 6, 5)), 5, 1, 2, False


@scenario(avgpool_forward, compare=IN_SINGLE)
def a_picture_of_one_colour(avgpool_forward, rng):
    """A picture of one colour keeps it, with a border only where the border does not count."""
    colour = rng.uniform(1.0, 2.0)
    x = np.full((1, 2, 4, 6), colour)
    return [
        np.subtract(avgpool_forward(x, *args), colour) for args in ((2, 2), (3, 1, 1, False), (3, 1, 1, True))
    ]


@scenario(avgpool_forward, forbids=("mutation",))
def averaged_maps_left_alone(avgpool_forward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    return avgpool_forward(_whole(rng, 1, 1, 4, 4), 2, 2), avgpool_forward(
        rng.normal(size=(1, 2, 4, 5)), 2, 2
    )


@check(avgpool_backward)
def back_to_means_side_by_side(rng):
    """Windows of 2 × 2 side by side in several pictures and channels, which are not square."""
    return rng.normal(size=(2, 3, 2, 4)), (2, 3, 4, 8), 2, 2


@check(avgpool_backward)
def back_to_means_that_overlap(rng):
    """Windows of 3 × 3 two pixels apart: what comes from several is added up; pixels left over get zero."""
    return rng.normal(size=(1, 1, 3, 2)), (1, 1, 8, 6), 3, 2


@check(avgpool_backward)
def back_to_zeros_that_count(rng):
    """With a border whose zeros count, and so take a share with them."""
    return rng.normal(size=(1, 2, 3, 4)), (1, 2, 5, 7), 3, 2, 1


@check(avgpool_backward)
def back_to_zeros_that_do_not_count(rng):
    """With a border whose zeros do not count: all shares go to pixels of the picture."""
    return {
        "dout": rng.normal(size=(1, 2, 3, 4)),
        "shape": (1, 2, 5, 7),
        "k": 3,
        "s": 2,
        "pad": 1,
        "count_include_pad": False,
    }


@check(avgpool_backward)
def back_to_a_wide_border(rng):
    """Windows of 5 × 5 with a border of two, whose zeros do not count."""
    return rng.normal(size=(1, 1, 6, 5)), (1, 1, 6, 5), 5, 1, 2, False


@scenario(avgpool_backward, compare=IN_SINGLE)
def means_there_and_back(avgpool_backward, rng):
    """There and back belong together: Σ y · dout equals Σ x · dx."""
    x, off = rng.normal(size=(2, 2, 5, 7)), []
    for arguments in ((3, 2), (3, 2, 1, True), (3, 2, 1, False)):
        y = avgpool_forward(x, *arguments)
        dout = rng.normal(size=y.shape)
        off.append(np.sum(np.multiply(x, avgpool_backward(dout, x.shape, *arguments))) - np.sum(y * dout))
    return off


@scenario(avgpool_backward, forbids=("mutation",))
def way_back_of_means_left_alone(avgpool_backward, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    whole = avgpool_backward(_whole(rng, 1, 1, 2, 2), [1, 1, 4, 4], 2, 2)
    return whole, avgpool_backward(rng.normal(size=(1, 2, 2, 2)), (1, 2, 4, 5), 2, 2)


# ---- unpooling ------------------------------------------------------------------------------------


@check(max_unpool)
def back_to_their_places(rng):
    """Numbers from windows of 2 × 2, one picture of one channel, go back to where they were."""
    y, idx = maxpool_forward(rng.normal(size=(1, 1, 4, 4)), 2, 2)
    return y, idx, (4, 4)


@check(max_unpool)
def back_to_oblong_maps(rng):
    """Several pictures and channels, which are not square."""
    y, idx = maxpool_forward(rng.normal(size=(2, 3, 4, 8)), 2, 2)
    return {"y": y, "idx": idx, "out_hw": (4, 8)}


@check(max_unpool)
def places_with_pixels_left_over(rng):
    """Maps with rows and columns at the end that no window has reached."""
    y, idx = maxpool_forward(rng.normal(size=(1, 2, 5, 7)), 2, 2)
    return y, idx, (5, 7)


@check(max_unpool)
def one_place_several_times(rng):
    """A number that was the largest of several windows stands at its place once."""
    x = rng.normal(size=(1, 2, 5, 6))
    x[:, :, 2, 2:5] += 10
    return *maxpool_forward(x, 3, 1), (5, 6)


@scenario(max_unpool)
def pooled_once_more(max_unpool, rng):
    """Pooled, unpooled and pooled once more: the largest numbers are kept, and so are their places."""
    y, idx = maxpool_forward(rng.uniform(1.0, 2.0, size=(2, 2, 6, 4)), 2, 2)
    return maxpool_forward(np.asarray(max_unpool(y, idx, (6, 4)), dtype=float), 2, 2)


@scenario(max_unpool, forbids=("mutation",))
def places_left_alone(max_unpool, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    y, idx = maxpool_forward(rng.normal(size=(1, 2, 4, 6)), 2, 2)
    return max_unpool(_whole(rng, *y.shape), idx.tolist(), [4, 6]), max_unpool(y, idx, (4, 6))


@timed(max_unpool, twin=back_to_oblong_maps)
def twice_the_side(rng, H=24):
    """Maps of 24, 48 and 96 pixels a side: the cost grows more slowly than the number of pixels."""
    y, idx = maxpool_forward(rng.normal(size=(1, 1, H, H)), 2, 2)
    return y, idx, (H, H)


@check(nearest_unpool)
def blocks_of_one_colour(rng):
    """Each pixel of an oblong picture becomes 2 × 2 equal ones."""
    return rng.normal(size=(1, 1, 2, 3)), 2


@check(nearest_unpool)
def larger_blocks_of_one_colour(rng):
    """Each pixel of several pictures and channels becomes 3 × 3 equal ones."""
    return {"x": rng.normal(size=(2, 3, 3, 2)), "r": 3}


@scenario(nearest_unpool, forbids=("mutation",))
def mean_of_blocks(nearest_unpool, rng):
    """The mean of each block is the pixel again; lists do as well, and r = 1 changes nothing."""
    x = rng.normal(size=(1, 2, 3, 2))
    mean = avgpool_forward(np.asarray(nearest_unpool(x, 2), dtype=float), 2, 2)
    return mean, nearest_unpool(_whole(rng, 1, 1, 2, 2), 2), nearest_unpool(x, 1)


@check(bed_of_nails)
def nails_two_apart(rng):
    """Each pixel of an oblong picture becomes a nail among three zeros."""
    return rng.normal(size=(1, 1, 2, 3)), 2


@check(bed_of_nails)
def nails_three_apart(rng):
    """Each pixel of several pictures and channels becomes a nail among eight zeros."""
    return {"x": rng.normal(size=(2, 3, 3, 2)), "r": 3}


@scenario(bed_of_nails, forbids=("mutation",))
def sum_of_nails(bed_of_nails, rng):
    """The sum of each block is the pixel again; lists do as well, and r = 1 changes nothing."""
    x = rng.normal(size=(1, 2, 3, 2))
    total = 4 * avgpool_forward(np.asarray(bed_of_nails(x, 2), dtype=float), 2, 2)
    return total, bed_of_nails(_whole(rng, 1, 1, 2, 2), 2), bed_of_nails(x, 1)


# ---- transposed convolution -----------------------------------------------------------------------


def _enlarger(rng, x, w):
    """Arguments of a transposed convolution of these shapes: x, w and b."""
    return rng.normal(size=x), rng.normal(size=w), _biases_of(rng, w[1])


@check(conv_transpose2d)
def one_pixel(rng):
    """A single pixel lays down a single copy of its kernel, which is not square."""
    return *_enlarger(rng, (1, 1, 1, 1), (1, 1, 2, 3)), 2


@check(conv_transpose2d)
def copies_side_by_side(rng):
    """Copies of 2 × 2 that touch but do not overlap."""
    return *_enlarger(rng, (1, 1, 3, 4), (1, 1, 2, 2)), 2


@check(conv_transpose2d)
def copies_that_overlap(rng):
    """Copies of 3 × 3 two pixels apart: where they overlap, they are added up."""
    return *_enlarger(rng, (1, 1, 3, 4), (1, 1, 3, 3)), 2


@check(conv_transpose2d)
def copies_pixel_by_pixel(rng):
    """With stride 1, each copy overlaps many others."""
    return *_enlarger(rng, (1, 1, 4, 3), (1, 1, 3, 2)), 1


@check(conv_transpose2d)
def copies_far_apart(rng):
    """Copies of 2 × 2 three pixels apart: between them there is the bias alone."""
    return *_enlarger(rng, (1, 1, 2, 3), (1, 1, 2, 2)), 3


@check(conv_transpose2d)
def three_channels_into_two(rng):
    """Several pictures, three channels in and two out, each with its own bias."""
    return *_enlarger(rng, (2, 3, 3, 4), (3, 2, 2, 3)), 2


@check(conv_transpose2d)
def as_many_channels_out_as_in(rng):
    """Three channels in and three out: the first axis of w is that of the input."""
    return *_enlarger(rng, (1, 3, 2, 3), (3, 3, 2, 2)), 2


@check(conv_transpose2d)
def sides_cut_off(rng):
    """With one row and column cut off at each of the four sides."""
    return *_enlarger(rng, (1, 1, 3, 4), (1, 1, 4, 4)), 2, 1


@check(conv_transpose2d)
def more_at_the_end(rng):
    """With one row more below and one column more at the right, into which no copy reaches."""
    x, w, b = _enlarger(rng, (1, 1, 2, 3), (1, 1, 3, 3))
    return {"x": x, "w": w, "b": b, "stride": 2, "output_padding": 1}


@check(conv_transpose2d)
def all_settings_at_once(rng):
    """Channels, stride, cut sides and more at the end together."""
    return *_enlarger(rng, (2, 3, 3, 4), (3, 2, 4, 3)), 3, 1, 2


@scenario(conv_transpose2d, compare=close(atol=1e-4))
def convolution_transposed(conv_transpose2d, rng):
    """It is the adjoint of the convolution with the same filters: Σ T(x) · y equals Σ x · conv(y)."""
    x, w, _ = _enlarger(rng, (2, 3, 3, 4), (3, 2, 3, 2))
    off = []
    for stride, pad, more in ((1, 0, 0), (2, 1, 0), (2, 1, 1), (3, 0, 2)):
        there = np.asarray(conv_transpose2d(x, w, np.zeros(2), stride, pad, more), dtype=float)
        y = rng.normal(size=there.shape)
        off.append(np.sum(there * y) - np.sum(x * conv2d_forward(y, w, np.zeros(3), stride, pad)[0]))
    return off


@scenario(conv_transpose2d, compare=IN_SINGLE)
def nails_and_turned_kernels(conv_transpose2d, rng):
    """With stride 2, it is a convolution of a bed of nails with the kernel turned round."""
    x, w, b = _enlarger(rng, (1, 1, 3, 4), (1, 1, 3, 3))
    nails = bed_of_nails(x, 2)[:, :, :-1, :-1]
    return np.subtract(conv_transpose2d(x, w, b, 2), conv2d_forward(nails, w[:, :, ::-1, ::-1], b, pad=2)[0])


@check(conv_transpose2d, draws=1)
def a_large_batch_enlarged(rng):
    """64 pictures of 64 channels and 24 × 24 pixels, two million numbers, each a copy, in time."""
    return *_enlarger(rng, (64, 64, 24, 24), (64, 4, 3, 3)), 1


@scenario(conv_transpose2d, forbids=("mutation",))
def enlarger_left_alone(conv_transpose2d, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    x, w, b = _enlarger(rng, (1, 1, 2, 3), (1, 2, 2, 2))
    return conv_transpose2d(_whole(rng, 1, 1, 2, 3), w.tolist(), b.tolist(), 2), conv_transpose2d(x, w, b, 2)


# ---- maps and channels ----------------------------------------------------------------------------


@check(global_avg_pool)
def one_number_a_map(rng):
    """Several pictures and channels, which are not square: one number for each map."""
    return rng.normal(size=(2, 3, 4, 5))


@check(global_avg_pool)
def all_sizes_alike(rng):
    """As many pictures as channels as rows as columns: the right axes are gone."""
    return rng.normal(size=(4, 4, 4, 4))


@check(global_avg_pool)
def a_single_map(rng):
    """One picture of one channel keeps two axes."""
    return {"x": rng.normal(size=(1, 1, 2, 7))}


@scenario(global_avg_pool, compare=IN_SINGLE, forbids=("mutation",))
def one_window_of_the_whole_map(global_avg_pool, rng):
    """It is the mean of one window as large as the map; lists do as well, and nothing given is changed."""
    x = rng.normal(size=(2, 3, 5, 5))
    return np.subtract(global_avg_pool(x), avgpool_forward(x, 5, 1)[:, :, 0, 0]), global_avg_pool(
        _whole(rng, 1, 2, 2, 3)
    )


@check(depth_to_space)
def four_channels_into_one(rng):
    """Four channels of an oblong picture become blocks of 2 × 2."""
    return rng.normal(size=(1, 4, 2, 3)), 2


@check(depth_to_space)
def twelve_channels_into_three(rng):
    """Twelve channels become three with blocks of 2 × 2, in several pictures."""
    return rng.normal(size=(2, 12, 3, 2)), 2


@check(depth_to_space)
def eighteen_channels_into_two(rng):
    """Eighteen channels become two with blocks of 3 × 3."""
    return {"x": rng.normal(size=(1, 18, 2, 3)), "r": 3}


@scenario(depth_to_space, compare=IN_SINGLE, forbids=("mutation",))
def gathered_and_laid_out(depth_to_space, rng):
    """What was gathered is laid out again; r = 1 changes nothing; lists do, and nothing given is changed."""
    x = rng.normal(size=(2, 2, 4, 6))
    again = np.subtract(depth_to_space(space_to_depth(x, 2), 2), x)
    return again, depth_to_space(x, 1), depth_to_space(_whole(rng, 1, 4, 2, 2), 2)


@check(space_to_depth)
def one_channel_into_four(rng):
    """The blocks of 2 × 2 of an oblong picture become four channels."""
    return rng.normal(size=(1, 1, 4, 6)), 2


@check(space_to_depth)
def three_channels_into_twelve(rng):
    """The blocks of 2 × 2 of three channels become twelve, in several pictures."""
    return rng.normal(size=(2, 3, 6, 4)), 2


@check(space_to_depth)
def two_channels_into_eighteen(rng):
    """The blocks of 3 × 3 of two channels become eighteen."""
    return {"x": rng.normal(size=(1, 2, 6, 9)), "r": 3}


@scenario(space_to_depth, compare=IN_SINGLE, forbids=("mutation",))
def laid_out_and_gathered(space_to_depth, rng):
    """What was laid out is gathered again; r = 1 changes nothing; lists do, and nothing given is changed."""
    x = rng.normal(size=(2, 8, 2, 3))
    again = np.subtract(space_to_depth(depth_to_space(x, 2), 2), x)
    return again, space_to_depth(x, 1), space_to_depth(_whole(rng, 1, 1, 4, 4), 2)
