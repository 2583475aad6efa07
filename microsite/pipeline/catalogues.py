"""Catalogues: read by Babel once, then kept as plain JSON until their files change."""

from __future__ import annotations

import json

from microsite.digest import digest
from microsite.language.wording import Wording
from microsite.storage import cache

RECIPE = 1  # raised with each change to how catalogues are read


def kept_catalogue(tag: str, po: bytes, kept: str) -> Wording:
    """What `read_catalogue` says of the bytes, from the folder `kept` where it has said so before.

    Raises:
        UnreadableCatalogue: as `read_catalogue`.
    """
    key = digest(RECIPE, po)
    said = cache.load(kept, key)
    if said is not None:
        single, plural, rule = json.loads(said)
        return Wording(tag, single, {one: tuple(forms) for one, forms in plural.items()}, rule)
    from microsite.language.catalogues import read_catalogue  # loads Babel, 30 ms

    read = read_catalogue(tag, po)
    cache.save(kept, key, json.dumps([read.single, read.plural, read.rule]).encode())
    return read
