"""The order of long lists, kept from an earlier build: Thai names take their time to sort."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import json

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.records.contents import InOrder, in_order
from microsite.storage import cache

LONG = 200  # names


def remembered_order(folders: Folders) -> InOrder:
    """As `in_order`, asking first what was found for the same names before."""
    folder = folders.kept("orders")

    def of(names: Mapping[str, tuple[int | None, str]], type: str, tag: str) -> list[str]:
        if len(names) < LONG:
            return in_order(names, type, tag)
        place = f"{folder}/{type}-{tag}"
        key = digest(tag, json.encode(names, order="sorted"))
        kept = cache.load(place, key)
        if kept is not None:
            slugs: list[str] = json.decode(kept)
            return slugs
        slugs = in_order(names, type, tag)
        cache.save(place, key, json.encode(slugs))
        cache.keep_only(place, (key,))
        return slugs

    return of
