"""What is kept of an entry from build to build, and whether that still holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, json
from msgspec.structs import replace

from microsite.digest import digest
from microsite.pipeline.content import Around, read_file
from microsite.pipeline.translations import LedgerFile
from microsite.problems import Fault, Problem
from microsite.records.brief_rows import read_brief, read_problem, write_brief, write_problem
from microsite.records.briefs import PRINT, Brief, Key
from microsite.records.ledger import Row, as_lines, compare, pairs, rows_in
from microsite.records.places import Located
from microsite.records.source import FILE_LIMIT
from microsite.site.prose import Prose
from microsite.site.prose_stored import write_prose
from microsite.storage import log, pile
from microsite.storage.inputs import Found, read, stands

if TYPE_CHECKING:
    from microsite.pipeline.entries import Together

Files = Mapping[str, tuple[Located, Found]]  # by language, the source language first


class Sources(Struct, frozen=True):
    """What entries are read from."""

    files: MutableMapping[Key, Files]
    ledger: LedgerFile  # of translations
    around: Around
    now: int  # what the clock of the disk said before the files were looked at


class Kept(Struct, frozen=True):
    """What is kept of an entry."""

    key: Key
    stood: list[str]  # how its files stood, in the order of languages
    digests: list[str]  # of their bytes
    around: str  # fingerprint of what else it was checked with
    ledger: str  # fingerprint of its lines in the ledger of translations
    wanted: str  # fingerprint of what should stand there
    brief: Brief | None
    problems: list[Problem]
    if_shown: list[Problem]
    late: list[str]  # languages whose words were made from a text that has changed since
    spot: pile.Spot | None = None  # of what it says, in the pile
    text: str = ""  # what it says, where it does not lie there
    row: log.Row = ()  # all this as the log has it already

    @property
    def is_news(self) -> bool:
        """Whether the ledger of translations does not know it as it is."""
        return self.ledger != self.wanted

    def told(self, hidden: Collection[Key]) -> list[Problem]:
        """What is wrong with it; `hidden` are the entries that are not on the site."""
        return self.problems if self.key in hidden else [*self.problems, *self.if_shown]

    def agrees(self, ledger: str) -> bool:
        """Whether it would be the same with a ledger that says this of it.

        One that has come to say what it should makes no translation right or late.
        """
        return ledger in (self.ledger, self.wanted)


def kept_in(row: log.Row, key: Key, files: Files) -> Kept | None:
    """What a row says of an entry with these files; None where it has others."""
    stood, digests, checked_with, known, wanted, brief_row, problems, if_shown, late, spot = row
    if len(stood) != len(files) or brief_row[8].keys() - files.keys():
        return None
    return Kept(
        key,
        stood,
        digests,
        checked_with,
        known,
        wanted,
        read_brief(brief_row, {tag: found.where for tag, (_, found) in files.items()}),
        list(map(read_problem, problems)),
        list(map(read_problem, if_shown)),
        late,
        tuple(spot),
        row=row,
    )


def still(one: Kept, sources: Sources) -> Kept | None:
    """The same where it still holds, with how its files and the ledger stand now."""
    files, now, brief = sources.files[one.key], sources.now, one.brief
    stood, digests, known = one.stood, one.digests, one.ledger
    ledger = print_of(sources.ledger.said_of(one.key))
    if not one.agrees(ledger) or not brief or _print_around(brief, sources.around) != one.around:
        return None
    stand = [stands(found, now) for _, found in files.values()]
    if stand != stood or "" in stand:
        try:
            if [digest(read(found, FILE_LIMIT)) for _, found in files.values()] != digests:
                return None
        except Fault:
            return None
    if stand == stood and ledger == known:
        return one
    return replace(one, stood=stand, ledger=ledger, row=())


def read_to_keep(sources: Sources, keys: Sequence[Key]) -> list[Kept]:
    """What is to be kept of entries, read from their files."""
    from microsite.pipeline.entries import read_together

    found, around = [sources.files[key] for key in keys], sources.around
    known = list(map(sources.ledger.said_of, keys))
    told: list[list[Problem]] = [[] for _ in found]
    there = [
        {tag: read_file(*one, problems) for tag, one in files.items()}
        for files, problems in zip(found, told, strict=True)
    ]
    together = read_together(
        [{tag: entry for tag, (entry, _) in of.items() if entry} for of in there], around
    )
    ledgers = [
        compare(rows_in(lines), pairs(one.checked.values(), around.languages))
        for lines, one in zip(known, together, strict=True)
    ]
    return [
        Kept(
            key,
            [stands(one, sources.now) for _, one in files.values()],
            [digest(data) for _, data in of.values()],
            _print_around(one.brief, around) if one.brief else "",
            print_of(lines),
            print_of(as_lines(wanted)),
            one.brief,
            problems + one.problems,
            one.if_shown,
            sorted({late.pair.language for late in outdated}),
            None,
            _said(one, wanted),
        )
        for key, files, problems, of, one, lines, (wanted, outdated) in zip(
            keys, found, told, there, together, known, ledgers, strict=True
        )
    ]


def _said(one: Together, wanted: Collection[Row]) -> str:
    """What an entry says, a line each, so that each is read for itself."""
    lines = [_as_json(list(one.values))]
    for tag, values in one.values.items():
        lines += [values, _as_json(write_prose(one.prose.get(tag, Prose())))]
    return "\n".join([*lines, _as_json(sorted(wanted))])


def row_of(one: Kept) -> log.Row:
    """As a log has it; `kept_in` reads it."""
    if one.row:
        return one.row
    assert one.brief is not None  # noqa: S101 # entries without one are not kept
    said: list[Any] = [list(map(write_problem, told)) for told in (one.problems, one.if_shown)]
    return [
        one.stood,
        one.digests,
        one.around,
        one.ledger,
        one.wanted,
        write_brief(one.brief),
        *said,
        one.late,
        one.spot,
    ]


def _print_around(brief: Brief, around: Around) -> str:
    """Of all that an entry was checked with; "" for an entry that asks for nothing else."""
    known = around.known
    parts: list[object] = [_size(known.photos.get(photo)) for photo in brief.photos]
    parts += [(one.type, one.slug) for one in brief.mentions if not known.has(one.type, one.slug)]
    parts += [
        (name, brief.facts[name])
        for name in ("category", "place")
        if name in brief.facts and not known.has(name, brief.facts[name])
    ]
    if brief.has_marks:
        parts.append(around.today)
    return digest(parts) if parts else ""


def print_of(lines: str) -> str:
    """Of what the ledger of translations says of an entry."""
    return digest(lines)[:PRINT] if lines else ""


def _size(known: tuple[int, int] | Fault | None) -> object:
    return known.rule if isinstance(known, Fault) else known


def _as_json(value: object) -> str:
    return json.encode(value).decode()
