"""What code in the jail can see, reach and touch: nothing of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits

from .conftest import TIGHT, Ask

SECRET = "the-answer-" + "key-is-kept-" + "outside"  # never one literal in a file the jail might show

LOOK_EVERYWHERE = """
import os, sys
def f(words):
    needle = "".join(words).encode()
    found = []
    for folder, folders, files in os.walk("/"):
        for name in files:
            path = os.path.join(folder, name)
            if any(word in name for word in ("reference.py", "checks.py", "misconceptions", "rubric")):
                if "numpy" not in path and "/lib/" not in path:
                    found.append(path)
            try:
                if os.path.getsize(path) < 1 << 20 and "/numpy/" not in path and "/lib/" not in path:
                    with open(path, "rb") as file:
                        if needle in file.read():
                            found.append(path)
            except OSError:
                pass
    return found
"""

LOOK_AROUND = """
import gc, os, sys
def f(words):
    needle = "".join(words)
    hits = [k for k, v in os.environ.items() if needle in k + v]
    hits += [a for a in sys.argv if needle in a]
    ours = [name for name in sys.modules if name.startswith("autograder.")]
    hits += [name for name in ours if not name.startswith("autograder.jail")]
    frame = sys._getframe()
    while frame:
        for name, value in frame.f_locals.items():
            if name != "needle" and isinstance(value, str) and needle in value:
                hits.append("frame " + name)
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for key, value in list(thing.items()):
                if isinstance(value, str) and needle in value and key != "needle":
                    hits.append("object " + str(key))
    return hits
"""


def test_no_file_of_the_course_can_be_found(ask: Ask) -> None:
    reply = ask(
        LOOK_EVERYWHERE, "f", ["the-answer-", "key-is-kept-", "outside"], limits=Limits(check_seconds=60)
    )

    assert isinstance(reply, Answer)
    assert reply.value == []


def test_nothing_of_the_course_is_in_reach_of_python(ask: Ask) -> None:
    os.environ["AUTOGRADER_TEST_SECRET"] = SECRET
    try:
        reply = ask(LOOK_AROUND, "f", ["the-answer-", "key-is-kept-", "outside"])
    finally:
        del os.environ["AUTOGRADER_TEST_SECRET"]

    assert isinstance(reply, Answer)
    assert reply.value == []


def _writable_memory(pid: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if "rw" in rights:
                start, end = (int(part, 16) for part in span.split("-"))
                try:
                    memory.seek(start)
                    yield memory.read(min(end - start, 1 << 28))
                except OSError:
                    continue


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="reads the memory of other processes"
)
def test_the_memory_of_the_jail_and_its_parents_holds_no_secret(template: Template) -> None:
    secret = SECRET.encode()
    with template.jail("def f(x):\n    return x", "submission.py", TIGHT) as worker:
        worker.load()
        top = template._process.pid
        family = [top]
        for pid in family:
            for task in Path(f"/proc/{pid}/task").iterdir():
                family += [int(child) for child in (task / "children").read_text().split()]
        hits = [pid for pid in family if any(secret in piece for piece in _writable_memory(pid))]
        control = any(secret in piece for piece in _writable_memory(os.getpid()))

        assert len(family) >= 3, "keeper, template and jail"
        assert hits == []
        assert control, "the search finds it where it is"


def test_only_the_three_streams_and_one_socket_are_open(ask: Ask) -> None:
    reply = ask(
        """
        import os
        def f():
            found = []
            for number in range(256):
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    pass
            return found
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value[:3] == [0, 1, 2]
    assert len(reply.value) == 4


def test_there_is_no_proc_and_no_other_process(ask: Ask, isolation: Isolation) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs namespaces")
    reply = ask("import os\ndef f():\n    return [os.path.isdir('/proc/1'), os.getpid(), os.getppid()]")

    assert isinstance(reply, Answer)
    assert reply.value == [False, 1, 0]


@pytest.mark.parametrize("path", ["/etc/passwd", "/etc/hostname", "/root", "/home", __file__])
def test_files_of_the_machine_cannot_be_read(ask: Ask, path: str) -> None:
    reply = ask(
        """
        import os
        def f(path):
            try:
                return len(os.listdir(path) if os.path.isdir(path) else open(path).read())
            except OSError:
                return -1
        """,
        "f",
        path,
    )

    assert isinstance(reply, Answer)
    assert reply.value == -1


def test_deleting_everything_deletes_nothing(ask: Ask) -> None:
    reply = ask(
        """
        import os, shutil
        def f(own):
            shutil.rmtree("/", ignore_errors=True)
            for path in (own, os.__file__):
                try:
                    os.unlink(path)
                    return "deleted " + path
                except OSError:
                    pass
            return "nothing"
        """,
        "f",
        __file__,
    )

    assert isinstance(reply, Answer)
    assert reply.value == "nothing"
    assert Path(__file__).exists()


@pytest.mark.parametrize(
    "attempt",
    [
        "__import__('socket').socket()",
        "__import__('socket').create_connection(('127.0.0.1', 22), 1)",
        "__import__('os').execv('/bin/sh', ['sh'])",
        "__import__('os').setuid(0)",
        "__import__('os').chroot('/')",
        "__import__('os').mkdir('/usr/lib/x')",
        "__import__('os').kill(2, 9)",
        "__import__('resource').setrlimit(7, (4096, 4096))",
        "open('/dev/kmsg')",
        "open('/sys/kernel/notes', 'rb')",
    ],
)
def test_rights_are_gone(ask: Ask, attempt: str) -> None:
    refused = "    except (OSError, ValueError):\n        return 'refused'\n    return 'done'"
    reply = ask(f"def f():\n    try:\n        {attempt}\n{refused}")

    assert isinstance(reply, Answer)
    assert reply.value == "refused"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("ptrace", 101),
        ("unshare", 272),
        ("bpf", 321),
        ("keyctl", 250),
        ("io_uring_setup", 425),
        ("mount", 165),
        ("memfd_create", 319),
        ("userfaultfd", 323),
        ("perf_event_open", 298),
        ("add_key", 248),
    ],
)
def test_the_kernels_wide_doors_are_shut(ask: Ask, isolation: Isolation, name: str, number: int) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask(
        f"""
        import ctypes
        def f():
            c = ctypes.CDLL(None, use_errno=True)
            return [c.syscall({number}, 0, 0, 0, 0, 0), ctypes.get_errno()]
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value == [-1, 1], name


def test_only_what_the_assignment_needs_can_be_imported(ask: Ask) -> None:
    reply = ask(
        """
        import importlib
        def f(names):
            found = []
            for name in names:
                try:
                    importlib.import_module(name)
                    found.append(name)
                except ImportError:
                    pass
            return found
        """,
        "f",
        ["yaml", "click", "jinja2", "pytest", "solutions", "autograder.compare", "autograder.grade", "json"],
    )

    assert isinstance(reply, Answer)
    assert reply.value == ["json"]
