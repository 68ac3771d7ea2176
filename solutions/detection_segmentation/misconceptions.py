"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

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

# ---- box_iou --------------------------------------------------------------------------------------


def _parts(A, B, *, more=0.0, least=0.0):
    """Common area, and the area of each box, for all pairs."""
    A, B = np.asarray(A, dtype=float)[:, None], np.asarray(B, dtype=float)[None]
    sides = np.minimum(A[..., 2:], B[..., 2:]) - np.maximum(A[..., :2], B[..., :2]) + more
    area_a, area_b = ((X[..., 2:] - X[..., :2] + more).prod(axis=-1) for X in (A, B))
    return np.maximum(sides, least).prod(axis=-1), area_a, area_b


def _share(part, whole):
    """Part by whole, and 0 where there is nothing."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


@misconception(box_iou)
def two_negative_sides(A, B):
    """Boxes that are apart in both directions get an overlap; two negative sides make a positive product."""
    common, a, b = _parts(A, B, least=-np.inf)
    return _share(common, a + b - common)


@misconception(box_iou)
def one_pixel_more(A, B):
    """You add 1 to each width and height; in this course boxes are measured in floats, without it."""
    common, a, b = _parts(A, B, more=1.0)
    return _share(common, a + b - common)


@misconception(box_iou)
def common_part_counted_twice(A, B):
    """You divide by the sum of both areas, in which the common part stands twice."""
    common, a, b = _parts(A, B)
    return _share(common, a + b)


@misconception(box_iou)
def share_of_the_smaller(A, B):
    """You divide by the smaller area; the union of both boxes belongs there."""
    common, a, b = _parts(A, B)
    return _share(common, np.minimum(a, b))


@misconception(box_iou)
def share_of_the_first(A, B):
    """You divide by the area of the box of A; the union of both boxes belongs there."""
    common, a, _ = _parts(A, B)
    return _share(common, a)


@misconception(box_iou)
def zero_by_zero(A, B):
    """Two boxes without area give 0 / 0; their IoU is 0 by agreement."""
    common, a, b = _parts(A, B)
    return common / (a + b - common)


@misconception(box_iou)
def table_on_its_side(A, B):
    """The table lies on its side: boxes of A are its rows."""
    return box_iou(B, A)


@misconception(box_iou)
def corners_become_sizes(A, B):
    """The table is right, but the caller's boxes have been changed into sizes; work on a copy."""
    answer = box_iou(A, B)
    A[:, 2:] -= A[:, :2]
    return answer


# ---- nms ------------------------------------------------------------------------------------------


def _suppress(boxes, order, out):
    """Greedy suppression in this order; `out(overlap)` says whether a box has to go."""
    overlap, kept = box_iou(boxes, boxes), []
    for i in order:
        if not any(out(overlap[i, j]) for j in kept):
            kept.append(int(i))
    return np.array(kept)


def _best_first(scores):
    return np.argsort(-np.asarray(scores, dtype=float), kind="stable")


@misconception(nms)
def out_at_the_threshold(boxes, scores, thr):
    """A box whose overlap equals the threshold is thrown out; only a greater one is too much."""
    return _suppress(boxes, _best_first(scores), lambda o: o >= thr)


@misconception(nms)
def worst_first(boxes, scores, thr):
    """You begin with the lowest score, so the worst box of each object is kept."""
    return _suppress(boxes, np.argsort(scores, kind="stable"), lambda o: o > thr)


@misconception(nms)
def the_dead_suppress_too(boxes, scores, thr):
    """Boxes that were thrown out still throw out others; compare with those that were kept."""
    overlap, order = box_iou(boxes, boxes), _best_first(scores)
    return np.array([i for n, i in enumerate(order) if not np.any(overlap[i, order[:n]] > thr)])


@misconception(nms)
def ties_turned_round(boxes, scores, thr):
    """Of equal scores the larger number comes first; a reversed order turns ties round."""
    return _suppress(boxes, np.argsort(scores, kind="stable")[::-1], lambda o: o > thr)


