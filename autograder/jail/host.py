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
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from autograder.model import Limits, SandboxFault

from . import cgroups, leftovers, libraries, linux, removal, users
from .levels import SWEPT, Isolation
from .nodes import NONE, Access, environment
from .worker import Worker

STATUS = struct.Struct("<i")
START_SECONDS = 60.0
ANSWER_SECONDS = 15.0
GRACE_SECONDS = 0.5
NUMBERS = (
    itertools.count()
)  # distinguishes the jails of one grader in names and users, never decides anything


@dataclass(frozen=True, slots=True)
class Timed:
    """What the jail of a timed check has besides: shared memory (to read, to write), and one core."""

    memory: tuple[int, ...]  # descriptors
    core: int | None  # None: whichever is free


@dataclass(frozen=True, slots=True)
class Denied:
    """Operations of torch that a jail refuses, by patterns of their names, and the rule that forbids them."""

    patterns: tuple[str, ...]
    says: str


class Template:
    """One warm interpreter for one worker slot; not shared between threads."""

    def __init__(
        self, isolation: Isolation, needs: tuple[str, ...] = ("numpy",), access: Access = NONE
    ) -> None:
        self.isolation = isolation
        self.needs = needs
        self._libraries = libraries.of(needs)
        self._number = next(NUMBERS)
        leftovers.clear()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._control.settimeout(START_SECONDS)
        paths = list(self._libraries.paths)
        root = str(Path(__file__).parents[2])
        self._user, self._claim = os.getuid(), None
        if os.getuid() == 0 and isolation.level != "none" and linux.supported():
            try:
                self._user, self._claim = users.claim(64 * os.getpid() + self._number)
            except OSError as error:
                self._control.close()
                theirs.close()
                raise SandboxFault(f"the jail's template has no user of its own: {error}") from error
        house_of = {
            "level": isolation.level,
            "layers": list(isolation.layers),
            "root": os.getuid() == 0,
            "user": self._user,
            "packages": list(needs),
            "torch": "torch" in needs,
            "views": [*self._libraries.views, *access.views],
            "nodes": list(access.nodes),
            "visible": environment(access),
            "hidden": list(self._libraries.hidden),
            "names": list(self._libraries.names),
        }
        words = (
            f"import sys; sys.path[:] = {[root, *paths]!r}; from autograder.jail.template import main; "
            f"main({theirs.fileno()}, {house_of!r}, {paths!r})"
        )
        with theirs:
            try:
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
                        **environment(access),
                    },
                    start_new_session=True,  # Ctrl-C is for the grader, which lets what it grades finish
                )
            except OSError as error:
                self._control.close()
                self._give_back()
                raise SandboxFault(f"the jail's template did not start: {error}") from error
        try:
            self.pid = self._answer("the jail's template did not start")
            status = self._answer("the jail's template did not start")
            if status != 0:
                raise SandboxFault(f"the jail's template did not start: it said {status} where 0 means ready")
        except BaseException:
            self.close(0)
            raise
        self._control.settimeout(ANSWER_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the template's process is still there."""
        return self._process.poll() is None

    def close(self, grace: float = 5.0) -> None:
        """End the template, after `grace` seconds by force; jails forked from it die with it."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        self._give_back()

    def _give_back(self) -> None:
        if self._claim:
            self._claim.close()

    @contextlib.contextmanager
    def jail(
        self,
        source: str,
        filename: str,
        limits: Limits,
        timed: Timed | None = None,
        denied: Denied | None = None,
    ) -> Iterator[Worker]:
        """A jail with the student's source waiting to be loaded; everything in it is dead at the end.

        `timed` is what a jail of a timed check has besides. `denied` are operations that it refuses.

        Raises:
            SandboxFault: the jail could not be built.
        """
        with contextlib.ExitStack() as after:
            try:
                worker = self._build(source, filename, limits, after, timed, denied)
            except OSError as error:
                raise SandboxFault(f"the jail could not be built: {error}") from error
            worker.wait_until_ready()
            yield worker

    def _build(
        self,
        source: str,
        filename: str,
        limits: Limits,
        after: contextlib.ExitStack,
        timed: Timed | None,
        denied: Denied | None,
    ) -> Worker:
        """A jail that is on its way; `after` ends it and removes all that belongs to it."""
        name = f"{leftovers.owner()}{next(NUMBERS)}"
        level = self.isolation.level
        user = self._user
        group = None
        if "cgroup" in self.isolation.layers or (timed and cgroups.clock_parent()):
            # The wall around all processes together stands a little behind the one around each.
            group = cgroups.make(name, 2 * limits.memory_mb, limits.processes + 1, clocked=timed is not None)
            if group is None:
                raise SandboxFault("the jail could not be built: no control group can be made any more")
            after.callback(group.remove)
        home = ""
        if level != "namespaces":
            home = tempfile.mkdtemp(prefix=f"{name}-")
            after.callback(removal.remove, home)
            if os.getuid() == 0 and level in SWEPT:
                os.chown(home, user, user)
        job = {
            "do": "fork",
            "home": home,
            "limits": asdict(limits),
            "filename": filename,
            "shared": len(timed.memory) if timed else 0,
            "core": timed.core if timed else None,
            "denied": asdict(denied) if denied else None,
        }
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        after.callback(ours.close)
        with theirs:
            output, printed = os.pipe()
            doors = group.doors() if group else []
            try:
                memory = timed.memory if timed else ()
                pid = self._order(job, (theirs.fileno(), printed, *memory, *doors))
                if pid <= 1:  # 0, 1 and what is negative are no jail's number, and must never be killed
                    why = os.strerror(-pid) if pid > -4096 else f"the template said {pid}"
                    raise SandboxFault(f"the jail could not be forked: {why}")
            except BaseException:
                os.close(output)
                raise
            finally:
                for descriptor in (printed, *doors):
                    os.close(descriptor)
        collected: list[int] = []

        def collect() -> int:
            if not collected:
                sweep = user if level in SWEPT else 0
                grace = GRACE_SECONDS if not worker.overran else 0
                order = {
                    "do": "reap",
                    "pid": pid,
                    "grace": grace,
                    "sweep": sweep,
                    "cpu_seconds": int(limits.total_seconds) + 1,
                }
                collected.append(self._order(order, ()))
            return collected[0]

        def end() -> None:
            worker.close()
            try:
                collect()
            except SandboxFault:  # jails die with their template; what they started may not
                if level in SWEPT:
                    _kill_all_of(user)

        walled = level == "namespaces" and "seccomp" in self.isolation.layers
        worker = Worker(ours, output, source, limits, collect, group, walled=walled)
        after.callback(end)
        return worker

    def _order(self, job: Mapping[str, object], descriptors: tuple[int, ...]) -> int:
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
        self._process.wait()
        said = self._said()
        raise SandboxFault(f"{sentence}: {said.splitlines()[-1] if said else 'it said nothing'}")

    def _said(self) -> str:
        """What a dead template wrote; something that it started may still hold the pipe open."""
        assert self._process.stderr is not None
        os.set_blocking(self._process.stderr.fileno(), False)
        with contextlib.suppress(OSError):
            return os.read(self._process.stderr.fileno(), 1 << 16).decode(errors="replace").strip()
        return ""


def _kill_all_of(user: int) -> None:
    """Kill every process of a jail's user, where the template can no longer do it."""
    code = f"import os; os.setresuid({user}, {user}, {user}); os.kill(-1, 9)"
    with contextlib.suppress(OSError):
        subprocess.run([sys.executable, "-I", "-S", "-c", code], check=False)
