"""What becomes of the cells of other tools: each way of asserting, and what cannot be translated."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from autograder import course as courses
from autograder import importing
from autograder.importing import naming
from autograder.model import CourseError

from . import foreign_courses
from .foreign_courses import code, grading, notebook, raw, solution, text

F = "import numpy as np\n\n\ndef f(x, y=0):\n    ### BEGIN SOLUTION\n    return x + y\n    ### END SOLUTION\n"


def imported(tmp_path: Path, *cells: foreign_courses.Cell) -> importing.Imported:
    """An nbgrader assignment of these cells, in our form."""
    folder = foreign_courses.nbgrader_course(tmp_path / "nb", notebook(*cells))
    (found,) = importing.from_nbgrader(folder)
    return found


def checks(tmp_path: Path, tests: str, *more: foreign_courses.Cell) -> list[str]:
    """The checks that these tests of `f` become: decorator, arguments and body, without the docstring."""
    found = imported(tmp_path, solution(F), *more, foreign_courses.graded(tests))
    module = ast.parse(found.files["solutions/sums/checks.py"])
    made = []
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            body = "; ".join(ast.unparse(part) for part in node.body[1:])
            made.append(f"{ast.unparse(node.decorator_list[0])} {body}")
    return made


def todos(tmp_path: Path, tests: str, *more: foreign_courses.Cell) -> str:
    return "\n".join(imported(tmp_path, solution(F), *more, foreign_courses.graded(tests)).todos)


NEAR, STATE = "compare=close(rtol=1e-05, atol=1e-08)", "random_state = np.random.RandomState"
LOOP = "for x, want in [(1, 1), (2, 2)]:"
CALLS = {
    "equality": ("assert f(3) == 9", "check(f, draws=1) return (3,)"),
    "the literal first": ("assert 9 == f(3)", "check(f, draws=1) return (3,)"),
    "keywords": ("assert f(3, y=2) == 5", "check(f, draws=1) return {'x': 3, 'y': 2}"),
    "a large number": (
        "assert f(3) == 2500000",
        "check(f, compare=close(rtol=0.0, atol=0.0), draws=1) return (3,)",
    ),
    "allclose": (
        "assert np.allclose(f(0.5), 0.25)",
        "check(f, compare=close(rtol=1e-05, atol=1e-08), draws=1) return (0.5,)",
    ),
    "allclose, its own tolerance": (
        "assert np.allclose(f(0.5), 0.25, atol=1e-3)",
        "check(f, compare=close(rtol=1e-05, atol=0.001), draws=1) return (0.5,)",
    ),
    "a small difference": (
        "assert abs(f(1) - 2) < 1e-4",
        "check(f, compare=close(rtol=0.0, atol=0.0001), draws=1) return (1,)",
    ),
    "assert_allclose": (
        "np.testing.assert_allclose(f(1), 2, rtol=10**-3)",
        "check(f, compare=close(rtol=0.001, atol=0.0), draws=1) return (1,)",
    ),
    "assert_almost_equal": (
        "np.testing.assert_almost_equal(f(1), 2, decimal=3)",
        "check(f, compare=close(rtol=0.0, atol=0.0015), draws=1) return (1,)",
    ),
    "assert_equal": ("assert_equal(f(1), 2)", "check(f, draws=1) return (1,)"),
    "all of an array": ("assert (f(1) == 2).all()", "check(f, draws=1) return (1,)"),
    "an if that raises": ("if f(1) != 2:\n    raise ValueError('no')", "check(f, draws=1) return (1,)"),
    "a try that reports": (
        "try:\n    assert f(1) == 2\nexcept AssertionError:\n    raise AssertionError('look again')",
        "check(f, draws=1) return (1,)",
    ),
    "not none": ("assert f(1) is not None", "scenario(f, draws=1) return bool(_plain(f(1)) is not None)"),
    "a type": (
        "assert isinstance(f(1), int)",
        "scenario(f, draws=1) return bool(isinstance(_plain(f(1)), int))",
    ),
    "a dtype": (
        "assert f(1).dtype == np.float64",
        "scenario(f, draws=1) return bool(_plain(f(1)).dtype == np.float64)",
    ),
    "a part": ("assert f(1)[0] == 2", "scenario(f, draws=1) return _plain(f(1))[0]"),
    "set up": ("x = 3\nz = 4\nassert f(x) == 3", "check(f, draws=1) x = 3; return (x,)"),
    "a value between": ("out = f(3)\nassert out == 3", "scenario(f, draws=1) out = _plain(f(3)); return out"),
    "both sides": ("assert f(1) == f(2)", "scenario(f, draws=1) return (_plain(f(1)), _plain(f(2)))"),
    "a set": ("assert f(1) == {1, 2}", "scenario(f, draws=1) return sorted(_plain(f(1)), key=str)"),
    "raises": ("with pytest.raises(ValueError):\n    f(-1)", "check(f, draws=1) return (-1,)"),
    "assert_raises": ("np.testing.assert_raises(ValueError, f, -1)", "check(f, draws=1) return (-1,)"),
    "try and assert False": (
        "try:\n    f(-1)\n    assert False\nexcept ValueError:\n    pass",
        "check(f, draws=1) return (-1,)",
    ),
    "a function of tests": ("def test_f():\n    assert f(1) == 1\ntest_f()", "check(f, draws=1) return (1,)"),
    "seeded numbers": (
        "np.random.seed(3)\nx = np.random.rand(2)\nassert np.allclose(f(x), x)",
        f"check(f, {NEAR}, draws=1) {STATE}(3); x = random_state.rand(2); return (x,)",
    ),
    "numbers without a seed": (
        "x = np.random.rand(2)\nassert np.allclose(f(x), x)",
        f"check(f, {NEAR}) {STATE}(rng.integers(2 ** 32)); x = random_state.rand(2); return (x,)",
    ),
    "a loop": (
        f"{LOOP}\n    assert f(x) == want",
        f"scenario(f, draws=1) answers = []; {LOOP}\n    answers.append(_plain(f(x))); return answers",
    ),
}


@pytest.mark.parametrize(("tests", "made"), CALLS.values(), ids=CALLS.keys())
def test_an_assertion_becomes_the_question_it_asks(tests: str, made: str, tmp_path: Path) -> None:
    assert checks(tmp_path, tests) == [made]


def test_two_assertions_in_one_are_two_checks(tmp_path: Path) -> None:
    assert checks(tmp_path, "assert f(1) == 1 and f(2) == 2") == [
        "check(f, draws=1) return (1,)",
        "check(f, draws=1) return (2,)",
    ]


def test_a_loop_over_bad_arguments_is_a_check_of_each(tmp_path: Path) -> None:
    assert checks(tmp_path, "for bad in (0, -4):\n    with assert_raises(ValueError):\n        f(bad)") == [
        "check(f, draws=1) return (0,)",
        "check(f, draws=1) return (-4,)",
    ]


def test_tests_use_what_given_cells_define(tmp_path: Path) -> None:
    given = code("grid = np.arange(3)\nunused = 7\ndef twice(v):\n    return 2 * v")

    assert checks(tmp_path, "assert np.array_equal(f(twice(grid)), [0, 2, 4])", given) == [
        "check(f, draws=1) grid = np.arange(3); def twice(v):\n    return 2 * v; return (twice(grid),)"
    ]


def test_each_function_in_an_assertion_is_asked(tmp_path: Path) -> None:
    other = solution("def g(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n", "g")

    assert checks(tmp_path, "assert f(g(2)) == 4", other) == [
        "check(f, draws=1) return (g(2),)",
        "scenario(g, draws=1) return f(_plain(g(2)))",
    ]


def test_autotests_of_nbgrader_are_questions(tmp_path: Path) -> None:
    assert checks(tmp_path, "### AUTOTEST f(1); f(2)\n### HASHED AUTOTEST f(3)\n") == [
        "check(f, draws=1) return (1,)",
        "check(f, draws=1) return (2,)",
        "check(f, draws=1) return (3,)",
    ]


LEFT = {
    "a variable of the students": (
        "assert answer == 3",
        "it looks at 'answer', a variable that students set",
    ),
    "a plot": ("import matplotlib.pyplot as plt\nassert plt.gca() is not None", "draws or shows something"),
    "a package that is not there": (
        "import pandas as pd\nassert f(pd.Series([1])) is not None",
        "it needs pandas, which is not there when we grade",
    ),
    "a file": ("assert f(open('a.txt').read()) == 3", "it reads or writes files (open)"),
    "what is printed": (
        "import io\nout = io.StringIO()\nassert f(out.getvalue()) == 3",
        "it looks at what is printed",
    ),
    "a function replaced": ("old = f\ndel f\nassert old(3) == 3", "replaces the student's f"),
    "the docstring": ("assert 'sum' in f.__doc__", "it looks at f.__doc__"),
    "keys that are no text": ("assert f(1) == {1: 2}", "the keys of a dict leave the jail as text"),
    "a type that cannot leave": ("assert isinstance(f(1), set)", "it asks for the type set"),
    "no function": ("assert len('abc') == 3", "it calls no function that students write"),
    "an unknown assertion": (
        "assert_frame_equal(f(1), f(1))",
        "assert_frame_equal is no assertion that we know",
    ),
    "an unknown variable": ("assert f(nowhere) == 3", "it looks at 'nowhere', a variable of the notebook"),
    "an argument changed": ("x = [2, 1]\nf(x)\nassert x == [1, 2]", "what a function did to its argument"),
    "an exception looked at": (
        "seen = False\ntry:\n    f(1)\nexcept ValueError:\n    seen = True\nassert seen",
        "it catches exceptions in a way that we do not know",
    ),
}


@pytest.mark.parametrize(("tests", "says"), LEFT.values(), ids=LEFT.keys())
def test_what_cannot_be_translated_is_listed_with_its_reason(tests: str, says: str, tmp_path: Path) -> None:
    variable = solution("### BEGIN SOLUTION\nanswer = 3\n### END SOLUTION", "variable")
    listed = todos(tmp_path, tests, variable)

    assert says in listed
    assert "sums/sums.ipynb, cell 3: " in listed


def test_points_of_a_cell_without_checks_are_marked_by_hand(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        solution(F),
        foreign_courses.graded("assert f(1) == 1", 2, "adds"),
        foreign_courses.graded("assert open('x')", 1.5, "file"),
    )
    rubric = yaml.safe_load(found.files["rubrics/sums.yaml"])

    assert [c["id"] for c in rubric["criteria"]] == ["adds", "file"]
    assert rubric["criteria"][0]["checks"] == {"f.adds": 2}
    assert rubric["criteria"][1]["by"] == "hand"
    assert rubric["criteria"][1]["points"] == 1.5
    assert "assert open('x')" in rubric["criteria"][1]["guidance"]


def test_a_function_that_draws_for_itself_is_left_to_a_person(tmp_path: Path) -> None:
    noisy = "import numpy as np\ndef f(x):\n    return np.random.rand()"
    found = imported(tmp_path, solution(noisy), foreign_courses.graded("assert f(1) < 1"))

    assert any("f draws random numbers of its own" in entry for entry in found.todos)


def test_a_helper_that_is_given_gets_an_underscore(tmp_path: Path) -> None:
    given = code("def twice(v):\n    return 2 * v")
    user = solution("def f(x):\n    ### BEGIN SOLUTION\n    return twice(x)\n    ### END SOLUTION\n")
    found = imported(tmp_path, given, user, foreign_courses.graded("assert f(2) == 4"))
    reference = found.files["solutions/sums/reference.py"]

    assert "def _twice(v):" in reference
    assert "return _twice(x)" in reference
    assert any("reference.py calls it _twice" in entry for entry in found.todos)


def test_a_cell_without_markers_is_hidden_whole_but_for_the_docstring(tmp_path: Path) -> None:
    whole = solution('def f(x):\n    """Half."""\n    return x / 2\n')
    found = imported(tmp_path, whole, foreign_courses.graded("assert f(2) == 1"))

    assert (
        '    """\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION\n'
        in found.files["solutions/sums/reference.py"]
    )


