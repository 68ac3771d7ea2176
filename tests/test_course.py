"""A course is found, read and joined; what does not fit together is named with its place."""

import subprocess
import sys
from datetime import datetime, timedelta, timezone
from fractions import Fraction

import pytest

from autograder import course
from autograder.model import CourseError, Dates, Late, Limits, Shown

from . import toy_course
from .toy_course import edit


@pytest.fixture
def root(tmp_path):
    return toy_course.write(tmp_path)


def refusal(root, name="toy"):
    with pytest.raises(CourseError) as caught:
        course.assignment(course.load(root), name)
    return str(caught.value)


def test_a_course_is_found_from_any_folder_in_it(root):
    assert course.find(root / "solutions" / "toy") == root.resolve()


def test_where_no_course_is_the_error_says_what_was_looked_for(tmp_path):
    with pytest.raises(CourseError, match=r"looked for rubrics/course\.yaml there and in every folder above"):
        course.find(tmp_path)


def test_the_course_file_is_read(root):
    got = course.load(root)
    winter = timezone(timedelta(hours=1))

    assert (got.title, got.order, got.root) == ("Toys", ("toy", "game"), root)
    assert got.dates["toy"].due == datetime(2027, 2, 21, 23, 59, tzinfo=winter)
    assert got.late == Late(Fraction(1, 10), Fraction(1, 2), 15)
    assert got.limits == Limits(check_seconds=1.5)
    assert (got.isolation, got.shown) == ("uid", Shown.AFTER_DUE)


def test_a_course_needs_only_title_and_order(root):
    (root / "rubrics" / "course.yaml").write_text("title: T\norder: [toy]\n", encoding="utf-8")
    got = course.load(root)

    assert (got.dates, got.late, got.isolation, got.shown) == ({}, Late(), "namespaces", Shown.AFTER_RELEASE)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("+01:00", "", "rubrics/course.yaml:5:5: dates.toy.due: a date is written with its time and offset"),
        (
            "2027-02-21T",
            "2027-02-31T",
            "rubrics/course.yaml:5:5: dates.toy.due: 2027-02-31T23:59:00+01:00 is no date",
        ),
        ("2027-03-01", "2027-01-01", "dates.toy.release: results would be released before the work is due"),
        (
            "  toy:\n",
            "  toys:\n",
            "rubrics/course.yaml:4:3: dates.toys: no such assignment in order; did you mean 'toy'?",
        ),
        ("per_day: 0.1", "per_day: 10", "late.per_day: 10 is more than 1"),
        ("isolation: uid", "isolation: docker", 'isolation: "docker" is not one of namespaces, uid, none'),
    ],
)
def test_a_fault_in_the_course_file_is_placed(root, old, new, says):
    edit(root / "rubrics" / "course.yaml", old, new)

    with pytest.raises(CourseError) as caught:
        course.load(root)

    assert says in str(caught.value)


def test_an_assignment_without_dates_has_none(root):
    assert course.load(root).dates.get("game", Dates()) == Dates()


def test_an_assignment_is_joined_from_its_files(root):
    got = course.assignment(course.load(root), "toy")

    assert list(got.functions) == ["half"]
    assert [check.id for check in got.checks] == ["half.ones", "half.loop"]
    assert [(one.name, one.says) for one in got.misconceptions] == [
        ("doubles", "Doubled in place of halved.")
    ]
    assert [one.right(3) for one in got.alternatives] == [1.5]
    assert (got.title, got.rubric.possible, got.needs) == ("Toy", 3, ("numpy",))
    assert got.rubric.criteria[0].shown == Shown.AFTER_DUE
    assert got.rubric.limits == Limits(check_seconds=1.5)


def test_loading_writes_nothing_into_the_course(root):
    before = sorted(root.rglob("*"))
    course.assignment(course.load(root), "toy")

    assert sorted(root.rglob("*")) == before


def test_the_digest_follows_what_decides_marks(root):
    def digest():
        return course.assignment(course.load(root), "toy").digest

    first = digest()
    edit(root / "solutions" / "toy" / "alternatives.py", "Times a half", "Multiplied by a half")
    same = digest()
    edit(root / "solutions" / "toy" / "checks.py", "return 1\n", "return 3\n")

    assert first.startswith("sha256:")
    assert same == first
    assert digest() != first


def test_an_unknown_assignment_is_answered_with_a_guess(root):
    assert refusal(root, "tou") == "no assignment 'tou'; the course has toy, game; did you mean 'toy'?"


@pytest.mark.parametrize(
    "path",
    ["rubrics/toy.yaml", *(f"solutions/toy/{n}.py" for n in ("reference", "checks", "misconceptions"))],
)
def test_a_missing_file_is_named(root, path):
    (root / path).unlink()

    assert refusal(root).startswith(f"{path} is missing")


