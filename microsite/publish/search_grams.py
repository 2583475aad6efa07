"""Three characters in a row, by which the search of a large site looks entries up: who has them.

No dictionary cuts words, so that every browser finds the same. Three that begin with a Thai mark
are left out: nobody begins a word with one, and it is in the three before. So are emoji.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, compress, repeat
from operator import sub

from microsite.language.writing import loose_key

GAP = "\x01"  # between texts that are searched as one
LONGEST_LOOSE = 80  # characters; longer texts are found as they are written only
PER_SHARD = 6_000  # characters of what is known of characters, on average
# Thai as one byte a letter (TIS-620), so that bytes tell what a character is: marks are these.
_MARKS = bytes([0xD1, *range(0xD3, 0xDB), *range(0xE7, 0xEF)])
_MAY_STAND = bytes(chr(byte) not in f" {GAP}" for byte in range(256))
_MAY_BEGIN = bytes(_MAY_STAND[byte] and byte not in _MARKS for byte in range(256))
_RARE = re.compile("[\U00010000-\U0010ffff]")  # emoji and the like, which are two units each
_BASE = 45
_DIGITS = "".join(chr(code) for code in range(35, 126) if chr(code) != "\\")
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_CODE = re.compile(f"[{re.escape(_DIGITS[_BASE:])}]*[{re.escape(_DIGITS[:_BASE])}]")

Gram = int  # three characters, the first in the lowest 16 bits
Noted = dict[str, list[str]]  # three characters → their lists of entries
Move = tuple[str, int, int]  # into a list or out of it: three characters, list, entry


def grams_of(names: Sequence[str], summary: str, rest: Sequence[str]) -> list[Collection[Gram]]:
    """What an entry has for each of eight lists, from the keys of its texts.

    The beginnings of its names, one to three characters; what is in its names, in its summary, in
    the rest; and the same for what only the loose keys have. Some stand in several lists.
    """
    short = [text for text in rest if len(text) <= LONGEST_LOOSE]
    exact = [_grams(text) for text in (GAP.join(names), summary, GAP.join(rest))]
    loose = [_grams(loose_key(text)) for text in (GAP.join(names), summary, GAP.join(short))]
    starts = _starts(names)
    return [
        starts,
        *exact,
        _starts(map(loose_key, names)) - starts,
        *(set(more).difference(less) for more, less in zip(loose, exact, strict=True)),
    ]


def _starts(names: Iterable[str]) -> set[Gram]:
    starts = {name[:size] for name in names for size in (1, 2, 3) if name}
    return {_gram(start) for start in starts if " " not in start}


def _grams(text: str) -> list[Gram]:
    """Every three characters in a row, without spaces, the first no mark.

    As a regular expression would find them, in a third of the time: the text is laid three times
    into 64 bits a character, a character further each time, and read as numbers.
    """
    if len(text) < 3:
        return []
    units = text.encode("utf-16-le")
    if len(units) > 2 * len(text):
        text = _RARE.sub(" ", text)
        units = text.encode("utf-16-le")
    kinds = text.encode("cp874", "replace")
    numbers = bytearray(8 * len(text))
    for at in range(6):
        of_each = units[at % 2 :: 2][at // 2 :]
        numbers[at : 8 * len(of_each) : 8] = of_each
    stand = int.from_bytes(kinds.translate(_MAY_STAND), "little")
    begin = int.from_bytes(kinds.translate(_MAY_BEGIN), "little")
    wanted = (begin & stand >> 8 & stand >> 16).to_bytes(len(text), "little")
    return list(compress(memoryview(numbers).cast("Q"), wanted))


def _gram(text: str) -> Gram:
    return int.from_bytes(text.encode("utf-16-le"), "little")


def _text(gram: Gram) -> str:
    """The one to three characters of a number."""
    return gram.to_bytes(-(-gram.bit_length() // 16) * 2, "little").decode("utf-16-le")


def noted(entries: Iterable[Sequence[Collection[Gram]]]) -> Noted:
    """Who has each three characters, of entries as `grams_of` gives them.

    They have eight lists of entries, as steps from each number to the next, the first from -1, and
    without empty lists at the end.
    """
    found: list[defaultdict[Gram, array[int]]] = [defaultdict(lambda: array("I")) for _ in range(8)]
    count = 0
    for number, of in enumerate(entries):
        count = number + 1
        for lists, grams in zip(found, of, strict=True):
            # As `for gram in grams: lists[gram].append(number)`: millions, in half the time
            deque(map(array.append, map(lists.__getitem__, grams), repeat(number)), maxlen=0)
    codes = ["", *map(_code, range(1, count + 1))]  # the same entry again takes no step
    of_grams: defaultdict[str, list[str]] = defaultdict(list)
    for place, lists in enumerate(found):
        for gram, numbers in lists.items():
            of_gram = of_grams[_text(gram)]
            if place > len(of_gram):
                of_gram += [""] * (place - len(of_gram))
            of_gram.append("".join(map(codes.__getitem__, map(sub, numbers, [-1, *numbers]))))
    return {gram: of_grams[gram] for gram in sorted(of_grams)}


def size_of(those: Noted) -> int:
    """How many characters a shard has to hold."""
    return sum(sum(map(len, lists)) for lists in those.values())


def shard_count(size: int) -> int:
    """Into how many shards as many characters are cut."""
    return 1 << (size // PER_SHARD).bit_length()


def shard_of(gram: str, count: int) -> int:
    """The shard of three characters; the browser reckons it alike."""
    first, second, third = map(ord, gram.ljust(3, "\0"))
    return ((first * 31 + second) * 31 + third) % count


def shards_of(those: Noted) -> list[Noted]:
    """The same in shards, each sorted."""
    cut: list[Noted] = [{} for _ in range(shard_count(size_of(those)))]
    for gram, lists in those.items():
        cut[shard_of(gram, len(cut))][gram] = lists
    return cut


def moves_of(
    number: int, before: Sequence[Collection[Gram]], after: Sequence[Collection[Gram]]
) -> Iterator[Move]:
    """What an entry no longer has and what it has anew: characters, list, entry."""
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        for gram in set(old) ^ set(new):
            yield _text(gram), place, number


def renewed_shard(those: Noted, moves: Iterable[Move]) -> Noted:
    """A shard, in which each move takes an entry out of its list or puts it in."""
    changed: Noted = {}
    for gram, place, number in moves:
        lists = changed.setdefault(gram, list(those.get(gram, [])))
        lists += [""] * (place + 1 - len(lists))
        lists[place] = _switched(lists[place], number)
        while lists and not lists[-1]:
            lists.pop()
    return {gram: lists for gram, lists in sorted({**those, **changed}.items()) if lists}


def _switched(noted: str, number: int) -> str:
    """Steps to numbers without this one, or with it where it is not among them.

    Lists are long, so only what stands beside the number is reckoned anew.
    """
    codes = _CODE.findall(noted)
    numbers = _reached(codes)
    at = bisect_left(numbers, number)
    around = numbers[at - 1 : at + 1]  # none behind it at the end
    if around[1:] == [number]:
        around = [numbers[at - 1], *numbers[at + 1 : at + 2]]
        codes[at - 1 : at + 1] = map(_code, map(sub, around[1:], around))
    else:
        around.insert(1, number)
        codes[at - 1 : at] = map(_code, map(sub, around[1:], around))
    return "".join(codes)


def steps_of(numbers: Sequence[int]) -> str:
    """Rising numbers as steps from each to the next, the first from -1."""
    return "".join(map(_code, map(sub, numbers, [-1, *numbers])))


def _code(number: int) -> str:
    """A number in base 45, lowest digit first; all digits but the last say that more follow."""
    code = ""
    while number >= _BASE:
        code += _DIGITS[_BASE + number % _BASE]
        number //= _BASE
    return code + _DIGITS[number]


def numbers_of(steps: str) -> list[int]:
    """The numbers that `steps_of` wrote."""
    return _reached(_CODE.findall(steps))[1:]


def _reached(codes: Sequence[str]) -> list[int]:
    """-1, and the number behind each step."""
    values = {code: _step(code) for code in set(codes)}  # few, however long the list is
    return list(accumulate(map(values.__getitem__, codes), initial=-1))


def _step(code: str) -> int:
    """The number that `_code` wrote."""
    if len(code) == 1:
        return _VALUES[code]
    return sum(_VALUES[digit] % _BASE * _BASE**place for place, digit in enumerate(code))
