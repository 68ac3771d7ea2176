"""Cheats that end at once: what was timed is not the answer, or there is none."""

from __future__ import annotations

import pytest

from autograder.model import Verdict

from .conftest import Hold

WRONG, CRASHED = {Verdict.WRONG_OUTPUT}, {Verdict.CRASHED}
ENDS = {Verdict.WRONG_OUTPUT, Verdict.CRASHED, Verdict.TIMEOUT}

OLD_ANSWERS = {
    "by_pointer": """
KNOWN = {}
def convolution(x, w):
    key = x.__array_interface__["data"][0], w.__array_interface__["data"][0]
    if key not in KNOWN: KNOWN[key] = pixels(x, w)
    return KNOWN[key]""",
    "by_id": """
KNOWN = {}
def convolution(x, w):
    if id(x) not in KNOWN: KNOWN[id(x)] = pixels(x, w)
    return KNOWN[id(x)]""",
    "by_shape": """
KNOWN = {}
def convolution(x, w):
    if x.shape not in KNOWN: KNOWN[x.shape] = pixels(x, w)
    return KNOWN[x.shape]""",
    "by_number_of_calls": """
CALLS, LAST = [], []
def convolution(x, w):
    CALLS.append(1)
    if len(CALLS) < 3: LAST[:] = [pixels(x, w)]
    return LAST[0]""",
    "after_the_warm_up": """
KNOWN = []
def convolution(x, w):
    if not KNOWN: KNOWN.append(im2col(x, w))
    return KNOWN[0]""",
    "what_the_grader_holds_already": """
def convolution(x, w):
    y = np.ndarray(x.shape, x.dtype, mmap.mmap(shim().memory[1], 0))
    if not y.any(): return pixels(x, w)
    return y""",
}

LESS_WORK = {
    "half_of_the_rows": """
def convolution(x, w):
    y = np.empty_like(x)
    y[:, :, :32] = pixels(x, w)[:, :, :32]
    return y""",
    "half_of_the_channels": "def convolution(x, w): return im2col(x[:, ::2], w[:, ::2])",
    "one_wrong_pixel": """
def convolution(x, w):
    y = im2col(x, w)
    y[0, 3, 9, 9] = 0
    return y""",
    "the_input": "def convolution(x, w): return x",
    "a_view_of_the_input": "def convolution(x, w): return x[:, ::-1]",
    "nothing": "def convolution(x, w): return np.empty_like(x)",
    "not_numbers": "def convolution(x, w): return np.full_like(x, np.nan)",
    "not_finite": "def convolution(x, w): return np.full_like(x, np.inf)",
    "too_small": "def convolution(x, w): return im2col(x, w)[:, :, :-1]",
    "too_many": "def convolution(x, w): return (im2col(x, w),) * 2",
    "coarser_type": "def convolution(x, w): return im2col(x, w).astype(np.float16)",
    "whole_numbers": "def convolution(x, w): return im2col(x, w).astype(np.int64)",
}

SAYS_DONE_TOO_EARLY = {
    "through_every_descriptor": """
def convolution(x, w):
    every_descriptor(lambda n: os.write(n, b"D") if n > 2 else None)
    return pixels(x, w)""",
    "and_leaves_the_rest_for_the_account": """
def convolution(x, w):
    os.write(shim().socket, b"D")
    os.read(shim().socket, 1)
    y = pixels(x, w)
    np.ndarray(x.shape, x.dtype, mmap.mmap(shim().memory[1], 0))[:] = y
    return y""",
    "for_all_repeats_at_once": """
def convolution(x, w):
    os.write(shim().socket, b"D" * 20)
    return pixels(x, w)""",
}


@pytest.mark.parametrize("cheat", OLD_ANSWERS)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_an_answer_to_other_inputs_is_wrong(hold: Hold, cheat: str) -> None:
    assert hold(OLD_ANSWERS[cheat]).verdict == Verdict.WRONG_OUTPUT


