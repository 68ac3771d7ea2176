"""The steps of `nbgrader autograde` that are ours, and one that cleans what students write."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import bleach  # comes with nbconvert
import nbformat
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.model import CourseError, Mark, Report

from . import RECORDS, telling
from .grading import recorded
from .papers import MARKS

ANEW = "run `autograder nbgrader init --force` and `nbgrader generate_assignment`"

PLAIN = "a abbr b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong"
TAGS = frozenset(f"{PLAIN} sub sup table tbody td th thead tr ul".split())
# MathJax would make links and styles of these.
FORMULAS = re.compile(r"\\(?=(?:href|style|class|cssId|require)\b)")
# No link to a file that was handed in: formgrader would serve it as a page of its own.
LINKS = ("http://", "https://", "mailto:", "#")
PROTOCOLS = frozenset({"http", "https", "mailto"})


class JailedGrade(NbGraderPreprocessor):
    """In the place of `Execute`: asks the jail, and writes the points of each criterion into its cell."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill the graded cells.

        Raises:
            CourseError: a cell is graded, and the rubric has no such criterion.
            SandboxFault: a fault of ours; nbgrader reports it and leaves the student's old marks alone.
        """
        _fill(nb, _graded(self.parent, resources))
        return nb, resources


class SaveReport(NbGraderPreprocessor):
    """After `SaveAutoGrades`: comments for the student, and a flag where points wait for someone."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the comments of the cells that students fill in."""
        report = _graded(self.parent, resources)
        _comment(nb, resources, report)
        pending = {f"{MARKS}{mark.criterion.id}" for mark in report.marks if mark.pending}
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            for name in pending & {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}:
                grade = gradebook.find_grade(name, about["notebook"], about["assignment"], about["student"])
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources


class ShowReport(NbGraderPreprocessor):
    """Before feedback is made: the report as the student may see it today, from the record of the grading."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill graded cells and comments anew; without a record they stay as they are."""
        root = Path(self.parent.parent.coursedir.root)
        about = resources["nbgrader"]
        report = recorded(
            root / self.config.JailedExporter.course, root / RECORDS, about, _seconds_late(about)
        )
        if report is not None:
            _fill(nb, report)
            _comment(nb, resources, report)
        self._make_releasable(about)
        return nb, resources

    def _make_releasable(self, about: Any) -> None:
        """Put beside the page what `nbgrader release_feedback` would stop for, whoever has not got it.

        Only who used `nbgrader submit` has a secret, by which the own page is found; nobody knows this one.
        """
        places = self.parent.parent.coursedir
        path = places.format_path(places.feedback_directory, about["student"], about["assignment"])
        for name, text in (("timestamp.txt", ""), ("submission_secret.txt", secrets.token_hex(64))):
            if Path(path).is_dir() and not Path(path, name).exists():
                Path(path, name).write_text(text, encoding="utf-8")


def _graded(exporter: Any, resources: Any) -> Report:
    """The report on what is being graded; made once, and found again by the next step."""
    about = resources["nbgrader"]
    folder = exporter.folder("submitted", about["assignment"], about["student"])
    report: Report = exporter.grader.report(
        folder, about["assignment"], about["student"], _seconds_late(about)
    )
    return report


def _seconds_late(about: Any) -> float:
    with Gradebook(about["db_url"]) as gradebook:
        return float(gradebook.find_submission(about["assignment"], about["student"]).total_seconds_late)


def _fill(nb: Any, report: Report) -> None:
    """Write each machine criterion into its cell."""
    marks = {f"{MARKS}{mark.criterion.id}": mark for mark in report.marks if mark.criterion.by == "machine"}
    there = set()
    for cell in nb.cells:
        name, mark = _marked(cell, marks)
        if mark is not None:
            there.add(name)
            cell.execution_count = 1
            cell.outputs = [nbformat.from_dict(output) for output in telling.outputs(mark)]
    missing = sorted(set(marks) - there)
    if missing:
        raise CourseError(f"{report.assignment}: the released notebook has no cell {missing[0]!r}; {ANEW}")


def _marked(cell: Any, marks: dict[str, Mark]) -> tuple[str, Mark | None]:
    """The name and the mark of a cell that a criterion fills in; "" and None for any other."""
    about = cell.metadata.get("nbgrader", {})
    if not about.get("grade") or about.get("solution"):
        return "", None
    name = about["grade_id"]
    if name not in marks:
        raise CourseError(
            f"the cell {name!r} is graded, but the rubric has no such criterion, and nothing is run here; "
            "make it a check of the assignment, or a cell that is marked by hand"
        )
    if about["points"] != float(marks[name].possible):
        raise CourseError(
            f"the cell {name!r} was released with {about['points']} points and the rubric says "
            f"{float(marks[name].possible)}; {ANEW}"
        )
    return name, marks[name]


def _comment(nb: Any, resources: Any, report: Report) -> None:
    """Write the comments of the cells that students fill in, but for those that a person marks."""
    about = resources["nbgrader"]
    open_cells = [cell.metadata["nbgrader"] for cell in nb.cells if "nbgrader" in cell.metadata]
    names = [one["grade_id"] for one in open_cells if one.get("solution") and not one.get("grade")]
    with Gradebook(about["db_url"]) as gradebook:
        for number, name in enumerate(names):
            said = ["" if number else telling.whole(report), telling.comment(report, name)]
            comment = gradebook.find_comment(name, about["notebook"], about["assignment"], about["student"])
            comment.auto_comment = "\n\n".join(filter(None, said)) or None
        gradebook.db.commit()


class CleanMarkdown(Preprocessor):
    """Where notebooks become HTML: what students wrote as text may hold no script, style or frame."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        self.enabled = True

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:  # noqa: ARG002 - nbconvert's
        """Replace a text that is not ours by its own clean HTML, on one line, which Markdown leaves alone."""
        locked = cell.metadata.get("nbgrader", {}).get("locked", False)
        if cell.cell_type != "code" and not locked:
            html = bleach.clean(markdown2html(cell.source), TAGS, _allowed, PROTOCOLS, strip=False)
            html = FORMULAS.sub("", html)
            cell.source = f"<div>{html}</div>".replace("\r", "").replace("\n", "&#10;")
            cell.cell_type = "markdown"
        return cell, resources


def _allowed(tag: str, name: str, value: str) -> bool:
    """Whether a tag may keep an attribute."""
    if (tag, name) == ("a", "href"):
        return value.lower().startswith(LINKS)
    return (tag, name) in {("img", "src"), ("img", "alt"), ("td", "align"), ("th", "align")}
