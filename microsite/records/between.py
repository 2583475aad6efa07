"""What is wrong between entries, told from what each says in brief."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.briefs import Brief, Key, Mention
from microsite.records.library import SHARED
from microsite.records.validate import Known

TERMS = ("category", "place")
LineOf = Callable[[str, int], str]  # file and number of a line -> the line, to quote


def check_between(
    briefs: Mapping[Key, Brief], hidden: Collection[Key], known: Known, line_of: LineOf
) -> Iterator[Problem]:
    """Warnings for what leads to nothing on the site, and for names that stand twice."""
    records = {key for key in known.keys if key not in SHARED}
    is_whole = records <= briefs.keys()  # one that could not be read may fill a category
    terms = {
        (term, brief.facts[term])
        for key, brief in briefs.items()
        if key not in hidden
        for term in TERMS
        if term in brief.facts
    }
    for brief in briefs.values():
        for mention in brief.mentions:
            if not known.has(mention.type, mention.slug):  # which is told where it was read
                continue
            fault = _fault(brief, mention, hidden, terms if is_whole else None)
            if fault is not None:
                yield _at(fault, mention.place, mention.width, line_of)
    yield from _check_names((one for key, one in briefs.items() if key not in hidden), line_of)


def _fault(
    brief: Brief, mention: Mention, hidden: Collection[Key], terms: Collection[Key] | None
) -> Fault | None:
    key = mention.type, mention.slug
    if mention.is_maker and key in hidden:
        if brief.facts.get("draft"):
            return None
        message = N_("The product is not on the site, since its maker “{slug}” is not.")
        mend = N_("Publish the maker, or mark the product as a draft.")
        return Fault("maker-not-on-site", message, mend, slug=mention.slug)
    if brief.key in hidden:
        return None
    if key in hidden:
        message = N_("“{slug}” is not on the site today, so nothing leads to it.")
        return Fault(
            "not-on-site", message, N_("Publish it, or take it out here."), slug=mention.slug
        )
    if mention.type in TERMS and terms is not None and key not in terms:
        message = N_("There is nothing in “{slug}” yet, so it has no page for this link.")
        mend = N_("Take the link out, or leave it for later.")
        return Fault("nothing-there", message, mend, slug=mention.slug)
    return None


def _check_names(briefs: Iterable[Brief], line_of: LineOf) -> Iterator[Problem]:
    """A warning for each entry that is called like an earlier one of its type and language."""
    called = [(brief.files[tag], brief, tag) for brief in briefs for tag in brief.names]
    first: dict[tuple[str, str, str], str] = {}
    for file, brief, tag in sorted(called, key=lambda one: one[0]):
        name = brief.names[tag]
        other = first.setdefault((brief.type, tag, brief.name_keys[tag]), file)
        if other != file:
            message = N_("“{name}” is what {other} is called, too.")
            mend = N_("Tell the two apart by size, sort or maker; or delete one of them.")
            fault = Fault("name-twice", message, mend, name=name, other=other)
            line, column, width = brief.name_places[tag]
            yield _at(fault, Place(file, line, column), width, line_of)


def _at(fault: Fault, place: Place, width: int, line_of: LineOf) -> Problem:
    text = line_of(place.file, place.line) if width else ""
    return problem_of(fault, place, level="warning", line_text=text, width=width)
