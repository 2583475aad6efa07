"""One entry in all its languages: from its files to what is known and wrong of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microsite.problems import Place, Problem
from microsite.records.briefs import Brief, Mention, brief_of
from microsite.records.fields import Checked, Scope, read_values
from microsite.records.source import Entry
from microsite.records.stored import write_values
from microsite.records.validate import Known, Reference, check_together
from microsite.site.prose import Prose, read_prose
from microsite.site.urls import TAKEN


@dataclass(frozen=True, slots=True)
class Around:
    """What it takes to check an entry, besides its files."""

    languages: Sequence[str]  # the source language first
    known: Known
    today: dt.date
    # What names the way back from a note, by language; empty: the texts are not read.
    notes_back: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Together:
    """What was read of an entry, by language."""

    checked: Mapping[str, Checked]
    values: Mapping[str, str]  # what `stored.write_values` makes of its values
    prose: Mapping[str, Prose]  # where there is a text
    problems: list[Problem]
    if_shown: list[Problem]  # these count only while it is on the site
    brief: Brief | None  # none without a file in the source language


def read_together(entries: Mapping[str, Entry], around: Around) -> Together:
    """The entry of these files, by language, the source language first if it has one."""
    problems: list[Problem] = []
    checked: dict[str, Checked] = {}
    prose: dict[str, Prose] = {}
    source = around.languages[0]
    first = entries.get(source)
    for tag, entry in entries.items():
        scope: Scope = "all" if tag == source else "words"
        checked[tag], faults = read_values(entry, scope, source_file=first.file if first else "")
        problems += faults
        if tag in around.notes_back and entry.body.strip():
            prose[tag] = _read_body(entry, around.notes_back[tag], problems)
    references = {tag: _references(text, entries[tag]) for tag, text in prose.items()}
    verdict = check_together(
        checked, source, around.known, references, taken=TAKEN, today=around.today
    )
    problems += verdict.problems
    values = {tag: write_values(one.values) for tag, one in checked.items()}
    brief = None
    if first is not None:
        brief = brief_of(
            checked,
            source,
            values,
            [
                _mention(entries[tag], one)
                for tag, found in references.items()
                for one in found
                if one.kind != "photo"
            ],
            [one.slug for found in references.values() for one in found if one.kind == "photo"],
        )
    return Together(checked, values, prose, problems, verdict.if_shown, brief)


def _read_body(entry: Entry, note_back: str, problems: list[Problem]) -> Prose:
    prose, findings = read_prose(entry.body, note_back=note_back)
    for found in findings:
        line = found.line + entry.body_line - 1
        problems.append(
            entry.problem_at(found.fault, line, found.column, found.width, level=found.level)
        )
    return prose


def _references(prose: Prose, entry: Entry) -> list[Reference]:
    """Links and photos of a body, with their lines in the file."""
    shift = entry.body_line - 1
    links = [
        Reference(one.kind, one.slug, one.line + shift, one.column) for one in prose.references
    ]
    photos = [Reference("photo", one.file, one.line + shift, one.column) for one in prose.photos]
    return links + photos


def _mention(entry: Entry, one: Reference) -> Mention:
    place = Place(entry.file, one.line, one.column + entry.body_indent)
    return Mention(one.kind, one.slug, place, one.width)
