"""From a platform's own download to its gradebook: names that platforms give to files find their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import intake
from autograder.platforms import blackboard, canvas, matching, moodle, table

KNOWN = {"toy": ("half",)}
SOURCE = "def half(x):\n    return x / 2\n"
CANVAS = (
    b"Student,ID,SIS User ID,SIS Login ID,Section,Toy (12345)\n    Points Possible,,,,,3\n"
    b'"Lovelace, Ada",101,u1,ada,A,\n"Babbage, C",102,u2,cb,A,\n'
)
MOODLE = (
    b"Identifier,Full name,Grade,Maximum grade,Last modified (grade)\nParticipant 11,Ada Lovelace,,3,-\n"
    b"Participant 12,C Babbage,,3,-\n"
)
BLACKBOARD = b"Username\tToy [Total Pts: 3 Score] |77\nada\t\ncb\t\n"
DOWNLOADS = {
    "canvas": (
        ("lovelaceada_101_9001_toy.py", "babbagec_LATE_102_9002_toy-1.py"),
        lambda: canvas.find(table.read(CANVAS, "c"), "", ("Toy",)),
    ),
    "moodle": (
        ("Ada Lovelace_11_assignsubmission_file/toy.py", "C Babbage_12_assignsubmission_file_/toy.py"),
        lambda: moodle.find(table.read(MOODLE, "m"), ""),
    ),
    "blackboard": (
        ("HW 1_ada_attempt_2027-03-01-10-00-00_toy.py", "HW 1_cb_attempt_2027-03-01-11-00-00_toy.py"),
        lambda: blackboard.find(table.read(BLACKBOARD, "b"), "", ("Toy",)),
    ),
}


@pytest.mark.parametrize(("files", "layout"), DOWNLOADS.values(), ids=DOWNLOADS.keys())
def test_a_download_finds_everybodys_row(tmp_path: Path, files, layout):
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SOURCE)
    students = [one.student for one in intake.read_class(tmp_path, KNOWN)]
    place = layout()
    found = matching.match(students, place, {})

    assert found.unmatched == {}
    assert sorted(person.row for (person,) in found.rows.values()) == [one.row for one in place.people]
