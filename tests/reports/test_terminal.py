import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from autograder.model import Mark, Mismatch, Objection, Status
from autograder.reports import terminal

from . import nasty, samples
from .pages import dangerous

SAMPLES = samples.each_edition()
every = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def plain(report, width: int = 100) -> str:
    return terminal.render(report, width, colour=False)


@every
def test_colours_change_nothing_but_colours(report):
    coloured = COLOUR.sub("", terminal.render(report))

    assert [line.rstrip() for line in coloured.splitlines()] == plain(report).splitlines()


@every
@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(report, width):
    assert max(cell_len(line) for line in plain(report, width).splitlines()) <= width


@every
def test_every_line_stands_behind_a_margin(report):
    assert {line[:1] for line in plain(report).splitlines()} <= {"╭", "│", ""}


@each
@pytest.mark.parametrize("width", [40, 100])
def test_hostile_text_stays_behind_the_margin_without_controls(text, width):
    shown = plain(samples.hostile(text), width)

    assert dangerous(shown) == set()
    assert {line[:1] for line in shown.splitlines()} <= {"╭", "│", ""}


@each
def test_hostile_text_brings_no_escape_sequence_of_its_own(text):
    assert dangerous(COLOUR.sub("", terminal.render(samples.hostile(text)))) == set()


@each
def test_hostile_text_floods_no_terminal(text):
    assert len(plain(samples.hostile(text)).splitlines()) < 1500


def test_markup_of_rich_is_only_text():
    assert "[bold red]red[/bold red]" in plain(samples.hostile(nasty.TEXTS["rich markup"]), 160)


def test_nothing_of_the_environment_has_a_say(monkeypatch):
    before = terminal.render(samples.half()), plain(samples.half())
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "30"}.items():
        monkeypatch.setenv(name, value)

    assert (terminal.render(samples.half()), plain(samples.half())) == before


def test_every_verdict_has_a_sign_and_a_word():
    shown = "".join(map(plain, (samples.half(), samples.pending(), samples.ungraded())))

    for verdict in ("✓ passed", "✗ failed", "! crashed", "– skipped", "… pending", "? not graded"):
        assert verdict in shown


def test_the_misconception_comes_before_the_numbers():
    shown = plain(samples.half())
    start = shown.index("Where the gradient is tiny")

    assert start < shown.index("Looks like: eps inside the root") < shown.index("ε stands outside the root")
    assert shown.index("ε stands outside the root") < shown.index("0.747339")


def test_a_failure_gives_where_got_expected_how_much_and_how_many():
    rows = [line.strip("│ ").split("  ", 1) for line in plain(samples.half()).splitlines()]
    found = [(row[0], row[1].strip()) for row in rows if len(row) == 2]

    for fact in [
        ("where", "result[0][1, 2]"),
        ("got", "-0.318"),
        ("expected", "0.318"),
        ("off by", "0.64"),
        ("allowed", "3.2e-08"),
        ("how many", "5 of 12 values"),
        ("pattern", "the sign is flipped"),
    ]:
        assert fact in found


def test_a_crash_shows_the_students_own_line_with_its_number_and_advice():
    shown = plain(samples.half())

    assert "NameError: name 's_hat' is not defined" in shown
    assert f"line {samples.LAST} │ return w - lr * g / np.sqrt(s_hat) + eps, s" in shown
    assert "Is it `s`?" in shown


def test_a_line_of_a_notebook_has_its_own_name():
    assert f"cell 6, line {samples.LAST - 9} │ return w" in plain(samples.notebook())


def test_a_crash_of_every_check_is_told_once():
    shown = plain(samples.crash_at_import())

    assert shown.count("No module named 'tensorflow'") == 1
    assert shown.count("2 checks. The same crash as in adam_step.first_step.") == 3
    assert shown.count("The same crash as in adam_step.first_step.") == 5


def test_checks_with_one_reason_share_a_row_with_their_points():
    rows = [line for line in plain(samples.fatal()).splitlines() if "Not run, for the reason" in line]

    assert re.search(r"✗ failed +3 checks\. Not run, .* report\. +0 of 8$", rows[0])
    assert [line.count("checks") for line in rows] == [1, 1, 1, 0, 0]


