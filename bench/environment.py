"""The scratch environment of the other graders: made once under bench/.venv, pinned, and never needed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / ".venv"
PINNED = {"pytest": "pytest==9.2.0", "nbgrader": "nbgrader==0.9.5", "otter": "otter-grader==7.0.0"}
INSTALLING = 420.0  # seconds
LAST = 200  # characters of what an installer said


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the other graders are, and why those are not that are missing."""

    folder: Path
    missing: dict[str, str]  # grader -> a sentence

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")

    def program(self, name: str) -> str:
        """A program of it."""
        return str(self.folder / "bin" / name)

    def version(self, package: str) -> str:
        """The version of a package there, "" where there is none."""
        ask = f"from importlib.metadata import version; print(version({package!r}))"
        done = subprocess.run([self.python, "-c", ask], capture_output=True, text=True, check=False)
        return done.stdout.strip()


def make(folder: Path = FOLDER, numpy: str = "") -> Environment:
    """The environment, made where it is not there yet; each grader that cannot be installed has a sentence.

    `numpy` is the version to install, so that all graders compute with the same one.
    """
    missing: dict[str, str] = {}
    environment = Environment(folder, missing)
    if not Path(environment.python).exists():
        done = _run([sys.executable, "-m", "venv", str(folder)])
        if done:
            return Environment(folder, dict.fromkeys(PINNED, f"no virtual environment could be made: {done}"))
    for name, pin in PINNED.items():
        package, _, version = pin.partition("==")
        if environment.version(package) == version and environment.version("numpy"):
            continue
        needed = [f"numpy=={numpy}" if numpy else "numpy", pin]
        failed = _run(
            [environment.python, "-m", "pip", "install", "--disable-pip-version-check", "-q", *needed]
        )
        if failed:
            missing[name] = f"{pin} could not be installed: {failed}"
    return environment


def _run(command: list[str]) -> str:
    """What went wrong; "" where nothing did."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=INSTALLING,
            env={**os.environ, "PIP_NO_INPUT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)[:LAST]
    lines = (done.stderr or done.stdout).strip().splitlines() or ["it did not say why"]
    return lines[-1][:LAST] if done.returncode else ""
