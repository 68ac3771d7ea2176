"""Level `uid`, for root where namespaces are refused: users that no two graders share, and a real disk."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.jail import crowding, levels, users
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits, Overran, SandboxFault
from tests.processes import kill, parents, until

UID = Isolation("uid", ("landlock", "seccomp"))
LIMITS = Limits(check_seconds=20, memory_mb=256)
WHOLE = "         0          0 4294967295\n"

possible = pytest.mark.skipif(
    not levels.landlock_there() or not levels.seccomp_there() or os.geteuid() != 0,
    reason="needs root, Landlock and the system call filter",
)


def of(uid: int) -> set[int]:
    """The living processes of a user."""
    found = set()
    for pid in parents():
        try:
            if Path(f"/proc/{pid}").stat().st_uid == uid:
                found.add(pid)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ("uid_map", "first", "last"),
    [
        (WHOLE, 0x7000_0000, 0x70FF_FFFF),
        ("0 1000 1\n1 100000 65536\n", 61_438, 65_533),
        ("0 0 65536\n", 61_438, 65_533),
        ("0 100000 1000\n", 1, 999),
        ("", 0x7000_0000, 0x70FF_FFFF),
    ],
)
def test_the_numbers_to_choose_from_are_those_of_no_account(uid_map: str, first: int, last: int) -> None:
    numbers = users.available(uid_map)

    assert (numbers[0], numbers[-1]) == (first, last)


@pytest.mark.skipif(not levels.linux.supported(), reason="abstract names are Linux's")
def test_a_number_is_claimed_once_and_free_again_when_it_is_given_back() -> None:
    one, first = users.claim(7)
    other, second = users.claim(7)
    first.close()
    again, third = users.claim(7)
    second.close()
    third.close()

    assert one != other
    assert again == one


@pytest.mark.skipif(not levels.linux.supported(), reason="abstract names are Linux's")
def test_when_every_number_is_taken_the_template_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "available", lambda _: range(1_879_100_000, 1_879_100_001))
    _, claimed = users.claim(0)
    with claimed, pytest.raises(OSError, match="in use"):
        users.claim(0)


@possible
def test_graders_at_work_at_once_have_users_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "claim", _colliding(users.claim))
    with Template(UID) as one, Template(UID) as other:
        with one.jail("import os\ndef f():\n    return os.getuid()", "s.py", LIMITS) as first:
            first.load()
            with other.jail("def g():\n    return 2", "s.py", LIMITS) as second:
                second.load()
                (uid,) = first.ask("f", [()], 5)
                assert isinstance(uid, Answer)
            (left,) = first.ask("f", [()], 5)  # the end of the other's jail swept its user's processes

        assert isinstance(left, Answer)
        assert one._user != other._user
        assert uid.value == one._user


def _colliding(
    claim: Callable[[int], tuple[int, socket.socket]],
) -> Callable[[int], tuple[int, socket.socket]]:
    return lambda _: claim(5)


@possible
def test_a_template_without_a_user_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: int) -> tuple[int, socket.socket]:
        raise OSError(11, "every user number for jails is in use")

    monkeypatch.setattr(users, "claim", none)

    with pytest.raises(SandboxFault, match="has no user of its own"):
        Template(UID)


STAYS = """
import os, time
def f():
    if os.fork() == 0:
        os.setsid()
        [time.sleep(0.01) for _ in iter(int, 1)]
    return os.getuid()
"""


@possible
def test_what_a_jail_started_ends_with_the_grader() -> None:
    """The grader hangs up without a word, as when it is killed: its template clears up."""
    template = Template(UID)
    with template.jail(STAYS, "s.py", LIMITS) as worker:
        worker.load()
        (uid,) = worker.ask("f", [()], 5)
        assert isinstance(uid, Answer)
        assert len(of(uid.value)) == 2
        template._control.shutdown(socket.SHUT_RDWR)
        until(lambda: not of(uid.value), "the end of the user's processes")
    template.close()


@possible
def test_what_a_killed_template_left_is_ended_by_the_next_of_its_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(users, "claim", _colliding(users.claim))
    first = Template(UID)
    with first.jail(STAYS, "s.py", LIMITS) as worker:
        worker.load()
        (uid,) = worker.ask("f", [()], 5)
        assert isinstance(uid, Answer)
        kill(first.pid)
        assert of(uid.value), "a child of the jail is left"
        first._give_back()
        with Template(UID) as second:
            assert second._user == uid.value
            assert not of(uid.value)
    first.close()


MAKES = """
import os
def f(deep):
    number = 0
    while True:
        number += 1
        try:
            if deep:
                os.mkdir("d" * 99); os.chdir("d" * 99)
            else:
                open(f"file{number}", "w").close()
        except OSError:
            os._exit(3)
"""


@possible
@pytest.mark.parametrize("deep", [False, True])
def test_a_jail_on_a_real_disk_makes_a_few_thousand_files_and_no_more(deep: bool) -> None:
    with Template(UID) as template:
        with template.jail(MAKES, "s.py", LIMITS) as worker:
            worker.load()
            (reply,) = worker.ask("f", [(deep,)], 20)
        with template.jail("def f():\n    return 1", "s.py", LIMITS) as worker:
            worker.load()
            (following,) = worker.ask("f", [()], 20)

    assert reply == Overran("files", crowding.FILES)
    assert isinstance(following, Answer)
    assert not list(Path(tempfile.gettempdir()).glob(f"autograder-*-{os.getpid()}-*"))


def test_files_are_counted_at_every_depth(tmp_path: Path) -> None:
    for number in range(30):
        folder = tmp_path / str(number) / "below"
        folder.mkdir(parents=True)
        for name in range(15):
            (folder / str(name)).touch()
    few = crowding.too_many(str(tmp_path))
    (tmp_path / "30").mkdir()
    for name in range(15):
        (tmp_path / "30" / str(name)).touch()

    assert not few
    assert crowding.too_many(str(tmp_path))
