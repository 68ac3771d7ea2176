"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import (
    apply_stickers,
    content_loss,
    dead_units,
    fgsm,
    gradient_ascent_step,
    gram_matrix,
    nearest_neighbours,
    occlusion_map,
    saliency,
    style_loss,
    top_activating,
)


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


# ---- occlusion_map --------------------------------------------------------------------------------


def _scores(score_fn, img, k, stride, cover):
    """The score of each picture that `cover(img, top, left)` gives."""
    img = np.array(img, dtype=float)
    H, W = img.shape[1:]
    tops, lefts = range(0, H - k + 1, stride), range(0, W - k + 1, stride)
    return np.array([[score_fn(cover(img, i, j)) for j in lefts] for i in tops])


def _square(k, fill):
    """A `cover` that does what is asked."""

    def cover(img, i, j):
        covered = img.copy()
        covered[:, i : i + k, j : j + k] = fill
        return covered

    return cover


@misconception(occlusion_map)
def score_of_the_covered_picture(score_fn, img, k, stride, fill):
    """The map holds the scores of the covered pictures; asked for is how far they fell from the whole one."""
    return _scores(score_fn, img, k, stride, _square(k, fill))


@misconception(occlusion_map)
def drop_the_wrong_way_round(score_fn, img, k, stride, fill):
    """Your signs are turned round: a score that falls has to give a positive entry, whole minus covered."""
    return -occlusion_map(score_fn, img, k, stride, fill)


@misconception(occlusion_map)
def squares_add_up(score_fn, img, k, stride, fill):
    """The squares stay on the picture and add up; begin each one with a fresh copy."""
    img = np.array(img, dtype=float)
    base = score_fn(img.copy())

    def cover(img, i, j):
        img[:, i : i + k, j : j + k] = fill
        return img

    return base - _scores(score_fn, img, k, stride, cover)


@misconception(occlusion_map)
def always_black(score_fn, img, k, stride, fill):
    """Covered pixels become 0 whatever is asked for; they should get the value of fill."""
    return occlusion_map(score_fn, img, k, stride, 0.0)


