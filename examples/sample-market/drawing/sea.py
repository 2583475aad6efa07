"""Pictures of the fishers: what comes from the sea."""

from __future__ import annotations

from math import cos, sin

from drawing.brushes import TALL, WIDE, Canvas, blob, ground, haze, oval, paint, placed, rope, slab
from drawing.colours import (
    BAMBOO,
    BLUE,
    CLAY,
    CORAL,
    CREAM,
    DARK,
    LEAF,
    LIGHT,
    LIME,
    MANGO,
    PINK,
    PLUM,
    TEAL,
    WOOD,
)
from drawing.props import basket, bowl, cloth_lines, gingham, lime, plate, squid, studio


def dried_squid_rack() -> Canvas:
    """Squid on bamboo poles before the morning sea."""
    canvas = ground(WIDE, (0, "#fbd9a0", "#fdeecb"), (560, "#7cc4bd", "#2a8a8c"))
    haze(canvas, oval(810, 500, 150), "#ffffff", 26, 1)
    for i in range(26):
        paint(canvas, slab(610 + i * 37 % 330, 575 + i * 15, 50 + i * 9, 4, 2), LIGHT, strength=0.3)
    for x in (90, 1190):
        paint(canvas, rope([(x, 40), (x + 8, 980)], 34), WOOD, 12, shadow=10)
    for row, (y, count) in enumerate(((170, 6), (560, 5))):
        paint(canvas, rope([(-20, y + 8), (640, y), (1300, y - 6)], 24), BAMBOO, 8, shadow=8)
        for i in range(count):
            x = 215 + row * 84 + i * 170
            squid(canvas, x, y + 6, 1 + 0.06 * (i * 7 % 3), 90 + (i * 5 % 7 - 3))
            paint(canvas, slab(x - 9, y - 22, 18, 58, 5), CORAL if i % 2 else TEAL, 5, shadow=4)
    return canvas


def dried_squid_plate() -> Canvas:
    """Squid on an enamel plate, from above."""
    canvas = ground(WIDE, (0, "#3d8e8e", "#2c7577"))
    cloth_lines(canvas, slab(0, 0, *WIDE), "#5aa6a3", 40, 3)
    plate(canvas, 600, 500, 400, BLUE)
    for x, y, turn in ((400, 330, 10), (370, 505, 2), (400, 675, -8)):
        squid(canvas, x, y, 1.42, turn, shadow=10)
    bowl(canvas, 1060, 260, 135, CLAY, "#a92616")
    for i in range(14):
        spot = (
            1060 + 78 * cos(i * 2.4) * (i % 4 + 1) / 4,
            260 + 78 * sin(i * 2.4) * (i % 4 + 1) / 4,
        )
        paint(canvas, oval(*spot, 9, 6, i * 50), MANGO if i % 3 else LIME, 3)
    for x, y, turn in ((1010, 640, 30), (1120, 740, 200)):
        lime(canvas, x, y, 82, turn)
    return canvas


def dried_squid_bag() -> Canvas:
    """A paper bag with a window, one squid beside it."""
    canvas = studio("#f0c46a", "#f7d88f", "#e9a84f", "#d98e3d")
    bag = slab(400, 150, 480, 640, 14)
    paint(canvas, bag, "#c99a64", 30, shadow=34, shade=0.35)
    paint(canvas, slab(400, 150, 480, 90, 10), "#b98650", 12)
    for i in range(24):
        paint(canvas, slab(404 + i * 20, 232, 10, 4, 2), "#f0d6ae")
    window = oval(640, 585, 165, 140)
    paint(canvas, window, "#6d4222")
    for i in range(3):
        squid(canvas, 500 - i * 10, 510 + i * 76, 0.98, 4 - i * 5, inside=window)
    paint(canvas, window, "#ffffff", 16, shade=0, gloss=0.8, strength=0.14)
    paint(canvas, slab(470, 275, 340, 140, 10), CREAM, 6, shadow=6)
    paint(
        canvas,
        rope(
            [(520, 372), (560, 352), (600, 372), (640, 352), (680, 372), (720, 352), (760, 372)], 9
        ),
        TEAL,
    )
    paint(canvas, oval(640, 322, 24), CORAL)
    squid(canvas, 900, 800, 1.0, -8, shadow=12)
    return canvas


def shrimp_paste_jars() -> Canvas:
    """Three glass jars of shrimp paste with cloth lids."""
    canvas = studio("#2b6f73", "#3b8587", "#c98d5a", "#a86a3c")
    for x, size, lid in ((330, 0.86, PINK), (640, 1.12, CREAM), (960, 0.86, MANGO)):
        base = 800
        body = slab(x - 140 * size, base - 330 * size, 280 * size, 330 * size, 54 * size)
        paint(canvas, body, "#d8ece6", 26, shadow=30, shade=0.3)
        paste = slab(x - 124 * size, base - 262 * size, 248 * size, 248 * size, 44 * size)
        paint(canvas, paste, PLUM, 34, shade=0.6, gloss=0.25)
        paint(
            canvas,
            slab(x - 112 * size, base - 300 * size, 26 * size, 250 * size, 13 * size),
            "#ffffff",
            strength=0.35,
        )
        cap = blob(
            (x - 128 * size, base - 430 * size),
            (x, base - 450 * size),
            (x + 128 * size, base - 430 * size),
            (x + 160 * size, base - 320 * size),
            (x + 60 * size, base - 300 * size),
            (x - 60 * size, base - 300 * size),
            (x - 160 * size, base - 320 * size),
        )
        paint(canvas, cap, lid, 22, shadow=14)
        gingham(canvas, cap, x, base - 380 * size, CORAL if lid == CREAM else LIGHT)
        paint(
            canvas,
            rope(
                [
                    (x - 126 * size, base - 362 * size),
                    (x, base - 350 * size),
                    (x + 126 * size, base - 362 * size),
                ],
                12,
            ),
            WOOD,
            4,
        )
        paint(
            canvas,
            slab(x - 78 * size, base - 200 * size, 156 * size, 96 * size, 10),
            CREAM,
            6,
            shadow=5,
        )
        paint(canvas, oval(x, base - 152 * size, 52 * size, 15 * size), CORAL)
    return canvas


