from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.diagnose.crashes import explain
from autograder.model import Crash, Died, Overran, Raised, Submission

FILE = "answer.py"


def submission(source: str) -> Submission:
    return Submission("ada", "optimizers", source, FILE, "sha256:0")


def crash(
    body: str, *, head: str = "import numpy as np\nimport math", parameters: Any = (), **given: Any
) -> Crash:
    """What is said of the exception that `body`, as the body of `f(x, pad=0)`, really raises here."""
    source = f"{head}\n\ndef f(x, pad=0):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"
    names: dict[str, Any] = {}
    line = None
    try:
        exec(compile(source, FILE, "exec"), names)
        names["f"](given.get("x", np.arange(6.0).reshape(2, 3)))
    except BaseException as error:  # noqa: BLE001 - students raise all of them
        trace = error.__traceback__
        while trace is not None:
            line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == FILE else line
            trace = trace.tb_next
        kinds = tuple(kind.__name__ for kind in type(error).__mro__)
        reply = Raised(kinds[0], str(error), line, kinds)
        return explain(reply, submission(source), "f", parameters)
    raise AssertionError("nothing was raised")


def said(kind: str, message: str, source: str = "import numpy as np\n", line: int | None = 1) -> str:
    return explain(Raised(kind, message, line, (kind, "Exception")), submission(source), "f").advice


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # a float where a whole number is needed
        ("return np.zeros(x.shape[0] / 2)", "Use `//`"),
        ("return x[: len(x) / 2]", "Use `//`"),
        ("return x[len(x) / 2]", "Use `//`"),
        ("return [1, 2][1.0]", "Use `//`"),
        ("return [0] * (len(x) / 2)", "Use `//`"),
        ("for i in range(x.shape[1] / 2): pass", "Use `//`"),
        ("return np.zeros(np.float64(3.0))", "Use `//`"),
        ("return x[np.array([0.0, 1.0])]", "Use `//`"),
        # how functions of NumPy take their arguments
        ("return np.zeros(3, 4)", "one tuple, in brackets of its own"),
        ("return np.random.rand((3, 4))", "takes one tuple"),
        ("return np.concatenate(x, x)", "`np.concatenate([a, b])`"),
        # None for a result
        ("W, b = print(end='')\nreturn W", "A value is None"),
        ("return None[0]", "A value is None"),
        ("return x + None", "A value is None"),
        ("return None.shape", "A value is None"),
        ("a, b, c = x\nreturn a", "number of names on the left differs"),
        ("a, = x\nreturn a", "number of names on the left differs"),
        ("a, b = x.sum().item()\nreturn a", "Here it is a single value"),
        # shapes
        ("return x + np.ones(2)", "Two arrays do not fit together"),
        ("return x @ x", "Two arrays do not fit together"),
        ("return np.dot(x, x)", "Two arrays do not fit together"),
        ("x[0] = np.ones(2)", "Two arrays do not fit together"),
        ("return np.concatenate([x, x[:, :1]])", "Two arrays do not fit together"),
        ("return np.stack([x, x[:, :1]])", "Two arrays do not fit together"),
        ("return x[np.array([True, False, True])]", "Two arrays do not fit together"),
        ("return x.reshape(4)", "`reshape` can only rearrange"),
        ("return np.array([[1, 2], [3]])", "Rows of different lengths"),
        ("x[0, 0] = np.ones(2)", "a single place of an array holds a single number"),
        ("if x > 0: pass", "asks for one True or False"),
        ("return x[2:].max()", "An array is empty here"),
        ("return np.argmax(x[2:])", "An array is empty here"),
        ("return x[:, pad:-pad].max()", "`-pad` is empty where `pad` is 0, because -0 is 0"),
        ("out = np.zeros((2, 3))\nout[:] = x[:, pad:-pad]\nreturn out", "`x[pad:pad + n]`"),
        ("rest = x[:, :-pad]\nreturn rest + x", "`-pad` is empty"),
        # one number out of an array
        ("return math.exp(x)", "take a single number"),
        ("return float(x)", "take a single number"),
        # changing in place
        ("n = np.arange(3)\nn += 0.5\nreturn n", "holds whole numbers only"),
        ("np.broadcast_to(x, (2, 2, 3))[:] = 0", "Work on a copy"),
        # indices
        ("return x[2]", "points past the end"),
        ("return [1, 2][2]", "points past the end"),
        ("return x[0, 0, 0]", "more indices in the brackets"),
        ("return x.sum(axis=2)", "has the axes 0 to n - 1"),
        ("return [[1, 2], [3, 4]][0, 1]", "takes `rows[i, j]`"),
        ("return [1, 2]['W']", "A list or tuple is read by number"),
        # things that are not what they seem
        ("return x(0)", "Round brackets call a function"),
        ("return 2(x)", "Round brackets call a function"),
        ("return math(2)", "The name is that of a module"),
        ("return math.exp[2]", "Call it with round brackets"),
        ("for i in 3: pass", "`range(n)`"),
        ("for i in x.sum(): pass", "a single number, where an array"),
        ("return 3[0]", "a single number, where an array"),
        ("return x.sum()[0]", "a single number, where an array"),
        ("return len(3)", "a single number, where an array"),
        ("s = (1, 2)\ns[0] = 3", "A tuple cannot be changed"),
        ("return [1] - [2]", "A list is used like an array"),
        ("return [1] < 2", "A list is used like an array"),
        ("return {[1]: 2}", "cannot be a key"),
        ("return 'a' + 1", "combined that do not go together"),
        ("return np.exp + 1", "combined that do not go together"),
        ("return [1, 2].shape", "A list or a tuple has no such attribute"),
        ("return (2).shape", "A plain number has no such attribute"),
        ("return {}.weights", "read with brackets"),
        # arguments
        ("return np.sum(x, axes=0)", "an argument that it does not have"),
        ("return (lambda a: a)(1, 2)", "more or fewer arguments than it takes"),
        ("return (lambda a: a)()", "more or fewer arguments than it takes"),
        ("return np.reshape(x, newshape=(3, 2))", "NumPy has no `newshape=` any more"),
        ("return f(x, 1, 2)", "Keep the parameters of the stub"),
        ("return f(y=2)", "Keep the parameters of the stub"),
        # arithmetic
        ("return 1 / 0", "A division by zero"),
        ("return np.linalg.inv(np.zeros((2, 2)))", "`np.linalg.lstsq`"),
        ("return np.linalg.inv(x)", "needs a square matrix"),
        ("return np.linalg.cholesky(-np.eye(2))", "symmetric and positive"),
        ("return math.log(-1)", "the logarithm of zero or less"),
        ("return math.exp(1e4)", "A number became too large"),
        ("return int(float('nan'))", "no whole number stands for it"),
        # the world outside
        ("return open('nowhere/weights.npy')", "no files and no network"),
        ("raise PermissionError(13, 'Permission denied')", "no files and no network"),
        ("raise ConnectionRefusedError", "no files and no network"),
        ("raise BlockingIOError(11, 'Resource temporarily unavailable')", "processes or threads"),
        ("raise EOFError('EOF when reading a line')", "`input()`"),
        ("exit()", "Leave a function with `return`"),
        ("raise KeyboardInterrupt", "Leave a function with `return`"),
        ("raise MemoryError", "More memory is asked for"),
        ("return f(x)", "calls itself without end"),
        ("assert x.sum() < 0", "An `assert` in your file"),
        # names
        ("wieghts = x\nreturn weights", "Nothing is called `weights` here. Is it `wieghts`?"),
        ("return X", "Is it `x`?"),
        ("return theta", "Is it the name of an argument in another function"),
        ("return lenght(x)", "Nothing is called `lenght` here."),
        ("return sorte(x)", "Is it `sorted`?"),
        ("return exp(x)", "write `np.exp`"),
        ("return xrange(3)", "write `range`"),
        ("y = y + x\nreturn y", "`y` is used before this function has given it a value"),
        ("return np.zeroes(3)", "There is no `np.zeroes`. Is it `np.zeros`?"),
        ("return np.linalg.normm(x)", "Is it `np.linalg.norm`?"),
        ("return np.sigmoid(x)", "Is it a function of your own"),
        ("return math.sqroot(2)", "There is no `math.sqroot`."),
        ("return x.reshpe(6)", "An array has no `.reshpe`. Is it `.reshape`?"),
        ("return x.append(1)", "An array cannot grow"),
        ("return x.qqqq", "An array has no `.qqqq`."),
        ("return {'weights': 1, 'b1': 2}['wieghts']", "Is it 'weights'?"),
        ("return {'W1': 1}['momentum']", "has no entry 'momentum'. Look where"),
        ("return {}[3]", "no entry of that name"),
        ("import matplotlib.pyplot", "Take the drawing out"),
        ("import numpi", "There is no module `numpi`. Is it `numpy`?"),
        ("import zzqqy", "take this import out"),
    ],
)
@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_a_usual_crash_gets_advice(body: str, words: str) -> None:
    told = crash(body)

    assert words in told.advice
    assert told.kind == "raised"
    assert told.line is None or told.code


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("int", "write `int`"),
        ("float", "write `float`"),
        ("bool", "write `bool`"),
        ("product", "write `np.prod`"),
        ("mat", "write `np.asarray`"),
        ("trapz", "write `np.trapezoid`"),
        ("in1d", "write `np.isin`"),
        ("row_stack", "write `np.vstack`"),
        ("Inf", "write `np.inf`"),
        ("NaN", "write `np.nan`"),
        ("asscalar", "write `x.item()`"),
    ],
)
def test_a_name_that_numpy_removed_is_replaced(name: str, instead: str) -> None:
    message = f"module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias"

    assert instead in said("AttributeError", message)


