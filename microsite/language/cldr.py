"""What CLDR says of languages, through Babel, whose loading takes 20 ms: asked only in need."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal

from babel import Locale, UnknownLocaleError, dates, lists, localedata, numbers
from babel.core import get_global

_PLAIN_SPACES = str.maketrans("\u2009\u202f", " \u00a0")  # CLDR's thin spaces, which few faces have


def long_date(tag: str) -> str:
    """The pattern of a day in words, such as `d MMMM y`."""
    pattern: str = _locale(tag).date_formats["long"].pattern
    return pattern


def date_range(tag: str, widest: str) -> tuple[str, str]:
    """The patterns of first and last day, with short months; `widest` differs: y, M or d."""
    first, last = _locale(tag).interval_formats["yMMMd"][widest]
    return first, last


def written(day: date, pattern: str, tag: str) -> str:
    """The day by a pattern."""
    return dates.format_date(day, pattern, locale=_locale(tag)).translate(_PLAIN_SPACES)


def short_months(tag: str) -> Mapping[int, str]:
    """The names of the months 1 to 12 where they stand alone."""
    names: Mapping[int, str] = _locale(tag).months["stand-alone"]["abbreviated"]
    return names


def decimal(number: int | Decimal, tag: str, pattern: str | None = None) -> str:
    """The number with the language's separators."""
    return numbers.format_decimal(number, pattern, _locale(tag)).translate(_PLAIN_SPACES)


def listed(items: Sequence[str], tag: str) -> str:
    """The items with commas and "and"."""
    return lists.format_list(list(items), locale=_locale(tag))


def own_name(tag: str) -> str:
    """What the language calls itself."""
    return _cldr(tag).get_display_name() or tag


def direction(tag: str) -> str:
    """`ltr` or `rtl`."""
    return _cldr(tag).text_direction


def with_territory(tag: str) -> str:
    """Language and territory, the likeliest where the tag names none: `th_TH`."""
    locale = _cldr(tag)
    likely = get_global("likely_subtags")
    territories = [locale.territory or ""]
    for known in (f"{locale.language}_{locale.script}", locale.language):
        territories.append(likely.get(known, "").rpartition("_")[2])
    named = [territory for territory in territories if territory.isalpha()]  # 419 is a continent
    return "_".join([locale.language, *named[:1]])


def is_known(tag: str, language: str, script: str | None) -> bool:
    """Whether there is such a tag, with this language and script."""
    try:
        locale = _cldr(tag)
    except (UnknownLocaleError, ValueError):
        return False
    # Babel answers an unknown part with a neighbour: `und` with English, `zh-Thai` with `zh-Hans`.
    return locale.language == language and script in {None, locale.script}


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
