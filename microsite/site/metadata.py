"""What machines read in a page, and what links its languages: titles, descriptions, alternates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from microsite.language.writing import language_name, text_direction
from microsite.site.urls import Urls
from microsite.site.views import Alternate, Head, Link

LONGEST_TITLE = 70  # characters; search results cut longer ones
LONGEST_DESCRIPTION = 200


def head(
    path: str,
    language: str,
    languages: Sequence[str],
    urls: Urls,
    *,
    title: str,
    description: str,
    section: str = "",
    crumbs: tuple[Link, ...] = (),
    translated: Mapping[str, bool] | None = None,
    is_outdated: bool = False,
    is_draft: bool = False,
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
        description=shortened(description, LONGEST_DESCRIPTION),
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
    )


def with_site(title: str, site: str) -> str:
    """A page's title with the site's name behind it, unless that makes it too long."""
    both = f"{title} · {site}"
    return both if len(both) <= LONGEST_TITLE else title


def shortened(text: str, longest: int) -> str:
    """Text of at most `longest` characters, cut at a space where there is one not too early."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    at_space = cut.rfind(" ")
    return (cut[:at_space] if at_space > longest // 2 else cut).rstrip(" ,;:–-") + "…"


def alternate(tag: str, path: str, urls: Urls, *, is_translated: bool) -> Alternate:
    """The page at this path as other languages link to it."""
    return Alternate(
        language=tag,
        name=language_name(tag),
        direction=text_direction(tag),
        url=urls.link(path),
        absolute=urls.absolute(path),
        is_translated=is_translated,
    )
