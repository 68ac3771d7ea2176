"""What GitLab is given, and its limits."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from autograder.platforms import gitlab
from autograder.reports import junit
from tests.reports import nasty, samples

EXAMPLE = Path(__file__).parents[2] / "docs" / "gitlab-ci.yml"
EDITIONS = samples.each_edition()
every = pytest.mark.parametrize("report", EDITIONS.values(), ids=EDITIONS.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
FIELDS = {"description", "check_name", "fingerprint", "severity", "location"}


def entries(*reports) -> list[dict]:
    return json.loads(gitlab.code_quality(reports))


def well_formed(entry: dict) -> bool:
    return (
        set(entry) == FIELDS
        and entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        and entry["location"]["lines"]["begin"] >= 1
        and not entry["location"]["path"].startswith("./")
        and len(entry["description"]) <= gitlab.DESCRIPTION
    )


@every
def test_an_entry_has_the_fields_that_gitlab_reads(report):
    assert all(well_formed(entry) for entry in entries(report))


@each
def test_hostile_text_makes_well_formed_entries(text):
    assert all(well_formed(entry) for entry in entries(samples.hostile(text)))


def test_no_two_entries_share_a_fingerprint():
    prints = [entry["fingerprint"] for entry in entries(samples.half(), samples.half(), samples.large(50))]

    assert len(prints) == len(set(prints)) > 50


def test_a_fingerprint_stays_when_the_line_moves():
    here = samples.half()
    moved = replace(here, source="\n\n" + here.source)
    lines, prints = ([[of(e) for e in entries(r)] for r in (here, moved)] for of in (
        lambda e: e["location"]["lines"]["begin"],
        lambda e: e["fingerprint"],
    ))  # fmt: skip

    assert lines[0] != lines[1]
    assert prints[0] == prints[1]


def test_an_entry_names_check_and_misconception():
    names = [entry["check_name"] for entry in entries(samples.half())]

    assert "optimizers/adam_step.nearly_flat_ground/eps_inside_the_root" in names


def test_a_crash_is_worse_than_a_wrong_answer_and_a_broken_file_the_worst():
    severities = {e["check_name"]: e["severity"] for e in entries(samples.half(), samples.fatal())}

    assert severities["optimizers/rmsprop_step.first_step"] == "critical"
    assert severities["optimizers/adam_step.ten_steps_down_a_bowl"] == "major"
    assert severities["optimizers/file"] == "blocker"


def test_nothing_lost_is_an_empty_list():
    assert gitlab.code_quality([samples.perfect()]) == "[]\n"


def test_the_xml_of_500_long_checks_is_below_what_gitlab_reads():
    assert len(junit.render(samples.large(500)).encode()) < 30_000_000


def test_the_example_collects_what_grading_writes():
    job = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["grade"]
    folder = job["artifacts"]["reports"]["junit"].partition("/")[0]

    assert f'--out "$CI_PROJECT_DIR/{folder}"' in job["script"][-1]
    assert job["artifacts"]["reports"]["codequality"] == f"{folder}/code-quality.json"
    assert job["artifacts"]["when"] == "always"
