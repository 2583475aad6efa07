"""Pictures of the weavers: cloth, baskets, dye."""

from __future__ import annotations

from math import cos, sin

from drawing.brushes import TALL, WIDE, Canvas, blob, ground, haze, oval, paint, placed, rope, slab
from drawing.colours import (
    BAMBOO,
    BLUE,
    CREAM,
    DARK,
    INDIGO,
    LEAF,
    LIGHT,
    LIME,
    MANGO,
    PALE_BLUE,
    WOOD,
)
from drawing.props import basket, studio, twig


def indigo_scarf_folded() -> Canvas:
    """A stack of folded cloths, from nearly black to pale blue."""
    canvas = studio("#ecdcc0", "#f6ead2", "#cfa06b", "#b98550")
    shades = ("#18224a", INDIGO, "#2f478a", BLUE, "#6f8fc4", PALE_BLUE)
    for i, colour in enumerate(shades):
        left, y = 330 + i * 9 % 26, 752 - i * 78
        fold = slab(left, y, 620 - i * 12 % 40, 88, 40)
        paint(canvas, fold, colour, 24, shadow=12, shade=0.55, gloss=0.3)
        for line in range(2):
            paint(
                canvas,
                slab(left, y + 28 + line * 22, 640, 5),
                LIGHT,
                inside=fold,
                strength=0.28 + 0.3 * (i % 2),
            )
        for k in range(18 * (i % 2)):
            paint(canvas, oval(left + 40 + k * 34, y + 41, 7, 9), LIGHT, inside=fold, strength=0.8)
    for x, y, r in ((1075, 768, 84), (215, 790, 64)):
        paint(canvas, oval(x, y, r), BLUE if x > 600 else INDIGO, 26, shadow=20)
        for i in range(6):
            bow = [
                (x - r * 0.85, y - r * 0.4 + i * 15),
                (x, y - r * 0.62 + i * 17),
                (x + r * 0.85, y - r * 0.1 + i * 11),
            ]
            paint(canvas, rope(bow, 4), LIGHT, inside=oval(x, y, r), strength=0.4)
    twig(canvas, 640, 352, -6, LEAF)
    return canvas


def indigo_scarf_line() -> Canvas:
    """Dyed cloths drying on a line in a garden."""
    canvas = ground(TALL, (0, "#cfe3c0", "#7fae74"))
    for i in range(22):
        haze(
            canvas,
            oval(i * 173 % 960, 120 + i * 251 % 1160, 60 + i * 29 % 80),
            (LIME, "#5b9a5f", "#e7efbd")[i % 3],
            18,
            0.45,
        )
    paint(canvas, rope([(-20, 180), (480, 230), (980, 170)], 9), WOOD, 3)
    for i, colour in enumerate((INDIGO, PALE_BLUE, BLUE, "#18224a")):
        x, top = 60 + i * 218, 196 + (26, 33, 30, 14)[i]
        foot = 1010 + (0, 70, -40, 50)[i]
        cloth = blob(
            (x, top),
            (x + 95, top + 6),
            (x + 190, top),
            (x + 196, 600),
            (x + 186 + i * 5, foot),
            (x + 95, foot + 18),
            (x - 2 - i * 4, foot - 6),
            (x + 6, 600),
        )
        paint(canvas, cloth, colour, 22, shadow=20, shade=0.45)
        for k in range(4):
            haze(
                canvas,
                rope([(x + 28 + k * 46, top), (x + 20 + k * 50, foot)], 12),
                DARK,
                6,
                0.28,
                inside=cloth,
            )
            haze(
                canvas,
                rope([(x + 48 + k * 46, top), (x + 44 + k * 48, foot)], 10),
                LIGHT,
                7,
                0.3,
                inside=cloth,
            )
        for k in range(5):
            for step in range(8):
                spot = oval(x + 14 + step * 24, foot - 60 - k * 46 - abs(step - 3.5) * 16, 8)
                paint(
                    canvas,
                    spot,
                    INDIGO if colour == PALE_BLUE else "#e6edf5",
                    inside=cloth,
                    strength=0.85,
                )
        for side in (24, 160):
            paint(canvas, slab(x + side, top - 22, 16, 54, 5), BAMBOO, 5, shadow=4)
    return canvas


def indigo_scarf_pattern() -> Canvas:
    """The weave from near: diamonds tied before dyeing."""
    canvas = ground(WIDE, (0, "#2a3f80", INDIGO))
    for row in range(5):
        for column in range(7):
            x, y = column * 214 + row % 2 * 107, row * 214 + 50
            for size, colour in (
                (96, "#dfe8f3"),
                (76, INDIGO),
                (54, PALE_BLUE),
                (32, INDIGO),
                (14, CREAM),
            ):
                steps = [
                    (x + dx * size, y + dy * size) for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0))
                ]
                paint(canvas, [steps], colour, strength=0.92)
    for i in range(160):
        paint(canvas, slab(i * 8, 0, 3, 960), INDIGO, strength=0.32)
    for i in range(120):
        paint(canvas, slab(0, i * 8, 1280, 2), LIGHT, strength=0.1)
    for x, tone in (
        (150, DARK),
        (330, LIGHT),
        (560, DARK),
        (700, LIGHT),
        (980, DARK),
        (1120, LIGHT),
    ):
        haze(
            canvas,
            rope([(x + 120, -60), (x, 480), (x - 160, 1020)], 90),
            tone,
            44,
            0.5 if tone == DARK else 0.34,
        )
    return canvas


