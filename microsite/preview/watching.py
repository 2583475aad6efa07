"""The watch over what people write: tells as soon as files have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import aclosing
from pathlib import Path
from typing import NoReturn

from watchfiles import Change, awatch

from microsite.storage.names import is_ignored

SETTLED = 20  # ms without a change after which files count as written to the end
PATIENCE = 1600  # ms; something that never stops changing must not keep the rest from being shown
GLANCE = 1000  # ms between two looks whether a folder has come or gone

_Id = tuple[int, int]


async def watch(
    folders: Iterable[str], moved: asyncio.Event, is_ours: Callable[[str], bool]
) -> NoReturn:
    """Set `moved` whenever something below one of the folders has changed, until cancelled.

    Paths of which `is_ours` is true do not count. A folder may come later, or go. Where the system
    cannot tell (it tells of a bounded number of folders), they are looked through again and again.
    """
    whole = [str(Path(folder).resolve()) for folder in folders]
    is_told = True

    def counts(_: Change, path: str) -> bool:
        # Through a link, what the builds keep in `.cache` can be among them.
        root = next((one for one in whole if path.startswith(one)), "")
        return not any(map(is_ignored, Path(path[len(root) :]).parts)) and not is_ours(path)

    while True:
        there = _there(whole)
        changes = awatch(
            *there,
            watch_filter=counts,
            debounce=PATIENCE,
            step=SETTLED,
            rust_timeout=GLANCE,
            yield_on_timeout=True,
            force_polling=None if is_told else True,
            ignore_permission_denied=True,
        )
        try:
            async with aclosing(changes):
                async for changed in changes:
                    is_other = _there(whole) != there
                    if changed or is_other:
                        moved.set()
                    if is_other:
                        break
        except FileNotFoundError:  # gone since
            await asyncio.sleep(0)
        except OSError:
            is_told = False
            await asyncio.sleep(GLANCE / 1000)


def _there(folders: Iterable[str]) -> dict[str, _Id]:
    """The folders that there are; one that was made anew is another."""
    found: dict[str, _Id] = {}
    for folder in folders:
        try:
            status = Path(folder).stat()
        except OSError:
            continue
        found[folder] = status.st_dev, status.st_ino
    return found
