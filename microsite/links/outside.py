"""Links that lead out of the site: where people wrote them, and what became of their targets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from microsite.links.asking import Answer, is_web
from microsite.links.findings import Output
from microsite.problems import N_, Fault, Level, Place, Problem, problem_of
from microsite.records.fields import Checked
from microsite.records.schema import Contact, Position
from microsite.records.source import Node
from microsite.site.contact import channels, map_address

# Hosts that show programs a page for signing in, or a refusal, whether the address is right or not
CLOSED = (
    "facebook.com",
    "fb.com",
    "fb.me",
    "google.com",
    "instagr.am",
    "instagram.com",
    "lazada.co.th",
    "lin.ee",
    "line.me",
    "linkedin.com",
    "m.me",
    "shope.ee",
    "shopee.co.th",
    "shp.ee",
    "tiktok.com",
    "wa.me",
    "x.com",
)
_IN_PROSE = re.compile(r"https?://[^\s<>()\[\]\"]+")


class Outside(Struct, frozen=True):
    """One address on another host."""

    address: str
    places: tuple[Place, ...]  # in content; in the output where only a template has it

    @property
    def is_closed(self) -> bool:
        """Whether its host turns programs away."""
        host = urlsplit(self.address).hostname or ""
        return any(host == one or host.endswith(f".{one}") for one in CLOSED)


def leading_out(output: Output, checked: Iterable[Checked]) -> list[Outside]:
    """Every address on another host that a page links to, in order.

    Links that hand over a page of ours, as those for sharing do, are left out: no content has them.
    """
    typed = _typed(checked)
    first: dict[str, Place] = {}
    for file, page in output.pages.items():
        for way in page.ways:
            if way.kind == "link" and is_web(way.address) and _is_foreign(way.address, output):
                place = Place(f"{output.folder}/{file}", way.line, way.column)
                first.setdefault(way.address, place)
    return [
        Outside(address, tuple(sorted(typed.get(_key(address), ()))) or (first[address],))
        for address in sorted(first)
    ]


def problems_outside(
    links: Sequence[Outside], answers: Mapping[str, Answer], seconds: float
) -> list[Problem]:
    """What is to be said of the answers. `seconds`: how long an answer was waited for.

    Nothing is an error: the site is right even where another is not.
    """
    asked = [one for one in links if one.address in answers]
    if asked and all(answers[one.address].failure for one in asked):
        message = N_("No other host answered: this computer seems to be offline.")
        fault = Fault("outside-offline", message, N_("Ask again when it is online."))
        return [problem_of(fault, asked[0].places[0], level="note")]
    problems = []
    for one in links:
        answer = answers.get(one.address)
        told = _told(answer, seconds) if answer else None
        if told is not None:
            fault, level = told
            places = one.places if level == "warning" else one.places[:1]
            problems += [problem_of(fault, place, level=level) for place in places]
    return [*problems, *_unasked([one for one in links if _is_unasked(one, answers)])]


def _is_unasked(link: Outside, answers: Mapping[str, Answer]) -> bool:
    answer = answers.get(link.address)
    return answer is None or answer.is_barred


def _unasked(links: Collection[Outside]) -> Iterator[Problem]:
    if links:
        message = N_("Links to hosts that turn programs away: {count}, such as {address}.")
        mend = N_("Open them in a browser now and then.")
        first = min(links, key=lambda one: one.places)
        fault = Fault("outside-unasked", message, mend, count=len(links), address=first.address)
        yield problem_of(fault, first.places[0], level="note")


def _told(answer: Answer, seconds: float) -> tuple[Fault, Level] | None:
    values: dict[str, object] = {"address": answer.address, "code": answer.code, "to": answer.to}
    values |= {"seconds": f"{seconds:g}", "what": answer.what}
    if answer.code in {404, 410}:
        message = N_("“{address}” is not there any more ({code}).")
        mend = N_("Look for its new address, or take the link out.")
        return Fault("outside-gone", message, mend, **values), "warning"
    if answer.code and answer.code < 400:
        if not answer.to:
            return None
        message = N_("“{address}” has moved for good, to {to}.")
        return Fault("outside-moved", message, N_("Write the new address."), **values), "note"
    if answer.is_barred:
        return None
    mend = N_("Open it in a browser.")
    if answer.code >= 500:
        message = N_("“{address}” answers with a fault of its own ({code}).")
    elif answer.code:
        message = N_("“{address}” does not answer programs ({code}).")
    elif answer.failure == "slow":
        message = N_("“{address}” did not answer within {seconds} seconds.")
    elif answer.failure == "name":
        message = N_("There is no host of the name in “{address}”.")
    elif answer.failure == "certificate":
        message = N_("Browsers warn of “{address}”: {what}.")
    elif answer.failure == "loop":
        message = N_("“{address}” leads on and on and never arrives.")
    else:
        message = N_("“{address}” could not be asked: {what}.")
    return Fault("outside-silent", message, mend, **values), "note"


def _is_foreign(address: str, output: Output) -> bool:
    home = output.urls.base_url
    host = urlsplit(home).netloc
    return urlsplit(address).netloc != host and home not in unquote(unquote(address))


def _key(address: str) -> str:
    """One text for the ways in which one address can be written."""
    return unquote(address).rstrip("/").partition("#")[0]


def _typed(checked: Iterable[Checked]) -> dict[str, set[Place]]:
    """Where addresses stand in content, by `_key`."""
    found: dict[str, set[Place]] = {}

    def note(address: str, place: Place) -> None:
        found.setdefault(_key(address), set()).add(place)

    for one in checked:
        entry = one.entry
        for node in _leaves(entry.fields):
            if is_web(str(node.value).strip()):
                note(str(node.value).strip(), Place(entry.file, node.line, node.column))
        for number, line in enumerate(entry.body.split("\n"), start=entry.body_line):
            for match in _IN_PROSE.finditer(line):
                column = match.start() + 1 + entry.body_indent
                note(match[0].rstrip(".,;:!?*_"), Place(entry.file, number, column))
        contact = one.values.get("contact") or {}
        typed = entry.fields["contact"].value if contact else None
        if isinstance(typed, dict):
            for channel in channels(Contact(**contact)):
                where = typed[channel.kind]
                note(channel.url, Place(entry.file, where.line, where.column))
        place = one.values.get("map")
        if place:
            where = entry.fields["map"]
            note(map_address(Position(**place)), Place(entry.file, where.line, where.column))
    return found


def _leaves(value: Any) -> Iterator[Node]:
    """Every text of an entry's fields."""
    if isinstance(value, Node):
        if isinstance(value.value, str):
            yield value
        else:
            yield from _leaves(value.value)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
