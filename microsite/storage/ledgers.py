"""Ledgers: files in content/ledger/ that commands keep and people commit."""

from __future__ import annotations

import os

from microsite.problems import N_, Refusal
from microsite.storage.inputs import read, scan
from microsite.storage.whole import unwritable, write_whole

FOLDER = "ledger"


def read_ledger_file(content: str, name: str, limit: int) -> bytes:
    """The bytes of a ledger of the content folder; none where there is no such file yet.

    Raises:
        Fault: too large, a link, or not to be read.
    """
    _expect_own_folder(content)
    found = scan(f"{content}/{FOLDER}").get(name)
    return read(found, limit) if found else b""


def write_ledger_file(content: str, name: str, data: bytes) -> None:
    """Write a ledger whole, and its folder where that is missing.

    Raises:
        Refusal: no room, not allowed, or the folder is a link to somewhere else.
    """
    _expect_own_folder(content)
    place = f"{content}/{FOLDER}/{name}"
    try:
        os.makedirs(f"{content}/{FOLDER}", exist_ok=True)
        write_whole(place, data, lasting=True)
    except OSError as error:
        raise unwritable(place, error) from error


def _expect_own_folder(content: str) -> None:
    folder = f"{content}/{FOLDER}"
    if os.path.islink(folder):
        raise Refusal(
            "ledger-is-link",
            N_("“{path}” is a link to somewhere else."),
            N_("Put the folder itself in this place."),
            path=folder,
        )