def test_hidden_tests_give_nothing_away(tmp_path: Path) -> None:
    tests = "### BEGIN HIDDEN TESTS\nassert f(31415) == 31415\n### END HIDDEN TESTS\n"
    found = imported(tmp_path, solution(F), foreign_courses.graded(tests))
    says = ast.get_docstring(ast.parse(found.files["solutions/sums/checks.py"]).body[-1])

    assert says == "f is right in a case that is not shown."
    assert "31415" not in found.files["solutions/sums/reference.py"]
    assert "shown: always" not in found.files["rubrics/sums.yaml"]


def test_pictures_are_taken_out_of_the_handout_and_listed(tmp_path: Path) -> None:
    found = imported(
        tmp_path, text("![a](b.png) See."), solution(F), foreign_courses.graded("assert f(1) == 1")
    )

    assert "b.png" not in found.files["solutions/sums/handout.md"]
    assert "handout.md: the picture `![a](b.png)` was left out; draw it in pictures.py" in found.todos


BAD = {
    "a function twice": ([solution(F, "a"), solution(F, "b")], "cell 2: f is defined in cell 1"),
    "an id twice": (
        [solution(F, "a"), solution("x = 1", "a")],
        "cell 2: the id 'a' stands already on cell 1",
    ),
    "no points": (
        [solution(F), foreign_courses.graded("assert f(1) == 1", None)],
        "cell 2: 'tests' is graded but has no points",
    ),
    "points below 0": (
        [solution(F), foreign_courses.graded("assert f(1) == 1", -1)],
        "cell 2: -1 is no number",
    ),
    "no solution": ([code("x = 1")], "no cell is marked as a solution"),
    "an open region": ([solution("def f():\n    ### BEGIN SOLUTION\n    pass")], "without an END SOLUTION"),
    "a syntax error": ([solution("def f(:\n    pass")], "cell 1, line 1: Python cannot read this"),
    "a unicode name": ([solution("def größe(x):\n    return x")], "cell 1: 'größe' is not written in plain"),
    "no function": ([solution("answer = 3")], "cell 1: students write no function here"),
    "an old schema": (
        [code("x", nbgrader={"schema_version": 2, "grade": True, "grade_id": "a"})],
        "run `nbgrader update`",
    ),
    "a name for two things": (
        [
            code("def g(v):\n    return v"),
            solution("def f(x):\n    g = 2\n    return g * x"),
            solution("def h(x):\n    return g(x)", "h"),
        ],
        "'g' is a function here and a variable in cell 2",
    ),
}


