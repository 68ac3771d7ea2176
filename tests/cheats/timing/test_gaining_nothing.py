"""Cheats that answer rightly: each is measured at what its work costs, whatever it does beside it."""

# ruff: noqa: E501 - an attack reads best on one line

from __future__ import annotations

import pytest

from autograder.model import Timing, Verdict
from autograder.timing import bands as banding

from .conftest import BANDS, Hold, held

NOT_LESS = 0.5  # times what the same work costs an honest student


@pytest.fixture(scope="module")
def twins() -> dict[str, float]:
    """What `pixels` costs an honest student under each clock, as a multiple of the reference."""
    return {}


@pytest.fixture
def twin(request: pytest.FixtureRequest, twins: dict[str, float]) -> float:
    """What the work of a cheat costs an honest student."""
    ring = request.getfixturevalue("clocked")
    key = str(ring.student.isolation)
    if key not in twins:
        twins[key] = held(ring, "convolution = pixels").measure
    return twins[key]


def earned(timing: Timing) -> float:
    """The share of the points."""
    counts = timing.verdict in {Verdict.DECIDED, Verdict.INCONCLUSIVE}
    return banding.decide(BANDS, timing.low, timing.high)[0] if counts else 0.0


def gained_nothing(timing: Timing, twin: float) -> bool:
    """Whether it costs what it costs, or has ended without points."""
    if timing.verdict in {Verdict.WRONG_OUTPUT, Verdict.CRASHED, Verdict.TIMEOUT}:
        return earned(timing) == 0
    return timing.measure > NOT_LESS * twin


CLOCKS = {
    "python": """
for name in ("time", "perf_counter", "process_time", "monotonic", "thread_time", "time_ns", "perf_counter_ns",
             "process_time_ns", "clock_gettime", "clock_gettime_ns"):
    setattr(time, name, lambda *_: 0)
convolution = pixels""",
    "of_the_system": """
libc = ctypes.CDLL(None)
libc.clock_settime(0, struct.pack("qq", 0, 0)); libc.settimeofday(struct.pack("qq", 0, 0), None)
convolution = pixels""",
    "of_the_shim": """
import autograder.jail.stopwatch as watch
watch.time = time; watch.Stopwatch.done = lambda *_: None
convolution = pixels""",
}

WARM_UP = {
    "fast_first_call": """
CALLS = []
def convolution(x, w):
    CALLS.append(1)
    return (im2col if len(CALLS) == 1 else pixels)(x, w)""",
    "slow_first_call": """
CALLS = []
def convolution(x, w):
    CALLS.append(1)
    if len(CALLS) == 1: time.sleep(0.1)
    return pixels(x, w)""",
    "by_a_few_elements": """
KNOWN = {}
def convolution(x, w):
    key = tuple(x[0, 0, 0, :4]), tuple(w[0, 0, 0])
    if key not in KNOWN: KNOWN[key] = pixels(x, w)
    return KNOWN[key]""",
}

LAZY = {
    "subclass": """
class Lazy(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        if function is np.copyto: args[0][...] = pixels(*self.given)
def convolution(x, w):
    y = np.empty_like(x).view(Lazy)
    y.given = x, w
    return y""",
    "protocol": """
class Lazy:
    def __init__(self, *given): self.given = given
    def __array__(self, *_, **__): return pixels(*self.given)
convolution = Lazy""",
}

BESIDE = {
    "a_thread_that_burns": """
def burn():
    while True: sum(range(1000))
threading.Thread(target=burn, daemon=True).start()
convolution = pixels""",
    "a_child_that_burns": """
if os.fork() == 0:
    while True: pass
convolution = pixels""",
    "a_child_that_does_half": """
SHARED = mmap.mmap(-1, 1 << 20)
def convolution(x, w):
    y = np.ndarray(x.shape, x.dtype, SHARED)
    child = os.fork()
    if child == 0:
        y[:, :, :32] = pixels(x, w)[:, :, :32]
        os._exit(0)
    y[:, :, 32:] = pixels(x, w)[:, :, 32:]
    os.waitpid(child, 0)
    return y.copy()""",
    "children_that_stay": """
def convolution(x, w):
    for _ in range(3):
        try:
            if os.fork() == 0:
                while True: time.sleep(0.01)
        except OSError: pass
    return pixels(x, w)""",
    "a_fork_bomb": """
def convolution(x, w):
    y = pixels(x, w)
    for _ in range(16):
        try: os.fork()
        except OSError: pass
    while os.getpid() != ME: time.sleep(0.01)
    return y
ME = os.getpid()""",
    "unpinned": """
for pid in (0, 1, os.getpid()):
    try: os.sched_setaffinity(pid, range(os.cpu_count()))
    except OSError: pass
try: os.nice(-20)
except OSError: pass
convolution = pixels""",
    "a_thread_that_computes": """
def convolution(x, w):
    found = []
    thread = threading.Thread(target=lambda: found.append(pixels(x, w)))
    thread.start(); thread.join()
    return found[0]""",
}

