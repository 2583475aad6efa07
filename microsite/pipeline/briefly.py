"""Content in brief: entries of which nothing has changed are not read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from microsite.digest import digest
from microsite.pipeline.content import read_file
from microsite.pipeline.entries import Around, read_together
from microsite.pipeline.folders import Folders
from microsite.pipeline.spread import spread
from microsite.problems import Fault, Problem, has_errors
from microsite.records.brief_rows import read_brief, read_problem, write_brief, write_problem
from microsite.records.briefs import Brief, Key
from microsite.records.fields import Values
from microsite.records.ledger import Row, compare, pairs
from microsite.records.places import Located
from microsite.records.said import entry_name
from microsite.records.source import FILE_LIMIT
from microsite.records.stored import read_values
from microsite.site.prose import Prose
from microsite.site.prose_stored import read_prose, write_prose
from microsite.storage import log, pile
from microsite.storage.inputs import Found, clock_of_disk, read, stands
from microsite.storage.version import stamp

_SPARE = 1_000_000  # bytes of texts that nobody wants any more, before the pile is made anew
Files = Mapping[str, tuple[Located, Found]]  # by language, the source language first


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an entry."""

    key: Key
    stood: list[str]  # how its files stood, in the order of languages
    digests: list[str]  # of their bytes
    around: str  # fingerprint of what else it was checked with
    brief: Brief | None
    problems: list[Problem]
    if_shown: list[Problem]
    late: list[str]  # languages whose words were made from a text that has changed since
    is_news: bool  # whether the ledger of translations does not know it as it is
    spot: pile.Spot | None = None  # of its values and texts in the pile
    text: str = field(default="", repr=False)  # the same, where it has been read just now
    row: log.Row = field(default=(), repr=False)  # all this as the log has it already


def read_briefly(
    folders: Folders,
    by_key: Mapping[Key, Files],
    around: Around,
    rows: Mapping[str, Collection[Row]],
    jobs: int,
) -> Entries:
    """The entries of these files; `rows` are those of the ledger of translations, by entry."""
    place, heap = folders.kept("entries", "index"), folders.kept("entries", "texts")
    mark = digest(stamp(), around.languages, around.notes_back)
    before = log.load(place, mark)
    now = clock_of_disk(folders.kept())

    def read_again(key: Key) -> Kept:
        return _read(by_key[key], around, rows.get(entry_name(*key), ()), now)

    kept: dict[Key, Kept] = {}
    stale: list[Key] = []
    for key, files in by_key.items():
        row = before.rows.get("/".join(key))
        one = _still(row, files, around, rows.get(entry_name(*key), ()), now) if row else None
        if one is None:
            stale.append(key)
        else:
            kept[key] = one
    for share in spread(stale, lambda share: list(map(read_again, share)), jobs):
        kept |= {one.key: one for one in share}
    kept = {key: kept[key] for key in by_key}
    _keep(place, heap, mark, before, kept)
    return Entries(kept, by_key, heap, read_again)


class Entries:
    """All entries of a site: in brief, and what each of them says when that is asked for."""

    def __init__(
        self,
        kept: dict[Key, Kept],
        files: Mapping[Key, Files],
        heap: str,
        read_again: Callable[[Key], Kept],
    ) -> None:
        self.kept, self._files, self._heap, self._read_again = kept, files, heap, read_again
        self._at: dict[str, tuple[Key, str]] = {}  # by file with a text

    @property
    def briefs(self) -> dict[Key, Brief]:
        """Of the entries that have a file in the source language."""
        return {key: one.brief for key, one in self.kept.items() if one.brief}

    def values_of(self, key: Key) -> dict[str, Values]:
        """What the fields of an entry say, by language."""
        return {tag: read_values(values) for tag, (values, _) in self._told(key).items()}

    def prose_in(self, file: str) -> Prose:
        """The text below the fields of a file."""
        if not self._at:
            self._at = {
                brief.files[tag]: (key, tag)
                for key, brief in self.briefs.items()
                for tag in brief.with_body
            }
        key, tag = self._at[file]
        return read_prose(json.loads(self._told(key)[tag][1]))

    def line(self, file: str, number: int) -> str:
        """A line of a content file, counted from 1."""
        found = next(
            one for files in self._files.values() for one in files.values() if one[1].where == file
        )
        entry, _ = read_file(*found, [])
        return entry.lines[number - 1] if entry else ""

    def rows_of(self, key: Key) -> list[Row]:
        """What the ledger of translations should say of an entry."""
        return [Row(*row) for row in self._kept_text(key)[1]]

    def _told(self, key: Key) -> dict[str, tuple[str, str]]:
        """By language: values and text, as they are kept."""
        return self._kept_text(key)[0]

    def _kept_text(self, key: Key) -> tuple[dict[str, tuple[str, str]], list[list[Any]]]:
        one = self.kept[key]
        text = one.text or (pile.take(self._heap, one.spot) if one.spot else None)
        if not text:  # somebody has damaged the pile
            self.kept[key] = self._read_again(key)
            text = self.kept[key].text
        told, rows = json.loads(text)
        return told, rows


