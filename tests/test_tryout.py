"""`autograder try`: what a student reads of every kind of file, and what it needs."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import tryout
from autograder.tryout import Word, launch

ROOT = Path(__file__).parents[1]

STUB = '''"""Two functions."""

import numpy as np


def double(x):
    """Double a number.

    Hint: twice.

    >>> print(np.round(double(1.5), 6).tolist())
    3.0
    >>> print(np.round(double(-0.25), 6).tolist())
    -0.5
    """
    raise NotImplementedError("write double here")


def halves(x, parts=2):
    """Cut a number.

    Hint: parts of one size.

    >>> a, b = halves([1.0, 2.0, 3.0])
    >>> print(np.round(a, 6).tolist())
    [0.5, 1.0, 1.5]
    """
    raise NotImplementedError("write halves here")
'''
DOUBLE = "def double(x):\n    return 2 * x\n"
HALVES = "def halves(x, parts=2):\n    x = np.asarray(x) / parts\n    return x, x\n"
IMPORT = "import numpy as np\n"
RIGHT = f"{IMPORT}\n\n{DOUBLE}\n\n{HALVES}"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A student's folder, with the untouched stub of the assignment `cuts` in reach."""
    folder = tmp_path / "course" / "assignments" / "cuts"
    folder.mkdir(parents=True)
    (folder / "cuts.py").write_text(STUB)
    home = tmp_path / "course" / "mine"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A student's folder with no stub anywhere."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def attempt(folder, source, name="cuts.py", **options):
    (folder / name).write_text(source, encoding="utf-8")
    return tryout.attempt(Path(name), **options)


def words(result):
    return {one.function: one.word for one in result.tried}


def first(result):
    return result.tried[0]


def page(result, width=100):
    return tryout.render(result, width, colour=False)


def test_right_functions_are_right(home):
    result = attempt(home, RIGHT)

    assert words(result) == {"double": Word.RIGHT, "halves": Word.RIGHT}
    assert result.passed
    assert not result.objections


def test_a_wrong_answer_shows_the_example_the_two_answers_and_the_hint(home):
    double = first(attempt(home, RIGHT.replace("2 * x", "x")))

    assert (double.word, double.right, double.examples) == (Word.DIFFERS, 0, 2)
    assert double.example == ">>> print(np.round(double(1.5), 6).tolist())"
    assert (double.expected, double.got, double.hint) == ("3.0", "1.5", "twice.")


def test_the_first_example_that_fails_is_the_one_shown(home):
    double = first(attempt(home, RIGHT.replace("2 * x", "2 * abs(x)")))

    assert (double.right, double.expected, double.got) == (1, "-0.5", "0.5")


def test_the_untouched_stub_is_not_written_yet(home):
    result = attempt(home, STUB)

    assert set(words(result).values()) == {Word.UNWRITTEN}
    assert not result.passed
    assert "Next: write double." in page(result)


def test_a_body_of_pass_is_not_written_yet(home):
    assert first(attempt(home, RIGHT.replace("return 2 * x", "pass"))).word == Word.UNWRITTEN


def test_a_function_that_raises_not_implemented_half_way_is_not_written_yet(home):
    source = RIGHT.replace("return 2 * x", "y = 2 * x\n    raise NotImplementedError")

    assert first(attempt(home, source)).word == Word.UNWRITTEN


def test_a_function_that_needs_an_unwritten_one_says_which(home):
    source = RIGHT.replace("return 2 * x", "return halves(4 * x)[0]").replace(
        "x = np.asarray(x) / parts\n    return x, x", "raise NotImplementedError"
    )
    double = first(attempt(home, source))

    assert double.word == Word.STOPPED
    assert double.crash.advice == "`halves` is not written yet, and `double` needs it."


def test_an_exception_is_told_with_the_students_own_line_and_no_traceback(home):
    result = attempt(home, RIGHT.replace("2 * x", "x / 0"))
    double = first(result)

    assert (double.word, double.crash.name) == (Word.STOPPED, "ZeroDivisionError")
    assert (double.crash.line, double.crash.code) == (5, "return x / 0")
    assert "Line 5, `return x / 0`: ZeroDivisionError: float division by zero." in page(result)
    assert "Traceback" not in page(result)


