"""Family E: forging verdicts, outliving the jail, leaving messages, killing, reaching the kernel."""

# ruff: noqa: E501, ISC004 - an attack reads best as one string, on one line

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.jail import seccomp
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Died, Overran, Raised, Status
from tests import tiny

from .conftest import BRIEF, TIGHT, Ask, Grade, descendants, outcomes
from .test_protocol import SOCKET

WRONG = tiny.RIGHT.replace("x / 2", "x * 3").replace("half(half(x))", "x")
FORGED = (
    "PASSED", "OK", "5 passed in 0.01s", "::set-output name=score::8", '{"earned": 8, "possible": 8}',
    "<testsuite tests='5' failures='0'/>", "Score: 8/8", "##[section]all green", "1..5\\nok 1", "Grade :=>> 100",
)  # fmt: skip

# ---- 41 and 43: text and files ----------------------------------------------------------------------


@pytest.mark.parametrize("text", FORGED)
def test_a_printed_verdict_is_printed_text(graded: Grade, text: str) -> None:
    source = f"import sys\nprint({text!r})\nprint({text!r}, file=sys.stderr)\n" + WRONG.replace(
        "    return", f"    print({text!r})\n    return", 1
    )
    report = graded(source)

    assert report.earned == 0
    assert text in outcomes(report)["half.some_numbers"].printed


@pytest.mark.parametrize(
    "attack",
    [
        "for name in ('results.json', 'report.json', 'output.xml', 'grades.csv', '.coverage'):\n"
        "    open(name, 'w').write('{\"earned\": 8, \"score\": 100}')",
        "for n in (3, 4, 5, 6, 7):\n    try: os.write(n, b'{\"earned\": 8}')\n    except OSError: pass",
        "for path in ('/autograder/results/results.json', '/tmp/results.json', '/results.json'):\n"
        "    try: open(path, 'w').write('{\"score\": 100}')\n    except OSError: pass",
        "try: os.mkfifo('results.json')\nexcept OSError: os.symlink('/etc/passwd', 'results.json')",
        "os.symlink('/proc/self/fd/1', 'tiny.json'); os.symlink('..', 'up')",
    ],
    ids=["files", "descriptors", "paths", "fifo", "links"],
)
def test_no_file_is_a_result(graded: Grade, attack: str) -> None:
    report = graded(f"import os\n{attack}\n{WRONG}")

    assert report.earned == 0
    assert Status.UNGRADED not in {one.status for one in outcomes(report).values()}


# ---- 42: the protocol -------------------------------------------------------------------------------

NONCE = (
    SOCKET
    + """
def runner():
    return next(one for one in gc.get_objects() if type(one).__name__ == "Inside")
def reply(**words):
    send({"n": runner()._nonce, **words})
"""
)
ONE = "'value': {'t': 'f', 'v': '0x1p0'}"


@pytest.mark.parametrize(
    "result",
    [
        f"{{{ONE}, 'seconds': -1.0, 'facts': {{}}}}",
        f"{{{ONE}, 'seconds': 'fast', 'facts': None}}",
        f"{{{ONE}, 'seconds': 1e300, 'facts': []}}",
        f"{{{ONE}, 'seconds': True, 'facts': {{'warnings': 7, 'mutated': {{}}}}}}",
        f"{{{ONE}, 'facts': {{'warnings': ['x' * 5000] * 99, 'mutated': [['x']] * 99}}}}",
        f"{{{ONE}, 'passed': True, 'status': 'PASSED', 'earned': 100}}",
    ],
)
def test_hostile_words_around_a_value_are_cut_or_dropped(ask: Ask, result: str) -> None:
    reply = ask(NONCE + f"\ndef f():\n    reply(results=[{result}])\n    os.read(channel(), 1)")

    assert isinstance(reply, Answer)
    assert reply.value == 1.0
    assert reply.seconds == 0.0
    assert len(reply.facts.warnings) <= 16
    assert all(len(text) <= 300 for text in reply.facts.warnings)
    assert reply.facts.mutated == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("results=[]", "its answer could not be read: not one result for each question"),
        ("results=[{}, {}]", "its answer could not be read: not one result for each question"),
        ("results={'0': 1}", "its answer could not be read: not one result for each question"),
        ("results=[7]", "its answer could not be read: a malformed result"),
        ("results=[{}]", "its answer could not be read: the answer is nested too deeply or malformed"),
        ("results=[{'value': {'t': 'h', 'v': -1}}]", "its answer could not be read: a malformed object"),
        ("results=[{'raised': 'PASSED'}]", "its answer could not be read: a malformed exception"),
        ("results=[{'raised': {'kinds': []}}]", "its answer could not be read: a malformed exception"),
        ("ask='reference', arguments=1", "what it sent is not an answer: it called a function that it was not given"),
        ("ask=['half']", "what it sent is not an answer: it called a function that it was not given"),
        ("passed=True", "its answer could not be read: not one result for each question"),
        (
            "results=[{'value': {'t': 'a', 'd': 'f8', 's': [1 << 32] * 8, 'n': 8}}]",
            "its answer could not be read: an array whose bytes do not fit its shape",
        ),
    ],
)  # fmt: skip
def test_a_frame_with_the_right_number_and_wrong_words_is_no_answer(ask: Ask, words: str, why: str) -> None:
    assert ask(NONCE + f"\ndef f():\n    reply({words})\n    os.read(channel(), 1)") == Died(0, why)


