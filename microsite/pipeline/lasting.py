"""The ledger of addresses: read by every build, written by the commands that keep it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from microsite.pipeline.folders import Folders
from microsite.pipeline.ledgers import ADDRESSES, read_ledger_text
from microsite.problems import Problem
from microsite.publish.lasting import Ledger, as_text, published, read_addresses
from microsite.site.press import PagePlan
from microsite.storage.ledgers import read_ledger_file, write_ledger_file

LIMIT = 64 * 1024 * 1024  # bytes; 10,000 products in three languages take about 2 million


class Addresses(Struct, frozen=True):
    """The ledger as it was read."""

    data: bytes | None  # of the file; None where it cannot be read
    ledger: Ledger


def read_ledger(folders: Folders, problems: list[Problem], base_url: str) -> Addresses:
    """What was published so far, at `base_url`.

    A ledger that cannot be read is a warning, and holds nothing.
    """
    file, data, text = read_ledger_text(folders, ADDRESSES, LIMIT, problems)
    ledger, odd = read_addresses(text, file, base_url)
    problems += odd
    return Addresses(data, ledger)


def record_addresses(folders: Folders, addresses: Addresses, pages: Iterable[PagePlan]) -> bool:
    """Whether the ledger has been written: pages have come that it did not name.

    What is gone stays in it until a person takes it out. Nothing is written where the file has
    changed since it was read: whoever changed it goes first.

    Raises:
        Refusal: it cannot be written.
    """
    before, ledger = addresses.data, addresses.ledger
    after = as_text(published(pages) | ledger.lines.keys(), ledger.comments).encode()
    if before is None or before.replace(b"\r\n", b"\n") == after:
        return False
    if read_ledger_file(folders.of_site("content"), ADDRESSES, LIMIT) != before:
        return False
    write_ledger_file(folders.of_site("content"), ADDRESSES, after)
    return True
