"""Landlock: a second lock on the file system, and the only one where namespaces are forbidden."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable

from . import linux

READ_FILE, READ_DIR, TRUNCATE, IOCTL = 1 << 2, 1 << 3, 1 << 14, 1 << 15
EXECUTE, MAKE_CHAR, MAKE_BLOCK, WRITE_FILE = 1 << 0, 1 << 6, 1 << 11, 1 << 1


def abi() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    try:
        return linux.syscall(linux.SYS_LANDLOCK_CREATE, None, 0, 1)
    except OSError:
        return 0


def opened(paths: Iterable[str]) -> tuple[tuple[int, bool], ...]:
    """Those of `paths` that are there, as (descriptor, whether it is a folder); for `rules`."""
    found = []
    for path in paths:
        try:
            found.append((os.open(path, os.O_PATH | os.O_CLOEXEC), os.path.isdir(path)))
        except FileNotFoundError:
            continue
    return tuple(found)


def rules(read: Iterable[tuple[int, bool]], write: Iterable[tuple[int, bool]]) -> int:
    """A rule set: read below `read`, write below `write`, execute nothing, open no TCP; its descriptor.

    Where the kernel can (ABI 6) it also forbids signals and abstract sockets that lead outside. Made
    while the paths can still be reached; `enforce` puts it in force.
    """
    version = abi()
    files = (1 << 13) - 1
    files |= sum(bit for need, bit in ((2, 1 << 13), (3, TRUNCATE), (5, IOCTL)) if version >= need)
    sizes = {True: 24, False: 16 if version >= 4 else 8}
    attributes = struct.pack("QQQ", files, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    attributes = attributes[: sizes[version >= 6]]
    made = linux.syscall(linux.SYS_LANDLOCK_CREATE, attributes, len(attributes), 0)
    grants = (
        (read, READ_FILE | READ_DIR),
        (write, files & ~(EXECUTE | MAKE_CHAR | MAKE_BLOCK)),
    )
    of_a_file = (WRITE_FILE | READ_FILE | TRUNCATE | IOCTL) & files
    for places, access in grants:
        for descriptor, folder in places:
            rule = struct.pack("=Qi", access if folder else access & of_a_file, descriptor)
            linux.syscall(linux.SYS_LANDLOCK_ADD, made, 1, rule, 0)
    return made


def enforce(made: int) -> None:
    """Put a rule set in force for this process and all it starts. `no_new_privs` must be set."""
    linux.syscall(linux.SYS_LANDLOCK_RESTRICT, made, 0)
    os.close(made)
