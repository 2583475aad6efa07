"""What a build publishes beside its pages: files that machines read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from microsite.records.library import Library
from microsite.site.viewer import Viewer
from microsite.site.views import Page


def publications(
    library: Library, viewers: Mapping[str, Viewer], pages: Sequence[Page]
) -> dict[str, bytes]:
    """Path in the output → bytes; `viewers` by language."""
    files: dict[str, bytes] = {}
    return files
