"""Family A: code that leaves early, never leaves, or leaves twice."""

# ruff: noqa: E501, ISC004 - an attack reads best as one string, on one line

from __future__ import annotations

import re
import select
import time

import pytest

from autograder.jail.host import Template
from autograder.model import Answer, Died, Overran, Raised, Status
from tests import tiny

from .conftest import BRIEF, TIGHT, Ask, Grade, outcomes
from .test_protocol import SOCKET

NOT_ASKED = "what it sent is not an answer: it answered a question that was not asked"
TOO_EARLY = "what it sent is not an answer: it wrote an answer before it was asked"


# ---- 1: at import -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("import os; os._exit(0)", Died(0)),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL); os._exit(0)", Died(0)),
        ("import os, sys; print('OK'); sys.stdout.flush(); os._exit(0)", Died(0)),
        ("import ctypes; ctypes.string_at(0)", Died(11)),
    ],
)
def test_a_process_that_ends_at_import_has_died(ask: Ask, source: str, verdict: Died) -> None:
    assert ask(source + "\ndef f():\n    return 1") == verdict


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("raise SystemExit(0)", "SystemExit", "0"),
        ("import sys; sys.exit()", "SystemExit", ""),
        (
            "import os; os.execv('/bin/true', ['true'])",
            "PermissionError",
            "[Errno 1] Operation not permitted",
        ),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
    ],
)
def test_an_exception_at_import_is_told_with_its_line(ask: Ask, source: str, kind: str, message: str) -> None:
    reply = ask(source + "\ndef f():\n    return 1")

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.message, reply.line) == (kind, message, 1)


def test_status_zero_at_import_earns_nothing(graded: Grade) -> None:
    report = graded("print('5 passed')\nimport os\nos._exit(0)\n" + tiny.RIGHT)

    assert report.earned == 0
    assert report.pending == 3, "the mark by hand, and nothing that a machine gives"
    assert {one.status for one in outcomes(report).values()} == {Status.CRASHED, Status.SKIPPED}


# ---- 2: in the middle -------------------------------------------------------------------------------


def test_an_exit_among_the_draws_leaves_none_of_them_answered(template: Template) -> None:
    source = "import os\ndef f(x):\n    if x == 2: os._exit(0)\n    return x"
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (first,) = worker.ask("f", [(1,)], 5)
        replies = worker.ask("f", [(1,), (2,), (3,)], 5)

        assert isinstance(first, Answer)
        assert replies == (Died(0),) * 3
        assert not worker.open


def test_an_exit_after_some_right_answers_costs_the_check_it_happens_in(graded: Grade) -> None:
    counted = "    import os\n    calls.append(x)\n    if len(calls) == 5: os._exit(0)\n    return x / 2"
    report = graded("calls = []\n" + tiny.RIGHT.replace("    return x / 2", counted))
    statuses = {name: one.status for name, one in outcomes(report).items()}

    assert statuses["half.some_numbers"] == Status.PASSED
    assert statuses["half.large_numbers"] == Status.CRASHED
    assert statuses["half.left_alone"] == Status.PASSED, "asked in a fresh fork"


# ---- 3 and 4: exceptions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        ("raise SystemExit('PASSED')", "SystemExit"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise type('Skipped', (BaseException,), {})('skip')", "Skipped"),
        ("raise type('Exit', (BaseException,), {'returncode': 0})(0)", "Exit"),
        ("import unittest; raise unittest.SkipTest('later')", "SkipTest"),
        ("import asyncio; raise asyncio.CancelledError", "CancelledError"),
        ("raise BaseExceptionGroup('g', [SystemExit(0)])", "BaseExceptionGroup"),
        ("raise StopIteration(1)", "StopIteration"),
    ],
)
def test_what_frameworks_take_for_an_outcome_is_one_failed_call(
    template: Template, raised: str, kind: str
) -> None:
    source = f"def f(x):\n    if x:\n        {raised}\n    return 7"
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        bad, good = worker.ask("f", [(1,), (0,)], 5)

        assert isinstance(bad, Raised)
        assert (bad.kind, bad.line) == (kind, 3)
        assert isinstance(good, Answer)
        assert good.value == 7


def test_raising_everywhere_passes_nothing_that_wants_a_value(graded: Grade) -> None:
    report = graded(re.sub("return .*", "raise SystemExit('PASSED')", tiny.RIGHT))

    assert report.earned == 0
    assert outcomes(report)["half.some_numbers"].status == Status.CRASHED


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("def f(): raise type('A' * 10**5, (Exception,), {})('m' * 10**6)", "A" * 80, "m" * 2000),
        (
            "class E(Exception):\n    def __str__(self): return 3\ndef f(): raise E",
            "E",
            "(its message cannot be read)",
        ),
        (
            "class E(Exception):\n    def __str__(self): raise SystemExit\ndef f(): raise E",
            "E",
            "(its message cannot be read)",
        ),
        (
            "def f():\n    e = ValueError('x')\n    for i in range(10**5):\n        n = ValueError(i)\n"
            "        n.__cause__, e = e, n\n    raise e",
            "ValueError",
            "99999",
        ),
        (
            "def f():\n    e = ValueError('x')\n    for _ in range(500): e = ExceptionGroup('g', [e])\n    raise e",
            "ExceptionGroup",
            "g (1 sub-exception)",
        ),
        ("def f(): raise ValueError('\\ud800\\x00\\x1b[2J')", "ValueError", "\\ud800\x00\x1b[2J"),
    ],
    ids=["long", "no text", "leaves", "chain", "group", "surrogate"],
)
def test_an_exception_carries_a_short_text_and_nothing_else(
    ask: Ask, source: str, kind: str, message: str
) -> None:
    reply = ask(source)

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.message) == (kind, message)
    assert len(reply.kinds) <= 12


