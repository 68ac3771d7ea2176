"""Two assignments of the course itself through nbgrader, from `init` to the page that a student fetches.

One comes by nbgrader's exchange and goes back by it; the other comes as a zip of a learning platform. `make
nbgrader` runs this.
"""

from __future__ import annotations

import copy
import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from autograder.jail.levels import choose
from autograder.model import IsolationError, points
from autograder.nbgrader_bridge import filling

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
WITNESS = Path(f"/tmp/nbgrader-ran-a-real-cell-{os.getpid()}")  # a jail cannot write there; a kernel could
NEURON, ARITHMETIC = "perceptron", "conv_arithmetic"
TIMED = "conv_layers"  # has checks that are timed, which are left pending here: no test waits for a clock
DOWNLOADED = r".*_(?P<student_id>[\w-]+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
TWO_DAYS_LATE = "2027-02-23 12:00:00 UTC"
Notebook = dict[str, Any]


def _name(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _functions(book: Notebook) -> list[str]:
    """The cells that a student fills in, one a function, in their order."""
    graded = [cell["metadata"].get("nbgrader", {}) for cell in book["cells"]]
    names = [one["grade_id"] for one in graded if one.get("solution") and not one.get("grade")]
    return [name for name in names if name != "the-imports"]


def _solved(name: str, released: Notebook, functions: int = 99) -> Notebook:
    """The released notebook with the reference's code in the cells of the first `functions` functions."""
    source = (ROOT / "solutions" / name / "reference.py").read_text(encoding="utf-8")
    full = filling.filled(released, source, "")
    del full["metadata"][filling.MADE]
    wanted = {"the-imports", *_functions(released)[:functions]}
    cells = [
        there if _name(there) in wanted else before
        for before, there in zip(released["cells"], full["cells"], strict=True)
    ]
    return copy.deepcopy({**released, "cells": cells})


def _says_one_more(book: Notebook, function: str) -> Notebook:
    """The same with `function` off by one."""
    for cell in book["cells"]:
        if _name(cell) == function:
            inner = cell["source"].replace(f"def {function}(", "def without_one(")
            cell["source"] = (
                f"{inner}\n\n\ndef {function}(*args, **words):\n    return 1 + without_one(*args, **words)\n"
            )
    return book


def _metadata_changed(book: Notebook, _: Notebook) -> None:
    """Every criterion is worth a thousand points, earned them all, and is somebody else's to mark."""
    for cell in book["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        about |= {"locked": False, "checksum": "0" * 32}
        if about.get("grade"):
            about |= {"points": 1000.0, "solution": not about["solution"]}
            done = {"output_type": "execute_result", "data": {"text/plain": "1000.0"}, "metadata": {}}
            cell |= {"cell_type": "code", "outputs": [done | {"execution_count": 1}], "execution_count": 1}


def _duplicated(book: Notebook, _: Notebook) -> None:
    """Each graded cell stands three times, once under the name of the one after it."""
    graded = [cell for cell in book["cells"] if _name(cell).startswith("marks-")]
    for cell, other in zip(graded, [*graded[1:], graded[0]], strict=True):
        twin, impostor = copy.deepcopy(cell), copy.deepcopy(cell)
        impostor["metadata"]["nbgrader"]["grade_id"] = _name(other)
        book["cells"] += [twin, impostor]


def _deleted(book: Notebook, _: Notebook) -> None:
    """What would earn nothing is not there."""
    book["cells"] = [cell for cell in book["cells"] if not _name(cell).startswith("marks-")]


def _reordered(book: Notebook, _: Notebook) -> None:
    """Everything stands the other way round."""
    book["cells"].reverse()


def _pasted(book: Notebook, other: Notebook) -> None:
    """All cells of another assignment, solved and with its marks, stand behind the own ones."""
    foreign = copy.deepcopy(other["cells"])
    for cell in foreign:
        if _name(cell).startswith("marks-"):
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": str(cell["metadata"]["nbgrader"]["points"])},
                    "metadata": {},
                    "execution_count": 1,
                }
            ]
    book["cells"] += foreign


