"""Share pictures: which there are, to stand in chats and feeds where no photo does."""

from __future__ import annotations

from math import isqrt

from msgspec import Struct
from PIL import __version__ as pillow_version  # the package alone, as in `renditions`
from resvg_py import __resvg_version__
from resvg_py import __version__ as resvg_py_version

from microsite.digest import digest
from microsite.media.drawings import Flag
from microsite.media.renditions import SHARED

WIDTH, HEIGHT = SHARED
_PIECES = 3  # at most so many flags across and down the flag of a site
RECIPE = 2  # raised with each change to drawing or encoding; names of pictures follow
_MADE_BY = digest(RECIPE, pillow_version, resvg_py_version, __resvg_version__)


class ShareDrawing(Struct, frozen=True):
    """A picture to be drawn: flags on a cloth over waves, and words on the band below."""

    path: str  # in the output; stands for the result, so it serves as its key in a cache
    flag: Flag  # whose colours and cloth it has
    pieces: tuple[Flag, ...]  # flies these sewn together; none: `flag` itself
    name: str
    below: str


def share_drawing(
    stem: str, flag: Flag, name: str, below: str, *, face: str, pieces: tuple[Flag, ...] = ()
) -> ShareDrawing:
    """The drawing under its name: another name whenever it would be another picture.

    `face` stands for the typeface, such as its hashed name. Of `pieces`, the largest square number
    is taken, up to nine; fewer than four are no patchwork.
    """
    across = min(isqrt(len(pieces)), _PIECES)
    sewn = pieces[: across * across] if across > 1 else ()
    made_of = digest(flag, sewn, name, below, face, _MADE_BY)[:10]
    return ShareDrawing(f"assets/share/{stem}-{made_of}.jpg", flag, sewn, name, below)
