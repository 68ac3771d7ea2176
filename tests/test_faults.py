"""Faults of ours, each injected at a known moment: no student pays, nobody is lost, the next is graded.

The keeper, the template and the jail are killed from outside at every question; processes, start-up,
control messages and the clock fail. What a student's code does to itself stays the student's.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.jail import cgroups, channel, ends, host, leftovers, worker
from autograder.jail.levels import Isolation
from autograder.model import Outcome, Report, SandboxFault, Status
from autograder.session import FAULTS, Bench, Session

from . import tiny
from .processes import children, kill, parents, until

pytestmark = [
    pytest.mark.jail,
    pytest.mark.skipif(sys.platform != "linux", reason="faults are injected through /proc"),
]

WRONG = tiny.RIGHT.replace("x / 2", "x * 2")
VICTIMS = ("keeper", "template", "jail")
NEEDS = ("numpy",)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    """The answers of the tiny assignment."""
    return AnswerKey(tiny.ASSIGNMENT, "5eed")


def graded(source: str, key: AnswerKey, bench: Bench) -> Report:
    """The report of Ada's `source`."""
    return grade.grade(tiny.submission(source), key, bench, tiny.COURSE)


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcomes by check."""
    return {outcome.check: outcome for mark in report.marks for outcome in mark.outcomes}


def verdicts(report: Report) -> dict[str, tuple[Status, object, str]]:
    """What a report says of each check, without what it took."""
    return {name: (one.status, one.share, one.note) for name, one in outcomes(report).items()}


def statuses(report: Report) -> set[Status]:
    """The statuses in a report."""
    return {outcome.status for outcome in outcomes(report).values()}


@pytest.fixture(scope="module")
def usual(key: AnswerKey, bench: Bench) -> dict[str, Any]:
    """The verdicts when nothing happens."""
    return {source: verdicts(graded(source, key, bench)) for source in (tiny.RIGHT, WRONG)}


@pytest.fixture
def next_is_graded(key: AnswerKey, bench: Bench, usual: dict[str, Any]) -> Callable[[], None]:
    """Ask whether the submissions after a fault get what they always get."""

    def asking() -> None:
        for source, expected in usual.items():
            assert verdicts(graded(source, key, bench)) == expected

    return asking


# ---- killed from outside ----------------------------------------------------------------------------


def victim(bench: Bench, name: str) -> int:
    """The process number of a part of the slot whose jail is open."""
    template = bench.template(NEEDS)
    if name == "keeper":
        return template._process.pid
    if name == "template":
        return template.pid
    (jail,) = children(template.pid)
    return jail


class Saboteur:
    """Kills a part of the slot before every word of the jail from number `first` on, at most `times` times.

    What the jail had written by then is lost with it.
    """

    def __init__(self, bench: Bench, name: str, first: int, times: int) -> None:
        self.bench, self.name, self.first, self.times = bench, name, first, times
        self.heard = self.killed = 0

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Put it between the grader and its jails."""
        receive = channel.Channel.receive

        def sabotaged(this: channel.Channel, deadline: float) -> tuple[dict[str, Any], bytes]:
            self.heard += 1
            if self.heard < self.first or self.killed >= self.times:
                return receive(this, deadline)
            self.killed += 1
            kill(victim(self.bench, self.name))
            raise channel.HungUp

        patch.setattr(channel.Channel, "receive", sabotaged)


