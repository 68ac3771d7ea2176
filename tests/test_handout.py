"""The handout: four written parts, and the rubric in words between them."""

from fractions import Fraction

import pytest

from autograder.model import CourseError, Criterion, Rubric, Shown
from autograder.release import handout

WRITTEN = """\
# Halves

A line before the parts.

## Why

Because.

## Write

```python
## Try
half(1)
```

### A heading within a part

## Try

Run it.

## If you are stuck

Divide.
"""
RUBRIC = Rubric(
    "toy",
    "A toy",
    (
        Criterion(
            "half", "Half | of it", {"half.a": Fraction(1), "half.b": Fraction(1, 2)}, shown=Shown.ALWAYS
        ),
        Criterion("all", "All of it", {"half.c": Fraction(1), "half.d": Fraction(1)}, rule="all"),
        Criterion("worst", "The worst", {"half.e": Fraction(1), "half.f": Fraction(1)}, rule="worst"),
        Criterion(
            "fast", "In time", {"half.g": Fraction(2)}, bands=((2.0, 1.0), (4.0, 0.5)), shown=Shown.NEVER
        ),
        Criterion(
            "why",
            "Why",
            by="hand",
            points=Fraction(3),
            shown=Shown.AFTER_DUE,
            levels={"full": "with the\nreason"},
            guidance="Look for the secret word.",
        ),
    ),
)


def refusal(markdown):
    with pytest.raises(CourseError) as caught:
        handout.render(markdown, RUBRIC, "solutions/toy/handout.md")
    return str(caught.value)


def test_the_parts_come_in_order_with_the_marking_before_the_last():
    got = handout.render(WRITTEN, RUBRIC)

    assert [line[3:] for line in got.splitlines() if line.startswith("## ") and line != "## Try"] == [
        "Why",
        "Write",
        "How it is marked",
        "If you are stuck",
    ]
    assert got.startswith("# Halves\n\nA line before the parts.\n\n## Why\n\nBecause.\n")
    assert got.endswith("## If you are stuck\n\nDivide.\n")


def test_a_heading_inside_a_code_block_starts_no_part():
    _, parts = handout.split(WRITTEN)

    assert parts["Write"].startswith("```python\n## Try\nhalf(1)\n```")
    assert parts["Try"] == "Run it."


def test_a_handout_without_a_title_takes_the_rubrics():
    assert handout.render(WRITTEN.replace("# Halves\n", ""), RUBRIC).startswith("# A toy\n\nA line before")


def test_each_criterion_is_a_row_in_words():
    rows = [line for line in handout.marking(RUBRIC).splitlines() if line.startswith("|")][2:]

    assert rows == [
        r"| Half \| of it | 1.5 | the grader | each of its 2 checks earns its own points | at once |",
        "| All of it | 2 | the grader | all of its 2 checks must pass | when results are released |",
        "| The worst | 2 | the grader | the worst of its 2 checks decides | when results are released |",
        "| In time | 2 | the grader | its one check must pass; the time it takes counts, see below | never |",
        "| Why | 3 | a person | as that person judges | after the due date |",
    ]


def test_the_total_levels_and_bands_are_told():
    text = handout.marking(RUBRIC)

    assert text.startswith("10.5 points in all.")
    assert "- *full*: with the reason" in text
    assert "up to 2 times as long as our own solution earns 100 % of the points, up to 4 times" in text


def test_guidance_and_check_names_stay_with_us():
    text = handout.render(WRITTEN, RUBRIC)

    assert "secret word" not in text
    assert "half.a" not in text


def test_where_all_is_shown_at_once_nothing_is_promised_for_later():
    assert "Until its details" not in handout.marking(Rubric("toy", "T", RUBRIC.criteria[:1]))
    assert "Until its details" in handout.marking(RUBRIC)


@pytest.mark.parametrize("part", handout.WRITTEN)
def test_a_missing_part_is_named(part):
    lines = WRITTEN.replace("```python\n## Try\n", "```python\n").replace(f"## {part}\n", "")

    assert refusal(lines) == f"solutions/toy/handout.md: the part '## {part}' is missing; write it"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Because.", "", "handout.md: the part '## Why' is empty; write it"),
        (
            "## Why",
            "## How it is marked",
            "handout.md:5: '## How it is marked' is made from the rubric; leave it out",
        ),
        (
            "### A heading",
            "## A heading",
            "handout.md:16: '## A heading within a part' is no part of a handout",
        ),
        ("### A heading within a part", "## Why", "handout.md:16: the part '## Why' is there already"),
        (
            "## Why",
            "## If you are stuck",
            "handout.md:9: the part '## Write' comes before '## If you are stuck'",
        ),
    ],
)
def test_a_part_out_of_place_is_named_with_its_line(old, new, says):
    assert says in refusal(WRITTEN.replace(old, new))


def test_a_part_that_begins_with_a_code_block_keeps_its_indentation():
    before = "# T\n\n## Why\n\n\nx\n\n## Write\n\ny\n\n"
    text = before + "## Try\n\n    first\n    second\n\n## If you are stuck\n\nz\n"
    parts = handout.split(text)[1]

    assert parts["Try"] == "    first\n    second"
    assert parts["Why"] == "x"
