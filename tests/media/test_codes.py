"""A drawn QR code is the code that readers expect, with room around it."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from microsite.media.codes import QUIET, code_path

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-._~/%@:"
ADDRESSES = st.text(LETTERS, min_size=1, max_size=80).map("https://line.me/".__add__)


def modules(path):
    """Column and row of every dark square that the path draws, from the corner of the drawing."""
    start = re.match(r"M(\d+) (\d+)\.5", path)
    x, y = int(start[1]), int(start[2])
    for move, across, down, along in re.findall(r"(m)(-?\d+) ?(-?\d+)|h(\d+)", path):
        if move:
            x, y = x + int(across), y + int(down)
        else:
            yield from ((x + step, y) for step in range(int(along)))
            x += int(along)


@given(ADDRESSES)
def test_the_squares_are_those_of_the_code(address):
    side, path = code_path(address)
    drawn = list(modules(path))
    assert len(drawn) == len(set(drawn))
    dark = {
        (column + QUIET, row + QUIET)
        for row, line in enumerate(segno.make_qr(address).matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    }
    assert set(drawn) == dark
    assert side == len(segno.make_qr(address).matrix) + 2 * QUIET


@given(ADDRESSES)
def test_four_squares_around_it_stay_white(address):
    side, path = code_path(address)
    seen = list(modules(path))
    assert all(4 <= column < side - 4 and 4 <= row < side - 4 for column, row in seen)


def test_the_address_of_an_account_gives_a_code_that_paper_can_carry():
    side, _ = code_path("https://line.me/R/ti/p/%40a-name-of-twenty-sig")
    assert side <= 29 + 2 * QUIET  # on 27 mm each square is 0.7 mm: printers and cameras manage 0.4
