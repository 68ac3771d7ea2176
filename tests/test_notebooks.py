from __future__ import annotations

import ast
import json
import subprocess
import sys
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import notebooks
from autograder.intake.notebooks import NotebookCode, code
from autograder.model import SubmissionError, line_name


def cell(source: object, **nbgrader: object) -> dict[str, Any]:
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def notebook(*cells: object, **metadata: object) -> bytes:
    made = [cell(one) if isinstance(one, str) else one for one in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": made}).encode()


def read(*cells: object, graded: tuple[str, ...] = ()) -> NotebookCode:
    return code(notebook(*cells), graded)


def statements(made: NotebookCode) -> list[str]:
    return [ast.unparse(node) for node in ast.parse(made.source).body]


def test_cells_are_put_together_in_order_and_each_line_knows_its_cell() -> None:
    made = read(text("# Adam"), "import numpy as np\n", "B = 0.9\ndef f(x):\n    return x")

    assert statements(made) == ["import numpy as np", "B = 0.9", "def f(x):\n    return x"]
    line = made.source.split("\n").index("    return x") + 1
    assert line_name(line, made.line_names) == "cell 3, line 3"
    assert len(made.line_names) == len(made.source.split("\n"))
    assert made.notes == ()


def test_source_may_be_a_list_of_lines() -> None:
    assert statements(read(cell(["x = 1\n", "y = 2"]))) == ["x = 1", "y = 2"]


def test_what_nbformat_writes_is_read() -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def f():\n    return 'η'")])

    assert statements(code(nbformat.writes(book).encode())) == ["def f():\n    return 'η'"]


def test_a_notebook_of_format_3_is_read() -> None:
    first = {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": []}
    second = {"cell_type": "code", "input": ["y = 2\n", "z = 3"]}
    data = json.dumps({"nbformat": 3, "worksheets": [{"cells": [first]}, {"cells": [second]}]}).encode()

    made = code(data)

    assert statements(made) == ["x = 1", "y = 2", "z = 3"]
    assert made.line_names[-2] == "cell 2, line 2"


def test_experiments_are_left_out_and_named() -> None:
    made = read(
        "x = 1",
        "plt.plot(x)\nfor i in range(3):\n    print(i)\ndef f():\n    return 1\nwhile True: pass\ninput()",
    )

    assert statements(made) == ["x = 1", "def f():\n    return 1"]
    assert made.notes[0].startswith(
        "cell 2, line 1: `plt.plot(x)` and 3 more were left out: only definitions, "
    )


def test_one_left_out_statement_is_quoted_alone() -> None:
    made = read("import os; os.remove('x'); y = 1  # why")

    assert statements(made) == ["import os", "pass", "y = 1"]
    assert made.notes[0].startswith("cell 1, line 1: `os.remove('x')` was left out")


@pytest.mark.parametrize(
    "constant",
    [
        "EPS = 1e-8",
        "a, (b, *c) = 1, (2, 3)",
        "lr: float = 0.1",
        "lr: float",
        "rng = np.random.default_rng(0)",
        "W = np.zeros((3, 4)) + np.eye(3)[0]",
        "f = lambda z: undefined(z)",
        "half = partial(pow, 2)",
        "table = {k: [v for v in range(k)] for k in range(3)}",
        "names = 'a b'.split()",
        "n = len([1, 2])",
        "alias = square",
        "'''a text'''",
        "if TYPE_CHECKING:\n    import os",
        "try:\n    import cupy\nexcept ImportError:\n    cupy = None",
    ],
)
def test_a_constant_stays(constant: str) -> None:
    made = read(
        "from functools import partial\nfrom typing import TYPE_CHECKING\nimport numpy as np",
        "def square(x): return x",
        constant,
    )

    assert ast.dump(ast.parse(made.source).body[-1]) == ast.dump(ast.parse(constant).body[0])
    assert made.notes == ()


@pytest.mark.parametrize(
    "experiment",
    [
        "w = train()",
        "w = square(2)",
        "data = np.load('digits.npy')",
        "data = np.genfromtxt('digits.csv')",
        "data = open('x').read()",
        "answer = input()",
        "answer = undefined + 1",
        "fig, ax = plt.subplots()",
        "here = os.getcwd()",
        "(lambda: exit())()",
        "x = (yield_ := 3)",
        "square.cache = {}",
        "TABLE[0] = 1",
        "n += 1",
        "assert square(2) == 4",
        "del square",
        "if square(2):\n    x = 1",
        "if __name__ == '__main__':\n    main()",
        "try:\n    x = square(2)\nexcept Exception:\n    pass",
        "with open('x') as f:\n    pass",
        "raise SystemExit",
        "exit()",
        "'a'.join(print(i) for i in range(3))",
    ],
)
def test_an_experiment_does_not_stay(experiment: str) -> None:
    made = read(
        "import numpy as np, os\nimport matplotlib.pyplot as plt\ndef square(x): return x + n\nn = 1",
        experiment,
    )

    assert ast.unparse(ast.parse(experiment)) not in statements(made)
    assert any("only definitions, imports and constants are graded" in note for note in made.notes)


def test_what_rests_on_something_left_out_is_left_out_too() -> None:
    made = read("def f(): return 1\nW = f()", "V = W * 2\nU = 3")

    assert statements(made) == ["def f():\n    return 1", "U = 3"]
    assert len(made.notes) == 2


def test_names_of_a_star_import_may_be_used_unless_they_were_left_out() -> None:
    made = read("from math import *\ndef f(): return 1\nW = f()", "c = sin(pi)\nd = W")

    assert statements(made) == ["from math import *", "def f():\n    return 1", "c = sin(pi)"]


def test_an_assignment_to_a_graded_name_always_stays() -> None:
    made = read("def jit(f): return f\ndef _step(x): return x\nadam_step = jit(_step)", graded=("adam_step",))

    assert statements(made)[-1] == "adam_step = jit(_step)"


def test_an_import_that_only_experiments_used_is_left_out() -> None:
    made = read(
        "import numpy as np\nimport matplotlib.pyplot as plt\nimport seaborn",
        "plt.plot(1)\ndef f(): return seaborn",
    )

    assert statements(made) == ["import numpy as np", "import seaborn", "def f():\n    return seaborn"]
    assert (
        "cell 1, line 2: `import matplotlib.pyplot as plt` was left out: nothing that is graded uses it"
        in made.notes
    )


def test_an_answer_cell_of_nbgrader_stays_as_it_is_written() -> None:
    made = read(
        cell("for k in range(3):\n    T[k] = f(k)", grade=False, solution=True, locked=False, grade_id="a")
    )

    assert statements(made) == ["for k in range(3):\n    T[k] = f(k)"]


def test_a_test_cell_of_nbgrader_is_left_out_silently() -> None:
    made = read(
        cell("def f():\n    return 1", solution=True, grade=False),
        cell("def f():\n    return 2\nassert f() == 2", grade=True, solution=False, locked=True, points=2),
    )

    assert statements(made) == ["def f():\n    return 1"]
    assert made.notes == ()


def test_a_cell_marked_by_hand_and_one_given_by_the_instructor_stay() -> None:
    made = read(
        cell("x = 1", grade=True, solution=True),
        cell("import numpy as np\nprint(1)", locked=True, grade=False),
    )

    assert statements(made) == ["x = 1", "import numpy as np"]
    assert made.notes == ()


def test_wrong_types_in_nbgraders_metadata_mark_nothing() -> None:
    odd = {"cell_type": "code", "source": "x = 1", "metadata": {"nbgrader": [1]}}

    assert statements(read(odd, cell("y = 2", grade="yes", solution="no"))) == ["x = 1", "y = 2"]


@pytest.mark.parametrize(
    "command",
    [
        "%matplotlib inline",
        "%time f()",
        "!pip install numpy; echo \"it's",
        "?np.dot",
        "np.dot?",
        "np.dot??",
        "files = !ls",
        "t = %timeit -o f()",
        "pip install numpy",
        "cd ../data",
        "!ls \\\n  -l",
    ],
)
def test_a_notebook_command_is_dropped_and_said_so(command: str) -> None:
    made = read(f"x = 1\n{command}\ndef f():\n    return 1")

    assert statements(made) == ["x = 1", "def f():\n    return 1"]
    assert any("left out" in note for note in made.notes)


def test_a_command_inside_a_block_leaves_the_block_whole() -> None:
    made = read("def f():\n    %time g()\n    return 1\ndef h():\n    !ls")

    assert statements(made) == ["def f():\n    pass\n    return 1", "def h():\n    pass"]


def test_a_percent_sign_that_goes_on_with_a_calculation_stays() -> None:
    made = read("%matplotlib inline\nx = (7\n  % 4)\ns = '''\n%d\n!x\n'''\ny = 7 \\\n  % 2")

    assert statements(made) == ["x = 7 % 4", "s = '\\n%d\\n!x\\n'", "y = 7 % 2"]


@pytest.mark.parametrize("command", ["%%time", "%%timeit -n 3", "%%capture out"])
def test_a_cell_that_is_only_watched_keeps_its_code(command: str) -> None:
    made = read(f"{command}\ndef f():\n    return 1")

    assert statements(made) == ["def f():\n    return 1"]
    assert made.line_names[made.source.split("\n").index("def f():")] == "cell 1, line 2"


@pytest.mark.parametrize("command", ["%%bash", "%%html", "%%writefile x.py", "%%javascript", "%%"])
def test_a_cell_in_another_language_is_left_out(command: str) -> None:
    made = read("y = 2", f"{command}\nx = 1")

    assert statements(made) == ["y = 2"]
    assert "cell 2 was left out" in made.notes[0]


def test_a_cell_that_cannot_be_read_costs_only_itself() -> None:
    made = read("def f():\n    return 1", "x = 1\ndef g(:\n    return", "def h(x)\n    return", "z = 3")

    assert statements(made) == ["def f():\n    return 1", "z = 3"]
    assert made.notes[0].startswith("cell 2 was left out because of its line 2: ")
    assert (
        made.notes[1]
        == "cell 3 was left out because of its line 1: a colon is missing at the end of this `def` line"
    )


def test_a_return_outside_a_function_costs_only_its_cell() -> None:
    assert statements(read("x = 1", "return 3")) == ["x = 1"]


def test_a_cell_that_would_break_the_parser_costs_only_itself() -> None:
    made = read("x = 1", "y = " + "(" * 5000)

    assert statements(made) == ["x = 1"]
    assert "cell 2 was left out: line 1 is nested" in made.notes[0]


def test_a_cell_indented_as_a_whole_is_read_as_jupyter_reads_it() -> None:
    assert statements(read("    def f():\n        return 1\n\n    x = 2")) == [
        "def f():\n    return 1",
        "x = 2",
    ]


def test_future_imports_come_first() -> None:
    made = read("x = 1", "from __future__ import annotations\ny = 2")

    assert made.source.startswith("from __future__ import annotations\n")
    assert made.line_names[0] == "cell 2, line 1"
    compile(made.source, "x", "exec")


def test_umlauts_do_not_shift_what_is_cut() -> None:
    assert statements(read("s = 'äöü€'; print(s); t = 'ß'")) == ["s = 'äöü€'", "pass", "t = 'ß'"]


def test_an_encoding_cookie_in_a_cell_cannot_change_the_text() -> None:
    made = read("# coding: latin-1\ns = 'é'")

    assert made.source.startswith("# coding: utf-8\n")


def test_half_a_character_is_replaced() -> None:
    made = code(b'{"cells": [{"cell_type": "code", "source": "s = \'\\ud800\'"}]}')

    made.source.encode()
    assert statements(made) == ["s = '?'"]


def test_a_notebook_without_code_says_so() -> None:
    assert read(text("hello"), "").notes == ("the notebook holds no code that can be graded",)


def test_many_notes_are_cut() -> None:
    made = read(*["print(1)"] * 100)

    assert len(made.notes) == 21
    assert made.notes[-1].startswith("81 more")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"def f(): pass", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
        (b'{"cells": [1' + b"0" * 10_000 + b"]}", "not JSON"),
        (b"[]", "no list of cells"),
        (b"null", "no list of cells"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"cells": null, "worksheets": []}', "no list of cells"),
        (notebook("x = 1", kernelspec={"language": "R", "name": "ir"}), "written in R"),
        (notebook("x = 1", language_info={"name": "julia\x1b[0m"}), "written in julia"),
        (notebook(*["x = 1"] * 1001), "more than 1000 code cells"),
        (notebook("x = 1\n" * 50_000), "more than 256 kB of code"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_is_no_notebook_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(SubmissionError, match=says) as refused:
        code(data)

    assert str(refused.value).isprintable()


def test_a_huge_notebook_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "MAX_NOTEBOOK", 10)

    with pytest.raises(SubmissionError, match="clear its outputs"):
        code(b"[" * 11)


def test_odd_types_inside_are_passed_over() -> None:
    odd: list[object] = [
        None, 3, [], {}, {"cell_type": "code"}, {"cell_type": ["code"], "source": "a"}, cell(3),
        cell([1, None, "x = 1"]),
        {"cell_type": "code", "source": "y = 2", "metadata": "x", "attachments": {"a": 1}},
    ]  # fmt: skip
    data = json.dumps({"cells": odd, "metadata": [1], "nbformat": "four"}).encode()

    assert statements(code(data)) == ["x = 1", "y = 2"]


def test_worksheets_of_odd_types_are_passed_over() -> None:
    assert code(b'{"worksheets": [1, {"cells": 3}, {"cells": [[]]}]}').source == ""


def test_reading_needs_no_nbformat() -> None:
    words = (
        "import sys, autograder.intake.notebooks; print('nbformat' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]


PIECES = [
    "x = 1", "print(x)", "def f():\n    return 1", "for i in y:\n    z()", "a = 1; b()", "c(); d = 2",
    "g(); h()", "x = 'ä'; k('ü')", "y = 1; \\\nprint(2)", "print(2); \\\n   y = 1", "print(2); \\\n",
    "e(\n1)", "print(1) \\\n", "%time x", "# note", "", "@d\ndef g(): pass", "s = '''\n%a\n'''", "import foo",
    "import foo; bar()", "x = (", "from __future__ import annotations; baz()", "class A: x = 1", "    y = 1",
    "if q:\n    x = 1\nelse: y()", "try: import z\nexcept E: pass", "p(1);", "p(2);  # why", "!ls",
    "w = lambda: (yield)", "import foo; \\\nx = 1",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("\n".join), max_size=4))
def test_whatever_is_left_out_the_rest_is_python(cells: list[str]) -> None:
    made = read(*cells)

    compile(made.source, "x", "exec")
    assert len(made.line_names) in {len(made.source.split("\n")), 0}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "metadata", "nbgrader", "worksheets", "input"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_no_json_brings_anything_but_a_sentence(value: object) -> None:
    try:
        source = code(json.dumps(value).encode()).source
    except SubmissionError:
        source = ""

    assert ast.parse(source) is not None
