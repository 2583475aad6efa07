"""What templates are made of and what they name, without rendering them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from microsite.digest import digest

_NAMED = re.compile(r"{%-?\s*(?:extends|from|import|include)\b(.*?)%}", re.DOTALL)
_PLAIN = re.compile(
    r"""\s*(["'])([^"']+)\1\s*(?:(?:import|as|ignore|with|without)\b.*?)?-?\s*""", re.DOTALL
)
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_NOTE = re.compile(r"{#.*?#}", re.DOTALL)
_WORD = re.compile(r"[a-z_]+")
_BLOCK = re.compile(r"(?<![\w-])([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


def parts_of(templates: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Template of a page to the names of the parts that it touches, by others too: `price`.

    A part is touched by its name and by its classes: `prose` in `class="prose"`.
    """
    return {
        name: frozenset(
            one.removeprefix("parts/").removesuffix(".html")
            for one in touched
            if one.startswith("parts/")
        )
        for name, touched in _touched(templates).items()
    }


def used_by_pages(templates: Mapping[str, str]) -> list[str]:
    """The names of the templates that pages touch, in order."""
    names: frozenset[str] = frozenset().union(*_touched(templates).values())
    return sorted(name for name in names if name in templates)


def words_of(templates: Mapping[str, str]) -> frozenset[str]:
    """Every word in the templates that pages touch, outside of notes.

    What is not among these words, such as `font`, no page can ask for.
    """
    return frozenset().union(*(_words(templates[name]) for name in used_by_pages(templates)))


def prints_of(templates: Mapping[str, str], stylesheets: Mapping[str, str]) -> dict[str, str]:
    """Template of a page to a fingerprint of all that it touches, its style sheet among it."""
    return {
        name: digest(stylesheets.get(name, ""), {one: templates.get(one) for one in touched})
        for name, touched in _touched(templates).items()
    }


def _touched(templates: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Template of a page to the names of all templates that it touches, itself among them."""
    near = {name: frozenset(_near(text, templates)) for name, text in templates.items()}

    def touched(name: str, before: frozenset[str]) -> frozenset[str]:
        met = before | {name}
        for other in sorted(near.get(name, frozenset()) - met):
            if other not in met:
                met = touched(other, met)
        return met

    return {name: touched(name, frozenset()) for name in sorted(templates) if "/" not in name}


def _near(text: str, templates: Mapping[str, str]) -> Iterable[str]:
    tags, blocks = _said(text)
    for name in tags:
        yield from [name] if name else templates  # one that is put together may be any
    for block in blocks:
        if f"parts/{block}.html" in templates:
            yield f"parts/{block}.html"


@functools.lru_cache(1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_NOTE.sub("", text)))


@functools.lru_cache(1024)  # a build asks three times
def _said(text: str) -> tuple[list[str], list[str]]:
    """The names in tags that lead to other templates, "" if put together; and blocks of classes."""
    tags = [found[2] if (found := _PLAIN.fullmatch(tag)) else "" for tag in _NAMED.findall(text)]
    return tags, [block for one in _CLASSES.findall(text) for block in _BLOCK.findall(one)]