def test_other_words_for_what_numpy_removed() -> None:
    assert "write `np.pad`" in said("AttributeError", "module 'numpy.lib' has no attribute 'pad'")
    assert "write `np.trapezoid`" in said("ImportError", "cannot import name 'trapz' from 'numpy' (x.py)")
    assert "`np.ptp(x)`" in said("AttributeError", "'numpy.ndarray' object has no attribute 'ptp'", "x.ptp()")


def test_older_versions_say_size_one() -> None:
    assert "`.item()`" in said("TypeError", "only size-1 arrays can be converted to Python scalars")


def test_the_student_sees_their_own_line() -> None:
    told = crash("W = x\nreturn W / 0 + 1 // 0", x=1.0)

    assert (told.line, told.code) == (6, "return W / 0 + 1 // 0")
    assert (told.name, told.message) == ("ZeroDivisionError", "float division by zero")


def test_a_line_feed_of_another_system_counts_once_and_a_form_feed_not_at_all() -> None:
    source = "import numpy\r\n\x0cx = 1\r\nboom\r"

    assert explain(Raised("NameError", "", 3), submission(source), "f").code == "boom"


@pytest.mark.parametrize("line", [None, 0, -3, 99])
def test_a_line_that_is_not_in_the_file_is_left_out(line: int | None) -> None:
    told = explain(Raised("IndexError", "list index out of range", line), submission("x = 1\n"), "f")

    assert (told.line, told.code) == (None, "")
    assert told.advice


