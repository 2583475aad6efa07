"""What is missing in a language, and what there joins nothing in the source language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from microsite.problems import N_, Fault, Problem
from microsite.records.briefs import Key
from microsite.records.declarations import fields_of
from microsite.records.fields import Checked, is_missing, missing_words
from microsite.records.groups import below, check_repeated, groups_in, unread
from microsite.records.kinds import did_you_mean
from microsite.records.schema import Site


def check_words(one: Checked, source: Checked) -> Iterator[Problem]:
    """What is wrong between a translation and its source: parts that join nothing."""
    for name, by in (("photos", "file"), ("variants", "key")):
        joined = {item.get(by) for item in source.values.get(name, [])}
        yield from check_repeated(one.entry, one.values, name, by)
        for node, item in groups_in(one.entry, one.values, name):
            typed = item.get(by)
            if typed is not None and typed not in joined:
                known = sorted(filter(None, joined))
                fault = _joins_nothing(source.entry.file, typed, name, known)
                yield one.entry.problem(fault, below(node, by))


def check_shared_words(
    checked: Sequence[Checked],
    facts: Mapping[Key, Checked],
    languages: Sequence[str],
    *,
    has_site: bool,
) -> Iterator[Problem]:
    """Words of site.yaml and taxonomy.yaml that are missing or name nothing.

    `has_site` says whether the source language has a site.yaml, readable or not.
    """
    own = {(one.key, one.entry.language): one for one in checked}
    shared = own.get((("site", "site"), ""))
    for type, names in (("site", _site_words), ("taxonomy", _term_names)):
        key = (type, type)
        source = facts.get(key)
        if source is None:
            if type == "site" and shared is not None and not has_site:
                yield shared.entry.problem(_no_site(languages[0]), shared.entry.fields["languages"])
            continue
        for tag in languages[1:]:
            one = own.get((key, tag))
            wanted, said = names(source), names(one) if one else []
            missing = [name for name in wanted if name not in said]
            if one is not None:
                for name in missing:
                    yield one.entry.problem(_borrowed(name), level="warning")
            elif missing:
                yield source.entry.problem(_all_borrowed(type, tag), level="warning")
            if one is not None and type == "taxonomy":
                yield from _check_terms(one, source)
    if site := facts.get(("site", "site")):
        for name in missing_words(Site, site.values):
            node = site.entry.fields.get(name)
            if node is None or node.is_empty:
                yield site.entry.problem(is_missing(name, node), node)


def _site_words(one: Checked) -> list[str]:
    return [name for name, field in fields_of(Site).items() if field.is_word and name in one.values]


def _term_names(one: Checked) -> list[str]:
    """Terms that have a name, such as `places: bang-saen`."""
    return [
        f"{group}: {key}"
        for group, terms in one.values.items()
        for key, term in terms.items()
        if term.get("name")
    ]


def _check_terms(one: Checked, source: Checked) -> Iterator[Problem]:
    for group, terms in one.values.items():
        if group in unread(source.entry.fields, source.values):
            continue
        known = source.values.get(group, {})
        for key in terms:
            if key not in known:
                node = below(one.entry.fields[group], key)
                fault = _joins_nothing(source.entry.file, key, group, list(known))
                yield one.entry.problem(fault, node, at_key=True, width=len(key))


def _joins_nothing(file: str, typed: str, name: str, known: list[str]) -> Fault:
    near = did_you_mean(typed, known)
    message = N_("{file} has no “{typed}” in `{name}`.")
    guess, otherwise = N_("Did you mean “{near}”?"), N_("Add it there first, or delete it here.")
    mend = guess if near else otherwise
    return Fault("joins-nothing", message, mend, file=file, typed=typed, name=name, near=near)


def _no_site(tag: str) -> Fault:
    message = N_("There is no content/{language}/site.yaml, which says what the site is called.")
    mend = N_("Add this file with `name: ` and `tagline: `.")
    return Fault("site-words-missing", message, mend, language=tag)


def _borrowed(name: str) -> Fault:
    message = N_("`{name}` is not translated, so the words of the source language are shown.")
    return Fault("words-borrowed", message, N_("Add the words in this language."), name=name)


def _all_borrowed(type: str, tag: str) -> Fault:
    message = N_(
        "Nothing of this file is translated in “{language}”, so its words are shown there."
    )
    mend = N_("Add the words to content/{language}/{type}.yaml.")
    return Fault("words-borrowed", message, mend, language=tag, type=type)
