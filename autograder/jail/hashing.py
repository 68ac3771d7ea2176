"""Random inputs and random signs from 64-bit seeds, the same bits in numpy and in torch on any device.

A value is the splitmix64 hash of (seed, stream, counter): no state, no generator of a library, whose streams
differ between processor and GPU. numpy computes with unsigned words; torch has none, so it computes with
signed ones, whose products wrap alike and whose shifts are made logical by a mask.

    key(seed, stream)   = mix(seed + (stream + 1)·GAMMA)
    word(key, counter)  = mix(key + (counter + 1)·GAMMA)

Words of signs go to the projections in turn: of 64 elements the first word has the signs of the first
projection, the second those of the second.

A float64 takes the upper 53 bits of a word, a float32 the upper 24 bits of half a word, smaller floats are
rounded from float32; a sign takes one bit. Everything goes in chunks, so that 64-bit words never stand for a
whole array at once.

Projections `<signs, y>` use every element of y and signs without structure: to know one costs as much as to
compute y. Signs on a sample of y, or of low rank, would not have that property.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

GAMMA, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORD = (1 << 64) - 1
CHUNK = 1 << 20  # words at a time: 8 MB, and as much again while they are mixed
SIGNS, CHAIN = 1 << 32, 1 << 33  # streams below SIGNS are the arguments
PROJECTIONS = 2  # of each output
WIDE = "float64"


def signed(word: int) -> int:
    """A 64-bit word as the signed number with the same bits."""
    return word - (1 << 64) if word >> 63 else word


def mix(word: int) -> int:
    """The output function of splitmix64 on one word."""
    word = ((word ^ (word >> 30)) * FIRST) & WORD
    word = ((word ^ (word >> 27)) * SECOND) & WORD
    return word ^ (word >> 31)


def key(seed: int, stream: int) -> int:
    """The key of one stream of a seed."""
    return mix((seed + (stream + 1) * GAMMA) & WORD)


def next_seed(seed: int, projections: Sequence[float] | np.ndarray[Any, Any]) -> int:
    """The seed of the next link of a chain: it cannot be known before this link's projections are."""
    word = key(seed, CHAIN)
    for bits in np.asarray(projections, np.float64).view(np.uint64).tolist():
        word = mix(((word ^ bits) + GAMMA) & WORD)
    return word


