"""Hidden checks of detection_segmentation: inputs only. What is right, the reference says.

Overlaps that stand exactly at a threshold are made of powers of two, or written as the same number, so that
no rounding decides. Boxes are wider than high where rows and columns can be mixed up.
"""

import numpy as np

from autograder import check, close, scenario

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

ALMOST = close(rtol=1e-5, atol=2e-5)  # where single precision leaves a difference of large numbers


def _boxes(rng, n):
    """Boxes around the point (5, 5), so that each overlaps each other."""
    return np.concatenate([rng.uniform(0.0, 4.0, size=(n, 2)), rng.uniform(6.0, 12.0, size=(n, 2))], axis=1)


# ---- overlap --------------------------------------------------------------------------------------


@check(box_iou)
def boxes_that_overlap(rng):
    """Four boxes against three, each overlapping each."""
    return _boxes(rng, 4), _boxes(rng, 3)


@check(box_iou)
def one_inside_the_other(rng):
    """A small box within a large one."""
    return [[0.0, 0.0, 10.0, 8.0]], np.array([[2.0, 3.0, 4.0, 7.0]]) + rng.uniform(0.0, 1.0, size=4)


@check(box_iou)
def boxes_apart(rng):
    """Boxes that are apart in one direction or in both."""
    away = rng.uniform(10.0, 12.0, size=2)
    return _boxes(rng, 2) / 6, _boxes(rng, 3) / 6 + np.array([[*away, *away], [*away, *away], [0, 9, 0, 9]])


@check(box_iou, forbids=("warnings",))
def boxes_without_area(rng):
    """Boxes without width or height, also twice the same one."""
    x, y = rng.uniform(1.0, 4.0, size=2)
    flat = np.array([[x, y, x, y], [x, y, x + 2, y]])
    return flat, np.concatenate([flat, [[0.0, 0.0, 9.0, 9.0]]])


@scenario(box_iou, compare=ALMOST)
def in_another_unit(box_iou, rng):
    """Measured in another unit and from another origin, the overlaps are the same."""
    A, B, move = _boxes(rng, 2), _boxes(rng, 3), np.tile(rng.uniform(1.0, 9.0, size=2), 2)
    return np.subtract(box_iou(A / 20 + move, B / 20 + move), box_iou(A, B))


@check(box_iou)
def boxes_that_touch(rng):
    """Boxes that share a side or a corner have nothing in common."""
    x, y = rng.integers(1, 9, size=2).astype(float)
    return [[x, y, x + 2, y + 2]], [
        [x + 2, y, x + 3, y + 2],
        [x, y - 1, x + 2, y],
        [x + 2, y + 2, x + 3, y + 4],
    ]


@scenario(box_iou, compare=ALMOST)
def each_with_each(box_iou, rng):
    """A box overlaps itself by 1, and another one as much as that one overlaps it."""
    A = _boxes(rng, 4)
    table = np.asarray(box_iou(A, A))
    return np.diag(table), table - table.T


@check(box_iou, forbids=("mutation",))
def boxes_of_whole_numbers(rng):
    """Whole numbers are taken, and your arguments stay as they are."""
    return _boxes(rng, 2).round().astype(int), _boxes(rng, 3).round().astype(int)


# ---- suppression ----------------------------------------------------------------------------------


def _crowd(rng):
    """Four objects with three boxes each, in mixed order."""
    corner = np.repeat(np.array([[0, 0], [20, 0], [0, 20], [20, 20]]), 3, axis=0) + rng.uniform(0, 1, (12, 2))
    boxes = np.concatenate([corner, corner + np.array([8.0, 6.0])], axis=1)
    return rng.permutation(boxes), 0.1 + 0.05 * rng.permutation(12)


@check(nms)
def a_crowd_of_boxes(rng):
    """Four objects, each found three times."""
    return *_crowd(rng), 0.4


@check(nms)
def a_row_of_boxes(rng):
    """Each box overlaps its neighbour too much, but not the one after it."""
    x = 4.0 * np.arange(6) + rng.uniform(0.0, 0.2, size=6)
    boxes = np.stack([x, 0 * x, x + 10, 0 * x + 5], axis=1)
    return boxes, np.linspace(0.9, 0.2, 6) + rng.uniform(0.0, 0.1), 0.35


