"""The pictures of the handout: two boxes that overlap, and anchors of several shapes and places."""

from autograder.drawing import BLUE, FAINT, GREY, INK, ORANGE, PALE, SMALL, Picture, Plane

from .reference import anchors_on_grid, box_iou, make_anchors


def overlap_and_anchors():
    """The examples of tasks 1, 4 and 5 as boxes; as in every picture, y grows downwards.

    On the left the boxes 0 0 2 2 and 1 1 3 3. They share the square from 1 1 to 2 2, whose area is 1, and
    cover 4 + 4 − 1 = 7 together, so that their IoU is 1/7 = 0.143. In the middle two anchors of scale 8
    around one point: ratio 1 is 128 wide and 128 high, ratio 4 is 64 wide and 256 high, and both have the
    same area. On the right a grid of cells 16 wide. The middle of the cell in row 1, column 2 is x = 40,
    y = 24, and the anchor −8 −4 8 4 becomes the box 32 20 48 28 around it.
    """
    picture = Picture(712, 282)
    _overlap(picture)
    _shapes(picture)
    _grid(picture)
    return picture


def _overlap(picture):
    one, other = [0.0, 0.0, 2.0, 2.0], [1.0, 1.0, 3.0, 3.0]
    plane = Plane(picture, (36, 52), 168, 168, (0, 3), (3, 0))
    for number in range(4):
        picture.line(plane.at(number, 0), plane.at(number, 3), colour=FAINT, width=1)
        picture.line(plane.at(0, number), plane.at(3, number), colour=FAINT, width=1)
        picture.text(str(number), (plane.at(number, 0)[0], 42), GREY, SMALL)
        picture.text(str(number), (26, plane.at(0, number)[1]), GREY, SMALL)
    _box(picture, plane, [1, 1, 2, 2], INK, PALE[INK])
    _box(picture, plane, one, BLUE)
    _box(picture, plane, other, ORANGE, dash="7 3")
    picture.text("1", plane.at(1.5, 1.5), INK, rim=False)
    picture.text("4", plane.at(0.5, 0.5), BLUE)
    picture.text("4", plane.at(2.5, 2.5), ORANGE)
    iou = box_iou([one], [other])[0, 0]
    picture.text(f"1 / (4 + 4 − 1) = {iou:.3f}", (120, 246), INK)
    picture.text("overlap", (120, 18), INK, bold=True)


def _shapes(picture):
    plane = Plane(picture, (270, 40), 192, 192, (-140, 140), (140, -140))
    square, tall = make_anchors(16, [8], [1, 4])
    _box(picture, plane, square, BLUE)
    _box(picture, plane, tall, ORANGE, dash="7 3")
    picture.dot(plane.at(0, 0), INK, 3)
    picture.text("128 × 128", plane.at(72, -44), BLUE, SMALL, "start")
    picture.text("64 × 256", plane.at(40, -110), ORANGE, SMALL, "start")
    picture.text("scale 8, ratios 1 and 4", (366, 246), INK)
    picture.text("anchors", (366, 18), INK, bold=True)


def _grid(picture):
    plane = Plane(picture, (516, 52), 176, 132, (0, 64), (48, 0))
    for x in range(0, 65, 16):
        picture.line(plane.at(x, 0), plane.at(x, 48), colour=FAINT, width=1)
        picture.text(str(x), (plane.at(x, 0)[0], 42), GREY, SMALL)
    for y in range(0, 49, 16):
        picture.line(plane.at(0, y), plane.at(64, y), colour=FAINT, width=1)
        picture.text(str(y), (508, plane.at(0, y)[1]), GREY, SMALL, "end")
    box = anchors_on_grid(3, 4, 16, [[-8.0, -4.0, 8.0, 4.0]]).reshape(3, 4, 4)[1, 2]
    _box(picture, plane, box, BLUE, PALE[BLUE])
    picture.dot(plane.at(40, 24), INK, 3)
    picture.text(" ".join(f"{number:g}" for number in box), (604, 204), BLUE)
    picture.text("row 1, column 2, stride 16", (604, 246), INK)
    picture.text("on a grid", (604, 18), INK, bold=True)


def _box(picture, plane, box, colour, fill="none", dash=""):
    left, top = plane.at(box[0], box[1])
    right, bottom = plane.at(box[2], box[3])
    picture.box((left, top), right - left, bottom - top, colour, fill, dash=dash, round_by=0)
