"""The system call filter: classic BPF written by hand, so that it depends on no library.

A deny list, because the C library of the host is unknown: everything that reaches beyond the process, or
into parts of the kernel that a numerical function has no business with, answers EPERM. It is the third
lock, behind namespaces and Landlock. Numbers are those of x86-64; elsewhere the layer is absent and the
report says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from functools import cache

from . import linux

X86_64 = 0xC000003E
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
CLONE, CLONE3, IOCTL, FCNTL, PRLIMIT, PRCTL = 56, 435, 16, 72, 302, 157
NEW_NAMESPACES = 0x7E020080
TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
# Locks, leases, notifications, and the signals that those send.
SHARED_FILE_STATE = (5, 6, 7, 8, 10, 15, 36, 37, 38, 1024, 1025, 1026)

# fmt: off
DENIED = {
    # other processes
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "process_madvise": 440, "kcmp": 312,
    "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "perf_event_open": 298,
    # signals that claim to come from the kernel: process 1 could kill itself, and look killed by us
    "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297,
    # timers that send any signal: a jail that stands still while its clock does not run would go on by itself
    "timer_create": 222,
    # limits: a lower one of processor time would look like a kill from outside
    "setrlimit": 160,
    # programs
    "execve": 59, "execveat": 322, "personality": 135,
    # file systems and namespaces
    "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "unshare": 272, "setns": 308,
    "open_by_handle_at": 304, "name_to_handle_at": 303, "move_mount": 429, "open_tree": 428, "fsopen": 430,
    "fsconfig": 431, "fsmount": 432, "fspick": 433, "mount_setattr": 442, "mknod": 133, "mknodat": 259,
    "swapon": 167, "swapoff": 168, "quotactl": 179, "fanotify_init": 300, "inotify_init": 253,
    "inotify_init1": 294, "inotify_add_watch": 254, "flock": 73, "quotactl_fd": 443, "uselib": 134,
    "ustat": 136, "statmount": 457, "listmount": 458,
    # network and mail boxes
    "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50, "accept": 43, "accept4": 288,
    # of the one socket there is nothing but read and write: not who is at its other end, no descriptor sent
    "sendto": 44, "sendmsg": 46, "sendmmsg": 307, "recvfrom": 45, "recvmsg": 47, "recvmmsg": 299,
    "getsockopt": 55, "setsockopt": 54, "getsockname": 51, "getpeername": 52, "shutdown": 48,
    "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "msgget": 68, "mq_open": 240,
    "add_key": 248, "request_key": 249, "keyctl": 250,
    # memory outside the accounts
    "memfd_create": 319, "memfd_secret": 447, "userfaultfd": 323, "vmsplice": 278, "tee": 276,
    "io_setup": 206,
    # what the whole machine would wait for, or could be asked about
    "sync": 162, "syncfs": 306, "cachestat": 451,
    # kernel surface
    "bpf": 321, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "seccomp": 317,
    "landlock_create_ruleset": 444, "init_module": 175, "finit_module": 313, "delete_module": 176,
    "kexec_load": 246, "kexec_file_load": 320, "syslog": 103, "lookup_dcookie": 212, "nfsservctl": 180,
    "modify_ldt": 154, "iopl": 172, "ioperm": 173, "reboot": 169, "acct": 163, "vhangup": 153,
    # identity, clock, scheduling
    "setuid": 105, "setgid": 106, "setreuid": 113, "setregid": 114, "setgroups": 116, "setresuid": 117,
    "setresgid": 119, "setfsuid": 122, "setfsgid": 123, "capset": 126, "sethostname": 170,
    "setdomainname": 171, "settimeofday": 164, "clock_settime": 227, "clock_adjtime": 305, "adjtimex": 159,
    "sched_setscheduler": 144, "sched_setparam": 142, "sched_setattr": 314, "sched_setaffinity": 203,
    "setpriority": 141, "ioprio_set": 251, "migrate_pages": 256, "move_pages": 279, "mbind": 237,
    "set_mempolicy": 238, "get_mempolicy": 239,
}
# fmt: on


def supported() -> bool:
    """Whether the numbers above are this machine's."""
    return os.uname().machine == "x86_64"


