"""The template: imports what an assignment needs once, then forks a jail for each submission.

It is single-threaded, knows nothing of the course, and ends when the grader's socket closes.
"""

from __future__ import annotations

import array

# Those marked F401 are not used here: a student's own imports of them find them in memory.
import collections  # noqa: F401
import contextlib
import dataclasses  # noqa: F401
import fractions  # noqa: F401
import functools  # noqa: F401
import itertools  # noqa: F401
import json
import math  # noqa: F401
import os
import random
import signal
import socket
import struct
import sys
import time
import typing  # noqa: F401
from typing import Any

import numpy as np

from . import ends, enter, linux
from .inside import Inside

DESCRIPTORS = 2
STATUS = struct.Struct("<i")
REAP_SECONDS = 2.0


def main(control: int, packages: list[str], paths: list[str]) -> None:
    """Serve the grader at the other end of the socket `control` until it closes."""
    _warm_up(packages)
    sys.path[:] = paths
    if linux.supported():
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # a killed attendant's jail is ours to collect
    with socket.socket(fileno=control) as grader:
        grader.sendall(STATUS.pack(0))
        while True:
            message, ancillary, _, _ = grader.recvmsg(1 << 20, socket.CMSG_SPACE(4 * DESCRIPTORS))
            if not message:
                os._exit(0)
            job = json.loads(message)
            if job["do"] == "fork":
                descriptors = array.array("i")
                for _, _, data in ancillary:
                    descriptors.frombytes(data)
                try:
                    status = _fork(job, grader.fileno(), *descriptors)
                except OSError as error:  # no more processes, or no memory for one: it may pass
                    status = -(error.errno or 1)
                grader.sendall(STATUS.pack(status))
            else:
                grader.sendall(STATUS.pack(_reap(job["pid"], job["grace"], job["sweep"])))


def _warm_up(packages: list[str]) -> None:
    # The first call of each kind opens files and starts what must not be started in a jail.
    np.linalg.svd(np.eye(3) @ np.eye(3))
    np.linalg.eigh(np.eye(2))
    np.fft.fft(np.ones(4))
    np.random.default_rng(0).normal()
    if "torch" in packages:
        import torch  # noqa: PLC0415 - optional, and seconds to load

        torch.set_num_threads(1)
        torch.nn.functional.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 2, 2))


def _fork(job: dict[str, Any], control: int, conversation: int, output: int) -> int:
    job["parent"] = os.getpid()
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid:
            os.close(conversation)
            os.close(output)
    if pid:
        return pid
    try:
        os.close(control)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        enter.attend(job)
        enter.confine(job, {0, 1, 2, conversation})
        _tidy()
        inside = Inside(conversation, job["filename"])
    except BaseException as error:
        with contextlib.suppress(BaseException):
            os.write(2, f"{type(error).__name__}: {error}".encode())
        os._exit(97)
    with contextlib.suppress(BaseException):
        inside.serve()
    os._exit(1)


def _tidy() -> None:
    """The same start for every submission: environment, streams, random state."""
    os.environ.clear()
    os.environ.update(HOME=enter.HOME, TMPDIR=enter.HOME, LANG="C.UTF-8", OPENBLAS_NUM_THREADS="1")
    sys.argv[:] = sys.orig_argv[:] = [""]
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = open(number, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - the state that a student's old-style call would read
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _reap(pid: int, grace: float, sweep: int) -> int:
    """Collect an attendant, after `grace` seconds by force, and all that it leaves; how it ended (`ends`).

    `sweep` is a user of whom nothing may stay alive: without a process namespace a jail's children
    outlive it unless they are found by their owner.
    """
    status = _wait(pid, grace)
    if status is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        late = _wait(pid, REAP_SECONDS)
        status = ends.UNKNOWN if late is None else ends.FORCED
    if sweep:
        _kill_all_of(sweep)
    end = time.monotonic() + REAP_SECONDS
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.0005)
        except ChildProcessError:
            break
    return status


def _wait(pid: int, seconds: float) -> int | None:
    end = time.monotonic() + seconds
    while True:
        try:
            done, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return ends.UNKNOWN
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= end:
            return None
        time.sleep(0.0005)


def _kill_all_of(user: int) -> None:
    """Kill every process of `user`: a child that becomes that user may signal no one else."""
    killer = os.fork()
    if killer == 0:
        with contextlib.suppress(OSError):
            os.setresuid(user, user, user)
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(killer, 0)
