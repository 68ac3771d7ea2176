"""This package as a wheel, made from the files that are running: no build tool, no network, no checkout.

The same files always give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from autograder.model import CourseError

DISTRIBUTION = "nn-autograder"
PACKAGE = Path(__file__).parents[1]
MADE = (2020, 1, 1, 0, 0, 0)  # of every member: the content alone decides the bytes
WHEEL = "Wheel-Version: 1.0\nGenerator: nn-autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
SKIPPED = frozenset({"__pycache__"})


def name() -> str:
    """The file name of the wheel.

    Raises:
        CourseError: the package is not installed, so nobody knows its version.
    """
    return f"{_stem()}-py3-none-any.whl"


def write(to: Path | IO[bytes]) -> None:
    """Write the wheel to a file.

    Raises:
        CourseError: the package is not installed.
    """
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        record = []
        for member, content in _members():
            add(archive, member, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{member},sha256={digest},{len(content)}\n")
        place = f"{_stem()}.dist-info/RECORD"
        add(archive, place, "".join([*record, f"{place},,\n"]).encode())


def add(archive: zipfile.ZipFile, member: str, content: bytes, mode: int = 0o644) -> None:
    """Add a file whose time does not change from one build to the next."""
    entry = zipfile.ZipInfo(member, MADE)
    entry.create_system = 3  # Unix, whatever this runs on: only then does the mode count
    entry.external_attr = (0o100000 | mode) << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _members() -> Iterator[tuple[str, bytes]]:
    for path in sorted(PACKAGE.rglob("*")):
        below = path.relative_to(PACKAGE)
        if path.is_file() and not SKIPPED & set(below.parts) and path.suffix != ".pyc":
            yield f"{PACKAGE.name}/{below.as_posix()}", path.read_bytes()
    facts = _distribution()
    folder = f"{_stem()}.dist-info"
    for file in ("METADATA", "entry_points.txt"):
        yield f"{folder}/{file}", (facts.read_text(file) or "").encode()
    yield f"{folder}/WHEEL", WHEEL.encode()


def _stem() -> str:
    return f"{DISTRIBUTION.replace('-', '_')}-{_distribution().version}"


def _distribution() -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        raise CourseError(
            f"{DISTRIBUTION} runs here without being installed, so it cannot be packed; "
            "install it first: pip install -e ."
        ) from None
