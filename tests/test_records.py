"""The output folder: nothing half-written, nothing escaping it, and a broken-off run goes on."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import records
from autograder.model import Report
from autograder.reports import json as report_json

from . import tiny

REPORT = Report("tiny", "Halves", "ada", "sha256:0", (), "5eed", "none", {"course": "sha256:tiny"})


@pytest.mark.parametrize("name", ["ada", "s123", "ada.lovelace", "A-1_b"])
def test_an_ordinary_name_is_its_own_folder(name: str) -> None:
    assert records.folder(name) == name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "feedback", "CON", "=1+1", "x" * 300, "é", "a\nb", "\udcff", "-rf"]
)
def test_any_other_name_becomes_a_harmless_one(name: str) -> None:
    made = records.folder(name)

    assert records.PLAIN.fullmatch(made)
    assert made == records.folder(name)


def test_names_that_look_alike_stay_apart() -> None:
    assert len({records.folder(name) for name in ("a/b", "a b", "a:b", "a\\b")}) == 4


def test_a_folder_keeps_its_seed(tmp_path: Path) -> None:
    first = records.seed(tmp_path, None)

    assert len(first) == 32
    assert records.seed(tmp_path, None) == first
    assert records.seed(tmp_path, "abc") == "abc"
    assert records.seed(tmp_path, None) == "abc"


def test_without_a_folder_every_run_has_a_new_seed() -> None:
    assert records.seed(None, None) != records.seed(None, None)


def test_a_strange_run_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("[]")

    with pytest.raises(records.OutputError, match=r"run\.json"):
        records.seed(tmp_path, None)


def test_a_file_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a" / "report.json"
    records.write(target, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(records.OutputError, match="No space left on device"):
        records.write(target, "new")

    assert target.read_text() == "old"
    assert [path.name for path in target.parent.iterdir()] == ["report.json"]


def test_a_folder_that_is_a_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")

    with pytest.raises(records.OutputError, match="cannot be written"):
        records.write(tmp_path / "out" / "x.json", "")


def test_the_same_submission_is_not_graded_twice(tmp_path: Path) -> None:
    submission = tiny.submission("")
    records.write(records.record_path(tmp_path, "ada", "tiny"), report_json.render(REPORT))

    assert records.earlier(tmp_path, submission, "5eed", "none", "sha256:tiny") == REPORT


@pytest.mark.parametrize(
    ("changed", "seed", "isolation", "course"),
    [
        ({"digest": "sha256:1"}, "5eed", "none", "sha256:tiny"),
        ({}, "other", "none", "sha256:tiny"),
        ({}, "5eed", "namespaces", "sha256:tiny"),
        ({}, "5eed", "none", "sha256:changed"),
        ({"student": "bob"}, "5eed", "none", "sha256:tiny"),
        ({"received": "2027-03-01T10:00:00+01:00"}, "5eed", "none", "sha256:tiny"),
    ],
)
def test_anything_new_is_graded_again(
    tmp_path: Path, changed: dict[str, str], seed: str, isolation: str, course: str
) -> None:
    records.write(records.record_path(tmp_path, "ada", "tiny"), report_json.render(REPORT))
    submission = replace(tiny.submission(""), **changed)

    assert records.earlier(tmp_path, submission, seed, isolation, course) is None


def test_a_broken_record_is_graded_again(tmp_path: Path) -> None:
    records.write(records.record_path(tmp_path, "ada", "tiny"), '{"version": 1')

    assert records.earlier(tmp_path, tiny.submission(""), "5eed", "none", "sha256:tiny") is None


def test_records_are_read_back_without_the_feedback(tmp_path: Path) -> None:
    for student in ("bob", "ada"):
        records.write(
            records.record_path(tmp_path, student, "tiny"),
            report_json.render(replace(REPORT, student=student)),
        )
    records.write(records.feedback_path(tmp_path, "ada", "tiny", ".json"), "not read")
    records.write(tmp_path / "run.json", json.dumps({"seed": "5eed"}))

    assert [report.student for report in records.read(tmp_path)] == ["ada", "bob"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 99}', "\x00"])
def test_a_file_that_is_no_report_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)

    with pytest.raises(records.OutputError, match=r"x\.json"):
        records.read(tmp_path / "x.json")


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(records.OutputError, match="--out"):
        records.read(tmp_path)