@check(nms)
def exactly_at_the_threshold(rng):
    """An overlap that equals the threshold is still allowed."""
    x = float(rng.integers(0, 9))
    boxes = np.array([[x, 0, x + 1, 1], [x, 0, x + 2, 1], [x, 0, x + 4, 1]])
    return boxes, rng.permutation([0.5, 0.75, 0.9]), 0.5


@check(nms)
def equal_scores(rng):
    """Of boxes with equal scores the one with the smaller number comes first."""
    x = np.repeat([0.0, 20.0, 40.0, 60.0], 3) + rng.uniform(0.0, 1.0, size=12)
    return np.stack([x, 0 * x, x + 8, 0 * x + 6], axis=1), np.repeat([0.5, 0.75], 6), 0.4


@check(nms)
def touching_boxes_and_no_overlap_allowed(rng):
    """With the threshold 0, boxes that only touch are all kept."""
    scores = np.append(rng.permutation([0.6, 0.7, 0.8]), 0.9)
    return [[0, 0, 2, 1], [2, 0, 4, 1], [0, 1, 2, 3], [1, 0, 3, 1]], scores, 0


@check(nms)
def no_boxes_at_all(rng):
    """Where nothing was found, nothing is kept, and there is no crash."""
    return np.zeros((0, 4)), np.zeros(0), rng.uniform(0.3, 0.6)


@scenario(nms)
def suppressed_once_more(nms, rng):
    """What was kept once is kept again, all of it and in the same order."""
    boxes, scores = _crowd(rng)
    kept = np.asarray(nms(boxes, scores, 0.4), dtype=int)
    return nms(boxes[kept], scores[kept], 0.4)


@check(nms, forbids=("mutation",))
def scores_left_alone(rng):
    """The boxes and scores you are given are the same after the call."""
    return *_crowd(rng), 0.4


# ---- from a proposal to a box ---------------------------------------------------------------------


@check(bbox_encode)
def five_proposals(rng):
    """Proposals and boxes of different place and size."""
    return _boxes(rng, 5), _boxes(rng, 5)


@check(bbox_encode)
def moved_only(rng):
    """The true box is the proposal, moved: only the first two numbers differ from 0."""
    P = _boxes(rng, 3)
    return P, P + np.tile(rng.uniform(0.5, 2.0, size=(3, 2)), 2)


@check(bbox_encode)
def grown_only(rng):
    """The true box has the same centre and another size: only the last two numbers differ from 0."""
    P, grow = _boxes(rng, 3), rng.uniform(0.5, 2.0, size=(3, 2))
    return P, P + np.concatenate([-grow, grow], axis=1)


@scenario(bbox_encode)
def seen_from_nearer(bbox_encode, rng):
    """In a picture of three times the size, the numbers are the same; those of other boxes are not."""
    P, G = _boxes(rng, 3), _boxes(rng, 3)
    t = bbox_encode(P, G)
    return np.subtract(bbox_encode(3 * P, 3 * G), t), np.ptp(t, axis=0) > 1e-9


@scenario(bbox_encode, compare=ALMOST)
def numbers_of_a_moved_box(bbox_encode, rng):
    """For a box that four numbers made, the same four numbers are found."""
    P, t = _boxes(rng, 4), rng.uniform(-0.8, 0.8, size=(4, 4))
    return np.subtract(bbox_encode(P, bbox_decode(P, t)), t)


@check(bbox_encode, forbids=("mutation",))
def proposals_of_whole_numbers(rng):
    """Whole numbers are taken, and your arguments stay as they are."""
    return _boxes(rng, 2).round().astype(int), _boxes(rng, 2).round().astype(int)


@check(bbox_decode)
def five_answers(rng):
    """Proposals with four learned numbers each."""
    return _boxes(rng, 5), rng.uniform(-0.8, 0.8, size=(5, 4))


@check(bbox_decode)
def nothing_learned(rng):
    """Four zeros leave the proposal where it is."""
    return _boxes(rng, 3), np.zeros((3, 4))


@check(bbox_decode)
def narrower(rng):
    """Only the width changes, and the centre stays."""
    t = np.zeros((3, 4))
    t[:, 2] = -rng.uniform(0.1, 0.9, size=3)
    return _boxes(rng, 3), t


@check(bbox_decode)
def to_the_right_and_down(rng):
    """The box moves and keeps its size."""
    t = np.zeros((3, 4))
    t[:, :2] = rng.uniform(0.1, 0.9, size=(3, 2))
    return _boxes(rng, 3), t


