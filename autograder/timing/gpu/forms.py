"""What a timed check draws, read as a form: how large and of which size the numbers of each array are.

The draw itself runs once, on the trusted side. In each window the jail fills arrays of the same form from a
seed, so nothing large has to cross. Whole numbers, and all that is no array, cross once as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.jail.wire import WireError, encode
from autograder.model import CourseError
from autograder.timing.question import Call

DTYPES = ("float64", "float32", "float16", "bfloat16")


def form(check: str, call: Call, buffers: list[bytes]) -> dict[str, Any]:
    """The form of a call; what crosses as it is is appended to `buffers`.

    Numbers of one sign keep it: a variance stays positive. Others are uniform around 0 with the standard
    deviation of those drawn. An array of one number stays as it is.

    Raises:
        CourseError: nothing in it can be drawn anew, or something cannot cross.
    """
    count = [0]
    try:
        made = _form(call, buffers, count)
    except WireError as error:
        raise CourseError(f"{check} cannot be timed on a device: {error}") from error
    if not count[0]:
        raise CourseError(
            f"{check} cannot be timed on a device: it draws no array of float32 or float64, so there is "
            "nothing that could be new in each window"
        )
    return made


def _form(value: Any, buffers: list[bytes], count: list[int]) -> dict[str, Any]:
    if type(value) in (tuple, list, dict):
        names = list(value) if type(value) is dict else None
        inner = value.values() if type(value) is dict else value
        of = [_form(one, buffers, count) for one in inner]
        return {"is": "several", "of": of, "list": type(value) is list, "names": names}
    dtype, array = _array(value)
    if array is None or dtype not in DTYPES or not array.ndim:
        plain = value.item() if isinstance(value, np.generic) else array if array is not None else value
        return {"is": "given", "value": encode(plain, buffers)}
    scale, centre = _spread(array.astype(np.float64))
    count[0] += 1
    return {
        "is": "drawn",
        "stream": count[0] - 1,
        "dtype": dtype,
        "shape": list(array.shape),
        "scale": scale,
        "centre": centre,
    }


def _array(value: Any) -> tuple[str, np.ndarray[Any, Any] | None]:
    """An array or a tensor as the name of its dtype and an array; of what is neither, nothing."""
    if type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach"):
        name = str(value.dtype).removeprefix("torch.")
        plain = value.detach().cpu()
        return name, np.asarray((plain.float() if name == "bfloat16" else plain).numpy())
    return (str(value.dtype), value) if isinstance(value, np.ndarray) else ("", None)


def _spread(array: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float, float]:
    """Scale and centre of uniform numbers like those in `array`."""
    if not array.size:
        return 0.0, 0.0
    low, high = float(array.min()), float(array.max())
    if low == high or low > 0 or high < 0:
        return (high - low) / 2, (high + low) / 2
    return float(array.std()) * 3**0.5, 0.0
