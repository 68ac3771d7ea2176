"""The grader's side of a template: start it, fork jails from it, collect them."""

from __future__ import annotations

import array
import contextlib
import itertools
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Self

from autograder.model import Limits, SandboxFault

from . import cgroups, libraries
from .levels import Isolation
from .worker import Worker

STATUS = struct.Struct("<i")
START_SECONDS = 60.0
ANSWER_SECONDS = 15.0
GRACE_SECONDS = 0.5
FIRST_USER = 70_000
NUMBERS = (
    itertools.count()
)  # distinguishes the jails of one grader in names and users, never decides anything


class Template:
    """One warm interpreter for one worker slot; not shared between threads."""

    def __init__(self, isolation: Isolation, needs: tuple[str, ...] = ("numpy",)) -> None:
        self.isolation = isolation
        self.needs = needs
        self._libraries = libraries.of(needs)
        self._number = next(NUMBERS)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._control.settimeout(START_SECONDS)
        paths = list(self._libraries.paths)
        root = str(Path(__file__).parents[2])
        words = (
            f"import sys; sys.path[:] = {[root, *paths]!r}; from autograder.jail.template import main; "
            f"main({theirs.fileno()}, {list(needs)!r}, {paths!r})"
        )
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                cwd="/",
                env={
                    "OPENBLAS_NUM_THREADS": "1",
                    "OMP_NUM_THREADS": "1",
                    "MKL_NUM_THREADS": "1",
                    "LANG": "C.UTF-8",
                },
            )
        self._answer("the jail's template did not start")
        self._control.settimeout(ANSWER_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the template; jails forked from it die with it."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    @contextlib.contextmanager
    def jail(self, source: str, filename: str, limits: Limits) -> Iterator[Worker]:
        """A jail with the student's source waiting to be loaded; everything in it is dead at the end.

        Raises:
            SandboxFault: the jail could not be built.
        """
        number = next(NUMBERS)
        name = f"autograder-{os.getpid()}-{number}"
        user = FIRST_USER + (os.getpid() * 64 + self._number) % 100_000
        group = None
        if "cgroup" in self.isolation.layers:
            # The wall around all processes together stands a little behind the one around each.
            group = cgroups.make(name, 2 * limits.memory_mb, limits.processes + 2)
        home = "" if self.isolation.level == "namespaces" else tempfile.mkdtemp(prefix="autograder-")
        if home and os.getuid() == 0 and self.isolation.level == "uid":
            os.chown(home, user, user)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        output, printed = os.pipe()
        job = {
            "do": "fork",
            "level": self.isolation.level,
            "layers": list(self.isolation.layers),
            "root": os.getuid() == 0,
            "user": user,
            "home": home,
            "cgroup": [str(folder) for folder in group.folders] if group else [],
            "views": list(self._libraries.views),
            "hidden": list(self._libraries.hidden),
            "limits": asdict(limits),
            "torch": "torch" in self.needs,
            "filename": filename,
        }
        try:
            with theirs:
                pid = self._order(job, (theirs.fileno(), printed))
        except BaseException:
            ours.close()
            os.close(output)
            raise
        finally:
            os.close(printed)
            if sys.exc_info()[0]:
                self._clear(group, home)
        collected: list[int] = []

        def collect() -> int:
            if not collected:
                sweep = user if self.isolation.level == "uid" else 0
                order = {
                    "do": "reap",
                    "pid": pid,
                    "grace": GRACE_SECONDS if not worker.overran else 0,
                    "sweep": sweep,
                }
                collected.append(self._order(order, ()))
            return collected[0]

        worker = Worker(ours, output, source, limits, collect, group)
        try:
            worker.wait_until_ready()
            yield worker
        finally:
            worker.close()
            collect()
            self._clear(group, home)

    @staticmethod
    def _clear(group: cgroups.Group | None, home: str) -> None:
        if group:
            group.remove()
        if home:
            with contextlib.suppress(OSError):
                _remove(home)

    def _order(self, job: dict[str, object], descriptors: tuple[int, ...]) -> int:
        data = json.dumps(job).encode()
        ancillary = (
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors).tobytes())]
            if descriptors
            else []
        )
        try:
            self._control.sendmsg([data], ancillary)
        except OSError as error:
            raise SandboxFault("the jail's template has died") from error
        return self._answer("the jail's template has died")

    def _answer(self, sentence: str) -> int:
        try:
            data = self._control.recv(STATUS.size)
        except OSError:
            data = b""
        if len(data) == STATUS.size:
            return int(STATUS.unpack(data)[0])
        self._process.kill()
        said = self._process.stderr.read().decode(errors="replace").strip() if self._process.stderr else ""
        raise SandboxFault(f"{sentence}: {said.splitlines()[-1] if said else 'it said nothing'}")


def _remove(folder: str) -> None:
    """Remove a folder that a student's code has filled, however deep, and follow no link.

    What stands deeper is first moved to the top: a path may be longer than the system takes, and a
    recursion deeper than Python does.

    Raises:
        OSError: something of it cannot be removed.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        os.fchmod(top, 0o700)
        moved = itertools.count()
        while names := os.listdir(top):
            for name in names:
                try:
                    os.unlink(name, dir_fd=top)
                    continue
                except (IsADirectoryError, PermissionError):
                    os.chmod(name, 0o700, dir_fd=top)
                inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
                try:
                    for deeper in os.listdir(inner):
                        to = f"{next(moved)} {os.path.basename(folder)}"
                        os.rename(deeper, to, src_dir_fd=inner, dst_dir_fd=top)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    os.rmdir(folder)
