"""Names of files and folders that are nobody's content, wherever they lie."""

from __future__ import annotations

LIKE_FILES = (".md", ".yaml")  # endings of entries: a folder called so stands in place of one
_LITTER = {"Thumbs.db", "desktop.ini"}


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is hidden, a backup, or left behind by a system."""
    return name.startswith((".", "~", "#")) or name.endswith(("~", "#")) or name in _LITTER
