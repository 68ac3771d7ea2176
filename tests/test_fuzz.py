"""Random and damaged input for everything that reads what we did not write.

Only the documented exceptions come out, and what is held meanwhile stays small. The examples are the same
in every run.
"""

from __future__ import annotations

import io
import json
import os
import socket
import tarfile
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import intake
from autograder.course import strict_yaml
from autograder.jail import wire
from autograder.jail.wire import HEAD, MAGIC, Decoder, WireError, encode, frame, header_of, lengths
from autograder.jail.worker import Worker
from autograder.model import CourseError, Limits, Reply, Submission, SubmissionError

MEGA = 1 << 20
KNOWN = {"optimizers": ("adam_step", "sgd_step"), "pca": ("principal_axes",)}
CODE = b'"""Mine."""\nimport numpy as np\n\n\ndef adam_step(w, g, m, v, t):\n    return w, m, v\n'
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Adam"]},
            {"cell_type": "code", "metadata": {}, "source": CODE.decode().splitlines(keepends=True)},
            {"cell_type": "code", "metadata": {"tags": []}, "outputs": [], "source": "%matplotlib inline\n"},
        ],
        "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
).encode()


def fuzz(examples: int) -> Any:
    """The same `examples` every time, however slow the machine."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@contextmanager
def small(megabytes: int) -> Iterator[None]:
    """Hold at most so much at once in here."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * MEGA, f"{peak / MEGA:.0f} MB were held"


@st.composite
def damaged(draw: Callable[[Any], Any], whole: bytes) -> bytes:
    """`whole` with a few bytes changed, cut out, doubled or added."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["change", "cut", "double", "add", "number"])):
            case "change" if at < len(data):
                data[at] ^= draw(st.integers(1, 255))
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 40))]
            case "number":
                data[at : at + 4] = draw(st.sampled_from([b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"]))
            case _:
                data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)


# ---- the wire ---------------------------------------------------------------------------------------

NUMBERS = st.integers() | st.sampled_from([-1, 2**31, 2**32, 2**63, 2**64, 10**30])
TAGS = st.sampled_from(["c", "i", "f", "s", "l", "u", "d", "a", "h", "g", "?"])
LEAVES = st.none() | st.booleans() | NUMBERS | st.floats() | st.text(max_size=8)
SHAPES = st.lists(st.integers(0, 4) | NUMBERS, max_size=9)
VALUES = st.recursive(
    LEAVES
    | st.fixed_dictionaries(
        {
            "t": st.sampled_from(["a", "l", "u"]),
            "d": st.sampled_from([*sorted(wire.DTYPES), "O8", "V8"]),
            "s": SHAPES,
            "n": st.integers(-8, 64) | NUMBERS,
        }
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        | st.fixed_dictionaries({"t": TAGS | inner, "v": inner})
    ),
    max_leaves=24,
)
SENT = {"results": [{"value": None, "seconds": 0.5, "facts": {"warnings": ["W: w"], "mutated": []}}]}
RESULTS = st.fixed_dictionaries(
    {},
    optional={
        "value": VALUES,
        "raised": VALUES
        | st.fixed_dictionaries(
            {}, optional={"kinds": st.lists(LEAVES, max_size=3), "message": LEAVES, "line": LEAVES}
        ),
        "seconds": LEAVES,
        "facts": VALUES
        | st.fixed_dictionaries({}, optional={"warnings": st.lists(LEAVES, max_size=3), "mutated": LEAVES}),
    },
)


def sent() -> bytes:
    """A good answer as it crosses."""
    buffers: list[bytes] = []
    value = {"w": np.arange(6.0).reshape(2, 3), "flags": np.array([True, False]), "more": [1, 2.5, "x", None]}
    results = [{**SENT["results"][0], "value": encode(value, buffers)}]
    return frame({"n": "0", "results": results}, buffers)


@pytest.fixture(scope="module")
def listening() -> Iterator[Worker]:
    """A worker to which nobody speaks: what it makes of an answer is asked directly."""
    ours, theirs = socket.socketpair()
    output, printed = os.pipe()
    made = Worker(ours, output, "", Limits(), lambda: 0, None)
    yield made
    made.close()
    theirs.close()
    os.close(printed)


@fuzz(300)
@given(st.binary(min_size=HEAD.size, max_size=HEAD.size) | damaged(HEAD.pack(MAGIC, 100, 100)))
def test_the_beginning_of_a_frame(prefix: bytes) -> None:
    prefix = prefix[: HEAD.size].ljust(HEAD.size, b"\0")
    try:
        header, payload = lengths(prefix, MEGA)
    except WireError:
        return

    assert 0 <= header <= wire.HEADER_BYTES
    assert 0 <= payload <= MEGA


@fuzz(300)
@given(st.binary(max_size=200) | VALUES.map(json.dumps).map(str.encode) | damaged(sent()[HEAD.size :]))
def test_a_header(data: bytes) -> None:
    try:
        header = header_of(data)
    except WireError:
        return

    assert isinstance(header, dict)


@pytest.mark.parametrize("data", [b"[" * MEGA, b'{"a":' * 200_000, b'{"a":' + b"9" * MEGA + b"}"])
def test_a_header_as_large_as_it_may_be(data: bytes) -> None:
    with small(64), pytest.raises(WireError):
        header_of(data)


@fuzz(600)
@given(VALUES, st.binary(max_size=64))
def test_a_value(tag: Any, payload: bytes) -> None:
    decoder = Decoder(payload, lambda _: None)
    with small(4):
        try:
            decoder.value(tag)
            decoder.finish()
        except WireError:
            return


@fuzz(300)
@given(VALUES | st.lists(RESULTS, min_size=1, max_size=2), st.binary(max_size=64))
def test_results(listening: Worker, results: Any, payload: bytes) -> None:
    try:
        replies = listening._results({"results": results}, payload, 1, 1.0)
    except WireError:
        return

    assert len(replies) == 1
    assert isinstance(replies[0], Reply)


@fuzz(300)
@given(damaged(sent()))
def test_a_damaged_answer(listening: Worker, data: bytes) -> None:
    with small(8):
        try:
            header, payload = lengths(data[: HEAD.size].ljust(HEAD.size, b"\0"), MEGA)
            rest = data[HEAD.size :]
            listening._results(header_of(rest[:header]), rest[header : header + payload], 1, 1.0)
        except WireError:
            return


@fuzz(300)
@given(st.fixed_dictionaries({}, optional={"ask": VALUES | st.just("f"), "arguments": VALUES}))
def test_a_call_that_comes_back_out(listening: Worker, answer: dict[str, Any]) -> None:
    answer.setdefault("ask", "f")
    try:
        said = listening._answered("0", answer, b"", {"f": lambda *args, **words: [len(args), len(words)]})
    except WireError:
        return

    header, payload = lengths(said[: HEAD.size], MEGA)
    assert len(said) == HEAD.size + header + payload


# ---- what students hand in --------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    """A .zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """A .tar.gz."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


FILES = {"hw/optimizers.py": CODE, "hw/pca.ipynb": NOTEBOOK, "hw/notes.txt": b"see above"}
WHOLE = {
    "optimizers.py": CODE,
    "optimizers.ipynb": NOTEBOOK,
    "hw.zip": zipped(FILES),
    "hw.tar": tarred(FILES, "w"),
    "hw.tar.gz": tarred(FILES),
}


def read(name: str, data: bytes) -> tuple[Submission, ...]:
    """What the intake makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return intake.read(path, KNOWN)


