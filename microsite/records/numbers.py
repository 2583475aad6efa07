"""Whole numbers, days and years as people type them: Thai digits too, and years of either era."""

from __future__ import annotations

import re
from datetime import date

from microsite.language.thai import arabic_digits
from microsite.problems import N_, Fault
from microsite.records.addresses import single

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def buddhist_to_common(year: int) -> int:
    """The common year: 2400 to 2700 are Buddhist, 543 ahead; every other year stays."""
    return year - 543 if 2400 <= year <= 2700 else year


def read_date(typed: object) -> date:
    """A day typed as year-month-day; Buddhist years and Thai digits are converted.

    Raises:
        Fault: another form, or a day that the calendar does not have.
    """
    text = arabic_digits(single(typed)).strip()
    mend = N_("Write year-month-day, such as 2026-11-20 (or 2569-11-20).")
    found = _DATE.fullmatch(text)
    if not found:
        raise Fault("date", N_("“{typed}” is not a date."), mend, typed=text)
    year, month, day = map(int, found.groups())
    try:
        read = date(buddhist_to_common(year), month, day)
    except ValueError:
        raise Fault("date", N_("“{typed}” is not a date."), mend, typed=text) from None
    if not 1900 <= read.year <= 2200:
        message = N_("The year {year} cannot be right.")
        raise Fault("year", message, N_("Check the year."), year=year)
    return read


def read_year(typed: object) -> int:
    """A year; Buddhist years are converted."""
    text = arabic_digits(single(typed)).strip()
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        mend = N_("Write four digits, such as 2567.")
        raise Fault("year", N_("“{typed}” is not a year."), mend, typed=text)
    year = buddhist_to_common(int(text))
    if not 1800 <= year <= 2200:
        raise Fault(
            "year", N_("The year {year} cannot be right."), N_("Check the year."), year=text
        )
    return year


def read_whole(typed: object) -> int:
    """A whole number."""
    text = arabic_digits(single(typed)).strip()
    if not _WHOLE.fullmatch(text):
        mend = N_("Write a whole number, such as 3.")
        raise Fault("not-whole", N_("“{typed}” is not a whole number."), mend, typed=text)
    return int(text)


def read_month(typed: object) -> int:
    """A month by its number."""
    number = read_whole(typed)
    if not 1 <= number <= 12:
        mend = N_("Write months as numbers from 1 to 12, such as [11, 12, 1].")
        raise Fault("month", N_("{number} is not a month."), mend, number=number)
    return number