UNTIMED = {
    "burns_in_the_account": """
real = shim().__class__.send
def send(*words):
    end = time.perf_counter() + 0.01
    while time.perf_counter() < end: pass
    real(*words)
shim().__class__.send = send
convolution = pixels""",
    "goes_on_after_done": """
def burn():
    while True: sum(range(1000))
STARTED = []
def convolution(x, w):
    if not STARTED: STARTED.append(threading.Thread(target=burn, daemon=True).start())
    return pixels(x, w)""",
    "wakes_itself": """
libc = ctypes.CDLL(None)
timer = ctypes.c_void_p()
event = struct.pack("qii48x", 0, signal.SIGCONT, 0)
libc.timer_create(1, event, ctypes.byref(timer))
libc.timer_settime(timer, 0, struct.pack("qqqq", 0, 200000, 0, 200000), None)
convolution = pixels""",
    "wakes_itself_and_listens": """
signal.signal(signal.SIGCONT, lambda *_: None)
libc = ctypes.CDLL(None)
timer = ctypes.c_void_p()
libc.timer_create(1, struct.pack("qii48x", 0, signal.SIGCONT, 0), ctypes.byref(timer))
def convolution(x, w):
    libc.timer_settime(timer, 0, struct.pack("qqqq", 0, 100000, 0, 100000), None)
    return pixels(x, w)""",
    "wakes_itself_by_words": """
import fcntl
fcntl.fcntl(shim().socket, 10, signal.SIGCONT)
fcntl.fcntl(shim().socket, fcntl.F_SETOWN, os.getpid())
fcntl.fcntl(shim().socket, fcntl.F_SETFL, fcntl.fcntl(shim().socket, fcntl.F_GETFL) | os.O_ASYNC)
convolution = pixels""",
}

MEMORY = {
    "truncates": "every_descriptor(lambda n: os.ftruncate(n, 0))\nconvolution = pixels",
    "grows": "every_descriptor(lambda n: os.ftruncate(n, 1 << 24))\nconvolution = pixels",
    "seals": "import fcntl\nevery_descriptor(lambda n: fcntl.fcntl(n, 1033, 0xf))\nconvolution = pixels",
    "writes": "every_descriptor(lambda n: os.pwrite(n, bytes(4096), 0))\nconvolution = pixels",
    "maps": "every_descriptor(lambda n: mmap.mmap(n, 4096).__setitem__(slice(0, 64), bytes(64)))\nconvolution = pixels",
    "opens_again": "every_descriptor(lambda n: os.write(os.open(f'/proc/self/fd/{n}', os.O_RDWR), bytes(64)))\nconvolution = pixels",
    "punches_holes": """
libc = ctypes.CDLL(None)
def convolution(x, w):
    for n in shim().memory: libc.fallocate(n, 3, ctypes.c_long(0), ctypes.c_long(1 << 20))
    return pixels(x, w)""",
    "reads_others": """
libc = ctypes.CDLL(None)
place = ctypes.create_string_buffer(64)
for pid in range(1, 40):
    try: open(f"/proc/{pid}/mem", "rb").read(1)
    except OSError: pass
    libc.process_vm_readv(pid, place, 1, place, 1, 0)
    libc.ptrace(16, pid, 0, 0)
convolution = pixels""",
    "frees_the_input": "def convolution(x, w):\n    gc.collect()\n    return pixels(x, w)",
    "prints_without_asking": "def convolution(x, w):\n    print('x' * 5000)\n    return pixels(x, w)",
    "turns_the_collector_off": "gc.disable(); gc.set_threshold(0)\nsys.settrace(lambda *_: None)\nsys.setprofile(lambda *_: None)\nconvolution = pixels",
    "kills_itself": "def convolution(x, w):\n    os.kill(os.getpid(), signal.SIGKILL)\n    return pixels(x, w)",
    "stops_itself": "def convolution(x, w):\n    os.kill(os.getpid(), signal.SIGSTOP)\n    return pixels(x, w)",
}


@pytest.mark.parametrize("cheat", CLOCKS)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_a_patched_clock_is_not_read(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(CLOCKS[cheat]), twin)


@pytest.mark.parametrize("cheat", WARM_UP)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_no_repeat_has_other_rules_than_another(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(WARM_UP[cheat]), twin)


@pytest.mark.parametrize("cheat", LAZY)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_a_lazy_answer_is_computed_in_the_window(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(LAZY[cheat]), twin)


@pytest.mark.parametrize("cheat", BESIDE)
def test_what_helpers_do_is_counted(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(BESIDE[cheat]), twin)


@pytest.mark.parametrize("cheat", UNTIMED)
def test_there_is_no_time_that_nobody_counts(
    hold: Hold, twin: float, cheat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.timing.clocks.STOP_SECONDS", 1.0)

    assert gained_nothing(hold(UNTIMED[cheat]), twin)


@pytest.mark.parametrize("cheat", MEMORY)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_nothing_can_be_done_to_shared_memory_or_to_others(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(MEMORY[cheat]), twin)


ALONE = {
    "children_that_stay": BESIDE["children_that_stay"],
    "reads_others": MEMORY["reads_others"],
    "kills_itself": MEMORY["kills_itself"],
    "kills_all": "def convolution(x, w):\n    os.kill(-1, signal.SIGKILL)\n    return pixels(x, w)",
    "truncates": MEMORY["truncates"],
    "unpinned": BESIDE["unpinned"],
}


@pytest.mark.parametrize("cheat", ALONE)
@pytest.mark.parametrize("clocked", ["user"], indirect=True)
def test_nor_where_namespaces_are_refused(hold: Hold, twin: float, cheat: str) -> None:
    assert gained_nothing(hold(ALONE[cheat]), twin)


SLOW_BY_TURNS = """
import random
random.seed()
EXTRA = random.choice((0, 1, 2))
def convolution(x, w):
    for _ in range(EXTRA): pixels(x, w)
    time.sleep(0.1)
    return pixels(x, w)"""


@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_who_is_slow_by_turns_is_not_held_to_be_faster_than_ever(hold: Hold) -> None:
    timing = hold(SLOW_BY_TURNS, budget_seconds=1.0)

    assert earned(timing) < 1
