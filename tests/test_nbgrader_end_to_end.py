"""The commands of nbgrader on a class of students, honest and other; `make nbgrader` runs this."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.jail.levels import Isolation

from . import whole_course
from .nbgrader_class import BIN, CHROMIUM, Class, Formgrader, environment, plain, serving

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.jail,
    pytest.mark.slow,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(
        importlib.util.find_spec("nbgrader") is None, reason="the extra `nbgrader` is not installed"
    ),
]

ROOT = Path(__file__).parents[1]
COURSE = """\
title: Parts
order: [parts, backprop]
isolation: uid
limits: {check_seconds: 1, total_seconds: 20, memory_mb: 256}
dates:
  parts: {due: 2099-01-01T12:00:00+01:00, release: 2099-02-01T12:00:00+01:00}
late: {per_day: 0.1, at_most: 0.5, grace_minutes: 15}
"""
HALF = "def half(x):\n    return np.asarray(x, dtype=float) / 2\n"
THIRD = "def third(x):\n    return np.asarray(x, dtype=float) / 3\n"
ANSWER = "answer-why"
Notebook = dict[str, Any]


def _cell(book: Notebook, name: str) -> dict[str, Any]:
    return next(
        cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def _index(book: Notebook, name: str) -> int:
    return book["cells"].index(_cell(book, name))


def _write(book: Notebook, half: str = HALF, third: str = THIRD, answer: str = "") -> None:
    _cell(book, "half")["source"] = half
    _cell(book, "third")["source"] = third
    if answer:
        _cell(book, ANSWER)["source"] = answer


def right(book: Notebook) -> None:
    """Everything right, and an answer."""
    _write(book, answer="Three does not divide ten.")


def wrong_third(book: Notebook) -> None:
    """A known misconception."""
    _write(book, third="def third(x):\n    return np.asarray(x) / 2\n")


def untouched(book: Notebook) -> None:
    """The notebook as it was released."""


def claims_points(book: Notebook) -> None:
    """Every field of the metadata says what it should not, and the outputs say full marks."""
    _write(book, half="def half(x):\n    return 7\n")
    for cell in book["cells"]:
        about = cell["metadata"]["nbgrader"]
        if about["grade_id"].startswith("marks-"):
            about |= {"points": 1000.0, "solution": False, "locked": False, "checksum": "0" * 32}
            cell["source"] = "1000.0"
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "1000.0"},
                    "execution_count": 1,
                    "metadata": {},
                }
            ]
    _cell(book, "marks-halves")["metadata"]["nbgrader"] |= {"grade": False, "solution": True}
    _cell(book, "marks-thirds")["cell_type"] = "markdown"


def deletes_what_is_graded(book: Notebook) -> None:
    """No cell with marks is left, nor the one for the answer."""
    _write(book, half="def half(x):\n    return 7\n")
    book["cells"] = [
        cell
        for cell in book["cells"]
        if not cell["metadata"]["nbgrader"]["grade_id"].startswith(("marks-", "answer-"))
    ]


def twice_and_turned_round(book: Notebook) -> None:
    """The cells of the second criterion, which is right, stand three times, and everything in reverse."""
    _write(book, half="def half(x):\n    return 7\n")
    copies = [json.loads(json.dumps(_cell(book, "marks-thirds"))) for _ in range(2)]
    for copy in copies:
        copy["metadata"]["nbgrader"]["points"] = 3.0
    copies[0]["metadata"]["nbgrader"]["grade_id"] = "marks-halves"
    book["cells"] = [*reversed(book["cells"]), *copies]


def broken_cell(book: Notebook) -> None:
    """One function does not parse."""
    _write(book, third="def third(x)\n    return x / 3\n")


def old_and_odd_metadata(book: Notebook) -> None:
    """Metadata that would stop nbgrader for the whole class, or for this student."""
    _write(book)
    for number, cell in enumerate(book["cells"]):
        cell["metadata"]["nbgrader"]["schema_version"] = [0, 1, 2, 99, "x", None][number % 6]
    odd = [_cell(book, "heading-half"), _cell(book, "heading-third")]
    odd[0]["metadata"], odd[1]["metadata"] = {"nbgrader": "nothing"}, ["nothing"]
    book["cells"].insert(0, "no cell at all")
    book["metadata"] = {"kernelspec": {"name": "nothing", "display_name": "x", "language": "python"}}


def late(book: Notebook) -> None:
    """Everything right, and almost a day after the due date."""
    _write(book)


def answered(book: Notebook) -> None:
    """Everything right, and an answer that a person will mark."""
    right(book)


def late_and_answered(book: Notebook) -> None:
    """Late, with a mistake, and with an answer."""
    _write(
        book, half="def half(x):\n    return np.asarray(x) / 2 + 0.125\n", answer="Three does not divide ten."
    )


def hostile(book: Notebook) -> None:
    """Code in every place where something could run it, and script where something could show it."""
    script = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    run = f"pathlib.Path({str(WITNESS)!r}).write_text('run')"
    attack = f"import pathlib\ntry:\n    {run}\nexcept OSError:\n    pass\n"
    message = repr(f"``{script}``\n\n{script}")
    answer = f"{script}\n\n[click](javascript:alert(1)) [see](see.html)\n\n*three* and ten"
    _write(book, third=f"{attack}def third(x):\n    raise ValueError({message})\n", answer=answer)
    for name in ("marks-halves", "example-half"):
        _cell(book, name)["source"] = attack
    book["cells"].append({"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": script})
    book["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"x": script}}}


def endless(book: Notebook) -> None:
    """A loop without an end, in a function and in a cell of its own."""
    _write(book, third="def third(x):\n    while True:\n        pass\n")
    cell = {"cell_type": "code", "metadata": {}, "source": "while True:\n    pass", "outputs": []}
    book["cells"].append({**cell, "execution_count": None})


WITNESS = Path(f"/tmp/nbgrader-ran-a-cell-{os.getpid()}")  # a jail cannot write there; a kernel could
STORIES: dict[str, Callable[[Notebook], None]] = {
    story.__name__.replace("_", "-"): story
    for story in (
        right,
        wrong_third,
        untouched,
        claims_points,
        deletes_what_is_graded,
        twice_and_turned_round,
        broken_cell,
        old_and_odd_metadata,
        late,
        answered,
        late_and_answered,
        hostile,
        endless,
    )
}
EXPECTED = {  # points of parts, before the late rule
    "right": 6.5,
    "wrong-third": 3.0,
    "untouched": 0.0,
    "claims-points": 3.5,
    "deletes-what-is-graded": 3.5,
    "twice-and-turned-round": 3.5,
    "broken-cell": 3.0,
    "old-and-odd-metadata": 6.5,
    "late": 6.5,
    "hostile": 3.0,
    "endless": 3.0,
    "no-notebook": 0.0,
}
BY_HAND = {"answered", "late-and-answered"}  # a test gives them marks
IN_TIME, LATE = "2098-12-31 10:00:00 UTC", "2099-01-02 10:00:00 UTC"
BY_EXCHANGE = ("right", "claims-points")
DOWNLOADED = r".*_(?P<student_id>[\w-]+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
BY_ZIP = ("untouched", "endless")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, isolation: Isolation) -> Iterator[Class]:
    """A class, from `autograder nbgrader init` to the marks in the gradebook."""
    assert isolation
    base = tmp_path_factory.mktemp("nbgrader")
    course = _the_course(base / "course")
    WITNESS.unlink(missing_ok=True)
    this = Class(course, base / "nb", environment(base, WITNESS), {})
    this.run("autograder", "nbgrader", "init", str(this.folder), "--course", str(course), where=base)
    with (this.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(base / 'exchange')!r}\n")
        config.write(f"c.FileNameCollectorPlugin.named_regexp = {DOWNLOADED!r}\n")
    (base / "exchange").mkdir()
    (base / "exchange").chmod(0o777)
    for name in ("parts", "backprop"):
        this.run("nbgrader", "generate_assignment", name)
    this.run("nbgrader", "release_assignment", "parts")
    _hand_in(this, base)
    this.said["autograde"] = this.run("nbgrader", "autograde", "parts")
    _plain_files(base / "plain")
    this.said["sync"] = this.run("autograder", "nbgrader", "sync", str(base / "plain"))
    for name in ("parts", "backprop"):
        this.run("nbgrader", "generate_feedback", name)
    yield this
    WITNESS.unlink(missing_ok=True)


def _the_course(root: Path) -> Path:
    """The small course, and one assignment of this repository beside it."""
    whole_course.write(root)
    (root / "rubrics" / "course.yaml").write_text(COURSE, encoding="utf-8")
    shutil.copy(ROOT / "rubrics" / "backprop.yaml", root / "rubrics")
    for tree in ("solutions", "assignments"):
        shutil.copytree(ROOT / tree / "backprop", root / tree / "backprop")
    return root


def _hand_in(this: Class, base: Path) -> None:
    released = (this.folder / "release" / "parts" / "parts.ipynb").read_text(encoding="utf-8")
    zipped = this.folder / "downloaded" / "parts" / "archive"
    zipped.mkdir(parents=True)
    for student, story in STORIES.items():
        book = json.loads(released)
        story(book)
        text = json.dumps(book)
        if student in BY_EXCHANGE:
            _submit(this, base / "home" / student, student, text)
        elif student in BY_ZIP:
            name = f"parts_{student}_attempt_2098-12-31-10-00-00_parts.ipynb"
            with zipfile.ZipFile(zipped / "class.zip", "a") as archive:
                archive.writestr(name, text)
        else:
            _lay(this, student, text, LATE if student.startswith("late") else IN_TIME)
    _lay(this, "no-notebook", "not JSON {", IN_TIME)
    this.run("nbgrader", "collect", "parts")
    this.run("nbgrader", "zip_collect", "parts")


def _submit(this: Class, home: Path, student: str, text: str) -> None:
    home.mkdir(parents=True)
    home.joinpath("nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'parts'\n"
        f"c.Exchange.root = {str(home.parents[1] / 'exchange')!r}\n"
    )
    if student == BY_EXCHANGE[0]:
        this.run("nbgrader", "fetch_assignment", "parts", where=home)
    home.joinpath("parts").mkdir(exist_ok=True)
    home.joinpath("parts", "parts.ipynb").write_text(text, encoding="utf-8")
    this.run("nbgrader", "submit", "parts", f"--student={student}", where=home)


def _lay(this: Class, student: str, text: str, came: str) -> None:
    folder = this.folder / "submitted" / student / "parts"
    folder.mkdir(parents=True)
    folder.joinpath("parts.ipynb").write_text(text, encoding="utf-8")
    folder.joinpath("timestamp.txt").write_text(came)


def _plain_files(folder: Path) -> None:
    """A class that hands in .py files: two stories of the sample class, and the reference."""
    for student in ("misspelt_variable", "syntax_error"):
        shutil.copytree(ROOT / "tests" / "submissions" / student, folder / student)
        (folder / student / "golden.json").unlink()
    (folder / "perfect").mkdir()
    shutil.copy(ROOT / "solutions" / "backprop" / "reference.py", folder / "perfect" / "backprop.py")


@pytest.fixture(scope="module")
def by_autograder(graded: Class) -> dict[tuple[str, str], dict[str, Any]]:
    """What `autograder grade` says of the same submissions: (student, assignment) -> report."""
    words = ("grade", str(graded.folder / "submitted"), "--course", str(graded.course), "--format", "json")
    out = graded.folder.parent / "by-autograder"
    done = subprocess.run(
        [str(BIN / "autograder"), *words, "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    files = [path for path in out.glob("*/*.json") if path.parent.name != "feedback"]
    return {(path.parent.name, path.stem): json.loads(path.read_text(encoding="utf-8")) for path in files}


@pytest.mark.parametrize("student", sorted(EXPECTED))
def test_marks_in_the_gradebook_are_those_the_story_deserves(graded: Class, student: str) -> None:
    expected = EXPECTED[student] * (0.9 if student == "late" else 1)

    assert graded.score(student) == pytest.approx(expected, abs=1e-9)


def test_marks_equal_autograder_grade_to_the_last_hundredth(
    graded: Class, by_autograder: dict[tuple[str, str], dict[str, Any]]
) -> None:
    ours = {
        pair: round(report["earned"], 2)
        for pair, report in by_autograder.items()
        if pair[0] not in BY_HAND  # by hand is not by `autograder grade`
    }

    assert len(ours) == len(EXPECTED) + 3
    assert {pair: round(graded.score(*pair), 2) for pair in ours} == ours


def test_each_criterion_of_a_plain_file_has_its_own_points(
    graded: Class, by_autograder: dict[tuple[str, str], dict[str, Any]]
) -> None:
    for student in ("misspelt_variable", "syntax_error", "perfect"):
        grades = graded.grades(student, "backprop")
        for mark in by_autograder[student, "backprop"]["marks"]:
            if "hand" not in (mark.get("by"), mark["criterion"]) and f"marks-{mark['criterion']}" in grades:
                assert grades[f"marks-{mark['criterion']}"][0] == pytest.approx(mark["earned"], abs=1e-9)


def test_no_cell_of_a_student_was_ever_run_outside_the_jail(graded: Class) -> None:
    assert not WITNESS.exists()
    assert "kernel" not in graded.said["autograde"].lower().replace("overwritekernelspec", "")


def test_no_student_stops_the_class(graded: Class) -> None:
    assert "There was an error" not in graded.said["autograde"]
    assert {path.parent.name for path in (graded.folder / "autograded").glob("*/parts")} == set(
        EXPECTED
    ) | BY_HAND


def test_points_in_a_submission_say_nothing(graded: Class) -> None:
    worth = dict(graded.rows("select base_cell.name, max_score from grade_cells join base_cell using (id)"))

    assert (worth["marks-halves"], worth["marks-thirds"], worth[ANSWER]) == (3.0, 3.5, 1.0)
    book = json.loads((graded.folder / "autograded" / "claims-points" / "parts" / "parts.ipynb").read_text())
    marks = [cell for cell in book["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]

    assert [
        (cell["metadata"]["nbgrader"]["grade_id"], cell["metadata"]["nbgrader"]["points"]) for cell in marks
    ] == [
        (ANSWER, 1.0),
        ("marks-halves", 3.0),
        ("marks-thirds", 3.5),
    ]


def test_a_deleted_answer_waits_for_a_person_and_an_empty_one_is_worth_nothing(graded: Class) -> None:
    assert graded.grades("deletes-what-is-graded")[ANSWER] == (None, None, 1)
    assert graded.grades("untouched")[ANSWER] == (0.0, None, 0)
    assert graded.grades("right")[ANSWER] == (None, None, 1)


def test_the_late_rule_of_the_course_is_the_penalty(graded: Class) -> None:
    assert graded.penalty("late") == pytest.approx(0.65)
    assert graded.penalty("right") == 0


def test_comments_are_the_students_edition_of_the_report(graded: Class) -> None:
    said = graded.comments("wrong-third")

    assert "**Looks like: halves.** This divides by two." in said["third"]
    assert "expected" not in said["third"]
    assert "✓ passed" in said["half"]
    assert "10 % of the earned points are taken off" in graded.comments("late")["the-imports"]
    assert "a colon is missing" in graded.comments("broken-cell")["the-imports"]


def test_the_feedback_page_shows_score_and_report(graded: Class) -> None:
    page = graded.feedback("wrong-third")

    assert "parts (Score: 3.0 / 7.5)" in page
    assert re.search(r"Looks like: halves", page)
    assert "Every number is divided by three." in page
    assert "(Score: 5.85 / 7.5)" in graded.feedback("late")


def test_feedback_holds_nothing_hidden_and_no_script_of_a_student(graded: Class) -> None:
    page = graded.feedback("hostile")

    assert "<script>document.title" not in page
    assert not re.search(r"<img[^>]*onerror", page)
    assert not re.search(r"href=\"(javascript:|see)", page)
    for student in EXPECTED:
        assert "rng.normal" not in graded.feedback(student)


def test_export_says_the_same(graded: Class) -> None:
    graded.run("nbgrader", "export", "--to", "marks.csv")
    with (graded.folder / "marks.csv").open(encoding="utf-8") as file:
        rows = {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}

    for student in EXPECTED:
        assert rows[student, "parts"] == pytest.approx(graded.score(student))


def test_sync_grades_what_is_new_and_leaves_a_notebook_that_was_handed_in(graded: Class) -> None:
    plain = graded.folder.parent / "plain"
    (plain / "right").mkdir()
    (plain / "right" / "parts.py").write_text("def half(x):\n    return 0\n")
    said = graded.run("autograder", "nbgrader", "sync", str(plain))

    assert "right handed in a notebook, which stays" in said
    assert said.count("unchanged since it was graded") == 3
    assert graded.score("right") >= EXPECTED["right"]


@pytest.fixture(scope="module")
def formgrader(graded: Class) -> Iterator[Formgrader]:
    """A server of formgrader on this class."""
    with serving(graded) as there:
        yield there


def _id(formgrader: Formgrader, student: str) -> str:
    found = formgrader.json("submitted_notebooks/parts/parts")
    return str(next(one["id"] for one in found if one["student"] == student))


def test_formgrader_knows_the_marks(graded: Class, formgrader: Formgrader) -> None:
    told = {one["student"]: one for one in formgrader.json("submissions/parts")}

    for student in EXPECTED:
        assert told[student]["score"] == pytest.approx(graded.score(student) + graded.penalty(student))
        assert told[student]["autograded"]


def _mark_by_hand(formgrader: Formgrader, student: str, value: float) -> None:
    grades = formgrader.json(f"grades?submission_id={_id(formgrader, student)}")
    grade = next(one for one in grades if one["name"] == ANSWER)
    formgrader.json(f"grade/{grade['id']}", {"manual_score": value, "extra_credit": None}, "PUT")


def test_a_hand_mark_stays_when_its_submission_is_graded_again(graded: Class, formgrader: Formgrader) -> None:
    _mark_by_hand(formgrader, "answered", 0.75)
    before = graded.score("answered")
    answer = formgrader.json("submission/parts/answered/autograde", {}, "POST")

    assert before == pytest.approx(7.25)
    assert answer["success"], answer
    assert graded.grades("answered")[ANSWER][1] == 0.75
    assert graded.score("answered") == pytest.approx(7.25)


def test_feedback_after_the_release_date_shows_more_and_settles_the_penalty(
    graded: Class, formgrader: Formgrader, tmp_path: Path
) -> None:
    student = "late-and-answered"
    shutil.copytree(graded.course, tmp_path / "course")
    released = COURSE.replace("2099-01-01", "2020-01-01").replace("2099-02-01", "2020-02-01")
    (tmp_path / "course" / "rubrics" / "course.yaml").write_text(released, encoding="utf-8")
    before = graded.feedback(student)
    _mark_by_hand(formgrader, student, 1)
    words = ["generate_feedback", "parts", "--force", f"--student={student}"]
    graded.run("nbgrader", *words, f"--JailedExporter.course={tmp_path / 'course'}")
    after = graded.feedback(student)

    assert graded.penalty(student) == pytest.approx(0.45)
    assert "(Score: 4.05 / 7.5)" in after
    assert "allowed: <code>" not in before
    assert "allowed: <code>" in after


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_pages_of_formgrader_show_the_marks(graded: Class, formgrader: Formgrader, tmp_path: Path) -> None:
    table = plain(formgrader.page("manage_submissions/parts", tmp_path))

    for student in ("wrong-third", "claims-points", "twice-and-turned-round"):
        assert re.search(rf"{student} .{{0,60}} {graded.score(student):g} / 7.5", table), table


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_the_page_of_a_submission_shows_the_report_and_runs_no_script(
    formgrader: Formgrader, tmp_path: Path
) -> None:
    page = formgrader.page(f"submissions/{_id(formgrader, 'hostile')}/", tmp_path)

    assert "<title>taken</title>" not in page
    assert "Every number is halved." in plain(page)
    assert re.search(r'id="marks-halves"[^>]*placeholder="3"', page)
