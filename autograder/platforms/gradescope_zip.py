"""The zip that Gradescope builds an autograder from: two scripts, our wheel, the hidden half of a course."""

from __future__ import annotations

import io
import json
import secrets
import shlex
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path

from autograder import course
from autograder.model import Course, CourseError
from autograder.records import SEED_BITS

from . import gradescope, wheel

SETTINGS = "settings.json"
COURSE = "course"
LEVEL = "uid"  # the least that is accepted there: containers of this kind refuse new namespaces
WEAKER = "permissions"  # for containers without Landlock, and only where it is asked for
UNUSED = frozenset({"pictures.py"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the grading there needs to know; the seed is the same for every submission."""

    assignment: str
    seed: str
    isolation: str = LEVEL
    details: bool = False


def build(
    of: Course, names: tuple[str, ...], to: Path, *, seed: str = "", details: bool = False, level: str = LEVEL
) -> list[Path]:
    """Write the zip of one assignment to `to`, or of several into the folder `to`; the files written.

    `level` is the weakest isolation that is accepted there: `LEVEL` or `WEAKER`.

    Raises:
        CourseError: an assignment does not load, or a file cannot be written.
    """
    if len(names) == 1 and to.suffix == ".zip":
        return [_build(of, Settings(names[0], seed, level, details), to)]
    if to.suffix == ".zip":
        raise CourseError(f"one zip is one assignment: name it, or give a folder in place of {to}")
    return [_build(of, Settings(name, seed, level, details), to / f"{name}.zip") for name in names]


def _build(of: Course, settings: Settings, to: Path) -> Path:
    name = settings.assignment
    needs = course.assignment(of, name).needs  # it loads: or nobody would hear of it before the first student
    settings = replace(settings, seed=settings.seed or f"{secrets.randbits(SEED_BITS):032x}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in _scripts(needs):
            wheel.add(archive, member, content.encode(), 0o755)
        made = io.BytesIO()
        wheel.write(made)
        wheel.add(archive, wheel.name(), made.getvalue())
        wheel.add(archive, SETTINGS, json.dumps(asdict(settings), indent=1).encode(), 0o600)
        for path in _hidden(of, name):
            member = f"{COURSE}/{path.relative_to(of.root).as_posix()}"
            wheel.add(archive, member, path.read_bytes(), 0o600)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(packed.getvalue())
        to.chmod(0o600)  # it holds the answers
    except OSError as error:
        raise CourseError(
            f"{to} cannot be written: {error.strerror or error}; choose another --to"
        ) from error
    return to


def _scripts(needs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    extra = "[torch]" if "torch" in needs else ""
    requirement = f'"$here"/source/{shlex.quote(wheel.name() + extra)}'
    first = json.dumps(gradescope.provisional(), ensure_ascii=True)
    folder = resources.files("autograder.platforms") / "templates" / "gradescope"
    for name in ("setup.sh", "run_autograder"):
        text = (folder / name).read_text(encoding="utf-8")
        yield name, text.replace("{{requirement}}", requirement).replace("{{provisional}}", first)


def _hidden(of: Course, name: str) -> Iterator[Path]:
    yield of.root / course.FILE
    yield of.root / "rubrics" / f"{name}.yaml"
    yield from (p for p in sorted((of.root / "solutions" / name).glob("*.py")) if p.name not in UNUSED)
