"""A GPU through its driver's management library, from outside the jails. Never run: no GPU was at hand.

By pynvml (the extra `gpu`) where it is installed. Without it `nvidia-smi` says whether there is a device; it
is then used as well, but asking takes a tenth of a second each time.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.jail import nodes
from autograder.jail.nodes import Access

from .seen import Device, State

# Bits of nvmlClocksThrottleReasons. Idleness, clocks that somebody has set and the power cap are none: a card
# under load lies at its cap as a rule, and what that does to the clock is seen in the clock.
REASONS = {
    0x08: "hardware slowdown",
    0x20: "it was too hot (software)",
    0x40: "it was too hot (hardware)",
    0x80: "power brake",
}
QUERY = "name,uuid,clocks.sm,temperature.gpu,clocks_throttle_reasons.active,mig.mode.current"
SMI_SECONDS = 20.0
MPS = "nvidia-cuda-mps"
MEGA = 1 << 20


def reasons(bits: int) -> tuple[str, ...]:
    """Why the clock is held back."""
    return tuple(name for bit, name in REASONS.items() if bits & bit)


@dataclass(frozen=True, slots=True)
class Nvml:
    """A device by pynvml. `handle` is what times compare on, `card` the whole card, whose clock it shares."""

    library: Any
    handle: Any
    card: Any
    identity: str
    hardware: str
    shared: str = ""
    clock: str = "cuda"
    kind: str = "cuda"

    def access(self) -> Access:
        """The device's nodes, and the driver's folders."""
        return nodes.access(self.identity)

    def state(self) -> State:
        """Clock of the multiprocessors, what holds it back, temperature."""
        library = self.library
        return State(
            float(library.nvmlDeviceGetClockInfo(self.card, library.NVML_CLOCK_SM)),
            reasons(library.nvmlDeviceGetCurrentClocksThrottleReasons(self.card)),
            float(library.nvmlDeviceGetTemperature(self.card, library.NVML_TEMPERATURE_GPU)),
        )

    def processes(self) -> Mapping[int, int]:
        """Processes with a context, and their memory where the driver says it."""
        running = self.library.nvmlDeviceGetComputeRunningProcesses(self.handle)
        return {one.pid: one.usedGpuMemory or 0 for one in running}


@dataclass(frozen=True, slots=True)
class Smi:
    """A whole device by `nvidia-smi`."""

    program: str
    identity: str
    hardware: str
    shared: str = ""
    clock: str = "cuda"
    kind: str = "cuda"

    def access(self) -> Access:
        """The device's nodes, and the driver's folders."""
        return nodes.access(self.identity)

    def state(self) -> State:
        """Clock of the multiprocessors, what holds it back, temperature."""
        line = _said(self.program, f"--id={self.identity}", f"--query-gpu={QUERY}")
        return read(line)[2] if line else State()

    def processes(self) -> Mapping[int, int]:
        """Processes with a context, and their memory."""
        said = _said(self.program, f"--id={self.identity}", "--query-compute-apps=pid,used_memory")
        rows = [line.split(",") for line in said.splitlines() if line.strip()]
        return {int(pid): MEGA * int(used) if used.strip().isdigit() else 0 for pid, used in rows}


def read(line: str) -> tuple[str, str, State, bool]:
    """A line of `nvidia-smi` for QUERY: model, identity, state, and whether the card is divided (MIG)."""
    model, identity, clock, celsius, bits, mig = (part.strip() for part in line.split(","))
    number = float(clock) if clock.replace(".", "").isdigit() else 0.0
    degrees = float(celsius) if celsius.isdigit() else 0.0
    held = int(bits, 16) if bits.startswith("0x") else 0
    return model, identity, State(number, reasons(held), degrees), mig == "Enabled"


def find(index: int = 0) -> Device | None:
    """The device with this index, or its first part where it is divided; None where there is none."""
    try:
        import pynvml  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 - an extra
    except ImportError:
        program = shutil.which("nvidia-smi")
        return _by_program(program, index) if program else None
    return by_library(pynvml, index)


def by_library(library: Any, index: int) -> Device | None:
    """The device that the management library knows under `index`."""
    try:
        library.nvmlInit()
        if index >= library.nvmlDeviceGetCount():
            return None
        card = library.nvmlDeviceGetHandleByIndex(index)
        part = _part(library, card)
        handle = card if part is None else part
        name, identity = library.nvmlDeviceGetName(handle), library.nvmlDeviceGetUUID(handle)
        name, identity = (one.decode() if isinstance(one, bytes) else one for one in (name, identity))
        return Nvml(library, handle, card, identity, name, _shared(library, handle))
    except library.NVMLError:
        return None


def _part(library: Any, card: Any) -> Any:
    """The first part of a divided card; None where it is whole.

    Raises:
        NVMLError: it is divided, and none of its parts can be seen.
    """
    try:
        divided = library.nvmlDeviceGetMigMode(card)[0]
    except library.NVMLError:  # a model that cannot be divided
        return None
    return library.nvmlDeviceGetMigDeviceHandleByIndex(card, 0) if divided else None


def _shared(library: Any, handle: Any) -> str:
    for one in library.nvmlDeviceGetComputeRunningProcesses(handle):
        try:
            name = library.nvmlSystemGetProcessName(one.pid)
        except library.NVMLError:
            continue
        if MPS in (name.decode() if isinstance(name, bytes) else name):
            return "The GPU is shared with others by MPS."
    return ""


def _by_program(program: str, index: int) -> Device | None:
    line = _said(program, f"--id={index}", f"--query-gpu={QUERY}")
    if not line:
        return None
    model, identity, _, divided = read(line.splitlines()[0])
    shared = "The GPU is divided, and without pynvml its parts cannot be told apart." if divided else ""
    return Smi(program, identity, model, shared)


def _said(program: str, *options: str) -> str:
    command = [program, *options, "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(  # noqa: S603 - the driver's own program, with words of ours
            command, capture_output=True, text=True, check=True, timeout=SMI_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
