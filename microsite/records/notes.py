"""Notes of what has been read, so that a page is made again only when something of it changes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct, field

T = TypeVar("T")
Item = str  # what can be read at once, such as `product:th:dried-squid`
Read = tuple[Item, ...]  # each once, in no order; a set takes nine times the room


class Notes(Struct):
    """Who hands something out adds it to `read`; `during` tells what was read meanwhile."""

    read: set[Item] = field(default_factory=set)
    shared: dict[Item, Read] = field(default_factory=dict)  # what `once` read, by name
    _made: dict[Item, Any] = field(default_factory=dict)

    def during(self, make: Callable[[], T]) -> tuple[T, Read]:
        """What `make` returns, and what it read."""
        before, self.read = self.read, set()
        try:
            made = make()
        finally:
            read, self.read = self.read, before
        return made, tuple(map(intern, read))  # many pages read the same

    def once(self, name: Item, make: Callable[[], T]) -> T:
        """What `make` returned when it was first asked for under a name.

        The name is noted instead of all that was read for it.
        """
        if name not in self._made:
            self._made[name], self.shared[name] = self.during(make)
        self.read.add(name)
        made: T = self._made[name]
        return made

    def forget(self) -> None:
        """Nothing has been read or made: what was read says something else now."""
        self.read.clear()
        self.shared.clear()
        self._made.clear()

    def shared_since(self, count: int) -> dict[Item, Read]:
        """What was added to `shared` since it was so long."""
        return dict(islice(self.shared.items(), count, None))
