"""`%try` in a real kernel, in the notebooks that students receive; `make nbgrader` runs this."""

from __future__ import annotations

import ast
import importlib.util
import queue
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("nbclient") is None or importlib.util.find_spec("ipykernel") is None,
        reason="the extra `nbgrader`, which brings a kernel, is not installed",
    ),
    # Of Jupyter's own: none of these is about what is tried here.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]

ROOT = Path(__file__).parents[1]
NAMES = ["optimizers", "pca"]


def solved(name: str, folder: Path) -> Path:
    """The released notebook of an assignment, its functions filled in with the reference's."""
    import nbformat

    book = nbformat.read(ROOT / "assignments" / name / f"{name}.ipynb", 4)
    reference = (ROOT / "solutions" / name / "reference.py").read_text(encoding="utf-8")
    plain = re.sub(r"^ *### (?:BEGIN|END) SOLUTION\n", "", reference, flags=re.MULTILINE)
    cells = {cell.id: cell for cell in book.cells if cell.cell_type == "code"}
    lines, rest = plain.split("\n"), plain.split("\n")
    for node in ast.parse(plain).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in cells:
            cells[node.name].source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            rest[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    cells["the-imports"].source = "\n".join(rest)  # with what the functions share
    book.cells.append(nbformat.v4.new_code_cell("%load_ext autograder\n%try"))
    path = folder / f"{name}.ipynb"
    nbformat.write(book, path)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_released_notebook_solved_is_right_and_as_the_command_says(name: str, tmp_path: Path) -> None:
    import nbclient
    import nbformat

    path = solved(name, tmp_path)
    shutil.copy(ROOT / "assignments" / name / f"{name}.py", tmp_path / f"{name}.stub.py")
    book = nbformat.read(path, 4)
    nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (shown,) = [one.data for one in book.cells[-1].outputs]
    command = [sys.executable, "-m", "autograder", "try", f"{name}.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert "Every example comes out right." in shown["text/plain"]
    assert _rows(shown["text/plain"]) == _rows(done.stdout)
    assert shown["text/html"].count('class="right"') == len(_rows(done.stdout))


def _rows(page: str) -> list[str]:
    return re.findall(r"^  ✓ .+$", page, re.MULTILINE)


def test_above_a_cell_in_a_kernel_the_line_is_the_students_own(tmp_path: Path) -> None:
    import nbclient
    import nbformat

    new = nbformat.v4.new_code_cell
    text = '%%try\ndef third(x):\n    """\n    >>> third(3)\n    1.0\n    """\n    return y / 3'
    book = nbformat.v4.new_notebook(cells=[new("%load_ext autograder"), new(text), new("third(6)")])
    resources = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(book, timeout=60, resources=resources, allow_errors=True).execute()

    assert "Cell [2], line 7, `return y / 3`: NameError" in book.cells[1].outputs[0].data["text/plain"]
    assert book.cells[2].outputs[0].ename == "NameError"  # the cell has run in the notebook as well


def test_an_interrupt_in_a_kernel_ends_the_try_and_the_kernel_goes_on(tmp_path: Path) -> None:
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(cwd=str(tmp_path))
    try:
        loop = 'def loop(x):\n    """\n    >>> loop(1)\n    1\n    """\n'
        loop += f"    open({str(tmp_path / 'on')!r}, 'w')\n    while True: pass"
        client.execute_interactive("%load_ext autograder", timeout=60, output_hook=lambda _: None)
        client.execute_interactive(loop, timeout=60, output_hook=lambda _: None)
        asked = client.execute("%try loop --seconds 60")
        _until((tmp_path / "on").exists)
        manager.interrupt_kernel()
        said = _reply(client, asked)
        after = client.execute("print(6 * 7)")

        assert said["content"]["status"] == "error"
        assert said["content"]["traceback"] == ["Stopped; nothing of it is left running."]
        assert _reply(client, after)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _until(holds: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def _reply(client: object, identifier: str) -> dict:
    while True:
        try:
            reply = client.get_shell_msg(timeout=60)  # type: ignore[attr-defined]
        except queue.Empty:
            pytest.fail("the kernel does not answer")
        if reply["parent_header"].get("msg_id") == identifier:
            return reply
