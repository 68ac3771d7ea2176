"""What a jail needs of this machine to use a GPU; jails of all other checks have none of it.

Device nodes, the folder of the driver's library, and some pages of /proc and /sys that the driver reads.
Which of these pages it could do without was read, never tried: no GPU was at hand. What stays forbidden is in
`seccomp`: no program can be started, so nothing that compiles in the jail (Triton, torch.compile) works.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

NODE = re.compile(r"nvidia(\d+|ctl|-uvm|-uvm-tools|-caps/nvidia-cap\d+)")
DRIVERS = ("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/local/cuda/compat", "/usr/lib/wsl/lib")
PAGES = ("/sys/bus/pci", "/sys/devices", "/sys/module/nvidia", "/sys/module/nvidia_uvm")
CAPS = "nvidia-caps"


@dataclass(frozen=True, slots=True)
class Access:
    """`nodes` below /dev; `views`, more folders to show read-only; `libraries`, where the loader looks too.

    `visible` is the identity of the one device that CUDA may use.
    """

    nodes: tuple[str, ...]
    views: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    visible: str = ""


def chosen(listing: Iterable[str]) -> tuple[str, ...]:
    """Those names below /dev that computing needs: no display, no file system of the device."""
    return tuple(sorted(name for name in listing if NODE.fullmatch(name)))


def access(visible: str, there: Callable[[str], bool] = os.path.isdir, dev: str = "/dev") -> Access:
    """What a jail needs for the device with identity `visible`."""
    listing = os.listdir(dev)
    if CAPS in listing:
        listing += [f"{CAPS}/{name}" for name in os.listdir(f"{dev}/{CAPS}")]
    drivers = tuple(path for path in DRIVERS if there(path))
    pages = tuple(path for path in PAGES if there(path))
    return Access(chosen(listing), (*drivers, *pages), drivers, visible)


def environment(access: Access) -> dict[str, str]:
    """What the template's process must know before it starts, for its jails."""
    if not access.nodes:
        return {}
    return {
        "CUDA_VISIBLE_DEVICES": access.visible,
        "CUDA_CACHE_DISABLE": "1",
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # asking whether there is a GPU must not spoil it for forks
        **({"LD_LIBRARY_PATH": ":".join(access.libraries)} if access.libraries else {}),
    }


NONE = Access(())