@misconception(nms)
def as_they_stand(boxes, scores, thr):
    """The scores play no part: you go through the boxes as they stand."""
    return _suppress(boxes, range(len(scores)), lambda o: o > thr)


@misconception(nms)
def numbers_in_rising_order(boxes, scores, thr):
    """The right boxes are kept, but listed by number; the best score comes first."""
    return np.sort(nms(boxes, scores, thr))


@misconception(nms)
def nothing_suppressed(boxes, scores, thr):
    """The boxes are put in order, and none is thrown out."""
    return _best_first(scores)


@misconception(nms)
def no_answer_for_no_boxes(boxes, scores, thr):
    """With no boxes you return None; an empty array is an answer, and the caller can go through it."""
    return nms(boxes, scores, thr) if len(boxes) else None


@misconception(nms)
def scores_crossed_out(boxes, scores, thr):
    """The answer is right, but the caller's scores have been overwritten; work on a copy."""
    answer = nms(boxes, scores, thr)
    scores[:] = -1.0
    return answer


# ---- bbox_encode and bbox_decode ------------------------------------------------------------------


def _centre(boxes):
    boxes = np.asarray(boxes, dtype=float)
    return (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]


@misconception(bbox_encode)
def ratio_without_logarithm(P, G):
    """The last two numbers are relative differences of size; the logarithm of the ratio is asked for."""
    (p, ps), (g, gs) = _centre(P), _centre(G)
    return np.concatenate([(g - p) / ps, gs / ps - 1], axis=1)


@misconception(bbox_encode)
def shift_in_pixels(P, G):
    """The shift is not divided by the size of the proposal, so it means less for a large box."""
    (p, ps), (g, gs) = _centre(P), _centre(G)
    return np.concatenate([g - p, np.log(gs / ps)], axis=1)


@misconception(bbox_encode)
def shift_by_the_true_size(P, G):
    """The shift is divided by the size of the true box, which nobody knows when the network is used."""
    (p, ps), (g, gs) = _centre(P), _centre(G)
    return np.concatenate([(g - p) / gs, np.log(gs / ps)], axis=1)


@misconception(bbox_encode)
def from_the_truth_to_the_proposal(P, G):
    """The two boxes are exchanged: the numbers should lead from the proposal to the true box."""
    return bbox_encode(G, P)


@misconception(bbox_encode)
def shift_of_the_corner(P, G):
    """The shift is that of the upper left corner; the centres are compared."""
    (_, ps), (_, gs) = _centre(P), _centre(G)
    return np.concatenate([(np.asarray(G)[:, :2] - np.asarray(P)[:, :2]) / ps, np.log(gs / ps)], axis=1)


@misconception(bbox_encode)
def proposals_moved_to_their_centre(P, G):
    """The numbers are right, but the caller's proposals have been changed; work on a copy."""
    answer = bbox_encode(P, G)
    P[:, 2:] -= P[:, :2]
    return answer


def _corners(centre, size):
    return np.concatenate([centre - size / 2, centre + size / 2], axis=1)


@misconception(bbox_decode)
def linear_growth(P, t):
    """The size is multiplied by 1 + t; the exponential function undoes the logarithm."""
    (p, size), t = _centre(P), np.asarray(t, dtype=float)
    return _corners(p + size * t[:, :2], size * (1 + t[:, 2:]))


@misconception(bbox_decode)
def moved_by_pixels(P, t):
    """The shift counts in sizes of the proposal, not in pixels."""
    (p, size), t = _centre(P), np.asarray(t, dtype=float)
    return _corners(p + t[:, :2], size * np.exp(t[:, 2:]))


@misconception(bbox_decode)
def moved_by_the_new_size(P, t):
    """The shift is multiplied by the new size; it counts in sizes of the proposal."""
    (p, size), t = _centre(P), np.asarray(t, dtype=float)
    return _corners(p + size * np.exp(t[:, 2:]) * t[:, :2], size * np.exp(t[:, 2:]))


