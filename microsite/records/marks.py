"""Marks: OTOP stars, food and cosmetic numbers, community standards and GI, with their rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from microsite.language.thai import arabic_digits
from microsite.problems import N_, Fault

# What each kind states besides `kind`; the first is what it cannot do without.
DETAILS: Mapping[str, tuple[str, ...]] = {
    "otop": ("stars", "year"),
    "fda-food": ("number",),
    "cosmetic": ("number",),
    "tcps": ("number", "certificate", "expires"),
    "gi": ("number", "name"),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "otop": ("stars", "year"),
    "fda-food": ("number",),
    "cosmetic": ("number",),
    "tcps": ("number",),
    "gi": ("name",),
}
RENEWAL = timedelta(days=60)  # before its end, time to renew a certificate
_SERIAL = re.compile(r"\d{2}-\d-\d{5}-\d-\d{4}", re.ASCII)  # Thai FDA: 13 digits in five groups
_STANDARD = re.compile(r"\d{1,4}(?:\(\d+\))?/25\d{2}", re.ASCII)  # TISI: number and Buddhist year
_DIGITS = re.compile(r"\d[\d-]{5,20}", re.ASCII)


def check_mark(mark: Mapping[str, object]) -> None:
    """Nothing, if the details of a mark fit its kind.

    Raises:
        Fault: a detail is missing, belongs to another kind, or a number has another form.
    """
    kind = str(mark["kind"])
    stated = {name for name, value in mark.items() if value is not None and name != "kind"}
    for name in DETAILS[kind]:
        if name in _NEEDED[kind] and name not in stated:
            message = N_("A mark of the kind {kind} needs `{name}`.")
            mend = N_("Add it, or leave the mark out until it is known.")
            raise Fault("mark-incomplete", message, mend, kind=kind, name=name)
    if extra := sorted(stated - set(DETAILS[kind])):
        message = N_("A mark of the kind {kind} has no `{name}`.")
        mend = N_("It has only: {names}.")
        names = ", ".join(DETAILS[kind])
        raise Fault("mark-detail", message, mend, kind=kind, name=extra[0], names=names)
    form = {"fda-food": _SERIAL, "tcps": _STANDARD, "cosmetic": _DIGITS}.get(kind)
    number = arabic_digits(str(mark.get("number") or ""))
    if form and not form.fullmatch(number):
        examples = {
            "fda-food": "00-0-00000-0-0000",
            "tcps": "1555/2563",
            "cosmetic": "21-1-6400012345",
        }
        message = N_("“{number}” does not have the form of a number of the kind {kind}.")
        mend = N_("Copy it from the certificate, in the form {example}.")
        raise Fault("mark-number", message, mend, number=number, kind=kind, example=examples[kind])


def check_day(mark: Mapping[str, object], today: date) -> None:
    """Nothing, if a mark is from a year that has come and is shown for a while yet.

    Raises:
        Fault: `mark-year-ahead`; `mark-expired` and `mark-expires`, which are no errors.
    """
    year, expires = mark.get("year"), mark.get("expires")
    if isinstance(year, int) and year > today.year:
        message = N_("The year of this mark is still to come.")
        mend = N_("Check the year: the one in which the mark was awarded.")
        raise Fault("mark-year-ahead", message, mend, name="year")
    if not isinstance(expires, date):
        return
    if not is_current(expires, today):
        message = N_("The certificate has run out, so the mark is no longer shown.")
        mend = N_("Write the new date once it is renewed, or delete the mark.")
        raise Fault("mark-expired", message, mend, name="expires")
    if expires - today <= RENEWAL:
        message = N_("The certificate runs out soon; after this day the mark is no longer shown.")
        mend = N_("Ask the maker whether it is being renewed.")
        raise Fault("mark-expires", message, mend, name="expires")


def check_bearer(mark: Mapping[str, object], type: str, kind: str) -> None:
    """Nothing, if an entry of this type (a product: of this kind) can bear the mark.

    Food serial numbers and cosmetic notification numbers belong to one product each.

    Raises:
        Fault: `mark-elsewhere`, which is no error.
    """
    bearer = {"fda-food": "food", "cosmetic": "goods"}.get(str(mark["kind"]))
    if bearer and (type != "product" or kind != bearer):
        message = N_("A mark of the kind {mark} belongs to a product with `kind: {bearer}`.")
        mend = N_("Move it there, or correct the kind.")
        raise Fault("mark-elsewhere", message, mend, mark=mark["kind"], bearer=bearer, name="kind")


def is_current(expires: date | None, today: date) -> bool:
    """Whether a mark may still be shown: marks without an end stay, others to their last day."""
    return expires is None or expires >= today
