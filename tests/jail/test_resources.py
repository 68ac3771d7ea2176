"""Family B: code that takes more than its share, and code that crashes."""

# ruff: noqa: E501 - an attack reads best as one string, on one line

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from autograder.jail.crowding import FILES
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Died, Limits, Overran, Raised, Status
from tests import tiny

from .conftest import BRIEF, TIGHT, Ask, Grade, outcomes

REFUSED = "    except (OSError, ValueError, MemoryError) as error:\n        return type(error).__name__\n    return 'done'"


# ---- 11 and 12: memory ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "x = []\n    while True: x.append(object())",
        "x = {}\n    while True: x[len(x)] = str(len(x))",
        "x = 'x'\n    while True: x += x",
        "import numpy as np; return np.zeros((1 << 20, 1 << 20))",
        "import numpy as np; return [np.ones(1 << 20) for _ in range(10**6)]",
        "raise MemoryError",
    ],
)
def test_every_way_to_run_out_of_memory_has_one_verdict(ask: Ask, body: str) -> None:
    assert ask(f"def f():\n    {body}", limits=Limits(check_seconds=20, memory_mb=64)) == Overran(
        "memory", 64
    )


def test_memory_in_an_import_is_no_answer(ask: Ask) -> None:
    reply = ask("x = bytearray(10**10)\ndef f():\n    return 1")

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.line) == ("MemoryError", 1)


def test_many_processes_share_one_allowance(ask: Ask, isolation: Isolation) -> None:
    if "cgroup" not in isolation.layers:
        pytest.skip("no control groups here")
    reply = ask(
        """
        import os
        def f():
            children = []
            for _ in range(6):
                child = os.fork()
                if child == 0:
                    mine = bytearray(200 << 20)
                    for i in range(0, len(mine), 4096): mine[i] = 1
                    os.read(ready[0], 1)
                    os._exit(0)
                children.append(child)
            for _ in range(4):  # at most two of them fit in
                os.wait()
            os.write(ready[1], bytes(6))
            return sum(os.WIFSIGNALED(os.wait()[1]) for _ in range(2)) + 4
        ready = os.pipe()
        """,
        limits=Limits(memory_mb=256, check_seconds=10),
    )

    assert isinstance(reply, Answer), "the jail itself stays"
    assert reply.value >= 4


@pytest.mark.parametrize(
    "body",
    [
        "__import__('mmap').mmap(-1, 1 << 30)",
        "open('/dev/shm/x', 'wb').write(bytes(1 << 20))",
        "open('/tmp/x', 'wb').write(bytes(1 << 20))",
        "__import__('os').memfd_create('x')",
        "[open(f'{i}', 'wb').write(bytes(1 << 20)) for i in range(64)]",
        "open('s', 'wb').truncate(1 << 40)",
    ],
)
def test_there_is_no_memory_beside_the_accounts(ask: Ask, isolation: Isolation, body: str) -> None:
    if isolation.level != "namespaces":
        pytest.skip("without a file system of its own a jail sees the machine's")
    reply = ask(f"def f():\n    try:\n        {body}\n{REFUSED}", limits=Limits(memory_mb=256, file_mb=2))

    assert isinstance(reply, Answer)
    assert reply.value in ("OSError", "PermissionError", "FileNotFoundError")


