"""The frames between grader and jail: a JSON header and raw arrays, nothing that could be executed.

A frame is `MAGIC`, the header's length (u32), the payload's length (u64), the header, the payload. A
value becomes a small tagged object in the header; the bytes of its arrays stand in the payload, in order,
C-contiguous and little-endian. Both ends use this module; only the grader's end has reason to be strict,
and it checks every size before it allocates anything.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from . import tensors

MAGIC = b"NNAG"
HEAD = struct.Struct("<4sIQ")
HEADER_BYTES = 1 << 20
DTYPES = frozenset(("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1", "c16", "c8"))
DEPTH = 8
ITEMS = 4096
TEXT = 10_000
INT_BITS = 63
LISTED = 1 << 20  # numbers in lists and tuples of one frame: as objects they need many times their bytes


class WireError(Exception):
    """A frame or value that breaks the rules of this page."""


def frame(header: dict[str, Any], buffers: list[bytes]) -> bytes:
    """One frame, ready to be written."""
    return framed(json.dumps(header, allow_nan=False, separators=(",", ":")).encode(), buffers)


def framed(head: bytes, buffers: list[bytes]) -> bytes:
    """One frame with a header that is text already."""
    return b"".join((HEAD.pack(MAGIC, len(head), sum(map(len, buffers))), head, *buffers))


def lengths(prefix: bytes, payload_limit: int) -> tuple[int, int]:
    """Lengths of header and payload from the first 16 bytes.

    Raises:
        WireError: not a frame, or larger than allowed.
    """
    magic, header, payload = HEAD.unpack(prefix)
    if magic != MAGIC:
        raise WireError("these bytes are not an answer")
    if header > HEADER_BYTES or payload > payload_limit:
        raise WireError("the answer is too large")
    return header, payload


def header_of(data: bytes) -> dict[str, Any]:
    """The header as an object.

    Raises:
        WireError: not JSON, or nested too deeply, or not an object.
    """
    try:
        header = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError("the answer's header cannot be read") from error
    if not isinstance(header, dict):
        raise WireError("the answer's header is not an object")
    return header


def encode(value: Any, buffers: list[bytes], hold: Callable[[Any], Any] | None = None, depth: int = 0) -> Any:
    """`value` as tags, its arrays appended to `buffers`.

    `hold` turns what cannot cross (a function, an object of the student's) into an id, or None.

    Raises:
        WireError: a type that cannot cross, nested too deep, too long, or an integer beyond 64 bits.
    """
    if depth > DEPTH:
        raise WireError(f"the value is nested more than {DEPTH} deep")
    kind = type(value)
    if value is None or kind is bool:
        return {"t": "c", "v": value}
    if kind is int:
        if value.bit_length() > INT_BITS:
            raise WireError("the integer has more than 64 bits")
        return {"t": "i", "v": value}
    if kind is float:
        return {"t": "f", "v": value.hex()}
    if kind is complex:
        return _encode_array(np.asarray(value), buffers)
    if kind is str:
        return {"t": "s", "v": value[:TEXT].encode("utf-8", "backslashreplace").decode()}
    if kind in (list, tuple):
        return _encode_sequence(value, buffers, hold, depth)
    if kind in (set, frozenset) and all(type(item) in (str, int, float) for item in value):
        return _encode_sequence(sorted(value, key=lambda item: (str(type(item)), item)), buffers, hold, depth)
    if kind is dict:
        items = list(value.items())[:ITEMS]
        return {"t": "d", "v": [[str(k)[:200], encode(v, buffers, hold, depth + 1)] for k, v in items]}
    if tensors.is_tensor(value):
        return {"t": "x", "v": _encode_tensor(value, buffers)}
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(np.asarray(value), buffers)
    if kind is np.random.Generator:
        return {"t": "g", "v": _state(value)}
    held = hold(value) if hold else None
    if held is None:
        raise WireError(f"a value of type {kind.__name__[:80]} cannot be an answer")
    return {"t": "h", "v": held}


def _state(generator: np.random.Generator) -> list[str]:
    """The state of a generator, as hexadecimal numbers; only the kind that `default_rng` makes."""
    state = generator.bit_generator.state
    if state["bit_generator"] != "PCG64":
        raise WireError("only a generator made by np.random.default_rng can cross")
    inner = state["state"]
    return [f"{n:x}" for n in (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])]


def _generator(numbers: Any) -> np.random.Generator:
    if type(numbers) is not list or not all(type(n) is str and len(n) <= 32 for n in numbers):
        raise WireError("a malformed generator")
    bits = np.random.PCG64()
    try:
        state, increment, half, spare = (int(number, 16) for number in numbers)
        inner: Any = {"state": state, "inc": increment}
        bits.state = {"bit_generator": "PCG64", "state": inner, "has_uint32": half, "uinteger": spare}
    except (ValueError, OverflowError) as error:
        raise WireError("a malformed generator") from error
    return np.random.Generator(bits)


def _encode_sequence(
    value: list[Any] | tuple[Any, ...], buffers: list[bytes], hold: Callable[[Any], Any] | None, depth: int
) -> Any:
    tag = "l" if type(value) is list else "u"
    if len(value) > 64 or (len(value) > 1 and _plain_numbers(value)):  # numbers travel as one array
        try:
            array = np.asarray(value)
            if array.size > LISTED:
                raise WireError(f"the {type(value).__name__} holds more than {LISTED} numbers")
            return {"t": tag, "v": _encode_array(array, buffers)}
        except (WireError, ValueError) as error:
            if len(value) > ITEMS:
                raise WireError(f"the {type(value).__name__} has {len(value)} items") from error
    return {"t": tag, "v": [encode(item, buffers, hold, depth + 1) for item in value]}


def _plain_numbers(value: list[Any] | tuple[Any, ...]) -> bool:
    kinds = set(map(type, value))
    return kinds == {float} or (kinds == {int} and max(map(abs, value)).bit_length() < INT_BITS)


def _encode_tensor(value: Any, buffers: list[bytes]) -> dict[str, Any]:
    try:
        return _encode_array(tensors.as_array(value), buffers)
    except tensors.TensorError as error:
        raise WireError(f"{error} cannot be an answer") from error


def _encode_array(array: np.ndarray[Any, Any], buffers: list[bytes]) -> dict[str, Any]:
    if array.dtype == np.longdouble:
        array = array.astype(np.float64)
    name = f"{array.dtype.kind}{array.dtype.itemsize}"
    if name not in DTYPES:
        raise WireError(f"an array of dtype {str(array.dtype)[:60]} cannot be an answer")
    if array.ndim > 8 or array.nbytes > 1 << 30:
        raise WireError(f"an array of shape {array.shape} is too large for an answer")
    plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    buffers.append(plain.tobytes())
    return {"t": "a", "d": name, "s": list(array.shape), "n": len(buffers[-1])}


def same(one: Any, other: Any) -> bool:
    """Whether two values are one and the same to whom they are sent: in type, shape, and every bit."""
    kind = type(one)
    if kind is not type(other):
        return False
    if tensors.is_tensor(one):
        return tensors.equal(one, other)
    if kind is np.ndarray or isinstance(one, np.generic):
        return bool(
            one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
        )
    if kind in (list, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if kind is dict:
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if kind is float:
        return bool(one.hex() == other.hex())
    if kind is np.random.Generator:
        return _state(one) == _state(other)
    return bool(one == other)


class Decoder:
    """Rebuilds the values of one frame; every size is checked before it is used."""

    def __init__(
        self,
        payload: bytes,
        unhold: Callable[[Any], Any] | None = None,
        tensor: Callable[[np.ndarray[Any, Any]], Any] | None = None,
    ) -> None:
        self._payload = payload
        self._tensor = tensor  # makes a tensor of an array; without it, tensors are read as arrays
        self._at = 0
        self._items = 0
        self._listed = 0
        self._unhold = unhold

    def value(self, tag: Any, depth: int = 0) -> Any:
        """The value of `tag`.

        Raises:
            WireError: anything out of the rules.
        """
        self._items += 1
        if depth > DEPTH or self._items > 16 * ITEMS or not isinstance(tag, dict):
            raise WireError("the answer is nested too deeply or malformed")
        kind, value = tag.get("t"), tag.get("v")
        if kind == "c" and (value is None or type(value) is bool):
            return value
        if kind == "i" and type(value) is int and value.bit_length() <= INT_BITS:
            return value
        if kind == "f" and type(value) is str and len(value) < 40:
            try:
                return float.fromhex(value)
            except (ValueError, OverflowError) as error:
                raise WireError("a malformed number") from error
        if kind == "s" and type(value) is str and len(value) <= 12 * TEXT:
            return value
        if kind in ("l", "u") and type(value) is dict:
            array = self._array(value)
            self._listed += array.size
            if self._listed > LISTED:
                raise WireError(f"its lists hold more than {LISTED} numbers")
            return array.tolist() if kind == "l" else tuple(array.tolist())
        if kind in ("l", "u") and type(value) is list and len(value) <= ITEMS:
            items = [self.value(item, depth + 1) for item in value]
            return items if kind == "l" else tuple(items)
        if kind == "d" and type(value) is list and len(value) <= ITEMS:
            return dict(self._pair(pair, depth) for pair in value)
        if kind == "a":
            return self._array(tag)
        if kind == "x" and type(value) is dict:
            numbers = self._array(value)
            return self._tensor(numbers) if self._tensor else numbers
        if kind == "g":
            return _generator(value)
        if kind == "h" and self._unhold is not None:
            return self._unhold(value)
        raise WireError("a malformed value")

    def _pair(self, pair: Any, depth: int) -> tuple[str, Any]:
        if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str:
            raise WireError("a malformed dict")
        return pair[0], self.value(pair[1], depth + 1)

    def _array(self, tag: dict[str, Any]) -> np.ndarray[Any, Any]:
        name, shape, size = tag.get("d"), tag.get("s"), tag.get("n")
        if type(name) is not str or name not in DTYPES or type(size) is not int:
            raise WireError("a malformed array")
        if type(shape) is not list or len(shape) > 8:
            raise WireError("a malformed array")
        count = 1
        for length in shape:
            if type(length) is not int or not 0 <= length <= 1 << 32:
                raise WireError("a malformed shape")
            count *= length
        dtype = np.dtype(f"<{name}" if name != "b1" else "?")
        if count * dtype.itemsize != size or size > len(self._payload) - self._at:
            raise WireError("an array whose bytes do not fit its shape")
        flat = np.frombuffer(self._payload, dtype, count, self._at)
        if name == "b1":  # a byte other than 0 and 1 is no truth value
            flat = np.frombuffer(self._payload, np.uint8, count, self._at) != 0
        self._at += size
        return flat.reshape(shape).astype(dtype.newbyteorder("="), copy=True)

    def finish(self) -> None:
        """Nothing may be left over.

        Raises:
            WireError: trailing bytes.
        """
        if self._at != len(self._payload):
            raise WireError("bytes are left over behind the answer")
