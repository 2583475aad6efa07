"""The icon that phones put on their home screen."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from microsite.media.drawings import (
    TOUCH_GROUND,
    TOUCH_INK,
    Illustration,
    read_illustration,
    touch_icon,
)
from microsite.media.rasters import rasterise

GROUND = (0xF2, 0xF7, 0xF5)


def test_every_page_names_a_solid_square_of_180_pixels(site):
    named = {
        link.get("href")
        for page in site.pages.values()
        for link in page.iter("link")
        if link.get("rel") == "apple-touch-icon"
    }
    (only,) = named
    data = (site.dist / only.removeprefix(f"{site.prefix}/")).read_bytes()
    assert len(data) < 10_000
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (180, 180))
        pixels = image.convert("RGBA")
    corners = [pixels.getpixel((x, y)) for x in (0, 179) for y in (0, 179)]
    assert corners == [(*GROUND, 255)] * 4
    assert pixels.getcolors(180 * 180) != [(180 * 180, (*GROUND, 255))]


@pytest.mark.parametrize("box", ["0 0 32 40", "0 0 90 30", "-5 -5 10 10"])
def test_the_drawing_stands_in_the_middle_two_thirds(box):
    left, top, width, height = map(float, box.split())
    whole = f"M{left:g} {top:g}h{width:g}v{height:g}h{-width:g}z"
    drawing = Illustration("mark", box, "xMidYMid meet", f'<path fill="#f00" d="{whole}"/>')
    pixels = rasterise(touch_icon(drawing), 180, 180)
    red = pixels.split()[1].point(lambda green: 255 if green < 128 else 0).getbbox()
    assert max(red[2] - red[0], red[3] - red[1]) == pytest.approx(120, abs=2)
    assert red[0] + red[2] == pytest.approx(180, abs=3)
    assert red[1] + red[3] == pytest.approx(180, abs=3)


def test_colours_that_pages_give_are_ink_on_a_home_screen():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        b'<path fill="var(--color-act)" d="M0 0h9v9H0z"/></svg>'
    )
    pixels = rasterise(touch_icon(read_illustration("mark", svg)), 180, 180)
    assert pixels.getpixel((90, 90)) == (0x32, 0x13, 0x2F, 255)


def test_ground_and_ink_are_those_of_a_page_by_day():
    tokens = (Path(__file__).parents[1] / "assets/css/tokens/colours.css").read_text("utf-8")
    by_day = dict(re.findall(r"--color-(bg|ink): (#\w+);", tokens.partition("@media")[0]))
    assert by_day == {"bg": TOUCH_GROUND, "ink": TOUCH_INK}
