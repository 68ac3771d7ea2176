"""User numbers for the jails of a grader that is root: no two templates on a machine have the same.

A number is claimed by a socket with a name, which the kernel frees when its owner ends, however it ends.
"""

from __future__ import annotations

import contextlib
import errno
import pwd
import socket
from pathlib import Path

EVERYONE = range(0x7000_0000, 0x7100_0000)  # used by no account, no container and no service
FEWEST = 4096  # numbers of which a container that has few spares its last
NOBODY = 65_534


def available(uid_map: str) -> range:
    """The user numbers to choose from, by /proc/self/uid_map: a container may know few."""
    extents = [[int(word) for word in line.split()] for line in uid_map.splitlines()]
    first, _, count = max(extents, key=lambda extent: extent[2], default=[0, 0, EVERYONE.stop])
    if first + count >= EVERYONE.stop:
        return EVERYONE
    last = min(first + count, NOBODY)
    return range(max(first + 1, last - FEWEST), last)


def claim(start: int) -> tuple[int, socket.socket]:
    """A user number that no one has, the first from `start` on; it is ours until the socket is closed.

    Raises:
        OSError: there is none.
    """
    try:
        numbers = available(Path("/proc/self/uid_map").read_text())
    except OSError:
        numbers = EVERYONE
    for step in range(min(len(numbers), FEWEST)):
        number = numbers[(start + step) % len(numbers)]
        with contextlib.suppress(KeyError):
            pwd.getpwuid(number)
            continue  # someone's account
        claimed = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            claimed.bind(f"\0autograder-user-{number}")
        except OSError as error:
            claimed.close()
            if error.errno != errno.EADDRINUSE:
                raise
            continue
        return number, claimed
    raise OSError(errno.EAGAIN, "every user number for jails is in use")