def test_a_function_that_is_not_written_says_so() -> None:
    source = (
        "def f(x):\n    raise NotImplementedError\n\n\ndef g(x):\n    # soon\n    raise NotImplementedError\n"
    )
    mine = explain(Raised("NotImplementedError", "", 2), submission(source), "f")
    other = explain(Raised("NotImplementedError", "", 7), submission(source), "f")
    nowhere = explain(Raised("NotImplementedError", "", None), submission(source), "f")
    outside = explain(Raised("NotImplementedError", "", 1), submission("raise NotImplementedError"), "f")

    assert mine.advice == "`f` is not written yet."
    assert other.advice == "`g` is not written yet, and `f` needs it."
    assert nowhere.advice == outside.advice == "`f` is not written yet."


def test_the_parameters_of_the_stub_are_named_where_they_do_not_fit() -> None:
    reply = Raised("TypeError", "f() takes 1 positional argument but 2 were given", None)
    told = explain(reply, submission("def f(x):\n    return x\n"), "f", ["x", "pad"])

    assert told.advice.endswith("Keep the parameters of the stub: x, pad.")


def test_a_function_missing_from_the_file_is_looked_for_under_another_name() -> None:
    message = "module 'answer' has no attribute 'adam_step'"
    source = submission("def adamstep(x):\n    return x\n")
    reply = Raised("AttributeError", message, None)

    assert explain(reply, source, "adam_step").advice == "Your file defines no `adam_step`. Is it `adamstep`?"
    assert explain(reply, submission("x = 1"), "adam_step").advice == "Your file defines no `adam_step`."


