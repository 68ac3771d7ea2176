"""Clocks: what stands still does not run, and every second of it is counted."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.jail import cgroups
from autograder.model import SandboxFault
from autograder.timing import clocks, machine
from autograder.timing.clocks import Clock, GroupClock, ProcessClock, Restless
from tests.processes import until


def spinning() -> int:
    """A process that uses all the time it gets."""
    pid = os.fork()
    if pid == 0:
        while True:
            pass
    return pid


def ended(pid: int) -> None:
    """It is gone."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


@pytest.fixture(params=["group", "process"])
def running(request: pytest.FixtureRequest) -> Iterator[Clock]:
    """A clock on a process that spins, stopped."""
    group = None
    if request.param == "group":
        if not cgroups.clock_parent():
            pytest.skip("no control groups of version 2 here")
        group = cgroups.make(f"clock-test-{os.getpid()}", 256, 8, clocked=True)
    pid = spinning()
    if group:
        assert group.clock is not None
        (group.clock / "cgroup.procs").write_text(str(pid))
        clock: Clock = GroupClock(group.clock)
    else:
        clock = ProcessClock(pid)
    clock.stop()
    yield clock
    clock.go()
    clock.close()
    ended(pid)
    if group:
        group.remove()


def test_what_stands_still_uses_nothing(running: Clock) -> None:
    first = running.seconds()
    sum(range(300_000))

    assert running.seconds() == first


def test_what_runs_is_counted(running: Clock) -> None:
    first = running.seconds()
    running.go()
    until(lambda: running.seconds() > first, "some processor time")
    running.stop()

    assert running.seconds() > first


def test_stopping_twice_is_stopping(running: Clock) -> None:
    running.stop()
    running.stop()


def test_the_clock_of_a_process_that_is_gone_cannot_be_read() -> None:
    pid = spinning()
    clock = ProcessClock(pid)
    ended(pid)

    with pytest.raises(SandboxFault, match="cannot be read"):
        clock.seconds()
    clock.go()
    clock.stop()
    clock.close()


def test_a_process_that_was_never_there_has_no_clock() -> None:
    pid = spinning()
    ended(pid)

    with pytest.raises(SandboxFault):
        ProcessClock(pid)


def test_what_does_not_stop_is_our_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cpu.stat").write_text("usage_usec 12\n")
    (tmp_path / "cgroup.events").write_text("populated 1\nfrozen 0\n")
    (tmp_path / "cgroup.freeze").write_text("0")
    monkeypatch.setattr(clocks, "STOP_SECONDS", 0.0)
    clock = GroupClock(tmp_path)

    assert clock.seconds() == 12e-6
    with pytest.raises(SandboxFault, match="could not be stopped"):
        clock.stop()
    clock.close()


def test_a_process_that_is_woken_whenever_it_is_stopped_is_restless(monkeypatch: pytest.MonkeyPatch) -> None:
    pid = spinning()
    clock = ProcessClock(pid)
    monkeypatch.setattr(clocks, "STOP_SECONDS", 0.0)
    monkeypatch.setattr(clock, "_signal", lambda _: None)

    with pytest.raises(Restless):
        clock.stop()
    clock.close()
    ended(pid)


def test_the_one_child_of_a_process_is_found() -> None:
    parent, told = os.pipe()
    middle = os.fork()
    if middle == 0:
        child = spinning()
        os.write(told, str(child).encode())
        os.waitpid(child, 0)
        os._exit(0)
    child = int(os.read(parent, 20))

    assert clocks.child_of(middle) == child
    with pytest.raises(SandboxFault, match="not to be told from others"):
        clocks.child_of(child)
    os.kill(child, signal.SIGKILL)
    os.waitpid(middle, 0)
    os.close(parent)
    os.close(told)


def test_a_kernel_that_names_no_children_has_no_clock() -> None:
    with pytest.raises(SandboxFault, match="no list of a process's children"):
        clocks.child_of(0)


def test_the_machine_says_what_it_is() -> None:
    assert machine.processor()
    assert set(machine.load()) <= {"pressure", "steal"}
    assert machine.cores()[0] == max(machine.cores())