def test_the_line_is_the_students_even_where_numpy_raises(home):
    halves = attempt(home, RIGHT.replace("np.asarray(x) / parts", "np.ones(2) @ np.ones(3)")).tried[1]

    assert halves.crash.code == "x = np.ones(2) @ np.ones(3)"


@pytest.mark.parametrize(
    ("returned", "advice"),
    [
        ("", "`halves` returned None"),
        ("x, x, x", "`halves` should return 2 results and returned more"),
        ("(x,)", "`halves` should return 2 results and returned 1"),
        ("1.0", "`halves` should return several results and returned one"),
    ],
)
def test_what_the_example_cannot_use_is_said_of_the_function(home, returned, advice):
    halves = attempt(home, RIGHT.replace("return x, x", f"return {returned}")).tried[1]

    assert halves.word == Word.STOPPED
    assert halves.crash.advice.startswith(advice)


def test_changed_arguments_are_answered_with_those_of_the_stub(home):
    halves = attempt(home, RIGHT.replace("halves(x, parts=2)", "halves(x, parts)")).tried[1]

    assert halves.crash.advice.endswith("Keep the parameters of the stub: x, parts.")


def test_printing_in_place_of_returning_is_recognised(home):
    source = STUB.replace('raise NotImplementedError("write double here")', "print(2 * x)").replace(
        "print(np.round(double(1.5), 6).tolist())", "print(double(1.5))"
    )
    (home / "cuts.stub.py").write_text(source)
    double = first(attempt(home, source))

    assert double.says == (
        "`double` returned None: is there a `return` on every way through it? "
        "What it prints is not its answer."
    )


def test_a_print_left_in_spoils_nothing(home):
    result = attempt(home, RIGHT.replace("return 2 * x", "print('looking at', x)\n    return 2 * x"))

    assert result.passed
    assert first(result).printed.startswith("looking at 1.5")
    assert "python -m doctest" in page(result)


def test_print_options_of_the_file_spoil_nothing(home):
    assert attempt(home, RIGHT.replace(IMPORT, f"{IMPORT}np.set_printoptions(precision=1)\n")).passed


def test_warnings_on_the_way_are_told(home):
    result = attempt(home, RIGHT.replace("2 * x", "2 * x + 0 * np.exp(1000.0 * abs(x)).clip(0, 1)"))

    assert first(result).warnings == ("RuntimeWarning: overflow encountered in exp",)
    assert "overflow encountered in exp" in page(result)


def test_a_float_for_a_whole_number_is_named(alone):
    source = "def size(n):\n    '''\n    >>> print(size(4))\n    2\n    '''\n    return n / 2\n"

    assert "`//`" in first(attempt(alone, source)).says


def test_a_shape_of_error_is_named(alone):
    source = (
        "def turn():\n    '''\n    >>> print(turn())\n    [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]\n    '''\n"
        "    return [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]\n"
    )

    assert "transposed" in first(attempt(alone, source)).says


def test_among_many_numbers_the_first_that_differs_is_named(alone):
    source = (
        "def row():\n    '''\n    >>> print(row())\n    [1.5, 2.5, 3.5, 4.5]\n    '''\n"
        "    return [1.5, 2.5, 9.25, 4.5]\n"
    )

    assert first(attempt(alone, source)).says == "1 of 4 numbers differs: number 3 is 9.25, expected 3.5."


def test_an_exception_that_is_wanted_is_right_whatever_it_says(alone):
    source = (
        "def picky(n):\n    '''\n    >>> picky(-1)\n    Traceback (most recent call last):\n"
        "    ValueError: n is negative\n    '''\n    {}\n"
    )

    assert attempt(alone, source.format("raise ValueError('below zero')")).passed
    assert first(attempt(alone, source.format("return 1"))).expected == "ValueError is raised"
    assert first(attempt(alone, source.format("raise KeyError(n)"))).word == Word.STOPPED


# ---- one function does not cost another -------------------------------------------------------------


def test_an_endless_loop_costs_one_function_and_names_its_line(home):
    source = RIGHT.replace("return 2 * x", "while True:\n        x = -x")
    result = attempt(home, source, seconds=1.5)
    double = first(result)

    assert words(result) == {"double": Word.STOPPED, "halves": Word.RIGHT}
    assert double.crash.kind == "overran"
    assert double.crash.line in {5, 6}
    assert "1.5 seconds" in page(result)


