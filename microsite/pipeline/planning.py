"""The pages of a site that was read, planned but not rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from microsite.media.renditions import Rendition
from microsite.media.share_pictures import ShareDrawing
from microsite.pipeline.appearance import prepare_media
from microsite.pipeline.folders import Folders
from microsite.pipeline.lasting import Addresses, check_addresses, read_ledger
from microsite.pipeline.reading import Reading
from microsite.problems import Problem, has_errors
from microsite.site.plan import collisions, plan
from microsite.site.urls import Urls
from microsite.site.viewer import Viewer
from microsite.site.views import Page


@dataclass(frozen=True, slots=True)
class Planned:
    """What pages there will be, and what was made for them to name."""

    pages: Sequence[Page]
    viewers: Mapping[str, Viewer]  # by language
    files: Mapping[str, bytes]  # styles, scripts, face: path in the output -> bytes
    wanted: Mapping[str, Mapping[str, Rendition]]  # photo -> path -> rendition that a page shows
    drawn: Mapping[str, ShareDrawing]  # by path: what stands beside links to pages
    addresses: Addresses  # what was published before


def plan_site(
    folders: Folders, reading: Reading, problems: list[Problem], *, today: dt.date, base_url: str
) -> Planned | None:
    """All pages; None where faults in drawings, styles or addresses make going on pointless.

    `base_url` goes before the one in site.yaml unless it is "".
    """
    library, wordings = reading.library, reading.wordings
    files, media = prepare_media(folders, library.source.enterprises, reading.photos, problems)
    if media is None:
        return None
    urls = Urls(base_url or library.source.site.base_url)
    wanted: dict[str, dict[str, Rendition]] = {}
    drawn: dict[str, ShareDrawing] = {}
    viewers = {
        tag: Viewer(edition, urls, media, reading.prose, wordings[tag], today, wanted, drawn)
        for tag, edition in library.editions.items()
    }
    pages = plan(library, viewers)
    problems += collisions(pages)
    if has_errors(problems):
        return None
    addresses = read_ledger(folders, problems, library.source.site.base_url)
    problems += check_addresses(addresses, reading, pages)
    return Planned(pages, viewers, files, wanted, drawn, addresses)
