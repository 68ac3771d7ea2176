from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.intake import collecting, is_class, read, read_class
from autograder.intake.collecting import moment
from autograder.intake.matching import student_in
from autograder.model import Submission, SubmissionError

KNOWN = {
    "optimizers": ("momentum_step", "adam_step"),
    "pca": ("pca_fit", "pca_transform"),
    "conv_arithmetic": ("conv_output_size",),
    "activations": ("sigmoid", "sigmoid_derivative"),
}
ADAM = "def momentum_step(): return 1\ndef adam_step(): return 2\n"
PCA = "def pca_fit(): return 1\ndef pca_transform(): return 2\n"
STUB = "def momentum_step():\n    ...\ndef adam_step():\n    'Says.'\n    raise NotImplementedError\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files below a folder "work": name -> text or bytes; gives the folder."""

    def make(files: dict[str, str | bytes] | None = None, **more: str | bytes) -> Path:
        root = tmp_path / "work"
        root.mkdir(exist_ok=True)
        for name, content in {**(files or {}), **more}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


def notebook(source: str) -> str:
    return json.dumps(
        {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": source, "metadata": {}}]}
    )


def zipped(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".py", content)
    return held.getvalue()


def one(path: Path, **options: str) -> Submission:
    (submission,) = read(path, KNOWN, **options)
    return submission


def found(submissions: tuple[Submission, ...]) -> list[tuple[str, str, str]]:
    return [(each.student, each.assignment, each.path) for each in submissions]


# ---- one file -------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_digest_and_nothing_to_say(write: Write) -> None:
    submission = one(write({"optimizers.py": ADAM}) / "optimizers.py")

    digest = f"sha256:{hashlib.sha256(ADAM.encode()).hexdigest()}"
    assert submission == Submission("student", "optimizers", ADAM, "optimizers.py", digest)


def test_the_digest_is_of_the_bytes_and_the_source_of_the_text(write: Write) -> None:
    data = b"\xef\xbb\xbfdef adam_step():\r\n\treturn 1\r\n"
    submission = one(write({"optimizers.py": data}) / "optimizers.py")

    assert submission.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert submission.source == "def adam_step():\n\treturn 1\n"


@pytest.mark.parametrize(
    "name",
    [
        "optimizers.py",
        "Optimizers.PY",
        "optimizers (1).py",
        "optimizers-final.py",
        "optimizers2.py",
        "ada_optimizers.py",
        "Copy of optimizers.py",
        "conv-arithmetic.py",
        "conv arithmetic.py",
        "ConvArithmetic.py",
    ],
)
def test_a_name_tells_the_assignment_without_a_note(write: Write, name: str) -> None:
    submission = one(write({name: "x = 1\n"}) / name)

    assert submission.assignment == ("conv_arithmetic" if "conv" in name.lower() else "optimizers")
    assert submission.notes == ()


@pytest.mark.parametrize("name", ["hw3.py", "pcas.py", "myoptimizersfile.py", "pca_optimizers.py"])
def test_otherwise_what_is_defined_tells_the_assignment_with_a_note(write: Write, name: str) -> None:
    submission = one(write({name: ADAM}) / name)

    assert submission.assignment == "optimizers"
    assert submission.notes == (
        f"named {name}; taken as optimizers because it defines momentum_step and adam_step",
    )


def test_a_file_with_a_syntax_error_is_matched_by_its_definitions_too(write: Write) -> None:
    submission = one(
        write({"hw3.py": "import x\ndef adam_step(w:\n    return (\nclass pca_fit\n"}) / "hw3.py"
    )

    assert submission.assignment == "optimizers"


def test_the_assignment_most_of_whose_functions_are_there_is_taken(write: Write) -> None:
    source = ADAM + "def sigmoid(): return 1\ndef pca_fit(): return 1\n"

    assert one(write({"hw3.py": source}) / "hw3.py").assignment == "optimizers"


def test_a_name_that_only_holds_an_assignments_gives_way_to_the_functions(write: Write) -> None:
    assert one(write({"pca_backup.py": ADAM}) / "pca_backup.py").assignment == "optimizers"
    assert one(write({"pca.py": ADAM}) / "pca.py").assignment == "pca"


def test_a_tie_is_told_and_not_decided(write: Write) -> None:
    submission = one(write({"hw3.py": ADAM + PCA}) / "hw3.py")

    assert submission.assignment == ""
    assert submission.unreadable == (
        "hw3.py was not graded: it fits optimizers and pca alike; name it optimizers.py or pca.py"
    )


def test_the_folder_decides_where_nothing_else_does(write: Write) -> None:
    submission = one(write({"optimizers/hw.py": "x = 1"}) / "optimizers" / "hw.py")

    assert submission.assignment == "optimizers"
    assert submission.notes == ("named hw.py; taken as optimizers because of the folder it lies in",)


def test_a_file_that_fits_nothing_says_what_to_do(write: Write) -> None:
    submission = one(write({"hw3.py": "x = 1"}) / "hw3.py")

    assert submission.assignment == ""
    assert submission.unreadable.endswith("name it after its assignment, for example optimizers.py")
    assert submission.source == "x = 1"


def test_the_assignment_asked_for_is_taken(write: Write) -> None:
    root = write({"hw3.py": "x = 1", "pca.py": PCA})

    assert one(root / "hw3.py", assignment="optimizers").assignment == "optimizers"
    assert one(root / "pca.py", assignment="optimizers").notes == (
        "named pca.py; taken as optimizers, as asked",
    )


def test_the_student_asked_for_is_taken(write: Write) -> None:
    assert one(write({"optimizers.py": ADAM}) / "optimizers.py", student="ada").student == "ada"


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("optimizers.py", "student"),
        ("hw3.py", "student"),
        ("ada_optimizers.py", "ada"),
        ("my_optimizers.py", "student"),
    ],
)
def test_a_file_names_its_student_only_beside_the_assignment(write: Write, name: str, student: str) -> None:
    assert one(write({name: ADAM}) / name).student == student


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x\0", "optimizers.py cannot be read: this is not a text file"),
        (b"x = '\xff'", "line 1 holds the byte 0xff"),
        (b"x = 1\n" * 50_000, "256 kB"),
        (b"x = 1\n" * 400_000, "larger than 1 MB"),
    ],
)
def test_an_unreadable_file_becomes_a_submission_that_says_why(write: Write, data: bytes, says: str) -> None:
    submission = one(write({"optimizers.py": data}) / "optimizers.py")

    assert submission.assignment == "optimizers"
    assert says in submission.unreadable
    assert submission.source == ""


