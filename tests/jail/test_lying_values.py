"""Family C: answers that are not what they seem. Each is graded, and earns what its numbers are worth."""

# ruff: noqa: E501, ISC004 - an attack reads best as one string, on one line

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

import autograder
from autograder.jail.held import Held
from autograder.jail.host import Template
from autograder.model import Answer, Raised, Status
from tests import tiny

from .conftest import TIGHT, Ask, Grade, outcomes

EQUAL = """
class Equal:
    dtype, shape, ndim, size = "float64", (4,), 1, 4
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __sub__(self, other): return 0.0
    __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __sub__
    def __abs__(self): return 0.0
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    def __bool__(self): return True
    def __len__(self): return 4
    def __getitem__(self, i): return self
    def __float__(self): return 0.0
    def __array__(self, *a, **k): raise SystemExit
"""


def wrong(body: str, before: str = "") -> str:
    """A submission whose two functions both do `body`."""
    return f"import numpy as np\n{before}\ndef half(x):\n    {body}\n\n\ndef quarter(x):\n    {body}\n"


# ---- 21 to 26: other types --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("return Equal()", EQUAL),
        ("return [Equal()] * 4", EQUAL),
        ("return {'x': Equal()}", EQUAL),
        ("return Masked()", EQUAL + "class Masked(Equal):\n    __class__ = property(lambda s: np.ndarray)\n"),
        ("return Number(0)", "class Number(float):\n    def __eq__(s, o): return True\n    __hash__ = None\n"),
        (
            "return np.zeros(np.shape(x)).view(Yes)",
            "class Yes(np.ndarray):\n    def __eq__(s, o): return np.ones(s.shape, bool)\n"
            "    def __array_ufunc__(s, *a, **k): return np.zeros(s.shape)\n"
            "    def __array_function__(s, *a, **k): return True\n",
        ),
        ("return np.matrix(np.zeros(np.size(x)))", "import warnings\nwarnings.simplefilter('ignore')\n"),
        ("return unittest.mock.ANY", "import unittest.mock\n"),
        ("return np.array(unittest.mock.ANY, dtype=object)", "import unittest.mock\n"),
        ("return Lazy()", "class Lazy:\n    def __array__(self, *a, **k): return np.zeros(4)\n"),
        ("return (v for v in x)", ""),
        ("return lambda: x / 2", ""),
        ("return map(float, x)", ""),
        ("return Payload()", "class Payload:\n    def __reduce__(self): return print, ('owned',)\n"),
        (
            "return Loud()",
            "class Loud:\n    def __repr__(self): raise SystemExit\n    __str__ = __len__ = __format__ = __repr__\n",
        ),
    ],
    ids=[
        "equal", "list of equals", "dict of equals", "class of another", "equal number", "array subclass",
        "matrix", "mock", "object array", "lazy", "generator", "function", "map", "pickle", "repr",
    ],
)  # fmt: skip
def test_what_claims_to_be_equal_earns_nothing(graded: Grade, body: str, before: str) -> None:
    report = graded(wrong(body, before))

    assert report.earned == 0
    assert {one.status for one in outcomes(report).values()} <= {
        Status.FAILED,
        Status.CRASHED,
        Status.SKIPPED,
    }
    assert outcomes(report)["half.some_numbers"].status in (Status.FAILED, Status.CRASHED)


def test_an_object_of_the_students_is_a_handle_without_behaviour(ask: Ask) -> None:
    reply = ask(EQUAL + "def f(): return Equal()")

    assert isinstance(reply, Answer)
    assert type(reply.value) is Held
    assert reply.value != 0
    with pytest.raises(TypeError):
        len(reply.value)


def test_a_right_answer_in_a_subclass_is_right(graded: Grade) -> None:
    source = (
        "import numpy as np\nclass Mine(np.ndarray):\n    def __eq__(self, other): return False\n"
        + tiny.RIGHT.replace("return x / 2", "return (np.asarray(x) / 2).view(Mine)")
    )

    assert graded(source).earned == 8


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("(i for i in [1.0])", "generator"),
        ("np.zeros(2).__array_interface__['data'][0].__add__", "method-wrapper"),
        ("iter([1.0])", "list_iterator"),
        ("memoryview(b'12345678')", "memoryview"),
        ("__import__('fractions').Fraction(1, 2)", "Fraction"),
        ("np", "module"),
    ],
)
def test_a_value_that_is_not_there_yet_cannot_be_sent(ask: Ask, value: str, kind: str) -> None:
    reply = ask(f"import numpy as np\ndef f():\n    return {value}")

    assert isinstance(reply, Raised)
    assert reply.kind == "NotSendable"
    assert kind in reply.message


def test_nothing_on_our_side_can_unpickle() -> None:
    source = Path(autograder.__file__).parent
    found = []
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                names = ["pickle"]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = [f"{node.value.id}.{node.attr}"]
            unsafe = {
                "pickle",
                "marshal",
                "shelve",
                "dill",
                "np.load",
                "torch.load",
                "yaml.load",
                "yaml.unsafe_load",
            }
            found += [f"{path.name}: {name}" for name in names if name in unsafe]

    assert found == []


