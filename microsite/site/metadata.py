"""What machines read in a page, and what links its languages: descriptions, alternates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup

from microsite.language.shortening import shortened
from microsite.language.writing import language_name, og_locale, text_direction
from microsite.site.later import NOTHING, Later
from microsite.site.urls import Urls
from microsite.site.views import Alternate, Head, Link, SharePicture

SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 20, 200  # characters


def head(
    path: str,
    language: str,
    languages: Sequence[str],
    urls: Urls,
    *,
    title: str,
    told: Later[str],
    section: str = "",
    crumbs: tuple[Link, ...] = (),
    translated: Mapping[str, bool] | None = None,
    is_outdated: bool = False,
    is_draft: bool = False,
    published: dt.date | None = None,
    shown: Later[SharePicture | None] = NOTHING,
    data: Later[Markup | None] = NOTHING,
    stylesheet: str = "",
) -> Head:
    """The head of a page that exists in every language.

    `path` is of this page, with its language first. `translated` says in which languages it is
    translated (everywhere if it is left out): only those name each other, and an untranslated page
    is canonical to itself without alternates, as search engines ask (Google, "Tell Google about
    localized versions of your page"). An outdated one (`is_outdated`) is still a translation.
    """
    tail = path.removeprefix(f"/{language}")
    done = translated or dict.fromkeys(languages, True)
    every = {
        tag: alternate(tag, f"/{tag}{tail}", urls, is_translated=done[tag]) for tag in languages
    }
    is_translated = done[language]
    named = tuple(one for one in every.values() if one.is_translated) if is_translated else ()
    return Head(
        title=title,
        told=told,
        canonical=urls.absolute(path),
        section=section,
        crumbs=crumbs,
        languages=tuple(one for tag, one in every.items() if tag != language),
        alternates=named if len(named) > 1 else (),
        default=every[languages[0]].absolute if len(named) > 1 else "",
        is_translated=is_translated,
        is_outdated=is_outdated,
        is_draft=is_draft,
        source_page=every[languages[0]] if is_outdated or not is_translated else None,
        published=published,
        shown=shown,
        data=data,
        stylesheet=stylesheet,
    )


def described(parts: Iterable[str]) -> str:
    """A description of 20 to 200 characters: the first part, and further ones while it is short.

    A part that is said already adds nothing. Fewer characters only where there are no more parts.
    """
    told = ""
    for part in parts:
        line = " ".join(part.split())
        if line and line not in told:
            told = f"{told} · {line}" if told else line
        if len(told) >= SHORTEST_DESCRIPTION:
            break
    return shortened(told, LONGEST_DESCRIPTION, SHORTEST_DESCRIPTION)


def alternate(tag: str, path: str, urls: Urls, *, is_translated: bool) -> Alternate:
    """The page at this path as other languages link to it."""
    return Alternate(
        language=tag,
        name=_name(tag),
        direction=_direction(tag),
        url=urls.link(path),
        absolute=urls.absolute(path),
        locale=_locale(tag),
        is_translated=is_translated,
    )


# each page asks for all languages
_name, _direction, _locale = cache(language_name), cache(text_direction), cache(og_locale)
