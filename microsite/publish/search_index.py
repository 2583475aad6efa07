"""The search index of one language: what can be found, in files that a browser fetches as needed.

A small site has one file. A large one has an index that names shards: groups of entries, and for
every three characters in a row the entries that have them. A browser fetches what it needs to know
of the words that were typed, then the groups with entries that may have them, best first, and
verifies each on its text. No dictionary cuts words, so that every browser finds the same
(assets/js/search-index.js reads what is written here).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import sub
from typing import TypeVar

from microsite.digest import digest
from microsite.language.writing import loose_key, search_key
from microsite.publish.search_entries import Findable
from microsite.records.schema import Words

MOST_WHOLE = 500  # entries of an index that is one file
LARGEST_WHOLE = 300_000  # bytes of it; Thai shrinks to less than a third on the way
PER_GROUP = 8  # entries, on average
LONGEST_LOOSE = 80  # characters; longer texts are found as they are written only
PER_SHARD = 6_000  # characters of what is known of characters, on average
_FOLDER = "assets/search/"
_GAP = "\x01"  # between texts that are searched as one
_GAPS = frozenset(f" {_GAP}")  # no word that is looked for has one
_BASE = 45
_DIGITS = "".join(chr(code) for code in range(35, 126) if chr(code) != "\\")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Indexed:
    """An entry as JSON writes it, and what it is found by."""

    path: str
    card: list[object]  # path, kind, flag, name, other names, maker, summary
    texts: list[list[object]]  # of each: label, text, language if another
    names: list[str]  # these three are keys
    summary: str
    rest: list[str]


def search_files(
    entries: Sequence[Findable], *, language: str, home: str
) -> tuple[bytes, dict[str, bytes]]:
    """The index of a language, and the shards it names by their path in the output.

    `home` is the link to the home page of the language.
    """
    kinds = _numbered(one.kind for one in entries)
    labels = _numbered(text.label for one in entries for text in one.texts)
    written = [_indexed(one, kinds, labels) for one in entries]
    index: dict[str, object] = {"home": home, "kinds": list(kinds), "labels": list(labels)}
    if len(entries) <= MOST_WHOLE:
        whole = _json({**index, "entries": [[*one.card, one.texts] for one in written]})
        if len(whole) <= LARGEST_WHOLE:
            return whole, {}
    files: dict[str, bytes] = {}
    folder = f"{_FOLDER}{language}-"
    starts = _cut(written)
    groups = list(_parts(starts, written))
    index |= {
        "count": len(entries),
        "folder": home.removesuffix(f"{language}/") + folder,
        "starts": starts,
        "grams": _put(files, f"{folder}grams", _grams(written)),
        "cards": _put(files, f"{folder}cards", [[one.card for one in of] for of in groups]),
        "texts": _put(files, f"{folder}texts", [[one.texts for one in of] for of in groups]),
    }
    return _json(index), files


def _numbered(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(dict.fromkeys(words))}


def _indexed(one: Findable, kinds: dict[str, int], labels: dict[str, int]) -> _Indexed:
    names = [_line(name) for name in (one.name, *one.others)]
    maker, summary = _line(one.maker), _line(one.summary)
    texts = [(labels[text.label], _line(text.words)) for text in one.texts]
    return _Indexed(
        one.path,
        [
            one.path,
            kinds[one.kind],
            one.flag,
            names[0].shown,
            [name.shown for name in names[1:]],
            maker.shown,
            summary.shown,
        ],
        [[label, *line.shown] for label, line in texts],
        [name.key for name in names],
        summary.key,
        [line.key for _, line in texts],
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """Words as an excerpt shows them, with their language if another, and their key."""

    shown: list[str]
    key: str


def _line(words: Words | None) -> _Line:
    """The words in one line, letter by letter as long as their key, so that places agree."""
    if words is None:
        return _Line([], "")
    text = " ".join(words.text.split())
    key = search_key(text)
    text = text if len(text) == len(key) else key
    return _Line([text, words.borrowed_from] if words.borrowed_from else [text], key)


def _cut(entries: Sequence[_Indexed]) -> list[int]:
    """Where groups begin.

    An entry begins one by its own path, so that a new product moves no border but its own.
    """
    starts = [0]
    for number, one in enumerate(entries):
        is_border = int(digest(one.path)[:8], 16) % PER_GROUP == 0
        if number and (is_border or number - starts[-1] == 2 * PER_GROUP):
            starts.append(number)
    return starts


def _parts(starts: Sequence[int], items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        yield items[start:end]


def _put(files: dict[str, bytes], stem: str, shards: Iterable[object]) -> list[str]:
    """Writes the shards into `files`; the answer is the end of each name."""
    ends = []
    for number, shard in enumerate(shards):
        data = _json(shard)
        ends.append(digest(data)[:6])
        files[f"{stem}{number}-{ends[-1]}.json"] = data
    return ends


# ---- three characters in a row


def _grams(entries: Sequence[_Indexed]) -> list[dict[str, list[str]]]:
    """The entries that have each three characters, in shards.

    They have eight lists of entries, as steps from each number to the next, the first from -1, and
    without empty lists at the end: those where a name begins with them, and those that have them
    in a name, in the summary, in another text, each entry in the best list only; and the same for
    what only the loose keys have. One or two characters have only the lists of names that begin
    with them.
    """
    found: list[defaultdict[str, list[int]]] = [defaultdict(list) for _ in range(8)]
    for number, one in enumerate(entries):
        for of_place, grams in zip(found, _lists(one), strict=True):
            for those in map(of_place.__getitem__, grams):
                those.append(number)
    codes = [_code(number) for number in range(len(entries) + 1)]
    noted: defaultdict[str, list[str]] = defaultdict(list)
    for place, lists in enumerate(found):
        for gram, those in lists.items():
            of_gram = noted[gram]
            of_gram += [""] * (place - len(of_gram))
            of_gram.append("".join(map(codes.__getitem__, map(sub, those, [-1, *those]))))
    size = sum(sum(map(len, of)) for of in noted.values())
    shards: list[dict[str, list[str]]] = [{} for _ in range(1 << (size // PER_SHARD).bit_length())]
    for gram in sorted(noted):
        if _GAPS.isdisjoint(gram):
            shards[_shard(gram) % len(shards)][gram] = noted[gram]
    return shards


def _lists(one: _Indexed) -> list[set[str]]:
    """What an entry has for each of the eight lists."""
    exact = _places(one.names, one.summary, one.rest)
    short = [text for text in one.rest if len(text) <= LONGEST_LOOSE]
    loose = _places(
        list(map(loose_key, one.names)), loose_key(one.summary), list(map(loose_key, short))
    )
    for place, grams in enumerate(loose):
        grams.difference_update(*exact[: place + 1])
    return [*exact, *loose]


def _places(names: Sequence[str], summary: str, rest: Sequence[str]) -> list[set[str]]:
    """Beginnings of names; then what is new in names, in the summary and in the rest."""
    places = [{name[:size] for name in names if name for size in (1, 2, 3)}]
    for text in (_GAP.join(names), summary, _GAP.join(rest)):
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        grams.difference_update(*places)  # in place: most of the time of an index goes here
        places.append(grams)
    return places


def _shard(gram: str) -> int:
    """What tells the shard of characters; the browser reckons it alike."""
    number = 0
    for char in gram.ljust(3, "\0"):
        number = number * 31 + ord(char)
    return number


def _code(number: int) -> str:
    """A number in base 45, lowest digit first; all digits but the last say that more follow."""
    code = ""
    while number >= _BASE:
        code += _DIGITS[_BASE + number % _BASE]
        number //= _BASE
    return code + _DIGITS[number]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
