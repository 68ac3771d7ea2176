"""The clock for devices on a real GPU. Where there is none, all of this is pending, not passed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from autograder.jail import hashing
from autograder.jail.levels import Isolation
from autograder.model import Verdict
from autograder.session import Bench
from autograder.timing import bands
from autograder.timing.gpu import Device, device

pytestmark = [pytest.mark.gpu, pytest.mark.slow]


@pytest.fixture(scope="module")
def on() -> Device:
    """The GPU of this machine."""
    found = device.find()
    if found is None:
        pytest.skip("no GPU here")
    return found


@pytest.fixture(scope="module")
def slot(on: Device, isolation: Isolation) -> Iterator[Bench]:
    """A worker slot of its own: its templates have the GPU."""
    made = Bench(isolation, device=on)
    yield made
    made.close()


@pytest.fixture
def on_device(on: Device) -> hashing.OnDevice:
    """The hash on the GPU, outside of any jail."""
    torch = pytest.importorskip("torch")
    return hashing.OnDevice(torch, torch.device(on.kind), 1 << 22)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
def test_numbers_on_the_gpu_are_those_of_numpy_to_the_last_bit(
    dtype: str, on_device: hashing.OnDevice
) -> None:
    shape = (3, 1_000_003)
    ours = hashing.uniform(1 << 63, 2, shape, dtype, 0.3, 1.7)
    theirs = on_device.uniform(1 << 63, 2, shape, dtype, 0.3, 1.7).cpu().numpy()

    assert theirs.tobytes() == ours.tobytes()


def test_projections_on_the_gpu_agree(on_device: hashing.OnDevice) -> None:
    y = on_device.uniform(1, 0, (5_000_001,), "float32", 1.0)
    table, norms = hashing.project([y.cpu().numpy()], 7)

    assert np.abs(on_device.project([y], 7).cpu().numpy() - table).max() <= 1e-9 * norms[0]


def test_the_driver_says_what_is_asked_of_it(on: Device) -> None:
    assert on.hardware
    assert on.identity
    assert on.state().clock_mhz > 0
    assert any(name.startswith("nvidia") for name in on.access().nodes)


def test_the_reference_against_itself_is_1(on: Device, slot: Bench) -> None:
    from bench import gpu as measuring

    timing = measuring.measured("reference", on, slot, measuring.SIZES)

    assert timing.verdict in (Verdict.DECIDED, Verdict.INDICATIVE), timing
    assert timing.low <= 1 <= timing.high
    assert timing.measure == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("way", "share"), [("reference", 1.0), ("library", 1.0), ("shifted", 1.0), ("pixel_by_pixel", 0.0)]
)
def test_each_way_falls_in_its_band(way: str, share: float, on: Device, slot: Bench) -> None:
    from bench import gpu as measuring

    timing = measuring.measured(way, on, slot, measuring.SIZES)

    assert timing.verdict in (Verdict.DECIDED, Verdict.INDICATIVE), timing
    assert bands.decide(measuring.BANDS, timing.low, timing.high) == (share, True)


@pytest.mark.parametrize("way", ["half_precision", "tensor_float"])
def test_lower_precision_is_seen_and_named(way: str, on: Device, slot: Bench) -> None:
    from bench import gpu as measuring

    timing = measuring.measured(way, on, slot, measuring.SIZES)

    assert timing.verdict == Verdict.WRONG_OUTPUT
    assert "half precision (float16) or TF32" in timing.reason
