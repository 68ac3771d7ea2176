"""Tensors of torch as arrays, and back. torch is used where others have loaded it, and never loaded here.

So a course without torch is graded without it, and nothing that a jail sends makes the grader load it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from .lent import is_model

LARGEST = 1 << 30  # bytes of one array that crosses


class TensorError(Exception):
    """A tensor that is no plain array of numbers."""


def torch() -> Any:
    """The module torch, or None where it is not loaded."""
    return sys.modules.get("torch")


def is_tensor(value: Any) -> bool:
    """Whether `value` is a tensor."""
    loaded = torch()
    return loaded is not None and isinstance(value, loaded.Tensor)


def as_array(tensor: Any) -> np.ndarray[Any, Any]:
    """The numbers of a tensor; bfloat16, which NumPy does not know, as float32.

    Raises:
        TensorError: it has no numbers of its own (meta), is not dense, or is too large.
    """
    loaded = torch()
    plain = tensor.detach()
    if plain.layout != loaded.strided or plain.is_quantized:
        raise TensorError(f"a tensor that is not dense ({str(plain.layout)[:40]}, {str(plain.dtype)[:40]})")
    if plain.is_meta:
        raise TensorError("a tensor on the device 'meta', which holds no numbers,")
    if plain.numel() * plain.element_size() > LARGEST:
        raise TensorError(f"a tensor of shape {tuple(plain.shape)}, which is too large,")
    if plain.dtype == loaded.bfloat16:
        plain = plain.float()
    try:
        array = plain.cpu().resolve_conj().resolve_neg().numpy()
    except (TypeError, RuntimeError) as error:
        raise TensorError(f"a tensor of {str(plain.dtype)[:40]}") from error
    if type(array) is not np.ndarray:
        raise TensorError(f"a tensor of {type(tensor).__name__[:40]}")
    return array


def as_tensor(array: np.ndarray[Any, Any]) -> Any:
    """A tensor that holds the numbers of `array`, which nobody else may use after that."""
    return torch().from_numpy(array)


def maker() -> Callable[[np.ndarray[Any, Any]], Any] | None:
    """What makes tensors here: None where torch is not loaded."""
    return as_tensor if torch() is not None else None


def equal(one: Any, other: Any) -> bool:
    """Whether two tensors are equal in type, shape and every bit."""
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    return bool(as_array(one).tobytes() == as_array(other).tobytes())


def seed() -> None:
    """Let torch's chance begin anew, so that what it gives depends on no earlier call."""
    loaded = torch()
    if loaded is not None:
        loaded.default_generator.manual_seed(0)


def plain(value: Any, reached: Callable[[Any], Any] | None = None) -> Any:
    """`value` with its tensors as arrays, and its networks as what `reached` makes of them."""
    if torch() is None:
        return value
    if is_tensor(value):
        return as_array(value).copy()
    if reached is not None and is_model(value):
        return reached(value)
    if type(value) in (list, tuple):
        return type(value)(plain(item, reached) for item in value)
    if type(value) is dict:
        return {key: plain(item, reached) for key, item in value.items()}
    return value