# ---- 23: numbers that are not -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "return np.full(np.shape(x), np.nan)",
        "return np.nan",
        "return np.full(np.shape(x), np.inf)",
        "return np.where(np.arange(np.size(x)) == 0, np.nan, np.asarray(x) * 2)",
        "return np.empty((0, *np.shape(x)))",
        "return np.zeros(0)",
        "return []",
        "return None",
        "return 0.0",
        "return np.zeros(1)",
        "return np.zeros((1, 1))",
        "return np.zeros((np.size(x), 1))",
        "return np.broadcast_to(0.0, np.shape(x))",
        "return np.ma.masked_all(np.shape(x))",
        "return np.ma.array(np.zeros(np.shape(x)), mask=True)",
        "return np.array([None] * np.size(x))",
        "return np.array(['0'] * np.size(x))",
        "return np.zeros(np.shape(x), dtype=bool)",
        "return np.array(x, dtype='timedelta64[s]')",
        "return np.full(np.shape(x), complex('nan+nanj'))",
        "return -0.0 * np.asarray(x)",
        "return 'x / 2'",
        "return True",
        "return NotImplemented",
        "return ...",
    ],
)  # fmt: skip
def test_no_answer_earns_by_being_odd(graded: Grade, body: str) -> None:
    report = graded(wrong(body))

    assert report.earned == 0
    assert outcomes(report)["half.some_numbers"].status in (Status.FAILED, Status.CRASHED)
    assert outcomes(report)["quarter.twice_undone"].status in (Status.FAILED, Status.CRASHED)


def test_a_scalar_that_would_broadcast_is_a_wrong_shape(graded: Grade) -> None:
    mismatch = outcomes(graded(wrong("return 0.0")))["half.some_numbers"].mismatch

    assert mismatch is not None
    assert mismatch.kind == "shape"


def test_nan_is_a_wrong_number(graded: Grade) -> None:
    mismatch = outcomes(graded(wrong("return np.full(np.shape(x), np.nan)")))["half.some_numbers"].mismatch

    assert mismatch is not None
    assert (mismatch.kind, mismatch.wrong, mismatch.total) == ("nan", 4, 4)


# ---- 27 and 28: shared memory -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "x *= 0\n    return x",
        "x[...] = 0\n    return np.zeros(np.shape(x))",
        "x.resize(0, refcheck=False)\n    return x",
        "x.setfield(0.0, x.dtype)\n    return x * 0.5 + 0",
    ],
)
def test_inputs_that_are_changed_change_no_reference(graded: Grade, body: str) -> None:
    assert graded(wrong(body)).earned == 0


def test_an_answer_that_is_the_input_is_compared_as_it_was_sent(template: Template) -> None:
    source = "kept = []\ndef f(x):\n    kept.append(x)\n    for old in kept: old *= 0\n    return kept[0]"
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        mine = np.arange(3.0)
        (first,) = worker.ask("f", [(mine,)], 5)
        (second,) = worker.ask("f", [(mine,)], 5)

        assert isinstance(first, Answer)
        assert isinstance(second, Answer)
        assert mine.tolist() == [0.0, 1.0, 2.0]
        assert first.facts.mutated == second.facts.mutated == ("x",)


def test_an_answer_stays_what_it_was_when_it_was_given(template: Template) -> None:
    source = """
import threading
import numpy as np
value = np.zeros(3)
go = threading.Event()
def later():
    go.wait()
    value[:] = 7
def f():
    threading.Thread(target=later, daemon=True).start()
    return value
def g():
    go.set()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()
    return value
"""
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (first,) = worker.ask("f", [()], 5)
        (second,) = worker.ask("g", [()], 5)

        assert isinstance(first, Answer)
        assert isinstance(second, Answer)
        assert (first.value.tolist(), second.value.tolist()) == ([0.0] * 3, [7.0] * 3)
        assert first.value.base is None, "our own bytes"


def test_one_array_for_all_draws_earns_what_it_held_each_time(graded: Grade) -> None:
    source = (
        "import numpy as np\nout = np.zeros(4)\ndef half(x):\n    out.resize(np.shape(x), refcheck=False)\n"
        "    np.divide(x, 2, out=out)\n    return out\n\n\ndef quarter(x):\n    return half(half(x).copy())\n"
    )

    assert graded(source).earned == 8


# ---- 29: awkward but right --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        "np.asfortranarray(np.asarray(x) / 2)",
        "(np.asarray(x) / 2).astype('>f8')",
        "np.repeat(np.asarray(x) / 2, 2)[::2]",
        "(np.asarray(x)[::-1] / 2)[::-1]",
        "np.frombuffer((np.asarray(x) / 2).tobytes())",
        "(np.asarray(x) / 2).tolist()",
        "np.asarray(x, dtype=np.longdouble) / 2",
        "np.ma.array(np.asarray(x) / 2)",
        "np.require(np.asarray(x) / 2, requirements=['O', 'W'])",
        "[float(v) / 2 for v in x]",
    ],
)
def test_awkward_but_right_is_right(graded: Grade, answer: str) -> None:
    body = f"    return {answer}\n"
    source = (
        f"import numpy as np\ndef half(x):\n{body}\n\ndef quarter(x):\n    return np.asarray(half(half(x)))\n"
    )

    assert graded(source).earned == 8
