"""Garbled text: letters that were lost or mistaken on the way from one program to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from microsite.language.thai import looks_thai, stray_mark

Kind = Literal["lost", "mistaken", "mark"]

# All of these begin with a letter or a set: `re` runs to the next one, but tries a choice or a
# repetition at every character.
_LOST = re.compile("\ufffd+")
# UTF-8 that was read as Windows-874: every Thai letter becomes เธ or เน and one sign more. Three
# in a row, since เธอเน… may stand in a sentence.
_SIGN = "[ก-ฟ€…‘’“”•–—\u00a0\ufffd]"
_AS_THAI = re.compile(f"เ[ธน]{_SIGN}(?:เ[ธน]{_SIGN}){{2,}}")
# UTF-8 that was read as Windows-1252 or Latin-1: Thai, quotation marks and dashes, accents.
_AS_LATIN = re.compile(
    "à[¸¹][^\\s\ufffd]?(?:à[¸¹][^\\s\ufffd]?)*|â€[™œ\u009d“”˜¦\u201d\u2122]?|Ã[\u00a1-\u00bf]|Â[\u00a0-\u00bf]"
)
# Windows-874 that was read as Latin-1: long runs of letters that no language has in a row.
_ACCENTED = re.compile("[\u00a1-\u00fb][\u00a1-\u00fb]{3,}")


def garbled_in(text: str) -> Iterator[tuple[Kind, int, int]]:
    """The first place of each kind, with its start and width in characters.

    `lost` is the sign for a letter that could not be kept, `mistaken` is text in another encoding
    than it was read in, `mark` a Thai vowel or tone mark without a letter to carry it.
    """
    if text.isascii():
        return
    if mistaken := _mistaken(text):
        yield "mistaken", mistaken.start(), len(mistaken[0])
        return
    if "\ufffd" in text and (found := _LOST.search(text)):
        yield "lost", found.start(), len(found[0])
    if mark := stray_mark(text):
        yield "mark", mark.start(), len(mark[0])


def _mistaken(text: str) -> re.Match[str] | None:
    for pattern in (_AS_THAI, _AS_LATIN):
        if found := pattern.search(text):
            return found
    for run in _ACCENTED.finditer(text):
        if looks_thai(run[0].encode("latin-1").decode("cp874", "replace")):
            return run
    return None
