"""The ledger of translations: read by every build, written by the commands that keep it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from microsite.pipeline.folders import Folders
from microsite.pipeline.ledgers import TRANSLATIONS, read_ledger_text
from microsite.problems import N_, Problem, Refusal
from microsite.records.briefs import Key
from microsite.records.fields import Checked
from microsite.records.ledger import Ledger, Outdated, as_text, compare, lines_of, pairs, rows_in
from microsite.records.ledger import read_ledger as read_lines
from microsite.records.said import entry_name
from microsite.storage.ledgers import read_ledger_file, write_ledger_file

LIMIT = 64 * 1024 * 1024  # bytes; 10,000 products in three languages take about 15 million


class Translations(Struct, frozen=True):
    """What the ledger says of the present content."""

    data: bytes | None  # of the file; None where it cannot be read
    lines: Mapping[str, str]  # of the ledger by entry, as they should now be
    outdated: Sequence[Outdated]
    keys: Collection[tuple[str, Key]]  # the entries that are outdated, by language


class LedgerFile(Struct, frozen=True):
    """The ledger as it lies there."""

    data: bytes | None  # None where it cannot be read
    lines: Mapping[str, str]  # by entry, such as `products/dried-squid`

    def said_of(self, key: Key) -> str:
        """Its lines of an entry."""
        return self.lines.get(entry_name(*key), "")

    @property
    def rows(self) -> Ledger:
        """All that it says; seldom asked for, since a large one takes its time."""
        return frozenset(chain.from_iterable(map(rows_in, self.lines.values())))


def read_ledger(folders: Folders, problems: list[Problem]) -> LedgerFile:
    """The ledger. One that cannot be read is a warning, and holds nothing."""
    file, data, text = read_ledger_text(folders, TRANSLATIONS, LIMIT, problems)
    lines, odd = read_lines(text, file)
    problems += odd
    return LedgerFile(data, lines)


def read_translations(
    folders: Folders,
    checked: Sequence[Checked],
    languages: Sequence[str],
    accepted: Sequence[str],
    problems: list[Problem],
) -> Translations:
    """What is outdated, by the ledger.

    Raises:
        Refusal: one of the `accepted` files is no translation.
    """
    before = read_ledger(folders, problems)
    still_right = _translations_among(checked, languages, accepted)
    ledger, outdated = compare(before.rows, pairs(checked, languages), still_right)
    late = {one.pair.file for one in outdated}
    keys = {(one.entry.language, one.key) for one in checked if one.entry.file in late}
    return Translations(before.data, lines_of(ledger), outdated, keys)


def record_translations(folders: Folders, before: bytes | None, lines: Mapping[str, str]) -> bool:
    """Whether the ledger has been written: `before`, as it was read, it was not as it should be.

    `lines` are by entry, as `records.ledger.lines_of` gives them. Nothing is written where it has
    changed since it was read: whoever changed it goes first.

    Raises:
        Refusal: it cannot be written.
    """
    after = as_text(lines).encode()
    if before is None or before.replace(b"\r\n", b"\n") == after:
        return False
    if not before and not lines:  # a site in one language needs none
        return False
    if read_ledger_file(folders.of_site("content"), TRANSLATIONS, LIMIT) != before:
        return False
    write_ledger_file(folders.of_site("content"), TRANSLATIONS, after)
    return True


def _translations_among(
    checked: Sequence[Checked], languages: Sequence[str], accepted: Sequence[str]
) -> set[str]:
    """The accepted files, as entries name them."""
    if not accepted:
        return set()
    files = {
        os.path.realpath(one.entry.file): one.entry.file
        for one in checked
        if one.entry.language in languages[1:]
    }
    for file in accepted:
        if os.path.realpath(file) not in files:
            raise Refusal(
                "not-a-translation",
                N_("“{file}” is not a translation."),
                N_("Name the file as `python build.py status` does."),
                file=file,
            )
    return {files[os.path.realpath(file)] for file in accepted}
