"""Isolation is data: what was asked for, what there is, and nothing weaker in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.jail import levels
from autograder.jail.host import Template
from autograder.jail.levels import Isolation, choose
from autograder.model import Answer, IsolationError, Limits, Overran

LIMITS = Limits(check_seconds=2, memory_mb=256)
REFUSED = "this machine refuses namespaces (test)"

AS_AN_ORDINARY_USER = r"""
set -e
mount --bind "$1" "$2"
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p "$1"
mount --move "$2" "$1"
shift 2
exec setpriv --reuid 4321 --regid 4321 --clear-groups "$@"
"""

GRADE_ONE_CALL = """
from autograder.jail.host import Template
from autograder.jail.levels import choose
from autograder.model import Limits
isolation = choose("namespaces")
source = "def f(x):\\n    return 2 * x"
with Template(isolation) as template, template.jail(source, "s.py", Limits()) as worker:
    worker.load()
    print(isolation.level, worker.ask("f", [(21.0,)], 5)[0].value)
"""


def test_an_unknown_level_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(IsolationError, match="namespaces, uid, permissions, none"):
        choose("docker")


def test_no_wall_needs_the_words_that_say_so() -> None:
    with pytest.raises(IsolationError, match="i-trust-this-code"):
        choose("none")

    assert choose("none", trust=True) == Isolation("none")


def test_a_weaker_level_than_asked_for_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_refusal", lambda: REFUSED)

    with pytest.raises(IsolationError, match="refuses namespaces"):
        choose("namespaces")


def test_root_without_namespaces_gets_a_user_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_refusal", lambda: REFUSED)
    monkeypatch.setattr(levels, "_uid_possible", lambda: True)

    assert choose("uid").level == "uid"


def test_without_root_there_is_nothing_between_namespaces_and_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_refusal", lambda: REFUSED)
    monkeypatch.setattr(levels, "_uid_possible", lambda: False)

    with pytest.raises(IsolationError, match="doctor"):
        choose("uid")


def test_the_name_of_an_isolation_lists_its_layers() -> None:
    assert str(Isolation("namespaces", ("landlock", "seccomp"))) == "namespaces+landlock+seccomp"


@pytest.mark.skipif(os.geteuid() != 0 or not levels._uid_possible(), reason="needs root and Landlock")
def test_the_uid_level_hides_the_course_and_kills_what_is_left() -> None:
    source = """
import os, time
def sees(path):
    try:
        return len(open(path).read())
    except OSError:
        return -1
def stay():
    if os.fork() == 0:
        os.setsid()
        while True:
            time.sleep(0.01)
    return os.getuid()
def loop():
    while True:
        pass
"""
    with Template(Isolation("uid", ("landlock", "seccomp"))) as template:
        with template.jail(source, "s.py", LIMITS) as worker:
            worker.load()
            (sees,) = worker.ask("sees", [(__file__,)], 2)
            (user,) = worker.ask("stay", [()], 2)
            (loop,) = worker.ask("loop", [()], 0.5)
        left = [
            pid
            for pid in os.listdir("/proc")  # noqa: PTH208 - names, not paths
            if pid.isdigit()
            and Path("/proc", pid).exists()
            and Path("/proc", pid).stat().st_uid == user.value
        ]

    assert isinstance(sees, Answer)
    assert isinstance(user, Answer)
    assert sees.value == -1
    assert user.value >= 70_000
    assert isinstance(loop, Overran)
    assert left == []


def test_trusted_code_still_runs_in_a_process_of_its_own() -> None:
    with (
        Template(Isolation("none")) as template,
        template.jail("import os\ndef f():\n    return os.getpid()", "s.py", LIMITS) as worker,
    ):
        worker.load()
        (reply,) = worker.ask("f", [()], 2)

        assert isinstance(reply, Answer)
        assert reply.value != os.getpid()


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes an ordinary user, which only root can")
def test_an_ordinary_user_can_grade(tmp_path: Path) -> None:
    # Root's home is closed to others; an interpreter that lives there is shown to the user at its place.
    home = next((p for p in Path(sys.executable).resolve().parents if p.parent == Path("/root")), None)
    command = [sys.executable, "-B", "-c", GRADE_ONE_CALL]
    tmp_path.chmod(0o755)
    if home:
        words = ["unshare", "-m", "--propagation", "private", "sh", "-c", AS_AN_ORDINARY_USER, "sh"]
        spare = tmp_path / "spare"
        spare.mkdir()
        command = [*words, str(home), str(spare), *command]
    else:
        command = ["setpriv", "--reuid", "4321", "--regid", "4321", "--clear-groups", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")

    assert done.stdout.strip() == "namespaces 42.0", done.stderr