@scenario(bbox_decode, compare=ALMOST)
def back_to_the_true_box(bbox_decode, rng):
    """The four numbers that lead to a true box lead to it."""
    P, G = _boxes(rng, 4), _boxes(rng, 4)
    return np.subtract(bbox_decode(P, bbox_encode(P, G)), G)


@check(bbox_decode, forbids=("mutation",))
def proposals_left_alone(rng):
    """The proposals you are given are the same after the call."""
    return _boxes(rng, 2), rng.uniform(-0.8, 0.8, size=(2, 4))


# ---- anchors --------------------------------------------------------------------------------------


@check(make_anchors)
def three_scales_and_two_ratios(rng):
    """Six anchors: two scales more than ratios."""
    return 16, rng.uniform(2.0, 9.0, size=3), [0.5, rng.uniform(1.5, 3.0)]


@check(make_anchors)
def squares_only(rng):
    """With the ratio 1 all anchors are squares."""
    return rng.uniform(4.0, 20.0), rng.uniform(2.0, 9.0, size=4), [1]


@scenario(make_anchors, compare=ALMOST)
def areas_and_ratios(make_anchors, rng):
    """All anchors of one scale have the same area, and their middle is 0, 0."""
    boxes = np.asarray(make_anchors(8, rng.uniform(1.0, 3.0, size=2), [0.5, 1.0, rng.uniform(1.5, 3.0)]))
    w, h = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return w * h, h / w, boxes[:, :2] + boxes[:, 2:]


@check(make_anchors, forbids=("mutation",))
def scales_of_whole_numbers(rng):
    """Lists of whole numbers are taken as well as arrays, and stay as they are."""
    return 16, rng.permutation([2, 3, 5]), rng.permutation([1, 2, 4])


def _shapes(rng, n):
    """Boxes that lie around 0, 0, none of them symmetric."""
    return np.concatenate([-rng.uniform(2.0, 9.0, size=(n, 2)), rng.uniform(10.0, 19.0, size=(n, 2))], axis=1)


@check(anchors_on_grid)
def two_anchors_on_a_wide_map(rng):
    """A map of 3 rows and 4 columns with two anchors at each cell."""
    return 3, 4, 16, _shapes(rng, 2)


@check(anchors_on_grid)
def a_high_map(rng):
    """A map of 4 rows and 2 columns, with three anchors and a small stride."""
    return {"fh": 4, "fw": 2, "stride": int(rng.integers(3, 7)), "anchors": _shapes(rng, 3)}


@check(anchors_on_grid)
def a_single_cell_and_anchor(rng):
    """One anchor at the only cell."""
    return 1, 1, rng.uniform(4.0, 9.0), _shapes(rng, 1)


@scenario(anchors_on_grid, compare=ALMOST)
def the_same_shapes_everywhere(anchors_on_grid, rng):
    """At every cell the anchors have the sizes that were given."""
    boxes = np.asarray(anchors_on_grid(2, 3, 8, _shapes(rng, 2)))
    return boxes[:, 2:] - boxes[:, :2]


@scenario(anchors_on_grid, compare=ALMOST)
def the_middle_of_the_picture(anchors_on_grid, rng):
    """The middles of all anchors together lie around the middle of the picture."""
    w, h = rng.uniform(2.0, 9.0, size=2)
    boxes = np.asarray(anchors_on_grid(3, 5, 4, [[-w, -h, w, h]]))
    return np.mean(boxes[:, :2] + boxes[:, 2:], axis=0) / 2


@check(anchors_on_grid, forbids=("mutation",))
def anchors_of_whole_numbers(rng):
    """Anchors of whole numbers are not rounded when they move, and stay as they are."""
    return 2, 2, 5, _shapes(rng, 2).round().astype(int)


# ---- examples for training ------------------------------------------------------------------------


@check(assign_anchors)
def clear_cases(rng):
    """Anchors that are clearly above, between and below the thresholds."""
    iou = np.concatenate([rng.uniform(a, a + 0.15, size=(3, 2)) for a in (0.1, 0.4, 0.75)])
    return (rng.permutation(iou),)


@check(assign_anchors)
def an_object_with_poor_anchors(rng):
    """One object is overlapped well, the other two have only anchors below the thresholds."""
    iou = np.concatenate([rng.uniform(0.02, 0.15, size=(6, 2)), np.zeros((6, 1))], axis=1)
    iou[:, 2] = [0.75, 0.8, 0.4, 0.5, 0.1, 0.0]
    iou[4, 0], iou[2, 1] = 0.2, 0.45
    iou[5] = 0.0  # an anchor that meets nothing
    return (rng.permutation(iou),)


