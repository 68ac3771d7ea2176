import pytest
from rich.cells import cell_len

from autograder.reports import summary

from . import nasty, samples
from .pages import dangerous

each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    assert max(cell_len(line) for line in summary.render(samples.class_of_12(), width).splitlines()) <= width


def test_there_is_a_line_for_each_submission():
    lines = summary.render(samples.class_of_12(), 100).splitlines()

    assert [line.split()[1] for line in lines[-12:]] == [report.student for report in samples.class_of_12()]


def test_a_line_says_points_and_state():
    shown = summary.render([samples.pending()], 100)

    assert "16 of 21" in shown
    assert "5 pending" in shown
    assert "▒" in shown


def test_the_commonest_misconceptions_are_named_first():
    assert "5 of 11  optimizers.eps_inside_the_root" in summary.render(samples.class_of_12(), 120)


def test_a_class_of_nobody_is_only_a_heading():
    assert len(summary.render([], 80).splitlines()) == 1


@each
def test_hostile_names_stay_behind_the_margin(text):
    shown = summary.render([samples.hostile(text)], 80)

    assert dangerous(shown) == set()
    assert {line[:1] for line in shown.splitlines()} <= {"╭", "│", ""}


def test_plain_text_is_the_default():
    assert "\x1b" not in summary.render(samples.class_of_12(), 80)
    assert "\x1b" in summary.render(samples.class_of_12(), 80, colour=True)
