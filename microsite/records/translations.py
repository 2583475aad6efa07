"""What is missing in a language, and what there joins nothing in the source language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from microsite.problems import N_, Fault, Problem
from microsite.records.fields import Checked, missing_words
from microsite.records.groups import below, check_repeated, groups_in
from microsite.records.kinds import did_you_mean
from microsite.records.library import Key
from microsite.records.schema import Site


def check_words(one: Checked, source: Checked) -> Iterator[Problem]:
    """What is wrong between a translation and its source: parts that join nothing."""
    for name, by in (("photos", "file"), ("variants", "key")):
        joined = {item.get(by) for item in source.values.get(name, [])}
        yield from check_repeated(one.entry, one.values, name, by)
        for node, item in groups_in(one.entry, one.values, name):
            typed = item.get(by)
            if typed is not None and typed not in joined:
                near = did_you_mean(typed, sorted(filter(None, joined)))
                message = N_("{file} has no “{typed}” in `{name}`.")
                mend = (
                    N_("Did you mean “{near}”?")
                    if near
                    else N_("Add it there first, or delete it here.")
                )
                fault = Fault(
                    "joins-nothing", message, mend,
                    file=source.entry.file, typed=typed, name=name, near=near,
                )  # fmt: skip
                yield one.entry.problem(fault, below(node, by))


def check_shared_words(
    checked: Sequence[Checked], facts: Mapping[Key, Checked], languages: Sequence[str]
) -> Iterator[Problem]:
    """Words of site.yaml and taxonomy.yaml that are missing, one problem a file."""
    own = {(one.key, one.entry.language): one for one in checked}
    source_site = facts.get(("site", "site"))
    if source_site is not None:
        for name in missing_words(Site, source_site.values):
            message = N_("`{name}` is missing.")
            mend = N_("Add a line that begins with `{name}: `.")
            yield source_site.entry.problem(Fault("required", message, mend, name=name))
    for tag in languages[1:]:
        site = own.get((("site", "site"), tag))
        if site is not None and source_site is not None:
            for name in missing_words(Site, site.values):
                yield site.entry.problem(_borrowed(name), level="warning")
        taxonomy, source = (
            own.get((("taxonomy", "taxonomy"), tag)),
            facts.get(("taxonomy", "taxonomy")),
        )
        if taxonomy is None or source is None:
            continue
        for group, terms in source.values.items():
            for key in terms:
                if not taxonomy.values.get(group, {}).get(key, {}).get("name"):
                    yield taxonomy.entry.problem(_borrowed(f"{group}: {key}"), level="warning")
        for group, terms in taxonomy.values.items():
            for key in terms:
                if key not in source.values.get(group, {}):
                    message = N_("{file} has no “{typed}” in `{name}`.")
                    mend = N_("Add it there first, or delete it here.")
                    node = below(taxonomy.entry.fields[group], key)
                    file = source.entry.file
                    fault = Fault("joins-nothing", message, mend, file=file, typed=key, name=group)
                    yield taxonomy.entry.problem(fault, node, at_key=True, width=len(key))


def _borrowed(name: str) -> Fault:
    message = N_("`{name}` is not translated, so the words of the source language are shown.")
    return Fault("words-borrowed", message, N_("Add the words in this language."), name=name)
