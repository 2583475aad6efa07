"""What a build publishes beside its pages: files that machines read."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.pipeline.planning import Planned
from microsite.publish.feeds import feeds
from microsite.publish.hosts import host_files
from microsite.publish.listing import Listed
from microsite.publish.open_data import open_data
from microsite.publish.search_entries import findables
from microsite.publish.search_index import search_files
from microsite.publish.sitemap import sitemap
from microsite.site.urls import file_of, home_path, search_index_path


def publications(planned: Planned, pages: Sequence[Listed]) -> dict[str, bytes]:
    """Path in the output → bytes."""
    library, source, viewers = planned.source.library, planned.source.viewer, planned.viewers
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
