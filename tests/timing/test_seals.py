"""A record of a timed check that was not made under the grader's key, or was changed, is known."""

from __future__ import annotations

import stat
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from autograder.model import Timing, Verdict
from autograder.timing import seals

KEY = bytes(range(32))
RECORD = Timing(
    "conv.speed",
    Verdict.DECIDED,
    "cgroup",
    1.9,
    1.8,
    2.0,
    ((4.0, 1.0),),
    3,
    host={"pressure": 0.25},
    submission="sha256:ab",
    rubric="sha256:cd",
    hardware="a processor",
)


def test_what_was_sealed_is_genuine() -> None:
    assert seals.genuine(seals.seal(RECORD, KEY), KEY)


def test_another_graders_key_does_not_fit() -> None:
    assert not seals.genuine(seals.seal(RECORD, KEY), bytes(32))


def test_a_record_without_a_seal_is_not_genuine() -> None:
    assert not seals.genuine(RECORD, KEY)


CHANGED: dict[str, Any] = {
    "check": "conv.other",
    "verdict": Verdict.INCONCLUSIVE,
    "clock": "cuda",
    "measure": 1.0,
    "low": 0.9,
    "high": 3.0,
    "bands": ((9.0, 1.0),),
    "pairs": 4,
    "dropped": 1,
    "reference_seconds": 1.0,
    "student_seconds": 1.0,
    "crowding": 2.0,
    "compile_seconds": 1.0,
    "hardware": "another",
    "host": {"pressure": 0.5},
    "models": (("fast", 1.0),),
    "flags": ("look",),
    "reason": "because",
    "submission": "sha256:ef",
    "rubric": "sha256:ef",
    "grader": "9",
    "measured": "2026-11-21T00:00:00+00:00",
}


def test_every_field_has_its_try() -> None:
    assert {one.name for one in fields(Timing)} == {*CHANGED, "seal"}


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_no_field_can_be_changed_unseen(name: str) -> None:
    changed = replace(seals.seal(RECORD, KEY), **{name: CHANGED[name]})

    assert not seals.genuine(changed, KEY)


def test_the_seal_holds_through_the_digits_that_a_report_keeps() -> None:
    sealed = seals.seal(replace(RECORD, measure=1.23456789012), KEY)

    assert seals.genuine(replace(sealed, measure=1.234567890), KEY)


def test_the_key_is_made_once_and_is_for_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(seals.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = seals.grader_key()
    (path,) = (tmp_path / "nn-autograder").iterdir()

    assert seals.grader_key() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(seals.VARIABLE, "ab" * 16)

    assert seals.grader_key() == b"\xab" * 16


@pytest.mark.parametrize("text", ["short", "xy" * 32, "ab" * 15])
def test_what_is_no_key_is_said(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(seals.VARIABLE, text)

    with pytest.raises(seals.KeyMissingError, match="at least 32 hexadecimal digits"):
        seals.grader_key()
