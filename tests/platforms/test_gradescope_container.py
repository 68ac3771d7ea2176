"""The zip, unpacked and run as Gradescope's container runs it: as root, with new namespaces refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from autograder import course, grade, intake
from autograder.answerkey import AnswerKey
from autograder.jail import levels
from autograder.model import points
from autograder.platforms import gradescope, gradescope_zip
from tests import toy_course

pytestmark = [
    pytest.mark.jail,
    pytest.mark.slow,
    pytest.mark.skipif(not levels._uid_possible(), reason="needs root, Landlock and a system call filter"),
]
ROOT = Path(__file__).parents[2]
RIGHT = "def half(x):\n    return x / 2 if x != 0 else 0 * x\n"
WRONG = "def half(x):\n    return 2 * x\n"
SPIES = """
def half(x):
    for path in ({paths}):
        try:
            open(path).read()
        except OSError:
            continue
        return 'seen'
    return x / 2
"""
LANDLOCK = "444"
METADATA = {
    "id": 5,
    "created_at": "2027-02-20T12:00:00.123456-08:00",
    "assignment": {"due_date": "2027-02-21T23:59:00-08:00", "total_points": "3.0", "title": "Toy"},
    "users": [{"email": "ada@x.edu", "id": 1, "name": "Ada"}],
    "previous_submissions": [],
}
# What a container's own filter does: no new namespaces, no mounts.
REFUSING = """
import ctypes, os, struct, sys
code = [(0x20, 0, 0, 0)]
for number in (272, 165, *map(int, os.environ["REFUSED"].split())):
    code += [(0x15, 0, 1, number), (0x06, 0, 0, 0x00050001)]
code += [(0x06, 0, 0, 0x7FFF0000)]
text = b"".join(struct.pack("HBBI", *one) for one in code)
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(Program(len(code), text)), 0, 0) == 0
os.execvp(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """What /autograder is when the image has been built, where every user can come, as in a container."""
    with tempfile.TemporaryDirectory(prefix="gradescope-") as name:
        yield built(Path(name))


def built(folder: Path) -> Path:
    (made,) = gradescope_zip.build(
        course.load(toy_course.write(folder / "course")), ("toy",), folder / "toy.zip", details=True
    )
    here = folder / "autograder"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(here / "source")
    for name in ("setup.sh", "run_autograder"):
        (here / "source" / name).chmod(0o755)
    folder.chmod(0o755)
    # What it would install is here already: no package is fetched.
    quiet = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "AUTOGRADER_HOME": str(here)}
    subprocess.run([here / "source" / "setup.sh"], check=True, env={**os.environ, **quiet})
    (site,) = (here / "venv").glob("lib/python*/site-packages")
    (site / "packages.pth").write_text(sysconfig.get_path("purelib"))
    shutil.copy(here / "source" / "run_autograder", here / "run_autograder")
    return here


@pytest.fixture
def container(image: Path):
    """The folders of one submission, emptied before and after."""
    for name in ("submission", "results"):
        shutil.rmtree(image / name, ignore_errors=True)
        (image / name).mkdir()
    return image


