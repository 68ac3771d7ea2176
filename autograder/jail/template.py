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
import gc
import itertools  # noqa: F401
import json
import math  # noqa: F401
import os
import random
import resource
import select
import signal
import socket
import struct
import sys
import time
import typing  # noqa: F401
from typing import Any

import numpy as np

from . import crowding, denial, ends, enter, house, landlock, linux, needed, seccomp, streams
from .inside import Inside

DESCRIPTORS = 8
STATUS = struct.Struct("<i")
REAP_SECONDS = 2.0


def main(control: int, house_of: dict[str, Any], paths: list[str]) -> None:
    """Serve the grader at the other end of the socket `control` until it closes.

    `house_of` says what holds for every jail: level, layers, packages, what is shown and hidden.
    """
    namespaces = house_of["level"] == "namespaces"
    if namespaces:
        house.enter_namespaces(house_of["root"])
        _leave_keeper(control)
    with socket.socket(fileno=control) as grader:
        if not namespaces:
            grader.sendall(STATUS.pack(os.getpid()))
        _warm_up(house_of["packages"], spare=bool(house_of["nodes"]))
        sys.path[:] = paths
        sys.meta_path.insert(0, needed.Needed(house_of["names"]))
        if linux.supported():
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # what a jail leaves is ours to collect
        house_of["mapped"] = house.mapped()
        processes = os.open("/proc/self/ns/pid", os.O_RDONLY) if namespaces else -1
        if namespaces:
            house.build_root(house_of["views"], house_of["hidden"], house_of["nodes"])
        _sweep(house_of)  # of a grader that was killed and had the same user
        _prepare(house_of)
        alive = os.pipe()
        gc.collect()
        gc.freeze()  # what is there already stays out of every jail's collections, and so in shared pages
        grader.sendall(STATUS.pack(0))
        _serve(grader, house_of, processes, alive)


def _leave_keeper(control: int) -> None:
    """Go on as process 1 of the new namespace; the keeper outside waits, and takes it along when it ends."""
    alive, keepers = os.pipe()
    pid = os.fork()
    if pid:
        os.write(control, STATUS.pack(pid))
        os.close(control)
        os.waitpid(pid, 0)
        os._exit(0)
    os.close(keepers)
    _die_with(alive)
    os.close(alive)


def _serve(grader: socket.socket, house_of: dict[str, Any], processes: int, alive: tuple[int, int]) -> None:
    watched = ""  # the folder of the jail at work, where it is on a disk
    crowded = False
    while True:
        if watched and crowding.until_spoken_to(grader, watched):
            watched, crowded = "", True
            _sweep(house_of)
        message, ancillary, _, _ = grader.recvmsg(1 << 20, socket.CMSG_SPACE(4 * DESCRIPTORS))
        if not message:
            _sweep(house_of)
            os._exit(0)
        job = {**house_of, **json.loads(message)}
        if job["do"] == "fork":
            descriptors = array.array("i")
            for _, _, data in ancillary:
                descriptors.frombytes(data)
            try:
                status = _fork(job, grader.fileno(), alive, processes, descriptors.tolist())
            except OSError as error:  # no more processes, or no memory for one: it may pass
                status = -(error.errno or 1)
            grader.sendall(STATUS.pack(status))
            watched, crowded = (job["home"] if job["level"] == "uid" else ""), False
        else:
            status = _reap(job)
            grader.sendall(STATUS.pack(ends.CROWDED if crowded else status))
            watched = ""


def _warm_up(packages: list[str], *, spare: bool = False) -> None:
    """Load `packages`. `spare` leaves out what asks for a GPU: a driver that was started cannot be forked."""
    # The first call of each kind opens files and starts what must not be started in a jail.
    np.linalg.svd(np.eye(3) @ np.eye(3))
    np.linalg.eigh(np.eye(2))
    np.fft.fft(np.ones(4))
    np.random.default_rng(0).normal()
    if "torch" in packages:
        import torch  # noqa: PLC0415 - optional, and seconds to load

        torch.set_num_threads(1)
        torch.nn.functional.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 2, 2))
        torch.linalg.svd(torch.eye(2))
        torch.manual_seed(0)  # the same in every jail of every template
        if spare:
            return
        # The first optimizer imports 800 modules. No backward pass: it would start threads, and after a
        # fork without them there can be no other.
        weight = torch.nn.Parameter(torch.ones(1))
        weight.grad = torch.ones(1)
        torch.optim.Adam([weight]).step()