@pytest.mark.parametrize(("cells", "says"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_a_sentence_with_file_and_cell(
    cells: list[foreign_courses.Cell], says: str, tmp_path: Path
) -> None:
    with pytest.raises(CourseError) as error:
        imported(tmp_path, *cells)

    assert says in str(error.value)
    assert "sums.ipynb" in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no json", "its text is not JSON"),
        ("[]", "it holds no cells"),
        ('{"worksheets": []}', "of nbformat 3"),
    ],
)
def test_what_is_no_notebook_is_refused(content: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=says):
        importing.from_otter(foreign_courses.otter_notebook(tmp_path, content))


def test_a_notebook_in_another_language_is_refused(tmp_path: Path) -> None:
    book = notebook(solution(F)).replace('"python"', '"R"')

    with pytest.raises(CourseError, match="written in R"):
        importing.from_otter(foreign_courses.otter_notebook(tmp_path, book))


def test_a_magic_cell_is_left_out_and_listed(tmp_path: Path) -> None:
    listed = todos(tmp_path, "assert f(1) == 1", code("%%bash\nls"), code("!pip install x\nz = 1"))

    assert "cell 2: a `%%bash` cell is not Python" in listed
    assert "cell 3: the notebook command `!pip install x` was left out" in listed


def test_a_class_is_kept_and_listed(tmp_path: Path) -> None:
    net = solution(
        "class Net:\n    def forward(self, x):\n        return x\n",
        "net",
    )
    found = imported(tmp_path, solution(F), net, foreign_courses.graded("assert Net().forward(1) == 1"))

    assert "class Net:" in found.files["solutions/sums/reference.py"]
    assert any("Net is a class; write a scenario" in entry for entry in found.todos)