def start(
    here: Path, source: str, name: str = "toy.py", *, refused: str = "", **metadata
) -> subprocess.Popen[str]:
    (here / "submission" / name).write_text(source)
    (here / "submission_metadata.json").write_text(json.dumps({**METADATA, **metadata}))
    return subprocess.Popen(
        [sys.executable, "-c", REFUSING, str(here / "run_autograder")],
        env={"PATH": os.environ["PATH"], "AUTOGRADER_HOME": str(here), "REFUSED": refused},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def results(here: Path) -> dict:
    document = json.loads((here / "results" / "results.json").read_text())
    jsonschema.Draft202012Validator(json.loads(gradescope.SCHEMA.read_text())).validate(document)
    return document


def graded(here: Path, source: str, **metadata) -> tuple[dict, str]:
    process = start(here, source, **metadata)
    output, _ = process.communicate()

    assert process.returncode == 0, output
    return results(here), output


def test_a_first_submission_is_graded_at_the_uid_level(container):
    document, output = graded(container, RIGHT)

    assert document["score"] == 3
    assert document["extra_data"]["attempt"] == 1
    assert "uid+landlock+seccomp" in output


def test_a_resubmission_is_told_what_changed(container):
    first, _ = graded(container, WRONG)
    previous = [{"score": first["score"], "autograder_error": False, "results": first}]
    document, _ = graded(container, RIGHT, previous_submissions=previous)

    assert first["score"] < 3
    assert document["extra_data"]["attempt"] == 2
    assert "Since then:" in document["output"]


def test_a_late_submission_loses_what_the_course_says_by_the_date_gradescope_has(container):
    document, _ = graded(container, RIGHT, created_at="2027-02-22T12:00:00-08:00")

    assert document["score"] == 2.7
    assert "Handed in late: 10 %" in document["output"]


def test_a_kill_in_the_middle_leaves_results_that_are_no_mark(container):
    process = start(container, "while True:\n    pass\n")
    assert process.stdout is not None
    said = process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    assert said == "grading ada@x.edu\n"
    assert results(container)["extra_data"] == {"graded": False}
    assert [path.name for path in (container / "results").glob("*.json")] == ["results.json"]


def test_a_kill_does_not_disturb_the_next_run(container):
    process = start(container, "while True:\n    pass\n")
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    assert graded(container, RIGHT)[0]["score"] == 3


def test_nothing_handed_in_is_said_and_worth_nothing(container):
    process = start(container, RIGHT)
    process.communicate()
    (container / "submission" / "toy.py").rename(container / "submission" / "toy.pdf")
    environment = {"AUTOGRADER_HOME": str(container), "PATH": os.environ["PATH"]}
    subprocess.run([container / "run_autograder"], env=environment, check=True, capture_output=True)
    document = results(container)

    assert document["score"] == 0
    assert "toy.pdf" in document["output"]


def test_a_grader_that_cannot_start_leaves_valid_results(container):
    (container / "source" / "settings.json").rename(container / "source" / "away.json")
    try:
        process = start(container, RIGHT)
        process.communicate()
    finally:
        (container / "source" / "away.json").rename(container / "source" / "settings.json")

    assert process.returncode != 0
    assert results(container)["extra_data"] == {"graded": False}


@pytest.fixture
def weaker(container: Path):
    """The same as if it had been built with `--isolation permissions`."""
    path = container / "source" / "settings.json"
    before = path.read_text()
    path.write_text(json.dumps({**json.loads(before), "isolation": gradescope_zip.WEAKER}))
    yield container
    path.write_text(before)


def test_without_landlock_nothing_is_graded_unless_it_was_asked_for(container):
    process = start(container, RIGHT, refused=LANDLOCK)
    output, _ = process.communicate()

    assert process.returncode != 0
    assert "not graded: " in output
    assert "Landlock" in output
    assert "--isolation permissions" in output
    assert results(container)["extra_data"] == {"graded": False}


def test_without_landlock_the_weaker_level_grades_and_says_so_to_staff(weaker):
    document, output = graded(weaker, RIGHT, refused=LANDLOCK)

    assert document["score"] == 3
    assert document["extra_data"]["isolation"].startswith("permissions+seccomp")
    assert "weaker than `uid`: this container has no Landlock" in output


def test_the_weaker_level_is_not_used_where_the_stronger_one_can_be_had(weaker):
    document, output = graded(weaker, RIGHT)

    assert document["extra_data"]["isolation"].startswith("uid+landlock+seccomp")
    assert "weaker" not in output


def test_at_the_weaker_level_answers_and_results_stay_unread_and_nothing_is_written(weaker):
    paths = "".join(f"{str(path)!r}, " for path in secret_files(weaker))
    letter = weaker / "results" / "results.json"
    writes = f"""
def written():
    try:
        open({str(letter)!r}, "w").write("{{}}")
        open("/tmp/letter-of-a-student", "w").write("here")
    except OSError:
        return False
    return True
"""
    source = SPIES.format(paths=paths).replace("return x / 2", "return 'wrote' if written() else x / 2")
    document, _ = graded(weaker, writes + source, refused=LANDLOCK)

    assert document["score"] == 3
    assert not Path("/tmp/letter-of-a-student").exists()


def test_at_the_weaker_level_a_course_that_everyone_can_read_is_not_graded(weaker):
    script = weaker / "run_autograder"
    before = script.read_text()
    script.write_text(before.replace("chmod -R go-rwx", "chmod -R go+rX"))
    try:
        process = start(weaker, RIGHT, refused=LANDLOCK)
        output, _ = process.communicate()
    finally:
        script.write_text(before)

    assert "not graded: isolation permissions keeps student code from files by their modes alone" in output
    assert results(weaker)["extra_data"] == {"graded": False}


def test_a_course_that_does_not_load_is_told_to_staff_in_a_sentence(container):
    rubric = container / "source" / "course" / "rubrics" / "toy.yaml"
    rubric.rename(rubric.with_suffix(".away"))
    try:
        process = start(container, RIGHT)
        output, _ = process.communicate()
    finally:
        rubric.with_suffix(".away").rename(rubric)

    assert "not graded: rubrics/toy.yaml is missing" in output
    assert "Traceback" not in output
    assert results(container)["extra_data"] == {"graded": False}


def secret_files(here: Path) -> list[Path]:
    return [
        here / "source" / "settings.json",
        here / "source" / "course" / "solutions" / "toy" / "reference.py",
        here / "results" / "results.json",
        here / "submission_metadata.json",
        here / "submission" / "toy.py",
    ]


def test_the_students_code_reads_neither_answers_nor_results_nor_metadata(container):
    paths = "".join(f"{str(path)!r}, " for path in secret_files(container))
    document, _ = graded(container, SPIES.format(paths=paths))

    assert document["score"] == 3


def test_what_students_see_now_holds_no_hidden_input(container):
    document, _ = graded(container, WRONG)
    seen = [test for test in document["tests"] if test["visibility"] == "visible"]

    assert not any("Asked with" in test["output"] for test in seen)
    assert document["stdout_visibility"] == "hidden"


def test_the_zip_holds_what_grading_needs_and_no_more(image):
    source = image / "source"
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}

    assert {name for name in files if not name.endswith(".whl")} == {
        "setup.sh",
        "run_autograder",
        "settings.json",
        "course/rubrics/course.yaml",
        "course/rubrics/toy.yaml",
        "course/solutions/toy/reference.py",
        "course/solutions/toy/checks.py",
        "course/solutions/toy/misconceptions.py",
        "course/solutions/toy/alternatives.py",
    }


