"""Boxes, regions and maps of classes: the references agree with torch, scikit-learn, SciPy and NumPy.

Where no library has the function itself, it is put together from their parts in another way.
"""

import math
from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
spatial = pytest.importorskip("scipy.spatial")
metrics = pytest.importorskip("sklearn.metrics")

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(
        course.load(course.find(Path(__file__).parent)), "detection_segmentation"
    ).functions


def boxes(n, seed=0):
    """Boxes of whole pixels on a picture of 24 × 32, so that they can be painted."""
    rng = np.random.default_rng([n, seed])
    first = rng.integers(0, 16, size=(n, 2))
    return np.concatenate([first, first + rng.integers(1, [17, 9], size=(n, 2))], axis=1).astype(float)


def painted(box):
    """The pixels of a box."""
    x1, y1, x2, y2 = box.astype(int)
    mask = np.zeros((24, 32), dtype=bool)
    mask[y1:y2, x1:x2] = True
    return mask.ravel()


@pytest.mark.parametrize(("n", "m"), [(1, 1), (6, 4), (5, 9)])
def test_box_iou_is_the_jaccard_score_of_the_painted_boxes(ours, n, m):
    a, b = boxes(n), boxes(m, seed=1)
    by_sklearn = [[metrics.jaccard_score(painted(p), painted(q)) for q in b] for p in a]
    by_scipy = 1 - spatial.distance.cdist(
        np.array([painted(p) for p in a]), np.array([painted(q) for q in b]), "jaccard"
    )

    same(ours["box_iou"](a, b), by_sklearn, RTOL)
    same(ours["box_iou"](a, b), by_scipy, RTOL, ATOL)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("thr", [0.0, 0.2, 0.5, 0.9])
def test_nms_keeps_what_a_loop_in_torch_keeps(ours, thr, seed):
    proposals, scores = boxes(30, seed), np.random.default_rng(seed).permutation(30) / 30
    masks = torch.tensor(np.array([painted(box) for box in proposals]))
    left, kept = list(torch.argsort(torch.tensor(scores), descending=True)), []
    while left:
        best = left.pop(0)
        kept.append(int(best))
        share = [(masks[best] & masks[i]).sum() / (masks[best] | masks[i]).sum() for i in left]
        left = [i for i, overlap in zip(left, share, strict=True) if overlap <= thr]

    assert ours["nms"](proposals, scores, thr).tolist() == kept


@pytest.mark.parametrize("seed", range(3))
def test_bbox_encode_and_decode_are_the_formulas_in_torch(ours, seed):
    p, g = torch.tensor(boxes(7, seed)), torch.tensor(boxes(7, seed + 10))
    size = p[:, 2:] - p[:, :2]
    shift = torch.lerp(g[:, :2], g[:, 2:], 0.5) - torch.lerp(p[:, :2], p[:, 2:], 0.5)
    numbers = torch.hstack([shift / size, torch.log(g[:, 2:] - g[:, :2]) - torch.log(size)])

    same(ours["bbox_encode"](p.numpy(), g.numpy()), numbers, RTOL, ATOL)
    same(ours["bbox_decode"](p.numpy(), numbers.numpy()), g, RTOL, 1e-11)


def test_the_proposal_of_the_lecture_becomes_narrower(ours):
    box = ours["bbox_decode"]([[10, 10, 110, 90]], [[0, 0, -0.125, 0]])[0]

    same(box[2] - box[0], 100 * math.exp(-0.125), RTOL)
    same((box[:2] + box[2:]) / 2, [60, 50], RTOL)
    assert box[3] - box[1] == 80


@pytest.mark.parametrize(
    ("scales", "ratios"), [([8, 16, 32], [0.5, 1, 2]), ([1.5], [1 / 3, 3]), ([2, 5], [1])]
)
def test_make_anchors_is_what_torch_makes_of_all_pairs(ours, scales, ratios):
    pairs = torch.cartesian_prod(*(torch.tensor(v, dtype=torch.float64) for v in (ratios, scales)))
    ratio, side = pairs.reshape(-1, 2).T[0], 16 * pairs.reshape(-1, 2).T[1]
    half = torch.stack([side / torch.sqrt(ratio), side * torch.sqrt(ratio)], dim=1) / 2

    same(ours["make_anchors"](16, scales, ratios), torch.hstack([-half, half]), RTOL)


@pytest.mark.parametrize(("fh", "fw", "stride", "n"), [(1, 1, 16, 1), (3, 5, 8, 2), (4, 2, 2.5, 9)])
def test_anchors_on_grid_is_what_torch_makes_of_a_mesh(ours, fh, fw, stride, n):
    anchors = np.random.default_rng(n).normal(size=(n, 4))
    down, across = ((torch.arange(m, dtype=torch.float64) + 0.5) * stride for m in (fh, fw))
    middle = torch.cartesian_prod(down, across).reshape(-1, 2)[:, [1, 0, 1, 0]]
    expected = (middle.unsqueeze(1) + torch.tensor(anchors)).flatten(0, 1)

    same(ours["anchors_on_grid"](fh, fw, stride, anchors), expected, RTOL, ATOL)