def test_an_import_runs_nothing(tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')"
    cells = [code(trap), solution(f"{F}\n{trap}"), foreign_courses.graded(f"{trap}\nassert f(1) == 1")]
    found = imported(tmp_path, *cells)
    importing.write(courses.load(foreign_courses.empty_course(tmp_path / "course")), [found])

    assert not (tmp_path / "ran").exists()


OTTER = {
    "no question": ([code("x = 1")], "no raw cell `# BEGIN QUESTION`"),
    "an open block": ([raw("# BEGIN QUESTION\nname: a")], "cell 1: # BEGIN QUESTION without its END"),
    "no name": ([raw("# BEGIN QUESTION\npoints: 1")], "cell 1: the question has no name"),
    "an end too many": (
        [raw("# BEGIN QUESTION\nname: a"), raw("# END TESTS")],
        "cell 2: # END TESTS, but the open block is a question",
    ),
    "a block outside": (
        [raw("# BEGIN TESTS"), raw("# BEGIN QUESTION\nname: a")],
        "stands outside a question",
    ),
    "broken yaml": ([raw("# BEGIN QUESTION\nname: [")], "cell 1: line 2 of its configuration is not YAML"),
    "a question twice": (
        [
            raw("# BEGIN QUESTION\nname: a\nmanual: true"),
            raw("# END QUESTION"),
            raw("# BEGIN QUESTION\nname: a"),
        ],
        "cell 3: question a stands already at cell 1",
    ),
    "no tests": (
        [raw("# BEGIN QUESTION\nname: a"), raw("# END QUESTION")],
        "cell 1: the question has no tests",
    ),
}


@pytest.mark.parametrize(("cells", "says"), OTTER.values(), ids=OTTER.keys())
def test_a_broken_otter_notebook_is_a_sentence(
    cells: list[foreign_courses.Cell], says: str, tmp_path: Path
) -> None:
    with pytest.raises(CourseError) as error:
        importing.from_otter(foreign_courses.otter_notebook(tmp_path, notebook(*cells)))

    assert says in str(error.value)


def test_exception_based_tests_of_otter_are_read_without_their_wrapping(tmp_path: Path) -> None:
    book = notebook(
        raw("# ASSIGNMENT CONFIG\ntests:\n  ok_format: false"),
        raw("# BEGIN QUESTION\nname: q1\npoints: 2"),
        raw("# BEGIN SOLUTION"),
        code("def f(x):\n    return x + 1 # SOLUTION"),
        raw("# END SOLUTION"),
        raw("# BEGIN TESTS"),
        code("def test_f(f):\n    assert f(1) == 2, 'one more'\ntest_f(f)"),
        code("# hidden\ndef test_g(env):\n    for x in (1, 2):\n        assert f(x) == x + 1"),
        raw("# END TESTS"),
        raw("# END QUESTION"),
    )
    (found,) = importing.from_otter(foreign_courses.otter_notebook(tmp_path, book))
    made = found.files["solutions/softmax/checks.py"]

    assert "return (1,)" in made
    assert "answers.append(_plain(f(x)))" in made
    assert found.checks == 2


def test_an_assignment_without_points_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="nothing in it is worth points"):
        imported(tmp_path, solution(F), code("assert f(1) == 1"))


