"""Run a file and its examples in child processes: one, and another one after each function that ends it.

No signals, no fork and no pipes, so that it works on Windows as well. The child limits itself (see
`child`); the limit here is for a child that has lost that limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from autograder.model import Died, Overran, Raised, SubmissionError

from .child import FILENAME
from .worked_examples import Task

CHILD = Path(__file__).with_name("child.py")
STARTING = 60.0  # seconds that a slow machine may take to start Python, over all limits
READ = 16 << 20  # bytes of a record that are looked at
QUIET = {  # no window opens, and starting does not pay for threads
    "MPLBACKEND": "Agg",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

_TRACED = re.compile(rf'File "{re.escape(FILENAME)}", line (\d+)')
_TIMEOUT = re.compile(r"^Timeout \(", re.MULTILINE)
_BROKE = re.compile(r"^(?:Fatal Python error: Segmentation fault|Windows fatal exception)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Given:
    """What one example gave: the text it showed, and what it raised."""

    got: str
    raised: Raised | None = None
    inside: str = ""  # the student's function that raised; "" where the example itself did


@dataclass(frozen=True, slots=True)
class Heard:
    """What one function gave, up to its end or to what ended the process."""

    given: tuple[Given, ...] = ()
    ended: Overran | Died | None = None
    line: int | None = None  # where it was when the process ended
    missing: bool = False  # the file defines no such name
    printed: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a file gave: how loading it ended, where it failed, and its functions."""

    stopped: Raised | Overran | Died | None = None
    line: int | None = None
    heard: Mapping[str, Heard] = field(default_factory=dict)


class Standby:
    """A child process that has started, and has NumPy at hand, before there is anything to run.

    `watch` keeps one ready while the student writes, so that an answer does not wait for Python to start.
    """

    def __init__(self) -> None:
        self._ready: _Waiting | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ready:
            self._ready.close()

    def prepare(self) -> None:
        """Start a child, unless one waits already.

        Raises:
            OSError: no process can be started.
        """
        if self._ready is None:
            self._ready = _Waiting()

    def take(self) -> _Waiting:
        """A child for one run: the one that waits, or a new one; the caller closes it.

        Raises:
            OSError: no process can be started.
        """
        waiting, self._ready = self._ready, None
        if waiting and waiting.process.poll() is not None:  # it has gone in the meantime
            waiting.close()
            waiting = None
        return waiting or _Waiting()


class _Waiting:
    """A child process with a folder of its own, that does its job when it is told to."""

    def __init__(self) -> None:
        # Windows keeps a folder while a process of the student's own sits in it.
        self._folder = tempfile.TemporaryDirectory(prefix="try-", ignore_cleanup_errors=True)
        self.place = Path(self._folder.name)
        try:
            (self.place / "record").touch()
            (self.place / "trace").touch()
            (self.place / "work").mkdir()
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own script
                [
                    *(sys.executable, "-I", "-X", "utf8", str(CHILD)),
                    *(str(self.place / name) for name in ("job", "record", "trace")),
                ],
                cwd=self.place / "work",
                env={**os.environ, **QUIET},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except BaseException:
            self._folder.cleanup()
            raise

    def do(self, job: Mapping[str, Any], longest: float) -> int | None:
        """Let it do `job`; its exit status, or None where it had to be stopped from here."""
        (self.place / "job").write_text(json.dumps(job), encoding="utf-8")
        # Waiting with a limit would look at the child every 50 ms; a timer lets it end when it ends.
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(longest, stop)
        timer.daemon = True
        timer.start()
        try:
            assert self.process.stdin is not None
            with contextlib.suppress(OSError):  # it has ended already: then its status says how
                self.process.stdin.write(b"go\n")
                self.process.stdin.close()
            status = self.process.wait()
        finally:
            timer.cancel()
        return None if late.is_set() else status

    def close(self) -> None:
        """End it, and remove its folder."""
        self.process.kill()
        with contextlib.suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()
        self.process.wait()
        self._folder.cleanup()


