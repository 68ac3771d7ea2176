"""A drive that never answers holds up what lies on it, and nothing else.

Where there is FUSE and root, one is mounted that really never answers; everywhere, reading is made to block.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder import intake, patience, records, run
from autograder.jail.levels import Isolation
from autograder.model import Course, Report, SubmissionError

from . import tiny, whole_course

KNOWN = {"parts": ("third",)}


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Let everything below a path hang, until the test is over."""
    over = threading.Event()
    dead: list[str] = []

    def asking(name: str) -> None:
        real = getattr(os, name)

        def asked(path: object, *args: object, **kwargs: object) -> object:
            if isinstance(path, str | Path) and str(path).startswith(tuple(dead)):
                over.wait(60)
                raise FileNotFoundError
            return real(path, *args, **kwargs)

        monkeypatch.setattr(os, name, asked)

    def hang(path: Path) -> None:
        dead.append(str(path))

    dead.append("\0")
    for name in ("open", "scandir", "stat", "lstat", "mkdir"):
        asking(name)
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    yield hang
    over.set()


def test_what_comes_in_time_is_passed_on() -> None:
    assert patience.within(lambda: 42) == 42
    with pytest.raises(KeyError):
        patience.within(lambda: {}["x"])


def test_what_does_not_come_is_no_longer_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.01)
    never = threading.Event()

    with pytest.raises(TimeoutError, match=r"no answer within 0\.01 seconds"):
        patience.within(lambda: never.wait(60))

    never.set()


def students(folder: Path) -> Path:
    """A class of three."""
    for name in ("ada", "grace", "zeno"):
        (folder / name).mkdir(parents=True)
        (folder / name / "parts.py").write_text(whole_course.RIGHT)
    return folder


def test_one_students_folder_that_hangs_costs_the_others_nothing(
    tmp_path: Path, hanging: Callable[[Path], None]
) -> None:
    folder = students(tmp_path / "class")
    hanging(folder / "grace")
    found = {one.student: one for one in intake.read_class(folder, KNOWN)}

    assert found["ada"].source == found["zeno"].source == whole_course.RIGHT
    assert found["grace"].source == ""
    assert found["grace"].unreadable == (
        "grace cannot be read: no answer within 0.05 seconds; is the drive still there?"
    )


def test_a_class_that_hangs_is_told_in_one_sentence(tmp_path: Path, hanging: Callable[[Path], None]) -> None:
    folder = students(tmp_path / "class")
    hanging(folder)

    with pytest.raises(SubmissionError, match="no answer within"):
        intake.read_class(folder, KNOWN)


def test_a_file_that_hangs_is_told_in_one_sentence(tmp_path: Path, hanging: Callable[[Path], None]) -> None:
    folder = students(tmp_path / "class") / "ada"
    hanging(folder / "parts.py")

    with pytest.raises(SubmissionError, match="no answer within"):
        intake.read(folder / "parts.py", KNOWN)


def test_an_output_folder_that_hangs_stops_the_run(tmp_path: Path, hanging: Callable[[Path], None]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    hanging(out)
    this = run.Run(Course("Tiny", tmp_path, ()), "5eed", Isolation("none"), out)
    report = Report("tiny", "Tiny", "ada", "sha256:0", ())

    with pytest.raises(records.OutputError, match=r"cannot be used: no answer within .* kept; choose"):
        this.write(report)
    with pytest.raises(records.OutputError, match="cannot be used"):
        records.earlier(out, tiny.submission(tiny.RIGHT), "5eed", "none", "")


@pytest.mark.parametrize("name", ["run.json", "ada/tiny.json"])
def test_a_pipe_in_the_place_of_a_record_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "ada").mkdir()
    os.mkfifo(tmp_path / name)

    if name == "run.json":
        with pytest.raises(records.OutputError, match=r"run\.json is not a run of ours"):
            records.seed(tmp_path, None)
    else:
        assert records.earlier(tmp_path, tiny.submission(tiny.RIGHT), "5eed", "none", "") is None


ON_A_DEAD_DRIVE = """
import ctypes, os, sys
from autograder import patience
from autograder.__main__ import main
patience.SECONDS = 0.5
dead = sys.argv.pop(1)
library = ctypes.CDLL(None, use_errno=True)
fuse = os.open("/dev/fuse", os.O_RDWR)  # nobody ever reads from it, so nothing is ever answered
options = f"fd={fuse},rootmode=40000,user_id=0,group_id=0".encode()
if library.unshare(0x20000) or library.mount(None, b"/", None, 0x44000, None):
    sys.exit(99)
if library.mount(b"dead", dead.encode(), b"fuse", 0, options):
    sys.exit(99)
try:
    main()
finally:
    os.close(fuse)
"""


@pytest.mark.jail
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a drive")
@pytest.mark.parametrize("where", ["student", "class", "output"])
def test_a_drive_that_is_gone_holds_up_what_lies_on_it_and_nothing_else(tmp_path: Path, where: str) -> None:
    if not Path("/dev/fuse").exists():
        pytest.skip("no FUSE here")
    course = whole_course.write(tmp_path / "course")
    folder, out = students(tmp_path / "class"), tmp_path / "out"
    out.mkdir()
    dead = {"student": folder / "grace", "class": folder, "output": out}[where]
    words = ["grade", folder, "--course", course, "--out", out, "--seed", "5eed", "-j", "2"]
    done = subprocess.run(
        [sys.executable, "-c", ON_A_DEAD_DRIVE, *map(str, [dead, *words])],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode == 99:
        pytest.skip("FUSE cannot be mounted here")
    told = " ".join((done.stdout + done.stderr).split())

    assert "Traceback" not in told
    if where == "student":
        records_of = {path.parent.name: json.loads(path.read_text()) for path in out.glob("*/parts.json")}
        assert records_of.keys() == {"ada", "zeno"}
        assert all(one["earned"] == one["possible"] - one["pending"] for one in records_of.values())
        assert "not graded: grace" in told
        assert "no answer within 0.5 seconds" in told
    else:
        assert done.returncode == (2 if where == "class" else 3)
        assert "no answer within 0.5 seconds" in told
        assert not list(out.glob("*.csv")) or where == "output"