@pytest.mark.parametrize("seed", range(5))
def test_assign_anchors_is_the_matching_in_torch(ours, seed):
    iou = np.random.default_rng(seed).uniform(0.01, 0.9, size=(12, 3)) ** 2
    table = torch.tensor(iou)
    labels = torch.full((12,), -1)
    labels[table.amax(dim=1) < 0.3] = 0
    labels[table.amax(dim=1) >= 0.7] = 1
    labels[torch.nonzero(table == table.amax(dim=0))[:, 0]] = 1

    assert ours["assign_anchors"](iou).tolist() == labels.tolist()


@pytest.mark.parametrize(
    ("roi", "out"), [([0, 0, 8, 6], 2), ([1, 2, 7, 6], 3), ([2, 1, 3, 2], 4), ([4, 3, 4, 3], 2)]
)
def test_roi_pool_is_adaptive_max_pooling_of_the_region(ours, roi, out):
    feat = np.random.default_rng(out).normal(size=(3, 7, 9))
    x1, y1, x2, y2 = roi
    part = torch.tensor(feat)[:, y1 : y2 + 1, x1 : x2 + 1]

    same(ours["roi_pool"](feat, roi, out), torch.nn.functional.adaptive_max_pool2d(part, out), RTOL)


@pytest.mark.parametrize("seed", range(3))
def test_ss_similarity_is_one_less_half_the_city_block_distance(ours, seed):
    rng = np.random.default_rng(seed)
    r1, r2 = (
        {
            "colour": rng.integers(0, 50, size=75),
            "texture": rng.integers(0, 50, size=240),
            "size": int(rng.integers(20, 40)),
            "box": boxes(1, seed + k)[0],
        }
        for k in (0, 20)
    )
    parts = [
        1 - spatial.distance.cityblock(r1[k] / r1[k].sum(), r2[k] / r2[k].sum()) / 2
        for k in ("colour", "texture")
    ]
    corners = np.concatenate([r1["box"], r2["box"]]).reshape(4, 2)
    around = np.prod(corners.max(axis=0) - corners.min(axis=0))
    pixels = r1["size"] + r2["size"]
    weights = rng.uniform(0.2, 2.0, size=4)

    expected = np.dot(weights, [*parts, 1 - pixels / 768, 1 - (around - pixels) / 768])

    same(ours["ss_similarity"](r1, r2, 768, weights), expected, RTOL)


@pytest.mark.parametrize(("s", "c", "img"), [(7, 20, 448), (2, 3, 64.5), (1, 1, 10)])
def test_yolo_decode_is_the_formula_in_torch(ours, s, c, img):
    grid = np.random.default_rng(s).uniform(size=(s, s, 5 + c))
    place, size, sure, classes = torch.split(torch.tensor(grid).reshape(s * s, -1), [2, 2, 1, c], dim=1)
    cell = torch.cartesian_prod(torch.arange(s), torch.arange(s)).reshape(-1, 2).flip(1)

    expected = torch.hstack([(cell + place) * img / s, size * img, sure * classes])

    same(ours["yolo_decode"](grid, img), expected, RTOL)


def maps(seed, c=5, shape=(2, 6, 7)):
    """What a network says and what is true, in classes."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, c - 1, size=shape)  # the last class is said alone
    return np.where(rng.random(shape) < 0.4, rng.integers(0, c, size=shape), truth), truth


@pytest.mark.parametrize("seed", range(3))
def test_confusion_matrix_is_that_of_sklearn(ours, seed):
    pred, gt = maps(seed)
    expected = metrics.confusion_matrix(gt.ravel(), pred.ravel(), labels=np.arange(6))

    np.testing.assert_array_equal(ours["confusion_matrix"](pred, gt, 6), expected)


@pytest.mark.parametrize("seed", range(3))
def test_mean_iou_is_the_jaccard_score_of_sklearn_over_the_classes_that_occur(ours, seed):
    pred, gt = maps(seed)
    expected = metrics.jaccard_score(gt.ravel(), pred.ravel(), average="macro")

    same(ours["mean_iou"](pred, gt, 9), expected, RTOL)


@pytest.mark.parametrize("scale", [1.0, 30.0, 1000.0])
@pytest.mark.parametrize("ignore", [255, -1])
def test_pixel_cross_entropy_is_that_of_torch(ours, ignore, scale):
    rng = np.random.default_rng(ignore + 1)
    logits, y = scale * rng.normal(size=(2, 4, 5, 6)), rng.integers(0, 4, size=(2, 5, 6))
    y[:, 1:3, 2] = ignore
    expected = torch.nn.functional.cross_entropy(torch.tensor(logits), torch.tensor(y), ignore_index=ignore)

    same(ours["pixel_cross_entropy"](logits, y, ignore), float(expected), RTOL)


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 2, 5)])
def test_fcn_skip_is_upsampling_by_torch_and_a_sum(ours, shape):
    rng = np.random.default_rng(shape)
    coarse, fine = rng.normal(size=shape), rng.normal(size=(shape[0], 2 * shape[1], 2 * shape[2]))
    large = torch.nn.functional.interpolate(torch.tensor(coarse)[None], scale_factor=2, mode="nearest")[0]

    same(ours["fcn_skip"](coarse, fine), large + torch.tensor(fine), RTOL)
