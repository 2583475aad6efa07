"""What becomes of people's photos: names, sizes, colours, and not a word about who and where."""

from __future__ import annotations

import struct
import subprocess
import sys
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from microsite.media.photos import encode_all, measure
from microsite.media.renditions import (
    SHARED,
    SHARED_BYTES,
    WIDTHS,
    PhotoFacts,
    Rendition,
    renditions,
    share_rendition,
)
from microsite.media.tints import TINTS, nearest_tint, tint_css
from microsite.problems import Fault

RED, BLUE, GREY = (220, 20, 20), (20, 20, 220), (128, 128, 128)
TOLD = "12.6714N 101.2781E taken by Somchai"
SIDES = st.integers(1, 12_000)
RATIOS = st.sampled_from([None, (1, 1), (4, 3), (3, 2), (16, 10), (1200, 630), (3, 4)])
POINTS = st.tuples(st.floats(0, 1), st.floats(0, 1))


def encode(data, rendition):
    return encode_all(data, [rendition])[rendition.path]


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def two_halves(width: int = 400, height: int = 300) -> Image.Image:
    """Red left, blue right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def made(data: bytes, **how: object) -> list[tuple[Rendition, Image.Image, bytes]]:
    """Every rendition, opened again, with its bytes."""
    wanted = renditions("photo", measure(data), **how)
    out = encode_all(data, wanted)
    return [(one, Image.open(BytesIO(out[one.path])), out[one.path]) for one in wanted]


def near(picture: Image.Image, at: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    point = (round(at[0] * (picture.width - 1)), round(at[1] * (picture.height - 1)))
    seen = picture.convert("RGB").getpixel(point)
    return all(abs(a - b) < 40 for a, b in zip(seen, colour, strict=True))


def turned(orientation: int, **more: object) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = TOLD
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (12.0, 40.0, 17.0)
    return exif


# upright and as it lies, for each orientation: what EXIF calls row 0 and column 0
LAID = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_90),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_270),
    8: (Image.Transpose.ROTATE_270,),
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", LAID)
def test_a_photo_taken_sideways_stands_upright(orientation, kind):
    seen = two_halves(200, 120)
    seen.paste((20, 200, 20), (0, 0, 40, 40))  # so that a mirror image is told from a turned one
    lying = seen
    for turn in LAID[orientation]:
        lying = lying.transpose(turn)
    data = saved(lying, kind, exif=turned(orientation))
    assert (measure(data).width, measure(data).height) == (200, 120)
    for rendition, picture, _ in made(data):
        assert picture.size == (rendition.width, rendition.height) == (200, 120)
        assert near(picture, (0.08, 0.12), (20, 200, 20))
        assert near(picture, (0.1, 0.9), RED)
        assert near(picture, (0.9, 0.1), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_that_is_shrunk_on_reading_looks_the_same(kind):
    seen = two_halves(3001, 2603)
    seen.paste(GREY, (1000, 1300, 2000, 2603))
    for column in range(3, 480, 8):  # across blocks of 4 pixels as the file lies
        seen.paste((250, 250, 250), (column, 0, column + 4, 400))
    data = saved(seen.transpose(Image.Transpose.ROTATE_90), kind, exif=turned(6))
    facts = measure(data)
    assert (facts.width, facts.height) == (3001, 2603)
    widest = renditions("photo", facts, ratio=(1, 1), focus=(0, 0.5))[-1]
    picture = Image.open(BytesIO(encode(data, widest)))
    assert picture.size == (1280, 1280)
    edges = [1000 / 2603, 1500 / 2603, 2000 / 2603]  # of the crop's width, at its left edge
    assert near(picture, (edges[0] - 0.01, 0.9), RED)
    assert near(picture, (edges[0] + 0.01, 0.9), GREY)
    assert near(picture, (edges[2] + 0.01, 0.9), BLUE)
    assert near(picture, (edges[1] - 0.01, 0.49), RED)
    assert near(picture, (edges[1] + 0.01, 0.49), BLUE)
    assert near(picture, (edges[1], 0.51), GREY)
    darkest, brightest = picture.getchannel("G").crop((20, 20, 220, 180)).getextrema()
    assert brightest - darkest > 150  # shrunk to a quarter instead of a half they would be grey


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_place_person_or_device_is_published(kind):
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", TOLD)
    note.add_itxt("Comment", TOLD)
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{TOLD}</x:xmpmeta>'.encode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"JPEG": {"comment": TOLD, "xmp": xmp}, "PNG": {"pnginfo": note}, "WEBP": {"xmp": xmp}}
    data = saved(two_halves(), kind, exif=turned(1), icc_profile=profile, **more[kind])
    assert TOLD.encode() in data
    for _, picture, out in made(data):
        traces = (b"Somchai", b"101.27", b"Exif", b"EXIF", b"xmp", b"XMP", b"ICC", b"sRGB", b"acsp")
        assert not [trace for trace in traces if trace in out]
        assert not dict(picture.getexif())
        assert not picture.info.keys() & {"exif", "xmp", "comment", "icc_profile", "Author"}


def transparent(mode: str) -> Image.Image:
    """Left half seen, right half transparent with black hidden below it."""
    picture = Image.new("RGBA", (60, 40), (*GREY, 255))
    picture.paste((0, 0, 0, 0), (30, 0, 60, 40))
    if mode == "P":
        palette = Image.new("P", (60, 40), 0)
        palette.putpalette([*GREY, 0, 0, 0])
        palette.paste(1, (30, 0, 60, 40))
        palette.info["transparency"] = 1
        return palette
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_was_transparent_is_white(mode):
    for _, picture, _ in made(saved(transparent(mode), "PNG")):
        assert near(picture, (0.2, 0.5), GREY)
        assert near(picture, (0.8, 0.5), (255, 255, 255))


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("CMYK", (127, 127, 127, 0), "JPEG"),
        ("L", 128, "JPEG"),
        ("L", 128, "PNG"),
        ("I;16", 128 * 257, "PNG"),
        ("RGB", GREY, "WEBP"),
    ],
)
def test_grey_stays_grey_however_the_file_writes_it(mode, colour, kind):
    for _, picture, _ in made(saved(Image.new(mode, (50, 40), colour), kind)):
        assert near(picture, (0.5, 0.5), GREY)


def test_a_16_bit_gradient_keeps_its_middle():
    gradient = Image.new("I;16", (256, 8))
    gradient.putdata([column * 257 for _ in range(8) for column in range(256)])
    for _, picture, _ in made(saved(gradient, "PNG")):
        greys = [picture.convert("L").getpixel((column, 4)) for column in (16, 64, 128, 192, 240)]
        assert greys == pytest.approx([16, 64, 128, 192, 240], abs=4)


def test_black_and_white_line_art_is_read():
    for _, picture, _ in made(saved(Image.new("1", (20, 20), 1), "PNG")):
        assert near(picture, (0.5, 0.5), (255, 255, 255))


def test_colours_mean_what_their_profile_says():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmp ", 1).replace(b"gXYZ", b"rXYZ", 1)
    swapped = swapped.replace(b"tmp ", b"gXYZ", 1)  # red in the file now means green
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    for _, picture, _ in made(saved(red, "PNG", icc_profile=swapped)):
        assert near(picture, (0.5, 0.5), (0, 255, 0))


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_a_broken_colour_profile_does_not_lose_the_photo(profile):
    for _, picture, _ in made(saved(two_halves(60, 40), "JPEG", icc_profile=profile)):
        assert near(picture, (0.2, 0.5), RED)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_broken_camera_notes_do_not_lose_the_photo(kind):
    data = saved(two_halves(60, 40), kind, exif=b"Exif\0\0MX\0\0" + b"\xff" * 40)
    assert measure(data).width == 60


def test_of_a_moving_picture_the_start_is_shown():
    frames = {"save_all": True, "append_images": [Image.new("RGB", (40, 40), BLUE)]}
    red = Image.new("RGB", (40, 40), RED)
    for data in (saved(red, "PNG", **frames), saved(red, "WEBP", **frames)):
        assert all(near(picture, (0.5, 0.5), RED) for _, picture, _ in made(data))


def test_a_phone_photo_with_a_second_picture_inside_is_a_photo():
    data = saved(two_halves(), "MPO", save_all=True, append_images=[two_halves(40, 30)])
    assert measure(data).width == 400
    assert all(near(picture, (0.1, 0.5), RED) for _, picture, _ in made(data))


@given(SIDES, SIDES, RATIOS, POINTS)
def test_no_rendition_is_larger_than_the_photo_or_out_of_shape(width, height, ratio, focus):
    assume(width * height <= 50_000_000)
    for one in renditions("photo", PhotoFacts(width, height, "0", 0), ratio=ratio, focus=focus):
        left, top, right, bottom = one.crop
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
        assert one.width <= right - left
        assert abs(one.height - one.width * (bottom - top) / (right - left)) <= 1
        if ratio:
            assert (
                abs((right - left) - (bottom - top) * ratio[0] / ratio[1])
                <= max(1, ratio[0] / ratio[1]) + 0.01
            )


@given(SIDES, SIDES, RATIOS, POINTS)
def test_every_crop_holds_its_focus(width, height, ratio, focus):
    for one in renditions("photo", PhotoFacts(width, height, "0", 0), ratio=ratio, focus=focus):
        left, top, right, bottom = one.crop
        assert left - 0.5 <= focus[0] * width <= right + 0.5
        assert top - 0.5 <= focus[1] * height <= bottom + 0.5


@pytest.mark.parametrize("focus", [(0.05, 0.5), (0.95, 0.5), (0.5, 0.05), (0.5, 0.95), (0.7, 0.3)])
@pytest.mark.parametrize("ratio", [(1, 1), (3, 1), (1, 3)])
def test_what_the_focus_points_at_is_in_every_picture(focus, ratio):
    photo = Image.new("RGB", (400, 300), BLUE)
    x, y = focus[0] * 400, focus[1] * 300
    photo.paste(RED, (round(x - 10), round(y - 10), round(x + 10), round(y + 10)))
    for _, picture, _ in made(saved(photo), ratio=ratio, focus=focus):
        red = [pixel for _, pixel in picture.convert("RGB").getcolors(1 << 20) if pixel[0] > 170]
        assert red


def test_a_small_photo_is_made_once_in_its_own_width():
    widths = {one.width for one in renditions("photo", PhotoFacts(200, 150, "0", 0))}
    assert widths == {200}


def test_a_large_photo_is_made_in_every_width_and_format():
    wanted = renditions("photo", PhotoFacts(4000, 3000, "0", 0), ratio=(1, 1))
    assert [(one.format, one.width) for one in wanted] == [
        (kind, width) for kind in ("avif", "webp", "jpeg") for width in WIDTHS
    ]


@pytest.mark.parametrize(
    ("stem", "begins"),
    [
        ("dried-squid/rack.jpg", "assets/photos/dried-squid-rack-jpg-"),
        ("ปลาหมึก", "assets/photos/photo-"),
        ("../../etc/Pass WD", "assets/photos/etc-pass-wd-"),
    ],
)
def test_a_file_name_is_plain_whatever_the_photo_was_called(stem, begins):
    assert renditions(stem, PhotoFacts(10, 10, "0", 0))[0].path.startswith(begins)


def test_a_new_photo_or_crop_gets_a_new_name():
    first, other = PhotoFacts(40, 30, "0", 0), PhotoFacts(40, 30, "1", 0)
    names = {
        renditions("photo", first)[0].path,
        renditions("photo", other)[0].path,
        renditions("photo", first, ratio=(1, 1))[0].path,
        renditions("photo", first, ratio=(1, 1), focus=(0, 0))[0].path,
    }
    assert len(names) == 4


def test_the_same_photo_gives_the_same_bytes_alone_or_with_others():
    data = saved(two_halves(), quality=90)
    wanted = renditions("photo", measure(data))
    together = encode_all(data, wanted)
    assert encode_all(data, reversed(wanted)) == together
    assert {one.path: encode(data, one) for one in wanted} == together


def test_photos_made_side_by_side_are_the_same_and_leave_no_trace():
    data = saved(two_halves(), exif=turned(6))
    wanted = renditions("photo", measure(data))
    filters = list(warnings.filters)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: encode_all(data, wanted), range(8)))
    assert all(result == results[0] for result in results)
    assert warnings.filters == filters


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "photo-format"),
        (b"%PDF-1.7", "photo-format"),
        (b"<html><body>not found", "photo-format"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            "photo-svg",
        ),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "photo-heic"),
        (saved(Image.new("RGB", (9, 9)), "GIF"), "photo-gif"),
        (saved(Image.new("RGB", (9, 9)), "TIFF"), "photo-format"),
        (saved(Image.new("RGB", (9, 9)), "PPM"), "photo-format"),
        (b"\x89PNG\r\n\x1a\n", "photo-unreadable"),
        (b"\xff\xd8\xff\xe0", "photo-unreadable"),
    ],
)
def test_a_file_that_is_no_photo_is_refused_by_what_it_is(data, rule):
    with pytest.raises(Fault) as caught:
        measure(data)
    assert caught.value.rule == rule
    assert caught.value.remedy.format(**caught.value.values)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("percent", range(10, 100, 10))
def test_a_photo_that_was_copied_in_part_says_so(kind, percent):
    noise = Image.effect_noise((80, 60), 60).convert("RGB")
    data = saved(noise, kind, exif=turned(6))
    with pytest.raises(Fault) as caught:
        measure(data[: len(data) * percent // 100])
    assert caught.value.rule == "photo-unreadable"


@given(st.data(), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_photo_never_ends_a_build_in_another_way(data, kind):
    damaged = bytearray(saved(two_halves(24, 16), kind, exif=turned(6)))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        encode(bytes(damaged), renditions("photo", measure(bytes(damaged)))[-1])
    except Fault as fault:
        assert fault.rule.startswith("photo-")


def png_header(width: int, height: int) -> bytes:
    """A PNG of this size without its pixels: 65 bytes."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize(
    "size", [(1, 50_000_000), (12_001, 1), (8_000, 8_000), (9_999, 9_999), (60_000, 60_000)]
)
def test_a_photo_beyond_all_measure_is_refused_before_it_is_read(size):
    with pytest.raises(Fault) as caught:
        measure(png_header(*size))
    assert caught.value.rule == "photo-too-large"
    assert "50 megapixels and 12,000 pixels" in caught.value.remedy.format(**caught.value.values)


