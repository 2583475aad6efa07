"""Titles of pages: short enough for search results, no two of them the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from microsite.language.shortening import shortened

SHORTEST_TITLE, LONGEST_TITLE = 5, 70  # characters; search results cut longer ones
LONGEST_APART = 32  # of what tells two pages of one name apart


class Naming(Struct, frozen=True):
    """What the title of a page is made of."""

    name: str
    short: str = ""  # instead of a name that is too long
    site: str = ""  # stands behind the name where there is room
    form: str = "{title}"  # says which page of a list it is; never cut
    apart: tuple[str, ...] = ()  # what tells it from others of its name, best first


def title_of(naming: Naming, apart: str = "") -> str:
    """5 to 70 characters: the name, or the short one where it is too long, and the site's.

    The site's name is left out where there is no room. `apart` stands in brackets behind the name.
    """
    told = f" ({shortened(apart, LONGEST_APART)})" if apart else ""
    names = [name for name in (naming.name, naming.short) if name]
    bare = [naming.form.format(title=name + told) for name in names]
    for title in (*(_with(one, naming.site) for one in bare), *bare):
        if SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
            return title
    if len(bare[-1]) < SHORTEST_TITLE:
        return shortened(_with(bare[-1], naming.site), LONGEST_TITLE, SHORTEST_TITLE)
    room = LONGEST_TITLE - len(naming.form.format(title=told))
    return naming.form.format(title=shortened(names[-1], room, SHORTEST_TITLE) + told)


def told_apart(titles: Sequence[str], namings: Sequence[Naming]) -> list[str]:
    """The titles of pages; where several have one, each of them adds what is its own.

    The first thing that tells them apart is taken (`Naming.apart`); where nothing does, they are
    numbered in their order.
    """
    titles = list(titles)
    deepest = max((len(naming.apart) for naming in namings), default=0)
    for level in range(deepest):
        for place in _of_several(titles):
            if level < len(namings[place].apart):
                titles[place] = title_of(namings[place], namings[place].apart[level])
    taken: set[str] = set()
    for place, naming in enumerate(namings):
        number = 1
        while titles[place] in taken:
            number += 1
            titles[place] = title_of(naming, str(number))
        taken.add(titles[place])
    return titles


def _of_several(titles: Sequence[str]) -> list[int]:
    """The places of titles that are there more than once."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        places[title].append(place)
    return [place for found in places.values() if len(found) > 1 for place in found]


def _with(title: str, site: str) -> str:
    return f"{title} · {site}" if site else title
