"""Shelves: records in order, each joined when first asked for; what is read is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

from microsite.records.notes import Item, Notes

R = TypeVar("R")


def item_of(type: str, language: str, slug: str) -> Item:
    """The item that stands for a record in one language, or for its not being there."""
    return f"{type}:{language}:{slug}"


class Shelf(Mapping[str, R]):
    """Records of one type and language by slug, in reading order."""

    __slots__ = ("_made", "_make", "_name", "_notes", "_slugs")

    def __init__(
        self, name: str, slugs: Sequence[str], make: Callable[[str], R], notes: Notes
    ) -> None:
        self._name, self._make, self._notes = name, make, notes
        self._slugs = dict.fromkeys(slugs)
        self._made: dict[str, tuple[Item, R]] = {}

    def lists(self) -> Iterator[tuple[Item, Iterable[str]]]:
        """The item that stands for the order, with the slugs; not noted."""
        yield self._name, self._slugs

    def row(self) -> Row[R]:
        """All of them in order."""
        return Row(self._name, self, tuple(self._slugs), self._notes)

    def forget(self, slug: str) -> None:
        """Have a record joined anew when it is next asked for."""
        self._made.pop(slug, None)

    def __getitem__(self, slug: str) -> R:
        if slug not in self._made:
            item = f"{self._name}:{slug}"
            if slug not in self._slugs:
                self._notes.read.add(item)
                raise KeyError(slug)
            self._made[slug] = item, self._make(slug)
        item, record = self._made[slug]
        self._notes.read.add(item)
        return record

    def __contains__(self, slug: object) -> bool:
        self._notes.read.add(f"{self._name}:{slug}")
        return slug in self._slugs

    def __iter__(self) -> Iterator[str]:
        self._notes.read.add(self._name)
        return iter(self._slugs)

    def __len__(self) -> int:
        self._notes.read.add(self._name)
        return len(self._slugs)


class Row(Sequence[R]):
    """Some records of a shelf, in its order.

    A page may be handed one that was taken before: which they are is noted whenever it is asked.
    """

    __slots__ = ("_item", "_notes", "_shelf", "_slugs")

    def __init__(
        self, item: Item, shelf: Mapping[str, R], slugs: Sequence[str], notes: Notes
    ) -> None:
        self._item, self._shelf, self._slugs, self._notes = item, shelf, slugs, notes

    @property
    def slugs(self) -> Sequence[str]:
        """Their slugs, for whom those are enough."""
        self._notes.read.add(self._item)
        return self._slugs

    def without(self, others: Row[R]) -> Iterator[R]:
        """The records that are not among others, which is known without reading them."""
        left_out = frozenset(others.slugs)
        return (self._shelf[slug] for slug in self.slugs if slug not in left_out)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Row[R]: ...
    def __getitem__(self, place: int | slice) -> R | Row[R]:
        if isinstance(place, slice):
            return Row(self._item, self._shelf, self._slugs[place], self._notes)
        return self._shelf[self.slugs[place]]

    def __iter__(self) -> Iterator[R]:
        return map(self._shelf.__getitem__, self.slugs)

    def __len__(self) -> int:
        return len(self.slugs)


class Groups(Mapping[str, Row[R]]):
    """The records of a shelf by the value of a field; no group is empty."""

    __slots__ = ("_groups", "_name", "_notes", "_ranks", "_shelf")

    def __init__(
        self, name: str, shelf: Mapping[str, R], groups: Mapping[str, Sequence[str]], notes: Notes
    ) -> None:
        self._name, self._shelf, self._groups, self._notes = name, shelf, groups, notes
        self._ranks: dict[str, dict[str, int]] = {}

    def row(self, key: str) -> Row[R]:
        """A group; of a key that has none, an empty row."""
        return Row(f"{self._name}:{key}", self._shelf, self._groups.get(key, ()), self._notes)

    def lists(self) -> Iterator[tuple[Item, Iterable[str]]]:
        """The items that stand for the groups and for each of them, with the slugs; not noted."""
        yield self._name, self._groups
        yield from ((f"{self._name}:{key}", slugs) for key, slugs in self._groups.items())

    def __getitem__(self, key: str) -> Row[R]:
        self._notes.read.add(f"{self._name}:{key}")
        if key not in self._groups:
            raise KeyError(key)
        return self.row(key)

    def __contains__(self, key: object) -> bool:
        self._notes.read.add(f"{self._name}:{key}")
        return key in self._groups

    def __iter__(self) -> Iterator[str]:
        self._notes.read.add(self._name)
        return iter(self._groups)

    def __len__(self) -> int:
        self._notes.read.add(self._name)
        return len(self._groups)

    def rank(self, key: str, slug: str) -> int:
        """The place of a record in its group, from 0."""
        self._notes.read.add(f"{self._name}:{key}")
        if key not in self._ranks:
            self._ranks[key] = {one: rank for rank, one in enumerate(self._groups[key])}
        return self._ranks[key][slug]


class Hidden(Mapping[tuple[str, str], R]):
    """What is known of records that are on no shelf; that one is not among them is noted, too."""

    __slots__ = ("_language", "_notes", "_values")

    def __init__(self, language: str, values: Mapping[tuple[str, str], R], notes: Notes) -> None:
        self._language, self._values, self._notes = language, values, notes

    def __getitem__(self, key: tuple[str, str]) -> R:
        self._notes.read.add(item_of(key[0], self._language, key[1]))
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        if isinstance(key, tuple):
            self._notes.read.add(item_of(key[0], self._language, key[1]))
        return key in self._values

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
