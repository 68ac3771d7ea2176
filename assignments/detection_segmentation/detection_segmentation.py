"""Where in the picture, not only what: boxes, regions and maps of classes.

A detector proposes far too many boxes. They are compared by their overlap, thinned out, moved to where the
object really is, and cut out of the feature map in a fixed size. A segmenting network gives a class to every
pixel instead, and its maps are judged by overlap, too.

Lectures: selective search 001:6217-6281; detection and suppression 001:6401-6467; Fast and Faster R-CNN
001:6631-6850; YOLO 001:10351-10421; segmentation 001:5852-5912.

Symbols: a box is (x1, y1, x2, y2) with x to the right and y downwards; its area is (x2 - x1)(y2 - y1).

Conventions: boxes are measured in floats, so nothing is added to a width, except where a docstring says so.
Lists and whole numbers are welcome, and no argument is changed.
"""

import numpy as np


def box_iou(A, B):
    """Intersection over union of each box of A with each box of B.

        IoU = area of the common part / (area a + area b - area of the common part)

    Boxes that are apart, boxes that only touch, and boxes without area have IoU 0.

    Args:
        A: Boxes (N, 4) as x1, y1, x2, y2.
        B: Boxes (M, 4).

    Returns:
        float64 array (N, M).

    Source: lecture 001:10407.

    Hint: the common part begins at the larger of two beginnings. What if it ends before it begins?

    >>> print(box_iou([[0, 0, 2, 2]], [[1, 0, 3, 2], [5, 5, 6, 6], [0, 0, 2, 1]]).round(4).tolist())
    [[0.3333, 0.0, 0.5]]
    """
    raise NotImplementedError("write box_iou here")


def nms(boxes, scores, thr):
    """Non-maximum suppression: of boxes that show the same thing, keep the one with the best score.

    Go through the boxes from the highest score to the lowest, equal scores by the smaller number first. A box
    is kept unless its IoU with a box that was kept before is greater than thr.

    Args:
        boxes: Boxes (N, 4) as x1, y1, x2, y2; there may be none.
        scores: Scores (N,).
        thr: Overlap that is still allowed, from 0 to 1.

    Returns:
        int array: numbers of the boxes that are kept, best score first.

    Source: lecture 001:6408.

    Hint: a box that was thrown out has no say any more.

    >>> print(nms([[0, 0, 2, 2], [0, 0, 2, 1.8], [5, 5, 6, 6]], [0.6, 0.9, 0.7], 0.5).tolist())
    [1, 2]
    """
    raise NotImplementedError("write nms here")


def _centre_and_size(boxes):
    """Centre (N, 2) and size (N, 2) of boxes given by their corners."""
    boxes = np.asarray(boxes, dtype=float)
    return (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]


def bbox_encode(P, G):
    """What a network has to learn in order to move a proposal onto the true box.

        tx = (gx - px) / pw    ty = (gy - py) / ph    tw = ln(gw / pw)    th = ln(gh / ph)

    Here x, y is the centre of a box and w, h its width and height.

    Args:
        P: Proposals (N, 4) as x1, y1, x2, y2, all with an area above 0.
        G: True boxes (N, 4), one for each proposal, given in the same way.

    Returns:
        float64 array (N, 4): tx, ty, tw, th.

    Source: lecture 001:6435-6467, which leaves tw open; the logarithm as in Girshick and others, 2014.

    Hint: from corners to centres and sizes first.

    >>> print(bbox_encode([[0, 0, 4, 2]], [[1, 1, 5, 3]]).tolist())
    [[0.25, 0.5, 0.0, 0.0]]
    """
    raise NotImplementedError("write bbox_encode here")


def bbox_decode(P, t):
    """The way back: the box that a proposal and the four learned numbers mean.

        x = px + pw tx    y = py + ph ty    w = pw e^tw    h = ph e^th

    Args:
        P: Proposals (N, 4) as x1, y1, x2, y2.
        t: Numbers (N, 4): tx, ty, tw, th.

    Returns:
        float64 array (N, 4): boxes as x1, y1, x2, y2.

    Source: lecture 001:6435-6467.

    Hint: in the end, half of the width lies on each side of the centre.

    >>> print(bbox_decode([[0, 0, 4, 2]], [[0.25, 0.5, 0, 0]]).tolist())
    [[1.0, 1.0, 5.0, 3.0]]
    """
    raise NotImplementedError("write bbox_decode here")


