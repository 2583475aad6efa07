"""Pictures of places: where the makers work, where they sell."""

from __future__ import annotations

from drawing.brushes import WIDE, Canvas, blob, ground, haze, oval, paint, placed, rope, slab
from drawing.colours import (
    AMBER,
    BAMBOO,
    BLUE,
    CORAL,
    CREAM,
    DARK,
    INDIGO,
    LEAF,
    LIGHT,
    LIME,
    MANGO,
    PALE_BLUE,
    PINK,
    TEAL,
    WOOD,
)
from drawing.props import basket, mango, studio


def beach() -> Canvas:
    """Three boats on the sand, marker flags on their floats behind them."""
    canvas = ground(
        WIDE, (0, "#8fd0d8", "#fdf0cf"), (330, "#4fb0ae", "#1f7f86"), (560, "#f3dca8", "#e0b873")
    )
    haze(canvas, oval(960, 320, 240, 90), "#fff7e0", 60, 0.9)
    for x, y, r in ((190, 120, 60), (270, 100, 80), (360, 128, 56), (760, 90, 46), (830, 104, 62)):
        haze(canvas, oval(x, y, r * 1.6, r * 0.6), "#ffffff", 14, 0.7)
    haze(
        canvas, blob((-40, 340), (120, 262), (300, 300), (420, 280), (560, 340)), "#4f8f8a", 3, 0.8
    )
    for i in range(18):
        paint(canvas, slab(i * 211 % 1280, 350 + i * 10, 60 + i * 8, 4, 2), LIGHT, strength=0.45)
    foam = blob(
        (-40, 560),
        (200, 590),
        (460, 556),
        (760, 600),
        (1040, 560),
        (1320, 590),
        (1320, 480),
        (-40, 480),
    )
    haze(canvas, foam, "#2f9a9a", 2, 1)
    paint(
        canvas,
        rope([(-40, 562), (200, 592), (460, 558), (760, 602), (1040, 562), (1320, 592)], 16),
        "#ffffff",
        5,
        shadow=3,
    )
    for i, (x, top, colour) in enumerate(
        ((330, 210, MANGO), (560, 250, CORAL), (720, 190, TEAL), (1130, 230, PINK))
    ):
        paint(canvas, rope([(x, top), (x + 3, 480 + i % 2 * 20)], 8), "#4a3226", 3)
        flag = slab(x + 2, top, 96, 64, 3)
        paint(canvas, flag, colour, 10, shadow=4)
        paint(canvas, oval(x + 50, top + 32, 18), LIGHT, 3)
        paint(canvas, oval(x + 3, 484 + i % 2 * 20, 26, 14), "#f4511e", 7)
    for x, y, size, colour, band in (
        (250, 640, 0.72, TEAL, MANGO),
        (980, 650, 0.8, MANGO, CORAL),
        (600, 760, 1.1, CORAL, LIGHT),
    ):
        _boat(canvas, x, y, size, colour, band)
    for x, y, r in ((180, 860, 40), (250, 890, 30), (1120, 880, 44)):
        paint(canvas, oval(x, y, r, r * 0.8), "#f4511e", 16, shadow=18)
    return canvas


def loom() -> Canvas:
    """A loom with a cloth half woven."""
    canvas = studio("#dfc9a4", "#efdfc0", "#a9744a", "#8c5a36", 780)
    for x in (190, 1030):
        paint(canvas, slab(x, 60, 60, 860, 10), WOOD, 14, shadow=26)
    paint(canvas, slab(150, 80, 980, 54, 16), "#a56f40", 14, shadow=18)
    for i in range(76):
        paint(canvas, slab(270 + i * 9.8, 130, 4, 640), PALE_BLUE if i % 6 else LIGHT, 1, shadow=2)
    woven = slab(262, 520, 756, 260, 4)
    paint(canvas, woven, BLUE, 18, shadow=18)
    for row in range(13):
        for column in range(38):
            if (row * 3 + column) % 12 in (0, 6) or (column - row * 3) % 12 in (0, 6):
                mark = slab(264 + column * 20, 522 + row * 20, 17, 17, 4)
                paint(canvas, mark, CREAM if row % 6 else MANGO, 3, inside=woven)
    paint(canvas, slab(230, 764, 820, 56, 26), "#a56f40", 18, shadow=22)
    for y in (250, 400):
        paint(canvas, slab(230, y, 820, 30, 12), BAMBOO, 9, shadow=16)
    shuttle = blob((420, 474), (560, 446), (720, 446), (860, 474), (720, 500), (560, 500))
    paint(canvas, shuttle, "#8a5430", 16, shadow=16)
    paint(canvas, oval(640, 473, 96, 15), INDIGO, 6)
    paint(canvas, rope([(735, 473), (900, 500), (1000, 520)], 4), LIGHT)
    return canvas


