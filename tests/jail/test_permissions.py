"""Level `permissions`: neither namespaces nor Landlock, but a user, modes of files, system call filters."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.jail import levels, readonly
from autograder.jail.host import Template
from autograder.jail.levels import Isolation, choose
from autograder.model import Answer, IsolationError, Limits
from tests.processes import parents

PERMISSIONS = Isolation("permissions", ("seccomp",))
LIMITS = Limits(check_seconds=5, memory_mb=256)
SOURCE = """
import ctypes, os

def outcome(do, *arguments, **words):
    try:
        done = do(*arguments, **words)
    except OSError as error:
        return error.errno
    if type(done) is int and do is os.open:
        os.close(done)
    return 0

def reads(paths):
    return [outcome(os.open, path, os.O_RDONLY) for path in paths]

def opens(path, flags):
    return [outcome(os.open, path, flag, 0o666) for flag in flags]

def changes(path, new):
    found = {
        "mkdir": outcome(os.mkdir, new), "symlink": outcome(os.symlink, path, new),
        "link": outcome(os.link, path, new), "unlink": outcome(os.unlink, path),
        "rename": outcome(os.rename, path, new), "chmod": outcome(os.chmod, path, 0o777),
        "chown": outcome(os.chown, path, os.getuid(), os.getgid()), "utime": outcome(os.utime, path),
        "truncate": outcome(os.truncate, path, 0), "mkfifo": outcome(os.mkfifo, new),
        "setxattr": outcome(os.setxattr, path, "user.x", b"x"), "rmdir": outcome(os.rmdir, os.getcwd()),
    }
    return found

def calls(numbers, path):
    libc = ctypes.CDLL(None, use_errno=True)
    found = []
    for number in numbers:
        libc.syscall(number, path.encode(), 0o101, 0o666, 24, 0)
        found.append(ctypes.get_errno())
    return found

def identity():
    return [os.getuid(), os.geteuid(), os.getgid(), os.getgroups()]

def rights():
    with open("/proc/self/status") as file:
        lines = [line.split() for line in file if line.startswith(("Cap", "NoNew", "Seccomp:"))]
        return {name[:-1]: value for name, value in lines}

def leaves():
    import socket
    got = []
    kill, start = lambda: os.kill(os.getppid(), 9), lambda: os.execv("/bin/true", ["true"])
    for do in (lambda: socket.socket(), start, kill):
        try:
            do()
            got.append(0)
        except OSError as error:
            got.append(error.errno)
    return got

def stay():
    if os.fork() == 0:
        os.setsid()
        import time
        while True:
            time.sleep(1)
    return os.getuid()
"""
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not levels.seccomp_there(), reason="needs root and the system call filter"
)


@pytest.fixture(scope="module")
def asked() -> Iterator[Any]:
    """Calls of the functions above, each in a jail of its own."""
    with Template(PERMISSIONS) as template:

        def asking(function: str, *args: Any) -> Any:
            with template.jail(SOURCE, "submission.py", LIMITS) as worker:
                assert worker.load() is None
                (reply,) = worker.ask(function, [args], 5)

                assert isinstance(reply, Answer), reply
                return reply.value

        yield asking


@pytest.fixture
def secrets() -> Iterator[list[Path]]:
    """What lies in a container: answers, results, and what another has handed in; for root alone."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        here.chmod(0o755)  # what pytest gives is closed as a whole
        found = [here / "source/reference.py", here / "results/results.json", here / "other/toy.py"]
        for path in found:
            path.parent.mkdir()
            path.write_text("secret")
            path.parent.chmod(0o700)
            path.chmod(0o644)
        yield found


def test_answers_results_and_what_others_handed_in_cannot_be_read(asked, secrets):
    paths = [str(path) for one in secrets for path in (one, one.parent)]

    assert asked("reads", paths) == [13] * 6


def test_the_same_file_is_read_where_everyone_may(asked, secrets):
    secrets[0].parent.chmod(0o755)

    assert asked("reads", [str(secrets[0])]) == [0]


