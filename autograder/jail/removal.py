"""Removing a folder that a student's code has filled: however deep it is, and without following a link."""

from __future__ import annotations

import contextlib
import os
import secrets

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def remove(folder: str) -> None:
    """Remove `folder` and all that is in it, as far as the system lets us.

    What stands deeper is first moved to the top: a path may be longer than the system takes, and a
    recursion (`shutil.rmtree`) deeper than Python does.
    """
    with contextlib.suppress(OSError):
        top = os.open(folder, FOLDER)
        try:
            os.fchmod(top, 0o700)
            while names := os.listdir(top):
                for name in names:
                    _remove_one(top, name)
        finally:
            os.close(top)
        os.rmdir(folder)


def _remove_one(top: int, name: str) -> None:
    try:
        os.unlink(name, dir_fd=top)
    except (IsADirectoryError, PermissionError):  # Linux says the one of a folder, macOS the other
        os.chmod(name, 0o700, dir_fd=top)
        inner = os.open(name, FOLDER, dir_fd=top)
        try:
            for deeper in os.listdir(inner):
                os.rename(deeper, secrets.token_hex(16), src_dir_fd=inner, dst_dir_fd=top)
        finally:
            os.close(inner)
        os.rmdir(name, dir_fd=top)
