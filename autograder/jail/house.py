"""What a template builds once, before it has seen anything: its own namespaces, and the root of its jails.

The root is a small tmpfs with read-only views of what the interpreter and the packages need, and nothing
else. Jails are forked inside it, so none of them has to build or leave anything.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Sequence

from . import linux

HOME = "/sandbox"
DEVICES = ("null", "zero", "urandom")
QUIET = linux.MS_NOSUID | linux.MS_NODEV


def enter_namespaces(root: bool) -> None:
    """Leave this machine's mounts for a private copy, as an ordinary user also its users.

    Raises:
        OSError: this machine does not let us.
    """
    user, group = os.getuid(), os.getgid()
    linux.unshare(linux.NEWNS | linux.NEWPID | (0 if root else linux.NEWUSER))
    if not root:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"1000 {user} 1"),
            ("gid_map", f"1000 {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)


def build_root(views: Sequence[str], hidden: Sequence[str], nodes: Sequence[str] = ()) -> None:
    """Make the root, with `views` in it but for the folders in `hidden`, and move this process into it.

    `nodes` are devices below /dev that are there besides; with them comes an empty /proc to mount on.

    Raises:
        OSError: this machine does not let us.
    """
    base = next(path for path in ("/mnt", "/tmp", "/var") if os.path.isdir(path))
    # Opened first: the new root may be mounted over the place where a path begins.
    seen = [(path, os.open(path, os.O_PATH)) for path in views if os.path.exists(path)]
    devices = [(name, os.open(f"/dev/{name}", os.O_PATH)) for name in (*DEVICES, *nodes)]
    links = [
        (name, os.readlink(f"/{name}")) for name in ("lib", "lib64", "lib32") if os.path.islink(f"/{name}")
    ]
    linux.mount("tmpfs", base, "tmpfs", QUIET, "size=4m,nr_inodes=4096,mode=0755")
    covers = []
    for path, descriptor in seen:
        _show(base + path, descriptor)
        for folder in hidden:
            if folder.startswith(path + "/") and os.path.isdir(base + folder):
                linux.mount("tmpfs", base + folder, "tmpfs", QUIET, "size=1m,nr_inodes=4096,mode=0755")
                covers.append(base + folder)
    for cover in covers:
        linux.mount(None, cover, None, linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | QUIET)
    for name, target in links:
        if not os.path.lexists(f"{base}/{name}"):
            os.symlink(target, f"{base}/{name}")
    for folder in ("dev", HOME.strip("/"), "old", *(("proc",) if nodes else ())):
        os.makedirs(f"{base}/{folder}", exist_ok=True)
    for name, descriptor in devices:
        os.makedirs(os.path.dirname(f"{base}/dev/{name}"), exist_ok=True)
        with open(f"{base}/dev/{name}", "w"):
            pass
        linux.mount(f"/proc/self/fd/{descriptor}", f"{base}/dev/{name}", None, linux.MS_BIND)
        # A device can still be written to; its times, owner and mode cannot be changed.
        flags = linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NOEXEC
        linux.mount(None, f"{base}/dev/{name}", None, flags | linux.locked_flags(descriptor))
        os.close(descriptor)
    _move_into(base)


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


def _move_into(base: str) -> None:
    os.chdir(base)
    linux.pivot_root(".", "old")
    os.chdir("/")
    linux.unmount("/old")
    os.rmdir("/old")
    linux.mount(None, "/", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | QUIET)


def mapped() -> int:
    """The address space of this process, in bytes."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 4 << 30