def test_a_length_that_lies_is_waited_for_no_longer_than_any_answer(ask: Ask) -> None:
    source = (
        NONCE
        + "\ndef f():\n    send({'n': runner()._nonce, 'results': []}, b'', lie=10**6)\n    os.read(channel(), 1)"
    )

    assert ask(source, limits=BRIEF) == Overran("seconds", 0.5)


def test_a_replayed_number_is_no_longer_asked_for(template: Template) -> None:
    source = (
        NONCE
        + f"""
kept = []
def f():
    kept.append(runner()._nonce)
    return 1.0
def g():
    send({{"n": kept[0], "results": [{{{ONE}}}]}})
"""
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        worker.ask("f", [()], 5)
        (reply,) = worker.ask("g", [()], 5)

        assert reply == Died(0, "what it sent is not an answer: it answered a question that was not asked")


def test_a_function_that_was_not_handed_in_cannot_be_asked_for(template: Template) -> None:
    source = (
        NONCE + "\ndef f(g):\n    reply(ask='half', arguments={'t': 'u', 'v': []})\n    os.read(channel(), 1)"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [(lambda x: x,)], 5)

        assert isinstance(reply, Died)


def test_a_callback_answers_its_own_question_only(template: Template) -> None:
    """A handle takes plain values; what it is given cannot run on our side."""
    seen: list[object] = []

    def watch(value: object) -> object:
        seen.append(type(value))
        return value

    source = (
        "import numpy as np\nclass Evil:\n    def __reduce__(self): return print, ('x',)\n"
        "def f(g):\n    try:\n        g(Evil())\n    except Exception as error:\n        said = type(error).__name__\n"
        "    return [said, g(np.zeros(2).view(np.matrix))]"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [(watch,)], 5)

        assert isinstance(reply, Answer)
        assert reply.value[0] == "WireError"
        assert [kind.__name__ for kind in seen if isinstance(kind, type)] == ["ndarray"]


# ---- 44: poisoned imports ---------------------------------------------------------------------------


def test_modules_written_by_one_submission_shadow_nothing_for_the_next(template: Template) -> None:
    names = (
        "numpy",
        "json",
        "math",
        "sitecustomize",
        "usercustomize",
        "conftest",
        "autograder",
        "tiny",
        "colorsys",
    )
    poison = f"""
import os, sys
for name in {names!r}:
    with open(name + ".py", "w") as file:
        file.write("raise SystemExit")
with open("evil.pth", "w") as file:
    file.write("import os; os._exit(0)")
sys.path.insert(0, os.getcwd())
sys.modules["numpy"] = sys.modules["json"] = None
def f():
    try:
        import colorsys
    except SystemExit:
        return "poisoned"
"""
    clean = """
import json, math, os, sys
import numpy as np
def f():
    return [os.listdir("."), os.getcwd() in sys.path, float(np.sqrt(4)), json.dumps([1]), bool(sys.flags.isolated)]
"""
    with template.jail(poison, "tiny.py", TIGHT) as worker:
        worker.load()
        (own,) = worker.ask("f", [()], 5)
    with template.jail(clean, "tiny.py", TIGHT) as worker:
        worker.load()
        (next_one,) = worker.ask("f", [()], 5)

    assert isinstance(own, Answer)
    assert own.value == "poisoned", "it can fool itself"
    assert isinstance(next_one, Answer)
    assert next_one.value == [[], False, 2.0, "[1]", True]


def test_no_library_can_be_written_to(ask: Ask) -> None:
    reply = ask(
        """
        import json, os, sys
        import numpy
        def f():
            done = []
            for module in (json, numpy, os):
                for path in (module.__file__, os.path.dirname(module.__file__) + "/evil.py", module.__file__ + "c"):
                    for mode in ("r+b", "wb", "ab"):
                        try:
                            open(path, mode).close()
                            done.append(path)
                        except OSError:
                            pass
            for path in sys.path:
                try:
                    open(path + "/evil.pth", "w").close()
                    done.append(path)
                except OSError:
                    pass
            return done
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value == []


# ---- 45 and 46: staying, and leaving messages -------------------------------------------------------


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes through /proc")
@pytest.mark.parametrize(
    "stay",
    [
        "if os.fork() == 0:\n        os.setsid()\n        if os.fork(): os._exit(0)\n        [time.sleep(9) for _ in iter(int, 1)]",
        "threading.Thread(target=time.sleep, args=(9,)).start()",
        "if os.fork() == 0:\n        [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 3, 13, 14, 15)]\n"
        "        [time.sleep(9) for _ in iter(int, 1)]",
        "if os.fork() == 0:\n        os.setsid()\n        os.kill(os.getpid(), signal.SIGSTOP)",
        "if os.fork() == 0:\n        print('still here', flush=True)\n        [time.sleep(9) for _ in iter(int, 1)]",
    ],
    ids=["daemon", "thread", "deaf", "stopped", "holds the pipe"],
)
def test_who_stays_dies_with_the_jail(template: Template, stay: str) -> None:
    source = f"import os, signal, threading, time\ndef f():\n    {stay}\n    return 1"
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [()], 5)

    assert isinstance(reply, Answer)
    assert descendants(template.pid) == []


MAIL = {
    "file": "open('/sandbox/mail', 'x').close()",
    "temporary file": "open('/tmp/mail', 'x').close()",
    "shared memory": "open('/dev/shm/mail', 'x').close()",
    "abstract socket": "__import__('socket').socket(1, 1).bind(chr(0) + 'mail')",
    "socket": "__import__('socket').socket(1, 1).bind('/sandbox/mail')",
    "lock": "__import__('fcntl').flock(os.open('/dev/null', os.O_RDONLY), 2)",
    "range lock": "__import__('fcntl').lockf(os.open(np.__file__, os.O_RDONLY), 1)",
    "lease": "__import__('fcntl').fcntl(os.open('/dev/null', os.O_RDONLY), 1024, 1)",
    "keyring": "call(248, b'user', b'mail', b'x', 1, -3)",
    "segment": "call(29, 4242, 4096, 0o1666)",
    "semaphore": "call(64, 4242, 1, 0o1666)",
    "queue": "call(68, 4242, 0o1666)",
    "posix queue": "call(240, b'/mail', 0o302, 0o666, None)",
    "attribute": "os.setxattr('/dev/null', 'user.mail', b'x')",
    "mode": "os.chmod('/dev/null', 0o600)",
    "clock": "os.utime('/dev/null', (1, 1))",
    "name": "__import__('socket').sethostname('mail')",
    "priority": "os.setpriority(2, 0, 5)",
    "affinity": "os.sched_setaffinity(0, {0})",
    "root": "os.mkdir('/mail')",
}
LEAVE = """
import ctypes, os
import numpy as np
def call(*words):
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(*words) < 0:
        raise OSError(ctypes.get_errno(), "refused")
def f():
    try:
        {mail}
    except OSError:
        return "refused"
    return "left"
"""


@pytest.mark.parametrize("box", MAIL)
def test_no_message_reaches_the_next_submission(ask: Ask, isolation: Isolation, box: str) -> None:
    if isolation.level != "namespaces" or "seccomp" not in isolation.layers:
        pytest.skip("needs a file system of its own and the system call filter")
    source = LEAVE.format(mail=MAIL[box])
    first, second = ask(source), ask(source)

    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    expected = "left" if box == "file" else "refused"
    assert first.value == expected, "one's own folder can be written to, and nothing else"
    assert second.value == expected, "what the first left, the second does not find"


# ---- 47 to 49: killing, network, kernel -------------------------------------------------------------


@pytest.mark.parametrize("number", [9, 15, 19, 2, 1, 0])
def test_no_process_of_ours_can_be_reached(ask: Ask, isolation: Isolation, number: int) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a process namespace")
    pids = [os.getpid(), os.getppid(), 2, 100, 1000]
    reply = ask(
        """
        import os
        def f(number, pids):
            reached = []
            for pid in [*pids, -1, *(-pid for pid in pids)]:
                try:
                    os.kill(pid, number)
                    reached.append(pid)
                except OSError:
                    pass
            return [reached, os.getppid(), os.getpid()]
        """,
        "f",
        number,
        pids,
    )

    assert isinstance(reply, Answer)
    assert reply.value == [[], 0, 1]


def test_killing_oneself_and_ones_group_kills_nobody_else(ask: Ask, isolation: Isolation) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a process namespace")
    reply = ask(
        "import os, signal\ndef f():\n    os.kill(0, 9); os.killpg(0, 9); os.kill(1, 9)\n    return 'alive'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "alive", "process 1 of a namespace does not hear its own"


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGALRM", "SIGPIPE", "SIGXCPU"])
def test_a_signal_to_oneself_is_not_heard(ask: Ask, isolation: Isolation, signal: str) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a process namespace")
    reply = ask(f"import os, signal\ndef f():\n    os.kill(os.getpid(), signal.{signal})\n    return 1")

    assert isinstance(reply, Answer)
    assert reply.value == 1


ENDS = {
    "own status 137": ("os._exit(137)", Died(0)),
    "own status 255": ("os._exit(255)", Died(0)),
    "first thread leaves": ("library.syscall(60, 0)", Died(0)),
    "unmapped stack": (
        "library.syscall(11, ctypes.c_ulong(1 << 16), ctypes.c_ulong((1 << 47) - (1 << 17)))",
        Died(11),
    ),
    "signal of a pipe": (  # through ctypes, which says nothing of a refusal and goes on
        "r, w = os.pipe()\n"
        "    for word, value in ((8, os.getpid()), (10, 9), (4, 0o20000)): library.fcntl(r, word, value)\n"
        "    os.write(w, b'x'); time.sleep(0.1); return 1",
        None,
    ),
    "signal of a timer": (
        "timer = ctypes.c_int(); library.syscall(222, 1, (ctypes.c_int * 16)(0, 0, 9, 0), ctypes.byref(timer))\n"
        "    library.syscall(223, timer, 0, (ctypes.c_long * 4)(0, 0, 0, 10**6), 0); time.sleep(0.1); return 1",
        None,
    ),
    "forged kernel signal": (
        "library.syscall(129, 1, 9, (ctypes.c_int * 32)(9, 0, -1)); time.sleep(0.1); return 1",
        None,
    ),
    "signal of a parent": ("library.prctl(1, 9); os.fork() or (os.kill(1, 9), os._exit(0)); return 1", None),
    "strict filter": ("library.prctl(22, 1, 0, 0, 0); return 1", None),
}


@pytest.mark.parametrize("end", ENDS)
def test_no_end_can_be_made_to_look_like_a_fault_of_ours(ask: Ask, isolation: Isolation, end: str) -> None:
    """A fault of ours costs no points, so whoever could feign one would lose nothing by a wrong answer."""
    if isolation.level != "namespaces" or "seccomp" not in isolation.layers:
        pytest.skip("needs a process namespace and the system call filter")
    body, verdict = ENDS[end]
    reply = ask(f"import ctypes, os, time\nlibrary = ctypes.CDLL(None, use_errno=True)\ndef f():\n    {body}")

    if verdict is None:
        assert isinstance(reply, Answer), "nothing happens"
    else:
        assert reply == verdict


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socket(40, socket.SOCK_STREAM)",  # vsock
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 80), 1)",
        "urllib.request.urlopen('http://127.0.0.1/', timeout=1)",
        "socket.getaddrinfo('localhost.invalid', 80)",
        "socket.create_server(('', 0))",
    ],
)
def test_there_is_no_network(ask: Ask, attempt: str) -> None:
    reply = ask(
        f"import socket\ndef f():\n    try:\n        import urllib.request\n        {attempt}\n"
        "    except (OSError, ImportError):\n        return 'refused'\n    return 'done'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "refused"


def test_every_denied_call_is_denied(ask: Ask, isolation: Isolation) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask(
        """
        import ctypes
        def f(numbers):
            library = ctypes.CDLL(None, use_errno=True)
            return [[library.syscall(n, 0, 0, 0, 0, 0, 0), ctypes.get_errno()] for n in numbers]
        """,
        "f",
        sorted(set(seccomp.DENIED.values())),
    )

    assert isinstance(reply, Answer)
    assert reply.value == [[-1, 1]] * len(set(seccomp.DENIED.values()))


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("56, 0x10000000, 0, 0, 0, 0", 1),  # clone into a new user namespace
        ("56, 0x20000000, 0, 0, 0, 0", 1),
        ("56, 0x40000000, 0, 0, 0, 0", 1),
        ("56, 0x00020000, 0, 0, 0, 0", 1),
        ("435, 0, 88", 38),  # clone3
        ("16, 0, 0x5412, b'x'", 1),  # TIOCSTI
        ("72, 0, 1026, 1", 1),  # F_NOTIFY
        ("302, 0, 7, b'0' * 16, 0", 1),  # prlimit64 with a new limit
    ],
)  # fmt: skip
def test_calls_are_judged_by_their_arguments_too(
    ask: Ask, isolation: Isolation, call: str, number: int
) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask(
        "import ctypes\ndef f():\n    library = ctypes.CDLL(None, use_errno=True)\n"
        f"    return [library.syscall({call}), ctypes.get_errno()]"
    )

    assert isinstance(reply, Answer)
    assert reply.value == [-1, number]


def test_a_call_by_the_other_number_table_ends_the_process(ask: Ask, isolation: Isolation) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask("import ctypes\ndef f():\n    ctypes.CDLL(None).syscall(0x40000000 | 39)\n    return 1")

    assert reply == Died(31), "SIGSYS"


def test_no_right_is_left(ask: Ask, isolation: Isolation) -> None:
    if isolation.level == "none":
        pytest.skip("needs a wall")
    reply = ask(
        """
        import ctypes, os
        def f():
            library = ctypes.CDLL(None, use_errno=True)
            bounding = [library.prctl(23, n, 0, 0, 0) for n in range(41)]
            ambient = [library.prctl(47, 1, n, 0, 0) for n in range(41)]
            return {
                "bounding": max(bounding), "ambient": max(ambient), "no new": library.prctl(39, 0, 0, 0, 0),
                "filter": library.prctl(21, 0, 0, 0, 0), "uid": os.getresuid(), "groups": os.getgroups(),
            }
        """
    )

    assert isinstance(reply, Answer)
    if os.geteuid() == 0:  # an ordinary user cannot shrink the set, and has nothing in it to gain
        assert reply.value["bounding"] == 0
        assert min(reply.value["uid"]) >= 70_000
        assert reply.value["groups"] == []
    assert (reply.value["ambient"], reply.value["no new"], reply.value["filter"]) == (0, 1, 2)


@pytest.mark.parametrize(
    "attempt",
    [
        "os.execv('/usr/bin/su', ['su'])",
        "os.posix_spawn('/bin/sh', ['sh'], {})",
        "os.system('true') and (_ for _ in ()).throw(OSError)",
        "os.chmod('/usr/lib', 0o777)",
        "open('/sys/fs/cgroup/release_agent', 'w')",
        "open('/proc/sys/kernel/core_pattern', 'w')",
        "open('/proc/sysrq-trigger', 'w')",
        "os.mknod('/sandbox/sda', 0o60600, 0x800)",
        "os.setns(0, 0) if hasattr(os, 'setns') else os.chroot('/')",
        "os.link('/usr/lib/os-release', '/sandbox/x')",
        "os.sched_setscheduler(0, 1, os.sched_param(1))",
        "os.nice(-5)",
        "__import__('time').clock_settime(0, 0)",
    ],
)
def test_nothing_of_the_kernel_can_be_turned(ask: Ask, attempt: str) -> None:
    reply = ask(
        f"import os\ndef f():\n    try:\n        {attempt}\n    except OSError:\n        return 'refused'\n    return 'done'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "refused"


def test_a_program_of_ones_own_does_not_start(ask: Ask) -> None:
    reply = ask(
        "import os, subprocess\ndef f():\n    with open('x', 'wb') as file: file.write(b'#!/bin/sh\\n')\n"
        "    os.chmod('x', 0o6755)\n    subprocess.run(['./x'])"
    )

    assert isinstance(reply, Raised)
    assert reply.kind == "PermissionError"
