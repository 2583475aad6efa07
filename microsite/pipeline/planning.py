"""The pages of a site that was read: planned, not made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from microsite.digest import digest
from microsite.media.renditions import Rendition
from microsite.media.share_pictures import ShareDrawing
from microsite.pipeline.appearance import prepare_media
from microsite.pipeline.folders import Folders
from microsite.pipeline.lasting import Addresses, read_ledger
from microsite.pipeline.reading import Reading
from microsite.pipeline.state import Footing
from microsite.problems import Problem, has_errors
from microsite.publish.lasting import gone
from microsite.records.briefs import Brief, Key
from microsite.records.fingerprints import fingerprints, of_records
from microsite.records.library import Library
from microsite.records.notes import Item, Notes
from microsite.site.frame import frame
from microsite.site.makeup import prints_of
from microsite.site.plan import collisions, leading, plan
from microsite.site.press import PagePlan, Press
from microsite.site.urls import Urls
from microsite.site.viewer import TODAY, Viewer, photo_item, prose_item
from microsite.site.views import Page
from microsite.storage.version import stamp


class Planned(Struct, frozen=True):
    """What pages there will be, and what was made for them to name."""

    plans: Sequence[PagePlan]  # of all pages but those that lead to others
    leading: Sequence[PagePlan]
    titles: dict[str, str]  # by path; the leading ones are to be made when all others have theirs
    presses: Mapping[str, Press]  # by language, the source language first
    files: Mapping[str, bytes]  # styles, scripts, face: path in the output -> bytes
    wanted: dict[
        str, dict[str, Rendition]
    ]  # photo -> path -> rendition that pages made so far show
    drawn: dict[str, ShareDrawing]  # by path: what stands beside links to pages made so far
    addresses: Addresses  # what was published before
    told: Sequence[Problem]  # what is wrong with all this, none of it an error

    @property
    def all(self) -> list[PagePlan]:
        """The plans of all pages."""
        return [*self.plans, *self.leading]

    @property
    def viewers(self) -> dict[str, Viewer]:
        """By language."""
        return {tag: press.viewer for tag, press in self.presses.items()}

    @property
    def source(self) -> Press:
        """The press of the source language."""
        return next(iter(self.presses.values()))


def plan_site(
    folders: Folders, reading: Reading, problems: list[Problem], *, today: dt.date, base_url: str
) -> Planned | None:
    """All pages; None where faults in drawings, styles or addresses make going on pointless.

    `base_url` goes before the one in site.yaml unless it is "".
    """
    start = len(problems)
    library, wordings = reading.library, reading.wordings
    files, media = prepare_media(folders, library.source.enterprises, reading.photos, problems)
    if media is None:
        return None
    urls = Urls(base_url or library.source.site.base_url)
    wanted: dict[str, dict[str, Rendition]] = {}
    drawn: dict[str, ShareDrawing] = {}
    presses: dict[str, Press] = {}
    for tag, edition in library.editions.items():
        viewer = Viewer(
            edition,
            urls,
            media,
            reading.entries.prose_in,
            wordings[tag],
            today,
            wanted,
            drawn,
            library.notes,
        )
        presses[tag] = Press(library, viewer, frame(viewer))
    plans = plan(list(presses.values()))
    by_path = {one.path: one for one in plans}
    titles: dict[str, str] = {}

    page_at = partial(_titled_page, by_path, titles, library.notes)
    leads = leading(list(presses.values()), page_at)
    problems += collisions([*plans, *leads], library)
    if has_errors(problems):
        return None
    addresses = read_ledger(folders, problems, library.source.site.base_url)
    problems += gone(addresses.ledger, (one.path for one in (*plans, *leads)), library)
    told = problems[start:]
    return Planned(plans, leads, titles, presses, files, wanted, drawn, addresses, told)


def plan_again(before: Planned, folders: Folders, reading: Reading) -> Planned | None:
    """The plan of the same library, of which entries say other words now.

    None where more than records is another on pages now: then it takes `plan_site`.
    """
    library = reading.library
    _, media = prepare_media(folders, library.source.enterprises, reading.photos, [])
    if media != before.source.viewer.media:
        return None
    if any(frame(press.viewer) != press.frame for press in before.presses.values()):
        return None
    before.wanted.clear()
    before.drawn.clear()
    return before


def _titled_page(
    plans: Mapping[str, PagePlan], titles: Mapping[str, str], notes: Notes, path: str
) -> Page:
    """The page at a path with the title that it has in the end, which is noted."""
    notes.read.add(title_item(path))
    page = plans[path].make()
    return replace(page, head=replace(page.head, title=titles[path]))


def title_item(path: str) -> Item:
    """The item that stands for the title of the page at a path."""
    return f"title:{path}"


def footing_of(planned: Planned, templates: Mapping[str, str]) -> Footing:
    """Fingerprints of all that pages are made from but items."""
    return Footing(
        stamp(),
        {tag: _ground(press) for tag, press in planned.presses.items()},
        prints_of(templates, planned.source.viewer.media.stylesheets),
    )


def item_prints(planned: Planned) -> dict[Item, str]:
    """Fingerprints of all items that pages can read."""
    library, viewer = planned.source.library, planned.source.viewer
    items = fingerprints(library) | _texts(library.briefs.values())
    items |= {photo_item(path): digest(facts) for path, facts in viewer.media.photos.items()}
    items[TODAY] = viewer.today.isoformat()
    return items


def prints_of_entries(library: Library, keys: Iterable[Key]) -> dict[Item, str]:
    """Of what `item_prints` says, that which is of these entries."""
    briefs = [library.briefs[key] for key in keys]
    return of_records(library, briefs) | _texts(briefs)


def _texts(briefs: Iterable[Brief]) -> dict[Item, str]:
    return {
        prose_item(brief.files[tag]): body for brief in briefs for tag, body in brief.bodies.items()
    }


def _ground(press: Press) -> str:
    """A fingerprint of what every page of a language stands on: all but records and photos."""
    viewer = press.viewer
    shared = [  # names of those of other languages are told, too; the order of terms counts
        (one.site, list(one.categories.items()), list(one.places.items()))
        for one in press.library.editions.values()
    ]
    return digest(
        press.frame,
        shared,
        viewer.wording,
        viewer.urls,
        replace(viewer.media, photos={}, stylesheets={}),
    )
