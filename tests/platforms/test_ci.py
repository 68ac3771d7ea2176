"""The steps of the action, run as a runner runs them; GitLab's and Classroom 50's as their jobs do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import junitparser
import pytest
import yaml

from autograder.platforms import classroom50
from tests import toy_course

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/grade.yml").read_text(encoding="utf-8"))
RIGHT = "def half(x):\n    return x / 2 if x != 0 else 0 * x\n"
SHOUTS = '''print("::error file=x::owned\\n##[error]owned\\n::add-mask::toy")
def half(x):
    """Half of x."""
    print("::set-output name=earned::100")
    return 2 * x
'''

jail = pytest.mark.jail


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner's workspace: the course, a student's repository, and the grader that was set up."""
    toy_course.write(tmp_path / "course")
    (tmp_path / "submission" / ".git").mkdir(parents=True)
    (tmp_path / "submission" / "README.md").write_text("mine")
    (tmp_path / "temp" / "grader" / "bin").mkdir(parents=True)
    program = tmp_path / "temp" / "grader" / "bin" / "autograder"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m autograder "$@"\n')
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def step(name: str) -> dict:
    return next(step for step in ACTION["runs"]["steps"] if step.get("id") == name)


def act(work: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that grades, with the expressions of the action filled in as GitHub does."""
    given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | inputs

    def value(text: str) -> str:
        words = re.fullmatch(r"\$\{\{ (.+) \}\}", text)
        assert words
        for choice in words[1].split(" || "):
            found = (
                str(work / "course")
                if choice == "github.action_path"
                else given[choice.removeprefix("inputs.")]
            )
            if found:
                return found
        return ""

    grading = step("grade")
    environment = {
        **{name: value(text) for name, text in grading["env"].items()},
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(work / "temp"),
        "GITHUB_STEP_SUMMARY": str(work / "summary.md"),
        "GITHUB_OUTPUT": str(work / "output"),
        "GITHUB_ACTOR": "ada",
    }
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", grading["run"]]
    return subprocess.run(words, cwd=work, env=environment, capture_output=True, text=True, check=False)


def outputs(work: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (work / "output").read_text().splitlines())


def commands(log: str) -> list[str]:
    """What a runner would take for a command: nothing between stop-commands and its word."""
    found, word = [], ""
    for line in log.splitlines():
        if word:
            word = "" if line.strip() == f"::{word}::" else word
        elif line.startswith("::stop-commands::"):
            word = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::") or "##[" in line:
            found.append(line)
    return found


@jail
def test_the_action_grades_and_leaves_summary_and_outputs(work):
    (work / "submission" / "toy.py").write_text(RIGHT)
    done = act(work, path="submission", assignment="toy")

    assert done.returncode == 0, done.stderr
    assert outputs(work)["earned"] == outputs(work)["possible"] == "3"
    assert "# toy: 3 of 3 points" in (work / "summary.md").read_text().lower()
    assert commands(done.stdout) == ["::notice title=Graded::toy: 3 of 3 points"]


@jail
def test_no_command_of_the_student_is_seen_by_the_runner(work):
    (work / "submission" / "toy.py").write_text(SHOUTS)
    done = act(work, path="submission")
    seen = commands(done.stdout + done.stderr)

    assert not any(line.startswith(("::add-mask", "::set-output")) or "owned" in line for line in seen)
    assert seen[0].startswith("::error file=toy.py,line=2,title=2 points lost")
    assert not re.search(r"^\s*(::|##\[)", (work / "summary.md").read_text(), re.MULTILINE)


@jail
@pytest.mark.parametrize(("least", "code"), [("50", 1), ("0", 0)])
def test_less_than_was_asked_for_fails_the_job(work, least, code):
    (work / "submission" / "toy.py").write_text(SHOUTS)

    assert act(work, path="submission", **{"fail-under": least}).returncode == code


@jail
def test_nothing_to_grade_is_exit_status_2_and_one_error(work):
    done = act(work, path="submission")

    assert done.returncode == 2
    assert len(commands(done.stdout)) == 1
    assert commands(done.stdout)[0].startswith("::error title=Not graded::")


@jail
def test_an_assignment_that_was_not_handed_in_is_reported_with_0(work):
    done = act(work, path="submission", assignment="toy")

    assert outputs(work)["earned"] == "0"
    assert "hand in toy.py" in commands(done.stdout)[0]


@jail
def test_a_file_named_like_a_command_is_none(work):
    (work / "submission" / "##[error]owned\n::error::owned.py").write_text("half = 1")
    done = act(work, path="submission", assignment="toy")

    assert all(line.startswith(("::error ", "::notice ")) for line in commands(done.stdout + done.stderr))


@jail
def test_before_the_dates_nothing_hidden_is_shown(work):
    (work / "submission" / "toy.py").write_text(SHOUTS)
    done = act(work, path="submission")
    shown = done.stdout + (work / "summary.md").read_text()

    assert "expected" not in shown
    assert "Asked with" not in shown


@jail
def test_a_seed_asks_the_same_and_is_not_shown(work):
    (work / "submission" / "toy.py").write_text(RIGHT)
    done = act(work, path="submission", seed="feed0123456789abcdef0123456789ab")

    assert done.returncode == 0
    assert "feed0123456789ab" not in done.stdout + (work / "summary.md").read_text()


@jail
def test_a_late_submission_is_told_so(work):
    (work / "submission" / "toy.py").write_text(RIGHT)
    act(work, path="submission", received="2027-02-22T12:00:00+01:00")

    assert outputs(work)["earned"] == "2.7"


def test_no_expression_stands_in_a_script():
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    scripts += [step["run"] for step in WORKFLOW["jobs"]["grade"]["steps"] if "run" in step]

    assert not any("${{" in script for script in scripts)


def test_every_output_of_the_action_is_one_that_grading_writes():
    names = {re.search(r"outputs\.(\w+)", one["value"])[1] for one in ACTION["outputs"].values()}

    assert names == {"earned", "possible", "pending", "percent", "complete", "assignments"}


def test_the_workflow_may_read_contents_and_nothing_else():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "permissions" not in WORKFLOW["jobs"]["grade"]


def test_no_token_is_left_in_a_checkout():
    fetched = [one for one in WORKFLOW["jobs"]["grade"]["steps"] if "checkout" in one["uses"]]

    assert len(fetched) == 2
    assert all(one["with"]["persist-credentials"] is False for one in fetched)


def test_only_the_step_that_fetches_the_course_sees_its_token():
    steps = WORKFLOW["jobs"]["grade"]["steps"]

    assert [one["name"] for one in steps if "course-token" in str(one)] == ["Fetch the course"]


def test_the_workflow_gives_the_action_only_inputs_it_has():
    grading = WORKFLOW["jobs"]["grade"]["steps"][-1]

    assert set(grading["with"]) <= set(ACTION["inputs"])


def autograder(work: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", "ci", "submission", "--course", "course", *words],
        cwd=work,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@jail
def test_gitlab_gets_junit_and_code_quality(work):
    (work / "submission" / "toy.py").write_text(SHOUTS)
    done = autograder(work, "--gitlab", "--out", "reports", GITLAB_USER_LOGIN="ada")
    read = junitparser.JUnitXml.fromfile(str(work / "reports" / "junit" / "toy.xml"))
    entries = json.loads((work / "reports" / "code-quality.json").read_bytes())

    assert done.returncode == 0, done.stderr
    assert (read.tests, read.failures) == (2, 2)
    assert {entry["location"]["path"] for entry in entries} == {"toy.py"}


@jail
def test_gitlab_exits_with_1_below_what_was_asked_for_and_has_its_reports(work):
    (work / "submission" / "toy.py").write_text(SHOUTS)
    done = autograder(work, "--gitlab", "--fail-under", "50")

    assert done.returncode == 1
    assert (work / "code-quality.json").exists()


CLASSROOM = {
    "CLASSROOM": "nn",
    "ASSIGNMENT": "halves",
    "SUBMISSION_TAG": "submit/2027-02-20",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
    "REVIEW_URL": "https://example.org/review/1",
    "USERNAME": "ada",
}


@jail
def test_classroom50_gets_whole_numbers_that_fit_its_schema(work):
    (work / "submission" / "toy.py").write_text(SHOUTS)
    done = autograder(work, "--classroom50", "--assignment", "toy", **CLASSROOM)
    document = json.loads((work / "result.json").read_text())
    jsonschema.Draft202012Validator(json.loads(classroom50.SCHEMA.read_text())).validate(document)

    assert done.returncode == 0, done.stderr
    assert (document["score"], document["max-score"]) == (0, 300)
    assert (work / "release-body.md").exists()
    assert commands(done.stdout) == []


@jail
def test_without_the_variables_of_its_runner_there_is_no_result(work):
    (work / "submission" / "toy.py").write_text(RIGHT)
    done = autograder(work, "--classroom50")

    assert done.returncode == 2
    assert "CLASSROOM is not set" in done.stderr


def test_a_server_has_to_be_named(work):
    done = autograder(work)

    assert done.returncode == 2
    assert "--github, --gitlab or --classroom50" in done.stderr


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", ".github/workflows/grade.yml"),
        ("gitlab-ci", "docs/gitlab-ci.yml"),
    ],
)
def test_the_files_for_build_servers_fit_the_servers_schemas(schema, path):
    pytest.importorskip("check_jsonschema")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", path]

    subprocess.run(words, cwd=ROOT, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_scripts_are_bash():
    for one in ACTION["runs"]["steps"]:
        if "run" in one:
            subprocess.run(["bash", "-n", "-c", one["run"]], check=True)
