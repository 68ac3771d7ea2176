"""Pictures: drawn by functions of the course, shown by one line each, the same everywhere, harmless."""

import base64
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest

from autograder import course, release
from autograder.audit import enough
from autograder.model import CourseError
from autograder.release import pictures

from . import toy_course
from .toy_course import edit

ROOT = Path(__file__).parents[1]
PICTURES = '''\
"""The pictures of the handout."""

from autograder.drawing import BLUE, Picture, Plane


def a_half():
    """A line, cut in two: each part is *one* half."""
    picture = Picture(200, 80)
    picture.line((10, 40), (190, 40))
    picture.arrow((10, 40), (10 + 180 / 7, 40), BLUE)
    return picture
'''
LINE = "![](pictures/a_half.svg)"
SAYS = "A line, cut in two: each part is *one* half."
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def root(tmp_path):
    root = toy_course.write(tmp_path / "course")
    (root / "solutions" / "toy" / "pictures.py").write_text(PICTURES, encoding="utf-8")
    edit(root / "solutions" / "toy" / "handout.md", "Halves are everywhere.", f"Look:\n\n{LINE}")
    return root


@pytest.fixture
def toys(root):
    return course.load(root)


def change(root, old, new):
    edit(root / "solutions" / "toy" / "pictures.py", old, new)


def refusal(of):
    with pytest.raises(CourseError) as caught:
        release.derive(of, "toy")
    return str(caught.value)


def test_a_picture_goes_along_with_its_title_and_description(toys):
    svg = ET.fromstring(release.derive(toys, "toy")["assignments/toy/pictures/a_half.svg"])

    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "A line, cut in two"
    assert svg.findtext(f"{SVG}desc") == SAYS


def test_the_handout_has_the_words_of_the_picture_beside_it(toys):
    text = release.derive(toys, "toy")["assignments/toy/README.md"]

    assert r"![A line, cut in two: each part is \*one\* half.](pictures/a_half.svg)" in text


