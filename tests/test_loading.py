"""Course code is imported under a private name and leaves nothing behind."""

import sys

import pytest

from autograder.course import loading
from autograder.model import CourseError


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "solutions" / "toy"
    folder.mkdir(parents=True)
    (folder / "reference.py").write_text("def half(x):\n    return x / 2\n", encoding="utf-8")
    (folder / "checks.py").write_text("from .reference import half\n", encoding="utf-8")
    return folder


def load(folder, names=("reference", "checks")):
    return loading.modules(folder, names, folder.parent.parent)


def refusal(folder, text):
    (folder / "checks.py").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load(folder)
    return str(caught.value)


def test_relative_imports_reach_the_same_reference(folder):
    loaded = load(folder)

    assert loaded["checks"].half is loaded["reference"].half


def test_nothing_is_left_on_the_path_and_no_bytecode_is_written(folder):
    before = list(sys.path), sys.dont_write_bytecode
    load(folder)

    assert (list(sys.path), sys.dont_write_bytecode) == before
    assert not list(folder.rglob("__pycache__"))


def test_two_folders_of_one_name_live_side_by_side(folder, tmp_path):
    other = tmp_path / "other" / "solutions" / "toy"
    other.mkdir(parents=True)
    (other / "reference.py").write_text("def half(x):\n    return -x\n", encoding="utf-8")

    one, two = load(folder)["reference"], load(other, ["reference"])["reference"]

    assert (one.half(4), two.half(4)) == (2, -4)


def test_loading_again_sees_the_file_as_it_is_now(folder):
    load(folder)
    (folder / "reference.py").write_text("def half(x):\n    return x * 2\n", encoding="utf-8")

    assert load(folder)["reference"].half(4) == 8


def test_an_undefined_name_is_placed_and_guessed(folder):
    said = refusal(folder, "from .reference import half\n\nprint(halff)\n")

    assert said == "solutions/toy/checks.py:3: NameError: name 'halff' is not defined; did you mean 'half'?"


def test_a_wrong_import_is_placed_and_guessed_without_our_private_name(folder):
    said = refusal(folder, "\nfrom .reference import hafl\n")

    assert said.startswith(
        "solutions/toy/checks.py:2: ImportError: cannot import name 'hafl' from 'reference'"
    )
    assert said.endswith("did you mean 'half'?")


def test_a_syntax_error_is_placed(folder):
    assert refusal(folder, "x = 1\nif x\n").startswith("solutions/toy/checks.py:2: SyntaxError: ")


def test_an_error_inside_the_reference_is_placed_there(folder):
    (folder / "reference.py").write_text("def half(x):\n    return x / 0\n", encoding="utf-8")

    said = refusal(folder, "from .reference import half\n\nhalf(1)\n")

    assert said == "solutions/toy/reference.py:2: ZeroDivisionError: division by zero"


def test_a_module_that_exits_is_an_error(folder):
    assert refusal(folder, "import sys\nsys.exit(3)\n") == "solutions/toy/checks.py:2: SystemExit: 3"


def test_a_missing_torch_says_how_to_install_it(folder):
    said = refusal(folder, "raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')\n")

    assert said.endswith("install it with pip install 'nn-autograder[torch]'")


def test_a_complaint_of_our_own_words_names_the_file_from_the_course_on(folder):
    imports = "from autograder import check\nfrom .reference import half\n"
    said = refusal(folder, f"{imports}\n\n@check(half)\ndef one(rng):\n    return 1\n")

    assert said.startswith("solutions/toy/checks.py:5: one has no docstring")


def test_a_module_that_failed_is_forgotten(folder):
    folder = folder.rename(folder.with_name("lost"))
    refusal(folder, "1 / 0\n")

    assert not [name for name in sys.modules if name.startswith("_solutions_") and "_lost" in name]
