"""What would give a solution away is found; what merely looks like it is not."""

import json

import pytest

from autograder import course, release
from autograder.model import CourseError
from autograder.release.secrecy import leaks

from . import toy_course
from .toy_course import edit

PATH = "toy/README.md"


@pytest.fixture
def root(tmp_path):
    return toy_course.write(tmp_path)


def found(root, text, path=PATH):
    return leaks(course.load(root), {path: text})


def test_what_is_derived_gives_nothing_away(root):
    assert leaks(course.load(root), release.derive(course.load(root), "toy")) == []


def test_the_reference_in_place_of_the_stub_is_found(root):
    said = found(root, toy_course.REFERENCE, "toy/toy.py")

    assert said == [
        (
            "toy/toy.py: it gives away the line “Halving is multiplying by one half.” of "
            "solutions/toy/reference.py:11; put it otherwise"
        ),
        (
            "toy/toy.py: it gives away the line “return x / 2 if x != 0 else 0 * x” of "
            "solutions/toy/reference.py:12; put it otherwise"
        ),
    ]


def test_a_line_of_the_solution_is_found_inside_a_notebook(root):
    book = {"cells": [{"source": ["def half(x):\n", "    return x / 2 if x != 0 else 0 * x\n"]}]}

    assert len(found(root, json.dumps(book), "toy/toy.ipynb")) == 1


def test_a_broken_notebook_is_searched_as_text(root):
    assert len(found(root, "{ return x / 2 if x != 0 else 0 * x", "toy/toy.ipynb")) == 1


def test_a_sentence_is_found_however_it_is_set(root):
    said = found(root, "See: Half of\n**half** is a `quarter`")

    assert "the sentence “Half of half is a quarter” of solutions/toy/checks.py:13" in said[0]


def test_guidance_for_markers_is_found(root):
    edit(
        root / "rubrics" / "toy.yaml", "id: both\n", "id: both\n    guidance: Look twice at the sign of x.\n"
    )

    assert "rubrics/toy.yaml" in found(root, "Look twice at the sign of x!")[0]


@pytest.mark.parametrize("text", ["see by_product", "by_product(3)", "`by_product`"])
def test_a_name_of_an_alternative_is_found(root, text):
    assert found(root, text) == [
        f"{PATH}: it gives away the name “by_product” of solutions/toy/alternatives.py:7; put it otherwise"
    ]


def test_the_id_of_a_check_is_found_though_its_name_is_a_word(root):
    assert "the name “half.ones” of solutions/toy/checks.py:7" in found(root, "half.ones failed")[0]


@pytest.mark.parametrize(
    "text",
    [
        "ones, loop and doubles are ordinary words",
        "a product, by_products or _by_product_",
        "half.onestep and other.half.ones_more",
        "x = 2 * x",
        "Half of x.",
    ],
)
def test_ordinary_words_give_no_alarm(root, text):
    assert found(root, text) == []


def test_what_the_stub_says_itself_is_no_secret(root):
    sentence = "The by_product of x, which is ours, is one half of it."
    edit(root / "solutions" / "toy" / "reference.py", "Half of x.", sentence)
    edit(root / "solutions" / "toy" / "checks.py", "Half of one is a half.", sentence)

    assert found(root, sentence) == []


def test_a_line_that_two_assignments_share_is_an_idiom(root):
    shared = "solutions/game/reference.py"
    (root / "solutions" / "game").mkdir()
    (root / shared).write_text(toy_course.REFERENCE, encoding="utf-8")

    assert found(root, "return x / 2 if x != 0 else 0 * x") == []


def test_the_conversion_that_every_handout_recommends_is_no_secret(root):
    line = "    x = np.asarray(x, dtype=float)\n"
    edit(root / "solutions" / "toy" / "reference.py", "    # Halving", f"{line}    # Halving")

    assert found(root, "`x = np.asarray(x, dtype=float)` does it") == []


@pytest.mark.parametrize("path", ["solutions/toy/reference.py", "toy/checks.py", "rubrics/toy.yaml"])
def test_a_file_of_ours_is_found_by_its_name(root, path):
    assert found(root, "", path) == [f"{path}: this file must not be in a bundle for students; leave it out"]


def test_a_path_of_ours_is_found_in_a_text(root):
    assert found(root, "see solutions/toy/x") == [
        f"{PATH}: it names solutions/toy, which students do not have; leave it out"
    ]


def test_a_reference_without_a_stub_is_an_error_and_no_silence(root):
    edit(root / "solutions" / "toy" / "reference.py", "    ### END SOLUTION\n", "")

    with pytest.raises(CourseError, match="without an ### END SOLUTION"):
        found(root, "")
