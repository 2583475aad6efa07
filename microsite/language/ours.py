"""Thai and English as CLDR has them, written out: most sites then do without Babel's 40 ms.

English is that outside America (`en-001`). A test compares all of it with CLDR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from microsite.language.thai import ERA_OFFSET


class Conventions(Struct, frozen=True):
    """How one language writes."""

    name: str  # its own
    direction: Literal["ltr", "rtl"]
    locale: str  # as `og:locale` has it
    months: Sequence[str]
    short_months: Sequence[str]  # as they stand alone
    between: str  # items of a list
    before_last: str
    of_two: str
    era: int  # how far its years are ahead of the common era


# fmt: off
CONVENTIONS: Mapping[str, Conventions] = {
    "th": Conventions(
        "ไทย",
        "ltr",
        "th_TH",
        (
            "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
            "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
        ),
        (
            "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
            "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
        ),
        between=" ",
        before_last=" และ",
        of_two="และ",
        era=ERA_OFFSET,
    ),
    "en": Conventions(
        "English",
        "ltr",
        "en_US",
        (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        (
            "Jan", "Feb", "Mar", "Apr", "May", "Jun",
            "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
        ),
        between=", ",
        before_last=" and ",
        of_two=" and ",
        era=0,
    ),
}
# fmt: on


def in_words(day: date, own: Conventions) -> str:
    """The day, such as `14 June 2022`."""
    return f"{day.day} {own.months[day.month - 1]} {day.year + own.era}"


def range_in_words(start: date, end: date, own: Conventions) -> str:
    """Both days, repeating only what differs; `end` is the later one."""
    if start.year != end.year:
        return f"{in_words(start, own)} – {in_words(end, own)}"
    if start.month != end.month:
        return f"{start.day} {own.months[start.month - 1]} – {in_words(end, own)}"
    return f"{start.day}–{in_words(end, own)}"


def decimal(number: int | Decimal, *, decimals: int = 0) -> str:
    """The number with commas, and a point before its decimals."""
    return f"{number:,.{decimals}f}" if isinstance(number, Decimal) else f"{number:,}"


def listed(items: Sequence[str], own: Conventions) -> str:
    """The items as one phrase."""
    if len(items) < 3:
        return own.of_two.join(items)
    return own.between.join(items[:-1]) + own.before_last + items[-1]
