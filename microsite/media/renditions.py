"""Renditions: the files that a photo becomes, named and measured before any of them is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from PIL import __version__ as pillow_version  # the package alone: a plan does without its codecs

from microsite.digest import digest

Format = Literal["avif", "webp", "jpeg"]

WIDTHS = (320, 640, 960, 1280)
SHARED = (1200, 630)  # pixels of a picture beside a link, as Facebook and LINE show it
SHARED_BYTES = 120_000  # at most
_ENLARGED = 1.6  # how far a photo may be blown up for it; beyond, it looks soft
# Measured at 1280 × 960: AVIF at 55 is half the size of the JPEG and nearer to the photo (33.2 dB
# to 32.7); speed 5 takes four times as long for the same size; WebP method 6 saves 2 % for 2.5
# times as long. One codec on one thread, because AVIF on two has other bytes.
RECIPE: Mapping[Format, Mapping[str, int | bool | str]] = {
    "avif": {"quality": 55, "speed": 6, "codec": "aom", "max_threads": 1},
    "webp": {"quality": 76, "method": 4},
    "jpeg": {"quality": 78, "progressive": True, "optimize": True},
}
_MADE_BY = digest(RECIPE, pillow_version)
_ENDING: Mapping[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
_SEPARATORS = re.compile(r"[^a-z0-9]+")


class PhotoFacts(Struct, frozen=True):
    """What is known of a photo once it has been looked at."""

    width: int  # pixels, as it is seen: the camera's turn applied
    height: int
    digest: str  # of the file's bytes
    tint: int  # index in `tints.TINTS`


class Rendition(Struct, frozen=True):
    """One file that a photo becomes; whoever has the photo's bytes can make it."""

    path: str  # in the output; stands for the result, so it serves as its key in a cache
    format: Format
    width: int  # pixels
    height: int
    crop: tuple[int, int, int, int]  # left, top, right, bottom in the upright photo
    most: int = 0  # bytes; 0: as many as it takes


def renditions(
    stem: str,
    facts: PhotoFacts,
    *,
    ratio: tuple[int, int] | None = None,
    focus: tuple[float, float] = (0.5, 0.5),
    widest: int = WIDTHS[-1],
) -> tuple[Rendition, ...]:
    """AVIF, then WebP, then JPEG, each from narrow to wide; never wider than the photo itself.

    `stem` is what the file name begins with (anything; made plain here). `ratio` is width to
    height of the crop, None for the whole photo; `focus` is the point that stays in view, from
    (0, 0) top left to (1, 1). No rendition is made for more than `widest` pixels.
    """
    crop = _crop(facts.width, facts.height, ratio, focus)
    across, down = crop[2] - crop[0], crop[3] - crop[1]
    most = max(1, across // decode_scale(facts.width, facts.height))
    widths = sorted({min(width, most) for width in WIDTHS if width <= widest})
    made_of = digest(facts.digest, crop, _MADE_BY)[:10]
    name = f"assets/photos/{_plain(stem)}-{made_of}"
    return tuple(
        Rendition(
            f"{name}-{width}.{ending}",
            format_,
            width,
            max(1, round(width * down / across)),
            crop,
        )
        for format_, ending in _ENDING.items()
        for width in widths
    )


def share_rendition(
    stem: str, facts: PhotoFacts, focus: tuple[float, float] = (0.5, 0.5)
) -> Rendition | None:
    """The JPEG to show beside a link, always SHARED; None where the photo is too small for that."""
    crop = _crop(facts.width, facts.height, SHARED, focus)
    if (crop[2] - crop[0]) * _ENLARGED < SHARED[0]:
        return None
    made_of = digest(facts.digest, crop, SHARED, SHARED_BYTES, _MADE_BY)[:10]
    path = f"assets/share/{_plain(stem)}-{made_of}.jpg"
    return Rendition(path, "jpeg", *SHARED, crop, SHARED_BYTES)


def decode_scale(width: int, height: int) -> int:
    """1, 2, 4 or 8: how far a photo may be shrunk on reading and still fill the widest rendition.

    Depends on the photo alone, so that a rendition has the same bytes whichever others are made
    with it.
    """
    return max(
        scale for scale in (1, 2, 4, 8) if scale == 1 or min(width, height) // scale >= WIDTHS[-1]
    )


def _crop(
    width: int, height: int, ratio: tuple[int, int] | None, focus: tuple[float, float]
) -> tuple[int, int, int, int]:
    across, down = ratio or (width, height)
    if width * down > height * across:
        kept_width, kept_height = max(1, round(height * across / down)), height
    else:
        kept_width, kept_height = width, max(1, round(width * down / across))
    left = min(max(round(focus[0] * width - kept_width / 2), 0), width - kept_width)
    top = min(max(round(focus[1] * height - kept_height / 2), 0), height - kept_height)
    return left, top, left + kept_width, top + kept_height


def _plain(stem: str) -> str:
    return _SEPARATORS.sub("-", stem.lower()).strip("-")[:60].strip("-") or "photo"
