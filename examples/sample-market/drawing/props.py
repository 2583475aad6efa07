"""Props: things that several pictures show."""

from __future__ import annotations

from drawing.brushes import (
    WIDE,
    Canvas,
    Shape,
    blob,
    ground,
    haze,
    leaf,
    oval,
    paint,
    placed,
    rope,
    slab,
)
from drawing.colours import AMBER, CORAL, DARK, LEAF, LIGHT, MANGO, STEEL, WOOD


def studio(wall: str, wall_low: str, table: str, table_low: str, edge: float = 640) -> Canvas:
    """A wall, a table, and the sun through a window with leaves before it."""
    canvas = ground(WIDE, (0, wall, wall_low), (edge, table, table_low))
    haze(canvas, slab(0, edge - 6, 1280, 26), DARK, 14, 0.25)
    for left in (120, 470, 820):
        beam = [[(left, -40), (left + 250, -40), (left + 560, 1000), (left + 310, 1000)]]
        haze(canvas, beam, LIGHT, 16, 0.3)
    for i in range(9):
        haze(canvas, leaf(-90, 30, 520 - i % 3 * 60, 64 - i * 11, 0.12), DARK, 9, 0.16)
    return canvas


def squid(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    turn: float,
    *,
    shadow: float = 6,
    inside: Shape | None = None,
) -> None:
    """A dried squid: tail at (x, y), arms towards `turn`."""
    fins = blob((0, 0), (40, -62), (96, -58), (104, 0), (96, 58), (40, 62))
    mantle = blob((-6, 0), (50, -34), (150, -44), (205, -34), (205, 34), (150, 44), (50, 34))
    arms = [
        line
        for i in range(7)
        for line in rope(
            [
                (222, i * 8 - 24),
                (270, i * 12 - 36),
                (310 + i * 17 % 30, i * 14 - 42 + (i % 2) * 10),
            ],
            11,
            5,
        )
    ]
    for part, colour in (
        (arms, "#b9603a"),
        (oval(222, 0, 32, 28), "#c46f3f"),
        (fins, "#d98a4c"),
        (mantle, "#e6a465"),
    ):
        paint(
            canvas, placed(part, x, y, size, turn), colour, 12 * size, shadow=shadow, inside=inside
        )
    paint(
        canvas,
        placed(rope([(30, 0), (190, 0)], 5, 3), x, y, size, turn),
        "#b9603a",
        inside=inside,
        strength=0.6,
    )


def plate(canvas: Canvas, x: float, y: float, radius: float, rim: str) -> None:
    """An enamel plate from above, with a coloured rim."""
    paint(canvas, oval(x, y, radius), rim, 8, shadow=34)
    paint(canvas, oval(x, y, radius - 12), STEEL, 22, shade=0.25)
    paint(canvas, oval(x, y, radius * 0.76), "#dfe5e8", 18, shade=0, gloss=0)
    haze(
        canvas,
        oval(x + 12, y + 14, radius * 0.7),
        "#ffffff",
        20,
        0.7,
        inside=oval(x, y, radius * 0.76),
    )


def bowl(canvas: Canvas, x: float, y: float, radius: float, colour: str, filling: str) -> None:
    """A bowl from above, with what is in it."""
    paint(canvas, oval(x, y, radius), colour, 16, shadow=24)
    paint(canvas, oval(x, y, radius * 0.84), DARK, 0, strength=0.5)
    paint(canvas, oval(x, y + 3, radius * 0.8), filling, 12, shade=0.3)
    haze(
        canvas,
        oval(x - radius * 0.3, y - radius * 0.3, radius * 0.2, radius * 0.1, -40),
        "#ffffff",
        5,
        0.6,
    )


