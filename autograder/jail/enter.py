"""Entering the jail: the list of everything that is given up, in the order in which it must be.

Every step is fail-closed: an exception before the last one ends the process, and the grader, which never
hears "ready", knows that the jail was not built.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from typing import Any

from . import cgroups, ends, landlock, linux, seccomp

HOME = "/sandbox"
DEVICES = ("null", "zero", "urandom")
MEGA = 1 << 20


def attend(job: dict[str, Any]) -> None:
    """The attendant's part: group, namespaces, new root. Returns in the jail's own process, as process 1.

    The attendant itself never returns: it waits for the jail and passes its exit status on.
    """
    os.setsid()
    _die_with_parent(job["parent"])
    if job["cgroup"]:
        cgroups.enter(job["cgroup"])
    namespaces = job["level"] == "namespaces"
    if namespaces:
        _unshare(job["root"])
        _build_root(job)
    inner = os.fork()
    if inner:
        linux.close_all_but(set()) if linux.supported() else os.closerange(0, 64)
        os._exit(_outlive(inner, _cpu_seconds(job["limits"])))
    if linux.supported():
        linux.prctl(linux.PR_SET_PDEATHSIG, linux.SIGKILL)


def _outlive(inner: int, cpu_seconds: float) -> int:
    """Wait for the jail; the exit status that passes on how it ended."""
    with contextlib.suppress(AttributeError, OSError):  # a limit that it has lowered itself counts too
        os.waitid(os.P_PID, inner, os.WEXITED | os.WNOWAIT)
        lowered = resource.prlimit(inner, resource.RLIMIT_CPU)[1]
        cpu_seconds = cpu_seconds if lowered == resource.RLIM_INFINITY else min(cpu_seconds, lowered)
    _, status, used = os.wait4(inner, 0)
    return ends.passed_on(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, cpu_seconds)


def _die_with_parent(parent: int) -> None:
    if linux.supported():
        linux.prctl(linux.PR_SET_PDEATHSIG, linux.SIGKILL)
    if os.getppid() != parent:  # it died before we asked to be told
        os._exit(96)


def _unshare(root: bool) -> None:
    flags = linux.NEWNS | linux.NEWUTS | linux.NEWIPC | linux.NEWNET | linux.NEWCGROUP | linux.NEWPID
    user, group = os.getuid(), os.getgid()
    linux.unshare(flags if root else flags | linux.NEWUSER)
    if not root:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"1000 {user} 1"),
            ("gid_map", f"1000 {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    linux.libc().sethostname(b"jail", 4)
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)


def _build_root(job: dict[str, Any]) -> None:
    """A small tmpfs with read-only views of what the interpreter and the packages need, and nothing else."""
    base = next(path for path in ("/mnt", "/tmp", "/var") if os.path.isdir(path))
    quiet = linux.MS_NOSUID | linux.MS_NODEV
    # Opened first: the new root may be mounted over the place where a path begins.
    views = [(path, os.open(path, os.O_PATH)) for path in job["views"] if os.path.exists(path)]
    devices = [(name, os.open(f"/dev/{name}", os.O_PATH)) for name in DEVICES]
    links = [
        (name, os.readlink(f"/{name}")) for name in ("lib", "lib64", "lib32") if os.path.islink(f"/{name}")
    ]
    linux.mount("tmpfs", base, "tmpfs", quiet, "size=4m,nr_inodes=4096,mode=0755")
    covers = []
    for path, descriptor in views:
        _show(base + path, descriptor)
        for hidden in job["hidden"]:
            if hidden.startswith(path + "/") and os.path.isdir(base + hidden):
                linux.mount("tmpfs", base + hidden, "tmpfs", quiet, "size=1m,nr_inodes=4096,mode=0755")
                covers.append(base + hidden)
    for cover in covers:
        linux.mount(None, cover, None, linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | quiet)
    for name, target in links:
        if not os.path.lexists(f"{base}/{name}"):
            os.symlink(target, f"{base}/{name}")
    for folder in ("dev", HOME.strip("/"), "old"):
        os.makedirs(f"{base}/{folder}", exist_ok=True)
    for name, descriptor in devices:
        with open(f"{base}/dev/{name}", "w"):
            pass
        linux.mount(f"/proc/self/fd/{descriptor}", f"{base}/dev/{name}", None, linux.MS_BIND)
        os.close(descriptor)
    options = f"size={job['limits']['file_mb']}m,nr_inodes=512,mode=0777"
    linux.mount("tmpfs", base + HOME, "tmpfs", quiet | linux.MS_NOEXEC, options)
    job["base"] = base


def _show(target: str, descriptor: int) -> None:
    if os.path.isdir(f"/proc/self/fd/{descriptor}"):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w"):
            pass
    linux.mount(f"/proc/self/fd/{descriptor}", target, None, linux.MS_BIND | linux.MS_REC)
    flags = linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
    linux.mount(None, target, None, flags | linux.locked_flags(descriptor))
    os.close(descriptor)


def confine(job: dict[str, Any], keep: set[int]) -> None:
    """The jail's part: give up limits, root, descriptors, user, capabilities, files, system calls."""
    level, layers, user = job["level"], job["layers"], job["user"]
    _limit(job["limits"], job["torch"])
    if level == "namespaces":
        _enter_root(job["base"])
    else:
        os.chdir(job["home"])
    if linux.supported():
        linux.close_all_but(keep)
    rules = None
    if "landlock" in layers:
        home = HOME if level == "namespaces" else job["home"]
        libraries = [*job["views"], "/lib", "/lib64", "/dev/zero", "/dev/urandom"]
        rules = landlock.rules(libraries, [home, "/dev/null"])
    if job["root"] and level != "none":
        linux.drop_bounding_set()
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if linux.supported():
        linux.prctl(linux.PR_SET_PDEATHSIG, linux.SIGKILL)  # changing the user has cleared it
        if level != "none":
            linux.drop_capabilities()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    if rules is not None:
        landlock.enforce(rules)
    if linux.supported():
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
            signal.signal(number, signal.SIG_DFL)
    if "seccomp" in layers:
        seccomp.install()


def _limit(limits: dict[str, Any], torch: bool) -> None:
    """Resource limits. Address space is counted from what the template had mapped already."""
    memory = _mapped() + limits["memory_mb"] * MEGA
    seconds = _cpu_seconds(limits)
    wanted = {
        "RLIMIT_DATA": memory,
        "RLIMIT_AS": resource.RLIM_INFINITY if torch else memory,  # torch reserves more than it uses
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


def _cpu_seconds(limits: dict[str, Any]) -> int:
    return int(limits["total_seconds"]) + 1


def _mapped() -> int:
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 4 << 30


def _enter_root(base: str) -> None:
    os.chdir(base)
    linux.pivot_root(".", "old")
    os.chdir("/")
    linux.unmount("/old")
    os.rmdir("/old")
    flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
    linux.mount(None, "/", None, flags)
    os.chdir(HOME)
