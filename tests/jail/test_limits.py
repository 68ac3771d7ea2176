"""What student code may use up, and what it costs when it takes more: its own check, nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.jail.host import Template
from autograder.model import Answer, Died, Limits, Overran, Raised

from .conftest import TIGHT, Ask

BRIEF = Limits(import_seconds=1, check_seconds=0.5, total_seconds=10, memory_mb=256, processes=8, output_kb=4)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time; time.sleep(1e6)",
        "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
        "try:\n        while True: pass\n    except BaseException:\n        while True: pass",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)\n    while True: pass",
        "import os; r, w = os.pipe(); os.read(r, 1)",
    ],
)
def test_what_never_ends_is_ended(ask: Ask, body: str) -> None:
    reply = ask(f"def f():\n    {body}", limits=BRIEF)

    assert reply == Overran("seconds", 0.5)


def test_an_endless_import_is_ended(ask: Ask) -> None:
    assert ask("while True: pass", limits=BRIEF) == Overran("seconds", 1)


@pytest.mark.parametrize(
    "body",
    [
        "import numpy as np; return np.ones(10**9).sum()",
        "x = []\n    while True: x.append(bytes(10**6))",
        "return len(bytearray(10**10))",
    ],
)
def test_memory_runs_out_inside_only(ask: Ask, body: str) -> None:
    assert ask(f"def f():\n    {body}") == Overran("memory", 256)


def test_a_fork_bomb_is_bounded(ask: Ask) -> None:
    reply = ask(
        """
        import os, time
        def f():
            made = 0
            try:
                for _ in range(200):
                    if os.fork() == 0:
                        time.sleep(100)
                        os._exit(0)
                    made += 1
            except OSError:
                pass
            return made
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value < TIGHT.processes + 2


def test_threads_are_bounded_too(ask: Ask) -> None:
    reply = ask(
        """
        import threading, time
        def f():
            made = 0
            try:
                for _ in range(200):
                    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
                    made += 1
            except RuntimeError:
                pass
            return made
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value < TIGHT.processes + 2


def test_open_files_are_bounded(ask: Ask) -> None:
    reply = ask("def f():\n    return len([open('/dev/null') for _ in range(500)])")

    assert isinstance(reply, Raised)
    assert reply.kind == "OSError"


@pytest.mark.parametrize("name", ["/sandbox/big", "big"])
def test_a_file_cannot_outgrow_its_limit(ask: Ask, name: str) -> None:
    reply = ask(f"def f():\n    with open({name!r}, 'wb') as file: file.write(bytes(10**8))")

    assert isinstance(reply, Raised | Died)


def test_many_files_cannot_either(ask: Ask) -> None:
    reply = ask("def f():\n    for i in range(10**5): open(f'/sandbox/{i}', 'w').close()")

    assert isinstance(reply, Raised)
    assert reply.kind == "OSError"


def test_a_little_printing_is_kept_and_much_is_cut(template: Template) -> None:
    with template.jail("def f(n):\n    print('x' * n)\n    return n", "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [(100_000,)], 5)
        text = worker.take_printed()

        assert isinstance(reply, Answer)
        assert text == "x" * (TIGHT.output_kb << 10)


def test_a_flood_of_output_is_stopped(ask: Ask) -> None:
    reply = ask("def f():\n    while True: print('x' * 10**5)", limits=TIGHT)

    assert isinstance(reply, Overran)
    assert reply.limit == "output"


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("import os; os._exit(0)", 0),
        ("import os; os._exit(97)", 0),
        ("import ctypes; ctypes.string_at(0)", 11),
        ("import os, signal; os.kill(1, signal.SIGKILL); os._exit(3)", 0),
    ],
)
def test_leaving_is_not_an_answer(ask: Ask, body: str, number: int) -> None:
    assert ask(f"def f():\n    {body}") == Died(number)


def test_leaving_at_import_is_not_an_answer(ask: Ask) -> None:
    assert ask("import os; os._exit(0)") == Died(0)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise SystemExit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("return f()", "RecursionError"),
        ("input()", "EOFError"),
        ("import subprocess; subprocess.run(['/bin/sh'])", "PermissionError"),
        ("class PASSED(Exception):\n        def __str__(self): raise SystemExit\n    raise PASSED", "PASSED"),
    ],
)
def test_any_exception_is_one_failed_call(ask: Ask, body: str, kind: str) -> None:
    reply = ask(f"def f():\n    {body}")

    assert isinstance(reply, Raised)
    assert reply.kind == kind


def test_the_students_own_line_is_told(ask: Ask) -> None:
    reply = ask(
        "import numpy as np\n\ndef g(x):\n    return np.linalg.inv(x)\n\ndef f(x):\n    return g(x)",
        "f",
        np.zeros((2, 2)),
    )

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.line) == ("LinAlgError", 4)


def test_one_draw_that_raises_leaves_the_others_their_answers(template: Template) -> None:
    with template.jail("def f(x):\n    return 1 / x", "submission.py", TIGHT) as worker:
        worker.load()
        first, second, third = worker.ask("f", [(2,), (0,), (4,)], 5)

        assert isinstance(second, Raised)
        assert isinstance(first, Answer)
        assert isinstance(third, Answer)
        assert (first.value, second.kind, third.value) == (0.5, "ZeroDivisionError", 0.25)


def test_the_whole_budget_ends_what_single_deadlines_let_through(template: Template) -> None:
    limits = Limits(import_seconds=5, check_seconds=5, total_seconds=1)
    with template.jail("def f():\n    while True: pass", "submission.py", limits) as worker:
        worker.load()
        (reply,) = worker.ask("f", [()], 5)

        assert isinstance(reply, Overran)
        assert reply.allowed <= 1