def test_the_notebook_holds_the_picture_itself(toys):
    files = release.derive(toys, "toy")
    book = nbformat.reads(files["assignments/toy/toy.ipynb"], as_version=4)
    found = re.search(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">', book.cells[0].source)

    nbformat.validate(book)

    assert found[1] == SAYS
    assert base64.b64decode(found[2]).decode() == files["assignments/toy/pictures/a_half.svg"]


def test_a_picture_within_a_list_stays_within_it(root, toys):
    edit(root / "solutions" / "toy" / "handout.md", LINE, f"1. One:\n\n   {LINE}\n\n2. Two.")
    files = release.derive(toys, "toy")

    assert "\n\n   ![A line" in files["assignments/toy/README.md"]
    assert "\\n   <img alt=" in files["assignments/toy/toy.ipynb"].replace('",\n    "', "")


def test_nothing_stands_before_the_picture(toys):
    text = release.derive(toys, "toy")["assignments/toy/pictures/a_half.svg"]

    assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert text.endswith("</svg>\n")


def test_drawing_again_gives_the_same_bytes(toys):
    assert release.derive(toys, "toy") == release.derive(toys, "toy")


def test_another_process_gives_the_same_bytes(root, toys):
    words = (
        "import sys; from pathlib import Path; from autograder import course, release;"
        "files = release.derive(course.load(Path(sys.argv[1])), 'toy');"
        "sys.stdout.write(files['assignments/toy/pictures/a_half.svg'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, root], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout == release.derive(toys, "toy")["assignments/toy/pictures/a_half.svg"]


def test_the_last_bits_of_a_number_do_not_show(root, toys):
    before = release.derive(toys, "toy")
    change(root, "180 / 7", "180 / 7 * (1 + 1e-12)")

    assert release.derive(toys, "toy") == before


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.23456", "1.23"), ("-0.0001", "0"), ("2.50", "2.5"), ("1e-17", "0"), ("0.1250000001", "0.12")],
)
def test_numbers_are_written_short(number, shown):
    assert pictures._rounded(f'<a d="M{number},3 L7,8.0" fill="#1e2345"/>') == (
        f'<a d="M{shown},3 L7,8" fill="#1e2345"/>'
    )


def test_an_assignment_without_pictures_needs_nothing(root, toys):
    (root / "solutions" / "toy" / "pictures.py").unlink()
    edit(root / "solutions" / "toy" / "handout.md", LINE, "")

    assert not [path for path in release.derive(toys, "toy") if "pictures" in path]


def test_a_picture_that_nobody_draws_is_refused(root, toys):
    edit(root / "solutions" / "toy" / "handout.md", LINE, "![](pictures/a_third.svg)")

    assert refusal(toys) == (
        "solutions/toy/handout.md:7: solutions/toy/pictures.py draws no picture 'a_third'; it draws a_half"
    )


def test_a_picture_without_any_that_draws_is_refused(root, toys):
    (root / "solutions" / "toy" / "pictures.py").unlink()

    assert refusal(toys).endswith("pictures.py draws no picture 'a_half'; there is none")


def test_a_picture_that_no_handout_shows_is_refused(root, toys):
    edit(root / "solutions" / "toy" / "handout.md", LINE, "")

    assert refusal(toys) == (
        "solutions/toy/pictures.py: no line of solutions/toy/handout.md shows a_half; add "
        "`![](pictures/a_half.svg)`, or let its name start with an underscore"
    )


def test_a_picture_shown_twice_is_refused(root, toys):
    edit(root / "solutions" / "toy" / "handout.md", LINE, f"{LINE}\n\n{LINE}")

    assert refusal(toys) == "solutions/toy/handout.md:9: a_half is shown in line 7 already"


@pytest.mark.parametrize(
    "line",
    [
        "![my own words](pictures/a_half.svg)",
        "Look at ![](pictures/a_half.svg) here.",
        "![](elsewhere/a_half.png)",
        "![cat][1]",
        '<img src="pictures/a_half.svg">',
    ],
)
def test_a_picture_in_another_form_is_refused(root, toys, line):
    edit(root / "solutions" / "toy" / "handout.md", LINE, line)

    assert refusal(toys).startswith(
        "solutions/toy/handout.md:7: a picture is a line of its own, `![](pictures/NAME.svg)`"
    )


def test_what_code_says_of_pictures_is_no_picture(root, toys):
    edit(
        root / "solutions" / "toy" / "handout.md", LINE, f"{LINE}\n\n```\n{LINE}\n```\n\nWrite `![](a.svg)`."
    )
    text = release.derive(toys, "toy")["assignments/toy/README.md"]

    assert f"```\n{LINE}\n```\n\nWrite `![](a.svg)`." in text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f'    """{SAYS}"""\n', "", ":6: a_half has no docstring; say there what is to be seen"),
        ("a_half():", "a_half(x=1):", ":6: a_half takes arguments; a picture is drawn from nothing"),
        ("return picture", "return 3", ":6: a_half returns int; return the Picture that it drew"),
        ("return picture", "return 1 / 0", ":11: ZeroDivisionError: division by zero"),
        ("Plane\n", "Plain\n", ":3: ImportError: cannot import name 'Plain'"),
        ("def a_half", "def _half", ": it draws nothing; write a function without arguments"),
    ],
)
def test_what_draws_no_picture_is_refused_with_its_place(root, toys, old, new, says):
    change(root, old, new)

    assert refusal(toys).startswith(f"solutions/toy/pictures.py{says}")


@pytest.mark.parametrize(
    ("svg", "says"),
    [
        ("<script>alert(1)</script>", "holds <script>; it has to stand still and alone"),
        ("<image href='#a'/>", "holds <image>"),
        ("<a href='https://example.org'/>", "has href='https://example.org'; it has to stand alone"),
        ("<rect onclick='go()'/>", "has onclick='go()'"),
        ("<rect fill='url(other.svg#a)'/>", "has fill='url(other.svg#a)'"),
        ("<rect>", "is no XML: mismatched tag"),
        (f"<text>{'x' * 30_000}</text>", "bytes, 30000 are allowed; draw less"),
    ],
)
def test_a_picture_that_does_not_stand_alone_is_refused(root, toys, svg, says):
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{svg}</svg>'
    change(
        root,
        "return picture",
        f"from types import SimpleNamespace as S\n    return S(as_svg=lambda: {text!r})",
    )

    assert "solutions/toy/pictures.py:6: a_half: the picture " in refusal(toys)
    assert says in refusal(toys)