def steamed_crab() -> Canvas:
    """A steamed crab on a plate, from above."""
    canvas = ground(WIDE, (0, "#e9dcc2", "#d9c49c"))
    cloth_lines(canvas, slab(0, 0, *WIDE), "#c98a6a", 96, 8)
    plate(canvas, 640, 500, 430, TEAL)
    for side in (-1, 1):
        for i in range(4):
            knee = (640 + side * (250 + i * 12), 400 + i * 76)
            tip = (640 + side * (330 - i * 18), 500 + i * 92)
            paint(
                canvas,
                rope([(640 + side * 120, 470 + i * 34), knee, tip], 40, 12),
                CORAL,
                12,
                shadow=10,
            )
        arm = [(640 + side * 150, 440), (640 + side * 290, 380), (640 + side * 260, 250)]
        paint(canvas, rope(arm, 52, 60), CORAL, 16, shadow=12)
        claw = [
            blob(
                (0, 60), (-50, 0), (-30, -90), (6, -130), (0, -60), (40, -110), (58, -20), (40, 50)
            )[0]
        ]
        paint(
            canvas, placed(claw, 640 + side * 250, 235, 1.05, -side * 28), "#ee6a3d", 20, shadow=14
        )
    shell = blob(
        (640, 350),
        (760, 368),
        (880, 450),
        (925, 478),
        (850, 520),
        (760, 610),
        (640, 630),
        (520, 610),
        (430, 520),
        (355, 478),
        (400, 450),
        (520, 368),
    )
    paint(canvas, shell, "#ea5a30", 44, shadow=20)
    for x, y, r in ((560, 470, 26), (720, 470, 26), (640, 530, 34), (500, 500, 12), (780, 500, 12)):
        paint(canvas, oval(x, y, r, r * 0.7), "#f58a55", 8, strength=0.8)
    for x in (600, 680):
        paint(canvas, oval(x, 352, 14), DARK, 5, shadow=4)
    lime(canvas, 1120, 790, 84, 20)
    bowl(canvas, 150, 180, 120, LEAF, "#b9c95a")
    return canvas


def morning_boat() -> Canvas:
    """A small boat under the first sun."""
    canvas = ground(
        TALL, (0, "#4a6fa5", "#f3a27b"), (430, "#f3a27b", "#fde0a6"), (760, "#f0b48a", "#2d6f86")
    )
    haze(canvas, oval(250, 640, 260), "#ffe9b0", 90, 0.8)
    paint(canvas, oval(250, 650, 96), "#fff3cf")
    haze(
        canvas, blob((-20, 770), (120, 690), (260, 735), (420, 715), (520, 770)), "#6b6f99", 3, 0.75
    )
    haze(canvas, blob((700, 772), (820, 725), (990, 690), (990, 790)), "#6b6f99", 3, 0.75)
    paint(canvas, slab(0, 764, 960, 520), "#5f9aa3", strength=0.35)
    for i in range(34):
        width = 40 + i * 8
        paint(
            canvas,
            slab(250 - width / 2 + (i * 53 % 90 - 45), 775 + i * 15, width, 6, 3),
            "#fff0c4",
            strength=0.5 - i * 0.01,
        )
    haze(
        canvas,
        blob((180, 1040), (480, 1080), (840, 1030), (700, 1130), (300, 1130)),
        "#123a4a",
        14,
        0.6,
    )
    hull = blob(
        (120, 880),
        (200, 950),
        (480, 975),
        (760, 945),
        (900, 830),
        (880, 930),
        (760, 1055),
        (480, 1075),
        (240, 1050),
    )
    paint(canvas, hull, "#a23b2a", 30)
    paint(canvas, rope([(135, 900), (220, 968), (480, 992), (750, 962), (888, 862)], 18), MANGO, 5)
    paint(canvas, rope([(200, 985), (480, 1022), (770, 990)], 12), "#f2e6d0", 3)
    for x, top, colour in ((330, 560, CORAL), (420, 600, TEAL), (640, 520, MANGO)):
        paint(canvas, rope([(x, top), (x + 4, 975)], 11), "#4a3226", 4)
        paint(
            canvas,
            blob(
                (x + 2, top),
                (x + 70, top + 14),
                (x + 128, top + 6),
                (x + 122, top + 78),
                (x + 60, top + 88),
                (x + 2, top + 76),
            ),
            colour,
            12,
        )
    basket(canvas, 520, 955, 0.55, BAMBOO)
    for i in range(9):
        paint(
            canvas,
            rope([(60 + i * 97 % 760, 1120 + i * 17), (150 + i * 97 % 760, 1114 + i * 17)], 5),
            LIGHT,
            strength=0.35,
        )
    return canvas
