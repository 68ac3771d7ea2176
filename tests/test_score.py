from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import CourseError, Criterion, Late, Outcome, Rubric, Status, SubmissionError
from autograder.score import late_share, marks

ADAM = Criterion("adam", "Adam's update", {"f.first": Fraction(2), "f.second": Fraction(4)})
STABLE = Criterion("stable", "No overflow", {"f.large": Fraction(3)}, rule="all")
WHY = Criterion("why", "Why", by="hand", points=Fraction(2))
RUBRIC = Rubric("optimizers", "Optimizers", (ADAM, STABLE, WHY))


class Budapest(tzinfo):
    """Summer time until 25 October 2026, 3 in the morning, so that no table of time zones is needed."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        """Hours ahead of UTC."""
        summer = when is not None and (when.year, when.month, when.day, when.hour) < (2026, 10, 25, 3)
        return timedelta(hours=2 if summer else 1)

    def dst(self, when: datetime | None) -> timedelta:
        """The hour of summer time."""
        return self.utcoffset(when) - timedelta(hours=1)

    def tzname(self, _: datetime | None) -> str:
        """A name that nobody reads."""
        return "Budapest"


BUDAPEST = Budapest()
DUE = datetime(2026, 11, 21, 4, 0, tzinfo=BUDAPEST)
TENTH = Late(per_day=Fraction(1, 10), at_most=Fraction(1, 2), grace_minutes=15)


def outcome(check: str, *, passed: bool = True) -> Outcome:
    status = Status.PASSED if passed else Status.FAILED
    return Outcome(check, "It holds.", status, Fraction(int(passed)))


ALL = [outcome("f.first"), outcome("f.second", passed=False), outcome("f.large")]


def test_each_criterion_gets_its_own_outcomes_in_the_order_of_the_rubric() -> None:
    given_marks = marks(RUBRIC, reversed(ALL))

    assert [mark.criterion.id for mark in given_marks] == ["adam", "stable", "why"]
    assert [o.check for o in given_marks[0].outcomes] == ["f.first", "f.second"]
    assert [mark.earned for mark in given_marks] == [2, 3, 0]


def test_a_check_that_was_never_run_costs_nothing() -> None:
    mark = marks(RUBRIC, ALL[:1])[0]

    assert mark.outcomes[1].status is Status.UNGRADED
    assert "f.second" in mark.outcomes[1].staff_note
    assert (mark.earned, mark.pending, mark.possible) == (2, 4, 6)


def test_outcomes_that_earn_nothing_are_left_out() -> None:
    assert marks(RUBRIC, [*ALL, outcome("f.unpaid")]) == marks(RUBRIC, ALL)


def test_the_last_outcome_of_a_check_counts() -> None:
    again = marks(RUBRIC, [*ALL, outcome("f.second")])

    assert again[0].earned == 6


def test_a_mark_by_hand_is_pending_until_it_is_given() -> None:
    assert marks(RUBRIC, ALL)[2].pending == 2
    assert marks(RUBRIC, ALL, {"why": Fraction(3, 2)})[2].earned == Fraction(3, 2)
    assert marks(RUBRIC, ALL, {"why": Fraction(0)})[2].pending == 0
    assert marks(RUBRIC, ALL, {"why": Fraction(2)})[2].earned == 2


def test_a_mark_by_hand_changes_no_criterion_of_the_machine() -> None:
    assert marks(RUBRIC, ALL, {"adam": Fraction(6)}) == marks(RUBRIC, ALL)


@pytest.mark.parametrize("given_points", [Fraction(-1), Fraction(5, 2)])
def test_a_mark_by_hand_must_fit_its_criterion(given_points: Fraction) -> None:
    with pytest.raises(CourseError, match=r"optimizers\.why: .* it is worth 0 to 2"):
        marks(RUBRIC, ALL, {"why": given_points})


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_points_are_neither_lost_nor_made(passed: list[bool]) -> None:
    names = ["f.first", "f.second", "f.large"]
    outcomes = [outcome(name, passed=p) for name, p in zip(names, passed, strict=True)]
    lost = sum(worth for worth, p in zip((2, 4, 3), passed, strict=True) if not p)

    assert sum(mark.earned + mark.pending for mark in marks(RUBRIC, outcomes)) == RUBRIC.possible - lost


@pytest.mark.parametrize(
    ("received", "share"),
    [
        ("2026-11-20T12:00:00+01:00", 0),
        ("2026-11-21T04:00:00+01:00", 0),
        ("2026-11-21T04:15:00+01:00", 0),
        ("2026-11-21T04:15:01+01:00", Fraction(1, 10)),
        ("2026-11-22T04:15:00+01:00", Fraction(1, 10)),
        ("2026-11-22T04:15:01+01:00", Fraction(2, 10)),
        ("2026-11-21T03:15:00Z", 0),
        ("2026-11-21T03:16:00Z", Fraction(1, 10)),
        ("2026-11-21T04:10:00", 0),
        ("2026-11-21T05:00:00", Fraction(1, 10)),
        ("2027-01-01T00:00:00+01:00", Fraction(1, 2)),
    ],
)
def test_each_day_begun_after_the_grace_takes_its_share(received: str, share: Fraction) -> None:
    assert late_share(TENTH, DUE, received) == share


def test_without_a_rule_a_due_date_or_a_time_nothing_is_taken_off() -> None:
    late = "2026-12-24T00:00:00+01:00"

    assert late_share(Late(), DUE, late) == 0
    assert late_share(TENTH, None, late) == 0
    assert late_share(TENTH, DUE, "") == 0


def test_never_more_than_everything_is_taken_off() -> None:
    assert late_share(Late(Fraction(1, 2), Fraction(3)), DUE, "2027-06-01T00:00:00+02:00") == 1


def test_a_day_in_which_the_clocks_change_has_its_own_length() -> None:
    due = datetime(2026, 10, 24, 12, 0, tzinfo=BUDAPEST)  # the next noon is 25 hours away
    late = Late(per_day=Fraction(1, 10))

    assert late_share(late, due, "2026-10-25T11:00:00+01:00") == Fraction(1, 10)
    assert late_share(late, due, "2026-10-25T12:00:00") == Fraction(2, 10)


def test_times_without_any_zone_are_compared_as_they_stand() -> None:
    due = datetime(2026, 11, 21, 4, 0, tzinfo=UTC).replace(tzinfo=None)

    assert late_share(TENTH, due, "2026-11-21T04:15:00") == 0
    assert late_share(TENTH, due, "2026-11-21T04:16:00") == Fraction(1, 10)


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(SubmissionError, match="'yesterday' is no date"):
        late_share(TENTH, DUE, "yesterday")