def test_leaving_the_process_costs_one_function(home):
    result = attempt(home, RIGHT.replace("return 2 * x", "import os; os._exit(0)"))

    assert words(result) == {"double": Word.STOPPED, "halves": Word.RIGHT}
    assert first(result).crash.kind == "died"


def test_breaking_the_interpreter_costs_one_function(home):
    result = attempt(home, RIGHT.replace("return 2 * x", "import ctypes; ctypes.string_at(0)"))

    assert words(result) == {"double": Word.STOPPED, "halves": Word.RIGHT}
    assert (first(result).crash.name, first(result).crash.line) == ("SIGSEGV", 5)


def test_exit_is_an_answer_like_any_exception(home):
    result = attempt(home, RIGHT.replace("return 2 * x", "exit()"))

    assert words(result) == {"double": Word.STOPPED, "halves": Word.RIGHT}


def test_an_endless_print_fills_nothing(home):
    result = attempt(home, RIGHT.replace("return 2 * x", "while True: print('x' * 1000)"), seconds=1.5)

    assert words(result) == {"double": Word.STOPPED, "halves": Word.RIGHT}


def test_a_question_is_not_waited_for(home):
    double = first(attempt(home, RIGHT.replace("2 * x", "float(input())")))

    assert double.crash.name == "EOFError"


def test_threads_left_running_hold_nothing_up(home):
    source = f"import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n{RIGHT}"

    assert attempt(home, source).passed


def test_what_the_file_forges_is_not_believed_blindly(home):
    forged = r"""import sys
with open(sys.orig_argv[-2], "a") as record:
    record.write('[]\n{"function": 3}\n{"function": "double", "got": 1, "raised": "x"}\n\x00\n{"loaded": 1')
"""

    assert first(attempt(home, f"{forged}\n{RIGHT}")).function == "double"


# ---- the file itself --------------------------------------------------------------------------------


def test_a_crash_while_loading_is_told_once(home):
    result = attempt(home, f"{RIGHT}\n\nprint(double(undefined))\n")

    assert set(words(result).values()) == {Word.STOPPED}
    assert (result.crash.name, result.crash.code) == ("NameError", "print(double(undefined))")
    assert page(result).count("NameError") == 1
    assert not result.passed


def test_an_endless_loop_while_loading_is_told_with_its_line(home):
    result = attempt(home, f"{IMPORT}while True:\n    pass\n{DOUBLE}", seconds=1.5)

    assert result.crash.kind == "overran"
    assert result.crash.line in {2, 3}


def test_calling_an_unwritten_function_while_loading_is_advised_against(home):
    result = attempt(home, f"{RIGHT.replace('return 2 * x', 'raise NotImplementedError')}\ndouble(1)\n")

    assert "__main__" in result.crash.advice


def test_a_syntax_error_is_told_with_its_line_and_nothing_runs(home):
    result = attempt(home, RIGHT.replace("def double(x):", "def double(x)"))

    assert result.tried == ()
    assert "line 4, `def double(x)`: a colon is missing" in page(result)
    assert "Nothing was run" in page(result)


def test_a_misspelt_function_is_found(home):
    result = attempt(home, RIGHT.replace("def double", "def doubel"))

    assert first(result).word == Word.UNWRITTEN
    assert "is `doubel` meant?" in page(result)


def test_an_import_that_is_not_there_when_marked_is_objected_to(home):
    result = attempt(home, f"import pytest\n{RIGHT}")

    assert "`pytest` is not there when your code is marked" in page(result)
    assert "read what is said above" in page(result)


def test_a_file_of_ones_own_is_not_on_the_path(home):
    (home / "mine.py").write_text("value = 1\n")
    result = attempt(home, f"from mine import value\n{RIGHT}")

    assert "`mine.py` lies beside your file, but only one file is handed in" in result.crash.advice


def test_the_file_does_not_run_as_the_main_program(home):
    assert attempt(home, f"{RIGHT}\nif __name__ == '__main__':\n    raise SystemExit\n").passed