def test_refusing_a_giant_takes_no_memory():
    script = (
        "import resource, sys\n"
        "from microsite.media.photos import measure\n"
        "from microsite.problems import Fault\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = used()\n"
        "try: measure(sys.stdin.buffer.read())\n"
        "except Fault: print(used() - before)\n"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter and script)
        [sys.executable, "-c", script],
        input=png_header(1, 50_000_000),
        capture_output=True,
        check=True,
    )
    assert int(done.stdout) < 16_000  # kB; reading it would take 400,000


@pytest.mark.parametrize("index", range(len(TINTS)))
def test_a_photo_of_one_tint_waits_in_that_tint(index):
    colour = tuple(bytes.fromhex(TINTS[index][1:]))
    assert measure(saved(Image.new("RGB", (30, 20), colour), "PNG")).tint == index


@pytest.mark.parametrize(
    ("colour", "tint"),
    [
        ((0, 0, 0), "#424242"),
        ((255, 255, 255), "#cacaca"),
        ((120, 120, 122), "#868686"),
        ((150, 90, 50), "#a57c60"),  # wood
        ((60, 120, 50), "#758f68"),  # leaves
        ((40, 90, 140), "#2b455b"),  # deep sea
        ((240, 220, 160), "#d8caa2"),  # rice
    ],
)
def test_a_tint_is_the_one_that_a_painter_would_take(colour, tint):
    assert TINTS[nearest_tint(*colour)] == tint