def instruction(code: int, yes: int, no: int, value: int) -> bytes:
    """One BPF instruction; `yes` and `no` are how many to leap over."""
    return struct.pack("HBBI", code, yes, no, value & 0xFFFFFFFF)


@cache
def program() -> bytes:
    """The filter as BPF instructions."""
    out: list[bytes] = []

    def add(code: int, yes: int, no: int, value: int) -> None:
        out.append(instruction(code, yes, no, value))

    add(LOAD, 0, 0, 4)  # architecture: a 32-bit call would have other numbers
    add(EQUAL, 1, 0, X86_64)
    add(RETURN, 0, 0, KILL)
    add(LOAD, 0, 0, 0)  # number: no x32 calls either
    add(AT_LEAST, 0, 1, 0x40000000)
    add(RETURN, 0, 0, KILL)
    add(EQUAL, 0, 1, CLONE3)  # its flags stand in memory, out of reach: the C library falls back to clone
    add(RETURN, 0, 0, ERRNO | errno.ENOSYS)
    add(EQUAL, 0, 4, CLONE)
    add(LOAD, 0, 0, 16)
    add(ANY_BIT, 0, 1, NEW_NAMESPACES)
    add(RETURN, 0, 0, ERRNO | errno.EPERM)
    add(RETURN, 0, 0, ALLOW)
    add(EQUAL, 0, 7, PRLIMIT)  # limits may be read, not set: a new one (third argument) is refused
    for half in (32, 36):
        add(LOAD, 0, 0, half)
        add(EQUAL, 1, 0, 0)
        add(RETURN, 0, 0, ERRNO | errno.EPERM)
    add(RETURN, 0, 0, ALLOW)
    add(EQUAL, 0, 4, PRCTL)  # the signal at the parent's death stays what it is
    add(LOAD, 0, 0, 16)
    add(EQUAL, 0, 1, linux.PR_SET_PDEATHSIG)
    add(RETURN, 0, 0, ERRNO | errno.EPERM)
    add(RETURN, 0, 0, ALLOW)
    for number, refused in ((IOCTL, TERMINAL_INPUT), (FCNTL, SHARED_FILE_STATE)):
        add(EQUAL, 0, len(refused) + 3, number)
        add(LOAD, 0, 0, 24)
        for i, command in enumerate(refused):
            add(EQUAL, len(refused) - i, 0, command)
        add(RETURN, 0, 0, ALLOW)
        add(RETURN, 0, 0, ERRNO | errno.EPERM)
    out += _search(sorted(set(DENIED.values())))
    return b"".join(out)


def _search(denied: list[int]) -> list[bytes]:
    """Look for the number among the sorted `denied` by halving.

    The kernel runs a filter once for every number there is when it is installed.
    """
    if len(denied) == 1:
        steps = ((EQUAL, 0, 1, denied[0]), (RETURN, 0, 0, ERRNO | errno.EPERM), (RETURN, 0, 0, ALLOW))
        return [struct.pack("HBBI", *step) for step in steps]
    middle = len(denied) // 2
    below, above = _search(denied[:middle]), _search(denied[middle:])
    return [struct.pack("HBBI", AT_LEAST, len(below), 0, denied[middle]), *below, *above]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def install() -> None:
    """Filter every system call of this process from here on. `no_new_privs` must be set.

    Raises:
        OSError: the kernel refuses.
    """
    enforce(program())


def enforce(code: bytes) -> None:
    """Put a filter in force beside those that are; of several verdicts the kernel takes the strictest.

    Raises:
        OSError: the kernel refuses.
    """
    buffer = ctypes.create_string_buffer(code, len(code))
    filter_ = _Program(len(code) // 8, ctypes.addressof(buffer))
    if linux.libc().prctl(linux.PR_SET_SECCOMP, 2, ctypes.byref(filter_), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")
