"""Right answers by another road: each must get full marks."""

import numpy as np

from autograder import alternative

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

# ---- where the network looks ----------------------------------------------------------------------


@alternative(occlusion_map)
def occlusion_with_a_mask(score_fn, img, k, stride, fill):
    """A mask chooses between picture and fill; rows and columns are stepped through by range."""
    img = np.array(img, dtype=float)
    _, H, W = img.shape
    row, column = np.arange(H)[:, None], np.arange(W)
    base, out = score_fn(img), []
    for i in range(0, H - k + 1, stride):
        out.append([])
        for j in range(0, W - k + 1, stride):
            inside = (row >= i) & (row < i + k) & (column >= j) & (column < j + k)
            out[-1].append(base - score_fn(np.where(inside, fill, img)))
    return out


@alternative(occlusion_map)
def occlusion_with_repair(score_fn, img, k, stride, fill):
    """One copy in all; each square is covered and then put back."""
    work = np.array(img, dtype=float)
    rows, columns = ((n - k) // stride + 1 for n in work.shape[1:])
    out = np.full((rows, columns), score_fn(work))
    for i in range(rows):
        for j in range(columns):
            at = (slice(None), slice(i * stride, i * stride + k), slice(j * stride, j * stride + k))
            kept = work[at].copy()
            work[at] = fill
            out[i, j] -= score_fn(work)
            work[at] = kept
    return out


@alternative(saliency)
def saliency_by_two_extremes(grad):
    """The larger of the greatest and minus the smallest, in single precision."""
    g = np.asarray(grad, dtype=np.float32)
    return np.maximum(g.max(axis=0), -g.min(axis=0))


@alternative(saliency)
def saliency_by_squares(grad):
    """The root of the greatest square, as lists."""
    return np.sqrt(np.max(np.square(np.asarray(grad, dtype=float)), axis=0)).tolist()


# ---- fooling it in small steps --------------------------------------------------------------------


@alternative(fgsm)
def fgsm_by_comparisons(x, grad, eps, lo=0, hi=1):
    """The sign from two comparisons, the bounds one after the other, in single precision."""
    x, g = np.asarray(x, dtype=np.float32), np.asarray(grad)
    up = (g > 0).astype(np.float32) - (g < 0).astype(np.float32)
    return np.minimum(np.maximum(x + np.float32(eps) * up, np.float32(lo)), np.float32(hi))


@alternative(fgsm)
def fgsm_pixel_by_pixel(x, grad, eps, lo=0, hi=1):
    """Each pixel on its own, chosen by where."""
    x, g = np.asarray(x, dtype=float), np.asarray(grad, dtype=float)
    return np.where(g > 0, np.minimum(x + eps, hi), np.where(g < 0, np.maximum(x - eps, lo), x))


@alternative(gradient_ascent_step)
def ascent_by_decay(img, grad, lr, l2, clip):
    """The picture shrunk by 1 - 2 lr l2, then the slope added."""
    I = (1 - 2 * lr * l2) * np.asarray(img, dtype=float) + lr * np.asarray(grad, dtype=float)
    if clip is not None:
        lo, hi = clip
        I = np.minimum(np.maximum(I, lo), hi)
    return I


@alternative(gradient_ascent_step)
def ascent_as_descent(img, grad, lr, l2, clip):
    """Downhill on minus the goal, in single precision."""
    I = np.asarray(img, dtype=np.float32)
    slope = 2 * np.float32(l2) * I - np.asarray(grad, dtype=np.float32)
    I = I - np.float32(lr) * slope
    return I if clip is None else I.clip(*np.asarray(clip, dtype=np.float32))


# ---- content and style ----------------------------------------------------------------------------


@alternative(gram_matrix)
def gram_by_einsum(F):
    """The double sum as it is written, in single precision."""
    F = np.asarray(F, dtype=np.float32)
    return np.einsum("aij,bij->ab", F, F) / F.size


@alternative(gram_matrix)
def gram_entry_by_entry(F):
    """Two loops over the channels; lists come back."""
    F = np.asarray(F, dtype=float)
    return [[float(np.mean(a * b)) / len(F) for b in F] for a in F]


@alternative(style_loss)
def style_by_tensordot(F, G):
    """The Gram matrices by tensordot, the squares as the square of a norm."""
    F, G = np.asarray(F, dtype=float), np.asarray(G, dtype=float)
    difference = np.tensordot(F, F, axes=((1, 2), (1, 2))) / F.size
    difference = difference - np.tensordot(G, G, axes=((1, 2), (1, 2))) / G.size
    return np.linalg.norm(difference) ** 2


@alternative(style_loss)
def style_number_by_number(F, G):
    """Sums of plain numbers over all pairs of channels."""
    F, G = np.asarray(F, dtype=float), np.asarray(G, dtype=float)
    C = len(F)
    pairs = [(a, b) for a in range(C) for b in range(C)]
    return sum((np.mean(F[a] * F[b]) / C - np.mean(G[a] * G[b]) / C) ** 2 for a, b in pairs)


@alternative(content_loss)
def content_by_a_dot_product(F, P):
    """The difference laid out flat, times itself."""
    d = np.subtract(F, P, dtype=float).ravel()
    return 0.5 * d @ d


@alternative(content_loss)
def content_by_the_norm(F, P):
    """Half the square of the length."""
    return np.linalg.norm(np.asarray(F, dtype=float) - np.asarray(P, dtype=float)) ** 2 / 2


# ---- typical pictures -----------------------------------------------------------------------------


@alternative(nearest_neighbours)
def neighbours_by_sorted(F, q, k):
    """Plain Python: pairs of distance and number, sorted; a list comes back."""
    F, q = np.asarray(F, dtype=float), np.asarray(q, dtype=float)
    return [i for _, i in sorted((float(np.sum((f - q) ** 2)), i) for i, f in enumerate(F))[:k]]


@alternative(nearest_neighbours)
def neighbours_by_lexsort(F, q, k):
    """The numbers as second key of the order, the length of each row as first."""
    far = np.linalg.norm(np.asarray(F, dtype=float) - np.asarray(q, dtype=float), axis=1)
    return np.lexsort((np.arange(len(far)), far))[:k]


@alternative(top_activating)
def top_by_sorted(acts, channel, k):
    """Plain Python, with minus the peak as the key."""
    peaks = [float(np.max(picture[channel])) for picture in np.asarray(acts)]
    return sorted(range(len(peaks)), key=lambda n: -peaks[n])[:k]


@alternative(top_activating)
def top_one_after_the_other(acts, channel, k):
    """The strongest picture is taken out k times."""
    peaks = np.asarray(acts, dtype=float)[:, channel].reshape(len(acts), -1).max(axis=1)
    found = []
    for _ in range(k):
        found.append(int(np.argmax(peaks)))
        peaks[found[-1]] = -np.inf
    return np.array(found)


@alternative(dead_units)
def dead_by_any(acts):
    """A channel is dead unless any of its activations is above zero; a list comes back."""
    acts = np.asarray(acts)
    return [c for c in range(acts.shape[1]) if not np.any(acts[:, c] > 0)]


@alternative(dead_units)
def dead_by_counting(acts):
    """Activations above zero counted channel by channel."""
    return np.where(np.count_nonzero(np.asarray(acts) > 0, axis=(0, 2, 3)) == 0)[0]


# ---- stickers -------------------------------------------------------------------------------------


@alternative(apply_stickers)
def stickers_pixel_by_pixel(img, stickers):
    """Each pixel of each sticker is looked at; those beside the picture are skipped."""
    out = np.asarray(img, dtype=float).copy()
    _, H, W = out.shape
    for x, y, w, h, value in stickers:
        for i in range(y, y + h):
            for j in range(x, x + w):
                if 0 <= i < H and 0 <= j < W:
                    out[:, i, j] = value
    return out


@alternative(apply_stickers)
def stickers_by_a_mask(img, stickers):
    """A mask for each sticker, in single precision."""
    out = np.asarray(img, dtype=np.float32)
    row, column = np.indices(out.shape[1:])
    for x, y, w, h, value in stickers:
        under = (row >= y) & (row < y + h) & (column >= x) & (column < x + w)
        out = np.where(under, np.float32(value), out)
    return out
