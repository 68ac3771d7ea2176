"""Boxes, components, maps of points, and sequences."""

import numpy as np


def example_x_iou(of, given):
    return of.box_iou([given["a"]], [given["b"]])[0, 0]


def example_001_bbox_targets(of, given):
    """The boxes come back as corners; the slide speaks of centres and sizes."""
    boxes = of.bbox_decode([given["proposal"]] * 2, [given["t1"], given["t2"]])
    corners, others = boxes[:, :2], boxes[:, 2:]
    return dict(zip(("t1", "t2"), np.hstack([(corners + others) / 2, others - corners]), strict=True))


def example_x_yolo_conf(of, given):
    cell = [0.5, 0.5, 1, 1, given["P(object)"] * given["IoU"], given["P(class|object)"]]
    return of.yolo_decode([[cell]], 1)[0, 4]


def example_001_anchors(of, given):
    return len(of.make_anchors(given["base"], given["scales"], given["ratios"]))


def example_x_anchors(of, given):
    return of.make_anchors(given["base"], given["scales"], given["ratios"])


def example_001_box_numbers(of, given):
    boxes = np.array([[0, 0, 1, 1]])
    return [np.size(of.bbox_encode(*[np.repeat(boxes, n, axis=0)] * 2)) for n in given["objects"]]


def example_001_regions(of, given):
    """As many cells as there are have the given share of the cube's edge."""
    edges = [of.cell_distance_ratio(d, given["per axis"] ** d) for d in given["d"]]
    return [round(edge**-d) for d, edge in zip(given["d"], edges, strict=True)]


def example_001_curse_r2(of, given):
    """The ratio is the edge of a cell as well; its diagonal is √d times that."""
    edge = of.cell_distance_ratio(given["d"], given["parts"])
    return {"s": edge, "d": edge * given["d"] ** 0.5, "R": edge}


example_001_curse_r100 = example_001_curse_r2


def example_001_sphere_cube(of, given):
    return [of.sphere_cube_ratio(d) for d in given["d"]]


def example_001_pca_percent(of, given):
    return of.choose_k(np.array(given["percent"]) / 100, given["threshold"])


def example_x_tsne_grad(of, given):
    """One width for all points, and p shared out over all pairs, as on the slide, not as in `joint_p`."""
    near = np.exp(-of.pairwise_sq_dists(given["X"]) / (2 * given["sigma"] ** 2))
    np.fill_diagonal(near, 0)
    p = near / near.sum()
    q, _ = of.low_dim_q(given["Y"])
    return {"P": p, "Q": q, "KL": of.kl_divergence(p, q), "gradient": of.tsne_gradient(p, given["Y"])}


def example_001_lstm_output(of, given):
    """No weights: the biases hold the old cell (i = 0, f = 1) and set the output gate."""
    shown, o = np.array(given["tanh C"]), np.array(given["o"])
    shut, opened, n = np.full(len(o), -1000.0), np.full(len(o), 1000.0), len(o)
    b = np.concatenate([shut, opened, of.logit(o), np.zeros(n)])
    h2, *_ = of.lstm_step([[0.0]], [np.zeros(n)], [np.arctanh(shown)], np.zeros((n + 1, 4 * n)), b)
    return h2[0]


def example_x_lstm_step(of, given):
    h2, c2, _ = of.lstm_step(*(given[name] for name in "xhcWb"))
    return {"c": c2, "h": h2}


def example_x_gru_step(of, given):
    return of.gru_step(*(given[name] for name in ("x", "h", "Wr", "Wz", "Wc")))


def example_001_hello(of, given):
    x, t = of.encode(given["text"], given["vocab"])
    uniform = np.zeros((1, len(t), len(given["vocab"])))
    return {"x": x, "t": t, "uniform loss": of.char_lm_loss(uniform, [t])}