def test_only_the_last_line_of_a_cell_has_the_output_below_it(tmp_path: Path) -> None:
    book = foreign_courses.OTTER.replace('"total(2)"', '"total(1)\\ntotal(2)"')

    (found,) = importing.from_otter(foreign_courses.otter_notebook(tmp_path, book))

    assert ">>> bool(total(2) == 4)\n" in found.files["solutions/hw_softmax/reference.py"]
    assert "total(1)" not in found.files["solutions/hw_softmax/reference.py"]
    assert "return (1,)" in found.files["solutions/hw_softmax/checks.py"]


def test_annotations_keep_their_imports(tmp_path: Path) -> None:
    head = "from __future__ import annotations\nfrom typing import List\n"
    typed = f"{head}def f(x: List[int]) -> int:\n    return x[0]"
    found = imported(tmp_path, solution(typed), foreign_courses.graded("assert f([1]) == 1"))

    assert head in found.files["solutions/sums/reference.py"]


def test_functions_stay_in_the_order_of_the_cells(tmp_path: Path) -> None:
    three = "\n\n".join(f"def {name}(x):\n    return x" for name in ("zeta", "alpha", "mu"))
    found = imported(tmp_path, solution(three), foreign_courses.graded("assert mu(1) == 1"))
    module = ast.parse(found.files["solutions/sums/reference.py"])

    assert [node.name for node in module.body if isinstance(node, ast.FunctionDef)] == ["zeta", "alpha", "mu"]