def test_a_function_that_is_not_there_is_told_once_for_all_its_checks():
    says = "`rmsprop_step` is not defined; without it, nothing that asks for it can be graded"
    failed = tuple(samples.outcome(check, Status.FAILED, note=says) for check in samples.RMSPROP.checks)
    shown = plain(samples.report([Mark(samples.RMSPROP, failed)], objections=(Objection(says),)), 160)

    assert f"2 checks. {says[:1].upper()}{says[1:]}" in shown


def test_a_criterion_without_a_fault_is_one_row():
    shown = plain(samples.perfect())

    assert "✓ passed     All 3 checks." in shown
    assert "Ten steps down" not in shown


def test_a_word_to_add_is_added_although_all_is_right():
    checks = tuple(samples.outcome(check, note="With ours, this is right.") for check in samples.ADAM.checks)
    shown = plain(samples.report([Mark(samples.ADAM, checks)]))

    assert shown.count("With ours, this is right.") == 3


def test_a_misconception_met_again_shows_its_numbers_without_the_inputs():
    wrong = {
        "mismatch": Mismatch("value", "result[0]", 1.5, 2.5, 1.0, 1e-9, 6, 6),
        "misconception": samples.EPS,
        "inputs": (("lr", "0.001"),),
    }
    outcomes = tuple(samples.outcome(check, Status.FAILED, **wrong) for check in samples.ADAM.checks)
    shown = plain(samples.report([Mark(samples.ADAM, outcomes)]))

    assert (shown.count("with lr"), shown.count("expected  2.5")) == (1, 3)
    assert shown.count("Explained above, at adam_step.first_step.") == 2


def test_a_criterion_of_several_functions_names_the_one_that_is_asked():
    criterion = replace(samples.ADAM, checks={"relu.left_alone": samples.ONE, "elu.left_alone": samples.ONE})
    outcomes = (samples.outcome("relu.left_alone"), samples.outcome("elu.left_alone", Status.FAILED))
    shown = plain(samples.report([Mark(criterion, outcomes)]))

    assert "`relu`: …" in shown
    assert "`elu`: …" in shown
    assert "`adam_step`:" not in plain(samples.half())


def test_what_stops_the_file_is_told_once():
    shown = plain(samples.fatal())

    assert shown.count("is never closed") == 1
    assert "Your file could not be run" in shown
    assert "line 14" in shown


def test_the_heading_says_points_late_and_pending():
    assert "4.5 of 21 points" in plain(samples.half())
    assert "10 % of the earned points are taken off" in plain(samples.half())
    assert "5 points are pending: not earned yet, and not lost." in plain(samples.pending())


@pytest.mark.parametrize("secret", ["5eed5eed", "draw 1 of 3", "staff edition"])
def test_only_the_staff_edition_shows_what_is_for_staff(secret):
    assert secret in plain(samples.half())
    assert secret not in plain(samples.student(samples.half(), released=True))


def test_hidden_criteria_say_so():
    assert "shown after the results are released" in plain(samples.student(samples.half()))


def test_the_footer_says_isolation_and_versions():
    shown = plain(samples.half())

    assert "namespaces+landlock+seccomp" in shown
    assert "grader" in shown


@pytest.mark.parametrize(
    ("earned", "pending", "possible", "drawn"),
    [
        (0, 0, 10, "░" * 10),
        (10, 0, 10, "█" * 10),
        (5, 2, 10, "█████▒▒░░░"),
        (0, 0, 0, "░" * 10),
        (9, 9, 9, "█" * 10),
    ],
)
def test_a_bar_is_readable_without_colour(earned, pending, possible, drawn):
    one = samples.ONE

    assert terminal.bar(earned * one, pending * one, possible * one, 10).plain == drawn


def test_a_title_in_wide_letters_keeps_its_width():
    report = replace(samples.perfect(), title="深層学習" * 20)

    assert max(cell_len(line) for line in plain(report, 60).splitlines()) <= 60
