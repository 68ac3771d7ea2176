"""The strict loader: what plain text means, what is refused, and where an error stands."""

import json

import pytest

from autograder import model
from autograder.course import strict_yaml
from autograder.model import CourseError

RUBRIC = """\
assignment: optimizers
criteria:
  - id: adam
    asks: Adam's update
    checks:
      adam_step.first_step: 2
  - id: why
    asks: Why
    by: hand
    points: 2
"""


def refusal(text, name="file.yaml"):
    with pytest.raises(CourseError) as caught:
        strict_yaml.load(text, name)
    return str(caught.value)


def faults(text, schema="rubric"):
    with pytest.raises(CourseError) as caught:
        strict_yaml.validate(strict_yaml.load(text, "rubrics/optimizers.yaml"), schema)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-6", 1e-6),
        ("-1.5", -1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("12", 12),
        ("+3", 3),
        ("0", 0),
        ("012", "012"),
        ("0o17", "0o17"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30:00", "12:30:00"),
        ("2027-02-21", "2027-02-21"),
        ("2027-02-21T23:59:00+01:00", "2027-02-21T23:59:00+01:00"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("no", "no"),
        ("on", "on"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("null", None),
        ("", None),
        ("'1'", "1"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_plain_scalars_mean_what_they_look_like(text, value):
    got = strict_yaml.load(f"a: {text}\n", "file.yaml").value["a"]

    assert (got, type(got)) == (value, type(value))


def test_keys_are_kept_as_typed():
    assert strict_yaml.load("no: 1\n2: b\n", "f").value == {"no": 1, "2": "b"}


def test_a_key_given_twice_is_refused_with_both_places():
    assert refusal("a: 1\nb:\n  c: 1\n  c: 2\n") == "file.yaml:4:3: 'c' is given twice, first in line 3"


def test_a_number_and_its_text_are_the_same_key():
    assert "given twice" in refusal("1: a\n'1': b\n")


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [echo]", "!!python/name:os.system", "!mine 3", "!!binary aGk="]
)
def test_tags_are_refused(tag):
    assert refusal(f"a: {tag}\n").startswith("file.yaml:1:4: the tag !")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: &x [1]\n", "&x a: 1\n"])
def test_anchors_and_aliases_are_refused(text):
    assert "anchors (&) and aliases (*) are not read" in refusal(text)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_document_is_an_error(text):
    assert refusal(text) == "file.yaml:1:1: the file is empty; write its fields"


def test_a_second_document_is_an_error():
    assert refusal("a: 1\n---\nb: 2\n").startswith("file.yaml:2:1: a second document")


def test_deep_nesting_is_an_error_and_no_crash():
    assert "levels of nesting" in refusal("[" * 5000)


def test_a_key_that_is_a_list_is_an_error():
    assert refusal("? [a]\n: 1\n") == "file.yaml:1:3: a key is a word, not a list or a mapping"


def test_a_tab_is_answered_with_advice():
    said = refusal("a:\n\tb: 1\n")

    assert said.startswith("file.yaml:2:1: ")
    assert "spaces, not tabs" in said


def test_a_colon_in_text_is_answered_with_advice():
    said = refusal("asks: Adam: both means\n")

    assert said.startswith("file.yaml:1:11: ")
    assert "put quotes around text that holds a colon" in said


def test_an_unprintable_character_is_placed():
    assert refusal("a: 1\nb: x\x00\n") == "file.yaml:2:5: the character U+0000 cannot be printed; remove it"


@pytest.mark.parametrize("number", ["1e999", "9" * 5000, "!!int abc", "!!float xyz"])
def test_a_number_that_cannot_be_read_is_an_error(number):
    assert refusal(f"a: {number}\n").startswith("file.yaml:1:4: ")


def test_a_boolean_by_tag_must_be_one():
    assert "the tag !!bool is refused" in refusal("a: !!bool maybe\n")


def test_numbers_keep_their_text():
    located = strict_yaml.load("a: [0.10, 2]\n", "f")

    assert located.texts == {("a", 0): "0.10", ("a", 1): "2"}


def test_an_entry_is_placed_at_its_key_or_its_item():
    located = strict_yaml.load(RUBRIC, "f")

    assert located.position(("criteria", 1, "points")) == (10, 5)
    assert located.position(("criteria", 1)) == (7, 5)


def test_an_entry_that_is_missing_is_placed_at_what_is_around_it():
    located = strict_yaml.load(RUBRIC, "f")

    assert located.position(("criteria", 0, "nothing", 3)) == (3, 5)
    assert located.position(("nothing",)) == (1, 1)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"^rubrics/x\.yaml: cannot be read: No such file"):
        strict_yaml.read(tmp_path / "x.yaml", "rubrics/x.yaml")


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nb: é\n".encode("latin-1"))

    with pytest.raises(CourseError, match=r"^x\.yaml:2: is not UTF-8"):
        strict_yaml.read(path, "x.yaml")


def test_a_good_rubric_fits_its_schema():
    strict_yaml.validate(strict_yaml.load(RUBRIC, "f"), "rubric")


def test_a_negative_number_is_placed_and_named():
    said = faults(RUBRIC.replace("points: 2", "points: -1"))

    assert said == ["rubrics/optimizers.yaml:10:5: criteria[1].points: -1 is less than 0"]


def test_a_misspelt_field_comes_first_with_a_suggestion():
    said = faults(RUBRIC.replace("asks: Why", "ask: Why"))

    assert said[0] == "rubrics/optimizers.yaml:8:5: criteria[1].ask: not a field; did you mean 'asks'?"
    assert said[1].startswith(
        "rubrics/optimizers.yaml:7:5: criteria[1]: 'asks' is missing: What the criterion"
    )


def test_an_unknown_field_far_from_all_lists_the_fields():
    said = faults("zzz: 1\n" + RUBRIC)

    assert len(said) == 1
    assert said[0].endswith(
        "1:1: zzz: not a field; the fields are assignment, title, needs, limits, own_work, criteria"
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "asks: Why",
            "asks: Why\n    rule: shar",
            "\"shar\" is not one of share, all, worst; did you mean 'share'?",
        ),
        ("points: 2", "points: two", '"two" is text, not a number'),
        ("points: 2", "points:", "it is empty, not a number"),
        ("points: 2", "points: true", "True is true or false, not a number"),
        ("points: 2", "points: 0", "it must be more than 0"),
        ("first_step: 2", "first_step: [2]", "it is a list, not a number"),
        ("adam_step.first_step", "first_step", "a check is named function.check, as in adam_step.first_step"),
        ("asks: Why", "asks: ''", "it is empty or too short"),
        (
            "    by: hand\n",
            "",
            "'checks' is missing: give the checks with their points, or `by: hand` and `points`",
        ),
        ("    points: 2\n", "", "'points' is missing: a criterion marked by hand says what it is worth"),
        ("points: 2", "points: 2\n    checks: {a.b: 1}", "a criterion marked by hand has points, not checks"),
        ("asks: Adam's update", "asks: A\n    points: 3", "the points stand beside each check"),
        (
            "asks: Adam's update",
            "asks: A\n    bands: [[4]]",
            "it is empty or too short; 2 or more are wanted",
        ),
        ("asks: Adam's update", "asks: A\n    bands: [[4, 1, 1]]", "a band is a pair"),
        ("asks: Adam's update", "asks: A\n    bands: [[4, 1.5]]", "1.5 is more than 1"),
        ("criteria:", "needs: [numpy, numpy]\ncriteria:", "'numpy' is named twice"),
        ("criteria:", "limits: {memory_mb: 1.5}\ncriteria:", "1.5 is a number, not a whole number"),
        ("criteria:", "limits: {memory: 15}\ncriteria:", "not a field; did you mean 'memory_mb'?"),
        ("assignment: optimizers", "assignment: Optimizers", "an assignment is named with small letters"),
    ],
)
def test_a_fault_is_told_in_plain_words(old, new, says):
    said = faults(RUBRIC.replace(old, new))

    assert any(says in line for line in said), said


def test_a_document_that_is_a_list_is_told():
    assert faults("- a\n") == ["rubrics/optimizers.yaml:1:1: it is a list, not a mapping of fields"]


def test_a_date_without_an_offset_says_how_to_write_it():
    said = faults("title: T\norder: [pca]\ndates:\n  pca:\n    due: 2027-02-21T23:59:00\n", "course")

    place = "rubrics/optimizers.yaml:5:5: dates.pca.due"
    advice = "a date is written with its time and offset from UTC, as in 2027-02-21T23:59:00+01:00"

    assert said == [f"{place}: {advice}"]


@pytest.mark.parametrize("name", ["rubric", "course"])
def test_a_schema_is_valid_and_explains_each_field(name):
    from jsonschema import Draft202012Validator

    schema = strict_yaml.schema(name)
    Draft202012Validator.check_schema(schema)

    def silent(node, path):
        for field, rules in node.get("properties", {}).items():
            if (
                "description" not in rules
                and "not" not in rules
                and "const" not in rules
                and "$ref" not in rules
            ):
                yield f"{path}.{field}"
            yield from silent(rules, f"{path}.{field}")
        for key in ("items", "additionalProperties"):
            if isinstance(node.get(key), dict):
                yield from silent(node[key], f"{path}.{key}")

    holes = [*silent(schema, name)]
    for key, definition in schema["$defs"].items():
        holes += [*silent(definition, key)]

    assert holes == []
    assert schema["$id"] == f"urn:nn-autograder:{name}"


def test_both_schemas_and_the_model_name_the_same_limits():
    rubric, course = (
        strict_yaml.schema(name)["$defs"]["limits"]["properties"] for name in ("rubric", "course")
    )

    assert json.dumps(rubric) == json.dumps(course)
    assert list(rubric) == list(model.Limits.__dataclass_fields__)
