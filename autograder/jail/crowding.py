"""The number of files in a jail's folder, where that folder is on a real disk (level `uid`).

A tmpfs of its own has a number of inodes; a folder on a disk has none, so it is looked at while its jail
works. Between two looks a jail can make some thousands of files, and not more.
"""

from __future__ import annotations

import os
import select
import socket

FILES = 512  # as many as the tmpfs of a jail with a file system of its own takes
LOOK_SECONDS = 0.05


def too_many(folder: str) -> bool:
    """Whether more than `FILES` files and folders are below `folder`, however deep."""
    count = 0
    try:
        for _, folders, files, _ in os.fwalk(folder):
            count += len(folders) + len(files)
            if count > FILES:
                return True
    except OSError:  # too deep for the descriptors there are
        return True
    return False


def until_spoken_to(grader: socket.socket, folder: str) -> bool:
    """Wait for the grader's next word; True at once if there are too many files before it comes."""
    while not select.select([grader], [], [], LOOK_SECONDS)[0]:
        if too_many(folder):
            return True
    return False
