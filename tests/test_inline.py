"""`%try` in a notebook: what is taken from the cells that have run, and what is shown below the cell."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from autograder import tryout
from autograder.inline import cells
from autograder.inline.page import Page
from autograder.tryout import Tryout, launch

pytest.importorskip("IPython")

from .test_tryout import DOUBLE, HALVES, RIGHT, STUB

IMPORT = "import numpy as np"
LOOP = "def double(x):\n    while True:\n        pass\n"


class Notebook:
    """A shell with the extension, and what it showed."""

    def __init__(self, shell):
        self.shell = shell
        self.run("%load_ext autograder")

    def run(self, *sources):
        """Run cells one after the other; what the last one displayed, by MIME type."""
        from IPython.utils.capture import capture_output

        for source in sources:
            with capture_output() as captured:
                self.result = self.shell.run_cell(source, store_history=True)
        self.stdout, self.stderr = captured.stdout, captured.stderr
        return captured.outputs[-1].data if captured.outputs else {}

    def text(self, *sources):
        """The plain text of what the last cell displayed."""
        return self.run(*sources).get("text/plain", "")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a stub in reach, where the notebook is."""
    (tmp_path / "assignments" / "cuts").mkdir(parents=True)
    (tmp_path / "assignments" / "cuts" / "cuts.py").write_text(STUB)
    home = tmp_path / "mine"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return home


@pytest.fixture
def notebook(folder, monkeypatch):
    """An open notebook that has no file yet."""
    monkeypatch.setenv("IPYTHONDIR", str(folder.parent / "ipython"))
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    modules = dict(sys.modules)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    yield Notebook(shell)
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()
    sys.modules["__main__"] = modules["__main__"]


