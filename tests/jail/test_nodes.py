"""What a jail of a check on a GPU has besides, and that no other jail has any of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.jail import nodes
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.jail.nodes import NONE, Access
from autograder.model import Answer

from .conftest import TIGHT, Ask

LOOKS = """
import os, resource
def f():
    names = ("full", "null", "random", "tty", "urandom", "zero")
    found = {"devices": [name for name in names if os.path.exists("/dev/" + name)]}
    try:
        descriptor = os.open("/dev/full", os.O_RDWR)
        found["opened"] = len(os.read(descriptor, 4))
        os.close(descriptor)
    except OSError as error:
        found["opened"] = type(error).__name__
    try:
        found["processes"] = sum(name.isdigit() for name in os.listdir("/proc"))
    except OSError as error:
        found["processes"] = type(error).__name__
    found["unlimited"] = resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
    found["visible"] = os.environ.get("CUDA_VISIBLE_DEVICES", "")
    return found
"""


def test_computing_needs_some_nodes_and_no_others() -> None:
    listing = (
        "null", "tty", "nvidia0", "nvidia11", "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools",
        "nvidia-modeset", "nvidia-caps", "nvidia-caps/nvidia-cap1", "nvidia-caps/other", "nvidia-fs0", "dri",
    )  # fmt: skip

    assert nodes.chosen(listing) == (
        "nvidia-caps/nvidia-cap1",
        "nvidia-uvm",
        "nvidia-uvm-tools",
        "nvidia0",
        "nvidia11",
        "nvidiactl",
    )


def test_access_is_read_off_the_machine(tmp_path: Path) -> None:
    (tmp_path / "nvidia-caps").mkdir()
    for name in ("nvidia0", "nvidiactl", "null", "nvidia-caps/nvidia-cap3"):
        (tmp_path / name).touch()
    there = {"/usr/local/nvidia/lib64", "/sys/devices"}
    access = nodes.access("GPU-1", there.__contains__, str(tmp_path))

    assert access == Access(
        ("nvidia-caps/nvidia-cap3", "nvidia0", "nvidiactl"),
        ("/usr/local/nvidia/lib64", "/sys/devices"),
        ("/usr/local/nvidia/lib64",),
        "GPU-1",
    )


def test_the_environment_names_one_device_and_nothing_without_one() -> None:
    named = nodes.environment(Access(("nvidia0",), (), ("/a", "/b"), "GPU-1"))

    assert (named["CUDA_VISIBLE_DEVICES"], named["LD_LIBRARY_PATH"]) == ("GPU-1", "/a:/b")
    assert nodes.environment(NONE) == {}


@pytest.fixture(scope="module")
def with_a_device(isolation: Isolation) -> Iterator[Template]:
    """A template with a device that every machine has in the place of a GPU."""
    with Template(isolation, access=Access(("full",), visible="GPU-1")) as made:
        yield made


def test_a_jail_with_access_has_the_device_and_a_proc_of_its_own(
    with_a_device: Template, isolation: Isolation
) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a file system of its own")
    with with_a_device.jail(LOOKS, "looks.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [()], 5)

    assert isinstance(reply, Answer), reply
    assert reply.value["devices"] == ["full", "null", "urandom", "zero"]
    assert reply.value["opened"] == 4
    assert reply.value["unlimited"]
    assert reply.value["visible"] == "GPU-1"
    assert reply.value["processes"] in (1, "FileNotFoundError", 0), "its own, where it may be mounted"


def test_every_other_jail_has_none_of_it(ask: Ask, isolation: Isolation) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a file system of its own")
    reply = ask(LOOKS, "f")

    assert isinstance(reply, Answer), reply
    assert reply.value == {
        "devices": ["null", "urandom", "zero"],
        "opened": "FileNotFoundError",
        "processes": "FileNotFoundError",
        "unlimited": False,
        "visible": "",
    }
