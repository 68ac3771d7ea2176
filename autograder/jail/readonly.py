"""A second system call filter, for jails that have no Landlock: no file is made, written to or removed.

What was open already, such as the jail's socket, can still be written to. A call that changes a file answers
EROFS, as on a read-only disk. Numbers are those of x86-64, which the first filter, set behind this one, makes
sure of.
"""

from __future__ import annotations

import errno

from .seccomp import ALLOW, ANY_BIT, EQUAL, ERRNO, LOAD, RETURN, enforce, instruction

OPEN, OPENAT, OPENAT2 = 2, 257, 437
# O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE
WRITING = 0x1 | 0x2 | 0x40 | 0x200 | 0x400000
FLAGS_OF = {OPEN: 24, OPENAT: 32}  # where the argument with the flags stands

# fmt: off
CHANGING = {
    "creat": 85, "truncate": 76, "ftruncate": 77, "fallocate": 285,
    "rename": 82, "renameat": 264, "renameat2": 316, "link": 86, "linkat": 265, "symlink": 88,
    "symlinkat": 266, "unlink": 87, "unlinkat": 263, "mkdir": 83, "mkdirat": 258, "rmdir": 84,
    "mknod": 133, "mknodat": 259,
    "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452,
    "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260,
    "utime": 132, "utimes": 235, "futimesat": 261, "utimensat": 280,
    "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "setxattrat": 463,
    "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199, "removexattrat": 466,
    "file_setattr": 469,
}
# fmt: on


def program() -> bytes:
    """The filter as instructions of eight bytes."""
    out = [instruction(LOAD, 0, 0, 0)]
    # Its flags stand in memory, out of reach; nothing here needs it.
    out += [instruction(EQUAL, 0, 1, OPENAT2), instruction(RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    for number, place in FLAGS_OF.items():
        out += [
            instruction(EQUAL, 0, 4, number),
            instruction(LOAD, 0, 0, place),
            instruction(ANY_BIT, 0, 1, WRITING),
            instruction(RETURN, 0, 0, ERRNO | errno.EROFS),
            instruction(RETURN, 0, 0, ALLOW),
        ]
    for number in sorted(CHANGING.values()):
        out += [instruction(EQUAL, 0, 1, number), instruction(RETURN, 0, 0, ERRNO | errno.EROFS)]
    return b"".join([*out, instruction(RETURN, 0, 0, ALLOW)])


def install() -> None:
    """Let this process, and all it starts, change no file from here on. `no_new_privs` must be set.

    Raises:
        OSError: the kernel refuses.
    """
    enforce(program())