@given(*[st.integers(0, 255)] * 3)
def test_every_colour_has_a_tint_that_the_styles_know(red, green, blue):
    index = nearest_tint(red, green, blue)
    assert f".tint-{index}{{--tint:{TINTS[index]}}}" in tint_css()


# ---- beside a link


@pytest.mark.parametrize(
    "size", [(2400, 1800), (1200, 1600), (6000, 3600), (960, 1280), (750, 394)]
)
def test_beside_a_link_a_photo_is_as_large_as_chats_show_it_and_light(size):
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 120).resize(size)
    data = saved(noise.convert("RGB"))
    wanted = share_rendition("photo", measure(data))
    out = encode(data, wanted)
    assert Image.open(BytesIO(out)).size == (wanted.width, wanted.height) == SHARED
    assert len(out) <= SHARED_BYTES


@pytest.mark.parametrize("size", [(749, 900), (900, 392), (320, 320)])
def test_a_photo_that_would_look_soft_at_that_size_is_passed_over(size):
    assert share_rendition("p", PhotoFacts(*size, "x", 0)) is None


@given(SIDES, SIDES, POINTS)
def test_beside_a_link_the_focus_stays_in_view(width, height, focus):
    wanted = share_rendition("p", PhotoFacts(width, height, "x", 0), focus)
    assume(wanted is not None)
    left, top, right, bottom = wanted.crop
    assert 0 <= left <= focus[0] * width + 1
    assert focus[0] * width - 1 <= right <= width
    assert 0 <= top <= focus[1] * height + 1
    assert focus[1] * height - 1 <= bottom <= height
    assert (wanted.width, wanted.height) == (1200, 630)
    assert abs((right - left) / (bottom - top) - 1200 / 630) < 0.01