@misconception(bbox_decode)
def centre_taken_for_the_corner(P, t):
    """The new centre is used as the upper left corner; half of the size lies on each side of it."""
    (p, size), t = _centre(P), np.asarray(t, dtype=float)
    c = p + size * t[:, :2]
    return np.concatenate([c, c + size * np.exp(t[:, 2:])], axis=1)


@misconception(bbox_decode)
def centre_and_size_returned(P, t):
    """Centre, width and height come back; the two corners are asked for."""
    (p, size), t = _centre(P), np.asarray(t, dtype=float)
    return np.concatenate([p + size * t[:, :2], size * np.exp(t[:, 2:])], axis=1)


@misconception(bbox_decode)
def decoded_in_place(P, t):
    """The boxes are right, but the caller's proposals have been overwritten; work on a copy."""
    answer = bbox_decode(P, t)
    P[...] = answer
    return answer


# ---- make_anchors and anchors_on_grid -------------------------------------------------------------


def _anchors(w, h):
    w, h = (np.asarray(v, dtype=float).ravel() for v in np.broadcast_arrays(w, h))
    return np.stack([-w, -h, w, h], axis=1) / 2


@misconception(make_anchors)
def area_grows_with_the_ratio(base, scales, ratios):
    """Only the height follows the ratio, so the area changes with it; share the ratio between both sides."""
    s = base * np.asarray(scales, dtype=float)
    return _anchors(s, s * np.asarray(ratios, dtype=float)[:, None])


@misconception(make_anchors)
def ratio_of_width_to_height(base, scales, ratios):
    """Your ratio is width by height; here it is height by width."""
    return make_anchors(base, scales, 1 / np.asarray(ratios, dtype=float))


@misconception(make_anchors)
def all_ratios_of_each_scale(base, scales, ratios):
    """The order is turned round: all scales of the first ratio come first."""
    shape = len(ratios), len(scales), 4
    return np.asarray(make_anchors(base, scales, ratios)).reshape(shape).swapaxes(0, 1).reshape(-1, 4)


@misconception(make_anchors)
def anchors_twice_as_large(base, scales, ratios):
    """The whole width lies on each side of 0; half of it should."""
    return make_anchors(2 * base, scales, ratios)


@misconception(make_anchors)
def ratio_on_both_sides(base, scales, ratios):
    """Width and height are divided and multiplied by r itself; with √r, the height is r times the width."""
    s, r = base * np.asarray(scales, dtype=float), np.asarray(ratios, dtype=float)[:, None]
    return _anchors(s / r, s * r)


@misconception(make_anchors)
def corner_at_zero(base, scales, ratios):
    """The anchors begin at 0, 0; half of each should lie on either side of it."""
    boxes = np.asarray(make_anchors(base, scales, ratios))
    return boxes - boxes[:, [0, 1, 0, 1]]


@misconception(make_anchors)
def scales_multiplied_in_place(base, scales, ratios):
    """The anchors are right, but the caller's scales have been changed; work on a copy."""
    answer = make_anchors(base, scales, ratios)
    scales *= base
    return answer


def _on_grid(x, y, anchors):
    """Anchors moved to these middles, (fh, fw) each."""
    return (np.stack([x, y, x, y], axis=2)[:, :, None] + np.asarray(anchors)).reshape(-1, 4)


@misconception(anchors_on_grid)
def at_the_corners_of_the_cells(fh, fw, stride, anchors):
    """The anchors lie around the upper left corners of the cells; half a cell further is their middle."""
    y, x = np.indices((fh, fw)) * stride
    return _on_grid(x, y, anchors)


@misconception(anchors_on_grid)
def half_a_pixel_further(fh, fw, stride, anchors):
    """The half is added after the multiplication, so it is half a pixel; half a cell is asked for."""
    y, x = np.indices((fh, fw)) * stride + 0.5
    return _on_grid(x, y, anchors)


