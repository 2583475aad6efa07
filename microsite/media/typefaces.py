"""Typefaces: a face cut down to what pages need, and measured. Loading fontTools takes 70 ms."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types

from microsite.media.faces import DEFAULT_CODEPOINTS, FaceMetrics
from microsite.media.lettering import Face

# Letters as often as headings have them; only the proportion between two faces counts.
_LATIN = (
    "Straight from the people who make it: products of nine community enterprises. How to get in "
    "touch. Awaiting price 0123456789"
)
_THAI = (
    "สินค้าจากชุมชน ซื้อตรงกับคนทำ วิสาหกิจชุมชนแม่บ้านประมงเรือเล็ก ผู้ผลิต ราคา วิธีสั่งซื้อ เกษตรอินทรีย์ "
    "ผักและสมุนไพร รอยืนยันราคา ข่าวและกิจกรรม ช่องทางติดต่อ ค้นหา"
)


def subset(font: bytes, codepoints: Iterable[int] = DEFAULT_CODEPOINTS) -> bytes:
    """The face as WOFF2 with these characters, as far as it has them.

    Every layout feature stays: without them Thai vowels and tone marks collide. So do copyright
    and licence (OFL 1.1, condition 2). Same input, same bytes.
    """
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.hinting = False
    options.recalc_timestamp = False
    face = TTFont(BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(codepoints))
    subsetter.subset(face)
    face.flavor = "woff2"
    out = BytesIO()
    face.save(out, reorderTables=True)
    return out.getvalue()


def metrics(font: bytes) -> FaceMetrics:
    """What a browser measures the face by: OpenType's typographic values where it asks for them."""
    face = TTFont(BytesIO(font), lazy=True)
    system, across = face["OS/2"], face["hhea"]
    if system.fsSelection & 1 << 7:
        vertical = (system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap)
    else:
        vertical = (across.ascent, across.descent, across.lineGap)
    return FaceMetrics(
        face["head"].unitsPerEm, *vertical, _average(face, _LATIN), _average(face, _THAI)
    )


def read_face(font: bytes) -> Face:
    """The widths of a font file's characters."""
    face = TTFont(BytesIO(font), lazy=True)
    em, advances = face["head"].unitsPerEm, face["hmtx"]
    return Face({chr(point): advances[name][0] / em for point, name in face.getBestCmap().items()})


def _average(face: TTFont, text: str) -> float:
    glyphs, widths = face.getBestCmap(), face["hmtx"]
    if any(ord(char) not in glyphs for char in text):
        return 0
    advance = sum(widths[glyphs[ord(char)]][0] for char in text)
    return float(advance / len(text) / face["head"].unitsPerEm)
