from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake import archives
from autograder.intake.archives import members
from autograder.model import SubmissionError

Files = list[tuple[str, bytes]]
CODE = b"def adam_step():\n    return 1\n"


def zipped(files: Files, change: Callable[[zipfile.ZipInfo], None] = lambda _info: None) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # duplicate names are the point
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.filename = name  # ZipInfo would mend a backslash
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return held.getvalue()


def tarred(
    files: Files, mode: str = "w:gz", change: Callable[[tarfile.TarInfo], None] = lambda _i: None
) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            change(info)
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return held.getvalue()


PACKERS = pytest.mark.parametrize("pack", [zipped, tarred, lambda files: tarred(files, "w")])


@PACKERS
def test_the_files_of_an_archive_come_in_order(pack: Callable[[Files], bytes]) -> None:
    files = [("hw/optimizers.py", CODE), ("./hw/data/pca.py", b"")]

    assert members(pack(files), "hw.zip") == ([("hw/optimizers.py", CODE), ("hw/data/pca.py", b"")], [])


@PACKERS
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("/etc/passwd.py", "root of a disk"),
        ("../../escape.py", "leads out of the archive"),
        ("a/../../b.py", "leads out of the archive"),
        ("C:/x.py", "root of a disk"),
        ("C:x.py", "root of a disk"),
        ("..\\x.py", "leads out of the archive"),
        ("\\\\host\\x.py", "root of a disk"),
        ("a\x1b[31m.py", "its name cannot be used"),
        ("a\u202eyp.py", "its name cannot be used"),
        ("inner.zip", "an archive inside an archive"),
        ("inner.tar.gz", "an archive inside an archive"),
        ("d/" * 300 + "x.py", "its name cannot be used"),
    ],
)
def test_a_member_with_a_bad_name_is_left_out_with_a_note(
    pack: Callable[[Files], bytes], name: str, says: str
) -> None:
    found, notes = members(pack([(name, CODE), ("ok.py", CODE)]), "hw.zip")

    assert found == [("ok.py", CODE)]
    assert len(notes) == 1
    assert says in notes[0]
    assert notes[0].isprintable()


def test_backslashes_are_taken_as_windows_means_them() -> None:
    assert members(zipped([("hw\\optimizers.py", CODE)]), "hw.zip")[0] == [("hw/optimizers.py", CODE)]


@PACKERS
def test_rubbish_of_operating_systems_is_left_out_silently(pack: Callable[[Files], bytes]) -> None:
    rubbish = [
        "__MACOSX/._optimizers.py",
        ".DS_Store",
        "hw/__pycache__/x.py",
        ".git/x.py",
        "hw/.ipynb_checkpoints/x.py",
    ]

    assert members(pack([(name, CODE) for name in rubbish]), "hw.zip") == ([], [])


@PACKERS
def test_of_two_members_with_one_name_the_last_counts(pack: Callable[[Files], bytes]) -> None:
    found, notes = members(pack([("x.py", b"1"), ("./x.py", b"2")]), "hw.zip")

    assert found == [("x.py", b"2")]
    assert "twice" in notes[0]


@PACKERS
def test_a_large_member_is_left_out(pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER", 1000)

    found, notes = members(pack([("big.py", b"x" * 1001), ("ok.py", b"x" * 1000)]), "hw.zip")

    assert [name for name, _ in found] == ["ok.py"]
    assert "larger than" in notes[0]


@PACKERS
def test_the_total_is_measured_over_what_is_left_out_too(
    pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER", 1000)
    monkeypatch.setattr(archives, "MAX_TOTAL", 5000)

    with pytest.raises(SubmissionError, match="unpacks to more than"):
        members(pack([(f"{i}.py", b"x" * 1001) for i in range(5)]), "hw.zip")


@PACKERS
def test_too_many_members_are_refused_and_rubbish_is_not_counted(pack: Callable[[Files], bytes]) -> None:
    enough = [(f"{i}.py", b"") for i in range(200)]

    assert len(members(pack([*enough, (".x", b"")]), "hw.zip")[0]) == 200
    with pytest.raises(SubmissionError, match="more than 200 files"):
        members(pack([*enough, ("one_more.py", b"")]), "hw.zip")


@PACKERS
def test_what_is_not_wanted_is_not_unpacked(
    pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 100)

    found, notes = members(
        pack([("data.csv", b"1" * 1000), ("x.py", b"1")]), "hw.zip", lambda n: n.endswith(".py")
    )

    assert (found, notes) == ([("x.py", b"1")], [])


def test_a_zip_bomb_is_stopped_by_what_it_unpacks_to() -> None:
    bomb = zipped([("bomb.py", b"0" * 8_000_000)])

    found, notes = members(bomb, "hw.zip")

    assert found == []
    assert "far more than code does" in notes[0]


def test_a_size_in_the_header_is_not_believed() -> None:
    data = bytearray(zipped([("bomb.py", b"0" * 8_000_000)]))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")  # unpacked size, in the directory

    found, _ = members(bytes(data), "hw.zip")

    assert sum(len(content) for _, content in found) <= 10


def test_a_tar_that_unpacks_endlessly_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_STREAM", 1 << 20)
    bomb = tarred([("data.bin", b"\0" * (2 << 20)), ("x.py", CODE)])

    with pytest.raises(SubmissionError, match="unpacks to more than 1 MB"):
        members(bomb, "hw.tar.gz", lambda name: name.endswith(".py"))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (tarfile.SYMTYPE, "it is a link"),
        (tarfile.LNKTYPE, "it is a link"),
        (tarfile.FIFOTYPE, "not an ordinary file"),
        (tarfile.CHRTYPE, "not an ordinary file"),
        (tarfile.BLKTYPE, "not an ordinary file"),
    ],
)
def test_links_and_devices_in_a_tar_are_left_out(kind: bytes, says: str) -> None:
    def change(info: tarfile.TarInfo) -> None:
        if info.name == "bad.py":
            info.type, info.linkname, info.size = kind, "/etc/passwd", 0

    found, notes = members(tarred([("bad.py", b""), ("ok.py", CODE)], change=change), "hw.tar.gz")

    assert [name for name, _ in found] == ["ok.py"]
    assert says in notes[0]


