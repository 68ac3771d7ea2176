"""Right answers by another road: each must get full marks."""

import math

import numpy as np

from autograder import alternative

from .reference import (
    anchors_on_grid,
    assign_anchors,
    bbox_decode,
    bbox_encode,
    box_iou,
    confusion_matrix,
    fcn_skip,
    make_anchors,
    mean_iou,
    nms,
    pixel_cross_entropy,
    roi_pool,
    ss_similarity,
    yolo_decode,
)


def _iou(a, b):
    """IoU of two boxes, in plain Python."""
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0


@alternative(box_iou)
def iou_pair_by_pair(A, B):
    """Two loops over plain numbers; lists come back."""
    return [[_iou([float(v) for v in a], [float(v) for v in b]) for b in B] for a in A]


@alternative(box_iou)
def iou_in_single_precision(A, B):
    """Corners split, sides cut off at 0 by clip, everything in float32."""
    A, B = (np.reshape(np.asarray(X, dtype=np.float32), (-1, 4)) for X in (A, B))
    (a, b, c, d), (p, q, r, s) = np.split(A, 4, axis=1), B.T
    w = np.clip(np.minimum(c, r) - np.maximum(a, p), 0, None)
    h = np.clip(np.minimum(d, s) - np.maximum(b, q), 0, None)
    union = (c - a) * (d - b) + (r - p) * (s - q) - w * h
    return w * h / np.where(union == 0, np.float32(1), union)


@alternative(box_iou)
def iou_with_a_tiny_number(A, B):
    """A tiny number below the line in place of a question, by broadcasting over the corners."""
    a, b = np.asarray(A, dtype=float)[:, None, :], np.asarray(B, dtype=float)[None, :, :]
    sides = np.maximum(0, np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]))
    common = sides[..., 0] * sides[..., 1]
    areas = [(c[..., 2] - c[..., 0]) * (c[..., 3] - c[..., 1]) for c in (a, b)]
    return common / (areas[0] + areas[1] - common + 1e-7)


@alternative(nms)
def nms_by_crossing_out(boxes, scores, thr):
    """The best box left is taken, and what overlaps it is crossed out."""
    boxes, left = [[float(v) for v in b] for b in boxes], list(range(len(boxes)))
    kept = []
    while left:
        best = max(left, key=lambda i: (scores[i], -i))
        kept.append(best)
        left = [i for i in left if i != best and not _iou(boxes[best], boxes[i]) > thr]
    return kept


@alternative(nms)
def nms_with_a_mask(boxes, scores, thr):
    """Boxes in order, a table of their overlaps, and a mask of those that are still wanted."""
    boxes, scores = np.asarray(boxes, dtype=float), np.asarray(scores, dtype=float)
    order = np.lexsort((np.arange(len(scores)), -scores))
    too_much = box_iou(boxes[order], boxes[order]) > thr
    wanted = np.ones(len(order), dtype=bool)
    for i in range(len(order)):
        if wanted[i]:
            wanted[i + 1 :] &= ~too_much[i, i + 1 :]
    return order[wanted]


@alternative(bbox_encode)
def encode_column_by_column(P, G):
    """Columns of numbers, and a difference of logarithms."""
    p1, q1, p2, q2 = np.asarray(P, dtype=float).T
    g1, h1, g2, h2 = np.asarray(G, dtype=float).T
    w, h = p2 - p1, q2 - q1
    shift = [(g1 + (g2 - g1) / 2 - p1) / w - 0.5, (h1 + (h2 - h1) / 2 - q1) / h - 0.5]
    return np.stack([*shift, np.log(g2 - g1) - np.log(w), np.log(h2 - h1) - np.log(h)], axis=1)


@alternative(bbox_encode)
def encode_box_by_box(P, G):
    """One pair after the other in plain numbers; lists come back."""
    numbers = []
    for (a, b, c, d), (e, f, g, h) in zip(P, G, strict=True):
        w, v = float(c) - float(a), float(d) - float(b)
        shift = [(float(e) + g - a - c) / (2 * w), (float(f) + h - b - d) / (2 * v)]
        numbers.append([*shift, math.log((float(g) - e) / w), math.log((float(h) - f) / v)])
    return numbers


@alternative(bbox_decode)
def decode_box_by_box(P, t):
    """One box after the other."""
    boxes = []
    for (x1, y1, x2, y2), (tx, ty, tw, th) in zip(P, t, strict=True):
        w, h = (x2 - x1) * np.exp(tw), (y2 - y1) * np.exp(th)
        x, y = x1 + (x2 - x1) * (0.5 + tx), y1 + (y2 - y1) * (0.5 + ty)
        boxes.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
    return boxes


@alternative(bbox_decode)
def decode_by_two_corners(P, t):
    """Both corners from the old ones, in single precision."""
    P, t = np.asarray(P, dtype=np.float32), np.asarray(t, dtype=np.float32)
    size = P[:, 2:] - P[:, :2]
    grown, shift = np.exp(t[:, 2:]), t[:, :2]
    first = P[:, :2] + size * (shift + (1 - grown) / 2)
    return np.hstack([first, first + size * grown])