@pytest.mark.parametrize("cheat", LESS_WORK)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_less_than_the_answer_is_wrong(hold: Hold, cheat: str) -> None:
    assert hold(LESS_WORK[cheat]).verdict == Verdict.WRONG_OUTPUT


@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_lower_precision_is_named(hold: Hold) -> None:
    half = "def convolution(x, w): return im2col(*(a.astype(np.float16).astype(np.float32) for a in (x, w)))"
    timing = hold(half)

    assert timing.verdict == Verdict.WRONG_OUTPUT
    assert "half precision (float16) or TF32" in timing.reason


@pytest.mark.parametrize("cheat", SAYS_DONE_TOO_EARLY)
def test_who_says_done_too_early_has_done_nothing(
    hold: Hold, cheat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.jail.stopwatch.ACCOUNT_SECONDS", 1.0)

    assert hold(SAYS_DONE_TOO_EARLY[cheat]).verdict in ENDS


def test_work_left_to_a_thread_is_not_there(hold: Hold) -> None:
    timing = hold("""
def convolution(x, w):
    y = np.empty_like(x)
    def late():
        y[:] = pixels(x, w)
        np.ndarray(x.shape, x.dtype, mmap.mmap(shim().memory[1], 0))[:] = y
    threading.Thread(target=late).start()
    return y""")

    assert timing.verdict in ENDS


@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_work_left_to_a_child_process_is_not_there(hold: Hold) -> None:
    timing = hold("""
def convolution(x, w):
    if os.fork() == 0:
        np.ndarray(x.shape, x.dtype, mmap.mmap(shim().memory[1], 0))[:] = pixels(x, w)
        os._exit(0)
    places = [[x.dtype.str, list(x.shape), 0]]
    sys.modules["autograder.jail.timed"]._store = lambda *_: places""")

    assert timing.verdict in ENDS


WRITES_TO_THE_INPUT = {
    "by_assignment": "def convolution(x, w):\n    y = pixels(x, w)\n    x[:] = 0\n    return y",
    "by_the_flag": "def convolution(x, w):\n    x.flags.writeable = True\n    x[:] = 0\n    return x",
    "by_address": "def convolution(x, w):\n    ctypes.memset(x.ctypes.data, 0, x.nbytes)\n    return x",
    "by_protection": """
def convolution(x, w):
    libc = ctypes.CDLL(None, use_errno=True)
    at = ctypes.c_void_p(x.ctypes.data // 4096 * 4096)
    if libc.mprotect(at, ctypes.c_size_t(4096), 3) == 0: return pixels(x, w)
    raise OSError(ctypes.get_errno(), "mprotect")""",
}


@pytest.mark.parametrize("cheat", WRITES_TO_THE_INPUT)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_the_input_cannot_be_written(hold: Hold, cheat: str) -> None:
    assert hold(WRITES_TO_THE_INPUT[cheat]).verdict == Verdict.CRASHED


LEAVES = {
    "exit": "def convolution(x, w): os._exit(0)",
    "done_and_exit": "def convolution(x, w):\n    os.write(shim().socket, b'D')\n    os._exit(0)",
    "system_exit": "def convolution(x, w): sys.exit(0)",
    "abort": "def convolution(x, w): os.abort()",
    "segmentation_fault": "def convolution(x, w): ctypes.string_at(0)",
    "closes_everything": "def convolution(x, w):\n    os.closerange(0, 1024)\n    return im2col(x, w)",
    "closes_everything_and_stays": "def convolution(x, w):\n    os.closerange(0, 1024)\n    time.sleep(30)",
    "raises": "def convolution(x, w): raise KeyError('PASSED')",
    "a_bad_exception": """
class Bad(Exception):
    def __str__(self): raise self
def convolution(x, w): raise Bad""",
    "no_function": "",
    "does_not_load": "raise SystemExit(0)",
    "an_object": "def convolution(x, w): return object()",
    "too_large": "def convolution(x, w): return np.zeros(10**7)",
    "memory": "def convolution(x, w): return [np.empty(1 << 24) for _ in range(64)]",
    "flood": "def convolution(x, w):\n    while True: os.write(1, b'x' * 65536)",
}


@pytest.mark.parametrize(
    ("clocked", "cheat"),
    [
        *(("group", cheat) for cheat in LEAVES),
        *(("process", cheat) for cheat in ("exit", "done_and_exit", "abort", "closes_everything_and_stays")),
    ],
    indirect=["clocked"],
)
def test_who_leaves_has_crashed(hold: Hold, cheat: str) -> None:
    timing = hold(LEAVES[cheat])

    assert timing.verdict == Verdict.CRASHED
    assert timing.reason
    assert timing.measure == 0


@pytest.mark.parametrize(
    "helper", ["os.fork()", "threading.Thread(target=pixels, args=(x, w)).start()"], ids=["process", "thread"]
)
@pytest.mark.parametrize("clocked", ["process"], indirect=True)
def test_there_is_no_helper_where_its_time_could_not_be_counted(hold: Hold, helper: str) -> None:
    timing = hold(f"def convolution(x, w):\n    {helper}\n    return im2col(x, w)")

    assert timing.verdict == Verdict.CRASHED
    assert timing.reason.startswith("It raised ")


def test_a_loop_without_end_is_stopped(hold: Hold) -> None:
    timing = hold("def convolution(x, w):\n    while True: pass", bands=((3.5, 1.0),))

    assert timing.verdict == Verdict.TIMEOUT


LIES = {
    "beyond": "[['<f4', [1, 8, 64, 64], 1 << 40]]",
    "no_machine_number": "[['<f4', [1, 8, 64, 64], 10**30]]",
    "a_type_that_is_no_syntax": "[['(1,f4', [1, 8, 64, 64], 0]]",
    "other_order": "[['<f4', [1, 8, 64, 64], 64]]",
    "the_same_twice": "[['<f4', [1, 8, 64, 64], 0]] * 2",
    "null": "None",
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_a_lie_about_where_the_output_lies_is_wrong(hold: Hold, lie: str) -> None:
    timing = hold(f"""
real = sys.modules["autograder.jail.timed"]._store
def lying(*words):
    real(*words)
    return {LIES[lie]}
sys.modules["autograder.jail.timed"]._store = lying
convolution = im2col""")

    assert timing.verdict in {Verdict.WRONG_OUTPUT, Verdict.CRASHED}


ACCOUNTS = {
    "garbage": "b'PASSED ' * 100",
    "silence": "b''",
    "huge_header": "struct.pack('<4sIQ', b'NNAG', 1 << 31, 0)",
    "huge_payload": "struct.pack('<4sIQ', b'NNAG', 2, 1 << 60) + b'{}'",
    "deep": "struct.pack('<4sIQ', b'NNAG', 200000, 0) + b'[' * 200000",
    "not_an_object": "struct.pack('<4sIQ', b'NNAG', 4, 0) + b'null'",
    "empty": "struct.pack('<4sIQ', b'NNAG', 2, 0) + b'{}'",
    "a_strange_exception": "struct.pack('<4sIQ', b'NNAG', 12, 0) + b'{\"raised\":7}'",
    "a_large_number": "struct.pack('<4sIQ', b'NNAG', 9012, 0) + b'{\"places\":' + b'9' * 9001 + b'}'",
}


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("clocked", ["group"], indirect=True)
def test_a_strange_account_is_the_students_own_fault(
    hold: Hold, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.jail.stopwatch.ACCOUNT_SECONDS", 0.5)
    timing = hold(f"""
def say(*_):
    data = {ACCOUNTS[account]}
    while data: data = data[os.write(shim().socket, data):]
def convolution(x, w):
    shim().__class__.send = say
    return im2col(x, w)""")

    assert timing.verdict in ENDS
