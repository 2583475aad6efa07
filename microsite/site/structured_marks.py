"""What search engines read of marks: stars as an award, numbers on a label as what they are."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.language.wording import Wording
from microsite.language.writing import format_year
from microsite.problems import N_
from microsite.site.views import MarkView

_NUMBERS = {
    "fda-food": N_("Food serial number"),
    "cosmetic": N_("Cosmetic notification number"),
    "tcps": N_("Community product standard"),
}


def awards(marks: Sequence[MarkView], wording: Wording) -> list[str]:
    """OTOP stars with their year: given by a jury, so no rating by customers."""
    said = []
    for mark in marks:
        if mark.kind == "otop" and mark.stars:
            form = wording.ngettext("OTOP {stars} star", "OTOP {stars} stars", mark.stars)
            year = format_year(mark.year.year, wording.tag) if mark.year else ""
            said.append(f"{form.format(stars=mark.stars)} {year}".rstrip())
    return said


def label_numbers(marks: Sequence[MarkView], wording: Wording) -> list[tuple[str, str]]:
    """Name and number of each that has one. Such a number vouches for nothing by itself."""
    return [
        (wording.gettext(_NUMBERS[mark.kind]), mark.number)
        for mark in marks
        if mark.kind in _NUMBERS and mark.number
    ]
