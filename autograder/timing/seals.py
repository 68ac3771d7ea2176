"""Seals on records of timed checks: what one machine measured can be joined to a report on another.

The seal is an HMAC-SHA256 under the grader's key, which stands in the environment (AUTOGRADER_KEY, at least
32 hexadecimal digits) or in a file that is made when it is first needed. Machines whose records are to be
merged share the key. A student's edition of a report carries no seal.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.model import Timing

VARIABLE = "AUTOGRADER_KEY"
DIGITS = 6  # significant digits of a number that count: what every format of a report keeps


class KeyMissingError(Exception):
    """The grader's key cannot be had; the message says what to do."""


def grader_key() -> bytes:
    """The key of whoever grades.

    Raises:
        KeyMissingError: it is malformed, or can neither be read nor made.
    """
    given = os.environ.get(VARIABLE, "")
    try:
        return _parsed(given or _kept())
    except ValueError:
        where = f"the variable {VARIABLE}" if given else str(_path())
        raise KeyMissingError(f"{where} holds no key: write at least 32 hexadecimal digits") from None
    except OSError as error:
        raise KeyMissingError(
            f"the grader's key in {_path()} cannot be read or made ({error.strerror}); "
            f"set {VARIABLE} to at least 32 hexadecimal digits"
        ) from error


def seal(timing: Timing, key: bytes) -> Timing:
    """The record with its seal."""
    return replace(timing, seal=_digest(timing, key))


def genuine(timing: Timing, key: bytes) -> bool:
    """Whether a record was sealed under `key` and is as it was."""
    return bool(timing.seal) and hmac.compare_digest(timing.seal, _digest(timing, key))


def _digest(timing: Timing, key: bytes) -> str:
    fields = {
        one.name: _plain(getattr(timing, one.name))
        for one in dataclasses.fields(timing)
        if one.name != "seal"
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return f"hmac-sha256:{hmac.new(key, text.encode(), hashlib.sha256).hexdigest()}"


def _plain(value: Any) -> Any:
    if isinstance(value, float | int):
        return f"{float(value):.{DIGITS}g}"
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def _parsed(text: str) -> bytes:
    key = bytes.fromhex(text.strip())
    if len(key) < 16:  # noqa: PLR2004 - 32 digits
        raise ValueError
    return key


def _path() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "nn-autograder" / "key"


def _kept() -> str:
    path = _path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".key-{secrets.token_hex(8)}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{secrets.token_hex(32)}\n")
        try:
            os.link(new, path)  # whole or not at all, and never over another grader's
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text()
