"""Isolation as data: the rungs of the ladder, what each is made of, and what this machine can build.

A machine is asked by trying, in a process of its own. Nothing weaker than what was asked for is ever
used in silence.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.model import IsolationError

from . import cgroups, landlock, linux, seccomp, users


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
    Level(
        "permissions",
        "a user of its own and system call filters alone, for root where Landlock is missing too: it "
        "writes no file, and reads what the machine lets every user read",
    ),
    Level("none", "a process of its own with resource limits, and no wall: for code that you trust"),
)
SWEPT = ("uid", "permissions")  # what a jail leaves behind is found by its user
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


def choose(asked: str = "namespaces", *, trust: bool = False, secret: Sequence[Path | str] = ()) -> Isolation:
    """The strongest level this machine can build, if it is at least as strong as the one asked for.

    `permissions` is had only with `secret`, the files and folders that a jail must not read: nothing but
    their modes keeps it from them there, so that is tried first, as a user of no account.

    Raises:
        IsolationError: an unknown level; a weaker one than asked for is all there is; no wall at all is asked
            for without `trust`; or what is secret can be read by everyone.
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
    if asked == "permissions":
        return Isolation("permissions", _closed(secret, refusal, (*extra, *groups)))
    raise IsolationError(
        f"{refusal}, and isolation uid needs root, Landlock and a system call filter; "
        "`autograder doctor` says what is missing"
    )


def seccomp_there() -> bool:
    """Whether system calls can be filtered."""
    return linux.supported() and seccomp.supported()


def _uid_possible() -> bool:
    return linux.supported() and os.getuid() == 0 and landlock_there() and seccomp_there()


def _closed(secret: Sequence[Path | str], refusal: str, layers: tuple[str, ...]) -> tuple[str, ...]:
    """`layers`, once it is sure that `permissions` can be built and that its jails cannot read `secret`.

    Raises:
        IsolationError: neither is the case.
    """
    if not (linux.supported() and os.getuid() == 0 and seccomp_there()):
        raise IsolationError(f"{refusal}, and isolation permissions needs root and a system call filter")
    if not secret:
        raise IsolationError("isolation permissions has to be told which files a jail must not read")
    for path in secret:
        if not Path(path).exists():
            raise IsolationError(f"{path} is to be kept secret, and is not there")
    seen = readable(secret)
    if seen:
        raise IsolationError(
            "isolation permissions keeps student code from files by their modes alone, and everyone can "
            f"read or enter {seen[0]}: chmod -R go-rwx {shlex.quote(seen[0])}"
        )
    return layers


def readable(paths: Sequence[Path | str]) -> list[str]:
    """Those of `paths` that a user of no account can read or, where they are folders, enter; found by trying.

    Raises:
        IsolationError: it cannot be tried.
    """
    try:
        user, claim = users.claim(os.getpid())
    except OSError as error:
        raise IsolationError(f"no user can be had for a jail: {error}") from error
    code = (
        "import os, sys\n"
        "user = int(sys.argv[1])\n"
        "os.setgroups([]); os.setresgid(user, user, user); os.setresuid(user, user, user)\n"
        "for number, path in enumerate(sys.argv[2:]):\n"
        "    if any(os.access(path, mode) for mode in (os.R_OK, os.W_OK, os.X_OK)): print(number)\n"
        "print('looked')\n"
    )
    words = [sys.executable, "-I", "-S", "-c", code, str(user), *map(str, paths)]
    with claim:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    *found, last = done.stdout.splitlines() or [""]
    if done.returncode or last != "looked":
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise IsolationError(f"what a jail can read cannot be tried: {said}")
    return [str(paths[int(number)]) for number in found]
