"""The jail's half of a check that is timed on a device: it draws, computes and projects. It keeps no clock.

A window, as the grader's clock sees it:

    seed in → draw the inputs on the device → call the function → … (a chain of links) …
    → wait for the device → ask for the nonce → project the last output on the nonce's signs → answer out

The input of the next link hangs on the projections of this one, so links can be neither computed at once
nor left out. Whatever is put off behind the question for the nonce still lies in the window, and the answer
commits to the whole output, which the grader may ask for afterwards.

Inputs are drawn inside the window: before it, nobody may know them. That costs the reference the same.

This half runs in the process of the student's code and is not trusted: every link is computed again by the
reference in its own jail. With tensors on the processor all of this runs in tests; on CUDA it has never run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from .hashing import CHUNK, OnDevice, next_seed
from .wire import Decoder, encode

HEAT_SIDE, HEAT_TIMES = 4096, 20  # one turn of heating: twenty products of matrices
LARGE = 1 << 22  # words at a time on a GPU, where starting a kernel costs more than memory does
PLAIN = "float32"  # what a dtype that numpy does not know crosses as


class Conversation(Protocol):
    """What the shim lends: the student's module, and how an exception is put into words."""

    def function(self, name: str) -> Callable[..., Any]:
        """A function of the student's file."""

    def describe(self, error: BaseException) -> dict[str, Any]:
        """An exception as data."""


class DeviceShim:
    """Answers what the grader asks of one function on one device."""

    def __init__(self, shim: Conversation) -> None:
        self._shim = shim
        self._outputs: list[Any] = []

    def answer(
        self, header: dict[str, Any], payload: bytes, buffers: list[bytes], nonce: Callable[[], int]
    ) -> dict[str, Any]:
        """The answer to one request; `nonce` asks the grader for it."""
        try:
            if header["do"] == "begin":
                return self._begin(header, payload)
            if header["do"] == "window":
                return self._window(header, buffers, nonce)
            if header["do"] == "again":
                return self._again(header, buffers)
            if header["do"] == "heat":
                return self._heat()
            return self._output(buffers)
        except BaseException as error:
            del buffers[:]
            return {"raised": self._shim.describe(error)}

    def _begin(self, header: dict[str, Any], payload: bytes) -> dict[str, Any]:
        """Which function, on which device, with arguments of which form. Here a CUDA context is made."""
        import torch  # noqa: PLC0415 - there only where an assignment needs it

        self._torch = torch
        self._device = torch.device(header["device"])
        # Both sides in full single precision. Who turns TF32 on again is seen by the gates.
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.benchmark = False
        self._function = self._shim.function(header["function"])
        self._takes = header["takes"]
        decoder = Decoder(payload)
        self._form = self._given(header["form"], decoder)
        chunk = LARGE if self._device.type == "cuda" else CHUNK
        self._hashing = OnDevice(torch, self._device, chunk)
        self._wait()
        return {"ok": True}

    def _given(self, form: dict[str, Any], decoder: Decoder) -> dict[str, Any]:
        """The form of the arguments with what crosses as it is put in, arrays as tensors on the device."""
        if form["is"] == "given":
            value = decoder.value(form["value"])
            if isinstance(value, np.ndarray):
                value = self._torch.from_numpy(value).to(self._device)
            return {**form, "value": value}
        if form["is"] == "several":
            return {**form, "of": [self._given(one, decoder) for one in form["of"]]}
        return form

    def _drawn(self, form: dict[str, Any], seed: int) -> Any:
        if form["is"] == "given":
            return form["value"]
        if form["is"] == "several":
            values = [self._drawn(one, seed) for one in form["of"]]
            if form["names"] is not None:
                return dict(zip(form["names"], values, strict=True))
            return values if form["list"] else tuple(values)
        return self._hashing.uniform(
            seed, form["stream"], form["shape"], form["dtype"], form["scale"], form["centre"]
        )

    def _called(self, seed: int) -> list[Any]:
        """The outputs of one call with the inputs of a seed."""
        arguments = self._drawn(self._form, seed)
        if isinstance(arguments, dict):
            return self._tensors(self._function(**arguments))
        return self._tensors(self._function(*arguments))

    def _tensors(self, value: Any) -> list[Any]:
        if self._takes is not None:
            value = value[self._takes]
        several = list(value) if type(value) in (tuple, list) else [value]
        for one in several:
            if not isinstance(one, self._torch.Tensor):
                raise TypeError(f"the answer must be a tensor on the device, not {type(one).__name__[:80]}")
            if one.device.type != self._device.type:
                raise TypeError(f"the answer is a tensor on {one.device.type}, not on {self._device.type}")
        return several

    def _window(
        self, header: dict[str, Any], buffers: list[bytes], nonce: Callable[[], int]
    ) -> dict[str, Any]:
        seed = header["seed"]
        rows = []
        for link in range(header["links"]):
            if header["idle"]:  # all but the function itself: how much of a window is not its work
                self._drawn(self._form, seed)
            else:
                self._outputs = self._called(seed)
            if link < header["links"] - 1:
                rows.append(self._projected(seed))
                seed = next_seed(seed, rows[-1])
        self._wait()
        rows.append(self._projected(nonce()))
        return {"table": encode(np.stack(rows), buffers), "kinds": self._kinds()}

    def _again(self, header: dict[str, Any], buffers: list[bytes]) -> dict[str, Any]:
        """Projections and norms of the outputs for given seeds: what the reference makes of a chain."""
        rows, norms = [], []
        for seed, signs in zip(header["seeds"], header["signs"], strict=True):
            self._outputs = self._called(seed)
            rows.append(self._projected(signs))
            norms.append(self._hashing.norms(self._outputs).cpu().numpy())
        table = encode(np.stack(rows), buffers)
        return {"table": table, "norms": encode(np.stack(norms), buffers), "kinds": self._kinds()}

    def _output(self, buffers: list[bytes]) -> dict[str, Any]:
        """The outputs of the last call, in full."""
        arrays = []
        for one in self._outputs:
            plain = one.detach().cpu()
            if str(plain.dtype) == "torch.bfloat16":
                plain = plain.to(getattr(self._torch, PLAIN))
            arrays.append(plain.numpy())
        return {"outputs": encode(arrays, buffers)}

    def _heat(self) -> dict[str, Any]:
        """Some work, so that a cold device reaches the clock that it will keep."""
        matrix = self._torch.ones((HEAT_SIDE, HEAT_SIDE), device=self._device) / HEAT_SIDE
        for _ in range(HEAT_TIMES):
            matrix = matrix @ matrix
        self._wait()
        return {"ok": True}

    def _projected(self, signs: int) -> np.ndarray[Any, Any]:
        """The projections of the last outputs; waits for them.

        The next seed is made on the processor: mixing one word takes it a microsecond, and the device a
        dozen kernels of five.
        """
        table: np.ndarray[Any, Any] = self._hashing.project(self._outputs, signs).cpu().numpy()
        return table

    def _kinds(self) -> list[list[Any]]:
        return [[str(one.dtype).removeprefix("torch."), list(one.shape)] for one in self._outputs]

    def _wait(self) -> None:
        if self._device.type == "cuda":
            self._torch.cuda.synchronize()