def test_an_empty_file_is_a_submission(write: Write) -> None:
    submission = one(write({"optimizers.py": b""}) / "optimizers.py")

    assert (submission.source, submission.notes, submission.unreadable) == ("", ("the file is empty",), "")


def test_the_txt_that_windows_appends_does_no_harm(write: Write) -> None:
    submission = one(write({"optimizers.py.txt": ADAM}) / "optimizers.py.txt")

    assert (submission.assignment, submission.source) == ("optimizers", ADAM)
    assert submission.notes == ("named optimizers.py.txt; read as optimizers.py",)


@pytest.mark.parametrize("name", ["optimizers.docx", "optimizers.txt", "optimizers", "optimizers.rar"])
def test_a_file_of_another_kind_is_unreadable(write: Write, name: str) -> None:
    submission = one(write({name: "text"}) / name)

    assert submission.assignment == "optimizers"
    assert "hand in a .py, a .ipynb, or a .zip" in submission.unreadable


def test_a_notebook_is_read_as_one(write: Write) -> None:
    submission = one(write({"optimizers.ipynb": notebook(ADAM + "print(adam_step())")}) / "optimizers.ipynb")

    assert "print" not in submission.source
    assert submission.line_names[0] == "cell 1, line 1"
    assert "`print(adam_step())` was left out" in submission.notes[0]


def test_a_notebook_that_calls_itself_py_is_read_with_a_note(write: Write) -> None:
    submission = one(write({"optimizers.py": notebook(ADAM)}) / "optimizers.py")

    assert "def adam_step" in submission.source
    assert "let its name end in .ipynb" in submission.notes[0]


