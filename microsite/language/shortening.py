"""Text cut to a length, where a word ends."""

from __future__ import annotations

import unicodedata

from microsite.language import thai

_TIED = "\u0e30\u0e32\u0e33\u0e45\u0e46\u0e2f\u200d\ufe0f"  # ะ า ำ ๅ ๆ ฯ, joiners of emoji
_LOOSE = " ,;:·–—-([“‘\"'"  # what no shortened text ends with
_JOINER = "\u200d"


def shortened(text: str, longest: int, least: int = 1) -> str:
    """The text on one line, of at most `longest` characters (2 or more); a cut ends with `…`.

    It is cut at a space in its second half, else at another end of a word there. Thai has no
    spaces between words: a phrase ends before a word such as และ, else at an earlier space that
    leaves `least` characters; only a longer phrase is cut between syllables. Marks stay with their
    letter.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    room = longest - 1
    spaces = [place for place, char in enumerate(line[: room + 1]) if char == " "]
    half = longest // 2
    for places, wanted in (
        (spaces, half),
        (thai.ends_of_words(line[: room + 8]), half),
        (spaces, 1),
        (thai.ends_of_syllables(line[: room + 2]), half),
        (range(1, room + 1), 1),
    ):
        fitting = (place for place in reversed(places) if wanted <= place <= room)
        cuts = (line[:place].rstrip(_LOOSE) for place in fitting if _parts(line, place))
        cut = next((cut for cut in cuts if len(cut) >= least), "")
        if cut:
            return cut + "…"
    return line[:room] + "…"


def _parts(line: str, place: int) -> bool:
    """Whether what a reader sees as one character stays whole when cut here."""
    after, before = line[place], line[place - 1]
    return (
        unicodedata.category(after)[0] != "M"
        and after not in _TIED
        and before != _JOINER
        and not "\u0e40" <= before <= "\u0e44"
        and not "\U0001f3fb" <= after <= "\U0001f3ff"
    )