def test_what_a_picture_refers_to_within_itself_is_fine(root, toys):
    change(
        root,
        "    return picture",
        "    Plane(picture, (0, 0), 9, 9, (0, 1), (0, 1)).curve(abs)\n    return picture",
    )

    assert 'clip-path="url(#' in release.derive(toys, "toy")["assignments/toy/pictures/a_half.svg"]


def test_without_the_library_one_is_told_what_to_install(toys, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("autograder.drawing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "drawsvg", None)
    monkeypatch.delattr("autograder.drawing", raising=False)

    assert refusal(toys).startswith("solutions/toy/pictures.py:3: ModuleNotFoundError: ")
    assert refusal(toys).endswith("install it with pip install 'nn-autograder[course]'")


def test_a_loaded_assignment_keeps_its_reference(root, toys):
    change(root, "def a_half", "from .reference import half\n\n\ndef a_half")
    before = course.assignment(toys, "toy").functions["half"]
    release.derive(toys, "toy")

    assert vars(sys.modules[before.__module__])["half"] is before


def test_pictures_decide_no_marks(root, toys):
    before = course.assignment(toys, "toy").digest
    change(root, "190", "180")

    assert course.assignment(toys, "toy").digest == before


def test_refreshing_writes_pictures_and_removes_those_that_are_gone(root, toys):
    there = root / "assignments" / "toy" / "pictures" / "a_half.svg"

    assert there in release.write(toys, ["toy"])
    assert there.is_file()

    (root / "solutions" / "toy" / "pictures.py").unlink()
    edit(root / "solutions" / "toy" / "handout.md", LINE, "")

    assert there in release.write(toys, ["toy"])
    assert not there.parent.exists()
    assert release.stale(toys, "toy") == []


def test_a_picture_that_cannot_be_removed_is_an_error(root, toys):
    (root / "assignments" / "toy" / "pictures" / "old.svg").mkdir(parents=True)

    with pytest.raises(CourseError, match=r"old\.svg cannot be removed"):
        release.write(toys, ["toy"])


def test_an_old_picture_is_not_fresh(root, toys):
    release.write(toys, ["toy"])
    change(root, "190", "180")

    assert [sentence.split(":")[0] for sentence in release.stale(toys, "toy")] == [
        "assignments/toy/toy.ipynb",
        "assignments/toy/pictures/a_half.svg",
    ]


def test_the_bundle_carries_pictures_and_not_what_draws_them(toys, tmp_path):
    release.bundle(toys, ["toy"], tmp_path / "out")

    assert (tmp_path / "out" / "toy" / "pictures" / "a_half.svg").is_file()
    assert not list((tmp_path / "out").rglob("pictures.py"))


def test_what_draws_pictures_must_not_be_handed_out(toys):
    assert release.leaks(toys, {"toy/pictures.py": ""}) == [
        "toy/pictures.py: this file must not be in a bundle for students; leave it out"
    ]


def test_a_picture_that_gives_something_away_is_found(root, toys):
    change(root, "each part", "think of by_product; each part")

    assert any(
        leak.startswith("toy/pictures/a_half.svg: it gives away the name “by_product”")
        for leak in release.leaks(
            toys, {k.removeprefix("assignments/"): v for k, v in release.derive(toys, "toy").items()}
        )
    )


def test_the_file_that_draws_is_no_stray_and_a_finished_picture_beside_it_is(root, toys):
    folder = root / "solutions" / "toy" / "pictures"
    folder.mkdir()
    (folder / "b.svg").write_text("<svg/>", encoding="utf-8")

    assert [finding.where for finding in enough.strays(toys) if "pictures" in finding.where] == [
        "solutions/toy/pictures/b.svg"
    ]


SHOWN = sorted((ROOT / "assignments").rglob("*.svg"))


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_picture_of_the_course_is_readable_small_and_harmless(path):
    text = path.read_text(encoding="utf-8")
    svg = ET.fromstring(text)
    fonts = {element.get("font-family") for element in svg.iter() if element.get("font-family")}

    assert len(svg.findtext(f"{SVG}title")) > 10
    assert len(svg.findtext(f"{SVG}desc").split()) >= 15
    assert fonts == {"Helvetica, Arial, sans-serif"}
    assert float(svg.get("width")) <= 720
    assert len(text.encode()) <= pictures.LARGEST
    assert not list(pictures._faults(text))
    assert not re.search(r"javascript|https?://(?!www\.w3\.org/)", text)
