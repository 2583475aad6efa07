"""Findings in an output: each told once, with the first page it is on and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from microsite.links.pages import Read
from microsite.problems import N_, Fault, Level, Place, Problem
from microsite.site.urls import Urls

ROOT_PAGE, LOST_PAGE = "index.html", "404.html"


class Output(Struct, frozen=True):
    """A finished site, as it was read."""

    folder: str  # as the caller would open it
    urls: Urls
    files: frozenset[str]  # paths in the folder that are there
    pages: Mapping[str, Read]  # by path in the folder, in order
    origins: Mapping[str, str]  # the content file of a page, where one is known


class Finding(Struct, frozen=True):
    """What is wrong with one page or file, before it is known what else has it too."""

    file: str  # path in the output
    fault: Fault  # without a remedy where a template or `base_url` is to blame
    line: int = 1
    column: int = 1
    level: Level = "error"
    subject: str = ""  # what the fault is about: pages with one subject are told together
    is_in_content: bool = False  # its place is the content file, if there is one


def problems_of(findings: Iterable[Finding], output: Output) -> list[Problem]:
    """One problem for each rule and subject, at the first page.

    `{count}` in a message is the number of pages, `{origin}` the content file of the first.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        subject = one.subject or f"{one.file}:{one.line}:{one.column}"
        groups.setdefault((one.fault.rule, subject), []).append(one)
    return [_told(group, output) for group in groups.values()]


def _told(group: list[Finding], output: Output) -> Problem:
    first = group[0]
    origin = output.origins.get(first.file, "")
    mend = first.fault.remedy
    if not mend and origin:
        mend = N_(
            "If it does not stand in {origin}, a template or `base_url` makes it: mend it there."
        )
    elif not mend:
        mend = N_("A template or `base_url` makes it: mend it there.")
    place = Place(f"{output.folder}/{first.file}", first.line, first.column)
    if origin and first.is_in_content:
        place = Place(origin)
    values = {**first.fault.values, "count": len({one.file for one in group}), "origin": origin}
    return Problem(place, first.fault.rule, first.fault.message, mend, values, first.level)