def test_other_processes_show_neither_memory_nor_environment(asked):
    wanted = [f"/proc/{os.getpid()}/{name}" for name in ("mem", "environ", "maps", "fd/0")]

    assert 0 not in asked("reads", wanted)


def test_no_file_is_opened_for_writing_or_made_anywhere(asked):
    flags = [os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_TMPFILE | os.O_RDWR]
    for path in ("/tmp/letter", "/dev/shm/letter", "letter", "/dev/null", "/proc/self/oom_score_adj"):
        assert set(asked("opens", path, flags)) <= {30}, path

    assert asked("opens", "/dev/null", [os.O_RDONLY]) == [0]
    assert not Path("/tmp/letter").exists()


def test_no_file_is_changed_where_everyone_may(asked):
    path = Path("/tmp/everyones-file-of-a-test")
    path.write_text("x")
    path.chmod(0o666)
    try:
        found = asked("changes", str(path), "/tmp/everyones-new-file-of-a-test")

        assert {name: number for name, number in found.items() if number not in (1, 30)} == {}
        assert path.read_text() == "x"
    finally:
        path.unlink()


def test_every_call_of_the_filter_is_refused_by_its_number(asked):
    numbers = [*readonly.CHANGING.values(), readonly.OPENAT2]
    found = dict(zip(numbers, asked("calls", numbers, "/tmp/letter"), strict=True))

    assert found.pop(readonly.OPENAT2) == 38
    assert set(found.values()) <= {1, 30}  # EPERM where the first filter has it too, EROFS elsewhere


def test_it_is_a_user_of_its_own_without_rights_behind_two_filters(asked):
    user, *others, groups = asked("identity")
    rights = asked("rights")

    assert user >= 60_000
    assert others == [user, user]
    assert groups == []
    assert {rights[name] for name in rights if name.startswith("Cap")} == {"0" * 16}
    assert (rights["NoNewPrivs"], rights["Seccomp"]) == ("1", "2")


def test_there_is_no_network_no_program_and_nobody_to_kill(asked):
    assert asked("leaves") == [1, 1, 1]


def test_what_a_jail_started_ends_with_it(asked):
    user = asked("stay")
    living = [pid for pid in parents() if Path(f"/proc/{pid}").exists()]

    assert not any(
        Path(f"/proc/{pid}").stat().st_uid == user for pid in living if Path(f"/proc/{pid}").exists()
    )


def test_the_level_is_had_only_by_its_name_and_with_what_is_secret(monkeypatch, secrets):
    monkeypatch.setattr(levels, "_refusal", lambda: "no namespaces (test)")
    monkeypatch.setattr(levels, "_uid_possible", lambda: False)
    folders = [path.parent for path in secrets]

    with pytest.raises(IsolationError, match="doctor"):
        choose("uid", secret=folders)
    with pytest.raises(IsolationError, match="which files"):
        choose("permissions")
    assert choose("permissions", secret=folders).level == "permissions"


def test_a_stronger_level_is_taken_where_there_is_one(monkeypatch, secrets):
    monkeypatch.setattr(levels, "_refusal", lambda: "no namespaces (test)")
    monkeypatch.setattr(levels, "_uid_possible", lambda: True)

    assert choose("permissions", secret=secrets).level == "uid"


@pytest.mark.parametrize("mode", [0o755, 0o711, 0o733])
def test_a_folder_that_everyone_enters_keeps_no_secret(monkeypatch, secrets, mode):
    monkeypatch.setattr(levels, "_refusal", lambda: "no namespaces (test)")
    monkeypatch.setattr(levels, "_uid_possible", lambda: False)
    secrets[1].parent.chmod(mode)

    with pytest.raises(IsolationError, match=r"chmod -R go-rwx .*/results"):
        choose("permissions", secret=[path.parent for path in secrets])


def test_a_secret_that_is_not_there_is_no_secret_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(levels, "_refusal", lambda: "no namespaces (test)")
    monkeypatch.setattr(levels, "_uid_possible", lambda: False)

    with pytest.raises(IsolationError, match="is not there"):
        choose("permissions", secret=[tmp_path / "misspelt"])
