"""Which parts a template is made of, without rendering it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# names are plain strings there, as a test of the house makes sure
_NAMED = re.compile(r"{%-?\s*(?:extends|from|import|include)\s+[\"']([^\"']+)[\"']")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_BLOCK = re.compile(r"(?<![\w-])([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


def parts_of(templates: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Template of a page to the names of the parts that it touches, by others too: `price`.

    A part is touched by its name and by its classes: `prose` in `class="prose"`.
    """
    near = {name: frozenset(_near(text, templates)) for name, text in templates.items()}

    def touched(name: str, before: frozenset[str]) -> frozenset[str]:
        met = before | {name}
        for other in sorted(near.get(name, frozenset()) - met):
            if other not in met:
                met = touched(other, met)
        return met

    return {
        name: frozenset(
            one.removeprefix("parts/").removesuffix(".html")
            for one in touched(name, frozenset())
            if one.startswith("parts/")
        )
        for name in sorted(templates)
        if "/" not in name
    }


def _near(text: str, templates: Mapping[str, str]) -> Iterable[str]:
    yield from _NAMED.findall(text)
    for classes in _CLASSES.findall(text):
        for block in _BLOCK.findall(classes):
            if f"parts/{block}.html" in templates:
                yield f"parts/{block}.html"
