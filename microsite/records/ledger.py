"""The ledger of translations: from which text of the source language each word was translated."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from msgspec import Struct

from microsite.digest import digest
from microsite.language.writing import spelling_key
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records.fields import Checked
from microsite.records.said import Said, entry_name, said_in

HEADER = "language\tentry\tfield\tblock\tsource\ttranslation"
_MARK = r"[0-9a-f]{16}"
_LINE = re.compile(rf"[^\t]+\t[^\t]+\t[^\t]+\t[1-9][0-9]{{0,5}}\t{_MARK}\t{_MARK}", re.ASCII)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_MOST_WARNINGS = 20  # a file that is something else altogether says so often enough by then


class Row(NamedTuple):
    """One line: a block of the source text that a translated field was made from.

    A tuple because there is one a paragraph: sorting a large ledger takes a tenth of the time.
    """

    language: str  # of the translation
    entry: str  # folder and slug, such as products/dried-squid
    field: str  # as `said.said_in` names it
    block: int  # its place in the source text, from 1
    source: str  # fingerprint of the block
    translation: str  # fingerprint of the whole translated field


Ledger = frozenset[Row]


class Block(Struct, frozen=True):
    """A paragraph of the source text, as typed."""

    text: str
    line: int  # in its file


class Pair(Struct, frozen=True):
    """A translated field beside what the source language says there now."""

    language: str
    entry: str
    field: str
    file: str  # of the translation
    source_file: str
    blocks: tuple[Block, ...]  # none where the source language has dropped the field
    translation: str  # fingerprint


class Outdated(Struct, frozen=True):
    """A translated field whose source text is no longer the one that it was made from."""

    pair: Pair
    new: tuple[Block, ...]  # blocks that are new or changed
    gone: int  # blocks that it was made from and that are changed or no longer there


def fingerprint(text: str) -> str:
    """16 hex digits, the same where two texts differ in spaces and the order of marks only."""
    return digest(spelling_key(text))[:16]


def blocks_of(text: str, line: int = 1) -> tuple[Block, ...]:
    """The text, cut at blank lines; `line` is where it begins."""
    if "\n" not in text:  # as in all fields of one line
        words = text.strip()
        return (Block(words, line),) if words else ()
    found: list[Block] = []
    at = 0
    for piece in [*_BLANK_LINES.finditer(text), None]:
        part = text[at : piece.start() if piece else len(text)]
        if words := part.strip():
            above = text.count("\n", 0, at + len(part) - len(part.lstrip()))
            found.append(Block(words, line + above))
        at = piece.end() if piece else at
    return tuple(found)


def read_ledger(text: str, file: str) -> tuple[dict[str, str], list[Problem]]:
    """The lines of a ledger by entry, as `rows_in` reads them.

    One that is none is dropped, with a warning at its place.
    """
    lines: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if _LINE.fullmatch(line):
            lines.setdefault(line.split("\t", 2)[1], []).append(line)
        elif line.strip() and line != HEADER and len(problems) < _MOST_WARNINGS:
            message = N_("This line does not say which text a translation was made from.")
            mend = N_("Delete it; `python build.py status` writes what is needed.")
            fault = Fault("ledger-line", message, mend)
            place = Place(file, number)
            shown = problem_of(fault, place, level="warning", line_text=line, width=len(line))
            problems.append(shown)
    return {entry: "\n".join(of_entry) for entry, of_entry in lines.items()}, problems


def rows_in(lines: str) -> Ledger:
    """The rows that stand in lines of a ledger."""
    rows: set[Row] = set()
    for line in lines.split("\n") if lines else ():
        language, entry, field, block, source, translation = line.split("\t")
        rows.add(Row(language, entry, field, int(block), source, translation))
    return frozenset(rows)


def as_lines(rows: Iterable[Row]) -> str:
    """The rows, a line each, sorted."""
    return "\n".join(
        f"{r.language}\t{r.entry}\t{r.field}\t{r.block}\t{r.source}\t{r.translation}"
        for r in sorted(rows)
    )


def lines_of(ledger: Ledger) -> dict[str, str]:
    """The lines of a ledger by entry."""
    by_entry: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ledger:
        by_entry[row.entry].append(row)
    return {entry: as_lines(rows) for entry, rows in by_entry.items()}


def as_text(lines: Mapping[str, str]) -> str:
    """A ledger as a file: a header, then all lines as `as_lines` would sort them.

    `lines` are by entry, those of each entry sorted already.
    """
    parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry, of_entry in lines.items():
        for line in of_entry.split("\n"):
            parts[line.partition("\t")[0], entry].append(line)
    return "\n".join([HEADER, *chain.from_iterable(parts[key] for key in sorted(parts)), ""])


def pairs(checked: Iterable[Checked], languages: Sequence[str]) -> list[Pair]:
    """Every translated field of every entry; the first of the languages is the source."""
    found: dict[str, dict[str, Checked]] = defaultdict(dict)
    for one in checked:
        found[entry_name(*one.key)][one.entry.language] = one
    made: list[Pair] = []
    for entry, by_language in found.items():
        source = by_language.get(languages[0])
        if source is None:
            continue
        said = said_in(source)
        for tag in languages[1:]:
            if tag in by_language:
                made += _pairs(by_language[tag], source, entry, said)
    return made


def _pairs(one: Checked, source: Checked, entry: str, said: Mapping[str, Said]) -> Iterator[Pair]:
    for field, words in said_in(one).items():
        before = said.get(field)
        yield Pair(
            language=one.entry.language,
            entry=entry,
            field=field,
            file=one.entry.file,
            source_file=source.entry.file,
            blocks=blocks_of(before.text, before.line) if before else (),
            translation=fingerprint(words.text),
        )


def compare(
    ledger: Ledger, pairs: Iterable[Pair], accepted: Collection[str] = ()
) -> tuple[Ledger, list[Outdated]]:
    """The ledger as it should now be, and the fields that are outdated by it.

    A field without rows, or that has changed since, is taken as made from the present source
    text; so is every field of the files in `accepted`. What an outdated field was made from
    stays on record; rows of anything that is no longer there go.
    """
    known: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in ledger:
        known[row.language, row.entry, row.field, row.translation].append(row)
    rows: set[Row] = set()
    late: list[Outdated] = []
    for pair in pairs:
        present = _rows(pair)
        key = (pair.language, pair.entry, pair.field, pair.translation)
        before = _settled(known[key], {row.source for row in present}) if key in known else []
        found = None if pair.file in accepted or not before else _outdated(pair, present, before)
        if found is not None:
            late.append(found)
        rows.update(present if found is None else before)
    return frozenset(rows), late


def _rows(pair: Pair) -> list[Row]:
    return [
        Row(pair.language, pair.entry, pair.field, n, fingerprint(block.text), pair.translation)
        for n, block in enumerate(pair.blocks, start=1)
    ]


def _settled(rows: list[Row], present: Collection[str]) -> list[Row]:
    """One row a block: two that came together in a merge are settled by the one that holds now."""
    settled = []
    for _, same in groupby(sorted(rows), key=lambda row: row.block):
        settled.append(min(same, key=lambda row: (row.source not in present, row.source)))
    return settled


def _outdated(pair: Pair, present: list[Row], before: list[Row]) -> Outdated | None:
    """What is new in the source text and what is gone from it; the order does not count."""
    left = Counter(row.source for row in before)
    new = []
    for row, block in zip(present, pair.blocks, strict=True):
        if left[row.source]:
            left[row.source] -= 1
        else:
            new.append(block)
    gone = left.total()
    return Outdated(pair, tuple(new), gone) if new or gone else None
