from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest

from autograder import course as courses
from autograder.jail import levels
from autograder.model import Course
from bench import course as courses_of_the_bench
from bench import measure, meter, page, papers, saving, side, students, tables
from bench.cut import Module
from bench.meter import Cost
from bench.rivals import Rival
from bench.side import Lane

ROOT = Path(__file__).parents[1]
SMALL = '''\
"""Small."""
import numpy as np
from .reference import half, third

TWO = 2

def _doubled(x):
    return TWO * x  # twice

@misconception(half)
def doubles(half):
    """Doubled."""
    return _doubled(half)

@misconception(third)
def halves(x):
    return half(x)
'''


@pytest.fixture(scope="module")
def real() -> Course:
    return courses.load(ROOT)


def test_a_module_is_cut_to_what_its_roots_need() -> None:
    cut = Module.of(SMALL).cut(["doubles"])

    assert "# twice" in cut
    assert "TWO = 2" in cut
    assert "from .reference import half\n" in cut
    assert "halves" not in cut


def test_names_of_the_reference_count_as_borrowed_only_where_they_are_used() -> None:
    module = Module.of(SMALL)

    assert module.borrowed(["halves"]) == ["half"]


def test_renaming_leaves_a_parameter_of_the_same_name_alone() -> None:
    text = Module.of(SMALL).renamed(
        ["doubles"], {"half": "_ours_half", "_doubled": "twice", "doubles": "half"}
    )

    assert "def half(half):" in text
    assert "return twice(half)" in text
    assert "@misconception" not in text


def test_there_are_six_different_students_for_each_of_four_functions(real: Course) -> None:
    made = students.four_times_six(real)
    texts = {(one.assignment, one.source) for one in made}

    assert len(made) == len(texts) == 24
    assert sum(one.right for one in made) == 12
    for one in made:
        names = [node.name for node in ast.parse(one.source).body if isinstance(node, ast.FunctionDef)]
        assert names.count(students.FOUR[one.assignment]) == 1
        assert "autograder" not in one.source


def test_files_of_a_whole_assignment_define_all_functions_and_differ(real: Course) -> None:
    functions = courses.functions(real)["losses"][:10]
    made = list(students.whole(real, "losses", functions, 12))

    assert made[0].right
    assert len({one.source for one in made}) == 12
    for one in made:
        names = {node.name for node in ast.parse(one.source).body if isinstance(node, ast.FunctionDef)}
        assert set(functions) <= names


def test_a_course_is_cut_to_one_function_with_its_checks_and_points(real: Course, tmp_path: Path) -> None:
    cut = courses_of_the_bench.write(real, {"pca": ["pca_fit"]}, tmp_path)
    assignment, whole = courses.assignment(cut, "pca"), courses.assignment(real, "pca")

    assert list(assignment.functions) == ["pca_fit"]
    assert [one.id for one in assignment.checks] == [
        one.id for one in whole.checks if one.function == "pca_fit"
    ]
    assert 0 < assignment.rubric.possible < whole.rubric.possible


@pytest.mark.parametrize(("name", "function"), students.FOUR.items())
def test_the_tests_of_the_others_pass_right_and_fail_wrong_mathematics(
    real: Course, name: str, function: str
) -> None:
    parts, assignment = students.parts(real, name), courses.assignment(real, name)
    prepared = papers.preparation(parts, function)
    for student in students.six(real, name, function):
        scope: dict[str, object] = {}
        exec(compile(prepared, "prepared", "exec"), scope)
        exec(compile(student.source, "submission", "exec"), scope)
        passed = 0
        checks = papers.of_function(assignment, function)
        for check in checks:
            try:
                exec(papers.asked(check), scope)
            except Exception:  # noqa: BLE001 - any of them is a test that fails
                continue
            passed += 1

        assert (passed == len(checks)) == student.right, student.made_of


def test_rounds_alternate_and_the_slow_grade_each_assignment_once(real: Course) -> None:
    heard: list[tuple[str, int]] = []
    quick = Lane(Rival("quick", lambda chosen: heard.append(("quick", len(chosen))), repeat=2))
    slow = Lane(Rival("slow", lambda chosen: heard.append(("slow", len(chosen))), slow=True))
    side.rounds([quick, slow], students.four_times_six(real), 5)

    assert heard[:6] == [("quick", 24), ("quick", 24), ("slow", 6), ("slow", 6), ("quick", 24), ("quick", 24)]
    assert heard.count(("slow", 6)) == 4
    assert [cost.count for _, cost in quick.costs] == [48] * 5


def test_a_ratio_compares_figures_of_the_same_round() -> None:
    def lane(*costs: tuple[int, float]) -> Lane:
        return Lane(Rival("", lambda _: None), [(number, Cost(1, cpu)) for number, cpu in costs])

    assert side.ratios(lane((0, 6.0), (2, 8.0)), lane((0, 2.0), (1, 5.0), (2, 2.0))) == [3.0, 4.0]


def test_percentiles_and_spread_say_what_was_measured() -> None:
    values = [float(number) for number in range(1, 101)]

    assert [meter.percentile(values, percent) for percent in (50, 90, 99)] == [50.0, 90.0, 99.0]
    assert tables.spread([0.001, 0.002, 0.004]) == "2.0 (1.0 to 4.0)"


def test_a_histogram_shows_every_value_and_the_percentiles() -> None:
    lines = saving.histogram([0.03, 0.04, 0.12])

    assert lines[0].split() == ["25", "to", "50", "ms", "2", "█" * 40]
    assert lines[-1] == "p50 40 ms, p90 120 ms, p99 120 ms (3 times)"


@pytest.mark.jail
@pytest.mark.slow
def test_a_tiny_run_writes_a_page_with_every_table(real: Course, tmp_path: Path) -> None:
    isolation = levels.choose("uid")
    results = measure.measure(real, isolation, measure.TINY, tmp_path, io.StringIO())
    text = page.render(results, 1, "a test")

    assert results.misjudged == []
    assert [one.count for one in results.grown] == list(measure.TINY.growth)
    assert "| ours, warm, one slot |" in text
    assert "| cut to 10 functions, a class |" in text
    assert text.count("p99") == 2
    assert "diagnosis: misconceptions" in text