def test_a_file_of_lists_without_numpy_still_meets_examples_with_np(home):
    halves = "def halves(x, parts=2):\n    return [i / parts for i in x], None\n"

    assert attempt(home, f"{DOUBLE}\n\n{halves}").passed


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda _: None, "there is no file cuts.py"),
        (lambda path: path.mkdir(), "cuts.py is a folder; name a file"),
        (lambda path: path.write_bytes(b""), "the file is empty"),
        (lambda path: path.write_bytes(b"\x7fELF\x00\x01\xff\xfe" * 99), "cuts.py"),
        (lambda path: path.write_text("# nothing yet\n"), "only comments"),
        (lambda path: path.write_text("x = 1\n"), "`double` is not defined"),
    ],
)
def test_a_bad_file_is_a_sentence(home, make, sentence):
    make(home / "cuts.py")
    result = tryout.attempt(Path("cuts.py"))

    assert sentence in page(result)
    assert not result.passed


@pytest.mark.parametrize("name", ["cuts.txt", "cuts", "cuts.zip"])
def test_only_python_files_and_notebooks_are_tried(home, name):
    assert "neither a .py nor a notebook" in attempt(home, RIGHT, name).trouble


def test_a_broken_notebook_is_a_sentence(home):
    result = attempt(home, "not json", "cuts.ipynb")

    assert "not a notebook" in page(result)


def test_a_file_that_cannot_be_read_has_no_other_notes(home):
    (home / "cuts.py").write_bytes(b"\x7fELF\x00\x01\xff\xfe" * 99)
    result = tryout.attempt(Path("cuts.py"))

    assert [objection.fatal for objection in result.objections] == [True]
    assert not any("not tried" in note for note in result.notes)


def test_a_file_name_nearly_right_is_guessed(home):
    (home / "cuts.py").write_text(RIGHT)

    assert "is it cuts.py?" in tryout.attempt(Path("cutz.py")).trouble


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_limit_that_is_none_is_refused(home, seconds):
    assert "seconds" in attempt(home, RIGHT, seconds=seconds).trouble


def test_a_file_without_examples_and_stub_says_what_to_do(alone):
    result = attempt(alone, RIGHT)

    assert "cuts.stub.py" in result.trouble
    assert not result.passed


def test_a_file_without_functions_says_so(alone):
    assert "defines no function" in attempt(alone, "x = 1\n").trouble


# ---- whose docstrings ---------------------------------------------------------------------------------


def test_the_docstrings_of_the_stub_count(home):
    edited = STUB.replace("3.0", "4.0").replace(
        'raise NotImplementedError("write double here")', "return 2 * x"
    )
    result = attempt(home, edited)

    assert first(result).word == Word.RIGHT
    assert result.authority.endswith(str(Path("assignments/cuts/cuts.py")))


def test_a_stub_beside_the_file_counts(alone):
    (alone / "cuts.stub.py").write_text(STUB)
    result = attempt(alone, RIGHT)

    assert result.passed
    assert result.authority == "cuts.stub.py"


def test_the_stub_of_a_bundle_counts(alone):
    (alone / "cuts").mkdir()
    (alone / "cuts" / "cuts.py").write_text(STUB)

    assert attempt(alone, RIGHT).passed


def test_without_a_stub_the_files_own_docstrings_count(alone):
    result = attempt(alone, STUB.replace('raise NotImplementedError("write double here")', "return 2 * x"))

    assert words(result) == {"double": Word.RIGHT, "halves": Word.UNWRITTEN}
    assert result.authority == ""


def test_in_a_bundle_the_notebook_that_was_left_alone_counts(alone):
    (alone / "cuts.ipynb").write_text(nbformat.writes(notebook(STUB)))
    result = attempt(alone, RIGHT)

    assert result.passed
    assert result.authority == "cuts.ipynb"


def test_a_file_of_another_name_is_known_by_its_functions(home):
    result = attempt(home, RIGHT, "hw3_final.py")

    assert words(result) == {"double": Word.RIGHT, "halves": Word.RIGHT}


def test_functions_of_the_students_own_are_not_asked_for(home):
    helper = "\n\ndef helper(x):\n    return x\n"

    assert list(words(attempt(home, RIGHT + helper))) == ["double", "halves"]