@check(assign_anchors)
def at_both_thresholds(rng):
    """An IoU of exactly pos is enough, and one of exactly neg is too much."""
    return (rng.permutation([[0.7, 0.1], [0.3, 0.2], [0.9, 0.1], [0.1, 0.2], [0.1, 0.75]]),)


@check(assign_anchors)
def other_thresholds(rng):
    """The thresholds are 0.5 and 0.4."""
    return rng.permutation([[0.65, 0.1], [0.45, 0.1], [0.35, 0.2], [0.1, 0.9], [0.55, 0.8]]), 0.5, 0.4


@check(assign_anchors)
def an_object_no_anchor_meets(rng):
    """An object that no anchor overlaps has no best anchor."""
    iou = rng.uniform(0.05, 0.25, size=(5, 3))
    iou[:, 1] = 0.0
    iou[3, 0], iou[4, 2] = 0.8, 0.9
    return (iou,)


@check(assign_anchors)
def two_best_anchors(rng):
    """Of two anchors that are equally good for an object, the first is the best."""
    iou = rng.uniform(0.05, 0.2, size=(6, 2))
    iou[[1, 4], 0] = 0.5
    iou[[2, 3], 1] = 0.25
    return (iou,)


@scenario(assign_anchors)
def anchors_in_another_order(assign_anchors, rng):
    """In another order, each anchor gets the label that it had."""
    iou, order = rng.uniform(0.05, 0.95, size=(8, 3)), rng.permutation(8)
    return np.subtract(assign_anchors(iou[order]), np.asarray(assign_anchors(iou))[order])


# ---- regions of a feature map ---------------------------------------------------------------------


@check(roi_pool)
def bins_that_fit(rng):
    """A region of 4 rows and 6 columns in two channels, pooled to 2 × 2."""
    return rng.normal(size=(2, 8, 9)), [1, 2, 6, 5], 2


@check(roi_pool)
def bins_that_share_cells(rng):
    """A region of 5 rows and 7 columns, pooled to 3 × 3: bins share cells."""
    return rng.uniform(0.2, 2.0, size=(1, 8, 9)), [1, 2, 7, 6], 3


@check(roi_pool)
def fewer_cells_than_bins(rng):
    """A region of 2 rows and 3 columns, pooled to 4 × 4: cells appear more than once."""
    return rng.normal(size=(2, 5, 6)), [2, 1, 4, 2], 4


@check(roi_pool)
def corners_between_cells(rng):
    """Corners that are no whole numbers go to the nearest cell."""
    return rng.normal(size=(1, 9, 9)), [1.3, 2.7, 5.8, 6.2], 2


@check(roi_pool)
def corners_at_a_half(rng):
    """A half is rounded upwards."""
    return rng.normal(size=(1, 9, 9)), [0.5, 1.5, 4.5, 6.5], 2


@check(roi_pool)
def one_bin(rng):
    """The largest number of the region, alone."""
    return rng.normal(size=(3, 5, 7)), [1, 1, 5, 3], 1


@check(roi_pool)
def all_below_zero(rng):
    """Where all activations are negative, so is what comes out."""
    return -rng.uniform(0.5, 2.0, size=(1, 6, 7)), [0, 1, 5, 4], 2


@scenario(roi_pool, compare=ALMOST)
def on_another_scale(roi_pool, rng):
    """Whether the map is pooled before an increasing function is applied or after it makes no difference."""
    feat = -rng.uniform(0.2, 2.0, size=(2, 6, 7))
    before, after = (np.asarray(roi_pool(f, [1, 0, 6, 4], 2)) for f in (np.exp(feat), feat))
    return before - np.exp(after)


@check(roi_pool, forbids=("mutation",))
def feature_map_left_alone(rng):
    """The feature map you are given is the same after the call."""
    return rng.uniform(0.5, 2.0, size=(1, 6, 6)), [0, 1, 3, 4], 2


# ---- regions that go together ---------------------------------------------------------------------


def _region(rng, x, y):
    """A region of a picture of 20 × 30 pixels."""
    return {
        "colour": rng.integers(1, 9, size=6) * int(rng.integers(2, 9)),
        "texture": rng.integers(1, 9, size=8) * int(rng.integers(2, 9)),
        "size": int(rng.integers(12, 20)),
        "box": [x, y, x + 6, y + 4],
    }