def test_a_broken_notebook_is_unreadable(write: Write) -> None:
    assert "not JSON" in one(write({"optimizers.ipynb": "{"}) / "optimizers.ipynb").unreadable


@pytest.mark.parametrize("name", ["nothing.py", "nothing/at/all", "\0", "x" * 5000])
def test_a_missing_path_is_an_error_with_a_sentence(tmp_path: Path, name: str) -> None:
    for reading in (read, read_class):
        with pytest.raises(SubmissionError, match="there is nothing at"):
            reading(tmp_path / name, KNOWN)
    assert not is_class(tmp_path / name, KNOWN)


def test_a_loop_of_links_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")

    with pytest.raises(SubmissionError, match="there is nothing at"):
        read(tmp_path / "a", KNOWN)


def test_an_unknown_assignment_is_an_error_with_a_near_miss(write: Write) -> None:
    with pytest.raises(SubmissionError, match="is optimizers meant"):
        read(write({"optimizers.py": ADAM}), KNOWN, assignment="optimisers")


def test_nothing_is_run_and_nothing_is_written(write: Write) -> None:
    root = write({"optimizers.py": "import pathlib\npathlib.Path('made').touch()\n" + ADAM})
    before = {path: path.stat().st_mtime_ns for path in [root, *root.rglob("*")]}
    for path in before:
        path.chmod(0o555 if path.is_dir() else 0o444)

    read(root, KNOWN)
    read_class(root, KNOWN)

    assert {path: path.stat().st_mtime_ns for path in [root, *root.rglob("*")]} == before


# ---- a folder -------------------------------------------------------------------------------------


def test_a_folder_gives_a_submission_for_each_assignment_in_the_courses_order(write: Write) -> None:
    root = write(
        {"pca.py": PCA, "optimizers.ipynb": notebook(ADAM), "notes.txt": "", "README.md": "", "x.json": "{}"}
    )

    submissions = read(root, KNOWN)

    assert found(submissions) == [("work", "optimizers", "optimizers.ipynb"), ("work", "pca", "pca.py")]
    assert submissions[1].notes == ()


def test_of_a_folder_only_the_assignment_asked_for_is_read(write: Write) -> None:
    root = write({"pca.py": PCA, "optimizers.py": ADAM})

    assert found(read(root, KNOWN, assignment="pca")) == [("work", "pca", "pca.py")]


def test_the_exact_name_is_preferred_and_the_other_file_named(write: Write) -> None:
    root = write({"optimizers.py": "def adam_step(): return 1", "optimizers-old.py": ADAM})

    submission = one(root)

    assert submission.path == "optimizers.py"
    assert submission.notes == (
        "optimizers-old.py was handed in for optimizers too; optimizers.py was graded",
    )


def test_otherwise_the_most_complete_file_is_taken(write: Write) -> None:
    root = write(
        {
            "a_optimizers.py": "def adam_step(): return 1",
            "b_optimizers.py": ADAM,
            "c.py": "def adam_step(): 1",
        }
    )

    assert one(root).path == "b_optimizers.py"


def test_an_untouched_stub_does_not_hide_the_work(write: Write) -> None:
    root = write({"optimizers.py": STUB, "optimizers (1).py": ADAM, "optimizers.ipynb": notebook(STUB)})

    submission = one(root)

    assert submission.path == "optimizers (1).py"
    assert submission.notes == ()


def test_a_stub_beside_its_notebook_is_told_from_the_work(write: Write) -> None:
    assert one(write({"optimizers.py": STUB, "optimizers.ipynb": notebook(ADAM)})).path == "optimizers.ipynb"
    assert one(write({"optimizers.py": ADAM, "optimizers.ipynb": notebook(STUB)})).path == "optimizers.py"


def test_a_readable_file_is_preferred(write: Write) -> None:
    assert one(write({"optimizers.py": b"\0", "optimizers_2.py": ADAM})).path == "optimizers_2.py"


def test_a_helper_module_is_named_in_a_note(write: Write) -> None:
    (note,) = one(write({"optimizers.py": ADAM, "helpers.py": "x = 1"})).notes

    assert note.startswith("helpers.py was not graded: it is not named after an assignment")


