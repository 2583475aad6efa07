"""Records joined: facts of the source language, with words of one language or borrowed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from microsite.records.briefs import Brief
from microsite.records.declarations import Field, fields_of, has_words
from microsite.records.fields import Checked, Values
from microsite.records.schema import TYPES, Body, Site, Taxonomy, Term, Words


def joined_record(
    brief: Brief, tag: str, source: str, values: Mapping[str, Values], is_outdated: bool
) -> Any:
    """One record in one language: facts of the source, words of its own or borrowed ones."""
    record_type = TYPES[brief.type]
    is_translated = tag in brief.translated
    body = None
    with_body = [one for one in (tag, source) if one in brief.with_body]
    if with_body:
        own = with_body[0]
        body = Body(brief.files[own], "" if own == tag else own)
    joined = _joined(record_type, values.get(tag, {}), values[source], source, tag == source)
    return record_type(
        slug=brief.slug,
        is_translated=is_translated,
        is_outdated=is_translated and is_outdated,
        body=body,
        **joined,
    )


def _joined(of: type, own: Values, source: Values, source_language: str, is_source: bool) -> Values:
    """Arguments for a record or group: its words from `own`, else borrowed; its facts."""
    joined: Values = {}
    for name, field in fields_of(of).items():
        if field.is_word:
            if name in own:
                joined[name] = Words(own[name])
            elif name in source and not is_source:
                joined[name] = Words(source[name], source_language)
        elif name in source:
            value = source[name]
            if isinstance(field.kind, type):
                build = _builder(field, field.kind, own.get(name), source_language, is_source)
                joined[name] = tuple(map(build, value)) if field.many else build(value)
            else:
                joined[name] = tuple(value) if field.many else value
    return joined


def _builder(
    field: Field, group: type, own: Any, source_language: str, is_source: bool
) -> Callable[[Any], Any]:
    """What makes the groups of a field from what was typed in the source language."""
    by_key = {item.get(field.joined_by): item for item in own or []} if field.joined_by else {}

    def build(value: Values) -> Any:
        words = by_key.get(value.get(field.joined_by), {}) if has_words(group) else {}
        return group(**_joined(group, words, value, source_language, is_source))

    return build


def joined_site(tag: str, files: Mapping[str, Checked], source: str) -> Site:
    """The site in one language, of site.yaml by language; its facts stand under ""."""
    facts = files[""].values
    own = files[tag].values if tag in files else {}
    words = {**files[source].values, **facts}
    return Site(**_joined(Site, own, words, source, tag == source))


def joined_taxonomy(tag: str, files: Mapping[str, Checked], source: str) -> Taxonomy:
    """Categories and places in one language, of taxonomy.yaml by language."""
    if source not in files:
        return Taxonomy(categories={}, places={})
    own = files[tag].values if tag in files else {}
    keyed: dict[str, dict[str, Term]] = {}
    for name in fields_of(Taxonomy):
        keyed[name] = {
            key: Term(**_joined(Term, own.get(name, {}).get(key, {}), term, source, tag == source))
            for key, term in files[source].values.get(name, {}).items()
        }
    return Taxonomy(**keyed)
