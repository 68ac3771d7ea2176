from __future__ import annotations

import codecs

import pytest

from autograder.intake.decoding import decode, plain_cookie, printable
from autograder.model import SubmissionError


@pytest.mark.parametrize(
    ("data", "source"),
    [
        ("s = 'ä'\n".encode(), "s = 'ä'\n"),
        (codecs.BOM_UTF8 + b"x = 1\n", "x = 1\n"),
        (b"x = 1\r\ny = 2\rz = 3\n", "x = 1\ny = 2\nz = 3\n"),
        (b"if x:\n\ty = 1\x0c\n", "if x:\n\ty = 1\x0c\n"),
        (b"# -*- coding: utf-8 -*-\n", "# -*- coding: utf-8 -*-\n"),
    ],
)
def test_a_plain_text_is_read_without_a_note(data: bytes, source: str) -> None:
    text = decode(data)

    assert (text.source, text.notes) == (source, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_notepad_calls_unicode_is_read_with_a_note(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")

    text = decode(mark + "s = 'η'\r\n".encode(encoding))

    assert text.source == "s = 'η'\n"
    assert "UTF-8 is safer" in text.notes[0]


@pytest.mark.parametrize("name", ["latin-1", "cp1252", "iso-8859-15", "Windows-1252"])
def test_an_encoding_cookie_is_honoured_and_set_to_utf_8(name: str) -> None:
    text = decode(f"#!/usr/bin/python\n# vim: set fileencoding={name} :\ns = 'é'\n".encode(name))

    assert text.source == "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\ns = 'é'\n"
    assert eval(compile(text.source.encode(), "x", "exec"), space := {}) is None
    assert space["s"] == "é"


@pytest.mark.parametrize(
    "name", ["rot13", "utf-7", "unicode_escape", "zlib", "no-such-thing", "idna", "punycode"]
)
def test_an_encoding_in_which_code_could_hide_is_refused(name: str) -> None:
    with pytest.raises(SubmissionError, match=f"encoded as {name}"):
        decode(f"# coding: {name}\nx = 1\n".encode())


def test_a_cookie_below_code_is_only_a_comment() -> None:
    assert decode("x = 'é'\n# coding: latin-1\n".encode()).source == "x = 'é'\n# coding: latin-1\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x = 1\n\0\0\0", "this is not a text file: it holds NUL"),
        ("x".encode("utf-16") + b"\0\0", "this is not a text file: it holds NUL"),
        (b"x = 1\ns = '\xe9'\n", "line 2 holds the byte 0xe9"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n\xe9", "UTF-8: line 2"),
        (b"# coding: ascii\n\xe9", "ASCII: line 2"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.4", "a PDF"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "not a text file in UTF-16"),
        (b"x = 1\n" * 50_000, "more than 256 kB"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, says: str) -> None:
    with pytest.raises(SubmissionError, match=says):
        decode(data)


@pytest.mark.parametrize("data", [b"", b" \n\n", codecs.BOM_UTF8])
def test_an_empty_file_is_noted(data: bytes) -> None:
    assert decode(data).notes == ("the file is empty",)


def test_only_the_encoding_of_a_cookie_is_rewritten() -> None:
    assert plain_cookie("# coding=latin-1 x\n# coding: cp1252") == "# coding=utf-8 x\n# coding: utf-8"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ü η.py", "ü η.py"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb", "a\\nb"),
        ("\u202egnp", "\\u202egnp"),
        ("\udcff", "\\udcff"),
        ("x" * 200, "x" * 100 + "…"),
    ],
)
def test_a_name_is_made_fit_to_print(text: str, shown: str) -> None:
    assert printable(text) == shown