@alternative(make_anchors)
def anchors_in_two_loops(base, scales, ratios):
    """Width from the area and the ratio; lists come back."""
    boxes = []
    for r in ratios:
        for s in scales:
            w = ((base * s) ** 2 / r) ** 0.5
            boxes.append([-w / 2, -w * r / 2, w / 2, w * r / 2])
    return boxes


@alternative(make_anchors)
def anchors_by_logarithms(base, scales, ratios):
    """Halves of the sides as exponentials of sums, in single precision."""
    s, r = np.log(np.asarray(scales, dtype=np.float32)), np.log(np.asarray(ratios, dtype=np.float32)) / 2
    half = np.log(np.float32(base) / 2)
    w, h = (np.exp(half + np.add.outer(sign * r, s)).reshape(-1) for sign in (-1, 1))
    return np.column_stack([-w, -h, w, h])


@alternative(anchors_on_grid)
def grid_in_three_loops(fh, fw, stride, anchors):
    """Rows, cells and anchors one after the other; lists come back."""
    boxes = []
    for i in range(fh):
        for j in range(fw):
            x, y = stride * (2 * j + 1) / 2, stride * (2 * i + 1) / 2
            boxes += [[x + float(a), y + float(b), x + float(c), y + float(d)] for a, b, c, d in anchors]
    return boxes


@alternative(anchors_on_grid)
def grid_by_repeating_and_tiling(fh, fw, stride, anchors):
    """Middles repeated for each anchor, anchors laid out for each middle, in single precision."""
    across, down = ((np.arange(n, dtype=np.float32) + np.float32(0.5)) * stride for n in (fw, fh))
    x, y = np.meshgrid(across, down)
    middles = np.repeat(np.stack([x.ravel(), y.ravel()] * 2, axis=1), len(anchors), axis=0)
    return np.tile(np.asarray(anchors, dtype=np.float32), (fh * fw, 1)) + middles


@alternative(assign_anchors)
def anchors_one_by_one(iou, pos=0.7, neg=0.3):
    """Plain Python, anchor by anchor."""
    iou = [[float(v) for v in row] for row in iou]
    best = set()
    for column in zip(*iou, strict=True):
        if max(column) > 0:
            best.add(column.index(max(column)))
    return [1 if i in best or max(r) >= pos else 0 if max(r) < neg else -1 for i, r in enumerate(iou)]


@alternative(assign_anchors)
def anchors_by_conditions(iou, pos=0.7, neg=0.3):
    """np.select, with the best of each object as a table of truth values."""
    iou = np.asarray(iou, dtype=float)
    at_top = (iou == iou.max(axis=0)) & (iou > 0)
    first = at_top & (np.cumsum(at_top, axis=0) == 1)
    largest = np.max(iou, axis=1)
    return np.select([first.any(axis=1) | (largest >= pos), largest < neg], [1, 0], default=-1)


@alternative(roi_pool)
def pool_by_fractions(feat, roi, out):
    """Corners by int, edges of the bins by np.floor and np.ceil."""
    feat = np.asarray(feat, dtype=float)
    x1, y1, x2, y2 = (int(v + 0.5) for v in roi)
    h, w = y2 - y1 + 1, x2 - x1 + 1
    rows = [(y1 + int(np.floor(i * h / out)), y1 + int(np.ceil((i + 1) * h / out))) for i in range(out)]
    columns = [(x1 + int(np.floor(i * w / out)), x1 + int(np.ceil((i + 1) * w / out))) for i in range(out)]
    return [[[f[a:b, c:d].max() for c, d in columns] for a, b in rows] for f in feat]