def lime(canvas: Canvas, x: float, y: float, radius: float, turn: float) -> None:
    """Half a lime, cut side up."""
    paint(canvas, oval(x, y, radius), "#5d9a3a", 12, shadow=16)
    paint(canvas, oval(x, y, radius * 0.86), "#eef3c4")
    for i in range(9):
        paint(canvas, leaf(x, y, radius * 0.8, turn + i * 40, 0.56), "#b9d56a", 6, shade=0.2)


def basket(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """A woven basket that stands on (x, y)."""
    outline = blob(
        (-165, -250),
        (0, -262),
        (165, -250),
        (176, -130),
        (136, -20),
        (70, 0),
        (-70, 0),
        (-136, -20),
        (-176, -130),
    )
    body = placed(outline, x, y, size)
    paint(canvas, body, colour, 44 * size, shadow=30 * size, gloss=0.25)
    for row in range(9):
        for column in range(-7, 8):
            across = x + (column + row % 2 / 2) * 27 * size
            strip = slab(
                across - 11 * size, y - (240 - row * 27) * size, 22 * size, 17 * size, 7 * size
            )
            paint(canvas, strip, LIGHT, 4 * size, inside=body, strength=0.26)
    paint(
        canvas,
        rope(
            [
                (x - 166 * size, y - 250 * size),
                (x, y - 236 * size),
                (x + 166 * size, y - 250 * size),
            ],
            26 * size,
        ),
        WOOD,
        7 * size,
        shadow=6 * size,
    )


def cloth_lines(canvas: Canvas, cloth: Shape, colour: str, gap: int, width: int) -> None:
    """A fine check on a table cloth."""
    for i in range(0, 1280, gap):
        paint(canvas, slab(i, -20, width, 1320), colour, inside=cloth, strength=0.35)
        paint(canvas, slab(-20, i, 1320, width), colour, inside=cloth, strength=0.35)


def gingham(canvas: Canvas, cloth: Shape, x: float, y: float, colour: str) -> None:
    """A wide check on the cloth round (x, y)."""
    for i in range(-6, 7):
        paint(canvas, slab(x + i * 36 - 9, y - 120, 18, 260), colour, inside=cloth, strength=0.4)
        paint(canvas, slab(x - 220, y + i * 36 - 9, 440, 18), colour, inside=cloth, strength=0.4)


def twig(canvas: Canvas, x: float, y: float, turn: float, colour: str) -> None:
    """A twig with seven pairs of leaves, its middle at (x, y)."""
    stem = placed(rope([(-150, 14), (0, -6), (170, 4)], 8, 4), x, y, 1, turn)
    paint(canvas, stem, "#5b6b3a", 3, shadow=8)
    for i in range(7):
        for side in (-1, 1):
            base = placed([[(-120 + i * 42, 0)]], x, y, 1, turn)[0][0]
            paint(canvas, leaf(*base, 74, turn + side * 52, 0.5), colour, 8, shadow=8)


def mango(canvas: Canvas, x: float, y: float, size: float, turn: float, ripe: int) -> None:
    """A mango that hangs down at `turn` 0; `ripe` 0 to 2: golden, blushing, still green."""
    fruit = blob(
        (-8, -100), (56, -84), (88, -10), (70, 70), (16, 112), (-40, 84), (-76, 20), (-62, -60)
    )
    outline = placed(fruit, x, y, size, turn)
    paint(
        canvas, outline, (MANGO, "#f4a53a", "#c9c04a")[ripe], 42 * size, shadow=20 * size, shade=0.4
    )
    blush = placed(oval(30, -40, 60, 50), x, y, size, turn)
    haze(canvas, blush, (AMBER, CORAL, LEAF)[ripe], 22 * size, 0.55, inside=outline)
    haze(
        canvas,
        placed(oval(-30, -40, 16, 30), x, y, size, turn),
        LIGHT,
        9 * size,
        0.7,
        inside=outline,
    )
    paint(
        canvas, placed(rope([(-8, -98), (-4, -118)], 12, 9), x, y, size, turn), "#6b4a2a", 4 * size
    )