def test_examples_that_cannot_be_read_are_no_example(alone):
    source = "def f():\n    '''\n    >>>f()\n    '''\n    return 1\n"
    broken = first(attempt(alone, source))

    assert broken.word == Word.NO_EXAMPLE
    assert "lacks blank after >>>" in broken.says


def test_a_function_without_example_costs_nothing(alone):
    plain = "def f():\n    'No example.'\n    return 1\n"
    source = f"{plain}\n\ndef g():\n    '''\n    >>> g()\n    1\n    '''\n    return 1\n"
    result = attempt(alone, source)

    assert words(result) == {"f": Word.NO_EXAMPLE, "g": Word.RIGHT}
    assert result.passed


# ---- notebooks ----------------------------------------------------------------------------------------


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_a_notebook_is_tried_without_its_magics(home):
    cells = notebook(f"%matplotlib inline\n{IMPORT}", DOUBLE, HALVES, "double(1) / 0")
    result = attempt(home, nbformat.writes(cells), "cuts.ipynb")

    assert result.passed
    assert "%matplotlib" in page(result)


def test_a_crash_in_a_notebook_is_told_by_cell_and_line(home):
    cells = notebook(IMPORT, DOUBLE.replace("2 * x", "x / 0"), HALVES)
    result = attempt(home, nbformat.writes(cells), "cuts.ipynb")

    assert "Cell 2, line 2, `return x / 0`: ZeroDivisionError" in page(result)


# ---- one function, again and again ----------------------------------------------------------------------


@pytest.mark.parametrize("only", ["halves", "hal"])
def test_one_function_can_be_tried_alone(home, only):
    result = attempt(home, RIGHT, only=only)

    assert list(words(result)) == ["halves"]
    assert result.notes == ("only halves; not tried: 1 more",)


def test_an_unknown_function_is_answered_with_the_nearest(home):
    assert "is it `halves`?" in attempt(home, RIGHT, only="halvs").trouble


def test_an_unknown_function_like_none_is_answered_with_all(home):
    assert "there are double, halves" in attempt(home, RIGHT, only="zzz").trouble