@misconception(anchors_on_grid)
def rows_moved_to_the_right(fh, fw, stride, anchors):
    """Rows move the anchors to the right and columns move them down; x goes with the column."""
    y, x = (np.indices((fh, fw)) + 0.5) * stride
    return _on_grid(y, x, anchors)


@misconception(anchors_on_grid)
def cells_taken_for_pixels(fh, fw, stride, anchors):
    """The stride is left out, so all anchors crowd into a corner of the picture; cells are not pixels."""
    return anchors_on_grid(fh, fw, 1, anchors)


@misconception(anchors_on_grid)
def all_cells_of_each_anchor(fh, fw, stride, anchors):
    """The order is turned round: all anchors of the first cell come first, then those of the second."""
    boxes = np.asarray(anchors_on_grid(fh, fw, stride, anchors)).reshape(fh * fw, -1, 4)
    return boxes.swapaxes(0, 1).reshape(-1, 4)


@misconception(anchors_on_grid)
def column_after_column(fh, fw, stride, anchors):
    """The cells come column after column; the first row is finished before the second begins."""
    boxes = np.asarray(anchors_on_grid(fh, fw, stride, anchors)).reshape(fh, fw, -1, 4)
    return boxes.swapaxes(0, 1).reshape(-1, 4)


@misconception(anchors_on_grid)
def only_one_corner_moved(fh, fw, stride, anchors):
    """Only the first corner of each box moves, so that boxes change their size; move both."""
    boxes = np.array(anchors_on_grid(fh, fw, stride, anchors))
    boxes[:, 2:] = np.tile(np.asarray(anchors)[:, 2:], (fh * fw, 1))
    return boxes


@misconception(anchors_on_grid)
def anchors_cut_off_at_the_picture(fh, fw, stride, anchors):
    """Boxes are cut off at the edge of the picture; here they may stick out, and keep their size."""
    return np.clip(anchors_on_grid(fh, fw, stride, anchors), 0, np.tile([fw * stride, fh * stride], 2))


@misconception(anchors_on_grid)
def anchors_moved_in_place(fh, fw, stride, anchors):
    """The boxes are right, but the caller's anchors have been moved, too; work on a copy."""
    answer = anchors_on_grid(fh, fw, stride, anchors)
    anchors += 1
    return answer


# ---- assign_anchors -------------------------------------------------------------------------------


def _labels(iou, high, low, best):
    labels = np.where(low, 0, -1)
    labels[high] = 1
    labels[list(best)] = 1
    return labels


def _best(iou):
    iou = np.asarray(iou, dtype=float)
    return iou.max(axis=1), [i for i, b in zip(iou.argmax(axis=0), iou.max(axis=0), strict=True) if b > 0]


@misconception(assign_anchors)
def objects_left_without_example(iou, pos=0.7, neg=0.3):
    """The best anchor of an object is left out where it is below pos, so that object is never learned."""
    m, _ = _best(iou)
    return _labels(iou, m >= pos, m < neg, [])


@misconception(assign_anchors)
def more_than_pos(iou, pos=0.7, neg=0.3):
    """An anchor with an IoU of exactly pos is an example, too."""
    m, best = _best(iou)
    return _labels(iou, m > pos, m < neg, best)


@misconception(assign_anchors)
def up_to_neg(iou, pos=0.7, neg=0.3):
    """An anchor with an IoU of exactly neg is not background; it has to be below."""
    m, best = _best(iou)
    return _labels(iou, m >= pos, m <= neg, best)


@misconception(assign_anchors)
def the_doubtful_are_background(iou, pos=0.7, neg=0.3):
    """Anchors between the thresholds become background; they belong to neither and get -1."""
    return np.where(assign_anchors(iou, pos, neg) == 1, 1, 0)


