"""Pictures of the orchard: fruit and what is made of it."""

from __future__ import annotations

from math import cos, pi, sin

from drawing.brushes import Canvas, blob, leaf, oval, paint, placed, rope, slab
from drawing.colours import AMBER, CREAM, LEAF, MANGO, PINK, WOOD
from drawing.props import mango, studio


def mango_crate() -> Canvas:
    """A crate of mangoes in the morning sun."""
    canvas = studio("#8fb08a", "#b5cda0", "#c99a64", "#ad7a48", 610)
    for row, (y, count) in enumerate(((360, 3), (440, 4), (530, 5))):
        for i in range(count):
            x = 640 + (i - (count - 1) / 2) * 158
            mango(canvas, x, y, 0.98, (i * 37 + row * 23) % 50 - 25, (i + row) % 3)
    for x, y, turn in ((430, 392, 205), (560, 318, 238), (722, 318, 305), (866, 400, 335)):
        paint(canvas, leaf(x, y, 190, turn, 0.3), LEAF, 14, shadow=12)
    for i, y in enumerate((570, 664, 758)):
        paint(canvas, slab(200, y, 880, 80, 8), ("#c58f58", WOOD, "#ac7343")[i], 14, shadow=16)
        for k in (240, 1030):
            paint(canvas, oval(k, y + 40, 7), "#5d3a22", 2)
    for x in (196, 1010):
        paint(canvas, slab(x, 552, 74, 300, 8), "#a86f3f", 14, shadow=14)
    mango(canvas, 1130, 800, 1.0, 35, 1)
    return canvas


def durian() -> Canvas:
    """A durian, and one that is open."""
    canvas = studio("#f0d48c", "#f8e7b6", "#7d9c6a", "#5f8052", 620)
    _spiky(canvas, 430, 500, 290, 300)
    paint(canvas, rope([(430, 215), (440, 130), (470, 96)], 34, 26), "#7d6a35", 10, shadow=10)
    shell = oval(900, 640, 250, 205, -8)
    _spiky(canvas, 900, 640, 262, 214)
    paint(canvas, shell, "#f6edcf", 24, shade=0.35)
    for x, y, turn in ((820, 600, -30), (900, 690, 4), (985, 610, 30)):
        paint(canvas, oval(x, y, 62, 112, turn), "#e9d9a8", 16)
        paint(canvas, oval(x, y, 50, 98, turn), "#f4c542", 30, shadow=8)
    return canvas


def mango_leather() -> Canvas:
    """Rolls of dried mango on a board."""
    canvas = studio("#2f6f63", "#468a78", "#e2b777", "#c9965a", 590)
    paint(canvas, slab(180, 720, 920, 96, 24), WOOD, 20, shadow=28)
    for row in range(3):
        for i in range(5 - row):
            x, y = 310 + row * 70 + i * 140, 650 - row * 118
            paint(canvas, oval(x, y, 72), "#cf7a22", 20, shadow=16)
            for turn in range(3):
                paint(canvas, oval(x + 3, y + 2, 60 - turn * 19), "#8f4a12")
                paint(canvas, oval(x, y, 56 - turn * 19), AMBER if turn % 2 else MANGO, 9)
    mango(canvas, 1120, 690, 1.15, 28, 0)
    for turn in (200, 250):
        paint(canvas, leaf(1160, 585, 170, turn, 0.3), LEAF, 12, shadow=10)
    return canvas


def mango_soap() -> Canvas:
    """Bars of soap, tied with twine."""
    canvas = studio("#d9c7e0", "#efe2ee", "#8fbcae", "#6f9f92", 600)
    for x, y, colour, turn in (
        (440, 700, PINK, 0),
        (452, 570, "#f8d27a", -2),
        (436, 440, "#cfe0a8", 3),
    ):
        bar = placed(slab(-210, -62, 420, 124, 34), x, y, 1, turn)
        paint(canvas, bar, colour, 26, shadow=22, shade=0.35)
        paint(canvas, placed(slab(-52, -64, 104, 128, 4), x, y, 1, turn), CREAM, 6, shadow=4)
        for line in (rope([(0, -62), (0, 62)], 7), rope([(-208, 8), (208, 8)], 7)):
            paint(canvas, placed(line, x, y, 1, turn), "#a9764a", 2, shadow=4)
    cake = oval(900, 690, 170, 150)
    paint(canvas, cake, "#f8d27a", 40, shadow=28, shade=0.35)
    paint(canvas, oval(900, 690, 118, 102), "#f2c458", 8, gloss=0.1)
    for i in range(6):
        paint(canvas, leaf(900, 690, 82, i * 60 - 30, 0.6), "#fbe3a6", 8)
    for i in range(9):
        paint(
            canvas,
            oval(1040 + i * 47 % 120, 770 + i * 31 % 110, 10 + i * 7 % 22),
            "#ffffff",
            5,
            shade=0.2,
            strength=0.6,
        )
    for turn in (190, 230, 275):
        paint(canvas, leaf(470, 372, 150, turn + 20, 0.36), LEAF, 12, shadow=10)
    return canvas


def _spiky(canvas: Canvas, x: float, y: float, across: float, down: float) -> None:
    """The husk of a durian, spikes from the rim inwards."""
    paint(canvas, oval(x, y, across, down), "#8a9440", 60, shadow=34)
    for ring in range(7, 0, -1):
        count = ring * 6
        for i in range(count):
            turn = 2 * pi * (i + ring % 2 / 2) / count
            out = ring / 7
            px, py = x + across * out * cos(turn), y + down * out * sin(turn)
            spike = blob((-24, 14), (0, -36), (24, 14), (0, 24))
            size = 1.05 - 0.35 * out
            paint(
                canvas, placed(spike, px, py, size, turn * 180 / pi + 90), "#a3aa4c", 10, shadow=6
            )
