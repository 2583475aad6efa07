"""What a build remembers of a site as a whole, for the next one to read only what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct, json

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.records.briefs import Key
from microsite.records.contents import Contents
from microsite.storage import cache
from microsite.storage.generation import count_on, generation
from microsite.storage.version import stamp

_BETWEEN = b"\0"  # which no path holds


class Remembered(Struct, frozen=True):
    """A site that was read, but for its entries, which are kept one by one (`kept`)."""

    contents: Contents
    late: Collection[tuple[str, Key]]  # translations that lag behind, by language
    told: Sequence[list[Any]]  # what is wrong with it, none of it an error
    ledger: str  # fingerprint of the ledger of translations
    room: int  # bytes that the pile of texts may take


def remember(
    folders: Folders, looked: str, site: Remembered, *, today: dt.date, drafts: bool
) -> None:
    """Keep what was read while inputs stood as `looked` says, if the disk lets us."""
    with suppress(UnicodeEncodeError):  # a name of a file that is no text
        parts = [
            _mark(folders, today),
            looked.encode("utf-8", "surrogateescape"),
            json.encode(site),
        ]
        cache.save(_place(folders), _key(drafts=drafts), _BETWEEN.join(parts))


def recall(folders: Folders, *, today: dt.date, drafts: bool) -> tuple[str, Remembered] | None:
    """How inputs stood when the last build read the site, and what it found.

    None where that is not known, or was read on another day. Entries may have got other words
    since, but are known to others as they were.
    """
    data = cache.load(_place(folders), _key(drafts=drafts))
    if not data or not data.startswith(_mark(folders, today) + _BETWEEN):
        return None
    _, looked, found = data.split(_BETWEEN)
    return looked.decode("utf-8", "surrogateescape"), json.decode(found, type=Remembered)


def forget(folders: Folders) -> str:
    """To be called before an entry is kept that others may know otherwise.

    The answer is the `generation` of what is kept from now on.
    """
    cache.keep_only(_place(folders), ())
    return count_on(_place(folders))


def generation_of(folders: Folders) -> str:
    """As long as this is the same, others know all entries that are kept as before."""
    return generation(_place(folders))


def _place(folders: Folders) -> str:
    return folders.kept("site")


def _mark(folders: Folders, today: dt.date) -> bytes:
    return digest(stamp(), folders.site, today).encode()


def _key(*, drafts: bool) -> str:
    return digest("drafts" if drafts else "")
