"""Photos: what people's pictures measure, and the bytes of what they become."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from PIL import Image, ImageCms

from microsite.digest import digest
from microsite.media.rasters import jpeg_within
from microsite.media.renditions import RECIPE, PhotoFacts, Rendition, decode_scale
from microsite.media.tints import nearest_tint
from microsite.problems import N_, Fault

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000  # pixels; a strip of 1 × 50,000,000 costs 400 MB within MOST_PIXELS
_FORMATS = ("JPEG", "PNG", "WEBP")  # else Pillow tries forty more readers, Ghostscript among them
_BAND = 1_000_000  # pixels worked on at a time
_GLANCE = 8  # a photo shrunk this far tells its colour
_ORIENTATION = 0x0112  # EXIF 2.32, table 4
_TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ONE_READER = Lock()  # threads share the filters for warnings; encoding takes far longer anyway
_SIDEWAYS = frozenset(_TURNS[typed] for typed in (5, 6, 7, 8))


def measure(data: bytes) -> PhotoFacts:
    """Size in pixels as seen, digest and tint of a JPEG, PNG or WebP; of a moving one, its start.

    Reads the whole picture, so that what passes here can be made into renditions later.

    Raises:
        Fault: another format, damaged, or beyond MOST_PIXELS or LONGEST_SIDE.
    """
    with _opened(data) as image:
        width, height = image.size
        glance = _decoded(image, _GLANCE)
        if _is_turned(image):
            width, height = height, width
        colour = glance.resize((1, 1), Image.Resampling.BOX).tobytes()
    return PhotoFacts(width, height, digest(data), nearest_tint(*colour))


def encode_all(data: bytes, renditions: Iterable[Rendition]) -> dict[str, bytes]:
    """Path to bytes, with the photo read once: upright, sRGB on white, nothing but pixels.

    Peak memory, measured: 80 MB for a JPEG of 12 megapixels; at the limits of `measure` 300 MB for
    JPEG and PNG, 780 MB for WebP (its decoder keeps the picture three times). Threads may call
    this together: two on two cores take half the time.

    Raises:
        Fault: as `measure`.
    """
    with _opened(data) as image:
        width, height = image.size
        picture = _decoded(image, decode_scale(width, height))
        shrunk = picture.width / (height if _is_turned(image) else width)
    return {one.path: _made(picture, one, shrunk) for one in renditions}


def _made(picture: Image.Image, rendition: Rendition, shrunk: float) -> bytes:
    left, top, right, bottom = (edge * shrunk for edge in rendition.crop)
    box = (left, top, min(right, picture.width), min(bottom, picture.height))
    size = (rendition.width, rendition.height)
    sized = picture.resize(size, Image.Resampling.LANCZOS, box=box)
    if rendition.most:
        return jpeg_within(sized, rendition.most)
    out = BytesIO()
    sized.save(out, rendition.format, **RECIPE[rendition.format])
    return out.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not yet read; what fails within becomes a Fault about the file."""
    with _ONE_READER, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd metadata, which is dropped anyway
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
                    raise _too_large()
                yield image
        except Fault:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise _too_large() from bomb
        except Exception as error:  # Pillow raises some twelve kinds, struct.error among them
            raise _unreadable(data) from error


def _decoded(image: Image.Image, scale: int) -> Image.Image:
    """Upright RGB at 1/scale, without a trace of the file's metadata."""
    width, height = image.size
    drafted = image.draft(None, (max(1, width // scale), max(1, height // scale)))
    already = round(width / drafted[1][2]) if drafted else 1
    image.load()
    picture = _in_srgb(_opaque(image, scale // already), image.info.get("icc_profile"))
    turn = _turn(image)
    upright = picture if turn is None else picture.transpose(turn)
    upright.info.clear()
    return upright


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What makes the picture upright; to be asked once it is loaded: PNG may say so at its end."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except (SyntaxError, ValueError, TypeError, KeyError, struct.error):
        return None  # browsers show a picture with broken metadata as it lies, too


def _is_turned(image: Image.Image) -> bool:
    return _turn(image) in _SIDEWAYS


def _opaque(image: Image.Image, factor: int) -> Image.Image:
    """L, RGB or CMYK without transparency, shrunk by a whole factor.

    In bands: a second full-size copy of a large picture would double the memory.
    """
    mode = _opaque_band(image.crop((0, 0, 1, 1))).mode
    done = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * max(1, _BAND // (image.width * factor))
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        band = _opaque_band(image.crop((0, top, image.width, bottom))).reduce(factor)
        done.paste(band, (0, top // factor))
    return done


def _opaque_band(band: Image.Image) -> Image.Image:
    if band.mode.startswith("I"):  # 16 bits: a plain conversion would clip all above 255 to white
        return band.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if band.has_transparency_data:
        colours = band.convert("RGBA")
        white = Image.new("RGBA", band.size, "white")
        return Image.alpha_composite(white, colours).convert("RGB")
    if band.mode == "1":
        return band.convert("L")
    return band if band.mode in {"L", "RGB", "CMYK"} else band.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours meant by the profile, as sRGB; a profile that is broken or foreign is ignored."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            if meant.profile.xcolor_space.strip() == {"L": "GRAY"}.get(picture.mode, picture.mode):
                srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
                converted = ImageCms.profileToProfile(picture, meant, srgb, outputMode="RGB")
                return converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _too_large() -> Fault:
    return Fault(
        "photo-too-large",
        N_("The photo has more pixels than can be worked with."),
        N_("Save it smaller: {pixels} megapixels and {side} pixels a side are the most."),
        pixels=MOST_PIXELS // 1_000_000,
        side=f"{LONGEST_SIDE:,}",
    )


def _unreadable(data: bytes) -> Fault:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head[4:8] == b"ftyp" and not head[8:12].startswith(b"avi"):
        return Fault(
            "photo-heic",
            N_("This is a HEIC photo, which few browsers can show."),
            N_("Save it as JPEG. On an iPhone: Settings, Camera, Formats, Most Compatible."),
        )
    if head.startswith((b"gif87a", b"gif89a")):
        return Fault(
            "photo-gif",
            N_("This is a GIF picture, too poor in colours for a photo."),
            N_("Use the photo that it was made from, or save it as PNG."),
        )
    if head.startswith(b"<") and b"<svg" in head:
        return Fault(
            "photo-svg",
            N_("This is an SVG drawing, not a photo."),
            N_("Save it as PNG. Flags and drawings belong in assets/illustrations."),
        )
    if head.startswith((b"\xff\xd8", b"\x89png", b"riff")):
        return Fault(
            "photo-unreadable",
            N_("The photo is damaged or was not copied to its end."),
            N_("Copy it again from the camera or phone, or save it anew as JPEG."),
        )
    return Fault(
        "photo-format",
        N_("This is not a photo that the site can use."),
        N_("Save it as JPEG, PNG or WebP."),
    )
