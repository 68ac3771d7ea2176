"""The device from outside: what the driver says is read, and one check at a time has it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.timing.gpu import device, nvidia
from autograder.timing.gpu.device import Fake, State

LINE = "NVIDIA H200, GPU-5d1c, 1980, 41, 0x0000000000000004, Disabled"


class Library:
    """What pynvml would answer on a machine with one card."""

    NVML_CLOCK_SM, NVML_TEMPERATURE_GPU = 1, 0

    class NVMLError(Exception):
        """As the library's."""

    def __init__(
        self, *, divided: bool | None = False, parts: int = 1, running: Any = (), name: str = "python"
    ) -> None:
        self.divided, self.parts, self.running, self.name = divided, parts, running, name

    def nvmlInit(self) -> None:  # noqa: N802 - the library's word
        """Start."""

    def __getattr__(self, word: str) -> Any:
        answers = {
            "nvmlDeviceGetCount": lambda: 1,
            "nvmlDeviceGetHandleByIndex": lambda index: f"card {index}",
            "nvmlDeviceGetMigMode": self._mode,
            "nvmlDeviceGetMigDeviceHandleByIndex": self._part,
            "nvmlDeviceGetName": lambda handle: (
                b"NVIDIA H200" if handle == "card 0" else "NVIDIA H200 MIG 1g.18gb"
            ),
            "nvmlDeviceGetUUID": lambda handle: "GPU-1" if handle == "card 0" else "MIG-2",
            "nvmlDeviceGetComputeRunningProcesses": lambda _: self.running,
            "nvmlSystemGetProcessName": lambda _: self.name,
            "nvmlDeviceGetClockInfo": lambda handle, _: {"card 0": 1980}[handle],
            "nvmlDeviceGetCurrentClocksThrottleReasons": lambda _: 0x44,
            "nvmlDeviceGetTemperature": lambda *_: 63,
        }
        return answers[word]

    def _mode(self, _: str) -> list[int]:
        if self.divided is None:
            raise self.NVMLError
        return [int(self.divided), 0]

    def _part(self, _: str, index: int) -> str:
        if index >= self.parts:
            raise self.NVMLError
        return f"part {index}"


@pytest.mark.parametrize("divided", [False, None])
def test_a_whole_card_is_its_model(divided: bool | None) -> None:
    found = nvidia.by_library(Library(divided=divided), 0)

    assert found is not None
    assert (found.hardware, found.identity, found.clock, found.kind, found.shared) == (
        "NVIDIA H200", "GPU-1", "cuda", "cuda", "",
    )  # fmt: skip


def test_a_part_of_a_card_has_its_profile_in_its_class_and_the_clock_of_the_card() -> None:
    found = nvidia.by_library(Library(divided=True), 0)

    assert found is not None
    assert (found.hardware, found.identity) == ("NVIDIA H200 MIG 1g.18gb", "MIG-2")
    assert found.state() == State(1980.0, ("it was too hot (hardware)",), 63.0)


def test_a_divided_card_without_parts_is_none() -> None:
    assert nvidia.by_library(Library(divided=True, parts=0), 0) is None


def test_a_card_that_is_not_there_is_none() -> None:
    assert nvidia.by_library(Library(), 1) is None


def test_processes_are_listed_with_what_they_hold() -> None:
    running = [SimpleNamespace(pid=7, usedGpuMemory=100), SimpleNamespace(pid=8, usedGpuMemory=None)]
    found = nvidia.by_library(Library(running=running), 0)

    assert found is not None
    assert found.processes() == {7: 100, 8: 0}
    assert found.shared == ""


def test_a_card_with_a_server_for_many_is_shared() -> None:
    running = [SimpleNamespace(pid=7, usedGpuMemory=100)]
    found = nvidia.by_library(Library(running=running, name="/usr/bin/nvidia-cuda-mps-server"), 0)

    assert found is not None
    assert "MPS" in found.shared


def test_the_line_of_the_program_is_read() -> None:
    assert nvidia.read(LINE) == ("NVIDIA H200", "GPU-5d1c", State(1980.0, (), 41.0), False)
    assert nvidia.read(LINE.replace("Disabled", "Enabled"))[3]
    assert nvidia.read("X, GPU-1, [N/A], [N/A], [N/A], [N/A]")[2] == State()


@pytest.mark.parametrize(
    ("bits", "found"),
    [(0, 0), (0x1, 0), (0x2, 0), (0x4, 0), (0x8, 1), (0x20, 1), (0x40, 1), (0x80, 1), (0xE8, 4)],
)
def test_idleness_and_the_power_cap_are_no_reasons(bits: int, found: int) -> None:
    assert len(nvidia.reasons(bits)) == found


def test_without_driver_and_library_there_is_no_device(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "pynvml", None)

    assert device.find() is None


def test_the_driver_s_program_is_asked_where_the_library_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *compute-apps*) printf "7, 100\\n8, [N/A]\\n";;\n*) echo "{LINE}";; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setitem(__import__("sys").modules, "pynvml", None)
    found = device.find()

    assert found is not None
    assert (found.hardware, found.identity, found.shared) == ("NVIDIA H200", "GPU-5d1c", "")
    assert found.state() == State(1980.0, (), 41.0)
    assert found.processes() == {7: 100 << 20, 8: 0}


def test_a_program_that_fails_is_no_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\nexit 9\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setitem(__import__("sys").modules, "pynvml", None)

    assert device.find() is None


def test_one_check_at_a_time_has_the_device(tmp_path: Path) -> None:
    with device.alone(Fake(identity="GPU-1/a"), str(tmp_path)):
        (lock,) = tmp_path.iterdir()
        with lock.open() as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with lock.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    assert lock.name == "autograder-GPU-1_a.lock"


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "autograder-fake.lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"), device.alone(Fake(), str(tmp_path)):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_fake_device_says_what_is_written_down_and_then_the_last_for_ever() -> None:
    fake = Fake(states=(State(1.0), State(2.0)), crowds=({}, {7: 1}))

    assert [fake.state().clock_mhz for _ in range(3)] == [1.0, 2.0, 2.0]
    assert [dict(fake.processes()) for _ in range(3)] == [{}, {7: 1}, {7: 1}]