def test_watching_tries_again_when_the_file_is_saved(home):
    path = home / "cuts.py"
    path.write_text(STUB)
    pauses = []

    def save(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            path.write_text(RIGHT)

    results = tryout.watch(path, pause=save)

    assert [next(results).passed, next(results).passed] == [False, True]
    assert pauses == [0.02, 0.02]


def test_watching_waits_while_an_editor_replaces_the_file(home):
    path = home / "cuts.py"
    path.write_text(STUB)
    steps = iter([path.unlink, lambda: None, lambda: path.write_text(RIGHT)])
    results = tryout.watch(path, pause=lambda _: next(steps)())

    assert [next(results).passed, next(results).passed] == [False, True]


def test_watching_a_file_that_is_not_there_yet_says_so_once(home):
    path = home / "cuts.py"
    steps = iter([lambda: None, lambda: path.write_text(RIGHT)])
    results = tryout.watch(path, pause=lambda _: next(steps)())

    assert "there is no file" in next(results).trouble
    assert next(results).passed


@pytest.fixture
def started(monkeypatch):
    """Every child process that is started from here on."""
    made = []
    start = launch._Waiting.__init__

    def counted(self):
        start(self)
        made.append(self)

    monkeypatch.setattr(launch._Waiting, "__init__", counted)
    return made


def test_while_the_student_writes_the_next_child_is_ready(home, started):
    path = home / "cuts.py"
    path.write_text(STUB)
    results = tryout.watch(path, pause=lambda _: (seen.append(len(started)), path.write_text(RIGHT)))
    seen = []
    next(results)
    second = next(results)
    results.close()

    assert second.passed
    assert seen == [2], "started before the file was saved"
    assert len(started) == 2, "and used for it"
    assert all(child.process.poll() is not None and not child.place.exists() for child in started)


def test_a_ready_child_that_is_gone_is_replaced(home, started):
    (home / "cuts.py").write_text(RIGHT)
    with launch.Standby() as standby:
        standby.prepare()
        started[0].process.kill()
        started[0].process.wait()
        result = tryout.attempt(home / "cuts.py", standby=standby)

    assert result.passed
    assert len(started) == 2
    assert not started[0].place.exists()


def test_a_child_whose_parent_is_gone_ends():
    waiting = launch.Standby().take()
    waiting.process.stdin.close()

    assert waiting.process.wait(60) == 0
    waiting.close()


# ---- what is written ------------------------------------------------------------------------------------


def test_the_page_has_a_sign_and_a_word_for_each_function_and_names_its_limits(home):
    text = page(attempt(home, RIGHT.replace("2 * x", "x")))

    assert "✗ double  differs" in text
    assert "✓ halves  right" in text
    assert "Next: double." in text
    assert "visible examples only; hidden checks with other inputs decide the mark" in text


def test_the_page_says_the_same_without_colour(home):
    result = attempt(home, RIGHT.replace("2 * x", "x"))
    plain, coloured = tryout.render(result, 80, colour=False), tryout.render(result, 80, colour=True)

    assert "\x1b" not in plain
    assert "\x1b" in coloured


def test_no_sentence_is_wider_than_the_terminal(home):
    result = attempt(home, f"import matplotlib\nimport pytest\n{RIGHT}", only="hal")
    lines = tryout.render(result, 60, colour=False).splitlines()

    assert max(map(len, lines)) <= 60
    assert lines == [line.rstrip() for line in lines]


def test_hostile_text_is_shown_as_what_it_is(home):
    text = page(
        attempt(home, RIGHT.replace("2 * x", "1 / 0  # \x1b[2J \u202e").replace("1 / 0", "int('\x1b[2J')"))
    )

    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_json_is_one_line_and_says_what_the_page_says(home):
    text = tryout.as_json(attempt(home, RIGHT.replace("2 * x", "x / 0")))
    document = json.loads(text)
    double, halves = document["functions"]

    assert "\n" not in text
    assert (document["version"], document["passed"]) == (1, False)
    assert (double["status"], double["line"], double["crash"]["line"]) == ("stopped", 4, 5)
    assert double["crash"]["place"] == "line 5"
    assert (halves["status"], halves["examples"], halves["crash"]) == ("right", 1, None)


# ---- where it runs ----------------------------------------------------------------------------------------


def test_nothing_that_only_linux_has_is_imported(home):
    (home / "cuts.py").write_text(RIGHT)
    code = """
import sys
for name in ("resource", "fcntl", "pwd", "grp", "termios", "posix_ipc", "autograder.jail"):
    sys.modules[name] = None
from pathlib import Path
from autograder import tryout
result = tryout.attempt(Path("cuts.py"))
tryout.as_json(result)
print(tryout.render(result, 80, False))
sys.exit(0 if result.passed else 1)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=home,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_child_stands_alone():
    tree = ast.parse((ROOT / "autograder" / "tryout" / "child.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {str(name).partition(".")[0] for name in imported} <= sys.stdlib_module_names | {"numpy"}


def test_trying_leaves_nothing_behind(home, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    attempt(home, RIGHT.replace(IMPORT, f"{IMPORT}open('litter', 'w').close()\n"))

    assert sorted(path.name for path in home.iterdir()) == ["cuts.py"]
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_no_room_for_temporary_files_is_a_sentence(home, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(home / "gone"))

    assert "could not be run" in attempt(home, RIGHT).trouble


def test_a_child_that_has_lost_its_limit_is_stopped_from_here(home, monkeypatch):
    monkeypatch.setattr(launch, "STARTING", 0.0)
    unlimited = (
        "import faulthandler\nfaulthandler.dump_traceback_later = lambda *a, **k: None\n"
        "faulthandler.cancel_dump_traceback_later()\n"
    )
    source = unlimited + RIGHT.replace("return 2 * x", "while True: pass")
    result = attempt(home, source, seconds=2)

    assert first(result).word == Word.STOPPED
    assert not result.passed


def test_a_python_that_does_not_start_is_a_sentence(home, monkeypatch):
    broken = home / "broken.py"
    broken.write_text("raise SystemExit(1)\n")
    monkeypatch.setattr(launch, "CHILD", broken)

    assert "could not be started" in attempt(home, RIGHT).trouble
