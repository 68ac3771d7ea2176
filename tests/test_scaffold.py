"""A new assignment works at once, and nothing that was there is changed but one line of course.yaml."""

import subprocess
import sys

import numpy as np
import pytest

from autograder import course, release, scaffold
from autograder.model import CourseError

from . import toy_course

GAME = """\
# The course.
title: "Toys"   # in quotes

order:  # as taught
  - toy   # first
  # not yet: ball

late: {per_day: 0.1}
"""


@pytest.fixture
def root(tmp_path):
    return toy_course.write(tmp_path)


def begin(root, name="hopfield", title="Hopfield networks"):
    return scaffold.new(course.load(root), name, title)


def write(root, text):
    (root / "rubrics" / "course.yaml").write_bytes(text.encode())


def read(root):
    return (root / "rubrics" / "course.yaml").read_bytes().decode()


def test_the_files_of_an_assignment_are_there(root):
    made = [path.relative_to(root).as_posix() for path in begin(root)]

    assert made == [
        "solutions/hopfield/reference.py",
        "solutions/hopfield/checks.py",
        "solutions/hopfield/misconceptions.py",
        "solutions/hopfield/alternatives.py",
        "solutions/hopfield/handout.md",
        "rubrics/hopfield.yaml",
        "rubrics/course.yaml",
        "assignments/hopfield/README.md",
        "assignments/hopfield/hopfield.py",
        "assignments/hopfield/hopfield.ipynb",
    ]
    assert all((root / path).is_file() for path in made)


def test_the_new_assignment_loads_and_is_fresh_and_keeps_its_secrets(root):
    begin(root, title='Nets: "content" | addressed')
    new = course.load(root)
    got = course.assignment(new, "hopfield")

    assert got.title == 'Nets: "content" | addressed'
    assert release.stale(new, "hopfield") == []
    assert release.leaks(new, release.derive(new, "hopfield")) == []


def answers(assignment, function):
    for check in assignment.checks:
        rng = np.random.default_rng(1)
        yield check.draw(function, rng) if check.scenario else function(check.draw(rng))


def test_its_alternative_is_right_and_its_misconceptions_are_wrong_each_in_its_own_way(root):
    begin(root)
    got = course.assignment(course.load(root), "hopfield")
    right = np.array(list(answers(got, got.functions["mean_square"])))
    wrong = np.array([list(answers(got, one.wrong)) for one in got.misconceptions])

    assert np.allclose(list(answers(got, got.alternatives[0].right)), right, rtol=1e-12)
    assert len(wrong) == 4
    assert not np.isclose(wrong, right).any()
    assert len({tuple(row.round(6)) for row in wrong}) == 4


def test_the_worked_example_comes_out(root):
    path = begin(root)[0]
    done = subprocess.run(
        [sys.executable, "-m", "doctest", path], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")


def test_the_new_files_are_formatted(root):
    paths = [path for path in begin(root) if path.suffix == ".py"]
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--line-length",
        "110",
        "--check",
        *paths,
    ]

    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_comments_and_layout_of_the_course_file_stay(root):
    write(root, GAME)
    begin(root)

    assert read(root) == GAME.replace("  - toy   # first\n", "  - toy   # first\n  - hopfield\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\norder: [toy]  # one\n", "title: T\norder: [toy, hopfield]  # one\n"),
        ("title: T\norder: ['toy',\n  \"game\"]\n", "title: T\norder: ['toy',\n  \"game\", hopfield]\n"),
        ("title: T\norder: [] # none\n", "title: T\norder: [hopfield] # none\n"),
        ("title: T\norder:\n- toy", "title: T\norder:\n- toy\n- hopfield\n"),
        ("title: T\r\norder:\r\n- toy\r\n", "title: T\r\norder:\r\n- toy\r\n- hopfield\r\n"),
    ],
)
def test_the_name_is_added_in_the_style_of_the_file(root, before, after):
    write(root, before)
    begin(root)

    assert read(root) == after


def test_an_order_that_cannot_be_extended_safely_is_left_alone(root):
    write(root, "title: T\norder: [\n]\n")

    with pytest.raises(CourseError, match=r"rubrics/course\.yaml:2: 'hopfield' could not be added to order"):
        begin(root)

    assert not (root / "solutions" / "hopfield").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Hopfield", "cannot name an assignment"),
        ("2d", "cannot name an assignment"),
        ("a-b", "cannot name an assignment"),
        ("../x", "cannot name an assignment"),
        ("class", "cannot name an assignment"),
        ("", "cannot name an assignment"),
        ("random", "'random' is a module of Python's that random.py would hide"),
        ("numpy", "'numpy' is a module of Python's"),
        ("toy", "the course has an assignment 'toy' already"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(root, name, says):
    with pytest.raises(CourseError) as caught:
        begin(root, name)

    assert says in str(caught.value)


@pytest.mark.parametrize("title", ["", "  ", "two\nlines"])
def test_a_title_is_one_line(root, title):
    with pytest.raises(CourseError, match="a title is one line of text"):
        begin(root, title=title)


@pytest.mark.parametrize(
    "path", ["solutions/hopfield/notes.txt", "rubrics/hopfield.yaml", "assignments/hopfield/x"]
)
def test_nothing_is_overwritten(root, path):
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("mine", encoding="utf-8")
    before = sorted(root.rglob("*"))

    with pytest.raises(CourseError, match="is there already, and nothing is overwritten"):
        begin(root)

    assert sorted(root.rglob("*")) == before