@misconception(assign_anchors)
def background_written_last(iou, pos=0.7, neg=0.3):
    """The best anchor of an object is made background again where its IoU is below neg; set it last."""
    m, _ = _best(iou)
    return np.where(m < neg, 0, assign_anchors(iou, pos, neg))


@misconception(assign_anchors)
def only_the_best(iou, pos=0.7, neg=0.3):
    """Only the best anchor of each object gets 1; all with at least pos do."""
    m, best = _best(iou)
    return _labels(iou, m > 2, m < neg, best)


@misconception(assign_anchors)
def best_without_overlap(iou, pos=0.7, neg=0.3):
    """An object that no anchor overlaps gets an anchor all the same; argmax of zeros is 0."""
    m, _ = _best(iou)
    return _labels(iou, m >= pos, m < neg, np.asarray(iou).argmax(axis=0))


@misconception(assign_anchors)
def labels_in_order_of_overlap(iou, pos=0.7, neg=0.3):
    """The labels stand in the order of the overlaps, best first; each belongs in the place of its anchor."""
    order = np.argsort(-np.max(iou, axis=1), kind="stable")
    return assign_anchors(np.asarray(iou)[order], pos, neg)


@misconception(assign_anchors)
def usual_thresholds_always(iou, pos=0.7, neg=0.3):
    """The thresholds are 0.7 and 0.3 whatever you are given."""
    return assign_anchors(iou)


# ---- roi_pool -------------------------------------------------------------------------------------