def make_anchors(base, scales, ratios):
    """Boxes of several sizes and shapes around the point 0, 0, as a start for proposals.

        w = base · s / √r    h = base · s · √r    so r = h / w, and the area does not depend on r

    Args:
        base: Side of a square anchor of scale 1.
        scales: The scales s, S numbers above 0.
        ratios: The ratios r, R numbers above 0.

    Returns:
        float64 array (R·S, 4) of boxes x1, y1, x2, y2: all scales of the first ratio, then of the second.

    Source: lecture 001:6800-6833.

    Hint: half of the width lies on each side of 0.

    >>> print(make_anchors(2, [1, 2], [1, 4]).tolist())
    [[-1.0, -1.0, 1.0, 1.0], [-2.0, -2.0, 2.0, 2.0], [-0.5, -2.0, 0.5, 2.0], [-1.0, -4.0, 1.0, 4.0]]
    """
    raise NotImplementedError("write make_anchors here")


def anchors_on_grid(fh, fw, stride, anchors):
    """The same anchors at every cell of a feature map.

    Each anchor is given around the point 0, 0. At the cell in row i and column j this point is moved to the
    middle of the part of the picture that the cell stands for:

        x = (j + ½) · stride    y = (i + ½) · stride

    Args:
        fh: Rows of the feature map, an int >= 1.
        fw: Columns of the feature map, an int >= 1.
        stride: Pixels of the picture from one cell to the next, in both directions.
        anchors: A anchors (A, 4) as x1, y1, x2, y2, for example from `make_anchors`.

    Returns:
        float64 array (fh·fw·A, 4) of boxes x1, y1, x2, y2 in pixels of the picture: row after row, in each
        row cell after cell, at each cell all anchors in the order given. Boxes may stick out of the picture.

    Source: lecture 001:6800-6835; the ½ as in the default boxes of Liu and others (SSD), 2016.

    Hint: both corners of a box move alike.

    >>> print(anchors_on_grid(1, 2, 8, [[-1, -2, 1, 2]]).tolist())
    [[3.0, 2.0, 5.0, 6.0], [11.0, 2.0, 13.0, 6.0]]
    """
    raise NotImplementedError("write anchors_on_grid here")


def assign_anchors(iou, pos=0.7, neg=0.3):
    """Which anchors are examples of an object (1), which of background (0), and which of neither (-1).

    An anchor gets 1 if its largest IoU is at least pos, or if it is the best anchor of an object. All other
    anchors get 0 if their largest IoU is below neg, and -1 if it is not. The best anchor of an object is the
    one with the largest IoU, of equal ones the first; an object that no anchor overlaps has none.

    Args:
        iou: IoU of each anchor with each object (A, G), with at least one object.
        pos: From here on an anchor is an example of an object.
        neg: Below this it is an example of background.

    Returns:
        int array (A,) of 1, 0 and -1.

    Source: the rule of Ren and others, 2015, for the network of lecture 001:6800-6833.

    Hint: rows for one half of the rule, columns for the other.

    >>> print(assign_anchors([[0.8, 0.1], [0.2, 0.1], [0.5, 0.0], [0.1, 0.25]]).tolist())
    [1, 0, -1, 1]
    """
    raise NotImplementedError("write assign_anchors here")


def roi_pool(feat, roi, out):
    """Cut a region out of a feature map and make it out × out large, by the maximum in each bin.

    The corners are rounded to whole cells, halves upwards: ⌊x + ½⌋. Both corner cells belong to the region,
    so here, and only here, w = x2 - x1 + 1 and h = y2 - y1 + 1. Counted from y1, bin i reaches from row
    ⌊i h / out⌋ up to, but without, row ⌈(i + 1) h / out⌉; columns in the same way. Bins may share cells.

    Args:
        feat: Feature map (C, H, W).
        roi: Region x1, y1, x2, y2 in cells of the map; once rounded it lies on the map.
        out: Number of bins along each side, an int >= 1.

    Returns:
        float64 array (C, out, out).

    Source: lecture 001:6670-6714; the bins as in the program of Girshick, 2015.

    Hint: write down the bins of 5 rows for out = 2 first.

    >>> print(roi_pool([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], [0, 0, 2, 2], 2).tolist())
    [[[5.0, 6.0], [8.0, 9.0]]]
    """
    raise NotImplementedError("write roi_pool here")


def ss_similarity(r1, r2, image_size, a=(1, 1, 1, 1)):
    """How well two regions of a picture go together, for selective search.

        s = a1 s_colour + a2 s_texture + a3 s_size + a4 s_fill
        s_colour = Σ min(c1, c2)                    s_texture = Σ min(t1, t2)
        s_size = 1 - (size1 + size2) / image_size   s_fill = 1 - (bb - size1 - size2) / image_size

    c and t are the histograms, each divided by its own sum; bb is the area of the smallest box around both.

    Args:
        r1: A region: a dict with "colour" and "texture" (histograms as counts, not all 0; 75 and 240 bins
            in the lecture), "size" (number of pixels) and "box" (x1, y1, x2, y2).
        r2: The other region.
        image_size: Number of pixels of the picture.
        a: The four weights.

    Returns:
        A float.

    Source: lecture 001:6217-6281.

    Hint: four small numbers, then their weighted sum.

    >>> r1 = {"colour": [3, 1], "texture": [1, 0], "size": 4, "box": [0, 0, 2, 2]}
    >>> r2 = {"colour": [1, 1], "texture": [2, 0], "size": 2, "box": [2, 0, 4, 1]}
    >>> print(ss_similarity(r1, r2, 16))
    3.25
    """
    raise NotImplementedError("write ss_similarity here")


