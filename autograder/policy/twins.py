"""Bit twins: whose rounding an answer has. Computed outside, from an answer and its arguments alone.

The same sums, added up in another order, differ in the last bits of most numbers. So an answer that agrees
with the library's convolution in every bit, and with no honest form in most, was most likely computed by it.

Measured with torch 2.13 on AVX-512, one thread, float32, standard normal inputs (share of numbers equal in
every bit; eight honest forms: unfold and matmul either way round, linear, shifted products, windows with
einsum, pixel loop, numpy windows and tensordot, sums by element):

    N, C, H, F, k, stride, pad      honest against oneDNN    oneDNN against itself    evidence possible
    2, 3,  8,  4, 3, 1, 1           28-38 %                  100 %                    yes
    2, 3,  7,  4, 3, 2, 1           32-41 %                  100 %                    yes
    2, 4,  9,  8, 3, 1, 1           25-29 %                  100 %                    yes
    2, 3, 16,  8, 3, 1, 1           25-30 %                  100 %                    yes
    1, 16, 12, 8, 5, 1, 2            7-10 %                  100 %                    yes
    1, 32, 28, 32, 3, 1, 1           9-14 %                  100 %                    yes
    1, 8, 16, 16, 3, 1, 1           18-100 %                 100 %                    no
    1, 6, 10,  5, 1, 1, 0           54-100 %                 100 %                    no

For a single small picture torch itself unfolds and multiplies: so does an honest student, and nothing can
be told apart. The same holds for all sizes where oneDNN is switched off or given one picture at a time, and
for sums of few terms. So an answer speaks only where the library and the honest forms lie apart; `probe`
draws arguments of such sizes. One added rounding in the last place defeats the comparison, and shows intent
in the source.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

APART = 0.7  # where an honest form agrees in so much, nothing can be told apart
NUMBERS = 64  # fewer numbers agree by chance
TERMS = 18  # sums of fewer terms leave too little room for other roundings
PROBED = (2, 4, 16, 16), (8, 4, 3, 3), (8,)  # x, w, b
Form = Callable[[Any, Any, Any, int, int], Any]
STRIDES = ("stride", "s")
PADS = ("pad", "padding", "p")


@dataclass(frozen=True, slots=True)
class Agreement:
    """The share of numbers that an answer has in common, in every bit, with each form."""

    library: Mapping[str, float]
    honest: Mapping[str, float]
    numbers: int

    @property
    def evidence(self) -> str:
        """A sentence for a person, or nothing."""
        name, share = max(self.library.items(), key=lambda pair: pair[1])
        best = max(self.honest.values())
        if share < 1 or best >= APART or self.numbers < NUMBERS:
            return ""
        return (
            f"all {self.numbers} numbers agree in every bit with {name}; of those that one writes oneself "
            f"the nearest agrees in {best:.0%}"
        )


def agreement(arguments: Mapping[str, Any], got: Any) -> Agreement | None:
    """How the answer `got` to a convolution's `arguments` (by name, in order) compares with its twins.

    None where this is no convolution x (N, C, H, W) * w (F, C, k, k) [+ b (F,)] of float32 numbers, or its
    sums have few terms.
    """
    call = _convolution(arguments)
    answer = _array(got)
    if call is None or answer is None or answer.dtype != np.float32:
        return None
    with _one_thread():
        library = {name: _computed(form, call) for name, form in LIBRARY.items()}
        honest = {name: _computed(form, call) for name, form in HONEST.items()}
    if any(one.shape != answer.shape for one in library.values()):
        return None
    return Agreement(
        {name: _equal(answer, one) for name, one in library.items()},
        {name: _equal(answer, one) for name, one in honest.items()},
        answer.size,
    )


def probe(arguments: Mapping[str, Any]) -> Callable[[np.random.Generator], tuple[Any, ...]] | None:
    """What draws other arguments of the same kind, of sizes at which library and honest forms lie apart.

    None where `arguments` are not x, w and b of a convolution; a stride and a border are taken to follow.
    """
    values = list(arguments.values())[:3]
    arrays = [_array(value) for value in values]
    if [one.ndim if one is not None else 0 for one in arrays] != [4, 4, 1]:
        return None
    tensors = hasattr(values[0], "detach")

    def draw(rng: np.random.Generator) -> tuple[Any, ...]:
        drawn: list[Any] = [rng.normal(size=shape).astype(np.float32) for shape in PROBED]
        if tensors:
            import torch  # noqa: PLC0415 - optional, and only where a rule asks for it

            drawn = [torch.from_numpy(one) for one in drawn]
        return (*drawn, 1, 1)

    return draw


def _equal(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    return float(np.mean(one.view(np.uint32) == other.view(np.uint32)))


def _array(value: Any) -> np.ndarray[Any, Any] | None:
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    return np.ascontiguousarray(value) if isinstance(value, np.ndarray) else None


def _convolution(arguments: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """x, w, b, stride, pad as tensors and whole numbers, where the arguments are those."""
    arrays = [_array(value) for value in arguments.values()]
    x, w, b = (*arrays, None, None, None)[:3]
    if x is None or w is None or x.ndim != 4 or w.ndim != 4 or x.shape[1] != w.shape[1]:  # noqa: PLR2004
        return None
    if any(one is not None and one.dtype != np.float32 for one in (x, w, b)) or x.size * w.size == 0:
        return None
    if w[0].size < TERMS or (b is not None and b.shape != (w.shape[0],)):
        return None
    stride, pad = _number(arguments, STRIDES, 1), _number(arguments, PADS, 0)
    if stride < 1 or pad < 0 or min(x.shape[2:]) + 2 * pad < max(w.shape[2:]):
        return None
    import torch  # noqa: PLC0415 - optional, and only where a rule asks for it

    return *(None if one is None else torch.from_numpy(one.copy()) for one in (x, w, b)), stride, pad


def _number(arguments: Mapping[str, Any], names: Sequence[str], otherwise: int) -> int:
    value = next((arguments[name] for name in names if name in arguments), otherwise)
    return value if type(value) is int else -1


def _computed(form: Form, call: tuple[Any, ...]) -> np.ndarray[Any, Any]:
    import torch  # noqa: PLC0415 - the same

    with torch.no_grad():
        return np.ascontiguousarray(form(*call).numpy())


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """As in a jail: with more threads the sums are cut into other pieces."""
    import torch  # noqa: PLC0415 - the same

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


# ---- the forms --------------------------------------------------------------------------------------


def _plain(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    return torch.nn.functional.conv2d(x, w, b, stride, pad)


def _bias_after(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    return _biased(_plain(x, w, None, stride, pad), b)


def _channels_last(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    last = torch.channels_last
    return _plain(x.to(memory_format=last), w.to(memory_format=last), b, stride, pad).contiguous()


def _biased(y: Any, b: Any) -> Any:
    return y if b is None else y + b[:, None, None]


def _size(x: Any, w: Any, stride: int, pad: int) -> tuple[int, int]:
    return (x.shape[2] + 2 * pad - w.shape[2]) // stride + 1, (
        x.shape[3] + 2 * pad - w.shape[3]
    ) // stride + 1


def _unfold(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    columns = torch.nn.functional.unfold(x, w.shape[2:], padding=pad, stride=stride)  # (N, C k k, H W)
    return _biased((w.flatten(1) @ columns).reshape(len(x), len(w), *_size(x, w, stride, pad)), b)


def _rows(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    columns = torch.nn.functional.unfold(x, w.shape[2:], padding=pad, stride=stride)
    y = columns.transpose(1, 2) @ w.flatten(1).T  # (N, H W, F)
    return _biased(y.transpose(1, 2).reshape(len(x), len(w), *_size(x, w, stride, pad)), b)


def _flat(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    columns = torch.nn.functional.unfold(x, w.shape[2:], padding=pad, stride=stride)
    flat = columns.transpose(0, 1).reshape(
        columns.shape[1], -1
    )  # (C k k, N H W): one product for all pictures
    y = (w.flatten(1) @ flat).reshape(len(w), len(x), *_size(x, w, stride, pad))
    return _biased(y.transpose(0, 1), b)


def _each(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    return torch.cat([_unfold(picture[None], w, b, stride, pad) for picture in x])


def _added(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    """The product is added to the bias, as torch's own im2col does it."""
    import torch  # noqa: PLC0415 - the same

    size = _size(x, w, stride, pad)
    start = (torch.zeros(len(w)) if b is None else b)[:, None].expand(-1, size[0] * size[1])
    columns = torch.nn.functional.unfold(x, w.shape[2:], padding=pad, stride=stride)
    return torch.stack([torch.addmm(start, w.flatten(1), one).reshape(-1, *size) for one in columns])


