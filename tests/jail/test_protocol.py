"""Forged, early, late, missing and malformed replies: each has its verdict, and none is an answer."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.jail.host import Template
from autograder.model import Answer, Died, Raised

from .conftest import TIGHT, Ask

SOCKET = """
import gc, json, os, struct
def channel():
    for number in range(3, 64):
        try:
            os.fstat(number)
            return number
        except OSError:
            pass
def send(header, payload=b"", magic=b"NNAG", lie=0):
    data = json.dumps(header).encode()
    os.write(channel(), struct.pack("<4sIQ", magic, len(data), len(payload) + lie) + data + payload)
"""


@pytest.mark.parametrize(
    "forgery",
    [
        "send({'n': 'x', 'results': [{'value': {'t': 'i', 'v': 1}, 'seconds': 0.0, 'facts': {}}]})",
        "send({'ready': True})",
        "os.write(channel(), b'PASSED ' * 100)",
        "send({'n': 'x'}, magic=b'EVIL')",
        "send([1, 2])",
        "os.write(channel(), struct.pack('<4sIQ', b'NNAG', 2**31, 2**60))",
        "os.write(channel(), struct.pack('<4sIQ', b'NNAG', 9, 0) + b'[' * 9)",
        "os.close(channel()); os._exit(0)",
    ],
)
def test_a_forged_frame_voids_the_jail(ask: Ask, forgery: str) -> None:
    reply = ask(SOCKET + f"\ndef f():\n    {forgery}\n    return 1.0")

    assert isinstance(reply, Died)


def test_an_answer_before_the_question_is_refused(template: Template) -> None:
    with template.jail(SOCKET + "\ndef f():\n    return 1", "submission.py", TIGHT) as worker:
        worker.load()
        worker.ask("f", [()], 5)
        assert worker.open
    with template.jail(
        SOCKET + "\nsend({'n': 'early', 'results': []})\ndef f():\n    return 1", "s.py", TIGHT
    ) as worker:
        ended = worker.load()

        assert isinstance(ended, Died)


def test_a_second_answer_does_not_answer_the_next_question(template: Template) -> None:
    source = SOCKET + (
        "\ndef twice(n):\n"
        "    import threading\n"
        "    def later():\n"
        "        import time\n"
        "        time.sleep(0.05)\n"
        "        send({'n': 'stale', 'results': [{'value': {'t': 'i', 'v': 42}}]})\n"
        "    threading.Thread(target=later).start()\n"
        "    return n\n"
        "def f():\n"
        "    import time\n"
        "    time.sleep(0.3)\n"
        "    return 7\n"
    )
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        worker.ask("twice", [(1,)], 5)
        (reply,) = worker.ask("f", [()], 5)

        assert isinstance(reply, Died)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("object()", "object"),
        ("(i for i in range(3))", "generator"),
        ("np.array([object()])", "dtype"),
        ("[[[[[[[[[[1]]]]]]]]]]", "nested"),
        ("10**30", "64 bits"),
        ("np.lib.stride_tricks.as_strided(np.zeros(1), (2**20, 2**20), (0, 0))", "too large"),
        ("(lambda x: x.append(x) or x)([])", "nested"),
        ("{(1, 2)}", "set"),
    ],
)
def test_what_cannot_be_an_answer_is_said_to_be_none(ask: Ask, value: str, words: str) -> None:
    reply = ask(f"import numpy as np\ndef f():\n    return {value}")

    assert isinstance(reply, Raised)
    assert reply.kind == "NotSendable"
    assert words in reply.message


@pytest.mark.parametrize(
    "value",
    [
        "np.asfortranarray(np.arange(6.).reshape(2, 3))",
        "np.arange(12.).reshape(2, 6)[:, ::2] / 2",
        "np.arange(6, dtype='>f8').reshape(2, 3)",
        "np.matrix('0 1 2; 3 4 5', dtype=float)",
        "np.arange(6.).reshape(3, 2).T.reshape(2, 3, order='C') * 0 + np.arange(6.).reshape(2, 3)",
    ],
)
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_awkward_but_right_arrays_arrive_whole(ask: Ask, value: str) -> None:
    reply = ask(f"import numpy as np\ndef f():\n    return {value}")

    assert isinstance(reply, Answer)
    assert np.array_equal(reply.value, np.arange(6.0).reshape(2, 3))


def test_a_type_that_equals_everything_arrives_as_plain_bytes_or_not_at_all(ask: Ask) -> None:
    reply = ask(
        """
        import numpy as np
        class Yes(np.ndarray):
            def __eq__(self, other): return True
            def __array_ufunc__(self, *a, **k): return 0.0
        def f():
            return np.zeros(3).view(Yes)
        """
    )

    assert isinstance(reply, Answer)
    assert type(reply.value) is np.ndarray


def test_a_set_of_words_arrives_as_a_sorted_list(ask: Ask) -> None:
    reply = ask("def f():\n    return {'variance', 'bias'}")

    assert isinstance(reply, Answer)
    assert reply.value == ["bias", "variance"]


def test_mutation_and_warnings_are_observed(ask: Ask) -> None:
    reply = ask(
        "import numpy as np\ndef f(x, y):\n    x += 1\n    return np.exp(y)",
        "f",
        np.zeros(2),
        np.array([1e3]),
    )

    assert isinstance(reply, Answer)
    assert reply.facts.mutated == ("x",)
    assert reply.facts.warnings == ("RuntimeWarning: overflow encountered in exp",)


def test_a_function_argument_is_answered_outside(ask: Ask) -> None:
    calls = []

    def gradient(x: float) -> float:
        calls.append(x)
        return 2 * x

    reply = ask("def f(g):\n    return g(3.0) + g(4.0)", "f", gradient)

    assert isinstance(reply, Answer)
    assert (reply.value, calls) == (14.0, [3.0, 4.0])


def test_a_generator_draws_inside_what_it_would_draw_outside(ask: Ask) -> None:
    reply = ask("def f(rng):\n    return rng.normal(size=3)", "f", np.random.default_rng(7))

    assert isinstance(reply, Answer)
    assert reply.facts.mutated == ()
    assert np.array_equal(reply.value, np.random.default_rng(7).normal(size=3))


def test_an_object_of_the_students_stays_inside_and_can_be_used(template: Template) -> None:
    source = """
class Counter:
    def __init__(self, n):
        self.n = n
    def step(self, by=1):
        self.n += by
        return self.n
"""
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("Counter", [(5,)], 5)

        assert isinstance(reply, Answer)
        assert (reply.value.step(), reply.value.step(by=10)) == (6, 16)


def test_a_helper_can_be_answered_by_the_reference(template: Template) -> None:
    with template.jail(
        "def g(x):\n    return 0\ndef f(x):\n    return g(x) + 1", "submission.py", TIGHT
    ) as worker:
        worker.load()
        worker.bind("g", "g")
        (reply,) = worker.ask("f", [(2,)], 5, {"g": lambda x: x * 10})

        assert isinstance(reply, Answer)
        assert reply.value == 21
