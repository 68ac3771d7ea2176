from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from autograder.jail.levels import Isolation

from . import whole_course

pytest_plugins = "pytester"

REPOSITORY = Path(__file__).parents[1]
PLUGIN = ("-p", "no:autograder", "-p", "autograder.pytest_plugin", "-p", "no:cacheprovider")
SEED = "--seed=00000000000000000000000000000001"
NO_HALF = """\
import math


def third(x):
    return 3 * x
"""
ENDLESS = """\
def half(x):
    print("::error::thinking")
    while len(x) == 4:
        pass
    return x / 2


def third(x):
    return x / 3
"""
LEAVES = "import os\n\nos._exit(0)\n"

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run pytest in a process of its own, in a course that holds the submission `source` as parts.py."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    whole_course.write(pytester.path)
    pytester.makeini("[pytest]\n")

    def started(*args: str, source: str = whole_course.RIGHT) -> pytest.RunResult:
        (pytester.path / "ada").mkdir(exist_ok=True)
        (pytester.path / "ada/parts.py").write_text(source, encoding="utf-8")
        return pytester.runpytest_subprocess(*PLUGIN, *args, timeout=120)

    return started


SUBMISSION = ("--submission", "ada/parts.py")
EVERYTHING = ("solutions/parts", *SUBMISSION, SEED)

# ---- grading --------------------------------------------------------------------------------------


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_each_check_is_an_item_of_its_file(run: Run) -> None:
    result = run(*EVERYTHING, "-v")

    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(
        [
            "solutions/parts/checks.py::half.some_numbers PASSED*",
            "solutions/parts/checks.py::half.numbers_kept PASSED*",
            "solutions/parts/checks.py::third.other_numbers PASSED*",
            "solutions/parts/checks.py::third.added_up PASSED*",
        ]
    )


@pytest.mark.jail
def test_the_header_says_how_to_grade_again(run: Run, isolation: Isolation) -> None:
    result = run(*EVERYTHING)

    result.stdout.fnmatch_lines(
        [f"autograder: parts, *parts.py, seed 00000000000000000000000000000001, isolation {isolation.level}*"]
    )


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_failing_check_says_what_a_report_says_and_shows_no_traceback(run: Run) -> None:
    result = run(*EVERYTHING, source=whole_course.RIGHT.replace("x / 3", "3 * x"))

    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "Looks like: triples",
            "Multiplied in place of divided.",
            "*where *result*",
            "*got *",
            "*expected *",
            "FAILED solutions/parts/checks.py::third.other_numbers - Failed: Looks like:*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_items.py*")


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_crash_is_shown_with_the_students_own_line(run: Run) -> None:
    result = run(*EVERYTHING, "-k", "half", source=whole_course.RIGHT.replace("x / 2", "x / nothing"))

    result.assert_outcomes(failed=2, deselected=2)
    result.stdout.fnmatch_lines(["NameError: name 'nothing' is not defined", "*line 2  return x / nothing"])


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_missing_function_is_said_to_be_missing(run: Run) -> None:
    result = run(*EVERYTHING, source=NO_HALF)

    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(["*`half`*", "Looks like: triples"])


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_file_that_is_not_python_fails_every_check_with_its_line(run: Run) -> None:
    result = run(*EVERYTHING, source="def half(x)\n    return x / 2\n")

    result.assert_outcomes(failed=4)


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_an_endless_loop_costs_one_item(run: Run) -> None:
    result = run(*EVERYTHING, source=ENDLESS)

    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["It was not finished in the time allowed.*"])


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_what_the_submission_prints_never_begins_a_line(run: Run) -> None:
    result = run(*EVERYTHING, source=ENDLESS.replace("while len(x) == 4:\n        pass", "x = 2 * x"))

    result.stdout.fnmatch_lines(["│ ::error::thinking"])
    result.stdout.no_fnmatch_line("::error::*")


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_submission_that_leaves_fails_its_items_and_not_pytest(run: Run) -> None:
    result = run(*EVERYTHING, source=LEAVES)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(failed=4)


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_check_that_waits_for_another_is_skipped(run: Run, pytester: pytest.Pytester) -> None:
    whole_course.edit(pytester.path, "checks", '("mutation",))', '("mutation",), after=some_numbers)')
    result = run(*EVERYTHING, "-rs", source=whole_course.RIGHT.replace("x / 2", "x"))

    result.assert_outcomes(passed=2, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["SKIPPED*looked at once this holds: Every number is halved."])


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_what_could_not_be_graded_is_an_error_and_no_failure(run: Run, pytester: pytest.Pytester) -> None:
    whole_course.edit(pytester.path, "checks", "return rng.normal(size=4)", "return rng.nothing()")
    result = run(*EVERYTHING)

    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*half.some_numbers cannot draw its arguments*"])


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_only_what_is_selected_is_graded(run: Run) -> None:
    slow = whole_course.RIGHT.replace("return x / 3", "while True: pass")
    result = run(*EVERYTHING, "-k", "half", "--durations=1", source=slow)

    result.assert_outcomes(passed=2, deselected=2)


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_a_helper_is_graded_with_who_calls_it_so_that_nobody_pays_twice(run: Run) -> None:
    source = "def half(x):\n    return 2 * x\n\n\ndef third(x):\n    return half(x) * 2 / 3\n"
    result = run(*EVERYTHING, "-k", "third", source=source)

    result.assert_outcomes(passed=2, deselected=2)


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_one_check_can_be_named_by_its_node_id(run: Run) -> None:
    result = run("solutions/parts/checks.py::third.added_up", *SUBMISSION)

    result.assert_outcomes(passed=1)


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_several_workers_share_the_items_and_the_seed(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "import os\n"
        "def pytest_collection_finish(session):\n"
        "    plugin = session.config.pluginmanager.getplugin('autograder-grading')\n"
        "    worker = os.environ.get('PYTEST_XDIST_WORKER')\n"
        "    if worker:\n"
        "        (session.config.rootpath / f'{worker}.seed').write_text(plugin.grader.seed)\n"
    )
    result = run("solutions/parts", *SUBMISSION, "-n", "2", source=whole_course.RIGHT.replace("/ 2", "* 2"))
    seeds = [path.read_text() for path in sorted(pytester.path.glob("gw*.seed"))]

    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["Looks like: doubles"])
    assert len(seeds) == 2
    assert len(set(seeds)) == 1
    assert f"seed {seeds[0]}" in result.stdout.str()


