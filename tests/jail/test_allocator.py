"""Memory that is freed stays with the process, whatever was freed before."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PAGES = 8 * (1 << 20) // 4096
COUNTED = """
import resource, sys
import numpy as np
if sys.argv[1] == "kept":
    from autograder.jail import allocator
    allocator.keep()
for _ in range(3):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    several = [np.ones(1 << 17) for _ in range(8)]
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    several = None
print(faults)
"""


def faults(how: str) -> int:
    """How many pages the kernel was asked for when eight megabytes were made for the third time."""
    done = subprocess.run([sys.executable, "-c", COUNTED, how], capture_output=True, check=True, timeout=60)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library decides for itself")
def test_memory_that_was_freed_is_used_again() -> None:
    assert faults("left to itself") > PAGES / 4
    assert faults("kept") < PAGES / 40