@misconception(occlusion_map)
def stride_not_in_the_slice(score_fn, img, k, stride, fill):
    """Square i begins in row i, not in row i * stride, so the squares are all near the upper left corner."""
    cover, base = _square(k, fill), score_fn(np.array(img, dtype=float))
    return base - _scores(score_fn, img, k, stride, lambda img, i, j: cover(img, i // stride, j // stride))


@misconception(occlusion_map)
def last_square_missing(score_fn, img, k, stride, fill):
    """The last square along each axis is missing; range(0, H - k, stride) stops before H - k."""
    img = np.array(img, dtype=float)
    rows, columns = (len(range(0, n - k, stride)) for n in img.shape[1:])
    return occlusion_map(score_fn, img, k, stride, fill)[:rows, :columns]


@misconception(occlusion_map)
def squares_over_the_edge(score_fn, img, k, stride, fill):
    """Squares that stick out over the edge are counted, too; only those that lie wholly on the picture do."""
    img = np.array(img, dtype=float)
    cover, base, (H, W) = _square(k, fill), score_fn(img), img.shape[1:]
    return np.array(
        [[base - score_fn(cover(img, i, j)) for j in range(0, W, stride)] for i in range(0, H, stride)]
    )


@misconception(occlusion_map)
def first_channel_only(score_fn, img, k, stride, fill):
    """Only the first channel is covered; a square hides all channels."""

    def cover(img, i, j):
        covered = img.copy()
        covered[0, i : i + k, j : j + k] = fill
        return covered

    return score_fn(np.array(img, dtype=float)) - _scores(score_fn, img, k, stride, cover)


@misconception(occlusion_map)
def rows_and_columns_exchanged(score_fn, img, k, stride, fill):
    """The map lies on its side: rows of the picture should be rows of the map."""
    return occlusion_map(score_fn, img, k, stride, fill).T


@misconception(occlusion_map)
def share_of_the_score(score_fn, img, k, stride, fill):
    """The drops are divided by the score of the whole picture; they are asked for as they are."""
    return occlusion_map(score_fn, img, k, stride, fill) / score_fn(np.array(img, dtype=float))


@misconception(occlusion_map)
def everything_but_the_square(score_fn, img, k, stride, fill):
    """You cover all but the square; the square itself is what should be hidden."""

    def cover(img, i, j):
        covered = np.full_like(img, fill)
        covered[:, i : i + k, j : j + k] = img[:, i : i + k, j : j + k]
        return covered

    return score_fn(np.array(img, dtype=float)) - _scores(score_fn, img, k, stride, cover)


@misconception(occlusion_map)
def fill_cut_to_whole_numbers(score_fn, img, k, stride, fill):
    """In a picture of whole numbers your square of 0.5 became 0; make the copy a float array first."""
    whole = np.issubdtype(np.asarray(img).dtype, np.integer)
    return occlusion_map(score_fn, img, k, stride, int(fill) if whole else fill)


@misconception(occlusion_map)
def last_square_left_in_place(score_fn, img, k, stride, fill):
    """The map is right, but you cover the caller's own picture and leave the last square on it.

    np.asarray makes no copy of an array that is float already.
    """
    answer = occlusion_map(score_fn, img, k, stride, fill)
    np.asarray(img)[:, -k:, -k:] = fill
    return answer


# ---- saliency -------------------------------------------------------------------------------------


@misconception(saliency)
def downhill_does_not_count(grad):
    """Slopes below zero lose against those above; take their sizes before you look for the largest."""
    return _floats(grad)[0].max(axis=0)


@misconception(saliency)
def size_after_the_maximum(grad):
    """The size is taken after the maximum, so a steep negative slope is overlooked; take it before."""
    return np.abs(_floats(grad)[0].max(axis=0))


@misconception(saliency)
def sum_of_the_sizes(grad):
    """The sizes of all channels are added; only the largest one counts."""
    return np.abs(_floats(grad)[0]).sum(axis=0)


@misconception(saliency)
def mean_of_the_sizes(grad):
    """The sizes are averaged over the channels; only the largest one counts."""
    return np.abs(_floats(grad)[0]).mean(axis=0)


@misconception(saliency)
def length_over_the_channels(grad):
    """This is the length √(Σ g²) over the channels; the largest size is asked for."""
    return np.sqrt(np.sum(_floats(grad)[0] ** 2, axis=0))


@misconception(saliency)
def size_of_the_sum(grad):
    """Slopes of the channels are added before their size is taken, so opposite ones cancel."""
    return np.abs(_floats(grad)[0].sum(axis=0))


@misconception(saliency)
def brightest_pixel_made_one(grad):
    """The map is divided by its largest value, which is good for showing it; here it is asked for unscaled.

    Where nothing has a slope, that is 0 / 0.
    """
    sizes = saliency(grad)
    return sizes / sizes.max()


@misconception(saliency)
def maximum_over_the_columns(grad):
    """The maximum is taken over the columns; the channels are axis 0."""
    return np.abs(_floats(grad)[0]).max(axis=-1)


@misconception(saliency)
def smallest_channel(grad):
    """The smallest size among the channels is taken; the largest is meant."""
    return np.abs(_floats(grad)[0]).min(axis=0)


@misconception(saliency)
def sizes_written_back(grad):
    """The map is right, but the caller's slopes have lost their signs.

    out=grad writes into what you were given.
    """
    answer = saliency(grad)
    np.abs(grad, out=grad)
    return answer


# ---- fgsm -----------------------------------------------------------------------------------------


@misconception(fgsm)
def away_from_the_loss(x, grad, eps, lo=0, hi=1):
    """You step downhill, which makes the network surer of itself; an attack goes uphill on the loss."""
    return fgsm(x, -_floats(grad)[0], eps, lo, hi)


@misconception(fgsm)
def slope_without_its_sign(x, grad, eps, lo=0, hi=1):
    """The slope itself is added; only its sign should be, so that every pixel moves by eps."""
    x, g = _floats(x, grad)
    return np.clip(x + eps * g, lo, hi)


@misconception(fgsm)
def slope_of_length_one(x, grad, eps, lo=0, hi=1):
    """The slopes are divided by their common length; take the sign of each one instead."""
    x, g = _floats(x, grad)
    return np.clip(x + eps * g / np.linalg.norm(g), lo, hi)


@misconception(fgsm)
def steepest_slope_made_one(x, grad, eps, lo=0, hi=1):
    """The slopes are divided by the steepest, so only that pixel moves by eps; all of them should."""
    x, g = _floats(x, grad)
    return np.clip(x + eps * g / max(np.abs(g).max(), 1e-12), lo, hi)


@misconception(fgsm)
def out_of_range(x, grad, eps, lo=0, hi=1):
    """Some pixels leave the allowed range; a picture has to stay a picture."""
    x, g = _floats(x, grad)
    return x + eps * np.sign(g)


@misconception(fgsm)
def noise_clipped_instead(x, grad, eps, lo=0, hi=1):
    """The change is clipped to the range, not the changed picture."""
    x, g = _floats(x, grad)
    return x + np.clip(eps * np.sign(g), lo, hi)


@misconception(fgsm)
def only_the_upper_bound(x, grad, eps, lo=0, hi=1):
    """Pixels stop at the upper bound but not at the lower one."""
    x, g = _floats(x, grad)
    return np.minimum(x + eps * np.sign(g), hi)


@misconception(fgsm)
def zero_counts_as_uphill(x, grad, eps, lo=0, hi=1):
    """A slope of zero moves its pixel up; such a pixel should stay where it is."""
    x, g = _floats(x, grad)
    return np.clip(x + eps * np.where(g >= 0, 1.0, -1.0), lo, hi)


@misconception(fgsm)
def always_from_zero_to_one(x, grad, eps, lo=0, hi=1):
    """The range is 0 to 1 whatever lo and hi say."""
    return fgsm(x, grad, eps)


@misconception(fgsm)
def step_cut_to_whole_numbers(x, grad, eps, lo=0, hi=1):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return fgsm(x, grad, eps, lo, hi).astype(np.asarray(x).dtype)


@misconception(fgsm)
def attacks_the_original(x, grad, eps, lo=0, hi=1):
    """The answer is right, but the caller's picture has been changed as well; x += … writes into it."""
    answer = fgsm(x, grad, eps, lo, hi)
    x[...] = answer
    return answer


# ---- gradient_ascent_step -------------------------------------------------------------------------


def _clipped(I, clip):
    """The picture within its bounds: not what goes wrong here."""
    return I if clip is None else np.clip(I, *clip)


@misconception(gradient_ascent_step)
def downhill(img, grad, lr, l2, clip):
    """You step downhill; the neuron's response should grow, so the slope is added."""
    I, g = _floats(img, grad)
    return _clipped(I - lr * (g - 2 * l2 * I), clip)


@misconception(gradient_ascent_step)
def downhill_for_the_neuron_only(img, grad, lr, l2, clip):
    """The slope of f is subtracted as in training, where a loss is made small; here f is made large."""
    I, g = _floats(img, grad)
    return _clipped(I - lr * g - 2 * lr * l2 * I, clip)


@misconception(gradient_ascent_step)
def rewards_large_pixels(img, grad, lr, l2, clip):
    """2 l2 I is added, which rewards glaring pictures; R is -l2 Σ I², and so is the sign of its slope.

    "f + R" on the slide adds R, but R itself is negative.
    """
    I, g = _floats(img, grad)
    return _clipped(I + lr * (g + 2 * l2 * I), clip)


@misconception(gradient_ascent_step)
def penalty_without_the_two(img, grad, lr, l2, clip):
    """The slope of l2 I² is 2 l2 I; your penalty pulls half as hard."""
    return gradient_ascent_step(img, grad, lr, l2 / 2, clip)


@misconception(gradient_ascent_step)
def no_penalty(img, grad, lr, l2, clip):
    """The regulariser is left out."""
    return gradient_ascent_step(img, grad, lr, 0.0, clip)


@misconception(gradient_ascent_step)
def penalty_without_learning_rate(img, grad, lr, l2, clip):
    """The learning rate stands before the slope of f only; it multiplies that of the penalty, too."""
    I, g = _floats(img, grad)
    return _clipped(I + lr * g - 2 * l2 * I, clip)


@misconception(gradient_ascent_step)
def penalty_on_the_length(img, grad, lr, l2, clip):
    """This is the slope of -l2 ‖I‖; the length is squared, and then nothing has to be divided by it."""
    I, g = _floats(img, grad)
    return _clipped(I + lr * (g - l2 * I / np.linalg.norm(I)), clip)


@misconception(gradient_ascent_step)
def penalty_on_the_sizes(img, grad, lr, l2, clip):
    """This is the slope of -l2 Σ |I|; the pixels are squared in R."""
    I, g = _floats(img, grad)
    return _clipped(I + lr * (g - l2 * np.sign(I)), clip)


@misconception(gradient_ascent_step)
def bounds_ignored(img, grad, lr, l2, clip):
    """Pixels leave the bounds; after the step they are set to the nearer one."""
    return gradient_ascent_step(img, grad, lr, l2, None)


@misconception(gradient_ascent_step)
def slope_clipped_instead(img, grad, lr, l2, clip):
    """The slope is clipped to the bounds, not the picture after the step."""
    return gradient_ascent_step(img, _clipped(_floats(grad)[0], clip), lr, l2, None)


@misconception(gradient_ascent_step)
def squeezed_into_the_bounds(img, grad, lr, l2, clip):
    """The whole picture is stretched or squeezed to fit the bounds; only pixels outside should change."""
    I = gradient_ascent_step(img, grad, lr, l2, None)
    if clip is None:
        return I
    lo, hi = clip
    return lo + (hi - lo) * (I - I.min()) / max(I.max() - I.min(), 1e-12)


@misconception(gradient_ascent_step)
def stops_at_the_upper_bound_only(img, grad, lr, l2, clip):
    """Pixels stop at the upper bound but not at the lower one."""
    I = gradient_ascent_step(img, grad, lr, l2, None)
    return I if clip is None else np.minimum(I, clip[1])


@misconception(gradient_ascent_step)
def bounds_of_zero_and_one(img, grad, lr, l2, clip):
    """The bounds are 0 and 1 whatever you are given."""
    return gradient_ascent_step(img, grad, lr, l2, None if clip is None else (0.0, 1.0))


@misconception(gradient_ascent_step)
def picture_cut_to_whole_numbers(img, grad, lr, l2, clip):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return gradient_ascent_step(img, grad, lr, l2, clip).astype(np.asarray(img).dtype)


@misconception(gradient_ascent_step)
def steps_in_place(img, grad, lr, l2, clip):
    """The answer is right, but the caller's picture has been changed as well; img += … writes into it."""
    answer = gradient_ascent_step(img, grad, lr, l2, clip)
    img[...] = answer
    return answer


# ---- gram_matrix ----------------------------------------------------------------------------------


def _rows(F):
    """Each channel as a row of floats."""
    F = np.asarray(F, dtype=float)
    return F.reshape(len(F), -1)


@misconception(gram_matrix)
def not_divided(F):
    """The sums are right but not divided by C H W, so a larger picture has larger entries."""
    return _rows(F) @ _rows(F).T


@misconception(gram_matrix)
def divided_by_the_pixels(F):
    """You divide by H W; this course divides by C H W."""
    return _rows(F) @ _rows(F).T / _rows(F).shape[1]


@misconception(gram_matrix)
def divided_by_the_channels(F):
    """You divide by C alone; the number of pixels, H W, belongs below the line as well."""
    return _rows(F) @ _rows(F).T / len(F)


@misconception(gram_matrix)
def means_removed(F):
    """The mean of each channel is taken away first, which is a covariance; here the means count."""
    rows = _rows(F)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return rows @ rows.T / rows.size


@misconception(gram_matrix)
def pixels_with_pixels(F):
    """The product is the wrong way round: it compares pixels with pixels, not channels with channels."""
    return _rows(F).T @ _rows(F) / _rows(F).size


@misconception(gram_matrix)
def channels_of_length_one(F):
    """Each channel is scaled to length one first, which gives cosines; its strength counts here."""
    rows = _rows(F)
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return rows @ rows.T


@misconception(gram_matrix)
def channels_torn_apart(F):
    """reshape(-1, C) does not bring the channels into columns, it cuts the numbers anew.

    Each channel, laid out flat, is one row.
    """
    columns = np.asarray(F, dtype=float).reshape(-1, len(F))
    return columns.T @ columns / columns.size


@misconception(gram_matrix)
def bytes_run_over(F):
    """Products of bytes larger than 255 run over; make floats of what you are given first."""
    rows = np.asarray(F).reshape(len(F), -1)
    return rows @ rows.T / rows.size


# ---- style_loss -----------------------------------------------------------------------------------


@misconception(style_loss)
def pixel_by_pixel(F, G):
    """The activations are compared place by place, which is content; style compares the Gram matrices."""
    F, G = _floats(F, G)
    return np.sum((F - G) ** 2)


@misconception(style_loss)
def half_of_the_content(F, G):
    """This is the content loss; style compares the Gram matrices."""
    return content_loss(F, G)


@misconception(style_loss)
def mean_over_the_pairs(F, G):
    """The squares are averaged over the pairs of channels; they are added here."""
    return np.mean((gram_matrix(F) - gram_matrix(G)) ** 2)


@misconception(style_loss)
def root_of_the_sum(F, G):
    """A root is taken at the end; the sum of squares is the loss."""
    return np.sqrt(style_loss(F, G))


@misconception(style_loss)
def half_the_sum(F, G):
    """The content loss has a factor ½, this one has none."""
    return style_loss(F, G) / 2


@misconception(style_loss)
def sizes_of_the_differences(F, G):
    """The sizes of the differences are added; their squares are meant."""
    return np.sum(np.abs(gram_matrix(F) - gram_matrix(G)))


@misconception(style_loss)
def sums_not_divided(F, G):
    """Your Gram matrices are not divided by C H W, so pictures of two sizes cannot be compared."""
    return np.sum((gram_matrix(F) * np.size(F) - gram_matrix(G) * np.size(G)) ** 2)


@misconception(style_loss)
def each_channel_on_its_own(F, G):
    """Only the diagonals are compared; which channels are active together counts as well."""
    return np.sum(np.diag(gram_matrix(F) - gram_matrix(G)) ** 2)


@misconception(style_loss)
def each_pair_once(F, G):
    """Each pair of channels is counted once; the sum runs over all a and all b."""
    return np.sum(np.triu(gram_matrix(F) - gram_matrix(G)) ** 2)


@misconception(style_loss)
def a_quarter_of_the_sum(F, G):
    """The factor ¼ of the original paper belongs to another scale of the Gram matrix; here there is none."""
    return style_loss(F, G) / 4


@misconception(style_loss)
def likeness_of_the_styles(F, G):
    """The Gram matrices are multiplied, which says how alike they are; their distance is asked for."""
    return np.sum(gram_matrix(F) * gram_matrix(G))


# ---- content_loss ---------------------------------------------------------------------------------


@misconception(content_loss)
def without_the_half(F, P):
    """The factor ½ is missing."""
    return 2 * content_loss(F, P)


@misconception(content_loss)
def mean_of_the_squares(F, P):
    """The squares are averaged; they are added, and halved."""
    return np.mean(np.subtract(*_floats(F, P)) ** 2)


@misconception(content_loss)
def half_the_mean(F, P):
    """Half the mean of the squares; half their sum is meant."""
    return np.mean(np.subtract(*_floats(F, P)) ** 2) / 2


@misconception(content_loss)
def length_of_the_difference(F, P):
    """This is the length of the difference; half its square is the loss."""
    return np.linalg.norm(np.subtract(*_floats(F, P)))


@misconception(content_loss)
def half_the_sizes(F, P):
    """The sizes of the differences are added; their squares are meant."""
    return np.abs(np.subtract(*_floats(F, P))).sum() / 2


@misconception(content_loss)
def difference_of_the_squares(F, P):
    """You subtract squares; first comes the difference, then its square."""
    F, P = _floats(F, P)
    return 0.5 * np.sum(F**2 - P**2)


@misconception(content_loss)
def bytes_wrapped_round(F, P):
    """A difference of bytes cannot be negative and runs over; make floats of them first."""
    return 0.5 * float(np.sum(np.subtract(F, P) ** 2))


@misconception(content_loss)
def likeness_of_the_contents(F, P):
    """The activations are multiplied, which says how alike they are; their distance is asked for."""
    return np.sum(np.multiply(*_floats(F, P)))


# ---- nearest_neighbours ---------------------------------------------------------------------------


def _ordered(key, k):
    """The first k numbers in the order of the key, ties as they stood."""
    return np.argsort(key, kind="stable")[:k]


@misconception(nearest_neighbours)
def by_the_angle(F, q, k):
    """The pictures are ordered by the angle between features (cosine); the distance is asked for."""
    F, q = _floats(F, q)
    lengths = np.linalg.norm(F, axis=1) * np.linalg.norm(q)
    return _ordered(-(F @ q) / np.where(lengths > 0, lengths, 1.0), k)


@misconception(nearest_neighbours)
def by_the_product(F, q, k):
    """The pictures are ordered by the product of features, which favours large ones; use the distance."""
    F, q = _floats(F, q)
    return _ordered(-(F @ q), k)


@misconception(nearest_neighbours)
def along_the_streets(F, q, k):
    """The distance is the sum of sizes (L1); the Euclidean one is asked for."""
    F, q = _floats(F, q)
    return _ordered(np.abs(F - q).sum(axis=1), k)


@misconception(nearest_neighbours)
def by_the_largest_difference(F, q, k):
    """Only the feature that differs most counts in your distance; the Euclidean one adds all squares."""
    F, q = _floats(F, q)
    return _ordered(np.abs(F - q).max(axis=1), k)


@misconception(nearest_neighbours)
def farthest_first(F, q, k):
    """The farthest pictures come back; the order is turned round."""
    F, q = _floats(F, q)
    return _ordered(-np.linalg.norm(F - q, axis=1), k)


@misconception(nearest_neighbours)
def nearest_last(F, q, k):
    """The right pictures, but the nearest stands last."""
    return nearest_neighbours(F, q, k)[::-1]


@misconception(nearest_neighbours)
def in_order_of_their_numbers(F, q, k):
    """The right pictures, but in the order of their numbers; the nearest comes first."""
    return np.sort(nearest_neighbours(F, q, k))


@misconception(nearest_neighbours)
def later_ones_first(F, q, k):
    """Of equally near pictures you put the later one first; turning an order round turns ties round, too."""
    far = np.sum(np.subtract(*_floats(F, q)) ** 2, axis=1)
    return np.argsort(-far, kind="stable")[::-1][:k]


@misconception(nearest_neighbours)
def distances_for_numbers(F, q, k):
    """The distances come back; the numbers of the rows are asked for."""
    return np.sort(np.linalg.norm(np.subtract(*_floats(F, q)), axis=1))[:k]


@misconception(nearest_neighbours)
def first_one_left_out(F, q, k):
    """The nearest one is left out, as if it were always the picture itself."""
    return nearest_neighbours(F, q, len(F))[1 : k + 1]


@misconception(nearest_neighbours)
def squares_multiplied_out(F, q, k):
    """‖f‖² - 2 f·q + ‖q‖² loses all digits where features are large and near each other; subtract first."""
    F, q = _floats(F, q)
    return _ordered(np.sum(F**2, axis=1) - 2 * (F @ q) + q @ q, k)


@misconception(nearest_neighbours)
def bytes_subtracted(F, q, k):
    """A difference of bytes cannot be negative and runs over; make floats of them first."""
    return _ordered(np.sum(np.subtract(F, q).astype(float) ** 2, axis=1), k)


# ---- top_activating and dead_units ----------------------------------------------------------------


@misconception(top_activating)
def by_the_mean(acts, channel, k):
    """Each picture is judged by its mean; the place that stirs the channel most is meant."""
    return _ordered(-_floats(acts)[0][:, channel].mean(axis=(1, 2)), k)


@misconception(top_activating)
def weakest_first(acts, channel, k):
    """The weakest pictures come first; the strongest are asked for."""
    return _ordered(_floats(acts)[0][:, channel].max(axis=(1, 2)), k)


@misconception(top_activating)
def strongest_in_size(acts, channel, k):
    """The sizes are compared, so a very negative activation counts as strong; it is the opposite."""
    return _ordered(-np.abs(_floats(acts)[0][:, channel]).max(axis=(1, 2)), k)


@misconception(top_activating)
def all_channels_together(acts, channel, k):
    """The strongest activation of any channel counts; only the channel that is asked about should."""
    return _ordered(-_floats(acts)[0].max(axis=(1, 2, 3)), k)


@misconception(top_activating)
def ties_turned_round(acts, channel, k):
    """Of equally strong pictures the later one comes first; turning an order round turns ties round, too."""
    return np.argsort(_floats(acts)[0][:, channel].max(axis=(1, 2)), kind="stable")[::-1][:k]


@misconception(dead_units)
def silent_on_the_average(acts):
    """A channel counts as dead if its mean is 0 or less; one place above 0 is enough to be alive."""
    return np.flatnonzero(_floats(acts)[0].mean(axis=(0, 2, 3)) <= 0)


@misconception(dead_units)
def silent_somewhere(acts):
    """A channel counts as dead as soon as one place is 0; it has to be 0 everywhere."""
    return np.flatnonzero(_floats(acts)[0].min(axis=(0, 2, 3)) <= 0)


@misconception(dead_units)
def silent_for_one_picture(acts):
    """A channel counts as dead if one picture does not stir it; no picture may."""
    return np.flatnonzero(np.any(_floats(acts)[0].max(axis=(2, 3)) <= 0, axis=0))


@misconception(dead_units)
def exactly_zero(acts):
    """Only channels that are 0 everywhere count; those below 0 are dead as well."""
    return np.flatnonzero(np.all(_floats(acts)[0] == 0, axis=(0, 2, 3)))


@misconception(dead_units)
def yes_and_no(acts):
    """A yes or no for each channel comes back; the numbers of the dead ones are asked for."""
    return _floats(acts)[0].max(axis=(0, 2, 3)) <= 0


@misconception(dead_units)
def living_ones(acts):
    """These are the channels that are alive."""
    return np.flatnonzero(_floats(acts)[0].max(axis=(0, 2, 3)) > 0)


# ---- apply_stickers -------------------------------------------------------------------------------


@misconception(apply_stickers)
def x_down_and_y_across(img, stickers):
    """X is used for rows and y for columns; x counts columns, y counts rows."""
    return apply_stickers(img, [(y, x, w, h, value) for x, y, w, h, value in stickers])


@misconception(apply_stickers)
def width_for_height(img, stickers):
    """Width and height are exchanged."""
    return apply_stickers(img, [(x, y, h, w, value) for x, y, w, h, value in stickers])


def _pasted(img, stickers, put):
    """The picture with `put(part, value)` where each sticker lies."""
    out = np.array(img, dtype=float)
    for x, y, w, h, value in stickers:
        at = (slice(None), slice(max(y, 0), max(y + h, 0)), slice(max(x, 0), max(x + w, 0)))
        out[at] = put(out[at], value)
    return out


@misconception(apply_stickers)
def added_to_the_picture(img, stickers):
    """The value is added, as the + on the slide suggests; a sticker hides what is below it."""
    return _pasted(img, stickers, lambda part, value: part + value)


@misconception(apply_stickers)
def never_below_zero(img, stickers):
    """A negative value becomes 0; it should stand as it is."""
    return _pasted(img, stickers, lambda _, value: max(value, 0.0))


@misconception(apply_stickers)
def counted_from_behind(img, stickers):
    """A sticker that begins outside is lost or lands at the far edge; to a slice, -1 is the last row."""
    out = np.array(img, dtype=float)
    for x, y, w, h, value in stickers:
        out[:, y : y + h, x : x + w] = value
    return out


@misconception(apply_stickers)
def moved_inside(img, stickers):
    """A sticker that begins outside is moved in at full size; what sticks out is cut off instead."""
    return apply_stickers(img, [(max(x, 0), max(y, 0), w, h, value) for x, y, w, h, value in stickers])


@misconception(apply_stickers)
def first_one_on_top(img, stickers):
    """Where stickers overlap, the earlier one is on top; they are put on in the order given."""
    return apply_stickers(img, stickers[::-1])


@misconception(apply_stickers)
def one_pixel_too_large(img, stickers):
    """The stickers are one row and one column too large; the end of a slice is not part of it."""
    return apply_stickers(img, [(x, y, w + 1, h + 1, value) for x, y, w, h, value in stickers])


@misconception(apply_stickers)
def placed_by_the_middle(img, stickers):
    """X and y are taken for the middle of the sticker; they are its upper left corner."""
    return apply_stickers(img, [(x - w // 2, y - h // 2, w, h, value) for x, y, w, h, value in stickers])


@misconception(apply_stickers)
def on_the_first_channel(img, stickers):
    """The stickers lie on the first channel only; they cover all of them."""
    out = np.array(img, dtype=float)
    out[0] = apply_stickers(img, stickers)[0]
    return out


@misconception(apply_stickers)
def stuck_on_the_original(img, stickers):
    """The answer is right, but the caller's picture carries the stickers, too; work on a copy."""
    answer = apply_stickers(img, stickers)
    img[:] = answer
    return answer


@misconception(apply_stickers)
def on_a_black_page(img, stickers):
    """The stickers are on a page of zeros; what they leave free should show the picture."""
    return apply_stickers(np.zeros(np.shape(img)), stickers)
