"""Share pictures as drawings: cloth, waves, a flag on its pole, and words on the band below."""

from __future__ import annotations

import re
from html import escape
from math import isqrt

from microsite.media.drawings import Flag
from microsite.media.faces import FAMILY, WEIGHT
from microsite.media.lettering import SMALLEST, Face, Lines, drawable, fitted
from microsite.media.share_pictures import HEIGHT, WIDTH, ShareDrawing

_MIDDLE = WIDTH // 2
_TEXT = 586  # pixels: what a square crop leaves, HEIGHT, with 22 free on each side
_NAME, _NAME_ROOM = 60, 168  # pixels: letters at most, and the room for its lines
_BELOW, _BELOW_ROOM = 30, 94  # the words below the name
_LESS = 0.8  # their size to that of a long name, as far as letters may shrink
_TOP, _BOTTOM, _GAP = 24, 28, 4  # free in the band: above the words, below them, between
_SKY = 30  # free above the pole
_LARGEST_FLAG = 288
_WAVE = 25  # pixels: half of a wave; 24 of them make the width
_TILE = 3  # pixels to a unit of the cloth
_LIGHT, _DARK = "#ffffff", "#32132f"  # words on the band, whichever is seen better
_FLOATS = ("#f4511e", "#ffc933")  # the second where the first is the ground
_PAINT = re.compile(r"var\(--(ground|on-ground|tone|base)\)")


def share_svg(drawing: ShareDrawing, face: Face) -> bytes:
    """The picture as SVG, WIDTH × HEIGHT, its words in the face FAMILY.

    All but cloth, waves and band is within the middle square, to which Facebook cuts it in
    comments. Letters have 24 pixels at least. What the face cannot write is left out.
    """
    name = fitted(drawable(drawing.name, face), face, width=_TEXT, height=_NAME_ROOM, size=_NAME)
    size = max(SMALLEST, min(_BELOW, round(_LESS * name.size)))
    below = fitted(drawable(drawing.below, face), face, width=_TEXT, height=_BELOW_ROOM, size=size)
    flag = drawing.flag
    shore = HEIGHT - _BOTTOM - below.height - _GAP - name.height - _TOP
    ink = max((_LIGHT, _DARK), key=lambda paint: _contrast(paint, flag.base))
    parts = (
        '<defs><pattern id="cloth" width="24" height="24" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({_TILE})">{_painted(flag.cloth, flag)}</pattern></defs>',
        f'<path fill="{flag.ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>',
        f'<path fill="url(#cloth)" d="M0 0h{WIDTH}v{shore}H0z"/>',
        f'<path fill="{flag.base}" d="{_waves(shore)}"/>',
        _flown(drawing, shore),
        f'<g fill="{ink}" font-family="{FAMILY}" font-weight="{WEIGHT}" text-anchor="middle">',
        _written(name, shore + _TOP),
        _written(below, shore + _TOP + name.height + _GAP),
        "</g>",
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        + "".join(parts)
        + "</svg>"
    ).encode()


def _waves(shore: int) -> str:
    """A row of round waves and all below them."""
    arcs = f"a{_WAVE} {_WAVE} 0 0 1 {2 * _WAVE} 0" * (WIDTH // (2 * _WAVE))
    return f"M0 {shore}{arcs}V{HEIGHT}H0z"


def _flown(drawing: ShareDrawing, shore: int) -> str:
    """Pole, hemmed flag and float, in the proportions of templates/parts/flag.html."""
    crest = shore - _WAVE
    unit = min(_LARGEST_FLAG, (crest - _SKY) * 66 / 84) / 66
    move = f"translate({_MIDDLE - 80 * unit:.2f} {crest - 90 * unit:.2f}) scale({unit:.4f})"
    flag = drawing.flag
    buoy, otherwise = _FLOATS
    paint = buoy if _contrast(buoy, flag.ground) >= 1.5 else otherwise
    return (
        f'<g transform="{move}"><path fill="{flag.text}" d="M43 6h3v86h-3z"/>'
        f'<path fill="{flag.ground}" stroke="{flag.text}" stroke-width="2.5" '
        f'd="M47.25 11.25h68.5v68.5h-68.5z"/>{_sewn(drawing)}'
        f'<ellipse fill="{paint}" cx="44.5" cy="90" rx="8" ry="4.5"/></g>'
    )


def _sewn(drawing: ShareDrawing) -> str:
    """The flag, or several in rows and columns as one; each cut to its own square."""
    pieces = drawing.pieces or (drawing.flag,)
    across = isqrt(len(pieces))
    side = 66 / across
    return "".join(
        f'<svg x="{48.5 + side * (at % across):g}" y="{12.5 + side * (at // across):g}" '
        f'width="{side:g}" height="{side:g}" viewBox="0 0 96 96">'
        f'<path fill="{piece.ground}" d="M0 0h96v96H0z"/>{_painted(piece.flag, piece)}</svg>'
        for at, piece in enumerate(pieces)
    )


def _written(lines: Lines, top: int) -> str:
    return "".join(
        f'<text x="{_MIDDLE}" y="{top + at * lines.leading + lines.rise}" '
        f'font-size="{lines.size}">{escape(line)}</text>'
        for at, line in enumerate(lines.lines)
        if line
    )


def _painted(markup: str, flag: Flag) -> str:
    """The markup with the flag's own colours stated, as no style sheet is at hand."""
    paints = {"ground": flag.ground, "on-ground": flag.text, "tone": flag.tone, "base": flag.base}
    return _PAINT.sub(lambda named: paints[named[1]], markup)


def _contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in bytes.fromhex(colour[1:]))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
