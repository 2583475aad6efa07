"""Faces: what the heading face is cut down to, its styles, and what stands in until it is there."""

from __future__ import annotations

import unicodedata

from brotli import __version__ as brotli_version  # type: ignore[import-untyped] # ships no types
from fontTools import version as font_tools_version  # type: ignore[import-untyped] # the same
from msgspec import Struct

from microsite.digest import digest

FAMILY = "Chakra Petch"
WEIGHT = 700
# Whole blocks, so that a new word needs no new font.
DEFAULT_CODEPOINTS = frozenset(
    [
        *(point for point in range(0x0E00, 0x0E80) if unicodedata.category(chr(point)) != "Cn"),
        *range(0x20, 0x7F),
        *map(ord, "\N{NO-BREAK SPACE}–—…“”‘’·×"),
    ]
)


class FaceMetrics(Struct, frozen=True):
    """How much room a face takes; all but `units` and the averages in font units."""

    units: int  # to the em
    ascent: int
    descent: int  # below the line: negative
    line_gap: int
    latin: float  # average width in em of a character of Latin headings; 0 without these letters
    thai: float  # the same for Thai


class _StandIn(Struct, frozen=True):
    """A system face that is shown until the real one has arrived."""

    names: tuple[str, ...]  # full and PostScript names, as local() wants them
    latin: float  # its average as in FaceMetrics; 0 where it is not used for these letters
    thai: float
    letters: str  # unicode-range


RECIPE = 1  # raised with each change to cutting or measuring
# Averages measured in Liberation Sans Bold 2.1 (as wide as Arial by design), Roboto 3.15 and Noto
# Sans Thai 2.000. Thai system faces of other makers could not be measured, so they are left out.
_LATIN_LETTERS = "U+20-24F,U+2000-20CF"
_STAND_INS = (
    _StandIn(
        ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold"),
        *(0.4866, 0, _LATIN_LETTERS),
    ),
    _StandIn(("Roboto Bold", "Roboto-Bold"), 0.4628, 0, _LATIN_LETTERS),
    _StandIn(("Noto Sans Thai Bold", "NotoSansThai-Bold"), 0, 0.4326, "U+E00-E7F"),
)


def cut_of(font: bytes) -> str:
    """A digest that stands for the face cut down from this font, and for its metrics."""
    return digest(RECIPE, sorted(DEFAULT_CODEPOINTS), font, font_tools_version, brotli_version)


def face_css(url: str, face: FaceMetrics, *, family: str = FAMILY, weight: int = WEIGHT) -> str:
    """`@font-face` rules for the face at `url` and for "<family> Fallback", which is of its size.

    Source: CSS Fonts 5, size-adjust and the override descriptors.
    """
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url("{url}") format("woff2")}}' + fallback_css(face, family=family, weight=weight)
    )


def fallback_css(face: FaceMetrics, *, family: str = FAMILY, weight: int = WEIGHT) -> str:
    """One `@font-face` for each system face that can stand in; a browser takes those it has."""
    rules = []
    for stand_in in _STAND_INS:
        wanted, has = (face.latin, stand_in.latin) if stand_in.latin else (face.thai, stand_in.thai)
        if not wanted:
            continue
        size = wanted / has
        em = face.units * size  # overrides count in the em of the face as adjusted
        names = ",".join(f'local("{name}")' for name in stand_in.names)
        rules.append(
            f'@font-face{{font-family:"{family} Fallback";font-weight:{weight};src:{names};'
            f"size-adjust:{size:.2%};ascent-override:{face.ascent / em:.2%};"
            f"descent-override:{-face.descent / em:.2%};line-gap-override:{face.line_gap / em:.2%};"
            f"unicode-range:{stand_in.letters}}}"
        )
    return "".join(rules)
