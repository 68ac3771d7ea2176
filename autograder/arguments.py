"""The arguments of a call, as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .jail import lent, modules, tensors
from .jail.held import Held
from .jail.question import Call

SHOWN_NUMBERS = 24


def described(call: Call, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Arguments as (name, short text), for a person to read."""
    if isinstance(call, dict):
        return tuple((name, short(value)) for name, value in call.items())
    padded = [*names, *(f"argument {i + 1}" for i in range(len(names), len(call)))]
    return tuple((name, short(value)) for name, value in zip(padded, call, strict=False))


def short(value: Any) -> str:
    """A value in a few lines: arrays in full while small, with shape and corners beyond that."""
    if tensors.is_tensor(value):
        value = tensors.as_array(value)
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=6, threshold=SHOWN_NUMBERS, edgeitems=2, separator=", ")
        return text if value.ndim == 0 or value.size <= SHOWN_NUMBERS else f"shape {value.shape}: {text}"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, list | tuple):
        inner = ", ".join(short(item) for item in value[:8])
        more = ", …" if len(value) > len(value[:8]) else ""
        return f"[{inner}{more}]" if isinstance(value, list) else f"({inner}{more})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {short(item)}" for key, item in value.items()) + "}"
    if lent.is_model(value) or isinstance(value, Held | modules.Reached):
        return "a model"
    if callable(value):
        return "a function"
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"  # noqa: PLR2004 - a line or two