@pytest.mark.parametrize("name", WHOLE)
def test_the_undamaged_files_are_read(name: str) -> None:
    assert {one.assignment for one in read(name, WHOLE[name])} >= {"optimizers"}


@pytest.mark.parametrize("name", WHOLE)
def test_random_bytes_handed_in(name: str) -> None:
    @fuzz(60)
    @given(st.binary(max_size=400))
    def handed_in(data: bytes) -> None:
        try_reading(name, data)

    handed_in()


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_files_handed_in(name: str) -> None:
    @fuzz(80)
    @given(damaged(WHOLE[name]))
    def handed_in(data: bytes) -> None:
        try_reading(name, data)

    handed_in()


PYTHON = st.lists(
    st.sampled_from(
        [
            *(
                "def adam_step(",
                "):",
                "\n",
                "    ",
                "\t",
                "return",
                " x",
                "'''",
                '"',
                "(",
                "[",
                "{",
                "\\",
                "#",
            ),
            *(
                "%",
                "!ls",
                "\0",
                "\r",
                "\x0c",
                "é",
                "\ud800",
                "lambda:",
                "class A",
                "async",
                "0777",
                "f'{",
                "}'",
            ),
        ]
    ),
    max_size=40,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
CELLS = st.recursive(
    LEAVES | st.sampled_from(["code", "markdown", "def adam_step(w):\n", "%%bash\n"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "metadata", "nbformat", "worksheets"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=16,
)


@fuzz(150)
@given(PYTHON)
def test_nearly_python_handed_in(data: bytes) -> None:
    try_reading("optimizers.py", data)


@fuzz(150)
@given(CELLS)
def test_nearly_notebooks_handed_in(cells: Any) -> None:
    try_reading("optimizers.ipynb", json.dumps(cells).encode())


def try_reading(name: str, data: bytes) -> None:
    """Read it: submissions, or the documented error."""
    with small(64):
        try:
            found = read(name, data)
        except SubmissionError:
            return
    assert found
    for one in found:
        assert one.assignment in KNOWN or one.unreadable
        assert one.unreadable.isprintable()


# ---- what instructors write -------------------------------------------------------------------------

RUBRIC = b"""\
assignment: optimizers
criteria:
  - id: adam
    asks: "Adam's update: both moments"
    checks:
      adam_step.first_step: 2
  - {id: why, asks: Why, by: hand, points: 1.5}
limits: {check_seconds: 1e-1}
"""
YAML = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "b: ",
                "- ",
                "\n",
                "  ",
                "? ",
                ": ",
                "{",
                "}",
                "[",
                "]",
                ",",
                "&x ",
                "*x",
                "!!int ",
                "!t ",
            ),
            *("|", ">", "'", '"', "#", "%YAML 1.2\n", "---\n", "...\n", "\t", "<<: ", "1e3", "~", "\x85"),
            "\ufeff",
        ]
    ),
    max_size=30,
).map("".join)


@fuzz(600)
@given(YAML | st.text(max_size=80) | damaged(RUBRIC).map(lambda data: data.decode("utf-8", "replace")))
def test_nearly_yaml(text: str) -> None:
    with small(8):
        said = refused(lambda: strict_yaml.load(text, "file.yaml"))

    assert said is None or said.startswith("file.yaml")


@fuzz(100)
@given(st.binary(max_size=200) | damaged(RUBRIC))
def test_nearly_a_file_of_yaml(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rubric.yaml"
        path.write_bytes(data)
        said = refused(lambda: strict_yaml.validate(strict_yaml.read(path, "rubric.yaml"), "rubric"))

    assert said is None or said.startswith("rubric.yaml")


def refused(reading: Callable[[], object]) -> str | None:
    """What the documented error says, if it is raised."""
    try:
        reading()
    except CourseError as error:
        return str(error)
    return None
