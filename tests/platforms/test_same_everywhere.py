"""One report on its way through every format: the same total to the last hundredth, and nothing hidden."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import junitparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.model import Course, Crash, Criterion, Mark, Mismatch, Outcome, Shown, Status, points
from autograder.platforms import classroom50, github, gitlab, gradescope, lms
from autograder.reports import csv as tables
from autograder.reports import json as report_json
from autograder.reports import junit, markdown
from tests.reports import samples

COURSE = Course("Networks", Path("/nowhere"), ("optimizers",))
RUNNER = {
    "CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "x",
    "RELEASE_URL": "x", "REVIEW_URL": "x",
}  # fmt: skip
CANVAS = 'Student,ID,Section,Optimizers (1)\n    Points Possible,,,{}\n"S, A",ada,1,\n'
MOODLE = "Identifier,Full name,Grade,Maximum grade,Last modified (grade)\nParticipant 1,ada,,{},-\n"
BLACKBOARD = "Username\tOptimizers [Total Pts: {} Score] |1\nada\t\n"
HIDDEN = "7h1d-d3n"
REPORTS = {name: make() for name, make in samples.EVERY.items()}


def from_json(report) -> str:
    return points(report_json.parse(report_json.render(report)).earned)


def from_junit(report) -> str:
    (suite,) = junitparser.JUnitXml.fromstring(junit.render(report).encode())
    return {one.name: one.value for one in suite.properties()}["earned"]


def from_gradescope(report) -> str:
    return json.loads(gradescope.render(gradescope.results(report, samples.student(report))))["score"]


def from_summary(report) -> str:
    return re.search(r"^# .*: ([\d.]+) of [\d.]+ points?$", github.summary([report]), re.MULTILINE)[1]


def from_outputs(report) -> str:
    return dict(line.split("=", 1) for line in github.outputs([report]).splitlines())["earned"]


def from_markdown(report) -> str:
    return re.search(r"^# .*: ([\d.]+) of [\d.]+ points?$", markdown.render(report), re.MULTILINE)[1]


def from_csv(report) -> str:
    (row,) = csv.DictReader(io.StringIO(tables.totals([report])))
    return points(report.earned) if abs(float(row["earned"]) - float(report.earned)) < 1e-6 else "wrong"


def from_classroom50(report) -> str:
    return json.loads(classroom50.result(report, RUNNER))["score"] / 100


def from_export(template: str, delimiter: str, column: int):
    def total(report, folder) -> str:
        (folder / "graded").mkdir(exist_ok=True)
        # The maximum of a gradebook has two decimals at most; the exact one is beside the point here.
        (folder / "graded" / "r.json").write_text(report_json.render(replace(report, student="ada")))
        (folder / "export.csv").write_text(template.format(f"{float(report.possible):.17g}"))
        done = lms.fill(lms.Task(folder / "export.csv", folder / "graded", pending=True), COURSE)
        row = list(csv.reader(io.StringIO(done.data.decode()), delimiter=delimiter))[-1]
        return row[column]

    return total


TEXTS = (
    from_json, from_junit, from_gradescope, from_summary, from_outputs, from_markdown, from_csv,
    from_classroom50,
)  # fmt: skip
EXPORTS = {
    "canvas": from_export(CANVAS, ",", 3),
    "moodle": from_export(MOODLE, ",", 2),
    "blackboard": from_export(BLACKBOARD, "\t", 1),
}
every = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


@every
@pytest.mark.parametrize("total", TEXTS, ids=lambda one: one.__name__)
def test_every_format_shows_the_same_total(report, total):
    assert Decimal(str(total(report))) == Decimal(points(report.earned))


@every
@pytest.mark.parametrize("total", EXPORTS.values(), ids=EXPORTS.keys())
def test_every_gradebook_gets_the_same_total(report, total, tmp_path):
    ungraded = any(o.status is Status.UNGRADED for mark in report.marks for o in mark.outcomes)

    assert total(report, tmp_path) == ("" if ungraded else f"{Decimal(points(report.earned)):.2f}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 400), st.sampled_from([1, 2, 3, 7, 8, 100, 200]), st.integers(0, 12)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["0", "1/10", "1/3", "1/2"]),
)
def test_odd_points_are_rounded_alike_everywhere(tmp_path, worth, late):
    checks = {f"f.c{i}": Fraction(n, 8) for i, (n, _, _) in enumerate(worth)}
    outcomes = tuple(
        Outcome(f"f.c{i}", "…", Status.PASSED, min(Fraction(1), Fraction(part, of)))
        for i, (_, of, part) in enumerate(worth)
    )
    report = samples.report([Mark(Criterion("c", "C", checks), outcomes)], late_share=Fraction(late))
    wanted = Decimal(points(report.earned))

    assert {Decimal(str(total(report))) for total in TEXTS} == {wanted}
    assert {Decimal(total(report, tmp_path)) for total in EXPORTS.values()} == {wanted}


def secretive():
    """A report in which everything that is hidden before the dates holds one word."""
    marks = []
    for shown in (Shown.AFTER_DUE, Shown.AFTER_RELEASE, Shown.NEVER):
        name = HIDDEN if shown is Shown.NEVER else "seen"
        first, second, third, fourth = (f"{name}.{i}{shown}" for i in range(4))
        checks = dict.fromkeys((first, second, third, fourth), Fraction(1))
        criterion = Criterion(f"c-{shown}", "Asks", checks, shown=shown, guidance=HIDDEN)
        value = Mismatch("value", f"result[{HIDDEN}]", HIDDEN, HIDDEN, pattern=HIDDEN, heat=((1,),))
        crash = Crash("raised", HIDDEN, HIDDEN, 3, HIDDEN, "Advice.")
        full = {"inputs": ((HIDDEN, HIDDEN),), "warnings": (HIDDEN,), "printed": HIDDEN, "staff_note": HIDDEN}
        says = HIDDEN if shown is Shown.NEVER else "Holds."
        outcomes = (
            Outcome(first, says, Status.FAILED, mismatch=value, **full),
            Outcome(second, says, Status.CRASHED, crash=crash, **full),
            Outcome(third, says, Status.PASSED, Fraction(1), **full),
            Outcome(fourth, says, Status.UNGRADED, **full),
        )
        marks.append(Mark(criterion, outcomes))
    return samples.report(marks, seed=HIDDEN)


def shown_to_students(report) -> dict[str, str]:
    seen = samples.student(report)
    return {
        "json": report_json.render(seen),
        "junit": junit.render(seen),
        "gradescope": gradescope.render(gradescope.results(report, seen)),
        "summary": github.summary([seen]),
        "pointers": "\n".join(github.pointers([seen])),
        "outputs": github.outputs([seen]),
        "code quality": gitlab.code_quality([seen]),
        "classroom50": classroom50.result(seen, RUNNER),
    }


@pytest.mark.parametrize("name", shown_to_students(secretive()))
def test_nothing_hidden_is_shown_before_its_date(name):
    text = shown_to_students(secretive())[name]

    assert HIDDEN not in text
    assert "Asks" in text or name in ("outputs", "code quality", "classroom50", "pointers", "junit")


def test_the_word_would_be_found_where_it_is_shown():
    assert HIDDEN in github.summary([secretive()])


def test_a_gradebook_and_its_feedback_hold_nothing_hidden(tmp_path):
    judged = [
        replace(mark, outcomes=tuple(o for o in mark.outcomes if o.status is not Status.UNGRADED))
        for mark in secretive().marks
    ]
    (tmp_path / "r.json").write_text(report_json.render(samples.report(judged, student="ada", seed=HIDDEN)))
    export = tmp_path / "export.csv"
    export.write_text("Identifier,Full name,Grade,Maximum grade,Feedback comments\nParticipant 1,ada,,12,\n")
    done = lms.fill(lms.Task(export, tmp_path / "r.json", comments=True), COURSE)
    with zipfile.ZipFile(io.BytesIO(done.feedback)) as archive:
        page = archive.read(archive.namelist()[0]).decode()

    assert HIDDEN not in done.data.decode() + page
    assert done.filled