def test_rubbish_is_passed_over_silently(write: Write) -> None:
    rubbish = [
        ".hidden.py", "__pycache__/x.py", ".ipynb_checkpoints/optimizers-checkpoint.ipynb", ".DS_Store",
        "__MACOSX/optimizers.py", "venv/lib/site.py", "golden.json", "data.npy", "__init__.py", "conftest.py",
        "._optimizers.py",
    ]  # fmt: skip
    submission = one(write({"optimizers.py": ADAM, **dict.fromkeys(rubbish, "x = (")}))

    assert (submission.path, submission.notes) == ("optimizers.py", ())


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no .py or .ipynb file was handed in; hand in optimizers.py"),
        (
            {"report.docx": "", "a.pdf": ""},
            "no .py or .ipynb file was handed in, only a.pdf and report.docx;",
        ),
        ({f"{i}.pdf": "" for i in range(9)}, "only 0.pdf, 1.pdf, 2.pdf and 6 more;"),
        (
            {"a.py": "", "b.py": ""},
            "none of the 2 files (a.py and b.py) could be matched with an assignment;",
        ),
    ],
)
def test_a_folder_without_anything_to_grade_says_so(write: Write, files: dict[str, str], says: str) -> None:
    submission = one(write(files))

    assert (submission.student, submission.assignment) == ("work", "")
    assert says in submission.unreadable


def test_a_folder_without_what_was_asked_for_says_so(write: Write) -> None:
    submission = one(write({"pca.py": PCA, "a.py": "x = 1"}), assignment="optimizers")

    assert submission.assignment == "optimizers"
    assert "none of the 2 files (a.py and pca.py) is named optimizers.py" in submission.unreadable


