"""Rasters: drawings become pixels, and pixels a small file."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from resvg_py import svg_to_bytes

from microsite.problems import N_, Fault

_BEST, _STEP = 84, 6  # quality that is tried first, and how far it goes down each time
_SHARP = 76  # from here on colour is kept at full size: flat drawings fray without


def rasterise(svg: bytes, width: int, height: int, *, face: str = "") -> Image.Image:
    """The drawing as RGBA pixels, `width` × `height`; what it leaves free is transparent.

    `svg` is a whole drawing of ours, in UTF-8: colours are stated in it (`currentColor` follows
    `color` on the root), no custom properties. `face` is the file of the only typeface that its
    words may use; without one it has no words. Fonts of the computer are never looked at, so a
    drawing has the same pixels everywhere. Threads may call this together.

    Raises:
        Fault: numbers in it that no picture can hold.
    """
    try:
        png = svg_to_bytes(
            svg_string=svg.decode(),
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=[face] if face else [],
        )
    except BaseException as error:
        if not isinstance(error, ValueError) and type(error).__name__ != "PanicException":
            raise  # what Rust calls a panic is no Exception in Python
        message = N_("The drawing cannot be turned into a picture.")
        mend = N_("Look for numbers far beyond its frame, and draw within that.")
        raise Fault("drawing-beyond-bounds", message, mend) from error
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return image.convert("RGBA")


def png(picture: Image.Image) -> bytes:
    """The pixels as a small PNG of at most 256 colours, without transparency."""
    out = BytesIO()
    few = picture.convert("RGB").quantize(
        256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    few.save(out, "png", optimize=True)
    return out.getvalue()


def jpeg_within(picture: Image.Image, most: int) -> bytes:
    """A progressive JPEG of at most `most` bytes, as good as that allows.

    Noise of 1200 × 630 has 64 KB at quality 0, a photo some 15: no less can be asked for.
    """
    solid = picture.convert("RGB")
    for quality in range(_BEST, -1, -_STEP):
        out = BytesIO()
        kept = 0 if quality >= _SHARP else 2  # 4:4:4, else 4:2:0
        solid.save(out, "jpeg", quality=quality, subsampling=kept, progressive=True, optimize=True)
        if out.tell() <= most:
            break
    return out.getvalue()