def saved(folder, *sources, name="cuts.ipynb"):
    """The same cells as a file."""
    made = [{"cell_type": "code", "metadata": {}, "source": text, "outputs": []} for text in sources]
    (folder / name).write_text(
        json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    return folder / name


def test_a_right_function_is_right(notebook):
    shown = notebook.text(IMPORT, DOUBLE, "%try double")

    assert re.search(r"✓ double +right +2 of 2 examples", shown)
    assert "Every example that was tried comes out right." in shown


def test_html_and_text_say_the_same(notebook):
    shown = notebook.run(IMPORT, DOUBLE.replace("2 * x", "x"), "%try double")
    seen = Words()
    seen.feed(shown["text/html"])

    assert set(shown["text/plain"].split()) <= set(seen.text.split())


def test_a_wrong_answer_shows_example_answers_and_hint(notebook):
    shown = notebook.text(IMPORT, DOUBLE.replace("2 * x", "x"), "%try double")

    assert ">>> print(np.round(double(1.5), 6).tolist())" in shown
    assert re.search(r"expected +3.0\n +got +1.5\n", shown)
    assert "Hint: twice." in shown


def test_all_functions_are_tried_and_those_not_run_yet_are_named(notebook):
    shown = notebook.text(IMPORT, DOUBLE, "%try")

    assert "double" in shown
    assert "not defined yet: halves" in shown


def test_the_file_beside_the_notebook_names_what_has_not_run_yet(notebook, folder):
    (folder.parent / "assignments" / "cuts" / "cuts.py").rename(folder / "cuts.py")
    saved(folder, DOUBLE, HALVES)
    shown = notebook.text(IMPORT, DOUBLE, "%try")

    assert "examples of cuts.py" in shown
    assert "✓ double" in shown
    assert "not defined yet: halves" in shown


def test_only_where_all_are_tried_it_speaks_of_handing_in(notebook):
    assert "Hand in" in notebook.text(IMPORT, DOUBLE, HALVES, "%try")
    assert "Hand in" not in notebook.text("%try double halves")


def test_helpers_imports_and_constants_come_from_other_cells(notebook):
    shown = notebook.text(
        IMPORT,
        "TWO = 2",
        "def times(x):\n    return TWO * x",
        "def double(x):\n    return times(x)",
        "%try double",
    )

    assert "✓ double" in shown


def test_the_last_version_that_ran_counts(notebook):
    shown = notebook.text(IMPORT, "def double(x):\n    return x", DOUBLE, "%try double")

    assert "✓ double" in shown
    assert "defined twice" not in shown


def test_a_version_that_never_came_to_run_does_not_count(notebook):
    notebook.run(IMPORT, DOUBLE, "1 / 0\n\ndef double(x):\n    return x")

    assert "✓ double" in notebook.text("%try double")


def test_a_cell_that_python_cannot_read_does_not_count(notebook):
    assert "✓ double" in notebook.text(IMPORT, DOUBLE, "def double(x:\n    return x", "%try double")


def test_a_function_that_was_deleted_is_not_defined(notebook):
    shown = notebook.text(IMPORT, HALVES, DOUBLE, "del double", "%try double")

    assert "`double` is not defined yet; run the cell that defines it first" in shown


def test_a_name_that_was_wrapped_before_it_was_written_anew_does_no_harm(notebook):
    shown = notebook.text(
        IMPORT, "def double(x):\n    return x", "double = np.vectorize(double)", DOUBLE, "%try"
    )

    assert "✓ double" in shown


def test_the_wrapped_function_is_what_is_tried(notebook):
    wrap = "def twice(f):\n    return lambda x: 2 * f(x)"
    shown = notebook.text(IMPORT, wrap, "@twice\ndef double(x):\n    return x", "%try double")

    assert "✓ double" in shown


def test_what_else_a_cell_does_is_not_run_again(notebook, folder):
    write = "from pathlib import Path\nwith open('ran', 'a') as file:\n    file.write('x')"
    shown = notebook.text(IMPORT, DOUBLE, write, "%try double")

    assert "✓ double" in shown
    assert (folder / "ran").read_text() == "x"


def test_nothing_runs_inside_the_notebook(notebook):
    notebook.run(IMPORT, "calls = []", "def double(x):\n    calls.append(x)\n    return 2 * x", "%try double")

    assert notebook.shell.user_ns["calls"] == []


def test_the_untouched_stub_is_not_written_yet(notebook):
    shown = notebook.text(STUB, "%try double")

    assert "· double  not written yet" in shown
    assert "Next: write double." in shown


@pytest.mark.parametrize("typed", ["%try double", "%try"])
def test_before_any_cell_ran_it_says_so(notebook, typed):
    assert "Nothing was run." in notebook.text(typed)
    assert "defined yet; run" in notebook.text(typed)


def test_a_function_whose_cell_has_not_run_is_named(notebook):
    shown = notebook.text(IMPORT, DOUBLE, "%try halves")

    assert "`halves` is not defined yet; run the cell that defines it first" in shown


def test_a_misspelt_name_gets_a_suggestion(notebook):
    assert "is it `double`?" in notebook.text(IMPORT, DOUBLE, "%try duoble")


def test_without_a_stub_a_name_that_is_not_there_may_be_either(notebook, folder):
    (folder.parent / "assignments" / "cuts" / "cuts.py").unlink()
    shown = notebook.text(STUB, "%try doubles")

    assert "`doubles` is not defined yet; run the cell that defines it first; or is `double` meant?" in shown


def test_the_docstrings_of_the_cells_serve_where_there_is_no_stub(notebook, folder):
    (folder.parent / "assignments" / "cuts" / "cuts.py").unlink()
    shown = notebook.text(
        STUB.replace('raise NotImplementedError("write double here")', "return 2 * x"), "%try"
    )

    assert "✓ double" in shown
    assert "· halves" in shown


def test_a_crash_is_told_with_the_number_beside_the_cell_and_its_line(notebook):
    notebook.run(IMPORT, "1 + 1", "def double(x):\n    y = 2\n    return z * x")

    assert "Cell [4], line 3, `return z * x`: NameError" in notebook.text("%try double")


def test_lines_below_a_cell_command_are_counted_as_they_stand(notebook):
    shown = notebook.text(IMPORT, "%%try\ndef double(x):\n    return z * x")

    assert "Cell [3], line 3, `return z * x`: NameError" in shown


def test_what_stops_the_cells_from_loading_is_told_with_its_cell(notebook):
    documented = 'def double(x):\n    """Double.\n\n    >>> double(2)\n    4\n    """\n    return 2 * x\n\n'
    shown = notebook.text(IMPORT, f"{documented}print(undefined)", "%try double")

    assert "The file stops while it is being loaded, so no function can be called." in shown
    assert "Cell [3], line 9, `print(undefined)`: NameError" in shown


def test_an_endless_loop_is_stopped_and_the_notebook_goes_on(notebook):
    shown = notebook.text(IMPORT, LOOP, "%try double --seconds 0.5")

    assert "stopped" in shown
    assert "Cell [3], line" in shown
    notebook.run("1 + 1")
    assert notebook.result.result == 2


def test_an_interrupt_says_one_line_and_leaves_nothing_running(notebook, monkeypatch):
    started = []

    class Interrupted(subprocess.Popen):
        def wait(self, timeout=None):
            started.append(self)
            if len(started) == 1:
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(launch.subprocess, "Popen", Interrupted)
    notebook.run(IMPORT, LOOP, "%try double")

    assert isinstance(notebook.result.error_in_exec, KeyboardInterrupt)
    assert "Stopped; nothing of it is left running." in notebook.stdout + notebook.stderr
    assert "Traceback" not in notebook.stdout + notebook.stderr
    assert started[0].poll() is not None  # the endless loop has been ended


def test_above_a_cell_it_runs_the_cell_and_tries_what_it_defines(notebook):
    shown = notebook.text(IMPORT, HALVES, f"%%try\n{DOUBLE}")

    assert notebook.shell.user_ns["double"](4) == 8
    assert "✓ double" in shown
    assert "halves" not in shown


def test_above_a_cell_names_may_be_given(notebook):
    shown = notebook.text(IMPORT, HALVES, f"%%try halves\n{DOUBLE}")

    assert "✓ halves" in shown
    assert "✓ double" not in shown


def test_above_a_cell_that_fails_there_is_nothing_to_try(notebook):
    assert notebook.run(IMPORT, f"%%try\n{DOUBLE}\n1 / 0") == {}
    assert "ZeroDivisionError" in notebook.stdout


def test_above_a_cell_without_functions_it_says_so(notebook):
    shown = notebook.text(IMPORT, DOUBLE, "%%try\nx = 3")

    assert "this cell defines none of the functions that have examples" in shown


def test_the_line_that_asks_may_stand_below_the_function(notebook):
    assert "✓ double" in notebook.text(IMPORT, f"{DOUBLE}\n%try double")


@pytest.mark.parametrize("typed", ["%try --seconds", "%try --seconds x", "%try 3 + 4", "%try 'double"])
def test_what_cannot_be_meant_is_told_how_it_is_typed(notebook, typed):
    assert "type the names of functions" in notebook.text(IMPORT, DOUBLE, typed)


def test_names_may_be_typed_as_python_would(notebook):
    shown = notebook.text(IMPORT, DOUBLE, HALVES, "%try double(), halves")

    assert "✓ double" in shown
    assert "✓ halves" in shown


def test_a_function_from_a_module_is_not_in_a_cell(notebook, folder, monkeypatch):
    (folder / "mymodule.py").write_text(RIGHT)
    monkeypatch.syspath_prepend(str(folder))
    shown = notebook.text("from mymodule import double", "%try double")

    assert "`double` comes from mymodule, not from a cell" in shown


def test_python_try_is_still_python(notebook):
    notebook.run("try:\n    x = 1 / 0\nexcept ZeroDivisionError:\n    x = 5")

    assert notebook.shell.user_ns["x"] == 5


def completed(notebook, typed):
    """What a front end offers behind what is typed."""
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        return [one.text for one in notebook.shell.Completer.completions(typed, len(typed))]


def test_names_complete(notebook):
    notebook.run(IMPORT, DOUBLE, HALVES)

    assert completed(notebook, "%try ")[:2] == ["double", "halves"]
    assert completed(notebook, "%try do") == ["double"]
    assert completed(notebook, "%%try ha") == ["halves"]


def test_it_can_be_loaded_again_and_unloaded(notebook):
    notebook.run("%reload_ext autograder")

    assert "not defined yet" in notebook.text(IMPORT, DOUBLE, "%try halves")
    notebook.run("%unload_ext autograder", "%try double")
    assert "`%try` not found" in notebook.stderr + notebook.stdout


@pytest.mark.parametrize(
    "sources",
    [
        (IMPORT, DOUBLE, HALVES),
        (IMPORT, DOUBLE.replace("2 * x", "x"), HALVES.replace("x, x", "x")),
        (IMPORT, "def double(x):\n    return y", "def halves(x):\n    print(x)"),
        (STUB,),
    ],
)
def test_results_are_those_of_the_command(notebook, folder, sources):
    path = saved(folder, *sources)
    notebook.run(*sources)
    book, _ = cells.book(notebook.shell.history_manager.input_hist_raw, notebook.shell.user_ns)
    ours = tryout.attempt_cells(book, cells.place(notebook.shell.user_ns, ["double"]))
    theirs = tryout.attempt(path)

    assert [strip(one) for one in ours.tried] == [strip(one) for one in theirs.tried]


def strip(one):
    """Without lines, which are counted from the first cell there is."""
    from dataclasses import replace

    return replace(one, line=None, crash=replace(one.crash, line=None) if one.crash else None)


def test_the_file_of_the_notebook_is_known_from_the_front_end(folder, monkeypatch):
    saved(folder, DOUBLE, name="a.ipynb")
    other = saved(folder, "x = 1", name="my work.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(other))

    assert cells.place({}, ["double"]) == other


def test_the_file_of_the_notebook_is_the_one_that_has_the_functions(folder):
    saved(folder, "x = 1", name="a.ipynb")
    saved(folder, DOUBLE, name="b.ipynb")

    assert cells.place({}, ["double"]).name == "b.ipynb"
    assert not cells.place({}, ["nothing"]).exists()


def test_what_students_write_is_escaped():
    evil = "</code><script>alert(1)</script><img src=x onerror=alert(1)>"
    one = tryout.Tried(
        "f", tryout.Word.DIFFERS, evil, example=evil, expected=evil, got=evil, printed=evil, hint=evil
    )
    page = Page(Tryout(evil, (one,), notes=(evil,), trouble=evil)).bundle()["text/html"]

    assert "<script" not in page
    assert "<img" not in page


class Words(HTMLParser):
    """The text of a page, its tags and its attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text, self._style = set(), set(), "", False

    def handle_starttag(self, tag, attrs):
        """Remember it."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._style = tag == "style"

    def handle_endtag(self, _):
        """Only a style has text that is none, and no tags inside."""
        self._style = False

    def handle_data(self, data):
        """Remember it, unless it is style."""
        self.text += "" if self._style else f"{data} "


def test_the_page_has_no_script_no_heading_and_loads_nothing(notebook):
    page = notebook.run(IMPORT, DOUBLE.replace("2 * x", "x"), "%try")["text/html"]
    seen = Words()
    seen.feed(page)

    assert not seen.tags & {"script", "iframe", "img", "link", "h1", "h2", "h3"}
    assert seen.attributes <= {"class", "role", "aria-label", "aria-hidden"}
    assert "url(" not in page


def test_colours_follow_the_theme_of_jupyterlab():
    page = Page(Tryout("x")).bundle()["text/html"]

    assert "var(--jp-content-font-color1" in page
    assert '[data-jp-theme-light="false"] .autograder-try' in page


def test_a_display_object_shows_both_forms():
    assert set(Page(Tryout("x"))._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_importing_the_package_does_not_load_ipython():
    code = "import sys, autograder, autograder.inline; print('IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_a_cell_with_our_command_above_it_is_graded_and_nobody_is_told(folder):
    saved(folder, IMPORT, f"%load_ext autograder\n{DOUBLE}", f"%%try\n{HALVES}", "%try")
    result = tryout.attempt(folder / "cuts.ipynb")

    assert result.passed
    assert result.notes == ()
