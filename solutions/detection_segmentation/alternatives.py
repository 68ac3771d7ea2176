"""Right answers by another road: each must get full marks."""

import numpy as np

from autograder import alternative

from .reference import (
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


@alternative(bbox_encode)
def encode_column_by_column(P, G):
    """Columns of numbers, and a difference of logarithms."""
    p1, q1, p2, q2 = np.asarray(P, dtype=float).T
    g1, h1, g2, h2 = np.asarray(G, dtype=float).T
    w, h = p2 - p1, q2 - q1
    shift = [(g1 + (g2 - g1) / 2 - p1) / w - 0.5, (h1 + (h2 - h1) / 2 - q1) / h - 0.5]
    return np.stack([*shift, np.log(g2 - g1) - np.log(w), np.log(h2 - h1) - np.log(h)], axis=1)


@alternative(bbox_decode)
def decode_box_by_box(P, t):
    """One box after the other."""
    boxes = []
    for (x1, y1, x2, y2), (tx, ty, tw, th) in zip(P, t, strict=True):
        w, h = (x2 - x1) * np.exp(tw), (y2 - y1) * np.exp(th)
        x, y = x1 + (x2 - x1) * (0.5 + tx), y1 + (y2 - y1) * (0.5 + ty)
        boxes.append([x - w / 2, y - h / 2, x + w / 2, y + h / 2])
    return boxes


@alternative(assign_anchors)
def anchors_one_by_one(iou, pos=0.7, neg=0.3):
    """Plain Python, anchor by anchor."""
    iou = [[float(v) for v in row] for row in iou]
    best = set()
    for column in zip(*iou, strict=True):
        if max(column) > 0:
            best.add(column.index(max(column)))
    return [1 if i in best or max(r) >= pos else 0 if max(r) < neg else -1 for i, r in enumerate(iou)]


@alternative(roi_pool)
def pool_by_fractions(feat, roi, out):
    """Corners by int, edges of the bins by np.floor and np.ceil."""
    feat = np.asarray(feat, dtype=float)
    x1, y1, x2, y2 = (int(v + 0.5) for v in roi)
    h, w = y2 - y1 + 1, x2 - x1 + 1
    rows = [(y1 + int(np.floor(i * h / out)), y1 + int(np.ceil((i + 1) * h / out))) for i in range(out)]
    columns = [(x1 + int(np.floor(i * w / out)), x1 + int(np.ceil((i + 1) * w / out))) for i in range(out)]
    return [[[f[a:b, c:d].max() for c, d in columns] for a, b in rows] for f in feat]


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


@alternative(confusion_matrix)
def confusion_pixel_by_pixel(pred, gt, C):
    """np.add.at counts every pixel, also in the same place."""
    M = np.zeros((C, C), dtype=int)
    np.add.at(M, (np.asarray(gt).ravel(), np.asarray(pred).ravel()), 1)
    return M


@alternative(mean_iou)
def iou_class_by_class(pred, gt, C):
    """Masks for each class that occurs."""
    pred, gt = np.asarray(pred), np.asarray(gt)
    found = [c for c in range(C) if np.any(pred == c) or np.any(gt == c)]
    return sum(np.sum((pred == c) & (gt == c)) / np.sum((pred == c) | (gt == c)) for c in found) / len(found)


# ---- anchors, and scores of every pixel -----------------------------------------------------------


@alternative(make_anchors)
def anchors_in_two_loops(base, scales, ratios):
    """Width from the area and the ratio; lists come back."""
    boxes = []
    for r in ratios:
        for s in scales:
            w = ((base * s) ** 2 / r) ** 0.5
            boxes.append([-w / 2, -w * r / 2, w / 2, w * r / 2])
    return boxes


@alternative(pixel_cross_entropy)
def loss_pixel_by_pixel(logits, y, ignore=255):
    """A loop over the pixels, with logaddexp."""
    z, y = np.asarray(logits, dtype=float), np.asarray(y)
    places = [p for p in np.ndindex(y.shape) if y[p] != ignore]
    loss = [np.logaddexp.reduce(z[n, :, i, j]) - z[n, y[n, i, j], i, j] for n, i, j in places]
    return sum(loss) / len(loss)


@alternative(fcn_skip)
def skip_by_kron(coarse, fine):
    """The Kronecker product with a square of ones."""
    return np.kron(np.asarray(coarse, dtype=float), np.ones((1, 2, 2))) + fine
