"""What a build publishes beside its pages: files that machines read."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from msgspec import Struct, field

from microsite.digest import digest
from microsite.pipeline.folders import Folders
from microsite.pipeline.making import Making, is_on_new_ground
from microsite.pipeline.spread import spread
from microsite.pipeline.state import State
from microsite.publish.feeds import feeds
from microsite.publish.hosts import host_files
from microsite.publish.open_data import (
    BETWEEN,
    FORMATS,
    data_file,
    product_in_data,
    slugs_in_data,
)
from microsite.publish.search_entries import Findable, findables
from microsite.publish.search_index import renewed, search_files
from microsite.publish.sitemap import sitemap
from microsite.publish.spliced import Spliced, spliced
from microsite.records.notes import Item, Read
from microsite.site.press import Press
from microsite.site.urls import data_path, file_of, home_path, record_path, search_index_path
from microsite.storage import cache
from microsite.storage.log import Row
from microsite.storage.output import Laid, lay, read_output

MANY = 500  # pages from which a process for each language is worth it
MANY_TO_SEND = 4000  # where all that it needs has to be sent to it


class Published(Struct):
    """What was made, what stays as it is, and what tells the next build whether that holds."""

    laid: dict[str, Laid] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)  # paths
    gone: list[str] = field(default_factory=list)  # paths
    parts: dict[str, Row] = field(default_factory=dict)  # those that were made
    read: dict[str, Read] = field(default_factory=dict)  # for those
    files: dict[str, Row] = field(default_factory=dict)
    kept_tags: list[str] = field(default_factory=list)  # languages of which all other parts stay

    def kept_parts(self, before: State) -> dict[str, Row]:
        """Those that stay as they were."""
        rows, tags = before.parts.all(), frozenset(self.kept_tags)
        return {name: row for name, row in rows.items() if name.partition(" ")[0] in tags}


def publish_entries(
    making: Making, folders: Folders, words: Collection[str], known: dict[str, Parts]
) -> Published:
    """Search index and open data; `words` are those of the templates, which say what they need.

    `known`: what there is to tell, by language, where the plan is that of an earlier build.
    To be called before pages are made: each process that helps is a copy of this one, which holds
    little as yet.
    """
    notes = making.planned.source.library.notes
    done = Published()
    jobs = making.jobs if len(making.planned.plans) > MANY else 1
    is_all = making.before is None and len(making.planned.plans) > MANY_TO_SEND
    work = partial(_of_languages, making, folders, words, known)
    tags = list(making.planned.presses)
    for share, shared in spread(tags, work, jobs, worth=1, worth_sending=1 if is_all else None):
        notes.shared |= shared
        for one in share:
            _add(done, one)
    for name, items in done.read.items():
        done.parts[name] = [making.numbers.of(items)]
    return done


def _of_languages(
    making: Making,
    folders: Folders,
    words: Collection[str],
    known: dict[str, Parts],
    tags: Iterable[str],
) -> tuple[list[Published], dict[Item, Read]]:
    """What is published in these languages, and what was read for things made once."""
    notes = making.planned.source.library.notes
    count = len(notes.shared)
    presses = making.planned.presses
    made = []
    for tag in tags:
        parts = known[tag] = known.get(tag) or _parts_of(presses[tag], words)
        done = _of_language(parts, making, folders)
        row = making.before.files.get(tag) if making.before else None
        done.gone = _without(_paths_in(row) if row else (), done)
        made.append(done)
    return made, notes.shared_since(count)


def _paths_in(row: Row) -> list[str]:
    """The files that a row tells of."""
    return [*row[1], *(one[0] for one in row[2])]


def _without(paths: Iterable[str], done: Published) -> list[str]:
    """Those that are not published any more."""
    kept = frozenset(done.kept)
    return [path for path in paths if path not in kept and path not in done.laid]


def publish(making: Making, done: Published) -> None:
    """Add all other files beside the pages, which have been made."""
    _add(done, _sitemap(making))
    source = making.planned.source.viewer
    files = feeds(making.planned.viewers.values())
    leading = [making.at(plan.path).listed for plan in making.planned.leading]
    files |= host_files(leading, files, source.urls.base_url)
    for path, data in files.items():
        done.laid[path] = lay(making.draft, path, data)


def _add(done: Published, more: Published) -> None:
    done.laid |= more.laid
    done.kept += more.kept
    done.gone += more.gone
    done.read |= more.read
    done.files |= more.files
    done.kept_tags += more.kept_tags


def _sitemap(making: Making) -> Published:
    """The sitemap, made anew where a page has come, gone or has another day."""
    before, viewer = making.before, making.planned.source.viewer
    today = viewer.today.isoformat()
    row = before.files.get("sitemap") if before else None
    plans = making.planned.all
    if (
        before
        and row
        and row[0] == today
        and not is_on_new_ground("", making.footing, before)
        and making.touched.isdisjoint(row[1])
        and making.are_same
        and all(row[:2] == before.heads[path][:2] for path, row in making.heads.items())
    ):
        return Published(kept=list(row[1]), files={"sitemap": row})
    files = sitemap((making.at(plan.path).listed for plan in plans), viewer.urls, viewer.today)
    laid = {path: lay(making.draft, path, data) for path, data in files.items()}
    done = Published(laid=laid, files={"sitemap": [today, list(files)]})
    done.gone = _without(row[1] if row else (), done)
    return done


# ---- files of a language that are made of a part for each entry


class _Part(Struct, frozen=True):
    """What is told of one entry."""

    findable: Findable
    data: Mapping[str, bytes]  # of a product, by format


class Parts(Struct, frozen=True):
    """The parts of one language, to be made when they are asked for."""

    press: Press
    finds: Mapping[str, Callable[[], Findable]]  # by path
    products: Mapping[str, str]  # slugs in the open data, by path
    has_search: bool
    has_data: bool  # though there may be no product that it could tell
    mark: str  # fingerprint of which they are

    def make(self, path: str) -> tuple[_Part, Read]:
        """One of them, and what it was made from."""

        def make() -> _Part:
            slug = self.products.get(path)
            data = product_in_data(self.press.viewer, slug) if slug else {}
            return _Part(self.finds[path](), data)

        return self.press.library.notes.during(make)


def _of_language(parts: Parts, making: Making, folders: Folders) -> Published:
    """Search index and open data, as far as templates lead to them."""
    tag, before = parts.press.frame.language, making.before
    if not parts.finds and not parts.has_data:
        return Published()
    row = before.files.get(tag) if before else None
    if (
        before
        and row
        and row[0] == parts.mark
        and not is_on_new_ground(tag, making.footing, before)
    ):
        paths = _paths_in(row)
        if making.touched.isdisjoint(paths):
            start, bad = f"{tag} ", sorted(before.parts.with_any(making.changed))
            stale = [name.removeprefix(start) for name in bad if name.startswith(start)]
            as_before = Published(kept=paths, files={tag: row})
            done = _renewed(parts, stale, row, making, folders) if stale else as_before
            if done is not None:
                done.kept_tags.append(tag)
                return done
    return _whole(parts, making, folders)


def _parts_of(press: Press, words: Collection[str]) -> Parts:
    """What there is to tell in a language; nothing where no template leads to it."""
    library, viewer = press.library, press.viewer
    finds = findables(library, viewer) if {"index_url", "data_links"} & set(words) else {}
    slugs = slugs_in_data(library, viewer) if "data_links" in words else []
    home = home_path(press.frame.language)
    products = {
        record_path(press.frame.language, "product", slug).removeprefix(home): slug
        for slug in slugs
    }
    mark = digest("\n".join(finds), "\n".join(products), "data_links" in words)
    return Parts(press, finds, products, "index_url" in words, "data_links" in words, mark)


def _whole(parts: Parts, making: Making, folders: Folders) -> Published:
    """All of a language."""
    tag, viewer = parts.press.frame.language, parts.press.viewer
    read: dict[str, Read] = {}
    data: dict[str, Mapping[str, bytes]] = {}

    def findables() -> Iterator[Findable]:
        for path in parts.finds:
            part, read[f"{tag} {path}"] = parts.make(path)
            data[path] = part.data
            yield part.findable  # which nobody has to hold

    laid: dict[str, Laid] = {}

    def put(path: str, data: bytes) -> None:
        laid[path] = lay(making.draft, path, data)

    found = findables()
    search_mark = ""
    if parts.has_search:
        home = viewer.urls.link(home_path(tag))
        search = search_files(found, put, language=tag, home=home, said=viewer.wording.gettext)
        put(file_of(search_index_path(tag)), search.index)
        search_mark = _keep(folders, making, tag, search.kept)
    for _ in found:  # where there is no search to ask for them
        pass
    search_paths = list(laid)
    places: list[Row] = []
    for format in FORMATS if parts.has_data else ():
        whole = data_file(viewer, format, [data[path][format] for path in parts.products])
        places.append(_put(put, tag, format, whole))
    return Published(
        laid,
        files={tag: [parts.mark, search_paths, places, search_mark]},
        read=read,
    )


def _renewed(
    parts: Parts, stale: Collection[str], row: Row, making: Making, folders: Folders
) -> Published | None:
    """The files that change where only a few entries have; None where that is not enough."""
    mark, search_paths, places, search_mark = row
    tag, output = parts.press.frame.language, making.draft.folder
    made = {path: parts.make(path) for path in stale}
    files: dict[str, bytes] = {}
    if parts.has_search:
        kept = cache.load(folders.kept("search"), _key(making, tag))
        if kept is None or digest(kept) != search_mark:
            return None
        found = {path: part.findable for path, (part, _) in made.items()}
        renewal = renewed(kept, partial(_shard, output), found)
        if renewal is None:
            return None
        files = {**renewal.shards, file_of(search_index_path(tag)): renewal.search.index}
        gone = frozenset(renewal.gone)
        search_paths = [path for path in search_paths if path not in gone] + [
            path for path in renewal.shards if path not in search_paths
        ]
        search_mark = _keep(folders, making, tag, renewal.search.kept)
    numbers = {path: number for number, path in enumerate(parts.products)}
    changed = {numbers[path]: part.data for path, (part, _) in made.items() if part.data}
    new_places: list[Row] = []
    for format, (path, head, lengths) in zip(FORMATS, places, strict=bool(places)):
        if changed:
            before = Spliced(read_output(output, path), head, lengths)
            fresh = {number: data[format] for number, data in changed.items()}
            whole = spliced(before, BETWEEN[format], fresh)
            new_places.append(_put(files.__setitem__, tag, format, whole))
        else:
            new_places.append([path, head, lengths])
    kept_paths = [*search_paths, *(one[0] for one in new_places)]
    return Published(
        {path: lay(making.draft, path, data) for path, data in files.items()},
        [path for path in kept_paths if path not in files],
        files={tag: [mark, search_paths, new_places, search_mark]},
        read={f"{tag} {path}": items for path, (_, items) in made.items()},
    )


def _shard(output: str, path: str) -> bytes:
    """Its bytes; none where somebody has taken it away, which is noticed like any other damage."""
    with suppress(OSError):
        return read_output(output, path)
    return b""


def _put(put: Callable[[str, bytes], object], tag: str, format: str, made: Spliced) -> Row:
    """Puts the file; the answer is what it takes to splice other parts into it."""
    path = file_of(data_path(tag, format))
    put(path, made.data)
    return [path, made.head, list(made.lengths)]


def _keep(folders: Folders, making: Making, tag: str, kept: bytes) -> str:
    """Keeps what a search needs to be renewed; the answer is its fingerprint."""
    cache.save(folders.kept("search"), _key(making, tag), kept)
    return digest(kept)


def _key(making: Making, tag: str) -> str:
    return digest(os.path.realpath(making.draft.folder), tag)