def yolo_decode(grid, img):
    """Boxes in pixels and scores of the classes, out of what YOLO says about each cell.

    The square picture is cut into S × S cells. A cell says x, y, w, h, confidence, and P(class | object) for
    each of C classes. x and y place the centre within the cell, from 0 to 1; w and h are shares of the
    picture.

        centre = ((column + x) / S · img, (row + y) / S · img)
        score of a class = confidence · P(class | object)

    Args:
        grid: Answer of the network (S, S, 5 + C); the first axis is the row.
        img: Side of the picture in pixels.

    Returns:
        float64 array (S·S, 4 + C): centre x, centre y, width, height in pixels, then the scores; row
            after row.

    Source: lecture 001:10351-10421; its slide has no number for the confidence, its text needs one.

    Hint: which of x and y goes with the column?

    >>> print(yolo_decode([[[0.5, 0.25, 0.5, 1, 0.5, 1, 0]]], 8).tolist())
    [[4.0, 2.0, 4.0, 8.0, 0.5, 0.0]]
    """
    raise NotImplementedError("write yolo_decode here")


def confusion_matrix(pred, gt, C):
    """How many pixels of each true class were given to each class.

    Args:
        pred: Class of each pixel as the network says, ints from 0 to C - 1, of any shape.
        gt: True class of each pixel, same shape.
        C: Number of classes.

    Returns:
        int array (C, C): entry [a, b] counts the pixels of true class a that were given to class b.

    Hint: each pixel adds 1 in one place, and many pixels add in the same place.

    >>> print(confusion_matrix([[0, 1], [1, 1]], [[0, 0], [1, 1]], 2).tolist())
    [[1, 1], [0, 2]]
    """
    raise NotImplementedError("write confusion_matrix here")


def mean_iou(pred, gt, C):
    """The mean over the classes of the intersection over union of their pixels.

        IoU of a class = pixels where both say it / pixels where at least one says it

    A class that occurs neither in pred nor in gt is left out of the mean.

    Args:
        pred: Class of each pixel as the network says, ints from 0 to C - 1, of any shape, not empty.
        gt: True class of each pixel, same shape.
        C: Number of classes.

    Returns:
        A float from 0 to 1.

    Hint: everything that is needed stands in the confusion matrix.

    >>> print(mean_iou([0, 0, 0, 1], [0, 0, 1, 1], 3).__round__(4))
    0.5833
    """
    raise NotImplementedError("write mean_iou here")


def pixel_cross_entropy(logits, y, ignore=255):
    """The mean cross-entropy of the pixels, in nats, without those that nobody has labelled.

        L = mean over the labelled pixels of -ln softmax(logits of the pixel)[class of the pixel]

    Args:
        logits: Scores (N, C, H, W); the classes are axis 1.
        y: True classes (N, H, W), ints from 0 to C - 1, or `ignore`. At least one pixel is labelled.
        ignore: What stands in y where a pixel has no label.

    Returns:
        A float >= 0.

    Source: lecture 001:5877.

    Hint: 255 is no class, so keep it away from every index.

    >>> print(round(pixel_cross_entropy([[[[0, 0]], [[0, 9]]]], [[[0, 255]]]), 4))
    0.6931
    """
    raise NotImplementedError("write pixel_cross_entropy here")


def fcn_skip(coarse, fine):
    """The skip connection of a fully convolutional network: a coarse map, twice as large, plus a fine one.

    Each number of the coarse map becomes a square of 2 × 2 equal numbers.

    Args:
        coarse: Scores (C, H, W).
        fine: Scores (C, 2H, 2W).

    Returns:
        float64 array (C, 2H, 2W).

    Source: lecture 001:5887-5912.

    Hint: NumPy can repeat each number along an axis.

    >>> print(fcn_skip([[[1, 2]]], [[[0, 1, 0, 1], [5, 5, 5, 5]]]).tolist())
    [[[1.0, 2.0, 2.0, 3.0], [6.0, 6.0, 7.0, 7.0]]]
    """
    raise NotImplementedError("write fcn_skip here")


# Tasks 13 and 14 are read by a person. Write your sentences between the quotes.
EXPLAIN_IOU = """
"""

EXPLAIN_THRESHOLD = """
"""
