import json
import math
import subprocess
import sys
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from autograder.model import Clocking, Curve, Gates, Mark, Status, Timing, Verdict
from autograder.reports import json as report_json
from autograder.reports import json_reading, json_writing

from . import nasty, samples

SAMPLES = samples.each_edition()
every = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES.keys())
each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())


@every
def test_a_report_survives_being_written_and_read(report):
    assert report_json.parse(report_json.render(report)) == report


@every
def test_a_report_fits_the_published_schema(report):
    report_json.validate(json.loads(report_json.render(report)))


def test_the_schema_is_one_and_describes_every_field():
    schema = json.loads(report_json.SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    bare = [
        name
        for kind in (schema, *schema["$defs"].values())
        for name, field in kind.get("properties", {}).items()
        if not (field.get("description") or schema["$defs"][field["$ref"].rpartition("/")[2]]["description"])
    ]

    assert bare == []


def test_version_comes_first():
    assert next(iter(json.loads(report_json.render(samples.half())))) == "version"


@pytest.mark.parametrize(
    ("value", "written"),
    [(Fraction(6), 6), (Fraction(7, 2), 3.5), (Fraction(1, 4), 0.25), (Fraction(1, 3), "1/3"),
     (Fraction(1, 8), "1/8"), (Fraction(10**20 + 1, 100), f"{10**20 + 1}/100"), (Fraction(0), 0)],
)  # fmt: skip
def test_points_are_numbers_where_two_decimals_say_them_exactly(value, written):
    assert json_writing.points(value) == written
    assert json_reading.fraction(json.loads(json.dumps(json_writing.points(value)))) == value


def test_the_outcomes_of_a_criterion_add_up_to_what_it_earned():
    for mark in json.loads(report_json.render(samples.half()))["marks"]:
        if mark["by"] == "machine":
            assert sum(outcome["earned"] for outcome in mark["outcomes"]) == mark["earned"]


@each
def test_hostile_text_comes_back_as_it_was(text):
    report = samples.hostile(text)
    again = report_json.parse(report_json.render(report))
    visible = text.encode("utf-8", "backslashreplace").decode("utf-8")

    assert again == samples.hostile(visible)


@each
def test_the_document_is_ascii_on_every_reader(text):
    written = report_json.render(samples.hostile(text))

    assert written.isascii()
    assert "\x1b" not in written
    assert "\\ud80" not in written.lower().replace("\\\\", "")


def test_numbers_that_json_cannot_write_are_strings_and_come_back():
    report = samples.of_kind("value")
    written = json.loads(report_json.render(report))["marks"][0]["outcomes"][0]["mismatch"]
    read = report_json.parse(report_json.render(report)).marks[0].outcomes[0].mismatch

    assert (written["got"], written["want"], written["error"]) == ("NaN", "-Infinity", "Infinity")
    assert math.isnan(read.got)
    assert (read.want, read.error) == (-math.inf, math.inf)


def test_the_record_of_a_timing_comes_back_field_for_field():
    whole = samples.timing(reason="Its error is that of half precision.")
    report = samples.report(
        [Mark(samples.fast(), (samples.Outcome("a.b", "…", Status.FAILED, timing=whole),))]
    )
    read = report_json.parse(report_json.render(report)).marks[0]

    assert all(
        (value := getattr(read.outcomes[0].timing, field.name)) == getattr(whole, field.name) and value
        for field in fields(whole)
    )
    assert read.criterion.clocking == samples.fast().clocking


def test_text_of_a_timing_that_looks_like_a_number_stays_text():
    whole = samples.timing(hardware="NaN", reason="Infinity", low=-math.inf)
    report = samples.report(
        [Mark(samples.fast(), (samples.Outcome("a.b", "…", Status.FAILED, timing=whole),))]
    )

    assert report_json.parse(report_json.render(report)).marks[0].outcomes[0].timing == whole


def test_a_report_from_before_there_were_timings_is_still_read():
    document = json.loads(report_json.render(samples.pending()))

    assert not {"timing", "curve", "review"} & {
        key for mark in document["marks"] for outcome in mark["outcomes"] for key in outcome
    }
    assert report_json.parse(json.dumps(document)) == samples.pending()


finite = st.floats(allow_nan=False)
texts = st.text("NaN 0é", max_size=4)
bands = st.lists(st.tuples(finite | st.integers(0, 9), finite), max_size=3).map(tuple)
timings = st.builds(
    Timing,
    texts,
    st.sampled_from(Verdict),
    texts,
    *[finite] * 3,
    bands,
    *[st.integers(0, 99)] * 2,
    *[finite] * 4,
    texts,
    st.dictionaries(texts, finite, max_size=2),
    st.lists(st.tuples(texts, finite), max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    *[texts] * 6,
)
curves = st.builds(Curve, texts, *[st.lists(finite, max_size=4).map(tuple)] * 3)
clockings = st.builds(
    Clocking,
    st.sampled_from(["cpu", "gpu", "growth"]),
    finite,
    st.dictionaries(texts, st.integers(), max_size=2),
    st.none() | st.builds(Gates, finite, finite),
    texts,
    texts,
    st.dictionaries(texts, finite, max_size=2),
)


@given(timings | st.none(), curves | st.none(), clockings, st.lists(texts, max_size=2).map(tuple))
def test_any_timing_curve_clocking_and_review_come_back_as_they_were(timing, curve, clocking, review):
    outcome = samples.Outcome("a.b", "…", Status.PENDING, timing=timing, curve=curve, review=review)
    report = samples.report([Mark(replace(samples.fast(), clocking=clocking), (outcome,))])

    assert report_json.parse(report_json.render(report)) == report


def test_numbers_of_numpy_are_written_like_others():
    import numpy as np

    base = samples.half()
    mismatch = replace(base.marks[0].outcomes[1].mismatch, got=np.float32(0.5), wrong=3, want=np.int64(2))
    outcome = replace(base.marks[0].outcomes[1], mismatch=mismatch)
    report = replace(base, marks=(replace(base.marks[0], outcomes=(outcome,)),))

    assert report_json.parse(report_json.render(report)) == report


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("nonsense", "not JSON"),
        ('{"version": NaN}', "NaN"),
        ("[" * 100_000, "nested"),
        ("[]", "not a report"),
        ("{}", "version"),
        ('{"version": 2}', "version is 2"),
        ('{"version": 1}', "required"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        report_json.parse(text)


def changed(path: list, value: object) -> str:
    document = json.loads(report_json.render(samples.half()))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["student"], 5, r"\$\.student"),
        (["surprise"], 1, "surprise"),
        (["marks", 0, "outcomes", 0, "status"], "FINE", r"\$\.marks\[0\]\.outcomes\[0\]\.status"),
        (["marks", 0, "outcomes", 0, "share"], "1/0", "share"),
        (["marks", 0, "outcomes", 0, "odd"], "1", "odd"),
        (["marks", 0, "outcomes", 0, "share"], 0, "changed by hand"),
        (["earned"], 100, "changed by hand"),
        (["late_share"], True, "late_share"),
    ],
)
def test_a_changed_document_is_refused_with_the_place(path, value, says):
    with pytest.raises(ValueError, match=says):
        report_json.parse(changed(path, value))


def test_pythons_own_tool_reads_it(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(report_json.render(samples.half()), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "json.tool", path], capture_output=True, check=False)

    assert done.returncode == 0