def words(of: int, first: int, count: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The words of key `of` with counters from `first` on, in numpy."""
    start = (of + (first + 1) * GAMMA) & WORD
    word = np.arange(count, dtype=np.uint64)
    word *= np.uint64(GAMMA)
    word += np.uint64(start)
    for shift, factor in ((30, FIRST), (27, SECOND)):
        word ^= word >> np.uint64(shift)
        word *= np.uint64(factor)
    word ^= word >> np.uint64(31)
    return word


def uniform(
    seed: int, stream: int, shape: Sequence[int], dtype: str, scale: float, centre: float = 0.0
) -> np.ndarray[Any, Any]:
    """Numbers in [centre − scale, centre + scale), in numpy. `dtype` is float64, float32 or float16."""
    size = int(np.prod(shape, dtype=np.int64))
    wide = dtype == WIDE
    out: np.ndarray[Any, np.dtype[Any]] = np.empty(size, np.float64 if wide else np.float32)
    of = key(seed, stream)
    each = 1 if wide else 2
    for at in range(0, size, CHUNK * each):
        part = out[at : at + CHUNK * each]
        word = words(of, at // each, -(-len(part) // each))
        if wide:
            part[:] = word.view(np.int64) >> 11
        else:
            part[:] = word.view(np.int32)[: len(part)] >> 8
        part *= part.dtype.type(_unit(wide) * scale)
        if centre:
            part += part.dtype.type(centre)
    return out.reshape(shape).astype(dtype, copy=False)


def project(
    outputs: Sequence[np.ndarray[Any, Any]], seed: int
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """The projections of each output on the signs of `seed`, one output after the other, and their norms."""
    table: list[float] = []
    norms: list[float] = []
    for number, output in enumerate(outputs):
        flat = np.ascontiguousarray(output).reshape(-1)
        flat = flat if flat.dtype.kind == "f" else flat.astype(np.float64)
        norms.append(float(np.sqrt(np.square(flat, dtype=np.float64).sum())))
        of, total = key(seed, SIGNS + number), np.zeros(PROJECTIONS)
        for at in range(0, len(flat), 8 * CHUNK):
            part = flat[at : at + 8 * CHUNK]
            count = -(-len(part) // 64)
            bits = np.unpackbits(
                words(of, PROJECTIONS * (at // 64), PROJECTIONS * count).view(np.uint8), bitorder="little"
            ).reshape(count, PROJECTIONS, 64)
            for k in range(PROJECTIONS):
                chosen = bits[:, k].reshape(-1)[: len(part)].astype(bool)
                total[k] += np.where(chosen, part, -part).sum(dtype=np.float64)
        table += total.tolist()
    return np.array(table), np.array(norms)


def _unit(wide: bool) -> float:
    return 2.0**-52 if wide else 2.0**-23


class OnDevice:
    """The same on a torch device. Seeds and keys stay on the processor, where mixing one is quickest."""

    def __init__(self, torch: Any, device: Any, chunk: int = CHUNK) -> None:
        self._torch = torch
        self._device = device
        self._chunk = chunk  # words at a time, which changes no bit of them; a multiple of 8
        self._counters = torch.arange(chunk, device=device).mul_(signed(GAMMA))
        self._masks = torch.tensor([1 << bit for bit in range(8)], dtype=torch.uint8, device=device)

    def words(self, of: int, first: int, count: int) -> Any:
        """At most a chunk of words of key `of` with counters from `first` on."""
        word = self._counters[:count] + signed((of + (first + 1) * GAMMA) & WORD)
        for shift, factor in ((30, FIRST), (27, SECOND)):
            word = (word ^ self._shifted(word, shift)).mul_(signed(factor))
        return word ^ self._shifted(word, 31)

    def uniform(
        self, seed: int, stream: int, shape: Sequence[int], dtype: str, scale: float, centre: float = 0.0
    ) -> Any:
        """Numbers in [centre − scale, centre + scale); bfloat16 is a dtype here too."""
        torch = self._torch
        size = int(np.prod(shape, dtype=np.int64))
        wide = dtype == WIDE
        plain = np.float64 if wide else np.float32
        out = torch.empty(size, dtype=torch.float64 if wide else torch.float32, device=self._device)
        of = key(seed, stream)
        each = 1 if wide else 2
        for at in range(0, size, self._chunk * each):
            part = out[at : at + self._chunk * each]
            word = self.words(of, at // each, -(-len(part) // each))
            bits = (word >> 11) if wide else (word.view(torch.int32) >> 8)
            part.copy_(bits[: len(part)])
            part.mul_(float(plain(_unit(wide) * scale)))
            if centre:
                part.add_(float(plain(centre)))
        return out.reshape(tuple(shape)).to(getattr(torch, dtype))

    def project(self, outputs: Sequence[Any], seed: int) -> Any:
        """The projections of each output on the signs of `seed`, one output after the other, in float64."""
        torch = self._torch
        table = []
        for number, output in enumerate(outputs):
            flat, of = self._flat(output), key(seed, SIGNS + number)
            total = torch.zeros(PROJECTIONS, dtype=torch.float64, device=self._device)
            for at in range(0, len(flat), 8 * self._chunk):
                part = flat[at : at + 8 * self._chunk]
                count = -(-len(part) // 64)
                word = self.words(of, PROJECTIONS * (at // 64), PROJECTIONS * count)
                chosen = (word.view(torch.uint8)[:, None] & self._masks).ne(0)
                part = torch.nn.functional.pad(part, (0, 64 * count - len(part))).reshape(count, 1, 64)
                signed_ = torch.where(chosen.reshape(count, PROJECTIONS, 64), part, -part)
                total += signed_.sum(dim=(0, 2), dtype=torch.float64)
            table.append(total)
        return torch.cat(table)

    def norms(self, outputs: Sequence[Any]) -> Any:
        """The Euclidean norm of each output, in float64."""
        torch = self._torch
        totals = []
        for output in outputs:
            total = torch.zeros((), dtype=torch.float64, device=self._device)
            for part in self._flat(output).split(8 * self._chunk):
                total += part.to(torch.float64).square().sum()
            totals.append(total.sqrt())
        return torch.stack(totals)

    def _flat(self, output: Any) -> Any:
        flat = output.detach().reshape(-1)
        return flat if flat.is_floating_point() else flat.to(self._torch.float64)

    def _shifted(self, word: Any, by: int) -> Any:
        """A logical shift to the right: the arithmetic one repeats the sign, which is masked away."""
        return (word >> by).bitwise_and_((1 << (64 - by)) - 1)