def test_names_in_comments_and_strings_are_not_proposed() -> None:
    source = '"""The weights."""\n# weights\nx = weigths\n'

    assert "`weights`" not in said("NameError", "name 'weigths' is not defined", source, 3)


def test_a_file_that_cannot_be_tokenised_still_gives_names() -> None:
    source = "x = wieght\nweight = (\n"

    assert "Is it `weight`?" in said("NameError", "name 'wieght' is not defined", source)


def test_what_the_message_claims_is_quoted_only_if_the_source_holds_it() -> None:
    hostile = "name 'PASSED' is not defined"

    assert "PASSED" not in said("NameError", hostile)
    assert "PASSED" not in said("KeyError", "'PASSED'")
    assert "PASSED" not in said("ModuleNotFoundError", "No module named 'PASSED'")
    assert "PASSED" not in said("AttributeError", "module 'numpy' has no attribute 'PASSED'")
    assert "PASSED" not in said("AttributeError", "'numpy.ndarray' object has no attribute 'PASSED'")
    assert "PASSED" not in said("TypeError", "PASSED() takes 1 positional argument but 2 were given")


@given(
    st.sampled_from(
        ["NameError", "KeyError", "TypeError", "AttributeError", "ImportError", "ValueError", "Odd"]
    ),
    st.one_of(
        st.text(),
        st.from_regex(r"name '\w+' is not defined"),
        st.from_regex(r"module 'numpy' has no attribute '\w+'"),
        st.from_regex(r"'\w+'"),
    ),
    st.text(),
    st.one_of(st.none(), st.integers()),
)
def test_nothing_that_comes_from_a_jail_makes_it_raise(
    kind: str, message: str, source: str, line: int | None
) -> None:
    told = explain(Raised(kind, message, line, (kind,)), submission(source), "f")

    assert len(told.message) <= 500
    assert len(told.code) <= 200


def test_a_long_message_is_cut() -> None:
    told = explain(Raised("K" * 900, "m" * 900, 1), submission("y" * 900), "f")

    assert (len(told.name), len(told.message), len(told.code)) == (80, 500, 200)


def test_where_nothing_fits_nothing_is_said() -> None:
    assert said("CustomError", "whatever") == ""
    assert said("ImportError", "cannot import name 'prodd' from 'numpy'") == ""


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("seconds", "No answer within 3 seconds: an endless loop?"),
        ("memory", "More than 3 MB of memory"),
        ("output", "More than 3 kB were printed"),
        ("reply", "The answer is larger than 3 MB"),
        ("patience", ""),
    ],
)
def test_a_limit_that_was_passed_is_named(limit: str, words: str) -> None:
    told = explain(Overran(limit, 3.0), submission("x = 1"), "f")

    assert (told.kind, told.name) == ("overran", limit)
    assert words in told.advice


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        (0, "exit", "`os._exit`"),
        (9, "SIGKILL", "too much memory"),
        (11, "SIGSEGV", "compiled code"),
        (31, "SIGSYS", "not allowed here"),
        (1, "SIGHUP", "ended before the function answered"),
        (999, "signal 999", "ended before the function answered"),
    ],
)
def test_a_program_that_ended_is_told_by_its_signal(number: int, name: str, words: str) -> None:
    told = explain(Died(number, "left"), submission("x = 1"), "f")

    assert (told.kind, told.name, told.message) == ("died", name, "left")
    assert words in told.advice
