"""What is made when a page first shows it, because not every site has templates that do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


class Later(Generic[T]):
    """A value that is made when it is first called for.

    What the making reads counts as read by whoever calls first. So it belongs to one page, and to
    nothing that `Notes.once` keeps for several.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Callable[[], T] | None = make
        self._made: T

    def __call__(self) -> T:
        """What was made."""
        if self._make is not None:
            self._made, self._make = self._make(), None
        return self._made


NOTHING: Later[None] = Later(lambda: None)