def test_pipes_hold_no_more_than_their_number_allows(ask: Ask) -> None:
    reply = ask(
        """
        import os
        def f():
            held = 0
            try:
                while True:
                    _, end = os.pipe()
                    os.set_blocking(end, False)
                    try:
                        while True: held += os.write(end, bytes(1 << 16))
                    except BlockingIOError:
                        pass
            except OSError:
                return held
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value <= TIGHT.open_files << 20


# ---- 13: limits -------------------------------------------------------------------------------------


def test_no_limit_can_be_raised_and_each_is_set(ask: Ask) -> None:
    reply = ask(
        """
        import resource
        def f():
            seen = {}
            for name in dir(resource):
                if name.startswith("RLIMIT_"):
                    which = getattr(resource, name)
                    soft, hard = resource.getrlimit(which)
                    try:
                        resource.setrlimit(which, (hard + 1, hard + 1))
                        raised = True
                    except (ValueError, OSError):
                        raised = False
                    seen[name] = [soft, hard, raised]
            return seen
        """
    )

    assert isinstance(reply, Answer)
    limits = reply.value
    raised = [name for name, (_, hard, up) in limits.items() if up and hard != -1]
    assert raised == []
    for name in ("CORE", "MSGQUEUE", "MEMLOCK", "NICE", "RTPRIO"):
        assert limits[f"RLIMIT_{name}"][:2] == [0, 0]
    for name in ("AS", "DATA", "CPU", "NPROC", "NOFILE", "FSIZE", "STACK", "SIGPENDING"):
        assert limits[f"RLIMIT_{name}"][0] > 0, f"{name} is limited"
        assert limits[f"RLIMIT_{name}"][0] == limits[f"RLIMIT_{name}"][1], (
            f"{name}: the soft limit is the hard one"
        )


@pytest.mark.parametrize("limit", ["RLIMIT_CPU, (0, 0)", "RLIMIT_CPU, (1, 20)", "RLIMIT_NOFILE, (0, 0)"])
def test_no_limit_can_be_lowered_to_look_like_a_fault_of_ours(
    ask: Ask, isolation: Isolation, limit: str
) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask(f"import resource\ndef f():\n    resource.setrlimit(resource.{limit})\n    while True: pass")

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.line) == ("ValueError", 3)


# ---- 14 to 16: processes, descriptors, disk ---------------------------------------------------------


def test_processes_that_fork_on_and_on_die_with_their_jail(ask: Ask) -> None:
    reply = ask(
        "import os\ndef f():\n    while True:\n        try: os.fork()\n        except OSError: pass",
        limits=BRIEF,
    )

    assert reply == Overran("seconds", 0.5)


def test_an_answer_needs_no_new_descriptor(template: Template) -> None:
    source = """
import warnings
kept = []
def f(x):
    try:
        while True: kept.append(open("/dev/null"))
    except OSError:
        warnings.warn("full")
        return {"x": x, "kept": len(kept)}
"""
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        replies = [worker.ask("f", [(1.5,)], 5)[0] for _ in range(2)]

        assert all(isinstance(reply, Answer) for reply in replies)
        assert [reply.value for reply in replies if isinstance(reply, Answer)] == [{"x": 1.5, "kept": 60}] * 2


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("open('s', 'wb').truncate(1 << 40)", 27),
        ("[os.mkdir(f'{i}') for i in range(10**5)]", 28),
        ("[(os.mkdir('d' * 200), os.chdir('d' * 200)) for _ in range(10**5)]", 28),
        ("[os.symlink('x', f'{i}') for i in range(10**5)]", 28),
        ("os.mknod('/sandbox/x', 0o60666)", 1),
    ],
    ids=["sparse", "folders", "deep", "links", "device"],
)
def test_the_disk_is_a_small_one_of_its_own(ask: Ask, isolation: Isolation, attempt: str, error: int) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a file system of its own")
    reply = ask(f"import os\ndef f():\n    {attempt}")

    assert isinstance(reply, Raised)
    assert reply.message.startswith(f"[Errno {error}]")


@pytest.mark.skipif(os.geteuid() != 0, reason="the level is for root")
@pytest.mark.parametrize(
    "leave",
    [
        "for _ in range(1500): os.mkdir('d' * 200); os.chdir('d' * 200)",
        "for _ in range(3000): os.mkdir('d'); os.chdir('d')",
        "os.mkdir('x'); os.mkdir('x/y'); os.chmod('x/y', 0); os.chmod('x', 0); os.chmod('.', 0)",
        "os.symlink('/etc', 'x'); os.symlink('.', 'y'); os.mkdir('z'); os.symlink('/etc', 'z/x')",
    ],
    ids=["long paths", "deep", "locked", "links"],
)
def test_what_is_left_on_a_real_disk_is_cleared_away(
    isolation: Isolation, leave: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not {"landlock", "seccomp"} <= set(isolation.layers):
        pytest.skip("the level needs both")
    base = tempfile.mkdtemp(prefix="real-disk-")
    os.chmod(base, 0o711)  # noqa: PTH101 - the jail's user has to reach its home
    monkeypatch.setattr("tempfile.tempdir", base)
    try:
        with Template(Isolation("uid", ("landlock", "seccomp"))) as template:
            with template.jail(f"import os\ndef f():\n    {leave}\n    return 1", "s.py", TIGHT) as worker:
                worker.load()
                (reply,) = worker.ask("f", [()], 5)
                during = len(os.listdir(base))  # noqa: PTH208 - a count
            after = os.listdir(base)  # noqa: PTH208 - names
    finally:
        subprocess.run(["rm", "-rf", base], check=True)  # whatever the test finds, no deep tree stays

    assert isinstance(reply, Answer) or reply == Overran("files", FILES), "if it was quick, or looked at"
    assert during == 1
    assert after == []
    assert Path("/etc/passwd").exists()


# ---- 17: output -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "while True: os.write(1, bytes(1 << 16))",
        "while True: os.write(2, b'x' * 5_000_000 + b'\\n')",
        "while True: sys.stdout.write('\\u20ac' * 1000)",
        "os.fork(); os.fork()\n    while True: os.write(1, bytes(1 << 16))",
        "sys.stdout = sys.__stderr__\n    while True: print('x' * 10**5)",
    ],
)
def test_a_flood_by_any_way_is_stopped(ask: Ask, body: str) -> None:
    assert ask(f"import os, sys\ndef f():\n    {body}") == Overran("output", TIGHT.output_kb * 256)


def test_output_is_text_however_it_is_cut(template: Template) -> None:
    source = (
        "import os\ndef f():\n    os.write(1, '\\u20ac'.encode() * 3000 + b'\\xff\\xfe\\x00')\n    return 1"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        worker.ask("f", [()], 5)
        text = worker.take_printed()

        assert text.startswith("\u20ac" * 1365)
        assert text.encode("utf-8")


def test_a_flood_at_import_is_stopped_too(ask: Ask) -> None:
    assert ask("while True: print('x' * 10**5)") == Overran("output", TIGHT.output_kb * 256)


# ---- 18: giant answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10 ** 30_000", "64 bits"),
        ("np.broadcast_to(np.float64(1), (1 << 40,))", "too large"),
        ("[None] * 5000", "5000 items"),
        ("[[[[[[[[[[]]]]]]]]]]", "nested"),
        ("{'a': [(lambda x: x.update(x=x) or x)({})]}", "nested"),
        ("iter(int, 1)", "callable_iterator"),
        ("np.zeros(3, dtype=[('a', 'O')])", "dtype"),
        ("np.array(['x' * 10**6])", "dtype"),
        ("b'x' * 10**6", "bytes"),
        ("float", "type"),
    ],
)
def test_a_giant_or_endless_value_is_refused_before_it_is_sent(ask: Ask, value: str, words: str) -> None:
    reply = ask(f"import numpy as np\ndef f():\n    return {value}")

    assert isinstance(reply, Raised)
    assert reply.kind == "NotSendable"
    assert words in reply.message


def test_a_reply_beyond_the_cap_is_no_answer(ask: Ask) -> None:
    reply = ask("import numpy as np\ndef f():\n    return np.ones(1 << 18)", limits=Limits(reply_mb=1))

    assert reply == Died(0, "what it sent is not an answer: the answer is too large")


def test_a_text_is_cut_and_a_dict_ends(ask: Ask) -> None:
    text, entries = ask("def f(): return 'x' * 10**7"), ask("def f(): return {i: i for i in range(10**5)}")

    assert isinstance(text, Answer)
    assert isinstance(entries, Answer)
    assert len(text.value) == 10_000
    assert len(entries.value) == 4096


def test_many_numbers_in_many_lists_cost_the_grader_little(ask: Ask) -> None:
    """As objects they would need many times the bytes that cross."""
    few, many = ask("def f(): return [[[0] * 60] * 60] * 60"), ask("def f(): return [[0] * 300] * 5000")
    more = ask("import numpy as np\ndef f(): return [[0] * 900000, [0] * 900000]")

    assert isinstance(few, Answer)
    assert isinstance(many, Raised)
    assert many.kind == "NotSendable"
    assert more == Died(0, "its answer could not be read: its lists hold more than 1048576 numbers")


# ---- 19 and 20: compilers and crashes ---------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "1 + " * 30_000 + "1",
        "x = " + "-" * 100_000 + "1",
        "x = " + "(" * 150 + ")" * 150,
        "x = " + "[" * 10_000,
        "x = f'{" + "-" * 5000 + "1}'",
        "\0",
        "x = 'a' * 10 + '" + "a" * 10_000,
    ],
    ids=lambda source: repr(source[4:12]),
)
def test_a_bomb_for_the_compiler_goes_off_inside(ask: Ask, source: str) -> None:
    """The screen keeps these away from the jail (test_parsing); here they come through all the same."""
    reply = ask(source + "\ndef f():\n    return 1")

    assert isinstance(reply, Raised | Died | Overran | Answer)
    if isinstance(reply, Raised):
        assert reply.kind in ("RecursionError", "MemoryError", "SyntaxError", "ValueError")
    elif isinstance(reply, Answer):
        assert reply.value == 1, "this version of Python compiles it"


def test_a_constant_that_takes_forever_is_ended(ask: Ask) -> None:
    assert ask("x = 9 ** 9 ** 9", limits=BRIEF) == Overran("seconds", 1)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("os.abort()", 11),  # process 1 of a namespace ignores SIGABRT; what follows it is a bad access
        ("ctypes.string_at(0)", 11),
        ("ctypes.memset(0, 1, 1)", 11),
        ("ctypes.CFUNCTYPE(None)(0xdead)()", 11),
        (
            "sys.setrecursionlimit(10**9)\n    class X:\n        def __getattr__(s, n): return getattr(s, n)\n    X().a",
            11,
        ),
    ],
)
def test_a_crash_is_named_by_its_signal(ask: Ask, isolation: Isolation, body: str, number: int) -> None:
    if isolation.level != "namespaces":
        pytest.skip("the numbers are those of process 1")
    assert ask(f"import ctypes, os, sys\ndef f():\n    {body}") == Died(number)


def test_a_crash_leaves_no_core_and_cannot_be_looked_into(ask: Ask) -> None:
    reply = ask(
        "import ctypes, resource\ndef f():\n"
        "    return [resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)]"
    )

    assert isinstance(reply, Answer)
    assert reply.value == [(0, 0), 0], "no core file, and not dumpable"


def test_a_crash_costs_the_check_it_happens_in(graded: Grade) -> None:
    crash = "    import ctypes\n    if max(abs(x)) > 1e4: ctypes.string_at(0)\n    return x / 2"
    report = graded(tiny.RIGHT.replace("    return x / 2", crash))
    statuses = {name: one.status for name, one in outcomes(report).items()}

    assert statuses.pop("half.large_numbers") == Status.CRASHED
    assert set(statuses.values()) == {Status.PASSED}
    assert report.earned == 6
