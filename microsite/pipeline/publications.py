"""What a build publishes beside its pages: files that machines read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from microsite.publish.feeds import feeds
from microsite.publish.hosts import host_files
from microsite.publish.open_data import open_data
from microsite.publish.search_entries import findables
from microsite.publish.search_index import search_files
from microsite.publish.sitemap import sitemap
from microsite.records.library import Library
from microsite.site.urls import file_of, home_path, search_index_path
from microsite.site.viewer import Viewer
from microsite.site.views import Page


def publications(
    library: Library, viewers: Mapping[str, Viewer], pages: Sequence[Page]
) -> dict[str, bytes]:
    """Path in the output → bytes; `viewers` by language."""
    source = viewers[library.languages[0]]
    files: dict[str, bytes] = {}
    files |= open_data(viewers.values())
    files |= feeds(viewers.values())
    files |= sitemap(pages, source.urls, source.today)
    for tag, viewer in viewers.items():
        home = viewer.urls.link(home_path(tag))
        index, shards = search_files(findables(library, viewer), language=tag, home=home)
        files |= {file_of(search_index_path(tag)): index, **shards}
    files |= host_files(pages, files, source.urls.base_url)
    return files
