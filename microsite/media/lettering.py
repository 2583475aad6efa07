"""Lettering: words broken into lines of the heading face that fit a given room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from microsite.language.thai import split_at_compounds

SMALLEST = 24  # pixels of 1200 across; smaller letters are lost on a phone
_STEP = 2  # pixels between the sizes that are tried
_RATHER = 0.8  # one line more must make the letters larger by a quarter at least
_THAI = re.compile("[\u0e01-\u0e5b]")
# Where a line may end without a space: behind a hyphen or dash.
_HYPHEN = re.compile(r"(?<=\w[-–—])(?=\w)")
# What a reader sees as one letter: a leading vowel, a consonant, marks and vowels that follow.
_LETTER = re.compile(
    "[\u0e40-\u0e44]?[\u0e01-\u0e2e]?[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45"
    "\u0e46\u0e2f]+|[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|."
)


class Face(Struct, frozen=True):
    """How wide the characters of a face are, in em."""

    widths: dict[str, float]

    def width(self, text: str) -> float:
        """Width in em; kerning makes the drawn line up to 3 % narrower, never wider."""
        return sum(self.widths.get(char, 0) for char in text)


class Lines(Struct, frozen=True):
    """Words as they are to be drawn."""

    lines: tuple[str, ...]
    size: int  # pixels
    leading: int  # pixels from one line to the next
    rise: int  # pixels from the top of a line's place to where its letters stand

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return len(self.lines) * self.leading


def drawable(text: str, face: Face) -> str:
    """The text without signs, such as emoji, that the face lacks; "" where it lacks a letter."""
    missing = {char for char in text if char not in face.widths and not char.isspace()}
    if any(unicodedata.category(char)[0] in "LMN" for char in missing):
        return ""
    return " ".join("".join(char for char in text if char not in missing).split())


def fitted(text: str, face: Face, *, width: int, height: int, size: int) -> Lines:
    """The text as large as it fits, from `size` down to SMALLEST; all in pixels.

    Lines end at spaces; where they would not fit so, around the Thai compounds that
    `language.thai` knows, then behind hyphens. Few lines go before large letters, as far as _RATHER
    says, and lines are about equally long. Only what is wider than a line at SMALLEST is broken
    between letters, from the start of a line; what is longer than the room ends in “…”. No text
    takes no room.
    """
    if not text:
        return _set((), text, size)
    best: tuple[float, int, tuple[str, ...]] | None = None
    for tried in range(size, SMALLEST - 1, -_STEP):
        lines = _at_size(text, face, width / tried, height // _leading(text, tried))
        worth = tried * _RATHER ** (len(lines) - 1)
        if lines and (best is None or worth > best[0]):
            best = worth, tried, lines
    if best is None:
        lines = _at_any_cost(text, face, width / SMALLEST, height // _leading(text, SMALLEST))
        return _set(lines, text, SMALLEST)
    return _set(best[2], text, best[1])


def _at_size(text: str, face: Face, width: float, most: int) -> tuple[str, ...]:
    """At most `most` lines of `width` em; none where that cannot be."""
    for pieces in (_words(text), _compounds(_words(text)), _phrases(text)):
        lines = _broken(pieces, face, width)
        if lines and len(lines) <= most:
            return _evened(pieces, face, width, len(lines))
    return ()


def _at_any_cost(text: str, face: Face, width: float, most: int) -> tuple[str, ...]:
    lines: tuple[str, ...] = ()
    pieces: list[str] = []
    for piece in _phrases(text):
        if face.width(piece.rstrip()) <= width:
            pieces.append(piece)
        else:
            lines += _broken(pieces, face, width) if pieces else ()
            pieces = _LETTER.findall(piece)
    lines += _broken(pieces, face, width)
    if len(lines) <= most:
        return lines
    first, *others = _phrases(lines[most - 1])
    last = [*_LETTER.findall(first), *others]  # a full line has no room for dots
    while face.width("".join(last).rstrip() + "…") > width:
        last.pop()
    return (*lines[: most - 1], "".join(last).rstrip() + "…")


def _set(lines: Sequence[str], text: str, size: int) -> Lines:
    rise = 1.08 if _THAI.search(text) else 0.92
    return Lines(tuple(lines), size, _leading(text, size), round(rise * size))


def _leading(text: str, size: int) -> int:
    """Room for a line: ซื้อ below ปู่ takes 1.56 em of Chakra Petch, English 1.2."""
    return round((1.56 if _THAI.search(text) else 1.2) * size)


def _words(text: str) -> list[str]:
    """Pieces that end with their space."""
    return re.findall(r"\S+\s*", text)


def _compounds(words: Sequence[str]) -> list[str]:
    return [piece for word in words for piece in split_at_compounds(word) if piece]


def _phrases(text: str) -> list[str]:
    return _compounds([part for word in _words(text) for part in _HYPHEN.split(word)])


def _broken(pieces: Sequence[str], face: Face, most: float) -> tuple[str, ...]:
    """Pieces in lines of at most `most` em; none where a piece alone is wider."""
    lines = [""]
    for piece in pieces:
        if face.width(piece.rstrip()) > most:
            return ()
        if face.width((lines[-1] + piece).rstrip()) <= most:
            lines[-1] += piece
        else:
            lines.append(piece)
    return tuple(line.rstrip() for line in lines)


def _evened(pieces: Sequence[str], face: Face, most: float, count: int) -> tuple[str, ...]:
    """As few lines, made about equally long: broken at the narrowest width that keeps `count`."""
    low, high = 0.0, most
    while high - low > 0.25:  # em
        middle = (low + high) / 2
        lines = _broken(pieces, face, middle)
        low, high = (low, middle) if lines and len(lines) <= count else (middle, high)
    return _broken(pieces, face, high)
