"""assignments/ is derived, refreshed whole, proved fresh, and bundled with nothing hidden in it."""

import pytest

from autograder import course, release
from autograder.model import CourseError

from . import toy_course
from .toy_course import edit

FILES = ["assignments/toy/README.md", "assignments/toy/toy.ipynb", "assignments/toy/toy.py"]


@pytest.fixture
def root(tmp_path):
    return toy_course.write(tmp_path / "course")


@pytest.fixture
def toys(root):
    return course.load(root)


def below(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_three_files_are_derived(toys):
    files = release.derive(toys, "toy")

    assert sorted(files) == FILES
    assert "## How it is marked" in files[FILES[0]]
    assert 'raise NotImplementedError("write half here")' in files[FILES[2]]


def test_refreshing_writes_what_changed_and_only_that(root, toys):
    first = release.write(toys, ["toy"])
    again = release.write(toys, ["toy"])
    edit(root / "solutions" / "toy" / "handout.md", "Divide.", "Divide by two.")
    later = release.write(toys, ["toy"])

    assert sorted(path.relative_to(root).as_posix() for path in first) == FILES
    assert again == []
    assert later == [root / FILES[0]]
    assert below(root / "assignments") == [
        "README.md",
        *(path.removeprefix("assignments/") for path in FILES),
    ]


def test_nothing_is_written_where_one_assignment_cannot_be_derived(root, toys):
    with pytest.raises(CourseError, match=r"rubrics/game\.yaml is missing"):
        release.write(toys, ["toy", "game"])

    assert below(root / "assignments") == ["README.md"]


def test_what_was_just_written_is_fresh(toys):
    release.write(toys, ["toy"])

    assert release.stale(toys, "toy") == []


def test_a_missing_file_is_not_fresh(toys):
    assert release.stale(toys, "toy")[0] == (
        "assignments/toy/README.md: missing; `autograder release --refresh` writes it anew"
    )


def test_an_edited_file_is_not_fresh_and_its_line_is_named(root, toys):
    release.write(toys, ["toy"])
    edit(root / "assignments" / "toy" / "toy.py", "Half of x.", "Half of y.")

    assert release.stale(toys, "toy") == [
        (
            "assignments/toy/toy.py:5: not what solutions/toy and its rubric give; "
            "`autograder release --refresh` writes it anew"
        )
    ]


def test_other_line_ends_are_not_fresh(root, toys):
    release.write(toys, ["toy"])
    path = root / "assignments" / "toy" / "toy.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert release.stale(toys, "toy")[0].startswith("assignments/toy/toy.py:1: not what")


def test_a_file_of_nobody_is_told(root, toys):
    release.write(toys, ["toy"])
    (root / "assignments" / "toy" / "notes.txt").write_text("", encoding="utf-8")

    assert release.stale(toys, "toy") == ["assignments/toy/notes.txt: derived from nothing; remove it"]


def test_a_bundle_holds_the_readme_and_the_assignments_and_nothing_else(toys, tmp_path):
    made = release.bundle(toys, ["toy"], tmp_path / "out")

    assert below(tmp_path / "out") == ["README.md", "toy/README.md", "toy/toy.ipynb", "toy/toy.py"]
    assert sorted(made) == sorted(tmp_path / "out" / path for path in below(tmp_path / "out"))


def test_a_bundle_is_not_put_among_other_files(toys, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(CourseError, match=r"is not empty \(notes\.txt\)"):
        release.bundle(toys, ["toy"], tmp_path / "out")
    with pytest.raises(CourseError, match=r"holds notes\.txt, which belongs to no bundle"):
        release.bundle(toys, ["toy"], tmp_path / "out", force=True)

    assert below(tmp_path / "out") == ["notes.txt"]


def test_an_earlier_bundle_is_replaced_by_force_alone(root, toys, tmp_path):
    release.bundle(toys, ["toy"], tmp_path / "out")
    edit(root / "assignments" / "README.md", "For students", "For all students")

    with pytest.raises(CourseError, match="is not empty"):
        release.bundle(toys, ["toy"], tmp_path / "out")

    release.bundle(toys, ["toy"], tmp_path / "out", force=True)

    assert (tmp_path / "out" / "README.md").read_text(encoding="utf-8") == "# For all students\n"


def test_a_file_in_the_bundles_place_is_an_error(toys, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")

    with pytest.raises(CourseError, match="is a file; name a folder"):
        release.bundle(toys, ["toy"], tmp_path / "out")


def test_a_bundle_that_gives_something_away_is_not_written(root, toys, tmp_path):
    edit(root / "solutions" / "toy" / "handout.md", "Divide.", "Think of by_product.")

    with pytest.raises(
        CourseError, match=r"(?s)nothing was written.*toy/README\.md: it gives away the name “by_"
    ):
        release.bundle(toys, ["toy"], tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_bundle_needs_the_general_readme(root, toys, tmp_path):
    (root / "assignments" / "README.md").unlink()

    with pytest.raises(CourseError, match=r"assignments/README\.md: cannot be read"):
        release.bundle(toys, ["toy"], tmp_path / "out")


def test_a_missing_handout_is_named(root, toys):
    (root / "solutions" / "toy" / "handout.md").unlink()

    with pytest.raises(CourseError, match=r"solutions/toy/handout\.md: cannot be read: No such file"):
        release.derive(toys, "toy")


def test_a_handout_that_is_not_utf8_is_named(root, toys):
    (root / "solutions" / "toy" / "handout.md").write_bytes(b"\xff")

    with pytest.raises(CourseError, match=r"solutions/toy/handout\.md: is not UTF-8"):
        release.derive(toys, "toy")


def test_a_place_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder" / "a.txt").mkdir(parents=True)

    with pytest.raises(CourseError, match="cannot be written"):
        release.put(tmp_path / "file" / "a.txt", "text")
    with pytest.raises(CourseError, match="cannot be written"):
        release.put(tmp_path / "folder" / "a.txt", "text")

    assert below(tmp_path) == ["file"]
