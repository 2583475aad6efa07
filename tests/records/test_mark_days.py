"""Marks: until when they are shown, and when somebody is told."""

from __future__ import annotations

import datetime as dt

import pytest

from microsite.problems import Fault
from microsite.records.marks import check_day, is_current

TODAY = dt.date(2026, 11, 24)


def told(**mark):
    try:
        check_day(mark, TODAY)
    except Fault as fault:
        return fault.rule
    return ""


@pytest.mark.parametrize(
    ("days", "rule", "is_shown"),
    [
        (61, "", True),
        (60, "mark-expires", True),
        (0, "mark-expires", True),
        (-1, "mark-expired", False),
        (-4000, "mark-expired", False),
    ],
)
def test_a_certificate_is_warned_about_sixty_days_before_its_end(days, rule, is_shown):
    expires = TODAY + dt.timedelta(days=days)
    assert told(kind="tcps", expires=expires) == rule
    assert is_current(expires, TODAY) == is_shown


@pytest.mark.parametrize(("year", "rule"), [(2026, ""), (2024, ""), (2027, "mark-year-ahead")])
def test_no_mark_is_from_a_year_to_come(year, rule):
    assert told(kind="otop", stars=4, year=year) == rule