TAMPERING: dict[str, Callable[[Notebook, Notebook], None]] = {
    "metadata-changed": _metadata_changed,
    "duplicated": _duplicated,
    "deleted": _deleted,
    "reordered": _reordered,
    "pasted": _pasted,
}
BY_EXCHANGE = ("ada", "ben")  # right; half of it, and two days late
PLAIN = "cleo"  # handed in a .py file
HONEST = ("right", "half", "wrong", "untouched")
PAIRS = [
    *((one, NEURON) for one in (*BY_EXCHANGE, PLAIN)),
    *((one, ARITHMETIC) for one in (*HONEST, *TAMPERING)),
    ("eve", TIMED),
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """This repository's course as an nbgrader course, in which two assignments have been marked."""
    try:
        choose("namespaces")  # as the course asks
    except IsolationError as error:
        pytest.skip(str(error))
    base = tmp_path_factory.mktemp("real")
    this = Class(ROOT, base / "nb", environment(base, WITNESS), {})
    WITNESS.unlink(missing_ok=True)
    this.run("autograder", "nbgrader", "init", str(this.folder), NEURON, ARITHMETIC, TIMED, where=ROOT)
    with (this.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(base / 'exchange')!r}\n")
        config.write(f"c.FileNameCollectorPlugin.named_regexp = {DOWNLOADED!r}\n")
        config.write("c.JailedExporter.timed = False\n")
    (base / "exchange").mkdir()
    (base / "exchange").chmod(0o777)
    for name in (NEURON, ARITHMETIC, TIMED):
        this.run("nbgrader", "generate_assignment", name)
    this.run("nbgrader", "release_assignment", NEURON)
    released = {name: _released(this, name) for name in (NEURON, ARITHMETIC)}
    for student, functions in zip(BY_EXCHANGE, (99, 4), strict=True):
        _by_exchange(this, student, lambda book, n=functions: _solved(NEURON, book, n))
    this.run("nbgrader", "collect", NEURON)
    (this.folder / "submitted" / "ben" / NEURON / "timestamp.txt").write_text(TWO_DAYS_LATE)
    _by_zip(this, released)
    this.run("nbgrader", "zip_collect", ARITHMETIC)
    (base / "plain" / PLAIN).mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / NEURON / "reference.py", base / "plain" / PLAIN / f"{NEURON}.py")
    this.run("autograder", "nbgrader", "sync", str(base / "plain"))
    laid = this.folder / "submitted" / "eve" / TIMED / f"{TIMED}.ipynb"
    laid.parent.mkdir(parents=True)
    laid.write_text(json.dumps(_solved(TIMED, _released(this, TIMED))), encoding="utf-8")
    for name in (NEURON, ARITHMETIC, TIMED):
        this.said[name] = this.run("nbgrader", "autograde", name)
        this.run("nbgrader", "generate_feedback", name)
        this.run("nbgrader", "release_feedback", name)
    for student in BY_EXCHANGE:
        own = _as(this, student)
        this.said[student] = own.run("nbgrader", "fetch_feedback", NEURON, where=_home(this, student))
    yield this
    WITNESS.unlink(missing_ok=True)


