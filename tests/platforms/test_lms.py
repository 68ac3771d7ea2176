"""Filling the exports of Canvas, Moodle and Blackboard: only the cells that are ours, and only when sure."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.model import Course, CourseError, Mark
from autograder.platforms import lms
from autograder.reports import json as report_json
from tests import toy_course
from tests.reports import samples

COURSE = Course("Networks", Path("/nowhere"), ("optimizers",))
WHY = replace(samples.WHY, points=Fraction(8))
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Optimizers (12345),PCA (12346),Current Score\r\n"
    ",,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,8.00,10.00,(read only)\r\n"
    '"Lovelace, Ada",101,u101,ada,"NN-01, late",,7.5,81\r\n'
    '"Bo ""B"" Øster",102,u102,bo,NN-01,3.5,,\r\n'
    '\'=HYPERLINK(""x""),103,u103,cleo,NN-01,,,\r\n'
    '"Student, Test",104,,t104,NN-01,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (grade),Feedback comments\n"
    'Participant 11,Ada Lovelace,ada@x.edu,Submitted,,8.00,Yes,-,""\n'
    'Participant 12,Bo_B,bo@x.edu,Submitted,3.50,8.00,Yes,"Friday, 5 March","<p>old, ""quoted""</p>"\n'
    "Participant 13,Cleo,cleo@x.edu,No submission,,8.00,No,-,\n"
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t'
    '"Optimizers [Total Pts: 8 Score] |77"\t"PCA [Total Pts: up to 10 Score] |78"\r\n'
    '"Lovelace"\t"Ada"\t"ada"\t"u101"\t""\t"9"\r\n'
    '"Øster"\t"Bo"\t"bo"\t"u102"\t"Needs Grading"\t""\r\n'
)


def report(student: str, earned: str = "6.25", **changed):
    mark = Mark(WHY, hand=Fraction(earned))
    return replace(samples.report([mark], student=student), **changed)


@pytest.fixture
def results(tmp_path: Path):
    """A folder of records, made of reports."""

    def put(*reports) -> Path:
        for number, one in enumerate(reports):
            path = tmp_path / "graded" / f"s{number}" / f"{one.assignment}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(report_json.render(one), encoding="utf-8")
        return tmp_path / "graded"

    return put


@pytest.fixture
def fill(tmp_path: Path, results):
    """Fill an export from reports."""

    def made(export: str | bytes, *reports, names: str = "", **words) -> lms.Filled:
        path = tmp_path / "export.csv"
        path.write_bytes(export if isinstance(export, bytes) else export.encode())
        if names:
            words["names"] = tmp_path / "names.csv"
            words["names"].write_text(names)
        return lms.fill(lms.Task(path, results(*reports), **words), COURSE)

    return made


def rows(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def changes(before: str, after: bytes, delimiter: str = ",") -> dict[tuple[int, int], str]:
    old, new = rows(before.encode(), delimiter), rows(after, delimiter)

    assert [len(row) for row in old] == [len(row) for row in new]
    return {(i, j): new[i][j] for i, row in enumerate(old) for j, cell in enumerate(row) if cell != new[i][j]}


def test_canvas_differs_in_the_filled_cells_only(fill):
    done = fill(CANVAS, report("ada"), report("102", "8"))

    assert changes(CANVAS, done.data) == {(3, 5): "6.25", (4, 5): "8.00"}
    assert (
        done.data
        == CANVAS.replace('late",,7.5', 'late",6.25,7.5').replace("NN-01,3.5,", "NN-01,8.00,").encode()
    )
    assert done.filled == (("102", "3.5", "8.00"), ("ada", "", "6.25"))


def test_moodle_differs_in_the_filled_cells_only(fill):
    done = fill(MOODLE, report("ada@x.edu"), report("Bo_B", "3.5"))

    assert done.data == MOODLE.replace("Submitted,,8.00", "Submitted,6.25,8.00").encode()


def test_blackboard_differs_in_the_filled_cells_only(fill):
    data = b"\xff\xfe" + BLACKBOARD.encode("utf-16-le")
    done = fill(data, report("ada"), report("bo", "7"))
    expected = BLACKBOARD.replace('"u101"\t""', '"u101"\t"6.25"').replace("Needs Grading", "7.00")

    assert done.data == b"\xff\xfe" + expected.encode("utf-16-le")


def test_an_equal_grade_is_left_as_it_was_written(fill):
    done = fill(CANVAS, report("bo", "3.5"))

    assert done.data == CANVAS.encode()
    assert not any("changed" in line for line in lms.lines(done))


def test_a_changed_grade_is_told(fill):
    assert any("changed  bo: 3.5 → 6.25" in line for line in lms.lines(fill(CANVAS, report("bo"))))


@pytest.mark.parametrize(
    "student",
    [
        "101", "u101", "ada", "Lovelace, Ada", "Ada Lovelace",
        "lovelaceada_101_90210", "lovelaceada_LATE_101_90210_hw1",
    ],
)  # fmt: skip
def test_canvas_students_are_found_by_id_name_and_download(fill, student):
    assert changes(CANVAS, fill(CANVAS, report(student)).data) == {(3, 5): "6.25"}


@pytest.mark.parametrize(
    "student", ["Participant 11", "Ada Lovelace_11_assignsubmission_file", "Ada Lovelace"]
)
def test_moodle_students_are_found_by_identifier_name_and_download(fill, student):
    assert changes(MOODLE, fill(MOODLE, report(student)).data) == {(1, 4): "6.25"}


@pytest.mark.parametrize("student", ["ada", "u101", "HW_1_ada_attempt_2027-03-01-10-00-00"])
def test_blackboard_students_are_found_by_user_and_download(fill, student):
    assert changes(BLACKBOARD, fill(BLACKBOARD, report(student)).data, "\t") == {(1, 4): "6.25"}


@pytest.mark.parametrize(
    "student",
    [
        "Ada",
        "ADA",
        "ad",
        "lovelace",
        "10",
        "Ada  Lovelace",
        "student",
        "lovelaceada_1011_90210",
        "lovelaceada_10_90210",
        "-",
        "",
    ],
)
def test_nothing_is_guessed_from_likeness(fill, student):
    done = fill(CANVAS, report(student))

    assert done.data == CANVAS.encode()
    assert done.left == ((student, f"nobody in the export is called {student!r}"),)


def test_a_download_of_another_assignment_is_not_taken_for_its_number(fill):
    done = fill(MOODLE, report("Somebody Else_11_assignsubmission_file"))

    assert done.data == MOODLE.encode()


def test_a_word_that_fits_two_people_fits_nobody(fill):
    twice = CANVAS.replace("u102", "ada")
    done = fill(twice, report("ada"))

    assert done.data == twice.encode()
    assert done.left == (("ada", "'ada' fits several lines of the export: 4, 5"),)


def test_two_reports_for_one_person_are_both_left_out(fill):
    done = fill(CANVAS, report("ada"), report("101", "1"))

    assert done.data == CANVAS.encode()
    assert sorted(student for student, _ in done.left) == ["101", "ada"]


def test_names_composed_differently_are_the_same(fill):
    name = "Bo Åse"
    export = MOODLE.replace("Bo_B", unicodedata.normalize("NFC", name))

    assert fill(export, report(unicodedata.normalize("NFD", name))).filled


def test_a_file_of_names_says_who_is_who_and_may_name_a_group(fill):
    done = fill(CANVAS, report("team-1"), names="student,identifier\nteam-1,101\nteam-1,cleo\n")

    assert changes(CANVAS, done.data) == {(3, 5): "6.25", (5, 5): "6.25"}


def test_a_file_of_names_without_its_header_is_said(fill):
    with pytest.raises(CourseError, match="student and identifier"):
        fill(CANVAS, report("ada"), names="team-1,101\n")


def test_who_has_no_report_is_listed(fill):
    assert fill(CANVAS, report("ada")).without == ('Bo "B" Øster', '\'=HYPERLINK(""x"")', "Student, Test")


def test_an_excused_student_stays_so(fill):
    export = CANVAS.replace('late",,7.5', 'late",EX,7.5')
    done = fill(export, report("ada"))

    assert done.data == export.encode()
    assert done.left == (("ada", "the export says 'EX' there"),)


def test_a_grade_that_moodle_has_locked_is_left_out(fill):
    assert fill(MOODLE, report("Cleo")).left[0][1] == "Moodle says that this grade cannot be changed"


def test_pending_points_are_filled_in_only_when_asked(fill):
    waiting = replace(samples.pending(), student="ada")
    export = CANVAS.replace("8.00,10.00", "21,10.00")

    assert "5 points are pending" in fill(export, waiting).left[0][1]
    assert changes(export, fill(export, waiting, pending=True).data) == {(3, 5): "16.00"}


def test_what_is_ungraded_is_never_filled_in(fill):
    failed = replace(samples.ungraded(), student="ada")
    export = CANVAS.replace("8.00,10.00", "21,10.00")

    assert fill(export, failed, pending=True).data == export.encode()


def test_other_points_there_are_an_error_unless_scaled(fill):
    export = CANVAS.replace("8.00,10.00", "4,10.00")
    with pytest.raises(CourseError, match="worth 4 points there, and 8 in the rubric"):
        fill(export, report("ada"))

    assert changes(export, fill(export, report("ada"), scale=True).data) == {(3, 5): "3.12"}


@pytest.mark.parametrize("column", ["Optimizers (12345)", "Optimizers", "12345"])
def test_a_column_is_named_by_header_title_or_id(fill, column):
    assert fill(CANVAS, report("ada"), column=column).header == "Optimizers (12345)"


def test_a_column_that_is_not_there_is_never_made(fill):
    with pytest.raises(CourseError, match=r"no column 'HW 9'.*'Optimizers \(12345\)', 'PCA \(12346\)'"):
        fill(CANVAS, report("ada"), column="HW 9")


def test_two_columns_of_one_title_need_the_id(fill):
    export = CANVAS.replace("PCA (12346)", "Optimizers (12346)")
    with pytest.raises(CourseError, match="2 columns are called 'Optimizers'"):
        fill(export, report("ada"))

    assert fill(export, report("ada"), column="12345").filled


def test_a_decimal_comma_is_kept(fill):
    export = CANVAS.replace(",", ";").replace("8.00", "8,00").replace("Lovelace; Ada", "Lovelace, Ada")
    done = fill(export, report("ada"))

    assert changes(export, done.data, ";") == {(3, 5): "6,25"}


def test_a_worksheet_in_another_language_needs_kind_and_column(fill):
    export = MOODLE.replace("Identifier,", "ID,").replace(",Grade,Maximum grade", ",Bewertung,Bestwertung")
    with pytest.raises(CourseError, match="--kind moodle"):
        fill(export, report("Ada Lovelace"))
    done = fill(export, report("Ada Lovelace"), kind="moodle", column="Bewertung")

    assert changes(export, done.data) == {(1, 4): "6.25"}


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_stays(fill, mark):
    assert fill(mark + CANVAS.encode(), report("ada")).data.startswith(mark + b"Student,")


def test_no_filled_cell_is_a_formula(fill):
    hostile = replace(samples.student(samples.half()), student="ada", edition="staff", seed="")
    export = MOODLE.replace("8.00", "21.00").replace("Ada Lovelace", "ada")
    done = fill(export, replace(hostile, notes=("=cmd()",)), comments=True, pending=True)
    new = changes(export, done.data).values()

    assert len(new) == 2
    assert not any(cell.startswith(tuple("=+-@\t")) for cell in new)


def test_moodles_comments_hold_the_total_and_what_it_looks_like(fill):
    half = replace(samples.half(), student="Ada Lovelace")
    export = MOODLE.replace("8.00", "21.00")
    comment = changes(export, fill(export, half, comments=True).data)[1, 8]

    assert comment.startswith("<p>4.5 of 21 points Handed in late")
    assert "<li>eps inside the root: ε stands outside" in comment


def test_moodles_feedback_holds_a_page_for_each_in_a_folder_moodle_knows(fill):
    done = fill(MOODLE, report("Bo_B"), report("ada@x.edu"))
    with zipfile.ZipFile(io.BytesIO(done.feedback)) as archive:
        names = archive.namelist()
        page = archive.read(names[0]).decode()

    assert names == [
        "Bo B_12_assignfeedback_file/optimizers.html",
        "Ada Lovelace_11_assignfeedback_file/optimizers.html",
    ]
    assert "5eed5eed" not in page


def test_several_assignments_need_a_name(fill):
    pair = (report("ada"), report("ada", "2", assignment="pca", title="PCA"))
    with pytest.raises(CourseError, match="optimizers, pca; say which"):
        fill(CANVAS, *pair)

    with pytest.raises(CourseError, match="worth 10"):
        fill(CANVAS, *pair, assignment="pca")


def test_students_editions_are_no_records(fill):
    with pytest.raises(CourseError, match="students' editions"):
        fill(CANVAS, samples.student(report("ada")))


@pytest.mark.parametrize(
    ("export", "says"),
    [
        ("a,b\n1,2\n", "of no export known here"),
        (CANVAS.replace("    Points Possible", "x"), "no row 'Points Possible'"),
        (CANVAS.replace("8.00", "(read only)"), "computes"),
    ],
)
def test_what_is_no_export_is_said(fill, export, says):
    with pytest.raises(CourseError, match=says):
        fill(export, report("ada"))


def test_the_command_writes_beside_the_export_and_lists_who_was_left_out(tmp_path, results):
    course = toy_course.write(tmp_path / "course")
    folder = results(report("ada"), report("nobody"))
    export = tmp_path / "grades.csv"
    export.write_bytes(CANVAS.encode())
    words = ["lms", "fill", str(export), "--from", str(folder), "--course", str(course)]
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *words], capture_output=True, text=True, check=True
    )

    assert (tmp_path / "grades-filled.csv").read_bytes() != CANVAS.encode() == export.read_bytes()
    assert "left out nobody: nobody in the export is called 'nobody'" in done.stdout


def test_the_export_is_never_written_over(tmp_path, fill):
    done = fill(CANVAS, report("ada"))
    task = lms.Task(tmp_path / "export.csv", tmp_path)

    with pytest.raises(CourseError, match="the export itself"):
        lms.write(done, task, tmp_path / "export.csv", None)
