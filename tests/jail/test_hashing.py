"""Numbers and signs from seeds: splitmix64, the same bits in numpy and in torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.jail import hashing
from autograder.jail.hashing import CHUNK, WORD, OnDevice

SEEDS = [0, 1, 1234567, 1 << 63, WORD]
KNOWN = {  # the first outputs of splitmix64 started at a seed, from the reference implementation in C
    0: [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F],
    1234567: [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431],
}


@pytest.fixture(scope="module")
def on_device() -> OnDevice:
    """The hash in torch, on the processor."""
    torch = pytest.importorskip("torch")
    return OnDevice(torch, torch.device("cpu"))


@pytest.mark.parametrize("seed", KNOWN)
def test_words_are_those_of_splitmix64(seed: int, on_device: OnDevice) -> None:
    wanted = KNOWN[seed]

    assert hashing.words(seed, 0, len(wanted)).tolist() == wanted
    assert [int(one) & WORD for one in on_device.words(seed, 0, len(wanted))] == wanted


def test_words_can_be_had_from_any_counter_on(on_device: OnDevice) -> None:
    whole = hashing.words(99, 0, 50)

    assert hashing.words(99, 20, 30).tolist() == whole[20:].tolist()
    assert on_device.words(99, 20, 30).numpy().view(np.uint64).tolist() == whole[20:].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_words_of_every_seed_are_the_same_in_torch(seed: int, on_device: OnDevice) -> None:
    of = hashing.key(seed, hashing.SIGNS)

    assert on_device.words(of, 7, 9).numpy().view(np.uint64).tolist() == hashing.words(of, 7, 9).tolist()


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("shape", [(0,), (1,), (3, 5, 7), (2 * CHUNK + 3,)])
@pytest.mark.parametrize("centre", [0.0, 1.7])
def test_numbers_are_the_same_in_torch_to_the_last_bit(
    dtype: str, shape: tuple[int, ...], centre: float, on_device: OnDevice
) -> None:
    ours = hashing.uniform(WORD - 5, 2, shape, dtype, 0.3, centre)
    theirs = on_device.uniform(WORD - 5, 2, shape, dtype, 0.3, centre).numpy()

    assert (theirs.dtype, theirs.shape) == (ours.dtype, ours.shape) == (np.dtype(dtype), shape)
    assert theirs.tobytes() == ours.tobytes()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_size_of_the_chunks_changes_no_bit(dtype: str, on_device: OnDevice) -> None:
    import torch

    small = OnDevice(torch, torch.device("cpu"), 64)
    whole = on_device.uniform(3, 1, (1000,), dtype, 1.0)
    pieces = small.uniform(3, 1, (1000,), dtype, 1.0)
    table, _ = hashing.project([whole.numpy()], 3)

    assert torch.equal(whole, pieces)
    assert np.allclose(small.project([pieces], 3).numpy(), table)


def test_bfloat16_is_rounded_from_single_precision(on_device: OnDevice) -> None:
    import torch

    single = on_device.uniform(3, 0, (1000,), "float32", 2.0)
    rounded = on_device.uniform(3, 0, (1000,), "bfloat16", 2.0)

    assert torch.equal(rounded, single.to(torch.bfloat16))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_numbers_are_uniform(dtype: str) -> None:
    x = hashing.uniform(7, 0, (200_000,), dtype, 1.0).astype(np.float64)
    counts, _ = np.histogram(x, bins=20, range=(-1, 1))

    assert -1 <= x.min() < -0.999
    assert 0.999 < x.max() < 1
    assert abs(x.mean()) < 0.005
    assert abs(x.std() - 3**-0.5) < 0.005
    assert np.abs(counts - 10_000).max() < 500
    assert abs(np.corrcoef(x[:-1], x[1:])[0, 1]) < 0.01, "neighbours"
    assert len(np.unique(x)) > 195_000


@pytest.mark.parametrize("other", [(8, 0), (7, 1), (7 ^ (1 << 63), 0)])
def test_streams_and_seeds_have_nothing_in_common(other: tuple[int, int]) -> None:
    x = hashing.uniform(7, 0, (100_000,), "float32", 1.0)
    y = hashing.uniform(*other, (100_000,), "float32", 1.0)

    assert abs(np.corrcoef(x, y)[0, 1]) < 0.015
    assert (x == y).mean() < 1e-3


@pytest.mark.parametrize("size", [1, 63, 64, 65, 1000, 8 * CHUNK + 77])
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int64"])
def test_projections_agree_in_torch(size: int, dtype: str, on_device: OnDevice) -> None:
    import torch

    if size > CHUNK and dtype != "float32":
        pytest.skip("one dtype is enough for a large array")
    y = (10 * hashing.uniform(1, 0, (size,), "float64", 1.0)).astype(dtype)
    table, norms = hashing.project([y, y[: size // 2 + 1]], 77)
    tensors = [torch.from_numpy(y), torch.from_numpy(y[: size // 2 + 1])]
    theirs = on_device.project(tensors, 77).numpy()

    assert np.abs(theirs - table).max() <= 1e-9 * norms.max()
    assert np.allclose(on_device.norms(tensors).numpy(), norms, rtol=1e-12)


def test_a_projection_is_a_sum_with_random_signs() -> None:
    signs = np.array([hashing.project([one], 5)[0] for one in np.eye(130)])  # one at a time: the signs

    assert set(np.unique(signs)) == {-1.0, 1.0}
    assert np.abs(signs.mean(axis=0)).max() < 0.3
    assert abs(np.corrcoef(signs.T)[0, 1]) < 0.3, "the two projections have signs of their own"
    y = np.arange(130.0)
    assert np.allclose(hashing.project([y], 5)[0], signs.T @ y)


def test_every_element_counts() -> None:
    y = hashing.uniform(1, 0, (4000,), "float64", 1.0)
    table, _ = hashing.project([y], 3)
    moved = []
    for at in range(0, 4000, 97):
        other = y.copy()
        other[at] += 1
        moved.append(np.abs(hashing.project([other], 3)[0] - table))

    assert np.allclose(moved, 1.0)


def test_the_next_seed_hangs_on_every_bit_of_the_projections() -> None:
    p = np.array([1.5, -2.25])
    others = [np.nextafter(p, np.inf), p[::-1].copy(), np.array([1.5, 2.25]), np.array([1.5, np.nan])]
    seeds = [hashing.next_seed(11, one) for one in (p, *others)]

    assert len({*seeds, hashing.next_seed(12, p)}) == 6
    assert all(0 <= seed <= WORD for seed in seeds)


def test_signed_words_have_the_same_bits() -> None:
    numbers: list[Any] = [0, 1, (1 << 63) - 1, 1 << 63, WORD]

    assert [hashing.signed(one) & WORD for one in numbers] == numbers