def test_an_import_error_has_file_and_line(root):
    edit(root / "solutions" / "toy" / "checks.py", "@check(half)", "@check(halv)")

    assert refusal(root).startswith("solutions/toy/checks.py:6: NameError: name 'halv' is not defined")


def test_a_check_that_the_rubric_invents_is_placed_with_a_guess(root):
    edit(root / "rubrics" / "toy.yaml", "half.ones", "half.one")
    said = refusal(root).splitlines()

    assert said[0] == "rubrics/toy.yaml:6:7: no check 'half.one' in checks.py; did you mean 'half.ones'?"
    assert said[1].startswith("solutions/toy/checks.py:6: no criterion of rubrics/toy.yaml holds 'half.ones'")


def test_a_check_of_something_that_is_not_graded_is_an_error(root):
    edit(root / "solutions" / "toy" / "checks.py", "@check(half)", "@check(_private)")

    assert "the check ones is about '_private', which reference.py does not define as a public" in refusal(
        root
    )


def test_a_check_hidden_by_a_later_one_of_its_name_is_an_error(root):
    edit(root / "solutions" / "toy" / "checks.py", "def loop(", "def ones(")

    assert "solutions/toy/checks.py:13: ones is defined in line 7 already" in refusal(root)


def test_two_checks_of_one_id_are_an_error(root):
    path = root / "solutions" / "toy" / "checks.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nagain = ones\n", encoding="utf-8")

    assert "solutions/toy/checks.py:6: half.ones is there twice; give each its own name" in refusal(root)


def test_a_check_among_the_misconceptions_is_an_error(root):
    path = root / "solutions" / "toy" / "misconceptions.py"
    edit(path, "import misconception", "import check as misconception")

    assert "misconceptions.py:6: doubles is a check; move it to checks.py" in refusal(root)


TIMED = '''

@timed(half, twin=ones)
def many(rng):
    """Half of many."""
    return 1
'''


@pytest.fixture
def timed(root):
    path = root / "solutions" / "toy" / "checks.py"
    edit(path, "import check, scenario", "import check, scenario, timed")
    path.write_text(path.read_text(encoding="utf-8") + TIMED, encoding="utf-8")
    edit(
        root / "rubrics" / "toy.yaml",
        "half.loop: 1\n",
        "half.loop: 1\n      half.many: 1\n    bands: [[2, 1]]\n",
    )
    return root


def test_a_timed_check_stands_beside_the_others(timed):
    got = course.assignment(course.load(timed), "toy")

    assert [(one.id, one.twin) for one in got.timed] == [("half.many", "half.ones")]
    assert len(got.checks) == 2


def test_a_timed_check_needs_bands(timed):
    edit(timed / "rubrics" / "toy.yaml", "    bands: [[2, 1]]\n", "")

    assert refusal(timed) == "rubrics/toy.yaml:7:5: 'half.many' is timed; give the criterion bands"


def test_bands_need_a_timed_check(root):
    edit(root / "rubrics" / "toy.yaml", "half.loop: 1\n", "half.loop: 1\n    bands: [[2, 1]]\n")

    assert refusal(root) == "rubrics/toy.yaml:11:5: bands belong to timed checks; here is none"


def test_a_check_that_waits_for_a_stranger_is_an_error(root):
    path = root / "solutions" / "toy" / "checks.py"
    edit(path, "\n\n@scenario(half)", "\n\nfirst = ones\ndel ones\n\n\n@scenario(half, after=first)")
    edit(path, "del ones", 'first.__module__ = "elsewhere"\ndel ones')

    assert "'half.loop' waits for 'half.ones', which is no check of checks.py" in refusal(root)


def test_the_rubric_alone_can_be_read_without_running_anything(root):
    (root / "solutions" / "toy" / "checks.py").write_text("1 / 0\n", encoding="utf-8")

    assert course.rubric_of(course.load(root), "toy").title == "Toy"


def test_the_graded_functions_are_read_without_an_import(root):
    (root / "solutions" / "toy" / "reference.py").write_text(
        "import nothing_of_the_kind\nclass Net:\n    pass\ndef _no(x):\n    pass\ndef yes(x):\n    pass\n",
        encoding="utf-8",
    )

    assert course.functions(course.load(root)) == {"toy": ("Net", "yes"), "game": ()}


def test_a_reference_that_does_not_parse_hides_no_other_assignment(root):
    (root / "solutions" / "toy" / "reference.py").write_text("def (", encoding="utf-8")

    assert course.functions(course.load(root)) == {"toy": (), "game": ()}


def test_reading_a_course_imports_no_jail_and_no_torch(root):
    code = (
        "import sys; from pathlib import Path; from autograder import course\n"
        f"course.assignment(course.load(Path({str(root)!r})), 'toy')\n"
        "print([m for m in sys.modules if m.startswith(('torch', 'autograder.jail', 'click', 'rich'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
