"""Entering the jail: the list of everything that is given up, in the order in which it must be.

Every step is fail-closed: an exception before the last one ends the process, and the grader, which never
hears "ready", knows that the jail was not built.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from typing import Any

from . import landlock, linux, readonly, seccomp
from .house import HOME, QUIET

MEGA = 1 << 20
RESERVED = 1024 * MEGA  # addresses that torch reserves beyond what it uses
OWN = linux.NEWNS | linux.NEWUTS | linux.NEWIPC | linux.NEWNET | linux.NEWCGROUP


def settle(job: dict[str, Any], groups: list[int]) -> None:
    """Control group and namespaces: what needs the rights that `confine` gives up.

    `groups` are the open `cgroup.procs` of the control groups to join.
    """
    os.setsid()
    for group in groups:
        os.write(group, b"0")
    if job.get("core") is not None:
        os.sched_setaffinity(0, {job["core"]})
    if job["level"] == "namespaces":
        linux.unshare(OWN)
        linux.libc().sethostname(b"jail", 4)
        options = f"size={job['limits']['file_mb']}m,nr_inodes=512,mode=0777"
        linux.mount("tmpfs", HOME, "tmpfs", QUIET | linux.MS_NOEXEC, options)
        if job["nodes"]:  # a GPU's driver reads it; it shows the processes of this jail alone
            with contextlib.suppress(OSError):  # some machines let nobody; the driver may do without
                linux.mount("proc", "/proc", "proc", QUIET | linux.MS_NOEXEC | linux.MS_RDONLY)


def confine(job: dict[str, Any], keep: set[int]) -> None:
    """Give up limits, descriptors, user, capabilities, files, system calls."""
    level, layers, user = job["level"], job["layers"], job["user"]
    _limit(job)
    home = HOME if level == "namespaces" else job["home"]
    os.chdir(home)
    rules = -1
    if "landlock" in layers:
        own = landlock.opened([("/proc" if level == "namespaces" else "/proc/self")] if job["nodes"] else [])
        rules = landlock.rules((*job["read"], *own), (*landlock.opened([home]), *job["write"]))
        keep = {*keep, rules}
    if linux.supported():
        linux.close_all_but(keep)
    if job["root"] and level != "none":
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if linux.supported():
        linux.prctl(linux.PR_SET_PDEATHSIG, linux.SIGKILL)  # changing the user has cleared it
        if level != "none":
            linux.drop_capabilities()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if rules >= 0:
        landlock.enforce(rules)
    if linux.supported():
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
    if level == "permissions":
        readonly.install()
    if "seccomp" in layers:
        seccomp.install()


def cpu_seconds(job: dict[str, Any]) -> int:
    """The processor time after which the kernel ends a jail."""
    return int(job["limits"]["total_seconds"]) + 1


def _limit(job: dict[str, Any]) -> None:
    """Resource limits. Address space is counted from what the template had mapped already."""
    limits = job["limits"]
    memory = job["mapped"] + limits["memory_mb"] * MEGA
    seconds = cpu_seconds(job)
    # A GPU's driver reserves addresses for all memory there is; what is used of them is still counted.
    addresses = resource.RLIM_INFINITY if job["nodes"] else memory + (RESERVED if job["torch"] else 0)
    wanted = {
        "RLIMIT_DATA": memory,
        "RLIMIT_AS": addresses,
        "RLIMIT_CPU": seconds,
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_NOFILE": limits["open_files"],
        "RLIMIT_FSIZE": limits["file_mb"] * MEGA,
        "RLIMIT_CORE": 0,
        "RLIMIT_STACK": 64 * MEGA,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_SIGPENDING": 64,
        "RLIMIT_NICE": 0,
        "RLIMIT_RTPRIO": 0,
    }
    for name, value in wanted.items():
        which = getattr(resource, name, None)
        if which is None or (name == "RLIMIT_AS" and sys.platform == "darwin"):
            continue
        hard = resource.getrlimit(which)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard) if value >= 0 else hard  # noqa: PLW2901 - the value in force
        resource.setrlimit(which, (value, value))
