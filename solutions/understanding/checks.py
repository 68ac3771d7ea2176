"""Hidden checks of understanding: inputs only. What is right, the reference says.

Scores are functions of the whole picture that are not linear, so that a square left in place is seen. No
picture is square where rows and columns can be mixed up. Bounds, penalties and other values than the usual
ones have checks of their own, so that one slip costs one criterion.
"""

import numpy as np

from autograder import check, close, scenario

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


def _signed(rng, *shape):
    """Numbers of both signs, 0.5 to 2 in size."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 2.0, size=shape)


# ---- where the network looks ----------------------------------------------------------------------


def _score(rng, shape):
    """A score that depends on every pixel, and on no two in the same way."""
    w = rng.uniform(0.2, 1.5, size=shape)

    def score(x):
        s = float(np.sum(w * np.asarray(x, dtype=float)))
        return s + 0.05 * s * s

    return score


def _asked(rng, shape, k, stride, fill=0.0):
    """A score, a picture of this shape, and a square."""
    return _score(rng, shape), rng.uniform(0.3, 1.0, size=shape), k, stride, fill


@check(occlusion_map)
def a_square_pixel_by_pixel(rng):
    """A square of 2 × 2 is moved pixel by pixel over a picture of one channel."""
    return _asked(rng, (1, 5, 5), 2, 1)


@check(occlusion_map)
def a_wide_picture(rng):
    """The picture is wider than high, and so is the map."""
    return _asked(rng, (1, 3, 6), 2, 1)


@check(occlusion_map)
def squares_side_by_side(rng):
    """The squares lie side by side and fill the picture."""
    return _asked(rng, (1, 6, 6), 2, 2)


@scenario(occlusion_map, compare=close(rtol=1e-5, atol=1e-4))
def parts_and_the_whole(occlusion_map, rng):
    """Of a score that is a sum over pixels, squares side by side take as much as covering everything."""
    w, img, fill = rng.uniform(0.2, 1.5, size=(2, 4, 6)), rng.uniform(0.3, 1.0, size=(2, 4, 6)), 0.2
    drops = occlusion_map(lambda x: float(np.sum(w * np.asarray(x, dtype=float))), img, 2, 2, fill)
    return np.sum(drops) - np.sum(w * (img - fill))


@check(occlusion_map)
def squares_with_pixels_left_over(rng):
    """The squares are 3 pixels apart, and at the ends there are pixels that none of them reaches."""
    return _asked(rng, (1, 7, 9), 2, 3)


@check(occlusion_map)
def all_channels_of_a_picture(rng):
    """A picture of three channels: the square covers all of them."""
    return _asked(rng, (3, 4, 5), 2, 1)


@check(occlusion_map)
def a_grey_square(rng):
    """The square is not black: its pixels get the value that is asked for."""
    return _asked(rng, (1, 4, 5), 2, 1, rng.uniform(0.4, 0.6))


@check(occlusion_map)
def the_whole_picture_covered(rng):
    """A square as large as the picture gives a map of a single number."""
    return _asked(rng, (2, 4, 4), 4, 1)


@check(occlusion_map)
def one_pixel_that_counts(rng):
    """Where the score depends on one pixel only, the map is zero wherever that pixel was not covered."""
    i, j = int(rng.integers(1, 3)), int(rng.integers(1, 4))

    def score(x):
        return 3.0 * float(x[0][i][j])

    return {
        "score_fn": score,
        "img": rng.uniform(0.3, 1.0, size=(1, 4, 5)),
        "k": 2,
        "stride": 1,
        "fill": 0.0,
    }


@check(occlusion_map, forbids=("mutation",))
def whole_numbers_left_alone(rng):
    """On a picture of whole numbers a square of 0.5 is 0.5, and the picture is the same after the call."""
    return _score(rng, (1, 3, 4)), rng.integers(1, 9, size=(1, 3, 4)), 2, 1, 0.5


@check(saliency)
def slopes_of_both_signs(rng):
    """Slopes up and down in three channels; the largest in size counts."""
    return (rng.normal(size=(3, 4, 5)),)


@check(saliency)
def a_picture_of_one_channel(rng):
    """A single channel: the size of its slopes."""
    return (_signed(rng, 1, 3, 4),)


@check(saliency)
def downhill_everywhere(rng):
    """Where every slope is negative, the steepest still counts."""
    return (-rng.uniform(0.5, 2.0, size=(3, 4, 3)),)


@check(saliency)
def uphill_everywhere(rng):
    """Where every slope is positive, the largest channel is the answer."""
    return (rng.uniform(0.5, 2.0, size=(3, 3, 5)),)


@check(saliency, draws=1, forbids=("warnings",))
def no_slope_anywhere(_rng):
    """Where no pixel matters, the map is zero, without a warning."""
    return (np.zeros((3, 2, 4)),)


@scenario(saliency, compare=close(atol=1e-5))
def the_other_way_round(saliency, rng):
    """With all slopes turned round the map stays, and with slopes twice as steep it doubles."""
    g = rng.normal(size=(3, 3, 4))
    here = np.asarray(saliency(g), dtype=float)
    return np.subtract(saliency(-g), here), np.subtract(saliency(2 * g), 2 * here)


@check(saliency, forbids=("mutation",))
def slopes_left_alone(rng):
    """The slopes you are given are the same after the call."""
    return (rng.normal(size=(2, 3, 4)),)


# ---- fooling it in small steps --------------------------------------------------------------------


@check(fgsm)
def away_from_the_bounds(rng):
    """Pixels in the middle of the range move by eps, up or down; no bounds are given."""
    return rng.uniform(0.3, 0.7, size=(3, 4, 5)), _signed(rng, 3, 4, 5), rng.uniform(0.05, 0.2)


@check(fgsm)
def slopes_large_and_small(rng):
    """Slopes from a thousandth to a thousand move their pixels equally far."""
    g = rng.choice([-1.0, 1.0], size=12) * 10.0 ** rng.permutation(np.linspace(-3.0, 3.0, 12))
    return rng.uniform(0.3, 0.7, size=12), g, 0.1


@check(fgsm)
def at_both_bounds(rng):
    """Pixels near black and near white do not leave the range from 0 to 1."""
    x = np.repeat([0.02, 0.04, 0.96, 0.98], 4) + rng.uniform(-0.01, 0.01, size=16)
    return x, np.resize([1.0, -1.0], 16), 0.1


@check(fgsm)
def bounds_of_ones_own(rng):
    """Another range than 0 to 1 is kept to."""
    x = np.concatenate(
        [rng.uniform(-2.0, -1.9, size=4), rng.uniform(2.9, 3.0, size=4), rng.uniform(0.0, 2.0, 4)]
    )
    return {"x": x, "grad": np.resize([1.0, -1.0], 12), "eps": 0.3, "lo": -2.0, "hi": 3.0}


@check(fgsm)
def some_slopes_of_zero(rng):
    """A pixel whose slope is zero stays where it is."""
    return rng.uniform(0.3, 0.7, size=(1, 3, 4)), np.resize([0.0, 0.7, -1.2], (1, 3, 4)), 0.1


@check(fgsm, forbids=("warnings",))
def no_slope_at_any_pixel(rng):
    """With no slope anywhere the picture comes back as it was, without a warning."""
    return rng.uniform(0.3, 0.7, size=(2, 3)), np.zeros((2, 3)), 0.1


@scenario(fgsm, compare=close(atol=1e-5))
def gain_of_a_linear_loss(fgsm, rng):
    """A linear loss rises by eps times the sum of the sizes of its slopes, the most that eps allows."""
    x, g, eps = rng.uniform(0.3, 0.7, size=(2, 3, 4)), _signed(rng, 2, 3, 4), rng.uniform(0.1, 0.2)
    moved = np.subtract(fgsm(x, g, eps), x)
    return np.sum(g * moved) / np.sum(np.abs(g)), np.max(np.abs(moved))


@check(fgsm, forbids=("mutation",))
def whole_pixels_left_alone(rng):
    """Pixels from 0 to 255 are not rounded to whole numbers, and the picture is the same after the call."""
    x, g = rng.integers(50, 200, size=(2, 4)), np.resize([1.0, -1.0, -2.0], (2, 4))
    return {"x": x, "grad": g, "eps": 2.5, "lo": 0, "hi": 255}


@check(gradient_ascent_step)
def uphill_without_penalty(rng):
    """Without penalty and bounds it is a plain step uphill."""
    return rng.normal(size=(2, 3, 4)), _signed(rng, 2, 3, 4), rng.uniform(0.1, 0.3), 0.0, None


@check(gradient_ascent_step)
def uphill_with_penalty(rng):
    """With the penalty every pixel is pulled towards 0 as well."""
    return (
        rng.normal(size=(2, 3, 4)),
        _signed(rng, 2, 3, 4),
        rng.uniform(0.1, 0.3),
        rng.uniform(0.3, 0.6),
        None,
    )


@check(gradient_ascent_step)
def nothing_but_the_penalty(rng):
    """Where f is flat, only the penalty moves the picture."""
    return _signed(rng, 8), np.zeros(8), rng.uniform(0.1, 0.3), rng.uniform(0.3, 0.6), None


@check(gradient_ascent_step)
def against_the_bounds(rng):
    """Pixels that the step would carry out of 0 to 1 stop at the bound."""
    x = np.resize([0.05, 0.95, 0.5], 12) + rng.uniform(-0.04, 0.04, size=12)
    return x, np.resize([1.0, 2.0, -1.0, -2.0, 0.5], 12), 0.2, 0.0, (0.0, 1.0)


@check(gradient_ascent_step)
def against_other_bounds(rng):
    """The bounds are those that are given, also where they are not 0 and 1."""
    x = np.resize([-1.95, 2.9, 1.5, -0.5], 12) + rng.uniform(-0.04, 0.04, size=12)
    return {
        "img": x,
        "grad": np.resize([1.0, 2.0, -1.0, -2.0, 0.5], 12),
        "lr": 0.2,
        "l2": 0.0,
        "clip": (-2.0, 3.0),
    }


@check(gradient_ascent_step, forbids=("warnings",))
def from_a_black_picture(rng):
    """A picture of zeros is a fine start, and no warning is due."""
    return np.zeros((1, 3, 4)), _signed(rng, 1, 3, 4), rng.uniform(0.1, 0.3), 0.5, None


@scenario(gradient_ascent_step, compare=close(rtol=1e-5, atol=1e-5))
def twelve_steps_up_a_hill(gradient_ascent_step, rng):
    """Twelve steps up a round hill, with a penalty and bounds, end where ours end."""
    top, picture = np.array([-1.0, -0.3, 0.3, 1.0]) * rng.uniform(1.8, 2.2, size=4), np.zeros(4)
    for _ in range(12):
        picture = gradient_ascent_step(picture, 2 * (top - np.asarray(picture)), 0.1, 0.4, (-0.8, 0.9))
    return picture


@scenario(gradient_ascent_step, compare=close(atol=1e-5))
def in_balance(gradient_ascent_step, rng):
    """Where slope and penalty cancel, the picture stays as it is; where they do not, it moves."""
    l2, g = rng.uniform(0.3, 0.6), _signed(rng, 6)
    still, moved = (np.subtract(gradient_ascent_step(x, g, 0.2, l2, None), x) for x in (g / (2 * l2), g / l2))
    return still, np.abs(moved) > 1e-9


@check(gradient_ascent_step, forbids=("mutation",))
def whole_picture_left_alone(rng):
    """A picture of whole numbers is not rounded to them, and is the same after the call."""
    return rng.integers(1, 9, size=6), np.resize([1.0, -2.0, 3.0], 6), 0.25, 0.0, None


# ---- content and style ----------------------------------------------------------------------------


@check(gram_matrix)
def three_busy_channels(rng):
    """Three channels with their means and their coincidences."""
    return (rng.normal(size=(3, 4, 5)) + rng.uniform(0.5, 1.5),)


@check(gram_matrix)
def a_single_channel(rng):
    """A single channel gives a matrix of one number, the mean of its squares."""
    return (rng.normal(size=(1, 3, 4)),)


@check(gram_matrix)
def channels_without_pattern(rng):
    """Channels that are the same everywhere are active together, too."""
    return (np.ones((3, 2, 4)) * rng.uniform(0.5, 2.0, size=(3, 1, 1)),)


@check(gram_matrix, forbids=("warnings",))
def a_silent_channel(rng):
    """A channel of zeros gives a row of zeros, without a warning."""
    return (rng.normal(size=(3, 3, 4)) * np.array([1.0, 0.0, 1.0]).reshape(3, 1, 1),)


@scenario(gram_matrix, compare=close(atol=1e-5))
def pixels_shuffled(gram_matrix, rng):
    """Which pixel lies where does not matter: shuffled pixels have the same Gram matrix."""
    F = rng.normal(size=(3, 4, 5)) + 0.5
    shuffled = F.reshape(3, 20)[:, rng.permutation(20)].reshape(3, 4, 5)
    return np.subtract(gram_matrix(shuffled), gram_matrix(F))


@scenario(gram_matrix, compare=close(atol=1e-5))
def a_picture_tiled(gram_matrix, rng):
    """A picture repeated four times as tiles has the Gram matrix of one tile."""
    F = rng.normal(size=(2, 3, 4)) + 0.5
    return np.subtract(gram_matrix(np.tile(F, (1, 2, 2))), gram_matrix(F))


@check(gram_matrix)
def bytes_in_an_array(rng):
    """Bytes (uint8) are taken as well as floats, and large products do not run over."""
    return (rng.integers(100, 256, size=(2, 3, 4)).astype(np.uint8),)


@check(style_loss)
def two_pictures(rng):
    """Two pictures of the same size and of different style."""
    return rng.normal(size=(3, 4, 5)) + 0.5, 1.5 * rng.normal(size=(3, 4, 5)) - 0.3


@check(style_loss)
def many_channels(rng):
    """A layer of eight channels."""
    return rng.normal(size=(8, 3, 4)), rng.normal(size=(8, 3, 4)) + 1.0


@check(style_loss)
def pictures_of_two_sizes(rng):
    """The two pictures need not be of the same size."""
    return rng.normal(size=(3, 4, 5)), rng.normal(size=(3, 2, 3)) + 0.5


@check(style_loss)
def the_same_picture_twice(rng):
    """A picture is at no distance from itself."""
    F = rng.normal(size=(3, 4, 5))
    return F, F.copy()


@check(style_loss)
def a_picture_and_its_mirror_image(rng):
    """A mirrored picture has the same style."""
    F = rng.normal(size=(3, 4, 5))
    return F, F[:, :, ::-1].copy()


@scenario(style_loss, compare=close(rtol=1e-5))
def twice_as_bright(style_loss, rng):
    """When all activations double, the loss is sixteen times as large."""
    F, G = rng.normal(size=(2, 3, 3, 4)) + np.array([0.0, 0.7]).reshape(2, 1, 1, 1)
    return style_loss(2 * F, 2 * G) / style_loss(F, G)


@check(style_loss)
def layers_in_lists(rng):
    """Lists of whole numbers are taken as well as arrays."""
    return rng.integers(1, 9, size=(2, 2, 3)).tolist(), rng.integers(1, 9, size=(2, 2, 3)).tolist()


@check(content_loss)
def two_layers(rng):
    """The activations of one layer for two pictures."""
    return rng.normal(size=(3, 4, 5)), rng.normal(size=(3, 4, 5))


@check(content_loss)
def two_flat_vectors(rng):
    """The activations of a layer without rows and columns."""
    return rng.normal(size=7), rng.normal(size=7)


@check(content_loss)
def the_same_layer_twice(rng):
    """No distance from itself."""
    F = rng.normal(size=(2, 3, 4))
    return F, F.copy()


@check(content_loss)
def a_layer_and_its_mirror_image(rng):
    """A mirrored picture has another content."""
    F = rng.normal(size=(2, 3, 4))
    return F, F[:, :, ::-1].copy()


@scenario(content_loss, compare=close(atol=1e-4))
def slope_is_the_difference(content_loss, rng):
    """Pushing the activations changes the loss by the difference of the two layers times the push."""
    F, P, push = rng.normal(size=(3, 2, 3, 4))
    change = content_loss(F + push / 2, P) - content_loss(F - push / 2, P)  # exact, since the loss is a bowl
    return change - np.sum((F - P) * push)


@check(content_loss)
def layers_of_bytes(rng):
    """Bytes (uint8) are taken as well as floats, and a negative difference does not run over."""
    F, P = rng.integers(0, 256, size=(2, 2, 3, 4)).astype(np.uint8)
    return F, P


# ---- typical pictures -----------------------------------------------------------------------------


@check(nearest_neighbours)
def points_on_a_plane(rng):
    """The three nearest of nine points on a plane, the nearest first."""
    q = rng.uniform(0.5, 1.5, size=2)
    near = np.array([[1.5, 0.0], [1.2, 1.2], [0.0, 1.9]])  # each other measure has another order
    angle = rng.uniform(0.0, 2 * np.pi, size=5)
    far = 3.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    away = np.concatenate([rng.choice([-1.0, 1.0], size=2) * near, far, [5.0 * q / np.linalg.norm(q)]])
    return q + rng.uniform(0.5, 2.0) * rng.permutation(away), q, 3


@check(nearest_neighbours)
def features_of_many_numbers(rng):
    """The five nearest of twelve pictures with twenty features."""
    return rng.normal(size=(12, 20)) * rng.uniform(0.5, 2.0, size=(12, 1)), rng.normal(size=20), 5


@check(nearest_neighbours)
def all_of_them(rng):
    """With k = N all come back, in order."""
    return rng.normal(size=(7, 4)) + 1.0, rng.normal(size=4), 7


@check(nearest_neighbours)
def the_nearest_alone(rng):
    """With k = 1 an array of one number comes back."""
    q, F = rng.uniform(1.0, 2.0, size=3), -rng.uniform(1.0, 3.0, size=(8, 3))
    F[int(rng.integers(2, 8))] = q + rng.uniform(0.01, 0.1, size=3)  # the nearest by any measure
    return F, q, 1


@check(nearest_neighbours)
def one_of_the_pictures(rng):
    """A picture that is among the N is its own nearest neighbour."""
    q, along = rng.uniform(0.5, 2.0, size=(2, 5))
    F = q + np.outer(rng.permutation([0.0, 1.0, 3.0, 4.0, 5.0, 6.0]), along)  # in a row, q at its end
    return F, q, 3


@check(nearest_neighbours)
def equally_near(rng):
    """Of points that are equally near, the one that stands first comes first."""
    corners = np.array([[1, 2], [-1, 2], [2, -1], [-2, -1], [3, 0], [0, 0], [0, 3], [2, 1]], dtype=float)
    a = rng.integers(-3, 4, size=2)
    return rng.permutation(corners) + a, a.astype(float), 8


@check(nearest_neighbours)
def far_from_the_origin(rng):
    """Features around a thousand million, a few apart, are told apart."""
    away = rng.permutation(np.arange(1.0, 9.0))
    return 1e9 + np.outer(away, np.ones(3)), np.full(3, 1e9), 8


@scenario(nearest_neighbours)
def turned_and_moved(nearest_neighbours, rng):
    """Turned and moved all together, the pictures keep their neighbours."""
    F, q, move = rng.normal(size=(9, 4)), rng.normal(size=4), rng.uniform(3.0, 5.0, size=4)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    return np.subtract(nearest_neighbours(F @ turn + move, q @ turn + move, 5), nearest_neighbours(F, q, 5))


@check(nearest_neighbours)
def features_of_bytes(rng):
    """Bytes (uint8) are taken as well as floats, and a negative difference does not run over."""
    F, q = rng.integers(0, 256, size=(9, 4)), rng.integers(100, 156, size=4)
    return F.astype(np.uint8), q.astype(np.uint8), 4


@check(top_activating)
def strongest_anywhere(rng):
    """The pictures with the strongest single activations in a channel, the strongest first."""
    return rng.exponential(size=(8, 3, 4, 5)), int(rng.integers(1, 3)), 4


@check(top_activating)
def a_spark_and_a_glow(rng):
    """A single bright spot counts more than a faint glow all over."""
    acts = np.full((3, 2, 3, 4), 0.5) + 0.1 * rng.uniform(size=(3, 1, 1, 1))
    acts[2] = 0.0
    acts[2, :, 1, 2] = rng.uniform(1.0, 2.0)
    return acts, 0, 2


@check(top_activating)
def before_the_activation_function(rng):
    """Activations may be negative, and then the one nearest to zero is the strongest."""
    return -rng.uniform(0.5, 2.0, size=(6, 2, 3, 3)), 1, 3


@scenario(top_activating)
def on_another_scale(top_activating, rng):
    """An increasing function of all activations leaves the order of the pictures as it is."""
    acts = 2 * rng.normal(size=(7, 2, 3, 3))
    return np.subtract(top_activating(np.exp(acts), 1, 4), top_activating(acts, 1, 4))


@check(top_activating)
def equally_strong(rng):
    """Of pictures that are equally strong, the one that stands first comes first."""
    acts = rng.uniform(0.0, 0.5, size=(6, 2, 2, 3))
    acts[:, :, 1, 1] = np.array([1.0, 2.0, 1.0, 2.0, 1.0, 2.0]).reshape(6, 1)
    return {"acts": acts, "channel": int(rng.integers(0, 2)), "k": 5}


def _layer(rng, dead, *, below=0.0):
    """Activations of four pictures in six channels, of which these are dead."""
    acts = np.maximum(rng.normal(size=(4, 6, 3, 3)), 0.0)
    acts[:, :, 0, 0] += 0.1  # no picture leaves a living channel silent by chance
    acts[:, dead] = below
    return acts


@check(dead_units)
def dead_and_alive(rng):
    """Two of six channels stir for no picture."""
    return (_layer(rng, rng.permutation(6)[:2]),)


@check(dead_units)
def alive_for_one_picture(rng):
    """A channel that stirs in one place of one picture is alive."""
    acts = _layer(rng, [0, 1, 2])
    acts[int(rng.integers(0, 4)), 1, 2, 0] = 0.3
    return (acts,)


@check(dead_units)
def all_alive(rng):
    """Where all channels are alive, an empty array comes back."""
    return (_layer(rng, []) + 0.01,)


@check(dead_units)
def below_zero(rng):
    """A channel that is negative everywhere is dead, one that is negative on the average may be alive."""
    acts = _layer(rng, [2], below=-0.4)
    acts[:, 4] = -1.0
    acts[1, 4, 0, 0] = 0.5
    return (acts,)


# ---- stickers -------------------------------------------------------------------------------------


@check(apply_stickers)
def one_sticker(rng):
    """One sticker of 3 columns and 2 rows on a picture of three channels."""
    return rng.uniform(size=(3, 5, 7)), [(int(rng.integers(2, 4)), 1, 3, 2, 5.0)]


@check(apply_stickers)
def two_that_overlap(rng):
    """Where two stickers overlap, the later one is on top."""
    return rng.uniform(size=(1, 6, 6)), [(1, 1, 3, 3, 4.0), (2, 2, 3, 3, 7.0)]


@check(apply_stickers)
def over_the_far_edges(rng):
    """What sticks out on the right and below is cut off."""
    return rng.uniform(size=(1, 4, 4)), [(2, 2, 5, 5, 3.0)]


@check(apply_stickers)
def over_the_near_edges(rng):
    """What sticks out on the left and above is cut off, and appears nowhere else."""
    return rng.uniform(size=(1, 6, 6)), [(-1, 1, 3, 3, 3.0), (3, -2, 3, 3, 4.0)]


@check(apply_stickers)
def beside_the_picture(rng):
    """A sticker that lies wholly beside the picture changes nothing."""
    return rng.uniform(size=(1, 5, 5)), [(-4, 1, 2, 2, 3.0), (1, -4, 2, 2, 5.0), (9, 0, 2, 2, 4.0)]


@check(apply_stickers)
def darker_than_black(rng):
    """A sticker may have a negative value."""
    return rng.uniform(size=(1, 5, 5)), [(1, 1, 2, 2, -rng.uniform(1.0, 2.0))]


@check(apply_stickers)
def no_stickers(rng):
    """Without stickers the picture comes back as it was."""
    return rng.uniform(size=(2, 3, 4)), []


@scenario(apply_stickers)
def stuck_on_twice(apply_stickers, rng):
    """The same stickers a second time change nothing; the first time they do."""
    stickers = [(1, 0, 3, 2, 4.0), (-1, 1, 4, 9, 7.0)]
    once = apply_stickers(rng.uniform(size=(2, 4, 5)), stickers)
    return np.subtract(apply_stickers(once, stickers), once), np.max(once) > 1


@check(apply_stickers, forbids=("mutation",))
def original_left_alone(rng):
    """The picture you are given is the same after the call."""
    return rng.uniform(size=(1, 5, 5)), [(1, 1, 2, 2, 3.0)]
