"""Prose as what JSON can hold, for a later build, and back."""

from __future__ import annotations

from typing import Any

from microsite.site.prose import Heading, LinkEnd, LinkStart, PhotoReference, Prose, Reference


def write_prose(prose: Prose) -> list[Any]:
    """Lists and texts; `read_prose` gives back equal prose."""
    headings = [[one.level, one.id, one.text] for one in prose.headings]
    return [list(map(_written, prose.parts)), prose.text, headings]


def read_prose(stored: list[Any]) -> Prose:
    """The prose that was written."""
    parts, text, headings = stored
    return Prose(tuple(map(_read, parts)), text, tuple(Heading(*one) for one in headings))


def _written(part: str | LinkStart | LinkEnd | PhotoReference) -> str | list[Any]:
    match part:
        case str():
            return part
        case LinkStart(reference, empty):
            return [
                empty,
                reference.kind,
                reference.slug,
                reference.line,
                reference.column,
                reference.fragment,
            ]
        case LinkEnd():
            return []
        case PhotoReference():
            return [part.file, part.alt, part.line, part.column]


def _read(stored: str | list[Any]) -> str | LinkStart | LinkEnd | PhotoReference:
    match stored:
        case str():
            return stored
        case []:
            return LinkEnd()
        case [empty, *reference] if isinstance(empty, bool):
            return LinkStart(Reference(*reference), empty)
        case _:
            return PhotoReference(*stored)