def test_the_hidden_half_is_for_root_alone(image):
    modes = {path.stat().st_mode & 0o077 for path in (image / "source").rglob("*")}

    assert modes == {0}


def test_a_real_assignment_earns_there_what_it_earns_here(image, tmp_path, bench):
    """The marks of `autograder grade` under the same seed, criterion by criterion."""
    here = tmp_path / "autograder"
    of = course.load(ROOT)
    (made,) = gradescope_zip.build(of, ("pca",), tmp_path / "pca.zip", seed="5eed")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(here / "source")
    (here / "venv").symlink_to(image / "venv")
    for name in ("submission", "results"):
        (here / name).mkdir()
    shutil.copy(here / "source" / "run_autograder", here / "run_autograder")
    (here / "run_autograder").chmod(0o755)
    handed = ROOT / "tests" / "submissions" / "data_not_centred"
    process = start(here, (handed / "pca.py").read_text(), "pca.py")
    output, _ = process.communicate()
    (submission,) = intake.read(handed, course.functions(of), assignment="pca")
    report = grade.grade(submission, AnswerKey(course.assignment(of, "pca"), "5eed"), bench, of)

    assert process.returncode == 0, output
    assert results(here)["score"] == float(points(report.earned))
    assert results(here)["extra_data"]["earned"] == {
        mark.criterion.id: float(points(mark.earned)) for mark in report.marks
    }
