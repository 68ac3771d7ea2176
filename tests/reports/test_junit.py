import xml.etree.ElementTree as ET
from fractions import Fraction

import junitparser
import pytest

from autograder.model import Mark, Status, Verdict
from autograder.reports import junit

from . import nasty, samples
from .pages import dangerous

SAMPLES = samples.each_edition()
SLOW = samples.clocked(Verdict.DECIDED, Status.PASSED, Fraction(7, 10))
every = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())


def cases(report) -> dict[str, ET.Element]:
    return {case.get("name"): case for case in ET.fromstring(junit.render(report)).iter("testcase")}


def properties(case: ET.Element) -> dict[str, str]:
    return {one.get("name"): one.get("value") for one in case.iter("property")}


@every
def test_both_readers_read_the_same_counts(report):
    text = junit.render(report)
    tree, read = ET.fromstring(text), junitparser.JUnitXml.fromstring(text.encode("utf-8"))

    assert read.tests == len(list(tree.iter("testcase")))
    assert read.failures == len(list(tree.iter("failure")))
    assert read.errors == len(list(tree.iter("error")))
    assert read.skipped == len(list(tree.iter("skipped")))


@every
def test_the_points_of_the_cases_are_those_of_the_marks(report):
    read = [properties(case) for case in ET.fromstring(junit.render(report)).iter("testcase")]
    earned = float(sum(mark.earned for mark in report.marks))

    assert sum(float(one["earned"]) for one in read) == pytest.approx(earned, abs=0.01)
    assert sum(float(one["possible"]) for one in read) == pytest.approx(float(report.possible))


@each
def test_hostile_text_is_read_back_without_a_control(text):
    written = junit.render(samples.hostile(text))
    read = junitparser.JUnitXml.fromstring(written.encode("utf-8"))
    tree = ET.fromstring(written)

    assert sum(suite.tests for suite in read) == len(list(tree.iter("testcase")))
    assert dangerous(written) == set()
    assert {element.tag for element in tree.iter()} <= {
        "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped",
    }  # fmt: skip


@each
def test_no_two_cases_share_a_name(text):
    keys = [
        (case.get("classname"), case.get("name"))
        for case in ET.fromstring(junit.render(samples.hostile(text))).iter("testcase")
    ]

    assert len(keys) == len(set(keys))


def test_two_checks_that_look_alike_keep_names_of_their_own():
    names = ("f.a\x00", "f.a\\x00")
    outcomes = tuple(samples.outcome(name) for name in names)
    criterion = samples.replace(samples.ADAM, checks=dict.fromkeys(names, samples.ONE))

    assert list(cases(samples.report([Mark(criterion, outcomes)]))) == ["f.a\\x00", "f.a\\x00 (2)"]


def test_a_class_name_is_assignment_and_criterion_and_a_name_the_check():
    case = cases(samples.half())["adam_step.first_step"]

    assert case.get("classname") == "optimizers.adam"
    assert float(case.get("time")) == 0.0003


@pytest.mark.parametrize(
    ("make", "check", "kind"),
    [
        (samples.perfect, "adam_step.first_step", None),
        (samples.half, "adam_step.ten_steps_down_a_bowl", "failure"),
        (samples.half, "rmsprop_step.first_step", "failure"),
        (samples.half, "adam_step.a_million_weights", "failure"),
        (samples.half, "rmsprop_step.inputs_kept", "skipped"),
        (samples.pending, "adam_step.a_million_weights", "skipped"),
        (samples.ungraded, "adam_step.first_step", "error"),
        (samples.pending, "by hand", "skipped"),
        (samples.half, "by hand", "failure"),
        (samples.perfect, "by hand", None),
        (samples.nothing_run, "not run", "failure"),
    ],
)
def test_lost_points_fail_our_fault_errs_and_the_rest_is_skipped(make, check, kind):
    results = [element.tag for element in cases(make())[check] if element.tag != "properties"]

    assert results == ([kind] if kind else [])


def test_the_body_of_a_failure_says_what_why_and_where():
    body = cases(samples.half())["adam_step.nearly_flat_ground"].find("failure").text

    assert "Looks like: eps inside the root. ε stands outside the root" in body
    assert "where: result[0][1]\ngot: 0.747339\nexpected: 0.748319" in body


def test_a_case_holds_its_points_and_misconception():
    case = cases(samples.half())["adam_step.nearly_flat_ground"]

    assert properties(case) == {"earned": "0", "possible": "2", "misconception": "eps_inside_the_root"}


@pytest.mark.parametrize("secret", ["5eed5eed", "draw 1 of 3"])
def test_only_the_staff_edition_holds_what_is_for_staff(secret):
    assert secret in junit.render(samples.half())
    assert secret not in junit.render(samples.student(samples.half(), released=True))


def test_the_document_stays_readable_for_build_servers_with_500_long_checks():
    assert len(junit.render(samples.large(500)).encode("utf-8")) < 30_000_000


def waiting(report) -> list[str]:
    return [one.get("message") for one in ET.fromstring(junit.render(report)).iter("skipped")]


def test_a_check_without_a_gpu_is_skipped_with_the_agreed_message():
    assert waiting(samples.timed())[0] == "GPU check not run: no GPU here"
    assert waiting(samples.pending())[0] == "GPU check not run: no GPU here"


def test_the_body_of_a_timed_case_says_what_was_measured():
    case = next(iter(cases(samples.report([Mark(samples.fast(), (SLOW,))])).values()))

    assert "CPU check: 4.2/6, 1.9x the reference's time [1.8, 2.0], full credit up to 4x." in (
        case.find("failure").text
    )


def test_evidence_is_in_the_staff_edition_only():
    assert samples.EVIDENCE in junit.render(samples.timed())
    assert samples.EVIDENCE not in junit.render(samples.student(samples.timed(), released=True))


def test_the_body_of_a_trained_case_tells_the_curve():
    assert "Training loss over 4 epochs: 2.2 at first, no number at last" in junit.render(samples.trained())