def _fork(job: dict[str, Any], control: int, alive: tuple[int, int], processes: int, given: list[int]) -> int:
    """A jail's process. Everything in it that goes wrong before it is ready ends it with status 97."""
    shared = job.get("shared", 0)  # descriptors of memory shared with the grader, of a timed check
    conversation, output, *rest = given
    memory, groups = rest[:shared], rest[shared:]
    pid = -1
    try:
        if processes >= 0:
            linux.unshare(linux.NEWPID)
        pid = os.fork()
    finally:
        if pid:
            if processes >= 0:
                linux.return_to(processes, linux.NEWPID)
            for descriptor in given:
                os.close(descriptor)
    if pid:
        return pid
    try:
        os.close(control)
        os.close(alive[1])
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        nothing = os.open("/dev/null", os.O_RDONLY)  # opened anew: flags and owner of an open file are shared
        os.dup2(nothing, 0)
        os.close(nothing)
        _die_with(alive[0])
        enter.settle(job, groups)
        enter.confine(job, {0, 1, 2, conversation, alive[0], *memory})
        _end_without(alive[0])  # it may have died before `confine` asked for its last signal once more
        os.close(alive[0])
        random.seed(0)  # Python has reseeded it in the fork
        inside = Inside(conversation, job["filename"], memory, _denial(job))
    except BaseException as error:
        with contextlib.suppress(BaseException):
            os.write(2, f"{type(error).__name__}: {error}".encode())
        os._exit(97)
    with contextlib.suppress(BaseException):
        inside.serve()
    os._exit(1)


def _denial(job: dict[str, Any]) -> Any:
    """What refuses operations in this jail; None in most."""
    if not job.get("denied") or not job["torch"]:
        return None
    return denial.Denial(job["denied"]["patterns"], job["denied"]["says"])


def _die_with(alive: int) -> None:
    """End with the parent, which holds the other end of the pipe `alive`, even if it is dead already."""
    if linux.supported():
        linux.prctl(linux.PR_SET_PDEATHSIG, linux.SIGKILL)
    _end_without(alive)


def _end_without(alive: int) -> None:
    if select.select([alive], [], [], 0)[0]:
        os._exit(96)


def _prepare(house_of: dict[str, Any]) -> None:
    """Do once what would be the same in every jail."""
    if house_of["root"] and house_of["level"] != "none":
        linux.drop_bounding_set()
    if "landlock" in house_of["layers"]:
        libraries = (*house_of["views"], "/lib", "/lib64", "/dev/zero", "/dev/urandom")
        house_of["read"] = landlock.opened(libraries)
        nodes = [f"/dev/{name}" for name in house_of["nodes"]]
        house_of["write"] = landlock.opened(["/dev/null", *nodes])
    if "seccomp" in house_of["layers"]:
        seccomp.program()
    os.environ.clear()
    os.environ.update(HOME=house.HOME, TMPDIR=house.HOME, LANG="C.UTF-8", OPENBLAS_NUM_THREADS="1")
    os.environ.update(house_of["visible"])
    sys.argv[:] = sys.orig_argv[:] = [""]
    streams.install()
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGINT, signal.SIGKILL, signal.SIGSTOP, 32, 33):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    np.random.seed(0)  # noqa: NPY002 - the state that a student's old-style call would read


def _reap(job: dict[str, Any]) -> int:
    """Collect a jail, after `grace` seconds by force, and all that it leaves; how it ended (`ends`).

    `sweep` is a user of whom nothing may stay alive: without a process namespace a jail's children
    outlive it unless they are found by their owner.
    """
    pid, cpu_limit = job["pid"], job["cpu_seconds"]
    status = _wait(pid, job["grace"], cpu_limit)
    if status is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        late = _wait(pid, REAP_SECONDS, cpu_limit)
        status = ends.UNKNOWN if late is None else ends.FORCED
    if job["sweep"]:
        _kill_all_of(job["sweep"])
    end = time.monotonic() + REAP_SECONDS
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.0005)
        except ChildProcessError:
            break
    return status


def _wait(pid: int, seconds: float, cpu_limit: float) -> int | None:
    """How the child `pid` ended; None where it has not within `seconds`."""
    end = time.monotonic() + seconds
    try:
        while not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
            if time.monotonic() >= end:
                return None
            time.sleep(0.0002)
        with contextlib.suppress(AttributeError, OSError):  # a limit that it has lowered itself counts too
            lowered = resource.prlimit(pid, resource.RLIMIT_CPU)[1]
            cpu_limit = cpu_limit if lowered == resource.RLIM_INFINITY else min(cpu_limit, lowered)
        _, status, used = os.wait4(pid, 0)
    except ChildProcessError:
        return ends.UNKNOWN
    return ends.passed_on(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, cpu_limit)


def _sweep(house_of: dict[str, Any]) -> None:
    """Where jails have no process namespace: nothing of theirs outlives their template."""
    if house_of["root"] and house_of["level"] in ("uid", "permissions"):
        _kill_all_of(house_of["user"])


def _kill_all_of(user: int) -> None:
    """Kill every process of `user`: a child that becomes that user may signal no one else."""
    killer = os.fork()
    if killer == 0:
        with contextlib.suppress(OSError):
            os.setresuid(user, user, user)
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(killer, 0)