@alternative(roi_pool)
def pool_rows_then_columns(feat, roi, out):
    """First the rows of each bin, then its columns, in single precision."""
    x1, y1, x2, y2 = (math.floor(float(v) + 0.5) for v in roi)
    part = np.asarray(feat, dtype=np.float32)[:, y1 : y2 + 1, x1 : x2 + 1]

    def pooled(part, axis):
        n = part.shape[axis]
        bins = [range(i * n // out, ((i + 1) * n + out - 1) // out) for i in range(out)]
        return np.stack([part.take(list(b), axis).max(axis) for b in bins], axis)

    return pooled(pooled(part, 1), 2)


@alternative(ss_similarity)
def similarity_in_plain_python(r1, r2, image_size, a=(1, 1, 1, 1)):
    """Sums over plain numbers."""

    def common(name):
        h1, h2 = r1[name], r2[name]
        return sum(min(u / sum(h1), v / sum(h2)) for u, v in zip(h1, h2, strict=True))

    (p1, q1, p2, q2), (s1, t1, s2, t2) = r1["box"], r2["box"]
    bb = (max(p2, s2) - min(p1, s1)) * (max(q2, t2) - min(q1, t1))
    size = (image_size - r1["size"] - r2["size"]) / image_size
    fill = (image_size - bb + r1["size"] + r2["size"]) / image_size
    return a[0] * common("colour") + a[1] * common("texture") + a[2] * size + a[3] * fill


@alternative(ss_similarity)
def similarity_by_differences(r1, r2, image_size, a=(1, 1, 1, 1)):
    """What two histograms have in common is 1 less half of what they differ by."""
    parts = []
    for name in ("colour", "texture"):
        h1, h2 = (np.divide(r[name], np.sum(r[name])) for r in (r1, r2))
        parts.append(1 - np.abs(h1 - h2).sum() / 2)
    pixels = np.add(r1["size"], r2["size"])
    corners = np.array([r1["box"], r2["box"]], dtype=float).reshape(4, 2)
    gap = np.prod(np.ptp(corners, axis=0)) - pixels
    return np.dot(a, [*parts, 1 - pixels / image_size, 1 - gap / image_size])


@alternative(yolo_decode)
def yolo_cell_by_cell(grid, img):
    """A loop over rows and columns."""
    S, answer = len(grid), []
    for row in range(S):
        for column in range(S):
            x, y, w, h, sure, *classes = grid[row][column]
            side = img / S
            box = [(column + x) * side, (row + y) * side, w * img, h * img]
            answer.append(box + [sure * p for p in classes])
    return np.array(answer)


@alternative(yolo_decode)
def yolo_in_one_array(grid, img):
    """A copy in which every column is scaled, in single precision."""
    S = len(grid)
    out = np.array(grid, dtype=np.float32).reshape(S * S, -1)
    out[:, 0] += np.tile(np.arange(S), S)
    out[:, 1] += np.repeat(np.arange(S), S)
    out[:, :4] *= np.array([img / S, img / S, img, img], dtype=np.float32)
    out[:, 5:] *= out[:, 4:5]
    return np.delete(out, 4, axis=1)


@alternative(confusion_matrix)
def confusion_pixel_by_pixel(pred, gt, C):
    """np.add.at counts every pixel, also in the same place."""
    M = np.zeros((C, C), dtype=int)
    np.add.at(M, (np.asarray(gt).ravel(), np.asarray(pred).ravel()), 1)
    return M


@alternative(confusion_matrix)
def confusion_by_ones_and_zeros(pred, gt, C):
    """Maps as tables of ones and zeros, and their product."""
    said, true = (np.eye(C)[np.asarray(m, dtype=int).ravel()] for m in (pred, gt))
    return np.einsum("na,nb->ab", true, said).astype(int)


@alternative(mean_iou)
def iou_class_by_class(pred, gt, C):
    """Masks for each class that occurs."""
    pred, gt = np.asarray(pred), np.asarray(gt)
    found = [c for c in range(C) if np.any(pred == c) or np.any(gt == c)]
    return sum(np.sum((pred == c) & (gt == c)) / np.sum((pred == c) | (gt == c)) for c in found) / len(found)


@alternative(mean_iou)
def iou_from_the_misses(pred, gt, C):
    """Hits, and misses of both kinds, of each class; classes without any are left out by nanmean."""
    classes = np.arange(C)[:, None]
    said, true = np.ravel(pred) == classes, np.ravel(gt) == classes
    hits, all_of_it = (said & true).sum(axis=1), (said | true).sum(axis=1)
    shares = np.full(C, np.nan)
    np.divide(hits, all_of_it, out=shares, where=all_of_it > 0)
    return np.nanmean(shares)


# ---- scores of every pixel ------------------------------------------------------------------------


@alternative(pixel_cross_entropy)
def loss_pixel_by_pixel(logits, y, ignore=255):
    """A loop over the pixels, with logaddexp."""
    z, y = np.asarray(logits, dtype=float), np.asarray(y)
    places = [p for p in np.ndindex(y.shape) if y[p] != ignore]
    loss = [np.logaddexp.reduce(z[n, :, i, j]) - z[n, y[n, i, j], i, j] for n, i, j in places]
    return sum(loss) / len(loss)


@alternative(pixel_cross_entropy)
def loss_with_weights(logits, y, ignore=255):
    """Weights of 1 and 0 for the pixels; their class is taken along the axis."""
    z, y = np.asarray(logits, dtype=float), np.asarray(y)
    weight = (y != ignore).astype(float)
    z = z - z.max(axis=1, keepdims=True)
    logp = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    chosen = np.take_along_axis(logp, np.where(y == ignore, 0, y)[:, None], axis=1)[:, 0]
    return -np.vdot(weight, chosen) / weight.sum()


@alternative(fcn_skip)
def skip_by_kron(coarse, fine):
    """The Kronecker product with a square of ones."""
    return np.kron(np.asarray(coarse, dtype=float), np.ones((1, 2, 2))) + fine


@alternative(fcn_skip)
def skip_by_four_places(coarse, fine):
    """A copy of the fine map, to which the coarse one is added in four shifted grids, in single precision."""
    out = np.array(fine, dtype=np.float32)
    for i, j in np.ndindex(2, 2):
        out[:, i::2, j::2] += np.asarray(coarse, dtype=np.float32)
    return out
