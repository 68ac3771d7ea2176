"""What GitHub is given, and each limit it has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder.model import Objection
from autograder.platforms import github
from tests.reports import nasty, samples

each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
every = pytest.mark.parametrize("report", samples.each_edition().values(), ids=samples.each_edition().keys())
COMMAND = re.compile(r"::(error|notice) ((?:\w+=[^,:\n]+,?)+)::([^\n]*)")
COMMANDS = (
    "\n::error file=x::owned",
    "\r::add-mask::secret",
    "##[error]owned",
    "\n##[set-output name=earned]100",
    "x,line=1::y",
    "::stop-commands::x",
    "100%0A::error::owned",
    "\u2028::error::owned",
)


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    found = COMMAND.fullmatch(line)

    assert found, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    plain = {name: _back(value) for name, value in properties.items()}
    return found[1], plain, _back(found[3])


def _back(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


@every
def test_at_most_ten_of_a_kind_each_one_line(report):
    lines = github.pointers([report])
    kinds = [parsed(line)[0] for line in lines]

    assert kinds.count("error") <= 10
    assert kinds.count("notice") == 1


def test_of_500_checks_ten_are_pointed_at_and_the_rest_counted():
    lines = github.pointers([samples.large(500)])

    assert [parsed(line)[0] for line in lines] == ["error"] * 10 + ["notice"]
    assert "490 more checks lost points" in parsed(lines[-1])[2]


def test_the_most_expensive_comes_first_whatever_its_assignment():
    cheap, dear = samples.half(), replace(samples.fatal(), assignment="pca", path="pca.py")
    lines = github.pointers([cheap, dear])
    titles = [parsed(line)[1]["title"] for line in lines[:-1]]
    lost = [float(title.split()[0]) for title in titles]

    assert lost == sorted(lost, reverse=True)
    assert parsed(lines[0])[1]["file"] == "pca.py"


def test_a_wrong_answer_points_at_its_function_and_a_crash_at_its_line():
    found = {
        (properties["title"].split()[-1], properties["line"])
        for kind, properties, _ in map(parsed, github.pointers([samples.half()]))
        if kind == "error"
    }

    assert ("adam_step.nearly_flat_ground", "10") in found
    assert ("rmsprop_step.first_step", str(samples.LAST)) in found


def test_a_file_that_could_not_be_run_is_one_error_at_its_line():
    kind, properties, message = parsed(github.pointers([samples.fatal()])[0])

    assert (kind, properties["file"], properties["line"]) == ("error", "optimizers.py", "14")
    assert "bracket that is never closed" in message


def test_a_notebook_is_pointed_at_by_cell_in_words():
    _, properties, message = parsed(github.pointers([samples.notebook()])[0])

    assert "line" not in properties
    assert message.startswith("cell ")


def test_the_file_is_named_from_the_top_of_the_repository():
    _, properties, _ = parsed(github.pointers([samples.half()], "hw1/")[0])

    assert properties["file"] == "hw1/optimizers.py"


def test_a_title_and_a_message_have_a_length():
    for line in github.pointers([samples.large(12, "x" * 100_000)]):
        _, properties, message = parsed(line)

        assert len(properties["title"]) <= github.TITLE
        assert len(message) <= github.MESSAGE


@each
def test_hostile_text_never_makes_a_line_or_a_property_of_its_own(text):
    whole = samples.hostile(text)
    for report in (whole, samples.student(whole), replace(whole, objections=())):
        for line in github.pointers([report]):
            kind, properties, _ = parsed(line)

            assert kind in ("error", "notice")
            assert set(properties) <= {"file", "line", "title"}


@pytest.mark.parametrize("text", COMMANDS)
def test_no_command_of_a_student_is_one(text):
    whole = samples.hostile(text)
    for report in (
        whole,
        replace(whole, objections=()),
        replace(whole, objections=(Objection(text, fatal=True),)),
    ):
        lines = github.pointers([report])

        assert all(len(line.splitlines()) == 1 and parsed(line) for line in lines)


@pytest.mark.parametrize("text", COMMANDS)
def test_a_fault_is_one_command(text):
    line = github.fault(text)

    assert parsed(line)[1] == {"title": "Not graded"}
    assert len(line.splitlines()) == 1


def test_the_fence_has_a_new_word_each_time():
    (opened, closed), (other, _) = github.fence(), github.fence()
    token = opened.removeprefix("::stop-commands::")

    assert closed == f"::{token}::"
    assert len(token) == 32
    assert opened != other


def test_the_summary_of_500_checks_stays_below_its_limit():
    text = github.summary([samples.large(500)])

    assert len(text.encode()) <= 900_000
    assert "left out here" in text


def test_the_summary_of_several_large_reports_stays_below_its_limit():
    text = github.summary([samples.large(60)] * 3, 200_000)

    assert len(text.encode()) <= 200_000
    assert text.count("left out here") == 3


def test_what_stands_in_a_summary_already_counts():
    assert len(github.summary([samples.large(60)], 20_000).encode()) <= 20_000


def test_the_summary_of_several_begins_with_their_totals():
    text = github.summary([samples.half(), replace(samples.perfect(), title="PCA")])

    assert text.startswith("| Assignment | Points |")
    assert "| PCA | 21 of 21 points |" in text


@each
def test_outputs_are_one_line_each_whatever_is_in_the_report(text):
    lines = github.outputs([samples.hostile(text)]).splitlines()

    assert [line.partition("=")[0] for line in lines] == [
        "earned", "possible", "pending", "percent", "complete", "assignments",
    ]  # fmt: skip


def test_outputs_hold_the_totals():
    given = dict(line.split("=", 1) for line in github.outputs([samples.pending()]).splitlines())

    assert given["earned"] == "16"
    assert given["possible"] == "21"
    assert given["pending"] == "5"
    assert given["percent"] == "100"
    assert given["complete"] == "false"