def run(
    source: str, folder: Path, tasks: Sequence[Task], seconds: float, standby: Standby | None = None
) -> Run:
    """Load `source` and run the examples of `tasks`, `seconds` for loading and for each function.

    `folder` is where the file lies: it is kept off the module search path, since only the file is handed in.

    Raises:
        SubmissionError: no child process can be started or listened to.
    """
    heard: dict[str, Heard] = {}
    left = list(tasks)
    while True:
        one = _child(source, folder, left, seconds, standby or Standby())
        if one.stopped:
            return replace(one, heard=heard) if not heard else Run(heard=heard)
        heard.update(one.heard)
        ended = [index for index, task in enumerate(left) if heard.get(task.name, Heard()).ended]
        if not ended or not left[ended[0] + 1 :]:
            return Run(heard=heard)
        left = left[ended[0] + 1 :]


def _child(source: str, folder: Path, tasks: Sequence[Task], seconds: float, standby: Standby) -> Run:
    job = {
        "source": source,
        "seconds": seconds,
        "path": _search_path(folder),
        "tasks": [
            {"name": task.name, "examples": [example.source for example in task.examples]} for task in tasks
        ],
    }
    try:
        child = standby.take()
        try:
            status = child.do(job, (len(tasks) + 1) * seconds + STARTING)
            record = (child.place / "record").read_bytes()[:READ].decode("utf-8", "replace")
            trace = (child.place / "trace").read_bytes()[:READ].decode("utf-8", "replace")
        finally:
            child.close()
    except OSError as error:
        raise SubmissionError(
            f"your file could not be run: {error.strerror or error}. Is there room left in the folder for "
            f"temporary files ({tempfile.gettempdir()})?"
        ) from error
    return _listen(record, trace, status, seconds)


def _search_path(folder: Path) -> list[str]:
    """Where modules are found here, without the folders of the student's other files."""
    theirs = {folder.resolve(), Path.cwd().resolve()}
    return [entry for entry in sys.path if entry and Path(entry).resolve() not in theirs]


def _listen(record: str, trace: str, status: int | None, seconds: float) -> Run:
    """Make sense of what the child wrote; the student's code may have written there, too."""
    lines = [line for line in map(_line, record.splitlines()) if line]
    loaded = next((line for line in lines if "loaded" in line), None)
    if not any("ready" in line for line in lines):
        raise SubmissionError(f"{sys.executable} could not be started for your file; start it once by itself")
    heard: dict[str, Heard] = {}
    for line in lines:
        name = line.get("function")
        if isinstance(name, str):
            heard[name] = _add(heard.get(name, Heard()), line)
    done = {line.get("function") for line in lines if line.get("done")}
    where = _TRACED.search(trace)
    at = int(where[1]) if where else None
    ended = _ended(trace, status, seconds)
    if loaded is None:
        return Run(ended, at)
    if isinstance(loaded.get("raised"), dict):
        return Run(_raised(loaded["raised"]), at)
    unfinished = [name for name in heard if name not in done]
    heard |= {name: replace(heard[name], ended=ended, line=at) for name in unfinished}
    return Run(heard=heard)


def _add(heard: Heard, line: Mapping[str, Any]) -> Heard:
    if line.get("done"):
        warned = line.get("warnings")
        return replace(
            heard,
            missing=line.get("missing") is True,
            printed=str(line.get("printed", "")),
            warnings=tuple(map(_warning, warned)) if isinstance(warned, list) else (),
        )
    if "got" not in line:
        return heard
    raised = line.get("raised")
    if not isinstance(raised, dict):
        return replace(heard, given=(*heard.given, Given(str(line["got"]))))
    inside = str(raised.get("function", ""))
    return replace(heard, given=(*heard.given, Given(str(line["got"]), _raised(raised), inside)))


def _line(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:  # cut off, or not ours
        return {}
    return line if isinstance(line, dict) else {}


def _raised(described: Mapping[str, Any]) -> Raised:
    line, kinds = described.get("line"), described.get("kinds")
    return Raised(
        str(described.get("kind", "an exception")),
        str(described.get("message", "")),
        line if isinstance(line, int) else None,
        tuple(map(str, kinds)) if isinstance(kinds, list) else (),
    )


def _warning(described: Any) -> str:
    if not isinstance(described, dict):
        return str(described)
    return f"{described.get('kind')}: {described.get('says')}"


def _ended(trace: str, status: int | None, seconds: float) -> Overran | Died:
    if status is None or _TIMEOUT.search(trace):
        return Overran("seconds", seconds)
    if _BROKE.search(trace):
        return Died(int(signal.SIGSEGV))
    return Died(-status if status < 0 else 0)
