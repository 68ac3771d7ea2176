"""One report on its way through every format: the same total to the last hundredth, and nothing hidden."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import junitparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.model import (
    Course,
    Crash,
    Criterion,
    Curve,
    Mark,
    Mismatch,
    Outcome,
    Shown,
    Status,
    Verdict,
    points,
)
from autograder.nbgrader_bridge import telling
from autograder.platforms import classroom50, github, gitlab, gradescope, lms
from autograder.reports import csv as tables
from autograder.reports import html, junit, markdown, terminal
from autograder.reports import json as report_json
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
SUMMARY = 1 << 20  # bytes that GitHub shows of a step's summary
REPORTS = {
    **{name: make() for name, make in samples.EVERY.items()},
    "late, timed, waiting": replace(samples.timed(), late_share=Fraction(1, 5)),
    "500 checks": samples.large(500, "A text of some length. " * 9),
}


def from_json(report) -> str:
    return points(report_json.parse(report_json.render(report)).earned)


def from_junit(report) -> str:
    (suite,) = junitparser.JUnitXml.fromstring(junit.render(report).encode())
    return {one.name: one.value for one in suite.properties()}["earned"]


def from_gradescope(report) -> str:
    document = json.loads(gradescope.render(gradescope.results(report, samples.student(report))))
    jsonschema.Draft202012Validator(json.loads(gradescope.SCHEMA.read_text())).validate(document)
    return document["score"]


def from_summary(report) -> str:
    text = github.summary([report])

    assert len(text.encode()) < SUMMARY
    return re.search(r"^# .*: ([\d.]+) of [\d.]+ points?$", text, re.MULTILINE)[1]


def from_nbgrader(report) -> str:
    """As its gradebook adds up: a number out of each graded cell, what people gave, less the penalty."""
    given = sum(float(mark.hand) for mark in report.marks if mark.hand is not None)
    for mark in report.marks:
        if mark.criterion.by == "machine":
            told = telling.outputs(mark)[-1]["data"]["text/plain"]
            assert 0 <= float(told) <= mark.possible  # nbgrader refuses more, and takes less than 0 for all
            given += float(told)
    return points(Fraction(given - float(report.late_share) * given).limit_denominator(10**9))


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
    from_classroom50, from_nbgrader,
)  # fmt: skip
EXPORTS = {
    "canvas": from_export(CANVAS, ",", 3),
    "moodle": from_export(MOODLE, ",", 2),
    "blackboard": from_export(BLACKBOARD, "\t", 1),
}
PYTESTS = """
import pytest

@pytest.fixture(scope="session", autouse=True)
def told(record_testsuite_property):
    record_testsuite_property("a", "b")

def test_passes(record_property):
    record_property("a", "b")

def test_fails():
    assert 0

@pytest.mark.skip(reason="x")
def test_is_skipped():
    pass

def test_has_no_fixture(nothing):
    pass
"""
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


@pytest.fixture(scope="module")
def pytests_own(tmp_path_factory) -> ET.Element:
    """What pytest writes of tests that pass, fail, are skipped, and cannot be set up."""
    folder = tmp_path_factory.mktemp("pytest")
    (folder / "test_four.py").write_text(PYTESTS)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir=."]
    words += ["--junitxml=o.xml", "test_four.py"]
    subprocess.run(words, cwd=folder, check=False, capture_output=True)
    return ET.parse(folder / "o.xml").getroot()


def shape(root: ET.Element) -> dict[str, tuple[set[str], set[str]]]:
    """For each element the attributes it has and the elements in it."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for element in root.iter():
        attributes, inside = found.setdefault(element.tag, (set(), set()))
        attributes |= set(element.attrib)
        inside |= {one.tag for one in element}
    return found


@every
def test_junit_is_made_as_pytest_makes_it(report, pytests_own):
    ours, theirs = ET.fromstring(junit.render(report)), shape(pytests_own)
    counted = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}

    for tag, (attributes, inside) in shape(ours).items():
        assert attributes <= theirs[tag][0] | ({*counted, "time"} if tag == "testsuites" else set()), tag
        assert inside <= theirs[tag][1], tag
    for suite in ours:
        for name, tag in counted.items():
            assert int(suite.get(name)) == len(list(suite.iter(tag))), name
        assert [one.tag for one in suite][:1] == ["properties"]  # before all cases, as in pytest's
    assert not [case for case in ours.iter("testcase") if len({one.tag for one in case} - {"properties"}) > 1]


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
    marks, told = [], {"hardware": HIDDEN, "host": {HIDDEN: 1.0}, "flags": (HIDDEN,), "seal": HIDDEN}
    told |= {"rubric": HIDDEN, "models": ((HIDDEN, 1.5),)}
    for shown in (Shown.AFTER_DUE, Shown.AFTER_RELEASE, Shown.NEVER):
        name = HIDDEN if shown is Shown.NEVER else "seen"
        names = first, second, third, fourth, slow, broken = [f"{name}.{i}{shown}" for i in range(6)]
        checks = dict.fromkeys(names, Fraction(1))
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
            Outcome(
                slow, says, Status.PENDING, timing=samples.timing(**told), review=(HIDDEN,),
                curve=Curve(HIDDEN, (1.0, 2.0)), **full,
            ),
            Outcome(
                broken, says, Status.CRASHED, **full,
                timing=samples.timing(Verdict.CRASHED, reason=HIDDEN, **told),
            ),
        )  # fmt: skip
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
        "markdown": markdown.render(seen),
        "html": html.render(seen),
        "terminal": terminal.render(seen, colour=False),
        "table": tables.tidy([seen]) + tables.totals([seen]),
        "nbgrader": "Asks\n"
        + "\n".join(
            [
                telling.whole(seen),
                *(telling.comment(seen, name) for name in ("seen", HIDDEN)),
                *(json.dumps(telling.outputs(mark)) for mark in seen.marks),
            ]
        ),
    }


@pytest.mark.parametrize("name", shown_to_students(secretive()))
def test_nothing_hidden_is_shown_before_its_date(name):
    text = shown_to_students(secretive())[name]

    assert HIDDEN not in text
    assert "Asks" in text or name in ("outputs", "code quality", "classroom50", "pointers", "junit", "table")


def test_the_word_would_be_found_where_it_is_shown():
    assert HIDDEN in github.summary([secretive()])


def test_a_gradebook_and_its_feedback_hold_nothing_hidden(tmp_path):
    judged = [
        replace(mark, outcomes=tuple(o for o in mark.outcomes if o.status is not Status.UNGRADED))
        for mark in secretive().marks
    ]
    (tmp_path / "r.json").write_text(report_json.render(samples.report(judged, student="ada", seed=HIDDEN)))
    export = tmp_path / "export.csv"
    worth = sum(mark.possible for mark in judged)
    export.write_text(
        f"Identifier,Full name,Grade,Maximum grade,Feedback comments\nParticipant 1,ada,,{worth},\n"
    )
    done = lms.fill(lms.Task(export, tmp_path / "r.json", comments=True, pending=True), COURSE)
    with zipfile.ZipFile(io.BytesIO(done.feedback)) as archive:
        page = archive.read(archive.namelist()[0]).decode()

    assert HIDDEN not in done.data.decode() + page
    assert done.filled
