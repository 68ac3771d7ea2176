"""Building the zip, and the wheel in it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder import course
from autograder.model import CourseError
from autograder.platforms import gradescope_zip, wheel
from tests import toy_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def toys(tmp_path: Path):
    return course.load(toy_course.write(tmp_path / "course"))


def settings(path: Path) -> dict:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("settings.json"))


def test_the_seed_is_secret_and_new_unless_it_is_given(toys, tmp_path):
    seeds = []
    for number, seed in enumerate(("", "", "00ff")):
        (path,) = gradescope_zip.build(toys, ("toy",), tmp_path / f"{number}.zip", seed=seed)
        seeds.append(settings(path)["seed"])

    assert len(set(seeds)) == 3
    assert (len(seeds[0]), seeds[2]) == (32, "00ff")


def test_the_same_seed_gives_the_same_bytes(toys, tmp_path):
    made = [
        gradescope_zip.build(toys, ("toy",), tmp_path / name, seed="00")[0].read_bytes()
        for name in ("a.zip", "b.zip")
    ]

    assert made[0] == made[1]


def test_the_zip_is_for_its_owner_alone(toys, tmp_path):
    (path,) = gradescope_zip.build(toys, ("toy",), tmp_path / "toy.zip")

    assert path.stat().st_mode & 0o077 == 0


def test_an_assignment_that_does_not_load_makes_no_zip(toys, tmp_path):
    with pytest.raises(CourseError, match=r"no assignment 'game'|is missing"):
        gradescope_zip.build(toys, ("game",), tmp_path / "game.zip")

    assert not (tmp_path / "game.zip").exists()


def test_one_zip_is_one_assignment(toys, tmp_path):
    with pytest.raises(CourseError, match="one zip is one assignment"):
        gradescope_zip.build(toys, ("toy", "game"), tmp_path / "both.zip")


def test_the_command_writes_a_zip_for_each_assignment_into_a_folder(tmp_path):
    words = [sys.executable, "-m", "autograder", "gradescope", "build", "pca", "--to", str(tmp_path / "zips")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(tmp_path / "zips" / "pca.zip") as archive:
        names = archive.namelist()

    assert done.stdout.strip() == str(tmp_path / "zips" / "pca.zip")
    assert "course/solutions/pca/checks.py" in names
    assert not any("pictures" in name or "optimizers" in name for name in names)


def test_the_wheel_holds_what_the_build_tool_packs(tmp_path):
    wheel.write(tmp_path / wheel.name())
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "theirs")]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (theirs,) = (tmp_path / "theirs").glob("*.whl")
    names = []
    for path in (tmp_path / wheel.name(), theirs):
        with zipfile.ZipFile(path) as archive:
            names.append({name for name in archive.namelist() if "/licenses/" not in name})

    assert theirs.name == wheel.name()
    assert names[0] == names[1]
