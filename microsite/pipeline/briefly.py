"""Content in brief: entries of which nothing has changed are not read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from microsite.digest import digest
from microsite.pipeline.content import Around, read_file
from microsite.pipeline.folders import Folders
from microsite.pipeline.spread import WORTH, ahead, spread
from microsite.problems import Fault, Problem, has_errors
from microsite.records.brief_rows import read_brief, read_problem, write_brief, write_problem
from microsite.records.briefs import PRINT, Brief, Key
from microsite.records.fields import Values
from microsite.records.ledger import Row, as_lines, compare, pairs, rows_in
from microsite.records.places import Located
from microsite.records.said import entry_name
from microsite.records.source import FILE_LIMIT
from microsite.records.stored import read_values
from microsite.site.prose import Prose
from microsite.site.prose_stored import read_prose, write_prose
from microsite.storage import log, pile
from microsite.storage.inputs import Found, clock_of_disk, read, stands
from microsite.storage.version import stamp

if TYPE_CHECKING:
    from microsite.pipeline.entries import Together

_AT_ONCE = 200  # entries that are read before what they say goes to the disk
_ENTRIES = "entries"  # the one table of their log
_SPARE = 1_000_000  # bytes of texts that nobody wants any more, before the pile is made anew
Files = Mapping[str, tuple[Located, Found]]  # by language, the source language first


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


def read_briefly(
    folders: Folders,
    by_key: Mapping[Key, Files],
    around: Around,
    lines: Mapping[str, str],
    jobs: int,
    meanwhile: Callable[[], object],
) -> Entries:
    """The entries of these files; `lines` are those of the ledger of translations, by entry.

    `meanwhile` is what could be done while another process reads the few that have changed.
    """
    place, heap = folders.kept("entries", "index"), folders.kept("entries", "texts")
    mark = digest(stamp(), around.languages, around.notes_back)
    before = log.load(place, mark)
    rows = before.table(_ENTRIES)
    now = clock_of_disk(folders.kept())

    read_keys = partial(_read_keys, by_key, lines, around, now)
    kept: dict[Key, Kept] = {}
    for key, files in by_key.items():
        row = rows.get("/".join(key))
        one = _still(row, files, around, lines.get(entry_name(*key), ""), now) if row else None
        if one is not None:
            kept[key] = one
    live = sum(one.spot[1] for one in kept.values() if one.spot)
    if not before.is_tidy or pile.size(heap) > 2 * live + _SPARE:
        kept = _moved(heap, kept)
    stale = [key for key in by_key if key not in kept]
    together = heap if pile.is_shared() else ""
    read_share = partial(_read_share, read_keys, together)
    for share in _read_stale(stale, read_share, jobs, meanwhile):
        kept |= {one.key: one for one in (share if together else _laid(heap, share))}
    kept = {key: kept[key] for key in by_key}
    lasting = ((key, one) for key, one in kept.items() if one.spot)
    rows = {"/".join(key): one.row or _row(one) for key, one in lasting}
    log.save(place, mark, before, {_ENTRIES: rows})
    return Entries(kept, by_key, heap, read_keys)


class Entries:
    """All entries of a site: in brief, and what each of them says when that is asked for."""

    def __init__(
        self,
        kept: dict[Key, Kept],
        files: Mapping[Key, Files],
        heap: str,
        read_keys: Callable[[Sequence[Key]], list[Kept]],
    ) -> None:
        self.kept, self._files, self._heap, self._read_keys = kept, files, heap, read_keys
        self._at: dict[str, tuple[Key, str]] = {}  # by file with a text
        self._last: tuple[Key, list[str]] | None = None  # a page asks for values, then for a text

    @property
    def briefs(self) -> dict[Key, Brief]:
        """Of the entries that have a file in the source language."""
        return {key: one.brief for key, one in self.kept.items() if one.brief}

    def values_of(self, key: Key, tag: str) -> Values:
        """What the fields of an entry say in one language."""
        return next(read_values(values) for of, values, _ in self._told(key) if of == tag)

    def prose_in(self, file: str) -> Prose:
        """The text below the fields of a file."""
        if not self._at:
            self._at = {
                brief.files[tag]: (key, tag)
                for key, brief in self.briefs.items()
                for tag in brief.with_body
            }
        key, tag = self._at[file]
        return next(read_prose(json.loads(text)) for of, _, text in self._told(key) if of == tag)

    def line(self, file: str, number: int) -> str:
        """A line of a content file, counted from 1."""
        found = next(
            one for files in self._files.values() for one in files.values() if one[1].where == file
        )
        entry, _ = read_file(*found, [])
        return entry.lines[number - 1] if entry else ""

    def rows_of(self, key: Key) -> list[Row]:
        """What the ledger of translations should say of an entry."""
        return [Row(*row) for row in json.loads(self._lines(key)[-1])]

    def _told(self, key: Key) -> Iterator[tuple[str, str, str]]:
        """Language, values and text, as they are kept."""
        tags, *told, _ = self._lines(key)
        return zip(json.loads(tags), told[::2], told[1::2], strict=True)

    def _lines(self, key: Key) -> list[str]:
        if self._last and self._last[0] == key:
            return self._last[1]
        one = self.kept[key]
        taken = pile.take(self._heap, one.spot) if one.spot else None
        text = taken.decode() if taken else one.text
        if not text:  # somebody has damaged the pile
            self.kept[key], *_ = self._read_keys([key])
            text = self.kept[key].text
        self._last = key, text.split("\n")
        return self._last[1]


def _read_stale(
    stale: Sequence[Key],
    read_share: Callable[[Sequence[Key]], list[Kept]],
    jobs: int,
    meanwhile: Callable[[], object],
) -> list[list[Kept]]:
    if not stale:
        return []
    if len(stale) < WORTH:  # what takes its time is to load all that reads an entry
        with ahead(partial(read_share, stale), jobs) as answer:
            meanwhile()
            return [answer()]
    from microsite.pipeline import entries  # noqa: F401 # once, before processes are copied

    return spread(stale, read_share, jobs)


def _read_share(
    read_keys: Callable[[Sequence[Key]], list[Kept]], heap: str, share: Sequence[Key]
) -> list[Kept]:
    """These entries; what they say lies in the pile, if one is named."""
    pieces = (share[at : at + _AT_ONCE] for at in range(0, len(share), _AT_ONCE))
    if not heap:
        return [one for piece in pieces for one in read_keys(piece)]
    return [one for piece in pieces for one in _laid(heap, read_keys(piece))]


def _read_keys(
    by_key: Mapping[Key, Files],
    lines: Mapping[str, str],
    around: Around,
    now: int,
    keys: Sequence[Key],
) -> list[Kept]:
    known = [lines.get(entry_name(*key), "") for key in keys]
    return _read([by_key[key] for key in keys], known, around, now)


def _read(found: Sequence[Files], known: Sequence[str], around: Around, now: int) -> list[Kept]:
    """What is to be kept of entries, read from their files.

    `known` are the lines of each in the ledger of translations.
    """
    from microsite.pipeline.entries import read_together

    told: list[list[Problem]] = [[] for _ in found]
    read = [
        {tag: read_file(*one, problems) for tag, one in files.items()}
        for files, problems in zip(found, told, strict=True)
    ]
    together = read_together(
        [{tag: entry for tag, (entry, _) in of.items() if entry} for of in read], around
    )
    ledgers = [
        compare(rows_in(lines), pairs(one.checked.values(), around.languages))
        for lines, one in zip(known, together, strict=True)
    ]
    return [
        Kept(
            next(located.key for located, _ in files.values()),
            [stands(one, now) for _, one in files.values()],
            [digest(data) for _, data in of.values()],
            _fingerprint(one.brief, around) if one.brief else "",
            _print(lines),
            _print(as_lines(wanted)),
            one.brief,
            problems + one.problems,
            one.if_shown,
            sorted({late.pair.language for late in outdated}),
            None,
            _said(one, wanted),
        )
        for files, problems, of, one, lines, (wanted, outdated) in zip(
            found, told, read, together, known, ledgers, strict=True
        )
    ]


def _said(one: Together, wanted: Collection[Row]) -> str:
    """What an entry says, a line each, so that each is read for itself."""
    lines = [_as_json(list(one.values))]
    for tag, values in one.values.items():
        lines += [values, _as_json(write_prose(one.prose.get(tag, Prose())))]
    return "\n".join([*lines, _as_json(sorted(wanted))])


def _still(row: Sequence[Any], files: Files, around: Around, lines: str, now: int) -> Kept | None:
    """What was kept of an entry, if it still holds."""
    stood, digests, checked_with, known, wanted, brief_row, problems, if_shown, late, spot = row
    if len(stood) != len(files) or brief_row[8].keys() - files.keys():
        return None
    brief = read_brief(brief_row, {tag: found.where for tag, (_, found) in files.items()})
    ledger = _print(lines)
    # A ledger that has come to say what it should makes no translation right or late.
    if ledger not in (known, wanted) or _fingerprint(brief, around) != checked_with:
        return None
    stand = [stands(found, now) for _, found in files.values()]
    if stand != stood or "" in stand:
        try:
            if [digest(read(found, FILE_LIMIT)) for _, found in files.values()] != digests:
                return None
        except Fault:
            return None
    return Kept(
        brief.key,
        stand,
        digests,
        checked_with,
        ledger,
        wanted,
        brief,
        list(map(read_problem, problems)),
        list(map(read_problem, if_shown)),
        late,
        tuple(spot),
        row=row if stand == stood and ledger == known else (),
    )


def _fingerprint(brief: Brief, around: Around) -> str:
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


def _print(lines: str) -> str:
    return digest(lines)[:PRINT] if lines else ""


def _size(known: tuple[int, int] | Fault | None) -> object:
    return known.rule if isinstance(known, Fault) else known


def _laid(heap: str, entries: Sequence[Kept]) -> list[Kept]:
    """The same with what they say in the pile; entries with errors are read again later."""
    sound = [one for one in entries if one.brief and not has_errors(one.problems)]
    spots = pile.put(heap, [one.text.encode() for one in sound]) or ()
    at = dict(zip((one.key for one in sound), spots, strict=bool(spots)))
    return [replace(one, spot=at[one.key], text="") if one.key in at else one for one in entries]


def _moved(heap: str, kept: Mapping[Key, Kept]) -> dict[Key, Kept]:
    """The same, and nothing else, in a new pile; what is lost or will not go there is forgotten."""
    texts = {key: pile.take(heap, one.spot) for key, one in kept.items() if one.spot}
    whole = {key: text for key, text in texts.items() if text}
    spots = pile.put(heap, list(whole.values()), anew=True)
    return {
        key: replace(kept[key], spot=spot, row=())
        for key, spot in zip(whole, spots or (), strict=bool(spots))
    }


def _row(one: Kept) -> list[Any]:
    assert one.brief is not None  # noqa: S101 # entries without one are not kept
    said = [list(map(write_problem, told)) for told in (one.problems, one.if_shown)]
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


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