@pytest.mark.parametrize("first", range(1, 8))
@pytest.mark.parametrize("name", VICTIMS)
def test_killed_once_before_a_word_costs_nothing(
    name: str,
    first: int,
    key: AnswerKey,
    bench: Bench,
    usual: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saboteur = Saboteur(bench, name, first, 1)
    with monkeypatch.context() as patch:
        saboteur.install(patch)
        report = graded(tiny.RIGHT, key, bench)

    assert saboteur.killed == 1
    assert verdicts(report) == usual[tiny.RIGHT]


@pytest.mark.parametrize("name", VICTIMS)
def test_killed_again_and_again_is_ungraded_after_few_tries(
    name: str,
    key: AnswerKey,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    next_is_graded: Callable[[], None],
) -> None:
    saboteur = Saboteur(bench, name, 4, 1000)
    with monkeypatch.context() as patch:
        saboteur.install(patch)
        report = graded(tiny.RIGHT, key, bench)

    assert statuses(report) == {Status.PASSED, Status.UNGRADED}
    assert outcomes(report)["half.some_numbers"].status == Status.PASSED
    assert saboteur.killed == FAULTS
    next_is_graded()


@pytest.mark.parametrize("times", [1, 1000])
def test_killed_at_a_second_chance_never_makes_a_verdict_worse(
    times: int,
    key: AnswerKey,
    bench: Bench,
    usual: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    next_is_graded: Callable[[], None],
) -> None:
    left = [times]
    bind = worker.Worker.bind

    def sabotaged(this: worker.Worker, name: str, handle: str) -> Any:
        if left[0]:
            left[0] -= 1
            kill(victim(bench, "jail"))
        return bind(this, name, handle)

    with monkeypatch.context() as patch:
        patch.setattr(worker.Worker, "bind", sabotaged)
        got = verdicts(graded(WRONG, key, bench))

    assert left[0] < times
    for name, expected in usual[WRONG].items():
        second = expected[2].startswith("With ours")
        allowed = {Status.PASSED} if times == 1 else {Status.UNGRADED}
        assert got[name][0] in (allowed if second else {expected[0], Status.UNGRADED})
    next_is_graded()


@pytest.mark.parametrize("after", range(5))
@pytest.mark.parametrize("name", VICTIMS)
def test_killed_between_two_checks_costs_nothing(
    name: str,
    after: int,
    key: AnswerKey,
    bench: Bench,
    usual: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    ask = Session.ask

    def sabotaged(this: Session, check: Any) -> Any:
        done = ask(this, check)
        asked.append(check.id)
        if len(asked) == after + 1:
            kill(victim(bench, name))
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Session, "ask", sabotaged)
        report = graded(tiny.RIGHT, key, bench)

    assert not [one.staff_note for one in outcomes(report).values() if one.staff_note]
    assert verdicts(report) == usual[tiny.RIGHT]


@pytest.mark.parametrize("name", VICTIMS)
def test_killed_while_the_jail_is_built_costs_nothing(
    name: str,
    key: AnswerKey,
    bench: Bench,
    usual: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed = []
    wait = worker.Worker.wait_until_ready

    def sabotaged(this: worker.Worker) -> None:
        if not killed:
            until(
                lambda: bool(children(victim(bench, "template"))),
                "a jail on its way",
            )
            killed.append(victim(bench, name))
            kill(killed[0])
        wait(this)

    with monkeypatch.context() as patch:
        patch.setattr(worker.Worker, "wait_until_ready", sabotaged)
        report = graded(tiny.RIGHT, key, bench)

    assert killed
    assert verdicts(report) == usual[tiny.RIGHT]


def test_a_template_killed_before_a_fork_costs_nothing(
    bench: Bench, next_is_graded: Callable[[], None]
) -> None:
    kill(bench.template(NEEDS).pid)

    next_is_graded()


def test_a_template_that_hung_up_costs_nothing(bench: Bench, next_is_graded: Callable[[], None]) -> None:
    bench.template(NEEDS)._control.shutdown(2)  # what is written now is answered by EPIPE

    next_is_graded()


def test_a_template_that_stands_still_is_replaced(bench: Bench, next_is_graded: Callable[[], None]) -> None:
    template = bench.template(NEEDS)
    template._control.settimeout(0.2)
    os.kill(template.pid, signal.SIGSTOP)

    next_is_graded()

    assert not {template.pid, template._process.pid} & parents().keys()


def test_nothing_of_a_jail_outlives_its_template(bench: Bench, isolation: Isolation) -> None:
    template = host.Template(isolation, NEEDS)
    with template.jail(tiny.RIGHT, "tiny.py", tiny.LIMITS) as jail:
        assert jail.load() is None
        inside = children(template.pid)
        kill(template.pid)
    template.close()

    assert inside
    until(lambda: not {*inside} & parents().keys(), "the end of the jail")
    until(lambda: not left_by(os.getpid(), bench), "the removal of its groups and folders")


def left_by(pid: int, _: Bench | None = None) -> list[str]:
    """Groups and folders that belong to a grader."""
    groups = [folder.name for parent in cgroups.parents() for folder in parent.glob("autograder-*")]
    folders = [folder.name for folder in Path(tempfile.gettempdir()).glob("autograder-*")]
    return [name for name in (*groups, *folders) if f"-{pid}-" in name]


# ---- what students do to themselves is theirs ------------------------------------------------------

FORGED = """\
import ctypes, os

def half(x):
    words = (ctypes.c_int * 32)()
    words[0], words[2] = 9, 0x80  # SIGKILL, said to come from the kernel
    libc = ctypes.CDLL(None)
    pid = ctypes.c_long(os.getpid())
    libc.syscall(ctypes.c_long(129), pid, ctypes.c_long(9), ctypes.byref(words))
    libc.syscall(ctypes.c_long(297), pid, pid, ctypes.c_long(9), ctypes.byref(words))
    libc.prctl(22, 1, 0, 0, 0)  # strict seccomp ends with SIGKILL
    os.kill(os.getpid(), 9)
    os._exit(0)
"""
LEAVES = "import os\n\ndef half(x):\n    os._exit({})\n"


@pytest.mark.parametrize(
    "source",
    [
        FORGED,
        LEAVES.format(137),
        LEAVES.format(255),
        "import os\n\ndef half(x):\n    os.closerange(3, 50)\n    while True: pass\n",
        "import resource as r\n\ndef half(x):\n    r.setrlimit(r.RLIMIT_CPU, (0, 0))\n    while True: pass\n",
        "import os\n\ndef half(x):\n    held = []\n    while True:\n        held.append(bytes(10**6))\n",
    ],
    ids=["forges signals", "exits as if killed", "exits 255", "hangs up", "lowers its limit", "eats memory"],
)
def test_nobody_can_look_killed_from_outside(source: str, key: AnswerKey, bench: Bench) -> None:
    report = graded(source + "\n\ndef quarter(x):\n    return x / 4\n", key, bench)

    assert outcomes(report)["half.some_numbers"].status == Status.CRASHED
    assert outcomes(report)["quarter.other_numbers"].status == Status.PASSED


@pytest.mark.parametrize(
    ("status", "used", "passed", "outside"),
    [
        (0, 0.0, 0, False),
        (97, 0.0, 97, False),
        (137, 0.0, 127, False),
        (255, 0.0, 127, False),
        (-9, 0.5, 137, True),
        (-9, 2.0, 128 + signal.SIGXCPU, False),
        (-11, 0.0, 139, False),
    ],
)
def test_how_a_jail_ended_is_passed_on(status: int, used: float, passed: int, outside: bool) -> None:
    assert ends.passed_on(status, used, 2) == passed
    assert ends.from_outside(passed) is outside


@pytest.mark.parametrize(("status", "outside"), [(-9, True), (-15, True), (ends.UNKNOWN, True), (512, False)])
def test_a_jail_that_is_forced_to_end_was_not_killed_from_outside(status: int, outside: bool) -> None:
    assert ends.from_outside(status) is outside


def test_a_full_disk_in_the_jail_is_the_jails_own(
    key: AnswerKey, bench: Bench, usual: dict[str, Any], next_is_graded: Callable[[], None]
) -> None:
    filling = """\
import os

def fill():
    number = 0
    while True:
        number += 1
        try:
            with open(f"full{number}", "wb") as file:
                while file.write(bytes(1 << 16)): pass
        except OSError:
            if number > 600:
                return

fill()
"""
    report = graded(filling + tiny.RIGHT, key, bench)

    assert verdicts(report) == usual[tiny.RIGHT]
    next_is_graded()


# ---- a template that fails --------------------------------------------------------------------------


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolation: Isolation) -> Any:
    """Run templates by another program; `code` is what they are told to run."""

    def replacing(program: str) -> Bench:
        path = tmp_path / "python"
        head = "import os, re, socket, struct, sys, time\ncode = sys.argv[-1]\n"
        path.write_text(f"#!{sys.executable}\n{head}{program}\n")
        path.chmod(0o755)
        monkeypatch.setattr(host.sys, "executable", str(path))
        return Bench(isolation)

    return replacing


SPEAKS = """
control = socket.socket(fileno=int(re.search(r"main\\((\\d+),", code)[1]))
def say(number):
    control.sendall(struct.pack("<i", number))
"""
STARTS = SPEAKS + "say(os.getpid())\n"


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("sys.exit('no numpy here')", "did not start: no numpy here"),
        ("sys.exit()", "did not start: it said nothing"),
        ("time.sleep(1000)", "did not start: it said nothing"),
        ("os.fork() or time.sleep(1000)\nsys.exit('a child holds the pipe')", "a child holds the pipe"),
        (SPEAKS + "control.sendall(b'abc')", "did not start"),
        (STARTS + "control.sendall(b'abc')", "did not start"),
        (STARTS + "say(7)\ntime.sleep(1000)", "it said 7 where 0 means ready"),
        (STARTS + "say(0)", "template has died"),
        (STARTS + "say(0)\ncontrol.recv(1 << 20)\nsys.exit('out of sorts')", "has died: out of sorts"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): say(0)", "could not be forked"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): say(1)", "could not be forked"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): say(-1)", "could not be forked"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): say(-2 ** 31)", "could not be forked"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): say(2 ** 31 - 1)", "could not be built"),
        (STARTS + "say(0)\nwhile control.recv(1 << 20): control.sendall(b'ab')", "has died"),
    ],
)
def test_a_broken_template_costs_nothing(
    program: str, says: str, interpreter: Any, key: AnswerKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "START_SECONDS", 1.5)
    monkeypatch.setattr(host, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(worker, "READY_SECONDS", 0.5)
    broken = interpreter(program)
    report = graded(tiny.RIGHT, key, broken)
    broken.close()

    assert statuses(report) == {Status.UNGRADED}
    assert report.pending == report.possible
    assert says in outcomes(report)["half.some_numbers"].staff_note


def test_an_interpreter_that_is_not_there_costs_nothing(
    isolation: Isolation, key: AnswerKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host.sys, "executable", "/nowhere/python")
    report = graded(tiny.RIGHT, key, Bench(isolation))

    assert statuses(report) == {Status.UNGRADED}
    assert "/nowhere/python" in outcomes(report)["half.some_numbers"].staff_note


def test_descriptors_that_run_out_cost_nothing(
    key: AnswerKey, bench: Bench, monkeypatch: pytest.MonkeyPatch, next_is_graded: Callable[[], None]
) -> None:
    def refused(*_: object) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(host.os, "pipe", refused)
        report = graded(tiny.RIGHT, key, bench)

    assert statuses(report) == {Status.UNGRADED}
    next_is_graded()


REFUSES = """
counter = os.open({path!r}, os.O_RDWR)
fork = os.fork
def refused():
    count = int(os.pread(counter, 20, 0))
    os.pwrite(counter, b"%-20d" % (count + 1), 0)
    if {first} <= count < {last}:
        raise BlockingIOError({number}, "Resource temporarily unavailable")
    return fork()
os.fork = refused
exec(code)
"""


@pytest.mark.parametrize(("times", "expected"), [(1, Status.PASSED), (1000, Status.UNGRADED)])
@pytest.mark.parametrize("first", [0, 1], ids=["of the keeper", "of the template"])
def test_a_fork_that_is_refused_costs_nothing(
    first: int, times: int, expected: Status, tmp_path: Path, interpreter: Any, key: AnswerKey
) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0")
    where = {"path": str(counter), "first": first, "last": first + times}
    refusing = interpreter(REFUSES.format(number=errno.EAGAIN, **where))
    report = graded(tiny.RIGHT, key, refusing)
    counter.write_text("2000")
    later = graded(tiny.RIGHT, key, refusing)
    refusing.close()

    assert statuses(report) == {expected}
    assert statuses(later) == {Status.PASSED}


def test_a_group_that_cannot_be_made_is_no_weaker_jail(
    key: AnswerKey, isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "cgroup" not in isolation.layers:
        pytest.skip("no control groups here")
    monkeypatch.setattr(cgroups, "parents", lambda: ())
    slot = Bench(isolation)
    report = graded(tiny.RIGHT, key, slot)
    slot.close()

    assert statuses(report) == {Status.UNGRADED}


# ---- the rest of the machine ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_costs_nothing(
    seed: int,
    key: AnswerKey,
    bench: Bench,
    usual: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jump = random.Random(seed)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: jump.uniform(-1e9, 1e10))
        got = verdicts(graded(tiny.RIGHT, key, bench))

    assert got == usual[tiny.RIGHT]


def test_a_scenario_cannot_swallow_a_fault(
    key: AnswerKey, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise SandboxFault("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "prepare", lambda *_: None)
        patch.setattr(worker.Worker, "ask", broken)
        report = graded(tiny.RIGHT, key, bench)

    assert statuses(report) == {Status.UNGRADED}


def test_the_time_that_a_fault_took_is_given_back(
    key: AnswerKey, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def slow(*_: object) -> Any:
        now[0] += 15
        raise SandboxFault("killed")

    with monkeypatch.context() as patch:
        patch.setattr("autograder.session.time.monotonic", lambda: now[0])
        session = Session(bench, tiny.submission(tiny.RIGHT), key, tiny.LIMITS)
        patch.setattr(Session, "_ask", slow)
        with pytest.raises(SandboxFault):
            session.ask(tiny.CHECKS[0])

    assert session._end == tiny.LIMITS.total_seconds + 15 * FAULTS


# ---- what the killed leave --------------------------------------------------------------------------


def dead() -> int:
    """The number of a process that has ended."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def test_leftovers_are_those_of_the_dead_of_this_namespace() -> None:
    ours = f"autograder-{leftovers._namespace()}"

    assert leftovers.is_stale(f"{ours}-{dead()}-3")
    assert not leftovers.is_stale(f"{leftovers.owner()}3")
    assert not leftovers.is_stale(f"{ours}-1-3")
    assert not leftovers.is_stale(f"{ours}-{10**30}-3")
    assert not leftovers.is_stale(f"autograder-1-{dead()}-3")
    assert not leftovers.is_stale(f"autograder-{dead()}-3")


def test_a_group_and_a_folder_of_the_dead_are_removed(
    isolation: Isolation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    name = f"autograder-{leftovers._namespace()}-{dead()}-3"
    (tmp_path / f"{name}-x" / "deep").mkdir(parents=True)
    (tmp_path / "autograder-of-someone").mkdir()
    group = cgroups.make(name, 64, 4) if "cgroup" in isolation.layers else None
    leftovers.clear()

    assert [folder.name for folder in tmp_path.iterdir()] == ["autograder-of-someone"]
    assert group is None or not any(folder.exists() for folder in group.folders)