def _released(this: Class, name: str) -> Notebook:
    book: Notebook = json.loads(
        (this.folder / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    )
    return book


def _home(this: Class, student: str) -> Path:
    return this.folder.parent / "home" / student


def _as(this: Class, student: str) -> Class:
    """The same with a home of the student's own, where nbgrader remembers what was submitted."""
    return replace(this, environment=this.environment | {"HOME": str(_home(this, student))})


def _by_exchange(this: Class, student: str, solve: Callable[[Notebook], Notebook]) -> None:
    """Fetch, fill in, submit: in the folder of the student, who has nothing else."""
    home, own = _home(this, student), _as(this, student)
    home.mkdir(parents=True)
    home.joinpath("nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'neural-networks'\n"
        f"c.Exchange.root = {str(this.folder.parent / 'exchange')!r}\n"
    )
    own.run("nbgrader", "fetch_assignment", NEURON, where=home)
    path = home / NEURON / f"{NEURON}.ipynb"
    path.write_text(json.dumps(solve(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    own.run("nbgrader", "submit", NEURON, f"--student={student}", where=home)


def _by_zip(this: Class, released: dict[str, Notebook]) -> None:
    """One zip of a learning platform with everybody's notebook of the other assignment."""
    solved, half = _solved(ARITHMETIC, released[ARITHMETIC]), _solved(ARITHMETIC, released[ARITHMETIC], 4)
    foreign = _solved(NEURON, released[NEURON])
    books = {
        "right": solved,
        "half": half,
        "wrong": _says_one_more(copy.deepcopy(solved), "conv_output_size"),
        "untouched": released[ARITHMETIC],
    }
    for student, tamper in TAMPERING.items():
        books[student] = copy.deepcopy(half)
        tamper(books[student], foreign)
    folder = this.folder / "downloaded" / ARITHMETIC / "archive"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        for student, book in books.items():
            when = "2027-04-01-10-00-00"
            archive.writestr(f"{ARITHMETIC}_{student}_attempt_{when}_{ARITHMETIC}.ipynb", json.dumps(book))


@pytest.fixture(scope="module")
def by_autograder(graded: Class) -> dict[tuple[str, str], dict[str, Any]]:
    """What `autograder grade` says of the same files under the same seed: (student, assignment) -> report."""
    seed = json.loads((graded.folder / "graded" / "run.json").read_text(encoding="utf-8"))["seed"]
    out = graded.folder.parent / "by-autograder"
    words = ["grade", str(graded.folder / "submitted"), "--course", str(ROOT), "--format", "json"]
    done = subprocess.run(
        [BIN / "autograder", *words, "--out", out, "--seed", seed, "-j", "2", "--no-timing"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    files = [path for path in out.glob("*/*.json") if path.parent.name != "feedback"]
    return {(path.parent.name, path.stem): json.loads(path.read_text(encoding="utf-8")) for path in files}


def _hundredths(value: float) -> Decimal:
    return Decimal(points(Fraction(value).limit_denominator(10**6))).quantize(Decimal("0.01"))


@pytest.mark.parametrize(("student", "name"), PAIRS, ids=[f"{name}-{student}" for student, name in PAIRS])
def test_marks_equal_those_of_autograder_grade_criterion_by_criterion(
    graded: Class, by_autograder: dict[tuple[str, str], dict[str, Any]], student: str, name: str
) -> None:
    report = by_autograder[student, name]
    grades = graded.grades(student, name)
    ours = {f"marks-{m['criterion']}": _hundredths(m["earned"]) for m in report["marks"]}
    theirs = {cell: _hundredths(auto or 0) for cell, (auto, _, _) in grades.items() if cell in ours}

    assert len(theirs) >= 5
    assert theirs == {cell: ours[cell] for cell in theirs}
    assert _hundredths(graded.score(student, name)) == _hundredths(report["earned"])


def test_the_reference_has_full_marks_and_the_released_notebook_none(graded: Class) -> None:
    for student, name in (("ada", NEURON), (PLAIN, NEURON), ("right", ARITHMETIC)):
        worth = graded.rows(
            "select sum(max_score) from grade_cells join base_cell using (id) "
            "join notebook on notebook.id = base_cell.notebook_id where notebook.name = ? "
            "and base_cell.name like 'marks-%'",
            name,
        )

        assert graded.score(student, name) == pytest.approx(worth[0][0])
    assert graded.score("untouched", ARITHMETIC) == 0


def test_an_error_costs_a_part_of_the_marks(graded: Class) -> None:
    assert 0 < graded.score("wrong", ARITHMETIC) < graded.score("right", ARITHMETIC)
    assert 0 < graded.score("half", ARITHMETIC) < graded.score("right", ARITHMETIC)


@pytest.mark.parametrize("student", TAMPERING)
def test_tampering_with_a_real_notebook_gains_nothing(graded: Class, student: str) -> None:
    honest = {cell: one for cell, one in graded.grades("half", ARITHMETIC).items() if "marks-" in cell}
    theirs = {cell: one for cell, one in graded.grades(student, ARITHMETIC).items() if "marks-" in cell}

    assert theirs == honest
    assert graded.score(student, ARITHMETIC) == graded.score("half", ARITHMETIC)


def test_two_days_late_cost_what_the_course_says(graded: Class) -> None:
    earned = sum(auto or 0 for auto, _, _ in graded.grades("ben", NEURON).values())

    assert graded.penalty("ben", NEURON) == pytest.approx(earned / 5)
    assert graded.penalty("ada", NEURON) == 0


def test_points_for_speed_that_nobody_timed_wait_for_a_person_in_the_gradebook(
    graded: Class, by_autograder: dict[tuple[str, str], dict[str, Any]]
) -> None:
    report = by_autograder["eve", TIMED]
    grades = graded.grades("eve", TIMED)
    waiting = {
        f"marks-{mark['criterion']}"
        for mark in report["marks"]
        if any(one["status"] == "PENDING" for one in mark.get("outcomes", ()))
    }
    whole = {f"marks-{m['criterion']}" for m in report["marks"] if m["earned"] == m["possible"]}

    assert waiting
    assert {cell for cell, (_, _, needs) in grades.items() if needs and "marks-" in cell} == waiting
    assert waiting | whole == {cell for cell in grades if "marks-" in cell}


def test_no_student_stops_the_class_and_nothing_ran_in_a_kernel(graded: Class) -> None:
    assert "There was an error" not in graded.said[NEURON] + graded.said[ARITHMETIC] + graded.said[TIMED]
    assert not WITNESS.exists()
    assert {(path.parts[-2], path.parts[-1]) for path in (graded.folder / "autograded").glob("*/*")} == set(
        PAIRS
    )


@pytest.mark.parametrize("student", BY_EXCHANGE)
def test_a_student_fetches_the_own_page_from_the_exchange_and_no_other(graded: Class, student: str) -> None:
    (page,) = _home(graded, student).glob(f"{NEURON}/feedback/*/*.html")

    assert page.read_text(encoding="utf-8") == graded.feedback(student, NEURON)
    assert f"(Score: {graded.score(student, NEURON)!r} / " in plain(page.read_text(encoding="utf-8"))


def test_feedback_holds_nothing_that_is_hidden(graded: Class) -> None:
    hidden = {
        line.strip()
        for part in ("checks", "reference")
        for line in (ROOT / "solutions" / ARITHMETIC / f"{part}.py").read_text(encoding="utf-8").splitlines()
        if re.search(r"rng\.|return .{12}|append\(", line)
    }
    released = json.dumps(_released(graded, ARITHMETIC))
    told = unescape(plain(graded.feedback("untouched", ARITHMETIC)))

    assert len(hidden) > 20
    assert [line for line in hidden if line in told and line not in released] == []


def test_what_is_exported_is_what_the_gradebook_says(graded: Class) -> None:
    graded.run("nbgrader", "export", "--to", "marks.csv")
    with (graded.folder / "marks.csv").open(encoding="utf-8") as file:
        rows = {
            (row["student_id"], row["assignment"]): float(row["score"] or 0) for row in csv.DictReader(file)
        }

    assert {pair: _hundredths(rows[pair]) for pair in PAIRS} == {
        pair: _hundredths(graded.score(*pair)) for pair in PAIRS
    }


@pytest.fixture(scope="module")
def formgrader(graded: Class) -> Iterator[Formgrader]:
    """A server of formgrader on this class."""
    with serving(graded) as there:
        yield there


def test_formgrader_has_the_same_marks(graded: Class, formgrader: Formgrader) -> None:
    for name in (NEURON, ARITHMETIC, TIMED):
        told = {one["student"]: one["score"] for one in formgrader.json(f"submissions/{name}")}
        before = {
            student: graded.score(student, name) + graded.penalty(student, name)
            for student, its in PAIRS
            if its == name
        }

        assert {student: told[student] for student in before} == pytest.approx(before)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_formgraders_pages_show_a_real_notebook(
    graded: Class, formgrader: Formgrader, tmp_path: Path
) -> None:
    table = plain(formgrader.page(f"manage_submissions/{ARITHMETIC}", tmp_path))
    found = formgrader.json(f"submitted_notebooks/{ARITHMETIC}/{ARITHMETIC}")
    one = next(each["id"] for each in found if each["student"] == "pasted")
    page = plain(formgrader.page(f"submissions/{one}/", tmp_path))

    assert re.search(rf"half .{{0,60}} {graded.score('half', ARITHMETIC):g} / ", table), table
    assert "conv_output_size" in page
    assert "passed" in page
