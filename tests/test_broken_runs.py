"""A class run that is cut off: by SIGKILL, by Ctrl-C, by a full disk. The same command finishes it.

What was written is whole, what was not is graded by the next run, and nothing of the cut-off run stays.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from autograder import records
from autograder.jail import cgroups

from . import whole_course
from .processes import descendants, parents, until

pytestmark = [
    pytest.mark.jail,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]

SLOW = "import time\ntime.sleep(0.5)\n"  # so that a run is never over before it is cut off
STUDENTS = ("ada", "emmy", "grace", "kurt", "sofia", "zeno")
UNSTABLE = {"made", "seconds", "took"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course."""
    return whole_course.write(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six students who hand in a right answer, slowly, and a wrong one."""
    folder = tmp_path_factory.mktemp("class")
    for number, name in enumerate(STUDENTS):
        (folder / name).mkdir()
        right = whole_course.RIGHT if number % 2 else whole_course.RIGHT.replace("x / 3", "x / 4")
        (folder / name / "parts.py").write_text(SLOW + right)
    return folder


@pytest.fixture(scope="module")
def undisturbed(course: Path, students: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run that nothing happens to writes."""
    out = tmp_path_factory.mktemp("out")

    assert subprocess.run(words(course, students, out), capture_output=True, check=False).returncode == 0
    return contents(out)


def words(course: Path, students: Path, out: Path) -> list[str]:
    """The command that grades the class."""
    options = ["--course", course, "--out", out, "--seed", "5eed", "-j", "2"]
    return [sys.executable, "-m", "autograder", "grade", *map(str, [students, *options])]


def begin(course: Path, students: Path, out: Path) -> subprocess.Popen[str]:
    """The command on its way, as a terminal's foreground job."""
    return subprocess.Popen(
        words(course, students, out),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def written(out: Path) -> list[Path]:
    """The records in a folder."""
    return sorted(path for path in out.glob("*/parts.json") if path.parent.name != "feedback")


def contents(out: Path) -> dict[str, Any]:
    """The records, each of which must be whole, without what differs from run to run."""
    return {path.parent.name: stable(json.loads(path.read_text())) for path in written(out)}


def stable(value: Any) -> Any:
    """A record without its times."""
    if isinstance(value, dict):
        return {key: stable(inner) for key, inner in value.items() if key not in UNSTABLE}
    return [stable(inner) for inner in value] if isinstance(value, list) else value


def left(pid: int, out: Path) -> list[str]:
    """What a grader has left: control groups, temporary folders, half-written files."""
    groups = [folder.name for parent in cgroups.parents() for folder in parent.glob("autograder-*")]
    folders = [folder.name for folder in Path(tempfile.gettempdir()).glob("autograder-*")]
    parts = [path.name for path in out.rglob(".*") if path.is_file()]
    return [name for name in (*groups, *folders) if f"-{pid}-" in name] + parts


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_killed_grader_leaves_nothing_and_is_finished_by_the_next(
    seen: int, course: Path, students: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    first = begin(course, students, tmp_path)
    until(lambda: len(written(tmp_path)) >= seen and len(descendants(first.pid)) > 2, "jails at work")
    started = descendants(first.pid)
    first.kill()
    first.communicate()
    kept = contents(tmp_path)
    until(lambda: not started & parents().keys(), "the end of all that the grader started")
    (tmp_path / "ada").mkdir(exist_ok=True)
    (tmp_path / "ada" / f".x{records.PART}").write_text("half a reco")  # as if killed while it wrote
    second = subprocess.run(
        words(course, students, tmp_path), capture_output=True, text=True, check=False, timeout=120
    )

    assert len(kept) < len(STUDENTS)
    assert kept.items() <= undisturbed.items()
    assert (second.returncode, second.stderr.strip()) == (0, "")
    assert contents(tmp_path) == undisturbed
    assert left(first.pid, tmp_path) == []


def test_what_was_graded_before_the_kill_is_not_graded_again(
    course: Path, students: Path, tmp_path: Path
) -> None:
    first = begin(course, students, tmp_path)
    until(lambda: len(written(tmp_path)) >= 2, "two records")
    first.kill()
    first.communicate()
    before = {path: path.stat().st_mtime_ns for path in written(tmp_path)}
    subprocess.run(words(course, students, tmp_path), capture_output=True, check=True)

    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("impatient", [False, True])
def test_ctrl_c_is_no_crash_and_the_next_run_goes_on(
    impatient: bool, course: Path, students: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    first = begin(course, students, tmp_path)
    until(lambda: len(written(tmp_path)) >= 1, "a record")
    started = descendants(first.pid)
    os.killpg(first.pid, signal.SIGINT)
    if impatient:
        until(lambda: not pending(first.pid), "the first Ctrl-C has arrived")
        os.killpg(first.pid, signal.SIGINT)
    _, said = first.communicate(timeout=60)
    kept = contents(tmp_path)
    until(lambda: not started & parents().keys(), "the end of all that the grader started")

    assert first.returncode == 130
    assert "Stopped; the same command goes on from here." in said
    assert "Traceback" not in said
    assert len(kept) < len(STUDENTS)
    assert kept.items() <= undisturbed.items()

    subprocess.run(words(course, students, tmp_path), capture_output=True, check=True)

    assert contents(tmp_path) == undisturbed
    assert left(first.pid, tmp_path) == []


def pending(pid: int) -> bool:
    """Whether a SIGINT waits for a process."""
    found = re.findall(r"(?:Sig|Shd)Pnd:\t([0-9a-f]+)", Path(f"/proc/{pid}/status").read_text())
    return any(int(mask, 16) >> (signal.SIGINT - 1) & 1 for mask in found)


@pytest.mark.parametrize("kilobytes", [8, 24, 64])
def test_a_full_disk_stops_a_run_that_goes_on_once_there_is_room(
    kilobytes: int, course: Path, students: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    out, full, roomy = tmp_path / "out", tmp_path / "full", tmp_path / "roomy"
    out.mkdir()
    script = f"""
mount -t tmpfs -o size={kilobytes}k none {out} || exit 99
"$@" ; status=$?
cp -a {out} {full}
mount -o remount,size=50m {out} || exit 99
"$@" || exit 98
cp -a {out} {roomy}
exit $status
"""
    done = subprocess.run(
        [unshare, "-m", "sh", "-c", script, "sh", *words(course, students, out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "make room or choose another --out" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert contents(full).items() <= undisturbed.items()
    assert contents(roomy) == undisturbed
    assert not [path for path in roomy.rglob(".*") if path.is_file()]


def test_a_pipe_handed_in_does_not_hold_the_class_up(course: Path, students: Path, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    shutil.copytree(students, folder)
    (folder / "ada" / "parts.py").unlink()
    os.mkfifo(folder / "ada" / "parts.py")
    done = subprocess.run(
        words(course, folder, tmp_path / "out"), capture_output=True, text=True, check=False, timeout=120
    )

    assert "Traceback" not in done.stderr
    assert contents(tmp_path / "out").keys() >= set(STUDENTS) - {"ada"}