@pytest.mark.jail
@pytest.mark.usefixtures("isolation")
def test_junit_xml_holds_points_and_misconception(run: Run, pytester: pytest.Pytester) -> None:
    run(*EVERYTHING, "--junitxml", "out.xml", source=whole_course.RIGHT.replace("/ 3", "/ 4"))
    cases = {case.get("name"): case for case in ET.parse(pytester.path / "out.xml").iter("testcase")}
    held = {
        name: {entry.get("name"): entry.get("value") for entry in case.iter("property")}
        for name, case in cases.items()
    }

    assert held == {
        "half.some_numbers": {"criterion": "halves", "score": "2", "max_score": "2"},
        "half.numbers_kept": {"criterion": "halves", "score": "1", "max_score": "1"},
        "third.other_numbers": {
            "criterion": "thirds",
            "score": "0",
            "max_score": "2",
            "misconception": "quarters",
        },
        "third.added_up": {
            "criterion": "thirds",
            "score": "0",
            "max_score": "1.5",
            "misconception": "quarters",
        },
    }
    assert [name for name, case in cases.items() if case.find("failure") is not None] == [
        "third.other_numbers",
        "third.added_up",
    ]
    assert {case.get("classname") for case in cases.values()} == {"solutions.parts.checks"}


def test_trusted_code_can_be_graded_without_a_wall(run: Run) -> None:
    result = run(*EVERYTHING, "--i-trust-this-code")

    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["autograder: *isolation none"])


# ---- what cannot be graded ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("solutions/parts", "--submission", "nobody/parts.py"), "*nobody/parts.py*"),
        (("solutions/part", *SUBMISSION), "*no assignment 'part'*parts*"),
        (("ada", *SUBMISSION), "*holds no checks; name the assignment's folder*"),
        (("/", *SUBMISSION), "*no course at /*"),
        (("solutions/parts", *SUBMISSION, "--isolation", "none"), "*--i-trust-this-code*"),
        (("solutions/parts", *SUBMISSION, "--isolation", "moat"), "*no isolation level 'moat'*"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(run: Run, args: tuple[str, ...], says: str) -> None:
    result = run(*args)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {says}"])
    result.stderr.no_fnmatch_line("*Traceback*")


def test_the_assignment_may_be_read_off_the_file(run: Run) -> None:
    result = run("solutions", *SUBMISSION, "--collect-only", "-q", "--i-trust-this-code")

    result.stdout.fnmatch_lines(["solutions/parts/checks.py::half.some_numbers"])


def test_a_file_that_says_nothing_needs_the_folder(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "homework.py").write_text("x = 1\n")
    result = run(".", "--submission", "homework.py", "--i-trust-this-code")

    result.stderr.fnmatch_lines(["ERROR: *homework.py*name the assignment's folder*"])


# ---- in other projects ----------------------------------------------------------------------------


def test_without_a_submission_nothing_is_collected(run: Run) -> None:
    result = run("solutions/parts")

    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_without_a_submission_other_options_stay_free(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_addoption(parser):\n    parser.addoption('--seed')\n")
    pytester.makepyfile("def test_seed(pytestconfig):\n    assert pytestconfig.getoption('seed') == '7'\n")
    result = run("--seed", "7")

    result.assert_outcomes(passed=1)


def test_the_options_are_there_for_who_asks_for_help(run: Run) -> None:
    result = run("--help")

    result.stdout.fnmatch_lines(["*--submission=FILE*", "*--seed=HEX*", "*--i-trust-this-code*"])


def test_the_plugin_loads_nothing_before_it_is_needed() -> None:
    code = "import sys, autograder.pytest_plugin as p; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    loaded = set(done.stdout.split())

    assert not loaded & {"numpy", "rich", "yaml", "jsonschema"}
    assert {name for name in loaded if name.startswith("autograder")} == {
        "autograder",
        "autograder.pytest_plugin",
    }