def test_links_are_not_followed(write: Write, tmp_path: Path) -> None:
    secret = tmp_path / "reference.py"
    secret.write_text(ADAM)
    root = write({"pca.py": PCA})
    (root / "optimizers.py").symlink_to(secret)
    (root / "deeper").symlink_to(tmp_path)

    submissions = read(root, KNOWN)

    assert found(submissions) == [("work", "pca", "pca.py")]
    assert submissions[0].notes == (
        "deeper is a link and was left out: hand in the file itself",
        "optimizers.py is a link and was left out: hand in the file itself",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_not_waited_for(write: Write) -> None:
    root = write({"pca.py": PCA})
    os.mkfifo(root / "optimizers.py")

    assert found(read(root, KNOWN)) == [("work", "pca", "pca.py")]
    assert "not an ordinary file" in one(root / "optimizers.py").unreadable


def test_a_link_put_in_place_while_we_look_is_not_opened(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text(ADAM)
    root = write()
    (root / "optimizers.py").symlink_to(tmp_path / "secret.py")

    with pytest.raises(OSError, match=r".*"):
        collecting._bytes(root / "optimizers.py", 1000)


def test_a_file_that_may_not_be_opened_is_unreadable(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    root = write({"optimizers.py": ADAM})
    monkeypatch.setattr(os, "open", refuse)

    assert one(root).unreadable == "optimizers.py cannot be read: it cannot be opened (Permission denied)"


def test_a_folder_that_may_not_be_opened_is_noted(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    root = write({"ada/pca.py": PCA, "ada/locked/x.py": "", "locked/pca.py": PCA})
    monkeypatch.setattr(os, "scandir", refuse)

    ada, locked = read_class(root, KNOWN)
    assert ada.notes == ("the folder locked/ could not be opened and was left out",)
    assert (locked.student, locked.unreadable[:8]) == ("locked", "no .py o")
    with pytest.raises(SubmissionError, match="cannot be opened"):
        read_class(root / "locked", KNOWN)
    assert not is_class(root / "locked", KNOWN)


def test_one_bad_student_does_not_end_the_class(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> object:
        if path.name == "bob":
            raise OSError(5, "Input/output error")
        return collecting.collect(path)

    monkeypatch.setattr("autograder.intake.collect", fail)
    root = write({"ada/pca.py": PCA, "bob/pca.py": PCA, "cleo/pca.py": PCA})

    assert [each.unreadable for each in read_class(root, KNOWN, assignment="pca")] == [
        "",
        "bob cannot be read: [Errno 5] Input/output error",
        "",
    ]


def test_more_files_than_anyone_hands_in_are_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_FILES", 3)
    submission = one(write({"a_pca.py": PCA, **{f"{i}.py": "" for i in range(9)}}))

    assert len(submission.notes) <= 21
    assert any(
        "more files were handed in than are read" in note
        for note in (*submission.notes, submission.unreadable)
    )


def test_a_name_that_is_not_text_is_shown_escaped(write: Write) -> None:
    root = write()
    (root / os.fsdecode(b"caf\xe9_optimizers\x1b[31m.py")).write_text(ADAM)

    submission = one(root)

    assert submission.path == "caf\\udce9_optimizers\\x1b[31m.py"
    submission.path.encode()


def test_a_hundred_thousand_files_are_not_all_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_ENTRIES", 5)
    root = write({f"{i}.py": "x = 1" for i in range(9)})

    assert any("only the first 5 files" in note for note in one(root).notes)


# ---- archives -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "student"), [("ada.zip", "ada"), ("ada_hw.zip", "ada_hw"), ("pca.zip", "student")]
)
def test_an_archive_is_read_as_a_folder(write: Write, name: str, student: str) -> None:
    root = write({name: zipped(hw__optimizers=ADAM, hw__pca=PCA)})

    assert found(read(root / name, KNOWN)) == [
        (student, "optimizers", f"{name}/hw/optimizers.py"),
        (student, "pca", f"{name}/hw/pca.py"),
    ]


def test_a_tar_is_read_too(write: Write) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        info = tarfile.TarInfo("optimizers.py")
        info.size = len(ADAM)
        archive.addfile(info, io.BytesIO(ADAM.encode()))

    assert found(read(write({"ada.tar.gz": held.getvalue()}) / "ada.tar.gz", KNOWN)) == [
        ("ada", "optimizers", "ada.tar.gz/optimizers.py")
    ]


def test_an_archive_in_a_students_folder_is_opened(write: Write) -> None:
    assert found(read(write({"hw.zip": zipped(pca=PCA)}), KNOWN)) == [("work", "pca", "hw.zip/pca.py")]


def test_an_archive_without_code_is_unreadable(write: Write) -> None:
    submission = one(write({"ada.zip": zipped()}) / "ada.zip")

    assert submission.notes == ("ada.zip holds no .py or .ipynb file",)
    assert submission.unreadable == "no .py or .ipynb file was handed in; hand in optimizers.py"


def test_a_broken_archive_is_unreadable(write: Write) -> None:
    submission = one(write({"ada.zip": b"PK\x03\x04"}) / "ada.zip")

    assert submission.student == "ada"
    assert submission.unreadable.startswith("ada.zip is damaged or cut short")


def test_an_archive_cannot_name_a_student_out_of_the_folder(write: Write) -> None:
    root = write({"...zip": zipped(pca=PCA)})

    assert found(read(root / "...zip", KNOWN))[0][0] not in {".", "..", ""}


# ---- when it came in ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-11-20 12:00:00.123456 UTC\n", "2026-11-20T12:00:00.123456+00:00"),
        ("2026-11-20 12:00:00 UTC", "2026-11-20T12:00:00+00:00"),
        ("2026-11-20 12:00:00", "2026-11-20T12:00:00+00:00"),
        ("2026-11-20T12:00:00Z", "2026-11-20T12:00:00+00:00"),
        ("2026-11-20T12:00:00+02:00", "2026-11-20T12:00:00+02:00"),
        ("2026-11-20 12:00:00 +0200", "2026-11-20T12:00:00+02:00"),
        ("2026-11-20 12:00:00 Europe/Berlin", "2026-11-20T12:00:00+01:00"),
        ("yesterday", ""),
        ("2026-13-20 12:00:00", ""),
        ("2026-11-20 12:00:00 ../../etc/passwd", ""),
        ("2026-11-20 12:00:00 Middle/Earth", ""),
        ("2026-11-20 12:00:00 +9999", ""),
        ("", ""),
    ],
)
def test_a_time_is_read_as_nbgrader_writes_it(text: str, when: str) -> None:
    assert moment(text) == when


def test_the_timestamp_beside_a_file_tells_when_it_came_in(write: Write) -> None:
    root = write(
        {
            "optimizers/x.ipynb": notebook(ADAM),
            "optimizers/timestamp.txt": "2026-11-20 12:00:00 UTC",
            "pca/pca.py": PCA,
            "timestamp.txt": "2026-11-21 12:00:00 UTC",
        }
    )

    assert [each.received[:10] for each in read(root, KNOWN)] == ["2026-11-20", "2026-11-21"]
    assert one(root / "optimizers/x.ipynb").received == "2026-11-20T12:00:00+00:00"


def test_a_timestamp_that_cannot_be_read_is_noted(write: Write) -> None:
    submission = one(write({"pca.py": PCA, "timestamp.txt": "soon"}))

    assert submission.received == ""
    assert "timestamp.txt holds no date" in submission.notes[0]


# ---- a class --------------------------------------------------------------------------------------


def test_each_sub_folder_and_archive_of_a_class_is_a_student(write: Write) -> None:
    root = write(
        {
            "ada/optimizers.py": ADAM,
            "bob/work/hw3.py": ADAM,
            "cleo.zip": zipped(optimizers=ADAM, pca=PCA),
            "dan/report.pdf": "",
            "eve/optimizers.py": b"\0",
            "fay.zip": b"not a zip",
            "README.md": "",
            "stray.py": ADAM,
        }
    )

    submissions = read_class(root, KNOWN)

    assert is_class(root, KNOWN)
    assert found(submissions) == [
        ("ada", "optimizers", "optimizers.py"),
        ("bob", "optimizers", "work/hw3.py"),
        ("cleo", "optimizers", "cleo.zip/optimizers.py"),
        ("cleo", "pca", "cleo.zip/pca.py"),
        ("dan", "", ""),
        ("eve", "optimizers", "optimizers.py"),
        ("fay", "", "fay.zip"),
    ]
    assert [bool(each.unreadable) for each in submissions] == [False, False, False, False, True, True, True]


def test_of_a_class_every_student_has_the_assignment_asked_for(write: Write) -> None:
    root = write({"ada/optimizers.py": ADAM, "bob/pca.py": PCA, "cleo/x.py": b"\0", "dan/a.txt": ""})

    submissions = read_class(root, KNOWN, assignment="optimizers")

    assert [(each.student, each.assignment) for each in submissions] == [
        (name, "optimizers") for name in ("ada", "bob", "cleo", "dan")
    ]
    assert [bool(each.unreadable) for each in submissions] == [False, False, True, True]


def test_nbgraders_folders_are_understood(write: Write) -> None:
    root = write(
        {
            "submitted/ada/optimizers/ps1.ipynb": notebook("x = 1"),
            "submitted/ada/pca/ps2.ipynb": notebook(PCA),
            "submitted/bob/optimizers/ps1.ipynb": notebook(ADAM),
            "submitted/bob/optimizers/timestamp.txt": "2026-11-20 12:00:00 UTC",
            "source/optimizers/ps1.ipynb": notebook(STUB),
        }
    )
    expected = [
        ("ada", "optimizers", "optimizers/ps1.ipynb"),
        ("ada", "pca", "pca/ps2.ipynb"),
        ("bob", "optimizers", "optimizers/ps1.ipynb"),
    ]

    for folder in (root, root / "submitted"):
        assert is_class(folder, KNOWN)
        assert found(read_class(folder, KNOWN)) == expected
    assert read_class(root, KNOWN)[2].received == "2026-11-20T12:00:00+00:00"
    for path in (root / "submitted/bob/optimizers", root / "submitted/bob/optimizers/ps1.ipynb"):
        assert one(path).student == "bob"


def test_loose_files_are_students_by_their_names(write: Write) -> None:
    root = write(
        {
            "ada_optimizers.py": ADAM,
            "ada_pca.py": PCA,
            "bob-optimizers.ipynb": notebook(ADAM),
            "cleo.py": ADAM,
            "dan.zip": b"",
        }
    )

    assert is_class(root, KNOWN)
    assert found(read_class(root, KNOWN)) == [
        ("ada", "optimizers", "ada_optimizers.py"),
        ("ada", "pca", "ada_pca.py"),
        ("bob", "optimizers", "bob-optimizers.ipynb"),
        ("cleo", "optimizers", "cleo.py"),
        ("dan", "", "dan.zip"),
    ]


def test_a_file_named_as_the_student_is_no_surprise(write: Write) -> None:
    assert [each.notes for each in read_class(write({"ada.py": ADAM, "bob.py": ADAM}), KNOWN)] == [(), ()]


def test_a_student_with_a_folder_and_an_archive_is_read_once(write: Write) -> None:
    submissions = read_class(write({"ada/pca.py": PCA, "ada.zip": zipped(pca=PCA), "bob/pca.py": PCA}), KNOWN)

    assert [each.student for each in submissions] == ["ada", "bob"]
    assert submissions[0].notes == ("ada.zip was left out: the folder ada was read",)


def test_a_linked_student_is_told_and_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/pca.py").write_text(PCA)
    root = write({"ada/pca.py": PCA})
    (root / "bob").symlink_to(tmp_path / "elsewhere")

    submissions = read_class(root, KNOWN)

    assert found(submissions)[1][0] == "bob"
    assert "it is a link" in submissions[1].unreadable


@pytest.mark.parametrize(
    "files",
    [
        {"optimizers.py": ADAM},
        {"optimizers.py": ADAM, "old/optimizers.py": ADAM},
        {"optimizers (1).py": ADAM, "pca-final.py": PCA},
        {"optimizers/optimizers.py": ADAM, "pca/pca.py": PCA},
        {"optimizers/optimizers.py": ADAM, "pca/hw.ipynb": notebook(PCA), "data/x.npy": ""},
        {"optimizers.zip": zipped(optimizers=ADAM), "pca.zip": zipped(pca=PCA)},
        {"hw3.py": ADAM, "hw3_old.py": ADAM},
        {"hw.py": ADAM, "tools.py": "x = 1"},
        {"ada.zip": zipped(pca=PCA)},
        {"notes.txt": ""},
        {},
    ],
)
def test_the_work_of_one_student_is_no_class(write: Write, files: dict[str, str]) -> None:
    assert not is_class(write(files), KNOWN)


@pytest.mark.parametrize(
    "files",
    [
        {"ada/x.py": ""},
        {"ada/deep/er/x.ipynb": "", "bob/y.txt": ""},
        {"ada/hw.zip": b""},
        {"ada.zip": b"", "bob.tar.gz": b""},
        {"ada.py": ADAM, "bob.py": ADAM},
        {"ada_pca.py": "", "bob_pca.py": ""},
        {"12345.py": ADAM, "67890.py": ADAM},
    ],
)
def test_a_class_is_recognised(write: Write, files: dict[str, str]) -> None:
    assert is_class(write(files), KNOWN)


def test_a_file_is_no_class(write: Write) -> None:
    path = write({"pca.py": PCA}) / "pca.py"

    assert not is_class(path, KNOWN)
    with pytest.raises(SubmissionError, match="is a file"):
        read_class(path, KNOWN)


def test_a_class_of_one_student_may_be_the_student(write: Write) -> None:
    assert found(read_class(write({"optimizers.py": ADAM}), KNOWN)) == [
        ("work", "optimizers", "optimizers.py")
    ]


def test_a_class_without_anyone_is_an_error(write: Write) -> None:
    with pytest.raises(SubmissionError, match="holds no submissions"):
        read_class(write({"README.md": ""}), KNOWN)


@pytest.mark.parametrize(
    ("stem", "student"),
    [
        ("ada_optimizers", "ada"),
        ("Ada Lovelace - optimizers (2)", "Ada Lovelace"),
        ("s123456_conv-arithmetic", "s123456"),
        ("ada", "ada"),
        ("12345", "12345"),
        ("optimizers", ""),
        ("final_optimizers_v2", ""),
        ("hw3", ""),
        ("hw3_old", ""),
    ],
)
def test_a_students_name_is_told_from_a_drafts(stem: str, student: str) -> None:
    assert student_in(stem, KNOWN) == student
