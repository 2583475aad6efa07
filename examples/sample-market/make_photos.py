"""Draws the photos of the sample market; run again, it writes the same bytes.

Nothing here is a photograph: every picture is painted by the program, so that the example needs
nobody's permission and shows nobody's goods.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from drawing import cloth, garden, places, sea
from drawing.brushes import Canvas, finished
from PIL import ExifTags, Image

PHOTOS = Path(__file__).parent / "assets" / "photos"
SCENES: dict[str, Callable[[], Canvas]] = {
    "dried-squid/bag.jpg": sea.dried_squid_bag,
    "dried-squid/plate.jpg": sea.dried_squid_plate,
    "dried-squid/rack.jpg": sea.dried_squid_rack,
    "durian/open.jpg": garden.durian,
    "dyeing-workshop/vats.jpg": cloth.dye_vats,
    "indigo-cushion/bench.jpg": cloth.indigo_cushion,
    "indigo-scarf/folded.jpg": cloth.indigo_scarf_folded,
    "indigo-scarf/line.jpg": cloth.indigo_scarf_line,
    "indigo-scarf/pattern.jpg": cloth.indigo_scarf_pattern,
    "makers/beach.jpg": places.beach,
    "makers/loom.jpg": places.loom,
    "makers/orchard.jpg": places.orchard_rows,
    "mango-leather/rolls.jpg": garden.mango_leather,
    "mango-soap/bars.webp": garden.mango_soap,
    "mango/crate.jpg": garden.mango_crate,
    "market/stalls.jpg": places.market_stalls,
    "morning-boat/dawn.jpg": sea.morning_boat,
    "reed-basket/table.png": cloth.reed_baskets,
    "shrimp-paste/jars.jpg": sea.shrimp_paste_jars,
    "steamed-crab/plate.jpg": sea.steamed_crab,
}
AS_FROM_A_PHONE = {"morning-boat/dawn.jpg"}  # lies on its side, with a place that must not leak


def main() -> None:
    """Write every picture."""
    for path, scene in SCENES.items():
        file = PHOTOS / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(path, scene()))


def encoded(path: str, canvas: Canvas) -> bytes:
    """The bytes of the picture, in the format that the path asks for."""
    out = BytesIO()
    if path.endswith(".png"):  # grain would make it five times as large
        picture = finished(canvas, grain=0)
        picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    elif path.endswith(".webp"):
        finished(canvas).save(out, "WEBP", quality=84, method=6)
    elif path in AS_FROM_A_PHONE:
        lying = finished(canvas).transpose(Image.Transpose.ROTATE_90)
        lying.save(out, "JPEG", quality=82, optimize=True, exif=_phone_notes())
    else:
        finished(canvas).save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _phone_notes() -> Image.Exif:
    """Turned by 90 degrees, taken at a made-up place in the sea (EXIF 2.3, orientation 6)."""
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    notes[ExifTags.Base.Model] = "Sample Phone"
    notes.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (12.0, 0.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (101.0, 0.0, 0.0),
        }
    )
    return notes


if __name__ == "__main__":
    main()
