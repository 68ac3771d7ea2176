"""The Linux system calls Python does not offer, each as a function that raises OSError."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE, MS_RELATIME = 4096, 16384, 1 << 18, 1 << 21
ATIME_FLAGS = 1024 | 2048  # the same numbers in statvfs and mount
ST_RELATIME = 4096
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47
SIGKILL = 9
# The same numbers on every architecture since Linux 5.x, but for capset and pivot_root.
SYS_CLOSE_RANGE, SYS_LANDLOCK_CREATE, SYS_LANDLOCK_ADD, SYS_LANDLOCK_RESTRICT = 436, 444, 445, 446
NUMBERS = {
    "x86_64": {"capset": 126, "pivot_root": 155},
    "aarch64": {"capset": 91, "pivot_root": 41},
}


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *args: object) -> int:
    """Raw system call; integers go as unsigned longs."""
    plain = [ctypes.c_ulong(arg & 0xFFFFFFFFFFFFFFFF) if isinstance(arg, int) else arg for arg in args]
    return _must(libc().syscall(ctypes.c_long(number), *plain), f"system call {number}")


def named(name: str) -> int:
    """The number of a system call on this machine."""
    return NUMBERS[os.uname().machine][name]


def prctl(option: int, *args: int) -> int:
    """Operations on this process."""
    full = [ctypes.c_ulong(value) for value in (*args, 0, 0, 0, 0)[:4]]
    return _must(libc().prctl(option, *full), f"prctl {option}")


def return_to(namespace: int, kind: int) -> None:
    """Put what is forked from here on back into the namespace behind a descriptor."""
    _must(libc().setns(namespace, kind), "setns")


def unshare(flags: int) -> None:
    """Leave the given namespaces for new ones."""
    _must(libc().unshare(flags), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Mount a file system, or change a mount."""
    raw = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    result = libc().mount(raw[0], raw[1], raw[2], ctypes.c_ulong(flags), raw[3])
    _must(result, f"mount {source} on {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root and put the old root at `old`."""
    syscall(named("pivot_root"), os.fsencode(new), os.fsencode(old))


def unmount(target: str) -> None:
    """Detach a mount at once."""
    _must(libc().umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def locked_flags(descriptor: int) -> int:
    """Mount flags that a user namespace may not take away from a bind mount, so they must be repeated."""
    have = os.fstatvfs(descriptor).f_flag
    flags = have & (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | ATIME_FLAGS)
    return flags | (MS_RELATIME if have & ST_RELATIME else 0)


def close_all_but(keep: set[int]) -> None:
    """Close every descriptor that is not in `keep`."""
    low = 0
    for descriptor in sorted(keep):
        if descriptor > low:
            syscall(SYS_CLOSE_RANGE, low, descriptor - 1, 0)
        low = descriptor + 1
    syscall(SYS_CLOSE_RANGE, low, 0xFFFFFFFF, 0)


def drop_bounding_set() -> None:
    """No program run from here can ever gain a capability. Needs CAP_SETPCAP."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # beyond the last one this kernel knows
            return


def drop_capabilities() -> None:
    """Give up every capability this process has."""
    prctl(PR_CAP_AMBIENT, 4)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    syscall(named("capset"), header, (ctypes.c_uint32 * 6)())


def supported() -> bool:
    """Whether these calls make sense here at all."""
    return sys.platform == "linux" and os.uname().machine in NUMBERS