def test_a_message_that_never_ends_is_ended(ask: Ask) -> None:
    source = "class E(Exception):\n    def __str__(self):\n        while True: pass\ndef f(): raise E"

    assert ask(source, limits=BRIEF) == Overran("seconds", 0.5)


@pytest.mark.parametrize("name", ["__name__", "__mro__"])
def test_a_class_that_lies_about_itself_ends_only_its_own_jail(ask: Ask, name: str) -> None:
    source = (
        f"class M(type):\n    @property\n    def {name}(cls): raise SystemExit\n"
        "class E(Exception, metaclass=M): pass\ndef f(): raise E"
    )

    assert ask(source) == Died(0)


# ---- 5 and 6: twice, and afterwards -----------------------------------------------------------------


def test_a_fork_that_answers_too_voids_the_jail(template: Template) -> None:
    source = (
        "import os, time\n"
        "def f():\n    if os.fork() == 0:\n        return 1\n    time.sleep(0.2)\n    return 2\n"
        "def g():\n    time.sleep(0.6)\n    return 3\n"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (first,) = worker.ask("f", [()], 5)
        (second,) = worker.ask("g", [()], 5)

        assert isinstance(first, Answer)
        assert first.value in (1, 2), "whoever was faster"
        assert second in (Died(0, NOT_ASKED), Died(0, TOO_EARLY))
        assert not worker.open


def test_an_exit_handler_never_runs(template: Template) -> None:
    source = SOCKET + (
        "\nimport atexit, sys\natexit.register(lambda: send({'n': 'x', 'results': []}))\n"
        "atexit.register(print, 'PASSED')\ndef f():\n    sys.exit(0)\n"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        replies = [worker.ask("f", [()], 5)[0] for _ in range(2)]
        worker._channel._socket.shutdown(1)
        worker._channel._wait(time.monotonic() + 5, select.POLLIN)  # until it has left
        said = worker.take_printed()

        assert [type(reply) for reply in replies] == [Raised, Raised]
        assert said == ""


def test_a_finalizer_that_answers_is_not_asked(ask: Ask) -> None:
    source = SOCKET + (
        "\nclass Last:\n    def __del__(self): send({'n': 'x', 'results': []})\ndef f():\n    Last()\n    return 1"
    )

    assert ask(source) == Died(0, NOT_ASKED)


def test_a_frame_left_for_the_next_question_is_seen_before_it_is_put(template: Template) -> None:
    source = SOCKET + (
        "\nimport threading, time\n"
        "def late():\n    time.sleep(0.1)\n    send({'n': 'x', 'results': []})\n"
        "def f():\n    threading.Thread(target=late).start()\n    return 1\n"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (first,) = worker.ask("f", [()], 5)
        worker._channel._wait(time.monotonic() + 5, select.POLLIN)  # until the stray frame is there
        (second,) = worker.ask("f", [()], 5)

        assert isinstance(first, Answer)
        assert second == Died(0, TOO_EARLY)


# ---- 7 to 10: never ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "return 7 ** (10 ** 9)",  # 8: one instruction of the interpreter, and no signal is handled in it
        "import sys; sys.settrace(None); sys.setswitchinterval(1e9)\n    while True: pass",
        "import signal; [signal.signal(s, signal.SIG_IGN) for s in (2, 14, 15)]\n    signal.pause()",
        "import threading; t = threading.Lock(); t.acquire(); t.acquire()",
        "return sum(iter(int, 1))",
    ],
)
def test_what_cannot_be_interrupted_is_killed(ask: Ask, body: str) -> None:
    assert ask(f"def f():\n    {body}", limits=BRIEF) == Overran("seconds", 0.5)


def test_a_worker_that_closes_everything_and_sleeps_is_killed(ask: Ask) -> None:
    reply = ask("import os, time\ndef f():\n    os.closerange(0, 64)\n    time.sleep(60)")

    assert reply == Died(9)


def test_a_slow_drip_does_not_move_the_deadline(ask: Ask) -> None:
    drip = (
        "\nimport time\ndef f():\n    data = struct.pack('<4sIQ', b'NNAG', 100, 0) + b' ' * 100\n"
        "    for i in range(len(data)):\n        os.write(channel(), data[i : i + 1])\n        time.sleep(0.05)\n"
    )

    assert ask(SOCKET + drip, limits=BRIEF) == Overran("seconds", 0.5)


def test_a_drip_of_callbacks_does_not_move_it_either(template: Template) -> None:
    source = "def f(g):\n    while True: g(1.0)"
    with template.jail(source, "submission.py", BRIEF) as worker:
        worker.load()
        (reply,) = worker.ask("f", [(lambda x: x,)], 0.5)

        assert reply == Overran("seconds", 0.5)
