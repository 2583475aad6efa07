"""How a language writes dates, money, numbers, lists and names, and how it sorts and compares.

Any tag that `is_language_tag` accepts, by CLDR through Babel; Thai where CLDR is not enough.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError, dates, lists, localedata, numbers
from babel.core import get_global

from microsite.language import thai

SortKey = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<territory>[A-Z]{2}|[0-9]{3}))?"
)
_SHORT_MONTH = re.compile(r"(?<![ML])(?:MMM|LLL)(?![ML])")
_PLAIN_SPACES = str.maketrans("\u2009\u202f", " \u00a0")  # CLDR's thin spaces, which few faces have


def format_date(day: date, tag: str) -> str:
    """The day in words, such as `14 มิถุนายน 2565` or `14 June 2022`.

    `en` writes day, month, year, as English does in Thailand; `en-US` is as in America.
    """
    locale = _locale(tag)
    pattern = thai.LONG_DATE if _is_thai(tag) else locale.date_formats["long"].pattern
    return _written(day, pattern, tag)


def format_date_range(start: date, end: date, tag: str) -> str:
    """Both days, such as `14–16 มิถุนายน 2565`, repeating only what differs.

    An `end` that is not after `start` adds nothing: one day is written.
    """
    if end <= start:
        return format_date(start, tag)
    widest = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    # CLDR has these patterns with short months only; ICU, too, lengthens them.
    first, last = _locale(tag).interval_formats["yMMMd"][widest]
    first, last = _SHORT_MONTH.sub("MMMM", first), _SHORT_MONTH.sub("MMMM", last)
    return _written(start, first, tag) + _written(end, last, tag)


def format_year(year: int, tag: str) -> str:
    """A year of the common era, such as `2565` or `2022`."""
    return str(year + thai.ERA_OFFSET if _is_thai(tag) else year)


def format_months(months: Sequence[int], tag: str) -> str:
    """The months, 1 to 12 in any order, as runs of short names: `พ.ย.–ม.ค., เม.ย.`.

    A run may pass the end of the year; the twelve months are one run.
    """
    names = _locale(tag).months["stand-alone"]["abbreviated"]
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
    return numbers.format_decimal(n, locale=_locale(tag)).translate(_PLAIN_SPACES)


def join_list(items: Sequence[str], tag: str) -> str:
    """The items with commas and "and", such as `กะปิและน้ำปลา`; nothing for no items."""
    return lists.format_list(list(items), locale=_locale(tag))


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
    name = _cldr(tag).get_display_name() or tag
    return name[0].title() + name[1:]


def text_direction(tag: str) -> Literal["ltr", "rtl"]:
    """The direction of the script, as HTML's `dir` names it."""
    return "rtl" if _cldr(tag).text_direction == "rtl" else "ltr"


def og_locale(tag: str) -> str:
    """Language and territory for `og:locale`, the likeliest where the tag names none: `th_TH`."""
    locale = _cldr(tag)
    likely = get_global("likely_subtags")
    territories = [locale.territory or ""]
    for known in (f"{locale.language}_{locale.script}", locale.language):
        territories.append(likely.get(known, "").rpartition("_")[2])
    named = [territory for territory in territories if territory.isalpha()]  # 419 is a continent
    return "_".join([locale.language, *named[:1]])


def is_language_tag(text: str) -> bool:
    """Is it a tag such as `th`, `pt-BR` or `zh-Hant`, in that spelling, that CLDR knows.

    BCP 47 (RFC 5646) with language, script and territory only.
    """
    match = _TAG.fullmatch(text)
    if not match:
        return False
    try:
        locale = _cldr(text)
    except (UnknownLocaleError, ValueError):
        return False
    # Babel answers an unknown part with a neighbour: `und` with English, `zh-Thai` with `zh-Hans`.
    return locale.language == match["language"] and match["script"] in {None, locale.script}


def _written(day: date, pattern: str, tag: str) -> str:
    if _is_thai(tag):
        pattern = thai.in_buddhist_era(pattern, day.year)
    return dates.format_date(day, pattern, locale=_locale(tag)).translate(_PLAIN_SPACES)


def _month_before(month: int) -> int:
    return (month - 2) % 12 + 1


def _amount(amount: Decimal, tag: str) -> str:
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return numbers.format_decimal(amount, pattern, _locale(tag)).translate(_PLAIN_SPACES)


def _words(text: str) -> list[str]:
    return "".join(
        " " if unicodedata.category(char)[0] in "PSZC" else char for char in text
    ).split()


def _is_thai(tag: str) -> bool:
    return tag.partition("-")[0] == "th"


def _locale(tag: str) -> Locale:
    """The conventions to write by: those of English outside America where a tag says only `en`."""
    return _cldr("en-001" if tag == "en" else tag)


@functools.cache
def _cldr(tag: str) -> Locale:
    locale = Locale.parse(tag, sep="-")
    # Babel writes what it looks up into tables that languages share: after `zh`, the short months
    # of `ar` are Chinese (python-babel issue 1234). So each language gets a table of its own.
    data = localedata.load(str(locale))
    data["months"] = deepcopy(data["months"])
    return locale