def orchard_rows() -> Canvas:
    """Rows of mango trees on a hill."""
    canvas = ground(WIDE, (0, "#9fd3d6", "#fbeec6"), (470, "#c3d37a", "#7fa24e"))
    haze(canvas, oval(300, 250, 110), "#fff7df", 50, 1)
    for y, colour in ((430, "#8fb7a8"), (470, "#7ba98a")):
        hill = blob(
            (-80, y + 60),
            (150, y - 70),
            (420, y - 20),
            (700, y - 120),
            (1000, y - 10),
            (1360, y - 80),
            (1360, y + 120),
            (-80, y + 120),
        )
        haze(canvas, hill, colour, 2, 1)
    path = [[(620, 520), (660, 520), (980, 970), (430, 970)]]
    haze(canvas, path, "#e8cf9a", 6, 1)
    for row, (y, size) in enumerate(((540, 0.42), (620, 0.62), (730, 0.92), (880, 1.3))):
        for side in (-1, 1):
            for i in range(3 - row // 2):
                _tree(canvas, 640 + side * (150 + i * 300) * size * 1.35 + row * 12, y, size)
    basket(canvas, 700, 930, 0.5, BAMBOO)
    for x, y in ((660, 800), (705, 790), (745, 803)):
        mango(canvas, x, y, 0.3, x % 40, 1)
    return canvas


def market_stalls() -> Canvas:
    """Three stalls at dusk under strings of lamps."""
    canvas = ground(WIDE, (0, "#2b3a6b", "#e08a6a"), (560, "#8a4f46", "#5d3238"))
    for x in (120, 400, 640, 900, 1180):
        haze(canvas, oval(x, 600, 150, 260), "#3a2a48", 50, 0.5)
    stalls = (
        (230, CORAL, (MANGO, LIME, "#ee8a3a")),
        (640, TEAL, (CREAM, CORAL, PALE_BLUE)),
        (1050, MANGO, (PINK, LEAF, AMBER)),
    )
    for x, colour, goods in stalls:
        haze(canvas, oval(x, 560, 180, 150), "#ffd98a", 40, 0.8)
        for side in (-165, 165):
            paint(canvas, slab(x + side - 8, 400, 16, 440), WOOD, 5)
        for i in range(7):
            stripe = slab(x - 196 + i * 56, 330, 57, 132, 0) + oval(x - 168 + i * 56, 462, 28)
            paint(canvas, stripe, colour if i % 2 else CREAM, 10, shadow=6, gloss=0.2)
        paint(canvas, slab(x - 200, 312, 400, 32, 14), colour, 8, shadow=8)
        paint(canvas, slab(x - 186, 690, 372, 190, 10), WOOD, 18, shadow=24)
        for k, fill in enumerate(goods):
            left = x - 176 + k * 120
            for row in range(3):
                for i in range(4 - row):
                    paint(
                        canvas,
                        oval(left + 22 + row * 13 + i * 26, 640 - row * 20, 17),
                        fill,
                        7,
                        shadow=3,
                    )
            paint(canvas, slab(left, 646, 112, 58, 6), "#8f5b34", 8, shadow=8)
        haze(canvas, oval(x, 720, 150, 60), "#ffdf9a", 40, 0.5)
        paint(canvas, rope([(x, 462), (x, 500)], 4), DARK)
        paint(canvas, oval(x, 520, 26, 30), "#fff0b8", 6, shade=0.2)
    wire = [(-20, 120), (200, 190), (430, 150), (660, 210), (900, 140), (1120, 200), (1300, 130)]
    paint(canvas, rope(wire, 4), DARK)
    for x, y in wire[1:-1]:
        haze(canvas, oval(x, y + 26, 46), "#ffe9a8", 22, 0.8)
        paint(canvas, oval(x, y + 26, 15, 18), "#fffbe6", 4, shade=0.1)
    return canvas


def _boat(canvas: Canvas, x: float, y: float, size: float, colour: str, band: str) -> None:
    """A small boat on sand, its middle at (x, y)."""
    hull = blob(
        (-330, -90),
        (-230, -20),
        (0, 0),
        (240, -30),
        (350, -130),
        (330, -20),
        (210, 86),
        (0, 104),
        (-220, 80),
    )
    rim = rope([(-318, -78), (-225, -6), (0, 14), (235, -16), (340, -112)], 22)
    stripe = rope([(-270, 30), (0, 58), (262, 24)], 14)
    haze(canvas, oval(x + 20 * size, y + 100 * size, 290 * size, 34 * size), DARK, 16, 0.4)
    for part, paint_of_it, volume in ((hull, colour, 30), (rim, band, 7), (stripe, band, 4)):
        paint(canvas, placed(part, x, y, size), paint_of_it, volume * size)


def _tree(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A mango tree that stands on (x, y)."""
    haze(canvas, oval(x + 30 * size, y + 4 * size, 150 * size, 26 * size), DARK, 10 * size, 0.4)
    paint(
        canvas,
        slab(x - 16 * size, y - 130 * size, 32 * size, 134 * size, 8 * size),
        "#7d5636",
        8 * size,
    )
    for dx, dy, r in ((-80, -170, 84), (80, -176, 88), (0, -250, 104), (0, -160, 96)):
        paint(
            canvas,
            oval(x + dx * size, y + dy * size, r * size),
            LEAF,
            34 * size,
            shadow=8 * size,
            gloss=0.5,
        )
    for i in range(8):
        spot = (x + (i * 67 % 230 - 115) * size, y - (140 + i * 97 % 130) * size)
        paint(canvas, oval(*spot, 13 * size, 17 * size), MANGO, 6 * size, shadow=4 * size)
