"""How a jail ended, as the one number that the template passes on; and whose doing it was.

A student's process can leave with any exit status, so the statuses that stand for signals are kept out of
its reach.
"""

from __future__ import annotations

import signal

HIGHEST = 127  # exit statuses above it stand for signals
FORCED = 512  # it hung up and stayed: the template ended it
UNKNOWN = 513  # it could not be collected
CROWDED = 514  # the template ended it for the number of its files


def passed_on(status: int, cpu_seconds: float, cpu_limit: float) -> int:
    """What the template says of a jail that ended with `status` (negative: a signal).

    Process 1 of a namespace ignores the first warning of the processor time limit (SIGXCPU), so the
    kernel's SIGKILL for it is recognised by the time used.
    """
    if status >= 0:
        return min(status, HIGHEST)
    if -status == signal.SIGKILL and cpu_seconds >= cpu_limit:
        return HIGHEST + 1 + signal.SIGXCPU
    return HIGHEST + 1 - status


def signal_of(status: int) -> int:
    """The signal that ended the jail; 0 where it left by itself."""
    number = status - HIGHEST - 1
    return number if 0 < number < signal.NSIG else 0


def from_outside(status: int) -> bool:
    """Whether only this machine or its owner can have done it.

    That is so for process 1 killed by SIGKILL, where process 1 has a namespace of its own, cannot forge the
    kernel's signals and is within its processor time.
    """
    return status < 0 or status == UNKNOWN or signal_of(status) == signal.SIGKILL