@pytest.mark.parametrize(("mode", "says"), [(0o120777, "it is a link"), (0o010644, "not an ordinary file")])
def test_links_and_devices_in_a_zip_are_left_out(mode: int, says: str) -> None:
    def change(info: zipfile.ZipInfo) -> None:
        info.create_system, info.external_attr = 3, mode << 16

    found, notes = members(zipped([("bad.py", b"/etc/passwd")], change), "hw.zip")

    assert found == []
    assert says in notes[0]


def test_a_locked_member_is_left_out() -> None:
    data = bytearray(zipped([("x.py", CODE)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    found, notes = members(bytes(data), "hw.zip")

    assert found == []
    assert "password" in notes[0]


def test_an_unusual_compression_is_left_out() -> None:
    def change(info: zipfile.ZipInfo) -> None:
        info.compress_type = zipfile.ZIP_LZMA

    found, notes = members(zipped([("x.py", CODE)], change), "hw.zip")

    assert found == []
    assert "ordinary zip" in notes[0]


def test_a_damaged_member_costs_only_itself() -> None:
    data = zipped([("x.py", CODE * 20), ("ok.py", CODE)])
    place = data.index(b"x.py") + 10

    found, notes = members(data[:place] + b"\xff\xff\xff" + data[place + 3 :], "hw.zip")

    assert found == [("ok.py", CODE)]
    assert "damaged" in notes[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"x" * 100,
        zipped([("x.py", CODE)])[:-30],
        tarred([("x.py", CODE)])[:-20],
        gzip.compress(b"not a tar"),
        gzip.compress(b"x" * 5000),
        b"Rar!\x1a\x07\x00",
        b"def f(): pass",
    ],
    ids=["empty", "two bytes", "zip head", "cut zip", "cut tar", "gz text", "gz long", "rar", "python"],
)
def test_a_broken_archive_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(SubmissionError, match=r"^hw\.zip "):
        members(data, "hw.zip")


def test_headers_upon_headers_are_refused() -> None:
    name = tarfile.TarInfo("././@LongLink")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 1
    block = name.tobuf(tarfile.GNU_FORMAT) + b"x".ljust(512, b"\0")

    with pytest.raises(SubmissionError):
        members(block * 3000 + b"\0" * 1024, "hw.tar")


def test_many_notes_are_cut() -> None:
    _, notes = members(zipped([(f"../{i}.py", b"") for i in range(50)]), "hw.zip")

    assert len(notes) == 21
    assert notes[-1] == "30 more files in hw.zip were left out"


@given(st.data())
def test_no_damage_brings_anything_but_a_sentence(data: st.DataObject) -> None:
    pack = data.draw(st.sampled_from([zipped, tarred, lambda files: tarred(files, "w")]))
    whole = bytearray(pack([("a.py", CODE), ("b/c.py", CODE * 3)]))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))

    try:
        found, notes = members(bytes(whole[:cut] if cut % 2 else whole), "hw.zip")
    except SubmissionError as error:
        found, notes = [], [str(error)]

    assert all(not name.startswith(("/", "..")) for name, _ in found)
    assert all(note.isprintable() for note in notes)
