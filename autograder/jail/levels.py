"""Isolation as data: the rungs of the ladder, what each is made of, and what this machine can build.

A machine is asked by trying, in a process of its own. Nothing weaker than what was asked for is ever
used in silence.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.model import IsolationError

from . import cgroups, landlock, linux, seccomp


@dataclass(frozen=True, slots=True)
class Level:
    """One rung: its name, and what a person should know of it."""

    name: str
    says: str


LEVELS = (
    Level("namespaces", "its own process, file system, network and user namespaces on a read-only root"),
    Level(
        "uid",
        "a user of its own behind Landlock and a system call filter, for root where namespaces are refused",
    ),
    Level("none", "a process of its own with resource limits, and no wall: for code that you trust"),
)
RANK = {level.name: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Isolation:
    """The level in force and the layers it is made of here."""

    level: str
    layers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "+".join((self.level, *self.layers))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at: whether it is there, and the one-line fix where it is not."""

    name: str
    there: bool
    says: str
    fix: str = ""


def probe() -> tuple[Finding, ...]:
    """What this machine offers, by trying."""
    refusal = _refusal()
    return (
        Finding("namespaces", not refusal, refusal or "new namespaces can be made", _namespace_fix(refusal)),
        Finding(
            "landlock",
            landlock_there(),
            f"Landlock ABI {landlock.abi()}" if landlock_there() else "this kernel has no Landlock",
            "" if landlock_there() else "use a kernel of version 5.13 or later with lsm=landlock",
        ),
        Finding(
            "seccomp",
            linux.supported() and seccomp.supported(),
            "system calls can be filtered"
            if linux.supported() and seccomp.supported()
            else "the filter is written for x86-64 only",
        ),
        Finding(
            "cgroup",
            linux.supported() and bool(cgroups.parents()),
            "control groups can be made"
            if linux.supported() and cgroups.parents()
            else "no control groups here: memory is limited for each process, not for the jail as a whole",
            ""
            if linux.supported() and cgroups.parents()
            else "run as root, or delegate a group to this user",
        ),
        Finding(
            "root",
            hasattr(os, "getuid") and os.getuid() == 0,
            "running as root"
            if hasattr(os, "getuid") and os.getuid() == 0
            else "running as an ordinary user",
        ),
    )


def landlock_there() -> bool:
    """Whether Landlock can be used."""
    return linux.supported() and landlock.abi() > 0


@cache
def _refusal() -> str:
    """Why no namespaces can be made here; empty where they can."""
    if not linux.supported():
        return f"namespaces need Linux on x86-64 or arm64, not {sys.platform}"
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from autograder.jail import enter, house, linux\n"
        "import os\n"
        "house.enter_namespaces(os.getuid() == 0)\n"
        "linux.unshare(enter.OWN)\n"
        "base = next(path for path in ('/mnt', '/tmp', '/var') if os.path.isdir(path))\n"
        "linux.mount('tmpfs', base, 'tmpfs', 6, 'size=1m')\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode == 0:
        return ""
    last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"this machine refuses namespaces ({last})"


def _namespace_fix(refusal: str) -> str:
    if not refusal or not linux.supported():
        return ""
    switch = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    if switch.exists() and switch.read_text().strip() == "1":
        return "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    if Path("/.dockerenv").exists():
        return (
            "start the container with --security-opt seccomp=unconfined --cap-add SYS_ADMIN, "
            "or grade as root with --isolation uid"
        )
    return "sudo sysctl -w user.max_user_namespaces=10000 kernel.unprivileged_userns_clone=1"


def choose(asked: str = "namespaces", *, trust: bool = False) -> Isolation:
    """The strongest level this machine can build, if it is at least as strong as the one asked for.

    Raises:
        IsolationError: an unknown level; a weaker one than asked for is all there is; or no wall at all
            is asked for without `trust`.
    """
    if asked not in RANK:
        raise IsolationError(f"there is no isolation level {asked!r}; the levels are {', '.join(RANK)}")
    if trust:
        return Isolation("none")
    if asked == "none":
        raise IsolationError(
            "isolation none runs student code with your own rights; "
            "if you trust this code say --i-trust-this-code"
        )
    refusal = _refusal()
    extra = [name for name, there in (("landlock", landlock_there()), ("seccomp", seccomp_there())) if there]
    groups = ["cgroup"] if linux.supported() and cgroups.parents() else []
    if not refusal:
        return Isolation("namespaces", (*extra, *groups))
    if asked == "namespaces":
        weaker = " Weaker, if you accept it: --isolation uid." if _uid_possible() else ""
        fix = _namespace_fix(refusal)
        raise IsolationError(
            f"{refusal}, and isolation namespaces was asked for.{f' Try: {fix}.' if fix else ''}{weaker}"
        )
    if _uid_possible():
        return Isolation("uid", (*extra, *groups))
    raise IsolationError(
        f"{refusal}, and isolation uid needs root, Landlock and a system call filter; "
        "`autograder doctor` says what is missing"
    )


def seccomp_there() -> bool:
    """Whether system calls can be filtered."""
    return linux.supported() and seccomp.supported()


def _uid_possible() -> bool:
    return linux.supported() and os.getuid() == 0 and landlock_there() and seccomp_there()