def _shifted(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    height, width = _size(x, w, stride, pad)
    padded = torch.nn.functional.pad(x, (pad,) * 4)
    y = torch.zeros(len(x), len(w), height, width)
    for i in range(w.shape[2]):
        for j in range(w.shape[3]):
            seen = padded[:, :, i : i + stride * height : stride, j : j + stride * width : stride]
            y += torch.einsum("nchw,fc->nfhw", seen, w[:, :, i, j])
    return _biased(y, b)


def _windows(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    padded = torch.nn.functional.pad(x, (pad,) * 4)
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return _biased(torch.einsum("nchwij,fcij->nfhw", windows, w), b)


def _im2col(x: Any, w: Any, b: Any, stride: int, pad: int) -> Any:
    import torch  # noqa: PLC0415 - the same

    padded = np.pad(x.numpy(), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], (2, 3))[:, :, ::stride, ::stride]
    y = np.tensordot(windows, w.numpy(), ((1, 4, 5), (1, 2, 3)))  # (N, H, W, F)
    return _biased(torch.from_numpy(np.ascontiguousarray(y.transpose(0, 3, 1, 2))), b)


LIBRARY: Mapping[str, Form] = {
    "torch.nn.functional.conv2d": _plain,
    "torch.nn.functional.conv2d without a bias, added afterwards": _bias_after,
    "torch.nn.functional.conv2d in channels_last": _channels_last,
}
HONEST: Mapping[str, Form] = {
    "unfold and a product": _unfold,
    "the same, the other way round": _rows,
    "the same, all pictures in one": _flat,
    "each picture by itself": _each,
    "the same, added to the bias": _added,
    "shifted products": _shifted,
    "windows and einsum": _windows,
    "numpy's windows and tensordot": _im2col,
}
