"""The commands, run as a person runs them: what they say, what they leave behind, and their exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "submissions"

pytestmark = pytest.mark.jail


def run(*words: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`autograder words`, without a traceback of ours whatever happens."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", **environment},
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@pytest.fixture
def small_class(tmp_path: Path) -> Path:
    """Three students."""
    folder = tmp_path / "class"
    for name in ("perfect", "forgets_the_plus_one", "syntax_error"):
        shutil.copytree(SAMPLES / name, folder / name)
    return folder


def test_help_teaches_by_example() -> None:
    done = run("--help")

    assert done.returncode == 0
    assert "autograder grade class/ --out graded" in done.stdout
    assert "Exit status" in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        "try",
        "grade",
        "audit",
        "release",
        "report",
        "doctor",
        "new",
        "import",
        "completion",
        "ci",
        "gradescope",
        "lms",
    ],
)
def test_every_command_has_help(command: str) -> None:
    assert run(command, "--help").returncode == 0


def test_one_file_is_reported_on_the_terminal() -> None:
    done = run("grade", SAMPLES / "no_bias_correction" / "optimizers.py")

    assert done.returncode == 0
    assert "no bias correction" in done.stdout.lower().replace("_", " ")
    assert "namespaces" in done.stdout or "uid" in done.stdout


def test_json_on_standard_output_is_one_report() -> None:
    done = run("grade", SAMPLES / "perfect" / "conv_arithmetic.py", "--format", "json", "--seed", "5eed")
    report = json.loads(done.stdout)

    assert report["version"] == 1
    assert report["assignment"] == "conv_arithmetic"
    assert report["pending"] == report["possible"] - report["earned"]


def test_several_reports_are_one_json_array() -> None:
    done = run("grade", SAMPLES / "perfect", "--format", "json")

    assert {report["assignment"] for report in json.loads(done.stdout)} == {
        "activations",
        "conv_arithmetic",
        "optimizers",
    }


def test_junit_is_read_by_an_xml_parser() -> None:
    done = run("grade", SAMPLES / "prints_megabytes" / "activations.py", "--format", "junit")

    assert ET.fromstring(done.stdout).tag == "testsuites"


def test_a_class_leaves_records_feedback_and_tables(small_class: Path, tmp_path: Path) -> None:
    out = tmp_path / "graded"
    done = run("grade", small_class, "--out", out, "-j", "2")

    assert done.returncode == 0
    assert (out / "index.html").exists()
    assert (out / "class.csv").exists()
    assert (out / "totals.csv").exists()
    assert (out / "perfect" / "optimizers.json").exists()
    assert (out / "feedback" / "perfect" / "optimizers.html").exists()
    assert str(out / "index.html") in done.stdout


def test_feedback_holds_no_answer_and_no_seed(small_class: Path, tmp_path: Path) -> None:
    out = tmp_path / "graded"
    run("grade", small_class, "--out", out, "--format", "json")
    record = json.loads((out / "forgets_the_plus_one" / "conv_arithmetic.json").read_text())
    theirs = json.loads((out / "feedback" / "forgets_the_plus_one" / "conv_arithmetic.json").read_text())
    hidden = [o for m in theirs["marks"] if m.get("shown") != "always" for o in m.get("outcomes", [])]

    assert record["earned"] == theirs["earned"]
    assert record["seed"]
    assert not theirs.get("seed")
    assert hidden
    assert not any(o.get("mismatch") or o.get("inputs") or o.get("printed") for o in hidden)


def test_a_class_is_not_graded_twice(small_class: Path, tmp_path: Path) -> None:
    out = tmp_path / "graded"
    run("grade", small_class, "--out", out)
    record = out / "perfect" / "optimizers.json"
    before = record.stat().st_mtime_ns
    (out / "forgets_the_plus_one" / "conv_arithmetic.json").unlink()
    done = run("grade", small_class, "--out", out)

    assert done.returncode == 0
    assert record.stat().st_mtime_ns == before
    assert (out / "forgets_the_plus_one" / "conv_arithmetic.json").exists()


def test_reports_are_shown_again_without_grading(small_class: Path, tmp_path: Path) -> None:
    out = tmp_path / "graded"
    run("grade", small_class, "--out", out)
    table = run("report", out)
    page = run("report", out / "perfect" / "optimizers.json", "--format", "markdown", "--edition", "student")
    handed_out = run("report", out, "--to", tmp_path / "handout")

    assert "forgets_the_plus_one" in table.stdout
    assert page.stdout.startswith("#")
    assert handed_out.returncode == 0
    assert (tmp_path / "handout" / "feedback" / "perfect" / "optimizers.html").exists()


def test_too_few_points_are_an_exit_status_where_asked_for() -> None:
    path = SAMPLES / "syntax_error" / "backprop.py"

    assert run("grade", path).returncode == 0
    assert run("grade", path, "--fail-under", "50").returncode == 1


def test_the_same_seed_gives_the_same_report() -> None:
    def report() -> dict[str, object]:
        path = SAMPLES / "forgets_the_plus_one" / "conv_arithmetic.py"
        document = json.loads(run("grade", path, "--format", "json", "--seed", "abc").stdout)
        for mark in document["marks"]:
            for outcome in mark["outcomes"]:
                outcome.pop("seconds", None)
        return {**document, "made": ""}

    assert report() == report()


BAD = {
    "missing": (["nowhere.py"], "nowhere.py"),
    "unknown assignment": (
        [SAMPLES / "perfect" / "optimizers.py", "--assignment", "optimisers"],
        "optimizers",
    ),
    "unknown level": ([SAMPLES / "perfect", "--isolation", "docker"], "namespaces"),
}


@pytest.mark.parametrize(("words", "said"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_answered_by_a_sentence(words: list[object], said: str) -> None:
    done = run("grade", *words)

    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x00\x01\x02" * 100, b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_a_file_that_is_no_program_still_gets_its_report(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "optimizers.py"
    path.write_bytes(content)
    done = run("grade", path, "--format", "json")
    report = json.loads(done.stdout)

    assert done.returncode == 0
    assert report["earned"] == 0
    assert report["objections"] or report["notes"]


def test_outside_a_course_it_says_what_it_looked_for(tmp_path: Path) -> None:
    done = run("audit", cwd=tmp_path)

    assert done.returncode == 2
    assert "rubrics/course.yaml" in done.stderr


@pytest.fixture
def broken_course(tmp_path: Path) -> Path:
    """A copy of the course that a test may break."""
    for name in ("solutions", "rubrics", "assignments"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_broken_yaml_is_located(broken_course: Path) -> None:
    path = broken_course / "rubrics" / "conv_arithmetic.yaml"
    path.write_text(path.read_text() + "\n  - [unclosed\n")
    done = run("grade", SAMPLES / "perfect" / "conv_arithmetic.py", "--course", broken_course)

    assert done.returncode == 2
    assert "conv_arithmetic.yaml:" in done.stderr


def test_a_rubric_with_an_unknown_check_is_located(broken_course: Path) -> None:
    path = broken_course / "rubrics" / "conv_arithmetic.yaml"
    path.write_text(
        path.read_text().replace("conv_output_size.kernel_alone", "conv_output_size.kernel_alown")
    )
    done = run("grade", SAMPLES / "perfect" / "conv_arithmetic.py", "--course", broken_course)

    assert done.returncode == 2
    assert "kernel_alown" in done.stderr
    assert "kernel_alone" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="mounts a small file system")
def test_a_full_disk_is_a_sentence_and_costs_nothing(small_class: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    grade = f"{sys.executable} -m autograder grade {small_class} --out {small}/out"
    words = f"mount -t tmpfs -o size=64k tmpfs {small} && exec {grade}"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("grade", SAMPLES / "perfect" / "conv_arithmetic.py", "--out", tmp_path / "file" / "out")

    assert done.returncode == 3
    assert "cannot be written" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="mounts a read-only folder")
def test_a_read_only_output_folder_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = SAMPLES / "perfect" / "conv_arithmetic.py"
    grade = f"{sys.executable} -m autograder grade {path} --out {folder}"
    words = f"mount -t tmpfs -o ro tmpfs {folder} && exec {grade}"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", words], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 3
    assert "Read-only" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_there_is() -> None:
    done = run("doctor")

    assert "namespaces" in done.stdout
    assert "landlock" in done.stdout


def test_completion_prints_a_script() -> None:
    assert "_AUTOGRADER_COMPLETE" in run("completion", "bash").stdout


def test_a_student_bundle_can_be_made_and_tried(tmp_path: Path) -> None:
    done = run("release", "conv_arithmetic", "--to", tmp_path / "bundle")
    folder = tmp_path / "bundle" / "conv_arithmetic"
    names = sorted(path.name for path in folder.iterdir() if path.is_file())

    assert done.returncode == 0
    assert names == ["README.md", "conv_arithmetic.ipynb", "conv_arithmetic.py"]
    assert run("try", tmp_path / "bundle" / "conv_arithmetic" / "conv_arithmetic.py").returncode == 1


def test_a_right_file_passes_its_examples() -> None:
    assert run("try", ROOT / "solutions" / "conv_arithmetic" / "reference.py").returncode in (0, 1)
