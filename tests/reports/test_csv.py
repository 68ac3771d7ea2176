import csv
import io
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.reports import csv as report_csv

from . import nasty, samples
from .pages import dangerous

each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
every = pytest.mark.parametrize("make", samples.EVERY.values(), ids=samples.EVERY.keys())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_there_is_a_row_for_each_student_and_check():
    reports = samples.class_of_12()
    checks = sum(len(mark.outcomes) or 1 for report in reports for mark in report.marks)

    assert len(rows(report_csv.tidy(reports))) == checks


def test_there_is_a_row_for_each_student_and_assignment():
    reports = samples.class_of_12()

    assert [(row["student"], row["assignment"]) for row in rows(report_csv.totals(reports))] == [
        (report.student, report.assignment) for report in reports
    ]


@every
def test_the_rows_of_a_report_add_up_to_its_points(make):
    report = make()
    read = rows(report_csv.tidy([report]))

    assert sum(float(row["possible"]) for row in read) == pytest.approx(float(report.possible))
    assert sum(float(row["earned"]) for row in read) == pytest.approx(
        float(sum(mark.earned for mark in report.marks)), abs=1e-5
    )


def test_a_row_says_why():
    row = next(
        r for r in rows(report_csv.tidy([samples.half()])) if r["check"] == "adam_step.nearly_flat_ground"
    )

    assert row == {
        "student": "ada",
        "assignment": "optimizers",
        "criterion": "adam",
        "check": "adam_step.nearly_flat_ground",
        "status": "FAILED",
        "earned": "0",
        "possible": "2",
        "share": "0",
        "misconception": "eps_inside_the_root",
        "mismatch": "value",
        "pattern": "",
        "crash": "",
        "seconds": "0",
        "pending": "0",
        "verdict": "",
        "measure": "",
        "low": "",
        "high": "",
    }


def test_a_timed_row_holds_its_verdict_and_its_measure_with_its_interval():
    row = rows(report_csv.tidy([samples.timed()]))[0]

    assert [row[name] for name in report_csv.TIDY[-5:]] == ["0", "decided", "1.9012", "1.8023", "2.0034"]


def test_a_timed_row_that_waits_for_a_gpu_has_pending_points_and_no_measure():
    row = rows(report_csv.tidy([samples.timed()]))[7]

    assert [row[name] for name in report_csv.TIDY[-5:]] == ["6", "pending_no_gpu", "", "", ""]


@every
def test_the_pending_points_of_the_rows_add_up_to_those_of_the_report(make):
    report = make()

    assert sum(float(row["pending"]) for row in rows(report_csv.tidy([report]))) == pytest.approx(
        float(report.pending)
    )


def test_totals_are_after_the_late_rule():
    row = rows(report_csv.totals([samples.half()]))[0]

    assert (row["earned"], row["possible"], row["pending"], row["late_percent"]) == ("4.5", "21", "0", "10")
    assert row["percent"] == "21.428571"
    assert row["state"] == "complete"


def test_a_hand_mark_has_a_row_of_its_own():
    read = rows(report_csv.tidy([samples.hand_mark()]))

    assert [(row["check"], row["status"], row["earned"]) for row in read] == [
        ("(by hand)", "MARKED", "0.333333"), ("(by hand)", "PENDING", "0"),
    ]  # fmt: skip


def test_checks_that_were_never_run_have_rows_too():
    read = rows(report_csv.tidy([samples.nothing_run()]))

    assert [row["status"] for row in read[:-1]] == ["NOT_RUN"] * 9


def test_a_report_without_points_divides_by_nothing():
    empty = replace(samples.perfect(), marks=())

    assert rows(report_csv.totals([empty]))[0]["percent"] == "0"


@each
def test_no_cell_is_a_formula_or_holds_a_control_and_every_row_is_a_line(text):
    for written in (report_csv.tidy([samples.hostile(text)]), report_csv.totals([samples.hostile(text)])):
        cells = [cell for row in csv.reader(io.StringIO(written), strict=True) for cell in row]

        assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@", "\uff1d"} and cell]
        assert dangerous(written) == set()
        assert len(written.splitlines()) == written.count("\n")


def test_every_cell_is_quoted():
    for line in report_csv.tidy([samples.half()]).splitlines():
        assert line[0] == line[-1] == '"'
        assert line.count('","') == len(report_csv.TIDY) - 1


def test_numbers_are_exact_to_six_decimals():
    assert report_csv._numbers(Fraction(7, 2), Fraction(1, 3), Fraction(10), Fraction(0)) == (
        "3.5", "0.333333", "10", "0",
    )  # fmt: skip
