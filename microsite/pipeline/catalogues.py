"""Catalogues: read by Babel once, then kept as plain JSON until their files change."""

from __future__ import annotations

import json

from microsite.digest import digest
from microsite.language.wording import Wording
from microsite.storage import cache

RECIPE = 1  # raised with each change to how catalogues are read


def kept_catalogue(tag: str, po: bytes, kept: str) -> Wording:
    """What `read_catalogue` says of the bytes, from below the folder `kept` if it has said so.

    Raises:
        UnreadableCatalogue: as `read_catalogue`.
    """
    kept, key = f"{kept}/{tag}", digest(RECIPE, po)
    said = cache.load(kept, key)
    if said is not None:
        single, plural, rule = json.loads(said)
        return Wording(tag, single, {one: tuple(forms) for one, forms in plural.items()}, rule)
    from microsite.language.catalogues import read_catalogue  # loads Babel, 30 ms

    read = read_catalogue(tag, po)
    cache.save(kept, key, json.dumps([read.single, read.plural, read.rule]).encode())
    cache.keep_only(kept, {key})
    return read
