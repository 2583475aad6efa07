"""Notes of what has been read, so that a page is made again only when something of it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
Item = str  # what can be read at once, such as `product:th:dried-squid`


@dataclass(slots=True)
class Notes:
    """Who hands something out adds it to `read`; `during` tells what was read meanwhile."""

    read: set[Item] = field(default_factory=set)
    _kept: dict[Hashable, tuple[Any, frozenset[Item]]] = field(default_factory=dict)

    def during(self, make: Callable[[], T]) -> tuple[T, frozenset[Item]]:
        """What `make` returns, and what it read."""
        before, self.read = self.read, set()
        try:
            made = make()
        finally:
            read, self.read = self.read, before
        return made, frozenset(read)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` returned when it was first asked for under a name; it counts as read anew."""
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = self.during(make)
        made: T
        made, read = kept
        self.read |= read
        return made
