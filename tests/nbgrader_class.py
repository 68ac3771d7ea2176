"""An nbgrader course in a folder of a test, its commands, its gradebook and its formgrader."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Class:
    """An nbgrader course in which everything has happened, and what was said meanwhile."""

    course: Path
    folder: Path
    environment: dict[str, str]
    said: dict[str, str]

    def run(self, *words: str, where: Path | None = None, well: bool = True) -> str:
        """A command of the extra's environment; its output."""
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            cwd=where or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        said = done.stdout + done.stderr

        assert (done.returncode == 0) is well, said
        return said

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of gradebook.db."""
        connection = sqlite3.connect(self.folder / "gradebook.db")
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def grades(
        self, student: str, assignment: str = "parts"
    ) -> dict[str, tuple[float | None, float | None, int]]:
        """Cell -> automatic score, manual score, whether a person has to look."""
        found = self.rows(
            "select base_cell.name, auto_score, manual_score, needs_manual_grade from grade "
            "join base_cell on base_cell.id = grade.cell_id "
            "join submitted_notebook on submitted_notebook.id = grade.notebook_id "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
            "join assignment on assignment.id = submitted_assignment.assignment_id "
            "where student_id = ? and assignment.name = ?",
            student,
            assignment,
        )
        return {name: (auto, manual, needs) for name, auto, manual, needs in found}

    def penalty(self, student: str, assignment: str = "parts") -> float:
        """What the late rule took off."""
        ((found,),) = self.rows(
            "select late_submission_penalty from submitted_notebook "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
            "join assignment on assignment.id = submitted_assignment.assignment_id "
            "where student_id = ? and assignment.name = ?",
            student,
            assignment,
        )
        return float(found or 0)

    def comments(self, student: str, assignment: str = "parts") -> dict[str, str]:
        """Cell -> automatic comment."""
        found = self.rows(
            "select base_cell.name, auto_comment from comment "
            "join base_cell on base_cell.id = comment.cell_id "
            "join submitted_notebook on submitted_notebook.id = comment.notebook_id "
            "join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id "
            "join assignment on assignment.id = submitted_assignment.assignment_id "
            "where student_id = ? and assignment.name = ?",
            student,
            assignment,
        )
        return {name: text or "" for name, text in found}

    def score(self, student: str, assignment: str = "parts") -> float:
        """The points that count, as nbgrader adds them up."""
        grades = self.grades(student, assignment).values()
        given = sum((auto or 0) if manual is None else manual for auto, manual, _ in grades)
        return given - self.penalty(student, assignment)

    def feedback(self, student: str, assignment: str = "parts") -> str:
        """The page the student gets."""
        return (self.folder / "feedback" / student / assignment / f"{assignment}.html").read_text(
            encoding="utf-8"
        )


@dataclass
class Formgrader:
    """A running server."""

    url: str

    def json(self, path: str, body: dict[str, Any] | None = None, method: str = "GET") -> Any:
        """Ask its interface, as its pages do."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/formgrader/api/{path}", data=data, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=120) as reply:
            text = reply.read().decode()
        return json.loads(text) if text.strip() else None

    def page(self, path: str, profile: Path) -> str:
        """A page as Chromium has it once its scripts have run."""
        assert CHROMIUM
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=10000",
            "--disable-sync",
        ]
        done = subprocess.run(
            [CHROMIUM, *flags, f"--user-data-dir={profile}", "--dump-dom", f"{self.url}/formgrader/{path}"],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout


@contextlib.contextmanager
def serving(graded: Class) -> Iterator[Formgrader]:
    """A server of formgrader on a class."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"]
    words += [
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.port_retries=0",
    ]
    with (graded.folder.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [str(BIN / "jupyter"), *words, f"--ServerApp.root_dir={graded.folder}"],
            cwd=graded.folder,
            env=graded.environment,
            stdout=log,
            stderr=log,
        )
    try:
        there = Formgrader(f"http://127.0.0.1:{port}")
        wait(there)
        yield there
    finally:
        server.terminate()
        server.wait(30)


def wait(there: Formgrader) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            there.json("assignments")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)  # until the port is open; nothing else says that it is
        else:
            return


def environment(base: Path, witness: Path) -> dict[str, str]:
    """No settings of this machine's user; a kernel that writes `witness` if anything starts it."""
    kernel = base / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    words = ["/bin/sh", "-c", f"echo kernel > {witness}"]
    kernel.joinpath("kernel.json").write_text(
        json.dumps({"argv": words, "display_name": "x", "language": "python"})
    )
    given = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTEST"))}
    return given | {
        "PATH": f"{BIN}{os.pathsep}{given.get('PATH', '')}",
        "HOME": str(base),
        "JUPYTER_CONFIG_DIR": str(base / "settings"),
        "JUPYTER_PATH": str(base / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
    }


def plain(page: str) -> str:
    """The text of a page."""
    text = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
