"""What buyers must be able to read beside a price, and what of it is missing.

Notices 102/2562 and 70/2563 of Thailand's Central Committee on the Price of Goods and Services:
whoever sells online shows price, unit and extra charges, with Arabic numerals at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from microsite.language.thai import arabic_digits
from microsite.problems import N_, Fault, Problem
from microsite.records.fields import Checked
from microsite.records.groups import below, groups_in
from microsite.records.source import Entry, Node

WITH_NUMBERS = ("unit", "price_note", "delivery")
_THAI_DIGIT, _ARABIC_DIGIT = re.compile("[๐-๙]"), re.compile("[0-9]")


def check_offer(one: Checked) -> Iterator[Problem]:
    """Warnings about a product that is on the site, in the source language or another."""
    entry, values = one.entry, one.values
    if "price" in values and ("unit" not in entry.fields or entry.fields["unit"].is_empty):
        message = N_("The price does not say what it buys.")
        mend = N_("Add a line such as `unit: 200 g bag`.")
        fault = Fault("price-without-unit", message, mend)
        yield entry.problem(fault, entry.fields["price"], level="warning")
    for name in WITH_NUMBERS:
        if name in values:
            yield from _check_digits(entry, values[name], entry.fields[name])
    for node, variant in groups_in(entry, values, "variants"):
        yield from _check_digits(entry, variant.get("name") or "", below(node, "name"))


def _check_digits(entry: Entry, text: str, node: Node) -> Iterator[Problem]:
    if _THAI_DIGIT.search(text) and not _ARABIC_DIGIT.search(text):
        message = N_("The numbers here are in Thai digits only; buyers must find Arabic ones.")
        mend = N_("Write “{arabic}”.")
        fault = Fault("price-thai-digits", message, mend, arabic=arabic_digits(text))
        yield entry.problem(fault, node, level="warning")
