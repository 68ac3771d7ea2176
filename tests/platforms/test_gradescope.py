"""What Gradescope is given for a report, and what its metadata says."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest

from autograder.model import Mark, Outcome, Status, points
from autograder.platforms import gradescope
from tests.reports import nasty, samples

SCHEMA = json.loads(gradescope.SCHEMA.read_text(encoding="utf-8"))
STAFF = {name: make() for name, make in samples.EVERY.items()}
every = pytest.mark.parametrize("report", STAFF.values(), ids=STAFF.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
METADATA = {
    "id": 5,
    "created_at": "2027-04-17T12:00:00.123456-07:00",
    "assignment": {"due_date": "2027-04-18T23:59:00-07:00", "total_points": "20.0", "title": "PCA"},
    "submission_method": "upload",
    "users": [{"email": "ada@x.edu", "id": 1, "name": "Ada"}],
    "previous_submissions": [],
}


def read(**changed) -> gradescope.Metadata:
    return gradescope.metadata(json.dumps({**METADATA, **changed}))


def valid(document) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(gradescope.render(document)))


@every
@pytest.mark.parametrize("details", [False, True])
def test_every_report_fits_the_schema(report, details):
    valid(gradescope.results(report, samples.student(report), read(), details=details))


@each
def test_hostile_text_fits_the_schema_and_stays_in_fences(text):
    report = samples.hostile(text)
    document = gradescope.results(report, samples.student(report, released=True))

    valid(document)
    assert not any("\x1b" in test["output"] + test["name"] for test in document["tests"])


def test_what_stands_there_before_fits_the_schema():
    valid(gradescope.provisional())


@every
def test_the_total_is_that_of_the_report(report):
    assert gradescope.results(report, samples.student(report))["score"] == float(points(report.earned))


@every
def test_the_tests_add_up_to_the_marks_before_the_late_rule(report):
    tests = gradescope.results(report, samples.student(report))["tests"]
    marks = float(sum(mark.earned for mark in report.marks))

    assert sum(test.get("score", 0) for test in tests) == pytest.approx(marks, abs=0.011)


@every
def test_points_nobody_judged_yet_are_neither_earned_nor_lost(report):
    tests = gradescope.results(report, samples.student(report))["tests"]
    judged = float(report.possible - report.pending)

    assert sum(test.get("max_score", 0) for test in tests) == pytest.approx(judged)


def test_no_test_is_hidden_or_students_would_see_no_total():
    report = samples.half()
    tests = gradescope.results(report, samples.student(report))["tests"]

    assert {test["visibility"] for test in tests} == {"visible"}


def test_before_the_release_nothing_hidden_is_in_what_a_student_sees():
    report = samples.half()
    text = gradescope.render(gradescope.results(report, samples.student(report)))

    assert "(4, 3)" not in text
    assert "adam_step.edges" not in text
    assert "5eed5eed" not in text


def test_details_are_held_back_until_publication_and_cost_nothing():
    report = samples.half()
    tests = gradescope.results(report, samples.student(report), details=True)["tests"]
    later = [test for test in tests if test["visibility"] != "visible"]

    assert {(test["visibility"], test["score"], test["max_score"]) for test in later} == {
        ("after_published", 0, 0)
    }
    assert any("(4, 3)" in test["output"] for test in later)


def test_details_hold_no_secret_and_nothing_that_is_never_shown():
    report = samples.half()
    wrong = [
        replace(mark, outcomes=tuple(replace(one, staff_note="draw 1 of 3") for one in mark.outcomes))
        for mark in report.marks
    ]
    report = replace(report, marks=tuple(wrong))
    text = gradescope.render(gradescope.results(report, samples.student(report), details=True))

    assert "draw 1 of 3" not in text
    assert "adam_step.edges" not in text
    assert "Half the points where" not in text


def test_a_test_says_its_misconception_in_a_tag():
    report = samples.half()
    tests = gradescope.results(report, samples.student(report))["tests"]

    assert ["adam", "misconception:eps_inside_the_root"] in [test.get("tags") for test in tests]


def test_a_late_submission_says_what_was_taken_off():
    report = samples.half()
    document = gradescope.results(report, samples.student(report))

    assert "10 % of the earned points are taken off" in document["output"]


def test_what_a_test_says_is_cut_with_its_fence_closed():
    report = samples.large(3)
    tests = gradescope.results(report, samples.student(report, released=True))["tests"]

    assert max(len(test["output"].encode()) for test in tests) < gradescope.TEST + 200


def test_a_timed_criterion_is_a_line_on_the_leaderboard():
    report = samples.half()
    (line,) = gradescope.results(report, samples.student(report, released=True))["leaderboard"]

    assert (line["value"], line["order"]) == (81.0, "asc")


def test_a_first_submission_is_the_first_attempt():
    given = read()

    assert (given.student, given.attempt, given.received) == (
        "ada@x.edu", 1, "2027-04-17T12:00:00.123456-07:00",
    )  # fmt: skip


def test_an_attempt_that_was_not_graded_does_not_count():
    previous = [
        {"submission_time": "…", "score": 2.0, "autograder_error": False},
        {"submission_time": "…", "score": 0.0, "autograder_error": True},
        {"submission_time": "…", "score": 0.0, "results": {"extra_data": {"graded": False}}},
    ]

    assert read(previous_submissions=previous).scores == (2.0,)


def test_a_resubmission_is_told_what_changed():
    extra = {"extra_data": {"earned": {"adam": 8.0, "rmsprop": 0}}}
    given = read(previous_submissions=[{"score": 12, "autograder_error": False, "results": extra}])
    report = samples.half()
    output = gradescope.results(report, samples.student(report), given)["output"]

    assert "Attempt 2; the last one earned 12." in output
    assert "starting at zero: 8 → 2" in output


def test_the_latest_due_date_of_a_group_with_an_extension_counts():
    users = [
        {"email": "a@x", "assignment": {"due_date": "2027-04-20T23:59:00-07:00"}},
        {"email": "b@x"},
    ]
    given = read(users=users)

    assert given.student == "a@x + b@x"
    assert given.due.isoformat() == "2027-04-20T23:59:00-07:00"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", '"x"', '{"users": 3}', '{"users": [3], "assignment": []}', "[" * 99_999,
        '{"created_at": "yesterday", "previous_submissions": [1, {"score": "x"}]}',
    ],
)  # fmt: skip
def test_odd_metadata_stops_nothing(text):
    assert gradescope.metadata(text).received == ""


def test_an_outcome_of_ours_has_no_score():
    outcome = Outcome("adam_step.first_step", "…", Status.UNGRADED)
    report = samples.report(
        [Mark(samples.replace(samples.ADAM, checks={outcome.check: Fraction(2)}), (outcome,))]
    )
    document = gradescope.results(report, samples.student(report))

    assert "score" not in document["tests"][0]
    assert document["extra_data"]["graded"] is False


def test_a_timed_criterion_stands_on_the_leaderboard_with_its_measure():
    report = samples.timed()
    board = gradescope.results(report, samples.student(report, released=True))["leaderboard"]

    assert [(line["name"], line["value"]) for line in board] == [
        ("Fast (times the reference's time)", 1.901),
        ("Fast (times the reference's time)", 4.02),
        ("Fast (times the reference's time)", 9.3),
        ("Fast (exponent of growth)", 1.07),
    ]


def test_what_a_person_has_to_look_at_is_on_no_leaderboard_and_its_evidence_nowhere():
    report = samples.timed()
    text = gradescope.render(gradescope.results(report, samples.student(report), details=True))

    assert "0.41," not in text
    assert "F.conv2d" not in text
    assert "A person will look at this" in text


@pytest.mark.parametrize("released", [False, True])
def test_a_timed_test_without_a_gpu_has_neither_score_nor_status_and_says_pending(released):
    report = samples.timed()
    (test,) = [
        one
        for one in gradescope.results(report, samples.student(report, released=released))["tests"]
        if "no GPU here" in one["output"]
    ]

    assert not {"score", "max_score", "status"} & set(test)
    assert "6 points pending (not lost)" in test["output"]
    assert "6 points pending" in test["name"]


def test_details_that_are_held_back_name_no_model_solution():
    report = samples.timed()
    text = gradescope.render(gradescope.results(report, samples.student(report), details=True))

    assert "pixel_loop" not in text
    assert "5ea1ed" not in text
