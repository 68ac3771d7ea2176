"""What of the way to nbgrader can be shown without nbgrader."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder import course as courses
from autograder import nbgrader_bridge
from autograder.model import (
    CourseError,
    Crash,
    Late,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Shown,
    Status,
)
from autograder.nbgrader_bridge import filling, papers, rebuild, telling
from autograder.nbgrader_bridge.grading import late_share

from . import tiny, whole_course


@pytest.fixture
def released(tmp_path: Path) -> dict[str, Any]:
    """The source notebook of the small course, which is what nbgrader releases but for checksums."""
    course = courses.load(whole_course.write(tmp_path))
    return dict(json.loads(papers.files(course, ["parts"])["parts/parts.ipynb"]))


def _marked(book: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in book["cells"] if cell["metadata"]}


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _rebuilt(book: dict[str, Any], released: dict[str, Any]) -> dict[str, Any]:
    return rebuild.rebuilt(rebuild.handed_in(json.dumps(book).encode()), released)


# ---- papers -----------------------------------------------------------------------------------------


def test_each_criterion_has_a_cell_worth_its_points(released: dict[str, Any]) -> None:
    about = {name: cell["metadata"]["nbgrader"] for name, cell in _marked(released).items()}
    worth = {name: one["points"] for name, one in about.items() if one["grade"]}

    assert worth == {"marks-halves": 3.0, "marks-thirds": 3.5, "answer-why": 1.0}
    assert about["marks-halves"]["locked"]
    assert not about["marks-halves"]["solution"]
    assert about["answer-why"]["solution"]


def test_handout_and_examples_are_locked_and_functions_are_not(released: dict[str, Any]) -> None:
    locked = {name: cell["metadata"]["nbgrader"]["locked"] for name, cell in _marked(released).items()}

    assert locked["the-handout"]
    assert locked["example-half"]
    assert not locked["half"]


def test_an_answer_stands_in_the_cell_with_its_variable(tmp_path: Path) -> None:
    root = whole_course.write(tmp_path)
    whole_course.add(root, "reference", '# Write your sentences.\nWHY = """\n"""\nKEPT = 1\n')
    whole_course.refresh(root)
    book = json.loads(papers.files(courses.load(root), ["parts"])["parts/parts.ipynb"])
    cells = _marked(book)

    assert _source(cells["answer-why"]) == 'WHY = """\n"""'
    assert _source(cells["the-rest"]) == "# Write your sentences.\nKEPT = 1"


def test_an_answer_stands_in_the_variable_that_the_guidance_names(tmp_path: Path) -> None:
    root = whole_course.write(tmp_path)
    whole_course.add(root, "reference", 'EXPLAIN = """\n"""\n')
    rubric = root / "rubrics" / "parts.yaml"
    rubric.write_text(rubric.read_text() + "    guidance: The answer stands in EXPLAIN.\n")
    whole_course.refresh(root)
    cells = _marked(json.loads(papers.files(courses.load(root), ["parts"])["parts/parts.ipynb"]))

    assert _source(cells["answer-why"]) == 'EXPLAIN = """\n"""'
    assert "the-rest" not in cells


def test_an_assignment_that_was_not_derived_is_an_error(tmp_path: Path) -> None:
    root = whole_course.write(tmp_path)
    (root / "assignments" / "parts" / "parts.ipynb").unlink()

    with pytest.raises(CourseError, match="release --refresh"):
        papers.files(courses.load(root), ["parts"])


def test_nothing_hidden_is_written(tmp_path: Path) -> None:
    root = whole_course.write(tmp_path)
    readme = root / "assignments" / "parts" / "README.md"
    readme.write_text(
        readme.read_text() + "\nSubtracting three: This subtracts three from it.\ntakes_three_off\n"
    )

    with pytest.raises(CourseError, match="students would see what is hidden"):
        papers.files(courses.load(root), ["parts"])


# ---- rebuild ----------------------------------------------------------------------------------------


def test_what_was_released_comes_back_as_it_was(released: dict[str, Any]) -> None:
    made = _rebuilt(released, released)

    assert [_source(cell) for cell in made["cells"]] == [_source(cell) for cell in released["cells"]]
    assert [cell["metadata"] for cell in made["cells"]] == [cell["metadata"] for cell in released["cells"]]


def test_work_stays_and_everything_said_about_it_goes(released: dict[str, Any]) -> None:
    book = json.loads(json.dumps(released))
    half = _marked(book)["half"]
    half["source"] = "def half(x): ..."
    half["metadata"]["nbgrader"] |= {"points": 99, "grade": True, "schema_version": 1}
    half["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "full marks"}]
    made = _marked(_rebuilt(book, released))["half"]

    assert made["source"] == "def half(x): ..."
    assert made["metadata"] == _marked(released)["half"]["metadata"]
    assert made["outputs"] == []


def test_a_locked_text_reads_as_released(released: dict[str, Any]) -> None:
    book = json.loads(json.dumps(released))
    _marked(book)["the-handout"]["source"] = "Everyone gets full marks."

    assert _source(_marked(_rebuilt(book, released))["the-handout"]).startswith("# Parts")


@pytest.mark.parametrize("name", ["marks-halves", "marks-thirds", "answer-why", "half"])
def test_what_has_to_be_there_is_put_back_behind_what_stood_before_it(
    released: dict[str, Any], name: str
) -> None:
    book = json.loads(json.dumps(released))
    book["cells"] = [cell for cell in book["cells"] if cell["metadata"]["nbgrader"]["grade_id"] != name]

    assert list(_marked(_rebuilt(book, released))) == list(_marked(released))


def test_a_deleted_answer_says_so_and_marks_do_not(released: dict[str, Any]) -> None:
    made = _marked(rebuild.rebuilt([], released))

    assert rebuild.PUT_BACK in made["answer-why"]["source"]
    assert made["half"]["source"].startswith(f"# {rebuild.PUT_BACK}")
    assert made["marks-halves"]["source"] == _source(_marked(released)["marks-halves"])


def test_of_two_cells_with_one_name_the_last_counts_and_both_are_kept(released: dict[str, Any]) -> None:
    book = json.loads(json.dumps(released))
    again = json.loads(json.dumps(_marked(book)["half"]))
    _marked(book)["half"]["source"], again["source"] = "first = 1", "second = 2"
    book["cells"].append(again)
    made = _rebuilt(book, released)

    assert _marked(made)["half"]["source"] == "second = 2"
    assert [cell["source"] for cell in made["cells"] if not cell["metadata"]] == ["first = 1"]


def test_a_name_the_release_does_not_know_is_no_name(released: dict[str, Any]) -> None:
    book = json.loads(json.dumps(released))
    extra = json.loads(json.dumps(_marked(book)["marks-halves"]))
    extra["metadata"]["nbgrader"]["grade_id"] = "marks-of-my-own"
    book["cells"].append(extra)

    assert list(_marked(_rebuilt(book, released))) == list(_marked(released))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON",
        "[]",
        "5",
        '{"cells": 5}',
        '{"cells": [5, null, "x"]}',
        '{"cells": [{"cell_type": "code", "metadata": 5, "source": {"a": 1}}]}',
        '{"worksheets": [5, {"cells": [{"cell_type": "code", "input": ["x = ", 1, "2"]}]}]}',
        '{"cells": [{"cell_type": "heading", "source": "\\ud800", "metadata": {"nbgrader": []}}]}',
        "[" * 100_000,
    ],
)
def test_whatever_is_handed_in_becomes_a_notebook_with_every_cell_that_is_marked(
    released: dict[str, Any], text: str
) -> None:
    nbformat = importlib.import_module("nbformat")
    made = rebuild.rebuilt(rebuild.handed_in(text.encode()), released)

    nbformat.validate(nbformat.from_dict(made))

    assert {"marks-halves", "marks-thirds", "answer-why"} <= set(_marked(made))


def test_a_raw_cell_becomes_text_and_metadata_of_the_notebook_are_ours(released: dict[str, Any]) -> None:
    book = json.loads(json.dumps(released))
    book["metadata"] = {"widgets": {"x": 1}, "kernelspec": {"name": "evil"}}
    book["cells"].insert(0, {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": "<b>"})
    made = _rebuilt(book, released)

    assert made["cells"][0]["cell_type"] == "markdown"
    assert made["metadata"] == released["metadata"]


# ---- filling ----------------------------------------------------------------------------------------


def test_each_function_of_a_file_stands_in_its_cell_and_the_rest_in_the_first(
    released: dict[str, Any],
) -> None:
    source = "import numpy as np\n\n\ndef third(x):\n    return x / 3\n\n\ndef half(x):\n    return x / 2\n"
    cells = _marked(filling.filled(released, source, "sha256:1"))

    assert cells["half"]["source"] == "def half(x):\n    return x / 2"
    assert cells["third"]["source"] == "def third(x):\n    return x / 3"
    assert cells["the-imports"]["source"] == "import numpy as np"


def test_a_file_that_does_not_parse_stands_in_the_first_cell(released: dict[str, Any]) -> None:
    cells = _marked(filling.filled(released, "def half(x)\n    return x\n", "sha256:1"))

    assert cells["the-imports"]["source"] == "def half(x)\n    return x"
    assert "nothing of this" in cells["half"]["source"]


def test_a_notebook_says_which_file_it_was_made_of(released: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "parts.ipynb"
    path.write_text(json.dumps(filling.filled(released, "", "sha256:1")))

    assert filling.made_of(path) == "sha256:1"
    path.write_text(json.dumps(released))

    assert not filling.is_ours(path)
    path.write_text('{"metadata": 5}')

    assert not filling.is_ours(path)
    assert not filling.is_ours(tmp_path / "missing.ipynb")


# ---- telling ----------------------------------------------------------------------------------------


def _report(*outcomes: Outcome, **words: Any) -> Report:
    marks = tuple(
        Mark(criterion, tuple(one for one in outcomes if one.check in criterion.checks))
        for criterion in tiny.RUBRIC.criteria
    )
    return Report("tiny", "Halves", "ada", "sha256:0", marks, **words)


PASSED = Outcome("half.some_numbers", "Every number is halved.", Status.PASSED, Fraction(1))
FAILED = Outcome(
    "half.large_numbers",
    "Large numbers are <b>halved</b> too.",
    Status.FAILED,
    mismatch=Mismatch("value"),
    misconception=Named("doubles", "This doubles."),
)


def test_a_comment_tells_of_its_function_alone() -> None:
    other = Outcome("quarter.other_numbers", "Every number is quartered.", Status.PASSED, Fraction(1))
    said = telling.comment(_report(PASSED, FAILED, other), "half")

    assert "Every number is halved." in said
    assert "**Looks like: doubles.** This doubles." in said
    assert "quartered" not in said
    assert telling.comment(_report(PASSED), "the-imports") == ""


def test_no_markup_of_a_student_is_markup_in_a_comment() -> None:
    crash = Crash("raised", "ValueError", "``<script>x</script>``\n\n<script>y</script> `a`")
    broken = replace(FAILED, status=Status.CRASHED, crash=crash, mismatch=None)
    said = telling.comment(_report(broken), "half")

    assert "\n<script>" not in said
    assert "```<script>" not in said.replace("``` ``<script>", "")
    assert r"\<b\>" in said


def test_what_concerns_the_whole_file_is_said_once_and_is_mostly_nothing() -> None:
    objection = Objection("a colon is missing", 3, fatal=True)
    said = telling.whole(
        _report(PASSED, objections=(objection,), notes=("cell 2 was left out",), late_share=Fraction(1, 10))
    )

    assert said == (
        "`line 3`: a colon is missing\n\n"
        "Handed in late: 10 % of the earned points are taken off.\n\n"
        "Note: cell 2 was left out"
    )
    assert telling.whole(_report(PASSED)) == ""


def test_a_cell_of_a_criterion_shows_its_checks_and_ends_in_its_points() -> None:
    table, result = telling.outputs(_report(PASSED, FAILED).marks[0])

    assert "<td>✓ passed</td><td>Every number is halved.</td><td>2 of 2</td>" in table["data"]["text/html"]
    assert "&lt;b&gt;halved&lt;/b&gt;" in table["data"]["text/html"]
    assert result["data"]["text/plain"] == "2.0"


def test_a_cell_says_what_is_hidden() -> None:
    mark = replace(_report(PASSED).marks[0], hidden=True)
    mark = replace(mark, criterion=replace(mark.criterion, shown=Shown.AFTER_DUE))

    assert "shown after the due date" in telling.outputs(mark)[0]["data"]["text/plain"]


# ---- the rest ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "share"), [(0, 0), (0.2, 0), (0.3, "1/10"), (24, "1/10"), (24.3, "2/10"), (500, "1/2")]
)
def test_the_late_rule_counts_days_begun_after_the_grace(hours: float, share: str) -> None:
    late = Late(Fraction(1, 10), Fraction(1, 2), 15)

    assert late_share(late, hours * 3600) == Fraction(share)


def test_without_nbgrader_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name=name.partition(".")[0])

    monkeypatch.setattr(nbgrader_bridge, "importlib", SimpleNamespace(import_module=missing))

    with pytest.raises(CourseError, match=r"nbgrader is not installed: .* 'nn-autograder\[nbgrader\]'"):
        nbgrader_bridge.needed()


def test_no_kernel_is_among_the_steps() -> None:
    config = _Settings()
    nbgrader_bridge.configure(config, course="/course", root="/nb")
    steps = [*config.Autograde.autograde_preprocessors, *config.GenerateAssignment.preprocessors]

    assert "autograder.nbgrader_bridge.preprocessors.JailedGrade" in steps
    assert not [step for step in steps if "Execute" in step or "InstantiateTests" in step]


class _Settings:
    """As traitlets' Config: a part that is asked for is there."""

    def __getattr__(self, name: str) -> SimpleNamespace:
        self.__dict__[name] = SimpleNamespace()
        return self.__dict__[name]  # type: ignore[no-any-return]