def test_points_of_an_otter_question_are_shared_as_otter_does(tmp_path: Path) -> None:
    (found,) = importing.from_otter(foreign_courses.otter_notebook(tmp_path))
    rubric = yaml.safe_load(found.files["rubrics/hw_softmax.yaml"])

    assert [c.get("checks", c.get("points")) for c in rubric["criteria"]] == [
        {"softmax.q1": 1, "softmax.q1_2": 1, "softmax.q1_3": 1},
        {"total.q2": 1, "total.q2_2": 1},
        1.5,
    ]
    assert rubric["criteria"][1]["rule"] == "all"


def test_the_message_of_a_test_is_what_students_read(tmp_path: Path) -> None:
    (found,) = importing.from_otter(foreign_courses.otter_notebook(tmp_path))

    assert '"""Add a constant."""' in found.files["solutions/hw_softmax/checks.py"]


def test_prompts_and_solution_marks_leave_the_code_as_its_author_runs_it(tmp_path: Path) -> None:
    (found,) = importing.from_otter(foreign_courses.otter_notebook(tmp_path))
    reference = found.files["solutions/hw_softmax/reference.py"]

    assert "PROMPT" not in reference
    assert "# SOLUTION" not in reference
    assert "    ### BEGIN SOLUTION\n    e = np.exp(z - np.max(z))\n" in reference
    assert "    ### END SOLUTION\n    return shares" in reference


@pytest.mark.parametrize(
    ("total", "count", "shares"),
    [("1", 3, ["0.34", "0.33", "0.33"]), ("2", 2, ["1", "1"]), ("0.01", 2, ["0.005", "0.005"])],
)
def test_points_are_shared_without_a_rest(total: str, count: int, shares: list[str]) -> None:
    found = naming.shares(Fraction(total), count)

    assert [naming.decimal(share) for share in found] == shares
    assert sum(found) == Fraction(total)


@pytest.mark.parametrize(
    ("name", "made"),
    [("Problem Set 1", "problem_set_1"), ("Übung-2", "ubung_2"), ("3a", "part_3a"), ("数", "")],
)
def test_names_become_names_of_assignments(name: str, made: str) -> None:
    assert naming.identifier(name) == made


def test_a_part_with_the_grading_flag_of_a_task_is_marked_by_hand(tmp_path: Path) -> None:
    task = text(
        "Draw it.\n=== BEGIN MARK SCHEME ===\nOne point each.\n=== END MARK SCHEME ===",
        **grading("t", 4, task=True),
    )
    found = imported(tmp_path, solution(F), foreign_courses.graded("assert f(1) == 1"), task)
    criterion = yaml.safe_load(found.files["rubrics/sums.yaml"])["criteria"][1]

    assert criterion["points"] == 4
    assert "One point each." in criterion["guidance"]
    assert "MARK SCHEME" not in found.files["solutions/sums/handout.md"]
