"""Brushes: shapes as lists of outlines, painted with soft light from the upper left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, hypot, pi, sin

from drawing.colours import DARK, LIGHT
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Shape = list[list[Point]]  # outlines that are filled together, in units of the finished picture

WIDE, TALL = (1280, 960), (960, 1280)  # width and height of a finished picture, pixels
FINE = 2  # everything is drawn this much larger and reduced at the end: smooth edges
_GRAIN = 256  # side of the tile of grain, pixels


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture in the making; `image` is FINE times as large as what comes out."""

    image: Image.Image

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the finished picture, pixels."""
        return self.image.width // FINE, self.image.height // FINE


# Shapes


def oval(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0) -> Shape:
    """An ellipse round (x, y), turned clockwise by `turn` degrees; a circle without `ry`."""
    steps = 72
    round_ = [(cos(2 * pi * i / steps), sin(2 * pi * i / steps)) for i in range(steps)]
    outline = [(rx * across, (rx if ry is None else ry) * down) for across, down in round_]
    return placed([outline], x, y, turn=turn)


def slab(x: float, y: float, width: float, height: float, radius: float = 0) -> Shape:
    """A rectangle from its upper left corner, with rounded corners."""
    centres = [
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 1),
        (x + radius, y + radius, 2),
        (x + width - radius, y + radius, 3),
    ]
    return [
        [
            (
                cx + radius * cos((quarter + i / 8) * pi / 2),
                cy + radius * sin((quarter + i / 8) * pi / 2),
            )
            for cx, cy, quarter in centres
            for i in range(9)
        ]
    ]


def blob(*points: Point) -> Shape:
    """A closed smooth line through the points (Catmull-Rom)."""
    return [_smooth([points[-1], *points, points[0], points[1]])]


def rope(points: Sequence[Point], width: float, end: float | None = None) -> Shape:
    """A smooth band along the points, from `width` to `end` wide, with round ends."""
    way = [*_smooth([points[0], *points, points[-1]]), points[-1]]
    left, right = [], []
    for i, (x, y) in enumerate(way):
        (ax, ay), (bx, by) = way[max(i - 1, 0)], way[min(i + 1, len(way) - 1)]
        half = (width + ((width if end is None else end) - width) * i / (len(way) - 1)) / 2
        length = hypot(bx - ax, by - ay) or 1
        nx, ny = (ay - by) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    caps = oval(*way[0], width / 2) + oval(*way[-1], (width if end is None else end) / 2)
    return [left + right[::-1], *caps]


def leaf(x: float, y: float, length: float, turn: float, width: float = 0.36) -> Shape:
    """A pointed leaf that starts at (x, y) and lies towards `turn` degrees (0: right)."""
    side = [(i / 16, width / 2 * sin(pi * (i / 16) ** 0.8)) for i in range(17)]
    outline = side + [(along, -out) for along, out in side[::-1]]
    return placed([outline], x, y, length, turn)


def placed(shape: Shape, dx: float = 0, dy: float = 0, scale: float = 1, turn: float = 0) -> Shape:
    """The shape scaled and turned (degrees, clockwise) round its origin, then moved."""
    c, s = cos(turn * pi / 180) * scale, sin(turn * pi / 180) * scale
    return [[(x * c - y * s + dx, x * s + y * c + dy) for x, y in line] for line in shape]


def _smooth(points: Sequence[Point]) -> list[Point]:
    line = []
    for p, q, r, s in zip(points, points[1:], points[2:], points[3:], strict=False):
        for step in range(12):
            t = step / 12
            weights = (
                -t * (1 - t) ** 2,
                2 - 5 * t**2 + 3 * t**3,
                t + 4 * t**2 - 3 * t**3,
                -(t**2) * (1 - t),
            )
            spots = (p, q, r, s)
            x = sum(w * spot[0] for w, spot in zip(weights, spots, strict=True)) / 2
            y = sum(w * spot[1] for w, spot in zip(weights, spots, strict=True)) / 2
            line.append((x, y))
    return line


# Paint


def ground(size: tuple[int, int], *bands: tuple[float, str, str]) -> Canvas:
    """A canvas in level bands: (upper edge in pixels, colour there, colour at the lower edge)."""
    canvas = Canvas(Image.new("RGB", (size[0] * FINE, size[1] * FINE)))
    edges = [band[0] for band in bands[1:]] + [size[1]]
    for (top, upper, lower), edge in zip(bands, edges, strict=True):
        width, height = canvas.image.width, ceil((edge - top) * FINE)
        fade = Image.linear_gradient("L").resize((width, height))
        band = Image.composite(_plain(fade.size, lower), _plain(fade.size, upper), fade)
        canvas.image.paste(band, (0, floor(top * FINE)))
    return canvas


def paint(
    canvas: Canvas,
    shape: Shape,
    colour: str,
    volume: float = 0,
    *,
    shadow: float = 0,
    shade: float = 0.5,
    gloss: float = 0.4,
    inside: Shape | None = None,
    strength: float = 1,
) -> None:
    """Fill the shape.

    `volume`: how far, in pixels, light and shade reach in from its edges (0: flat).
    `shadow`: how far below and right it throws a shadow. `inside`: nothing outside of this shape.
    `shade`, `gloss`, `strength`: opacity, 0 to 1, of the dark edge, the light edge, all of it.
    """
    if shadow:
        lower = placed(shape, shadow * 0.6, shadow * 0.8)
        haze(canvas, lower, DARK, shadow * 0.7, 0.38, inside=inside)
    corner, mask = _mask(canvas, shape, 0, inside)
    if mask is None:
        return
    skin = _plain(mask.size, colour)
    if volume:
        reach = volume * FINE
        for side, tone, opacity in ((-1, DARK, shade), (1, LIGHT, gloss)):
            away = Image.new("L", mask.size)
            away.paste(mask, (floor(side * reach * 0.6), floor(side * reach * 0.8)))
            rim = ImageChops.invert(away.filter(ImageFilter.GaussianBlur(reach * 0.6)))
            skin.paste(_plain(mask.size, tone), mask=rim.point(lambda v, o=opacity: int(v * o)))
    canvas.image.paste(skin, corner, mask.point(lambda v: int(v * strength)))


def haze(
    canvas: Canvas,
    shape: Shape,
    colour: str,
    blur: float,
    strength: float,
    *,
    inside: Shape | None = None,
) -> None:
    """The shape without edges: shadows, beams of light, things far away."""
    corner, mask = _mask(canvas, shape, blur, inside)
    if mask is not None:
        tone = _plain(mask.size, colour)
        canvas.image.paste(tone, corner, mask.point(lambda v: int(v * strength)))


def finished(canvas: Canvas, grain: float = 3) -> Image.Image:
    """The picture at its size, a little darker towards the corners, with film grain (± `grain`)."""
    image = canvas.image.reduce(FINE)
    corners = Image.radial_gradient("L").resize(image.size).point(lambda v: max(0, v - 120) // 4)
    image.paste(_plain(image.size, DARK), mask=corners)
    if not grain:
        return image
    tile = Image.frombytes("L", (_GRAIN, _GRAIN), bytes(_noise(_GRAIN**2)))
    tile = tile.filter(ImageFilter.GaussianBlur(0.7)).point(
        lambda v: int((v - 128) * grain / 40) + 128
    )
    sheet = Image.new("L", image.size)
    for left in range(0, image.width, _GRAIN):
        for top in range(0, image.height, _GRAIN):
            sheet.paste(tile, (left, top))
    return ImageChops.add(image, Image.merge("RGB", [sheet] * 3), 1, -128)


def _noise(count: int) -> Iterable[int]:
    """Bytes without a visible pattern, the same ones every time (Park and Miller, revised 1993)."""
    state = 20_261_124
    for _ in range(count):
        state = state * 48_271 % 2_147_483_647
        yield state >> 23


def _mask(
    canvas: Canvas, shape: Shape, blur: float, inside: Shape | None
) -> tuple[tuple[int, int], Image.Image | None]:
    """Upper left corner and mask of the part of the canvas that the shape touches."""
    spots = [spot for line in shape for spot in line]
    room = blur * 3 + 2
    left = max(0, floor((min(x for x, _ in spots) - room) * FINE))
    top = max(0, floor((min(y for _, y in spots) - room) * FINE))
    right = min(canvas.image.width, ceil((max(x for x, _ in spots) + room) * FINE))
    bottom = min(canvas.image.height, ceil((max(y for _, y in spots) + room) * FINE))
    if right <= left or bottom <= top:
        return (0, 0), None
    mask = _drawn(shape, left, top, right, bottom)
    if blur:
        mask = mask.filter(ImageFilter.GaussianBlur(blur * FINE))
    if inside is not None:
        mask = ImageChops.multiply(mask, _drawn(inside, left, top, right, bottom))
    return (left, top), mask


def _drawn(shape: Shape, left: int, top: int, right: int, bottom: int) -> Image.Image:
    mask = Image.new("L", (right - left, bottom - top))
    pen = ImageDraw.Draw(mask)
    for line in shape:
        pen.polygon([(x * FINE - left, y * FINE - top) for x, y in line], fill=255)
    return mask


def _plain(size: tuple[int, int], colour: str) -> Image.Image:
    return Image.new("RGB", size, ImageColor.getrgb(colour))