def _pool(feat, corners, out, *, reduce=np.max, end=1, up=True):
    feat = np.asarray(feat, dtype=float)
    x1, y1, x2, y2 = (int(v) for v in corners)
    part = feat[:, y1 : y2 + end, x1 : x2 + end]
    h, w = part.shape[1:]

    def bins(n):
        stop = [-(-(i + 1) * n // out) if up else (i + 1) * n // out for i in range(out)]
        return [slice(i * n // out, stop[i]) for i in range(out)]

    pooled = np.zeros((len(feat), out, out))
    for i, rows in enumerate(bins(h)):
        for j, columns in enumerate(bins(w)):
            cells = part[:, rows, columns]
            pooled[:, i, j] = reduce(cells, axis=(1, 2)) if cells[0].size else 0.0
    return pooled


def _nearest(roi):
    return np.floor(np.asarray(roi, dtype=float) + 0.5)


@misconception(roi_pool)
def mean_of_each_bin(feat, roi, out):
    """The mean of each bin is taken; the maximum is asked for."""
    return _pool(feat, _nearest(roi), out, reduce=np.mean)


@misconception(roi_pool)
def last_cell_left_out(feat, roi, out):
    """The last row and column are missing; both corner cells belong to the region."""
    return _pool(feat, _nearest(roi), out, end=0)


@misconception(roi_pool)
def floor_on_both_edges(feat, roi, out):
    """Both edges of a bin are rounded down; the end is rounded up, so that bins may share cells."""
    return _pool(feat, _nearest(roi), out, up=False)


@misconception(roi_pool)
def corners_cut_off(feat, roi, out):
    """The corners are rounded down; they go to the nearest cell."""
    return _pool(feat, np.floor(roi), out)


@misconception(roi_pool)
def halves_to_the_even_number(feat, roi, out):
    """np.round takes halves to the nearest even number; here they go up."""
    return _pool(feat, np.round(roi), out)


@misconception(roi_pool)
def x_counts_rows(feat, roi, out):
    """X and y are exchanged: x counts columns, which are the last axis."""
    x1, y1, x2, y2 = _nearest(roi)
    return _pool(feat, (y1, x1, y2, x2), out)


@misconception(roi_pool)
def never_below_zero(feat, roi, out):
    """The search for the maximum begins at 0, so nothing negative comes out."""
    return np.maximum(roi_pool(feat, roi, out), 0.0)


@misconception(roi_pool)
def feature_map_emptied(feat, roi, out):
    """The answer is right, but the caller's feature map has been changed; work on a copy."""
    answer = roi_pool(feat, roi, out)
    feat[:] = 0.0
    return answer


# ---- ss_similarity --------------------------------------------------------------------------------


def _similarity(r1, r2, n, a, *, norm=np.sum, match=np.minimum, size_from=1.0, per_box=False):
    s = 0.0
    for weight, name in zip(a, ("colour", "texture"), strict=False):
        h1, h2 = (np.asarray(r[name], dtype=float) for r in (r1, r2))
        s += weight * match(h1 / norm(h1), h2 / norm(h2)).sum()
    both = r1["size"] + r2["size"]
    bb = np.prod(np.maximum(r1["box"], r2["box"])[2:] - np.minimum(r1["box"], r2["box"])[:2])
    size = size_from - both / n if size_from else both / n
    return float(s + a[2] * size + a[3] * (1 - (bb - both) / (bb if per_box else n)))


@misconception(ss_similarity)
def counts_as_they_are(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The histograms are not divided by their sums, so large regions seem alike."""
    return _similarity(r1, r2, image_size, a, norm=np.ones_like)


@misconception(ss_similarity)
def histograms_of_length_one(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The histograms are divided by their lengths; divide each by its sum."""
    return _similarity(r1, r2, image_size, a, norm=np.linalg.norm)


@misconception(ss_similarity)
def product_of_the_histograms(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The histograms are multiplied; the smaller of the two numbers counts in each bin."""
    return _similarity(r1, r2, image_size, a, match=np.multiply)


@misconception(ss_similarity)
def large_regions_first(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The 1 - is missing in the size, so large regions would be joined first."""
    return _similarity(r1, r2, image_size, a, size_from=0.0)


@misconception(ss_similarity)
def gap_as_share_of_the_box(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The gap is divided by the area of the common box; the size of the picture belongs there."""
    return _similarity(r1, r2, image_size, a, per_box=True)


@misconception(ss_similarity)
def mean_of_the_four(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The sum is divided by the sum of the weights; it is asked for as it is."""
    return ss_similarity(r1, r2, image_size, a) / (4 if np.all(np.asarray(a) == 1) else float(np.sum(a)))


@misconception(ss_similarity)
def weights_ignored(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The weights play no part."""
    return ss_similarity(r1, r2, image_size)


@misconception(ss_similarity)
def histograms_divided_in_place(r1, r2, image_size, a=(1, 1, 1, 1)):
    """The answer is right, but the caller's histograms have been changed; work on a copy."""
    answer = ss_similarity(r1, r2, image_size, a)
    r1["colour"] = np.asarray(r1["colour"]) / np.sum(r1["colour"])
    return answer


# ---- yolo_decode ----------------------------------------------------------------------------------


def _decode(grid, img, *, swap=False, offset=1.0, sure=True, per_cell=False):
    grid = np.asarray(grid, dtype=float)
    S = len(grid)
    row, column = np.indices((S, S)) * offset
    if swap:
        row, column = column, row
    centre = np.stack([column + grid[..., 0], row + grid[..., 1]], axis=2) / S * img
    size = grid[..., 2:4] * img / (S if per_cell else 1)
    scores = grid[..., 5:] * (grid[..., 4:5] if sure else 1.0)
    return np.concatenate([centre, size, scores], axis=2).reshape(S * S, -1)


@misconception(yolo_decode)
def row_taken_for_column(grid, img):
    """X goes with the column and y with the row; yours are exchanged."""
    return _decode(grid, img, swap=True)


@misconception(yolo_decode)
def place_of_the_cell_missing(grid, img):
    """The place of the cell is left out, so all boxes lie in the first one."""
    return _decode(grid, img, offset=0.0)


@misconception(yolo_decode)
def confidence_left_out(grid, img):
    """The classes are not multiplied by the confidence that there is an object at all."""
    return _decode(grid, img, sure=False)


@misconception(yolo_decode)
def size_as_share_of_the_cell(grid, img):
    """Width and height are taken as shares of a cell; they are shares of the picture."""
    return _decode(grid, img, per_cell=True)


@misconception(yolo_decode)
def shares_of_the_picture(grid, img):
    """The boxes come as shares of the picture; multiply by its side."""
    return _decode(grid, 1.0)


@misconception(yolo_decode)
def corners_of_the_boxes(grid, img):
    """The corners of the boxes come back; centre, width and height are asked for."""
    answer = yolo_decode(grid, img)
    c, half = answer[:, :2], answer[:, 2:4] / 2
    return np.concatenate([c - half, c + half, answer[:, 4:]], axis=1)


@misconception(yolo_decode)
def grid_scaled_in_place(grid, img):
    """The answer is right, but the caller's grid has been changed; work on a copy."""
    answer = yolo_decode(grid, img)
    grid[..., 2:4] *= img
    return answer


# ---- maps of classes ------------------------------------------------------------------------------


@misconception(confusion_matrix)
def truth_in_the_columns(pred, gt, C):
    """Rows and columns are exchanged: the true class is the row."""
    return confusion_matrix(gt, pred, C)


@misconception(confusion_matrix)
def shares_of_each_row(pred, gt, C):
    """The rows are divided by their sums; the counts are asked for."""
    M = confusion_matrix(pred, gt, C)
    return M / np.maximum(M.sum(axis=1, keepdims=True), 1)


@misconception(confusion_matrix)
def each_pair_once(pred, gt, C):
    """Each pair is counted once; M[gt, pred] += 1 with arrays adds only once in the same place."""
    return np.minimum(confusion_matrix(pred, gt, C), 1)


@misconception(confusion_matrix)
def right_pixels_only(pred, gt, C):
    """Only the pixels that are right are counted; the others stand beside the diagonal."""
    return np.diag(np.diag(confusion_matrix(pred, gt, C)))


@misconception(confusion_matrix)
def bytes_run_over(pred, gt, C):
    """In bytes, class times C runs over at 256; make whole numbers (int) of the classes first."""
    pair = np.asarray(gt, dtype=int) * C
    if np.asarray(gt).dtype == np.uint8:
        pair %= 256
    pair = (pair + np.asarray(pred, dtype=int)).ravel()
    return np.bincount(pair, minlength=C * C)[: C * C].reshape(C, C)


def _counts(pred, gt, C):
    M = confusion_matrix(pred, gt, C)
    return np.diag(M).astype(float), M.sum(axis=0), M.sum(axis=1)


@misconception(mean_iou)
def share_of_right_pixels(pred, gt, C):
    """This is the share of right pixels, in which a large class hides the others."""
    return float(np.mean(np.asarray(pred) == np.asarray(gt)))


@misconception(mean_iou)
def dice_instead(pred, gt, C):
    """This is the Dice coefficient, twice the intersection by the sum of both; the union is asked for."""
    both, p, g = _counts(pred, gt, C)
    seen = p + g > 0
    return float(np.mean(2 * both[seen] / (p + g)[seen]))


@misconception(mean_iou)
def absent_classes_are_zero(pred, gt, C):
    """Classes that occur nowhere count as 0; they are left out of the mean."""
    both, p, g = _counts(pred, gt, C)
    return float(np.sum(both / np.maximum(p + g - both, 1)) / C)


@misconception(mean_iou)
def absent_classes_are_one(pred, gt, C):
    """Classes that occur nowhere count as 1; they are left out of the mean."""
    both, p, g = _counts(pred, gt, C)
    return float(np.mean(np.where(p + g > 0, both / np.maximum(p + g - both, 1), 1.0)))


@misconception(mean_iou)
def only_classes_that_are_there(pred, gt, C):
    """A class that only the network sees is left out; it counts with an IoU of 0."""
    both, p, g = _counts(pred, gt, C)
    return float(np.mean((both / np.maximum(p + g - both, 1))[g > 0]))


@misconception(mean_iou)
def share_found_of_each_class(pred, gt, C):
    """You divide by the pixels of the true class; those that are wrongly given to it belong to the union."""
    both, p, g = _counts(pred, gt, C)
    return float(np.mean((both / np.maximum(g, 1))[p + g > 0]))


@misconception(mean_iou)
def all_classes_in_one(pred, gt, C):
    """Intersections and unions are added over the classes; divide for each class, then take the mean."""
    both, p, g = _counts(pred, gt, C)
    return float(both.sum() / (p + g - both).sum())


# ---- scores of every pixel ------------------------------------------------------------------------


def _losses(logits, y, axis=1):
    z, y = np.asarray(logits, dtype=float), np.asarray(y)
    z = z - z.max(axis=axis, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=axis, keepdims=True))
    known = np.where(y < z.shape[1], y, 0)
    return -np.take_along_axis(logp, known[:, None], axis=1)[:, 0]


@misconception(pixel_cross_entropy)
def softmax_over_the_columns(logits, y, ignore=255):
    """The softmax runs over the columns of the picture; the classes are axis 1."""
    return float(_losses(logits, y, axis=-1)[np.asarray(y) != ignore].mean())


@misconception(pixel_cross_entropy)
def unlabelled_pixels_as_zero(logits, y, ignore=255):
    """Pixels without label add no loss, but are counted in the mean."""
    return float(np.where(np.asarray(y) != ignore, _losses(logits, y), 0.0).mean())


@misconception(pixel_cross_entropy)
def unlabelled_pixels_are_class_zero(logits, y, ignore=255):
    """Pixels without label are taken for class 0; they should not count at all."""
    return float(_losses(logits, y).mean())


@misconception(pixel_cross_entropy)
def sum_over_the_pixels(logits, y, ignore=255):
    """The losses are added; their mean is asked for."""
    return float(_losses(logits, y)[np.asarray(y) != ignore].sum())


@misconception(pixel_cross_entropy)
def exponential_runs_over(logits, y, ignore=255):
    """The exponential of a large score runs over; subtract the largest score of the pixel first."""
    over = np.exp(np.asarray(logits, dtype=float)).max()
    return pixel_cross_entropy(logits, y, ignore) + 0 * over


@misconception(pixel_cross_entropy)
def the_usual_mark_always(logits, y, ignore=255):
    """Only 255 is left out, whatever `ignore` says; another number was given for pixels without label."""
    return float(_losses(logits, y)[np.asarray(y) != 255].mean())


@misconception(fcn_skip)
def channels_stacked(coarse, fine):
    """The maps are stacked as channels, as in U-Net; here they are added."""
    large = np.asarray(coarse, dtype=float).repeat(2, axis=1).repeat(2, axis=2)
    return np.concatenate([large, np.asarray(fine, dtype=float)])


@misconception(fcn_skip)
def map_laid_out_four_times(coarse, fine):
    """The coarse map is laid out four times side by side; each of its numbers becomes a square."""
    return np.tile(np.asarray(coarse, dtype=float), (1, 2, 2)) + fine


@misconception(fcn_skip)
def zeros_in_between(coarse, fine):
    """The new places of the coarse map are filled with zeros; they repeat its numbers."""
    out = np.array(fine, dtype=float)
    out[:, ::2, ::2] += coarse
    return out


@misconception(fcn_skip)
def mean_of_both_maps(coarse, fine):
    """The mean of both maps is taken; their sum is asked for."""
    return np.asarray(fcn_skip(coarse, fine)) / 2


@misconception(fcn_skip)
def added_to_the_fine_map(coarse, fine):
    """The answer is right, but the caller's fine map has been overwritten; `fine += ...` changes it."""
    fine += np.asarray(coarse, dtype=float).repeat(2, axis=1).repeat(2, axis=2)
    return fine
