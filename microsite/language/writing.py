"""How a language writes dates, money, numbers, lists and names, and how it sorts and compares.

Any tag that `is_language_tag` accepts, by CLDR through Babel; Thai where CLDR is not enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from microsite.language import ours, thai
from microsite.language.ours import CONVENTIONS

SortKey = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<territory>[A-Z]{2}|[0-9]{3}))?"
)
_IN_ASCII = re.compile("[0-9A-Za-z]+")  # letters and digits
_SHORT_MONTH = re.compile(r"(?<![ML])(?:MMM|LLL)(?![ML])")


def format_date(day: date, tag: str) -> str:
    """The day in words, such as `14 มิถุนายน 2565` or `14 June 2022`.

    `en` writes day, month, year, as English does in Thailand; `en-US` is as in America.
    """
    if own := CONVENTIONS.get(tag):
        return ours.in_words(day, own)
    from microsite.language import cldr

    return _written(day, thai.LONG_DATE if _is_thai(tag) else cldr.long_date(tag), tag)


def format_date_range(start: date, end: date, tag: str) -> str:
    """Both days, such as `14–16 มิถุนายน 2565`, repeating only what differs.

    An `end` that is not after `start` adds nothing: one day is written.
    """
    if end <= start:
        return format_date(start, tag)
    if own := CONVENTIONS.get(tag):
        return ours.range_in_words(start, end, own)
    from microsite.language import cldr

    widest = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    # CLDR has these patterns with short months only; ICU, too, lengthens them.
    first, last = cldr.date_range(tag, widest)
    first, last = _SHORT_MONTH.sub("MMMM", first), _SHORT_MONTH.sub("MMMM", last)
    return _written(start, first, tag) + _written(end, last, tag)


def format_year(year: int, tag: str) -> str:
    """A year of the common era, such as `2565` or `2022`."""
    return str(year + thai.ERA_OFFSET if _is_thai(tag) else year)


def format_months(months: Sequence[int], tag: str) -> str:
    """The months, 1 to 12 in any order, as runs of short names: `พ.ย.–ม.ค., เม.ย.`.

    A run may pass the end of the year; the twelve months are one run.
    """
    names = _short_months(tag)
    wanted = set(months)
    starts = [month for month in sorted(wanted) if _month_before(month) not in wanted]
    runs = []
    for start in starts or sorted(wanted)[:1]:
        end = start
        while (after := end % 12 + 1) in wanted and after != start:
            end = after
        runs.append(names[start] if end == start else f"{names[start]}–{names[end]}")
    return ", ".join(runs)


def format_money(low: Decimal, high: Decimal, tag: str) -> str:
    """Baht, such as `฿1,250`, `฿120–180` or, outside Thai, `THB 1,250`; satang only if any.

    `low == high` is one amount.
    """
    amounts = [_amount(low, tag)] if low == high else [_amount(low, tag), _amount(high, tag)]
    currency = "฿" if _is_thai(tag) else "THB\u00a0"
    return currency + "–".join(amounts)


def format_number(n: int, tag: str) -> str:
    """The number with the language's separators, such as `1,250`."""
    if tag in CONVENTIONS:
        return ours.decimal(n)
    from microsite.language import cldr

    return cldr.decimal(n, tag)


def join_list(items: Sequence[str], tag: str) -> str:
    """The items with commas and "and", such as `กะปิและน้ำปลา`; nothing for no items."""
    if own := CONVENTIONS.get(tag):
        return ours.listed(items, own)
    from microsite.language import cldr

    return cldr.listed(items, tag)


@lru_cache(4096)  # names stand in several lists
def sort_key(text: str, tag: str) -> SortKey:
    """What to sort names by: letters first, then accents and tone marks, then small before capital.

    Thai words stand as in a Thai dictionary in every language. In Thai lists they come before Latin
    ones, and spaces do not count; other lists go word by word, and Latin words come first. Chinese
    and Japanese stay in the order of Unicode.
    """
    if _is_thai(tag):
        letters, marks = thai.word_order(text)
        return (thai.thai_first(letters),), (marks,), text.swapcase()
    orders = [thai.word_order(word) for word in _words(text)]
    return tuple(order[0] for order in orders), tuple(order[1] for order in orders), text.swapcase()


def search_key(text: str) -> str:
    """What two texts share when a reader would call them the same, in any language."""
    return thai.search_key(text)


def loose_key(key: str) -> str:
    """What two search keys share that differ in tone marks, spaces and punctuation only."""
    return thai.loose_key(key)


def spelling_key(text: str) -> str:
    """What two texts share that differ in spaces and the order of marks only, in any language."""
    return thai.spelling_key(text)


def language_name(tag: str) -> str:
    """The language's own name for itself, such as `ไทย`, `English`, `Português (Brasil)`."""
    if own := CONVENTIONS.get(tag):
        return own.name
    from microsite.language import cldr

    name = cldr.own_name(tag)
    return name[0].title() + name[1:]


def text_direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of the script, as HTML's `dir` names it."""
    if own := CONVENTIONS.get(tag):
        return own.direction
    from microsite.language import cldr

    return "rtl" if cldr.direction(tag) == "rtl" else "ltr"


def og_locale(tag: str) -> str:
    """Language and territory for `og:locale`, the likeliest where the tag names none: `th_TH`."""
    if own := CONVENTIONS.get(tag):
        return own.locale
    from microsite.language import cldr

    return cldr.with_territory(tag)


def is_language_tag(text: str) -> bool:
    """Is it a tag such as `th`, `pt-BR` or `zh-Hant`, in that spelling, that CLDR knows.

    BCP 47 (RFC 5646) with language, script and territory only.
    """
    if text in CONVENTIONS:
        return True
    match = _TAG.fullmatch(text)
    if not match:
        return False
    from microsite.language import cldr

    return cldr.is_known(text, match["language"], match["script"])


def _written(day: date, pattern: str, tag: str) -> str:
    from microsite.language import cldr

    if _is_thai(tag):
        pattern = thai.in_buddhist_era(pattern, day.year)
    return cldr.written(day, pattern, tag)


def _month_before(month: int) -> int:
    return (month - 2) % 12 + 1


def _short_months(tag: str) -> Mapping[int, str]:
    """By number, from 1."""
    if own := CONVENTIONS.get(tag):
        return dict(enumerate(own.short_months, 1))
    from microsite.language import cldr

    return cldr.short_months(tag)


def _amount(amount: Decimal, tag: str) -> str:
    is_whole = amount == amount.to_integral_value()
    if tag in CONVENTIONS:
        return ours.decimal(amount, decimals=0 if is_whole else 2)
    from microsite.language import cldr

    return cldr.decimal(amount, tag, "#,##0" if is_whole else "#,##0.00")


def _words(text: str) -> list[str]:
    if text.isascii():
        return _IN_ASCII.findall(text)
    return "".join(
        " " if unicodedata.category(char)[0] in "PSZC" else char for char in text
    ).split()


def _is_thai(tag: str) -> bool:
    return tag.partition("-")[0] == "th"
