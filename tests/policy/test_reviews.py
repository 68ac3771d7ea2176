"""What a person decides counts from then on, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.model import CourseError, Criterion, Mark, Outcome, Report, Status, Timing, Verdict
from autograder.policy import reviews

SIGN = ("line 3: `F.conv2d` is torch.nn.functional.conv2d",)
TIMING = Timing("conv2d.fast", Verdict.DECIDED, "process", 5.0, 4.5, 5.5, bands=((4, 1.0), (20, 0.7)))
WAITING = Outcome("conv2d.small", "Small", Status.PENDING, review=SIGN)
OUTCOMES = (
    WAITING,
    replace(WAITING, check="conv2d.fast", timing=TIMING),
    Outcome("pool.one", "One", Status.PASSED, Fraction(1)),
    Outcome("pool.gpu", "GPU", Status.PENDING),
)
CRITERION = Criterion("conv", "It", {outcome.check: Fraction(10) for outcome in OUTCOMES})
REPORT = Report("cnn", "CNN", "ada", "sha256:0", (Mark(CRITERION, OUTCOMES),))


def written(folder: Path, text: str) -> Path:
    """A class folder with these decisions."""
    (folder / reviews.FILE).write_text(text, encoding="utf-8")
    return folder


def after(folder: Path, text: str, report: Report = REPORT) -> Report:
    """The report, settled."""
    (made,) = reviews.settled([report], written(folder, text))
    return made


def test_what_waits_is_neither_earned_nor_lost() -> None:
    assert (REPORT.earned, REPORT.pending, REPORT.complete) == (10, 30, False)


def test_an_accepted_function_earns_what_its_checks_were_worth(tmp_path: Path) -> None:
    report = after(tmp_path, "ada: {cnn: {conv2d: {accept: She explained it.}}}")
    small, fast, *others = report.marks[0].outcomes

    assert (small.status, small.share, small.review) == (Status.PASSED, 1, ())
    assert small.note == "A person looked at this and accepted it: She explained it."
    assert (fast.status, fast.share) == (Status.FAILED, Fraction(7, 10)), "the band in which it lay"
    assert tuple(others) == OUTCOMES[2:]
    assert (report.earned, report.pending) == (27, 10)


def test_a_refused_check_earns_nothing_and_says_why(tmp_path: Path) -> None:
    report = after(tmp_path, "ada:\n  cnn:\n    conv2d.small: {refuse: It is\n      the library's.}\n")
    small, fast = report.marks[0].outcomes[:2]

    assert (small.status, small.share, small.review) == (Status.FAILED, 0, ())
    assert small.note.endswith("not accept it as your own work: It is the library's.")
    assert fast == OUTCOMES[1]
    assert report.pending == 20


def test_a_check_goes_before_its_function(tmp_path: Path) -> None:
    text = "ada: {cnn: {conv2d: {accept: Good.}, conv2d.fast: {refuse: Not this one.}}}"
    small, fast = after(tmp_path, text).marks[0].outcomes[:2]

    assert (small.status, fast.status) == (Status.PASSED, Status.FAILED)
    assert fast.share == 0


def test_decisions_about_others_change_nothing(tmp_path: Path) -> None:
    text = (
        "bob: {cnn: {conv2d: {accept: Good.}}}\n"
        "ada: {pca: {conv2d: {refuse: Bad.}}, cnn: {pool: {refuse: No.}}}\n"
    )

    assert after(tmp_path, text) == REPORT, "nothing of pool waits for a person"


def test_a_decision_about_somebody_who_is_not_there_is_named(tmp_path: Path) -> None:
    folder = written(
        tmp_path, "adda: {cnn: {conv2d: {accept: Good.}}}\nada: {cnn: {conv2d: {accept: Good.}}}\n"
    )

    assert reviews.strangers([REPORT], folder) == [
        "reviews.yaml: adda has no report on cnn here; did you mean 'ada'?"
    ]


def test_without_a_file_and_without_a_folder_reports_stay_as_they_are(tmp_path: Path) -> None:
    assert reviews.settled([REPORT], tmp_path) == [REPORT]
    assert reviews.settled([REPORT], None) == [REPORT]


def test_one_record_is_settled_by_the_file_of_its_class(tmp_path: Path) -> None:
    written(tmp_path, "ada: {cnn: {conv2d: {accept: Good.}}}")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "cnn.json").touch()
    (report,) = reviews.settled([REPORT], tmp_path / "ada" / "cnn.json")

    assert report.earned == 27


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ada: {cnn: {conv2d: {accept: ''}}}", "ada.cnn.conv2d.accept: say why in a sentence"),
        ("ada: {cnn: {conv2d: {accept: yes}}}", ""),
        ("ada: {cnn: {conv2d: {accepted: Good.}}}", "a decision is {accept: why} or {refuse: why}"),
        ("ada: {cnn: {conv2d: {accept: a, refuse: b}}}", "a decision is"),
        ("ada: {cnn: {conv2d: {}}}", "a decision is"),
        ("ada: {cnn: {conv2d: accept}}", "write student: {assignment:"),
        ("ada: {cnn: conv2d}", "write student: {assignment:"),
        ("ada: cnn", "write student: {assignment:"),
        ("[ada]", "write student: {assignment:"),
        (
            "ada: {cnn: {conv2: {accept: Good.}}}",
            "'conv2' is no function or check of that report; did you mean 'conv2d'",
        ),
        ("ada: {cnn: {conv2d.smal: {accept: Good.}}}", "conv2d.small"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    if not says:
        assert after(tmp_path, text).earned == 27, "`yes` is a word, though a poor reason"
        return
    with pytest.raises(CourseError) as error:
        after(tmp_path, text)

    assert says in str(error.value)
