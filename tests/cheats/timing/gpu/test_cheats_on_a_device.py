"""Cheats against the clock for devices, in real jails on the fake one: each is wrong, or gains nothing.

All of them own the process in which the shim runs, and many put words of their own into its mouth.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.model import Timing, Verdict
from autograder.session import Bench
from tests.timing.gpu.course import HONEST, QUICK, run

pytestmark = pytest.mark.jail

SHIM = (
    "\nimport autograder.jail.device as shim\nimport autograder.jail.hashing as hashing\n"
    "DeviceShim, OnDevice = shim.DeviceShim, hashing.OnDevice\n"
)

WRITES = (
    "import contextlib, os\ndef write(number):\n"
    "    with contextlib.suppress(OSError):\n        os.write(number, b'D')\n"
)

WRONG = {
    "slightly_wrong": "_right = blurred\ndef blurred(x, w):\n    return 1.01 * _right(x, w)\n",
    "one_channel_of_four": (
        "_right = blurred\ndef blurred(x, w):\n    y = torch.zeros(1, 4, *x.shape[2:])\n"
        "    y[:, :1] = _right(x, w[:1])\n    return y\n"
    ),
    "all_but_a_corner": (
        "_right = blurred\ndef blurred(x, w):\n    y = _right(x, w)\n    y[..., 0, 0] = 0\n    return y\n"
    ),
    "the_input_again": "def blurred(x, w):\n    return x\n",
    "nothing_at_all": "def blurred(x, w):\n    return torch.empty_like(x)\n",
    "the_first_answer_for_ever": (
        "_right, _kept = blurred, []\ndef blurred(x, w):\n"
        "    _kept.append(_kept[0] if _kept else _right(x, w))\n    return _kept[-1]\n"
    ),
    "right_in_the_warm_up_only": (
        "_right, _calls = blurred, []\ndef blurred(x, w):\n    _calls.append(1)\n"
        "    return _right(x, w) if len(_calls) <= 4 else torch.zeros(1, 4, *x.shape[2:])\n"
    ),
    "known_by_shape_and_corner": (
        "_right, _kept = blurred, {}\ndef blurred(x, w):\n    key = (x.shape, bool(x[0, 0, 0, 0] > 0))\n"
        "    if key not in _kept:\n        _kept[key] = _right(x, w)\n    return _kept[key]\n"
    ),
    "lower_precision": (
        "_right = blurred\ndef blurred(x, w):\n    return _right(x.half().float(), w.half().float())\n"
    ),
    "lower_precision_handed_in": "_right = blurred\ndef blurred(x, w):\n    return _right(x, w).half()\n",
    "not_a_number": "def blurred(x, w):\n    return torch.full((1, 4, *x.shape[2:]), float('nan'))\n",
    "a_projection_out_of_the_air": (
        SHIM + "def _project(self, outputs, seed):\n    return torch.ones(2, dtype=torch.float64)\n"
        "OnDevice.project = _project\n"
    ),
    "the_last_projection_out_of_the_air": (
        SHIM + "_told = DeviceShim._window\ndef _window(self, header, buffers, nonce):\n"
        "    return _told(self, header, buffers, lambda: nonce() ^ 1)\nDeviceShim._window = _window\n"
    ),
    "the_right_projection_and_another_output": (
        SHIM + "_told = DeviceShim._output\ndef _output(self, buffers):\n"
        "    self._outputs = [0 * one for one in self._outputs]\n    return _told(self, buffers)\n"
        "DeviceShim._output = _output\n"
    ),
    "an_output_written_over_after_the_answer": (
        SHIM + "_told = DeviceShim._window\ndef _window(self, header, buffers, nonce):\n"
        "    said = _told(self, header, buffers, nonce)\n    self._outputs[0][0, 0, 0, 0] += 1e-4\n"
        "    return said\nDeviceShim._window = _window\n"
    ),
    "a_chain_whose_seeds_it_chose_itself": (SHIM + "shim.next_seed = lambda seed, projections: seed + 1\n"),
    "one_link_for_all": (
        SHIM + "def _window(self, header, buffers, nonce):\n"
        "    self._outputs = self._called(header['seed'])\n"
        "    row = self._hashing.project(self._outputs, header['seed'])\n"
        "    last = self._hashing.project(self._outputs, nonce())\n"
        "    table = torch.stack([row] * (header['links'] - 1) + [last]).numpy()\n"
        "    return {'table': shim.encode(table, buffers), 'kinds': self._kinds()}\n"
        "DeviceShim._window = _window\n"
    ),
    "another_form_of_input": (
        SHIM + "_told = OnDevice.uniform\n"
        "def _uniform(self, seed, stream, shape, dtype, scale, centre=0.0):\n"
        "    return 0 * _told(self, seed, stream, shape, dtype, scale, centre)\nOnDevice.uniform = _uniform\n"
    ),
}

BROKEN = {
    "no_answer_to_the_nonce": (
        SHIM + "DeviceShim._window = lambda self, header, buffers, nonce: {'table': 1, 'kinds': []}\n",
        Verdict.PROTOCOL_ERROR,
    ),
    "a_table_of_another_form": (
        SHIM + "def _window(self, header, buffers, nonce):\n    nonce()\n"
        "    return {'table': shim.encode(torch.ones(9).numpy(), buffers), 'kinds': [['float32', [1]]]}\n"
        "DeviceShim._window = _window\n",
        Verdict.PROTOCOL_ERROR,
    ),
    "kinds_without_end": (
        SHIM + "DeviceShim._kinds = lambda self: [['float32', [1]]] * 5000\n",
        Verdict.PROTOCOL_ERROR,
    ),
    "a_word_that_nobody_asked_for": (
        f"{WRITES}def blurred(x, w):\n    for number in range(3, 64):\n        write(number)\n    return x\n",
        Verdict.PROTOCOL_ERROR,
    ),
    "the_nonce_twice": (
        SHIM + "_told = DeviceShim._window\ndef _window(self, header, buffers, nonce):\n"
        "    nonce()\n    return _told(self, header, buffers, nonce)\nDeviceShim._window = _window\n",
        Verdict.CRASHED,
    ),
    "hangs": ("def blurred(x, w):\n    while True:\n        pass\n", Verdict.TIMEOUT),
    "sleeps_behind_its_word": (
        SHIM + "import time\n_told = DeviceShim._window\ndef _window(self, header, buffers, nonce):\n"
        "    number = nonce()\n    time.sleep(60)\n    return _told(self, header, buffers, lambda: number)\n"
        "DeviceShim._window = _window\n",
        Verdict.TIMEOUT,
    ),
    "leaves": ("import os\ndef blurred(x, w):\n    os._exit(0)\n", Verdict.CRASHED),
    "kills_itself": ("import os\ndef blurred(x, w):\n    os.kill(os.getpid(), 9)\n", Verdict.CRASHED),
    "raises": ("def blurred(x, w):\n    raise SystemExit(0)\n", Verdict.CRASHED),
    "prints_without_end": (
        "def blurred(x, w):\n    while True:\n        print('x' * 10000, flush=True)\n",
        Verdict.CRASHED,
    ),
    "answers_with_what_is_no_tensor": ("def blurred(x, w):\n    return x.numpy()\n", Verdict.CRASHED),
    "has_no_such_function": ("del blurred\n", Verdict.CRASHED),
    "does_not_load": ("raise KeyError('x')\n", Verdict.CRASHED),
}

USELESS = {
    "every_clock_it_can_reach": (
        "import time\nfor _name in ('time', 'perf_counter', 'monotonic', 'process_time'):\n"
        "    setattr(time, _name, lambda: 0.0)\n"
    ),
    "no_waiting_for_the_device": SHIM + "DeviceShim._wait = lambda self: None\n",
    "done_before_it_began": (
        SHIM + "_told = DeviceShim._window\ndef _window(self, header, buffers, nonce):\n"
        "    number = nonce()\n    return _told(self, header, buffers, lambda: number)\n"
        "DeviceShim._window = _window\n"
    ),
    "writes_into_its_input": (
        "_right = blurred\ndef blurred(x, w):\n    y = _right(x, w)\n    x.zero_()\n    w.zero_()\n"
        "    return y\n"
    ),
    "prints_a_little": "_right = blurred\ndef blurred(x, w):\n    print('here')\n    return _right(x, w)\n",
    "a_thread_that_goes_on": (
        "import threading\n_right, _begun = blurred, []\ndef _burn():\n    a = torch.ones(64, 64)\n"
        "    while True:\n        a = (a @ a).clamp(0, 1)\n"
        "def blurred(x, w):\n    if not _begun:\n        _begun.append(1)\n"
        "        threading.Thread(target=_burn, daemon=True).start()\n    return _right(x, w)\n"
    ),
    "a_tensor_of_its_own_kind": (
        "class Mine(torch.Tensor):\n    pass\n_right = blurred\n"
        "def blurred(x, w):\n    return _right(x, w).as_subclass(Mine)\n"
    ),
}


@pytest.fixture(autouse=True)
def _torch() -> None:
    pytest.importorskip("torch")


def timed(cheat: str, bench: Bench, patience: float = 60.0) -> Timing:
    """The record of an honest file with a cheat behind it."""
    return run(f"{HONEST}\n{cheat}", bench, replace(QUICK, compile_seconds=patience, quickest=60.0))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_output_is_wrong_however_it_is_claimed(name: str, bench: Bench) -> None:
    timing = timed(WRONG[name], bench)

    assert timing.verdict == Verdict.WRONG_OUTPUT, timing
    assert timing.reason
    assert (timing.measure, timing.student_seconds) == (0.0, 0.0)


def test_lower_precision_is_named(bench: Bench) -> None:
    assert "half precision (float16) or TF32" in timed(WRONG["lower_precision"], bench).reason
    assert "float16" in timed(WRONG["lower_precision_handed_in"], bench).reason


@pytest.mark.parametrize("name", BROKEN)
def test_who_does_not_answer_has_no_time_and_the_grader_goes_on(name: str, bench: Bench) -> None:
    source, verdict = BROKEN[name]
    timing = timed(source, bench, patience=3.0)

    assert timing.verdict == verdict, timing
    assert timing.reason
    assert timing.measure == 0.0


@pytest.mark.parametrize("name", USELESS)
def test_what_gains_nothing_is_timed_like_any_other(name: str, bench: Bench) -> None:
    timing = timed(USELESS[name], bench)

    assert timing.verdict == Verdict.DECIDED, timing
    assert timing.measure > 0