def indigo_cushion() -> Canvas:
    """Two cushions on a bench in the afternoon light."""
    canvas = studio("#c8684a", "#d97f5c", "#8a5636", "#6f4228", 690)
    paint(canvas, slab(90, 640, 1100, 92, 18), WOOD, 18, shadow=26)
    for x in (150, 1060):
        paint(canvas, slab(x, 722, 70, 260, 8), "#9b6638", 14, shadow=14)
    for x, size, colour, turn in ((760, 190, PALE_BLUE, 7), (480, 225, INDIGO, -6)):
        pillow = placed(
            blob((-1, -1), (0, -0.9), (1, -1), (0.92, 0), (1, 1), (0, 0.93), (-1, 1), (-0.92, 0)),
            x,
            650 - size,
            size,
            turn,
        )
        paint(canvas, pillow, colour, 46, shadow=30, gloss=0.3)
        for i in range(-3, 4):
            for k in range(-3, 4):
                mark = placed([[(0, -0.1), (0.1, 0), (0, 0.1), (-0.1, 0)]], i * 0.25, k * 0.25)
                tone = LIGHT if (i + k) % 2 else MANGO
                paint(
                    canvas,
                    placed(mark, x, 650 - size, size, turn),
                    tone if colour == INDIGO else BLUE,
                    strength=0.8,
                )
    return canvas


def reed_baskets() -> Canvas:
    """Three baskets on a table."""
    canvas = studio("#e9b7a2", "#f2cbb8", "#7aa79c", "#5b8d84")
    for x, y, size, colour in (
        (360, 800, 1.25, BAMBOO),
        (940, 810, 1.05, "#c98f4e"),
        (660, 850, 0.85, "#e3c27f"),
    ):
        paint(
            canvas,
            rope(
                [
                    (x - 150 * size, y - 250 * size),
                    (x - 90 * size, y - 440 * size),
                    (x + 90 * size, y - 440 * size),
                    (x + 150 * size, y - 250 * size),
                ],
                22 * size,
            ),
            WOOD,
            7,
            shadow=10,
        )
        basket(canvas, x, y, size, colour)
    return canvas


def dye_vats() -> Canvas:
    """Clay vats of indigo, from above."""
    canvas = ground(WIDE, (0, "#d98d66", "#c47450"))
    for i in range(5):
        for k in range(4):
            paint(
                canvas,
                slab(i * 270 - 30 + k % 2 * 90, k * 250 - 10, 262, 242, 6),
                "#cf8059",
                8,
                gloss=0.2,
            )
    for x, y, r, dye in (
        (380, 420, 300, INDIGO),
        (950, 280, 220, BLUE),
        (960, 780, 190, "#5f9f8d"),
    ):
        paint(canvas, oval(x, y, r), "#96492f", 26, shadow=36)
        paint(canvas, oval(x, y, r * 0.84), "#4d2417")
        water = oval(x + 4, y + 6, r * 0.8)
        paint(canvas, water, dye, 26, gloss=0)
        haze(
            canvas,
            oval(x - r * 0.25, y - r * 0.3, r * 0.34, r * 0.14, -35),
            LIGHT,
            14,
            0.5,
            inside=water,
        )
        for i in range(17):
            far = r * (0.15 + 0.58 * (i * 5 % 17) / 17)
            spot = (x + far * cos(i * 1.7), y + far * sin(i * 1.7))
            paint(
                canvas,
                oval(*spot, r * (0.02 + 0.012 * (i % 4))),
                PALE_BLUE,
                4,
                inside=water,
                strength=0.7,
            )
    for k in range(3):
        edge = [
            (540 + k * 34, 470 + k * 10),
            (650 + k * 30, 600),
            (620 + k * 44, 760),
            (690 + k * 40, 990),
        ]
        paint(canvas, rope(edge, 96, 120), (BLUE, "#6f8fc4", PALE_BLUE)[k], 26, shadow=22)
    haze(canvas, oval(560, 470, 84, 60), INDIGO, 22, 1, inside=oval(384, 426, 240))
    paint(canvas, rope([(60, 250), (400, 300), (760, 330)], 26), BAMBOO, 9, shadow=18)
    twig(canvas, 190, 850, -24, LEAF)
    twig(canvas, 360, 880, 12, "#3d8a4f")
    return canvas