def _read(files: Files, around: Around, rows: Collection[Row], now: int) -> Kept:
    """What is to be kept of an entry, read from its files."""
    problems: list[Problem] = []
    read = {tag: read_file(*found, problems) for tag, found in files.items()}
    together = read_together({tag: one for tag, (one, _) in read.items() if one}, around)
    wanted, outdated = compare(frozenset(rows), pairs(together.checked.values(), around.languages))
    told = {
        tag: (values, _as_json(write_prose(together.prose.get(tag, Prose()))))
        for tag, values in together.values.items()
    }
    return Kept(
        next(located.key for located, _ in files.values()),
        [stands(found, now) for _, found in files.values()],
        [digest(data) for _, data in read.values()],
        _fingerprint(together.brief, around, rows) if together.brief else "",
        together.brief,
        problems + together.problems,
        together.if_shown,
        sorted({one.pair.language for one in outdated}),
        wanted != frozenset(rows),
        None,
        _as_json([told, sorted(wanted)]),
    )


def _still(
    row: Sequence[Any], files: Files, around: Around, rows: Collection[Row], now: int
) -> Kept | None:
    """What was kept of an entry, if it still holds."""
    stood, digests, checked_with, brief_row, problems, if_shown, late, is_news, spot = row
    if len(stood) != len(files) or brief_row[8].keys() - files.keys():
        return None
    brief = read_brief(brief_row, {tag: found.where for tag, (_, found) in files.items()})
    if _fingerprint(brief, around, rows) != checked_with:
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
        brief,
        list(map(read_problem, problems)),
        list(map(read_problem, if_shown)),
        late,
        is_news,
        tuple(spot),
        row=row if stand == stood else (),
    )


def _fingerprint(brief: Brief, around: Around, rows: Collection[Row]) -> str:
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
    if rows:
        parts.append(sorted(rows))
    return digest(parts) if parts else ""


def _size(known: tuple[int, int] | Fault | None) -> object:
    return known.rule if isinstance(known, Fault) else known


def _keep(place: str, heap: str, mark: str, before: log.Log, kept: dict[Key, Kept]) -> None:
    """Keep what was read for a later build; entries with errors are read again then."""
    sound = {key: one for key, one in kept.items() if one.brief and not has_errors(one.problems)}
    live = sum(one.spot[1] for one in sound.values() if one.spot)
    anew = not before.is_tidy or pile.size(heap) > 2 * live + _SPARE
    moved = [key for key, one in sound.items() if anew or not one.spot]
    texts = {key: _text(sound[key], heap) for key in moved}
    moved = [key for key in moved if texts[key]]
    spots = pile.put(heap, [texts[key] for key in moved], anew=anew) if moved else []
    if spots is None:
        return
    for key, spot in zip(moved, spots, strict=True):
        sound[key] = kept[key] = replace(kept[key], spot=spot, row=())
    rows = {"/".join(key): one.row or _row(one) for key, one in sound.items()}
    log.save(place, mark, before, rows)


def _text(one: Kept, heap: str) -> bytes:
    """Values and texts as they are kept, or nothing if they are lost."""
    return one.text.encode() or (pile.take(heap, one.spot) if one.spot else None) or b""


def _row(one: Kept) -> list[Any]:
    assert one.brief is not None  # noqa: S101 # entries without one are not kept
    said = [list(map(write_problem, told)) for told in (one.problems, one.if_shown)]
    return [
        one.stood,
        one.digests,
        one.around,
        write_brief(one.brief),
        *said,
        one.late,
        one.is_news,
        one.spot,
    ]


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