def _pair(rng):
    return _region(rng, 2, 3), _region(rng, int(rng.integers(5, 12)), 5), 600


@check(ss_similarity)
def two_regions(rng):
    """Two regions, all four parts counted alike."""
    return _pair(rng)


@check(ss_similarity)
def colour_alone(rng):
    """Only the colours count."""
    return *_pair(rng), (1, 0, 0, 0)


@check(ss_similarity)
def texture_alone(rng):
    """Only the texture counts."""
    return *_pair(rng), (0, 1, 0, 0)


@check(ss_similarity)
def size_alone(rng):
    """Only the size counts: small regions first."""
    return *_pair(rng), (0, 0, 1, 0)


@check(ss_similarity)
def fill_alone(rng):
    """Only the gap between the regions counts."""
    return *_pair(rng), (0, 0, 0, 1)


@check(ss_similarity)
def weights_of_ones_own(rng):
    """Four different weights."""
    return *_pair(rng), rng.permutation([0.25, 0.5, 1.5, 3.0])


@scenario(ss_similarity, compare=ALMOST)
def regions_exchanged(ss_similarity, rng):
    """Which region comes first plays no part, and a region is as like itself as can be."""
    r1, r2, n = _pair(rng)
    there, back = ss_similarity(r1, r2, n), ss_similarity(r2, r1, n)
    return np.subtract(there, back), [ss_similarity(r1, r1, n, a) for a in ((1, 0, 0, 0), (0, 1, 0, 0))]


@check(ss_similarity, forbids=("mutation",))
def regions_left_alone(rng):
    """The regions you are given are the same after the call."""
    return _pair(rng)


# ---- YOLO -----------------------------------------------------------------------------------------


@check(yolo_decode)
def three_by_three_cells(rng):
    """Nine cells, four classes."""
    return rng.uniform(0.1, 0.9, size=(3, 3, 9)), 96


@check(yolo_decode)
def one_cell(rng):
    """The picture is one cell."""
    return rng.uniform(0.1, 0.9, size=(1, 1, 7)), 40


@check(yolo_decode)
def centres_of_all_cells(rng):
    """Each box sits in the upper left corner of its cell."""
    grid = rng.uniform(0.1, 0.9, size=(4, 4, 6))
    grid[:, :, :2] = 0.0
    return grid, 64.0


@check(yolo_decode)
def an_unsure_network(rng):
    """Where the confidence is 0, so are the scores."""
    grid = rng.uniform(0.1, 0.9, size=(2, 2, 8))
    grid[0, :, 4] = 0.0
    return grid, 50


@scenario(yolo_decode, compare=ALMOST)
def a_picture_of_twice_the_size(yolo_decode, rng):
    """In a picture of twice the size the boxes are twice as large, and the scores are the same."""
    grid = rng.uniform(0.1, 0.9, size=(2, 2, 7))
    return np.divide(yolo_decode(grid, 128), yolo_decode(grid, 64))


@check(yolo_decode, forbids=("mutation",))
def grid_left_alone(rng):
    """The grid you are given is the same after the call."""
    return rng.uniform(0.1, 0.9, size=(2, 2, 7)), 32


# ---- maps of classes ------------------------------------------------------------------------------


def _maps(rng, C, shape=(6, 7)):
    """Two maps in which every class occurs, and which agree in most pixels."""
    gt = rng.integers(0, C, size=shape)
    gt.flat[:C] = np.arange(C)
    return np.where(rng.uniform(size=shape) < 0.35, rng.integers(0, C, size=shape), gt), gt


@check(confusion_matrix)
def four_classes(rng):
    """A picture with four classes."""
    return *_maps(rng, 4), 4


@check(confusion_matrix)
def classes_that_do_not_occur(rng):
    """Of seven classes, the last four occur nowhere."""
    return *_maps(rng, 3), 7


@check(confusion_matrix)
def a_batch_of_bytes(rng):
    """Two pictures as bytes (uint8) with twenty classes."""
    pred, gt = _maps(rng, 20, (2, 6, 7))
    return pred.astype(np.uint8), gt.astype(np.uint8), 20


