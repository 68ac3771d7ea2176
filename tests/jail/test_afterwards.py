"""What is left of a submission when the next one begins: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.jail.host import Template
from autograder.model import Answer

from .conftest import TIGHT, Ask

LEAVE_A_DAEMON = """
import os, time
def f():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                time.sleep(0.01)
        os._exit(0)
    return os.getpid()
"""


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes through /proc")
def test_a_daemon_dies_with_its_jail(template: Template) -> None:
    with template.jail(LEAVE_A_DAEMON, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [()], 5)
        during = _descendants(template.pid)

    assert isinstance(reply, Answer)
    assert len(during) >= 2, "jail, daemon"
    assert _descendants(template.pid) == []


def test_files_environment_and_random_state_start_afresh(ask: Ask) -> None:
    source = """
    import os, random
    import numpy as np
    def f():
        seen = [os.listdir("."), sorted(os.environ), random.random(), float(np.random.rand())]
        os.environ["MAILBOX"] = "1"
        open("mailbox", "w").close()
        np.random.seed(7)
        return seen
    """
    first, second = ask(source), ask(source)

    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.value == second.value
    assert first.value[0] == []


def test_descriptors_of_the_grader_do_not_grow(ask: Ask) -> None:
    ask("def f():\n    return 1")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        ask("import os\ndef f():\n    os._exit(1)")
        ask("def f():\n    return 1")

    assert len(list(Path("/proc/self/fd").iterdir())) == before
