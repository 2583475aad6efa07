"""Which generator this is: results of another one are not to be trusted."""

from __future__ import annotations

import os
import sys

from microsite.storage.unchanged import look_at_all

_GENERATOR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def libraries() -> list[str]:
    """Names of the installed packages, which have their versions in them."""
    found: set[str] = set()
    for folder in sys.path:
        if folder.endswith("-packages"):
            try:
                found.update(name for name in os.listdir(folder) if name.endswith(".dist-info"))
            except OSError:
                continue
    return sorted(found)


def stamp() -> str:
    """A text that is another one as soon as the generator, Python or a library is."""
    return "\n".join([sys.version, *libraries(), look_at_all(_GENERATOR)])