@scenario(confusion_matrix)
def counts_that_add_up(confusion_matrix, rng):
    """Added up, a row counts the pixels of a true class, and a column those that were given to a class."""
    pred, gt = _maps(rng, 4)
    M = np.asarray(confusion_matrix(pred, gt, 4))
    return M.sum(axis=1) - np.bincount(gt.ravel(), minlength=4), M.sum(axis=0) - np.bincount(
        pred.ravel(), minlength=4
    )


@check(mean_iou)
def four_classes_in_a_picture(rng):
    """A picture with four classes that all occur."""
    return *_maps(rng, 4), 4


@check(mean_iou)
def a_class_nowhere(rng):
    """Two of five classes occur neither in the answer nor in the truth."""
    return *_maps(rng, 3), 5


@check(mean_iou)
def a_class_in_the_answer_alone(rng):
    """One pixel is given to a class that is not there."""
    pred, gt = _maps(rng, 3)
    pred[5, 2] = 3
    return pred, gt, 4


@check(mean_iou)
def mostly_road(rng):
    """Nearly all pixels are of one class, and the answer is that class everywhere."""
    gt = np.zeros((10, 10), dtype=int)
    gt[0, : int(rng.integers(4, 8))] = 1
    return np.zeros((10, 10), dtype=int), gt, 2


@scenario(mean_iou, compare=ALMOST)
def classes_renamed(mean_iou, rng):
    """Which number a class has plays no part, and who says the truth gets 1."""
    (pred, gt), name = _maps(rng, 4), rng.permutation(4)
    return np.subtract(mean_iou(name[pred], name[gt], 4), mean_iou(pred, gt, 4)), mean_iou(gt, gt, 5)


# ---- scores of every pixel ------------------------------------------------------------------------


@check(pixel_cross_entropy)
def all_pixels_labelled(rng):
    """Two small pictures with as many classes as rows."""
    return 2 * rng.normal(size=(2, 4, 4, 4)), rng.integers(0, 4, size=(2, 4, 4))


@check(pixel_cross_entropy)
def some_pixels_without_label(rng):
    """Some pixels have no label and do not count."""
    y = rng.integers(0, 3, size=(2, 4, 5))
    y[:, 1:3, :2] = 255
    return 2 * rng.normal(size=(2, 3, 4, 5)), y


@check(pixel_cross_entropy)
def another_mark(rng):
    """Pixels without label bear another number than 255, and 0 is a class like the others."""
    y = rng.integers(0, 3, size=(1, 4, 5))
    y[:, 0, 1:4] = -1
    return {"logits": 2 * rng.normal(size=(1, 3, 4, 5)), "y": y, "ignore": -1}


@scenario(pixel_cross_entropy, compare=ALMOST)
def all_scores_of_a_pixel_raised(pixel_cross_entropy, rng):
    """Only differences between the classes of a pixel count; with none, the loss is ln C."""
    z, y = rng.normal(size=(1, 3, 2, 4)), rng.integers(0, 3, size=(1, 2, 4))
    raised = z + rng.uniform(1.0, 3.0, size=(1, 1, 2, 4))
    loss = pixel_cross_entropy(0 * z, y)
    return np.subtract(pixel_cross_entropy(raised, y), pixel_cross_entropy(z, y)), np.exp(loss)


@check(pixel_cross_entropy, forbids=("warnings",))
def large_scores(rng):
    """Scores of a thousand, above or below 0, do not run over."""
    return rng.uniform(-1000.0, 1000.0, size=(1, 3, 2, 4)), rng.integers(0, 3, size=(1, 2, 4))


@check(fcn_skip)
def two_maps_of_scores(rng):
    """Three channels, a wide picture."""
    return rng.normal(size=(3, 2, 4)), rng.normal(size=(3, 4, 8))


@check(fcn_skip)
def a_silent_fine_map(rng):
    """The fine map is 0 everywhere, so the coarse one is seen alone."""
    return rng.normal(size=(1, 3, 2)), np.zeros((1, 6, 4))


@scenario(fcn_skip, compare=ALMOST)
def what_each_map_adds(fcn_skip, rng):
    """Each number of the coarse map counts four times in the sum, and each of the fine map once."""
    coarse, fine = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 6, 8))
    return np.sum(fcn_skip(coarse, fine)) - 4 * np.sum(coarse) - np.sum(fine)


@check(fcn_skip, forbids=("mutation",))
def both_maps_left_alone(rng):
    """Maps of whole numbers are taken as well as floats, and stay as they are."""
    return rng.integers(1, 9, size=(2, 1, 3)), rng.uniform(0.1, 0.9, size=(2, 2, 6))
